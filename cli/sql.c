/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sql.h"

#include <stdarg.h>
#include <string.h>

#define BUSY_MS 10000

static void
keep_trouble (Sql *sql)
{
  if (sql->trouble == NULL)
    sql->trouble = g_strdup (sqlite3_errmsg (sql->handle));
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

Sql *
sql_open (const char *path,
          GError    **error)
{
  Sql *sql = g_new0 (Sql, 1);

  sql->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  if (sqlite3_open (path, &sql->handle) == SQLITE_OK) {
    sqlite3_busy_timeout (sql->handle, BUSY_MS);
    return sql;
  }
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: cannot be opened as a database (%s)", name,
               sqlite3_errmsg (sql->handle));
  sql_close (sql);
  return NULL;
}

void
sql_close (Sql *sql)
{
  if (sql == NULL)
    return;
  g_hash_table_unref (sql->statements);
  sqlite3_close (sql->handle);
  g_free (sql->trouble);
  g_free (sql);
}

gboolean
sql_check (const Sql *sql,
           GError   **error)
{
  if (sql->trouble == NULL)
    return TRUE;
  g_autofree char *name = g_filename_display_name (sqlite3_db_filename (sql->handle, "main"));
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: %s", name, sql->trouble);
  return FALSE;
}

void
sql_script (Sql        *sql,
            const char *text)
{
  if (sql->trouble == NULL && sqlite3_exec (sql->handle, text, NULL, NULL, NULL) != SQLITE_OK)
    keep_trouble (sql);
}

static sqlite3_stmt *
prepare (Sql        *sql,
         const char *text)
{
  sqlite3_stmt *statement = g_hash_table_lookup (sql->statements, text);

  if (statement != NULL || sql->trouble != NULL)
    return statement;
  if (sqlite3_prepare_v2 (sql->handle, text, -1, &statement, NULL) != SQLITE_OK) {
    keep_trouble (sql);
    return NULL;
  }
  g_hash_table_insert (sql->statements, (gpointer) text, statement);
  return statement;
}

static void
bind (sqlite3_stmt *statement,
      const char   *types,
      va_list       arguments)
{
  for (int i = 1; types[i - 1] != '\0'; i++) {
    const char *text;
    gint64 number;

    switch (types[i - 1]) {
    case 's':
      sqlite3_bind_text (statement, i, va_arg (arguments, const char *), -1, SQLITE_TRANSIENT);
      break;
    case 'b':
      text = va_arg (arguments, const char *);
      sqlite3_bind_blob (statement, i, text, text == NULL ? 0 : (int) strlen (text), SQLITE_TRANSIENT);
      break;
    case 'u':
      sqlite3_bind_int64 (statement, i, va_arg (arguments, guint));
      break;
    case 'i':
      sqlite3_bind_int64 (statement, i, va_arg (arguments, gint64));
      break;
    case 'n':
    case 'm':
      number = va_arg (arguments, gint64);
      if (number == (types[i - 1] == 'n' ? 0 : -1))
        sqlite3_bind_null (statement, i);
      else
        sqlite3_bind_int64 (statement, i, number);
      break;
    case 'd':
      sqlite3_bind_double (statement, i, va_arg (arguments, double));
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

static sqlite3_stmt *
query (Sql        *sql,
       const char *text,
       const char *types,
       va_list     arguments)
{
  sqlite3_stmt *statement = prepare (sql, text);

  if (statement == NULL || sql->trouble != NULL)
    return NULL;
  sqlite3_reset (statement);
  bind (statement, types, arguments);
  return statement;
}

sqlite3_stmt *
sql_query (Sql        *sql,
           const char *text,
           const char *types,
           ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, types);
  statement = query (sql, text, types, arguments);
  va_end (arguments);
  return statement;
}

gboolean
sql_next (Sql          *sql,
          sqlite3_stmt *statement)
{
  if (statement == NULL || sql->trouble != NULL)
    return FALSE;
  switch (sqlite3_step (statement)) {
  case SQLITE_ROW:
    return TRUE;
  case SQLITE_DONE:
    break;
  default:
    keep_trouble (sql);
  }
  sqlite3_reset (statement);
  return FALSE;
}

void
sql_run (Sql        *sql,
         const char *text,
         const char *types,
         ...)
{
  va_list arguments;

  va_start (arguments, types);
  (void) sql_next (sql, query (sql, text, types, arguments));
  va_end (arguments);
}

gint64
sql_number (Sql        *sql,
            const char *text,
            const char *types,
            ...)
{
  sqlite3_stmt *statement;
  gint64 number = 0;
  va_list arguments;

  va_start (arguments, types);
  statement = query (sql, text, types, arguments);
  va_end (arguments);
  if (sql_next (sql, statement)) {
    number = sqlite3_column_int64 (statement, 0);
    sqlite3_reset (statement);
  }
  return number;
}

const char *
sql_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}
