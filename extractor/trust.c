/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A font without a character map draws the right shapes, and says that they are
 * other characters: Ethiopic syllables, private ones, none, or, worst, other
 * kanji and kana. What Japanese text is like gives it away:
 *
 *   - it is written in kana, kanji, digits, Latin letters and a few Greek and
 *     Cyrillic ones, and in characters that have a meaning;
 *   - it has no signs but stops, brackets and the like;
 *   - kana and kanji are a good part of it, and between the kanji stand kana;
 *   - some two dozen hiragana make up most of them. A map that is shifted by
 *     one has others.
 *
 * The last four may be chance on a page of few words. There the page is read by
 * OCR as well, and believed if that sees the same characters.
 */
#include "trust.h"

#include <string.h>

/* So few characters tell nothing by their frequencies. */
#define LETTERS_MIN  60
#define HIRAGANA_MIN 40

#define FOREIGN_MOST  0.02 /* of the characters: those that no Japanese text has */
#define FOREIGN_FEW   3    /* … unless they are so few: a name in Hangul is one */
#define ODD_MOST     0.04 /* of the characters: ASCII that is no letter, digit, bracket or stop */
#define JAPANESE_LEAST 0.25 /* of the characters: kana and kanji */
#define KANA_LEAST    0.06 /* of kana and kanji */
#define COMMON_LEAST  0.45 /* of the hiragana: those that are common */

/* A page that an image covers with hardly any text on it is a scan, with a page
   number, a stamp or a heading put on by who filed it. */
#define IMAGED_MOST 0.5
#define STAMP_AREA  0.03 /* of the page, that glyphs cover at most */

/* In newspapers, laws and forms alike these are four fifths of the hiragana. */
static const char common[] = "のにをはるすいとしてたがなれあこらでうもりかきくよ";

/* Letters and signs of western encodings that Japanese text uses all the same, and
   those beyond Latin-1 that it does not. */
static const char western_used[] = "¢£¥§¨°±´¶·×÷", western_odd[] = "ƒˆ˜†‡‰‹›‚„Œœ";

/* ASCII that forms hardly use. */
static const char ascii_odd[] = "!\"#$'*+;=?^`{|}\\";

typedef struct {
  guint all, odd, foreign, kana, kanji, hiragana, common;
} Census;

static gboolean
is_foreign (gunichar ch)
{
  GUnicodeType type = g_unichar_type (ch);

  if (ch == 0xFFFD || type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_CONTROL || type == G_UNICODE_SURROGATE)
    return TRUE;
  if (ch >= 0xA1 && ch <= 0x24F)
    return g_utf8_strchr (western_used, -1, ch) == NULL;
  if (g_utf8_strchr (western_odd, -1, ch) != NULL)
    return TRUE;
  switch (g_unichar_get_script (ch)) {
  case G_UNICODE_SCRIPT_COMMON:
  case G_UNICODE_SCRIPT_INHERITED:
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_HIRAGANA:
  case G_UNICODE_SCRIPT_KATAKANA:
  case G_UNICODE_SCRIPT_LATIN:
  case G_UNICODE_SCRIPT_GREEK:
  case G_UNICODE_SCRIPT_CYRILLIC:
    return FALSE;
  default:
    return TRUE;
  }
}

static void
count (Census  *census,
       gunichar ch)
{
  GUnicodeScript script = g_unichar_get_script (ch);

  census->all++;
  census->foreign += is_foreign (ch);
  census->odd += ch < 0x80 && strchr (ascii_odd, (int) ch) != NULL;
  census->kanji += script == G_UNICODE_SCRIPT_HAN;
  census->kana += script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
  if (script == G_UNICODE_SCRIPT_HIRAGANA) {
    census->hiragana++;
    census->common += g_utf8_strchr (common, -1, ch) != NULL;
  }
}

/* Whether PAGE has hardly any text but that of an image. */
static gboolean
is_scan (const HkPage *page,
         double        imaged)
{
  double covered = 0;

  if (imaged < IMAGED_MOST || page->glyphs->len > HK_STAMP_MOST)
    return FALSE;
  for (guint i = 0; i < page->glyphs->len; i++)
    covered += hk_box_width (&hk_page_glyph (page, i)->box) * hk_box_height (&hk_page_glyph (page, i)->box);
  return covered < STAMP_AREA * page->width * page->height;
}

HkTrust
hk_trust_page (const HkPage *page,
               double        imaged,
               const char  **reason)
{
  Census census = { 0 };

  for (guint i = 0; i < page->glyphs->len; i++)
    count (&census, hk_page_glyph (page, i)->ch);
  *reason = NULL;
  if (census.all == 0)
    *reason = "it has no text, only an image or drawing";
  else if (is_scan (page, imaged))
    *reason = "an image covers it, with hardly any text beside";
  else if (census.foreign > FOREIGN_MOST * census.all && census.foreign > FOREIGN_FEW)
    *reason = "a font of it has no character map: its text comes out as characters that no Japanese text has";
  if (*reason != NULL)
    return HK_TRUST_NONE;
  if (census.all >= LETTERS_MIN && census.kana + census.kanji < JAPANESE_LEAST * census.all)
    *reason = "its text is hardly Japanese, and its picture says otherwise";
  else if (census.all >= LETTERS_MIN && census.odd > ODD_MOST * census.all)
    *reason = "its text is full of signs, and its picture says otherwise";
  else if (census.kana + census.kanji >= LETTERS_MIN && census.kana < KANA_LEAST * (census.kana + census.kanji))
    *reason = "its text has hardly any kana, and its picture says otherwise";
  else if (census.hiragana >= HIRAGANA_MIN && census.common < COMMON_LEAST * census.hiragana)
    *reason = "its text has kana that Japanese hardly uses, and its picture says otherwise";
  return *reason != NULL ? HK_TRUST_LITTLE : HK_TRUST_FULL;
}

static GHashTable *
count_characters (const HkPage *page)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < page->glyphs->len; i++) {
    gpointer key = GUINT_TO_POINTER (hk_page_glyph (page, i)->ch);
    g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
  }
  return counts;
}

double
hk_trust_agreement (const HkPage *page,
                    const HkPage *other)
{
  g_autoptr (GHashTable) here = count_characters (page);
  g_autoptr (GHashTable) there = count_characters (other);
  GHashTableIter iter;
  gpointer       ch, n;
  guint          both = 0;

  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &ch, &n))
    both += MIN (GPOINTER_TO_UINT (n), GPOINTER_TO_UINT (g_hash_table_lookup (there, ch)));
  return page->glyphs->len == 0 ? 0 : both / (double) page->glyphs->len;
}
