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
#define SUM       "output_sha256" /* manifests of earlier versions do not have it */

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
  csv_append (line, SUM);
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

    facts_of_failure (&facts, outcome_parse (row->outcome), row->trouble);
    facts_append (&facts, line);
    facts_clear (&facts);
  }
  csv_append (line, row->converter != NULL ? row->converter : converter);
  csv_append (line, row->sum);
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
  int sum; /* -1: not there */
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
  columns->sum = csv_find (header, SUM);
  for (guint i = 0; i < offsetof (Columns, sum) / sizeof (int); i++)
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

/* What is done with each line, and with whose data. */
typedef struct {
  void   (*call) (gpointer data, const ManifestRow *row);
  gpointer data;
} Each;

static void
read_row (char         **fields,
          const Columns *columns,
          const Each    *each)
{
  Facts facts;
  ManifestRow row = {
    .input = fields[columns->input], .output = field (fields, columns->output), .sha256 = field (fields, columns->sha256),
    .converter = fields[columns->converter], .size = g_ascii_strtoll (fields[columns->size], NULL, 10), .facts = &facts,
    .sum = columns->sum < 0 ? NULL : field (fields, columns->sum),
  };

  for (guint fact = 0; fact < N_FACTS; fact++)
    facts.text[fact] = (char *) field (fields, columns->facts[fact]); /* borrowed */
  if (*row.input != '\0' && facts_outcome (&facts) < OUTCOME_UNWRITTEN)
    each->call (each->data, &row);
}

/* FALSE: PATH is no manifest. */
static gboolean
read_file (const char *path,
           const Each *each)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) header = NULL;
  const char *cursor;
  Columns columns;
  char **fields;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  cursor = csv_skip_mark (text);
  header = csv_next (&cursor);
  if (header == NULL || !find_columns (&columns, header))
    return FALSE;
  while ((fields = csv_next (&cursor)) != NULL) {
    if (g_strv_length (fields) == g_strv_length (header))
      read_row (fields, &columns, each);
    g_strfreev (fields);
  }
  return TRUE;
}

/* The manifests of shares in OUTPUT. Free with g_ptr_array_unref(). */
static GPtrArray *
find_shares (const char *output)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (output, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_share (name))
      g_ptr_array_add (paths, g_build_filename (output, name, NULL));
  if (dir != NULL)
    g_dir_close (dir);
  return paths;
}

gboolean
manifest_each (const char *output,
               void      (*call) (gpointer data, const ManifestRow *row),
               gpointer    data)
{
  const Each each = { call, data };
  g_autofree char *whole = manifest_path (output, 1, 1);
  g_autoptr (GPtrArray) shares = find_shares (output);
  gboolean found = FALSE;

  for (guint i = 0; i < shares->len; i++)
    found |= read_file (shares->pdata[i], &each);
  found |= read_file (whole, &each);
  return found;
}

typedef struct {
  Journal    *journal;
  guint       shard, n_shards;
  const char *converter;
} Recall;

static void
recall_row (gpointer           data,
            const ManifestRow *row)
{
  const Recall *recall = data;
  g_autofree char *path = names_unshow (row->input);
  g_autoptr (GString) facts = g_string_new (NULL);
  gboolean mine = survey_is_mine (path, recall->shard, recall->n_shards);
  JournalRow line = {
    .path = path, .output = row->output, .sum = row->sum, .size = row->size, .sha256 = row->sha256,
    .outcome = row->facts->text[FACT_OUTCOME], .converter = row->converter,
  };

  facts_append (row->facts, facts);
  line.facts = facts->str;
  if (strcmp (row->converter, recall->converter) == 0)
    journal_recall (recall->journal, &line, mine);
  else if (mine && row->output != NULL && row->sha256 != NULL)
    journal_recall_former (recall->journal, &line);
}

void
manifest_recall (Journal    *journal,
                 const char *output,
                 guint       shard,
                 guint       n_shards,
                 const char *converter)
{
  Recall recall = { journal, shard, n_shards, converter };

  journal_begin (journal);
  manifest_each (output, recall_row, &recall);
  journal_commit (journal);
}

void
manifest_remove_shares (const char *output)
{
  g_autoptr (GPtrArray) shares = find_shares (output);

  for (guint i = 0; i < shares->len; i++)
    g_unlink (shares->pdata[i]);
}
