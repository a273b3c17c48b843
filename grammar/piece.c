/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "piece-cutter.h"

#include <string.h>

/* A label written downwards takes so many lines. */
#define DOWNWARDS_LINES 12
#define DOWNWARDS_PIECES 400 /* and so many pieces at the most */

/* What stands in the brackets before an option's name is no longer than this. */
#define UNKNOWN_MARK_MAX 3

/* The words of an entry so far behind its number's beginning stand apart. */
#define LONE_NUMBER_GAP 5

/* Whether the last piece is an opening bracket, and a closing one comes behind
   glyph I, here or on the next line: a choice may have its number. */
static gboolean
is_in_brackets (const HkCutter *cutter,
                guint           i)
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
is_behind_list (const HkCutter *cutter)
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
is_behind_lone_number (const HkCutter *cutter)
{
  return is_behind_list (cutter) && hk_piece (cutter->pieces, cutter->pieces->len - 1)->run.n == 2;
}

/* ＜選択肢＞ or an entry of the list: 1） 行っている */
static guint
cut_list (HkCutter *cutter,
          guint     i)
{
  const GArray *meanings;
  guint begin = i;

  if (hk_cutter_has_prefix (cutter, i, "<選択肢>")) {
    i = hk_cutter_glyph_behind (cutter, i, 5);
    hk_cutter_add_piece (cutter, HK_PIECE_LIST, begin, i);
    return i;
  }
  guint number = hk_digit (char_at (cutter, i)) < 0 ? 0 : hk_cutter_read_digits (cutter, &i);
  if (number == 0)
    return 0;
  i = skip_space (cutter, i);
  gboolean dotted = char_at (cutter, i) == '.' || char_at (cutter, i) == 0xFF0E; /* as headings are */
  if (!hk_is_close_paren (char_at (cutter, i)) && !dotted)
    return 0;
  guint words = skip_space (cutter, i + 1);
  i = is_end (cutter, words) ? 0 : hk_cutter_find_words (cutter, HK_WORDS_CHOICE, words, !dotted || is_behind_list (cutter), &meanings);
  if (dotted && !is_behind_list (cutter) && (i == 0 || !is_option_number (meanings, number)))
    return 0;
  if (i == 0 && is_behind_list (cutter) && (is_end (cutter, words) || words >= begin + LONE_NUMBER_GAP)) { /* its words stand apart */
    hk_cutter_add_piece (cutter, HK_PIECE_LIST, begin, begin + 2);
    return begin + 2;
  }
  if (i == 0)
    return is_end (cutter, words) ? 0 : hk_cutter_wrap_words (cutter, HK_WORDS_CHOICE, HK_PIECE_LIST, begin, words);
  hk_cutter_add_piece (cutter, is_in_brackets (cutter, i) ? HK_PIECE_CHOICE : HK_PIECE_LIST, begin, i)->meanings = meanings;
  return i;
}

/* An entry with a dot, as no label has it, that goes on below: 4. 100万人以上1,000 */
static guint
cut_dotted (HkCutter *cutter,
            guint     i)
{
  guint begin = i;

  if (hk_digit (char_at (cutter, i)) < 0 || hk_cutter_read_digits (cutter, &i) == 0 || (char_at (cutter, i) != '.' && char_at (cutter, i) != 0xFF0E))
    return 0;
  guint words = skip_space (cutter, i + 1);
  return is_end (cutter, words) ? 0 : hk_cutter_wrap_words (cutter, HK_WORDS_CHOICE, HK_PIECE_LIST, begin, words);
}

/* Whether the words that end at glyph END go on, in a line that was run together:
   未定 ( 入札により決定 ). */
static gboolean
is_word_of (const HkCutter *cutter,
            guint           end)
{
  return cutter->spaces == 1 && hk_cutter_class_before (cutter) != HK_PIECE_OPEN && hk_is_open_paren (char_at (cutter, skip_space (cutter, end)));
}

/* Whether the last piece is an opening bracket, here or on the line before. */
static gboolean
is_behind_open (const HkCutter *cutter)
{
  const HkPiece *last = cutter->pieces->len > 0 ? hk_piece (cutter->pieces, cutter->pieces->len - 1) : NULL;

  return last != NULL && last->class == HK_PIECE_OPEN && last->line + 1 >= cutter->number;
}

/* Whether a closing bracket, or a box, stands right before the rest of the line; where
   lines were run together, their ends are guessed. */
static gboolean
is_behind_box (const HkCutter *cutter)
{
  const HkPiece *last = cutter->pieces->len > 0 ? hk_piece (cutter->pieces, cutter->pieces->len - 1) : NULL;

  return last != NULL && (last->class == HK_PIECE_CLOSE || last->class == HK_PIECE_BOX) &&
         (last->line == cutter->number || (cutter->spaces == 1 && last->run.page == cutter->line->run.page));
}

/* Words of the form that may begin at glyph I, behind a space or another piece;
   BEHIND_WORDS: other words stand right before it, so that it is no choice. Returns the glyph behind them, or 0. */
static guint
cut_form (HkCutter *cutter,
          guint     i,
          gboolean  behind_words)
{
  HkPieceClass  before = hk_cutter_class_before (cutter);
  const GArray *meanings;
  guint         end;

  if ((end = hk_cutter_form_mark_end (cutter, i)) != 0) {
    hk_cutter_add_piece (cutter, HK_PIECE_FORM_MARK, i, end);
    return end;
  }
  if (char_at (cutter, i) == 0x203B && hk_cutter_is_boundary (cutter, i + 1) &&
      (before == HK_PIECE_LABEL || before == HK_PIECE_REST || (cutter->line->run.n == 1 && cutter->spaces != 1))) { /* ※ */
    hk_cutter_add_piece (cutter, HK_PIECE_FORM, i, i + 1);
    return i + 1;
  }
  if (before == HK_PIECE_PAREN_CLOSE && char_at (cutter, i) == 0x4EF6 && hk_cutter_is_boundary (cutter, i + 1)) { /* 件 */
    hk_cutter_add_piece (cutter, HK_PIECE_FORM, i, i + 1);
    return i + 1;
  }
  if (hk_cutter_is_box_at (cutter, i)) {
    hk_cutter_add_piece (cutter, HK_PIECE_BOX, i, i + 1);
    return i + 1;
  }
  if (is_behind_box (cutter) && (end = hk_cutter_find_words (cutter, HK_WORDS_OPTION, i, TRUE, &meanings)) != 0 &&
      (hk_cutter_is_boundary (cutter, end) || !hk_cutter_is_begun (cutter, HK_WORDS_OPTION, i))) { /* その他識別情報（内 is not その他 */
    hk_cutter_add_piece (cutter, HK_PIECE_OPTION, i, end)->meanings = meanings;
    return end;
  }
  if (is_behind_box (cutter) && (end = hk_cutter_wrap_words (cutter, HK_WORDS_OPTION, HK_PIECE_WORDS, i, i)) != 0)
    return end;
  if (is_behind_open (cutter) && hk_cutter_find_words (cutter, HK_WORDS_CHOICE, i, FALSE, &meanings) == 0 &&
      (end = hk_cutter_wrap_words (cutter, HK_WORDS_CHOICE, HK_PIECE_WORDS, i, i)) != 0)
    return end;
  if ((end = cut_list (cutter, i)) != 0 || (end = hk_cutter_cut_label (cutter, i)) != 0 || (end = cut_dotted (cutter, i)) != 0)
    return end;
  if ((cutter->spaces == 1 || !behind_words) && (end = hk_cutter_find_words (cutter, HK_WORDS_CHOICE, i, FALSE, &meanings)) != 0 && !is_word_of (cutter, end)) {
    hk_cutter_add_piece (cutter, is_behind_lone_number (cutter) ? HK_PIECE_LIST : HK_PIECE_CHOICE, i, end)->meanings = meanings;
    return end;
  }
  return 0;
}

/* Whether the space from glyph I to BEHIND parts the words from WORDS on from
   what comes. Where lines are run together, one beside a bracket, or behind an
   item's number, is room only. */
static gboolean
parts (const HkCutter *cutter,
       guint           words,
       guint           i,
       guint           behind)
{
  if (cutter->spaces == 0 || behind - i < cutter->spaces)
    return FALSE;
  if (i > words && hk_is_open_bracket (char_at (cutter, i - 1)))
    return FALSE; /* brackets of the words, with nothing in them */
  return cutter->spaces > 1 || (!hk_cutter_is_marker (cutter, words, i) && !hk_cutter_is_enclosing (char_at (cutter, i - 1)) && !hk_cutter_is_enclosing (char_at (cutter, behind)));
}

static void
cut_line (HkCutter *cutter)
{
  guint    i = 0, words = 0, end;
  gboolean start = TRUE; /* words of the form may begin here */

  hk_cutter_fold_line (cutter);
  if (cutter->spaces != 1 || cutter->number == 0 || cutter->line[-1].run.page != cutter->line->run.page)
    cutter->depth = 0; /* else the lines were one */
  while (!is_end (cutter, i)) {
    if (is_space_at (cutter, i)) {
      guint behind = skip_space (cutter, i);

      if (parts (cutter, words, i, behind)) {
        hk_cutter_add_words (cutter, words, i);
        words = behind;
      }
      i     = behind;
      start = TRUE;
      if (words < i && skip_space (cutter, words) == i)
        words = i;
      continue;
    }
    if ((end = hk_cutter_cut_sign (cutter, words, i)) != 0) {
      i = words = end;
      start = TRUE;
      continue;
    }
    if (start) {
      guint n = cutter->pieces->len;

      hk_cutter_add_words (cutter, words, i);
      if ((end = cut_form (cutter, i, words < i)) != 0) {
        i = words = end;
        continue;
      }
      g_array_set_size (cutter->pieces, n); /* the words go on */
    }
    start = FALSE;
    i++;
  }
  hk_cutter_add_words (cutter, words, cutter->line->run.n);
  cutter->waiting = MAX (hk_cutter_bracket_depth (cutter, words, cutter->line->run.n), 0);
}

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

/* [ × ] before the name of an option: a mark, though none that is known. It is
   one character, or a few that share a line with their brackets. */
static void
find_unknown_marks (GArray *pieces)
{
  for (guint i = 0; i + 3 < pieces->len; i++) {
    HkPiece *mark = hk_piece (pieces, i + 1), *close = hk_piece (pieces, i + 2);

    if (hk_piece (pieces, i)->class != HK_PIECE_OPEN || mark->class != HK_PIECE_WORDS || close->class != HK_PIECE_CLOSE ||
        hk_piece (pieces, i + 3)->class != HK_PIECE_OPTION)
      continue;
    if (mark->run.n == 1 || (mark->run.n <= UNKNOWN_MARK_MAX && hk_piece (pieces, i)->line == close->line))
      mark->class = HK_PIECE_MARK;
  }
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

/* Whether PIECE is a label with its value below; NUMBER: a number (評価書番号). */
static gboolean
is_head (const HkForm  *form,
         const HkPiece *piece,
         gboolean       number)
{
  if (piece->class != HK_PIECE_LABEL || piece->meanings == NULL)
    return FALSE;
  const HkFormRow *row = &form->rows[g_array_index (piece->meanings, HkMeaning, 0).row];
  return row->shape == HK_ROW_ITEM && row->placement == HK_PLACE_BELOW && g_str_has_suffix (row->label, "番号") == number;
}

/* How many glyphs of PIECE are a number before other words, and in *ROOM how many are
   the white space behind it; 0: it begins with none. */
static guint
number_before_words (const HkPiece *piece,
                     guint         *room)
{
  guint digits = 0;

  while (digits < piece->run.n && hk_digit (hk_page_glyph (piece->run.page, piece->run.first + digits)->ch) >= 0)
    digits++;
  for (*room = 0; digits + *room < piece->run.n && hk_is_space (hk_page_glyph (piece->run.page, piece->run.first + digits + *room)->ch); (*room)++)
    ;
  return *room > 0 && digits + *room < piece->run.n ? digits : 0;
}

/* Where two labels stand beside each other, so do their values below: 6 軽自動車税に関する事務. */
static void
part_heads (const HkForm *form,
            GArray       *pieces)
{
  for (guint i = 2; i < pieces->len; i++) {
    HkPiece words = *hk_piece (pieces, i);
    guint   room, digits = words.class == HK_PIECE_WORDS ? number_before_words (&words, &room) : 0;

    if (digits == 0 || !is_head (form, hk_piece (pieces, i - 2), TRUE) || !is_head (form, hk_piece (pieces, i - 1), FALSE))
      continue;
    hk_piece (pieces, i)->run.n = digits;
    words.run.first += digits + room;
    words.run.n     -= digits + room;
    words.begins     = FALSE;
    words.spaced     = TRUE;
    g_array_insert_val (pieces, i + 1, words);
    for (guint k = i + 2; k < pieces->len; k++)
      hk_piece (pieces, k)->number += hk_piece (pieces, k)->class == HK_PIECE_REST && hk_piece (pieces, k)->number > i; /* of its label */
    return;
  }
}

GArray *
hk_pieces_cut (const HkForm    *form,
               const HkLexicon *lexicon,
               const GArray    *lines,
               guint            spaces)
{
  HkCutter cutter = { .lexicon = lexicon, .spaces = spaces };

  cutter.pieces      = g_array_new (FALSE, TRUE, sizeof (HkPiece));
  cutter.folded      = g_array_new (FALSE, FALSE, sizeof (gunichar));
  cutter.at          = g_array_new (FALSE, FALSE, sizeof (guint));
  cutter.brackets = g_array_new (FALSE, FALSE, sizeof (int));
  cutter.parens   = g_array_new (FALSE, FALSE, sizeof (int));
  cutter.wraps  = g_array_new (FALSE, FALSE, sizeof (HkWrap));
  g_array_set_clear_func (cutter.wraps, (GDestroyNotify) hk_cutter_wrap_clear);
  for (guint l = 0; l < lines->len; l++) {
    cutter.line   = &g_array_index (lines, HkTextLine, l);
    cutter.number  = l;
    cutter.n_lines = lines->len;
    cut_line (&cutter);
  }
  join_form_mark (cutter.pieces);
  find_unknown_marks (cutter.pieces);
  part_heads (form, cutter.pieces);
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
