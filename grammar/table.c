/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "table.h"
#include "fold.h"
#include "typed.h"

#include <math.h>

/* So many headings side by side are those of a table. */
#define HEADINGS_MIN 4

/* Columns of so few ruled rows may part elsewhere than where a gap happens to be. */
#define ROWS_ENOUGH 4

/* A row has no more bands than a page; a hostile page may have thousands. */
#define ROW_BANDS 150

/* Costs of a row (em, as far as they are distances). */
#define COST_NO_DATE 3.0    /* it has none; half a row at a page's end has none */
#define COST_CUT_NO_DATE 1.0
#define COST_NOT_A_DATE 8.0 /* two dates, or something else */
#define COST_ROW 0.2        /* any row: fewer are better */
#define GAP_WORTH 0.5       /* of a clear gap between rows */
#define PAGE_END 0.85       /* text further down the page may go on on the next */
#define DOUBT 0.4           /* another grouping that costs only so much more */

/* A stretch of the page's height that lines of any column cover without a gap. */
typedef struct {
  double y0, y1;
} Band;

typedef struct {
  guint       n_columns;
  HkTextCell *column[HK_TABLE_COLUMNS]; /* all text of each; owned */
  GArray     *bands;                    /* Band */
  GArray     *line_at[HK_TABLE_COLUMNS]; /* guint, for each band and behind the last: a column's first line from there on */
  double      em;
  gboolean    middle;
} Body;

/* --- Columns ------------------------------------------------------------------ */

/* The headings of a table in REGION, left to right (guint, labels); empty: none. */
static GArray *
find_headings (const HkRegion *region)
{
  GArray *headings = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < region->labels->len; i++) {
    const HkLabelSpot *label = hk_region_label (region, i);
    const HkLabelSpot *first = headings->len > 0 ? hk_region_label (region, g_array_index (headings, guint, 0)) : label;

    if (label->kind != HK_LABEL_COLUMN)
      continue;
    if (fabs (hk_box_mid_y (&label->box) - hk_box_mid_y (&first->box)) > region->em)
      continue;
    guint at = headings->len;
    while (at > 0 && hk_region_label (region, g_array_index (headings, guint, at - 1))->box.x0 > label->box.x0)
      at--;
    g_array_insert_val (headings, at, i);
  }
  if (headings->len < HEADINGS_MIN || headings->len > HK_TABLE_COLUMNS)
    g_array_set_size (headings, 0);
  return headings;
}

/* The middle of the widest stretch between X0 and X1 where none of GLYPHS that
   are below TOP stands. */
static double
find_edge (const GArray *glyphs,
           double        top,
           double        x0,
           double        x1)
{
  guint n = (guint) MAX ((x1 - x0) * 2, 1); /* half points */
  g_autofree guint8 *covered = g_new0 (guint8, n);
  guint best = n / 2, most = 0;

  for (guint i = 0; i < glyphs->len; i++) {
    const HkGlyph *glyph = &g_array_index (glyphs, HkGlyph, i);
    if (hk_is_space (glyph->ch) || glyph->box.y0 < top)
      continue;
    for (double x = MAX (glyph->box.x0, x0); x < MIN (glyph->box.x1, x1); x += 0.5)
      covered[MIN ((guint) ((x - x0) * 2), n - 1)] = 1;
  }
  for (guint i = 0; i < n;) {
    guint end = i;
    while (end < n && !covered[end])
      end++;
    if (end - i > most) {
      most = end - i;
      best = i + most / 2;
    }
    i = end + 1;
  }
  return x0 + best / 2.0;
}

/* Finds the columns under HEADINGS from the GLYPHS below them, between LEFT and RIGHT. */
static void
find_edges (HkTable        *table,
            const HkRegion *region,
            const GArray   *headings,
            const GArray   *glyphs,
            double          left,
            double          right)
{
  double top = headings->len > 0 ? hk_region_label (region, g_array_index (headings, guint, 0))->box.y1 : 0;

  table->n_columns = headings->len;
  table->edge[0]   = left;
  for (guint i = 0; i + 1 < headings->len; i++) {
    const HkBox *a = &hk_region_label (region, g_array_index (headings, guint, i))->box;
    const HkBox *b = &hk_region_label (region, g_array_index (headings, guint, i + 1))->box;
    table->edge[i + 1] = find_edge (glyphs, top, a->x1, b->x0);
  }
  table->edge[headings->len] = right;
}

/* The column of TABLE that X lies in. */
static guint
column_at (const HkTable *table,
           double         x)
{
  guint c = 0;

  while (c + 1 < table->n_columns && x >= table->edge[c + 1])
    c++;
  return c;
}

/* --- Bands and rows ------------------------------------------------------------- */

static int
by_top (gconstpointer a,
        gconstpointer b)
{
  const Band *x = a, *y = b;

  return x->y0 < y->y0 ? -1 : x->y0 > y->y0 ? 1 : 0;
}

static void
find_bands (Body *body)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Band));

  for (guint c = 0; c < body->n_columns; c++)
    for (guint l = 0; l < body->column[c]->lines->len; l++) {
      const HkBox *box = &hk_cell_line (body->column[c], l)->box;
      double inset = 0.1 * hk_box_height (box); /* ascent and descent of neighbours may touch */
      Band   band  = { box->y0 + inset, box->y1 - inset };
      g_array_append_val (lines, band);
    }
  g_array_sort (lines, by_top);
  for (guint i = 0; i < lines->len; i++) {
    const Band *line = &g_array_index (lines, Band, i);
    Band       *last = body->bands->len > 0 ? &g_array_index (body->bands, Band, body->bands->len - 1) : NULL;

    if (last != NULL && line->y0 < last->y1)
      last->y1 = MAX (last->y1, line->y1);
    else
      g_array_append_vals (body->bands, line, 1);
  }
}

/* Notes where in each column the lines of each band begin. */
static void
find_lines (Body *body)
{
  for (guint c = 0; c < body->n_columns; c++) {
    const HkTextCell *column = body->column[c];
    guint             l      = 0;

    body->line_at[c] = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = 0; i < body->bands->len; i++) {
      while (l < column->lines->len && hk_box_mid_y (&hk_cell_line (column, l)->box) < g_array_index (body->bands, Band, i).y0)
        l++;
      g_array_append_val (body->line_at[c], l);
    }
    g_array_append_val (body->line_at[c], column->lines->len);
  }
}

/* The lines of column C that lie in bands [FROM, TO): first and how many. */
static guint
lines_in (const Body *body,
          guint       c,
          guint       from,
          guint       to,
          guint      *first)
{
  *first = g_array_index (body->line_at[c], guint, from);
  return g_array_index (body->line_at[c], guint, to) - *first;
}

/* The folded text of lines [FIRST, FIRST + N) of CELL. */
static char *
fold_lines (const HkTextCell *cell,
            guint             first,
            guint             n)
{
  const HkLine *a = hk_cell_line (cell, first), *b = hk_cell_line (cell, first + n - 1);

  return hk_text_cell_fold_span (cell, a->first, b->first + b->n - a->first);
}

static double
date_cost (const Body *body,
           guint       from,
           guint       to)
{
  gboolean at_end = from == 0 || to == body->bands->len;
  guint    first, n = lines_in (body, 0, from, to, &first);
  char     iso[11];

  if (n == 0)
    return at_end ? COST_CUT_NO_DATE : COST_NO_DATE;
  g_autofree char *text = fold_lines (body->column[0], first, n);
  return hk_date_parse (text, iso) == HK_DATE_NONE ? COST_NOT_A_DATE : 0;
}

/* What it costs to take bands [FROM, TO) for one row. */
static double
row_cost (const Body *body,
          guint       from,
          guint       to)
{
  double y0 = g_array_index (body->bands, Band, from).y0, y1 = g_array_index (body->bands, Band, to - 1).y1;
  double cost = date_cost (body, from, to) + COST_ROW;
  double off = 0;
  guint  filled = 0;

  for (guint c = 0; c < body->n_columns; c++) {
    guint first, n = lines_in (body, c, from, to, &first);

    if (n == 0)
      continue;
    const HkBox *a = &hk_cell_line (body->column[c], first)->box, *b = &hk_cell_line (body->column[c], first + n - 1)->box;
    off += fabs (body->middle ? (a->y0 + b->y1) / 2 - (y0 + y1) / 2 : a->y0 - y0) / body->em;
    filled++;
  }
  if (filled > 0)
    cost += off / filled;
  if (to < body->bands->len) {
    double gap = g_array_index (body->bands, Band, to).y0 - y1;
    cost -= GAP_WORTH * MIN (gap / body->em, 1);
  }
  return cost;
}

/* Groups all bands into rows at the least cost; ENDS (guint) gets the end of each. */
static double
group_bands (Body   *body,
             GArray *ends)
{
  guint m = body->bands->len;
  g_autofree double *cost = g_new (double, m + 1);
  g_autofree guint  *from = g_new0 (guint, m + 1);

  cost[0] = 0;
  for (guint to = 1; to <= m; to++) {
    cost[to] = G_MAXDOUBLE;
    for (guint k = to > ROW_BANDS ? to - ROW_BANDS : 0; k < to; k++) {
      double total = cost[k] + row_cost (body, k, to);
      if (total < cost[to]) {
        cost[to] = total;
        from[to] = k;
      }
    }
  }
  g_array_set_size (ends, 0);
  for (guint to = m; to > 0; to = from[to])
    g_array_prepend_val (ends, to);
  return cost[m];
}

/* Whether the boundary END between rows [FROM, END) and [END, TO) could as well be
   another. */
static gboolean
is_doubtful (const Body *body,
             guint       from,
             guint       end,
             guint       to)
{
  double now = row_cost (body, from, end) + row_cost (body, end, to);

  for (guint other = from + 1; other < to; other++)
    if (other != end && row_cost (body, from, other) + row_cost (body, other, to) < now + DOUBT)
      return TRUE;
  return FALSE;
}

/* --- Cells ------------------------------------------------------------------------ */

static HkTextCell *
emit (const HkRegion *region,
      HkBox           box,
      GPtrArray      *out)
{
  HkTextCell *cell = hk_text_cell_new (region->page, box, 0, FALSE);

  cell->aligned = TRUE;
  g_ptr_array_add (out, cell);
  return cell;
}

static void
emit_row (const HkTable  *table,
          const HkRegion *region,
          const Body     *body,
          guint           from,
          guint           to,
          gboolean        doubtful,
          GPtrArray      *out)
{
  guint first, open = 0;
  HkBox row = { 0, g_array_index (body->bands, Band, from).y0, 0, g_array_index (body->bands, Band, to - 1).y1 };

  if (from == 0 && lines_in (body, 0, from, to, &first) == 0)
    open |= HK_SIDE_TOP;
  if (to == body->bands->len)
    open |= HK_SIDE_BOTTOM;
  for (guint c = 0; c < body->n_columns; c++) {
    const HkTextCell *column = body->column[c];
    HkTextCell *cell = emit (region, (HkBox){ table->edge[c], row.y0, table->edge[c + 1], row.y1 }, out);
    guint       n    = lines_in (body, c, from, to, &first);

    cell->open     = open;
    cell->doubt    = doubtful ? HK_DOUBT_NEIGHBOUR : NULL;
    for (guint l = 0; l < n; l++) {
      const HkLine *line = hk_cell_line (column, first + l);
      hk_text_cell_fill (cell, region->page, cell->box, hk_cell_glyph (column, line->first), line->n);
    }
  }
}

static void
emit_body (const HkTable  *table,
           const HkRegion *region,
           Body           *body,
           GPtrArray      *out)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  find_bands (body);
  if (body->bands->len == 0)
    return;
  find_lines (body);
  body->middle  = TRUE;
  double middle = group_bands (body, ends);
  body->middle  = FALSE;
  if (group_bands (body, ends) >= middle) {
    body->middle = TRUE;
    group_bands (body, ends);
  }

  /* a row that the page's end cuts is level with nothing: its boundary is a guess */
  gboolean cut    = g_array_index (body->bands, Band, body->bands->len - 1).y1 > PAGE_END * region->text->box.y1;
  gboolean before = FALSE; /* the boundary above the row is in doubt */
  for (guint i = 0; i < ends->len; i++) {
    guint from = i > 0 ? g_array_index (ends, guint, i - 1) : 0, end = g_array_index (ends, guint, i);
    gboolean after = i + 1 < ends->len && ((cut && i + 2 == ends->len) || is_doubtful (body, from, end, g_array_index (ends, guint, i + 1)));

    emit_row (table, region, body, from, end, before || after, out);
    before = after;
  }
}

/* --- The table ----------------------------------------------------------------------- */

static gboolean
ends_table (const HkRegion *region)
{
  for (guint i = 0; i < region->labels->len; i++)
    if (hk_region_label (region, i)->kind == HK_LABEL_PART)
      return TRUE;
  return FALSE;
}

/* For each glyph of REGION whether it is one of HEADINGS. Free with g_free(). */
static gboolean *
heading_glyphs (const HkRegion *region,
                const GArray   *headings)
{
  gboolean *is_heading = g_new0 (gboolean, region->text->glyphs->len + 1);

  for (guint i = 0; i < headings->len; i++) {
    const HkLabelSpot *label = hk_region_label (region, g_array_index (headings, guint, i));

    for (guint p = 0; p < label->parts->len; p++) {
      const HkFragment *fragment = hk_region_fragment (region, g_array_index (label->parts, guint, p));
      for (guint g = fragment->first; g < fragment->first + fragment->n; g++)
        is_heading[g] = TRUE;
    }
  }
  return is_heading;
}

/* The glyphs of REGION that are no headings and whose middle is in [TOP, BOTTOM). */
static GArray *
glyphs_between (const HkRegion *region,
                const gboolean *is_heading,
                double          top,
                double          bottom)
{
  GArray *glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

  for (guint i = 0; i < region->text->glyphs->len; i++) {
    const HkGlyph *glyph = hk_cell_glyph (region->text, i);
    double         y     = hk_box_mid_y (&glyph->box);
    if (!is_heading[i] && y >= top && y < bottom)
      g_array_append_vals (glyphs, glyph, 1);
  }
  return glyphs;
}

static void
emit_headings (const HkTable  *table,
               const HkRegion *region,
               const GArray   *headings,
               double          top,
               double          bottom,
               GPtrArray      *out)
{
  for (guint i = 0; i < headings->len; i++) {
    const HkLabelSpot *label = hk_region_label (region, g_array_index (headings, guint, i));
    HkTextCell *cell = hk_region_cell (region, label->parts, (HkBox){ table->edge[i], top, table->edge[i + 1], bottom });

    cell->aligned = TRUE;
    g_ptr_array_add (out, cell);
  }
}

gboolean
hk_table_align (HkTable            *table,
                const HkVocabulary *vocabulary,
                const HkRegion     *region,
                HkTableOther        other,
                void               *data,
                GPtrArray          *out)
{
  g_autoptr (GArray) headings = find_headings (region);
  g_autofree gboolean *is_heading = heading_glyphs (region, headings);
  double top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  if (headings->len == 0 && (table->n_columns == 0 || ends_table (region))) {
    table->n_columns = 0;
    return FALSE;
  }
  for (guint i = 0; i < headings->len; i++) {
    const HkBox *box = &hk_region_label (region, g_array_index (headings, guint, i))->box;
    top    = MIN (top, box->y0);
    bottom = MAX (bottom, box->y1);
  }
  if (headings->len > 0) {
    g_autoptr (GArray) above  = glyphs_between (region, is_heading, -G_MAXDOUBLE, top);
    g_autoptr (GArray) beside = glyphs_between (region, is_heading, top, bottom);
    HkBox box = { 0, 0, region->right, top };
    g_auto (HkRegion) rest = hk_region_read (vocabulary, region->page, box, (const HkGlyph *) above->data, above->len, 0);

    find_edges (table, region, headings, region->text->glyphs, region->left - HK_SAME_EDGE, region->right + HK_SAME_EDGE);
    other (data, &rest, out);
    emit_headings (table, region, headings, top, bottom, out);
    if (beside->len > 0) { /* a column that the form does not know, or words between */
      HkTextCell *cell = hk_text_cell_new (region->page, (HkBox){ region->left, top, region->right, bottom }, 0, FALSE);
      cell->loose = TRUE;
      hk_text_cell_fill (cell, region->page, cell->box, (const HkGlyph *) beside->data, beside->len);
      g_ptr_array_add (out, cell);
    }
  }

  g_autoptr (GArray) below = glyphs_between (region, is_heading, bottom, G_MAXDOUBLE);
  Body body = { .n_columns = table->n_columns, .em = region->em, .bands = g_array_new (FALSE, FALSE, sizeof (Band)) };
  for (guint c = 0; c < body.n_columns; c++) {
    g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (HkGlyph));
    HkBox box = { table->edge[c], 0, table->edge[c + 1], 0 };

    for (guint i = 0; i < below->len; i++) {
      const HkGlyph *glyph = &g_array_index (below, HkGlyph, i);
      if (column_at (table, hk_box_mid_x (&glyph->box)) == c)
        g_array_append_vals (here, glyph, 1);
    }
    body.column[c] = hk_text_cell_new (region->page, box, 0, FALSE);
    hk_text_cell_fill (body.column[c], region->page, box, (const HkGlyph *) here->data, here->len);
  }
  emit_body (table, region, &body, out);
  for (guint c = 0; c < body.n_columns; c++) {
    hk_text_cell_free (body.column[c]);
    g_clear_pointer (&body.line_at[c], g_array_unref);
  }
  g_array_unref (body.bands);
  return TRUE;
}

/* --- Ruled rows without ruled columns --------------------------------------------------- */

/* The labels of REGION, left to right (guint), if they are all there is and stand
   side by side over values; else empty. */
static GArray *
find_row_of_headings (const HkRegion *region)
{
  GArray *headings = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < region->fragments->len; i++) {
    const HkFragment *fragment = hk_region_fragment (region, i);
    guint             label    = (guint) fragment->label;

    if (fragment->label < 0 || (hk_region_label (region, label)->kind != HK_LABEL_COLUMN && hk_region_label (region, label)->kind != HK_LABEL_BELOW)) {
      g_array_set_size (headings, 0);
      return headings;
    }
    if (headings->len == 0 || g_array_index (headings, guint, headings->len - 1) != label)
      g_array_append_val (headings, label);
  }
  if (headings->len < 2 || headings->len > HK_TABLE_COLUMNS)
    g_array_set_size (headings, 0);
  return headings;
}

static gboolean
same_span (const HkTextCell *cell,
           double            left,
           double            right)
{
  return cell->ruled && fabs (cell->box.x0 - left) < HK_SAME_EDGE && fabs (cell->box.x1 - right) < HK_SAME_EDGE;
}

/* Replaces cell I by one for each column of TABLE; returns how many. */
static guint
split_row (const HkTable *table,
           GPtrArray     *cells,
           guint          i,
           gboolean       doubtful)
{
  g_autoptr (HkTextCell) row = g_ptr_array_remove_index (cells, i);

  for (guint c = 0; c < table->n_columns; c++) {
    HkBox       box  = { table->edge[c], row->box.y0, table->edge[c + 1], row->box.y1 };
    HkTextCell *cell = hk_text_cell_new (row->page, box, row->open, FALSE);
    g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

    for (guint g = 0; g < row->glyphs->len; g++)
      if (column_at (table, hk_box_mid_x (&hk_cell_glyph (row, g)->box)) == c)
        g_array_append_vals (here, hk_cell_glyph (row, g), 1);
    hk_text_cell_fill (cell, row->page, box, (const HkGlyph *) here->data, here->len);
    cell->aligned = TRUE;
    cell->doubt   = doubtful ? HK_DOUBT_NEIGHBOUR : NULL;
    g_ptr_array_insert (cells, (int) (i + c), cell);
  }
  return table->n_columns;
}

guint
hk_table_split (HkTable        *table,
                const HkRegion *region,
                GPtrArray      *cells,
                guint           i)
{
  const HkTextCell *cell = cells->pdata[i];
  double left = cell->box.x0, right = cell->box.x1;
  g_autoptr (GArray) headings = find_row_of_headings (region);
  gboolean below = headings->len > 0 && hk_region_label (region, g_array_index (headings, guint, 0))->kind == HK_LABEL_BELOW;
  guint    end   = i + 1, taken = 0;

  if (headings->len == 0 && (table->n_columns == 0 || !same_span (cell, table->edge[0], table->edge[table->n_columns])))
    return 0;
  for (; end < cells->len && !(below && end == i + 2); end++)
    if (!same_span (cells->pdata[end], left, right) && (below || ((HkTextCell *) cells->pdata[end])->ruled))
      break;
  if (below && end == i + 1)
    return 0; /* no value under them: where their columns part is not known */
  if (headings->len > 0) {
    g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

    for (guint k = i + 1; k < (below ? end : cells->len); k++) {
      const HkTextCell *row = cells->pdata[k];
      g_array_append_vals (glyphs, row->glyphs->data, row->glyphs->len);
    }
    find_edges (table, region, headings, glyphs, left, right);
  }
  for (guint n = end - i; n > 0; n--)
    taken += ((HkTextCell *) cells->pdata[i + taken])->ruled ? split_row (table, cells, i + taken, end - i < ROWS_ENOUGH) : 1;
  if (below)
    table->n_columns = 0;
  return taken;
}
