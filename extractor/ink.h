/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ink of a page as runs: pieces of lines that are read at once, and signs
   that are known by their shape. */
#pragma once

#include "scan.h"

/* A connected piece of ink, in pixels: [x0, x1) × [y0, y1). */
typedef struct {
  int      x0, y0, x1, y1;
  gunichar sign;   /* what it is by its shape: [ ] ○ －; 0: part of a character */
  gboolean circle; /* a ring around something: the circle of ① */
  int      inside; /* index of the circle or zero it stands in; -1: none */
  int      dot;    /* of a zero: index of the dot in it; -1: none */
  int      cell;   /* index in page->cells; -1: outside of them */
  int      run;    /* index of its run */
} HkBlob;

typedef struct {
  int      x0, y0, x1, y1; /* of its ink, in pixels */
  gunichar sign;   /* the run is this one character; 0: it has to be read */
  gboolean circle; /* the run is one circle with something in it */
  int      cell;
  GArray  *blobs;  /* guint: indices of its blobs */
} HkRun;

typedef struct {
  GArray *blobs; /* HkBlob */
  GArray *runs;  /* HkRun, cell by cell, top to bottom, left to right */
  double  em;    /* of most of the page's text, pixels */
} HkInk;

/* Sorts the ink of SCAN into the cells of PAGE and into runs. Free with hk_ink_free(). */
HkInk *hk_ink_new (const HkScan *scan, const HkPage *page);
void   hk_ink_free (HkInk *ink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkInk, hk_ink_free)

#define hk_ink_blob(ink, i) (&g_array_index ((ink)->blobs, HkBlob, (i)))
#define hk_ink_run(ink, i) (&g_array_index ((ink)->runs, HkRun, (i)))
