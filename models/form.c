/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "form-rows.h"

#include <string.h>

static const HkForm *const forms[] = { &hk_form2, &hk_form3, &hk_form4 };

const HkForm *
hk_form (guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i]->number == number)
      return forms[i];
  return NULL;
}

const HkFormRow *
hk_form_parent (const HkForm    *form,
                const HkFormRow *row)
{
  for (const HkFormRow *above = row; above-- > form->rows;)
    if (above->depth < row->depth)
      return above;
  return NULL;
}

/* The item whose path is the first LEN bytes of PATH. */
static const HkFormRow *
find_item (const HkForm *form,
           const char   *path,
           gsize         len)
{
  for (guint i = 0; i < form->n_rows; i++) {
    const HkFormRow *row = &form->rows[i];

    if (row->shape == HK_ROW_ITEM && row->path != NULL &&
        strncmp (row->path, path, len) == 0 && row->path[len] == '\0')
      return row;
  }
  return NULL;
}

const HkFormRow *
hk_form_find (const HkForm *form,
              const char   *path)
{
  return find_item (form, path, strlen (path));
}

guint
hk_form_order (const HkForm *form,
               const char   *path)
{
  gsize len = strlen (path);

  for (guint i = 0; i < form->n_rows; i++) {
    const char *at = form->rows[i].path;

    if (at != NULL && strncmp (at, path, len) == 0 && (at[len] == '\0' || at[len] == '/'))
      return i;
  }
  return G_MAXUINT;
}

/* --- Options and labels ---------------------------------------------------- */

/* Steps over LIST, whose entries end at a character of SEPARATORS. */
static gboolean
next_entry (const char  *list,
            const char  *separators,
            const char **cursor,
            const char **entry,
            gsize       *len)
{
  if (list == NULL || *list == '\0' || (*cursor != NULL && **cursor == '\0'))
    return FALSE;
  *entry = *cursor == NULL ? list : *cursor + 1;
  *len = strcspn (*entry, separators);
  *cursor = *entry + *len;
  return TRUE;
}

gboolean
hk_form_next_option (const HkFormRow *row,
                     const char     **cursor,
                     HkOption        *option)
{
  const char *words, *start = row->options;
  gsize       len;

  if (!next_entry (row->options, "|;", cursor, &words, &len))
    return FALSE;
  *option = (HkOption){ .number = 1 };
  for (const char *c = row->options; c < words; c++)
    if (*c == '|') {
      option->number++;
      start = c + 1;
    }
  if (row->kind == HK_KIND_CHECKS) {
    const char *equals = strchr (start, '=');

    g_return_val_if_fail (equals != NULL, FALSE);
    option->slug = start;
    option->slug_len = equals - start;
    option->has_text = equals > start && equals[-1] == '+';
    option->slug_len -= option->has_text;
    if (words == start) { /* not a further variant: the slug stands before it */
      len -= equals + 1 - start;
      words = equals + 1;
    }
  }
  option->words = words;
  option->words_len = len;
  return TRUE;
}

gboolean
hk_form_next_label (const HkFormRow *row,
                    const char     **cursor,
                    const char     **text,
                    gsize           *len)
{
  return next_entry (row->label, "|", cursor, text, len);
}

/* --- The tree below the catalogue ------------------------------------------- */

/* The number of ROW's option called SLUG; 0: it has none. */
static guint
option_number (const HkFormRow *row,
               const char      *slug,
               gsize            len)
{
  const char *cursor = NULL;
  HkOption    option;

  while (hk_form_next_option (row, &cursor, &option))
    if (option.slug_len == len && strncmp (option.slug, slug, len) == 0)
      return option.number;
  return 0;
}

/* The item that a part whose path is the first LEN bytes of PATH prints under
   the name NAME although its own path is another. */
static const HkFormRow *
find_repeated (const HkForm *form,
               const char   *path,
               gsize         len,
               const char   *name)
{
  const HkFormRow *end = form->rows + form->n_rows;

  for (const HkFormRow *part = form->rows; part < end; part++) {
    if (part->shape != HK_ROW_PART || part->path == NULL ||
        strncmp (part->path, path, len) != 0 || part->path[len] != '\0')
      continue;
    for (const HkFormRow *row = part + 1; row < end && row->depth > part->depth; row++) {
      const char *last = row->path == NULL ? NULL : strrchr (row->path, '/');

      if (last != NULL && row->shape == HK_ROW_ITEM && strcmp (last + 1, name) == 0 &&
          hk_form_find (form, row->path) < part)
        return row;
    }
  }
  return NULL;
}

gboolean
hk_form_locate (const HkForm *form,
                const char   *path,
                HkFormSpot   *spot)
{
  const char *last = strrchr (path, '/');

  *spot = (HkFormSpot){ .order = hk_form_order (form, path) };
  if (spot->order != G_MAXUINT) {
    spot->row = hk_form_find (form, path);
    spot->kind = spot->row == NULL ? HK_KIND_TEXT : spot->row->kind;
    spot->field = spot->row != NULL;
    return TRUE;
  }
  if (last == NULL)
    return FALSE;

  const char *name = last + 1;
  gsize       parent = last - path;

  spot->row = find_item (form, path, parent);
  if (spot->row != NULL && spot->row->kind == HK_KIND_CHECKS) {
    spot->kind = HK_KIND_CHECK;
    spot->order = option_number (spot->row, name, strlen (name));
    spot->field = TRUE;
    return spot->order != 0;
  }
  spot->row = find_repeated (form, path, parent, name);
  if (spot->row != NULL) {
    spot->kind = spot->row->kind;
    spot->order = 0; /* it stands first in its part */
    return TRUE;
  }

  const char *before = g_strrstr_len (path, parent, "/");

  if (before == NULL || strcmp (name, "text") != 0)
    return FALSE;
  spot->row = find_item (form, path, before - path);
  spot->kind = HK_KIND_TEXT;
  spot->order = 0;
  spot->field = TRUE;
  return spot->row != NULL && spot->row->kind == HK_KIND_CHECKS &&
         option_number (spot->row, before + 1, last - before - 1) != 0;
}
