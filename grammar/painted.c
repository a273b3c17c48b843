/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "painted.h"
#include "boxes.h"
#include "expect.h"
#include "seams.h"

#include <math.h>

/* --- Costs ------------------------------------------------------------------------ */
#define COST_LEFT_WORDS 1.5  /* words have no place */
#define COST_LEFT_CHOICE 2.0
#define COST_LEFT_MARK 1.5
#define COST_CARRIED 1.5     /* a value on the page behind its label's */
#define COST_CARRIED_DASH 5.0
#define COST_BESIDE 1.0      /* words against the label that stands on their line */
#define COST_NOT_ALLOWED 3.0 /* a bracket against what stands on its line */

/* What is nearer than this to the best is as good. */
#define MARGIN 1.0
#define MARGIN_DISORDERED 2.5 /* on a page that is not wholly in the order expected */
#define SHARE_SURE 0.97

/* The parts of the printed words, and of brackets and names, that have to be in
   their places for a page to be believed. */
#define SHARE_TEXTS 0.85
#define SHARE_MARKS 0.9

/* A page with so many pieces has more than one island. */
#define ISLAND_UNITS 8

/* More than these on one page, or on all, are no form. */
#define CELLS_MAX 1500000
#define UNITS_MAX 5000
#define CELLS_OF_ALL_MAX 12000000
#define ORDERS 100 /* that each page is compared with, or so */

#define DOUBT_PLACE "the page is not painted as the form is: its place was guessed"
#define DOUBT_RIVAL "in painting order it may be the value of another row"
#define DOUBT_CARRIED "it stands on the page behind that of its label"
#define DOUBT_BLANK "it was given to a row that was left blank"

typedef struct {
  HkPaintedPieces page;
  GArray         *pieces, *fields;
  HkBoxes        *boxes;
  guint           n, m;     /* expected; units */
  HkSeams         seams;
  float          *cost;     /* of each unit for each expected */
  double         *ahead, *taken;   /* the least cost of all before; the same, the last unit being the last expected */
  double         *behind, *given;  /* likewise from the end */
  int            *place;    /* for each unit what it is, or -1 */
  guint          *before;   /* for each expected the unit that stands right before it */
  double          best;
  guint           carried;  /* text field of an earlier page that is blank so far, or HK_NO_FIELD */
  gboolean        texts_believed, marks_believed;
  gboolean        values_first; /* values come before the labels beside them */
} Aligner;

#define AT(array, i, j) (array)[(gsize) (i) * (aligner->m + 1) + (j)]

static HkExpected *
expected_at (const Aligner *aligner,
             guint          i)
{
  return &g_array_index (aligner->page.expected, HkExpected, i);
}

static HkPiece *
unit_at (const Aligner *aligner,
         guint          j)
{
  return hk_piece (aligner->pieces, g_array_index (aligner->page.units, guint, j));
}

static HkField *
field_at (const Aligner *aligner,
          guint          i)
{
  return hk_field (aligner->fields, expected_at (aligner, i)->field);
}

static gboolean
takes_lines (const Aligner    *aligner,
             const HkExpected *expected)
{
  if (expected->kind != HK_PAINTED_VALUE || (aligner->page.wrapped && !expected->wrapped))
    return FALSE;
  HkKind kind = hk_field (aligner->fields, expected->field)->kind;
  return kind == HK_KIND_TEXT || kind == HK_KIND_LIST;
}

/* --- Alignment -------------------------------------------------------------------------- */

static double
left_cost (const HkPiece *piece)
{
  switch (piece->class) {
  case HK_PIECE_LABEL:
    return 1.0;
  case HK_PIECE_WORDS:
    return COST_LEFT_WORDS;
  case HK_PIECE_CHOICE:
    return COST_LEFT_CHOICE;
  case HK_PIECE_MARK:
    return COST_LEFT_MARK;
  case HK_PIECE_OPTION:
  case HK_PIECE_LIST:
    return 0.8;
  case HK_PIECE_PAREN_OPEN:
  case HK_PIECE_PAREN_CLOSE:
    return 0.4;
  default:
    return 0.6;
  }
}

/* The label whose line unit J stands on, right behind it or, where values come
   first, right before it; HK_NO_PIECE: none. */
static guint
label_beside (const Aligner *aligner,
              guint          j)
{
  const HkPiece *piece = unit_at (aligner, j);
  guint          label = HK_NO_PIECE, n = 0, at = g_array_index (aligner->page.units, guint, j), from = at, to = at;

  if (piece->class != HK_PIECE_WORDS || piece->run.n == 0)
    return HK_NO_PIECE;
  while (from > 0 && hk_piece (aligner->pieces, from - 1)->line == piece->line)
    from--;
  while (to + 1 < aligner->pieces->len && hk_piece (aligner->pieces, to + 1)->line == piece->line)
    to++;
  for (guint k = from; k <= to; k++)
    if (hk_piece (aligner->pieces, k)->class == HK_PIECE_LABEL) {
      label = k;
      n++;
    }
    else if (k != at && hk_piece (aligner->pieces, k)->class != HK_PIECE_REST)
      return HK_NO_PIECE;
  if (n != 1 || (label < at ? !piece->spaced : !aligner->values_first))
    return HK_NO_PIECE;
  return label;
}

/* Whether one of the fields that LABEL has takes words beside it. */
static gboolean
is_beside_values (const Aligner *aligner,
                  guint          label)
{
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);
    if (expected->kind == HK_PAINTED_VALUE && hk_field (aligner->fields, expected->field)->label == label)
      return aligner->page.form->rows[expected->row].placement == HK_PLACE_RIGHT && hk_field (aligner->fields, expected->field)->kind != HK_KIND_CHOICE;
  }
  return FALSE;
}

/* Whether WORDS beside LABEL would be against its being a value of EXPECTED; negative: they speak for it. */
static double
beside_cost (const Aligner    *aligner,
             const HkExpected *expected,
             guint             label)
{
  HkFormRow const *row = &aligner->page.form->rows[expected->row];

  if (label == HK_NO_PIECE)
    return 0;
  if (expected->kind == HK_PAINTED_VALUE && hk_field (aligner->fields, expected->field)->label == label && row->placement == HK_PLACE_RIGHT)
    return -COST_BESIDE;
  return is_beside_values (aligner, label) ? COST_BESIDE : 0;
}

static void
weigh (Aligner *aligner)
{
  g_autofree guint *beside = g_new (guint, aligner->m + 1);

  for (guint j = 0; j < aligner->m; j++)
    beside[j] = label_beside (aligner, j);
  aligner->cost = g_new (float, (gsize) (aligner->n + 1) * (aligner->m + 1));
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);
    gboolean box = expected->kind == HK_PAINTED_OPEN || expected->kind == HK_PAINTED_MARK || expected->kind == HK_PAINTED_CLOSE;

    for (guint j = 0; j < aligner->m; j++) {
      guint  piece = g_array_index (aligner->page.units, guint, j);
      double cost  = hk_expected_cost (&aligner->page, expected, piece);
      if (expected->field != HK_NO_FIELD && expected->field == aligner->carried)
        cost += hk_seams_is_dash (hk_piece (aligner->pieces, piece)) ? COST_CARRIED_DASH : COST_CARRIED;
      if (box && isfinite (cost) && !hk_boxes_allow (aligner->boxes, piece, expected->row, expected->option))
        cost += COST_NOT_ALLOWED;
      if (expected->kind == HK_PAINTED_VALUE || expected->kind == HK_PAINTED_TEXT)
        cost += beside_cost (aligner, expected, beside[j]);
      AT (aligner->cost, i, j) = (float) cost;
    }
  }
}

/* Fills LEAST and LAST: what it costs to have come so far, from the beginning
   or, BACK, from the end. */
static void
run (const Aligner *aligner,
     gboolean       back,
     double        *least,
     double        *last)
{
  guint n = aligner->n, m = aligner->m;

  for (guint i = 0; i <= n; i++) {
    guint             e        = i > 0 ? (back ? n - i : i - 1) : 0;
    const HkExpected *expected = i > 0 ? expected_at (aligner, e) : NULL;
    double            absent   = i > 0 ? hk_expected_absent (expected) : 0;
    gboolean          lines    = i > 0 && takes_lines (aligner, expected);

    for (guint j = 0; j <= m; j++) {
      guint  u    = j > 0 ? (back ? m - j : j - 1) : 0;
      double cost = i == 0 && j == 0 ? 0 : INFINITY;

      AT (last, i, j) = INFINITY;
      if (i > 0 && j > 0 && isfinite (AT (aligner->cost, e, u))) {
        AT (last, i, j) = AT (least, i - 1, j - 1) + (double) AT (aligner->cost, e, u) + hk_seams_part (&aligner->seams, back ? u + 1 : u);
        if (lines)
          AT (last, i, j) = MIN (AT (last, i, j), AT (last, i, j - 1) + hk_seams_keep (&aligner->seams, back ? u + 1 : u));
        cost = AT (last, i, j);
      }
      if (i > 0)
        cost = MIN (cost, AT (least, i - 1, j) + absent);
      if (j > 0)
        cost = MIN (cost, AT (least, i, j - 1) + left_cost (unit_at (aligner, u)));
      AT (least, i, j) = cost;
    }
  }
}

static gboolean
same (double a,
      double b)
{
  return fabs (a - b) < 1e-6;
}

/* What each unit is on the way of the least cost. */
static void
trace (Aligner *aligner)
{
  guint    i = aligner->n, j = aligner->m;
  gboolean inside = FALSE; /* unit j - 1 is expected i - 1 */

  aligner->place = g_new (int, aligner->m + 1);
  for (guint k = 0; k < aligner->m; k++)
    aligner->place[k] = -1;
  while (i > 0 || j > 0) {
    if (inside) {
      aligner->place[j - 1] = (int) i - 1;
      double first = AT (aligner->ahead, i - 1, j - 1) + (double) AT (aligner->cost, i - 1, j - 1) + hk_seams_part (&aligner->seams, j - 1);
      inside = !same (first, AT (aligner->taken, i, j));
      i -= inside ? 0 : 1;
      j--;
    }
    else if (i > 0 && j > 0 && same (AT (aligner->taken, i, j), AT (aligner->ahead, i, j)))
      inside = TRUE;
    else if (i > 0 && same (AT (aligner->ahead, i - 1, j) + hk_expected_absent (expected_at (aligner, i - 1)), AT (aligner->ahead, i, j)))
      i--;
    else if (j > 0)
      j--;
    else
      i--;
  }
}

/* The least cost of all if unit J is what is expected at I. */
static double
through (const Aligner *aligner,
         guint          i,
         guint          j)
{
  double cost = (double) AT (aligner->cost, i, j);

  if (!isfinite (cost))
    return INFINITY;
  return AT (aligner->taken, i + 1, j + 1) + AT (aligner->given, aligner->n - i, aligner->m - j) - cost;
}

static void
align (Aligner *aligner)
{
  gsize size = (gsize) (aligner->n + 1) * (aligner->m + 1);

  weigh (aligner);
  aligner->ahead  = g_new (double, size);
  aligner->taken  = g_new (double, size);
  aligner->behind = g_new (double, size);
  aligner->given  = g_new (double, size);
  run (aligner, FALSE, aligner->ahead, aligner->taken);
  run (aligner, TRUE, aligner->behind, aligner->given);
  aligner->best = AT (aligner->ahead, aligner->n, aligner->m);
  trace (aligner);
}

static void
free_costs (Aligner *aligner)
{
  g_clear_pointer (&aligner->cost, g_free);
  g_clear_pointer (&aligner->ahead, g_free);
  g_clear_pointer (&aligner->taken, g_free);
  g_clear_pointer (&aligner->behind, g_free);
  g_clear_pointer (&aligner->given, g_free);
  g_clear_pointer (&aligner->place, g_free);
}

/* A text that stands among those of one line is not among those that wrap, too:
   with that known, aligns anew. */
static void
align_wrapped (Aligner *aligner)
{
  g_autofree gboolean *found = g_new0 (gboolean, aligner->fields->len + 1);
  guint kept = 0;

  for (guint j = 0; j < aligner->m; j++) {
    const HkExpected *expected = aligner->place[j] >= 0 ? expected_at (aligner, (guint) aligner->place[j]) : NULL;
    if (expected != NULL && expected->kind == HK_PAINTED_VALUE && !expected->wrapped)
      found[expected->field] = TRUE;
  }
  for (guint i = 0; i < aligner->n; i++)
    if (!expected_at (aligner, i)->wrapped || !found[expected_at (aligner, i)->field])
      *expected_at (aligner, kept++) = *expected_at (aligner, i);
  if (kept == aligner->n)
    return;
  free_costs (aligner);
  g_array_set_size (aligner->page.expected, kept);
  aligner->n = kept;
  align (aligner);
}

/* Whether the page is painted in the order that was expected. */
static void
judge (Aligner *aligner)
{
  guint printed = 0, placed = 0, boxes = 0, boxes_placed = 0;

  for (guint j = 0; j < aligner->m; j++) {
    HkPieceClass class = unit_at (aligner, j)->class;
    gboolean     box   = class == HK_PIECE_OPEN || class == HK_PIECE_CLOSE || class == HK_PIECE_OPTION;

    if (!box && class != HK_PIECE_LABEL && class != HK_PIECE_LIST)
      continue;
    printed++;
    placed += aligner->place[j] >= 0;
    boxes += box;
    boxes_placed += box && aligner->place[j] >= 0;
  }
  aligner->texts_believed = placed >= SHARE_TEXTS * printed && aligner->page.share >= SHARE_TEXTS;
  aligner->marks_believed = boxes_placed >= SHARE_MARKS * boxes && aligner->page.share >= SHARE_MARKS;
}

/* --- Giving out ---------------------------------------------------------------------------- */

static gboolean
is_words (HkPaintedKind kind)
{
  return kind == HK_PAINTED_VALUE || kind == HK_PAINTED_TEXT;
}

static void
doubt (const Aligner *aligner,
       guint          i,
       const char    *why)
{
  const HkExpected *expected = expected_at (aligner, i);

  if (expected->kind == HK_PAINTED_TEXT)
    hk_field_find_option (field_at (aligner, i), expected->option)->doubt = why;
  else if (expected->kind == HK_PAINTED_VALUE)
    field_at (aligner, i)->doubt = why;
  else if (expected->kind == HK_PAINTED_MARK)
    hk_field_find_option (field_at (aligner, i), expected->option)->untold = TRUE;
}

/* What else unit J could nearly as well be is in doubt, and so is what it is. */
static void
doubt_rivals (const Aligner *aligner,
              guint          j)
{
  guint         place = (guint) aligner->place[j];
  HkPaintedKind kind  = expected_at (aligner, place)->kind;
  double        margin = aligner->page.share >= SHARE_SURE || !is_words (kind) ? MARGIN : MARGIN_DISORDERED;

  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *other = expected_at (aligner, i);

    if (i == place || !(is_words (kind) ? is_words (other->kind) : other->kind == kind))
      continue;
    if (other->kind == HK_PAINTED_VALUE && other->field == expected_at (aligner, place)->field)
      continue; /* the same, wrapped */
    if (through (aligner, i, j) < aligner->best + margin) {
      doubt (aligner, place, DOUBT_RIVAL);
      doubt (aligner, i, DOUBT_RIVAL);
    }
  }
}

static void
take_value (HkField *field,
            GArray  *pieces,
            guint    piece)
{
  g_array_append_val (field->pieces, piece);
  hk_piece (pieces, piece)->taken = TRUE;
  if (hk_piece (pieces, piece)->line != hk_piece (pieces, field->label)->line)
    field->inferred = TRUE;
}

static void
take (const Aligner *aligner,
      guint          i,
      guint          piece)
{
  const HkExpected *expected = expected_at (aligner, i);

  if (expected->field == HK_NO_FIELD || expected->kind == HK_PAINTED_LIST || expected->kind == HK_PAINTED_ENTRY)
    return;
  HkField       *field  = field_at (aligner, i);
  HkFieldOption *option = expected->option > 0 ? hk_field_find_option (field, expected->option) : NULL;

  if (option != NULL)
    field->inferred = TRUE;
  if (expected->kind == HK_PAINTED_VALUE) {
    take_value (field, aligner->pieces, piece);
    return;
  }
  hk_piece (aligner->pieces, piece)->taken = TRUE;
  switch (expected->kind) {
  case HK_PAINTED_OPEN:
    *(option != NULL ? &option->open : &field->open) = piece;
    break;
  case HK_PAINTED_CLOSE:
    *(option != NULL ? &option->close : &field->close) = piece;
    break;
  case HK_PAINTED_MARK:
    option->mark = piece;
    break;
  case HK_PAINTED_NAME:
    option->words = piece;
    break;
  case HK_PAINTED_TEXT:
    g_array_append_val (option->text, piece);
    break;
  case HK_PAINTED_PAREN_OPEN:
    *(option != NULL ? &option->paren_open : &field->open) = piece;
    break;
  case HK_PAINTED_PAREN_CLOSE:
    *(option != NULL ? &option->paren_close : &field->close) = piece;
    break;
  default:
    break;
  }
}

static void
give_out (const Aligner *aligner)
{
  for (guint j = 0; j < aligner->m; j++) {
    if (aligner->place[j] < 0)
      continue;
    guint             i        = (guint) aligner->place[j];
    const HkExpected *expected = expected_at (aligner, i);

    if (is_words (expected->kind) || expected->kind == HK_PAINTED_MARK) {
      doubt_rivals (aligner, j);
      if (expected->kind != HK_PAINTED_MARK && !aligner->texts_believed)
        doubt (aligner, i, DOUBT_PLACE);
    }
    if (expected->field != HK_NO_FIELD && expected->field == aligner->carried)
      doubt (aligner, i, DOUBT_CARRIED);
    take (aligner, i, g_array_index (aligner->page.units, guint, j));
  }
}

/* --- What is left ----------------------------------------------------------------------------- */

/* Finds for each expected the unit of the nearest before it that is there. */
static void
find_before (Aligner *aligner)
{
  aligner->before = g_new (guint, aligner->n + 1);
  for (guint i = 0; i <= aligner->n; i++)
    aligner->before[i] = G_MAXUINT;
  for (guint k = aligner->m; k-- > 0;)
    if (aligner->place[k] >= 0)
      aligner->before[aligner->place[k] + 1] = k;
  for (guint i = 0; i <= aligner->n; i++)
    if (aligner->before[i] == G_MAXUINT)
      aligner->before[i] = i > 0 ? aligner->before[i - 1] : 0;
}

/* How far from unit J the nearest one is that stands right before expected I. */
static guint
distance (const Aligner *aligner,
          guint          i,
          guint          j)
{
  guint at = aligner->before[i];

  return at > j ? at - j : j - at;
}

/* Words [FROM, TO) that have no place: to the nearest row that was left blank. */
static void
give_left (const Aligner *aligner,
           guint          from,
           guint          to)
{
  guint best = G_MAXUINT, nearest = G_MAXUINT;

  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);

    if (expected->kind != HK_PAINTED_VALUE || field_at (aligner, i)->pieces->len > 0 || AT (aligner->cost, i, from) > 1.5)
      continue;
    if (distance (aligner, i, from) < nearest) {
      nearest = distance (aligner, i, from);
      best    = i;
    }
  }
  if (best == G_MAXUINT && aligner->carried != HK_NO_FIELD && hk_piece (aligner->pieces, g_array_index (aligner->page.units, guint, from))->class == HK_PIECE_WORDS) {
    HkField *field = hk_field (aligner->fields, aligner->carried);
    for (guint j = from; j < to && (field->pieces->len == 0 || j > from); j++)
      take_value (field, aligner->pieces, g_array_index (aligner->page.units, guint, j));
    field->doubt = DOUBT_BLANK;
  }
  if (best == G_MAXUINT)
    return;
  for (guint j = from; j < to; j++)
    take_value (field_at (aligner, best), aligner->pieces, g_array_index (aligner->page.units, guint, j));
  doubt (aligner, best, DOUBT_BLANK);
}

static void
give_rest (Aligner *aligner)
{
  find_before (aligner);
  for (guint j = 0; j < aligner->m; j++) {
    const HkPiece *piece = unit_at (aligner, j);
    guint          to    = j + 1;

    if (aligner->place[j] >= 0 || (piece->class != HK_PIECE_WORDS && piece->class != HK_PIECE_CHOICE))
      continue;
    while (to < aligner->m && aligner->place[to] < 0 && piece->class == HK_PIECE_WORDS && hk_seams_are_lines (unit_at (aligner, to - 1), unit_at (aligner, to)))
      to++;
    give_left (aligner, j, to);
    j = to - 1;
  }
}

/* The next bracket of CLASS that is nobody's, or HK_NO_PIECE. */
static guint
free_bracket (const Aligner *aligner,
              HkPieceClass   class)
{
  for (guint j = 0; j < aligner->m; j++)
    if (unit_at (aligner, j)->class == class && !unit_at (aligner, j)->taken) {
      unit_at (aligner, j)->taken = TRUE;
      return g_array_index (aligner->page.units, guint, j);
    }
  return HK_NO_PIECE;
}

/* Options whose brackets were not found take those that are left. */
static void
complete_options (const Aligner *aligner)
{
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);

    if (expected->kind != HK_PAINTED_NAME)
      continue;
    HkField       *field  = field_at (aligner, i);
    HkFieldOption *option = hk_field_find_option (field, expected->option);
    if (option->words == HK_NO_PIECE)
      continue;
    if (option->open == HK_NO_PIECE)
      option->open = free_bracket (aligner, HK_PIECE_OPEN);
    if (option->close == HK_NO_PIECE)
      option->close = free_bracket (aligner, HK_PIECE_CLOSE);
    if (option->paren_open != HK_NO_PIECE && option->paren_close == HK_NO_PIECE)
      option->paren_close = free_bracket (aligner, HK_PIECE_PAREN_CLOSE);
    if (option->paren_close != HK_NO_PIECE && option->paren_open == HK_NO_PIECE)
      option->paren_open = free_bracket (aligner, HK_PIECE_PAREN_OPEN);
    if (!aligner->marks_believed)
      field->doubt = DOUBT_PLACE;
  }
}

/* Whether loose mark J may be that of EXPECTED, a mark. VAGUE: only of those that
   nobody knows when they are painted; any other would have been in its place. */
static gboolean
may_be (const Aligner    *aligner,
        const HkExpected *expected,
        guint             j,
        gboolean          vague)
{
  if (expected->kind != HK_PAINTED_MARK || (vague && !expected->vague))
    return FALSE;
  const HkFieldOption *option = hk_field_find_option (hk_field (aligner->fields, expected->field), expected->option);

  return option->words != HK_NO_PIECE && option->mark == HK_NO_PIECE &&
         hk_boxes_allow (aligner->boxes, g_array_index (aligner->page.units, guint, j), expected->row, expected->option);
}

/* A mark that has no place is that of the one option it may belong to; which of
   several, nobody can tell. */
static void
give_marks (const Aligner *aligner)
{
  for (guint j = 0; j < aligner->m; j++) {
    guint n = 0, only = 0;

    if (aligner->place[j] >= 0 || unit_at (aligner, j)->class != HK_PIECE_MARK)
      continue;
    for (guint i = 0; i < aligner->n; i++)
      if (may_be (aligner, expected_at (aligner, i), j, TRUE)) {
        only = i;
        n++;
      }
    if (n == 1 && aligner->marks_believed) {
      take (aligner, only, g_array_index (aligner->page.units, guint, j));
      field_at (aligner, only)->doubt = DOUBT_RIVAL;
      continue;
    }
    for (guint i = 0; i < aligner->n; i++)
      if (may_be (aligner, expected_at (aligner, i), j, n > 0 && aligner->marks_believed))
        doubt (aligner, i, DOUBT_RIVAL);
  }
}

/* A count's unit stands right behind its bracket. */
static void
complete_counts (const Aligner *aligner)
{
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);

    if (expected->kind != HK_PAINTED_VALUE || field_at (aligner, i)->kind != HK_KIND_COUNT)
      continue;
    HkField *field = field_at (aligner, i);
    if (field->close != HK_NO_PIECE && field->close + 1 < aligner->pieces->len && hk_piece (aligner->pieces, field->close + 1)->class == HK_PIECE_FORM)
      field->unit = field->close + 1;
  }
}

/* --- Pages --------------------------------------------------------------------------------------- */

static gboolean
is_unit (const HkPiece *piece)
{
  return !piece->taken && (piece->class <= HK_PIECE_PAREN_CLOSE && piece->class != HK_PIECE_REST);
}

/* One page: its pieces and its entries of the outline. */
typedef struct {
  guint first, end;
  guint entry, entry_end;
} PageSpan;

/* The pages that have entries (PageSpan). */
static GArray *
find_pages (const GArray *pieces,
            const GArray *outline)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (PageSpan));
  guint   entry = 0;

  for (guint first = 0, end; first < pieces->len; first = end) {
    const HkPage *page = hk_piece (pieces, first)->run.page;
    PageSpan      span = { first, first, entry, entry };

    for (end = first; end < pieces->len && hk_piece (pieces, end)->run.page == page; end++)
      ;
    while (entry < outline->len && g_array_index (outline, HkOutlined, entry).piece < end)
      entry++;
    span.end       = end;
    span.entry_end = entry;
    if (entry > span.entry)
      g_array_append_val (spans, span);
  }
  return spans;
}

/* The value of an earlier page's last row may stand anywhere on this one. */
static void
add_carried (Aligner *aligner)
{
  HkExpected carried = { .kind = HK_PAINTED_VALUE, .field = aligner->carried, .wrapped = TRUE };

  if (aligner->carried == HK_NO_FIELD || aligner->page.share < SHARE_TEXTS)
    return;
  carried.row   = hk_field (aligner->fields, aligner->carried)->row;
  carried.entry = hk_field (aligner->fields, aligner->carried)->entry;
  for (guint i = aligner->page.expected->len; i-- > 0;)
    if (expected_at (aligner, i)->kind == HK_PAINTED_LABEL || expected_at (aligner, i)->kind == HK_PAINTED_VALUE)
      g_array_insert_val (aligner->page.expected, i, carried);
}

/* What is expected on SPAN, in order; FALSE: it is too much, or more than *ROOM. */
static gboolean
open_page (Aligner        *aligner,
           const HkForm   *form,
           const GArray   *outline,
           const PageSpan *span,
           HkSequence  prefer,
           gsize          *room)
{
  aligner->page = (HkPaintedPieces){ .form = form, .painting = hk_painting (form), .fields = aligner->fields, .pieces = aligner->pieces, .prefer = prefer };
  aligner->page.units = g_array_new (FALSE, FALSE, sizeof (guint));
  aligner->seams = (HkSeams){ .pieces = aligner->pieces, .units = aligner->page.units };
  for (guint i = span->first; i < span->end; i++)
    if (is_unit (hk_piece (aligner->pieces, i))) {
      g_array_append_val (aligner->page.units, i);
      aligner->seams.widest = MAX (aligner->seams.widest, hk_seams_width (hk_piece (aligner->pieces, i)));
    }
  aligner->page.expected = hk_expected_new (form, outline, aligner->pieces, aligner->fields, span->entry, span->entry_end);
  aligner->m = aligner->page.units->len;
  aligner->seams.no_islands = aligner->m >= ISLAND_UNITS && unit_at (aligner, 0)->island == unit_at (aligner, aligner->m - 1)->island;
  gsize cells = (gsize) (aligner->page.expected->len + 1) * (aligner->m + 1), work = cells + aligner->page.expected->len * ORDERS;
  if (aligner->m > UNITS_MAX || cells > CELLS_MAX || work > *room)
    return FALSE;
  *room -= work;
  hk_expected_order (&aligner->page);
  aligner->values_first = aligner->page.order == HK_SEQUENCE_VALUES;
  add_carried (aligner);
  aligner->n = aligner->page.expected->len;
  return TRUE;
}

static void
close_page (Aligner *aligner)
{
  g_free (aligner->before);
  g_array_unref (aligner->page.expected);
  g_array_unref (aligner->page.units);
  free_costs (aligner);
}

/* The order that most is painted in. */
static HkSequence
find_order (const HkForm *form,
            GArray       *pieces,
            const GArray *outline,
            GArray       *fields,
            const GArray *spans)
{
  guint          weight[HK_SEQUENCE_ANY] = { 0 }, most = 0;
  HkSequence order = HK_SEQUENCE_ANY;
  gsize      room  = CELLS_OF_ALL_MAX;

  for (guint s = 0; s < spans->len; s++) {
    Aligner aligner = { .pieces = pieces, .fields = fields, .carried = HK_NO_FIELD };
    if (open_page (&aligner, form, outline, &g_array_index (spans, PageSpan, s), HK_SEQUENCE_ANY, &room))
      weight[aligner.page.order] += aligner.n;
    close_page (&aligner);
  }
  for (guint o = 0; o < HK_SEQUENCE_ANY; o++)
    if (weight[o] > most) {
      most  = weight[o];
      order = (HkSequence) o;
    }
  return order;
}

/* The last field before ENTRY, if it is a text and blank so far. */
static guint
blank_before (const GArray *fields,
              guint         entry)
{
  guint behind = hk_fields_of (fields, entry), last = behind > 0 ? behind - 1 : HK_NO_FIELD;

  if (last == HK_NO_FIELD || hk_field (fields, last)->kind != HK_KIND_TEXT || hk_field (fields, last)->pieces->len > 0)
    return HK_NO_FIELD;
  return last;
}

void
hk_deal_painted (const HkForm *form,
                 GArray       *pieces,
                 const GArray *outline,
                 GArray       *fields)
{
  g_autoptr (GArray) spans = find_pages (pieces, outline);
  HkSequence     order = find_order (form, pieces, outline, fields, spans);
  gsize          room  = CELLS_OF_ALL_MAX;

  for (guint s = 0; s < spans->len; s++) {
    const PageSpan *span    = &g_array_index (spans, PageSpan, s);
    Aligner         aligner = { .pieces = pieces, .fields = fields, .carried = blank_before (fields, span->entry) };

    if (open_page (&aligner, form, outline, span, order, &room)) {
      aligner.boxes = hk_boxes_new (aligner.page.painting, pieces, span->first, span->end, aligner.page.order != HK_SEQUENCE_LEARNT);
      align (&aligner);
      if (aligner.page.wrapped)
        align_wrapped (&aligner);
      judge (&aligner);
      give_out (&aligner);
      give_rest (&aligner);
      complete_options (&aligner);
      give_marks (&aligner);
      complete_counts (&aligner);
      hk_boxes_free (aligner.boxes);
    }
    close_page (&aligner);
  }
}
