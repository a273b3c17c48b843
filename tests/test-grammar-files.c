/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The productions of Ⅱ, 別添１ and Ⅲ, each alone over pages made by hand. */
#include "test-grammar.h"

#include <locale.h>

#define MARK "> ［令和６年10月　様式３］\n"
#define MARKED "cover/form = 様式３\ncover/revision = 令和６年10月 (2024-10)\n"

/* Ⅱ or Ⅲ of the file NAME begins. */
#define OVERVIEW(name) "= Ⅱ　特定個人情報ファイルの概要\n|１．特定個人情報ファイル名|\n|" name "|\n"
#define RISKS(name) "= Ⅲ　リスク対策\n|１．特定個人情報ファイル名|\n|" name "|\n"
#define TAX "個人住民税賦課徴収管理台帳ファイル"
#define BASE "住民基本台帳ファイル"

#define KIND(value) "|２．基本情報|\n|①ファイルの種類|［ " value " ］|\n"
#define MEASURES(value) \
  "|３．特定個人情報の使用|\n|リスク１：目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク|\n|リスクに対する措置の内容|" value "|\n"

/* --- Ⅱ: items of a file ------------------------------------------------------------ */

static const GrammarCase overviews[] = {
  { "kind-and-items",
    MARK OVERVIEW (BASE) "|２．基本情報|\n|①ファイルの種類　※|［ システム用ファイル ］|\n|②対象となる本人の数|［ 1万人未満 ］|\n"
    "|③対象となる本人の範囲　※|住民|\n|その必要性|法令による。|\n|④記録される項目|［ 10項目未満 ］|\n|主な記録項目　※|[ ○ ] 個人番号|\n"
    "|その妥当性|適切である。|\n|全ての記録項目|別添１を参照。|\n|⑤保有開始日|平成27年10月5日|\n|⑥事務担当部署|住民課|\n",
    MARKED
    "file[1]/name = " BASE "\nfile[1]/kind = システム用ファイル (1)\nfile[1]/subjects/count = 1万人未満 (1) <=9999\nfile[1]/subjects/scope = 住民\n"
    "file[1]/subjects/necessity = 法令による。\nfile[1]/items/count = 10項目未満 (1) <=9\nfile[1]/items/main/my-number = 1\n"
    "file[1]/items/adequacy = 適切である。\nfile[1]/items/all = 別添１を参照。\nfile[1]/held-since = 平成27年10月5日 (2015-10-05)\n"
    "file[1]/department = 住民課\n", NULL },
  { "indented-labels", /* その必要性 behind an empty cell that the item above opens */
    "# 20 110 385\n"
    MARK OVERVIEW (BASE) "|２．基本情報|\n|③対象となる本人の範囲|<|住民|\n||その必要性|法令による。|\n|⑥事務担当部署|<|住民課|\n",
    MARKED
    "file[1]/name = " BASE "\nfile[1]/subjects/scope = 住民\nfile[1]/subjects/necessity = 法令による。\nfile[1]/department = 住民課\n", NULL },
  { "group-beside", /* ④使用の主体 stands beside its two items */
    "# 65 65 385\n"
    MARK OVERVIEW (BASE) "|３．特定個人情報の入手・使用|\n|③使用目的|<|交付|\n|④使用の主体|使用部署|住民課|\n|^|使用者数|［ 10人未満 ］|\n|⑤使用方法|<|検索|\n",
    MARKED
    "file[1]/name = " BASE "\nfile[1]/use/purpose = 交付\nfile[1]/use/department = 住民課\nfile[1]/use/users = 10人未満 (1) <=9\nfile[1]/use/method = 検索\n", NULL },
  { "marks-of-a-group",
    MARK OVERVIEW (BASE) "|３．特定個人情報の入手・使用|\n|①入手元　※|[ ○ ] 本人又は本人の代理人⏎[   ] 評価実施機関内の他部署 （　　）|\n|③使用目的|交付|\n",
    MARKED
    "file[1]/name = " BASE "\nfile[1]/acquisition/source/self = 1\nfile[1]/acquisition/source/same-agency = 0\nfile[1]/use/purpose = 交付\n", NULL },
  { "two-files",
    MARK OVERVIEW (BASE) KIND ("システム用ファイル") "---\n" OVERVIEW (TAX) KIND ("システム用ファイル"),
    MARKED
    "file[1]/name = " BASE "\nfile[1]/kind = システム用ファイル (1)\nfile[2]/name = " TAX " @2\nfile[2]/kind = システム用ファイル (1) @2\n", NULL },
  { "two-files-one-part-heading", /* the second Ⅱ.1 opens a file without Ⅱ over it */
    MARK OVERVIEW (BASE) KIND ("システム用ファイル") "---\n|１．特定個人情報ファイル名|\n|" TAX "|\n" KIND ("システム用ファイル"),
    MARKED
    "file[1]/name = " BASE "\nfile[1]/kind = システム用ファイル (1)\nfile[2]/name = " TAX " @2\nfile[2]/kind = システム用ファイル (1) @2\n", NULL },
  { "name-blank",
    MARK OVERVIEW ("") KIND ("システム用ファイル"),
    MARKED "file[1]/kind = システム用ファイル (1)\n", NULL },
  { "part-heading-on-two-pages", /* Ⅱ stands over each page of one file */
    MARK OVERVIEW (BASE) KIND ("システム用ファイル") "---\n= Ⅱ　特定個人情報ファイルの概要\n|３．特定個人情報の入手・使用|\n|③使用目的|交付|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/kind = システム用ファイル (1)\nfile[1]/use/purpose = 交付 @2\n", NULL },
};

/* --- Ⅱ.4 and Ⅱ.5: repeated blocks ---------------------------------------------------- */

#define CONSIGN MARK OVERVIEW (BASE) "|４．特定個人情報ファイルの取扱いの委託|\n"
#define CONSIGNED MARKED "file[1]/name = " BASE "\n"
#define DISCLOSE MARK OVERVIEW (BASE) "|５．特定個人情報の提供・移転（委託に伴うものを除く。）|\n"

static const GrammarCase blocks[] = {
  { "count-beside-choice",
    CONSIGN "|委託の有無　※|［ 委託する ］　（ 2 ）　件⏎＜選択肢＞⏎1）委託する⏎2）委託しない|\n",
    CONSIGNED "file[1]/consigning/status = 委託する (1)\nfile[1]/consigning/count = 2 >=2 <=2\n", NULL },
  { "count-in-cells-of-its-own",
    "# 130 15 80 15 15 30 15 215\n"
    CONSIGN "|委託の有無|［|委託する|］|（|2|）|件|\n",
    CONSIGNED "file[1]/consigning/status = 委託する (1)\nfile[1]/consigning/count = 2 >=2 <=2\n", NULL },
  { "count-blank",
    CONSIGN "|委託の有無|［ 委託しない ］　（　　）　件⏎＜選択肢＞⏎1）委託する⏎2）委託しない|\n",
    CONSIGNED "file[1]/consigning/status = 委託しない (2)\n", NULL },
  { "consignment",
    "# 30 100 385\n"
    CONSIGN "|委託事項１|<|電算処理|\n|①委託内容|<|入力|\n|②委託先における取扱者数|<|［ 10人未満 ］|\n|③委託先名|<|朝凪電算|\n"
    "|再委託|④再委託の有無　※|［ 再委託する ］|\n|^|⑤再委託の許諾方法|書面|\n|^|⑥再委託事項|入力|\n",
    CONSIGNED
    "file[1]/consignment[1]/title = 電算処理\nfile[1]/consignment[1]/content = 入力\nfile[1]/consignment[1]/handlers = 10人未満 (1) <=9\n"
    "file[1]/consignment[1]/contractor = 朝凪電算\nfile[1]/consignment[1]/subcontract = 再委託する (1)\n"
    "file[1]/consignment[1]/subcontract-approval = 書面\nfile[1]/consignment[1]/subcontract-content = 入力\n", NULL },
  { "group-set-vertically",
    "# 16 114 385\n"
    CONSIGN "|委託事項1|<|電算処理|\n|再⏎委⏎託|④再委託の有無|［ 再委託しない ］|\n|^|⑤再委託の許諾方法||\n|^|⑥再委託事項||\n|委託事項2|<|印刷|\n",
    CONSIGNED
    "file[1]/consignment[1]/title = 電算処理\nfile[1]/consignment[1]/subcontract = 再委託しない (2)\nfile[1]/consignment[2]/title = 印刷\n", NULL },
  { "empty-ones", /* 委託事項２ is printed, and nothing stands in it */
    CONSIGN "|委託事項１|電算処理|\n|①委託内容|入力|\n|委託事項２||\n|①委託内容||\n|②委託先における取扱者数|［　　　　］|\n|委託事項３|印刷|\n|委託事項４～５|\n|委託事項６～10|\n",
    CONSIGNED "file[1]/consignment[1]/title = 電算処理\nfile[1]/consignment[1]/content = 入力\nfile[1]/consignment[2]/title = 印刷\n", NULL },
  { "title-says-its-label",
    CONSIGN "|委託事項１|委託事項２|\n|①委託内容|委託事項３～５|\n|③委託先名|③委託先名|\n",
    CONSIGNED "file[1]/consignment[1]/title = 委託事項２\nfile[1]/consignment[1]/content = 委託事項３～５\nfile[1]/consignment[1]/contractor = ③委託先名\n", NULL },
  { "disclosure",
    DISCLOSE "|提供・移転の有無|[ ○ ] 提供を行っている （ 60 ）件   [   ] 移転を行っている （   ）件⏎[   ] 行っていない|\n",
    CONSIGNED "file[1]/disclosure/provided = 1\nfile[1]/disclosure/provided/text = 60\nfile[1]/disclosure/transferred = 0\nfile[1]/disclosure/none = 0\n", NULL },
  { "provision-and-transfer",
    DISCLOSE "|提供先１|厚生労働大臣|\n|①法令上の根拠|番号法|\n|②提供先における用途|年金|\n|③提供する情報|住所|\n|④提供する情報の対象となる本人の数|［ 1万人未満 ］|\n"
    "|⑤提供する情報の対象となる本人の範囲|住民|\n|⑥提供方法|[ ○ ] 紙|\n|⑦時期・頻度|随時|\n|提供先２～５|\n"
    "|移転先１|税務課|\n|①法令上の根拠|条例|\n|⑦時期・頻度|毎年|\n",
    CONSIGNED
    "file[1]/provision[1]/recipient = 厚生労働大臣\nfile[1]/provision[1]/legal-basis = 番号法\nfile[1]/provision[1]/purpose = 年金\n"
    "file[1]/provision[1]/information = 住所\nfile[1]/provision[1]/subjects-count = 1万人未満 (1) <=9999\n"
    "file[1]/provision[1]/subjects-scope = 住民\nfile[1]/provision[1]/means/paper = 1\nfile[1]/provision[1]/timing = 随時\n"
    "file[1]/transfer[1]/recipient = 税務課\nfile[1]/transfer[1]/legal-basis = 条例\nfile[1]/transfer[1]/timing = 毎年\n", NULL },
  { "recipient-in-the-heading", /* the name in the cell of 提供先１ itself */
    DISCLOSE "|提供先１　厚生労働大臣|\n|①法令上の根拠|番号法|\n",
    CONSIGNED "file[1]/provision[1]/recipient = 厚生労働大臣\nfile[1]/provision[1]/legal-basis = 番号法\n", NULL },
  { "recipient-in-the-heading-with-digits",
    DISCLOSE "|提供先１　４条の機関|\n|①法令上の根拠|番号法|\n",
    CONSIGNED "file[1]/provision[1]/recipient = ４条の機関\nfile[1]/provision[1]/legal-basis = 番号法\n", NULL },
  { "label-wrapped",
    "# 80 435\n"
    DISCLOSE "|提供先１|大臣|\n|④提供する情報の対象となる本人の数|［ 1万人未満 ］|\n",
    CONSIGNED "file[1]/provision[1]/recipient = 大臣\nfile[1]/provision[1]/subjects-count = 1万人未満 (1) <=9999\n", NULL },
  { "empty-provision-between",
    DISCLOSE "|提供先１|大臣|\n|⑥提供方法|[ ○ ] 紙|\n|提供先２||\n|⑥提供方法|[   ] 紙|\n|提供先３|知事|\n|⑥提供方法|[   ] 紙|\n",
    CONSIGNED
    "file[1]/provision[1]/recipient = 大臣\nfile[1]/provision[1]/means/paper = 1\nfile[1]/provision[2]/recipient = 知事\nfile[1]/provision[2]/means/paper = 0\n", NULL },
  { "second-file-counts-anew",
    CONSIGN "|委託事項１|入力|\n---\n" OVERVIEW (TAX) "|４．特定個人情報ファイルの取扱いの委託|\n|委託事項１|印刷|\n",
    CONSIGNED "file[1]/consignment[1]/title = 入力\nfile[2]/name = " TAX " @2\nfile[2]/consignment[1]/title = 印刷 @2\n", NULL },
};

/* --- Ⅲ: whose risks they are ---------------------------------------------------------- */

#define BASE_THEN(n) "file[1]/risk/name = " BASE n "\nfile[1]/risk/use/linkage/measures = 甲" n "\n"

static const GrammarCase orders[] = {
  { "2-2-3-3",
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) "---\n" RISKS (BASE) MEASURES ("甲") "---\n" RISKS (TAX) MEASURES ("乙"),
    MARKED "file[1]/name = " BASE "\n" BASE_THEN (" @3")
    "file[2]/name = " TAX " @2\nfile[2]/risk/name = " TAX " @4\nfile[2]/risk/use/linkage/measures = 乙 @4\n", NULL },
  { "2-3-2-3",
    MARK OVERVIEW (BASE) "---\n" RISKS (BASE) MEASURES ("甲") "---\n" OVERVIEW (TAX) "---\n" RISKS (TAX) MEASURES ("乙"),
    MARKED "file[1]/name = " BASE "\n" BASE_THEN (" @2")
    "file[2]/name = " TAX " @3\nfile[2]/risk/name = " TAX " @4\nfile[2]/risk/use/linkage/measures = 乙 @4\n", NULL },
  { "2-2-3-3-crossed", /* Ⅲ of the second file comes first */
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) "---\n" RISKS (TAX) MEASURES ("乙") "---\n" RISKS (BASE) MEASURES ("甲"),
    MARKED "file[1]/name = " BASE "\n" BASE_THEN (" @4")
    "file[2]/name = " TAX " @2\nfile[2]/risk/name = " TAX " @3\nfile[2]/risk/use/linkage/measures = 乙 @3\n", NULL },
  { "one-file-part-heading-on-two-pages", /* Ⅲ again, without its item 1, goes on */
    MARK OVERVIEW (BASE) "---\n" RISKS (BASE) MEASURES ("甲")
    "---\n= Ⅲ　リスク対策\n|８．監査|\n|実施の有無|[ ○ ] 自己点検   [   ] 内部監査   [   ] 外部監査|\n",
    MARKED "file[1]/name = " BASE "\n" BASE_THEN (" @2")
    "file[1]/audit/self = 1 @3\nfile[1]/audit/internal = 0 @3\nfile[1]/audit/external = 0 @3\n", NULL },
  { "part-heading-on-two-pages-of-two-files",
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) "---\n" RISKS (BASE) MEASURES ("甲")
    "---\n= Ⅲ　リスク対策\n|１０．その他のリスク対策|\n|なし|\n---\n" RISKS (TAX) MEASURES ("乙"),
    MARKED "file[1]/name = " BASE "\n" BASE_THEN (" @3") "file[1]/other-measures = なし @4\n"
    "file[2]/name = " TAX " @2\nfile[2]/risk/name = " TAX " @5\nfile[2]/risk/use/linkage/measures = 乙 @5\n", NULL },
  { "named-otherwise", /* one file, and Ⅲ writes its name shorter */
    MARK OVERVIEW (TAX) "---\n" RISKS ("個人住民税ファイル") MEASURES ("甲"),
    MARKED "file[1]/name = " TAX "\nfile[1]/risk/name ~ 個人住民税ファイル @2\nfile[1]/risk/use/linkage/measures ~ 甲 @2\n! file-name-differs\n", NULL },
  { "named-with-part-of-the-name",
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) "---\n" RISKS ("賦課徴収管理台帳ファイル") MEASURES ("乙"),
    MARKED
    "file[1]/name = " BASE "\nfile[2]/name = " TAX " @2\nfile[2]/risk/name ~ 賦課徴収管理台帳ファイル @3\nfile[2]/risk/use/linkage/measures ~ 乙 @3\n"
    "! file-name-differs\n", NULL },
  { "named-like-neither",
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) "---\n" RISKS ("介護保険ファイル") MEASURES ("甲"),
    MARKED
    "file[1]/name = " BASE "\nfile[1]/risk/name ? 介護保険ファイル @3\nfile[1]/risk/use/linkage/measures ? 甲 @3\nfile[2]/name = " TAX " @2\n"
    "! file-name-differs\n", NULL },
  { "width-of-letters-differs", /* ＡとA are the same name */
    MARK OVERVIEW ("宛名Ａファイル") "---\n" RISKS ("宛名Aファイル") MEASURES ("甲"),
    MARKED "file[1]/name = 宛名Ａファイル\nfile[1]/risk/name = 宛名Aファイル @2\nfile[1]/risk/use/linkage/measures = 甲 @2\n", NULL },
  { "without-2",
    MARK RISKS (BASE) MEASURES ("甲"),
    MARKED "file[1]/name = " BASE "\nfile[1]/risk/name = " BASE "\nfile[1]/risk/use/linkage/measures = 甲\n", NULL },
  { "3-of-a-file-without-2", /* a file of its own */
    MARK OVERVIEW (BASE) "---\n" RISKS (BASE) MEASURES ("甲") "---\n" RISKS (TAX) MEASURES ("乙"),
    MARKED "file[1]/name = " BASE "\n" BASE_THEN (" @2")
    "file[2]/name = " TAX " @3\nfile[2]/risk/name = " TAX " @3\nfile[2]/risk/use/linkage/measures = 乙 @3\n! file-unknown\n", NULL },
  { "3-before-2",
    MARK RISKS (BASE) MEASURES ("甲") "---\n" OVERVIEW (BASE) KIND ("システム用ファイル"),
    MARKED "file[1]/name = " BASE " @1,2\nfile[1]/kind = システム用ファイル (1) @2\nfile[1]/risk/name = " BASE "\nfile[1]/risk/use/linkage/measures = 甲\n", NULL },
  { "name-blank-one-file",
    MARK OVERVIEW (BASE) "---\n" RISKS ("") MEASURES ("甲"),
    MARKED "file[1]/name = " BASE "\nfile[1]/risk/use/linkage/measures ~ 甲 @2\n", NULL },
  { "name-blank-two-files",
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) "---\n" RISKS ("") MEASURES ("甲") "---\n" RISKS ("") MEASURES ("乙"),
    MARKED
    "file[1]/name = " BASE "\nfile[1]/risk/use/linkage/measures ? 甲 @3\nfile[2]/name = " TAX " @2\nfile[2]/risk/use/linkage/measures ? 乙 @4\n", NULL },
  { "name-blank-no-file-left", /* whose it is, nobody can tell */
    MARK OVERVIEW (BASE) "---\n" RISKS (BASE) MEASURES ("甲") "---\n= Ⅳ　開示請求、問合せ\n---\n" RISKS ("") MEASURES ("乙"),
    MARKED "file[1]/name = " BASE "\n" BASE_THEN (" @2") "file[2]/risk/use/linkage/measures ? 乙 @4\n", NULL },
  { "same-name-twice", /* two files that are called the same: only the order tells */
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (BASE) "---\n" RISKS (BASE) MEASURES ("甲") "---\n" RISKS (BASE) MEASURES ("乙"),
    MARKED
    "file[1]/name = " BASE "\nfile[1]/risk/name ? " BASE " @3\nfile[1]/risk/use/linkage/measures ? 甲 @3\n"
    "file[2]/name = " BASE " @2\nfile[2]/risk/name ? " BASE " @4\nfile[2]/risk/use/linkage/measures ? 乙 @4\n", NULL },
};

/* --- Ⅲ: risks ------------------------------------------------------------------------------ */

#define RISK MARK OVERVIEW (BASE) "---\n" RISKS (BASE)
#define RISKED MARKED "file[1]/name = " BASE "\nfile[1]/risk/name = " BASE " @2\n"

static const GrammarCase risks[] = {
  { "two-risks", /* which of them リスクへの対策は十分か belongs to */
    RISK "|３．特定個人情報の使用|\n|リスク１：　目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク|\n|リスクに対する措置の内容|甲|\n|リスクへの対策は十分か|［ 十分である ］|\n"
    "|リスク２：　権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク|\n|ユーザ認証の管理|［ 行っている ］|\n|具体的な管理方法|乙|\n|その他の措置の内容|丙|\n"
    "|リスクへの対策は十分か|［ 課題が残されている ］|\n|特定個人情報の使用におけるその他のリスク及びそのリスクに対する措置|\n|丁|\n",
    RISKED
    "file[1]/risk/use/linkage/measures = 甲 @2\nfile[1]/risk/use/linkage/sufficiency = 十分である (2) @2\n"
    "file[1]/risk/use/unauthorized/authentication = 行っている (1) @2\nfile[1]/risk/use/unauthorized/authentication-method = 乙 @2\n"
    "file[1]/risk/use/unauthorized/other-measures = 丙 @2\nfile[1]/risk/use/unauthorized/sufficiency = 課題が残されている (3) @2\n"
    "file[1]/risk/use/other = 丁 @2\n", NULL },
  { "risk-without-number",
    RISK "|２．特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）|\n|リスク：　目的外の入手が行われるリスク|\n|リスクに対する措置の内容|甲|\n"
    "|リスクへの対策は十分か|［ 十分である ］|\n",
    RISKED "file[1]/risk/acquisition/purpose/measures = 甲 @2\nfile[1]/risk/acquisition/purpose/sufficiency = 十分である (2) @2\n", NULL },
  { "unknown-risk", /* what follows cannot be certain */
    RISK "|３．特定個人情報の使用|\n|リスク３：　機関が考えた独自のリスク|\n|リスクに対する措置の内容|甲|\n|８．監査|\n|実施の有無|[ ○ ] 自己点検|\n",
    RISKED "file[1]/risk/use/linkage/measures ? 甲 @2\nfile[1]/audit/self = 1 @2\n! label-unknown\n- リスク３：機関が考えた独自のリスク\n", NULL },
  { "unknown-risk-without-colon",
    RISK "|３．特定個人情報の使用|\n|リスク３　機関が考えた独自のリスク|\n|その他の措置の内容|甲|\n|８．監査|\n|実施の有無|[ ○ ] 自己点検|\n",
    RISKED "file[1]/risk/use/unauthorized/other-measures ? 甲 @2\nfile[1]/audit/self = 1 @2\n! label-unknown\n- リスク３機関が考えた独自のリスク\n",
    NULL },
  { "known-risk-without-colon",
    RISK "|３．特定個人情報の使用|\n|リスク２　権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク|\n|その他の措置の内容|甲|\n",
    RISKED "file[1]/risk/use/unauthorized/other-measures = 甲 @2\n", NULL },
  { "check-in-the-heading",
    RISK "|４．特定個人情報ファイルの取扱いの委託　　　　　　［ ○ ］委託しない|\n|リスク：　委託先における不正な使用等のリスク|\n|その他の措置の内容|甲|\n",
    RISKED "file[1]/risk/consignment/none = 1 @2\nfile[1]/risk/consignment/other-measures = 甲 @2\n", NULL },
  { "check-beside-the-heading",
    "# 315 30 30 30 110\n"
    RISK "|４．特定個人情報ファイルの取扱いの委託|［||］|委託しない|\n|リスク：　委託先における不正な使用等のリスク|\n",
    RISKED "file[1]/risk/consignment/none = 0 @2\n", NULL },
  { "check-wrapped-in-the-heading",
    "# 380 135\n"
    RISK "|５．特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）|［ ○ ］提供・移転しない|\n|リスク：　不正な提供・移転が行われるリスク|\n",
    RISKED "file[1]/risk/disclosure/none = 1 @2\n", NULL },
  { "check-under-the-words-of-the-heading",
    "# 300 215\n"
    RISK "|５．特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。） ［ ○ ］提供・移転しない|\n|リスク：　不正な提供・移転が行われるリスク|\n",
    RISKED "file[1]/risk/disclosure/none = 1 @2\n", "a mark's name that breaks to the line's start is not put together" },
  { "two-checks-in-the-heading",
    RISK "|６．情報提供ネットワークシステムとの接続　［　］接続しない（入手）　［○］接続しない（提供）|\n|リスク１：目的外の入手が行われるリスク|\n|リスクに対する措置の内容|甲|\n",
    RISKED "file[1]/risk/link/none-acquire = 0 @2\nfile[1]/risk/link/none-provide = 1 @2\nfile[1]/risk/link/acquire-purpose/measures = 甲 @2\n", NULL },
  { "two-checks-that-wrap",
    "# 260 255\n"
    RISK "|６．情報提供ネットワークシステムとの接続⏎［　］接続しない（入手）⏎［○］接続しない（提供）|\n|リスク１：目的外の入手が行われるリスク|\n",
    RISKED "file[1]/risk/link/none-acquire = 0 @2\nfile[1]/risk/link/none-provide = 1 @2\n", NULL },
  { "check-unknown",
    RISK "|４．特定個人情報ファイルの取扱いの委託　　　　　　［ × ］委託しない|\n",
    RISKED "file[1]/risk/consignment/none ? ? @2\n! mark-unknown\n", NULL },
  { "incident",
    RISK "|７．特定個人情報の保管・消去|\n|リスク：　特定個人情報の漏えい・滅失・毀損リスク|\n|①事故発生時手順の策定・周知|［ 十分に行っている ］|\n"
    "|②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか|［ 発生あり ］|\n|その内容|誤送付|\n|再発防止策の内容|二重確認|\n",
    RISKED
    "file[1]/risk/storage/leak/incident-procedure = 十分に行っている (2) @2\nfile[1]/risk/storage/leak/incident-occurred = 発生あり (1) @2\n"
    "file[1]/risk/storage/leak/incident-content = 誤送付 @2\nfile[1]/risk/storage/leak/incident-prevention = 二重確認 @2\n", NULL },
  { "training", /* the item's label is also its heading's */
    RISK "|９．従業者に対する教育・啓発|\n|従業者に対する教育・啓発|［ 十分に行っている ］|\n|具体的な方法|研修|\n|１０．その他のリスク対策|\n|なし|\n",
    RISKED "file[1]/training/status = 十分に行っている (2) @2\nfile[1]/training/method = 研修 @2\nfile[1]/other-measures = なし @2\n", NULL },
};

/* --- 別添１ -------------------------------------------------------------------------------- */

#define ANNEX "---\n= （別添１）特定個人情報ファイル記録項目\n"

static const GrammarCase annexes[] = {
  { "one-file",
    MARK OVERVIEW (BASE) ANNEX "|１．宛名番号⏎２．氏名|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = １．宛名番号⏎２．氏名 @2\n", NULL },
  { "short", /* fewer characters in the cell than over it */
    MARK OVERVIEW (BASE) ANNEX "|１．氏名|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = １．氏名 @2\n", "ruled cells are given up where most of the page stands outside of them" },
  { "one-file-named", /* the name heads the list */
    MARK OVERVIEW (BASE) ANNEX "|" BASE "⏎１．宛名番号⏎２．氏名|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = １．宛名番号⏎２．氏名 @2\n", NULL },
  { "two-files-on-a-page",
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) ANNEX "|" BASE "⏎１．宛名番号⏎" TAX "⏎１．税額⏎２．所得|\n",
    MARKED
    "file[1]/name = " BASE "\nfile[1]/record-items = １．宛名番号 @3\nfile[2]/name = " TAX " @2\nfile[2]/record-items = １．税額⏎２．所得 @3\n", NULL },
  { "two-files-two-annexes",
    MARK OVERVIEW (BASE) ANNEX "|１．宛名番号、氏名、住所、生年月日、性別|\n---\n" OVERVIEW (TAX) ANNEX "|１．税額、所得、控除、納期、滞納|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = １．宛名番号、氏名、住所、生年月日、性別 @2\nfile[2]/name = " TAX " @3\nfile[2]/record-items ~ １．税額、所得、控除、納期、滞納 @4\n", NULL },
  { "two-files-two-cells",
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) ANNEX "|" BASE "⏎１．宛名番号、氏名、住所、生年月日、性別|\n|" TAX "⏎１．税額、所得、控除、納期、滞納|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = １．宛名番号、氏名、住所、生年月日、性別 @3\nfile[2]/name = " TAX " @2\nfile[2]/record-items = １．税額、所得、控除、納期、滞納 @3\n", NULL },
  { "other-heads-are-text",
    MARK OVERVIEW (BASE) ANNEX "|（１）住民情報⏎氏名⏎（２）世帯情報⏎続柄|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = （１）住民情報⏎氏名⏎（２）世帯情報⏎続柄 @2\n", NULL },
  { "labels-in-the-list",
    MARK OVERVIEW (BASE) ANNEX "|①ファイルの種類⏎使用目的⏎連絡先|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = ①ファイルの種類⏎使用目的⏎連絡先 @2\n", NULL },
  { "over-two-pages",
    MARK OVERVIEW (BASE) ANNEX "@ 740\n|１．宛名番号⏎２．氏名|\n~~~\n|３．住所|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items = １．宛名番号⏎２．氏名⏎３．住所 @2,3\n! cell-joined\n", NULL },
  { "two-columns-over-two-pages", /* a place a page, however the columns are read */
    MARK OVERVIEW (BASE) ANNEX "@ 740\n# 250 265\n|１．宛名番号⏎２．氏名|３．住所⏎４．生年月日|\n~~~\n|５．性別⏎６．続柄|７．世帯番号⏎８．本籍|\n",
    NULL, "there is a place for every change of page" },
  { "loose-lines", /* no frame around the list */
    MARK OVERVIEW (BASE) ANNEX "= １．宛名番号\n= ２．氏名\n= ３．住所\n---\n= Ⅳ　開示請求、問合せ\n|２．特定個人情報ファイルの取扱いに関する問合せ|\n|①連絡先|総務課|\n",
    MARKED "file[1]/name = " BASE "\nfile[1]/record-items ~ １．宛名番号⏎２．氏名⏎３．住所 @2\ncontact/place = 総務課 @3\n", NULL },
  { "unnamed-for-two-files", /* nobody can tell whose it is */
    MARK OVERVIEW (BASE) "---\n" OVERVIEW (TAX) ANNEX "|１．宛名番号、氏名、住所、生年月日、性別|\n",
    MARKED "file[1]/name = " BASE "\nfile[2]/name = " TAX " @2\nfile[2]/record-items ? １．宛名番号、氏名、住所、生年月日、性別 @3\n", NULL },
  { "without-a-file",
    MARK "= （別添１）特定個人情報ファイル記録項目\n|１．宛名番号、氏名、住所、生年月日、性別|\n",
    MARKED "- １．宛名番号、氏名、住所、生年月日、性別\n", NULL },
  { "blank",
    MARK OVERVIEW (BASE) ANNEX "||\n---\n= Ⅳ　開示請求、問合せ\n|２．特定個人情報ファイルの取扱いに関する問合せ|\n|①連絡先|総務課|\n",
    MARKED "file[1]/name = " BASE "\ncontact/place = 総務課 @3\n", NULL },
};

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* for the messages */
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  grammar_add_cases ("/file", overviews, G_N_ELEMENTS (overviews));
  grammar_add_cases ("/block", blocks, G_N_ELEMENTS (blocks));
  grammar_add_cases ("/order", orders, G_N_ELEMENTS (orders));
  grammar_add_cases ("/risk", risks, G_N_ELEMENTS (risks));
  grammar_add_cases ("/annex", annexes, G_N_ELEMENTS (annexes));
  return g_test_run ();
}
