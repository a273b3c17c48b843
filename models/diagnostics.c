/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model.h"

static const struct {
  const char *code;
  HkSeverity  severity;
  const char *text;
} table[HK_N_DIAGS] = {
#define HK_DIAG(id, code, severity, text) [HK_DIAG_##id] = { code, HK_SEVERITY_##severity, text },
#include "diagnostics.def"
#undef HK_DIAG
};

const char *
hk_diag_code (HkDiagId id)
{
  return table[id].code;
}

HkSeverity
hk_diag_severity (HkDiagId id)
{
  return table[id].severity;
}

void
hk_report (HkDocument    *document,
           HkDiagId       id,
           const HkPlace *place,
           ...)
{
  HkDiagnostic     diagnostic = { .code = table[id].code, .severity = table[id].severity };
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, place);
  /* The format is no literal here, but it comes from the table above only. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  message = g_strdup_vprintf (table[id].text, args);
#pragma GCC diagnostic pop
  va_end (args);

  if (place != NULL)
    diagnostic.place = hk_document_place_shown (document, place);
  diagnostic.message = hk_arena_strdup (document->arena, message);
  g_array_append_val (document->diagnostics, diagnostic);
}

void
hk_document_add_unplaced (HkDocument    *document,
                          const HkPlace *place,
                          const char    *text)
{
  HkUnplaced unplaced = { hk_document_place_shown (document, place), hk_arena_strdup (document->arena, text) };

  g_array_append_val (document->unplaced, unplaced);
}
