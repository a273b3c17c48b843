/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boxes.h"

/* So many pieces on either side share the line of the page. */
#define LINE_PIECES 60

struct _HkBoxes {
  const HkPainting *painting;
  const GArray     *pieces;
  guint             first, end;
  gboolean          whole;
  GArray          **allowed; /* HkMeaning for each piece, or NULL: anything */
};

/* How piece B lies to piece A, later on the same line. */
typedef enum {
  SIDE_RIGHT,
  SIDE_LEFT,
  SIDE_EITHER
} Side;

static Side
side_of (const HkBoxes *boxes,
         guint          a,
         guint          b)
{
  gboolean right = FALSE, left = FALSE;

  for (guint i = a + 1; i <= b; i++)
    if (hk_piece (boxes->pieces, i)->spaced)
      right = TRUE;
    else
      left = TRUE;
  return right && left ? SIDE_EITHER : right ? SIDE_RIGHT : SIDE_LEFT;
}

static gboolean
is_class (const HkBoxes *boxes,
          guint          i,
          guint          line,
          HkPieceClass   class)
{
  return i >= boxes->first && i < boxes->end && hk_piece (boxes->pieces, i)->line == line && hk_piece (boxes->pieces, i)->class == class;
}

/* The name that bracket or mark I stands before, nothing between them but the
   rest of its box; G_MAXUINT: none. */
static guint
own_name (const HkBoxes *boxes,
          guint          i)
{
  guint line = hk_piece (boxes->pieces, i)->line, at = i;
  guint mark = is_class (boxes, i, line, HK_PIECE_OPEN) ? i + 1 : is_class (boxes, i, line, HK_PIECE_CLOSE) ? i - 1 : i;

  /* a box that is painted as one, from its left to its right */
  if (boxes->whole && mark > boxes->first && is_class (boxes, mark, line, HK_PIECE_MARK) && is_class (boxes, mark - 1, line, HK_PIECE_OPEN) &&
      is_class (boxes, mark + 1, line, HK_PIECE_CLOSE) && is_class (boxes, mark + 2, line, HK_PIECE_OPTION))
    return mark + 2;
  if (is_class (boxes, at, line, HK_PIECE_OPEN))
    at++;
  if (is_class (boxes, at, line, HK_PIECE_MARK))
    at++;
  if (!is_class (boxes, at, line, HK_PIECE_CLOSE) || !is_class (boxes, at + 1, line, HK_PIECE_OPTION))
    return G_MAXUINT;
  return at == i || side_of (boxes, i, at + 1) == SIDE_RIGHT ? at + 1 : G_MAXUINT;
}

/* Adds to ALLOWED the options on the line of NAME that bracket I may be of. */
static void
allow_beside (const HkBoxes *boxes,
              guint          i,
              guint          name,
              GArray        *allowed)
{
  const GArray *meanings = hk_piece (boxes->pieces, name)->meanings;
  gboolean      before   = i < name;
  Side          side     = before ? side_of (boxes, i, name) : side_of (boxes, name, i);

  for (guint m = 0; m < meanings->len; m++) {
    const HkMeaning       *meaning = &g_array_index (meanings, HkMeaning, m);
    const HkPaintedOption *place   = boxes->painting != NULL ? hk_painting_option (boxes->painting, meaning->row, meaning->option) : NULL;

    for (guint o = 0; place != NULL && o < boxes->painting->n_options; o++) {
      const HkPaintedOption *other = &boxes->painting->options[o];
      HkMeaning              may   = { other->row, other->option };

      if (other->row != place->row || other->line != place->line)
        continue;
      gboolean beyond = other->column > place->column; /* its box is right of the name */
      if (side == SIDE_EITHER || beyond == (before ? side == SIDE_LEFT : side == SIDE_RIGHT))
        g_array_append_val (allowed, may);
    }
  }
}

static void
keep_common (GArray       *allowed,
             const GArray *others)
{
  guint kept = 0;

  for (guint i = 0; i < allowed->len; i++)
    for (guint k = 0; k < others->len; k++) {
      const HkMeaning *a = &g_array_index (allowed, HkMeaning, i), *b = &g_array_index (others, HkMeaning, k);
      if (a->row == b->row && a->option == b->option) {
        g_array_index (allowed, HkMeaning, kept++) = *a;
        break;
      }
    }
  if (kept > 0)
    g_array_set_size (allowed, kept);
}

/* What bracket or mark I may be of, or NULL. */
static GArray *
find_allowed (const HkBoxes *boxes,
              guint          i)
{
  GArray *allowed = g_array_new (FALSE, FALSE, sizeof (HkMeaning));
  guint   line = hk_piece (boxes->pieces, i)->line, name = own_name (boxes, i), from = i, to = i;

  if (name != G_MAXUINT) {
    const GArray *meanings = hk_piece (boxes->pieces, name)->meanings;
    g_array_append_vals (allowed, meanings->data, meanings->len);
    return allowed;
  }
  while (from > boxes->first && i - from < LINE_PIECES && hk_piece (boxes->pieces, from - 1)->line == line)
    from--;
  while (to + 1 < boxes->end && to - i < LINE_PIECES && hk_piece (boxes->pieces, to + 1)->line == line)
    to++;
  for (guint far = 1; far <= MAX (i - from, to - i); far++)
    for (guint side = 0; side < 2; side++) {
      guint k = side == 0 ? i - far : i + far;
      if ((side == 0 && far > i) || k < from || k > to || hk_piece (boxes->pieces, k)->class != HK_PIECE_OPTION)
        continue;
      g_autoptr (GArray) beside = g_array_new (FALSE, FALSE, sizeof (HkMeaning));
      allow_beside (boxes, i, k, beside);
      if (allowed->len == 0)
        g_array_append_vals (allowed, beside->data, beside->len);
      else if (beside->len > 0)
        keep_common (allowed, beside);
    }
  for (guint k = i > from ? i - 1 : i; k <= MIN (i + 1, to) && allowed->len == 0; k++)
    if (hk_piece (boxes->pieces, k)->class == HK_PIECE_CHOICE)
      for (guint m = 0; m < hk_piece (boxes->pieces, k)->meanings->len; m++) {
        HkMeaning may = { g_array_index (hk_piece (boxes->pieces, k)->meanings, HkMeaning, m).row, 0 };
        g_array_append_val (allowed, may);
      }
  if (allowed->len > 0)
    return allowed;
  g_array_unref (allowed);
  return NULL;
}

HkBoxes *
hk_boxes_new (const HkPainting *painting,
              const GArray     *pieces,
              guint             first,
              guint             end,
              gboolean          whole)
{
  HkBoxes *boxes = g_new0 (HkBoxes, 1);

  boxes->painting = painting;
  boxes->pieces   = pieces;
  boxes->first    = first;
  boxes->end      = end;
  boxes->whole    = whole;
  boxes->allowed  = g_new0 (GArray *, end - first + 1);
  for (guint i = first; i < end; i++) {
    HkPieceClass class = hk_piece (pieces, i)->class;
    if (class == HK_PIECE_OPEN || class == HK_PIECE_MARK || class == HK_PIECE_CLOSE)
      boxes->allowed[i - first] = find_allowed (boxes, i);
  }
  return boxes;
}

void
hk_boxes_free (HkBoxes *boxes)
{
  for (guint i = boxes->first; i < boxes->end; i++)
    if (boxes->allowed[i - boxes->first] != NULL)
      g_array_unref (boxes->allowed[i - boxes->first]);
  g_free (boxes->allowed);
  g_free (boxes);
}

gboolean
hk_boxes_allow (const HkBoxes *boxes,
                guint          i,
                guint          row,
                guint          option)
{
  const GArray *allowed = boxes->allowed[i - boxes->first];

  for (guint k = 0; allowed != NULL && k < allowed->len; k++) {
    const HkMeaning *may = &g_array_index (allowed, HkMeaning, k);
    if (may->row == row && may->option == option)
      return TRUE;
  }
  return allowed == NULL;
}
