/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "token.h"
#include "fold.h"

#include <string.h>

/* A gap between glyphs from which on it separates (in em). */
#define GAP_EM 0.5

/* A gap that a single space of a Latin font makes (in em). */
#define GAP_SPACE 0.15

/* Where the tokenizer stands: at glyph AT of the line [first, end). */
typedef struct {
  const HkTextCell *cell;
  HkTokens         *out;
  guint             line, first, end, at;
  gboolean          line_start; /* nothing but space before AT */
} Scanner;

static gunichar
peek (const Scanner *s,
      guint          ahead)
{
  return s->at + ahead < s->end ? hk_cell_glyph (s->cell, s->at + ahead)->ch : 0;
}

static void
emit (Scanner     *s,
      HkTokenClass class,
      guint        n,
      guint        number)
{
  g_autofree char *folded = hk_text_cell_fold_span (s->cell, s->at, n);
  HkToken token = { class, s->at, n, s->line, number, g_string_chunk_insert (s->out->chunk, folded) };

  g_array_append_val (s->out->tokens, token);
  s->at += n;
  if (class != HK_TOKEN_SPACE)
    s->line_start = FALSE;
}

/* How many of the glyphs ahead spell WORDS (raw, of one width); 0: they do not. */
static guint
spells (const Scanner *s,
        guint          ahead,
        const char    *words)
{
  guint n = 0;

  for (const char *w = words; *w != '\0'; w = g_utf8_next_char (w), n++)
    if (peek (s, ahead + n) != g_utf8_get_char (w))
      return 0;
  return n;
}

/* The number at AHEAD; *N is how many digits it has (0: none). */
static guint
number_ahead (const Scanner *s,
              guint          ahead,
              guint         *n)
{
  guint value = 0;

  for (*n = 0; *n < 9 && hk_digit (peek (s, ahead + *n)) >= 0; (*n)++)
    value = 10 * value + (guint) hk_digit (peek (s, ahead + *n));
  return value;
}

/* How many spaces stand at AHEAD. */
static guint
spaces_ahead (const Scanner *s,
              guint          ahead)
{
  guint n = 0;

  while (hk_is_space (peek (s, ahead + n)))
    n++;
  return n;
}

/* Whether a gap wider than EM stands before GLYPH. */
static gboolean
gap_before (const Scanner *s,
            guint          glyph,
            double         em)
{
  if (glyph <= s->first || glyph >= s->end)
    return FALSE;
  const HkGlyph *a = hk_cell_glyph (s->cell, glyph - 1), *b = hk_cell_glyph (s->cell, glyph);
  return b->box.x0 - a->box.x1 > em * hk_glyph_em (b);
}

/* --- One function a token that is more than one character ------------------ */

/* I, IV, VIII in Latin letters, as who reads a scan writes them, before a space or
   Japanese: how many glyphs it has; 0: there is none. */
static guint
roman_letters (const Scanner *s,
               guint         *number)
{
  static const char *const romans[] = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII" };
  guint n = 0;

  while (n < 5 && peek (s, n) < 0x80 && strchr ("IVX", (int) MAX (peek (s, n), 1)) != NULL)
    n++;
  gunichar after = peek (s, n);
  gboolean ends  = after == '.' || after == 0xFF0E || after >= 0x3000 || hk_is_space (after) || (after != 0 && gap_before (s, s->at + n, GAP_SPACE));
  for (gsize i = 0; ends && i < G_N_ELEMENTS (romans); i++)
    if (spells (s, 0, romans[i]) == n && n > 0) {
      *number = (guint) i + 1;
      return n;
    }
  return 0;
}

static gboolean
scan_part_number (Scanner *s)
{
  guint number = hk_roman_number (peek (s, 0)), letters;

  if (!s->line_start)
    return FALSE;
  if (number == 0 && s->cell->scanned && (letters = roman_letters (s, &number)) > 0) {
    emit (s, HK_TOKEN_PART_NUMBER, letters + (peek (s, letters) == 0xFF0E || peek (s, letters) == '.'), number);
    return TRUE;
  }
  if (number == 0)
    return FALSE;
  guint n = peek (s, 1) == 0xFF0E || peek (s, 1) == '.' ? 2 : 1;
  emit (s, HK_TOKEN_PART_NUMBER, n, number);
  return TRUE;
}

static gboolean
scan_appendix (Scanner *s)
{
  gboolean paren = hk_is_open_paren (peek (s, 0));
  guint    ahead = paren ? 1 + spaces_ahead (s, 1) : 0, digits;
  guint    n     = spells (s, ahead, "別添");

  if (!s->line_start || n == 0)
    return FALSE;
  n += ahead;
  guint number = number_ahead (s, n, &digits);
  if (digits == 0)
    return FALSE;
  n += digits;
  guint close = n + spaces_ahead (s, n);
  if (paren && hk_is_close_paren (peek (s, close)))
    n = close + 1;
  emit (s, HK_TOKEN_APPENDIX, n, number);
  return TRUE;
}

static gboolean
scan_risk_number (Scanner *s)
{
  guint n = spells (s, 0, "リスク"), digits;

  if (!s->line_start || n == 0)
    return FALSE;
  guint number = number_ahead (s, n, &digits);
  n += digits;
  gboolean colon = peek (s, n) == ':' || peek (s, n) == 0xFF1A;
  gboolean space = digits > 0 && (hk_is_space (peek (s, n)) || gap_before (s, s->at + n, GAP_EM));
  if (!colon && !space)
    return FALSE;
  emit (s, HK_TOKEN_RISK_NUMBER, n + colon, number);
  return TRUE;
}

static gboolean
scan_options_head (Scanner *s)
{
  gboolean angle = peek (s, 0) == 0xFF1C || peek (s, 0) == '<' || peek (s, 0) == 0x3008;
  guint    n     = angle ? spells (s, 1, "選択肢") : 0;

  if (n == 0 || !(peek (s, 1 + n) == 0xFF1E || peek (s, 1 + n) == '>' || peek (s, 1 + n) == 0x3009))
    return FALSE;
  emit (s, HK_TOKEN_OPTIONS, n + 2, 0);
  return TRUE;
}

/* Whether a number of N digits at a line's start is parted from what follows
   as the number of a heading is: １．基本情報, １　基本情報. */
static gboolean
ends_heading_number (const Scanner *s,
                     guint          n)
{
  gunichar after = peek (s, n);

  if (after == '.' || after == 0xFF0E || after == 0x3001)
    return hk_digit (peek (s, n + 1)) < 0;
  return after != 0 && (hk_is_space (after) || gap_before (s, s->at + n, GAP_SPACE)) && s->line == 0;
}

/* １． at a line's start, (1), 1) or a bare number. */
static gboolean
scan_digits (Scanner *s)
{
  guint open  = hk_is_open_paren (peek (s, 0)) ? 1 : 0, digits;
  guint value = number_ahead (s, open, &digits);

  if (digits == 0)
    return FALSE;
  gunichar after = peek (s, open + digits);

  if (hk_is_close_paren (after) && digits <= 2) {
    emit (s, open ? HK_TOKEN_PAREN_NUMBER : HK_TOKEN_OPTION_NUMBER, open + digits + 1, value);
    return TRUE;
  }
  if (open)
    return FALSE;
  if (s->line_start && digits <= 2 && ends_heading_number (s, digits))
    emit (s, HK_TOKEN_HEADING_NUMBER, after == '.' || after == 0xFF0E || after == 0x3001 ? digits + 1 : digits, value);
  else
    emit (s, HK_TOKEN_NUMBER, digits, value);
  return TRUE;
}

/* 令和６年10月１日, 平成元年4月, 2024年1月; the day, and the month, may be missing. */
static gboolean
scan_date (Scanner *s)
{
  static const char *const eras[] = { "令和", "平成", "昭和" };
  guint n = 0, digits;

  for (gsize i = 0; i < G_N_ELEMENTS (eras) && n == 0; i++)
    n = spells (s, 0, eras[i]);
  if (n > 0 && peek (s, n) == 0x5143) /* 元 */
    digits = 1;
  else
    number_ahead (s, n, &digits);
  if (digits == 0 || (n == 0 && digits != 4) || peek (s, n + digits) != 0x5E74) /* 年 */
    return FALSE;
  n += digits + 1;
  for (gsize i = 0; i < 2; i++) {
    number_ahead (s, n, &digits);
    if (digits == 0 || peek (s, n + digits) != (i == 0 ? 0x6708u : 0x65E5u)) /* 月 日 */
      break;
    n += digits + 1;
  }
  emit (s, HK_TOKEN_DATE, n, 0);
  return TRUE;
}

/* The class of a token that is one character. */
static gboolean
single (gunichar      ch,
        HkTokenClass *class,
        guint        *number)
{
  gboolean marked;

  *number = 0;
  if (hk_circled_number (ch) != 0)
    *class = HK_TOKEN_ITEM_NUMBER, *number = hk_circled_number (ch);
  else if (hk_parenthesised_number (ch) != 0)
    *class = HK_TOKEN_PAREN_NUMBER, *number = hk_parenthesised_number (ch);
  else if (hk_is_open_bracket (ch))
    *class = HK_TOKEN_OPEN;
  else if (hk_is_close_bracket (ch))
    *class = HK_TOKEN_CLOSE;
  else if (hk_is_box (ch, &marked))
    *class = HK_TOKEN_BOX, *number = marked;
  else if (hk_is_mark (ch) && !g_unichar_isalpha (ch))
    *class = HK_TOKEN_MARK;
  else if (hk_is_open_paren (ch))
    *class = HK_TOKEN_PAREN_OPEN;
  else if (hk_is_close_paren (ch))
    *class = HK_TOKEN_PAREN_CLOSE;
  else if (ch == 0x203B)
    *class = HK_TOKEN_REFERENCE;
  else if (hk_is_space (ch))
    *class = HK_TOKEN_SPACE;
  else
    return FALSE;
  return TRUE;
}

/* Plain text up to whatever begins another token. */
static void
scan_words (Scanner *s)
{
  HkTokenClass class;
  guint n = 1, number;

  while (s->at + n < s->end && !single (peek (s, n), &class, &number) && hk_digit (peek (s, n)) < 0 && !gap_before (s, s->at + n, GAP_EM) &&
         peek (s, n) != 0xFF1C && peek (s, n) != '<' && spells (s, n, "令和") == 0 && spells (s, n, "平成") == 0)
    n++;
  emit (s, HK_TOKEN_WORDS, n, 0);
}

static void
scan_line (Scanner *s)
{
  HkTokenClass class;
  guint number;

  while (s->at < s->end) {
    if (gap_before (s, s->at, GAP_EM) && s->out->tokens->len > 0 && hk_token (s->out, s->out->tokens->len - 1)->class != HK_TOKEN_SPACE)
      emit (s, HK_TOKEN_SPACE, 0, 0);
    if (scan_part_number (s) || scan_appendix (s) || scan_risk_number (s) || scan_options_head (s) || scan_date (s) || scan_digits (s))
      continue;
    if (single (peek (s, 0), &class, &number))
      emit (s, class, 1, number);
    else
      scan_words (s);
  }
}

HkTokens *
hk_tokenize (const HkTextCell *cell)
{
  HkTokens *out = g_new0 (HkTokens, 1);

  out->tokens = g_array_new (FALSE, TRUE, sizeof (HkToken));
  out->chunk  = g_string_chunk_new (512);
  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    Scanner s = { cell, out, l, line->first, line->first + line->n, line->first, TRUE };

    scan_line (&s);
  }
  return out;
}

void
hk_tokens_free (HkTokens *tokens)
{
  if (tokens == NULL)
    return;
  g_array_unref (tokens->tokens);
  g_string_chunk_free (tokens->chunk);
  g_free (tokens);
}

const char *
hk_token_class_name (HkTokenClass class)
{
  static const char *const names[] = {
    [HK_TOKEN_WORDS] = "words",           [HK_TOKEN_PART_NUMBER] = "part-number",     [HK_TOKEN_APPENDIX] = "appendix",
    [HK_TOKEN_HEADING_NUMBER] = "heading-number", [HK_TOKEN_ITEM_NUMBER] = "item-number", [HK_TOKEN_PAREN_NUMBER] = "paren-number",
    [HK_TOKEN_OPTION_NUMBER] = "option-number",   [HK_TOKEN_RISK_NUMBER] = "risk-number", [HK_TOKEN_OPEN] = "open",
    [HK_TOKEN_CLOSE] = "close",           [HK_TOKEN_MARK] = "mark",                   [HK_TOKEN_BOX] = "box",
    [HK_TOKEN_OPTIONS] = "options",       [HK_TOKEN_PAREN_OPEN] = "paren-open",       [HK_TOKEN_PAREN_CLOSE] = "paren-close",
    [HK_TOKEN_DATE] = "date",             [HK_TOKEN_NUMBER] = "number",               [HK_TOKEN_REFERENCE] = "reference",
    [HK_TOKEN_SPACE] = "space",
  };

  return names[class];
}
