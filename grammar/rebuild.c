/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rebuild.h"
#include "history.h"
#include "model.h"
#include "sheet.h"

#include <string.h>

void
hk_rebuild (const GPtrArray    *pages,
            const HkVocabulary *vocabulary,
            HkDocument         *document,
            GPtrArray          *cells)
{
  HkSheet *sheet = hk_sheet_new ();
  g_autoptr (GArray) lines = hk_text_lines (pages);
  const HkForm *form = document->form;
  const HkFormRow *record = NULL;
  guint first = 0;

  for (guint i = 0; i < form->n_rows; i++)
    if (form->rows[i].shape == HK_ROW_RECORD)
      record = &form->rows[i];
  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *text = hk_run_fold (&g_array_index (lines, HkTextLine, i).run);
    const char *at = text;
    if (*at == '(' && strchr (at, ')') != NULL)
      at = strchr (at, ')') + 1;
    if (g_str_has_prefix (at, "変更箇所") && (strlen (at) == strlen ("変更箇所") || strstr (at, "変更日") != NULL))
      first = i;
    else if (strstr (text, "変更箇所変更日") != NULL || strstr (text, ")変更箇所変更日") != NULL)
      first = i;
  }
  if (getenv ("HK_CHANGES_FROM") != NULL)
    for (first = 0; first < lines->len; first++)
      if (hk_page_glyph (g_array_index (lines, HkTextLine, first).run.page, g_array_index (lines, HkTextLine, first).run.first)->line >= (guint) atoi (getenv ("HK_CHANGES_FROM")))
        break;
  while (getenv ("HK_CHANGES_FROM") == NULL && first > 0 && g_array_index (lines, HkTextLine, first - 1).run.page == g_array_index (lines, HkTextLine, first).run.page)
    first--;
  hk_rebuild_changes (sheet, lines, first, lines->len - first, form, record, document);
  g_ptr_array_extend_and_steal (cells, sheet->cells);
  sheet->cells = g_ptr_array_new ();
  hk_sheet_free (sheet);
}
