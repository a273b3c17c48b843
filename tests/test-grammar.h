/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of the grammar share: a document as text.
 *
 *   task/name = 住民票の写しの交付           certain
 *   file[1]/name ~ 住民基本台帳ファイル      inferred
 *   info-link/implemented ? たぶん           uncertain
 *   task/scale = 1,000人未満 (1) <=999       a choice with its number and range
 *   review/date = 令和７年４月１日 (2025-04-01)
 *   task/description = 交付⏎記録 @1,2        on other pages than the first
 *   ! text-unplaced                          a diagnostic, in the order of reporting
 *   - ほか                                   unplaced text, without its white space
 *   running 12                               characters of running text, if there are any
 */
#pragma once

#include "model.h"

typedef struct {
  const char *name;
  const char *sketch; /* see page-maker.h */
  const char *expected; /* NULL: anything */
  const char *todo;     /* why it cannot pass yet; NULL: it must */
} GrammarCase;

/* DOCUMENT as above. Free with g_free(). */
char *grammar_dump (const HkDocument *document);

/* Whether DOCUMENT is EXPECTED (NULL: anything), the schema has room for it, and every one of
   its CHARACTERS is accounted for; says what is not. */
gboolean grammar_check (const HkDocument *document, const char *expected, guint64 characters);

/* Ends a test: fails it unless it is GOOD. With TODO, the reason why it cannot
   be yet, it is incomplete instead. */
void grammar_judge (gboolean good, const char *todo);

/* Adds a test PREFIX/name for each case: the whole parser over its sketch. */
void grammar_add_cases (const char *prefix, const GrammarCase *cases, gsize n);

/* The document that the parser makes of SKETCH; *CHARACTERS is how many there
   were to read. Free with hk_document_free(). */
HkDocument *grammar_read (const char *sketch, guint64 *characters);
