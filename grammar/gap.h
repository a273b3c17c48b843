/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gaps: pages that are missing or stand in another order leave gaps in the
 * outline. Behind one it is not sure which file, heading or block the values
 * are of, and what stands right before it may be another row's.
 */
#pragma once

#include "field.h"

/* Puts FIELDS (HkField) around and behind gaps of OUTLINE in doubt, and reports them. */
void hk_doubt_gaps (const HkForm *form, const GArray *pieces, const GArray *outline, GArray *fields, HkDocument *document);
