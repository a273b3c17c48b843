/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marks.h"
#include "fold.h"

#include <math.h>

/* Brackets with more than this between them hold a value, not a mark. */
#define SLOT_MAX_GLYPHS 3

/* A cell has no more slots: of a form's groups the largest has twenty. What follows is
   text, or a file of nothing but boxes would take for ever. */
#define SLOTS_MAX 200

/* A line between two slots' lines goes with the upper one unless it is this
   much nearer to the lower: names wrap downwards. */
#define WRAP_DOWN 0.75

static HkSlotState
slot_state (const HkTokens *tokens,
            guint           open,
            guint           close)
{
  HkSlotState state = HK_SLOT_EMPTY;

  for (guint i = open + 1; i < close; i++) {
    const HkToken *token = hk_token (tokens, i);

    if (token->class == HK_TOKEN_SPACE)
      continue;
    if (state != HK_SLOT_EMPTY)
      return HK_SLOT_UNKNOWN;
    if (token->class == HK_TOKEN_MARK)
      state = HK_SLOT_MARKED;
    else if (token->class == HK_TOKEN_BOX)
      state = token->number ? HK_SLOT_MARKED : HK_SLOT_EMPTY;
    else
      state = HK_SLOT_UNKNOWN;
  }
  return state;
}

/* レ and O are letters and come as words. */
static HkSlotState
letter_state (const HkTextCell *cell,
              guint             first,
              guint             n)
{
  gunichar only = 0;

  for (guint i = first + 1; i + 1 < first + n; i++) {
    gunichar ch = hk_cell_glyph (cell, i)->ch;
    if (hk_is_space (ch))
      continue;
    if (only != 0)
      return HK_SLOT_UNKNOWN;
    only = ch;
  }
  if (cell->scanned && (only == 'x' || only == 'X')) /* [x], as lists of tasks have it */
    return HK_SLOT_MARKED;
  return hk_is_mark (only) ? HK_SLOT_MARKED : HK_SLOT_UNKNOWN;
}

static void
add_slot (GArray           *slots,
          const HkTextCell *cell,
          const HkToken    *open,
          const HkToken    *close,
          HkSlotState       state)
{
  const HkLine *line = hk_cell_line (cell, open->line);
  HkSlot slot = { .page = line->page, .line = open->line, .first = open->first, .limit = G_MAXDOUBLE, .state = state };

  slot.n = close->first + close->n - open->first;
  for (guint i = 0; i < slot.n; i++)
    slot.box = hk_box_union (slot.box, hk_cell_glyph (cell, slot.first + i)->box);
  if (slots->len > 0) {
    HkSlot *before = &g_array_index (slots, HkSlot, slots->len - 1);
    if (before->line == slot.line)
      before->limit = slot.box.x0;
  }
  g_array_append_val (slots, slot);
}

/* How many pairs of parentheses, each on one line and beginning with words, stand
   around each token: （申請書に［○］を付けたもの） is no slot. Free with g_free(). */
static int *
words_around (const HkTokens *tokens)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_tokens = tokens->tokens->len;
  int  *around   = g_new0 (int, n_tokens + 1);

  for (guint i = 0; i < n_tokens; i++) {
    const HkToken *token = hk_token (tokens, i);

    if (i > 0 && token->line != hk_token (tokens, i - 1)->line)
      g_array_set_size (open, 0);
    if (token->class == HK_TOKEN_PAREN_OPEN)
      g_array_append_val (open, i);
    else if (token->class == HK_TOKEN_PAREN_CLOSE && open->len > 0) {
      guint first = g_array_index (open, guint, open->len - 1), words = first + 1;

      g_array_set_size (open, open->len - 1);
      while (words < i && hk_token (tokens, words)->class == HK_TOKEN_SPACE)
        words++;
      if (hk_token (tokens, words)->class != HK_TOKEN_OPEN && hk_token (tokens, words)->class != HK_TOKEN_BOX) {
        around[first]++; /* from here on one more, */
        around[i]--;     /* and one less */
      }
    }
  }
  for (guint i = 1; i < n_tokens; i++)
    around[i] += around[i - 1];
  return around;
}

/* --- Boxes that may have been marks ------------------------------------------------ */

static HkDrawn
drawn_at (const HkTextCell *cell,
          const HkSlot     *slot)
{
  gboolean marked = FALSE, box = FALSE, ink = FALSE;

  for (guint i = slot->first; i < slot->first + slot->n; i++) {
    gunichar ch = hk_cell_glyph (cell, i)->ch;
    gboolean is = hk_is_box (ch, &marked);

    if (is && marked)
      return HK_DRAWN_MARK;
    box |= is;
    ink |= !is && !hk_is_space (ch) && !hk_is_open_bracket (ch) && !hk_is_close_bracket (ch);
  }
  if (ink)
    return HK_DRAWN_MARK;
  return !box ? HK_DRAWN_NOTHING : slot->n == 1 ? HK_DRAWN_BOX : HK_DRAWN_BOX_IN;
}

/* Makes one slot of a box and empty brackets behind it (☐ [ ] その他). */
static void
join_boxes (const HkTextCell *cell,
            GArray           *slots)
{
  for (guint s = 0; s + 1 < slots->len; s++) {
    HkSlot *box = &g_array_index (slots, HkSlot, s), *next = box + 1;
    guint   between = box->first + box->n;

    if (box->drawn != HK_DRAWN_BOX || next->drawn != HK_DRAWN_NOTHING || box->line != next->line)
      continue;
    while (between < next->first && hk_is_space (hk_cell_glyph (cell, between)->ch))
      between++;
    if (between < next->first)
      continue;
    box->n     = next->first + next->n - box->first;
    box->box   = hk_box_union (box->box, next->box);
    box->limit = next->limit;
    g_array_remove_index (slots, s + 1);
  }
}

/* Decides by the whole group what its boxes say. Where boxes stand in some brackets and
   others are empty, the box is what the reader saw of a circle. Where some are checked,
   the others are not. Where all look alike, nobody can tell. */
static void
tell_boxes (const HkTextCell *cell,
            GArray           *slots)
{
  guint n[HK_DRAWN_MARK + 1] = { 0 };

  for (guint s = 0; s < slots->len; s++) {
    HkSlot *slot = &g_array_index (slots, HkSlot, s);
    slot->drawn = drawn_at (cell, slot);
  }
  join_boxes (cell, slots);
  for (guint s = 0; s < slots->len; s++)
    n[g_array_index (slots, HkSlot, s).drawn]++;
  gboolean alone = slots->len == 1, told = n[HK_DRAWN_MARK] > 0 || (alone && cell->boxes == HK_BOX_KEPT);

  for (guint s = 0; s < slots->len; s++) {
    HkSlot *slot = &g_array_index (slots, HkSlot, s);

    if (slot->drawn == HK_DRAWN_MARK)
      continue;
    slot->state = HK_SLOT_EMPTY;
    if (alone && told && slot->drawn != HK_DRAWN_NOTHING)
      slot->inferred = "marks of this text are checked boxes";
    if (slot->drawn == HK_DRAWN_NOTHING) {
      if (n[HK_DRAWN_NOTHING] == slots->len && !alone)
        slot->doubt = "no box of the group is marked, and marks were lost elsewhere";
    }
    else if (slot->drawn == HK_DRAWN_BOX_IN && n[HK_DRAWN_NOTHING] > 0) {
      slot->state = HK_SLOT_MARKED;
      if (told) { /* checked, a box, and nothing: three of them */
        slot->state = HK_SLOT_UNKNOWN;
        slot->doubt = "its box is empty, where others are checked or have none";
      }
    }
    else if (!told && cell->boxes == HK_BOX_KEPT)
      slot->doubt = "no box of the group is checked, though in most groups one is";
    else if (!told) {
      slot->state = HK_SLOT_UNKNOWN;
      slot->doubt = HK_DOUBT_ALIKE;
    }
  }
}

/* --- Parentheses for brackets ------------------------------------------------------ */

/* The next token behind I of its line that is no space; the number of tokens: none. */
static guint
next_on_line (const HkTokens *tokens,
              guint           i)
{
  guint line = hk_token (tokens, i)->line;

  do
    i++;
  while (i < tokens->tokens->len && hk_token (tokens, i)->class == HK_TOKEN_SPACE);
  return i < tokens->tokens->len && hk_token (tokens, i)->line == line ? i : tokens->tokens->len;
}

static gboolean
is_class (const HkTokens *tokens,
          guint           i,
          HkTokenClass    class)
{
  return i < tokens->tokens->len && hk_token (tokens, i)->class == class;
}

/* The token that closes the parenthesis I, if nothing but a mark stands in it (*MARKED),
   or nothing at all and a name behind it; the number of tokens: it is none of these. */
static guint
close_of_parens (const HkTokens *tokens,
                 guint           i,
                 gboolean       *marked)
{
  guint none = tokens->tokens->len, next = is_class (tokens, i, HK_TOKEN_PAREN_OPEN) ? next_on_line (tokens, i) : none;

  *marked = is_class (tokens, next, HK_TOKEN_MARK);
  if (*marked)
    next = next_on_line (tokens, next);
  if (!is_class (tokens, next, HK_TOKEN_PAREN_CLOSE))
    return none;
  guint behind = next_on_line (tokens, next);
  return is_class (tokens, behind, HK_TOKEN_WORDS) || is_class (tokens, behind, HK_TOKEN_NUMBER) ? next : none;
}

/* Whether CELL, read off a scan, has (○) where the form has [○]. */
static gboolean
has_parens (const HkTextCell *cell,
            const HkTokens   *tokens)
{
  gboolean any = FALSE, marked;

  for (guint i = 0; cell->scanned && i < tokens->tokens->len; i++) {
    if (is_class (tokens, i, HK_TOKEN_OPEN) || is_class (tokens, i, HK_TOKEN_BOX))
      return FALSE;
    any |= close_of_parens (tokens, i, &marked) < tokens->tokens->len && marked;
  }
  return any;
}

/* --- Marks without boxes ----------------------------------------------------------- */

/* Whether the marked options of CELL, of markup, may have lost their boxes: it has boxes or
   brackets with nothing in them, and none that is marked. */
static gboolean
may_have_bare (const HkTextCell *cell,
               const HkTokens   *tokens)
{
  gboolean any = FALSE;

  for (guint i = 0; cell->told && i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);

    if (token->class == HK_TOKEN_BOX && token->number)
      return FALSE;
    any |= token->class == HK_TOKEN_BOX;
    if (token->class != HK_TOKEN_OPEN)
      continue;
    guint next = next_on_line (tokens, i);
    if (!is_class (tokens, next, HK_TOKEN_CLOSE))
      return FALSE;
    any = TRUE;
  }
  return any;
}

/* Whether token I is a mark where an option begins, outside of DEPTH parentheses: ✓ 本人. */
static gboolean
is_bare (const HkTextCell *cell,
         const HkTokens   *tokens,
         guint             i,
         int               depth)
{
  const HkToken *token = hk_token (tokens, i);

  if (token->class != HK_TOKEN_MARK || depth > 0 || hk_cell_glyph (cell, token->first)->ch == 0x2022) /* • heads a list */
    return FALSE;
  if (i > 0 && hk_token (tokens, i - 1)->line == token->line && hk_token (tokens, i - 1)->class != HK_TOKEN_SPACE)
    return FALSE;
  guint next = next_on_line (tokens, i);
  return is_class (tokens, next, HK_TOKEN_WORDS) || is_class (tokens, next, HK_TOKEN_NUMBER);
}

/* --- All of them ------------------------------------------------------------------- */

GArray *
hk_slots_find (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  g_autofree int *around = words_around (tokens);
  GArray  *slots  = g_array_new (FALSE, TRUE, sizeof (HkSlot));
  gboolean parens = has_parens (cell, tokens), bare = may_have_bare (cell, tokens), marked;
  int      depth  = 0;
  guint    n_bare = 0;

  for (guint i = 0; i < tokens->tokens->len && slots->len < SLOTS_MAX; i++) {
    const HkToken *token = hk_token (tokens, i);

    depth += (token->class == HK_TOKEN_PAREN_OPEN) - (token->class == HK_TOKEN_PAREN_CLOSE);
    guint end = parens ? close_of_parens (tokens, i, &marked) : tokens->tokens->len;
    if (end < tokens->tokens->len)
      add_slot (slots, cell, token, hk_token (tokens, end), marked ? HK_SLOT_MARKED : HK_SLOT_EMPTY);
    if (around[i] > 0)
      continue;
    if (token->class == HK_TOKEN_BOX)
      add_slot (slots, cell, token, token, token->number ? HK_SLOT_MARKED : HK_SLOT_EMPTY);
    if (bare && is_bare (cell, tokens, i, depth)) {
      add_slot (slots, cell, token, token, HK_SLOT_MARKED);
      n_bare++;
    }
    if (token->class != HK_TOKEN_OPEN)
      continue;

    guint close = i + 1;
    while (close < tokens->tokens->len && hk_token (tokens, close)->class != HK_TOKEN_CLOSE &&
           hk_token (tokens, close)->class != HK_TOKEN_OPEN)
      close++;
    if (close == tokens->tokens->len || hk_token (tokens, close)->class != HK_TOKEN_CLOSE || hk_token (tokens, close)->line != token->line)
      continue;

    guint n = hk_token (tokens, close)->first + 1 - token->first;
    guint inked = 0;
    for (guint g = token->first + 1; g + 1 < token->first + n; g++)
      inked += !hk_is_space (hk_cell_glyph (cell, g)->ch);
    if (inked > SLOT_MAX_GLYPHS)
      continue;

    HkSlotState state = slot_state (tokens, i, close);
    if (hk_cell_glyph (cell, token->first)->untold)
      state = HK_SLOT_UNKNOWN;
    else if (state == HK_SLOT_UNKNOWN)
      state = letter_state (cell, token->first, n);
    add_slot (slots, cell, token, hk_token (tokens, close), state);
    i = close;
  }
  if (cell->boxes != HK_BOX_PLAIN && slots->len > 0)
    tell_boxes (cell, slots);
  for (guint s = 0; n_bare > 0 && s < slots->len; s++)
    g_array_index (slots, HkSlot, s).inferred = "marks of its group stand without boxes";
  return slots;
}

int *
hk_slots_assign (const HkTextCell *cell,
                 const GArray     *slots)
{
  int *of = g_new (int, cell->glyphs->len + 1);

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    double        y    = hk_box_mid_y (&line->box);

    for (guint i = line->first; i < line->first + line->n; i++) {
      double x = hk_box_mid_x (&hk_cell_glyph (cell, i)->box), nearest = G_MAXDOUBLE;

      of[i] = -1;
      for (guint s = 0; s < slots->len; s++) {
        const HkSlot *slot     = &g_array_index (slots, HkSlot, s);
        double        below    = y - hk_box_mid_y (&slot->box);
        double        distance = below > 0 ? WRAP_DOWN * below : -below;

        if (slot->page != line->page || x < slot->box.x0 || x >= slot->limit || (slot->line == l && i < slot->first))
          continue;
        if (distance < nearest || (slot->line == l && i >= slot->first)) {
          nearest = slot->line == l ? 0 : distance;
          of[i]   = (int) s;
        }
      }
    }
  }
  return of;
}
