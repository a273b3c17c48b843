/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of text, whatever its encoding and dialect, and all that is made of it. */
#include "check.h"
#include "fuzz.h"
#include "parse.h"
#include "text.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  HkPageSource *source     = hk_text_open (bytes, &error);

  if (source == NULL) {
    g_assert_nonnull (error);
    return 0;
  }
  HkDocument *document = hk_document_new ("input");
  hk_parse (source, document);
  check_document (document);
  source->close (source);
  hk_document_free (document);
  return 0;
}
