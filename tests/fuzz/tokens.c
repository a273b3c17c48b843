/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tokenizer and what labels are told by: one cell with the text of the input. */
#include "fuzz.h"
#include "label.h"
#include "marks.h"

/* The characters of the input, a square each; a line break ends a line, a space leaves a gap. */
static HkTextCell *
cell_of (const uint8_t *data,
         size_t         size)
{
  HkBox            box   = { 0, 0, 500, 800 };
  HkTextCell      *cell  = hk_text_cell_new (1, box, 0, TRUE);
  g_autofree char *text  = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (HkGlyph));
  double x = 0, y = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    HkGlyph glyph = { .ch = g_utf8_get_char (c), .box = { x, y, x + 10, y + 10 }, .source = all->len, .copies = 1 };

    x += 10;
    if (glyph.ch == '\n' || x > 480) {
      x = 0;
      y += 13;
    }
    if (glyph.ch > ' ')
      g_array_append_val (all, glyph);
  }
  hk_text_cell_fill (cell, 1, box, (const HkGlyph *) (const void *) all->data, all->len);
  return cell;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (HkTextCell) cell = cell_of (data, size);
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  g_auto (HkLabel) label      = hk_label_read (cell);
  g_autoptr (GArray) slots    = hk_slots_find (cell);
  g_autofree int *assigned    = hk_slots_assign (cell, slots);
  guint next = 0;

  for (guint i = 0; i < tokens->tokens->len; i++) { /* they stand one behind the other, within the cell */
    const HkToken *token = hk_token (tokens, i);
    g_assert_cmpuint (token->first, >=, next);
    g_assert_cmpuint (token->first + token->n, <=, cell->glyphs->len);
    g_assert_nonnull (token->folded);
    next = token->first + token->n;
  }
  for (guint number = 2; number <= 4; number++) {
    HkVocabulary *vocabulary = hk_vocabulary_new (hk_form (number));
    g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, cell, &label);
    for (guint i = 0; i < matches->len; i++)
      g_assert_cmpuint (g_array_index (matches, HkLabelMatch, i).n, <=, cell->glyphs->len);
    hk_vocabulary_free (vocabulary);
  }
  return 0;
}
