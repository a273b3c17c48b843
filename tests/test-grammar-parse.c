/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The productions of the form's structure, each alone over pages made by hand. */
#include "test-grammar.h"

#include <locale.h>

/* The mark by which the form is recognised, and what is read from it. */
#define MARK "> ［令和６年10月　様式３］\n"
#define MARKED "cover/form = 様式３\ncover/revision = 令和６年10月 (2024-10)\n"

/* Ⅰ begins. */
#define PART1 MARK "= Ⅰ　基本情報\n"
#define LINK5 "|５．情報提供ネットワークシステムによる情報連携|\n"
#define SYSTEMS "|２．特定個人情報ファイルを取り扱う事務において使用するシステム|\n"

/* --- The cover ----------------------------------------------------------------- */

#define TITLE "= 特定個人情報保護評価書（重点項目評価書）\n"

static const GrammarCase covers[] = {
  { "two-columns",
    TITLE
    "|評価書番号|評価書名|\n"
    "|７|住民基本台帳に関する事務　重点項目評価書|\n"
    MARK,
    "cover/number = ７\ncover/title = 住民基本台帳に関する事務　重点項目評価書\n" MARKED, NULL },
  { "one-column",
    TITLE
    "|評価書番号|\n|７|\n|評価書名|\n|住民基本台帳に関する事務|\n"
    "@ 300\n|評価実施機関名|\n|朝凪町長|\n"
    "@ 400\n|公表日|\n|令和７年３月３日|\n"
    MARK,
    "cover/number = ７\ncover/title = 住民基本台帳に関する事務\ncover/agency = 朝凪町長\ncover/published = 令和７年３月３日 (2025-03-03)\n" MARKED, NULL },
  { "declaration-and-notes",
    TITLE
    "|個人のプライバシー等の権利利益の保護の宣言|\n"
    "|朝凪町は、権利利益を守ることをここに宣言する。|\n"
    "|特記事項|窓口業務を委託している。|\n"
    MARK,
    "cover/declaration = 朝凪町は、権利利益を守ることをここに宣言する。\ncover/notes = 窓口業務を委託している。\n" MARKED, NULL },
  { "notes-blank",
    TITLE "|特記事項||\n@ 300\n|評価実施機関名|\n|朝凪町長|\n" MARK,
    "cover/agency = 朝凪町長\n" MARKED, NULL },
  { "label-with-spaces", /* letters spread over the width of the cell */
    TITLE "|評　価　書　番　号|評　　価　　書　　名|\n|７|事務|\n" MARK,
    "cover/number = ７\ncover/title = 事務\n" MARKED, NULL },
  { "no-mark",
    TITLE "|評価書番号|評価書名|\n|７|事務|\n",
    "cover/number = ７\ncover/title = 事務\n! form-inferred\n", NULL },
  { "mark-in-a-cell",
    TITLE "|評価書番号|評価書名|\n|７|事務|\n@ 700\n|［令和６年10月　様式３］|\n",
    "cover/number = ７\ncover/title = 事務\n" MARKED, NULL },
  { "mark-half-width",
    TITLE "|評価書番号|評価書名|\n|７|住民基本台帳に関する事務|\n> [令和6年10月 様式3]\n",
    "cover/number = ７\ncover/title = 住民基本台帳に関する事務\ncover/form = 様式3\ncover/revision = 令和6年10月 (2024-10)\n", NULL },
  { "few-words-in-cells", /* most of the page stands outside of them */
    TITLE "|評価書番号|評価書名|\n|７|事務|\n" MARK,
    "cover/number = ７\ncover/title = 事務\n" MARKED, "ruled cells are given up where most of the page stands outside of them" },
  { "mark-without-edition",
    TITLE "|評価書番号|評価書名|\n|７|事務|\n> 様式３\n",
    "cover/number = ７\ncover/title = 事務\ncover/form = 様式３\n", NULL },
  { "contents", /* 項目一覧 lists the parts; nothing of it is a value */
    TITLE MARK
    "---\n"
    "= 項目一覧\n"
    "|Ⅰ　基本情報|\n|Ⅱ　特定個人情報ファイルの概要|\n|（別添１）特定個人情報ファイル記録項目|\n|Ⅲ　リスク対策|\n"
    "|Ⅳ　開示請求、問合せ|\n|Ⅴ　評価実施手続|\n|（別添２）変更箇所|\n"
    "---\n"
    "= Ⅰ　基本情報\n"
    "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n",
    MARKED "task/name = 住民票 @3\n", NULL },
};

/* --- Which form it is ------------------------------------------------------------- */

static const GrammarCase forms[] = {
  { "letter",
    "= 拝啓　時下ますます御清栄のこととお喜び申し上げます。\n",
    "! form-unknown\n- 拝啓時下ますます御清栄のこととお喜び申し上げます。\n", NULL },
  { "no-pages", "", "! form-unknown\n", NULL },
  { "by-labels",
    "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n|②事務の内容|交付|\n",
    "task/name = 住民票\ntask/description = 交付\n! form-inferred\n", NULL },
  { "mark-named-in-text", /* a sentence about the form is no mark */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|様式３によるもの|\n",
    MARKED "task/name = 様式３によるもの\n", NULL },
  { "page-without-text",
    PART1 "---\n",
    MARKED "! page-without-text\n", NULL },
  { "page-failed", /* what stands beside it may go on there */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n! damaged\n@ 80\n|②事務の内容|交付|\n",
    MARKED "task/name ? 住民票\ntask/description ? 交付 @3\n! page-failed\n", NULL },
};

/* --- Headings, labels, values --------------------------------------------------------- */

static const GrammarCase items[] = {
  { "right",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票の写しの交付|\n",
    MARKED "task/name = 住民票の写しの交付\n", NULL },
  { "heading-below",
    PART1 "|３．特定個人情報ファイル名|\n|住民基本台帳ファイル|\n|７．他の評価実施機関|\n|―|\n",
    MARKED "file-names = 住民基本台帳ファイル\nother-agencies = ―\n", NULL },
  { "heading-below-blank",
    PART1 "|７．他の評価実施機関|\n||\n---\n= Ⅳ　開示請求、問合せ\n|１．特定個人情報の開示・訂正・利用停止請求|\n|①請求先|総務課|\n",
    MARKED "request/place = 総務課 @2\n", NULL },
  { "heading-below-gap", /* the value's cell has no rule in common with its heading */
    PART1 "|７．他の評価実施機関|\n@ 160\n|なし|\n",
    MARKED "other-agencies = なし\n", NULL },
  { "heading-below-next-page",
    PART1 "@ 780\n|７．他の評価実施機関|\n---\n|朝凪町長|\n",
    MARKED "other-agencies = 朝凪町長 @2\n", NULL },
  { "label-in-the-middle", /* of a value of many lines */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n"
    "|②事務の内容|一⏎二⏎三⏎四⏎五⏎六|\n|③対象人数|［ 1,000人未満 ］|\n",
    MARKED "task/description = 一⏎二⏎三⏎四⏎五⏎六\ntask/scale = 1,000人未満 (1) <=999\n", NULL },
  { "label-wrapped",
    "# 80 400\n"
    PART1 "|６．評価実施機関における担当部署|\n|①部署|総務課|\n|②所属長の役職名|総務課長|\n",
    MARKED "department/name = 総務課\ndepartment/head = 総務課長\n", NULL },
  { "label-with-mark", /* ※, and brackets and digits of either width */
    PART1 "|5.情報提供ネットワークシステムによる情報連携　※|\n|① 実施の有無 ※|[ 実施する ]|\n|②法令上の根拠|番号法|\n",
    MARKED "info-link/implemented = 実施する (1)\ninfo-link/legal-basis = 番号法\n", NULL },
  { "label-number-apart", /* the number in a cell of its own */
    "# 20 110 385\n"
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①|事務の名称|住民票|\n|②|事務の内容|交付|\n",
    MARKED "task/name = 住民票\ntask/description = 交付\n", "a number in a cell of its own stays unplaced" },
  { "label-of-another-edition",
    PART1 "|６．評価実施機関における担当部署|\n|②所属長|総務課長|\n",
    MARKED "department/head = 総務課長\n", NULL },
  { "label-half-width-katakana",
    PART1 SYSTEMS "|ｼｽﾃﾑ1|\n|①ｼｽﾃﾑの名称|住基|\n",
    MARKED "system[1]/name = 住基\n", NULL },
  { "label-with-radicals",
    PART1 "|６．評価実施機関における担当部署|\n|②所属⻑の役職名|総務課長|\n",
    MARKED "department/head = 総務課長\n", NULL },
  { "same-label-twice", /* which 法令上の根拠 it is, the heading tells */
    PART1 "|４．個人番号の利用|\n|法令上の根拠|番号法第９条|\n" LINK5 "|①実施の有無|[ 実施する ]|\n|②法令上の根拠|番号法第19条|\n",
    MARKED "number-use/legal-basis = 番号法第９条\ninfo-link/implemented = 実施する (1)\ninfo-link/legal-basis = 番号法第19条\n", NULL },
  { "part-number-in-latin-letters", /* some fonts give I for Ⅰ */
    MARK "= I　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票の写しの交付|\n",
    MARKED "task/name = 住民票の写しの交付\n", "I is no part number" },
  { "number-missing", /* a label without its number */
    PART1 LINK5 "|実施の有無|[ 実施する ]|\n|法令上の根拠|番号法第19条|\n",
    MARKED "info-link/implemented = 実施する (1)\ninfo-link/legal-basis = 番号法第19条\n", NULL },
  { "value-in-two-cells", /* words, and an option list in a cell of its own */
    "# 130 100 285\n"
    PART1 LINK5 "|①実施の有無|[ 実施する ]|＜選択肢＞⏎1）実施する⏎2）実施しない⏎3）未定|\n",
    MARKED "info-link/implemented = 実施する (1)\n", NULL },
  { "item-twice",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n|①事務の名称|戸籍|\n",
    MARKED "task/name = 住民票\n! item-twice\n- 戸籍\n", NULL },
  { "label-without-value",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|\n|②事務の内容|交付|\n",
    MARKED "task/description = 交付\n", NULL },
};

/* --- Values that say what the form says ------------------------------------------------- */

static const GrammarCase values[] = {
  { "label-of-the-next-item",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|②事務の内容|\n|②事務の内容|交付|\n",
    MARKED "task/name = ②事務の内容\ntask/description = 交付\n", NULL },
  { "own-label",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|事務の名称|\n|②事務の内容|交付|\n",
    MARKED "task/name = 事務の名称\ntask/description = 交付\n", NULL },
  { "heading",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|Ⅱ　特定個人情報ファイルの概要|\n|②事務の内容|交付|\n",
    MARKED "task/name = Ⅱ　特定個人情報ファイルの概要\ntask/description = 交付\n", NULL },
  { "heading-below",
    PART1 "|７．他の評価実施機関|\n|４．個人番号の利用|\n---\n= Ⅳ　開示請求、問合せ\n|１．特定個人情報の開示・訂正・利用停止請求|\n|①請求先|総務課|\n",
    MARKED "other-agencies = ４．個人番号の利用\nrequest/place = 総務課 @2\n", "what says a heading is never the value under one" },
  { "label-below", /* a label's words as the value under a heading */
    PART1 "|３．特定個人情報ファイル名|\n|法令上の根拠|\n|４．個人番号の利用|\n|法令上の根拠|番号法|\n",
    MARKED "file-names = 法令上の根拠\nnumber-use/legal-basis = 番号法\n", NULL },
  { "choice-taken-in", /* what the form prints for another item stands in the text */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|②事務の内容|研修を行う。⏎＜選択肢＞⏎[ 行っている ]　１）行っている　２）行っていない|\n",
    MARKED "task/description ? 研修を行う。⏎＜選択肢＞⏎[ 行っている ]　１）行っている　２）行っていない\n", NULL },
  { "option-list",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|②事務の内容|＜選択肢＞⏎１）窓口⏎２）郵送|\n",
    MARKED "task/description = ＜選択肢＞⏎１）窓口⏎２）郵送\n", NULL },
  { "brackets",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|②事務の内容|[ ○ ] 庁内連携システム　［　］|\n",
    MARKED "task/description = [ ○ ] 庁内連携システム　［　］\n", NULL },
  { "mark-of-the-form",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|様式３|\n",
    MARKED "task/name = 様式３\n", NULL },
  { "table-within", /* rules inside of the value's cell */
    "# 130 100 285\n"
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|②事務の内容|窓口|交付|\n|③対象人数|［ 1,000人未満 ］|\n",
    MARKED "task/description ? 窓口　交付\ntask/scale = 1,000人未満 (1) <=999\n", NULL },
};

/* --- Repeating blocks ---------------------------------------------------------------------- */

static const GrammarCase systems[] = {
  { "one",
    PART1 SYSTEMS "|システム１|\n|①システムの名称|住基|\n|②システムの機能|記録|\n|③他のシステムとの接続|[ ○ ] 税務システム|\n",
    MARKED "system[1]/name = 住基\nsystem[1]/functions = 記録\nsystem[1]/connections/tax = 1\n", NULL },
  { "two-and-a-range",
    PART1 SYSTEMS "|システム１|\n|①システムの名称|住基|\n|システム２|\n|①システムの名称|宛名|\n|システム３～５|\n|システム6～10|\n|システム11～15|\n",
    MARKED "system[1]/name = 住基\nsystem[2]/name = 宛名\n", NULL },
  { "empty", /* marks that are not set are printed in every empty block, too */
    PART1 SYSTEMS "|システム１|\n|①システムの名称|住基|\n|システム２|\n|①システムの名称||\n|③他のシステムとの接続|[   ] 税務システム|\n|３．特定個人情報ファイル名|\n|台帳|\n",
    MARKED "system[1]/name = 住基\nfile-names = 台帳\n", NULL },
  { "numbers-as-printed", /* システム３ may follow システム１ */
    PART1 SYSTEMS "|システム１|\n|①システムの名称|住基|\n|システム３|\n|①システムの名称|宛名|\n",
    MARKED "system[1]/name = 住基\nsystem[3]/name = 宛名\n", NULL },
  { "numbers-of-two-digits",
    PART1 SYSTEMS "|システム９|\n|①システムの名称|住基|\n|システム１０|\n|①システムの名称|宛名|\n",
    MARKED "system[9]/name = 住基\nsystem[10]/name = 宛名\n", NULL },
  { "same-number-twice",
    PART1 SYSTEMS "|システム１|\n|①システムの名称|住基|\n|システム１|\n|①システムの名称|宛名|\n",
    MARKED "system[1]/name = 住基\nsystem[2]/name ? 宛名\n! number-twice\n", NULL },
  { "range-is-a-value",
    PART1 SYSTEMS "|システム１|\n|①システムの名称|システム２～５|\n|②システムの機能|記録|\n",
    MARKED "system[1]/name = システム２～５\nsystem[1]/functions = 記録\n", NULL },
  { "range-with-dashes",
    PART1 SYSTEMS "|システム１|\n|①システムの名称|住基|\n|システム２-５|\n|システム６～１０|\n|システム11〜15|\n|システム16−20|\n|３．特定個人情報ファイル名|\n|台帳|\n",
    MARKED "system[1]/name = 住基\nfile-names = 台帳\n", "a minus sign is no sign of a range" },
};

/* --- Text that is not expected --------------------------------------------------------------- */

static const GrammarCase unexpected[] = {
  { "words-between", /* reported; the next label is read as ever */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n= この欄は記入例です\n|①事務の名称|住民票|\n",
    MARKED "task/name = 住民票\n! text-unplaced\n- この欄は記入例です\n", NULL },
  { "unknown-item", /* a label that an agency added, and its value */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n|④事務の担当者|住民課|\n|②事務の内容|交付|\n",
    MARKED "task/name = 住民票\ntask/description = 交付\n! text-unplaced\n! text-unplaced\n- ④事務の担当者\n- 住民課\n", NULL },
  { "unknown-heading", /* what follows may be its own */
    PART1 "|９．独自の項目|\n|①事務の名称|住民票|\n|１．特定個人情報ファイルを取り扱う事務|\n|②事務の内容|交付|\n",
    MARKED "task/name ? 住民票\ntask/description = 交付\n! label-unknown\n- ９．独自の項目\n", NULL },
  { "unknown-heading-then-known",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n|８．独自の項目|\n|②事務の内容|何か|\n|６．評価実施機関における担当部署|\n|①部署|総務課|\n",
    MARKED "task/name = 住民票\ntask/description ? 何か\ndepartment/name = 総務課\n! label-unknown\n- ８．独自の項目\n", NULL },
  { "unknown-part",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n---\n= Ⅵ　独自の章\n|②事務の内容|何か|\n",
    MARKED "task/name = 住民票\ntask/description ? 何か @2\n! label-unknown\n- Ⅵ独自の章\n", NULL },
  { "heading-without-number", /* a row of its own over the whole table is a heading, whatever it says */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n|独自の項目|\n|②事務の内容|何か|\n|６．評価実施機関における担当部署|\n|①部署|総務課|\n",
    MARKED "task/name = 住民票\ntask/description ? 何か\ndepartment/name = 総務課\n! text-unplaced\n- 独自の項目\n",
    "only a number makes a heading that is not known" },
  { "label-of-another-part", /* 請求先 belongs to Ⅳ */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①請求先|総務課|\n|②事務の内容|交付|\n",
    MARKED "task/description = 交付\n! text-unplaced\n! text-unplaced\n- ①請求先\n- 総務課\n", NULL },
  { "before-the-first-part",
    "= 案\n" PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n",
    MARKED "task/name = 住民票\n! text-unplaced\n- 案\n", NULL },
  { "behind-the-last-value",
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n@ 400\n= 以上\n",
    MARKED "task/name = 住民票\n! text-unplaced\n- 以上\n", NULL },
};

/* --- Running text ------------------------------------------------------------------------------- */

#define HEADED(n, value) "* 40 30 朝凪町　住民基本台帳に関する事務\n* 290 810 - " n " -\n" value

static const GrammarCase running[] = {
  { "header-and-number",
    MARK HEADED ("1", "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n")
    "---\n" HEADED ("2", "|②事務の内容|住民票の写しの交付の申請を受け付ける。|\n") "---\n" HEADED ("3", "|３．特定個人情報ファイル名|\n|住民基本台帳ファイル|\n"),
    MARKED "task/name = 住民票\ntask/description = 住民票の写しの交付の申請を受け付ける。 @2\nfile-names = 住民基本台帳ファイル @3\n! running-text\n! running-text\nrunning 54\n", NULL },
  { "longer-than-the-rest", /* a page with little on it but its header has its rules all the same */
    MARK HEADED ("1", "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n")
    "---\n" HEADED ("2", "|②事務の内容|交付|\n"),
    MARKED "task/name = 住民票\ntask/description = 交付 @2\nrunning 36\n", "running text counts when a page's rules are judged" },
  { "number-alone", /* a page number needs no second page */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n* 290 810 1/3\n",
    MARKED "task/name = 住民票\n! running-text\nrunning 3\n", NULL },
  { "number-in-a-value", /* a number that stands in a cell is no page number */
    PART1 "|１．特定個人情報ファイルを取り扱う事務|\n@ 790\n|①事務の名称|3|\n",
    MARKED "task/name = 3\n", NULL },
  { "header-over-a-cut-value",
    MARK HEADED ("1", "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n@ 760\n|②事務の内容|申請を受け付ける。|\n")
    "~~~\n" HEADED ("2", "||写しの枚数を記録する。|\n"),
    MARKED "task/description = 申請を受け付ける。⏎写しの枚数を記録する。 @1,2\n! running-text\n! running-text\n! cell-joined\nrunning 36\n", NULL },
  { "heading-repeated", /* the same part heads each page: it is no running text */
    MARK "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n---\n= Ⅰ　基本情報\n|②事務の内容|交付|\n",
    MARKED "task/name = 住民票\ntask/description = 交付 @2\n", NULL },
};

/* --- What stands beside a value ------------------------------------------------------------------ */

#define DOCUMENT \
  PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称　※|住民票|\n|② 事務⏎の内容|交付|\n" SYSTEMS "|システム１|\n|①システムの名称|住基|\n" \
  "|３．特定個人情報ファイル名|\n|台帳|\n---\n= Ⅱ　特定個人情報ファイルの概要\n|１．特定個人情報ファイル名|\n|台帳|\n" \
  "|４．特定個人情報ファイルの取扱いの委託|\n|委託の有無|［ 委託する ］（ 1 ）件|\n|委託事項１|入力|\n" \
  "---\n= Ⅲ　リスク対策\n|１．特定個人情報ファイル名|\n|台帳|\n|３．特定個人情報の使用|\n" \
  "|リスク１：　目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク|\n|リスクに対する措置の内容|甲|\n"

/* Labels are as the document has them. */
static void
test_labels (gconstpointer todo)
{
  static const char *const cases[][2] = {
    { "task/name", "①事務の名称　※" },
    { "task/description", "②事務の内容" },
    { "system[1]/name", "①システムの名称" },
    { "file-names", "３．特定個人情報ファイル名" },
    { "file[1]/consigning/status", "委託の有無" },
    { "file[1]/consignment[1]/title", "委託事項１" },
    { "file[1]/name", "１．特定個人情報ファイル名" },
  };
  guint64                characters;
  g_autoptr (HkDocument) document = grammar_read (DOCUMENT, &characters);
  gboolean               good     = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const HkNode *node = hk_document_find (document, cases[i][0]);

    g_assert_nonnull (node);
    if (g_strcmp0 (hk_value_label (hk_node_value (node)), cases[i][1]) != 0) {
      g_test_message ("%s: %s", cases[i][0], hk_value_label (hk_node_value (node)));
      good = FALSE;
    }
  }
  grammar_judge (good, todo);
}

static gboolean
is_titled (const char *path,
           const char *title)
{
  guint64                characters;
  g_autoptr (HkDocument) document = grammar_read (DOCUMENT, &characters);
  const HkNode          *node     = hk_document_find (document, path);

  g_assert_nonnull (node);
  g_test_message ("%s: %s", path, hk_node_title (node));
  return g_strcmp0 (hk_node_title (node), title) == 0;
}

/* A process and a risk have the heading that is printed over them … */
static void
test_title_of_risk (void)
{
  grammar_judge (is_titled ("file[1]/risk/use", "３．特定個人情報の使用"), NULL);
  grammar_judge (is_titled ("file[1]/risk/use/linkage", "リスク１：　目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク"), NULL);
}

/* … and so has a block. */
static void
test_title_of_block (gconstpointer todo)
{
  grammar_judge (is_titled ("system[1]", "システム１") && is_titled ("file[1]/consignment[1]", "委託事項１"), todo);
}

/* A value stands where its own glyphs stand, whatever else its cell holds. */
static void
test_places (void)
{
  guint64                characters;
  g_autoptr (HkDocument) document = grammar_read (PART1 LINK5 "|①実施の有無|[実施する] 附記|\n", &characters);
  const HkNode          *node     = hk_document_find (document, "info-link/implemented");
  guint                  n;
  const HkPlace         *places   = hk_value_places (hk_node_value (node), &n);

  /* the value's cell begins at 170, its text 3 points behind, and [ is half an em */
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (places[0].page, ==, 1);
  g_assert_cmpfloat_with_epsilon (places[0].box.x0, 178, 0.01);
  g_assert_cmpfloat_with_epsilon (places[0].box.x1, 218, 0.01);
  g_assert_cmpfloat_with_epsilon (hk_box_height (&places[0].box), 10, 0.01);
  g_assert_cmpuint (places[0].end - places[0].begin, ==, 4);
}

/* So does what is unplaced: that is where somebody must look. */
static void
test_unplaced_place (gconstpointer todo)
{
  guint64                characters;
  g_autoptr (HkDocument) document = grammar_read (PART1 LINK5 "|①実施の有無|[実施する] 附記|\n", &characters);
  guint                  n;
  const HkUnplaced      *unplaced = hk_document_unplaced (document, &n);

  g_assert_cmpuint (n, ==, 1);
  grammar_judge (ABS (unplaced[0].place.box.x0 - 228) < 0.01 && ABS (unplaced[0].place.box.x1 - 248) < 0.01 &&
                   unplaced[0].place.end - unplaced[0].place.begin == 2, todo);
}

/* A cell whose part before the page's end is blank stands where its text does. */
static void
test_unplaced_page (gconstpointer todo)
{
  guint64                characters;
  g_autoptr (HkDocument) document = grammar_read (PART1 "|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票の写しの交付|\n@ 780\n|↓|\n---\n|↑独自の欄|\n", &characters);
  guint                  n;
  const HkUnplaced      *unplaced = hk_document_unplaced (document, &n);

  g_assert_cmpuint (n, ==, 1);
  grammar_judge (unplaced[0].place.page == 2 && unplaced[0].place.begin < unplaced[0].place.end, todo);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* for the messages */
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  grammar_add_cases ("/cover", covers, G_N_ELEMENTS (covers));
  grammar_add_cases ("/form", forms, G_N_ELEMENTS (forms));
  grammar_add_cases ("/item", items, G_N_ELEMENTS (items));
  grammar_add_cases ("/value", values, G_N_ELEMENTS (values));
  grammar_add_cases ("/system", systems, G_N_ELEMENTS (systems));
  grammar_add_cases ("/unexpected", unexpected, G_N_ELEMENTS (unexpected));
  grammar_add_cases ("/running", running, G_N_ELEMENTS (running));
  g_test_add_data_func ("/beside/labels", "the label of a file's name is the form's, not the document's", test_labels);
  g_test_add_func ("/beside/title-of-risk", test_title_of_risk);
  g_test_add_data_func ("/beside/title-of-block", "blocks have no title yet", test_title_of_block);
  g_test_add_func ("/beside/places", test_places);
  g_test_add_data_func ("/beside/unplaced-place", NULL, test_unplaced_place);
  g_test_add_data_func ("/beside/unplaced-page", NULL, test_unplaced_page);
  return g_test_run ();
}
