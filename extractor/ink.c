/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From ink to runs.
 *
 * An engine that is given a whole page has to find its columns, and takes the
 * rules and brackets of a form for letters. Here the cells are known, so each
 * piece of a line is cut out and read alone:
 *
 *   1. Blobs: connected pieces of ink, each in the cell its middle lies in.
 *      Specks are dropped.
 *   2. Signs: brackets and rings are told by their shape (sign.c); a ring with
 *      ink in it is the circle of a number.
 *   3. Runs: blobs at one height with no wide gap between them.
 */
#include "ink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sign.h"

#define SPECK       1.1  /* points: a blob smaller both ways is dirt … */
#define SPECK_THIN  0.6  /* … as is one that is so small in one way and a speck in the other */
#define EM_LEAST    4.5  /* points: blobs that tell the size of the text */
#define EM_MOST     26.0
#define EM_DEFAULT  10.0
#define BLOB_MOST   60.0 /* points: larger both ways is no character */
#define BLOBS_MOST  40000 /* a page of noise; the densest form has 8000 */

#define INSIDE_RADIUS 0.6 /* of a ring, within which ink stands in it … */
#define INSIDE_INK    0.1 /* … if there is so much, in squares of the radius */
#define DOT_HEIGHT    0.62 /* of a zero, that the dot or stroke in it has at most */
#define GAP_MOST    0.95 /* em: between blobs of one run; a space of full width and the white in the characters' squares */
#define OVERLAP     0.4  /* of the height of the lower of two blobs in one run */
#define HIGHER_MOST 1.7  /* em of the page: blobs higher than this hang from two lines, and tie none */
#define RING_HIGH   0.8  /* of its line's height: what is lower is the letter O */
#define HEIGHTS     256  /* pixels: blobs are counted by their height up to here */
#define TALL_SHARE  0.7  /* of a run's blobs, that are no higher than its characters */
#define LINES_HIGH  1.75 /* times that height: a run so high is several lines */
#define LINE_STEP   0.62 /* times that height: middles of characters so far apart are of two … */
#define CHARACTER_LEAST 0.6 /* … and these are so high at least and at most, times it */
#define CHARACTER_MOST  1.4
#define SMALL_RUN   0.55 /* em: a run lower than this may be a part of a character: 二, ＝, ： */
#define WHOLE       1.2  /* em: the height of what two such parts make at most */

static double
median_size (const GArray *blobs,
             double        scale)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < blobs->len; i++) {
    const HkBlob *blob = &g_array_index (blobs, HkBlob, i);
    int           size = MAX (blob->x1 - blob->x0, blob->y1 - blob->y0);
    if (size >= EM_LEAST * scale && size <= EM_MOST * scale)
      g_array_append_val (sizes, size);
  }
  if (sizes->len == 0)
    return EM_DEFAULT * scale;
  int *all = (int *) (void *) sizes->data;
  for (guint gap = sizes->len / 2; gap > 0; gap /= 2) /* few thousands: Shell's sort */
    for (guint i = gap; i < sizes->len; i++)
      for (guint k = i; k >= gap && all[k - gap] > all[k]; k -= gap) {
        int swap = all[k];
        all[k]       = all[k - gap];
        all[k - gap] = swap;
      }
  return all[sizes->len / 2] * 1.1; /* a character leaves a little of its square white */
}

static int
cell_of (const HkPage *page,
         double        x,
         double        y,
         int           last)
{
  for (int i = -1; i < (int) page->cells->len; i++) {
    int which = i < 0 ? last : i;
    if (which < 0)
      continue;
    const HkBox *box = &hk_page_cell (page, which)->box;
    if (x >= box->x0 && x < box->x1 && y >= box->y0 && y < box->y1)
      return which;
  }
  return -1;
}

static gboolean
is_dirt (int    w,
         int    h,
         double scale)
{
  double longer = MAX (w, h) / scale, shorter = MIN (w, h) / scale;

  return longer < SPECK || (shorter < SPECK_THIN && longer < 1.5 * SPECK) || (shorter > BLOB_MOST);
}

static void
find_blobs (HkInk        *ink,
            const HkScan *scan,
            const HkPage *page,
            PIXA        **pieces)
{
  BOXA *boxes = pixConnComp (scan->ink, pieces, 8);
  int   last  = -1;

  for (l_int32 i = 0; boxes != NULL && i < MIN (boxaGetCount (boxes), BLOBS_MOST); i++) {
    l_int32 x, y, w, h;
    boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
    HkBlob blob = { .x0 = x, .y0 = y, .x1 = x + w, .y1 = y + h, .inside = -1, .dot = -1, .run = is_dirt (w, h, scan->scale) ? -2 : -1 };
    last = blob.cell = cell_of (page, (x + w / 2.0) / scan->scale, (y + h / 2.0) / scan->scale, last);
    g_array_append_val (ink->blobs, blob);
  }
  boxaDestroy (&boxes);
}

/* --- Signs ------------------------------------------------------------------- */

/* Whether something stands in the ring I: then that is its circle. */
static gboolean
encircle (HkInk        *ink,
          const HkScan *scan,
          guint         i)
{
  HkBlob *ring = hk_ink_blob (ink, i);
  double  rx = (ring->x1 - ring->x0) / 2.0, ry = (ring->y1 - ring->y0) / 2.0;
  int     n = 0;

  for (guint k = 0; k < ink->blobs->len; k++) {
    HkBlob *blob = hk_ink_blob (ink, k);
    if (k != i && blob->x0 > ring->x0 && blob->x1 < ring->x1 && blob->y0 > ring->y0 && blob->y1 < ring->y1)
      blob->inside = (int) i;
  }
  for (int y = ring->y0; y < ring->y1; y++) /* it may touch the ring, and be no blob of its own */
    for (int x = ring->x0; x < ring->x1; x++) {
      l_uint32 value = 0;
      if (hypot ((x + 0.5 - ring->x0 - rx) / rx, (y + 0.5 - ring->y0 - ry) / ry) < INSIDE_RADIUS) {
        pixGetPixel (scan->ink, x, y, &value);
        n += value != 0;
      }
    }
  return n > INSIDE_INK * rx * ry;
}

/* The dot in the zero I, if it has one: the engine takes it for a 6 or 9, and is
   shown it without. */
static void
find_dot (HkInk *ink,
          guint  i)
{
  HkBlob *zero = hk_ink_blob (ink, i);

  for (guint k = 0; k < ink->blobs->len; k++) {
    HkBlob *blob = hk_ink_blob (ink, k);
    if (k == i || blob->x0 <= zero->x0 || blob->x1 >= zero->x1 || blob->y0 <= zero->y0 || blob->y1 >= zero->y1)
      continue;
    if ((blob->y1 - blob->y0) > DOT_HEIGHT * (zero->y1 - zero->y0) || zero->dot >= 0) {
      zero->dot = -1;
      return;
    }
    zero->dot    = (int) k;
    blob->inside = (int) i;
  }
}

static void
find_signs (HkInk        *ink,
            const HkScan *scan,
            PIXA         *pieces)
{
  for (guint i = 0; i < ink->blobs->len; i++) {
    HkBlob *blob = hk_ink_blob (ink, i);
    if (blob->run == -2)
      continue;

    PIX *piece = pixaGetPix (pieces, (l_int32) i, L_CLONE);
    HkSign sign = hk_sign_of (piece, ink->em);
    switch (sign) {
    case HK_SIGN_OPEN:
      blob->sign = '[';
      break;
    case HK_SIGN_CLOSE:
      blob->sign = ']';
      break;
    case HK_SIGN_RING:
      blob->circle = encircle (ink, scan, i);
      blob->sign   = 0x25CB; /* ○ */
      break;
    case HK_SIGN_ZERO:
      find_dot (ink, i);
      break;
    case HK_SIGN_ONE:
    case HK_SIGN_TWO:
    case HK_SIGN_THREE:
      blob->sign = 0x2160 + (gunichar) (sign - HK_SIGN_ONE); /* Ⅰ */
      break;
    case HK_SIGN_SQUARE:
      blob->sign = 0x25A0; /* ■ */
      break;
    case HK_SIGN_DISC:
      blob->sign = 0x25CF; /* ● */
      break;
    case HK_SIGN_DIAMOND:
      blob->sign = 0x25C6; /* ◆ */
      break;
    case HK_SIGN_PAREN_OPEN:
      blob->sign = 0xFF08; /* （ */
      break;
    case HK_SIGN_PAREN_CLOSE:
      blob->sign = 0xFF09; /* ） */
      break;
    case HK_SIGN_DOT:
      blob->sign = 0x30FB; /* ・, if it stands at half the height */
      break;
    case HK_SIGN_CHECK:
      blob->sign = 0x2713; /* ✓ */
      break;
    case HK_SIGN_DASH:
      blob->sign = 0xFF0D; /* － */
      break;
    case HK_SIGN_NONE:
      break;
    }
    pixDestroy (&piece);
  }
}

/* --- Runs -------------------------------------------------------------------- */

static int
by_cell_and_side (gconstpointer pa,
                  gconstpointer pb,
                  gpointer      data)
{
  const HkInk  *ink = data;
  const HkBlob *a = hk_ink_blob (ink, *(const guint *) pa), *b = hk_ink_blob (ink, *(const guint *) pb);

  return a->cell != b->cell ? a->cell - b->cell : a->x0 - b->x0;
}

static gboolean
are_level (int    a0,
           int    a1,
           int    b0,
           int    b1,
           double share)
{
  return MIN (a1, b1) - MAX (a0, b0) >= share * MIN (a1 - a0, b1 - b0);
}

static gboolean
are_neighbours (const HkInk  *ink,
                const HkBlob *a,
                const HkBlob *b)
{
  int height = MAX (a->y1 - a->y0, b->y1 - b->y0);

  return height <= HIGHER_MOST * 2 * ink->em && MAX (a->x0, b->x0) - MIN (a->x1, b->x1) <= GAP_MOST * MAX (ink->em * 0.8, height) &&
         are_level (a->y0, a->y1, b->y0, b->y1, OVERLAP);
}

static guint
root_of (guint *parents,
         guint  i)
{
  while (parents[i] != i)
    i = parents[i] = parents[parents[i]];
  return i;
}

/* Brackets, and circles with their numbers, are runs of their own. */
static gboolean
stands_alone (const HkBlob *blob)
{
  return blob->sign == '[' || blob->sign == ']' || blob->circle;
}

/* The blobs that are read as characters, by cell, then left to right (guint). */
static GArray *
list_blobs (HkInk *ink)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < ink->blobs->len; i++)
    if (hk_ink_blob (ink, i)->run != -2 && hk_ink_blob (ink, i)->inside < 0)
      g_array_append_val (list, i);
  g_array_sort_with_data (list, by_cell_and_side, ink);
  return list;
}

static void
tie_neighbours (const HkInk *ink,
                const GArray *list,
                guint        *parents)
{
  for (guint a = 0; a < list->len; a++) {
    const HkBlob *one = hk_ink_blob (ink, g_array_index (list, guint, a));
    double reach = one->x1 + GAP_MOST * MAX (ink->em * 0.8, HIGHER_MOST * 2 * ink->em);

    if (stands_alone (one))
      continue;
    for (guint b = a + 1; b < list->len; b++) {
      const HkBlob *other = hk_ink_blob (ink, g_array_index (list, guint, b));
      if (other->cell != one->cell || other->x0 > reach)
        break;
      if (!stands_alone (other) && are_neighbours (ink, one, other))
        parents[root_of (parents, b)] = root_of (parents, a);
    }
  }
}

static void
add_blob (HkInk *ink,
          guint  run,
          guint  blob)
{
  HkRun  *to   = hk_ink_run (ink, run);
  HkBlob *from = hk_ink_blob (ink, blob);

  from->run = (int) run;
  if (to->blobs->len == 0) {
    to->x0   = from->x0;
    to->y0   = from->y0;
    to->x1   = from->x1;
    to->y1   = from->y1;
    to->cell = from->cell;
  }
  to->x0 = MIN (to->x0, from->x0);
  to->y0 = MIN (to->y0, from->y0);
  to->x1 = MAX (to->x1, from->x1);
  to->y1 = MAX (to->y1, from->y1);
  g_array_append_val (to->blobs, blob);
}

static guint
add_run (HkInk *ink)
{
  HkRun run = { .blobs = g_array_new (FALSE, FALSE, sizeof (guint)) };

  g_array_append_val (ink->runs, run);
  return ink->runs->len - 1;
}

/* How high the characters of RUN are: as most of its taller blobs. */
static int
characters_height (const HkInk *ink,
                   const HkRun *run)
{
  guint counts[HEIGHTS] = { 0 }, n = 0;
  int   height = 0;

  for (guint i = 0; i < run->blobs->len; i++) {
    const HkBlob *blob = hk_ink_blob (ink, g_array_index (run->blobs, guint, i));
    counts[MIN (blob->y1 - blob->y0, HEIGHTS - 1)]++;
  }
  while (height < HEIGHTS - 1 && (n += counts[height]) < TALL_SHARE * run->blobs->len)
    height++;
  return MAX (height, (int) (0.7 * ink->em));
}

/* Whether A and B, one of them low, are parts of a line: they overlap in one way
   and nearly touch in the other, and are no higher than a character together. */
static gboolean
belong_together (const HkInk *ink,
                 const HkRun *a,
                 const HkRun *b)
{
  int low  = MIN (a->y1 - a->y0, b->y1 - b->y0);
  int high = MAX (a->y1, b->y1) - MIN (a->y0, b->y0);
  int gap  = MAX (a->x0, b->x0) - MIN (a->x1, b->x1);

  if (a->cell != b->cell || a->sign != 0 || b->sign != 0 || a->circle || b->circle)
    return FALSE;
  if (are_level (a->y0, a->y1, b->y0, b->y1, 0.5) && gap <= GAP_MOST * ink->em && high <= LINES_HIGH * MAX (characters_height (ink, a), characters_height (ink, b)))
    return TRUE;
  return low < SMALL_RUN * ink->em && high <= WHOLE * ink->em && gap <= 0.3 * ink->em;
}

static void
merge_runs (HkInk *ink)
{
  for (guint a = 0; a < ink->runs->len; a++)
    for (guint b = 0; b < ink->runs->len; b++) {
      HkRun *to = hk_ink_run (ink, a), *from = hk_ink_run (ink, b);

      if (a == b || to->blobs->len == 0 || from->blobs->len == 0 || !belong_together (ink, to, from))
        continue;
      for (guint i = 0; i < from->blobs->len; i++)
        add_blob (ink, a, g_array_index (from->blobs, guint, i));
      g_array_set_size (from->blobs, 0);
      b = 0;
    }
}

static int
by_blob_side (gconstpointer pa,
              gconstpointer pb,
              gpointer      data)
{
  const HkInk *ink = data;

  return hk_ink_blob (ink, *(const guint *) pa)->x0 - hk_ink_blob (ink, *(const guint *) pb)->x0;
}

/* Whether the sign BLOB of RUN is read by its shape among characters: a ring that
   is a mark or a bullet, and no letter; a Roman number or a solid bullet at the beginning. */
static gboolean
is_cut_out (const HkRun  *run,
            const HkBlob *blob)
{
  gboolean first = blob->x0 == run->x0 && ((blob->sign >= 0x2160 && blob->sign <= 0x2162) || (blob->sign >= 0x25A0 && blob->sign != 0x25CB && blob->sign <= 0x25CF));

  return first || (blob->sign == 0x25CB && blob->y1 - blob->y0 >= RING_HIGH * (run->y1 - run->y0));
}

/* Cuts RUN at its signs, which are read by their shape. */
static void
cut_at_signs (HkInk *ink,
              guint  r)
{
  g_autoptr (GArray) blobs = g_array_copy (hk_ink_run (ink, r)->blobs);
  gboolean any = FALSE;
  int      to  = -1;

  for (guint i = 0; i < blobs->len; i++)
    any |= is_cut_out (hk_ink_run (ink, r), hk_ink_blob (ink, g_array_index (blobs, guint, i)));
  if (!any || blobs->len < 2)
    return;
  HkRun whole = *hk_ink_run (ink, r);
  g_array_sort_with_data (blobs, by_blob_side, ink);
  g_array_set_size (hk_ink_run (ink, r)->blobs, 0);
  for (guint i = 0; i < blobs->len; i++) {
    guint    blob = g_array_index (blobs, guint, i);
    gboolean sign = is_cut_out (&whole, hk_ink_blob (ink, blob));

    if (sign || to < 0)
      to = (int) add_run (ink);
    add_blob (ink, (guint) to, blob);
    hk_ink_run (ink, (guint) to)->y0 = whole.y0; /* what is level with what shows in the whole line alone */
    hk_ink_run (ink, (guint) to)->y1 = whole.y1;
    if (sign)
      to = -1;
  }
}

static void
set_signs (HkInk *ink)
{
  for (guint i = 0; i < ink->runs->len; i++) {
    HkRun *run = hk_ink_run (ink, i);
    if (run->blobs->len != 1)
      continue;
    const HkBlob *blob = hk_ink_blob (ink, g_array_index (run->blobs, guint, 0));
    run->circle = blob->circle;
    run->sign   = blob->circle ? 0 : blob->sign;
  }
}

static int
by_place (gconstpointer pa,
          gconstpointer pb)
{
  const HkRun *a = pa, *b = pb;
  int          upper = (a->y0 + a->y1) / 2, lower = (b->y0 + b->y1) / 2;

  if (a->cell != b->cell)
    return a->cell - b->cell;
  return upper != lower ? upper - lower : a->x0 - b->x0;
}

/* Drops runs without blobs, and puts those of a line left to right. */
static void
sort_runs (HkInk *ink)
{
  guint kept = 0;

  for (guint i = 0; i < ink->runs->len; i++)
    if (hk_ink_run (ink, i)->blobs->len > 0)
      *hk_ink_run (ink, kept++) = *hk_ink_run (ink, i);
    else
      g_array_unref (hk_ink_run (ink, i)->blobs);
  g_array_set_size (ink->runs, kept);
  g_array_sort (ink->runs, by_place);
  for (guint i = 1; i < kept; i++) /* those of one line are few and nearly in order */
    for (guint k = i; k > 0; k--) {
      HkRun *before = hk_ink_run (ink, k - 1), *run = hk_ink_run (ink, k), swap = *run;
      if (before->cell != run->cell || !are_level (before->y0, before->y1, run->y0, run->y1, 0.5) || before->x0 <= run->x0)
        break;
      *run    = *before;
      *before = swap;
    }
}

static int
by_blob_middle (gconstpointer pa,
                gconstpointer pb,
                gpointer      data)
{
  const HkInk  *ink = data;
  const HkBlob *a = hk_ink_blob (ink, *(const guint *) pa), *b = hk_ink_blob (ink, *(const guint *) pb);

  return (a->y0 + a->y1) - (b->y0 + b->y1);
}

/* The middles of the lines that BLOBS, by their own middles, are of (double): those of
   characters HEIGHT high tell. */
static GArray *
line_middles (const HkInk  *ink,
              const GArray *blobs,
              int           height)
{
  GArray *middles = g_array_new (FALSE, FALSE, sizeof (double));
  guint   count   = 0;

  for (guint i = 0; i < blobs->len; i++) {
    const HkBlob *blob = hk_ink_blob (ink, g_array_index (blobs, guint, i));
    double        y = (blob->y0 + blob->y1) / 2.0, *last = middles->len == 0 ? NULL : &g_array_index (middles, double, middles->len - 1);

    if (blob->y1 - blob->y0 < CHARACTER_LEAST * height || blob->y1 - blob->y0 > CHARACTER_MOST * height)
      continue;
    if (last == NULL || y - *last > LINE_STEP * height) {
      g_array_append_val (middles, y);
      count = 1;
    }
    else {
      *last = (*last * count + y) / (count + 1);
      count++;
    }
  }
  return middles;
}

/* Parts a run that is lines tied to each other by what hangs over from one to the next. */
static void
part_lines (HkInk *ink,
            guint  r)
{
  int   height = characters_height (ink, hk_ink_run (ink, r));
  guint first  = ink->runs->len;

  if (hk_ink_run (ink, r)->y1 - hk_ink_run (ink, r)->y0 < LINES_HIGH * height || hk_ink_run (ink, r)->blobs->len < 4)
    return;
  g_autoptr (GArray) blobs = g_array_copy (hk_ink_run (ink, r)->blobs);
  g_array_sort_with_data (blobs, by_blob_middle, ink);
  g_autoptr (GArray) middles = line_middles (ink, blobs, height);
  if (middles->len < 2)
    return;
  g_array_set_size (hk_ink_run (ink, r)->blobs, 0);
  for (guint l = 0; l < middles->len; l++)
    add_run (ink);
  for (guint i = 0, line = 0; i < blobs->len; i++) {
    guint         b    = g_array_index (blobs, guint, i);
    const HkBlob *blob = hk_ink_blob (ink, b);
    double        y    = (blob->y0 + blob->y1) / 2.0;

    while (line + 1 < middles->len &&
           fabs (y - g_array_index (middles, double, line + 1)) < fabs (y - g_array_index (middles, double, line)))
      line++;
    add_blob (ink, first + line, b);
  }
}

static void
find_runs (HkInk *ink)
{
  g_autoptr (GArray) list   = list_blobs (ink);
  g_autofree guint *parents = g_new (guint, list->len + 1);
  g_autofree int   *runs    = g_new (int, list->len + 1);

  for (guint i = 0; i < list->len; i++) {
    parents[i] = i;
    runs[i]    = -1;
  }
  tie_neighbours (ink, list, parents);
  for (guint i = 0; i < list->len; i++) {
    guint root = root_of (parents, i);
    if (runs[root] < 0)
      runs[root] = (int) add_run (ink);
    add_blob (ink, (guint) runs[root], g_array_index (list, guint, i));
  }
  for (guint i = 0, n = ink->runs->len; i < n; i++)
    part_lines (ink, i);
  set_signs (ink);
  for (guint i = 0; i < ink->runs->len; i++)
    if (hk_ink_run (ink, i)->sign == 0xFF0D || hk_ink_run (ink, i)->sign == 0x30FB) /* alone it is a dash, stacked a part of 二 */
      hk_ink_run (ink, i)->sign = 0;
  merge_runs (ink);
  for (guint i = 0, n = ink->runs->len; i < n; i++)
    cut_at_signs (ink, i);
  set_signs (ink);
  sort_runs (ink);
}

HkInk *
hk_ink_new (const HkScan *scan,
            const HkPage *page)
{
  HkInk *ink    = g_new0 (HkInk, 1);
  PIXA  *pieces = NULL;

  ink->blobs = g_array_new (FALSE, TRUE, sizeof (HkBlob));
  ink->runs  = g_array_new (FALSE, TRUE, sizeof (HkRun));
  find_blobs (ink, scan, page, &pieces);
  ink->em = median_size (ink->blobs, scan->scale);
  find_signs (ink, scan, pieces);
  pixaDestroy (&pieces);
  find_runs (ink);
  return ink;
}

void
hk_ink_free (HkInk *ink)
{
  if (ink == NULL)
    return;
  for (guint i = 0; i < ink->runs->len; i++)
    g_array_unref (hk_ink_run (ink, i)->blobs);
  g_array_unref (ink->blobs);
  g_array_unref (ink->runs);
  g_free (ink);
}
