/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brackets, marks and parentheses: which of them are the form's. */
#include "piece-cutter.h"

/* Words in brackets of their own are no longer than this. */
#define QUOTE_MAX 24

/* An item's number, as 1. or (2), is no longer than this. */
#define MARKER_MAX 3

/* The words in brackets of an option, on one line, are no longer than this. */
#define OPTION_TEXT_MAX 30

gboolean
hk_cutter_is_box_at (const HkCutter *cutter,
                     guint           i)
{
  const GArray *meanings;
  gboolean      marked;
  guint         words = skip_space (cutter, i + 1);

  return hk_is_box (char_at (cutter, i), &marked) && !is_end (cutter, words) &&
         (hk_cutter_find_words (cutter, HK_WORDS_OPTION, words, TRUE, &meanings) != 0 || hk_cutter_is_begun (cutter, HK_WORDS_OPTION, words));
}

/* Where lines are run together every bracket has room around it: those with
   other words between them than a mark or a choice are the text's, unless an
   option follows. */
static gboolean
quotes (const HkCutter *cutter,
        guint           i)
{
  const GArray *meanings;
  guint         first = skip_space (cutter, i + 1), k = first;

  if (hk_is_open_paren (char_at (cutter, first)) || hk_is_close_paren (char_at (cutter, first)))
    return FALSE;
  while (!is_end (cutter, k) && k < first + QUOTE_MAX && !is_bracket (char_at (cutter, k)))
    k++;
  if (k == first || is_end (cutter, k) || !hk_is_close_bracket (char_at (cutter, k)) || hk_cutter_is_mark_at (cutter, first))
    return FALSE;
  if (hk_cutter_find_words (cutter, HK_WORDS_CHOICE, first, FALSE, &meanings) != 0)
    return FALSE;
  k = skip_space (cutter, k + 1);
  return is_end (cutter, k) || hk_cutter_find_words (cutter, HK_WORDS_OPTION, k, FALSE, &meanings) == 0;
}

/* Whether the bracket at glyph I, with nothing but a mark in it, is spoken of:
   ［○］が記入されていない… */
static gboolean
is_box_in_words (const HkCutter *cutter,
                 guint           i)
{
  const GArray *meanings;
  guint         close = skip_space (cutter, i + 1);

  if (!is_end (cutter, close) && hk_is_mark (char_at (cutter, close)))
    close = skip_space (cutter, close + 1);
  if (is_end (cutter, close) || !hk_is_close_bracket (char_at (cutter, close)) || hk_cutter_is_boundary (cutter, close + 1))
    return FALSE;
  return hk_cutter_find_words (cutter, HK_WORDS_OPTION, close + 1, TRUE, &meanings) == 0 && !hk_cutter_is_begun (cutter, HK_WORDS_OPTION, close + 1);
}

/* Whether the bracket at glyph I is one of the form's, and not of the text:
   room is left behind it, for a mark or a choice. */
static gboolean
opens (const HkCutter *cutter,
       guint           i)
{
  const GArray *meanings;

  if (is_end (cutter, i) || !hk_is_open_bracket (char_at (cutter, i)) || (cutter->spaces == 1 && quotes (cutter, i)) || is_box_in_words (cutter, i))
    return FALSE;
  if (is_end (cutter, i + 1) || is_space_at (cutter, i + 1) || is_bracket (char_at (cutter, i + 1)) || hk_cutter_is_mark_at (cutter, i + 1))
    return TRUE;
  guint end = hk_cutter_find_words (cutter, HK_WORDS_CHOICE, i + 1, FALSE, &meanings);
  return end != 0 && (is_end (cutter, end) || hk_is_close_bracket (char_at (cutter, end)));
}

int
hk_cutter_bracket_depth (const HkCutter *cutter,
                         guint           from,
                         guint           to)
{
  int depth = g_array_index (cutter->brackets, int, to) - g_array_index (cutter->brackets, int, from);

  return from == 0 ? depth + cutter->waiting : depth;
}

/* Likewise: no bracket in the words from WORDS on waits for this one. */
static gboolean
closes (const HkCutter *cutter,
        guint           words,
        guint           i)
{
  if (is_end (cutter, i) || !hk_is_close_bracket (char_at (cutter, i)))
    return FALSE;
  if (cutter->spaces == 1) {
    guint k = i;
    while (k > 0 && i - k <= QUOTE_MAX && !is_bracket (char_at (cutter, k - 1)))
      k--;
    return k == 0 || !hk_is_open_bracket (char_at (cutter, k - 1)) || !quotes (cutter, k - 1);
  }
  return hk_cutter_bracket_depth (cutter, words, i) <= 0;
}

guint
hk_cutter_form_mark_end (const HkCutter *cutter,
                         guint           i)
{
  gboolean form = FALSE;

  if (!hk_is_open_bracket (char_at (cutter, i)))
    return 0;
  for (guint k = i + 1; !is_end (cutter, k) && k < i + 30 && !hk_is_open_bracket (char_at (cutter, k)); k++) {
    form |= hk_cutter_has_prefix (cutter, k, "様式");
    if (hk_is_close_bracket (char_at (cutter, k)))
      return form ? k + 1 : 0;
  }
  return 0;
}

/* How many more parentheses open than close between glyphs FROM and TO. */
static int
paren_depth (const HkCutter *cutter,
             guint           from,
             guint           to)
{
  return g_array_index (cutter->parens, int, to) - g_array_index (cutter->parens, int, from);
}

gboolean
hk_cutter_is_enclosing (gunichar ch)
{
  return is_bracket (ch) || hk_is_open_paren (ch) || hk_is_close_paren (ch);
}

gboolean
hk_cutter_is_marker (const HkCutter *cutter,
                     guint           first,
                     guint           end)
{
  if (end - first > MARKER_MAX)
    return FALSE;
  for (guint i = first; i < end; i++) {
    gunichar ch = char_at (cutter, i);
    if (hk_digit (ch) < 0 && hk_circled_number (ch) == 0 && hk_roman_number (ch) == 0 && ch != '.' && ch != 0xFF0E && !hk_cutter_is_enclosing (ch) &&
        !(ch >= 0x30A2 && ch <= 0x30B3) && ch != 0x30FB) /* ア to コ, ・ */
      return FALSE;
  }
  return TRUE;
}

/* Whether the words from WORDS on are an item's number before the parenthesis at
   glyph I, as in 1 ) …: not a count, 2 ) 件. */
static gboolean
begins_item (const HkCutter *cutter,
             guint           words,
             guint           i)
{
  guint behind = skip_space (cutter, i + 1);

  return words + 1 < i && words == 0 && hk_cutter_is_marker (cutter, words, i - 1) && !is_end (cutter, behind) && char_at (cutter, behind) != 0x4EF6; /* 件 */
}

/* Whether a count and its unit stand behind the parenthesis at glyph I: ( 2 ) 件. */
static gboolean
opens_count (const HkCutter *cutter,
             guint           i)
{
  guint at = skip_space (cutter, i + 1), digits = at;

  hk_cutter_read_digits (cutter, &at);
  if (at == digits)
    return FALSE;
  at = skip_space (cutter, at);
  return hk_is_close_paren (char_at (cutter, at)) && char_at (cutter, skip_space (cutter, at + 1)) == 0x4EF6; /* 件 */
}

/* Where lines are run together every parenthesis has room around it: one is the
   form's that opens behind an option, or closes what the words did not open. */
static HkPieceClass
paren_class_together (HkCutter *cutter,
                      guint     words,
                      guint     i)
{
  if (hk_is_open_paren (char_at (cutter, i))) {
    HkPieceClass before = hk_cutter_class_before (cutter);
    if (before == HK_PIECE_OPTION || before == HK_PIECE_OPEN || hk_is_close_paren (char_at (cutter, skip_space (cutter, i + 1))) || opens_count (cutter, i))
      return HK_PIECE_PAREN_OPEN;
    cutter->depth++;
  }
  else if (hk_is_close_paren (char_at (cutter, i))) {
    if (cutter->depth == 0)
      return begins_item (cutter, words, i) ? HK_PIECE_WORDS : HK_PIECE_PAREN_CLOSE;
    cutter->depth--;
  }
  return HK_PIECE_WORDS;
}

/* Whether the parenthesis at glyph I, before a few words that end the line, is not
   closed there: it may be an option's, its other one on a line of its own. */
static gboolean
stays_open (const HkCutter *cutter,
            guint           i)
{
  guint end = cutter->line->run.n;

  return end - i < OPTION_TEXT_MAX && paren_depth (cutter, i, end) > 0 && char_at (cutter, end - 1) != 0x3002; /* 。 */
}

/* Whether the words in brackets of an option may begin or end at glyph I. */
static HkPieceClass
paren_class (HkCutter *cutter,
             guint     words,
             guint     i)
{
  gunichar ch = char_at (cutter, i);

  if (is_end (cutter, i))
    return HK_PIECE_WORDS;
  if (cutter->spaces == 1)
    return paren_class_together (cutter, words, i);
  if (hk_is_open_paren (ch) && words == i &&
      (is_end (cutter, i + 1) || is_space_at (cutter, i + 1) || hk_cutter_class_before (cutter) == HK_PIECE_OPTION || hk_is_close_paren (char_at (cutter, i + 1))))
    return HK_PIECE_PAREN_OPEN;
  if (hk_is_open_paren (ch) && words == i && stays_open (cutter, i))
    return HK_PIECE_PAREN_OPEN;
  if (hk_is_close_paren (ch) && hk_cutter_class_before (cutter) == HK_PIECE_PAREN_OPEN && paren_depth (cutter, words, i) == 0)
    return HK_PIECE_PAREN_CLOSE;
  if (hk_is_close_paren (ch) && paren_depth (cutter, words, i) == 0 &&
      (i == 0 || is_space_at (cutter, i - 1) || hk_cutter_class_before (cutter) == HK_PIECE_PAREN_OPEN) &&
      (hk_cutter_is_boundary (cutter, i + 1) || char_at (cutter, i + 1) == 0x4EF6)) /* 件 */
    return HK_PIECE_PAREN_CLOSE;
  return HK_PIECE_WORDS;
}

guint
hk_cutter_cut_sign (HkCutter *cutter,
                    guint     words,
                    guint     i)
{
  HkPieceClass class = HK_PIECE_WORDS, paren;
  HkLabelNumber       number;

  if (hk_cutter_is_box_at (cutter, i) || hk_cutter_form_mark_end (cutter, i) != 0 || hk_cutter_read_appendix (cutter, i, &number) || hk_cutter_is_inside_label (cutter, i))
    return 0;
  paren = paren_class (cutter, words, i);
  if (opens (cutter, i))
    class = HK_PIECE_OPEN;
  else if (closes (cutter, words, i))
    class = HK_PIECE_CLOSE;
  else if (hk_cutter_is_mark_at (cutter, i) && hk_cutter_bracket_depth (cutter, words, i) == 0)
    class = HK_PIECE_MARK;
  else if (paren != HK_PIECE_WORDS)
    class = paren;
  if (class == HK_PIECE_WORDS)
    return 0;
  hk_cutter_add_words (cutter, words, i);
  hk_cutter_add_piece (cutter, class, i, i + 1);
  return i + 1;
}
