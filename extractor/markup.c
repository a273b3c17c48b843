/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages of Markdown and HTML: cells on the grid of characters, row under row. All
 * columns are as wide as the longest line anywhere, so that a column is the same
 * stretch of the page in every table.
 */
#include "markup.h"

typedef struct {
  HkPageSource   base;
  HkDecoded      text;
  HkMarkupCells *cells;
  guint          next;   /* the first cell that was not given yet */
  guint          pages;  /* given so far */
  GArray        *lines;  /* gsize: where the lines of the text begin */
  guint          columns; /* of the widest table */
  double         column;  /* how wide one is, in points */
} Markup;

#define cell_at(markup, i) (&g_array_index ((markup)->cells->cells, HkMarkupCell, (i)))
#define glyph_at(markup, i) (&g_array_index ((markup)->cells->glyphs, HkMarkupGlyph, (i)))

static double
width_of (gunichar ch)
{
  return (g_unichar_iswide (ch) || g_unichar_iswide_cjk (ch) ? 2 : 1) * HK_TEXT_COLUMN;
}

/* --- The grid ------------------------------------------------------------------------ */

static double
widest_line (const Markup *markup)
{
  double widest = HK_TEXT_COLUMN;

  for (guint c = 0; c < markup->cells->cells->len; c++) {
    const HkMarkupCell *cell  = cell_at (markup, c);
    double              width = 0;

    for (guint i = cell->first; i < cell->first + cell->n; i++) {
      const HkMarkupGlyph *glyph = glyph_at (markup, i);
      width  = i > cell->first && glyph->line != glyph_at (markup, i - 1)->line ? 0 : width;
      width += width_of (glyph->ch);
      widest = MAX (widest, width);
    }
  }
  return widest;
}

static guint
lines_of (const Markup       *markup,
          const HkMarkupCell *cell)
{
  return cell->n > 0 ? glyph_at (markup, cell->first + cell->n - 1)->line + 1 : 1;
}

/* Puts the glyphs of CELL, whose upper left corner is (X, Y), on PAGE. */
static void
add_glyphs (const Markup       *markup,
            const HkMarkupCell *cell,
            double              x,
            double              y,
            HkPage             *page)
{
  double at = x;
  guint  line = 0;

  for (guint i = cell->first; i < cell->first + cell->n; i++) {
    const HkMarkupGlyph *from  = glyph_at (markup, i);
    double               width = width_of (from->ch);
    HkGlyph glyph = { .ch = from->ch, .source = page->glyphs->len, .copies = 1, .control = from->control, .use = cell->running ? HK_USE_RUNNING : HK_USE_NONE };

    hk_decoded_place (markup->lines, from->source, &glyph.line, &glyph.column);
    at   = from->line != line ? x : at;
    line = from->line;
    glyph.box = (HkBox){ at, y + line * HK_TEXT_LINE, at + width, y + (line + 1) * HK_TEXT_LINE };
    at += width;
    g_array_append_val (page->glyphs, glyph);
  }
}

/* Where each row of the cells [FIRST, END) begins, and the last one ends (double), by row
   from the first on. */
static GArray *
row_tops (const Markup *markup,
          guint         first,
          guint         end)
{
  GArray *tops = g_array_new (FALSE, FALSE, sizeof (double));
  guint   row  = cell_at (markup, first)->row, lines = 1;
  double  y    = 0;

  g_array_append_val (tops, y);
  for (guint c = first; c < end; c++) {
    const HkMarkupCell *cell = cell_at (markup, c);
    for (; row < cell->row; row++, lines = 1) {
      y += lines * HK_TEXT_LINE;
      g_array_append_val (tops, y);
    }
    lines = MAX (lines, lines_of (markup, cell));
  }
  y += lines * HK_TEXT_LINE;
  g_array_append_val (tops, y);
  return tops;
}

static HkPage *
next_page (HkPageSource *source,
           GError      **error)
{
  Markup       *markup = (Markup *) source;
  const GArray *cells  = markup->cells->cells;
  guint         first  = markup->next, end = first;
  HkPage       *page;

  if (first == cells->len)
    return NULL;
  while (end < cells->len && cell_at (markup, end)->page == cell_at (markup, first)->page)
    end++;
  page = hk_page_new (cell_at (markup, first)->page + 1, markup->columns * markup->column, 0);
  page->markup  = TRUE;
  page->unpaged = markup->cells->pages == 0;
  g_autoptr (GArray) tops = row_tops (markup, first, end);
  page->height = g_array_index (tops, double, tops->len - 1);
  for (guint c = first; c < end; c++) {
    const HkMarkupCell *cell = cell_at (markup, c);
    guint  row = cell->row - cell_at (markup, first)->row, below = MIN (row + cell->rows, tops->len - 1);
    double x = cell->column * markup->column, right = x + cell->columns * markup->column, y = g_array_index (tops, double, row);
    HkCell box = { { x, y, cell->in_table ? right : page->width, g_array_index (tops, double, below) }, cell->torn ? HK_SIDE_BOTTOM : 0, cell->heading };

    add_glyphs (markup, cell, x, y, page);
    g_array_append_val (page->cells, box);
  }
  markup->next = end;
  return page;
}

static void
close_markup (HkPageSource *source)
{
  Markup *markup = (Markup *) source;

  hk_markup_cells_free (markup->cells);
  g_array_unref (markup->lines);
  g_free (markup->text.chars);
  g_free (markup);
}

HkPageSource *
hk_markup_open (HkDecoded *text,
                GError   **error)
{
  Markup *markup = g_new0 (Markup, 1);
  g_autoptr (HkFeed) feed = hk_markdown_rewrite (text);

  markup->base.next  = next_page;
  markup->base.close = close_markup;
  markup->text       = *text;
  *text              = (HkDecoded){ 0 };
  markup->lines      = hk_decoded_lines (&markup->text);
  markup->cells      = hk_html_read (feed);
  markup->column     = widest_line (markup);
  for (guint c = 0, page = G_MAXUINT; c < markup->cells->cells->len; c++) {
    const HkMarkupCell *cell = cell_at (markup, c);
    markup->columns      = MAX (markup->columns, cell->column + cell->columns);
    markup->base.n_pages += cell->page != page;
    page                 = cell->page;
  }
  if (markup->cells->damaged)
    markup->base.damage = feed->torn ? "it ends within a table or a tag" : "its tags are nested too deep";
  if (markup->cells->glyphs->len > 0)
    return &markup->base;
  g_set_error_literal (error, HK_ERROR, HK_ERROR_EMPTY, "the text is blank");
  close_markup (&markup->base);
  return NULL;
}
