/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "test-grammar.h"
#include "fold.h"
#include "page-maker.h"
#include "parse.h"
#include "write.h"

#include <string.h>

/* TEXT on one line. */
static void
append_text (GString    *out,
             const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '\n')
      g_string_append (out, "⏎");
    else
      g_string_append_c (out, *c);
}

static void
append_meaning (GString       *out,
                const HkValue *value)
{
  gint64 min, max;

  if (hk_value_option (value) != 0)
    g_string_append_printf (out, " (%u)", hk_value_option (value));
  if (hk_value_iso_date (value) != NULL)
    g_string_append_printf (out, " (%s)", hk_value_iso_date (value));
  if (!hk_value_bounds (value, &min, &max))
    return;
  if (min >= 0)
    g_string_append_printf (out, " >=%" G_GINT64_FORMAT, min);
  if (max >= 0)
    g_string_append_printf (out, " <=%" G_GINT64_FORMAT, max);
}

static void
append_pages (GString       *out,
              const HkValue *value)
{
  guint          n;
  const HkPlace *places = hk_value_places (value, &n);

  if (n == 1 && places[0].page == 1)
    return;
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%u", i == 0 ? " @" : ",", places[i].page);
}

static void
append_values (GString          *out,
               const HkDocument *document)
{
  for (HkNode *node = hk_document_root (document); node != NULL; node = hk_node_walk (node)) {
    const HkValue   *value = hk_node_value (node);
    g_autofree char *path  = hk_node_path (node);

    if (value == NULL)
      continue;
    g_string_append_printf (out, "%s %c ", path, "=~?"[hk_value_status (value)]);
    append_text (out, hk_value_text (value));
    append_meaning (out, value);
    append_pages (out, value);
    g_string_append_c (out, '\n');
  }
}

char *
grammar_dump (const HkDocument *document)
{
  GString            *out = g_string_new (NULL);
  guint               n_diagnostics, n_unplaced;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n_diagnostics);
  const HkUnplaced   *unplaced    = hk_document_unplaced (document, &n_unplaced);
  HkCounts            counts      = hk_document_counts (document);

  append_values (out, document);
  for (guint i = 0; i < n_diagnostics; i++)
    g_string_append_printf (out, "! %s\n", diagnostics[i].code);
  for (guint i = 0; i < n_unplaced; i++) {
    g_string_append (out, "- ");
    for (const char *c = unplaced[i].text; *c != '\0'; c = g_utf8_next_char (c))
      if (!hk_is_space (g_utf8_get_char (c)))
        g_string_append_unichar (out, g_utf8_get_char (c));
    g_string_append_c (out, '\n');
  }
  if (counts.running > 0)
    g_string_append_printf (out, "running %" G_GUINT64_FORMAT "\n", counts.running);
  return g_string_free (out, FALSE);
}

/* --- Checks ---------------------------------------------------------------------- */

/* Says what is wrong with WHAT, unless it is GOOD. */
static gboolean
require (gboolean    good,
         const char *what,
         const char *wrong)
{
  if (!good)
    g_test_message ("%s: %s", what, wrong);
  return good;
}

static gboolean
is_place (const HkDocument *document,
          const HkPlace    *place)
{
  if (place->line > 0) /* of a text file */
    return hk_box_is_empty (&place->box) && place->end == 0 &&
           (place->line < place->last_line || (place->line == place->last_line && place->column <= place->last_column));
  return place->page >= 1 && (document->pages == 0 || place->page <= document->pages) && !hk_box_is_empty (&place->box) && place->begin < place->end;
}

static gboolean
check_value (const HkDocument *document,
             const HkNode     *node)
{
  const HkValue   *value = hk_node_value (node);
  g_autofree char *path  = hk_node_path (node);
  gboolean         good  = TRUE;

  good &= require (*value->text != '\0', path, "its text is empty");
  good &= require (value->n_places > 0, path, "it stands nowhere");
  for (guint i = 0; i < value->n_places; i++) {
    good &= require (is_place (document, &value->places[i]), path, "its place is none");
    good &= require (i == 0 || value->places[i].page >= value->places[i - 1].page, path, "its pages are out of order");
  }
  good &= require (value->status != HK_STATUS_CERTAIN || value->reason == NULL, path, "it is certain, and has a reason not to be");
  good &= require (value->status == HK_STATUS_CERTAIN || value->reason != NULL, path, "it is not certain, and does not say why");
  return good;
}

/* The characters of the source, each in one place; those unplaced are listed. */
static gboolean
check_counts (const HkDocument *document,
              guint64           characters)
{
  HkCounts          counts = hk_document_counts (document);
  guint             n;
  const HkUnplaced *unplaced = hk_document_unplaced (document, &n);
  guint64           listed   = 0;
  gboolean          good     = TRUE;

  for (guint i = 0; i < n; i++) {
    good &= require (is_place (document, &unplaced[i].place), unplaced[i].text, "its place is none");
    for (const char *c = unplaced[i].text; *c != '\0'; c = g_utf8_next_char (c))
      listed += !hk_is_space (g_utf8_get_char (c));
  }
  good &= require (counts.source == characters, "source", "not the characters of the pages");
  good &= require (counts.source == counts.values + counts.form + counts.running + counts.unplaced, "source", "not the sum of the others");
  good &= require (counts.unplaced == listed, "unplaced", "not the characters listed");
  return good;
}

/* Whether the published schema has room for DOCUMENT. */
static gboolean
check_schema (const HkDocument *document)
{
  GString *xml              = g_string_new (NULL);
  g_autoptr (GBytes) bytes  = NULL;
  g_autoptr (GError) error  = NULL;

  hk_write_xml (document, xml);
  bytes = g_string_free_to_bytes (xml);
  hk_validate_xml (bytes, "document", &error);
  return require (error == NULL, "schema", error != NULL ? error->message : "");
}

gboolean
grammar_check (const HkDocument *document,
               const char       *expected,
               guint64           characters)
{
  g_autofree char *dump = grammar_dump (document);
  gboolean         good = check_counts (document, characters) & check_schema (document);

  for (HkNode *node = hk_document_root (document); node != NULL; node = hk_node_walk (node))
    if (hk_node_value (node) != NULL)
      good &= check_value (document, node);
  if (expected != NULL && strcmp (dump, expected) != 0) {
    g_test_message ("read:\n%s", dump);
    g_test_message ("expected:\n%s", expected);
    good = FALSE;
  }
  return good;
}

void
grammar_judge (gboolean    good,
               const char *todo)
{
  if (good && todo != NULL)
    g_test_message ("passes now: no longer “%s”", todo);
  else if (!good && todo != NULL)
    g_test_incomplete (todo);
  else if (!good)
    g_test_fail ();
}

/* --- Cases ------------------------------------------------------------------------- */

HkDocument *
grammar_read (const char *sketch,
              guint64    *characters)
{
  g_autoptr (PageMaker) maker = page_maker_sketch (sketch);
  HkDocument *document        = hk_document_new ("test");
  MadePages   pages           = page_maker_source (maker);

  *characters = page_maker_count (maker);
  hk_parse (&pages.base, document);
  return document;
}

static void
run_case (gconstpointer data)
{
  const GrammarCase *this = data;
  guint64            characters;
  g_autoptr (HkDocument) document = grammar_read (this->sketch, &characters);

  grammar_judge (grammar_check (document, this->expected, characters), this->todo);
}

void
grammar_add_cases (const char        *prefix,
                   const GrammarCase *cases,
                   gsize              n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *path = g_strconcat (prefix, "/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], run_case);
  }
}
