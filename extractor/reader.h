/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Readers: bytes in, pages out. */
#pragma once

#include "page.h"

/* Opens BYTES, to be read as HOW says, as what they are (told from the bytes, never from a name).
   Returns a source of pages, to be freed with hk_reader_close(), or NULL with
   ERROR set (HK_ERROR). The bytes are kept alive by the source. */
HkPageSource *hk_reader_open (GBytes *bytes, const HkReading *how, GError **error);
void          hk_reader_close (HkPageSource *source);

/* See hk_missing_data(). */
const char *hk_reader_missing_data (void);
