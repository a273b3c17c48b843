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
  HK_ORDER_SCRAMBLED, /* a page of such a text on which labels are far out of order */
  HK_ORDER_PAINTED    /* in the order in which the page was painted */
} HkOrder;

typedef struct {
  GArray     *rows;  /* HkOutlined, in form order */
  guint       end;   /* the first piece of the table of changes (where pages are painted: of its page) */
  HkOrder     order; /* of the text as a whole: never scrambled */
  GHashTable *scrambled; /* set of HkPage: of a text in lines, those which are not */
} HkOutline;

/* Finds the rows whose labels are among PIECES (HkPiece). Labels that fit nowhere
   become words. The last part of the form is its table of changes, whose cells
   say whatever labels say: the outline ends with its heading. Free with
   hk_outline_free(). */
HkOutline *hk_outline_new (const HkForm *form, const HkLexicon *lexicon, GArray *pieces);
void       hk_outline_free (HkOutline *outline);
