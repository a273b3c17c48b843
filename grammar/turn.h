/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages that lie on their side: landscape tables are often printed so, and the
   page is then shown with its lines running down or up. */
#pragma once

#include "model.h"

/* If the text of PAGE does not run from left to right, turns its glyphs, rules
   and cells upright and notes it in DOCUMENT, so that places can be given as
   the page is shown. */
void hk_turn_upright (HkPage *page, HkDocument *document);
