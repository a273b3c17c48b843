/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program that uses libhyokasho: it reads an assessment, lists the values
 * that somebody has to look at, and writes the whole of it as XML.
 *
 *   cc -o example example.c $(pkg-config --cflags --libs hyokasho)
 *   ./example report.pdf > report.xml
 */
#include <hyokasho.h>

/* Prints "file[1]/subjects/count, page 4: 1万人未満 (why it is in doubt)". */
static void
print_doubt (HkNode        *node,
             const HkValue *value)
{
  g_autofree char *path = hk_node_path (node);
  guint n_places;
  const HkPlace *places = hk_value_places (value, &n_places);

  fprintf (stderr, "%s", path);
  if (n_places > 0)
    fprintf (stderr, ", page %u", places[0].page);
  fprintf (stderr, ": %s", hk_value_text (value));
  if (hk_value_reason (value) != NULL)
    fprintf (stderr, " (%s)", hk_value_reason (value));
  fputc ('\n', stderr);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HkDocument) document = NULL;

  if (argc != 2) {
    fprintf (stderr, "usage: example FILE.pdf\n");
    return 64;
  }
  if (hk_missing_data () != NULL)
    fprintf (stderr, "%s\n", hk_missing_data ());

  document = hk_read_file (argv[1], &error);
  if (document == NULL) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }

  /* One value by its path … */
  HkNode *agency = hk_document_find (document, "cover/agency");
  if (agency != NULL && hk_node_value (agency) != NULL)
    fprintf (stderr, "評価実施機関名: %s\n", hk_value_text (hk_node_value (agency)));

  /* … and all of them in the order of the form. */
  for (HkNode *node = hk_node_walk (hk_document_root (document)); node != NULL; node = hk_node_walk (node)) {
    const HkValue *value = hk_node_value (node);

    if (value != NULL && hk_value_status (value) == HK_STATUS_UNCERTAIN)
      print_doubt (node, value);
  }

  if (!hk_document_write (document, HK_FORMAT_XML, stdout, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  return 0;
}
