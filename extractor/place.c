/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The engine knows in what order characters stand, but where they do it only
 * guesses; it can be wrong by more than a character. The ink knows: seen from
 * above, a run is a row of pieces with white between them, and each character is
 * one piece, or some that follow each other (い, 川, 加). Which are whose is the
 * way through both rows that costs least:
 *
 *   - a character is no wider than its square, a digit or letter than most of it;
 *   - it is no speck, if it is kana or kanji;
 *   - white inside of it is narrow;
 *   - and it is not far from where the engine has it.
 */
#include "place.h"

#include <math.h>

#define PIECES_MAX 5   /* of one character */
#define EACH_MAX   250 /* characters, and pieces, of a run; longer ones keep the engine's guess */

#define WIDE_MOST   1.12 /* em */
#define HALF_MOST   0.72 /* of a digit or letter; some are set in full squares, which costs little */
#define WIDE_LEAST  0.35
#define COST_OVER   4.0  /* an em too wide */
#define COST_HALF   1.0
#define COST_UNDER  1.0  /* an em too narrow */
#define COST_WHITE  0.8  /* an em of white inside */
#define COST_PIECE  0.04 /* each piece but the first */
#define COST_FAR    0.12 /* an em from the engine's guess */
#define COST_NONE   1.2  /* a character without ink */
#define COST_LEFT   0.3  /* a piece that is nobody's … */
#define COST_LEFT_EM 0.9 /* … and each em of it */

typedef struct {
  int x0, x1;
} Piece;

static int
by_left (gconstpointer pa,
         gconstpointer pb)
{
  return ((const Piece *) pa)->x0 - ((const Piece *) pb)->x0;
}

/* The ink of RUN from above, left to right (Piece). */
static GArray *
list_pieces (const HkInk *ink,
             const HkRun *run)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  guint   kept   = 0;

  for (guint i = 0; i < run->blobs->len; i++) {
    const HkBlob *blob  = hk_ink_blob (ink, g_array_index (run->blobs, guint, i));
    Piece         piece = { blob->x0, blob->x1 };
    g_array_append_val (pieces, piece);
  }
  g_array_sort (pieces, by_left);
  for (guint i = 0; i < pieces->len; i++) {
    Piece piece = g_array_index (pieces, Piece, i), *last = kept == 0 ? NULL : &g_array_index (pieces, Piece, kept - 1);
    if (last != NULL && piece.x0 < last->x1)
      last->x1 = MAX (last->x1, piece.x1);
    else
      g_array_index (pieces, Piece, kept++) = piece;
  }
  g_array_set_size (pieces, kept);
  return pieces;
}

/* What it costs that CHARACTER is pieces [FIRST, END). */
static double
cost_of (const HkPlaced *character,
         const GArray   *pieces,
         guint           first,
         guint           end,
         double          em)
{
  double x0 = g_array_index (pieces, Piece, first).x0, x1 = g_array_index (pieces, Piece, end - 1).x1;
  double width = (x1 - x0) / em, cost = COST_FAR * fabs ((x0 + x1) / 2 - character->guess) / em + COST_PIECE * (end - first - 1);
  gboolean wide = g_unichar_iswide (character->ch) && g_unichar_isalpha (character->ch);

  for (guint i = first + 1; i < end; i++)
    cost += COST_WHITE * (g_array_index (pieces, Piece, i).x0 - g_array_index (pieces, Piece, i - 1).x1) / em;
  cost += COST_OVER * MAX (width - WIDE_MOST, 0);
  if (wide)
    cost += COST_UNDER * MAX (WIDE_LEAST - width, 0);
  else
    cost += COST_HALF * MAX (width - HALF_MOST, 0);
  return cost;
}

static double
cost_left (const GArray *pieces,
           guint         i,
           double        em)
{
  const Piece *piece = &g_array_index (pieces, Piece, i);

  return COST_LEFT + COST_LEFT_EM * (piece->x1 - piece->x0) / em;
}

/* Characters without ink stand between their neighbours. */
static void
place_rest (GArray *characters,
            double  left,
            double  right)
{
  for (guint i = 0; i < characters->len; i++) {
    HkPlaced *character = &g_array_index (characters, HkPlaced, i);
    guint     end       = i;

    if (character->x1 > character->x0)
      continue;
    while (end < characters->len && g_array_index (characters, HkPlaced, end).x1 <= g_array_index (characters, HkPlaced, end).x0)
      end++;
    double from = i > 0 ? g_array_index (characters, HkPlaced, i - 1).x1 : left;
    double to   = MAX (end < characters->len ? g_array_index (characters, HkPlaced, end).x0 : right, from);
    for (guint k = i; k < end; k++) {
      g_array_index (characters, HkPlaced, k).x0 = from + (to - from) * (k - i) / (end - i);
      g_array_index (characters, HkPlaced, k).x1 = from + (to - from) * (k + 1 - i) / (end - i);
    }
    i = end;
  }
}

/* The best way through both rows: costs[c][p] is that of the first C characters in the
   first P pieces, took[c][p] how many of these the last one took; -1: the last piece is nobody's. */
static void
find_way (GArray       *characters,
          const GArray *pieces,
          double        em)
{
  guint w = pieces->len + 1;
  g_autofree double *costs = g_new (double, (characters->len + 1) * w);
  g_autofree gint8  *took  = g_new0 (gint8, (characters->len + 1) * w);

  for (guint c = 0; c <= characters->len; c++)
    for (guint p = 0; p < w; p++) {
      double best = c == 0 && p == 0 ? 0 : G_MAXDOUBLE;
      gint8  how  = 0;

      if (p > 0 && costs[c * w + p - 1] + cost_left (pieces, p - 1, em) < best) {
        best = costs[c * w + p - 1] + cost_left (pieces, p - 1, em);
        how  = -1;
      }
      if (c > 0 && costs[(c - 1) * w + p] + COST_NONE < best) {
        best = costs[(c - 1) * w + p] + COST_NONE;
        how  = 0;
      }
      for (guint n = 1; c > 0 && n <= MIN (p, PIECES_MAX); n++) {
        double cost = costs[(c - 1) * w + p - n] + cost_of (&g_array_index (characters, HkPlaced, c - 1), pieces, p - n, p, em);
        if (cost < best) {
          best = cost;
          how  = (gint8) n;
        }
      }
      costs[c * w + p] = best;
      took[c * w + p]  = how;
    }
  for (guint c = characters->len, p = pieces->len; c > 0;) {
    HkPlaced *character = &g_array_index (characters, HkPlaced, c - 1);
    gint8     n         = took[c * w + p];

    if (n < 0) {
      p--;
      continue;
    }
    if (n > 0) {
      character->x0 = g_array_index (pieces, Piece, p - (guint) n).x0;
      character->x1 = g_array_index (pieces, Piece, p - 1).x1;
      p -= (guint) n;
    }
    c--;
  }
}

static int
by_guess (gconstpointer pa,
          gconstpointer pb)
{
  const double a = *(const double *) pa, b = *(const double *) pb;

  return a < b ? -1 : a > b;
}

void
hk_place_characters (const HkInk *ink,
                     const HkRun *run,
                     GArray      *characters)
{
  g_autoptr (GArray) pieces  = list_pieces (ink, run);
  g_autoptr (GArray) guesses = g_array_new (FALSE, FALSE, sizeof (double));
  double em = MAX (0.8 * ink->em, 1.05 * (run->y1 - run->y0));

  for (guint i = 0; i < characters->len; i++) {
    HkPlaced *character = &g_array_index (characters, HkPlaced, i);
    character->x0 = character->x1 = 0;
    g_array_append_val (guesses, character->guess);
  }
  g_array_sort (guesses, by_guess);
  for (guint i = 0; i < characters->len; i++)
    g_array_index (characters, HkPlaced, i).guess = g_array_index (guesses, double, i);
  if (characters->len <= EACH_MAX && pieces->len <= EACH_MAX)
    find_way (characters, pieces, em);
  place_rest (characters, run->x0, run->x1);
}
