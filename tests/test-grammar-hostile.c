/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages that nobody would print: much of one thing, and anything at random.
 * Whatever stands on them, the parser ends, in time in proportion to them,
 * and every character is accounted for.
 */
#include "fold.h"
#include "page-maker.h"
#include "parse.h"
#include "test-grammar.h"

#include <locale.h>
#include <string.h>

/* For what takes milliseconds where it is linear; generous, for slow machines
   and sanitizers. */
#define SECONDS 20.0

#define MARK "> ［令和６年10月　様式３］\n"
#define TASK MARK "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票の写しの交付の申請を受け付け、交付する。|\n"

/* Fails unless all of SKETCH's characters are accounted for, and quickly. */
static void
check_sketch (const char *sketch)
{
  guint64 characters;
  gint64  begin                   = g_get_monotonic_time ();
  g_autoptr (HkDocument) document = grammar_read (sketch, &characters);
  double  seconds                 = (double) (g_get_monotonic_time () - begin) / G_TIME_SPAN_SECOND;

  g_assert_true (grammar_check (document, NULL, characters));
  g_assert_cmpfloat (seconds, <, SECONDS);
  g_test_message ("%.2f s for %" G_GUINT64_FORMAT " characters", seconds, characters);
}

/* HEAD, then PIECE N times, then TAIL. */
typedef struct {
  const char *name, *head, *piece, *tail;
  guint       n;
} Many;

static const Many manies[] = {
  { "brackets", TASK "|②事務の内容|", "[", "|\n", 20000 },
  { "marks", TASK "|２．特定個人情報ファイルを取り扱う事務において使用するシステム|\n|システム１|\n|③他のシステムとの接続|", "[ ○ ] 税務システム ", "|\n", 2000 },
  { "parentheses", TASK "|２．特定個人情報ファイルを取り扱う事務において使用するシステム|\n|システム１|\n|③他のシステムとの接続|[ ○ ] その他 ", "（", "|\n", 20000 },
  { "options", TASK "|③対象人数|［ 1,000人未満 ］＜選択肢＞", "1）1,000人未満", "|\n", 2000 },
  { "digits", TASK "|②事務の内容|", "1", "|\n", 30000 },
  { "system-number", TASK "|２．特定個人情報ファイルを取り扱う事務において使用するシステム|\n|システム", "1", "|\n", 8000 },
  { "one-line", TASK "# 130 1000000\n|②事務の内容|", "住民票", "|\n", 20000 },
  { "rows", TASK, "|①事務の名称|住民票|\n", "", 3000 },
  { "loose-lines", TASK, "= 住民票\n", "", 3000 },
  { "words-without-rules", TASK, ":①事務の名称:住民票:\n", "", 300 },
  { "changes", MARK "= （別添２）変更箇所\n# 75 80 105 105 60 90\n|変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n",
    "|令和７年４月１日|Ⅰ．６．①|総務課|住民課|事後|軽微|\n", "", 3000 },
  { "pages-of-one-cell", TASK "@ 780\n|②事務の内容|申請", "を受け付ける。|\n~~~\n||記録", "する。|\n", 1000 },
  { "pages", TASK, "---\n|①事務の名称|住民票|\n", "", 2000 },
  { "pages-without-text", TASK, "---\n", "", 2000 },
  { "pages-that-fail", TASK, "! damaged\n", "", 2000 },
  { "parts", MARK, "= Ⅱ　特定個人情報ファイルの概要\n|１．特定個人情報ファイル名|\n|台帳|\n---\n= Ⅲ　リスク対策\n|１．特定個人情報ファイル名|\n|台帳|\n---\n", "", 300 },
  { "record-items", MARK "= Ⅱ　特定個人情報ファイルの概要\n|１．特定個人情報ファイル名|\n|台帳|\n---\n= （別添１）特定個人情報ファイル記録項目\n|", "氏名⏎", "住所|\n", 3000 },
};

static void
test_many (gconstpointer data)
{
  const Many *many           = data;
  g_autoptr (GString) sketch = g_string_new (many->head);

  for (guint i = 0; i < many->n; i++)
    g_string_append (sketch, many->piece);
  g_string_append (sketch, many->tail);
  check_sketch (sketch->str);
}

/* --- Anything at random ---------------------------------------------------------- */

static const char *const words[] = {
  "Ⅰ　基本情報", "Ⅱ　特定個人情報ファイルの概要", "Ⅲ　リスク対策", "Ⅳ　開示請求、問合せ", "（別添１）特定個人情報ファイル記録項目", "（別添２）変更箇所",
  "１．特定個人情報ファイル名", "２．基本情報", "３．特定個人情報の使用", "４．特定個人情報ファイルの取扱いの委託　［ ○ ］委託しない",
  "５．特定個人情報の提供・移転（委託に伴うものを除く。）", "リスク１：　目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク", "リスク９：　なし",
  "①事務の名称", "②事務の内容", "③対象人数", "①ファイルの種類", "リスクに対する措置の内容", "リスクへの対策は十分か", "委託の有無", "提供・移転の有無",
  "委託事項１", "委託事項２～５", "システム１", "提供先１　大臣", "移転先99999999999", "①法令上の根拠", "評価書番号", "特記事項", "項目一覧",
  "変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明", "［令和６年10月　様式３］",
  "［ 実施する ］", "＜選択肢＞⏎1）実施する⏎2）実施しない", "[ ○ ] 紙  [ × ] 専用線", "（ 60 ）件", "[ ○ ] その他 （ 台帳", "［", "］", "（", "）", "○",
  "令和７年４月１日", "平成31年５月１日", "台帳", "台帳ファイル", "―", "", "　", "※", "⾮", "\uFFFD", "\uE000", "\x01", "A b C", "1", "- 2 -", "ﾊﾞ",
};

/* A line of a sketch. RAND decides. */
static void
append_random (GString *sketch,
               GRand   *rand)
{
  static const char *const starts[] = { "|", "|", "|", "|", ":", "= ", "> ", "* 40 20 ", "* 300 815 " };
  const char *start = starts[g_rand_int_range (rand, 0, G_N_ELEMENTS (starts))];
  guint       cells = *start == '|' || *start == ':' ? (guint) g_rand_int_range (rand, 1, 4) : 1;

  switch (g_rand_int_range (rand, 0, 24)) {
  case 0: g_string_append (sketch, "---\n"); break;
  case 1: g_string_append (sketch, "~~~\n"); break;
  case 2: g_string_append_printf (sketch, "@ %d\n", g_rand_int_range (rand, 20, 820)); break;
  case 3: g_string_append_printf (sketch, "# %d %d %d\n", g_rand_int_range (rand, 15, 200), g_rand_int_range (rand, 15, 100), g_rand_int_range (rand, 15, 200)); break;
  case 4: g_string_append_printf (sketch, "$ %d %.1f %.1f\n", g_rand_int_range (rand, 5, 14), g_rand_double_range (rand, 0.8, 1.5), g_rand_double_range (rand, 0.9, 1.6)); break;
  case 5: g_string_append (sketch, "! damaged\n"); break;
  default: break;
  }
  g_string_append (sketch, start);
  for (guint i = 0; i < cells; i++) {
    g_string_append (sketch, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
    if (g_rand_int_range (rand, 0, 6) == 0)
      g_string_append (sketch, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
    if (*start == '|' || *start == ':')
      g_string_append_c (sketch, *start);
  }
  g_string_append_c (sketch, '\n');
}

static void
test_random (gconstpointer todo)
{
  guint n = g_test_thorough () ? 20000 : 300;

  for (guint seed = 0; seed < n; seed++) {
    g_autoptr (GRand) rand      = g_rand_new_with_seed (seed);
    g_autoptr (GString) sketch  = g_string_new (seed % 3 == 0 ? "" : MARK);
    guint64 characters;

    g_string_append (sketch, "# 130 200 185\n");
    for (gint i = g_rand_int_range (rand, 1, 60); i > 0; i--)
      append_random (sketch, rand);

    g_autoptr (HkDocument) document = grammar_read (sketch->str, &characters);
    if (!grammar_check (document, NULL, characters)) {
      g_test_message ("seed %u:\n%s", seed, sketch->str);
      grammar_judge (FALSE, todo);
      return;
    }
  }
  grammar_judge (TRUE, todo);
}

/* Glyphs anywhere, in cells anywhere, that overlap as no reader makes them. */
static HkPage *
random_page (GRand *rand,
             guint  number)
{
  static const char *const texts[] = { "①事務の名称", "住民票", "[ ○ ]", "Ⅱ", "１．特定個人情報ファイル名", "（", "1" };
  HkPage *page = hk_page_new (number, 595, 842);

  for (gint i = g_rand_int_range (rand, 0, 30); i > 0; i--) {
    double x = g_rand_double_range (rand, -50, 600), y = g_rand_double_range (rand, -50, 850);
    HkBox  box = { x, y, x + g_rand_double_range (rand, 0, 300), y + g_rand_double_range (rand, 0, 100) };
    page_maker_cell (page, &box, (guint) g_rand_int_range (rand, 0, 16));
  }
  for (gint i = g_rand_int_range (rand, 0, 60); i > 0; i--) {
    PageFace face = { g_rand_double_range (rand, 0.1, 40), g_rand_double_range (rand, 0.1, 2), 1, FALSE };
    page_maker_text (page, g_rand_double_range (rand, -50, 600), g_rand_double_range (rand, -50, 850), &face, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
  }
  for (guint i = 0; i < page->glyphs->len; i++) {
    HkGlyph *glyph = hk_page_glyph (page, i);
    glyph->copies  = (guint8) g_rand_int_range (rand, 1, 4);
    if (g_rand_int_range (rand, 0, 50) == 0)
      glyph->box.x1 = glyph->box.x0; /* no width */
    if (g_rand_int_range (rand, 0, 50) == 0)
      glyph->box.y1 = glyph->box.y0;
  }
  return page;
}

static HkPage *
next_random (HkPageSource *source,
             GError      **error)
{
  GRand *rand = ((MadePages *) source)->pages->pdata[0];

  return ++((MadePages *) source)->at > 4 ? NULL : random_page (rand, ((MadePages *) source)->at);
}

static void
test_soup (void)
{
  guint n = g_test_thorough () ? 20000 : 300;

  for (guint seed = 0; seed < n; seed++) {
    g_autoptr (GRand) rand          = g_rand_new_with_seed (seed);
    g_autoptr (GPtrArray) data      = g_ptr_array_new ();
    g_autoptr (HkDocument) document = hk_document_new ("soup");
    MadePages source                = { { .next = next_random, .n_pages = 4 }, data, 0 };
    HkCounts  counts;

    g_ptr_array_add (data, rand);
    hk_parse (&source.base, document);
    counts = hk_document_counts (document);
    g_assert_cmpuint (counts.source, ==, counts.values + counts.form + counts.running + counts.unplaced);
  }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* for the messages */
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (manies); i++) {
    g_autofree char *path = g_strconcat ("/many/", manies[i].name, NULL);
    g_test_add_data_func (path, &manies[i], test_many);
  }
  g_test_add_data_func ("/random/sketches", NULL, test_random);
  g_test_add_func ("/random/soup", test_soup);
  return g_test_run ();
}
