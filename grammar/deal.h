/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dealing: in text that keeps the order of its lines, values come in the order
 * of their labels. They are dealt out in that order at the least cost; where a
 * line could nearly as well be the neighbour's, both are in doubt.
 */
#pragma once

#include "field.h"

/* Takes the brackets around choices, and those with nothing between them, out of
   PIECES: they are no mark's. Words in brackets become choices. To be called
   before hk_group_marks(). */
void hk_deal_brackets (GArray *pieces);

/* What the lines of a text tell. */
typedef enum {
  HK_DEAL_LINES,   /* one line of the page after the other, cells parted by blank lines */
  HK_DEAL_GRID,    /* rows and columns are those of the page */
  HK_DEAL_TOGETHER /* nothing but the order: they are run together */
} HkDealLines;

/* Gives choices and the words that are left to those of FIELDS that take them.
   LINES (HkTextLine): those that PIECES were cut from. To be called after
   hk_group_marks(). */
void hk_deal (const HkForm *form, HkDealLines kind, const GArray *lines, GArray *pieces, const GArray *outline, GArray *fields);
