/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The canonical model from inside: what the grammar fills and the writers walk.
 *
 * A document is a tree. A node's path is its catalogue path, so that one
 * document's tree, the XML, the JSON and the field table say the same thing:
 *
 *   file[1] ─ risk ─ use ─ unauthorized ─ sufficiency  = "十分である"
 *   block     group  group  group (risk)   item
 *
 * Children stand in the order of the form table, whatever the order of
 * reading (a file's Ⅲ may precede its Ⅱ).
 */
#pragma once

#include "arena.h"
#include "form.h"
#include "page.h"

struct _HkValue {
  HkKind      kind;
  HkStatus    status;
  const char *text;
  const char *label;
  const char *reason;
  HkPlace    *places;
  guint       n_places;
  guint       option;    /* number of the choice; 0: none */
  gint64      min, max;  /* bounds; -1: none */
  gboolean    has_bounds;
  const char *iso_date;
  guint8      ocr;       /* how sure OCR is of its least sure character, percent; 0: it was not read by OCR */
};

struct _HkNode {
  const char *name;
  guint       number;
  const char *title;
  HkValue    *value;
  guint       order; /* in the form table; siblings stand by order, then number */
  HkNode     *parent, *next, *first, *last;
};

/* A page that lies on its side, upside down or askew as it is shown. It is read
   upright; places are given as it is shown. */
typedef struct {
  guint  page;
  guint  quarters;      /* clockwise turns from upright to shown: 1, 2 or 3; 0: it is askew */
  double width, height; /* upright */
  double skew;          /* clockwise from straight to shown, degrees */
} HkTurn;

struct _HkDocument {
  HkArena      *arena; /* owns everything below but the arrays themselves */
  const char   *name;
  const HkForm *form;  /* NULL: not recognised */
  const char   *edition;
  const char   *recognised_by;
  guint         pages;
  gboolean      unpaged; /* the input has no pages: it was read as one, whose number no place has */
  HkNode       *root;
  HkCounts      counts;
  GArray       *diagnostics; /* HkDiagnostic */
  GArray       *unplaced;    /* HkUnplaced */
  GArray       *turns;       /* HkTurn; most documents have none */
};

HkDocument *hk_document_new (const char *name);

/* The child of PARENT called NAME (and NUMBER, 0 if not repeated); made if it
   is not there. ORDER is its place in the form table. */
HkNode *hk_node_child (HkDocument *document, HkNode *parent, const char *name, guint number, guint order);

/* That child if it is there, or NULL. */
HkNode *hk_node_get (const HkNode *parent, const char *name, guint number);

/* Takes NODE and all below it out of the tree. */
void hk_node_unlink (HkNode *node);

/* How many children called NAME there are. */
guint hk_node_count (const HkNode *parent, const char *name);

/* The number of the next NAME under PARENT, all so far being numbered from 1. */
guint hk_node_next_number (const HkNode *parent, const char *name);

/* The node for catalogue PATH under the document's root, where a segment with
   "[]" stands for BLOCKS' node of that name. Made if it is not there. */
typedef struct {
  HkNode *file, *system, *consignment, *provision, *transfer, *change; /* the open ones, or NULL */
} HkBlocks;
HkNode *hk_document_node (HkDocument *document, const HkBlocks *blocks, const char *path);

/* What the form has at NODE's place; FALSE: nothing, or no form is recognised. */
gboolean hk_node_locate (const HkDocument *document, const HkNode *node, HkFormSpot *spot);

/* A new value with TEXT (copied) and no place, put on NODE. */
HkValue *hk_node_set (HkDocument *document, HkNode *node, HkKind kind, HkStatus status, const char *text);

/* PLACE, on the page read upright, as it is on the page shown; without a page
   where the input has none. */
HkPlace hk_document_place_shown (const HkDocument *document, const HkPlace *place);

/* Adds a place (copied). Places come by this function only: it knows how much
   room there is. */
void hk_value_add_place (HkDocument *document, HkValue *value, const HkPlace *place);

/* Lowers VALUE to STATUS if it is surer than that, and says why. */
void hk_value_doubt (HkDocument *document, HkValue *value, HkStatus status, const char *reason);

/* --- Diagnostics --------------------------------------------------------- */

typedef enum {
#define HK_DIAG(id, code, severity, text) HK_DIAG_##id,
#include "diagnostics.def"
#undef HK_DIAG
  HK_N_DIAGS
} HkDiagId;

/* Reports ID at PLACE, given on the page read upright (NULL: the whole document). The message is the table's
   text with its %s filled. */
void hk_report (HkDocument *document, HkDiagId id, const HkPlace *place, ...);

const char *hk_diag_code (HkDiagId id);
HkSeverity  hk_diag_severity (HkDiagId id);

/* PLACE: on the page read upright. */
void hk_document_add_unplaced (HkDocument *document, const HkPlace *place, const char *text);
