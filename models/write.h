/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the writers share; for write.c, the four writers and the XML reader. */
#pragma once

#include "model.h"

/* Each appends the whole document to OUT. */
void hk_write_xml (const HkDocument *document, GString *out);
void hk_write_json (const HkDocument *document, GString *out);
void hk_write_table (const HkDocument *document, GString *out);
void hk_write_summary (const HkDocument *document, GString *out);

/* BOX as "x0 y0 x1 y1" with two decimals, whatever the locale; parted by
   SEPARATOR. NULL where there is no geometry. Free with g_free(). */
char *hk_box_format (const HkBox *box, const char *separator);

/* The span of PLACE: "12-14", or of a text file "120:5-122:18". Free with g_free(). */
char *hk_span_format (const HkPlace *place);

/* Whether PLACE says anything; all zero is the whole document. */
gboolean hk_place_is_set (const HkPlace *place);

const char *hk_status_name (HkStatus status);
const char *hk_severity_name (HkSeverity severity);

/* What hk_status_name() and hk_severity_name() gave, read back. */
HkStatus   hk_status_from_name (const char *name);
HkSeverity hk_severity_from_name (const char *name);
