/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run: look for the documents (survey.c), convert what is not done yet, each
 * in a process of its own (job.c), and write the manifest.
 *
 * There is one thread. It sleeps until a signal comes (a process has ended,
 * or the run shall stop) or a document's time is up; signals are read from a
 * descriptor. What is known is in the journal, so that the run can be killed
 * at any time, and its memory does not grow with the documents.
 */
#include "batch.h"

#include "journal.h"
#include "manifest.h"
#include "names.h"
#include "progress.h"
#include "runlog.h"
#include "survey.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define TICK_US (G_USEC_PER_SEC / 8) /* between two looks at the progress */

typedef struct {
  const BatchPlan *plan;
  char      *converter; /* what outputs depend on beside the inputs */
  JobTerms   terms;
  Journal   *journal;
  Progress  *progress;
  RunLog    *log;
  GPtrArray *jobs;      /* Job, that are under way */
  int        signals;   /* descriptor */
  sigset_t   blocked;   /* as signals were before */
  int        stop;      /* the signal that stops the run; 0: none */
  gboolean   broken;    /* it cannot go on: outputs cannot be written */
  gboolean   finished;  /* the manifest says all that the journal says, if it says anything */
  gint64     begun;
} Run;

/* --- Signals ---------------------------------------------------------------------- */

/* Whether the caller wants NUMBER to do nothing, as nohup does. */
static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void
open_signals (Run *run)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGCHLD);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!is_ignored (numbers[i]))
      sigaddset (&set, numbers[i]);
  sigprocmask (SIG_BLOCK, &set, &run->blocked);
  run->signals = signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Takes in the signals that have come. */
static void
take_signals (Run *run)
{
  struct signalfd_siginfo info;

  while (read (run->signals, &info, sizeof info) == sizeof info)
    if (info.ssi_signo != SIGCHLD)
      run->stop = (int) info.ssi_signo;
}

static gboolean
is_going (const Run *run)
{
  return run->stop == 0 && !run->broken;
}

/* --- Jobs --------------------------------------------------------------------------- */

static void
break_off (Run        *run,
           const char *message)
{
  if (!run->broken) {
    progress_clear (run->progress);
    cli_say ("%s: the run ends here; the same command goes on", message);
  }
  run->broken = TRUE;
}

/* A failure that no process of this run reports as that of its document. */
static void
name_failure (Run        *run,
              const char *path,
              Outcome     outcome,
              const char *message,
              gboolean    is_earlier)
{
  g_autofree char *input = names_show (path);

  progress_clear (run->progress);
  cli_say ("%s: %s%s%s%s", input, outcome_name (outcome), message != NULL ? ": " : "", message != NULL ? message : "",
           is_earlier ? " (in an earlier run)" : "");
  runlog_failure (run->log, input, outcome, message);
}

/* Says which inputs cannot be read, and which have failed before and are not tried again. */
static void
name_failures (Run *run)
{
  sqlite3_stmt *cursor = NULL;
  JournalRow row;

  while (journal_next_settled (run->journal, &cursor, &row)) {
    Outcome outcome = outcome_parse (row.outcome);
    Facts   facts   = { 0 };

    if (outcome >= OUTCOME_NO_FORM && row.facts != NULL && facts_parse (&facts, row.facts))
      name_failure (run, row.path, outcome, facts.text[FACT_MESSAGE], TRUE);
    else if (outcome >= OUTCOME_NO_FORM)
      name_failure (run, row.path, outcome, row.trouble, FALSE);
    facts_clear (&facts);
  }
}

static void
finish_job (Run   *run,
            Job   *job,
            Facts *facts)
{
  if (facts_outcome (facts) == OUTCOME_UNWRITTEN)
    break_off (run, facts->text[FACT_MESSAGE]);
  else
    progress_document (run->progress, job_task (job), facts);
  journal_finish_task (run->journal, job_task (job), facts);
  runlog_document (run->log, job, facts);
  for (guint i = 0; i < job_task (job)->written->len; i++) {
    const Written *written = job_task (job)->written->pdata[i];

    if (written->trouble != NULL)
      name_failure (run, job_task (job)->inputs->pdata[i], OUTCOME_UNWRITTEN, written->trouble, FALSE);
  }
}

static void
collect_jobs (Run *run)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = run->jobs->len; i-- > 0;) {
    Job  *job = run->jobs->pdata[i];
    Facts facts;

    if (job_deadline (job) <= now)
      job_expire (job);
    if (!job_collect (job, &facts))
      continue;
    finish_job (run, job, &facts);
    facts_clear (&facts);
    g_ptr_array_remove_index_fast (run->jobs, i);
  }
}

/* Starts as many jobs as may be under way. FALSE: there are no more. */
static gboolean
start_jobs (Run *run)
{
  while (run->jobs->len < run->plan->n_jobs) {
    g_autoptr (GError) error = NULL;
    Task *task = journal_take_task (run->journal, run->terms.format == HK_FORMAT_XML);
    Job  *job  = task == NULL ? NULL : job_start (task, &run->terms, &error);

    if (task == NULL)
      return FALSE;
    if (job == NULL) {
      break_off (run, error->message);
      return FALSE;
    }
    g_ptr_array_add (run->jobs, job);
  }
  return TRUE;
}

static void
wait_for_event (Run *run)
{
  struct pollfd wait = { .fd = run->signals, .events = POLLIN };
  gint64 now  = g_get_monotonic_time ();
  gint64 left = TICK_US;

  for (guint i = 0; i < run->jobs->len; i++)
    left = MIN (left, MAX (job_deadline (run->jobs->pdata[i]) - now, 0));
  poll (&wait, 1, (int) (left / 1000) + 1);
}

static void
convert_all (Run *run)
{
  gboolean more = TRUE;

  while (is_going (run) && (more || run->jobs->len > 0)) {
    g_autoptr (GError) error = NULL;

    more = more && start_jobs (run);
    if (run->jobs->len > 0)
      wait_for_event (run);
    take_signals (run);
    collect_jobs (run);
    progress_tick (run->progress);
    if (!journal_check (run->journal, &error))
      break_off (run, error->message);
  }
  g_ptr_array_set_size (run->jobs, 0); /* those of a stopped run are killed, and done anew by the next */
}

/* --- The run ---------------------------------------------------------------------------- */

/* Called between inputs of the survey. */
static gboolean
pulse (gpointer data,
       guint    n_read)
{
  Run *run = data;

  take_signals (run);
  progress_count (run->progress, n_read, "documents looked at");
  return is_going (run);
}

/* The run ends before it converts anything. A journal that it began says
   nothing then; one that it found is still to be gone on from. */
static ExitStatus
give_up (Run *run)
{
  run->finished = journal_is_new (run->journal) && journal_check (run->journal, NULL);
  return EXIT_FAILED;
}

/* EXIT_READ: all inputs are known; else the run ends here. */
static ExitStatus
survey_all (Run *run)
{
  const BatchPlan *plan = run->plan;
  g_autoptr (GError) error = NULL;
  Survey survey = {
    .journal = run->journal, .extension = plan->extension, .shard = plan->shard, .n_shards = plan->n_shards,
    .pulse = pulse, .pulse_data = run,
  };

  /* Also into a journal that is found: the run that left it may have died before
     it recalled anything, and shares may have come to their end since. */
  manifest_recall (run->journal, plan->output, plan->shard, plan->n_shards, run->converter);
  if (plan->retry_failed)
    journal_forget_failures (run->journal);
  journal_forget_inputs (run->journal);
  if (survey_find (&survey, plan->inputs, &error))
    (void) survey_examine (&survey);
  progress_clear (run->progress);
  if (survey.n_passed_over > 0 && plan->level != LEVEL_QUIET)
    cli_say ("files in folders that are not called .pdf, .txt, .md or .html: %u: passed over; name them to have them read",
             survey.n_passed_over);
  if (error != NULL) {
    cli_say ("%s: nothing was converted", error->message);
    return give_up (run);
  }
  if (!journal_check (run->journal, &error))
    break_off (run, error->message);
  if (run->stop != 0)
    cli_say ("stopped by a signal: the same command goes on");
  return is_going (run) ? EXIT_READ : EXIT_STOPPED;
}

/* Writes the manifest; what is done is then no longer the journal's to know. */
static gboolean
write_manifest (Run *run)
{
  const BatchPlan *plan = run->plan;
  g_autofree char *path = manifest_path (plan->output, plan->shard, plan->n_shards);
  g_autoptr (GError) error = NULL;

  if (!manifest_write (run->journal, path, run->converter, &error)) {
    break_off (run, error->message);
    return FALSE;
  }
  if (plan->n_shards == 1)
    manifest_remove_shares (plan->output);
  return TRUE;
}

/* "1000 documents: 900 read, 80 review, 20 timeout; 12 of them were done before" */
static void
report (Run         *run,
        const guint  counts[N_OUTCOMES],
        guint        n_inputs,
        guint        n_todo)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%u %s: ", n_inputs, n_inputs == 1 ? "document" : "documents");
  for (guint outcome = 0; outcome < N_OUTCOMES; outcome++)
    if (counts[outcome] > 0)
      g_string_append_printf (text, "%u %s, ", counts[outcome], outcome_name (outcome));
  g_string_append_printf (text, "%u of them done before", n_inputs - n_todo);
  if (run->plan->level != LEVEL_QUIET)
    cli_say ("%s", text->str);
}

static ExitStatus
status_of (const guint counts[N_OUTCOMES])
{
  guint failed = 0;

  for (guint outcome = OUTCOME_NO_FORM; outcome < N_OUTCOMES; outcome++)
    failed += counts[outcome];
  return failed > 0 ? EXIT_FAILED : counts[OUTCOME_REVIEW] > 0 ? EXIT_REVIEW : EXIT_READ;
}

static ExitStatus
carry_out (Run *run)
{
  guint counts[N_OUTCOMES] = { 0 };
  guint n_inputs, n_todo;
  g_autoptr (GError) error = NULL;
  ExitStatus status = survey_all (run);

  if (status != EXIT_READ)
    return status;
  n_inputs = journal_count_inputs (run->journal);
  if (n_inputs == 0 && run->plan->n_shards == 1) {
    cli_say ("no document was found: nothing was converted");
    return give_up (run);
  }
  n_todo   = journal_count_todo (run->journal);
  progress_begin (run->progress, n_inputs, n_todo);
  runlog_begin (run->log, run->converter, run->plan->n_jobs, n_inputs, n_todo);
  name_failures (run);

  convert_all (run);
  progress_clear (run->progress);
  run->finished = is_going (run) && write_manifest (run);
  if (run->stop != 0)
    cli_say ("stopped by a signal: %u of %u documents are still to be done; the same command goes on",
             journal_count_todo (run->journal), n_inputs);
  journal_count_outcomes (run->journal, counts);
  runlog_end (run->log, counts, (double) (g_get_monotonic_time () - run->begun) / G_USEC_PER_SEC, !run->finished);
  if (!run->finished)
    return EXIT_STOPPED;
  if (!runlog_check (run->log, &error))
    cli_say ("%s; the outputs and the manifest are whole", error->message);
  report (run, counts, n_inputs, n_todo);
  return error != NULL ? EXIT_FAILED : status_of (counts);
}

static gboolean
open_run (Run     *run,
          GError **error)
{
  const BatchPlan *plan = run->plan;
  g_autofree char *share = plan->n_shards == 1 ? g_strdup ("all") : g_strdup_printf ("%u-of-%u", plan->shard, plan->n_shards);

  run->converter = g_strdup_printf ("hyokasho %s %s%s", hk_version (), plan->format_name,
                                    plan->how.ocr == HK_OCR_NEVER ? " without OCR" : plan->how.ocr == HK_OCR_ALWAYS ? " all by OCR" : "");
  run->journal   = journal_open (plan->output, share, run->converter, error);
  if (run->journal == NULL)
    return FALSE;
  if (plan->log != NULL && (run->log = runlog_open (plan->log, error)) == NULL) {
    (void) give_up (run);
    return FALSE;
  }
  run->terms = (JobTerms){
    .format = plan->format, .temporaries = journal_temporaries (run->journal),
    .seconds = plan->seconds, .memory_mib = plan->memory_mib, .how = plan->how,
  };
  return TRUE;
}

ExitStatus
batch_run (const BatchPlan *plan)
{
  g_autoptr (GError) error = NULL;
  const char *missing = hk_missing_data ();
  ExitStatus status = EXIT_FAILED;
  Run run = { .plan = plan, .begun = g_get_monotonic_time (), .signals = -1 };

  if (missing != NULL)
    cli_say ("WARNING: %s", missing);
  run.jobs     = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);
  run.progress = progress_new (plan->level);
  open_signals (&run);
  if (open_run (&run, &error))
    status = carry_out (&run);
  else
    cli_say ("%s", error->message);

  g_ptr_array_unref (run.jobs);
  progress_free (run.progress);
  runlog_close (run.log);
  if (run.journal != NULL)
    journal_close (run.journal, run.finished);
  g_free (run.converter);
  close (run.signals);
  sigprocmask (SIG_SETMASK, &run.blocked, NULL);
  return status;
}
