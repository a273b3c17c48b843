/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cutting once more: on painted pages words of the form stand where no line of
 * the form has them. A name stands before its brackets where a line was painted
 * backwards, alone on its line or with what is in its parentheses; a mark
 * touches other words; two values share a line.
 *
 *   )戸籍住民課（その他]✓[     ─▶   ) · 戸籍住民課 · （ · その他 · ] · ✓ · [
 */
#pragma once

#include "lexicon.h"

/* Cuts PIECES (HkPiece) further; they are the callee's. Returns the new ones. */
GArray *hk_pieces_recut (const HkForm *form, const HkLexicon *lexicon, GArray *pieces);
