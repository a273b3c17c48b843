/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one place where a reader and the grammar meet. */
#include "model.h"
#include "parse.h"
#include "reader.h"
#include "slurp.h"

static const char *
remedy (const GError *error)
{
  switch ((HkError) error->code) {
  case HK_ERROR_NOT_A_FORM:
    return "give the document as it was published, a PDF, or its text";
  case HK_ERROR_DAMAGED:
  case HK_ERROR_EMPTY:
    return "fetch or copy the document again";
  case HK_ERROR_ENCRYPTED:
    return "give its password, or a copy without one";
  case HK_ERROR_PAGES:
    return "allow more, if it is an assessment";
  case HK_ERROR_IO:
  case HK_ERROR_INVALID:
    break;
  }
  return "nothing was read";
}

/* What the reader knows of a text as a whole. */
static void
report_encoding (const HkPageSource *source,
                 HkDocument         *document)
{
  HkPlace first = { .line = source->lost_line, .column = source->lost_column,
                    .last_line = source->lost_line, .last_column = source->lost_column };

  if (source->encoding != NULL)
    hk_report (document, HK_DIAG_TEXT_ENCODING, NULL, source->encoding);
  if (source->n_lost > 0) {
    g_autofree char *n = g_strdup_printf ("%u", source->n_lost);
    hk_report (document, HK_DIAG_TEXT_UNDECODED, &first, source->encoding != NULL ? source->encoding : "UTF-8", n);
  }
  if (source->damage != NULL)
    hk_report (document, HK_DIAG_MARKUP_DAMAGED, NULL, source->damage);
}

/* A source of the pages in BYTES, read as HOW says; NULL with ERROR set where there is none, or of more pages than are allowed. */
static HkPageSource *
open_source (GBytes          *bytes,
             const HkReading *how,
             GError         **error)
{
  HkPageSource *source = hk_reader_open (bytes, how, error);

  if (source == NULL || how->max_pages == 0 || source->n_pages <= how->max_pages)
    return source;
  g_set_error (error, HK_ERROR, HK_ERROR_PAGES, "has %u pages, and no more than %u are allowed",
               source->n_pages, how->max_pages);
  hk_reader_close (source);
  return NULL;
}

/* PREFIX names the input in errors, NAME in the document. */
static HkDocument *
read_document (GBytes     *bytes,
               const char *prefix,
               const char *name,
               const HkReading *how,
               GError    **error)
{
  HkPageSource *source;
  HkDocument   *document;
  g_autoptr (GError) failure = NULL;

  if (g_bytes_get_size (bytes) == 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_EMPTY, "%s: is empty: fetch or copy the document again", prefix);
    return NULL;
  }
  source = open_source (bytes, how, &failure);
  if (source == NULL) {
    g_set_error (error, failure->domain, failure->code, "%s: %s: %s", prefix, failure->message, remedy (failure));
    return NULL;
  }
  document = hk_document_new (name);
  report_encoding (source, document);
  hk_parse (source, document);
  hk_reader_close (source);
  return document;
}

HkDocument *
hk_read_bytes (GBytes     *bytes,
               const char *name,
               GError    **error)
{
  return hk_read_bytes_how (bytes, name, &(HkReading){ 0 }, error);
}

HkDocument *
hk_read_bytes_how (GBytes          *bytes,
                   const char      *name,
                   const HkReading *how,
                   GError         **error)
{
  g_return_val_if_fail (bytes != NULL && name != NULL && how != NULL, NULL);
  return read_document (bytes, name, name, how, error);
}

HkDocument *
hk_read_file (const char *path,
              GError    **error)
{
  return hk_read_file_how (path, &(HkReading){ 0 }, error);
}

HkDocument *
hk_read_file_how (const char      *path,
                  const HkReading *how,
                  GError         **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL && how != NULL, NULL);
  bytes = slurp_file (path, error);
  if (bytes == NULL)
    return NULL;

  /* The document has the name without its folder, so that the output does not
     depend on where the input lies. */
  g_autofree char *prefix = g_filename_display_name (path);
  g_autofree char *name   = g_filename_display_basename (path);
  return read_document (bytes, prefix, name, how, error);
}

const char *
hk_missing_data (void)
{
  return hk_reader_missing_data ();
}
