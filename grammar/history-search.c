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
#include "history-search.h"

#include <string.h>

#define COLUMNS HK_CHANGE_COLUMNS

/* How many states are kept, how many rows a dense page is read in parts of, and how
   much dearer than the best a state may be. */
#define BEAM 400
#define BEAM_LEAST 8
#define ROWS_NEAR 14 /* rows that a piece is looked for in, up and down */
#define PIECES 4000 /* of a table longer than any real one; more, and fewer states are kept */
#define ROWS_DENSE 6
#define BEAM_COST 14.0

/* Readings that cost no more than this beyond the best may be right as well. */
#define MARGIN 1.0

/* Costs. */
#define COST_LOOSE 7.0      /* a piece that has no cell */
#define COST_LOOSE_NUMBER 1.0
#define COST_DATE_PASSED 1.5 /* a date is painted before the one above it, … */
#define COST_COLUMNS 4.0    /* a table that does, … */
#define COST_COLUMNS_TIGHT 8.0 /* … without a blank line: that is how text is painted, not how it is read */
#define RIVAL 1.6           /* a reading so much dearer may be right in places */

/* --- The beam -------------------------------------------------------------------------------- */

static double
best_cost (const GArray *states)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < states->len; i++)
    best = MIN (best, g_array_index (states, HkChangeState, i).cost);
  return best;
}

static void
push (HkChangeSearch      *search,
      const HkChangeState *from,
      guint                index,
      double               cost,
      guint                slot,
      double              *limit)
{
  if (cost >= HK_CHANGE_NEVER || from->cost + cost > *limit + BEAM_COST)
    return;
  HkChangeState state = *from;
  state.cost += cost;
  if (slot != HK_CHANGE_NOWHERE) {
    if (hk_change_is_text_column (slot % COLUMNS) && !hk_change_is_filled (from, slot))
      state.text[slot / COLUMNS] = index;
    if (from->last == HK_CHANGE_NOWHERE || from->last / COLUMNS != slot / COLUMNS)
      memset (state.end, 0, sizeof state.end);
    state.end[slot % COLUMNS] = index + 1;
    state.fill[slot / COLUMNS] |= (guint8) (1u << (slot % COLUMNS));
    state.last = (guint16) slot;
    if (slot % COLUMNS != HK_CHANGE_DATE)
      state.at = (guint16) slot;
  }
  state.rank = state.cost + hk_change_cost_behind (search, &state);
  if (state.rank > *limit + BEAM_COST)
    return;
  *limit = MIN (*limit, state.rank);
  guint step = slot == HK_CHANGE_NOWHERE ? G_MAXUINT : (search->base * COLUMNS) + slot;
  g_array_append_val (search->candidates, state);
  g_array_append_val (search->steps, step);
}

/* All that piece INDEX may be, after STATE. */
static void
expand (HkChangeSearch      *search,
        const HkChangeState *state,
        guint                index,
        double              *limit)
{
  const HkChangePiece *piece = hk_change_piece (search->order->pieces, index);
  const HkChangePiece *prev  = index > 0 ? hk_change_piece (search->order->pieces, index - 1) : NULL;

  if (prev != NULL && piece->goes_on && state->last != HK_CHANGE_NOWHERE && state->last % COLUMNS != HK_CHANGE_DATE && state->last % COLUMNS != HK_CHANGE_TIMING) {
    push (search, state, index, 0, state->last, limit);
    return;
  }
  push (search, state, index, piece->number ? COST_LOOSE_NUMBER : COST_LOOSE, HK_CHANGE_NOWHERE, limit);
  if (prev != NULL && state->last != HK_CHANGE_NOWHERE)
    push (search, state, index, hk_change_cost_of_joining (search->order, prev, piece, state->last % COLUMNS), state->last, limit);
  if (hk_change_is_row_date (search->order, piece))
    for (guint row = 0, passed = 0; row < search->page_dates && passed <= HK_CHANGE_DATES_PASSED; row++) {
      guint of   = search->dates_before - search->base + (search->direction > 0 ? row : search->page_dates - 1 - row);
      guint slot = of * COLUMNS + HK_CHANGE_DATE;

      if (!hk_change_is_filled (state, slot) && hk_change_is_allowed (search, state, index, slot))
        push (search, state, index, hk_change_cost_of_beginning (search, state, prev, piece, index, slot) + COST_DATE_PASSED * passed++, slot, limit);
    }
  guint at = state->at != HK_CHANGE_NOWHERE ? state->at / COLUMNS : search->direction > 0 ? 0 : search->rows;
  for (guint row = at > ROWS_NEAR ? at - ROWS_NEAR : 0; row < MIN (search->rows, at + ROWS_NEAR); row++)
    for (guint column = HK_CHANGE_ITEM; column < COLUMNS; column++) {
      guint slot = row * COLUMNS + column;

      if (!hk_change_is_allowed (search, state, index, slot))
        continue;
      if (!hk_change_is_filled (state, slot))
        push (search, state, index, hk_change_cost_of_beginning (search, state, prev, piece, index, slot), slot, limit);
      else if (slot != state->last)
        push (search, state, index, hk_change_cost_of_resuming (search, state, prev, piece, index, slot), slot, limit);
    }
}

static int
by_cost (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  const GArray *candidates = data;
  double ca = g_array_index (candidates, HkChangeState, *(const guint *) a).rank, cb = g_array_index (candidates, HkChangeState, *(const guint *) b).rank;

  if (ca != cb)
    return ca < cb ? -1 : 1;
  return *(const guint *) a < *(const guint *) b ? -1 : 1;
}

static gboolean
same_state (gconstpointer a,
            gconstpointer b)
{
  const HkChangeState *x = a, *y = b;
  return x->last == y->last && x->at == y->at && memcmp (x->fill, y->fill, sizeof x->fill) == 0;
}

static guint
hash_state (gconstpointer a)
{
  const HkChangeState *state = a;
  guint hash = state->last * 31u + state->at * 7u;

  for (guint i = 0; i < sizeof state->fill; i++)
    hash = hash * 33u + state->fill[i];
  return hash;
}

/* Keeps the cheapest of the candidates as states. STEP: they are a step further. */
static void
keep_best (HkChangeSearch *search,
           gboolean        step)
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
    HkChangeState *state = &g_array_index (candidates, HkChangeState, which);
    guint  slot  = g_array_index (search->steps, guint, which);
    HkChangeState *same  = g_hash_table_lookup (kept, state);

    if (same == NULL && search->states->len >= search->beam)
      break;
    if (same == NULL) {
      HkChangeNode node = { .parent = state->node, .slot = slot, .cost = (float) state->cost };
      if (step) {
        g_array_append_val (search->trail, node);
        state->node = search->trail->len - 1;
      }
      g_hash_table_insert (kept, state, state);
      g_array_append_vals (search->states, state, 1);
    }
    else {
      HkChangeNode *node = &g_array_index (search->trail, HkChangeNode, same->node);
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

/* Moves the window to where a page begins whose first date is of row FIRST, and
   which has N of them. */
static void
turn_page (HkChangeSearch *search,
           guint           first,
           guint           n)
{
  guint base = first > 0 ? first - 1 : 0, shift = base - search->base;

  for (guint i = 0; i < search->states->len; i++) {
    HkChangeState *state = &g_array_index (search->states, HkChangeState, i);

    for (guint row = 0; row < shift && row < G_N_ELEMENTS (state->fill); row++)
      state->cost += hk_change_cost_of_blanks (search, state->fill[row]);
    for (guint row = 0; row < G_N_ELEMENTS (state->fill); row++) {
      state->fill[row] = row + shift < G_N_ELEMENTS (state->fill) ? state->fill[row + shift] : 0;
      state->text[row] = row + shift < G_N_ELEMENTS (state->fill) ? state->text[row + shift] : 0;
    }
    state->last  = state->last != HK_CHANGE_NOWHERE && state->last >= shift * COLUMNS ? (guint16) (state->last - shift * COLUMNS) : HK_CHANGE_NOWHERE;
    state->at    = state->at != HK_CHANGE_NOWHERE && state->at >= shift * COLUMNS ? (guint16) (state->at - shift * COLUMNS) : HK_CHANGE_NOWHERE;
    state->rank  = state->cost;
    if (search->direction < 0)
      state->last = state->at = HK_CHANGE_NOWHERE; /* the next page begins at its end */
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
rows_most (const HkChangeSearch *search)
{
  return search->beam < BEAM ? ROWS_DENSE : HK_CHANGE_ROWS_MAX;
}

/* Where the page, or the part of one, ends that begins with piece FIRST; *N is
   how many dates it has. */
static guint
page_end (const HkChangeSearch *search,
          guint                 first,
          guint                *n)
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

static HkChangeSearch *
search_new (HkChangeOrder *order,
            int            direction)
{
  HkChangeSearch *search = g_new0 (HkChangeSearch, 1);
  HkChangeState   begin  = { .last = HK_CHANGE_NOWHERE, .at = HK_CHANGE_NOWHERE };
  HkChangeNode    none   = { .slot = G_MAXUINT };

  search->order      = order;
  search->direction  = direction;
  search->beam       = order->pieces->len > PIECES ? MAX (BEAM_LEAST, BEAM * PIECES / order->pieces->len) : BEAM;
  search->trail      = g_array_new (FALSE, FALSE, sizeof (HkChangeNode));
  search->states     = g_array_new (FALSE, FALSE, sizeof (HkChangeState));
  search->candidates = g_array_new (FALSE, FALSE, sizeof (HkChangeState));
  search->steps      = g_array_new (FALSE, FALSE, sizeof (guint));
  search->likeness   = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  search->doubts     = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (search->trail, none);
  g_array_append_val (search->states, begin);
  return search;
}

static void
search_free (HkChangeSearch *search)
{
  g_array_unref (search->trail);
  g_array_unref (search->states);
  g_array_unref (search->candidates);
  g_array_unref (search->steps);
  g_hash_table_unref (search->likeness);
  g_array_unref (search->doubts);
  g_free (search);
}

/* Runs the search; returns what its best way costs. */
static double
run (HkChangeSearch *search)
{
  const GArray *pieces = search->order->pieces;
  guint first_date = 0, n, rowwise = 0;

  for (guint i = 0, end; i < pieces->len; i = end) {
    end = page_end (search, i, &n);
    search->apart = search->order->apart && !hk_change_is_rowwise (search->order, i, end);
    if (search->apart)
      n = MAX (n, MIN (hk_change_timings (search->order, i, end), rows_most (search)));
    search->short_end = search->apart ? 0 : search->direction > 0 && !hk_change_is_rowwise (search->order, i, end) ? hk_change_short_end (search->order, i, end, rows_most (search), &n) : 0;
    turn_page (search, first_date, n);
    search->page_first = i;
    search->rowwise = search->direction > 0 && hk_change_is_rowwise (search->order, i, end);
    search->passes  = !search->apart && search->direction > 0 && !search->rowwise && search->short_end == 0 && hk_change_has_passes (search->order, i, end);
    rowwise += search->rowwise || search->short_end > 0 ? end - i : 0;
    for (guint k = i; k < end; k++) {
      hk_change_piece (pieces, k)->ordered = !search->order->parted && (search->rowwise || search->short_end > 0);
      if (hk_change_is_row_date (search->order, hk_change_piece (pieces, k)))
        search->passes = FALSE;
      double limit = G_MAXDOUBLE;
      for (guint s = 0; s < search->states->len; s++)
        expand (search, &g_array_index (search->states, HkChangeState, s), k, &limit);
      keep_best (search, TRUE);
    }
    first_date += n;
  }
  turn_page (search, first_date + HK_CHANGE_ROWS_MAX + 4, 0);
  search->is_down = 2 * rowwise > pieces->len;
  return best_cost (search->states);
}

/* Takes what BEST found; RIVAL: what OTHER puts in another cell is in doubt. */
static void
take_better (HkChangeOrder  *order,
             HkChangeSearch *best,
             HkChangeSearch *other,
             gboolean        rival)
{
  GArray *pieces = order->pieces;
  g_autofree guint *slot = g_new (guint, pieces->len);

  hk_change_take_trail (other);
  for (guint i = 0; i < pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    slot[i] = piece->placed ? piece->row * COLUMNS + piece->column : G_MAXUINT;
    piece->doubtful = FALSE;
  }
  hk_change_take_trail (best);
  for (guint i = 0; i < pieces->len && rival; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    piece->doubtful |= slot[i] != (piece->placed ? piece->row * COLUMNS + piece->column : G_MAXUINT);
  }
}

void
hk_change_search (HkChangeOrder *order)
{
  HkChangeSearch *down = search_new (order, 1), *up = search_new (order, -1), *columns = search_new (order, 1);

  columns->columns = TRUE;
  double cost_down = run (down), cost_up = G_MAXDOUBLE, cost_columns = G_MAXDOUBLE;
  if (order->pieces->len <= PIECES && !order->apart) {
    cost_up      = down->is_down ? G_MAXDOUBLE : run (up);
    cost_columns = run (columns) + (order->islands || order->parted ? COST_COLUMNS : COST_COLUMNS_TIGHT);
  }
  order->upwards = cost_up < cost_down && cost_up < cost_columns;
  order->columns = !order->upwards && cost_columns < cost_down;
  if (order->upwards) {
    hk_change_take_trail (up);
    for (guint i = 0; i < order->pieces->len; i++)
      hk_change_piece (order->pieces, i)->ordered = FALSE;
  }
  else if (cost_columns == G_MAXDOUBLE)
    hk_change_take_trail (down);
  else
    take_better (order, cost_columns < cost_down ? columns : down, cost_columns < cost_down ? down : columns, MAX (cost_down, cost_columns) <= RIVAL * MIN (cost_down, cost_columns));
  search_free (down);
  search_free (up);
  search_free (columns);
}
