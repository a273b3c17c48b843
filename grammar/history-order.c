/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "history.h"

GPtrArray *
hk_changes_in_order (const GArray *bits,
                     GArray       *loose)
{
  for (guint i = 0; i < bits->len; i++) {
    HkSheetRun run = { hk_bit (bits, i)->run, FALSE };
    g_array_append_val (loose, run);
  }
  return g_ptr_array_new_with_free_func (hk_change_free);
}
