/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of changes where spaces hold the columns.
 *
 * Columns begin where most parts of lines begin; the dates and 事前/事後 say
 * which of them is which. Each date is one row; where rows part between two
 * dates is what fits all columns best: cells stand in the middle of their row,
 * or at its top, and no cell has a hole.
 */
#include "history.h"
#include "fold.h"

#include <math.h>
#include <string.h>

/* White space that parts columns, and how much of the lines must have it. */
#define COLUMN_GAP 2
#define GRID_SHARE 0.3

/* Columns are looked for among this many places, … */
#define STARTS_MAX 40

/* … and rows parted within this many lines between two dates. */
#define WINDOW 400

/* Lines down to where a date that wraps goes on, and places that the line may be
   off the column's. */
#define DATE_LINES 3
#define DATE_OFF 8

/* What speaks against a row (costs). */
#define COST_HOLE 2.0       /* a line without text within a cell, beyond the first */
#define COST_OFF_MIDDLE 0.7 /* a line that the cell is off its place */
#define COST_OFF_MAX 4.0
#define COST_CUT_LINE 3.0   /* a full line parted from the one under it */
#define FULL_SLACK 3        /* half-width columns that a full line may be short, */
#define FULL_SHARE 0.8      /* … and how much of it one has that may be full */
#define COST_TIMINGS 12.0   /* not one 事前 or 事後 */
#define COST_BLANK 1.5
#define COST_SHIFT 0.6      /* a place that a part is off its column's */
#define LONG_SHARE 0.7      /* of the longest line: a long one */
#define COST_ITEMS 3.0      /* a second item in a row */
#define COST_OVER 2.0       /* a part that reaches over the next column's place */
#define MARGIN 1.0          /* a reading that costs no more than this beyond the best could be right too */

#define DOUBT_PLACE "by its place it may belong to the row above or below"
#define DOUBT_COLUMN "its column is not clear"

/* A line of the table: which bits stand in which column. */
typedef struct {
  guint    page, row;                   /* of the page's grid */
  HkRun    run[HK_CHANGE_COLUMNS];      /* n 0: nothing */
  char    *text[HK_CHANGE_COLUMNS];     /* folded */
  guint    wide[HK_CHANGE_COLUMNS];     /* half-width columns */
  gboolean doubtful;                    /* a part stands across two columns */
} Line;

/* The lines of a date. */
typedef struct {
  guint first, last;
} Anchor;

typedef struct {
  GArray  *lines;  /* Line */
  GArray  *anchor; /* Anchor */
  guint    width[HK_CHANGE_COLUMNS]; /* of a full line in a column, of all pages */
  gboolean top;    /* cells stand at the top of their row */
} Grid;

#define anchor_at(grid, k) (&g_array_index ((grid)->anchor, Anchor, (k)))
#define line_at(grid, i) (&g_array_index ((grid)->lines, Line, (i)))

static void
clear_line (gpointer data)
{
  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    g_free (((Line *) data)->text[c]);
}

/* --- Columns -------------------------------------------------------------------- */

/* Where a glyph stands: spaces are counted, whatever the width of the others;
   or every one by its width. */
static guint
place_of (const HkGlyph *glyph,
          gboolean       by_width)
{
  return by_width ? (guint) (glyph->box.x0 / HK_TEXT_COLUMN + 0.5) : glyph->column - 1;
}

static guint
start_of (const HkBit *bit,
          gboolean     by_width)
{
  return place_of (hk_page_glyph (bit->run.page, bit->run.first), by_width);
}

static guint
end_of (const HkBit *bit,
        gboolean     by_width)
{
  return place_of (hk_page_glyph (bit->run.page, bit->run.first + bit->run.n - 1), by_width) + 1;
}

static gboolean
begins_part (const GArray *bits,
             guint         i)
{
  const HkBit *bit = hk_bit (bits, i);
  return bit->gap == 0 || bit->gap >= COLUMN_GAP;
}

/* Whether most lines have gaps as columns have. */
static gboolean
is_grid (const GArray *bits)
{
  guint lines = 0, wide = 0;

  for (guint i = 0, end; i < bits->len; i = end) {
    gboolean held = hk_page_glyph (hk_bit (bits, i)->run.page, hk_bit (bits, i)->run.first)->column > 8;

    for (end = i + 1; end < bits->len && hk_bit (bits, end)->line == hk_bit (bits, i)->line; end++)
      held |= hk_bit (bits, end)->gap >= 3;
    lines++;
    wide += held;
  }
  return lines >= 3 && wide >= GRID_SHARE * lines;
}

/* How sharply parts begin at the same places. */
static double
sharpness (const GArray *bits,
           gboolean      by_width)
{
  g_autoptr (GHashTable) starts = g_hash_table_new (NULL, NULL);
  double sum = 0, n = 0;
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < bits->len; i++)
    if (begins_part (bits, i)) {
      gpointer key = GUINT_TO_POINTER (hk_bit (bits, i)->page * 4096 + MIN (start_of (hk_bit (bits, i), by_width), 4095));
      g_hash_table_insert (starts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (starts, key)) + 1));
      n++;
    }
  g_hash_table_iter_init (&iter, starts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    sum += (double) GPOINTER_TO_UINT (value) * GPOINTER_TO_UINT (value);
  return n > 0 ? sum / n : 0;
}

typedef struct {
  guint x;
  double parts; /* that begin there */
  guint dates, timings;
  guint across; /* bits with ink on both sides */
} Start;

/* Where parts of lines begin among bits [first, end), a page's (Start, by x). */
static GArray *
find_starts (const GArray *bits,
             guint         first,
             guint         end,
             gboolean      by_width)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Start));
  GArray *starts = g_array_new (FALSE, TRUE, sizeof (Start));
  guint   width  = 0;

  for (guint i = first; i < end; i++)
    width = MAX (width, end_of (hk_bit (bits, i), by_width));
  g_array_set_size (all, MIN (width, 4000) + 2);
  for (guint i = first; i < end; i++) {
    const HkBit *bit = hk_bit (bits, i);
    guint        x0  = start_of (bit, by_width), x1 = end_of (bit, by_width);
    gboolean     whole;

    if (x1 + 1 >= all->len)
      continue;
    Start *start = &g_array_index (all, Start, x0);
    start->parts += begins_part (bits, i) ? 1 : 0.4;
    start->dates += begins_part (bits, i) && hk_change_date (bit->text, &whole) > 0;
    start->timings += strlen (bit->text) == hk_change_timing (bit->text) && *bit->text != '\0';
    for (guint x = x0 + 1; x < x1; x++)
      g_array_index (all, Start, x).across++;
  }
  guint least = 1;
  do {
    g_array_set_size (starts, 0);
    for (guint x = 0; x < all->len; x++) {
      Start *start = &g_array_index (all, Start, x);
      start->x = x;
      if (start->parts >= least || start->timings >= least)
        g_array_append_vals (starts, start, 1);
    }
    least++;
  } while (starts->len > STARTS_MAX);
  return starts;
}

/* What speaks for a column that begins at START. */
static double
worth (const Start *start)
{
  return start->parts - 3.0 * start->across;
}

/* Finds where the six columns of a page begin. NEAR: where they began on the
   page before, or NULL. FALSE: not all are clear. */
static gboolean
find_columns (const GArray *starts,
              const guint  *near,
              guint        *x)
{
  const Start *date = NULL, *timing = NULL, *reason = NULL;
  double       best = -G_MAXDOUBLE;
  gboolean     clear;

  for (guint i = 0; i < starts->len; i++) {
    const Start *start = &g_array_index (starts, Start, i);
    if (start->dates > 0 && (date == NULL || start->dates > date->dates))
      date = start;
    if (start->timings > 0 && (timing == NULL || start->timings > timing->timings))
      timing = start;
  }
  if (near != NULL)
    memcpy (x, near, HK_CHANGE_COLUMNS * sizeof *x);
  if (date == NULL || timing == NULL || timing->x <= date->x)
    return FALSE;
  for (guint i = 0; i < starts->len; i++) {
    const Start *start = &g_array_index (starts, Start, i);
    if (start->x >= timing->x + 3 && (reason == NULL || worth (start) > worth (reason)))
      reason = start;
  }
  x[HK_CHANGE_DATE]   = 0;
  x[HK_CHANGE_TIMING] = timing->x;
  x[HK_CHANGE_REASON] = reason != NULL ? reason->x : timing->x + 3;
  clear = FALSE;
  for (guint a = 0; a < starts->len; a++)
    for (guint b = a + 1; b < starts->len; b++)
      for (guint c = b + 1; c < starts->len; c++) {
        const Start *item = &g_array_index (starts, Start, a), *before = &g_array_index (starts, Start, b), *after = &g_array_index (starts, Start, c);
        if (item->x < date->x + 5 || before->x < item->x + 4 || after->x < before->x + 4 || timing->x < after->x + 4)
          continue;
        double value = worth (item) + worth (before) + worth (after);
        if (value > best) {
          best = value;
          x[HK_CHANGE_ITEM]   = item->x;
          x[HK_CHANGE_BEFORE] = before->x;
          x[HK_CHANGE_AFTER]  = after->x;
          clear = TRUE;
        }
      }
  return clear;
}

/* What the lines around say to a column that begins at bit I: below 0 where a
   part of one begins at the same place, above 0 where one begins beside it. */
static double
cost_of_company (const GArray *bits,
                 guint         i,
                 gboolean      by_width)
{
  const HkBit *bit  = hk_bit (bits, i);
  int          x    = (int) start_of (bit, by_width);
  gboolean     same = FALSE, off = FALSE;

  for (int step = -1; step <= 1; step += 2)
    for (int k = (int) i + step; k >= 0 && k < (int) bits->len; k += step) {
      const HkBit *other = hk_bit (bits, (guint) k);
      guint apart = other->line > bit->line ? other->line - bit->line : bit->line - other->line;
      int   dx    = ABS ((int) start_of (other, by_width) - x);

      if (other->page != bit->page || apart > 2)
        break;
      if (apart == 0 || !begins_part (bits, (guint) k))
        continue;
      same |= dx == 0;
      off |= apart == 1 && dx > 0 && dx <= 3;
    }
  return same ? -1.0 : off ? 1.0 : 0;
}

/* Whether TEXT may be the last line of a date: 日, 4日, 月17日. */
static gboolean
ends_date (const char *text)
{
  static const char *const units[] = { "年", "月", "日" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    gsize n = strspn (text, "0123456789");
    if (n <= 2 && g_str_has_prefix (text + n, units[i]))
      text += n + strlen (units[i]);
  }
  return *text == '\0';
}

static gboolean
is_date (const HkBit *bit)
{
  gboolean whole;
  return *bit->text != '\0' && hk_change_date (bit->text, &whole) == strlen (bit->text);
}

/* What speaks against bit I as the first of column C that begins at X. */
static double
cost_of_beginning (const GArray *bits,
                   guint         i,
                   guint         c,
                   guint         x,
                   double        company,
                   gboolean      by_width)
{
  const HkBit *bit  = hk_bit (bits, i);
  double       off  = fabs ((double) start_of (bit, by_width) - x);
  double       cost = off * (company < 0 ? COST_SHIFT / 3 : COST_SHIFT) + company;
  gboolean     whole;

  if (c == HK_CHANGE_DATE && (hk_change_date (bit->text, &whole) > 0 || (off <= DATE_OFF && ends_date (bit->text))))
    cost = MIN (cost, 0);
  if (c == HK_CHANGE_ITEM && i > 0 && bit->gap < COLUMN_GAP && hk_bit (bits, i - 1)->line == bit->line && hk_bit (bits, i - 1)->gap == 0 && is_date (hk_bit (bits, i - 1)) && hk_change_is_item (bit->text))
    return MIN (cost, 0.5); /* a date reaches up to it */
  if (c == HK_CHANGE_TIMING)
    cost = hk_change_timing (bit->text) == strlen (bit->text) ? MIN (cost, 0) : cost + 3;
  return begins_part (bits, i) ? cost : cost + 1;
}

/* Gives each of bits [first, end), one line, its COLUMN: columns that begin at X
   go to the right, at the least cost. */
static void
deal_line (const GArray *bits,
           guint         first,
           guint         end,
           const guint  *x,
           gboolean      by_width,
           guint8       *column)
{
  guint n = end - first;
  double cost[HK_CHANGE_COLUMNS];
  g_autofree guint8 *from = g_new0 (guint8, n * HK_CHANGE_COLUMNS);

  for (guint i = 0; i < n; i++) {
    double now[HK_CHANGE_COLUMNS];
    const HkBit *bit = hk_bit (bits, first + i);
    double company = cost_of_company (bits, first + i, by_width);
    gboolean behind_date = i == 1 && is_date (hk_bit (bits, first)) && hk_change_is_item (bit->text);

    for (guint c = 0; c < HK_CHANGE_COLUMNS; c++) {
      double begin = cost_of_beginning (bits, first + i, c, x[c], company, by_width);
      double over  = c + 1 < HK_CHANGE_COLUMNS ? (double) end_of (bit, by_width) - x[c + 1] : 0;
      now[c]  = i == 0 ? begin : G_MAXDOUBLE;
      from[i * HK_CHANGE_COLUMNS + c] = (guint8) c;
      for (guint b = 0; i > 0 && b <= c; b++) {
        double step = b < c ? begin : bit->gap >= COLUMN_GAP ? 1 + 0.3 * MIN (bit->gap, 20) : behind_date ? 1 : 0;
        if (cost[b] + step < now[c]) {
          now[c] = cost[b] + step;
          from[i * HK_CHANGE_COLUMNS + c] = (guint8) b;
        }
      }
      now[c] += over > 0 && !(c == HK_CHANGE_DATE && i == 0 && is_date (bit) && n > 1 && hk_bit (bits, first + 1)->gap < COLUMN_GAP && hk_change_is_item (hk_bit (bits, first + 1)->text)) ? COST_OVER + COST_SHIFT / 3 * over : 0;
    }
    memcpy (cost, now, sizeof cost);
  }
  guint best = 0;
  for (guint c = 1; c < HK_CHANGE_COLUMNS; c++)
    best = cost[c] < cost[best] ? c : best;
  for (guint i = n; i > 0; i--) {
    column[i - 1] = (guint8) best;
    best = from[(i - 1) * HK_CHANGE_COLUMNS + best];
  }
}

/* Puts bits [first, end), one line, in the columns that begin at X. */
static void
add_line (Grid         *grid,
          const GArray *bits,
          guint         first,
          guint         end,
          const guint  *x,
          gboolean      by_width,
          gboolean      clear)
{
  Line line = { .page = hk_bit (bits, first)->page, .doubtful = !clear };
  g_autofree guint8 *column = g_new (guint8, end - first);

  line.row = hk_page_glyph (hk_bit (bits, first)->run.page, hk_bit (bits, first)->run.first)->line;
  deal_line (bits, first, end, x, by_width, column);
  for (guint i = first; i < end; i++) {
    const HkBit *bit = hk_bit (bits, i);
    HkRun       *run = &line.run[column[i - first]];

    line.wide[column[i - first]] += bit->width + (run->n > 0 ? bit->gap : 0);
    if (run->n == 0)
      *run = bit->run;
    else
      run->n = bit->run.first + bit->run.n - run->first;
  }
  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    if (line.run[c].n > 0)
      line.text[c] = hk_run_fold (&line.run[c]);
  g_array_append_val (grid->lines, line);
}

/* How wide a full line of column C is: long lines are that wide more often than
   they are any other width. */
static guint
full_width (const Grid *grid,
            guint       c)
{
  guint widest = 0, best = 0, most = 0;

  for (guint i = 0; i < grid->lines->len; i++)
    widest = MAX (widest, line_at (grid, i)->wide[c]);
  g_autofree guint *count = g_new0 (guint, widest + 1);
  for (guint i = 0; i < grid->lines->len; i++)
    count[line_at (grid, i)->wide[c]]++;
  for (guint w = (guint) (widest * LONG_SHARE); w <= widest; w++)
    if (count[w] >= most) {
      most = count[w];
      best = w;
    }
  return best;
}

static void
fill_grid (Grid         *grid,
           const GArray *bits)
{
  gboolean by_width = sharpness (bits, TRUE) > sharpness (bits, FALSE);
  guint    near[HK_CHANGE_COLUMNS];
  gboolean known = FALSE;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0, end; i < bits->len; i = end) {
      guint x[HK_CHANGE_COLUMNS] = { 0 };

      for (end = i + 1; end < bits->len && hk_bit (bits, end)->page == hk_bit (bits, i)->page; end++)
        ;
      g_autoptr (GArray) starts = find_starts (bits, i, end, by_width);
      gboolean clear = find_columns (starts, known ? near : NULL, x);
      if (clear || !known) {
        memcpy (near, x, sizeof near);
        known |= clear;
      }
      for (guint k = i, line_end; pass == 1 && k < end; k = line_end) {
        for (line_end = k + 1; line_end < end && hk_bit (bits, line_end)->line == hk_bit (bits, k)->line; line_end++)
          ;
        add_line (grid, bits, k, line_end, x, by_width, clear);
      }
    }
  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    grid->width[c] = full_width (grid, c);
}

/* --- Rows --------------------------------------------------------------------------- */

/* The dates, top to bottom; one that is broken over two lines stands between them. */
static void
find_anchors (Grid *grid)
{
  for (guint i = 0; i < grid->lines->len; i++) {
    const char *text = line_at (grid, i)->text[HK_CHANGE_DATE];
    gboolean    whole;

    if (text == NULL || hk_change_date (text, &whole) == 0)
      continue;
    Anchor anchor = { i, i };
    g_autoptr (GString) all = g_string_new (text);
    for (guint k = i + 1; k < grid->lines->len && k <= anchor.last + DATE_LINES && !whole; k++) {
      const char *under = line_at (grid, k)->text[HK_CHANGE_DATE];
      if (under != NULL && !hk_change_date_goes_on (all->str, under, &whole))
        break;
      if (under != NULL) {
        g_string_append (all, under);
        anchor.last = k;
      }
    }
    g_array_append_val (grid->anchor, anchor);
    i = anchor.last;
  }
}

/* What speaks against parting rows before line AT. */
static double
cost_of_parting (const Grid *grid,
                 guint       at)
{
  double cost = 0;

  if (at == 0 || at >= grid->lines->len)
    return 0;
  const Line *upper = line_at (grid, at - 1), *lower = line_at (grid, at);
  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++) {
    if (upper->run[c].n == 0 || lower->run[c].n == 0)
      continue;
    gunichar last  = hk_page_glyph (upper->run[c].page, upper->run[c].first + upper->run[c].n - 1)->ch;
    gunichar first = hk_page_glyph (lower->run[c].page, lower->run[c].first)->ch;
    gboolean ends  = g_utf8_strchr ("。．」』】＞>）)", -1, last) != NULL, begins = g_utf8_strchr ("・①②③④⑤⑥⑦⑧⑨(（＜<【〇", -1, first) != NULL;
    if (upper->wide[c] + FULL_SLACK < grid->width[c])
      cost += upper->wide[c] > FULL_SHARE * grid->width[c] && !ends && !begins ? COST_CUT_LINE / 2 : 0; /* a line that is not full ends something */
    else
      cost += ends || begins ? COST_CUT_LINE / 5 : COST_CUT_LINE;
  }
  if (upper->page == lower->page && lower->row > upper->row + 1)
    cost -= COST_CUT_LINE / 2;
  return cost;
}

/* A column of a row, as lines are added at its end. */
typedef struct {
  guint first, last, n;  /* lines from 1; 0: none */
  guint holes, timings, items;
} Cell;

/* How the cells of a row that has lines [from, to) and its date at ANCHOR fit. */
static double
cost_of_cells (const Grid *grid,
               const Cell *cells,
               guint       from,
               guint       to,
               const Anchor *anchor)
{
  double   cost = 0;
  gboolean cut  = from < to && line_at (grid, from)->page != line_at (grid, to - 1)->page;

  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++) {
    const Cell *cell = &cells[c];

    if (cell->n == 0) {
      cost += c == HK_CHANGE_ITEM ? 2 * COST_BLANK : c == HK_CHANGE_REASON ? 0 : COST_BLANK;
      continue;
    }
    cost += cut ? 0 : COST_HOLE * cell->holes;
    double off = grid->top ? (double) cell->first - 1 - from : fabs ((cell->first + cell->last - 2) / 2.0 - (anchor->first + anchor->last) / 2.0);
    if (grid->top && c == HK_CHANGE_DATE)
      off = 0;
    cost += MIN (COST_OFF_MIDDLE * (MAX (off - 0.5, 0) + MIN (off, 0.5) / 2), cut ? COST_OFF_MAX / 2 : COST_OFF_MAX);
  }
  if (grid->top)
    cost += MIN (COST_OFF_MIDDLE * fabs (anchor->first - (double) from), cut ? COST_OFF_MAX / 2 : 3 * COST_OFF_MAX);
  if (cells[HK_CHANGE_ITEM].items > 1)
    cost += COST_ITEMS;
  if (cells[HK_CHANGE_TIMING].timings != 1)
    cost += COST_TIMINGS * (cells[HK_CHANGE_TIMING].timings == 0 ? 0.5 : 1);
  return cost;
}

static void
add_to_cells (const Grid *grid,
              Cell       *cells,
              guint       at)
{
  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    if (line_at (grid, at)->run[c].n > 0) {
      cells[c].first = cells[c].n == 0 ? at + 1 : cells[c].first;
      if (cells[c].n > 0 && at > cells[c].last + 1)
        cells[c].holes += at - cells[c].last - 1; /* one is where lines of columns alternate */
      cells[c].last = at + 1;
      cells[c].n++;
      cells[c].items += c == HK_CHANGE_ITEM && hk_change_is_item (line_at (grid, at)->text[c]);
      cells[c].timings += c == HK_CHANGE_TIMING && hk_change_timing (line_at (grid, at)->text[c]) > 0;
    }
}

/* The lines a row may begin at: [from, to]. */
typedef struct {
  guint   from, to;
  double *ahead;  /* the least cost up to there, … */
  double *behind; /* … and from there on */
  guint  *step;   /* where the row above begins then, less its own from */
} Place;

static void
clear_place (gpointer data)
{
  Place *place = data;

  g_free (place->ahead);
  g_free (place->behind);
  g_free (place->step);
}

/* Where each row may begin: after the date above, not after its own. */
static GArray *
find_places (const Grid *grid)
{
  GArray *places = g_array_new (FALSE, TRUE, sizeof (Place));
  guint   n      = grid->anchor->len;

  g_array_set_clear_func (places, clear_place);
  for (guint k = 0; k <= n; k++) {
    Place place;
    place.from = k == 0 ? 0 : k == n ? grid->lines->len : anchor_at (grid, k - 1)->last + 1;
    place.to   = k == 0 ? 0 : k == n ? grid->lines->len : anchor_at (grid, k)->first;
    place.to   = MAX (place.to, place.from);
    if (place.to - place.from > WINDOW)
      place.from = place.to - WINDOW;
    guint many = place.to - place.from + 1;
    place.ahead  = g_new (double, many);
    place.behind = g_new (double, many);
    place.step   = g_new0 (guint, many);
    for (guint i = 0; i < many; i++)
      place.ahead[i] = place.behind[i] = G_MAXDOUBLE;
    g_array_append_val (places, place);
  }
  return places;
}

#define place_at(places, k) (&g_array_index ((places), Place, (k)))

static double
part_rows (const Grid *grid,
           GArray     *places)
{
  guint n = grid->anchor->len;

  place_at (places, 0)->ahead[0] = 0;
  for (guint direction = 0; direction < 2; direction++)
    for (guint step = 0; step < n; step++) {
      guint  k     = direction == 0 ? step : n - 1 - step;
      Place *begin = place_at (places, k), *end = place_at (places, k + 1);

      if (direction == 1 && k == n - 1)
        end->behind[0] = 0;
      for (guint i = 0; i <= begin->to - begin->from; i++) {
        Cell  cells[HK_CHANGE_COLUMNS] = { { 0 } };
        guint from = begin->from + i, at = from;

        if (direction == 0 && begin->ahead[i] == G_MAXDOUBLE)
          continue;
        for (guint j = 0; j <= end->to - end->from; j++) {
          guint to = end->from + j;

          for (; at < to; at++)
            add_to_cells (grid, cells, at);
          if (to <= from)
            continue;
          double cost = cost_of_cells (grid, cells, from, to, anchor_at (grid, k)) + cost_of_parting (grid, to);
          if (direction == 0 && begin->ahead[i] + cost < end->ahead[j]) {
            end->ahead[j] = begin->ahead[i] + cost;
            end->step[j]  = i;
          }
          if (direction == 1 && end->behind[j] < G_MAXDOUBLE)
            begin->behind[i] = MIN (begin->behind[i], end->behind[j] + cost);
        }
      }
    }
  return place_at (places, n)->ahead[0];
}

/* Which columns have text among the lines that a row may as well give to the next. */
static guint
columns_in_doubt (const Grid  *grid,
                  const Place *place,
                  guint        chosen,
                  double       best)
{
  guint in_doubt = 0;

  for (guint i = 0; i <= place->to - place->from; i++) {
    if (i == chosen || place->ahead[i] == G_MAXDOUBLE || place->behind[i] == G_MAXDOUBLE || place->ahead[i] + place->behind[i] > best + MARGIN)
      continue;
    for (guint at = place->from + MIN (i, chosen); at < place->from + MAX (i, chosen); at++)
      for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
        in_doubt |= line_at (grid, at)->run[c].n > 0 ? 1u << c : 0;
  }
  return in_doubt;
}

static HkChange *
make_change (const Grid *grid,
             guint       from,
             guint       to,
             guint       in_doubt)
{
  HkChange *change = hk_change_new ();

  for (guint at = from; at < to; at++)
    for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
      if (line_at (grid, at)->run[c].n > 0) {
        hk_change_add (change, c, &line_at (grid, at)->run[c], TRUE);
        if (line_at (grid, at)->doubtful)
          change->doubt[c] = DOUBT_COLUMN;
      }
  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    if (in_doubt & (1u << c))
      change->doubt[c] = DOUBT_PLACE;
  return change;
}

/* Parts the rows as cells stand at the top, or in the middle, whatever costs less. */
static GPtrArray *
read_rows (Grid *grid)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (hk_change_free);
  guint      n       = grid->anchor->len;
  double     cost[2];
  g_autoptr (GArray) chosen = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (GArray) places = NULL;

  for (guint top = 0; top < 2; top++) {
    g_autoptr (GArray) trial = find_places (grid);
    grid->top = top == 1;
    cost[top] = part_rows (grid, trial);
  }
  grid->top = cost[1] < cost[0];
  places = find_places (grid);
  double best = part_rows (grid, places);
  g_array_set_size (chosen, n + 1);
  for (guint k = n; k > 0; k--)
    g_array_index (chosen, guint, k - 1) = place_at (places, k)->step[g_array_index (chosen, guint, k)];
  for (guint k = 0; k < n; k++) {
    guint in_doubt = k > 0 ? columns_in_doubt (grid, place_at (places, k), g_array_index (chosen, guint, k), best) : 0;
    if (k + 1 < n)
      in_doubt |= columns_in_doubt (grid, place_at (places, k + 1), g_array_index (chosen, guint, k + 1), best);
    guint from = place_at (places, k)->from + g_array_index (chosen, guint, k);
    guint to   = place_at (places, k + 1)->from + g_array_index (chosen, guint, k + 1);
    g_ptr_array_add (changes, make_change (grid, from, to, in_doubt));
  }
  return changes;
}

GPtrArray *
hk_changes_in_grid (const GArray *bits,
                    GArray       *loose)
{
  Grid       grid    = { 0 };
  GPtrArray *changes = NULL;

  if (!is_grid (bits))
    return NULL;
  grid.lines  = g_array_new (FALSE, TRUE, sizeof (Line));
  grid.anchor = g_array_new (FALSE, TRUE, sizeof (Anchor));
  g_array_set_clear_func (grid.lines, clear_line);
  fill_grid (&grid, bits);
  find_anchors (&grid);
  if (grid.anchor->len > 0)
    changes = read_rows (&grid);
  g_array_unref (grid.lines);
  g_array_unref (grid.anchor);
  return changes;
}
