/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "align.h"
#include "fold.h"

#include <math.h>
#include <string.h>

/* A page with so large a part of its characters in ruled cells has rules. */
#define RULED_PART 0.3

/* A gap in a line that parts two fragments (em). */
#define FRAGMENT_GAP 1.5

/* A gap that parts a label from its value, where the value column is known (em). */
#define VALUE_GAP 0.2

/* Lines a label may wrap over; a line goes on with a label above it if it begins
   within this of the label's left edge, and follows this closely (em). */
#define LABEL_LINES 6
#define LABEL_INDENT 2.2
#define LABEL_PITCH 2.0

/* A gap between lines that parts what stands under a label from what follows (em). */
#define TEXT_GAP 2.5

/* Edges in one column differ by no more than this (points). */
#define SAME_EDGE 3.0

/* Costs of dealing lines out to labels (em). */
#define COST_EMPTY 0.5 /* a label without a value */
#define COST_MISSED 2.5 /* a label without a value, though a line is level with it */
#define COST_NEVER 1e6  /* a value for a label that has none */
#define LEVEL 0.3       /* what is level differs by no more */
#define COST_TEAR 0.4  /* two lines close together given to two labels */
#define DOUBT 0.6      /* another reading that costs only so much more */

typedef struct {
  guint first, n; /* glyphs of the page's text */
  guint line;
  HkBox box;
  int   label; /* index, or -1 */
} Fragment;

typedef enum {
  LABEL_BESIDE, /* its value stands to the right of it */
  LABEL_GROUP,  /* stands beside other labels */
  LABEL_WORDS,  /* printed among values */
  LABEL_BELOW,  /* its value stands under it */
  LABEL_HEAD    /* it has none */
} LabelKind;

typedef struct {
  HkBox     box;
  LabelKind kind;
  GArray   *parts; /* guint, fragments */
} Label;

/* One page being aligned. */
typedef struct {
  HkTextCell         *text; /* all of its loose glyphs */
  const HkVocabulary *vocabulary;
  guint               page;
  double              em;
  double              left, right; /* of all text */
  double              values;      /* where the value column begins */
  gboolean            dry;         /* only the costs are wanted */
  gboolean            middle;      /* labels are level with their value's middle; else with its top */
  double              cost_top, cost_middle;
  GArray             *fragments;
  GArray             *labels;
  GPtrArray          *out; /* HkTextCell */
} Page;

#define fragment_at(page, i) (&g_array_index ((page)->fragments, Fragment, (i)))
#define label_at(page, i) (&g_array_index ((page)->labels, Label, (i)))

static void
label_clear (Label *label)
{
  g_array_unref (label->parts);
}

/* --- 1. Fragments ------------------------------------------------------------ */

static void
add_fragment (Page *page,
              guint line,
              guint first,
              guint end)
{
  Fragment fragment = { .first = first, .n = end - first, .line = line, .label = -1 };

  for (guint i = first; i < end; i++)
    if (!hk_is_space (hk_cell_glyph (page->text, i)->ch))
      fragment.box = hk_box_union (fragment.box, hk_cell_glyph (page->text, i)->box);
  if (!hk_box_is_empty (&fragment.box))
    g_array_append_val (page->fragments, fragment);
}

static void
find_fragments (Page *page)
{
  for (guint l = 0; l < page->text->lines->len; l++) {
    const HkLine *line = hk_cell_line (page->text, l);
    guint         first = line->first;
    double        end   = 0;

    for (guint i = line->first; i < line->first + line->n; i++) {
      const HkGlyph *glyph = hk_cell_glyph (page->text, i);

      if (hk_is_space (glyph->ch))
        continue;
      if (i > first && glyph->box.x0 - end > FRAGMENT_GAP * hk_glyph_em (glyph)) {
        add_fragment (page, l, first, i);
        first = i;
      }
      end = glyph->box.x1;
    }
    add_fragment (page, l, first, line->first + line->n);
  }
}

/* Cuts fragments where the value column begins, be the gap ever so small. */
static void
cut_at_values (Page *page)
{
  g_autoptr (GArray) whole = g_steal_pointer (&page->fragments);

  page->fragments = g_array_new (FALSE, TRUE, sizeof (Fragment));
  for (guint f = 0; f < whole->len; f++) {
    const Fragment *fragment = &g_array_index (whole, Fragment, f);
    guint           first = fragment->first, end = fragment->first + fragment->n;

    for (guint i = first + 1; i < end; i++) {
      const HkGlyph *before = hk_cell_glyph (page->text, i - 1), *glyph = hk_cell_glyph (page->text, i);

      if (before->box.x1 <= page->values + SAME_EDGE && glyph->box.x0 >= page->values && glyph->box.x0 - before->box.x1 > VALUE_GAP * hk_glyph_em (glyph)) {
        add_fragment (page, fragment->line, first, i);
        first = i;
        break;
      }
    }
    add_fragment (page, fragment->line, first, end);
  }
}

/* --- 2. Labels ------------------------------------------------------------------- */

/* A cell holding the fragments PARTS. */
static HkTextCell *
cell_of (const Page   *page,
         const GArray *parts,
         HkBox         box)
{
  HkTextCell *cell = hk_text_cell_new (page->page, box, 0, FALSE);
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

  for (guint i = 0; i < parts->len; i++) {
    const Fragment *fragment = fragment_at (page, g_array_index (parts, guint, i));
    g_array_append_vals (glyphs, hk_cell_glyph (page->text, fragment->first), fragment->n);
  }
  hk_text_cell_fill (cell, page->page, box, (const HkGlyph *) glyphs->data, glyphs->len);
  return cell;
}

static LabelKind
kind_of (const HkFormRow *row)
{
  switch (row->shape) {
  case HK_ROW_GROUP:
    return LABEL_GROUP;
  case HK_ROW_WORDS:
    return LABEL_WORDS;
  case HK_ROW_BLOCK:
    return LABEL_BESIDE;
  case HK_ROW_ITEM:
    return row->placement == HK_PLACE_RIGHT ? LABEL_BESIDE : LABEL_BELOW;
  case HK_ROW_PART:
  case HK_ROW_HEADING:
    return row[1].placement == HK_PLACE_BELOW && *row[1].label == '\0' ? LABEL_BELOW : LABEL_HEAD;
  case HK_ROW_RISK:
  case HK_ROW_RECORD:
    break;
  }
  return LABEL_HEAD;
}

static gboolean
is_lone (LabelKind kind)
{
  return kind == LABEL_BELOW || kind == LABEL_HEAD;
}

/* Whether the fragments PARTS say what a row of the form says. */
static gboolean
is_label (const Page   *page,
          const GArray *parts,
          LabelKind    *kind)
{
  g_autoptr (HkTextCell) cell = cell_of (page, parts, (HkBox){ 0, 0, 0, 0 });
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (page->vocabulary, cell, &label);

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
wrap_label (const Page *page,
            GArray     *parts)
{
  const Fragment *head = fragment_at (page, g_array_index (parts, guint, 0));
  const Fragment *last = fragment_at (page, g_array_index (parts, guint, parts->len - 1));

  for (guint i = g_array_index (parts, guint, parts->len - 1) + 1; i < page->fragments->len; i++) {
    const Fragment *next = fragment_at (page, i);
    double          indent = next->box.x0 - head->box.x0;

    if (hk_box_mid_y (&next->box) - hk_box_mid_y (&last->box) > LABEL_PITCH * page->em)
      return FALSE;
    if (next->line != last->line && next->label < 0 && indent > -SAME_EDGE && indent < LABEL_INDENT * page->em) {
      g_array_append_val (parts, i);
      return TRUE;
    }
  }
  return FALSE;
}

static void
add_label (Page         *page,
           const GArray *parts,
           guint         n,
           LabelKind     kind)
{
  Label label = { .kind = kind, .parts = g_array_new (FALSE, FALSE, sizeof (guint)) };

  g_array_append_vals (label.parts, parts->data, n);
  for (guint i = 0; i < n; i++) {
    Fragment *fragment = fragment_at (page, g_array_index (parts, guint, i));
    fragment->label    = (int) page->labels->len;
    label.box          = hk_box_union (label.box, fragment->box);
  }
  g_array_append_val (page->labels, label);
}

static void
find_labels (Page *page)
{
  for (guint i = 0; i < page->fragments->len; i++) {
    g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));
    LabelKind kind = LABEL_HEAD, now;
    guint     n    = 0;

    if (fragment_at (page, i)->label >= 0)
      continue;
    g_array_append_val (parts, i);
    do
      if (is_label (page, parts, &now)) {
        n    = parts->len; /* the longest that says something */
        kind = now;
      }
    while (parts->len < LABEL_LINES && wrap_label (page, parts));
    if (n > 0)
      add_label (page, parts, n, kind);
  }
}

/* --- 3. The value column ------------------------------------------------------------- */

/* Where most fragments begin that are no labels and stand right of labels with
   a value beside them; 0: there is no such column. */
static double
find_values (const Page *page)
{
  double best = 0;
  guint  most = 0;
  double from = G_MAXDOUBLE;

  for (guint i = 0; i < page->labels->len; i++)
    if (label_at (page, i)->kind == LABEL_BESIDE)
      from = MIN (from, label_at (page, i)->box.x0 + 4 * page->em);
  for (guint i = 0; i < page->fragments->len; i++) {
    const Fragment *fragment = fragment_at (page, i);
    guint           count    = 0;

    if (fragment->label >= 0 || fragment->box.x0 < from)
      continue;
    for (guint j = 0; j < page->fragments->len; j++)
      count += fragment_at (page, j)->label < 0 && fabs (fragment_at (page, j)->box.x0 - fragment->box.x0) < SAME_EDGE;
    if (count > most || (count == most && fragment->box.x0 < best)) {
      most = count;
      best = fragment->box.x0;
    }
  }
  return most > 0 ? best - SAME_EDGE : 0;
}

/* Inside of the value column, what looks like a label with its value beside it is
   a value, and printed words belong to the values around them. */
static void
drop_labels_in_values (Page *page)
{
  if (page->values == 0)
    return;
  for (guint i = 0; i < page->fragments->len; i++) {
    Fragment *fragment = fragment_at (page, i);
    if (fragment->label >= 0 && !is_lone (label_at (page, fragment->label)->kind) && label_at (page, fragment->label)->box.x0 > page->values - SAME_EDGE)
      fragment->label = -1;
  }
}

/* --- 4. Rows ---------------------------------------------------------------------------- */

/* A stretch of the page between labels that stand alone: the labels with a value
   beside them, and the lines of the value column. */
typedef struct {
  GArray *labels; /* guint */
  GArray *lines;  /* HkBox */
  GArray *of;     /* guint, for each line: which of the labels */
  GArray *doubt;  /* gboolean, for each label */
} Stretch;

/* Whether a line is level with BOX, as a value of one line would be. */
static gboolean
is_level (const Page    *page,
          const Stretch *stretch,
          const HkBox   *box,
          gboolean       middle)
{
  for (guint i = 0; i < stretch->lines->len; i++) {
    const HkBox *line = &g_array_index (stretch->lines, HkBox, i);
    double       off  = middle ? hk_box_mid_y (line) - hk_box_mid_y (box) : line->y0 - box->y0;
    if (fabs (off) < LEVEL * page->em)
      return TRUE;
  }
  return FALSE;
}

/* What it costs to give lines [FROM, TO) to LABEL: how far the value's top, or
   its middle, is from the label's. */
static double
deal_cost (const Page    *page,
           const Stretch *stretch,
           guint          label,
           guint          from,
           guint          to,
           gboolean       middle)
{
  const Label *what = label_at (page, g_array_index (stretch->labels, guint, label));
  const HkBox *box  = &what->box;

  if (what->kind == LABEL_GROUP)
    return from == to ? 0 : COST_NEVER;
  if (from == to)
    return is_level (page, stretch, box, middle) ? COST_MISSED : COST_EMPTY;
  const HkBox *first = &g_array_index (stretch->lines, HkBox, from);
  const HkBox *last  = &g_array_index (stretch->lines, HkBox, to - 1);
  double       off   = middle ? (first->y0 + last->y1) / 2 - hk_box_mid_y (box) : first->y0 - box->y0;
  double       cost  = fabs (off) / page->em;

  if (to < stretch->lines->len) {
    const HkBox *next = &g_array_index (stretch->lines, HkBox, to);
    if (next->y0 - last->y1 < 0.5 * page->em)
      cost += COST_TEAR;
  }
  return cost;
}

/* Deals all lines out at the least cost, which is returned. */
static double
deal (const Page *page,
      Stretch    *stretch,
      gboolean    middle)
{
  guint n = stretch->labels->len, m = stretch->lines->len;
  g_autofree double *cost = g_new (double, (n + 1) * (m + 1)); /* of the first i labels taking the first j lines */
  g_autofree guint  *from = g_new0 (guint, (n + 1) * (m + 1));

  for (guint j = 0; j <= m; j++)
    cost[j] = j == 0 ? 0 : G_MAXDOUBLE;
  for (guint i = 1; i <= n; i++)
    for (guint j = 0; j <= m; j++) {
      double *best = &cost[i * (m + 1) + j];

      *best = G_MAXDOUBLE;
      for (guint k = 0; k <= j; k++) {
        double before = cost[(i - 1) * (m + 1) + k];
        if (before == G_MAXDOUBLE)
          continue;
        double total = before + deal_cost (page, stretch, i - 1, k, j, middle);
        if (total < *best) {
          *best                 = total;
          from[i * (m + 1) + j] = k;
        }
      }
    }

  g_array_set_size (stretch->of, m);
  for (guint i = n, j = m; i > 0; i--) {
    guint k = from[i * (m + 1) + j];
    for (guint line = k; line < j; line++)
      g_array_index (stretch->of, guint, line) = i - 1;
    j = k;
  }
  return cost[n * (m + 1) + m];
}

/* Lines [*from, *to) that LABEL was given. */
static void
dealt (const Stretch *stretch,
       guint          label,
       guint         *from,
       guint         *to)
{
  for (*from = 0; *from < stretch->lines->len && g_array_index (stretch->of, guint, *from) < label;)
    (*from)++;
  for (*to = *from; *to < stretch->lines->len && g_array_index (stretch->of, guint, *to) == label;)
    (*to)++;
}

/* Marks neighbours in doubt if a line between them could as well go to the other. */
static void
find_doubts (const Page *page,
             Stretch    *stretch,
             gboolean    middle)
{
  for (guint label = 0; label + 1 < stretch->labels->len; label++) {
    guint a, b, c, d;

    dealt (stretch, label, &a, &b);
    dealt (stretch, label + 1, &c, &d);
    double now = deal_cost (page, stretch, label, a, b, middle) + deal_cost (page, stretch, label + 1, c, d, middle);
    double up = G_MAXDOUBLE, down = G_MAXDOUBLE;
    if (c < d)
      up = deal_cost (page, stretch, label, a, c + 1, middle) + deal_cost (page, stretch, label + 1, c + 1, d, middle);
    if (a < b)
      down = deal_cost (page, stretch, label, a, b - 1, middle) + deal_cost (page, stretch, label + 1, b - 1, d, middle);
    if (MIN (up, down) < now + DOUBT)
      g_array_index (stretch->doubt, gboolean, label) = g_array_index (stretch->doubt, gboolean, label + 1) = TRUE;
  }
}

/* The fragments of the value column whose line stands in one of BOXES [FROM, TO). */
static GArray *
fragments_in (const Page    *page,
              const Stretch *stretch,
              guint          from,
              guint          to)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; from < to && i < page->fragments->len; i++) {
    const Fragment *fragment = fragment_at (page, i);
    double          y        = hk_box_mid_y (&fragment->box);

    if (fragment->label < 0 && fragment->box.x0 >= page->values && y >= g_array_index (stretch->lines, HkBox, from).y0 &&
        y <= g_array_index (stretch->lines, HkBox, to - 1).y1)
      g_array_append_val (parts, i);
  }
  return parts;
}

static HkTextCell *
emit (Page         *page,
      const GArray *parts,
      HkBox         box)
{
  HkTextCell *cell = cell_of (page, parts, box);

  cell->aligned = TRUE;
  g_ptr_array_add (page->out, cell);
  return cell;
}

/* A label and what stands beside it, as two cells of one row. */
static void
emit_row (Page          *page,
          const Stretch *stretch,
          guint          label)
{
  const Label *what = label_at (page, g_array_index (stretch->labels, guint, label));
  HkBox        row  = { what->box.x0, what->box.y0, page->values, what->box.y1 };
  guint        from, to;

  if (what->kind == LABEL_GROUP) {
    emit (page, what->parts, what->box);
    return;
  }
  dealt (stretch, label, &from, &to);
  for (guint i = from; i < to; i++) {
    row.y0 = MIN (row.y0, g_array_index (stretch->lines, HkBox, i).y0);
    row.y1 = MAX (row.y1, g_array_index (stretch->lines, HkBox, i).y1);
  }
  emit (page, what->parts, row);

  g_autoptr (GArray) parts = fragments_in (page, stretch, from, to);
  HkTextCell *value = emit (page, parts, (HkBox){ page->values, row.y0, page->right, row.y1 });
  value->doubtful = g_array_index (stretch->doubt, gboolean, label);
}

/* The page begins in the middle of a value: lines before the first label that
   are not level with it. */
static void
emit_rest (Page    *page,
           Stretch *stretch)
{
  guint n = stretch->lines->len;

  if (stretch->labels->len > 0 && page->middle)
    n = 0; /* they may be the upper half of the first label's value */
  else if (stretch->labels->len > 0) {
    const HkBox *first = &label_at (page, g_array_index (stretch->labels, guint, 0))->box;
    for (n = 0; n < stretch->lines->len && g_array_index (stretch->lines, HkBox, n).y0 < first->y0 - LEVEL * page->em;)
      n++;
  }
  if (n == 0 || page->dry)
    return;

  g_autoptr (GArray) parts = fragments_in (page, stretch, 0, n);
  HkBox box = { page->values, g_array_index (stretch->lines, HkBox, 0).y0, page->right, g_array_index (stretch->lines, HkBox, n - 1).y1 };
  HkTextCell *cell = emit (page, parts, box);
  if (page->out->len == 1)
    cell->open = HK_SIDE_TOP;
  g_array_remove_range (stretch->lines, 0, n);
}

static void
emit_stretch (Page    *page,
              Stretch *stretch)
{
  guint n = stretch->labels->len;

  emit_rest (page, stretch);
  g_array_set_size (stretch->doubt, n);
  if (n > 0 && page->dry) {
    page->cost_middle += deal (page, stretch, TRUE);
    page->cost_top += deal (page, stretch, FALSE);
  }
  else if (n > 0) {
    deal (page, stretch, page->middle);
    find_doubts (page, stretch, page->middle);
    for (guint i = 0; i < n; i++)
      emit_row (page, stretch, i);
  }
  g_array_set_size (stretch->labels, 0);
  g_array_set_size (stretch->lines, 0);
  g_array_set_size (stretch->of, 0);
  g_array_set_size (stretch->doubt, 0);
}

/* --- 5. From top to bottom ------------------------------------------------------------------ */

/* Whether fragment WHICH of PARTS, and what follows on its line, is the mark of the form. */
static gboolean
is_form_mark (const Page   *page,
              const GArray *parts,
              guint         which)
{
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = which; i < parts->len; i++)
    if (fragment_at (page, g_array_index (parts, guint, i))->line == fragment_at (page, g_array_index (parts, guint, which))->line)
      g_array_append_val (one, g_array_index (parts, guint, i));
  g_autoptr (HkTextCell) cell = cell_of (page, one, (HkBox){ 0, 0, 0, 0 });
  return hk_is_form_mark (cell);
}

static double
parts_left (const Page   *page,
            const GArray *parts)
{
  double left = G_MAXDOUBLE;

  for (guint i = 0; i < parts->len; i++)
    left = MIN (left, fragment_at (page, g_array_index (parts, guint, i))->box.x0);
  return left;
}

/* Emits the fragments PARTS as the cell of column [LEFT, RIGHT), a new one
   behind every wide gap. */
static void
emit_column (Page         *page,
             const GArray *parts,
             double        left,
             double        right)
{
  g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (guint));
  HkBox box = { left, 0, right, 0 };

  if (page->out->len == 0 && parts_left (page, parts) > left + 4 * page->em)
    box.x0 = parts_left (page, parts) - SAME_EDGE; /* what runs over the page's end keeps its column */

  for (guint i = 0; i <= parts->len; i++) {
    const Fragment *part = i < parts->len ? fragment_at (page, g_array_index (parts, guint, i)) : NULL;

    if (part != NULL && (part->box.x0 < left - SAME_EDGE || part->box.x0 >= right - SAME_EDGE))
      continue;
    if (here->len > 0 && (part == NULL || part->box.y0 - box.y1 > TEXT_GAP * page->em || is_form_mark (page, parts, i))) {
      HkTextCell *cell = emit (page, here, box);
      if (page->out->len == 1)
        cell->open = HK_SIDE_TOP;
      g_array_set_size (here, 0);
    }
    if (part == NULL)
      break;
    box.y0 = here->len == 0 ? part->box.y0 : MIN (box.y0, part->box.y0);
    box.y1 = here->len == 0 ? part->box.y1 : MAX (box.y1, part->box.y1);
    g_array_append_val (here, g_array_index (parts, guint, i));
  }
}

/* Text that reaches over the label column, gathered until a label came: below
   labels that stand side by side, it is parted into their columns. */
static void
emit_text (Page   *page,
           GArray *parts,
           GArray *columns)
{
  if (parts->len > 0 && !page->dry)
    for (guint i = 0; i < MAX (columns->len, 1); i++) {
      double left  = i == 0 ? page->left : g_array_index (columns, double, i);
      double right = i + 1 < columns->len ? g_array_index (columns, double, i + 1) : MAX (page->right, left) + 2 * SAME_EDGE;
      emit_column (page, parts, left, right);
    }
  g_array_set_size (parts, 0);
  g_array_set_size (columns, 0);
}

static void
add_line (Stretch        *stretch,
          const Fragment *fragment)
{
  if (stretch->lines->len > 0) {
    HkBox *last = &g_array_index (stretch->lines, HkBox, stretch->lines->len - 1);
    if (hk_box_mid_y (&fragment->box) < last->y1) {
      *last = hk_box_union (*last, fragment->box);
      return;
    }
  }
  g_array_append_val (stretch->lines, fragment->box);
}

/* The fragments behind FRAGMENT on its line that are no labels. */
static GArray *
rest_of_line (const Page *page,
              guint       fragment)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   line  = fragment_at (page, fragment)->line;

  for (guint i = fragment + 1; i < page->fragments->len && fragment_at (page, i)->line == line; i++)
    if (fragment_at (page, i)->label < 0)
      g_array_append_val (parts, i);
  return parts;
}

/* A label with its value below, or a heading, which may have marks beside it.
   Labels side by side on one line head columns. Returns how many fragments
   behind it were taken with it. */
static guint
emit_lone_label (Page        *page,
                 const Label *label,
                 double      *line,
                 GArray      *columns)
{
  guint  last = g_array_index (label->parts, guint, label->parts->len - 1);
  double y    = hk_box_mid_y (&label->box);
  HkBox  box  = label->box;
  g_autoptr (GArray) beside = rest_of_line (page, last);

  if (fabs (y - *line) > LEVEL * page->em)
    g_array_set_size (columns, 0);
  *line = y;
  g_array_append_val (columns, label->box.x0);
  if (beside->len == 0 && columns->len == 1 && page->values > 0)
    box.x1 = MAX (page->right, box.x1);
  if (page->dry)
    return beside->len;
  emit (page, label->parts, box);
  if (beside->len > 0) {
    box.x0 = fragment_at (page, g_array_index (beside, guint, 0))->box.x0;
    box.x1 = page->right;
    emit (page, beside, box);
  }
  return beside->len;
}

static void
walk_page (Page    *page,
           gboolean dry)
{
  g_autoptr (GArray) text    = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (double));
  Stretch stretch = { g_array_new (FALSE, FALSE, sizeof (guint)), g_array_new (FALSE, FALSE, sizeof (HkBox)),
                      g_array_new (FALSE, TRUE, sizeof (guint)), g_array_new (FALSE, TRUE, sizeof (gboolean)) };
  double   line  = -G_MAXDOUBLE;
  gboolean below = FALSE; /* the last label has its value under it */

  page->dry = dry;
  for (guint i = 0; i < page->fragments->len; i++) {
    const Fragment *fragment = fragment_at (page, i);

    if (fragment->label >= 0) {
      const Label *label = label_at (page, fragment->label);
      guint        which = (guint) fragment->label;

      if (g_array_index (label->parts, guint, 0) != i)
        continue;
      below = label->kind == LABEL_BELOW;
      if (!is_lone (label->kind) && page->values > 0) {
        emit_text (page, text, columns);
        g_array_append_val (stretch.labels, which);
      }
      else {
        emit_stretch (page, &stretch);
        if (text->len > 0)
          emit_text (page, text, columns);
        i += emit_lone_label (page, label, &line, columns);
      }
    }
    else if (page->values > 0 && fragment->box.x0 >= page->values && text->len == 0 && !below)
      add_line (&stretch, fragment);
    else {
      emit_stretch (page, &stretch);
      g_array_append_val (text, i);
    }
  }
  emit_stretch (page, &stretch);
  emit_text (page, text, columns);
  g_array_unref (stretch.labels);
  g_array_unref (stretch.lines);
  g_array_unref (stretch.of);
  g_array_unref (stretch.doubt);
}

/* Whether the loose lines among CELLS hold most of the page's characters. */
static gboolean
lacks_rules (const HkPage *page,
             GPtrArray    *cells)
{
  guint ruled = 0;

  for (guint i = 0; i < cells->len; i++) {
    const HkTextCell *cell = cells->pdata[i];
    if (!cell->loose)
      ruled += cell->glyphs->len;
  }
  return ruled < RULED_PART * page->glyphs->len;
}

void
hk_align_page (HkAlignment        *alignment,
               const HkPage       *source,
               GPtrArray          *cells,
               const HkVocabulary *vocabulary,
               HkDocument         *document)
{
  HkBox whole = { 0, 0, source->width, source->height };
  guint beside = 0;

  if (!lacks_rules (source, cells))
    return;

  Page page = { .text = hk_text_cell_new (source->number, whole, 0, FALSE), .vocabulary = vocabulary, .page = source->number };
  page.fragments = g_array_new (FALSE, TRUE, sizeof (Fragment));
  page.labels    = g_array_new (FALSE, TRUE, sizeof (Label));
  page.out       = g_ptr_array_new ();
  g_array_set_clear_func (page.labels, (GDestroyNotify) label_clear);

  g_autoptr (GArray) loose = g_array_new (FALSE, FALSE, sizeof (HkGlyph));
  for (guint i = 0; i < cells->len; i++) {
    const HkTextCell *cell = cells->pdata[i];
    if (cell->loose && !(cell->glyphs->len > 0 && hk_cell_glyph (cell, 0)->use == HK_USE_RUNNING))
      g_array_append_vals (loose, cell->glyphs->data, cell->glyphs->len);
  }
  hk_text_cell_fill (page.text, source->number, whole, (const HkGlyph *) loose->data, loose->len);
  for (guint l = 0; l < page.text->lines->len; l++)
    page.em += hk_box_height (&hk_cell_line (page.text, l)->box) / page.text->lines->len;
  find_fragments (&page);
  find_labels (&page);
  page.values = find_values (&page);
  if (page.values > 0) { /* long labels reach to the values: now they can be told apart */
    cut_at_values (&page);
    g_array_set_size (page.labels, 0);
    find_labels (&page);
  }
  page.left = G_MAXDOUBLE;
  for (guint i = 0; i < page.fragments->len; i++) {
    page.left  = MIN (page.left, fragment_at (&page, i)->box.x0);
    page.right = MAX (page.right, fragment_at (&page, i)->box.x1);
  }
  page.values = find_values (&page);
  drop_labels_in_values (&page);
  for (guint i = 0; i < page.labels->len; i++)
    beside += label_at (&page, i)->kind == LABEL_BESIDE;

  walk_page (&page, TRUE);
  alignment->cost_top += page.cost_top;
  alignment->cost_middle += page.cost_middle;
  page.middle = alignment->cost_middle < alignment->cost_top;
  walk_page (&page, FALSE);
  if (beside > 0) {
    HkPlace place = { .page = source->number };
    hk_report (document, HK_DIAG_PAGE_WITHOUT_RULES, &place);
  }
  for (guint i = cells->len; i-- > 0;) {
    HkTextCell *cell = cells->pdata[i];
    if (cell->loose && !(cell->glyphs->len > 0 && hk_cell_glyph (cell, 0)->use == HK_USE_RUNNING)) {
      g_ptr_array_remove_index (cells, i);
      hk_text_cell_free (cell);
    }
  }
  if (page.out->len > 0)
    ((HkTextCell *) page.out->pdata[page.out->len - 1])->open |= HK_SIDE_BOTTOM;
  g_ptr_array_extend (cells, page.out, NULL, NULL);
  g_array_unref (page.fragments);
  g_array_unref (page.labels);
  g_ptr_array_unref (page.out);
  hk_text_cell_free (page.text);
}
