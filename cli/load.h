/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents into the tables of a dataset. */
#pragma once

#include "store.h"

/* What came of adding a document. NULL: there is no such thing. */
typedef struct {
  gboolean replaced;   /* a document that was there is gone */
  char    *same_bytes; /* the input, another one, of that which had the same checksum */
  char    *same_input; /* the checksum of that which was another reading of the same input */
  char    *other;      /* the title, if a report of the same number says that it is another */
  gboolean undated;    /* one of the same report and input stays: a date is missing that tells them apart */
} Loaded;

/* Adds DOCUMENT, whose form is known, read from INPUT, whose checksum is
   SHA256. It replaces the one that has this checksum; and of its own report the
   one of the same date that has this input. What happened is in *LOADED, which
   is to be cleared with loaded_clear(). */
void load_document (Store *store, HkDocument *document, const char *input, const char *sha256, Loaded *loaded);
void loaded_clear (Loaded *loaded);
