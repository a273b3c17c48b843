/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What models make of scans, a few rows at a time: what is read from it, and that
 * nothing of it is lost. A case says what its values are:
 *
 *   PATH = TEXT    certain; ~ inferred, ? uncertain
 *   ! CODE         a diagnostic
 *   - TEXT         unplaced
 *
 * The cover, what is said of the form, and of rows that all cases lack, is left out.
 */
#include <hyokasho.h>

#include <locale.h>
#include <string.h>

#define HEAD "# 特定個人情報保護評価書(重点項目評価書)\n\n"
#define TASK HEAD "# I 基本情報\n\n## 1. 特定個人情報ファイルを取り扱う事務\n\n"
#define SYSTEM TASK "## 2. 特定個人情報ファイルを取り扱う事務において使用するシステム\n\n### システム1\n\n①システムの名称\t台帳\n"
#define FILES HEAD "# II 特定個人情報ファイルの概要\n\n## 1. 特定個人情報ファイル名\n\n台帳ファイル\n\n"
#define CONNECTIONS(marks) "③他のシステムとの接続\t" marks "\n"
#define CHANGES HEAD "## (別添2) 変更箇所\n\n|変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n|--|--|--|--|--|--|\n"
#define BOX "<input type=\"checkbox\"/>"
#define CHECKED "<input type=\"checkbox\" checked/>"

typedef struct {
  const char *name;
  const char *text;
  const char *expected;
} Case;

/* The marks of ③他のシステムとの接続, each with = ~ or ? before it. */
#define MARKS(network, intranet, juki, registry, addressee, tax, other) \
  "system[1]/name = 台帳\nsystem[1]/connections/info-network " network "\nsystem[1]/connections/intranet " intranet "\nsystem[1]/connections/juki-net " juki \
  "\nsystem[1]/connections/resident-registry " registry "\nsystem[1]/connections/addressee " addressee "\nsystem[1]/connections/tax " tax "\nsystem[1]/connections/other " other "\n"

static const Case cases[] = {
  /* labels and values */
  { "rows-of-tabs", TASK "①事務の名称\t住民票の事務\n②事務の内容\t<p>届出を受ける。</p> <p>写しを交付する。</p>\n",
    "task/name = 住民票の事務\ntask/description = 届出を受ける。\n写しを交付する。\n" },
  { "headings-are-labels", TASK "### ①事務の名称\n\n住民票の事務\n\n**②事務の内容**\n\n届出を受ける。\n写しを交付する。\n",
    "task/name ~ 住民票の事務\ntask/description ~ 届出を受ける。\n写しを交付する。\n" },
  { "label-and-value-in-one-cell", TASK "| ①事務の名称<br>住民票の事務 |\n|---|\n| ②事務の内容: 届出を受ける。 |\n",
    "task/name ~ 住民票の事務\ntask/description = 届出を受ける。\n" },
  { "blank-first-column", FILES "## 4. 特定個人情報ファイルの取扱いの委託\n\n委託事項1\t\t台帳の保守\n再委託\t④再委託の有無 ※\t[ 再委託する ] <選択肢> 1) 再委託する 2) 再委託しない\n\t⑤再委託の許諾方法\t書面による。\n",
    "file[1]/name = 台帳ファイル\nfile[1]/consignment[1]/title = 台帳の保守\nfile[1]/consignment[1]/subcontract = 再委託する\nfile[1]/consignment[1]/subcontract-approval = 書面による。\n! rows-missing\n" },
  { "row-goes-on-in-next-table", TASK "②事務の内容\t届出を受ける。\n\n\t写しを交付する。\n", "task/description ~ 届出を受ける。\n写しを交付する。\n" },
  { "paragraph-goes-on", TASK "②事務の内容\t届出を受ける。\n\n写しを交付する。\n\n③対象人数\t[ 1,000人未満 ]\n", "task/description ~ 届出を受ける。\n写しを交付する。\ntask/scale = 1,000人未満\n" },
  { "titles-within-values", FILES "## 6. 特定個人情報の保管・消去\n\n保管場所 ※\n\n### <朝凪市における措置>\n\n施錠する。\n\n## 7. 備考\n",
    "file[1]/name = 台帳ファイル\nfile[1]/storage/place ~ <朝凪市における措置>\n施錠する。\n! rows-missing\n" },
  { "columns-over-values", HEAD "評価書番号\t評価書名\n7\t住民票の事務\n\n# I 基本情報\n", "" },
  { "sign-and-colon-behind-label", TASK "①事務の名称 *：住民票の事務\n\n②事務の内容 ※　届出\n" ,
    "task/name = 住民票の事務\ntask/description = 届出\n" },
  { "sign-and-line-behind-label", TASK "①事務の名称 ※：住民票の事務\n\n②事務の内容 ※<br>届出\n" ,
    "task/name = 住民票の事務\ntask/description ~ 届出\n" },
  { "sign-behind-bold-label", TASK "**①事務の名称 ※**：住民票の事務\n\n| ②事務の内容 * | 届出 |\n|--|--|\n|③対象人数＊|[ 1,000人未満 ]|\n" ,
    "task/name = 住民票の事務\ntask/description = 届出\ntask/scale = 1,000人未満\n" },
  { "signs-behind-a-block", FILES "## 5. 特定個人情報の提供・移転(委託に伴うものを除く。)\n\n| 提供先1： |  |\n|--|--|\n| ①法令上の根拠 | 番号法 |\n\n提供先2：税務署\n" ,
    "file[1]/name = 台帳ファイル\nfile[1]/provision[1]/legal-basis = 番号法\nfile[1]/provision[2]/recipient = 税務署\n! rows-missing\n" },
  { "sign-that-heads-words", TASK "①事務の名称 ※別紙のとおり\n" ,
    "task/name = ※別紙のとおり\n" },
  { "misread-label", TASK "①事務の名称\t住民票の事務\n②事務の内谷\t届出を受ける。\n", "task/name = 住民票の事務\ntask/description ~ 届出を受ける。\n" },
  { "numbers-misread", TASK "(1)事務の名称\t住民票の事務\n❷事務の内容\t届出\n○対象人数\t[ 1,000人未満 ]\n",
    "task/name ~ 住民票の事務\ntask/description ~ 届出\ntask/scale ~ 1,000人未満\n" },
  { "label-that-is-none", TASK "①事務の名称\t住民票の事務\n②事務の内容\t届出を受ける。\n\n部署\n\n③対象人数\t[ 1,000人未満 ]\n",
    "task/name = 住民票の事務\ntask/description ~ 届出を受ける。\n部署\ntask/scale = 1,000人未満\n" },
  { "unknown-row", TASK "①事務の名称\t住民票の事務\n⑨新しい項目\t何か\n", "task/name ? 住民票の事務\n! text-unplaced\n- ⑨新しい項目\n何か\n" },
  { "unknown-heading", TASK "②事務の内容\n\n届出を受ける。\n\n### <朝凪市>\n\n写しを交付する。\n\n## 9. 新しい見出し\n\n何か\n",
    "task/description ? 届出を受ける。\n<朝凪市>\n写しを交付する。\n! label-unknown\n! text-unplaced\n- 9. 新しい見出し\n- 何か\n" },
  { "two-cells-beside", TASK "②事務の内容\t届出\t写し\n", "task/description ? 届出\n写し\n" },
  { "cells-that-span-are-repeated",
    FILES "| ４．特定個人情報ファイルの取扱いの委託 | ４．特定個人情報ファイルの取扱いの委託 | ４．特定個人情報ファイルの取扱いの委託 |\n|--|--|--|\n| 委託事項1 | 委託事項1 | 台帳の保守 |\n"
    "| ①委託内容 | ①委託内容 | 機器の保守 |\n| ②委託先における取扱者数 | ②委託先における取扱者数 | [ 10人未満 ] |\n| ③委託先名 | ③委託先名 | 北の会社 |\n"
    "| 再委託 | ④再委託の有無 | [ 再委託する ] |\n| 再委託 | ⑤再委託の許諾方法 | 書面 |\n| 再委託 | ⑥再委託事項 | 書面 |\n",
    "file[1]/name = 台帳ファイル\nfile[1]/consignment[1]/title = 台帳の保守\nfile[1]/consignment[1]/content = 機器の保守\nfile[1]/consignment[1]/handlers = 10人未満\n"
    "file[1]/consignment[1]/contractor = 北の会社\nfile[1]/consignment[1]/subcontract = 再委託する\nfile[1]/consignment[1]/subcontract-approval = 書面\n"
    "file[1]/consignment[1]/subcontract-content = 書面\n! rows-missing\n" },
  { "page-numbers", TASK "- 1 -\n\n①事務の名称\t住民票の事務\n\n- 2 -\n\n②事務の内容\t届出\n\n- 3 -\n", "task/name = 住民票の事務\ntask/description = 届出\n" },
  { "numbers-among-labels", TASK "{1}------------\n\n①事務の名称\t住民票の事務\n\n{2}------------\n\n②事務の内容\t届出\n\n{3}------------\n\n③対象人数\t[ 1,000人未満 ]\n",
    "task/name = 住民票の事務\ntask/description = 届出\ntask/scale = 1,000人未満\n" },
  { "numbers-of-pages-said-so", TASK "①事務の名称\t住民票の事務\n②事務の内容\t届出\n\n=== 第4頁 ===\n\n写し\n\n=== 第5頁 ===\n\n交付\n\n=== 第7頁 ===\n", "task/name = 住民票の事務\ntask/description ~ 届出\n写し\n交付\n" },
  { "numbers-of-a-list", TASK "①事務の名称\t住民票の事務\n②事務の内容\t届出\n\n（1）\n\n写し\n\n（2）\n\n交付\n\n（3）\n", "task/name = 住民票の事務\ntask/description ~ 届出\n（1）\n写し\n（2）\n交付\n（3）\n" },
  { "markup-between-pages", TASK "\\newpage\n\n①事務の名称\t住民票の事務\n\n\\newpage\n\n②事務の内容\t届出\n\n\\newpage\n", "task/name = 住民票の事務\ntask/description = 届出\n" },
  { "title-again", TASK "①事務の名称\t住民票の事務\n\n---\n\n特定個人情報保護評価書（重点項目評価書）\n\n②事務の内容\t届出\n\n" HEAD, "task/name = 住民票の事務\ntask/description = 届出\n" },
  { "header-of-pages", TASK "---\n\n朝凪市 評価書\n\n①事務の名称\t住民票の事務\n\n---\n\n朝凪市 評価書\n\n②事務の内容\t届出\n\n---\n\n朝凪市 評価書\n", "task/name = 住民票の事務\ntask/description = 届出\n" },
  { "lost-pages", HEAD "# Ⅲ リスク対策 ※(7. ②を除く。)\n\n1. 特定個人情報ファイル名\t\n台帳ファイル\t\n2. 特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）\t\n"
    "リスク： 目的外の入手が行われるリスク\t\nリスクに対する措置の内容\t本人を確認する。\n\nリスクへの対策は十分か\n\n[ 十分である ]\n\n"
    "情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置\n\n暗号化する。\n",
    "file[1]/name = 台帳ファイル\nfile[1]/risk/name = 台帳ファイル\nfile[1]/risk/acquisition/purpose/measures = 本人を確認する。\n"
    "file[1]/risk/acquisition/purpose/sufficiency ~ 十分である\nfile[1]/risk/link/other ~ 暗号化する。\n! rows-missing\n" },
  { "lost-heading", HEAD "# Ⅲ リスク対策 ※(7. ②を除く。)\n\n1. 特定個人情報ファイル名\t\n台帳ファイル\t\n3. 特定個人情報の使用\t\n"
    "リスク2： 権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク\t\nリスクへの対策は十分か\t[ 十分である ]\n\nリスクへの対策は十分か\n\n[ 課題が残されている ]\n\n"
    "情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置\n\n暗号化する。\n",
    "file[1]/name = 台帳ファイル\nfile[1]/risk/name = 台帳ファイル\nfile[1]/risk/use/unauthorized/sufficiency = 十分である\n"
    "file[1]/risk/link/improper-provision/sufficiency ~ 課題が残されている\nfile[1]/risk/link/other ~ 暗号化する。\n! rows-missing\n! rows-missing\n! rows-missing\n! rows-missing\n" },
  { "torn", TASK "<table><tr><td>①事務の名称</td><td>住民票の事務</td></tr><tr><td>②事務の内容</td><td>届出を受", "task/name = 住民票の事務\ntask/description ? 届出を受\n! markup-damaged\n" },
  /* choices */
  { "choice-with-noise", FILES "## 2. 基本情報\n\n②対象となる本人の数\t[ " BOX " 1万人未満 ] <選択肢> 1) 1万人未満 2) 1万人以上10万人未満\n",
    "file[1]/name = 台帳ファイル\nfile[1]/subjects/count = 1万人未満\n" },
  { "choice-without-brackets", FILES "## 2. 基本情報\n\n②対象となる本人の数\t" BOX " 1万人未満 " BOX " <small>&lt;選択肢&gt;</small> <small>1) 1万人未満</small> 2) 1万人以上10万人未満\n",
    "file[1]/name = 台帳ファイル\nfile[1]/subjects/count ~ 1万人未満\n" },
  { "choice-before-empty-brackets", FILES "## 4. 特定個人情報ファイルの取扱いの委託\n\n委託の有無 ※\t" BOX " 委託する [ ] <選択肢> 1) 委託する 2) 委託しない\n",
    "file[1]/name = 台帳ファイル\nfile[1]/consigning/status ~ 委託する\n! rows-missing\n" },
  { "count-outside-of-its-parentheses", FILES "## 4. 特定個人情報ファイルの取扱いの委託\n\n委託の有無 ※\t" BOX " 委託する [ ] <選択肢> ( ) 1) 委託する 2) 委託しない ( ) 1) 件\n",
    "file[1]/name = 台帳ファイル\nfile[1]/consigning/status ~ 委託する\nfile[1]/consigning/count ? 1\n! rows-missing\n" },
  { "choice-in-two-cells", FILES "## 2. 基本情報\n\n②対象となる本人の数\t[ 1万人未満 ]\t<選択肢> 1) 1万人未満 2) 1万人以上10万人未満\n",
    "file[1]/name = 台帳ファイル\nfile[1]/subjects/count = 1万人未満\n" },
  /* marks */
  { "marks-kept", SYSTEM CONNECTIONS ("[ ○ ] 情報提供ネットワークシステム [ ] 庁内連携システム [ ] 住民基本台帳ネットワークシステム [ ] 既存住民基本台帳システム [ ] 宛名システム等 [ ] 税務システム [ ] その他 ( )"),
    MARKS ("= 1", "= 0", "= 0", "= 0", "= 0", "= 0", "= 0") "! rows-missing\n" },
  { "marks-in-parentheses", SYSTEM CONNECTIONS ("(○) 情報提供ネットワークシステム ( ) 庁内連携システム ( ) 住民基本台帳ネットワークシステム ( ) 既存住民基本台帳システム ( ) 宛名システム等 ( ) 税務システム (○) その他 ( 証明 )"),
    MARKS ("= 1", "= 0", "= 0", "= 0", "= 0", "= 0", "= 1") "system[1]/connections/other/text = 証明\n! rows-missing\n" },
  { "marks-without-boxes", FILES "## 3. 特定個人情報の入手・使用\n\n①入手元 ※\t✓ 本人又は本人の代理人<br>□ 評価実施機関内の他部署 ( )<br>✓ 行政機関・独立行政法人等 ( 総務省 )<br>□ 民間事業者 ( )\n",
    "file[1]/name = 台帳ファイル\nfile[1]/acquisition/source/self ~ 1\nfile[1]/acquisition/source/same-agency ~ 0\nfile[1]/acquisition/source/national ~ 1\nfile[1]/acquisition/source/national/text = 総務省\n"
    "file[1]/acquisition/source/private ~ 0\n! rows-missing\n" },
  { "letters-without-boxes", FILES "## 3. 特定個人情報の入手・使用\n\n①入手元 ※\tレ 本人又は本人の代理人<br>□ 評価実施機関内の他部署 ( )<br>レ 行政機関・独立行政法人等 ( 総務省 )<br>□ 民間事業者 ( )\n",
    "file[1]/name = 台帳ファイル\nfile[1]/acquisition/source/same-agency ? ?\nfile[1]/acquisition/source/same-agency/text ? レ 本人又は本人の代理人\nレ 行政機関・独立行政法人等 ( 総務省 )\n"
    "file[1]/acquisition/source/private ? ?\n! rows-missing\n! mark-lost\n! mark-lost\n" },
  { "boxes-and-nothing", SYSTEM CONNECTIONS ("[ " BOX " ] 情報提供ネットワークシステム [ ] 庁内連携システム [ ] 住民基本台帳ネットワークシステム [ ] 既存住民基本台帳システム [ ] 宛名システム等 [ ] 税務システム [ ] その他 ( )"),
    MARKS ("= 1", "= 0", "= 0", "= 0", "= 0", "= 0", "= 0") "! rows-missing\n" },
  { "boxes-checked", SYSTEM CONNECTIONS (CHECKED " 情報提供ネットワークシステム " BOX " 庁内連携システム " BOX " 住民基本台帳ネットワークシステム [ ] 既存住民基本台帳システム [ ] 宛名システム等 " BOX " 税務システム " BOX " その他 ( )"),
    MARKS ("= 1", "= 0", "= 0", "= 0", "= 0", "= 0", "= 0") "! rows-missing\n" },
  { "boxes-alike", SYSTEM CONNECTIONS (BOX " 情報提供ネットワークシステム " BOX " 庁内連携システム " BOX " 住民基本台帳ネットワークシステム " BOX " 既存住民基本台帳システム " BOX " 宛名システム等 " BOX " 税務システム " BOX " [ ] その他 ( 証明 )"),
    MARKS ("? ?", "? ?", "? ?", "? ?", "? ?", "? ?", "~ 1") "system[1]/connections/other/text = 証明\n! rows-missing\n! mark-lost\n! mark-lost\n! mark-lost\n! mark-lost\n! mark-lost\n! mark-lost\n" },
  { "boxes-of-three-kinds", SYSTEM CONNECTIONS ("[ " CHECKED " ] 情報提供ネットワークシステム [ " BOX " ] 庁内連携システム [ ] 住民基本台帳ネットワークシステム [ ] 既存住民基本台帳システム [ ] 宛名システム等 [ ] 税務システム [ " BOX " ] その他 ( 証明 )"),
    MARKS ("= 1", "? ?", "= 0", "= 0", "= 0", "= 0", "~ 1") "system[1]/connections/other/text = 証明\n! rows-missing\n! mark-lost\n" },
  { "lists-of-tasks", SYSTEM "\n**③他のシステムとの接続**\n\n- [x] 情報提供ネットワークシステム\n- [ ] 庁内連携システム\n- [ ] 住民基本台帳ネットワークシステム\n- [ ] 既存住民基本台帳システム\n- [ ] 宛名システム等\n- [ ] 税務システム\n- [X] その他 ( 証明 )\n",
    MARKS ("~ 1", "~ 0", "~ 0", "~ 0", "~ 0", "~ 0", "~ 1") "system[1]/connections/other/text ~ 証明\n! rows-missing\n" },
  { "list-without-a-mark", SYSTEM "\n**③他のシステムとの接続**\n\n- ☑ 情報提供ネットワークシステム\n- ☐ 庁内連携システム\n\n### システム2\n\n**③他のシステムとの接続**\n\n- ☐ 情報提供ネットワークシステム\n- ☑ 庁内連携システム\n\n"
    "### システム3\n\n**③他のシステムとの接続**\n\n- ☑ 情報提供ネットワークシステム\n- ☐ 庁内連携システム\n\n### システム4\n\n①システムの名称\t窓口\n\n**③他のシステムとの接続**\n\n- ☐ 情報提供ネットワークシステム\n- ☐ 庁内連携システム\n",
    "system[1]/name = 台帳\nsystem[1]/connections/info-network ~ 1\nsystem[1]/connections/intranet ~ 0\nsystem[2]/connections/info-network ~ 0\nsystem[2]/connections/intranet ~ 1\n"
    "system[3]/connections/info-network ~ 1\nsystem[3]/connections/intranet ~ 0\nsystem[4]/name = 窓口\nsystem[4]/connections/info-network ? 0\nsystem[4]/connections/intranet ? 0\n! rows-missing\n" },
  { "marks-told-by-reasons", FILES "## 2. 基本情報\n\n主な記録項目 ※\t[ " BOX " ] 個人番号 [ " BOX " ] 4情報(氏名、性別、生年月日、住所) [ " BOX " ] 災害関係情報\nその妥当性\t・個人番号、4情報 本人を確認するため。\n",
    "file[1]/name = 台帳ファイル\nfile[1]/items/main/my-number ~ 1\nfile[1]/items/main/basic-four ~ 1\nfile[1]/items/main/disaster ~ 0\n"
    "file[1]/items/adequacy = ・個人番号、4情報 本人を確認するため。\n! rows-missing\n! mark-lost\n! mark-lost\n! mark-lost\n! mark-settled\n" },
  { "marks-told-by-a-change", FILES "## 5. 特定個人情報の提供・移転(委託に伴うものを除く。)\n\n移転先1\t福祉部 こども福祉課\n⑥移転方法\t" BOX " 庁内連携システム " BOX " 専用線 " BOX " 紙\n⑦時期・頻度\t随時\n\n"
    "(別添2)変更箇所\n\n変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明\n"
    "令和7年1月6日\tⅡ\t(記載なし)\t移転先1 保健部 こども福祉課 ⑥移転方法 [○]専用線 ⑦時期・頻度 随時\t事後\t軽微\n",
    "file[1]/name = 台帳ファイル\nfile[1]/transfer[1]/recipient = 福祉部 こども福祉課\nfile[1]/transfer[1]/means/intranet ~ 0\nfile[1]/transfer[1]/means/leased-line ~ 1\n"
    "file[1]/transfer[1]/means/paper ~ 0\nfile[1]/transfer[1]/timing ? 随時\nchange[1]/date = 令和7年1月6日\nchange[1]/item = Ⅱ\nchange[1]/before = (記載なし)\n"
    "change[1]/after = 移転先1 保健部 こども福祉課 ⑥移転方法 [○]専用線 ⑦時期・頻度 随時\nchange[1]/timing = 事後\nchange[1]/reason = 軽微\n"
    "! rows-missing\n! rows-missing\n! mark-lost\n! mark-lost\n! mark-lost\n! mark-settled\n" },
  { "box-of-a-heading", HEAD "# Ⅲ リスク対策 ※(7. ②を除く。)\n\n1. 特定個人情報ファイル名\t\n台帳ファイル\t\n<b>4. 特定個人情報ファイルの取扱いの委託</b> <span>[    ] 委託しない</span>\t\n",
    "file[1]/name = 台帳ファイル\nfile[1]/risk/name = 台帳ファイル\nfile[1]/risk/consignment/none = 0\n! rows-missing\n" },
  /* the table of changes */
  { "changes", CHANGES "|令和7年1月6日|Ⅰ．５|前|後|事後|軽微|\n|令和7年2月3日|Ⅰ．６|－|後<br>あと|事前|軽微|\n",
    "change[1]/date = 令和7年1月6日\nchange[1]/item = Ⅰ．５\nchange[1]/before = 前\nchange[1]/after = 後\nchange[1]/timing = 事後\nchange[1]/reason = 軽微\n"
    "change[2]/date = 令和7年2月3日\nchange[2]/item = Ⅰ．６\nchange[2]/before = －\nchange[2]/after = 後\nあと\nchange[2]/timing = 事前\nchange[2]/reason = 軽微\n" },
  { "change-goes-on", CHANGES "|令和7年1月6日|Ⅰ．５|前|後|事後|軽微|\n\n||||また後|||\n",
    "change[1]/date ~ 令和7年1月6日\nchange[1]/item ~ Ⅰ．５\nchange[1]/before ~ 前\nchange[1]/after ~ 後\nまた後\nchange[1]/timing ~ 事後\nchange[1]/reason ~ 軽微\n" },
  { "change-goes-on-behind-headings", CHANGES "|令和7年1月6日|Ⅰ．５|前|後|事後|軽微|\n\n|変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n|--|--|--|--|--|--|\n||||また後|||\n|令和7年2月3日|Ⅰ．６|上|下|事後|軽微|\n",
    "change[1]/date ~ 令和7年1月6日\nchange[1]/item ~ Ⅰ．５\nchange[1]/before ~ 前\nchange[1]/after ~ 後\nまた後\nchange[1]/timing ~ 事後\nchange[1]/reason ~ 軽微\n"
    "change[2]/date = 令和7年2月3日\nchange[2]/item = Ⅰ．６\nchange[2]/before = 上\nchange[2]/after = 下\nchange[2]/timing = 事後\nchange[2]/reason = 軽微\n" },
  { "change-again-behind-headings", CHANGES "|令和7年1月6日|Ⅰ．５|前|後|事後|軽微|\n\n|変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n|--|--|--|--|--|--|\n|令和7年1月6日|Ⅰ．５||また後|||\n",
    "change[1]/date ? 令和7年1月6日\nchange[1]/item ? Ⅰ．５\nchange[1]/before ? 前\nchange[1]/after ? 後\nchange[1]/timing ? 事後\nchange[1]/reason ? 軽微\n"
    "change[2]/date ? 令和7年1月6日\nchange[2]/item ? Ⅰ．５\nchange[2]/after ? また後\n" },
  { "changes-share-a-date", HEAD "## (別添2) 変更箇所\n\n<table><tr><td>変更日</td><td>項目</td><td>変更前の記載</td><td>変更後の記載</td><td>提出時期</td><td>提出時期に係る説明</td></tr>"
    "<tr><td rowspan=2>令和7年1月6日</td><td>Ⅰ．５</td><td>前</td><td>後</td><td>事後</td><td>軽微</td></tr><tr><td>Ⅰ．６</td><td>上</td><td>下</td><td>事後</td><td>軽微</td></tr></table>\n",
    "change[1]/date = 令和7年1月6日\nchange[1]/item = Ⅰ．５\nchange[1]/before = 前\nchange[1]/after = 後\nchange[1]/timing = 事後\nchange[1]/reason = 軽微\n"
    "change[2]/date = 令和7年1月6日\nchange[2]/item = Ⅰ．６\nchange[2]/before = 上\nchange[2]/after = 下\nchange[2]/timing = 事後\nchange[2]/reason = 軽微\n" },
  { "changes-share-a-timing", HEAD "## (別添2) 変更箇所\n\n<table><tr><td>変更日</td><td>項目</td><td>変更前の記載</td><td>変更後の記載</td><td>提出時期</td><td>提出時期に係る説明</td></tr>"
    "<tr><td>令和7年1月6日</td><td>Ⅰ．５</td><td>前</td><td>後</td><td rowspan=2>事後</td><td rowspan=2>軽微</td></tr><tr><td>令和7年2月3日</td><td>Ⅰ．６</td><td>上</td><td>下</td></tr></table>\n",
    "change[1]/date = 令和7年1月6日\nchange[1]/item = Ⅰ．５\nchange[1]/before = 前\nchange[1]/after = 後\nchange[1]/timing = 事後\nchange[1]/reason = 軽微\n"
    "change[2]/date = 令和7年2月3日\nchange[2]/item = Ⅰ．６\nchange[2]/before = 上\nchange[2]/after = 下\nchange[2]/timing = 事後\nchange[2]/reason = 軽微\n" },
  { "changes-under-a-date", CHANGES "|令和7年1月6日|Ⅰ．５|前|後|事後|軽微|\n||Ⅰ．６|上|下|事後|軽微|\n",
    "change[1]/date = 令和7年1月6日\nchange[1]/item = Ⅰ．５\nchange[1]/before = 前\nchange[1]/after = 後\nchange[1]/timing = 事後\nchange[1]/reason = 軽微\n"
    "change[2]/date = 令和7年1月6日\nchange[2]/item = Ⅰ．６\nchange[2]/before = 上\nchange[2]/after = 下\nchange[2]/timing = 事後\nchange[2]/reason = 軽微\n" },
  { "change-in-two-halves", CHANGES "|令和7年1月6日|Ⅰ．５|前|後|事後|軽微|\n||Ⅰ．６|上|下|||\n\n|令和7年2月3日|||また下|事前|重要|\n|--|--|--|--|--|--|\n",
    "change[1]/date = 令和7年1月6日\nchange[1]/item = Ⅰ．５\nchange[1]/before = 前\nchange[1]/after = 後\nchange[1]/timing = 事後\nchange[1]/reason = 軽微\n"
    "change[2]/date ~ 令和7年2月3日\nchange[2]/item ~ Ⅰ．６\nchange[2]/before ~ 上\nchange[2]/after ~ 下\nまた下\nchange[2]/timing ~ 事前\nchange[2]/reason ~ 重要\n" },
  { "changes-say-labels", CHANGES "|令和7年1月6日|①事務の名称|Ⅱ 特定個人情報ファイルの概要|[ ○ ] 紙|事後|公表日|\n",
    "change[1]/date = 令和7年1月6日\nchange[1]/item = ①事務の名称\nchange[1]/before = Ⅱ 特定個人情報ファイルの概要\nchange[1]/after = [ ○ ] 紙\nchange[1]/timing = 事後\nchange[1]/reason = 公表日\n" },
  { "changes-and-another-table", CHANGES "|令和7年1月6日|Ⅰ．５|前|後|事後|軽微|\n\n別紙1\n\n|番号|照会者|\n|--|--|\n|1|市長|\n",
    "change[1]/date = 令和7年1月6日\nchange[1]/item = Ⅰ．５\nchange[1]/before = 前\nchange[1]/after = 後\nchange[1]/timing = 事後\nchange[1]/reason = 軽微\n"
    "- 別紙1\n- 番号\n照会者\n- 1\n市長\n" },
};

static char *
dump (const HkDocument *document)
{
  GString            *out = g_string_new (NULL);
  guint               n_diagnostics, n_unplaced;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n_diagnostics);
  const HkUnplaced   *unplaced    = hk_document_unplaced (document, &n_unplaced);

  for (HkNode *node = hk_document_root (document); node != NULL; node = hk_node_walk (node)) {
    const HkValue   *value = hk_node_value (node);
    g_autofree char *path  = hk_node_path (node);
    if (value != NULL && !g_str_has_prefix (path, "cover/"))
      g_string_append_printf (out, "%s %c %s\n", path, "=~?"[hk_value_status (value)], hk_value_text (value));
  }
  for (guint i = 0; i < n_diagnostics; i++)
    if (strcmp (diagnostics[i].code, "form-inferred") != 0 && strstr (diagnostics[i].message, "from 評価書番号") == NULL && strstr (diagnostics[i].message, "from 評価書名") == NULL &&
        strstr (diagnostics[i].message, "from 個人の") == NULL)
      g_string_append_printf (out, "! %s\n", diagnostics[i].code);
  for (guint i = 0; i < n_unplaced; i++)
    g_string_append_printf (out, "- %s\n", unplaced[i].text);
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError)     error    = NULL;
  g_autoptr (GBytes)     bytes    = g_bytes_new (one->text, strlen (one->text));
  g_autoptr (HkDocument) document = hk_read_bytes (bytes, "text", &error);

  g_assert_no_error (error);
  if (document == NULL)
    return;
  HkCounts         counts = hk_document_counts (document);
  g_autofree char *read   = dump (document);
  if (strcmp (read, one->expected) != 0) {
    g_test_message ("read:\n%s", read);
    g_test_fail ();
  }
  g_assert_cmpuint (counts.values + counts.form + counts.running + counts.unplaced, ==, counts.source);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("/scan/%s", cases[i].name);
    g_test_add_data_func (name, &cases[i], test_case);
  }
  return g_test_run ();
}
