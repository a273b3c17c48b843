/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log of a run, in JSON Lines: everything that has a time in it. */
#pragma once

#include "job.h"

typedef struct _RunLog RunLog;

/* Opens PATH, to which the run adds. NULL with ERROR set. */
RunLog *runlog_open (const char *path, GError **error);
void    runlog_close (RunLog *log);

/* FALSE with ERROR set: not everything that was added is in the file. LOG may be NULL. */
gboolean runlog_check (const RunLog *log, GError **error);

/* Adds a line each. LOG may be NULL. */
void runlog_begin (RunLog *log, const char *converter, guint n_jobs, guint n_inputs, guint n_todo);
void runlog_document (RunLog *log, const Job *job, const Facts *facts);
void runlog_failure (RunLog *log, const char *input, Outcome outcome, const char *message); /* of no process */
void runlog_end (RunLog *log, const guint counts[N_OUTCOMES], double seconds, gboolean stopped);
