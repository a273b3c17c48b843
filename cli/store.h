/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A dataset: its database, and what is known of the forms that fill it. */
#pragma once

#include "agencies.h"
#include "tables.h"

#define STORE_FORMS 5 /* 0 … 4 */

typedef struct {
  Sql            *sql;
  GPtrArray      *tables;
  const Agencies *agencies;
  GHashTable     *items[STORE_FORMS]; /* path → HkItem */
  GHashTable     *risks[STORE_FORMS]; /* path of a risk → HkItem, its sufficiency */
  gboolean        is_loading;
} Store;

/* Opens the dataset PATH, or makes it. AGENCIES may be NULL, and must live as
   long. NULL with ERROR set: it cannot be opened, or is no dataset of this version. */
Store *store_open (const char *path, const Agencies *agencies, GError **error);
void   store_close (Store *store);

/* TRUE: there is no document in it. FALSE, too, if that cannot be told. */
gboolean store_is_empty (const Store *store);

/* Documents are added between these two, as many as shall be lost together if
   the program is killed. */
void store_begin (Store *store);
void store_commit (Store *store);

/* Numbers the versions of REPORT, or removes it if it has no documents. What is
   committed is settled, so that a run that is killed leaves nothing half said. */
void store_settle (Store *store, gint64 report);

/* Removes AGENCY if it has no reports. */
void store_drop_agency (Store *store, gint64 agency);

/* Calls EACH with the name of each agency without a code that is in several
   folders, and these folders. Returns how many there are; EACH may be NULL. */
guint store_each_ambiguity (Store *store, void (*each) (const char *name, const char *folders));

/* What kinds and statuses are called in the tables. */
const char *store_kind_name (HkKind kind);
const char *store_status_name (HkStatus status);
