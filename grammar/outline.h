/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The outline: which rows of the form a text has printed, in form order. Labels
 * repeat (リスクへの対策は十分か stands eight times in a Ⅲ); as every label is
 * printed, blank value or not, the next one of its kind is the next row's.
 */
#pragma once

#include "lexicon.h"

typedef struct {
  guint row;   /* index in the form's rows */
  guint piece; /* index of its label */
} HkOutlined;

/* How the words of a text are ordered. */
typedef enum {
  HK_ORDER_LINES,     /* as the lines of the page, or nearly so */
  HK_ORDER_PAINTED    /* in the order in which the page was painted */
} HkOrder;

/* How the text is ordered as a whole: in lines or painted; pages of a text in
   lines that are out of order are put into SCRAMBLED (set of HkPage). */
HkOrder hk_order_find (const HkForm *form, const HkLexicon *lexicon, GArray *pieces, GHashTable *scrambled);

/* Finds the rows whose labels are among PIECES (HkPiece), in form order
   (HkOutlined). Labels that fit nowhere become words. The last part of the form is
   its table of changes, whose cells say whatever labels say: the outline ends
   with its heading, and *END is the first piece behind it (where pages are
   painted: of its page). The array is the caller's. */
GArray *hk_outline (const HkForm *form, const HkLexicon *lexicon, GArray *pieces, HkOrder order, GHashTable *scrambled, guint *end);

/* For each row of the OUTLINE whether its label has to be left out for the others
   to stand in the form's order. Free with g_free(). */
gboolean *hk_outline_displaced (const GArray *outline);
