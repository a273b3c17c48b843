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

/* Gives choices and the words that are left to those of FIELDS that take them.
   LINES (HkTextLine): those the pieces were cut from, if their rows are those of
   the page, so that it counts where they stand; else NULL. To be called after
   hk_group_marks(). */
void hk_deal (const HkForm *form, const GArray *lines, GArray *pieces, const GArray *outline, GArray *fields);
