/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gather.h"

#include "cli.h"
#include "job.h"
#include "manifest.h"
#include "names.h"
#include "slurp.h"
#include "survey.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>

#define HEAD_BYTES 4096 /* in which XML says that it is of ours */
#define POLL_MS    2
#define UNFINISHED ".hyokasho" /* what a run keeps in its folder until it ends (journal.c) */

static void G_GNUC_PRINTF (2, 3)
refuse (const GatherUse *use,
        const char      *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  use->refuse (use->data, message);
}

/* --- Files ----------------------------------------------------------------------------- */

static gboolean
is_ours (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strstr_len (data, (gssize) MIN (size, HEAD_BYTES), HK_XML_NAMESPACE) != NULL;
}

/* XML in BYTES, called NAME; INPUT and SHA256 are those of the source, NULL: not known. */
static void
gather_xml (GBytes          *bytes,
            const char      *name,
            const char      *input,
            const char      *sha256,
            const GatherUse *use)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HkDocument) document = hk_read_xml (bytes, name, &error);
  g_autofree char *own = sha256 == NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;

  if (document == NULL)
    refuse (use, "%s", error->message);
  else
    use->add (use->data, document, input != NULL ? input : name, sha256 != NULL ? sha256 : own);
}

/* Waits for JOB. */
static void
await (Job   *job,
       Facts *facts)
{
  while (!job_collect (job, facts)) {
    if (job_deadline (job) <= g_get_monotonic_time ())
      job_expire (job);
    poll (NULL, 0, POLL_MS);
  }
}

/* Removes FOLDER and the files in it: the output, and what a job that was ended left unfinished. */
static void
remove_folder (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  if (dir != NULL)
    g_dir_close (dir);
  g_rmdir (folder);
}

/* A PDF or a text: read in a process of its own, as “convert” does, into a file that is read back. */
static void
gather_source (GBytes          *bytes,
               const char      *path,
               const char      *name,
               const GatherUse *use)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("hyokasho-XXXXXX", &error);
  g_autofree char *output = folder == NULL ? NULL : g_build_filename (folder, "document.xml", NULL);
  const JobTerms terms = JOB_TERMS (HK_FORMAT_XML, folder);
  g_autoptr (GBytes) xml = NULL;
  Facts facts = { 0 };
  Task *task;
  Job  *job;

  if (folder == NULL) {
    refuse (use, "%s: %s", name, error->message);
    return;
  }
  task = task_new (sha256);
  g_ptr_array_add (task->inputs, g_strdup (path));
  g_ptr_array_add (task->outputs, g_strdup (output));
  job = job_start (task, &terms, &error);
  if (job != NULL) {
    await (job, &facts);
    if (outcome_has_output (facts_outcome (&facts)))
      xml = slurp_file (output, &error);
    else
      refuse (use, "%s: %s: %s", name, facts.text[FACT_OUTCOME], facts.text[FACT_MESSAGE]);
    facts_clear (&facts);
    job_free (job);
  }
  if (xml != NULL)
    gather_xml (xml, name, NULL, sha256, use);
  else if (error != NULL)
    refuse (use, "%s: %s", name, error->message);
  remove_folder (folder);
}

static void
gather_file (const char      *path,
             const GatherUse *use)
{
  g_autofree char *clean = names_clean (path);
  g_autofree char *name  = names_show (clean);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = slurp_file (path, &error);

  if (bytes == NULL)
    refuse (use, "%s", error->message);
  else if (is_ours (bytes))
    gather_xml (bytes, name, NULL, NULL, use);
  else
    gather_source (bytes, path, name, use);
}

/* --- Folders ------------------------------------------------------------------------------ */

typedef struct {
  const char      *folder;
  const GatherUse *use;
  GHashTable      *seen;    /* outputs */
  guint            n_other; /* those that are no XML */
} Gathering;

static void
gather_row (gpointer           data,
            const ManifestRow *row)
{
  Gathering *gathering = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* What a share's manifest says comes first, and an older one of all may say
     otherwise of what stands there now. */
  if (row->output == NULL || !g_hash_table_add (gathering->seen, g_strdup (row->output)))
    return;
  if (!g_str_has_suffix (row->output, ".xml")) {
    gathering->n_other++;
    return;
  }
  if (facts_outcome (row->facts) == OUTCOME_NO_FORM)
    return;
  path  = g_build_filename (gathering->folder, row->output, NULL);
  bytes = slurp_file (path, &error);
  if (bytes == NULL)
    refuse (gathering->use, "%s", error->message);
  else
    gather_xml (bytes, row->output, row->input, row->sha256, gathering->use);
}

/* Whether “convert” is at work on FOLDER, or was stopped there: what its
   manifests say is not what stands there then. */
static gboolean
is_unfinished (const char *folder)
{
  g_autofree char *state = g_build_filename (folder, UNFINISHED, NULL);

  return g_file_test (state, G_FILE_TEST_EXISTS);
}

/* Whether FOLDER is one that “convert” wrote a collection into; then its documents are taken in. */
static gboolean
gather_run (const char      *folder,
            const GatherUse *use)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Gathering gathering = { folder, use, seen, 0 };
  gboolean is_run = manifest_each (folder, gather_row, &gathering);

  if (gathering.n_other > 0)
    refuse (use, "%s: %u output%s no XML: convert into another folder, as XML", folder, gathering.n_other,
            gathering.n_other == 1 ? " is" : "s are");
  return is_run;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
gather_folder (const char      *folder,
               const GatherUse *use)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir;
  const char *name;
  g_autoptr (GError) error = NULL;

  if (is_unfinished (folder)) {
    refuse (use, "%s: the run of “convert” into it has not ended: run its command again, to the end", folder);
    return;
  }
  if (gather_run (folder, use))
    return;
  dir = g_dir_open (folder, 0, &error);
  if (dir == NULL) {
    refuse (use, "%s", error->message);
    return;
  }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

    if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
      if (survey_is_called_as_document (names->pdata[i]) || g_str_has_suffix (names->pdata[i], ".xml"))
        gather_file (path, use);
    } else if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
      gather_folder (path, use);
    }
  }
}

void
gather (const char      *input,
        const GatherUse *use)
{
  if (g_file_test (input, G_FILE_TEST_IS_DIR))
    gather_folder (input, use);
  else
    gather_file (input, use);
}
