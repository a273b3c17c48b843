/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page: what every reader fills and the grammar reads. It says nothing of
 * where it came from, so that the grammar cannot know either.
 *
 * One unit and one axis throughout: points, origin top left of the page as it
 * is shown (after rotation and cropping), y down.
 *
 * A text file has no geometry. Its pages say so, and their boxes are those of
 * a grid: a line HK_TEXT_LINE high, a half-width character HK_TEXT_COLUMN wide.
 */
#pragma once

#include "hyokasho.h"

/* What became of a glyph. Every glyph that is no white space ends as one of
   these; HK_USE_NONE at the end of reading means "unplaced". */
typedef enum { HK_USE_NONE, HK_USE_VALUE, HK_USE_FORM, HK_USE_RUNNING } HkUse;

/* A box for a mark that markup draws (<input type="checkbox">): it stands among the
   glyphs as ☐ or ☑, but is no character of the source, and never counted. */
typedef enum { HK_CONTROL_NONE, HK_CONTROL_EMPTY, HK_CONTROL_CHECKED } HkControl;

typedef struct {
  gunichar ch;     /* as the source has it, before any mapping */
  HkBox    box;    /* advance wide, ascent to descent high */
  guint    source; /* index in the page's text in source order */
  guint    line, column; /* of a text file, from 1; 0: the source has no lines */
  guint8   copies; /* how often it is drawn at this place (fake bold): 1 or more */
  guint8   use;    /* HkUse */
  guint8   control; /* HkControl */
  guint8   untold; /* a bracket: nobody can tell whether a mark, or these words, stand behind it */
  guint8   ocr;    /* read from the picture: how sure the engine is, percent from 1; 0: the source says the character */
} HkGlyph;

/* A ruling line, thin side and all. */
typedef struct {
  HkBox    box;
  gboolean horizontal;
} HkRule;

typedef enum {
  HK_SIDE_TOP    = 1 << 0,
  HK_SIDE_RIGHT  = 1 << 1,
  HK_SIDE_BOTTOM = 1 << 2,
  HK_SIDE_LEFT   = 1 << 3
} HkSide;

/* An area closed by rules. A side in `open` has no rule: the table runs on
   over the page's end there, or its frame was never drawn. */
typedef struct {
  HkBox box;
  guint open; /* set of HkSide */
  gboolean heading; /* of markup: written as one */
} HkCell;

#define HK_TEXT_LINE 12.0
#define HK_TEXT_COLUMN 6.0

typedef struct {
  guint   number; /* from 1 */
  double  width, height;
  GArray *glyphs; /* HkGlyph */
  GArray *rules;  /* HkRule */
  GArray *cells;  /* HkCell; they do not overlap */
  gboolean text;  /* read from a text file: no geometry but the grid's */
  gboolean markup; /* read from Markdown or HTML, likewise: what stands in a cell was written in one, rows
                      of tables as rows of cells, and all else in cells that are rows of their own. Columns
                      are as wide in one table as in the other. Glyphs come cell by cell, its lines as they
                      were written */
  gboolean unpaged; /* of an input that has no pages, all of it or a part: its number is but counted */
  char   *damage; /* what the reader met that makes the page's text doubtful, or NULL */
  char   *ocr;    /* why the page was read from its picture, or NULL: it was not */
  char   *distrust; /* why its text cannot be trusted and was not read from its picture all the same, or NULL */
  double  skew;   /* how far the page as shown is turned clockwise from this one, degrees … */
  guint   quarters; /* … after so many quarters, likewise */
} HkPage;

HkPage *hk_page_new (guint number, double width, double height);
void    hk_page_free (HkPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkPage, hk_page_free)

#define hk_page_glyph(page, i) (&g_array_index ((page)->glyphs, HkGlyph, (i)))
#define hk_page_cell(page, i) (&g_array_index ((page)->cells, HkCell, (i)))
#define hk_page_rule(page, i) (&g_array_index ((page)->rules, HkRule, (i)))

/* A reader, seen from the grammar: pages one after the other, each freed by
   the one who asked for it. NULL with ERROR unset after the last page; NULL
   with ERROR set where a page cannot be read (the next call goes on behind it). */
typedef struct _HkPageSource HkPageSource;
struct _HkPageSource {
  HkPage *(*next) (HkPageSource *source, GError **error);
  void (*close) (HkPageSource *source); /* frees it */
  guint n_pages; /* 0: not known beforehand */

  /* Of a text file: its encoding if that is not UTF-8, else NULL, and how many
     of its characters could not be told, with the place of the first. */
  const char *encoding;
  guint       n_lost, lost_line, lost_column;

  /* What is wrong with the markup of a text as a whole, or NULL; static. */
  const char *damage;
};

static inline double hk_box_width (const HkBox *b) { return b->x1 - b->x0; }
static inline double hk_box_height (const HkBox *b) { return b->y1 - b->y0; }
static inline double hk_box_mid_x (const HkBox *b) { return (b->x0 + b->x1) / 2; }
static inline double hk_box_mid_y (const HkBox *b) { return (b->y0 + b->y1) / 2; }
static inline gboolean hk_box_is_empty (const HkBox *b) { return b->x1 <= b->x0 || b->y1 <= b->y0; }

/* The smallest box around both; an empty box adds nothing. */
static inline HkBox
hk_box_union (HkBox a, HkBox b)
{
  if (hk_box_is_empty (&a))
    return b;
  if (hk_box_is_empty (&b))
    return a;
  return (HkBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}
