/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is not sure of the rows that the search found. */
#include "history-order.h"
#include "fold.h"

#include <string.h>

/* What may speak against a row, not counting so much of each of its pieces; and
   what each row has. */
#define ROW_COST 2.0
#define ROW_COST_APART 3.0 /* the same, where rows come in any order: that costs something */
#define PIECE_COST 0.7
#define CELL_COST 1.6
#define PAGE_COST 1.5    /* for each row of its page */
#define CELL_PIECES 300  /* among which the others of a cell are looked for */
#define TURNS_SHARE 200  /* one line of so many cannot follow: cells are read in turns */
#define TABLE_COST 2.5   /* for each row of the table */
#define PARTED_COST 1.0  /* the same, in lines that were run together */
#define EVERY_ROW ((1u << HK_CHANGE_DATE) | (1u << HK_CHANGE_ITEM) | (1u << HK_CHANGE_BEFORE) | (1u << HK_CHANGE_AFTER) | (1u << HK_CHANGE_TIMING))

/* Puts rows in doubt that more speaks against than a row can well bear, and those
   that have not what every row has. */
static void
doubt_rows (HkChangeOrder *order)
{
  guint n = order->n_rows;
  g_autofree double *cost = g_new0 (double, n + 1);
  g_autofree guint  *has  = g_new0 (guint, n + 1);

  for (guint i = 0; i < order->pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i);
    if (!piece->placed)
      continue;
    if (!piece->ordered)
      cost[piece->row] += MAX (piece->cost - PIECE_COST, 0);
    has[piece->row] |= 1u << piece->column;
  }
  for (guint row = 0; row < n; row++)
    order->row_doubt[row] |= cost[row] > (order->apart ? ROW_COST_APART : ROW_COST) || (has[row] & EVERY_ROW) != EVERY_ROW;
}

static void
doubt_row (HkChangeOrder *order,
           guint          row)
{
  order->row_doubt[row] = TRUE;
}

/* A page with a line that two texts share, or with much that speaks against how it
   was read, has no order that tells its rows for certain. */
static void
distrust_pages (HkChangeOrder *order)
{
  for (guint i = 0, end; i < order->pieces->len; i = end) {
    guint    timings = 0;
    double   cost    = 0;
    gboolean shared  = FALSE;

    for (end = i; end < order->pieces->len && hk_change_piece (order->pieces, end)->page == hk_change_piece (order->pieces, i)->page; end++) {
      const HkChangePiece *piece = hk_change_piece (order->pieces, end), *prev = end > i ? piece - 1 : NULL;

      timings += piece->timing;
      cost += piece->placed ? MAX (piece->cost - PIECE_COST, 0) : 0;
      shared |= prev != NULL && prev->line == piece->line && !piece->glued && !piece->timing && !piece->date && piece->item != 2 && !piece->blank && !prev->timing &&
                !prev->date && !prev->blank && prev->width + piece->width + piece->gap > order->text_width + 4 && prev->width + 4 >= order->item_width;
    }
    if (!shared && cost <= PAGE_COST * MAX (timings, 1))
      continue;
    for (guint k = i; k < end; k++)
      hk_change_piece (order->pieces, k)->ordered = FALSE;
  }
}

static gboolean
is_same_cell (const HkChangePiece *a,
              const HkChangePiece *b)
{
  return a->placed && b->placed && a->row == b->row && a->column == b->column;
}

/* Whether the last line of a cell is what it would be if its end stood elsewhere. */
static gboolean
is_unfinished (const HkChangeOrder *order,
               const HkChangePiece *piece)
{
  guint width = piece->column == HK_CHANGE_ITEM ? order->item_width : piece->column == HK_CHANGE_REASON ? order->reason_width : order->text_width;

  if (piece->column == HK_CHANGE_DATE || piece->column == HK_CHANGE_TIMING || piece->column == HK_CHANGE_ITEM || piece->ends || piece->blank)
    return FALSE;
  return piece->open || (piece->column != HK_CHANGE_REASON && piece->width + 1 >= width);
}

/* Puts cells in doubt that end, or begin, in the middle of a sentence. */
static void
doubt_unfinished (HkChangeOrder *order)
{
  const guint n = order->pieces->len;

  for (guint i = 0; i < n; i++) {
    HkChangePiece *piece = hk_change_piece (order->pieces, i);
    gboolean last = piece->placed, first = piece->placed;

    for (guint k = i + 1; k < MIN (n, i + CELL_PIECES) && last; k++)
      last = !is_same_cell (piece, hk_change_piece (order->pieces, k));
    for (guint k = i > CELL_PIECES ? i - CELL_PIECES : 0; k < i && first; k++)
      first = !is_same_cell (piece, hk_change_piece (order->pieces, k));
    if (last && is_unfinished (order, piece)) {
      piece->doubtful = TRUE;
      if (i + 1 < n)
        hk_change_piece (order->pieces, i + 1)->doubtful = TRUE;
    }
    if (first && piece->bound) {
      piece->doubtful = TRUE;
      if (i > 0)
        hk_change_piece (order->pieces, i - 1)->doubtful = TRUE;
    }
  }
}

/* Puts the texts of several lines in doubt, in a table whose cells were read line by
   line in turns: where lines were run together nothing on a line tells it, but
   that the next line cannot follow there. */
static void
doubt_turns (HkChangeOrder *order)
{
  const guint n = order->pieces->len;
  guint turns = 0;

  for (guint i = 1; i < n; i++) {
    const HkChangePiece *prev = hk_change_piece (order->pieces, i - 1), *piece = hk_change_piece (order->pieces, i);

    turns += prev->page == piece->page && !prev->blank && !prev->timing && !prev->date && ((prev->open && prev->width + 8 >= order->text_width && piece->begins) || (prev->ends && piece->bound));
  }
  if (!order->parted || TURNS_SHARE * turns <= n)
    return;
  for (guint i = 0; i < n; i++) {
    HkChangePiece *piece = hk_change_piece (order->pieces, i);
    if (piece->placed && (piece->column == HK_CHANGE_BEFORE || piece->column == HK_CHANGE_AFTER) &&
        ((i > 0 && is_same_cell (piece, piece - 1)) || (i + 1 < n && is_same_cell (piece, piece + 1))))
      piece->doubtful = TRUE;
  }
}

/* Where the page's order tells the rows, what speaks against a piece puts the cells
   in doubt that part there, or do not. */
static void
doubt_cells (HkChangeOrder *order)
{
  for (guint i = 0; i < order->pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (order->pieces, i);

    if (!piece->ordered || !piece->placed || piece->cost <= CELL_COST)
      continue;
    piece->doubtful = TRUE;
    if (i > 0 && hk_change_piece (order->pieces, i - 1)->placed && hk_change_piece (order->pieces, i - 1)->page == piece->page)
      hk_change_piece (order->pieces, i - 1)->doubtful = TRUE;
  }
}

/* Whether the island of PIECE is one cell, where islands are cells. */
static gboolean
is_cell (const HkChangeOrder *order,
         const HkChangePiece *piece)
{
  return order->apart && piece->cell;
}

/* Puts in doubt what stands around lines that two cells side by side share, and
   dates that stand in another order than they were painted in. */
static void
doubt_shared_lines (HkChangeOrder *order)
{
  const HkChangePiece *date = NULL;

  for (guint i = 1; i < order->pieces->len; i++) {
    const HkChangePiece *prev = hk_change_piece (order->pieces, i - 1), *piece = hk_change_piece (order->pieces, i);
    gboolean typed = piece->timing || piece->date || piece->item == 2 || piece->blank || prev->timing || prev->date || prev->blank;

    if (!piece->ordered && piece->line == prev->line && !is_cell (order, piece) && !typed && !piece->glued && prev->width + piece->width + piece->gap > order->text_width + 4 &&
        prev->width + 4 >= order->item_width)
      for (guint k = i > 2 ? i - 2 : 0; k < MIN (i + 2, order->pieces->len); k++)
        if (hk_change_piece (order->pieces, k)->placed && hk_change_piece (order->pieces, k)->page == piece->page)
          doubt_row (order, hk_change_piece (order->pieces, k)->row);
  }
  for (guint i = 1; i < order->pieces->len; i++) {
    const HkChangePiece *prev = hk_change_piece (order->pieces, i - 1), *piece = hk_change_piece (order->pieces, i);
    gboolean together = !piece->ordered && piece->placed && prev->placed && piece->row == prev->row && piece->column == prev->column && piece->line != prev->line;

    if (together && !(is_cell (order, piece) && piece->island == prev->island) && (piece->column == HK_CHANGE_BEFORE || piece->column == HK_CHANGE_AFTER) && piece->begins && !hk_is_open_paren (hk_page_glyph (piece->run.page, piece->run.first)->ch) &&
        !prev->ends && prev->width + 3 >= order->text_width)
      doubt_row (order, piece->row); /* a full line in the middle of a sentence */
  }
  for (guint i = 0; i < order->pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i);

    if (!piece->placed || piece->column != HK_CHANGE_DATE)
      continue;
    if (date != NULL && date->page == piece->page && strcmp (date->text, piece->text) != 0 && (piece->row < date->row) != order->upwards) {
      doubt_row (order, piece->row);
      doubt_row (order, date->row);
    }
    date = piece;
  }
}

/* Whether PIECE, with what follows it, may be the end of a cell: its line had room
   for more. */
static gboolean
may_end (const HkChangeOrder *order,
         const HkChangePiece *piece)
{
  return piece->width + 3 < order->text_width;
}

/* Where no blank line is left, one text ends and the next begins at a line with
   room for more: if there are several such in the texts of a row, nobody can tell
   which. */
static void
doubt_borders (HkChangeOrder *order)
{
  for (guint i = 0, end; i < order->pieces->len; i = MAX (end, i + 1)) {
    guint    ends = 0, row = hk_change_piece (order->pieces, i)->row;
    gboolean has[HK_CHANGE_COLUMNS] = { FALSE }, blank = FALSE;

    for (end = i; end < order->pieces->len; end++) {
      const HkChangePiece *piece = hk_change_piece (order->pieces, end);
      if (!piece->placed || piece->row != row || (piece->column != HK_CHANGE_BEFORE && piece->column != HK_CHANGE_AFTER))
        break;
      has[piece->column] = TRUE;
      blank |= piece->blank;
      ends  += end > i && may_end (order, hk_change_piece (order->pieces, end - 1));
    }
    if (end <= i + 1 || blank || (ends == 1 && has[HK_CHANGE_BEFORE] && has[HK_CHANGE_AFTER]))
      continue;
    for (guint k = i; k < end; k++)
      hk_change_piece (order->pieces, k)->doubtful = TRUE;
  }
}

/* Puts in doubt the rows of pages whose dates stand behind whole rows, but not all
   behind all of them: which row a date is of can hardly be told then. */
static void
doubt_late_dates (HkChangeOrder *order)
{
  for (guint i = 0, end; i < order->pieces->len; i = end) {
    guint page = hk_change_piece (order->pieces, i)->page, timings = 0, lines = 0, others = 0;
    gboolean dated = FALSE;

    for (end = i; end < order->pieces->len && hk_change_piece (order->pieces, end)->page == page; end++) {
      const HkChangePiece *piece = hk_change_piece (order->pieces, end);
      dated |= piece->placed && piece->column == HK_CHANGE_DATE;
      timings += !dated && piece->timing;
      lines += !dated && piece->goes_on;
      others += dated && piece->column != HK_CHANGE_DATE;
    }
    if (!dated || timings < 2 || lines == 0 || others < 3)
      continue;
    for (guint k = i; k < end; k++)
      if (hk_change_piece (order->pieces, k)->placed)
        doubt_row (order, hk_change_piece (order->pieces, k)->row);
  }
}

/* Puts rows in doubt whose date and item stand behind their 事前 or 事後, and before the
   texts of another row, whose they may be. */
static void
doubt_phases (HkChangeOrder *order)
{
  g_autofree gboolean *timed = g_new0 (gboolean, order->n_rows + 1);

  for (guint i = 0; i + 1 < order->pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i), *next = piece + 1;

    if (!piece->placed || piece->ordered)
      continue;
    timed[piece->row] |= piece->column == HK_CHANGE_TIMING;
    if (timed[piece->row] && (piece->column == HK_CHANGE_DATE || piece->column == HK_CHANGE_ITEM) && next->placed && next->page == piece->page && next->row != piece->row &&
        (next->column == HK_CHANGE_BEFORE || next->column == HK_CHANGE_AFTER)) {
      doubt_row (order, piece->row);
      doubt_row (order, next->row);
    }
  }
}

/* Puts rows in doubt that go on behind a cell of another row. */
static void
doubt_interleaved (HkChangeOrder *order)
{
  g_autofree guint *last = g_new0 (guint, order->n_rows + 1); /* piece of a row, and 1 */
  const HkChangePiece *prev = NULL;

  for (guint i = 0; i < order->pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i);

    if (!piece->placed || piece->column == HK_CHANGE_DATE)
      continue;
    if (!piece->ordered && prev != NULL && prev->row != piece->row && last[piece->row] > 0 && hk_change_piece (order->pieces, last[piece->row] - 1)->page == piece->page) {
      doubt_row (order, piece->row);
      doubt_row (order, prev->row);
    }
    last[piece->row] = i + 1;
    prev = piece;
  }
}

/* Puts all rows in doubt where much speaks against how the table was read. */
static void
doubt_table (HkChangeOrder *order)
{
  double cost = 0;

  for (guint i = 0; i < order->pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i);
    cost += piece->ordered ? 0 : MAX (piece->cost - PIECE_COST, 0);
  }
  if (cost > (order->parted ? PARTED_COST : TABLE_COST) * order->n_rows)
    for (guint row = 0; row < order->n_rows; row++)
      order->row_doubt[row] = TRUE;
}

void
hk_change_find_doubts (HkChangeOrder *order)
{
  order->n_rows = 0;
  for (guint i = 0; i < order->pieces->len; i++)
    if (hk_change_piece (order->pieces, i)->placed)
      order->n_rows = MAX (order->n_rows, hk_change_piece (order->pieces, i)->row + 1);
  order->row_doubt = g_new0 (gboolean, order->n_rows + 1);
  distrust_pages (order);
  doubt_rows (order);
  doubt_cells (order);
  doubt_unfinished (order);
  doubt_table (order);
  doubt_turns (order);
  doubt_shared_lines (order);
  if (!order->upwards && !order->apart)
    doubt_phases (order);
  if (order->columns && !order->apart)
    doubt_interleaved (order);
  if (!order->upwards && !order->apart)
    doubt_late_dates (order);
  if (order->parted)
    doubt_borders (order);
  for (guint i = 0; i < order->pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (order->pieces, i);
    piece->doubtful |= piece->mixed;
    piece->row_doubtful = piece->placed && order->row_doubt[piece->row];
  }
  g_clear_pointer (&order->row_doubt, g_free);
}
