/* SPDX-License-Identifier: GPL-2.0-or-later */
/* OUT/manifest.csv: every input of a run, what it is and what became of it. */
#pragma once

#include "journal.h"

/* The manifest of share SHARD of N; N 1: of all. Free with g_free(). */
char *manifest_path (const char *output, guint shard, guint n);

/* Writes it whole. */
gboolean manifest_write (Journal *journal, const char *path, const char *converter, GError **error);

/* Notes in JOURNAL what the manifests in OUTPUT, that of all and those of
   shares, say that CONVERTER has done, and what others have whose outputs stand. */
void manifest_recall (Journal *journal, const char *output, guint shard, guint n_shards, const char *converter);

/* A line of a manifest, as it stands there. */
typedef struct {
  const char  *input, *output, *sha256, *converter; /* output, sha256: NULL where there is none */
  const char  *sum; /* SHA-256 of the output; NULL: not known */
  gint64       size;
  const Facts *facts;
} ManifestRow;

/* Calls EACH for the lines of all manifests in the folder OUTPUT. FALSE: there is no manifest. */
gboolean manifest_each (const char *output, void (*each) (gpointer data, const ManifestRow *row), gpointer data);

/* Removes the manifests of shares, which that of all stands for now. */
void manifest_remove_shares (const char *output);
