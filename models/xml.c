/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "xml.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <string.h>

/* Far above the largest assessment; stops input that only wants memory. Also
   below INT_MAX, which is as far as libxml2 counts. */
#define MAX_BYTES (256 * 1024 * 1024)

#define REPLACEMENT 0xFFFD

/* --- Writing ------------------------------------------------------------------ */

gboolean
hk_xml_allows (gunichar ch)
{
  return ch == '\t' || ch == '\n' || ch == '\r' || (ch >= 0x20 && ch <= 0xD7FF) ||
         (ch >= 0xE000 && ch <= 0xFFFD) || (ch >= 0x10000 && ch <= 0x10FFFF);
}

/* What CH is written as, or NULL: as itself. A parser turns a bare CR into LF,
   and any white space of an attribute into blanks, unless they are escaped. */
static const char *
escape_of (gunichar ch,
           gboolean attribute)
{
  switch (ch) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '\r': return "&#13;";
  case '"': return attribute ? "&quot;" : NULL;
  case '\n': return attribute ? "&#10;" : NULL;
  case '\t': return attribute ? "&#9;" : NULL;
  default: return NULL;
  }
}

static void
append_escaped (GString    *out,
                const char *text,
                gboolean    attribute)
{
  while (*text != '\0') {
    gunichar ch = g_utf8_get_char_validated (text, -1);
    gboolean broken = ch == (gunichar) -1 || ch == (gunichar) -2;

    text = broken ? text + 1 : g_utf8_next_char (text);
    if (broken || !hk_xml_allows (ch))
      ch = REPLACEMENT; /* the last guard: the grammar has reported it */

    const char *escape = escape_of (ch, attribute);
    if (escape != NULL)
      g_string_append (out, escape);
    else
      g_string_append_unichar (out, ch);
  }
}

static void
append_indent (HkXmlWriter *writer)
{
  for (guint i = 0; i < writer->depth; i++)
    g_string_append (writer->out, "  ");
}

void
hk_xml_begin (HkXmlWriter *writer,
              const char  *name)
{
  g_return_if_fail (!writer->in_text);

  if (writer->in_tag)
    g_string_append (writer->out, ">\n");
  append_indent (writer);
  g_string_append_printf (writer->out, "<%s", name);
  writer->in_tag = TRUE;
  writer->depth++;
}

void
hk_xml_attribute (HkXmlWriter *writer,
                  const char  *name,
                  const char  *value)
{
  g_return_if_fail (writer->in_tag);

  if (value == NULL)
    return;
  g_string_append_printf (writer->out, " %s=\"", name);
  append_escaped (writer->out, value, TRUE);
  g_string_append_c (writer->out, '"');
}

void
hk_xml_integer (HkXmlWriter *writer,
                const char  *name,
                gint64       value)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  hk_xml_attribute (writer, name, digits);
}

void
hk_xml_text (HkXmlWriter *writer,
             const char  *text)
{
  g_return_if_fail (writer->in_tag);

  if (*text == '\0')
    return;
  g_string_append_c (writer->out, '>');
  append_escaped (writer->out, text, FALSE);
  writer->in_tag = FALSE;
  writer->in_text = TRUE;
}

void
hk_xml_end (HkXmlWriter *writer,
            const char  *name)
{
  writer->depth--;
  if (writer->in_tag) {
    g_string_append (writer->out, "/>\n");
  } else {
    if (!writer->in_text)
      append_indent (writer);
    g_string_append_printf (writer->out, "</%s>\n", name);
  }
  writer->in_tag = writer->in_text = FALSE;
}

/* --- Reading ------------------------------------------------------------------- */

struct _HkXml {
  xmlDoc *doc;
  char   *name;
};

/* An element is libxml2's node under another name. */
static const xmlNode *
node_of (const HkXmlElement *element)
{
  return (const xmlNode *) (const void *) element;
}

static const HkXmlElement *
element_of (const xmlNode *node)
{
  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return (const HkXmlElement *) (const void *) node;
}

static const xmlChar *
xml_string (const char *text)
{
  return (const xmlChar *) text;
}

/* TEXT, which is freed, as a string for g_free(). */
static char *
take_string (xmlChar *text)
{
  char *copy = g_strdup ((const char *) text);

  xmlFree (text);
  return copy;
}

static void
set_error (GError    **error,
           const char *name,
           int         line,
           const char *message)
{
  /* libxml2 ends its messages with a line break, and quotes what it found. */
  g_autofree char *valid = g_utf8_make_valid (message == NULL ? "not well-formed" : message, -1);

  g_strdelimit (g_strchomp (valid), "\r\n", ' ');
  g_set_error (error, HK_ERROR, HK_ERROR_INVALID, "%s:%d: %s", name, MAX (line, 1), valid);
}

/* Called where a document type declaration begins. */
static void
refuse_subset (void          *data,
               const xmlChar *name,
               const xmlChar *external_id,
               const xmlChar *system_id)
{
  xmlParserCtxt *context = data;
  gboolean      *refused = context->_private;

  *refused = TRUE;
  xmlStopParser (context);
}

HkXml *
hk_xml_parse (GBytes     *bytes,
              const char *name,
              GError    **error)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean    refused = FALSE;

  if (size == 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_EMPTY, "%s: no bytes", name);
    return NULL;
  }
  if (size > MAX_BYTES) {
    g_set_error (error, HK_ERROR, HK_ERROR_INVALID, "%s:1: larger than %d MiB", name, MAX_BYTES >> 20);
    return NULL;
  }

  xmlParserCtxt *context = xmlNewParserCtxt ();
  g_assert (context != NULL);
  context->_private = &refused;
  context->sax->internalSubset = refuse_subset;

  /* HUGE lifts libxml2's limit on one text, which a value may pass; the limit
     on the whole is ours, above. */
  xmlDoc *doc = xmlCtxtReadMemory (context, data, (int) size, NULL, NULL,
                                   XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES |
                                       XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  const xmlError *last = xmlCtxtGetLastError (context);
  HkXml          *xml = NULL;

  if (refused) {
    set_error (error, name, context->input == NULL ? 1 : context->input->line,
               "a document type declaration is not allowed");
    xmlFreeDoc (doc);
  } else if (doc == NULL) {
    set_error (error, name, last == NULL ? 1 : last->line, last == NULL ? NULL : last->message);
  } else {
    xml = g_new0 (HkXml, 1);
    xml->doc = doc;
    xml->name = g_strdup (name);
  }
  xmlFreeParserCtxt (context);
  return xml;
}

void
hk_xml_free (HkXml *xml)
{
  if (xml == NULL)
    return;
  xmlFreeDoc (xml->doc);
  g_free (xml->name);
  g_free (xml);
}

typedef struct {
  HkXml   *xml;
  GError **error;
  gboolean any;
} Trouble;

#if LIBXML_VERSION >= 21200
typedef const xmlError *ErrorArgument;
#else
typedef xmlError *ErrorArgument;
#endif

/* Keeps the first error: the ones after it mostly follow from it. */
static void
keep_first (void         *data,
            ErrorArgument found)
{
  Trouble *trouble = data;

  if (!trouble->any)
    set_error (trouble->error, trouble->xml->name, found->line, found->message);
  trouble->any = TRUE;
}

gboolean
hk_xml_validate (HkXml      *xml,
                 const char *schema,
                 gsize       schema_len,
                 GError    **error)
{
  Trouble              trouble = { xml, error, FALSE };
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewMemParserCtxt (schema, (int) schema_len);
  xmlRelaxNG           *grammar = xmlRelaxNGParse (parser);

  xmlRelaxNGFreeParserCtxt (parser);
  g_return_val_if_fail (grammar != NULL, FALSE); /* our own schema */

  xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt (grammar);

  xmlRelaxNGSetValidStructuredErrors (context, keep_first, &trouble);
  gboolean valid = xmlRelaxNGValidateDoc (context, xml->doc) == 0;
  if (!valid && !trouble.any)
    set_error (error, xml->name, 1, "the schema does not accept it");
  xmlRelaxNGFreeValidCtxt (context);
  xmlRelaxNGFree (grammar);
  return valid;
}

const HkXmlElement *
hk_xml_root (const HkXml *xml)
{
  return element_of (xmlDocGetRootElement (xml->doc));
}

const HkXmlElement *
hk_xml_first (const HkXmlElement *element)
{
  return element_of (node_of (element)->children);
}

const HkXmlElement *
hk_xml_next (const HkXmlElement *element)
{
  return element_of (node_of (element)->next);
}

const char *
hk_xml_name (const HkXmlElement *element)
{
  return (const char *) node_of (element)->name;
}

guint
hk_xml_line (const HkXmlElement *element)
{
  return xmlGetLineNo (node_of (element));
}

char *
hk_xml_get (const HkXmlElement *element,
            const char         *attribute)
{
  return take_string (xmlGetNoNsProp (node_of (element), xml_string (attribute)));
}

char *
hk_xml_content (const HkXmlElement *element)
{
  return take_string (xmlNodeGetContent (node_of (element)));
}
