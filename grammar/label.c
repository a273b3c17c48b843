/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "label.h"
#include "fold.h"
#include "marks.h"

#include <string.h>

static guint
first_bracket (const HkTextCell *cell)
{
  guint i = 0;

  while (i < cell->glyphs->len && !hk_is_open_bracket (hk_cell_glyph (cell, i)->ch))
    i++;
  return i;
}

/* Where the label in CELL ends and its marks begin. Marks in a column of their
   own are right of all label text; else they follow it in the flow. */
static void
find_marks (const HkTextCell *cell,
            HkLabel          *label)
{
  gboolean marked, any = FALSE;

  label->n     = cell->glyphs->len;
  label->limit = G_MAXDOUBLE;
  for (guint i = 0; i < cell->glyphs->len && !any; i++)
    any = hk_is_open_bracket (hk_cell_glyph (cell, i)->ch) || hk_is_box (hk_cell_glyph (cell, i)->ch, &marked);
  if (!any)
    return;

  g_autoptr (GArray) slots = hk_slots_find (cell);
  if (slots->len == 0) { /* a rule may part the brackets: the label ends all the same */
    label->n = first_bracket (cell);
    return;
  }
  for (guint s = 0; s < slots->len; s++)
    label->limit = MIN (label->limit, g_array_index (slots, HkSlot, s).box.x0);

  guint first = g_array_index (slots, HkSlot, 0).first;
  for (guint i = 0; i < first; i++)
    if (hk_box_mid_x (&hk_cell_glyph (cell, i)->box) > label->limit) {
      label->n     = first;
      label->limit = G_MAXDOUBLE;
      return;
    }
}

static gboolean
is_label_number (HkTokenClass class)
{
  return class == HK_TOKEN_PART_NUMBER || class == HK_TOKEN_APPENDIX || class == HK_TOKEN_HEADING_NUMBER ||
         class == HK_TOKEN_ITEM_NUMBER || class == HK_TOKEN_RISK_NUMBER;
}

HkLabel
hk_label_read (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  GString *words = g_string_new (NULL);
  HkLabel  label = { .class = HK_TOKEN_WORDS };
  gboolean first = TRUE;

  find_marks (cell, &label);
  for (guint i = 0; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);

    if (token->class == HK_TOKEN_SPACE || token->class == HK_TOKEN_REFERENCE ||
        (token->n > 0 && hk_cell_glyph (cell, token->first)->box.x0 >= label.limit))
      continue;
    if (token->first >= label.n)
      break;
    if (first && is_label_number (token->class)) {
      label.class  = token->class;
      label.number = token->number;
    }
    else
      g_string_append (words, token->folded);
    first = FALSE;
  }
  label.folded = g_string_free (words, FALSE);
  return label;
}

void
hk_label_clear (HkLabel *label)
{
  g_clear_pointer (&label->folded, g_free);
}

/* The longest label, with room for spaces and marks (glyphs). */
#define LABEL_MAX 160

/* --- The vocabulary: every label of the form, folded ------------------------ */

typedef struct {
  const HkFormRow *row;
  HkTokenClass     class;  /* of the row's number; HK_TOKEN_WORDS for none */
  guint            number;
} Entry;

struct _HkVocabulary {
  const HkForm *form;
  GHashTable   *entries; /* folded label → GArray of Entry; both owned */
  GPtrArray    *words;   /* the folded labels in order; borrowed */
  GHashTable   *firsts;  /* the first characters of labels, folded */
  GPtrArray    *blocks;  /* HkFormRow of blocks: their labels go on with a number */
  GArray       *marked;  /* Entry of rows with checks inside: their labels may go on with those */
};

/* What kind of number a row's number is; the row's shape tells １ from １．. */
static Entry
entry_for (const HkFormRow *row)
{
  Entry    entry = { row, HK_TOKEN_WORDS, 0 };
  gunichar first = g_utf8_get_char (row->number);

  if (row->shape == HK_ROW_RISK)
    entry.class = HK_TOKEN_RISK_NUMBER;
  if (hk_roman_number (first) != 0)
    entry = (Entry){ row, HK_TOKEN_PART_NUMBER, hk_roman_number (first) };
  else if (hk_circled_number (first) != 0)
    entry = (Entry){ row, HK_TOKEN_ITEM_NUMBER, hk_circled_number (first) };
  else if (g_str_has_prefix (row->number, "別添"))
    entry = (Entry){ row, HK_TOKEN_APPENDIX, (guint) hk_digit (g_utf8_get_char (row->number + strlen ("別添"))) };
  else if (*row->number != '\0') {
    for (const char *c = row->number; *c != '\0'; c = g_utf8_next_char (c))
      entry.number = 10 * entry.number + (guint) MAX (hk_digit (g_utf8_get_char (c)), 0);
    if (row->shape != HK_ROW_RISK)
      entry.class = HK_TOKEN_HEADING_NUMBER;
  }
  return entry;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_check_inside (const HkFormRow *row,
                 const HkForm    *form)
{
  return row < form->rows + form->n_rows && row->placement == HK_PLACE_INSIDE && (row->kind == HK_KIND_CHECK || row->kind == HK_KIND_CHECKS);
}

/* Appends what is printed behind the marks of the check or checks ROW. */
static void
append_check_names (GString         *names,
                    const HkFormRow *row)
{
  const char *cursor = NULL;
  HkOption    option;

  if (row->kind == HK_KIND_CHECK) {
    g_autofree char *name = hk_fold_utf8 (row->label, -1);
    g_string_append (names, name);
  }
  while (hk_form_next_option (row, &cursor, &option)) {
    g_autofree char *name = hk_fold_utf8 (option.words, (gssize) option.words_len);
    g_string_append (names, name);
  }
}

HkVocabulary *
hk_vocabulary_new (const HkForm *form)
{
  HkVocabulary *vocabulary = g_new0 (HkVocabulary, 1);

  vocabulary->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  vocabulary->blocks  = g_ptr_array_new ();
  vocabulary->words   = g_ptr_array_new ();
  vocabulary->firsts  = g_hash_table_new (NULL, NULL);
  vocabulary->marked  = g_array_new (FALSE, FALSE, sizeof (Entry));
  vocabulary->form    = form;
  for (guint i = 0; i < form->n_rows; i++) {
    const HkFormRow *row    = &form->rows[i];
    Entry            entry  = entry_for (row);
    const char      *cursor = NULL, *text;
    gsize            len;

    if (row->shape == HK_ROW_BLOCK)
      g_ptr_array_add (vocabulary->blocks, (gpointer) row);
    if (is_check_inside (row + 1, form))
      g_array_append_val (vocabulary->marked, entry);
    while (hk_form_next_label (row, &cursor, &text, &len)) {
      g_autofree char *folded  = hk_fold_utf8 (text, (gssize) len);
      GArray          *entries = g_hash_table_lookup (vocabulary->entries, folded);

      if (*folded == '\0')
        continue;
      if (entries == NULL) {
        entries = g_array_new (FALSE, FALSE, sizeof (Entry));
        g_ptr_array_add (vocabulary->words, folded);
        g_hash_table_add (vocabulary->firsts, GUINT_TO_POINTER (g_utf8_get_char (folded)));
        g_hash_table_insert (vocabulary->entries, g_steal_pointer (&folded), entries);
      }
      g_array_append_val (entries, entry);
    }
  }
  g_ptr_array_sort (vocabulary->words, compare_words);
  return vocabulary;
}

void
hk_vocabulary_free (HkVocabulary *vocabulary)
{
  g_hash_table_unref (vocabulary->entries);
  g_ptr_array_unref (vocabulary->words);
  g_hash_table_unref (vocabulary->firsts);
  g_ptr_array_unref (vocabulary->blocks);
  g_array_unref (vocabulary->marked);
  g_free (vocabulary);
}

gboolean
hk_vocabulary_goes_on (const HkVocabulary *vocabulary,
                       const HkLabel      *label)
{
  guint low = 0, high = vocabulary->words->len; /* the first of the words that is not before the label's */

  while (low < high) {
    guint middle = (low + high) / 2;
    if (strcmp (vocabulary->words->pdata[middle], label->folded) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  while (low < vocabulary->words->len && strcmp (vocabulary->words->pdata[low], label->folded) == 0)
    low++;
  return low < vocabulary->words->len && g_str_has_prefix (vocabulary->words->pdata[low], label->folded);
}

gboolean
hk_vocabulary_may_begin (const HkVocabulary *vocabulary,
                         gunichar            ch)
{
  if (hk_digit (ch) >= 0 || hk_circled_number (ch) != 0 || hk_roman_number (ch) != 0 || ch == 'I' || ch == 'V' || hk_is_open_paren (ch) || hk_is_space (ch) ||
      ch == 0x203B || ch == 0x5225 || ch == 0x30EA) /* ※, 別添, リスク */
    return TRUE;

  g_autoptr (GString) folded = g_string_new (NULL);
  hk_fold (folded, &ch, 1);
  return g_hash_table_contains (vocabulary->firsts, GUINT_TO_POINTER (g_utf8_get_char (folded->str)));
}

/* How many glyphs of CELL it takes until their folded text ends with WORDS; 0: it
   never does, marks stand in between. */
static guint
glyphs_for (const HkTextCell *cell,
            const char       *words,
            gsize             len)
{
  g_autofree char *wanted = g_strndup (words, len);

  for (guint n = 1; n <= MIN (cell->glyphs->len, LABEL_MAX); n++) {
    g_autofree char *folded = hk_text_cell_fold_span (cell, 0, n);
    if (g_str_has_suffix (folded, wanted))
      return n;
  }
  return 0;
}

/* How many of the glyphs of CELL, whose first N end with a block's number, are
   left when the digits behind a space are the name's: 提供先１　４条の機関. */
static guint
without_digits_of_name (const HkTextCell *cell,
                        guint             n)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);

  for (guint i = 1; i + 1 < tokens->tokens->len && hk_token (tokens, i)->first < n; i++)
    if (hk_token (tokens, i - 1)->class == HK_TOKEN_NUMBER && hk_token (tokens, i)->class == HK_TOKEN_SPACE &&
        hk_token (tokens, i + 1)->class == HK_TOKEN_NUMBER)
      return hk_token (tokens, i)->first;
  return n;
}

/* システム３, 委託事項２～５, or 提供先１ with the recipient's name behind it. */
static void
match_block (const HkFormRow  *row,
             const HkTextCell *cell,
             const HkLabel    *label,
             GArray           *matches)
{
  g_autofree char *word = hk_fold_utf8 (row->label, -1);

  if (label->class != HK_TOKEN_WORDS || !g_str_has_prefix (label->folded, word))
    return;
  const char  *at    = label->folded + strlen (word);
  char        *end   = NULL;
  HkLabelMatch match = { .row = row, .number_agrees = TRUE, .limit = label->limit };

  if (!g_ascii_isdigit (*at))
    return;
  match.ordinal = (guint) g_ascii_strtoull (at, &end, 10);
  if ((*end == '~' || *end == '-' || g_str_has_prefix (end, "〜")) && g_ascii_isdigit (*g_utf8_next_char (end))) {
    match.range = TRUE;
    g_ascii_strtoull (g_utf8_next_char (end), &end, 10);
  }
  match.n = glyphs_for (cell, label->folded, (gsize) (end - label->folded));

  guint n = without_digits_of_name (cell, match.n);
  if (n < match.n) {
    g_autofree char *folded = hk_text_cell_fold_span (cell, 0, n);
    match.n       = n;
    match.range   = FALSE;
    match.ordinal = (guint) g_ascii_strtoull (folded + strlen (word), NULL, 10);
  }
  if (match.n > 0)
    g_array_append_val (matches, match);
}

/* A heading whose marks wrap: what follows its words are names of its checks. */
static void
match_marked (const HkVocabulary *vocabulary,
              const Entry        *entry,
              const HkTextCell   *cell,
              const HkLabel      *label,
              GArray             *matches)
{
  g_autofree char *words = hk_fold_utf8 (entry->row->label, -1);
  g_autoptr (GString) names = g_string_new (NULL);

  if (entry->class != label->class || entry->number != label->number || !g_str_has_prefix (label->folded, words))
    return;
  for (const HkFormRow *check = entry->row + 1; is_check_inside (check, vocabulary->form); check++)
    append_check_names (names, check);
  if (strstr (names->str, label->folded + strlen (words)) == NULL)
    return;

  HkLabelMatch match = { .row = entry->row, .number_agrees = TRUE, .limit = label->limit };
  match.n = glyphs_for (cell, words, strlen (words));
  if (match.n > 0)
    g_array_append_val (matches, match);
}

GArray *
hk_vocabulary_match (const HkVocabulary *vocabulary,
                     const HkTextCell   *cell,
                     const HkLabel      *label)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (HkLabelMatch));
  GArray *entries = g_hash_table_lookup (vocabulary->entries, label->folded);

  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    HkLabelMatch match = { .row = entry->row, .n = label->n, .limit = label->limit };

    if (entry->row->shape == HK_ROW_BLOCK)
      continue;
    match.number_agrees = entry->class == label->class && entry->number == label->number;
    match.renumbered    = entry->class == label->class && !match.number_agrees;
    g_array_append_val (matches, match);
  }
  for (guint i = 0; i < vocabulary->blocks->len; i++)
    match_block (g_ptr_array_index (vocabulary->blocks, i), cell, label, matches);
  for (guint i = 0; matches->len == 0 && i < vocabulary->marked->len; i++)
    match_marked (vocabulary, &g_array_index (vocabulary->marked, Entry, i), cell, label, matches);
  return matches;
}

gboolean
hk_vocabulary_is_part (const HkVocabulary *vocabulary,
                       const HkTextCell   *cell)
{
  g_auto (HkLabel) label = hk_label_read (cell);
  g_autoptr (GArray) matches = hk_vocabulary_match (vocabulary, cell, &label);

  for (guint i = 0; i < matches->len; i++) {
    const HkLabelMatch *match = &g_array_index (matches, HkLabelMatch, i);
    if (match->row->shape == HK_ROW_PART && match->number_agrees && match->n == cell->glyphs->len)
      return TRUE;
  }
  return FALSE;
}

/* --- The mark of the form ------------------------------------------------------ */

gboolean
hk_form_mark_read (const HkTokens *tokens,
                   HkFormMark     *mark)
{
  *mark = (HkFormMark){ 0 };
  for (guint i = 0; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);

    switch (token->class) {
    case HK_TOKEN_DATE:
      if (mark->date != NULL)
        return FALSE;
      mark->date = token;
      break;
    case HK_TOKEN_WORDS:
      if (mark->words != NULL || strcmp (token->folded, "様式") != 0)
        return FALSE;
      mark->words = token;
      break;
    case HK_TOKEN_NUMBER:
      if (mark->words == NULL || mark->number != NULL)
        return FALSE;
      mark->number = token;
      break;
    case HK_TOKEN_OPEN:
    case HK_TOKEN_CLOSE:
    case HK_TOKEN_PAREN_OPEN:
    case HK_TOKEN_PAREN_CLOSE:
    case HK_TOKEN_SPACE:
      break;
    default:
      return FALSE;
    }
  }
  return mark->words != NULL && mark->number != NULL && mark->number->number >= 1 && mark->number->number <= 9;
}

gboolean
hk_is_form_mark (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  HkFormMark mark;

  return hk_form_mark_read (tokens, &mark);
}
