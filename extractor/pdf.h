/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PDF pages, read in this process. Poppler may crash or run for ever on a
   hostile file; worker.h reads the same pages out of harm's way. */
#pragma once

#include "trust.h"

typedef struct _HkPdf HkPdf;

/* Opens BYTES, which are kept alive, to be read as HOW says. Free with hk_pdf_close(). NULL with ERROR
   set (HK_ERROR) if they are empty, no PDF, damaged beyond repair, need a
   password or have no pages. */
HkPdf *hk_pdf_open (GBytes *bytes, const HkReading *how, GError **error);
void   hk_pdf_close (HkPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkPdf, hk_pdf_close)

guint hk_pdf_n_pages (const HkPdf *pdf);

/* Reads page NUMBER, from 1: glyphs, rules and cells. Free it with
   hk_page_free(). NULL with ERROR set (HK_ERROR_DAMAGED) if it is missing. */
HkPage *hk_pdf_read_page (HkPdf *pdf, guint number, GError **error);

/* Whether PAGE, as it was read, is to be read from its picture, and in *REASON why
   (static). */
HkTrust hk_pdf_trust (HkPdf *pdf, const HkPage *page, const char **reason);

/* Reads PAGE anew from its picture, because of REASON. Where TRUST is little and
   the picture agrees, it stays as it is. Where there is no engine to read it, or
   HOW forbids it, page->distrust says why its text is not to be trusted. */
void hk_pdf_read_picture (HkPdf *pdf, HkPage *page, HkTrust trust, const char *reason);

/* Whether BYTES say of themselves that they are a PDF. */
gboolean hk_pdf_is_pdf (GBytes *bytes);

/* See hk_missing_data(). */
const char *hk_pdf_missing_data (void);
