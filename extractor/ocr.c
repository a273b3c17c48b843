/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each run of ink is cut out, freed of whatever else reaches into its box, and
 * read as one line. What the engine says of it is put back where it stood.
 *
 * A circled number is read without its circle: with it the engine sees @ or 0.
 */
#include "ocr.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>
#include <time.h>

#include "ink.h"
#include "place.h"
#include "sign.h"

#define LANGUAGE "jpn"

#define ENLARGE_MAX 6.0

#define WHITE_EM    0.4  /* em of white around what is read */
#define INNER       0.74 /* of a circle's radius: what stands in it */
#define FRINGE      2    /* pixels of grey around ink that belong to it */
#define CIRCLED_MAX 20
#define SIGN_SURE   95   /* percent: a sign's shape was measured */
#define CIRCLE_GUESS 30  /* … but what stands in the circle could not be read */
#define SURE         82  /* percent: what the engine is surer of is not read again */
#define DOT_BAND     0.36 /* of the line's height, above and below it: no middle dot stands there */
#define DOT_CLEAR    0.16 /* em: white on either side of a middle dot */
#define DOT_LOW      0.72 /* of the line's height: farther down it is a full stop … */
#define DOT_HIGH     0.6  /* … and less far a middle dot */
#define DIGIT_HIGH   0.5  /* of the line's height, at least */
#define DIGIT_WIDE   0.95 /* of its own height, at most: two that touch are wider */
#define DIGIT_GUESS  40   /* percent: of a digit that was read once only, or whose ink has other holes */
#define JOIN_GAP    0.6  /* em: nearer characters of a run have no white between them */

/* What the engine takes a dot for. */
static const char dots[] = "・·*.,．，";

/* What it takes parentheses for. */
static const char opening[] = "(（CcG<〈[{くr", closing[] = ")）DJ>〉]}jノ";

struct _HkOcr {
  TessBaseAPI *tesseract;
};

/* Tesseract's threads cost more than they give on single lines. The symbol is
   OpenMP's, if Tesseract was built with it. */
extern void omp_set_max_active_levels (int n) __attribute__ ((weak));

HkOcr *
hk_ocr_new (GError **error)
{
  TessBaseAPI *tesseract = TessBaseAPICreate ();

  if (omp_set_max_active_levels != NULL)
    omp_set_max_active_levels (0);
  setMsgSeverity (L_SEVERITY_NONE);
  if (TessBaseAPIInit3 (tesseract, NULL, LANGUAGE) != 0) {
    TessBaseAPIDelete (tesseract);
    g_set_error_literal (error, HK_ERROR, HK_ERROR_IO, "the data for reading Japanese by OCR are missing: install the Debian package tesseract-ocr-jpn");
    return NULL;
  }
  TessBaseAPISetVariable (tesseract, "debug_file", "/dev/null");
  TessBaseAPISetVariable (tesseract, "tessedit_do_invert", "0");
  TessBaseAPISetVariable (tesseract, "user_defined_dpi", "300");

  HkOcr *ocr     = g_new0 (HkOcr, 1);
  ocr->tesseract = tesseract;
  return ocr;
}

void
hk_ocr_free (HkOcr *ocr)
{
  if (ocr == NULL)
    return;
  TessBaseAPIEnd (ocr->tesseract);
  TessBaseAPIDelete (ocr->tesseract);
  g_free (ocr);
}

/* --- What is shown to the engine ------------------------------------------------ */

/* A piece of the page, and how to get back from it. */
typedef struct {
  PIX   *pix;
  int    x, y;    /* of its corner, in the page's pixels */
  double enlarged;
  int    white;   /* around it, in its own pixels */
} Crop;

/* Takes the dot of a zero out of PIX. */
static void
paint_dot (PIX          *pix,
           const HkBlob *dot,
           const Crop   *crop)
{
  BOX *box = boxCreate (MAX (dot->x0 - 1 - crop->x, 0), MAX (dot->y0 - 1 - crop->y, 0), dot->x1 - dot->x0 + 2, dot->y1 - dot->y0 + 2);

  pixSetInRectArbitrary (pix, box, 255);
  boxDestroy (&box);
}

/* The run's ink alone, on white. */
static PIX *
cut_out (const HkScan *scan,
         const HkInk  *ink,
         const HkRun  *run,
         Crop         *crop)
{
  int  w = run->x1 - run->x0 + 2 * FRINGE, h = run->y1 - run->y0 + 2 * FRINGE;
  BOX *box  = boxCreate (run->x0 - FRINGE, run->y0 - FRINGE, w, h);
  PIX *pix  = box == NULL ? NULL : pixClipRectangle (scan->grey, box, NULL);
  PIX *mask = pix == NULL ? NULL : pixCreate (pixGetWidth (pix), pixGetHeight (pix), 1);

  crop->x = MAX (run->x0 - FRINGE, 0);
  crop->y = MAX (run->y0 - FRINGE, 0);
  boxDestroy (&box);
  if (mask == NULL)
    return pix;
  for (guint i = 0; i < run->blobs->len; i++) {
    const HkBlob *blob = hk_ink_blob (ink, g_array_index (run->blobs, guint, i));
    BOX *of = boxCreate (MAX (blob->x0 - FRINGE - crop->x, 0), MAX (blob->y0 - FRINGE - crop->y, 0),
                         blob->x1 - blob->x0 + 2 * FRINGE, blob->y1 - blob->y0 + 2 * FRINGE);
    pixSetInRect (mask, of);
    boxDestroy (&of);
  }
  pixInvert (mask, mask);
  pixSetMasked (pix, mask, 255);
  pixDestroy (&mask);
  for (guint i = 0; i < run->blobs->len; i++) {
    const HkBlob *blob = hk_ink_blob (ink, g_array_index (run->blobs, guint, i));
    if (blob->dot >= 0)
      paint_dot (pix, hk_ink_blob (ink, blob->dot), crop);
  }
  return pix;
}

/* What stands in the circle RUN, on white. */
static PIX *
cut_inside (const HkScan *scan,
            const HkRun  *run,
            Crop         *crop)
{
  double rx = (run->x1 - run->x0) / 2.0, ry = (run->y1 - run->y0) / 2.0;
  BOX *box = boxCreate (run->x0, run->y0, run->x1 - run->x0, run->y1 - run->y0);
  PIX *pix = box == NULL ? NULL : pixClipRectangle (scan->grey, box, NULL);

  crop->x = run->x0;
  crop->y = run->y0;
  boxDestroy (&box);
  for (int y = 0; pix != NULL && y < pixGetHeight (pix); y++)
    for (int x = 0; x < pixGetWidth (pix); x++)
      if (hypot ((x + 0.5 - rx) / rx, (y + 0.5 - ry) / ry) > INNER)
        pixSetPixel (pix, x, y, 255);
  return pix;
}

static gboolean
make_crop (const HkScan *scan,
           const HkInk  *ink,
           const HkRun  *run,
           double        line_height,
           Crop         *crop)
{
  PIX   *pix    = run->circle ? cut_inside (scan, run, crop) : cut_out (scan, ink, run, crop);
  double height = MAX (run->y1 - run->y0, ink->em) * (run->circle ? 0.6 : 1);

  if (pix == NULL)
    return FALSE;
  crop->enlarged = CLAMP (line_height / height, 0.3, ENLARGE_MAX);
  PIX *scaled = pixScale (pix, (l_float32) crop->enlarged, (l_float32) crop->enlarged);
  pixDestroy (&pix);
  if (scaled == NULL)
    return FALSE;
  crop->white = (int) lround (WHITE_EM * line_height);
  crop->pix   = pixAddBorder (scaled, crop->white, 255);
  pixDestroy (&scaled);
  return crop->pix != NULL;
}

/* --- What it says ----------------------------------------------------------------- */

static double
to_page (int    value,
         int    corner,
         const Crop *crop)
{
  return corner + (value - crop->white) / crop->enlarged;
}

/* The height of the characters of RUN: all of a line's are as high as the line. */
static void
line_extent (const HkInk *ink,
             const HkRun *run,
             double      *top,
             double      *bottom)
{
  double middle = (run->y0 + run->y1) / 2.0, half = MAX (run->y1 - run->y0, 0.9 * ink->em) / 2;

  *top    = middle - half;
  *bottom = middle + half;
}

static void
add_glyph (HkPage      *page,
           const HkScan *scan,
           const HkInk *ink,
           const HkRun *run,
           gunichar     ch,
           double       x0,
           double       x1,
           double       confidence)
{
  HkGlyph glyph = { .ch = ch, .source = page->glyphs->len, .copies = 1, .ocr = (guint8) CLAMP (confidence, 1, 100) };
  double  top, bottom;

  line_extent (ink, run, &top, &bottom);
  glyph.box = (HkBox){ MAX (x0 / scan->scale, 0), MAX (top / scan->scale, 0), x1 / scan->scale, bottom / scan->scale };
  g_array_append_val (page->glyphs, glyph);
}

/* Closes the white between the characters of a run from glyph FIRST on. */
static void
close_gaps (HkPage *page,
            guint   first,
            double  em)
{
  for (guint i = first; i + 1 < page->glyphs->len; i++) {
    HkGlyph *glyph = hk_page_glyph (page, i), *next = hk_page_glyph (page, i + 1);
    if (next->box.x0 - glyph->box.x1 < JOIN_GAP * em)
      glyph->box.x1 = MAX (next->box.x0, glyph->box.x0 + 0.1);
  }
}

/* GLYPH, which the engine takes for a dot of some kind, as the one whose ink stands
   where that of BLOB does: DOWN, as a part of its line's height. */
static void
set_dot (HkGlyph *glyph,
         double   down)
{
  gboolean low = glyph->ch == '.' || glyph->ch == ',' || glyph->ch == 0xFF0E || glyph->ch == 0xFF0C;

  if (down > DOT_LOW && !low)
    glyph->ch = '.';
  else if (down < DOT_HIGH && g_utf8_strchr ("・·*.", -1, glyph->ch) != NULL)
    glyph->ch = 0x30FB;
}

static gboolean
contains (const HkBlob *outer,
          const HkBlob *inner)
{
  return outer->x0 < inner->x0 && outer->x1 > inner->x1 && outer->y0 < inner->y0 && outer->y1 > inner->y1;
}

/* The one blob of RUN that spans column X and is as high as a digit, whatever stands in it; NULL: none or more. */
static const HkBlob *
blob_of (const HkInk *ink,
         const HkRun *run,
         double       x)
{
  const HkBlob *found = NULL;

  for (guint b = 0; b < run->blobs->len; b++) {
    const HkBlob *blob = hk_ink_blob (ink, g_array_index (run->blobs, guint, b));
    if (x < blob->x0 || x >= blob->x1)
      continue;
    if (found == NULL || contains (blob, found))
      found = blob;
    else if (!contains (found, blob))
      return NULL;
  }
  return found != NULL && found->y1 - found->y0 >= DIGIT_HIGH * (run->y1 - run->y0) &&
         found->x1 - found->x0 <= DIGIT_WIDE * (found->y1 - found->y0) ? found : NULL;
}

/* Whether there is white left and right of BLOB, as high as RUN: it is no part of a character. */
static gboolean
is_clear (const HkInk  *ink,
          const HkRun  *run,
          const HkBlob *blob)
{
  for (guint b = 0; b < run->blobs->len; b++) {
    const HkBlob *other = hk_ink_blob (ink, g_array_index (run->blobs, guint, b));
    if (other != blob && other->x0 - blob->x1 < DOT_CLEAR * ink->em && blob->x0 - other->x1 < DOT_CLEAR * ink->em)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_digit (gunichar ch)
{
  return g_unichar_digit_value (ch) >= 0;
}

/* Holds the digits of PAGE from FIRST on against the holes in their ink, which make them
   0 or doubtful: the engine takes a 0 with a dot for a 6, in each size, and is sure of it. */
static void
check_digits (const HkScan *scan,
              const HkInk  *ink,
              const HkRun  *run,
              HkPage       *page,
              guint         first)
{
  for (guint i = first; i < page->glyphs->len; i++) {
    HkGlyph      *glyph = hk_page_glyph (page, i);
    const HkBlob *blob  = is_digit (glyph->ch) ? blob_of (ink, run, hk_box_mid_x (&glyph->box) * scan->scale) : NULL;

    if (blob == NULL)
      continue;
    BOX *box = boxCreate (blob->x0, blob->y0, blob->x1 - blob->x0, blob->y1 - blob->y0);
    PIX *pix = pixClipRectangle (scan->ink, box, NULL);
    if (pix != NULL && !hk_sign_may_be_digit (pix, g_unichar_digit_value (glyph->ch))) {
      if (hk_sign_is_zero (pix))
        glyph->ch = '0';
      else
        glyph->ocr = MIN (glyph->ocr, DIGIT_GUESS);
    }
    pixDestroy (&pix);
    boxDestroy (&box);
  }
}

/* Puts the dots of RUN that the engine passed over back among the glyphs of PAGE from
   FIRST on, and writes parentheses that it took for letters as what they are. */
static void
take_signs (const HkScan *scan,
            const HkInk  *ink,
            const HkRun  *run,
            HkPage       *page,
            guint         first)
{
  for (guint b = 0; b < run->blobs->len; b++) {
    const HkBlob *blob = hk_ink_blob (ink, g_array_index (run->blobs, guint, b));
    double x0 = blob->x0 / scan->scale, x1 = blob->x1 / scan->scale, middle = (x0 + x1) / 2;
    guint  at = first, inside = G_MAXUINT;

    if (blob->sign != 0x30FB && blob->sign != 0xFF08 && blob->sign != 0xFF09)
      continue;
    for (guint i = first; i < page->glyphs->len; i++) {
      const HkBox *box = &hk_page_glyph (page, i)->box;
      if (box->x0 <= middle && box->x1 >= middle)
        inside = i;
      if (hk_box_mid_x (box) < middle)
        at = i + 1;
    }
    double down = ((blob->y0 + blob->y1) / 2.0 - run->y0) / (run->y1 - run->y0);
    if (blob->sign == 0x30FB && inside != G_MAXUINT && g_utf8_strchr (dots, -1, hk_page_glyph (page, inside)->ch) != NULL)
      set_dot (hk_page_glyph (page, inside), down);
    if (blob->sign != 0x30FB) {
      if (inside != G_MAXUINT && g_utf8_strchr (blob->sign == 0xFF08 ? opening : closing, -1, hk_page_glyph (page, inside)->ch) != NULL)
        hk_page_glyph (page, inside)->ch = blob->sign;
      continue;
    }
    if (inside != G_MAXUINT || !is_clear (ink, run, blob) || down < DOT_BAND || down > 1 - DOT_BAND || at == first)
      continue;
    HkGlyph glyph = *hk_page_glyph (page, at - 1);
    glyph.ch     = blob->sign;
    glyph.box.x0 = x0;
    glyph.box.x1 = x1;
    g_array_insert_val (page->glyphs, at, glyph);
  }
}

/* Puts right what the engine takes for letters though what stands around says otherwise. */
static void
correct_letters (HkPage *page,
                 guint   first)
{
  if (page->glyphs->len > first + 2 && hk_page_glyph (page, first)->ch == 0x304F) /* く … > */
    for (guint i = first + 2; i < page->glyphs->len; i++)
      if (g_utf8_strchr (">＞〉》", -1, hk_page_glyph (page, i)->ch) != NULL)
        hk_page_glyph (page, first)->ch = 0xFF1C;
  for (guint i = first + 1; i + 1 < page->glyphs->len; i++) /* 2～5 */
    if (hk_page_glyph (page, i)->ch == 0x3066 && is_digit (hk_page_glyph (page, i - 1)->ch) && is_digit (hk_page_glyph (page, i + 1)->ch))
      hk_page_glyph (page, i)->ch = 0xFF5E;
  for (guint i = first; i + 1 < page->glyphs->len; i++) /* brackets are known by their shape; what is left is a letter */
    if (hk_page_glyph (page, i)->ch == '[' && g_unichar_get_script (hk_page_glyph (page, i + 1)->ch) == G_UNICODE_SCRIPT_LATIN)
      hk_page_glyph (page, i)->ch = 'I';
}

/* Takes what the engine says of RUN into PAGE. */
static void
take_symbols (HkOcr        *ocr,
              const HkScan *scan,
              const HkInk  *ink,
              const HkRun  *run,
              const Crop   *crop,
              HkPage       *page)
{
  TessResultIterator *results = TessBaseAPIGetIterator (ocr->tesseract);
  g_autoptr (GArray) characters = g_array_new (FALSE, TRUE, sizeof (HkPlaced));
  g_autoptr (GArray) sure       = g_array_new (FALSE, FALSE, sizeof (double));
  guint first = page->glyphs->len;

  if (results == NULL)
    return;
  do {
    char  *text       = TessResultIteratorGetUTF8Text (results, RIL_SYMBOL);
    double confidence = TessResultIteratorConfidence (results, RIL_SYMBOL);
    int    x0, y0, x1, y1;

    if (text != NULL && TessPageIteratorBoundingBox (TessResultIteratorGetPageIteratorConst (results), RIL_SYMBOL, &x0, &y0, &x1, &y1))
      for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
        HkPlaced character = { .ch = g_utf8_get_char (c), .guess = to_page ((x0 + x1) / 2, crop->x, crop) };
        if (g_unichar_isspace (character.ch))
          continue;
        g_array_append_val (characters, character);
        g_array_append_val (sure, confidence);
      }
    TessDeleteText (text);
  } while (TessResultIteratorNext (results, RIL_SYMBOL));
  TessResultIteratorDelete (results);
  hk_place_characters (ink, run, characters);
  for (guint i = 0; i < characters->len; i++) {
    const HkPlaced *character = &g_array_index (characters, HkPlaced, i);
    add_glyph (page, scan, ink, run, character->ch, character->x0, character->x1, g_array_index (sure, double, i));
  }
  take_signs (scan, ink, run, page, first);
  check_digits (scan, ink, run, page, first);
  close_gaps (page, first, ink->em / scan->scale);
  correct_letters (page, first);
}

/* ①: the number N; what cannot be read in its circle is U+FFFD. */
static void
take_circled (HkOcr        *ocr,
              const HkScan *scan,
              const HkInk  *ink,
              const HkRun  *run,
              HkPage       *page)
{
  char *text = TessBaseAPIGetUTF8Text (ocr->tesseract);
  guint64 number = text == NULL ? 0 : g_ascii_strtoull (text, NULL, 10);
  gboolean known = number >= 1 && number <= CIRCLED_MAX;

  add_glyph (page, scan, ink, run, known ? 0x2460 + (gunichar) number - 1 : 0xFFFD, run->x0, run->x1,
             known ? TessBaseAPIMeanTextConf (ocr->tesseract) : CIRCLE_GUESS);
  TessDeleteText (text);
}

/* One reading of a run. */
typedef struct {
  GArray *glyphs; /* HkGlyph */
  double  sure;   /* how sure the engine is of the least sure of them, percent; 0: it saw none */
  char   *digits; /* those among them */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->glyphs, g_array_unref);
  g_clear_pointer (&reading->digits, g_free);
}

/* Takes the glyphs of PAGE from BEFORE on out of it, as a reading. */
static Reading
take_reading (HkPage *page,
              guint   before)
{
  Reading  reading = { .glyphs = g_array_new (FALSE, TRUE, sizeof (HkGlyph)), .sure = 100 };
  GString *digits  = g_string_new (NULL);

  for (guint i = before; i < page->glyphs->len; i++) {
    const HkGlyph *glyph = hk_page_glyph (page, i);
    reading.sure = MIN (reading.sure, glyph->ocr);
    if (is_digit (glyph->ch))
      g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (glyph->ch)));
  }
  g_array_append_vals (reading.glyphs, hk_page_glyph (page, before), page->glyphs->len - before);
  g_array_set_size (page->glyphs, before);
  if (reading.glyphs->len == 0)
    reading.sure = 0;
  reading.digits = g_string_free (digits, FALSE);
  return reading;
}

/* Reads RUN once, drawn LINE_HEIGHT pixels high. */
static Reading
read_once (HkOcr        *ocr,
           const HkScan *scan,
           const HkInk  *ink,
           const HkRun  *run,
           double        line_height,
           TessPageSegMode mode,
           HkPage       *page)
{
  Crop  crop;
  guint before = page->glyphs->len;

  if (!make_crop (scan, ink, run, line_height, &crop))
    return take_reading (page, before);
  TessBaseAPISetPageSegMode (ocr->tesseract, mode);
  TessBaseAPISetVariable (ocr->tesseract, "tessedit_char_whitelist", run->circle ? "0123456789" : "");
  TessBaseAPISetImage2 (ocr->tesseract, crop.pix);
  if (TessBaseAPIRecognize (ocr->tesseract, NULL) == 0) {
    if (run->circle)
      take_circled (ocr, scan, ink, run, page);
    else
      take_symbols (ocr, scan, ink, run, &crop, page);
  }
  TessBaseAPIClear (ocr->tesseract);
  pixDestroy (&crop.pix);
  return take_reading (page, before);
}

/* Sizes in which a run is drawn, one after the other, until it is sure what it says. */
static const double heights[] = { 34, 44, 28 };

/* The best of the N readings: of those whose digits another one has, too, if there
   are such, the surest. *AGREED: whether there are, or it has no digits. */
static guint
best_reading (const Reading *readings,
              guint          n,
              gboolean      *agreed)
{
  guint    best = 0;
  gboolean backed_best = FALSE;

  for (guint i = 0; i < n; i++) {
    gboolean backed = FALSE;

    for (guint k = 0; k < n; k++)
      backed |= k != i && readings[k].sure > 0 && strcmp (readings[k].digits, readings[i].digits) == 0;
    if (i == 0 || backed > backed_best || (backed == backed_best && readings[i].sure > readings[best].sure)) {
      best        = i;
      backed_best = backed;
    }
  }
  *agreed = backed_best || *readings[best].digits == '\0';
  return best;
}

/* Reads RUN, and again where a character of it is in doubt: drawn in another
   size the engine errs elsewhere, and the surer reading is more often right. It
   takes 0 for 6 and 9 and is sure of it, so digits have to be read twice. */
static void
read_run (HkOcr        *ocr,
          const HkScan *scan,
          const HkInk  *ink,
          const HkRun  *run,
          HkPage       *page)
{
  Reading  readings[G_N_ELEMENTS (heights)];
  guint    n = 0, best = 0, before = page->glyphs->len;
  gboolean agreed = FALSE;

  if (run->sign != 0) {
    add_glyph (page, scan, ink, run, run->sign, run->x0, run->x1, SIGN_SURE);
    return;
  }
  while (n < G_N_ELEMENTS (heights) && !(n > 0 && agreed && readings[best].sure >= SURE)) {
    readings[n] = read_once (ocr, scan, ink, run, heights[n], PSM_SINGLE_LINE, page);
    n++;
    best = best_reading (readings, n, &agreed);
  }
  if (readings[best].sure == 0) { /* short words are no line to it, now and then */
    reading_clear (&readings[best]);
    readings[best] = read_once (ocr, scan, ink, run, heights[0], run->circle ? PSM_SINGLE_CHAR : PSM_RAW_LINE, page);
  }
  g_array_append_vals (page->glyphs, readings[best].glyphs->data, readings[best].glyphs->len);
  for (guint i = 0; i < n; i++)
    reading_clear (&readings[i]);
  for (guint i = before; !agreed && i < page->glyphs->len; i++)
    if (is_digit (hk_page_glyph (page, i)->ch))
      hk_page_glyph (page, i)->ocr = MIN (hk_page_glyph (page, i)->ocr, DIGIT_GUESS);
  if (page->glyphs->len == before) /* there is ink: something stands here */
    add_glyph (page, scan, ink, run, 0xFFFD, run->x0, run->x1, 1);
}

guint
hk_ocr_read (HkOcr        *ocr,
             const HkScan *scan,
             HkPage       *page,
             guint         seconds)
{
  g_autoptr (HkInk) ink = hk_ink_new (scan, page);
  clock_t until = clock () + (clock_t) seconds * CLOCKS_PER_SEC;

  for (guint i = 0; i < ink->runs->len; i++) {
    if (clock () > until)
      return ink->runs->len - i;
    HkRun *run = hk_ink_run (ink, i);
    if (run->sign == 0x2713 && (i == 0 || hk_ink_run (ink, i - 1)->sign != '[')) /* ✓ is one in brackets; elsewhere it is ア */
      run->sign = 0;
    read_run (ocr, scan, ink, run, page);
  }
  return 0;
}
