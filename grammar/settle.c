/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Marks that the boxes of a scan do not tell, but other text of the document does.
 *
 *   主な記録項目   その妥当性 gives a reason for each item that is recorded. Where it
 *                  names them one by one, these are marked, and no others.
 *   移転方法        a change in 変更箇所 may say what was written for that recipient.
 */
#include "fold.h"
#include "marks.h"
#include "parser.h"

#include <string.h>

/* A section's name has so many characters, and stands so near to its block's word (bytes). */
#define SECTION_LENGTH 4
#define SECTION_NEAR 120

/* A purpose that begins with as many is the same. */
#define PURPOSE_LENGTH 30

/* The options of GROUP, by number, and whether each is named. */
typedef struct {
  const HkFormRow *row;
  HkNode          *node;
  guint            n;
  gboolean         named[64];
} Group;

/* Whether the marks of NODE, the group ROW, are all untold because its boxes look alike. */
static gboolean
is_untold (const HkNode *node)
{
  guint n = 0;

  for (const HkNode *option = node->first; option != NULL; option = option->next, n++)
    if (option->value == NULL || option->value->reason == NULL || strcmp (option->value->text, "?") != 0 || strcmp (option->value->reason, HK_DOUBT_ALIKE) != 0)
      return FALSE;
  return n > 1;
}

/* The number of the option of ROW that the folded WORDS name, without what stands in
   parentheses behind it (4情報); 0: none. */
static guint
option_named (const HkFormRow *row,
              const char      *words)
{
  const char *cursor = NULL;
  HkOption    option;

  while (hk_form_next_option (row, &cursor, &option)) {
    g_autofree char *name = hk_fold_utf8 (option.words, (gssize) option.words_len);
    const char *paren = strchr (name, '(');
    gsize       bare  = paren != NULL ? (gsize) (paren - name) : strlen (name);

    if (strcmp (words, name) == 0 || (strlen (words) == bare && strncmp (words, name, bare) == 0))
      return option.number;
    if (option.has_text && g_str_has_prefix (words, name) && words[strlen (name)] == '(')
      return option.number;
  }
  return 0;
}

/* Takes LINE, if all that it says is names of options (・個人番号、4情報). */
static gboolean
take_names (Group      *group,
            const char *line)
{
  g_autofree char *folded = hk_fold_utf8 (line, -1);
  const char      *text   = g_str_has_prefix (folded, "・") ? folded + strlen ("・") : folded;
  gboolean         named[64] = { FALSE };
  gboolean         any = FALSE;
  GString         *word = g_string_new (NULL);
  int              depth = 0;
  gboolean         only = TRUE;

  for (;; text = g_utf8_next_char (text)) {
    gunichar ch = g_utf8_get_char (text);

    depth += (ch == '(') - (ch == ')');
    if (ch != 0 && !((ch == 0x3001 || ch == ',') && depth == 0)) { /* 、 */
      g_string_append_unichar (word, ch);
      continue;
    }
    guint number = option_named (group->row, word->str);
    only &= number > 0 && number < G_N_ELEMENTS (named);
    if (only)
      named[number] = any = TRUE;
    g_string_truncate (word, 0);
    if (ch == 0 || !only)
      break;
  }
  g_string_free (word, TRUE);
  for (guint i = 0; only && i < G_N_ELEMENTS (named); i++)
    group->named[i] |= named[i];
  return only && any;
}

/* Writes the marks of GROUP, which VALUE, of the item LABEL, tells. */
static void
settle (HkDocument    *document,
        const Group   *group,
        const char    *label,
        const HkValue *value,
        const char    *quote)
{
  const char *cursor = NULL;
  HkOption    option;
  g_autofree char *reason = g_strdup_printf ("its box looks like the others; told by %s", label);

  while (hk_form_next_option (group->row, &cursor, &option)) {
    g_autofree char *slug = g_strndup (option.slug, option.slug_len);
    HkNode          *node = hk_node_get (group->node, slug, 0);

    if (node == NULL || node->value == NULL)
      continue;
    node->value->text   = group->named[option.number] ? "1" : "0";
    node->value->status = HK_STATUS_INFERRED;
    node->value->reason = hk_arena_strdup (document->arena, reason);
  }
  hk_report (document, HK_DIAG_MARK_SETTLED, value->n_places > 0 ? value->places : NULL, group->row->label, label, quote);
}

/* 主な記録項目 by その妥当性. */
static void
settle_items (HkParser *parser,
              HkNode   *file)
{
  HkNode *items = hk_node_get (file, "items", 0), *main = items != NULL ? hk_node_get (items, "main", 0) : NULL;
  HkNode *adequacy = items != NULL ? hk_node_get (items, "adequacy", 0) : NULL;
  Group   group = { .row = hk_form_find (parser->form, "file[]/items/main"), .node = main };
  const char *quote = NULL;

  if (main == NULL || adequacy == NULL || adequacy->value == NULL || group.row == NULL || !is_untold (main))
    return;
  g_auto (GStrv) lines = g_strsplit_set (adequacy->value->text, "\n ", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && take_names (&group, *line) && quote == NULL)
      quote = *line;
  if (quote != NULL)
    settle (parser->document, &group, "その妥当性", adequacy->value, quote);
}

/* --- 提供方法, 移転方法 by 変更箇所 ------------------------------------------------------------ */

/* The last word of a recipient's name, folded: its section, without what it belongs to, which
   changes. NULL: it says too little. Free with g_free(). */
static char *
section_of (const char *recipient)
{
  const char *last = recipient;

  for (const char *at = recipient; *at != '\0'; at = g_utf8_next_char (at))
    if (hk_is_space (g_utf8_get_char (at)))
      last = g_utf8_next_char (at);
  char *folded = hk_fold_utf8 (last, -1);
  if (g_utf8_strlen (folded, -1) >= SECTION_LENGTH)
    return folded;
  g_free (folded);
  return NULL;
}

/* How PURPOSE begins, folded: so long a text is that of one recipient. NULL: it is short. Free with g_free(). */
static char *
beginning_of (const HkNode *purpose)
{
  char *folded = purpose != NULL && purpose->value != NULL ? hk_fold_utf8 (purpose->value->text, -1) : NULL;

  if (folded == NULL || g_utf8_strlen (folded, -1) < PURPOSE_LENGTH) {
    g_free (folded);
    return NULL;
  }
  *g_utf8_offset_to_pointer (folded, PURPOSE_LENGTH) = '\0';
  return folded;
}

/* What TEXT, folded, has under METHOD (移転方法) of the block that BLOCK (移転先) begins and
   SECTION stands beside, up to the next item. NULL: it has none. Free with g_free(). */
static char *
method_in (const char *text,
           const char *block,
           const char *section,
           const char *method)
{
  for (const char *at = text; (at = strstr (at, block)) != NULL; at += strlen (block)) {
    const char *next = at;

    do /* the next block, by its number: 移転先における用途 is an item of this one */
      next = strstr (next + strlen (block), block);
    while (next != NULL && !g_ascii_isdigit (next[strlen (block)]));
    const char *named  = strstr (at, section), *begin = strstr (at, method);
    const char *end    = begin != NULL ? strstr (begin, "7時期") : NULL;

    if (named == NULL || begin == NULL || end == NULL || named > begin || (next != NULL && next < end) || named - at > SECTION_NEAR)
      continue;
    begin += strlen (method);
    return g_strndup (begin, (gsize) (end - begin));
  }
  return NULL;
}

/* Takes WORDS, folded, if they are nothing but names of options, with or without marks. */
static gboolean
take_listed (Group      *group,
             const char *words)
{
  gboolean any = FALSE;

  while (*words != '\0') {
    gunichar    ch     = g_utf8_get_char (words);
    const char *cursor = NULL;
    gsize       best   = 0;
    guint       number = 0;
    HkOption    option;

    if (hk_is_open_bracket (ch) || hk_is_close_bracket (ch) || hk_is_mark (ch) || ch == 0x3001 || ch == ',') {
      words = g_utf8_next_char (words);
      continue;
    }
    while (hk_form_next_option (group->row, &cursor, &option)) {
      g_autofree char *name = hk_fold_utf8 (option.words, (gssize) option.words_len);
      if (g_str_has_prefix (words, name) && strlen (name) > best) {
        best   = strlen (name);
        number = option.number;
      }
    }
    if (best == 0 || number >= G_N_ELEMENTS (group->named))
      return FALSE;
    group->named[number] = any = TRUE;
    words += best;
  }
  return any;
}

/* Whether NAMED is all of GROUP: then its marks would have to be told. */
static gboolean
is_all (const Group *group,
        guint        named)
{
  const char *cursor = NULL;
  HkOption    option;
  guint       last = 0;

  while (hk_form_next_option (group->row, &cursor, &option))
    last = option.number;
  return named >= last;
}

/* Settles the marks of BLOCK's means by the last change that says them. */
static void
settle_means (HkParser   *parser,
              HkNode     *block,
              const char *word,
              const char *path)
{
  HkNode *means = hk_node_get (block, "means", 0), *recipient = hk_node_get (block, "recipient", 0);
  g_autofree char *where = g_strdup_printf ("%s先", word), *method = g_strdup_printf ("6%s方法", word), *section = NULL, *purpose = NULL;
  Group       group = { .row = hk_form_find (parser->form, path), .node = means };
  const HkNode *said = NULL, *date = NULL;

  if (means == NULL || recipient == NULL || recipient->value == NULL || group.row == NULL || !is_untold (means))
    return;
  section = section_of (recipient->value->text);
  purpose = beginning_of (hk_node_get (block, "purpose", 0));
  for (HkNode *node = parser->document->root->first; node != NULL; node = node->next) {
    const HkNode *after = strcmp (node->name, "change") == 0 ? hk_node_get (node, "after", 0) : NULL;
    if (after == NULL || after->value == NULL)
      continue;
    g_autofree char *text  = hk_fold_utf8 (after->value->text, -1);
    g_autofree char *words = section != NULL ? method_in (text, where, section, method) : NULL;
    if (words == NULL && purpose != NULL)
      words = method_in (text, where, purpose, method);
    Group            one   = { .row = group.row, .node = group.node };
    if (words == NULL || !take_listed (&one, words))
      continue;
    group = one;
    said  = after;
    date  = hk_node_get (node, "date", 0);
  }
  guint named = 0;
  for (guint i = 0; i < G_N_ELEMENTS (group.named); i++)
    named += group.named[i];
  if (said == NULL || is_all (&group, named))
    return;
  g_autofree char *label = g_strdup_printf ("変更箇所 (%s)", date != NULL && date->value != NULL ? date->value->text : "");
  settle (parser->document, &group, label, said->value, recipient->value->text);
}

void
hk_settle_marks (HkParser *parser)
{
  for (HkNode *node = parser->document->root->first; node != NULL; node = node->next) {
    if (strcmp (node->name, "file") != 0)
      continue;
    settle_items (parser, node);
    for (HkNode *block = node->first; block != NULL; block = block->next)
      if (strcmp (block->name, "transfer") == 0)
        settle_means (parser, block, "移転", "file[]/transfer[]/means");
      else if (strcmp (block->name, "provision") == 0)
        settle_means (parser, block, "提供", "file[]/provision[]/means");
  }
}
