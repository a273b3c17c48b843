/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all productions share: where the parser stands, which row a cell is the
   label of there, the open blocks, and the accounts. */
#include "parser.h"
#include "fold.h"

#include <math.h>
#include <string.h>

/* Cells that touch are this close (points). */
#define TOUCH 3.0

/* A cell stands under another if this part of the narrower one's width is shared. */
#define SHARED_WIDTH 0.5

/* How many cells ahead a value is looked for under its label. */
#define LOOK_AHEAD 40

/* --- Where the parser stands ------------------------------------------------ */

gboolean
hk_parser_is_within (const HkParser  *parser,
                     const HkFormRow *row,
                     const HkFormRow *container)
{
  for (; row != NULL; row = hk_form_parent (parser->form, row))
    if (row == container)
      return TRUE;
  return FALSE;
}

/* How dear it is to go on from here with MATCH; G_MAXUINT: not possible here.
   Going on inside of what is open is cheap, leaving it is dearer, a row that
   was passed is dearest. */
static guint
cost_of (const HkParser     *parser,
         const HkLabelMatch *match)
{
  const HkFormRow *row   = match->row;
  gboolean         ahead = parser->cursor == NULL || row > parser->cursor;

  switch (row->shape) {
  case HK_ROW_PART:
    if (*row->number != '\0' && !match->number_agrees)
      return G_MAXUINT;
    return ahead ? 50 : 60;
  case HK_ROW_HEADING:
    if (parser->part == NULL || !hk_parser_is_within (parser, row, parser->part))
      return !match->number_agrees ? G_MAXUINT : ahead ? 90 : 95; /* its part's heading is missing */
    if (!match->number_agrees)
      return match->renumbered && ahead ? 48 : G_MAXUINT;
    return ahead ? 40 : 45;
  case HK_ROW_WORDS:
    return parser->part != NULL && ahead && hk_parser_is_within (parser, row, parser->part) ? 5 : G_MAXUINT;
  case HK_ROW_BLOCK:
    return parser->heading != NULL && hk_parser_is_within (parser, row, parser->heading) ? 20 : G_MAXUINT;
  case HK_ROW_RISK:
    if (parser->heading == NULL || !hk_parser_is_within (parser, row, parser->heading))
      return G_MAXUINT;
    return ahead ? 20 : 70;
  case HK_ROW_GROUP:
  case HK_ROW_ITEM:
  case HK_ROW_RECORD:
    break;
  }

  guint disagrees = match->number_agrees ? 0 : 5;
  if (row->placement == HK_PLACE_INSIDE)
    return G_MAXUINT;
  if (parser->container != NULL && hk_parser_is_within (parser, row, parser->container))
    return (ahead ? 10 : 65) + disagrees;
  if (parser->heading != NULL && hk_parser_is_within (parser, row, parser->heading)) {
    const HkFormRow *parent = hk_form_parent (parser->form, row);
    while (parent != NULL && parent->shape != HK_ROW_BLOCK && parent->shape != HK_ROW_HEADING)
      parent = hk_form_parent (parser->form, parent);
    if (parent != NULL && parent->shape == HK_ROW_BLOCK)
      return G_MAXUINT; /* an item of a block that is not open */
    return (ahead ? 15 : 65) + disagrees;
  }
  if (parser->part != NULL && hk_parser_is_within (parser, row, parser->part))
    return (hk_form_parent (parser->form, row) == parser->part ? 30 : 80) + disagrees;
  return G_MAXUINT;
}

/* The row of CELL, of which it is known; its words may have been misread. */
static const HkFormRow *
told_row (const HkTextCell *cell,
          const HkLabel    *label,
          const GArray     *matches,
          HkLabelMatch     *match)
{
  *match = (HkLabelMatch){ .row = cell->row, .number_agrees = TRUE, .n = label->n, .limit = label->limit };
  for (guint i = 0; i < matches->len; i++)
    if (g_array_index (matches, HkLabelMatch, i).row == cell->row)
      *match = g_array_index (matches, HkLabelMatch, i);
  return cell->row;
}

const HkFormRow *
hk_parser_row_of (const HkParser   *parser,
                  const HkTextCell *cell,
                  HkLabelMatch     *best)
{
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (parser->vocabulary, cell, &label);
  guint least = G_MAXUINT;

  if (cell->told)
    return told_row (cell, &label, matches, best);
  for (guint i = 0; i < matches->len; i++) {
    const HkLabelMatch *match = &g_array_index (matches, HkLabelMatch, i);
    guint               cost  = cost_of (parser, match);

    if (cost < least) {
      least = cost;
      *best = *match;
    }
  }
  return least == G_MAXUINT ? NULL : best->row;
}

void
hk_parser_done (HkParser   *parser,
                HkTextCell *cell)
{
  if (cell == NULL)
    return;
  hk_text_cell_account (cell, parser->document);
  hk_text_cell_free (cell);
}

gboolean
hk_parser_is_spent (const HkTextCell *cell)
{
  for (guint i = 0; i < cell->glyphs->len; i++)
    if (hk_cell_glyph (cell, i)->use == HK_USE_NONE && hk_is_ink (hk_cell_glyph (cell, i)))
      return FALSE;
  return TRUE;
}

HkTie
hk_parser_tie (const HkTextCell *value,
               const char       *label)
{
  if (value->doubt != NULL)
    return (HkTie){ HK_STATUS_UNCERTAIN, value->doubt, label };
  if (value->inferred != NULL)
    return (HkTie){ HK_STATUS_INFERRED, value->inferred, label };
  if (!value->ruled)
    return (HkTie){ HK_STATUS_INFERRED, "tied by alignment, there are no rules", label };
  if (value->guessed)
    return (HkTie){ HK_STATUS_INFERRED, "its cell seems to run over the page's end", label };
  return (HkTie){ HK_STATUS_CERTAIN, NULL, label };
}

/* --- Blocks -------------------------------------------------------------------- */

static HkNode *
open_block (HkParser   *parser,
            HkNode     *parent,
            const char *name,
            const char *path)
{
  return hk_node_child (parser->document, parent, name, hk_node_next_number (parent, name), hk_form_order (parser->form, path));
}

/* Opens the blocks that PATH needs and that are not open: a block begins to
   exist with its first value, so that empty ones leave nothing behind. */
HkNode *
hk_parser_node (HkParser   *parser,
                const char *path)
{
  HkBlocks *blocks = &parser->blocks;
  HkNode   *root   = parser->document->root;

  if (g_str_has_prefix (path, "file[]") && blocks->file == NULL)
    blocks->file = open_block (parser, root, "file", "file[]");
  if (g_str_has_prefix (path, "system[]") && blocks->system == NULL)
    blocks->system = open_block (parser, root, "system", "system[]");
  if (g_str_has_prefix (path, "file[]/consignment[]") && blocks->consignment == NULL)
    blocks->consignment = open_block (parser, blocks->file, "consignment", "file[]/consignment[]");
  if (g_str_has_prefix (path, "file[]/provision[]") && blocks->provision == NULL)
    blocks->provision = open_block (parser, blocks->file, "provision", "file[]/provision[]");
  if (g_str_has_prefix (path, "file[]/transfer[]") && blocks->transfer == NULL)
    blocks->transfer = open_block (parser, blocks->file, "transfer", "file[]/transfer[]");
  if (g_str_has_prefix (path, "change[]") && blocks->change == NULL)
    blocks->change = open_block (parser, root, "change", "change[]");
  return hk_document_node (parser->document, blocks, path);
}

/* --- Values beside and below their labels --------------------------------------------------- */

gboolean
hk_parser_is_beside (const HkTextCell *label,
                     const HkTextCell *cell)
{
  double y = hk_box_mid_y (&cell->box);

  return cell->page == label->page && cell->box.x0 > label->box.x1 - TOUCH && y > label->box.y0 - TOUCH && y < label->box.y1 + TOUCH;
}

static gboolean
is_below (const HkTextCell *label,
          const HkTextCell *cell)
{
  double shared = MIN (label->last_box.x1, cell->box.x1) - MAX (label->last_box.x0, cell->box.x0);
  double width  = MIN (hk_box_width (&label->last_box), hk_box_width (&cell->box));

  if (cell->page == label->last_page && cell->box.y0 < label->last_box.y1 - TOUCH)
    return FALSE;
  return shared > SHARED_WIDTH * width;
}

/* Whether a cell stands right of the one AHEAD, as one stands beside a label. */
static gboolean
has_cell_beside (HkParser *parser,
                 guint     ahead)
{
  const HkTextCell *cell = hk_layout_peek (parser->layout, ahead);
  const HkTextCell *next = hk_layout_peek (parser->layout, ahead + 1);

  return next != NULL && hk_parser_is_beside (cell, next);
}

/* Whether the cell AHEAD is but an empty strip beside the text under LABEL: a side
   of it is open, and a cell with text that stands under LABEL, too, follows level with it. */
static gboolean
is_margin (HkLayout         *layout,
           guint             ahead,
           const HkTextCell *label)
{
  const HkTextCell *cell = hk_layout_peek (layout, ahead), *next = hk_layout_peek (layout, ahead + 1);

  return cell->open != 0 && hk_text_cell_is_blank (cell) && next != NULL && next->page == cell->page &&
         next->box.x0 > cell->box.x1 - TOUCH && fabs (next->box.y0 - cell->box.y0) < TOUCH && is_below (label, next) && !hk_text_cell_is_blank (next);
}

HkTextCell *
hk_parser_take_below (HkParser         *parser,
                      const HkTextCell *label)
{
  HkTextCell *cell;

  for (guint ahead = 0; ahead < LOOK_AHEAD && (cell = hk_layout_peek (parser->layout, ahead)) != NULL; ahead++) {
    HkLabelMatch match;

    if (hk_parser_is_spent (cell) && cell->glyphs->len > 0)
      continue; /* running text */
    if (!is_below (label, cell)) {
      if (cell->page > label->last_page + 1)
        return NULL;
      continue;
    }
    if (is_margin (parser->layout, ahead, label))
      continue;
    gboolean touches = label->ruled && cell->ruled && cell->page == label->last_page && cell->box.y0 - label->last_box.y1 < TOUCH;
    const HkFormRow *row = hk_parser_row_of (parser, cell, &match);
    if (row != NULL && (cell->told || !touches || row->shape == HK_ROW_HEADING || row->shape == HK_ROW_PART || has_cell_beside (parser, ahead)))
      return NULL;
    return hk_layout_take (parser->layout, ahead);
  }
  return NULL;
}

/* --- Lost pages ------------------------------------------------------------------- */

void
hk_parser_pass_lost_pages (HkParser         *parser,
                           const HkTextCell *cell)
{
  if (hk_layout_has_lost (parser->layout, parser->page, cell->page)) {
    parser->heading_doubt = (HkDoubt){ "a page before it could not be read", HK_STATUS_UNCERTAIN };
    parser->file_doubt    = parser->heading_doubt;
  }
  parser->page = MAX (parser->page, cell->page);
}
