/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store.h"

#include "dataset-sql.h"

#include <string.h>

#define APPLICATION 0x68796f6b /* "hyok": what SQLite keeps in the file's header */

const char *
store_kind_name (HkKind kind)
{
  switch (kind) {
  case HK_KIND_TEXT:
    return "text";
  case HK_KIND_LIST:
    return "list";
  case HK_KIND_CHOICE:
    return "choice";
  case HK_KIND_CHECKS:
    return "checks";
  case HK_KIND_CHECK:
    return "check";
  case HK_KIND_DATE:
    return "date";
  case HK_KIND_COUNT:
    return "count";
  }
  return NULL;
}

const char *
store_status_name (HkStatus status)
{
  switch (status) {
  case HK_STATUS_CERTAIN:
    return "certain";
  case HK_STATUS_INFERRED:
    return "inferred";
  case HK_STATUS_UNCERTAIN:
    return "uncertain";
  }
  return NULL;
}

/* --- Opening and closing ------------------------------------------------------------ */

/* Fills in items and options. */
static void
add_form (Store *store,
          guint    form)
{
  Sql  *sql = store->sql;
  guint position = 0;

  for (const HkItem *item = hk_item_next (form, NULL); item != NULL; item = hk_item_next (form, item)) {
    g_autofree char *section = hk_item_section (form, item);
    g_autofree char *label   = hk_item_label (form, item);
    g_autofree char *english = hk_item_english (item, "");
    char *slug, *words;

    /* A part can print an item of another part once more. */
    sql_run (sql, "INSERT OR IGNORE INTO items (form, item, position, kind, section, label, english)"
             " VALUES (?, ?, ?, ?, ?, ?, ?)", "usussss",
             form, hk_item_path (item), ++position, store_kind_name (hk_item_kind (item)), section, label, english);
    for (guint n = 1; hk_item_option (item, n, &slug, &words); n++) {
      sql_run (sql, "INSERT OR IGNORE INTO options (form, item, number, option, words) VALUES (?, ?, ?, ?, ?)",
               "ususs", form, hk_item_path (item), n, slug, words);
      g_free (slug);
      g_free (words);
    }
  }
}

/* What tells datasets of this version's tables from others. */
static guint
schema_version (const char *schema)
{
  return (g_str_hash (schema) ^ g_str_hash (dataset_sql_text)) & 0x7fffffff;
}

static gboolean
make_schema (Store      *store,
             const char *schema,
             GError    **error)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u;", APPLICATION,
                                            schema_version (schema));

  store_begin (store);
  sql_script (store->sql, schema);
  sql_script (store->sql, dataset_sql_text);
  sql_script (store->sql, marks);
  for (guint form = 0; form < STORE_FORMS; form++)
    add_form (store, form);
  store_commit (store);
  return sql_check (store->sql, error);
}

/* Makes the tables, or sees that they are those that are expected. */
static gboolean
prepare (Store      *store,
         const char *path,
         GError    **error)
{
  Sql *sql = store->sql;
  g_autofree char *schema = tables_sql (store->tables);
  g_autofree char *name   = g_filename_display_name (path);

  sql_script (sql, "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -131072;"
              " PRAGMA wal_autocheckpoint = 32768;");
  if (sql_number (sql, "SELECT count(*) FROM sqlite_master", "") == 0 && sql->trouble == NULL)
    return make_schema (store, schema, error);
  if (sql->trouble == NULL && sql_number (sql, "PRAGMA application_id", "") == APPLICATION &&
      sql_number (sql, "PRAGMA user_version", "") == schema_version (schema))
    return TRUE;
  g_set_error (error, HK_ERROR, HK_ERROR_INVALID, "%s: %s: nothing was done", name,
               sql->trouble != NULL ? sql->trouble : "is no dataset, or one of another version: choose another name, or remove it");
  return FALSE;
}

static void
index_items (Store *store,
             guint    form)
{
  store->items[form] = g_hash_table_new (g_str_hash, g_str_equal);
  store->risks[form] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const HkItem *item = hk_item_next (form, NULL); item != NULL; item = hk_item_next (form, item)) {
    const char *path = hk_item_path (item);

    g_hash_table_insert (store->items[form], (gpointer) path, (gpointer) item);
    if (item_role (item) == ROLE_SUFFICIENCY)
      g_hash_table_insert (store->risks[form], g_path_get_dirname (path), (gpointer) item);
  }
}

/* Pages are written one after the other while documents come in (WHILE_LOADING),
   and the dataset is one file at rest. Where somebody else has it open this is
   not to be had, and does not matter. */
static void
set_logging (Store   *store,
             gboolean while_loading)
{
  (void) sqlite3_exec (store->sql->handle, while_loading ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE",
                       NULL, NULL, NULL);
}

Store *
store_open (const char     *path,
              const Agencies *agencies,
              GError        **error)
{
  Store *store = g_new0 (Store, 1);

  store->agencies = agencies;
  store->tables   = tables_new ();
  for (guint form = 0; form < STORE_FORMS; form++)
    index_items (store, form);
  store->sql = sql_open (path, error);
  if (store->sql != NULL && prepare (store, path, error)) {
    set_logging (store, TRUE);
    store->is_loading = TRUE;
    return store;
  }
  store_close (store);
  return NULL;
}

void
store_close (Store *store)
{
  if (store == NULL)
    return;
  for (guint form = 0; form < STORE_FORMS; form++) {
    g_hash_table_unref (store->items[form]);
    g_hash_table_unref (store->risks[form]);
  }
  g_ptr_array_unref (store->tables);
  if (store->is_loading)
    set_logging (store, FALSE);
  sql_close (store->sql);
  g_free (store);
}

gboolean
store_is_empty (const Store *store)
{
  return sql_number (store->sql, "SELECT 1 FROM documents LIMIT 1", "") == 0 && store->sql->trouble == NULL;
}

void
store_begin (Store *store)
{
  sql_run (store->sql, "BEGIN", "");
}

void
store_commit (Store *store)
{
  sql_run (store->sql, "COMMIT", "");
}

/* --- Reports as versions -------------------------------------------------------------- */

void
store_settle (Store *store,
              gint64 report)
{
  /* The same date is the same version, though the files differ. */
  sql_run (store->sql,
    "UPDATE documents SET version = o.version, is_latest = o.is_latest FROM ("
    "  SELECT id, dense_rank () OVER by_date AS version, row_number () OVER from_last = 1 AS is_latest FROM documents"
    "  WHERE report_id = ?"
    "  WINDOW by_date AS (ORDER BY cover_published_iso), from_last AS (ORDER BY cover_published_iso DESC, id DESC)"
    ") AS o WHERE o.id = documents.id"
    "  AND (documents.version IS NOT o.version OR documents.is_latest IS NOT o.is_latest)", "i", report);
  sql_run (store->sql, "DELETE FROM reports WHERE id = ? AND NOT EXISTS (SELECT * FROM documents WHERE report_id = reports.id)",
           "i", report);
}

void
store_drop_agency (Store *store,
                   gint64 agency)
{
  sql_run (store->sql, "DELETE FROM agencies WHERE id = ? AND NOT EXISTS (SELECT * FROM reports WHERE agency_id = agencies.id)",
           "i", agency);
}

guint
store_each_ambiguity (Store *store,
                      void (*each) (const char *name,
                                    const char *folders))
{
  sqlite3_stmt *found = sql_query (store->sql,
    "SELECT name, folder, count (*) OVER (PARTITION BY name), row_number () OVER (PARTITION BY name ORDER BY folder)"
    " FROM agencies WHERE code IS NULL AND name IS NOT NULL ORDER BY name, folder", "");
  g_autoptr (GString) folders = g_string_new (NULL);
  guint n_found = 0;

  while (sql_next (store->sql, found)) {
    gint64 n = sqlite3_column_int64 (found, 2), number = sqlite3_column_int64 (found, 3);

    if (n == 1)
      continue;
    g_string_append_printf (folders, "%s%s", number > 1 ? ", " : "", sql_text (found, 1));
    if (number < n)
      continue;
    n_found++;
    if (each != NULL)
      each (sql_text (found, 0), folders->str);
    g_string_truncate (folders, 0);
  }
  return n_found;
}
