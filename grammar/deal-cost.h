/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What dealing shares between its two files: the state of it, and what it costs
   that a value is whose (deal-cost.c). */
#pragma once

#include "deal.h"
#include "fold.h"

/* What is asked of a unit, or of all before it, again and again. */
typedef struct {
  guint8 begins_late, heads; /* it begins with an item that is not the first; it is a heading */
  guint  wholes, choices, owned; /* units before it that are whole values; choices; on the line of a label */
  guint  near; /* the first slot whose label is behind it */
} HkKnownUnit;

/* Likewise of a slot. */
typedef struct {
  gboolean brief; /* its value is a short thing */
  double   blank; /* what it costs to leave it blank */
  guint    behind;       /* the first unit behind its label */
  guint    own_from, own_to; /* the units that stand on its label's line */
} HkKnownSlot;

typedef struct {
  const HkForm *form;
  HkDealLines   kind;
  const GArray *lines;  /* HkTextLine */
  GArray       *pieces;
  GArray       *fields;
  double       *passed; /* cost of all labels before each piece; one more at the end */
  GArray       *units;  /* guint: pieces to be dealt out */
  GArray       *owners; /* int, for each unit: the slot whose label stands before it on its line; -1: none */
  GArray       *label_ends; /* guint, for each piece: the last piece of the label that begins with it */
  GArray       *slots;  /* guint: fields that may take them */
  GArray       *slot_at; /* int, for each piece: the first slot whose label it is; -1: none */
  HkKnownUnit        *known;  /* for each unit, and one more */
  HkKnownSlot    *known_slots;
  double        widest; /* line of the document */
} HkDealer;

static inline HkField *
slot (const HkDealer *dealer,
      guint           s)
{
  return hk_field (dealer->fields, g_array_index (dealer->slots, guint, s));
}

static inline guint
unit (const HkDealer *dealer,
      guint           u)
{
  return g_array_index (dealer->units, guint, u);
}

static inline const HkFormRow *
row_of (const HkDealer *dealer,
        const HkField  *field)
{
  return &dealer->form->rows[field->row];
}

/* Sums up what it costs to pass over the labels of OUTLINE. */
void hk_deal_weigh_labels (HkDealer *dealer, const GArray *outline);

double hk_deal_piece_width (const HkPiece *piece);

/* The number of the item that begins with PIECE, as 1, (2), ③, Ⅳ. or エ, and in
   *STYLE what kind of number it is; 0: it begins none. */
guint hk_deal_item_number (const HkPiece *piece, guint *style);

/* Whether PIECE heads what follows it: ＜…における措置＞, 〇運用上の措置, (内容). */
gboolean hk_deal_is_heading_line (const HkPiece *piece);

/* What it costs to part units U and U + 1. */
double hk_deal_part_cost (const HkDealer *dealer, guint u);

/* What it costs to keep them together. */
double hk_deal_keep_cost (const HkDealer *dealer, guint u);

/* Whether the value of ROW is a name, or another short thing, by what its label
   ends with. */
gboolean hk_deal_is_short (const HkForm *form, const HkFormRow *row);

/* Whether PIECE, as a line, is a value by itself: a dash or a date. */
gboolean hk_deal_is_whole_value (const HkPiece *piece);

/* What it costs that units [FROM, TO) are the value of slot S, but for what
   stands between them. */
double hk_deal_run_cost (const HkDealer *dealer, guint s, guint from, guint to);

/* What it costs to leave ROW, which belongs to PARENT, blank. */
double hk_deal_blank_cost_of (const HkFormRow *row, const HkFormRow *parent);

double hk_deal_blank_cost (const HkDealer *dealer, guint s);
