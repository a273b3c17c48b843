/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text, in whatever order its writer had it: bytes in, pages out. */
#pragma once

#include "page.h"

/* Opens BYTES as text, whatever its encoding. Returns a source of pages, or
   NULL with ERROR set (HK_ERROR) where they are no text, blank, or longer than
   any assessment. */
HkPageSource *hk_text_open (GBytes *bytes, GError **error);
