/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Alignment in place of rules: where a page has text but no ruled cells,
 * labels and values are tied by where they stand.
 *
 *   1. Fragments. A line is cut at its wide gaps.
 *   2. Labels. A fragment, or up to four under each other, that says what a
 *      row of the form says, number and all.
 *   3. Columns. Values begin where most other fragments begin, right of the
 *      labels.
 *   4. Rows. The lines of the value column are dealt out to the labels beside
 *      them, in order, so that each value's top, or its middle, is level with
 *      its label's; where a line could as well go to the neighbour, both are
 *      in doubt.
 *   5. What reaches over the label column without being a label stands under
 *      the label before it.
 */
#pragma once

#include "table.h"

/* What the pages so far tell of the document: whether labels are level with
   the top of their values or with their middle; and a table that goes on.
   Begins zeroed. */
typedef struct {
  double  cost_top, cost_middle;
  double  values; /* where the values of the last page began */
  HkTable table;
} HkAlignment;

/* If PAGE lacks rules, replaces the loose lines among CELLS (reading order) by
   cells made from alignment, and says so in DOCUMENT. If it has them, splits
   ruled cells that hold labels and values alike. */
void hk_align (HkAlignment *alignment, const HkPage *page, GPtrArray *cells, const HkVocabulary *vocabulary, HkDocument *document);
