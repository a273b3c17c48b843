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
#define COST_PASS_RUN 0.2    /* a label of several in a row: their values follow in a row, too */
#define COST_PASS_HEADING_RUN 2.5
#define COST_BLANK 4.0
#define COST_BLANK_TITLE 3.0
#define COST_BLANK_REMARKS 2.0
#define COST_BLANK_IF_NONE 0.5 /* about what may not have been */
#define COST_BEFORE 1.0      /* a value begins before its label, … */
#define COST_ONLY_BEFORE 1.0 /* … and ends there */
#define COST_BEFORE_BELOW 10.0
#define COST_UNEVEN 0.4      /* each line that a label is off its value's middle */
#define COST_UNEVEN_MAX 3.0
#define COST_OFF_MIDDLE 0.8  /* the same, where rows are those of the page */
#define COST_OFF_MIDDLE_MAX 6.0
#define COST_PART_FULL 5.0   /* a full line whose sentence goes on is parted from the next */
#define COST_PART_NEAR 0.6   /* lines of one island are parted */
#define COST_KEEP_FAR 0.5    /* islands are kept together, … */
#define COST_KEEP_BESIDE 3.0 /* … or words that a wide space parts */
#define COST_CHOICE 12.0     /* a choice is taken for words */
#define COST_LONG 1.0        /* each line of a name behind the second */
#define COST_LONG_MAX 6.0
#define COST_WITH_WHOLE 4.0  /* what is a value by itself is a part of one */
#define COST_BEGINS_LATE 6.0 /* a value begins with an item that is not the first, … */
#define COST_ENDS_HEADING 2.5 /* … or ends with a heading, … */
#define COST_ONLY_HEADING 5.0 /* … or is nothing but one */
#define COST_OWN_LINE 12.0   /* words on a label's line are another's */
#define COST_UNPLACED 14.0  /* words are left without a place */
#define COST_ASIDE 5.0       /* a choice is set aside, for whatever field of its kind stays blank */
#define COST_TYPE 4.0        /* no date where there is always one */

/* A line this wide, as a part of the widest, is as full as one in the column of
   values. */
#define FULL 0.7
#define HALF_FULL 0.6

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

/* What is asked of a unit, or of all before it, again and again. */
typedef struct {
  guint8 begins_late, heads; /* it begins with an item that is not the first; it is a heading */
  guint  wholes, choices, owned; /* units before it that are whole values; choices; on the line of a label */
  guint  near; /* the first slot whose label is behind it */
} Known;

/* Likewise of a slot. */
typedef struct {
  gboolean brief; /* its value is a short thing */
  double   blank; /* what it costs to leave it blank */
  guint    behind;       /* the first unit behind its label */
  guint    own_from, own_to; /* the units that stand on its label's line */
} KnownSlot;

typedef struct {
  const HkForm *form;
  HkDealLines   kind;
  const GArray *lines;  /* HkTextLine */
  GArray       *pieces;
  GArray       *fields;
  double       *passed; /* cost of all labels before each piece; one more at the end */
  GArray       *units;  /* guint: pieces to be dealt out */
  GArray       *owners; /* int, for each unit: the slot whose label stands before it on its line; -1: none */
  GArray       *label_ends; /* guint, for each piece: the last piece of the label that begins with it */
  GArray       *slots;  /* guint: fields that may take them */
  GArray       *slot_at; /* int, for each piece: the first slot whose label it is; -1: none */
  Known        *known;  /* for each unit, and one more */
  KnownSlot    *known_slots;
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

/* Whether the piece before label I, other words of the form aside, is a label, too. */
static gboolean
follows_label (const Dealer *dealer,
               guint         i)
{
  while (i-- > 0) {
    HkPieceClass class = hk_piece (dealer->pieces, i)->class;
    if (class != HK_PIECE_REST && class != HK_PIECE_FORM && class != HK_PIECE_LIST)
      return class == HK_PIECE_LABEL;
  }
  return FALSE;
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
    else if (row->shape == HK_ROW_BLOCK)
      weight = COST_PASS_TEXT;
    else if (row->shape == HK_ROW_GROUP || row->shape == HK_ROW_WORDS)
      weight = 0;
    if (weight >= COST_PASS_TEXT && i > 0 && follows_label (dealer, outlined->piece))
      weight = weight == COST_PASS_TEXT ? COST_PASS_RUN : COST_PASS_HEADING_RUN;
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

/* --- Words ----------------------------------------------------------------------------- */

static gboolean
is_dealt (const HkField *field)
{
  return field->kind == HK_KIND_CHOICE || field->kind == HK_KIND_TEXT || field->kind == HK_KIND_LIST || field->kind == HK_KIND_DATE;
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

/* Whether PIECE is a date, or says that there is none. */
static gboolean
is_date_like (const HkPiece *piece)
{
  gboolean digit = FALSE, year = FALSE;

  if (piece->run.n > 16)
    return FALSE;
  for (guint i = 0; i < piece->run.n; i++) {
    gunichar ch = hk_page_glyph (piece->run.page, piece->run.first + i)->ch;
    digit |= hk_digit (ch) >= 0 || ch == 0x5143; /* 元 */
    year  |= ch == 0x5E74 || ch == '.' || ch == '/'; /* 年 */
  }
  return (digit && year) || piece->run.n <= 3;
}

/* The number of the item that begins with PIECE, as 1, (2), ③, Ⅳ. or エ, and in
   *STYLE what kind of number it is; 0: it begins none. */
static guint
item_number (const HkPiece *piece,
             guint         *style)
{
  static const char *const kana = "アイウエオカキクケコ";
  gunichar ch[4] = { 0 };
  guint    i     = 0, number = 0;

  for (guint k = 0; k < MIN (piece->run.n, G_N_ELEMENTS (ch)); k++)
    ch[k] = hk_page_glyph (piece->run.page, piece->run.first + k)->ch;
  *style = 1;
  if (hk_circled_number (ch[0]) != 0)
    return hk_circled_number (ch[0]);
  *style = 2;
  if (hk_parenthesised_number (ch[0]) != 0)
    return hk_parenthesised_number (ch[0]);
  *style = 3;
  if (hk_roman_number (ch[0]) != 0 && (ch[1] == '.' || ch[1] == 0xFF0E || hk_is_space (ch[1])))
    return hk_roman_number (ch[0]);
  const char *letter = ch[0] != 0 ? g_utf8_strchr (kana, -1, ch[0]) : NULL;
  *style = 4;
  if (letter != NULL && (hk_is_space (ch[1]) || ch[1] == 0xFF0E || ch[1] == '.'))
    return (guint) g_utf8_pointer_to_offset (kana, letter) + 1;
  *style = 5;
  if (hk_is_open_paren (ch[0])) {
    *style = 6;
    i      = 1;
  }
  for (; i < 3 && hk_digit (ch[i]) >= 0; i++)
    number = 10 * number + (guint) hk_digit (ch[i]);
  if (number == 0 || (*style == 6 && !hk_is_close_paren (ch[i])) || number > 50)
    return 0;
  if (*style == 5 && ch[i] != '.' && ch[i] != 0xFF0E && !hk_is_close_paren (ch[i]) && !(hk_is_space (ch[i]) && number < 20))
    return 0;
  return number;
}

/* Whether PIECE heads what follows it: ＜…における措置＞, 〇運用上の措置, (内容). */
static gboolean
is_heading_line (const HkPiece *piece)
{
  gunichar first = hk_page_glyph (piece->run.page, piece->run.first)->ch, last = last_char (piece);

  if (piece->run.n < 3 || piece->run.n > 40)
    return FALSE;
  if ((first == '<' || first == 0xFF1C || first == 0x3010 || first == 0x300A) && (last == '>' || last == 0xFF1E || last == 0x3011 || last == 0x300B))
    return TRUE;
  if (hk_is_open_paren (first) && hk_is_close_paren (last) && piece->run.n < 20)
    return TRUE;
  return (first == 0x25CB || first == 0x3007 || first == 0x25C6 || first == 0x25A0 || first == 0x25CF || first == 0x25C7) && !ends_sentence (last); /* ○ 〇 ◆ ■ ● ◇ */
}

/* Whether nothing stands between units U and U + 1 but what is on the lower one's
   line: there labels are level with one line of their value. */
static gboolean
is_next_line (const Dealer *dealer,
              guint         u)
{
  const HkPiece *lower = hk_piece (dealer->pieces, unit (dealer, u + 1));

  for (guint i = unit (dealer, u) + 1; i < unit (dealer, u + 1); i++)
    if (hk_piece (dealer->pieces, i)->line != lower->line && dealer->kind != HK_DEAL_GRID)
      return FALSE;
  return TRUE;
}

/* How full the line of PIECE is, from 0 to 1: a little room says little. */
static double
fullness (const Dealer  *dealer,
          const HkPiece *piece)
{
  double part = piece_width (piece) / (FULL * dealer->widest);

  if (dealer->kind == HK_DEAL_GRID)
    return MIN (part, 1); /* lines end where the next column begins */
  return CLAMP ((part - HALF_FULL) / (1 - HALF_FULL), 0, 1);
}

/* What it costs to part units U and U + 1. */
static double
part_cost (const Dealer *dealer,
           guint         u)
{
  const HkPiece *upper = hk_piece (dealer->pieces, unit (dealer, u)), *lower = hk_piece (dealer->pieces, unit (dealer, u + 1));
  gboolean       touch = unit (dealer, u + 1) == unit (dealer, u) + 1; /* no label stands between them, nor a bracket */
  double         cost  = touch ? COST_PART_NEAR : 0;

  if (upper->island != lower->island || (upper->line == lower->line && dealer->kind != HK_DEAL_TOGETHER) || !is_next_line (dealer, u) ||
      upper->class == HK_PIECE_CHOICE || lower->class == HK_PIECE_CHOICE)
    return 0;
  if (!ends_sentence (last_char (upper)))
    cost += COST_PART_FULL * fullness (dealer, upper);
  return cost;
}

/* What it costs to keep them together. */
static double
keep_cost (const Dealer *dealer,
           guint         u)
{
  const HkPiece *upper = hk_piece (dealer->pieces, unit (dealer, u)), *lower = hk_piece (dealer->pieces, unit (dealer, u + 1));

  if (dealer->kind != HK_DEAL_TOGETHER && upper->line == lower->line && unit (dealer, u + 1) == unit (dealer, u) + 1)
    return COST_KEEP_BESIDE;
  if (upper->island != lower->island)
    return COST_KEEP_FAR;
  return 0;
}

static gboolean
is_number (const HkPiece *piece)
{
  for (guint i = 0; i < piece->run.n; i++)
    if (hk_digit (hk_page_glyph (piece->run.page, piece->run.first + i)->ch) < 0)
      return FALSE;
  return TRUE;
}

/* Whether the value of ROW is a name, or another short thing, by what its label
   ends with. */
static gboolean
is_short (const HkForm    *form,
          const HkFormRow *row)
{
  static const char *const ends[] = { "名", "名称", "役職名", "所属長", "部署", "番号", "日" };
  const HkFormRow *parent = hk_form_parent (form, row);

  if (parent != NULL && parent->shape == HK_ROW_BLOCK && strcmp (parent->label, row->label) == 0)
    return TRUE; /* the title of a block */
  if (row->kind == HK_KIND_LIST)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (row->label, ends[i]))
      return TRUE;
  return FALSE;
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

/* Whether PIECE, as a line, is a value by itself: a dash or a date. */
static gboolean
is_whole_value (const HkPiece *piece)
{
  return (piece->run.n == 1 && hk_is_dash (hk_page_glyph (piece->run.page, piece->run.first)->ch)) || (piece->run.n > 4 && is_date_like (piece));
}

/* What speaks against units [FROM, TO) as a value, by how they begin and end. */
static double
edges_cost (const Dealer *dealer,
            guint         from,
            guint         to)
{
  double cost = dealer->known[from].begins_late ? COST_BEGINS_LATE : 0;

  if (dealer->known[to - 1].heads)
    cost += to - from > 1 ? COST_ENDS_HEADING : COST_ONLY_HEADING;
  if (to - from > 1)
    cost += (dealer->known[to].wholes - dealer->known[from].wholes) * COST_WITH_WHOLE;
  return cost;
}

/* What it costs that units [FROM, TO) are the choice of slot S; infinite: they cannot be. */
static double
choice_cost (const Dealer *dealer,
             guint         s,
             guint         from,
             guint         to)
{
  const HkField *field = slot (dealer, s);
  const HkPiece *piece = hk_piece (dealer->pieces, unit (dealer, from));

  if (to - from != 1 || piece->class != HK_PIECE_CHOICE || (piece->meanings != NULL && hk_field_option_meant (field, piece->meanings) == 0))
    return INFINITY;
  return cost_between (dealer, unit (dealer, from), field->label) + (unit (dealer, from) < field->label ? 0.5 : 0) +
         (piece->meanings != NULL ? 0 : COST_TYPE / 2);
}

/* What it costs that units [FROM, TO) stand on the lines of other slots' labels. */
static double
line_cost (const Dealer *dealer,
           guint         s,
           guint         from,
           guint         to)
{
  const KnownSlot *mine = &dealer->known_slots[s];
  guint n = dealer->known[to].owned - dealer->known[from].owned, first = MAX (from, mine->own_from), end = MIN (to, mine->own_to);

  return (n - (first < end ? end - first : 0)) * COST_OWN_LINE;
}

/* How far the middle of label I is off the middle of units [FROM, TO), in lines
   of the page; 0 where that says nothing. */
static double
off_middle (const Dealer *dealer,
            guint         label,
            guint         from,
            guint         to)
{
  const HkPiece *first = hk_piece (dealer->pieces, unit (dealer, from)), *last = hk_piece (dealer->pieces, unit (dealer, to - 1));
  const HkPiece *piece = hk_piece (dealer->pieces, label);

  if (first->run.page != piece->run.page || last->run.page != piece->run.page)
    return 0;
  guint  end    = hk_piece (dealer->pieces, g_array_index (dealer->label_ends, guint, label))->line;
  double middle = (g_array_index (dealer->lines, HkTextLine, piece->line).row + g_array_index (dealer->lines, HkTextLine, end).row) / 2.0;
  double ours   = (g_array_index (dealer->lines, HkTextLine, first->line).row + g_array_index (dealer->lines, HkTextLine, last->line).row) / 2.0;
  return fabs (middle - ours);
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

  if (row->kind == HK_KIND_CHOICE)
    return choice_cost (dealer, s, from, to);

  double cost = type_cost (dealer, row, from, to) + edges_cost (dealer, from, to) + line_cost (dealer, s, from, to);
  if (to - from > 2 && dealer->known_slots[s].brief)
    cost += MIN ((to - from - 2) * COST_LONG, COST_LONG_MAX);
  cost += (dealer->known[to].choices - dealer->known[from].choices) * COST_CHOICE;
  if (dealer->kind == HK_DEAL_GRID && row->placement != HK_PLACE_BELOW)
    cost += MIN (MAX (off_middle (dealer, field->label, from, to) - 1, 0) * COST_OFF_MIDDLE, COST_OFF_MIDDLE_MAX);
  if (first > field->label)
    return cost + cost_between (dealer, field->label, first) + cost_between (dealer, first, last);

  guint  before = MIN (dealer->known_slots[s].behind, to) - from;
  guint  behind = to - from - before;
  double uneven = fabs ((double) before - behind) - 1;

  cost += cost_between (dealer, first, field->label) + (behind > 0 ? cost_between (dealer, field->label, last) : 0) + COST_BEFORE;
  if (dealer->kind != HK_DEAL_GRID)
    cost += MIN (MAX (uneven, 0) * COST_UNEVEN, COST_UNEVEN_MAX);
  if (behind == 0)
    cost += COST_ONLY_BEFORE;
  if (row->placement == HK_PLACE_BELOW)
    cost += COST_BEFORE_BELOW;
  return cost;
}

/* What it costs to leave ROW, which belongs to PARENT, blank. */
static double
blank_cost_of (const HkFormRow *row,
               const HkFormRow *parent)
{
  if (parent != NULL && parent->shape == HK_ROW_BLOCK && strcmp (parent->label, row->label) == 0)
    return COST_BLANK_TITLE;
  if (parent != NULL && *row->label == '\0' && strcmp (parent->label, "備考") == 0)
    return COST_BLANK_REMARKS;
  if (parent != NULL && parent->kind == HK_KIND_CHOICE && parent->options != NULL && g_str_has_suffix (parent->options, "なし"))
    return COST_BLANK_IF_NONE;
  return COST_BLANK;
}

static double
blank_cost (const Dealer *dealer,
            guint         s)
{
  return dealer->known_slots[s].blank;
}

/* The first slot whose label is behind unit U. */
static guint
slot_behind (const Dealer *dealer,
             guint         u)
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
slots_near (const Dealer *dealer,
            guint         u,
            guint        *from,
            guint        *to)
{
  guint behind = dealer->known[u].near;

  *from = behind > FIELDS_NEAR ? behind - FIELDS_NEAR : 0;
  *to   = MIN (behind + FIELDS_NEAR, dealer->slots->len);
}

/* The best way to deal the first units out, the last of them to slot S. */
typedef struct {
  double cost;
  guint  from;  /* its run begins with this unit, … */
  int    before; /* … and the one before belongs to this slot; -1: none */
  gboolean aside; /* the last of the units is set aside; SLOT is that of the one before */
} Best;

#define BAND (2 * FIELDS_NEAR)
#define BEST(u, s) best[(gsize) (u) * BAND + band_place (dealer, (u), (s))]

/* Where slot S stands among those that unit U may belong to. */
static guint
band_place (const Dealer *dealer,
            guint         u,
            guint         s)
{
  guint behind = dealer->known[u].near;

  return s - (behind > FIELDS_NEAR ? behind - FIELDS_NEAR : 0);
}

/* What cost_before() said of the last units. */
typedef struct {
  guint  from, s;
  double cost;
  int    which;
} Told;

#define TOLD_UNITS 256 /* RUN_MAX or more */
#define TOLD_SLOTS 32

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
  return least + part_cost (dealer, from - 1);
}

/* Likewise, from TOLD if it was asked before. */
static double
told_before (const Dealer *dealer,
             const Best   *best,
             const double *blank,
             Told         *told,
             guint         from,
             guint         s,
             int          *which)
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
set_aside (const Dealer *dealer,
           const Best   *best,
           const double *blank,
           guint         u,
           guint         s)
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
deal_to (const Dealer *dealer,
         Best         *best,
         const double *blank,
         Told         *told,
         guint         u,
         guint         s)
{
  double keep = 0;

  BEST (u, s) = set_aside (dealer, best, blank, u, s);
  for (guint from = u + 1; from-- > 0 && u - from < RUN_MAX;) {
    int    before = -1;
    double run    = run_cost (dealer, s, from, u + 1);
    double cost   = told_before (dealer, best, blank, told, from, s, &before) + keep + run;

    if (cost < BEST (u, s).cost)
      BEST (u, s) = (Best){ cost, from, before, FALSE };
    if (from > 0)
      keep += keep_cost (dealer, from - 1);
    if (row_of (dealer, slot (dealer, s))->kind == HK_KIND_CHOICE || keep + run > 60)
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
  g_autofree Best   *best  = g_new (Best, (gsize) n * BAND);
  g_autofree double *blank = g_new0 (double, m + 1);
  g_autofree Told   *told  = g_new (Told, TOLD_UNITS * TOLD_SLOTS);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  double  least = INFINITY;
  int     s = -1;

  for (guint i = 0; i < TOLD_UNITS * TOLD_SLOTS; i++)
    told[i].from = G_MAXUINT;
  for (guint i = 0; i < m; i++)
    blank[i + 1] = blank[i] + blank_cost (dealer, i);
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
give (Dealer  *dealer,
      HkField *field,
      guint    i)
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
first_slot_of (const Dealer *dealer,
               guint         i)
{
  int s = g_array_index (dealer->slot_at, int, i);

  return s >= 0 ? (guint) s : dealer->slots->len;
}

/* Choices that were set aside go to the blank field near them that has them; if
   there are more of these, nobody can tell. */
static void
deal_aside (Dealer *dealer)
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
is_torn (const Dealer *dealer,
         const Run    *run)
{
  if (dealer->kind != HK_DEAL_LINES || run->to - run->from < 2)
    return FALSE;
  for (guint u = run->from; u < run->to; u++)
    if (is_whole_value (hk_piece (dealer->pieces, unit (dealer, u))))
      return TRUE;
  return is_short (dealer->form, row_of (dealer, slot (dealer, run->slot))) &&
         hk_piece (dealer->pieces, unit (dealer, run->from))->island != hk_piece (dealer->pieces, unit (dealer, run->to - 1))->island;
}

/* The names before slot S and behind it are doubtful, too. */
static void
doubt_torn (Dealer *dealer,
            guint   s)
{
  for (guint i = s > TORN_REACH ? s - TORN_REACH : 0; i < MIN (s + 2, dealer->slots->len); i++)
    if (slot (dealer, i)->doubt == NULL && (i == s || is_short (dealer->form, row_of (dealer, slot (dealer, i)))))
      slot (dealer, i)->doubt = "a part of it may stand apart";
}

static void
deal_words (Dealer *dealer)
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
find_slots (Dealer *dealer)
{
  int none = -1;

  for (guint i = 0; i < dealer->pieces->len; i++)
    g_array_append_val (dealer->slot_at, none);
  for (guint s = dealer->slots->len; s-- > 0;)
    g_array_index (dealer->slot_at, int, slot (dealer, s)->label) = (int) s;
}

/* The slot whose label is piece I, if its value may stand beside it; -1: none. */
static int
slot_beside (const Dealer *dealer,
             guint         i)
{
  int found = -1;

  for (guint s = first_slot_of (dealer, i); s < dealer->slots->len && slot (dealer, s)->label == i; s++)
    if (row_of (dealer, slot (dealer, s))->placement != HK_PLACE_BELOW)
      found = (int) s;
  return found;
}

/* For each unit the slot whose label it stands behind on one line. */
static void
find_owners (Dealer *dealer)
{
  int   owner = -1;
  guint line  = G_MAXUINT;

  for (guint i = 0, u = 0; u < dealer->units->len; i++) {
    const HkPiece *piece = hk_piece (dealer->pieces, i);

    if (piece->line != line || piece->class == HK_PIECE_REST)
      owner = -1;
    line = piece->line;
    if (i == unit (dealer, u)) {
      g_array_append_val (dealer->owners, owner);
      u++;
    }
    if (piece->class == HK_PIECE_LABEL && dealer->kind != HK_DEAL_TOGETHER)
      owner = slot_beside (dealer, i);
  }
}

/* What is asked of units and slots again and again. */
static void
find_known (Dealer *dealer)
{
  guint n = dealer->units->len, m = dealer->slots->len, style;

  dealer->known       = g_new0 (Known, n + 1);
  dealer->known_slots = g_new0 (KnownSlot, m + 1);
  for (guint s = 0; s < m; s++) {
    const HkFormRow *row = row_of (dealer, slot (dealer, s));
    guint low = 0, high = n;

    dealer->known_slots[s].brief = is_short (dealer->form, row);
    dealer->known_slots[s].blank = blank_cost_of (row, hk_form_parent (dealer->form, row));
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
    Known         *known = &dealer->known[u];
    int            owner = g_array_index (dealer->owners, int, u);

    known->begins_late = item_number (piece, &style) > 1;
    known->heads       = is_heading_line (piece);
    known->near        = slot_behind (dealer, u);
    known[1].wholes    = known->wholes + is_whole_value (piece);
    known[1].choices   = known->choices + (piece->class == HK_PIECE_CHOICE);
    known[1].owned     = known->owned + (owner >= 0);
    if (owner >= 0) {
      KnownSlot *mine = &dealer->known_slots[owner];
      if (mine->own_to == 0)
        mine->own_from = u;
      mine->own_to = u + 1;
    }
  }
}

/* For each piece that is a label, where its rest ends. */
static void
find_label_ends (Dealer *dealer)
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
  Dealer dealer = { .form = form, .kind = kind, .lines = lines, .pieces = pieces, .fields = fields };
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
      dealer.widest = MAX (dealer.widest, piece_width (hk_piece (pieces, i)));
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
  weigh_labels (&dealer, outline);
  deal_words (&dealer);
  deal_aside (&dealer);
  g_free (dealer.passed);
  g_free (dealer.known);
  g_free (dealer.known_slots);
}
