/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only file that knows Poppler (and one cairo surface).
 *
 * Poppler's text page is a by-product of drawing: poppler_page_render() fills
 * it on the way, so one pass over the page's operators gives both the picture
 * that the rules are found in and the characters. The picture is small, a
 * pixel to the point. Rules too fine or too close for that leave a doubt
 * (cells.h); then the page is drawn once more, larger.
 *
 * What Poppler has done to the characters before they come here: it drops
 * white space (U+3000 too) and puts a space of its own wherever it sees a
 * gap; it drops a character drawn again within 0.1 em at the same place; it
 * gives each the box advance wide and ascent to descent high.
 */
#include "pdf.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <string.h>
#include <sys/stat.h>

#include "cells.h"
#include "glyphs.h"
#include "ocr.h"
#include "rules.h"

/* ISO 32000-1, Annex H: readers accept the header anywhere in so many bytes. */
#define HEADER_WITHIN 1024

#define SCALE_CHEAP  1.0 /* pixels to the point */
#define SCALE_CLOSE  2.5
#define MAX_PIXELS   9000000.0 /* 36 MB; A3 at SCALE_CLOSE and A0 at SCALE_CHEAP fit */

/* Pages for each of which one closer look may be taken, beyond the first: a
   document that leaves doubts everywhere is read as well as its time allows. */
#define PAGES_PER_LOOK 8

#define OCR_SCALE    (300.0 / 72) /* what Tesseract's models were trained on */
#define OCR_PIXELS   18000000.0   /* A3 at OCR_SCALE */
#define OCR_SECONDS  20           /* of the processor's time, for one page */
#define TURN_LEAST   20           /* characters that tell how a page lies */
#define TURN_SURE    93           /* percent: of a page that lies upright the engine is surer (98), of one that does not less (83) … */
#define TURN_SURER   5            /* … and than of another way by so much */
#define PICTURE_LEAST 0.3         /* of the characters that the text has, which its picture must show */
#define WHOLE_PAGE  0.8  /* of the page: an image that may be all of it */
#define INK_SCALE   1.5  /* pixels to the point, of that image when it is looked at */
#define INK_LEVEL   150  /* of 255: darker is ink */
#define INKED_LEAST 0.8  /* of the characters, that have ink of the image under them … */
#define INKED_MORE  0.25 /* … and so many more than would have it by chance */
#define OCR_AGREES   0.6          /* of the characters that OCR sees too: then the text is what stands there */

struct _HkPdf {
  PopplerDocument *document;
  HkReading        how;     /* its password is not kept */
  HkOcr           *ocr;     /* NULL: not needed yet, or not to be had: OCR_LACK says why */
  char            *ocr_lack;
  gboolean         looked, scanned; /* whether its text was looked for in images; and found in that of the last page */
  guint            n_pages;
  guint            looks; /* pages looked at closer */
};

gboolean
hk_pdf_is_pdf (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= 5 && memmem (data, MIN (size, HEADER_WITHIN), "%PDF-", 5) != NULL;
}

/* Says in our words why Poppler's document did not open. */
static void
set_open_error (GError      **error,
                const GError *poppler,
             gboolean      with_password)
{
  gboolean encrypted = g_error_matches (poppler, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);

  if (encrypted)
    g_set_error_literal (error, HK_ERROR, HK_ERROR_ENCRYPTED,
                         with_password ? "this PDF needs another password to be opened" : "this PDF needs a password to be opened");
  else
    g_set_error (error, HK_ERROR, HK_ERROR_DAMAGED, "this is not a PDF, or one damaged beyond repair (%s)", poppler->message);
}

/* Poppler tries a password twice, and reads freed memory the second time where it
   was given bytes (22.12); of a stream it takes a copy. */
static PopplerDocument *
open_document (GBytes     *bytes,
               const char *password,
               GError    **error)
{
  if (password == NULL)
    return poppler_document_new_from_bytes (bytes, NULL, error);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  return poppler_document_new_from_stream (stream, (goffset) g_bytes_get_size (bytes), password, NULL, error);
}

HkPdf *
hk_pdf_open (GBytes          *bytes,
             const HkReading *how,
             GError         **error)
{
  g_autoptr (GError) poppler = NULL;
  PopplerDocument *document;

  if (g_bytes_get_size (bytes) == 0) {
    g_set_error_literal (error, HK_ERROR, HK_ERROR_EMPTY, "the input is empty");
    return NULL;
  }
  if (!hk_pdf_is_pdf (bytes)) {
    g_set_error_literal (error, HK_ERROR, HK_ERROR_NOT_A_FORM, "the input is not a PDF");
    return NULL;
  }
  document = open_document (bytes, how != NULL ? how->password : NULL, &poppler);
  if (document == NULL) {
    set_open_error (error, poppler, how != NULL && how->password != NULL);
    return NULL;
  }
  int n_pages = poppler_document_get_n_pages (document);
  if (n_pages <= 0) {
    g_set_error_literal (error, HK_ERROR, HK_ERROR_EMPTY, "this PDF has no pages");
    g_object_unref (document);
    return NULL;
  }
  HkPdf *pdf    = g_new0 (HkPdf, 1);
  pdf->document = document;
  pdf->n_pages  = (guint) n_pages;
  if (how != NULL)
    pdf->how.ocr = how->ocr;
  return pdf;
}

void
hk_pdf_close (HkPdf *pdf)
{
  if (pdf == NULL)
    return;
  g_object_unref (pdf->document);
  hk_ocr_free (pdf->ocr);
  g_free (pdf->ocr_lack);
  g_free (pdf);
}

guint
hk_pdf_n_pages (const HkPdf *pdf)
{
  return pdf->n_pages;
}

/* --- Characters ------------------------------------------------------------ */

/* A character and its place in Poppler's text. */
typedef struct {
  gunichar ch;
  guint    source;
} Character;

/* Embeddings that Poppler puts into a line are not nested deeper. */
#define MAX_EMBEDDING 4

static void
reverse_from (GArray *characters,
              guint   begin)
{
  for (guint end = characters->len; begin + 1 < end; begin++) {
    Character *a = &g_array_index (characters, Character, begin);
    Character *b = &g_array_index (characters, Character, --end);
    Character  c = *a;
    *a           = *b;
    *b           = c;
  }
}

/* The characters of TEXT (Character) as they stand on the page, left to right.
   Poppler turns what it takes for right-to-left around, and puts it between
   U+202B (or U+202A) and U+202C; no Japanese form means that, but text whose
   font has lost its character map looks like anything. */
static GArray *
list_characters (const char *text)
{
  GArray *characters = g_array_new (FALSE, FALSE, sizeof (Character));
  guint   begins[MAX_EMBEDDING], depth = 0, source = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), source++) {
    Character character = { g_utf8_get_char (p), source };

    if ((character.ch == 0x202a || character.ch == 0x202b) && depth < MAX_EMBEDDING)
      begins[depth++] = characters->len;
    else if (character.ch == 0x202c && depth > 0)
      reverse_from (characters, begins[--depth]);
    else
      g_array_append_val (characters, character);
  }
  return characters;
}

/* Copies the page's characters to PAGE: the n-th belongs in the n-th rectangle. */
static void
read_glyphs (PopplerPage *poppler,
             HkPage      *page)
{
  g_autofree char *text                   = poppler_page_get_text (poppler);
  g_autofree PopplerRectangle *rectangles = NULL;
  guint n_rectangles                      = 0;

  if (text == NULL || !poppler_page_get_text_layout (poppler, &rectangles, &n_rectangles))
    return;
  g_autoptr (GArray) characters = list_characters (text);
  for (guint i = 0; i < MIN (characters->len, n_rectangles); i++) {
    const Character        *c = &g_array_index (characters, Character, i);
    const PopplerRectangle *r = &rectangles[i];

    hk_glyphs_add (page, c->ch, &(HkBox){ r->x1, r->y1, r->x2, r->y2 }, c->source);
  }
  hk_glyphs_merge_copies (page);
}

/* --- Picture --------------------------------------------------------------- */

/* A picture of the page at SCALE, or smaller where that would be too large.
   Nothing is painted under it: a white rule shows in alpha. Sets *SCALE to
   what it became. Free with cairo_surface_destroy(). */
static cairo_surface_t *
draw (PopplerPage  *poppler,
      const HkPage *page,
      double       *scale)
{
  double pixels = page->width * page->height * *scale * *scale;

  if (pixels > MAX_PIXELS)
    *scale *= sqrt (MAX_PIXELS / pixels);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         (int) ceil (page->width * *scale),
                                                         (int) ceil (page->height * *scale));
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, *scale, *scale);
  poppler_page_render (poppler, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Finds rules and cells in SURFACE. Returns the number of doubts. */
static guint
find_cells (cairo_surface_t *surface,
            double           scale,
            HkPage          *page)
{
  g_array_set_size (page->rules, 0);
  g_array_set_size (page->cells, 0);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    hk_rules_find (page, cairo_image_surface_get_data (surface), cairo_image_surface_get_width (surface),
                   cairo_image_surface_get_height (surface), cairo_image_surface_get_stride (surface), scale);
  return hk_cells_find (page);
}

/* Whether a closer look at PAGE, which costs six cheap ones, is in order. It
   is not at a scan. */
static gboolean
may_look_closer (const HkPdf  *pdf,
                 const HkPage *page)
{
  return page->glyphs->len > 0 && pdf->looks < 1 + page->number / PAGES_PER_LOOK;
}

/* Looks again at a page that left DOUBTS. What the closer look finds is kept
   unless it leaves as many. */
static void
look_closer (HkPdf       *pdf,
             PopplerPage *poppler,
             HkPage      *page,
             guint        doubts)
{
  double scale             = SCALE_CLOSE;
  GArray *rules            = page->rules;
  GArray *cells            = page->cells;
  cairo_surface_t *surface = draw (poppler, page, &scale);

  page->rules = g_array_new (FALSE, TRUE, sizeof (HkRule));
  page->cells = g_array_new (FALSE, TRUE, sizeof (HkCell));
  pdf->looks++;
  if (find_cells (surface, scale, page) >= doubts) {
    GArray *worse_rules = g_steal_pointer (&page->rules), *worse_cells = g_steal_pointer (&page->cells);
    page->rules = rules;
    page->cells = cells;
    rules       = worse_rules;
    cells       = worse_cells;
  }
  g_array_unref (rules);
  g_array_unref (cells);
  cairo_surface_destroy (surface);
}

/* The page that POPPLER shows, or NULL if it has no extent. */
static HkPage *
read_page (HkPdf       *pdf,
           PopplerPage *poppler,
           guint        number)
{
  double width = 0, height = 0, scale = SCALE_CHEAP;

  poppler_page_get_size (poppler, &width, &height);
  if (!isfinite (width) || !isfinite (height) || !(width > 0) || !(height > 0))
    return NULL;
  HkPage *page             = hk_page_new (number, width, height);
  cairo_surface_t *surface = draw (poppler, page, &scale);
  read_glyphs (poppler, page);
  guint doubts = find_cells (surface, scale, page);
  cairo_surface_destroy (surface);
  if (doubts > 0 && may_look_closer (pdf, page))
    look_closer (pdf, poppler, page, doubts);
  return page;
}

HkPage *
hk_pdf_read_page (HkPdf   *pdf,
                  guint    number,
                  GError **error)
{
  PopplerPage *poppler = poppler_document_get_page (pdf->document, (int) number - 1);
  HkPage      *page    = poppler == NULL ? NULL : read_page (pdf, poppler, number);

  if (page == NULL)
    g_set_error (error, HK_ERROR, HK_ERROR_DAMAGED, "page %u cannot be read", number);
  g_clear_object (&poppler);
  return page;
}

/* --- Reading the picture --------------------------------------------------------- */

/* The part of PAGE that images cover, from 0 to 1; where they overlap, more. */
static double
imaged_part (PopplerPage  *poppler,
             const HkPage *page)
{
  GList *images = poppler_page_get_image_mapping (poppler);
  double area   = 0;

  for (const GList *i = images; i != NULL; i = i->next) {
    const PopplerRectangle *r = &((const PopplerImageMapping *) i->data)->area;
    double width  = MIN (MAX (r->x1, r->x2), page->width) - MAX (MIN (r->x1, r->x2), 0);
    double height = MIN (MAX (r->y1, r->y2), page->height) - MAX (MIN (r->y1, r->y2), 0);
    area += MAX (width, 0) * MAX (height, 0);
  }
  poppler_page_free_image_mapping (images);
  return area / (page->width * page->height);
}

/* IMAGE as a small picture on white, WIDTH × HEIGHT; free with cairo_surface_destroy(). */
static cairo_surface_t *
small_picture (cairo_surface_t *image,
               int              width,
               int              height)
{
  cairo_surface_t *small = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr    = cairo_create (small);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, (double) width / cairo_image_surface_get_width (image), (double) height / cairo_image_surface_get_height (image));
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (small);
  return small;
}

/* The part of PAGE's characters, moved right by SHIFT points, that have ink of IMAGE under
   them, which covers the page. */
static double
inked_part (const HkPage    *page,
            cairo_surface_t *image,
            double           shift)
{
  int                  width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image), n = 0;
  const unsigned char *data  = cairo_image_surface_get_data (image);

  for (guint i = 0; i < page->glyphs->len; i++) {
    const HkBox *box = &hk_page_glyph (page, i)->box;
    double left = fmod (box->x0 + shift, page->width), right = left + hk_box_width (box);
    int    y0 = (int) (box->y0 / page->height * height), y1 = (int) (box->y1 / page->height * height);
    gboolean ink = FALSE;

    for (int y = MAX (y0, 0); y <= MIN (y1, height - 1) && !ink; y++)
      for (int x = MAX ((int) (left / page->width * width), 0); x <= MIN ((int) (right / page->width * width), width - 1) && !ink; x++)
        ink = data[(gsize) y * (gsize) cairo_image_surface_get_stride (image) + 4 * (gsize) x + 1] < INK_LEVEL;
    n += ink;
  }
  return page->glyphs->len == 0 ? 0 : n / (double) page->glyphs->len;
}

/* Whether the text of PAGE lies over, or under, an image of itself: who scanned the page
   has read it by OCR. */
static gboolean
is_image_of_text (PopplerPage  *poppler,
                  const HkPage *page)
{
  GList   *images = poppler_page_get_image_mapping (poppler);
  gboolean found  = FALSE;

  for (const GList *i = images; i != NULL && !found; i = i->next) {
    const PopplerImageMapping *mapping = i->data;
    double area = fabs ((mapping->area.x2 - mapping->area.x1) * (mapping->area.y2 - mapping->area.y1));
    cairo_surface_t *image = area < WHOLE_PAGE * page->width * page->height ? NULL : poppler_page_get_image (poppler, mapping->image_id);

    if (image != NULL && cairo_surface_get_type (image) == CAIRO_SURFACE_TYPE_IMAGE && cairo_image_surface_get_width (image) > 0) {
      cairo_surface_t *small = small_picture (image, (int) (page->width * INK_SCALE), (int) (page->height * INK_SCALE));
      double under = inked_part (page, small, 0), beside = inked_part (page, small, page->width / 2);
      found = under > INKED_LEAST && under - beside > INKED_MORE;
      cairo_surface_destroy (small);
    }
    if (image != NULL)
      cairo_surface_destroy (image);
  }
  poppler_page_free_image_mapping (images);
  return found;
}

HkTrust
hk_pdf_trust (HkPdf        *pdf,
              const HkPage *page,
              const char  **reason)
{
  HkTrust trust = hk_trust_page (page, 0, reason);

  if (pdf->how.ocr == HK_OCR_ALWAYS) {
    *reason = "every page was to be";
    return HK_TRUST_NONE;
  }
  if (trust == HK_TRUST_FULL && page->glyphs->len <= HK_STAMP_MOST) {
    PopplerPage *poppler = poppler_document_get_page (pdf->document, (int) page->number - 1);
    if (poppler != NULL)
      trust = hk_trust_page (page, imaged_part (poppler, page), reason);
    g_clear_object (&poppler);
  }
  else if (trust == HK_TRUST_FULL && (pdf->scanned || !pdf->looked)) { /* a document is scanned from its first page on */
    PopplerPage *poppler = poppler_document_get_page (pdf->document, (int) page->number - 1);
    pdf->looked  = TRUE;
    pdf->scanned = poppler != NULL && page->width * page->height < MAX_PIXELS && is_image_of_text (poppler, page);
    g_clear_object (&poppler);
    if (pdf->scanned) {
      *reason = "it is an image; its text was read from that by somebody else";
      trust   = HK_TRUST_NONE;
    }
  }
  return trust;
}

/* Whether PAGE is but an image: what looked like rules in its small picture is ink of any kind. */
static gboolean
is_image (const HkPdf  *pdf,
          const HkPage *page)
{
  return page->glyphs->len <= HK_STAMP_MOST || pdf->scanned;
}

/* The picture of the page on white paper, prepared for reading. NULL: none can be had. */
static HkScan *
scan_page (const HkPdf  *pdf,
           PopplerPage  *poppler,
           const HkPage *page)
{
  double scale  = OCR_SCALE, pixels = page->width * page->height * scale * scale;

  if (pixels > OCR_PIXELS)
    scale *= sqrt (OCR_PIXELS / pixels);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (page->width * scale), (int) ceil (page->height * scale));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (poppler, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  HkScan *scan = NULL;
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    scan = hk_scan_new (cairo_image_surface_get_data (surface), cairo_image_surface_get_width (surface),
                        cairo_image_surface_get_height (surface), cairo_image_surface_get_stride (surface), scale,
                        is_image (pdf, page));
  cairo_surface_destroy (surface);
  return scan;
}

/* The picture SCAN of PAGE, which is turned by QUARTERS, as a page of its own. The rules found before are not
   used: text that is not to be trusted does not cover all of its ink. */
static HkPage *
read_scan (HkPdf        *pdf,
           const HkScan *scan,
           const HkPage *page,
           guint         quarters)
{
  HkPage *read = hk_page_new (page->number, quarters % 2 ? page->height : page->width, quarters % 2 ? page->width : page->height);

  read->skew     = scan->skew;
  read->quarters = quarters;
  g_array_append_vals (read->rules, scan->rules->data, scan->rules->len);
  hk_cells_find (read);
  if (hk_ocr_read (pdf->ocr, scan, read, quarters == 0 ? OCR_SECONDS : OCR_SECONDS / 4) > 0 && quarters == 0)
    read->damage = g_strdup_printf ("reading its picture takes longer than %d seconds", OCR_SECONDS);
  return read;
}

/* How sure the engine is of all of PAGE, percent. */
static double
sureness (const HkPage *page)
{
  double sum = 0;

  for (guint i = 0; i < page->glyphs->len; i++)
    sum += hk_page_glyph (page, i)->ocr;
  return page->glyphs->len == 0 ? 0 : sum / page->glyphs->len;
}

/* Reads SCAN of PAGE as it lies, or, where that makes little sense, turned as it
   makes the most. */
static HkPage *
read_upright (HkPdf        *pdf,
              HkScan       *scan,
              const HkPage *page)
{
  HkPage *best = read_scan (pdf, scan, page, 0);
  g_autoptr (HkScan) turned = NULL;
  double height = page->height;

  if (best->glyphs->len < TURN_LEAST || sureness (best) >= TURN_SURE || best->damage != NULL)
    return best;
  for (guint quarters = 3; quarters > 0; quarters--) { /* turned once clockwise it had lain three quarters */
    HkScan *next = hk_scan_turned (turned != NULL ? turned : scan, height);
    if (next == NULL)
      return best;
    hk_scan_free (turned);
    turned = next;
    height = height == page->height ? page->width : page->height;

    HkPage *read  = read_scan (pdf, turned, page, quarters);
    HkPage *worse = sureness (read) > sureness (best) + TURN_SURER ? best : read;
    best = worse == best ? read : best;
    hk_page_free (worse);
  }
  return best;
}

/* Puts what READ holds into PAGE, and PAGE's own into READ. */
static void
swap_contents (HkPage *page,
               HkPage *read)
{
  HkPage swap = *page;

  *page = *read;
  *read = swap;
}

void
hk_pdf_read_picture (HkPdf      *pdf,
                     HkPage     *page,
                     HkTrust     trust,
                     const char *reason)
{
  g_autoptr (GError) error = NULL;
  PopplerPage *poppler = poppler_document_get_page (pdf->document, (int) page->number - 1);

  if (pdf->ocr == NULL && pdf->ocr_lack == NULL && pdf->how.ocr != HK_OCR_NEVER) {
    pdf->ocr = hk_ocr_new (&error);
    if (pdf->ocr == NULL)
      pdf->ocr_lack = g_strdup (error->message);
  }
  g_autoptr (HkScan) scan = pdf->ocr == NULL || poppler == NULL ? NULL : scan_page (pdf, poppler, page);
  g_clear_object (&poppler);
  if (scan == NULL) {
    page->distrust = g_strconcat (reason, "; ", pdf->how.ocr == HK_OCR_NEVER ? "it was not to be read by OCR" :
                                                pdf->ocr_lack != NULL ? pdf->ocr_lack : "it cannot be drawn", NULL);
    return;
  }
  g_autoptr (HkPage) read = read_upright (pdf, scan, page);
  if (trust == HK_TRUST_LITTLE && hk_trust_agreement (page, read) >= OCR_AGREES)
    return;
  if (read->glyphs->len < PICTURE_LEAST * page->glyphs->len) { /* Poppler cannot draw every font whose text it can tell */
    page->distrust = g_strconcat (reason, "; its picture shows hardly any text", NULL);
    return;
  }
  swap_contents (page, read);
  if (page->glyphs->len > 0)
    page->ocr = g_strdup (reason);
}

const char *
hk_pdf_missing_data (void)
{
  struct stat info;

  if (stat (HK_POPPLER_DATADIR "/cMap", &info) == 0)
    return NULL;
  return "The character maps for Japanese are missing (" HK_POPPLER_DATADIR
         "/cMap): install the Debian package poppler-data.";
}
