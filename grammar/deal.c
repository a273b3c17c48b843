/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "deal.h"
#include "fold.h"

#include <math.h>
#include <string.h>

/* --- Costs ------------------------------------------------------------------------
 * A label passed over between a value and its own; a field left blank; two
 * pieces parted, or kept together, against what they look like.               */
#define COST_PASS_HEADING 8.0
#define COST_PASS_TEXT 3.0
#define COST_PASS_OTHER 1.5
#define COST_BLANK 2.5
#define COST_BEFORE 1.0      /* a value begins before its label, … */
#define COST_ONLY_BEFORE 2.0 /* … and ends there */
#define COST_BEFORE_BELOW 10.0
#define COST_UNEVEN 0.4      /* each line that a label is off its value's middle */
#define COST_UNEVEN_MAX 3.0
#define COST_PART_FULL 5.0   /* a full line whose sentence goes on is parted from the next */
#define COST_PART_NEAR 0.6   /* lines of one island are parted */
#define COST_KEEP_FAR 0.5    /* islands are kept together, … */
#define COST_KEEP_BESIDE 3.0 /* … or words that a wide space parts */
#define COST_TYPE 4.0        /* no date where there is always one */

/* What is nearer than this to the best is as good. */
#define MARGIN 1.0

/* How far fields are looked for on either side of a piece, and how many pieces
   one field takes at once. */
#define FIELDS_NEAR 8
#define RUN_MAX 250

typedef struct {
  const HkForm *form;
  const GArray *lines;
  GArray       *pieces;
  GArray       *fields;
  double       *passed; /* cost of all labels before each piece; one more at the end */
  GArray       *units;  /* guint: pieces to be dealt out */
  GArray       *slots;  /* guint: fields that may take them */
  double        widest; /* line of the document */
} Dealer;

static HkField *
slot (const Dealer *dealer,
      guint         s)
{
  return hk_field (dealer->fields, g_array_index (dealer->slots, guint, s));
}

static guint
unit (const Dealer *dealer,
      guint         u)
{
  return g_array_index (dealer->units, guint, u);
}

static const HkFormRow *
row_of (const Dealer  *dealer,
        const HkField *field)
{
  return &dealer->form->rows[field->row];
}

/* Sums up what it costs to pass over the labels of OUTLINE. */
static void
weigh_labels (Dealer       *dealer,
              const GArray *outline)
{
  dealer->passed = g_new0 (double, dealer->pieces->len + 2);
  for (guint i = 0; i < outline->len; i++) {
    const HkOutlined *outlined = &g_array_index (outline, HkOutlined, i);
    const HkFormRow  *row      = &dealer->form->rows[outlined->row];
    double            weight   = COST_PASS_HEADING;

    if (row->shape == HK_ROW_ITEM)
      weight = row->kind == HK_KIND_TEXT || row->kind == HK_KIND_LIST || row->kind == HK_KIND_DATE ? COST_PASS_TEXT : COST_PASS_OTHER;
    else if (row->shape == HK_ROW_GROUP || row->shape == HK_ROW_WORDS)
      weight = 0;
    dealer->passed[outlined->piece + 1] = weight;
  }
  for (guint i = 1; i <= dealer->pieces->len + 1; i++)
    dealer->passed[i] += dealer->passed[i - 1];
}

/* The cost of the labels strictly between pieces A and B. */
static double
cost_between (const Dealer *dealer,
              guint         a,
              guint         b)
{
  return a < b ? dealer->passed[b] - dealer->passed[a + 1] : b < a ? dealer->passed[a] - dealer->passed[b + 1] : 0;
}

/* --- Choices ------------------------------------------------------------------------- */

static guint
neighbour (const GArray *pieces,
           guint         i,
           int           step)
{
  for (i += (guint) step; i < pieces->len; i += (guint) step) {
    HkPieceClass class = hk_piece (pieces, i)->class;
    if (class != HK_PIECE_LABEL && class != HK_PIECE_REST && class != HK_PIECE_FORM && class != HK_PIECE_LIST)
      return i;
  }
  return HK_NO_PIECE;
}

static gboolean
is_free (const GArray *pieces,
         guint         i,
         HkPieceClass  class)
{
  return i < pieces->len && hk_piece (pieces, i)->class == class && !hk_piece (pieces, i)->taken;
}

/* Whether piece I is a choice, or words that stand in brackets as one. */
static gboolean
is_choice (const GArray *pieces,
           guint         i)
{
  if (is_free (pieces, i, HK_PIECE_CHOICE))
    return TRUE;
  return is_free (pieces, i, HK_PIECE_WORDS) && is_free (pieces, neighbour (pieces, i, -1), HK_PIECE_OPEN) &&
         is_free (pieces, neighbour (pieces, i, 1), HK_PIECE_CLOSE);
}

/* What it costs that unit U is the choice of slot S; infinite: it cannot be. */
static double
choice_cost (const Dealer *dealer,
             guint         u,
             guint         s)
{
  const HkField *field = slot (dealer, s);
  const HkPiece *piece = hk_piece (dealer->pieces, unit (dealer, u));

  if (piece->class == HK_PIECE_CHOICE && hk_field_option_meant (field, piece->meanings) == 0)
    return INFINITY;
  return cost_between (dealer, unit (dealer, u), field->label) + (unit (dealer, u) < field->label ? 0.5 : 0) +
         (piece->class == HK_PIECE_CHOICE ? 0 : 2);
}

/* Deals out units to slots in order, one each: for each unit its slot, or -1;
   and how much dearer it is to put it elsewhere. */
static void
assign (const Dealer *dealer,
        double      (*cost) (const Dealer *dealer, guint u, guint s),
        double        blank,
        double        unplaced,
        int          *result,
        double       *margin)
{
  guint   n = dealer->units->len, m = dealer->slots->len, wide = m + 1;
  double *ahead = g_new (double, (n + 1) * wide), *behind = g_new (double, (n + 1) * wide);

#define AHEAD(u, s) ahead[(u) * wide + (s)]
#define BEHIND(u, s) behind[(u) * wide + (s)]
  for (guint u = 0; u <= n; u++)
    for (guint s = 0; s <= m; s++) {
      double best = u == 0 && s == 0 ? 0 : INFINITY;
      if (s > 0)
        best = MIN (best, AHEAD (u, s - 1) + blank);
      if (u > 0)
        best = MIN (best, AHEAD (u - 1, s) + unplaced);
      if (u > 0 && s > 0)
        best = MIN (best, AHEAD (u - 1, s - 1) + cost (dealer, u - 1, s - 1));
      AHEAD (u, s) = best;
    }
  for (guint u = n + 1; u-- > 0;)
    for (guint s = m + 1; s-- > 0;) {
      double best = u == n && s == m ? 0 : INFINITY;
      if (s < m)
        best = MIN (best, BEHIND (u, s + 1) + blank);
      if (u < n)
        best = MIN (best, BEHIND (u + 1, s) + unplaced);
      if (u < n && s < m)
        best = MIN (best, BEHIND (u + 1, s + 1) + cost (dealer, u, s));
      BEHIND (u, s) = best;
    }
  for (guint u = 0; u < n; u++) {
    double best = INFINITY, second = INFINITY;

    result[u] = -1;
    for (guint s = 0; s <= m; s++) {
      double total = AHEAD (u, s) + unplaced + BEHIND (u + 1, s);
      if (total < best) {
        best      = total;
      }
    }
    for (guint s = 0; s < m; s++) {
      double total = AHEAD (u, s) + cost (dealer, u, s) + BEHIND (u + 1, s + 1);
      if (total < best || (total == best && result[u] < 0)) {
        second    = best;
        best      = total;
        result[u] = (int) s;
      }
      else
        second = MIN (second, total);
    }
    margin[u] = second - best;
  }
#undef AHEAD
#undef BEHIND
  g_free (ahead);
  g_free (behind);
}

/* Takes the brackets around a field's choice, if they are still there. */
static void
take_choice_brackets (Dealer  *dealer,
                      HkField *field,
                      guint    first,
                      guint    last)
{
  guint open = neighbour (dealer->pieces, first, -1), close = neighbour (dealer->pieces, last, 1);

  if (is_free (dealer->pieces, open, HK_PIECE_OPEN)) {
    field->open = open;
    hk_piece (dealer->pieces, open)->taken = TRUE;
  }
  if (is_free (dealer->pieces, close, HK_PIECE_CLOSE) && !(close + 1 < dealer->pieces->len && hk_piece (dealer->pieces, close + 1)->class == HK_PIECE_OPTION)) {
    field->close = close;
    hk_piece (dealer->pieces, close)->taken = TRUE;
  }
}

/* Brackets with nothing between them and no name behind them are those of a
   blank choice: no mark's. */
static void
take_blank_brackets (GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++) {
    if (!is_free (pieces, i, HK_PIECE_OPEN))
      continue;
    guint close = neighbour (pieces, i, 1);
    if (!is_free (pieces, close, HK_PIECE_CLOSE) || (close + 1 < pieces->len && hk_piece (pieces, close + 1)->class == HK_PIECE_OPTION))
      continue;
    hk_piece (pieces, i)->taken = hk_piece (pieces, close)->taken = TRUE;
  }
}

static void
deal_choices (Dealer *dealer)
{
  g_autofree int    *result = g_new (int, dealer->units->len + 1);
  g_autofree double *margin = g_new (double, dealer->units->len + 1);

  assign (dealer, choice_cost, COST_BLANK, 4 * COST_BLANK, result, margin);
  for (guint u = 0; u < dealer->units->len; u++) {
    if (result[u] < 0)
      continue;
    HkField *field = slot (dealer, (guint) result[u]);
    guint    i     = unit (dealer, u);

    g_array_append_val (field->pieces, i);
    hk_piece (dealer->pieces, i)->taken = TRUE;
    field->inferred = hk_piece (dealer->pieces, i)->line != hk_piece (dealer->pieces, field->label)->line;
    if (margin[u] < MARGIN)
      field->doubt = "it may be the choice of a neighbour";
    take_choice_brackets (dealer, field, i, i);
  }
}

void
hk_deal_choices (const HkForm *form,
                 GArray       *pieces,
                 GArray       *fields)
{
  Dealer dealer = { .form = form, .pieces = pieces, .fields = fields };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint)), slots = g_array_new (FALSE, FALSE, sizeof (guint));

  dealer.units  = units;
  dealer.slots  = slots;
  dealer.passed = g_new0 (double, pieces->len + 2);
  for (guint i = 0; i < pieces->len; i++)
    if (is_choice (pieces, i))
      g_array_append_val (units, i);
  for (guint f = 0; f < fields->len; f++)
    if (hk_field (fields, f)->kind == HK_KIND_CHOICE) {
      g_array_append_val (slots, f);
      dealer.passed[hk_field (fields, f)->label + 1] += COST_PASS_OTHER;
    }
  for (guint i = 1; i <= pieces->len + 1; i++)
    dealer.passed[i] += dealer.passed[i - 1];
  deal_choices (&dealer);
  take_blank_brackets (pieces);
  g_free (dealer.passed);
}

/* --- Words ----------------------------------------------------------------------------- */

static gboolean
is_text (const HkField *field)
{
  return field->kind == HK_KIND_TEXT || field->kind == HK_KIND_LIST || field->kind == HK_KIND_DATE;
}

static gunichar
last_char (const HkPiece *piece)
{
  return hk_page_glyph (piece->run.page, piece->run.first + piece->run.n - 1)->ch;
}

static double
right_end (const HkPiece *piece)
{
  return hk_page_glyph (piece->run.page, piece->run.first + piece->run.n - 1)->box.x1;
}

static double
piece_width (const HkPiece *piece)
{
  return right_end (piece) - hk_page_glyph (piece->run.page, piece->run.first)->box.x0;
}

static gboolean
ends_sentence (gunichar ch)
{
  return ch == 0x3002 || ch == 0xFF0E || ch == ':' || ch == 0xFF1A; /* 。 ． ： */
}

/* What it costs to part units U and U + 1, or to keep them together. */
static double
part_cost (const Dealer *dealer,
           guint         u)
{
  const HkPiece *upper = hk_piece (dealer->pieces, unit (dealer, u)), *lower = hk_piece (dealer->pieces, unit (dealer, u + 1));

  if (upper->island != lower->island || upper->line == lower->line)
    return 0;
  if (unit (dealer, u + 1) != unit (dealer, u) + 1)
    return 0; /* a label stands between them */
  if (!ends_sentence (last_char (upper)) && piece_width (upper) > 0.8 * dealer->widest)
    return COST_PART_FULL;
  return COST_PART_NEAR;
}

static double
keep_cost (const Dealer *dealer,
           guint         u)
{
  const HkPiece *upper = hk_piece (dealer->pieces, unit (dealer, u)), *lower = hk_piece (dealer->pieces, unit (dealer, u + 1));

  if (upper->line == lower->line && unit (dealer, u + 1) == unit (dealer, u) + 1)
    return COST_KEEP_BESIDE;
  if (upper->island != lower->island)
    return COST_KEEP_FAR;
  return 0;
}

/* Whether PIECE is a date, or says that there is none. */
static gboolean
is_date_like (const HkPiece *piece)
{
  gboolean digit = FALSE, year = FALSE;

  for (guint i = 0; i < piece->run.n; i++) {
    gunichar ch = hk_page_glyph (piece->run.page, piece->run.first + i)->ch;
    digit |= hk_digit (ch) >= 0 || ch == 0x5143; /* 元 */
    year  |= ch == 0x5E74 || ch == '.' || ch == '/'; /* 年 */
  }
  return (digit && year && piece->run.n <= 16) || piece->run.n <= 3;
}

static gboolean
is_number (const HkPiece *piece)
{
  for (guint i = 0; i < piece->run.n; i++)
    if (hk_digit (hk_page_glyph (piece->run.page, piece->run.first + i)->ch) < 0)
      return FALSE;
  return TRUE;
}

/* What speaks against units [FROM, TO) as the value of ROW, by their kind. */
static double
type_cost (const Dealer    *dealer,
           const HkFormRow *row,
           guint            from,
           guint            to)
{
  const HkPiece *first = hk_piece (dealer->pieces, unit (dealer, from));
  gboolean       date  = row->kind == HK_KIND_DATE;

  if (row->shape == HK_ROW_ITEM && g_str_has_suffix (row->label, "番号"))
    return to - from == 1 && is_number (first) ? 0 : COST_TYPE;
  if (date)
    return to - from == 1 && is_date_like (first) ? 0 : COST_TYPE;
  if (to - from == 1 && first->run.n > 4 && is_date_like (first) && strstr (row->label, "日") == NULL && strstr (row->label, "期") == NULL)
    return COST_TYPE / 2;
  return 0;
}

/* What it costs that units [FROM, TO) are the value of slot S, but for what
   stands between them. */
static double
run_cost (const Dealer *dealer,
          guint         s,
          guint         from,
          guint         to)
{
  const HkField   *field = slot (dealer, s);
  const HkFormRow *row   = row_of (dealer, field);
  guint            first = unit (dealer, from), last = unit (dealer, to - 1);
  double           cost  = type_cost (dealer, row, from, to);

  if (first > field->label)
    return cost + cost_between (dealer, field->label, first) + cost_between (dealer, first, last);

  guint before = 0;
  while (from + before < to && unit (dealer, from + before) < field->label)
    before++;
  guint  behind = to - from - before;
  double uneven = fabs ((double) before - behind) - 1;

  cost += cost_between (dealer, first, field->label) + (behind > 0 ? cost_between (dealer, field->label, last) : 0) + COST_BEFORE;
  cost += MIN (MAX (uneven, 0) * COST_UNEVEN, COST_UNEVEN_MAX);
  if (behind == 0)
    cost += COST_ONLY_BEFORE;
  if (row->placement == HK_PLACE_BELOW)
    cost += COST_BEFORE_BELOW;
  return cost;
}

static double
blank_cost (const Dealer *dealer,
            guint         s)
{
  const HkFormRow *row    = row_of (dealer, slot (dealer, s));
  const HkFormRow *parent = hk_form_parent (dealer->form, row);

  if (parent != NULL && parent->shape == HK_ROW_BLOCK && strcmp (parent->label, row->label) == 0)
    return 0; /* the title of a block */
  return COST_BLANK;
}

/* The slots that unit U may belong to: [*from, *to). */
static void
slots_near (const Dealer *dealer,
            guint         u,
            guint        *from,
            guint        *to)
{
  guint low = 0, high = dealer->slots->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (slot (dealer, middle)->label < unit (dealer, u))
      low = middle + 1;
    else
      high = middle;
  }
  *from = low > FIELDS_NEAR ? low - FIELDS_NEAR : 0;
  *to   = MIN (low + FIELDS_NEAR, dealer->slots->len);
}

/* The best way to deal the first units out, the last of them to slot S. */
typedef struct {
  double cost;
  guint  from;  /* its run begins with this unit, … */
  int    before; /* … and the one before belongs to this slot; -1: none */
} Best;

#define BEST(u, s) best[(u) * dealer->slots->len + (s)]

/* The cheapest way to have dealt out FROM units to slots before S. */
static double
cost_before (const Dealer *dealer,
             const Best   *best,
             const double *blank, /* summed up */
             guint         from,
             guint         s,
             int          *which)
{
  double least = INFINITY;
  guint  low, high;

  if (from == 0) {
    *which = -1;
    return blank[s];
  }
  slots_near (dealer, from - 1, &low, &high);
  for (guint b = low; b < MIN (high, s); b++) {
    double cost = BEST (from - 1, b).cost + blank[s] - blank[b + 1];
    if (cost < least) {
      least  = cost;
      *which = (int) b;
    }
  }
  return least + part_cost (dealer, from - 1);
}

static void
deal_to (const Dealer *dealer,
         Best         *best,
         const double *blank,
         guint         u,
         guint         s)
{
  double keep = 0;

  BEST (u, s) = (Best){ INFINITY, u, -1 };
  for (guint from = u + 1; from-- > 0 && u - from < RUN_MAX;) {
    int    before = -1;
    double cost   = cost_before (dealer, best, blank, from, s, &before) + keep + run_cost (dealer, s, from, u + 1);

    if (cost < BEST (u, s).cost)
      BEST (u, s) = (Best){ cost, from, before };
    if (from > 0)
      keep += keep_cost (dealer, from - 1);
    if (keep + run_cost (dealer, s, from, u + 1) > 60)
      break;
  }
}

/* Runs of units as they were dealt out. */
typedef struct {
  guint slot, from, to;
} Run;

static GArray *
deal_runs (const Dealer *dealer)
{
  guint n = dealer->units->len, m = dealer->slots->len, low, high;
  g_autofree Best   *best  = g_new (Best, n * m + 1);
  g_autofree double *blank = g_new0 (double, m + 1);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  double  least = INFINITY;
  int     s = -1;

  for (guint i = 0; i < m; i++)
    blank[i + 1] = blank[i] + blank_cost (dealer, i);
  for (guint u = 0; u < n; u++) {
    slots_near (dealer, u, &low, &high);
    for (guint i = low; i < high; i++)
      deal_to (dealer, best, blank, u, i);
  }
  slots_near (dealer, n - 1, &low, &high);
  for (guint i = low; i < high; i++)
    if (BEST (n - 1, i).cost + blank[m] - blank[i + 1] < least) {
      least = BEST (n - 1, i).cost + blank[m] - blank[i + 1];
      s     = (int) i;
    }
  for (guint u = n; u > 0 && s >= 0;) {
    Best *step = &BEST (u - 1, (guint) s);
    Run   run  = { (guint) s, step->from, u };
    g_array_prepend_val (runs, run);
    u = step->from;
    s = step->before;
  }
  return runs;
}

/* What runs A and B, neighbours, cost if the units parted at AT. */
static double
parted_cost (const Dealer *dealer,
             const Run    *a,
             const Run    *b,
             guint         at)
{
  double cost = 0;

  cost += at > a->from ? run_cost (dealer, a->slot, a->from, at) : blank_cost (dealer, a->slot);
  cost += at < b->to ? run_cost (dealer, b->slot, at, b->to) : blank_cost (dealer, b->slot);
  if (at > a->from && at < b->to)
    cost += part_cost (dealer, at - 1);
  for (guint u = a->from; u + 1 < b->to; u++)
    if (u + 1 != at)
      cost += keep_cost (dealer, u);
  return cost;
}

/* Whether the run could nearly as well end elsewhere. */
static gboolean
is_close_call (const Dealer *dealer,
               const Run    *a,
               const Run    *b)
{
  double best = parted_cost (dealer, a, b, a->to);
  guint  from = a->to > a->from + 12 ? a->to - 12 : a->from, to = MIN (b->to, b->from + 12);

  for (guint at = from; at <= to; at++)
    if (at != a->to && parted_cost (dealer, a, b, at) < best + MARGIN)
      return TRUE;
  return FALSE;
}

/* Whether RUN could nearly as well be the value of a blank field beside its own. */
static gboolean
has_rival (const Dealer *dealer,
           const GArray *runs,
           guint         r)
{
  const Run *run  = &g_array_index (runs, Run, r);
  double     best = run_cost (dealer, run->slot, run->from, run->to) - blank_cost (dealer, run->slot);
  guint      from = r > 0 ? g_array_index (runs, Run, r - 1).slot + 1 : 0;
  guint      to   = r + 1 < runs->len ? g_array_index (runs, Run, r + 1).slot : dealer->slots->len;

  from = MAX (from, run->slot > 4 ? run->slot - 4 : 0);
  to   = MIN (to, run->slot + 5);
  for (guint s = from; s < to; s++)
    if (s != run->slot && run_cost (dealer, s, run->from, run->to) - blank_cost (dealer, s) < best + MARGIN)
      return TRUE;
  return FALSE;
}

static void
deal_words (Dealer *dealer)
{
  g_autoptr (GArray) runs = deal_runs (dealer);

  for (guint r = 0; r < runs->len; r++) {
    const Run *run   = &g_array_index (runs, Run, r);
    HkField   *field = slot (dealer, run->slot);

    for (guint u = run->from; u < run->to; u++) {
      guint i = unit (dealer, u);
      g_array_append_val (field->pieces, i);
      hk_piece (dealer->pieces, i)->taken = TRUE;
    }
    field->inferred = hk_piece (dealer->pieces, unit (dealer, run->from))->line != hk_piece (dealer->pieces, field->label)->line;
    if (r + 1 < runs->len && is_close_call (dealer, run, run + 1)) {
      field->doubt = HK_DOUBT_NEIGHBOUR;
      slot (dealer, run[1].slot)->doubt = HK_DOUBT_NEIGHBOUR;
    }
    if (has_rival (dealer, runs, r))
      field->doubt = "it may be the value of a neighbour";
  }
}

void
hk_deal_words (const HkForm *form,
               const GArray *lines,
               GArray       *pieces,
               const GArray *outline,
               GArray       *fields)
{
  Dealer dealer = { .form = form, .lines = lines, .pieces = pieces, .fields = fields };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint)), slots = g_array_new (FALSE, FALSE, sizeof (guint));

  dealer.units = units;
  dealer.slots = slots;
  for (guint i = 0; i < pieces->len; i++)
    if (is_free (pieces, i, HK_PIECE_WORDS) || is_free (pieces, i, HK_PIECE_CHOICE)) {
      g_array_append_val (units, i);
      dealer.widest = MAX (dealer.widest, piece_width (hk_piece (pieces, i)));
    }
  for (guint f = 0; f < fields->len; f++)
    if (is_text (hk_field (fields, f)))
      g_array_append_val (slots, f);
  if (units->len == 0 || slots->len == 0)
    return;
  weigh_labels (&dealer, outline);
  deal_words (&dealer);
  g_free (dealer.passed);
}
