/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first look at a collection: which documents there are, what their
   outputs are called, what they contain. All of it goes to the journal. */
#pragma once

#include "journal.h"

typedef struct {
  Journal    *journal;
  const char *extension;       /* of outputs */
  guint       shard, n_shards; /* this run's share: SHARD of 1 … N_SHARDS */
  gboolean  (*pulse) (gpointer data, guint n_read); /* called now and then; FALSE: stop */
  gpointer    pulse_data;
  guint       n_passed_over;   /* files in folders whose names are not those of documents */
} Survey;

/* Notes what ARGUMENTS name: files, folders with all that is in them, and
   @LISTs. FALSE: stopped, or ERROR is set (a list that cannot be read). */
gboolean survey_find (Survey *survey, char **arguments, GError **error);

/* Names the outputs, reads each input for its checksum, and finds out what is
   still to be done. FALSE: stopped. */
gboolean survey_examine (Survey *survey);

/* Whether the input PATH is in share SHARD of N. It depends on the path alone. */
gboolean survey_is_mine (const char *path, guint shard, guint n);

/* Whether a file in a folder is taken for a document, by its NAME. */
gboolean survey_is_called_as_document (const char *name);
