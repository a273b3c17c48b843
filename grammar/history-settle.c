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
#define TRIALS 20000   /* orders that are tried */
#define COST_CHAIN 4.0 /* a row changes a text that a later one makes */
#define COST_REASON 0.7 /* rows of two dates have one reason */
#define MARGIN 2.0

typedef struct {
  guint row;             /* as the search has it: in the order of painting */
  guint key[NUMBERS], n; /* the numbers in its item's name */
  GString *before, *after; /* what stood there, and what stands there now */
  GString *reason;         /* 事前 or 事後, and why */
} Row;

typedef struct {
  HkChangeOrder *order;
  Row      rows[ROWS_MAX];
  guint    n;
  guint    date[ROWS_MAX]; /* which date the k-th row of the table has: 0, 1, … */
  guint    taken[ROWS_MAX], best[ROWS_MAX], second[ROWS_MAX]; /* which row stands k-th */
  gboolean used[ROWS_MAX];
  double   least, next;
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
  return 0;
}

/* What speaks against the order TAKEN. */
static double
cost_of_order (const Page *page)
{
  double down = 0, up = 0, cost = 0;

  for (guint i = 0; i < page->n; i++)
    for (guint k = i + 1; k < page->n; k++) {
      const Row *upper = &page->rows[page->taken[i]], *lower = &page->rows[page->taken[k]];

      down += upper->row > lower->row;
      up += upper->row < lower->row;
      if (upper->before->len > 0 && lower->after->len > 0 && g_string_equal (upper->before, lower->after) && !g_string_equal (upper->after, lower->before))
        cost += COST_CHAIN;
      if (page->date[i] != page->date[k] && upper->reason->len > 0 && g_string_equal (upper->reason, lower->reason))
        cost += COST_REASON;
    }
  return cost + MIN (down, up);
}

static void
try_orders (Page *page,
            guint k)
{
  if (page->trials >= TRIALS)
    return;
  if (k == page->n) {
    double cost = cost_of_order (page);

    page->trials++;
    if (cost < page->least) {
      page->next = page->least;
      memcpy (page->second, page->best, sizeof page->best);
      page->least = cost;
      memcpy (page->best, page->taken, sizeof page->best);
    }
    else if (cost < page->next) {
      page->next = cost;
      memcpy (page->second, page->taken, sizeof page->second);
    }
    return;
  }
  for (guint i = 0; i < page->n; i++) {
    if (page->used[i])
      continue;
    if (k > 0 && page->date[k] == page->date[k - 1] && compare_keys (&page->rows[page->taken[k - 1]], &page->rows[i]) > 0)
      continue;
    page->used[i]  = TRUE;
    page->taken[k] = i;
    try_orders (page, k + 1);
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

/* Reads what the rows from FIRST on say. FALSE: some of them has no item. */
static gboolean
read_page (Page *page,
           guint first,
           guint n)
{
  const char *date[ROWS_MAX] = { NULL };

  page->n = n;
  for (guint i = 0; i < n; i++) {
    page->rows[i].row    = first + i;
    page->rows[i].before = g_string_new (NULL);
    page->rows[i].after  = g_string_new (NULL);
    page->rows[i].reason = g_string_new (NULL);
  }
  for (guint i = 0; i < page->order->pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (page->order->pieces, i);

    if (!piece->placed || piece->row < first || piece->row >= first + n)
      continue;
    Row *row = &page->rows[piece->row - first];
    if (piece->column == HK_CHANGE_DATE)
      date[piece->row - first] = piece->text;
    else if (piece->column == HK_CHANGE_ITEM)
      add_numbers (row, piece);
    else if (piece->column == HK_CHANGE_BEFORE && !piece->blank)
      g_string_append (row->before, piece->text);
    else if (piece->column == HK_CHANGE_AFTER && !piece->blank)
      g_string_append (row->after, piece->text);
    else if (piece->column == HK_CHANGE_TIMING || piece->column == HK_CHANGE_REASON)
      g_string_append (row->reason, piece->text);
  }
  for (guint i = 0; i < n; i++) {
    if (page->rows[i].n == 0 || date[i] == NULL)
      return FALSE;
    page->date[i] = i > 0 ? page->date[i - 1] + (strcmp (date[i], date[i - 1]) != 0) : 0;
  }
  return TRUE;
}

static void
clear_page (Page *page)
{
  for (guint i = 0; i < page->n; i++) {
    g_string_free (page->rows[i].before, TRUE);
    g_string_free (page->rows[i].after, TRUE);
    g_string_free (page->rows[i].reason, TRUE);
  }
}

static void
settle_page (HkChangeOrder *order,
             guint          first,
             guint          n)
{
  Page page = { .order = order, .least = G_MAXDOUBLE, .next = G_MAXDOUBLE };
  guint to[ROWS_MAX];
  gboolean doubtful[ROWS_MAX] = { FALSE };

  if (n > ROWS_MAX)
    return;
  if (read_page (&page, first, n))
    try_orders (&page, 0);
  clear_page (&page);
  if (page.least == G_MAXDOUBLE)
    return;
  for (guint k = 0; k < n; k++) {
    to[page.best[k]] = k;
    doubtful[page.best[k]] = page.trials >= TRIALS;
  }
  if (page.next <= page.least + MARGIN)
    for (guint k = 0; k < n; k++)
      if (page.date[to[page.second[k]]] != page.date[k])
        doubtful[page.second[k]] = TRUE;
  for (guint i = 0; i < order->pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (order->pieces, i);

    if (!piece->placed || piece->row < first || piece->row >= first + n || piece->column == HK_CHANGE_DATE)
      continue;
    piece->row_doubtful |= doubtful[piece->row - first];
    piece->row          = first + to[piece->row - first];
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
  for (guint i = 0, end; i < order->pieces->len; i = end) {
    guint    row, row_end;
    gboolean apart;

    end = find_rows (order, i, &row, &row_end, &apart);
    if (apart)
      settle_page (order, row, row_end - row);
  }
}
