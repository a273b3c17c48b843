/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Geometry: pages drawn for the purpose, each with one thing that published
 * forms do to their rules, and the cells that a reader must see there.
 */
#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#include "cells.h"
#include "pdf.h"
#include "reader.h"

/* Page of all drawings, points. */
#define WIDTH  400
#define HEIGHT 500

/* A cell's side may lie so far from where it was drawn: rules have thickness. */
#define NEAR 1.5

/* --- Drawing ------------------------------------------------------------- */

typedef void (*Draw) (cairo_t *cr);

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_pdf (Draw draw)
{
  GByteArray      *array   = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, array, WIDTH, HEIGHT);
  cairo_t         *cr      = cairo_create (surface);

  cairo_select_font_face (cr, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 9);
  draw (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (array);
}

static HkPage *
read_bytes (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HkPdf) pdf    = hk_pdf_open (bytes, NULL, &error);

  g_assert_no_error (error);
  HkPage *page = hk_pdf_read_page (pdf, 1, &error);
  g_assert_no_error (error);
  return page;
}

static HkPage *
read_drawing (Draw draw)
{
  g_autoptr (GBytes) bytes = draw_pdf (draw);

  return read_bytes (bytes);
}

static void
stroke_line (cairo_t *cr,
             double   x0,
             double   y0,
             double   x1,
             double   y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_stroke (cr);
}

typedef void (*Line) (cairo_t *cr, double x0, double y0, double x1, double y1);

/* Two rows of two cells, 50…200…350 by 100…130…200, drawn with LINE. */
static void
draw_grid (cairo_t *cr,
           Line     line)
{
  line (cr, 50, 100, 350, 100);
  line (cr, 50, 130, 350, 130);
  line (cr, 50, 200, 350, 200);
  line (cr, 50, 100, 50, 200);
  line (cr, 200, 100, 200, 200);
  line (cr, 350, 100, 350, 200);
}

static void
show (cairo_t    *cr,
      double      x,
      double      y,
      const char *text)
{
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
}

/* --- Asking -------------------------------------------------------------- */

static void
assert_cell (const HkPage *page,
             double        x0,
             double        y0,
             double        x1,
             double        y1,
             guint         open)
{
  for (guint i = 0; i < page->cells->len; i++) {
    const HkCell *cell = hk_page_cell (page, i);

    if (fabs (cell->box.x0 - x0) > NEAR || fabs (cell->box.y0 - y0) > NEAR
        || fabs (cell->box.x1 - x1) > NEAR || fabs (cell->box.y1 - y1) > NEAR)
      continue;
    if (cell->open != open)
      g_test_message ("the cell at %g %g is open at %u", x0, y0, cell->open);
    g_assert_cmpuint (cell->open, ==, open);
    return;
  }
  for (guint i = 0; i < page->cells->len; i++) {
    const HkBox *box = &hk_page_cell (page, i)->box;
    g_test_message ("there is %g %g %g %g", box->x0, box->y0, box->x1, box->y1);
  }
  g_test_message ("no cell %g %g %g %g", x0, y0, x1, y1);
  g_test_fail ();
}

static void
assert_grid (const HkPage *page)
{
  assert_cell (page, 50, 100, 200, 130, 0);
  assert_cell (page, 200, 100, 350, 130, 0);
  assert_cell (page, 50, 130, 200, 200, 0);
  assert_cell (page, 200, 130, 350, 200, 0);
  g_assert_cmpuint (page->cells->len, ==, 4);
}

/* --- Rules in all their ways ----------------------------------------------- */

static void
draw_hairlines (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.1);
  draw_grid (cr, stroke_line);
}

static void
draw_thick (cairo_t *cr)
{
  cairo_set_line_width (cr, 2.25);
  draw_grid (cr, stroke_line);
}

/* Two lines 2 * APART from each other. */
static void
two_lines (cairo_t *cr,
           double   x0,
           double   y0,
           double   x1,
           double   y1,
           double   apart)
{
  double dx = x0 == x1 ? apart : 0, dy = y0 == y1 ? apart : 0;

  stroke_line (cr, x0 - dx, y0 - dy, x1 - dx, y1 - dy);
  stroke_line (cr, x0 + dx, y0 + dy, x1 + dx, y1 + dy);
}

static void
double_line (cairo_t *cr,
             double   x0,
             double   y0,
             double   x1,
             double   y1)
{
  two_lines (cr, x0, y0, x1, y1, 0.75);
}

static void
wide_double_line (cairo_t *cr,
                  double   x0,
                  double   y0,
                  double   x1,
                  double   y1)
{
  two_lines (cr, x0, y0, x1, y1, 1.3);
}

static void
draw_doubled (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  draw_grid (cr, double_line);
}

static void
draw_doubled_wide (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  draw_grid (cr, wide_double_line);
}

static void
draw_dashed (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.75);
  cairo_set_dash (cr, (double[]){ 4, 3 }, 2, 0);
  draw_grid (cr, stroke_line);
}

static void
draw_dotted (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.75);
  cairo_set_dash (cr, (double[]){ 1, 1 }, 2, 0);
  draw_grid (cr, stroke_line);
}

static void
draw_white (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 1);
  draw_grid (cr, stroke_line);
}

static void
draw_white_on_fields (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.8, 0.9, 0.8);
  cairo_rectangle (cr, 50, 100, 300, 100);
  cairo_fill (cr);
  draw_white (cr);
}

static void
thin_rectangle (cairo_t *cr,
                double   x0,
                double   y0,
                double   x1,
                double   y1)
{
  cairo_rectangle (cr, x0 - 0.24, y0 - 0.24, x1 - x0 + 0.48, y1 - y0 + 0.48);
  cairo_fill (cr);
}

static void
draw_rectangles (cairo_t *cr)
{
  draw_grid (cr, thin_rectangle);
}

static void
draw_on_paper (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_hairlines (cr);
}

static void
test_grid (gconstpointer draw)
{
  g_autoptr (HkPage) page = read_drawing (*(const Draw *) draw);

  g_assert_cmpfloat (page->width, ==, WIDTH);
  g_assert_cmpfloat (page->height, ==, HEIGHT);
  assert_grid (page);
}

/* --- Fields without rules --------------------------------------------------- */

/* A heading that is only filled, over a row with rules on its other sides. */
static void
draw_heading (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.8, 1, 1);
  cairo_rectangle (cr, 50, 100, 300, 20);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  stroke_line (cr, 50, 120, 50, 160);
  stroke_line (cr, 350, 120, 350, 160);
  stroke_line (cr, 50, 160, 350, 160);
}

static void
test_heading (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_heading);

  assert_cell (page, 50, 100, 350, 120, 0);
  assert_cell (page, 50, 120, 350, 160, 0);
  g_assert_cmpuint (page->cells->len, ==, 2);
}

/* Three fields of one colour that meet inside a pixel, as spreadsheets fill
   the cells of a merged heading one by one: the seams are no rules. */
static void
draw_seams (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.8, 1, 1);
  for (int i = 0; i < 3; i++) {
    cairo_rectangle (cr, 50.4 + 100 * i, 100, 100, 20);
    cairo_fill (cr);
  }
}

static void
test_seams (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_seams);

  assert_cell (page, 50, 100, 350, 120, 0);
  g_assert_cmpuint (page->cells->len, ==, 1);
}

/* White fields on white paper: nobody sees where they end. */
static void
draw_white_fields (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 70, 70, 100, 50);
  cairo_rectangle (cr, 200, 70, 100, 50);
  cairo_fill (cr);
}

static void
draw_nothing (cairo_t *cr)
{
  show (cr, 50, 50, "Only words");
}

/* Dashes, an underline and a row of letters with one foot line. */
static void
draw_dashes (cairo_t *cr)
{
  show (cr, 50, 50, "\342\200\225\342\200\225\342\200\225\342\200\225\342\200\225\342\200\225\342\200\225");
  show (cr, 50, 80, "____________________");
  cairo_set_font_size (cr, 24);
  show (cr, 50, 150, "HHHHHHHHHHHH");
  show (cr, 50, 174, "HHHHHHHHHHHH");
}

static void
test_no_cells (gconstpointer draw)
{
  g_autoptr (HkPage) page = read_drawing (*(const Draw *) draw);

  g_assert_cmpuint (page->cells->len, ==, 0);
  g_assert_cmpuint (page->rules->len, ==, 0);
}

/* --- Cells ----------------------------------------------------------------- */

/* A label that spans two rows, and a row of one field below. */
static void
draw_merged (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, 50, 100, 300, 90);
  cairo_stroke (cr);
  stroke_line (cr, 120, 100, 120, 160);
  stroke_line (cr, 120, 130, 350, 130);
  stroke_line (cr, 50, 160, 350, 160);
}

static void
test_merged (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_merged);

  assert_cell (page, 50, 100, 120, 160, 0);
  assert_cell (page, 120, 100, 350, 130, 0);
  assert_cell (page, 120, 130, 350, 160, 0);
  assert_cell (page, 50, 160, 350, 190, 0);
  g_assert_cmpuint (page->cells->len, ==, 4);
}

/* A table that the page's lower margin cuts: no rule closes the last row. */
static void
draw_cut (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  stroke_line (cr, 50, 400, 350, 400);
  stroke_line (cr, 50, 430, 350, 430);
  stroke_line (cr, 50, 400, 50, 470);
  stroke_line (cr, 200, 400, 200, 470);
  stroke_line (cr, 350, 400, 350, 470);
  show (cr, 52, 468, "a line of text that stands on the cut");
}

static void
test_cut (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_cut);

  assert_cell (page, 50, 400, 200, 430, 0);
  assert_cell (page, 50, 430, 200, 470, HK_SIDE_BOTTOM);
  assert_cell (page, 200, 430, 350, 470, HK_SIDE_BOTTOM);
  g_assert_cmpuint (page->cells->len, ==, 4);
}

/* A row higher than the page: two rules down it, and nothing else. */
static void
draw_middle (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  stroke_line (cr, 50, 40, 50, 460);
  stroke_line (cr, 200, 40, 200, 460);
  stroke_line (cr, 350, 40, 350, 460);
}

static void
test_middle (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_middle);

  assert_cell (page, 50, 40, 200, 460, HK_SIDE_TOP | HK_SIDE_BOTTOM);
  assert_cell (page, 200, 40, 350, 460, HK_SIDE_TOP | HK_SIDE_BOTTOM);
  g_assert_cmpuint (page->cells->len, ==, 2);
}

/* Cut above, where an indented table begins at the cut with a rule of its own. */
static void
draw_margin (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, 70, 40, 280, 60);
  cairo_stroke (cr);
  stroke_line (cr, 50, 40, 50, 130);
  stroke_line (cr, 50, 100, 350, 100);
  stroke_line (cr, 50, 130, 350, 130);
  stroke_line (cr, 350, 100, 350, 130);
}

static void
test_margin (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_margin);

  assert_cell (page, 50, 40, 70, 100, HK_SIDE_TOP);
  assert_cell (page, 70, 40, 350, 100, 0);
  assert_cell (page, 50, 100, 350, 130, 0);
  g_assert_cmpuint (page->cells->len, ==, 3);
}

/* Rows between rules, without a frame at the sides. */
static void
draw_frameless (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  for (int i = 0; i < 4; i++)
    stroke_line (cr, 50, 100 + 30 * i, 350, 100 + 30 * i);
}

static void
test_frameless (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_frameless);

  assert_cell (page, 50, 130, 350, 160, HK_SIDE_LEFT | HK_SIDE_RIGHT);
  g_assert_cmpuint (page->cells->len, ==, 3);
}

/* Lines at the head and foot of a page frame nothing. */
static void
draw_head_and_foot (cairo_t *cr)
{
  stroke_line (cr, 50, 30, 350, 30);
  stroke_line (cr, 50, 470, 350, 470);
}

static void
test_head_and_foot (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_head_and_foot);

  g_assert_cmpuint (page->rules->len, ==, 2);
  g_assert_cmpuint (page->cells->len, ==, 0);
}

/* Text over the rules: along a horizontal one, and across a vertical one. */
static void
draw_overhang (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  draw_grid (cr, stroke_line);
  show (cr, 60, 133, "this line of text lies on the rule between the rows, all along");
  show (cr, 150, 160, "and this one crosses the middle");
  show (cr, 51, 110, "E");
}

static void
test_overhang (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_overhang);

  assert_grid (page);
}

/* A frame around a table: what lies between is cells too, and overlaps nothing. */
static void
draw_nested (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, 50, 100, 300, 200);
  cairo_stroke (cr);
  cairo_rectangle (cr, 70, 240, 260, 40);
  cairo_stroke (cr);
}

static void
test_nested (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_nested);

  assert_cell (page, 70, 240, 330, 280, 0);
  assert_cell (page, 50, 100, 350, 240, 0); /* most of its foot is the table's head */
  for (guint i = 0; i < page->cells->len; i++)
    for (guint k = 0; k < i; k++) {
      const HkBox *a = &hk_page_cell (page, i)->box, *b = &hk_page_cell (page, k)->box;
      g_assert_true (a->x0 >= b->x1 || b->x0 >= a->x1 || a->y0 >= b->y1 || b->y0 >= a->y1);
    }
}

/* Cells come from rules alone, so that another reader may bring its own. */
static void
test_cells_alone (void)
{
  g_autoptr (HkPage) page = hk_page_new (1, WIDTH, HEIGHT);
  static const HkRule rules[] = {
    { { 10, 10, 210, 10.5 }, TRUE },  { { 10, 50, 210, 51 }, TRUE },
    { { 10, 11, 10.5, 49 }, FALSE },  { { 210, 9, 210.5, 52 }, FALSE },
    { { 100, 11, 101, 48 }, FALSE },  { { 300, 300, NAN, 301 }, TRUE },
  };

  g_array_append_vals (page->rules, rules, G_N_ELEMENTS (rules));
  g_assert_cmpuint (hk_cells_find (page), ==, 0);
  assert_cell (page, 10, 10, 100, 50, 0);
  assert_cell (page, 100, 10, 210, 50, 0);
  g_assert_cmpuint (page->cells->len, ==, 2);
}

/* --- Characters ------------------------------------------------------------ */

static void
draw_bold (cairo_t *cr)
{
  show (cr, 50, 50, "Fill");
  show (cr, 51.2, 50, "Fill");
  show (cr, 50, 51.2, "Fill");
}

static void
test_copies (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_bold);
  guint n_copies          = 0;

  g_assert_cmpuint (page->glyphs->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpuint (hk_page_glyph (page, i)->ch, ==, (gunichar) "Fill"[i]);
    n_copies += hk_page_glyph (page, i)->copies;
  }
  g_assert_cmpuint (n_copies, >=, 4); /* Poppler drops some itself, uncounted */
}

static void
test_boxes (void)
{
  g_autoptr (HkPage) page = read_drawing (draw_nothing);

  g_assert_cmpuint (page->glyphs->len, ==, strlen ("Onlywords"));
  for (guint i = 0; i < page->glyphs->len; i++) {
    const HkGlyph *glyph = hk_page_glyph (page, i);

    g_assert_cmpuint (glyph->ch, ==, (gunichar) "Onlywords"[i]);
    g_assert_cmpuint (glyph->source, ==, i + (i >= 4)); /* the space counts */
    g_assert_true (glyph->box.y0 < 50 && glyph->box.y1 > 50 && glyph->box.y0 > 36);
    g_assert_true (glyph->box.x0 > 49 && glyph->box.x1 < 110);
  }
}

/* --- Turned pages ------------------------------------------------------------ */

/* A PDF of one page, without a cross-reference table (Poppler makes one),
   with PAGE among the page's entries and CONTENT. */
static GBytes *
write_pdf (const char *page,
           const char *content)
{
  char *text = g_strdup_printf (
      "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
      "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
      "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]%s/Contents 4 0 R"
      "/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n"
      "4 0 obj\n<</Length %u>>\nstream\n%s\nendstream\nendobj\n"
      "5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
      "trailer\n<</Root 1 0 R/Size 6>>\n%%%%EOF\n",
      page, (guint) strlen (content), content);

  return g_bytes_new_take (text, strlen (text));
}

#define FRAME "50 300 300 100 re S BT /F 10 Tf 60 380 Td (A) Tj ET"

static void
test_rotated (void)
{
  g_autoptr (GBytes) bytes = write_pdf ("/Rotate 90", FRAME);
  g_autoptr (HkPage) page  = read_bytes (bytes);

  g_assert_cmpfloat (page->width, ==, 500);
  g_assert_cmpfloat (page->height, ==, 400);
  assert_cell (page, 300, 50, 400, 350, 0);
  g_assert_cmpuint (page->glyphs->len, ==, 1);
  const HkBox *box = &hk_page_glyph (page, 0)->box;
  g_assert_true (box->x0 > 376 && box->x1 < 392 && box->y0 > 58 && box->y1 < 68);
}

static void
test_cropped (void)
{
  g_autoptr (GBytes) bytes = write_pdf ("/CropBox[20 30 380 480]", FRAME);
  g_autoptr (HkPage) page  = read_bytes (bytes);

  g_assert_cmpfloat (page->width, ==, 360);
  assert_cell (page, 30, 80, 330, 180, 0);
}

static void
test_huge (void)
{
  g_autoptr (GBytes) bytes = write_pdf ("/CropBox[0 0 1e7 1e7]/MediaBox[0 0 1e7 1e7]", FRAME);
  g_autoptr (HkPage) page  = read_bytes (bytes);

  g_assert_nonnull (page); /* and the machine has not run out of memory */
}

/* --- Readers ----------------------------------------------------------------- */

static void
draw_pages (cairo_t *cr)
{
  for (int i = 0; i < 3; i++) {
    draw_hairlines (cr);
    show (cr, 60, 110, "page");
    cairo_show_page (cr);
  }
}

static void
test_reader (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = draw_pdf (draw_pages);
  HkPageSource *source     = hk_reader_open (bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (source->n_pages, ==, 3);
  for (guint i = 1; i <= 3; i++) {
    g_autoptr (HkPage) page = source->next (source, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (page->number, ==, i);
    g_assert_cmpuint (page->glyphs->len, ==, 4);
    assert_grid (page);
  }
  g_assert_null (source->next (source, &error));
  g_assert_no_error (error);
  g_assert_null (source->next (source, &error));
  hk_reader_close (source);
}

/* Closing early stops the reader; nothing is left behind. */
static void
test_reader_left (void)
{
  g_autoptr (GBytes) bytes = draw_pdf (draw_pages);
  HkPageSource *source     = hk_reader_open (bytes, NULL, NULL);

  hk_page_free (source->next (source, NULL));
  hk_reader_close (source);
  hk_reader_close (NULL);
}

static void
assert_refused (const void *data,
                gsize       size,
                HkError     code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  g_assert_null (hk_reader_open (bytes, NULL, &error));
  g_assert_error (error, HK_ERROR, (int) code);
}

static void
test_bad_inputs (void)
{
  g_autoptr (GBytes) bytes = draw_pdf (draw_hairlines);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  assert_refused ("", 0, HK_ERROR_EMPTY);
  assert_refused ("just\0\1\2\3\4\5\6\7\x10noise\x12", 20, HK_ERROR_NOT_A_FORM);
  assert_refused ("%PDF-1.7\n", 9, HK_ERROR_DAMAGED);
  assert_refused (data, size / 3, HK_ERROR_DAMAGED);
  assert_refused ("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
                  "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n", 122,
                  HK_ERROR_EMPTY);
}

static void
test_missing_data (void)
{
  const char *missing = hk_reader_missing_data ();

  if (missing != NULL)
    g_assert_nonnull (strstr (missing, "poppler-data"));
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *path;
    Draw        draw;
    void (*test) (gconstpointer);
  } drawings[] = {
    { "/extractor/rules/hairlines", draw_hairlines, test_grid },
    { "/extractor/rules/thick", draw_thick, test_grid },
    { "/extractor/rules/doubled", draw_doubled, test_grid },
    { "/extractor/rules/doubled-wide", draw_doubled_wide, test_grid },
    { "/extractor/rules/dashed", draw_dashed, test_grid },
    { "/extractor/rules/dotted", draw_dotted, test_grid },
    { "/extractor/rules/white", draw_white, test_grid },
    { "/extractor/rules/white-on-fields", draw_white_on_fields, test_grid },
    { "/extractor/rules/rectangles", draw_rectangles, test_grid },
    { "/extractor/rules/on-painted-paper", draw_on_paper, test_grid },
    { "/extractor/none/words", draw_nothing, test_no_cells },
    { "/extractor/none/dashes", draw_dashes, test_no_cells },
    { "/extractor/none/white-fields", draw_white_fields, test_no_cells },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    g_test_add_data_func (drawings[i].path, &drawings[i].draw, drawings[i].test);
  g_test_add_func ("/extractor/fields/heading", test_heading);
  g_test_add_func ("/extractor/fields/seams", test_seams);
  g_test_add_func ("/extractor/cells/merged", test_merged);
  g_test_add_func ("/extractor/cells/cut", test_cut);
  g_test_add_func ("/extractor/cells/middle-of-a-row", test_middle);
  g_test_add_func ("/extractor/cells/margin-at-a-cut", test_margin);
  g_test_add_func ("/extractor/cells/frameless", test_frameless);
  g_test_add_func ("/extractor/cells/head-and-foot", test_head_and_foot);
  g_test_add_func ("/extractor/cells/overhang", test_overhang);
  g_test_add_func ("/extractor/cells/nested", test_nested);
  g_test_add_func ("/extractor/cells/alone", test_cells_alone);
  g_test_add_func ("/extractor/glyphs/copies", test_copies);
  g_test_add_func ("/extractor/glyphs/boxes", test_boxes);
  g_test_add_func ("/extractor/pages/rotated", test_rotated);
  g_test_add_func ("/extractor/pages/cropped", test_cropped);
  g_test_add_func ("/extractor/pages/huge", test_huge);
  g_test_add_func ("/extractor/reader/pages", test_reader);
  g_test_add_func ("/extractor/reader/left-early", test_reader_left);
  g_test_add_func ("/extractor/reader/bad-inputs", test_bad_inputs);
  g_test_add_func ("/extractor/reader/missing-data", test_missing_data);
  return g_test_run ();
}
