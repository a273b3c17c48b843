/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in the cell of a value: each shape alone, over cells made by hand. */
#include "page-maker.h"
#include "parser.h"
#include "test-grammar.h"

#include <locale.h>
#include <string.h>

/* The row of cells that SKETCH draws, made one as the parser does it. */
static HkTextCell *
make_cell (const char *sketch,
           guint64    *characters)
{
  g_autoptr (PageMaker) maker = page_maker_sketch (sketch);
  MadePages   source          = page_maker_source (maker);
  HkTextCell *all             = NULL;

  *characters = page_maker_count (maker);
  g_autoptr (HkPage) page = source.base.next (&source.base, NULL);
  for (guint c = 0; c < page->cells->len; c++) {
    const HkBox *box          = &hk_page_cell (page, c)->box;
    g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));
    HkTextCell *cell          = hk_text_cell_new (1, *box, 0, TRUE);

    for (guint g = 0; g < page->glyphs->len; g++) {
      const HkGlyph *glyph = hk_page_glyph (page, g);
      if (hk_box_mid_x (&glyph->box) > box->x0 && hk_box_mid_x (&glyph->box) < box->x1)
        g_array_append_vals (glyphs, glyph, 1);
    }
    hk_text_cell_fill (cell, 1, *box, (const HkGlyph *) (void *) glyphs->data, glyphs->len);
    if (all == NULL)
      all = cell;
    else
      hk_text_cell_merge (all, cell);
  }
  return all;
}

/* Fonts differ in how high their boxes are, forms in how close their lines
   are set, and readers in whether a wide space is a glyph. A shape is read
   the same from all of them. */
static const struct {
  const char *name, *sketch;
} faces[] = {
  { "plain", "" },
  { "tall", "$ 10 1.3 1.05\n" },
  { "flat", "$ 10 0.9 1.6\n" },
  { "bare", "%\n" },
};

typedef struct {
  const GrammarCase *this;
  const char        *face;
} Run;

/* Reads the value at PATH from CELL, which becomes the parser's, into DOCUMENT. */
static void
read_shape (HkDocument *document,
            const char *path,
            HkTextCell *cell)
{
  g_autoptr (PageMaker) maker = page_maker_new (); /* no page is left to read */
  MadePages   source          = page_maker_source (maker);
  const HkTie tie             = { HK_STATUS_CERTAIN, NULL, "label" };
  HkParser    parser          = { .document = document, .form = hk_form (3) };

  g_assert_nonnull (hk_form_find (parser.form, path));
  document->form    = parser.form;
  parser.vocabulary = hk_vocabulary_new (parser.form);
  parser.layout     = hk_layout_new (&source.base, document);
  hk_shape_read (&parser, hk_form_find (parser.form, path), cell, &tie);
  hk_parser_done (&parser, cell);
  hk_layout_free (parser.layout);
  hk_vocabulary_free (parser.vocabulary);
}

/* A case's name is the path of the item that the cell is the value of, and a
   word behind a space that says what is special. */
static void
test_shape (gconstpointer data)
{
  const Run         *run    = data;
  const GrammarCase *this   = run->this;
  g_autofree char   *path   = g_strndup (this->name, strcspn (this->name, " "));
  g_autofree char   *sketch = g_strconcat (run->face, this->sketch, NULL);
  guint64            characters;
  HkTextCell        *cell         = make_cell (sketch, &characters);
  g_autoptr (HkDocument) document = hk_document_new ("test");

  read_shape (document, path, cell);
  grammar_judge (grammar_check (document, this->expected, characters), this->todo);
}

#define LIST3 "＜選択肢＞⏎1）実施する⏎2）実施しない⏎3）未定"
#define LINK "info-link/implemented"

static const GrammarCase choices[] = {
  /* --- brackets and list in every arrangement --- */
  { LINK " one-string",
    "|［　実施しない　］⏎" LIST3 "|",
    LINK " = 実施しない (2)\n", NULL },
  { LINK " list-first",
    "|" LIST3 "⏎［ 未定 ］|",
    LINK " = 未定 (3)\n", NULL },
  { LINK " list-around",
    "|＜選択肢＞⏎1）実施する⏎［ 実施する ］　　2）実施しない⏎3）未定|",
    LINK " = 実施する (1)\n", NULL },
  { LINK " list-beside",
    "# 20 80 20 300\n"
    "|［|実施する|］|" LIST3 "|",
    LINK " = 実施する (1)\n", NULL },
  { LINK " three-cells",
    "# 20 100 20\n"
    "|[|実施する|]|",
    LINK " = 実施する (1)\n", NULL },
  { LINK " half-width",
    "|[ 実施する ] <選択肢> 1) 実施する 2) 実施しない 3) 未定|",
    LINK " = 実施する (1)\n", NULL },
  { LINK " list-numbered-with-dots",
    "|［　実施する　］⏎＜選択肢＞⏎1. 実施する⏎2. 実施しない⏎3. 未定|",
    LINK " = 実施する (1)\n", NULL },
  { LINK " no-list",
    "|［　実施する　］|",
    LINK " = 実施する (1)\n", NULL },
  { "task/scale widths",
    "|［　１，０００人以上１万人未満　］|",
    "task/scale = １，０００人以上１万人未満 (2) >=1000 <=9999\n", NULL },
  { "file[]/kind brackets-within",
    "|＜選択肢＞⏎［その他の電子ファイル（表計算ファイル等）］ 1）システム用ファイル⏎2）その他の電子ファイル（表計算ファイル等）|",
    "file[1]/kind = その他の電子ファイル（表計算ファイル等） (2)\n", NULL },

  /* --- wrapped --- */
  { "file[]/kind wrapped-three-cells",
    "# 20 110 20 300\n"
    "|[|その他の電子ファイル（表計算ファイル等）|]|＜選択肢＞⏎1）システム用ファイル⏎2）その他の電子ファイル（表計算ファイル等）|",
    "file[1]/kind = その他の電子ファイル（表計算ファイル等） (2)\n", NULL },
  { "file[]/kind wrapped-in-brackets",
    "# 150\n"
    "|［ その他の電子ファイル⏎（表計算ファイル等） ］⏎＜選択肢＞⏎1）システム用ファイル⏎2）その他の電子ファイル⏎（表計算ファイル等）|",
    "file[1]/kind = その他の電子ファイル（表計算ファイル等） (2)\n", NULL },
  { "review/threshold wrapped-list-beside",
    "# 20 150 20 250\n"
    "|[|基礎項目評価及び重点項目評価の実施が義務付けられる|]|"
    "＜選択肢＞⏎1）基礎項目評価及び重点項目評価の実施が義務付けられる⏎2）基礎項目評価の実施が義務付けられる（任意に重点項目評価を実施）⏎"
    "3）特定個人情報保護評価の実施が義務付けられない（任意に重点項目評価を実施）|",
    "review/threshold = 基礎項目評価及び重点項目評価の実施が義務付けられる (1)\n", NULL },

  /* --- what is not as it should be --- */
  { LINK " no-brackets",
    "|実施する|",
    LINK " ~ 実施する (1)\n", NULL },
  { LINK " no-brackets-list",
    "|実施する⏎" LIST3 "|",
    LINK " ~ 実施する (1)\n", NULL },
  { LINK " with-number",
    "|［ ２）実施しない ］⏎" LIST3 "|",
    LINK " = 実施しない (2)\n", NULL },
  { LINK " with-number-no-brackets",
    "|２）実施しない|",
    LINK " ~ 実施しない (2)\n", "what is numbered is taken for the list of options" },
  { LINK " unknown-words",
    "|［ 検討中 ］⏎" LIST3 "|",
    LINK " ? 検討中\n! choice-unknown\n", NULL },
  { LINK " part-of-an-option",
    "|［ 実施 ］⏎" LIST3 "|",
    LINK " ? 実施\n! choice-unknown\n", NULL },
  { LINK " more-than-an-option",
    "|［ 実施する（予定） ］⏎" LIST3 "|",
    LINK " ? 実施する（予定）\n! choice-unknown\n", NULL },
  { LINK " own-list", /* words that this document's own list has */
    "|［ 準備中 ］⏎＜選択肢＞⏎1）実施する⏎2）準備中⏎3）未定|",
    LINK " = 準備中 (2)\n- 準備中\n", NULL },
  { LINK " blank",
    "|［　　　　　］⏎" LIST3 "|",
    "", NULL },
  { LINK " blank-list-only",
    "|" LIST3 "|",
    "", NULL },
  { LINK " dash",
    "|［ － ］⏎" LIST3 "|",
    LINK " ? －\n! choice-unknown\n", NULL },
  { LINK " unclosed",
    "|［実施する⏎" LIST3 "|",
    LINK " ? ［実施する\n! choice-unknown\n", NULL },
  { LINK " remark-behind",
    "|［ 実施する ］　※令和８年度から⏎" LIST3 "|",
    LINK " = 実施する (1)\n- ※令和８年度から\n", NULL },
  { "file[]/subjects/count point-in-time", /* a printed word of the form */
    "|［ 1万人未満 ］⏎＜選択肢＞⏎1）1万人未満⏎2）1万人以上10万人未満|",
    "file[1]/subjects/count = 1万人未満 (1) <=9999\n", NULL },
};

/* Every character that marks, and some that do not. */
#define MEANS "file[]/acquisition/means"

static const GrammarCase marks[] = {
  { MEANS " in-brackets",
    "|[ ○ ] 紙  [ 〇 ] 専用線  [   ] 電子メール⏎[ ◯ ] フラッシュメモリ  [　] 庁内連携システム⏎［●］情報提供ネットワークシステム|",
    "file[1]/acquisition/means/paper = 1\nfile[1]/acquisition/means/flash = 1\nfile[1]/acquisition/means/email = 0\n"
    "file[1]/acquisition/means/leased-line = 1\nfile[1]/acquisition/means/intranet = 0\nfile[1]/acquisition/means/info-network = 1\n", NULL },
  { MEANS " ticks",
    "|[ ✓ ] 紙  [ レ ] 専用線  [ ✔ ] 電子メール⏎[ ☑ ] フラッシュメモリ  [ ■ ] 庁内連携システム⏎[ ﾚ ] 情報提供ネットワークシステム|",
    "file[1]/acquisition/means/paper = 1\nfile[1]/acquisition/means/flash = 1\nfile[1]/acquisition/means/email = 1\n"
    "file[1]/acquisition/means/leased-line = 1\nfile[1]/acquisition/means/intranet = 1\nfile[1]/acquisition/means/info-network = 1\n", NULL },
  { MEANS " letters",
    "|[ O ] 紙  [ o ] 専用線  [ Ｏ ] 電子メール⏎[ □ ] フラッシュメモリ  [ ◎ ] 庁内連携システム|",
    "file[1]/acquisition/means/paper = 1\nfile[1]/acquisition/means/flash = 0\nfile[1]/acquisition/means/email = 1\n"
    "file[1]/acquisition/means/leased-line = 1\nfile[1]/acquisition/means/intranet = 1\n", NULL },
  { MEANS " boxes",
    "|☑紙　□専用線　■電子メール⏎☐フラッシュメモリ　☒庁内連携システム|",
    "file[1]/acquisition/means/paper = 1\nfile[1]/acquisition/means/flash = 0\nfile[1]/acquisition/means/email = 1\n"
    "file[1]/acquisition/means/leased-line = 0\nfile[1]/acquisition/means/intranet = 1\n", NULL },
  { MEANS " three-cells",
    "# 15 20 15 80 15 20 15 80\n"
    "|[|○|]|紙|[||]|専用線|",
    "file[1]/acquisition/means/paper = 1\nfile[1]/acquisition/means/leased-line = 0\n", NULL },
  { MEANS " unknown",
    "|[ × ] 紙  [ ？ ] 専用線  [ ○○ ] 電子メール  [ － ] フラッシュメモリ|",
    "file[1]/acquisition/means/paper ? ?\nfile[1]/acquisition/means/flash ? ?\nfile[1]/acquisition/means/email ? ?\nfile[1]/acquisition/means/leased-line ? ?\n"
    "! mark-unknown\n! mark-unknown\n! mark-unknown\n! mark-unknown\n", NULL },
  { MEANS " private-use", /* a mark whose font does not say what it is */
    "|[ \uF052 ] 紙  [ \uFFFD ] 専用線|",
    "file[1]/acquisition/means/paper ? ?\nfile[1]/acquisition/means/leased-line ? ?\n! mark-unknown\n! mark-unknown\n", NULL },
  { MEANS " twice",
    "|[ ○ ] 紙⏎[   ] 紙|",
    "file[1]/acquisition/means/paper ? 1\n! item-twice\n- []紙\n", NULL },
  { MEANS " unknown-option",
    "|[ ○ ] 紙⏎[ ○ ] 伝書鳩|",
    "file[1]/acquisition/means/paper = 1\n- [○]伝書鳩\n", NULL },
  { MEANS " no-brackets", /* a circle with nothing around it is no box */
    "|○紙　電子メール|",
    "- ○紙電子メール\n", NULL },
  { MEANS " longest-name", /* フラッシュメモリ is also part of another option's words */
    "|[   ] 電子記録媒体（フラッシュメモリを除く。） [ ○ ] フラッシュメモリ|",
    "file[1]/acquisition/means/media = 0\nfile[1]/acquisition/means/flash = 1\n", NULL },
  { MEANS " words-of-a-writer", /* text that is no option */
    "|[ ○ ] 紙⏎窓口で受け取る。|",
    "file[1]/acquisition/means/paper = 1\n- 窓口で受け取る。\n", NULL },
  { "file[]/items/main heads",
    "|・識別情報⏎[ ○ ] 個人番号  [ ○ ] 個人番号対応符号⏎・連絡先等情報⏎[   ] 4情報（氏名、性別、生年月日、住所） [ ○ ] 連絡先（電話番号等）⏎・業務関係情報⏎[   ] 国税関係情報|",
    "file[1]/items/main/my-number = 1\nfile[1]/items/main/my-number-code = 1\nfile[1]/items/main/basic-four = 0\n"
    "file[1]/items/main/contact = 1\nfile[1]/items/main/national-tax = 0\n", NULL },
  { "file[]/items/main variant",
    "|[ ○ ] 5情報（氏名、氏名の振り仮名、性別、生年月日、住所）|",
    "file[1]/items/main/basic-four = 1\n", NULL },
  { "file[]/items/main head-without-dot",
    "|識別情報⏎[ ○ ] 個人番号|",
    "file[1]/items/main/my-number = 1\n", NULL },
};

#define SOURCE "file[]/acquisition/source"

static const GrammarCase wrapped[] = {
  { SOURCE " name-in-a-narrow-column",
    "# 15 15 15 120 15 80 15\n"
    "|[|○|]|地方公共団体・地方独立行政法人|（|他市|）|",
    "file[1]/acquisition/source/local = 1\nfile[1]/acquisition/source/local/text = 他市\n", "a name above and below its mark is not put together around its words" },
  { SOURCE " two-names-in-narrow-columns", /* side by side, each on two lines */
    "# 15 15 15 120 15 15 15 120\n"
    "|[|○|]|地方公共団体・地方独立行政法人|[||]|行政機関・独立行政法人等|",
    "file[1]/acquisition/source/national = 0\nfile[1]/acquisition/source/local = 1\n", NULL },
  { SOURCE " name-on-the-next-line", /* the bracket was the last thing on its line */
    "# 240\n"
    "|[ ○ ] 本人又は本人の代理人  [   ] ⏎民間事業者|",
    "file[1]/acquisition/source/self = 1\nfile[1]/acquisition/source/private = 0\n", "the first mark of the line above owns the text below" },
  { SOURCE " name-on-two-lines",
    "# 156\n"
    "|[ ○ ] 地方公共団体・地方独立行政法人 （他市）⏎[   ] 民間事業者|",
    "file[1]/acquisition/source/local = 1\nfile[1]/acquisition/source/local/text = 他市\nfile[1]/acquisition/source/private = 0\n", NULL },
  { SOURCE " words-on-two-lines",
    "# 392\n"
    "|[ ○ ] 評価実施機関内の他部署 （ 市民部市民課、保健福祉部国民健康保険課、⏎                                     税務部収納課 ）⏎[   ] 民間事業者 （　　）|",
    "file[1]/acquisition/source/same-agency = 1\nfile[1]/acquisition/source/same-agency/text = 市民部市民課、保健福祉部国民健康保険課、税務部収納課\n"
    "file[1]/acquisition/source/private = 0\n", NULL },
  { SOURCE " words-around", /* the option in the middle of its words */
    "# 20 20 20 130 20 200 20\n"
    "|[|○|]|評価実施機関内の他部署|（|市民部市民課、保健福祉部国民健康保険課、税務部収納課|）|",
    "file[1]/acquisition/source/same-agency = 1\nfile[1]/acquisition/source/same-agency/text = 市民部市民課、保健福祉部国民健康保険課、税務部収納課\n", "the line break of a cell that was merged is measured at the edge of all cells" },
  { SOURCE " brackets-in-words",
    "|[ ○ ] その他 （ 口座情報（公金受取口座）、その他 ）|",
    "file[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = 口座情報（公金受取口座）、その他\n", NULL },
  { SOURCE " words-like-an-option",
    "|[ ○ ] その他 （ 民間事業者 ）⏎[   ] 民間事業者 （　　）|",
    "file[1]/acquisition/source/private = 0\nfile[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = 民間事業者\n", NULL },
  { SOURCE " words-with-brackets", /* as brackets of a mark, but too much stands in them */
    "|[ ○ ] その他 （ 台帳［紙の台帳］ ）|",
    "file[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = 台帳［紙の台帳］\n", NULL },
  { SOURCE " words-with-a-mark",
    "|[ ○ ] その他 （ 申請書に［○］を付けたもの ）⏎[   ] 民間事業者 （　　）|",
    "file[1]/acquisition/source/private = 0\nfile[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = 申請書に［○］を付けたもの\n", NULL },
  { SOURCE " words-without-mark",
    "|[   ] その他 （ 戸籍システム ）|",
    "file[1]/acquisition/source/other = 0\nfile[1]/acquisition/source/other/text = 戸籍システム\n", NULL },
  { SOURCE " half-width-brackets",
    "|[ ○ ] その他 ( 戸籍システム )|",
    "file[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = 戸籍システム\n", NULL },
  { SOURCE " bracket-not-closed",
    "|[ ○ ] その他 （ 戸籍システム|",
    "file[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = 戸籍システム\n", NULL },
  { SOURCE " brackets-left-out",
    "|[ ○ ] その他　戸籍システム|",
    "- [○]その他戸籍システム\n", NULL }, /* it may be another option than その他 */
  { SOURCE " words-that-number",
    "|[ ○ ] その他 （ １）口座　２）電話 ）|",
    "file[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = １）口座　２）電話\n", NULL },
  { SOURCE " bracket-on-a-line-of-its-own",
    "|[ ○ ] その他⏎　　（ 戸籍システム ）⏎[   ] 民間事業者⏎　　（　　）|",
    "file[1]/acquisition/source/private = 0\nfile[1]/acquisition/source/other = 1\nfile[1]/acquisition/source/other/text = 戸籍システム\n", "an opening bracket is looked for on the line of the mark only" },
  { "file[]/disclosure counts",
    "|[ ○ ] 提供を行っている （ 60 ）件   [   ] 移転を行っている （   ）件⏎[   ] 行っていない|",
    "file[1]/disclosure/provided = 1\nfile[1]/disclosure/provided/text = 60\nfile[1]/disclosure/transferred = 0\nfile[1]/disclosure/none = 0\n", NULL },
  { "file[]/disclosure counts-wide",
    "|［○］提供を行っている（６０）件　［○］移転を行っている（２）件⏎［　］行っていない|",
    "file[1]/disclosure/provided = 1\nfile[1]/disclosure/provided/text = ６０\nfile[1]/disclosure/transferred = 1\n"
    "file[1]/disclosure/transferred/text = ２\nfile[1]/disclosure/none = 0\n", NULL },
  { "file[]/disclosure counts-three-cells",
    "# 15 20 15 100 15 20 40\n"
    "|[|○|]|提供を行っている|（|60|）件|",
    "file[1]/disclosure/provided = 1\nfile[1]/disclosure/provided/text = 60\n", NULL },
};

static const GrammarCase counts[] = {
  { "file[]/consigning/count spaced", "|（ 60 ）件|", "file[1]/consigning/count = 60 >=60 <=60\n", NULL },
  { "file[]/consigning/count tight", "|（60）件|", "file[1]/consigning/count = 60 >=60 <=60\n", NULL },
  { "file[]/consigning/count wide", "|（　６０　）　件|", "file[1]/consigning/count = ６０ >=60 <=60\n", NULL },
  { "file[]/consigning/count half", "|( 3 )件|", "file[1]/consigning/count = 3 >=3 <=3\n", NULL },
  { "file[]/consigning/count three-digits", "|（123）件|", "file[1]/consigning/count = 123 >=123 <=123\n", NULL },
  { "file[]/consigning/count words", "|（ 数 ）件|", "file[1]/consigning/count ? 数\n", NULL },
  { "file[]/consigning/count blank", "|（　　）件|", "", NULL },
  { "file[]/consigning/count unit-inside", "|（ 60件 ）|", "file[1]/consigning/count ? 60件\n", NULL },
  { "file[]/consigning/count three-cells", "# 20 60 20 40\n|（|60|）|件|", "file[1]/consigning/count = 60 >=60 <=60\n", NULL },
};

/* --- Text ---------------------------------------------------------------------------- */

#define NAME "task/name"

static const GrammarCase texts[] = {
  { NAME " soft-break",                /* a full line runs on */
    "# 106\n|住民票の写しの交付の申請を受け付ける。|",
    NAME " = 住民票の写しの交付の申請を受け付ける。\n", NULL },
  { NAME " hard-break",
    "# 206\n|申請を受け付ける。⏎記録する。|",
    NAME " = 申請を受け付ける。⏎記録する。\n", NULL },
  { NAME " latin-broken",              /* a Latin word that a full line cuts */
    "# 106\n|サーバーはLinuxとPostgreSQLで動く。|",
    NAME " = サーバーはLinuxとPostgreSQLで動く。\n", NULL },
  { NAME " latin-words",               /* between Latin words the break was a space */
    "# 106\n|Windows Server⏎Update Service|",
    NAME " = Windows Server Update Service\n", "the space at which a line was broken is lost" },
  { NAME " bullets",                   /* each keeps its line, also after one that is nearly full */
    "# 124\n|・住民票の写しの交付⏎・記録の保存及び消去⏎・照会|",
    NAME " = ・住民票の写しの交付⏎・記録の保存及び消去⏎・照会\n", NULL },
  { NAME " numbered",
    "# 124\n|①住民票の写しの交付⏎②記録の保存及び消去⏎⑴照会をする|",
    NAME " = ①住民票の写しの交付⏎②記録の保存及び消去⏎⑴照会をする\n", NULL },
  { NAME " numbered-wide",
    "# 140\n|１．住民票の写し交付⏎２．記録の保存と消去⏎（１）照会をする|",
    NAME " = １．住民票の写し交付⏎２．記録の保存と消去⏎（１）照会をする\n", NULL },
  { NAME " bullet-that-wraps",
    "# 106\n|・住民票の写しの交付の申請を受け付ける。⏎・照会|",
    NAME " = ・住民票の写しの交付の申請を受け付ける。⏎・照会\n", NULL },
  { NAME " indent",                    /* of a paragraph: kept */
    "# 106\n|　住民票の写しを交付する。⏎　記録する。|",
    NAME " = 　住民票の写しを交付する。⏎　記録する。\n", NULL },
  { NAME " indent-after-nearly-full-line",
    "# 124\n|住民票の写しを交付し⏎　記録する。|",
    NAME " = 住民票の写しを交付し⏎　記録する。\n", "an indent that is a gap does not begin a paragraph" },
  { NAME " trailing-space",
    "|交付　　⏎記録　|",
    NAME " = 交付⏎記録\n", NULL },
  { NAME " blank-line",                /* one line break */
    "|交付⏎⏎記録|",
    NAME " = 交付⏎記録\n", NULL },
  { NAME " wide-blank-line",
    "|交付⏎　⏎記録|",
    NAME " = 交付⏎記録\n", NULL },
  { NAME " spaces",                    /* several between words are one */
    "|住民課　　　戸籍係|",
    NAME " = 住民課　戸籍係\n", "several wide spaces are kept as they are" },
  { NAME " half-space",
    "|住民課 戸籍係|",
    NAME " = 住民課 戸籍係\n", NULL },
  { NAME " latin-space",
    "|Windows Server 2022|",
    NAME " = Windows Server 2022\n", NULL },
  { NAME " kinsoku",                   /* the line was full but for the 。 that cannot begin the next */
    "# 106\n|住民票の写しの交付⏎。次に記録する。|",
    NAME " = 住民票の写しの交付。次に記録する。\n", NULL },
  { NAME " opening-bracket",           /* nor can 「 end it */
    "# 106\n|住民票の写しの交付⏎「窓口」で記録する。|",
    NAME " = 住民票の写しの交付「窓口」で記録する。\n", NULL },
  { NAME " long-word-next",            /* the line ended for want of room for the next word */
    "# 206\n|次のウェブサイトを見ること⏎https://www.example.jp|",
    NAME " = 次のウェブサイトを見ることhttps://www.example.jp\n", NULL },
  { NAME " small-letters-beside-large",
    "|住民票⏎（写）|",
    NAME " = 住民票⏎（写）\n", NULL },
  { NAME " date",
    "|令和７年４月１日|",
    NAME " = 令和７年４月１日 (2025-04-01)\n", NULL },
  { NAME " dash", "|―|", NAME " = ―\n", NULL },
  { NAME " blank", "||", "", NULL },
  { NAME " blank-wide", "|　　|", "", NULL },
  { "file-names list",
    "|住民基本台帳ファイル⏎本人確認情報ファイル|",
    "file-names = 住民基本台帳ファイル⏎本人確認情報ファイル\n", NULL },
};

static const GrammarCase odd_characters[] = {
  { NAME " radical",
    "|⾮公開の⻑い⺠間|",
    NAME " = 非公開の長い民間\n! radical-mapped\n! radical-mapped\n! radical-mapped\n", NULL },
  { NAME " private-use",
    "|\uE000田\U000F0000\U00100000|",
    NAME " ? \uE000田\U000F0000\U00100000\n! private-character\n! private-character\n! private-character\n", NULL },
  { NAME " replacement",
    "|住\uFFFD票|",
    NAME " ? 住\uFFFD票\n! unknown-character\n", NULL },
  { NAME " forbidden",
    "|住\x01民\x1F票\uFFFF|",
    NAME " ? 住\uFFFD民\uFFFD票\uFFFD\n! forbidden-character\n! forbidden-character\n! forbidden-character\n", NULL },
  { NAME " delete-and-c1",             /* XML may hold them, but nobody wrote them */
    "|住\x7F民\xC2\x85票|",
    NAME " = 住\x7F民\xC2\x85票\n", NULL },
  { NAME " kept",                      /* compatibility ideographs and half-width letters are no fault */
    "|﨑ﾊﾞｽ①㈱Ⅲ|",
    NAME " = 﨑ﾊﾞｽ①㈱Ⅲ\n", NULL },
  { NAME " supplementary",
    "|𠮟𩸽|",
    NAME " = 𠮟𩸽\n", NULL },
  { "cover/published after-era",
    "|平成31年５月１日|",
    "cover/published = 平成31年５月１日 (2019-05-01)\n! date-after-era\n", NULL },
  { "cover/published invalid",
    "|令和７年２月30日|",
    "cover/published = 令和７年２月30日\n! date-invalid\n", NULL },
};

/* A radical that stands for no ideograph is kept, and reported like all that is
   read otherwise than it looks. */
static void
test_radicals (gconstpointer todo)
{
  gboolean good = TRUE;

  for (gunichar ch = 0x2E80; ch < 0x2EF4; ch++) {
    char            text[7]         = "";
    g_autofree char *sketch         = NULL;
    g_autoptr (HkDocument) document = hk_document_new ("test");
    g_autoptr (HkTextCell) cell     = NULL;
    g_autofree char *read           = NULL;
    guint64          characters;
    guint            n;

    if (!g_unichar_isdefined (ch))
      continue;
    text[g_unichar_to_utf8 (ch, text)] = '\0';
    sketch = g_strdup_printf ("|%s|", text);
    cell   = make_cell (sketch, &characters);
    read   = hk_text_cell_text (cell, NULL, NULL, HK_USE_VALUE, document);
    hk_document_diagnostics (document, &n);
    if (n != 1) {
      g_test_message ("U+%04X is read as %s, with %u reports", ch, read, n);
      good = FALSE;
    }
  }
  grammar_judge (good, todo);
}

/* What is drawn twice (fake bold) is read once, and counts once. */
static void
test_copies (void)
{
  guint64          characters;
  HkTextCell      *cell           = make_cell ("|住民票|", &characters);
  g_autoptr (HkDocument) document = hk_document_new ("test");

  for (guint i = 0; i < cell->glyphs->len; i++)
    hk_cell_glyph (cell, i)->copies = (guint8) (i + 1);
  read_shape (document, NAME, cell);
  grammar_judge (grammar_check (document, NAME " = 住民票\n", characters), NULL);
}

static void
add_cases (const char        *prefix,
           const GrammarCase *cases,
           gsize              n)
{
  for (gsize i = 0; i < n * G_N_ELEMENTS (faces); i++) {
    const GrammarCase *this = &cases[i / G_N_ELEMENTS (faces)];
    const gsize        face = i % G_N_ELEMENTS (faces);
    g_autofree char   *path = g_strdup_printf ("%s/%s/%s", prefix, this->name, faces[face].name);
    const Run          run  = { this, faces[face].sketch };

    g_strdelimit (path, " ", '/');
    g_test_add_data_func_full (path, g_memdup2 (&run, sizeof run), test_shape, g_free);
  }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* for the messages */
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  add_cases ("/choice", choices, G_N_ELEMENTS (choices));
  add_cases ("/marks", marks, G_N_ELEMENTS (marks));
  add_cases ("/wrapped", wrapped, G_N_ELEMENTS (wrapped));
  add_cases ("/count", counts, G_N_ELEMENTS (counts));
  add_cases ("/text", texts, G_N_ELEMENTS (texts));
  add_cases ("/characters", odd_characters, G_N_ELEMENTS (odd_characters));
  g_test_add_data_func ("/characters/radicals", NULL, test_radicals);
  g_test_add_func ("/characters/copies", test_copies);
  return g_test_run ();
}
