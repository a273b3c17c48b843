/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pictures made by hand: signs by their shape, rules and skew, runs. No engine is needed. */
#include <cairo.h>
#include <math.h>

#include "cells.h"
#include "ink.h"
#include "sign.h"
#include "trust.h"

#define EM 40.0 /* pixels */

typedef void (*Draw) (cairo_t *cr);

static void
draw_open (cairo_t *cr)
{
  cairo_move_to (cr, 26, 12);
  cairo_line_to (cr, 16, 12);
  cairo_line_to (cr, 16, 50);
  cairo_line_to (cr, 26, 50);
  cairo_stroke (cr);
}

static void
draw_close (cairo_t *cr)
{
  cairo_move_to (cr, 16, 12);
  cairo_line_to (cr, 26, 12);
  cairo_line_to (cr, 26, 50);
  cairo_line_to (cr, 16, 50);
  cairo_stroke (cr);
}

/* A digit with a flag and a foot is no bracket. */
static void
draw_one (cairo_t *cr)
{
  cairo_move_to (cr, 16, 18);
  cairo_line_to (cr, 22, 12);
  cairo_line_to (cr, 22, 50);
  cairo_stroke (cr);
}

/* Nor is a corner bracket. */
static void
draw_corner (cairo_t *cr)
{
  cairo_move_to (cr, 30, 12);
  cairo_line_to (cr, 16, 12);
  cairo_line_to (cr, 16, 44);
  cairo_stroke (cr);
}

static void
draw_ring (cairo_t *cr)
{
  cairo_arc (cr, 32, 32, 17, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_zero (cairo_t *cr)
{
  cairo_save (cr);
  cairo_translate (cr, 32, 32);
  cairo_scale (cr, 0.55, 1);
  cairo_arc (cr, 0, 0, 17, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_stroke (cr);
}

/* の: round, open below, with a stroke inside. */
static void
draw_no (cairo_t *cr)
{
  cairo_arc (cr, 32, 32, 17, 0.8 * G_PI, 2.35 * G_PI);
  cairo_move_to (cr, 34, 15);
  cairo_line_to (cr, 24, 44);
  cairo_stroke (cr);
}

static void
draw_box (cairo_t *cr)
{
  cairo_rectangle (cr, 14, 14, 34, 34);
  cairo_stroke (cr);
}

static void
draw_dash (cairo_t *cr)
{
  cairo_rectangle (cr, 14, 30, 34, 3);
  cairo_fill (cr);
}

static void
draw_two (cairo_t *cr)
{
  cairo_rectangle (cr, 14, 14, 34, 3);
  cairo_rectangle (cr, 14, 46, 34, 3);
  cairo_rectangle (cr, 22, 14, 4, 34);
  cairo_rectangle (cr, 36, 14, 4, 34);
  cairo_fill (cr);
}

/* 口 has its strokes at the sides. */
static void
draw_mouth (cairo_t *cr)
{
  cairo_rectangle (cr, 14, 14, 34, 3);
  cairo_rectangle (cr, 14, 46, 34, 3);
  cairo_rectangle (cr, 14, 14, 4, 34);
  cairo_rectangle (cr, 44, 14, 4, 34);
  cairo_fill (cr);
}

static void
draw_diamond (cairo_t *cr)
{
  cairo_move_to (cr, 32, 14);
  cairo_line_to (cr, 50, 32);
  cairo_line_to (cr, 32, 50);
  cairo_line_to (cr, 14, 32);
  cairo_fill (cr);
}

static void
draw_check (cairo_t *cr)
{
  cairo_move_to (cr, 16, 32);
  cairo_line_to (cr, 24, 42);
  cairo_line_to (cr, 46, 16);
  cairo_stroke (cr);
}

static void
draw_paren (cairo_t *cr)
{
  cairo_arc (cr, 60, 32, 40, 0.83 * G_PI, 1.17 * G_PI);
  cairo_stroke (cr);
}

static const struct {
  const char *name;
  Draw        draw;
  HkSign      sign;
} signs[] = {
  { "[", draw_open, HK_SIGN_OPEN },
  { "]", draw_close, HK_SIGN_CLOSE },
  { "1", draw_one, HK_SIGN_NONE },
  { "「", draw_corner, HK_SIGN_NONE },
  { "○", draw_ring, HK_SIGN_RING },
  { "0", draw_zero, HK_SIGN_ZERO },
  { "の", draw_no, HK_SIGN_NONE },
  { "□", draw_box, HK_SIGN_NONE },
  { "－", draw_dash, HK_SIGN_DASH },
  { "Ⅱ", draw_two, HK_SIGN_TWO },
  { "口", draw_mouth, HK_SIGN_NONE },
  { "◆", draw_diamond, HK_SIGN_DIAMOND },
  { "✓", draw_check, HK_SIGN_CHECK },
  { "（", draw_paren, HK_SIGN_PAREN_OPEN },
};

/* What stands on white, WIDTH × HEIGHT pixels. */
static cairo_surface_t *
paper (int       width,
       int       height,
       cairo_t **cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);

  *cr = cairo_create (surface);
  cairo_set_source_rgb (*cr, 1, 1, 1);
  cairo_paint (*cr);
  cairo_set_source_rgb (*cr, 0, 0, 0);
  cairo_set_line_width (*cr, 3);
  return surface;
}

static HkScan *
scan_of (cairo_surface_t *surface,
         double           scale,
         gboolean         straighten)
{
  cairo_surface_flush (surface);
  return hk_scan_new (cairo_image_surface_get_data (surface), cairo_image_surface_get_width (surface),
                      cairo_image_surface_get_height (surface), cairo_image_surface_get_stride (surface), scale, straighten);
}

static void
test_signs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++) {
    cairo_t         *cr;
    cairo_surface_t *surface = paper (64, 64, &cr);
    g_autoptr (HkScan) scan  = NULL;
    PIXA *pieces = NULL;

    signs[i].draw (cr);
    scan = scan_of (surface, 4, FALSE);
    BOXA *boxes = pixConnComp (scan->ink, &pieces, 8);
    g_test_message ("%s", signs[i].name);
    g_assert_cmpint (pixaGetCount (pieces), ==, 1);
    PIX *piece = pixaGetPix (pieces, 0, L_CLONE);
    g_assert_cmpint (hk_sign_of (piece, EM), ==, signs[i].sign);
    pixDestroy (&piece);
    pixaDestroy (&pieces);
    boxaDestroy (&boxes);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

/* A table of three rows and two columns, turned clockwise by DEGREES, at 3 pixels to the point. */
static cairo_surface_t *
draw_table (double degrees)
{
  cairo_t         *cr;
  cairo_surface_t *surface = paper (1200, 900, &cr);

  cairo_translate (cr, 600, 450);
  cairo_rotate (cr, degrees * G_PI / 180);
  cairo_translate (cr, -600, -450);
  for (int row = 0; row <= 3; row++) {
    cairo_move_to (cr, 150, 150 + 200 * row);
    cairo_line_to (cr, 1050, 150 + 200 * row);
  }
  for (int column = 0; column <= 2; column++) {
    cairo_move_to (cr, 150 + 450 * column, 150);
    cairo_line_to (cr, 150 + 450 * column, 750);
  }
  cairo_stroke (cr);
  for (int row = 0; row < 3; row++) /* words, for the skew to be told by */
    for (int i = 0; i < 12; i++) {
      cairo_rectangle (cr, 190 + 33 * i, 230 + 200 * row, 24, 26);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
  return surface;
}

static void
test_table (void)
{
  static const double turns[] = { 0, 1.2, -2.5 };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    cairo_surface_t *surface = draw_table (turns[i]);
    g_autoptr (HkScan) scan  = scan_of (surface, 3, TRUE);
    g_autoptr (HkPage) page  = hk_page_new (1, 400, 300);
    g_autoptr (HkInk)  ink   = NULL;

    g_assert_cmpfloat (fabs (scan->skew - turns[i]), <, 0.15);
    g_array_append_vals (page->rules, scan->rules->data, scan->rules->len);
    g_assert_cmpuint (hk_cells_find (page), ==, 0);
    g_assert_cmpuint (page->cells->len, ==, 6);
    g_test_message ("%g: %g, %g", turns[i], hk_page_cell (page, 0)->box.x0, hk_page_cell (page, 0)->box.y0);
    g_assert_cmpfloat (fabs (hk_page_cell (page, 0)->box.x0 - 50), <, 1.5);
    g_assert_cmpfloat (fabs (hk_page_cell (page, 0)->box.y0 - 50), <, 1.5);

    ink = hk_ink_new (scan, page);
    g_assert_cmpuint (ink->runs->len, ==, 3); /* one a row, in the left column */
    for (guint r = 0; r < 3; r++) {
      g_assert_cmpint (hk_ink_run (ink, r)->cell, ==, 2 * (int) r);
      g_assert_cmpuint (hk_ink_run (ink, r)->blobs->len, ==, 12);
    }
    cairo_surface_destroy (surface);
  }
}

/* Digits have holes of their own. */
static void
test_digits (void)
{
  cairo_t         *cr;
  cairo_surface_t *surface = paper (64, 64, &cr);

  cairo_arc (cr, 32, 40, 9, 0, 2 * G_PI);
  cairo_move_to (cr, 23, 40);
  cairo_line_to (cr, 34, 14);
  cairo_stroke (cr);
  g_autoptr (HkScan) scan = scan_of (surface, 4, FALSE);
  PIXA *pieces = NULL;
  BOXA *boxes  = pixConnComp (scan->ink, &pieces, 8);
  PIX  *six    = pixaGetPix (pieces, 0, L_CLONE);
  for (int digit = 0; digit <= 9; digit++)
    g_assert_cmpint (hk_sign_may_be_digit (six, digit), ==, digit == 6 || digit == 4);
  g_assert_false (hk_sign_is_zero (six));
  pixDestroy (&six);
  pixaDestroy (&pieces);
  boxaDestroy (&boxes);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* What a page says, so often, and how far it is trusted. */
static const struct {
  const char *text;
  guint       times;
  double      imaged;
  HkTrust     trust;
} pages[] = {
  { "", 1, 0, HK_TRUST_NONE },
  { "1／3", 1, 1, HK_TRUST_NONE }, /* a scan with a page number */
  { "特定個人情報ファイルの取扱いに当たり、リスクを軽減させるための適切な措置を講じている。", 20, 1, HK_TRUST_FULL },
  { "特定個人情報ファイルの取扱いに当たり、リスクを軽減させるための適切な措置を講じている。", 20, 0, HK_TRUST_FULL },
  { "[　○　]本人又は本人の代理人（ISO/IEC27001の認証を受けたデータセンター、a@example.jp）", 20, 0, HK_TRUST_FULL },
  { "１年以内×２回、±５°、§３、김さんの事務を取り扱う職員の氏名を確認している。", 1, 0, HK_TRUST_FULL },
  { "․ቯ୘ੱᖱႎ଻⼔⹏ଔᦠ㧒㊀ὐ㗄⋡⹏ଔᦠ㧓", 20, 0, HK_TRUST_NONE }, /* other scripts */
  { "\uE001\uE002\uE003の取扱い", 20, 0, HK_TRUST_NONE }, /* private ones */
  { "\uFFFD\uFFFDの取扱いを\uFFFDする", 20, 0, HK_TRUST_NONE },
  { "Ï万未満のÙÚÛÜÝ以上•万を取り扱うJKL", 20, 0, HK_TRUST_NONE }, /* a western encoding */
  { "789:<=>@A%BEFGHIJKLMNOPQ+,CD!#$", 20, 0, HK_TRUST_LITTLE },
  { "取扱い{FG*H}の'有無=を^確認+する", 20, 0, HK_TRUST_LITTLE },
  { "漢字許続取扱情報個人番号保護評価書項目重点", 20, 0, HK_TRUST_LITTLE }, /* no kana */
  { "ぬゐゑぽぴゞぢづへむむろねゆぜぞびぶべぷ情報個人", 20, 0, HK_TRUST_LITTLE }, /* rare ones */
};

static void
test_trust (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autoptr (HkPage) page = hk_page_new (1, 595, 842);
    const char *reason = NULL;

    for (guint n = 0; n < pages[i].times; n++)
      for (const char *c = pages[i].text; *c != '\0'; c = g_utf8_next_char (c)) {
        HkGlyph glyph = { .ch = g_utf8_get_char (c), .box = { 10, 10, 16, 16 } };
        g_array_append_val (page->glyphs, glyph);
      }
    g_test_message ("%u: %s", i, pages[i].text);
    g_assert_cmpint (hk_trust_page (page, pages[i].imaged, &reason), ==, pages[i].trust);
    g_assert_true ((reason == NULL) == (pages[i].trust == HK_TRUST_FULL));
    g_assert_cmpfloat (hk_trust_agreement (page, page), ==, page->glyphs->len > 0 ? 1.0 : 0.0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/signs", test_signs);
  g_test_add_func ("/picture/table", test_table);
  g_test_add_func ("/picture/digits", test_digits);
  g_test_add_func ("/picture/trust", test_trust);
  return g_test_run ();
}
