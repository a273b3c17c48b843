/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "outline.h"

#include <string.h>

/* In text that keeps its order a label may stand this many labels too early. */
#define WINDOW 10

/* A page with fewer labels says nothing of the order; one with more is no page. */
#define LABELS_ENOUGH 5
#define LABELS_OF_PAGE 120

/* A page is in order where no larger part of its labels fits nowhere as they come. */
#define LEFT 0.03

/* Else it is out of order if so many of its labels are displaced, and such a part. */
#define DISPLACED_MIN 3
#define DISPLACED 0.15

/* A text is painted if such a part of its pages is out of order, … */
#define DISORDERED_PAGES 0.16

/* … or such a part of its options, if there are so many, parted from their brackets. */
#define PARTED_OPTIONS 0.45
#define OPTIONS_ENOUGH 10

/* Likewise, if so many of its labels have the form's space before them. */
#define INDENTED_LABELS 0.5

/* A label that comes too late is of a section that began among the last rows. */
#define LATE_ROWS 16

/* Likewise, if so many of its labels stand behind their options. */
#define LABELS_BEHIND 0.5
#define BEHIND_ENOUGH 3

/* Words that stand twice are so many pieces at the most. */
#define COPIED_PIECES 3

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

/* Where all labels of a page are open the next one is looked for among all of
   them: so often in a document, no more. Behind that pages are in order. */
#define WORK_MAX 4000000

typedef struct {
  const HkForm    *form;
  const HkLexicon *lexicon;
  GArray          *pieces;
  GArray          *rows; /* HkOutlined */
  gboolean         painted;
  gboolean         restarts; /* a part is to begin again on this page: its heading comes first */

  guint           *labels; /* for each row of the form how many with labels stand before it */
  guint            work;   /* labels looked at so far on painted pages */

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

static guint *
count_labels (const HkForm *form)
{
  guint *labels = g_new0 (guint, form->n_rows + 1);

  for (guint i = 0; i < form->n_rows; i++) {
    const HkFormRow *row = &form->rows[i];
    labels[i + 1] = labels[i] + (*row->label != '\0' && row->placement != HK_PLACE_INSIDE && row->placement != HK_PLACE_COLUMN);
  }
  return labels;
}

/* How many rows with labels stand between FROM and TO. */
static guint
rows_between (const Outliner  *outliner,
              const HkFormRow *from,
              const HkFormRow *to)
{
  const HkFormRow *rows = outliner->form->rows;

  return from == NULL || to <= from + 1 ? 0 : outliner->labels[to - rows] - outliner->labels[from + 1 - rows];
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
  for (guint i = outliner->rows->len; i > 0; i--) {
    const HkFormRow *before = &outliner->form->rows[g_array_index (outliner->rows, HkOutlined, i - 1).row];

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
  guint            skipped = ahead ? rows_between (outliner, outliner->cursor, row) * COST_SKIPPED : 0;
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
    return ahead ? COST_PART + skipped : COST_BACK + (outliner->painted ? rows_between (outliner, outliner->cursor, end) : 0);
  case HK_ROW_HEADING:
    if (outliner->part == NULL || !is_within (outliner, row, outliner->part))
      return !agrees ? COST_NONE : ahead ? COST_OTHER_PART + skipped : COST_BACK + COST_OTHER_PART;
    if (!ahead)
      return agrees ? COST_BACK + (outliner->restarts ? COST_OTHER_PART : 0) : COST_NONE;
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
    return 1 + (outliner->range ? 0 : rows_between (outliner, outliner->cursor, last_of (outliner, row)) * COST_SKIPPED) + number_cost;
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
  if ((row->placement == HK_PLACE_INSIDE && row->kind != HK_KIND_TEXT) || row->placement == HK_PLACE_COLUMN || !agrees || (block != NULL && (block != outliner->container || outliner->range)))
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

  guint place = outliner->rows->len;

  g_array_remove_index (open, which);
  if (outliner->cursor != NULL && row < outliner->cursor && (row->shape == HK_ROW_ITEM || row->shape == HK_ROW_GROUP)) {
    while (place > 0 && g_array_index (outliner->rows, HkOutlined, place - 1).row > outlined.row)
      place--;
    g_array_insert_val (outliner->rows, place, outlined);
    return;
  }
  g_array_append_val (outliner->rows, outlined);
  move_to (outliner, row);
  outliner->restarts = outliner->restarts && row->shape != HK_ROW_PART;
  outliner->ended = row->shape == HK_ROW_PART && row[1].shape == HK_ROW_RECORD;
  outliner->range = outliner->container == row && piece_at (outliner, outlined.piece)->range;
}

/* A label that fits nowhere is no label. */
static void
make_words (GArray *pieces,
            guint   label)
{
  hk_piece (pieces, label)->class  = HK_PIECE_WORDS;
  hk_piece (pieces, label)->astray = hk_piece (pieces, label)->agrees && hk_piece (pieces, label)->number != 0;
  for (guint i = label + 1; i < pieces->len && i < label + 60; i++)
    if (hk_piece (pieces, i)->class == HK_PIECE_REST && hk_piece (pieces, i)->number == label)
      hk_piece (pieces, i)->class = HK_PIECE_WORDS;
}

/* Whether one of LABELS is the heading of a part that was there before. */
static gboolean
has_restart (const Outliner *outliner,
             const GArray   *labels)
{
  for (guint i = 0; i < labels->len; i++) {
    const HkPiece *piece = hk_piece (outliner->pieces, g_array_index (labels, guint, i));

    for (guint m = 0; m < piece->meanings->len; m++) {
      guint            index = g_array_index (piece->meanings, HkMeaning, m).row;
      const HkFormRow *row   = &outliner->form->rows[index];
      if (row->shape == HK_ROW_PART && outliner->cursor != NULL && row <= outliner->cursor && hk_lexicon_number (outliner->lexicon, index) == piece->number)
        return TRUE;
    }
  }
  return FALSE;
}

/* Where ROW belongs into the section that entry BEGIN opened, G_MAXUINT: it is
   there already, or ROW is none of the section's. */
static guint
place_in_section (const Outliner  *outliner,
                  const HkFormRow *row,
                  guint            begin)
{
  const HkFormRow *section = &outliner->form->rows[g_array_index (outliner->rows, HkOutlined, begin).row];
  guint            place   = begin + 1;

  if (row == section || !is_within (outliner, row, section) || hk_piece (outliner->pieces, g_array_index (outliner->rows, HkOutlined, begin).piece)->range)
    return G_MAXUINT;
  for (guint i = begin + 1; i < outliner->rows->len; i++) {
    const HkFormRow *other = &outliner->form->rows[g_array_index (outliner->rows, HkOutlined, i).row];

    if (other == row)
      return G_MAXUINT;
    if (other == section || !is_within (outliner, other, section))
      break;
    if (other < row)
      place = i + 1;
  }
  return place;
}

/* A label that comes too late, behind those of the next blocks: its row goes into
   the last section before that has none. FALSE: there is none near. */
static gboolean
take_late (Outliner *outliner,
           guint     label)
{
  const HkPiece *piece = hk_piece (outliner->pieces, label);

  for (guint back = 1; back <= MIN (LATE_ROWS, outliner->rows->len); back++)
    for (guint m = 0; m < piece->meanings->len; m++) {
      guint            index = g_array_index (piece->meanings, HkMeaning, m).row;
      const HkFormRow *row   = &outliner->form->rows[index];

      if ((row->shape != HK_ROW_ITEM && row->shape != HK_ROW_GROUP) || hk_lexicon_number (outliner->lexicon, index) != piece->number)
        continue;
      guint place = place_in_section (outliner, row, outliner->rows->len - back);
      if (place == G_MAXUINT)
        continue;
      HkOutlined outlined = { index, label };
      g_array_insert_val (outliner->rows, place, outlined);
      return TRUE;
    }
  return FALSE;
}

/* Whether all of LABELS, those of a page, can be looked through for each. */
static gboolean
can_search (Outliner     *outliner,
            const GArray *labels)
{
  guint64 work = (guint64) labels->len * labels->len / 2;

  if (work > WORK_MAX || outliner->work + work > WORK_MAX)
    return FALSE;
  outliner->work += (guint) work;
  return TRUE;
}

/* Takes the labels of one page, OPEN, as they come: in any order, or the next one
   among the first few. Those that fit nowhere are left in LEFT. */
static void
outline_page (Outliner     *outliner,
              const GArray *labels,
              GArray       *left)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  const HkFormRow *row    = NULL;
  guint            which  = 0, window = outliner->painted ? labels->len : WINDOW, next = 0;

  g_array_set_size (left, 0);
  outliner->restarts = outliner->painted && has_restart (outliner, labels);
  while (!outliner->ended) {
    if (open->len < window && next < labels->len) {
      guint n = MIN (window - open->len, labels->len - next);
      g_array_append_vals (open, &g_array_index (labels, guint, next), n);
      next += n;
    }
    if (open->len == 0)
      break;
    if (next_label (outliner, open, open->len, &which, &row) != COST_NONE) {
      take_label (outliner, open, which, row);
      continue;
    }
    if (outliner->painted) {
      g_array_append_vals (left, open->data, open->len);
      break;
    }
    if (!take_late (outliner, g_array_index (open, guint, 0)))
      g_array_append_vals (left, open->data, 1);
    g_array_remove_index (open, 0);
  }
}

/* --- How a text is ordered ------------------------------------------------------------ */

/* How many of the outline's rows from FIRST on have to be left out for the
   others' labels to stand in order. */
static guint
count_displaced (const GArray *rows,
                 guint         first)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint)); /* the least last label of a run of each length */

  for (guint i = first; i < rows->len; i++) {
    guint piece = g_array_index (rows, HkOutlined, i).piece, at = 0, high = ends->len;

    while (at < high) {
      guint middle = (at + high) / 2;
      if (g_array_index (ends, guint, middle) < piece)
        at = middle + 1;
      else
        high = middle;
    }
    if (at == ends->len)
      g_array_append_val (ends, piece);
    else
      g_array_index (ends, guint, at) = piece;
  }
  return rows->len - first - ends->len;
}

gboolean *
hk_outline_displaced (const GArray *outline)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint)); /* the row that ends the best run of each length */
  g_autofree int *before = g_new (int, outline->len + 1);
  gboolean *displaced = g_new (gboolean, outline->len + 1);

#define PIECE(i) (g_array_index (outline, HkOutlined, (i)).piece)
  for (guint i = 0; i < outline->len; i++) {
    guint low = 0, high = ends->len;

    while (low < high) {
      guint middle = (low + high) / 2;
      if (PIECE (g_array_index (ends, guint, middle)) < PIECE (i))
        low = middle + 1;
      else
        high = middle;
    }
    before[i] = low > 0 ? (int) g_array_index (ends, guint, low - 1) : -1;
    if (low == ends->len)
      g_array_append_val (ends, i);
    else
      g_array_index (ends, guint, low) = i;
    displaced[i] = TRUE;
  }
  for (int i = ends->len > 0 ? (int) g_array_index (ends, guint, ends->len - 1) : -1; i >= 0; i = before[i])
    displaced[i] = FALSE;
#undef PIECE
  return displaced;
}

static gboolean
share_row (const GArray *some,
           const GArray *others)
{
  for (guint i = 0; some != NULL && others != NULL && i < some->len; i++)
    for (guint k = 0; k < others->len; k++)
      if (g_array_index (some, HkMeaning, i).row == g_array_index (others, HkMeaning, k).row)
        return TRUE;
  return FALSE;
}

/* Whether an option, or an entry of the list, of the row of label I stands between
   it and the next label, going by STEP. */
static gboolean
has_options (const GArray *pieces,
             guint         i,
             int           step)
{
  const HkPiece *label = hk_piece (pieces, i);

  for (guint k = i + (guint) step; k < pieces->len && hk_piece (pieces, k)->class != HK_PIECE_LABEL && hk_piece (pieces, k)->run.page == label->run.page; k += (guint) step)
    if ((hk_piece (pieces, k)->class == HK_PIECE_OPTION || hk_piece (pieces, k)->class == HK_PIECE_LIST) && share_row (label->meanings, hk_piece (pieces, k)->meanings))
      return TRUE;
  return FALSE;
}

/* What is painted from the top of the page down has labels that are centred beside
   their options behind all of these. */
static double
labels_behind (const GArray *pieces)
{
  guint n = 0, behind = 0;

  for (guint i = 0; i < pieces->len; i++) {
    if (hk_piece (pieces, i)->class != HK_PIECE_LABEL)
      continue;
    gboolean before = has_options (pieces, i, -1), after = has_options (pieces, i, 1);
    n += before || after;
    behind += before && !after;
  }
  return n >= BEHIND_ENOUGH ? (double) behind / n : 0;
}

/* How many names of options do not follow their brackets. */
static double
parted_options (const GArray *pieces)
{
  guint n = 0, parted = 0;

  for (guint i = 2; i < pieces->len; i++) {
    if (hk_piece (pieces, i)->class != HK_PIECE_OPTION)
      continue;
    HkPieceClass before = hk_piece (pieces, i - 2)->class;
    n++;
    parted += hk_piece (pieces, i - 1)->class != HK_PIECE_BOX && before != HK_PIECE_OPEN && before != HK_PIECE_MARK && before != HK_PIECE_LABEL;
  }
  return n >= OPTIONS_ENOUGH ? (double) parted / n : 0;
}

/* Whether one space stands before the piece at the beginning of its line. */
static gboolean
is_indented_once (const HkPiece *piece)
{
  guint before = 0, line = hk_page_glyph (piece->run.page, piece->run.first)->line;

  while (before < 2 && before < piece->run.first && hk_page_glyph (piece->run.page, piece->run.first - before - 1)->line == line)
    before++;
  return piece->begins && before == 1;
}

/* What writes a page in the order of its painting keeps the space that the form
   has before its labels. */
static double
indented_labels (const GArray *pieces)
{
  guint n = 0, indented = 0;

  for (guint i = 0; i < pieces->len; i++)
    if (hk_piece (pieces, i)->class == HK_PIECE_LABEL && hk_piece (pieces, i)->begins) {
      n++;
      indented += is_indented_once (hk_piece (pieces, i));
    }
  return n >= LABELS_ENOUGH ? (double) indented / n : 0;
}

/* The labels of the page that piece *AT is on (guint); *AT becomes the first
   piece behind that page. */
static GArray *
labels_of_page (const GArray *pieces,
                guint        *at)
{
  GArray       *labels = g_array_new (FALSE, FALSE, sizeof (guint));
  const HkPage *page   = hk_piece (pieces, *at)->run.page;

  for (; *at < pieces->len && hk_piece (pieces, *at)->run.page == page; (*at)++)
    if (hk_piece (pieces, *at)->class == HK_PIECE_LABEL)
      g_array_append_val (labels, *at);
  return labels;
}

/* Whether nearly all LABELS of a page fit as they come; if so, STATE goes on behind
   them, else it is as before. */
static gboolean
is_ordered (Outliner     *state,
            const GArray *labels)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) rows = g_array_copy (state->rows);
  Outliner before = *state;
  guint    first  = state->rows->len;

  state->painted = FALSE;
  outline_page (state, labels, left);
  if (left->len <= LEFT * labels->len && count_displaced (state->rows, first) <= LEFT * labels->len)
    return TRUE;
  g_array_set_size (state->rows, 0);
  g_array_append_vals (state->rows, rows->data, rows->len);
  before.rows = state->rows;
  *state = before;
  return FALSE;
}

/* Whether the page's labels are out of order; STATE goes on behind them. */
static gboolean
is_disordered (Outliner     *state,
               const GArray *labels)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (guint));
  guint first = state->rows->len;

  if (is_ordered (state, labels))
    return FALSE;
  state->painted = can_search (state, labels);
  outline_page (state, labels, left);
  guint n = state->rows->len - first, displaced = count_displaced (state->rows, first);
  return n >= LABELS_ENOUGH && labels->len <= LABELS_OF_PAGE && displaced >= DISPLACED_MIN && displaced > DISPLACED * n;
}

/* --- Words painted twice ---------------------------------------------------------------- */

static gboolean
says_same (const HkPiece *some,
           const HkPiece *other)
{
  if (some->class != other->class || some->run.n != other->run.n || some->run.page != other->run.page)
    return FALSE;
  for (guint i = 0; i < some->run.n; i++)
    if (hk_page_glyph (some->run.page, some->run.first + i)->ch != hk_page_glyph (other->run.page, other->run.first + i)->ch)
      return FALSE;
  return TRUE;
}

/* Whether PIECE is the label of a part or heading. */
static gboolean
is_heading (const HkForm  *form,
            const HkPiece *piece)
{
  for (guint m = 0; piece->class == HK_PIECE_LABEL && m < piece->meanings->len; m++) {
    HkRowShape shape = form->rows[g_array_index (piece->meanings, HkMeaning, m).row].shape;
    if (shape == HK_ROW_PART || shape == HK_ROW_HEADING)
      return TRUE;
  }
  return FALSE;
}

/* Headings are bold, and some programs make letters bold by painting them twice:
   what stands twice at once is one heading. */
static void
drop_copies (const HkForm *form,
             GArray       *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    for (guint n = 1; n <= COPIED_PIECES && i + 2 * n <= pieces->len; n++) {
      gboolean copied = hk_piece (pieces, i)->begins && hk_piece (pieces, i + n)->begins, heading = FALSE;

      for (guint k = i; k < i + n && copied; k++) {
        copied   = says_same (hk_piece (pieces, k), hk_piece (pieces, k + n));
        heading |= is_heading (form, hk_piece (pieces, k));
      }
      if (!copied || !heading)
        continue;
      for (guint k = i + n; k < i + 2 * n; k++)
        hk_piece (pieces, k)->class = HK_PIECE_FORM;
      i += 2 * n - 1;
      break;
    }
}

HkOrder
hk_order_find (const HkForm    *form,
               const HkLexicon *lexicon,
               GArray          *pieces,
               GHashTable      *scrambled)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (HkOutlined));
  g_autofree guint  *counts = count_labels (form);
  Outliner state = { .form = form, .lexicon = lexicon, .pieces = pieces, .rows = rows, .labels = counts };
  guint    n     = 0;

  drop_copies (form, pieces);
  if (parted_options (pieces) > PARTED_OPTIONS || indented_labels (pieces) > INDENTED_LABELS || labels_behind (pieces) > LABELS_BEHIND)
    return HK_ORDER_PAINTED;
  for (guint i = 0; i < pieces->len && !state.ended;) {
    const HkPage *page = hk_piece (pieces, i)->run.page;
    g_autoptr (GArray) labels = labels_of_page (pieces, &i);

    n += labels->len >= LABELS_ENOUGH;
    if (is_disordered (&state, labels))
      g_hash_table_add (scrambled, (gpointer) page);
  }
  return g_hash_table_size (scrambled) > DISORDERED_PAGES * n ? HK_ORDER_PAINTED : HK_ORDER_LINES;
}

/* Where the table begins whose heading is the last of ROWS. */
static guint
begin_of_table (const Outliner *outliner,
                gboolean        painted)
{
  guint label = g_array_index (outliner->rows, HkOutlined, outliner->rows->len - 1).piece, begin = label;

  if (!painted)
    return label + 1;
  while (begin > 0 && hk_piece (outliner->pieces, begin - 1)->run.page == hk_piece (outliner->pieces, label)->run.page)
    begin--;
  return begin;
}

GArray *
hk_outline (const HkForm    *form,
            const HkLexicon *lexicon,
            GArray          *pieces,
            HkOrder          order,
            GHashTable      *scrambled,
            guint           *end)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint  *counts = count_labels (form);
  Outliner outliner = { .form = form, .lexicon = lexicon, .pieces = pieces, .labels = counts };

  outliner.rows = g_array_new (FALSE, FALSE, sizeof (HkOutlined));
  for (guint i = 0; i < pieces->len && !outliner.ended;) {
    const HkPage *page = hk_piece (pieces, i)->run.page;
    g_autoptr (GArray) labels = labels_of_page (pieces, &i);

    outliner.painted = order == HK_ORDER_PAINTED || g_hash_table_contains (scrambled, page);
    outliner.painted = outliner.painted && can_search (&outliner, labels);
    outline_page (&outliner, labels, left);
    for (guint l = 0; l < left->len; l++)
      make_words (pieces, g_array_index (left, guint, l));
  }
  *end = outliner.ended ? begin_of_table (&outliner, order == HK_ORDER_PAINTED) : pieces->len;
  return outliner.rows;
}
