/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV as RFC 4180 has it, in UTF-8; lines end with LF. */
#pragma once

#include "hyokasho.h"

/* Appends one field and a comma. A NULL is an empty field. */
void csv_append (GString *line, const char *field);

/* Ends a record: its last comma becomes the end of the line. */
void csv_end (GString *line);

/* The fields of the record that begins at *CURSOR, which is moved behind it;
   NULL at the end of the text. A field in quotes may hold line breaks. A byte
   order mark at the beginning of a text is to be skipped by the caller. Free
   with g_strfreev(). */
char **csv_next (const char **cursor);

/* TRUE: each field in TEXT that begins with a quote ends with one. FALSE: not
   that one in record *RECORD, counted from 1, so that what csv_next() takes for
   it may be many records in one. */
gboolean csv_check (const char *text, guint *record);

/* Which field of HEADER is called NAME; -1: none. */
int csv_find (char **header, const char *name);

/* Behind the byte order mark of TEXT, if it has one. */
const char *csv_skip_mark (const char *text);
