/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks in text that keeps the order of its lines: each belongs to the brackets
   around it, these to the words behind them. */
#pragma once

#include "field.h"

/* Gives brackets, marks, names of options and the words in brackets behind them
   to the FIELDS (HkField) that are groups of marks or counts. What is left of
   PIECES (HkPiece) has not been taken. */
void hk_group_marks (const HkForm *form, GArray *pieces, GArray *fields);
