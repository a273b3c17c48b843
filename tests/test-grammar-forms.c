/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What 様式２ and 様式４ have and 様式３ has not, and which form a document is, over pages made by hand. */
#include "test-grammar.h"

#include <locale.h>

#define MARK2 "> ［令和６年10月　様式２］\n"
#define MARKED2 "cover/form = 様式２\ncover/revision = 令和６年10月 (2024-10)\n"
#define MARK4 "> ［令和６年10月　様式４］\n"
#define MARKED4 "cover/form = 様式４\ncover/revision = 令和６年10月 (2024-10)\n"
#define PLAIN "＜選択肢＞⏎１）特に力を入れている⏎２）十分である⏎３）課題が残されている⏎"
#define ENOUGH "[ 十分である ]　" PLAIN

/* --- Which form it is ------------------------------------------------------------- */

static const GrammarCase forms[] = {
  { "2-by-mark", MARK2 "= Ⅰ　関連情報\n|１．特定個人情報ファイルを取り扱う事務|\n|②事務の概要|交付|\n",
    MARKED2 "task/description = 交付\n", NULL },
  { "4-by-mark", MARK4 "= Ⅰ　基本情報\n|４．特定個人情報ファイルを取り扱う理由|\n|②実現が期待されるメリット|早い|\n",
    MARKED4 "purpose/benefit = 早い\n", NULL },
  { "2-by-title", "= 特定個人情報保護評価書（基礎項目評価書）\n|公表日|\n|令和７年３月３日|\n",
    "cover/published = 令和７年３月３日 (2025-03-03)\n! form-inferred\n", NULL },
  { "4-by-title-in-two-lines", "|特定個人情報保護評価書⏎（全項目評価書）|\n@ 200\n|個人情報保護委員会　承認日　【行政機関等のみ】|\n|令和７年３月３日|\n",
    "cover/approved = 令和７年３月３日 (2025-03-03)\n! form-inferred\n", NULL },
  { "2-by-labels", "= Ⅰ　関連情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票|\n|②事務の概要|交付|\n",
    "task/name = 住民票\ntask/description = 交付\n! form-inferred\n", NULL },
  { "4-by-labels", /* without a cover, from the middle of a form */
    "= Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策　※（７．リスク１⑨を除く。）\n|１．特定個人情報ファイル名|\n|住民票ファイル|\n"
    "|２．特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）|\n|リスク２：　不適切な方法で入手が行われるリスク|\n|リスクに対する措置の内容|番号を確かめる。|\n",
    "file[1]/name = 住民票ファイル\nfile[1]/risk/name = 住民票ファイル\nfile[1]/risk/acquisition/improper-method/measures = 番号を確かめる。\n! form-inferred\n", NULL },
  { "2-by-labels-without-rules", /* label and value on one line */
    "# 160 350\n= Ⅰ　関連情報\n:１．特定個人情報ファイルを取り扱う事務:\n:①事務の名称:住民票:\n:②事務の概要:交付:\n:③システムの名称:住基:\n:２．特定個人情報ファイル名:\n",
    "task/name ~ 住民票\ntask/description ~ 交付\ntask/systems ~ 住基\n! form-inferred\n! page-without-rules\n", NULL },
  { "no-such-form", "= 特定個人情報保護評価計画管理書\n> ［令和６年10月　様式１］\n",
    "! form-unsupported\n- 特定個人情報保護評価計画管理書\n- ［令和６年10月様式１］\n", NULL },
};

/* --- 様式２ ------------------------------------------------------------------------ */

static const GrammarCase form2[] = {
  { "rule-9-2",
    MARK2 "= Ⅰ　関連情報\n|９．規則第9条第2項の適用　　　　　　[ ○ ] 適用した|\n|適用した理由|災害|\n",
    MARKED2 "rule9-2/applied/applied = 1\nrule9-2/reason = 災害\n", NULL },
  { "rule-9-2-mark-apart",
    "# 300 195\n" MARK2 "= Ⅰ　関連情報\n|９．規則第9条第2項の適用|[　] 適用した|\n",
    MARKED2 "rule9-2/applied/applied = 0\n", NULL },
  { "threshold",
    MARK2 "= Ⅱ　しきい値判断項目\n|１．対象人数|\n|評価対象の事務の対象人数は何人か|[ 30万人以上 ]　＜選択肢＞⏎１）1,000人未満（任意実施）⏎５）30万人以上|\n"
    "|いつ時点の計数か|令和７年４月１日　　時点|\n|２．取扱者数|\n|特定個人情報ファイル取扱者数は500人以上か|[ 500人未満 ]|\n|いつ時点の計数か|令和７年４月２日時点|\n",
    MARKED2 "threshold/scale = 30万人以上 (5) >=300000\nthreshold/scale-date = 令和７年４月１日 (2025-04-01)\n"
    "threshold/handlers = 500人未満 (2) <=499\nthreshold/handlers-date = 令和７年４月２日 (2025-04-02)\n", NULL },
  { "threshold-date-blank",
    MARK2 "= Ⅱ　しきい値判断項目\n|１．対象人数|\n|いつ時点の計数か|　　　時点|\n",
    MARKED2, NULL },
  { "threshold-date-in-two-cells",
    "# 160 200 135\n" MARK2 "= Ⅱ　しきい値判断項目\n|１．対象人数|\n|いつ時点の計数か|令和７年４月１日|時点|\n",
    MARKED2 "threshold/scale-date = 令和７年４月１日 (2025-04-01)\n", NULL },
  { "result", /* a box under a label that says what its part says */
    MARK2 "= Ⅲ　しきい値判断結果\n|しきい値判断結果|\n|基礎項目評価の実施が義務付けられる|\n",
    MARKED2 "review/threshold = 基礎項目評価の実施が義務付けられる\n", NULL },
  { "which-form",
    MARK2 "= Ⅳ　リスク対策\n|１．提出する特定個人情報保護評価書の種類|\n|[ 基礎項目評価書 ]　＜選択肢＞⏎１）基礎項目評価書⏎２）基礎項目評価書及び重点項目評価書|\n"
    "|２）又は３）を選択した評価実施機関については、それぞれ重点項目評価書又は全項目評価書において、リスク対策の詳細が記載されている。|\n",
    MARKED2 "risk/form = 基礎項目評価書 (1)\n", NULL },
  { "priority",
    MARK2 "= Ⅳ　リスク対策\n|１１．最も優先度が高いと考えられる対策　　　[　] 全項目評価又は重点項目評価を実施する|\n"
    "|最も優先度が高いと考えられる対策|[　９）従業者に対する教育・啓発　]⏎＜選択肢＞⏎１）目的外の入手が行われるリスクへの対策⏎９）従業者に対する教育・啓発|\n"
    "|当該対策は十分か【再掲】|" ENOUGH "|\n|判断の根拠|研修|\n",
    MARKED2 "risk/priority/full-assessment = 0\nrisk/priority/measure = 従業者に対する教育・啓発 (9)\nrisk/priority/sufficiency = 十分である (2)\nrisk/priority/grounds = 研修\n", NULL },
  { "number-of-no-option", /* it is part of what stands in the bracket */
    MARK2 "= Ⅳ　リスク対策\n|１１．最も優先度が高いと考えられる対策|\n|最も優先度が高いと考えられる対策|[ ９）その他の対策 ]|\n",
    MARKED2 "risk/priority/measure ? ９）その他の対策\n! choice-unknown\n", NULL },
  { "before-2024", /* no Ⅳ.8: what follows is numbered by one less */
    "> ［平成31年1月　様式２］\n= Ⅳ　リスク対策\n|７．特定個人情報の保管・消去|\n|特定個人情報の漏えい・滅失・毀損リスクへの対策は十分か|" ENOUGH "|\n"
    "|８．監査|\n|実施の有無|[ ○ ] 自己点検　[　] 内部監査　[　] 外部監査|\n|９．従業者に対する教育・啓発|\n|従業者に対する教育・啓発|[ 十分に行っている ]|\n",
    "cover/form = 様式２\ncover/revision = 平成31年1月 (2019-01)\nrisk/storage/leak/sufficiency = 十分である (2)\naudit/self = 1\naudit/internal = 0\naudit/external = 0\n"
    "training/status = 十分に行っている (2)\n", NULL },
  { "before-2024-without-rules",
    "# 250 260\n> ［平成31年1月　様式２］\n---\n= Ⅳ　リスク対策\n:７．特定個人情報の保管・消去:\n:特定個人情報の漏えい・滅失・毀損リスクへの対策は十分か:[ 十分である ]:\n"
    ":８．監査:\n:実施の有無:[ ○ ] 自己点検　[　] 内部監査　[　] 外部監査:\n:９．従業者に対する教育・啓発:\n:従業者に対する教育・啓発:[ 十分に行っている ]:\n",
    "cover/form = 様式２\ncover/revision = 平成31年1月 (2019-01)\nrisk/storage/leak/sufficiency ~ 十分である (2) @2\naudit/self ~ 1 @2\naudit/internal ~ 0 @2\naudit/external ~ 0 @2\n"
    "training/status ~ 十分に行っている (2) @2\n! page-without-rules\n", NULL },
  { "heading-that-nobody-knows", /* its items are not its neighbour's */
    MARK2 "= Ⅳ　リスク対策\n|７．特定個人情報の保管・消去|\n|特定個人情報の漏えい・滅失・毀損リスクへの対策は十分か|" ENOUGH "|\n"
    "|８．人工知能の利用|\n|生成の有無|[ 行わない ]|\n|１０．従業者に対する教育・啓発|\n|従業者に対する教育・啓発|[ 十分に行っている ]|\n",
    MARKED2 "risk/storage/leak/sufficiency = 十分である (2)\ntraining/status = 十分に行っている (2)\n"
    "! label-unknown\n! text-unplaced\n! text-unplaced\n- ８．人工知能の利用\n- 生成の有無\n- [行わない]\n", NULL },
};

/* --- 様式４ ------------------------------------------------------------------------ */

#define PART5 MARK4 "= Ⅴ　開示請求、問合せ\n|１．特定個人情報の開示・訂正・利用停止請求|\n"
#define FEE "[ 無料 ]　＜選択肢＞⏎１）有料　２）無料⏎"

static const GrammarCase form4[] = {
  { "approved-before-2016",
    "= 特定個人情報保護評価書（全項目評価書）\n|特定個人情報保護委員会　承認日|\n|平成27年6月1日|\n> ［平成26年4月　様式４］\n",
    "cover/approved = 平成27年6月1日 (2015-06-01)\ncover/form = 様式４\ncover/revision = 平成26年4月 (2014-04)\n", NULL },
  { "fee",
    PART5 "|③手数料等|" FEE "（手数料額、納付方法：　１枚10円、窓口で納める（電子納付も可）。　　）|\n|④個人情報ファイル簿の公表|[ 行っている ]|\n",
    MARKED4 "request/fee = 無料 (2)\nrequest/fee-text = １枚10円、窓口で納める（電子納付も可）。\nrequest/register-published = 行っている (1)\n", NULL },
  { "fee-goes-on-under-its-label",
    "# 130 250 115\n"
    PART5 "|③手数料等|" FEE "（手数料額、納付方法：　１枚10円とし、窓口で現金又は電子納付により納める（郵送も可））|\n",
    MARKED4 "request/fee = 無料 (2)\nrequest/fee-text = １枚10円とし、窓口で現金又は電子納付により納める（郵送も可）\n", NULL },
  { "fee-blank",
    PART5 "|③手数料等|" FEE "（手数料額、納付方法：　　　　　　　　　）|\n",
    MARKED4 "request/fee = 無料 (2)\n", NULL },
  { "fee-without-close",
    PART5 "|③手数料等|" FEE "（手数料額、納付方法：　10円|\n",
    MARKED4 "request/fee = 無料 (2)\nrequest/fee-text ~ 10円\n", NULL },
  { "means-of-consignment",
    MARK4 "= Ⅱ　特定個人情報ファイルの概要\n|１．特定個人情報ファイル名|\n|住民票ファイル|\n|４．特定個人情報ファイルの取扱いの委託|\n|委託事項１|保守|\n"
    "|②取扱いを委託する特定個人情報ファイルの範囲|[ 特定個人情報ファイルの一部 ]|\n|対象となる本人の数|[ 1万人未満 ]|\n|その妥当性|要る|\n"
    "|④委託先への特定個人情報ファイルの提供方法|[ ○ ] 専用線　[　] 紙|\n|⑥委託先名|朝凪情報|\n",
    MARKED4 "file[1]/name = 住民票ファイル\nfile[1]/consignment[1]/title = 保守\nfile[1]/consignment[1]/scope = 特定個人情報ファイルの一部 (2)\n"
    "file[1]/consignment[1]/subjects-count = 1万人未満 (1) <=9999\nfile[1]/consignment[1]/adequacy = 要る\nfile[1]/consignment[1]/means/leased-line = 1\n"
    "file[1]/consignment[1]/means/paper = 0\nfile[1]/consignment[1]/contractor = 朝凪情報\n", NULL },
  { "five-risks",
    MARK4 "= Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策\n|１．特定個人情報ファイル名|\n|住民票ファイル|\n|４．特定個人情報ファイルの取扱いの委託　　　[　] 委託しない|\n"
    "|委託先による特定個人情報の不正入手・不正な使用に関するリスク⏎委託先による特定個人情報の不正な提供に関するリスク⏎委託先による特定個人情報の保管・消去に関するリスク⏎"
    "委託契約終了後の不正な使用等のリスク⏎再委託に関するリスク|\n|情報保護管理体制の確認|契約書|\n|特定個人情報ファイルの取扱いの記録|[ 記録を残している ]|\n|具体的な方法|台帳|\n",
    MARKED4 "file[1]/name = 住民票ファイル\nfile[1]/risk/name = 住民票ファイル\nfile[1]/risk/consignment/none = 0\nfile[1]/risk/consignment/management-check = 契約書\n"
    "file[1]/risk/consignment/log = 記録を残している (1)\nfile[1]/risk/consignment/log-method = 台帳\n", NULL },
  { "title-over-two-lines", /* neither line alone is the part's, and Ⅱ would go on */
    MARK4 "= Ⅱ　特定個人情報ファイルの概要\n|１．特定個人情報ファイル名|\n|住民票ファイル|\n|６．特定個人情報の保管・消去|\n|７．備考|\n|なし|\n"
    "---\n= Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策　※（７．リスク１⑨を除\n= く。）\n|１．特定個人情報ファイル名|\n|住民票ファイル|\n"
    "|２．特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）|\n|リスク２：　不適切な方法で入手が行われるリスク|\n|リスクに対する措置の内容|番号を確かめる。|\n",
    MARKED4 "file[1]/name = 住民票ファイル\nfile[1]/remarks = なし\nfile[1]/risk/name = 住民票ファイル @2\n"
    "file[1]/risk/acquisition/improper-method/measures = 番号を確かめる。 @2\n", NULL },
  { "five-risks-apart", /* a line a cell */
    MARK4 "= Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策\n|１．特定個人情報ファイル名|\n|住民票ファイル|\n|４．特定個人情報ファイルの取扱いの委託　　　[　] 委託しない|\n"
    "|委託先による特定個人情報の不正入手・不正な使用に関するリスク|\n|委託先による特定個人情報の不正な提供に関するリスク|\n|委託先による特定個人情報の保管・消去に関するリスク|\n"
    "|委託契約終了後の不正な使用等のリスク|\n|再委託に関するリスク|\n|情報保護管理体制の確認|契約書|\n",
    MARKED4 "file[1]/name = 住民票ファイル\nfile[1]/risk/name = 住民票ファイル\nfile[1]/risk/consignment/none = 0\nfile[1]/risk/consignment/management-check = 契約書\n", NULL },
};

/* --- 別添１ of 様式４ ----------------------------------------------------------------- */

#define DRAWING MARK4 "---\n= （別添１）事務の内容\n"
#define PART2 "---\n= Ⅱ　特定個人情報ファイルの概要\n|１．特定個人情報ファイル名|\n|住民票ファイル|\n"
#define FILE1 "file[1]/name = 住民票ファイル @3\n"

static const GrammarCase drawings[] = {
  { "boxes",
    "# 150 150 195\n" DRAWING "@ 100\n|住民|窓口|\n@ 200\n|台帳|\n@ 500\n|（備考）⏎①住民が届け出る。⏎②窓口が記録する。|\n" PART2,
    MARKED4 "task/diagram = 住民⏎窓口⏎台帳 @2,2,2\ntask/diagram-remarks = ①住民が届け出る。⏎②窓口が記録する。 @2\n" FILE1, NULL },
  { "remarks-in-a-cell-of-their-own",
    DRAWING "|住民|\n|（備考）|\n|①住民が届け出る。|\n" PART2,
    MARKED4 "task/diagram = 住民 @2\ntask/diagram-remarks = ①住民が届け出る。 @2\n" FILE1, NULL },
  { "remarks-beside-their-label",
    DRAWING "|住民⏎（備考）①住民が届け出る。|\n" PART2,
    MARKED4 "task/diagram = 住民 @2\ntask/diagram-remarks = ①住民が届け出る。 @2\n" FILE1, NULL },
  { "no-drawing",
    DRAWING "||\n|（備考）⏎なし|\n" PART2,
    MARKED4 "task/diagram-remarks = なし @2\n" FILE1, NULL },
  { "nothing",
    DRAWING "||\n|（備考）|\n" PART2,
    MARKED4 FILE1, NULL },
  { "two-pages",
    DRAWING "|住民|\n|（備考）⏎一|\n---\n= （別添１）事務の内容\n|県|\n|（備考）⏎二|\n" PART2,
    MARKED4 "task/diagram = 住民⏎県 @2,3\ntask/diagram-remarks = 一⏎二 @2,3\nfile[1]/name = 住民票ファイル @4\n", NULL },
  { "page-after-the-remarks", /* whose it is cannot be told */
    DRAWING "|住民|\n|（備考）|\n|一|\n---\n@ 300\n|県|\n" PART2,
    MARKED4 "task/diagram = 住民 @2\ntask/diagram-remarks ? 一⏎県 @2,3\nfile[1]/name = 住民票ファイル @4\n", NULL },
};

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  grammar_add_cases ("/form", forms, G_N_ELEMENTS (forms));
  grammar_add_cases ("/form-2", form2, G_N_ELEMENTS (form2));
  grammar_add_cases ("/form-4", form4, G_N_ELEMENTS (form4));
  grammar_add_cases ("/drawing", drawings, G_N_ELEMENTS (drawings));
  return g_test_run ();
}
