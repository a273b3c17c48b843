/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The journal is an SQLite database in OUT/.hyokasho/SHARE, which is gone when
 * a run has come to its end: manifest.csv then says all that it said.
 *
 * An input's state: TODO → UNDER_WAY → SETTLED. A run that is taken up again
 * sets all states anew, from what contents there are and which outputs stand.
 */
#include "journal.h"

#include "names.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define STATE_FOLDER ".hyokasho"
#define DATABASE     "journal.sqlite"
#define VERSION      "1" /* of the tables; a journal of another is begun anew */

enum { SETTLED, TODO, UNDER_WAY };

static const char schema[] =
  "CREATE TABLE IF NOT EXISTS converter (name TEXT);"
  "CREATE TABLE IF NOT EXISTS inputs ("
  "  path BLOB PRIMARY KEY,"
  "  seen INTEGER,"        /* named in this run */
  "  mine INTEGER,"        /* of this run's share */
  "  output TEXT,"
  "  folded TEXT UNIQUE,"  /* output, as some file systems see it */
  "  size INTEGER,"
  "  sha256 TEXT,"
  "  trouble TEXT,"        /* why there is no result, … */
  "  fault TEXT,"          /* … and what outcome that is */
  "  state INTEGER"
  ") WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS todo ON inputs (path) WHERE state = 1;"
  "CREATE INDEX IF NOT EXISTS nameless ON inputs (path) WHERE output IS NULL;"
  "CREATE INDEX IF NOT EXISTS by_content ON inputs (sha256);"
  "CREATE INDEX IF NOT EXISTS by_output ON inputs (output);"
  /* What became of a content, whatever file has it. */
  "CREATE TABLE IF NOT EXISTS results (sha256 TEXT PRIMARY KEY, outcome TEXT, facts TEXT) WITHOUT ROWID;"
  /* Of which content the outputs are that stand in the folder. */
  "CREATE TABLE IF NOT EXISTS outputs ("
  "  output TEXT PRIMARY KEY,"
  "  sha256 TEXT,"
  "  sum TEXT"             /* SHA-256 of the output itself; NULL: not known */
  ") WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS output_by_content ON outputs (sha256);"
  /* What other converters have done: lines of manifests. */
  "CREATE TABLE IF NOT EXISTS former ("
  "  path BLOB PRIMARY KEY,"
  "  output TEXT,"
  "  folded TEXT UNIQUE,"
  "  sum TEXT,"
  "  size INTEGER,"
  "  sha256 TEXT,"
  "  facts TEXT,"
  "  converter TEXT"
  ") WITHOUT ROWID;"
  "PRAGMA user_version = " VERSION ";";

struct _Journal {
  Sql        *sql;
  char       *output;      /* the folder, … */
  char       *real_output; /* … without links, and with a slash at its end */
  char       *folder;      /* of the journal */
  struct stat status;      /* of the output folder */
  gboolean    is_new;      /* nothing was known of the run */
};

/* --- Opening and closing --------------------------------------------------------- */

/* Removes the outputs that a run did not finish; with ALL, the journal's own files, too. */
static void
sweep (const char *folder,
       gboolean    all)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (all || !g_str_has_prefix (name, DATABASE))
      g_unlink (path);
  }
  if (dir != NULL)
    g_dir_close (dir);
}

static void
clear (Journal *journal)
{
  sql_script (journal->sql, "DROP TABLE IF EXISTS converter; DROP TABLE IF EXISTS inputs;"
                            "DROP TABLE IF EXISTS results; DROP TABLE IF EXISTS outputs;"
                            "DROP TABLE IF EXISTS former;");
}

/* What the journal's converter has done becomes that of a former one. */
static void
hand_over (Sql *sql)
{
  sql_script (sql, "INSERT OR IGNORE INTO former SELECT path, o.output, folded, sum, size, inputs.sha256, facts, name"
                   " FROM converter, inputs JOIN results USING (sha256)"
                   " JOIN outputs AS o ON o.output = inputs.output AND o.sha256 = inputs.sha256;"
                   "DELETE FROM inputs; DELETE FROM results; DELETE FROM outputs; DELETE FROM converter;");
}

/* Fills in the tables, or finds them. FALSE: another run has the journal. */
static gboolean
prepare (Journal    *journal,
         const char *converter)
{
  Sql *sql = journal->sql;

  sqlite3_busy_timeout (sql->handle, 0);
  sql_script (sql, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  sql_script (sql, "BEGIN IMMEDIATE"); /* the lock is ours from here on */
  if (sql_number (sql, "PRAGMA user_version", "") != atoi (VERSION))
    clear (journal);
  sql_script (sql, schema);
  if (sql_number (sql, "SELECT count(*) FROM converter WHERE name = ?", "s", converter) == 0) {
    journal->is_new = sql_number (sql, "SELECT count(*) FROM outputs", "") + sql_number (sql, "SELECT count(*) FROM former", "") == 0;
    hand_over (sql);
    sql_run (sql, "INSERT INTO converter VALUES (?)", "s", converter);
  }
  sql_script (sql, "COMMIT");
  return sql->trouble == NULL;
}

Journal *
journal_open (const char *output,
              const char *share,
              const char *converter,
              GError    **error)
{
  Journal *journal = g_new0 (Journal, 1);
  g_autofree char *name = g_filename_display_name (output);
  g_autofree char *database = NULL;
  char *real;

  journal->output = names_clean (output);
  journal->folder = g_build_filename (output, STATE_FOLDER, share, NULL);
  database = g_build_filename (journal->folder, DATABASE, NULL);
  if (g_mkdir_with_parents (journal->folder, 0777) != 0 || g_stat (output, &journal->status) != 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: the folder cannot be made (%s): nothing was converted", name,
                 g_strerror (errno));
    journal_close (journal, FALSE);
    return NULL;
  }
  real = realpath (output, NULL);
  journal->real_output = g_strconcat (real != NULL ? real : output, "/", NULL);
  free (real);

  journal->sql = sql_open (database, error);
  if (journal->sql == NULL || !prepare (journal, converter)) {
    if (journal->sql != NULL)
      g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: the journal of the run cannot be used (%s): "
                   "let the other run into this folder end, if there is one; nothing was converted",
                   name, journal->sql->trouble);
    journal_close (journal, FALSE);
    return NULL;
  }
  sweep (journal->folder, FALSE);
  return journal;
}

void
journal_close (Journal *journal,
               gboolean finished)
{
  g_autofree char *folders = journal->folder == NULL ? NULL : g_path_get_dirname (journal->folder);

  sql_close (journal->sql);
  if (finished) {
    sweep (journal->folder, TRUE);
    g_rmdir (journal->folder);
    g_rmdir (folders); /* fails while another share is at work */
  }
  g_free (journal->output);
  g_free (journal->real_output);
  g_free (journal->folder);
  g_free (journal);
}

gboolean
journal_check (const Journal *journal,
               GError       **error)
{
  return sql_check (journal->sql, error);
}

gboolean
journal_is_new (const Journal *journal)
{
  return journal->is_new;
}

const char *
journal_temporaries (const Journal *journal)
{
  return journal->folder;
}

gboolean
journal_is_folder (const Journal     *journal,
                   const struct stat *status)
{
  return status->st_dev == journal->status.st_dev && status->st_ino == journal->status.st_ino;
}

gboolean
journal_holds (const Journal *journal,
               const char    *path)
{
  char    *real  = realpath (path, NULL);
  gboolean holds = real != NULL && g_str_has_prefix (real, journal->real_output);

  free (real);
  return holds;
}

void
journal_begin (Journal *journal)
{
  sql_run (journal->sql, "BEGIN", "");
}

void
journal_commit (Journal *journal)
{
  sql_run (journal->sql, "COMMIT", "");
}

/* --- Earlier work ---------------------------------------------------------------- */

void
journal_recall (Journal          *journal,
                const JournalRow *row,
                gboolean          mine)
{
  g_autofree char *folded = row->output == NULL ? NULL : names_fold (row->output);

  sql_run (journal->sql, "INSERT OR IGNORE INTO inputs VALUES (?, 0, ?, ?, ?, ?, ?, NULL, NULL, 0)", "bussis",
           row->path, (guint) mine, row->output, folded, row->size, row->sha256);
  if (row->sha256 == NULL)
    return;
  sql_run (journal->sql, "INSERT OR IGNORE INTO results VALUES (?, ?, ?)", "sss", row->sha256, row->outcome, row->facts);
  if (row->output != NULL)
    sql_run (journal->sql, "INSERT OR IGNORE INTO outputs VALUES (?, ?, ?)", "sss", row->output, row->sha256, row->sum);
}

void
journal_recall_former (Journal          *journal,
                       const JournalRow *row)
{
  g_autofree char *folded = names_fold (row->output);

  sql_run (journal->sql, "INSERT OR IGNORE INTO former VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "bsssisss", row->path, row->output,
           folded, row->sum, row->size, row->sha256, row->facts, row->converter);
}

void
journal_forget_failures (Journal *journal)
{
  for (guint outcome = 0; outcome < N_OUTCOMES; outcome++)
    if (!outcome_has_output (outcome))
      sql_run (journal->sql, "DELETE FROM results WHERE outcome = ?", "s", outcome_name (outcome));
}

/* --- Inputs ------------------------------------------------------------------------ */

void
journal_forget_inputs (Journal *journal)
{
  sql_run (journal->sql, "UPDATE inputs SET seen = 0, state = 0", "");
}

void
journal_add_input (Journal    *journal,
                   const char *path,
                   gboolean    mine)
{
  sql_run (journal->sql, "INSERT INTO inputs (path, seen, mine, state) VALUES (?, 1, ?, 0)"
           " ON CONFLICT (path) DO UPDATE SET seen = 1, mine = excluded.mine", "bu", path, (guint) mine);
}

/* The file name in the first column of STATEMENT. Free with g_free(). */
static char *
take_path (sqlite3_stmt *statement)
{
  return g_strndup (sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0));
}

void
journal_name_outputs (Journal    *journal,
                      const char *extension)
{
  Sql *sql = journal->sql;
  sqlite3_stmt *next;

  while (sql_next (sql, next = sql_query (sql, "SELECT path FROM inputs WHERE output IS NULL ORDER BY path LIMIT 1", ""))) {
    g_autofree char *path = take_path (next);
    gboolean taken = TRUE;

    sqlite3_reset (next);
    for (guint n = 1; taken; n++) {
      g_autofree char *output = names_output (path, extension, n);
      g_autofree char *folded = names_fold (output);

      taken = sql_number (sql, "SELECT count(*) FROM inputs WHERE folded = ?", "s", folded) > 0 ||
              sql_number (sql, "SELECT count(*) FROM former WHERE folded = ? AND path <> ?", "sb", folded, path) > 0;
      if (!taken)
        sql_run (sql, "UPDATE inputs SET output = ?, folded = ? WHERE path = ?", "ssb", output, folded, path);
    }
  }
}

gboolean
journal_next_input (Journal *journal,
                    char   **path)
{
  sqlite3_stmt *next = sql_query (journal->sql, "SELECT path FROM inputs WHERE path > ? AND seen AND mine"
                                  " ORDER BY path LIMIT 1", "b", *path);

  if (!sql_next (journal->sql, next))
    return FALSE;
  g_free (*path);
  *path = take_path (next);
  sqlite3_reset (next);
  return TRUE;
}

/* Where OUTPUT stands. Free with g_free(). */
static char *
output_path (const Journal *journal,
             const char    *output)
{
  return g_build_filename (journal->output, output, NULL);
}

/* Whether the file PATH is as it was written, with SUM; "": by a version that did not note it. */
static gboolean
is_whole (const char *path,
          const char *sum)
{
  g_autofree char *found = NULL;
  struct stat status;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;
  if (*sum == '\0')
    return status.st_size > 0;
  found = job_sum_up (path);
  return found != NULL && strcmp (found, sum) == 0;
}

/* Whether OUTPUT is that of SHA256 as it is. */
static gboolean
stands (Journal    *journal,
        const char *output,
        const char *sha256)
{
  sqlite3_stmt *known = sql_query (journal->sql, "SELECT sum FROM outputs WHERE output = ? AND sha256 = ?", "ss", output, sha256);
  g_autofree char *path = output_path (journal, output);
  gboolean found = sql_next (journal->sql, known) && is_whole (path, sql_text (known, 0));

  sqlite3_reset (known);
  return found;
}

/* Whether PATH, that contains SHA256, is still to be converted. */
static gboolean
is_todo (Journal    *journal,
         const char *path,
         const char *sha256)
{
  Sql *sql = journal->sql;
  sqlite3_stmt *result = sql_query (sql, "SELECT outcome FROM results WHERE sha256 = ?", "s", sha256);
  sqlite3_stmt *input;
  gboolean todo = TRUE;

  if (!sql_next (sql, result))
    return TRUE;
  if (!outcome_has_output (outcome_parse (sql_text (result, 0)))) {
    todo = FALSE;
  } else {
    input = sql_query (sql, "SELECT output FROM inputs WHERE path = ?", "b", path);
    if (sql_next (sql, input))
      todo = !stands (journal, sql_text (input, 0), sha256);
    sqlite3_reset (input);
  }
  sqlite3_reset (result);
  return todo;
}

void
journal_set_content (Journal    *journal,
                     const char *path,
                     const char *sha256,
                     gint64      size,
                     const char *trouble)
{
  guint state = sha256 != NULL && is_todo (journal, path, sha256) ? TODO : SETTLED;

  sql_run (journal->sql, "UPDATE inputs SET sha256 = ?, size = ?, trouble = ?, fault = ?, state = ? WHERE path = ?",
           "sissub", sha256, size, trouble, sha256 != NULL ? NULL : outcome_name (OUTCOME_UNREAD), state, path);
}

/* --- Work ---------------------------------------------------------------------------- */

guint
journal_count_inputs (Journal *journal)
{
  return (guint) sql_number (journal->sql, "SELECT count(*) FROM inputs WHERE seen AND mine", "");
}

guint
journal_count_todo (Journal *journal)
{
  return (guint) sql_number (journal->sql, "SELECT count(*) FROM inputs WHERE state <> 0", "");
}

Task *
journal_take_task (Journal *journal,
                   gboolean twins)
{
  Sql *sql = journal->sql;
  sqlite3_stmt *next = sql_query (sql, "SELECT sha256 FROM inputs WHERE state = 1 ORDER BY path LIMIT 1", "");
  Task *task;

  if (!sql_next (sql, next))
    return NULL;
  task = task_new (sql_text (next, 0));
  sqlite3_reset (next);

  next = sql_query (sql, "SELECT path, output FROM inputs WHERE sha256 = ? AND state = 1 ORDER BY path", "s", task->sha256);
  while (sql_next (sql, next)) {
    g_ptr_array_add (task->inputs, take_path (next));
    g_ptr_array_add (task->outputs, output_path (journal, sql_text (next, 1)));
  }
  /* An output that is to be written anew would be no twin any more. */
  next = sql_query (sql, "SELECT output FROM outputs WHERE sha256 = ? AND NOT EXISTS"
                    " (SELECT * FROM inputs WHERE inputs.output = outputs.output AND state <> 0)"
                    " ORDER BY output", "s", task->sha256);
  while (twins && task->twin == NULL && sql_next (sql, next))
    if (stands (journal, sql_text (next, 0), task->sha256))
      task->twin = output_path (journal, sql_text (next, 0));
  sqlite3_reset (next);

  journal_begin (journal);
  sql_run (sql, "UPDATE inputs SET state = 2 WHERE sha256 = ? AND state = 1", "s", task->sha256);
  sql_run (sql, "DELETE FROM outputs WHERE output IN (SELECT output FROM inputs WHERE sha256 = ? AND state = 2)", "s",
           task->sha256);
  journal_commit (journal);
  return task;
}

/* The outputs of TASK stand but for those that could not be written; or
   (OUTCOME has none) those of what its inputs contained before go. */
static void
note_outputs (Journal    *journal,
              const Task *task,
              Outcome     outcome)
{
  gsize skip = strlen (journal->output) + !g_str_has_suffix (journal->output, "/"); /* as output_path() joins them */

  for (guint i = 0; i < task->outputs->len; i++) {
    const char    *path    = task->outputs->pdata[i];
    const Written *written = outcome_has_output (outcome) ? task->written->pdata[i] : NULL;

    if (written == NULL)
      g_unlink (path);
    else if (written->trouble == NULL)
      sql_run (journal->sql, "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", "sss", path + skip, task->sha256, written->sum);
    else
      sql_run (journal->sql, "UPDATE inputs SET state = 0, sha256 = NULL, trouble = ?, fault = ? WHERE path = ?", "ssb",
               written->trouble, outcome_name (OUTCOME_UNWRITTEN), task->inputs->pdata[i]);
  }
}

void
journal_finish_task (Journal     *journal,
                     const Task  *task,
                     const Facts *facts)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Outcome outcome = facts_outcome (facts);

  if (outcome == OUTCOME_UNWRITTEN)
    return;
  journal_begin (journal);
  if (outcome == OUTCOME_UNREAD) {
    /* It was the file, not the content. */
    sql_run (journal->sql, "UPDATE inputs SET state = 0, sha256 = NULL, trouble = ?, fault = ? WHERE sha256 = ? AND state = 2",
             "sss", facts->text[FACT_MESSAGE], outcome_name (OUTCOME_UNREAD), task->sha256);
  } else {
    facts_append (facts, line);
    sql_run (journal->sql, "INSERT OR REPLACE INTO results VALUES (?, ?, ?)", "sss", task->sha256,
             outcome_name (outcome), line->str);
    note_outputs (journal, task, outcome);
    sql_run (journal->sql, "UPDATE inputs SET state = 0 WHERE sha256 = ? AND state = 2", "s", task->sha256);
  }
  journal_commit (journal);
}

/* --- Results --------------------------------------------------------------------------- */

void
journal_count_outcomes (Journal *journal,
                        guint    counts[N_OUTCOMES])
{
  sqlite3_stmt *next = sql_query (journal->sql, "SELECT ifnull (outcome, fault), count(*)"
                                  " FROM inputs LEFT JOIN results USING (sha256) WHERE seen AND mine GROUP BY 1", "");

  memset (counts, 0, N_OUTCOMES * sizeof *counts);
  while (sql_next (journal->sql, next)) {
    Outcome outcome = outcome_parse (sql_text (next, 0));

    if (outcome < N_OUTCOMES)
      counts[outcome] = (guint) sqlite3_column_int64 (next, 1);
  }
}

/* The lines are those of inputs with what this converter has done, and of others
   with what former ones have. */
static const char rows[] =
  "WITH now AS (SELECT path, o.output, sum, size, inputs.sha256, facts, NULL AS converter, trouble, seen, fault"
  " FROM inputs LEFT JOIN results USING (sha256)"
  " LEFT JOIN outputs AS o ON o.output = inputs.output AND o.sha256 = inputs.sha256"
  " WHERE mine AND (seen OR o.output IS NOT NULL)) "
  "SELECT CAST (path AS TEXT), output, sum, size, sha256, facts, converter, trouble, seen, fault FROM ("
  " SELECT * FROM now UNION ALL"
  " SELECT path, output, sum, size, sha256, facts, converter, NULL, 0, NULL FROM former"
  " WHERE path NOT IN (SELECT path FROM now)) ORDER BY path";

/* A line of an input that was not named stays while its output is there. */
static gboolean
is_there (const Journal *journal,
          const char    *output)
{
  g_autofree char *path = output_path (journal, output);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

gboolean
journal_next_settled (Journal       *journal,
                      sqlite3_stmt **cursor,
                      JournalRow    *row)
{
  if (*cursor == NULL)
    *cursor = sql_query (journal->sql, "SELECT CAST (path AS TEXT), ifnull (outcome, fault), facts, trouble"
                         " FROM inputs LEFT JOIN results USING (sha256) WHERE seen AND mine AND state = 0 ORDER BY path", "");
  if (!sql_next (journal->sql, *cursor))
    return FALSE;
  *row = (JournalRow){
    .path    = (const char *) sqlite3_column_text (*cursor, 0),
    .outcome = (const char *) sqlite3_column_text (*cursor, 1),
    .facts   = (const char *) sqlite3_column_text (*cursor, 2),
    .trouble = (const char *) sqlite3_column_text (*cursor, 3),
  };
  return TRUE;
}

gboolean
journal_next_row (Journal       *journal,
                  sqlite3_stmt **cursor,
                  JournalRow    *row)
{
  if (*cursor == NULL)
    *cursor = sql_query (journal->sql, rows, "");
  do {
    if (!sql_next (journal->sql, *cursor))
      return FALSE;
  } while (sqlite3_column_int (*cursor, 8) == 0 && !is_there (journal, sql_text (*cursor, 1)));
  *row = (JournalRow){
    .path      = (const char *) sqlite3_column_text (*cursor, 0),
    .output    = (const char *) sqlite3_column_text (*cursor, 1),
    .sum       = (const char *) sqlite3_column_text (*cursor, 2),
    .size      = sqlite3_column_int64 (*cursor, 3),
    .sha256    = (const char *) sqlite3_column_text (*cursor, 4),
    .facts     = (const char *) sqlite3_column_text (*cursor, 5),
    .converter = (const char *) sqlite3_column_text (*cursor, 6),
    .trouble   = (const char *) sqlite3_column_text (*cursor, 7),
    .outcome   = (const char *) sqlite3_column_text (*cursor, 9),
  };
  return TRUE;
}
