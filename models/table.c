/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The field table: a row for every value, by catalogue path. */
#include "write.h"

static void
append_field (GString    *out,
              const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    switch (*text) {
    case '\\': g_string_append (out, "\\\\"); break;
    case '\t': g_string_append (out, "\\t"); break;
    case '\n': g_string_append (out, "\\n"); break;
    case '\r': /* a line break as well, but CR LF is one */
      if (text[1] != '\n')
        g_string_append (out, "\\n");
      break;
    default: g_string_append_c (out, *text);
    }
}

static void
append_row (GString      *out,
            const HkNode *node)
{
  const HkValue   *value = node->value;
  const HkPlace   *place = value->n_places > 0 ? &value->places[0] : NULL;
  g_autofree char *path = hk_node_path (node);
  g_autofree char *box = place == NULL ? NULL : hk_box_format (&place->box, " ");

  g_string_append_printf (out, "%s\t", path);
  append_field (out, value->label);
  g_string_append_c (out, '\t');
  append_field (out, value->text);
  g_string_append_printf (out, "\t%s\t", hk_status_name (value->status));
  if (place != NULL && place->page > 0)
    g_string_append_printf (out, "%u", place->page);
  g_string_append_printf (out, "\t%s\n", box == NULL ? "" : box);
}

void
hk_write_table (const HkDocument *document,
                GString          *out)
{
  g_string_append (out, "path\tlabel\tvalue\tstatus\tpage\tbbox\n");
  for (const HkNode *node = document->root; node != NULL; node = hk_node_walk (node)) {
    HkFormSpot spot;

    /* A group of checks has its rows below it; Ⅲ.1 has none of its own. */
    if (node->value != NULL && node->value->kind != HK_KIND_CHECKS && hk_node_locate (document, node, &spot) &&
        spot.field)
      append_row (out, node);
  }
}
