/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which encoding a text is in.
 *
 * What settles it comes first: a byte order mark; bytes that are UTF-8
 * throughout; escapes of ISO-2022-JP among seven-bit bytes. Where nothing
 * does, each candidate is tried on all the bytes, and that is taken whose
 * characters are most like Japanese. ICU's detector has a vote, no more: on a
 * page of brackets and digits it is wrong as often as not.
 */
#include "encoding.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

/* The longest assessments have some hundred thousand characters. */
#define MAX_BYTES (16 * 1024 * 1024)
#define MAX_CHARACTERS (4 * 1024 * 1024)

/* No text: control characters beyond a few slips, or more lost than kept. */
#define SLIPS 8
#define SLIPS_PART 50
#define FEW 16

/* What a candidate must reach: the part of its characters that Japanese text
   may have. Random bytes have less than half in any encoding. */
#define LIKELY 0.85

/* Of the characters, those that no text of Japan is without: kana, digits, line
   ends. Two bytes of Shift_JIS, read as UTF-16, are mostly some rare ideograph. */
#define COMMON_PART 8

#define DETECTOR_BYTES (64 * 1024)
#define DETECTOR_VOTE 0.2
#define WORD_VOTE 1.0

#define LOST 0xFFFD
#define MARK 0xFEFF

typedef enum { BY_UTF8, BY_UTF16LE, BY_UTF16BE, BY_ICU } Decoder;

typedef struct {
  const char *name; /* as people call it */
  const char *icu;  /* as ICU's detector does, and its converter if `converter` is NULL */
  const char *converter;
  Decoder     decoder;
} Encoding;

static const Encoding utf8 = { "UTF-8", "UTF-8", NULL, BY_UTF8 };
static const Encoding iso_2022_jp = { "ISO-2022-JP", "ISO-2022-JP", NULL, BY_ICU };

/* The candidates where nothing settles it. Microsoft's Shift_JIS, since that
   is what is written under the name: only it has ① and Ⅰ. */
static const Encoding candidates[] = {
  { "Shift_JIS", "Shift_JIS", "windows-31j", BY_ICU },
  { "EUC-JP", "EUC-JP", NULL, BY_ICU },
  { "UTF-16LE", "UTF-16LE", NULL, BY_UTF16LE },
  { "UTF-16BE", "UTF-16BE", NULL, BY_UTF16BE },
};

/* Other kinds of file that people give by mistake, by their first bytes. */
static const struct {
  const char *magic;
  gsize       n;
  const char *what;
} signatures[] = {
  { "PK\x03\x04", 4, "a Word, Excel or ZIP file" },
  { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "an old Word or Excel file" },
  { "{\\rtf", 5, "an RTF file" },
  { "%!PS", 4, "a PostScript file" },
  { "\x89PNG", 4, "a picture" },
  { "\xFF\xD8\xFF", 3, "a picture" },
  { "GIF8", 4, "a picture" },
  { "II*\0", 4, "a picture" },
  { "MM\0*", 4, "a picture" },
  { "\x1F\x8B", 2, "a compressed file" },
};

/* --- Decoding -------------------------------------------------------------- */

static void
append (GArray  *chars,
        gunichar ch)
{
  g_array_append_val (chars, ch);
}

static void
decode_utf8 (const char *data,
             gsize       size,
             GArray     *chars)
{
  for (gsize i = 0; i < size;) {
    gunichar ch = data[i] == '\0' ? 0 : g_utf8_get_char_validated (data + i, (gssize) MIN (size - i, 6));

    if (ch == (gunichar) -1 || ch == (gunichar) -2) {
      append (chars, LOST);
      i++;
    }
    else {
      append (chars, ch);
      i += (gsize) g_unichar_to_utf8 (ch, NULL);
    }
  }
}

static void
decode_utf16 (const guint8 *data,
              gsize         size,
              gboolean      big,
              GArray       *chars)
{
  guint high = 0; /* a surrogate that waits for its second half */

  for (gsize i = 0; i + 1 < size; i += 2) {
    guint unit = big ? data[i] << 8 | data[i + 1] : data[i + 1] << 8 | data[i];

    if (high != 0 && (unit & 0xFC00) == 0xDC00) {
      append (chars, 0x10000 + ((high & 0x3FF) << 10) + (unit & 0x3FF));
      high = 0;
      continue;
    }
    if (high != 0)
      append (chars, LOST);
    high = (unit & 0xFC00) == 0xD800 ? unit : 0;
    if (high == 0)
      append (chars, (unit & 0xFC00) == 0xDC00 ? LOST : unit);
  }
  if (high != 0 || size % 2 != 0)
    append (chars, LOST);
}

/* ICU's own would write U+001A for some bytes. */
static void
put_lost (const void              *context,
          UConverterToUnicodeArgs *arguments,
          const char              *units,
          int32_t                  n,
          UConverterCallbackReason reason,
          UErrorCode              *status)
{
  const UChar lost = LOST;

  if (reason > UCNV_IRREGULAR)
    return;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars (arguments, &lost, 1, 0, status);
}

static void
decode_icu (const char *data,
            gsize       size,
            const char *name,
            GArray     *chars)
{
  UErrorCode  status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (name, &status);
  const char *at = data;
  UChar       units[1024];

  if (U_FAILURE (status)) /* an ICU without its tables */
    return;
  ucnv_setToUCallBack (converter, put_lost, NULL, NULL, NULL, &status);
  do {
    UChar *end = units;

    status = U_ZERO_ERROR;
    ucnv_toUnicode (converter, &end, units + G_N_ELEMENTS (units), &at, data + size, NULL, TRUE, &status);
    for (const UChar *unit = units; unit < end; unit++)
      if (U16_IS_TRAIL (*unit) && chars->len > 0 && U16_IS_LEAD (g_array_index (chars, gunichar, chars->len - 1)))
        g_array_index (chars, gunichar, chars->len - 1) =
          U16_GET_SUPPLEMENTARY (g_array_index (chars, gunichar, chars->len - 1), *unit);
      else
        append (chars, *unit);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  ucnv_close (converter);
}

static GArray *
decode (const Encoding *encoding,
        const char     *data,
        gsize           size)
{
  GArray *chars = g_array_sized_new (FALSE, FALSE, sizeof (gunichar), (guint) size / 2 + 1);

  switch (encoding->decoder) {
  case BY_UTF8: decode_utf8 (data, size, chars); break;
  case BY_UTF16LE: decode_utf16 ((const guint8 *) data, size, FALSE, chars); break;
  case BY_UTF16BE: decode_utf16 ((const guint8 *) data, size, TRUE, chars); break;
  case BY_ICU: decode_icu (data, size, encoding->converter != NULL ? encoding->converter : encoding->icu, chars); break;
  }
  return chars;
}

/* --- What characters say ---------------------------------------------------- */

static gboolean
is_control (gunichar ch)
{
  return (ch < 0x20 && strchr ("\t\n\v\f\r\x1b", (int) ch) == NULL) || ch == 0 || (ch >= 0x7F && ch < 0xA0);
}

static gboolean
is_japanese (gunichar ch)
{
  return (ch >= 0x3000 && ch <= 0x30FF) || (ch >= 0x4E00 && ch <= 0x9FFF) || (ch >= 0xFF01 && ch <= 0xFF5E);
}

/* What else Japanese text has: ASCII, signs, Greek, Cyrillic, brackets, ①, Ⅰ. */
static gboolean
is_likely (gunichar ch)
{
  return is_japanese (ch) || (ch < 0x7F && !is_control (ch)) || (ch >= 0xA0 && ch <= 0x17F) ||
         (ch >= 0x391 && ch <= 0x451) || (ch >= 0x2010 && ch <= 0x26FF) || (ch >= 0x3200 && ch <= 0x33FF) ||
         ch == MARK || ch == 0xFFE5;
}

/* Whether CHARS begins with a word that every assessment has. */
static gboolean
begins_word (const gunichar *chars,
             gsize           n)
{
  static const gunichar words[][4] = {
    { 0x500B, 0x4EBA, 0x60C5, 0x5831 }, /* 個人情報 */
    { 0x8A55, 0x4FA1, 0x5B9F, 0x65BD }, /* 評価実施 */
    { 0x30D5, 0x30A1, 0x30A4, 0x30EB }, /* ファイル */
    { 0x30B7, 0x30B9, 0x30C6, 0x30E0 }, /* システム */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (n >= G_N_ELEMENTS (words[i]) && chars[0] == words[i][0] && memcmp (chars, words[i], sizeof words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_common (gunichar ch)
{
  return (ch >= 0x3000 && ch <= 0x30FF) || (ch < 0x7F && !is_control (ch));
}

/* How much CHARS is like Japanese; negative: too little to be taken for it. */
static double
score_of (const GArray *chars)
{
  const gunichar *at = (const gunichar *) (void *) chars->data;
  gsize           japanese = 0, likely = 0, common = 0, lost = 0;
  gboolean        word = FALSE;

  for (guint i = 0; i < chars->len; i++) {
    japanese += is_japanese (at[i]);
    likely += is_likely (at[i]);
    common += is_common (at[i]);
    lost += at[i] == LOST;
    word = word || begins_word (at + i, chars->len - i);
  }
  if (japanese == 0 || likely < LIKELY * chars->len || common < chars->len / COMMON_PART)
    return -1;
  return (double) (japanese + likely) / chars->len - 4.0 * lost / chars->len + (word ? WORD_VOTE : 0);
}

/* --- Choosing ----------------------------------------------------------------- */

/* What ICU's detector thinks it is; static, or NULL. */
static const char *
ask_detector (const char *data,
              gsize       size)
{
  UErrorCode        status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open (&status);
  const char       *name = NULL;

  ucsdet_setText (detector, data, (int32_t) MIN (size, DETECTOR_BYTES), &status);
  const UCharsetMatch *match = ucsdet_detect (detector, &status);
  const char          *found = match != NULL ? ucsdet_getName (match, &status) : NULL;
  for (gsize i = 0; found != NULL && i < G_N_ELEMENTS (candidates); i++)
    if (strcmp (candidates[i].icu, found) == 0)
      name = candidates[i].icu;
  ucsdet_close (detector);
  return name;
}

/* Bytes by what they are as UTF-8. */
typedef struct {
  gsize ascii, zero, bad;
  gsize three; /* in sequences of three or more, as Japanese has them; two are soon valid by chance */
  gsize odd; /* of the zero bytes, those second of a pair */
  gboolean japanese_escapes; /* ESC $ @, ESC $ B: ISO-2022-JP */
} Census;

static Census
take_census (const char *data,
             gsize       size)
{
  Census census = { 0 };

  for (gsize i = 0; i < size;) {
    gunichar ch = data[i] == '\0' ? 0 : g_utf8_get_char_validated (data + i, (gssize) MIN (size - i, 6));
    gsize    n = ch == (gunichar) -1 || ch == (gunichar) -2 ? 0 : (gsize) g_unichar_to_utf8 (ch, NULL);

    if (n == 0)
      census.bad++;
    else if (ch == 0) {
      census.zero++;
      census.odd += i % 2;
    }
    else if (n == 1)
      census.ascii++;
    else if (n > 2)
      census.three += n;
    if (ch == 0x1B && size - i >= 3 && data[i + 1] == '$' && (data[i + 2] == '@' || data[i + 2] == 'B'))
      census.japanese_escapes = TRUE;
    i += MAX (n, 1);
  }
  return census;
}

/* The likeliest candidate, or UTF-8 where none is likely. *CHARS: decoded so. */
static const Encoding *
choose_candidate (const char *data,
                  gsize       size,
                  GArray    **chars)
{
  const char     *detected = ask_detector (data, size);
  const Encoding *best = NULL;
  double          best_score = 0;

  *chars = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++) {
    GArray *tried = decode (&candidates[i], data, size);
    double  score = score_of (tried);

    if (score > 0 && detected == candidates[i].icu)
      score += DETECTOR_VOTE;
    if (score > best_score) {
      best       = &candidates[i];
      best_score = score;
      g_clear_pointer (chars, g_array_unref);
      *chars = g_steal_pointer (&tried);
    }
    g_clear_pointer (&tried, g_array_unref);
  }
  return best;
}

static const Encoding *
choose (const char *data,
        gsize       size,
        GArray    **chars)
{
  const Encoding *encoding = NULL;
  Census          census   = take_census (data, size);
  gboolean        seven    = census.ascii + census.zero == size; /* bits */

  *chars = NULL;
  if (size >= 2 && memcmp (data, "\xFF\xFE", 2) == 0)
    encoding = &candidates[2];
  else if (size >= 2 && memcmp (data, "\xFE\xFF", 2) == 0)
    encoding = &candidates[3];
  else if (size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    encoding = &utf8;
  else if (seven && census.japanese_escapes)
    encoding = &iso_2022_jp;
  else if (seven && census.zero > 0) {
    encoding = choose_candidate (data, size, chars);
    if (encoding == NULL && census.zero > census.ascii / 2)
      encoding = &candidates[2 * census.odd > census.zero ? 2 : 3]; /* ASCII in pairs of bytes */
  }
  else if (census.three < census.bad) /* else a slip or two in UTF-8 */
    encoding = choose_candidate (data, size, chars);
  if (encoding == NULL)
    encoding = &utf8;
  if (*chars == NULL)
    *chars = decode (encoding, data, size);
  return encoding;
}

static const char *
signature_of (const char *data,
              gsize       size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (size >= signatures[i].n && memcmp (data, signatures[i].magic, signatures[i].n) == 0)
      return signatures[i].what;
  return NULL;
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error (error, HK_ERROR, HK_ERROR_NOT_A_FORM, "the input is neither a PDF nor text%s%s%s", why != NULL ? " (" : "",
               why != NULL ? why : "", why != NULL ? ")" : "");
  return FALSE;
}

gboolean
hk_decode (GBytes    *bytes,
           HkDecoded *decoded,
           GError   **error)
{
  gsize             size;
  const char       *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GArray) chars = NULL;
  gsize             controls = 0;

  *decoded = (HkDecoded){ 0 };
  if (signature_of (data, size) != NULL)
    return refuse (error, signature_of (data, size));
  if (size > MAX_BYTES) {
    g_set_error (error, HK_ERROR, HK_ERROR_NOT_A_FORM, "the input is no PDF, and larger than %d MiB, which no assessment's text is",
                 MAX_BYTES >> 20);
    return FALSE;
  }

  const Encoding *encoding = choose (data, size, &chars);
  if (chars->len > 0 && g_array_index (chars, gunichar, 0) == MARK)
    g_array_remove_index (chars, 0); /* lines and columns are counted without it */
  if (chars->len > MAX_CHARACTERS) {
    g_set_error (error, HK_ERROR, HK_ERROR_NOT_A_FORM, "the text has more than %d characters, which no assessment has",
                 MAX_CHARACTERS);
    return FALSE;
  }
  for (guint i = 0; i < chars->len; i++) {
    gunichar *ch = &g_array_index (chars, gunichar, i);

    controls += is_control (*ch);
    if (*ch == 0)
      *ch = LOST; /* it ends a string */
    if (*ch == LOST && decoded->n_lost++ == 0)
      decoded->lost = i;
  }
  if (controls > SLIPS + chars->len / SLIPS_PART || (chars->len >= FEW && decoded->n_lost > chars->len / 2))
    return refuse (error, NULL);
  decoded->encoding = encoding == &utf8 ? NULL : encoding->name;
  decoded->n        = chars->len;
  decoded->chars    = (gunichar *) (void *) g_array_free (g_steal_pointer (&chars), FALSE);
  return TRUE;
}

GArray *
hk_decoded_lines (const HkDecoded *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize   first = 0;

  g_array_append_val (lines, first);
  for (gsize at = 0; at < text->n; at++) {
    gsize behind = at;

    if (text->chars[at] != '\n' && text->chars[at] != '\r')
      continue;
    while (behind < text->n && text->chars[behind] == '\r')
      behind++;
    if (behind < text->n && text->chars[behind] == '\n')
      at = behind;
    first = at + 1;
    g_array_append_val (lines, first);
  }
  return lines;
}

void
hk_decoded_place (const GArray *lines,
                  gsize         at,
                  guint        *line,
                  guint        *column)
{
  guint low = 0, high = lines->len; /* the line is among [low, high) */

  while (high - low > 1) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (lines, gsize, middle) <= at)
      low = middle;
    else
      high = middle;
  }
  *line   = low + 1;
  *column = (guint) (at - g_array_index (lines, gsize, low)) + 1;
}
