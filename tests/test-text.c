/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of text: encodings, pages, lines and columns; what is no text. */
#include "reader.h"

#include <string.h>
#include <unicode/ucnv.h>

#define WORDS "特定個人情報保護評価書（重点項目評価書）\n①事務の名称　軽自動車税～－Ⅰ ｶﾅ\n"

/* --- Reading ----------------------------------------------------------------------- */

static HkPageSource *
open_bytes (const void *data,
            gsize       size,
            GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return hk_reader_open (bytes, NULL, error);
}

/* What SOURCE reads: lines end with "/", pages with "\n". SOURCE is closed. */
static char *
read_out (HkPageSource *source)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  guint    pages = 0;

  g_assert_nonnull (source);
  for (;;) {
    g_autoptr (HkPage) page = source->next (source, &error);
    double y = -1;

    g_assert_no_error (error);
    if (page == NULL)
      break;
    g_assert_cmpuint (page->number, ==, ++pages);
    g_assert_true (page->text);
    for (guint i = 0; i < page->glyphs->len; i++) {
      const HkGlyph *glyph = hk_page_glyph (page, i);

      if (y >= 0 && glyph->box.y0 > y)
        g_string_append_c (out, '/');
      y = glyph->box.y0;
      g_assert_cmpuint (glyph->source, ==, i);
      g_assert_true (glyph->line > 0 && glyph->column > 0 && glyph->copies == 1);
      g_assert_true (glyph->box.x1 <= page->width && glyph->box.y1 <= page->height);
      g_string_append_unichar (out, glyph->ch);
    }
    g_string_append_c (out, '\n');
  }
  g_assert_cmpuint (pages, ==, source->n_pages);
  hk_reader_close (source);
  return g_string_free (out, FALSE);
}

static char *
read_text (const char *text)
{
  g_autoptr (GError) error  = NULL;
  HkPageSource      *source = open_bytes (text, strlen (text), &error);

  g_assert_no_error (error);
  return read_out (source);
}

static void
assert_reads (const char *text,
              const char *expected)
{
  g_autofree char *read = read_text (text);

  g_assert_cmpstr (read, ==, expected);
}

/* --- Encodings ----------------------------------------------------------------------- */

typedef struct {
  const char *converter; /* ICU's */
  const char *mark;      /* bytes before the text */
  const char *expected;  /* name; NULL: UTF-8 */
} Encoding;

static const Encoding encodings[] = {
  { "UTF-8", "", NULL },
  { "UTF-8", "\xEF\xBB\xBF", NULL },
  { "windows-31j", "", "Shift_JIS" },
  { "EUC-JP", "", "EUC-JP" },
  { "ISO-2022-JP-2", "", "ISO-2022-JP" },
  { "UTF-16LE", "\xFF\xFE", "UTF-16LE" },
  { "UTF-16BE", "\xFE\xFF", "UTF-16BE" },
  { "UTF-16LE", "", "UTF-16LE" },
  { "UTF-16BE", "", "UTF-16BE" },
};

static void
test_encoding (gconstpointer data)
{
  static const char *const texts[] = { WORDS, "評価書\n", "①事務の名称\r\n[ ○ ] 1) 1,000人未満\r\n", "ああああ［　］\n", "あああ\n" };
  const Encoding *encoding = data;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    char       bytes[1024];
    gsize      mark   = strlen (encoding->mark);
    UErrorCode status = U_ZERO_ERROR;
    g_autoptr (GError) error = NULL;

    memcpy (bytes, encoding->mark, mark);
    int32_t n = ucnv_convert (encoding->converter, "UTF-8", bytes + mark, (int32_t) (sizeof bytes - mark), texts[i], -1, &status);
    g_assert_true (U_SUCCESS (status));
    HkPageSource *source = open_bytes (bytes, mark + (gsize) n, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (source->encoding, ==, encoding->expected);
    g_assert_cmpuint (source->n_lost, ==, 0);
    g_autofree char *read     = read_out (source);
    g_autofree char *expected = read_text (texts[i]);
    if (strcmp (encoding->converter, "ISO-2022-JP-2") != 0 || strstr (texts[i], "ｶ") == NULL) /* it has no ｶ */
      g_assert_cmpstr (read, ==, expected);
  }
}

/* Bytes written out, so that no table of the converter's is believed. */
static void
test_encoding_bytes (void)
{
  static const struct {
    const char *bytes, *encoding;
  } cases[] = {
    { "\x87\x40\x8e\x96\x96\xb1\x82\xcc\x96\xbc\x8f\xcc\x81\x60\x81\x7c\x87\x54", "Shift_JIS" },
    { "\xad\xa1\xbb\xf6\xcc\xb3\xa4\xce\xcc\xbe\xbe\xce\xa1\xc1\xa1\xdd\xad\xb5", "EUC-JP" },
    { "\x1b$B-!;vL3$NL>>N!A!]-5\x1b(B", "ISO-2022-JP" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    HkPageSource *source = open_bytes (cases[i].bytes, strlen (cases[i].bytes), &error);

    g_assert_no_error (error);
    g_assert_cmpstr (source->encoding, ==, cases[i].encoding);
    g_autofree char *read = read_out (source);
    g_assert_cmpstr (read, ==, "①事務の名称～－Ⅰ\n");
  }
}

/* Plain ASCII says nothing of Japanese. */
static void
test_encoding_ascii (void)
{
  static const char wide[] = { 'a', 0, 'b', 0, '\n', 0, 'c', 0 };
  g_autoptr (GError) error = NULL;

  assert_reads ("a b\nc", "a b/c\n");
  HkPageSource *source = open_bytes (wide, sizeof wide, &error);
  g_assert_no_error (error);
  g_autofree char *read = read_out (source);
  g_assert_cmpstr (read, ==, "ab/c\n");
}

#define BYTES(text) text, sizeof text - 1

/* What is no character is kept as U+FFFD, counted, and its place known. */
static void
test_lost (void)
{
  static const struct {
    const char *bytes;
    gsize       size;
    const char *encoding, *read;
    guint       n, line, column;
  } cases[] = {
    { BYTES ("Ⅰ　基\nⅡ\xff\xfe基\x80\n"), NULL, "Ⅰ　基/Ⅱ\uFFFD\uFFFD基\uFFFD\n", 3, 2, 2 },
    { BYTES ("事務の\0名称"), NULL, "事務の\uFFFD名称\n", 1, 1, 4 },
    { BYTES ("評価\xe3\x81"), NULL, "評価\uFFFD\uFFFD\n", 2, 1, 3 },
    { BYTES ("\x8e\x96\x96\xb1\x82\xcc\x96\xbc\x8f\xcc\x82\xcc\x82\xcc\n\x82\xcc\x81\xad\x82\xcc"), "Shift_JIS", "事務の名称のの/の\uFFFDの\n", 1, 2, 2 },
    { BYTES ("\xff\xfe\x42\x30\x00\xd8\x42\x30\x42"), "UTF-16LE", "あ\uFFFDあ\uFFFD\n", 2, 1, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    HkPageSource *source = open_bytes (cases[i].bytes, cases[i].size, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (source->encoding, ==, cases[i].encoding);
    g_assert_cmpuint (source->n_lost, ==, cases[i].n);
    g_assert_cmpuint (source->lost_line, ==, cases[i].line);
    g_assert_cmpuint (source->lost_column, ==, cases[i].column);
    g_autofree char *read = read_out (source);
    g_assert_cmpstr (read, ==, cases[i].read);
  }
}

/* --- Lines --------------------------------------------------------------------------- */

static void
test_line_ends (void)
{
  assert_reads ("あ\nい\n", "あ/い\n");
  assert_reads ("あ\r\nい\r\n", "あ/い\n");
  assert_reads ("あ\rい", "あ/い\n");
  assert_reads ("あ\r\r\nい\r\r\n", "あ/い\n");
  assert_reads ("\uFEFFあ\u200B\uFEFFい\n\uFEFF\n", "あい\n");
}

/* Each glyph knows its line and column, and its place on the grid. */
static void
test_places (void)
{
  static const struct {
    gunichar ch;
    guint    line, column, place, width;
  } expected[] = {
    { 'a', 1, 1, 0, 1 }, { 0x3042, 1, 2, 1, 2 }, { ' ', 1, 3, 3, 5 }, { 0x2460, 1, 4, 8, 2 }, { ' ', 1, 5, 10, 6 },
    { 'b', 1, 6, 16, 1 }, { 0xFF76, 3, 2, 0, 1 }, { 0x20BB7, 3, 3, 1, 2 }, { 'c', 3, 4, 3, 1 },
  };
  g_autoptr (GError) error = NULL;
  static const char  text[] = "aあ\t①\tb\r\n\r\n\uFEFFｶ𠮷c";
  HkPageSource      *source = open_bytes (text, strlen (text), &error);
  g_autoptr (HkPage) page = source->next (source, &error);

  g_assert_cmpuint (page->glyphs->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const HkGlyph *glyph = hk_page_glyph (page, i);

    g_assert_cmpuint (glyph->ch, ==, expected[i].ch);
    g_assert_cmpuint (glyph->line, ==, expected[i].line);
    g_assert_cmpuint (glyph->column, ==, expected[i].column);
    g_assert_cmpfloat (glyph->box.x0, ==, expected[i].place * HK_TEXT_COLUMN);
    g_assert_cmpfloat (hk_box_width (&glyph->box), ==, expected[i].width * HK_TEXT_COLUMN);
    g_assert_cmpfloat (glyph->box.y0, ==, (expected[i].line - 1) * HK_TEXT_LINE);
  }
  hk_reader_close (source);
}

/* A form feed is a character of its line. */
static void
test_place_behind_form_feed (void)
{
  g_autoptr (GError) error = NULL;
  HkPageSource      *source = open_bytes ("あ\n\fい\n", 9, &error);

  for (guint number = 1; number <= 2; number++) {
    g_autoptr (HkPage) page = source->next (source, &error);
    g_assert_cmpuint (hk_page_glyph (page, 0)->line, ==, number);
    g_assert_cmpuint (hk_page_glyph (page, 0)->column, ==, number);
    g_assert_cmpfloat (hk_page_glyph (page, 0)->box.y0, ==, 0);
  }
  hk_reader_close (source);
}

/* --- Pages ---------------------------------------------------------------------------- */

static void
test_form_feeds (void)
{
  assert_reads ("あ\n\fい\n\f", "あ\nい\n");
  assert_reads ("あ\f\nい\f\r\n \n", "あ\nい\n");
  assert_reads ("\fあ\f\fい", "\nあ\n\nい\n");
  assert_reads ("あ\f\f", "あ\n\n");
  assert_reads ("あ\n\n\n\nい\n\n\n\nう\n\fえ", "あ/い/う\nえ\n"); /* blank lines are the page's own then */
}

static void
test_islands (void)
{
  assert_reads ("あ\nい\n\nう\n\n\n\nえ\n\nお\nか\n\n\nき\n\nく\nけ\n", "あ/い/う\nえ/お/か\nき/く/け\n");
  assert_reads ("あ\nい\n\nう\n　\n\t\r\nえ\n\nお\nか\n", "あ/い/う\nえ/お/か\n");
  assert_reads ("あ\n\nい\nう\n", "あ/い/う\n");
  /* Every line an island, by a writer who likes white: these are no pages. */
  assert_reads ("あ\n\n\nい\n\n\nう\n\n\nえ\n", "あ/い/う/え\n");
}

/* Where spaces hold columns blank lines are white of the page. */
static void
test_columns (void)
{
  assert_reads ("①あ   [ ○ ] い\nう\n\n\n\nえ   お\nか\n\nき   く\nけ\n", "①あ   [ ○ ] い/う/え   お/か/き   く/け\n");
}

static void
append_long (GString *out,
             guint    number)
{
  g_string_append_printf (out, "%u ", number);
  for (guint i = 0; i < 300; i++)
    g_string_append (out, "あ");
}

static guint
count_pages (const char *text)
{
  g_autofree char *read = read_text (text);
  guint n = 0;

  for (const char *p = read; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

/* Pages run together: a line each, its number first. */
static void
test_together (void)
{
  static const struct {
    const char *between;
    guint       step, pages;
  } cases[] = { { "\n\n", 1, 5 }, { "\n", 1, 5 }, { "\n\n\n", 1, 5 }, { "\n\n", 2, 5 }, { "\n", 2, 1 }, { " ", 1, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint page = 0; page < 5; page++) {
      if (page > 0)
        g_string_append (text, cases[i].between);
      append_long (text, 1 + page * cases[i].step);
    }
    g_assert_cmpuint (count_pages (text->str), ==, cases[i].pages);
  }
}

/* A text that shows no pages has none, whatever its one page is called inside. */
static void
test_unpaged (void)
{
  static const struct {
    const char *text;
    gboolean    unpaged;
  } cases[] = { { "あ\nい\n", TRUE }, { "あ\nい\n\f", FALSE }, { "あ\n\nい\nう\n\n\n\nえ\n", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error  = NULL;
    HkPageSource      *source = open_bytes (cases[i].text, strlen (cases[i].text), &error);
    g_autoptr (HkPage) page   = source->next (source, &error);

    g_assert_cmpint (page->unpaged, ==, cases[i].unpaged);
    hk_reader_close (source);
  }
}

/* --- Refusals -------------------------------------------------------------------------- */

static void
assert_refused (const void *data,
                gsize       size,
                HkError     code,
                const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_bytes (data, size, &error));
  g_assert_error (error, HK_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refusals (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint8 noise[20000];

  assert_refused ("", 0, HK_ERROR_EMPTY, "empty");
  assert_refused (" \r\n\t\n　\n\f", 10, HK_ERROR_EMPTY, "blank");
  assert_refused ("PK\x03\x04.....", 9, HK_ERROR_NOT_A_FORM, "Word");
  assert_refused ("\x89PNG\r\n\x1a\n", 8, HK_ERROR_NOT_A_FORM, "picture");
  for (gsize size = 400; size <= sizeof noise; size *= 7) {
    for (gsize i = 0; i < size; i++)
      noise[i] = (guint8) g_rand_int_range (rand, 0, 256);
    assert_refused (noise, size, HK_ERROR_NOT_A_FORM, "neither a PDF nor text");
  }
  for (gsize i = 0; i < sizeof noise; i++)
    noise[i] = (guint8) i;
  assert_refused (noise, sizeof noise, HK_ERROR_NOT_A_FORM, "neither a PDF nor text");
}

/* What is larger than any assessment is refused before it costs anything, what
   is not is read in time that grows with it. */
static void
test_sizes (void)
{
  gsize  most = 16 * 1024 * 1024;
  char  *text = g_malloc (most + 1);

  memset (text, 'a', most + 1);
  assert_refused (text, most + 1, HK_ERROR_NOT_A_FORM, "MiB");
  assert_refused (text, most, HK_ERROR_NOT_A_FORM, "characters");
  memset (text, '\f', 20000);
  text[20000] = 'a';
  assert_refused (text, 20001, HK_ERROR_NOT_A_FORM, "pages");

  for (const char *unit = "a\n\f["; *unit != '\0'; unit++) {
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();

    memset (text, *unit, 4000000);
    for (gsize i = 0; *unit == '\f' && i < 4000000; i++)
      text[i] = i % 400 == 0 ? '\f' : i % 2 == 0 ? '\n' : 'a';
    text[0] = 'a';
    g_autofree char *read = read_out (open_bytes (text, 4000000, &error));
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_TIME_SPAN_SECOND);
  }
  g_free (text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++) {
    g_autofree char *name = g_strdup_printf ("/encoding/%s%s", encodings[i].converter, *encodings[i].mark != '\0' ? "-marked" : "");
    g_test_add_data_func (name, &encodings[i], test_encoding);
  }
  g_test_add_func ("/encoding/bytes", test_encoding_bytes);
  g_test_add_func ("/encoding/ascii", test_encoding_ascii);
  g_test_add_func ("/encoding/lost", test_lost);
  g_test_add_func ("/lines/ends", test_line_ends);
  g_test_add_func ("/lines/places", test_places);
  g_test_add_func ("/lines/place-behind-form-feed", test_place_behind_form_feed);
  g_test_add_func ("/pages/form-feeds", test_form_feeds);
  g_test_add_func ("/pages/islands", test_islands);
  g_test_add_func ("/pages/columns", test_columns);
  g_test_add_func ("/pages/together", test_together);
  g_test_add_func ("/pages/unpaged", test_unpaged);
  g_test_add_func ("/refusals/kinds", test_refusals);
  g_test_add_func ("/refusals/sizes", test_sizes);
  return g_test_run ();
}
