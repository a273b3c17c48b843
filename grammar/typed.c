/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "typed.h"
#include "fold.h"

#include <string.h>

static const struct {
  const char *name;
  int         before_first; /* the year before the era's first */
  int         last_year, last_month, last_day; /* the day the era ended; 0: it goes on */
} eras[] = {
  { "令和", 2018, 0, 0, 0 },
  { "平成", 1988, 2019, 4, 30 },
  { "昭和", 1925, 1989, 1, 7 },
};

/* Reads a number of at most MOST digits at *AT and steps over it; -1: none. */
static int
digits (const char **at,
        int          most)
{
  int value = -1;

  for (int n = 0; n < most && g_ascii_isdigit (**at); n++, (*at)++)
    value = 10 * MAX (value, 0) + (**at - '0');
  return value;
}

static gboolean
skip (const char **at,
      const char  *word)
{
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

/* The parts of a date: 0 for a month or day that is not written. */
typedef struct {
  int year, month, day;
  int era; /* index, or -1 */
} DateParts;

/* [era] Y年 [M月 [D日]] */
static gboolean
parse_japanese (const char *at,
                DateParts  *date)
{
  date->era = -1;
  for (gsize i = 0; i < G_N_ELEMENTS (eras) && date->era < 0; i++)
    if (skip (&at, eras[i].name))
      date->era = (int) i;
  date->year = date->era >= 0 && skip (&at, "元") ? 1 : digits (&at, date->era >= 0 ? 2 : 4);
  if (date->year <= 0 || (date->era < 0 && date->year < 1900) || !skip (&at, "年"))
    return FALSE;
  if (date->era >= 0)
    date->year += eras[date->era].before_first;
  if (*at == '\0')
    return TRUE;
  date->month = digits (&at, 2);
  if (date->month < 0 || !skip (&at, "月"))
    return FALSE;
  if (*at == '\0')
    return TRUE;
  date->day = digits (&at, 2);
  return date->day >= 0 && skip (&at, "日") && *at == '\0';
}

/* Y/M/D, Y-M-D, Y.M.D, western */
static gboolean
parse_western (const char *at,
               DateParts  *date)
{
  date->era  = -1;
  date->year = digits (&at, 4);
  if (date->year < 1900 || strchr ("/-.", *at) == NULL || *at == '\0')
    return FALSE;

  char part = *at++;
  date->month = digits (&at, 2);
  if (date->month < 0)
    return FALSE;
  if (*at == '\0')
    return TRUE;
  if (*at++ != part)
    return FALSE;
  date->day = digits (&at, 2);
  return date->day >= 0 && *at == '\0';
}

static gboolean
is_after_era (const DateParts *date)
{
  if (date->era < 0 || eras[date->era].last_year == 0)
    return FALSE;
  int last = (eras[date->era].last_year * 100 + eras[date->era].last_month) * 100 + eras[date->era].last_day;
  int first_possible = (date->year * 100 + MAX (date->month, 1)) * 100 + MAX (date->day, 1);
  return first_possible > last;
}

HkDateResult
hk_date_parse (const char *text,
               char        iso[11])
{
  g_autofree char *folded = hk_fold_utf8 (text, -1);
  DateParts        date   = { 0 };

  if (!parse_japanese (folded, &date)) {
    date = (DateParts){ 0 };
    if (!parse_western (folded, &date))
      return HK_DATE_NONE;
  }
  if (date.month > 12 || (date.day > 0 && !g_date_valid_dmy ((GDateDay) date.day, (GDateMonth) date.month, (GDateYear) date.year)))
    return HK_DATE_INVALID;
  if (date.day > 0)
    g_snprintf (iso, 11, "%04d-%02d-%02d", date.year, date.month, date.day);
  else if (date.month > 0)
    g_snprintf (iso, 11, "%04d-%02d", date.year, date.month);
  else
    g_snprintf (iso, 11, "%04d", date.year);
  return is_after_era (&date) ? HK_DATE_AFTER_ERA : HK_DATE_OK;
}

/* 1,000 or 1万 or 1,000万 at *AT; -1: none. */
static gint64
amount (const char **at)
{
  gint64 value = -1;

  for (; g_ascii_isdigit (**at) || (**at == ',' && value >= 0); (*at)++)
    if (**at != ',') {
      if (value > G_MAXINT64 / 1000000)
        return -1;
      value = 10 * MAX (value, 0) + (**at - '0');
    }
  if (value >= 0 && skip (at, "万"))
    value *= 10000;
  return value;
}

gboolean
hk_range_parse (const char *text,
                gint64     *min,
                gint64     *max)
{
  g_autofree char *folded = hk_fold_utf8 (text, -1);
  const char      *at     = folded;

  *min = *max = -1;
  while (g_ascii_isdigit (*at)) {
    gint64 value = amount (&at);

    if (value < 0)
      return FALSE;
    if (!skip (&at, "人"))
      skip (&at, "項目");
    if (skip (&at, "以上") && *min < 0)
      *min = value;
    else if (skip (&at, "未満"))
      *max = value - 1;
    else if (skip (&at, "以下"))
      *max = value;
    else
      return FALSE;
  }
  return *at == '\0' && (*min >= 0 || *max >= 0);
}

gboolean
hk_count_parse (const char *text,
                gint64     *count)
{
  g_autofree char *folded = hk_fold_utf8 (text, -1);
  const char      *at     = folded;

  *count = amount (&at);
  return *count >= 0 && *at == '\0';
}

static void
type_date (HkDocument *document,
           HkValue    *value)
{
  char iso[11];
  const HkPlace *place = value->n_places > 0 ? value->places : NULL;

  switch (hk_date_parse (value->text, iso)) {
  case HK_DATE_AFTER_ERA:
    hk_report (document, HK_DIAG_DATE_AFTER_ERA, place, value->text, iso);
    value->iso_date = hk_arena_strdup (document->arena, iso);
    break;
  case HK_DATE_OK:
    value->iso_date = hk_arena_strdup (document->arena, iso);
    break;
  case HK_DATE_INVALID:
    hk_report (document, HK_DIAG_DATE_INVALID, place, value->text);
    break;
  case HK_DATE_NONE:
    break;
  }
}

void
hk_value_type (HkDocument *document,
               HkValue    *value)
{
  switch (value->kind) {
  case HK_KIND_TEXT:
  case HK_KIND_DATE:
    type_date (document, value);
    break;
  case HK_KIND_CHOICE:
    value->has_bounds = hk_range_parse (value->text, &value->min, &value->max);
    break;
  case HK_KIND_COUNT:
    value->has_bounds = hk_count_parse (value->text, &value->min);
    value->max        = value->min;
    break;
  case HK_KIND_LIST:
  case HK_KIND_CHECKS:
  case HK_KIND_CHECK:
    break;
  }
}
