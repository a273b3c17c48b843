/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text, in whatever order its writer had it: bytes in, pages out. */
#pragma once

#include "page.h"

/* Opens BYTES as text. Returns a source of pages, or NULL with ERROR set
   (HK_ERROR). Pages end at a form feed or, where there is none, at two blank
   lines or more. */
HkPageSource *hk_text_open (GBytes *bytes, GError **error);
