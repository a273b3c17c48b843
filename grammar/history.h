/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 変更箇所 in text that has lost its layout: the table of changes, read back
 * into rows of six cells.
 *
 * Two kinds of text are told apart by themselves. Where spaces hold the
 * columns (history-grid.c) a cell is found by its place; else the lines come as
 * somebody painted or read the cells, one after the other, and a cell is found
 * by what it says and by what stands before it (history-order.c).
 */
#pragma once

#include "textline.h"
#include "form.h"

/* Reads LINES (HkTextLine, page after page in source order; PARTED: they were run
   together, and no blank line is left) as the table RECORD of FORM, and writes its
   rows on SHEET. Every glyph of the lines stands on SHEET afterwards. */
void hk_rebuild_changes (HkSheet *sheet, const GArray *lines, gboolean parted, const HkForm *form, const HkFormRow *record, HkDocument *document);

/* --- What the two readings share ------------------------------------------ */

enum { HK_CHANGE_DATE, HK_CHANGE_ITEM, HK_CHANGE_BEFORE, HK_CHANGE_AFTER, HK_CHANGE_TIMING, HK_CHANGE_REASON, HK_CHANGE_COLUMNS };

/* One change: six cells. */
typedef struct {
  GArray     *runs[HK_CHANGE_COLUMNS]; /* HkSheetRun, or NULL: blank */
  const char *doubt[HK_CHANGE_COLUMNS];
} HkChange;

/* A part of a line: what stands between spaces. */
typedef struct {
  HkRun    run;
  guint    line;   /* which HkTextLine, counted from the first of the table */
  guint    island, page;
  guint    gap;    /* characters of white space before it on its line; 0: it begins the line */
  gboolean wide;   /* one of them is an ideographic space */
  gboolean last;   /* nothing follows on its line */
  guint    width;  /* half-width columns, white space and all */
  char    *text;   /* folded; owned by the list */
} HkBit;

#define hk_bit(bits, i) (&g_array_index ((bits), HkBit, (i)))

HkChange *hk_change_new (void);
void      hk_change_free (gpointer change);

/* Puts RUN behind what stands in the cell of COLUMN; on the same line, if it
   goes on there and APART is not set. */
void hk_change_add (HkChange *change, guint column, const HkRun *run, gboolean apart);

/* How many bytes of the folded TEXT a date takes from its start (令和6年10月1日,
   平成28年5月, 2015/1/15, R3.5.17); 0: none. What TEXT ends in the middle of counts
   once it has its year (平成30年9月2). *WHOLE: it has its day. */
gsize hk_change_date (const char *text, gboolean *whole);

/* Whether REST goes on with the date that HEAD ends in the middle of (平成30年9月2 and
   4日). *WHOLE: it has its day then. */
gboolean hk_change_date_goes_on (const char *head, const char *rest, gboolean *whole);

/* 事前 or 事後: how many bytes of it TEXT begins with, or 0. */
gsize hk_change_timing (const char *text);

/* Whether the folded TEXT begins as the name of an item of the form does: a part's number, or 別添. */
gboolean hk_change_is_item (const char *text);

char *hk_run_fold (const HkRun *run);

/* Where columns are held by spaces. What has no place is appended to LOOSE
   (HkSheetRun). Returns the rows (HkChange), or NULL: BITS are not like that. */
GPtrArray *hk_changes_in_grid (const GArray *bits, GArray *loose);

/* Where cells follow each other; PARTED: in lines that were run together. */
GPtrArray *hk_changes_in_order (const GArray *bits, const HkForm *form, gboolean parted, GArray *loose);
