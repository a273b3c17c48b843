/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells out of ruling lines. */
#pragma once

#include "page.h"

/* Finds the areas that page->rules close and appends them to page->cells:
   rectangles that do not overlap, by their top, then their left side.
   An area that is no rectangle (a frame around a table) is split into some.
   Returns how many ends of rules touch nothing, which is a reason to doubt
   that all rules were found. */
guint hk_cells_find (HkPage *page);
