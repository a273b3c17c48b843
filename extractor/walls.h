/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ruling lines as walls between cells: straightened, joined at their crossings,
   and completed where the page cuts a table. Internal to cells.c. */
#pragma once

#include "page.h"

/* A wall on a line of the grid. All lengths in points. */
typedef struct {
  double   at;         /* y of a horizontal, x of a vertical wall */
  double   begin, end; /* along the other axis */
  gboolean met[2];     /* whether begin, end touch a wall of the other direction */
  gboolean drawn;      /* FALSE: put in where the page cuts the table */
} HkWall;

/* The walls of one direction, by at, then begin, and the lines that they stand on. */
typedef struct {
  GArray *walls; /* HkWall */
  GArray *lines; /* double, ascending: the distinct at */
} HkWalls;

enum { HK_VERTICAL, HK_HORIZONTAL, HK_N_DIRECTIONS };

/* Fills both directions of WALLS from RULES (HkRule); free each with
   hk_walls_clear(). Returns how many ends of walls, other than
   short ones that touch no other wall anywhere, touch nothing. */
guint hk_walls_build (HkWalls       walls[HK_N_DIRECTIONS],
                      const GArray *rules);
void  hk_walls_clear (HkWalls *walls);
