/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outputs appear whole or not at all: written to a temporary file beside the
 * target, flushed to the disk, and renamed. A crash can leave the temporary
 * file (.hyokasho-XXXXXX), never half an output under the target's name.
 */
#include "cli.h"
#include "names.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_NAME ".hyokasho-XXXXXX"

/* --- Names ------------------------------------------------------------------ */

char **
cli_output_names (char      **inputs,
                  const char *extension)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; inputs[i] != NULL; i++) {
    g_autofree char *stem = strcmp (inputs[i], "-") == 0 ? g_strdup (CLI_STDIN) : g_path_get_basename (inputs[i]);
    char *name = g_strconcat (stem, extension, NULL);

    for (guint n = 2; !g_hash_table_add (taken, names_fold (name)); n++) {
      g_free (name);
      name = g_strdup_printf ("%s~%u%s", stem, n, extension);
    }
    g_ptr_array_add (names, name);
  }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* --- Writing ------------------------------------------------------------------ */

/* Pushes what was written to where it can no longer be lost. FALSE with errno set. */
static gboolean
settle (FILE *file)
{
  struct stat status;

  if (fflush (file) != 0)
    return FALSE;
  if (fstat (fileno (file), &status) == 0 && S_ISREG (status.st_mode))
    return fsync (fileno (file)) == 0;
  return TRUE;
}

static gboolean
write_and_settle (CliWriter writer,
                  gpointer  data,
                  FILE     *file,
                  GError  **error)
{
  if (!writer (file, data, error))
    return FALSE;
  if (settle (file))
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be written (%s)", g_strerror (errno));
  return FALSE;
}

typedef struct {
  const HkDocument *document;
  HkFormat          format;
} Content;

static gboolean
write_document (FILE    *file,
                gpointer data,
                GError **error)
{
  const Content *content = data;

  return hk_document_write (content->document, content->format, file, error);
}

gboolean
cli_write_stdout (const HkDocument *document,
                  HkFormat          format,
                  GError          **error)
{
  Content content = { document, format };
  GError *failure = NULL;

  if (write_and_settle (write_document, &content, stdout, &failure))
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "standard output: %s: what was written is not whole", failure->message);
  g_error_free (failure);
  return FALSE;
}

static gboolean
write_directly (CliWriter   writer,
                gpointer    data,
                const char *path,
                GError    **error)
{
  FILE *file = g_fopen (path, "we");
  gboolean written;

  if (file == NULL) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be opened for writing (%s)", g_strerror (errno));
    return FALSE;
  }
  written = write_and_settle (writer, data, file, error);
  if (fclose (file) != 0 && written) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be written (%s)", g_strerror (errno));
    written = FALSE;
  }
  return written;
}

/* Makes the new entry of FOLDER last. Not every file system can; the file
   itself is safe by now, so that a failure is none of the output's. */
static void
settle_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void) fsync (fd);
  close (fd);
}

/* TEMPORARIES: the folder of the temporary file; NULL: PATH's. MODE is the
   target's if it exists already, else 0. */
static gboolean
write_and_rename (CliWriter   writer,
                  gpointer    data,
                  const char *path,
                  const char *temporaries,
                  mode_t      mode,
                  GError    **error)
{
  g_autofree char *folder    = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (temporaries != NULL ? temporaries : folder, TEMPORARY_NAME, NULL);
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  FILE *file;
  gboolean written;

  if (fd < 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "no file can be made in its folder (%s)", g_strerror (errno));
    return FALSE;
  }
  if (mode != 0)
    (void) fchmod (fd, mode & 07777);
  file = fdopen (fd, "w");
  if (file == NULL) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be written (%s)", g_strerror (errno));
    close (fd);
    g_unlink (temporary);
    return FALSE;
  }
  written = write_and_settle (writer, data, file, error);
  if (fclose (file) != 0 && written) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be written (%s)", g_strerror (errno));
    written = FALSE;
  }
  if (written && g_rename (temporary, path) != 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be replaced (%s)", g_strerror (errno));
    written = FALSE;
  }
  if (written)
    settle_folder (folder);
  else
    g_unlink (temporary);
  return written;
}

gboolean
cli_write_whole (const char *path,
                 const char *temporaries,
                 CliWriter   writer,
                 gpointer    data,
                 GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat status;
  gboolean exists = stat (path, &status) == 0;
  gboolean written;
  GError *failure = NULL;

  if (exists && !S_ISREG (status.st_mode)) {
    written = write_directly (writer, data, path, &failure);
  } else {
    /* A link stays a link: its target is replaced. */
    char *target = exists ? realpath (path, NULL) : NULL;

    written = write_and_rename (writer, data, target != NULL ? target : path, temporaries,
                                exists ? status.st_mode : 0, &failure);
    free (target);
  }
  if (written)
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: %s: %s", name, failure->message,
               exists && S_ISREG (status.st_mode) ? "the old output stays as it was" : "no output was made");
  g_error_free (failure);
  return FALSE;
}

gboolean
cli_write_file (const HkDocument *document,
                HkFormat          format,
                const char       *path,
                const char       *temporaries,
                GError          **error)
{
  Content content = { document, format };

  return cli_write_whole (path, temporaries, write_document, &content, error);
}
