/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The documents that the inputs of a dataset stand for. */
#pragma once

#include "hyokasho.h"

/* What is done with them. */
typedef struct {
  /* A document; INPUT is the file that it is of, SHA256 the checksum of what that contains. */
  void   (*add) (gpointer data, HkDocument *document, const char *input, const char *sha256);
  /* An input that gives none; MESSAGE names it and says why. */
  void   (*refuse) (gpointer data, const char *message);
  gpointer data;
} GatherUse;

/* Takes in INPUT: XML that was written by “hyokasho convert”, a PDF or a text,
   the folder of a run of “convert”, or one of any of these. */
void gather (const char *input, const GatherUse *use);
