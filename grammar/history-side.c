/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cells of the table of changes that were read side by side, line by line: where two
 * lines are level they stand on one line of the text, else one behind the other. The
 * lines of such an island are dealt out to a left and a right column at the least
 * cost, and each column becomes an island.
 */
#include "history-cost.h"

#include <string.h>

/* Lines of an island that are dealt out. */
#define LINES_MAX 120

/* One piece of so many shares its line, where cells are read side by side. */
#define SIDE_SHARE 170

/* How much a line may be shorter than a full one, or wider (half-width columns). */
#define FULL_SLACK 3
#define WIDE_SLACK 4
#define SHORT_SLACK 14 /* one that is so much shorter is a heading, or ends a paragraph */

/* Characters of the last line of a cell that are no line of their own. */
#define TAIL 2

/* Costs. */
#define COST_SHORT 1.5        /* what goes on behind a line that had room for more: a little, … */
#define COST_HALF_LINE 0.8    /* … or much, as behind a heading */
#define COST_SHORT_ENDS 0.3   /* the same, where that may end a sentence, or this begin one */
#define COST_FULL_ENDS 0.1    /* the same, behind a full line */
#define COST_TORN 2.0         /* what cannot begin a line, or what ends there */
#define COST_INNER_GAP 0.4    /* a space within a cell */
#define COST_WIDE 3.0         /* a line is wider than its column, … */
#define COST_TWO_WIDE 6.0     /* … by half of it */
#define COST_UNFINISHED 1.0   /* a column ends in the middle of a sentence */
#define COST_BLANK_MORE 4.0   /* （記載なし） and more */
#define COST_ITEM 1.0         /* words of the form beside the name of the item */
#define COST_RIGHT 0.3        /* there is a right column at all */
#define COST_TAIL 0.7         /* a line of one or two characters that ends nothing */
#define COST_UNSEEN 0.7       /* what a break in a line makes is nowhere else in the table, … */
#define COST_HALF_SEEN 0.3    /* … only its middle two characters are */
#define GAIN 1.0              /* what two columns must be better than one */
#define MARGIN 0.8            /* what costs no more than this beyond the best may be right as well */
#define LINES_COMPARED 40     /* so many lines at most are dealt out in other ways, … */
#define PIECES_COMPARED 4000  /* … of a table that is not longer than real ones */

typedef enum { LEFT, RIGHT, SIDES } Side;

/* Pieces [first, end) of a line. */
typedef struct {
  guint first, end;
} Part;

/* How the lines up to one are dealt out: the last part of each column, and how this
   came about. */
typedef struct {
  double cost;
  Part   last[SIDES];  /* first == end: none */
  guint  from[SIDES];  /* the lines of the state before */
} Deal;

typedef struct {
  const HkChangeOrder *order;
  GHashTable   *seen;   /* two and three characters that follow each other in a line of the table */
  const GArray *pieces; /* HkChangePiece, of the island */
  Part     lines[LINES_MAX];
  guint    n;
  guint    width[SIDES], widest[SIDES]; /* of a full line, and of any */
  gboolean item;         /* the left column is the name of an item */
  guint    other;        /* a line, counted from 1, that is not dealt out as … */
  guint    cut;          /* … up to this piece left, the rest right; 0: none */
  Deal    *deals;        /* [left][right]: the last line of each, counted from 1; 0: none */
} Block;

#define deal_at(block, left, right) (&(block)->deals[(left) * (LINES_MAX + 1) + (right)])

static guint
width_of (const Block *block,
          Part         part)
{
  guint width = 0;

  for (guint i = part.first; i < part.end; i++)
    width += hk_change_piece (block->pieces, i)->width + (i > part.first ? hk_change_piece (block->pieces, i)->gap : 0);
  return width;
}

static gpointer
sequence (gunichar a,
          gunichar b,
          gunichar c)
{
  return GSIZE_TO_POINTER (((gsize) a << 42) ^ ((gsize) b << 21) ^ c);
}

/* The sequences of characters in the lines of the table. */
static GHashTable *
find_sequences (const HkChangeOrder *order)
{
  GHashTable *seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < order->pieces->len; i++) {
    gunichar a = 0, b = 0;

    for (const char *at = hk_change_piece (order->pieces, i)->text; *at != '\0'; at = g_utf8_next_char (at)) {
      gunichar c = g_utf8_get_char (at);

      if (b != 0)
        g_hash_table_add (seen, sequence (0, b, c));
      if (a != 0)
        g_hash_table_add (seen, sequence (a, b, c));
      a = b;
      b = c;
    }
  }
  return seen;
}

/* What speaks against UPPER going on with LOWER: the characters where they meet. */
static double
cost_of_meeting (const Block *block,
                 const char  *upper,
                 const char  *lower)
{
  const char *end = upper + strlen (upper), *second = g_utf8_next_char (lower);
  gunichar a = 0, b = 0, c = g_utf8_get_char (lower), d = *lower != '\0' ? g_utf8_get_char (second) : 0;

  if (end > upper) {
    const char *last = g_utf8_prev_char (end);
    b = g_utf8_get_char (last);
    a = last > upper ? g_utf8_get_char (g_utf8_prev_char (last)) : 0;
  }
  if (g_hash_table_contains (block->seen, sequence (a, b, c)) || (d != 0 && g_hash_table_contains (block->seen, sequence (b, c, d))))
    return 0;
  return g_hash_table_contains (block->seen, sequence (0, b, c)) ? COST_HALF_SEEN : COST_UNSEEN;
}

static double
cost_of_width (const Block *block,
               Side         side,
               guint        width)
{
  return width <= block->widest[side] ? 0 : 2 * width <= 3 * block->widest[side] ? COST_WIDE : COST_TWO_WIDE;
}

/* What speaks against PART as the next line of the column SIDE, whose last one is LAST. */
static double
cost_of_line (const Block *block,
              Side         side,
              Part         last,
              Part         part)
{
  const HkChangePiece *piece = hk_change_piece (block->pieces, part.first);
  double cost = COST_INNER_GAP * (part.end - part.first - 1) + cost_of_width (block, side, width_of (block, part));

  for (guint i = part.first; i < part.end; i++)
    if (hk_change_piece (block->pieces, i)->blank)
      cost += part.end - part.first > 1 || last.first < last.end ? COST_BLANK_MORE : 0;
  cost += side == RIGHT && block->item && (piece->item == 2 || piece->of_form) ? COST_ITEM : 0;
  if (last.first == last.end)
    return cost + (side == RIGHT ? COST_RIGHT : 0) + (piece->bound ? COST_TORN : 0);
  const HkChangePiece *prev = hk_change_piece (block->pieces, last.end - 1);
  gboolean full = width_of (block, last) + FULL_SLACK >= block->width[side];
  gboolean ends = prev->ends || piece->begins || (side == LEFT && block->item && (piece->of_form || piece->numbered));

  if (piece->item == 2 || prev->blank)
    cost += COST_BLANK_MORE;
  cost += full ? (ends ? COST_FULL_ENDS : 0) : ends ? COST_SHORT_ENDS : width_of (block, last) + SHORT_SLACK >= block->width[side] ? COST_SHORT : COST_HALF_LINE;
  if (ends && piece->run.n <= TAIL && part.end == part.first + 1)
    cost += COST_TAIL;
  if (!ends && full)
    cost += cost_of_meeting (block, prev->text, piece->text);
  return cost + (piece->bound && prev->stops ? COST_TORN : 0);
}

/* What speaks against the column SIDE ending with LAST. */
static double
cost_of_end (const Block *block,
             Side         side,
             Part         last)
{
  if (last.first == last.end)
    return 0;
  const HkChangePiece *piece = hk_change_piece (block->pieces, last.end - 1);
  gboolean full = width_of (block, last) + FULL_SLACK >= block->width[side];

  return !piece->ends && !(side == LEFT && block->item) && (full || piece->open) ? COST_UNFINISHED : 0;
}

static void
improve (Block      *block,
         guint       left,
         guint       right,
         const Deal *deal)
{
  if (deal->cost < deal_at (block, left, right)->cost)
    *deal_at (block, left, right) = *deal;
}

/* Deals line T, counted from 1, out behind the lines LEFT and RIGHT. */
static void
deal_line (Block *block,
           guint  left,
           guint  right,
           guint  t)
{
  const Deal *from = deal_at (block, left, right);
  Part        line = block->lines[t - 1];

  for (guint cut = line.first; cut <= line.end && from->cost < G_MAXDOUBLE; cut++) {
    const HkChangePiece *before = cut > line.first && cut < line.end ? hk_change_piece (block->pieces, cut - 1) : NULL;
    if ((t == block->other && cut == block->cut) || (before != NULL && before->item == 2 && before->run.n <= 2)) /* Ⅲ　リスク対策 */
      continue;
    Part part[SIDES] = { { line.first, cut }, { cut, line.end } };
    Deal deal        = { .cost = from->cost, .last = { from->last[LEFT], from->last[RIGHT] }, .from = { left, right } };

    for (Side side = LEFT; side < SIDES; side++)
      if (part[side].first < part[side].end) {
        deal.cost += cost_of_line (block, side, from->last[side], part[side]);
        deal.last[side] = part[side];
      }
    improve (block, cut > line.first ? t : left, cut < line.end ? t : right, &deal);
  }
}

/* Finds the lines of the block. FALSE: they cannot be dealt out. */
static gboolean
find_lines (Block *block)
{
  const GArray *pieces = block->pieces;

  for (guint i = 0, end; i < pieces->len; i = end) {
    for (end = i + 1; end < pieces->len && hk_change_piece (pieces, end)->line == hk_change_piece (pieces, i)->line; end++)
      ;
    if (block->n == LINES_MAX)
      return FALSE;
    block->lines[block->n++] = (Part){ i, end };
  }
  for (guint i = 0; i < pieces->len; i++)
    if (hk_change_piece (pieces, i)->date || hk_change_piece (pieces, i)->timing || hk_change_piece (pieces, i)->glued)
      return FALSE;
  return block->n > 1;
}

/* Finds the least cost of dealing the lines out. *LEFT and *RIGHT become the last line
   of each column. */
static double
run_block (Block *block,
           guint *left,
           guint *right)
{
  const guint n = block->n;
  double best = G_MAXDOUBLE;

  for (guint i = 0; i <= n; i++)
    for (guint k = 0; k <= n; k++)
      deal_at (block, i, k)->cost = G_MAXDOUBLE;
  *deal_at (block, 0, 0) = (Deal){ .cost = 0 };
  for (guint t = 1; t <= n; t++)
    for (guint i = 0; i < t; i++) {
      deal_line (block, t - 1, i, t);
      if (i < t - 1)
        deal_line (block, i, t - 1, t);
    }
  for (guint i = 0; i <= n; i++)
    for (guint k = 0; k <= n; k++) {
      Deal *deal = deal_at (block, i, k);
      if (MAX (i, k) != n || deal->cost == G_MAXDOUBLE)
        continue;
      deal->cost += cost_of_end (block, LEFT, deal->last[LEFT]) + cost_of_end (block, RIGHT, deal->last[RIGHT]);
      if (i > 0 && k > 0 && deal->cost < best) {
        best   = deal->cost;
        *left  = i;
        *right = k;
      }
    }
  return best;
}

/* Whether one line at least has parts of both columns, and no room for all of it in one. */
static gboolean
has_level_line (const Block *block,
                const Side  *sides)
{
  for (guint t = 0; t < block->n; t++) {
    Part line = block->lines[t];
    if (sides[line.first] == LEFT && sides[line.end - 1] == RIGHT && (block->item || width_of (block, line) > block->order->text_width + WIDE_SLACK))
      return TRUE;
  }
  return FALSE;
}

/* The left column is the name of an ITEM, and two texts may stand in the right one; or
   both are texts. */
static void
set_columns (Block   *block,
             gboolean item)
{
  block->item          = item;
  block->width[LEFT]   = item ? block->order->item_width : block->order->text_width;
  block->width[RIGHT]  = block->order->text_width;
  block->widest[LEFT]  = block->width[LEFT] + WIDE_SLACK;
  block->widest[RIGHT] = (item ? 2 : 1) * (block->order->text_width + WIDE_SLACK);
}

/* What speaks against all lines being of one column. */
static double
cost_of_one_column (const Block *block)
{
  Part   last = { 0, 0 };
  double cost = 0;

  for (guint t = 0; t < block->n; t++) {
    cost += cost_of_line (block, LEFT, last, block->lines[t]);
    last = block->lines[t];
  }
  return cost + cost_of_end (block, LEFT, last);
}

/* Deals the lines out; SIDES[i] becomes the column of piece i. Returns what that is
   better than ONE column. *SURE: no other way is nearly as good. */
static double
deal_block (Block    *block,
            double    one,
            Side     *sides,
            gboolean *sure)
{
  guint left = 0, right = 0, cuts[LINES_MAX] = { 0 };

  block->deals = g_new (Deal, (LINES_MAX + 1) * (LINES_MAX + 1));
  block->other = 0;
  double best = run_block (block, &left, &right);
  double gain = best < G_MAXDOUBLE ? one - best : 0;
  while (MAX (left, right) > 0) {
    const Deal *deal = deal_at (block, left, right);
    guint t = MAX (left, right);

    cuts[t - 1] = left == t ? deal->last[LEFT].end : block->lines[t - 1].first;
    for (guint i = block->lines[t - 1].first; i < block->lines[t - 1].end; i++)
      sides[i] = i < cuts[t - 1] ? LEFT : RIGHT;
    left  = deal->from[LEFT];
    right = deal->from[RIGHT];
  }
  *sure = block->n <= LINES_COMPARED && block->order->pieces->len <= PIECES_COMPARED && has_level_line (block, sides);
  for (block->other = 1; block->other <= block->n && *sure && gain > GAIN; block->other++) {
    block->cut = cuts[block->other - 1];
    *sure      = run_block (block, &left, &right) > best + MARGIN;
  }
  g_clear_pointer (&block->deals, g_free);
  return gain;
}

/* Appends PIECES, an island, to ALL, parted in columns where it has some; *ISLAND and
   *LINE count those that become new. */
static void
part_island (const HkChangeOrder *order,
             GHashTable          *seen,
             const GArray        *pieces,
             GArray              *all,
             guint               *island,
             guint               *line)
{
  Block block = { .order = order, .seen = seen, .pieces = pieces };
  g_autofree Side *sides = g_new0 (Side, pieces->len);
  gboolean sure  = TRUE;
  double   gain  = 0;
  guint    items = 0;

  if (find_lines (&block)) {
    for (guint i = 0; i < pieces->len; i++)
      items += hk_change_piece (pieces, i)->item == 2;
    set_columns (&block, FALSE);
    double one = cost_of_one_column (&block);
    if (items == 1) {
      set_columns (&block, TRUE);
      gain = deal_block (&block, one, sides, &sure);
      for (guint i = 0; i < pieces->len; i++)
        gain = hk_change_piece (pieces, i)->item == 2 && sides[i] == RIGHT ? 0 : gain;
    }
    if (gain <= GAIN) {
      set_columns (&block, FALSE);
      gain = deal_block (&block, one, sides, &sure);
    }
  }
  if (gain <= GAIN || !has_level_line (&block, sides)) {
    g_array_append_vals (all, pieces->data, pieces->len);
    return;
  }
  for (Side side = LEFT; side < SIDES; side++) {
    g_autoptr (GArray) column = g_array_new (FALSE, FALSE, sizeof (HkChangePiece));

    for (guint i = 0; i < pieces->len; i++) {
      const HkChangePiece *piece = hk_change_piece (pieces, i);
      if (sides[i] != side)
        continue;
      HkChangePiece *prev = column->len > 0 ? hk_change_piece (column, column->len - 1) : NULL;
      gboolean first = prev == NULL || i == 0 || piece->line != piece[-1].line || sides[i - 1] != side;
      if (prev != NULL && first)
        prev->last = TRUE;
      HkChangePiece own = *piece;
      *line += first;
      own.line   = *line;
      own.island = *island + 1;
      own.first  = first;
      own.gap    = first ? 0 : piece->gap;
      own.mixed |= !sure;
      g_array_append_val (column, own);
    }
    hk_change_piece (column, column->len - 1)->last = TRUE;
    ++*island;
    part_island (order, seen, column, all, island, line);
  }
}

/* Whether lines that two cells share show that cells are read side by side. */
static gboolean
is_side_by_side (const HkChangeOrder *order)
{
  guint shared = 0;

  for (guint i = 1; i < order->pieces->len; i++) {
    const HkChangePiece *prev = hk_change_piece (order->pieces, i - 1), *piece = hk_change_piece (order->pieces, i);
    gboolean typed = piece->timing || piece->date || piece->item == 2 || piece->blank || prev->timing || prev->date || prev->blank;

    shared += piece->line == prev->line && !typed && !piece->glued && prev->width + piece->width + piece->gap > order->text_width + 4 && prev->width + 4 >= order->item_width;
  }
  return SIDE_SHARE * shared > order->pieces->len;
}

void
hk_change_part_sides (HkChangeOrder *order)
{
  GArray *pieces = order->pieces;
  guint   island = 0, line = 0;

  order->side = order->islands && is_side_by_side (order);
  if (!order->side)
    return;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (HkChangePiece));
  g_autoptr (GHashTable) seen = find_sequences (order);
  for (guint i = 0; i < pieces->len; i++) {
    island = MAX (island, hk_change_piece (pieces, i)->island);
    line   = MAX (line, hk_change_piece (pieces, i)->line);
  }
  for (guint i = 0, end; i < pieces->len; i = end) {
    g_autoptr (GArray) part = g_array_new (FALSE, FALSE, sizeof (HkChangePiece));

    for (end = i; end < pieces->len && hk_change_piece (pieces, end)->island == hk_change_piece (pieces, i)->island && hk_change_piece (pieces, end)->page == hk_change_piece (pieces, i)->page; end++)
      ;
    g_array_append_vals (part, hk_change_piece (pieces, i), end - i);
    part_island (order, seen, part, all, &island, &line);
  }
  g_assert (all->len == pieces->len);
  memcpy (pieces->data, all->data, all->len * sizeof (HkChangePiece)); /* the same ones, in another order */
}
