/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The model as JSON; docs/model.md describes it for users.
 *
 * json-glib escapes the strings. The layout is ours: its generator writes
 * 56.64 as 56.640000000000001, and where it puts blanks is its own affair.
 */
#include "write.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct {
  GString *out;
  guint    depth;
  gboolean fresh; /* nothing yet in the open array or object */
} Writer;

/* --- Syntax ------------------------------------------------------------------------ */

static void
new_line (Writer *writer)
{
  g_string_append_c (writer->out, '\n');
  for (guint i = 0; i < writer->depth; i++)
    g_string_append (writer->out, "  ");
}

/* To the next member or element; KEY is NULL in an array. */
static void
next (Writer     *writer,
      const char *key)
{
  if (writer->depth > 0) {
    if (!writer->fresh)
      g_string_append_c (writer->out, ',');
    new_line (writer);
  }
  writer->fresh = FALSE;
  if (key != NULL)
    g_string_append_printf (writer->out, "\"%s\": ", key); /* keys are ours: ASCII, no quotes */
}

static void
begin (Writer     *writer,
       const char *key,
       char        bracket)
{
  next (writer, key);
  g_string_append_c (writer->out, bracket);
  writer->depth++;
  writer->fresh = TRUE;
}

static void
end (Writer *writer,
     char    bracket)
{
  writer->depth--;
  if (!writer->fresh)
    new_line (writer);
  g_string_append_c (writer->out, bracket);
  writer->fresh = FALSE;
}

static void
put_raw (Writer     *writer,
         const char *key,
         const char *text)
{
  next (writer, key);
  g_string_append (writer->out, text);
}

static void
put_integer (Writer     *writer,
             const char *key,
             gint64      number)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, number);
  put_raw (writer, key, digits);
}

static void
put_string (Writer     *writer,
            const char *key,
            const char *text)
{
  g_autofree char     *valid = g_utf8_make_valid (text, -1);
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), valid);
  g_autofree char     *quoted = json_to_string (node, FALSE);

  put_raw (writer, key, quoted);
}

/* Leaves KEY out where there is no TEXT. */
static void
put_optional (Writer     *writer,
              const char *key,
              const char *text)
{
  if (text != NULL)
    put_string (writer, key, text);
}

/* --- The model --------------------------------------------------------------------------- */

static void
put_place (Writer        *writer,
           const HkPlace *place)
{
  g_autofree char *box = hk_box_format (&place->box, ", ");

  if (place->page > 0)
    put_integer (writer, "page", place->page);
  if (box != NULL) {
    next (writer, "box");
    g_string_append_printf (writer->out, "[%s]", box);
  }
  next (writer, "span");
  if (place->line > 0)
    g_string_append_printf (writer->out, "[[%u, %u], [%u, %u]]", place->line, place->column, place->last_line,
                            place->last_column);
  else
    g_string_append_printf (writer->out, "[%u, %u]", place->begin, place->end);
}

static void
put_bounds (Writer        *writer,
            const HkValue *value)
{
  if (!value->has_bounds)
    return;
  if (value->kind == HK_KIND_COUNT && value->min == value->max) {
    put_integer (writer, "number", value->min);
    return;
  }
  if (value->min != -1)
    put_integer (writer, "min", value->min);
  if (value->max != -1)
    put_integer (writer, "max", value->max);
}

static void
put_value (Writer        *writer,
           const HkValue *value)
{
  if (value == NULL)
    return;
  if (value->kind != HK_KIND_CHECKS)
    put_string (writer, "value", value->text);
  put_string (writer, "status", hk_status_name (value->status));
  put_optional (writer, "reason", value->reason);
  if (value->ocr > 0)
    put_integer (writer, "ocr", value->ocr);
  if (value->option > 0)
    put_integer (writer, "option", value->option);
  put_bounds (writer, value);
  put_optional (writer, "iso", value->iso_date);
  put_optional (writer, "label", value->label);
  if (value->n_places > 0)
    put_place (writer, &value->places[0]);
  if (value->n_places > 1) {
    begin (writer, "more-places", '[');
    for (guint i = 1; i < value->n_places; i++) {
      begin (writer, NULL, '{');
      put_place (writer, &value->places[i]);
      end (writer, '}');
    }
    end (writer, ']');
  }
}

static void put_children (Writer *writer, const HkDocument *document, const HkNode *node);

static void
put_node (Writer           *writer,
          const HkDocument *document,
          const HkNode     *node,
          const char       *key)
{
  HkFormSpot spot;
  gboolean   checks = hk_node_locate (document, node, &spot) && spot.kind == HK_KIND_CHECKS;

  begin (writer, key, '{');
  if (node->number > 0)
    put_integer (writer, "number", node->number);
  put_optional (writer, "heading", node->title); /* "title" is an item of some blocks */
  put_value (writer, node->value);
  if (checks)
    begin (writer, "options", '{');
  put_children (writer, document, node);
  if (checks)
    end (writer, '}');
  end (writer, '}');
}

/* The children of NODE as members; those of one name and numbered as an array. */
static void
put_children (Writer           *writer,
              const HkDocument *document,
              const HkNode     *node)
{
  for (const HkNode *child = node->first; child != NULL; child = child->next) {
    if (child->number == 0) {
      put_node (writer, document, child, child->name);
      continue;
    }
    begin (writer, child->name, '[');
    put_node (writer, document, child, NULL);
    for (; child->next != NULL && child->next->number > 0 && strcmp (child->next->name, child->name) == 0;
         child = child->next)
      put_node (writer, document, child->next, NULL);
    end (writer, ']');
  }
}

static void
put_report (Writer           *writer,
            const HkDocument *document)
{
  begin (writer, "report", '{');
  begin (writer, "characters", '{');
  put_integer (writer, "source", document->counts.source);
  put_integer (writer, "values", document->counts.values);
  put_integer (writer, "form", document->counts.form);
  put_integer (writer, "running", document->counts.running);
  put_integer (writer, "unplaced", document->counts.unplaced);
  end (writer, '}');

  begin (writer, "unplaced", '[');
  for (guint i = 0; i < document->unplaced->len; i++) {
    const HkUnplaced *unplaced = &g_array_index (document->unplaced, HkUnplaced, i);

    begin (writer, NULL, '{');
    put_string (writer, "text", unplaced->text);
    put_place (writer, &unplaced->place);
    end (writer, '}');
  }
  end (writer, ']');

  begin (writer, "diagnostics", '[');
  for (guint i = 0; i < document->diagnostics->len; i++) {
    const HkDiagnostic *diagnostic = &g_array_index (document->diagnostics, HkDiagnostic, i);

    begin (writer, NULL, '{');
    put_string (writer, "code", diagnostic->code);
    put_string (writer, "severity", hk_severity_name (diagnostic->severity));
    put_string (writer, "message", diagnostic->message);
    if (hk_place_is_set (&diagnostic->place))
      put_place (writer, &diagnostic->place);
    end (writer, '}');
  }
  end (writer, ']');
  end (writer, '}');
}

void
hk_write_json (const HkDocument *document,
               GString          *out)
{
  Writer writer = { .out = out };

  begin (&writer, NULL, '{');
  put_string (&writer, "hyokasho", hk_version ());
  if (document->form != NULL)
    put_integer (&writer, "form", document->form->number);
  else
    put_raw (&writer, "form", "null");
  put_optional (&writer, "edition", document->edition);
  put_optional (&writer, "recognised-by", document->recognised_by);
  begin (&writer, "source", '{');
  put_string (&writer, "name", document->name);
  put_integer (&writer, "pages", document->pages);
  end (&writer, '}');
  put_children (&writer, document, document->root);
  put_report (&writer, document);
  end (&writer, '}');
  g_string_append_c (out, '\n');
}
