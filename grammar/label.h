/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Labels: what a cell says if it is a label, and which row of the form says
 * the same. Labels wrap, carry ※ or not, and come in either width; all that
 * is folded away before they are compared. Their number is not: it is told
 * from the raw characters and has to agree in class.
 */
#pragma once

#include "token.h"

/* A cell read as a label. */
typedef struct {
  HkTokenClass class;  /* of the number before it; HK_TOKEN_WORDS for none */
  guint        number;
  char        *folded; /* its words */
  guint        n;      /* it is among the first n glyphs of the cell … */
  double       limit;  /* … and left of this x, where marks begin (［　］委託しない) */
} HkLabel;

/* Reads CELL, as far as it has no marks. Clear with hk_label_clear(). */
HkLabel hk_label_read (const HkTextCell *cell);
void    hk_label_clear (HkLabel *label);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HkLabel, hk_label_clear)

typedef struct _HkVocabulary HkVocabulary;

HkVocabulary *hk_vocabulary_new (const HkForm *form);
void          hk_vocabulary_free (HkVocabulary *vocabulary);

/* A row that LABEL may be. */
typedef struct {
  const HkFormRow *row;
  gboolean         number_agrees; /* class and number are those of the row */
  gboolean         renumbered;    /* class only: an edition that has a heading more or less numbers those behind it otherwise */
  guint            ordinal;       /* block: its printed number; 0: a range of empty ones (委託事項２～５) */
  gboolean         range;
  guint            n;             /* the label is among the first n glyphs … */
  double           limit;         /* … and left of this x */
} HkLabelMatch;

/* Whether a label of the form begins with the words of LABEL, so that it may go
   on behind them. */
gboolean hk_vocabulary_goes_on (const HkVocabulary *vocabulary, const HkLabel *label);

/* Whether a label of the form, or its number, may begin with CH. Cheap. */
gboolean hk_vocabulary_may_begin (const HkVocabulary *vocabulary, gunichar ch);

/* All rows that LABEL may be, in form order. The array is the caller's. */
GArray *hk_vocabulary_match (const HkVocabulary *vocabulary, const HkTextCell *cell, const HkLabel *label);

/* Whether CELL is the title of a part, number and all, and nothing else. */
gboolean hk_vocabulary_is_part (const HkVocabulary *vocabulary, const HkTextCell *cell);

/* The tokens of ［令和６年10月　様式３］: the edition's date (or NULL), the word and
   the form's number. They point into the tokens they were read from. */
typedef struct {
  const HkToken *date, *words, *number;
} HkFormMark;

/* FALSE: the tokens are no such mark. */
gboolean hk_form_mark_read (const HkTokens *tokens, HkFormMark *mark);
gboolean hk_is_form_mark (const HkTextCell *cell);
