/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells what the bytes are, and gives them to whom can read it. */
#include "reader.h"

#include "markup.h"
#include "pdf.h"
#include "text.h"
#include "worker.h"

/* What is no PDF is text: Markdown, HTML, or none of them. */
static HkPageSource *
open_text (GBytes  *bytes,
           GError **error)
{
  HkDecoded     text;
  HkPageSource *source;

  if (!hk_decode (bytes, &text, error))
    return NULL;

  const char *encoding = text.encoding;
  guint       n_lost = (guint) text.n_lost, line = 0, column = 0;
  if (n_lost > 0) {
    g_autoptr (GArray) lines = hk_decoded_lines (&text);
    hk_decoded_place (lines, text.lost, &line, &column);
  }
  source = hk_markdown_is_markup (&text) ? hk_markup_open (&text, error) : hk_text_open (&text, error);
  if (source != NULL) {
    source->encoding    = encoding;
    source->n_lost      = n_lost;
    source->lost_line   = line;
    source->lost_column = column;
  }
  return source;
}

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
  return open_text (bytes, error);
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
