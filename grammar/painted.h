/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dealing on painted pages: text that stands in the order in which its page was
 * painted. What is expected on the page (expect.h) is aligned with what is there,
 * at the least cost; where something could nearly as well be something else, both
 * are in doubt.
 */
#pragma once

#include "field.h"

/* Gives the PIECES (HkPiece) of all pages to the FIELDS of OUTLINE, which was
   made for painted pages. Returns FALSE if too little of the document is in an
   order that is known for anything in it to be sure. */
gboolean hk_deal_painted (const HkForm *form, GArray *pieces, const GArray *outline, GArray *fields);
