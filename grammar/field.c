/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "field.h"

#include <string.h>

static void
option_clear (HkFieldOption *option)
{
  g_array_unref (option->text);
}

static void
field_clear (HkField *field)
{
  g_array_unref (field->pieces);
  g_array_unref (field->options);
}

static void
add_option (HkField *field,
            guint    number)
{
  HkFieldOption option = { .number = number };

  if (hk_field_find_option (field, number) != NULL)
    return; /* another wording of it */
  option.open = option.mark = option.close = option.words = option.paren_open = option.paren_close = HK_NO_PIECE;
  option.text = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (field->options, option);
}

static void
add_field (GArray           *fields,
           const HkForm     *form,
           const GArray     *outline,
           guint             entry,
           const HkFormRow  *row)
{
  HkField     field  = { .entry = entry, .kind = row->kind, .open = HK_NO_PIECE, .close = HK_NO_PIECE, .unit = HK_NO_PIECE };
  const char *cursor = NULL;
  HkOption    option;

  field.row     = (guint) (row - form->rows);
  field.label   = g_array_index (outline, HkOutlined, entry).piece;
  field.pieces  = g_array_new (FALSE, FALSE, sizeof (guint));
  field.options = g_array_new (FALSE, FALSE, sizeof (HkFieldOption));
  g_array_set_clear_func (field.options, (GDestroyNotify) option_clear);
  while (row->kind == HK_KIND_CHECKS && hk_form_next_option (row, &cursor, &option))
    add_option (&field, option.number);
  if (row->kind == HK_KIND_CHECK)
    add_option (&field, 1);
  g_array_append_val (fields, field);
}

/* The fields of ENTRY: its own value, the value of a row without a label under
   it, and what stands inside of its row. */
static void
add_fields_of (GArray       *fields,
               const HkForm *form,
               const GArray *outline,
               guint         entry)
{
  const HkFormRow *end = form->rows + form->n_rows, *row = &form->rows[g_array_index (outline, HkOutlined, entry).row], *next = row + 1;

  if (row->shape == HK_ROW_ITEM && row->placement != HK_PLACE_COLUMN)
    add_field (fields, form, outline, entry, row);
  if (next < end && next->shape == HK_ROW_ITEM && next->depth > row->depth &&
      ((next->placement == HK_PLACE_BELOW && *next->label == '\0') || (next->placement == HK_PLACE_SCATTERED && *next->label == '\0') ||
       (row->shape == HK_ROW_BLOCK && strcmp (next->label, row->label) == 0)))
    add_field (fields, form, outline, entry, next);
  for (; next < end && next->depth > row->depth; next++)
    if (next->placement == HK_PLACE_INSIDE && hk_form_parent (form, next) == row && next->kind != HK_KIND_TEXT)
      add_field (fields, form, outline, entry, next);
}

GArray *
hk_fields_new (const HkForm *form,
               const GArray *pieces,
               const GArray *outline)
{
  GArray *fields = g_array_new (FALSE, TRUE, sizeof (HkField));

  g_array_set_clear_func (fields, (GDestroyNotify) field_clear);
  for (guint i = 0; i < outline->len; i++)
    if (!hk_piece (pieces, g_array_index (outline, HkOutlined, i).piece)->range)
      add_fields_of (fields, form, outline, i);
  return fields;
}

guint
hk_fields_of (const GArray *fields,
              guint         entry)
{
  guint low = 0, high = fields->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (hk_field (fields, middle)->entry < entry)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

HkFieldOption *
hk_field_find_option (const HkField *field,
                      guint          number)
{
  for (guint i = 0; i < field->options->len; i++)
    if (hk_field_option (field, i)->number == number)
      return hk_field_option (field, i);
  return NULL;
}

guint
hk_field_option_meant (const HkField *field,
                       const GArray  *meanings)
{
  for (guint i = 0; meanings != NULL && i < meanings->len; i++) {
    const HkMeaning *meaning = &g_array_index (meanings, HkMeaning, i);
    if (meaning->row == field->row)
      return meaning->option;
  }
  return 0;
}
