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
 *      a run, but only strong edges open one, and let it be believed. A line of kanji
 *      whose feet stand in a row, a dash, an underline have none.
 *   4. Joining. Runs on one line become one if what parts them is a crossing
 *      rule, text that hangs over the rule, or the gaps of a dashed line.
 *   5. Pairing. Runs that lie side by side within the thickness of a line are
 *      sides of the same rule.
 *   6. Tails. Where a rule's end lies inside glyphs it may be ink of theirs
 *      that made it longer. It stays if it meets another rule there, or if
 *      another rule ends at the same height (the page cuts both); else the
 *      rule ends with its last strong edge.
 *
 * Two things look like rules and are none. A run that shows only in alpha
 * (white on nothing) is seen by nobody, unless it is the side of a thin white
 * line. And where two fields of one colour meet inside a pixel, paper shines
 * through both half-covered halves, at most a quarter of it: a seam.
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
#define OVERHANG_MAX   14.0 /* a gap that a line of text leaves that crosses a rule */
#define DASH_MAX       14.0 /* the longest dash */
#define DASH_GAP_MAX   7.0  /* the longest gap between dashes */
#define DASHED_MIN     24.0 /* the shortest dashed line */
#define THICKNESS_STEP 3.2  /* between neighbouring sides of one rule */
#define THICKNESS_MAX  6.0  /* of a rule, doubled ones included */
#define MARGIN         2.0  /* edges so near the page's edge are its frame */
#define HORIZONTAL_MIN 8.0  /* the shortest horizontal rule */
#define VERTICAL_MIN   6.0  /* the shortest vertical rule: one row */
#define STRONG_MIN     4.0  /* strong edges that a rule must have */
#define GLYPH_REACH    0.8  /* ink may stand out so far above and below its box */

#define TAIL_MEET      0.6  /* from an end to the rule that it meets: it touches, or is ink */
#define TAIL_SNAP      1.0  /* ends at one cut of the page differ by no more */
#define TAIL_ASIDE     2.0  /* from a rule to the end of the one across that it meets */

#define DASHES_MIN     4    /* dashes to make a dashed line */
#define STRONG_SHARE   0.2  /* strong edges in a rule, of its length … */
#define STRONG_ENOUGH  30.0 /* … unless it has so many, points */

/* Ink has gaps between characters, and between lines: an edge that goes on so
   long and shows outside of them at all is a rule that tight text hides. */
#define UNBROKEN_ACROSS 100.0
#define UNBROKEN_DOWN   20.0
#define OVERHANG_PERCENT 40 /* edges that show through text across a rule … */
#define OVERHANG_ALONG   70 /* … and through text along a horizontal one, of any length */

#define VISIBLE_PART   4    /* one edge in so many must show on paper */
#define SEAM_PERCENT   27   /* of paper that shines through a seam; 25 and rounding */
#define PROFILES       16   /* looked at, to tell what a rule is */

/* Tails are trimmed by comparing every rule with every other. */
#define MAX_TAILED     2000

/* Pixels compared at once where nothing happens; a guint64 holds as many bytes. */
#define BLOCK 8

/* A page full of pictures may have more runs than memory; a form never. */
#define MAX_RUNS 200000

/* Edges in one line, [begin, end) pixels along it, at the border between pixel
   rows (columns) at - 1 and at. */
typedef struct {
  int at;
  int begin, end;
  int strong;    /* edges outside glyphs … */
  int first_strong, last_strong; /* … from the first to behind the last */
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
    int x0 = to_pixel (box->x0, picture->scale, picture->width, FALSE);
    int x1 = to_pixel (box->x1, picture->scale, picture->width, TRUE);
    int y0 = to_pixel (box->y0 - GLYPH_REACH, picture->scale, picture->height, FALSE);
    int y1 = to_pixel (box->y1 + GLYPH_REACH, picture->scale, picture->height, TRUE);

    for (int y = y0; y < y1 && x0 < x1; y++)
      memset (picture->mask + (gsize) y * (gsize) picture->width + x0, 1, (gsize) (x1 - x0));
  }
}

/* --- Runs ------------------------------------------------------------------ */

static void
close_run (const Picture *picture,
           gboolean       horizontal,
           Run           *run)
{
  if (picture->runs[horizontal]->len < MAX_RUNS)
    g_array_append_val (picture->runs[horizontal], *run);
  run->end = 0;
}

/* The edge at I of the line AT. */
static Edge
edge_at (const Picture *picture,
         gboolean       horizontal,
         int            at,
         int            i)
{
  guint32 p = horizontal ? pixel_row (picture, at)[i] : pixel_row (picture, i)[at];
  guint32 q = horizontal ? pixel_row (picture, at - 1)[i] : pixel_row (picture, i)[at - 1];

  return p == q ? EDGE_NONE : edge_between (p, q);
}

/* Opens RUN with the strong edge at I of the line AT, and takes in the weak
   ones that lead up to it: a run is not opened for them, for most ink of
   characters leads to nothing. */
static void
open_run (const Picture *picture,
          gboolean       horizontal,
          Run           *run,
          int            at,
          int            i)
{
  *run = (Run){ .at = at, .begin = i, .n_dashes = 1 };
  for (int k = i - 1, gap = 0; k >= 0 && gap <= 1; k--) {
    Edge edge = edge_at (picture, horizontal, at, k);

    gap = edge == EDGE_NONE ? gap + 1 : 0;
    if (edge == EDGE_NONE)
      continue;
    run->begin = k;
    run->visible += edge == EDGE_VISIBLE;
  }
}

/* Takes the edge at I into RUN. A run is open if its end is not 0. */
static inline void
extend_run (Run     *run,
            int      i,
            Edge     edge,
            gboolean masked)
{
  run->end = i + 1;
  if (!masked) {
    if (run->strong++ == 0)
      run->first_strong = i;
    run->last_strong = i + 1;
  }
  run->visible += edge == EDGE_VISIBLE;
}

/* Whether the BLOCK pixels at P and at Q are the same. */
static inline gboolean
are_equal (const guint32 *p,
           const guint32 *q)
{
  guint64 a[BLOCK / 2], b[BLOCK / 2], differ = 0;

  memcpy (a, p, sizeof a);
  memcpy (b, q, sizeof b);
  for (int i = 0; i < BLOCK / 2; i++)
    differ |= a[i] ^ b[i];
  return differ == 0;
}

/* Whether the BLOCK pixels that MASK is of are all inside glyphs. */
static inline gboolean
is_masked (const guint8 *mask)
{
  guint64 block;

  memcpy (&block, mask, sizeof block);
  return block == G_GUINT64_CONSTANT (0x0101010101010101);
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
    while (run.end == 0 && x + BLOCK <= picture->width
           && (is_masked (mask + x) || are_equal (row + x, above + x)))
      x += BLOCK;
    if (x == picture->width)
      break;
    if (row[x] != above[x] && (run.end != 0 || !mask[x])) {
      Edge edge = edge_between (row[x], above[x]);
      if (edge != EDGE_NONE) {
        if (run.end == 0)
          open_run (picture, TRUE, &run, y, x);
        extend_run (&run, x, edge, mask[x]);
        continue;
      }
    }
    if (run.end != 0 && x > run.end)
      close_run (picture, TRUE, &run);
  }
  if (run.end != 0)
    close_run (picture, TRUE, &run);
}

/* The vertical runs that are open, one a column, and for each column whether
   one is: most are not, and can be passed by in blocks. */
typedef struct {
  Run    *runs;
  guint8 *open;
} Columns;

/* One row's part of the vertical runs. */
static void
scan_down (const Picture *picture,
           const guint32 *row,
           const guint8  *mask,
           int            y,
           Columns       *columns)
{
  for (int x = 1; x < picture->width; x++) {
    guint64 open;

    for (; x + BLOCK <= picture->width; x += BLOCK) {
      memcpy (&open, columns->open + x, sizeof open);
      if (open != 0 || !(is_masked (mask + x) || are_equal (row + x, row + x - 1)))
        break;
    }
    if (x == picture->width)
      break;
    gboolean masked = mask[x] | mask[x - 1];
    if (row[x] != row[x - 1] && (columns->open[x] || !masked)) {
      Edge edge = edge_between (row[x], row[x - 1]);
      if (edge != EDGE_NONE) {
        if (!columns->open[x])
          open_run (picture, FALSE, &columns->runs[x], x, y);
        extend_run (&columns->runs[x], y, edge, masked);
        columns->open[x] = 1;
        continue;
      }
    }
    if (columns->open[x] && y > columns->runs[x].end) {
      close_run (picture, FALSE, &columns->runs[x]);
      columns->open[x] = 0;
    }
  }
}

static void
find_runs (const Picture *picture)
{
  Columns columns = { g_new0 (Run, picture->width), g_new0 (guint8, picture->width) };

  for (int y = 0; y < picture->height; y++) {
    const guint32 *row  = pixel_row (picture, y);
    const guint8  *mask = picture->mask + (gsize) y * (gsize) picture->width;

    if (y > 0)
      scan_across (picture, pixel_row (picture, y - 1), row, mask, y);
    scan_down (picture, row, mask, y, &columns);
  }
  for (int x = 1; x < picture->width; x++)
    if (columns.open[x])
      close_run (picture, FALSE, &columns.runs[x]);
  g_free (columns.runs);
  g_free (columns.open);
}

static int
compare_runs (gconstpointer pa,
              gconstpointer pb)
{
  const Run *a = pa, *b = pb;

  return a->at != b->at ? a->at - b->at : a->begin - b->begin;
}

/* --- Joining --------------------------------------------------------------- */

/* Takes the strong edges of NEXT, which may lie on another line, into RUN. */
static void
absorb_strong (Run       *run,
               const Run *next)
{
  run->first_strong = MIN (run->first_strong, next->first_strong);
  run->last_strong  = MAX (run->last_strong, next->last_strong);
  run->strong += next->strong;
}

static void
absorb (Run       *run,
        const Run *next)
{
  run->end = MAX (run->end, next->end);
  absorb_strong (run, next);
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
    edges += edge_at (picture, horizontal, at, i) != EDGE_NONE;
  }
  if (end - begin <= OVERHANG_MAX * picture->scale)
    return edges * 100 >= OVERHANG_PERCENT * (end - begin);
  return horizontal && edges * 100 >= OVERHANG_ALONG * (end - begin);
}

/* The index behind the dashed line that begins with run I; I + 1 if none does. */
static guint
dashed_end (const Picture *picture,
            GArray        *runs,
            guint          i)
{
  const Run *first = &g_array_index (runs, Run, i), *run = first;
  guint j          = i;

  while (run->end - run->begin <= DASH_MAX * picture->scale) {
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
  if (length >= (horizontal ? UNBROKEN_ACROSS : UNBROKEN_DOWN) && strong > 0)
    return TRUE;
  return length >= (horizontal ? HORIZONTAL_MIN : VERTICAL_MIN) && strong >= STRONG_MIN
         && (strong >= STRONG_SHARE * length || strong >= STRONG_ENOUGH);
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

/* What a rule looks like across, at one place: the pixels before, in, behind. */
typedef struct {
  guint32 before, inside, behind;
} Profile;

static Profile
profile_at (const Picture *picture,
            gboolean       horizontal,
            int            first,
            int            last,
            int            along)
{
  Profile profile;
  guint32 *pixels[] = { &profile.before, &profile.inside, &profile.behind };
  int      at[]     = { first - 1, (first + last) / 2, last };

  for (int i = 0; i < 3; i++)
    *pixels[i] = pixel_row (picture, horizontal ? at[i] : along)[horizontal ? along : at[i]];
  return profile;
}

/* White paint between nothing and nothing. */
static gboolean
is_white_line (const Profile *profile)
{
  guint32 alpha = profile->inside >> 24;

  return alpha > profile->before >> 24 && alpha > profile->behind >> 24;
}

/* One colour on both sides, and between them a little of the paper under it. */
static gboolean
is_seam (const Profile *profile)
{
  int alpha[] = { (int) (profile->before >> 24), (int) (profile->inside >> 24) };

  if (edge_between (profile->before, profile->behind) != EDGE_NONE)
    return FALSE;
  for (int shift = 0; shift < 24; shift += 8) {
    int field = (int) (profile->before >> shift & 0xff) + 255 - alpha[0];
    int seam  = (int) (profile->inside >> shift & 0xff) + 255 - alpha[1];
    if (seam < field - EDGE_MIN || (seam - field) * 100 > (255 - field) * SEAM_PERCENT + 200)
      return FALSE;
  }
  return TRUE;
}

/* Whether TEST holds for the rule between the sides FIRST and LAST at most
   places that no glyph hides. */
static gboolean
looks_like (const Picture *picture,
            gboolean       horizontal,
            const Run     *first,
            int            last,
            gboolean       (*test) (const Profile *profile))
{
  int limit = horizontal ? picture->height : picture->width;
  int yes = 0, asked = 0;

  if (last == first->at || last >= limit)
    return FALSE;
  for (int i = 0; i < PROFILES; i++) {
    int along = first->begin + (int) ((gint64) (first->end - first->begin) * (2 * i + 1) / (2 * PROFILES));
    gsize at  = horizontal ? (gsize) first->at * (gsize) picture->width + (gsize) along
                           : (gsize) along * (gsize) picture->width + (gsize) first->at;

    if (picture->mask[at])
      continue;
    Profile profile = profile_at (picture, horizontal, first->at, last, along);
    yes += test (&profile);
    asked++;
  }
  return 2 * yes > asked;
}

/* A rule with where its strong edges begin and end, in points. */
typedef struct {
  HkRule rule;
  double strong[2];
} Found;

static void
add_rule (GArray        *found,
          const Picture *picture,
          gboolean       horizontal,
          const Run     *first,
          int            last)
{
  double begin = first->begin / picture->scale, end = first->end / picture->scale;
  double near = first->at / picture->scale, far = last / picture->scale;
  Found  rule = { .rule.horizontal = horizontal,
                  .strong = { first->first_strong / picture->scale, first->last_strong / picture->scale } };

  rule.rule.box = horizontal ? (HkBox){ begin, near, end, far } : (HkBox){ near, begin, far, end };
  g_array_append_val (found, rule);
}

/* Takes the runs behind the I-th that are sides of the same rule into it.
   Returns where the last of them lies. */
static int
take_sides (const Picture *picture,
            GArray        *runs,
            guint          i)
{
  int  step = (int) (THICKNESS_STEP * picture->scale), most = (int) (THICKNESS_MAX * picture->scale);
  Run *first = &g_array_index (runs, Run, i);
  int  last  = first->at;

  for (guint j = i + 1; j < runs->len; j++) {
    Run *run     = &g_array_index (runs, Run, j);
    int  overlap = MIN (run->end, first->end) - MAX (run->begin, first->begin);

    if (run->at > last + step || run->at > first->at + most)
      break;
    if (run->end == 0 || 2 * overlap < MIN (run->end - run->begin, first->end - first->begin))
      continue;
    last           = run->at;
    first->begin   = MIN (first->begin, run->begin);
    first->end     = MAX (first->end, run->end);
    first->visible = MAX (first->visible, run->visible);
    absorb_strong (first, run);
    run->end = 0;
  }
  return last;
}

/* Makes one rule of each set of believed runs that lie side by side. */
static void
pair_runs (GArray        *found,
           const Picture *picture,
           GArray        *runs,
           gboolean       horizontal)
{
  for (guint i = 0; i < runs->len; i++) {
    Run *first = &g_array_index (runs, Run, i);

    if (first->end == 0)
      continue; /* taken as a side of a rule before */
    int      last    = take_sides (picture, runs, i);
    gboolean visible = VISIBLE_PART * first->visible >= first->end - first->begin;
    gboolean narrow  = last == first->at + 1; /* as a seam is */
    if (visible ? !(narrow && looks_like (picture, horizontal, first, last, is_seam))
                : looks_like (picture, horizontal, first, last, is_white_line))
      add_rule (found, picture, horizontal, first, last);
  }
}

/* --- Tails ----------------------------------------------------------------- */

static inline double
begin_or_end (const HkRule *rule,
              int           side)
{
  const HkBox *box = &rule->box;

  return rule->horizontal ? (side ? box->x1 : box->x0) : (side ? box->y1 : box->y0);
}

/* Whether RULE's end on SIDE (0 begin, 1 end) touches OTHER, or OTHER, of the
   same direction, surely ends where it does. *MEETING becomes where they meet. */
static gboolean
meets (const HkRule *rule,
       int           side,
       const Found  *other,
       double       *meeting)
{
  double       end = begin_or_end (rule, side);
  const HkBox *box = &other->rule.box;

  if (&other->rule == rule)
    return FALSE;
  *meeting = end;
  if (other->rule.horizontal == rule->horizontal)
    return fabs (other->strong[side] - end) <= TAIL_SNAP
           && fabs (begin_or_end (&other->rule, side) - end) <= TAIL_SNAP;
  double low  = rule->horizontal ? box->x0 : box->y0, high = rule->horizontal ? box->x1 : box->y1;
  double at   = rule->horizontal ? hk_box_mid_y (&rule->box) : hk_box_mid_x (&rule->box);
  *meeting = CLAMP (end, low, high);
  return low - TAIL_MEET <= end && end <= high + TAIL_MEET
         && begin_or_end (&other->rule, 0) - TAIL_ASIDE <= at
         && at <= begin_or_end (&other->rule, 1) + TAIL_ASIDE;
}

/* Where RULE, the FOUND one, is to end on SIDE. */
static double
without_tail (const GArray *found,
              const Found  *rule,
              int           side)
{
  double end = begin_or_end (&rule->rule, side), meeting;

  if (end == rule->strong[side])
    return end;
  for (guint i = 0; i < found->len; i++)
    if (meets (&rule->rule, side, &g_array_index (found, Found, i), &meeting))
      return meeting;
  return rule->strong[side];
}

/* Hands the rules that were FOUND to PAGE, without tails. */
static void
hand_over (HkPage       *page,
           const GArray *found)
{
  for (guint i = 0; i < found->len; i++) {
    const Found *it   = &g_array_index (found, Found, i);
    HkRule       rule = it->rule;

    if (found->len <= MAX_TAILED) {
      *(rule.horizontal ? &rule.box.x0 : &rule.box.y0) = without_tail (found, it, 0);
      *(rule.horizontal ? &rule.box.x1 : &rule.box.y1) = without_tail (found, it, 1);
    }
    g_array_append_val (page->rules, rule);
  }
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
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));

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
    pair_runs (found, &picture, picture.runs[i], i);
    g_array_unref (picture.runs[i]);
  }
  hand_over (page, found);
  g_free (picture.mask);
}
