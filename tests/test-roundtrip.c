/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every PDF of the corpus through the library: test-roundtrip SOURCE-ROOT
 *
 *   round trip   read, written as XML, read back: every output is the same
 *   places       a value has a place, and the text of that place is the value's
 *   source       the accounts begin with every character that Poppler finds
 *
 * The last two ask Poppler itself, and not the extractor, what stands on a page.
 * All three are done once more with the text alone, as Poppler gives it; of the
 * texts of the corpus, and of the shared ones where they are, every character is
 * accounted for.
 */
#include <hyokasho.h>

#include <poppler.h>
#include <string.h>

/* Boxes are in hundredths of a point, and a glyph may stand a little over the edge. */
#define EDGE 1.0

/* A page as Poppler has it. */
typedef struct {
  double width, height;
  char  *text;
} Sheet;

typedef struct {
  char       *path;
  gboolean    as_text;  /* the document is read from the text of the sheets */
  HkDocument *document; /* NULL until it is read */
  GArray     *sheets;   /* Sheet */
} Reading;

static void
sheet_clear (gpointer sheet)
{
  g_free (((Sheet *) sheet)->text);
}

static Reading *
reading_new (const char *path,
             gboolean    as_text)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->path = g_strdup (path);
  reading->as_text = as_text;
  reading->sheets = g_array_new (FALSE, TRUE, sizeof (Sheet));
  g_array_set_clear_func (reading->sheets, sheet_clear);
  return reading;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->document, hk_document_free);
  g_array_unref (reading->sheets);
  g_free (reading->path);
  g_free (reading);
}

static void
read_sheets (Reading *reading,
             GError **error)
{
  g_autofree char *uri = g_filename_to_uri (reading->path, NULL, NULL);
  PopplerDocument *poppler = poppler_document_new_from_file (uri, NULL, error);

  if (poppler == NULL)
    return;
  for (int i = 0; i < poppler_document_get_n_pages (poppler); i++) {
    PopplerPage *page = poppler_document_get_page (poppler, i);
    Sheet sheet;

    poppler_page_get_size (page, &sheet.width, &sheet.height);
    sheet.text = poppler_page_get_text (page);
    g_array_append_val (reading->sheets, sheet);
    g_object_unref (page);
  }
  g_object_unref (poppler);
}

/* The sheets as a text file. */
static GBytes *
text_of (const Reading *reading)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reading->sheets->len; i++)
    g_string_append_printf (text, "%s\n\f", g_array_index (reading->sheets, Sheet, i).text);
  return g_string_free_to_bytes (text);
}

/* Reads the document the first time. FALSE: it cannot be read, and the test has failed. */
static gboolean
read_once (Reading *reading)
{
  g_autoptr (GError) error = NULL;

  if (reading->document != NULL)
    return TRUE;
  read_sheets (reading, &error);
  if (error == NULL && !reading->as_text)
    reading->document = hk_read_file (reading->path, &error);
  if (error == NULL && reading->as_text) {
    g_autoptr (GBytes) bytes = text_of (reading);
    reading->document = hk_read_bytes (bytes, "text", &error);
  }
  g_assert_no_error (error);
  return reading->document != NULL;
}

/* --- Round trip ------------------------------------------------------------------- */

static char *
write_text (const HkDocument *document,
            HkFormat          format)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream (&text, &size);

  hk_document_write (document, format, file, &error);
  g_assert_no_error (error);
  fclose (file);
  char *copy = g_strndup (text, size);
  free (text);
  return copy;
}

static void
test_round_trip (gconstpointer data)
{
  static const HkFormat formats[] = { HK_FORMAT_XML, HK_FORMAT_JSON, HK_FORMAT_TSV, HK_FORMAT_SUMMARY };
  Reading *reading = (Reading *) data;

  if (!read_once (reading))
    return;
  g_autofree char *xml = write_text (reading->document, HK_FORMAT_XML);
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  g_autoptr (HkDocument) back = hk_read_xml (bytes, "back.xml", &error);
  g_assert_no_error (error);

  for (gsize i = 0; back != NULL && i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *before = write_text (reading->document, formats[i]);
    g_autofree char *after = write_text (back, formats[i]);

    g_assert_cmpstr (after, ==, before);
  }
}

/* --- Places ------------------------------------------------------------------------ */

/* The characters of TEXT but white space, in one form where Unicode has several. */
static char *
squeezed (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *out = g_string_new (NULL);

  g_assert_nonnull (normal);
  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* Whether AMONG has each character of TEXT, as often. */
static gboolean
has_characters (const char *among,
                const char *text)
{
  g_autoptr (GHashTable) left = g_hash_table_new (NULL, NULL);

  for (const char *p = among; *p != '\0'; p = g_utf8_next_char (p)) {
    gpointer key = GUINT_TO_POINTER (g_utf8_get_char (p));

    g_hash_table_insert (left, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (left, key)) + 1));
  }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gpointer key = GUINT_TO_POINTER (g_utf8_get_char (p));
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (left, key));

    if (n == 0)
      return FALSE;
    g_hash_table_insert (left, key, GUINT_TO_POINTER (n - 1));
  }
  return TRUE;
}

/* Where line LINE, column COLUMN of LINES is; NULL: nowhere. */
static const char *
find_column (char *const *lines,
             guint        line,
             guint        column)
{
  if (line == 0 || column == 0 || line > g_strv_length ((char **) lines) ||
      column > (gulong) g_utf8_strlen (lines[line - 1], -1))
    return NULL;
  return g_utf8_offset_to_pointer (lines[line - 1], column - 1);
}

/* What is wrong with PLACE in a text of LINES, or NULL; its text is appended to TEXT. */
static const char *
look_at_lines (const Reading *reading,
               char *const   *lines,
               const HkPlace *place,
               GString       *text)
{
  const HkBox *box   = &place->box;
  const char  *begin = find_column (lines, place->line, place->column);
  const char  *last  = find_column (lines, place->last_line, place->last_column);

  if (place->page == 0 || place->page > reading->sheets->len)
    return "no such page";
  if (begin == NULL || last == NULL)
    return "no such line and column";
  if (box->x0 != 0 || box->y0 != 0 || box->x1 != 0 || box->y1 != 0 || place->begin != 0 || place->end != 0)
    return "a box in a text";
  if (place->line > place->last_line || (place->line == place->last_line && place->column > place->last_column))
    return "it ends before it begins";
  for (guint line = place->line; line <= place->last_line; line++) {
    const char *from = line == place->line ? begin : lines[line - 1];
    const char *to   = line == place->last_line ? g_utf8_next_char (last) : lines[line - 1] + strlen (lines[line - 1]);

    g_string_append_len (text, from, to - from);
  }
  return NULL;
}

/* What is wrong with PLACE, or NULL; its text is appended to TEXT. */
static const char *
look_at_place (const Reading *reading,
               const HkPlace *place,
               GString       *text)
{
  const HkBox *box = &place->box;

  if (place->page == 0 || place->page > reading->sheets->len)
    return "no such page";
  const Sheet *sheet = &g_array_index (reading->sheets, Sheet, place->page - 1);
  if (box->x0 >= box->x1 || box->y0 >= box->y1)
    return "the box is empty";
  if (box->x0 < -EDGE || box->y0 < -EDGE || box->x1 > sheet->width + EDGE || box->y1 > sheet->height + EDGE)
    return "the box is not on the page";
  if (place->begin >= place->end || place->end > (guint64) g_utf8_strlen (sheet->text, -1))
    return "the span is not in the page's text";

  const char *begin = g_utf8_offset_to_pointer (sheet->text, place->begin);
  g_string_append_len (text, begin, g_utf8_offset_to_pointer (begin, place->end - place->begin) - begin);
  return NULL;
}

/* What is wrong with the places of VALUE, or NULL. */
static const char *
look_at_value (const Reading *reading,
               char *const   *lines,
               const HkValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const HkPlace *places = hk_value_places (value, &n);

  if (n == 0)
    return "no place";
  for (guint i = 0; i < n; i++) {
    const char *wrong = reading->as_text ? look_at_lines (reading, lines, &places[i], text)
                                         : look_at_place (reading, &places[i], text);

    if (wrong != NULL)
      return wrong;
    if (i > 0 && places[i].page < places[i - 1].page && !reading->as_text)
      return "the places are not in the order of the pages";
  }
  if (hk_value_kind (value) == HK_KIND_CHECK)
    return NULL; /* 1 or 0, whatever the mark is */
  g_autofree char *there = squeezed (text->str);
  g_autofree char *read  = squeezed (hk_value_text (value));
  return has_characters (there, read) ? NULL : "the text of the place has not the characters of the value";
}

static void
test_places (gconstpointer data)
{
  Reading *reading = (Reading *) data;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) wrongs = g_hash_table_new (g_str_hash, g_str_equal);

  if (!read_once (reading))
    return;
  g_autoptr (GBytes) bytes = text_of (reading);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (HkNode *node = hk_node_walk (hk_document_root (reading->document)); node != NULL; node = hk_node_walk (node)) {
    const HkValue *value = hk_node_value (node);
    const char *wrong = value == NULL || hk_value_kind (value) == HK_KIND_CHECKS ? NULL : look_at_value (reading, lines, value);

    if (wrong == NULL)
      continue;
    g_autofree char *path = hk_node_path (node);
    if (!g_hash_table_contains (wrongs, wrong))
      g_test_message ("%s: %s (the first such)", path, wrong);
    g_hash_table_insert (wrongs, (char *) wrong, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (wrongs, wrong)) + 1));
    g_test_fail ();
  }

  GHashTableIter iter;
  gpointer wrong, n;
  g_hash_table_iter_init (&iter, wrongs);
  while (g_hash_table_iter_next (&iter, &wrong, &n))
    g_test_message ("%u values: %s", GPOINTER_TO_UINT (n), (char *) wrong);
}

/* --- Source ------------------------------------------------------------------------- */

static void
test_source (gconstpointer data)
{
  Reading *reading = (Reading *) data;
  guint64 n = 0;

  if (!read_once (reading))
    return;
  g_assert_cmpuint (hk_document_pages (reading->document), ==, reading->sheets->len);
  for (guint i = 0; i < reading->sheets->len; i++)
    for (const char *p = g_array_index (reading->sheets, Sheet, i).text; *p != '\0'; p = g_utf8_next_char (p))
      n += !g_unichar_isspace (g_utf8_get_char (p));
  g_assert_cmpuint (hk_document_counts (reading->document).source, ==, n);
}

/* --- Texts ---------------------------------------------------------------------------- */

/* Characters that readers drop: nobody sees them, and nothing rests on them. */
static gboolean
is_dropped (gunichar ch)
{
  return g_unichar_isspace (ch) || ch == 0xFEFF || ch == 0x200B || ch == 0x2060;
}

/* Every character of a text ends somewhere, whatever the text is. */
static void
test_text_conserved (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  guint64 n = 0;
  gsize   size;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (HkDocument) document = hk_read_bytes (bytes, "text", &error);
  g_assert_no_error (error);
  if (document == NULL)
    return;
  HkCounts counts = hk_document_counts (document);
  g_assert_cmpuint (counts.values + counts.form + counts.running + counts.unplaced, ==, counts.source);
  if (!g_utf8_validate (data, (gssize) size, NULL))
    return; /* how many characters another encoding has is not known here */
  for (const char *p = data; p < data + size; p = g_utf8_next_char (p))
    n += !is_dropped (g_utf8_get_char (p));
  g_assert_cmpuint (counts.source, ==, n);
}

/* Adds a test for each text in the folder FOLDER of ROOT, if there is one. */
static void
add_texts (const char *root,
           const char *folder)
{
  g_autofree char *path = g_build_filename (root, folder, NULL);
  g_autoptr (GDir) dir  = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *test = g_strdup_printf ("/texts/%s/%s", folder + strspn (folder, "./"), name);
    if (g_str_has_suffix (name, ".txt"))
      g_test_add_data_func_full (test, g_build_filename (path, name, NULL), test_text_conserved, g_free);
  }
}

/* --- All ------------------------------------------------------------------------------ */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
list_corpus (const char *root)
{
  g_autofree char *folder = g_build_filename (root, "corpus", "pdf", NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".pdf"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return names;
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char   *name;
    GTestDataFunc test;
  } tests[] = { { "round-trip", test_round_trip }, { "places", test_places }, { "source", test_source } };

  static const char *const folders[] = { "corpus/text", "corpus/text/damaged", "../shared/documents/text", "../shared/documents/text/from-pdf" };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (argc, ==, 2);
  g_autoptr (GPtrArray) paths = list_corpus (argv[1]);
  g_autoptr (GPtrArray) readings = g_ptr_array_new_with_free_func (reading_free);

  for (guint i = 0; i < 2 * paths->len; i++) {
    const char *path = paths->pdata[i / 2];
    gboolean as_text = i % 2 == 1;
    Reading *reading = reading_new (path, as_text);
    g_autofree char *name = g_path_get_basename (path);

    *strrchr (name, '.') = '\0';
    g_ptr_array_add (readings, reading);
    for (gsize j = 0; j < G_N_ELEMENTS (tests); j++) {
      g_autofree char *test = g_strdup_printf ("/%s/%s%s", name, as_text ? "text/" : "", tests[j].name);

      g_test_add_data_func (test, reading, tests[j].test);
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    add_texts (argv[1], folders[i]);
  return g_test_run ();
}
