/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one place that reads XML with libxml2 (HTML: extractor/html.c), and its
 * counterpart for writing.
 *
 * Writing does not go through libxml2: its layout and escapes differ between
 * releases, and the bytes we write may not.
 */
#pragma once

#include "hyokasho.h"

/* --- Writing ------------------------------------------------------------------ */

/* Elements on lines of their own, indented by two; an element holds either
   text, to the byte, or elements, never both. */
typedef struct {
  GString *out;
  guint    depth;
  gboolean in_tag;  /* the start tag still takes attributes */
  gboolean in_text; /* the open element holds text */
} HkXmlWriter;

void hk_xml_begin (HkXmlWriter *writer, const char *name);
void hk_xml_attribute (HkXmlWriter *writer, const char *name, const char *value); /* NULL: left out */
void hk_xml_integer (HkXmlWriter *writer, const char *name, gint64 value);
void hk_xml_text (HkXmlWriter *writer, const char *text);
void hk_xml_end (HkXmlWriter *writer, const char *name);

/* Whether CH may stand in XML 1.0 at all, escaped or not. */
gboolean hk_xml_allows (gunichar ch);

/* --- Reading ------------------------------------------------------------------- */

typedef struct _HkXml        HkXml;        /* a document that was read */
typedef struct _HkXmlElement HkXmlElement; /* an element of it */

/* Reads BYTES. Nothing outside is opened, and a document type declaration is
   refused, so that no entity can be declared. NULL with ERROR set
   (HK_ERROR_INVALID, "NAME:line: message") when it is not well-formed. */
HkXml *hk_xml_parse (GBytes *bytes, const char *name, GError **error);
void   hk_xml_free (HkXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkXml, hk_xml_free)

/* Whether the RELAX NG SCHEMA accepts XML; ERROR names the first line that it
   does not. */
gboolean hk_xml_validate (HkXml *xml, const char *schema, gsize schema_len, GError **error);

const HkXmlElement *hk_xml_root (const HkXml *xml);
const HkXmlElement *hk_xml_first (const HkXmlElement *element); /* child element, or NULL */
const HkXmlElement *hk_xml_next (const HkXmlElement *element);  /* sibling element, or NULL */
const char         *hk_xml_name (const HkXmlElement *element);
guint               hk_xml_line (const HkXmlElement *element);
char               *hk_xml_get (const HkXmlElement *element, const char *attribute); /* NULL: not there; g_free() */
char               *hk_xml_content (const HkXmlElement *element);                    /* g_free() */
