/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that has lost its layout, a few lines at a time: what is read from it,
 * and that nothing of it is lost. A case says what its values are:
 *
 *   PATH = TEXT    certain; ~ inferred, ? uncertain
 *   ! CODE         a diagnostic
 *   - TEXT         unplaced
 *
 * '|' in a text begins a line, '/' a page.
 */
#include <hyokasho.h>

#include <locale.h>
#include <string.h>

#define MARK "［令和６年10月　様式３］|"
#define TASK "Ⅰ　基本情報|１．特定個人情報ファイルを取り扱う事務|"
#define FILES "Ⅱ　特定個人情報ファイルの概要|１．特定個人情報ファイル名|住民台帳ファイル|２．基本情報|"
#define CHANGES "（別添２）　変更箇所|変更日||項目||変更前の記載||変更後の記載||提出時期||提出時期に係る説明||"

typedef struct {
  const char *name;
  const char *text;
  const char *expected;
} Case;

static const Case cases[] = {
#include "test-rebuild-cases.inc"
};

/* TEXT with its lines and pages. */
static char *
lines_of (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    g_string_append_c (out, *text == '|' ? '\n' : *text == '/' ? '\f' : *text);
  return g_string_free (out, FALSE);
}

static guint64
count_ink (const char *text)
{
  guint64 n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += !g_unichar_isspace (g_utf8_get_char (text));
  return n;
}

static char *
dump (const HkDocument *document)
{
  GString            *out = g_string_new (NULL);
  guint               n_diagnostics, n_unplaced;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n_diagnostics);
  const HkUnplaced   *unplaced    = hk_document_unplaced (document, &n_unplaced);

  for (HkNode *node = hk_document_root (document); node != NULL; node = hk_node_walk (node)) {
    const HkValue   *value = hk_node_value (node);
    g_autofree char *path  = hk_node_path (node);
    if (value != NULL && !g_str_has_prefix (path, "cover/"))
      g_string_append_printf (out, "%s %c %s\n", path, "=~?"[hk_value_status (value)], hk_value_text (value));
  }
  for (guint i = 0; i < n_diagnostics; i++)
    g_string_append_printf (out, "! %s\n", diagnostics[i].code);
  for (guint i = 0; i < n_unplaced; i++)
    g_string_append_printf (out, "- %s\n", unplaced[i].text);
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError)     error    = NULL;
  g_autofree char       *text     = lines_of (one->text);
  g_autoptr (GBytes)     bytes    = g_bytes_new (text, strlen (text));
  g_autoptr (HkDocument) document = hk_read_bytes (bytes, "text", &error);

  g_assert_no_error (error);
  if (document == NULL)
    return;
  HkCounts         counts = hk_document_counts (document);
  g_autofree char *read   = dump (document);
  g_assert_cmpstr (read, ==, one->expected);
  g_assert_cmpuint (counts.values + counts.form + counts.running + counts.unplaced, ==, counts.source);
  g_assert_cmpuint (counts.source, ==, count_ink (text));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("/rebuild/%s", cases[i].name);
    g_test_add_data_func (name, &cases[i], test_case);
  }
  return g_test_run ();
}
