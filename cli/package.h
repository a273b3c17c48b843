/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A dataset as files for other programs. */
#pragma once

#include "store.h"

/* Writes every table as FOLDER/NAME.csv, in UTF-8 (with BOM, a byte order mark
   before it), and FOLDER/datapackage.json (Frictionless), which describes them. */
gboolean package_write (Store *store, const char *folder, gboolean bom, GError **error);

/* The data dictionary, as Markdown. Free with g_free(). */
char *package_dictionary (void);
