/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a page's end, missing rules or a table's columns decide what belongs together. */
#include "test-grammar.h"

#include <locale.h>

#define MARK "> ［令和６年10月　様式３］\n"
#define MARKED "cover/form = 様式３\ncover/revision = 令和６年10月 (2024-10)\n"

/* --- The table of changes ---------------------------------------------------------- */

#define CHANGES MARK "= （別添２）変更箇所\n" COLUMNS HEADINGS
#define COLUMNS "# 75 80 105 105 60 90\n"
#define HEADINGS "|変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n"
#define ROW1 "|令和７年４月１日|Ⅰ．６．①|総務課|住民課|事後|軽微|\n"
#define CHANGE1 \
  "change[1]/date = 令和７年４月１日 (2025-04-01)\nchange[1]/item = Ⅰ．６．①\nchange[1]/before = 総務課\nchange[1]/after = 住民課\n" \
  "change[1]/timing = 事後\nchange[1]/reason = 軽微\n"

static const GrammarCase records[] = {
  { "one-row", CHANGES ROW1, MARKED CHANGE1, NULL },
  { "blank-cells",
    CHANGES "|令和７年４月１日|Ⅰ．６．①||住民課|||\n|令和７年４月２日|Ⅰ．６．②|課長|||軽微|\n",
    MARKED
    "change[1]/date = 令和７年４月１日 (2025-04-01)\nchange[1]/item = Ⅰ．６．①\nchange[1]/after = 住民課\n"
    "change[2]/date = 令和７年４月２日 (2025-04-02)\nchange[2]/item = Ⅰ．６．②\nchange[2]/before = 課長\nchange[2]/reason = 軽微\n", NULL },
  { "blank-row", /* printed for the next change: none yet */
    CHANGES ROW1 "|||||||\n|令和８年４月１日|Ⅱ|甲|乙|事前|重要|\n",
    MARKED CHANGE1
    "change[2]/date = 令和８年４月１日 (2026-04-01)\nchange[2]/item = Ⅱ\nchange[2]/before = 甲\nchange[2]/after = 乙\n"
    "change[2]/timing = 事前\nchange[2]/reason = 重要\n", NULL },
  { "date-over-three-rows",
    CHANGES "|令和７年４月１日|Ⅰ．６．①|甲|乙|事後|一|\n|^|Ⅰ．６．②|丙|丁|事後|二|\n|^|Ⅱ．３．③|戊|己|事前|三|\n",
    MARKED
    "change[1]/date = 令和７年４月１日 (2025-04-01)\nchange[1]/item = Ⅰ．６．①\nchange[1]/before = 甲\nchange[1]/after = 乙\nchange[1]/timing = 事後\nchange[1]/reason = 一\n"
    "change[2]/date = 令和７年４月１日 (2025-04-01)\nchange[2]/item = Ⅰ．６．②\nchange[2]/before = 丙\nchange[2]/after = 丁\nchange[2]/timing = 事後\nchange[2]/reason = 二\n"
    "change[3]/date = 令和７年４月１日 (2025-04-01)\nchange[3]/item = Ⅱ．３．③\nchange[3]/before = 戊\nchange[3]/after = 己\nchange[3]/timing = 事前\nchange[3]/reason = 三\n", NULL },
  { "timing-over-two-rows",
    CHANGES "|令和７年４月１日|Ⅰ．６．①|甲|乙|事後|一|\n|令和７年５月１日|Ⅰ．６．②|丙|丁|^|二|\n",
    MARKED
    "change[1]/date = 令和７年４月１日 (2025-04-01)\nchange[1]/item = Ⅰ．６．①\nchange[1]/before = 甲\nchange[1]/after = 乙\nchange[1]/timing = 事後\nchange[1]/reason = 一\n"
    "change[2]/date = 令和７年５月１日 (2025-05-01)\nchange[2]/item = Ⅰ．６．②\nchange[2]/before = 丙\nchange[2]/after = 丁\nchange[2]/timing = 事後\nchange[2]/reason = 二\n", NULL },
  { "blank-date-over-two-rows", /* a cell that is blank is blank for both */
    CHANGES ROW1 "||Ⅰ．６．②|丙|丁|事後|二|\n|^|Ⅱ|戊|己|事後|三|\n",
    MARKED CHANGE1
    "change[2]/item = Ⅰ．６．②\nchange[2]/before = 丙\nchange[2]/after = 丁\nchange[2]/timing = 事後\nchange[2]/reason = 二\n"
    "change[3]/item = Ⅱ\nchange[3]/before = 戊\nchange[3]/after = 己\nchange[3]/timing = 事後\nchange[3]/reason = 三\n", NULL },
  { "headings-again", /* on the next page */
    CHANGES ROW1 "---\n" HEADINGS "|令和８年４月１日|Ⅱ|甲|乙|事前|重要|\n",
    MARKED CHANGE1
    "change[2]/date = 令和８年４月１日 (2026-04-01) @2\nchange[2]/item = Ⅱ @2\nchange[2]/before = 甲 @2\nchange[2]/after = 乙 @2\n"
    "change[2]/timing = 事前 @2\nchange[2]/reason = 重要 @2\n", NULL },
  { "headings-not-again",
    CHANGES ROW1 "---\n|令和８年４月１日|Ⅱ|甲|乙|事前|重要|\n",
    MARKED CHANGE1
    "change[2]/date = 令和８年４月１日 (2026-04-01) @2\nchange[2]/item = Ⅱ @2\nchange[2]/before = 甲 @2\nchange[2]/after = 乙 @2\n"
    "change[2]/timing = 事前 @2\nchange[2]/reason = 重要 @2\n", NULL },
  { "part-heading-again",
    CHANGES ROW1 "---\n= （別添２）変更箇所\n" HEADINGS "|令和８年４月１日|Ⅱ|甲|乙|事前|重要|\n",
    MARKED CHANGE1
    "change[2]/date = 令和８年４月１日 (2026-04-01) @2\nchange[2]/item = Ⅱ @2\nchange[2]/before = 甲 @2\nchange[2]/after = 乙 @2\n"
    "change[2]/timing = 事前 @2\nchange[2]/reason = 重要 @2\n", NULL },
  { "texts-like-labels", /* the changed items are named as on the form */
    CHANGES "|令和７年４月１日|①部署|②所属長の役職名|６．評価実施機関における担当部署|変更日|項目|\n" ROW1,
    MARKED
    "change[1]/date = 令和７年４月１日 (2025-04-01)\nchange[1]/item = ①部署\nchange[1]/before = ②所属長の役職名\n"
    "change[1]/after = ６．評価実施機関における担当部署\nchange[1]/timing = 変更日\nchange[1]/reason = 項目\n"
    "change[2]/date = 令和７年４月１日 (2025-04-01)\nchange[2]/item = Ⅰ．６．①\nchange[2]/before = 総務課\nchange[2]/after = 住民課\n"
    "change[2]/timing = 事後\nchange[2]/reason = 軽微\n", NULL },
  { "text-like-a-part", /* even the heading of a part */
    CHANGES "|令和７年４月１日|Ⅱ　特定個人情報ファイルの概要|甲|乙|事後|一|\n" ROW1,
    MARKED
    "change[1]/date = 令和７年４月１日 (2025-04-01)\nchange[1]/item = Ⅱ　特定個人情報ファイルの概要\nchange[1]/before = 甲\nchange[1]/after = 乙\n"
    "change[1]/timing = 事後\nchange[1]/reason = 一\n"
    "change[2]/date = 令和７年４月１日 (2025-04-01)\nchange[2]/item = Ⅰ．６．①\nchange[2]/before = 総務課\nchange[2]/after = 住民課\n"
    "change[2]/timing = 事後\nchange[2]/reason = 軽微\n", NULL },
  { "part-under-a-date-that-spans", /* the row begins with its item then */
    CHANGES "|令和７年４月１日|Ⅰ|甲|乙|事後|一|\n|^|Ⅱ　特定個人情報ファイルの概要|丙|丁|事後|二|\n" ROW1,
    MARKED
    "change[1]/date = 令和７年４月１日 (2025-04-01)\nchange[1]/item = Ⅰ\nchange[1]/before = 甲\nchange[1]/after = 乙\nchange[1]/timing = 事後\nchange[1]/reason = 一\n"
    "change[2]/date = 令和７年４月１日 (2025-04-01)\nchange[2]/item = Ⅱ　特定個人情報ファイルの概要\nchange[2]/before = 丙\nchange[2]/after = 丁\n"
    "change[2]/timing = 事後\nchange[2]/reason = 二\n"
    "change[3]/date = 令和７年４月１日 (2025-04-01)\nchange[3]/item = Ⅰ．６．①\nchange[3]/before = 総務課\nchange[3]/after = 住民課\n"
    "change[3]/timing = 事後\nchange[3]/reason = 軽微\n", NULL },
  { "columns-in-another-order",
    MARK "= （別添２）変更箇所\n" COLUMNS "|項目|変更日|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n|Ⅰ．６．①|令和７年４月１日|総務課|住民課|事後|軽微|\n",
    MARKED CHANGE1, NULL },
  { "words-over-the-headings", /* a line between the part's heading and the table */
    MARK "= （別添２）変更箇所\n= 前回の公表からの変更\n" COLUMNS HEADINGS ROW1,
    MARKED CHANGE1 "! text-unplaced\n- 前回の公表からの変更\n", NULL },
  { "headings-on-the-next-page", /* below the part's heading stands a page number only */
    MARK "= Ⅰ　基本情報\n* 300 815 - 1 -\n---\n= （別添２）変更箇所\n* 300 815 - 2 -\n---\n" COLUMNS HEADINGS ROW1 "* 300 815 - 3 -\n",
    MARKED "change[1]/date = 令和７年４月１日 (2025-04-01) @3\nchange[1]/item = Ⅰ．６．① @3\nchange[1]/before = 総務課 @3\nchange[1]/after = 住民課 @3\n"
    "change[1]/timing = 事後 @3\nchange[1]/reason = 軽微 @3\n! running-text\nrunning 9\n", NULL },
  { "column-of-their-own-first", /* an agency counts its changes */
    MARK "= （別添２）変更箇所\n# 25 65 70 105 105 60 85\n|No.|変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n"
    "|1|令和７年４月１日|Ⅰ．６．①|総務課|住民課|事後|軽微|\n",
    MARKED CHANGE1 "! label-unknown\n- No.\n- 1\n", NULL },
  { "column-of-their-own",
    MARK "= （別添２）変更箇所\n# 65 70 25 105 105 60 85\n|変更日|項目|旧|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|\n"
    "|令和７年４月１日|Ⅰ．６．①|1|総務課|住民課|事後|軽微|\n",
    MARKED CHANGE1 "! label-unknown\n- 旧\n- 1\n", NULL },
  { "column-of-their-own-last",
    MARK "= （別添２）変更箇所\n# 65 70 105 105 60 85 25\n|変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明|備考|\n"
    "|令和７年４月１日|Ⅰ．６．①|総務課|住民課|事後|軽微|1|\n",
    MARKED CHANGE1 "! label-unknown\n- 備考\n- 1\n", NULL },
  { "none", CHANGES, MARKED, NULL },
  { "dashes",
    CHANGES "|―|―|―|―|―|―|\n",
    MARKED "change[1]/date = ―\nchange[1]/item = ―\nchange[1]/before = ―\nchange[1]/after = ―\nchange[1]/timing = ―\nchange[1]/reason = ―\n", NULL },
};

/* --- The page's end ------------------------------------------------------------------- */

#define TASK MARK "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票の写しの交付の申請を受け付け、交付する。|\n"
#define TASKED MARKED "task/name = 住民票の写しの交付の申請を受け付け、交付する。\n"

static const GrammarCase cuts[] = {
  { "open-value", /* the label stands on the first page only */
    TASK "@ 780\n|②事務の内容|申請を受け付ける。|\n~~~\n||記録する。|\n|③対象人数|［ 1,000人未満 ］|\n",
    TASKED "task/description = 申請を受け付ける。⏎記録する。 @1,2\ntask/scale = 1,000人未満 (1) <=999 @2\n! cell-joined\n", NULL },
  { "open-label-on-the-second-page", /* it is centred in the whole cell */
    TASK "@ 780\n||申請を受け付ける。|\n~~~\n|②事務の内容|交付する。⏎記録する。⏎保管する。|\n",
    TASKED "task/description = 申請を受け付ける。⏎交付する。⏎記録する。⏎保管する。 @1,2\n! cell-joined\n", NULL },
  { "open-label-cut", /* the label, too, runs over */
    TASK "@ 780\n|②事務|申請を受け付ける。|\n~~~\n|の内容|記録する。|\n",
    TASKED "task/description = 申請を受け付ける。⏎記録する。 @1,2\n! cell-joined\n! cell-joined\n", NULL },
  { "open-soft-break", /* the line over the cut was full */
    "# 130 106\n"
    TASK "@ 780\n|②事務の内容|住民票の写しの交付の|\n~~~\n||申請を受け付ける。|\n",
    TASKED "task/description = 住民票の写しの交付の申請を受け付ける。 @1,2\n! cell-joined\n", NULL },
  { "open-three-pages",
    TASK "@ 780\n|②事務の内容|一|\n~~~\n||二|\n~~~\n||三|\n|③対象人数|［ 1,000人未満 ］|\n",
    TASKED "task/description = 一⏎二⏎三 @1,2,3\ntask/scale = 1,000人未満 (1) <=999 @3\n! cell-joined\n! cell-joined\n", NULL },
  { "open-blank-half", /* only the frame goes on */
    TASK "@ 780\n|②事務の内容|申請を受け付ける。|\n~~~\n|||\n|③対象人数|［ 1,000人未満 ］|\n",
    TASKED "task/description = 申請を受け付ける。\ntask/scale = 1,000人未満 (1) <=999 @2\n", NULL },
  { "closed-value", /* both halves have all their rules */
    TASK "@ 780\n|②事務の内容|申請を受け付ける。|\n---\n||記録する。|\n|③対象人数|［ 1,000人未満 ］|\n",
    TASKED "task/description ~ 申請を受け付ける。⏎記録する。 @1,2\ntask/scale = 1,000人未満 (1) <=999 @2\n! cell-join-doubt\n", NULL },
  { "closed-rows", /* two rows that only happen to meet at the page's end */
    TASK "@ 780\n|②事務の内容|申請を受け付ける。|\n---\n|③対象人数|［ 1,000人未満 ］|\n",
    TASKED "task/description = 申請を受け付ける。\ntask/scale = 1,000人未満 (1) <=999 @2\n", NULL },
  { "closed-value-below", /* a cell of its own under a heading, without a label */
    TASK "@ 760\n|７．他の評価実施機関|\n|朝凪町長|\n---\n|夕凪町長|\n",
    TASKED "other-agencies ~ 朝凪町長⏎夕凪町長 @1,2\n! cell-join-doubt\n", NULL },
  { "open-marks",
    "# 130 200\n"
    TASK "|２．特定個人情報ファイルを取り扱う事務において使用するシステム|\n|システム１|\n|①システムの名称|住基|\n@ 780\n"
    "|③他のシステムとの接続|[ ○ ] 庁内連携システム|\n~~~\n||[   ] 税務システム⏎[ ○ ] その他 （ 中間サーバー ）|\n",
    TASKED
    "system[1]/name = 住基\nsystem[1]/connections/intranet = 1\nsystem[1]/connections/tax = 0 @2\nsystem[1]/connections/other = 1 @2\n"
    "system[1]/connections/other/text = 中間サーバー @2\n! cell-joined\n", NULL },
  { "open-choice", /* the list of options on the next page */
    TASK "@ 780\n|③対象人数|［ 1,000人未満 ］|\n~~~\n||＜選択肢＞⏎1）1,000人未満⏎2）1,000人以上1万人未満|\n",
    TASKED "task/scale = 1,000人未満 (1) <=999\n! cell-joined\n", NULL },
  { "open-page-fails", /* the page between cannot be read: its halves do not touch */
    TASK "@ 780\n|②事務の内容|申請を受け付ける。|\n~~~\n! damaged\n@ 80\n||記録する。|\n",
    TASKED "task/description ? 申請を受け付ける。\n! page-failed\n! text-unplaced\n- 記録する。\n", NULL },
};

#define NEXT ROW1
#define THEN(n) \
  "change[" n "]/date = 令和７年４月１日 (2025-04-01) @2\nchange[" n "]/item = Ⅰ．６．① @2\nchange[" n "]/before = 総務課 @2\nchange[" n "]/after = 住民課 @2\n" \
  "change[" n "]/timing = 事後 @2\nchange[" n "]/reason = 軽微 @2\n"
#define CUT1(mark, before, after) \
  "change[1]/date " mark " 令和６年４月１日 (2024-04-01)\nchange[1]/item " mark " Ⅱ\nchange[1]/before " mark " " before "\nchange[1]/after " mark " " after "\n" \
  "change[1]/timing " mark " 事前\nchange[1]/reason " mark " 重要\n"

static const GrammarCase cut_records[] = {
  { "open",
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n~~~\n||||丁|||\n" NEXT,
    MARKED CUT1 ("=", "甲", "乙⏎丁 @1,2") THEN ("2") "! cell-joined\n", NULL },
  { "open-two-columns",
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n~~~\n|||丙|丁|||\n" NEXT,
    MARKED CUT1 ("=", "甲⏎丙 @1,2", "乙⏎丁 @1,2") THEN ("2") "! cell-joined\n! cell-joined\n", NULL },
  { "open-headings-again",
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n~~~\n" HEADINGS "||||丁|||\n" NEXT,
    MARKED CUT1 ("=", "甲", "乙⏎丁 @1,2") THEN ("2") "! cell-joined\n", NULL },
  { "closed",
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n---\n||||丁|||\n" NEXT,
    MARKED
    "change[1]/date = 令和６年４月１日 (2024-04-01)\nchange[1]/item = Ⅱ\nchange[1]/before = 甲\nchange[1]/after ~ 乙⏎丁 @1,2\n"
    "change[1]/timing = 事前\nchange[1]/reason = 重要\n" THEN ("2") "! cell-join-doubt\n", "cells whose other half is blank are not certain" },
  { "closed-headings-again",
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n---\n" HEADINGS "||||丁|||\n" NEXT,
    MARKED
    "change[1]/date = 令和６年４月１日 (2024-04-01)\nchange[1]/item = Ⅱ\nchange[1]/before = 甲\nchange[1]/after ~ 乙⏎丁 @1,2\n"
    "change[1]/timing = 事前\nchange[1]/reason = 重要\n" THEN ("2") "! cell-join-doubt\n", "cells whose other half is blank are not certain" },
  { "not-cut", /* two rows, each on its page */
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n---\n" NEXT,
    MARKED CUT1 ("=", "甲", "乙") THEN ("2"), NULL },
  { "not-cut-headings-again",
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n---\n" HEADINGS NEXT,
    MARKED CUT1 ("=", "甲", "乙") THEN ("2"), NULL },
  { "not-cut-date-spans", /* only the date's cell goes on: each row is a change of that date */
    CHANGES "@ 740\n|令和６年４月１日↓|Ⅱ|甲|乙|事前|重要|\n|^|Ⅲ|丙|丁|事前|重要|\n---\n|↑|Ⅳ|戊|己|事前|重要|\n|^|Ⅴ|庚|辛|事前|重要|\n",
    MARKED CUT1 ("=", "甲", "乙")
    "change[2]/date = 令和６年４月１日 (2024-04-01)\nchange[2]/item = Ⅲ\nchange[2]/before = 丙\nchange[2]/after = 丁\nchange[2]/timing = 事前\nchange[2]/reason = 重要\n"
    "change[3]/date = 令和６年４月１日 (2024-04-01)\nchange[3]/item = Ⅳ @2\nchange[3]/before = 戊 @2\nchange[3]/after = 己 @2\nchange[3]/timing = 事前 @2\nchange[3]/reason = 重要 @2\n"
    "change[4]/date = 令和６年４月１日 (2024-04-01)\nchange[4]/item = Ⅴ @2\nchange[4]/before = 庚 @2\nchange[4]/after = 辛 @2\nchange[4]/timing = 事前 @2\nchange[4]/reason = 重要 @2\n", NULL },
  { "not-cut-date-spans-below", /* the same, and the date stands on the second page */
    CHANGES "@ 780\n|↓|Ⅱ|甲|乙|事前|重要|\n---\n|↑令和６年４月１日|Ⅲ|丙|丁|事前|重要|\n|^|Ⅳ|戊|己|事前|重要|\n",
    MARKED
    "change[1]/date = 令和６年４月１日 (2024-04-01) @2\nchange[1]/item = Ⅱ\nchange[1]/before = 甲\nchange[1]/after = 乙\nchange[1]/timing = 事前\nchange[1]/reason = 重要\n"
    "change[2]/date = 令和６年４月１日 (2024-04-01) @2\nchange[2]/item = Ⅲ @2\nchange[2]/before = 丙 @2\nchange[2]/after = 丁 @2\nchange[2]/timing = 事前 @2\nchange[2]/reason = 重要 @2\n"
    "change[3]/date = 令和６年４月１日 (2024-04-01) @2\nchange[3]/item = Ⅳ @2\nchange[3]/before = 戊 @2\nchange[3]/after = 己 @2\nchange[3]/timing = 事前 @2\nchange[3]/reason = 重要 @2\n", NULL },
  { "open-with-a-date-that-spans", /* the last row of the date is cut */
    CHANGES "@ 740\n|令和６年４月１日↓|Ⅱ|甲|乙|事前|重要|\n|^|Ⅲ↓|丙↓|丁↓|事前↓|重要↓|\n---\n|↑|↑|↑戊|↑己|↑|↑|\n" NEXT,
    MARKED CUT1 ("=", "甲", "乙")
    "change[2]/date = 令和６年４月１日 (2024-04-01)\nchange[2]/item = Ⅲ\nchange[2]/before = 丙⏎戊 @1,2\nchange[2]/after = 丁⏎己 @1,2\nchange[2]/timing = 事前\nchange[2]/reason = 重要\n"
    THEN ("3") "! cell-joined\n! cell-joined\n", NULL },
  { "closed-rows-with-a-blank-date", /* what stands on both pages, short as it is, is not cut */
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n---\n||Ⅲ|丙|丁|事前|重要|\n" NEXT,
    MARKED CUT1 ("=", "甲", "乙")
    "change[2]/item = Ⅲ @2\nchange[2]/before = 丙 @2\nchange[2]/after = 丁 @2\nchange[2]/timing = 事前 @2\nchange[2]/reason = 重要 @2\n" THEN ("3"), "a blank date alone makes two rows one" },
  { "open-date-spans", /* one date for rows on both pages */
    CHANGES "@ 780\n|令和６年４月１日|Ⅱ|甲|乙|事前|重要|\n~~~\n||Ⅲ|丙|丁|事前|重要|\n" NEXT,
    MARKED
    "change[1]/date = 令和６年４月１日 (2024-04-01)\nchange[1]/item = Ⅱ⏎Ⅲ @1,2\nchange[1]/before = 甲⏎丙 @1,2\nchange[1]/after = 乙⏎丁 @1,2\n"
    "change[1]/timing = 事前⏎事前 @1,2\nchange[1]/reason = 重要⏎重要 @1,2\n" THEN ("2")
    "! cell-joined\n! cell-joined\n! cell-joined\n! cell-joined\n! cell-joined\n", NULL },
};

/* --- Full lines ------------------------------------------------------------------------------ */

#define LONG "住民からの申請を受け付けて住民票を交付し記録する" /* 24 em */

static const GrammarCase lines[] = {
  { "full-before-the-edge", /* a spreadsheet breaks lines well before the edge: two that end alike say where */
    TASK "|②事務の内容|" LONG "⏎" LONG "⏎ことができる。|\n",
    TASKED "task/description = " LONG LONG "ことができる。\n", NULL },
  { "long-but-alone", /* the longest line of its column is not full for that */
    TASK "|②事務の内容|" LONG "。⏎記録する。|\n",
    TASKED "task/description = " LONG "。⏎記録する。\n", "the longest line of a column is full for itself" },
  { "short",
    TASK "|②事務の内容|申請を受け付ける⏎記録する|\n",
    TASKED "task/description = 申請を受け付ける⏎記録する\n", NULL },
};

/* --- No rules ------------------------------------------------------------------------------ */

static const GrammarCase aligned[] = {
  { "labels-left-values-right",
    MARK "= Ⅰ　基本情報\n= １．特定個人情報ファイルを取り扱う事務\n"
    ":①事務の名称:住民票の写しの交付:\n:②事務の内容:申請を受け付ける。⏎記録する。:\n:③対象人数:［ 1,000人未満 ］:\n",
    MARKED "task/name ~ 住民票の写しの交付\ntask/description ~ 申請を受け付ける。⏎記録する。\ntask/scale ~ 1,000人未満 (1) <=999\n! page-without-rules\n", NULL },
  { "heading-below",
    MARK "= Ⅰ　基本情報\n= ３．特定個人情報ファイル名\n= 住民基本台帳ファイル\n= ６．評価実施機関における担当部署\n:①部署:総務課:\n:②所属長の役職名:総務課長:\n",
    MARKED "file-names ~ 住民基本台帳ファイル\ndepartment/name ~ 総務課\ndepartment/head ~ 総務課長\n! page-without-rules\n", NULL },
  { "cover",
    "= 特定個人情報保護評価書（重点項目評価書）\n:評価書番号:評価書名:\n:７:住民基本台帳に関する事務:\n= 評価実施機関名\n= 朝凪町長\n= 公表日\n= 令和７年３月３日\n" MARK,
    "cover/number ~ ７\ncover/title ~ 住民基本台帳に関する事務\ncover/agency ~ 朝凪町長\ncover/published ~ 令和７年３月３日 (2025-03-03)\n" MARKED, NULL },
  { "value-like-a-heading-of-the-table",
    MARK "= Ⅰ　基本情報\n= １．特定個人情報ファイルを取り扱う事務\n:①事務の名称:変更日:\n:②事務の内容:交付し記録する:\n:③対象人数:［ 1,000人未満 ］:\n",
    MARKED "task/name ~ 変更日\ntask/description ~ 交付し記録する\ntask/scale ~ 1,000人未満 (1) <=999\n! page-without-rules\n", NULL },
  { "columns-without-rows", /* only the rules between columns are drawn */
    MARK "= Ⅰ　基本情報\n= １．特定個人情報ファイルを取り扱う事務\n# 130 385\n|①事務の名称⏎②事務の内容⏎③対象人数|住民票の写しの交付⏎申請を受け付ける。⏎［ 1,000人未満 ］|\n",
    MARKED "task/name ~ 住民票の写しの交付\ntask/description ~ 申請を受け付ける。\ntask/scale ~ 1,000人未満 (1) <=999\n! page-without-rules\n", NULL },
  { "changes-with-a-column-of-their-own",
    MARK "= （別添２）変更箇所\n" COLUMNS ":変更日:項目:旧:変更後の記載:提出時期:提出時期に係る説明:\n:令和７年４月１日:Ⅰ．６．①:総務課:住民課:事後:軽微:\n",
    MARKED
    "change[1]/date ~ 令和７年４月１日 (2025-04-01)\nchange[1]/item ~ Ⅰ．６．①\nchange[1]/after ~ 住民課\nchange[1]/timing ~ 事後\nchange[1]/reason ~ 軽微\n"
    "- 旧\n- 総務課\n", "a heading that is not known is lost, and its column joined to the one before" },
  { "beside-a-heading-of-the-table", /* words level with the headings */
    "# 130 200 185\n:変更日:項目:注:\n> （委託に伴うものを除く。）（別添２）変更箇所\n",
    NULL, NULL },
  { "high-boxes", /* glyphs whose boxes reach into the lines above and below */
    "# 64 38 5\n$ 8 1.3 1.1\n:⾮:○リスクに対する措置の内容:\uE000:\n= 特記事項\n",
    NULL, NULL },
  { "one-page-of-two", /* the other page has its rules: its values are certain */
    MARK "= Ⅰ　基本情報\n|１．特定個人情報ファイルを取り扱う事務|\n|①事務の名称|住民票の写しの交付|\n|②事務の内容|記録|\n---\n"
    "= ６．評価実施機関における担当部署\n:①部署:総務課:\n:②所属長の役職名:総務課長:\n",
    MARKED "task/name = 住民票の写しの交付\ntask/description = 記録\ndepartment/name ~ 総務課 @2\ndepartment/head ~ 総務課長 @2\n! page-without-rules\n", NULL },
};

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* for the messages */
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  grammar_add_cases ("/record", records, G_N_ELEMENTS (records));
  grammar_add_cases ("/cut", cuts, G_N_ELEMENTS (cuts));
  grammar_add_cases ("/cut-record", cut_records, G_N_ELEMENTS (cut_records));
  grammar_add_cases ("/line", lines, G_N_ELEMENTS (lines));
  grammar_add_cases ("/aligned", aligned, G_N_ELEMENTS (aligned));
  return g_test_run ();
}
