/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The form tables, the tree and the diagnostics: test-model SOURCE-ROOT */
#include "model.h"

#include <string.h>

static const char *source_root;

/* --- Form tables ---------------------------------------------------------------- */

static const HkForm *
form_or_skip (guint number)
{
  const HkForm *form = hk_form (number);

  if (form == NULL)
    g_test_skip ("this version has no table of the form");
  return form;
}

/* Every row is well made: depths nest, paths are unique, options are well formed. */
static void
test_form_rows (gconstpointer data)
{
  const HkForm          *form = form_or_skip (GPOINTER_TO_UINT (data));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (form == NULL)
    return;
  g_assert_cmpuint (form->rows[0].depth, ==, 0);
  for (guint i = 0; i < form->n_rows; i++) {
    const HkFormRow *row = &form->rows[i];
    const char      *cursor = NULL;
    HkOption         option;
    guint            last = 0;

    g_test_message ("row %u: %s %s", i, row->label, row->path == NULL ? "" : row->path);
    if (i > 0)
      g_assert_cmpuint (row->depth, <=, row[-1].depth + 1);
    g_assert_true ((row->shape == HK_ROW_PART) == (row->depth == 0));
    g_assert_true ((hk_form_parent (form, row) == NULL) == (row->depth == 0));
    if (row->shape == HK_ROW_ITEM) {
      g_assert_nonnull (row->path);
      g_assert_false (g_str_has_suffix (row->path, "[]"));
      /* Ⅱ.1 and Ⅲ.1 are one item; no other stands twice. */
      if (strcmp (row->path, "file[]/name") != 0)
        g_assert_true (g_hash_table_add (seen, (gpointer) row->path));
    }
    if (row->shape == HK_ROW_BLOCK || row->shape == HK_ROW_RECORD)
      g_assert_true (g_str_has_suffix (row->path, "[]"));

    g_assert_true ((row->options != NULL) == (row->kind == HK_KIND_CHOICE || row->kind == HK_KIND_CHECKS));
    while (hk_form_next_option (row, &cursor, &option)) {
      g_assert_cmpuint (option.words_len, >, 0);
      g_assert_true (option.number == last || option.number == last + 1);
      g_assert_true ((option.slug != NULL) == (row->kind == HK_KIND_CHECKS));
      for (gsize c = 0; c < option.slug_len; c++)
        g_assert_true (g_ascii_islower (option.slug[c]) || g_ascii_isdigit (option.slug[c]) || option.slug[c] == '-');
      last = option.number;
    }
    if (row->options != NULL)
      g_assert_cmpuint (last, >, 0);
  }
}

/* The table and the catalogue of the form have the same items, kinds and options. */
static void
test_form_catalogue (gconstpointer data)
{
  static const char *const kinds[] = { "text", "list", "choice", "checks", "check", "date", "count" };
  const HkForm            *form = form_or_skip (GPOINTER_TO_UINT (data));
  g_autofree char         *name = g_strdup_printf ("form%u.tsv", GPOINTER_TO_UINT (data));
  g_autofree char         *path = g_build_filename (source_root, "..", "shared", "catalogue", name, NULL);
  g_autofree char         *text = NULL;
  g_autoptr (GHashTable)   listed = g_hash_table_new (g_str_hash, g_str_equal);

  if (form == NULL)
    return;
  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip ("no ../shared/catalogue");
    return;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv)   fields = g_strsplit (lines[i], "\t", -1);
    const HkFormRow *row = hk_form_find (form, fields[0]);

    g_test_message ("%s", fields[0]);
    g_assert_nonnull (row);
    g_assert_cmpstr (kinds[row->kind], ==, fields[3]);
    g_hash_table_add (listed, (gpointer) row->path);

    /* The catalogue has the current edition's words, the table variants too. */
    const char *cursor = NULL;
    HkOption    option;
    guint       last = 0;
    g_autoptr (GString) options = g_string_new (NULL);
    while (hk_form_next_option (row, &cursor, &option)) {
      if (option.number == last)
        continue;
      last = option.number;
      if (options->len > 0)
        g_string_append_c (options, '|');
      if (option.slug != NULL)
        g_string_append_printf (options, "%.*s%s=", (int) option.slug_len, option.slug, option.has_text ? "+" : "");
      g_string_append_len (options, option.words, option.words_len);
    }
    g_assert_cmpstr (options->str, ==, fields[4] == NULL ? "" : fields[4]);
  }
  for (guint i = 0; i < form->n_rows; i++)
    if (form->rows[i].shape == HK_ROW_ITEM && hk_form_find (form, form->rows[i].path) == &form->rows[i]) {
      g_test_message ("%s", form->rows[i].path);
      g_assert_true (g_hash_table_contains (listed, form->rows[i].path));
    }
}

static void
test_form_options (void)
{
  const HkFormRow row = { .label = "担保|確保", .kind = HK_KIND_CHECKS, .options = "a=甲|b+=乙;丙|c=丁" };
  const HkFormRow choice = { .label = "", .kind = HK_KIND_CHOICE, .options = "甲;乙|丙" };
  const char     *cursor = NULL, *text;
  g_autoptr (GString) seen = g_string_new (NULL);
  HkOption        option;
  gsize           len;

  while (hk_form_next_option (&row, &cursor, &option))
    g_string_append_printf (seen, "%u%.*s%s=%.*s ", option.number, (int) option.slug_len, option.slug,
                            option.has_text ? "+" : "", (int) option.words_len, option.words);
  g_assert_cmpstr (seen->str, ==, "1a=甲 2b+=乙 2b+=丙 3c=丁 ");
  g_assert_false (hk_form_next_option (&row, &cursor, &option));

  g_string_truncate (seen, 0);
  cursor = NULL;
  while (hk_form_next_option (&choice, &cursor, &option))
    g_string_append_printf (seen, "%u%.*s ", option.number, (int) option.words_len, option.words);
  g_assert_cmpstr (seen->str, ==, "1甲 1乙 2丙 ");

  g_string_truncate (seen, 0);
  cursor = NULL;
  while (hk_form_next_label (&row, &cursor, &text, &len))
    g_string_append_printf (seen, "%.*s ", (int) len, text);
  g_assert_cmpstr (seen->str, ==, "担保 確保 ");
  cursor = NULL;
  g_assert_false (hk_form_next_label (&choice, &cursor, &text, &len));
}

static void
test_form_locate (void)
{
  static const struct {
    const char *path;
    int         kind; /* -1: nothing there */
    gboolean    item, field;
  } cases[] = {
    { "cover", HK_KIND_TEXT, FALSE, FALSE },
    { "cover/number", HK_KIND_TEXT, TRUE, TRUE },
    { "file[]", HK_KIND_TEXT, FALSE, FALSE },
    { "file[]/consigning", HK_KIND_TEXT, FALSE, FALSE },
    { "file[]/consigning/count", HK_KIND_COUNT, TRUE, TRUE },
    { "file[]/items/main", HK_KIND_CHECKS, TRUE, TRUE },
    { "file[]/items/main/basic-four", HK_KIND_CHECK, TRUE, TRUE },
    { "file[]/items/main/other/text", HK_KIND_TEXT, TRUE, TRUE },
    { "file[]/items/main/othe", -1, FALSE, FALSE },
    { "file[]/items/main/othe/text", -1, FALSE, FALSE },
    { "file[]/items/main/other/words", -1, FALSE, FALSE },
    { "file[]/risk/name", HK_KIND_TEXT, TRUE, FALSE }, /* Ⅲ.1 */
    { "file[]/risk/kind", -1, FALSE, FALSE },
    { "file[1]/name", -1, FALSE, FALSE },
    { "file", -1, FALSE, FALSE },
    { "cov", -1, FALSE, FALSE },
    { "", -1, FALSE, FALSE },
    { "text", -1, FALSE, FALSE },
    { "/text", -1, FALSE, FALSE },
  };
  const HkForm *form = hk_form (3);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    HkFormSpot spot;
    gboolean   found = hk_form_locate (form, cases[i].path, &spot);

    g_test_message ("%s", cases[i].path);
    g_assert_cmpint (found ? (int) spot.kind : -1, ==, cases[i].kind);
    if (found) {
      g_assert_true ((spot.row != NULL) == cases[i].item);
      g_assert_true (spot.field == cases[i].field);
    }
  }
}

/* --- The tree ---------------------------------------------------------------------- */

static void
set (HkDocument     *document,
     const HkBlocks *blocks,
     const char     *path,
     HkKind          kind,
     HkStatus        status)
{
  hk_node_set (document, hk_document_node (document, blocks, path), kind, status, path);
}

/* Ⅲ before Ⅱ, the second system before the first: the tree is in form order. */
static HkDocument *
make_shuffled (void)
{
  HkDocument *document = hk_document_new ("x.pdf");
  HkBlocks    blocks = { NULL };

  document->form = hk_form (3);
  blocks.file = hk_node_child (document, document->root, "file", 1, hk_form_order (document->form, "file[]"));
  set (document, &blocks, "file[]/risk/use/other", HK_KIND_TEXT, HK_STATUS_INFERRED);
  set (document, &blocks, "file[]/risk/name", HK_KIND_TEXT, HK_STATUS_CERTAIN);
  set (document, &blocks, "file[]/items/main", HK_KIND_CHECKS, HK_STATUS_CERTAIN);
  set (document, &blocks, "file[]/items/main/other/text", HK_KIND_TEXT, HK_STATUS_CERTAIN);
  set (document, &blocks, "file[]/items/main/my-number", HK_KIND_CHECK, HK_STATUS_UNCERTAIN);
  set (document, &blocks, "file[]/name", HK_KIND_TEXT, HK_STATUS_CERTAIN);
  for (guint n = 3; n > 0; n--) {
    blocks.system = hk_node_child (document, document->root, "system", n, hk_form_order (document->form, "system[]"));
    set (document, &blocks, "system[]/name", HK_KIND_TEXT, HK_STATUS_CERTAIN);
  }
  set (document, NULL, "contact/place", HK_KIND_TEXT, HK_STATUS_CERTAIN);
  set (document, NULL, "cover/number", HK_KIND_TEXT, HK_STATUS_CERTAIN);
  return document;
}

static void
test_tree_order (void)
{
  g_autoptr (HkDocument) document = make_shuffled ();
  g_autoptr (GString)    paths = g_string_new (NULL);
  HkNode                *node = hk_document_root (document);

  while ((node = hk_node_walk (node)) != NULL) {
    g_autofree char *path = hk_node_path (node);

    g_assert_true (hk_document_find (document, path) == node);
    if (hk_node_value (node) != NULL)
      g_string_append_printf (paths, "%s\n", path);
  }
  g_assert_cmpstr (paths->str, ==,
                   "cover/number\n"
                   "system[1]/name\nsystem[2]/name\nsystem[3]/name\n"
                   "file[1]/name\n"
                   "file[1]/items/main\nfile[1]/items/main/my-number\nfile[1]/items/main/other/text\n"
                   "file[1]/risk/name\nfile[1]/risk/use/other\n"
                   "contact/place\n");
}

static void
test_tree_same_node (void)
{
  g_autoptr (HkDocument) document = make_shuffled ();
  HkBlocks               blocks = { .file = hk_document_find (document, "file[1]") };

  g_assert_true (hk_document_node (document, &blocks, "file[]") == blocks.file);
  g_assert_true (hk_document_node (document, &blocks, "file[]/name") == hk_document_find (document, "file[1]/name"));
  g_assert_cmpuint (hk_node_count (document->root, "system"), ==, 3);
  g_assert_cmpuint (hk_node_count (blocks.file, "consignment"), ==, 0);
  g_assert_true (hk_node_get (document->root, "system", 2) == hk_document_find (document, "system[2]"));
  g_assert_null (hk_node_get (document->root, "system", 0));
}

static void
test_tree_find_refuses (void)
{
  static const char *const paths[] = {
    "", "/", "cover/", "nothing", "cover/nothing", "system", "system[0]", "system[4]", "system[1", "system[1]x",
    "system[]", "system[01]", "system[-1]", "system[99999999999999999999]", "system[1]/name/x", "cover//number",
  };
  g_autoptr (HkDocument) document = make_shuffled ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    const HkNode *node = hk_document_find (document, paths[i]);

    g_test_message ("%s", paths[i]);
    g_assert_true (node == NULL || (strcmp (paths[i], "cover/") == 0 && strcmp (node->name, "cover") == 0));
  }
}

/* Ten thousand changes must not take ten thousand squared steps. */
static void
test_tree_many_blocks (void)
{
  g_autoptr (HkDocument) document = hk_document_new ("x.pdf");
  guint                  order = hk_form_order (hk_form (3), "change[]");

  for (guint i = 1; i <= 10000; i++)
    hk_node_child (document, document->root, "change", i, order);
  for (guint i = 1; i <= 3; i++)
    hk_node_child (document, document->root, "change", i, order);
  g_assert_cmpuint (hk_node_count (document->root, "change"), ==, 10000);
}

static void
test_tree_no_block (void)
{
  g_autoptr (HkDocument) document = make_shuffled ();

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "no block is open for change*");
  g_assert_null (hk_document_node (document, NULL, "change[]/item"));
  g_test_assert_expected_messages ();
}

static void
test_values (void)
{
  g_autoptr (HkDocument) document = make_shuffled ();
  HkValue               *value = hk_document_find (document, "cover/number")->value;
  gint64                 min, max;
  guint                  n;

  g_assert_cmpuint (hk_document_count_values (document, HK_STATUS_CERTAIN), ==, 8);
  g_assert_cmpuint (hk_document_count_values (document, HK_STATUS_INFERRED), ==, 1);
  g_assert_cmpuint (hk_document_count_values (document, HK_STATUS_UNCERTAIN), ==, 1);

  hk_value_doubt (document, value, HK_STATUS_UNCERTAIN, "worse");
  hk_value_doubt (document, value, HK_STATUS_INFERRED, "better");
  g_assert_cmpint (hk_value_status (value), ==, HK_STATUS_UNCERTAIN);
  g_assert_cmpstr (hk_value_reason (value), ==, "worse");
  g_assert_false (hk_value_bounds (value, &min, &max));
  g_assert_cmpint (min, ==, -1);
  g_assert_null (hk_value_places (value, &n));
  for (guint page = 1; page <= 3; page++)
    hk_value_add_place (document, value, &(HkPlace){ .page = page });
  const HkPlace *places = hk_value_places (value, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (places[2].page, ==, 3);
}

/* --- Diagnostics ----------------------------------------------------------------------- */

static void
test_diagnostics (void)
{
  g_autoptr (HkDocument) document = hk_document_new ("x.pdf");
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  const HkPlace          place = { .page = 3, .begin = 4, .end = 5 };
  guint                  n;

  for (guint id = 0; id < HK_N_DIAGS; id++)
    g_assert_true (g_hash_table_add (codes, (gpointer) hk_diag_code (id)));

  hk_report (document, HK_DIAG_CHAR_RADICAL, &place, "⾮", "非");
  hk_report (document, HK_DIAG_FORM_UNKNOWN, NULL);
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (diagnostics[0].code, ==, "radical-mapped");
  g_assert_cmpint (diagnostics[0].severity, ==, HK_SEVERITY_NOTE);
  g_assert_cmpuint (diagnostics[0].place.page, ==, 3);
  g_assert_cmpstr (diagnostics[0].message, ==, "radical ⾮ stands for an ideograph: written as 非");
  g_assert_cmpint (diagnostics[1].severity, ==, HK_SEVERITY_ERROR);
  g_assert_cmpuint (diagnostics[1].place.page, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  source_root = argc > 1 ? argv[1] : ".";
  for (guint form = 2; form <= 4; form++) {
    g_autofree char *rows = g_strdup_printf ("/form/%u/rows", form);
    g_autofree char *catalogue = g_strdup_printf ("/form/%u/catalogue", form);

    g_test_add_data_func (rows, GUINT_TO_POINTER (form), test_form_rows);
    g_test_add_data_func (catalogue, GUINT_TO_POINTER (form), test_form_catalogue);
  }
  g_test_add_func ("/form/options", test_form_options);
  g_test_add_func ("/form/locate", test_form_locate);
  g_test_add_func ("/tree/order", test_tree_order);
  g_test_add_func ("/tree/same-node", test_tree_same_node);
  g_test_add_func ("/tree/find-refuses", test_tree_find_refuses);
  g_test_add_func ("/tree/many-blocks", test_tree_many_blocks);
  g_test_add_func ("/tree/no-block", test_tree_no_block);
  g_test_add_func ("/values", test_values);
  g_test_add_func ("/diagnostics", test_diagnostics);
  return g_test_run ();
}
