/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sequence.h"

#include <string.h>

/* Labels that are longer stand in cells that wrap. */
#define LONG_LABEL 13

typedef struct {
  const HkPaintedPieces *page;
  const GArray          *all;    /* HkExpected in form order */
  const gboolean        *second; /* it is painted when the page is gone through once more */
} Sequencer;

#define expected_at(array, i) (&g_array_index ((array), HkExpected, (i)))

static guint
key_of (guint kind,
        guint row,
        guint option,
        guint twin)
{
  return ((row * 16 + kind) * 64 + option) * 8 + MIN (twin, 7);
}

/* Where something stands on a learnt page, from 1; 0: it is not there. */
static guint
learnt_rank (GHashTable *ranks,
             guint       kind,
             guint       row,
             guint       option,
             guint       twin)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (ranks, GUINT_TO_POINTER (key_of (kind, row, option, twin))));
}

/* Likewise of the bracket or label that something not learnt stands behind. */
static guint
rank_beside (GHashTable       *ranks,
             const HkExpected *expected,
             guint             twin)
{
  static const struct {
    HkPaintedKind kind, beside;
  } besides[] = {
    { HK_PAINTED_VALUE, HK_PAINTED_OPEN },       { HK_PAINTED_VALUE, HK_PAINTED_LABEL },      { HK_PAINTED_MARK, HK_PAINTED_OPEN },
    { HK_PAINTED_TEXT, HK_PAINTED_PAREN_OPEN },  { HK_PAINTED_PAREN_CLOSE, HK_PAINTED_TEXT }, { HK_PAINTED_PAREN_CLOSE, HK_PAINTED_PAREN_OPEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (besides); i++) {
    if (besides[i].kind != expected->kind)
      continue;
    guint option = besides[i].beside == HK_PAINTED_LABEL ? 0 : expected->option;
    guint rank   = learnt_rank (ranks, besides[i].beside, expected->row, option, twin);
    if (rank != 0)
      return rank;
  }
  return 0;
}

/* Where two labels are painted one behind the other, and then the value of the second,
   that of the first stands before it: 評価書番号 評価書名 6 軽自動車税. Its rank; 0: else. */
static guint
rank_of_head (GHashTable       *ranks,
              const HkExpected *expected)
{
  guint label = learnt_rank (ranks, HK_PAINTED_LABEL, expected->row, 0, expected->twin);
  guint next  = learnt_rank (ranks, HK_PAINTED_LABEL, expected->row + 1, 0, expected->twin);

  if (expected->kind != HK_PAINTED_VALUE || label == 0 || next != label + 1)
    return 0;
  return learnt_rank (ranks, HK_PAINTED_VALUE, expected->row + 1, 0, expected->twin);
}

/* What a learnt page may have between two that it has: so many twins, each with what
   stands beside it. */
#define RANKS 64

/* When EXPECTED is painted, by the page that RANKS are of; 0: nobody knows. A block
   that this page has fewer times is painted cell by cell behind its last twin there. */
static guint
rank_of (GHashTable       *ranks,
         const HkExpected *expected)
{
  for (guint back = 0; back <= expected->twin && back < RANKS / 2; back++) {
    guint twin = expected->twin - back, rank = learnt_rank (ranks, expected->kind, expected->row, expected->option, twin);

    if (rank != 0)
      return RANKS * rank + 2 * back;
    rank = rank_of_head (ranks, expected);
    if (rank != 0)
      return RANKS * rank - 1;
    rank = rank_beside (ranks, expected, twin);
    if (rank != 0)
      return RANKS * rank + 2 * back + 1;
  }
  return 0;
}

typedef struct {
  guint rank, index;
} Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *x = a, *y = b;

  return x->rank != y->rank ? (x->rank < y->rank ? -1 : 1) : x->index < y->index ? -1 : x->index > y->index;
}

/* What of ALL stands on PAINTED, in its order (guint: indices). */
static GArray *
order_learnt (const GArray        *all,
              const HkPaintedPage *painted)
{
  g_autoptr (GHashTable) ranks  = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray)     ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GArray                *order  = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < painted->n; i++) {
    const HkPainted *p = &painted->painted[i];
    g_hash_table_insert (ranks, GUINT_TO_POINTER (key_of (p->kind, p->row, p->option, p->twin)), GUINT_TO_POINTER (i + 1));
  }
  for (guint i = 0; i < all->len; i++) {
    const HkExpected *expected = expected_at (all, i);
    Ranked item = { 0, i };

    if (expected->wrapped)
      continue;
    item.rank = rank_of (ranks, expected);
    if (item.rank != 0)
      g_array_append_val (ranked, item);
  }
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    g_array_append_val (order, g_array_index (ranked, Ranked, i).index);
  return order;
}

gboolean
hk_sequence_wraps (const HkForm     *form,
                   const HkExpected *expected)
{
  const HkFormRow *row = &form->rows[expected->row];

  switch (expected->kind) {
  case HK_PAINTED_LABEL:
    return row->shape == HK_ROW_BLOCK ||
           (row->shape == HK_ROW_ITEM && row->placement == HK_PLACE_RIGHT && g_utf8_strlen (row->label, (gssize) strcspn (row->label, "|")) > LONG_LABEL);
  case HK_PAINTED_CLOSE:
  case HK_PAINTED_NAME:
    return expected->option != 0;
  case HK_PAINTED_ENTRY:
    return TRUE;
  default:
    return expected->wrapped;
  }
}

/* Whether the label of EXPECTED has its values beside it. */
static gboolean
is_beside (const HkForm     *form,
           const HkExpected *expected)
{
  const HkFormRow *row = &form->rows[expected->row];

  return expected->kind == HK_PAINTED_LABEL && row->shape == HK_ROW_ITEM && row->placement == HK_PLACE_RIGHT;
}

/* The first of ALL behind I that is a label. */
static guint
next_entry (const GArray *all,
            guint         i)
{
  for (i++; i < all->len && expected_at (all, i)->kind != HK_PAINTED_LABEL; i++)
    ;
  return i;
}

/* Whether the labels at A and B share a row of the sheet, their values below:
   評価書番号 評価書名. */
static gboolean
are_heads (const HkPaintedPieces *page,
           const GArray          *all,
           guint                  a,
           guint                  b)
{
  for (guint i = 0; i < 2; i++) {
    const HkFormRow *row = &page->form->rows[expected_at (all, i == 0 ? a : b)->row];
    if (row->shape != HK_ROW_ITEM || row->placement != HK_PLACE_BELOW)
      return FALSE;
  }
  if (a + 1 == b || b + 1 >= all->len || expected_at (all, b + 1)->kind == HK_PAINTED_LABEL)
    return FALSE;
  const HkPiece *one   = hk_piece (page->pieces, hk_field (page->fields, expected_at (all, a + 1)->field)->label);
  const HkPiece *other = hk_piece (page->pieces, hk_field (page->fields, expected_at (all, b + 1)->field)->label);

  return one + 1 == other || other + 1 == one;
}

/* Whether lists of options come before the brackets beside them; ENTRIES: those of
   a list, else its head; BACKWARDS: on a page that is painted from its end. */
static gboolean
lists_first (const Sequencer *sequencer,
             gboolean        entries,
             gboolean        backwards)
{
  const HkPaintedPieces *page = sequencer->page;
  guint before = 0, behind = 0;

  for (guint u = 0; u + 1 < page->units->len; u++) {
    const HkPiece *one = hk_piece (page->pieces, g_array_index (page->units, guint, u)), *next = hk_piece (page->pieces, g_array_index (page->units, guint, u + 1));
    before += one->class == HK_PIECE_LIST && (one->meanings != NULL) == entries && next->class == HK_PIECE_OPEN;
    before += backwards && one->class == HK_PIECE_OPEN && next->class == HK_PIECE_LIST && (entries || next->meanings == NULL);
    behind += one->class == HK_PIECE_CLOSE && next->class == HK_PIECE_LIST && (next->meanings != NULL) == entries;
    behind += backwards && one->class == HK_PIECE_LIST && next->class == HK_PIECE_CLOSE && (entries || one->meanings == NULL);
  }
  return before > behind;
}

/* Row after row; VALUES: labels behind what stands beside them; what is WRAPPED
   is left out, or TWICE: comes when all others are there. */
static void
add_rows (const Sequencer *sequencer,
          gboolean        values,
          gboolean        backwards,
          int             second,
          GArray         *order)
{
  gboolean      heads_first   = lists_first (sequencer, FALSE, backwards);
  gboolean      entries_first = lists_first (sequencer, TRUE, backwards);
  const GArray *all = sequencer->all;

  for (guint i = 0, next; i < all->len; i = next) {
    gboolean beside = values && is_beside (sequencer->page->form, expected_at (all, i)), heads;
    guint    middle = next_entry (all, i);

    heads = middle < all->len && expected_at (all, i)->kind == HK_PAINTED_LABEL && are_heads (sequencer->page, all, i, middle);
    next  = heads ? next_entry (all, middle) : middle;
    for (guint pass = 0; pass < 5; pass++)
      for (guint k = i; k < next; k++) {
        gboolean label = expected_at (all, k)->kind == HK_PAINTED_LABEL, wrapped = expected_at (all, k)->wrapped;
        guint    mine  = label ? (beside ? 4 : heads || k == i ? 0 : 2) : 2;
        if (!heads && expected_at (all, k)->kind == HK_PAINTED_LIST)
          mine = heads_first ? 1 : 3;
        if (!heads && expected_at (all, k)->kind == HK_PAINTED_ENTRY)
          mine = entries_first ? 1 : 3;
        if (mine == pass && (second < 0 ? !wrapped : (wrapped || sequencer->second[k]) == (second == 1)))
          g_array_append_val (order, k);
      }
  }
}

static void
reverse (GArray *order)
{
  for (guint i = 0; i < order->len / 2; i++) {
    guint other = g_array_index (order, guint, order->len - 1 - i);
    g_array_index (order, guint, order->len - 1 - i) = g_array_index (order, guint, i);
    g_array_index (order, guint, i) = other;
  }
}

/* name ] ○ [ becomes [ ○ ] name. */
static void
turn_boxes (const Sequencer *sequencer,
            GArray         *order)
{
  for (guint i = 0; i + 3 < order->len; i++) {
    guint *at = &g_array_index (order, guint, i);

    if (expected_at (sequencer->all, at[0])->kind != HK_PAINTED_NAME || expected_at (sequencer->all, at[3])->kind != HK_PAINTED_OPEN)
      continue;
    guint turned[] = { at[3], at[2], at[1], at[0] };
    memcpy (at, turned, sizeof turned);
    i += 3;
  }
}

GArray *
hk_sequence (const HkPaintedPieces *page,
             const GArray          *all,
             const gboolean        *second,
             guint                  which)
{
  Sequencer self = { page, all, second }, *sequencer = &self;

  if (which >= HK_SEQUENCE_LEARNT)
    return order_learnt (all, &page->painting->pages[which - HK_SEQUENCE_LEARNT]);

  GArray  *order     = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean values    = which == HK_SEQUENCE_VALUES || which == HK_SEQUENCE_VALUES_BACKWARDS || which == HK_SEQUENCE_BOXES_BACKWARDS;
  gboolean backwards = which == HK_SEQUENCE_BACKWARDS || which == HK_SEQUENCE_VALUES_BACKWARDS || which == HK_SEQUENCE_BOXES_BACKWARDS;

  add_rows (sequencer, values, backwards, which == HK_SEQUENCE_WRAPPED ? 0 : -1, order);
  if (which == HK_SEQUENCE_WRAPPED)
    add_rows (sequencer, FALSE, FALSE, 1, order);
  if (backwards)
    reverse (order);
  if (which == HK_SEQUENCE_BOXES_BACKWARDS)
    turn_boxes (sequencer, order);
  return order;
}
