/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text with a label of its own in the cell of a choice: （手数料額、納付方法：　…　）. */
#include "fold.h"
#include "parser.h"

#include <string.h>

/* （手数料額、納付方法：　…　） under a choice: where its parts stand. */
typedef struct {
  guint from;        /* the line it begins in */
  guint line;        /* the line of its label */
  guint open, close; /* its brackets; CLOSE may be the number of glyphs: none */
  guint end;         /* the first glyph behind the label */
  gboolean written;  /* glyphs stand in the order in which they were written */
} Labelled;

/* Finds an opening bracket with the words of ROW behind it. */
static gboolean
find_label_inside (const HkFormRow  *row,
                   const HkTextCell *cell,
                   Labelled         *found)
{
  g_autofree char *words = hk_fold_utf8 (row->label, -1);

  for (found->line = 0; found->line < cell->lines->len; found->line++) {
    const HkLine *line = hk_cell_line (cell, found->line);
    guint         end  = line->first + line->n;

    for (found->open = line->first; found->open < end; found->open++) {
      if (!hk_is_open_paren (hk_cell_glyph (cell, found->open)->ch))
        continue;
      for (found->end = found->open + 2; found->end <= end; found->end++) {
        g_autofree char *folded = hk_text_cell_fold_span (cell, found->open + 1, found->end - found->open - 1);
        if (strcmp (folded, words) == 0)
          return TRUE;
        if (strlen (folded) > strlen (words))
          break;
      }
    }
  }
  return FALSE;
}

/* Whether LINE has the brackets of a choice of ROW, or one of its options by
   number, or is one. */
static gboolean
is_of_choice (const HkFormRow  *row,
              const HkTextCell *cell,
              guint             line)
{
  const HkLine    *at     = hk_cell_line (cell, line);
  g_autofree char *folded = hk_text_cell_fold_span (cell, at->first, at->n);
  const char      *cursor = NULL;
  HkOption         option;
  guint            from, to;

  if (hk_shape_choice_lines (cell, &from, &to) && from <= line && line <= to)
    return TRUE;
  while (hk_form_next_option (row, &cursor, &option)) {
    g_autofree char *words = hk_fold_utf8 (option.words, (gssize) option.words_len);
    g_autofree char *listed = g_strdup_printf ("%u)%s", option.number, words);
    if (strstr (folded, listed) != NULL || strcmp (folded, words) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether LINE is the head of a list of options. */
static gboolean
is_list (const HkTextCell *cell,
         guint             line)
{
  const HkLine    *at     = hk_cell_line (cell, line);
  g_autofree char *folded = hk_text_cell_fold_span (cell, at->first, at->n);

  return strstr (folded, "選択肢>") != NULL;
}

/* The last glyph of LINE that is ink; the number of glyphs: it has none. */
static guint
last_ink (const HkTextCell *cell,
          const HkLine     *line)
{
  for (guint i = line->first + line->n; i-- > line->first;)
    if (!hk_is_space (hk_cell_glyph (cell, i)->ch))
      return i;
  return cell->glyphs->len;
}

/* Finds the bracket that closes the text: beside it, if the text stands in a
   column of its own right of the label; behind it, if it goes on under it. */
static void
find_close_inside (const HkTextCell *cell,
                   Labelled         *found)
{
  guint    none   = cell->glyphs->len;
  guint    beside = last_ink (cell, hk_cell_line (cell, found->line)), behind = beside;
  gboolean column = TRUE;

  for (guint l = found->from; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    guint         last = last_ink (cell, line);

    if (last == none)
      continue;
    behind = last;
    column &= l == found->line || line->box.x0 >= hk_cell_glyph (cell, found->end - 1)->box.x0;
  }
  found->close = column ? beside : behind;
  if (!hk_is_close_paren (hk_cell_glyph (cell, found->close)->ch))
    found->close = column ? behind : beside;
  if (!hk_is_close_paren (hk_cell_glyph (cell, found->close)->ch))
    found->close = none;
}

/* The parenthesis that closes OPEN of CELL, whose glyphs stand as they were written; their
   number: it does not close. */
static guint
matching_close (const HkTextCell *cell,
                guint             open)
{
  guint depth = 0;

  for (guint i = open; i < cell->glyphs->len; i++) {
    gunichar ch = hk_cell_glyph (cell, i)->ch;
    depth += hk_is_open_paren (ch);
    if (hk_is_close_paren (ch) && --depth == 0)
      return i;
  }
  return cell->glyphs->len;
}

static gboolean
is_colon (gunichar ch)
{
  return ch == ':' || ch == 0xFF1A;
}

static gboolean
take_labelled (const HkTextCell *cell,
               guint             glyph,
               void             *data)
{
  const Labelled *found = data;

  if (found->written)
    return glyph >= found->end && glyph < found->close;
  return glyph >= hk_cell_line (cell, found->from)->first && (glyph < found->open || glyph >= found->end) && glyph != found->close;
}

void
hk_shape_text_inside (HkParser        *parser,
                      const HkFormRow *row,
                      HkTextCell      *cell,
                      const HkTie     *tie)
{
  Labelled found;
  HkTie    ours = { tie->status, tie->reason, row->label };

  if (!find_label_inside (row, cell, &found))
    return;
  found.written = cell->scanned;
  for (found.from = found.line; !found.written && found.from > 0 && !is_of_choice (hk_form_parent (parser->form, row), cell, found.from - 1);)
    found.from--;
  while (found.end < cell->glyphs->len && (hk_is_space (hk_cell_glyph (cell, found.end)->ch) || is_colon (hk_cell_glyph (cell, found.end)->ch)))
    found.end++;
  if (found.written) {
    found.close = matching_close (cell, found.open);
    if (found.line > 0 && ours.status != HK_STATUS_UNCERTAIN && !is_of_choice (hk_form_parent (parser->form, row), cell, found.line - 1) && !is_list (cell, found.line - 1))
      ours = (HkTie){ HK_STATUS_UNCERTAIN, "some of it may stand before its label", row->label };
  }
  else
    find_close_inside (cell, &found);
  hk_text_cell_use (cell, found.open, found.end - found.open, HK_USE_FORM);
  if (found.close < cell->glyphs->len)
    hk_text_cell_use (cell, found.close, 1, HK_USE_FORM);
  else if (ours.status == HK_STATUS_CERTAIN)
    ours = (HkTie){ HK_STATUS_INFERRED, "its closing bracket is missing", row->label };
  hk_shape_put_text (parser, row->path, row->kind, cell, take_labelled, &found, &ours);
}
