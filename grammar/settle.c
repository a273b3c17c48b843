/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Marks that the boxes of a scan do not tell, but other text of the document does.
 *
 *   主な記録項目   その妥当性 gives a reason for each item that is recorded. Where it
 *                  names them one by one, these are marked, and no others.
 */
#include "fold.h"
#include "marks.h"
#include "parser.h"

#include <string.h>

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

void
hk_settle_marks (HkParser *parser)
{
  for (HkNode *node = parser->document->root->first; node != NULL; node = node->next)
    if (strcmp (node->name, "file") == 0)
      settle_items (parser, node);
}
