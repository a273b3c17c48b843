/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marks.h"
#include "fold.h"

#include <math.h>

/* Brackets with more than this between them hold a value, not a mark. */
#define SLOT_MAX_GLYPHS 3

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

GArray *
hk_slots_find (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  g_autofree int *around = words_around (tokens);
  GArray *slots = g_array_new (FALSE, TRUE, sizeof (HkSlot));

  for (guint i = 0; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);

    if (around[i] > 0)
      continue;
    if (token->class == HK_TOKEN_BOX)
      add_slot (slots, cell, token, token, token->number ? HK_SLOT_MARKED : HK_SLOT_EMPTY);
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
