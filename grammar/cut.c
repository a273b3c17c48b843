/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cut.h"
#include "fold.h"

#include <math.h>

/* Both parts of a cell have the same left and right edge, within (points). */
#define SAME_EDGE 3.0

/* Columns that were found by alignment begin at one place within (points). */
#define SAME_COLUMN 12.0

/* Cells of one row begin, or end, at one height, within (points). */
#define SAME_ROW 2.5

/* A row whose halves are both closed was cut only if it reaches into the last
   part of one page and goes on in the first part of the next (of the height). */
#define PAGE_END 0.75
#define PAGE_BEGIN 0.25

/* The room that text running over a cut leaves to it (line heights). */
#define RUN_OVER 2.5

gboolean
hk_cut_is_open (const HkTextCell *cell,
                guint             page)
{
  return (cell->open & HK_SIDE_BOTTOM) != 0 && cell->last_page == page;
}

/* A cell proper: no line that stands alone. */
static gboolean
is_cell (const HkTextCell *cell)
{
  return cell->ruled || cell->aligned;
}

static gboolean
same_column (const HkTextCell *upper,
             const HkTextCell *lower)
{
  return fabs (upper->last_box.x0 - lower->box.x0) < (lower->aligned ? SAME_COLUMN : SAME_EDGE) &&
         (lower->aligned || fabs (upper->last_box.x1 - lower->box.x1) < SAME_EDGE); /* aligned text has a ragged right edge */
}

/* Whether CELL, number and all, is a label of the form with PLACEMENT, or of any
   placement (-1). */
static gboolean
is_label (const HkVocabulary *vocabulary,
          const HkTextCell   *cell,
          int                 placement)
{
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, cell, &label);

  for (guint i = 0; i < matches->len; i++) {
    const HkLabelMatch *match = &g_array_index (matches, HkLabelMatch, i);
    if (match->number_agrees && (placement < 0 || match->row->placement == (HkPlacement) placement))
      return TRUE;
  }
  return FALSE;
}

/* --- Rows ------------------------------------------------------------------- */

/* The cells among CELLS whose upper edge is at the height of CELLS[FIRST]'s. */
static GPtrArray *
row_at (GPtrArray *cells,
        guint      first)
{
  GPtrArray        *row = g_ptr_array_new ();
  const HkTextCell *top = cells->pdata[first];

  for (guint i = first; i < cells->len; i++) {
    HkTextCell *cell = cells->pdata[i];
    if (is_cell (cell) && fabs (cell->box.y0 - top->box.y0) < SAME_ROW)
      g_ptr_array_add (row, cell);
  }
  return row;
}

/* Table headings that are printed on every page. */
static gboolean
is_title_row (GPtrArray          *row,
              const HkVocabulary *vocabulary)
{
  for (guint i = 0; i < row->len; i++)
    if (!is_label (vocabulary, row->pdata[i], HK_PLACE_COLUMN))
      return FALSE;
  return row->len > 1;
}

/* The first row of the page that is no repeated heading; *TITLES: some were passed. */
static GPtrArray *
first_row (GPtrArray          *cells,
           const HkVocabulary *vocabulary,
           gboolean           *titles)
{
  *titles = FALSE;
  for (guint i = 0; i < cells->len;) {
    HkTextCell *cell = cells->pdata[i];

    if (!is_cell (cell)) {
      if (!hk_text_cell_is_blank (cell) && hk_cell_glyph (cell, 0)->use == HK_USE_NONE)
        break; /* a heading over the table: it begins here */
      i++;
      continue;
    }
    g_autoptr (GPtrArray) row = row_at (cells, i);
    if (!is_title_row (row, vocabulary))
      return g_steal_pointer (&row);
    *titles = TRUE;
    while (i < cells->len && g_ptr_array_find (row, cells->pdata[i], NULL))
      i++;
  }
  return g_ptr_array_new ();
}

/* The cells among HELD that end PAGE's last row. */
static GPtrArray *
last_row (GPtrArray *held,
          guint      page)
{
  GPtrArray *row    = g_ptr_array_new ();
  double     lowest = 0;

  for (guint i = 0; i < held->len; i++) {
    const HkTextCell *cell = held->pdata[i];
    if (is_cell (cell) && cell->last_page == page)
      lowest = MAX (lowest, cell->last_box.y1);
  }
  for (guint i = 0; i < held->len; i++) {
    HkTextCell *cell = held->pdata[i];
    if (is_cell (cell) && cell->last_page == page && lowest - cell->last_box.y1 < SAME_ROW)
      g_ptr_array_add (row, cell);
  }
  return row;
}

/* The cell of ROW over LOWER; NULL: none. */
static HkTextCell *
cell_over (GPtrArray        *row,
           const HkTextCell *lower)
{
  for (guint i = 0; i < row->len; i++)
    if (same_column (row->pdata[i], lower))
      return row->pdata[i];
  return NULL;
}

/* --- Closed halves ---------------------------------------------------------------- */

/* Whether the text of OVER reaches down to where its cell is cut, and that of
   BELOW begins there. */
static gboolean
runs_over (const HkTextCell *over,
           const HkTextCell *below)
{
  const HkLine *last  = hk_cell_line (over, over->lines->len - 1);
  const HkLine *first = hk_cell_line (below, 0);
  double        room  = RUN_OVER * hk_box_height (&last->box);

  return over->last_box.y1 - last->box.y1 < room && first->box.y0 - below->box.y0 < room;
}

/* Whether two closed rows with the same columns are halves of one: its key, the
   leftmost column, stands on one page only, and what stands on both runs over
   the page's end and is no label. */
static gboolean
are_halves (GPtrArray          *upper,
            GPtrArray          *lower,
            const HkPage       *page,
            const HkVocabulary *vocabulary)
{
  gboolean key = FALSE, any_over = FALSE, any_below = FALSE;

  if (upper->len != lower->len || lower->len == 0)
    return FALSE;
  for (guint i = 0; i < lower->len; i++) {
    const HkTextCell *below = lower->pdata[i], *over = cell_over (upper, below);

    if (over == NULL || over->last_box.y1 < PAGE_END * page->height || below->box.y0 > PAGE_BEGIN * page->height)
      return FALSE;
    gboolean has_over = !hk_text_cell_is_blank (over), has_below = !hk_text_cell_is_blank (below);
    if (i == 0)
      key = lower->len == 1 ? has_over && has_below : !(has_over && has_below);
    any_over |= has_over;
    any_below |= has_below;
    if (has_over && has_below &&
        (!runs_over (over, below) || is_label (vocabulary, below, -1) || (lower->len == 1 && is_label (vocabulary, over, -1))))
      return FALSE;
  }
  return key && any_over && any_below;
}

static void
join (HkTextCell *before,
      HkTextCell *cell,
      gboolean    guessed,
      GPtrArray  *cells,
      HkDocument *document)
{
  if (!hk_text_cell_is_blank (before) && !hk_text_cell_is_blank (cell)) {
    HkPlace          place = hk_text_cell_place (cell);
    g_autofree char *head  = hk_text_cell_fold_span (before, 0, MIN (before->glyphs->len, 12));
    g_autofree char *what  = g_strdup_printf ("“%s…”", head);
    hk_report (document, guessed ? HK_DIAG_CELL_JOIN_DOUBT : HK_DIAG_CELL_JOINED, &place, what);
  }
  before->guessed |= guessed;
  g_ptr_array_remove (cells, cell);
  hk_text_cell_append (before, cell);
}

/* Whether a cell of ROW was left open at PAGE's end: then the cut is drawn, and
   closed cells beside it are whole. */
static gboolean
any_open (GPtrArray *row,
          guint      page)
{
  for (guint i = 0; i < row->len; i++)
    if (hk_cut_is_open (row->pdata[i], page))
      return TRUE;
  return FALSE;
}

/* Whether the cells at the end of PAGE are open for want of a rule only: LOWER
   begins a row of its own, two labels stand over each other in open cells. */
static gboolean
is_frame_open (GPtrArray          *upper,
               GPtrArray          *lower,
               guint               page,
               const HkVocabulary *vocabulary)
{
  for (guint i = 0; i < lower->len; i++) {
    const HkTextCell *over = cell_over (upper, lower->pdata[i]);
    if (over != NULL && hk_cut_is_open (over, page) && !hk_text_cell_is_blank (over) && is_label (vocabulary, lower->pdata[i], -1) &&
        is_label (vocabulary, over, -1))
      return TRUE;
  }
  return FALSE;
}

#define HALF_MISSING "its cell is cut by the page's end, and its other half is missing"

/* Cells of the last ROW of PAGE that are open though nothing went on from them. */
static void
doubt_open (GPtrArray *row,
            guint      page)
{
  for (guint i = 0; i < row->len; i++) {
    HkTextCell *cell = row->pdata[i];
    if (cell->ruled && row->len > 1 && hk_cut_is_open (cell, page))
      cell->doubt = HALF_MISSING;
  }
}

void
hk_cut_end (GPtrArray *held,
            guint      page)
{
  g_autoptr (GPtrArray) row = last_row (held, page);

  doubt_open (row, page);
}

void
hk_cut_join (GPtrArray          *held,
             GPtrArray          *cells,
             const HkPage       *page,
             const HkVocabulary *vocabulary,
             HkDocument         *document)
{
  gboolean titles;
  g_autoptr (GPtrArray) upper = last_row (held, page->number - 1);
  g_autoptr (GPtrArray) lower = first_row (cells, vocabulary, &titles);
  gboolean frame   = is_frame_open (upper, lower, page->number - 1, vocabulary);
  gboolean guessed = !any_open (upper, page->number - 1) && are_halves (upper, lower, page, vocabulary);

  for (guint i = 0; i < lower->len; i++) {
    HkTextCell *cell   = lower->pdata[i];
    HkTextCell *before = cell_over (upper, cell);
    gboolean    open   = !frame && before != NULL && hk_cut_is_open (before, page->number - 1) && ((cell->open & HK_SIDE_TOP) != 0 || titles);

    if (open || (guessed && before != NULL))
      join (before, cell, !open || cell->aligned, cells, document);
    else if ((cell->open & HK_SIDE_TOP) != 0 && cell->ruled && lower->len > 1)
      cell->doubt = HALF_MISSING;
  }
  doubt_open (upper, page->number - 1);
}

void
hk_cut_lost (GPtrArray *held,
             guint      page)
{
  g_autoptr (GPtrArray) row = last_row (held, page);

  for (guint i = 0; i < row->len; i++)
    ((HkTextCell *) row->pdata[i])->doubt = "it may go on on a page that could not be read";
}
