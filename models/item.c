/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forms' items for those who are not to see the tables themselves. */
#include "form.h"

#include <string.h>

#define PARTED_BY " ＞ "

/* english.def. */
static const struct {
  const char *path, *words;
} english[] = {
#define HK_ENGLISH(path, words) { path, words },
#include "english.def"
#undef HK_ENGLISH
};

const HkItem *
hk_item_next (guint         number,
              const HkItem *item)
{
  const HkForm *form = hk_form (number);

  if (form == NULL)
    return NULL;
  item = item == NULL ? form->rows : item + 1;
  while (item < form->rows + form->n_rows && (item->shape != HK_ROW_ITEM || item->path == NULL))
    item++;
  return item < form->rows + form->n_rows ? item : NULL;
}

const char *
hk_item_path (const HkItem *item)
{
  return item->path;
}

HkKind
hk_item_kind (const HkItem *item)
{
  return item->kind;
}

/* Appends number and current label of ROW; FALSE: it has neither. */
static gboolean
append_label (GString         *text,
              const HkFormRow *row)
{
  const char *cursor = NULL, *label;
  gsize len = 0;

  if (!hk_form_next_label (row, &cursor, &label, &len))
    len = 0;
  if (*row->number == '\0' && len == 0)
    return FALSE;
  g_string_append (text, row->number);
  if (row->shape == HK_ROW_HEADING || row->shape == HK_ROW_PART)
    g_string_append (text, *row->number != '\0' && len > 0 ? "．" : "");
  else if (row->shape == HK_ROW_RISK)
    g_string_append (text, "：");
  g_string_append_len (text, label, len);
  return TRUE;
}

char *
hk_item_label (guint         number,
               const HkItem *item)
{
  const HkForm *form = hk_form (number);
  GString *text = g_string_new (NULL);

  while (item != NULL && !append_label (text, item))
    item = hk_form_parent (form, item);
  return g_string_free (text, FALSE);
}

char *
hk_item_section (guint         number,
                 const HkItem *item)
{
  const HkForm *form = hk_form (number);
  char *section = g_strdup ("");

  while ((item = hk_form_parent (form, item)) != NULL) {
    g_autoptr (GString) text = g_string_new (item->shape == HK_ROW_RISK ? "リスク" : NULL);
    char *longer;

    if (!append_label (text, item))
      continue;
    longer = *section == '\0' ? g_strdup (text->str) : g_strconcat (text->str, PARTED_BY, section, NULL);
    g_free (section);
    section = longer;
  }
  return section;
}

gboolean
hk_item_option (const HkItem *item,
                guint         number,
                char        **slug,
                char        **words)
{
  const char *cursor = NULL;
  HkOption option;

  while (hk_form_next_option (item, &cursor, &option))
    if (option.number == number) {
      *slug  = option.slug == NULL ? NULL : g_strndup (option.slug, option.slug_len);
      *words = g_strndup (option.words, option.words_len);
      return TRUE;
    }
  return FALSE;
}

/* --- In English ------------------------------------------------------------------ */

/* What the last segment of PATH means: the longest end of it that is known. */
static const char *
words_of (const char *path)
{
  for (const char *end = path; end != NULL; end = strchr (end, '/') == NULL ? NULL : strchr (end, '/') + 1)
    for (gsize i = 0; i < G_N_ELEMENTS (english); i++)
      if (strcmp (english[i].path, end) == 0)
        return english[i].words;
  return NULL;
}

char *
hk_item_english (const HkItem *item,
                 const char   *block)
{
  g_autoptr (GString) path  = g_string_new (item->path);
  g_autoptr (GString) above = g_string_new (block);
  GString *text = g_string_new (NULL);
  gsize done;

  g_string_replace (path, "[]", "", 0);
  g_string_replace (above, "[]", "", 0);
  done = above->len > 0 ? above->len + 1 : 0;
  while (done < path->len) {
    gsize end = done + strcspn (path->str + done, "/");
    g_autofree char *head = g_strndup (path->str, end);
    const char *words = words_of (head);

    g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", words != NULL ? words : head);
    done = end + 1;
  }
  if (text->len > 0)
    text->str[0] = g_ascii_toupper (text->str[0]);
  return g_string_free (text, FALSE);
}
