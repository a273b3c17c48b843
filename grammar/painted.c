/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "painted.h"
#include "painted-aligner.h"

/* What is nearer than this to the best is as good. */
#define MARGIN 1.0
#define MARGIN_DISORDERED 2.5 /* on a page that is not wholly in the order expected */
#define SHARE_SURE 0.97

/* The parts of the printed words, and of brackets and names, that have to be in
   their places for a page to be believed. */
#define SHARE_TEXTS 0.85
#define SHARE_MARKS 0.9

/* Where less of the document is in order, a page that is may be so by chance: most of
   all where the order is none that was learnt. */
#define SHARE_DOCUMENT 0.8
#define SHARE_UNLEARNT 0.9

/* A page with so many pieces has more than one island. */
#define ISLAND_UNITS 8

/* More than these on one page, or on all, are no form (see HK_PAINTED_CELLS_MAX). */
#define UNITS_MAX 5000
#define CELLS_OF_ALL_MAX 9000000
#define ORDERS 100 /* that each page is compared with, or so */

/* What was left is not given to what it speaks against more than this. */
#define LEFT_MAX 1.5

#define DOUBT_PLACE "the page is not painted as the form is: its place was guessed"
#define DOUBT_RIVAL "in painting order it may be the value of another row"
#define DOUBT_CARRIED "it stands on the page behind that of its label"
#define DOUBT_ASTRAY "words like the form's stand beside it: it may go on there"
#define DOUBT_BLANK "it was given to a row that was left blank"

/* Whether so much of a document, SHARE, is in ORDER that its pages may be believed. */
static gboolean
is_ordered (HkSequence order,
            double     share)
{
  return share >= (order == HK_SEQUENCE_LEARNT ? SHARE_DOCUMENT : SHARE_UNLEARNT);
}

/* Whether the page is painted in the order that was expected. */
static void
judge (HkAligner *aligner)
{
  guint    printed = 0, placed = 0, boxes = 0, boxes_placed = 0;
  gboolean ordered = is_ordered (aligner->page.prefer, aligner->document_share);

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
  aligner->texts_believed = placed >= SHARE_TEXTS * printed && aligner->page.share >= SHARE_TEXTS && ordered;
  aligner->marks_believed = boxes_placed >= SHARE_MARKS * boxes && aligner->page.share >= SHARE_MARKS && ordered;
}

/* --- Giving out ---------------------------------------------------------------------------- */

static gboolean
is_words (HkPaintedKind kind)
{
  return kind == HK_PAINTED_VALUE || kind == HK_PAINTED_TEXT;
}

static void
doubt (const HkAligner *aligner,
       guint            i,
       const char      *why)
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
doubt_rivals (const HkAligner *aligner,
              guint            j)
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
    if (hk_painted_cost_through (aligner, i, j) < aligner->best + margin) {
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
take (const HkAligner *aligner,
      guint            i,
      guint            piece)
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

/* Whether unit J is of the form but has no place: text that looks like the form is
   cut there. */
static gboolean
is_astray (const HkAligner *aligner,
           guint            j)
{
  if (j >= aligner->m || aligner->place[j] >= 0)
    return FALSE;
  switch (unit_at (aligner, j)->class) {
  case HK_PIECE_LIST:
  case HK_PIECE_CHOICE:
  case HK_PIECE_LABEL:
  case HK_PIECE_OPEN:
  case HK_PIECE_CLOSE:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
give_out (const HkAligner *aligner)
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
      if (expected->kind == HK_PAINTED_VALUE && unit_at (aligner, j)->class == HK_PIECE_WORDS && ((j > 0 && is_astray (aligner, j - 1)) || is_astray (aligner, j + 1)))
        doubt (aligner, i, DOUBT_ASTRAY);
    }
    if (expected->field != HK_NO_FIELD && expected->field == aligner->carried)
      doubt (aligner, i, DOUBT_CARRIED);
    if (expected->moved > 0)
      doubt (aligner, i, DOUBT_BLANK);
    take (aligner, i, g_array_index (aligner->page.units, guint, j));
  }
}

/* --- What is left ----------------------------------------------------------------------------- */

/* Finds for each expected the unit of the nearest before it that is there. */
static void
find_before (HkAligner *aligner)
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
distance (const HkAligner *aligner,
          guint            i,
          guint            j)
{
  guint at = aligner->before[i];

  return at > j ? at - j : j - at;
}

/* Words [FROM, TO) that have no place: to the nearest row that was left blank. */
static void
give_left (const HkAligner *aligner,
           guint            from,
           guint            to)
{
  guint best = G_MAXUINT, nearest = G_MAXUINT;

  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);

    if (expected->kind != HK_PAINTED_VALUE || field_at (aligner, i)->pieces->len > 0 || hk_painted_cost (aligner, i, from) > LEFT_MAX)
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
give_rest (HkAligner *aligner)
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
free_bracket (const HkAligner *aligner,
              HkPieceClass     class)
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
complete_options (const HkAligner *aligner)
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
may_be (const HkAligner  *aligner,
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
give_marks (const HkAligner *aligner)
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

/* Whether piece I is the bracket behind a count, its unit (件) following. */
static gboolean
closes_count (const HkAligner *aligner,
              guint            i)
{
  return i + 1 < aligner->pieces->len && hk_piece (aligner->pieces, i)->class == HK_PIECE_PAREN_CLOSE && hk_piece (aligner->pieces, i + 1)->class == HK_PIECE_FORM;
}

/* The brackets of FIELD, a count that was found without them: one stands before its
   number, the other before its unit. */
static void
find_count_brackets (const HkAligner *aligner,
                     HkField         *field)
{
  guint number = g_array_index (field->pieces, guint, 0);

  if (field->open == HK_NO_PIECE && number > 0 && hk_piece (aligner->pieces, number - 1)->class == HK_PIECE_PAREN_OPEN && !hk_piece (aligner->pieces, number - 1)->taken) {
    field->open = number - 1;
    hk_piece (aligner->pieces, field->open)->taken = TRUE;
  }
  for (guint j = 0; j < aligner->m && field->close == HK_NO_PIECE; j++) {
    guint i = g_array_index (aligner->page.units, guint, j);
    if (!hk_piece (aligner->pieces, i)->taken && closes_count (aligner, i)) {
      field->close = i;
      hk_piece (aligner->pieces, i)->taken = TRUE;
    }
  }
}

static void
complete_counts (const HkAligner *aligner)
{
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);

    if (expected->kind != HK_PAINTED_VALUE || field_at (aligner, i)->kind != HK_KIND_COUNT)
      continue;
    HkField *field = field_at (aligner, i);
    if (field->pieces->len > 0)
      find_count_brackets (aligner, field);
    if (field->close != HK_NO_PIECE && closes_count (aligner, field->close))
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
add_carried (HkAligner *aligner)
{
  HkExpected carried = { .kind = HK_PAINTED_VALUE, .field = aligner->carried, .unit = -1, .wrapped = TRUE };

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
open_page (HkAligner      *aligner,
           const HkForm   *form,
           const GArray   *outline,
           const PageSpan *span,
           HkSequence      prefer,
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
  if (aligner->m > UNITS_MAX || cells > HK_PAINTED_CELLS_MAX || work > *room)
    return FALSE;
  *room -= work;
  hk_expected_order (&aligner->page);
  aligner->values_first = aligner->page.order == HK_SEQUENCE_VALUES;
  add_carried (aligner);
  aligner->n = aligner->page.expected->len;
  return TRUE;
}

static void
close_page (HkAligner *aligner)
{
  g_free (aligner->before);
  g_array_unref (aligner->page.expected);
  g_array_unref (aligner->page.units);
  hk_painted_costs_free (aligner);
}

/* The order that most is painted in, and the SHARE of the document that is in the
   orders found. */
static HkSequence
find_order (const HkForm *form,
            GArray       *pieces,
            const GArray *outline,
            GArray       *fields,
            const GArray *spans,
            double       *share)
{
  guint          weight[HK_SEQUENCE_ANY] = { 0 }, most = 0;
  double         all = 0;
  HkSequence order = HK_SEQUENCE_ANY;
  gsize      room  = CELLS_OF_ALL_MAX;

  for (guint s = 0; s < spans->len; s++) {
    HkAligner aligner = { .pieces = pieces, .fields = fields, .carried = HK_NO_FIELD };
    if (open_page (&aligner, form, outline, &g_array_index (spans, PageSpan, s), HK_SEQUENCE_ANY, &room)) {
      weight[aligner.page.order] += aligner.n;
      *share += aligner.page.share * aligner.n;
      all += aligner.n;
    }
    close_page (&aligner);
  }
  *share = all > 0 ? *share / all : 1;
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

gboolean
hk_deal_painted (const HkForm *form,
                 GArray       *pieces,
                 const GArray *outline,
                 GArray       *fields)
{
  g_autoptr (GArray) spans = find_pages (pieces, outline);
  gsize          room  = CELLS_OF_ALL_MAX;
  double         share = 0;
  HkSequence     order = find_order (form, pieces, outline, fields, spans, &share);

  for (guint s = 0; s < spans->len; s++) {
    const PageSpan *span    = &g_array_index (spans, PageSpan, s);
    HkAligner         aligner = { .pieces = pieces, .fields = fields, .carried = blank_before (fields, span->entry), .document_share = share };

    if (open_page (&aligner, form, outline, span, order, &room)) {
      aligner.boxes = hk_boxes_new (aligner.page.painting, pieces, span->first, span->end, aligner.page.order != HK_SEQUENCE_LEARNT);
      hk_painted_align (&aligner);
      if (aligner.page.wrapped)
        hk_painted_align_wrapped (&aligner);
      hk_painted_align_moved (&aligner);
      judge (&aligner);
      give_out (&aligner);
      give_rest (&aligner);
      complete_counts (&aligner);
      complete_options (&aligner);
      give_marks (&aligner);
      hk_boxes_free (aligner.boxes);
    }
    close_page (&aligner);
  }
  return is_ordered (order, share);
}
