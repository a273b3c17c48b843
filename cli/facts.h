/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run over a collection notes of each document: columns of its manifest. */
#pragma once

#include "hyokasho.h"

/* What became of a document. */
typedef enum {
  OUTCOME_READ,      /* everything was read, nothing is in doubt */
  OUTCOME_REVIEW,    /* read; something has to be looked at */
  OUTCOME_NO_FORM,   /* readable, but no assessment; its text is in the output */
  OUTCOME_UNREAD,    /* the file could not be read: from here on there is no output */
  OUTCOME_EMPTY,
  OUTCOME_NOT_TEXT,  /* neither a PDF nor text */
  OUTCOME_DAMAGED,
  OUTCOME_ENCRYPTED,
  OUTCOME_PAGES,     /* more pages than the limit */
  OUTCOME_TIMEOUT,   /* took longer than the limit */
  OUTCOME_MEMORY,    /* needed more memory than the limit */
  OUTCOME_CRASHED,   /* its process died */
  OUTCOME_UNWRITTEN, /* something is in the output's way; of a whole process: the disk fails, and the run ends */
  N_OUTCOMES
} Outcome;

const char *outcome_name (Outcome outcome);
Outcome     outcome_parse (const char *name); /* N_OUTCOMES: none of that name */
gboolean    outcome_has_output (Outcome outcome);

/* All facts are text, so that they go through pipe, journal and manifest unchanged. */
typedef enum {
  FACT_OUTCOME,
  FACT_FORM,
  FACT_EDITION,
  FACT_AGENCY,
  FACT_NUMBER,    /* 評価書番号 */
  FACT_TITLE,
  FACT_PUBLISHED, /* 公表日 as printed … */
  FACT_DATE,      /* … and in ISO 8601 */
  FACT_PAGES,
  FACT_CERTAIN,   /* values */
  FACT_INFERRED,
  FACT_UNCERTAIN,
  FACT_UNPLACED,  /* characters */
  FACT_WARNINGS,  /* and errors that the reader reports */
  FACT_MESSAGE,   /* why there is no output, or no form */
  N_FACTS
} Fact;

typedef struct {
  char *text[N_FACTS]; /* NULL: not known */
} Facts;

/* The column of the manifest that FACT stands in. */
const char *fact_name (Fact fact);

/* Facts of a document that was read. Clear all facts with facts_clear(). */
void facts_of_document (Facts *facts, HkDocument *document);

/* Facts of a document that was not. */
void facts_of_failure (Facts *facts, Outcome outcome, const char *message);
void facts_clear (Facts *facts);

Outcome facts_outcome (const Facts *facts);

/* As fields of CSV, each with a comma behind it, and back; FALSE: LINE is not of this kind. */
void     facts_append (const Facts *facts, GString *line);
gboolean facts_parse (Facts *facts, const char *line);
