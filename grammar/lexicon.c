/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lexicon.h"
#include "fold.h"

#include <string.h>

/* Words are kept in a tree of characters: a node is known by its parent and
   its character, so that one table holds all. */
typedef struct {
  guint    parent;
  gunichar ch;
} Edge;

typedef struct {
  GArray *meanings; /* HkMeaning, or NULL: no words end here */
} Node;

struct _HkLexicon {
  const HkForm *form;
  GHashTable   *edges; /* Edge → index of the node */
  GArray       *nodes; /* Node; the first ones are the roots, one a class */
};

#define N_CLASSES (HK_WORDS_CHOICE + 1)

static guint
edge_hash (gconstpointer key)
{
  const Edge *edge = key;

  return edge->parent * 2654435761u ^ edge->ch;
}

static gboolean
edge_equal (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, sizeof (Edge)) == 0;
}

/* The node behind PARENT by CH; 0: there is none. */
static guint
step (const HkLexicon *lexicon,
      guint            parent,
      gunichar         ch)
{
  Edge edge = { parent, ch };

  return GPOINTER_TO_UINT (g_hash_table_lookup (lexicon->edges, &edge));
}

static void
add_words (HkLexicon   *lexicon,
           HkWordsClass class,
           const char  *words,
           gssize       len,
           guint        row,
           guint        option)
{
  g_autofree char *folded = hk_fold_utf8 (words, len);
  guint at = class;

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c)) {
    guint next = step (lexicon, at, g_utf8_get_char (c));

    if (next == 0) {
      Edge edge = { at, g_utf8_get_char (c) };
      Node node = { NULL };

      next = lexicon->nodes->len;
      g_array_append_val (lexicon->nodes, node);
      g_hash_table_insert (lexicon->edges, g_memdup2 (&edge, sizeof edge), GUINT_TO_POINTER (next));
    }
    at = next;
  }
  if (at == class)
    return;
  Node     *node    = &g_array_index (lexicon->nodes, Node, at);
  HkMeaning meaning = { row, option };
  if (node->meanings == NULL)
    node->meanings = g_array_new (FALSE, FALSE, sizeof (HkMeaning));
  g_array_append_val (node->meanings, meaning);
}

static HkWordsClass
class_of (const HkFormRow *row)
{
  gunichar first = g_utf8_get_char (row->number);

  if (row->shape == HK_ROW_BLOCK)
    return HK_WORDS_BLOCK;
  if (row->placement == HK_PLACE_INSIDE)
    return row->kind == HK_KIND_TEXT ? HK_WORDS_INSIDE : HK_WORDS_OPTION;
  if (row->shape == HK_ROW_RISK)
    return HK_WORDS_RISK;
  if (hk_roman_number (first) != 0)
    return HK_WORDS_PART;
  if (hk_circled_number (first) != 0)
    return HK_WORDS_ITEM;
  if (g_str_has_prefix (row->number, "別添"))
    return HK_WORDS_APPENDIX;
  return *row->number != '\0' ? HK_WORDS_HEADING : HK_WORDS_PLAIN;
}

/* Whether the label of ROW is printed, and not said by another row: the title
   of a block is its heading's. */
static gboolean
has_words (const HkForm    *form,
           const HkFormRow *row)
{
  const HkFormRow *parent = hk_form_parent (form, row);

  if (row->placement == HK_PLACE_INSIDE)
    return row->kind == HK_KIND_CHECK || row->kind == HK_KIND_CHECKS || (row->kind == HK_KIND_TEXT && parent->kind == HK_KIND_CHOICE);
  return parent == NULL || parent->shape != HK_ROW_BLOCK || strcmp (parent->label, row->label) != 0;
}

HkLexicon *
hk_lexicon_new (const HkForm *form)
{
  HkLexicon *lexicon = g_new0 (HkLexicon, 1);

  lexicon->form  = form;
  lexicon->edges = g_hash_table_new_full (edge_hash, edge_equal, g_free, NULL);
  lexicon->nodes = g_array_new (FALSE, TRUE, sizeof (Node));
  g_array_set_size (lexicon->nodes, N_CLASSES);
  for (guint i = 0; i < form->n_rows; i++) {
    const HkFormRow *row    = &form->rows[i];
    const char      *cursor = NULL, *text;
    HkOption         option;
    gsize            len;
    gboolean         check  = row->placement == HK_PLACE_INSIDE && row->kind == HK_KIND_CHECK;

    while (has_words (form, row) && hk_form_next_label (row, &cursor, &text, &len))
      add_words (lexicon, class_of (row), text, (gssize) len, i, check ? 1 : 0);
    cursor = NULL;
    while (row->shape == HK_ROW_ITEM && hk_form_next_option (row, &cursor, &option))
      add_words (lexicon, row->kind == HK_KIND_CHECKS ? HK_WORDS_OPTION : HK_WORDS_CHOICE, option.words, (gssize) option.words_len, i, option.number);
  }
  return lexicon;
}

void
hk_lexicon_free (HkLexicon *lexicon)
{
  for (guint i = 0; i < lexicon->nodes->len; i++)
    g_clear_pointer (&g_array_index (lexicon->nodes, Node, i).meanings, g_array_unref);
  g_array_unref (lexicon->nodes);
  g_hash_table_unref (lexicon->edges);
  g_free (lexicon);
}

const GArray *
hk_lexicon_find (const HkLexicon *lexicon,
                 HkWordsClass     class,
                 const gunichar  *folded,
                 guint            n,
                 guint           *length,
                 gboolean        *live)
{
  const GArray *meanings = NULL;
  guint         at       = class, i;

  for (i = 0; i < n && (at = step (lexicon, at, folded[i])) != 0; i++) {
    const Node *node = &g_array_index (lexicon->nodes, Node, at);
    if (node->meanings != NULL) {
      meanings = node->meanings;
      *length  = i + 1;
    }
  }
  *live = i == n && n > 0;
  return meanings;
}

guint
hk_lexicon_number (const HkLexicon *lexicon,
                   guint            row)
{
  const char *number = lexicon->form->rows[row].number;
  gunichar    first  = g_utf8_get_char (number);
  guint       value  = 0;

  if (hk_roman_number (first) != 0)
    return hk_roman_number (first);
  if (hk_circled_number (first) != 0)
    return hk_circled_number (first);
  for (; *number != '\0'; number = g_utf8_next_char (number))
    if (hk_digit (g_utf8_get_char (number)) >= 0)
      value = 10 * value + (guint) hk_digit (g_utf8_get_char (number));
  return value;
}
