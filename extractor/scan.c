/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From pixels to ink.
 *
 *   1. Grey, then black and white.
 *   2. Straightened: a scanner's feeder turns a sheet by a degree or so, and a
 *      rule that climbs by half a line is no rule any more.
 *   3. Rules: what stays black under a long thin brush. Strokes of characters
 *      are shorter; a long dash is thinner than a cell is high, and closes none.
 *   4. Rules are taken out, so that characters that touch them can be read.
 */
#include "scan.h"

#include <math.h>
#include <string.h>

/* All lengths in points. */
#define HORIZONTAL_MIN 22.0 /* the shortest horizontal rule: longer than strokes and than most dashes */
#define VERTICAL_MIN   13.0 /* the shortest vertical rule: one row; longer than brackets */
#define BREAK_MAX      2.5  /* a gap that a scanner leaves in a rule */
#define THICKNESS_MAX  5.0  /* of a rule; what is thicker is a filled area */
#define TALL_ENOUGH    26.0 /* a vertical rule needs no other to lean on … */
#define LEAN           2.5  /* … else it ends so near to one */

/* Degrees. Less is not worth turning for; more, and it is no longer the feeder's doing. */
#define SKEW_MIN  0.04
#define SKEW_MAX  7.0
#define SKEW_SURE 2.5 /* Leptonica's measure of how far the best angle stands out */

/* Where ink begins, 0 being black and 1 the paper: thin strokes of small type are never
   quite black, and a grey field behind a heading is paper. */
#define INK_SHARE 0.62
#define LEVEL_MIN 70
#define LEVEL_MAX 178
#define DARKEST   0.003 /* of the page: what is darker than all else is ink */

static PIX *
grey_of (const unsigned char *pixels,
         int                  width,
         int                  height,
         int                  stride)
{
  PIX *grey = pixCreate (width, height, 8);

  if (grey == NULL)
    return NULL;
  for (int y = 0; y < height; y++) {
    const guint32 *row  = (const guint32 *) (const void *) (pixels + (gsize) y * (gsize) stride);
    l_uint32      *line = pixGetData (grey) + (gsize) y * (gsize) pixGetWpl (grey);
    for (int x = 0; x < width; x++) {
      guint32 p = row[x];
      SET_DATA_BYTE (line, x, (77 * (p >> 16 & 0xff) + 151 * (p >> 8 & 0xff) + 28 * (p & 0xff)) >> 8);
    }
  }
  return grey;
}

/* Black and white: paper is the median, for most of a page is white. */
static PIX *
ink_of (PIX *grey)
{
  l_float32 ink = 0, paper = 255;
  NUMA     *histogram = pixGetGrayHistogram (grey, 4);

  if (histogram != NULL) {
    numaHistogramGetValFromRank (histogram, DARKEST, &ink);
    numaHistogramGetValFromRank (histogram, 0.5F, &paper);
  }
  numaDestroy (&histogram);
  return pixThresholdToBinary (grey, (l_int32) CLAMP (ink + INK_SHARE * (paper - ink), LEVEL_MIN, LEVEL_MAX));
}

static void
straighten (HkScan *scan)
{
  l_float32 angle = 0, sure = 0;
  PIX      *straight;

  if (pixFindSkewSweepAndSearch (scan->ink, &angle, &sure, 4, 2, SKEW_MAX, 1.0F, 0.01F) != 0 || sure < SKEW_SURE ||
      fabsf (angle) < SKEW_MIN)
    return;
  straight = pixRotate (scan->grey, angle * (l_float32) (G_PI / 180), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
  if (straight == NULL)
    return;
  pixDestroy (&scan->grey);
  pixDestroy (&scan->ink);
  scan->grey = straight;
  scan->ink  = ink_of (straight);
  scan->skew = -angle;
}

/* --- Rules ------------------------------------------------------------------- */

static HkBox
in_points (const BOX *box,
           double     scale)
{
  l_int32 x, y, w, h;

  boxGetGeometry ((BOX *) box, &x, &y, &w, &h);
  return (HkBox){ x / scale, y / scale, (x + w) / scale, (y + h) / scale };
}

/* Whether a vertical rule ends at a horizontal one, or is too tall to be a stroke. */
static gboolean
is_supported (const HkScan *scan,
              const HkBox  *box)
{
  if (hk_box_height (box) >= TALL_ENOUGH)
    return TRUE;
  for (guint i = 0; i < scan->rules->len; i++) {
    const HkRule *rule = &g_array_index (scan->rules, HkRule, i);
    if (rule->horizontal && rule->box.x0 <= box->x1 + LEAN && rule->box.x1 >= box->x0 - LEAN &&
        (fabs (rule->box.y0 - box->y0) < LEAN + THICKNESS_MAX || fabs (rule->box.y1 - box->y1) < LEAN + THICKNESS_MAX))
      return TRUE;
  }
  return FALSE;
}

/* Appends the rules of one direction that LINES (1 bit) has to scan->rules, and
   takes what is none of them out of LINES. */
static void
take_rules (HkScan  *scan,
            PIX     *lines,
            gboolean horizontal)
{
  BOXA *boxes = pixConnCompBB (lines, 8);

  for (l_int32 i = 0; boxes != NULL && i < boxaGetCount (boxes); i++) {
    BOX   *box  = boxaGetBox (boxes, i, L_CLONE);
    HkRule rule = { in_points (box, scan->scale), horizontal };

    if ((horizontal ? hk_box_height (&rule.box) : hk_box_width (&rule.box)) <= THICKNESS_MAX &&
        (horizontal || is_supported (scan, &rule.box)))
      g_array_append_val (scan->rules, rule);
    else
      pixClearInRect (lines, box);
    boxDestroy (&box);
  }
  boxaDestroy (&boxes);
}

/* What in the ink is long and straight in one direction. */
static PIX *
long_lines (const HkScan *scan,
            gboolean      horizontal)
{
  int  least = (int) lround ((horizontal ? HORIZONTAL_MIN : VERTICAL_MIN) * scan->scale);
  int  gap   = (int) lround (BREAK_MAX * scan->scale);
  PIX *lines = pixOpenBrick (NULL, scan->ink, horizontal ? least : 1, horizontal ? 1 : least);

  return lines == NULL ? NULL : pixCloseSafeBrick (lines, lines, horizontal ? gap : 1, horizontal ? 1 : gap);
}

/* Takes LINES out of ink and picture, with the fringe that a scanner leaves. */
static void
paint_over (HkScan *scan,
            PIX    *lines)
{
  PIX *wide = pixDilateBrick (NULL, lines, 5, 5);

  if (wide == NULL)
    return;
  pixSubtract (scan->ink, scan->ink, wide);
  pixSetMasked (scan->grey, wide, 255);
  pixDestroy (&wide);
}

static void
find_rules (HkScan *scan)
{
  PIX *lines[2] = { long_lines (scan, FALSE), long_lines (scan, TRUE) };

  for (int horizontal = 1; horizontal >= 0; horizontal--)
    if (lines[horizontal] != NULL)
      take_rules (scan, lines[horizontal], horizontal);
  for (int i = 0; i < 2; i++)
    if (lines[i] != NULL) {
      paint_over (scan, lines[i]);
      pixDestroy (&lines[i]);
    }
}

HkScan *
hk_scan_new (const unsigned char *pixels,
             int                  width,
             int                  height,
             int                  stride,
             double               scale,
             gboolean             askew)
{
  g_autoptr (HkScan) scan = g_new0 (HkScan, 1);

  scan->scale = scale;
  scan->rules = g_array_new (FALSE, TRUE, sizeof (HkRule));
  scan->grey  = grey_of (pixels, width, height, stride);
  scan->ink   = scan->grey == NULL ? NULL : ink_of (scan->grey);
  if (scan->ink == NULL)
    return NULL;
  if (askew)
    straighten (scan);
  if (scan->ink == NULL)
    return NULL;
  find_rules (scan);
  return g_steal_pointer (&scan);
}

HkScan *
hk_scan_turned (const HkScan *scan,
                double        height)
{
  g_autoptr (HkScan) turned = g_new0 (HkScan, 1);

  turned->scale = scan->scale;
  turned->skew  = scan->skew;
  turned->rules = g_array_new (FALSE, TRUE, sizeof (HkRule));
  turned->grey  = pixRotateOrth (scan->grey, 1);
  turned->ink   = pixRotateOrth (scan->ink, 1);
  for (guint i = 0; i < scan->rules->len; i++) {
    const HkRule *rule = &g_array_index (scan->rules, HkRule, i);
    HkRule        to   = { { height - rule->box.y1, rule->box.x0, height - rule->box.y0, rule->box.x1 }, !rule->horizontal };
    g_array_append_val (turned->rules, to);
  }
  return turned->grey == NULL || turned->ink == NULL ? NULL : g_steal_pointer (&turned);
}

void
hk_scan_free (HkScan *scan)
{
  if (scan == NULL)
    return;
  pixDestroy (&scan->grey);
  pixDestroy (&scan->ink);
  g_clear_pointer (&scan->rules, g_array_unref);
  g_free (scan);
}
