/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "runlog.h"

#include "names.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

struct _RunLog {
  FILE *file;
  int   trouble; /* errno of what could not be written */
};

RunLog *
runlog_open (const char *path,
             GError    **error)
{
  FILE *file = g_fopen (path, "ae");
  RunLog *log;

  if (file == NULL) {
    g_autofree char *name = g_filename_display_name (path);
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: the log cannot be opened (%s): nothing was converted", name,
                 g_strerror (errno));
    return NULL;
  }
  log = g_new0 (RunLog, 1);
  log->file = file;
  return log;
}

gboolean
runlog_check (const RunLog *log,
              GError      **error)
{
  if (log == NULL || log->trouble == 0)
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "the log cannot be written (%s)", g_strerror (log->trouble));
  return FALSE;
}

void
runlog_close (RunLog *log)
{
  if (log == NULL)
    return;
  fclose (log->file); /* each line has been flushed */
  g_free (log);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_seconds (JsonBuilder *builder,
             const char  *name,
             double       seconds)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, (double) (gint64) (seconds * 1000 + .5) / 1000);
}

static JsonBuilder *
begin_line (const char *event)
{
  JsonBuilder *builder = json_builder_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  json_builder_begin_object (builder);
  add_string (builder, "time", time);
  add_string (builder, "event", event);
  return builder;
}

static void
end_line (RunLog      *log,
          JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  if ((fprintf (log->file, "%s\n", text) < 0 || fflush (log->file) != 0) && log->trouble == 0)
    log->trouble = errno;
  g_object_unref (builder);
}

void
runlog_begin (RunLog     *log,
              const char *converter,
              guint       n_jobs,
              guint       n_inputs,
              guint       n_todo)
{
  JsonBuilder *builder;

  if (log == NULL)
    return;
  builder = begin_line ("begin");
  add_string (builder, "converter", converter);
  add_number (builder, "jobs", n_jobs);
  add_number (builder, "inputs", n_inputs);
  add_number (builder, "todo", n_todo);
  end_line (log, builder);
}

void
runlog_document (RunLog      *log,
                 const Job   *job,
                 const Facts *facts)
{
  const Task *task = job_task (job);
  JobCost cost;
  JsonBuilder *builder;

  if (log == NULL)
    return;
  cost = job_cost (job);
  builder = begin_line ("document");
  json_builder_set_member_name (builder, "inputs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < task->inputs->len; i++) {
    g_autofree char *shown = names_show (task->inputs->pdata[i]);
    json_builder_add_string_value (builder, shown);
  }
  json_builder_end_array (builder);
  add_string (builder, "sha256", task->sha256);
  for (guint fact = 0; fact < N_FACTS; fact++)
    if (facts->text[fact] != NULL)
      add_string (builder, fact_name (fact), facts->text[fact]);
  add_seconds (builder, "seconds", cost.seconds);
  add_seconds (builder, "cpu_seconds", cost.cpu_seconds);
  add_number (builder, "memory_kib", cost.memory_kib);
  end_line (log, builder);
}

void
runlog_failure (RunLog     *log,
                const char *input,
                Outcome     outcome,
                const char *message)
{
  JsonBuilder *builder;

  if (log == NULL)
    return;
  builder = begin_line ("failure");
  add_string (builder, "input", input);
  add_string (builder, fact_name (FACT_OUTCOME), outcome_name (outcome));
  if (message != NULL)
    add_string (builder, fact_name (FACT_MESSAGE), message);
  end_line (log, builder);
}

void
runlog_end (RunLog     *log,
            const guint counts[N_OUTCOMES],
            double      seconds,
            gboolean    stopped)
{
  JsonBuilder *builder;

  if (log == NULL)
    return;
  builder = begin_line (stopped ? "stopped" : "end");
  for (guint outcome = 0; outcome < N_OUTCOMES; outcome++)
    if (counts[outcome] > 0)
      add_number (builder, outcome_name (outcome), counts[outcome]);
  add_seconds (builder, "seconds", seconds);
  end_line (log, builder);
}
