/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which row of the form each label is, so that all of them together follow the form
 * at the least cost: rows passed over, going back, what is unlike. A label may also
 * be none: text that says what a label says.
 *
 * The cost of a step depends on the two rows alone, so the cheapest way to each row
 * is kept, and one pass finds the best of all ways.
 */
#include "grid.h"

#include <string.h>

/* More labels than any assessment has are left to the parser, one by one. */
#define LABELS_MAX 20000

#define COST_SKIPPED 2      /* each row of the form that is passed over */
#define COST_SKIPPED_MAX 40
#define COST_HEADING 3      /* likewise each heading */
#define COST_UNOPENED 10    /* an item of a block, or of a part, whose heading is missing */
#define COST_BLOCK 2        /* the next one of a repeated block */
#define COST_FILE 4         /* Ⅱ or Ⅲ of the next file, … */
#define COST_FILE_NAMED 14  /* … without its heading */
#define COST_BACK 90
#define COST_BACK_NEAR 60   /* a row of the same heading, again */
#define COST_NO_LABEL 10    /* it is text, … */
#define COST_NO_LABEL_NUMBERED 6 /* … though it has its number, … */
#define COST_NO_LABEL_HEADING 20  /* … or is a heading with its number … */
#define COST_NO_LABEL_PART 45     /* … or the title of a part, … */
#define COST_NO_LABEL_EACH 2      /* … for each of its characters: nobody writes a long one by chance, … */
#define COST_NO_LABEL_LONG 45
#define COST_NO_LABEL_BESIDE 14  /* … and something stands beside it, as beside a label */

#define COST_SURE 1000
#define COST_NONE (G_MAXINT / 2)
#define NOT_TAKEN G_MAXUINT16

typedef struct {
  HkGrid       *grid;
  const HkForm *form;
  guint        *printed; /* for each row how many rows with labels stand before it, … */
  guint        *outside; /* … and of those that are no block's: blocks may be blank, or missing */
  guint        *headings;
  guint16      *back;    /* for each label and row: the row before it, or NOT_TAKEN */
} Outliner;

/* --- The form ------------------------------------------------------------------------- */

/* Whether ROW has a label that is printed whether it is filled in or not. */
static gboolean
is_printed (const HkFormRow *row)
{
  return *row->label != '\0' && row->shape != HK_ROW_WORDS && row->placement != HK_PLACE_INSIDE && row->placement != HK_PLACE_COLUMN && row->placement != HK_PLACE_SCATTERED;
}

static const HkFormRow *
above (const HkForm    *form,
       const HkFormRow *row,
       HkRowShape       shape)
{
  while (row != NULL && row->shape != shape)
    row = hk_form_parent (form, row);
  return row;
}

static const HkFormRow *
part_of (const HkForm    *form,
         const HkFormRow *row)
{
  while (row->depth > 0)
    row = hk_form_parent (form, row);
  return row;
}

static gboolean
is_of_file (const HkFormRow *part)
{
  return part->path != NULL && g_str_has_prefix (part->path, "file[]");
}

guint
hk_grid_rows_between (const HkForm    *form,
                      const HkFormRow *from,
                      const HkFormRow *to)
{
  guint n = 0;

  for (const HkFormRow *row = from != NULL ? from + 1 : form->rows; row < to; row++)
    n += is_printed (row) && row->shape != HK_ROW_BLOCK && above (form, row, HK_ROW_BLOCK) == NULL;
  return n;
}

static void
count_rows (Outliner *outliner)
{
  const HkForm *form = outliner->form;

  for (guint i = 0; i < form->n_rows; i++) {
    const HkFormRow *row = &form->rows[i];
    outliner->printed[i + 1]  = outliner->printed[i] + is_printed (row);
    outliner->outside[i + 1]  = outliner->outside[i] + (is_printed (row) && above (form, row, HK_ROW_BLOCK) == NULL);
    outliner->headings[i + 1] = outliner->headings[i] + (row->shape == HK_ROW_HEADING || row->shape == HK_ROW_PART);
  }
}

/* --- Steps --------------------------------------------------------------------------------- */

static int
skip_cost (const Outliner *outliner,
           guint           from, /* the first row that is passed over */
           guint           to)
{
  const HkForm *form = outliner->form;
  guint         cost;

  if (from >= to)
    return 0;

  const HkFormRow *block  = above (form, &form->rows[from], HK_ROW_BLOCK);
  gboolean         within = block != NULL && to < form->n_rows && above (form, &form->rows[to], HK_ROW_BLOCK) == block;
  const guint     *count  = within ? outliner->printed : outliner->outside;
  cost = COST_SKIPPED * (count[to] - count[from]) + COST_HEADING * (outliner->headings[to] - outliner->headings[from]);
  return (int) MIN (cost, COST_SKIPPED_MAX);
}

/* The next row that is no more part of CONTAINER. */
static guint
end_of (const HkForm    *form,
        const HkFormRow *container)
{
  const HkFormRow *row = container + 1, *end = form->rows + form->n_rows;

  while (row < end && row->depth > container->depth)
    row++;
  return (guint) (row - form->rows);
}

/* What it costs that the rows above TO were not read since FROM. */
static int
unopened_cost (const Outliner  *outliner,
               const HkFormRow *from,
               const HkFormRow *to)
{
  int cost = 0;

  for (const HkFormRow *row = hk_form_parent (outliner->form, to); row != NULL; row = hk_form_parent (outliner->form, row))
    if (row > from && (row->shape == HK_ROW_BLOCK || row->shape == HK_ROW_PART || row->shape == HK_ROW_RISK))
      cost += COST_UNOPENED;
  return cost;
}

static int
cost_back (const Outliner  *outliner,
           const HkFormRow *from,
           const HkFormRow *to)
{
  const HkForm    *form = outliner->form;
  const HkFormRow *part = part_of (form, from);
  guint            next = (guint) (from - form->rows) + 1;

  if (to->shape == HK_ROW_BLOCK && hk_form_parent (form, to) == above (form, from, HK_ROW_HEADING))
    return COST_BLOCK;
  if (to->shape == HK_ROW_PART && is_of_file (to))
    return COST_FILE + (is_of_file (part) ? 0 : COST_FILE) + skip_cost (outliner, next, end_of (form, part)) / 4;
  if (to->shape == HK_ROW_HEADING && is_of_file (part_of (form, to)) && *to[1].label == '\0' && g_str_has_suffix (to[1].path, "/name"))
    return COST_FILE_NAMED + skip_cost (outliner, next, end_of (form, part)) / 4;
  if (to->depth > 0 && from->depth > 0 && above (form, from, HK_ROW_HEADING) == above (form, to, HK_ROW_HEADING) && to->shape != HK_ROW_HEADING)
    return COST_BACK_NEAR;
  return COST_BACK;
}

static int
cost_of (const Outliner  *outliner,
         const HkFormRow *from, /* NULL: the beginning */
         const HkFormRow *to)
{
  const HkFormRow *rows = outliner->form->rows;

  if (from == NULL)
    return skip_cost (outliner, 0, (guint) (to - rows)) / 2 + unopened_cost (outliner, rows - 1, to);
  if (to <= from)
    return cost_back (outliner, from, to);
  return skip_cost (outliner, (guint) (from - rows) + 1, (guint) (to - rows)) + unopened_cost (outliner, from, to);
}

/* What it costs to take LABEL for text. */
static int
cost_of_text (const Outliner    *outliner,
              const HkGridLabel *label)
{
  int cost = 0;

  if (label->sure)
    return COST_SURE;
  for (guint m = label->first; m < label->first + label->n_matches; m++) {
    const HkGridMatch *match = hk_grid_match (outliner->grid, m);
    const HkFormRow   *row   = &outliner->form->rows[match->row];

    if (match->cost > 0)
      continue;
    cost = MAX (cost, (int) MIN (COST_NO_LABEL_EACH * label->n, COST_NO_LABEL_LONG));
    cost = MAX (cost, row->shape == HK_ROW_PART                              ? COST_NO_LABEL_PART
                      : row->shape == HK_ROW_HEADING && *row->number != '\0' ? COST_NO_LABEL_HEADING
                      : *row->number != '\0'                                 ? COST_NO_LABEL_NUMBERED
                                                                             : 0);
  }
  return COST_NO_LABEL + cost + (label->beside ? COST_NO_LABEL_BESIDE : 0);
}

/* --- The best way ------------------------------------------------------------------------------ */

/* One label more: COST holds what the cheapest way to each row costs, the last one being
   the beginning. */
static void
take_label (Outliner *outliner,
            guint     l,
            int      *cost,
            int      *before)
{
  const HkGridLabel *label = hk_grid_label (outliner->grid, l);
  guint              n     = outliner->form->n_rows;
  guint16           *back  = outliner->back + (gsize) l * (n + 1);
  int                text  = cost_of_text (outliner, label);

  memcpy (before, cost, (n + 1) * sizeof (int));
  for (guint r = 0; r <= n; r++) {
    cost[r] = MIN (before[r] + text, COST_NONE);
    back[r] = NOT_TAKEN;
  }
  for (guint m = label->first; m < label->first + label->n_matches; m++) {
    const HkGridMatch *match = hk_grid_match (outliner->grid, m);
    const HkFormRow   *to    = &outliner->form->rows[match->row];

    for (guint r = 0; r <= n; r++) {
      if (before[r] >= COST_NONE)
        continue;
      int way = before[r] + cost_of (outliner, r == n ? NULL : &outliner->form->rows[r], to) + (int) match->cost;
      if (way <= cost[match->row]) {
        cost[match->row] = way;
        back[match->row] = (guint16) r;
      }
    }
  }
}

void
hk_grid_choose (HkGrid *grid)
{
  guint    n = grid->form->n_rows, n_labels = MIN (grid->labels->len, LABELS_MAX), best = n;
  Outliner outliner = { .grid = grid, .form = grid->form };
  g_autofree guint   *printed  = g_new0 (guint, n + 1), *outside = g_new0 (guint, n + 1), *headings = g_new0 (guint, n + 1);
  g_autofree guint16 *back     = g_new (guint16, (gsize) (n_labels + 1) * (n + 1));
  g_autofree int     *cost     = g_new (int, n + 1), *before = g_new (int, n + 1);

  outliner.printed  = printed;
  outliner.outside  = outside;
  outliner.headings = headings;
  outliner.back     = back;
  count_rows (&outliner);
  for (guint r = 0; r <= n; r++)
    cost[r] = r == n ? 0 : COST_NONE;
  for (guint l = 0; l < n_labels; l++)
    take_label (&outliner, l, cost, before);
  for (guint r = 0; r <= n; r++)
    if (cost[r] < cost[best])
      best = r;
  for (guint l = n_labels; l-- > 0;) {
    guint16 from = back[(gsize) l * (n + 1) + best];
    if (from == NOT_TAKEN)
      continue;
    hk_grid_label (grid, l)->chosen = best;
    best = from;
  }
}
