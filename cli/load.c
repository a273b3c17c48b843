/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One walk through the document's tree fills all tables: a numbered block is a
 * row of its table, a risk one of risks, and each value one of item_values,
 * and of marks or measures if it is such a one. The forms are asked for all of
 * this; only columns that are no item's are named here.
 */
#include "load.h"

#include <math.h>
#include <string.h>

/* The rows that are open in the walk; 0: none. */
typedef struct {
  Store      *store;
  HkDocument *document;
  guint       form;
  gint64      id; /* of the document */
  gint64      system, file, consignment, provision, transfer;
  gint64      risk;
  char       *risk_path;
} Walk;

/* --- The tree -------------------------------------------------------------------------- */

/* PATH without its numbers: "file[]/name" for "file[2]/name". */
static char *
item_path (const char *path)
{
  GString *item = g_string_new (NULL);

  while (*path != '\0') {
    gsize name = strcspn (path, "[");

    g_string_append_len (item, path, (gssize) name);
    path += name;
    if (*path == '[') {
      g_string_append (item, "[]");
      path += strcspn (path, "]");
      path += *path == ']';
    }
  }
  return g_string_free (item, FALSE);
}

/* The node at PATH below NODE, all of whose segments are names; or NULL. */
static HkNode *
descend (HkNode     *node,
         const char *path)
{
  while (node != NULL && *path != '\0') {
    gsize   len   = strcspn (path, "/");
    HkNode *child = hk_node_first_child (node);

    while (child != NULL && (hk_node_number (child) != 0 || strncmp (hk_node_name (child), path, len) != 0 ||
                             hk_node_name (child)[len] != '\0'))
      child = hk_node_next (child);
    node  = child;
    path += len + (path[len] == '/');
  }
  return node;
}

static const HkValue *
value_below (HkNode     *node,
             const char *path)
{
  HkNode *found = descend (node, path);

  return found == NULL ? NULL : hk_node_value (found);
}

static const char *
text_below (HkNode     *node,
            const char *path)
{
  const HkValue *value = value_below (node, path);

  return value == NULL ? NULL : hk_value_text (value);
}

/* Uncertain values of NODE, but not of the numbered blocks in it. */
static guint
count_uncertain (HkNode *node)
{
  const HkValue *value = hk_node_value (node);
  guint n = value != NULL && hk_value_status (value) == HK_STATUS_UNCERTAIN;

  for (HkNode *child = hk_node_first_child (node); child != NULL; child = hk_node_next (child))
    if (hk_node_number (child) == 0)
      n += count_uncertain (child);
  return n;
}

/* --- Rows of blocks ---------------------------------------------------------------------- */

/* A row of TABLE, in which nothing is filled yet. NULL: something has failed. */
static sqlite3_stmt *
begin_row (Walk        *walk,
           const Table *table)
{
  sqlite3_stmt *row = sql_query (walk->store->sql, table->insert, "");

  if (row != NULL)
    sqlite3_clear_bindings (row);
  return row;
}

static void
put_text (sqlite3_stmt *row,
          const Table  *table,
          const char   *column,
          const char   *text)
{
  sqlite3_bind_text (row, table_column (table, column) + 1, text, -1, SQLITE_TRANSIENT);
}

static void
put_number (sqlite3_stmt *row,
            const Table  *table,
            const char   *column,
            gint64        number)
{
  sqlite3_bind_int64 (row, table_column (table, column) + 1, number);
}

static void
put_item (sqlite3_stmt *row,
          int           at,
          const Column *column,
          HkNode       *block)
{
  const HkValue *value = column->source == COLUMN_FIXED ? NULL : value_below (block, column->path);
  gint64 min, max;

  if (value == NULL)
    return;
  switch (column->source) {
  case COLUMN_TEXT:
    sqlite3_bind_text (row, at, hk_value_text (value), -1, SQLITE_TRANSIENT);
    break;
  case COLUMN_OPTION:
    if (hk_value_option (value) != 0)
      sqlite3_bind_int64 (row, at, hk_value_option (value));
    break;
  case COLUMN_NUMBER:
    if (hk_value_bounds (value, &min, &max) && min == max)
      sqlite3_bind_int64 (row, at, min);
    break;
  case COLUMN_DATE:
    sqlite3_bind_text (row, at, hk_value_iso_date (value), -1, SQLITE_TRANSIENT);
    break;
  case COLUMN_FIXED:
    break;
  }
}

/* Fills the columns that are items of BLOCK, and adds the row. Returns its id. */
static gint64
end_row (Walk         *walk,
         sqlite3_stmt *row,
         const Table  *table,
         HkNode       *block)
{
  for (guint i = 0; i < table->columns->len; i++)
    put_item (row, (int) i + 1, table->columns->pdata[i], block);
  (void) sql_next (walk->store->sql, row);
  return sqlite3_last_insert_rowid (walk->store->sql->handle);
}

/* Where the id of TABLE's open row is kept; NULL: nothing refers to it. */
static gint64 *
open_row (Walk        *walk,
          const Table *table)
{
  const struct {
    const char *name;
    gint64     *id;
  } rows[] = {
    { "systems", &walk->system }, { "files", &walk->file }, { "consignments", &walk->consignment },
    { "provisions", &walk->provision }, { "transfers", &walk->transfer },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, table->name) == 0)
      return rows[i].id;
  return NULL;
}

static void
add_block (Walk        *walk,
           const Table *table,
           HkNode      *node,
           const char  *path)
{
  sqlite3_stmt *row = begin_row (walk, table);
  gint64 *open = open_row (walk, table);
  gint64 id;

  if (row == NULL)
    return;
  put_number (row, table, "document_id", walk->id);
  if (strstr (table->block, "]/") != NULL)
    put_number (row, table, "file_id", walk->file);
  put_number (row, table, "number", hk_node_number (node));
  put_text (row, table, "path", path);
  put_number (row, table, "uncertain", count_uncertain (node));
  if (strcmp (table->name, "consignments") == 0) {
    const char *contractor = text_below (node, "contractor");
    g_autofree char *key = contractor == NULL ? NULL : agencies_fold (contractor);

    put_text (row, table, "contractor_key", key);
  }
  id = end_row (walk, row, table, node);
  if (open != NULL)
    *open = id;
}

/* The table whose rows are blocks at the catalogue path BLOCK, or NULL. */
static const Table *
table_of_block (GPtrArray  *tables,
                const char *block)
{
  for (guint i = 0; i < tables->len; i++) {
    const Table *table = tables->pdata[i];

    if (table->block != NULL && strcmp (table->block, block) == 0)
      return table;
  }
  return NULL;
}

/* --- Rows of risks, measures, marks and values ----------------------------------------------- */

/* Whether PATH is PREFIX or lies below it. */
static gboolean
is_below (const char *path,
          const char *prefix)
{
  gsize len = strlen (prefix);

  return strncmp (path, prefix, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* The part of a risk's path that names the process: behind "risk/". */
static char *
process_of (const char *item)
{
  const char *part = strstr (item, "risk/");

  part = part == NULL ? item : part + strlen ("risk/");
  return g_strndup (part, strcspn (part, "/"));
}

static void
add_risk (Walk         *walk,
          const HkItem *sufficiency,
          HkNode       *node,
          const char   *path,
          const char   *item)
{
  const HkValue *value = value_below (node, "sufficiency");
  g_autofree char *process = process_of (item);
  g_autofree char *section = hk_item_section (walk->form, sufficiency);
  g_autofree char *label   = hk_item_label (walk->form, sufficiency);
  const char *title = hk_node_title (node);

  sql_run (walk->store->sql, "INSERT INTO risks (document_id, file_id, path, process, section, risk, sufficiency,"
           " sufficiency_option, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "insssssns",
           walk->id, is_below (item, "file[]") ? walk->file : 0, path, process, section, title != NULL ? title : label,
           value == NULL ? NULL : hk_value_text (value), (gint64) (value == NULL ? 0 : hk_value_option (value)),
           value == NULL ? NULL : store_status_name (hk_value_status (value)));
  walk->risk = sqlite3_last_insert_rowid (walk->store->sql->handle);
  g_free (walk->risk_path);
  walk->risk_path = g_strdup (path);
}

static void
add_measure (Walk          *walk,
             const HkValue *value,
             const char    *path,
             const char    *item)
{
  gboolean of_risk = walk->risk_path != NULL && is_below (path, walk->risk_path);

  sql_run (walk->store->sql, "INSERT INTO measures (document_id, file_id, risk_id, path, item, label, value, option,"
           " status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "innssssns",
           walk->id, is_below (item, "file[]") ? walk->file : 0, of_risk ? walk->risk : 0, path, item, hk_value_label (value), hk_value_text (value),
           (gint64) hk_value_option (value), store_status_name (hk_value_status (value)));
}

/* The words of ITEM's option SLUG, or NULL. Free with g_free(). */
static char *
option_words (const HkItem *item,
              const char   *slug)
{
  char *own, *words;

  for (guint n = 1; hk_item_option (item, n, &own, &words); n++) {
    gboolean found = own != NULL && strcmp (own, slug) == 0;

    g_free (own);
    if (found)
      return words;
    g_free (words);
  }
  return NULL;
}

static void
add_mark (Walk          *walk,
          const HkItem  *item,
          HkNode        *node,
          const HkValue *value,
          const char    *path)
{
  const char *block = hk_item_path (item);
  gboolean in_group = hk_item_kind (item) == HK_KIND_CHECKS;
  g_autofree char *words = in_group ? option_words (item, hk_node_name (node)) : NULL;

  sql_run (walk->store->sql, "INSERT INTO marks (document_id, system_id, file_id, consignment_id, provision_id,"
           " transfer_id, path, item, option, words, mark, text, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "innnnnsssssss", walk->id,
           is_below (block, "system[]") ? walk->system : 0, is_below (block, "file[]") ? walk->file : 0,
           is_below (block, "file[]/consignment[]") ? walk->consignment : 0,
           is_below (block, "file[]/provision[]") ? walk->provision : 0,
           is_below (block, "file[]/transfer[]") ? walk->transfer : 0,
           path, block, in_group ? hk_node_name (node) : NULL, words, hk_value_text (value),
           text_below (node, "text"), store_status_name (hk_value_status (value)));
}

static void
add_value (Walk          *walk,
           const HkValue *value,
           const char    *path,
           const char    *item)
{
  guint n_places;
  const HkPlace *places = hk_value_places (value, &n_places);
  HkPlace  place   = n_places > 0 ? places[0] : (HkPlace){ 0 };
  gboolean has_box = place.box.x1 > place.box.x0 || place.box.y1 > place.box.y0;
  gint64   min, max;

  if (!hk_value_bounds (value, &min, &max))
    min = max = -1;
  sql_run (walk->store->sql, "INSERT INTO item_values (document_id, path, item, kind, label, value, option, min, max,"
           " iso_date, status, reason, page, x0, y0, x1, y1, line, \"column\", last_line, last_column, places)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "isssssnmmsssnddddnnnnu",
           walk->id, path, item, store_kind_name (hk_value_kind (value)), hk_value_label (value), hk_value_text (value),
           (gint64) hk_value_option (value), min, max, hk_value_iso_date (value), store_status_name (hk_value_status (value)),
           hk_value_reason (value), (gint64) place.page,
           has_box ? place.box.x0 : NAN, has_box ? place.box.y0 : NAN, has_box ? place.box.x1 : NAN,
           has_box ? place.box.y1 : NAN,
           (gint64) place.line, (gint64) place.column, (gint64) place.last_line, (gint64) place.last_column, n_places);
}

/* The item that the value at the catalogue path ITEM belongs to: its own, or
   the checks that it is an option of, or the words behind one. */
static const HkItem *
find_item (const Walk *walk,
           const char *item)
{
  GHashTable *items = walk->store->items[walk->form];
  g_autofree char *path = g_strdup (item);
  const HkItem *found = g_hash_table_lookup (items, path);

  for (guint level = 0; found == NULL && level < 2; level++) {
    char *last = strrchr (path, '/');

    if (last == NULL)
      return NULL;
    *last = '\0';
    found = g_hash_table_lookup (items, path);
    if (found != NULL && hk_item_kind (found) != HK_KIND_CHECKS)
      return NULL;
  }
  return found;
}

static void
visit (Walk   *walk,
       HkNode *node)
{
  Store *store = walk->store;
  const HkValue *value = hk_node_value (node);
  g_autofree char *path = hk_node_path (node);
  g_autofree char *item = item_path (path);
  const HkItem *sufficiency = g_hash_table_lookup (store->risks[walk->form], item);
  const HkItem *own;

  if (hk_node_number (node) > 0) {
    const Table *table = table_of_block (store->tables, item);

    if (table != NULL)
      add_block (walk, table, node, path);
  }
  if (sufficiency != NULL)
    add_risk (walk, sufficiency, node, path, item);
  if (value == NULL || hk_value_kind (value) == HK_KIND_CHECKS)
    return;

  add_value (walk, value, path, item);
  own = find_item (walk, item);
  if (own != NULL && hk_value_kind (value) == HK_KIND_CHECK)
    add_mark (walk, own, node, value, path);
  else if (own != NULL && item_role (own) == ROLE_MEASURE)
    add_measure (walk, value, path, item);
}

/* --- Documents ----------------------------------------------------------------------------- */

/* Adds the row of the document itself, which is of REPORT. */
static void
add_document (Walk       *walk,
              gint64      report,
              const char *input,
              const char *sha256)
{
  HkDocument  *document = walk->document;
  const Table *table    = tables_find (walk->store->tables, "documents");
  sqlite3_stmt *row     = begin_row (walk, table);

  if (row == NULL)
    return;
  put_number (row, table, "report_id", report);
  put_text (row, table, "input", input);
  put_text (row, table, "sha256", sha256);
  put_number (row, table, "form", walk->form);
  put_text (row, table, "edition", hk_document_edition (document));
  put_text (row, table, "recognised_by", hk_document_recognised_by (document));
  put_number (row, table, "pages", hk_document_pages (document));
  put_number (row, table, "certain", hk_document_count_values (document, HK_STATUS_CERTAIN));
  put_number (row, table, "inferred", hk_document_count_values (document, HK_STATUS_INFERRED));
  put_number (row, table, "uncertain", hk_document_count_values (document, HK_STATUS_UNCERTAIN));
  put_number (row, table, "unplaced", (gint64) hk_document_counts (document).unplaced);
  walk->id = end_row (walk, row, table, hk_document_root (document));
}

/* Removes the document of SHA256, and its report if there is nothing else of
   it: a title that was read otherwise must not be held against this one.
   Returns its agency, for store_drop_agency(); 0: there is no such document. */
static gint64
remove_same_bytes (Store      *store,
                   const char *input,
                   const char *sha256,
                   Loaded     *loaded)
{
  sqlite3_stmt *former = sql_query (store->sql, "SELECT documents.id, report_id, agency_id, input FROM documents"
                                    " JOIN reports ON reports.id = report_id WHERE sha256 = ?", "s", sha256);
  gint64 id, report, agency;

  if (!sql_next (store->sql, former))
    return 0;
  id     = sqlite3_column_int64 (former, 0);
  report = sqlite3_column_int64 (former, 1);
  agency = sqlite3_column_int64 (former, 2);
  if (strcmp (sql_text (former, 3), input) != 0)
    loaded->same_bytes = g_strdup (sql_text (former, 3));
  sqlite3_reset (former);
  loaded->replaced = TRUE;
  sql_run (store->sql, "DELETE FROM documents WHERE id = ?", "i", id);
  store_settle (store, report);
  return agency;
}

/* Removes the documents of REPORT that are another reading of INPUT, which the
   same date says: files of one name in several folders, and the next year's
   under the same name, are others. */
static void
remove_same_input (Store      *store,
                   gint64      report,
                   const char *input,
                   const char *date,
                   Loaded     *loaded)
{
  sqlite3_stmt *former = sql_query (store->sql, "SELECT id, cover_published_iso, sha256 FROM documents"
                                    " WHERE report_id = ? AND input = ?", "is", report, input);

  while (sql_next (store->sql, former)) {
    const char *theirs = sql_text (former, 1);

    if (date == NULL || *theirs == '\0') {
      loaded->undated = TRUE;
    } else if (strcmp (theirs, date) == 0) {
      loaded->replaced = TRUE;
      g_free (loaded->same_input);
      loaded->same_input = g_strdup (sql_text (former, 2));
      sql_run (store->sql, "DELETE FROM documents WHERE id = ?", "i", sqlite3_column_int64 (former, 0));
    }
  }
}

void
load_document (Store      *store,
               HkDocument *document,
               const char *input,
               const char *sha256,
               Loaded     *loaded)
{
  Walk walk = { .store = store, .document = document, .form = hk_document_form (document) };
  HkNode *root = hk_document_root (document);
  const char    *title = text_below (root, "cover/title");
  const HkValue *date  = value_below (root, "cover/published");
  gint64   former, agency, report;
  gboolean other;

  *loaded = (Loaded){ 0 };
  g_return_if_fail (walk.form > 0 && walk.form < STORE_FORMS);
  former = remove_same_bytes (store, input, sha256, loaded);
  agency = agencies_find (store->agencies, store->sql, text_below (root, "cover/agency"), input);
  report = agencies_find_report (store->sql, agency, walk.form, text_below (root, "cover/number"), title, &other);
  if (other)
    loaded->other = g_strdup (title != NULL ? title : "");
  remove_same_input (store, report, input, date == NULL ? NULL : hk_value_iso_date (date), loaded);
  add_document (&walk, report, input, sha256);
  for (HkNode *node = hk_node_walk (root); node != NULL; node = hk_node_walk (node))
    visit (&walk, node);
  g_free (walk.risk_path);
  store_settle (store, report);
  if (former != 0)
    store_drop_agency (store, former);
}

void
loaded_clear (Loaded *loaded)
{
  g_clear_pointer (&loaded->same_bytes, g_free);
  g_clear_pointer (&loaded->same_input, g_free);
  g_clear_pointer (&loaded->other, g_free);
}
