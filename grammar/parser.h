/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser from inside. One struct holds its state; parser.c is what all
 * productions share. They are in parse.c (the form's structure), files.c
 * (Ⅱ.1, Ⅲ.1, 別添１), record.c (変更箇所), recognise.c (the form's mark) and
 * shapes.c (what stands in a value's cell).
 */
#pragma once

#include "label.h"
#include "layout.h"

typedef struct {
  const char *reason; /* NULL: no doubt */
  HkStatus    status;
} HkDoubt;

typedef struct {
  HkDocument   *document;
  HkLayout     *layout;
  HkVocabulary *vocabulary;
  const HkForm *form;

  /* Where in the form the parser stands. */
  const HkFormRow *part, *heading, *container; /* container: the open risk or block, or NULL */
  const HkFormRow *cursor;                     /* the row read last */
  guint            page;                       /* the page read last */
  HkBlocks         blocks;
  HkNode          *overview; /* the file whose Ⅱ was read last */

  /* Why values read now cannot be certain, however they are tied. */
  HkDoubt file_doubt;    /* of the file they belong to */
  HkDoubt heading_doubt; /* of the heading or risk they stand under */
} HkParser;

/* Consumes a cell: counts what became of its glyphs and frees it. */
void hk_parser_done (HkParser *parser, HkTextCell *cell);

/* The node for a catalogue path in the open blocks, opened first if need be. */
HkNode *hk_parser_node (HkParser *parser, const char *path);

/* How a value is tied to its label. */
typedef struct {
  HkStatus    status;
  const char *reason; /* NULL when certain */
  const char *label;  /* printed, or NULL */
} HkTie;

/* --- Shapes: each reads the value of ROW from CELL, which stays the caller's --- */

void hk_shape_read (HkParser *parser, const HkFormRow *row, HkTextCell *cell, const HkTie *tie);

/* The marks of CELL as those of the group ROW (checks.c). */
void hk_shape_checks (HkParser *parser, const HkFormRow *row, HkTextCell *cell, const HkTie *tie);

/* Reads the marks of CELL as those of the check items ROWS (［　］委託しない). */
void hk_shape_inside_checks (HkParser *parser, const HkFormRow *const *rows, guint n_rows, HkTextCell *cell, const HkTie *tie);

/* Puts a text value at PATH from the glyphs that TAKE selects. NULL: there are
   none, or the item has a value already (reported). */
HkValue *hk_shape_put_text (HkParser *parser, const char *path, HkKind kind, HkTextCell *cell, HkTake take, void *data, const HkTie *tie);

/* The same, but more of the item's value is put behind what it has. */
HkValue *hk_shape_add_text (HkParser *parser, const char *path, HkKind kind, HkTextCell *cell, HkTake take, void *data, const HkTie *tie);

/* A value of TEXT on NODE, whose catalogue path is PATH: as sure as its tie, and
   as the parser is of where it stands. */
HkValue *hk_shape_new_value (HkParser *parser, const char *path, HkNode *node, HkKind kind, const char *text, const HkTie *tie);

/* A value on a page that cannot be trusted is no surer than the page. */
void hk_shape_doubt_pages (HkParser *parser, HkValue *value);

/* A value that was read by OCR is uncertain, or inferred where it is PROVED by more
   than OCR: by a printed option, by its type, by the shape of a mark. */
void hk_shape_doubt_ocr (HkParser *parser, HkValue *value, gboolean proved);

/* The folded text of the first N glyphs of LIST (guint). Free with g_free(). */
char *hk_shape_fold_list (const HkTextCell *cell, const GArray *list, guint n);

/* Text in brackets, its label ROW's, in the cell of the choice above ROW. */
void hk_shape_text_inside (HkParser *parser, const HkFormRow *row, HkTextCell *cell, const HkTie *tie);

/* The lines of CELL that the brackets of its choice stand on. FALSE: it has none. */
gboolean hk_shape_choice_lines (const HkTextCell *cell, guint *from, guint *to);

/* --- Productions in files of their own --------------------------------------- */

/* Recognises form and edition of DOCUMENT from its first pages, without consuming any. */
void hk_recognise_form (HkDocument *document, HkLayout *layout);

/* ［令和６年10月　様式３］: reads it if CELL is that; FALSE if it is not. */
gboolean hk_parse_form_mark (HkParser *parser, HkTextCell *cell);

/* Ⅱ.1 or Ⅲ.1 under LABEL: opens the file that is named there. */
void hk_parse_file_name (HkParser *parser, const HkFormRow *row, HkTextCell *label);

/* Ⅱ or Ⅲ begins behind part BEFORE: until its item 1 says which, the likeliest
   file is open. */
void hk_enter_file_part (HkParser *parser, const HkFormRow *part, const HkFormRow *before);

/* 別添１ under LABEL: the record items ROW of one file or of several. */
void hk_parse_record_items (HkParser *parser, const HkFormRow *row, HkTextCell *label);

/* 別添１ of 様式４: the words of a drawing, the item ITEM, and what is written to it. */
void hk_parse_scattered (HkParser *parser, const HkFormRow *item);

/* 変更箇所: a table with column headings. */
void hk_parse_record (HkParser *parser, const HkFormRow *record);

/* Marks that the boxes of a scan do not tell, but other text of the document does (settle.c). */
void hk_settle_marks (HkParser *parser);

/* --- What the productions share (parser.c) -------------------------------------- */

/* Whether ROW is CONTAINER or belongs to it. */
gboolean hk_parser_is_within (const HkParser *parser, const HkFormRow *row, const HkFormRow *container);

/* The row of the form that CELL is the label of, where the parser stands; NULL: none. */
const HkFormRow *hk_parser_row_of (const HkParser *parser, const HkTextCell *cell, HkLabelMatch *match);

/* Whether CELL stands to the right of LABEL, in its row. */
gboolean hk_parser_is_beside (const HkTextCell *label, const HkTextCell *cell);

/* Behind a page that could not be read, another file or heading may be open than
   the parser knows: nothing is sure until one is named again. To be called for
   each cell before it is read. */
void hk_parser_pass_lost_pages (HkParser *parser, const HkTextCell *cell);

/* Takes the cell under LABEL out of the stream; NULL: there is none, or it is
   itself the next label. */
HkTextCell *hk_parser_take_below (HkParser *parser, const HkTextCell *label);

/* Whether every glyph of CELL has its use. */
gboolean hk_parser_is_spent (const HkTextCell *cell);

/* How VALUE is tied to the label it was found at. */
HkTie hk_parser_tie (const HkTextCell *value, const char *label);
