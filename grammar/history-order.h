/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 変更箇所 where cells follow each other: what its two files share. */
#pragma once

#include "history.h"

/* A part of a line that stands in one cell, and what can be told of it alone. */
typedef struct {
  HkRun    run;
  GArray  *rest;     /* HkRun: the end of a date that is broken, or NULL */
  guint    line, island, page;
  guint    gap;      /* white space before it on its line */
  gboolean first, last; /* of its line */
  gboolean cell;     /* its island is one cell, by what its lines say: several, and none of another kind */
  gboolean wide;     /* the white space is ideographic */
  gboolean glued;    /* it stands behind another piece without white space */
  guint    width;    /* half-width columns */
  guint    reach;    /* the same, with what may be of its cell before it on its line */
  char    *text;     /* folded */
  guint    often;    /* how often the document has a piece that says the same */
  gboolean reason;   /* says what stands behind 事前 or 事後 in several rows */
  gboolean date, date_whole, timing, blank; /* blank: (記載なし), － */
  guint    item;     /* begins as the name of an item: 2, or as a list may too: 1 */
  guint    form_row; /* of the form, whose label it ends with: 1, …; or 0 */
  gboolean label;    /* is the label of a row, and no more */
  gboolean of_form;  /* has words of a label of the form */
  gboolean begins;   /* as a paragraph may */
  gboolean ends;     /* as a sentence or a heading may */
  gboolean stops;    /* with 。 */
  gboolean open;     /* ends in the middle of a sentence, by its last character */
  gboolean opens;    /* the first line of a paragraph, which may be indented */
  gboolean mark;     /* what counts an entry, and no more: ａ, 1) */
  gboolean bound;    /* cannot begin a line */
  gboolean numbered; /* 修正① */
  gboolean number;   /* a line that is a number may be the page's */
  gboolean goes_on;  /* with the piece before, for certain */

  /* Where it stands. */
  gboolean taken;    /* joined with another piece */
  gboolean placed;
  guint    row, column;
  double   cost;     /* what speaks against it */
  gboolean ordered;  /* its page has its cells in an order that tells rows for certain */
  gboolean mixed;    /* it was read side by side with another cell, whose it may be */
  gboolean doubtful, row_doubtful;
} HkChangePiece;

#define hk_change_piece(pieces, i) (&g_array_index ((pieces), HkChangePiece, (i)))

typedef struct {
  GArray  *pieces;   /* HkChangePiece */
  gboolean islands;  /* blank lines part cells */
  gboolean parted;   /* lines were run together: no blank line is left */
  gboolean upwards;  /* rows were painted from the last to the first */
  gboolean western;  /* the dates of the rows are 2024/1/31, not of an era, … */
  gboolean mixed;    /* … or they are written as they come */
  gboolean torn;     /* blank lines stand in the middle of cells, too */
  gboolean columns;  /* each column's cells were read from top to bottom, whatever stands between them */
  gboolean side;     /* lines of cells side by side are read in turns */
  gboolean apart;    /* dates were painted as columns, apart from their rows */
  gboolean bound;    /* a reason stands in the island of its 事前 or 事後 */
  gboolean *row_doubt; /* rows that are in doubt as a whole */
  guint    n_rows;
  guint    text_width, item_width, reason_width;
} HkChangeOrder;

/* Gives every piece its row and column. */
void hk_change_search (HkChangeOrder *order);

/* Marks what is in doubt of it (history-doubt.c). */
void hk_change_find_doubts (HkChangeOrder *order);

/* Brings rows whose dates were painted apart from them into the order of their
   dates and, within one date, of the form (history-settle.c). */
void hk_change_settle (HkChangeOrder *order);
