/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The writers and the XML reader: test-model-write SOURCE-ROOT SCHEMA */
#include "model.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

static const char *source_root, *schema_file;

/* --- The sample ------------------------------------------------------------------- */

static HkValue *
set (HkDocument     *document,
     const HkBlocks *blocks,
     const char     *path,
     HkKind          kind,
     HkStatus        status,
     const char     *text,
     const char     *label)
{
  HkValue *value = hk_node_set (document, hk_document_node (document, blocks, path), kind, status, text);

  value->label = hk_arena_strdup (document->arena, label);
  return value;
}

static HkNode *
block (HkDocument *document,
       HkNode     *parent,
       const char *path,
       const char *name,
       guint       number)
{
  return hk_node_child (document, parent, name, number, hk_form_order (document->form, path));
}

/* A small document with a value of every kind. */
static HkDocument *
make_sample (void)
{
  HkDocument *document = hk_document_new ("x.pdf");
  HkNode     *root = document->root;
  HkBlocks    blocks = { NULL };
  HkValue    *value;

  document->form = hk_form (3);
  document->edition = "令和６年10月";
  document->recognised_by = "the mark ［令和６年10月　様式３］";
  document->pages = 23;
  document->counts = (HkCounts){ 100, 70, 20, 6, 4 };

  value = set (document, NULL, "cover/number", HK_KIND_TEXT, HK_STATUS_CERTAIN, "40", "評価書番号");
  hk_value_add_place (document, value, &(HkPlace){ .page = 1, .box = { 56.64, 100, 80.125, 112.5 }, .begin = 12, .end = 14 });
  value = set (document, NULL, "cover/published", HK_KIND_DATE, HK_STATUS_INFERRED, "令和７年４月１日", NULL);
  value->iso_date = "2025-04-01";
  value->reason = "a type that only this item has";
  value = set (document, NULL, "task/scale", HK_KIND_CHOICE, HK_STATUS_CERTAIN, "1,000人以上1万人未満", "③対象人数");
  value->option = 2;
  value->has_bounds = TRUE;
  value->min = 1000;
  value->max = 9999;

  blocks.system = block (document, root, "system[]", "system", 1);
  set (document, &blocks, "system[]/name", HK_KIND_TEXT, HK_STATUS_CERTAIN, "宛名システム", "①システムの名称");
  set (document, &blocks, "system[]/functions", HK_KIND_TEXT, HK_STATUS_CERTAIN, "１．登録\n　　２．\t“照会” & <削除>\\\r\n", NULL);
  set (document, &blocks, "system[]/connections", HK_KIND_CHECKS, HK_STATUS_CERTAIN, "", "③他のシステムとの接続");
  set (document, &blocks, "system[]/connections/info-network", HK_KIND_CHECK, HK_STATUS_CERTAIN, "0", NULL);
  set (document, &blocks, "system[]/connections/other", HK_KIND_CHECK, HK_STATUS_CERTAIN, "1", NULL);
  set (document, &blocks, "system[]/connections/other/text", HK_KIND_TEXT, HK_STATUS_CERTAIN, "中間サーバー", NULL);

  blocks.file = block (document, root, "file[]", "file", 1);
  set (document, &blocks, "file[]/name", HK_KIND_TEXT, HK_STATUS_CERTAIN, "児童手当ファイル", NULL);
  value = set (document, &blocks, "file[]/consigning/count", HK_KIND_COUNT, HK_STATUS_UNCERTAIN, "６０", "件");
  value->has_bounds = TRUE;
  value->min = value->max = 60;
  value->reason = "its bracket is not closed";
  hk_value_add_place (document, value, &(HkPlace){ .page = 4, .begin = 7, .end = 9 });
  blocks.consignment = block (document, blocks.file, "file[]/consignment[]", "consignment", 1);
  blocks.consignment->title = "委託事項１";
  value = set (document, &blocks, "file[]/consignment[]/content", HK_KIND_TEXT, HK_STATUS_CERTAIN, "保守", NULL);
  hk_value_add_place (document, value, &(HkPlace){ .page = 5, .box = { 10, 20, 30, 40 }, .begin = 1, .end = 2 });
  hk_value_add_place (document, value, &(HkPlace){ .page = 6, .box = { 10, 20, 30, 41 }, .begin = 0, .end = 1 });
  hk_value_add_place (document, value, &(HkPlace){ .page = 7, .begin = 3, .end = 4 });
  set (document, &blocks, "file[]/risk/name", HK_KIND_TEXT, HK_STATUS_CERTAIN, "児童手当", NULL);
  hk_document_node (document, &blocks, "file[]/risk/use/unauthorized")->title = "権限のない者によって不正に使用されるリスク";
  value = set (document, &blocks, "file[]/risk/use/unauthorized/sufficiency", HK_KIND_CHOICE, HK_STATUS_CERTAIN, "十分である", NULL);
  value->option = 2;

  blocks.change = block (document, root, "change[]", "change", 1);
  set (document, &blocks, "change[]/item", HK_KIND_TEXT, HK_STATUS_CERTAIN, "", NULL);

  hk_document_add_unplaced (document, &(HkPlace){ .page = 2, .box = { 1, 2, 3, 4 }, .begin = 5, .end = 9 }, "謎の文字");
  hk_report (document, HK_DIAG_TEXT_UNPLACED, &(HkPlace){ .page = 2, .box = { 1, 2, 3, 4 }, .begin = 5, .end = 9 });
  hk_report (document, HK_DIAG_FORM_INFERRED, NULL, "様式３", "its “title”");
  return document;
}

static const char sample_xml[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  "<assessment xmlns=\"urn:hyokasho:assessment:1\" version=\"" HK_VERSION "\" form=\"3\" edition=\"令和６年10月\" recognised-by=\"the mark ［令和６年10月　様式３］\">\n"
  "  <source name=\"x.pdf\" pages=\"23\"/>\n"
  "  <cover>\n"
  "    <number page=\"1\" box=\"56.64 100.00 80.12 112.50\" span=\"12-14\" status=\"certain\" label=\"評価書番号\">40</number>\n"
  "    <published status=\"inferred\" iso=\"2025-04-01\" reason=\"a type that only this item has\">令和７年４月１日</published>\n"
  "  </cover>\n"
  "  <task>\n"
  "    <scale status=\"certain\" option=\"2\" min=\"1000\" max=\"9999\" label=\"③対象人数\">1,000人以上1万人未満</scale>\n"
  "  </task>\n"
  "  <system number=\"1\">\n"
  "    <name status=\"certain\" label=\"①システムの名称\">宛名システム</name>\n"
  "    <functions status=\"certain\">１．登録\n　　２．\t“照会” &amp; &lt;削除&gt;\\&#13;\n</functions>\n"
  "    <connections status=\"certain\" label=\"③他のシステムとの接続\">\n"
  "      <option name=\"info-network\" status=\"certain\">0</option>\n"
  "      <option name=\"other\" status=\"certain\">1</option>\n"
  "      <text option=\"other\" status=\"certain\">中間サーバー</text>\n"
  "    </connections>\n"
  "  </system>\n"
  "  <file number=\"1\">\n"
  "    <name status=\"certain\">児童手当ファイル</name>\n"
  "    <consigning>\n"
  "      <count page=\"4\" span=\"7-9\" status=\"uncertain\" value=\"60\" label=\"件\" reason=\"its bracket is not closed\">６０</count>\n"
  "    </consigning>\n"
  "    <consignment number=\"1\" title=\"委託事項１\">\n"
  "      <content page=\"5\" box=\"10.00 20.00 30.00 40.00\" span=\"1-2\" more-places=\"6:10.00 20.00 30.00 41.00:0-1; 7::3-4\" status=\"certain\">保守</content>\n"
  "    </consignment>\n"
  "    <risk>\n"
  "      <name status=\"certain\">児童手当</name>\n"
  "      <use>\n"
  "        <unauthorized title=\"権限のない者によって不正に使用されるリスク\">\n"
  "          <sufficiency status=\"certain\" option=\"2\">十分である</sufficiency>\n"
  "        </unauthorized>\n"
  "      </use>\n"
  "    </risk>\n"
  "  </file>\n"
  "  <change number=\"1\">\n"
  "    <item status=\"certain\"/>\n"
  "  </change>\n"
  "  <report>\n"
  "    <characters source=\"100\" values=\"70\" form=\"20\" running=\"6\" unplaced=\"4\"/>\n"
  "    <unplaced page=\"2\" box=\"1.00 2.00 3.00 4.00\" span=\"5-9\">謎の文字</unplaced>\n"
  "    <diagnostic code=\"text-unplaced\" severity=\"warning\" page=\"2\" box=\"1.00 2.00 3.00 4.00\" span=\"5-9\">text without a place in the form: kept as unplaced</diagnostic>\n"
  "    <diagnostic code=\"form-inferred\" severity=\"note\">no ［…　様式…］ mark: taken as 様式３ because of its “title”</diagnostic>\n"
  "  </report>\n"
  "</assessment>\n";

static const char sample_table[] =
  "path\tlabel\tvalue\tstatus\tpage\tbbox\n"
  "cover/number\t評価書番号\t40\tcertain\t1\t56.64 100.00 80.12 112.50\n"
  "cover/published\t\t令和７年４月１日\tinferred\t\t\n"
  "task/scale\t③対象人数\t1,000人以上1万人未満\tcertain\t\t\n"
  "system[1]/name\t①システムの名称\t宛名システム\tcertain\t\t\n"
  "system[1]/functions\t\t１．登録\\n　　２．\\t“照会” & <削除>\\\\\\n\tcertain\t\t\n"
  "system[1]/connections/info-network\t\t0\tcertain\t\t\n"
  "system[1]/connections/other\t\t1\tcertain\t\t\n"
  "system[1]/connections/other/text\t\t中間サーバー\tcertain\t\t\n"
  "file[1]/name\t\t児童手当ファイル\tcertain\t\t\n"
  "file[1]/consigning/count\t件\t６０\tuncertain\t4\t\n"
  "file[1]/consignment[1]/content\t\t保守\tcertain\t5\t10.00 20.00 30.00 40.00\n"
  "file[1]/risk/use/unauthorized/sufficiency\t\t十分である\tcertain\t\t\n"
  "change[1]/item\t\t\tcertain\t\t\n";

static const char sample_summary[] =
  "x.pdf\n"
  "form         様式３ 重点項目評価書, 令和６年10月\n"
  "             the mark ［令和６年10月 様式３］\n"
  "number       40\n"
  "published    令和７年４月１日 (2025-04-01)\n"
  "pages        23\n"
  "\n"
  "files        1\n"
  "             1. 児童手当ファイル\n"
  "                consignments 1, provisions 0, transfers 0\n"
  "systems      1\n"
  "changes      1\n"
  "risks        1 judged\n"
  "\n"
  "values       14: 12 certain, 1 inferred, 1 to be reviewed\n"
  "             ? file[1]/consigning/count (page 4): ６０\n"
  "characters   100: 70 in values, 20 of the form, 6 running,\n"
  "             4 without a place in the form\n"
  "diagnostics  0 errors, 1 warning, 1 note\n";

/* --- Helpers ------------------------------------------------------------------------- */

static char *
write_text (const HkDocument *document,
            HkFormat          format)
{
  g_autoptr (GError) error = NULL;
  char              *text = NULL;
  size_t             size;
  FILE              *file = open_memstream (&text, &size);

  hk_document_write (document, format, file, &error);
  g_assert_no_error (error);
  fclose (file);
  char *copy = g_strndup (text, size);
  free (text);
  return copy;
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static HkDocument *
read_text (const char *xml)
{
  g_autoptr (GBytes) bytes = bytes_of (xml);
  g_autoptr (GError) error = NULL;
  HkDocument        *document = hk_read_xml (bytes, "x.xml", &error);

  g_assert_no_error (error);
  return document;
}

/* SAMPLE with the first FROM as TO; FROM must be there. */
static char *
replaced (const char *sample,
          const char *from,
          const char *to)
{
  const char *at = strstr (sample, from);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - sample), sample, to, at + strlen (from));
}

/* --- Formats, exactly --------------------------------------------------------------------- */

static void
test_exact (gconstpointer data)
{
  static const char *const expected[] = {
    [HK_FORMAT_XML] = sample_xml,
    [HK_FORMAT_TSV] = sample_table,
    [HK_FORMAT_SUMMARY] = sample_summary,
  };
  g_autoptr (HkDocument) document = make_sample ();
  HkFormat               format = GPOINTER_TO_UINT (data);
  g_autofree char       *text = write_text (document, format);

  g_assert_cmpstr (text, ==, expected[format]);
}

static void
test_locale (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL) {
    g_test_skip ("no locale with a decimal comma");
    return;
  }
  test_exact (GUINT_TO_POINTER (HK_FORMAT_XML));
  test_exact (GUINT_TO_POINTER (HK_FORMAT_TSV));
  setlocale (LC_ALL, before);
}

static void
test_json (void)
{
  g_autoptr (HkDocument) document = make_sample ();
  g_autofree char       *text = write_text (document, HK_FORMAT_JSON);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "{\n  \"hyokasho\": \"" HK_VERSION "\",\n  \"form\": 3,\n"));
  g_assert_nonnull (strstr (text, "      \"box\": [56.64, 100.00, 80.12, 112.50],\n"));

  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonObject *number = json_object_get_object_member (json_object_get_object_member (root, "cover"), "number");
  g_assert_cmpstr (json_object_get_string_member (number, "value"), ==, "40");
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (number, "span"), 1), ==, 14);

  JsonArray  *systems = json_object_get_array_member (root, "system");
  JsonObject *system = json_array_get_object_element (systems, 0);
  g_assert_cmpuint (json_array_get_length (systems), ==, 1);
  g_assert_cmpint (json_object_get_int_member (system, "number"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (system, "functions"), "value"), ==,
                   "１．登録\n　　２．\t“照会” & <削除>\\\r\n");
  JsonObject *options = json_object_get_object_member (json_object_get_object_member (system, "connections"), "options");
  JsonObject *other = json_object_get_object_member (options, "other");
  g_assert_cmpstr (json_object_get_string_member (other, "value"), ==, "1");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (other, "text"), "value"), ==, "中間サーバー");

  JsonObject *file = json_array_get_object_element (json_object_get_array_member (root, "file"), 0);
  JsonObject *consignment = json_array_get_object_element (json_object_get_array_member (file, "consignment"), 0);
  g_assert_cmpstr (json_object_get_string_member (consignment, "heading"), ==, "委託事項１");
  JsonObject *report = json_object_get_object_member (root, "report");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "diagnostics")), ==, 2);
}

/* A document that is not recognised is written, and read back, all the same. */
static void
test_unrecognised (void)
{
  g_autoptr (HkDocument) document = hk_document_new ("letter.pdf");

  hk_document_add_unplaced (document, &(HkPlace){ .page = 1, .begin = 0, .end = 2 }, "拝啓");
  hk_report (document, HK_DIAG_FORM_UNKNOWN, NULL);
  for (HkFormat format = HK_FORMAT_XML; format <= HK_FORMAT_SUMMARY; format++)
    g_free (write_text (document, format));

  g_autofree char       *xml = write_text (document, HK_FORMAT_XML);
  g_autoptr (HkDocument) again = read_text (xml);
  g_autofree char       *xml_again = write_text (again, HK_FORMAT_XML);
  g_assert_cmpuint (hk_document_form (again), ==, 0);
  g_assert_null (hk_document_edition (again));
  g_assert_cmpstr (xml_again, ==, xml);
}

static void
test_summary_fits (void)
{
  g_autoptr (HkDocument) document = make_sample ();
  g_autoptr (GString)    name = g_string_new ("a\x1b[31m\n");

  for (guint i = 0; i < 200; i++)
    g_string_append (name, i % 3 == 0 ? "評価" : "x ");
  document->name = name->str;
  hk_document_find (document, "file[1]/name")->value->text = name->str;

  g_autofree char *text = write_text (document, HK_FORMAT_SUMMARY);
  g_auto (GStrv)   lines = g_strsplit (text, "\n", -1);
  g_assert_null (strchr (text, '\x1b'));
  for (guint i = 0; lines[i] != NULL; i++) {
    guint columns = 0;

    for (const char *c = lines[i]; *c != '\0'; c = g_utf8_next_char (c))
      columns += g_unichar_iswide_cjk (g_utf8_get_char (c)) ? 2 : 1;
    g_test_message ("%s", lines[i]);
    g_assert_cmpuint (columns, <=, 80);
  }
}

/* --- Round trip ------------------------------------------------------------------------------ */

static void
test_round_trip (void)
{
  g_autoptr (HkDocument) document = make_sample ();
  g_autoptr (HkDocument) again = read_text (sample_xml);

  for (HkFormat format = HK_FORMAT_XML; format <= HK_FORMAT_SUMMARY; format++) {
    g_autofree char *text = write_text (document, format);
    g_autofree char *text_again = write_text (again, format);

    g_assert_cmpstr (text_again, ==, text);
  }
}

/* What a text file says stands on lines, with or without pages. */
static void
test_round_trip_lines (void)
{
  static const char *const there[] = {
    [HK_FORMAT_XML] = "<number page=\"2\" span=\"120:5-122:18\" more-places=\"3::130:1-130:1; 0::140:2-141:4294967295\" status=",
    [HK_FORMAT_JSON] = "\"page\": 2,\n      \"span\": [[120, 5], [122, 18]],\n",
    [HK_FORMAT_TSV] = "cover/number\t評価書番号\t40\tuncertain\t2\t\n",
    [HK_FORMAT_SUMMARY] = "? cover/number (line 120): 40\n",
  };
  g_autoptr (HkDocument) document = make_sample ();
  HkValue *value = hk_document_find (document, "cover/number")->value;

  value->n_places = 0;
  value->status = HK_STATUS_UNCERTAIN;
  hk_value_add_place (document, value, &(HkPlace){ .page = 2, .line = 120, .column = 5, .last_line = 122, .last_column = 18 });
  hk_value_add_place (document, value, &(HkPlace){ .page = 3, .line = 130, .column = 1, .last_line = 130, .last_column = 1 });
  hk_value_add_place (document, value, &(HkPlace){ .line = 140, .column = 2, .last_line = 141, .last_column = G_MAXUINT });
  hk_report (document, HK_DIAG_TEXT_UNDECODED, &(HkPlace){ .line = 7, .column = 1, .last_line = 7, .last_column = 1 }, "UTF-8", "2");
  document->unpaged = TRUE;
  hk_document_add_unplaced (document, &(HkPlace){ .page = 1, .line = 9, .column = 1, .last_line = 9, .last_column = 8 }, "謎");

  g_autofree char       *xml = write_text (document, HK_FORMAT_XML);
  g_autoptr (HkDocument) again = read_text (xml);
  for (HkFormat format = HK_FORMAT_XML; format <= HK_FORMAT_SUMMARY; format++) {
    g_autofree char *text = write_text (document, format);
    g_autofree char *text_again = write_text (again, format);

    g_assert_nonnull (strstr (text, there[format]));
    g_assert_cmpstr (text_again, ==, text);
  }
  g_assert_nonnull (strstr (xml, "<diagnostic code=\"text-undecoded\" severity=\"warning\" span=\"7:1-7:1\">"));
  g_assert_nonnull (strstr (xml, "<unplaced span=\"9:1-9:8\">"));
}

/* Texts that a careless writer or reader would change. */
static void
test_round_trip_texts (void)
{
  static const struct {
    const char *text, *back; /* NULL: the same */
  } cases[] = {
    { "  leading and trailing  ", NULL },
    { "\n\n", NULL },
    { " ", NULL },
    { "　字下げ", NULL },
    { "a\r\nb\rc\nd\te", NULL },
    { "\"'&<>]]>&amp;&#10;<!-- -->", NULL },
    { "𠮷\xc2\x85\xe2\x80\xa8\xee\x80\x80", NULL },
    { "a\x01\x1b\x7f" "b", "a\uFFFD\uFFFD\x7f" "b" },
    { "\xef\xbf\xbe\xef\xbf\xbf", "\uFFFD\uFFFD" },
    { "a\xff\xe3\x81", "a\uFFFD\uFFFD\uFFFD" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HkDocument) document = make_sample ();
    HkNode                *node = hk_document_find (document, "cover/number");
    const char            *back = cases[i].back == NULL ? cases[i].text : cases[i].back;

    node->value->text = node->value->label = node->value->reason = cases[i].text;
    node->parent->title = document->name = cases[i].text;
    g_autofree char       *xml = write_text (document, HK_FORMAT_XML);
    g_autoptr (HkDocument) again = read_text (xml);
    g_autofree char       *xml_again = write_text (again, HK_FORMAT_XML);

    node = hk_document_find (again, "cover/number");
    g_assert_cmpstr (node->value->text, ==, back);
    g_assert_cmpstr (node->value->label, ==, back);
    g_assert_cmpstr (node->value->reason, ==, back);
    g_assert_cmpstr (node->parent->title, ==, back);
    g_assert_cmpstr (hk_document_name (again), ==, back);
    g_assert_cmpstr (xml_again, ==, xml);
  }
}

static void
test_round_trip_numbers (void)
{
  static const HkBox boxes[] = {
    { -0.001, 0, 0, 0 }, { -0.004, 0.006, 1e300, -1e300 }, { 0.0 / 0.0, 1, 2, 3 }, { 0.005, 0.015, 0.025, 99999.995 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autoptr (HkDocument) document = make_sample ();
    HkValue               *value = hk_document_find (document, "cover/number")->value;

    value->places[0].box = boxes[i];
    value->places[0].end = G_MAXUINT;
    value->has_bounds = TRUE;
    value->min = G_MININT64;
    value->max = G_MAXINT64;
    hk_value_add_place (document, value, &value->places[0]);
    document->counts.source = G_MAXINT64;
    g_autofree char       *xml = write_text (document, HK_FORMAT_XML);
    g_autoptr (HkDocument) again = read_text (xml);
    g_autofree char       *xml_again = write_text (again, HK_FORMAT_XML);

    g_assert_cmpstr (xml_again, ==, xml);
  }
}

/* A value larger than libxml2's own limit on one text. */
static void
test_round_trip_large (void)
{
  g_autoptr (HkDocument) document = make_sample ();
  g_autofree char       *large = g_strnfill (12 * 1000 * 1000, 'x');

  hk_document_find (document, "cover/number")->value->text = large;
  g_autofree char       *xml = write_text (document, HK_FORMAT_XML);
  g_autoptr (HkDocument) again = read_text (xml);
  g_assert_true (strcmp (hk_document_find (again, "cover/number")->value->text, large) == 0);
}

/* Very many of everything that a document can repeat: the time must grow with
   their number, not its square (that would take minutes). */
static void
test_round_trip_many (void)
{
  const guint            many = 20000;
  g_autoptr (HkDocument) document = hk_document_new ("x.pdf");
  HkBlocks               blocks = { NULL };

  document->form = hk_form (3);
  HkValue *value = set (document, NULL, "cover/number", HK_KIND_TEXT, HK_STATUS_CERTAIN, "40", NULL);
  for (guint i = 1; i <= many; i++) {
    blocks.change = block (document, document->root, "change[]", "change", i);
    set (document, &blocks, "change[]/item", HK_KIND_TEXT, HK_STATUS_CERTAIN, "x", NULL);
    hk_value_add_place (document, value, &(HkPlace){ .page = i });
    hk_document_add_unplaced (document, &(HkPlace){ .page = i }, "x");
  }
  g_autofree char       *xml = write_text (document, HK_FORMAT_XML);
  g_autoptr (HkDocument) again = read_text (xml);
  g_autofree char       *xml_again = write_text (again, HK_FORMAT_XML);
  g_assert_true (strcmp (xml_again, xml) == 0);
}

/* --- Refusals ----------------------------------------------------------------------------------- */

static void
test_refusals (void)
{
  static const struct {
    const char *from, *to; /* applied to the sample */
    const char *where;     /* how the message begins */
  } cases[] = {
    { "</cover>", "</caver>", "x.xml:7:" },
    { "<cover>", "<cover>&entity;", "x.xml:4:" },
    { "\xe8\xa9\x95", "\xff", "x.xml:" },
    { "<assessment ", "<!DOCTYPE a [<!ENTITY b \"c\">]>\n<assessment ", "x.xml:2: a document type" },
    { "urn:hyokasho:assessment:1", "urn:else", "x.xml:2:" },
    { "form=\"3\"", "form=\"9\"", "x.xml:2: Invalid attribute form" },
    { "form=\"3\" ", "", "x.xml:4: Did not expect element cover" },
    { "<cover>", "<cover surprise=\"1\">", "x.xml:4:" },
    { "<published", "<surprise/><published", "x.xml:6:" },
    { "  <task>", "  words<task>", "x.xml:" },
    { "status=\"certain\" option", "status=\"sure\" option", "x.xml:9:" },
    { "box=\"56.64 ", "box=\"", "x.xml:5:" },
    { "span=\"12-14\"", "span=\"12\"", "x.xml:5:" },
    { "page=\"1\"", "page=\"0\"", "x.xml:5:" },
    { "option=\"2\"", "option=\"two\"", "x.xml:9:" },
    { "iso=\"2025-04-01\"", "iso=\"2025-4-1\"", "x.xml:6:" },
    { "name=\"info-network\"", "name=\"internet\"", "x.xml:17:" },
    { "certain\">0</option>", "certain\">x</option>", "x.xml:17:" },
    { "name=\"info-network\"", "name=\"other\"", NULL /* twice: the schema cannot tell, the reader can */ },
    { "<system number=\"1\">", "<system>", "x.xml:11:" },
    { "<change number=\"1\">", "<change number=\"1\"/><change number=\"1\">", NULL },
    { "<change number=\"1\">", "<change number=\"2\"/><change number=\"1\">", NULL },
    { "severity=\"note\"", "severity=\"fatal\"", "x.xml:46:" },
    { "<report>", "<rapport/><report>", "x.xml:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char       *xml = replaced (sample_xml, cases[i].from, cases[i].to);
    g_autoptr (GBytes)     bytes = bytes_of (xml);
    g_autoptr (GError)     read_error = NULL;
    g_autoptr (GError)     error = NULL;
    g_autoptr (HkDocument) document = hk_read_xml (bytes, "x.xml", &read_error);

    g_assert_null (document);
    g_assert_error (read_error, HK_ERROR, HK_ERROR_INVALID);
    g_test_message ("%" G_GSIZE_FORMAT " %s", i, read_error->message);
    g_assert_null (strchr (read_error->message, '\n'));
    g_assert_true (hk_validate_xml (bytes, "x.xml", &error) == (cases[i].where == NULL));
    if (cases[i].where != NULL) {
      g_assert_true (g_str_has_prefix (read_error->message, cases[i].where));
      g_assert_cmpstr (error->message, ==, read_error->message);
    }
  }
}

static void
test_refuses_other_bytes (void)
{
  static const struct {
    const char *text;
    HkError     code;
  } cases[] = {
    { "", HK_ERROR_EMPTY },
    { "%PDF-1.7", HK_ERROR_INVALID },
    { "<", HK_ERROR_INVALID },
    { "<html/>", HK_ERROR_INVALID },
    { "<assessment/>", HK_ERROR_INVALID },
    { "<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>", HK_ERROR_INVALID },
  };
  g_autoptr (GString) deep = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = bytes_of (cases[i].text);
    g_autoptr (GError) error = NULL;

    g_assert_false (hk_validate_xml (bytes, "x.xml", &error));
    g_assert_error (error, HK_ERROR, (int) cases[i].code);
    g_test_message ("%s", error->message);
  }

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  g_autoptr (GBytes) bytes = bytes_of (deep->str);
  g_assert_false (hk_validate_xml (bytes, "x.xml", NULL));
}

static void
test_schema_accepts (void)
{
  g_autoptr (GBytes) bytes = bytes_of (sample_xml);
  g_autoptr (GError) error = NULL;

  g_assert_true (hk_validate_xml (bytes, "x.xml", &error));
  g_assert_no_error (error);
}

/* The committed schema is the one that the form tables make. */
static void
test_schema_is_current (void)
{
  g_autofree char *path = g_build_filename (source_root, "models", "assessment.rng", NULL);
  g_autofree char *committed = NULL, *made = NULL;

  g_assert_true (g_file_get_contents (path, &committed, NULL, NULL));
  g_assert_true (g_file_get_contents (schema_file, &made, NULL, NULL));
  if (strcmp (committed, made) != 0) {
    g_test_message ("models/assessment.rng is out of date: cp %s models/assessment.rng", schema_file);
    g_test_fail ();
  }
}

/* --- Files that refuse ------------------------------------------------------------------------------ */

static void
test_write_refused (gconstpointer data)
{
  g_autoptr (HkDocument) document = make_sample ();

  for (HkFormat format = HK_FORMAT_XML; format <= HK_FORMAT_SUMMARY; format++) {
    g_autoptr (GError) error = NULL;
    FILE              *file = fopen (data, "r+");

    if (file == NULL)
      file = fopen (data, "r"); /* cannot be written to at all */
    g_assert_nonnull (file);
    g_assert_false (hk_document_write (document, format, file, &error));
    g_assert_error (error, HK_ERROR, HK_ERROR_IO);
    g_test_message ("%s", error->message);
    fclose (file);
  }
}

static void
test_write_read_only (void)
{
  g_autoptr (HkDocument) document = make_sample ();
  g_autoptr (GError)     error = NULL;
  FILE                  *file = fopen ("/dev/null", "r");

  g_assert_false (hk_document_write (document, HK_FORMAT_TSV, file, &error));
  g_assert_error (error, HK_ERROR, HK_ERROR_IO);
  fclose (file);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  source_root = argc > 1 ? argv[1] : ".";
  schema_file = argc > 2 ? argv[2] : "models/assessment.rng";
  g_test_add_data_func ("/exact/xml", GUINT_TO_POINTER (HK_FORMAT_XML), test_exact);
  g_test_add_data_func ("/exact/table", GUINT_TO_POINTER (HK_FORMAT_TSV), test_exact);
  g_test_add_data_func ("/exact/summary", GUINT_TO_POINTER (HK_FORMAT_SUMMARY), test_exact);
  g_test_add_func ("/exact/locale", test_locale);
  g_test_add_func ("/json", test_json);
  g_test_add_func ("/unrecognised", test_unrecognised);
  g_test_add_func ("/summary-fits", test_summary_fits);
  g_test_add_func ("/round-trip/sample", test_round_trip);
  g_test_add_func ("/round-trip/lines", test_round_trip_lines);
  g_test_add_func ("/round-trip/texts", test_round_trip_texts);
  g_test_add_func ("/round-trip/numbers", test_round_trip_numbers);
  g_test_add_func ("/round-trip/large", test_round_trip_large);
  g_test_add_func ("/round-trip/many", test_round_trip_many);
  g_test_add_func ("/refusals/schema", test_refusals);
  g_test_add_func ("/refusals/other-bytes", test_refuses_other_bytes);
  g_test_add_func ("/schema/accepts", test_schema_accepts);
  g_test_add_func ("/schema/is-current", test_schema_is_current);
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    g_test_add_data_func ("/write-refused/full", "/dev/full", test_write_refused);
  g_test_add_func ("/write-refused/read-only", test_write_read_only);
  return g_test_run ();
}
