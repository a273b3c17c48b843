/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pieces: lines of a text cut where words of the form begin or end. A piece is
 * either words of the form (a label, a bracket, an entry of an option list …)
 * or what stands between them.
 *
 *   ③対象人数 [ 1万人以上10万人未満 ]   ─▶   label · open · choice · close
 */
#pragma once

#include "label.h"
#include "textline.h"

typedef enum {
  HK_PIECE_WORDS,       /* no words of the form: a value, or a part of one */
  HK_PIECE_LABEL,       /* of one of ROWS */
  HK_PIECE_REST,        /* more of the label before it: labels wrap */
  HK_PIECE_OPTION,      /* the name of a mark, one of ROWS' options */
  HK_PIECE_CHOICE,      /* words that one of ROWS offers as a choice */
  HK_PIECE_LIST,        /* ＜選択肢＞, and entries of the list: 1） 行っている */
  HK_PIECE_OPEN,        /* [ */
  HK_PIECE_MARK,        /* ○ */
  HK_PIECE_CLOSE,       /* ] */
  HK_PIECE_BOX,         /* □ ☑: bracket and mark in one, before the name of a mark */
  HK_PIECE_PAREN_OPEN,  /* （ before the words of an option */
  HK_PIECE_PAREN_CLOSE, /* ） behind them */
  HK_PIECE_FORM_MARK,   /* ［令和６年10月　様式３］ */
  HK_PIECE_FORM         /* other words of the form: 件, ※ */
} HkPieceClass;

/* What words may be: a row of the form, and which of its options. */
typedef struct {
  guint row;    /* index in the form's rows */
  guint option; /* choice, option: its number, from 1; else 0 */
} HkMeaning;

typedef struct {
  HkPieceClass  class;
  HkRun         run;
  guint         line;     /* index of its HkTextLine */
  guint         island;
  gboolean      begins;   /* it is the first of its line */
  gboolean      spaced;   /* white space stands before it, or it begins its line */
  const GArray *meanings; /* HkMeaning in form order, or NULL; the lexicon's */
  guint         number;   /* label: as printed; block: its ordinal; else 0 */
  gboolean      agrees;   /* label: its number is that of a row of the form */
  gboolean      range;    /* label: of empty blocks (委託事項２～５) */
  gboolean      astray;   /* words: those of a label, number and all, that fits nowhere */
  gboolean      taken;    /* it has been dealt to a field */
  gboolean      written;  /* it stands on the sheet */
} HkPiece;

typedef struct _HkLexicon HkLexicon;

#define hk_piece(pieces, i) (&g_array_index ((pieces), HkPiece, (i)))

/* All words printed on FORM, by what they may be. */
HkLexicon *hk_lexicon_new (const HkForm *form);
void       hk_lexicon_free (HkLexicon *lexicon);

/* Cuts LINES (HkTextLine) into pieces (HkPiece) in source order. So many SPACES
   part words: two where columns are held by spaces, one where lines are run
   together; 0: none do. The array is the caller's. */
GArray *hk_pieces_cut (const HkForm *form, const HkLexicon *lexicon, const GArray *lines, guint spaces);

const char *hk_piece_class_name (HkPieceClass class);
