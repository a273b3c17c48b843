/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layout recovery: pages of glyphs and rules become one stream of text cells
 * in reading order, over all pages.
 *
 *   page ─ glyphs into cells ─ loose lines ─ running text ─ joins over the page's end ─▶ stream
 *
 * A cell that the page's end cuts comes out once, where it began. At most two
 * pages, and what hangs over from them, are in memory.
 */
#pragma once

#include "label.h"

typedef struct _HkLayout HkLayout;

/* Reads SOURCE, which stays the caller's, as far as it is asked for. */
HkLayout *hk_layout_new (HkPageSource *source, HkDocument *document);
void      hk_layout_free (HkLayout *layout);

/* The cells of the page AHEAD pages before the next one as they are drawn,
   lines outside of every table alone; NULL behind the last. They stay the
   layout's. This look needs no vocabulary: it is for choosing one. */
const GPtrArray *hk_layout_drawn (HkLayout *layout, guint ahead);

/* The words by which labels are told from text where there are no rules. To be
   set before the stream is read; VOCABULARY stays the caller's. */
void hk_layout_set_vocabulary (HkLayout *layout, const HkVocabulary *vocabulary);

/* Why nothing that stands on PAGE is sure; NULL: nothing is known against it. */
const char *hk_layout_page_doubt (const HkLayout *layout, guint page);

/* Whether a page between the two could not be read, or had no text. */
gboolean hk_layout_has_lost (const HkLayout *layout, guint after, guint before);

/* The cell AHEAD places before the next one; NULL behind the last. It stays the layout's. */
HkTextCell *hk_layout_peek (HkLayout *layout, guint ahead);

/* The same, out of the stream; it is the caller's then. */
HkTextCell *hk_layout_take (HkLayout *layout, guint ahead);
