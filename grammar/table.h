/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Record tables without rules: 変更箇所 where no line is drawn.
 *
 * The headings tell how many columns there are; the columns' edges are where
 * no character stands between two headings, all the way down. Down the page,
 * rows can only end where no line of any column stands. Of all ways to group
 * what is between into rows, the one is taken in which each row has one date
 * and the text of each column is level with its row, by the middle or the top.
 */
#pragma once

#include "region.h"

#define HK_TABLE_COLUMNS 12

/* The table that is open at a page's end. Begins zeroed. */
typedef struct {
  guint  n_columns;                   /* 0: none is open */
  double edge[HK_TABLE_COLUMNS + 1];  /* from the left of the first to the right of the last */
} HkTable;

/* If REGION has the headings of a table, or TABLE is open and nothing ends it,
   appends cells for what stands above it (by OTHER), for the headings, and for
   its rows to OUT. FALSE: there is no table, nothing was done. */
typedef void (*HkTableOther) (void *data, HkRegion *above, GPtrArray *out);
gboolean hk_table_align (HkTable *table, const HkVocabulary *vocabulary, const HkRegion *region, HkTableOther other, void *data, GPtrArray *out);

/* Where cell I of CELLS (REGION is its text) is a ruled row of headings without
   rules between them, or a row of the table that is open, it and the rows of
   the same width below it are split into columns. Returns how many cells stand
   in their place then; 0: it is no such row. */
guint hk_table_split (HkTable *table, const HkRegion *region, GPtrArray *cells, guint i);
