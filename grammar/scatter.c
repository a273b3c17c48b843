/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 別添１ of 様式４: a drawing. Its words stand in boxes, beside arrows and
 * loose on the sheet; they are one value, a box after the other, each with
 * its place. （備考） ends it: what is written below that is an item of its own.
 */
#include "fold.h"
#include "parser.h"

#include <string.h>

/* Glyphs [first, end) of a cell. */
typedef struct {
  guint first, end;
} Span;

static gboolean
take_span (const HkTextCell *cell,
           guint             glyph,
           void             *data)
{
  const Span *span = data;

  return glyph >= span->first && glyph < span->end && hk_cell_glyph (cell, glyph)->use == HK_USE_NONE;
}

/* The item after ITEM whose label LINE begins with; the label is its first *N
   glyphs. NULL: none. */
static const HkFormRow *
item_of_line (const HkParser   *parser,
              const HkFormRow  *item,
              const HkTextCell *cell,
              const HkLine     *line,
              guint            *n)
{
  const HkFormRow *end = parser->form->rows + parser->form->n_rows;

  for (const HkFormRow *next = item + 1; next < end && next->depth == item->depth && next->placement == HK_PLACE_SCATTERED; next++) {
    g_autofree char *label = hk_fold_utf8 (next->label, -1);

    for (*n = 1; *n <= line->n; (*n)++) {
      g_autofree char *folded = hk_text_cell_fold_span (cell, line->first, *n);
      if (strcmp (folded, label) == 0)
        return next;
      if (strlen (folded) > strlen (label))
        break;
    }
  }
  return NULL;
}

/* Where the parser stands among the items of the drawing. */
typedef struct {
  const HkFormRow *item;
  guint            page; /* that its label stood on; 0: it has none */
} Stand;

static void
add_span (HkParser    *parser,
          const Stand *stand,
          HkTextCell  *cell,
          Span         span)
{
  HkTie tie = hk_parser_tie (cell, *stand->item->label != '\0' ? stand->item->label : NULL);

  if (stand->page != 0 && cell->page != stand->page)
    tie = (HkTie){ HK_STATUS_UNCERTAIN, "it stands on a page after its label's", tie.label };
  hk_shape_add_text (parser, stand->item->path, stand->item->kind, cell, take_span, &span, &tie);
}

/* Gives the lines of CELL to the open item, and to those that begin in it. */
static void
read_cell (HkParser   *parser,
           Stand      *stand,
           HkTextCell *cell)
{
  Span span = { 0, 0 };

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine    *line = hk_cell_line (cell, l);
    guint            n;
    const HkFormRow *next = item_of_line (parser, stand->item, cell, line, &n);

    if (next != NULL) {
      add_span (parser, stand, cell, span);
      hk_text_cell_use (cell, line->first, n, HK_USE_FORM);
      *stand     = (Stand){ next, line->page };
      span.first = line->first;
    }
    span.end = line->first + line->n;
  }
  add_span (parser, stand, cell, span);
}

void
hk_parse_scattered (HkParser        *parser,
                    const HkFormRow *item)
{
  Stand       stand = { item, 0 };
  HkTextCell *cell;

  while ((cell = hk_layout_peek (parser->layout, 0)) != NULL) {
    HkLabelMatch     match;
    const HkFormRow *row = hk_parser_row_of (parser, cell, &match);

    if (row != NULL && row->shape == HK_ROW_PART)
      break;
    cell = hk_layout_take (parser->layout, 0);
    if (!hk_parser_is_spent (cell))
      read_cell (parser, &stand, cell);
    hk_parser_done (parser, cell);
  }
  parser->cursor = stand.item;
}
