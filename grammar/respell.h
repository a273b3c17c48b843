/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The printed words of the form where OCR misread them. For cells of pages that
   were read by OCR, and for no others. */
#pragma once

#include "cell.h"

typedef struct _HkSpeller HkSpeller;

/* Knows the printed words of FORM; NULL: of all forms. Free with hk_speller_free(). */
HkSpeller *hk_speller_new (const HkForm *form);
void       hk_speller_free (HkSpeller *speller);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkSpeller, hk_speller_free)

/* Puts right what in CELL can be no other than words of the form. Glyphs keep
   their places; those that were missed are given one. */
void hk_respell (const HkSpeller *speller, HkTextCell *cell);

/* The number of the option of ROW that FOLDED, read by OCR, can only mean; 0: none. */
guint hk_respell_option (const HkFormRow *row, const char *folded);
