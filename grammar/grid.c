/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grid.h"
#include "fold.h"

#include <string.h>

/* A label, with room for marks behind it (glyphs). */
#define LABEL_MAX 200

/* Numbers of pages that follow one another, before they are believed to be that. */
#define PAGES_COUNTED 3
#define PAGE_NUMBER_MAX 9999

/* Neighbours that say the same, and so much: so many rows of them are a habit. */
#define COPIES_ENOUGH 3
#define COPY_LENGTH 5

/* More boxes than a heading has. */
#define GROUP_BOXES 2

/* Of the cells with boxes, so many that have a checked one tell that marks were kept. */
#define KEPT_ENOUGH 3
#define KEPT 0.8
#define KEPT_UNMIXED 0.3

/* --- Rows ------------------------------------------------------------------------- */

/* How many glyphs of PAGE from FIRST on stand in BOX; they come cell by cell. */
static guint
glyphs_in (const HkPage *page,
           const HkBox  *box,
           guint         first)
{
  guint n = 0;

  for (; first + n < page->glyphs->len; n++) {
    const HkBox *glyph = &hk_page_glyph (page, first + n)->box;
    double x = hk_box_mid_x (glyph), y = hk_box_mid_y (glyph);
    if (x < box->x0 || x >= box->x1 || y < box->y0 || y >= box->y1)
      break;
  }
  return n;
}

static gboolean
is_marked_running (const HkRun *run)
{
  return run->n > 0 && hk_page_glyph (run->page, run->first)->use == HK_USE_RUNNING;
}

/* The end of the line that glyph FIRST of the cell begins, at END at the latest. */
static guint
line_end (const HkPage *page,
          guint         first,
          guint         end)
{
  guint i = first + 1;

  while (i < end && hk_page_glyph (page, i)->box.y0 <= hk_page_glyph (page, first)->box.y0)
    i++;
  return i;
}

static void
add_row (HkGrid  *grid,
         guint    first,
         gboolean table,
         gboolean heading)
{
  HkGridRow row = { first, grid->cells->len - first, table, heading, is_marked_running (&hk_grid_cell (grid, first)->run) };

  g_array_append_val (grid->rows, row);
}

/* Whether glyphs [FIRST, FIRST + N) are a label that stands on several lines. */
static gboolean
is_label (const HkVocabulary *vocabulary,
          const HkPage       *page,
          guint               first,
          guint               n)
{
  if (n == 0 || n > LABEL_MAX || line_end (page, first, first + n) == first + n)
    return FALSE;
  g_autoptr (HkTextCell) cell = hk_text_cell_new (page->number, (HkBox){ 0 }, 0, TRUE);
  cell->scanned = TRUE;
  hk_text_cell_fill (cell, page->number, (HkBox){ 0 }, hk_page_glyph (page, first), n);
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, cell, &label);
  for (guint i = 0; i < matches->len; i++)
    if (g_array_index (matches, HkLabelMatch, i).row->shape != HK_ROW_BLOCK)
      return TRUE;
  return FALSE;
}

/* What stands outside of tables: a row a line. */
static void
add_lines (HkGrid             *grid,
           const HkVocabulary *vocabulary,
           const HkPage       *page,
           const HkCell       *from,
           guint               first,
           guint               n)
{
  gboolean whole = is_label (vocabulary, page, first, n);

  for (guint i = first, end; i < first + n; i = end) {
    end = whole ? first + n : line_end (page, i, first + n);
    HkGridCell cell = { { page, i, end - i }, from->box, end == first + n && (from->open & HK_SIDE_BOTTOM) };
    g_array_append_val (grid->cells, cell);
    add_row (grid, grid->cells->len - 1, FALSE, from->heading);
  }
}

static void
add_page (HkGrid             *grid,
          const HkVocabulary *vocabulary,
          const HkPage       *page)
{
  guint glyph = 0;

  for (guint i = 0, end; i < page->cells->len; i = end) {
    const HkCell *cell = hk_page_cell (page, i);

    for (end = i + 1; end < page->cells->len && hk_page_cell (page, end)->box.y0 <= cell->box.y0;)
      end++;
    if (end == i + 1 && cell->box.x0 <= 0 && cell->box.x1 >= page->width) {
      guint n = glyphs_in (page, &cell->box, glyph);
      add_lines (grid, vocabulary, page, cell, glyph, n);
      glyph += n;
      continue;
    }
    guint first = grid->cells->len, before = glyph;
    for (guint c = i; c < end; c++) {
      const HkCell *at  = hk_page_cell (page, c);
      HkGridCell    one = { { page, glyph, glyphs_in (page, &at->box, glyph) }, at->box, (at->open & HK_SIDE_BOTTOM) != 0 };
      glyph += one.run.n;
      g_array_append_val (grid->cells, one);
    }
    if (glyph > before)
      add_row (grid, first, TRUE, FALSE);
    else
      g_array_set_size (grid->cells, first);
  }
}

gboolean
hk_grid_cell_is_blank (const HkGridCell *cell)
{
  for (guint i = cell->run.first; i < cell->run.first + cell->run.n; i++)
    if (!hk_is_space (hk_page_glyph (cell->run.page, i)->ch))
      return FALSE;
  return TRUE;
}

void
hk_grid_add_lines (const HkGridCell *cell,
                   guint             from,
                   GArray           *runs)
{
  guint end = cell->run.first + cell->run.n;

  for (guint i = cell->run.first + from, next; i < end; i = next) {
    next = line_end (cell->run.page, i, end);
    HkSheetRun run = { { cell->run.page, i, next - i }, FALSE };
    g_array_append_val (runs, run);
  }
}

char *
hk_grid_fold (const HkGridCell *cell)
{
  g_autofree gunichar *ch  = g_new (gunichar, cell->run.n + 1);
  GString             *out = g_string_new (NULL);
  guint                n   = 0;

  for (guint i = 0; i < cell->run.n; i++) {
    const HkGlyph *glyph = hk_page_glyph (cell->run.page, cell->run.first + i);
    if (glyph->control == HK_CONTROL_NONE)
      ch[n++] = glyph->ch;
  }
  hk_fold (out, ch, n);
  return g_string_free (out, FALSE);
}

/* --- Copies ----------------------------------------------------------------------------- */

/* Whether A and B say the same, and something. */
static gboolean
is_same (const HkGridCell *a,
         const HkGridCell *b)
{
  gboolean ink = FALSE;

  if (a->run.n != b->run.n)
    return FALSE;
  for (guint i = 0; i < a->run.n; i++) {
    const HkGlyph *glyph = hk_page_glyph (a->run.page, a->run.first + i);
    if (glyph->ch != hk_page_glyph (b->run.page, b->run.first + i)->ch)
      return FALSE;
    ink |= hk_is_ink (glyph);
  }
  return ink;
}

static void
drop_cell (HkGridCell *cell,
           HkDocument *document)
{
  for (guint i = cell->run.first; i < cell->run.first + cell->run.n; i++)
    if (hk_is_ink (hk_page_glyph (cell->run.page, i))) {
      document->counts.source++;
      document->counts.running++;
    }
  cell->run.n = 0;
}

/* Whether the text has the habit: rows whose neighbours say the same at length. */
static gboolean
has_copies (const HkGrid *grid,
            guint         end)
{
  guint n = 0;

  for (guint r = 0; r < end && n < COPIES_ENOUGH; r++) {
    const HkGridRow *row = hk_grid_row (grid, r);
    for (guint c = row->first + 1; c < row->first + row->n; c++)
      if (hk_grid_cell (grid, c)->run.n >= COPY_LENGTH && is_same (hk_grid_cell (grid, c - 1), hk_grid_cell (grid, c))) {
        n++;
        break;
      }
  }
  return n >= COPIES_ENOUGH;
}

void
hk_grid_drop_copies (HkGrid     *grid,
                     guint       end,
                     HkDocument *document)
{
  if (!has_copies (grid, end))
    return;
  for (guint r = end; r-- > 0;) { /* from below: what a row repeats is still there */
    HkGridRow       *row   = hk_grid_row (grid, r);
    const HkGridRow *above = r > 0 ? hk_grid_row (grid, r - 1) : NULL;
    gboolean         table = above != NULL && row->table && above->table && row->n == above->n && row->n > 1;
    guint            own   = row->n; /* the last cell that is not the one above again */

    while (table && own > 0 && (is_same (hk_grid_cell (grid, row->first + own - 1), hk_grid_cell (grid, above->first + own - 1)) ||
                                hk_grid_cell_is_blank (hk_grid_cell (grid, row->first + own - 1))))
      own--;
    for (guint c = row->n; c-- > 0;) {
      HkGridCell *cell = hk_grid_cell (grid, row->first + c);
      gboolean    left = c > 0 && is_same (cell, cell - 1);
      gboolean    over = table && (own == 0 || c + 1 < own) && is_same (cell, hk_grid_cell (grid, above->first + c));
      if (left || over)
        drop_cell (cell, document);
    }
  }
}

/* --- What runs over the pages --------------------------------------------------------- */

/* The number that the folded TEXT is as that of a page: 3, -3-, 3/33, p.3, 3ページ; 0: it is none. */
static guint
page_number (const char *text)
{
  guint number = 0;

  while (*text == '-' || g_str_has_prefix (text, "‐") || g_str_has_prefix (text, "—") || g_str_has_prefix (text, "–"))
    text = g_utf8_next_char (text);
  if (g_ascii_tolower (*text) == 'p')
    text += g_ascii_strncasecmp (text, "page", 4) == 0 ? 4 : 1;
  text += *text == '.';
  if (!g_ascii_isdigit (*text))
    return 0;
  for (; g_ascii_isdigit (*text); text++) {
    number = 10 * number + (guint) (*text - '0');
    if (number > PAGE_NUMBER_MAX)
      return 0;
  }
  if (*text == '/')
    text += 1 + strspn (text + 1, "0123456789");
  if (g_str_has_prefix (text, "ページ") || g_str_has_prefix (text, "頁"))
    text += g_str_has_prefix (text, "頁") ? strlen ("頁") : strlen ("ページ");
  while (*text != '\0' && hk_is_dash (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0' ? number : 0;
}

/* Lines that are numbers, each one more than the last: the pages'. A value that is a
   number stands among them without following. */
static void
find_page_numbers (HkGrid *grid)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint)), best = g_array_new (FALSE, FALSE, sizeof (guint));
  guint expected = 0;

  for (guint r = 0; r < grid->rows->len; r++) {
    const HkGridRow *row = hk_grid_row (grid, r);
    if (row->n != 1 || hk_grid_cell (grid, row->first)->run.n > 16 || (row->table && expected == 0))
      continue;
    g_autofree char *text   = hk_grid_fold (hk_grid_cell (grid, row->first));
    guint            number = page_number (text);
    if (number == 0 || (expected > 0 && number != expected && number > 1))
      continue;
    if (number != expected) {
      if (chain->len > best->len)
        g_array_set_size (best, 0), g_array_append_vals (best, chain->data, chain->len);
      g_array_set_size (chain, 0);
    }
    g_array_append_val (chain, r);
    expected = number + 1;
  }
  if (chain->len < best->len)
    g_array_set_size (chain, 0), g_array_append_vals (chain, best->data, best->len);
  for (guint i = 0; chain->len >= PAGES_COUNTED && i < chain->len; i++)
    hk_grid_row (grid, g_array_index (chain, guint, i))->running = TRUE;
}

/* --- Boxes ------------------------------------------------------------------------------ */

/* The boxes of CELL: how many there are, are checked, and are brackets with nothing in them. */
static void
count_boxes (const HkGridCell *cell,
             guint             n[3])
{
  gunichar before = 0;

  for (guint i = cell->run.first; i < cell->run.first + cell->run.n; i++) {
    gunichar ch     = hk_page_glyph (cell->run.page, i)->ch;
    gboolean marked = FALSE;

    if (hk_is_space (ch))
      continue;
    n[0] += hk_is_box (ch, &marked);
    n[1] += marked;
    n[2] += hk_is_close_bracket (ch) && hk_is_open_bracket (before);
    before = ch;
  }
}

/* Whether cell C of GRID is an item of a list that begins with a box. */
static gboolean
is_boxed_item (const HkGrid *grid,
               guint         c)
{
  const HkGridCell *cell = hk_grid_cell (grid, c);
  guint             i    = cell->run.first;
  gboolean          marked;

  while (i < cell->run.first + cell->run.n && hk_is_space (hk_page_glyph (cell->run.page, i)->ch))
    i++;
  return i < cell->run.first + cell->run.n && cell->box.x0 <= 0 && cell->box.x1 >= cell->run.page->width && hk_is_box (hk_page_glyph (cell->run.page, i)->ch, &marked);
}

HkBoxHabit
hk_grid_box_habit (const HkGrid *grid)
{
  guint any = 0, boxed = 0, kept = 0, mixed = 0;

  for (guint c = 0; c < grid->cells->len; c++) {
    guint n[3] = { 0 };

    count_boxes (hk_grid_cell (grid, c), n);
    for (; is_boxed_item (grid, c) && c + 1 < grid->cells->len && is_boxed_item (grid, c + 1); c++) /* one group */
      count_boxes (hk_grid_cell (grid, c + 1), n);
    any   += n[0];
    boxed += n[0] > GROUP_BOXES || (n[0] > 1 && n[1] > 0); /* a heading has two, and mostly neither is set */
    kept  += n[0] > 1 && n[1] > 0;
    mixed += n[0] + n[2] > 1 && n[2] > 0;
  }
  if (any == 0)
    return HK_BOX_PLAIN;
  if (mixed == 0)
    return (kept >= KEPT_ENOUGH && kept >= KEPT_UNMIXED * boxed) || (kept > 0 && kept >= boxed) ? HK_BOX_KEPT : HK_BOX_LOST;
  return kept >= KEPT_ENOUGH && kept >= KEPT * boxed ? HK_BOX_KEPT : HK_BOX_LOST;
}

/* --- The grid ----------------------------------------------------------------------------- */

HkGrid *
hk_grid_new (const GPtrArray    *pages,
             const HkForm       *form,
             const HkVocabulary *vocabulary)
{
  HkGrid *grid = g_new0 (HkGrid, 1);

  grid->form    = form;
  grid->cells   = g_array_new (FALSE, TRUE, sizeof (HkGridCell));
  grid->rows    = g_array_new (FALSE, TRUE, sizeof (HkGridRow));
  grid->labels  = g_array_new (FALSE, TRUE, sizeof (HkGridLabel));
  grid->matches = g_array_new (FALSE, TRUE, sizeof (HkGridMatch));
  for (guint p = 0; p < pages->len; p++)
    add_page (grid, vocabulary, pages->pdata[p]);
  find_page_numbers (grid);
  return grid;
}

void
hk_grid_free (HkGrid *grid)
{
  if (grid == NULL)
    return;
  g_array_unref (grid->cells);
  g_array_unref (grid->rows);
  g_array_unref (grid->labels);
  g_array_unref (grid->matches);
  g_free (grid);
}

void
hk_grid_account_running (const HkGrid    *grid,
                         const HkGridRow *row,
                         HkDocument      *document)
{
  for (guint c = row->first; c < row->first + row->n; c++) {
    const HkGridCell *cell = hk_grid_cell (grid, c);
    for (guint i = cell->run.first; i < cell->run.first + cell->run.n; i++)
      if (hk_is_ink (hk_page_glyph (cell->run.page, i))) {
        document->counts.source++;
        document->counts.running++;
      }
  }
}
