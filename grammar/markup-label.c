/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Labels of a text in markup: a cell of its own, the beginning of one, or, where
   characters were misread, nearly one. */
#include "grid.h"
#include "fold.h"

#include <string.h>

/* A label, with room for marks behind it (glyphs). */
#define LABEL_MAX 200

/* A label may be followed by its value in the same cell behind one of so many spaces. */
#define STOPS_MAX 16

/* So many signs before a label may be its number, misread. */
#define SIGNS_MAX 4

/* What speaks against a match. */
#define COST_NO_NUMBER 3     /* the form's number is missing */
#define COST_OTHER_NUMBER 8
#define COST_MISREAD 3
#define COST_BEGINNING 4     /* more stands behind it, in the same cell */

/* Characters that may be misread of a label: one, and one more in so many; and of how short a label. */
#define MISREAD_EVERY 12
#define MISREAD_MAX 5
#define MISREAD_LEAST 6
#define MISREAD_LEAST_NUMBERED 4 /* … with its number, in a row of cells */

typedef struct {
  HkGrid             *grid;
  const HkVocabulary *vocabulary;
  GPtrArray          *words;   /* folded labels (gunichar, ended by 0); owned */
  GArray             *word_of; /* guint: the row of each */
} Finder;

/* --- What a label says -------------------------------------------------------------- */

/* The first N glyphs of CELL as a cell of their own. */
static HkTextCell *
part_of (const HkGridCell *cell,
         guint             n)
{
  HkTextCell *part = hk_text_cell_new (cell->run.page->number, cell->box, 0, TRUE);

  part->scanned = TRUE;
  hk_text_cell_fill (part, part->page, cell->box, hk_page_glyph (cell->run.page, cell->run.first), n);
  return part;
}

/* Whether the form prints ROW as a label of its own. Words within a value's cell are
   none; those that list the parts are. */
static gboolean
is_label_row (const HkForm    *form,
              const HkFormRow *row)
{
  return (row->shape != HK_ROW_WORDS || hk_form_parent (form, row)->shape != HK_ROW_ITEM) && *row->label != '\0' && row->placement != HK_PLACE_INSIDE && row->placement != HK_PLACE_COLUMN && row->placement != HK_PLACE_SCATTERED;
}

static guint
cost_of (const HkLabelMatch *match,
         const HkLabel      *label)
{
  if (match->number_agrees)
    return 0;
  return label->class == HK_TOKEN_WORDS ? COST_NO_NUMBER : COST_OTHER_NUMBER;
}

/* Where the marks or brackets of a value begin that stands behind the label in CELL. */
static guint
first_bracket (const HkGridCell *cell,
               guint             n)
{
  gboolean marked;

  for (guint i = 0; i < n; i++) {
    gunichar ch = hk_page_glyph (cell->run.page, cell->run.first + i)->ch;
    if (hk_is_open_bracket (ch) || hk_is_box (ch, &marked))
      return i;
  }
  return n;
}

/* Whether a block's number, which ends at glyph N of CELL, is not part of a longer word. */
static gboolean
ends_word (const HkGridCell *cell,
           guint             n)
{
  if (n >= cell->run.n)
    return TRUE;
  const HkGlyph *last = hk_page_glyph (cell->run.page, cell->run.first + n - 1), *next = hk_page_glyph (cell->run.page, cell->run.first + n);
  return hk_is_space (next->ch) || next->ch == ':' || next->ch == 0xFF1A || next->box.y0 > last->box.y0;
}

/* Adds the rows that the first N glyphs of CELL, read as LABEL, say. Returns how many
   glyphs the longest of them takes; 0: they say none. */
static guint
add_matches (const Finder     *finder,
             const HkGridCell *cell,
             HkTextCell       *part,
             const HkLabel    *label,
             guint             extra)
{
  g_autoptr (GArray) matches = hk_vocabulary_match (finder->vocabulary, part, label);
  const HkFormRow   *rows    = finder->grid->form->rows;
  guint              n       = 0;

  for (guint i = 0; i < matches->len; i++) {
    const HkLabelMatch *match = &g_array_index (matches, HkLabelMatch, i);
    HkGridMatch         found = { (guint) (match->row - rows), cost_of (match, label) + extra };

    if (!is_label_row (finder->grid->form, match->row) || (match->row->shape == HK_ROW_BLOCK && !ends_word (cell, match->n)))
      continue;
    g_array_append_val (finder->grid->matches, found);
    n = MAX (n, match->row->shape == HK_ROW_BLOCK ? match->n : MIN (match->n, first_bracket (cell, part->glyphs->len)));
  }
  return n;
}

/* --- In the beginning of a cell ---------------------------------------------------------- */

/* Whether a label that ends before glyph I of CELL may end there. */
static gboolean
is_stop (const HkGridCell *cell,
         guint             i)
{
  const HkGlyph *glyph = hk_page_glyph (cell->run.page, cell->run.first + i);

  return hk_is_space (glyph->ch) || glyph->ch == ':' || glyph->ch == 0xFF1A || glyph->ch == '*' || glyph->ch == 0xFF0A || glyph->ch == 0x203B || glyph->box.y0 > (glyph - 1)->box.y0;
}

/* The longest beginning of CELL that is a label, up to a space, a colon or a line's end.
   Adds its matches, and returns how many glyphs it has; 0: there is none. */
static guint
find_beginning (const Finder     *finder,
                const HkGridCell *cell)
{
  guint found = 0, stops = 0, matches = finder->grid->matches->len;

  for (guint i = 1; i < MIN (cell->run.n, LABEL_MAX) && stops < STOPS_MAX; i++) {
    if (!is_stop (cell, i))
      continue;
    g_autoptr (HkTextCell) part = part_of (cell, i);
    g_auto (HkLabel) label = hk_label_read (part);
    guint before = finder->grid->matches->len;
    guint n      = add_matches (finder, cell, part, &label, label.class == HK_TOKEN_WORDS ? 2 * COST_BEGINNING : COST_BEGINNING);

    if (n > 0) {
      found = n;
      g_array_remove_range (finder->grid->matches, matches, before - matches); /* those of a shorter one */
    }
    if (!hk_vocabulary_goes_on (finder->vocabulary, &label))
      break;
    stops++;
  }
  return found;
}

/* --- Misread ------------------------------------------------------------------------------------ */

/* How many characters of A have to be changed, left out or put in for it to be B; more
   than MAX: MAX + 1. */
static guint
distance (const gunichar *a,
          glong           n_a,
          const gunichar *b,
          glong           n_b,
          guint           max)
{
  guint above[LABEL_MAX + 2], here[LABEL_MAX + 2];

  if (n_a > LABEL_MAX || n_b > LABEL_MAX || labs (n_a - n_b) > (glong) max)
    return max + 1;
  for (glong j = 0; j <= n_b; j++)
    above[j] = (guint) j;
  for (glong i = 1; i <= n_a; i++) {
    guint least = here[0] = (guint) i;
    for (glong j = 1; j <= n_b; j++) {
      here[j] = MIN (MIN (above[j], here[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
      least   = MIN (least, here[j]);
    }
    if (least > max)
      return max + 1;
    memcpy (above, here, sizeof here);
  }
  return above[n_b];
}

/* Whether the number of LABEL is of the kind that ROW's is. */
static gboolean
has_number_like (const HkLabel   *label,
                 const HkFormRow *row)
{
  gunichar first = g_utf8_get_char (row->number);

  switch (label->class) {
  case HK_TOKEN_ITEM_NUMBER: return hk_circled_number (first) == label->number;
  case HK_TOKEN_HEADING_NUMBER: return row->shape == HK_ROW_HEADING && hk_digit (first) == (int) (label->number >= 10 ? label->number / 10 : label->number);
  case HK_TOKEN_PART_NUMBER: return hk_roman_number (first) == label->number;
  case HK_TOKEN_RISK_NUMBER: return row->shape == HK_ROW_RISK && (label->number == 0 ? *row->number == '\0' : hk_digit (first) == (int) label->number);
  case HK_TOKEN_APPENDIX: return g_str_has_prefix (row->number, "別添");
  default: return *row->number == '\0' || hk_circled_number (first) != 0;
  }
}

/* Adds the rows whose labels CELL is nearest to, if a few characters were misread. */
static guint
find_misread (const Finder     *finder,
              const HkGridCell *cell,
              gboolean          in_row)
{
  guint end = first_bracket (cell, cell->run.n);

  if (end == 0 || end > LABEL_MAX)
    return 0;
  g_autoptr (HkTextCell) part = part_of (cell, end);
  g_auto (HkLabel) label = hk_label_read (part);
  glong n = 0;
  g_autofree gunichar *said = g_utf8_to_ucs4_fast (label.folded, -1, &n);
  guint least = 1 + (guint) MIN (n / MISREAD_EVERY, MISREAD_MAX), first = finder->grid->matches->len;

  if (n < (in_row && label.class == HK_TOKEN_ITEM_NUMBER ? MISREAD_LEAST_NUMBERED : MISREAD_LEAST) || strstr (label.folded, "。") != NULL)
    return 0;
  for (guint w = 0; w < finder->words->len; w++) {
    const gunichar  *words = finder->words->pdata[w];
    guint            row   = g_array_index (finder->word_of, guint, w);
    glong            n_words = 0;

    if (!has_number_like (&label, &finder->grid->form->rows[row]))
      continue;
    while (words[n_words] != 0)
      n_words++;
    guint far = distance (said, n, words, n_words, least);
    if (far > least)
      continue;
    if (far < least)
      g_array_set_size (finder->grid->matches, first);
    least = far;
    HkGridMatch found = { row, COST_MISREAD + far };
    g_array_append_val (finder->grid->matches, found);
  }
  return finder->grid->matches->len > first ? end : 0;
}

/* --- Cells, row by row ----------------------------------------------------------------------------- */

/* Whether something stands right of cell C in ROW. */
static gboolean
has_beside (const HkGrid    *grid,
            const HkGridRow *row,
            guint            c)
{
  for (guint i = c + 1; i < row->first + row->n; i++)
    if (!hk_grid_cell_is_blank (hk_grid_cell (grid, i)))
      return TRUE;
  return FALSE;
}

/* Whether the label last found may have others beside it: it stands over some, or over
   its value. */
static gboolean
may_have_others (const HkGrid *grid)
{
  const HkGridLabel *label = hk_grid_label (grid, grid->labels->len - 1);

  for (guint m = label->first; m < label->first + label->n_matches; m++) {
    const HkFormRow *row = &grid->form->rows[hk_grid_match (grid, m)->row];
    if (row->shape == HK_ROW_GROUP || row->shape == HK_ROW_RISK || row->shape == HK_ROW_HEADING || row->placement == HK_PLACE_BELOW ||
        (row + 1 < grid->form->rows + grid->form->n_rows && row[1].depth > row->depth && is_label_row (grid->form, row + 1)))
      return TRUE;
  }
  return FALSE;
}

/* How many signs CELL begins with that may be a misread number: (1) 1) ⑴ ❶ ○; 0: none. */
static guint
signs_before (const HkGridCell *cell)
{
  guint i = 0;

  while (i < MIN (cell->run.n, SIGNS_MAX)) {
    gunichar ch = hk_page_glyph (cell->run.page, cell->run.first + i)->ch;
    if (g_unichar_isalpha (ch) || hk_circled_number (ch) != 0 || hk_roman_number (ch) != 0 || hk_is_open_bracket (ch))
      break;
    i++;
  }
  return i;
}

/* Adds the rows that CELL, beside its value, says behind such signs. */
static guint
find_behind_signs (const Finder     *finder,
                   const HkGridCell *cell)
{
  guint skip = signs_before (cell);

  if (skip == 0 || skip == cell->run.n || cell->run.n > LABEL_MAX)
    return 0;
  HkGridCell rest = *cell;
  rest.run.first += skip;
  rest.run.n     -= skip;
  g_autoptr (HkTextCell) part = part_of (&rest, rest.run.n);
  g_auto (HkLabel) label = hk_label_read (part);
  guint n = label.class == HK_TOKEN_WORDS ? add_matches (finder, &rest, part, &label, COST_OTHER_NUMBER - COST_NO_NUMBER) : 0;
  return n > 0 ? skip + n : 0;
}

static gboolean
find_label (const Finder *finder,
            guint         r,
            guint         c)
{
  HkGrid           *grid = finder->grid;
  const HkGridRow  *row  = hk_grid_row (grid, r);
  const HkGridCell *cell = hk_grid_cell (grid, c);
  HkGridLabel       found = { .row = r, .cell = c, .first = grid->matches->len, .beside = has_beside (grid, row, c), .chosen = HK_NO_ROW };

  if (cell->run.n == 0)
    return FALSE;
  gboolean may = hk_vocabulary_may_begin (finder->vocabulary, hk_page_glyph (cell->run.page, cell->run.first)->ch);
  if (!may && !found.beside)
    return FALSE;
  if (may && cell->run.n <= LABEL_MAX) {
    g_autoptr (HkTextCell) part = part_of (cell, cell->run.n);
    g_auto (HkLabel) label = hk_label_read (part);
    found.n = add_matches (finder, cell, part, &label, 0);
  }
  if (found.n == 0 && row->table && found.beside) {
    found.n       = find_behind_signs (finder, cell);
    found.misread = found.n > 0;
  }
  if (may && found.n == 0)
    found.n = find_beginning (finder, cell);
  if (may && found.n == 0 && (!row->table || c == row->first || found.beside)) {
    found.n       = find_misread (finder, cell, found.beside || (row->table && row->n > 1));
    found.misread = found.n > 0;
  }
  found.n_matches = grid->matches->len - found.first;
  if (found.n_matches > 0)
    g_array_append_val (grid->labels, found);
  return found.n_matches > 0;
}

static void
add_words (Finder *finder)
{
  const HkForm *form = finder->grid->form;

  for (guint i = 0; i < form->n_rows; i++) {
    const char *cursor = NULL, *text;
    gsize       len;

    while (is_label_row (form, &form->rows[i]) && form->rows[i].shape != HK_ROW_BLOCK && hk_form_next_label (&form->rows[i], &cursor, &text, &len)) {
      g_autofree char *folded = hk_fold_utf8 (text, (gssize) len);
      g_ptr_array_add (finder->words, g_utf8_to_ucs4_fast (folded, -1, NULL));
      g_array_append_val (finder->word_of, i);
    }
  }
}

void
hk_grid_find_labels (HkGrid             *grid,
                     const HkVocabulary *vocabulary,
                     guint               end)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) word_of  = g_array_new (FALSE, FALSE, sizeof (guint));
  Finder finder = { grid, vocabulary, words, word_of };

  add_words (&finder);
  for (guint r = 0; r < end; r++) {
    const HkGridRow *row = hk_grid_row (grid, r);

    for (guint c = row->first; !row->running && c < row->first + row->n; c++) {
      if (hk_grid_cell_is_blank (hk_grid_cell (grid, c)))
        continue;
      if (!find_label (&finder, r, c) || !may_have_others (grid))
        break;
    }
  }
}
