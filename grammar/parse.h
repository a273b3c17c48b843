/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The grammar's one door: pages in, a filled document out. */
#pragma once

#include "model.h"

/* Reads all pages of SOURCE into DOCUMENT. Never fails: what is not understood
   becomes diagnostics and unplaced text. */
void hk_parse (HkPageSource *source, HkDocument *document);
