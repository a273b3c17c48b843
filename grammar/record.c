/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 変更箇所: a record table. Its column headings fix the columns by their
 * edges; each row of cells below is one record. A cell that spans several
 * rows (one date for three changes) belongs to each of them.
 */
#include "fold.h"
#include "parser.h"
#include "table.h"

#include <math.h>
#include <string.h>

/* Cells of one row begin at one height, within (points). */
#define ROW_TOLERANCE 2.5

typedef struct {
  HkParser        *parser;
  const HkFormRow *record;
  guint            n_columns;
  const HkFormRow *column[HK_TABLE_COLUMNS]; /* NULL: an agency's own, its cells have no place in the form */
  HkBox            box[HK_TABLE_COLUMNS];  /* of the heading */
  HkTextCell      *over[HK_TABLE_COLUMNS]; /* the cell that stood last in this column; owned */
  HkValue         *value[HK_TABLE_COLUMNS]; /* what was read from it */
} Record;

/* The column that CELL is the heading of, or NULL. */
static const HkFormRow *
heading_of (const Record     *record,
            const HkTextCell *cell)
{
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (record->parser->vocabulary, cell, &label);

  for (guint i = 0; i < matches->len; i++) {
    const HkFormRow *row = g_array_index (matches, HkLabelMatch, i).row;
    if (row->placement == HK_PLACE_COLUMN && hk_form_parent (record->parser->form, row) == record->record)
      return row;
  }
  return NULL;
}

static gboolean
in_row (const HkTextCell *cell,
        const HkTextCell *first)
{
  return cell->page == first->page && !cell->loose && fabs (cell->box.y0 - first->box.y0) < ROW_TOLERANCE;
}

/* The first heading on the page that goes on, running text aside; NULL: none. */
static const HkTextCell *
first_heading (const Record *record)
{
  HkLayout         *layout = record->parser->layout;
  const HkTextCell *cell;
  guint             page   = 0;

  for (guint i = 0; (cell = hk_layout_peek (layout, i)) != NULL && (page == 0 || cell->page == page); i++) {
    HkLabelMatch match;

    if (hk_parser_is_spent (cell))
      continue; /* the page's number may be all that is left of the one before */
    page = cell->page;
    if (heading_of (record, cell) != NULL)
      return cell;
    const HkFormRow *row = hk_parser_row_of (record->parser, cell, &match);
    if (row != NULL && row->shape == HK_ROW_PART)
      return NULL;
  }
  return NULL;
}

static void
report_unknown (const Record     *record,
                const HkTextCell *cell,
                gboolean          heading)
{
  HkPlace          place = hk_text_cell_place (cell);
  g_autofree char *text  = hk_text_cell_fold_span (cell, 0, cell->glyphs->len);

  if (heading)
    hk_report (record->parser->document, HK_DIAG_LABEL_UNKNOWN, &place, text);
  else
    hk_report (record->parser->document, HK_DIAG_TEXT_UNPLACED, &place);
}

/* A heading that is blank in a row that has as many as the form says which column
   it is by its place. BLANK is the set of them. */
static void
name_blank_headings (Record *record,
                     guint   blank)
{
  const HkForm    *form = record->parser->form;
  const HkFormRow *column = record->record + 1;
  guint            n = 0;

  for (const HkFormRow *row = column; row < form->rows + form->n_rows && hk_form_parent (form, row) == record->record; row++, n++)
    if (n < record->n_columns && record->column[n] != row && !(record->column[n] == NULL && (blank & (1u << n))))
      return;
  if (n != record->n_columns)
    return;
  for (guint i = 0; i < n; i++)
    record->column[i] = column + i;
}

/* Reads the row of headings, and passes what stands over it. */
static void
parse_headings (Record *record)
{
  HkLayout         *layout  = record->parser->layout;
  const HkTextCell *heading = first_heading (record);
  HkTextCell       *cell;
  guint             blank   = 0;

  record->n_columns = 0;
  if (heading == NULL)
    return;
  const HkTextCell level = *heading; /* the cell itself is soon done */
  while ((cell = hk_layout_peek (layout, 0)) != NULL && record->n_columns < HK_TABLE_COLUMNS) {
    const HkFormRow *row   = heading_of (record, cell);
    gboolean         spent = hk_parser_is_spent (cell);

    gboolean         empty = row == NULL && in_row (cell, &level) && hk_text_cell_is_blank (cell);

    if (empty)
      blank |= 1u << record->n_columns;
    if (row != NULL || empty || (in_row (cell, &level) && !spent)) {
      record->column[record->n_columns] = row;
      record->box[record->n_columns++]  = cell->box;
    }
    else if (record->n_columns > 0 && !spent)
      break;
    if (row != NULL)
      hk_text_cell_use (cell, 0, cell->glyphs->len, HK_USE_FORM);
    else if (!spent)
      report_unknown (record, cell, in_row (cell, &level));
    hk_parser_done (record->parser, hk_layout_take (layout, 0));
  }
  if (blank != 0)
    name_blank_headings (record, blank);
}

/* The column that CELL stands in, by the greater part of its width; -1: none. */
static int
column_of (const Record     *record,
           const HkTextCell *cell)
{
  int    best  = -1;
  double most = 0;

  for (guint i = 0; i < record->n_columns; i++) {
    double shared = MIN (cell->box.x1, record->box[i].x1) - MAX (cell->box.x0, record->box[i].x0);
    if (shared > most) {
      most = shared;
      best = (int) i;
    }
  }
  return best;
}

/* Whether the row that begins here has the headings again. */
static gboolean
are_headings_again (const Record *record)
{
  HkLayout         *layout = record->parser->layout;
  const HkTextCell *first  = hk_layout_peek (layout, 0), *cell;
  guint             again  = 0;

  for (guint i = 0; (cell = hk_layout_peek (layout, i)) != NULL && in_row (cell, first); i++) {
    int column = column_of (record, cell);
    again += column >= 0 && record->column[column] != NULL && heading_of (record, cell) == record->column[column];
  }
  return again > 1;
}

/* Whether CELL is one of the table's, and no heading under it. */
static gboolean
is_in_table (const Record     *record,
             const HkTextCell *cell)
{
  int column = column_of (record, cell);

  return !cell->loose && column >= 0 && hk_box_width (&cell->box) < 1.5 * hk_box_width (&record->box[column]);
}

/* Whether the cell over column I still reaches down to the middle of ROW. */
static gboolean
spans (const Record *record,
       guint         i,
       const HkBox  *row,
       guint         page)
{
  const HkTextCell *over = record->over[i];

  if (over == NULL || page < over->page || page > over->last_page)
    return FALSE;
  if (page < over->last_page)
    return page > over->page || over->box.y0 <= row->y0 + ROW_TOLERANCE; /* to the page's end */
  return over->last_box.y1 > hk_box_mid_y (row) && over->last_box.y0 <= row->y0 + ROW_TOLERANCE;
}

static void
keep_over (Record     *record,
           guint       column,
           HkTextCell *cell,
           HkValue    *value)
{
  hk_parser_done (record->parser, record->over[column]);
  record->over[column]  = cell;
  record->value[column] = value;
}

static HkValue *
put_field (Record     *record,
           guint       column,
           HkTextCell *cell)
{
  HkTie tie = hk_parser_tie (cell, record->column[column]->label);

  hk_shape_read (record->parser, record->column[column], cell, &tie);
  if (record->parser->blocks.change == NULL)
    return NULL;
  const HkNode *node = hk_node_get (record->parser->blocks.change, strrchr (record->column[column]->path, '/') + 1, 0);
  return node != NULL ? node->value : NULL;
}

/* Gives the open record the value of a cell that began with an earlier one. */
static void
repeat_field (Record *record,
              guint   column)
{
  HkDocument    *document = record->parser->document;
  const HkValue *value    = record->value[column];

  if (value == NULL)
    return;
  HkNode  *node = hk_parser_node (record->parser, record->column[column]->path);
  HkValue *copy = hk_node_set (document, node, value->kind, value->status, value->text);

  copy->label    = value->label;
  copy->reason   = value->reason;
  copy->iso_date = value->iso_date;
  copy->ocr      = value->ocr;
  copy->places   = value->places; /* no place is added to either any more */
  copy->n_places = value->n_places;
}

/* Whether CELL, in the column of dates, holds more than one: a rule between rows
   was not seen. */
static gboolean
holds_rows (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  guint dates = 0;

  for (guint i = 0; i < tokens->tokens->len; i++)
    dates += hk_token (tokens, i)->class == HK_TOKEN_DATE;
  return dates > 1;
}

/* One row: all cells that begin at the height of the first. */
static void
parse_record_row (Record *record)
{
  HkParser   *parser = record->parser;
  HkTextCell *first  = hk_layout_peek (parser->layout, 0), *cell;
  HkBox       row    = first->box;
  guint       page   = first->page;
  gboolean    filled[HK_TABLE_COLUMNS] = { FALSE };

  parser->blocks.change = NULL;
  gboolean doubtful = holds_rows (first);
  while ((cell = hk_layout_peek (parser->layout, 0)) != NULL && cell->page == page && fabs (cell->box.y0 - row.y0) < ROW_TOLERANCE) {
    int column = column_of (record, cell);

    cell = hk_layout_take (parser->layout, 0);
    if (column < 0 || record->column[column] == NULL || filled[column]) {
      hk_parser_done (parser, cell);
      continue;
    }
    if (doubtful)
      cell->doubt = "it holds more than one row";
    filled[column] = TRUE;
    row.y1         = MIN (row.y1, cell->box.y1);
    keep_over (record, (guint) column, cell, put_field (record, (guint) column, cell));
  }
  for (guint i = 0; i < record->n_columns && parser->blocks.change != NULL; i++)
    if (!filled[i] && spans (record, i, &row, page))
      repeat_field (record, i);
}

void
hk_parse_record (HkParser        *parser,
                 const HkFormRow *row)
{
  Record      record = { .parser = parser, .record = row };
  HkTextCell *cell;

  parse_headings (&record);
  parser->cursor = row;
  while (record.n_columns > 0 && (cell = hk_layout_peek (parser->layout, 0)) != NULL) {
    HkLabelMatch     match;
    const HkFormRow *next = hk_parser_row_of (parser, cell, &match);

    if (next != NULL && next->shape == HK_ROW_PART && !is_in_table (&record, cell))
      break;
    hk_parser_pass_lost_pages (parser, cell);
    if (are_headings_again (&record))
      parse_headings (&record);
    else if (cell->loose || hk_parser_is_spent (cell))
      hk_parser_done (parser, hk_layout_take (parser->layout, 0));
    else
      parse_record_row (&record);
  }
  for (guint i = 0; i < HK_TABLE_COLUMNS; i++)
    hk_parser_done (parser, record.over[i]);
  parser->blocks.change = NULL;
}
