/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Brackets and rings decide what is marked, and an OCR engine trained on running
 * text takes them for letters. Their shapes are simple enough to be measured:
 *
 *   [   a straight spine as high as the piece, a foot at its top and its
 *       bottom, and nothing in between
 *   ○   ink at one distance from the middle in every direction, and none in it
 *   Ⅱ   bars at top and bottom, and so many strokes between them, none at the sides
 */
#include "sign.h"

#include <math.h>

#define BRACKET_HEIGHT_MIN 0.7 /* em */
#define BRACKET_HEIGHT_MAX 2.4
#define BRACKET_WIDTH_MIN  0.14 /* of its height */
#define BRACKET_WIDTH_MAX  0.5
#define FOOT_ZONE  0.2  /* of the height, at either end, that a foot lies in */
#define FOOT_WIDTH 0.62 /* of the width, that a foot takes … */
#define FOOT_LONG 1.6   /* … and times the spine's thickness */
#define SPINE_ZONE 0.15 /* of the width, from its side, that the spine reaches into */
#define SPINE_EVEN 0.15 /* of the width, by which the spine may change its own */
#define SPINE_SOLID 0.93 /* of the height */

#define RING_MIN   0.5  /* em */
#define RING_MAX   2.2
#define RING_ROUND 0.16 /* by how much of its size width and height may differ */
#define ZERO_WIDTH_MIN 0.3 /* of the height */
#define ZERO_WIDTH_MAX 0.86
#define RING_RAYS  32
#define RING_OUTER 0.84 /* of the radius, within which no ray may first meet ink */
#define RING_INNER 0.5  /* of the radius, by which each ray has left the ring's stroke */
#define RING_BAD   3    /* rays that may miss … */
#define RING_BAD_FULL 1 /* … where there is ink in it that hangs together with it: ② in poor print, but not の */
#define RING_FULL  0.06 /* of what is within RING_INNER, that is ink then */

#define ROMAN_HEIGHT_MIN 0.55 /* em */
#define ROMAN_HEIGHT_MAX 2.2
#define ROMAN_BAR   0.85 /* of the width, that a bar takes */
#define ROMAN_ZONE  0.16 /* of the height, at either end, that a bar lies in */
#define ROMAN_DRIFT 0.06 /* of the width, by which a stroke may move from top to bottom: those of Ⅴ do */
#define ROMAN_INSET 0.07 /* of the width, that is white beside the strokes */
#define ROMAN_ONE_WIDTH 0.9 /* of the height: Ⅰ is not as wide as エ */

#define ROMAN_SKEWED 0.12 /* of the width, by which the white left and right of the strokes may differ */

#define SOLID_MIN 0.45 /* em */
#define SOLID_MAX 1.6

#define PAREN_HEIGHT_MIN 0.75 /* em */
#define PAREN_HEIGHT_MAX 2.0
#define PAREN_WIDTH_MIN  0.12 /* of its height */
#define PAREN_WIDTH_MAX  0.42
#define PAREN_BOW        0.4  /* of its width, by which its middle stands out from both ends */
#define PAREN_EVEN       0.3  /* of its width, by which the ends may differ */

#define CHECK_MIN   0.35 /* em, each way */
#define CHECK_MAX   1.5
#define CHECK_LOW_FROM 0.12 /* of its width: where its lowest point lies … */
#define CHECK_LOW_TO   0.55
#define CHECK_END   0.8  /* … and from where on its highest */
#define CHECK_THIN  0.42 /* of its box, that is ink */

#define DOT_MAX 0.36 /* em */

#define HOLE_HIGH  0.3  /* of a digit's height: a hole that reaches so near to the end */
#define HOLE_HALF  0.28 /* … and one that keeps so far from it */
#define HOLE_SPECK 0.12 /* … and one that is none */

#define DASH_WIDTH  0.42 /* em, at least */
#define DASH_HEIGHT 0.16 /* em, at most */

static gboolean
is_ink (PIX *pix,
        int  x,
        int  y)
{
  l_uint32 value = 0;

  return pixGetPixel (pix, x, y, &value) == 0 && value != 0;
}

/* How many of the pixels [FROM, TO) of row Y are ink. */
static int
ink_in_row (PIX *pix,
            int  y,
            int  from,
            int  to)
{
  int n = 0;

  for (int x = from; x < to; x++)
    n += is_ink (pix, x, y);
  return n;
}

/* Whether some row of [FROM, TO) is the foot of a bracket with a spine so THICK. */
static gboolean
has_foot (PIX *pix,
          int  from,
          int  to,
          int  thick)
{
  int w = pixGetWidth (pix);

  for (int y = from; y < to; y++)
    if (ink_in_row (pix, y, 0, w) >= MAX (FOOT_WIDTH * w, FOOT_LONG * thick))
      return TRUE;
  return FALSE;
}

/* Whether PIX is a bracket whose spine is on the left (OPEN) or the right. */
static gboolean
is_bracket (PIX     *pix,
            double   em,
            gboolean open)
{
  int w = pixGetWidth (pix), h = pixGetHeight (pix);
  int zone = (int) ceil (FOOT_ZONE * h), edge = (int) floor (SPINE_ZONE * w) + 1, solid = 0, least = w, most = 0;

  if (h < BRACKET_HEIGHT_MIN * em || h > BRACKET_HEIGHT_MAX * em || w < BRACKET_WIDTH_MIN * h || w > BRACKET_WIDTH_MAX * h)
    return FALSE;
  for (int y = 0; y < h; y++)
    solid += ink_in_row (pix, y, open ? 0 : w - edge, open ? edge : w) > 0;
  if (solid < SPINE_SOLID * h)
    return FALSE;
  for (int y = zone; y < h - zone; y++) {
    int ink = ink_in_row (pix, y, 0, w);
    least = MIN (least, ink);
    most  = MAX (most, ink);
    if (ink_in_row (pix, y, open ? w - w / 3 : 0, open ? w : w / 3) > 0)
      return FALSE;
  }
  return most - least <= SPINE_EVEN * w + 1 && has_foot (pix, 0, zone, least) && has_foot (pix, h - zone, h, least); /* 【 tapers, 1 has no feet */
}

/* Whether PIX is round, if not as wide as it is high, and hollow. */
static gboolean
is_ellipse (PIX *pix)
{
  int    w = pixGetWidth (pix), h = pixGetHeight (pix), bad = 0;
  double rx = w / 2.0, ry = h / 2.0;

  for (int ray = 0; ray < RING_RAYS; ray++) {
    double   cosine = cos (2 * G_PI * ray / RING_RAYS), sine = sin (2 * G_PI * ray / RING_RAYS);
    double   outer = 0, inner = 0;
    gboolean left = FALSE;

    for (double r = 1; r > 0.3; r -= 0.02) {
      gboolean ink = is_ink (pix, (int) (rx + r * rx * cosine), (int) (ry + r * ry * sine));
      if (ink && outer == 0)
        outer = r;
      if (!ink && outer > 0 && !left) {
        left  = TRUE;
        inner = r;
      }
    }
    bad += outer < RING_OUTER || !left || inner < RING_INNER;
  }
  int inner_ink = 0, inner_all = 0;
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      if (hypot ((x + 0.5 - rx) / rx, (y + 0.5 - ry) / ry) < RING_INNER) {
        inner_all++;
        inner_ink += is_ink (pix, x, y);
      }
  return bad <= (inner_ink > RING_FULL * inner_all ? RING_BAD_FULL : RING_BAD);
}

/* How many strokes stand side by side in row Y; 0: the outer ones reach the sides,
   or not as far from one as from the other. In *WHITE what is white left of them. */
static int
strokes_in_row (PIX *pix,
                int  y,
                int *white)
{
  int      w = pixGetWidth (pix), n = 0, first = w, last = 0;
  gboolean before = FALSE;

  for (int x = 0; x < w; x++) {
    gboolean ink = is_ink (pix, x, y);
    n += ink && !before;
    before = ink;
    if (ink) {
      first = MIN (first, x);
      last  = x;
    }
  }
  int left = *white = first, right = w - 1 - last;
  return MIN (left, right) < ROMAN_INSET * w || abs (left - right) > ROMAN_SKEWED * w ? 0 : n;
}

/* A ring, or a narrow one: 0. */
static HkSign
ring_sign (PIX   *pix,
           double em)
{
  int      w = pixGetWidth (pix), h = pixGetHeight (pix);
  gboolean narrow = w >= ZERO_WIDTH_MIN * h && w <= ZERO_WIDTH_MAX * h;

  if (h < RING_MIN * em || h > RING_MAX * em || !(narrow || abs (w - h) <= RING_ROUND * MAX (w, h)) || !is_ellipse (pix))
    return HK_SIGN_NONE;
  return narrow ? HK_SIGN_ZERO : HK_SIGN_RING;
}

/* Which of Ⅰ, Ⅱ and Ⅲ PIX is; 0: none of them. */
static int
roman_number (PIX   *pix,
              double em)
{
  int w = pixGetWidth (pix), h = pixGetHeight (pix), zone = (int) ceil (ROMAN_ZONE * h), n = 0, widest[2] = { 0, 0 }, white[2] = { w, 0 };

  if (h < ROMAN_HEIGHT_MIN * em || h > ROMAN_HEIGHT_MAX * em || w > 1.3 * h || w < 0.4 * h)
    return 0;
  for (int y = 0; y < zone; y++) {
    widest[0] = MAX (widest[0], ink_in_row (pix, y, 0, w));
    widest[1] = MAX (widest[1], ink_in_row (pix, h - 1 - y, 0, w));
  }
  if (MIN (widest[0], widest[1]) < ROMAN_BAR * w)
    return 0;
  for (int y = zone + 1; y < h - zone - 1; y++) {
    int left, strokes = strokes_in_row (pix, y, &left);
    white[0] = MIN (white[0], left);
    white[1] = MAX (white[1], left);
    if (strokes < 1 || strokes > 3 || (n != 0 && strokes != n))
      return 0;
    n = strokes;
  }
  if (white[1] - white[0] > ROMAN_DRIFT * w + 1)
    return 0;
  return n == 1 && w > ROMAN_ONE_WIDTH * h ? 0 : n;
}

/* The middle of the one stroke in row Y; -1: there is none, or more. */
static double
stroke_at (PIX *pix,
           int  y)
{
  int      w = pixGetWidth (pix), first = -1, last = -1;

  for (int x = 0; x < w; x++) {
    if (!is_ink (pix, x, y))
      continue;
    if (last >= 0 && x > last + 1)
      return -1;
    first = first < 0 ? x : first;
    last  = x;
  }
  return first < 0 ? -1 : (first + last) / 2.0;
}

/* A parenthesis: one stroke, bowed evenly. */
static HkSign
paren_sign (PIX   *pix,
            double em)
{
  int    w = pixGetWidth (pix), h = pixGetHeight (pix);
  double at[3];

  if (h < PAREN_HEIGHT_MIN * em || h > PAREN_HEIGHT_MAX * em || w < PAREN_WIDTH_MIN * h || w > PAREN_WIDTH_MAX * h)
    return HK_SIGN_NONE;
  for (int y = 0; y < h; y++)
    if (stroke_at (pix, y) < 0)
      return HK_SIGN_NONE;
  at[0] = stroke_at (pix, h / 20);
  at[1] = stroke_at (pix, h / 2);
  at[2] = stroke_at (pix, h - 1 - h / 20);
  if (fabs (at[0] - at[2]) > PAREN_EVEN * w)
    return HK_SIGN_NONE;
  if (at[0] - at[1] > PAREN_BOW * w && at[2] - at[1] > PAREN_BOW * w)
    return HK_SIGN_PAREN_OPEN;
  return at[1] - at[0] > PAREN_BOW * w && at[1] - at[2] > PAREN_BOW * w ? HK_SIGN_PAREN_CLOSE : HK_SIGN_NONE;
}

/* ✓: a short stroke down and a long one up to the right; every column has one stroke,
   which falls and then rises. */
static gboolean
is_check (PIX   *pix,
          double em)
{
  int w = pixGetWidth (pix), h = pixGetHeight (pix), lowest = 0, bottom = -1, top = h, highest = 0, all = 0, before = -1;

  if (MIN (w, h) < CHECK_MIN * em || MAX (w, h) > CHECK_MAX * em || w < 0.6 * h || w > 1.8 * h)
    return FALSE;
  for (int x = 0; x < w; x++) {
    int first = -1, last = -1;
    for (int y = 0; y < h; y++)
      if (is_ink (pix, x, y)) {
        first = first < 0 ? y : first;
        last  = y;
        all++;
      }
    if (first < 0)
      return FALSE;
    if (last > bottom) {
      bottom = last;
      lowest = x;
    }
    if (first < top) {
      top     = first;
      highest = x;
    }
    if (x > CHECK_LOW_TO * w && first > before + 2) /* it no longer rises */
      return FALSE;
    before = first;
  }
  return lowest >= CHECK_LOW_FROM * w && lowest <= CHECK_LOW_TO * w && highest >= CHECK_END * w && all <= CHECK_THIN * w * h;
}

/* ■ ● ◆: solid, and as wide a quarter of the way down as only one of them is. */
static HkSign
solid_shape (PIX   *pix,
             double em)
{
  int    w = pixGetWidth (pix), h = pixGetHeight (pix), all = 0;
  double quarter = ink_in_row (pix, h / 4, 0, w) / (double) w, middle = ink_in_row (pix, h / 2, 0, w) / (double) w;

  if (MIN (w, h) < SOLID_MIN * em || MAX (w, h) > SOLID_MAX * em || abs (w - h) > RING_ROUND * MAX (w, h) || middle < 0.9)
    return HK_SIGN_NONE;
  for (int y = 0; y < h; y++)
    all += ink_in_row (pix, y, 0, w);
  double share = all / (double) (w * h);
  if (share > 0.93)
    return HK_SIGN_SQUARE;
  if (share > 0.72 && share < 0.86 && quarter > 0.8)
    return HK_SIGN_DISC;
  return share > 0.43 && share < 0.6 && quarter > 0.38 && quarter < 0.65 ? HK_SIGN_DIAMOND : HK_SIGN_NONE;
}

HkSign
hk_sign_of (PIX   *pix,
            double em)
{
  int w = pixGetWidth (pix), h = pixGetHeight (pix);

  if (is_bracket (pix, em, TRUE))
    return HK_SIGN_OPEN;
  if (is_bracket (pix, em, FALSE))
    return HK_SIGN_CLOSE;

  HkSign ring = ring_sign (pix, em);
  if (ring != HK_SIGN_NONE)
    return ring;

  int number = roman_number (pix, em);
  if (number > 0)
    return HK_SIGN_ONE + (HkSign) number - 1;

  HkSign paren = paren_sign (pix, em);
  if (paren != HK_SIGN_NONE)
    return paren;
  if (MAX (w, h) <= DOT_MAX * em && abs (w - h) <= 0.4 * MAX (w, h))
    return HK_SIGN_DOT;
  if (is_check (pix, em))
    return HK_SIGN_CHECK;
  HkSign solid = solid_shape (pix, em);
  if (solid != HK_SIGN_NONE)
    return solid;
  return w >= DASH_WIDTH * em && h <= DASH_HEIGHT * em ? HK_SIGN_DASH : HK_SIGN_NONE;
}

/* The holes of a piece of ink: how many, and from where to where they reach, as parts
   of its height. */
typedef struct {
  int    n;
  double top, bottom;
} Holes;

static Holes
find_holes (PIX *pix)
{
  Holes holes = { 0, 1, 0 };
  PIX  *white = pixHolesByFilling (pix, 4);
  BOXA *boxes = white == NULL ? NULL : pixConnCompBB (white, 4);

  for (l_int32 i = 0; boxes != NULL && i < boxaGetCount (boxes); i++) {
    l_int32 y = 0, h = 0;
    boxaGetBoxGeometry (boxes, i, NULL, &y, NULL, &h);
    if (h < HOLE_SPECK * pixGetHeight (pix)) /* a flaw of the print */
      continue;
    holes.n++;
    holes.top    = MIN (holes.top, y / (double) pixGetHeight (pix));
    holes.bottom = MAX (holes.bottom, (y + h) / (double) pixGetHeight (pix));
  }
  boxaDestroy (&boxes);
  pixDestroy (&white);
  return holes;
}

static gboolean
reach_through (const Holes *holes)
{
  return holes->n > 0 && holes->top < HOLE_HIGH && holes->bottom > 1 - HOLE_HIGH;
}

gboolean
hk_sign_may_be_digit (PIX *pix,
                      int  digit)
{
  Holes holes = find_holes (pix);

  switch (digit) {
  case 0:
  case 8:
    return reach_through (&holes);
  case 6:
    return holes.n > 0 && holes.top >= HOLE_HALF;
  case 9:
    return holes.n > 0 && holes.bottom <= 1 - HOLE_HALF;
  case 4:
    return TRUE; /* open or closed, as the face has it */
  default:
    return holes.n == 0;
  }
}

gboolean
hk_sign_is_zero (PIX *pix)
{
  Holes holes = find_holes (pix);

  return holes.n == 1 && reach_through (&holes);
}
