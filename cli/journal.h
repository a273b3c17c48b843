/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run over a collection knows, on the disk: a run that was stopped goes
   on from here, and one over any number of documents keeps nothing in memory.
   A failure of the journal is kept; journal_check() tells. */
#pragma once

#include "facts.h"
#include "job.h"
#include "sql.h"

#include <sys/stat.h>

typedef struct _Journal Journal;

/* Opens the journal of a run that writes into the folder OUTPUT; SHARE ("all",
   "1-of-8") tells apart runs that may go on at the same time. CONVERTER stands
   for all that outputs depend on but the inputs: if a journal that is found
   had another, what it says counts as that one's work alone. NULL with ERROR set; also where another run
   has it open. */
Journal *journal_open (const char *output, const char *share, const char *converter, GError **error);

/* Closes it; with FINISHED, nothing of it is left on the disk. */
void journal_close (Journal *journal, gboolean finished);

gboolean journal_check (const Journal *journal, GError **error);
gboolean journal_is_new (const Journal *journal);

/* The folder for unfinished outputs; it is empty when the journal is opened. */
const char *journal_temporaries (const Journal *journal);

/* Whether STATUS is that of the output folder; whether PATH lies in it. */
gboolean journal_is_folder (const Journal *journal, const struct stat *status);
gboolean journal_holds (const Journal *journal, const char *path);

void journal_begin (Journal *journal);
void journal_commit (Journal *journal);

/* --- Earlier work ---------------------------------------------------------------- */

/* A line of the manifest. */
typedef struct {
  const char *path, *output, *sha256; /* output, sha256: NULL where there is none */
  const char *sum;       /* SHA-256 of the output; NULL: not known */
  gint64      size;
  const char *outcome;   /* of a line that is recalled or settled, or that has no facts */
  const char *facts;     /* as facts_append() has them; NULL: there are none, … */
  const char *trouble;   /* … and this is why */
  const char *converter; /* NULL: that of this run */
} JournalRow;

/* Notes a line of a manifest; what the journal knows already stays. */
void journal_recall (Journal *journal, const JournalRow *row, gboolean mine);

/* The same of a line with the output of another converter, which stays in the
   manifest until this one has done its input, too. */
void journal_recall_former (Journal *journal, const JournalRow *row);

/* Forgets that documents have failed, so that they are tried again. */
void journal_forget_failures (Journal *journal);

/* --- Inputs ------------------------------------------------------------------------ */

/* Begins a run: no input has been named so far. */
void journal_forget_inputs (Journal *journal);

void journal_add_input (Journal *journal, const char *path, gboolean mine);

/* Gives each input that has none the name of its output, in the order of paths. */
void journal_name_outputs (Journal *journal, const char *extension);

/* The next input of this run's share behind *PATH, which is replaced. */
gboolean journal_next_input (Journal *journal, char **path);

/* Notes what PATH contains, or (SHA256 is NULL) why that is not known, and
   whether it is still to be converted. */
void journal_set_content (Journal *journal, const char *path, const char *sha256, gint64 size, const char *trouble);

/* --- Work ---------------------------------------------------------------------------- */

/* Inputs of this run's share, and those of them still to be converted. */
guint journal_count_inputs (Journal *journal);
guint journal_count_todo (Journal *journal);

/* The next task, which is then no longer to be given out. NULL: there is none. */
Task *journal_take_task (Journal *journal, gboolean twins);

/* Notes what became of TASK. */
void journal_finish_task (Journal *journal, const Task *task, const Facts *facts);

/* --- Results --------------------------------------------------------------------------- */

/* The inputs that are not, or no longer, to be converted, in the order of paths:
   begin with *CURSOR NULL. Of ROW only path, outcome, facts and trouble are
   set. FALSE after the last. */
gboolean journal_next_settled (Journal *journal, sqlite3_stmt **cursor, JournalRow *row);

/* Inputs of this run's share by outcome. */
void journal_count_outcomes (Journal *journal, guint counts[N_OUTCOMES]);

/* The lines of the manifest, in the order of paths: begin with *CURSOR NULL. FALSE after the last. */
gboolean journal_next_row (Journal *journal, sqlite3_stmt **cursor, JournalRow *row);
