/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which cells the next piece of the table of changes may be of, and what speaks
   against each. */
#include "history-search.h"

#include <stdlib.h>

#define COLUMNS HK_CHANGE_COLUMNS

/* The first of the cells that wrap is of one of so many rows, where those of one
   line come first. */
#define LONG_NEAR 3

/* Lines of cells side by side are read in turns: so many lines at most from one of a
   cell to its next. */
#define SIDE_LINES 2

/* Costs. */
#define COST_SIDE 0.5
#define COST_DATELESS 2.0      /* a row whose date is on the next page */
#define COST_NO_ITEM 0.8       /* 変更前 does not stand behind its item, or 変更後 does */
#define COST_BEFORE_PAGE 1.5   /* a cell that is of the last row on the page before */
#define COST_SKIP 0.2          /* a blank cell that is passed over, … */
#define COST_SKIP_MAX 5.0      /* … all of them at most */
#define COST_LEAVING_MAX 12.0  /* cells left blank where all are painted */
#define COST_BACK_COLUMN 0.6   /* going anywhere, if columns keep their order */
#define COST_BACK 2.5          /* going back */
#define COST_BACK_ROW 0.8      /* … a row further than one, … */
#define COST_BACK_MAX 6.0      /* … at most */
#define COST_ASTRAY_LINE 3.0   /* the next cell on a line is not one further along the row */
#define COST_ASTRAY_ISLAND 1.2 /* the same in an island */
#define COST_ROW_BEGINS    1.5  /* with another cell than its item, … */
#define COST_REASON_BEGINS 0.4  /* … as its reason is, whose item comes later, … */
#define COST_AGAIN_ITEM    0.3
#define COST_AGAIN         1.2  /* … or goes on behind others */
#define COST_NOT_AFTER     0.8  /* 事前 or 事後 does not stand behind its 変更後 */
#define COST_PAGES_APART   2.0  /* a row goes on from the page before, where dates were painted apart */
#define COST_UNLIKE        3.0  /* 変更前 and 変更後 have nothing in common, rather than all, … */
#define LIKE_LEAST         0.4  /* … or so much as any two */
#define COST_ROW_TOO_MANY  5.0  /* a page has more rows than dates and 事前 and 事後 */
#define COST_UNBOUND       2.5  /* a reason is behind its 事前 or 事後, but in another island */
#define COST_ASTRAY_GLUED 1.5  /* the same without a space between */
#define RANK_BEHIND 0.5        /* of the cost of blank cells far behind, ahead of its time */

static const double blank_cost[COLUMNS] = { 3, 4, 1.5, 1.5, 5, 0.6 };

/* Where cells come in any order, those that are hardly ever blank tell more: what a
   row makes of nothing is new, what it takes away is said to be. */
static const double blank_cost_apart[COLUMNS] = { 3, 4, 1.5, 3, 5, 1.5 };

gboolean
hk_change_is_filled (const HkChangeState *state,
                     guint                slot)
{
  return (state->fill[slot / COLUMNS] >> (slot % COLUMNS)) & 1;
}

/* What it costs to leave the cells from FROM up to TO blank, where all are painted. */
static double
cost_of_leaving (const HkChangeState *state,
                 guint                from,
                 guint                to)
{
  double cost = 0;

  for (guint slot = from; slot < to; slot++)
    if (!hk_change_is_filled (state, slot))
      cost += blank_cost[slot % COLUMNS];
  return MIN (cost, COST_LEAVING_MAX);
}

/* What going from cell FROM to cell TO costs. */
static double
cost_of_going (const HkChangeSearch *search,
               const HkChangeState  *state,
               guint                 from,
               guint                 to)
{
  guint low, high, blanks = 0;

  if (from == HK_CHANGE_NOWHERE) {
    guint begin = (search->dates_before - search->base) * COLUMNS, end = begin + search->page_dates * COLUMNS;
    for (guint slot = search->direction > 0 ? begin : to + 1; slot < (search->direction > 0 ? to : end); slot++)
      blanks += slot % COLUMNS != HK_CHANGE_REASON && slot % COLUMNS != HK_CHANGE_DATE && !hk_change_is_filled (state, slot);
    return MIN (COST_SKIP * blanks, COST_SKIP_MAX);
  }
  if (((int) to - (int) from) * search->direction < 0 && search->columns)
    return COST_BACK_COLUMN;
  if (((int) to - (int) from) * search->direction < 0)
    return MIN (COST_BACK + COST_BACK_ROW * MAX (abs ((int) (to / COLUMNS) - (int) (from / COLUMNS)) - 1, 0), COST_BACK_MAX);
  low  = MIN (from, to);
  high = MAX (from, to);
  for (guint slot = low + 1; slot < high; slot++)
    blanks += slot % COLUMNS != HK_CHANGE_REASON && slot % COLUMNS != HK_CHANGE_DATE && !hk_change_is_filled (state, slot);
  return MIN (COST_SKIP * blanks, search->columns ? COST_BACK_COLUMN : COST_SKIP_MAX);
}

/* What going to the cell SLOT costs where dates were painted apart, and rows in any
   order: cells of a row stand together, and in their order, mostly. UNBOUND: a reason
   would be in another island than its 事前 or 事後, where others are in the same. */
static double
cost_of_going_apart (const HkChangeSearch *search,
                     const HkChangeState  *state,
                     guint                 slot,
                     gboolean              unbound)
{
  guint row = slot / COLUMNS, column = slot % COLUMNS, fill = state->fill[row] & ~(1u << HK_CHANGE_DATE);
  double cost = 0;

  if (column == HK_CHANGE_DATE)
    return 0;
  if (slot / COLUMNS + search->base < search->dates_before)
    return COST_AGAIN; /* of the page before */
  if (fill == 0)
    return column == HK_CHANGE_ITEM ? 0 : column == HK_CHANGE_REASON ? COST_REASON_BEGINS : COST_ROW_BEGINS;
  if (column == HK_CHANGE_ITEM && fill == 1u << HK_CHANGE_REASON)
    return COST_AGAIN_ITEM;
  if (column == HK_CHANGE_TIMING && state->last + 1u != slot)
    cost += COST_NOT_AFTER;
  if (state->at == HK_CHANGE_NOWHERE || row != state->at / COLUMNS)
    return cost + COST_AGAIN;
  if (column == HK_CHANGE_REASON && state->last == slot - 1 && unbound)
    return COST_UNBOUND;
  return cost + (slot < state->at ? COST_AGAIN : 0);
}

/* What speaks against the cell SLOT being next of its column. */
static double
cost_of_column_order (const HkChangeSearch *search,
                      const HkChangeState  *state,
                      guint                 slot)
{
  guint  first = search->dates_before - search->base, row = slot / COLUMNS, column = slot % COLUMNS;
  double cost = 0;

  for (guint below = row + 1; below < search->rows; below++)
    if (hk_change_is_filled (state, below * COLUMNS + column))
      return HK_CHANGE_NEVER;
  for (guint above = first; above < row; above++)
    cost += hk_change_is_filled (state, above * COLUMNS + column) ? 0 : blank_cost[column];
  return cost;
}

/* Whether piece INDEX is the first of the page's cells of several lines, behind STATE. */
static gboolean
begins_long (const HkChangeSearch *search,
             const HkChangeState  *state,
             guint                 index)
{
  if (search->short_end == 0 || index < search->short_end || state->last == HK_CHANGE_NOWHERE)
    return FALSE;
  return state->last % COLUMNS == HK_CHANGE_TIMING || index == search->short_end || (state->last % COLUMNS == HK_CHANGE_REASON && index == search->short_end + 1);
}

/* What speaks for piece INDEX as the begin of SLOT, 変更前 or 変更後: that it is like
   the other of the two (0 or less). */
static double
cost_of_likeness (const HkChangeSearch *search,
                  const HkChangeState  *state,
                  guint                 index,
                  guint                 slot)
{
  const HkChangePiece *piece = hk_change_piece (search->order->pieces, index);
  guint other = slot % COLUMNS == HK_CHANGE_AFTER ? slot - 1 : slot + 1, first = state->text[slot / COLUMNS];

  if (!hk_change_is_text_column (slot % COLUMNS) || !hk_change_is_filled (state, other) || (piece->cell && index > 0 && piece[-1].island == piece->island))
    return 0;
  gint64  key   = ((gint64) first << 32) | index;
  double *known = g_hash_table_lookup (search->likeness, &key);
  if (known == NULL) {
    known  = g_new (double, 1);
    *known = hk_change_likeness (search->order, first, index);
    g_hash_table_insert (search->likeness, g_memdup2 (&key, sizeof key), known);
  }
  return -COST_UNLIKE * MAX (*known - LIKE_LEAST, 0);
}

/* Whether PIECE, behind PREV, cannot be the reason of the same row as PREV: reasons
   stand in the island of their 事前 or 事後. */
static gboolean
is_unbound (const HkChangeSearch *search,
            const HkChangePiece  *prev,
            const HkChangePiece  *piece)
{
  return search->apart && search->order->bound && prev != NULL && prev->island != piece->island;
}

/* Whether PIECE stands where the reason of a row does, behind 事前 or 事後: in their
   island, where reasons do. */
static gboolean
is_behind_timing (const HkChangeSearch *search,
                  const HkChangeState  *state,
                  const HkChangePiece  *prev,
                  const HkChangePiece  *piece)
{
  return state->last % COLUMNS == HK_CHANGE_TIMING && !is_unbound (search, prev, piece);
}

/* What speaks against PIECE beginning the cell SLOT. */
double
hk_change_cost_of_beginning (const HkChangeSearch *search,
                             const HkChangeState  *state,
                             const HkChangePiece  *prev,
                             const HkChangePiece  *piece,
                             guint                 index,
                             guint                 slot)
{
  guint  column = slot % COLUMNS;
  double cost   = hk_change_cost_of_column (search->order, piece, column, search->direction < 0 || is_behind_timing (search, state, prev, piece)), going;

  if (cost >= HK_CHANGE_NEVER)
    return cost;
  if (search->short_end > 0 && index > search->short_end) {
    if (state->last != HK_CHANGE_NOWHERE && state->last % COLUMNS == HK_CHANGE_ITEM && piece->of_form && hk_change_is_text_column (column))
      cost += HK_CHANGE_OF_FORM;
    cost += cost_of_leaving (state, begins_long (search, state, index) ? (search->dates_before - search->base) * COLUMNS : state->last + 1u, slot);
    return cost + (prev != NULL && state->last != HK_CHANGE_NOWHERE ? hk_change_cost_of_breaking (search->order, prev, piece, state->last % COLUMNS) : 0);
  }
  if (search->columns && !search->rowwise)
    cost += cost_of_column_order (search, state, slot);
  if (cost >= HK_CHANGE_NEVER)
    return cost;
  going = search->apart ? cost_of_going_apart (search, state, slot, is_unbound (search, prev, piece)) : cost_of_going (search, state, state->at, slot);
  if (search->apart)
    going += cost_of_likeness (search, state, index, slot);
  else if (column == HK_CHANGE_DATE)
    going = MIN (going, 0.6);
  else if (state->last != state->at)
    going = MIN (going + 0.2, cost_of_going (search, state, state->last, slot));
  cost += going;
  if ((column == HK_CHANGE_ITEM || search->apart) && slot / COLUMNS + search->base >= search->dates_before + search->page_dates && search->page_dates > 0)
    cost += search->apart ? COST_ROW_TOO_MANY : COST_DATELESS;
  if (column != HK_CHANGE_DATE && slot / COLUMNS + search->base < search->dates_before)
    cost += COST_BEFORE_PAGE;
  if (hk_change_is_text_column (column) && search->direction > 0 && (column == HK_CHANGE_BEFORE) != (state->last != HK_CHANGE_NOWHERE && state->last % COLUMNS == HK_CHANGE_ITEM))
    cost += column == HK_CHANGE_BEFORE || (state->last != HK_CHANGE_NOWHERE && state->last % COLUMNS == HK_CHANGE_ITEM) ? COST_NO_ITEM : 0;
  if (prev == NULL || state->last == HK_CHANGE_NOWHERE)
    return cost;
  cost += hk_change_cost_of_breaking (search->order, prev, piece, state->last % COLUMNS);
  if (state->last % COLUMNS == HK_CHANGE_ITEM && piece->of_form && hk_change_is_text_column (column))
    cost += HK_CHANGE_OF_FORM;
  gboolean along = slot / COLUMNS == state->last / COLUMNS && ((int) slot - state->last) * search->direction > 0;
  if (!along && column != HK_CHANGE_DATE && piece->glued && search->apart)
    cost += slot / COLUMNS == state->last / COLUMNS ? 0 : COST_ASTRAY_GLUED;
  else if (!along && column != HK_CHANGE_DATE && !piece->glued) {
    if (prev->line == piece->line)
      cost += COST_ASTRAY_LINE;
    else if (search->order->islands && prev->island == piece->island)
      cost += COST_ASTRAY_ISLAND;
  }
  return cost;
}

/* Whether PIECE stands under the last line of the cell SLOT, of the row that is being
   read, and what was read in between stood beside. */
static gboolean
is_side_by_side (const HkChangeSearch *search,
                 const HkChangeState  *state,
                 const HkChangePiece  *piece,
                 guint                 slot)
{
  if (!search->order->side || slot / COLUMNS != state->last / COLUMNS || state->end[slot % COLUMNS] == 0)
    return FALSE;
  const HkChangePiece *above = hk_change_piece (search->order->pieces, state->end[slot % COLUMNS] - 1);
  return above->page == piece->page && above->island == piece->island && piece->line > above->line && piece->line <= above->line + SIDE_LINES;
}

/* What speaks against PIECE going on with the cell SLOT that other cells were
   painted behind. */
double
hk_change_cost_of_resuming (const HkChangeSearch *search,
                            const HkChangeState  *state,
                            const HkChangePiece  *prev,
                            const HkChangePiece  *piece,
                            guint                 index,
                            guint                 slot)
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
  else if (is_side_by_side (search, state, piece, slot))
    return COST_SIDE + hk_change_cost_of_joining (search->order, hk_change_piece (search->order->pieces, state->end[column] - 1), piece, column);
  else if (index == search->page_first && hk_change_is_text_column (column))
    cost = (row == last ? 0.7 : 2) + (column == HK_CHANGE_BEFORE ? 0.5 : 0) + (search->apart ? COST_PAGES_APART : 0);
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

/* The row of the window that STATE is at where rows follow each other: that of the
   last date; before the page's first, the one that goes on from the page before. */
static guint
row_at (const HkChangeSearch *search,
        const HkChangeState  *state)
{
  guint row = search->dates_before - search->base;

  while (row < search->rows && hk_change_is_filled (state, row * COLUMNS + HK_CHANGE_DATE))
    row++;
  return row > 0 ? row - 1 : 0;
}

/* Whether piece INDEX may stand in SLOT where cells of one line come first. */
static gboolean
is_allowed_short (const HkChangeSearch *search,
                  const HkChangeState  *state,
                  guint                 index,
                  guint                 slot)
{
  guint first = search->dates_before - search->base, row = slot / COLUMNS;
  const HkChangePiece *piece = hk_change_piece (search->order->pieces, index);

  if (index < search->short_end || (index == search->short_end && slot == state->last + 1u && slot % COLUMNS == HK_CHANGE_REASON)) {
    if (state->last == HK_CHANGE_NOWHERE || index == search->page_first)
      return row == first;
    gboolean same_line = piece->line == hk_change_piece (search->order->pieces, index - 1)->line;
    if (row == state->last / COLUMNS)
      return slot > state->last;
    return row == state->last / COLUMNS + 1u && hk_change_is_filled (state, state->last / COLUMNS * COLUMNS + HK_CHANGE_TIMING) && (!same_line || piece->date);
  }
  if (slot % COLUMNS == HK_CHANGE_TIMING)
    return FALSE;
  if (begins_long (search, state, index))
    return row + 1 >= first && row <= first + LONG_NEAR;
  return state->last == HK_CHANGE_NOWHERE || slot > state->last;
}

/* How many rows of the page STATE has begun, where dates were painted apart. */
static guint
rows_begun (const HkChangeSearch *search,
            const HkChangeState  *state)
{
  guint first = search->dates_before - search->base, n = 0;

  while (first + n < search->rows && (state->fill[first + n] & ~(1u << HK_CHANGE_DATE)) != 0)
    n++;
  return n;
}

/* Whether SLOT may be next where dates were painted apart: rows are numbered in the
   order in which they begin. */
static gboolean
is_allowed_apart (const HkChangeSearch *search,
                  const HkChangeState  *state,
                  guint                 slot)
{
  guint first = search->dates_before - search->base;

  return slot % COLUMNS == HK_CHANGE_DATE || slot / COLUMNS <= first + rows_begun (search, state);
}

/* Whether the order of the page allows piece INDEX, behind STATE, in cell SLOT. */
gboolean
hk_change_is_allowed (const HkChangeSearch *search,
                      const HkChangeState  *state,
                      guint                 index,
                      guint                 slot)
{
  guint row, column = slot % COLUMNS;

  if (search->short_end > 0)
    return is_allowed_short (search, state, index, slot);
  if (search->apart)
    return is_allowed_apart (search, state, slot);
  if (!search->rowwise)
    return TRUE;
  row = row_at (search, state);
  if (row + search->base < search->dates_before || !hk_change_is_filled (state, row * COLUMNS + HK_CHANGE_DATE)) /* before the first date */
    return column == HK_CHANGE_DATE ? slot / COLUMNS == search->dates_before - search->base : slot / COLUMNS + 1 == search->dates_before - search->base;
  if (column == HK_CHANGE_DATE)
    return slot / COLUMNS == row + 1 && hk_change_is_filled (state, row * COLUMNS + HK_CHANGE_TIMING);
  if (slot / COLUMNS != row)
    return FALSE;
  return (column == HK_CHANGE_REASON) == hk_change_is_filled (state, row * COLUMNS + HK_CHANGE_TIMING) && (state->last == HK_CHANGE_NOWHERE || state->last <= slot);
}

/* What the cells that row FILL leaves blank cost. */
double
hk_change_cost_of_blanks (const HkChangeSearch *search,
                          guint                 fill)
{
  double cost = 0;

  for (guint c = 0; fill != 0 && c < COLUMNS; c++)
    cost += fill & (1u << c) ? 0 : search->order->apart ? blank_cost_apart[c] : blank_cost[c];
  return cost;
}

/* What the cells that STATE has left blank behind it are likely to cost yet. */
double
hk_change_cost_behind (const HkChangeSearch *search,
                       const HkChangeState  *state)
{
  double cost = 0;
  int    at   = state->at != HK_CHANGE_NOWHERE ? state->at / COLUMNS : 0;

  if (state->at == HK_CHANGE_NOWHERE || search->passes || search->columns || search->apart || search->short_end > 0)
    return 0;
  for (int row = search->direction > 0 ? 0 : at + 2; row < (search->direction > 0 ? at - 1 : (int) search->rows); row++)
    if (search->direction < 0 || row + (int) search->base >= (int) search->dates_before || state->fill[row] != 0)
      for (guint c = HK_CHANGE_ITEM; c < COLUMNS; c++)
        cost += state->fill[row] & (1u << c) ? 0 : RANK_BEHIND * blank_cost[c];
  return cost;
}
