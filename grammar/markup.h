/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading a form from Markdown or HTML.
 *
 *   pages ─ grid ─ labels ─ outline ─ sheet ─▶ text cells, as from a ruled page
 *
 *   1. Grid. Rows of cells, as they were written; a paragraph is a row a line.
 *   2. Labels. Which cells say what a row of the form says, or begin with it.
 *   3. Outline. Which row each of them is, all of them together: a label may
 *      stand in eight places of the form, and pages may have been lost.
 *   4. Sheet. Row after row, label and value in cells side by side, whatever
 *      stood where: what is no label belongs to the last one.
 */
#pragma once

#include "label.h"

/* Reads PAGES (HkPage, of markup; they stay the caller's) and puts text cells in
   reading order behind CELLS (HkTextCell), which owns them. It is told of each
   whether it is a label, and of which row. Every glyph of PAGES stands in one. */
void hk_markup_read (const GPtrArray *pages, const HkVocabulary *vocabulary, HkDocument *document, GPtrArray *cells);
