/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters of a page, as every reader hands them in. */
#pragma once

#include "page.h"

/* Appends the character CH in BOX, the SOURCE-th of the page's text, to
   page->glyphs; not if it is white space that only carries layout (all but
   U+3000), or if BOX is not a box or lies off the page. */
void hk_glyphs_add (HkPage      *page,
                    gunichar     ch,
                    const HkBox *box,
                    guint        source);

/* Makes one glyph, with the number of copies, of a character that is drawn
   more than once at nearly one place (fake bold, shadows). */
void hk_glyphs_merge_copies (HkPage *page);
