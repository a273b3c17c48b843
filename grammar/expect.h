/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is to be expected on a painted page: labels, brackets, values … of the
 * rows it has, in the order in which the page was painted as far as that can be
 * known: as the form's painting has it, row after row, what wraps after what
 * does not (spreadsheet programs), values before labels (programs that paint from
 * the top down: labels are centred beside their values), or backwards.
 */
#pragma once

#include "field.h"
#include "painting.h"

#define HK_NO_FIELD G_MAXUINT

/* One thing that may be painted. */
typedef struct {
  HkPaintedKind kind;
  guint         row;     /* index in the form's rows */
  guint         option;  /* its number; 0: none */
  guint         twin;
  guint         entry;   /* in the outline */
  guint         field;   /* HK_NO_FIELD for labels */
  guint         number;  /* label of a block: its number */
  int           unit;    /* of the page: words of the form, if they were found in some order; else -1 */
  double        moved;   /* value: what speaks against its being here, not where it was expected; 0: it was */
  gboolean      wrapped; /* value: only if it is more than a line */
  gboolean      spare;   /* value: on the other side of its label */
  gboolean      vague;   /* it is not known when it is painted: behind its bracket, as most are */
} HkExpected;

typedef enum {
  HK_SEQUENCE_ROWS,      /* row after row */
  HK_SEQUENCE_WRAPPED,   /* likewise, but cells that wrap after all others */
  HK_SEQUENCE_BACKWARDS, /* the last first */
  HK_SEQUENCE_VALUES,    /* row after row, but values before the labels beside them */
  HK_SEQUENCE_VALUES_BACKWARDS, /* likewise, the last first */
  HK_SEQUENCE_BOXES_BACKWARDS,  /* likewise, but [ ○ ] name in one */
  HK_SEQUENCE_LEARNT,    /* as the form's painting has it */
  HK_SEQUENCE_ANY
} HkSequence;

/* The pieces of one page, and what is expected there. */
typedef struct {
  const HkForm     *form;
  const HkPainting *painting; /* or NULL */
  const GArray     *fields;
  const GArray     *pieces;
  GArray           *units;    /* guint: the pieces that are looked at */
  GArray           *expected; /* HkExpected in the order expected */
  HkSequence        prefer;   /* the order that the document's other pages have */
  HkSequence        order;    /* the one found, for most of the page */
  double            share;    /* of what is printed that stands in the order found */
  gboolean          wrapped;  /* texts of one line come before those that wrap */
} HkPaintedPieces;

/* What is expected from entries [FIRST, END) of OUTLINE, in form order (HkExpected). */
GArray *hk_expected_new (const HkForm *form, const GArray *outline, const GArray *pieces, const GArray *fields, guint first, guint end);

/* Orders PAGE->expected as the page's units were painted. */
void hk_expected_order (HkPaintedPieces *page);

/* What speaks against piece I being EXPECTED; infinite: it cannot be. */
double hk_expected_cost (const HkPaintedPieces *page, const HkExpected *expected, guint i);

/* What it costs if it is not there. */
double hk_expected_absent (const HkExpected *expected);

/* Whether it is printed, whatever was filled in. */
gboolean hk_expected_printed (const HkExpected *expected);
