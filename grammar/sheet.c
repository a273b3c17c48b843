/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sheet.h"

/* Room between a cell's edge and its text (points). */
#define PADDING 2.0

HkSheet *
hk_sheet_new (void)
{
  HkSheet *sheet = g_new0 (HkSheet, 1);

  sheet->cells = g_ptr_array_new ();
  return sheet;
}

void
hk_sheet_free (HkSheet *sheet)
{
  if (sheet == NULL)
    return;
  for (guint i = 0; i < sheet->cells->len; i++)
    hk_text_cell_free (sheet->cells->pdata[i]);
  g_ptr_array_unref (sheet->cells);
  g_free (sheet);
}

/* Writes RUN at (X, Y) as a line of CELL, or on its last line. Returns where it ends. */
static double
write_run (HkTextCell  *cell,
           const HkRun *run,
           gboolean     beside,
           double       x,
           double       y)
{
  HkLine line = { .page = run->page->number, .first = cell->glyphs->len };

  for (guint i = run->first; i < run->first + run->n; i++) {
    HkGlyph glyph = *hk_page_glyph (run->page, i);
    double  width = hk_box_width (&glyph.box);

    glyph.box = (HkBox){ x, y, x + width, y + HK_TEXT_LINE };
    x += width;
    g_array_append_val (cell->glyphs, glyph);
    line.box = hk_box_union (line.box, glyph.box);
  }
  line.n     = run->n;
  line.right = line.box.x1;
  if (beside && cell->lines->len > 0) {
    HkLine *last = hk_cell_line (cell, cell->lines->len - 1);
    last->n += line.n;
    last->box   = hk_box_union (last->box, line.box);
    last->right = MAX (last->right, line.right);
  }
  else
    g_array_append_val (cell->lines, line);
  return x;
}

static HkTextCell *
write_cell (const HkSheetCell *from,
            guint              page,
            double             y,
            gboolean           whole)
{
  HkTextCell *cell  = hk_text_cell_new (page, (HkBox){ from->x0, y, from->x1, y }, 0, TRUE);
  double      x     = from->x0 + PADDING, right = 0;
  guint       n     = from->runs != NULL ? from->runs->len : 0;

  for (guint i = 0; i < n; i++) {
    const HkSheetRun *run = &g_array_index (from->runs, HkSheetRun, i);
    gboolean beside = run->beside && i > 0;

    if (!beside) {
      x = from->x0 + PADDING;
      y += i > 0 ? HK_TEXT_LINE : 0;
    }
    x = write_run (cell, &run->run, beside, beside ? x + HK_TEXT_COLUMN : x, y + PADDING);
  }
  cell->box.y1 = y + HK_TEXT_LINE + 2 * PADDING;
  for (guint l = 0; l < cell->lines->len; l++)
    right = MAX (right, hk_cell_line (cell, l)->box.x1);
  for (guint l = 0; l < cell->lines->len; l++)
    hk_cell_line (cell, l)->right = whole ? G_MAXDOUBLE : right;
  cell->box.x1   = MAX (cell->box.x1, right);
  cell->doubt    = from->doubt;
  cell->inferred = from->inferred ? "tied by the order of the text" : NULL;
  return cell;
}

void
hk_sheet_row (HkSheet           *sheet,
              guint              page,
              const HkSheetCell *cells,
              guint              n)
{
  guint  first  = sheet->cells->len;
  double bottom = sheet->y;

  for (guint i = 0; i < n; i++) {
    HkTextCell *cell = write_cell (&cells[i], page, sheet->y, sheet->whole);
    bottom = MAX (bottom, cell->box.y1);
    g_ptr_array_add (sheet->cells, cell);
  }
  for (guint i = first; i < sheet->cells->len; i++) {
    HkTextCell *cell = sheet->cells->pdata[i];
    cell->box.x1   = i + 1 < sheet->cells->len ? cells[i - first].x1 : cell->box.x1;
    cell->box.y1   = bottom;
    cell->last_box = cell->box;
  }
  sheet->y = bottom;
}

void
hk_sheet_loose (HkSheet      *sheet,
                guint         page,
                const GArray *runs)
{
  HkSheetCell row  = { HK_SHEET_LABEL, HK_SHEET_END, (GArray *) runs, NULL, FALSE };
  HkTextCell *cell = write_cell (&row, page, sheet->y, sheet->whole);

  cell->ruled    = FALSE;
  cell->loose    = TRUE;
  cell->last_box = cell->box;
  sheet->y       = cell->box.y1;
  g_ptr_array_add (sheet->cells, cell);
}
