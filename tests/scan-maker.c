/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a scan of a PDF: pages that are but an image, askew if wanted, with the
 * noise that a scanner adds.
 *
 *   scan-maker DPI DEGREES FIRST LAST IN.pdf OUT.pdf [text]
 *
 * DEGREES is how far the sheet lies turned clockwise; whole quarters of it turn the
 * scan, too. "text" puts the
 * text of the page, unturned, under its image. Equal input gives equal output.
 */
#include <cairo-pdf.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>

#define NOISE 12 /* of 255, up and down */

/* A sequence that looks random and is the same each time. */
static guint32
next_random (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state >> 16;
}

static void
add_noise (cairo_surface_t *image)
{
  unsigned char *data   = cairo_image_surface_get_data (image);
  int            stride = cairo_image_surface_get_stride (image);
  guint32        state  = 1;

  cairo_surface_flush (image);
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++) {
      unsigned char *pixel = data + y * stride + 4 * x;
      int change = (int) (next_random (&state) % (2 * NOISE + 1)) - NOISE;
      for (int channel = 0; channel < 3; channel++)
        pixel[channel] = (unsigned char) CLAMP (pixel[channel] + change, 0, 255);
    }
  cairo_surface_mark_dirty (image);
}

static cairo_surface_t *
scan_page (PopplerPage *page,
           double       width,
           double       height,
           double       scale,
           double       degrees)
{
  gboolean         lies  = lround (degrees / 90) % 2 != 0;
  double           w = lies ? height : width, h = lies ? width : height;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (w * scale), (int) lround (h * scale));
  cairo_t         *cr    = cairo_create (image);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, w / 2, h / 2);
  cairo_rotate (cr, degrees * G_PI / 180);
  cairo_translate (cr, -width / 2, -height / 2);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  add_noise (image);
  return image;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 7 && argc != 8) {
    g_printerr ("usage: scan-maker DPI DEGREES FIRST LAST IN.pdf OUT.pdf\n");
    return 2;
  }
  double scale = atof (argv[1]) / 72, degrees = atof (argv[2]);
  g_autofree char *path = g_canonicalize_filename (argv[5], NULL);
  g_autofree char *uri  = g_filename_to_uri (path, NULL, &error);
  PopplerDocument *document = uri == NULL ? NULL : poppler_document_new_from_file (uri, NULL, &error);
  if (document == NULL) {
    g_printerr ("scan-maker: %s\n", error->message);
    return 1;
  }
  cairo_surface_t *out  = cairo_pdf_surface_create (argv[6], 595, 842);
  int              last = MIN (atoi (argv[4]), poppler_document_get_n_pages (document));
  for (int n = atoi (argv[3]); n <= last; n++) {
    PopplerPage *page = poppler_document_get_page (document, n - 1);
    double width, height;

    poppler_page_get_size (page, &width, &height);
    cairo_surface_t *image = scan_page (page, width, height, scale, degrees);
    cairo_pdf_surface_set_size (out, cairo_image_surface_get_width (image) / scale, cairo_image_surface_get_height (image) / scale);
    cairo_t *cr = cairo_create (out);
    if (argc == 8)
      poppler_page_render_for_printing (page, cr);
    cairo_scale (cr, 1 / scale, 1 / scale);
    cairo_set_source_surface (cr, image, 0, 0);
    cairo_paint (cr);
    cairo_show_page (cr);
    cairo_destroy (cr);
    cairo_surface_destroy (image);
    g_object_unref (page);
  }
  cairo_surface_destroy (out);
  g_object_unref (document);
  return 0;
}
