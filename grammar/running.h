/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Running headers, footers and page numbers: loose lines that stand at the
 * same height on another page with the same words (any digits), or are a page
 * number in the margin. They belong to no value and are no labels either.
 */
#pragma once

#include "cell.h"

typedef struct _HkRunning HkRunning;

HkRunning *hk_running_new (void);
void       hk_running_free (HkRunning *running);

/* Looks at the cells of PAGE beside those of the page before (BEFORE, or NULL;
   the pages before that are remembered). Marks the glyphs of running lines in
   both, and says so once of each in DOCUMENT. */
void hk_running_page (HkRunning *running, const HkPage *page, GPtrArray *before, GPtrArray *cells, HkDocument *document);
