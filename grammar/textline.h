/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of pages read from text, and the islands they stand in: runs of
   lines that the source has parted from the others by a blank line. */
#pragma once

#include "sheet.h"

typedef struct {
  HkRun run;    /* without the white space at its ends */
  guint island; /* counted through the document, from 0 */
  guint row;    /* of the page's grid, from 0: HK_TEXT_LINE each */
} HkTextLine;

/* The lines of PAGES (HkPage), blank ones and the pages' numbers left out
   (HkTextLine); the numbers' glyphs are marked as running text. So many *SPACES
   part words: two where columns are held by spaces, one where lines were run
   together: these are parted again at every space that may have been the end of
   one; 0: none do. The array is the caller's. */
GArray *hk_text_lines (const GPtrArray *pages, guint *spaces);
