/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cells out of ruling lines.
 *
 *   1. Walls (walls.c): the rules, straightened onto the lines of a grid.
 *   2. Squares. The lines cut the page into squares; a ring of squares
 *      outside the outermost lines stands for the world around the tables.
 *
 *         ring │ ring │ ring │ ring
 *        ──────┼──────┼──────┼──────  line 0
 *         ring │  1   │  2   │ ring
 *        ──────┼──────┼──────┼──────  line 1
 *         ring │  3   │  4   │ ring
 *
 *   3. Regions. Squares that no wall parts belong together. A wall parts two
 *      squares if it covers most of the border between them.
 *   4. Cells. A region that is not the world is a cell. One that is no
 *      rectangle, for want of a rule, is split into as few as it takes.
 *
 * Work is linear in the number of squares, some thousands on a page.
 */
#include "cells.h"

#include <math.h>

#include "walls.h"

/* The part of a border that a wall must cover to part two squares. */
#define WALL_SHARE 0.6

/* The smallest side of a cell, points; what is smaller is the space between
   two lines of one rule. */
#define CELL_MIN 3.5

/* A page with more squares or rules than this is a picture, not a form; no
   cells are looked for, so that it costs no more than its size. */
#define MAX_SQUARES 1000000
#define MAX_RULES   5000

/* How much of a border is walled, in points: by drawn rules, and in all. */
typedef struct {
  float drawn, all;
} Cover;

/* Squares are numbered by column and row, the ring included: column c lies
   between vertical lines c - 1 and c. */
typedef struct {
  HkWalls walls[HK_N_DIRECTIONS];
  int     n_columns, n_rows;
  Cover  *left, *top;   /* of each square */
  int    *region;       /* of each square; 0: not yet known, 1: the world */
  int     n_regions;
} Grid;

/* Columns and rows of squares, both ends included. */
typedef struct {
  int c0, c1, r0, r1;
} Span;

static inline int
square (const Grid *grid,
        int         column,
        int         row)
{
  return row * grid->n_columns + column;
}

static inline double
line (const Grid *grid,
      int         direction,
      int         i)
{
  return g_array_index (grid->walls[direction].lines, double, i);
}

/* --- Squares --------------------------------------------------------------- */

/* Adds WALL, from ALONG on (what is before is covered already), to the borders
   on its line, the I-th. A wall of the direction D covers the tops of squares
   if it is horizontal, their left sides if it is vertical. */
static void
cover_borders (Grid         *grid,
               int           d,
               int           i,
               const HkWall *wall,
               double        along)
{
  const GArray *across = grid->walls[!d].lines;

  for (guint k = 1; k < across->len; k++) {
    double a = fmax (along, g_array_index (across, double, k - 1));
    double b = fmin (wall->end, g_array_index (across, double, k));

    if (b <= a)
      continue;
    Cover *cover = d == HK_HORIZONTAL ? &grid->top[square (grid, (int) k, i + 1)]
                                      : &grid->left[square (grid, i + 1, (int) k)];
    cover->all += (float) (b - a);
    if (wall->drawn)
      cover->drawn += (float) (b - a);
  }
}

/* Walls on one line may overlap; each point of it is counted once. */
static void
cover_direction (Grid *grid,
                 int   d)
{
  const GArray *walls = grid->walls[d].walls;
  double        end   = -INFINITY;
  int           i     = 0;

  for (guint k = 0; k < walls->len; k++) {
    const HkWall *wall = &g_array_index (walls, HkWall, k);

    while (line (grid, d, i) < wall->at) {
      i++;
      end = -INFINITY;
    }
    cover_borders (grid, d, i, wall, fmax (wall->begin, end));
    end = fmax (end, wall->end);
  }
}

static gboolean
is_wall (Cover  cover,
         double length)
{
  return cover.all >= WALL_SHARE * length;
}

/* --- Regions --------------------------------------------------------------- */

/* Whether the squares left and right of the left border of (C, R) are parted. */
static gboolean
is_parted_left (const Grid *grid,
                int         c,
                int         r)
{
  if (r == 0 || r == grid->n_rows - 1)
    return FALSE; /* the ring is open all around */
  return is_wall (grid->left[square (grid, c, r)],
                  line (grid, HK_HORIZONTAL, r) - line (grid, HK_HORIZONTAL, r - 1));
}

static gboolean
is_parted_top (const Grid *grid,
               int         c,
               int         r)
{
  if (c == 0 || c == grid->n_columns - 1)
    return FALSE;
  return is_wall (grid->top[square (grid, c, r)],
                  line (grid, HK_VERTICAL, c) - line (grid, HK_VERTICAL, c - 1));
}

static void
push_square (Grid   *grid,
             GArray *open,
             int     c,
             int     r)
{
  int *region = &grid->region[square (grid, c, r)];

  if (*region != 0)
    return;
  *region = grid->n_regions;
  g_array_append_val (open, ((int[]){ c, r }));
}

/* Floods a new region from square (C, R). Returns its extent and the number
   of its squares. */
static Span
flood (Grid *grid,
       int   c,
       int   r,
       int  *n_squares)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (int[2]));
  Span span               = { c, c, r, r };

  grid->n_regions++;
  *n_squares = 0;
  push_square (grid, open, c, r);
  while (open->len > 0) {
    int *last = &g_array_index (open, int, 2 * (open->len - 1));

    c = last[0];
    r = last[1];
    g_array_set_size (open, open->len - 1);
    ++*n_squares;
    span = (Span){ MIN (span.c0, c), MAX (span.c1, c), MIN (span.r0, r), MAX (span.r1, r) };
    if (c > 0 && !is_parted_left (grid, c, r))
      push_square (grid, open, c - 1, r);
    if (c + 1 < grid->n_columns && !is_parted_left (grid, c + 1, r))
      push_square (grid, open, c + 1, r);
    if (r > 0 && !is_parted_top (grid, c, r))
      push_square (grid, open, c, r - 1);
    if (r + 1 < grid->n_rows && !is_parted_top (grid, c, r + 1))
      push_square (grid, open, c, r + 1);
  }
  return span;
}

/* --- Cells ----------------------------------------------------------------- */

/* The part of SPAN's side that is drawn, 0 to 1. SIDE is one HkSide. */
static double
drawn_share (const Grid *grid,
             Span        span,
             HkSide      side)
{
  gboolean upright = side == HK_SIDE_LEFT || side == HK_SIDE_RIGHT;
  int      from = upright ? span.r0 : span.c0, to = upright ? span.r1 : span.c1;
  int      d     = upright ? HK_HORIZONTAL : HK_VERTICAL; /* of the lines across */
  double   drawn = 0;

  for (int i = from; i <= to; i++) {
    int at = side == HK_SIDE_LEFT    ? square (grid, span.c0, i)
             : side == HK_SIDE_RIGHT ? square (grid, span.c1 + 1, i)
             : side == HK_SIDE_TOP   ? square (grid, i, span.r0)
                                     : square (grid, i, span.r1 + 1);
    drawn += (upright ? grid->left : grid->top)[at].drawn;
  }
  return drawn / (line (grid, d, to) - line (grid, d, from - 1));
}

static HkBox
span_box (const Grid *grid,
          Span        span)
{
  return (HkBox){ line (grid, HK_VERTICAL, span.c0 - 1), line (grid, HK_HORIZONTAL, span.r0 - 1),
                  line (grid, HK_VERTICAL, span.c1), line (grid, HK_HORIZONTAL, span.r1) };
}

static void
add_cell (HkPage     *page,
          const Grid *grid,
          Span        span)
{
  static const HkSide sides[] = { HK_SIDE_TOP, HK_SIDE_RIGHT, HK_SIDE_BOTTOM, HK_SIDE_LEFT };
  HkCell cell = { .box = span_box (grid, span) };

  if (hk_box_width (&cell.box) < CELL_MIN || hk_box_height (&cell.box) < CELL_MIN)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (drawn_share (grid, span, sides[i]) < WALL_SHARE)
      cell.open |= sides[i];
  g_array_append_val (page->cells, cell);
}

/* Splits the REGION within SPAN into rectangles and appends them (Span) to
   PARTS. ACROSS: into strips that lie, each as high as it goes on unchanged;
   else into strips that stand. */
static void
split_region (const Grid *grid,
              int         region,
              Span        span,
              gboolean    across,
              GArray     *parts)
{
  int from = across ? span.r0 : span.c0, to = across ? span.r1 : span.c1;
  int begin = across ? span.c0 : span.r0, end = across ? span.c1 : span.r1;

  for (int i = from; i <= to; i++)
    for (int k = begin; k <= end; k++) {
#define here(k) (grid->region[across ? square (grid, (k), i) : square (grid, i, (k))] == region)
      int first = k;

      if (!here (k))
        continue;
      while (k < end && here (k + 1))
        k++;
#undef here
      gboolean grown = FALSE;
      for (guint p = parts->len; p > 0 && !grown; p--) {
        Span *part = &g_array_index (parts, Span, p - 1);
        if (across ? part->r1 == i - 1 && part->c0 == first && part->c1 == k
                   : part->c1 == i - 1 && part->r0 == first && part->r1 == k) {
          *(across ? &part->r1 : &part->c1) = i;
          grown = TRUE;
        }
      }
      if (!grown) {
        Span part = across ? (Span){ first, k, i, i } : (Span){ i, i, first, k };
        g_array_append_val (parts, part);
      }
    }
}

/* The area of the largest of PARTS. */
static double
largest_part (const Grid   *grid,
              const GArray *parts)
{
  double largest = 0;

  for (guint i = 0; i < parts->len; i++) {
    HkBox box = span_box (grid, g_array_index (parts, Span, i));
    largest = MAX (largest, hk_box_width (&box) * hk_box_height (&box));
  }
  return largest;
}

static void
add_split (HkPage     *page,
           const Grid *grid,
           int         region,
           Span        span)
{
  g_autoptr (GArray) lying    = g_array_new (FALSE, FALSE, sizeof (Span));
  g_autoptr (GArray) standing = g_array_new (FALSE, FALSE, sizeof (Span));

  split_region (grid, region, span, TRUE, lying);
  split_region (grid, region, span, FALSE, standing);
  /* as few as it takes; of as many, those that keep the most in one piece,
     whichever way the page lies */
  gboolean stand = standing->len != lying->len ? standing->len < lying->len
                                                : largest_part (grid, standing) > largest_part (grid, lying);
  GArray *parts = stand ? standing : lying;
  for (guint i = 0; i < parts->len; i++)
    add_cell (page, grid, g_array_index (parts, Span, i));
}

static int
compare_cells (gconstpointer pa,
               gconstpointer pb)
{
  const HkBox *a = &((const HkCell *) pa)->box, *b = &((const HkCell *) pb)->box;

  if (a->y0 != b->y0)
    return a->y0 < b->y0 ? -1 : 1;
  return a->x0 < b->x0 ? -1 : a->x0 > b->x0;
}

static void
find_in_grid (HkPage *page,
              Grid   *grid)
{
  int n_squares;

  cover_direction (grid, HK_VERTICAL);
  cover_direction (grid, HK_HORIZONTAL);
  flood (grid, 0, 0, &n_squares); /* the world */
  for (int r = 1; r < grid->n_rows - 1; r++)
    for (int c = 1; c < grid->n_columns - 1; c++) {
      if (grid->region[square (grid, c, r)] != 0)
        continue;
      Span span = flood (grid, c, r, &n_squares);
      if ((span.c1 - span.c0 + 1) * (span.r1 - span.r0 + 1) == n_squares)
        add_cell (page, grid, span);
      else
        add_split (page, grid, grid->n_regions, span);
    }
  g_array_sort (page->cells, compare_cells);
}

guint
hk_cells_find (HkPage *page)
{
  Grid  grid   = { 0 };
  guint doubts = 0;

  if (page->rules->len > MAX_RULES)
    return 0;
  doubts         = hk_walls_build (grid.walls, page->rules);
  grid.n_columns = (int) grid.walls[HK_VERTICAL].lines->len + 1;
  grid.n_rows    = (int) grid.walls[HK_HORIZONTAL].lines->len + 1;
  gsize n        = (gsize) grid.n_columns * (gsize) grid.n_rows;
  if (grid.n_columns > 2 && grid.n_rows > 2 && n <= MAX_SQUARES) {
    grid.left   = g_new0 (Cover, n);
    grid.top    = g_new0 (Cover, n);
    grid.region = g_new0 (int, n);
    find_in_grid (page, &grid);
    g_free (grid.left);
    g_free (grid.top);
    g_free (grid.region);
  }
  for (int i = 0; i < HK_N_DIRECTIONS; i++)
    hk_walls_clear (&grid.walls[i]);
  return doubts;
}
