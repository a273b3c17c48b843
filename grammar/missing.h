/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Missing rules: whether a page, or a ruled cell, has fewer of them than rows
 * and columns.
 */
#pragma once

#include "region.h"

/* Whether most of PAGE's characters stand in loose lines, or level with a column
   of labels that no rules part. */
gboolean hk_lacks_rules (const HkPage *page, GPtrArray *cells, const HkVocabulary *vocabulary);

/* Whether nothing but the words over its group (再委託) is left of CELL among CELLS. */
gboolean hk_is_leftmost (const HkTextCell *cell, GPtrArray *cells, const HkVocabulary *vocabulary);

/* Whether REGION has a label whose value stands to its right. */
gboolean hk_has_label_beside (const HkRegion *region);

/* Whether all that stands left of REGION's values is labels with a value beside
   them, and there are values: then a rule is missing. Text that merely quotes
   a label has nothing beside it. */
gboolean hk_holds_rows (const HkRegion *region);
