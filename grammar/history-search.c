/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which cell of the table each piece is of.
 *
 * A table is painted or read in a few runs, each of them down the rows and
 * along the columns: going on is free, passing over cells that are still blank
 * costs a little, going back costs more. To that comes what a piece says: the
 * name of an item, a date, 事前 or 事後; how wide it is; whether the line before
 * it was full. The search keeps the cheapest states (a beam), a state being
 * which cells are filled and where it stands. Two ways to the same state that
 * cost nearly the same leave the pieces they disagree on in doubt.
 */
#include "history-cost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS HK_CHANGE_COLUMNS
#define NOWHERE G_MAXUINT16

/* How many states are kept, how many rows a page may have (one that has more is
   read in parts), and how much dearer than the best a state may be. */
#define BEAM 400
#define BEAM_LEAST 8
#define ROWS_NEAR 14 /* rows that a piece is looked for in, up and down */
#define PIECES 4000 /* of a table longer than any real one; more, and fewer states are kept */
#define ROWS_MAX 30
#define ROWS_DENSE 6
#define BEAM_COST 14.0

/* The first of the cells that wrap is of one of so many rows, where those of one
   line come first. */
#define LONG_NEAR 3

/* Readings that cost no more than this beyond the best may be right as well. */
#define MARGIN 1.0

/* Pieces around a date among which others are looked for. */
#define SAME_DATES 150

/* Steps back along which two readings are compared. */
#define COMPARE_MAX 600

/* Costs. */
#define COST_LOOSE 7.0      /* a piece that has no cell */
#define COST_DATELESS 2.0     /* a row whose date is on the next page */
#define COST_NO_ITEM 0.8      /* 変更前 does not stand behind its item, or 変更後 does */
#define COST_BEFORE_PAGE 1.5  /* a cell that is of the last row on the page before */
#define COST_DATE_PASSED 1.5 /* a date is painted before the one above it, … */
#define DATES_PASSED 2       /* … or before so many */
#define RANK_BEHIND 0.5     /* of the cost of blank cells far behind, ahead of its time */
#define COST_LOOSE_NUMBER 1.0
#define COST_SKIP 0.2       /* a blank cell that is passed over, … */
#define COST_SKIP_MAX 5.0   /* … all of them at most */
#define COST_LEAVING_MAX 12.0 /* cells left blank where all are painted */
#define COST_BACK_COLUMN 0.6 /* going anywhere, if columns keep their order */
#define COST_COLUMNS 4.0    /* a table that does */
#define RIVAL 1.6           /* a reading so much dearer may be right in places */
#define COST_BACK 2.5       /* going back */
#define COST_BACK_ROW 0.8   /* … a row further than one, … */
#define COST_BACK_MAX 6.0   /* … at most */
#define COST_ASTRAY_LINE 3.0   /* the next cell on a line is not one further along the row */
#define COST_ASTRAY_ISLAND 1.2 /* the same in an island */

static const double blank_cost[COLUMNS] = { 3, 4, 1.5, 1.5, 5, 0.6 };

typedef struct {
  double  cost, rank; /* rank: with what the cells left behind will cost */
  guint   node;      /* of the trail */
  guint16 last, at;  /* the cell of the piece before; the same, dates aside */
  guint8  fill[ROWS_MAX + 4]; /* set of columns, row by row of the window */
} State;

/* One step of a way: which cell a piece was given. */
typedef struct {
  guint   parent;
  guint   slot;       /* row of the table * COLUMNS + column; G_MAXUINT: none */
  guint   other, other_slot; /* the next best way to the same state: its parent and step; other 0: none */
  float   cost;       /* up to here */
} Node;

typedef struct {
  HkChangeOrder *order;
  guint    beam;
  int      direction; /* 1: down and along; -1: up and back */
  gboolean columns;   /* each column's cells come from top to bottom, whatever stands between them */
  GArray  *trail;     /* Node; [0] is no step */
  GArray  *states, *candidates; /* State; of a candidate, the node is its parent's */
  GArray  *steps;     /* guint: the slot of each candidate */
  guint    base;      /* the table's row that the window begins with */
  guint    rows;      /* of the window */
  guint    page_dates, dates_before; /* on the page, and on those before */
  guint    page_first; /* piece */
  gboolean is_down;    /* most pieces are on pages like that: */
  gboolean rowwise;    /* the page's rows follow each other, cell by cell */
  guint    short_end;  /* the page's cells of one line come first, row by row, up to here; 0: it is not like that */
  gboolean passes;     /* its short cells are painted before all others: this is their pass */
  GArray  *doubts;     /* guint: cells that another reading puts a piece in */
} Search;

/* --- Where it may stand ----------------------------------------------------------------- */

static gboolean
is_filled (const State *state,
           guint        slot)
{
  return (state->fill[slot / COLUMNS] >> (slot % COLUMNS)) & 1;
}

/* What it costs to leave the cells from FROM up to TO blank, where all are painted. */
static double
cost_of_leaving (const State *state,
                 guint        from,
                 guint        to)
{
  double cost = 0;

  for (guint slot = from; slot < to; slot++)
    if (!is_filled (state, slot))
      cost += blank_cost[slot % COLUMNS];
  return MIN (cost, COST_LEAVING_MAX);
}

/* What going from cell FROM to cell TO costs. */
static double
cost_of_going (const Search *search,
               const State  *state,
               guint         from,
               guint         to)
{
  guint low, high, blanks = 0;

  if (from == NOWHERE) {
    guint begin = (search->dates_before - search->base) * COLUMNS, end = begin + search->page_dates * COLUMNS;
    for (guint slot = search->direction > 0 ? begin : to + 1; slot < (search->direction > 0 ? to : end); slot++)
      blanks += slot % COLUMNS != HK_CHANGE_REASON && slot % COLUMNS != HK_CHANGE_DATE && !is_filled (state, slot);
    return MIN (COST_SKIP * blanks, COST_SKIP_MAX);
  }
  if (((int) to - (int) from) * search->direction < 0 && search->columns)
    return COST_BACK_COLUMN;
  if (((int) to - (int) from) * search->direction < 0)
    return MIN (COST_BACK + COST_BACK_ROW * MAX (abs ((int) (to / COLUMNS) - (int) (from / COLUMNS)) - 1, 0), COST_BACK_MAX);
  low  = MIN (from, to);
  high = MAX (from, to);
  for (guint slot = low + 1; slot < high; slot++)
    blanks += slot % COLUMNS != HK_CHANGE_REASON && slot % COLUMNS != HK_CHANGE_DATE && !is_filled (state, slot);
  return MIN (COST_SKIP * blanks, search->columns ? COST_BACK_COLUMN : COST_SKIP_MAX);
}

/* What speaks against the cell SLOT being next of its column. */
static double
cost_of_column_order (const Search *search,
                      const State  *state,
                      guint         slot)
{
  guint  first = search->dates_before - search->base, row = slot / COLUMNS, column = slot % COLUMNS;
  double cost = 0;

  for (guint below = row + 1; below < search->rows; below++)
    if (is_filled (state, below * COLUMNS + column))
      return HK_CHANGE_NEVER;
  for (guint above = first; above < row; above++)
    cost += is_filled (state, above * COLUMNS + column) ? 0 : blank_cost[column];
  return cost;
}

/* Whether piece INDEX is the first of the page's cells of several lines, behind STATE. */
static gboolean
begins_long (const Search *search,
             const State  *state,
             guint         index)
{
  if (search->short_end == 0 || index < search->short_end || state->last == NOWHERE)
    return FALSE;
  return state->last % COLUMNS == HK_CHANGE_TIMING || index == search->short_end || (state->last % COLUMNS == HK_CHANGE_REASON && index == search->short_end + 1);
}

/* What speaks against PIECE beginning the cell SLOT. */
static double
cost_of_beginning (const Search        *search,
                   const State         *state,
                   const HkChangePiece *prev,
                   const HkChangePiece *piece,
                   guint                index,
                   guint                slot)
{
  guint  column = slot % COLUMNS;
  double cost   = hk_change_cost_of_column (search->order, piece, column, search->direction < 0 || state->last % COLUMNS == HK_CHANGE_TIMING), going;

  if (cost >= HK_CHANGE_NEVER)
    return cost;
  if (search->short_end > 0 && index > search->short_end) {
    if (state->last != NOWHERE && state->last % COLUMNS == HK_CHANGE_ITEM && piece->of_form && hk_change_is_text_column (column))
      cost += HK_CHANGE_OF_FORM;
    cost += cost_of_leaving (state, begins_long (search, state, index) ? (search->dates_before - search->base) * COLUMNS : state->last + 1u, slot);
    return cost + (prev != NULL && state->last != NOWHERE ? hk_change_cost_of_breaking (search->order, prev, piece, state->last % COLUMNS) : 0);
  }
  if (search->columns && !search->rowwise)
    cost += cost_of_column_order (search, state, slot);
  if (cost >= HK_CHANGE_NEVER)
    return cost;
  going = cost_of_going (search, state, state->at, slot);
  if (column == HK_CHANGE_DATE)
    going = MIN (going, 0.6);
  else if (state->last != state->at)
    going = MIN (going + 0.2, cost_of_going (search, state, state->last, slot));
  cost += going;
  if (column == HK_CHANGE_ITEM && slot / COLUMNS + search->base >= search->dates_before + search->page_dates && search->page_dates > 0)
    cost += COST_DATELESS;
  if (column != HK_CHANGE_DATE && slot / COLUMNS + search->base < search->dates_before)
    cost += COST_BEFORE_PAGE;
  if (hk_change_is_text_column (column) && search->direction > 0 && (column == HK_CHANGE_BEFORE) != (state->last != NOWHERE && state->last % COLUMNS == HK_CHANGE_ITEM))
    cost += column == HK_CHANGE_BEFORE || (state->last != NOWHERE && state->last % COLUMNS == HK_CHANGE_ITEM) ? COST_NO_ITEM : 0;
  if (prev == NULL || state->last == NOWHERE)
    return cost;
  cost += hk_change_cost_of_breaking (search->order, prev, piece, state->last % COLUMNS);
  if (state->last % COLUMNS == HK_CHANGE_ITEM && piece->of_form && hk_change_is_text_column (column))
    cost += HK_CHANGE_OF_FORM;
  gboolean along = slot / COLUMNS == state->last / COLUMNS && ((int) slot - state->last) * search->direction > 0;
  if (!along && column != HK_CHANGE_DATE && !piece->glued) {
    if (prev->line == piece->line)
      cost += COST_ASTRAY_LINE;
    else if (search->order->islands && prev->island == piece->island)
      cost += COST_ASTRAY_ISLAND;
  }
  return cost;
}

/* What speaks against PIECE going on with the cell SLOT that other cells were
   painted behind. */
static double
cost_of_resuming (const Search        *search,
                  const State         *state,
                  const HkChangePiece *prev,
                  const HkChangePiece *piece,
                  guint                index,
                  guint                slot)
{
  guint  column = slot % COLUMNS, row = slot / COLUMNS, last = state->last / COLUMNS;
  double cost;

  if (column == HK_CHANGE_DATE || column == HK_CHANGE_TIMING || piece->timing || piece->date || piece->blank || piece->item == 2)
    return HK_CHANGE_NEVER;
  if (search->short_end > 0) {
    if (row + search->base + 1 != search->dates_before || index < search->short_end)
      return HK_CHANGE_NEVER;
    cost = index == search->short_end ? 0.3 : 0.7; /* it goes on from the page before */
  }
  else if (index == search->page_first && hk_change_is_text_column (column))
    cost = (row == last ? 0.7 : 2) + (column == HK_CHANGE_BEFORE ? 0.5 : 0);
  else if (prev != NULL && prev->island != piece->island)
    cost = 6; /* only lines of cells side by side are read in turns */
  else if (row == last && (hk_change_is_text_column (column) || column == HK_CHANGE_ITEM) && state->last % COLUMNS > HK_CHANGE_DATE)
    cost = hk_change_is_text_column (column) && hk_change_is_text_column (state->last % COLUMNS) ? 1.5 : 2.2;
  else
    cost = 5;
  if (piece->width > hk_change_width_of (search->order, column) + 4)
    cost += 6;
  if (prev != NULL && prev->line == piece->line && (int) slot < state->last)
    cost += COST_ASTRAY_LINE;
  if (column == HK_CHANGE_ITEM && piece->of_form)
    cost -= HK_CHANGE_OF_FORM;
  return cost + (prev != NULL ? hk_change_cost_of_breaking (search->order, prev, piece, state->last % COLUMNS) : 0);
}

/* --- The beam -------------------------------------------------------------------------------- */

/* What the cells that STATE has left blank behind it are likely to cost yet. */
static double
cost_behind (const Search *search,
             const State  *state)
{
  double cost = 0;
  int    at   = state->at != NOWHERE ? state->at / COLUMNS : 0;

  if (state->at == NOWHERE || search->passes || search->columns || search->short_end > 0)
    return 0;
  for (int row = search->direction > 0 ? 0 : at + 2; row < (search->direction > 0 ? at - 1 : (int) search->rows); row++)
    if (search->direction < 0 || row + (int) search->base >= (int) search->dates_before || state->fill[row] != 0)
      for (guint c = HK_CHANGE_ITEM; c < COLUMNS; c++)
        cost += state->fill[row] & (1u << c) ? 0 : RANK_BEHIND * blank_cost[c];
  return cost;
}

static double
best_cost (const GArray *states)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < states->len; i++)
    best = MIN (best, g_array_index (states, State, i).cost);
  return best;
}

static void
push (Search      *search,
      const State *from,
      double       cost,
      guint        slot,
      double      *limit)
{
  if (cost >= HK_CHANGE_NEVER || from->cost + cost > *limit + BEAM_COST)
    return;
  State state = *from;
  state.cost += cost;
  if (slot != NOWHERE) {
    state.fill[slot / COLUMNS] |= (guint8) (1u << (slot % COLUMNS));
    state.last = (guint16) slot;
    if (slot % COLUMNS != HK_CHANGE_DATE)
      state.at = (guint16) slot;
  }
  state.rank = state.cost + cost_behind (search, &state);
  if (state.rank > *limit + BEAM_COST)
    return;
  *limit = MIN (*limit, state.rank);
  guint step = slot == NOWHERE ? G_MAXUINT : (search->base * COLUMNS) + slot;
  g_array_append_val (search->candidates, state);
  g_array_append_val (search->steps, step);
}

/* The row of the window that STATE is at where rows follow each other: that of the
   last date; before the page's first, the one that goes on from the page before. */
static guint
row_at (const Search *search,
        const State  *state)
{
  guint row = search->dates_before - search->base;

  while (row < search->rows && is_filled (state, row * COLUMNS + HK_CHANGE_DATE))
    row++;
  return row > 0 ? row - 1 : 0;
}

/* Whether piece INDEX may stand in SLOT where cells of one line come first. */
static gboolean
is_allowed_short (const Search *search,
                  const State  *state,
                  guint         index,
                  guint         slot)
{
  guint first = search->dates_before - search->base, row = slot / COLUMNS;
  const HkChangePiece *piece = hk_change_piece (search->order->pieces, index);

  if (index < search->short_end || (index == search->short_end && slot == state->last + 1u && slot % COLUMNS == HK_CHANGE_REASON)) {
    if (state->last == NOWHERE || index == search->page_first)
      return row == first;
    gboolean same_line = piece->line == hk_change_piece (search->order->pieces, index - 1)->line;
    if (row == state->last / COLUMNS)
      return slot > state->last;
    return row == state->last / COLUMNS + 1u && is_filled (state, state->last / COLUMNS * COLUMNS + HK_CHANGE_TIMING) && (!same_line || piece->date);
  }
  if (slot % COLUMNS == HK_CHANGE_TIMING)
    return FALSE;
  if (begins_long (search, state, index))
    return row + 1 >= first && row <= first + LONG_NEAR;
  return state->last == NOWHERE || slot > state->last;
}

/* Whether the order of the page allows piece INDEX, behind STATE, in cell SLOT. */
static gboolean
is_allowed (const Search *search,
            const State  *state,
            guint         index,
            guint         slot)
{
  guint row, column = slot % COLUMNS;

  if (search->short_end > 0)
    return is_allowed_short (search, state, index, slot);
  if (!search->rowwise)
    return TRUE;
  row = row_at (search, state);
  if (row + search->base < search->dates_before || !is_filled (state, row * COLUMNS + HK_CHANGE_DATE)) /* before the first date */
    return column == HK_CHANGE_DATE ? slot / COLUMNS == search->dates_before - search->base : slot / COLUMNS + 1 == search->dates_before - search->base;
  if (column == HK_CHANGE_DATE)
    return slot / COLUMNS == row + 1 && is_filled (state, row * COLUMNS + HK_CHANGE_TIMING);
  if (slot / COLUMNS != row)
    return FALSE;
  return (column == HK_CHANGE_REASON) == is_filled (state, row * COLUMNS + HK_CHANGE_TIMING) && (state->last == NOWHERE || state->last <= slot);
}

/* All that piece INDEX may be, after STATE. */
static void
expand (Search      *search,
        const State *state,
        guint        index,
        double      *limit)
{
  const HkChangePiece *piece = hk_change_piece (search->order->pieces, index);
  const HkChangePiece *prev  = index > 0 ? hk_change_piece (search->order->pieces, index - 1) : NULL;

  if (prev != NULL && piece->goes_on && state->last != NOWHERE && state->last % COLUMNS != HK_CHANGE_DATE && state->last % COLUMNS != HK_CHANGE_TIMING) {
    push (search, state, 0, state->last, limit);
    return;
  }
  push (search, state, piece->number ? COST_LOOSE_NUMBER : COST_LOOSE, NOWHERE, limit);
  if (prev != NULL && state->last != NOWHERE)
    push (search, state, hk_change_cost_of_joining (search->order, prev, piece, state->last % COLUMNS), state->last, limit);
  if (hk_change_is_row_date (search->order, piece))
    for (guint row = 0, passed = 0; row < search->page_dates && passed <= DATES_PASSED; row++) {
      guint of   = search->dates_before - search->base + (search->direction > 0 ? row : search->page_dates - 1 - row);
      guint slot = of * COLUMNS + HK_CHANGE_DATE;

      if (!is_filled (state, slot) && is_allowed (search, state, index, slot))
        push (search, state, cost_of_beginning (search, state, prev, piece, index, slot) + COST_DATE_PASSED * passed++, slot, limit);
    }
  guint at = state->at != NOWHERE ? state->at / COLUMNS : search->direction > 0 ? 0 : search->rows;
  for (guint row = at > ROWS_NEAR ? at - ROWS_NEAR : 0; row < MIN (search->rows, at + ROWS_NEAR); row++)
    for (guint column = HK_CHANGE_ITEM; column < COLUMNS; column++) {
      guint slot = row * COLUMNS + column;

      if (!is_allowed (search, state, index, slot))
        continue;
      if (!is_filled (state, slot))
        push (search, state, cost_of_beginning (search, state, prev, piece, index, slot), slot, limit);
      else if (slot != state->last)
        push (search, state, cost_of_resuming (search, state, prev, piece, index, slot), slot, limit);
    }
}

static int
by_cost (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  const GArray *candidates = data;
  double ca = g_array_index (candidates, State, *(const guint *) a).rank, cb = g_array_index (candidates, State, *(const guint *) b).rank;

  if (ca != cb)
    return ca < cb ? -1 : 1;
  return *(const guint *) a < *(const guint *) b ? -1 : 1;
}

static gboolean
same_state (gconstpointer a,
            gconstpointer b)
{
  const State *x = a, *y = b;
  return x->last == y->last && x->at == y->at && memcmp (x->fill, y->fill, sizeof x->fill) == 0;
}

static guint
hash_state (gconstpointer a)
{
  const State *state = a;
  guint hash = state->last * 31u + state->at * 7u;

  for (guint i = 0; i < sizeof state->fill; i++)
    hash = hash * 33u + state->fill[i];
  return hash;
}

/* Keeps the cheapest of the candidates as states. STEP: they are a step further. */
static void
keep_best (Search  *search,
           gboolean step)
{
  GArray *candidates = search->candidates;
  g_autoptr (GArray) index = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) kept = g_hash_table_new (hash_state, same_state);

  for (guint i = 0; i < candidates->len; i++)
    g_array_append_val (index, i);
  g_array_sort_with_data (index, by_cost, candidates);
  g_array_set_size (search->states, 0);
  for (guint i = 0; i < index->len; i++) {
    guint  which = g_array_index (index, guint, i);
    State *state = &g_array_index (candidates, State, which);
    guint  slot  = g_array_index (search->steps, guint, which);
    State *same  = g_hash_table_lookup (kept, state);

    if (same == NULL && search->states->len >= search->beam)
      break;
    if (same == NULL) {
      Node node = { .parent = state->node, .slot = slot, .cost = (float) state->cost };
      if (step) {
        g_array_append_val (search->trail, node);
        state->node = search->trail->len - 1;
      }
      g_hash_table_insert (kept, state, state);
      g_array_append_vals (search->states, state, 1);
    }
    else {
      Node *node = &g_array_index (search->trail, Node, same->node);
      if (node->other == 0 && state->cost - same->cost <= MARGIN) {
        node->other      = state->node;
        node->other_slot = step ? slot : G_MAXUINT - 1;
      }
    }
  }
  g_array_set_size (candidates, 0);
  g_array_set_size (search->steps, 0);
}

/* --- Pages --------------------------------------------------------------------------------------- */

/* What the cells that row FILL leaves blank cost. */
static double
cost_of_blanks (guint fill)
{
  double cost = 0;

  for (guint c = 0; fill != 0 && c < COLUMNS; c++)
    cost += fill & (1u << c) ? 0 : blank_cost[c];
  return cost;
}

/* Moves the window to where a page begins whose first date is of row FIRST, and
   which has N of them. */
static void
turn_page (Search *search,
           guint   first,
           guint   n)
{
  guint base = first > 0 ? first - 1 : 0, shift = base - search->base;

  for (guint i = 0; i < search->states->len; i++) {
    State *state = &g_array_index (search->states, State, i);

    for (guint row = 0; row < shift && row < G_N_ELEMENTS (state->fill); row++)
      state->cost += cost_of_blanks (state->fill[row]);
    for (guint row = 0; row < G_N_ELEMENTS (state->fill); row++)
      state->fill[row] = row + shift < G_N_ELEMENTS (state->fill) ? state->fill[row + shift] : 0;
    state->last  = state->last != NOWHERE && state->last >= shift * COLUMNS ? (guint16) (state->last - shift * COLUMNS) : NOWHERE;
    state->at    = state->at != NOWHERE && state->at >= shift * COLUMNS ? (guint16) (state->at - shift * COLUMNS) : NOWHERE;
    state->rank  = state->cost;
    if (search->direction < 0)
      state->last = state->at = NOWHERE; /* the next page begins at its end */
    g_array_append_vals (search->candidates, state, 1);
    guint none = G_MAXUINT;
    g_array_append_val (search->steps, none);
  }
  search->base         = base;
  search->rows         = first - base + n + 1;
  search->page_dates   = n;
  search->dates_before = first;
  keep_best (search, FALSE);
}

static guint
rows_most (const Search *search)
{
  return search->beam < BEAM ? ROWS_DENSE : ROWS_MAX;
}

/* Where the page, or the part of one, ends that begins with piece FIRST; *N is
   how many dates it has. */
static guint
page_end (const Search *search,
          guint         first,
          guint        *n)
{
  const GArray *pieces = search->order->pieces;
  guint end;

  *n = 0;
  for (end = first; end < pieces->len && hk_change_piece (pieces, end)->page == hk_change_piece (pieces, first)->page; end++)
    if (hk_change_is_row_date (search->order, hk_change_piece (pieces, end)) && ++*n > rows_most (search)) {
      --*n;
      break;
    }
  return end;
}

static Search *
search_new (HkChangeOrder *order,
            int            direction)
{
  Search *search = g_new0 (Search, 1);
  State   begin  = { .last = NOWHERE, .at = NOWHERE };
  Node    none   = { .slot = G_MAXUINT };

  search->order      = order;
  search->direction  = direction;
  search->beam       = order->pieces->len > PIECES ? MAX (BEAM_LEAST, BEAM * PIECES / order->pieces->len) : BEAM;
  search->trail      = g_array_new (FALSE, FALSE, sizeof (Node));
  search->states     = g_array_new (FALSE, FALSE, sizeof (State));
  search->candidates = g_array_new (FALSE, FALSE, sizeof (State));
  search->steps      = g_array_new (FALSE, FALSE, sizeof (guint));
  search->doubts     = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (search->trail, none);
  g_array_append_val (search->states, begin);
  return search;
}

static void
search_free (Search *search)
{
  g_array_unref (search->trail);
  g_array_unref (search->states);
  g_array_unref (search->candidates);
  g_array_unref (search->steps);
  g_array_unref (search->doubts);
  g_free (search);
}

/* Runs the search; returns what its best way costs. */
static double
run (Search *search)
{
  const GArray *pieces = search->order->pieces;
  guint first_date = 0, n, rowwise = 0;

  for (guint i = 0, end; i < pieces->len; i = end) {
    end = page_end (search, i, &n);
    search->short_end = search->direction > 0 && !hk_change_is_rowwise (search->order, i, end) ? hk_change_short_end (search->order, i, end, rows_most (search), &n) : 0;
    turn_page (search, first_date, n);
    search->page_first = i;
    search->rowwise = search->direction > 0 && hk_change_is_rowwise (search->order, i, end);
    search->passes  = search->direction > 0 && !search->rowwise && search->short_end == 0 && hk_change_has_passes (search->order, i, end);
    rowwise += search->rowwise || search->short_end > 0 ? end - i : 0;
    for (guint k = i; k < end; k++) {
      hk_change_piece (pieces, k)->ordered = !search->order->parted && (search->rowwise || search->short_end > 0);
      if (hk_change_is_row_date (search->order, hk_change_piece (pieces, k)))
        search->passes = FALSE;
      double limit = G_MAXDOUBLE;
      for (guint s = 0; s < search->states->len; s++)
        expand (search, &g_array_index (search->states, State, s), k, &limit);
      keep_best (search, TRUE);
    }
    first_date += n;
  }
  turn_page (search, first_date + ROWS_MAX + 4, 0);
  search->is_down = 2 * rowwise > pieces->len;
  return best_cost (search->states);
}

/* --- What it found ----------------------------------------------------------------------------------- */

static const Node *
node_at (const Search *search,
         guint         node)
{
  return &g_array_index (search->trail, Node, node);
}

/* Puts piece INDEX in doubt, and the cell SLOT, where it may stand as well. */
static void
doubt (Search *search,
       guint   index,
       guint   slot)
{
  hk_change_piece (search->order->pieces, index)->doubtful = TRUE;
  if (slot != G_MAXUINT)
    g_array_append_val (search->doubts, slot);
}

static int
by_number (gconstpointer a,
           gconstpointer b)
{
  return *(const guint *) a < *(const guint *) b ? -1 : *(const guint *) a > *(const guint *) b;
}

/* A cell lacks something, where what may be of it stands in another: all of it is
   in doubt. */
static void
doubt_rivals (Search *search)
{
  GArray *pieces = search->order->pieces;

  g_array_sort (search->doubts, by_number);
  for (guint i = 0; i < pieces->len && search->doubts->len > 0; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    guint          slot  = piece->row * COLUMNS + piece->column;

    if (piece->placed && piece->column != HK_CHANGE_DATE && piece->column != HK_CHANGE_TIMING)
      piece->doubtful |= g_array_binary_search (search->doubts, &slot, by_number, NULL);
  }
}

/* Which of several rows a date is of does not matter where all have the same. */
static void
trust_same_dates (Search *search)
{
  GArray *pieces = search->order->pieces;

  for (guint i = 0; i < pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    gboolean same = TRUE;

    if (!piece->doubtful || !piece->placed || piece->column != HK_CHANGE_DATE)
      continue;
    for (guint k = i > SAME_DATES ? i - SAME_DATES : 0; k < MIN (pieces->len, i + SAME_DATES); k++) {
      const HkChangePiece *other = hk_change_piece (pieces, k);
      if (other->placed && other->column == HK_CHANGE_DATE && other->page == piece->page && ABS ((int) other->row - (int) piece->row) <= DATES_PASSED)
        same &= strcmp (other->text, piece->text) == 0;
    }
    piece->doubtful = !same;
  }
}

/* Marks the pieces up to INDEX that the ways ending at nodes A and B disagree on. */
static void
compare (Search *search,
         guint   a,
         guint   b,
         int     index)
{
  for (guint n = 0; a != b && index >= 0 && n < COMPARE_MAX; n++, index--) {
    if (node_at (search, a)->slot != node_at (search, b)->slot)
      doubt (search, (guint) index, node_at (search, b)->slot);
    a = node_at (search, a)->parent;
    b = node_at (search, b)->parent;
  }
}

static void
take_result (Search *search)
{
  const State *best = NULL;
  GArray *pieces = search->order->pieces;

  for (guint i = 0; i < search->states->len; i++) {
    const State *state = &g_array_index (search->states, State, i);
    best = best == NULL || state->cost < best->cost ? state : best;
  }
  guint node = best->node;
  for (guint i = pieces->len; i > 0; i--) {
    const Node    *step  = node_at (search, node);
    HkChangePiece *piece = hk_change_piece (pieces, i - 1);

    piece->cost   = step->cost - node_at (search, step->parent)->cost;
    piece->placed = step->slot != G_MAXUINT;
    piece->row    = step->slot / COLUMNS;
    piece->column = step->slot % COLUMNS;
    if (step->other != 0 && step->other_slot == G_MAXUINT - 1)
      compare (search, node, step->other, (int) i - 1); /* they met at the page's end */
    else if (step->other != 0) {
      if (step->other_slot != step->slot)
        doubt (search, i - 1, step->other_slot);
      compare (search, step->parent, step->other, (int) i - 2);
    }
    node = step->parent;
  }
  trust_same_dates (search);
  doubt_rivals (search);
}

/* Takes what BEST found; RIVAL: what OTHER puts in another cell is in doubt. */
static void
take_better (HkChangeOrder *order,
             Search        *best,
             Search        *other,
             gboolean       rival)
{
  GArray *pieces = order->pieces;
  g_autofree guint *slot = g_new (guint, pieces->len);

  take_result (other);
  for (guint i = 0; i < pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    slot[i] = piece->placed ? piece->row * COLUMNS + piece->column : G_MAXUINT;
    piece->doubtful = FALSE;
  }
  take_result (best);
  for (guint i = 0; i < pieces->len && rival; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    piece->doubtful |= slot[i] != (piece->placed ? piece->row * COLUMNS + piece->column : G_MAXUINT);
  }
}

void
hk_change_search (HkChangeOrder *order)
{
  Search *down = search_new (order, 1), *up = search_new (order, -1), *columns = search_new (order, 1);

  columns->columns = TRUE;
  double cost_down = run (down), cost_up = G_MAXDOUBLE, cost_columns = G_MAXDOUBLE;
  if (order->pieces->len <= PIECES) {
    cost_up      = down->is_down ? G_MAXDOUBLE : run (up);
    cost_columns = run (columns) + COST_COLUMNS;
  }
  order->upwards = cost_up < cost_down && cost_up < cost_columns;
  if (order->upwards) {
    take_result (up);
    for (guint i = 0; i < order->pieces->len; i++)
      hk_change_piece (order->pieces, i)->ordered = FALSE;
  }
  else if (cost_columns == G_MAXDOUBLE)
    take_result (down);
  else
    take_better (order, cost_columns < cost_down ? columns : down, cost_columns < cost_down ? down : columns, MAX (cost_down, cost_columns) <= RIVAL * MIN (cost_down, cost_columns));
  search_free (down);
  search_free (up);
  search_free (columns);
}
