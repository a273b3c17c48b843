/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "region.h"
#include "fold.h"

#include <math.h>

/* A gap in a line that parts two fragments (em). */
#define FRAGMENT_GAP 1.5
#define NUMBER_GAP 0.4 /* before ①, with which a label begins: 再委託 stands close beside ⑤ */

/* A gap that parts a label from its value, where the value column is known (em). */
#define VALUE_GAP 0.2

/* Values begin so far right of their labels' left edge at least (em), at a place
   where this part as many fragments begin as where most do. */
#define VALUES_FROM 4.0
#define VALUES_PART 0.25

/* Lines a label may wrap over; a line goes on with a label above it if it begins
   within this of the label's left edge, and follows this closely (em). */
#define WRAP_LINES 6
#define WRAP_INDENT 2.2
#define WRAP_PITCH 2.0

/* The longest label that is written downwards. */
#define STACK_MAX 6

static void
label_spot_clear (HkLabelSpot *label)
{
  g_array_unref (label->parts);
}

/* --- 1. Fragments ------------------------------------------------------------ */

static void
add_fragment (HkRegion *region,
              guint line,
              guint first,
              guint end)
{
  HkFragment fragment = { .first = first, .n = end - first, .line = line, .label = -1 };

  for (guint i = first; i < end; i++)
    if (!hk_is_space (hk_cell_glyph (region->text, i)->ch))
      fragment.box = hk_box_union (fragment.box, hk_cell_glyph (region->text, i)->box);
  if (!hk_box_is_empty (&fragment.box))
    g_array_append_val (region->fragments, fragment);
}

static void
find_fragments (HkRegion *region)
{
  for (guint l = 0; l < region->text->lines->len; l++) {
    const HkLine *line = hk_cell_line (region->text, l);
    guint         first = line->first;
    double        end   = 0;

    for (guint i = line->first; i < line->first + line->n; i++) {
      const HkGlyph *glyph = hk_cell_glyph (region->text, i);

      if (hk_is_space (glyph->ch))
        continue;
      double gap = hk_circled_number (glyph->ch) != 0 ? NUMBER_GAP : FRAGMENT_GAP;
      if (i > first && glyph->box.x0 - end > gap * hk_glyph_em (glyph)) {
        add_fragment (region, l, first, i);
        first = i;
      }
      end = glyph->box.x1;
    }
    add_fragment (region, l, first, line->first + line->n);
  }
}

/* Cuts fragments where the value column begins, be the gap ever so small. */
static void
cut_at_values (HkRegion *region)
{
  g_autoptr (GArray) whole = g_steal_pointer (&region->fragments);

  region->fragments = g_array_new (FALSE, TRUE, sizeof (HkFragment));
  for (guint f = 0; f < whole->len; f++) {
    const HkFragment *fragment = &g_array_index (whole, HkFragment, f);
    guint           first = fragment->first, end = fragment->first + fragment->n;

    for (guint i = first + 1; i < end; i++) {
      const HkGlyph *before = hk_cell_glyph (region->text, i - 1), *glyph = hk_cell_glyph (region->text, i);

      if (before->box.x1 <= region->values + HK_SAME_EDGE && glyph->box.x0 >= region->values && glyph->box.x0 - before->box.x1 > VALUE_GAP * hk_glyph_em (glyph)) {
        add_fragment (region, fragment->line, first, i);
        first = i;
        break;
      }
    }
    add_fragment (region, fragment->line, first, end);
  }
}

/* --- 2. Labels ------------------------------------------------------------------- */

/* A cell holding the fragments PARTS. */
HkTextCell *
hk_region_cell (const HkRegion *region,
         const GArray *parts,
         HkBox         box)
{
  HkTextCell *cell = hk_text_cell_new (region->page, box, 0, FALSE);
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

  for (guint i = 0; i < parts->len; i++) {
    const HkFragment *fragment = hk_region_fragment (region, g_array_index (parts, guint, i));
    g_array_append_vals (glyphs, hk_cell_glyph (region->text, fragment->first), fragment->n);
  }
  hk_text_cell_fill (cell, region->page, box, (const HkGlyph *) glyphs->data, glyphs->len);
  return cell;
}

static HkLabelKind
kind_of (const HkFormRow *row)
{
  switch (row->shape) {
  case HK_ROW_GROUP:
    return HK_LABEL_GROUP;
  case HK_ROW_WORDS:
    return HK_LABEL_WORDS;
  case HK_ROW_BLOCK:
    return HK_LABEL_BESIDE;
  case HK_ROW_ITEM:
    return row->placement == HK_PLACE_RIGHT ? HK_LABEL_BESIDE : row->placement == HK_PLACE_COLUMN ? HK_LABEL_COLUMN : HK_LABEL_BELOW;
  case HK_ROW_PART:
    return row[1].placement == HK_PLACE_BELOW && *row[1].label == '\0' ? HK_LABEL_BELOW : HK_LABEL_PART;
  case HK_ROW_HEADING:
    return row[1].placement == HK_PLACE_BELOW && *row[1].label == '\0' ? HK_LABEL_BELOW : HK_LABEL_HEAD;
  case HK_ROW_RISK:
  case HK_ROW_RECORD:
    break;
  }
  return HK_LABEL_HEAD;
}

gboolean
hk_label_is_lone (HkLabelKind kind)
{
  return kind != HK_LABEL_BESIDE && kind != HK_LABEL_GROUP && kind != HK_LABEL_WORDS;
}

/* Whether the fragments PARTS say what a row of the form says; *GOES_ON: a label
   may begin with them. */
static gboolean
is_label (const HkRegion     *region,
          const HkVocabulary *vocabulary,
          const GArray       *parts,
          HkLabelKind        *kind,
          gboolean           *goes_on)
{
  g_autoptr (HkTextCell) cell = hk_region_cell (region, parts, (HkBox){ 0, 0, 0, 0 });
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, cell, &label);

  *goes_on = hk_vocabulary_goes_on (vocabulary, &label);
  for (guint i = 0; i < matches->len; i++) {
    const HkLabelMatch *match = &g_array_index (matches, HkLabelMatch, i);

    if (!match->number_agrees || (match->n < cell->glyphs->len && parts->len > 1))
      continue; /* a block's label does not wrap: what follows is another label */
    *kind = kind_of (match->row);
    return TRUE;
  }
  return FALSE;
}

/* Adds to PARTS the fragment of the next line that a label at PARTS may go on with. */
static gboolean
wrap_label (const HkRegion *region,
            GArray     *parts)
{
  const HkFragment *head = hk_region_fragment (region, g_array_index (parts, guint, 0));
  const HkFragment *last = hk_region_fragment (region, g_array_index (parts, guint, parts->len - 1));

  for (guint i = g_array_index (parts, guint, parts->len - 1) + 1; i < region->fragments->len; i++) {
    const HkFragment *next = hk_region_fragment (region, i);
    double          indent = next->box.x0 - head->box.x0;

    if (hk_box_mid_y (&next->box) - hk_box_mid_y (&last->box) > WRAP_PITCH * region->em)
      return FALSE;
    if (next->line != last->line && next->label < 0 && indent > -HK_SAME_EDGE && indent < WRAP_INDENT * region->em) {
      g_array_append_val (parts, i);
      return TRUE;
    }
  }
  return FALSE;
}

static void
add_label (HkRegion  *region,
           const GArray *parts,
           guint         n,
           HkLabelKind     kind)
{
  HkLabelSpot label = { .kind = kind, .parts = g_array_new (FALSE, FALSE, sizeof (guint)) };

  g_array_append_vals (label.parts, parts->data, n);
  for (guint i = 0; i < n; i++) {
    HkFragment *fragment = hk_region_fragment (region, g_array_index (parts, guint, i));
    fragment->label    = (int) region->labels->len;
    label.box          = hk_box_union (label.box, fragment->box);
  }
  g_array_append_val (region->labels, label);
}

/* A label written downwards, a character a line (再委託), spread as far as the
   rows it stands beside. */
static void
find_stacked_label (HkRegion           *region,
                    const HkVocabulary *vocabulary,
                    guint               top)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));
  double      x = hk_box_mid_x (&hk_region_fragment (region, top)->box);
  HkLabelKind kind;
  gboolean    goes_on;

  for (guint i = top; i < region->fragments->len && parts->len < STACK_MAX; i++) {
    const HkFragment *fragment = hk_region_fragment (region, i);

    if (fragment->n != 1 || fragment->label >= 0 || fabs (hk_box_mid_x (&fragment->box) - x) > HK_SAME_EDGE)
      continue;
    g_array_append_val (parts, i);
    if (parts->len > 1 && is_label (region, vocabulary, parts, &kind, &goes_on) && kind == HK_LABEL_GROUP) {
      add_label (region, parts, parts->len, kind);
      return;
    }
  }
}

static void
find_labels (HkRegion           *region,
             const HkVocabulary *vocabulary)
{
  for (guint i = 0; i < region->fragments->len; i++) {
    g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));
    HkLabelKind kind = HK_LABEL_HEAD, now;
    guint     n    = 0;

    if (hk_region_fragment (region, i)->label >= 0)
      continue;
    g_array_append_val (parts, i);
    if (!hk_vocabulary_may_begin (vocabulary, hk_cell_glyph (region->text, hk_region_fragment (region, i)->first)->ch))
      continue;
    gboolean goes_on = TRUE;
    while (goes_on && parts->len <= WRAP_LINES) {
      if (is_label (region, vocabulary, parts, &now, &goes_on)) {
        n    = parts->len; /* the longest that says something */
        kind = now;
      }
      goes_on = goes_on && wrap_label (region, parts);
    }
    if (n > 0)
      add_label (region, parts, n, kind);
    else if (hk_region_fragment (region, i)->n == 1)
      find_stacked_label (region, vocabulary, i);
  }
}

/* --- 3. The value column ------------------------------------------------------------- */

/* How many fragments that are no labels begin at X. */
static guint
begin_at (const HkRegion *region,
          double          x)
{
  guint n = 0;

  for (guint i = 0; i < region->fragments->len; i++) {
    const HkFragment *fragment = hk_region_fragment (region, i);
    n += fragment->label < 0 && fabs (fragment->box.x0 - x) < HK_SAME_EDGE;
  }
  return n;
}

/* The leftmost place right of labels with a value beside them where many
   fragments begin that are no labels: marks and indented lines begin further
   right, and may be more. 0: there is no such place. */
static double
find_values (const HkRegion *region,
             double          hint)
{
  double from = G_MAXDOUBLE, left = G_MAXDOUBLE;
  guint  most = 0;

  for (guint i = 0; i < region->labels->len; i++)
    if (hk_region_label (region, i)->kind == HK_LABEL_BESIDE)
      from = MIN (from, hk_region_label (region, i)->box.x0 + VALUES_FROM * region->em);
  for (guint i = 0; i < region->fragments->len; i++) {
    const HkFragment *fragment = hk_region_fragment (region, i);
    if (fragment->label < 0 && fragment->box.x0 >= from)
      most = MAX (most, begin_at (region, fragment->box.x0));
  }
  for (guint i = 0; i < region->fragments->len; i++) {
    const HkFragment *fragment = hk_region_fragment (region, i);
    if (fragment->label < 0 && fragment->box.x0 >= from && begin_at (region, fragment->box.x0) >= VALUES_PART * most)
      left = MIN (left, fragment->box.x0);
  }
  if (most > 0 && hint > from && hint + HK_SAME_EDGE < left && begin_at (region, hint + HK_SAME_EDGE) > 0)
    return hint;
  return most > 0 ? left - HK_SAME_EDGE : 0;
}

/* Inside of the value column, what looks like a label with its value beside it is
   a value, and printed words belong to the values around them. */
static void
drop_labels_in_values (HkRegion *region)
{
  if (region->values == 0)
    return;
  for (guint i = 0; i < region->fragments->len; i++) {
    HkFragment *fragment = hk_region_fragment (region, i);
    if (fragment->label >= 0 && !hk_label_is_lone (hk_region_label (region, fragment->label)->kind) && hk_region_label (region, fragment->label)->box.x0 > region->values - HK_SAME_EDGE)
      fragment->label = -1;
  }
}

/* ※ and nothing else. */
static gboolean
is_reference (const HkRegion   *region,
              const HkFragment *fragment)
{
  g_autofree char *folded = hk_text_cell_fold_span (region->text, fragment->first, fragment->n);

  return *folded == '\0';
}

/* Takes a reference mark that stands apart to its label, and notes text that
   follows a label on its line before the value column begins (委託事項１　保守). */
static void
find_text_beside (HkRegion *region)
{
  for (guint i = 1; i < region->fragments->len; i++) {
    HkFragment       *fragment = hk_region_fragment (region, i);
    const HkFragment *before   = hk_region_fragment (region, i - 1);

    if (fragment->label >= 0 || fragment->line != before->line || fragment->box.x0 >= region->values)
      continue;
    if (before->label >= 0 && is_reference (region, fragment)) {
      fragment->label = before->label;
      g_array_append_val (hk_region_label (region, before->label)->parts, i);
    }
    else
      fragment->beside = before->beside || (before->label >= 0 && hk_region_label (region, before->label)->kind == HK_LABEL_BESIDE);
  }
}

/* --- The region ------------------------------------------------------------------------ */

HkRegion
hk_region_read (const HkVocabulary *vocabulary,
                guint               page,
                HkBox               box,
                const HkGlyph      *glyphs,
                guint               n,
                double              hint)
{
  HkRegion region = { .text = hk_text_cell_new (page, box, 0, FALSE), .page = page, .left = G_MAXDOUBLE };

  region.fragments = g_array_new (FALSE, TRUE, sizeof (HkFragment));
  region.labels    = g_array_new (FALSE, TRUE, sizeof (HkLabelSpot));
  g_array_set_clear_func (region.labels, (GDestroyNotify) label_spot_clear);
  hk_text_cell_fill (region.text, page, box, glyphs, n);
  for (guint l = 0; l < region.text->lines->len; l++)
    region.em += hk_box_height (&hk_cell_line (region.text, l)->box) / region.text->lines->len;

  find_fragments (&region);
  find_labels (&region, vocabulary);
  region.values = find_values (&region, hint);
  if (region.values > 0) { /* long labels reach to the values: now they can be told apart */
    cut_at_values (&region);
    g_array_set_size (region.labels, 0);
    find_labels (&region, vocabulary);
    region.values = find_values (&region, hint);
  }
  drop_labels_in_values (&region);
  find_text_beside (&region);
  for (guint i = 0; i < region.fragments->len; i++) {
    region.left  = MIN (region.left, hk_region_fragment (&region, i)->box.x0);
    region.right = MAX (region.right, hk_region_fragment (&region, i)->box.x1);
  }
  return region;
}

void
hk_region_clear (HkRegion *region)
{
  g_clear_pointer (&region->fragments, g_array_unref);
  g_clear_pointer (&region->labels, g_array_unref);
  g_clear_pointer (&region->text, hk_text_cell_free);
}
