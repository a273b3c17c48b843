/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 変更箇所 in text: columns held by spaces, cells one after the other, rows
   painted in another order than they stand in. */
#include "history.h"
#include "fold.h"
#include "model.h"

#include <string.h>

/* A page of TEXT, as the reader of text files makes it. */
static HkPage *
page_new (guint       number,
          const char *text)
{
  HkPage *page = hk_page_new (number, 0, 0);
  guint   line = 1, column = 1, place = 0;

  page->text = TRUE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar ch    = g_utf8_get_char (at);
    guint    width = g_unichar_iswide (ch) || g_unichar_iswide_cjk (ch) ? 2 : 1;

    if (ch == '\n') {
      line++;
      column = 1;
      place  = 0;
      continue;
    }
    HkGlyph glyph = { .ch = ch, .source = page->glyphs->len, .line = line, .column = column++, .copies = 1 };
    glyph.box = (HkBox){ place * HK_TEXT_COLUMN, line * HK_TEXT_LINE, (place + width) * HK_TEXT_COLUMN, (line + 1) * HK_TEXT_LINE };
    place += width;
    g_array_append_val (page->glyphs, glyph);
  }
  return page;
}

typedef struct {
  GPtrArray  *pages;
  HkDocument *document;
  HkSheet    *sheet;
} Fixture;

/* Reads the pages TEXT, … (NULL ends them) as a table of 様式３. */
static Fixture
read_pages (const char *text,
            ...)
{
  Fixture fixture = { g_ptr_array_new_with_free_func ((GDestroyNotify) hk_page_free), hk_document_new ("test"), hk_sheet_new () };
  const HkForm    *form   = hk_form (3);
  const HkFormRow *record = hk_form_parent (form, hk_form_find (form, "change[]/date"));
  va_list args;
  guint   spaces;

  va_start (args, text);
  for (; text != NULL; text = va_arg (args, const char *))
    g_ptr_array_add (fixture.pages, page_new (fixture.pages->len + 1, text));
  va_end (args);
  g_autoptr (GArray) lines = hk_text_lines (fixture.pages, &spaces);
  hk_rebuild_changes (fixture.sheet, lines, spaces == 1, form, record, fixture.document);
  return fixture;
}

static void
fixture_clear (Fixture *fixture)
{
  hk_sheet_free (fixture->sheet);
  hk_document_free (fixture->document);
  g_ptr_array_unref (fixture->pages);
}

/* The rows of the sheet, cells parted by '|', a '?' before what is in doubt, one row a line; loose lines aside. */
static char *
rows_of (const Fixture *fixture)
{
  GString *out = g_string_new (NULL);
  double   y   = -1;

  for (guint i = 0; i < fixture->sheet->cells->len; i++) {
    const HkTextCell *cell = fixture->sheet->cells->pdata[i];
    g_autofree char  *text = hk_text_cell_fold (cell);

    if (cell->loose)
      continue;
    if (out->len > 0)
      g_string_append_c (out, cell->box.y0 == y ? '|' : '\n');
    y = cell->box.y0;
    g_string_append (out, cell->doubt != NULL && *text != '\0' ? "?" : "");
    g_string_append (out, text);
  }
  return g_string_free (out, FALSE);
}

/* Every character of the pages stands on the sheet, once. */
static void
assert_conserved (const Fixture *fixture)
{
  guint in = 0, out = 0;

  for (guint p = 0; p < fixture->pages->len; p++) {
    const HkPage *page = fixture->pages->pdata[p];
    for (guint i = 0; i < page->glyphs->len; i++)
      in += !hk_is_space (hk_page_glyph (page, i)->ch);
  }
  for (guint c = 0; c < fixture->sheet->cells->len; c++) {
    const HkTextCell *cell = fixture->sheet->cells->pdata[c];
    for (guint i = 0; i < cell->glyphs->len; i++)
      out += !hk_is_space (hk_cell_glyph (cell, i)->ch);
  }
  g_assert_cmpuint (in, ==, out);
}

static void
test_grid (void)
{
  Fixture f = read_pages ("（別添２）変更箇所\n"
                          "変更日         項目            変更前の記載        変更後の記載      提出時期   提出時期に係る説明\n"
                          "                           岬の倉庫に置く。\n"
                          "令和2年4月17日   Ⅱ-６保管場所     鍵は係長が持つ。    丘の書庫に置く。    事後     移転による。\n"
                          "                           夜は警備を置く。\n\n"
                          "令和3年5月18日   Ⅰ-６②所属長     係長            課長          事前     組織の改正\n"
                          "令和4年6月19日   Ⅰ-６①部署      岬支所           丘支所         事後     組織の改正\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_cmpstr (rows, ==,
                   "(別添2)変更箇所\n"
                   "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明\n"
                   "令和2年4月17日|II-6保管場所|岬の倉庫に置く。鍵は係長が持つ。夜は警備を置く。|丘の書庫に置く。|事後|移転による。\n"
                   "令和3年5月18日|I-62所属長|係長|課長|事前|組織の改正\n"
                   "令和4年6月19日|I-61部署|岬支所|丘支所|事後|組織の改正");
  assert_conserved (&f);
  fixture_clear (&f);
}

static void
test_order (void)
{
  Fixture f = read_pages ("（別添２）変更箇所\n\n変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n\n"
                          "令和2年4月17日\nⅡ-６保管場所\n\n岬の倉庫に置く。\n\n丘の書庫に置く。\n\n事後 移転による。\n\n"
                          "令和3年5月18日 Ⅰ-６②所属長 係長 課長 事前 組織の改正\n\n"
                          "令和4年6月19日 Ⅰ-６①部署 (記載なし) 丘支所 事後 組織の改正\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_cmpstr (rows, ==,
                   "(別添2)変更箇所\n"
                   "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明\n"
                   "令和2年4月17日|II-6保管場所|岬の倉庫に置く。|丘の書庫に置く。|事後|移転による。\n"
                   "令和3年5月18日|I-62所属長|係長|課長|事前|組織の改正\n"
                   "令和4年6月19日|I-61部署|(記載なし)|丘支所|事後|組織の改正");
  assert_conserved (&f);
  fixture_clear (&f);
}

/* Dates are a column of their own; within one date rows stand as the form has their items. */
static void
test_dates_apart (void)
{
  Fixture f = read_pages ("変更前の記載 変更後の記載 提出時期変更日\n\n提出時期に係る説明\n\n"
                          "Ⅱ-６保管場所 岬の倉庫 丘の書庫 事後 移転による。\n\n"
                          "Ⅰ-６②所属長 係長 課長 事後 組織の改正\n\n"
                          "令和3年5月18日\n\n令和3年5月18日\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_cmpstr (rows, ==,
                   "変更日||変更前の記載|変更後の記載|提出時期|提出時期に係る説明\n"
                   "令和3年5月18日|I-62所属長|係長|課長|事後|組織の改正\n"
                   "令和3年5月18日|II-6保管場所|岬の倉庫|丘の書庫|事後|移転による。");
  assert_conserved (&f);
  fixture_clear (&f);
}

/* What is glued together without white space is cut. */
static void
test_glued (void)
{
  Fixture f = read_pages ("Ⅰ-６①部署 岬支所 丘支所 事後 組織の改正\n\n令和3年5月18日\n\n\n"
                          "Ⅱ-６保管場所 岬の倉庫 丘の書庫 事後 移転による。令和4年6月19日\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_nonnull (strstr (rows, "令和4年6月19日|"));
  g_assert_nonnull (strstr (rows, "移転による。"));
  g_assert_null (strstr (rows, "移転による。令和"));
  assert_conserved (&f);
  fixture_clear (&f);
}

/* A row that lacks what every row has is in doubt. */
static void
test_doubt (void)
{
  Fixture f = read_pages ("令和3年5月18日 Ⅰ-６①部署 丘支所 事後 組織の改正\n\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_nonnull (strstr (rows, "?丘支所"));
  assert_conserved (&f);
  fixture_clear (&f);
}

/* Nothing that looks like a table is loose, and costs no more than its length. */
static void
test_nothing (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, i % 3 == 0 ? "[ ○ ] 措置\n" : "特定個人情報\n\n");
  Fixture f = read_pages (text->str, NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_cmpstr (rows, ==, "");
  assert_conserved (&f);
  fixture_clear (&f);
}

/* More dates than any page has, in no order. */
static void
test_storm (void)
{
  static const char *const lines[] = { "令和2年4月1日\n", "事後\n", "Ⅱ-６保管場所\n", "岬の倉庫に置く。\n\n", "令和3年5月1日 事前 ", "    " };
  g_autoptr (GString) text = g_string_new (NULL);
  guint seed = 1;

  for (guint i = 0; i < 6000; i++) {
    seed = seed * 1103515245u + 12345u;
    g_string_append (text, lines[(seed >> 16) % G_N_ELEMENTS (lines)]);
  }
  Fixture f = read_pages (text->str, NULL);
  assert_conserved (&f);
  fixture_clear (&f);
}

static void
test_dates (void)
{
  gboolean whole;

  g_assert_cmpuint (hk_change_date ("令和6年10月1日", &whole), ==, strlen ("令和6年10月1日"));
  g_assert_true (whole);
  g_assert_cmpuint (hk_change_date ("平成28年5月", &whole), ==, strlen ("平成28年5月"));
  g_assert_false (whole);
  g_assert_cmpuint (hk_change_date ("2015/1/15", &whole), ==, strlen ("2015/1/15"));
  g_assert_cmpuint (hk_change_date ("令和の初め", &whole), ==, 0);
  g_assert_cmpuint (hk_change_date ("2015", &whole), ==, 0);
  g_assert_cmpuint (hk_change_date ("R3.5.17", &whole), ==, strlen ("R3.5.17"));
  g_assert_cmpuint (hk_change_date ("2020-08-04", &whole), ==, strlen ("2020-08-04"));
  g_assert_true (whole);
  g_assert_cmpuint (hk_change_date ("令和元年9月2", &whole), ==, strlen ("令和元年9月2"));
  g_assert_false (whole);
  g_assert_cmpuint (hk_change_date ("Rの9", &whole), ==, 0);
  g_assert_true (hk_change_date_goes_on ("平成30年9月2", "4日", &whole));
  g_assert_true (whole);
  g_assert_true (hk_change_date_goes_on ("令和元年10", "月24日", &whole));
  g_assert_true (hk_change_date_goes_on ("令和3年12月", "9日", &whole));
  g_assert_false (hk_change_date_goes_on ("令和3年12月", "10人以上", &whole));
  g_assert_false (hk_change_date_goes_on ("令和3年12月1日", "2日", &whole));
}

/* Headings wrap, dates are written in several ways and wrap; a row's cells follow
   each other and the next row's follow them. */
static void
test_rowwise (void)
{
  Fixture f = read_pages ("変更日\n項目\n変更前の記載\n変更後の記載\n提出\n時期\n\n提出時期に係\n\nる説明\n\n"
                          "R3.5.17\n表紙　公表日\n\n岬の倉庫に置く。\n\n丘の書庫に置く。\n\n事後\n－\n\n"
                          "平成30年9月2\n4日\nⅡ．３．①入手元\n\n係長\n\n課長\n事前\n組織の改正\n\n"
                          "令和1年 4月\n3日\nⅠ．１．②事務の内容\n（記載なし）\n丘支所\n事後\n組織の改正\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_cmpstr (rows, ==,
                   "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明\n"
                   "R3.5.17|表紙公表日|岬の倉庫に置く。|丘の書庫に置く。|事後|-\n"
                   "平成30年9月24日|II.3.1入手元|係長|課長|事前|組織の改正\n"
                   "令和1年4月3日|I.1.2事務の内容|(記載なし)|丘支所|事後|組織の改正");
  assert_conserved (&f);
  fixture_clear (&f);
}

/* Cells of one line come first, row by row; those that wrap stand behind them. */
static void
test_short_first (void)
{
  Fixture f = read_pages ("変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n\n"
                          "2019-11-21 事後 -\n\n2020/8/4 表紙　公表日 （記載なし） 事前 移転による。\n\nR2.10.2 （新設） 事後 -\n\n"
                          "Ⅱ．３．①特定個人情報の\n入手元\n\n岬の倉庫に置き、鍵は係長が朝夕に確\nかめる。\n\n丘の書庫に置き、鍵は課長が朝夕に確\nかめる。\n\n"
                          "受付簿は毎月末に課長が確認し、鍵の\nかかる棚に戻す。\n\n"
                          "Ⅱ．４．②特定個人情報の\n保管場所\n\n職員の端末は毎週金曜の夜に点検を行\nう。\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_cmpstr (rows, ==,
                   "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明\n"
                   "2019-11-21|?II.3.1特定個人情報の入手元|岬の倉庫に置き、鍵は係長が朝夕に確かめる。|丘の書庫に置き、鍵は課長が朝夕に確かめる。|事後|-\n"
                   "2020/8/4|表紙公表日|(記載なし)|受付簿は毎月末に課長が確認し、鍵のかかる棚に戻す。|事前|移転による。\n"
                   "R2.10.2|II.4.2特定個人情報の保管場所|?(新設)|?職員の端末は毎週金曜の夜に点検を行う。|事後|?-");
  assert_conserved (&f);
  fixture_clear (&f);
}

/* Dates were painted as a column, the rows in another order than they stand in: a
   reason before another row than its own, the rows of the first dates last. Two rows
   could as well have each other's date. */
static void
test_apart (void)
{
  Fixture f = read_pages ("項目\n\n"
                          "Ⅲ-４規定の内容\n\n・岬市個人情報保護条例の遵守について規\n定する。\n・鍵は係長が持ち、朝夕に箱を確かめる。\n\n"
                          "・個人情報保護法の遵守について規定する。\n・鍵は課長が持ち、朝夕に箱を確かめる。\n\n事後 条例の廃止による。\n\n"
                          "人事異動による。\n\n"
                          "Ⅱ-６保管場所\n\n岬の倉庫に置き、鍵は係長が朝夕に確か\nめ、夜は警備を置く。\n\n岬の書庫に置き、鍵は課長が朝夕に確か\nめ、夜は警備を置く。\n\n事後 移転による。\n\n"
                          "Ⅰ-６②所属長 乙川　春夫 丙山　秋子 事後\n\n"
                          "Ⅰ-６②所属長 甲田　夏樹 乙川　春夫 事後 人事異動による。\n\n"
                          "変更前の記載 変更後の記載 提出時期変更日\n\n"
                          "令和2年4月17日\n\n令和3年4月18日\n\n令和3年4月18日\n\n令和4年6月19日\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_true (g_str_has_suffix (rows,
                                   "\n令和2年4月17日|I-62所属長|甲田夏樹|乙川春夫|事後|人事異動による。\n"
                                   "令和3年4月18日|I-62所属長|乙川春夫|丙山秋子|事後|人事異動による。\n"
                                   "?令和3年4月18日|?II-6保管場所|?岬の倉庫に置き、鍵は係長が朝夕に確かめ、夜は警備を置く。|?岬の書庫に置き、鍵は課長が朝夕に確かめ、夜は警備を置く。|?事後|?移転による。\n"
                                   "?令和4年6月19日|?III-4規定の内容|?・岬市個人情報保護条例の遵守について規定する。・鍵は係長が持ち、朝夕に箱を確かめる。|?・個人情報保護法の遵守について規定する。・鍵は課長が持ち、朝夕に箱を確かめる。|?事後|?条例の廃止による。"));
  assert_conserved (&f);
  fixture_clear (&f);
}

/* Cells side by side were read line by line: level lines stand on one line, the item
   among those of the texts. The order of single lines tells little: both are in doubt. */
static void
test_side_by_side (void)
{
  Fixture f = read_pages ("変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n提出時期に係る説明\n\n"
                          "令和2年4月17日\n\nⅡ-６保管場所\n\n"
                          "岬の倉庫の二階に置き、鍵は係長が朝夕 丘の書庫の一階に置き、鍵は課長が朝夕\n"
                          "に確かめ、受付簿に名前と時刻を書いた に確かめる。夜は警備を置き、窓と扉の\n"
                          "上で係長が印を押す。\n締め忘れがないか見て回る。\n\n事後\n\n移転による。\n\n"
                          "令和3年5月18日\n\nⅠ-６②所属長\n\n係長\n\n課長\n\n事前\n\n組織の改正\n", NULL);
  g_autofree char *rows = rows_of (&f);

  g_assert_cmpstr (rows, ==,
                   "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明\n"
                   "令和2年4月17日|II-6保管場所|"
                   "?岬の倉庫の二階に置き、鍵は係長が朝夕に確かめ、受付簿に名前と時刻を書いた上で係長が印を押す。|"
                   "?丘の書庫の一階に置き、鍵は課長が朝夕に確かめる。夜は警備を置き、窓と扉の締め忘れがないか見て回る。|事後|移転による。\n"
                   "令和3年5月18日|I-62所属長|係長|課長|事前|組織の改正");
  assert_conserved (&f);
  fixture_clear (&f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/dates", test_dates);
  g_test_add_func ("/history/grid", test_grid);
  g_test_add_func ("/history/order", test_order);
  g_test_add_func ("/history/rowwise", test_rowwise);
  g_test_add_func ("/history/short-first", test_short_first);
  g_test_add_func ("/history/dates-apart", test_dates_apart);
  g_test_add_func ("/history/glued", test_glued);
  g_test_add_func ("/history/doubt", test_doubt);
  g_test_add_func ("/history/nothing", test_nothing);
  g_test_add_func ("/history/apart", test_apart);
  g_test_add_func ("/history/side-by-side", test_side_by_side);
  g_test_add_func ("/history/storm", test_storm);
  return g_test_run ();
}
