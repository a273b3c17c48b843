/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A standard stream that the caller closed would otherwise be the next file
   that is opened. Each is opened so that using it fails. */
static void
occupy_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0)
      (void) !open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static void
print_help (void)
{
  fputs ("Usage:\n"
         "  hyokasho convert [--format xml|json|tsv|summary] [-o FILE|DIR] INPUT…\n"
         "  hyokasho convert -j N -o DIR FILE|DIR|@LIST…\n"
         "  hyokasho dataset OUT.sqlite INPUT…\n"
         "  hyokasho validate FILE.xml…\n"
         "  hyokasho --version\n"
         "\n"
         "Reads 特定個人情報保護評価書 (PDF or text), the assessments published under Japan's\n"
         "My Number Act, and writes what they say as XML, JSON, a table or a summary, or\n"
         "puts it into a database.\n"
         "\n"
         "Exit status:\n"
         "  0   all was read, nothing is in doubt\n"
         "  1   all was read, but something needs review\n"
         "  2   an input or output failed; the others are done\n"
         "  3   a run over a collection was stopped; the same command goes on\n"
         "  64  the command line is wrong; nothing was done\n"
         "\n"
         "“hyokasho COMMAND --help” lists a command's options; see also hyokasho(1).\n",
         stdout);
}

static ExitStatus
run (int    argc,
     char **argv)
{
  if (argc < 2)
    return cli_usage (NULL, "no command: convert, dataset or validate");
  if (strcmp (argv[1], "convert") == 0)
    return cli_convert (argc - 1, argv + 1);
  if (strcmp (argv[1], "dataset") == 0)
    return cli_dataset (argc - 1, argv + 1);
  if (strcmp (argv[1], "validate") == 0)
    return cli_validate (argc - 1, argv + 1);
  if (strcmp (argv[1], "--version") == 0) {
    printf ("hyokasho %s\n", hk_version ());
    return EXIT_READ;
  }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0) {
    print_help ();
    return EXIT_READ;
  }
  g_autofree char *name = g_filename_display_name (argv[1]);
  return cli_usage (NULL, "unknown command “%s”: convert, dataset or validate", name);
}

/* setlocale() is not called: what is printed does not depend on the locale. */
int
main (int    argc,
      char **argv)
{
  ExitStatus status;

  occupy_standard_streams ();
  status = run (argc, argv);
  if (fflush (stdout) != 0 || ferror (stdout)) {
    /* Conversions have said so already. */
    if (status < EXIT_FAILED)
      cli_say ("standard output: cannot be written");
    status = MAX (status, EXIT_FAILED);
  }
  return status;
}
