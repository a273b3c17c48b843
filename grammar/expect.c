/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "expect.h"
#include "fold.h"
#include "sequence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A page is put together from so many painted stretches at the most: where
   somebody has edited the sheet, cells are painted before or after their time. */
#define STRETCHES 10

/* What is expected but not in its place speaks so much against an order. */
#define COST_MISPLACED 2.0
#define COST_UNLEARNT 0.5 /* an order that was not learnt */
#define COST_TWICE 3.0    /* to go through the page twice, and of what is there … */
#define COST_TWICE_SHARE 0.12
#define COST_PARTED 1.0    /* an order parts a value from the label whose line it shares */
#define BELIEVED_STRETCH 0.85
#define GAIN_PREFERRED 3.0 /* the order of the document's other pages */

/* Where something expected stands: at, or behind, a unit. */
typedef struct {
  double at;
  guint  stretch, rank;
  guint  index; /* in form order */
} Place;

typedef struct {
  const HkPaintedPieces *page;
  GArray                *all;  /* HkExpected in form order */
  GArray                *open; /* guint: units that no stretch has explained */
  gboolean              *tried;  /* it was in a stretch, … */
  gboolean              *placed; /* … and has its place */
  Place                 *places;
  gboolean               parens; /* parentheses are aligned, too */
  gboolean              *second; /* where wrapped cells are painted last: it is among them */
  double                 whole, believed; /* weight of all that is printed; of what stands as it was expected */
} Composer;

#define expected_at(array, i) (&g_array_index ((array), HkExpected, (i)))

/* --- What is expected --------------------------------------------------------------------- */

gboolean
hk_expected_printed (const HkExpected *expected)
{
  switch (expected->kind) {
  case HK_PAINTED_LABEL:
  case HK_PAINTED_OPEN:
  case HK_PAINTED_CLOSE:
  case HK_PAINTED_NAME:
  case HK_PAINTED_LIST:
  case HK_PAINTED_ENTRY:
    return TRUE;
  default:
    return FALSE;
  }
}

double
hk_expected_absent (const HkExpected *expected)
{
  static const double costs[] = {
    [HK_PAINTED_LABEL] = 1.0,      [HK_PAINTED_VALUE] = 0.5, [HK_PAINTED_OPEN] = 0.6,        [HK_PAINTED_MARK] = 0.15,
    [HK_PAINTED_CLOSE] = 0.6,      [HK_PAINTED_NAME] = 0.8,  [HK_PAINTED_PAREN_OPEN] = 0.4,  [HK_PAINTED_TEXT] = 0.1,
    [HK_PAINTED_PAREN_CLOSE] = 0.4, [HK_PAINTED_LIST] = 0.5,  [HK_PAINTED_ENTRY] = 0.8,
  };

  return expected->wrapped ? 0.1 : costs[expected->kind];
}

static void
add (GArray       *all,
     HkExpected    expected,
     HkPaintedKind kind,
     guint         option)
{
  expected.kind   = kind;
  expected.option = option;
  g_array_append_val (all, expected);
}

static void
add_field (GArray        *all,
           const HkForm  *form,
           const HkField *field,
           HkExpected     expected)
{
  const HkFormRow *row    = &form->rows[field->row];
  const char      *cursor = NULL;
  HkOption         option;
  guint            last = 0;

  expected.row = field->row;
  switch (field->kind) {
  case HK_KIND_TEXT:
  case HK_KIND_LIST:
  case HK_KIND_DATE:
    add (all, expected, HK_PAINTED_VALUE, 0);
    return;
  case HK_KIND_COUNT:
    add (all, expected, HK_PAINTED_PAREN_OPEN, 0);
    add (all, expected, HK_PAINTED_VALUE, 0);
    add (all, expected, HK_PAINTED_PAREN_CLOSE, 0);
    return;
  case HK_KIND_CHOICE:
    add (all, expected, HK_PAINTED_OPEN, 0);
    add (all, expected, HK_PAINTED_VALUE, 0);
    add (all, expected, HK_PAINTED_CLOSE, 0);
    add (all, expected, HK_PAINTED_LIST, 0);
    for (; hk_form_next_option (row, &cursor, &option); last = option.number)
      if (option.number != last)
        add (all, expected, HK_PAINTED_ENTRY, option.number);
    return;
  case HK_KIND_CHECK:
  case HK_KIND_CHECKS:
    break;
  }
  for (guint o = 0; o < field->options->len; o++) {
    guint number = hk_field_option (field, o)->number;

    add (all, expected, HK_PAINTED_OPEN, number);
    add (all, expected, HK_PAINTED_MARK, number);
    add (all, expected, HK_PAINTED_CLOSE, number);
    add (all, expected, HK_PAINTED_NAME, number);
    for (cursor = NULL, option.number = 0; option.number != number && hk_form_next_option (row, &cursor, &option);)
      ;
    if (field->kind == HK_KIND_CHECKS && option.has_text) {
      add (all, expected, HK_PAINTED_PAREN_OPEN, number);
      add (all, expected, HK_PAINTED_TEXT, number);
      add (all, expected, HK_PAINTED_PAREN_CLOSE, number);
    }
  }
}

/* The block that ROW is, or stands in; NULL: none. */
static const HkFormRow *
block_of (const HkForm    *form,
          const HkFormRow *row)
{
  while (row != NULL && row->shape != HK_ROW_BLOCK)
    row = hk_form_parent (form, row);
  return row;
}

/* The last number of the range that begins with FIRST: they end with 5, 10, 15 … */
static guint
end_of_range (guint first)
{
  return (first + 4) / 5 * 5;
}

GArray *
hk_expected_new (const HkForm *form,
                 const GArray *outline,
                 const GArray *pieces,
                 const GArray *fields,
                 guint         first,
                 guint         end)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (HkExpected));
  const HkFormRow *block = NULL;
  guint twin = 0, f = hk_fields_of (fields, first);

  for (guint e = first; e < end; e++) {
    const HkOutlined *outlined = &g_array_index (outline, HkOutlined, e);
    const HkFormRow  *row      = &form->rows[outlined->row], *mine = block_of (form, row);
    const HkPiece    *label    = hk_piece (pieces, outlined->piece);
    HkExpected        expected = { .row = outlined->row, .entry = e, .field = HK_NO_FIELD, .unit = -1 };

    if (mine != block)
      twin = 0;
    else if (row->shape == HK_ROW_BLOCK && !label->range)
      twin++;
    block         = mine;
    expected.twin = mine != NULL && !label->range ? twin : 0;
    if (row->shape == HK_ROW_BLOCK)
      expected.number = label->number;
    add (all, expected, HK_PAINTED_LABEL, label->range ? end_of_range (label->number) : 0);
    for (; f < fields->len && hk_field (fields, f)->entry == e; f++) {
      expected.field = f;
      add_field (all, form, hk_field (fields, f), expected);
    }
  }
  return all;
}

/* --- Pieces -------------------------------------------------------------------------------- */

static gboolean
means (const HkPiece    *piece,
       const HkExpected *expected,
       gboolean          option)
{
  for (guint i = 0; piece->meanings != NULL && i < piece->meanings->len; i++) {
    const HkMeaning *meaning = &g_array_index (piece->meanings, HkMeaning, i);
    if (meaning->row == expected->row && (!option || meaning->option == expected->option))
      return TRUE;
  }
  return FALSE;
}

/* Whether PIECE is a short line of digits, or has some. */
static void
count_digits (const HkPiece *piece,
              guint         *digits,
              guint         *others)
{
  *digits = *others = 0;
  for (guint i = 0; i < piece->run.n; i++) {
    gunichar ch = hk_page_glyph (piece->run.page, piece->run.first + i)->ch;
    if (hk_digit (ch) >= 0 || ch == 0x5143) /* 元 */
      (*digits)++;
    else if (ch != ',' && ch != 0xFF0C && ch != ' ' && ch != 0x3000)
      (*others)++;
  }
}

/* What speaks against words PIECE as the value of ROW. */
static double
words_cost (const HkFormRow *row,
            HkKind           kind,
            const HkPiece   *piece)
{
  guint digits, others;

  count_digits (piece, &digits, &others);
  if (kind == HK_KIND_COUNT)
    return digits > 0 && others == 0 ? 0 : INFINITY;
  if (kind == HK_KIND_CHOICE)
    return 3.0;
  if (kind == HK_KIND_DATE)
    return (digits > 0 && digits + others <= 20) || piece->run.n <= 3 ? 0 : 2.0;
  if (g_str_has_suffix (row->label, "番号"))
    return digits > 0 && others == 0 ? 0 : 2.0;
  return digits > 0 && others == 0 ? 1.0 : 0;
}

double
hk_expected_cost (const HkPaintedPieces *page,
                  const HkExpected      *expected,
                  guint                  i)
{
  const HkPiece   *piece = hk_piece (page->pieces, i);
  const HkFormRow *row   = &page->form->rows[expected->row];

  switch (expected->kind) {
  case HK_PAINTED_LABEL:
    if (piece->class != HK_PIECE_LABEL || !means (piece, expected, FALSE))
      return INFINITY;
    return row->shape != HK_ROW_BLOCK || (piece->number == expected->number && piece->range == (expected->option != 0)) ? 0 : INFINITY;
  case HK_PAINTED_OPEN:
    return piece->class == HK_PIECE_OPEN ? 0 : INFINITY;
  case HK_PAINTED_MARK:
    return piece->class == HK_PIECE_MARK ? 0 : INFINITY;
  case HK_PAINTED_CLOSE:
    return piece->class == HK_PIECE_CLOSE ? 0 : INFINITY;
  case HK_PAINTED_NAME:
    return piece->class == HK_PIECE_OPTION && means (piece, expected, TRUE) ? 0 : INFINITY;
  case HK_PAINTED_LIST:
    return piece->class == HK_PIECE_LIST && piece->meanings == NULL ? 0 : INFINITY;
  case HK_PAINTED_ENTRY:
    return piece->class == HK_PIECE_LIST && means (piece, expected, TRUE) ? 0 : INFINITY;
  case HK_PAINTED_PAREN_OPEN:
    return piece->class == HK_PIECE_PAREN_OPEN ? 0 : INFINITY;
  case HK_PAINTED_PAREN_CLOSE:
    return piece->class == HK_PIECE_PAREN_CLOSE ? 0 : INFINITY;
  case HK_PAINTED_TEXT:
    return piece->class == HK_PIECE_WORDS ? 0.2 : piece->class == HK_PIECE_CHOICE || piece->class == HK_PIECE_OPTION ? 1.0 : INFINITY;
  case HK_PAINTED_VALUE:
    break;
  }
  HkKind kind = hk_field (page->fields, expected->field)->kind;

  if (piece->class == HK_PIECE_CHOICE)
    return kind == HK_KIND_CHOICE ? (means (piece, expected, FALSE) ? 0 : INFINITY) : INFINITY;
  return piece->class == HK_PIECE_WORDS ? words_cost (row, kind, piece) + (expected->wrapped ? 0.2 : 0) : INFINITY;
}

/* --- Putting a page together ------------------------------------------------------------------ */

/* How well an order explains the units that are open. */
typedef struct {
  double  score;
  double  there, whole; /* weight of what is in its place; of all that was to be */
  guint   which;
  GArray *order; /* guint: what of it is not yet placed */
  int    *units; /* for each of ORDER the unit, or -1 */
} Stretch;

static void
stretch_clear (Stretch *stretch)
{
  if (stretch->order != NULL)
    g_array_unref (stretch->order);
  g_free (stretch->units);
  *stretch = (Stretch){ .score = -INFINITY };
}

/* Marks are not always there, but where they are they have their place. */
static gboolean
is_aligned (const Composer   *composer,
            const HkExpected *expected)
{
  if (expected->kind == HK_PAINTED_PAREN_OPEN || expected->kind == HK_PAINTED_PAREN_CLOSE)
    return composer->parens;
  return hk_expected_printed (expected) || expected->kind == HK_PAINTED_MARK;
}

/* Aligns the printed words of ORDER with the open units; returns the weight of
   those in their place. UNITS: see Stretch. */
static double
align (const Composer *composer,
       const GArray   *order,
       int            *units)
{
  const HkPaintedPieces *page = composer->page;
  guint n = order->len, m = composer->open->len, wide = m + 1;
  g_autofree float *best = g_new0 (float, (n + 1) * wide);

#define BEST(i, j) best[(i) * wide + (j)]
  for (guint i = 0; i < n; i++) {
    const HkExpected *expected = expected_at (composer->all, g_array_index (order, guint, i));
    float             weight   = (float) hk_expected_absent (expected);

    if (!is_aligned (composer, expected)) {
      memcpy (&BEST (i + 1, 0), &BEST (i, 0), wide * sizeof (float));
      continue;
    }
    for (guint j = 0; j < m; j++) {
      guint piece = g_array_index (page->units, guint, g_array_index (composer->open, guint, j));
      float least = MAX (BEST (i, j + 1), BEST (i + 1, j));
      if (BEST (i, j) + weight > least && isfinite (hk_expected_cost (page, expected, piece)))
        least = BEST (i, j) + weight;
      BEST (i + 1, j + 1) = least;
    }
  }
  guint i = n, j = m;
  for (guint k = 0; k < n; k++)
    units[k] = -1;
  while (i > 0 && j > 0) {
    if (BEST (i, j) == BEST (i - 1, j))
      i--;
    else if (BEST (i, j) == BEST (i, j - 1))
      j--;
    else {
      units[i - 1] = (int) g_array_index (composer->open, guint, j - 1);
      i--;
      j--;
    }
  }
  return BEST (n, m);
#undef BEST
}

/* The units of PAGE that are words of the form, or marks (guint). */
static GArray *
open_units (const HkPaintedPieces *page,
            gboolean               parens)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint u = 0; u < page->units->len; u++) {
    HkPieceClass class = hk_piece (page->pieces, g_array_index (page->units, guint, u))->class;
    if (class == HK_PIECE_LABEL || class == HK_PIECE_OPEN || class == HK_PIECE_CLOSE || class == HK_PIECE_OPTION || class == HK_PIECE_LIST || class == HK_PIECE_MARK ||
        (parens && (class == HK_PIECE_PAREN_OPEN || class == HK_PIECE_PAREN_CLOSE)))
      g_array_append_val (open, u);
  }
  return open;
}

/* Whether wrapped cells come last depends on the sheet's columns: what is painted
   when the page is gone through once more, the page itself tells. What it does not
   tell is as most of its kind. */
static void
find_second (Composer *composer)
{
  const HkPaintedPieces *page = composer->page;
  Composer wide = *composer;
  guint    n = composer->all->len, first[HK_PAINTED_ENTRY + 1][2] = { 0 }, second[HK_PAINTED_ENTRY + 1][2] = { 0 };
  g_autoptr (GArray)   order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree int      *units = g_new (int, 2 * n + 1);
  g_autofree gboolean *found = g_new0 (gboolean, n + 1);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      g_array_append_val (order, i);
  wide.parens = TRUE;
  wide.open   = open_units (page, TRUE);
  align (&wide, order, units);
  g_array_unref (wide.open);
  for (guint i = 0; i < n; i++) {
    const HkExpected *expected = expected_at (composer->all, i);
    composer->second[i] = units[i] < 0 && units[n + i] >= 0;
    found[i]            = units[i] >= 0 || units[n + i] >= 0;
    if (found[i])
      (composer->second[i] ? second : first)[expected->kind][expected->option != 0]++;
  }
  for (guint i = 0; i < n; i++) {
    const HkExpected *expected = expected_at (composer->all, i);
    guint a = first[expected->kind][expected->option != 0], b = second[expected->kind][expected->option != 0];
    if (!found[i])
      composer->second[i] = expected->kind == HK_PAINTED_LABEL || a + b == 0 ? hk_sequence_wraps (page->form, expected) : b > a;
  }
}

/* Whether the words of VALUE, in ALL, stand alone behind their label on its line. */
static gboolean
shares_line (const HkPaintedPieces *page,
             const HkExpected      *value)
{
  if (value->kind != HK_PAINTED_VALUE || value->wrapped || page->form->rows[value->row].placement != HK_PLACE_RIGHT)
    return FALSE;
  const HkField *field = hk_field (page->fields, value->field);
  const HkPiece *label = hk_piece (page->pieces, field->label);
  guint          next  = field->label + 1;

  if (!label->begins || (field->kind != HK_KIND_TEXT && field->kind != HK_KIND_DATE))
    return FALSE;
  if (next < page->pieces->len && hk_piece (page->pieces, next)->class == HK_PIECE_REST)
    next++;
  if (next >= page->pieces->len || hk_piece (page->pieces, next)->line != label->line)
    return FALSE;
  return hk_piece (page->pieces, next)->class == HK_PIECE_WORDS && hk_piece (page->pieces, next)->spaced &&
         (next + 1 >= page->pieces->len || hk_piece (page->pieces, next + 1)->line != label->line);
}

/* How many values ORDER has apart from labels whose lines they share. */
static guint
count_parted (const Composer *composer,
              const GArray   *order)
{
  guint n = 0;

  for (guint i = 0; i < order->len; i++) {
    const HkExpected *value = expected_at (composer->all, g_array_index (order, guint, i));
    const HkExpected *before = i > 0 ? expected_at (composer->all, g_array_index (order, guint, i - 1)) : NULL;
    n += shares_line (composer->page, value) && (before == NULL || before->kind != HK_PAINTED_LABEL || before->entry != value->entry);
  }
  return n;
}

/* Tries the order WHICH; keeps it in BEST if it explains more. */
static void
try_order (const Composer *composer,
           guint           which,
           gboolean        first,
           Stretch        *best)
{
  Stretch stretch = { .which = which, .order = hk_sequence (composer->page, composer->all, composer->second, which) };
  double  whole = 0, bound = GAIN_PREFERRED;
  guint   printed = 0, kept = 0;

  for (guint i = 0; i < stretch.order->len; i++) {
    guint index = g_array_index (stretch.order, guint, i);
    if (composer->placed[index])
      continue;
    g_array_index (stretch.order, guint, kept++) = index;
    double weight = hk_expected_absent (expected_at (composer->all, index));
    if (is_aligned (composer, expected_at (composer->all, index)))
      bound += weight * (1 + COST_MISPLACED);
    if (hk_expected_printed (expected_at (composer->all, index))) {
      whole += composer->tried[index] ? 0 : weight;
      printed++;
    }
  }
  g_array_set_size (stretch.order, kept);
  stretch.score = -INFINITY;
  if (kept > 0 && (printed > 0 || first) && bound > best->score) {
    stretch.units = g_new (int, kept);
    stretch.there = align (composer, stretch.order, stretch.units);
    stretch.whole = whole;
    stretch.score = stretch.there - COST_MISPLACED * (whole - stretch.there) - (which < HK_SEQUENCE_LEARNT ? COST_UNLEARNT : 0);
    if (which == HK_SEQUENCE_WRAPPED && composer->page->prefer != which)
      stretch.score -= COST_TWICE + COST_TWICE_SHARE * whole;
    if (first)
      stretch.score -= COST_PARTED * count_parted (composer, stretch.order);
    if (first && MIN (which, HK_SEQUENCE_LEARNT) == composer->page->prefer)
      stretch.score += GAIN_PREFERRED;
  }
  if (stretch.score > best->score) {
    stretch_clear (best);
    *best = stretch;
  }
  else
    stretch_clear (&stretch);
}

/* Whether what is expected at I of the stretch goes wherever its own bracket or
   label goes, which was not found in its place. */
static gboolean
follows_another (const Composer *composer,
                 const Stretch  *stretch,
                 guint           i)
{
  const HkExpected *mine = expected_at (composer->all, g_array_index (stretch->order, guint, i));
  gboolean          box  = mine->kind == HK_PAINTED_MARK || (mine->kind == HK_PAINTED_VALUE && hk_field (composer->page->fields, mine->field)->kind == HK_KIND_CHOICE);

  if (mine->kind == HK_PAINTED_VALUE && !box && i > 0) {
    const HkExpected *before = expected_at (composer->all, g_array_index (stretch->order, guint, i - 1));
    return before->kind == HK_PAINTED_LABEL && before->entry == mine->entry && stretch->units[i - 1] < 0;
  }
  for (guint k = i; box && k-- > 0;) {
    const HkExpected *before = expected_at (composer->all, g_array_index (stretch->order, guint, k));
    if (before->kind == HK_PAINTED_OPEN && before->field == mine->field && before->option == mine->option)
      return stretch->units[k] < 0;
  }
  return FALSE;
}

static void
close_unit (Composer *composer,
            guint     unit)
{
  for (guint k = 0; k < composer->open->len; k++)
    if (g_array_index (composer->open, guint, k) == unit) {
      g_array_remove_index (composer->open, k);
      return;
    }
}

/* Whether the order WHICH has the place of EXPECTED itself, not of something beside it. */
static gboolean
is_learnt (const Composer   *composer,
           guint             which,
           const HkExpected *expected)
{
  if (which < HK_SEQUENCE_LEARNT)
    return TRUE;
  const HkPaintedPage *painted = &composer->page->painting->pages[which - HK_SEQUENCE_LEARNT];

  for (guint i = 0; i < painted->n; i++) {
    const HkPainted *p = &painted->painted[i];
    if (p->kind == expected->kind && p->row == expected->row && p->option == expected->option && p->twin == expected->twin)
      return TRUE;
  }
  return FALSE;
}

/* Whether what it is can be told from its words: brackets are all alike. */
static gboolean
has_words (const HkExpected *expected)
{
  return expected->kind == HK_PAINTED_LABEL || expected->kind == HK_PAINTED_NAME || expected->kind == HK_PAINTED_ENTRY;
}

static void
place_stretch (Composer      *composer,
               const Stretch *stretch,
               guint          number)
{
  double last = -1;

  for (guint i = 0; i < stretch->order->len; i++) {
    guint             index    = g_array_index (stretch->order, guint, i);
    HkExpected       *expected = expected_at (composer->all, index);
    gboolean          found    = stretch->units[i] >= 0;

    if (found) {
      last = stretch->units[i];
      expected->unit = has_words (expected) ? stretch->units[i] : -1;
      close_unit (composer, (guint) stretch->units[i]);
    }
    if (found || !composer->tried[index])
      composer->places[index] = (Place){ found ? last : last + 0.5, number, i, index };
    if (expected->kind == HK_PAINTED_MARK)
      expected->vague = !is_learnt (composer, stretch->which, expected);
    composer->tried[index]  = TRUE;
    composer->placed[index] = found || !(hk_expected_printed (expected) || follows_another (composer, stretch, i));
    if (found && hk_expected_printed (expected) && (number == 0 || (stretch->which >= HK_SEQUENCE_LEARNT && stretch->there > BELIEVED_STRETCH * stretch->whole)))
      composer->believed += hk_expected_absent (expected);
  }
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  if (x->stretch != y->stretch)
    return x->stretch < y->stretch ? -1 : 1;
  return x->rank != y->rank ? (x->rank < y->rank ? -1 : 1) : x->index < y->index ? -1 : x->index > y->index;
}

/* What no order has stands behind what comes before it in the form. */
static void
place_rest (Composer *composer)
{
  Place last = { -1, STRETCHES, 0, 0 };

  for (guint i = 0; i < composer->all->len; i++) {
    if (composer->tried[i])
      last = composer->places[i];
    else
      composer->places[i] = (Place){ last.at, last.stretch, last.rank, i };
  }
}

/* With wrapped cells painted last, a value is in one place or the other. */
static void
add_wrapped (const HkPaintedPieces *page,
             GArray                *all)
{
  for (guint i = 0; i < all->len; i++) {
    HkExpected expected = *expected_at (all, i);

    if (expected.kind != HK_PAINTED_VALUE || expected.wrapped || hk_field (page->fields, expected.field)->kind == HK_KIND_COUNT)
      continue;
    expected.wrapped = TRUE;
    g_array_insert_val (all, i + 1, expected);
    i++;
  }
}

void
hk_expected_order (HkPaintedPieces *page)
{
  guint n_orders = HK_SEQUENCE_LEARNT + (page->painting != NULL ? page->painting->n_pages : 0);
  Composer composer = { .page = page };
  GArray  *ordered  = g_array_new (FALSE, FALSE, sizeof (HkExpected));
  gboolean wrapped  = FALSE;

  add_wrapped (page, page->expected);
  composer.all    = page->expected;
  composer.open   = open_units (page, FALSE);
  composer.placed = g_new0 (gboolean, page->expected->len + 1);
  composer.tried  = g_new0 (gboolean, page->expected->len + 1);
  composer.places = g_new0 (Place, page->expected->len + 1);
  composer.second = g_new0 (gboolean, page->expected->len + 1);
  find_second (&composer);
  for (guint round = 0; round < STRETCHES; round++) {
    Stretch best = { .score = -INFINITY };

    for (guint which = 0; which < n_orders; which++)
      try_order (&composer, which, round == 0, &best);
    if (best.order == NULL || best.there <= 0) {
      stretch_clear (&best);
      break;
    }
    if (round == 0)
      page->order = MIN (best.which, HK_SEQUENCE_LEARNT);
    wrapped |= best.which == HK_SEQUENCE_WRAPPED;
    place_stretch (&composer, &best, round);
    stretch_clear (&best);
  }
  for (guint i = 0; i < composer.all->len; i++)
    if (hk_expected_printed (expected_at (composer.all, i)))
      composer.whole += hk_expected_absent (expected_at (composer.all, i));
  page->share = composer.whole > 0 ? composer.believed / composer.whole : 1;
  place_rest (&composer);
  qsort (composer.places, composer.all->len, sizeof (Place), compare_places);
  for (guint i = 0; i < composer.all->len; i++) {
    const HkExpected *expected = expected_at (composer.all, composer.places[i].index);
    if (!expected->wrapped || wrapped)
      g_array_append_val (ordered, *expected);
  }
  page->wrapped = wrapped;
  g_array_unref (page->expected);
  page->expected = ordered;
  g_array_unref (composer.open);
  g_free (composer.placed);
  g_free (composer.tried);
  g_free (composer.places);
  g_free (composer.second);
}
