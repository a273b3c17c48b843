/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 変更箇所 where cells follow each other: what the search asks of pieces and pages. */
#pragma once

#include "history-order.h"

#define HK_CHANGE_NEVER 1000.0
#define HK_CHANGE_OF_FORM 0.8 /* words of the form behind an item are not more of it */

/* --- Pieces (history-cost.c) --------------------------------------------------- */

/* Whether PIECE is the date of a row, as this table writes them. */
gboolean hk_change_is_row_date (const HkChangeOrder *order, const HkChangePiece *piece);

guint    hk_change_width_of (const HkChangeOrder *order, guint column);
gboolean hk_change_is_full (const HkChangeOrder *order, const HkChangePiece *piece, guint column);
gboolean hk_change_is_text_column (guint column);

/* What speaks against PIECE as the first of a cell of COLUMN; as more of the cell
   that PREV is of; and not going on with PREV. */
double hk_change_cost_of_column (const HkChangeOrder *order, const HkChangePiece *piece, guint column, gboolean after_timing);
double hk_change_cost_of_joining (const HkChangeOrder *order, const HkChangePiece *prev, const HkChangePiece *piece, guint column);
double hk_change_cost_of_breaking (const HkChangeOrder *order, const HkChangePiece *prev, const HkChangePiece *piece, guint column);

/* --- Pages (history-pages.c): pieces [first, end) ------------------------------- */

/* What stands on the lines of 事前 and 事後 comes before all dates. */
gboolean hk_change_has_passes (const HkChangeOrder *order, guint first, guint end);

/* Rows follow each other, cell by cell. */
gboolean hk_change_is_rowwise (const HkChangeOrder *order, guint first, guint end);

/* Where the cells of one line end that come first, row by row, before all cells that
   wrap; 0: the page is not like that, or has more than MOST rows. *ROWS, if less,
   becomes how many it has. */
guint hk_change_short_end (const HkChangeOrder *order, guint first, guint end, guint most, guint *rows);

/* Dates were painted as columns, in the order of the table, whatever the order of the
   rows: on most pages of several. */
gboolean hk_change_has_dates_apart (const HkChangeOrder *order);

/* How many rows the page has of which each has its 事前 or 事後. */
guint hk_change_timings (const HkChangeOrder *order, guint first, guint end);

/* --- Lines (history-side.c) ------------------------------------------------------- */

/* Puts the pieces of cells that were read side by side in order, cell by cell, if the
   table was read so. */
void hk_change_part_sides (HkChangeOrder *order);

/* --- Texts (history-like.c) ------------------------------------------------------- */

/* How much the texts that begin with pieces A and B are alike: from 0 to 1, the same. */
double hk_change_likeness (const HkChangeOrder *order, guint a, guint b);
