/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether lines that follow each other are of one value: where lines are full
   and sentences go on, where islands end, where paragraphs are numbered. */
#pragma once

#include "piece.h"

typedef struct {
  const GArray *pieces;     /* HkPiece */
  GArray       *units;      /* guint: those that are looked at */
  double        widest;     /* of them */
  gboolean      no_islands; /* the source has no blank lines */
} HkSeams;

/* What it costs to part unit J from the one before it, or to keep them together. */
double hk_seams_part (const HkSeams *seams, guint j);
double hk_seams_keep (const HkSeams *seams, guint j);

/* Whether LOWER is the line under UPPER, in its island. */
gboolean hk_seams_are_lines (const HkPiece *upper, const HkPiece *lower);

/* A dash alone: no other line goes with it. */
gboolean hk_seams_is_dash (const HkPiece *piece);

double hk_seams_width (const HkPiece *piece);
