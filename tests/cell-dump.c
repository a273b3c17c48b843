/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shows the stream of text cells that the parser sees, one a line. */
#include "parser.h"
#include "reader.h"

#include <locale.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  setlocale (LC_ALL, "C.UTF-8");

  if (argc != 2 || !g_file_get_contents (argv[1], &data, &size, &error)) {
    g_printerr ("%s\n", error != NULL ? error->message : "usage: cell-dump FILE");
    return 2;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  HkPageSource *source = hk_reader_open (bytes, NULL, &error);
  if (source == NULL) {
    g_printerr ("%s\n", error->message);
    return 2;
  }

  HkDocument   *document   = hk_document_new (argv[1]);
  HkLayout     *layout     = hk_layout_new (source, document);
  HkVocabulary *vocabulary;

  hk_recognise_form (document, layout);
  vocabulary = hk_vocabulary_new (document->form != NULL ? document->form : hk_form (3));
  hk_layout_set_vocabulary (layout, vocabulary);

  for (HkTextCell *cell; (cell = hk_layout_take (layout, 0)) != NULL; hk_text_cell_free (cell)) {
    g_print ("%3u-%-3u %6.1f %6.1f %6.1f %6.1f %s%s%s%s ", cell->page, cell->last_page, cell->box.x0, cell->box.y0, cell->box.x1, cell->box.y1,
             cell->ruled ? "ruled" : cell->aligned ? "aligned" : "loose", cell->open ? " open" : "", cell->guessed ? " guessed" : "",
             cell->doubt != NULL ? " doubtful" : "");
    for (guint l = 0; l < cell->lines->len; l++) {
      g_autofree char *text = hk_text_cell_fold_span (cell, hk_cell_line (cell, l)->first, hk_cell_line (cell, l)->n);
      g_print ("%s%s", l > 0 ? " | " : "", text);
    }
    g_print ("\n");
  }
  hk_layout_free (layout);
  hk_vocabulary_free (vocabulary);
  hk_document_free (document);
  hk_reader_close (source);
  return 0;
}
