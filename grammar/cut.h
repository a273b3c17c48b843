/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cells that the page's end cuts.
 *
 *   page 4  │ 令和3年9月 │ Ⅱ．６．保管場所 │ 通信は閉域網に限り、   │
 *   ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─
 *   page 5  │            │                  │ 暗号化した経路を用いる │
 *
 * Printed from a spreadsheet, a cut row has no rule at the cut; that settles
 * it, also where the table's headings are repeated in between. Other
 * typesetters close both halves. Then the halves are known by what they lack:
 * a label or date that is centred in its cell stands on one page only.
 */
#pragma once

#include "label.h"

/* Joins cells of the new PAGE among CELLS (reading order) to the ones among
   HELD that they go on from; the joined parts leave CELLS, the rest stays. */
void hk_cut_join (GPtrArray *held, GPtrArray *cells, const HkPage *page, const HkVocabulary *vocabulary, HkDocument *document);

/* PAGE is the last: what is open at its end among HELD is in doubt. */
void hk_cut_end (GPtrArray *held, guint page);

/* The page after PAGE is lost: what runs over PAGE's end among HELD is in doubt. */
void hk_cut_lost (GPtrArray *held, guint page);

/* Whether CELL may go on on the page after PAGE. */
gboolean hk_cut_is_open (const HkTextCell *cell, guint page);
