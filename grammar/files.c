/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files: which of them a Ⅱ, a Ⅲ or a list of record items speaks of. */
#include "fold.h"
#include "parser.h"

#include <string.h>

#define DOUBT_NAME "Ⅲ names the file otherwise than Ⅱ"
#define DOUBT_ORDER "the file is told by the order of the sections only"

static HkNode *
first_file (const HkParser *parser)
{
  return hk_node_get (parser->document->root, "file", 1);
}

static HkNode *
next_file (const HkNode *file)
{
  HkNode *next = file->next; /* siblings stand by their numbers */

  return next != NULL && strcmp (next->name, "file") == 0 && next->number == file->number + 1 ? next : NULL;
}

static gboolean
is_only_file (const HkNode *file)
{
  return file->number == 1 && next_file (file) == NULL;
}

/* The folded name of FILE; NULL if it has none. Free with g_free(). */
static char *
name_of (const HkNode *file)
{
  const HkNode *name = hk_node_get (file, "name", 0);

  return name != NULL && name->value != NULL ? hk_fold_utf8 (name->value->text, -1) : NULL;
}

static gboolean
is_called (const HkNode *file,
           const char   *folded)
{
  g_autofree char *name = name_of (file);

  return name != NULL && strcmp (name, folded) == 0;
}

/* The first file that has no NAME below it yet; *N is how many there are. */
static HkNode *
first_without (const HkParser *parser,
               const char     *name,
               guint          *n)
{
  HkNode *found = NULL;

  *n = 0;
  for (HkNode *file = first_file (parser); file != NULL; file = next_file (file))
    if (hk_node_get (file, name, 0) == NULL) {
      if (found == NULL)
        found = file;
      (*n)++;
    }
  return found;
}

void
hk_enter_file_part (HkParser        *parser,
                    const HkFormRow *part,
                    const HkFormRow *before)
{
  guint n;

  if (part == before)
    return; /* its heading stands over another page again: the same file goes on until item 1 names one */
  parser->file_doubt = (HkDoubt){ NULL, HK_STATUS_CERTAIN };
  if (part->path == NULL)
    return;
  if (strcmp (part->path, "file[]") == 0)
    parser->blocks.file = parser->overview;
  else if (strcmp (part->path, "file[]/risk") == 0) {
    parser->blocks.file = first_without (parser, "risk", &n);
    if (n > 1)
      parser->file_doubt = (HkDoubt){ DOUBT_ORDER, HK_STATUS_UNCERTAIN };
  }
}

/* --- Ⅱ.1 and Ⅲ.1 ------------------------------------------------------------------ */

static gboolean
is_named_twice (const HkParser *parser,
                const char     *name)
{
  guint n = 0;

  for (HkNode *file = first_file (parser); file != NULL; file = next_file (file))
    n += is_called (file, name);
  return n > 1;
}

/* The file that Ⅲ means by the folded NAME: the one called so, else one whose
   name holds the other's, else the one that is left. */
static HkNode *
file_for_risks (HkParser   *parser,
                const char *name)
{
  HkNode *similar = NULL;
  guint   n_similar = 0, n_left;

  parser->file_doubt = (HkDoubt){ NULL, HK_STATUS_CERTAIN };
  for (int again = 0; again < 2; again++) /* first those without risks */
    for (HkNode *file = first_file (parser); file != NULL; file = next_file (file))
      if ((again || hk_node_get (file, "risk", 0) == NULL) && is_called (file, name)) {
        if (is_named_twice (parser, name))
          parser->file_doubt = (HkDoubt){ "two files have this name", HK_STATUS_UNCERTAIN };
        return file;
      }
  for (HkNode *file = first_file (parser); file != NULL; file = next_file (file)) {
    g_autofree char *other = name_of (file);
    if (other != NULL && hk_node_get (file, "risk", 0) == NULL && (strstr (other, name) != NULL || strstr (name, other) != NULL)) {
      similar = file;
      n_similar++;
    }
  }
  if (n_similar == 1) {
    parser->file_doubt = (HkDoubt){ DOUBT_NAME, HK_STATUS_INFERRED };
    return similar;
  }
  HkNode *left = first_without (parser, "risk", &n_left);
  if (left != NULL)
    parser->file_doubt = (HkDoubt){ n_left == 1 ? DOUBT_NAME : DOUBT_ORDER, is_only_file (left) ? HK_STATUS_INFERRED : HK_STATUS_UNCERTAIN };
  return left;
}

static void
parse_risk_file_name (HkParser        *parser,
                      const HkFormRow *row,
                      HkTextCell      *value)
{
  HkDocument      *document = parser->document;
  HkPlace          place    = hk_text_cell_place (value);
  g_autofree char *folded   = hk_text_cell_fold (value);
  HkNode          *file     = file_for_risks (parser, folded);
  HkTie            tie      = hk_parser_tie (value, NULL);
  gboolean         differs  = file != NULL && !is_called (file, folded);

  parser->blocks.file = file;
  if (file == NULL || hk_node_get (file, "name", 0) == NULL) {
    if (first_file (parser) != NULL) {
      g_autofree char *text = hk_text_cell_text (value, NULL, NULL, HK_USE_NONE, document);
      hk_report (document, HK_DIAG_FILE_UNKNOWN, &place, text);
    }
    hk_shape_read (parser, row, value, &tie);
  }

  /* what Ⅲ says is kept with Ⅲ, too */
  g_autofree char *text = hk_text_cell_text (value, NULL, NULL, HK_USE_VALUE, document);
  HkNode          *name_node = hk_parser_node (parser, "file[]/risk/name");
  HkValue         *said = hk_node_set (document, name_node, HK_KIND_TEXT, tie.status, text);
  said->reason = hk_arena_strdup (document->arena, tie.reason);
  hk_text_cell_places (value, NULL, NULL, document, said);
  hk_shape_doubt_ocr (parser, said, FALSE);
  if (parser->file_doubt.reason != NULL)
    hk_value_doubt (document, said, parser->file_doubt.status, parser->file_doubt.reason);
  if (differs && parser->file_doubt.reason != NULL) {
    const HkNode *name = hk_node_get (parser->blocks.file, "name", 0);
    hk_report (document, HK_DIAG_FILE_NAME_DIFFERS, &place, text, name != NULL && name->value != NULL ? name->value->text : "");
  }
}

/* A Ⅲ that names no file means the next one that has none. */
static void
take_file_by_order (HkParser *parser)
{
  guint   n;
  HkNode *left = first_without (parser, "risk", &n);

  if (left != NULL)
    parser->blocks.file = left;
  gboolean only = parser->blocks.file != NULL && is_only_file (parser->blocks.file);
  parser->file_doubt = (HkDoubt){ DOUBT_ORDER, only ? HK_STATUS_INFERRED : HK_STATUS_UNCERTAIN };
}

/* The file that a Ⅲ standing before its Ⅱ has named so; NULL: none. */
static HkNode *
file_of_risks_before (const HkParser *parser,
                      const char     *name)
{
  for (HkNode *file = first_file (parser); file != NULL; file = next_file (file))
    if (file->first != NULL && file->first->next != NULL && file->first->next->next == NULL && hk_node_get (file, "risk", 0) != NULL &&
        is_called (file, name))
      return file;
  return NULL;
}

static void
parse_overview_file_name (HkParser        *parser,
                          const HkFormRow *row,
                          HkTextCell      *value)
{
  g_autofree char *folded = value != NULL ? hk_text_cell_fold (value) : NULL;
  HkNode          *before = folded != NULL ? file_of_risks_before (parser, folded) : NULL;

  parser->file_doubt  = (HkDoubt){ NULL, HK_STATUS_CERTAIN };
  parser->blocks.file = before;
  if (before == NULL)
    parser->blocks.file = hk_parser_node (parser, "file[]");
  parser->overview = parser->blocks.file;
  if (before != NULL) { /* the name that is known stands here, too */
    HkValue *name = hk_node_get (before, "name", 0)->value;
    g_free (hk_text_cell_text (value, NULL, NULL, HK_USE_VALUE, parser->document));
    hk_text_cell_places (value, NULL, NULL, parser->document, name);
  }
  else if (value != NULL) {
    HkTie tie = hk_parser_tie (value, "特定個人情報ファイル名");
    hk_shape_read (parser, row, value, &tie);
  }
}

void
hk_parse_file_name (HkParser        *parser,
                    const HkFormRow *row,
                    HkTextCell      *label)
{
  HkTextCell *value = hk_parser_take_below (parser, label);

  parser->cursor = row;
  if (strcmp (parser->part->path, "file[]") == 0)
    parse_overview_file_name (parser, row, value);
  else if (value != NULL && !hk_text_cell_is_blank (value))
    parse_risk_file_name (parser, row, value);
  else
    take_file_by_order (parser);
  hk_parser_done (parser, value);
}

/* --- 別添１ ----------------------------------------------------------------------------- */

/* The lines of a list of record items by the file they belong to. */
typedef struct {
  HkNode     **file_of; /* by line; NULL: the file's name, a heading */
  const guint *line_of; /* by glyph */
  HkNode      *want;
} Lists;

static gboolean
take_list (const HkTextCell *cell,
           guint             glyph,
           void             *data)
{
  const Lists *lists = data;

  return lists->file_of[lists->line_of[glyph]] == lists->want;
}

/* The file that the folded LINE names; NULL: none. */
static HkNode *
named_file (const HkParser *parser,
            const char     *line)
{
  for (HkNode *file = first_file (parser); file != NULL; file = next_file (file))
    if (*line != '\0' && is_called (file, line))
      return file;
  return NULL;
}

/* The file of a list that names none: certain if there is but one; else the one
   whose Ⅱ stands before it, or the first, and in doubt. */
static HkNode *
unnamed_list_file (HkParser *parser)
{
  guint   n;
  HkNode *left = first_without (parser, "record-items", &n);

  if (first_file (parser) != NULL && !is_only_file (first_file (parser)))
    parser->file_doubt = (HkDoubt){ DOUBT_ORDER, n == 1 && left == parser->overview ? HK_STATUS_INFERRED : HK_STATUS_UNCERTAIN };
  if (parser->overview != NULL && hk_node_get (parser->overview, "record-items", 0) == NULL)
    return parser->overview;
  return left != NULL ? left : parser->overview;
}

static void
read_record_items (HkParser        *parser,
                   const HkFormRow *row,
                   HkTextCell      *cell)
{
  guint n_lines = cell->lines->len;
  g_autofree HkNode **file_of = g_new0 (HkNode *, n_lines + 1);
  HkNode *file = NULL;
  HkTie   tie  = hk_parser_tie (cell, row->label);

  g_autofree guint *line_of = g_new0 (guint, cell->glyphs->len + 1);

  for (guint l = 0; l < n_lines; l++) {
    const HkLine    *line  = hk_cell_line (cell, l);
    for (guint i = line->first; i < line->first + line->n; i++)
      line_of[i] = l;
    g_autofree char *text  = hk_text_cell_fold_span (cell, line->first, line->n);
    HkNode          *named = named_file (parser, text);

    if (named != NULL) {
      hk_text_cell_use (cell, line->first, line->n, HK_USE_FORM);
      file = named;
      continue;
    }
    if (file == NULL && *text != '\0')
      file = unnamed_list_file (parser);
    file_of[l] = file;
  }
  for (guint l = 0; l < n_lines; l++) {
    Lists lists = { file_of, line_of, file_of[l] };

    if (file_of[l] == NULL || hk_cell_glyph (cell, hk_cell_line (cell, l)->first)->use != HK_USE_NONE)
      continue;
    HkNode *tried = file_of[l];
    parser->blocks.file = tried;
    hk_shape_put_text (parser, row->path, row->kind, cell, take_list, &lists, &tie);
    for (guint other = l; other < n_lines; other++)
      if (file_of[other] == tried)
        file_of[other] = NULL;
  }
  parser->file_doubt = (HkDoubt){ NULL, HK_STATUS_CERTAIN };
}

void
hk_parse_record_items (HkParser        *parser,
                       const HkFormRow *row,
                       HkTextCell      *label)
{
  HkTextCell *all = hk_parser_take_below (parser, label), *cell;

  parser->cursor = row;
  if (all == NULL)
    return;
  while ((cell = hk_layout_peek (parser->layout, 0)) != NULL) {
    HkLabelMatch     match;
    const HkFormRow *next = hk_parser_row_of (parser, cell, &match);

    if ((next != NULL && next->shape == HK_ROW_PART) || hk_layout_has_lost (parser->layout, all->last_page, cell->page))
      break;
    cell = hk_layout_take (parser->layout, 0);
    if (hk_parser_is_spent (cell))
      hk_parser_done (parser, cell);
    else
      hk_text_cell_append (all, cell);
  }
  read_record_items (parser, row, all);
  hk_parser_done (parser, all);
}
