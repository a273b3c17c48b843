/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli.h"

#include <stdarg.h>
#include <string.h>

#define REPLACEMENT 0xfffd

static void
say_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) line = g_string_new ("hyokasho: ");

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    g_string_append_unichar (line, g_unichar_iscntrl (ch) ? REPLACEMENT : ch);
  }
  g_string_append_c (line, '\n');

  /* Not g_printerr(), which would convert to the locale's encoding. */
  fputs (line->str, stderr);
}

void
cli_say (const char *format,
         ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  say_line (text);
}

ExitStatus
cli_usage (const char *command,
           const char *format,
           ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  say_line (text);
  fprintf (stderr, "Try “hyokasho %s%s--help”.\n",
           command == NULL ? "" : command, command == NULL ? "" : " ");
  return EXIT_USAGE;
}

/* "page 3: box 70.90 200.10 250.00 212.40: " or "page 3: line 120: ", as far as it is known. */
static char *
place_text (const HkPlace *place)
{
  const double sides[] = { place->box.x0, place->box.y0, place->box.x1, place->box.y1 };
  GString *text = g_string_new (NULL);

  if (place->page > 0)
    g_string_append_printf (text, "page %u: ", place->page);
  if (place->line > 0)
    g_string_append_printf (text, "line %u: ", place->line);
  if (place->box.x1 > place->box.x0 && place->box.y1 > place->box.y0) {
    g_string_append (text, "box");
    for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, " %s", g_ascii_formatd (number, sizeof number, "%.2f", sides[i]));
    }
    g_string_append (text, ": ");
  }
  return g_string_free (text, FALSE);
}

static const char *
severity_name (HkSeverity severity)
{
  switch (severity) {
  case HK_SEVERITY_NOTE:
    return "note";
  case HK_SEVERITY_WARNING:
    return "warning";
  case HK_SEVERITY_ERROR:
    return "error";
  }
  return "error";
}

static gboolean
is_shown (HkSeverity severity,
          Level      level)
{
  switch (level) {
  case LEVEL_QUIET:
    return severity == HK_SEVERITY_ERROR;
  case LEVEL_NORMAL:
    return severity >= HK_SEVERITY_WARNING;
  case LEVEL_VERBOSE:
    return TRUE;
  }
  return TRUE;
}

static void
report_uncertain_values (const HkDocument *document,
                         const char       *name)
{
  for (const HkNode *node = hk_node_walk (hk_document_root (document)); node != NULL; node = hk_node_walk (node)) {
    const HkValue *value = hk_node_value (node);
    const HkPlace *places;
    guint n_places;

    if (value == NULL || hk_value_status (value) != HK_STATUS_UNCERTAIN)
      continue;
    places = hk_value_places (value, &n_places);
    g_autofree char *place = n_places > 0 ? place_text (&places[0]) : g_strdup ("");
    g_autofree char *path  = hk_node_path (node);
    const char *reason = hk_value_reason (value);
    cli_say ("%s: %suncertain: %s: %s: kept as the best guess",
             name, place, path, reason != NULL ? reason : "no reason is known");
  }
}

ExitStatus
cli_status (const HkDocument *document)
{
  guint n_diagnostics, n_unplaced;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n_diagnostics);

  /* Not an assessment, or a scan: its text, if any, was kept, but none of it was read. */
  if (hk_document_form (document) == 0)
    return EXIT_FAILED;
  hk_document_unplaced (document, &n_unplaced);
  if (n_unplaced > 0 || hk_document_count_values (document, HK_STATUS_UNCERTAIN) > 0)
    return EXIT_REVIEW;
  for (guint i = 0; i < n_diagnostics; i++)
    if (diagnostics[i].severity >= HK_SEVERITY_WARNING)
      return EXIT_REVIEW;
  return EXIT_READ;
}

void
cli_report (const HkDocument *document,
            const char       *name,
            Level             level)
{
  guint n_diagnostics, n_unplaced, n_uncertain;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n_diagnostics);

  for (guint i = 0; i < n_diagnostics; i++) {
    const HkDiagnostic *d = &diagnostics[i];

    if (!is_shown (d->severity, level))
      continue;
    g_autofree char *place = place_text (&d->place);
    cli_say ("%s: %s%s: %s [%s]", name, place, severity_name (d->severity), d->message, d->code);
  }

  hk_document_unplaced (document, &n_unplaced);
  n_uncertain = hk_document_count_values (document, HK_STATUS_UNCERTAIN);
  if (level == LEVEL_VERBOSE)
    report_uncertain_values (document, name);
  if ((n_uncertain > 0 || n_unplaced > 0) && level != LEVEL_QUIET)
    cli_say ("%s: to be reviewed: uncertain values: %u, unplaced pieces of text: %u: all are in the output, marked as such",
             name, n_uncertain, n_unplaced);
}
