/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The order in which a form's sheets are painted.
 *
 * Text in painting order jumps about the page. The official workbooks paint a
 * sheet in one order, whoever filled it in, so that a page of one document tells
 * where the words of the same page of another belong. Here are such pages, as
 * painting/painting.py learnt them from documents: what is painted, one after the other.
 * Rows are named by their place in the form's table (formN.c), so that the
 * tables have to be written anew when rows come in between.
 */
#pragma once

#include "form.h"

typedef enum {
  HK_PAINTED_LABEL,       /* of the row; blocks that are a range (委託事項２～５): option is its end */
  HK_PAINTED_VALUE,       /* of a text, a choice or a count */
  HK_PAINTED_OPEN,        /* [ before a choice or, with its number, an option */
  HK_PAINTED_MARK,        /* ○ */
  HK_PAINTED_CLOSE,       /* ] */
  HK_PAINTED_NAME,        /* words of an option */
  HK_PAINTED_PAREN_OPEN,  /* （ behind them, or before a count */
  HK_PAINTED_TEXT,        /* what stands in these */
  HK_PAINTED_PAREN_CLOSE, /* ） */
  HK_PAINTED_LIST,        /* ＜選択肢＞ of a choice */
  HK_PAINTED_ENTRY        /* an entry of that list */
} HkPaintedKind;

typedef struct {
  guint8  kind;   /* HkPaintedKind */
  guint16 row;    /* index in the form's rows */
  guint8  option; /* number of the option or entry, from 1; else 0 */
  guint8  twin;   /* of a block that is on the page twice: 0 is the first of them */
} HkPainted;

typedef struct {
  const HkPainted *painted;
  guint            n;
} HkPaintedPage;

/* Where the box of an option stands in its group. */
typedef struct {
  guint16 row;    /* index in the form's rows */
  guint8  option; /* its number */
  guint8  line, column;
} HkPaintedOption;

typedef struct {
  guint                  n_rows; /* of the form when these were learnt */
  const HkPaintedPage   *pages;
  guint                  n_pages;
  const HkPaintedOption *options;
  guint                  n_options;
} HkPainting;

/* How FORM is painted, or NULL. */
const HkPainting *hk_painting (const HkForm *form);

/* The place of an option's box; NULL: not known. */
const HkPaintedOption *hk_painting_option (const HkPainting *painting, guint row, guint option);
