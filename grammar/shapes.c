/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shapes: what stands in the cell of a value. One function a kind. */
#include "fold.h"
#include "marks.h"
#include "parser.h"
#include "respell.h"
#include "typed.h"

#include <math.h>
#include <string.h>

/* How far from the brackets' line a wrapped choice may reach (in line heights). */
#define CHOICE_REACH 1.6

/* --- Text ------------------------------------------------------------------ */

/* The folded text of the glyphs that TAKE selects. */
static char *
fold_taken (const HkTextCell *cell,
            HkTake            take,
            void             *data)
{
  g_autofree gunichar *ch  = g_new (gunichar, cell->glyphs->len + 1);
  GString             *out = g_string_new (NULL);
  guint                n   = 0;

  for (guint i = 0; i < cell->glyphs->len; i++)
    if (take (cell, i, data) && hk_cell_glyph (cell, i)->control == HK_CONTROL_NONE)
      ch[n++] = hk_cell_glyph (cell, i)->ch;
  hk_fold (out, ch, n);
  return g_string_free (out, FALSE);
}

/* The folded text of the first N glyphs of LIST. */
char *
hk_shape_fold_list (const HkTextCell *cell,
                    const GArray     *list,
                    guint             n)
{
  g_autofree gunichar *ch  = g_new (gunichar, n + 1);
  GString             *out  = g_string_new (NULL);
  guint                kept = 0;

  for (guint i = 0; i < n; i++) {
    const HkGlyph *glyph = hk_cell_glyph (cell, g_array_index (list, guint, i));
    if (glyph->control == HK_CONTROL_NONE)
      ch[kept++] = glyph->ch;
  }
  hk_fold (out, ch, kept);
  return g_string_free (out, FALSE);
}

/* A value that is as sure as its tie, and as the parser is of where it stands. */
HkValue *
hk_shape_new_value (HkParser    *parser,
                    const char  *path,
                    HkNode      *node,
                    HkKind       kind,
                    const char  *text,
                    const HkTie *tie)
{
  HkValue *value = hk_node_set (parser->document, node, kind, tie->status, text);

  value->label = hk_arena_strdup (parser->document->arena, tie->label);
  if (tie->status != HK_STATUS_CERTAIN)
    value->reason = hk_arena_strdup (parser->document->arena, tie->reason);
  if (parser->heading_doubt.reason != NULL)
    hk_value_doubt (parser->document, value, parser->heading_doubt.status, parser->heading_doubt.reason);
  if (parser->file_doubt.reason != NULL && g_str_has_prefix (path, "file[]"))
    hk_value_doubt (parser->document, value, parser->file_doubt.status, parser->file_doubt.reason);
  return value;
}

/* Takes line breaks and the indents behind them out of TEXT: an option is one
   phrase, however its bracket wraps it. */
static void
unwrap (char *text)
{
  char *out = text;

  for (const char *in = text; *in != '\0';) {
    if (*in == '\n')
      while (hk_is_space (g_utf8_get_char (in)))
        in = g_utf8_next_char (in);
    else
      for (const char *end = g_utf8_next_char (in); in < end;)
        *out++ = *in++;
  }
  *out = '\0';
}

/* A character without a public meaning. */
static gboolean
has_private (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar ch = g_utf8_get_char (text);
    if ((ch >= 0xE000 && ch <= 0xF8FF) || ch >= 0xF0000)
      return TRUE;
  }
  return FALSE;
}

void
hk_shape_doubt_pages (HkParser *parser,
                      HkValue  *value)
{
  for (guint i = 0; i < value->n_places; i++) {
    const char *doubt = hk_layout_page_doubt (parser->layout, value->places[i].page);
    if (doubt != NULL)
      hk_value_doubt (parser->document, value, HK_STATUS_UNCERTAIN, doubt);
  }
}

/* Of a date or number whose type fits, OCR must be so sure: percent. */
#define OCR_SURE 80

void
hk_shape_doubt_ocr (HkParser *parser,
                    HkValue  *value,
                    gboolean  proved)
{
  if (value->ocr == 0)
    return;
  if (proved)
    hk_value_doubt (parser->document, value, HK_STATUS_INFERRED, "read by OCR");
  else
    hk_value_doubt (parser->document, value, HK_STATUS_UNCERTAIN, "read by OCR, and nothing else says so");
}

/* Whether TEXT holds all that the form prints in the cell of a choice: a bracketed
   answer and ＜選択肢＞ on a line. Nobody writes both. */
static gboolean
holds_choice (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean head = FALSE, open = FALSE;

  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *folded = hk_fold_utf8 (*line, -1);
    head |= strcmp (folded, "<選択肢>") == 0;
    open |= hk_is_open_bracket (g_utf8_get_char (folded));
  }
  return head && open;
}

/* Nor is one with characters that are not known, or that has taken in another item's cell. */
static void
doubt_source (HkParser *parser,
              HkValue  *value)
{
  if (value->kind == HK_KIND_TEXT && holds_choice (value->text))
    hk_value_doubt (parser->document, value, HK_STATUS_UNCERTAIN, "it holds a printed choice");
  if (g_utf8_strchr (value->text, -1, 0xFFFD) != NULL || has_private (value->text))
    hk_value_doubt (parser->document, value, HK_STATUS_UNCERTAIN, "a character of it is not known");
  hk_shape_doubt_pages (parser, value);
  if (value->kind != HK_KIND_CHOICE) /* its option proves it, or does not */
    hk_shape_doubt_ocr (parser, value, (value->iso_date != NULL || value->has_bounds) && value->ocr >= OCR_SURE);
}

/* 「－」: the form's way to say nothing. */
static gboolean
is_dash_only (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!hk_is_dash (g_utf8_get_char (text)) && !hk_is_space (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

HkValue *
hk_shape_put_text (HkParser    *parser,
                   const char  *path,
                   HkKind       kind,
                   HkTextCell  *cell,
                   HkTake       take,
                   void        *data,
                   const HkTie *tie)
{
  HkDocument      *document = parser->document;
  g_autofree char *probe    = fold_taken (cell, take, data);

  if (*probe == '\0')
    return NULL;

  HkNode *node = hk_parser_node (parser, path);
  if (node->value != NULL) {
    HkPlace place = hk_text_cell_place (cell);
    hk_report (document, HK_DIAG_ITEM_TWICE, &place, path);
    return NULL;
  }

  /* the places first: TAKE may ask whether a glyph is still unused */
  g_autofree char *text  = NULL;
  HkValue         *value = hk_shape_new_value (parser, path, node, kind, "", tie);

  hk_text_cell_places (cell, take, data, document, value);
  text        = hk_text_cell_text (cell, take, data, HK_USE_VALUE, document);
  if (kind == HK_KIND_CHOICE)
    unwrap (text);
  value->text = hk_arena_strdup (document->arena, text);
  hk_value_type (document, value);
  doubt_source (parser, value);
  if (kind == HK_KIND_DATE && value->status == HK_STATUS_INFERRED && value->iso_date == NULL && !is_dash_only (value->text))
    hk_value_doubt (document, value, HK_STATUS_UNCERTAIN, "not a date, and tied by alignment only");
  return value;
}

HkValue *
hk_shape_add_text (HkParser    *parser,
                   const char  *path,
                   HkKind       kind,
                   HkTextCell  *cell,
                   HkTake       take,
                   void        *data,
                   const HkTie *tie)
{
  HkDocument      *document = parser->document;
  g_autofree char *probe    = fold_taken (cell, take, data);
  HkValue         *value;

  if (*probe == '\0')
    return NULL;
  value = hk_parser_node (parser, path)->value;
  if (value == NULL)
    return hk_shape_put_text (parser, path, kind, cell, take, data, tie);
  hk_text_cell_places (cell, take, data, document, value);

  g_autofree char *more = hk_text_cell_text (cell, take, data, HK_USE_VALUE, document);
  g_autofree char *text = g_strconcat (value->text, "\n", more, NULL);
  value->text = hk_arena_strdup (document->arena, text);
  hk_value_doubt (document, value, tie->status, tie->reason);
  doubt_source (parser, value);
  return value;
}

static gboolean
take_unused (const HkTextCell *cell,
             guint             glyph,
             void             *data)
{
  return hk_cell_glyph (cell, glyph)->use == HK_USE_NONE;
}

/* Words of the form behind a value (　　時点). */
static void
use_words_behind (HkParser        *parser,
                  const HkFormRow *row,
                  HkTextCell      *cell)
{
  const HkFormRow *end = parser->form->rows + parser->form->n_rows;

  for (const HkFormRow *words = row + 1; words < end && words->depth > row->depth; words++) {
    if (words->shape != HK_ROW_WORDS)
      continue;
    g_autofree char *folded = hk_fold_utf8 (words->label, -1);
    for (guint n = 1; n <= cell->glyphs->len; n++) {
      guint            first = cell->glyphs->len - n;
      g_autofree char *text  = hk_text_cell_fold_span (cell, first, n);

      if (strcmp (text, folded) == 0)
        hk_text_cell_use (cell, first, n, HK_USE_FORM);
      if (strlen (text) >= strlen (folded))
        break;
    }
  }
}

/* --- Choice ------------------------------------------------------------------ */

/* The glyphs between a pair of brackets: behind glyph OPEN and before CLOSE
   where they share a line, between x0 and x1, on lines [from, to]. */
typedef struct {
  guint  open, close;
  double x0, x1;
  guint  from, to;
  guint  end; /* glyphs from here on are others'; 0: none */
} Between;

static gboolean
take_between (const HkTextCell *cell,
              guint             glyph,
              void             *data)
{
  const Between *between = data;
  double         x       = hk_box_mid_x (&hk_cell_glyph (cell, glyph)->box);
  const HkLine  *from = hk_cell_line (cell, between->from), *to = hk_cell_line (cell, between->to);

  return x > between->x0 && x < between->x1 && glyph != between->open && glyph != between->close && glyph >= from->first && glyph < to->first + to->n &&
         (between->end == 0 || glyph < between->end) && hk_cell_glyph (cell, glyph)->use == HK_USE_NONE;
}

/* The number of the option of ROW whose words FOLDED are; 0: none. */
static guint
option_number (const HkFormRow *row,
               const char      *folded)
{
  const char *cursor = NULL;
  HkOption    option;

  while (hk_form_next_option (row, &cursor, &option)) {
    g_autofree char *words = hk_fold_utf8 (option.words, (gssize) option.words_len);
    if (strcmp (words, folded) == 0)
      return option.number;
  }
  return 0;
}

/* What follows the number of an option at the beginning of FOLDED (8)…). */
static const char *
without_number (const char *folded)
{
  gsize digits = strspn (folded, "0123456789");

  return digits > 0 && (folded[digits] == ')' || folded[digits] == '.') ? folded + digits + 1 : folded;
}

/* Marks the first glyphs that TAKE selects as printed form, until they fold to
   at least LEN bytes. */
static void
use_leading (HkTextCell *cell,
             HkTake      take,
             void       *data,
             gsize       len)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < cell->glyphs->len; i++)
    if (take (cell, i, data))
      g_array_append_val (list, i);
  for (guint n = 1; n <= list->len; n++) {
    g_autofree char *folded = hk_shape_fold_list (cell, list, n);

    hk_text_cell_use (cell, g_array_index (list, guint, n - 1), 1, HK_USE_FORM);
    if (strlen (folded) >= len)
      break;
  }
}

/* The number printed before FOLDED in CELL's own list of options (３）…); 0: none. */
static guint
printed_option_number (const HkTextCell *cell,
                       const char       *folded)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);

  for (guint i = 0; i < tokens->tokens->len; i++) {
    if (hk_token (tokens, i)->class != HK_TOKEN_OPTION_NUMBER)
      continue;
    g_autoptr (GString) words = g_string_new (NULL);
    for (guint j = i + 1; j < tokens->tokens->len && words->len < strlen (folded); j++)
      g_string_append (words, hk_token (tokens, j)->folded);
    if (strcmp (words->str, folded) == 0)
      return hk_token (tokens, i)->number;
  }
  return 0;
}

/* Whether TOKEN, in a list of options, is the number of one or some of the words
   in ALL; the number may be written 1. */
static gboolean
is_option_token (const HkToken *token,
                 const char    *all)
{
  if (token->class == HK_TOKEN_HEADING_NUMBER || token->class == HK_TOKEN_NUMBER)
    return TRUE;
  return strstr (all, token->folded + strspn (token->folded, ".")) != NULL;
}

/* Marks the list of options (＜選択肢＞ 1) … 2) …) as printed form. While the
   choice is still looked for between the brackets of CHOICE, only what stands
   behind a number on its own line counts, and nothing between them; NULL: it
   was read, and all behind the list's first number is the list's. */
static void
use_option_list (HkTextCell      *cell,
                 const HkFormRow *row,
                 Between         *choice)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  g_autoptr (GString) all = g_string_new (NULL);
  const char *cursor = NULL;
  HkOption    option;

  while (hk_form_next_option (row, &cursor, &option)) {
    g_autofree char *words = hk_fold_utf8 (option.words, (gssize) option.words_len);
    g_string_append_printf (all, "%s\n", words);
  }

  gboolean listed = FALSE;
  for (guint i = 0; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);

    if (choice != NULL && i > 0 && token->line != hk_token (tokens, i - 1)->line)
      listed = FALSE;
    if (choice != NULL && token->n > 0 && take_between (cell, token->first, choice))
      continue;
    if (token->class == HK_TOKEN_OPTIONS || token->class == HK_TOKEN_OPTION_NUMBER) {
      hk_text_cell_use (cell, token->first, token->n, HK_USE_FORM);
      listed = TRUE;
    }
    else if (listed && token->n > 0 && is_option_token (token, all->str))
      hk_text_cell_use (cell, token->first, token->n, HK_USE_FORM);
  }
}

/* The left edge of the list of options, if it stands to the right of the
   choice that opens with glyph OPEN. */
static double
options_left (const HkTextCell *cell,
              guint             open)
{
  const HkGlyph *bracket = hk_cell_glyph (cell, open);

  g_autoptr (HkTokens) tokens = hk_tokenize (cell);

  for (guint i = 0; i < tokens->tokens->len; i++)
    if (hk_token (tokens, i)->class == HK_TOKEN_OPTIONS) {
      double left = hk_cell_glyph (cell, hk_token (tokens, i)->first)->box.x0;
      return left > bracket->box.x1 + 2 * hk_glyph_em (bracket) ? left : G_MAXDOUBLE;
    }
  return G_MAXDOUBLE;
}

/* The last closing bracket among glyphs [FIRST, END); END: none. */
static guint
last_close (const HkTextCell *cell,
            guint             first,
            guint             end)
{
  for (guint i = end; i-- > first;)
    if (hk_is_close_bracket (hk_cell_glyph (cell, i)->ch))
      return i;
  return end;
}

/* Marks boxes, which are none of a choice's, and brackets with nothing in them as
   printed form: who read the scan wrote them beside the answer. */
static void
use_boxes (HkTextCell *cell)
{
  gboolean marked;

  for (guint i = 0; i < cell->glyphs->len; i++) {
    guint close = i + 1;

    if (hk_is_box (hk_cell_glyph (cell, i)->ch, &marked))
      hk_text_cell_use (cell, i, 1, HK_USE_FORM);
    if (!hk_is_open_bracket (hk_cell_glyph (cell, i)->ch))
      continue;
    while (close < cell->glyphs->len && (hk_is_space (hk_cell_glyph (cell, close)->ch) || hk_is_box (hk_cell_glyph (cell, close)->ch, &marked)))
      close++;
    if (close < cell->glyphs->len && hk_is_close_bracket (hk_cell_glyph (cell, close)->ch))
      hk_text_cell_use (cell, i, close + 1 - i, HK_USE_FORM);
  }
}

/* Where the list of options begins in CELL, if ink stands before it; 0: it does not. */
static guint
options_begin (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  gboolean ink = FALSE;

  for (guint i = 0; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);
    if (token->class == HK_TOKEN_OPTIONS || token->class == HK_TOKEN_OPTION_NUMBER)
      return ink ? token->first : 0;
    for (guint g = token->first; g < token->first + token->n; g++)
      ink |= hk_is_ink (hk_cell_glyph (cell, g)) && hk_cell_glyph (cell, g)->use == HK_USE_NONE;
  }
  return 0;
}

/* The brackets that hold a choice: the first pair on one line, else the first
   opening one and the closing one on a line below: the text between them wraps. */
static gboolean
find_brackets (const HkTextCell *cell,
               Between          *between,
               guint            *open,
               guint            *close)
{
  guint open_line = G_MAXUINT;

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    guint         end  = line->first + line->n;

    for (guint i = line->first; i < end; i++) {
      if (!hk_is_open_bracket (hk_cell_glyph (cell, i)->ch) || hk_cell_glyph (cell, i)->use != HK_USE_NONE)
        continue;
      guint j = last_close (cell, i + 1, end);
      if (j < end) {
        *open    = i;
        *close   = j;
        *between = (Between){ i, j, hk_cell_glyph (cell, i)->box.x1 - 0.5, hk_cell_glyph (cell, j)->box.x0 + 0.5, l, l, 0 };
        return TRUE;
      }
      if (open_line == G_MAXUINT) {
        open_line = l;
        *open     = i;
      }
      break; /* nothing closes on this line any more */
    }
    if (open_line != G_MAXUINT && l > open_line) {
      guint j = last_close (cell, line->first, end);
      if (j < end) {
        *close   = j;
        *between = (Between){ *open, j, -G_MAXDOUBLE, options_left (cell, *open), open_line, l, 0 };
        return TRUE;
      }
    }
  }
  return FALSE;
}

gboolean
hk_shape_choice_lines (const HkTextCell *cell,
                       guint            *from,
                       guint            *to)
{
  Between between;
  guint   open, close;

  if (!find_brackets (cell, &between, &open, &close))
    return FALSE;
  *from = between.from;
  *to   = between.to;
  return TRUE;
}

/* Widens BETWEEN to the lines that a wrapped choice takes around its brackets. */
static void
widen (const HkTextCell *cell,
       Between          *between)
{
  const HkLine *line  = hk_cell_line (cell, between->from);
  double        reach = CHOICE_REACH * hk_box_height (&line->box);
  double        y     = hk_box_mid_y (&line->box);

  while (between->from > 0 && hk_cell_line (cell, between->from - 1)->page == line->page &&
         y - hk_box_mid_y (&hk_cell_line (cell, between->from - 1)->box) < reach)
    between->from--;
  while (between->to + 1 < cell->lines->len && hk_cell_line (cell, between->to + 1)->page == line->page &&
         hk_box_mid_y (&hk_cell_line (cell, between->to + 1)->box) - y < reach)
    between->to++;
}

/* Makes the text of VALUE that of option NUMBER of ROW, as the form prints it, where OCR
   misread it. */
static void
write_option (HkDocument      *document,
              HkValue         *value,
              const HkFormRow *row,
              guint            number)
{
  g_autofree char *folded = hk_fold_utf8 (value->text, -1);
  const char *cursor = NULL;
  HkOption    option;

  if (option_number (row, folded) != 0)
    return;
  while (hk_form_next_option (row, &cursor, &option))
    if (option.number == number) {
      g_autofree char *words = g_strndup (option.words, option.words_len);
      value->text = hk_arena_strdup (document->arena, words);
      hk_value_type (document, value);
      return;
    }
}

/* Whether CELL was read by OCR. */
static gboolean
is_ocr (const HkTextCell *cell)
{
  return cell->glyphs->len > 0 && hk_cell_glyph (cell, 0)->ocr != 0;
}

static void
read_choice (HkParser        *parser,
             const HkFormRow *row,
             HkTextCell      *cell,
             const HkTie     *tie)
{
  Between between;
  guint   open = 0, close = G_MAXUINT;
  HkTie   ours = *tie;

  if (cell->scanned)
    use_boxes (cell);
  if (!find_brackets (cell, &between, &open, &close)) {
    /* no brackets: the options are known by their numbers, the rest is the value */
    use_option_list (cell, row, NULL);
    between = (Between){ G_MAXUINT, G_MAXUINT, -G_MAXDOUBLE, G_MAXDOUBLE, 0, cell->lines->len > 0 ? cell->lines->len - 1 : 0, cell->scanned ? options_begin (cell) : 0 };
    if (cell->lines->len == 0)
      return;
    if (ours.status == HK_STATUS_CERTAIN)
      ours = (HkTie){ HK_STATUS_INFERRED, "the choice has no brackets", tie->label };
  }
  else {
    hk_text_cell_use (cell, open, 1, HK_USE_FORM);
    hk_text_cell_use (cell, close, 1, HK_USE_FORM);
  }

  g_autofree char *folded = fold_taken (cell, take_between, &between);
  guint            number = option_number (row, folded);

  if (number == 0 && close < cell->glyphs->len) {
    Between          wide  = between;
    g_autofree char *wider = NULL;

    use_option_list (cell, row, &between);
    widen (cell, &wide);
    wider = fold_taken (cell, take_between, &wide);
    if (option_number (row, wider) != 0 || *folded == '\0') {
      number  = option_number (row, wider);
      if (number != 0) {
        between = wide;
        g_free (g_steal_pointer (&folded));
        folded = g_steal_pointer (&wider);
      }
    }
  }
  if (*folded != '\0') {
    const char *words = without_number (folded);

    if (number == 0 && words > folded && option_number (row, words) != 0) { /* ８）… as the list has it */
      number = option_number (row, words);
      use_leading (cell, take_between, &between, (gsize) (words - folded));
    }
    if (number == 0)
      number = printed_option_number (cell, folded);
    if (number == 0 && is_ocr (cell))
      number = hk_respell_option (row, folded);
    if (number == 0)
      ours = (HkTie){ HK_STATUS_UNCERTAIN, "none of the printed options", tie->label };

    HkValue *value = hk_shape_put_text (parser, row->path, HK_KIND_CHOICE, cell, take_between, &between, &ours);
    if (value != NULL) {
      value->option = number;
      if (number != 0 && is_ocr (cell))
        write_option (parser->document, value, row, number);
      hk_shape_doubt_ocr (parser, value, number != 0);
      if (number == 0)
        hk_report (parser->document, HK_DIAG_CHOICE_UNKNOWN, value->places, value->text);
    }
  }
  use_option_list (cell, row, NULL);
}

/* --- Count --------------------------------------------------------------------------- */

/* Whether the words behind token I begin with LABEL. */
static gboolean
is_followed_by (const HkTokens *tokens,
                guint           i,
                const char     *label)
{
  do
    i++;
  while (i < tokens->tokens->len && hk_token (tokens, i)->class == HK_TOKEN_SPACE);
  return i < tokens->tokens->len && g_str_has_prefix (hk_token (tokens, i)->folded, label);
}

/* The number between glyphs OPEN and CLOSE, brackets of one line. */
static void
put_count (HkParser        *parser,
           const HkFormRow *row,
           HkTextCell      *cell,
           guint            line,
           guint            open,
           guint            close,
           const HkTie     *tie)
{
  Between inner = { open, close, hk_cell_glyph (cell, open)->box.x1 - 0.5, hk_cell_glyph (cell, close)->box.x0 + 0.5, line, line, 0 };
  HkValue *value;

  hk_text_cell_use (cell, open, 1, HK_USE_FORM);
  hk_text_cell_use (cell, close, 1, HK_USE_FORM);
  value = hk_shape_put_text (parser, row->path, HK_KIND_COUNT, cell, take_between, &inner, tie);
  if (value != NULL && !value->has_bounds)
    hk_value_doubt (parser->document, value, HK_STATUS_UNCERTAIN, "not a number");
}

/* （　） 12）件, as who reads a scan may have it: the number before ROW's word, behind its
   empty parentheses. */
static void
read_stray_count (HkParser        *parser,
                  const HkFormRow *row,
                  HkTextCell      *cell,
                  const HkTokens  *tokens,
                  const HkTie     *tie)
{
  HkTie ours = { HK_STATUS_UNCERTAIN, "the number stands outside of its parentheses", tie->label };

  for (guint i = 1; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i), *before = token - 1;

    if ((token->class != HK_TOKEN_NUMBER && token->class != HK_TOKEN_OPTION_NUMBER) || !is_followed_by (tokens, i, row->label))
      continue;
    while (before > hk_token (tokens, 0) && before->class == HK_TOKEN_SPACE)
      before--;
    if (before->class != HK_TOKEN_PAREN_CLOSE && before->class != HK_TOKEN_PAREN_OPEN)
      continue;
    guint   end = token->first + token->n - (token->class == HK_TOKEN_OPTION_NUMBER);
    Between digits = { G_MAXUINT, end, -G_MAXDOUBLE, hk_cell_glyph (cell, end - 1)->box.x1, token->line, token->line, end };
    digits.x0 = hk_cell_glyph (cell, token->first)->box.x0;
    hk_shape_put_text (parser, row->path, HK_KIND_COUNT, cell, take_between, &digits, &ours);
    for (guint g = 0; g < cell->glyphs->len; g++) { /* what the form prints around it */
      gunichar ch = hk_cell_glyph (cell, g)->ch;
      if (hk_is_open_paren (ch) || hk_is_close_paren (ch) || (g >= end && ch == g_utf8_get_char (row->label)))
        hk_text_cell_use (cell, g, 1, HK_USE_FORM);
    }
    return;
  }
}

/* （ 12 ）件 beside or under a choice. */
static void
read_count (HkParser        *parser,
            const HkFormRow *row,
            HkTextCell      *cell,
            const HkTie     *tie)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  const HkToken *open = NULL;

  for (guint i = 0; i < tokens->tokens->len; i++) {
    const HkToken *token = hk_token (tokens, i);

    if (token->class == HK_TOKEN_PAREN_OPEN)
      open = token;
    if (token->class == HK_TOKEN_PAREN_NUMBER && token->n > 2) /* （12） set without space is one token */
      open = token;
    if ((token->class != HK_TOKEN_PAREN_CLOSE && token != open) || open == NULL || open->line != token->line)
      continue;
    if (!is_followed_by (tokens, i, row->label) && !(i > 0 && g_str_has_suffix (hk_token (tokens, i - 1)->folded, row->label)))
      continue; /* （60）件, or （60件） */
    put_count (parser, row, cell, token->line, open->first, token->first + token->n - 1, tie);
    for (guint g = token->first + token->n; g < cell->glyphs->len; g++)
      if (hk_cell_glyph (cell, g)->ch == g_utf8_get_char (row->label)) {
        hk_text_cell_use (cell, g, 1, HK_USE_FORM);
        break;
      }
    return;
  }
  if (cell->scanned)
    read_stray_count (parser, row, cell, tokens, tie);
}

void
hk_shape_read (HkParser        *parser,
               const HkFormRow *row,
               HkTextCell      *cell,
               const HkTie     *tie)
{
  switch (row->kind) {
  case HK_KIND_CHOICE:
    read_choice (parser, row, cell, tie);
    break;
  case HK_KIND_CHECKS:
    hk_shape_checks (parser, row, cell, tie);
    break;
  case HK_KIND_COUNT:
    read_count (parser, row, cell, tie);
    break;
  case HK_KIND_CHECK:
    hk_shape_inside_checks (parser, &row, 1, cell, tie);
    break;
  case HK_KIND_TEXT:
  case HK_KIND_LIST:
  case HK_KIND_DATE:
    if (row->placement == HK_PLACE_INSIDE) {
      hk_shape_text_inside (parser, row, cell, tie);
      break;
    }
    use_words_behind (parser, row, cell);
    hk_shape_put_text (parser, row->path, row->kind, cell, take_unused, NULL, tie);
    break;
  }
}
