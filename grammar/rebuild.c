/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rebuild.h"
#include "deal.h"
#include "fold.h"
#include "gap.h"
#include "group.h"
#include "history.h"
#include "painted.h"
#include "recut.h"
#include "sheet.h"

#include <string.h>

typedef struct {
  const HkForm *form;
  HkDocument   *document;
  HkLexicon    *lexicon;
  GArray       *lines;   /* HkTextLine */
  GArray       *pieces;  /* HkPiece */
  GArray       *outline; /* HkOutlined */
  guint         end;     /* the first piece of the table of changes */
  guint        *rests;   /* for each piece the next one that is more of the same label, or HK_NO_PIECE */
  guint         spaces;  /* that part words */
  GHashTable   *scrambled; /* set of HkPage: those out of order in a text in lines */
  GArray       *fields;  /* HkField */
  HkSheet      *sheet;
  gboolean      disordered; /* painted, but in no order that is known */
} Rebuild;

/* --- The sheet ----------------------------------------------------------------------- */

/* What stands on the sheet once does not stand there again. */
static void
add_run (Rebuild *rebuild,
         GArray  *runs,
         guint    i,
         gboolean beside)
{
  HkSheetRun run = { hk_piece (rebuild->pieces, i)->run, beside };

  if (hk_piece (rebuild->pieces, i)->written)
    return;
  hk_piece (rebuild->pieces, i)->written = TRUE;
  g_array_append_val (runs, run);
}

static void
add_run_if (Rebuild *rebuild,
            GArray  *runs,
            guint    i,
            gboolean beside)
{
  if (i != HK_NO_PIECE)
    add_run (rebuild, runs, i, beside);
}

/* Finds the pieces that labels go on with. */
static guint *
find_rests (const GArray *pieces)
{
  guint *rests = g_new (guint, pieces->len + 1);
  g_autofree guint *last = g_new (guint, pieces->len + 1); /* for each label the last piece of it so far */

  for (guint i = 0; i < pieces->len; i++) {
    const HkPiece *piece = hk_piece (pieces, i);

    rests[i] = HK_NO_PIECE;
    last[i]  = i;
    if (piece->class != HK_PIECE_REST || piece->number >= i)
      continue;
    rests[last[piece->number]] = i;
    last[piece->number]        = i;
  }
  return rests;
}

/* Words of the form at piece I, with what of them stands on further lines. */
static void
add_wrapped (Rebuild *rebuild,
             GArray  *runs,
             guint    i,
             gboolean beside)
{
  guint line = hk_piece (rebuild->pieces, i)->line;

  add_run (rebuild, runs, i, beside);
  for (guint k = rebuild->rests[i]; k != HK_NO_PIECE && hk_piece (rebuild->pieces, k)->line < line + 20; k = rebuild->rests[k])
    add_run (rebuild, runs, k, beside);
}

static GArray *
label_runs (Rebuild *rebuild,
            guint    i)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));

  add_wrapped (rebuild, runs, i, FALSE);
  return runs;
}

static double
width_of (const GArray *runs)
{
  double widest = 0;

  for (guint i = 0; i < runs->len; i++) {
    const HkRun *run = &g_array_index (runs, HkSheetRun, i).run;
    double       width = 0;
    for (guint g = run->first; g < run->first + run->n; g++)
      width += hk_box_width (&hk_page_glyph (run->page, g)->box);
    widest = MAX (widest, width);
  }
  return widest;
}

/* Pieces LIST, each on a line of its own, but for those that share a line. */
static void
add_pieces (Rebuild      *rebuild,
            GArray       *runs,
            const GArray *list,
            gboolean      beside)
{
  for (guint p = 0; p < list->len; p++) {
    guint i = g_array_index (list, guint, p);
    gboolean same = p > 0 && hk_piece (rebuild->pieces, i)->line == hk_piece (rebuild->pieces, g_array_index (list, guint, p - 1))->line;

    add_wrapped (rebuild, runs, i, same || (beside && p == 0));
  }
}

/* [ ○ ] words （ text ） */
static void
add_option_runs (Rebuild             *rebuild,
                 GArray              *runs,
                 const HkFieldOption *option)
{
  gboolean box = option->open != HK_NO_PIECE && hk_piece (rebuild->pieces, option->open)->class == HK_PIECE_BOX;

  if (option->words == HK_NO_PIECE || option->open == HK_NO_PIECE || (option->close == HK_NO_PIECE && !box))
    return;
  if (option->untold)
    hk_page_glyph (hk_piece (rebuild->pieces, option->open)->run.page, hk_piece (rebuild->pieces, option->open)->run.first)->untold = TRUE;
  add_run (rebuild, runs, option->open, FALSE);
  add_run_if (rebuild, runs, option->mark, TRUE);
  add_run_if (rebuild, runs, option->close, TRUE);
  add_wrapped (rebuild, runs, option->words, TRUE);
  if (option->doubt != NULL && option->paren_open != HK_NO_PIECE)
    hk_page_glyph (hk_piece (rebuild->pieces, option->paren_open)->run.page, hk_piece (rebuild->pieces, option->paren_open)->run.first)->untold = TRUE;
  add_run_if (rebuild, runs, option->paren_open, TRUE);
  add_pieces (rebuild, runs, option->text, TRUE);
  add_run_if (rebuild, runs, option->paren_close, TRUE);
}

static gboolean
is_found (const Rebuild       *rebuild,
          const HkFieldOption *option)
{
  return option->words != HK_NO_PIECE && hk_piece (rebuild->pieces, option->words)->written;
}

/* Of a group of marks all are printed: what of it was not found may be marked or not. */
static void
report_missing_options (const Rebuild *rebuild,
                        const HkField *field)
{
  const HkFormRow *row   = &rebuild->form->rows[field->row];
  const HkPiece   *label = hk_piece (rebuild->pieces, field->label);
  HkPlace          place = { 0 };
  HkOption         option;
  guint            n = 0, last = 0;

  for (guint o = 0; o < field->options->len; o++)
    n += is_found (rebuild, hk_field_option (field, o));
  if (field->kind != HK_KIND_CHECKS || n == 0 || n == field->options->len)
    return;
  hk_place_add_glyph (&place, label->run.page->number, hk_page_glyph (label->run.page, label->run.first));
  for (const char *cursor = NULL; hk_form_next_option (row, &cursor, &option); last = option.number) {
    if (option.number == last || is_found (rebuild, hk_field_find_option (field, option.number)))
      continue;
    g_autofree char *words = g_strndup (option.words, option.words_len);
    hk_report (rebuild->document, HK_DIAG_OPTION_MISSING, &place, words, row->label);
  }
}

static void
add_field_runs (Rebuild       *rebuild,
                GArray        *runs,
                const HkField *field)
{
  gboolean bracketed = field->open != HK_NO_PIECE && field->close != HK_NO_PIECE;

  if (bracketed)
    add_run (rebuild, runs, field->open, FALSE);
  add_pieces (rebuild, runs, field->pieces, bracketed);
  if (bracketed)
    add_run (rebuild, runs, field->close, TRUE);
  add_run_if (rebuild, runs, field->unit, TRUE);
  for (guint o = 0; o < field->options->len; o++)
    add_option_runs (rebuild, runs, hk_field_option (field, o));
  report_missing_options (rebuild, field);
}

/* Whether entry E of the outline stands inside of the cell of the one before it. */
static gboolean
is_inside (const Rebuild *rebuild,
           guint          e)
{
  return e < rebuild->outline->len && rebuild->form->rows[g_array_index (rebuild->outline, HkOutlined, e).row].placement == HK_PLACE_INSIDE;
}

/* Adds entry E, if it stands inside of the cell of the one before it, to the VALUE
   there. Returns the field behind it. */
static guint
add_inside (Rebuild *rebuild,
            guint    e,
            guint    f,
            GArray  *value)
{
  if (!is_inside (rebuild, e) || f == rebuild->fields->len || hk_field (rebuild->fields, f)->entry != e)
    return f;
  const HkField *field = hk_field (rebuild->fields, f);

  add_run (rebuild, value, field->label, FALSE);
  add_pieces (rebuild, value, field->pieces, TRUE);
  add_run_if (rebuild, value, field->close, TRUE);
  return f + 1;
}

/* Writes entry E of the outline: its label, and beside or below it the FIELDS
   from F on that are its own. Returns the field behind them. */
static guint
write_entry (Rebuild *rebuild,
             guint    e,
             guint    f)
{
  const HkOutlined *outlined = &g_array_index (rebuild->outline, HkOutlined, e);
  const HkFormRow  *row      = &rebuild->form->rows[outlined->row];
  guint             page     = hk_piece (rebuild->pieces, outlined->piece)->run.page->number;
  g_autoptr (GArray) label = label_runs (rebuild, outlined->piece);
  g_autoptr (GArray) value = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
  g_autoptr (GArray) below = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
  HkSheetCell cells[] = { { HK_SHEET_LABEL, HK_SHEET_END, label, NULL, FALSE }, { HK_SHEET_VALUE, HK_SHEET_END, value, NULL, FALSE } };
  HkSheetCell under   = { HK_SHEET_LABEL, HK_SHEET_END, below, NULL, FALSE };
  gboolean    beside  = FALSE, has_below = FALSE;

  for (; f < rebuild->fields->len && hk_field (rebuild->fields, f)->entry == e; f++) {
    const HkField   *field = hk_field (rebuild->fields, f);
    const HkFormRow *item  = &rebuild->form->rows[field->row];
    gboolean         is_below = item->placement == HK_PLACE_BELOW || item->placement == HK_PLACE_SCATTERED;

    add_field_runs (rebuild, is_below ? below : value, field);
    HkSheetCell *cell = is_below ? &under : &cells[1];
    if (cell->doubt == NULL)
      cell->doubt = field->doubt;
    cell->inferred |= field->inferred;
    has_below      |= is_below;
    beside         |= !is_below;
  }
  f = add_inside (rebuild, e + 1, f, value);
  if (beside && row->shape != HK_ROW_ITEM) /* marks behind a heading: it reaches over the column of labels */
    cells[0].x1 = cells[1].x0 = MAX (HK_SHEET_VALUE, HK_SHEET_LABEL + width_of (label) + 2 * HK_TEXT_LINE);
  else if (beside || (row->shape == HK_ROW_ITEM && row->placement == HK_PLACE_RIGHT))
    cells[0].x1 = HK_SHEET_VALUE;
  cells[1].x1 = MAX (HK_SHEET_END, cells[1].x0 + HK_SHEET_VALUE);
  hk_sheet_row (rebuild->sheet, page, cells, beside || cells[0].x1 == HK_SHEET_VALUE ? 2 : 1);
  if (has_below)
    hk_sheet_row (rebuild->sheet, page, &under, 1);
  return f;
}

/* ［令和６年10月　様式３］ */
static void
write_form_mark (Rebuild *rebuild)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
  guint page = 0;

  for (guint i = 0; i < rebuild->end; i++)
    if (hk_piece (rebuild->pieces, i)->class == HK_PIECE_FORM_MARK && (page == 0 || page == hk_piece (rebuild->pieces, i)->run.page->number)) {
      page = hk_piece (rebuild->pieces, i)->run.page->number;
      add_run (rebuild, runs, i, runs->len > 0);
    }
  if (runs->len > 0)
    hk_sheet_loose (rebuild->sheet, page, runs);
}

/* --- What is left ------------------------------------------------------------------------- */

/* The pages' numbers. */
static void
account_running (Rebuild         *rebuild,
                 const GPtrArray *pages)
{
  for (guint p = 0; p < pages->len; p++) {
    const HkPage *page = pages->pdata[p];
    for (guint i = 0; i < page->glyphs->len; i++)
      if (hk_page_glyph (page, i)->use == HK_USE_RUNNING && !hk_is_space (hk_page_glyph (page, i)->ch)) {
        rebuild->document->counts.source++;
        rebuild->document->counts.running++;
      }
  }
}

/* Whether somebody wrote PIECE, or may have: it is no word of the form. */
static gboolean
is_written_by_hand (const HkPiece *piece)
{
  return piece->class == HK_PIECE_WORDS || piece->class == HK_PIECE_CHOICE || piece->class == HK_PIECE_MARK;
}

/* Words of the form that nothing was read from, and text that has no place. */
static void
account_rest (Rebuild *rebuild)
{
  for (guint i = 0; i < rebuild->end; i++) {
    const HkPiece *piece = hk_piece (rebuild->pieces, i);

    if (piece->written)
      continue;
    HkTextCell *cell = hk_text_cell_new (piece->run.page->number, (HkBox){ 0 }, 0, FALSE);
    hk_text_cell_fill (cell, cell->page, (HkBox){ 0 }, hk_page_glyph (piece->run.page, piece->run.first), piece->run.n);
    if (!is_written_by_hand (piece))
      hk_text_cell_use (cell, 0, cell->glyphs->len, HK_USE_FORM);
    hk_text_cell_account (cell, rebuild->document);
    hk_text_cell_free (cell);
  }
}

/* --- The table of changes --------------------------------------------------------------------- */

/* Adds glyphs [FIRST, END) of LINE's page to LINES, as a line like it. */
static void
add_line (GArray           *lines,
          const HkTextLine *line,
          guint             first,
          guint             end)
{
  HkTextLine part = *line;

  while (first < end && hk_is_space (hk_page_glyph (line->run.page, first)->ch))
    first++;
  while (first < end && hk_is_space (hk_page_glyph (line->run.page, end - 1)->ch))
    end--;
  part.run.first = first;
  part.run.n     = end - first;
  if (first < end)
    g_array_append_val (lines, part);
}

/* The lines of the table: those of the pieces from the end of the outline on,
   without its heading (HkTextLine). */
static GArray *
change_lines (const Rebuild *rebuild)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (HkTextLine));

  for (guint i = rebuild->end, next; i < rebuild->pieces->len; i = next) {
    const HkPiece    *piece = hk_piece (rebuild->pieces, i);
    const HkTextLine *line  = &g_array_index (rebuild->lines, HkTextLine, piece->line);
    guint first = piece->begins ? line->run.first : piece->run.first;

    for (next = i; next < rebuild->pieces->len && hk_piece (rebuild->pieces, next)->line == piece->line; next++) {
      const HkPiece *part = hk_piece (rebuild->pieces, next);
      if (!part->written)
        continue;
      add_line (lines, line, first, part->run.first);
      first = part->run.first + part->run.n;
    }
    add_line (lines, line, first, line->run.first + line->run.n);
  }
  return lines;
}

/* The table under the heading that the outline ends with. */
static const HkFormRow *
record_of (const Rebuild *rebuild)
{
  return &rebuild->form->rows[g_array_index (rebuild->outline, HkOutlined, rebuild->outline->len - 1).row + 1];
}

static void
write_changes (Rebuild *rebuild)
{
  g_autoptr (GArray) lines = change_lines (rebuild);

  guint first = rebuild->sheet->cells->len;

  if (rebuild->end < rebuild->pieces->len)
    hk_rebuild_changes (rebuild->sheet, lines, rebuild->spaces == 1, rebuild->form, record_of (rebuild), rebuild->document);
  for (guint i = first; rebuild->disordered && i < rebuild->sheet->cells->len; i++) {
    HkTextCell *cell = rebuild->sheet->cells->pdata[i];
    if (cell->doubt == NULL)
      cell->doubt = "the document is painted in no order that is known";
  }
}

/* A label that fits nowhere became words: what follows it may be its own value, and
   not that of the row before. */
static void
doubt_astray (Rebuild *rebuild)
{
  for (guint f = 0; f < rebuild->fields->len; f++) {
    HkField *field = hk_field (rebuild->fields, f);

    for (guint p = 0; p < field->pieces->len && field->doubt == NULL; p++)
      if (hk_piece (rebuild->pieces, g_array_index (field->pieces, guint, p))->astray)
        field->doubt = "a label that fits nowhere stands in it";
  }
}

/* The characters of FIELD that are no white space (gunichar). */
static GArray *
field_characters (const Rebuild *rebuild,
                  const HkField *field)
{
  GArray *characters = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (guint p = 0; p < field->pieces->len; p++) {
    const HkRun *run = &hk_piece (rebuild->pieces, g_array_index (field->pieces, guint, p))->run;
    for (guint i = run->first; i < run->first + run->n; i++)
      if (!hk_is_space (hk_page_glyph (run->page, i)->ch))
        g_array_append_val (characters, hk_page_glyph (run->page, i)->ch);
  }
  return characters;
}

/* Whether a parenthesis among the N characters TEXT opens and does not close. */
static gboolean
is_torn (const gunichar *text,
         guint           n)
{
  guint open = 0;

  for (guint i = 0; i < n; i++)
    if (hk_is_open_paren (text[i]))
      open++;
    else if (hk_is_close_paren (text[i]) && open > 0) /* else that of a list's number: 1） */
      open--;
  return open > 0;
}

/* Whether the N characters TEXT begin or end with the brackets of a mark, ［○］ or ［］. */
static gboolean
has_mark_at_edge (const gunichar *text,
                  guint           n)
{
  return (n >= 2 && hk_is_open_bracket (text[0]) && (hk_is_close_bracket (text[1]) || (n >= 3 && hk_is_mark (text[1]) && hk_is_close_bracket (text[2])))) ||
         (n >= 2 && hk_is_close_bracket (text[n - 1]) && (hk_is_open_bracket (text[n - 2]) || (n >= 3 && hk_is_mark (text[n - 2]) && hk_is_open_bracket (text[n - 3]))));
}

/* Brackets of the form, or parts of those of another value, that were read as words. */
static void
doubt_brackets (Rebuild *rebuild)
{
  for (guint f = 0; f < rebuild->fields->len; f++) {
    HkField *field = hk_field (rebuild->fields, f);

    if (field->pieces->len == 0 || field->kind != HK_KIND_TEXT || field->doubt != NULL)
      continue;
    g_autoptr (GArray) text = field_characters (rebuild, field);
    if (is_torn ((const gunichar *) text->data, text->len))
      field->doubt = "a bracket opens in it that does not close";
    else if (has_mark_at_edge ((const gunichar *) text->data, text->len))
      field->doubt = "it begins or ends with the brackets of a mark";
  }
}

/* Where a label stands out of order, reading went wrong around it: the values of
   its row and of those beside it are not sure. */
static void
doubt_displaced (Rebuild *rebuild)
{
  g_autofree gboolean *displaced = hk_outline_displaced (rebuild->outline);

  for (guint f = 0; f < rebuild->fields->len; f++) {
    HkField *field = hk_field (rebuild->fields, f);
    guint    from  = field->entry > 0 ? field->entry - 1 : 0, to = MIN (field->entry + 2, rebuild->outline->len);

    if (field->pieces->len == 0 || field->kind == HK_KIND_CHECKS)
      continue;
    for (guint e = from; e < to && field->doubt == NULL; e++)
      if (displaced[e])
        field->doubt = "a label beside it is out of order";
  }
}

void
hk_rebuild (const GPtrArray    *pages,
            const HkVocabulary *vocabulary,
            HkDocument         *document,
            GPtrArray          *cells)
{
  Rebuild rebuild = { .form = document->form, .document = document };
  guint   f = 0;

  rebuild.lexicon = hk_lexicon_new (rebuild.form);
  rebuild.lines   = hk_text_lines (pages, &rebuild.spaces);
  rebuild.pieces  = hk_pieces_cut (rebuild.form, rebuild.lexicon, rebuild.lines, rebuild.spaces);
  rebuild.scrambled = g_hash_table_new (NULL, NULL);

  HkOrder order = hk_order_find (rebuild.form, rebuild.lexicon, rebuild.pieces, rebuild.scrambled);
  if (order == HK_ORDER_PAINTED)
    rebuild.pieces = hk_pieces_recut (rebuild.form, rebuild.lexicon, rebuild.pieces);
  rebuild.outline = hk_outline (rebuild.form, rebuild.lexicon, rebuild.pieces, order, rebuild.scrambled, &rebuild.end);
  rebuild.rests   = find_rests (rebuild.pieces);
  rebuild.fields  = hk_fields_new (rebuild.form, rebuild.pieces, rebuild.outline);
  rebuild.sheet   = hk_sheet_new ();

  guint all = rebuild.pieces->len;
  g_array_set_size (rebuild.pieces, rebuild.end); /* keeps what lies behind */
  if (order == HK_ORDER_PAINTED)
    rebuild.disordered = !hk_deal_painted (rebuild.form, rebuild.pieces, rebuild.outline, rebuild.fields);
  else {
    hk_deal_brackets (rebuild.pieces);
    hk_group_marks (rebuild.form, rebuild.pieces, rebuild.fields);
    hk_deal (rebuild.form, rebuild.spaces == 2 ? HK_DEAL_GRID : rebuild.spaces == 1 ? HK_DEAL_TOGETHER : HK_DEAL_LINES, rebuild.lines, rebuild.pieces, rebuild.outline,
             rebuild.fields);
    if (rebuild.spaces != 2)
      doubt_displaced (&rebuild);
  }
  rebuild.pieces->len = all;
  doubt_astray (&rebuild);
  hk_doubt_gaps (rebuild.form, rebuild.pieces, rebuild.outline, rebuild.fields, document);
  doubt_brackets (&rebuild);
  write_form_mark (&rebuild);
  for (guint e = 0; e < rebuild.outline->len; e++)
    if (!is_inside (&rebuild, e))
      f = write_entry (&rebuild, e, f);
  write_changes (&rebuild);
  account_rest (&rebuild);
  account_running (&rebuild, pages);

  g_ptr_array_extend_and_steal (cells, g_steal_pointer (&rebuild.sheet->cells));
  g_free (rebuild.sheet);
  hk_lexicon_free (rebuild.lexicon);
  g_free (rebuild.rests);
  g_array_unref (rebuild.lines);
  g_array_unref (rebuild.pieces);
  g_array_unref (rebuild.outline);
  g_hash_table_unref (rebuild.scrambled);
  g_array_unref (rebuild.fields);
}
