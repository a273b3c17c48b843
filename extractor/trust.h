/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the text of a page can be trusted, told from the page itself. */
#pragma once

#include "page.h"

/* Characters that a scan may have beside its image. */
#define HK_STAMP_MOST 60

typedef enum {
  HK_TRUST_FULL,
  HK_TRUST_LITTLE, /* odd, but it may be what stands there: a second look decides */
  HK_TRUST_NONE
} HkTrust;

/* How far the glyphs of PAGE are Japanese text. In *REASON what speaks against
   them, if anything (static). IMAGED: the part of the page that images cover. */
HkTrust hk_trust_page (const HkPage *page, double imaged, const char **reason);

/* The part of the characters of PAGE that OTHER, the same page read in another
   way, has as well, from 0 to 1. */
double hk_trust_agreement (const HkPage *page, const HkPage *other);
