/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "piece.h"
#include "fold.h"
#include "lexicon.h"

#include <string.h>

/* So many characters of a label are enough to wait for the rest of it, … */
#define WRAP_MIN 4
#define WRAP_MIN_NUMBERED 2 /* behind a number */

/* … which comes within so many lines. */
#define WRAP_LINES 10

/* A label written downwards takes so many lines. */
#define DOWNWARDS_LINES 12
#define DOWNWARDS_PIECES 400 /* and so many pieces at the most */

/* Words in brackets of their own are no longer than this. */
#define QUOTE_MAX 24

/* An item's number, as 1. or (2), is no longer than this. */
#define MARKER_MAX 3

/* The words of an entry so far behind its number's beginning stand apart. */
#define LONE_NUMBER_GAP 5

/* The words in brackets of an option, on one line, are no longer than this. */
#define OPTION_TEXT_MAX 30

/* Labels are no longer than this (characters, and glyphs with the spaces between). */
#define WORDS_MAX 120
#define WORDS_GLYPHS_MAX 480

/* So many labels wait for their rest at the same time. */
#define WRAPS_MAX 64

/* A label of which the rest is to come. */
typedef struct {
  HkWordsClass class;
  guint        number;
  guint        piece; /* index of what there is of it */
  guint        line;  /* where that stands */
  GArray      *folded; /* gunichar: its words so far */
} Wrap;

typedef struct {
  const HkLexicon *lexicon;
  guint            spaces; /* that part words; 0: none do */
  GArray          *pieces; /* HkPiece */
  GArray          *wraps;  /* Wrap: the newest last */

  /* the line that is cut */
  const HkTextLine *line;
  guint             number, n_lines; /* its index among so many */
  int               waiting; /* brackets that the words at the end of the line before have opened */
  int               depth;  /* of parentheses in its words, where lines are run together */
  GArray           *folded; /* gunichar: all its characters folded */
  GArray           *at;     /* guint: where in FOLDED each of its glyphs begins; one more at the end */
  GArray           *brackets, *parens; /* int: how many more open than close before each of its glyphs; one more at the end */
} Cutter;

/* --- The line ------------------------------------------------------------------ */

static gunichar
char_at (const Cutter *cutter,
         guint         i)
{
  return i < cutter->line->run.n ? hk_page_glyph (cutter->line->run.page, cutter->line->run.first + i)->ch : 0;
}

static gboolean
is_space_at (const Cutter *cutter,
             guint         i)
{
  return i < cutter->line->run.n && hk_is_space (char_at (cutter, i));
}

static guint
skip_space (const Cutter *cutter,
            guint         i)
{
  while (is_space_at (cutter, i))
    i++;
  return i;
}

static gboolean
is_end (const Cutter *cutter,
        guint         i)
{
  return i >= cutter->line->run.n;
}

static gboolean
is_bracket (gunichar ch)
{
  return hk_is_open_bracket (ch) || hk_is_close_bracket (ch);
}

/* Whether words of the form may end before glyph I. */
static gboolean
is_boundary (const Cutter *cutter,
             guint         i)
{
  return is_end (cutter, i) || is_space_at (cutter, i) || is_bracket (char_at (cutter, i)) || char_at (cutter, i) == 0x203B; /* ※ */
}

/* A mark that stands alone. */
static gboolean
is_mark_at (const Cutter *cutter,
            guint         i)
{
  gunichar before = i > 0 ? char_at (cutter, i - 1) : ' ', behind = is_end (cutter, i + 1) ? ' ' : char_at (cutter, i + 1);

  return !is_end (cutter, i) && hk_is_mark (char_at (cutter, i)) && (hk_is_space (before) || is_bracket (before)) &&
         (hk_is_space (behind) || is_bracket (behind));
}

static void
fold_line (Cutter *cutter)
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

static const gunichar *
folded_from (const Cutter *cutter,
             guint         i)
{
  return &g_array_index (cutter->folded, gunichar, g_array_index (cutter->at, guint, i));
}

static guint
folded_between (const Cutter *cutter,
                guint         from,
                guint         to)
{
  return g_array_index (cutter->at, guint, to) - g_array_index (cutter->at, guint, from);
}

/* The glyph behind N folded characters from glyph I on. */
static guint
glyph_behind (const Cutter *cutter,
              guint         i,
              guint         n)
{
  while (!is_end (cutter, i) && n > 0) {
    n -= MIN (n, folded_between (cutter, i, i + 1));
    i++;
  }
  return i;
}

/* --- Pieces ------------------------------------------------------------------------ */

static HkPiece *
add_piece (Cutter      *cutter,
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

static void
add_words (Cutter *cutter,
           guint   first,
           guint   end)
{
  while (end > first && is_space_at (cutter, end - 1))
    end--;
  first = skip_space (cutter, first);
  if (first < end)
    add_piece (cutter, HK_PIECE_WORDS, first, end);
}

/* The longest words of CLASS from glyph I on that end at a boundary. Returns the
   glyph behind them, or 0. */
static guint
find_words (const Cutter  *cutter,
            HkWordsClass   class,
            guint          i,
            gboolean       anywhere,
            const GArray **meanings)
{
  guint    rest = MIN (folded_between (cutter, i, cutter->line->run.n), WORDS_MAX), length = 0;
  gboolean live;

  *meanings = hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, i), rest, &length, &live);
  while (*meanings != NULL) {
    guint end = glyph_behind (cutter, i, length);
    if (anywhere || is_boundary (cutter, end))
      return end;
    if (length < 2) /* shorter words may end well */
      break;
    *meanings = hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, i), length - 1, &length, &live);
  }
  return 0;
}

/* --- Numbers before labels -------------------------------------------------------------- */

typedef struct {
  HkWordsClass class;
  guint        number;
  guint        end; /* the glyph behind it */
} Number;

static guint
read_digits (const Cutter *cutter,
             guint        *i)
{
  guint number = 0;

  for (int digit; (digit = hk_digit (char_at (cutter, *i))) >= 0 && number < 1000; (*i)++)
    number = 10 * number + (guint) digit;
  return number;
}

static gboolean
has_prefix (const Cutter *cutter,
            guint         i,
            const char   *words)
{
  guint at = g_array_index (cutter->at, guint, i);

  for (; *words != '\0'; words = g_utf8_next_char (words), at++)
    if (at >= cutter->folded->len || g_array_index (cutter->folded, gunichar, at) != g_utf8_get_char (words))
      return FALSE;
  return TRUE;
}

/* （別添１） */
static gboolean
read_appendix (const Cutter *cutter,
               guint         i,
               Number       *number)
{
  if (!hk_is_open_paren (char_at (cutter, i)))
    return FALSE;
  i = skip_space (cutter, i + 1);
  if (!has_prefix (cutter, i, "別添"))
    return FALSE;
  i += 2;
  *number = (Number){ HK_WORDS_APPENDIX, 0, 0 };
  number->number = read_digits (cutter, &i);
  i = skip_space (cutter, i);
  number->end = i + 1;
  return hk_is_close_paren (char_at (cutter, i));
}

static gboolean
read_number (const Cutter *cutter,
             guint         i,
             Number       *number)
{
  gunichar ch    = char_at (cutter, i);
  guint    begin = i;

  if (read_appendix (cutter, i, number))
    return TRUE;
  if (hk_roman_number (ch) != 0 || hk_circled_number (ch) != 0) {
    *number = hk_roman_number (ch) != 0 ? (Number){ HK_WORDS_PART, hk_roman_number (ch), i + 1 }
                                        : (Number){ HK_WORDS_ITEM, hk_circled_number (ch), i + 1 };
    return TRUE;
  }
  if (has_prefix (cutter, i, "リスク")) {
    i += 3;
    *number = (Number){ HK_WORDS_RISK, 0, 0 };
    number->number = read_digits (cutter, &i);
    if (char_at (cutter, i) != ':' && char_at (cutter, i) != 0xFF1A && !is_space_at (cutter, i))
      return FALSE;
    number->end = i + 1;
    return TRUE;
  }
  guint value = read_digits (cutter, &i);
  if (i == begin || i > begin + 2)
    return FALSE;
  if (char_at (cutter, i) == '.' || char_at (cutter, i) == 0xFF0E)
    *number = (Number){ HK_WORDS_HEADING, value, i + 1 };
  else if (is_space_at (cutter, i)) /* ① made plain */
    *number = (Number){ HK_WORDS_ITEM, value, i + 1 };
  else
    return FALSE;
  return TRUE;
}

static gboolean
number_agrees (const Cutter *cutter,
               const GArray *meanings,
               guint         number)
{
  for (guint i = 0; i < meanings->len; i++)
    if (hk_lexicon_number (cutter->lexicon, g_array_index (meanings, HkMeaning, i).row) == number)
      return TRUE;
  return FALSE;
}

/* --- Labels ------------------------------------------------------------------------------ */

/* 提供先１, 委託事項２～５ */
static guint
cut_block (Cutter *cutter,
           guint   i)
{
  const GArray *meanings;
  guint    end = find_words (cutter, HK_WORDS_BLOCK, i, TRUE, &meanings), begin = end;
  gboolean range = FALSE;

  if (end == 0)
    return 0;
  guint number = read_digits (cutter, &end);
  if (end == begin)
    return 0;
  if ((char_at (cutter, end) == '~' || char_at (cutter, end) == 0xFF5E || char_at (cutter, end) == 0x301C || hk_is_dash (char_at (cutter, end))) &&
      hk_digit (char_at (cutter, end + 1)) >= 0) {
    end++;
    read_digits (cutter, &end);
    range = TRUE;
  }
  if (!is_boundary (cutter, end))
    return 0;
  HkPiece *piece = add_piece (cutter, HK_PIECE_LABEL, i, end);
  piece->meanings = meanings;
  piece->number   = number;
  piece->range    = range;
  piece->agrees   = TRUE;
  return end;
}

static void
wrap_clear (Wrap *wrap)
{
  g_array_unref (wrap->folded);
}

/* The next piece is N characters of a label behind NUMBER: its rest may come on
   the lines below. */
static void
begin_wrap (Cutter       *cutter,
            const Number *number,
            guint         n)
{
  Wrap wrap = { number->class, number->number, cutter->pieces->len, cutter->number, g_array_new (FALSE, FALSE, sizeof (gunichar)) };

  g_array_append_vals (wrap.folded, folded_from (cutter, number->end), n);
  if (cutter->wraps->len == WRAPS_MAX)
    g_array_remove_index (cutter->wraps, 0);
  g_array_append_val (cutter->wraps, wrap);
}

/* The last glyph behind which words that begin at glyph I may end. */
static guint
words_limit (const Cutter *cutter,
             guint         i)
{
  return MIN (cutter->line->run.n, i + WORDS_GLYPHS_MAX);
}

static guint
cut_numbered (Cutter       *cutter,
              guint         i,
              const Number *number)
{
  const GArray *meanings;
  guint end = find_words (cutter, number->class, number->end, FALSE, &meanings);

  if (end == 0)
    return 0;
  gboolean agrees = number_agrees (cutter, meanings, number->number);
  if (!agrees && number->class != HK_WORDS_HEADING)
    return 0;
  begin_wrap (cutter, number, folded_between (cutter, number->end, end));
  HkPiece *piece = add_piece (cutter, HK_PIECE_LABEL, i, end);
  cutter->depth   = 0;
  piece->meanings = meanings;
  piece->number   = number->number;
  piece->agrees   = agrees;
  return end;
}

/* Whether NUMBER, such as only labels have, is all of its line. */
static gboolean
is_number_alone (const Cutter *cutter,
                 const Number *number)
{
  return is_end (cutter, number->end) &&
         (number->class == HK_WORDS_PART || number->class == HK_WORDS_APPENDIX || number->class == HK_WORDS_HEADING ||
          number->class == HK_WORDS_RISK ||
          (number->class == HK_WORDS_ITEM && hk_circled_number (char_at (cutter, 0)) != 0));
}

/* Waits for the rest of the label whose words begin at glyph I and end the
   line, or stand before a space. Returns the glyph behind what there is, or 0. */
static guint
open_wrap (Cutter       *cutter,
           guint         begin,
           const Number *number)
{
  for (guint end = words_limit (cutter, begin); end > begin; end--) {
    guint    n = folded_between (cutter, number->end, end), length;
    gboolean live;

    if (n < (number->class == HK_WORDS_PLAIN ? WRAP_MIN : WRAP_MIN_NUMBERED) && !(n == 0 && begin == 0 && is_number_alone (cutter, number)))
      return 0;
    if (n > WORDS_MAX || !(is_end (cutter, end) || (is_space_at (cutter, end) && !is_space_at (cutter, end - 1))))
      continue;
    hk_lexicon_find (cutter->lexicon, number->class, folded_from (cutter, number->end), n, &length, &live);
    if (!live && n > 0)
      continue;
    begin_wrap (cutter, number, n);
    add_piece (cutter, HK_PIECE_WORDS, begin, end);
    return end;
  }
  return 0;
}

/* Goes on with the label WRAP, if the words at glyph I do. Returns the glyph
   behind them, or 0; *WHOLE: nothing more can come. */
static guint
go_on (Cutter   *cutter,
       Wrap     *wrap,
       guint     i,
       gboolean *whole)
{
  guint have = wrap->folded->len;

  for (guint end = words_limit (cutter, i); end > i; end--) {
    guint    n = folded_between (cutter, i, end), length = 0;
    gboolean live;

    if (!is_boundary (cutter, end) || n > WORDS_MAX || n == 0)
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
      add_piece (cutter, HK_PIECE_LIST, i, end);
    else
      add_piece (cutter, HK_PIECE_REST, i, end)->number = wrap->piece;
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
close_wrap (Cutter *cutter,
            guint   i)
{
  while (cutter->wraps->len > 0 && g_array_index (cutter->wraps, Wrap, 0).line + WRAP_LINES < cutter->number)
    g_array_remove_index (cutter->wraps, 0);
  for (guint w = cutter->wraps->len; w-- > 0;) {
    Wrap    *wrap = &g_array_index (cutter->wraps, Wrap, w);
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
cut_inside (Cutter *cutter,
            guint   i)
{
  const GArray *meanings;
  guint         end;

  if (is_end (cutter, i) || !hk_is_open_paren (char_at (cutter, i)))
    return 0;
  guint begin = skip_space (cutter, i + 1);
  end = is_end (cutter, begin) ? 0 : find_words (cutter, HK_WORDS_INSIDE, begin, TRUE, &meanings);
  if (end == 0)
    return 0;
  end = skip_space (cutter, end);
  if (char_at (cutter, end) == ':' || char_at (cutter, end) == 0xFF1A)
    end++;
  HkPiece *piece = add_piece (cutter, HK_PIECE_LABEL, i, end);
  piece->meanings = meanings;
  piece->agrees   = TRUE;
  return end;
}

static guint
cut_label (Cutter *cutter,
           guint   i)
{
  Number number = { 0 }, plain = { HK_WORDS_PLAIN, 0, i };
  guint  end = 0, rest;

  if ((rest = close_wrap (cutter, i)) != 0)
    return rest;
  if ((end = cut_inside (cutter, i)) != 0)
    return end;
  gboolean numbered = read_number (cutter, i, &number);
  if (numbered)
    end = cut_numbered (cutter, i, &number);
  if (end == 0 && numbered && number.class == HK_WORDS_ITEM && hk_digit (char_at (cutter, i)) >= 0) { /* or of a heading, without its dot */
    Number heading = { HK_WORDS_HEADING, number.number, number.end };
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

/* --- Brackets, marks, options ----------------------------------------------------------------- */

/* Whether words of CLASS begin at glyph I that go on on another line. */
static gboolean
is_begun (const Cutter *cutter,
          HkWordsClass  class,
          guint         i)
{
  guint    end = i, length;
  gboolean live;

  while (!is_boundary (cutter, end))
    end++;
  guint n = folded_between (cutter, i, end);
  if (n < WRAP_MIN || n > WORDS_MAX)
    return FALSE;
  hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, i), n, &length, &live);
  return live;
}

/* Whether a box that needs no brackets stands before the name of a mark. */
static gboolean
is_box_at (const Cutter *cutter,
           guint         i)
{
  const GArray *meanings;
  gboolean      marked;
  guint         words = skip_space (cutter, i + 1);

  return hk_is_box (char_at (cutter, i), &marked) && !is_end (cutter, words) &&
         (find_words (cutter, HK_WORDS_OPTION, words, TRUE, &meanings) != 0 || is_begun (cutter, HK_WORDS_OPTION, words));
}

static HkPieceClass
class_before (const Cutter *cutter)
{
  if (cutter->pieces->len == 0)
    return HK_PIECE_WORDS;
  const HkPiece *piece = &g_array_index (cutter->pieces, HkPiece, cutter->pieces->len - 1);
  return piece->line == cutter->number ? piece->class : HK_PIECE_WORDS;
}

/* Where lines are run together every bracket has room around it: those with
   other words between them than a mark or a choice are the text's, unless an
   option follows. */
static gboolean
quotes (const Cutter *cutter,
        guint         i)
{
  const GArray *meanings;
  guint         first = skip_space (cutter, i + 1), k = first;

  if (hk_is_open_paren (char_at (cutter, first)) || hk_is_close_paren (char_at (cutter, first)))
    return FALSE;
  while (!is_end (cutter, k) && k < first + QUOTE_MAX && !is_bracket (char_at (cutter, k)))
    k++;
  if (k == first || is_end (cutter, k) || !hk_is_close_bracket (char_at (cutter, k)) || is_mark_at (cutter, first))
    return FALSE;
  if (find_words (cutter, HK_WORDS_CHOICE, first, FALSE, &meanings) != 0)
    return FALSE;
  k = skip_space (cutter, k + 1);
  return is_end (cutter, k) || find_words (cutter, HK_WORDS_OPTION, k, FALSE, &meanings) == 0;
}

/* Whether the bracket at glyph I, with nothing but a mark in it, is spoken of:
   ［○］が記入されていない… */
static gboolean
is_box_in_words (const Cutter *cutter,
                 guint         i)
{
  const GArray *meanings;
  guint         close = skip_space (cutter, i + 1);

  if (!is_end (cutter, close) && hk_is_mark (char_at (cutter, close)))
    close = skip_space (cutter, close + 1);
  if (is_end (cutter, close) || !hk_is_close_bracket (char_at (cutter, close)) || is_boundary (cutter, close + 1))
    return FALSE;
  return find_words (cutter, HK_WORDS_OPTION, close + 1, TRUE, &meanings) == 0 && !is_begun (cutter, HK_WORDS_OPTION, close + 1);
}

/* Whether the bracket at glyph I is one of the form's, and not of the text:
   room is left behind it, for a mark or a choice. */
static gboolean
opens (const Cutter *cutter,
       guint         i)
{
  const GArray *meanings;

  if (is_end (cutter, i) || !hk_is_open_bracket (char_at (cutter, i)) || (cutter->spaces == 1 && quotes (cutter, i)) || is_box_in_words (cutter, i))
    return FALSE;
  if (is_end (cutter, i + 1) || is_space_at (cutter, i + 1) || is_bracket (char_at (cutter, i + 1)) || is_mark_at (cutter, i + 1))
    return TRUE;
  guint end = find_words (cutter, HK_WORDS_CHOICE, i + 1, FALSE, &meanings);
  return end != 0 && (is_end (cutter, end) || hk_is_close_bracket (char_at (cutter, end)));
}

/* How many brackets wait, before glyph TO, in words that begin at glyph FROM; those
   at the beginning of a line may go on from the line before. */
static int
bracket_depth (const Cutter *cutter,
               guint         from,
               guint         to)
{
  int depth = g_array_index (cutter->brackets, int, to) - g_array_index (cutter->brackets, int, from);

  return from == 0 ? depth + cutter->waiting : depth;
}

/* Likewise: no bracket in the words from WORDS on waits for this one. */
static gboolean
closes (const Cutter *cutter,
        guint         words,
        guint         i)
{
  if (is_end (cutter, i) || !hk_is_close_bracket (char_at (cutter, i)))
    return FALSE;
  if (cutter->spaces == 1) {
    guint k = i;
    while (k > 0 && i - k <= QUOTE_MAX && !is_bracket (char_at (cutter, k - 1)))
      k--;
    return k == 0 || !hk_is_open_bracket (char_at (cutter, k - 1)) || !quotes (cutter, k - 1);
  }
  return bracket_depth (cutter, words, i) <= 0;
}

/* ［令和６年10月　様式３］: returns the glyph behind it, or 0. */
static guint
form_mark_end (const Cutter *cutter,
               guint         i)
{
  gboolean form = FALSE;

  if (!hk_is_open_bracket (char_at (cutter, i)))
    return 0;
  for (guint k = i + 1; !is_end (cutter, k) && k < i + 30 && !hk_is_open_bracket (char_at (cutter, k)); k++) {
    form |= has_prefix (cutter, k, "様式");
    if (hk_is_close_bracket (char_at (cutter, k)))
      return form ? k + 1 : 0;
  }
  return 0;
}

/* Words of CLASS that begin at glyph WORDS and go on below, as far as they stand
   here, as a piece from glyph BEGIN on. Returns the glyph behind them, or 0. */
static guint
wrap_words (Cutter      *cutter,
            HkWordsClass class,
            HkPieceClass piece,
            guint        begin,
            guint        words)
{
  Number number = { class, 0, words };

  for (guint end = words_limit (cutter, words); end > words; end--) {
    guint    n = folded_between (cutter, words, end), length;
    gboolean live;

    if (n < WRAP_MIN)
      return 0;
    if (n > WORDS_MAX || !(is_end (cutter, end) || (is_space_at (cutter, end) && !is_space_at (cutter, end - 1))))
      continue;
    hk_lexicon_find (cutter->lexicon, class, folded_from (cutter, words), n, &length, &live);
    if (!live)
      continue;
    begin_wrap (cutter, &number, n);
    add_piece (cutter, piece, begin, end);
    return end;
  }
  return 0;
}

/* Whether the last piece is an opening bracket, and a closing one comes behind
   glyph I, here or on the next line: a choice may have its number. */
static gboolean
is_in_brackets (const Cutter *cutter,
                guint         i)
{
  const HkTextLine *next = cutter->line + 1;

  if (cutter->pieces->len == 0 || hk_piece (cutter->pieces, cutter->pieces->len - 1)->class != HK_PIECE_OPEN)
    return FALSE;
  i = skip_space (cutter, i);
  if (!is_end (cutter, i))
    return hk_is_close_bracket (char_at (cutter, i));
  return cutter->number + 1 < cutter->n_lines && hk_is_close_bracket (hk_page_glyph (next->run.page, next->run.first)->ch);
}

/* Whether the last piece is of a list of options: 1. is a heading's number, too. */
static gboolean
is_behind_list (const Cutter *cutter)
{
  return cutter->pieces->len > 0 && hk_piece (cutter->pieces, cutter->pieces->len - 1)->class == HK_PIECE_LIST;
}

/* Whether NUMBER is that of an option among MEANINGS. */
static gboolean
is_option_number (const GArray *meanings,
                  guint         number)
{
  for (guint m = 0; m < meanings->len; m++)
    if (g_array_index (meanings, HkMeaning, m).option == number)
      return TRUE;
  return FALSE;
}

/* Whether the last piece is the number of an entry, without its words. */
static gboolean
is_behind_lone_number (const Cutter *cutter)
{
  return is_behind_list (cutter) && hk_piece (cutter->pieces, cutter->pieces->len - 1)->run.n == 2;
}

/* ＜選択肢＞ or an entry of the list: 1） 行っている */
static guint
cut_list (Cutter *cutter,
          guint   i)
{
  const GArray *meanings;
  guint begin = i;

  if (has_prefix (cutter, i, "<選択肢>")) {
    i = glyph_behind (cutter, i, 5);
    add_piece (cutter, HK_PIECE_LIST, begin, i);
    return i;
  }
  guint number = hk_digit (char_at (cutter, i)) < 0 ? 0 : read_digits (cutter, &i);
  if (number == 0)
    return 0;
  i = skip_space (cutter, i);
  gboolean dotted = char_at (cutter, i) == '.' || char_at (cutter, i) == 0xFF0E; /* as headings are */
  if (!hk_is_close_paren (char_at (cutter, i)) && !dotted)
    return 0;
  guint words = skip_space (cutter, i + 1);
  i = is_end (cutter, words) ? 0 : find_words (cutter, HK_WORDS_CHOICE, words, !dotted || is_behind_list (cutter), &meanings);
  if (dotted && !is_behind_list (cutter) && (i == 0 || !is_option_number (meanings, number)))
    return 0;
  if (i == 0 && is_behind_list (cutter) && (is_end (cutter, words) || words >= begin + LONE_NUMBER_GAP)) { /* its words stand apart */
    add_piece (cutter, HK_PIECE_LIST, begin, begin + 2);
    return begin + 2;
  }
  if (i == 0)
    return is_end (cutter, words) ? 0 : wrap_words (cutter, HK_WORDS_CHOICE, HK_PIECE_LIST, begin, words);
  add_piece (cutter, is_in_brackets (cutter, i) ? HK_PIECE_CHOICE : HK_PIECE_LIST, begin, i)->meanings = meanings;
  return i;
}

/* How many more parentheses open than close between glyphs FROM and TO. */
static int
paren_depth (const Cutter *cutter,
             guint         from,
             guint         to)
{
  return g_array_index (cutter->parens, int, to) - g_array_index (cutter->parens, int, from);
}

static gboolean
is_enclosing (gunichar ch)
{
  return is_bracket (ch) || hk_is_open_paren (ch) || hk_is_close_paren (ch);
}

/* Whether glyphs [FIRST, END) are an item's number: 1. (2) ③ Ⅳ ア */
static gboolean
is_marker (const Cutter *cutter,
           guint         first,
           guint         end)
{
  if (end - first > MARKER_MAX)
    return FALSE;
  for (guint i = first; i < end; i++) {
    gunichar ch = char_at (cutter, i);
    if (hk_digit (ch) < 0 && hk_circled_number (ch) == 0 && hk_roman_number (ch) == 0 && ch != '.' && ch != 0xFF0E && !is_enclosing (ch) &&
        !(ch >= 0x30A2 && ch <= 0x30B3) && ch != 0x30FB) /* ア to コ, ・ */
      return FALSE;
  }
  return TRUE;
}

/* Whether the words from WORDS on are an item's number before the parenthesis at
   glyph I, as in 1 ) …: not a count, 2 ) 件. */
static gboolean
begins_item (const Cutter *cutter,
             guint         words,
             guint         i)
{
  guint behind = skip_space (cutter, i + 1);

  return words + 1 < i && words == 0 && is_marker (cutter, words, i - 1) && !is_end (cutter, behind) && char_at (cutter, behind) != 0x4EF6; /* 件 */
}

/* Where lines are run together every parenthesis has room around it: one is the
   form's that opens behind an option, or closes what the words did not open. */
static HkPieceClass
paren_class_together (Cutter *cutter,
                      guint   words,
                      guint   i)
{
  if (hk_is_open_paren (char_at (cutter, i))) {
    HkPieceClass before = class_before (cutter);
    if (before == HK_PIECE_OPTION || before == HK_PIECE_OPEN || hk_is_close_paren (char_at (cutter, skip_space (cutter, i + 1))))
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
stays_open (const Cutter *cutter,
            guint         i)
{
  guint end = cutter->line->run.n;

  return end - i < OPTION_TEXT_MAX && paren_depth (cutter, i, end) > 0 && char_at (cutter, end - 1) != 0x3002; /* 。 */
}

/* Whether the words in brackets of an option may begin or end at glyph I. */
static HkPieceClass
paren_class (Cutter *cutter,
             guint   words,
             guint   i)
{
  gunichar ch = char_at (cutter, i);

  if (is_end (cutter, i))
    return HK_PIECE_WORDS;
  if (cutter->spaces == 1)
    return paren_class_together (cutter, words, i);
  if (hk_is_open_paren (ch) && words == i &&
      (is_end (cutter, i + 1) || is_space_at (cutter, i + 1) || class_before (cutter) == HK_PIECE_OPTION || hk_is_close_paren (char_at (cutter, i + 1))))
    return HK_PIECE_PAREN_OPEN;
  if (hk_is_open_paren (ch) && words == i && stays_open (cutter, i))
    return HK_PIECE_PAREN_OPEN;
  if (hk_is_close_paren (ch) && class_before (cutter) == HK_PIECE_PAREN_OPEN && paren_depth (cutter, words, i) == 0)
    return HK_PIECE_PAREN_CLOSE;
  if (hk_is_close_paren (ch) && (i == 0 || is_space_at (cutter, i - 1) || class_before (cutter) == HK_PIECE_PAREN_OPEN) &&
      (is_boundary (cutter, i + 1) || char_at (cutter, i + 1) == 0x4EF6)) /* 件 */
    return HK_PIECE_PAREN_CLOSE;
  return HK_PIECE_WORDS;
}

/* Whether the words that end at glyph END go on, in a line that was run together:
   未定 ( 入札により決定 ). */
static gboolean
is_word_of (const Cutter *cutter,
            guint         end)
{
  return cutter->spaces == 1 && class_before (cutter) != HK_PIECE_OPEN && hk_is_open_paren (char_at (cutter, skip_space (cutter, end)));
}

/* Whether the last piece is an opening bracket, here or on the line before. */
static gboolean
is_behind_open (const Cutter *cutter)
{
  const HkPiece *last = cutter->pieces->len > 0 ? hk_piece (cutter->pieces, cutter->pieces->len - 1) : NULL;

  return last != NULL && last->class == HK_PIECE_OPEN && last->line + 1 >= cutter->number;
}

/* Words of the form that may begin at glyph I, behind a space or another piece;
   BEHIND_WORDS: other words stand right before it, so that it is no choice. Returns the glyph behind them, or 0. */
static guint
cut_form (Cutter  *cutter,
          guint    i,
          gboolean behind_words)
{
  HkPieceClass  before = class_before (cutter);
  const GArray *meanings;
  guint         end;

  if ((end = form_mark_end (cutter, i)) != 0) {
    add_piece (cutter, HK_PIECE_FORM_MARK, i, end);
    return end;
  }
  if (char_at (cutter, i) == 0x203B && is_boundary (cutter, i + 1) &&
      (before == HK_PIECE_LABEL || before == HK_PIECE_REST || cutter->line->run.n == 1 || (cutter->spaces == 1 && is_end (cutter, i + 1)))) { /* ※ */
    add_piece (cutter, HK_PIECE_FORM, i, i + 1);
    return i + 1;
  }
  if (before == HK_PIECE_PAREN_CLOSE && char_at (cutter, i) == 0x4EF6 && is_boundary (cutter, i + 1)) { /* 件 */
    add_piece (cutter, HK_PIECE_FORM, i, i + 1);
    return i + 1;
  }
  if (is_box_at (cutter, i)) {
    add_piece (cutter, HK_PIECE_BOX, i, i + 1);
    return i + 1;
  }
  if ((before == HK_PIECE_CLOSE || before == HK_PIECE_BOX) && (end = find_words (cutter, HK_WORDS_OPTION, i, TRUE, &meanings)) != 0 &&
      (is_boundary (cutter, end) || !is_begun (cutter, HK_WORDS_OPTION, i))) { /* その他識別情報（内 is not その他 */
    add_piece (cutter, HK_PIECE_OPTION, i, end)->meanings = meanings;
    return end;
  }
  if ((before == HK_PIECE_CLOSE || before == HK_PIECE_BOX) && (end = wrap_words (cutter, HK_WORDS_OPTION, HK_PIECE_WORDS, i, i)) != 0)
    return end;
  if (is_behind_open (cutter) && find_words (cutter, HK_WORDS_CHOICE, i, FALSE, &meanings) == 0 &&
      (end = wrap_words (cutter, HK_WORDS_CHOICE, HK_PIECE_WORDS, i, i)) != 0)
    return end;
  if ((end = cut_list (cutter, i)) != 0 || (end = cut_label (cutter, i)) != 0)
    return end;
  if ((cutter->spaces == 1 || !behind_words) && (end = find_words (cutter, HK_WORDS_CHOICE, i, FALSE, &meanings)) != 0 && !is_word_of (cutter, end)) {
    add_piece (cutter, is_behind_lone_number (cutter) ? HK_PIECE_LIST : HK_PIECE_CHOICE, i, end)->meanings = meanings;
    return end;
  }
  return 0;
}

static gboolean
is_inside_label (const Cutter *cutter,
                 guint         i)
{
  const GArray *meanings;
  guint         begin = skip_space (cutter, i + 1);

  return hk_is_open_paren (char_at (cutter, i)) && !is_end (cutter, begin) && find_words (cutter, HK_WORDS_INSIDE, begin, TRUE, &meanings) != 0;
}

/* Cuts the sign at glyph I: a bracket or a mark. WORDS: where the words before it
   begin. Returns the glyph behind it, or 0. */
static guint
cut_sign (Cutter *cutter,
          guint   words,
          guint   i)
{
  HkPieceClass class = HK_PIECE_WORDS, paren;
  Number       number;

  if (is_box_at (cutter, i) || form_mark_end (cutter, i) != 0 || read_appendix (cutter, i, &number) || is_inside_label (cutter, i))
    return 0;
  paren = paren_class (cutter, words, i);
  if (opens (cutter, i))
    class = HK_PIECE_OPEN;
  else if (closes (cutter, words, i))
    class = HK_PIECE_CLOSE;
  else if (is_mark_at (cutter, i) && bracket_depth (cutter, words, i) == 0)
    class = HK_PIECE_MARK;
  else if (paren != HK_PIECE_WORDS)
    class = paren;
  if (class == HK_PIECE_WORDS)
    return 0;
  add_words (cutter, words, i);
  add_piece (cutter, class, i, i + 1);
  return i + 1;
}

/* Whether the space from glyph I to BEHIND parts the words from WORDS on from
   what comes. Where lines are run together, one beside a bracket, or behind an
   item's number, is room only. */
static gboolean
parts (const Cutter *cutter,
       guint         words,
       guint         i,
       guint         behind)
{
  if (cutter->spaces == 0 || behind - i < cutter->spaces)
    return FALSE;
  if (i > words && hk_is_open_bracket (char_at (cutter, i - 1)))
    return FALSE; /* brackets of the words, with nothing in them */
  return cutter->spaces > 1 || (!is_marker (cutter, words, i) && !is_enclosing (char_at (cutter, i - 1)) && !is_enclosing (char_at (cutter, behind)));
}

static void
cut_line (Cutter *cutter)
{
  guint    i = 0, words = 0, end;
  gboolean start = TRUE; /* words of the form may begin here */

  fold_line (cutter);
  if (cutter->spaces != 1 || cutter->number == 0 || cutter->line[-1].run.page != cutter->line->run.page)
    cutter->depth = 0; /* else the lines were one */
  while (!is_end (cutter, i)) {
    if (is_space_at (cutter, i)) {
      guint behind = skip_space (cutter, i);

      if (parts (cutter, words, i, behind)) {
        add_words (cutter, words, i);
        words = behind;
      }
      i     = behind;
      start = TRUE;
      if (words < i && skip_space (cutter, words) == i)
        words = i;
      continue;
    }
    if ((end = cut_sign (cutter, words, i)) != 0) {
      i = words = end;
      start = TRUE;
      continue;
    }
    if (start) {
      guint n = cutter->pieces->len;

      add_words (cutter, words, i);
      if ((end = cut_form (cutter, i, words < i)) != 0) {
        i = words = end;
        continue;
      }
      g_array_set_size (cutter->pieces, n); /* the words go on */
    }
    start = FALSE;
    i++;
  }
  add_words (cutter, words, cutter->line->run.n);
  cutter->waiting = MAX (bracket_depth (cutter, words, cutter->line->run.n), 0);
}

/* --- Labels written downwards -------------------------------------------------------------------- */

/* Whether piece I is words of LABEL, whole characters from *AT on, at the
   beginning of their line; then *AT is moved behind them. */
static gboolean
is_next_of (const HkPiece  *piece,
            const gunichar *label,
            guint           n,
            guint          *at)
{
  if (piece->class != HK_PIECE_WORDS || !piece->spaced || piece->run.n > n - *at)
    return FALSE;
  for (guint i = 0; i < piece->run.n; i++)
    if (hk_page_glyph (piece->run.page, piece->run.first + i)->ch != label[*at + i])
      return FALSE;
  *at += piece->run.n;
  return TRUE;
}

/* A label beside several others is written downwards: 再 委 託 come on lines of
   their own, or before the labels beside them. */
static void
find_downwards (GArray     *pieces,
                const char *label)
{
  glong n;
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (label, -1, &n);

  for (guint i = 0; i < pieces->len; i++) {
    guint at = 0, end = i;

    if (!is_next_of (hk_piece (pieces, i), chars, (guint) n - 1, &at))
      continue;
    for (end = i + 1; end < MIN (pieces->len, i + DOWNWARDS_PIECES) && at < (guint) n && hk_piece (pieces, end)->line < hk_piece (pieces, i)->line + DOWNWARDS_LINES; end++)
      is_next_of (hk_piece (pieces, end), chars, (guint) n, &at);
    if (at < (guint) n)
      continue;
    at = 0;
    for (guint k = i; k < end; k++)
      if (is_next_of (hk_piece (pieces, k), chars, (guint) n, &at))
        hk_piece (pieces, k)->class = HK_PIECE_FORM;
  }
}

static gboolean
is_close (const HkPiece *piece)
{
  return piece->run.n == 1 && hk_is_close_bracket (hk_page_glyph (piece->run.page, piece->run.first)->ch);
}

/* ［令和６年10月 / 様式３ / ］ on lines of their own. */
static void
join_form_mark (GArray *pieces)
{
  for (guint i = 1; i + 1 < pieces->len; i++) {
    const HkPiece *words = hk_piece (pieces, i), *before = hk_piece (pieces, i - 1);

    gboolean whole = words->run.n > 1 && hk_is_close_bracket (hk_page_glyph (words->run.page, words->run.first + words->run.n - 1)->ch);
    if (words->class != HK_PIECE_WORDS || words->run.n > 6 || before->class != HK_PIECE_WORDS || !(whole || is_close (hk_piece (pieces, i + 1))) ||
        !hk_is_open_bracket (hk_page_glyph (before->run.page, before->run.first)->ch) || hk_page_glyph (words->run.page, words->run.first)->ch != 0x69D8) /* 様 */
      continue;
    for (guint k = i - 1; k <= i + !whole; k++)
      hk_piece (pieces, k)->class = HK_PIECE_FORM_MARK;
    return;
  }
}

GArray *
hk_pieces_cut (const HkForm    *form,
               const HkLexicon *lexicon,
               const GArray    *lines,
               guint            spaces)
{
  Cutter cutter = { .lexicon = lexicon, .spaces = spaces };

  cutter.pieces      = g_array_new (FALSE, TRUE, sizeof (HkPiece));
  cutter.folded      = g_array_new (FALSE, FALSE, sizeof (gunichar));
  cutter.at          = g_array_new (FALSE, FALSE, sizeof (guint));
  cutter.brackets = g_array_new (FALSE, FALSE, sizeof (int));
  cutter.parens   = g_array_new (FALSE, FALSE, sizeof (int));
  cutter.wraps  = g_array_new (FALSE, FALSE, sizeof (Wrap));
  g_array_set_clear_func (cutter.wraps, (GDestroyNotify) wrap_clear);
  for (guint l = 0; l < lines->len; l++) {
    cutter.line   = &g_array_index (lines, HkTextLine, l);
    cutter.number  = l;
    cutter.n_lines = lines->len;
    cut_line (&cutter);
  }
  join_form_mark (cutter.pieces);
  for (guint r = 0; r < form->n_rows; r++)
    if (form->rows[r].shape == HK_ROW_GROUP && *form->rows[r].number == '\0')
      find_downwards (cutter.pieces, form->rows[r].label);
  g_array_unref (cutter.folded);
  g_array_unref (cutter.at);
  g_array_unref (cutter.brackets);
  g_array_unref (cutter.parens);
  g_array_unref (cutter.wraps);
  return cutter.pieces;
}

const char *
hk_piece_class_name (HkPieceClass class)
{
  static const char *const names[] = { "words", "label", "rest", "option", "choice", "list", "open", "mark", "close", "box", "paren-open", "paren-close", "form-mark", "form" };

  return names[class];
}
