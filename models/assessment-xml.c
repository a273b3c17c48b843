/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The canonical XML, written and read; docs/model.md describes it for users.
 *
 * The mapping is generic: a segment of a path is an element of that name, a
 * repeated block has its number as an attribute, and what is known of a value
 * stands in attributes, so that an element holds either its value's text or
 * other elements. Only below a group of checks the segments are names of
 * boxes and no elements of their own:
 *
 *   connections/other       <option name="other" …>1</option>
 *   connections/other/text  <text option="other" …>words in the brackets</text>
 *
 * What kind a value is stands in the form table and is not repeated here.
 * Every writer below is followed by its reader.
 */
#include "schema.h"
#include "write.h"
#include "xml.h"

#include <string.h>

typedef struct {
  HkDocument *document;
  const char *name;  /* of the input, for messages */
  GString    *path;  /* catalogue path of the element being read */
  GError    **error;
} Reader;

static gboolean
fail (Reader             *reader,
      const HkXmlElement *element,
      const char         *message)
{
  g_set_error (reader->error, HK_ERROR, HK_ERROR_INVALID, "%s:%u: <%s> %s", reader->name, hk_xml_line (element),
               hk_xml_name (element), message);
  return FALSE;
}

static char *
get_copy (Reader             *reader,
          const HkXmlElement *element,
          const char         *attribute)
{
  g_autofree char *value = hk_xml_get (element, attribute);

  return hk_arena_strdup (reader->document->arena, value);
}

/* The number in ATTRIBUTE, OTHERWISE if it is not there. */
static gint64
get_integer (const HkXmlElement *element,
             const char         *attribute,
             gint64              otherwise)
{
  g_autofree char *value = hk_xml_get (element, attribute);

  return value == NULL ? otherwise : g_ascii_strtoll (value, NULL, 10);
}

static guint
get_uint (const HkXmlElement *element,
          const char         *attribute)
{
  return (guint) CLAMP (get_integer (element, attribute, 0), 0, G_MAXUINT);
}

/* --- Places --------------------------------------------------------------------- */

static void
write_place (HkXmlWriter   *writer,
             const HkPlace *place)
{
  g_autofree char *box = hk_box_format (&place->box, " ");
  g_autofree char *span = hk_span_format (place);

  if (place->page > 0)
    hk_xml_integer (writer, "page", place->page);
  hk_xml_attribute (writer, "box", box);
  hk_xml_attribute (writer, "span", span);
}

static void
parse_box (const char *text,
           HkBox      *box)
{
  double *const sides[] = { &box->x0, &box->y0, &box->x1, &box->y1 };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++) {
    char *end;

    *sides[i] = g_ascii_strtod (text, &end);
    text = end;
  }
}

/* "12-14", or "120:5-122:18". */
static void
parse_span (const char *text,
            HkPlace    *place)
{
  gboolean     lines = strchr (text, ':') != NULL;
  guint *const numbers[2][4] = { { &place->begin, &place->end },
                                 { &place->line, &place->column, &place->last_line, &place->last_column } };

  for (guint i = 0; i < (lines ? 4 : 2); i++) {
    char *end;

    *numbers[lines][i] = (guint) MIN (g_ascii_strtoull (text, &end, 10), G_MAXUINT);
    text = *end == '\0' ? end : end + 1;
  }
}

/* FALSE: ELEMENT has no place. */
static gboolean
read_place (const HkXmlElement *element,
            HkPlace            *place)
{
  g_autofree char *box = hk_xml_get (element, "box");
  g_autofree char *span = hk_xml_get (element, "span");

  *place = (HkPlace){ .page = get_uint (element, "page") };
  if (box != NULL)
    parse_box (box, &place->box);
  if (span != NULL)
    parse_span (span, place);
  return span != NULL;
}

/* The places of a value behind the first: "page:x0 y0 x1 y1:span", parted by
   "; ". Page 0 and an empty box where the input has none. */
static void
write_more_places (HkXmlWriter   *writer,
                   const HkValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i < value->n_places; i++) {
    const HkPlace   *place = &value->places[i];
    g_autofree char *box = hk_box_format (&place->box, " ");
    g_autofree char *span = hk_span_format (place);

    g_string_append_printf (text, "%s%u:%s:%s", i > 1 ? "; " : "", place->page, box == NULL ? "" : box, span);
  }
  hk_xml_attribute (writer, "more-places", text->len > 0 ? text->str : NULL);
}

static void
read_more_places (Reader             *reader,
                  const HkXmlElement *element,
                  HkValue            *value)
{
  g_autofree char *text = hk_xml_get (element, "more-places");
  g_auto (GStrv)   places = text == NULL ? NULL : g_strsplit (text, "; ", -1);

  for (guint i = 0; places != NULL && places[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (places[i], ":", 3);
    HkPlace        place = { 0 };

    if (g_strv_length (parts) != 3)
      continue; /* the schema lets no such thing through */
    place.page = (guint) g_ascii_strtoull (parts[0], NULL, 10);
    if (*parts[1] != '\0')
      parse_box (parts[1], &place.box);
    parse_span (parts[2], &place);
    hk_value_add_place (reader->document, value, &place);
  }
}

/* --- Values --------------------------------------------------------------------- */

static void
write_bounds (HkXmlWriter   *writer,
              const HkValue *value)
{
  if (!value->has_bounds)
    return;
  if (value->kind == HK_KIND_COUNT && value->min == value->max) {
    hk_xml_integer (writer, "value", value->min);
    return;
  }
  if (value->min != -1)
    hk_xml_integer (writer, "min", value->min);
  if (value->max != -1)
    hk_xml_integer (writer, "max", value->max);
}

static void
read_bounds (const HkXmlElement *element,
             HkValue            *value)
{
  gint64 exact = get_integer (element, "value", -1);

  value->min = get_integer (element, "min", exact);
  value->max = get_integer (element, "max", exact);
  value->has_bounds = value->min != -1 || value->max != -1;
}

/* VALUE (or NULL) in attributes of the open element, and its text in it. */
static void
write_value (HkXmlWriter   *writer,
             const HkValue *value)
{
  if (value == NULL)
    return;
  if (value->n_places > 0)
    write_place (writer, &value->places[0]);
  write_more_places (writer, value);
  hk_xml_attribute (writer, "status", hk_status_name (value->status));
  if (value->ocr > 0)
    hk_xml_integer (writer, "ocr", value->ocr);
  if (value->option > 0)
    hk_xml_integer (writer, "option", value->option);
  write_bounds (writer, value);
  hk_xml_attribute (writer, "iso", value->iso_date);
  hk_xml_attribute (writer, "label", value->label);
  hk_xml_attribute (writer, "reason", value->reason);
  if (value->kind != HK_KIND_CHECKS)
    hk_xml_text (writer, value->text);
}

/* Gives NODE the value in ELEMENT, if there is one: it has a status then. */
static void
read_value (Reader             *reader,
            const HkXmlElement *element,
            HkNode             *node,
            HkKind              kind)
{
  g_autofree char *status = hk_xml_get (element, "status");
  g_autofree char *text = NULL;
  HkPlace          place;

  if (status == NULL)
    return;
  if (kind != HK_KIND_CHECKS)
    text = hk_xml_content (element);

  HkValue *value = hk_node_set (reader->document, node, kind, hk_status_from_name (status), text);
  if (read_place (element, &place))
    hk_value_add_place (reader->document, value, &place);
  read_more_places (reader, element, value);
  read_bounds (element, value);
  value->ocr = (guint8) MIN (get_uint (element, "ocr"), 100);
  if (kind == HK_KIND_CHOICE)
    value->option = get_uint (element, "option");
  value->iso_date = get_copy (reader, element, "iso");
  value->label = get_copy (reader, element, "label");
  value->reason = get_copy (reader, element, "reason");
}

/* --- The tree --------------------------------------------------------------------- */

/* The boxes of a checks group. */
static void
write_option (HkXmlWriter  *writer,
              const HkNode *option)
{
  const HkNode *text = hk_node_get (option, "text", 0);

  if (option->value != NULL) {
    hk_xml_begin (writer, "option");
    hk_xml_attribute (writer, "name", option->name);
    write_value (writer, option->value);
    hk_xml_end (writer, "option");
  }
  if (text != NULL && text->value != NULL) {
    hk_xml_begin (writer, "text");
    hk_xml_attribute (writer, "option", option->name);
    write_value (writer, text->value);
    hk_xml_end (writer, "text");
  }
}

static gboolean
read_option (Reader             *reader,
             const HkXmlElement *element,
             HkNode             *group)
{
  gboolean         is_text = strcmp (hk_xml_name (element), "text") == 0;
  g_autofree char *slug = hk_xml_get (element, is_text ? "option" : "name");
  gsize            len = reader->path->len;
  HkFormSpot       spot;

  g_string_append_printf (reader->path, "/%s", slug);
  gboolean known = hk_form_locate (reader->document->form, reader->path->str, &spot);
  g_string_truncate (reader->path, len);
  if (!known)
    return fail (reader, element, "names no option of the form");

  HkNode *node = hk_node_child (reader->document, group, slug, 0, spot.order);
  if (is_text)
    node = hk_node_child (reader->document, node, "text", 0, 0);
  if (node->value != NULL)
    return fail (reader, element, "stands a second time");
  read_value (reader, element, node, is_text ? HK_KIND_TEXT : HK_KIND_CHECK);
  return TRUE;
}

static void
write_node (HkXmlWriter      *writer,
            const HkDocument *document,
            const HkNode     *node)
{
  HkFormSpot spot = { 0 };
  gboolean   checks = hk_node_locate (document, node, &spot) && spot.kind == HK_KIND_CHECKS;

  hk_xml_begin (writer, node->name);
  if (node->number > 0)
    hk_xml_integer (writer, "number", node->number);
  hk_xml_attribute (writer, "title", node->title);
  write_value (writer, node->value);
  for (const HkNode *child = node->first; child != NULL; child = child->next)
    if (checks)
      write_option (writer, child);
    else
      write_node (writer, document, child);
  hk_xml_end (writer, node->name);
}

static gboolean
read_node (Reader             *reader,
           const HkXmlElement *element,
           HkNode             *parent)
{
  HkDocument *document = reader->document;
  gsize       len = reader->path->len;
  guint       number = get_uint (element, "number");
  HkNode     *last = parent->last;
  HkFormSpot  spot;
  gboolean    good = TRUE;

  g_string_append_printf (reader->path, "%s%s%s", len > 0 ? "/" : "", hk_xml_name (element), number > 0 ? "[]" : "");
  if (!hk_form_locate (document->form, reader->path->str, &spot))
    return fail (reader, element, "is not in the form");
  /* The schema keeps blocks of one name together, but cannot count them. */
  if (last != NULL && strcmp (last->name, hk_xml_name (element)) == 0 && last->number >= number)
    return fail (reader, element, "has not a higher number than the one before it");

  HkNode *node = hk_node_child (document, parent, hk_xml_name (element), number, spot.order);
  node->title = get_copy (reader, element, "title");
  read_value (reader, element, node, spot.kind);
  for (const HkXmlElement *child = hk_xml_first (element); child != NULL && good; child = hk_xml_next (child))
    good = spot.kind == HK_KIND_CHECKS ? read_option (reader, child, node) : read_node (reader, child, node);
  g_string_truncate (reader->path, len);
  return good;
}

/* --- Report ------------------------------------------------------------------------- */

/* The place of a diagnostic or of unplaced text; all zero: the whole document. */
static void
write_report_place (HkXmlWriter   *writer,
                    const HkPlace *place)
{
  if (hk_place_is_set (place))
    write_place (writer, place);
}

static void
write_report (HkXmlWriter      *writer,
              const HkDocument *document)
{
  hk_xml_begin (writer, "report");
  hk_xml_begin (writer, "characters");
  hk_xml_integer (writer, "source", document->counts.source);
  hk_xml_integer (writer, "values", document->counts.values);
  hk_xml_integer (writer, "form", document->counts.form);
  hk_xml_integer (writer, "running", document->counts.running);
  hk_xml_integer (writer, "unplaced", document->counts.unplaced);
  hk_xml_end (writer, "characters");

  for (guint i = 0; i < document->unplaced->len; i++) {
    const HkUnplaced *unplaced = &g_array_index (document->unplaced, HkUnplaced, i);

    hk_xml_begin (writer, "unplaced");
    write_report_place (writer, &unplaced->place);
    hk_xml_text (writer, unplaced->text);
    hk_xml_end (writer, "unplaced");
  }
  for (guint i = 0; i < document->diagnostics->len; i++) {
    const HkDiagnostic *diagnostic = &g_array_index (document->diagnostics, HkDiagnostic, i);

    hk_xml_begin (writer, "diagnostic");
    hk_xml_attribute (writer, "code", diagnostic->code);
    hk_xml_attribute (writer, "severity", hk_severity_name (diagnostic->severity));
    write_report_place (writer, &diagnostic->place);
    hk_xml_text (writer, diagnostic->message);
    hk_xml_end (writer, "diagnostic");
  }
  hk_xml_end (writer, "report");
}

static void
read_report (Reader             *reader,
             const HkXmlElement *report)
{
  HkDocument *document = reader->document;

  for (const HkXmlElement *element = hk_xml_first (report); element != NULL; element = hk_xml_next (element)) {
    const char      *name = hk_xml_name (element);
    g_autofree char *text = hk_xml_content (element);
    g_autofree char *severity = hk_xml_get (element, "severity");
    HkPlace          place;

    read_place (element, &place);
    if (strcmp (name, "characters") == 0) {
      document->counts.source = get_integer (element, "source", 0);
      document->counts.values = get_integer (element, "values", 0);
      document->counts.form = get_integer (element, "form", 0);
      document->counts.running = get_integer (element, "running", 0);
      document->counts.unplaced = get_integer (element, "unplaced", 0);
    } else if (strcmp (name, "unplaced") == 0) {
      hk_document_add_unplaced (document, &place, text);
    } else {
      HkDiagnostic diagnostic = { get_copy (reader, element, "code"), hk_severity_from_name (severity), place,
                                  hk_arena_strdup (document->arena, text) };

      g_array_append_val (document->diagnostics, diagnostic);
    }
  }
}

/* --- The document ----------------------------------------------------------------------- */

void
hk_write_xml (const HkDocument *document,
              GString          *out)
{
  HkXmlWriter writer = { .out = out };

  g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  hk_xml_begin (&writer, "assessment");
  hk_xml_attribute (&writer, "xmlns", HK_XML_NAMESPACE);
  hk_xml_attribute (&writer, "version", hk_version ());
  if (document->form != NULL)
    hk_xml_integer (&writer, "form", document->form->number);
  hk_xml_attribute (&writer, "edition", document->edition);
  hk_xml_attribute (&writer, "recognised-by", document->recognised_by);

  hk_xml_begin (&writer, "source");
  hk_xml_attribute (&writer, "name", document->name);
  hk_xml_integer (&writer, "pages", document->pages);
  hk_xml_end (&writer, "source");

  for (const HkNode *node = document->root->first; node != NULL; node = node->next)
    write_node (&writer, document, node);
  write_report (&writer, document);
  hk_xml_end (&writer, "assessment");
}

static gboolean
read_assessment (Reader             *reader,
                 const HkXmlElement *assessment)
{
  HkDocument *document = reader->document;
  gboolean    good = TRUE;

  document->form = hk_form (get_uint (assessment, "form"));
  document->edition = get_copy (reader, assessment, "edition");
  document->recognised_by = get_copy (reader, assessment, "recognised-by");

  for (const HkXmlElement *element = hk_xml_first (assessment); element != NULL && good;
       element = hk_xml_next (element))
    if (strcmp (hk_xml_name (element), "source") == 0) {
      document->name = get_copy (reader, element, "name");
      document->pages = get_uint (element, "pages");
    } else if (strcmp (hk_xml_name (element), "report") == 0) {
      read_report (reader, element);
    } else {
      good = read_node (reader, element, document->root);
    }
  return good;
}

/* BYTES if they are well-formed and the schema accepts them. */
static HkXml *
parse_valid (GBytes     *bytes,
             const char *name,
             GError    **error)
{
  g_autoptr (HkXml)   xml = hk_xml_parse (bytes, name, error);
  g_autoptr (GString) schema = g_string_new (NULL);
  g_autofree char    *form = NULL;
  guint               number;

  if (xml == NULL)
    return NULL;
  form = hk_xml_get (hk_xml_root (xml), "form");
  number = get_uint (hk_xml_root (xml), "form");
  /* The schema of the one form names the line where the document leaves it;
     the published one, a choice of forms, only says that none of them fits. */
  hk_schema_write (schema, form != NULL && hk_form (number) == NULL ? HK_SCHEMA_ALL : number);
  return hk_xml_validate (xml, schema->str, schema->len, error) ? g_steal_pointer (&xml) : NULL;
}

gboolean
hk_validate_xml (GBytes     *bytes,
                 const char *name,
                 GError    **error)
{
  g_autoptr (HkXml) xml = parse_valid (bytes, name, error);

  return xml != NULL;
}

HkDocument *
hk_read_xml (GBytes     *bytes,
             const char *name,
             GError    **error)
{
  g_autoptr (HkXml)      xml = parse_valid (bytes, name, error);
  g_autoptr (HkDocument) document = NULL;
  g_autoptr (GString)    path = g_string_new (NULL);

  if (xml == NULL)
    return NULL;
  document = hk_document_new (name);

  Reader reader = { document, name, path, error };
  return read_assessment (&reader, hk_xml_root (xml)) ? g_steal_pointer (&document) : NULL;
}
