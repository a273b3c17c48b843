/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "turn.h"

#include <math.h>

/* So large a part of all steps from one glyph to the next must go the same way;
   a label written downwards in a cell is no turned page. */
#define MOST_STEPS 0.6

/* Glyphs of one word follow each other within this part of their size. */
#define STEP_MAX 1.5

/* How many quarters clockwise the page was turned from upright; 0: none. */
static guint
quarters_of (const HkPage *page)
{
  guint steps[4] = { 0 }, all = 0; /* right, down, left, up */

  for (guint i = 1; i < page->glyphs->len; i++) {
    const HkBox *a = &hk_page_glyph (page, i - 1)->box, *b = &hk_page_glyph (page, i)->box;
    double dx = hk_box_mid_x (b) - hk_box_mid_x (a), dy = hk_box_mid_y (b) - hk_box_mid_y (a);
    double size = MAX (MAX (hk_box_width (a), hk_box_height (a)), MAX (hk_box_width (b), hk_box_height (b)));

    if (fabs (dx) > STEP_MAX * size || fabs (dy) > STEP_MAX * size)
      continue;
    all++;
    if (fabs (dx) >= fabs (dy))
      steps[dx >= 0 ? 0 : 2]++;
    else
      steps[dy >= 0 ? 1 : 3]++;
  }
  for (guint quarters = 1; quarters < 4; quarters++)
    if (steps[quarters] > MOST_STEPS * all)
      return quarters;
  return 0;
}

static HkBox
upright (const HkBox *box,
         guint        quarters,
         double       width,
         double       height)
{
  switch (quarters) {
  case 1:
    return (HkBox){ box->y0, width - box->x1, box->y1, width - box->x0 };
  case 2:
    return (HkBox){ width - box->x1, height - box->y1, width - box->x0, height - box->y0 };
  default:
    return (HkBox){ height - box->y1, box->x0, height - box->y0, box->x1 };
  }
}

/* The sides of a cell in clockwise order are the bits of HkSide in theirs. */
static guint
upright_sides (guint sides,
               guint quarters)
{
  return ((sides >> quarters) | (sides << (4 - quarters))) & 0xF;
}

void
hk_turn_upright (HkPage     *page,
                 HkDocument *document)
{
  guint  quarters = page->ocr != NULL ? 0 : quarters_of (page); /* who read it by OCR has turned it */
  double width = page->width, height = page->height;

  if (quarters == 0) {
    HkTurn turn = { page->number, page->quarters, width, height, 0 };
    HkTurn skew = { page->number, 0, page->quarters % 2 ? height : width, page->quarters % 2 ? width : height, page->skew };
    if (page->quarters != 0)
      g_array_append_val (document->turns, turn);
    if (page->skew != 0)
      g_array_append_val (document->turns, skew);
    return;
  }
  for (guint i = 0; i < page->glyphs->len; i++)
    hk_page_glyph (page, i)->box = upright (&hk_page_glyph (page, i)->box, quarters, width, height);
  for (guint i = 0; i < page->rules->len; i++) {
    HkRule *rule = hk_page_rule (page, i);
    rule->box = upright (&rule->box, quarters, width, height);
    rule->horizontal ^= quarters % 2;
  }
  for (guint i = 0; i < page->cells->len; i++) {
    HkCell *cell = hk_page_cell (page, i);
    cell->box  = upright (&cell->box, quarters, width, height);
    cell->open = upright_sides (cell->open, quarters);
  }
  if (quarters % 2 == 1) {
    page->width  = height;
    page->height = width;
  }

  HkTurn turn = { page->number, quarters, page->width, page->height, 0 };
  g_array_append_val (document->turns, turn);
}
