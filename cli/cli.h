/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program's own declarations. It uses the library through hyokasho.h alone. */
#pragma once

#include "hyokasho.h"

/* Exit status. A worse one is a higher number; the worst is returned.
   docs/hyokasho.1 explains them. */
typedef enum {
  EXIT_READ   = 0, /* everything was read, nothing is in doubt */
  EXIT_REVIEW = 1, /* read; something has to be looked at */
  EXIT_FAILED = 2, /* an input or an output failed; the others are done */
  EXIT_STOPPED = 3, /* the run was stopped before its end; the same command goes on */
  EXIT_USAGE  = 64 /* the command line is wrong; nothing was done */
} ExitStatus;

#define CLI_STDIN "stdin" /* what messages and the output call standard input */

typedef enum { LEVEL_QUIET, LEVEL_NORMAL, LEVEL_VERBOSE } Level;

/* --- convert.c, dataset.c, validate.c: ARGV[0] is the command's name ------------------ */

ExitStatus cli_convert (int argc, char **argv);
ExitStatus cli_dataset (int argc, char **argv);
ExitStatus cli_validate (int argc, char **argv);

/* --- report.c: everything that goes to standard error, as UTF-8 ------------- */

/* Prints "hyokasho: MESSAGE" on a line of its own; control characters, which
   text of a document may hold, are replaced. */
void cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Prints a usage error of COMMAND (NULL: of the program) and returns EXIT_USAGE. */
ExitStatus cli_usage (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* What DOCUMENT means for the exit status. */
ExitStatus cli_status (const HkDocument *document);

/* Prints the diagnostics of DOCUMENT that LEVEL lets through. NAME is the input
   as messages call it. */
void cli_report (const HkDocument *document, const char *name, Level level);

/* --- output.c ---------------------------------------------------------------- */

/* The names that the outputs of INPUTS get in a folder, in the same order:
   the input's name without its folder and EXTENSION (".xml") behind it; where
   that is taken already, upper and lower case being the same, ~2, ~3, … stands
   before EXTENSION. Free with g_strfreev(). */
char **cli_output_names (char **inputs, const char *extension);

/* Writes to FILE what DATA stands for. */
typedef gboolean (*CliWriter) (FILE *file, gpointer data, GError **error);

/* Writes PATH by way of a temporary file, so that PATH is either what it was
   or the whole output. What is no regular file (a device, a pipe) is written
   to directly. The temporary file lies in the folder TEMPORARIES, which is on
   the same file system, or (NULL) beside PATH. */
gboolean cli_write_whole (const char *path, const char *temporaries, CliWriter writer, gpointer data, GError **error);

/* The same, with DOCUMENT. */
gboolean cli_write_file (const HkDocument *document, HkFormat format, const char *path, const char *temporaries, GError **error);

gboolean cli_write_stdout (const HkDocument *document, HkFormat format, GError **error);
