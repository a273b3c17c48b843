/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells what the bytes are, and gives them to whom can read it. */
#include "reader.h"

#include "pdf.h"
#include "text.h"
#include "worker.h"

HkPageSource *
hk_reader_open (GBytes          *bytes,
                const HkReading *how,
                GError         **error)
{
  if (g_bytes_get_size (bytes) == 0) {
    g_set_error_literal (error, HK_ERROR, HK_ERROR_EMPTY, "the input is empty");
    return NULL;
  }
  if (hk_pdf_is_pdf (bytes))
    return hk_worker_open (bytes, how, error);
  return hk_text_open (bytes, error);
}

void
hk_reader_close (HkPageSource *source)
{
  if (source != NULL)
    source->close (source);
}

const char *
hk_reader_missing_data (void)
{
  return hk_pdf_missing_data ();
}
