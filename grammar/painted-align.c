/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "painted-aligner.h"

#include <math.h>

/* --- Costs ------------------------------------------------------------------------ */
#define COST_LEFT_WORDS 1.5  /* words have no place */
#define COST_LEFT_LINE 0.7   /* nor have the lines below them, of the same island */
#define COST_LEFT_CHOICE 2.0
#define COST_LEFT_MARK 1.5
#define COST_CARRIED 1.5     /* a value on the page behind its label's */
#define COST_CARRIED_DASH 5.0
#define COST_BESIDE 1.0      /* words against the label that stands on their line */
#define GAIN_FOUND 1.0       /* words of the form where they were found in some order */
#define COST_NOT_ALLOWED 3.0 /* a bracket against what stands on its line */

#define AT(array, i, j) (array)[(gsize) (i) * (aligner->m + 1) + (j)]

static gboolean
takes_lines (const HkAligner  *aligner,
             const HkExpected *expected)
{
  if (expected->kind != HK_PAINTED_VALUE || (aligner->page.wrapped && !expected->wrapped))
    return FALSE;
  HkKind kind = hk_field (aligner->fields, expected->field)->kind;
  return kind == HK_KIND_TEXT || kind == HK_KIND_LIST;
}

/* --- Alignment -------------------------------------------------------------------------- */

/* What it costs that unit J has no place. */
static double
left_cost (const HkAligner *aligner,
           guint            j)
{
  const HkPiece *piece = unit_at (aligner, j);

  if (aligner->page.prefer == HK_SEQUENCE_LEARNT && j > 0 && hk_seams_are_lines (unit_at (aligner, j - 1), piece))
    return COST_LEFT_LINE;
  switch (piece->class) {
  case HK_PIECE_LABEL:
    return 1.0;
  case HK_PIECE_WORDS:
    return COST_LEFT_WORDS;
  case HK_PIECE_CHOICE:
    return COST_LEFT_CHOICE;
  case HK_PIECE_MARK:
    return COST_LEFT_MARK;
  case HK_PIECE_OPTION:
  case HK_PIECE_LIST:
    return 0.8;
  case HK_PIECE_PAREN_OPEN:
  case HK_PIECE_PAREN_CLOSE:
    return 0.4;
  default:
    return 0.6;
  }
}

/* The label whose line unit J stands on, right behind it or, where values come
   first, right before it; HK_NO_PIECE: none. */
static guint
label_beside (const HkAligner *aligner,
              guint            j)
{
  const HkPiece *piece = unit_at (aligner, j);
  guint          label = HK_NO_PIECE, n = 0, at = g_array_index (aligner->page.units, guint, j), from = at, to = at;

  if (piece->class != HK_PIECE_WORDS || piece->run.n == 0)
    return HK_NO_PIECE;
  while (from > 0 && hk_piece (aligner->pieces, from - 1)->line == piece->line)
    from--;
  while (to + 1 < aligner->pieces->len && hk_piece (aligner->pieces, to + 1)->line == piece->line)
    to++;
  for (guint k = from; k <= to; k++)
    if (hk_piece (aligner->pieces, k)->class == HK_PIECE_LABEL) {
      label = k;
      n++;
    }
    else if (k != at && hk_piece (aligner->pieces, k)->class != HK_PIECE_REST)
      return HK_NO_PIECE;
  if (n != 1 || (label < at ? !piece->spaced : !aligner->values_first))
    return HK_NO_PIECE;
  return label;
}

/* Whether one of the fields that LABEL has takes words beside it. */
static gboolean
is_beside_values (const HkAligner *aligner,
                  guint            label)
{
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);
    if (expected->kind == HK_PAINTED_VALUE && hk_field (aligner->fields, expected->field)->label == label)
      return aligner->page.form->rows[expected->row].placement == HK_PLACE_RIGHT && hk_field (aligner->fields, expected->field)->kind != HK_KIND_CHOICE;
  }
  return FALSE;
}

/* Whether WORDS beside LABEL would be against its being a value of EXPECTED; negative: they speak for it. */
static double
beside_cost (const HkAligner  *aligner,
             const HkExpected *expected,
             guint             label)
{
  HkFormRow const *row = &aligner->page.form->rows[expected->row];

  if (label == HK_NO_PIECE)
    return 0;
  if (expected->kind == HK_PAINTED_VALUE && hk_field (aligner->fields, expected->field)->label == label && row->placement == HK_PLACE_RIGHT)
    return -COST_BESIDE;
  return is_beside_values (aligner, label) ? COST_BESIDE : 0;
}

static void
weigh (HkAligner *aligner)
{
  g_autofree guint *beside = g_new (guint, aligner->m + 1);

  for (guint j = 0; j < aligner->m; j++)
    beside[j] = label_beside (aligner, j);
  aligner->cost = g_new (float, (gsize) (aligner->n + 1) * (aligner->m + 1));
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);
    gboolean box = expected->kind == HK_PAINTED_OPEN || expected->kind == HK_PAINTED_MARK || expected->kind == HK_PAINTED_CLOSE;

    for (guint j = 0; j < aligner->m; j++) {
      guint  piece = g_array_index (aligner->page.units, guint, j);
      double cost  = hk_expected_cost (&aligner->page, expected, piece) + expected->moved;
      if (expected->field != HK_NO_FIELD && expected->field == aligner->carried)
        cost += hk_seams_is_dash (hk_piece (aligner->pieces, piece)) ? COST_CARRIED_DASH : COST_CARRIED;
      if (box && isfinite (cost) && !hk_boxes_allow (aligner->boxes, piece, expected->row, expected->option))
        cost += COST_NOT_ALLOWED;
      if (expected->unit == (int) j && aligner->page.prefer == HK_SEQUENCE_LEARNT)
        cost -= GAIN_FOUND;
      if (expected->kind == HK_PAINTED_VALUE || expected->kind == HK_PAINTED_TEXT)
        cost += beside_cost (aligner, expected, beside[j]);
      AT (aligner->cost, i, j) = (float) cost;
    }
  }
}

/* Fills LEAST and LAST: what it costs to have come so far, from the beginning
   or, BACK, from the end. */
static void
run (const HkAligner *aligner,
     gboolean         back,
     double          *least,
     double          *last)
{
  guint n = aligner->n, m = aligner->m;

  for (guint i = 0; i <= n; i++) {
    guint             e        = i > 0 ? (back ? n - i : i - 1) : 0;
    const HkExpected *expected = i > 0 ? expected_at (aligner, e) : NULL;
    double            absent   = i > 0 ? hk_expected_absent (expected) : 0;
    gboolean          lines    = i > 0 && takes_lines (aligner, expected);

    for (guint j = 0; j <= m; j++) {
      guint  u    = j > 0 ? (back ? m - j : j - 1) : 0;
      double cost = i == 0 && j == 0 ? 0 : INFINITY;

      AT (last, i, j) = INFINITY;
      if (i > 0 && j > 0 && isfinite (AT (aligner->cost, e, u))) {
        AT (last, i, j) = AT (least, i - 1, j - 1) + (double) AT (aligner->cost, e, u) + hk_seams_part (&aligner->seams, back ? u + 1 : u);
        if (lines)
          AT (last, i, j) = MIN (AT (last, i, j), AT (last, i, j - 1) + hk_seams_keep (&aligner->seams, back ? u + 1 : u));
        cost = AT (last, i, j);
      }
      if (i > 0)
        cost = MIN (cost, AT (least, i - 1, j) + absent);
      if (j > 0)
        cost = MIN (cost, AT (least, i, j - 1) + left_cost (aligner, u));
      AT (least, i, j) = cost;
    }
  }
}

static gboolean
same (double a,
      double b)
{
  return fabs (a - b) < 1e-6;
}

/* What each unit is on the way of the least cost. */
static void
trace (HkAligner *aligner)
{
  guint    i = aligner->n, j = aligner->m;
  gboolean inside = FALSE; /* unit j - 1 is expected i - 1 */

  aligner->place = g_new (int, aligner->m + 1);
  for (guint k = 0; k < aligner->m; k++)
    aligner->place[k] = -1;
  while (i > 0 || j > 0) {
    if (inside) {
      aligner->place[j - 1] = (int) i - 1;
      double first = AT (aligner->ahead, i - 1, j - 1) + (double) AT (aligner->cost, i - 1, j - 1) + hk_seams_part (&aligner->seams, j - 1);
      inside = !same (first, AT (aligner->taken, i, j));
      i -= inside ? 0 : 1;
      j--;
    }
    else if (i > 0 && j > 0 && same (AT (aligner->taken, i, j), AT (aligner->ahead, i, j)))
      inside = TRUE;
    else if (i > 0 && same (AT (aligner->ahead, i - 1, j) + hk_expected_absent (expected_at (aligner, i - 1)), AT (aligner->ahead, i, j)))
      i--;
    else if (j > 0)
      j--;
    else
      i--;
  }
}

double
hk_painted_cost (const HkAligner *aligner,
                 guint            i,
                 guint            j)
{
  return (double) AT (aligner->cost, i, j);
}

double
hk_painted_cost_through (const HkAligner *aligner,
                         guint            i,
                         guint            j)
{
  double cost = hk_painted_cost (aligner, i, j);

  if (!isfinite (cost))
    return INFINITY;
  return AT (aligner->taken, i + 1, j + 1) + AT (aligner->given, aligner->n - i, aligner->m - j) - cost;
}

void
hk_painted_align (HkAligner *aligner)
{
  gsize size = (gsize) (aligner->n + 1) * (aligner->m + 1);

  weigh (aligner);
  aligner->ahead  = g_new (double, size);
  aligner->taken  = g_new (double, size);
  aligner->behind = g_new (double, size);
  aligner->given  = g_new (double, size);
  run (aligner, FALSE, aligner->ahead, aligner->taken);
  run (aligner, TRUE, aligner->behind, aligner->given);
  aligner->best = AT (aligner->ahead, aligner->n, aligner->m);
  trace (aligner);
}

void
hk_painted_costs_free (HkAligner *aligner)
{
  g_clear_pointer (&aligner->cost, g_free);
  g_clear_pointer (&aligner->ahead, g_free);
  g_clear_pointer (&aligner->taken, g_free);
  g_clear_pointer (&aligner->behind, g_free);
  g_clear_pointer (&aligner->given, g_free);
  g_clear_pointer (&aligner->place, g_free);
}

void
hk_painted_align_wrapped (HkAligner *aligner)
{
  g_autofree gboolean *found = g_new0 (gboolean, aligner->fields->len + 1);
  guint kept = 0;

  for (guint j = 0; j < aligner->m; j++) {
    const HkExpected *expected = aligner->place[j] >= 0 ? expected_at (aligner, (guint) aligner->place[j]) : NULL;
    if (expected != NULL && expected->kind == HK_PAINTED_VALUE && !expected->wrapped)
      found[expected->field] = TRUE;
  }
  for (guint i = 0; i < aligner->n; i++)
    if (!expected_at (aligner, i)->wrapped || !found[expected_at (aligner, i)->field])
      *expected_at (aligner, kept++) = *expected_at (aligner, i);
  if (kept == aligner->n)
    return;
  hk_painted_costs_free (aligner);
  g_array_set_size (aligner->page.expected, kept);
  aligner->n = kept;
  hk_painted_align (aligner);
}
