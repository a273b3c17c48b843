/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rebuilding a form from text that has lost its layout.
 *
 *   pages ─ pieces ─ outline ─ dealing ─ sheet ─▶ text cells, as from a ruled page
 *
 *   1. Pieces. Lines are cut where words of the form begin or end.
 *   2. Outline. Which rows of the form are printed on each page, in form order.
 *   3. Dealing. What is no word of the form is dealt out to the rows' values.
 *   4. Sheet. Row after row, label and value in cells side by side.
 */
#pragma once

#include "label.h"

/* Reads PAGES (HkPage, read from text; they stay the caller's) and puts text
   cells in form order behind CELLS (HkTextCell), which owns them. Every glyph
   of PAGES stands in one of them. */
void hk_rebuild (const GPtrArray *pages, const HkVocabulary *vocabulary, HkDocument *document, GPtrArray *cells);
