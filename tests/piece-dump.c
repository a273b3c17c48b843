/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shows the pieces that a text is cut into, one a line. */
#include "outline.h"
#include "parser.h"
#include "piece.h"
#include "reader.h"

#include <locale.h>
#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize   size;
  guint   spaces;
  HkPage *page;

  setlocale (LC_ALL, "C.UTF-8");
  if (argc != 3 || !g_file_get_contents (argv[2], &data, &size, &error)) {
    g_printerr ("%s\n", error != NULL ? error->message : "usage: piece-dump FORM FILE");
    return 2;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  HkPageSource *source = hk_reader_open (bytes, NULL, &error);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_page_free);
  while ((page = source->next (source, NULL)) != NULL)
    g_ptr_array_add (pages, page);

  const HkForm *form = hk_form ((guint) g_ascii_strtoull (argv[1], NULL, 10));
  HkLexicon    *lexicon = hk_lexicon_new (form);
  g_autoptr (GArray) lines  = hk_text_lines (pages, &spaces);
  g_autoptr (GArray) pieces = hk_pieces_cut (form, lexicon, lines, spaces);
  for (guint i = 0; i < pieces->len; i++) {
    const HkPiece *piece = &g_array_index (pieces, HkPiece, i);
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint k = 0; k < piece->run.n; k++)
      g_string_append_unichar (text, hk_page_glyph (piece->run.page, piece->run.first + k)->ch);
    g_print ("%u %u %u %s %s", piece->run.page->number, piece->island, piece->line, hk_piece_class_name (piece->class), text->str);
    for (guint m = 0; piece->meanings != NULL && m < piece->meanings->len && m < 3; m++) {
      const HkMeaning *meaning = &g_array_index (piece->meanings, HkMeaning, m);
      g_print (" <%u.%u %s>", meaning->row, meaning->option, form->rows[meaning->row].path != NULL ? form->rows[meaning->row].path : "-");
    }
    g_print ("\n");
  }
  guint end;
  g_autoptr (GHashTable) scrambled = g_hash_table_new (NULL, NULL);
  HkOrder order = hk_order_find (form, lexicon, pieces, scrambled);
  g_autoptr (GArray) outline = hk_outline (form, lexicon, pieces, order, scrambled, &end);
  g_print ("ORDER %d, %u pages out of order\n", order, g_hash_table_size (scrambled));
  for (guint i = 0; i < outline->len; i++) {
    const HkOutlined *outlined = &g_array_index (outline, HkOutlined, i);
    const HkFormRow  *row      = &form->rows[outlined->row];
    g_print ("OUT %u %*s%s%s (%s)\n", outlined->piece, row->depth * 2, "", row->number, row->label, row->path != NULL ? row->path : "");
  }
  for (guint i = 0; i < end; i++) {
    const HkPiece *piece = &g_array_index (pieces, HkPiece, i);
    if (piece->meanings != NULL && piece->class == HK_PIECE_WORDS)
      g_print ("DROPPED %u page %u line %u\n", i, piece->run.page->number, piece->line);
  }
  hk_lexicon_free (lexicon);
  source->close (source);
  return 0;
}
