/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole inputs into memory. Compiled into the library and into the program. */
#pragma once

#include "hyokasho.h"

/* Inputs are not larger, which stops /dev/zero and the like. The largest
   published assessments have some tens of megabytes. */
#define SLURP_MAX_BYTES (512 * 1024 * 1024)

/* Reads the file PATH. NULL with ERROR set (HK_ERROR_IO or HK_ERROR_EMPTY):
   the message names the file, the defect and the remedy. */
GBytes *slurp_file (const char *path, GError **error);

/* The same for standard input; NAME is what messages call it. */
GBytes *slurp_stdin (const char *name, GError **error);
