/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hyokasho convert -j: a collection of documents into a folder. */
#pragma once

#include "cli.h"

typedef struct {
  char      **inputs;       /* files, folders, @lists */
  const char *output;       /* the folder */
  HkFormat    format;
  const char *format_name;
  const char *extension;
  Level       level;
  guint       n_jobs;
  guint       shard, n_shards; /* of 1 … */
  gboolean    retry_failed;
  const char *log;          /* NULL: none */
  double      seconds;      /* limits of one document */
  guint       memory_mib;
  HkReading   how;          /* with the pages that it may have */
} BatchPlan;

ExitStatus batch_run (const BatchPlan *plan);
