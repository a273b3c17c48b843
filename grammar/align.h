/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Alignment in place of rules: where a page has text but no ruled cells,
 * labels and values are tied by where they stand.
 */
#pragma once

#include "label.h"

/* If PAGE lacks rules, replaces the loose lines among CELLS (reading order) by
   cells made from alignment, and says so in DOCUMENT. Else does nothing. */
void hk_align_page (const HkPage *page, GPtrArray *cells, const HkVocabulary *vocabulary, HkDocument *document);
