/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which agencies are the same, and which reports are versions of one. */
#pragma once

#include "sql.h"

/* What a file of agencies says: a row for a folder of inputs, an agency's name, or both. */
typedef struct _Agencies Agencies;

/* Reads the CSV PATH with the columns code and prefecture, and folder or
   agency or both. NULL with ERROR set, naming the line. */
Agencies *agencies_read (const char *path, GError **error);
void      agencies_free (Agencies *agencies);

/* How many records have fitted no document so far; the first is *FIRST. AGENCIES may be NULL. */
guint agencies_count_idle (const Agencies *agencies, guint *first);

/* The agency called NAME (NULL: not known) of the document INPUT, by its id;
   made if it is not there. AGENCIES may be NULL. */
gint64 agencies_find (const Agencies *agencies, Sql *sql, const char *name, const char *input);

/* The report of AGENCY with FORM, NUMBER and TITLE (NULL where it has none),
   by its id; made if it is not there. *OTHER is set if there is one with this
   number whose title says that it is another. */
gint64 agencies_find_report (Sql *sql, gint64 agency, guint form, const char *number, const char *title, gboolean *other);

/* TEXT as it is compared with others: width, case and white space evened. Free with g_free(). */
char *agencies_fold (const char *text);
