/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema.h"

#include "model.h"
#include "xml.h"

#include <string.h>

#define HIGHEST_FORM 4 /* 様式４; 様式１ is no 評価書 */

/* As regular expressions. */
#define SPAN "([0-9]+-[0-9]+|[0-9]+:[0-9]+-[0-9]+:[0-9]+)"
#define PLACE "[0-9]+:[-0-9. ]*:" SPAN

static const char head[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  "<!-- SPDX-License-Identifier: GPL-2.0-or-later -->\n"
  "<!-- Written by models/schema-gen.c from the form tables (models/form*.c): do not edit. -->\n";

/* What no form changes. Pieces, because a literal may be 4095 bytes only. */
static const char *const common[] = {
  "  <define name=\"about\">\n"
  "    <attribute name=\"version\"/>\n"
  "    <optional><attribute name=\"edition\"/></optional>\n"
  "    <optional><attribute name=\"recognised-by\"/></optional>\n"
  "  </define>\n"
  "  <define name=\"source\">\n"
  "    <element name=\"source\">\n"
  "      <attribute name=\"name\"/>\n"
  "      <attribute name=\"pages\"><data type=\"nonNegativeInteger\"/></attribute>\n"
  "    </element>\n"
  "  </define>\n",

  "  <!-- page from 1; box \"x0 y0 x1 y1\" in points from the page's top left; span \"begin-end\" in characters of the page,\n"
  "       or \"line:column-line:column\" of a text file: its first character and its last -->\n"
  "  <define name=\"span\">\n"
  "    <attribute name=\"span\">\n"
  "      <data type=\"string\"><param name=\"pattern\">" SPAN "</param></data>\n"
  "    </attribute>\n"
  "  </define>\n"
  "  <define name=\"place\">\n"
  "    <optional>\n"
  "      <optional><attribute name=\"page\"><data type=\"positiveInteger\"/></attribute></optional>\n"
  "      <optional>\n"
  "        <attribute name=\"box\">\n"
  "          <data type=\"string\"><param name=\"pattern\">-?[0-9]+\\.[0-9]{2}( -?[0-9]+\\.[0-9]{2}){3}</param></data>\n"
  "        </attribute>\n"
  "      </optional>\n"
  "      <ref name=\"span\"/>\n"
  "    </optional>\n"
  "  </define>\n",

  "  <!-- of a value, whatever its kind; more-places: \"page:box:span\" of the pages it runs on to, of a drawing's further boxes -->\n"
  "  <define name=\"value\">\n"
  "    <ref name=\"place\"/>\n"
  "    <optional>\n"
  "      <attribute name=\"more-places\">\n"
  "        <data type=\"string\">\n"
  "          <param name=\"pattern\">" PLACE "(; " PLACE ")*</param>\n"
  "        </data>\n"
  "      </attribute>\n"
  "    </optional>\n"
  "    <attribute name=\"status\">\n"
  "      <choice><value>certain</value><value>inferred</value><value>uncertain</value></choice>\n"
  "    </attribute>\n"
  "    <optional>\n"
  "      <attribute name=\"ocr\">\n"
  "        <data type=\"positiveInteger\"><param name=\"maxInclusive\">100</param></data>\n"
  "      </attribute>\n"
  "    </optional>\n"
  "    <optional>\n"
  "      <attribute name=\"iso\">\n"
  "        <data type=\"string\"><param name=\"pattern\">[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?</param></data>\n"
  "      </attribute>\n"
  "    </optional>\n"
  "    <optional><attribute name=\"label\"/></optional>\n"
  "    <optional><attribute name=\"reason\"/></optional>\n"
  "  </define>\n",

  "  <define name=\"bounds\">\n"
  "    <optional><attribute name=\"min\"><data type=\"integer\"/></attribute></optional>\n"
  "    <optional><attribute name=\"max\"><data type=\"integer\"/></attribute></optional>\n"
  "  </define>\n"
  "  <define name=\"text-value\"><ref name=\"value\"/><ref name=\"bounds\"/><text/></define>\n"
  "  <define name=\"choice-value\">\n"
  "    <ref name=\"value\"/>\n"
  "    <optional><attribute name=\"option\"><data type=\"positiveInteger\"/></attribute></optional>\n"
  "    <ref name=\"bounds\"/>\n"
  "    <text/>\n"
  "  </define>\n"
  "  <define name=\"count-value\">\n"
  "    <ref name=\"value\"/>\n"
  "    <optional><attribute name=\"value\"><data type=\"integer\"/></attribute></optional>\n"
  "    <ref name=\"bounds\"/>\n"
  "    <text/>\n"
  "  </define>\n"
  "  <define name=\"check-value\">\n"
  "    <ref name=\"value\"/>\n"
  "    <choice><value>1</value><value>0</value><value>?</value></choice>\n"
  "  </define>\n"
  "  <define name=\"checks-value\"><optional><ref name=\"value\"/></optional></define>\n"
  "  <define name=\"title\"><optional><attribute name=\"title\"/></optional></define>\n"
  "  <define name=\"number\"><attribute name=\"number\"><data type=\"positiveInteger\"/></attribute></define>\n",

  "  <define name=\"report\">\n"
  "    <element name=\"report\">\n"
  "      <element name=\"characters\">\n"
  "        <attribute name=\"source\"><data type=\"nonNegativeInteger\"/></attribute>\n"
  "        <attribute name=\"values\"><data type=\"nonNegativeInteger\"/></attribute>\n"
  "        <attribute name=\"form\"><data type=\"nonNegativeInteger\"/></attribute>\n"
  "        <attribute name=\"running\"><data type=\"nonNegativeInteger\"/></attribute>\n"
  "        <attribute name=\"unplaced\"><data type=\"nonNegativeInteger\"/></attribute>\n"
  "      </element>\n"
  "      <zeroOrMore><element name=\"unplaced\"><ref name=\"place\"/><text/></element></zeroOrMore>\n"
  "      <zeroOrMore>\n"
  "        <element name=\"diagnostic\">\n"
  "          <attribute name=\"code\"><data type=\"NMTOKEN\"/></attribute>\n"
  "          <attribute name=\"severity\">\n"
  "            <choice><value>note</value><value>warning</value><value>error</value></choice>\n"
  "          </attribute>\n"
  "          <ref name=\"place\"/>\n"
  "          <text/>\n"
  "        </element>\n"
  "      </zeroOrMore>\n"
  "    </element>\n"
  "  </define>\n"
  "  <define name=\"unrecognised\">\n"
  "    <element name=\"assessment\"><ref name=\"about\"/><ref name=\"source\"/><ref name=\"report\"/></element>\n"
  "  </define>\n",
};

/* --- A document with one of everything ------------------------------------------ */

/* Makes the nodes along PATH; of a repeated block, the first. */
static void
make_path (HkDocument *document,
           const char *path)
{
  g_auto (GStrv)      segments = g_strsplit (path, "/", -1);
  g_autoptr (GString) prefix = g_string_new (NULL);
  HkNode             *node = document->root;

  for (guint i = 0; segments[i] != NULL; i++) {
    gboolean   block = g_str_has_suffix (segments[i], "[]");
    HkFormSpot spot;

    g_string_append_printf (prefix, "%s%s", i > 0 ? "/" : "", segments[i]);
    hk_form_locate (document->form, prefix->str, &spot);
    if (block)
      segments[i][strlen (segments[i]) - 2] = '\0';
    node = hk_node_child (document, node, segments[i], block ? 1 : 0, spot.order);
  }
}

static HkDocument *
make_complete (const HkForm *form)
{
  HkDocument      *document = hk_document_new (form->name);
  const HkFormRow *part = NULL; /* the open one */

  document->form = form;
  for (const HkFormRow *row = form->rows; row < form->rows + form->n_rows; row++) {
    if (row->shape == HK_ROW_PART)
      part = row;
    if (row->path == NULL)
      continue;
    make_path (document, row->path);

    /* Once more where the part keeps it under its own path, as Ⅲ does Ⅲ.1. */
    const char *last = strrchr (row->path, '/');
    if (row->shape == HK_ROW_ITEM && part != NULL && part->path != NULL && last != NULL) {
      g_autofree char *again = g_strconcat (part->path, last, NULL);
      HkFormSpot       spot;

      if (hk_form_locate (form, again, &spot) && spot.row == row)
        make_path (document, again);
    }
  }
  return document;
}

/* --- Its schema ---------------------------------------------------------------------- */

static const char *const kind_patterns[] = {
  [HK_KIND_TEXT] = "text-value",   [HK_KIND_LIST] = "text-value",   [HK_KIND_CHOICE] = "choice-value",
  [HK_KIND_CHECKS] = "checks-value", [HK_KIND_CHECK] = "check-value", [HK_KIND_DATE] = "text-value",
  [HK_KIND_COUNT] = "count-value",
};

static void
write_ref (HkXmlWriter *writer,
           const char  *name)
{
  hk_xml_begin (writer, "ref");
  hk_xml_attribute (writer, "name", name);
  hk_xml_end (writer, "ref");
}

static void
write_literal (HkXmlWriter *writer,
               const char  *text)
{
  hk_xml_begin (writer, "value");
  hk_xml_text (writer, text);
  hk_xml_end (writer, "value");
}

/* <NAME ATTRIBUTE="one of ROW's slugs">PATTERN</NAME> */
static void
write_option (HkXmlWriter     *writer,
              const HkFormRow *row,
              const char      *name,
              const char      *attribute,
              const char      *pattern)
{
  const char *cursor = NULL;
  HkOption    option;
  guint       last = 0;

  hk_xml_begin (writer, "element");
  hk_xml_attribute (writer, "name", name);
  hk_xml_begin (writer, "attribute");
  hk_xml_attribute (writer, "name", attribute);
  hk_xml_begin (writer, "choice");
  while (hk_form_next_option (row, &cursor, &option)) {
    g_autofree char *slug = g_strndup (option.slug, option.slug_len);

    if (option.number != last)
      write_literal (writer, slug);
    last = option.number;
  }
  hk_xml_end (writer, "choice");
  hk_xml_end (writer, "attribute");
  write_ref (writer, pattern);
  hk_xml_end (writer, "element");
}

static void
write_element (HkXmlWriter      *writer,
               const HkDocument *document,
               const HkNode     *node)
{
  const char *times = node->number > 0 ? "zeroOrMore" : "optional";
  HkFormSpot  spot;

  hk_node_locate (document, node, &spot);
  hk_xml_begin (writer, times);
  hk_xml_begin (writer, "element");
  hk_xml_attribute (writer, "name", node->name);
  if (node->number > 0)
    write_ref (writer, "number");
  write_ref (writer, spot.row == NULL ? "title" : kind_patterns[spot.kind]);
  if (spot.kind == HK_KIND_CHECKS) {
    hk_xml_begin (writer, "zeroOrMore");
    hk_xml_begin (writer, "choice");
    write_option (writer, spot.row, "option", "name", "check-value");
    write_option (writer, spot.row, "text", "option", "text-value");
    hk_xml_end (writer, "choice");
    hk_xml_end (writer, "zeroOrMore");
  }
  for (const HkNode *child = node->first; child != NULL; child = child->next)
    write_element (writer, document, child);
  hk_xml_end (writer, "element");
  hk_xml_end (writer, times);
}

static void
write_form (HkXmlWriter  *writer,
            const HkForm *form)
{
  g_autoptr (HkDocument) document = make_complete (form);
  char                   name[24], number[12];

  g_snprintf (name, sizeof name, "form%u", form->number);
  g_snprintf (number, sizeof number, "%u", form->number);

  hk_xml_begin (writer, "define");
  hk_xml_attribute (writer, "name", name);
  hk_xml_begin (writer, "element");
  hk_xml_attribute (writer, "name", "assessment");
  write_ref (writer, "about");
  hk_xml_begin (writer, "attribute");
  hk_xml_attribute (writer, "name", "form");
  write_literal (writer, number);
  hk_xml_end (writer, "attribute");
  write_ref (writer, "source");
  for (const HkNode *node = document->root->first; node != NULL; node = node->next)
    write_element (writer, document, node);
  write_ref (writer, "report");
  hk_xml_end (writer, "element");
  hk_xml_end (writer, "define");
}

/* Whether the schema asked for as WANTED has the documents of FORM (0: those
   not recognised). */
static gboolean
is_wanted (guint wanted,
           guint form)
{
  return wanted == HK_SCHEMA_ALL || wanted == form;
}

static void
write_start (HkXmlWriter *writer,
             guint        wanted)
{
  hk_xml_begin (writer, "start");
  hk_xml_begin (writer, "choice");
  if (is_wanted (wanted, 0))
    write_ref (writer, "unrecognised");
  for (guint number = 1; number <= HIGHEST_FORM; number++) {
    char name[24];

    g_snprintf (name, sizeof name, "form%u", number);
    if (hk_form (number) != NULL && is_wanted (wanted, number))
      write_ref (writer, name);
  }
  hk_xml_end (writer, "choice");
  hk_xml_end (writer, "start");
}

void
hk_schema_write (GString *out,
                 guint    form)
{
  HkXmlWriter writer = { .out = out };

  g_string_append (out, head);
  hk_xml_begin (&writer, "grammar");
  hk_xml_attribute (&writer, "xmlns", "http://relaxng.org/ns/structure/1.0");
  hk_xml_attribute (&writer, "ns", HK_XML_NAMESPACE);
  hk_xml_attribute (&writer, "datatypeLibrary", "http://www.w3.org/2001/XMLSchema-datatypes");
  write_start (&writer, form);
  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    g_string_append (out, common[i]);
  for (guint number = 1; number <= HIGHEST_FORM; number++)
    if (hk_form (number) != NULL && is_wanted (form, number))
      write_form (&writer, hk_form (number));
  hk_xml_end (&writer, "grammar");
}
