/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In what order the cells of a page were painted or read, as far as 事前, 事後 and
   the dates tell. */
#include "history-cost.h"

/* Cells of one line come first: so many pieces a row at most. */
#define SHORT_PIECES 9

/* Rows follow each other: one step of so many may be astray, and a page may end
   with so many lines of a reason. */
#define ROWWISE_SHARE 8
#define ROWWISE_BEHIND 12

/* One date of so many may stand by its row, where they were painted apart. */
#define APART_SHARE 4

/* Whether what stands on the lines of 事前 and 事後 was painted before all dates of
   the page [first, end). */
gboolean
hk_change_has_passes (const HkChangeOrder *order,
                      guint                first,
                      guint                end)
{
  guint timings = 0, items = 0, lines = 0;

  for (guint i = first; i < end && !hk_change_is_row_date (order, hk_change_piece (order->pieces, i)); i++) {
    timings += hk_change_piece (order->pieces, i)->timing;
    items += hk_change_piece (order->pieces, i)->item == 2;
    lines += hk_change_piece (order->pieces, i)->goes_on;
  }
  return timings >= 3 && 2 * items < timings && lines == 0;
}

/* Whether rows follow each other on the page [first, end), cell by cell: a date,
   an item, 事前 or 事後, the next date. */
gboolean
hk_change_is_rowwise (const HkChangeOrder *order,
                      guint                first,
                      guint                end)
{
  guint    steps = 0, astray = 0, rows = 0, behind = 0, with_items = 0;
  gboolean dated = FALSE, timed = FALSE, item = FALSE, begun = first < end && hk_change_is_row_date (order, hk_change_piece (order->pieces, first));

  for (guint i = first; i < end; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i);

    behind++;
    if (hk_change_is_row_date (order, piece)) {
      steps++;
      astray += dated && !timed;
      dated = TRUE;
      timed = item = FALSE;
    }
    else if (piece->timing) {
      steps++;
      astray += !dated || timed;
      with_items += dated && !timed && item;
      rows++;
      timed  = TRUE;
      behind = 0;
    }
    else {
      astray += piece->item == 2 && piece->first && ((timed && rows > 0) || (dated && item));
      item |= piece->item > 0 || piece->of_form;
    }
  }
  return rows > 0 && dated && ROWWISE_SHARE * astray <= steps && with_items + rows / 8 + !begun >= rows && (timed ? behind <= ROWWISE_BEHIND : TRUE);
}

/* Where the cells of one line end that come first on the page [first, end), row by
   row, before all cells that wrap; 0: the page is not like that. MOST rows at most;
   *ROWS becomes how many there are, if it is less. */
guint
hk_change_short_end (const HkChangeOrder *order,
                     guint                first,
                     guint                end,
                     guint                most,
                     guint               *rows)
{
  const GArray *pieces = order->pieces;
  guint last = first, n = 0, wraps = 0;

  for (guint i = first; i < end; i++) {
    const HkChangePiece *piece = hk_change_piece (pieces, i);

    if (!piece->timing)
      continue;
    if (i - last > SHORT_PIECES)
      return 0;
    last = i;
    n++;
  }
  for (guint i = first + 1; i < last; i++)
    wraps += hk_change_piece (pieces, i)->goes_on && hk_change_piece (pieces, i)->line != hk_change_piece (pieces, i - 1)->line;
  if (n < 2 || n > most || wraps > 0)
    return 0;
  for (last++; last < end && hk_change_piece (pieces, last)->line == hk_change_piece (pieces, last - 1)->line; last++)
    ;
  if (end - last < n)
    return 0;
  *rows = MAX (*rows, n);
  return last;
}

/* How many dates of the page [first, end) follow each other, each in an island of its
   own; *DATES becomes how many there are. */
static guint
dates_in_column (const HkChangeOrder *order,
                 guint                first,
                 guint                end,
                 guint               *dates)
{
  guint longest = 0, run = 0;

  *dates = 0;
  for (guint i = first; i < end; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i);

    gboolean above = i > first && piece[-1].island == piece->island && !hk_change_is_row_date (order, piece - 1);
    gboolean below = i + 1 < end && piece[1].island == piece->island && !hk_change_is_row_date (order, piece + 1);
    gboolean date  = hk_change_is_row_date (order, piece);

    *dates += date;
    run     = date && !above && !below ? run + 1 : 0;
    longest = MAX (longest, run);
  }
  return longest > 1 ? longest : 0;
}

gboolean
hk_change_has_dates_apart (const HkChangeOrder *order)
{
  const guint n = order->pieces->len;
  guint dates = 0, apart = 0;

  for (guint i = 0, end; i < n && order->islands; i = end) {
    guint here = 0, column;

    for (end = i; end < n && hk_change_piece (order->pieces, end)->page == hk_change_piece (order->pieces, i)->page; end++)
      ;
    column = dates_in_column (order, i, end, &here);
    dates += here > 1 ? here : 0;
    apart += here > 1 ? column : 0;
  }
  return dates > 0 && APART_SHARE * apart >= (APART_SHARE - 1) * dates;
}

guint
hk_change_timings (const HkChangeOrder *order,
                   guint                first,
                   guint                end)
{
  guint n = 0;

  for (guint i = first; i < end; i++)
    n += hk_change_piece (order->pieces, i)->timing;
  return n;
}
