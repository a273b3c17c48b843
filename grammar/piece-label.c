/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Labels, and other words that go on on further lines. */
#include "piece-cutter.h"

/* So many characters of a label are enough to wait for the rest of it, … */
#define WRAP_MIN_NUMBERED 2 /* behind a number */

/* … which comes within so many lines. */
#define WRAP_LINES 10

/* Labels are no longer than this (characters, and glyphs with the spaces between). */
#define WORDS_GLYPHS_MAX 480

/* So many labels wait for their rest at the same time. */
#define WRAPS_MAX 64

gboolean
hk_cutter_read_appendix (const HkCutter *cutter,
                         guint           i,
                         HkLabelNumber  *number)
{
  if (!hk_is_open_paren (char_at (cutter, i)))
    return FALSE;
  i = skip_space (cutter, i + 1);
  if (!hk_cutter_has_prefix (cutter, i, "別添"))
    return FALSE;
  i += 2;
  *number = (HkLabelNumber){ HK_WORDS_APPENDIX, 0, 0 };
  number->number = hk_cutter_read_digits (cutter, &i);
  i = skip_space (cutter, i);
  number->end = i + 1;
  return hk_is_close_paren (char_at (cutter, i));
}

static gboolean
read_number (const HkCutter *cutter,
             guint           i,
             HkLabelNumber  *number)
{
  gunichar ch    = char_at (cutter, i);
  guint    begin = i;

  if (hk_cutter_read_appendix (cutter, i, number))
    return TRUE;
  if (hk_roman_number (ch) != 0 || hk_circled_number (ch) != 0) {
    *number = hk_roman_number (ch) != 0 ? (HkLabelNumber){ HK_WORDS_PART, hk_roman_number (ch), i + 1 }
                                        : (HkLabelNumber){ HK_WORDS_ITEM, hk_circled_number (ch), i + 1 };
    return TRUE;
  }
  if (hk_cutter_has_prefix (cutter, i, "リスク")) {
    i += 3;
    *number = (HkLabelNumber){ HK_WORDS_RISK, 0, 0 };
    number->number = hk_cutter_read_digits (cutter, &i);
    if (char_at (cutter, i) != ':' && char_at (cutter, i) != 0xFF1A && !is_space_at (cutter, i))
      return FALSE;
    number->end = i + 1;
    return TRUE;
  }
  guint value = hk_cutter_read_digits (cutter, &i);
  if (i == begin || i > begin + 2)
    return FALSE;
  if (char_at (cutter, i) == '.' || char_at (cutter, i) == 0xFF0E)
    *number = (HkLabelNumber){ HK_WORDS_HEADING, value, i + 1 };
  else if (is_space_at (cutter, i)) /* ① made plain */
    *number = (HkLabelNumber){ HK_WORDS_ITEM, value, i + 1 };
  else
    return FALSE;
  return TRUE;
}

static gboolean
number_agrees (const HkCutter *cutter,
               const GArray   *meanings,
               guint           number)
{
  for (guint i = 0; i < meanings->len; i++)
    if (hk_lexicon_number (cutter->lexicon, g_array_index (meanings, HkMeaning, i).row) == number)
      return TRUE;
  return FALSE;
}

/* 提供先１, 委託事項２～５ */
static guint
cut_block (HkCutter *cutter,
           guint     i)
{
  const GArray *meanings;
  guint    end = hk_cutter_find_words (cutter, HK_WORDS_BLOCK, i, TRUE, &meanings), begin = end;
  gboolean range = FALSE;

  if (end == 0)
    return 0;
  guint number = hk_cutter_read_digits (cutter, &end);
  if (end == begin)
    return 0;
  if ((char_at (cutter, end) == '~' || char_at (cutter, end) == 0xFF5E || char_at (cutter, end) == 0x301C || hk_is_dash (char_at (cutter, end))) &&
      hk_digit (char_at (cutter, end + 1)) >= 0) {
    end++;
    hk_cutter_read_digits (cutter, &end);
    range = TRUE;
  }
  if (!hk_cutter_is_boundary (cutter, end))
    return 0;
  HkPiece *piece = hk_cutter_add_piece (cutter, HK_PIECE_LABEL, i, end);
  piece->meanings = meanings;
  piece->number   = number;
  piece->range    = range;
  piece->agrees   = TRUE;
  return end;
}

void
hk_cutter_wrap_clear (HkWrap *wrap)
{
  g_array_unref (wrap->folded);
}

/* The next piece is N characters of a label behind NUMBER: its rest may come on
   the lines below. */
static void
begin_wrap (HkCutter            *cutter,
            const HkLabelNumber *number,
            guint                n)
{
  HkWrap wrap = { number->class, number->number, cutter->pieces->len, cutter->number, g_array_new (FALSE, FALSE, sizeof (gunichar)) };

  g_array_append_vals (wrap.folded, folded_from (cutter, number->end), n);
  if (cutter->wraps->len == WRAPS_MAX)
    g_array_remove_index (cutter->wraps, 0);
  g_array_append_val (cutter->wraps, wrap);
}

/* The last glyph behind which words that begin at glyph I may end. */
static guint
words_limit (const HkCutter *cutter,
             guint           i)
{
  return MIN (cutter->line->run.n, i + WORDS_GLYPHS_MAX);
}

static guint
cut_numbered (HkCutter            *cutter,
              guint                i,
              const HkLabelNumber *number)
{
  const GArray *meanings;
  guint end = hk_cutter_find_words (cutter, number->class, number->end, FALSE, &meanings);

  if (end == 0)
    return 0;
  gboolean agrees = number_agrees (cutter, meanings, number->number);
  if (!agrees && number->class != HK_WORDS_HEADING)
    return 0;
  begin_wrap (cutter, number, folded_between (cutter, number->end, end));
  HkPiece *piece = hk_cutter_add_piece (cutter, HK_PIECE_LABEL, i, end);
  cutter->depth   = 0;
  piece->meanings = meanings;
  piece->number   = number->number;
  piece->agrees   = agrees;
  return end;
}

/* Whether NUMBER, such as only labels have, is all of its line. */
static gboolean
is_number_alone (const HkCutter      *cutter,
                 const HkLabelNumber *number)
{
  return is_end (cutter, number->end) &&
         (number->class == HK_WORDS_PART || number->class == HK_WORDS_APPENDIX || number->class == HK_WORDS_HEADING ||
          number->class == HK_WORDS_RISK ||
          (number->class == HK_WORDS_ITEM && hk_circled_number (char_at (cutter, 0)) != 0));
}

/* Waits for the rest of the label whose words begin at glyph I and end the
   line, or stand before a space. Returns the glyph behind what there is, or 0. */
static guint
open_wrap (HkCutter            *cutter,
           guint                begin,
           const HkLabelNumber *number)
{
  for (guint end = words_limit (cutter, begin); end > begin; end--) {
    guint    n = folded_between (cutter, number->end, end), length;
    gboolean live;

    if (n < (number->class == HK_WORDS_PLAIN ? HK_WRAP_MIN : WRAP_MIN_NUMBERED) && !(n == 0 && begin == 0 && is_number_alone (cutter, number)))
      return 0;
    if (n > HK_WORDS_MAX || !(is_end (cutter, end) || (is_space_at (cutter, end) && !is_space_at (cutter, end - 1))))
      continue;
    hk_lexicon_find (cutter->lexicon, number->class, folded_from (cutter, number->end), n, &length, &live);
    if (!live && n > 0)
      continue;
    begin_wrap (cutter, number, n);
    hk_cutter_add_piece (cutter, HK_PIECE_WORDS, begin, end);
    return end;
  }
  return 0;
}

/* Goes on with the label WRAP, if the words at glyph I do. Returns the glyph
   behind them, or 0; *WHOLE: nothing more can come. */
static guint
go_on (HkCutter *cutter,
       HkWrap   *wrap,
       guint     i,
       gboolean *whole)
{
  guint have = wrap->folded->len;

  for (guint end = words_limit (cutter, i); end > i; end--) {
    guint    n = folded_between (cutter, i, end), length = 0;
    gboolean live;

    if (!hk_cutter_is_boundary (cutter, end) || n > HK_WORDS_MAX || n == 0)
      continue;
    g_array_set_size (wrap->folded, have);
    g_array_append_vals (wrap->folded, folded_from (cutter, i), n);

    const gunichar *folded   = (const gunichar *) (gpointer) wrap->folded->data;
    const GArray   *meanings = hk_lexicon_find (cutter->lexicon, wrap->class, folded, wrap->folded->len, &length, &live);
    *whole = meanings != NULL && length == wrap->folded->len;
    if (*whole && wrap->class == HK_WORDS_ITEM)
      *whole = number_agrees (cutter, meanings, wrap->number);
    if (!*whole && (!live || n < WRAP_MIN_NUMBERED))
      continue;

    if (hk_piece (cutter->pieces, wrap->piece)->class == HK_PIECE_LIST)
      hk_cutter_add_piece (cutter, HK_PIECE_LIST, i, end);
    else
      hk_cutter_add_piece (cutter, HK_PIECE_REST, i, end)->number = wrap->piece;
    if (*whole && (wrap->class == HK_WORDS_OPTION || wrap->class == HK_WORDS_CHOICE)) {
      HkPiece *piece = hk_piece (cutter->pieces, wrap->piece);
      if (piece->class != HK_PIECE_LIST)
        piece->class = wrap->class == HK_WORDS_OPTION ? HK_PIECE_OPTION : HK_PIECE_CHOICE;
      piece->meanings = meanings;
    }
    else if (*whole) {
      HkPiece *piece = hk_piece (cutter->pieces, wrap->piece);
      piece->class    = HK_PIECE_LABEL;
      piece->meanings = meanings;
      piece->number   = wrap->number;
      piece->agrees   = wrap->class == HK_WORDS_PLAIN || number_agrees (cutter, meanings, wrap->number);
    }
    wrap->line = cutter->number;
    return end;
  }
  g_array_set_size (wrap->folded, have);
  return 0;
}

/* Goes on with the newest label that waits for the words at glyph I. */
static guint
close_wrap (HkCutter *cutter,
            guint     i)
{
  while (cutter->wraps->len > 0 && g_array_index (cutter->wraps, HkWrap, 0).line + WRAP_LINES < cutter->number)
    g_array_remove_index (cutter->wraps, 0);
  for (guint w = cutter->wraps->len; w-- > 0;) {
    HkWrap    *wrap = &g_array_index (cutter->wraps, HkWrap, w);
    gboolean whole;
    guint    end = wrap->line != cutter->number ? go_on (cutter, wrap, i, &whole) : 0;

    if (end == 0)
      continue;
    if (whole)
      g_array_remove_index (cutter->wraps, w);
    return end;
  }
  return 0;
}

/* （手数料額、納付方法： */
static guint
cut_inside (HkCutter *cutter,
            guint     i)
{
  const GArray *meanings;
  guint         end;

  if (is_end (cutter, i) || !hk_is_open_paren (char_at (cutter, i)))
    return 0;
  guint begin = skip_space (cutter, i + 1);
  end = is_end (cutter, begin) ? 0 : hk_cutter_find_words (cutter, HK_WORDS_INSIDE, begin, TRUE, &meanings);
  if (end == 0)
    return 0;
  end = skip_space (cutter, end);
  if (char_at (cutter, end) == ':' || char_at (cutter, end) == 0xFF1A)
    end++;
  HkPiece *piece = hk_cutter_add_piece (cutter, HK_PIECE_LABEL, i, end);
  piece->meanings = meanings;
  piece->agrees   = TRUE;
  return end;
}

guint
hk_cutter_cut_label (HkCutter *cutter,
                     guint     i)
{
  HkLabelNumber number = { 0 }, plain = { HK_WORDS_PLAIN, 0, i };
  guint  end = 0, rest;

  if ((rest = close_wrap (cutter, i)) != 0)
    return rest;
  if ((end = cut_inside (cutter, i)) != 0)
    return end;
  gboolean numbered = read_number (cutter, i, &number);
  if (numbered)
    end = cut_numbered (cutter, i, &number);
  if (end == 0 && numbered && number.class == HK_WORDS_ITEM && hk_digit (char_at (cutter, i)) >= 0) { /* or of a heading, without its dot */
    HkLabelNumber heading = { HK_WORDS_HEADING, number.number, number.end };
    end = cut_numbered (cutter, i, &heading);
  }
  if (end == 0)
    end = cut_numbered (cutter, i, &plain);
  if (end == 0)
    end = cut_block (cutter, i);
  if (end == 0 && numbered)
    end = open_wrap (cutter, i, &number);
  if (end == 0)
    end = open_wrap (cutter, i, &plain);
  return end;
}

guint
hk_cutter_wrap_words (HkCutter    *cutter,
                      HkWordsClass class,
                      HkPieceClass piece,
                      guint        begin,
                      guint        words)
{
  HkLabelNumber number = { class, 0, words };

  for (guint end = words_limit (cutter, words); end > words; end--) {
    guint    n = folded_between (cutter, words, end), length;
    gboolean live;

    if (n < HK_WRAP_MIN)
      return 0;
    if (n > HK_WORDS_MAX || !(is_end (cutter, end) || (is_space_at (cutter, end) && !is_space_at (cutter, end - 1))))
      continue;
    hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, words), n, &length, &live);
    if (!live)
      continue;
    begin_wrap (cutter, &number, n);
    hk_cutter_add_piece (cutter, piece, begin, end);
    return end;
  }
  return 0;
}

gboolean
hk_cutter_is_inside_label (const HkCutter *cutter,
                           guint           i)
{
  const GArray *meanings;
  guint         begin = skip_space (cutter, i + 1);

  return hk_is_open_paren (char_at (cutter, i)) && !is_end (cutter, begin) && hk_cutter_find_words (cutter, HK_WORDS_INSIDE, begin, TRUE, &meanings) != 0;
}
