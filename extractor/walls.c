/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules come as found: half a point off, a little short or long of the rule
 * they should touch. Here they become walls on the lines of a grid.
 *
 *   1. Straighten. Rules of one direction less than SNAP apart stand on one
 *      line.
 *   2. Meet. An end near a wall of the other direction is moved onto it.
 *   3. Complete. Where the page cuts a table, its vertical rules just end, at
 *      one height, and no rule closes them:
 *
 *        │      │         │                  │      │         │
 *        ├──────┼─────────┤                  ├──────┼─────────┤
 *        │      │         │      becomes     │      │         │
 *        ╵      ╵         ╵                  └╌╌╌╌╌╌┴╌╌╌╌╌╌╌╌╌┘
 *
 *      A wall is put in there that is marked as not drawn. If a rule lies
 *      beside it at the same height, the cut goes on as that rule, and then
 *      one end is enough: a label, or the margin, beside rows of their own,
 *      of which the page ends between two. The same (but for that), turned,
 *      for tables without frame, where horizontal rules end at one x. Rules
 *      that touch nothing at all must be long, so that drawn brackets and
 *      underlines do not make cells.
 */
#include "walls.h"

#include <math.h>

/* Points. */
#define SNAP       2.0   /* rules nearer than this stand on one line */
#define REACH      3.5   /* from an end to the rule that it should touch */
#define CUT_SNAP   3.5   /* ends that lie on one cut differ by no more */
#define BRIDGE_MAX 160.0 /* from a cut to the rule that it goes on as: the widest label */
#define STUB_MAX   20.0  /* the longest wall that is one only at a corner */
#define ALONE_MIN  60.0  /* the shortest wall to be cut that touches nothing else */

#define ALONE_ROWS 3     /* horizontal rules alone that make a table without frame */

static int
compare_walls (gconstpointer pa,
               gconstpointer pb)
{
  const HkWall *a = pa, *b = pb;

  if (a->at != b->at)
    return a->at < b->at ? -1 : 1;
  return a->begin < b->begin ? -1 : a->begin > b->begin;
}

static inline HkWall *
wall_at (const HkWalls *walls,
         guint          i)
{
  return &g_array_index (walls->walls, HkWall, i);
}

/* Puts walls that stand less than SNAP apart on one line, their mean weighted
   by length, and lists the lines. */
static void
straighten (HkWalls *walls)
{
  g_array_sort (walls->walls, compare_walls);
  g_array_set_size (walls->lines, 0);
  for (guint i = 0; i < walls->walls->len;) {
    double first = wall_at (walls, i)->at, weight = 0, sum = 0;
    guint  end   = i;

    for (; end < walls->walls->len && wall_at (walls, end)->at - first < SNAP; end++) {
      const HkWall *wall   = wall_at (walls, end);
      double        length = wall->end - wall->begin;
      weight += length;
      sum += wall->at * length;
    }
    double line = weight > 0 ? sum / weight : first;
    g_array_append_val (walls->lines, line);
    while (i < end)
      wall_at (walls, i++)->at = line;
  }
  g_array_sort (walls->walls, compare_walls);
}

/* The first wall of WALLS at or behind AT. */
static guint
first_wall (const HkWalls *walls,
            double         at)
{
  guint low = 0, high = walls->walls->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (wall_at (walls, middle)->at < at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The line of the wall in WALLS that is nearest to the end at ALONG of a wall
   of the other direction on the line AT; NAN if none is in reach. */
static double
find_meeting (const HkWalls *walls,
              double         at,
              double         along)
{
  double best = NAN;

  for (guint i = first_wall (walls, along - REACH); i < walls->walls->len; i++) {
    const HkWall *wall = wall_at (walls, i);

    if (wall->at > along + REACH)
      break;
    if (wall->begin - REACH <= at && at <= wall->end + REACH
        && (isnan (best) || fabs (wall->at - along) < fabs (best - along)))
      best = wall->at;
  }
  return best;
}

static void
meet (HkWalls       *walls,
      const HkWalls *others)
{
  for (guint i = 0; i < walls->walls->len; i++) {
    HkWall *wall  = wall_at (walls, i);
    double  begin = find_meeting (others, wall->at, wall->begin);
    double  end   = find_meeting (others, wall->at, wall->end);

    /* Both ends on one line: a stub that would vanish. */
    if (!isnan (begin) && begin == end)
      continue;
    wall->met[0] = !isnan (begin);
    wall->met[1] = !isnan (end);
    if (wall->met[0])
      wall->begin = begin;
    if (wall->met[1])
      wall->end = end;
  }
}

/* --- Cuts ------------------------------------------------------------------ */

/* An end that touches nothing. */
typedef struct {
  double along;  /* where it ends */
  double at;     /* the line of its wall */
  gboolean tied; /* its wall touches another elsewhere */
} FreeEnd;

static int
compare_along (gconstpointer pa,
               gconstpointer pb)
{
  const FreeEnd *a = pa, *b = pb;

  return a->along < b->along ? -1 : a->along > b->along;
}

static int
compare_at (gconstpointer pa,
            gconstpointer pb)
{
  const FreeEnd *a = pa, *b = pb;

  return a->at < b->at ? -1 : a->at > b->at;
}

/* How WALL hangs together with OTHERS: not, on some of them, or on the very
   end of one. */
typedef enum { LOOSE, TIED, AT_CORNER } Tie;

static Tie
find_tie (const HkWall  *wall,
          const HkWalls *others)
{
  Tie tie = LOOSE;

  for (guint i = first_wall (others, wall->begin - REACH); i < others->walls->len; i++) {
    const HkWall *other = wall_at (others, i);

    if (other->at > wall->end + REACH)
      break;
    if (other->begin - REACH > wall->at || wall->at > other->end + REACH)
      continue;
    tie = TIED;
    if (wall->at - other->begin <= REACH || other->end - wall->at <= REACH)
      return AT_CORNER;
  }
  return tie;
}

/* The free ends of WALLS on SIDE (0 begin, 1 end), by where they lie. A short
   stub on the middle of another wall is more likely ink of a character that
   Poppler has lost than a rule; the frame's stubs stand on corners. */
static GArray *
list_free_ends (const HkWalls *walls,
                const HkWalls *others,
                int            side)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (FreeEnd));

  for (guint i = 0; i < walls->walls->len; i++) {
    const HkWall *wall = wall_at (walls, i);
    FreeEnd       end  = { side ? wall->end : wall->begin, wall->at, FALSE };

    if (!wall->drawn || wall->met[side])
      continue;
    Tie tie  = find_tie (wall, others);
    end.tied = tie != LOOSE;
    if (tie == AT_CORNER || wall->end - wall->begin >= (end.tied ? STUB_MAX : ALONE_MIN))
      g_array_append_val (ends, end);
  }
  g_array_sort (ends, compare_along);
  return ends;
}

/* Where the cut at ALONG, known from BEGIN to END, goes on as a drawn wall of
   OTHERS that lies near: moves BEGIN and END there. */
static void
bridge_cut (const HkWalls *others,
            double         along,
            double        *begin,
            double        *end)
{
  double before = -INFINITY, behind = INFINITY;

  for (guint i = first_wall (others, along - CUT_SNAP); i < others->walls->len; i++) {
    const HkWall *wall = wall_at (others, i);

    if (wall->at > along + CUT_SNAP)
      break;
    if (wall->end < *begin)
      before = fmax (before, wall->end);
    if (wall->begin > *end)
      behind = fmin (behind, wall->begin);
  }
  if (*begin - before <= BRIDGE_MAX)
    *begin = before;
  if (behind - *end <= BRIDGE_MAX)
    *end = behind;
}

/* A wall on the cut that the N free ENDS lie on, to be put into OTHERS, which
   it must not yet be. FALSE if they make no cut. */
static gboolean
close_cut (FreeEnd       *ends,
           guint          n,
           gboolean       needs_tie,
           const HkWalls *others,
           HkWall        *wall)
{
  gboolean tied = FALSE;
  double   sum  = 0;

  qsort (ends, n, sizeof *ends, compare_at);
  for (guint i = 0; i < n; i++) {
    tied |= ends[i].tied;
    sum += ends[i].along;
  }
  *wall = (HkWall){ sum / n, ends[0].at, ends[n - 1].at, { TRUE, TRUE }, FALSE };
  if (tied && !needs_tie)
    bridge_cut (others, wall->at, &wall->begin, &wall->end);
  return wall->end - wall->begin >= REACH && (tied || !needs_tie || n >= ALONE_ROWS);
}

/* Closes every cut at the ends of WALLS on SIDE. Vertical walls alone can be
   the cut middle of a table; horizontal walls alone are more often the lines
   at the head and foot of a page, and need a table's vertical wall. */
static void
close_cuts (const HkWalls *walls,
            HkWalls       *others,
            int            side,
            gboolean       needs_tie)
{
  g_autoptr (GArray) ends = list_free_ends (walls, others, side);
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (HkWall));
  HkWall cut;

  for (guint i = 0; i < ends->len;) {
    guint first = i;
    while (i < ends->len
           && g_array_index (ends, FreeEnd, i).along - g_array_index (ends, FreeEnd, first).along < CUT_SNAP)
      i++;
    if (close_cut (&g_array_index (ends, FreeEnd, first), i - first, needs_tie, others, &cut))
      g_array_append_val (cuts, cut);
  }
  g_array_append_vals (others->walls, cuts->data, cuts->len);
  straighten (others);
}

/* The free ends of WALLS that ask for a reason: not those of strays. */
static guint
count_free (const HkWalls *walls,
            const HkWalls *others)
{
  guint n = 0;

  for (int side = 0; side < 2; side++) {
    g_autoptr (GArray) ends = list_free_ends (walls, others, side);
    n += ends->len;
  }
  return n;
}

/* --- All together ---------------------------------------------------------- */

static void
take_rules (HkWalls       walls[HK_N_DIRECTIONS],
            const GArray *rules)
{
  for (guint i = 0; i < rules->len; i++) {
    const HkRule *rule = &g_array_index (rules, HkRule, i);
    const HkBox  *box  = &rule->box;
    HkWall        wall = rule->horizontal
                           ? (HkWall){ hk_box_mid_y (box), box->x0, box->x1, { 0 }, TRUE }
                           : (HkWall){ hk_box_mid_x (box), box->y0, box->y1, { 0 }, TRUE };

    if (isfinite (wall.at) && isfinite (wall.begin) && isfinite (wall.end) && wall.end > wall.begin)
      g_array_append_val (walls[rule->horizontal ? HK_HORIZONTAL : HK_VERTICAL].walls, wall);
  }
}

guint
hk_walls_build (HkWalls       walls[HK_N_DIRECTIONS],
                const GArray *rules)
{
  HkWalls *vertical = &walls[HK_VERTICAL], *horizontal = &walls[HK_HORIZONTAL];
  guint    n_free = 0;

  for (int i = 0; i < HK_N_DIRECTIONS; i++) {
    walls[i].walls = g_array_new (FALSE, FALSE, sizeof (HkWall));
    walls[i].lines = g_array_new (FALSE, FALSE, sizeof (double));
  }
  take_rules (walls, rules);
  straighten (vertical);
  straighten (horizontal);
  meet (vertical, horizontal);
  meet (horizontal, vertical);
  for (int side = 0; side < 2; side++)
    close_cuts (vertical, horizontal, side, FALSE);
  meet (horizontal, vertical);
  for (int side = 0; side < 2; side++)
    close_cuts (horizontal, vertical, side, TRUE);
  meet (vertical, horizontal);
  meet (horizontal, vertical);
  for (int i = 0; i < HK_N_DIRECTIONS; i++)
    n_free += count_free (&walls[i], &walls[!i]);
  return n_free;
}

void
hk_walls_clear (HkWalls *walls)
{
  g_clear_pointer (&walls->walls, g_array_unref);
  g_clear_pointer (&walls->lines, g_array_unref);
}
