/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shows what a reader sees, for people who work on it.
 *
 *   page-dump [-v] [-p PREFIX] FILE
 *
 * One line a page: size, and how many glyphs, rules and cells. -v: each cell
 * with its box, its open sides and its text; of a text file each line with its
 * number and column. -p: a picture PREFIX-N.png of
 * each page's cells and rules on nothing, a pixel to the half point, to lay
 * over a picture of the page.
 */
#include <cairo.h>
#include <locale.h>
#include <math.h>

#include "reader.h"

/* Glyphs whose middles differ by less than this stand in one line, as a part
   of their height. */
#define LINE_SHARE 0.6

#define PICTURE_SCALE 2.0

static gboolean verbose;
static char    *prefix;

static const GOptionEntry entries[] = {
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Show cells and their text", NULL },
  { "picture", 'p', 0, G_OPTION_ARG_STRING, &prefix, "Draw cells to PREFIX-N.png", "PREFIX" },
  { NULL }
};

static int
compare_y (gconstpointer pa,
           gconstpointer pb)
{
  const HkGlyph *a = *(const HkGlyph *const *) pa, *b = *(const HkGlyph *const *) pb;
  double         ya = hk_box_mid_y (&a->box), yb = hk_box_mid_y (&b->box);

  return ya < yb ? -1 : ya > yb;
}

static int
compare_x (gconstpointer pa,
           gconstpointer pb)
{
  const HkGlyph *a = *(const HkGlyph *const *) pa, *b = *(const HkGlyph *const *) pb;

  return a->box.x0 < b->box.x0 ? -1 : a->box.x0 > b->box.x0;
}

static char *
cell_text (const HkPage *page,
           const HkBox  *box)
{
  g_autoptr (GPtrArray) inside = g_ptr_array_new ();
  GString *text                = g_string_new (NULL);

  for (guint i = 0; i < page->glyphs->len; i++) {
    HkGlyph *glyph = hk_page_glyph (page, i);
    double   x = hk_box_mid_x (&glyph->box), y = hk_box_mid_y (&glyph->box);
    if (x >= box->x0 && x < box->x1 && y >= box->y0 && y < box->y1)
      g_ptr_array_add (inside, glyph);
  }
  g_ptr_array_sort (inside, compare_y);
  for (guint i = 0; i < inside->len;) {
    const HkGlyph *first = inside->pdata[i];
    guint          end   = i;
    while (end < inside->len
           && hk_box_mid_y (&((HkGlyph *) inside->pdata[end])->box) - hk_box_mid_y (&first->box)
                < LINE_SHARE * hk_box_height (&first->box))
      end++;
    if (end == i)
      end++;
    qsort (inside->pdata + i, end - i, sizeof (gpointer), compare_x);
    if (i > 0)
      g_string_append_c (text, '/');
    for (; i < end; i++)
      g_string_append_unichar (text, ((HkGlyph *) inside->pdata[i])->ch);
  }
  return g_string_free (text, FALSE);
}

static void
print_cells (const HkPage *page)
{
  for (guint i = 0; i < page->cells->len; i++) {
    const HkCell *cell     = hk_page_cell (page, i);
    g_autofree char *text = cell_text (page, &cell->box);
    g_print ("  %5.1f %5.1f %5.1f %5.1f %s%s%s%s %s\n", cell->box.x0, cell->box.y0, cell->box.x1, cell->box.y1,
             cell->open & HK_SIDE_TOP ? "T" : "-", cell->open & HK_SIDE_RIGHT ? "R" : "-",
             cell->open & HK_SIDE_BOTTOM ? "B" : "-", cell->open & HK_SIDE_LEFT ? "L" : "-", text);
  }
}

static void
print_lines (const HkPage *page)
{
  const HkGlyph *before = NULL;

  for (guint i = 0; i < page->glyphs->len; i++) {
    const HkGlyph *glyph = hk_page_glyph (page, i);
    char utf8[7]         = "";

    if (before == NULL || glyph->line != before->line)
      g_print ("%s  %5u:%u ", before != NULL ? "\n" : "", glyph->line, glyph->column);
    utf8[g_unichar_to_utf8 (glyph->ch, utf8)] = '\0';
    g_print ("%s", utf8);
    before = glyph;
  }
  g_print ("%s", before != NULL ? "\n" : "");
}

static void
draw_cells (const HkPage *page)
{
  g_autofree char *path    = g_strdup_printf ("%s-%u.png", prefix, page->number);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         (int) ceil (page->width * PICTURE_SCALE),
                                                         (int) ceil (page->height * PICTURE_SCALE));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, PICTURE_SCALE, PICTURE_SCALE);
  for (guint i = 0; i < page->cells->len; i++) {
    const HkCell *cell = hk_page_cell (page, i);
    cairo_rectangle (cr, cell->box.x0 + 2, cell->box.y0 + 2, hk_box_width (&cell->box) - 4,
                     hk_box_height (&cell->box) - 4);
    cairo_set_source_rgba (cr, (i * 37 % 100) / 100.0, (i * 61 % 100) / 100.0, (i * 83 % 100) / 100.0, 0.35);
    cairo_fill_preserve (cr);
    cairo_set_source_rgb (cr, cell->open ? 1 : 0, cell->open ? 0.5 : 0.6, 0);
    cairo_set_line_width (cr, 1);
    cairo_stroke (cr);
  }
  cairo_set_source_rgba (cr, 1, 0, 0, 0.6);
  for (guint i = 0; i < page->rules->len; i++) {
    const HkBox *box = &hk_page_rule (page, i)->box;
    cairo_rectangle (cr, box->x0, box->y0, fmax (hk_box_width (box), 0.5), fmax (hk_box_height (box), 0.5));
    cairo_fill (cr);
  }
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE - show what the reader sees");
  g_autoptr (GError) error           = NULL;
  g_autofree char *data              = NULL;
  gsize size;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2
      || !g_file_get_contents (argv[1], &data, &size, &error)) {
    g_printerr ("page-dump: %s\n", error != NULL ? error->message : "one FILE is needed");
    return 2;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  HkPageSource *source     = hk_reader_open (bytes, NULL, &error);
  for (;;) {
    g_autoptr (HkPage) page = source != NULL ? source->next (source, &error) : NULL;

    if (error != NULL)
      g_printerr ("page-dump: %s\n", error->message);
    if (page == NULL && (error == NULL || source == NULL))
      break;
    g_clear_error (&error);
    if (page == NULL)
      continue;
    g_print ("page %u: %gx%g, %u glyphs, %u rules, %u cells\n", page->number, page->width, page->height,
             page->glyphs->len, page->rules->len, page->cells->len);
    if (verbose && page->text)
      print_lines (page);
    else if (verbose)
      print_cells (page);
    if (prefix != NULL)
      draw_cells (page);
  }
  gboolean opened = source != NULL;
  if (opened)
    hk_reader_close (source);
  return opened ? 0 : 1;
}
