/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "align.h"
#include "missing.h"

#include <math.h>
#include <string.h>

/* A gap between lines that parts what stands under a label from what follows (em). */
#define TEXT_GAP 2.5

/* A value has no more lines than a page; hostile pages have more lines than
   that, and all ways to deal them out are more than can be tried. */
#define VALUE_LINES 150
#define GLYPHS_MAX 20000 /* on a page; a form has some 2000, and alignment compares pieces of text with each other */

/* Costs of dealing lines out to labels (em). */
#define COST_EMPTY 0.5 /* a label without a value */
#define COST_MISSED 2.5 /* a label without a value, though a line is level with it */
#define COST_NEVER 1e6  /* a value for a label that has none */
#define LEVEL 0.3       /* what is level differs by no more */
#define COST_TEAR 0.4  /* two lines close together given to two labels */
#define OFF_LEVEL 1.0   /* a value so far off its label may be half of one: the page ends in it */
#define DOUBT 0.6      /* another reading that costs only so much more */

/* One region being aligned. */
typedef struct {
  HkRegion  region;
  gboolean  dry;    /* only the costs are wanted */
  gboolean *taken;  /* by fragment: it stands beside a heading and went with it */
  gboolean  closed; /* it holds whole rows only */
  gboolean  middle; /* labels are level with their value's middle; else with its top */
  double    cost_top, cost_middle;
  GPtrArray *out;   /* HkTextCell */
} Page;

#define fragment_at(page, i) hk_region_fragment (&(page)->region, (i))
#define label_at(page, i) hk_region_label (&(page)->region, (i))

/* --- 4. Rows ---------------------------------------------------------------------------- */

/* A stretch of the page between labels that stand alone: the labels with a value
   beside them, and the lines of the value column. */
typedef struct {
  GArray *labels; /* guint */
  GArray *lines;  /* HkBox */
  GArray *starts; /* guint, for each line: its first among PARTS */
  GArray *parts;  /* guint, the lines' fragments */
  GArray *of;     /* guint, for each line: which of the labels */
  GArray *doubt;  /* gboolean, for each label */
  GArray *level;  /* guint8, for each label: whether a line is level with it, by top or middle */
} Stretch;

enum { LEVEL_TOP = 1, LEVEL_MIDDLE = 2 };

/* Notes for each label whether a line is level with it, as a value of one line
   would be. */
static void
find_levels (const Page *page,
             Stretch    *stretch)
{
  double near = LEVEL * page->region.em;

  g_array_set_size (stretch->level, stretch->labels->len);
  for (guint l = 0; l < stretch->labels->len; l++) {
    const HkBox *box   = &label_at (page, g_array_index (stretch->labels, guint, l))->box;
    guint8       level = 0;

    for (guint i = 0; i < stretch->lines->len; i++) {
      const HkBox *line = &g_array_index (stretch->lines, HkBox, i);
      if (fabs (line->y0 - box->y0) < near)
        level |= LEVEL_TOP;
      if (fabs (hk_box_mid_y (line) - hk_box_mid_y (box)) < near)
        level |= LEVEL_MIDDLE;
    }
    g_array_index (stretch->level, guint8, l) = level;
  }
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
  const HkLabelSpot *what = label_at (page, g_array_index (stretch->labels, guint, label));
  const HkBox *box  = &what->box;

  if (what->kind == HK_LABEL_GROUP)
    return from == to ? 0 : COST_NEVER;
  if (from == to)
    return g_array_index (stretch->level, guint8, label) & (middle ? LEVEL_MIDDLE : LEVEL_TOP) ? COST_MISSED : COST_EMPTY;
  const HkBox *first = &g_array_index (stretch->lines, HkBox, from);
  const HkBox *last  = &g_array_index (stretch->lines, HkBox, to - 1);
  double       off   = middle ? (first->y0 + last->y1) / 2 - hk_box_mid_y (box) : first->y0 - box->y0;
  double       cost  = fabs (off) / page->region.em;

  if (to < stretch->lines->len) {
    const HkBox *next = &g_array_index (stretch->lines, HkBox, to);
    if (next->y0 - last->y1 < 0.5 * page->region.em)
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
  gsize width = (gsize) m + 1;
  g_autofree double *cost = g_new (double, (n + 1) * width); /* of the first i labels taking the first j lines */
  g_autofree guint  *from = g_new0 (guint, (n + 1) * width);

  for (guint j = 0; j <= m; j++)
    cost[j] = j == 0 ? 0 : G_MAXDOUBLE;
  for (guint i = 1; i <= n; i++)
    for (guint j = 0; j <= m; j++) {
      double *best = &cost[i * width + j];

      *best = G_MAXDOUBLE;
      for (guint k = j > VALUE_LINES ? j - VALUE_LINES : 0; k <= j; k++) {
        double before = cost[(i - 1) * width + k];
        if (before == G_MAXDOUBLE)
          continue;
        double total = before + deal_cost (page, stretch, i - 1, k, j, middle);
        if (total < *best) {
          *best                 = total;
          from[i * width + j] = k;
        }
      }
    }

  g_array_set_size (stretch->of, m);
  for (guint i = n, j = m; i > 0; i--) {
    guint k = from[i * width + j];
    for (guint line = k; line < j; line++)
      g_array_index (stretch->of, guint, line) = i - 1;
    j = k;
  }
  return cost[n * width + m];
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

static gboolean
is_value (const Page       *page,
          const HkFragment *fragment)
{
  return fragment->label < 0 && (fragment->box.x0 >= page->region.values || fragment->beside);
}

/* The fragments of lines [FROM, TO). */
static GArray *
fragments_in (const Stretch *stretch,
              guint          from,
              guint          to)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (guint));

  if (from < to) {
    guint first = g_array_index (stretch->starts, guint, from);
    guint end   = to < stretch->lines->len ? g_array_index (stretch->starts, guint, to) : stretch->parts->len;
    g_array_append_vals (parts, &g_array_index (stretch->parts, guint, first), end - first);
  }
  return parts;
}

static HkTextCell *
emit (Page         *page,
      const GArray *parts,
      HkBox         box)
{
  HkTextCell *cell = hk_region_cell (&page->region, parts, box);

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
  const HkLabelSpot *what = label_at (page, g_array_index (stretch->labels, guint, label));
  HkBox        row  = { what->box.x0, what->box.y0, page->region.values, what->box.y1 };
  guint        from, to;

  if (what->kind == HK_LABEL_GROUP) {
    emit (page, what->parts, what->box);
    return;
  }
  dealt (stretch, label, &from, &to);
  for (guint i = from; i < to; i++) {
    row.y0 = MIN (row.y0, g_array_index (stretch->lines, HkBox, i).y0);
    row.y1 = MAX (row.y1, g_array_index (stretch->lines, HkBox, i).y1);
  }
  emit (page, what->parts, row);

  g_autoptr (GArray) parts = fragments_in (stretch, from, to);
  HkTextCell *value = emit (page, parts, (HkBox){ page->region.values, row.y0, page->region.right, row.y1 });
  if (g_array_index (stretch->doubt, gboolean, label) ||
      (!page->closed && from < to && deal_cost (page, stretch, label, from, to, page->middle) > OFF_LEVEL))
    value->doubt = HK_DOUBT_NEIGHBOUR;
}

/* The page begins in the middle of a value: lines before the first label that
   are not level with it. */
static void
emit_rest (Page    *page,
           Stretch *stretch)
{
  guint n = stretch->lines->len;

  if (stretch->labels->len > 0 && (page->middle || page->closed))
    n = 0; /* they may be the upper half of the first label's value */
  else if (stretch->labels->len > 0) {
    const HkBox *first = &label_at (page, g_array_index (stretch->labels, guint, 0))->box;
    for (n = 0; n < stretch->lines->len && g_array_index (stretch->lines, HkBox, n).y0 < first->y0 - LEVEL * page->region.em;)
      n++;
  }
  if (n == 0 || page->dry)
    return;

  g_autoptr (GArray) parts = fragments_in (stretch, 0, n);
  HkBox box = { page->region.values, g_array_index (stretch->lines, HkBox, 0).y0, page->region.right, g_array_index (stretch->lines, HkBox, n - 1).y1 };
  HkTextCell *cell = emit (page, parts, box);
  if (page->out->len == 1)
    cell->open = HK_SIDE_TOP;
  g_array_remove_range (stretch->lines, 0, n);
  g_array_remove_range (stretch->starts, 0, n);
}

static void
emit_stretch (Page    *page,
              Stretch *stretch)
{
  guint n = stretch->labels->len;

  emit_rest (page, stretch);
  find_levels (page, stretch);
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
  g_array_set_size (stretch->starts, 0);
  g_array_set_size (stretch->parts, 0);
  g_array_set_size (stretch->of, 0);
  g_array_set_size (stretch->doubt, 0);
  g_array_set_size (stretch->level, 0);
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
  g_autoptr (HkTextCell) cell = hk_region_cell (&page->region, one, (HkBox){ 0, 0, 0, 0 });
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

/* Emits the fragments PARTS as the cell of one column, a new one behind every
   wide gap. */
static void
emit_column (Page         *page,
             const GArray *parts,
             double        left,
             double        right)
{
  g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (guint));
  HkBox box = { left, 0, right, 0 };

  if (page->out->len == 0 && parts_left (page, parts) > left + 4 * page->region.em)
    box.x0 = parts_left (page, parts) - HK_SAME_EDGE; /* what runs over the page's end keeps its column */
  for (guint i = 0; i <= parts->len; i++) {
    const HkFragment *part = i < parts->len ? fragment_at (page, g_array_index (parts, guint, i)) : NULL;

    if (here->len > 0 && (part == NULL || part->box.y0 - box.y1 > TEXT_GAP * page->region.em || is_form_mark (page, parts, i))) {
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

/* The column whose heading stands over BOX, by what they share, else by nearness. */
static guint
column_over (const GArray *columns,
             const HkBox  *box)
{
  guint  best = 0;
  double most = -G_MAXDOUBLE;

  for (guint i = 0; i < columns->len; i++) {
    const HkBox *column = &g_array_index (columns, HkBox, i);
    double shared = MIN (column->x1, box->x1) - MAX (column->x0, box->x0); /* negative: so far apart */
    if (shared > most) {
      most = shared;
      best = i;
    }
  }
  return best;
}

/* Text that reaches over the label column, gathered until a label came: below
   labels that stand side by side, it is parted into their columns. */
static void
emit_text (Page   *page,
           GArray *parts,
           GArray *columns)
{
  if (parts->len > 0 && !page->dry && columns->len < 2)
    emit_column (page, parts, page->region.left, page->region.right + 2 * HK_SAME_EDGE);
  else if (parts->len > 0 && !page->dry)
    for (guint c = 0; c < columns->len; c++) {
      g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (guint));
      HkBox box = g_array_index (columns, HkBox, c);

      for (guint i = 0; i < parts->len; i++) {
        const HkBox *part = &fragment_at (page, g_array_index (parts, guint, i))->box;
        if (column_over (columns, part) != c)
          continue;
        g_array_append_val (here, g_array_index (parts, guint, i));
        box.x0 = MIN (box.x0, part->x0);
        box.x1 = MAX (box.x1, part->x1);
      }
      if (here->len > 0)
        emit_column (page, here, box.x0, box.x1);
    }
  g_array_set_size (parts, 0);
  g_array_set_size (columns, 0);
}

static void
add_line (const Page *page,
          Stretch    *stretch,
          guint       part)
{
  const HkBox *box  = &fragment_at (page, part)->box;
  HkBox       *last = stretch->lines->len > 0 ? &g_array_index (stretch->lines, HkBox, stretch->lines->len - 1) : NULL;

  if (last != NULL && hk_box_mid_y (box) < last->y1)
    *last = hk_box_union (*last, *box);
  else {
    guint start = stretch->parts->len;
    g_array_append_val (stretch->starts, start);
    g_array_append_vals (stretch->lines, box, 1);
  }
  g_array_append_val (stretch->parts, part);
}

/* The fragments behind FRAGMENT on its line, as far as the next label. */
static GArray *
rest_of_line (const Page *page,
              guint       fragment)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   line  = fragment_at (page, fragment)->line;

  for (guint i = fragment + 1; i < page->region.fragments->len; i++) {
    if (fragment_at (page, i)->line != line || fragment_at (page, i)->label >= 0)
      break;
    g_array_append_val (parts, i);
  }
  return parts;
}

/* A label with its value below, or a heading, which may have marks beside it.
   Labels side by side on one line head columns. What is taken with it is noted. */
static void
emit_lone_label (Page        *page,
                 const HkLabelSpot *label,
                 double      *line,
                 GArray      *columns)
{
  guint  last = g_array_index (label->parts, guint, label->parts->len - 1);
  double y    = hk_box_mid_y (&label->box);
  HkBox  box  = label->box;
  g_autoptr (GArray) beside = rest_of_line (page, last);

  if (fabs (y - *line) > LEVEL * page->region.em)
    g_array_set_size (columns, 0);
  *line = y;
  g_array_append_val (columns, label->box);
  if (beside->len == 0 && columns->len == 1 && page->region.values > 0)
    box.x1 = MAX (page->region.right, box.x1);
  for (guint i = 0; i < beside->len; i++)
    page->taken[g_array_index (beside, guint, i)] = TRUE;
  if (page->dry)
    return;
  emit (page, label->parts, box);
  if (beside->len > 0) {
    box.x0 = fragment_at (page, g_array_index (beside, guint, 0))->box.x0;
    box.x1 = page->region.right;
    emit (page, beside, box);
  }
}

static void
walk_page (Page    *page,
           gboolean dry)
{
  g_autoptr (GArray) text    = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (HkBox));
  Stretch stretch = { g_array_new (FALSE, FALSE, sizeof (guint)), g_array_new (FALSE, FALSE, sizeof (HkBox)),
                      g_array_new (FALSE, FALSE, sizeof (guint)), g_array_new (FALSE, FALSE, sizeof (guint)),
                      g_array_new (FALSE, TRUE, sizeof (guint)), g_array_new (FALSE, TRUE, sizeof (gboolean)),
                      g_array_new (FALSE, TRUE, sizeof (guint8)) };
  double   line  = -G_MAXDOUBLE;
  gboolean below = FALSE; /* the last label has its value under it */

  page->dry   = dry;
  page->taken = g_new0 (gboolean, page->region.fragments->len + 1);
  for (guint i = 0; i < page->region.fragments->len; i++) {
    const HkFragment *fragment = fragment_at (page, i);

    if (page->taken[i])
      continue;
    if (fragment->label >= 0) {
      const HkLabelSpot *label = label_at (page, fragment->label);
      guint        which = (guint) fragment->label;

      if (g_array_index (label->parts, guint, 0) != i)
        continue;
      below = label->kind == HK_LABEL_BELOW;
      if (!hk_label_is_lone (label->kind) && page->region.values > 0) {
        emit_text (page, text, columns);
        g_array_append_val (stretch.labels, which);
      }
      else {
        emit_stretch (page, &stretch);
        if (text->len > 0)
          emit_text (page, text, columns);
        emit_lone_label (page, label, &line, columns);
      }
    }
    else if (page->region.values > 0 && is_value (page, fragment) && text->len == 0 && !below)
      add_line (page, &stretch, i);
    else {
      emit_stretch (page, &stretch);
      g_array_append_val (text, i);
    }
  }
  emit_stretch (page, &stretch);
  emit_text (page, text, columns);
  g_clear_pointer (&page->taken, g_free);
  g_array_unref (stretch.labels);
  g_array_unref (stretch.lines);
  g_array_unref (stretch.starts);
  g_array_unref (stretch.parts);
  g_array_unref (stretch.of);
  g_array_unref (stretch.doubt);
  g_array_unref (stretch.level);
}

/* Reads REGION's rows into new cells, which the caller owns with the array.
   CLOSED: nothing in it can belong to the page before. */
static GPtrArray *
align (HkAlignment *alignment,
       HkRegion     region,
       gboolean     closed)
{
  Page page = { .region = region, .closed = closed, .out = g_ptr_array_new () };

  walk_page (&page, TRUE);
  alignment->cost_top += page.cost_top;
  alignment->cost_middle += page.cost_middle;
  page.middle = alignment->cost_middle < alignment->cost_top;
  walk_page (&page, FALSE);
  return page.out;
}

static void
align_above (void      *alignment,
             HkRegion  *region,
             GPtrArray *out)
{
  g_autoptr (GPtrArray) rows = align (alignment, *region, FALSE);

  g_ptr_array_extend (out, rows, NULL, NULL);
}

/* --- Pages without rules ------------------------------------------------------------------- */

static gboolean
is_body_line (const HkTextCell *cell)
{
  return cell->loose && !hk_text_cell_is_running (cell);
}
static void
align_page (HkAlignment        *alignment,
            const HkPage       *page,
            GPtrArray          *cells,
            const HkVocabulary *vocabulary,
            HkDocument         *document)
{
  g_autoptr (GArray) loose = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

  for (guint i = cells->len; i-- > 0;) {
    HkTextCell *cell = cells->pdata[i];
    if (hk_text_cell_is_running (cell))
      continue; /* what rules there are part headings from rows, if anything: alignment does as well */
    g_array_append_vals (loose, cell->glyphs->data, cell->glyphs->len);
    g_ptr_array_remove_index (cells, i);
    hk_text_cell_free (cell);
  }

  HkBox whole = { 0, 0, page->width, page->height };
  g_auto (HkRegion) region = hk_region_read (vocabulary, page->number, whole, (const HkGlyph *) loose->data, loose->len, alignment->values);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (!hk_table_align (&alignment->table, vocabulary, &region, align_above, alignment, rows))
    align_above (alignment, &region, rows);

  if (region.values > 0)
    alignment->values = region.values;
  if (hk_has_label_beside (&region)) {
    HkPlace place = { .page = page->number };
    hk_report (document, HK_DIAG_PAGE_WITHOUT_RULES, &place);
  }
  if (rows->len > 0)
    ((HkTextCell *) rows->pdata[rows->len - 1])->open |= HK_SIDE_BOTTOM;
  g_ptr_array_extend (cells, rows, NULL, NULL);
}

/* --- Cells that hold a label and its value ---------------------------------------------------- */

/* The cells that CELL is made of, if the rules between them are missing: REGION
   holds rows. */
static GPtrArray *
split_cell (HkAlignment      *alignment,
            const HkTextCell *cell,
            HkRegion          region)
{
  region.right = cell->box.x1;

  GPtrArray *rows = align (alignment, region, TRUE);
  if (region.labels->len == 1)
    for (guint i = 0; i < rows->len; i++) { /* one row: both parts are as high as the cell */
      HkTextCell *part = rows->pdata[i];
      part->box.y0 = part->last_box.y0 = cell->box.y0;
      part->box.y1 = part->last_box.y1 = cell->box.y1;
      part->open   = cell->open;
    }
  return rows;
}

static void
split_cells (HkAlignment        *alignment,
             GPtrArray          *cells,
             const HkVocabulary *vocabulary)
{
  for (guint i = 0; i < cells->len; i++) {
    HkTextCell *cell = cells->pdata[i];
    guint       taken;

    if (!cell->ruled || cell->glyphs->len == 0 || !hk_is_leftmost (cell, cells, vocabulary))
      continue;
    g_auto (HkRegion) region = hk_region_read (vocabulary, cell->page, cell->box, (const HkGlyph *) cell->glyphs->data, cell->glyphs->len, 0);
    if ((taken = hk_table_split (&alignment->table, &region, cells, i)) > 0) {
      i += taken - 1;
      continue;
    }
    if (!hk_holds_rows (&region))
      continue;
    g_autoptr (GPtrArray) rows = split_cell (alignment, cell, region);
    hk_text_cell_free (cell);
    g_ptr_array_remove_index (cells, i);
    for (guint k = 0; k < rows->len; k++)
      g_ptr_array_insert (cells, (int) (i + k), rows->pdata[k]);
    i += rows->len - 1;
  }
}

/* --- Loose lines between tables ---------------------------------------------------------------- */

/* Rows whose frame is not drawn, though other rows of the page have one. */
static void
align_loose_rows (HkAlignment        *alignment,
                  const HkPage       *page,
                  GPtrArray          *cells,
                  const HkVocabulary *vocabulary)
{
  for (guint first = 0; first < cells->len; first++) {
    g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));
    HkBox box = { 0, 0, 0, 0 };
    guint end = first;

    for (; end < cells->len && is_body_line (cells->pdata[end]); end++) {
      const HkTextCell *line = cells->pdata[end];
      g_array_append_vals (glyphs, line->glyphs->data, line->glyphs->len);
      box = hk_box_union (box, line->box);
    }
    if (end == first)
      continue;

    g_auto (HkRegion) region = hk_region_read (vocabulary, page->number, box, (const HkGlyph *) glyphs->data, glyphs->len, 0);
    if (!hk_has_label_beside (&region) || region.values <= 0) {
      first = end;
      continue;
    }
    g_autoptr (GPtrArray) rows = align (alignment, region, TRUE);
    for (guint i = first; i < end; i++)
      hk_text_cell_free (cells->pdata[i]);
    g_ptr_array_remove_range (cells, first, end - first);
    for (guint k = 0; k < rows->len; k++)
      g_ptr_array_insert (cells, (int) (first + k), rows->pdata[k]);
    first += rows->len;
  }
}

void
hk_align (HkAlignment        *alignment,
          const HkPage       *page,
          GPtrArray          *cells,
          const HkVocabulary *vocabulary,
          HkDocument         *document)
{
  if (page->glyphs->len == 0 || page->glyphs->len > GLYPHS_MAX)
    return;
  if (hk_lacks_rules (page, cells, vocabulary))
    align_page (alignment, page, cells, vocabulary, document);
  else {
    split_cells (alignment, cells, vocabulary);
    align_loose_rows (alignment, page, cells, vocabulary);
  }
}
