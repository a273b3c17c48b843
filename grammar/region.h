/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A region of text without rules (a page, or a cell that holds more than one
 * thing): its fragments, the labels among them, and where its values begin.
 */
#pragma once

#include "label.h"

/* A piece of a line, between wide gaps. */
typedef struct {
  guint first, n; /* glyphs of the region's text */
  guint line;
  HkBox box;
  int   label; /* index, or -1 */
  gboolean beside; /* text on the line of a label, left of where most values begin */
} HkFragment;

typedef enum {
  HK_LABEL_BESIDE, /* its value stands to the right of it */
  HK_LABEL_GROUP,  /* stands beside other labels */
  HK_LABEL_WORDS,  /* printed among values */
  HK_LABEL_BELOW,  /* its value stands under it */
  HK_LABEL_COLUMN, /* heads a column of records */
  HK_LABEL_PART,   /* opens a part of the form */
  HK_LABEL_HEAD    /* it has none */
} HkLabelKind;

typedef struct {
  HkBox       box;
  HkLabelKind kind;
  GArray     *parts; /* guint, fragments */
} HkLabelSpot;

typedef struct {
  HkTextCell *text; /* all of its glyphs; owned */
  guint       page;
  double      em;
  double      left, right; /* of the text */
  double      values;      /* where the value column begins; 0: there is none */
  GArray     *fragments;   /* HkFragment, line by line */
  GArray     *labels;      /* HkLabelSpot, in the order of their first fragments */
} HkRegion;

/* Edges in one column differ by no more than this (points). */
#define HK_SAME_EDGE 3.0

/* Reads the N GLYPHS of PAGE that stand in BOX. HINT is where the values of the
   page before began; 0: not known. Clear with hk_region_clear(). */
HkRegion hk_region_read (const HkVocabulary *vocabulary, guint page, HkBox box, const HkGlyph *glyphs, guint n, double hint);
void     hk_region_clear (HkRegion *region);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HkRegion, hk_region_clear)

#define hk_region_fragment(region, i) (&g_array_index ((region)->fragments, HkFragment, (i)))
#define hk_region_label(region, i) (&g_array_index ((region)->labels, HkLabelSpot, (i)))

/* A new cell at BOX with the fragments PARTS (guint). */
HkTextCell *hk_region_cell (const HkRegion *region, const GArray *parts, HkBox box);

/* A label with nothing to its right. */
gboolean hk_label_is_lone (HkLabelKind kind);
