/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "markup.h"
#include "fold.h"
#include "grid.h"

#include <string.h>

/* Rows of the form that are always printed: so many passed over are pages lost. */
#define GAP_ROWS 2
#define HEADINGS_LOST 3 /* … or so many headings, where editions differ */

/* The title of the table of changes stands no further above its column headings (rows). */
#define TITLE_ROWS 3

/* The form's mark is no longer (characters). */
#define MARK_MAX 40

#define DOUBT_TORN "the text ends within it"
#define DOUBT_TABLE "rows of a table without a label stand in it"
#define DOUBT_BEFORE "rows are missing behind it"
#define DOUBT_CELLS "more than one cell stands beside its label"
#define DOUBT_HEADING "a heading that is not known stands behind it"
#define DOUBT_PART "the heading of its part is missing"
#define DOUBT_BLOCK "the heading of its block is missing"
#define TIED_ROWS "its heading is missing: told by the rows around it"
#define TIED_ORDER "what stands in no row of its own goes on with the value before it"
#define TIED_MISREAD "its label is misread"

/* What is on the sheet so far, and the row that is open. */
typedef struct {
  HkGrid          *grid;
  const HkForm    *form;
  HkDocument      *document;
  HkSheet         *sheet;
  HkBoxHabit       boxes;
  const HkFormRow *part, *heading, *container; /* read last; container: a risk or block */
  const HkFormRow *before;                     /* the row read before the open one */

  const HkFormRow *row;      /* open; NULL: none */
  guint            page;
  gboolean         range;    /* of empty blocks */
  GArray          *label;    /* HkSheetRun */
  GArray          *value;    /* HkSheetRun */
  guint            value_rows; /* of the grid that the value has */
  const char      *doubt;
  const char      *inferred;
} Writer;

/* --- The sheet --------------------------------------------------------------------- */

/* Writes N CELLS as a row of the sheet; the first of them is the label of ROW, unless that is NULL. */
static void
write_row (Writer            *writer,
           const HkSheetCell *cells,
           guint              n,
           const HkFormRow   *row)
{
  guint first = writer->sheet->cells->len;

  hk_sheet_row (writer->sheet, writer->page, cells, n);
  for (guint i = first; i < writer->sheet->cells->len; i++) {
    HkTextCell *cell = writer->sheet->cells->pdata[i];
    cell->scanned = cell->told = TRUE;
    cell->row   = i == first ? row : NULL;
    cell->boxes = writer->boxes;
    if (i > first || row == NULL)
      cell->inferred = writer->inferred;
  }
}

static void
write_single (Writer          *writer,
              GArray          *runs,
              const HkFormRow *row)
{
  HkSheetCell cell = { HK_SHEET_LABEL, HK_SHEET_END, runs, row == NULL ? writer->doubt : NULL, FALSE };

  write_row (writer, &cell, 1, row);
}

/* Writes RUNS where they are no row's. */
static void
write_loose (Writer *writer,
             GArray *runs)
{
  guint first = writer->sheet->cells->len;

  if (runs->len == 0)
    return;
  hk_sheet_loose (writer->sheet, writer->page, runs);
  HkTextCell *cell = writer->sheet->cells->pdata[first];
  cell->scanned = cell->told = TRUE;
}

/* Writes RUNS as words of the form. */
static void
write_words (Writer *writer,
             GArray *runs)
{
  guint first = writer->sheet->cells->len;

  write_loose (writer, runs);
  for (; first < writer->sheet->cells->len; first++) {
    HkTextCell *cell = writer->sheet->cells->pdata[first];
    hk_text_cell_use (cell, 0, cell->glyphs->len, HK_USE_FORM);
  }
}

static void
write_beside (Writer *writer)
{
  HkSheetCell cells[] = { { HK_SHEET_LABEL, HK_SHEET_VALUE, writer->label, NULL, FALSE },
                          { HK_SHEET_VALUE, HK_SHEET_END, writer->value, writer->doubt, FALSE } };

  for (guint i = 0; i < writer->label->len; i++) { /* the column of labels is as wide as this one */
    const HkRun *run = &g_array_index (writer->label, HkSheetRun, i).run;
    double       width = 0;
    for (guint g = run->first; g < run->first + run->n; g++)
      width += hk_box_width (&hk_page_glyph (run->page, g)->box);
    cells[0].x1 = cells[1].x0 = MAX (cells[0].x1, HK_SHEET_LABEL + width + 2 * HK_TEXT_LINE);
  }
  cells[1].x1 = MAX (cells[1].x1, cells[1].x0 + HK_SHEET_VALUE);
  write_row (writer, cells, 2, writer->row);
}

/* --- What the form has at a row ---------------------------------------------------------- */

static const HkFormRow *
row_behind (const Writer    *writer,
            const HkFormRow *row)
{
  return row + 1 < writer->form->rows + writer->form->n_rows && row[1].depth > row->depth ? row + 1 : NULL;
}

/* Whether an item without a label stands under ROW: a heading's or a part's. */
static gboolean
has_below (const Writer    *writer,
           const HkFormRow *row)
{
  const HkFormRow *next = row_behind (writer, row);

  if (row->shape == HK_ROW_ITEM)
    return row->placement == HK_PLACE_BELOW;
  return next != NULL && ((*next->label == '\0' && next->placement == HK_PLACE_BELOW) || next->placement == HK_PLACE_SCATTERED);
}

/* Whether checks stand in the row of the heading ROW. */
static gboolean
has_checks (const Writer    *writer,
            const HkFormRow *row)
{
  const HkFormRow *next = row_behind (writer, row);

  return row->shape == HK_ROW_HEADING && next != NULL && next->placement == HK_PLACE_INSIDE;
}

static gboolean
has_beside (const Writer    *writer,
            const HkFormRow *row)
{
  return (row->shape == HK_ROW_ITEM && row->placement == HK_PLACE_RIGHT) || row->shape == HK_ROW_BLOCK || has_checks (writer, row);
}

static gboolean
is_text_item (const HkFormRow *row)
{
  return row->shape == HK_ROW_BLOCK || (row->shape == HK_ROW_ITEM && (row->kind == HK_KIND_TEXT || row->kind == HK_KIND_LIST));
}

/* --- The open row --------------------------------------------------------------------------- */

static void
flush (Writer *writer)
{
  const HkFormRow *row = writer->row;

  if (row == NULL)
    write_loose (writer, writer->value);
  else if (has_beside (writer, row) && (writer->value->len > 0 || row->shape == HK_ROW_ITEM) && !writer->range)
    write_beside (writer);
  else {
    write_single (writer, writer->label, row);
    if (writer->value->len > 0 && has_below (writer, row))
      write_single (writer, writer->value, NULL);
    else
      write_loose (writer, writer->value);
  }
  if (row != NULL)
    writer->before = row;
  writer->row        = NULL;
  writer->value_rows = 0;
  writer->doubt = writer->inferred = NULL;
  writer->range = FALSE;
  g_array_set_size (writer->label, 0);
  g_array_set_size (writer->value, 0);
}

/* Adds CELL from glyph FROM on to the value that is open. */
static void
add_value (Writer           *writer,
           const HkGridCell *cell,
           guint             from)
{
  if (cell->run.n <= from)
    return;
  hk_grid_add_lines (cell, from, writer->value);
  if (cell->torn)
    writer->doubt = DOUBT_TORN;
}

/* --- Gaps ---------------------------------------------------------------------------------- */

static const HkFormRow *
part_of (const Writer    *writer,
         const HkFormRow *row)
{
  while (row->depth > 0)
    row = hk_form_parent (writer->form, row);
  return row;
}

/* How many rows were lost before ROW; *FIRST is the first of them. */
static guint
rows_lost (const Writer     *writer,
           const HkFormRow  *row,
           const HkFormRow **first)
{
  const HkForm    *form  = writer->form;
  const HkFormRow *from  = writer->before, *to = row;

  if (from == NULL || (from->shape == HK_ROW_PART && from == row))
    return 0;
  if (to <= from) { /* a file's part begins again: what of the last one is missing at its end */
    if (row->shape != HK_ROW_PART)
      return 0;
    for (to = from + 1; to < form->rows + form->n_rows && to->depth > 0;)
      to++;
  }
  else if (part_of (writer, row) != part_of (writer, from)) {
    const HkFormRow *part = part_of (writer, from); /* parts that stand elsewhere are none that are missing */
    for (to = part + 1; to < form->rows + form->n_rows && to->depth > 0;)
      to++;
    guint behind = hk_grid_rows_between (form, part_of (writer, row), row);
    guint before = hk_grid_rows_between (form, from, to);
    *first = before > 0 ? from + 1 : part_of (writer, row) + 1;
    return before + behind;
  }
  *first = from + 1;
  return hk_grid_rows_between (form, from, to);
}

/* Whether what was passed over from FIRST on before ROW are a few whole headings that
   editions lack here and there: no file's. */
static gboolean
may_be_edition (const Writer    *writer,
                const HkFormRow *first,
                const HkFormRow *row)
{
  const HkFormRow *part = part_of (writer, first);
  guint            n    = 0;

  if (first->shape != HK_ROW_HEADING || row <= first || (part->path != NULL && g_str_has_prefix (part->path, "file[]")))
    return FALSE;
  for (; first < row; first++)
    n += first->shape == HK_ROW_HEADING;
  return n < HEADINGS_LOST;
}

static gboolean
is_of_block (const Writer    *writer,
             const HkFormRow *row)
{
  while (row != NULL && row->shape != HK_ROW_BLOCK)
    row = hk_form_parent (writer->form, row);
  return row != NULL;
}

static void
report_gap (Writer          *writer,
            const HkFormRow *first)
{
  g_autoptr (GString) words = g_string_new ("“");
  HkPlace place = { 0 };

  for (guint i = 0; i < writer->label->len; i++) {
    const HkRun *run = &g_array_index (writer->label, HkSheetRun, i).run;
    for (guint g = run->first; g < run->first + run->n; g++) {
      const HkGlyph *glyph = hk_page_glyph (run->page, g);
      if (glyph->control == HK_CONTROL_NONE)
        g_string_append_unichar (words, glyph->ch);
      hk_place_add_glyph (&place, run->page->number, glyph);
    }
  }
  const HkFormRow *end = writer->form->rows + writer->form->n_rows;
  gboolean whole = writer->before->shape != HK_ROW_ITEM; /* blocks may be blank; one that has begun is not */
  while (first + 1 < end && (*first->label == '\0' || first->placement == HK_PLACE_INSIDE || (whole && is_of_block (writer, first))))
    first++;
  g_string_append_printf (words, "” (from %s%s%s on)", first->number, first->shape == HK_ROW_HEADING ? "．" : "", first->label);
  hk_report (writer->document, HK_DIAG_ROWS_MISSING, &place, words->str);
}

/* What is not sure of the open row, because what should stand over it was not read. */
static void
find_doubt (Writer *writer)
{
  const HkFormRow *row = writer->row;

  for (const HkFormRow *up = hk_form_parent (writer->form, row); up != NULL; up = hk_form_parent (writer->form, up)) {
    if (up->shape == HK_ROW_BLOCK && up != writer->container)
      writer->doubt = DOUBT_BLOCK;
    else if (up->shape == HK_ROW_PART && up != writer->part && up->path != NULL && g_str_has_prefix (up->path, "file[]"))
      writer->doubt = DOUBT_PART;
    else if ((up->shape == HK_ROW_RISK && up != writer->container) || (up->shape == HK_ROW_HEADING && up != writer->heading))
      writer->inferred = TIED_ROWS;
  }
}

/* Whether the value that is open may go on behind a gap. */
static gboolean
is_open_text (const Writer *writer)
{
  return writer->row != NULL && is_text_item (writer->row) && writer->value->len > 0 && writer->row->shape == HK_ROW_ITEM;
}

static gboolean
is_asterisk (gunichar ch)
{
  return ch == '*' || ch == 0xFF0A || ch == 0x2217 || ch == 0x203B; /* * ＊ ∗ ※ */
}

/* Where what stands behind the label of CELL, its first N glyphs, ends as the label's own:
   spaces, a colon, and ※, unless words follow it at once, which it may head. */
static guint
sign_behind (const HkGridCell *cell,
             guint             n)
{
  guint end = n;

  for (guint i = n; i < cell->run.n; i++) {
    const HkGlyph *glyph = hk_page_glyph (cell->run.page, cell->run.first + i);
    if (is_asterisk (glyph->ch)) {
      const HkGlyph *next = i + 1 < cell->run.n ? hk_page_glyph (cell->run.page, cell->run.first + i + 1) : NULL;
      if (next != NULL && !hk_is_space (next->ch) && next->ch != ':' && next->ch != 0xFF1A && next->box.y0 <= glyph->box.y0)
        break;
    }
    else if (!hk_is_space (glyph->ch) && glyph->ch != ':' && glyph->ch != 0xFF1A)
      break;
    end = i + 1;
  }
  return end;
}

/* Whether glyphs [FIRST, END) of CELL are what a label is read with: no sign but ※. */
static gboolean
is_label_sign (const HkGridCell *cell,
               guint             first,
               guint             end)
{
  for (; first < end; first++) {
    gunichar ch = hk_page_glyph (cell->run.page, cell->run.first + first)->ch;
    if (is_asterisk (ch) && ch != 0x203B)
      return FALSE;
  }
  return TRUE;
}

/* Writes glyphs [FIRST, END) of CELL on the sheet as words of the form. */
static void
write_form (Writer           *writer,
            const HkGridCell *cell,
            guint             first,
            guint             end)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
  HkGridCell part = *cell;

  part.run.first += first;
  part.run.n      = end - first;
  hk_grid_add_lines (&part, 0, runs);
  write_words (writer, runs);
}

/* Opens ROW, the label L. */
static void
open_row (Writer            *writer,
          const HkGridLabel *label)
{
  const HkFormRow  *row   = &writer->form->rows[label->chosen], *first = NULL;
  const HkGridCell *cell  = hk_grid_cell (writer->grid, label->cell);
  const HkFormRow  *last  = writer->row;

  if (last != NULL)
    writer->before = last;
  gboolean gap = rows_lost (writer, row, &first) >= GAP_ROWS && !may_be_edition (writer, first, row);
  if (gap && is_open_text (writer) && writer->doubt == NULL)
    writer->doubt = DOUBT_BEFORE;
  flush (writer);

  HkGridCell begin = *cell;
  begin.run.n  = has_checks (writer, row) ? cell->run.n : label->n;
  writer->row  = row;
  writer->page = cell->run.page->number;
  hk_grid_add_lines (&begin, 0, writer->label);
  find_doubt (writer);
  if (label->misread)
    writer->inferred = TIED_MISREAD;
  if (gap)
    report_gap (writer, first);
  if (row->shape == HK_ROW_PART)
    writer->part = row, writer->heading = writer->container = NULL;
  else if (row->shape == HK_ROW_HEADING)
    writer->heading = row, writer->container = NULL;
  else if (row->shape == HK_ROW_RISK || row->shape == HK_ROW_BLOCK)
    writer->container = row;
  guint from = begin.run.n, sign = sign_behind (cell, begin.run.n);
  if (sign > from && (row->shape == HK_ROW_BLOCK || !is_label_sign (cell, from, sign))) {
    write_form (writer, cell, from, sign);
    from = sign;
  }
  if (from < cell->run.n) {
    HkGridCell between = *cell; /* spaces, a colon and ※ belong to the label */
    between.run.first += from;
    between.run.n = sign - from;
    hk_grid_add_lines (&between, 0, writer->label);
    add_value (writer, cell, sign);
    writer->value_rows += cell->run.n > sign;
  }
}

/* --- Row after row ------------------------------------------------------------------------------ */

/* Whether ROW, of a table, begins with what looks like a label that the form does not have. */
static gboolean
looks_like_label (const Writer    *writer,
                  const HkGridRow *row)
{
  const HkGridCell *cell = hk_grid_cell (writer->grid, row->first);
  g_autofree char  *text = hk_grid_fold (cell);

  return *text != '\0' && row->n > 1 && cell->run.n <= 40 && strstr (text, "。") == NULL;
}

/* Adds the cells of ROW from C on, all without a label, to the value that is open. */
static void
add_cells (Writer          *writer,
           const HkGridRow *row,
           guint            c,
           gboolean         own)
{
  guint filled = 0;

  for (; c < row->first + row->n; c++) {
    const HkGridCell *cell = hk_grid_cell (writer->grid, c);
    if (hk_grid_cell_is_blank (cell) && cell->run.n == 0)
      continue;
    add_value (writer, cell, 0);
    filled += !hk_grid_cell_is_blank (cell);
  }
  if (filled == 0)
    return;
  gboolean text = writer->row != NULL && is_text_item (writer->row);
  if (own && filled > 1 && text && writer->doubt == NULL)
    writer->doubt = DOUBT_CELLS;
  if (!own && filled > 1 && text && writer->doubt == NULL)
    writer->doubt = DOUBT_TABLE;
  if (!own && writer->row != NULL && has_beside (writer, writer->row) && writer->inferred == NULL)
    writer->inferred = TIED_ORDER;
  writer->value_rows++;
}

/* Whether ROW is the form's mark alone: ［令和６年10月　様式３］. */
static gboolean
is_form_mark (const Writer    *writer,
              const HkGridRow *row)
{
  const HkRun *run = &hk_grid_cell (writer->grid, row->first)->run;

  if (row->n != 1 || run->n == 0 || run->n > MARK_MAX)
    return FALSE;
  g_autoptr (HkTextCell) cell = hk_text_cell_new (run->page->number, (HkBox){ 0 }, 0, TRUE);
  hk_text_cell_fill (cell, cell->page, (HkBox){ 0 }, hk_page_glyph (run->page, run->first), run->n);
  return hk_is_form_mark (cell);
}

/* Whether ROW has no place under the heading that is open: it has no box for its checks. */
static gboolean
is_astray (const Writer    *writer,
           const HkGridRow *row)
{
  const HkFormRow *open = writer->row;
  gboolean         marked;

  if (open == NULL || open->shape != HK_ROW_HEADING || !has_checks (writer, open))
    return FALSE;
  for (guint c = row->first; c < row->first + row->n; c++) {
    const HkRun *run = &hk_grid_cell (writer->grid, c)->run;
    for (guint i = run->first; i < run->first + run->n; i++)
      if (hk_is_open_bracket (hk_page_glyph (run->page, i)->ch) || hk_is_box (hk_page_glyph (run->page, i)->ch, &marked))
        return FALSE;
  }
  return TRUE;
}

/* Whether ROW is a heading numbered as the form numbers its own, that the form does not have. */
static gboolean
is_unknown_heading (const Writer    *writer,
                    const HkGridRow *row)
{
  const HkGridCell *at = hk_grid_cell (writer->grid, row->first);

  if (!row->heading || at->run.n == 0 || (writer->row != NULL && writer->row->shape == HK_ROW_PART && has_below (writer, writer->row)))
    return FALSE;
  g_autoptr (HkTextCell) cell = hk_text_cell_new (at->run.page->number, at->box, 0, TRUE);
  cell->scanned = TRUE;
  hk_text_cell_fill (cell, cell->page, at->box, hk_page_glyph (at->run.page, at->run.first), at->run.n);
  g_auto (HkLabel) label = hk_label_read (cell);
  return label.class == HK_TOKEN_HEADING_NUMBER || label.class == HK_TOKEN_PART_NUMBER || label.class == HK_TOKEN_APPENDIX || label.class == HK_TOKEN_RISK_NUMBER;
}

/* A row that begins with no label: more of the value before it, or what has no place. */
static void
take_unlabelled (Writer          *writer,
                 const HkGridRow *row)
{
  guint filled = 0;

  for (guint c = row->first; c < row->first + row->n; c++)
    filled += !hk_grid_cell_is_blank (hk_grid_cell (writer->grid, c));
  if (row->table && writer->row != NULL && (filled > 1 ? writer->row->shape != HK_ROW_PART : has_beside (writer, writer->row)) && looks_like_label (writer, row)) {
    const char *doubt = is_text_item (writer->row) ? DOUBT_TABLE : NULL;

    if (writer->doubt == NULL)
      writer->doubt = doubt;
    g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
    for (guint c = row->first; c < row->first + row->n; c++)
      hk_grid_add_lines (hk_grid_cell (writer->grid, c), 0, runs);
    flush (writer);
    writer->page = hk_grid_cell (writer->grid, row->first)->run.page->number;
    write_loose (writer, runs);
    return;
  }
  gboolean unknown = is_unknown_heading (writer, row);
  if (unknown && is_open_text (writer) && writer->doubt == NULL)
    writer->doubt = DOUBT_HEADING;
  if (unknown || is_form_mark (writer, row) || is_astray (writer, row))
    flush (writer);
  if (writer->row == NULL)
    writer->page = hk_grid_cell (writer->grid, row->first)->run.page->number;
  add_cells (writer, row, row->first, FALSE);
  if (writer->row == NULL)
    flush (writer);
}

/* Whether row R has a label among those from L on. */
static gboolean
is_labelled (const HkGrid *grid,
             guint         r,
             guint         l)
{
  for (; l < grid->labels->len && hk_grid_label (grid, l)->row <= r; l++)
    if (hk_grid_label (grid, l)->row == r && hk_grid_label (grid, l)->chosen != HK_NO_ROW)
      return TRUE;
  return FALSE;
}

/* How many labels from L on stand in row R over their values; 0: another one is among them. */
static guint
columns_at (const Writer *writer,
            guint         r,
            guint         l)
{
  guint n = 0;

  for (; l + n < writer->grid->labels->len && hk_grid_label (writer->grid, l + n)->row == r; n++) {
    const HkGridLabel *label = hk_grid_label (writer->grid, l + n);
    const HkFormRow   *row   = label->chosen != HK_NO_ROW ? &writer->form->rows[label->chosen] : NULL;
    if (row == NULL || row->shape != HK_ROW_ITEM || row->placement != HK_PLACE_BELOW)
      return 0;
  }
  return n;
}

/* Whether CELL stands under OVER, by the greater part of its width. */
static gboolean
is_under (const HkGridCell *cell,
          const HkGridCell *over)
{
  return MIN (cell->box.x1, over->box.x1) - MAX (cell->box.x0, over->box.x0) > hk_box_width (&cell->box) / 2;
}

/* Takes labels [L, END), which stand side by side over their values (評価書番号 | 評価書名), and
   the rows below that are these. Returns the last row taken. */
static guint
take_columns (Writer *writer,
              guint   l,
              guint   end)
{
  const HkGrid *grid = writer->grid;
  guint first = hk_grid_label (grid, l)->row + 1, last = first;

  while (last < grid->rows->len && hk_grid_row (grid, last)->table && hk_grid_row (grid, last)->n > 1 && !hk_grid_row (grid, last)->running &&
         !is_labelled (grid, last, end))
    last++;
  for (; l < end; l++) {
    open_row (writer, hk_grid_label (grid, l));
    for (guint r = first; r < last; r++)
      for (guint c = hk_grid_row (grid, r)->first; c < hk_grid_row (grid, r)->first + hk_grid_row (grid, r)->n; c++)
        if (is_under (hk_grid_cell (grid, c), hk_grid_cell (grid, hk_grid_label (grid, l)->cell)))
          add_value (writer, hk_grid_cell (grid, c), 0);
  }
  return last - 1;
}

/* What is written in cells [FIRST, END) (HkSheetRun). */
static GArray *
cells_between (const Writer *writer,
               guint         first,
               guint         end)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));

  for (guint c = first; c < end; c++)
    if (!hk_grid_cell_is_blank (hk_grid_cell (writer->grid, c)))
      hk_grid_add_lines (hk_grid_cell (writer->grid, c), 0, runs);
  return runs;
}

/* Whether row R, whose labels are [L, END), is but the title of the open part, over another page. */
static gboolean
repeats_title (const Writer *writer,
               guint         r,
               guint         l,
               guint         end)
{
  if (l + 1 != end || writer->part == NULL || hk_grid_row (writer->grid, r)->n != 1)
    return FALSE;
  const HkGridLabel *label = hk_grid_label (writer->grid, l);
  if (label->n < hk_grid_cell (writer->grid, label->cell)->run.n)
    return FALSE;
  for (guint m = label->first; m < label->first + label->n_matches; m++)
    if (&writer->form->rows[hk_grid_match (writer->grid, m)->row] == writer->part && hk_grid_match (writer->grid, m)->cost == 0)
      return TRUE;
  return FALSE;
}

/* Takes row R, whose labels are [L, next) of the grid's. Returns the label behind. */
static guint
take_row (Writer *writer,
          guint   r,
          guint   l)
{
  const HkGridRow *row = hk_grid_row (writer->grid, r);
  guint            c   = row->first, first = l;
  gboolean         any = FALSE;

  for (; l < writer->grid->labels->len && hk_grid_label (writer->grid, l)->row == r; l++) {
    const HkGridLabel *label = hk_grid_label (writer->grid, l);
    if (label->chosen == HK_NO_ROW)
      continue;
    g_autoptr (GArray) before = cells_between (writer, c, label->cell);
    open_row (writer, label);
    write_words (writer, before); /* a label again, of the rows that it stands beside */
    c   = label->cell + 1;
    any = TRUE;
  }
  if (any)
    add_cells (writer, row, c, TRUE);
  else if (repeats_title (writer, r, first, l))
    hk_grid_account_running (writer->grid, row, writer->document);
  else
    take_unlabelled (writer, row);
  return l;
}

/* --- The whole ------------------------------------------------------------------------------------ */

/* Few lines before the column headings of the table of changes, row HEAD, stands its title:
   what is like it there is that, however much of the form was passed over. */
static void
find_record_title (HkGrid *grid,
                   guint   head)
{
  for (guint l = grid->labels->len; head < grid->rows->len && l > 0; l--) {
    HkGridLabel *label = hk_grid_label (grid, l - 1);

    if (label->row + TITLE_ROWS < head)
      return;
    for (guint m = label->first; m < label->first + label->n_matches; m++) {
      const HkFormRow *row = &grid->form->rows[hk_grid_match (grid, m)->row];
      if (row->shape == HK_ROW_PART && row + 1 < grid->form->rows + grid->form->n_rows && row[1].shape == HK_ROW_RECORD) {
        label->sure      = TRUE;
        label->first     = m;
        label->n_matches = 1;
        return;
      }
    }
  }
}

void
hk_markup_read (const GPtrArray    *pages,
                const HkVocabulary *vocabulary,
                HkDocument         *document,
                GPtrArray          *cells)
{
  g_autoptr (HkGrid) grid = hk_grid_new (pages, document->form, vocabulary);
  Writer writer = { .grid = grid, .form = document->form, .document = document, .sheet = hk_sheet_new () };

  writer.label = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
  writer.value = g_array_new (FALSE, FALSE, sizeof (HkSheetRun));
  writer.sheet->whole = TRUE;
  writer.boxes = hk_grid_box_habit (grid);
  guint head = hk_grid_record_head (grid, vocabulary);
  hk_grid_drop_copies (grid, head, document);
  hk_grid_find_labels (grid, vocabulary, head);
  hk_grid_find_headers (grid, head);
  find_record_title (grid, head);
  hk_grid_choose (grid);
  for (guint r = 0, l = 0; r < grid->rows->len; r++) {
    const HkGridRow *row = hk_grid_row (grid, r);

    if (r == head) {
      const HkFormRow *record = &document->form->rows[document->form->n_rows - 1];
      flush (&writer);
      hk_grid_write_record (grid, r, vocabulary, hk_form_parent (document->form, record), writer.sheet, document);
      break;
    }
    if (row->running) {
      hk_grid_account_running (grid, row, document);
      continue;
    }
    guint columns = columns_at (&writer, r, l);
    if (columns > 1) {
      r = take_columns (&writer, l, l + columns);
      l += columns;
      continue;
    }
    l = take_row (&writer, r, l);
  }
  flush (&writer);
  g_array_unref (writer.label);
  g_array_unref (writer.value);
  g_ptr_array_extend_and_steal (cells, g_steal_pointer (&writer.sheet->cells));
  g_free (writer.sheet);
}
