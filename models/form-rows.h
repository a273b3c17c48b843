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
#define WORDS(depth, number, label)         { depth, HK_ROW_WORDS, number, label, NULL, HK_KIND_TEXT, HK_PLACE_RIGHT, NULL }
#define COLUMN(depth, label, path)          { depth, HK_ROW_ITEM, "", label, path, HK_KIND_TEXT, HK_PLACE_COLUMN, NULL }
#define RIGHT(depth, number, label, path, kind, options) \
  { depth, HK_ROW_ITEM, number, label, path, HK_KIND_##kind, HK_PLACE_RIGHT, options }
#define BELOW(depth, number, label, path, kind, options) \
  { depth, HK_ROW_ITEM, number, label, path, HK_KIND_##kind, HK_PLACE_BELOW, options }
#define INSIDE(depth, number, label, path, kind, options) \
  { depth, HK_ROW_ITEM, number, label, path, HK_KIND_##kind, HK_PLACE_INSIDE, options }

extern const HkForm hk_form3;
