/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What printed words mean as data: dates, ranges, counts. */
#include "test-grammar.h"
#include "typed.h"

#include <locale.h>
#include <string.h>

/* --- Dates --------------------------------------------------------------------- */

typedef struct {
  const char  *text;
  HkDateResult result;
  const char  *iso; /* "" where there is none */
} DateCase;

static const DateCase japanese_dates[] = {
  { "令和７年４月１日", HK_DATE_OK, "2025-04-01" },
  { "令和7年4月1日", HK_DATE_OK, "2025-04-01" },
  { "令和 ７年 ４月 １日", HK_DATE_OK, "2025-04-01" },
  { "　令和７年　４月　１日　", HK_DATE_OK, "2025-04-01" },
  { "令和\n７年４月１日", HK_DATE_OK, "2025-04-01" },
  { "令和07年04月01日", HK_DATE_OK, "2025-04-01" },
  { "令和元年５月１日", HK_DATE_OK, "2019-05-01" },
  { "令和1年5月1日", HK_DATE_OK, "2019-05-01" },
  { "平成元年１月８日", HK_DATE_OK, "1989-01-08" },
  { "平成27年10月", HK_DATE_OK, "2015-10" },
  { "平成27年9月", HK_DATE_OK, "2015-09" },
  { "令和７年", HK_DATE_OK, "2025" },
  { "平成３１年４月３０日", HK_DATE_OK, "2019-04-30" },
  { "昭和64年1月7日", HK_DATE_OK, "1989-01-07" },
  { "昭和元年", HK_DATE_OK, "1926" },
  { "2025年4月1日", HK_DATE_OK, "2025-04-01" },
  { "２０２５年４月", HK_DATE_OK, "2025-04" },
  { "2025年", HK_DATE_OK, "2025" },
  { "令和⻑年", HK_DATE_NONE, "" },
  { "令和6年⽉1日", HK_DATE_NONE, "" },
  { "令和６年１０⽉１⽇", HK_DATE_OK, "2024-10-01" }, /* radicals for 月 and 日 */
};

static const DateCase western_dates[] = {
  { "2024/4/1", HK_DATE_OK, "2024-04-01" },
  { "2024/04/01", HK_DATE_OK, "2024-04-01" },
  { "２０２４／４／１", HK_DATE_OK, "2024-04-01" },
  { "2024-4-1", HK_DATE_OK, "2024-04-01" },
  { "2024.4.1", HK_DATE_OK, "2024-04-01" },
  { "2024/4", HK_DATE_OK, "2024-04" },
  { "2024/4-1", HK_DATE_NONE, "" },
  { "2024/", HK_DATE_NONE, "" },
  { "2024", HK_DATE_NONE, "" },
  { "24/4/1", HK_DATE_NONE, "" },
  { "2024//1", HK_DATE_NONE, "" },
  { "1024/4/1", HK_DATE_NONE, "" },
};

/* Converted as if the era had gone on, and reported. */
static const DateCase after_era[] = {
  { "平成31年5月1日", HK_DATE_AFTER_ERA, "2019-05-01" },
  { "平成31年5月", HK_DATE_AFTER_ERA, "2019-05" },
  { "平成32年4月1日", HK_DATE_AFTER_ERA, "2020-04-01" },
  { "平成33年", HK_DATE_AFTER_ERA, "2021" },
  { "平成31年", HK_DATE_OK, "2019" },     /* part of it was 平成 */
  { "平成31年4月", HK_DATE_OK, "2019-04" },
  { "昭和64年1月8日", HK_DATE_AFTER_ERA, "1989-01-08" },
  { "昭和64年1月", HK_DATE_OK, "1989-01" },
  { "昭和65年", HK_DATE_AFTER_ERA, "1990" },
};

static const DateCase invalid_dates[] = {
  { "令和７年２月29日", HK_DATE_INVALID, "" },
  { "令和６年２月29日", HK_DATE_OK, "2024-02-29" },
  { "令和７年２月30日", HK_DATE_INVALID, "" },
  { "令和７年４月31日", HK_DATE_INVALID, "" },
  { "令和７年13月１日", HK_DATE_INVALID, "" },
  { "令和７年13月", HK_DATE_INVALID, "" },
  { "令和７年０月１日", HK_DATE_INVALID, "" },
  { "2023/2/29", HK_DATE_INVALID, "" },
  { "2023/0/1", HK_DATE_INVALID, "" },
  { "令和0年1月1日", HK_DATE_NONE, "" },
  { "令和７年４月99日", HK_DATE_INVALID, "" },
};

static const DateCase nought_dates[] = {
  { "令和７年０月", HK_DATE_INVALID, "" },
  { "令和７年４月０日", HK_DATE_INVALID, "" },
  { "2024/0", HK_DATE_INVALID, "" },
};

static const DateCase no_dates[] = {
  { "", HK_DATE_NONE, "" },
  { "―", HK_DATE_NONE, "" },
  { "令和７年４月１日から", HK_DATE_NONE, "" },
  { "令和７年４月１日施行", HK_DATE_NONE, "" },
  { "平成27年10月5日～平成27年11月4日", HK_DATE_NONE, "" },
  { "令和７年度", HK_DATE_NONE, "" },
  { "令和７年４月頃", HK_DATE_NONE, "" },
  { "令和７年４月１", HK_DATE_NONE, "" },
  { "令和７年４", HK_DATE_NONE, "" },
  { "令和年４月１日", HK_DATE_NONE, "" },
  { "令和100年", HK_DATE_NONE, "" },
  { "７年４月１日", HK_DATE_NONE, "" },
  { "４月１日", HK_DATE_NONE, "" },
  { "R7.4.1", HK_DATE_NONE, "" },
  { "12345年1月1日", HK_DATE_NONE, "" },
  { "（令和７年４月１日）", HK_DATE_NONE, "" },
  { "令和七年四月一日", HK_DATE_NONE, "" },
};

typedef struct {
  const DateCase *cases;
  gsize           n;
  const char     *todo;
} DateTable;

static void
test_dates (gconstpointer data)
{
  const DateTable *table = data;
  gboolean         good  = TRUE;

  for (gsize i = 0; i < table->n; i++) {
    const DateCase *this   = &table->cases[i];
    char            iso[11] = "";
    HkDateResult    result = hk_date_parse (this->text, iso);

    if (result != this->result || (*this->iso != '\0' && strcmp (iso, this->iso) != 0)) {
      g_test_message ("%s: %d %s, expected %d %s", this->text, result, iso, this->result, this->iso);
      good = FALSE;
    }
  }
  grammar_judge (good, table->todo);
}

/* --- Ranges and counts ------------------------------------------------------------- */

typedef struct {
  const char *text;
  gboolean    range;
  gint64      min, max;
  const char *todo;
} RangeCase;

static const RangeCase ranges[] = {
  { "1,000人未満", TRUE, -1, 999, NULL },
  { "1,000人以上1万人未満", TRUE, 1000, 9999, NULL },
  { "１，０００人以上１万人未満", TRUE, 1000, 9999, NULL },
  { "1万人以上10万人未満", TRUE, 10000, 99999, NULL },
  { "10万人以上30万人未満", TRUE, 100000, 299999, NULL },
  { "100万人以上1,000万人未満", TRUE, 1000000, 9999999, NULL },
  { "1,000万人以上", TRUE, 10000000, -1, NULL },
  { "10項目未満", TRUE, -1, 9, NULL },
  { "10項目以上50項目未満", TRUE, 10, 49, NULL },
  { "100項目以上", TRUE, 100, -1, NULL },
  { "10人未満", TRUE, -1, 9, NULL },
  { "500人以上1,000人未満", TRUE, 500, 999, NULL },
  { "1,000人以上", TRUE, 1000, -1, NULL },
  { "10人以上 50人未満", TRUE, 10, 49, NULL },
  { "100人以下", TRUE, -1, 100, NULL },
  { "0人未満", FALSE, -1, -1, NULL }, /* no one can be fewer */
  { "10人以上5人未満", FALSE, -1, -1, "bounds that hold nothing are taken" },
  { "", FALSE, -1, -1, NULL },
  { "10", FALSE, -1, -1, NULL },
  { "10人", FALSE, -1, -1, NULL },
  { "未満", FALSE, -1, -1, NULL },
  { "約10人未満", FALSE, -1, -1, NULL },
  { "10人未満（見込み）", FALSE, -1, -1, NULL },
  { "10人以上50人以上", FALSE, -1, -1, NULL },
  { "10人未満50人未満", FALSE, -1, -1, "the last upper bound is taken" },
  { "実施する", FALSE, -1, -1, NULL },
  { "99999999999999999999人未満", FALSE, -1, -1, NULL },
  { "999999999999999万人未満", FALSE, -1, -1, NULL },
};

static void
test_range (gconstpointer data)
{
  const RangeCase *this = data;
  gint64   min = 7, max = 7;
  gboolean range = hk_range_parse (this->text, &min, &max);

  g_test_message ("%s: %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, this->text, range, min, max);
  grammar_judge (range == this->range && (!range || (min == this->min && max == this->max)), this->todo);
}

static const RangeCase counts[] = {
  { "60", TRUE, 60, 60, NULL },
  { "６０", TRUE, 60, 60, NULL },
  { "0", TRUE, 0, 0, NULL },
  { "１，０００", TRUE, 1000, 1000, NULL },
  { " 12 ", TRUE, 12, 12, NULL },
  { "1万", TRUE, 10000, 10000, NULL },
  { "00", TRUE, 0, 0, NULL },
  { "12,345,678", TRUE, 12345678, 12345678, NULL },
  { "", FALSE, -1, -1, NULL },
  { "―", FALSE, -1, -1, NULL },
  { "60件", FALSE, -1, -1, NULL },
  { "約60", FALSE, -1, -1, NULL },
  { "-1", FALSE, -1, -1, NULL },
  { ",", FALSE, -1, -1, NULL },
  { ",5", FALSE, -1, -1, NULL },
  { "1.5", FALSE, -1, -1, NULL },
  { "99999999999999999999", FALSE, -1, -1, NULL },
  { "十", FALSE, -1, -1, NULL },
  { "1,", FALSE, -1, -1, "a comma may stand anywhere behind a digit" },
  { "1,,2", FALSE, -1, -1, "a comma may stand anywhere behind a digit" },
};

static void
test_count (gconstpointer data)
{
  const RangeCase *this = data;
  gint64   count = 7;
  gboolean ok    = hk_count_parse (this->text, &count);

  g_test_message ("%s: %d %" G_GINT64_FORMAT, this->text, ok, count);
  grammar_judge (ok == this->range && (!ok || count == this->min), this->todo);
}

static void
add_ranges (const char      *prefix,
            const RangeCase *cases,
            gsize            n,
            GTestDataFunc    test)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, prefix, i + 1);
    g_test_add_data_func (path, &cases[i], test);
  }
}

/* --- Values ------------------------------------------------------------------------- */

/* What a value of a kind is given, and what is reported. */
static void
test_values (void)
{
  static const struct {
    HkKind      kind;
    const char *text, *iso;
    gboolean    bounds;
    gint64      min, max;
    const char *code;
  } cases[] = {
    { HK_KIND_DATE, "令和７年４月１日", "2025-04-01", FALSE, -1, -1, NULL },
    { HK_KIND_TEXT, "令和７年４月１日", "2025-04-01", FALSE, -1, -1, NULL }, /* whatever its kind */
    { HK_KIND_TEXT, "令和７年４月１日から", NULL, FALSE, -1, -1, NULL },
    { HK_KIND_DATE, "平成31年５月１日", "2019-05-01", FALSE, -1, -1, "date-after-era" },
    { HK_KIND_DATE, "令和７年２月30日", NULL, FALSE, -1, -1, "date-invalid" },
    { HK_KIND_TEXT, "令和７年２月30日", NULL, FALSE, -1, -1, "date-invalid" },
    { HK_KIND_DATE, "未定", NULL, FALSE, -1, -1, NULL },
    { HK_KIND_CHOICE, "10人未満", NULL, TRUE, -1, 9, NULL },
    { HK_KIND_CHOICE, "実施する", NULL, FALSE, -1, -1, NULL },
    { HK_KIND_COUNT, "６０", NULL, TRUE, 60, 60, NULL },
    { HK_KIND_COUNT, "数件", NULL, FALSE, -1, -1, NULL },
    { HK_KIND_TEXT, "60", NULL, FALSE, -1, -1, NULL },
    { HK_KIND_CHECK, "1", NULL, FALSE, -1, -1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HkDocument) document = hk_document_new ("test");
    HkValue            *value = hk_node_set (document, document->root, cases[i].kind, HK_STATUS_CERTAIN, cases[i].text);
    guint               n;
    const HkDiagnostic *diagnostics;
    gint64              min, max;

    g_test_message ("%s", cases[i].text);
    hk_value_type (document, value);
    diagnostics = hk_document_diagnostics (document, &n);
    g_assert_cmpstr (hk_value_iso_date (value), ==, cases[i].iso);
    g_assert_true (hk_value_bounds (value, &min, &max) == cases[i].bounds);
    g_assert_cmpint (min, ==, cases[i].min);
    g_assert_cmpint (max, ==, cases[i].max);
    g_assert_cmpuint (n, ==, cases[i].code != NULL);
    if (n > 0)
      g_assert_cmpstr (diagnostics[0].code, ==, cases[i].code);
    g_assert_cmpint (value->status, ==, HK_STATUS_CERTAIN);
  }
}

/* FIELDS.md: any value that is wholly one date has ISO 8601 beside it, whatever its kind. */
static void
test_dates_of_any_kind (gconstpointer todo)
{
  static const HkKind kinds[] = { HK_KIND_TEXT, HK_KIND_DATE, HK_KIND_LIST, HK_KIND_CHOICE };
  gboolean good = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (HkDocument) document = hk_document_new ("test");
    HkValue *value = hk_node_set (document, document->root, kinds[i], HK_STATUS_CERTAIN, "令和７年４月１日");

    hk_value_type (document, value);
    good &= g_strcmp0 (hk_value_iso_date (value), "2025-04-01") == 0;
  }
  grammar_judge (good, todo);
}

static const struct {
  const char *path;
  DateTable   table;
} date_tables[] = {
  { "/dates/japanese", { japanese_dates, G_N_ELEMENTS (japanese_dates), NULL } },
  { "/dates/western", { western_dates, G_N_ELEMENTS (western_dates), NULL } },
  { "/dates/after-era", { after_era, G_N_ELEMENTS (after_era), NULL } },
  { "/dates/invalid", { invalid_dates, G_N_ELEMENTS (invalid_dates), NULL } },
  { "/dates/nought", { nought_dates, G_N_ELEMENTS (nought_dates), "month or day 0 is read as missing" } },
  { "/dates/none", { no_dates, G_N_ELEMENTS (no_dates), NULL } },
};

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* for the messages */
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (date_tables); i++)
    g_test_add_data_func (date_tables[i].path, &date_tables[i].table, test_dates);
  add_ranges ("/ranges", ranges, G_N_ELEMENTS (ranges), test_range);
  add_ranges ("/counts", counts, G_N_ELEMENTS (counts), test_count);
  g_test_add_func ("/values", test_values);
  g_test_add_data_func ("/values/dates-of-any-kind", "lists and choices are not typed", test_dates_of_any_kind);
  return g_test_run ();
}
