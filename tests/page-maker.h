/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages made by hand, so that the grammar is tested without a PDF.
 *
 * A sketch describes them, one line a thing:
 *
 *   |① 部署|総務課|          a row of ruled cells; the last one takes what is left of the width
 *   |^|…|                    the cell above reaches down into this row
 *   |…|<|…|                  the cell to the left reaches over this column
 *   |…↓|  |↑…|               the cell has no rule below, above: it goes on on the next page
 *   :① 部署:総務課:          a row as above, but nothing is ruled
 *   # 100 400                widths of the columns of the rows that follow (points)
 *   = text                   a line outside of every table
 *   > text                   the same, to the right
 *   * 40 800 text            text at x, y (its upper left corner)
 *   @ 700                    go on at that y
 *   $ 12                     go on with that font size
 *   $ 12 1.3 1.0             the same; a glyph's box is 1.3 em high, and lines are 1.0 em apart
 *   %                        from here on U+3000 leaves no glyph either
 *   ---                      the page ends
 *   ~~~                      the page ends within the row: its two parts have no rule at the cut
 *   ! message                a page that cannot be read
 *
 * In a cell, text is set from the left and wrapped by the character, and the
 * block stands in the middle of the height. ⏎ breaks a line. As from a reader,
 * a space moves the pen and leaves no glyph; U+3000 is a glyph.
 */
#pragma once

#include "page.h"

/* How text is set. */
typedef struct {
  double   em;      /* the side of the square a glyph is set in, points */
  double   height;  /* of a glyph's box, in em; the square is in its middle */
  double   leading; /* from line to line, in em */
  gboolean bare;    /* U+3000 leaves no glyph, like a space */
} PageFace;

typedef struct {
  PageFace   face;
  double     y;      /* where the next row begins */
  GArray    *edges;  /* double: edges of the columns */
  GArray    *cells;  /* Cell: drawn on this page, text not yet */
  gboolean   cut;    /* the row above was cut by the page's end */
  GPtrArray *pages;  /* Made */
} PageMaker;

PageMaker *page_maker_new (void);
void       page_maker_free (PageMaker *maker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageMaker, page_maker_free)

/* Pages for all lines of SKETCH. */
PageMaker *page_maker_sketch (const char *sketch);

/* Ten points, a box of one em, lines 1.3 em apart. */
#define PAGE_FACE ((PageFace){ 10, 1.0, 1.3, FALSE })

/* Appends TEXT, a single line, to PAGE; its first square's upper left corner is X, Y. */
void page_maker_text (HkPage *page, double x, double y, const PageFace *face, const char *text);

/* Appends TEXT, wrapped, to PAGE, in the middle of BOX's height. */
void page_maker_block (HkPage *page, const HkBox *box, const PageFace *face, const char *text);

/* Appends a cell to PAGE with rules on the sides that are not OPEN. */
void page_maker_cell (HkPage *page, const HkBox *box, guint open);

/* The pages, one after the other; each becomes the caller's. It is MAKER's. */
typedef struct {
  HkPageSource base;
  GPtrArray   *pages;
  guint        at;
} MadePages;
MadePages page_maker_source (PageMaker *maker);

/* Characters on all pages, white space not counted. */
guint64 page_maker_count (const PageMaker *maker);
