/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 変更箇所 where cells follow each other: the state of the search, shared by its files. */
#pragma once

#include "history-cost.h"

#define HK_CHANGE_NOWHERE G_MAXUINT16

/* How many rows a page may have; one that has more is read in parts. */
#define HK_CHANGE_ROWS_MAX 30

/* A date may be painted before so many that stand above it. */
#define HK_CHANGE_DATES_PASSED 2

typedef struct {
  double  cost, rank; /* rank: with what the cells left behind will cost */
  guint   node;       /* of the trail */
  guint16 last, at;   /* the cell of the piece before; the same, dates aside */
  guint8  fill[HK_CHANGE_ROWS_MAX + 4]; /* set of columns, row by row of the window */
  guint32 end[HK_CHANGE_COLUMNS]; /* the last piece, and 1, of each cell in the row of the piece before; 0: there is none */
  guint32 text[HK_CHANGE_ROWS_MAX + 4]; /* which piece begins the first of its texts; meaningful where there is one */
} HkChangeState;

/* One step of a way: which cell a piece was given. */
typedef struct {
  guint   parent;
  guint   slot;       /* row of the table * HK_CHANGE_COLUMNS + column; G_MAXUINT: none */
  guint   other, other_slot; /* the next best way to the same state: its parent and step; other 0: none */
  float   cost;       /* up to here */
} HkChangeNode;

typedef struct {
  HkChangeOrder *order;
  guint    beam;
  int      direction; /* 1: down and along; -1: up and back */
  gboolean columns;   /* each column's cells come from top to bottom, whatever stands between them */
  GArray  *trail;     /* HkChangeNode; [0] is no step */
  GArray  *states, *candidates; /* HkChangeState; of a candidate, the node is its parent's */
  GArray  *steps;     /* guint: the slot of each candidate */
  guint    base;      /* the table's row that the window begins with */
  guint    rows;      /* of the window */
  guint    page_dates, dates_before; /* on the page, and on those before */
  guint    page_first; /* piece */
  gboolean is_down;    /* most pieces are on pages like that: */
  gboolean rowwise;    /* the page's rows follow each other, cell by cell */
  guint    short_end;  /* the page's cells of one line come first, row by row, up to here; 0: it is not like that */
  gboolean apart;      /* its dates were painted apart from its rows, which come in any order */
  gboolean passes;     /* its short cells are painted before all others: this is their pass */
  GHashTable *likeness; /* of two pieces (their numbers) to a double: what was asked once */
  GArray  *doubts;     /* guint: cells that another reading puts a piece in */
} HkChangeSearch;

/* --- Steps (history-step.c) -------------------------------------------------- */

gboolean hk_change_is_filled (const HkChangeState *state, guint slot);

/* Whether the order of the page allows piece INDEX, behind STATE, in cell SLOT. */
gboolean hk_change_is_allowed (const HkChangeSearch *search, const HkChangeState *state, guint index, guint slot);

/* What speaks against PIECE, piece INDEX, beginning the cell SLOT behind STATE; and
   against its going on with the cell SLOT that other cells were painted behind. PREV
   stands before it, or is NULL. */
double hk_change_cost_of_beginning (const HkChangeSearch *search, const HkChangeState *state, const HkChangePiece *prev, const HkChangePiece *piece, guint index, guint slot);
double hk_change_cost_of_resuming (const HkChangeSearch *search, const HkChangeState *state, const HkChangePiece *prev, const HkChangePiece *piece, guint index, guint slot);

/* What the cells cost that a row leaves blank; FILL is the set of those it has. */
double hk_change_cost_of_blanks (const HkChangeSearch *search, guint fill);

/* What the cells that STATE has left blank behind it are likely to cost yet. */
double hk_change_cost_behind (const HkChangeSearch *search, const HkChangeState *state);

/* --- The trail (history-trail.c) ----------------------------------------------- */

/* Gives the pieces the cells of the search's best way, and marks those in doubt
   that a way nearly as good has elsewhere. */
void hk_change_take_trail (HkChangeSearch *search);
