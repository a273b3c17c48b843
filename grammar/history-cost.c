/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each piece may be in the table of changes, by what it says and by what
   stands before it. */
#include "history-cost.h"

#include <string.h>

/* Costs. */
#define COST_CUT_GLUED 0.4     /* what looks like cells glued together is one */
#define COST_CUT_OPEN 0.6   /* what ends in the middle of a sentence is not gone on with */
#define COST_KNOWN_REASON 2.0  /* what other rows have as their reason is something else */
#define COST_LABEL 3.0         /* a text begins with a label of the form */
#define COST_LISTED 1.5        /* a reason begins as an entry of a list does */
#define COST_WIDE_REASON 5.0   /* a line is wider than reasons are: much, … */
#define COST_WIDER 1.5         /* … or by a column */
#define COST_CUT_ISLAND 3.0    /* an island has two texts, where cells come in any order */
#define COST_CUT_FULL 2.5   /* a full line is not gone on with */

/* How much a line may be shorter than a full one (half-width columns). */
#define FULL_SLACK 3
#define OPENING_SLACK 7 /* what it is indented by is lost */

gboolean
hk_change_is_row_date (const HkChangeOrder *order,
                       const HkChangePiece *piece)
{
  return piece->date && (order->mixed || g_ascii_isdigit (*piece->text) == order->western);
}

guint
hk_change_width_of (const HkChangeOrder *order,
                    guint                column)
{
  switch (column) {
  case HK_CHANGE_ITEM: return order->item_width;
  case HK_CHANGE_REASON: return order->reason_width;
  default: return order->text_width;
  }
}

gboolean
hk_change_is_full (const HkChangeOrder *order,
                   const HkChangePiece *piece,
                   guint                column)
{
  guint width = column == HK_CHANGE_ITEM && piece->reach <= hk_change_width_of (order, column) + FULL_SLACK ? piece->reach : piece->width;
  return width + (piece->opens && (order->torn || piece->open) ? OPENING_SLACK : FULL_SLACK) >= hk_change_width_of (order, column);
}

gboolean
hk_change_is_text_column (guint column)
{
  return column == HK_CHANGE_BEFORE || column == HK_CHANGE_AFTER;
}

/* What speaks against PIECE as a line of a reason: kana may be narrow. */
static double
cost_of_reason_width (const HkChangeOrder *order,
                      const HkChangePiece *piece)
{
  guint most = order->reason_width + FULL_SLACK;

  if (piece->width <= most)
    return 0;
  return order->apart ? MIN (COST_WIDER * MAX ((double) piece->width - most - order->reason_width / 8, 0), COST_WIDE_REASON) : COST_WIDE_REASON;
}

/* What speaks against PIECE as the first of a cell of COLUMN. */
double
hk_change_cost_of_column (const HkChangeOrder *order,
                          const HkChangePiece *piece,
                          guint                column,
                          gboolean             after_timing)
{
  double cost = 0;

  switch (column) {
  case HK_CHANGE_DATE:
    return hk_change_is_row_date (order, piece) ? 0 : HK_CHANGE_NEVER;
  case HK_CHANGE_TIMING:
    return piece->timing ? 0 : HK_CHANGE_NEVER;
  case HK_CHANGE_ITEM:
    if (piece->timing || piece->date)
      return HK_CHANGE_NEVER;
    cost = piece->item == 2 ? 0 : piece->item == 1 ? 1.5 : piece->of_form ? 4 : 7;
    return cost + (piece->width > order->item_width + 4 ? 5 : 0) + (piece->blank ? 2 : 0);
  case HK_CHANGE_REASON:
    if (piece->timing || hk_change_is_row_date (order, piece))
      return HK_CHANGE_NEVER;
    cost = after_timing ? 0 : piece->reason || piece->often >= 3 ? 0.5 : piece->often == 2 ? 1 : 2;
    return cost + (piece->item == 2 ? 8 : 0) + (piece->begins && !after_timing && order->apart ? COST_LISTED : 0) + cost_of_reason_width (order, piece) + (piece->blank && !after_timing ? 3 : 0);
  default:
    cost = piece->timing ? 8 : hk_change_is_row_date (order, piece) ? 4 : 0;
    cost += piece->item == 2 ? 3.5 : piece->item == 1 ? 0.5 : order->apart && piece->label ? COST_LABEL : piece->of_form ? 0.5 : 0;
    cost += piece->width > order->text_width + 8 ? 1.5 : 0;
    if (piece->blank)
      return cost + (column == HK_CHANGE_BEFORE ? -0.3 : 1.2);
    return cost + (piece->reason ? COST_KNOWN_REASON : piece->often >= 3 ? 1 : 0);
  }
}

/* What speaks against PIECE as more of the cell of COLUMN that PREV is of. */
double
hk_change_cost_of_joining (const HkChangeOrder *order,
                           const HkChangePiece *prev,
                           const HkChangePiece *piece,
                           guint                column)
{
  double cost = 0;

  if (column == HK_CHANGE_DATE || column == HK_CHANGE_TIMING || (piece->timing && !piece->glued))
    return HK_CHANGE_NEVER;
  if (piece->glued && !piece->date && piece->item != 2)
    return prev->timing || piece->timing || piece->blank ? COST_CUT_GLUED : 0;
  if (piece->date)
    cost += hk_change_is_text_column (column) ? 2.5 : HK_CHANGE_NEVER;
  cost += prev->blank ? 4 : 0;
  cost += piece->blank ? 4 : 0;
  cost += piece->item == 2 ? 3 : piece->item == 1 ? 0.3 : 0;
  if (prev->line == piece->line)
    cost += piece->glued ? 1 : piece->wide ? 0.1 : column == HK_CHANGE_ITEM ? (piece->of_form ? 0.2 : 1.8) : 0.8;
  else if (prev->mark || (prev->open && hk_change_is_text_column (column) && 3 * prev->width > 2 * hk_change_width_of (order, column)))
    cost += 0;
  else if (!hk_change_is_full (order, prev, column)) {
    if (column == HK_CHANGE_ITEM)
      cost += piece->numbered || piece->of_form || piece->begins ? 0.4 : 1.5;
    else if (column == HK_CHANGE_REASON)
      cost += 2;
    else if (order->islands && prev->island == piece->island)
      cost += prev->ends || piece->begins ? 0.1 : 0.5;
    else
      cost += prev->ends || piece->begins ? 0.4 : 1.2;
  }
  if (hk_change_is_text_column (column) && piece->of_form && piece->begins && !prev->stops)
    cost += HK_CHANGE_OF_FORM;
  if (order->islands && prev->island != piece->island && prev->page == piece->page)
    cost += column == HK_CHANGE_ITEM && (piece->numbered || (order->apart && piece->of_form)) ? 0.5 : prev->mark || prev->open || piece->bound ? 0.2 : order->torn ? 0.8 : 2;
  if (piece->reason && column != HK_CHANGE_REASON)
    cost += COST_KNOWN_REASON;
  if (piece->width > hk_change_width_of (order, column) + 4)
    cost += hk_change_is_text_column (column) ? 1 : 6;
  return cost;
}

/* What speaks against PIECE not going on with PREV, of COLUMN. */
double
hk_change_cost_of_breaking (const HkChangeOrder *order,
                            const HkChangePiece *prev,
                            const HkChangePiece *piece,
                            guint                column)
{
  gboolean typed = piece->timing || piece->date || piece->item == 2 || piece->blank;
  double   cost  = piece->bound ? 8 : 0;

  if (order->apart && (prev->island != piece->island || (piece->cell && hk_change_is_text_column (column))))
    return cost + (prev->island == piece->island ? COST_CUT_ISLAND : 0) + (piece->numbered ? 2 : 0); /* islands are cells, or rows of short ones */
  if (prev->line == piece->line)
    return cost + (piece->glued ? 0.3 : piece->wide ? 2 : 0);
  if (column != HK_CHANGE_DATE && column != HK_CHANGE_TIMING && hk_change_is_full (order, prev, column) && !typed && !prev->blank)
    cost += !prev->stops && !piece->begins ? COST_CUT_FULL : !prev->ends && piece->begins ? 1 : 0.3;
  else if (prev->open && !typed && column != HK_CHANGE_DATE && column != HK_CHANGE_TIMING)
    cost += COST_CUT_OPEN;
  if (order->islands && prev->island == piece->island)
    cost += typed || !hk_change_is_text_column (column) ? 0.1 : 1.2;
  if (piece->numbered)
    cost += 2;
  return cost;
}
