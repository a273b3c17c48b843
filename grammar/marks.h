/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Marks: the slots of a cell in which a circle may stand, and which text
 * belongs to each.
 *
 *   [ ○ ] 庁内連携システム      [   ] その他  （ 中間サーバー
 *                                                 戸籍システム ）
 *
 * A slot is a pair of brackets on one line, or a box. It owns the text to its
 * right, as far as the next slot of its line, and lines above and below that
 * are nearer to its line than to another's: names and words wrap.
 */
#pragma once

#include "token.h"

typedef enum { HK_SLOT_EMPTY, HK_SLOT_MARKED, HK_SLOT_UNKNOWN } HkSlotState;

/* What was drawn where a slot is, in a text whose empty boxes may have been marks. */
typedef enum {
  HK_DRAWN_NOTHING, /* [ ] */
  HK_DRAWN_BOX,     /* ☐ alone */
  HK_DRAWN_BOX_IN,  /* [ ☐ ] */
  HK_DRAWN_MARK     /* ☑, [ ○ ], or something else */
} HkDrawn;

typedef struct {
  HkBox       box;    /* from bracket to bracket */
  double      limit;  /* x where its text ends at the latest */
  guint       page, line;
  guint       first, n; /* glyphs from bracket to bracket */
  HkSlotState state;
  HkDrawn     drawn;
  const char *doubt;    /* why its state is not sure; NULL; static */
  const char *inferred; /* what it was told by, if not by its group; NULL; static */
} HkSlot;

#define HK_DOUBT_ALIKE "every box of the group looks alike"

/* The slots of CELL in reading order (HkSlot). The array is the caller's. */
GArray *hk_slots_find (const HkTextCell *cell);

/* For each glyph of CELL the slot that owns it, or -1. Free with g_free(). */
int *hk_slots_assign (const HkTextCell *cell, const GArray *slots);
