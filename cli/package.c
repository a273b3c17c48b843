/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "package.h"

#include "cli.h"
#include "csv.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MARK "\357\273\277"

/* --- CSV ----------------------------------------------------------------------------- */

typedef struct {
  Sql         *sql;
  const Table *table;
  gboolean     bom;
} Export;

static gboolean
write_table (FILE    *file,
             gpointer data,
             GError **error)
{
  const Export *export = data;
  const GPtrArray *columns = export->table->columns;
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s ORDER BY rowid", export->table->name);
  g_autoptr (GString) line = g_string_new (export->bom ? MARK : NULL);
  sqlite3_stmt *rows = NULL;
  int result;

  for (guint i = 0; i < columns->len; i++)
    csv_append (line, ((const Column *) columns->pdata[i])->name);
  csv_end (line);
  fputs (line->str, file);
  if (sqlite3_prepare_v2 (export->sql->handle, select, -1, &rows, NULL) != SQLITE_OK)
    rows = NULL;
  while ((result = sqlite3_step (rows)) == SQLITE_ROW) {
    g_string_truncate (line, 0);
    for (guint i = 0; i < columns->len; i++)
      csv_append (line, (const char *) sqlite3_column_text (rows, (int) i));
    csv_end (line);
    fputs (line->str, file);
  }
  sqlite3_finalize (rows);
  if (result == SQLITE_DONE && !ferror (file))
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be written (%s)",
               ferror (file) ? g_strerror (errno) : sqlite3_errmsg (export->sql->handle));
  return FALSE;
}

/* --- datapackage.json ------------------------------------------------------------------ */

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_description (JsonBuilder *builder,
                 const char  *japanese,
                 const char  *english)
{
  g_autofree char *text = g_strdup_printf ("%s / %s", japanese, english);

  add_string (builder, "description", text);
}

static gboolean
has_rule (const Column *column,
          const char   *rule)
{
  return column->rule != NULL && strstr (column->rule, rule) != NULL;
}

static void
add_field (JsonBuilder  *builder,
           const Column *column)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", column->name);
  add_string (builder, "type", strcmp (column->type, "TEXT") == 0 ? "string" : strcmp (column->type, "REAL") == 0 ? "number" : "integer");
  add_description (builder, column->japanese, column->english);
  if (has_rule (column, "NOT NULL") || has_rule (column, "UNIQUE")) {
    json_builder_set_member_name (builder, "constraints");
    json_builder_begin_object (builder);
    if (has_rule (column, "NOT NULL")) {
      json_builder_set_member_name (builder, "required");
      json_builder_add_boolean_value (builder, TRUE);
    }
    if (has_rule (column, "UNIQUE")) {
      json_builder_set_member_name (builder, "unique");
      json_builder_add_boolean_value (builder, TRUE);
    }
    json_builder_end_object (builder);
  }
  json_builder_end_object (builder);
}

/* The columns that a rule of TABLE or of a column makes its key. */
static void
add_primary_key (JsonBuilder *builder,
                 const Table *table)
{
  const char *list = table->rule == NULL ? NULL : strstr (table->rule, "PRIMARY KEY (");
  g_auto (GStrv) names = NULL;

  json_builder_set_member_name (builder, "primaryKey");
  if (list == NULL) {
    json_builder_add_string_value (builder, "id");
    return;
  }
  list += strlen ("PRIMARY KEY (");
  g_autofree char *inside = g_strndup (list, strcspn (list, ")"));
  names = g_strsplit (inside, ", ", -1);
  json_builder_begin_array (builder);
  for (guint i = 0; names[i] != NULL; i++)
    json_builder_add_string_value (builder, names[i]);
  json_builder_end_array (builder);
}

static void
add_foreign_keys (JsonBuilder *builder,
                  const Table *table)
{
  json_builder_set_member_name (builder, "foreignKeys");
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->columns->len; i++) {
    const Column *column = table->columns->pdata[i];

    if (column->references == NULL)
      continue;
    json_builder_begin_object (builder);
    add_string (builder, "fields", column->name);
    json_builder_set_member_name (builder, "reference");
    json_builder_begin_object (builder);
    add_string (builder, "resource", column->references);
    add_string (builder, "fields", "id");
    json_builder_end_object (builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_resource (JsonBuilder *builder,
              const Table *table)
{
  g_autofree char *path = g_strconcat (table->name, ".csv", NULL);

  json_builder_begin_object (builder);
  add_string (builder, "name", table->name);
  add_string (builder, "path", path);
  add_string (builder, "profile", "tabular-data-resource");
  add_string (builder, "format", "csv");
  add_string (builder, "mediatype", "text/csv");
  add_string (builder, "encoding", "utf-8");
  add_description (builder, table->japanese, table->english);
  json_builder_set_member_name (builder, "dialect");
  json_builder_begin_object (builder);
  add_string (builder, "lineTerminator", "\n");
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->columns->len; i++)
    add_field (builder, table->columns->pdata[i]);
  json_builder_end_array (builder);
  add_primary_key (builder, table);
  add_foreign_keys (builder, table);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* Free with g_free(). */
static char *
describe (GPtrArray *tables)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "profile", "tabular-data-package");
  add_string (builder, "name", "hyokasho");
  add_string (builder, "title", "特定個人情報保護評価書 / My Number protection assessments");
  json_builder_set_member_name (builder, "resources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tables->len; i++)
    add_resource (builder, tables->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, NULL);
}

static gboolean
write_text (FILE    *file,
            gpointer data,
            GError **error)
{
  if (fputs (data, file) >= 0 && fputc ('\n', file) >= 0)
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "cannot be written (%s)", g_strerror (errno));
  return FALSE;
}

gboolean
package_write (Store      *store,
               const char *folder,
               gboolean    bom,
               GError    **error)
{
  GPtrArray *tables = store->tables;
  g_autofree char *package = g_build_filename (folder, "datapackage.json", NULL);
  g_autofree char *text = describe (tables);

  if (g_mkdir_with_parents (folder, 0777) != 0) {
    g_autofree char *name = g_filename_display_name (folder);
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: the folder cannot be made (%s)", name, g_strerror (errno));
    return FALSE;
  }
  for (guint i = 0; i < tables->len; i++) {
    Export export = { store->sql, tables->pdata[i], bom };
    g_autofree char *name = g_strconcat (export.table->name, ".csv", NULL);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!cli_write_whole (path, NULL, write_table, &export, error))
      return FALSE;
  }
  return cli_write_whole (package, NULL, write_text, text, error);
}

/* --- The dictionary ---------------------------------------------------------------------- */

static void
append_cell (GString    *text,
             const char *cell)
{
  for (; *cell != '\0'; cell++) {
    if (*cell == '|')
      g_string_append_c (text, '\\');
    g_string_append_c (text, *cell);
  }
  g_string_append (text, " | ");
}

static void
append_column (GString      *text,
               const Table  *table,
               const Column *column)
{
  g_autofree char *name = g_strdup_printf ("| `%s` | ", column->name);
  g_autofree char *item = column->path == NULL ? g_strdup ("")
                          : g_strdup_printf ("`%s%s%s`", table->block, *table->block != '\0' ? "/" : "", column->path);
  g_autofree char *refers = column->references == NULL ? NULL : g_strdup_printf (" → `%s`", column->references);

  g_string_append (text, name);
  g_string_append (text, column->type);
  g_string_append_printf (text, "%s | ", refers != NULL ? refers : "");
  append_cell (text, column->japanese);
  append_cell (text, column->english);
  append_cell (text, item);
  text->str[text->len - 1] = '\n';
}

/* The items that are rows of marks, risks and measures, by form. */
static void
append_items (GString *text)
{
  static const char *const roles[] = {
    [ROLE_COLUMN] = NULL, [ROLE_MARKS] = "marks", [ROLE_SUFFICIENCY] = "risks", [ROLE_MEASURE] = "measures",
  };

  for (guint form = 2; form <= 4; form++) {
    g_string_append_printf (text, "\n### 様式%u / Form %u\n\n| item | table | 見出し | 節 | what it holds |\n| --- | --- | --- | --- | --- |\n",
                            form, form);
    for (const HkItem *item = hk_item_next (form, NULL); item != NULL; item = hk_item_next (form, item)) {
      g_autofree char *label   = hk_item_label (form, item);
      g_autofree char *section = hk_item_section (form, item);
      g_autofree char *english = hk_item_english (item, "");

      if (roles[item_role (item)] == NULL)
        continue;
      g_string_append_printf (text, "| `%s` | `%s` | ", hk_item_path (item), roles[item_role (item)]);
      append_cell (text, label);
      append_cell (text, section);
      append_cell (text, english);
      text->str[text->len - 1] = '\n';
    }
  }
}

char *
package_dictionary (void)
{
  g_autoptr (GPtrArray) tables = tables_new ();
  GString *text = g_string_new (
    "<!-- SPDX-License-Identifier: GPL-2.0-or-later -->\n"
    "# データ辞書 / Data dictionary\n\n"
    "The tables of what `hyokasho dataset` writes. Made by `hyokasho dataset --dictionary` from the forms; not to be\n"
    "edited. Columns with an item hold its value as printed; where there is more to say of it, `item_values` has it,\n"
    "at the row's `path` and the rest of the item's: status, reason, page and box.\n");

  for (guint i = 0; i < tables->len; i++) {
    const Table *table = tables->pdata[i];

    g_string_append_printf (text, "\n## %s\n\n%s / %s\n\n| column | type | 内容 | what it holds | item |\n| --- | --- | --- | --- | --- |\n",
                            table->name, table->japanese, table->english);
    for (guint k = 0; k < table->columns->len; k++)
      append_column (text, table, table->columns->pdata[k]);
  }
  g_string_append (text, "\n## Items that are rows\n\n"
                         "Boxes are rows of `marks`, judgements on risks of `risks`, what is done against risks of `measures`.\n");
  append_items (text);
  return g_string_free (text, FALSE);
}
