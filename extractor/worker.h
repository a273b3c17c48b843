/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PDF pages, read by a child process. */
#pragma once

#include "page.h"

/* Opens BYTES in a child process. As hk_reader_open(); free with
   hk_worker_close(). */
HkPageSource *hk_worker_open (GBytes *bytes, const HkReading *how, GError **error);
void          hk_worker_close (HkPageSource *source);
