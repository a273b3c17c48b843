/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout.h"
#include "align.h"
#include "cut.h"
#include "fold.h"
#include "markup.h"
#include "rebuild.h"
#include "respell.h"
#include "running.h"
#include "turn.h"

#include <math.h>
#include <string.h>

/* Cells whose upper edges differ by less stand in one row (points). */
#define ROW_TOLERANCE 2.0

/* A glyph that follows another closer than this (in em) was written on with
   it: text over the edge of its cell. Cells keep more room at their edges. */
#define OVERHANG_GAP 0.1

/* Text lower than this (points) is smaller than any form prints its own, and
   comes near to the tolerances with which rows are told apart. */
#define SMALL_TEXT 4.5
#define MOSTLY 0.5

/* Lines of a title are no further apart (line heights). */
#define TITLE_GAP 1.5

/* A line so long (line heights) is broken where others of its column are. */
#define LONG_LINE 12.0

/* A page as it is drawn. */
typedef struct {
  guint       number;
  HkPage     *page;  /* NULL: nothing could be read of it */
  GPtrArray  *cells; /* HkTextCell */
  const char *doubt; /* what speaks against its text, or NULL; static */
} Drawn;

struct _HkLayout {
  HkPageSource       *source;     /* not owned */
  const HkVocabulary *vocabulary; /* not owned; NULL until it is chosen */
  HkDocument         *document;   /* not owned */
  HkSpeller          *speller;    /* of pages read by OCR; NULL: there was none yet */
  HkRunning          *running;
  HkAlignment         alignment;
  GHashTable         *doubts;  /* page → why nothing on it is sure; static strings */
  GArray             *lost;    /* guint: pages of which nothing could be read */
  GHashTable         *columns; /* left and right edge → how far text reaches (double) */
  GArray             *drawn; /* Drawn: pages that were looked at before their turn */
  GPtrArray          *ready; /* HkTextCell in reading order; consumed from READ on */
  guint               read;
  guint               n_drawn; /* pages, so far */
  GPtrArray          *held;  /* HkTextCell of pages that may still be joined to the next */
  HkPage             *page;  /* the newest page, with its CELLS not yet among the held; or NULL */
  GPtrArray          *cells;
  gboolean            drained; /* the source has no more pages */
  gboolean            end;     /* nor has the stream */
};

/* --- One page: glyphs into cells ---------------------------------------------- */

static gboolean
contains (const HkBox *box,
          double       x,
          double       y)
{
  return x >= box->x0 && x < box->x1 && y >= box->y0 && y < box->y1;
}

/* The cell that (X, Y) lies in, or -1. Text comes in runs: LAST is tried first, then
   those behind it. */
static int
cell_at (const HkPage *page,
         double        x,
         double        y,
         int           last)
{
  guint n = page->cells->len, from = last >= 0 ? (guint) last : 0;

  for (guint i = 0; i < n; i++) {
    guint at = from + i < n ? from + i : from + i - n;
    if (contains (&hk_page_cell (page, at)->box, x, y))
      return (int) at;
  }
  return -1;
}

/* The cell, open at the page's end, over whose edge GLYPH stands: a line
   on the cut is printed whole; what only stands near it is a running line. -1: none. */
static int
open_cell_near (const HkPage  *page,
                const HkGlyph *glyph)
{
  double x = hk_box_mid_x (&glyph->box);

  for (guint i = 0; i < page->cells->len; i++) {
    const HkCell *cell = hk_page_cell (page, i);
    gboolean below = (cell->open & HK_SIDE_BOTTOM) != 0 && glyph->box.y0 > cell->box.y0 && glyph->box.y0 < cell->box.y1;
    gboolean above = (cell->open & HK_SIDE_TOP) != 0 && glyph->box.y1 < cell->box.y1 && glyph->box.y1 > cell->box.y0;

    if (x >= cell->box.x0 && x < cell->box.x1 && (below || above))
      return (int) i;
  }
  return -1;
}

/* Whether GLYPH was written on with BEFORE, its neighbour in source order. */
static gboolean
overhangs (const HkGlyph *before,
           const HkGlyph *glyph)
{
  double em = hk_glyph_em (glyph), gap = glyph->box.x0 - before->box.x1;

  return fabs (hk_box_mid_y (&glyph->box) - hk_box_mid_y (&before->box)) < 0.1 * em && gap > -0.3 * em && gap < OVERHANG_GAP * em;
}

static int *
assign_glyphs (const HkPage *page)
{
  int *of   = g_new (int, page->glyphs->len + 1);
  int  last = -1;

  for (guint i = 0; i < page->glyphs->len; i++) {
    const HkGlyph *glyph = hk_page_glyph (page, i);

    of[i] = cell_at (page, hk_box_mid_x (&glyph->box), hk_box_mid_y (&glyph->box), last);
    if (i > 0 && of[i] != of[i - 1] && of[i - 1] >= 0 && overhangs (hk_page_glyph (page, i - 1), glyph))
      of[i] = of[i - 1];
    if (of[i] < 0)
      of[i] = open_cell_near (page, glyph);
    last = of[i];
  }
  return of;
}

/* The glyphs of PAGE that OF gives to cell WHICH. */
static GArray *
glyphs_of (const HkPage *page,
           const int    *of,
           int           which)
{
  GArray *glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

  for (guint i = 0; i < page->glyphs->len; i++)
    if (of[i] == which)
      g_array_append_vals (glyphs, hk_page_glyph (page, i), 1);
  return glyphs;
}

static void
add_ruled_cells (const HkPage *page,
                 const int    *of,
                 GPtrArray    *cells)
{
  guint n = page->cells->len;
  g_autofree GArray **glyphs = g_new0 (GArray *, n + 1);

  for (guint i = 0; i < page->glyphs->len; i++)
    if (of[i] >= 0) {
      if (glyphs[of[i]] == NULL)
        glyphs[of[i]] = g_array_new (FALSE, FALSE, sizeof (HkGlyph));
      g_array_append_vals (glyphs[of[i]], hk_page_glyph (page, i), 1);
    }
  for (guint i = 0; i < n; i++) {
    const HkCell *rule = hk_page_cell (page, i);
    HkTextCell   *cell = hk_text_cell_new (page->number, rule->box, rule->open, TRUE);

    cell->scanned = page->markup;
    if (glyphs[i] != NULL) {
      hk_text_cell_fill (cell, page->number, rule->box, (const HkGlyph *) glyphs[i]->data, glyphs[i]->len);
      g_array_unref (glyphs[i]);
    }
    g_ptr_array_add (cells, cell);
  }
}

/* Text outside of every table: one cell a line. */
static void
add_loose_lines (const HkPage *page,
                 const int    *of,
                 GPtrArray    *cells)
{
  g_autoptr (GArray) glyphs = glyphs_of (page, of, -1);
  g_autoptr (HkTextCell) all = hk_text_cell_new (page->number, (HkBox){ 0 }, 0, FALSE);

  hk_text_cell_fill (all, page->number, (HkBox){ 0, 0, page->width, page->height }, (const HkGlyph *) glyphs->data, glyphs->len);
  for (guint l = 0; l < all->lines->len; l++) {
    const HkLine *line = hk_cell_line (all, l);
    HkTextCell   *cell = hk_text_cell_new (page->number, line->box, 0, FALSE);

    cell->loose = TRUE;
    hk_text_cell_fill (cell, page->number, line->box, hk_cell_glyph (all, line->first), line->n);
    g_ptr_array_add (cells, cell);
  }
}

/* --- Columns ------------------------------------------------------------------- */

/* Remembers how far text reaches in each column of the document, and lets its
   long lines end there: spreadsheets break lines well before the cell's edge. */
static void
find_columns (HkLayout  *layout,
              GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++) {
    const HkTextCell *cell = cells->pdata[i];
    gint64            key  = (gint64) lround (cell->box.x0) * 65536 + lround (cell->box.x1);
    double           *end  = g_hash_table_lookup (layout->columns, &key);

    if (!cell->ruled || cell->lines->len == 0)
      continue;
    if (end == NULL) {
      end = g_new0 (double, 1);
      g_hash_table_insert (layout->columns, g_memdup2 (&key, sizeof key), end);
    }
    for (guint l = 0; l < cell->lines->len; l++)
      *end = MAX (*end, hk_cell_line (cell, l)->box.x1);
    for (guint l = 0; l < cell->lines->len; l++) {
      HkLine *line = hk_cell_line (cell, l);
      if (*end - line->box.x0 > LONG_LINE * hk_box_height (&line->box))
        line->right = MIN (line->right, *end);
    }
  }
}

/* --- Reading order ---------------------------------------------------------------- */

static int
by_top (gconstpointer a,
        gconstpointer b)
{
  const HkTextCell *ca = *(HkTextCell *const *) a, *cb = *(HkTextCell *const *) b;

  return ca->box.y0 < cb->box.y0 ? -1 : ca->box.y0 > cb->box.y0 ? 1 : 0;
}

static int
by_side (gconstpointer a,
         gconstpointer b)
{
  const HkTextCell *ca = *(HkTextCell *const *) a, *cb = *(HkTextCell *const *) b;

  return ca->box.x0 < cb->box.x0 ? -1 : ca->box.x0 > cb->box.x0 ? 1 : 0;
}

/* Top to bottom, and left to right among cells whose upper edges are level. */
static void
sort_cells (GPtrArray *cells)
{
  g_ptr_array_sort (cells, by_top);
  for (guint i = 0; i < cells->len;) {
    double top = ((HkTextCell *) cells->pdata[i])->box.y0;
    guint  end = i + 1;

    while (end < cells->len && ((HkTextCell *) cells->pdata[end])->box.y0 - top < ROW_TOLERANCE)
      end++;
    qsort (cells->pdata + i, end - i, sizeof (gpointer), by_side);
    i = end;
  }
}

static GPtrArray *
page_cells (const HkPage *page)
{
  GPtrArray *cells = g_ptr_array_new ();

  if (page->glyphs->len == 0)
    return cells;

  g_autofree int *of = assign_glyphs (page);
  add_ruled_cells (page, of, cells);
  add_loose_lines (page, of, cells);
  sort_cells (cells);
  return cells;
}

/* --- Titles over two lines ------------------------------------------------------------ */

/* Whether CELL is a loose line of the page's body. */
static gboolean
is_loose_line (const HkTextCell *cell)
{
  return cell->loose && cell->lines->len == 1 && !hk_text_cell_is_running (cell);
}

/* The loose lines UPPER and LOWER as one cell. */
static HkTextCell *
join_lines (const HkTextCell *upper,
            const HkTextCell *lower)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));
  HkBox       box  = hk_box_union (upper->box, lower->box);
  HkTextCell *cell = hk_text_cell_new (upper->page, box, 0, FALSE);

  g_array_append_vals (glyphs, upper->glyphs->data, upper->glyphs->len);
  g_array_append_vals (glyphs, lower->glyphs->data, lower->glyphs->len);
  hk_text_cell_fill (cell, upper->page, box, (const HkGlyph *) glyphs->data, glyphs->len);
  cell->loose = TRUE;
  return cell;
}

/* Joins lines over a table that are a part's title only together: Ⅲ … リスク対策
   ※（７．リスク１⑨を除 / く。）. Else the part would be missed, and all that it
   says taken for more of the part before. */
static void
join_titles (GPtrArray          *cells,
             const HkVocabulary *vocabulary)
{
  for (guint i = 0; i + 1 < cells->len; i++) {
    const HkTextCell *upper = cells->pdata[i], *lower = cells->pdata[i + 1];

    if (!is_loose_line (upper) || !is_loose_line (lower) || lower->box.y0 - upper->box.y1 > TITLE_GAP * hk_box_height (&upper->box))
      continue;
    HkTextCell *title = join_lines (upper, lower);
    if (!hk_vocabulary_is_part (vocabulary, title)) {
      hk_text_cell_free (title);
      continue;
    }
    hk_text_cell_free (cells->pdata[i]);
    hk_text_cell_free (cells->pdata[i + 1]);
    cells->pdata[i] = title;
    g_ptr_array_remove_index (cells, i + 1);
  }
}

/* --- Over the page's end -------------------------------------------------------------- */

/* Takes the newest page in, now that the next one has shown what runs over its
   margins: joins cells that a cut parts, and lets go of the pages before as
   soon as nothing of theirs can grow any more. */
static void
accept_page (HkLayout *layout)
{
  HkPage    *page  = layout->page;
  GPtrArray *cells = layout->cells;
  gboolean   grows = FALSE;

  if (page == NULL)
    return;
  join_titles (cells, layout->vocabulary);
  hk_align (&layout->alignment, page, cells, layout->vocabulary, layout->document);
  hk_cut_join (layout->held, cells, page, layout->vocabulary, layout->document);
  for (guint i = 0; i < layout->held->len; i++)
    grows |= ((const HkTextCell *) layout->held->pdata[i])->last_page == page->number; /* it may go on further */
  if (!grows) {
    g_ptr_array_extend (layout->ready, layout->held, NULL, NULL);
    g_ptr_array_set_size (layout->held, 0);
  }
  g_ptr_array_extend (layout->held, cells, NULL, NULL);
  g_clear_pointer (&layout->cells, g_ptr_array_unref);
  g_clear_pointer (&layout->page, hk_page_free);
}

static void
end_of_pages (HkLayout *layout)
{
  accept_page (layout);
  hk_cut_end (layout->held, layout->n_drawn);
  g_ptr_array_extend (layout->ready, layout->held, NULL, NULL);
  g_ptr_array_set_size (layout->held, 0);
  layout->end = TRUE;
}

/* Nothing can be read of page NUMBER: what the page before ends with may go on there. */
static void
lose_page (HkLayout *layout,
           guint     number)
{
  g_array_append_val (layout->lost, number);
  accept_page (layout);
  hk_cut_lost (layout->held, number - 1);
}

/* What speaks against the text of PAGE as a whole, or NULL. */
static const char *
doubt_of (const HkPage *page,
          HkDocument   *document)
{
  HkPlace place = { .page = page->number };
  guint   small = 0;

  if (page->damage != NULL) {
    hk_report (document, HK_DIAG_PAGE_DAMAGED, &place, page->damage);
    return "its page is damaged";
  }
  if (page->distrust != NULL) {
    hk_report (document, HK_DIAG_PAGE_UNTRUSTED, &place, page->distrust);
    return "the text of its page cannot be trusted";
  }
  if (page->ocr != NULL)
    hk_report (document, HK_DIAG_PAGE_OCR, &place, page->ocr);
  for (guint i = 0; i < page->glyphs->len; i++)
    small += hk_box_height (&hk_page_glyph (page, i)->box) < SMALL_TEXT;
  if (small > MOSTLY * page->glyphs->len) {
    hk_report (document, HK_DIAG_PAGE_SMALL, &place);
    return "its page is set too small to tell rows apart for sure";
  }
  return NULL;
}

/* Puts the form's words right in the CELLS of a page that was read by OCR. */
static void
respell (HkLayout  *layout,
         GPtrArray *cells)
{
  if (layout->speller == NULL)
    layout->speller = hk_speller_new (layout->document->form);
  for (guint i = 0; i < cells->len; i++)
    hk_respell (layout->speller, cells->pdata[i]);
}

/* Draws the next page. FALSE: there is none. */
static gboolean
draw_page (HkLayout *layout)
{
  g_autoptr (GError) error = NULL;
  HkDocument *document = layout->document;
  Drawn       drawn = { 0 };

  if (!layout->drained)
    drawn.page = layout->source->next (layout->source, &error);
  layout->drained |= drawn.page == NULL && error == NULL;
  if (layout->drained)
    return FALSE;

  drawn.number = ++layout->n_drawn;
  document->unpaged |= drawn.page != NULL && drawn.page->unpaged;
  document->pages = document->unpaged ? 0 : layout->n_drawn;
  if (drawn.page == NULL) {
    HkPlace place = { .page = drawn.number };
    hk_report (document, HK_DIAG_PAGE_FAILED, &place, error->message);
    drawn.cells = g_ptr_array_new ();
    g_array_append_val (layout->drawn, drawn);
    return TRUE;
  }
  if (!drawn.page->markup)
    hk_turn_upright (drawn.page, document);
  drawn.cells = page_cells (drawn.page);
  if (drawn.page->ocr != NULL)
    respell (layout, drawn.cells);
  if (drawn.page->glyphs->len == 0 && drawn.page->distrust == NULL) {
    HkPlace place = { .page = drawn.page->number };
    hk_report (document, HK_DIAG_PAGE_WITHOUT_TEXT, &place);
  }
  drawn.doubt = doubt_of (drawn.page, document);
  g_array_append_val (layout->drawn, drawn);
  return TRUE;
}

static void
free_cells (GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    hk_text_cell_free (cells->pdata[i]);
  g_ptr_array_unref (cells);
}

static gboolean
is_text (const HkPage *page)
{
  return page != NULL && (page->text || page->markup);
}

/* A text is laid out anew as a whole: which words are the form's shows only
   then. Of no form, it stays as it stands. */
static void
load_text (HkLayout *layout)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_page_free);

  while (draw_page (layout))
    ;
  for (guint i = 0; i < layout->drawn->len; i++) {
    Drawn *drawn = &g_array_index (layout->drawn, Drawn, i);
    if (layout->document->form == NULL) {
      g_ptr_array_extend (layout->ready, drawn->cells, NULL, NULL);
      g_ptr_array_unref (drawn->cells);
    }
    else
      free_cells (drawn->cells);
    if (drawn->page != NULL)
      g_ptr_array_add (pages, drawn->page);
  }
  g_array_set_size (layout->drawn, 0);
  if (layout->document->form != NULL && pages->len > 0 && ((HkPage *) pages->pdata[0])->markup)
    hk_markup_read (pages, layout->vocabulary, layout->document, layout->ready);
  else if (layout->document->form != NULL)
    hk_rebuild (pages, layout->vocabulary, layout->document, layout->ready);
  layout->end = TRUE;
}

static void
load_page (HkLayout *layout)
{
  if (layout->drawn->len == 0 && !draw_page (layout)) {
    end_of_pages (layout);
    return;
  }
  if (is_text (g_array_index (layout->drawn, Drawn, 0).page)) {
    load_text (layout);
    return;
  }

  Drawn drawn = g_array_index (layout->drawn, Drawn, 0);
  g_array_remove_index (layout->drawn, 0);
  if (drawn.page == NULL) {
    g_ptr_array_unref (drawn.cells);
    lose_page (layout, drawn.number);
    return;
  }
  if (drawn.page->glyphs->len == 0)
    lose_page (layout, drawn.page->number);
  if (drawn.doubt != NULL)
    g_hash_table_insert (layout->doubts, GUINT_TO_POINTER (drawn.page->number), (gpointer) drawn.doubt);
  find_columns (layout, drawn.cells);
  hk_running_page (layout->running, drawn.page, layout->cells, drawn.cells, layout->document);
  accept_page (layout);
  layout->page  = drawn.page;
  layout->cells = drawn.cells;
}

/* --- The stream ------------------------------------------------------------------------- */

HkLayout *
hk_layout_new (HkPageSource *source,
               HkDocument   *document)
{
  HkLayout *layout = g_new0 (HkLayout, 1);

  layout->source   = source;
  layout->document = document;
  layout->running  = hk_running_new ();
  layout->columns  = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  layout->doubts   = g_hash_table_new (NULL, NULL);
  layout->lost     = g_array_new (FALSE, FALSE, sizeof (guint));
  layout->drawn    = g_array_new (FALSE, FALSE, sizeof (Drawn));
  layout->ready    = g_ptr_array_new ();
  layout->held     = g_ptr_array_new ();
  return layout;
}

const GPtrArray *
hk_layout_drawn (HkLayout *layout,
                 guint     ahead)
{
  while (layout->drawn->len <= ahead)
    if (!draw_page (layout))
      return NULL;
  return g_array_index (layout->drawn, Drawn, ahead).cells;
}

void
hk_layout_set_vocabulary (HkLayout           *layout,
                          const HkVocabulary *vocabulary)
{
  layout->vocabulary = vocabulary;
  g_clear_pointer (&layout->speller, hk_speller_free);
  for (guint i = 0; i < layout->drawn->len; i++) { /* now the words are those of the document's own form */
    const Drawn *drawn = &g_array_index (layout->drawn, Drawn, i);
    if (drawn->page != NULL && drawn->page->ocr != NULL)
      respell (layout, drawn->cells);
  }
}

void
hk_layout_free (HkLayout *layout)
{
  for (guint i = layout->read; i < layout->ready->len; i++)
    hk_text_cell_free (layout->ready->pdata[i]);
  for (guint i = 0; i < layout->drawn->len; i++) {
    free_cells (g_array_index (layout->drawn, Drawn, i).cells);
    hk_page_free (g_array_index (layout->drawn, Drawn, i).page);
  }
  free_cells (layout->held);
  g_clear_pointer (&layout->cells, free_cells);
  hk_page_free (layout->page);
  g_ptr_array_unref (layout->ready);
  g_array_unref (layout->drawn);
  g_hash_table_unref (layout->columns);
  g_hash_table_unref (layout->doubts);
  g_array_unref (layout->lost);
  hk_running_free (layout->running);
  hk_speller_free (layout->speller);
  g_free (layout);
}

const char *
hk_layout_page_doubt (const HkLayout *layout,
                      guint           page)
{
  return g_hash_table_lookup (layout->doubts, GUINT_TO_POINTER (page));
}

gboolean
hk_layout_has_lost (const HkLayout *layout,
                    guint           after,
                    guint           before)
{
  for (guint i = 0; i < layout->lost->len; i++) {
    guint page = g_array_index (layout->lost, guint, i);
    if (page > after && page < before)
      return TRUE;
  }
  return FALSE;
}

HkTextCell *
hk_layout_peek (HkLayout *layout,
                guint     ahead)
{
  while (!layout->end && layout->ready->len - layout->read <= ahead)
    load_page (layout);
  if (layout->ready->len - layout->read <= ahead)
    return NULL;
  return layout->ready->pdata[layout->read + ahead];
}

HkTextCell *
hk_layout_take (HkLayout *layout,
                guint     ahead)
{
  HkTextCell *cell = hk_layout_peek (layout, ahead);

  if (cell == NULL)
    return NULL;
  if (ahead > 0) /* those passed over move up: they are few */
    memmove (&layout->ready->pdata[layout->read + 1], &layout->ready->pdata[layout->read], ahead * sizeof (gpointer));
  layout->read++;
  if (layout->read > 256) { /* forget what was consumed, now and then */
    g_ptr_array_remove_range (layout->ready, 0, layout->read);
    layout->read = 0;
  }
  return cell;
}
