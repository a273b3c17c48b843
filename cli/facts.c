/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

#include "cli.h"
#include "csv.h"

#include <string.h>

static const char *const outcomes[] = {
  "read", "review", "no-form", "unread", "empty", "not-text", "damaged", "encrypted",
  "pages", "timeout", "memory", "crashed", "unwritten",
};
G_STATIC_ASSERT (G_N_ELEMENTS (outcomes) == N_OUTCOMES);

static const char *const columns[] = {
  "outcome", "form", "edition", "agency", "number", "title", "published", "date", "pages",
  "certain", "inferred", "uncertain", "unplaced", "warnings", "message",
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_FACTS);

const char *
outcome_name (Outcome outcome)
{
  return outcomes[outcome];
}

Outcome
outcome_parse (const char *name)
{
  guint i;

  for (i = 0; i < N_OUTCOMES; i++)
    if (name != NULL && strcmp (outcomes[i], name) == 0)
      break;
  return i;
}

gboolean
outcome_has_output (Outcome outcome)
{
  return outcome < OUTCOME_UNREAD;
}

const char *
fact_name (Fact fact)
{
  return columns[fact];
}

/* --- Making ------------------------------------------------------------------- */

static const HkValue *
find_value (HkDocument *document,
            const char *path)
{
  HkNode *node = hk_document_find (document, path);

  return node == NULL ? NULL : hk_node_value (node);
}

/* The text at PATH on one line. */
static char *
find_text (HkDocument *document,
           const char *path)
{
  const HkValue *value = find_value (document, path);

  return value == NULL ? NULL : g_strdelimit (g_strdup (hk_value_text (value)), "\r\n\t", ' ');
}

static char *
number_text (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

/* The first error that the reader reports, or NULL. */
static const char *
first_error (const HkDocument *document)
{
  guint n;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n);

  for (guint i = 0; i < n; i++)
    if (diagnostics[i].severity == HK_SEVERITY_ERROR)
      return diagnostics[i].message;
  return NULL;
}

static guint
count_warnings (const HkDocument *document)
{
  guint n, n_warnings = 0;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n);

  for (guint i = 0; i < n; i++)
    n_warnings += diagnostics[i].severity >= HK_SEVERITY_WARNING;
  return n_warnings;
}

static Outcome
outcome_of_document (const HkDocument *document)
{
  switch (cli_status (document)) {
  case EXIT_READ:
    return OUTCOME_READ;
  case EXIT_REVIEW:
    return OUTCOME_REVIEW;
  default:
    return OUTCOME_NO_FORM;
  }
}

void
facts_of_document (Facts      *facts,
                   HkDocument *document)
{
  Outcome        outcome   = outcome_of_document (document);
  const HkValue *published = find_value (document, "cover/published");
  guint          form      = hk_document_form (document);

  *facts = (Facts){ .text = {
    [FACT_OUTCOME]   = g_strdup (outcome_name (outcome)),
    [FACT_FORM]      = form == 0 ? NULL : number_text (form),
    [FACT_EDITION]   = g_strdup (hk_document_edition (document)),
    [FACT_AGENCY]    = find_text (document, "cover/agency"),
    [FACT_NUMBER]    = find_text (document, "cover/number"),
    [FACT_TITLE]     = find_text (document, "cover/title"),
    [FACT_PUBLISHED] = find_text (document, "cover/published"),
    [FACT_DATE]      = published == NULL ? NULL : g_strdup (hk_value_iso_date (published)),
    [FACT_PAGES]     = number_text (hk_document_pages (document)),
    [FACT_CERTAIN]   = number_text (hk_document_count_values (document, HK_STATUS_CERTAIN)),
    [FACT_INFERRED]  = number_text (hk_document_count_values (document, HK_STATUS_INFERRED)),
    [FACT_UNCERTAIN] = number_text (hk_document_count_values (document, HK_STATUS_UNCERTAIN)),
    [FACT_UNPLACED]  = number_text (hk_document_counts (document).unplaced),
    [FACT_WARNINGS]  = number_text (count_warnings (document)),
    [FACT_MESSAGE]   = outcome == OUTCOME_NO_FORM ? g_strdup (first_error (document)) : NULL,
  } };
}

void
facts_of_failure (Facts      *facts,
                  Outcome     outcome,
                  const char *message)
{
  *facts = (Facts){ .text = { [FACT_OUTCOME] = g_strdup (outcome_name (outcome)), [FACT_MESSAGE] = g_strdup (message) } };
}

void
facts_clear (Facts *facts)
{
  for (guint i = 0; i < N_FACTS; i++)
    g_clear_pointer (&facts->text[i], g_free);
}

Outcome
facts_outcome (const Facts *facts)
{
  return outcome_parse (facts->text[FACT_OUTCOME]);
}

/* --- As a line -------------------------------------------------------------------- */

void
facts_append (const Facts *facts,
              GString     *line)
{
  for (guint i = 0; i < N_FACTS; i++)
    csv_append (line, facts->text[i]);
}

gboolean
facts_parse (Facts      *facts,
             const char *line)
{
  g_auto (GStrv) fields = csv_next (&line);

  *facts = (Facts){ 0 };
  if (fields == NULL || g_strv_length (fields) != N_FACTS + 1 || outcome_parse (fields[FACT_OUTCOME]) == N_OUTCOMES)
    return FALSE;
  for (guint i = 0; i < N_FACTS; i++)
    facts->text[i] = *fields[i] == '\0' ? NULL : g_strdup (fields[i]);
  return TRUE;
}
