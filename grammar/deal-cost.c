/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What speaks for a line being one field's value, and what against it. */
#include "deal-cost.h"

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
#define COST_OFF_LINES 0.8     /* each line of the text, where it stands among them */
#define COST_OFF_LINES_MAX 4.0
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
#define COST_TYPE 4.0        /* no date where there is always one */

/* A line this wide, as a part of the widest, is as full as one in the column of
   values. */
#define FULL 0.7
#define HALF_FULL 0.6

/* Whether the piece before label I, other words of the form aside, is a label, too. */
static gboolean
follows_label (const HkDealer *dealer,
               guint           i)
{
  while (i-- > 0) {
    HkPieceClass class = hk_piece (dealer->pieces, i)->class;
    if (class != HK_PIECE_REST && class != HK_PIECE_FORM && class != HK_PIECE_LIST)
      return class == HK_PIECE_LABEL;
  }
  return FALSE;
}

void
hk_deal_weigh_labels (HkDealer     *dealer,
                      const GArray *outline)
{
  dealer->passed = g_new0 (double, dealer->pieces->len + 2);
  for (guint i = 0; i < outline->len; i++) {
    const HkOutlined *outlined = &g_array_index (outline, HkOutlined, i);
    const HkFormRow  *row      = &dealer->form->rows[outlined->row];
    double            weight   = COST_PASS_HEADING;

    if (outlined->piece >= dealer->pieces->len) /* behind the heading of the changes, on a page out of order */
      continue;
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
cost_between (const HkDealer *dealer,
              guint           a,
              guint           b)
{
  return a < b ? dealer->passed[b] - dealer->passed[a + 1] : b < a ? dealer->passed[a] - dealer->passed[b + 1] : 0;
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

double
hk_deal_piece_width (const HkPiece *piece)
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

guint
hk_deal_item_number (const HkPiece *piece,
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

gboolean
hk_deal_is_heading_line (const HkPiece *piece)
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
is_next_line (const HkDealer *dealer,
              guint           u)
{
  const HkPiece *lower = hk_piece (dealer->pieces, unit (dealer, u + 1));

  for (guint i = unit (dealer, u) + 1; i < unit (dealer, u + 1); i++)
    if (hk_piece (dealer->pieces, i)->line != lower->line && dealer->kind != HK_DEAL_GRID)
      return FALSE;
  return TRUE;
}

/* How full the line of PIECE is, from 0 to 1: a little room says little. */
static double
fullness (const HkDealer *dealer,
          const HkPiece  *piece)
{
  double part = hk_deal_piece_width (piece) / (FULL * dealer->widest);

  if (dealer->kind == HK_DEAL_GRID)
    return MIN (part, 1); /* lines end where the next column begins */
  return CLAMP ((part - HALF_FULL) / (1 - HALF_FULL), 0, 1);
}

double
hk_deal_part_cost (const HkDealer *dealer,
                   guint           u)
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

double
hk_deal_keep_cost (const HkDealer *dealer,
                   guint           u)
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

gboolean
hk_deal_is_short (const HkForm    *form,
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
type_cost (const HkDealer  *dealer,
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

gboolean
hk_deal_is_whole_value (const HkPiece *piece)
{
  return (piece->run.n == 1 && hk_is_dash (hk_page_glyph (piece->run.page, piece->run.first)->ch)) || (piece->run.n > 4 && is_date_like (piece));
}

/* What speaks against units [FROM, TO) as a value, by how they begin and end. */
static double
edges_cost (const HkDealer *dealer,
            guint           from,
            guint           to)
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
choice_cost (const HkDealer *dealer,
             guint           s,
             guint           from,
             guint           to)
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
line_cost (const HkDealer *dealer,
           guint           s,
           guint           from,
           guint           to)
{
  const HkKnownSlot *mine = &dealer->known_slots[s];
  guint n = dealer->known[to].owned - dealer->known[from].owned, first = MAX (from, mine->own_from), end = MIN (to, mine->own_to);

  return (n - (first < end ? end - first : 0)) * COST_OWN_LINE;
}

/* How far the middle of label I is off the middle of units [FROM, TO), in lines
   of the page; 0 where that says nothing. */
static double
off_middle (const HkDealer *dealer,
            guint           label,
            guint           from,
            guint           to)
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

/* Whether label I stands among the lines of units [FROM, TO), in one island: then these
   are lines of the page, one below the other. */
static gboolean
is_among (const HkDealer *dealer,
          guint           label,
          guint           from,
          guint           to)
{
  guint island = hk_piece (dealer->pieces, label)->island;

  return hk_piece (dealer->pieces, unit (dealer, from))->island == island && hk_piece (dealer->pieces, unit (dealer, to - 1))->island == island;
}

/* How far the middle of label I is off the middle of units [FROM, TO), in lines of the text. */
static double
off_lines (const HkDealer *dealer,
           guint           label,
           guint           from,
           guint           to)
{
  guint end = g_array_index (dealer->label_ends, guint, label);

  return fabs ((hk_piece (dealer->pieces, label)->line + hk_piece (dealer->pieces, end)->line) / 2.0 -
               (hk_piece (dealer->pieces, unit (dealer, from))->line + hk_piece (dealer->pieces, unit (dealer, to - 1))->line) / 2.0);
}

double
hk_deal_run_cost (const HkDealer *dealer,
                  guint           s,
                  guint           from,
                  guint           to)
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
  gboolean among = dealer->kind == HK_DEAL_LINES && row->placement != HK_PLACE_BELOW && is_among (dealer, field->label, from, to);
  if (among)
    cost += MIN (MAX (off_lines (dealer, field->label, from, to) - 1, 0) * COST_OFF_LINES, COST_OFF_LINES_MAX);
  if (first > field->label)
    return cost + cost_between (dealer, field->label, first) + cost_between (dealer, first, last);

  guint  before = MIN (dealer->known_slots[s].behind, to) - from;
  guint  behind = to - from - before;
  double uneven = fabs ((double) before - behind) - 1;

  cost += cost_between (dealer, first, field->label) + (behind > 0 ? cost_between (dealer, field->label, last) : 0) + COST_BEFORE;
  if (dealer->kind != HK_DEAL_GRID && !among)
    cost += MIN (MAX (uneven, 0) * COST_UNEVEN, COST_UNEVEN_MAX);
  if (behind == 0)
    cost += COST_ONLY_BEFORE;
  if (row->placement == HK_PLACE_BELOW)
    cost += COST_BEFORE_BELOW;
  return cost;
}

double
hk_deal_blank_cost_of (const HkFormRow *row,
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

double
hk_deal_blank_cost (const HkDealer *dealer,
                    guint           s)
{
  return dealer->known_slots[s].blank;
}
