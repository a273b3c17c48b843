/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The orders in which a page may be painted: see HkSequence in expect.h. */
#pragma once

#include "expect.h"

/* What of ALL (HkExpected in form order) is painted, in its order (guint: indices).
   Orders are counted: those that need no learning, and then one for each page of
   the form's painting. SECOND: what is painted when the page is gone through once more. */
GArray *hk_sequence (const HkPaintedPieces *page, const GArray *all, const gboolean *second, guint which);

/* Whether EXPECTED stands in a cell that wraps, as the workbooks have them. */
gboolean hk_sequence_wraps (const HkForm *form, const HkExpected *expected);
