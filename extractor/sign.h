/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signs that are known by their shape. */
#pragma once

#include <glib.h>
#include <leptonica/allheaders.h>

typedef enum { HK_SIGN_NONE, HK_SIGN_OPEN, HK_SIGN_CLOSE, HK_SIGN_RING, HK_SIGN_ZERO, HK_SIGN_DASH, HK_SIGN_ONE, HK_SIGN_TWO, HK_SIGN_THREE, HK_SIGN_SQUARE, HK_SIGN_DISC, HK_SIGN_DIAMOND, HK_SIGN_PAREN_OPEN, HK_SIGN_PAREN_CLOSE, HK_SIGN_DOT, HK_SIGN_CHECK } HkSign;

/* What the connected piece of ink PIX (1 bit a pixel) is, on a page whose text
   is EM pixels high. */
HkSign hk_sign_of (PIX *pix, double em);

/* Whether the holes in the piece of ink PIX may be those of the DIGIT: a 6 has one
   below, a 9 above, a 0 from top to bottom. */
gboolean hk_sign_may_be_digit (PIX *pix, int digit);

/* Whether PIX, which is some digit, is a 0: it has one hole, from top to bottom, with
   a dot in it or not. */
gboolean hk_sign_is_zero (PIX *pix);
