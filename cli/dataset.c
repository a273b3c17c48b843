/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hyokasho dataset: documents into an SQLite database, and out of it as CSV. */
#include "cli.h"
#include "csv.h"
#include "gather.h"
#include "load.h"
#include "package.h"
#include "progress.h"

#include <glib/gstdio.h>
#include <string.h>

#define DOCUMENTS_AT_ONCE 100 /* in one transaction */

typedef struct {
  char   **arguments; /* the database, and inputs */
  char    *agencies, *csv;
  gboolean bom, quiet, dictionary, help;
} Options;

typedef struct {
  Store     *store;
  Progress  *progress;
  gboolean   quiet;
  guint      n_added, n_replaced, n_failed, n_doubtful;
} Load;

/* --- Adding -------------------------------------------------------------------------- */

/* What is not as one would think; that a document was added once more is. */
static void
say_loaded (const Load   *load,
            const char   *input,
            const Loaded *loaded)
{
  if (loaded->same_bytes == NULL && loaded->same_input == NULL && loaded->other == NULL && !loaded->undated)
    return;
  progress_clear (load->progress);
  if (loaded->same_bytes != NULL)
    cli_say ("%s: has the same bytes as %s, which it replaces", input, loaded->same_bytes);
  if (loaded->same_input != NULL)
    cli_say ("%s: replaces another reading of this input, with the same report and date (SHA-256 %s)", input, loaded->same_input);
  if (loaded->undated)
    cli_say ("%s: an input of this name is there already, of the same report, and a date is missing that tells them apart: both are kept", input);
  if (loaded->other != NULL)
    cli_say ("%s: “%s”: a report of the same agency and number has quite another title: kept as another report", input, loaded->other);
}

static void
add (gpointer    data,
     HkDocument *document,
     const char *input,
     const char *sha256)
{
  Load *load = data;
  Loaded loaded;

  if (hk_document_form (document) == 0) {
    progress_clear (load->progress);
    cli_say ("%s: is no assessment, or its form is not supported: not added", input);
    load->n_failed++;
    return;
  }
  load_document (load->store, document, input, sha256, &loaded);
  load->n_doubtful += loaded.other != NULL || loaded.undated;
  if (!load->quiet)
    say_loaded (load, input, &loaded);
  if (loaded.replaced)
    load->n_replaced++;
  else
    load->n_added++;
  loaded_clear (&loaded);
  if ((load->n_added + load->n_replaced) % DOCUMENTS_AT_ONCE == 0) {
    store_commit (load->store);
    store_begin (load->store);
  }
  progress_count (load->progress, load->n_added + load->n_replaced, "documents added or replaced");
}

static void
refuse (gpointer    data,
        const char *message)
{
  Load *load = data;

  progress_clear (load->progress);
  cli_say ("%s: not added", message);
  load->n_failed++;
}

static void
say_ambiguity (const char *name,
               const char *folders)
{
  cli_say ("agency “%s” is in several folders and kept apart: %s: --agencies FILE.csv says which they are", name, folders);
}

/* A list may be of the whole country; but a folder's name may be misspelt. */
static void
say_idle (const Agencies *agencies)
{
  guint first, n = agencies_count_idle (agencies, &first);

  if (n == 1)
    cli_say ("--agencies: record %u fits no document of these inputs", first);
  else if (n > 1)
    cli_say ("--agencies: %u records fit no document of these inputs, the first of them record %u", n, first);
}

static ExitStatus
add_all (Load  *load,
         char **inputs)
{
  const GatherUse use = { add, refuse, load };
  g_autoptr (GError) error = NULL;

  store_begin (load->store);
  for (guint i = 0; inputs[i] != NULL && sql_check (load->store->sql, NULL); i++)
    gather (inputs[i], &use);
  store_commit (load->store);
  progress_clear (load->progress);
  if (!sql_check (load->store->sql, &error)) {
    cli_say ("%s: the dataset cannot be written; what was added before is in it, and the same command goes on", error->message);
    return EXIT_STOPPED;
  }
  load->n_doubtful += store_each_ambiguity (load->store, load->quiet ? NULL : say_ambiguity);
  if (!load->quiet) {
    say_idle (load->store->agencies);
    cli_say ("%u document%s added, %u replaced, %u not", load->n_added, load->n_added == 1 ? "" : "s", load->n_replaced, load->n_failed);
  }
  return load->n_failed > 0 ? EXIT_FAILED : load->n_doubtful > 0 ? EXIT_REVIEW : EXIT_READ;
}

static ExitStatus
carry_out (const Options *options)
{
  const char *path = options->arguments[0];
  g_autoptr (GError) error = NULL;
  Agencies *agencies = NULL;
  Load load = { .quiet = options->quiet };
  ExitStatus status = EXIT_READ;
  gboolean was_there = g_file_test (path, G_FILE_TEST_EXISTS), is_empty;

  if (!was_there && options->arguments[1] == NULL) {
    g_autofree char *name = g_filename_display_name (path);
    cli_say ("%s: there is no such dataset: check its name, or name inputs to make it of", name);
    return EXIT_FAILED;
  }
  if (options->agencies != NULL && (agencies = agencies_read (options->agencies, &error)) == NULL) {
    cli_say ("%s", error->message);
    return EXIT_FAILED;
  }
  load.store = store_open (path, agencies, &error);
  if (load.store == NULL) {
    cli_say ("%s", error->message);
    status = EXIT_FAILED;
  } else if (options->arguments[1] != NULL) {
    load.progress = progress_new (options->quiet ? LEVEL_QUIET : LEVEL_NORMAL);
    status = add_all (&load, options->arguments + 1);
    progress_free (load.progress);
  }
  /* Nothing came in: what was made for it goes. */
  is_empty = !was_there && load.store != NULL && store_is_empty (load.store);
  if (load.store != NULL && status != EXIT_STOPPED && !is_empty && options->csv != NULL &&
      !package_write (load.store, options->csv, options->bom, &error)) {
    cli_say ("%s", error->message);
    status = EXIT_FAILED;
  }
  store_close (load.store);
  if (is_empty)
    g_unlink (path);
  agencies_free (agencies);
  return status;
}

/* --- The command line ------------------------------------------------------------------ */

static void
print_dictionary (void)
{
  g_autofree char *text = package_dictionary ();

  fputs (text, stdout);
}

static ExitStatus
check_options (const Options *options)
{
  if (options->arguments == NULL)
    return cli_usage ("dataset", "no database: name the file that is to be made or added to");
  if (options->arguments[1] == NULL && options->csv == NULL)
    return cli_usage ("dataset", "no input: name XML files, the folder of a run of “convert”, or what it reads");
  if (options->bom && options->csv == NULL)
    return cli_usage ("dataset", "--bom is about the files of --csv DIR");
  return EXIT_READ;
}

ExitStatus
cli_dataset (int    argc,
             char **argv)
{
  Options options = { 0 };
  ExitStatus status;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "agencies", 0, 0, G_OPTION_ARG_FILENAME, &options.agencies, "Which folder or agency has which code and prefecture", "FILE.csv" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &options.csv, "Write the tables into DIR, too, with a datapackage.json", "DIR" },
    { "bom", 0, 0, G_OPTION_ARG_NONE, &options.bom, "With a byte order mark, as Excel wants it", NULL },
    { "dictionary", 0, 0, G_OPTION_ARG_NONE, &options.dictionary, "Print the data dictionary, and do nothing else", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "Errors only", NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options.help, "Show this help", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.arguments, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT.sqlite INPUT…");

  g_set_prgname ("hyokasho dataset");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context,
    "Adds documents to the SQLite database OUT.sqlite, which is made if need be. An\n"
    "INPUT is an XML file that “hyokasho convert” wrote, the folder of its run, any other\n"
    "folder, or a PDF or text, which is read first. A document that is there already\n"
    "is replaced; a newer publication of a report is a further version of it.");
  g_option_context_set_description (context,
    "Exit status:\n"
    "  0   all inputs are in the dataset\n"
    "  1   so they are, but agencies, reports or files had to be kept apart: see the messages\n"
    "  2   an input could not be added, or a file not be written; the others are done\n"
    "  3   the dataset could not be written to its end; the same command goes on\n"
    "  64  the command line is wrong; nothing was done\n");

  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    status = cli_usage ("dataset", "%s", error->message);
  } else if (options.help) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
    fputs (help, stdout);
    status = EXIT_READ;
  } else if (options.dictionary) {
    print_dictionary ();
    status = EXIT_READ;
  } else {
    status = check_options (&options);
    if (status == EXIT_READ)
      status = carry_out (&options);
  }
  g_strfreev (options.arguments);
  g_free (options.agencies);
  g_free (options.csv);
  return status;
}
