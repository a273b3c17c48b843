/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints the schema: schema-gen >assessment.rng */
#include "schema.h"

#include <stdio.h>

int
main (void)
{
  g_autoptr (GString) schema = g_string_new (NULL);

  hk_schema_write (schema, HK_SCHEMA_ALL);
  return fwrite (schema->str, 1, schema->len, stdout) == schema->len && fflush (stdout) == 0 ? 0 : 1;
}
