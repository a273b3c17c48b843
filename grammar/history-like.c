/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much two texts of the table of changes are alike: 変更前 and 変更後 share most
   of their words. */
#include "history-cost.h"

/* Characters of a text that are compared. */
#define LIKE_MOST 300

static int
by_number (gconstpointer a,
           gconstpointer b)
{
  return *(const guint64 *) a < *(const guint64 *) b ? -1 : *(const guint64 *) a > *(const guint64 *) b;
}

/* The pairs of neighbouring characters in the text that begins with piece INDEX
   (guint64, sorted): its island's, or what it says itself where more of its line
   stands before it or behind it. */
static GArray *
pairs_of (const HkChangeOrder *order,
          guint                index)
{
  const HkChangePiece *first = hk_change_piece (order->pieces, index);
  GArray  *pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  gunichar last  = 0;

  for (guint i = index; i < order->pieces->len && pairs->len < LIKE_MOST; i++) {
    const HkChangePiece *piece = hk_change_piece (order->pieces, i);

    if (i > index && (piece->island != first->island || piece->page != first->page || !first->first || !first->last || piece->timing || piece->date))
      break;
    for (const char *at = piece->text; *at != '\0'; at = g_utf8_next_char (at)) {
      gunichar ch   = g_utf8_get_char (at);
      guint64  pair = ((guint64) last << 32) | ch;
      if (last != 0)
        g_array_append_val (pairs, pair);
      last = ch;
    }
  }
  g_array_sort (pairs, by_number);
  return pairs;
}

double
hk_change_likeness (const HkChangeOrder *order,
                    guint                a,
                    guint                b)
{
  g_autoptr (GArray) x = pairs_of (order, a);
  g_autoptr (GArray) y = pairs_of (order, b);
  guint common = 0;

  for (guint i = 0, k = 0; i < x->len && k < y->len;) {
    guint64 p = g_array_index (x, guint64, i), q = g_array_index (y, guint64, k);
    common += p == q;
    i += p <= q;
    k += q <= p;
  }
  return x->len + y->len == 0 ? 0 : 2.0 * common / (x->len + y->len);
}
