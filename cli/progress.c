/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "progress.h"

#include "names.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define REDRAW_US   (G_USEC_PER_SEC / 8)
#define RATE_FROM_S 0.5 /* before that, a rate says nothing */

#define RED    "\033[31m"
#define YELLOW "\033[33m"
#define PLAIN  "\033[0m"

struct _Progress {
  Level    level;
  gboolean terminal, colour;
  gboolean drawn;             /* the line is on the screen */
  guint    n_inputs, n_todo;
  guint    done, failed, review; /* of N_TODO */
  gint64   begun, redraw;     /* times */
};

Progress *
progress_new (Level level)
{
  Progress   *progress = g_new0 (Progress, 1);
  const char *terminal = g_getenv ("TERM");
  const char *no_color = g_getenv ("NO_COLOR");

  progress->level    = level;
  progress->terminal = isatty (STDERR_FILENO) && terminal != NULL && strcmp (terminal, "dumb") != 0;
  progress->colour   = progress->terminal && (no_color == NULL || *no_color == '\0');
  return progress;
}

void
progress_free (Progress *progress)
{
  progress_clear (progress);
  g_free (progress);
}

/* --- The line ------------------------------------------------------------------------ */

static guint
columns (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* Shows TEXT, which is ASCII but for its colours, cut where the terminal ends. */
static void
draw (Progress   *progress,
      const char *text)
{
  guint room = columns () - 1;

  fputc ('\r', stderr);
  for (; *text != '\0' && room > 0; text++) {
    if (*text == '\033') {
      gsize length = strcspn (text, "m");

      fprintf (stderr, "%.*s", (int) length + 1, text);
      text += length;
    } else {
      fputc (*text, stderr);
      room--;
    }
  }
  fprintf (stderr, "%s\033[K", progress->colour ? PLAIN : "");
  fflush (stderr);
  progress->drawn = TRUE;
}

void
progress_clear (Progress *progress)
{
  if (!progress->drawn)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
  progress->drawn = FALSE;
}

static void
append_count (Progress   *progress,
              GString    *text,
              guint       n,
              const char *what,
              const char *colour)
{
  if (n > 0 && progress->colour)
    g_string_append_printf (text, ", %s%u %s" PLAIN, colour, n, what);
  else
    g_string_append_printf (text, ", %u %s", n, what);
}

static void
append_time (GString *text,
             double   seconds)
{
  guint64 s = (guint64) (seconds + .5);

  if (s >= 3600)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " h %02u min", s / 3600, (guint) (s / 60 % 60));
  else if (s >= 60)
    g_string_append_printf (text, "%u min %02u s", (guint) (s / 60), (guint) (s % 60));
  else
    g_string_append_printf (text, "%u s", (guint) s);
}

static void
redraw (Progress *progress)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double seconds = (double) (g_get_monotonic_time () - progress->begun) / G_USEC_PER_SEC;
  guint  before  = progress->n_inputs - progress->n_todo;

  g_string_append_printf (text, "%u/%u done", before + progress->done, progress->n_inputs);
  append_count (progress, text, progress->failed, "failed", RED);
  append_count (progress, text, progress->review, "to review", YELLOW);
  if (progress->done > 0 && seconds >= RATE_FROM_S) {
    double rate = progress->done / seconds;

    g_string_append_printf (text, ", %.1f/s, ", rate);
    append_time (text, (progress->n_todo - progress->done) / rate);
    g_string_append (text, " left");
  }
  draw (progress, text->str);
}

/* Whether the line may be drawn anew now. */
static gboolean
is_due (Progress *progress)
{
  gint64 now = g_get_monotonic_time ();

  if (!progress->terminal || now < progress->redraw)
    return FALSE;
  progress->redraw = now + REDRAW_US;
  return TRUE;
}

void
progress_tick (Progress *progress)
{
  if (progress->n_inputs > 0 && is_due (progress))
    redraw (progress);
}

/* --- What happens ---------------------------------------------------------------------- */

void
progress_count (Progress   *progress,
                guint       n,
                const char *what)
{
  g_autofree char *text = NULL;

  if (!is_due (progress))
    return;
  text = g_strdup_printf ("%u %s", n, what);
  draw (progress, text);
}

void
progress_begin (Progress *progress,
                guint     n_inputs,
                guint     n_todo)
{
  progress_clear (progress);
  progress->n_inputs = n_inputs;
  progress->n_todo   = n_todo;
  progress->begun    = g_get_monotonic_time ();
}

/* "review (uncertain values: 3, unplaced characters: 12, warnings: 1)", "timeout: took longer than 60 s" */
static char *
describe (const Facts *facts)
{
  Outcome outcome = facts_outcome (facts);
  const char *message = facts->text[FACT_MESSAGE];

  if (outcome == OUTCOME_REVIEW)
    return g_strdup_printf ("%s (uncertain values: %s, unplaced characters: %s, warnings: %s)", outcome_name (outcome),
                            facts->text[FACT_UNCERTAIN], facts->text[FACT_UNPLACED], facts->text[FACT_WARNINGS]);
  return g_strdup_printf ("%s%s%s", outcome_name (outcome), message != NULL ? ": " : "", message != NULL ? message : "");
}

void
progress_document (Progress    *progress,
                   const Task  *task,
                   const Facts *facts)
{
  Outcome  outcome = facts_outcome (facts);
  gboolean failed  = outcome >= OUTCOME_NO_FORM;
  g_autofree char *description = describe (facts);

  for (guint i = 0; i < task->inputs->len; i++) {
    progress->done++;
    progress->failed += failed;
    progress->review += outcome == OUTCOME_REVIEW;
    if (!failed && (progress->terminal ? progress->level != LEVEL_VERBOSE : progress->level == LEVEL_QUIET))
      continue;
    g_autofree char *input = names_show (task->inputs->pdata[i]);
    progress_clear (progress);
    if (progress->terminal)
      cli_say ("%s: %s", input, description);
    else
      cli_say ("%u/%u: %s: %s", progress->n_inputs - progress->n_todo + progress->done, progress->n_inputs, input, description);
  }
  if (progress->terminal && !progress->drawn)
    progress->redraw = 0;
  progress_tick (progress);
}
