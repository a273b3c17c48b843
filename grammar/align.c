/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "align.h"

void
hk_align_page (const HkPage       *page,
               GPtrArray          *cells,
               const HkVocabulary *vocabulary,
               HkDocument         *document)
{
}
