/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The alignment of a painted page, between painted.c, which opens a page and gives
 * its pieces out, and painted-align.c, which finds what each of them is.
 */
#pragma once

#include "boxes.h"
#include "expect.h"
#include "seams.h"

/* What is expected on a page, times its units: more is no form. */
#define HK_PAINTED_CELLS_MAX 1500000

typedef struct {
  HkPaintedPieces page;
  GArray         *pieces, *fields;
  HkBoxes        *boxes;
  guint           n, m;     /* expected; units */
  HkSeams         seams;
  float          *cost;     /* of each unit for each expected */
  double         *ahead, *taken;   /* the least cost of all before; the same, the last unit being the last expected */
  double         *behind, *given;  /* likewise from the end */
  int            *place;    /* for each unit what it is, or -1 */
  guint          *before;   /* for each expected the unit that stands right before it */
  double          best;
  guint           carried;  /* text field of an earlier page that is blank so far, or HK_NO_FIELD */
  gboolean        texts_believed, marks_believed;
  double          document_share; /* of all that is printed, in the orders found */
  gboolean        values_first; /* values come before the labels beside them */
} HkAligner;

static inline HkExpected *
expected_at (const HkAligner *aligner,
             guint            i)
{
  return &g_array_index (aligner->page.expected, HkExpected, i);
}

static inline HkPiece *
unit_at (const HkAligner *aligner,
         guint            j)
{
  return hk_piece (aligner->pieces, g_array_index (aligner->page.units, guint, j));
}

static inline HkField *
field_at (const HkAligner *aligner,
          guint            i)
{
  return hk_field (aligner->fields, expected_at (aligner, i)->field);
}

/* Finds what each unit of the page is: fills the costs, and place. */
void hk_painted_align (HkAligner *aligner);

/* A text that stands among those of one line is not among those that wrap, too:
   with that known, aligns anew. */
void hk_painted_align_wrapped (HkAligner *aligner);

/* Gives words that have no place to rows that were left blank, wherever these were
   expected: aligns anew. */
void hk_painted_align_moved (HkAligner *aligner);

/* What speaks against unit J being what is expected at I. */
double hk_painted_cost (const HkAligner *aligner, guint i, guint j);

/* The least cost of all if unit J is what is expected at I. */
double hk_painted_cost_through (const HkAligner *aligner, guint i, guint j);

void hk_painted_costs_free (HkAligner *aligner);
