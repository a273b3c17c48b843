/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dealing: in text that keeps the order of its lines, values come in the order
 * of their labels. They are dealt out in that order at the least cost; where a
 * line could nearly as well be the neighbour's, both are in doubt.
 */
#pragma once

#include "field.h"

/* Gives the choices among PIECES, and their brackets, to FIELDS. To be called
   before hk_group_marks(). */
void hk_deal_choices (const HkForm *form, GArray *pieces, GArray *fields);

/* Gives the words that are left to the FIELDS that are text. LINES (HkTextLine)
   are those the pieces were cut from. To be called after hk_group_marks(). */
void hk_deal_words (const HkForm *form, const GArray *lines, GArray *pieces, const GArray *outline, GArray *fields);
