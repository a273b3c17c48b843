/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which encoding a text is in, and its characters. */
#pragma once

#include "page.h"

typedef struct {
  gunichar   *chars; /* U+FFFD for what is no character; free with g_free() */
  gsize       n;
  const char *encoding;      /* static; NULL: UTF-8 */
  gsize       lost, n_lost;  /* the first U+FFFD that stands for bytes, and how many there are */
} HkDecoded;

/* Decodes BYTES, in UTF-8, UTF-16 (either order), Shift_JIS, EUC-JP or
   ISO-2022-JP, with or without a byte order mark. FALSE with ERROR set
   (HK_ERROR) where they are no text, or more of it than any assessment has. */
gboolean hk_decode (GBytes *bytes, HkDecoded *decoded, GError **error);

/* Where the lines of TEXT begin (gsize). A line ends at LF, CR, or any number of CR
   before a LF, as careless programs write them. The array is the caller's. */
GArray *hk_decoded_lines (const HkDecoded *text);

/* Line and column, from 1, of character AT; LINES are those of its text. */
void hk_decoded_place (const GArray *lines, gsize at, guint *line, guint *column);
