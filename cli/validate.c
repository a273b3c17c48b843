/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hyokasho validate: XML files against the published schema. */
#include "cli.h"
#include "slurp.h"

#include <string.h>

static ExitStatus
validate_one (const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean from_stdin = strcmp (input, "-") == 0;
  g_autofree char *name = from_stdin ? g_strdup (CLI_STDIN) : g_filename_display_name (input);

  bytes = from_stdin ? slurp_stdin (name, &error) : slurp_file (input, &error);
  if (bytes != NULL && hk_validate_xml (bytes, name, &error))
    return EXIT_READ;
  cli_say ("%s", error->message);
  return EXIT_FAILED;
}

ExitStatus
cli_validate (int    argc,
              char **argv)
{
  g_auto (GStrv) inputs = NULL;
  gboolean help = FALSE;
  ExitStatus worst = EXIT_READ;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &inputs, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE.xml…");

  g_set_prgname ("hyokasho validate");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context,
    "Checks XML files that “hyokasho convert” wrote, or that were edited since,\n"
    "against the published schema. Valid files are passed over in silence.");
  g_option_context_set_description (context,
    "Exit status:\n"
    "  0   every file is valid\n"
    "  2   a file is not valid or cannot be read\n"
    "  64  the command line is wrong; nothing was done\n");

  if (!g_option_context_parse (context, &argc, &argv, &error))
    return cli_usage ("validate", "%s", error->message);
  if (help) {
    g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
    fputs (text, stdout);
    return EXIT_READ;
  }
  if (inputs == NULL)
    return cli_usage ("validate", "no file: name an XML file, or - for standard input");
  for (guint i = 0; inputs[i] != NULL; i++) {
    ExitStatus status = validate_one (inputs[i]);

    worst = MAX (worst, status);
  }
  return worst;
}
