/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "missing.h"

/* A page with so large a part of its characters in ruled cells has rules. */
#define RULED_PART 0.3

/* So many labels over each other in one ruled cell are rows without rules. */
#define STACKED_LABELS 3

gboolean
hk_has_label_beside (const HkRegion *region)
{
  for (guint i = 0; i < region->labels->len; i++)
    if (hk_region_label (region, i)->kind == HK_LABEL_BESIDE)
      return TRUE;
  return FALSE;
}

/* Whether CELL says the words over a group of rows (再委託), which stand left of them. */
static gboolean
is_group (const HkTextCell   *cell,
          const HkVocabulary *vocabulary)
{
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, cell, &label);

  return matches->len > 0 && g_array_index (matches, HkLabelMatch, 0).row->shape == HK_ROW_GROUP;
}

gboolean
hk_is_leftmost (const HkTextCell   *cell,
                GPtrArray          *cells,
                const HkVocabulary *vocabulary)
{
  for (guint i = 0; i < cells->len; i++) {
    const HkTextCell *other = cells->pdata[i];
    if (other->ruled && other->box.x1 <= cell->box.x0 + HK_SAME_EDGE && other->box.y0 < hk_box_mid_y (&cell->box) &&
        other->box.y1 > hk_box_mid_y (&cell->box) && !is_group (other, vocabulary))
      return FALSE;
  }
  return TRUE;
}

/* Whether CELL, though ruled, is a column of labels: the rules between the rows
   are missing. Text that quotes labels holds more than them. */
static gboolean
is_label_column (const HkTextCell   *cell,
                 const HkVocabulary *vocabulary)
{
  guint in_labels = 0;

  if (!cell->ruled || cell->lines->len < STACKED_LABELS)
    return FALSE;
  g_auto (HkRegion) region = hk_region_read (vocabulary, cell->page, cell->box, (const HkGlyph *) cell->glyphs->data, cell->glyphs->len, 0);
  for (guint i = 0; i < region.labels->len; i++)
    in_labels += hk_region_label (&region, i)->parts->len;
  return region.labels->len >= STACKED_LABELS && 2 * in_labels > region.fragments->len;
}

gboolean
hk_lacks_rules (const HkPage       *page,
                GPtrArray          *cells,
                const HkVocabulary *vocabulary)
{
  HkBox column = { 0, 0, 0, 0 };
  guint ruled  = 0;

  for (guint i = 0; i < cells->len; i++)
    if (hk_is_leftmost (cells->pdata[i], cells, vocabulary) && is_label_column (cells->pdata[i], vocabulary))
      column = hk_box_union (column, ((HkTextCell *) cells->pdata[i])->box);
  for (guint i = 0; i < cells->len; i++) {
    const HkTextCell *cell = cells->pdata[i];
    double            y    = hk_box_mid_y (&cell->box);
    if (!cell->loose && !(y > column.y0 && y < column.y1))
      ruled += cell->glyphs->len;
  }
  return ruled < RULED_PART * page->glyphs->len;
}

gboolean
hk_holds_rows (const HkRegion *region)
{
  gboolean values = FALSE;

  if (region->values <= 0 || !hk_has_label_beside (region))
    return FALSE;
  for (guint i = 0; i < region->fragments->len; i++) {
    const HkFragment *fragment = hk_region_fragment (region, i);

    if (fragment->label < 0 && (fragment->box.x0 >= region->values || fragment->beside))
      values = TRUE;
    else if (fragment->label < 0 || hk_label_is_lone (hk_region_label (region, fragment->label)->kind))
      return FALSE;
  }
  return values;
}
