/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of changes of a text in markup: rows of cells, which its headings name.
 *
 * A table that the page's end cuts goes on as another one, with or without headings; a
 * row that it cuts goes on as a row without a date. A date that several changes share
 * stands once, in a cell that spans their rows or above blank ones.
 */
#include "grid.h"
#include "fold.h"
#include "history.h"
#include "table.h"

#include <string.h>

/* Headings that make a row of them. */
#define HEADINGS_ENOUGH 3

/* Columns of the sheet are so wide (points). */
#define COLUMN_WIDTH 200.0

#define DOUBT_DATE "its row has no date where the others have theirs"
#define DOUBT_SHORT "its row has fewer cells than the table has columns"
#define DOUBT_HALVES "two halves of a row, as it seems, of which both name an item"
#define DOUBT_AGAIN "the row before the repeated headings has the same date and item: two halves, perhaps"
#define TIED_CUT "a row without a date goes on with the one before it"

typedef struct {
  const HkGrid       *grid;
  const HkVocabulary *vocabulary;
  const HkFormRow    *record;
  HkSheet            *sheet;
  HkDocument         *document;
  guint               n_columns;
  HkBox               box[HK_TABLE_COLUMNS];    /* of the headings, in the grid */
  const HkFormRow    *column[HK_TABLE_COLUMNS]; /* NULL: an agency's own */

  GArray     *runs[HK_TABLE_COLUMNS];  /* of the row that is open (HkSheetRun); NULL: nothing stands there */
  HkBox       from[HK_TABLE_COLUMNS];  /* where that stands in the grid */
  gboolean    open;
  gboolean    headless;                /* it has neither date nor timing: half a row, perhaps */
  gboolean    again;                   /* the headings stand again behind it */
  guint       page;
  const char *doubt, *inferred;
  HkTextCell *over[HK_TABLE_COLUMNS];  /* the cell of the sheet written last in the column; not owned */
  double      until[HK_TABLE_COLUMNS]; /* how far down it reaches in the grid, on PAGE_OVER */
  guint       page_over[HK_TABLE_COLUMNS];
} Record;

/* --- Headings ------------------------------------------------------------------------- */

/* The column of RECORD that CELL is the heading of; NULL: none. */
static const HkFormRow *
heading_of (const HkGrid       *grid,
            const HkGridCell   *cell,
            const HkVocabulary *vocabulary,
            const HkFormRow    *record)
{
  if (cell->run.n == 0 || cell->run.n > 40)
    return NULL;
  g_autoptr (HkTextCell) text = hk_text_cell_new (cell->run.page->number, cell->box, 0, TRUE);
  text->scanned = TRUE;
  hk_text_cell_fill (text, text->page, cell->box, hk_page_glyph (cell->run.page, cell->run.first), cell->run.n);
  g_auto (HkLabel) label = hk_label_read (text);
  g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, text, &label);

  for (guint i = 0; i < matches->len; i++) {
    const HkFormRow *row = g_array_index (matches, HkLabelMatch, i).row;
    if (row->placement == HK_PLACE_COLUMN && hk_form_parent (grid->form, row) == record)
      return row;
  }
  return NULL;
}

static gboolean
is_head (const HkGrid       *grid,
         const HkGridRow    *row,
         const HkVocabulary *vocabulary,
         const HkFormRow    *record)
{
  guint n = 0;

  for (guint c = row->first; c < row->first + row->n && n < HEADINGS_ENOUGH; c++)
    n += heading_of (grid, hk_grid_cell (grid, c), vocabulary, record) != NULL;
  return n >= HEADINGS_ENOUGH;
}

guint
hk_grid_record_head (const HkGrid       *grid,
                     const HkVocabulary *vocabulary)
{
  const HkFormRow *record = NULL;

  for (guint i = 0; i < grid->form->n_rows; i++)
    if (grid->form->rows[i].shape == HK_ROW_RECORD)
      record = &grid->form->rows[i];
  for (guint r = 0; record != NULL && r < grid->rows->len; r++)
    if (hk_grid_row (grid, r)->n >= HEADINGS_ENOUGH && is_head (grid, hk_grid_row (grid, r), vocabulary, record))
      return r;
  return grid->rows->len;
}

/* --- The sheet --------------------------------------------------------------------------- */

/* Which column CELL stands in; record->n_columns: none. */
static guint
column_of (const Record     *record,
           const HkGridCell *cell)
{
  guint  best = record->n_columns;
  double most = 0;

  for (guint i = 0; i < record->n_columns; i++) {
    double shared = MIN (cell->box.x1, record->box[i].x1) - MAX (cell->box.x0, record->box[i].x0);
    if (shared > most + 1) {
      most = shared;
      best = i;
    }
  }
  return best;
}

static void
write_loose (Record          *record,
             const HkGridRow *row)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));

  for (guint c = row->first; c < row->first + row->n; c++)
    hk_grid_add_lines (hk_grid_cell (record->grid, c), 0, runs);
  if (runs->len == 0)
    return;
  hk_sheet_loose (record->sheet, hk_grid_cell (record->grid, row->first)->run.page->number, runs);
  HkTextCell *cell = record->sheet->cells->pdata[record->sheet->cells->len - 1];
  cell->scanned = cell->told = TRUE;
}

/* Cells that span the row last written reach down to its end on the sheet, too. */
static void
stretch (Record *record,
         double  top,
         guint   page)
{
  for (guint i = 0; i < record->n_columns; i++)
    if (record->over[i] != NULL && record->runs[i] == NULL && record->page_over[i] == page && record->until[i] > top + 1)
      record->over[i]->box.y1 = record->over[i]->last_box.y1 = record->sheet->y;
}

/* Writes the row that is open. */
static void
flush (Record *record)
{
  HkSheetCell cells[HK_TABLE_COLUMNS] = { 0 };
  guint       columns[HK_TABLE_COLUMNS], n = 0;
  double      top = 0;

  if (!record->open)
    return;
  if (record->headless)
    record->doubt = DOUBT_DATE;
  for (guint i = 0; i < record->n_columns; i++)
    if (record->runs[i] != NULL) {
      top = MAX (top, record->from[i].y0);
      columns[n] = i;
      cells[n++] = (HkSheetCell){ HK_SHEET_LABEL + i * COLUMN_WIDTH, HK_SHEET_LABEL + (i + 1) * COLUMN_WIDTH, record->runs[i], record->doubt, FALSE };
    }
  guint first = record->sheet->cells->len;
  hk_sheet_row (record->sheet, record->page, cells, n);
  for (guint i = 0; i < n; i++) {
    HkTextCell *cell = record->sheet->cells->pdata[first + i];
    cell->scanned  = cell->told = TRUE;
    cell->inferred = record->inferred;
    cell->box.x0   = cell->last_box.x0 = cells[i].x0;
    cell->box.x1   = cell->last_box.x1 = cells[i].x1;
    record->over[columns[i]]      = cell;
    record->until[columns[i]]     = record->from[columns[i]].y1;
    record->page_over[columns[i]] = record->page;
  }
  stretch (record, top, record->page);
  for (guint i = 0; i < HK_TABLE_COLUMNS; i++)
    g_clear_pointer (&record->runs[i], g_array_unref);
  record->open  = record->headless = record->again = FALSE;
  record->doubt = record->inferred = NULL;
}

/* --- Rows ------------------------------------------------------------------------------------ */

/* What is in the column of ROW whose path ends with NAME, folded; NULL: there is none. Free with g_free(). */
static char *
field_of (const Record    *record,
          const HkGridRow *row,
          const char      *name)
{
  for (guint c = row->first; c < row->first + row->n; c++) {
    guint i = column_of (record, hk_grid_cell (record->grid, c));
    if (i < record->n_columns && record->column[i] != NULL && g_str_has_suffix (record->column[i]->path, name))
      return hk_grid_fold (hk_grid_cell (record->grid, c));
  }
  return NULL;
}

/* Puts the cells of ROW into the row that is open. */
static void
add_cells (Record          *record,
           const HkGridRow *row,
           gboolean         fresh)
{
  for (guint c = row->first; c < row->first + row->n; c++) {
    const HkGridCell *cell = hk_grid_cell (record->grid, c);
    guint i = MIN (column_of (record, cell), record->n_columns - 1);

    if (!fresh && hk_grid_cell_is_blank (cell))
      continue;
    if (record->runs[i] == NULL) {
      record->runs[i] = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
      record->from[i] = cell->box;
    }
    hk_grid_add_lines (cell, 0, record->runs[i]);
    if (cell->torn)
      record->doubt = "the text ends within it";
  }
}

/* Whether a cell of an earlier row reaches down into the column of dates at Y. */
static gboolean
is_dated_above (const Record *record,
                double        y,
                guint         page)
{
  for (guint i = 0; i < record->n_columns; i++)
    if (record->column[i] != NULL && g_str_has_suffix (record->column[i]->path, "/date")) {
      if (record->open && record->runs[i] != NULL)
        return record->page == page && record->from[i].y1 > y + 1;
      return record->over[i] != NULL && record->page_over[i] == page && record->until[i] > y + 1;
    }
  return FALSE;
}

/* How many columns the cells of earlier rows reach down into at Y of PAGE. */
static guint
n_reaching (const Record *record,
            double        y,
            guint         page)
{
  guint n = 0;

  for (guint i = 0; i < record->n_columns; i++)
    n += record->over[i] != NULL && record->page_over[i] == page && record->until[i] > y + 1;
  return n;
}

/* The open row's date goes for the one that follows, too: it reaches down over it. */
static void
share_date (Record *record,
            double  bottom)
{
  for (guint i = 0; i < record->n_columns; i++)
    if (record->column[i] != NULL && g_str_has_suffix (record->column[i]->path, "/date"))
      record->until[i] = MAX (record->until[i], bottom);
}

/* What stands so far in the column of the open row whose path ends with NAME, folded. Free with g_free(). */
static char *
open_field (const Record *record,
            const char   *name)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < record->n_columns; i++)
    for (guint r = 0; record->runs[i] != NULL && record->column[i] != NULL && g_str_has_suffix (record->column[i]->path, name) && r < record->runs[i]->len; r++) {
      HkGridCell       cell = { .run = g_array_index (record->runs[i], HkSheetRun, r).run };
      g_autofree char *line = hk_grid_fold (&cell);
      g_string_append (text, line);
    }
  return g_string_free (text, FALSE);
}

/* Whether DATE and ITEM are those of the open row. */
static gboolean
repeats_open (const Record *record,
              const char   *date,
              const char   *item)
{
  g_autofree char *open_date = open_field (record, "/date"), *open_item = open_field (record, "/item");

  return record->open && date != NULL && item != NULL && *item != '\0' && strcmp (item, open_item) == 0 && (*date == '\0' || strcmp (date, open_date) == 0);
}

static void
take_row (Record          *record,
          const HkGridRow *row)
{
  const HkGridCell *first = hk_grid_cell (record->grid, row->first);
  g_autofree char  *date = field_of (record, row, "/date"), *timing = field_of (record, row, "/timing"), *item = field_of (record, row, "/item");
  gboolean whole, dated = date != NULL && hk_change_date (date, &whole) > 0, blank = date == NULL || *date == '\0';
  gboolean timed = timing != NULL && hk_change_timing (timing) > 0;
  guint    page = first->run.page->number;

  if (!row->table || (!dated && row->n != record->n_columns && !is_dated_above (record, first->box.y0, page) && !(blank && row->n > record->n_columns / 2))) {
    flush (record);
    write_loose (record, row);
    return;
  }
  gboolean own = item != NULL && *item != '\0', free = blank && !is_dated_above (record, first->box.y0, page);
  if (dated && record->headless) { /* the half below has the date */
    record->headless = FALSE;
    record->inferred = TIED_CUT;
    record->doubt    = own ? DOUBT_HALVES : record->doubt;
    add_cells (record, row, FALSE);
    return;
  }
  if (free && record->open && !own) {
    record->inferred = TIED_CUT;
    add_cells (record, row, FALSE);
    return;
  }
  gboolean shared = free && timed, headless = free && !timed;
  const char *doubt = record->again && repeats_open (record, date, item) ? DOUBT_AGAIN : NULL;
  if (doubt != NULL)
    record->doubt = doubt;
  flush (record);
  record->open     = TRUE;
  record->page     = page;
  record->headless = headless;
  if (!blank && !dated)
    record->doubt = DOUBT_DATE;
  else if (row->n + n_reaching (record, first->box.y0, page) < record->n_columns && !is_dated_above (record, first->box.y0, page))
    record->doubt = DOUBT_SHORT;
  else
    record->doubt = doubt;
  add_cells (record, row, TRUE);
  if (shared) {
    share_date (record, first->box.y1);
    for (guint i = 0; i < record->n_columns; i++)
      if (record->column[i] != NULL && g_str_has_suffix (record->column[i]->path, "/date"))
        g_clear_pointer (&record->runs[i], g_array_unref);
  }
}

/* Whether ROW has the headings that the table has, column for column. */
static gboolean
repeats_headings (const Record    *record,
                  const HkGridRow *row)
{
  if (row->n != record->n_columns)
    return FALSE;
  for (guint i = 0; i < row->n; i++)
    if (heading_of (record->grid, hk_grid_cell (record->grid, row->first + i), record->vocabulary, record->record) != record->column[i])
      return FALSE;
  return TRUE;
}

/* Takes ROW as that of the headings, and writes it. On the next page they stand again, and
   the row that the page's end cut goes on behind them. */
static void
take_headings (Record          *record,
               const HkGridRow *row)
{
  if (repeats_headings (record, row)) {
    for (guint i = 0; i < record->n_columns; i++)
      record->box[i] = hk_grid_cell (record->grid, row->first + i)->box;
    record->again = record->open;
    hk_grid_account_running (record->grid, row, record->document);
    return;
  }
  flush (record);
  memset (record->over, 0, sizeof record->over);
  record->n_columns = 0;
  for (guint c = row->first; c < row->first + row->n && record->n_columns < HK_TABLE_COLUMNS; c++) {
    const HkGridCell *cell = hk_grid_cell (record->grid, c);

    record->column[record->n_columns] = heading_of (record->grid, cell, record->vocabulary, record->record);
    record->box[record->n_columns++]  = cell->box;
  }
  record->open = TRUE;
  record->page = hk_grid_cell (record->grid, row->first)->run.page->number;
  add_cells (record, row, TRUE);
  flush (record);
  memset (record->over, 0, sizeof record->over);
}

void
hk_grid_write_record (const HkGrid       *grid,
                      guint               from,
                      const HkVocabulary *vocabulary,
                      const HkFormRow    *record,
                      HkSheet            *sheet,
                      HkDocument         *document)
{
  Record reading = { .grid = grid, .vocabulary = vocabulary, .record = record, .sheet = sheet, .document = document };

  for (guint r = from; r < grid->rows->len; r++) {
    const HkGridRow *row = hk_grid_row (grid, r);

    if (row->running)
      hk_grid_account_running (grid, row, document);
    else if (row->table && is_head (grid, row, vocabulary, record))
      take_headings (&reading, row);
    else if (reading.n_columns > 0)
      take_row (&reading, row);
    else
      write_loose (&reading, row);
  }
  flush (&reading);
}
