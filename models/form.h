/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A form as data: its rows in printed order, each one line of a table.
 *
 * The grammar decides by shape and placement alone; what a form says is here.
 * Rows nest by depth: a row belongs to the nearest row above it that is less
 * deep. The order of the rows is also the order of the canonical XML.
 */
#pragma once

#include "hyokasho.h"

typedef enum {
  HK_ROW_PART,    /* Ⅰ 基本情報, （別添１）…: opens a part of the form */
  HK_ROW_HEADING, /* １．特定個人情報ファイル名 */
  HK_ROW_RISK,    /* リスク１：… */
  HK_ROW_BLOCK,   /* システム１, 委託事項１, 提供先１: opens one of a repeated block */
  HK_ROW_GROUP,   /* a label that stands over or beside other labels: ④使用の主体 */
  HK_ROW_ITEM,    /* a label with a value */
  HK_ROW_RECORD,  /* a table with column headings; its items are the columns */
  HK_ROW_WORDS    /* printed words that belong to no item */
} HkRowShape;

/* Where the value of an item stands. */
typedef enum {
  HK_PLACE_RIGHT,  /* in the cells to the right of the label */
  HK_PLACE_BELOW,  /* in the cell under the label */
  HK_PLACE_INSIDE, /* in the label's own row: ［　］委託しない after a heading, （　）件 after a choice */
  HK_PLACE_COLUMN, /* in the column under the label, once a record */
  HK_PLACE_SCATTERED /* in cells anywhere after the label, up to the next label of the part: the boxes of a drawing */
} HkPlacement;

typedef struct _HkFormRow HkFormRow;
struct _HkFormRow {
  guint8      depth;
  HkRowShape  shape;
  const char *number;    /* as printed before the label: "Ⅰ", "１", "①"; "" for none */
  const char *label;     /* printed label without number and ※; variants parted by '|', the current one first */
  const char *path;      /* catalogue path of the item, or of the block that a block, part or risk opens; NULL */
  HkKind      kind;      /* items only */
  HkPlacement placement; /* items only */
  const char *options;   /* choice: "words|words…"; checks: "slug=words|slug+=words…", + where words follow in brackets */
};

typedef struct {
  guint            number; /* 3 for 様式３ */
  const char      *name;   /* 様式３ */
  const char      *title;  /* 重点項目評価書 */
  const HkFormRow *rows;
  guint            n_rows;
} HkForm;

/* The form with that NUMBER, or NULL. */
const HkForm *hk_form (guint number);

/* The row that opened ROW (the nearest above it that is less deep), or NULL. */
const HkFormRow *hk_form_parent (const HkForm *form, const HkFormRow *row);

/* The item with catalogue PATH ("file[]/items/main"), or NULL. */
const HkFormRow *hk_form_find (const HkForm *form, const char *path);

/* Where in form order the first row stands whose path is PATH or begins with
   PATH and a '/'; G_MAXUINT if there is none. PATH has "[]" for numbers. */
guint hk_form_order (const HkForm *form, const char *path);

/* One option of a row: a view into the table, no terminator. */
typedef struct {
  const char *slug; /* checks only */
  gsize       slug_len;
  const char *words;
  gsize       words_len;
  gboolean    has_text; /* words in brackets may follow */
  guint       number;   /* which option, from 1; its variants share it */
} HkOption;

/* Steps through the options of ROW. CURSOR begins as NULL. FALSE after the last.
   Variants of one option's words are parted by ';' and come one after the
   other, each with the option's slug and number. */
gboolean hk_form_next_option (const HkFormRow *row, const char **cursor, HkOption *option);

/* Steps through the variants of ROW's label, likewise; each is [*text, *text + *len). */
gboolean hk_form_next_label (const HkFormRow *row, const char **cursor, const char **text, gsize *len);

/* What the form has at a path of the tree. The tree reaches deeper than the
   catalogue: a checks item has its options below it ("file[]/audit/self"), an
   option the words in its brackets ("…/self/text"); and an item that a part
   with a path of its own prints once more is kept there too (Ⅲ.1 as
   "file[]/risk/name"). */
typedef struct {
  const HkFormRow *row;   /* the item, or the checks item it lies below; NULL: a block or group */
  HkKind           kind;  /* of the value there */
  guint            order; /* among its siblings; they may be compared with each other only */
  gboolean         field; /* a path of the field table: catalogue item, option or its words */
} HkFormSpot;

/* FALSE: the form has nothing at PATH. */
gboolean hk_form_locate (const HkForm *form, const char *path, HkFormSpot *spot);
