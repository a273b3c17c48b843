/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The grid of a text in markup: its rows of cells, which of them may be labels, and
 * which rows of the form those are. Internal to markup.c.
 */
#pragma once

#include "label.h"
#include "sheet.h"

typedef struct {
  HkRun    run;  /* all that is written in it, whatever its lines; n may be 0 */
  HkBox    box;
  gboolean torn; /* the text ends within it */
} HkGridCell;

typedef struct {
  guint    first, n;  /* cells */
  gboolean table;     /* else a line of a paragraph, … */
  gboolean heading;   /* … or a heading */
  gboolean running;   /* a page's number, header or footer */
} HkGridRow;

/* A row of the form that a cell may be the label of. */
typedef struct {
  guint row;
  guint cost;    /* how unlike it is */
} HkGridMatch;

/* A cell that may be a label. */
typedef struct {
  guint    row, cell;
  guint    n;              /* the label is its first N glyphs */
  guint    first, n_matches; /* among the matches */
  gboolean beside;         /* something stands to its right in its row */
  gboolean sure;           /* what follows shows that it is one */
  gboolean misread;        /* it is only like the label */
  guint    chosen;         /* the row of the form that it is; HK_NO_ROW: none */
} HkGridLabel;

#define HK_NO_ROW G_MAXUINT

typedef struct {
  const HkForm *form;
  GArray       *cells;   /* HkGridCell */
  GArray       *rows;    /* HkGridRow, in the order of the text */
  GArray       *labels;  /* HkGridLabel, likewise */
  GArray       *matches; /* HkGridMatch */
} HkGrid;

#define hk_grid_cell(grid, i) (&g_array_index ((grid)->cells, HkGridCell, (i)))
#define hk_grid_row(grid, i) (&g_array_index ((grid)->rows, HkGridRow, (i)))
#define hk_grid_label(grid, i) (&g_array_index ((grid)->labels, HkGridLabel, (i)))
#define hk_grid_match(grid, i) (&g_array_index ((grid)->matches, HkGridMatch, (i)))

HkGrid *hk_grid_new (const GPtrArray *pages, const HkForm *form, const HkVocabulary *vocabulary);
void    hk_grid_free (HkGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkGrid, hk_grid_free)

gboolean hk_grid_cell_is_blank (const HkGridCell *cell);

/* Adds the glyphs of CELL from FROM on to RUNS (HkSheetRun), a run a line. */
void hk_grid_add_lines (const HkGridCell *cell, guint from, GArray *runs);

/* The folded text of CELL. Free with g_free(). */
char *hk_grid_fold (const HkGridCell *cell);

/* The row of the grid that has the column headings of the table of changes; its number of
   rows: none has. */
guint hk_grid_record_head (const HkGrid *grid, const HkVocabulary *vocabulary);

/* Empties cells above row END that repeat the one to their left, or above them, where a text
   does so for cells that span several, and counts their characters. */
void hk_grid_drop_copies (HkGrid *grid, guint end, HkDocument *document);

/* What empty boxes say in this text. Who writes a box for each, and checks some, has kept
   the marks; who leaves out others has written boxes for what was there. */
HkBoxHabit hk_grid_box_habit (const HkGrid *grid);

/* Finds the rows that run over the pages (markup-running.c), and takes their labels away. Call
   it when labels are found; row HEAD has the column headings of the table of changes. */
void hk_grid_find_headers (HkGrid *grid, guint head);

/* Finds the cells that may be labels (markup-label.c), up to row END, … */
void hk_grid_find_labels (HkGrid *grid, const HkVocabulary *vocabulary, guint end);

/* … and chooses the row of each (markup-outline.c). */
void hk_grid_choose (HkGrid *grid);

/* How many rows with labels that are always printed stand between FROM and TO, both
   excluded; FROM may be NULL: before the first. */
guint hk_grid_rows_between (const HkForm *form, const HkFormRow *from, const HkFormRow *to);

/* Counts the characters of ROW, which runs over the pages. */
void hk_grid_account_running (const HkGrid *grid, const HkGridRow *row, HkDocument *document);

/* Writes the rows of the grid from FROM on, the table RECORD, on SHEET (markup-record.c). */
void hk_grid_write_record (const HkGrid *grid, guint from, const HkVocabulary *vocabulary, const HkFormRow *record, HkSheet *sheet, HkDocument *document);
