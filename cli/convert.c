/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hyokasho convert: each input is read, reported on and written, one after the
   other; a collection of them is batch.c's. */
#include "batch.h"
#include "cli.h"
#include "job.h"
#include "slurp.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  const char *name;
  HkFormat    format;
  const char *extension;
} Format;

static const Format formats[] = {
  { "xml", HK_FORMAT_XML, ".xml" },
  { "json", HK_FORMAT_JSON, ".json" },
  { "tsv", HK_FORMAT_TSV, ".tsv" },
  { "summary", HK_FORMAT_SUMMARY, ".txt" },
};

#define NOT_GIVEN  G_MININT /* of options that are numbers */
#define JOBS_MAX   1024
#define SECONDS_MAX 1e9
#define SHARDS_MAX 100000

typedef struct {
  char   **inputs;
  char    *format;
  char    *output;
  char    *ocr, *password_file;
  gboolean quiet, verbose, help;

  /* Of a run over a collection alone. */
  int      jobs;
  char    *log, *shard;
  gboolean retry_failed;
  double   seconds;
  int      memory, pages;
} Options;

/* What is to be done: input I goes to outputs[I], NULL standing for standard output. */
typedef struct {
  char        **inputs;  /* of the options */
  char        **outputs;
  char         *folder;  /* NULL: none is needed */
  const Format *format;
  Level         level;
  HkReading     how;
  char         *password; /* that HOW points at */
} Plan;

static void
options_clear (Options *options)
{
  g_strfreev (options->inputs);
  g_free (options->format);
  g_free (options->output);
  g_free (options->ocr);
  g_free (options->password_file);
  g_free (options->log);
  g_free (options->shard);
}

static void
plan_clear (Plan *plan)
{
  if (plan->outputs != NULL)
    for (guint i = 0; plan->inputs[i] != NULL; i++)
      g_free (plan->outputs[i]);
  g_free (plan->outputs);
  g_free (plan->folder);
  g_free (plan->password);
}

/* --- From options to a plan ------------------------------------------------- */

static const Format *
find_format (const char *name)
{
  if (name == NULL)
    return &formats[0];
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i].name, name) == 0)
      return &formats[i];
  return NULL;
}

static gboolean
is_stdin (const char *input)
{
  return strcmp (input, "-") == 0;
}

static gboolean
names_folder (const char *output)
{
  return g_str_has_suffix (output, G_DIR_SEPARATOR_S) || g_file_test (output, G_FILE_TEST_IS_DIR);
}

static gboolean
is_same_file (const char *a,
              const char *b)
{
  struct stat one, other;

  return stat (a, &one) == 0 && stat (b, &other) == 0 && S_ISREG (one.st_mode)
         && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* The input that OUTPUT would overwrite, or NULL. */
static const char *
overwritten_input (char      **inputs,
                   const char *output)
{
  for (guint i = 0; inputs[i] != NULL; i++)
    if (!is_stdin (inputs[i]) && is_same_file (inputs[i], output))
      return inputs[i];
  return NULL;
}

static ExitStatus
plan_outputs (Plan       *plan,
              const char *output)
{
  guint n = g_strv_length (plan->inputs);

  plan->outputs = g_new0 (char *, n + 1);
  if (output == NULL || is_stdin (output))
    return n == 1 ? EXIT_READ : cli_usage ("convert", "several inputs: name a folder for the outputs with -o DIR");

  if (n == 1 && !names_folder (output)) {
    plan->outputs[0] = g_strdup (output);
  } else {
    g_auto (GStrv) names = cli_output_names (plan->inputs, plan->format->extension);

    if (g_file_test (output, G_FILE_TEST_EXISTS) && !g_file_test (output, G_FILE_TEST_IS_DIR)) {
      g_autofree char *name = g_filename_display_name (output);
      return cli_usage ("convert", "%s: is no folder, but several inputs need one: name a folder with -o DIR", name);
    }
    plan->folder = g_strdup (output);
    for (guint i = 0; i < n; i++)
      plan->outputs[i] = g_build_filename (output, names[i], NULL);
  }

  for (guint i = 0; i < n; i++) {
    const char *input = overwritten_input (plan->inputs, plan->outputs[i]);

    if (input != NULL) {
      g_autofree char *name = g_filename_display_name (input);
      return cli_usage ("convert", "%s: is an input and would be overwritten: choose another output", name);
    }
  }
  return EXIT_READ;
}

/* How the inputs are to be read. The password is the first line of its file. */
static ExitStatus
plan_reading (Plan          *plan,
              const Options *options)
{
  static const char *const uses[] = { [HK_OCR_AUTO] = "auto", [HK_OCR_NEVER] = "never", [HK_OCR_ALWAYS] = "always" };
  g_autoptr (GError) error = NULL;
  guint use = 0;

  while (options->ocr != NULL && use < G_N_ELEMENTS (uses) && strcmp (options->ocr, uses[use]) != 0)
    use++;
  if (use == G_N_ELEMENTS (uses))
    return cli_usage ("convert", "unknown use of OCR “%s”: choose auto, never or always", options->ocr);
  plan->how.ocr = (HkOcrUse) use;
  if (options->password_file == NULL)
    return EXIT_READ;
  if (!g_file_get_contents (options->password_file, &plan->password, NULL, &error))
    return cli_usage ("convert", "the password cannot be read (%s)", error->message);
  plan->password[strcspn (plan->password, "\r\n")] = '\0';
  plan->how.password = plan->password;
  return EXIT_READ;
}

/* What every conversion asks of its options. */
static ExitStatus
check_options (const Options *options)
{
  guint n_stdin = 0;

  if (options->inputs == NULL)
    return cli_usage ("convert", "no input: name a PDF, or - for standard input");
  for (guint i = 0; options->inputs[i] != NULL; i++) {
    if (*options->inputs[i] == '\0')
      return cli_usage ("convert", "an input has an empty name");
    n_stdin += is_stdin (options->inputs[i]);
  }
  if (n_stdin > 1)
    return cli_usage ("convert", "standard input can be read only once");
  if (options->output != NULL && *options->output == '\0')
    return cli_usage ("convert", "the output has an empty name");
  if (options->quiet && options->verbose)
    return cli_usage ("convert", "--quiet and --verbose exclude each other");
  if (find_format (options->format) == NULL)
    return cli_usage ("convert", "unknown format “%s”: choose xml, json, tsv or summary", options->format);
  return EXIT_READ;
}

static ExitStatus
make_plan (Plan          *plan,
           const Options *options)
{
  plan->inputs = options->inputs;
  plan->level  = options->quiet ? LEVEL_QUIET : options->verbose ? LEVEL_VERBOSE : LEVEL_NORMAL;
  plan->format = find_format (options->format);
  return plan_outputs (plan, options->output);
}

/* --- A collection ----------------------------------------------------------- */

/* Whether OPTIONS ask for a run over a collection: with what only such a run
   has, or with an input that stands for many and a folder for them. */
static gboolean
is_collection (const Options *options)
{
  if (options->jobs != NOT_GIVEN || options->log != NULL || options->shard != NULL || options->retry_failed ||
      options->seconds != NOT_GIVEN || options->memory != NOT_GIVEN || options->pages != NOT_GIVEN)
    return TRUE;
  for (guint i = 0; options->output != NULL && options->inputs != NULL && options->inputs[i] != NULL; i++)
    if (*options->inputs[i] == '@' || g_file_test (options->inputs[i], G_FILE_TEST_IS_DIR))
      return TRUE;
  return FALSE;
}

/* "2/8" */
static gboolean
parse_shard (const char *text,
             guint      *shard,
             guint      *n)
{
  char rest;

  return sscanf (text, "%u/%u%c", shard, n, &rest) == 2 && *shard >= 1 && *shard <= *n && *n <= SHARDS_MAX;
}

static ExitStatus
convert_collection (const Options   *options,
                    const HkReading *how)
{
  const Format *format = find_format (options->format);
  BatchPlan plan = {
    .inputs = options->inputs, .output = options->output, .format = format->format, .format_name = format->name,
    .extension = format->extension, .level = options->quiet ? LEVEL_QUIET : options->verbose ? LEVEL_VERBOSE : LEVEL_NORMAL,
    .n_jobs = options->jobs != NOT_GIVEN ? (guint) options->jobs : g_get_num_processors (), .shard = 1, .n_shards = 1,
    .retry_failed = options->retry_failed, .log = options->log,
    .seconds = options->seconds != NOT_GIVEN ? options->seconds : JOB_SECONDS,
    .memory_mib = options->memory != NOT_GIVEN ? (guint) options->memory : JOB_MEMORY_MIB,
    .how = *how,
  };

  plan.how.max_pages = options->pages != NOT_GIVEN ? (guint) options->pages : JOB_PAGES;

  if (options->output == NULL || is_stdin (options->output))
    return cli_usage ("convert", "a run over a collection needs a folder for the outputs: name it with -o DIR");
  if (g_file_test (options->output, G_FILE_TEST_EXISTS) && !g_file_test (options->output, G_FILE_TEST_IS_DIR)) {
    g_autofree char *name = g_filename_display_name (options->output);
    return cli_usage ("convert", "%s: is no folder, but a run over a collection needs one: name a folder with -o DIR", name);
  }
  for (guint i = 0; options->inputs[i] != NULL; i++)
    if (is_stdin (options->inputs[i]))
      return cli_usage ("convert", "standard input is no part of a collection; @- is a list on it");
  if (options->jobs != NOT_GIVEN && (options->jobs < 1 || options->jobs > JOBS_MAX))
    return cli_usage ("convert", "--jobs is a number from 1 to %d", JOBS_MAX);
  if (plan.seconds > SECONDS_MAX)
    return cli_usage ("convert", "--timeout is %g seconds at most", SECONDS_MAX);
  if (!(plan.seconds > 0) || (int) plan.memory_mib < 1 || (int) plan.how.max_pages < 1)
    return cli_usage ("convert", "--timeout, --memory and --max-pages are above 0");
  if (options->shard != NULL && !parse_shard (options->shard, &plan.shard, &plan.n_shards))
    return cli_usage ("convert", "--shard is I/N, with I from 1 to N");
  return batch_run (&plan);
}

/* --- Carrying it out ---------------------------------------------------------- */

static HkDocument *
read_input (const char      *input,
            const HkReading *how,
            GError         **error)
{
  if (!is_stdin (input))
    return hk_read_file_how (input, how, error);

  g_autoptr (GBytes) bytes = slurp_stdin (CLI_STDIN, error);
  return bytes == NULL ? NULL : hk_read_bytes_how (bytes, CLI_STDIN, how, error);
}

static ExitStatus
convert_one (const Plan *plan,
             guint       i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HkDocument) document = read_input (plan->inputs[i], &plan->how, &error);
  gboolean written;

  if (document == NULL) {
    cli_say ("%s", error->message);
    return EXIT_FAILED;
  }
  g_autofree char *name = is_stdin (plan->inputs[i]) ? g_strdup (CLI_STDIN) : g_filename_display_name (plan->inputs[i]);
  cli_report (document, name, plan->level);

  written = plan->outputs[i] == NULL ? cli_write_stdout (document, plan->format->format, &error)
                                     : cli_write_file (document, plan->format->format, plan->outputs[i], NULL, &error);
  if (!written) {
    cli_say ("%s", error->message);
    return EXIT_FAILED;
  }
  return cli_status (document);
}

static ExitStatus
carry_out (const Plan *plan)
{
  ExitStatus worst = EXIT_READ;
  const char *missing = hk_missing_data ();

  if (missing != NULL)
    cli_say ("WARNING: %s", missing); /* --quiet or not: it concerns every document */
  if (plan->folder != NULL && g_mkdir_with_parents (plan->folder, 0777) != 0) {
    g_autofree char *name = g_filename_display_name (plan->folder);
    cli_say ("%s: the folder cannot be made (%s): nothing was converted", name, g_strerror (errno));
    return EXIT_FAILED;
  }
  for (guint i = 0; plan->inputs[i] != NULL; i++) {
    ExitStatus status = convert_one (plan, i);

    worst = MAX (worst, status);
  }
  return worst;
}

/* --- The command line ----------------------------------------------------------- */

/* A copy of ARGV with "-j8" as "--jobs=8": GLib takes it for a bundle of options. */
static char **
spell_out_jobs (int    argc,
                char **argv)
{
  char   **spelt   = g_new0 (char *, (gsize) argc + 1);
  gboolean options = TRUE; /* not behind "--" */

  for (int i = 0; i < argc; i++) {
    gboolean joined = options && g_str_has_prefix (argv[i], "-j") && g_ascii_isdigit (argv[i][2]);

    spelt[i] = joined ? g_strconcat ("--jobs=", argv[i] + strlen ("-j"), NULL) : g_strdup (argv[i]);
    options  = options && strcmp (argv[i], "--") != 0;
  }
  return spelt;
}

ExitStatus
cli_convert (int    argc,
             char **argv)
{
  Options options = { .jobs = NOT_GIVEN, .seconds = NOT_GIVEN, .memory = NOT_GIVEN, .pages = NOT_GIVEN };
  Plan plan = { 0 };
  ExitStatus status;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) spelt = spell_out_jobs (argc, argv);
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format, "xml (the default), json, tsv or summary", "FORMAT" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Write to FILE, or into the folder DIR", "FILE|DIR" },
    { "ocr", 0, 0, G_OPTION_ARG_STRING, &options.ocr, "Read pages from their pictures: auto (the default: where their text is\n                              missing or cannot be trusted), never or always", "WHEN" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file, "The password of encrypted PDFs is the first line of FILE", "FILE" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "No warnings; errors only", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options.verbose, "Notes and every uncertain value, too", NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, "Convert a collection, N documents at a time", "N" },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &options.shard, "Only share I of N of the collection", "I/N" },
    { "retry-failed", 0, 0, G_OPTION_ARG_NONE, &options.retry_failed, "Try again what failed in an earlier run", NULL },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &options.log, "Log the run to FILE, in JSON Lines", "FILE" },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "Time that a document may take (300)", "SECONDS" },
    { "memory", 0, 0, G_OPTION_ARG_INT, &options.memory, "Memory that a document may take (2048)", "MIB" },
    { "max-pages", 0, 0, G_OPTION_ARG_INT, &options.pages, "Pages that a document may have (2000)", "N" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options.help, "Show this help", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.inputs, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("INPUT…");

  g_set_prgname ("hyokasho convert");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context,
    "Reads each INPUT, a PDF of a 特定個人情報保護評価書 or the text of one (- is\n"
    "standard input), and writes what it says. One input goes to standard output\n"
    "unless -o is given; several need -o DIR, where the output of x.pdf is x.pdf.xml\n"
    "(.json, .tsv, .txt) and that of a second x.pdf is x.pdf~2.xml.\n"
    "\n"
    "With -j, or where an INPUT is a folder or @LIST (a file of names, one a line),\n"
    "the documents are a collection: -o DIR gets the output of each under its folders'\n"
    "names, and manifest.csv with what became of it. A run that was stopped is taken\n"
    "up by the same command.");
  g_option_context_set_description (context,
    "Exit status:\n"
    "  0   all was read, nothing is in doubt\n"
    "  1   all was read, but something needs review (warnings, uncertain or unplaced text)\n"
    "  2   an input could not be read or an output not written; the others are done\n"
    "  3   the run over a collection was stopped; the same command goes on\n"
    "  64  the command line is wrong; nothing was done\n");

  if (!g_option_context_parse_strv (context, &spelt, &error)) {
    status = cli_usage ("convert", "%s", error->message);
  } else if (options.help) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
    fputs (help, stdout);
    status = EXIT_READ;
  } else {
    status = check_options (&options);
    if (status == EXIT_READ)
      status = plan_reading (&plan, &options);
    if (status == EXIT_READ && is_collection (&options))
      status = convert_collection (&options, &plan.how);
    else if (status == EXIT_READ && (status = make_plan (&plan, &options)) == EXIT_READ)
      status = carry_out (&plan);
  }
  plan_clear (&plan);
  options_clear (&options);
  return status;
}
