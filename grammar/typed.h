/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates, counts and ranges: what printed words mean as data. */
#pragma once

#include "model.h"

typedef enum { HK_DATE_NONE, HK_DATE_OK, HK_DATE_AFTER_ERA, HK_DATE_INVALID } HkDateResult;

/* If TEXT is wholly one date (令和７年４月１日, 平成27年9月, 2024/4/1), writes it as
   ISO 8601 (2025-04-01, 2015-09) to ISO, which has room for 11 bytes. */
HkDateResult hk_date_parse (const char *text, char iso[11]);

/* The bounds of a range in words: 1万人以上10万人未満 is 10000 to 99999. A missing
   bound is -1. FALSE: no range. */
gboolean hk_range_parse (const char *text, gint64 *min, gint64 *max);

/* TEXT as a plain integer (１，０００ is 1000). FALSE: it is none. */
gboolean hk_count_parse (const char *text, gint64 *count);

/* Gives VALUE what its text means, by its kind, and reports odd dates. */
void hk_value_type (HkDocument *document, HkValue *value);
