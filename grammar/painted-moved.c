/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values that are painted elsewhere than expected. Words of the form stand where they
 * are found, in whatever order; a value that has moved against them has no place in
 * the alignment, and its row is left blank. So that each blank row can have each run
 * of words that is left, it is expected there once more, at a cost.
 */
#include "painted-aligner.h"

#define COST_MOVED 0.4       /* a value is elsewhere than expected, … */
#define COST_MOVED_STEP 0.02 /* … by each unit further off … */
#define COST_MOVED_MAX 1.4   /* … but not more than so much in all */
#define RUNS_MAX 40
#define BLANKS_MAX 60

/* Words that have no place: from which unit on, and before which expected. */
typedef struct {
  guint from, index;
} Run;

static gboolean
is_same_value (const HkExpected *one,
               const HkExpected *other)
{
  return one->kind == other->kind && one->field == other->field && one->option == other->option;
}

/* For each expected whether a unit is it. Free with g_free(). */
static gboolean *
find_placed (const HkAligner *aligner)
{
  gboolean *placed = g_new0 (gboolean, aligner->n + 1);

  for (guint j = 0; j < aligner->m; j++)
    if (aligner->place[j] >= 0)
      placed[aligner->place[j]] = TRUE;
  return placed;
}

/* The values that no unit is (HkExpected; of one that is expected in two places, wrapped
   or not, the first), and for each the unit near which it was expected (guint). */
static GArray *
find_blanks (const HkAligner *aligner,
             const gboolean  *placed,
             GArray          *near)
{
  g_autoptr (GHashTable) filled = g_hash_table_new (NULL, NULL);
  GArray *blanks = g_array_new (FALSE, FALSE, sizeof (HkExpected));
  g_autofree guint *unit = g_new0 (guint, aligner->n + 1);

  for (guint j = 0; j < aligner->m; j++)
    if (aligner->place[j] >= 0)
      unit[aligner->place[j] + 1] = j + 1;
  for (guint i = 0; i < aligner->n; i++) {
    const HkExpected *expected = expected_at (aligner, i);

    unit[i + 1] = MAX (unit[i], unit[i + 1]);
    if (expected->kind == HK_PAINTED_VALUE && placed[i])
      g_hash_table_add (filled, GUINT_TO_POINTER (expected->field));
  }
  for (guint i = 0; i < aligner->n && blanks->len < BLANKS_MAX; i++) {
    const HkExpected *expected = expected_at (aligner, i);

    if (expected->kind != HK_PAINTED_VALUE || expected->field == aligner->carried || !g_hash_table_add (filled, GUINT_TO_POINTER (expected->field)))
      continue;
    g_array_append_val (blanks, *expected);
    g_array_append_val (near, unit[i]);
  }
  return blanks;
}

/* The runs of words, or choices, that have no place (Run). */
static GArray *
find_runs (const HkAligner *aligner)
{
  GArray  *runs  = g_array_new (FALSE, FALSE, sizeof (Run));
  guint    index = 0;
  gboolean open  = FALSE;

  for (guint j = 0; j < aligner->m && runs->len < RUNS_MAX; j++) {
    HkPieceClass class = unit_at (aligner, j)->class;
    gboolean     left  = aligner->place[j] < 0 && (class == HK_PIECE_WORDS || class == HK_PIECE_CHOICE);
    Run          run   = { j, index };

    if (left && !open)
      g_array_append_val (runs, run);
    open = left;
    if (aligner->place[j] >= 0)
      index = (guint) aligner->place[j] + 1;
  }
  return runs;
}

static double
moved_cost (guint from,
            guint near)
{
  return MIN (COST_MOVED + COST_MOVED_STEP * (from > near ? from - near : near - from), COST_MOVED_MAX);
}

/* What is expected, with each of BLANKS once more where each of RUNS stands. */
static GArray *
with_moved (const HkAligner *aligner,
            const GArray    *runs,
            const GArray    *blanks,
            const GArray    *near)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (HkExpected));
  guint   r   = 0;

  for (guint i = 0; i <= aligner->n; i++) {
    for (; r < runs->len && g_array_index (runs, Run, r).index == i; r++)
      for (guint b = 0; b < blanks->len; b++) {
        HkExpected moved = g_array_index (blanks, HkExpected, b);
        moved.moved = moved_cost (g_array_index (runs, Run, r).from, g_array_index (near, guint, b));
        g_array_append_val (all, moved);
      }
    if (i < aligner->n)
      g_array_append_val (all, *expected_at (aligner, i));
  }
  return all;
}

/* Whether what is expected at I, once more, is not there, or elsewhere, too. */
static gboolean
is_spare (const HkAligner *aligner,
          const gboolean  *placed,
          guint            i)
{
  const HkExpected *expected = expected_at (aligner, i);

  if (expected->moved <= 0)
    return FALSE;
  for (guint k = 0; k < aligner->n && placed[i]; k++)
    if (placed[k] && is_same_value (expected_at (aligner, k), expected) && (k < i || (k > i && expected_at (aligner, k)->moved <= 0)))
      return TRUE;
  return !placed[i];
}

static void
drop_spare (HkAligner *aligner)
{
  g_autofree gboolean *placed = find_placed (aligner);
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (HkExpected));

  for (guint i = 0; i < aligner->n; i++)
    if (!is_spare (aligner, placed, i))
      g_array_append_val (kept, *expected_at (aligner, i));
  g_array_unref (aligner->page.expected);
  aligner->page.expected = kept;
  aligner->n             = kept->len;
}

void
hk_painted_align_moved (HkAligner *aligner)
{
  g_autofree gboolean *placed = find_placed (aligner);
  g_autoptr (GArray) near   = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) blanks = find_blanks (aligner, placed, near);
  g_autoptr (GArray) runs   = find_runs (aligner);

  if (aligner->page.prefer != HK_SEQUENCE_LEARNT || blanks->len == 0 || runs->len == 0 ||
      (gsize) (aligner->n + runs->len * blanks->len + 1) * (aligner->m + 1) > HK_PAINTED_CELLS_MAX)
    return;
  GArray *all = with_moved (aligner, runs, blanks, near);

  g_array_unref (aligner->page.expected);
  aligner->page.expected = all;
  aligner->n             = all->len;
  hk_painted_costs_free (aligner);
  hk_painted_align (aligner);
  drop_spare (aligner);
  hk_painted_costs_free (aligner);
  hk_painted_align (aligner);
}
