/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which form a document is, and of which edition: from its printed mark, else
   from its title, else from what its labels say. */
#include "fold.h"
#include "parser.h"

#include <string.h>

/* How far the cover and the first labels reach (cells). */
#define LOOK_AHEAD 120

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

/* The number of the form whose title is in FOLDED; 0: none. */
static guint
title_number (const char *folded)
{
  static const char *const titles[] = { [2] = "(基礎項目評価書)", [3] = "(重点項目評価書)", [4] = "(全項目評価書)" };

  if (!g_str_has_prefix (folded, "特定個人情報保護評価書"))
    return 0;
  for (guint number = 2; number < G_N_ELEMENTS (titles); number++)
    if (strstr (folded, titles[number]) != NULL)
      return number;
  return 0;
}

/* Whether CELL says, number and all, what a row of the form says. */
static gboolean
is_numbered_label (const HkParser   *parser,
                   const HkTextCell *cell)
{
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (parser->vocabulary, cell, &label);

  if (label.class == HK_TOKEN_WORDS)
    return FALSE;
  for (guint i = 0; i < matches->len; i++)
    if (g_array_index (matches, HkLabelMatch, i).number_agrees)
      return TRUE;
  return FALSE;
}

void
hk_recognise_form (HkParser *parser)
{
  HkDocument *document = parser->document;
  HkTextCell *cell;
  guint marked = 0, titled = 0, labels = 0;

  for (guint i = 0; i < LOOK_AHEAD && marked == 0 && (cell = hk_layout_peek (parser->layout, i)) != NULL; i++) {
    g_autoptr (HkTokens) tokens = hk_tokenize (cell);
    g_autofree char *folded = hk_text_cell_fold (cell);
    HkFormMark mark;

    if (hk_form_mark_read (tokens, &mark)) {
      marked = mark.number->number;
      if (mark.date != NULL) {
        g_autofree char *edition = hk_text_cell_text (cell, take_span, &(Span){ mark.date->first, mark.date->n }, HK_USE_NONE, document);
        document->edition = hk_arena_strdup (document->arena, edition);
      }
    }
    if (titled == 0)
      titled = title_number (folded);
    labels += is_numbered_label (parser, cell);
  }

  guint number = marked != 0 ? marked : titled != 0 ? titled : labels >= LABELS_ENOUGH ? parser->form->number : 0;
  document->recognised_by = marked != 0 ? "printed mark" : titled != 0 ? "title" : number != 0 ? "labels" : NULL;
  if (number == 0) {
    hk_report (document, HK_DIAG_FORM_UNKNOWN, NULL);
    return;
  }
  document->form = hk_form (number);
  if (document->form == NULL) {
    g_autofree char *name = g_strdup_printf ("様式%u", number);
    hk_report (document, HK_DIAG_FORM_UNSUPPORTED, NULL, name);
  }
  else if (marked == 0)
    hk_report (document, HK_DIAG_FORM_INFERRED, NULL, document->form->name, titled != 0 ? "its title" : "its labels");
}
