/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a line is made of: its characters, folded, and where words may end in it. */
#include "piece-cutter.h"

gboolean
hk_cutter_is_boundary (const HkCutter *cutter,
                       guint           i)
{
  return is_end (cutter, i) || is_space_at (cutter, i) || is_bracket (char_at (cutter, i)) || char_at (cutter, i) == 0x203B; /* ※ */
}

gboolean
hk_cutter_is_mark_at (const HkCutter *cutter,
                      guint           i)
{
  gunichar before = i > 0 ? char_at (cutter, i - 1) : ' ', behind = is_end (cutter, i + 1) ? ' ' : char_at (cutter, i + 1);

  return !is_end (cutter, i) && hk_is_mark (char_at (cutter, i)) && (hk_is_space (before) || is_bracket (before)) &&
         (hk_is_space (behind) || is_bracket (behind));
}

void
hk_cutter_fold_line (HkCutter *cutter)
{
  int brackets = 0, parens = 0;

  g_array_set_size (cutter->folded, 0);
  g_array_set_size (cutter->at, 0);
  g_array_set_size (cutter->brackets, 0);
  g_array_set_size (cutter->parens, 0);
  for (guint i = 0; i <= cutter->line->run.n; i++) {
    g_array_append_val (cutter->at, cutter->folded->len);
    g_array_append_val (cutter->brackets, brackets);
    g_array_append_val (cutter->parens, parens);
    if (is_end (cutter, i))
      break;
    gunichar ch = char_at (cutter, i);
    brackets += hk_is_open_bracket (ch) - hk_is_close_bracket (ch);
    parens += hk_is_open_paren (ch) - hk_is_close_paren (ch);
    if (ch > 0x20 && ch < 0x7F) {
      g_array_append_val (cutter->folded, ch);
      continue;
    }
    g_autoptr (GString) out = g_string_new (NULL);
    hk_fold (out, &ch, 1);
    for (const char *c = out->str; *c != '\0'; c = g_utf8_next_char (c)) {
      gunichar folded = g_utf8_get_char (c);
      g_array_append_val (cutter->folded, folded);
    }
  }
}

guint
hk_cutter_glyph_behind (const HkCutter *cutter,
                        guint           i,
                        guint           n)
{
  while (!is_end (cutter, i) && n > 0) {
    n -= MIN (n, folded_between (cutter, i, i + 1));
    i++;
  }
  return i;
}

HkPiece *
hk_cutter_add_piece (HkCutter    *cutter,
                     HkPieceClass class,
                     guint        first,
                     guint        end)
{
  HkPiece piece = { .class = class, .line = cutter->number, .island = cutter->line->island };

  piece.run    = (HkRun){ cutter->line->run.page, cutter->line->run.first + first, end - first };
  piece.begins = skip_space (cutter, 0) == first || first == 0;
  piece.spaced = piece.begins || is_space_at (cutter, first - 1);
  g_array_append_val (cutter->pieces, piece);
  if (class == HK_PIECE_OPEN || class == HK_PIECE_OPTION)
    cutter->depth = 0;
  return &g_array_index (cutter->pieces, HkPiece, cutter->pieces->len - 1);
}

void
hk_cutter_add_words (HkCutter *cutter,
                     guint     first,
                     guint     end)
{
  while (end > first && is_space_at (cutter, end - 1))
    end--;
  first = skip_space (cutter, first);
  if (first < end)
    hk_cutter_add_piece (cutter, HK_PIECE_WORDS, first, end);
}

guint
hk_cutter_find_words (const HkCutter *cutter,
                      HkWordsClass    class,
                      guint           i,
                      gboolean        anywhere,
                      const GArray  **meanings)
{
  guint    rest = MIN (folded_between (cutter, i, cutter->line->run.n), HK_WORDS_MAX), length = 0;
  gboolean live;

  *meanings = hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, i), rest, &length, &live);
  while (*meanings != NULL) {
    guint end = hk_cutter_glyph_behind (cutter, i, length);
    if (anywhere || hk_cutter_is_boundary (cutter, end))
      return end;
    if (length < 2) /* shorter words may end well */
      break;
    *meanings = hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, i), length - 1, &length, &live);
  }
  return 0;
}

guint
hk_cutter_read_digits (const HkCutter *cutter,
                       guint          *i)
{
  guint number = 0;

  for (int digit; (digit = hk_digit (char_at (cutter, *i))) >= 0 && number < 1000; (*i)++)
    number = 10 * number + (guint) digit;
  return number;
}

gboolean
hk_cutter_has_prefix (const HkCutter *cutter,
                      guint           i,
                      const char     *words)
{
  guint at = g_array_index (cutter->at, guint, i);

  for (; *words != '\0'; words = g_utf8_next_char (words), at++)
    if (at >= cutter->folded->len || g_array_index (cutter->folded, gunichar, at) != g_utf8_get_char (words))
      return FALSE;
  return TRUE;
}

gboolean
hk_cutter_is_begun (const HkCutter *cutter,
                    HkWordsClass    class,
                    guint           i)
{
  guint    end = i, length;
  gboolean live;

  while (!hk_cutter_is_boundary (cutter, end))
    end++;
  guint n = folded_between (cutter, i, end);
  if (n < HK_WRAP_MIN || n > HK_WORDS_MAX)
    return FALSE;
  hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, i), n, &length, &live);
  return live;
}

HkPieceClass
hk_cutter_class_before (const HkCutter *cutter)
{
  if (cutter->pieces->len == 0)
    return HK_PIECE_WORDS;
  const HkPiece *piece = &g_array_index (cutter->pieces, HkPiece, cutter->pieces->len - 1);
  return piece->line == cutter->number ? piece->class : HK_PIECE_WORDS;
}
