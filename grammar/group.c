/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "group.h"
#include "fold.h"

/* An option's brackets stand within so many pieces of its words, if another
   row's words come between. */
#define REACH 28

/* A count's brackets, number and unit stand so near to each other. */
#define COUNT_REACH 6

/* The words in brackets behind an option are so many pieces at the most. */
#define PAREN_REACH 24

/* Labels stand out of order by fewer groups than this. */
#define GROUPS_NEAR 12

typedef struct {
  const HkForm *form;
  GArray       *pieces;
  GArray       *fields;
  GArray       *groups; /* guint: those of FIELDS that are groups of marks */
  guint        *ahead;  /* for each piece how many labels of groups stand before it; one more at the end */
  guint         passed; /* of GROUPS: those that are too far behind for any option to come */
} Grouper;

static gboolean
is_group (const HkField *field)
{
  return field->options->len > 0;
}

static gboolean
is_class (const Grouper *grouper,
          guint          i,
          HkPieceClass   class)
{
  return i < grouper->pieces->len && hk_piece (grouper->pieces, i)->class == class && !hk_piece (grouper->pieces, i)->taken;
}

static guint
take (const Grouper *grouper,
      guint          i)
{
  hk_piece (grouper->pieces, i)->taken = TRUE;
  return i;
}

/* Words of the form that may stand between a bracket and what belongs to it:
   labels are centred. */
static gboolean
is_in_between (const Grouper *grouper,
               guint          i)
{
  HkPieceClass class = hk_piece (grouper->pieces, i)->class;

  return class == HK_PIECE_LABEL || class == HK_PIECE_REST || class == HK_PIECE_FORM || class == HK_PIECE_LIST;
}

/* The piece before I, labels passed over; HK_NO_PIECE: none. */
static guint
before (const Grouper *grouper,
        guint          i)
{
  while (i-- > 0)
    if (!is_in_between (grouper, i))
      return i;
  return HK_NO_PIECE;
}

/* --- Which group an option is of ----------------------------------------------------- */

static void
find_groups (Grouper *grouper)
{
  grouper->ahead = g_new0 (guint, grouper->pieces->len + 2);
  for (guint f = 0; f < grouper->fields->len; f++)
    if (is_group (hk_field (grouper->fields, f))) {
      g_array_append_val (grouper->groups, f);
      grouper->ahead[hk_field (grouper->fields, f)->label + 1]++;
    }
  for (guint i = 1; i <= grouper->pieces->len + 1; i++)
    grouper->ahead[i] += grouper->ahead[i - 1];
}

/* How many labels of groups stand between the label of FIELD and piece I. */
static guint
groups_between (const Grouper *grouper,
                guint          field,
                guint          i)
{
  guint label = hk_field (grouper->fields, field)->label;

  return label < i ? grouper->ahead[i] - grouper->ahead[label + 1] : label > i ? grouper->ahead[label] - grouper->ahead[i + 1] : 0;
}

/* The group that the option piece I is of: the open one CURRENT, or the next
   that has it; G_MAXUINT: none. */
static guint
group_of (Grouper *grouper,
          guint    current,
          guint    i)
{
  const HkPiece *piece = hk_piece (grouper->pieces, i);

  while (current > 0 && hk_field (grouper->fields, current - 1)->entry == hk_field (grouper->fields, current)->entry)
    current--; /* several checks behind one heading */
  for (guint g = grouper->passed; g < grouper->groups->len; g++) {
    guint          f      = g_array_index (grouper->groups, guint, g);
    const HkField *field  = hk_field (grouper->fields, f);
    guint          number = hk_field_option_meant (field, piece->meanings), between = groups_between (grouper, f, i);

    if (g == grouper->passed && (f < current || (field->label < i && between > 1)))
      grouper->passed++;
    if (field->label > i && between > GROUPS_NEAR)
      return G_MAXUINT;
    if (f < current || number == 0 || hk_field_find_option (field, number)->words != HK_NO_PIECE)
      continue;
    if (between <= 1)
      return f;
    if (field->label > i)
      return G_MAXUINT;
  }
  return G_MAXUINT;
}

/* --- Brackets -------------------------------------------------------------------------- */

/* The brackets right before option words I, if nothing parts them. */
static void
take_brackets (const Grouper *grouper,
               HkFieldOption *option,
               guint          i)
{
  guint at = i - 1;

  option->words = take (grouper, i);
  if (hk_piece (grouper->pieces, at)->class == HK_PIECE_BOX) {
    option->open = take (grouper, at);
    return;
  }
  option->close = take (grouper, at);
  at = before (grouper, at);
  if (at != HK_NO_PIECE && is_class (grouper, at, HK_PIECE_MARK)) {
    guint open = before (grouper, at);
    if (open == HK_NO_PIECE || !is_class (grouper, open, HK_PIECE_OPEN))
      return;
    option->mark = take (grouper, at);
    option->open = take (grouper, open);
  }
  else if (at != HK_NO_PIECE && is_class (grouper, at, HK_PIECE_OPEN))
    option->open = take (grouper, at);
}

/* Whether a mark stands behind the bracket I. */
static gboolean
is_marked (const Grouper *grouper,
           guint          i)
{
  return is_class (grouper, i + 1, HK_PIECE_MARK);
}

/* A bracket that was parted from its option by those of others. Where some of
   the brackets that may be its own have a mark and some have none, nobody can
   tell. */
static void
find_bracket (const Grouper *grouper,
              HkFieldOption *option)
{
  guint from = option->close > REACH ? option->close - REACH : 0, to = MIN (option->close + REACH / 2, grouper->pieces->len);
  guint open = HK_NO_PIECE, n = 0, marked = 0;

  for (guint i = from; i < to; i++)
    if (is_class (grouper, i, HK_PIECE_OPEN)) {
      n++;
      marked += is_marked (grouper, i);
      if (open == HK_NO_PIECE || i < option->close)
        open = i;
    }
  if (open == HK_NO_PIECE)
    return;
  option->untold = marked > 0 && marked < n;
  option->open   = take (grouper, open);
  if (is_class (grouper, open + 1, HK_PIECE_MARK))
    option->mark = take (grouper, open + 1);
}

/* --- Words in brackets ------------------------------------------------------------------- */

static gboolean
has_text (const Grouper *grouper,
          const HkField *field,
          guint          number)
{
  const char *cursor = NULL;
  HkOption    option;

  while (hk_form_next_option (&grouper->form->rows[field->row], &cursor, &option))
    if (option.number == number)
      return option.has_text;
  return FALSE;
}

/* （ text ） from piece I on, others' brackets and labels passed over. */
static gboolean
take_paren (const Grouper *grouper,
            guint          i,
            guint         *paren_open,
            guint         *paren_close,
            GArray        *text)
{
  guint    end = MIN (i + PAREN_REACH, grouper->pieces->len), open = HK_NO_PIECE;
  gboolean passed = FALSE; /* another row's words */

  for (; i < end; i++) {
    const HkPiece *piece = hk_piece (grouper->pieces, i);

    if (open == HK_NO_PIECE) {
      if (piece->class == HK_PIECE_PAREN_OPEN && !piece->taken)
        open = i;
      else if (piece->class == HK_PIECE_WORDS)
        return FALSE;
      continue;
    }
    if (piece->class == HK_PIECE_PAREN_OPEN)
      return FALSE;
    if (piece->class == HK_PIECE_PAREN_CLOSE && !piece->taken) {
      *paren_open  = take (grouper, open);
      *paren_close = take (grouper, i);
      for (guint t = 0; t < text->len; t++)
        take (grouper, g_array_index (text, guint, t));
      return TRUE;
    }
    passed |= piece->class == HK_PIECE_LABEL && piece->begins;
    passed |= piece->class == HK_PIECE_WORDS && text->len > 0 && piece->island != hk_piece (grouper->pieces, g_array_index (text, guint, 0))->island;
    if (piece->class == HK_PIECE_WORDS && !piece->taken && !passed)
      g_array_append_val (text, i);
  }
  g_array_set_size (text, 0);
  return FALSE;
}

static gboolean
is_number (const Grouper *grouper,
           guint          i)
{
  const HkPiece *piece = hk_piece (grouper->pieces, i);

  for (guint g = 0; g < piece->run.n; g++)
    if (hk_digit (hk_page_glyph (piece->run.page, piece->run.first + g)->ch) < 0)
      return FALSE;
  return TRUE;
}

/* The words in brackets that stand alone, from piece I on, as long as one comes
   behind the other; *END is the piece behind them. */
static gboolean
is_lone_paren (const Grouper *grouper,
               guint          i,
               guint         *end)
{
  if (!is_class (grouper, i, HK_PIECE_PAREN_OPEN))
    return FALSE;
  for (*end = i + 1; *end < grouper->pieces->len && is_class (grouper, *end, HK_PIECE_WORDS); (*end)++)
    ;
  return is_class (grouper, *end, HK_PIECE_PAREN_CLOSE) && !is_class (grouper, *end + 1, HK_PIECE_FORM);
}

/* For each piece the option whose name it is, and that may have words in brackets;
   NULL: none. Free with g_free(). */
static HkFieldOption **
options_by_name (const Grouper *grouper)
{
  HkFieldOption **at = g_new0 (HkFieldOption *, grouper->pieces->len + 1);

  for (guint g = 0; g < grouper->groups->len; g++) {
    HkField *field = hk_field (grouper->fields, g_array_index (grouper->groups, guint, g));

    for (guint o = 0; o < field->options->len; o++) {
      HkFieldOption *option = hk_field_option (field, o);
      if (option->words != HK_NO_PIECE && has_text (grouper, field, option->number))
        at[option->words] = option;
    }
  }
  return at;
}

/* Words in brackets before their option: they are the nearest one's that has none;
   where another is nearly as near, in doubt. */
static void
take_lone_paren (const Grouper  *grouper,
                 HkFieldOption **at,
                 guint           i,
                 guint           end)
{
  HkFieldOption *near[2] = { NULL, NULL }; /* the nearest, and the next */
  guint          n = 0;

  for (guint d = 1; d < REACH && n < 2; d++) {
    if (d <= i && at[i - d] != NULL && at[i - d]->paren_open == HK_NO_PIECE)
      near[n++] = at[i - d];
    if (n < 2 && i + d < grouper->pieces->len && at[i + d] != NULL && at[i + d]->paren_open == HK_NO_PIECE)
      near[n++] = at[i + d];
  }
  if (n == 0)
    return;
  near[0]->paren_open  = take (grouper, i);
  near[0]->paren_close = take (grouper, end);
  for (guint t = i + 1; t < end; t++) {
    take (grouper, t);
    g_array_append_val (near[0]->text, t);
  }
  if (n > 1 && end > i + 1)
    near[0]->doubt = "it may be another option's";
}

static gboolean
is_unit (const Grouper *grouper,
         guint          i)
{
  const HkPiece *piece = hk_piece (grouper->pieces, i);

  return !piece->taken && (piece->class == HK_PIECE_FORM || piece->class == HK_PIECE_WORDS) && piece->run.n == 1 &&
         hk_page_glyph (piece->run.page, piece->run.first)->ch == 0x4EF6; /* 件 */
}

/* The piece of CLASS nearest to I; HK_NO_PIECE: none is near. */
static guint
nearest (const Grouper *grouper,
         guint          i,
         HkPieceClass   class)
{
  for (guint d = 1; d < 2 * PAREN_REACH; d++) {
    if (d <= i && is_class (grouper, i - d, class))
      return i - d;
    if (is_class (grouper, i + d, class))
      return i + d;
  }
  return HK_NO_PIECE;
}

/* （ 60 ） 件: the count of FIELD, near its choice's label; its brackets, its number
   and its unit come in any order. */
static void
take_count (const Grouper *grouper,
            HkField       *field)
{
  guint end = MIN (field->label + 4 * PAREN_REACH, grouper->pieces->len), unit = field->label;

  while (unit < end && !is_unit (grouper, unit))
    unit++;
  if (unit == end)
    return;
  field->unit  = take (grouper, unit);
  field->open  = nearest (grouper, unit, HK_PIECE_PAREN_OPEN);
  field->close = nearest (grouper, unit, HK_PIECE_PAREN_CLOSE);
  for (guint d = 1; d < COUNT_REACH && d <= unit && field->pieces->len == 0; d++) {
    guint i = unit - d;
    if (is_class (grouper, i, HK_PIECE_WORDS) && is_number (grouper, i)) {
      take (grouper, i);
      g_array_append_val (field->pieces, i);
    }
  }
  if (field->open != HK_NO_PIECE)
    take (grouper, field->open);
  if (field->close != HK_NO_PIECE)
    take (grouper, field->close);
}

/* The bracket that closes a text with a label of its own inside of brackets. */
static void
take_inside_close (const Grouper *grouper,
                   HkField       *field)
{
  for (guint i = field->label + 1; i < MIN (field->label + PAREN_REACH, grouper->pieces->len) && hk_piece (grouper->pieces, i)->class != HK_PIECE_LABEL; i++)
    if (is_class (grouper, i, HK_PIECE_PAREN_CLOSE)) {
      field->close = take (grouper, i);
      return;
    }
}

/* Whether pieces I and I + 1 stand on one line without room between them. */
static gboolean
touch (const Grouper *grouper,
       guint          i)
{
  const HkPiece *left = hk_piece (grouper->pieces, i), *right = hk_piece (grouper->pieces, i + 1);

  return left->line == right->line && left->run.first + left->run.n == right->run.first;
}

/* Parentheses and marks that are no option's are words of the text they stand in. */
static void
return_signs (const Grouper *grouper)
{
  for (guint i = 0; i + 1 < grouper->pieces->len; i++) {
    if (is_class (grouper, i, HK_PIECE_PAREN_OPEN) && is_class (grouper, i + 1, HK_PIECE_WORDS) && touch (grouper, i))
      hk_piece (grouper->pieces, i)->class = HK_PIECE_WORDS;
    else if (is_class (grouper, i, HK_PIECE_WORDS) && is_class (grouper, i + 1, HK_PIECE_PAREN_CLOSE) && touch (grouper, i))
      hk_piece (grouper->pieces, i + 1)->class = HK_PIECE_WORDS;
    else if (is_class (grouper, i, HK_PIECE_OPEN) && is_class (grouper, i + 1, HK_PIECE_MARK) && is_class (grouper, i + 2, HK_PIECE_CLOSE) &&
             hk_piece (grouper->pieces, i)->line == hk_piece (grouper->pieces, i + 2)->line)
      for (guint k = i; k < i + 3; k++)
        hk_piece (grouper->pieces, k)->class = HK_PIECE_WORDS;
  }
}

void
hk_group_marks (const HkForm *form,
                GArray       *pieces,
                GArray       *fields)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint));
  Grouper grouper = { .form = form, .pieces = pieces, .fields = fields, .groups = groups };
  guint   current = 0;

  find_groups (&grouper);
  for (guint i = 1; i < pieces->len; i++) {
    if (!is_class (&grouper, i, HK_PIECE_OPTION) || !(is_class (&grouper, i - 1, HK_PIECE_CLOSE) || is_class (&grouper, i - 1, HK_PIECE_BOX)))
      continue;
    guint f = group_of (&grouper, current, i);
    if (f == G_MAXUINT)
      continue;
    current = f;
    HkField       *field  = hk_field (fields, f);
    HkFieldOption *option = hk_field_find_option (field, hk_field_option_meant (field, hk_piece (pieces, i)->meanings));
    take_brackets (&grouper, option, i);
  }
  for (guint f = 0; f < fields->len; f++)
    if (hk_field (fields, f)->kind == HK_KIND_COUNT)
      take_count (&grouper, hk_field (fields, f));
    else if (hk_field (fields, f)->kind == HK_KIND_TEXT && form->rows[hk_field (fields, f)->row].placement == HK_PLACE_INSIDE)
      take_inside_close (&grouper, hk_field (fields, f));
  for (guint f = 0; f < fields->len; f++) {
    HkField *field = hk_field (fields, f);

    for (guint o = 0; o < field->options->len; o++) {
      HkFieldOption *option = hk_field_option (field, o);

      if (option->words != HK_NO_PIECE && option->open == HK_NO_PIECE)
        find_bracket (&grouper, option);
      if (option->words != HK_NO_PIECE && has_text (&grouper, field, option->number))
        take_paren (&grouper, option->words + 1, &option->paren_open, &option->paren_close, option->text);
    }
  }
  g_autofree HkFieldOption **at = options_by_name (&grouper);
  for (guint i = 0; i < pieces->len; i++) {
    guint end;
    if (is_lone_paren (&grouper, i, &end))
      take_lone_paren (&grouper, at, i, end);
  }
  return_signs (&grouper);
  g_free (grouper.ahead);
}
