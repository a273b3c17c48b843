/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the characters that were read in a run stand in its ink. */
#pragma once

#include "ink.h"

/* A character: where the engine has its middle, in pixels of the page, and, once
   placed, where it stands. */
typedef struct {
  gunichar ch;
  double   guess;
  double   x0, x1;
} HkPlaced;

/* Gives each of CHARACTERS (HkPlaced), which stand from left to right, its place in the
   ink of RUN. Places do not overlap. */
void hk_place_characters (const HkInk *ink, const HkRun *run, GArray *characters);
