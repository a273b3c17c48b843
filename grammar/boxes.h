/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Brackets that share a line of painted text share a line of the page, too: a
 * space leads to the right, its lack back to the left. So the names of options on
 * the line tell which options its brackets and marks may belong to.
 *
 *   ] 住民基本台帳ネットワークシステム [ ○[     the first [ is right of that name
 */
#pragma once

#include "piece.h"
#include "painting.h"

typedef struct _HkBoxes HkBoxes;

/* WHOLE: a mark between its brackets is that of the name behind them. */
HkBoxes *hk_boxes_new (const HkPainting *painting, const GArray *pieces, guint first, guint end, gboolean whole);
void     hk_boxes_free (HkBoxes *boxes);

/* Whether piece I, a bracket or mark among those given, may belong to OPTION of
   ROW; 0: to the choice that ROW is. */
gboolean hk_boxes_allow (const HkBoxes *boxes, guint i, guint row, guint option);
