/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shorthand in which the form tables are written; for formN.c only. */
#pragma once

#include "form.h"

#define PART(depth, number, label, path)    { depth, HK_ROW_PART, number, label, path, HK_KIND_TEXT, HK_PLACE_BELOW, NULL }
#define HEADING(depth, number, label)       { depth, HK_ROW_HEADING, number, label, NULL, HK_KIND_TEXT, HK_PLACE_BELOW, NULL }
#define RISK(depth, number, label, path)    { depth, HK_ROW_RISK, number, label, path, HK_KIND_TEXT, HK_PLACE_BELOW, NULL }
#define BLOCK(depth, label, path)           { depth, HK_ROW_BLOCK, "", label, path, HK_KIND_TEXT, HK_PLACE_RIGHT, NULL }
#define GROUP(depth, number, label)         { depth, HK_ROW_GROUP, number, label, NULL, HK_KIND_TEXT, HK_PLACE_RIGHT, NULL }
#define RECORD(depth, path)                 { depth, HK_ROW_RECORD, "", "", path, HK_KIND_TEXT, HK_PLACE_COLUMN, NULL }
#define SCATTER(depth, label, path)         { depth, HK_ROW_ITEM, "", label, path, HK_KIND_TEXT, HK_PLACE_SCATTERED, NULL }
#define WORDS(depth, number, label)         { depth, HK_ROW_WORDS, number, label, NULL, HK_KIND_TEXT, HK_PLACE_RIGHT, NULL }
#define COLUMN(depth, label, path)          { depth, HK_ROW_ITEM, "", label, path, HK_KIND_TEXT, HK_PLACE_COLUMN, NULL }
#define RIGHT(depth, number, label, path, kind, options) \
  { depth, HK_ROW_ITEM, number, label, path, HK_KIND_##kind, HK_PLACE_RIGHT, options }
#define BELOW(depth, number, label, path, kind, options) \
  { depth, HK_ROW_ITEM, number, label, path, HK_KIND_##kind, HK_PLACE_BELOW, options }
#define INSIDE(depth, number, label, path, kind, options) \
  { depth, HK_ROW_ITEM, number, label, path, HK_KIND_##kind, HK_PLACE_INSIDE, options }

/* Options that forms share. */
#define HEADCOUNT "10人未満|10人以上50人未満|50人以上100人未満|100人以上500人未満|500人以上1,000人未満|1,000人以上"
#define SUBJECTS "1万人未満|1万人以上10万人未満|10万人以上100万人未満|100万人以上1,000万人未満|1,000万人以上"
#define SUFFICIENCY "特に力を入れている|十分である|課題が残されている"
#define PRACTICE "特に力を入れて行っている|十分に行っている|十分に行っていない"
#define CONNECTIONS \
  "info-network=情報提供ネットワークシステム|intranet=庁内連携システム|juki-net=住民基本台帳ネットワークシステム|" \
  "resident-registry=既存住民基本台帳システム|addressee=宛名システム等|tax=税務システム|other+=その他"
#define MAIN_ITEMS \
  "my-number=個人番号|my-number-code=個人番号対応符号|other-id=その他識別情報（内部番号）|" \
  "basic-four=4情報（氏名、性別、生年月日、住所）;5情報（氏名、氏名の振り仮名、性別、生年月日、住所）|" \
  "contact=連絡先（電話番号等）|other-resident=その他住民票関係情報|national-tax=国税関係情報|local-tax=地方税関係情報|" \
  "health=健康・医療関係情報|medical-insurance=医療保険関係情報|child-welfare=児童福祉・子育て関係情報|" \
  "disability=障害者福祉関係情報|public-assistance=生活保護・社会福祉関係情報|elder-care=介護・高齢者福祉関係情報|" \
  "employment=雇用・労働関係情報|pension=年金関係情報|education=学校・教育関係情報|disaster=災害関係情報|other+=その他"
#define SOURCES \
  "self=本人又は本人の代理人|same-agency+=評価実施機関内の他部署|national+=行政機関・独立行政法人等|" \
  "local+=地方公共団体・地方独立行政法人|private+=民間事業者|other+=その他"
#define ACQUISITION_MEANS \
  "paper=紙|media=電子記録媒体（フラッシュメモリを除く。）|flash=フラッシュメモリ|email=電子メール|leased-line=専用線|" \
  "intranet=庁内連携システム|info-network=情報提供ネットワークシステム|other+=その他"
#define PROVISION_MEANS \
  "info-network=情報提供ネットワークシステム|leased-line=専用線|email=電子メール|media=電子記録媒体（フラッシュメモリを除く。）|" \
  "flash=フラッシュメモリ|paper=紙|other+=その他"
#define TRANSFER_MEANS \
  "intranet=庁内連携システム|leased-line=専用線|email=電子メール|media=電子記録媒体（フラッシュメモリを除く。）|" \
  "flash=フラッシュメモリ|paper=紙|other+=その他"

extern const HkForm hk_form2, hk_form3, hk_form4;
