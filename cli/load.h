/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents into the tables of a dataset. */
#pragma once

#include "agencies.h"
#include "tables.h"

typedef struct _Dataset Dataset;

/* Opens the dataset PATH, or makes it. AGENCIES may be NULL, and must live as
   long. NULL with ERROR set: it cannot be opened, or is no dataset of this version. */
Dataset *dataset_open (const char *path, const Agencies *agencies, GError **error);
void     dataset_close (Dataset *dataset);

Sql       *dataset_sql (Dataset *dataset);
GPtrArray *dataset_tables (Dataset *dataset);

/* Documents are added between these two, as many as shall be lost together if
   the program is killed. */
void dataset_begin (Dataset *dataset);
void dataset_commit (Dataset *dataset);

/* Adds DOCUMENT, read from INPUT, whose checksum is SHA256. It replaces the
   one that has this checksum, and the one of the same date that has this input.
   Returns the report's title if there is one of the same number whose title
   says that it is another (free it with g_free()), else NULL. */
char *dataset_add (Dataset *dataset, HkDocument *document, const char *input, const char *sha256);

/* Numbers the versions of the reports, and removes reports and agencies that have no documents. */
void dataset_settle (Dataset *dataset);

/* Calls EACH with the name of each agency without a code that is in several
   folders, and these folders. Returns how many there are; EACH may be NULL. */
guint dataset_each_ambiguity (Dataset *dataset, void (*each) (const char *name, const char *folders));
