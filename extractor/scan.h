/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A picture of a page, prepared for reading: grey, straight, and its ink with
   the ruling lines taken out. With ink.c and ocr.c the only files that know
   Leptonica's pictures. */
#pragma once

#include <leptonica/allheaders.h>

#include "page.h"

typedef struct {
  PIX   *grey;  /* 8 bits a pixel, white paper; the rules are painted over */
  PIX   *ink;   /* 1 bit a pixel, without the rules */
  GArray *rules; /* HkRule, in points of the straightened page */
  double scale; /* pixels to the point */
  double skew;  /* how far the page was turned clockwise from straight, degrees; undone here */
} HkScan;

/* Prepares the picture PIXELS: HEIGHT rows, STRIDE bytes apart, of WIDTH 32-bit
   pixels (CAIRO_FORMAT_RGB24), SCALE to the point. STRAIGHTEN: the page is an
   image and may lie askew. Free with hk_scan_free(). NULL: no memory for it. */
HkScan *hk_scan_new (const unsigned char *pixels,
                     int                  width,
                     int                  height,
                     int                  stride,
                     double               scale,
                     gboolean             straighten);
/* SCAN, of a page HEIGHT points high, turned clockwise by a quarter. NULL: no memory for it. */
HkScan *hk_scan_turned (const HkScan *scan, double height);

void    hk_scan_free (HkScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkScan, hk_scan_free)
