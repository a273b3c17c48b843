/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What holds of every document, whatever it was read from. */
#pragma once

#include "model.h"

/* Aborts unless the accounts of DOCUMENT add up and each value has its reason. */
static inline void
check_document (const HkDocument *document)
{
  HkCounts counts = hk_document_counts (document);

  g_assert_cmpuint (counts.source, ==, counts.values + counts.form + counts.running + counts.unplaced);
  for (const HkNode *node = hk_node_walk (document->root); node != NULL; node = hk_node_walk (node)) {
    const HkValue *value = hk_node_value (node);
    if (value == NULL)
      continue;
    g_assert_true (g_utf8_validate (value->text, -1, NULL));
    g_assert_true (value->status == HK_STATUS_CERTAIN || value->reason != NULL);
    g_assert_true (value->ocr == 0 || value->status != HK_STATUS_CERTAIN);
  }
}
