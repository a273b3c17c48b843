/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "outline.h"

#include <string.h>

/* In text that keeps its order a label may stand this many labels too early. */
#define WINDOW 10

/* What a step in the outline costs: see cost_of(). */
#define COST_NONE G_MAXUINT
#define COST_DISPLACED 3 /* each label that is passed over */
#define COST_SKIPPED 2   /* each row of the form that is passed over */
#define COST_SKIPPED_MAX 40
#define COST_HEADING 3
#define COST_PART 6
#define COST_RENUMBERED 15   /* a heading with another number than the form's */
#define COST_OTHER_PART 110  /* a heading of a part whose own heading is missing */
#define COST_LEFT 25         /* a block's number is less */
#define BACK_MAX 8           /* rows that a label of the same heading may come too late */
#define COST_BACK 100        /* to begin a part or heading again */

typedef struct {
  const HkForm    *form;
  const HkLexicon *lexicon;
  GArray          *pieces;
  GArray          *outline; /* HkOutlined */
  gboolean         painted;

  /* where in the form the outline stands */
  const HkFormRow *part, *heading, *container, *cursor;
  gboolean         ended; /* the heading of the table of changes was read */
  gboolean         range; /* the container is a range of empty blocks: it has no items */
} Outliner;

static gboolean
is_within (const Outliner  *outliner,
           const HkFormRow *row,
           const HkFormRow *container)
{
  for (; row != NULL; row = hk_form_parent (outliner->form, row))
    if (row == container)
      return TRUE;
  return FALSE;
}

/* The block that ROW is an item of, or NULL. */
static const HkFormRow *
block_of (const Outliner  *outliner,
          const HkFormRow *row)
{
  const HkFormRow *parent = hk_form_parent (outliner->form, row);

  while (parent != NULL && parent->shape != HK_ROW_BLOCK)
    parent = hk_form_parent (outliner->form, parent);
  return parent;
}

/* How many rows with labels stand between FROM and TO. */
static guint
rows_between (const HkFormRow *from,
              const HkFormRow *to)
{
  guint n = 0;

  for (const HkFormRow *row = from + 1; from != NULL && row < to; row++)
    n += *row->label != '\0' && row->placement != HK_PLACE_INSIDE && row->placement != HK_PLACE_COLUMN;
  return n;
}

/* The last row that belongs to CONTAINER. */
static const HkFormRow *
last_of (const Outliner  *outliner,
         const HkFormRow *container)
{
  const HkFormRow *row = container, *end = outliner->form->rows + outliner->form->n_rows;

  while (row + 1 < end && row[1].depth > container->depth)
    row++;
  return row;
}

/* Whether the outline has ROW since its heading, risk or block began. */
static gboolean
is_taken (const Outliner  *outliner,
          const HkFormRow *row)
{
  for (guint i = outliner->outline->len; i > 0; i--) {
    const HkFormRow *before = &outliner->form->rows[g_array_index (outliner->outline, HkOutlined, i - 1).row];

    if (before == row || before->shape == HK_ROW_PART || before->shape == HK_ROW_HEADING || before->shape == HK_ROW_BLOCK || before->shape == HK_ROW_RISK)
      return before == row || before > row;
  }
  return TRUE;
}

/* How dear it is to go on from here with ROW, PIECE being its label: the more
   rows of the form are passed over, the dearer. */
static guint
cost_of (const Outliner  *outliner,
         const HkFormRow *row,
         const HkPiece   *piece)
{
  const HkFormRow *end     = outliner->form->rows + outliner->form->n_rows;
  gboolean         ahead   = outliner->cursor == NULL || row > outliner->cursor;
  guint            skipped = ahead ? rows_between (outliner->cursor, row) * COST_SKIPPED : 0;
  guint            number  = hk_lexicon_number (outliner->lexicon, (guint) (row - outliner->form->rows));
  gboolean         agrees  = row->shape == HK_ROW_BLOCK || number == piece->number;
  guint            number_cost = outliner->painted ? piece->number : 0; /* 提供先１ before 提供先２ */

  if (!outliner->painted)
    skipped = MIN (skipped, COST_SKIPPED_MAX);
  else if (outliner->container != NULL && outliner->container->shape == HK_ROW_BLOCK && !is_within (outliner, row, outliner->container))
    skipped += COST_LEFT; /* more of its kind come first */
  switch (row->shape) {
  case HK_ROW_PART:
    if (!agrees)
      return COST_NONE;
    return ahead ? COST_PART + skipped : COST_BACK + (outliner->painted ? rows_between (outliner->cursor, end) : 0);
  case HK_ROW_HEADING:
    if (outliner->part == NULL || !is_within (outliner, row, outliner->part))
      return !agrees ? COST_NONE : ahead ? COST_OTHER_PART + skipped : COST_BACK + COST_OTHER_PART;
    if (!ahead)
      return agrees ? COST_BACK : COST_NONE;
    return COST_HEADING + (agrees ? 0 : COST_RENUMBERED) + skipped;
  case HK_ROW_WORDS:
    return ahead && outliner->part != NULL && is_within (outliner, row, outliner->part) && agrees ? skipped : COST_NONE;
  case HK_ROW_BLOCK:
    if (outliner->heading == NULL || !is_within (outliner, row, outliner->heading))
      return COST_NONE;
    if (ahead)
      return 1 + skipped + number_cost;
    if (outliner->container == NULL || row->path != outliner->container->path)
      return COST_NONE;
    return 1 + (outliner->range ? 0 : rows_between (outliner->cursor, last_of (outliner, row)) * COST_SKIPPED) + number_cost;
  case HK_ROW_RISK:
    if (outliner->heading == NULL || !is_within (outliner, row, outliner->heading) || !agrees)
      return COST_NONE;
    return ahead ? 1 + skipped : COST_NONE;
  case HK_ROW_RECORD:
    return COST_NONE;
  case HK_ROW_GROUP:
  case HK_ROW_ITEM:
    break;
  }
  const HkFormRow *block = block_of (outliner, row);
  if (row->placement == HK_PLACE_INSIDE || row->placement == HK_PLACE_COLUMN || !agrees || (block != NULL && (block != outliner->container || outliner->range)))
    return COST_NONE;
  if (!ahead) {
    if (outliner->painted || outliner->cursor - row > BACK_MAX || hk_form_parent (outliner->form, row) == outliner->part || is_taken (outliner, row))
      return COST_NONE;
    skipped = COST_SKIPPED * 2;
  }
  if (outliner->heading != NULL && is_within (outliner, row, outliner->heading))
    return skipped;
  if (outliner->part != NULL && is_within (outliner, row, outliner->part) && hk_form_parent (outliner->form, row) == outliner->part)
    return skipped;
  return COST_NONE;
}

static void
move_to (Outliner        *outliner,
         const HkFormRow *row)
{
  switch (row->shape) {
  case HK_ROW_PART:
    outliner->part    = row;
    outliner->heading = outliner->container = NULL;
    break;
  case HK_ROW_HEADING:
    outliner->part = row;
    while (outliner->part->depth > 0)
      outliner->part = hk_form_parent (outliner->form, outliner->part);
    outliner->heading   = row;
    outliner->container = NULL;
    break;
  case HK_ROW_BLOCK:
  case HK_ROW_RISK:
    outliner->container = row;
    break;
  default:
    break;
  }
  if (outliner->container != NULL && !is_within (outliner, row, outliner->container))
    outliner->container = NULL;
  outliner->cursor = row;
}

static HkPiece *
piece_at (const Outliner *outliner,
          guint           i)
{
  return &g_array_index (outliner->pieces, HkPiece, i);
}

/* The cheapest next row among the labels OPEN (indices of pieces); COST_NONE: none. */
static guint
next_label (const Outliner   *outliner,
            const GArray     *open,
            guint             n_open,
            guint            *which,
            const HkFormRow **row)
{
  guint least = COST_NONE;

  for (guint i = 0; i < n_open; i++) {
    const HkPiece *piece = piece_at (outliner, g_array_index (open, guint, i));

    for (guint m = 0; m < piece->meanings->len; m++) {
      const HkFormRow *meant = &outliner->form->rows[g_array_index (piece->meanings, HkMeaning, m).row];
      guint            cost  = cost_of (outliner, meant, piece);

      if (cost == COST_NONE)
        continue;
      if (!outliner->painted)
        cost += i * COST_DISPLACED;
      if (cost < least) {
        least  = cost;
        *which = i;
        *row   = meant;
      }
    }
  }
  return least;
}

static void
take_label (Outliner        *outliner,
            GArray          *open,
            guint            which,
            const HkFormRow *row)
{
  HkOutlined outlined = { (guint) (row - outliner->form->rows), g_array_index (open, guint, which) };

  guint place = outliner->outline->len;

  g_array_remove_index (open, which);
  if (outliner->cursor != NULL && row < outliner->cursor && (row->shape == HK_ROW_ITEM || row->shape == HK_ROW_GROUP)) {
    while (place > 0 && g_array_index (outliner->outline, HkOutlined, place - 1).row > outlined.row)
      place--;
    g_array_insert_val (outliner->outline, place, outlined);
    return;
  }
  g_array_append_val (outliner->outline, outlined);
  move_to (outliner, row);
  outliner->ended = row->shape == HK_ROW_PART && row[1].shape == HK_ROW_RECORD;
  outliner->range = outliner->container == row && piece_at (outliner, outlined.piece)->range;
}

/* A label that fits nowhere is no label. */
static void
make_words (const Outliner *outliner,
            guint           label)
{
  piece_at (outliner, label)->class = HK_PIECE_WORDS;
  for (guint i = label + 1; i < outliner->pieces->len && i < label + 60; i++)
    if (piece_at (outliner, i)->class == HK_PIECE_REST && piece_at (outliner, i)->number == label)
      piece_at (outliner, i)->class = HK_PIECE_WORDS;
}

/* The labels of one page, in any order. */
static void
outline_painted (Outliner *outliner,
                 GArray   *open)
{
  const HkFormRow *row;
  guint            which;

  while (!outliner->ended && open->len > 0 && next_label (outliner, open, open->len, &which, &row) != COST_NONE)
    take_label (outliner, open, which, row);
  for (guint i = 0; i < open->len; i++)
    make_words (outliner, g_array_index (open, guint, i));
  g_array_set_size (open, 0);
}

/* Labels nearly in order: the next one is among the first few. */
static void
outline_ordered (Outliner *outliner,
                 GArray   *open)
{
  const HkFormRow *row;
  guint            which;

  while (!outliner->ended && open->len > 0) {
    if (next_label (outliner, open, MIN (open->len, WINDOW), &which, &row) == COST_NONE) {
      make_words (outliner, g_array_index (open, guint, 0));
      g_array_remove_index (open, 0);
      continue;
    }
    take_label (outliner, open, which, row);
  }
}

/* Where the table begins whose heading is the outline's last entry. */
static guint
begin_of_table (const Outliner *outliner)
{
  guint label = g_array_index (outliner->outline, HkOutlined, outliner->outline->len - 1).piece, begin = label;

  if (!outliner->painted)
    return label + 1;
  while (begin > 0 && piece_at (outliner, begin - 1)->run.page == piece_at (outliner, label)->run.page)
    begin--;
  return begin;
}

GArray *
hk_outline (const HkForm    *form,
            const HkLexicon *lexicon,
            GArray          *pieces,
            gboolean         painted,
            guint           *end)
{
  Outliner outliner = { .form = form, .lexicon = lexicon, .pieces = pieces, .painted = painted };
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  const HkPage *page = NULL;

  outliner.outline = g_array_new (FALSE, FALSE, sizeof (HkOutlined));
  for (guint i = 0; i < pieces->len && !outliner.ended; i++) {
    const HkPiece *piece = piece_at (&outliner, i);

    if (piece->class != HK_PIECE_LABEL)
      continue;
    if (painted && page != piece->run.page) {
      outline_painted (&outliner, open);
      page = piece->run.page;
    }
    g_array_append_val (open, i);
  }
  if (painted)
    outline_painted (&outliner, open);
  else
    outline_ordered (&outliner, open);
  *end = outliner.ended ? begin_of_table (&outliner) : pieces->len;
  return outliner.outline;
}
