/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *     parent                         child, leader of its own process group
 *     job_start: fork ─────────────▶ limits, read, parse, write outputs
 *     (SIGCHLD) job_collect ◀─────── facts in a file in memory; exits 0
 *
 * The child hands its facts over in a file that only the two know, not a pipe:
 * nothing blocks, and a child that dies has handed over nothing. (A PDF is
 * read by a child of the child: see extractor/worker.c. The group takes that
 * one down, too.)
 */
#include "job.h"

#include "cli.h"
#include "slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_NO_MEMORY 77 /* of the child: an allocation failed */

struct _Job {
  Task           *task;
  const JobTerms *terms;
  pid_t           child;  /* 0: collected */
  int             result; /* the file in memory */
  gboolean        expired;
  gint64          started, ended;
  struct rusage   usage;
};

static void
written_free (gpointer data)
{
  Written *written = data;

  g_free (written->sum);
  g_free (written->trouble);
  g_free (written);
}

static void
add_written (Task *task,
             char *sum,
             char *trouble)
{
  Written *written = g_new (Written, 1);

  *written = (Written){ sum, trouble };
  g_ptr_array_add (task->written, written);
}

Task *
task_new (const char *sha256)
{
  Task *task = g_new0 (Task, 1);

  task->sha256  = g_strdup (sha256);
  task->inputs  = g_ptr_array_new_with_free_func (g_free);
  task->outputs = g_ptr_array_new_with_free_func (g_free);
  task->written = g_ptr_array_new_with_free_func (written_free);
  return task;
}

void
task_free (Task *task)
{
  g_free (task->sha256);
  g_free (task->twin);
  g_ptr_array_unref (task->inputs);
  g_ptr_array_unref (task->outputs);
  g_ptr_array_unref (task->written);
  g_free (task);
}

char *
job_sum_up (const char *path)
{
  g_autoptr (GBytes) bytes = slurp_file (path, NULL);

  return bytes == NULL ? NULL : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

/* --- The child ------------------------------------------------------------------ */

static void
exit_without_memory (const char    *domain,
                     GLogLevelFlags level,
                     const char    *message,
                     gpointer       data)
{
  if ((level & G_LOG_LEVEL_ERROR) != 0 && strstr (message, "failed to allocate") != NULL)
    _exit (EXIT_NO_MEMORY);
}

static void
limit_child (const JobTerms *terms,
             pid_t           parent)
{
  sigset_t none;
  int null = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL); /* a parent that is killed takes all along … */
  if (getppid () != parent)
    _exit (EXIT_FAILURE); /* … also if it is gone by now */
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  if (null >= 0)
    dup2 (null, STDIN_FILENO);
  setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#if !defined(__SANITIZE_ADDRESS__) /* it reserves terabytes */
  rlim_t bytes = (rlim_t) terms->memory_mib << 20;
  setrlimit (RLIMIT_DATA, &(struct rlimit){ bytes, bytes });
#endif
  g_log_set_default_handler (exit_without_memory, NULL);
}

static Outcome
outcome_of_error (const GError *error)
{
  switch ((HkError) error->code) {
  case HK_ERROR_NOT_A_FORM:
    return OUTCOME_NOT_TEXT;
  case HK_ERROR_DAMAGED:
    return OUTCOME_DAMAGED;
  case HK_ERROR_ENCRYPTED:
    return OUTCOME_ENCRYPTED;
  case HK_ERROR_EMPTY:
    return OUTCOME_EMPTY;
  case HK_ERROR_PAGES:
    return OUTCOME_PAGES;
  case HK_ERROR_IO:
  case HK_ERROR_INVALID:
    break;
  }
  return OUTCOME_UNREAD;
}

/* The document of TASK. NULL: FACTS say why not. */
static HkDocument *
read_task (const Task     *task,
           const JobTerms *terms,
           Facts          *facts)
{
  const char *input = task->inputs->pdata[0];
  g_autofree char *name = g_filename_display_basename (input);
  HkDocument *document;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (task->twin != NULL) {
    g_autoptr (GBytes) xml = slurp_file (task->twin, NULL);

    document = xml == NULL ? NULL : hk_read_xml (xml, task->twin, NULL);
    if (document != NULL)
      return document;
  }

  bytes = slurp_file (input, &error);
  if (bytes != NULL) {
    g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

    if (strcmp (sha256, task->sha256) != 0) {
      facts_of_failure (facts, OUTCOME_UNREAD, "was changed while the run was under way: run it again");
      return NULL;
    }
  }
  document = bytes == NULL ? NULL : hk_read_bytes_how (bytes, name, &terms->how, &error);
  if (document == NULL) {
    /* The facts are of the content, whatever it is called. */
    g_autofree char *path = g_filename_display_name (input);
    const char *called  = bytes == NULL ? path : name;
    const char *message = error->message;

    if (g_str_has_prefix (message, called))
      message += strlen (called) + strlen (": ");
    facts_of_failure (facts, outcome_of_error (error), message);
  }
  return document;
}

/* Whether it is FOLDER or what stands under the name OUTPUT in it that cannot be
   written to; a disk that is full or fails is nothing of theirs. */
static gboolean
is_barred (const char *folder,
           const char *output)
{
  struct stat status;

  if (stat (folder, &status) != 0 && errno == ENOENT && strchr (folder, '/') != NULL) {
    g_autofree char *parent = g_path_get_dirname (folder);

    return strcmp (parent, folder) != 0 && is_barred (parent, output);
  }
  if (stat (folder, &status) != 0)
    return errno == ENOTDIR || errno == EACCES || errno == ELOOP || errno == ENAMETOOLONG;
  if (!S_ISDIR (status.st_mode) || (access (folder, W_OK | X_OK) != 0 && errno == EACCES))
    return TRUE;
  return stat (output, &status) == 0 && !S_ISREG (status.st_mode);
}

static gboolean
write_output (HkDocument     *document,
              const JobTerms *terms,
              const char     *folder,
              const char     *output,
              GError        **error)
{
  if (g_mkdir_with_parents (folder, 0777) != 0) {
    g_autofree char *shown = g_filename_display_name (folder);

    g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: the folder cannot be made (%s)", shown, g_strerror (errno));
    return FALSE;
  }
  return cli_write_file (document, terms->format, output, terms->temporaries, error);
}

static void
do_task (Task           *task,
         const JobTerms *terms,
         Facts          *facts)
{
  g_autoptr (HkDocument) document = read_task (task, terms, facts);

  if (document == NULL)
    return;
  for (guint i = 0; i < task->outputs->len; i++) {
    const char *output = task->outputs->pdata[i];
    g_autofree char *name   = g_filename_display_basename (task->inputs->pdata[i]);
    g_autofree char *folder = g_path_get_dirname (output);
    g_autoptr (GError) error = NULL;

    hk_document_set_name (document, name);
    if (write_output (document, terms, folder, output, &error)) {
      add_written (task, job_sum_up (output), NULL);
    } else if (is_barred (folder, output)) {
      add_written (task, NULL, g_strdelimit (g_strdup (error->message), "\r\n", ' '));
    } else {
      facts_of_failure (facts, OUTCOME_UNWRITTEN, error->message);
      return;
    }
  }
  facts_of_document (facts, document);
}

static void
run_child (const Job *job,
           pid_t      parent)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Facts facts = { 0 };
  gsize written = 0;

  limit_child (job->terms, parent);
  do_task (job->task, job->terms, &facts);
  for (guint i = 0; i < job->task->written->len; i++) {
    const Written *output = job->task->written->pdata[i];

    if (output->trouble != NULL)
      g_string_append_printf (line, "!%s\n", output->trouble);
    else
      g_string_append_printf (line, "=%s\n", output->sum != NULL ? output->sum : "");
  }
  facts_append (&facts, line);
  while (written < line->len) {
    gssize n = write (job->result, line->str + written, line->len - written);

    if (n <= 0)
      _exit (EXIT_NO_MEMORY);
    written += (gsize) n;
  }
  _exit (EXIT_SUCCESS);
}

/* --- The parent ------------------------------------------------------------------- */

Job *
job_start (Task           *task,
           const JobTerms *terms,
           GError        **error)
{
  Job  *job    = g_new0 (Job, 1);
  pid_t parent = getpid ();

  job->task    = task;
  job->terms   = terms;
  job->started = g_get_monotonic_time ();
  signal (SIGCHLD, SIG_DFL); /* a caller may have it ignored, and then nothing could be waited for */
  job->result  = memfd_create ("hyokasho", MFD_CLOEXEC);
  job->child   = job->result < 0 ? -1 : fork ();
  if (job->child == 0)
    run_child (job, parent);
  if (job->child < 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "no process for a document (%s)", g_strerror (errno));
    job->child = 0;
    job_free (job);
    return NULL;
  }
  setpgid (job->child, job->child); /* whoever is first: it must be so before it is killed */
  return job;
}

const Task *
job_task (const Job *job)
{
  return job->task;
}

gint64
job_deadline (const Job *job)
{
  return job->expired ? G_MAXINT64 : job->started + (gint64) (job->terms->seconds * G_TIME_SPAN_SECOND);
}

void
job_expire (Job *job)
{
  job->expired = TRUE;
  kill (-job->child, SIGKILL);
}

/* Takes what became of an output from a LINE of the child. */
static void
take_written (Task       *task,
              const char *line,
              gsize       length)
{
  char *text = length > 1 ? g_strndup (line + 1, length - 1) : NULL;

  if (*line == '!')
    add_written (task, NULL, text);
  else
    add_written (task, text, NULL);
}

/* What the child left in its file: a line for each output, then the facts.
   FALSE: nothing that is whole. */
static gboolean
take_result (const Job *job,
             Facts     *facts)
{
  off_t size = lseek (job->result, 0, SEEK_END);
  g_autofree char *text = NULL;
  const char *line, *end;

  if (size <= 0)
    return FALSE;
  text = g_malloc0 ((gsize) size + 1);
  if (pread (job->result, text, (gsize) size, 0) != size)
    return FALSE;
  for (line = text; (*line == '!' || *line == '=') && (end = strchr (line, '\n')) != NULL; line = end + 1)
    take_written (job->task, line, (gsize) (end - line));
  return facts_parse (facts, line);
}

/* The facts of a child that ended with STATUS. */
static void
judge (const Job *job,
       int        status,
       Facts     *facts)
{
  g_autofree char *message = NULL;

  if (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_SUCCESS && take_result (job, facts))
    return;
  if (job->expired) {
    message = g_strdup_printf ("took longer than %g s", job->terms->seconds);
    facts_of_failure (facts, OUTCOME_TIMEOUT, message);
  } else if (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_NO_MEMORY) {
    message = g_strdup_printf ("needed more than %u MiB", job->terms->memory_mib);
    facts_of_failure (facts, OUTCOME_MEMORY, message);
  } else if (WIFSIGNALED (status)) {
    message = g_strdup_printf ("its process died of signal %d (%s)", WTERMSIG (status), g_strsignal (WTERMSIG (status)));
    facts_of_failure (facts, OUTCOME_CRASHED, message);
  } else {
    message = g_strdup_printf ("its process ended with status %d", WEXITSTATUS (status));
    facts_of_failure (facts, OUTCOME_CRASHED, message);
  }
}

gboolean
job_collect (Job   *job,
             Facts *facts)
{
  int status;
  pid_t pid = wait4 (job->child, &status, WNOHANG, &job->usage);

  if (pid != job->child)
    return FALSE;
  job->ended = g_get_monotonic_time ();
  kill (-job->child, SIGKILL); /* what it started, if it died before that */
  job->child = 0;
  judge (job, status, facts);
  return TRUE;
}

static double
seconds_of (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / G_USEC_PER_SEC;
}

JobCost
job_cost (const Job *job)
{
  return (JobCost){
    .seconds     = (double) (job->ended - job->started) / G_USEC_PER_SEC,
    .cpu_seconds = seconds_of (job->usage.ru_utime) + seconds_of (job->usage.ru_stime),
    .memory_kib  = job->usage.ru_maxrss,
  };
}

void
job_free (Job *job)
{
  if (job->child > 0) {
    kill (-job->child, SIGKILL);
    while (waitpid (job->child, NULL, 0) < 0 && errno == EINTR)
      ;
  }
  if (job->result >= 0)
    close (job->result);
  task_free (job->task);
  g_free (job);
}
