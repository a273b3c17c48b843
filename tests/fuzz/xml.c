/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of what was written as XML; what it accepts it can write again. */
#include "fuzz.h"
#include "model.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  HkDocument *document     = hk_read_xml (bytes, "input", &error);

  if (document == NULL) {
    g_assert_nonnull (error);
    return 0;
  }
  char  *written = NULL;
  size_t n = 0;
  FILE  *file = open_memstream (&written, &n);
  g_assert_true (hk_document_write (document, HK_FORMAT_XML, file, NULL));
  fclose (file);
  free (written);
  hk_document_free (document);
  return 0;
}
