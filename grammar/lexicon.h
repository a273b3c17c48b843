/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words printed on a form, to be looked up while a line is cut. */
#pragma once

#include "piece.h"

/* What a number before words is; each class has its own words. */
typedef enum {
  HK_WORDS_PLAIN,   /* no number */
  HK_WORDS_PART,    /* Ⅰ */
  HK_WORDS_APPENDIX,/* （別添１） */
  HK_WORDS_HEADING, /* １． */
  HK_WORDS_ITEM,    /* ① */
  HK_WORDS_RISK,    /* リスク１： */
  HK_WORDS_BLOCK,   /* the number stands behind: 提供先１ */
  HK_WORDS_INSIDE,  /* behind a bracket, in the cell of a choice: （手数料額、納付方法： */
  HK_WORDS_OPTION,  /* names of marks */
  HK_WORDS_CHOICE   /* words of choices */
} HkWordsClass;

/* The longest words of CLASS that FOLDED (N characters) begins with: their
   meanings, and in *LENGTH how many characters they are. NULL: none. *LIVE is
   TRUE where FOLDED ends within words of the class. */
const GArray *hk_lexicon_find (const HkLexicon *lexicon, HkWordsClass class, const gunichar *folded, guint n, guint *length, gboolean *live);

/* The number before the label of row ROW, as a number. */
guint hk_lexicon_number (const HkLexicon *lexicon, guint row);
