/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The summary for people: what the document is, what it has, and where
 * somebody should look. Lines fit a terminal of 80 columns.
 */
#include "write.h"

#include <string.h>

#define COLUMNS 80
#define NAME_COLUMNS 13 /* of the words at the left, blanks included */
#define MAX_LISTED 10   /* of a list that a hostile document could make endless */

/* --- Lines that fit ------------------------------------------------------------ */

/* Counted as a CJK terminal does, which draws ○ or … wide; no other terminal
   needs more. */
static guint
columns_of (gunichar ch)
{
  return g_unichar_iszerowidth (ch) ? 0 : g_unichar_iswide_cjk (ch) ? 2 : 1;
}

/* Appends TEXT on one line, cut with "…" where it would need more than ROOM
   columns. Nothing in TEXT steers the terminal: a run of white space or of
   control characters is one blank, and none at the beginning. */
static void
append_clipped (GString    *out,
                const char *text,
                guint       room)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  guint            used = 0;
  gsize            cut = out->len; /* where "…" still fits */
  gboolean         blank = FALSE;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar ch = g_utf8_get_char (c);

    if (g_unichar_isspace (ch) || g_unichar_iscntrl (ch) || g_unichar_type (ch) == G_UNICODE_FORMAT) {
      blank = used > 0;
      continue;
    }
    guint more = blank + columns_of (ch);
    if (used + more > room) {
      g_string_truncate (out, cut);
      g_string_append (out, "…");
      return;
    }
    if (blank)
      g_string_append_c (out, ' ');
    g_string_append_unichar (out, ch);
    used += more;
    blank = FALSE;
    if (used + 2 <= room)
      cut = out->len;
  }
}

/* A line "name         text", clipped; none where there is no TEXT. */
static void
append_line (GString    *out,
             const char *name,
             const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (out, "%-*s", NAME_COLUMNS, name);
  append_clipped (out, text, COLUMNS - NAME_COLUMNS);
  g_string_append_c (out, '\n');
}

static void append_count (GString *out, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
append_count (GString    *out,
              const char *name,
              const char *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  append_line (out, name, text);
}

/* --- Parts of the summary -------------------------------------------------------- */

static void
append_item (GString          *out,
             const HkDocument *document,
             const char       *name,
             const char       *path)
{
  const HkNode  *node = hk_document_find (document, path);
  const HkValue *value = node == NULL ? NULL : node->value;

  if (value == NULL)
    return;
  if (value->iso_date != NULL)
    append_count (out, name, "%s (%s)", value->text, value->iso_date);
  else
    append_line (out, name, value->text);
}

static void
append_form (GString          *out,
             const HkDocument *document)
{
  if (document->form == NULL) {
    append_line (out, "form", "not recognised");
    return;
  }
  append_count (out, "form", "%s %s, %s", document->form->name, document->form->title,
                document->edition == NULL ? "edition not recognised" : document->edition);
  append_line (out, "", document->recognised_by);
}

static void
append_files (GString          *out,
              const HkDocument *document)
{
  guint n = hk_node_count (document->root, "file");
  guint listed = 0;

  if (n > 0)
    append_count (out, "files", "%u", n);
  for (const HkNode *file = document->root->first; file != NULL; file = file->next) {
    if (strcmp (file->name, "file") != 0)
      continue;
    if (++listed > MAX_LISTED) {
      append_count (out, "", "… and %u more", n - MAX_LISTED);
      return;
    }
    const HkNode *name = hk_node_get (file, "name", 0);

    append_count (out, "", "%u. %s", file->number,
                  name == NULL || name->value == NULL ? "(no name)" : name->value->text);
    g_string_append_printf (out, "%-*s   consignments %u, provisions %u, transfers %u\n", NAME_COLUMNS, "",
                            hk_node_count (file, "consignment"), hk_node_count (file, "provision"),
                            hk_node_count (file, "transfer"));
  }
}

/* A risk is where the form asks whether the measures are sufficient. */
static guint
count_risks (const HkDocument *document)
{
  guint n = 0;

  for (const HkNode *node = document->root; node != NULL; node = hk_node_walk (node))
    n += node->value != NULL && strcmp (node->name, "sufficiency") == 0;
  return n;
}

static void
append_contents (GString          *out,
                 const HkDocument *document)
{
  static const struct {
    const char *name, *node;
  } blocks[] = { { "systems", "system" }, { "changes", "change" } };
  guint risks = count_risks (document);

  append_files (out, document);
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (hk_node_count (document->root, blocks[i].node) > 0)
      append_count (out, blocks[i].name, "%u", hk_node_count (document->root, blocks[i].node));
  if (risks > 0)
    append_count (out, "risks", "%u judged", risks);
}

/* " (page 3)", or of a text file " (line 120)". */
static char *
place_text (const HkValue *value)
{
  const HkPlace *place = value->n_places == 0 ? NULL : &value->places[0];

  if (place != NULL && place->line > 0)
    return g_strdup_printf (" (line %u)", place->line);
  return place == NULL || place->page == 0 ? g_strdup ("") : g_strdup_printf (" (page %u)", place->page);
}

static void
append_doubts (GString          *out,
               const HkDocument *document)
{
  guint certain = hk_document_count_values (document, HK_STATUS_CERTAIN);
  guint inferred = hk_document_count_values (document, HK_STATUS_INFERRED);
  guint uncertain = hk_document_count_values (document, HK_STATUS_UNCERTAIN);
  guint listed = 0;

  append_count (out, "values", "%u: %u certain, %u inferred, %u to be reviewed", certain + inferred + uncertain,
                certain, inferred, uncertain);
  for (const HkNode *node = document->root; node != NULL; node = hk_node_walk (node)) {
    const HkValue *value = node->value;

    if (value == NULL || value->kind == HK_KIND_CHECKS || value->status != HK_STATUS_UNCERTAIN)
      continue;
    if (++listed > MAX_LISTED) {
      append_count (out, "", "… and %u more", uncertain - MAX_LISTED);
      return;
    }

    g_autofree char *path = hk_node_path (node);
    g_autofree char *place = place_text (value);
    append_count (out, "", "? %s%s: %s", path, place, value->text);
  }
}

static void
append_trouble (GString          *out,
                const HkDocument *document)
{
  const HkCounts *counts = &document->counts;
  guint           n[] = { [HK_SEVERITY_NOTE] = 0, [HK_SEVERITY_WARNING] = 0, [HK_SEVERITY_ERROR] = 0 };

  append_count (out, "characters",
                "%" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " in values, %" G_GUINT64_FORMAT
                " of the form, %" G_GUINT64_FORMAT " running,",
                counts->source, counts->values, counts->form, counts->running);
  append_count (out, "", "%" G_GUINT64_FORMAT " without a place in the form", counts->unplaced);

  for (guint i = 0; i < document->diagnostics->len; i++)
    n[g_array_index (document->diagnostics, HkDiagnostic, i).severity]++;
  append_count (out, "diagnostics", "%u %s, %u %s, %u %s", n[HK_SEVERITY_ERROR],
                n[HK_SEVERITY_ERROR] == 1 ? "error" : "errors", n[HK_SEVERITY_WARNING],
                n[HK_SEVERITY_WARNING] == 1 ? "warning" : "warnings", n[HK_SEVERITY_NOTE],
                n[HK_SEVERITY_NOTE] == 1 ? "note" : "notes");
}

void
hk_write_summary (const HkDocument *document,
                  GString          *out)
{
  append_clipped (out, document->name, COLUMNS);
  g_string_append_c (out, '\n');
  append_form (out, document);
  append_item (out, document, "agency", "cover/agency");
  append_item (out, document, "title", "cover/title");
  append_item (out, document, "number", "cover/number");
  append_item (out, document, "published", "cover/published");
  if (document->pages > 0)
    append_count (out, "pages", "%u", document->pages);
  g_string_append_c (out, '\n');

  gsize before = out->len;
  append_contents (out, document);
  if (out->len > before)
    g_string_append_c (out, '\n');

  append_doubts (out, document);
  append_trouble (out, document);
}
