/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents into the tables of a dataset. */
#pragma once

#include "store.h"

/* Adds DOCUMENT, whose form is known, read from INPUT, whose checksum is
   SHA256. It replaces the one that has this checksum, and the one of the same
   date that has this input. Returns the report's title if there is one of the
   same number whose title says that it is another (free it with g_free()),
   else NULL. */
char *load_document (Store *store, HkDocument *document, const char *input, const char *sha256);
