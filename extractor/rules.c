/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ruling lines out of a picture of the page.
 *
 * Published forms draw their rules in every way there is: strokes, thin
 * filled rectangles, two thin lines for a thick one, white lines between
 * coloured fields, or no line at all where the edge of a filled heading does
 * the work. A list of drawing operators would need a case for each; in the
 * picture they are all the same thing:
 *
 *   1. Edges. Between two neighbouring pixels there is an edge if they differ.
 *   2. Runs. Edges that lie side by side, without a break, form a run: above
 *      and below a horizontal rule there is one each, along the border of a
 *      filled area there is one.
 *
 *          ─────────────────────────   run, y = 10     ┐ one rule
 *          █████████████████████████                   │
 *          ─────────────────────────   run, y = 11     ┘
 *
 *   3. Characters have edges too, so the boxes of the glyphs are a mask. An
 *      edge outside it is strong; an edge inside it is weak: it may continue
 *      a run, but a run needs strong edges to be believed. A line of kanji
 *      whose feet stand in a row, a dash, an underline have none.
 *   4. Joining. Runs on one line become one if what parts them is a crossing
 *      rule, text that hangs over the rule, or the gaps of a dashed line.
 *   5. Pairing. Runs that lie side by side within the thickness of a line are
 *      sides of the same rule.
 *
 * A run that shows only in alpha (white on nothing) is seen by nobody, with
 * one exception: it counts where it is the side of a thin white line.
 *
 * The pixel loop decides the cost of reading a document. It runs once over
 * the picture, row by row, for both directions, and does next to nothing
 * where neighbours are equal, as most are.
 */
#include "rules.h"

#include <math.h>
#include <string.h>

/* Pixels that differ by no more than this in every channel (of 255) are
   equal. A rule of 0.1 mm painted grey stays above it. */
#define EDGE_MIN 8

/* All lengths below are in points. */
#define CROSSING_MAX   3.0  /* a gap that a crossing rule leaves in a run */
#define OVERHANG_MAX   14.0 /* a gap that text leaves when it hides every edge */
#define DASH_MAX       14.0 /* the longest dash */
#define DASH_GAP_MAX   7.0  /* the longest gap between dashes */
#define DASHED_MIN     24.0 /* the shortest dashed line */
#define THICKNESS_STEP 3.2  /* between neighbouring sides of one rule */
#define THICKNESS_MAX  6.0  /* of a rule, doubled ones included */
#define MARGIN         2.0  /* edges so near the page's edge are its frame */
#define HORIZONTAL_MIN 8.0  /* the shortest horizontal rule */
#define VERTICAL_MIN   6.0  /* the shortest vertical rule: one row */
#define STRONG_MIN     4.0  /* strong edges that a rule must have */
#define WEAK_MIN       100.0 /* an unbroken vertical run so long is no stroke of a kanji */
#define GLYPH_REACH    0.8  /* ink may stand out so far from its glyph's box */

#define DASHES_MIN     4    /* dashes to make a dashed line */
#define STRONG_SHARE   0.2  /* strong edges in a rule, of its length … */
#define STRONG_ENOUGH  30.0 /* … unless it has so many, points */
#define OVERHANG_SHARE 0.4  /* edges that show through text over a rule */

/* A page full of pictures may have more runs than memory; a form never. */
#define MAX_RUNS 200000

/* Edges in one line, [begin, end) pixels along it, at the border between pixel
   rows (columns) at - 1 and at. */
typedef struct {
  int at;
  int begin, end;
  int edges;     /* in all; a break or two may lie between */
  int strong;    /* edges outside glyphs */
  int visible;   /* edges that show on white paper */
  int n_dashes;  /* joined out of so many */
} Run;

typedef struct {
  const HkPage        *page;
  const unsigned char *pixels;
  int                  width, height, stride;
  double               scale;
  guint8              *mask; /* 1: inside a glyph */
  GArray              *runs[2]; /* Run; [0] vertical, [1] horizontal */
} Picture;

typedef enum { EDGE_NONE, EDGE_ALPHA, EDGE_VISIBLE } Edge;

static inline const guint32 *
pixel_row (const Picture *picture,
           int            y)
{
  return (const guint32 *) (const void *) (picture->pixels + (gsize) y * (gsize) picture->stride);
}

/* The edge between two pixels that are not equal. Colours are compared as
   they look on white paper: premultiplied, that is channel + 255 - alpha. */
static Edge
edge_between (guint32 p,
              guint32 q)
{
  int alpha = (int) (p >> 24) - (int) (q >> 24);

  for (int shift = 0; shift < 24; shift += 8) {
    int channel = (int) (p >> shift & 0xff) - (int) (q >> shift & 0xff);
    if (ABS (channel - alpha) > EDGE_MIN)
      return EDGE_VISIBLE;
  }
  return ABS (alpha) > EDGE_MIN ? EDGE_ALPHA : EDGE_NONE;
}

/* --- The mask -------------------------------------------------------------- */

/* The pixel below (or, with UP, not below) POINTS, within [0, LIMIT]. */
static int
to_pixel (double   points,
          double   scale,
          int      limit,
          gboolean up)
{
  double pixel = up ? ceil (points * scale) : floor (points * scale);

  return (int) CLAMP (pixel, 0.0, (double) limit);
}

static void
make_mask (Picture *picture)
{
  const HkPage *page = picture->page;

  picture->mask = g_malloc0 ((gsize) picture->width * (gsize) picture->height);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const HkBox *box = &hk_page_glyph (page, i)->box;
    int x0 = to_pixel (box->x0 - GLYPH_REACH, picture->scale, picture->width, FALSE);
    int x1 = to_pixel (box->x1 + GLYPH_REACH, picture->scale, picture->width, TRUE);
    int y0 = to_pixel (box->y0 - GLYPH_REACH, picture->scale, picture->height, FALSE);
    int y1 = to_pixel (box->y1 + GLYPH_REACH, picture->scale, picture->height, TRUE);

    for (int y = y0; y < y1 && x0 < x1; y++)
      memset (picture->mask + (gsize) y * (gsize) picture->width + x0, 1, (gsize) (x1 - x0));
  }
}

/* --- Runs ------------------------------------------------------------------ */

/* Closes RUN, and keeps it if it may become a rule. */
static void
close_run (const Picture *picture,
           gboolean       horizontal,
           Run           *run)
{
  GArray *runs = picture->runs[horizontal];

  if ((run->strong > 0 || run->end - run->begin >= WEAK_MIN * picture->scale) && runs->len < MAX_RUNS)
    g_array_append_val (runs, *run);
  run->end = 0;
}

/* Takes the edge at I into RUN, or opens it there. An open run has end > 0. */
static inline void
extend_run (Run     *run,
            int      at,
            int      i,
            Edge     edge,
            gboolean masked)
{
  if (run->end == 0)
    *run = (Run){ .at = at, .begin = i, .n_dashes = 1 };
  run->end = i + 1;
  run->edges++;
  run->strong += !masked;
  run->visible += edge == EDGE_VISIBLE;
}

/* One row against the one above it: horizontal runs. A single pixel without
   an edge does not end a run; that alone makes a line of fine dots solid. */
static void
scan_across (const Picture *picture,
             const guint32 *above,
             const guint32 *row,
             const guint8  *mask,
             int            y)
{
  Run run = { 0 };

  for (int x = 0; x < picture->width; x++) {
    if (row[x] != above[x]) {
      Edge edge = edge_between (row[x], above[x]);
      if (edge != EDGE_NONE) {
        extend_run (&run, y, x, edge, mask[x]);
        continue;
      }
    }
    if (run.end != 0 && x > run.end)
      close_run (picture, TRUE, &run);
  }
  if (run.end != 0)
    close_run (picture, TRUE, &run);
}

/* One row's part of the vertical runs; OPEN holds one run a column. */
static void
scan_down (const Picture *picture,
           const guint32 *row,
           const guint8  *mask,
           int            y,
           Run           *open)
{
  for (int x = 1; x < picture->width; x++) {
    if (row[x] != row[x - 1]) {
      Edge edge = edge_between (row[x], row[x - 1]);
      if (edge != EDGE_NONE) {
        extend_run (&open[x], x, y, edge, mask[x] | mask[x - 1]);
        continue;
      }
    }
    if (open[x].end != 0 && y > open[x].end)
      close_run (picture, FALSE, &open[x]);
  }
}

static void
find_runs (const Picture *picture)
{
  g_autofree Run *open = g_new0 (Run, picture->width);

  for (int y = 0; y < picture->height; y++) {
    const guint32 *row  = pixel_row (picture, y);
    const guint8  *mask = picture->mask + (gsize) y * (gsize) picture->width;

    if (y > 0)
      scan_across (picture, pixel_row (picture, y - 1), row, mask, y);
    scan_down (picture, row, mask, y, open);
  }
  for (int x = 1; x < picture->width; x++)
    if (open[x].end != 0)
      close_run (picture, FALSE, &open[x]);
}

static int
compare_runs (gconstpointer pa,
              gconstpointer pb)
{
  const Run *a = pa, *b = pb;

  return a->at != b->at ? a->at - b->at : a->begin - b->begin;
}

/* --- Joining --------------------------------------------------------------- */

static void
absorb (Run       *run,
        const Run *next)
{
  run->end = MAX (run->end, next->end);
  run->edges += next->edges;
  run->strong += next->strong;
  run->visible += next->visible;
  run->n_dashes += next->n_dashes;
}

/* Whether text hangs over the gap [BEGIN, END) of the line AT, and the rule,
   as far as can be seen, goes on behind it. */
static gboolean
is_overhung (const Picture *picture,
             gboolean       horizontal,
             int            at,
             int            begin,
             int            end)
{
  int edges = 0;

  for (int i = begin; i < end; i++) {
    int x = horizontal ? i : at, y = horizontal ? at : i;

    if (!picture->mask[(gsize) y * (gsize) picture->width + x])
      return FALSE;
    guint32 p = pixel_row (picture, y)[x];
    guint32 q = horizontal ? pixel_row (picture, y - 1)[x] : pixel_row (picture, y)[x - 1];
    edges += p != q && edge_between (p, q) != EDGE_NONE;
  }
  return end - begin <= OVERHANG_MAX * picture->scale || edges >= OVERHANG_SHARE * (end - begin);
}

/* The index behind the dashed line that begins with run I; I + 1 if none does. */
static guint
dashed_end (const Picture *picture,
            GArray        *runs,
            guint          i)
{
  const Run *first = &g_array_index (runs, Run, i), *run = first;
  guint j          = i;

  while (run->end - run->begin <= DASH_MAX * picture->scale && run->strong > 0) {
    if (++j == runs->len)
      break;
    const Run *next = &g_array_index (runs, Run, j);
    if (next->at != run->at || next->begin - run->end > DASH_GAP_MAX * picture->scale)
      break;
    run = next;
  }
  if (j - i < DASHES_MIN)
    return i + 1;
  run = &g_array_index (runs, Run, j - 1);
  return run->end - first->begin >= DASHED_MIN * picture->scale ? j : i + 1;
}

/* Joins the runs of one direction in place; they stand in order. */
static void
join_runs (const Picture *picture,
           GArray        *runs,
           gboolean       horizontal)
{
  guint n = 0;

  for (guint i = 0; i < runs->len;) {
    guint end = dashed_end (picture, runs, i);
    Run   run = g_array_index (runs, Run, i++);

    while (i < end)
      absorb (&run, &g_array_index (runs, Run, i++));
    Run *last = n == 0 ? NULL : &g_array_index (runs, Run, n - 1);
    if (last != NULL && last->at == run.at
        && (run.begin - last->end <= CROSSING_MAX * picture->scale
            || is_overhung (picture, horizontal, run.at, last->end, run.begin)))
      absorb (last, &run);
    else
      g_array_index (runs, Run, n++) = run;
  }
  g_array_set_size (runs, n);
}

/* --- Rules ----------------------------------------------------------------- */

static gboolean
is_believed (const Picture *picture,
             const Run     *run,
             gboolean       horizontal)
{
  double length = (run->end - run->begin) / picture->scale;
  double strong = run->strong / picture->scale;
  int    limit  = horizontal ? picture->height : picture->width;

  if (run->at < MARGIN * picture->scale || run->at > limit - MARGIN * picture->scale)
    return FALSE;
  if (!horizontal && length >= WEAK_MIN && run->edges == run->end - run->begin)
    return TRUE;
  return length >= (horizontal ? HORIZONTAL_MIN : VERTICAL_MIN) && strong >= STRONG_MIN
         && (strong >= STRONG_SHARE * length || strong >= STRONG_ENOUGH);
}

static guint8
alpha_at (const Picture *picture,
          gboolean       horizontal,
          int            at,
          int            along)
{
  return (guint8) (pixel_row (picture, horizontal ? at : along)[horizontal ? along : at] >> 24);
}

/* Whether the rule between the sides FIRST and LAST, which is white on white,
   was painted as a line, and is no slit between painted areas. */
static gboolean
is_white_line (const Picture *picture,
               gboolean       horizontal,
               const Run     *first,
               int            last)
{
  int middle = (first->begin + first->end) / 2;
  int limit  = horizontal ? picture->height : picture->width;

  if (last == first->at || last >= limit)
    return FALSE;
  guint8 inside = alpha_at (picture, horizontal, (first->at + last) / 2, middle);
  return inside > alpha_at (picture, horizontal, first->at - 1, middle)
         && inside > alpha_at (picture, horizontal, last, middle);
}

static void
add_rule (HkPage        *page,
          const Picture *picture,
          gboolean       horizontal,
          const Run     *first,
          int            last)
{
  double begin = first->begin / picture->scale, end = first->end / picture->scale;
  double near = first->at / picture->scale, far = last / picture->scale;
  HkRule rule = { .horizontal = horizontal };

  rule.box = horizontal ? (HkBox){ begin, near, end, far } : (HkBox){ near, begin, far, end };
  g_array_append_val (page->rules, rule);
}

/* Makes one rule of each set of believed runs that lie side by side. */
static void
pair_runs (HkPage        *page,
           const Picture *picture,
           GArray        *runs,
           gboolean       horizontal)
{
  int step = (int) (THICKNESS_STEP * picture->scale), most = (int) (THICKNESS_MAX * picture->scale);

  for (guint i = 0; i < runs->len; i++) {
    Run *first = &g_array_index (runs, Run, i);
    int  last  = first->at;

    if (first->end == 0)
      continue; /* taken as a side of a rule before */
    for (guint j = i + 1; j < runs->len; j++) {
      Run *run = &g_array_index (runs, Run, j);
      int  overlap = MIN (run->end, first->end) - MAX (run->begin, first->begin);

      if (run->at > last + step || run->at > first->at + most)
        break;
      if (run->end == 0 || 2 * overlap < MIN (run->end - run->begin, first->end - first->begin))
        continue;
      last           = run->at;
      first->begin   = MIN (first->begin, run->begin);
      first->end     = MAX (first->end, run->end);
      first->visible = MAX (first->visible, run->visible);
      run->end       = 0;
    }
    if (4 * first->visible >= first->end - first->begin
        || is_white_line (picture, horizontal, first, last))
      add_rule (page, picture, horizontal, first, last);
  }
}

static void
keep_believed (const Picture *picture,
               GArray        *runs,
               gboolean       horizontal)
{
  guint n = 0;

  for (guint i = 0; i < runs->len; i++)
    if (is_believed (picture, &g_array_index (runs, Run, i), horizontal))
      g_array_index (runs, Run, n++) = g_array_index (runs, Run, i);
  g_array_set_size (runs, n);
}

void
hk_rules_find (HkPage              *page,
               const unsigned char *pixels,
               int                  width,
               int                  height,
               int                  stride,
               double               scale)
{
  Picture picture = { .page = page, .pixels = pixels, .width = width, .height = height,
                      .stride = stride, .scale = scale };

  if (width <= 0 || height <= 0 || !(scale > 0))
    return;
  for (int i = 0; i < 2; i++)
    picture.runs[i] = g_array_new (FALSE, FALSE, sizeof (Run));
  make_mask (&picture);
  find_runs (&picture);
  g_array_sort (picture.runs[0], compare_runs);
  for (int i = 0; i < 2; i++) {
    join_runs (&picture, picture.runs[i], i);
    keep_believed (&picture, picture.runs[i], i);
    pair_runs (page, &picture, picture.runs[i], i);
    g_array_unref (picture.runs[i]);
  }
  g_free (picture.mask);
}
