/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The RELAX NG schema of the canonical XML, made from the form tables: it
   knows which form has which items, in which order, with which options. */
#pragma once

#include "form.h"

#define HK_SCHEMA_ALL G_MAXUINT

/* Appends the schema to OUT. With FORM's number it accepts documents of that
   form only, with 0 those that are not recognised; with HK_SCHEMA_ALL, all of
   them: this is what is published. */
void hk_schema_write (GString *out, guint form);
