/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Markdown and HTML, as models that read scans write them.
 *
 *   characters ─ markdown.c ─▶ HTML ─ html.c ─▶ cells ─ markup.c ─▶ pages
 *
 * Markdown is rewritten as HTML, each byte with the character it was written for;
 * libxml2 reads the HTML; its cells are laid on the grid of characters. There is
 * one way through, so that a table says the same in pipes, in tabs and in tags.
 */
#pragma once

#include "encoding.h"

/* --- HTML that knows where it came from ------------------------------------------ */

#define HK_FEED_MARKUP G_MAXUINT32

/* HTML in UTF-8, and for each byte of it the character of the source that it says;
   HK_FEED_MARKUP for tags and the like, which say none. */
typedef struct {
  GString *html;
  GArray  *source; /* guint32 */
  gboolean torn;   /* a table or tag of it does not end, … */
  gboolean open;   /* … nor does the cell with which it ends */
} HkFeed;

HkFeed *hk_feed_new (void);
void    hk_feed_free (HkFeed *feed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkFeed, hk_feed_free)

/* Appends CH, escaped where HTML needs it, as what character AT of the source says. */
void hk_feed_char (HkFeed *feed, gunichar ch, gsize at);

/* Appends markup of our own. */
void hk_feed_tag (HkFeed *feed, const char *tag);

/* Rewrites TEXT as HTML, whether it is Markdown or HTML already. */
HkFeed *hk_markdown_rewrite (const HkDecoded *text);

/* Whether TEXT is Markdown with tables, or HTML, rather than plain text with a tab,
   a bar or a bracket in it. */
gboolean hk_markdown_is_markup (const HkDecoded *text);

/* --- Inline markup (inline.c) -------------------------------------------------------- */

typedef enum { HK_TAG_NONE, HK_TAG_OPEN, HK_TAG_CLOSE, HK_TAG_OTHER } HkTagKind; /* other: comment, declaration */

#define HK_TAG_NAME_MAX 24

typedef struct {
  HkTagKind kind;
  char      name[HK_TAG_NAME_MAX]; /* in lower case; of a comment "" */
  gsize     end;                   /* behind its last character */
  gboolean  torn;                  /* it does not end before the text does */
} HkTag;

/* What has to be known of a text as a whole to tell its tags: the names that are
   closed somewhere (</page_number>), which are markup there though HTML does not have
   them, and where the last comment ends. */
typedef struct {
  GHashTable *closed;
  gsize       comments; /* behind the last -->; 0: there is none */
} HkTagNames;

void hk_tag_names_init (HkTagNames *names, const HkDecoded *text);
void hk_tag_names_clear (HkTagNames *names);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HkTagNames, hk_tag_names_clear)

/* The tag at character AT of TEXT, before END. What is in angle brackets and no tag
   (<選択肢>, <小樽市における措置>) is text: kind HK_TAG_NONE. */
HkTag hk_tag_at (const HkDecoded *text, const HkTagNames *names, gsize at, gsize end);

/* Behind the content of the element that TAG opens, if that is no text of the page's (a
   style, a script), for HTML escapes nothing there; else behind TAG. */
gsize hk_tag_raw_end (const HkDecoded *text, const HkTag *tag, gsize end);

/* Appends characters [BEGIN, END) of TEXT to FEED: tags as they are, emphasis and
   escapes of Markdown undone. IN_CELL: tags that would end or part the cell are not
   passed on. */
void hk_inline_feed (HkFeed *feed, const HkDecoded *text, const HkTagNames *names, gsize begin, gsize end, gboolean in_cell);

/* --- Cells ------------------------------------------------------------------------------ */

/* A character, or a form control. */
typedef struct {
  gunichar ch;
  guint32  source; /* character of the text */
  guint32  line;   /* of its cell, from 0 */
  guint8   control; /* HkControl */
} HkMarkupGlyph;

typedef struct {
  guint    first, n;    /* glyphs */
  guint    row;         /* in the document, from 0 */
  guint    column;      /* in its table, from 0 */
  guint    columns, rows; /* that it spans: 1 or more */
  guint    page, part;  /* from 0; a part ends with a rule across the page (---) */
  gboolean in_table;
  gboolean heading;
  gboolean running;     /* marked up as a page's number, header or footer */
  gboolean torn;        /* the source ends within it */
} HkMarkupCell;

typedef struct {
  GArray *glyphs; /* HkMarkupGlyph, cell by cell */
  GArray *cells;  /* HkMarkupCell: rows of tables, and what stands outside of them, each in a row of its own */
  guint   pages;  /* that the markup tells; 0: none, and parts stand for pages */
  gboolean damaged; /* torn, or nested too deep */
} HkMarkupCells;

HkMarkupCells *hk_html_read (const HkFeed *feed);
void           hk_markup_cells_free (HkMarkupCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkMarkupCells, hk_markup_cells_free)

/* --- The reader ------------------------------------------------------------------------- */

/* Opens TEXT, which it takes over, as Markdown or HTML. NULL with ERROR set
   (HK_ERROR_EMPTY) where nothing is written in it. */
HkPageSource *hk_markup_open (HkDecoded *text, GError **error);
