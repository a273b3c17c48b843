/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fold.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* CJK Radicals Supplement characters that look like a whole ideograph and are
   found in its place in PDFs. NFKC leaves most of them alone. Each pair is in
   Unicode's EquivalentUnifiedIdeograph.txt. */
static const struct {
  gunichar radical, ideograph;
} supplement[] = {
  { 0x2E84, 0x4E59 }, { 0x2E88, 0x5200 }, { 0x2E8A, 0x535C }, { 0x2E8E, 0x5140 }, { 0x2E90, 0x5C22 },
  { 0x2E92, 0x5DF3 }, { 0x2E93, 0x5E7A }, { 0x2E99, 0x6535 }, { 0x2E9B, 0x65E1 },
  { 0x2E9C, 0x65E5 }, { 0x2E9D, 0x6708 }, { 0x2E9E, 0x6B7A }, { 0x2E9F, 0x6BCD }, { 0x2EA0, 0x6C11 },
  { 0x2EA7, 0x725B }, { 0x2EA9, 0x738B }, { 0x2EAB, 0x76EE }, { 0x2EAC, 0x793A },
  { 0x2EB6, 0x7F8A }, { 0x2EBB, 0x807F }, { 0x2EBC, 0x8089 },
  { 0x2EC1, 0x864E }, { 0x2EC3, 0x8980 }, { 0x2EC4, 0x897F }, { 0x2EC6, 0x89D2 }, { 0x2ED1, 0x9577 },
  { 0x2ED7, 0x96E8 }, { 0x2ED8, 0x9752 }, { 0x2EDD, 0x98DF }, { 0x2EE3, 0x9AA8 }, { 0x2EE4, 0x9B3C },
  { 0x2EE8, 0x9EA6 }, { 0x2EE9, 0x9EC4 }, { 0x2EEB, 0x6589 }, { 0x2EED, 0x6B6F }, { 0x2EEF, 0x7ADC },
  { 0x2EF1, 0x9F9C }, { 0x2EF2, 0x4E80 }, { 0x2EF3, 0x9F9F },
};

#define NFKC_SEGMENT_MAX 64 /* UTF-16 units; a base with more marks than that is folded in pieces */

static const UNormalizer2 *
nfkc (void)
{
  UErrorCode status = U_ZERO_ERROR;

  return unorm2_getNFKCInstance (&status);
}

/* Characters that NFKC cannot change and nothing before them can combine with. */
static gboolean
is_inert (gunichar ch)
{
  return (ch >= 0x21 && ch < 0x7F) || (ch >= 0x3041 && ch <= 0x3096) || (ch >= 0x30A1 && ch <= 0x30FC) || (ch >= 0x4E00 && ch <= 0x9FFF);
}

static void
append_utf16 (GString       *out,
              const UChar   *units,
              int32_t        n)
{
  for (int32_t i = 0; i < n;) {
    UChar32 c;
    U16_NEXT (units, i, n, c);
    if (!hk_is_space ((gunichar) c) && c != 0x203B)
      g_string_append_unichar (out, (gunichar) c);
  }
}

void
hk_fold (GString        *out,
         const gunichar *ch,
         gsize           n)
{
  const UNormalizer2 *normalizer = nfkc ();

  for (gsize i = 0; i < n;) {
    gboolean next_inert = i + 1 >= n || is_inert (ch[i + 1]);

    if (is_inert (ch[i]) && (next_inert || unorm2_hasBoundaryBefore (normalizer, (UChar32) ch[i + 1]))) {
      g_string_append_unichar (out, ch[i++]);
      continue;
    }

    UChar   units[NFKC_SEGMENT_MAX], folded[4 * NFKC_SEGMENT_MAX];
    int32_t n_units = 0;

    do {
      gunichar ideograph = hk_radical_ideograph (ch[i]);
      UChar32  c = (UChar32) (ideograph != 0 ? ideograph : ch[i]);

      if (c < 0 || c > 0x10FFFF || U_IS_SURROGATE (c))
        c = 0xFFFD;
      U16_APPEND_UNSAFE (units, n_units, c);
      i++;
    } while (i < n && n_units < NFKC_SEGMENT_MAX - 2 && !unorm2_hasBoundaryBefore (normalizer, (UChar32) ch[i]));

    UErrorCode status   = U_ZERO_ERROR;
    int32_t    n_folded = unorm2_normalize (normalizer, units, n_units, folded, G_N_ELEMENTS (folded), &status);
    if (U_SUCCESS (status))
      append_utf16 (out, folded, n_folded);
    else
      append_utf16 (out, units, n_units);
  }
}

char *
hk_fold_utf8 (const char *text,
              gssize      len)
{
  glong              n   = 0;
  g_autofree gunichar *ch  = g_utf8_to_ucs4_fast (text, (glong) len, &n);
  GString           *out = g_string_new (NULL);

  hk_fold (out, ch, (gsize) n);
  return g_string_free (out, FALSE);
}

gunichar
hk_radical_ideograph (gunichar ch)
{
  if (ch >= 0x2F00 && ch <= 0x2FD5) {
    UChar      folded[4];
    UErrorCode status = U_ZERO_ERROR;
    int32_t    n = unorm2_getDecomposition (nfkc (), (UChar32) ch, folded, G_N_ELEMENTS (folded), &status);
    return U_SUCCESS (status) && n == 1 ? folded[0] : 0;
  }
  if (ch >= 0x2E80 && ch <= 0x2EF3)
    for (gsize i = 0; i < G_N_ELEMENTS (supplement); i++)
      if (supplement[i].radical == ch)
        return supplement[i].ideograph;
  return 0;
}

gboolean
hk_is_dash (gunichar ch)
{
  return ch == '-' || (ch >= 0x2010 && ch <= 0x2015) || ch == 0x2212 || ch == 0xFF0D || ch == 0x30FC || ch == 0x2500 || ch == 0xFF70;
}

gboolean
hk_is_space (gunichar ch)
{
  return ch == 0x3000 || ch == 0xA0 || ch == 0x200B || ch == 0xFEFF || g_unichar_isspace (ch);
}

gboolean
hk_is_mark (gunichar ch)
{
  switch (ch) {
  case 0x25CB: case 0x3007: case 0x25EF: case 0x25CF: case 0x25CE: /* ○ 〇 ◯ ● ◎ */
  case 0x2713: case 0x2714: case 0x221A: case 0x30EC: case 0xFF9A: /* ✓ ✔ √ レ ﾚ */
  case 0x2611: case 0x2612: case 0x25A0: case 0x2705: case 0x25C9: /* ☑ ☒ ■ ✅ ◉ */
  case 0x2B55: case 0x2B24: case 0x26AB: case 0x2022: case 0x1F5F8: /* ⭕ ⬤ ⚫ • 🗸 */
  case 0x1F5F9: case 'O': case 'o': case 0xFF2F: case 0x041E: /* 🗹 O o Ｏ О */
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
hk_is_box (gunichar  ch,
           gboolean *marked)
{
  switch (ch) {
  case 0x2611: case 0x2612: case 0x25A0: case 0x2705: case 0x1F5F9: case 0x25A3:
    *marked = TRUE;
    return TRUE;
  case 0x2610: case 0x25A1: case 0x25FB: case 0x2B1C:
    *marked = FALSE;
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
hk_is_open_bracket (gunichar ch)
{
  return ch == '[' || ch == 0xFF3B || ch == 0x3014;
}

gboolean
hk_is_close_bracket (gunichar ch)
{
  return ch == ']' || ch == 0xFF3D || ch == 0x3015;
}

gboolean
hk_is_open_paren (gunichar ch)
{
  return ch == '(' || ch == 0xFF08;
}

gboolean
hk_is_close_paren (gunichar ch)
{
  return ch == ')' || ch == 0xFF09;
}

gboolean
hk_is_line_start_forbidden (gunichar ch)
{
  static const gunichar forbidden[] = {
    0x3001, 0x3002, 0xFF0C, 0xFF0E, 0xFF64, 0xFF61, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF09, 0xFF1E, 0xFF3D, 0x30FC, 0x3063, 0x30C3,
    0x3083, 0x3085, 0x3087, 0x30E3, 0x30E5, 0x30E7, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x3005, ')', ',', '.', ']', '>',
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    if (forbidden[i] == ch)
      return TRUE;
  return FALSE;
}

guint
hk_circled_number (gunichar ch)
{
  return ch >= 0x2460 && ch <= 0x2473 ? ch - 0x2460 + 1 : 0;
}

guint
hk_parenthesised_number (gunichar ch)
{
  return ch >= 0x2474 && ch <= 0x2487 ? ch - 0x2474 + 1 : 0;
}

guint
hk_roman_number (gunichar ch)
{
  return ch >= 0x2160 && ch <= 0x216B ? ch - 0x2160 + 1 : 0;
}

int
hk_digit (gunichar ch)
{
  if (ch >= '0' && ch <= '9')
    return (int) (ch - '0');
  if (ch >= 0xFF10 && ch <= 0xFF19)
    return (int) (ch - 0xFF10);
  return -1;
}
