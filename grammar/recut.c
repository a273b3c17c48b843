/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "recut.h"
#include "fold.h"

#include <string.h>

/* A name is so many characters at the most. */
#define NAME_LENGTH_MAX 40
#define LABEL_LENGTH_MIN 4
#define LABEL_LENGTH_MAX 12

/* What is of one row stands so many pieces apart at the most. */
#define NEAR_PIECES 5

/* A line that wraps has so many at the least. */
#define LINE_MIN 20

typedef struct {
  const HkForm    *form;
  const HkLexicon *lexicon;
  GArray          *from;
  GArray          *to;
  gboolean         backwards; /* the first page is painted from its end */
} Recutter;

static gunichar
char_of (const HkPiece *piece,
         guint          i)
{
  return hk_page_glyph (piece->run.page, piece->run.first + i)->ch;
}

static gboolean
is_class (const Recutter *recutter,
          guint           i,
          HkPieceClass    class)
{
  return i < recutter->from->len && hk_piece (recutter->from, i)->class == class;
}

/* Whether piece I and the next share a line. */
static gboolean
goes_on (const Recutter *recutter,
         guint           i)
{
  return i + 1 < recutter->from->len && hk_piece (recutter->from, i + 1)->line == hk_piece (recutter->from, i)->line;
}

/* Adds characters [FIRST, END) of PIECE, white space at the ends left out. */
static HkPiece *
add_part (Recutter      *recutter,
          const HkPiece *piece,
          guint          first,
          guint          end,
          HkPieceClass   class)
{
  HkPiece part = *piece;

  while (first < end && hk_is_space (char_of (piece, first)))
    first++;
  while (first < end && hk_is_space (char_of (piece, end - 1)))
    end--;
  if (first == end)
    return NULL;
  part.class      = class;
  part.run.first += first;
  part.run.n      = end - first;
  if (first > 0) {
    part.begins = FALSE;
    part.spaced = hk_is_space (char_of (piece, first - 1));
  }
  g_array_append_val (recutter->to, part);
  return hk_piece (recutter->to, recutter->to->len - 1);
}

/* What the words of CLASS mean that are [FIRST, END) of PIECE, or NULL. */
static const GArray *
find_span (const Recutter *recutter,
           HkWordsClass    class,
           const HkPiece  *piece,
           guint           first,
           guint           end)
{
  g_autoptr (GArray)  chars = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_autoptr (GString) out   = g_string_new (NULL);
  const GArray *meanings;
  guint         length;
  gboolean      live;

  for (guint i = first; i < end; i++) {
    gunichar ch = char_of (piece, i);
    g_array_append_val (chars, ch);
  }
  hk_fold (out, (const gunichar *) (gpointer) chars->data, chars->len);
  if (out->len == 0)
    return NULL;
  glong n;
  g_autofree gunichar *folded = g_utf8_to_ucs4_fast (out->str, (glong) out->len, &n);
  meanings = hk_lexicon_find (recutter->lexicon, class, folded, (guint) n, &length, &live);
  return meanings != NULL && length == (guint) n ? meanings : NULL;
}

/* What the words of CLASS mean that are all of PIECE from FIRST on, or NULL. */
static const GArray *
find_words (const Recutter *recutter,
            HkWordsClass    class,
            const HkPiece  *piece,
            guint           first)
{
  return find_span (recutter, class, piece, first, piece->run.n);
}

/* The options whose name that is. */
static const GArray *
find_name (const Recutter *recutter,
           const HkPiece  *piece,
           guint           first)
{
  return find_words (recutter, HK_WORDS_OPTION, piece, first);
}

static gboolean
share_row (const GArray *some,
           const GArray *others)
{
  for (guint i = 0; some != NULL && others != NULL && i < some->len; i++)
    for (guint k = 0; k < others->len; k++)
      if (g_array_index (some, HkMeaning, i).row == g_array_index (others, HkMeaning, k).row)
        return TRUE;
  return FALSE;
}

/* Whether the mark of an option stands right before piece I, or its bracket, which
   does not close behind it. */
static gboolean
is_marked (const Recutter *recutter,
           guint           i)
{
  const HkPiece *piece = hk_piece (recutter->from, i), *before = i > 0 ? hk_piece (recutter->from, i - 1) : NULL;

  if (before == NULL || before->island != piece->island || before->line + 1 < piece->line)
    return FALSE;
  if (before->class == HK_PIECE_MARK)
    return TRUE;
  return before->class == HK_PIECE_OPEN && before->line == piece->line && !is_class (recutter, i + 1, HK_PIECE_CLOSE);
}

/* Whether the first page is painted from its end: the heading of the form is
   the last of its labels. */
static gboolean
is_backwards (const Recutter *recutter)
{
  const HkPiece *last = NULL;

  for (guint i = 0; i < recutter->from->len && hk_piece (recutter->from, i)->run.page == hk_piece (recutter->from, 0)->run.page; i++)
    if (hk_piece (recutter->from, i)->class == HK_PIECE_LABEL)
      last = hk_piece (recutter->from, i);
  for (guint m = 0; last != NULL && m < last->meanings->len; m++)
    if (g_array_index (last->meanings, HkMeaning, m).row == 0)
      return TRUE;
  return FALSE;
}

/* Brackets in the midst of words, where one closes and the next opens: no text
   has that. */
static gboolean
cut_brackets (Recutter *recutter,
              guint     i)
{
  const HkPiece *piece  = hk_piece (recutter->from, i);
  gboolean       touch  = FALSE;
  guint          before = 0;

  for (guint k = 0; k + 1 < piece->run.n; k++)
    touch |= hk_is_close_bracket (char_of (piece, k)) && hk_is_open_bracket (char_of (piece, k + 1));
  if (!touch)
    return FALSE;
  for (guint k = 0; k < piece->run.n; k++) {
    gunichar ch = char_of (piece, k);
    if (!hk_is_open_bracket (ch) && !hk_is_close_bracket (ch))
      continue;
    add_part (recutter, piece, before, k, HK_PIECE_WORDS);
    add_part (recutter, piece, k, k + 1, hk_is_open_bracket (ch) ? HK_PIECE_OPEN : HK_PIECE_CLOSE);
    before = k + 1;
  }
  add_part (recutter, piece, before, piece->run.n, HK_PIECE_WORDS);
  return TRUE;
}

/* ) words （ name: behind it the bracket that closes its box. */
static gboolean
cut_backwards (Recutter *recutter,
               guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  guint          first = piece->run.n > NAME_LENGTH_MAX ? piece->run.n - NAME_MAX : 0, begin = 0;
  const GArray  *meanings = NULL;

  if (!is_class (recutter, i + 1, HK_PIECE_CLOSE))
    return FALSE;
  for (; first < piece->run.n && meanings == NULL; first++)
    if (first == 0 || hk_is_open_paren (char_of (piece, first - 1)) || hk_is_space (char_of (piece, first - 1)))
      meanings = find_name (recutter, piece, first);
  if (meanings == NULL)
    return FALSE;
  guint name = --first;
  if (name > 0 && hk_is_open_paren (char_of (piece, name - 1))) {
    if (hk_is_close_paren (char_of (piece, 0)) && name > 1) {
      add_part (recutter, piece, 0, 1, HK_PIECE_PAREN_CLOSE);
      begin = 1;
    }
    while (begin < name - 1 && hk_is_space (char_of (piece, begin)))
      begin++;
    if (begin < name - 1 && char_of (piece, begin) == 0x4EF6) /* 件 */
      add_part (recutter, piece, begin, begin + 1, HK_PIECE_FORM), begin++;
    add_part (recutter, piece, begin, name - 1, HK_PIECE_WORDS);
    add_part (recutter, piece, name - 1, name, HK_PIECE_PAREN_OPEN);
  }
  else
    add_part (recutter, piece, 0, name, HK_PIECE_WORDS);
  add_part (recutter, piece, name, piece->run.n, HK_PIECE_OPTION)->meanings = meanings;
  return TRUE;
}

/* name][name: brackets that touch the names of options, or marks, on both sides. */
static gboolean
cut_chain (Recutter *recutter,
           guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  guint          n = piece->run.n, n_names = 0, before = recutter->to->len;

  for (guint first = 0, end; first < n; first = end) {
    gunichar      ch      = char_of (piece, first);
    HkPieceClass  class   = hk_is_open_bracket (ch) ? HK_PIECE_OPEN : hk_is_close_bracket (ch) ? HK_PIECE_CLOSE : HK_PIECE_OPTION;
    HkPiece       part    = *piece;
    const GArray *meaning = NULL;

    for (end = first + 1; class == HK_PIECE_OPTION && end < n && !hk_is_open_bracket (char_of (piece, end)) && !hk_is_close_bracket (char_of (piece, end)); end++)
      ;
    if (class == HK_PIECE_OPTION) {
      part.run.n = end;
      if (end == first + 1 && hk_is_mark (ch))
        class = HK_PIECE_MARK;
      else if ((meaning = find_name (recutter, &part, first)) == NULL)
        break;
      n_names += class == HK_PIECE_OPTION;
    }
    add_part (recutter, piece, first, end, class)->meanings = meaning;
    if (end == n && n_names > 0 && recutter->to->len > before + 1)
      return TRUE;
  }
  g_array_set_size (recutter->to, before);
  return FALSE;
}

/* ）words（［: what is in an option's parentheses, painted from its end before the
   option's box. */
static gboolean
cut_parens (Recutter *recutter,
            guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  guint          n     = piece->run.n;

  if (!piece->begins || n < 2 || !goes_on (recutter, i) || !(is_class (recutter, i + 1, HK_PIECE_OPEN) || is_class (recutter, i + 1, HK_PIECE_CLOSE)))
    return FALSE;
  if (!hk_is_close_paren (char_of (piece, 0)) || !hk_is_open_paren (char_of (piece, n - 1)))
    return FALSE;
  add_part (recutter, piece, 0, 1, HK_PIECE_PAREN_CLOSE);
  add_part (recutter, piece, 1, n - 1, HK_PIECE_WORDS);
  add_part (recutter, piece, n - 1, n, HK_PIECE_PAREN_OPEN);
  return TRUE;
}

/* ）　件（: the parentheses of a count that stands elsewhere. */
static gboolean
cut_count (Recutter *recutter,
           guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  gboolean       unit  = FALSE;

  for (guint k = 0; k < piece->run.n; k++) {
    gunichar ch = char_of (piece, k);
    if (!hk_is_open_paren (ch) && !hk_is_close_paren (ch) && !hk_is_space (ch) && ch != 0x4EF6) /* 件 */
      return FALSE;
    unit |= ch == 0x4EF6;
  }
  if (!unit)
    return FALSE;
  for (guint k = 0; k < piece->run.n; k++) {
    gunichar ch = char_of (piece, k);
    add_part (recutter, piece, k, k + 1, hk_is_open_paren (ch) ? HK_PIECE_PAREN_OPEN : hk_is_close_paren (ch) ? HK_PIECE_PAREN_CLOSE : HK_PIECE_FORM);
  }
  return TRUE;
}

/* Words that are a choice and a name, too: before a bracket that closes, none
   before them, they are the name. */
static gboolean
cut_choice (Recutter *recutter,
            guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  const GArray  *meanings;

  if (!is_class (recutter, i + 1, HK_PIECE_CLOSE) || (i > 0 && (is_class (recutter, i - 1, HK_PIECE_OPEN) || is_class (recutter, i - 1, HK_PIECE_CLOSE))))
    return FALSE;
  if (goes_on (recutter, i) && hk_piece (recutter->from, i + 1)->spaced)
    return FALSE;
  if ((meanings = find_name (recutter, piece, 0)) == NULL)
    return FALSE;
  add_part (recutter, piece, 0, piece->run.n, HK_PIECE_OPTION)->meanings = meanings;
  return TRUE;
}

/* Likewise behind a bracket that is closed elsewhere, on the line of a heading that
   is not that of the choice. */
static gboolean
cut_choice_open (Recutter *recutter,
                 guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  const GArray  *meanings;
  gboolean       heading = FALSE;

  if (!is_class (recutter, i - 1, HK_PIECE_OPEN) || !is_marked (recutter, i) || (meanings = find_name (recutter, piece, 0)) == NULL)
    return FALSE;
  for (guint k = recutter->to->len; k-- > 0 && hk_piece (recutter->to, k)->line == piece->line;)
    heading |= hk_piece (recutter->to, k)->class == HK_PIECE_LABEL && !share_row (piece->meanings, hk_piece (recutter->to, k)->meanings);
  if (!heading)
    return FALSE;
  add_part (recutter, piece, 0, piece->run.n, HK_PIECE_OPTION)->meanings = meanings;
  return TRUE;
}

/* なし特記事項: a value and behind it, painted backwards, its label. */
static gboolean
cut_label_behind (Recutter *recutter,
                  guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  guint          n     = piece->run.n;

  if (piece->run.page != hk_piece (recutter->from, 0)->run.page || !recutter->backwards)
    return FALSE;
  for (guint first = n > LABEL_LENGTH_MAX ? n - LABEL_LENGTH_MAX : 1; first + LABEL_LENGTH_MIN <= n; first++) {
    const GArray *meanings = find_words (recutter, HK_WORDS_PLAIN, piece, first);
    if (meanings == NULL)
      continue;
    add_part (recutter, piece, 0, first, HK_PIECE_WORDS);
    HkPiece *label = add_part (recutter, piece, first, n, HK_PIECE_LABEL);
    label->meanings = meanings;
    label->agrees   = TRUE;
    return TRUE;
  }
  return FALSE;
}

/* 固定資産税に関する事務23: likewise a title and a number. */
static gboolean
cut_number_behind (Recutter *recutter,
                   guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  guint          n     = piece->run.n;

  if (piece->run.page != hk_piece (recutter->from, 0)->run.page || !recutter->backwards)
    return FALSE;
  while (n > 0 && hk_digit (char_of (piece, n - 1)) >= 0)
    n--;
  if (n < LABEL_LENGTH_MIN || n == piece->run.n || piece->run.n - n > 3)
    return FALSE;
  if (!hk_is_space (char_of (piece, n - 1)) && char_of (piece, n - 1) != 0x66F8) /* 書 */
    return FALSE;
  add_part (recutter, piece, 0, n, HK_PIECE_WORDS);
  add_part (recutter, piece, n, piece->run.n, HK_PIECE_WORDS);
  return TRUE;
}

/* Whether LABEL is that of an item, not of a group or heading. */
static gboolean
is_item (const Recutter *recutter,
         const HkPiece  *label)
{
  for (guint i = 0; i < label->meanings->len; i++)
    if (recutter->form->rows[g_array_index (label->meanings, HkMeaning, i).row].shape == HK_ROW_ITEM)
      return TRUE;
  return FALSE;
}

/* Whether an option of a row that MEANINGS has, or the label of such a row, was
   there just before. */
static gboolean
follows_row (const Recutter *recutter,
             const GArray   *meanings)
{
  for (guint i = recutter->to->len, n = 0; i-- > 0 && n < NEAR_PIECES; n++) {
    const HkPiece *before = hk_piece (recutter->to, i);
    if (before->class == HK_PIECE_OPTION || (before->class == HK_PIECE_LABEL && (is_item (recutter, before) || share_row (meanings, before->meanings))))
      return share_row (meanings, before->meanings);
  }
  return FALSE;
}

/* 情報提供ネットワークシステム 庁内連携システム: names of options whose brackets are
   painted elsewhere, with a mark before them or not; behind the last may be its text. */
static gboolean
cut_names (Recutter *recutter,
           guint     i)
{
  const HkPiece *piece  = hk_piece (recutter->from, i);
  guint          before = recutter->to->len, n = piece->run.n, n_names = 0, first = 0;
  gboolean       marked = is_marked (recutter, i);

  if (!piece->begins && !marked && (i == 0 || before == 0 || hk_piece (recutter->to, before - 1)->class != HK_PIECE_OPTION || hk_piece (recutter->to, before - 1)->line != piece->line))
    return FALSE;
  while (first < n) {
    const GArray *meanings = NULL;
    guint         end      = MIN (n, first + NAME_LENGTH_MAX);

    for (; end > first && meanings == NULL; end--)
      if (end == n || hk_is_space (char_of (piece, end)))
        meanings = find_span (recutter, HK_WORDS_OPTION, piece, first, end);
    if (meanings == NULL || (n_names > 0 && !share_row (meanings, hk_piece (recutter->to, recutter->to->len - 1)->meanings)))
      break;
    end++;
    if (n_names == 0 && !marked && end == n && !follows_row (recutter, meanings))
      break;
    HkPiece *name = add_part (recutter, piece, first, end, HK_PIECE_OPTION);
    name->meanings = meanings;
    n_names++;
    for (first = end; first < n && hk_is_space (char_of (piece, first)); first++)
      ;
  }
  if (n_names == 0 || (first < n && n_names == 1 && !marked)) {
    g_array_set_size (recutter->to, before);
    return FALSE;
  }
  if (first < n)
    add_part (recutter, piece, first, n, HK_PIECE_WORDS);
  return TRUE;
}

/* A name alone on its line, behind the bracket that closes its box. */
static gboolean
cut_name (Recutter *recutter,
          guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);

  if (!piece->begins || goes_on (recutter, i) || i == 0 || !is_class (recutter, i - 1, HK_PIECE_CLOSE))
    return FALSE;
  if (i + 1 < recutter->from->len && is_class (recutter, i + 1, HK_PIECE_CLOSE))
    return FALSE;
  const GArray *meanings = find_name (recutter, piece, 0);
  if (meanings == NULL)
    return FALSE;
  add_part (recutter, piece, 0, piece->run.n, HK_PIECE_OPTION)->meanings = meanings;
  return TRUE;
}

static gboolean
cut_mark (Recutter *recutter,
          guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);

  if (piece->run.n != 1 || !hk_is_mark (char_of (piece, 0)) || g_unichar_isalpha (char_of (piece, 0)))
    return FALSE;
  add_part (recutter, piece, 0, 1, HK_PIECE_MARK);
  return TRUE;
}

/* 23 固定資産税に関する事務: a number and a title share a line. */
static gboolean
cut_number (Recutter *recutter,
            guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  guint          n     = 0;

  if (piece->run.page != hk_piece (recutter->from, 0)->run.page)
    return FALSE;
  while (n < piece->run.n && hk_digit (char_of (piece, n)) >= 0)
    n++;
  if (n == 0 || n > 3 || n == piece->run.n || !hk_is_space (char_of (piece, n)))
    return FALSE;
  add_part (recutter, piece, 0, n, HK_PIECE_WORDS);
  add_part (recutter, piece, n, piece->run.n, HK_PIECE_WORDS);
  return TRUE;
}

/* How many brackets or parentheses open in PIECE and do not close. */
static int
open_depth (const HkPiece *piece,
            gboolean       parens)
{
  int depth = 0;

  for (guint i = 0; i < piece->run.n; i++) {
    gunichar ch = char_of (piece, i);
    depth += parens ? hk_is_open_paren (ch) - hk_is_close_paren (ch) : hk_is_open_bracket (ch) - hk_is_close_bracket (ch);
  }
  return depth;
}

/* The same for the words before sign I, on its line and the one above. */
static int
depth_before (const Recutter *recutter,
              guint           i,
              gboolean        parens)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  int            depth = 0;

  while (i-- > 0) {
    const HkPiece *before = hk_piece (recutter->from, i);
    if (before->class != HK_PIECE_WORDS || before->island != piece->island || before->line + 1 < piece->line)
      break;
    depth += open_depth (before, parens);
  }
  return depth;
}

static gboolean
ends_sentence (const HkPiece *piece)
{
  gunichar last = char_of (piece, piece->run.n - 1);

  return last == 0x3002 || last == ':' || last == 0xFF1A; /* 。 ： */
}

/* Whether the sign I is one of the words around it: it closes what opened among
   them, or is a ※ behind no label. */
static gboolean
is_of_words (const Recutter *recutter,
             guint           i)
{
  const HkPiece *piece = hk_piece (recutter->from, i), *before = i > 0 ? hk_piece (recutter->from, i - 1) : NULL;

  if (before == NULL)
    return FALSE;
  switch (piece->class) {
  case HK_PIECE_CLOSE:
    return depth_before (recutter, i, FALSE) > 0;
  case HK_PIECE_PAREN_CLOSE:
    return before->class == HK_PIECE_WORDS && before->line == piece->line && open_depth (before, TRUE) > 0;
  case HK_PIECE_CHOICE: /* the line above goes on with words that a choice has, too */
    return piece->begins && before->class == HK_PIECE_WORDS && before->island == piece->island && before->line + 1 == piece->line &&
           before->run.n >= LINE_MIN && !ends_sentence (before) && !is_class (recutter, i + 1, HK_PIECE_CLOSE);
  case HK_PIECE_FORM:
    return char_of (piece, 0) == 0x203B && (before->line != piece->line || before->class == HK_PIECE_WORDS);
  default:
    return FALSE;
  }
}

/* Adds sign I, and the words behind it, to the words before it. */
static guint
join_words (Recutter *recutter,
            guint     i)
{
  const HkPiece *piece = hk_piece (recutter->from, i);
  HkPiece       *last  = recutter->to->len > 0 ? hk_piece (recutter->to, recutter->to->len - 1) : NULL;
  guint          end   = i + 1;

  while (end < recutter->from->len && hk_piece (recutter->from, end)->line == piece->line && hk_piece (recutter->from, end)->class == HK_PIECE_WORDS)
    end++;
  const HkPiece *to = hk_piece (recutter->from, end - 1);
  if (last == NULL || last->class != HK_PIECE_WORDS || last->line != piece->line) {
    HkPiece words = *piece;
    words.class   = HK_PIECE_WORDS;
    g_array_append_val (recutter->to, words);
    last = hk_piece (recutter->to, recutter->to->len - 1);
  }
  last->run.n = to->run.first + to->run.n - last->run.first;
  return end;
}

static gboolean
cut_words (Recutter *recutter,
           guint     i)
{
  return cut_mark (recutter, i) || cut_parens (recutter, i) || cut_chain (recutter, i) || cut_backwards (recutter, i) || cut_name (recutter, i) || cut_names (recutter, i) || cut_count (recutter, i) ||
         cut_number (recutter, i) || cut_number_behind (recutter, i) || cut_label_behind (recutter, i);
}

/* ［ ○ ］の欄には何も書かない。: a sentence that has brackets. Returns the first piece
   that is not of it; I: piece I does not begin one. */
static guint
sentence_end (const Recutter *recutter,
              guint           i)
{
  guint    line = hk_piece (recutter->from, i)->line, end = i, last;
  gboolean goes_on = FALSE; /* a bracket closes and the sentence goes on */

  for (; end < recutter->from->len && hk_piece (recutter->from, end)->line == line; end++) {
    const HkPiece *piece = hk_piece (recutter->from, end);
    if (piece->class != HK_PIECE_OPEN && piece->class != HK_PIECE_CLOSE && piece->class != HK_PIECE_MARK && piece->class != HK_PIECE_CHOICE && piece->class != HK_PIECE_WORDS)
      break;
    goes_on |= end > i && piece->class == HK_PIECE_WORDS && !piece->spaced && is_class (recutter, end - 1, HK_PIECE_CLOSE) &&
               g_unichar_get_script (char_of (piece, 0)) == G_UNICODE_SCRIPT_HIRAGANA;
  }
  if (!goes_on)
    return i;
  last = end - 1;
  const HkPiece *piece = hk_piece (recutter->from, last);
  return piece->class == HK_PIECE_WORDS && char_of (piece, piece->run.n - 1) == 0x3002 /* 。 */ ? end : i;
}

/* Goes once through the pieces; FIRST: only cuts what has brackets in its midst. */
static void
recut (Recutter *recutter,
       gboolean  first)
{
  g_autofree guint *now = g_new (guint, recutter->from->len + 1);

  recutter->to        = g_array_sized_new (FALSE, FALSE, sizeof (HkPiece), recutter->from->len + 16);
  recutter->backwards = is_backwards (recutter);
  for (guint i = 0; i < recutter->from->len; i++) {
    HkPiece piece = *hk_piece (recutter->from, i);

    now[i] = recutter->to->len;
    guint end = first ? sentence_end (recutter, i) : i;
    if (end > i) {
      const HkPiece *last = hk_piece (recutter->from, end - 1);
      piece.class    = HK_PIECE_WORDS;
      piece.meanings = NULL;
      piece.run.n    = last->run.first + last->run.n - piece.run.first;
      g_array_append_val (recutter->to, piece);
      for (; i + 1 < end; i++)
        now[i + 1] = now[i];
      continue;
    }
    if (!first && is_of_words (recutter, i)) {
      i = join_words (recutter, i) - 1;
      continue;
    }
    if (piece.class == HK_PIECE_WORDS && (first ? cut_brackets (recutter, i) : cut_words (recutter, i)))
      continue;
    if (piece.class == HK_PIECE_CHOICE && !first && (cut_choice (recutter, i) || cut_choice_open (recutter, i)))
      continue;
    if (piece.class == HK_PIECE_REST)
      piece.number = now[piece.number];
    g_array_append_val (recutter->to, piece);
  }
  g_array_unref (recutter->from);
  recutter->from = recutter->to;
}

GArray *
hk_pieces_recut (const HkForm    *form,
                 const HkLexicon *lexicon,
                 GArray          *pieces)
{
  Recutter recutter = { .form = form, .lexicon = lexicon, .from = pieces };

  recut (&recutter, TRUE);
  recut (&recutter, FALSE);
  return recutter.from;
}
