/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What inputs and outputs of a run over a collection are called. */
#pragma once

#include "hyokasho.h"

/* PATH without what changes nothing: "./", "//" and a slash at its end. */
char *names_clean (const char *path);

/* PATH as text that says its bytes: what is no UTF-8, control characters and
   backslashes are \xNN. */
char *names_show (const char *path);

/* The bytes that names_show() has shown as TEXT. */
char *names_unshow (const char *text);

/* Where in the output folder the result of input PATH stands, EXTENSION behind
   its name: PATH itself, but never outside that folder ("/", ".." are left
   out), in UTF-8 (other bytes are %NN), with no part longer than file systems
   bear, and no folder that could be one of the run's files. N > 1: another
   name, for where the name is taken. */
char *names_output (const char *path, const char *extension, guint n);

/* Equal for names that some file system takes as the same. */
char *names_fold (const char *name);
