/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "write.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* Points beyond this are nonsense from a broken file; a page is 14400 at most. */
#define MAX_POINTS 1e7

#define POINTS_SIZE 32

static const char *const status_names[] = {
  [HK_STATUS_CERTAIN] = "certain",
  [HK_STATUS_INFERRED] = "inferred",
  [HK_STATUS_UNCERTAIN] = "uncertain",
};

static const char *const severity_names[] = {
  [HK_SEVERITY_NOTE] = "note",
  [HK_SEVERITY_WARNING] = "warning",
  [HK_SEVERITY_ERROR] = "error",
};

const char *
hk_status_name (HkStatus status)
{
  return status_names[status];
}

const char *
hk_severity_name (HkSeverity severity)
{
  return severity_names[severity];
}

/* The last name is taken for anything unknown: the side of caution. */
static guint
find_name (const char *const *names,
           guint              n,
           const char        *name)
{
  guint i = 0;

  while (i < n - 1 && g_strcmp0 (names[i], name) != 0)
    i++;
  return i;
}

HkStatus
hk_status_from_name (const char *name)
{
  return find_name (status_names, G_N_ELEMENTS (status_names), name);
}

HkSeverity
hk_severity_from_name (const char *name)
{
  return find_name (severity_names, G_N_ELEMENTS (severity_names), name);
}

static const char *
format_points (char  *buffer,
               double points)
{
  points = isfinite (points) ? CLAMP (points, -MAX_POINTS, MAX_POINTS) : 0;
  g_ascii_formatd (buffer, POINTS_SIZE, "%.2f", points);
  return strcmp (buffer, "-0.00") == 0 ? buffer + 1 : buffer;
}

char *
hk_box_format (const HkBox *box,
               const char  *separator)
{
  char        buffer[4][POINTS_SIZE];
  const char *x0 = format_points (buffer[0], box->x0);
  const char *y0 = format_points (buffer[1], box->y0);
  const char *x1 = format_points (buffer[2], box->x1);
  const char *y1 = format_points (buffer[3], box->y1);

  /* Asked of the text, not the numbers: what is read back must be judged alike. */
  if (strcmp (x0, "0.00") == 0 && strcmp (y0, "0.00") == 0 && strcmp (x1, "0.00") == 0 && strcmp (y1, "0.00") == 0)
    return NULL;
  return g_strjoin (separator, x0, y0, x1, y1, NULL);
}

char *
hk_span_format (const HkPlace *place)
{
  if (place->line > 0)
    return g_strdup_printf ("%u:%u-%u:%u", place->line, place->column, place->last_line, place->last_column);
  return g_strdup_printf ("%u-%u", place->begin, place->end);
}

gboolean
hk_place_is_set (const HkPlace *place)
{
  return place->page > 0 || place->end > 0 || place->line > 0;
}

static void (*const writers[]) (const HkDocument *, GString *) = {
  [HK_FORMAT_XML] = hk_write_xml,
  [HK_FORMAT_JSON] = hk_write_json,
  [HK_FORMAT_TSV] = hk_write_table,
  [HK_FORMAT_SUMMARY] = hk_write_summary,
};

gboolean
hk_document_write (const HkDocument *document,
                   HkFormat          format,
                   FILE             *file,
                   GError          **error)
{
  g_return_val_if_fail ((gsize) format < G_N_ELEMENTS (writers), FALSE);

  g_autoptr (GString) out = g_string_new (NULL);
  writers[format] (document, out);

  errno = 0;
  if (fwrite (out->str, 1, out->len, file) == out->len && fflush (file) == 0 && !ferror (file))
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot write: %s",
               errno == 0 ? "the file is in error" : g_strerror (errno));
  return FALSE;
}
