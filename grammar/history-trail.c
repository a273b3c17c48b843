/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the search for the cells of the table of changes has found. */
#include "history-search.h"

#include <string.h>

#define COLUMNS HK_CHANGE_COLUMNS

/* Pieces around a date among which others are looked for. */
#define SAME_DATES 150

/* Steps back along which two readings are compared. */
#define COMPARE_MAX 600

static const HkChangeNode *
node_at (const HkChangeSearch *search,
         guint                 node)
{
  return &g_array_index (search->trail, HkChangeNode, node);
}

/* Puts piece INDEX in doubt, and the cell SLOT, where it may stand as well. */
static void
doubt (HkChangeSearch *search,
       guint           index,
       guint           slot)
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
doubt_rivals (HkChangeSearch *search)
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
trust_same_dates (HkChangeSearch *search)
{
  GArray *pieces = search->order->pieces;

  for (guint i = 0; i < pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    gboolean same = TRUE;

    if (!piece->doubtful || !piece->placed || piece->column != HK_CHANGE_DATE)
      continue;
    for (guint k = i > SAME_DATES ? i - SAME_DATES : 0; k < MIN (pieces->len, i + SAME_DATES); k++) {
      const HkChangePiece *other = hk_change_piece (pieces, k);
      if (other->placed && other->column == HK_CHANGE_DATE && other->page == piece->page && ABS ((int) other->row - (int) piece->row) <= HK_CHANGE_DATES_PASSED)
        same &= strcmp (other->text, piece->text) == 0;
    }
    piece->doubtful = !same;
  }
}

/* Marks the pieces up to INDEX that the ways ending at nodes A and B disagree on. */
static void
compare (HkChangeSearch *search,
         guint           a,
         guint           b,
         int             index)
{
  for (guint n = 0; a != b && index >= 0 && n < COMPARE_MAX; n++, index--) {
    if (node_at (search, a)->slot != node_at (search, b)->slot)
      doubt (search, (guint) index, node_at (search, b)->slot);
    a = node_at (search, a)->parent;
    b = node_at (search, b)->parent;
  }
}

void
hk_change_take_trail (HkChangeSearch *search)
{
  const HkChangeState *best = NULL;
  GArray *pieces = search->order->pieces;

  for (guint i = 0; i < search->states->len; i++) {
    const HkChangeState *state = &g_array_index (search->states, HkChangeState, i);
    best = best == NULL || state->cost < best->cost ? state : best;
  }
  guint node = best->node;
  for (guint i = pieces->len; i > 0; i--) {
    const HkChangeNode *step  = node_at (search, node);
    HkChangePiece      *piece = hk_change_piece (pieces, i - 1);

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
