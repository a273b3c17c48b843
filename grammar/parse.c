/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser: recursive descent over the stream of text cells.
 *
 *   document := part*
 *   part     := PART (heading | item | record)*       Ⅰ 基本情報 …
 *   heading  := HEADING inside* (risk | block | group | item)*
 *   risk     := RISK item*                            リスク１：…
 *   block    := BLOCK item*                           委託事項１ …
 *   item     := LABEL value                           right of it, below it, or inside its row
 *
 * The tokens of this grammar are cells that say what a row of the form says.
 * Which row a label means, where several say the same (リスクへの対策は十分か),
 * is decided by where the parser stands: the next such row of what is open.
 * Values are taken by their place beside the label, never by what they say,
 * so that a value may say anything.
 */
#include "parse.h"
#include "fold.h"
#include "marks.h"
#include "parser.h"

#include <math.h>
#include <string.h>

static void parse_row (HkParser *parser, const HkFormRow *row);

/* Reports a cell that has no place. If it is numbered like a heading or a risk,
   it may be one that the form table does not know, and what follows is its. */
static void
pass_unknown (HkParser   *parser,
              HkTextCell *cell)
{
  g_auto (HkLabel) label = hk_label_read (cell);
  HkPlace place = hk_text_cell_place (cell);

  gboolean numbered = label.class == HK_TOKEN_HEADING_NUMBER || label.class == HK_TOKEN_RISK_NUMBER ||
                      label.class == HK_TOKEN_PART_NUMBER || label.class == HK_TOKEN_APPENDIX;
  gboolean sentence = cell->lines->len > 2 || strstr (label.folded, "。") != NULL;
  if (numbered && !sentence && parser->part != NULL && *parser->part->number != '\0') {
    hk_report (parser->document, HK_DIAG_LABEL_UNKNOWN, &place, label.folded);
    parser->heading_doubt = (HkDoubt){ "a heading that is not known stands over it", HK_STATUS_UNCERTAIN };
  }
  else
    hk_report (parser->document, HK_DIAG_TEXT_UNPLACED, &place);
}

/* The row that the next cell is the label of. Cells that are no label here are
   reported and left behind: the parser takes up again at the next marker. */
static const HkFormRow *
peek_row (HkParser *parser)
{
  HkTextCell *cell;

  while ((cell = hk_layout_peek (parser->layout, 0)) != NULL) {
    HkLabelMatch     match;

    hk_parser_pass_lost_pages (parser, cell);
    const HkFormRow *row = hk_parser_is_spent (cell) ? NULL : hk_parser_row_of (parser, cell, &match);

    if (row != NULL)
      return row;
    cell = hk_layout_take (parser->layout, 0);
    if (!hk_parser_is_spent (cell) && !hk_parse_form_mark (parser, cell))
      pass_unknown (parser, cell);
    hk_parser_done (parser, cell);
  }
  return NULL;
}

/* Whether anything under NODE was written by somebody: marks that are not set
   are printed in every empty block, too. */
static gboolean
has_content (const HkNode *node)
{
  if (node->value != NULL && !(node->value->kind == HK_KIND_CHECK && strcmp (node->value->text, "0") == 0))
    return TRUE;
  for (const HkNode *child = node->first; child != NULL; child = child->next)
    if (has_content (child))
      return TRUE;
  return FALSE;
}

static HkNode **
block_slot (HkParser        *parser,
            const HkFormRow *row)
{
  if (strcmp (row->path, "system[]") == 0)
    return &parser->blocks.system;
  if (strcmp (row->path, "file[]/consignment[]") == 0)
    return &parser->blocks.consignment;
  if (strcmp (row->path, "file[]/provision[]") == 0)
    return &parser->blocks.provision;
  return &parser->blocks.transfer;
}

/* --- Cells beside and below a label ------------------------------------------------ */

/* A sub-label: a label of the form with something to its own right. */
static gboolean
is_label_here (HkParser         *parser,
               guint             ahead,
               const HkFormRow  *under)
{
  HkTextCell  *cell = hk_layout_peek (parser->layout, ahead);
  HkTextCell  *next = hk_layout_peek (parser->layout, ahead + 1);
  HkLabelMatch match;
  const HkFormRow *row = hk_parser_row_of (parser, cell, &match);

  return row != NULL && row != under && row->shape != HK_ROW_WORDS && next != NULL && hk_parser_is_beside (cell, next);
}

/* Whether the text of CELL is written over the edge of NEXT: it is one text. */
static gboolean
reaches_over (const HkTextCell *cell,
              const HkTextCell *next)
{
  for (guint l = 0; l < cell->lines->len; l++)
    if (hk_cell_line (cell, l)->box.x1 > next->box.x0 + 1)
      return TRUE;
  return FALSE;
}

/* Takes the cells to the right of LABEL out of the stream, as one; NULL: none. */
static HkTextCell *
take_right (HkParser         *parser,
            const HkTextCell *label,
            const HkFormRow  *row)
{
  HkTextCell *value = NULL, *cell;

  while ((cell = hk_layout_peek (parser->layout, 0)) != NULL && hk_parser_is_beside (label, cell) && !is_label_here (parser, 0, row)) {
    cell = hk_layout_take (parser->layout, 0);
    if (value == NULL)
      value = cell;
    else {
      gboolean text = row->shape == HK_ROW_BLOCK || (row->shape == HK_ROW_ITEM && (row->kind == HK_KIND_TEXT || row->kind == HK_KIND_LIST));
      if (text && !hk_text_cell_is_blank (value) && !hk_text_cell_is_blank (cell) && !reaches_over (value, cell))
        value->doubt = "more than one cell stands beside its label";
      hk_text_cell_merge (value, cell);
    }
  }
  return value;
}

/* --- Items --------------------------------------------------------------------------- */

/* The label as printed, for people. */
static char *
printed_label (const HkTextCell   *cell,
               const HkLabelMatch *match)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < match->n; i++) {
    const HkGlyph *glyph = hk_cell_glyph (cell, i);
    if (glyph->box.x0 < match->limit && (!hk_is_space (glyph->ch) || (out->len > 0 && i + 1 < match->n)))
      g_string_append_unichar (out, glyph->ch);
  }
  return g_string_free (out, FALSE);
}

/* Takes the label of ROW, marks it as printed form. */
static HkTextCell *
take_label (HkParser        *parser,
            const HkFormRow *row,
            HkLabelMatch    *match)
{
  HkTextCell *cell = hk_layout_take (parser->layout, 0);

  hk_parser_row_of (parser, cell, match);
  for (guint i = 0; i < match->n; i++)
    if (hk_cell_glyph (cell, i)->box.x0 < match->limit)
      hk_text_cell_use (cell, i, 1, HK_USE_FORM);
  parser->cursor = row;
  if (row->shape == HK_ROW_PART || row->shape == HK_ROW_HEADING || row->shape == HK_ROW_RISK)
    parser->heading_doubt = (HkDoubt){ NULL, HK_STATUS_CERTAIN };
  return cell;
}

/* Items that stand inside of ROW's own row. */
static GPtrArray *
inside_rows (const HkParser  *parser,
             const HkFormRow *row)
{
  GPtrArray       *rows = g_ptr_array_new ();
  const HkFormRow *end  = parser->form->rows + parser->form->n_rows;

  for (const HkFormRow *child = row + 1; child < end && child->depth > row->depth; child++)
    if (child->placement == HK_PLACE_INSIDE && hk_form_parent (parser->form, child) == row)
      g_ptr_array_add (rows, (gpointer) child);
  return rows;
}

static void
read_inside (HkParser        *parser,
             const GPtrArray *rows,
             HkKind           kind,
             HkTextCell      *value,
             const HkTie     *tie)
{
  for (guint i = 0; i < rows->len; i++) {
    const HkFormRow *row = rows->pdata[i];

    if (row->kind == kind)
      hk_shape_read (parser, row, value, tie);
  }
}

static void
parse_item_right (HkParser        *parser,
                  const HkFormRow *row)
{
  HkLabelMatch match;
  HkTextCell  *label = take_label (parser, row, &match);
  HkTextCell  *value = take_right (parser, label, row);

  if (value != NULL) {
    g_autofree char *printed = printed_label (label, &match);
    g_autoptr (GPtrArray) inside = inside_rows (parser, row);
    HkTie tie = hk_parser_tie (value, printed);

    read_inside (parser, inside, HK_KIND_TEXT, value, &tie); /* its own words tell it apart; the choice could not */
    read_inside (parser, inside, HK_KIND_COUNT, value, &tie); /* before the list of options takes numbers for its own */
    hk_shape_read (parser, row, value, &tie);
    hk_parser_done (parser, value);
  }
  hk_parser_done (parser, label);
}

static void
parse_item_below (HkParser         *parser,
                  const HkFormRow  *row,
                  const HkTextCell *label,
                  const char       *printed)
{
  HkTextCell *value = hk_parser_take_below (parser, label);

  if (value != NULL) {
    HkTie tie = hk_parser_tie (value, printed);

    hk_shape_read (parser, row, value, &tie);
    hk_parser_done (parser, value);
  }
}

/* The cell with the marks that belong to the heading LABEL, if they stand on a
   line of their own below it; NULL: they do not. */
static HkTextCell *
take_marks_below (HkParser         *parser,
                  const HkTextCell *label)
{
  HkTextCell  *cell = hk_layout_peek (parser->layout, 0);
  HkLabelMatch match;

  if (cell == NULL || cell->page != label->page || cell->box.y0 - label->box.y1 > hk_box_height (&label->box) ||
      hk_parser_row_of (parser, cell, &match) != NULL)
    return NULL;
  g_autoptr (GArray) slots = hk_slots_find (cell);
  return slots->len > 0 ? hk_layout_take (parser->layout, 0) : NULL;
}

/* ［　］委託しない behind a heading, in its cell or in those beside it. */
static void
parse_inside_checks (HkParser        *parser,
                     const HkFormRow *row,
                     HkTextCell     **label)
{
  g_autoptr (GPtrArray) checks = inside_rows (parser, row);

  if (checks->len == 0)
    return;
  HkTextCell *marks = take_right (parser, *label, row);
  if (marks == NULL && hk_parser_is_spent (*label))
    marks = take_marks_below (parser, *label);
  if (marks != NULL)
    hk_text_cell_merge (*label, marks);
  HkTie tie = hk_parser_tie (*label, row->label);
  hk_shape_inside_checks (parser, (const HkFormRow *const *) checks->pdata, checks->len, *label, &tie);
}

/* --- Containers ----------------------------------------------------------------------------- */

/* Reads on while the rows belong to CONTAINER. */
static void
parse_container (HkParser        *parser,
                 const HkFormRow *container)
{
  const HkFormRow *row;

  while ((row = peek_row (parser)) != NULL && row != container && hk_parser_is_within (parser, row, container))
    parse_row (parser, row);
}

/* Puts the printed words of LABEL over the group at catalogue PATH, if anything
   was read there: Ⅲ's processes and risks are known by name and number. */
static void
title_group (HkParser         *parser,
             const char       *path,
             const char       *printed)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  gboolean of_file = g_str_has_prefix (path, "file[]/");
  HkNode  *node = of_file ? parser->blocks.file : parser->document->root;

  for (guint i = of_file; segments[i] != NULL && node != NULL; i++)
    node = hk_node_get (node, segments[i], 0);
  if (node != NULL && node->title == NULL)
    node->title = hk_arena_strdup (parser->document->arena, printed);
}

/* The process that a heading over risks is about (file[]/risk/use; in 様式２
   risk/use), or NULL: the first segments of its items' paths. Free with g_free(). */
static char *
process_path (const HkParser  *parser,
              const HkFormRow *heading)
{
  const HkFormRow *end = parser->form->rows + parser->form->n_rows;

  for (const HkFormRow *row = heading + 1; row < end && row->depth > heading->depth; row++) {
    const char *path = row->path != NULL ? row->path : "";
    const char *rest = g_str_has_prefix (path, "file[]/") ? path + strlen ("file[]/") : path;
    const char *next = g_str_has_prefix (rest, "risk/") ? strchr (rest + strlen ("risk/"), '/') : NULL;
    if (next != NULL)
      return g_strndup (row->path, (gsize) (next - row->path));
  }
  return NULL;
}

/* A heading of a part whose own heading was not seen: the parser goes on there,
   but which of several parts with such a heading it is, is not sure. */
static void
enter_part_of (HkParser         *parser,
               const HkFormRow  *row,
               const HkTextCell *label)
{
  HkPlace          place  = hk_text_cell_place (label);
  g_autofree char *folded = hk_text_cell_fold (label);

  const HkFormRow *before = parser->part;

  parser->part = row;
  while (parser->part->depth > 0)
    parser->part = hk_form_parent (parser->form, parser->part);
  hk_report (parser->document, HK_DIAG_LABEL_UNEXPECTED, &place, folded, parser->part->label);
  hk_enter_file_part (parser, parser->part, before);
  parser->heading_doubt = (HkDoubt){ "the heading of its part is missing", HK_STATUS_UNCERTAIN };
}

static void
parse_heading (HkParser        *parser,
               const HkFormRow *row)
{
  HkLabelMatch match;
  HkTextCell  *label = take_label (parser, row, &match);

  if (parser->part == NULL || !hk_parser_is_within (parser, row, parser->part))
    enter_part_of (parser, row, label);
  parser->heading   = row;
  parser->container = NULL;
  parse_inside_checks (parser, row, &label);

  /* Ⅱ.1 opens a file, whether or not Ⅱ stands over it again */
  const HkFormRow *next = row + 1 < parser->form->rows + parser->form->n_rows ? row + 1 : NULL;
  if (next != NULL && next->placement == HK_PLACE_BELOW && *next->label == '\0' && next->depth > row->depth) {
    if (strcmp (next->path, "file[]/name") == 0)
      hk_parse_file_name (parser, next, label);
    else {
      g_autofree char *printed = printed_label (label, &match);
      parse_item_below (parser, next, label, printed);
      parser->cursor = next;
    }
  }
  g_autofree char *printed = printed_label (label, &match);
  g_autofree char *process = process_path (parser, row);
  hk_parser_done (parser, label);
  parse_container (parser, row);
  if (process != NULL)
    title_group (parser, process, printed);
}

static void
parse_risk (HkParser        *parser,
            const HkFormRow *row)
{
  HkLabelMatch match;
  HkTextCell  *label = take_label (parser, row, &match);
  g_autofree char *printed = printed_label (label, &match);

  parser->container = row;
  hk_parser_done (parser, label);
  parse_container (parser, row);
  title_group (parser, row->path, printed);
  if (parser->container == row)
    parser->container = NULL;
}

/* The title or recipient beside a block's heading is the first item of the block. */
static void
parse_block_title (HkParser           *parser,
                   const HkFormRow    *row,
                   HkTextCell         *label,
                   const HkLabelMatch *match)
{
  const HkFormRow *title = row + 1;
  HkTextCell      *value = take_right (parser, label, row);

  if (strcmp (title->label, row->label) != 0) { /* the block has none */
    hk_parser_done (parser, value);
    return;
  }
  g_autofree char *printed = printed_label (label, match);
  if (value != NULL) {
    HkTie tie = hk_parser_tie (value, printed);
    hk_shape_read (parser, title, value, &tie);
    hk_parser_done (parser, value);
  }
  if (!hk_parser_is_spent (label)) { /* in the heading's own cell */
    HkTie tie = hk_parser_tie (label, printed);
    hk_shape_read (parser, title, label, &tie);
  }
}

/* システムｎ is known by its printed number, unless another one has it. */
static HkNode *
open_system (HkParser         *parser,
             const HkFormRow  *row,
             const HkTextCell *label,
             guint             ordinal)
{
  HkDocument *document = parser->document;
  guint       number   = ordinal;

  if (number == 0 || hk_node_get (document->root, "system", number) != NULL) {
    HkPlace          place = hk_text_cell_place (label);
    g_autofree char *path  = NULL;

    for (number = 1; hk_node_get (document->root, "system", number) != NULL;)
      number++;
    path = g_strdup_printf ("system[%u]", number);
    hk_report (document, HK_DIAG_NUMBER_TWICE, &place, row->label, path);
    parser->heading_doubt = (HkDoubt){ "its printed number is another system's, too", HK_STATUS_UNCERTAIN };
  }
  return hk_node_child (document, document->root, "system", number, hk_form_order (parser->form, row->path));
}

static void
parse_block (HkParser        *parser,
             const HkFormRow *row)
{
  HkLabelMatch match;
  HkTextCell  *label = take_label (parser, row, &match);
  HkNode     **slot  = block_slot (parser, row);

  parser->container = row;
  *slot             = NULL;
  HkDoubt before = parser->heading_doubt;
  if (strcmp (row->path, "system[]") == 0 && !match.range)
    *slot = open_system (parser, row, label, match.ordinal);
  if (!match.range)
    parse_block_title (parser, row, label, &match);
  hk_parser_done (parser, label);
  parse_container (parser, row);
  if (*slot != NULL && !has_content (*slot))
    hk_node_unlink (*slot);
  *slot = NULL;
  if (parser->heading_doubt.reason != NULL && before.reason == NULL && parser->container == row)
    parser->heading_doubt = before;
  if (parser->container == row)
    parser->container = NULL;
}

static void
parse_part (HkParser        *parser,
            const HkFormRow *row)
{
  HkLabelMatch match;
  HkTextCell  *label = take_label (parser, row, &match);

  const HkFormRow *before = parser->part;

  parser->part      = row;
  parser->heading   = NULL;
  parser->container = NULL;
  hk_enter_file_part (parser, row, before);

  const HkFormRow *next = row + 1 < parser->form->rows + parser->form->n_rows ? row + 1 : NULL;
  if (next != NULL && next->placement == HK_PLACE_BELOW && next->shape == HK_ROW_ITEM && *next->label == '\0' && next->depth > row->depth)
    hk_parse_record_items (parser, next, label);
  else if (next != NULL && next->placement == HK_PLACE_SCATTERED && next->depth > row->depth)
    hk_parse_scattered (parser, next);
  else if (next != NULL && next->shape == HK_ROW_RECORD)
    hk_parse_record (parser, next);
  hk_parser_done (parser, label);
  parse_container (parser, row);
}

static void
parse_row (HkParser        *parser,
           const HkFormRow *row)
{
  HkLabelMatch match;

  switch (row->shape) {
  case HK_ROW_PART:
    parse_part (parser, row);
    break;
  case HK_ROW_HEADING:
    parse_heading (parser, row);
    break;
  case HK_ROW_RISK:
    parse_risk (parser, row);
    break;
  case HK_ROW_BLOCK:
    parse_block (parser, row);
    break;
  case HK_ROW_GROUP:
  case HK_ROW_WORDS:
  case HK_ROW_RECORD:
    hk_parser_done (parser, take_label (parser, row, &match));
    break;
  case HK_ROW_ITEM:
    if (row->placement == HK_PLACE_BELOW) {
      HkTextCell      *label   = take_label (parser, row, &match);
      g_autofree char *printed = printed_label (label, &match);
      parse_item_below (parser, row, label, printed);
      hk_parser_done (parser, label);
    }
    else
      parse_item_right (parser, row);
    break;
  }
}

/* --- The document ------------------------------------------------------------------------------ */

void
hk_parse (HkPageSource *source,
          HkDocument   *document)
{
  HkParser parser = { .document = document, .layout = hk_layout_new (source, document) };
  const HkFormRow *row;

  hk_recognise_form (document, parser.layout);
  parser.form       = document->form != NULL ? document->form : hk_form (3); /* any: nothing is read */
  parser.vocabulary = hk_vocabulary_new (parser.form);
  hk_layout_set_vocabulary (parser.layout, parser.vocabulary);
  if (document->form != NULL)
    while ((row = peek_row (&parser)) != NULL)
      parse_row (&parser, row);
  for (HkTextCell *cell; (cell = hk_layout_take (parser.layout, 0)) != NULL;)
    hk_parser_done (&parser, cell);
  hk_settle_marks (&parser);
  hk_layout_free (parser.layout);
  hk_vocabulary_free (parser.vocabulary);
}
