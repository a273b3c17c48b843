/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "survey.h"

#include "csv.h"
#include "names.h"
#include "slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES      (256 * 1024)
#define COMMIT_EVERY    256 /* inputs; what is lost by a kill is read again */

/* Files in a folder that are taken for documents. One that is named itself is
   taken whatever it is called. */
static const char *const extensions[] = { ".pdf", ".txt", ".text", ".md", ".html", ".htm" };

/* --- Finding ---------------------------------------------------------------------- */

gboolean
survey_is_mine (const char *path,
                guint       shard,
                guint       n)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  sum[8] = '\0';
  return g_ascii_strtoull (sum, NULL, 16) % n == shard - 1;
}

static void
add (Survey     *survey,
     const char *path)
{
  g_autofree char *clean = names_clean (path);

  journal_add_input (survey->journal, clean, survey_is_mine (clean, survey->shard, survey->n_shards));
}

gboolean
survey_is_called_as_document (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_str_has_suffix (lower, extensions[i]))
      return TRUE;
  return FALSE;
}

static gboolean find_in_folder (Survey *survey, const char *folder);

/* NAME in FOLDER. Hidden ones and links to folders are passed over: the first
   are nobody's documents, the others may lead in a circle. */
static gboolean
find_entry (Survey     *survey,
            const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  if (*name == '.' || g_stat (path, &status) != 0)
    return TRUE;
  if (S_ISDIR (status.st_mode))
    return g_file_test (path, G_FILE_TEST_IS_SYMLINK) || journal_is_folder (survey->journal, &status) ||
           find_in_folder (survey, path);
  if (S_ISREG (status.st_mode) && survey_is_called_as_document (name))
    add (survey, path);
  else
    survey->n_passed_over++;
  return survey->pulse (survey->pulse_data, 0);
}

static gboolean
find_in_folder (Survey     *survey,
                const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  gboolean going = TRUE;
  const char *name;

  if (dir == NULL) {
    add (survey, folder); /* examined, it will be found unreadable, and listed as such */
    return TRUE;
  }
  while (going && (name = g_dir_read_name (dir)) != NULL)
    going = find_entry (survey, folder, name);
  g_dir_close (dir);
  return going;
}

static gboolean
find (Survey     *survey,
      const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return find_in_folder (survey, path);
  add (survey, path);
  return survey->pulse (survey->pulse_data, 0);
}

static gboolean
find_in_list (Survey     *survey,
              const char *list,
              GError    **error)
{
  FILE    *file  = strcmp (list, "-") == 0 ? stdin : g_fopen (list, "re");
  char    *line  = NULL;
  size_t   size  = 0;
  gboolean going = TRUE, first = TRUE;
  ssize_t  n;

  while (going && file != NULL && (n = getline (&line, &size, file)) > 0) {
    const char *name = first ? csv_skip_mark (line) : line;

    first = FALSE;
    while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
      line[--n] = '\0';
    if (*name != '\0')
      going = find (survey, name);
  }
  free (line);
  if (file == NULL || ferror (file)) {
    g_autofree char *name = g_filename_display_name (list);
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: the list cannot be read (%s)", name, g_strerror (errno));
    going = FALSE;
  }
  if (file != NULL && file != stdin)
    fclose (file);
  return going;
}

gboolean
survey_find (Survey  *survey,
             char   **arguments,
             GError **error)
{
  gboolean going = TRUE;

  journal_begin (survey->journal);
  for (guint i = 0; going && arguments[i] != NULL; i++)
    going = *arguments[i] == '@' ? find_in_list (survey, arguments[i] + 1, error) : find (survey, arguments[i]);
  journal_commit (survey->journal);
  return going;
}

/* --- Examining ---------------------------------------------------------------------- */

/* The checksum of the file open as FD; NULL with *TROUBLE set (free it). */
static char *
sum_up (int     fd,
        gint64 *size,
        char  **trouble)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (READ_BYTES);
  struct stat status = { 0 };

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)) {
    *trouble = g_strdup (S_ISDIR (status.st_mode) ? "the folder cannot be read" : "is no regular file");
    return NULL;
  }
  if (status.st_size > SLURP_MAX_BYTES) {
    *trouble = g_strdup ("is larger than any assessment");
    return NULL;
  }
  for (*size = 0;;) {
    ssize_t n = read (fd, buffer, READ_BYTES);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      *trouble = g_strdup_printf ("cannot be read (%s)", g_strerror (errno));
      return NULL;
    }
    if (n == 0)
      return g_strdup (g_checksum_get_string (sum));
    g_checksum_update (sum, buffer, n);
    *size += n;
  }
}

/* Reads PATH, and notes what it contains or why it cannot be read. */
static void
examine (Survey     *survey,
         const char *path)
{
  g_autofree char *sha256  = NULL;
  g_autofree char *trouble = NULL;
  gint64 size = 0;
  int    fd   = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  if (fd < 0)
    trouble = g_strdup_printf ("cannot be opened (%s)", g_strerror (errno));
  else if (journal_holds (survey->journal, path))
    trouble = g_strdup ("lies in the output folder");
  else
    sha256 = sum_up (fd, &size, &trouble);
  if (fd >= 0)
    close (fd);
  journal_set_content (survey->journal, path, sha256, size, trouble);
}

gboolean
survey_examine (Survey *survey)
{
  g_autofree char *path = g_strdup ("");
  gboolean going = TRUE;
  guint n = 0;

  journal_begin (survey->journal);
  journal_name_outputs (survey->journal, survey->extension);
  while (going && journal_next_input (survey->journal, &path)) {
    examine (survey, path);
    if (++n % COMMIT_EVERY == 0) {
      journal_commit (survey->journal);
      journal_begin (survey->journal);
    }
    going = survey->pulse (survey->pulse_data, n);
  }
  journal_commit (survey->journal);
  return going;
}
