/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A text cell: what stands in one cell of the form, whichever way the cell was
 * found, and over however many pages it runs. It owns copies of its glyphs, so
 * that a page can be freed as soon as its cells are made.
 */
#pragma once

#include "model.h"

#define HK_DOUBT_NEIGHBOUR "without rules, some of it may belong to its neighbour"

/* One line of text in a cell. */
typedef struct {
  guint page;
  guint first, n; /* glyphs [first, first + n) of the cell, left to right */
  HkBox box;
  double right;   /* where a full line would end: the cell's right edge on that page */
} HkLine;

/* What a box says (☐, or <input type="checkbox">), by how the document was read: models
   that read scans write an empty box for what was a circle, or do not. */
typedef enum {
  HK_BOX_PLAIN, /* the form has boxes, and they are what they are */
  HK_BOX_LOST,  /* an empty box may have been a mark */
  HK_BOX_KEPT   /* likewise, but what is marked is checked nearly everywhere */
} HkBoxHabit;

typedef struct {
  guint    page; /* its first page */
  HkBox    box;  /* there */
  guint    last_page;
  HkBox    last_box;
  guint    open;   /* HkSide on the first page (top) and the last (bottom) */
  gboolean ruled;  /* closed by rules; else found by alignment, or a loose line */
  gboolean loose;    /* a line outside of every table */
  gboolean aligned;  /* made from alignment, for want of rules */
  gboolean guessed;  /* joined on weaker evidence than a missing rule at the cut */
  const char *inferred; /* what it was tied to its label by, if not by the document itself; NULL (static) */
  gboolean scanned;  /* read off a scan by a model: what is printed Ⅱ may be II */
  gboolean told;     /* it is known what it is: the label of ROW, or, that being NULL, of none */
  const HkFormRow *row;
  HkBoxHabit boxes;  /* what its boxes for marks say */
  const char *doubt; /* why some of it may be missing, or another cell's; NULL: it is whole (static) */
  GArray  *glyphs; /* HkGlyph, line by line */
  GArray  *lines;  /* HkLine, top to bottom */
} HkTextCell;

HkTextCell *hk_text_cell_new (guint page, HkBox box, guint open, gboolean ruled);
void        hk_text_cell_free (HkTextCell *cell);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkTextCell, hk_text_cell_free)

#define hk_cell_glyph(cell, i) (&g_array_index ((cell)->glyphs, HkGlyph, (i)))
#define hk_cell_line(cell, i) (&g_array_index ((cell)->lines, HkLine, (i)))

/* Takes glyphs (any order, all of PAGE) into the cell and forms its lines. */
void hk_text_cell_fill (HkTextCell *cell, guint page, HkBox box, const HkGlyph *glyphs, guint n);

/* Moves OTHER's lines behind CELL's: the part behind a page cut. OTHER is freed. */
void hk_text_cell_append (HkTextCell *cell, HkTextCell *other);

/* Moves OTHER's glyphs among CELL's: a cell beside it in the same row. OTHER is
   freed; lines at the same height become one. */
void hk_text_cell_merge (HkTextCell *cell, HkTextCell *other);

gboolean hk_text_cell_is_blank (const HkTextCell *cell);

/* Whether CELL is a line that runs over the pages. */
gboolean hk_text_cell_is_running (const HkTextCell *cell);

/* Folded text of all glyphs, or of a span of them. Free with g_free(). */
char *hk_text_cell_fold (const HkTextCell *cell);
char *hk_text_cell_fold_span (const HkTextCell *cell, guint first, guint n);

/* Whether GLYPH is a character that is counted: no white space, and no box of markup. */
gboolean hk_is_ink (const HkGlyph *glyph);

/* The em of a glyph: the side of the square it is set in, in points. */
double hk_glyph_em (const HkGlyph *glyph);

/* Text of glyphs as a value has it: soft line breaks undone, the writer's own
   kept, spaces that only lay out dropped. TAKE says which glyphs (by index),
   NULL for all; they are marked USE. Radicals are written as ideographs and
   what cannot be trusted is reported to DOCUMENT. Free with g_free(). */
typedef gboolean (*HkTake) (const HkTextCell *cell, guint glyph, void *data);
char *hk_text_cell_text (HkTextCell *cell, HkTake take, void *data, HkUse use, HkDocument *document);

/* Puts the places of the glyphs that TAKE selects on VALUE, one a page. */
void hk_text_cell_places (const HkTextCell *cell, HkTake take, void *data, HkDocument *document, HkValue *value);

/* Marks glyphs of the span that have no use yet. */
void hk_text_cell_use (HkTextCell *cell, guint first, guint n, HkUse use);

/* Takes GLYPH of PAGE into PLACE; all zero: it begins there. What a text file
   says has lines and columns, what a PDF says a box and a span. */
void hk_place_add_glyph (HkPlace *place, guint page, const HkGlyph *glyph);

/* Whether PLACE can take GLYPH of PAGE: it is on the same page and, of a text
   file, not parted from it by other text. */
gboolean hk_place_reaches (const HkPlace *place, guint page, const HkGlyph *glyph);

/* Where the cell's text (or, blank, the cell) stands; of a text file, where it
   begins. */
HkPlace hk_text_cell_place (const HkTextCell *cell);

/* Counts every glyph into DOCUMENT by its use; what has none becomes unplaced. */
void hk_text_cell_account (HkTextCell *cell, HkDocument *document);
