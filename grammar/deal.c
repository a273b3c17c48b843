/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "deal-cost.h"

#include <math.h>
#include <string.h>

/* Words are left without a place; a choice is set aside, for whatever field of its
   kind stays blank. */
#define COST_UNPLACED 14.0
#define COST_ASIDE 5.0

/* What is nearer than this to the best is as good. */
#define MARGIN 2.0

/* How far fields are looked for on either side of a piece, and how many pieces
   one field takes at once. */
#define FIELDS_NEAR 8
#define RUN_MAX 250

/* A part of a name may get so many fields ahead. */
#define TORN_REACH 2

/* A choice that was set aside is of a field within so many pieces. */
#define ASIDE_REACH 60

/* A text with more pieces to be dealt out is no assessment's: nothing is. */
#define UNITS_MAX 150000

/* The best way to deal the first units out, the last of them to slot S. */
typedef struct {
  double cost;
  guint  from;  /* its run begins with this unit, … */
  int    before; /* … and the one before belongs to this slot; -1: none */
  gboolean aside; /* the last of the units is set aside; SLOT is that of the one before */
} Best;

#define TOLD_UNITS 256 /* RUN_MAX or more */
#define TOLD_SLOTS 32

/* What cost_before() said of the last units. */
typedef struct {
  guint  from, s;
  double cost;
  int    which;
} Told;

/* Runs of units as they were dealt out. */
typedef struct {
  guint slot, from, to;
} Run;

#define BAND (2 * FIELDS_NEAR)

#define BEST(u, s) best[(gsize) (u) * BAND + band_place (dealer, (u), (s))]

/* --- Brackets of choices ------------------------------------------------------------ */

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

/* The bracket before (STEP -1) or behind (1) choice I that is its own, or HK_NO_PIECE. */
static guint
choice_bracket (const GArray *pieces,
                guint         i,
                int           step)
{
  guint        at    = neighbour (pieces, i, step);
  HkPieceClass class = step < 0 ? HK_PIECE_OPEN : HK_PIECE_CLOSE;

  if (at == HK_NO_PIECE || hk_piece (pieces, at)->class != class)
    return HK_NO_PIECE;
  if (step > 0 && at + 1 < pieces->len && hk_piece (pieces, at + 1)->class == HK_PIECE_OPTION)
    return HK_NO_PIECE; /* an option's */
  return at;
}

/* Whether piece I is a choice, or words that stand in brackets as one. */
static gboolean
is_choice (const GArray *pieces,
           guint         i)
{
  if (is_free (pieces, i, HK_PIECE_CHOICE))
    return TRUE;
  return is_free (pieces, i, HK_PIECE_WORDS) && is_free (pieces, neighbour (pieces, i, -1), HK_PIECE_OPEN) &&
         choice_bracket (pieces, i, 1) != HK_NO_PIECE && !hk_piece (pieces, choice_bracket (pieces, i, 1))->taken;
}

void
hk_deal_brackets (GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++) {
    if (!is_choice (pieces, i))
      continue;
    hk_piece (pieces, i)->class = HK_PIECE_CHOICE;
    for (int step = -1; step <= 1; step += 2) {
      guint bracket = choice_bracket (pieces, i, step);
      if (bracket != HK_NO_PIECE)
        hk_piece (pieces, bracket)->taken = TRUE;
    }
  }
  take_blank_brackets (pieces);
}

static gboolean
is_dealt (const HkField *field)
{
  return field->kind == HK_KIND_CHOICE || field->kind == HK_KIND_TEXT || field->kind == HK_KIND_LIST || field->kind == HK_KIND_DATE;
}

/* The first slot whose label is behind unit U. */
static guint
slot_behind (const HkDealer *dealer,
             guint           u)
{
  guint low = 0, high = dealer->slots->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (slot (dealer, middle)->label < unit (dealer, u))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The slots that unit U may belong to: [*from, *to). */
static void
slots_near (const HkDealer *dealer,
            guint           u,
            guint          *from,
            guint          *to)
{
  guint behind = dealer->known[u].near;

  *from = behind > FIELDS_NEAR ? behind - FIELDS_NEAR : 0;
  *to   = MIN (behind + FIELDS_NEAR, dealer->slots->len);
}

/* Where slot S stands among those that unit U may belong to. */
static guint
band_place (const HkDealer *dealer,
            guint           u,
            guint           s)
{
  guint behind = dealer->known[u].near;

  return s - (behind > FIELDS_NEAR ? behind - FIELDS_NEAR : 0);
}

/* The cheapest way to have dealt out FROM units to slots before S. */
static double
cost_before (const HkDealer       *dealer,
             const Best           *best,
             const double         *blank,
             /* summed up */ guint from,
             guint                 s,
             int                  *which)
{
  double least = INFINITY;
  guint  low, high;

  if (from == 0) {
    *which = -1;
    return blank[s];
  }
  slots_near (dealer, from - 1, &low, &high);
  for (guint b = low; b < MIN (high, s + 1); b++) {
    const Best *last = &BEST (from - 1, b);
    if (b == s && !last->aside)
      continue;
    double cost = last->cost + (b < s ? blank[s] - blank[b + 1] : 0);
    if (cost < least) {
      least  = cost;
      *which = (int) b;
    }
  }
  return least + hk_deal_part_cost (dealer, from - 1);
}

/* Likewise, from TOLD if it was asked before. */
static double
told_before (const HkDealer *dealer,
             const Best     *best,
             const double   *blank,
             Told           *told,
             guint           from,
             guint           s,
             int            *which)
{
  Told *entry = &told[from % TOLD_UNITS * TOLD_SLOTS + s % TOLD_SLOTS];

  if (entry->from != from || entry->s != s) {
    entry->which = -1;
    entry->cost  = cost_before (dealer, best, blank, from, s, &entry->which);
    entry->from  = from;
    entry->s     = s;
  }
  *which = entry->which;
  return entry->cost;
}

/* Unit U is nobody's, and all before belong to slots up to S. */
static Best
set_aside (const HkDealer *dealer,
           const Best     *best,
           const double   *blank,
           guint           u,
           guint           s)
{
  gboolean choice = hk_piece (dealer->pieces, unit (dealer, u))->class == HK_PIECE_CHOICE;
  guint    low = 0, high = 0;
  int      before = -1;
  double   cost   = cost_before (dealer, best, blank, u, s, &before);

  if (u > 0)
    slots_near (dealer, u - 1, &low, &high);
  if (s >= low && s < high && BEST (u - 1, s).cost < cost) {
    cost   = BEST (u - 1, s).cost;
    before = (int) s;
  }
  return (Best){ cost + (choice ? COST_ASIDE : COST_UNPLACED), u, before, TRUE };
}

static void
deal_to (const HkDealer *dealer,
         Best           *best,
         const double   *blank,
         Told           *told,
         guint           u,
         guint           s)
{
  double keep = 0;

  BEST (u, s) = set_aside (dealer, best, blank, u, s);
  for (guint from = u + 1; from-- > 0 && u - from < RUN_MAX;) {
    int    before = -1;
    double run    = hk_deal_run_cost (dealer, s, from, u + 1);
    double cost   = told_before (dealer, best, blank, told, from, s, &before) + keep + run;

    if (cost < BEST (u, s).cost)
      BEST (u, s) = (Best){ cost, from, before, FALSE };
    if (from > 0)
      keep += hk_deal_keep_cost (dealer, from - 1);
    if (row_of (dealer, slot (dealer, s))->kind == HK_KIND_CHOICE || keep + run > 60)
      break;
  }
}

static GArray *
deal_runs (const HkDealer *dealer)
{
  guint n = dealer->units->len, m = dealer->slots->len, low, high;
  g_autofree Best   *best  = g_new (Best, (gsize) n * BAND);
  g_autofree double *blank = g_new0 (double, m + 1);
  g_autofree Told   *told  = g_new (Told, TOLD_UNITS * TOLD_SLOTS);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  double  least = INFINITY;
  int     s = -1;

  for (guint i = 0; i < TOLD_UNITS * TOLD_SLOTS; i++)
    told[i].from = G_MAXUINT;
  for (guint i = 0; i < m; i++)
    blank[i + 1] = blank[i] + hk_deal_blank_cost (dealer, i);
  for (guint u = 0; u < n; u++) {
    slots_near (dealer, u, &low, &high);
    for (guint i = low; i < high; i++)
      deal_to (dealer, best, blank, told, u, i);
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
    if (!step->aside)
      g_array_append_val (runs, run);
    u = step->from;
    s = step->before;
  }
  for (guint r = 0; r < runs->len / 2; r++) { /* they came last first */
    Run swapped = g_array_index (runs, Run, r);
    g_array_index (runs, Run, r) = g_array_index (runs, Run, runs->len - 1 - r);
    g_array_index (runs, Run, runs->len - 1 - r) = swapped;
  }
  return runs;
}

/* What runs A and B, neighbours, cost if the units parted at AT. */
static double
parted_cost (const HkDealer *dealer,
             const Run      *a,
             const Run      *b,
             guint           at)
{
  double cost = 0;

  cost += at > a->from ? hk_deal_run_cost (dealer, a->slot, a->from, at) : hk_deal_blank_cost (dealer, a->slot);
  cost += at < b->to ? hk_deal_run_cost (dealer, b->slot, at, b->to) : hk_deal_blank_cost (dealer, b->slot);
  if (at > a->from && at < b->to)
    cost += hk_deal_part_cost (dealer, at - 1);
  for (guint u = a->from; u + 1 < b->to; u++)
    if (u + 1 != at)
      cost += hk_deal_keep_cost (dealer, u);
  return cost;
}

/* Whether the run could nearly as well end elsewhere. */
static gboolean
is_close_call (const HkDealer *dealer,
               const Run      *a,
               const Run      *b)
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
has_rival (const HkDealer *dealer,
           const GArray   *runs,
           guint           r)
{
  const Run *run  = &g_array_index (runs, Run, r);
  double     best = hk_deal_run_cost (dealer, run->slot, run->from, run->to) - hk_deal_blank_cost (dealer, run->slot);
  guint      from = r > 0 ? g_array_index (runs, Run, r - 1).slot + 1 : 0;
  guint      to   = r + 1 < runs->len ? g_array_index (runs, Run, r + 1).slot : dealer->slots->len;

  from = MAX (from, run->slot > 4 ? run->slot - 4 : 0);
  to   = MIN (to, run->slot + 5);
  for (guint s = from; s < to; s++)
    if (s != run->slot && hk_deal_run_cost (dealer, s, run->from, run->to) - hk_deal_blank_cost (dealer, s) < best + MARGIN)
      return TRUE;
  return FALSE;
}

static void
give (HkDealer *dealer,
      HkField  *field,
      guint     i)
{
  g_array_append_val (field->pieces, i);
  hk_piece (dealer->pieces, i)->taken = TRUE;
  if (field->kind == HK_KIND_CHOICE) {
    field->open  = choice_bracket (dealer->pieces, i, -1);
    field->close = choice_bracket (dealer->pieces, i, 1);
  }
}

/* The first slot whose label is piece I; the number of slots: none. */
static guint
first_slot_of (const HkDealer *dealer,
               guint           i)
{
  int s = g_array_index (dealer->slot_at, int, i);

  return s >= 0 ? (guint) s : dealer->slots->len;
}

/* Choices that were set aside go to the blank field near them that has them; if
   there are more of these, nobody can tell. */
static void
deal_aside (HkDealer *dealer)
{
  for (guint u = 0; u < dealer->units->len; u++) {
    guint    i = unit (dealer, u), n = 0, last = 0, end = MIN (i + ASIDE_REACH + 1, dealer->pieces->len);
    HkField *only = NULL;

    if (!is_free (dealer->pieces, i, HK_PIECE_CHOICE))
      continue;
    for (guint label = i > ASIDE_REACH ? i - ASIDE_REACH : 0; label < end; label++)
      for (guint s = first_slot_of (dealer, label); s < dealer->slots->len && slot (dealer, s)->label == label; s++) {
        HkField *field = slot (dealer, s);
        if (field->kind != HK_KIND_CHOICE || field->pieces->len > 0 || hk_field_option_meant (field, hk_piece (dealer->pieces, i)->meanings) == 0)
          continue;
        n++;
        if (only == NULL || s > last) {
          only = field;
          last = s;
        }
      }
    if (only == NULL)
      continue;
    give (dealer, only, i);
    only->inferred = TRUE;
    if (n > 1)
      only->doubt = "it may be the choice of another row";
  }
}

/* Whether RUN is a name in several islands, or has words with what is a value by
   itself: a part of a name nearby, which a wide space has parted, may have got
   there. */
static gboolean
is_torn (const HkDealer *dealer,
         const Run      *run)
{
  if (dealer->kind == HK_DEAL_GRID || run->to - run->from < 2)
    return FALSE;
  for (guint u = run->from; u < run->to; u++)
    if (hk_deal_is_whole_value (hk_piece (dealer->pieces, unit (dealer, u))))
      return TRUE;
  return hk_deal_is_short (dealer->form, row_of (dealer, slot (dealer, run->slot))) &&
         (dealer->kind == HK_DEAL_TOGETHER || hk_piece (dealer->pieces, unit (dealer, run->from))->island != hk_piece (dealer->pieces, unit (dealer, run->to - 1))->island);
}

/* The names before slot S and behind it are doubtful, too. */
static void
doubt_torn (HkDealer *dealer,
            guint     s)
{
  for (guint i = s > TORN_REACH ? s - TORN_REACH : 0; i < MIN (s + 2, dealer->slots->len); i++)
    if (slot (dealer, i)->doubt == NULL && (i == s || hk_deal_is_short (dealer->form, row_of (dealer, slot (dealer, i)))))
      slot (dealer, i)->doubt = "a part of it may stand apart";
}

static void
deal_words (HkDealer *dealer)
{
  g_autoptr (GArray) runs = deal_runs (dealer);

  for (guint r = 0; r < runs->len; r++) {
    const Run *run   = &g_array_index (runs, Run, r);
    HkField   *field = slot (dealer, run->slot);

    for (guint u = run->from; u < run->to; u++)
      give (dealer, field, unit (dealer, u));
    field->inferred = hk_piece (dealer->pieces, unit (dealer, run->from))->line != hk_piece (dealer->pieces, field->label)->line;
    if (r + 1 < runs->len && is_close_call (dealer, run, run + 1)) {
      field->doubt = HK_DOUBT_NEIGHBOUR;
      slot (dealer, run[1].slot)->doubt = HK_DOUBT_NEIGHBOUR;
    }
    if (has_rival (dealer, runs, r))
      field->doubt = "it may be the value of a neighbour";
  }
  for (guint r = 0; r < runs->len; r++)
    if (is_torn (dealer, &g_array_index (runs, Run, r)))
      doubt_torn (dealer, g_array_index (runs, Run, r).slot);
}

/* For each piece the first slot whose label it is. */
static void
find_slots (HkDealer *dealer)
{
  int none = -1;

  for (guint i = 0; i < dealer->pieces->len; i++)
    g_array_append_val (dealer->slot_at, none);
  for (guint s = dealer->slots->len; s-- > 0;)
    g_array_index (dealer->slot_at, int, slot (dealer, s)->label) = (int) s;
}

/* The slot whose label is piece I, if its value may stand beside it; -1: none. */
static int
slot_beside (const HkDealer *dealer,
             guint           i)
{
  int found = -1;

  for (guint s = first_slot_of (dealer, i); s < dealer->slots->len && slot (dealer, s)->label == i; s++)
    if (row_of (dealer, slot (dealer, s))->placement != HK_PLACE_BELOW)
      found = (int) s;
  return found;
}

/* The slot whose label is piece I, if its value stands below it; -1: none. */
static int
slot_below (const HkDealer *dealer,
            guint           i)
{
  guint s = first_slot_of (dealer, i);

  return s < dealer->slots->len && row_of (dealer, slot (dealer, s))->placement == HK_PLACE_BELOW ? (int) s : -1;
}

/* Whether piece I is the first of the line below the label before it, in its island. */
static gboolean
is_below_label (const HkDealer *dealer,
                guint           i)
{
  const HkPiece *piece = hk_piece (dealer->pieces, i), *label = i > 0 ? hk_piece (dealer->pieces, i - 1) : NULL;

  return label != NULL && label->class == HK_PIECE_LABEL && label->begins && label->island == piece->island && label->line + 1 == piece->line;
}

/* For each unit the slot whose label it stands behind on one line, or right below. */
static void
find_owners (HkDealer *dealer)
{
  int   owner = -1;
  guint line  = G_MAXUINT;

  for (guint i = 0, u = 0; u < dealer->units->len; i++) {
    const HkPiece *piece = hk_piece (dealer->pieces, i);

    if (piece->line != line || piece->class == HK_PIECE_REST)
      owner = -1;
    line = piece->line;
    if (i == unit (dealer, u)) {
      if (owner < 0 && dealer->kind == HK_DEAL_LINES && is_below_label (dealer, i))
        owner = slot_below (dealer, i - 1);
      g_array_append_val (dealer->owners, owner);
      u++;
    }
    if (piece->class == HK_PIECE_LABEL && dealer->kind != HK_DEAL_TOGETHER)
      owner = slot_beside (dealer, i);
  }
}

/* What is asked of units and slots again and again. */
static void
find_known (HkDealer *dealer)
{
  guint n = dealer->units->len, m = dealer->slots->len, style;

  dealer->known       = g_new0 (HkKnownUnit, n + 1);
  dealer->known_slots = g_new0 (HkKnownSlot, m + 1);
  for (guint s = 0; s < m; s++) {
    const HkFormRow *row = row_of (dealer, slot (dealer, s));
    guint low = 0, high = n;

    dealer->known_slots[s].brief = hk_deal_is_short (dealer->form, row);
    dealer->known_slots[s].blank = hk_deal_blank_cost_of (row, hk_form_parent (dealer->form, row));
    while (low < high) {
      guint middle = (low + high) / 2;
      if (unit (dealer, middle) < slot (dealer, s)->label)
        low = middle + 1;
      else
        high = middle;
    }
    dealer->known_slots[s].behind = low;
  }
  for (guint u = 0; u < n; u++) {
    const HkPiece *piece = hk_piece (dealer->pieces, unit (dealer, u));
    HkKnownUnit         *known = &dealer->known[u];
    int            owner = g_array_index (dealer->owners, int, u);

    known->begins_late = hk_deal_item_number (piece, &style) > 1;
    known->heads       = hk_deal_is_heading_line (piece);
    known->near        = slot_behind (dealer, u);
    known[1].wholes    = known->wholes + hk_deal_is_whole_value (piece);
    known[1].choices   = known->choices + (piece->class == HK_PIECE_CHOICE);
    known[1].owned     = known->owned + (owner >= 0);
    if (owner >= 0) {
      HkKnownSlot *mine = &dealer->known_slots[owner];
      if (mine->own_to == 0)
        mine->own_from = u;
      mine->own_to = u + 1;
    }
  }
}

/* For each piece that is a label, where its rest ends. */
static void
find_label_ends (HkDealer *dealer)
{
  for (guint i = 0; i < dealer->pieces->len; i++)
    g_array_append_val (dealer->label_ends, i);
  for (guint i = 0; i < dealer->pieces->len; i++)
    if (hk_piece (dealer->pieces, i)->class == HK_PIECE_REST)
      g_array_index (dealer->label_ends, guint, hk_piece (dealer->pieces, i)->number) = i;
}

void
hk_deal (const HkForm *form,
         HkDealLines   kind,
         const GArray *lines,
         GArray       *pieces,
         const GArray *outline,
         GArray       *fields)
{
  HkDealer dealer = { .form = form, .kind = kind, .lines = lines, .pieces = pieces, .fields = fields };
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (int)), ends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint)), slots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) slot_at = g_array_new (FALSE, FALSE, sizeof (int));

  dealer.units      = units;
  dealer.slots      = slots;
  dealer.owners     = owners;
  dealer.label_ends = ends;
  dealer.slot_at    = slot_at;
  for (guint i = 0; i < pieces->len; i++)
    if (is_free (pieces, i, HK_PIECE_WORDS) || is_free (pieces, i, HK_PIECE_CHOICE)) {
      g_array_append_val (units, i);
      dealer.widest = MAX (dealer.widest, hk_deal_piece_width (hk_piece (pieces, i)));
    }
  for (guint f = 0; f < fields->len; f++)
    if (is_dealt (hk_field (fields, f)))
      g_array_append_val (slots, f);
  if (units->len == 0 || units->len > UNITS_MAX || slots->len == 0)
    return;
  find_slots (&dealer);
  find_owners (&dealer);
  find_known (&dealer);
  find_label_ends (&dealer);
  hk_deal_weigh_labels (&dealer, outline);
  deal_words (&dealer);
  deal_aside (&dealer);
  g_free (dealer.passed);
  g_free (dealer.known);
  g_free (dealer.known_slots);
}
