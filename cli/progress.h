/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run shows on standard error: on a terminal one line that is
   rewritten, with what fails above it; else a line for each document. */
#pragma once

#include "cli.h"
#include "job.h"

typedef struct _Progress Progress;

Progress *progress_new (Level level);
void      progress_free (Progress *progress);

/* Something without a known end goes on; N of WHAT ("documents looked at") so far. */
void progress_count (Progress *progress, guint n, const char *what);

/* Conversion begins: N_INPUTS there are, N_TODO of them are still to be done. */
void progress_begin (Progress *progress, guint n_inputs, guint n_todo);

/* TASK is done. */
void progress_document (Progress *progress, const Task *task, const Facts *facts);

/* Brings the line up to date, if it is time. */
void progress_tick (Progress *progress);

/* Takes the line away, so that other messages can be printed. */
void progress_clear (Progress *progress);
