/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ruling lines out of a picture of the page. */
#pragma once

#include "page.h"

/* Finds the ruling lines in a picture of PAGE and appends them to page->rules,
   in points. PIXELS are HEIGHT rows, STRIDE bytes apart, of WIDTH 32-bit
   pixels in the machine's byte order: alpha, red, green, blue from the top,
   premultiplied (CAIRO_FORMAT_ARGB32). Where nothing was painted alpha is 0.
   SCALE is pixels to the point. page->glyphs must be filled before, so that
   ink of characters is not taken for rules. */
void hk_rules_find (HkPage              *page,
                    const unsigned char *pixels,
                    int                  width,
                    int                  height,
                    int                  stride,
                    double               scale);
