/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One content, read in a process of its own and written under every name that
   it has. A hostile file can bring its process down, never the run. */
#pragma once

#include "facts.h"

#include <sys/types.h>

/* The same for all jobs of a run. */
typedef struct {
  HkFormat    format;
  const char *temporaries; /* folder for unfinished outputs */
  double      seconds;     /* limits of one document: time, … */
  guint       memory_mib;
  HkReading   how;         /* … and its pages, among how it is read */
} JobTerms;

/* Limits that do for every assessment we know: the longest took 5 s and 100 MiB, and
   a scan takes a second or two a page. */
#define JOB_SECONDS    300.
#define JOB_MEMORY_MIB 2048
#define JOB_PAGES      2000
#define JOB_TERMS(format, temporaries) { (format), (temporaries), JOB_SECONDS, JOB_MEMORY_MIB, { .max_pages = JOB_PAGES } }

/* What became of one output. */
typedef struct {
  char *sum;     /* its SHA-256; NULL: not known, … */
  char *trouble; /* … or (not NULL) it could not be written, where others can */
} Written;

/* What is to be done. */
typedef struct {
  char      *sha256;
  GPtrArray *inputs;  /* paths of the files that have this content */
  GPtrArray *outputs; /* path for each of them */
  GPtrArray *written; /* Written of each output, once the job is collected; none: nothing was written */
  char      *twin;    /* an XML output of this content that has been written already, or NULL */
} Task;

Task *task_new (const char *sha256);
void  task_free (Task *task);

/* The SHA-256 of the file PATH; NULL: it cannot be read. Free with g_free(). */
char *job_sum_up (const char *path);

typedef struct _Job Job;

/* Starts a process for TASK, which the job takes over. NULL with ERROR set if
   the system refuses; TASK is freed then, too. The caller must be of one thread. */
Job *job_start (Task *task, const JobTerms *terms, GError **error);

const Task *job_task (const Job *job);

/* When the job's time is up, on g_get_monotonic_time()'s clock. */
gint64 job_deadline (const Job *job);

/* Ends it: its time is up. It still has to be collected. */
void job_expire (Job *job);

/* TRUE: the process has ended, whatever made it, and FACTS say what became of the task. */
gboolean job_collect (Job *job, Facts *facts);

/* Of a job that was collected. */
typedef struct {
  double seconds;     /* that passed */
  double cpu_seconds; /* of all its processes */
  long   memory_kib;  /* of the largest of them, at most */
} JobCost;
JobCost job_cost (const Job *job);

/* Frees JOB; its processes are killed if they still live. */
void job_free (Job *job);
