/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fields: the values that the outline's rows may have, and the pieces of text
 * that were found to be theirs. Whoever deals pieces out fills them; the sheet
 * is written from them.
 */
#pragma once

#include "outline.h"

#define HK_NO_PIECE G_MAXUINT

/* One option of a group of marks: the pieces of  [ ○ ] words （ text ）. */
typedef struct {
  guint    number;             /* of the option, from 1 */
  guint    open, mark, close;  /* pieces, or HK_NO_PIECE */
  guint    words;
  guint    paren_open, paren_close;
  GArray  *text;               /* guint: pieces of the text in brackets */
  gboolean untold;             /* nobody can tell whether it is marked */
  const char *doubt;           /* of its text; static */
} HkFieldOption;

typedef struct {
  guint       row;      /* index in the form's rows: an item */
  guint       entry;    /* index in the outline: its label, or the label it stands under or beside */
  guint       label;    /* index of that label's piece */
  HkKind      kind;
  GArray     *pieces;   /* guint: of a text, a choice or a count, in their order */
  GArray     *options;  /* HkFieldOption of checks, a check */
  guint       open, close; /* brackets of a choice or count, or HK_NO_PIECE */
  guint       unit;     /* of a count (件), or HK_NO_PIECE */
  const char *doubt;    /* why it may be wrong, or NULL; static */
  gboolean    inferred; /* the document itself does not tie it to its label */
} HkField;

#define hk_field(fields, i) (&g_array_index ((fields), HkField, (i)))
#define hk_field_option(field, i) (&g_array_index ((field)->options, HkFieldOption, (i)))

/* The fields of OUTLINE (HkOutlined), whose labels are among PIECES, in form order,
   all empty (HkField). Free with g_array_unref(). */
GArray *hk_fields_new (const HkForm *form, const GArray *pieces, const GArray *outline);

/* The first of FIELDS of ENTRY, or of the entries behind it. */
guint hk_fields_of (const GArray *fields, guint entry);

/* The option of FIELD with that NUMBER, or NULL. */
HkFieldOption *hk_field_find_option (const HkField *field, guint number);

/* Whether one of MEANINGS (HkMeaning) is an option, or the choice, of FIELD; its number, or 0. */
guint hk_field_option_meant (const HkField *field, const GArray *meanings);
