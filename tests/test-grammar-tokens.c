/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters, folding and tokens. */
#include "fold.h"
#include "page-maker.h"
#include "test-grammar.h"
#include "token.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

/* A cell with TEXT (⏎ parts lines), 400 points wide. */
static HkTextCell *
make_cell (const char *text)
{
  const HkBox box         = { 40, 40, 440, 240 };
  g_autoptr (HkPage) page = hk_page_new (1, 595, 842);
  HkTextCell *cell        = hk_text_cell_new (1, box, 0, TRUE);

  page_maker_block (page, &box, &PAGE_FACE, text);
  hk_text_cell_fill (cell, 1, box, (const HkGlyph *) page->glyphs->data, page->glyphs->len);
  return cell;
}

/* --- Folding ------------------------------------------------------------------- */

static void
test_fold (void)
{
  static const struct {
    const char *text, *folded;
  } cases[] = {
    { "", "" },
    { "特定個人情報", "特定個人情報" },
    { "　あ い\tう\u00A0え\u200B", "あいうえ" },          /* white space of any width */
    { "ﾌｧｲﾙ", "ファイル" },
    { "ﾊﾞﾊﾟｶﾞ", "バパガ" },                               /* voiced marks join their letter */
    { "か\u3099は\u309A", "がぱ" },                       /* combining ones, too */
    { "ｰ", "ー" },
    { "（７．②を除く。）", "(7.2を除く。)" },
    { "１，０００人以上", "1,000人以上" },
    { "［　○　］", "[○]" },
    { "①②⑳", "1220" },
    { "Ⅰ Ⅳ Ⅻ", "IIVXII" },
    { "⑴(1)（１）", "(1)(1)(1)" },
    { "※４情報※", "4情報" },                              /* the reference mark says nothing */
    { "⾮⾏⻑⽤", "非行長用" },                              /* radicals are ideographs */
    { "㈱㍻㎡", "(株)平成m2" },
    { "○〇◯●―", "○〇◯●―" },                              /* marks are not alike for Unicode */
    { "ＡＢＣａｂｃ", "ABCabc" },
    { "～〜", "~〜" },
    { "\uFB01\u0301", "fí" },                             /* a ligature comes apart, and its mark joins */
    { "\u1100\u1161\u11A8", "각" },                       /* jamo compose over three characters */
    { "e\u0301", "é" },
    { "\uFFFD\uE000\U000F0000", "\uFFFD\uE000\U000F0000" },
    { "\U00020B9F\uF91B", "\U00020B9F亂" },               /* 𠮟 stays, a compatibility ideograph does not */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folded = hk_fold_utf8 (cases[i].text, -1);
    g_autofree char *again  = hk_fold_utf8 (folded, -1);

    g_assert_cmpstr (folded, ==, cases[i].folded);
    g_assert_cmpstr (again, ==, folded);
  }
}

/* A span may begin and end anywhere: its folded text is that of its own characters. */
static void
test_fold_span (void)
{
  g_autoptr (HkTextCell) cell = make_cell ("①ﾊﾞｽ１０台");
  static const struct {
    guint       first, n;
    const char *folded;
  } cases[] = {
    { 0, 7, "1バス10台" }, { 0, 0, "" }, { 0, 1, "1" }, { 1, 2, "バ" }, { 1, 1, "ハ" }, { 3, 2, "ス1" }, { 4, 3, "10台" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folded = hk_text_cell_fold_span (cell, cases[i].first, cases[i].n);
    g_assert_cmpstr (folded, ==, cases[i].folded);
  }
}

/* More marks on one letter than a segment holds. */
static void
test_fold_marks (void)
{
  g_autofree gunichar *marks = g_new (gunichar, 100000);
  g_autoptr (GString) out    = g_string_new (NULL);

  marks[0] = 'a';
  for (guint i = 1; i < 100000; i++)
    marks[i] = i % 2 ? 0x0301 : 0x3099;
  hk_fold (out, marks, 100000);
  g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));
}

/* What Unicode does not have. */
static void
test_fold_bad (gconstpointer todo)
{
  const gunichar bad[]    = { 0xD800, 0x110000, 0xFFFFFFFF };
  g_autoptr (GString) out = g_string_new (NULL);

  hk_fold (out, bad, G_N_ELEMENTS (bad));
  grammar_judge (strcmp (out->str, "\uFFFD\uFFFD\uFFFD") == 0, todo);
}

#define UNICODE_DATA "/usr/share/unicode/EquivalentUnifiedIdeograph.txt"

/* The proof of every mapping, where this machine has it. */
static void
test_radicals_unicode (gconstpointer todo)
{
  g_autofree char *data = NULL;
  g_autofree char *seen = g_malloc0 (0x3000);
  gboolean         good = TRUE;

  if (!g_file_get_contents (UNICODE_DATA, &data, NULL, NULL)) {
    g_test_skip (UNICODE_DATA " is not installed");
    return;
  }
  g_auto (GStrv) lines = g_strsplit (data, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    guint first, last, ideograph;

    if (sscanf (lines[i], "%x..%x ; %x", &first, &last, &ideograph) != 3) {
      if (sscanf (lines[i], "%x ; %x", &first, &ideograph) != 2)
        continue;
      last = first;
    }
    for (guint ch = first; ch <= last && ch < 0x2FE0; ch++) {
      seen[ch] = 1;
      if (hk_radical_ideograph (ch) != 0 && hk_radical_ideograph (ch) != ideograph) {
        g_test_message ("U+%04X: U+%04X, Unicode says U+%04X", ch, hk_radical_ideograph (ch), ideograph);
        good = FALSE;
      }
    }
  }
  for (guint ch = 0; ch < 0x3000; ch++)
    good &= seen[ch] || hk_radical_ideograph (ch) == 0;
  grammar_judge (good, todo);
}

/* What NFKC maps, folding maps; so the written text has to, too. */
static void
test_radicals_folded (gconstpointer todo)
{
  gboolean good = TRUE;

  for (gunichar ch = 0x2E80; ch < 0x2FE0; ch++) {
    g_autoptr (GString) folded = g_string_new (NULL);
    gunichar ideograph         = hk_radical_ideograph (ch);

    hk_fold (folded, &ch, 1);
    if (g_utf8_get_char (folded->str) != (ideograph != 0 ? ideograph : ch)) {
      g_test_message ("U+%04X folds to %s", ch, folded->str);
      good = FALSE;
    }
  }
  grammar_judge (good, todo);
}

static void
test_radicals (void)
{
  static const struct {
    gunichar radical, ideograph;
  } cases[] = {
    { 0x2FAE, 0x975E },             /* ⾮ 非: Kangxi */
    { 0x2F00, 0x4E00 },             /* the first */
    { 0x2FD5, 0x9FA0 },             /* the last */
    { 0x2ED1, 0x9577 },             /* ⻑ 長: supplement, has no compatibility mapping */
    { 0x2EA0, 0x6C11 },             /* ⺠ 民 */
    { 0x2E9F, 0x6BCD },             /* ⺟ 母: the one that NFKC knows */
    { 0x2EE8, 0x9EA6 },             /* ⻨ 麦 */
    { 0x2EC4, 0x897F },             /* ⻄ 西 */
    { 0x2E80, 0 },                  /* ⺀ stands for no ideograph */
    { 0x2E9A, 0 },                  /* not assigned */
    { 0x975E, 0 },                  /* an ideograph is no radical */
    { 0x2FD6, 0 }, { 0x2E7F, 0 }, { 'a', 0 }, { 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (hk_radical_ideograph (cases[i].radical), ==, cases[i].ideograph);
}

/* --- Characters ------------------------------------------------------------------- */

static void
test_numbers (void)
{
  static const struct {
    gunichar ch;
    guint    circled, parenthesised, roman;
    int      digit;
  } cases[] = {
    { 0x2460, 1, 0, 0, -1 }, { 0x2473, 20, 0, 0, -1 }, { 0x24EA, 0, 0, 0, -1 }, /* ① ⑳ ⓪ */
    { 0x2474, 0, 1, 0, -1 }, { 0x2487, 0, 20, 0, -1 },                          /* ⑴ ⒇ */
    { 0x2160, 0, 0, 1, -1 }, { 0x216B, 0, 0, 12, -1 }, { 0x2170, 0, 0, 0, -1 }, /* Ⅰ Ⅻ ⅰ */
    { '0', 0, 0, 0, 0 }, { '9', 0, 0, 0, 9 }, { 0xFF10, 0, 0, 0, 0 }, { 0xFF19, 0, 0, 0, 9 },
    { 0x4E00, 0, 0, 0, -1 }, { 'I', 0, 0, 0, -1 }, { 0, 0, 0, 0, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpuint (hk_circled_number (cases[i].ch), ==, cases[i].circled);
    g_assert_cmpuint (hk_parenthesised_number (cases[i].ch), ==, cases[i].parenthesised);
    g_assert_cmpuint (hk_roman_number (cases[i].ch), ==, cases[i].roman);
    g_assert_cmpint (hk_digit (cases[i].ch), ==, cases[i].digit);
  }
}

/* Whether TEST says yes to each character of YES and no to each of NO. */
static void
check_class (gboolean  (*test) (gunichar),
             const char *yes,
             const char *no)
{
  for (const char *c = yes; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_true (test (g_utf8_get_char (c)));
  for (const char *c = no; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_false (test (g_utf8_get_char (c)));
}

static gboolean
is_marked_box (gunichar ch)
{
  gboolean marked;

  return hk_is_box (ch, &marked) && marked;
}

static gboolean
is_empty_box (gunichar ch)
{
  gboolean marked;

  return hk_is_box (ch, &marked) && !marked;
}

static void
test_classes (void)
{
  check_class (hk_is_dash, "-‐‑‒–—―−－ー─ｰ", "~〜一_＿");
  check_class (hk_is_space, " \t\u3000\u00A0\u200B\uFEFF", "aあ・_");
  check_class (hk_is_mark, "○〇◯●◎✓✔レﾚ☑☒■Oo", "□☐×-ー口0");
  check_class (is_marked_box, "☑☒■", "□☐○[");
  check_class (is_empty_box, "□☐", "☑■○[口");
  check_class (hk_is_open_bracket, "[［〔", "]］〕(（「【");
  check_class (hk_is_close_bracket, "]］〕", "[［〔)）」】");
  check_class (hk_is_open_paren, "(（", ")）[［");
  check_class (hk_is_close_paren, ")）", "(（]］");
  check_class (hk_is_line_start_forbidden, "、。，．」』】〕）］ーっッゃャァ々),.]", "「（[あア亜1A");
}

/* --- Lines ---------------------------------------------------------------------------- */

/* A glyph is an em or half of one wide, whatever the height of its box. */
static void
test_widths (void)
{
  static const struct {
    HkBox  box;
    double em;
  } cases[] = {
    { { 0, 0, 10, 10 }, 10 },
    { { 0, 0, 5, 10 }, 8.5 },   /* half-width */
    { { 0, 0, 10, 11.7 }, 10 }, /* a face with room above and below */
    { { 0, 0, 20, 10 }, 20 },   /* stretched */
    { { 0, 0, 0, 0 }, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    HkGlyph glyph = { .ch = 'a', .box = cases[i].box };
    g_assert_cmpfloat_with_epsilon (hk_glyph_em (&glyph), cases[i].em, 0.1);
  }
}

/* Two lines of glyphs given in any order come out as two lines in x order. */
static void
test_lines (void)
{
  const HkBox box         = { 0, 0, 200, 100 };
  g_autoptr (HkPage) page = hk_page_new (1, 595, 842);
  g_autoptr (HkTextCell) cell = hk_text_cell_new (1, box, 0, TRUE);
  PageFace small          = { 8, 1, 1, FALSE };
  g_autofree char *text   = NULL;

  page_maker_text (page, 10, 23, &PAGE_FACE, "下の行");
  page_maker_text (page, 10, 10, &PAGE_FACE, "上の");
  page_maker_text (page, 40, 11.8, &small, "小字"); /* smaller, its middle a little lower */
  page_maker_text (page, 30, 10, &PAGE_FACE, "行");
  hk_text_cell_fill (cell, 1, box, (const HkGlyph *) page->glyphs->data, page->glyphs->len);
  g_assert_cmpuint (cell->lines->len, ==, 2);
  g_assert_cmpuint (hk_cell_line (cell, 0)->n, ==, 5);
  g_assert_cmpfloat (hk_cell_line (cell, 0)->right, ==, 200);
  text = hk_text_cell_fold (cell);
  g_assert_cmpstr (text, ==, "上の行小字下の行");
}

/* --- Tokens ---------------------------------------------------------------------------- */

/* CELL's tokens: class, number if it has one, the characters of its span, and
   what they fold to if that is something else. */
static char *
dump_tokens (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  GString *out = g_string_new (NULL);
  guint    at  = 0;

  for (guint i = 0; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);
    const HkLine  *line  = hk_cell_line (cell, token->line);
    g_autoptr (GString) raw = g_string_new (NULL);

    g_assert_cmpuint (token->first, ==, at); /* the spans tile the cell … */
    g_assert_cmpuint (token->first, >=, line->first);
    g_assert_cmpuint (token->first + token->n, <=, line->first + line->n); /* … and none runs over its line */
    at += token->n;
    for (guint g = token->first; g < token->first + token->n; g++)
      g_string_append_unichar (raw, hk_cell_glyph (cell, g)->ch);

    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", hk_token_class_name (token->class));
    if (token->number > 0)
      g_string_append_printf (out, ":%u", token->number);
    if (token->n > 0)
      g_string_append_printf (out, "<%s", raw->str);
    if (token->n > 0 && strcmp (raw->str, token->folded) != 0)
      g_string_append_printf (out, "=%s", token->folded);
    if (token->n > 0)
      g_string_append_c (out, '>');
  }
  g_assert_cmpuint (at, ==, cell->glyphs->len);
  return g_string_free (out, FALSE);
}

typedef struct {
  const char *name;
  const char *cases[24][2]; /* text, its tokens */
  const char *todo;
} TokenTable;

static const TokenTable token_tables[] = {
  { "part-number", {
    { "Ⅰ　基本情報", "part-number:1<Ⅰ=I> space<　=> words<基本情報>" },
    { "Ⅲ．リスク対策", "part-number:3<Ⅲ．=III.> words<リスク対策>" },
    { "Ⅴ.", "part-number:5<Ⅴ.=V.>" },
    { "Ⅻ", "part-number:12<Ⅻ=XII>" },
    { "　Ⅱ", "space<　=> part-number:2<Ⅱ=II>" },          /* after white space it still begins the line */
    { "第Ⅱ章", "words<第Ⅱ章=第II章>" },                    /* not at the start of its line */
    { "章⏎Ⅱ", "words<章> part-number:2<Ⅱ=II>" },
    { "I　基本情報", "words<I> space<　=> words<基本情報>" }, /* a letter is no number */
  }, NULL },
  { "appendix", {
    { "（別添１）特定", "appendix:1<（別添１）=(別添1)> words<特定>" },
    { "(別添2)", "appendix:2<(別添2)>" },
    { "別添１", "appendix:1<別添１=別添1>" },
    { "別添", "words<別添>" },
    { "は別添１", "words<は別添> number:1<１=1>" },
  }, NULL },
  { "heading-number", {
    { "１．基本情報", "heading-number:1<１．=1.> words<基本情報>" },
    { "10.監査", "heading-number:10<10.> words<監査>" },
    { "１０．監査", "heading-number:10<１０．=10.> words<監査>" },
    { "２、その他", "heading-number:2<２、=2、> words<その他>" },
    { "1.5倍", "number:1<1> words<.> number:5<5> words<倍>" },
    { "100.", "number:100<100> words<.>" },
    { "第１．", "words<第> number:1<１=1> words<．=.>" },
    { "　１．", "space<　=> heading-number:1<１．=1.>" },
    { "１　基本情報", "heading-number:1<１=1> space<　=> words<基本情報>" },
    { "1 基本情報", "heading-number:1<1> words<基本情報>" },
    { "１基本情報", "number:1<１=1> words<基本情報>" },
    { "記録⏎１　件", "words<記録> number:1<１=1> space<　=> words<件>" },
  }, NULL },
  { "item-number", {
    { "①事務の名称", "item-number:1<①=1> words<事務の名称>" },
    { "⑳", "item-number:20<⑳=20>" },
    { "（７．②を除く。）", "paren-open<（=(> number:7<７=7> words<．=.> item-number:2<②=2> words<を除く。> paren-close<）=)>" },
  }, NULL },
  { "paren-number", {
    { "⑴", "paren-number:1<⑴=(1)>" },
    { "(1)", "paren-number:1<(1)>" },
    { "（１）照会", "paren-number:1<（１）=(1)> words<照会>" },
    { "（12）", "paren-number:12<（12）=(12)>" },
    { "（123）", "paren-open<（=(> number:123<123> paren-close<）=)>" },
    { "（ 60 ）件", "paren-number:60<（60）=(60)> words<件>" }, /* spaces have no glyphs */
  }, NULL },
  { "option-number", {
    { "1) 実施する", "option-number:1<1)> words<実施する>" },
    { "３）未定", "option-number:3<３）=3)> words<未定>" },
    { "＜選択肢＞1）定めている2）定めていない",
      "options<＜選択肢＞=<選択肢>> option-number:1<1）=1)> words<定めている> option-number:2<2）=2)> words<定めていない>" },
  }, NULL },
  { "risk-number", {
    { "リスク１：目的外", "risk-number:1<リスク１：=リスク1:> words<目的外>" },
    { "リスク12: 不正", "risk-number:12<リスク12:> words<不正>" },
    { "リスク：漏えい", "risk-number<リスク：=リスク:> words<漏えい>" },
    { "リスク対策", "words<リスク対策>" },
    { "そのリスク：", "words<そのリスク：=そのリスク:>" },
  }, NULL },
  { "options", {
    { "＜選択肢＞", "options<＜選択肢＞=<選択肢>>" },
    { "<選択肢>", "options<<選択肢>>" },
    { "〈選択肢〉", "options<〈選択肢〉>" },
    { "＜選択＞", "words<＜選択＞=<選択>>" },
  }, NULL },
  { "marks", {
    { "[  ○  ]", "open<[> space mark<○> space close<]>" },
    { "[○]", "open<[> mark<○> close<]>" },
    { "［○］", "open<［=[> mark<○> close<］=]>" },
    { "［　　］", "open<［=[> space<　=> space<　=> close<］=]>" },
    { "〇◯●✓", "mark<〇> mark<◯> mark<●> mark<✓>" },
    { "☑紙", "box:1<☑> words<紙>" },
    { "□紙", "box<□> words<紙>" },
    { "■紙", "box:1<■> words<紙>" },
    { "レ点", "words<レ点>" },                             /* also a letter: the brackets must tell */
    { "OK", "words<OK>" },
    { "〔○〕", "open<〔> mark<○> close<〕>" },
  }, NULL },
  { "dates", {
    { "令和６年10月１日", "date<令和６年10月１日=令和6年10月1日>" },
    { "平成27年9月", "date<平成27年9月>" },
    { "令和７年", "date<令和７年=令和7年>" },
    { "令和元年５月１日", "date<令和元年５月１日=令和元年5月1日>" },
    { "平成元年", "date<平成元年>" },
    { "昭和64年1月7日", "date<昭和64年1月7日>" },
    { "2024年1月", "date<2024年1月>" },
    { "２０２４年１月４日", "date<２０２４年１月４日=2024年1月4日>" },
    { "施行は令和６年４月から", "words<施行は> date<令和６年４月=令和6年4月> words<から>" },
    { "［令和６年10月　様式３］",
      "open<［=[> date<令和６年10月=令和6年10月> space<　=> words<様式> number:3<３=3> close<］=]>" },
    { "３年以内", "number:3<３=3> words<年以内>" },
    { "令和の時代", "words<令和の時代>" },
    { "令和６年度", "date<令和６年=令和6年> words<度>" },
  }, NULL },
  { "date-within-words", {
    { "施行は昭和64年から", "words<施行は> date<昭和64年> words<から>" },
  }, "scan_words() stops before 令和 and 平成 only" },
  { "numbers", {
    { "1,000人", "number:1<1> words<,> number<000> words<人>" },
    { "システム２～５", "words<システム> number:2<２=2> words<～=~> number:5<５=5>" },
    { "123456789012", "number:123456789<123456789> number:12<012>" },
    { "委託事項1", "words<委託事項> number:1<1>" },
    { "00", "number<00>" },
  }, NULL },
  { "other", {
    { "", "" },
    { "※", "reference<※=>" },
    { "※４情報", "reference<※=> number:4<４=4> words<情報>" },
    { "（内部）", "paren-open<（=(> words<内部> paren-close<）=)>" },
    { "実施日  公表日", "words<実施日> space words<公表日>" },
    { "実施日 公表日", "words<実施日公表日>" },
    { "実施⏎公表", "words<実施> words<公表>" },              /* a token never runs over its line */
    { "ﾊﾞｽ", "words<ﾊﾞｽ=バス>" },
    { "⾮公開", "words<⾮公開=非公開>" },
  }, NULL },
};

static void
test_tokens (gconstpointer data)
{
  const TokenTable *table = data;
  gboolean          good  = TRUE;

  for (gsize i = 0; table->cases[i][0] != NULL; i++) {
    g_autoptr (HkTextCell) cell = make_cell (table->cases[i][0]);
    g_autofree char       *dump = dump_tokens (cell);

    if (strcmp (dump, table->cases[i][1]) != 0) {
      g_test_message ("%s\n  read     %s\n  expected %s", table->cases[i][0], dump, table->cases[i][1]);
      good = FALSE;
    }
  }
  grammar_judge (good, table->todo);
}

/* Every class has a name, and no two the same. */
static void
test_class_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int class = HK_TOKEN_WORDS; class <= HK_TOKEN_SPACE; class++) {
    g_assert_nonnull (hk_token_class_name ((HkTokenClass) class));
    g_assert_true (g_hash_table_add (names, (gpointer) hk_token_class_name ((HkTokenClass) class)));
  }
}

/* Long lines of brackets, digits and spaces: linear, and nothing is lost. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "[", "（", "1", "１．", "令和", "＜", "リスク", "○", "　", "別添" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    const HkBox box             = { 0, 0, 1e6, 20 };
    g_autoptr (HkPage) page     = hk_page_new (1, 1e6, 842);
    g_autoptr (HkTextCell) cell = hk_text_cell_new (1, box, 0, TRUE);
    g_autoptr (GString) text    = g_string_new (NULL);
    g_autofree char *dump       = NULL;

    for (guint n = 0; n < 10000; n++)
      g_string_append (text, pieces[i]);
    page_maker_text (page, 0, 0, &PAGE_FACE, text->str);
    hk_text_cell_fill (cell, 1, box, (const HkGlyph *) page->glyphs->data, page->glyphs->len);
    dump = dump_tokens (cell);
    g_assert_nonnull (dump);
  }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* for the messages */
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/fold/text", test_fold);
  g_test_add_func ("/fold/span", test_fold_span);
  g_test_add_func ("/fold/marks", test_fold_marks);
  g_test_add_data_func ("/fold/bad", NULL, test_fold_bad);
  g_test_add_func ("/fold/radicals", test_radicals);
  g_test_add_data_func ("/fold/radicals/unicode", NULL, test_radicals_unicode);
  g_test_add_data_func ("/fold/radicals/folded", NULL, test_radicals_folded);
  g_test_add_func ("/characters/numbers", test_numbers);
  g_test_add_func ("/characters/classes", test_classes);
  g_test_add_func ("/lines/widths", test_widths);
  g_test_add_func ("/lines/order", test_lines);
  for (gsize i = 0; i < G_N_ELEMENTS (token_tables); i++) {
    g_autofree char *path = g_strconcat ("/tokens/", token_tables[i].name, NULL);
    g_test_add_data_func (path, &token_tables[i], test_tokens);
  }
  g_test_add_func ("/tokens/class-names", test_class_names);
  g_test_add_func ("/tokens/hostile", test_hostile);
  return g_test_run ();
}
