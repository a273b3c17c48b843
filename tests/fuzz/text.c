/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers of text, Markdown and HTML, whatever their encoding and dialect, and all
   that is made of it. */
#define _GNU_SOURCE
#include "check.h"
#include "fuzz.h"
#include "parse.h"
#include "reader.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  HkPageSource *source     = NULL;

  if (size > 5 && memmem (data, MIN (size, 1024), "%PDF-", 5) != NULL) /* Poppler has its own fuzzers */
    return 0;
  source = hk_reader_open (bytes, NULL, &error);
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
