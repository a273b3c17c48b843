/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cutter from inside: what piece.c and its three helpers share. It goes
 * through a line glyph by glyph; where words of the form may begin it asks what
 * stands there.
 */
#pragma once

#include "fold.h"
#include "lexicon.h"

/* So many characters of words are enough to wait for the rest of them. */
#define HK_WRAP_MIN 4

/* Labels are no longer than this (characters). */
#define HK_WORDS_MAX 120

/* A label of which the rest is to come. */
typedef struct {
  HkWordsClass class;
  guint        number;
  guint        piece; /* index of what there is of it */
  guint        line;  /* where that stands */
  GArray      *folded; /* gunichar: its words so far */
} HkWrap;

typedef struct {
  const HkLexicon *lexicon;
  guint            spaces; /* that part words; 0: none do */
  GArray          *pieces; /* HkPiece */
  GArray          *wraps;  /* HkWrap: the newest last */

  /* the line that is cut */
  const HkTextLine *line;
  guint             number, n_lines; /* its index among so many */
  int               waiting; /* brackets that the words at the end of the line before have opened */
  int               depth;  /* of parentheses in its words, where lines are run together */
  GArray           *folded; /* gunichar: all its characters folded */
  GArray           *at;     /* guint: where in FOLDED each of its glyphs begins; one more at the end */
  GArray           *brackets, *parens; /* int: how many more open than close before each of its glyphs; one more at the end */
} HkCutter;

/* --- The line ------------------------------------------------------------------ */

/* A number before a label. */
typedef struct {
  HkWordsClass class;
  guint        number;
  guint        end; /* the glyph behind it */
} HkLabelNumber;

static inline gunichar
char_at (const HkCutter *cutter,
         guint           i)
{
  return i < cutter->line->run.n ? hk_page_glyph (cutter->line->run.page, cutter->line->run.first + i)->ch : 0;
}

static inline gboolean
is_space_at (const HkCutter *cutter,
             guint           i)
{
  return i < cutter->line->run.n && hk_is_space (char_at (cutter, i));
}

static inline guint
skip_space (const HkCutter *cutter,
            guint           i)
{
  while (is_space_at (cutter, i))
    i++;
  return i;
}

static inline gboolean
is_end (const HkCutter *cutter,
        guint           i)
{
  return i >= cutter->line->run.n;
}

static inline gboolean
is_bracket (gunichar ch)
{
  return hk_is_open_bracket (ch) || hk_is_close_bracket (ch);
}

static inline const gunichar *
folded_from (const HkCutter *cutter,
             guint           i)
{
  return &g_array_index (cutter->folded, gunichar, g_array_index (cutter->at, guint, i));
}

static inline guint
folded_between (const HkCutter *cutter,
                guint           from,
                guint           to)
{
  return g_array_index (cutter->at, guint, to) - g_array_index (cutter->at, guint, from);
}

/* --- What a line is made of (piece-line.c) --------------------------------- */

/* Whether words of the form may end before glyph I. */
gboolean hk_cutter_is_boundary (const HkCutter *cutter, guint i);

/* A mark that stands alone. */
gboolean hk_cutter_is_mark_at (const HkCutter *cutter, guint i);

void hk_cutter_fold_line (HkCutter *cutter);

/* The glyph behind N folded characters from glyph I on. */
guint hk_cutter_glyph_behind (const HkCutter *cutter, guint i, guint n);

HkPiece *hk_cutter_add_piece (HkCutter *cutter, HkPieceClass class, guint first, guint end);

void hk_cutter_add_words (HkCutter *cutter, guint first, guint end);

/* The longest words of CLASS from glyph I on that end at a boundary. Returns the
   glyph behind them, or 0. */
guint hk_cutter_find_words (const HkCutter *cutter, HkWordsClass class, guint i, gboolean anywhere, const GArray **meanings);

/* Whether words of CLASS begin at glyph I that go on on another line. */
gboolean hk_cutter_is_begun (const HkCutter *cutter, HkWordsClass class, guint i);

HkPieceClass hk_cutter_class_before (const HkCutter *cutter);

guint hk_cutter_read_digits (const HkCutter *cutter, guint *i);

gboolean hk_cutter_has_prefix (const HkCutter *cutter, guint i, const char *words);

/* --- Labels (piece-label.c) ------------------------------------------------ */

/* （別添１） */
gboolean hk_cutter_read_appendix (const HkCutter *cutter, guint i, HkLabelNumber *number);

void hk_cutter_wrap_clear (HkWrap *wrap);

guint hk_cutter_cut_label (HkCutter *cutter, guint i);

/* Words of CLASS that begin at glyph WORDS and go on below, as far as they stand
   here, as a piece from glyph BEGIN on. Returns the glyph behind them, or 0. */
guint hk_cutter_wrap_words (HkCutter *cutter, HkWordsClass class, HkPieceClass piece, guint begin, guint words);

gboolean hk_cutter_is_inside_label (const HkCutter *cutter, guint i);

/* --- Brackets, marks and parentheses (piece-sign.c) ------------------------ */

/* Whether a box that needs no brackets stands before the name of a mark. */
gboolean hk_cutter_is_box_at (const HkCutter *cutter, guint i);

/* How many brackets wait, before glyph TO, in words that begin at glyph FROM; those
   at the beginning of a line may go on from the line before. */
int hk_cutter_bracket_depth (const HkCutter *cutter, guint from, guint to);

/* ［令和６年10月　様式３］: returns the glyph behind it, or 0. */
guint hk_cutter_form_mark_end (const HkCutter *cutter, guint i);

gboolean hk_cutter_is_enclosing (gunichar ch);

/* Whether glyphs [FIRST, END) are an item's number: 1. (2) ③ Ⅳ ア */
gboolean hk_cutter_is_marker (const HkCutter *cutter, guint first, guint end);

/* Cuts the sign at glyph I: a bracket or a mark. WORDS: where the words before it
   begin. Returns the glyph behind it, or 0. */
guint hk_cutter_cut_sign (HkCutter *cutter, guint words, guint i);
