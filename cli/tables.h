/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of a dataset as data: from them come the database's schema, the
   data dictionary and datapackage.json. Columns that hold an item of the form
   are made from the form; the others are in tables.c. */
#pragma once

#include "hyokasho.h"

typedef enum {
  COLUMN_FIXED,  /* filled by name */
  COLUMN_TEXT,   /* the item's value as printed */
  COLUMN_OPTION, /* number of the choice */
  COLUMN_NUMBER, /* a count as a number */
  COLUMN_DATE    /* a date in ISO 8601 */
} ColumnSource;

typedef struct {
  char        *name;
  const char  *type;       /* INTEGER, REAL, TEXT */
  const char  *rule;       /* "NOT NULL" …, or NULL */
  const char  *references; /* the table whose id it holds, or NULL */
  char        *japanese;   /* what it holds */
  char        *english;
  ColumnSource source;
  char        *path;       /* of the item, below the table's block */
} Column;

typedef struct {
  const char *name;
  const char *block;    /* that a row stands for: "file[]/consignment[]"; "" the document; NULL: none */
  const char *rule;     /* of the table: "UNIQUE (…)", or NULL */
  const char *japanese; /* what a row is */
  const char *english;
  GPtrArray  *columns;  /* Column */
  char       *insert;   /* the statement that adds a row */
} Table;

/* All tables, those that others refer to first. Free with g_ptr_array_unref(). */
GPtrArray *tables_new (void);

/* The table called NAME. */
const Table *tables_find (GPtrArray *tables, const char *name);

/* The index of the column called NAME. */
int table_column (const Table *table, const char *name);

/* CREATE statements, with the descriptions as comments. Free with g_free(). */
char *tables_sql (GPtrArray *tables);

/* What an item's values are kept as, besides item_values. */
typedef enum {
  ROLE_COLUMN,     /* a column of a table */
  ROLE_MARKS,      /* a group of boxes, or a box alone: rows of marks */
  ROLE_SUFFICIENCY, /* the judgement on a risk */
  ROLE_MEASURE     /* of what is done against risks */
} Role;
Role item_role (const HkItem *item);
