/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters out of ink, by Tesseract, which only this file knows. */
#pragma once

#include "page.h"
#include "scan.h"

typedef struct _HkOcr HkOcr;

/* The engine with its data for Japanese. Free with hk_ocr_free(). NULL with
   ERROR set (HK_ERROR_IO) where these are not installed. */
HkOcr *hk_ocr_new (GError **error);
void   hk_ocr_free (HkOcr *ocr);

/* Reads the ink of SCAN, cell by cell of PAGE, and appends its characters to
   page->glyphs, with the engine's confidence. Returns how many pieces of ink
   were left for want of time: a page is given so many seconds of the processor's. */
guint hk_ocr_read (HkOcr *ocr, const HkScan *scan, HkPage *page, guint seconds);
