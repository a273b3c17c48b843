/* SPDX-License-Identifier: GPL-2.0-or-later */
/* OUT/manifest.csv: every input of a run, what it is and what became of it. */
#pragma once

#include "journal.h"

/* The manifest of share SHARD of N; N 1: of all. Free with g_free(). */
char *manifest_path (const char *output, guint shard, guint n);

/* Writes it whole. */
gboolean manifest_write (Journal *journal, const char *path, const char *converter, GError **error);

/* Notes in JOURNAL what the manifests in OUTPUT say that CONVERTER has done:
   manifest.csv, and (of N_SHARDS 1) those of all shares. */
void manifest_recall (Journal *journal, const char *output, guint shard, guint n_shards, const char *converter);

/* Removes the manifests of shares, which that of all stands for now. */
void manifest_remove_shares (const char *output);
