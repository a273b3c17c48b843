/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A thin layer over SQLite: statements are prepared once, and the first
   failure is kept. */
#pragma once

#include "hyokasho.h"

#include <sqlite3.h>

typedef struct {
  sqlite3    *handle;
  GHashTable *statements; /* text, by its address → sqlite3_stmt */
  char       *trouble;    /* what failed first; every later call does nothing */
} Sql;

/* Opens the database PATH, which is made if need be. NULL with ERROR set
   (HK_ERROR_IO). Close it with sql_close(). */
Sql *sql_open (const char *path, GError **error);
void sql_close (Sql *sql);

/* TRUE; or FALSE with ERROR set if something has failed so far. */
gboolean sql_check (const Sql *sql, GError **error);

/* Runs statements without parameters, one after the other. */
void sql_script (Sql *sql, const char *text);

/* Prepares TEXT, a literal, and binds its parameters. Each character of TYPES
   says what the next argument is: s a string, b a file name (stored as bytes),
   u a guint, i a gint64, n a gint64 of which 0 is NULL, m one of which -1 is
   NULL, d a double of which NaN is NULL; NULL strings are NULL. NULL: something
   has failed. The statement belongs to SQL. */
sqlite3_stmt *sql_query (Sql *sql, const char *text, const char *types, ...);

/* TRUE: STATEMENT stands on its next row. FALSE: there is none, and it is reset. */
gboolean sql_next (Sql *sql, sqlite3_stmt *statement);

/* The same as sql_query(), for what gives no rows: it is run at once. */
void sql_run (Sql *sql, const char *text, const char *types, ...);

/* The first column of the first row as a number; 0: there is none. */
gint64 sql_number (Sql *sql, const char *text, const char *types, ...);

/* Text of a column; "" where it is NULL. Valid until the next step. */
const char *sql_text (sqlite3_stmt *statement, int column);
