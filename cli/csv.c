/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "csv.h"

#include <string.h>

#define MARK "\357\273\277"

void
csv_append (GString    *line,
            const char *field)
{
  if (field != NULL && field[strcspn (field, ",\"\r\n")] != '\0') {
    g_string_append_c (line, '"');
    for (; *field != '\0'; field++) {
      if (*field == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *field);
    }
    g_string_append_c (line, '"');
  } else if (field != NULL) {
    g_string_append (line, field);
  }
  g_string_append_c (line, ',');
}

void
csv_end (GString *line)
{
  line->str[line->len - 1] = '\n';
}

/* The field at *CURSOR, which is moved to what ends it. *WHOLE becomes FALSE if
   it has a quote at its beginning, and none at its end. */
static char *
take_field (const char **cursor,
            gboolean    *whole)
{
  GString    *field  = g_string_new (NULL);
  const char *p      = *cursor;
  gboolean    quoted = *p == '"', closed = FALSE;

  if (quoted) {
    for (p++; *p != '\0' && (*p != '"' || p[1] == '"'); p++) {
      p += *p == '"';
      g_string_append_c (field, *p);
    }
    closed = *p == '"';
    p += closed;
  }
  gsize rest = strcspn (p, ",\r\n");
  if (quoted && (!closed || rest > 0))
    *whole = FALSE;
  g_string_append_len (field, p, rest);
  *cursor = p + rest;
  return g_string_free (field, FALSE);
}

/* As csv_next(), and take_field(). */
static char **
take_record (const char **cursor,
             gboolean    *whole)
{
  g_autoptr (GPtrArray) fields = NULL;

  if (**cursor == '\0')
    return NULL;
  fields = g_ptr_array_new ();
  g_ptr_array_add (fields, take_field (cursor, whole));
  while (**cursor == ',') {
    (*cursor)++;
    g_ptr_array_add (fields, take_field (cursor, whole));
  }
  if (**cursor == '\r')
    (*cursor)++;
  if (**cursor == '\n')
    (*cursor)++;
  g_ptr_array_add (fields, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&fields), FALSE);
}

char **
csv_next (const char **cursor)
{
  gboolean whole = TRUE;

  return take_record (cursor, &whole);
}

gboolean
csv_check (const char *text,
           guint      *record)
{
  gboolean whole = TRUE;
  char   **fields;

  *record = 0;
  while (whole && (fields = take_record (&text, &whole)) != NULL) {
    ++*record;
    g_strfreev (fields);
  }
  return whole;
}

int
csv_find (char      **header,
          const char *name)
{
  for (int i = 0; header[i] != NULL; i++)
    if (strcmp (header[i], name) == 0)
      return i;
  return -1;
}

const char *
csv_skip_mark (const char *text)
{
  return g_str_has_prefix (text, MARK) ? text + strlen (MARK) : text;
}
