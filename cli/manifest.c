/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "manifest.h"

#include "cli.h"
#include "csv.h"
#include "names.h"
#include "survey.h"

#include <glib/gstdio.h>
#include <string.h>

#define WHOLE "manifest.csv"

/* The columns beside the facts. */
#define INPUT     "input"
#define OUTPUT    "output"
#define SIZE      "bytes"
#define SHA256    "sha256"
#define CONVERTER "converter"

char *
manifest_path (const char *output,
               guint       shard,
               guint       n)
{
  g_autofree char *name = n == 1 ? g_strdup (WHOLE) : g_strdup_printf ("manifest-%u-of-%u.csv", shard, n);

  return g_build_filename (output, name, NULL);
}

static gboolean
is_share (const char *name)
{
  guint shard, n;
  char rest;

  return sscanf (name, "manifest-%u-of-%u.cs%c", &shard, &n, &rest) == 3 && rest == 'v';
}

/* --- Writing ---------------------------------------------------------------------- */

typedef struct {
  Journal    *journal;
  const char *converter;
} Content;

static void
append_header (GString *line)
{
  csv_append (line, INPUT);
  csv_append (line, OUTPUT);
  csv_append (line, SIZE);
  csv_append (line, SHA256);
  for (guint fact = 0; fact < N_FACTS; fact++)
    csv_append (line, fact_name (fact));
  csv_append (line, CONVERTER);
  csv_end (line);
}

static void
append_row (GString          *line,
            const JournalRow *row,
            const char       *converter)
{
  g_autofree char *input = names_show (row->path);
  g_autofree char *size  = row->sha256 == NULL ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, row->size);

  csv_append (line, input);
  csv_append (line, row->output);
  csv_append (line, size);
  csv_append (line, row->sha256);
  if (row->facts != NULL) {
    g_string_append (line, row->facts);
  } else {
    Facts facts;

    facts_of_failure (&facts, OUTCOME_UNREAD, row->trouble);
    facts_append (&facts, line);
    facts_clear (&facts);
  }
  csv_append (line, converter);
  csv_end (line);
}

static gboolean
write_rows (FILE    *file,
            gpointer data,
            GError **error)
{
  const Content *content = data;
  g_autoptr (GString) line = g_string_new (NULL);
  sqlite3_stmt *cursor = NULL;
  JournalRow row;

  append_header (line);
  fputs (line->str, file);
  while (journal_next_row (content->journal, &cursor, &row)) {
    g_string_truncate (line, 0);
    append_row (line, &row, content->converter);
    fputs (line->str, file);
  }
  if (ferror (file)) {
    g_set_error_literal (error, HK_ERROR, HK_ERROR_IO, "cannot be written");
    return FALSE;
  }
  return journal_check (content->journal, error);
}

gboolean
manifest_write (Journal    *journal,
                const char *path,
                const char *converter,
                GError    **error)
{
  Content content = { journal, converter };

  return cli_write_whole (path, journal_temporaries (journal), write_rows, &content, error);
}

/* --- Reading back -------------------------------------------------------------------- */

/* Where the columns of a manifest are. */
typedef struct {
  int input, output, size, sha256, converter, facts[N_FACTS];
} Columns;

static gboolean
find_columns (Columns *columns,
              char   **header)
{
  columns->input     = csv_find (header, INPUT);
  columns->output    = csv_find (header, OUTPUT);
  columns->size      = csv_find (header, SIZE);
  columns->sha256    = csv_find (header, SHA256);
  columns->converter = csv_find (header, CONVERTER);
  for (guint fact = 0; fact < N_FACTS; fact++)
    columns->facts[fact] = csv_find (header, fact_name (fact));
  for (guint i = 0; i < sizeof *columns / sizeof (int); i++)
    if (((const int *) columns)[i] < 0)
      return FALSE;
  return TRUE;
}

static const char *
field (char **fields,
       int    column)
{
  return *fields[column] == '\0' ? NULL : fields[column];
}

static void
recall_row (Journal       *journal,
            char         **fields,
            const Columns *columns,
            guint          shard,
            guint          n_shards)
{
  g_autofree char *path = names_unshow (fields[columns->input]);
  Facts facts;

  for (guint fact = 0; fact < N_FACTS; fact++)
    facts.text[fact] = (char *) field (fields, columns->facts[fact]); /* borrowed */
  if (*path == '\0' || facts_outcome (&facts) >= OUTCOME_UNWRITTEN)
    return;
  journal_recall (journal, path, survey_is_mine (path, shard, n_shards), field (fields, columns->output),
                  g_ascii_strtoll (fields[columns->size], NULL, 10), field (fields, columns->sha256), &facts);
}

static void
recall_file (Journal    *journal,
             const char *path,
             guint       shard,
             guint       n_shards,
             const char *converter)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) header = NULL;
  const char *cursor;
  Columns columns;
  char **fields;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  cursor = csv_skip_mark (text);
  header = csv_next (&cursor);
  if (header == NULL || !find_columns (&columns, header))
    return;
  while ((fields = csv_next (&cursor)) != NULL) {
    if (g_strv_length (fields) == g_strv_length (header) && strcmp (fields[columns.converter], converter) == 0)
      recall_row (journal, fields, &columns, shard, n_shards);
    g_strfreev (fields);
  }
}

/* Calls EACH for the manifests of shares in OUTPUT. */
static void
for_each_share (const char *output,
                void      (*each) (const char *path, gpointer data),
                gpointer    data)
{
  GDir *dir = g_dir_open (output, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_share (name)) {
      g_autofree char *path = g_build_filename (output, name, NULL);
      each (path, data);
    }
  if (dir != NULL)
    g_dir_close (dir);
}

static void
recall_share (const char *path,
              gpointer    data)
{
  Content *content = data;

  recall_file (content->journal, path, 1, 1, content->converter);
}

void
manifest_recall (Journal    *journal,
                 const char *output,
                 guint       shard,
                 guint       n_shards,
                 const char *converter)
{
  g_autofree char *whole = manifest_path (output, 1, 1);
  Content content = { journal, converter };

  journal_begin (journal);
  if (n_shards == 1) {
    for_each_share (output, recall_share, &content);
  } else {
    g_autofree char *own = manifest_path (output, shard, n_shards);
    recall_file (journal, own, shard, n_shards, converter);
  }
  recall_file (journal, whole, shard, n_shards, converter);
  journal_commit (journal);
}

static void
remove_share (const char *path,
              gpointer    data)
{
  g_unlink (path);
}

void
manifest_remove_shares (const char *output)
{
  for_each_share (output, remove_share, NULL);
}
