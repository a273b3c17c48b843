/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sheet: text that has lost its geometry, written into ruled cells again,
 * one row of the form after the other, so that the productions read it as they
 * read a printed page.
 */
#pragma once

#include "cell.h"

/* Glyphs [first, first + n) of a page: one line, or a part of one. */
typedef struct {
  const HkPage *page;
  guint         first, n;
} HkRun;

typedef struct {
  GPtrArray *cells; /* HkTextCell in reading order; owned until taken */
  double     y;     /* where the next row begins */
  gboolean   whole; /* lines end where their writer ended them, not at an edge */
} HkSheet;

/* One cell of a row. RUNS are its lines; where two of them belong on one line
   (a bracket and the mark behind it), the second has `beside` set. */
typedef struct {
  double      x0, x1;
  GArray     *runs;   /* HkSheetRun; may be empty or NULL: a blank cell */
  const char *doubt;  /* why it may be wrong, or NULL; static */
  gboolean    inferred; /* no doubt, but the document itself does not tie it to its label */
} HkSheetCell;

typedef struct {
  HkRun    run;
  gboolean beside;
} HkSheetRun;

#define HK_SHEET_LABEL 40.0  /* where labels begin, … */
#define HK_SHEET_VALUE 170.0 /* … values, … */
#define HK_SHEET_END   560.0 /* … and the sheet ends */

HkSheet *hk_sheet_new (void);
void     hk_sheet_free (HkSheet *sheet);

/* Writes a row of N cells, left to right, as standing on page PAGE. */
void hk_sheet_row (HkSheet *sheet, guint page, const HkSheetCell *cells, guint n);

/* Writes RUNS (HkSheetRun) outside of every cell: what has no place in the form's rows. */
void hk_sheet_loose (HkSheet *sheet, guint page, const GArray *runs);
