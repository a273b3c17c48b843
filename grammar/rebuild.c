/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rebuild.h"
#include "sheet.h"

void
hk_rebuild (const GPtrArray    *pages,
            const HkVocabulary *vocabulary,
            HkDocument         *document,
            GPtrArray          *cells)
{
  HkSheet *sheet = hk_sheet_new ();

  g_ptr_array_extend_and_steal (cells, sheet->cells);
  sheet->cells = g_ptr_array_new ();
  hk_sheet_free (sheet);
}
