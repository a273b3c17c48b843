/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tokenizer: a cell's glyphs as a sequence of tokens.
 *
 * A token carries two things that folding would destroy if it came first: its
 * class, told from the raw characters (① is an item number, 1 is not), and
 * its span of glyphs, so that page, box and source can always be had. Beside
 * them stands the folded text, which is what is compared.
 */
#pragma once

#include "cell.h"

typedef enum {
  HK_TOKEN_WORDS,          /* any other text */
  HK_TOKEN_PART_NUMBER,    /* Ⅰ … Ⅻ at the start of a line */
  HK_TOKEN_APPENDIX,       /* （別添１） at the start of a line */
  HK_TOKEN_HEADING_NUMBER, /* １． at the start of a line */
  HK_TOKEN_ITEM_NUMBER,    /* ① */
  HK_TOKEN_PAREN_NUMBER,   /* (1) ⑴ */
  HK_TOKEN_OPTION_NUMBER,  /* 1) */
  HK_TOKEN_RISK_NUMBER,    /* リスク１： リスク： リスク１ and a space, at the start of a line */
  HK_TOKEN_OPEN,           /* [ */
  HK_TOKEN_CLOSE,          /* ] */
  HK_TOKEN_MARK,           /* ○ ● ✓ … */
  HK_TOKEN_BOX,            /* ☑ □ …: a mark that needs no brackets */
  HK_TOKEN_OPTIONS,        /* ＜選択肢＞ */
  HK_TOKEN_PAREN_OPEN,     /* （ */
  HK_TOKEN_PAREN_CLOSE,    /* ） */
  HK_TOKEN_DATE,           /* 令和６年10月1日, 2024年1月 */
  HK_TOKEN_NUMBER,         /* digits */
  HK_TOKEN_REFERENCE,      /* ※ */
  HK_TOKEN_SPACE           /* a gap or white space */
} HkTokenClass;

typedef struct {
  HkTokenClass class;
  guint        first, n; /* glyphs of the cell; n is 0 for a gap */
  guint        line;
  guint        number;   /* what a numbered class says: 3 for ③, Ⅲ, ３．; else 0 */
  char        *folded;   /* owned by the list */
} HkToken;

typedef struct {
  GArray       *tokens; /* HkToken */
  GStringChunk *chunk;
} HkTokens;

HkTokens *hk_tokenize (const HkTextCell *cell);
void      hk_tokens_free (HkTokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkTokens, hk_tokens_free)

#define hk_token(list, i) (&g_array_index ((list)->tokens, HkToken, (i)))

const char *hk_token_class_name (HkTokenClass class);
