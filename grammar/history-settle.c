/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows whose dates were painted apart from them. A column of dates is painted in
 * the order of the table, the rest of the rows in any; but the rows of one date
 * stand in the order of the form's items, and what one row makes of a text a
 * later one changes. Of the orders of a page's rows that keep to that, the one
 * closest to the order they were painted in, down or up, is taken.
 */
#include "history-order.h"
#include "fold.h"

#include <string.h>

#define NUMBERS 8      /* of an item's name that are compared */
#define ROWS_MAX 24    /* rows of a page that are brought in order */
#define TRIALS 50000   /* steps at most */
#define COST_CHAIN 4.0 /* a row changes a text that a later one makes */
#define COST_ITEMS 4.0 /* the rows of one date are out of the form's order, over two pages */
#define COST_REASON 1.0 /* rows of two dates have one reason */
#define MARGIN 1.5     /* an order that costs no more than this beyond the best may be right as well */

typedef struct {
  guint row;             /* as the search has it */
  guint painted;         /* the first piece of its item */
  guint key[NUMBERS], n; /* the numbers in its item's name */
  guint form_row;        /* of the form, that its item's name ends with, or 0 */
  const char *date;      /* of the row, as the dates come, or NULL */
  GString *before, *after; /* what stood there, and what stands there now */
  GString *reason;         /* 事前 or 事後, and why */
} Row;

/* An order of rows, as far as it goes. */
typedef struct {
  guint  taken[ROWS_MAX]; /* which row stands k-th */
  guint  n;
  guint  down, up;        /* pairs that were painted the other way round */
  double cost;            /* what else speaks against it */
} Sequence;

typedef struct {
  HkChangeOrder *order;
  Row      rows[ROWS_MAX + 2];
  guint    n;
  const Row *above, *below; /* the rows that stand around these on other pages, if of the same date; or NULL */
  guint    date[ROWS_MAX];  /* which date the k-th row of the table has: 0, 1, … */
  gboolean used[ROWS_MAX];
  Sequence best;
  double   least;
  gboolean compare;         /* BEST is known: … */
  gboolean doubtful[ROWS_MAX]; /* … these rows have other dates, or places, in orders nearly as good */
  guint    trials;
} Page;

/* The numbers that PIECE has, behind those that ROW has. */
static void
add_numbers (Row                 *row,
             const HkChangePiece *piece)
{
  const HkRun *run = &piece->run;

  for (guint i = 0; i < run->n && row->n < NUMBERS; i++) {
    gunichar ch    = hk_page_glyph (run->page, run->first + i)->ch;
    guint    value = hk_roman_number (ch) + hk_circled_number (ch);
    int      digit = hk_digit (ch);

    if (row->n == 0 && ch == 0x5225)
      row->key[row->n++] = 100; /* （別添１） stands behind all parts */
    else if (value > 0)
      row->key[row->n++] = value;
    else if (digit >= 0) {
      for (value = 0; i < run->n && (digit = hk_digit (hk_page_glyph (run->page, run->first + i)->ch)) >= 0; i++)
        value = 10 * value + (guint) digit;
      i--;
      row->key[row->n++] = value;
    }
  }
}

static int
compare_keys (const Row *a,
              const Row *b)
{
  for (guint i = 0; i < NUMBERS; i++) {
    guint x = i < a->n ? a->key[i] : 0, y = i < b->n ? b->key[i] : 0;
    if (x != y)
      return x < y ? -1 : 1;
  }
  return a->form_row < b->form_row ? -1 : a->form_row > b->form_row;
}

static double
cost_of_sequence (const Sequence *sequence)
{
  return sequence->cost + MIN (sequence->down, sequence->up);
}

/* Puts row I of PAGE behind those of SEQUENCE. FALSE: within one date items are in the
   form's order. */
static gboolean
add_row (const Page *page,
         Sequence   *sequence,
         guint       i)
{
  const Row *row = &page->rows[i];
  guint      k   = sequence->n;

  if (k > 0 && page->date[k] == page->date[k - 1] && compare_keys (&page->rows[sequence->taken[k - 1]], row) > 0)
    return FALSE;
  for (guint above = 0; above < k; above++) {
    const Row *upper = &page->rows[sequence->taken[above]];

    sequence->down += upper->painted > row->painted;
    sequence->up += upper->painted < row->painted;
    if (upper->before->len > 0 && row->after->len > 0 && g_string_equal (upper->before, row->after) && !g_string_equal (upper->after, row->before))
      sequence->cost += COST_CHAIN;
    if (page->date[above] != page->date[k] && upper->reason->len > 0 && g_string_equal (upper->reason, row->reason))
      sequence->cost += COST_REASON;
  }
  if (k == 0 && page->above != NULL && compare_keys (page->above, row) > 0)
    sequence->cost += COST_ITEMS;
  if (k + 1 == page->n && page->below != NULL && compare_keys (row, page->below) > 0)
    sequence->cost += COST_ITEMS;
  sequence->taken[k] = i;
  sequence->n++;
  return TRUE;
}

/* Marks the rows that stand with other dates in SEQUENCE than in the best one, or
   elsewhere though nothing but the painting says where. */
static void
compare_with_best (Page           *page,
                   const Sequence *sequence)
{
  guint at[ROWS_MAX];

  for (guint k = 0; k < page->n; k++)
    at[page->best.taken[k]] = k;
  for (guint k = 0; k < page->n; k++)
    if (page->date[at[sequence->taken[k]]] != page->date[k] || at[sequence->taken[k]] != k)
      page->doubtful[sequence->taken[k]] = TRUE;
}

static void
try_orders (Page           *page,
            const Sequence *sequence)
{
  if (page->trials++ >= TRIALS)
    return;
  if (sequence->n == page->n && page->compare)
    compare_with_best (page, sequence);
  else if (sequence->n == page->n) {
    page->least = cost_of_sequence (sequence);
    page->best  = *sequence;
  }
  for (guint i = 0; i < page->n && sequence->n < page->n; i++) {
    Sequence next = *sequence;

    if (page->used[i] || !add_row (page, &next, i))
      continue;
    double cost = cost_of_sequence (&next); /* it can only grow */
    if (page->compare ? cost > page->least + MARGIN : cost >= page->least)
      continue;
    page->used[i] = TRUE;
    try_orders (page, &next);
    page->used[i] = FALSE;
  }
}

/* The pieces of the page of FIRST end at the returned one; its rows are [*ROW, *ROW_END).
   FALSE in *APART: their dates stand beside them. */
static guint
find_rows (const HkChangeOrder *order,
           guint                first,
           guint               *row,
           guint               *row_end,
           gboolean            *apart)
{
  guint end, dates = 0, beside = 0;

  *row     = G_MAXUINT;
  *row_end = 0;
  for (end = first; end < order->pieces->len && hk_change_piece (order->pieces, end)->page == hk_change_piece (order->pieces, first)->page; end++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, end);

    if (!piece->placed || piece->column != HK_CHANGE_DATE)
      continue;
    const HkChangePiece *above = end > first ? piece - 1 : NULL, *below = end + 1 < order->pieces->len ? piece + 1 : NULL;
    dates++;
    beside += (below != NULL && below->placed && below->row == piece->row && below->page == piece->page) ||
              (above != NULL && above->placed && above->row == piece->row && above->column == HK_CHANGE_ITEM);
    *row     = MIN (*row, piece->row);
    *row_end = MAX (*row_end, piece->row + 1);
  }
  *apart = dates > 1 && 2 * beside < dates;
  return end;
}

static void
read_piece (Row                 *row,
            const HkChangePiece *piece,
            guint                index)
{
  if (piece->column == HK_CHANGE_DATE)
    row->date = piece->text;
  else if (piece->column == HK_CHANGE_ITEM) {
    row->painted  = row->n == 0 && row->form_row == 0 ? index : row->painted;
    row->form_row = MAX (row->form_row, piece->form_row);
    add_numbers (row, piece);
  }
  else if (piece->column == HK_CHANGE_BEFORE && !piece->blank)
    g_string_append (row->before, piece->text);
  else if (piece->column == HK_CHANGE_AFTER && !piece->blank)
    g_string_append (row->after, piece->text);
  else if (piece->column == HK_CHANGE_TIMING || piece->column == HK_CHANGE_REASON)
    g_string_append (row->reason, piece->text);
}

/* Reads what the N rows from FIRST on say, and those around them. FALSE: some of them
   has no item, or none a date. */
static gboolean
read_page (Page *page,
           guint first,
           guint n)
{
  gboolean dated = FALSE, complete = TRUE;

  page->n = n;
  for (guint i = 0; i < n + 2; i++) {
    page->rows[i].row    = i < n ? first + i : i == n ? first - 1 : first + n;
    page->rows[i].before = g_string_new (NULL);
    page->rows[i].after  = g_string_new (NULL);
    page->rows[i].reason = g_string_new (NULL);
  }
  for (guint i = 0; i < page->order->pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (page->order->pieces, i);

    if (!piece->placed || piece->row + 1 < first || piece->row > first + n)
      continue;
    guint at = piece->row + 1 == first ? n : piece->row == first + n ? n + 1 : piece->row - first;
    read_piece (&page->rows[at], piece, i);
  }
  for (guint i = 0; i < n; i++) {
    Row *row = &page->rows[i];

    complete &= row->n > 0;
    dated |= row->date != NULL;
    if (row->date == NULL && i > 0)
      row->date = page->rows[i - 1].date; /* it is likely to be the same */
    page->date[i] = i > 0 ? page->date[i - 1] + (g_strcmp0 (row->date, page->rows[i - 1].date) != 0) : 0;
  }
  const Row *above = &page->rows[n], *below = &page->rows[n + 1];
  page->above = above->n > 0 && above->date != NULL && g_strcmp0 (above->date, page->rows[0].date) == 0 ? above : NULL;
  page->below = below->n > 0 && below->date != NULL && g_strcmp0 (below->date, page->rows[n - 1].date) == 0 ? below : NULL;
  return complete && dated;
}

static void
clear_page (Page *page)
{
  for (guint i = 0; i < page->n + 2; i++) {
    g_string_free (page->rows[i].before, TRUE);
    g_string_free (page->rows[i].after, TRUE);
    g_string_free (page->rows[i].reason, TRUE);
  }
}

/* Finds the order of the page's rows; FALSE: there is none. */
static gboolean
find_order (Page *page)
{
  Sequence none = { .n = 0 };

  page->least = G_MAXDOUBLE;
  try_orders (page, &none);
  if (page->least == G_MAXDOUBLE)
    return FALSE;
  for (guint i = 0; i < page->n; i++)
    page->doubtful[i] = page->trials >= TRIALS;
  page->compare = TRUE;
  page->trials  = 0;
  try_orders (page, &none);
  for (guint i = 0; i < page->n; i++)
    page->doubtful[i] |= page->trials >= TRIALS;
  return TRUE;
}

/* Brings the N rows from FIRST on in order, where dates were painted apart in all of
   the table; on a page that is like that by itself, what would move is in doubt. MARK:
   so is what is not sure. */
static void
settle_page (HkChangeOrder *order,
             guint          first,
             guint          n,
             gboolean       mark)
{
  Page  page = { .order = order };
  guint to[ROWS_MAX];

  if (n > ROWS_MAX)
    return;
  gboolean found = read_page (&page, first, n) && find_order (&page);
  clear_page (&page);
  if (!found)
    return;
  for (guint k = 0; k < n; k++)
    to[page.best.taken[k]] = k;
  for (guint i = 0; i < order->pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (order->pieces, i);

    if (!piece->placed || piece->row < first || piece->row >= first + n || piece->column == HK_CHANGE_DATE)
      continue;
    piece->row_doubtful |= mark && page.doubtful[piece->row - first];
    if (order->apart)
      piece->row = first + to[piece->row - first];
    else
      piece->row_doubtful |= page.date[to[piece->row - first]] != page.date[piece->row - first];
  }
}

/* Whether rows that stand under each other, beside their dates, are out of the
   form's order within one date: this table does not keep to it. */
static gboolean
breaks_order (HkChangeOrder *order)
{
  guint ordered = 0, broken = 0;

  for (guint i = 0, end; i < order->pieces->len; i = end) {
    guint    row, row_end;
    gboolean apart;
    Page     page = { .order = order };

    end = find_rows (order, i, &row, &row_end, &apart);
    if (apart || row_end < row + 2 || row_end - row > ROWS_MAX)
      continue;
    read_page (&page, row, row_end - row);
    for (guint k = 1; k < page.n; k++)
      if (page.rows[k].n > 0 && page.rows[k - 1].n > 0 && page.date[k] == page.date[k - 1]) {
        broken += compare_keys (&page.rows[k - 1], &page.rows[k]) > 0;
        ordered++;
      }
    clear_page (&page);
  }
  return 4 * broken > ordered;
}

void
hk_change_settle (HkChangeOrder *order)
{
  if (breaks_order (order))
    return;
  for (guint pass = 0; pass < 2; pass++) /* the second knows the rows on the pages around */
    for (guint i = 0, end; i < order->pieces->len; i = end) {
      guint    row, row_end;
      gboolean apart;

      end = find_rows (order, i, &row, &row_end, &apart);
      if (row < row_end && (apart || order->apart))
        settle_page (order, row, row_end - row, pass == 1);
    }
}
