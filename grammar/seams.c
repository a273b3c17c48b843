/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "seams.h"
#include "fold.h"

#define COST_PART_FULL 2.5   /* a full line whose sentence goes on is parted from the next */
#define COST_PART 0.8        /* lines of one island are parted */
#define COST_KEEP_FULL 0.1   /* islands are kept together: the sentence goes on */
#define COST_KEEP_NEXT 0.45
#define COST_PART_NEXT 1.0   /* the second of several paragraphs is parted from the first */
#define COST_KEEP_FIRST 0.35 /* something else begins */
#define COST_KEEP_LINE 0.2   /* lines, where nothing tells islands apart */
#define COST_KEEP_BESIDE 0.3 /* words on one line */
#define COST_KEEP_FAR 0.6
#define COST_KEEP_DASH 4.0
#define COST_KEEP_NUMBER 1.5 /* a number alone is a count */

static const HkPiece *
unit_at (const HkSeams *seams,
         guint          j)
{
  return hk_piece (seams->pieces, g_array_index (seams->units, guint, j));
}

double
hk_seams_width (const HkPiece *piece)
{
  return hk_page_glyph (piece->run.page, piece->run.first + piece->run.n - 1)->box.x1 - hk_page_glyph (piece->run.page, piece->run.first)->box.x0;
}

/* Whether the sentence of unit J goes on in the next line. */
static gboolean
goes_on (const HkSeams *seams,
         guint          j)
{
  const HkPiece *piece = unit_at (seams, j);
  gunichar       last  = hk_page_glyph (piece->run.page, piece->run.first + piece->run.n - 1)->ch;

  return piece->class == HK_PIECE_WORDS && last != 0x3002 && last != ':' && last != 0xFF1A && hk_seams_width (piece) > 0.85 * seams->widest;
}

/* What the beginning of a line says of the line above. */
typedef enum {
  BEGINS_PLAIN,
  BEGINS_FIRST, /* １． ① ア ＜: something begins */
  BEGINS_NEXT   /* ２． ② イ: something goes on */
} Beginning;

static gunichar
char_of (const HkPiece *piece,
         guint          i)
{
  return i < piece->run.n ? hk_page_glyph (piece->run.page, piece->run.first + i)->ch : 0;
}

/* The number of the paragraph that begins with PIECE; 0: none. */
static guint
paragraph_number (const HkPiece *piece)
{
  guint    i  = hk_is_open_paren (char_of (piece, 0)) ? 1 : 0, number = 0;
  gunichar ch = char_of (piece, i);

  if (hk_circled_number (ch) != 0)
    return hk_circled_number (ch);
  if (hk_parenthesised_number (ch) != 0)
    return hk_parenthesised_number (ch);
  if (hk_roman_number (ch) != 0)
    return hk_roman_number (ch);
  if (ch >= 0x30A2 && ch <= 0x30AA && (ch - 0x30A2) % 2 == 0 && hk_is_space (char_of (piece, i + 1))) /* ア イ ウ エ オ */
    return (ch - 0x30A2) / 2 + 1;
  for (; hk_digit (char_of (piece, i)) >= 0 && number < 100; i++)
    number = number * 10 + (guint) hk_digit (char_of (piece, i));
  ch = char_of (piece, i);
  return hk_is_close_paren (ch) || ch == '.' || ch == 0xFF0E || ch == 0x3001 ? number : 0; /* ． 、 */
}

static Beginning
beginning_of (const HkPiece *upper,
              const HkPiece *lower)
{
  gunichar first  = char_of (lower, 0);
  guint    number = paragraph_number (lower);

  if (number > 0)
    return number == 1 ? BEGINS_FIRST : BEGINS_NEXT;
  if (first == '<' || first == 0xFF1C || first == 0x3010 || first == 0x25C6) /* ＜ 【 ◆ */
    return BEGINS_FIRST;
  if (first == 0x30FB) /* ・ */
    return char_of (upper, 0) == 0x30FB ? BEGINS_NEXT : BEGINS_PLAIN;
  return BEGINS_PLAIN;
}

gboolean
hk_seams_are_lines (const HkPiece *upper,
                    const HkPiece *lower)
{
  return upper->class == HK_PIECE_WORDS && lower->class == HK_PIECE_WORDS && upper->island == lower->island && upper->line + 1 == lower->line;
}

/* A dash alone: no other line goes with it. */
gboolean
hk_seams_is_dash (const HkPiece *piece)
{
  for (guint i = 0; i < piece->run.n; i++) {
    gunichar ch = hk_page_glyph (piece->run.page, piece->run.first + i)->ch;
    if (!hk_is_dash (ch) && !hk_is_space (ch))
      return FALSE;
  }
  return TRUE;
}

/* A number alone. */
static gboolean
is_number (const HkPiece *piece)
{
  for (guint i = 0; i < piece->run.n; i++)
    if (hk_digit (char_of (piece, i)) < 0)
      return FALSE;
  return TRUE;
}

/* What it costs to part unit J from the one before, or to keep them together. */
double
hk_seams_part (const HkSeams *seams,
               guint          j)
{
  if (j == 0 || j >= seams->units->len || !hk_seams_are_lines (unit_at (seams, j - 1), unit_at (seams, j)))
    return 0;
  if (goes_on (seams, j - 1))
    return COST_PART_FULL;
  if (!seams->no_islands)
    return COST_PART;
  return beginning_of (unit_at (seams, j - 1), unit_at (seams, j)) == BEGINS_NEXT ? COST_PART_NEXT : 0;
}

static double
keep_line_cost (const HkPiece *upper,
                const HkPiece *lower)
{
  static const double costs[] = { [BEGINS_PLAIN] = COST_KEEP_LINE, [BEGINS_FIRST] = COST_KEEP_FIRST, [BEGINS_NEXT] = 0 };

  return costs[beginning_of (upper, lower)];
}

double
hk_seams_keep (const HkSeams *seams,
               guint          j)
{
  if (j == 0 || j >= seams->units->len)
    return 0;
  const HkPiece *upper = unit_at (seams, j - 1), *lower = unit_at (seams, j);

  if (hk_seams_is_dash (upper) || hk_seams_is_dash (lower))
    return COST_KEEP_DASH;
  if (upper->line == lower->line)
    return COST_KEEP_BESIDE;
  if (!seams->no_islands && upper->island != lower->island && (is_number (upper) || is_number (lower)))
    return COST_KEEP_NUMBER;
  if (hk_seams_are_lines (upper, lower))
    return seams->no_islands && !goes_on (seams, j - 1) ? keep_line_cost (upper, lower) : 0;
  if (goes_on (seams, j - 1))
    return COST_KEEP_FULL;
  return upper->island + 1 == lower->island ? COST_KEEP_NEXT : COST_KEEP_FAR;
}
