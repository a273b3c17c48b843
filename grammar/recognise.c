/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which form a document is, and of which edition: from its printed mark, else
   from its title, else from what its labels say. */
#include "fold.h"
#include "parser.h"

#include <string.h>

/* How far the cover and the first labels reach. */
#define LOOK_CELLS 120
#define LOOK_PAGES 8

/* A line of a text that is longer (characters) is several of the page, run together. */
#define TOGETHER_MIN 120

/* The form's mark is no longer. */
#define MARK_MAX 30

/* Words so far apart (em) are not one label. */
#define WORDS_GAP 1.5

/* So many labels in a row with their numbers are no accident. */
#define LABELS_ENOUGH 4

typedef struct {
  guint first, n;
} Span;

static gboolean
take_span (const HkTextCell *cell,
           guint             glyph,
           void             *data)
{
  const Span *span = data;

  return glyph >= span->first && glyph < span->first + span->n;
}

gboolean
hk_parse_form_mark (HkParser   *parser,
                    HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  HkTie tie = { HK_STATUS_CERTAIN, NULL, NULL };
  HkFormMark mark;

  if (!hk_form_mark_read (tokens, &mark))
    return FALSE;
  if (mark.date != NULL) {
    Span span = { mark.date->first, mark.date->n };
    hk_shape_put_text (parser, "cover/revision", HK_KIND_TEXT, cell, take_span, &span, &tie);
  }
  Span span = { mark.words->first, mark.number->first + mark.number->n - mark.words->first };
  hk_shape_put_text (parser, "cover/form", HK_KIND_TEXT, cell, take_span, &span, &tie);
  hk_text_cell_use (cell, 0, cell->glyphs->len, HK_USE_FORM);
  return TRUE;
}

/* The number of the form whose title is in FOLDED, at its beginning or, RUN
   TOGETHER with other words, anywhere; 0: none. */
static guint
title_number (const char *folded,
              gboolean    together)
{
  static const char *const titles[] = { [2] = "(基礎項目評価書)", [3] = "(重点項目評価書)", [4] = "(全項目評価書)" };

  const char *title = strstr (folded, "特定個人情報保護評価書");
  if (title == NULL || (title != folded && !together))
    return 0;
  for (guint number = 2; number < G_N_ELEMENTS (titles); number++) {
    const char *name = strstr (title, titles[number]);
    if (name != NULL && (!together || name == title + strlen ("特定個人情報保護評価書")))
      return number;
  }
  return 0;
}

/* Glyphs [FIRST, FIRST + N) of CELL as a cell of their own. */
static HkTextCell *
part_of (const HkTextCell *cell,
         guint             page,
         guint             first,
         guint             n)
{
  HkTextCell *part = hk_text_cell_new (page, cell->box, 0, FALSE);

  hk_text_cell_fill (part, page, cell->box, hk_cell_glyph (cell, first), n);
  return part;
}

/* How many glyphs LINE begins with before its first wide gap: where there are
   no rules, a label is followed by its value. */
static guint
words_of (const HkTextCell *cell,
          const HkLine     *line)
{
  guint n = 1;

  while (n < line->n && hk_cell_glyph (cell, line->first + n)->box.x0 - hk_cell_glyph (cell, line->first + n - 1)->box.x1 <
                          WORDS_GAP * hk_glyph_em (hk_cell_glyph (cell, line->first + n)))
    n++;
  return n;
}

/* --- What the first pages say ----------------------------------------------------- */

#define N_FORMS 10 /* numbered from 1 to 9 */

typedef struct {
  HkDocument   *document;
  HkVocabulary *vocabulary[N_FORMS]; /* NULL: no such form, or not needed yet */
  guint         marked, titled;      /* numbers of forms; 0: not told so */
  guint         labels[N_FORMS];     /* how many each form has of those read */
} Look;

/* Whether CELL says, number and all, what a row of the form says. */
static gboolean
is_numbered_label (const HkVocabulary *vocabulary,
                   const HkTextCell   *cell)
{
  g_auto (HkLabel) label = hk_label_read (cell);

  if (label.class == HK_TOKEN_WORDS)
    return FALSE;
  g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, cell, &label);
  for (guint i = 0; i < matches->len; i++)
    if (g_array_index (matches, HkLabelMatch, i).number_agrees)
      return TRUE;
  return FALSE;
}

static void
look_at_mark (Look       *look,
              HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  HkDocument *document = look->document;
  HkFormMark  mark;

  if (look->marked != 0 || !hk_form_mark_read (tokens, &mark))
    return;
  look->marked = mark.number->number;
  if (mark.date != NULL) {
    g_autofree char *edition = hk_text_cell_text (cell, take_span, &(Span){ mark.date->first, mark.date->n }, HK_USE_NONE, document);
    document->edition = hk_arena_strdup (document->arena, edition);
  }
}

/* Looks at what stands in brackets in a line that is run together with others. */
static void
look_at_brackets (Look             *look,
                  const HkTextCell *cell)
{
  for (guint i = 0; i < cell->glyphs->len; i++) {
    guint n = 1;

    if (!hk_is_open_bracket (hk_cell_glyph (cell, i)->ch))
      continue;
    while (n < MARK_MAX && i + n < cell->glyphs->len && !hk_is_close_bracket (hk_cell_glyph (cell, i + n)->ch))
      n++;
    if (n == MARK_MAX || i + n == cell->glyphs->len)
      continue;
    g_autoptr (HkTextCell) part = part_of (cell, cell->page, i, n + 1);
    look_at_mark (look, part);
  }
}

static void
look_at_words (Look       *look,
               HkTextCell *cell)
{
  g_autofree char *folded = hk_text_cell_fold (cell);
  gboolean together = cell->glyphs->len > TOGETHER_MIN && hk_cell_glyph (cell, 0)->line != 0;

  if (look->titled == 0)
    look->titled = title_number (folded, together);
  if (together)
    look_at_brackets (look, cell);
  else
    look_at_mark (look, cell);
}

static void
look_at_label (Look             *look,
               const HkTextCell *cell)
{
  for (guint number = 1; number < N_FORMS; number++)
    if (look->vocabulary[number] != NULL)
      look->labels[number] += is_numbered_label (look->vocabulary[number], cell);
}

static void
look_at_cell (Look       *look,
              HkTextCell *cell)
{
  gboolean whole = cell->lines->len != 1;

  if (whole && cell->lines->len > 0) { /* a label that wraps */
    look_at_words (look, cell);
    look_at_label (look, cell);
  }
  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    g_autoptr (HkTextCell) all   = part_of (cell, line->page, line->first, line->n);
    g_autoptr (HkTextCell) first = part_of (cell, line->page, line->first, words_of (cell, line));

    look_at_words (look, all);
    look_at_label (look, first);
  }
}

static void
look_ahead (Look     *look,
            HkLayout *layout)
{
  const GPtrArray *cells;
  guint n = 0;

  for (guint page = 0; page < LOOK_PAGES && n < LOOK_CELLS && look->marked == 0 && (cells = hk_layout_drawn (layout, page)) != NULL; page++)
    for (guint i = 0; i < cells->len && n < LOOK_CELLS && look->marked == 0; i++, n++)
      look_at_cell (look, cells->pdata[i]);
}

/* The form that has most of the labels; 0: too few of them. */
static guint
most_labels (const Look *look)
{
  guint best = 0;

  for (guint number = 1; number < N_FORMS; number++)
    if (look->labels[number] >= LABELS_ENOUGH && look->labels[number] > look->labels[best])
      best = number;
  return best;
}

void
hk_recognise_form (HkDocument *document,
                   HkLayout   *layout)
{
  Look look = { .document = document };

  look_ahead (&look, layout);
  if (look.marked == 0 && look.titled == 0) {
    for (guint number = 1; number < N_FORMS; number++)
      look.vocabulary[number] = hk_form (number) != NULL ? hk_vocabulary_new (hk_form (number)) : NULL;
    look_ahead (&look, layout);
    for (guint number = 1; number < N_FORMS; number++)
      g_clear_pointer (&look.vocabulary[number], hk_vocabulary_free);
  }

  guint number = look.marked != 0 ? look.marked : look.titled != 0 ? look.titled : most_labels (&look);
  document->recognised_by = look.marked != 0 ? "printed mark" : look.titled != 0 ? "title" : number != 0 ? "labels" : NULL;
  if (number == 0) {
    hk_report (document, HK_DIAG_FORM_UNKNOWN, NULL);
    return;
  }
  document->form = hk_form (number);
  if (document->form == NULL) {
    g_autofree char *name = g_strdup_printf ("様式%u", number);
    hk_report (document, HK_DIAG_FORM_UNSUPPORTED, NULL, name);
  }
  else if (look.marked == 0)
    hk_report (document, HK_DIAG_FORM_INFERRED, NULL, document->form->name, look.titled != 0 ? "its title" : "its labels");
}
