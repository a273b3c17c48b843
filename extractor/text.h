/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text, in whatever order its writer had it: bytes in, pages out. */
#pragma once

#include "encoding.h"

/* Opens TEXT, which it takes over. Returns a source of pages, or NULL with ERROR set
   (HK_ERROR) where it is blank, or has more pages than any assessment. */
HkPageSource *hk_text_open (HkDecoded *text, GError **error);
