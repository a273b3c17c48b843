/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tables.h"

#include <string.h>

#define FORM_FIRST 2
#define FORM_LAST  4

/* --- Columns that are not the form's ------------------------------------------ */

typedef struct {
  const char *name, *type, *rule, *references, *japanese, *english;
} Fixed;

#define ID      { "id", "INTEGER", "PRIMARY KEY", NULL, "この表の行の番号", "Number of the row in this table" }
#define OWNER(name, table, rule, ja, en) { name, "INTEGER", rule, table, ja, en }
#define DOCUMENT OWNER ("document_id", "documents", "NOT NULL", "評価書", "The document")
#define FILE_    OWNER ("file_id", "files", "NOT NULL", "特定個人情報ファイル", "The file")
#define NUMBER  { "number", "INTEGER", "NOT NULL", NULL, "様式の中での番号", "Number in the form" }
#define PATH    { "path", "TEXT", "NOT NULL", NULL, "様式の中での場所。item_values.path はこれで始まる", \
                  "Place in the form; item_values.path begins with it" }
#define DOUBT   { "uncertain", "INTEGER", "NOT NULL", NULL, "この行の項目のうち、原本で確かめるべき値の数", \
                  "Values of this row that have to be looked at in the source" }
#define END     { NULL, NULL, NULL, NULL, NULL, NULL }

static const Fixed agencies[] = {
  ID,
  { "name", "TEXT", NULL, NULL, "評価実施機関名", "Name of the agency" },
  { "code", "TEXT", NULL, NULL, "全国地方公共団体コード（--agencies による）", "Local government code, from --agencies" },
  { "prefecture", "TEXT", NULL, NULL, "都道府県（--agencies による）", "Prefecture, from --agencies" },
  { "folder", "TEXT", NULL, NULL, "コードのない機関の評価書が置かれたフォルダー。同名の機関はこれで分かれる",
    "Folder of its documents, where it has no code: what keeps agencies of one name apart" },
  { "key", "TEXT", "NOT NULL UNIQUE", NULL, "同じ機関かどうかの判定に使う", "What tells whether two are the same" },
  END
};

static const Fixed reports[] = {
  ID,
  OWNER ("agency_id", "agencies", "NOT NULL", "評価実施機関", "The agency"),
  { "form", "INTEGER", "NOT NULL", NULL, "様式（2, 3, 4）", "Form (2, 3, 4)" },
  { "number", "TEXT", NULL, NULL, "評価書番号（数字の幅と先頭の 0 を揃えたもの）", "Number of the report, width and leading zeros evened" },
  { "title", "TEXT", NULL, NULL, "評価書名（初めて加えた版のもの）", "Title, of the version that was added first" },
  { "title_key", "TEXT", NULL, NULL, "評価書名の照合に使う", "What titles are compared by" },
  END
};

static const Fixed documents[] = {
  ID,
  OWNER ("report_id", "reports", "NOT NULL", "評価書（版をまとめたもの）", "The report that this is a version of"),
  { "version", "INTEGER", NULL, NULL, "公表日の順の版の番号", "Which version of the report, by date of publication" },
  { "is_latest", "INTEGER", NULL, NULL, "最も新しい版なら 1", "1: the newest version" },
  { "input", "TEXT", "NOT NULL", NULL, "入力のファイル", "The file it was read from" },
  { "sha256", "TEXT", "NOT NULL UNIQUE", NULL, "入力の SHA-256（変換済みの XML だけが与えられたときはその XML のもの）",
    "SHA-256 of the input; where only the XML was given, of that" },
  { "form", "INTEGER", "NOT NULL", NULL, "様式（2, 3, 4）", "Form (2, 3, 4)" },
  { "edition", "TEXT", NULL, NULL, "様式の版", "Edition of the form" },
  { "recognised_by", "TEXT", NULL, NULL, "様式と版を判定した根拠", "Why form and edition are believed" },
  { "pages", "INTEGER", "NOT NULL", NULL, "ページ数。0 はページのない文字ファイル", "Pages; 0: text without pages" },
  { "certain", "INTEGER", "NOT NULL", NULL, "確実な値の数", "Values that are certain" },
  { "inferred", "INTEGER", "NOT NULL", NULL, "推定した値の数", "Values that are inferred" },
  { "uncertain", "INTEGER", "NOT NULL", NULL, "原本で確かめるべき値の数", "Values that have to be looked at in the source" },
  { "unplaced", "INTEGER", "NOT NULL", NULL, "置き場所のなかった文字の数", "Characters without a place in the form" },
  END
};

static const Fixed block_of_document[] = { ID, DOCUMENT, NUMBER, PATH, DOUBT, END };

static const Fixed consignments[] = {
  ID, DOCUMENT, FILE_, NUMBER, PATH, DOUBT,
  { "contractor_key", "TEXT", NULL, NULL, "委託先名の文字の幅と空白を揃えたもの。集計に使う", "Name of the contractor with width and blanks evened, to group by" },
  END
};

static const Fixed block_of_file[] = { ID, DOCUMENT, FILE_, NUMBER, PATH, DOUBT, END };

static const Fixed risks[] = {
  ID, DOCUMENT,
  OWNER ("file_id", "files", NULL, "特定個人情報ファイル。様式２にはない", "The file; none in form 2"),
  PATH,
  { "process", "TEXT", "NOT NULL", NULL, "取扱いの過程（path による）", "Process, from the path: acquisition, use, consignment, …" },
  { "section", "TEXT", NULL, NULL, "様式の見出し", "Headings of the form above it" },
  { "risk", "TEXT", NULL, NULL, "リスク", "The risk" },
  { "sufficiency", "TEXT", NULL, NULL, "リスクへの対策は十分か", "Whether the measures are sufficient" },
  { "sufficiency_option", "INTEGER", NULL, NULL, "その選択肢の番号", "Number of that option" },
  { "status", "TEXT", NULL, NULL, "sufficiency の確かさ", "How sure sufficiency is: certain, inferred, uncertain" },
  END
};

static const Fixed measures[] = {
  ID, DOCUMENT,
  OWNER ("file_id", "files", NULL, "特定個人情報ファイル", "The file"),
  OWNER ("risk_id", "risks", NULL, "リスク。過程の全体にかかわるものにはない", "The risk; none where it concerns the process as a whole"),
  PATH,
  { "item", "TEXT", "NOT NULL", NULL, "様式の項目", "Item of the form" },
  { "label", "TEXT", NULL, NULL, "印刷された見出し", "Label as printed" },
  { "value", "TEXT", "NOT NULL", NULL, "内容", "What it says" },
  { "option", "INTEGER", NULL, NULL, "選択肢の番号", "Number of the option, of a choice" },
  { "status", "TEXT", "NOT NULL", NULL, "値の確かさ", "How sure it is: certain, inferred, uncertain" },
  END
};

static const Fixed marks[] = {
  ID, DOCUMENT,
  OWNER ("system_id", "systems", NULL, "システム", "The system that it is of, if it is"),
  OWNER ("file_id", "files", NULL, "特定個人情報ファイル", "The file that it is of, if it is"),
  OWNER ("consignment_id", "consignments", NULL, "委託事項", "The consignment that it is of, if it is"),
  OWNER ("provision_id", "provisions", NULL, "提供先", "The provision that it is of, if it is"),
  OWNER ("transfer_id", "transfers", NULL, "移転先", "The transfer that it is of, if it is"),
  PATH,
  { "item", "TEXT", "NOT NULL", NULL, "様式の項目", "Item of the form" },
  { "option", "TEXT", NULL, NULL, "選択肢の名（path の最後の部分）。単独の欄にはない", "Slug of the box in its group; none where it stands alone" },
  { "words", "TEXT", NULL, NULL, "選択肢の言葉", "Words of the box" },
  { "mark", "TEXT", "NOT NULL", NULL, "1 印あり、0 印なし、? 判らない", "1 marked, 0 not marked, ? cannot be told" },
  { "text", "TEXT", NULL, NULL, "括弧の中の言葉", "Words in the brackets behind it" },
  { "status", "TEXT", "NOT NULL", NULL, "印の確かさ", "How sure the mark is: certain, inferred, uncertain" },
  END
};

static const Fixed item_values[] = {
  ID, DOCUMENT,
  { "path", "TEXT", "NOT NULL", NULL, "様式の中での場所", "Place in the form" },
  { "item", "TEXT", "NOT NULL", NULL, "様式の項目（path の番号のないもの）", "Item of the form: the path without its numbers" },
  { "kind", "TEXT", "NOT NULL", NULL, "text, list, choice, check, date, count", "text, list, choice, check, date, count" },
  { "label", "TEXT", NULL, NULL, "印刷された見出し", "Label as printed" },
  { "value", "TEXT", "NOT NULL", NULL, "印刷されたままの値", "Value as printed" },
  { "option", "INTEGER", NULL, NULL, "選択肢の番号", "Number of the option, of a choice" },
  { "min", "INTEGER", NULL, NULL, "選択肢の範囲の下限、又は件数", "Lower bound that a choice names, or a count" },
  { "max", "INTEGER", NULL, NULL, "選択肢の範囲の上限、又は件数", "Upper bound that a choice names, or a count" },
  { "iso_date", "TEXT", NULL, NULL, "日付（ISO 8601）", "Date in ISO 8601" },
  { "status", "TEXT", "NOT NULL", NULL, "certain 確実、inferred 推定、uncertain 要確認", "certain, inferred, uncertain" },
  { "reason", "TEXT", NULL, NULL, "確実でない理由", "Why it is not certain" },
  { "page", "INTEGER", NULL, NULL, "ページ（1 から）", "Page, from 1" },
  { "x0", "REAL", NULL, NULL, "枠の左（ポイント、ページの左上が原点）", "Left of its box, in points from the top left corner of the page" },
  { "y0", "REAL", NULL, NULL, "枠の上", "Top" },
  { "x1", "REAL", NULL, NULL, "枠の右", "Right" },
  { "y1", "REAL", NULL, NULL, "枠の下", "Bottom" },
  { "line", "INTEGER", NULL, NULL, "文字ファイルの行（1 から）", "Line in a text file, from 1" },
  { "column", "INTEGER", NULL, NULL, "その行の中の文字の位置（1 から）", "Column in that line, from 1" },
  { "last_line", "INTEGER", NULL, NULL, "最後の文字の行", "Line of the last character" },
  { "last_column", "INTEGER", NULL, NULL, "最後の文字の位置", "Column of the last character" },
  { "places", "INTEGER", "NOT NULL", NULL, "場所の数。この表には最初のものだけがある", "How many places it has; the first is given here" },
  END
};

static const Fixed items[] = {
  { "form", "INTEGER", "NOT NULL", NULL, "様式（2, 3, 4）", "Form (2, 3, 4)" },
  { "item", "TEXT", "NOT NULL", NULL, "様式の項目", "Item of the form" },
  { "position", "INTEGER", "NOT NULL", NULL, "様式の中での順", "Its place in the order of the form" },
  { "kind", "TEXT", "NOT NULL", NULL, "text, list, choice, checks, check, date, count", "text, list, choice, checks, check, date, count" },
  { "section", "TEXT", "NOT NULL", NULL, "上にある見出し", "Headings above it" },
  { "label", "TEXT", "NOT NULL", NULL, "印刷される見出し", "Label as printed" },
  { "english", "TEXT", "NOT NULL", NULL, "英語", "In English" },
  END
};

static const Fixed options[] = {
  { "form", "INTEGER", "NOT NULL", NULL, "様式（2, 3, 4）", "Form (2, 3, 4)" },
  { "item", "TEXT", "NOT NULL", NULL, "様式の項目", "Item of the form" },
  { "number", "INTEGER", "NOT NULL", NULL, "選択肢の番号", "Number of the option" },
  { "option", "TEXT", NULL, NULL, "選択肢の名（marks.option）", "Its slug, as in marks.option" },
  { "words", "TEXT", "NOT NULL", NULL, "印刷される言葉", "Its words as printed" },
  END
};

typedef struct {
  const char  *name, *block, *rule, *japanese, *english;
  const Fixed *fixed;
} Made;

static const Made made[] = {
  { "agencies", NULL, NULL, "評価実施機関", "Agencies", agencies },
  { "reports", NULL, NULL, "評価書。同じ機関、様式、評価書番号の版をまとめたもの", "Reports: versions with the same agency, form and number together", reports },
  { "documents", "", NULL, "公表された評価書の一つの版", "A version of a report, as published", documents },
  { "systems", "system[]", "UNIQUE (document_id, number)", "システム", "Systems", block_of_document },
  { "files", "file[]", "UNIQUE (document_id, number)", "特定個人情報ファイル", "Files with My Numbers", block_of_document },
  { "consignments", "file[]/consignment[]", "UNIQUE (file_id, number)", "委託事項", "Consignments: work on a file that others do", consignments },
  { "provisions", "file[]/provision[]", "UNIQUE (file_id, number)", "提供先", "Provisions to other bodies", block_of_file },
  { "transfers", "file[]/transfer[]", "UNIQUE (file_id, number)", "移転先", "Transfers within the body", block_of_file },
  { "risks", NULL, "UNIQUE (document_id, path)", "リスクとその対策の評価", "Risks, and how the measures against them are judged", risks },
  { "measures", NULL, "UNIQUE (document_id, path)", "リスクへの措置", "Measures against risks", measures },
  { "marks", NULL, "UNIQUE (document_id, path)", "印を付ける欄", "Boxes to be marked", marks },
  { "changes", "change[]", "UNIQUE (document_id, number)", "変更箇所", "Changes since the version before", block_of_document },
  { "item_values", NULL, "UNIQUE (document_id, path)", "全ての値とその出所", "All values, and where they stand", item_values },
  { "items", NULL, "PRIMARY KEY (form, item)", "様式の項目", "Items of the forms", items },
  { "options", NULL, "PRIMARY KEY (form, item, number)", "様式の選択肢", "Options of the forms' items", options },
};

/* --- Columns that are the form's ----------------------------------------------- */

/* Parts of the form that say what is done against risks. */
static const char *const measure_parts[] = { "risk", "audit", "training", "other-measures" };

/* PATH behind "file[]/". */
static const char *
below_file (const char *path)
{
  return g_str_has_prefix (path, "file[]/") ? path + strlen ("file[]/") : path;
}

Role
item_role (const HkItem *item)
{
  const char *path = hk_item_path (item);
  const char *part = below_file (path);

  if (hk_item_kind (item) == HK_KIND_CHECKS || hk_item_kind (item) == HK_KIND_CHECK)
    return ROLE_MARKS;
  if (g_str_has_suffix (path, "/sufficiency"))
    return ROLE_SUFFICIENCY;
  for (guint i = 0; i < G_N_ELEMENTS (measure_parts); i++) {
    gsize len = strlen (measure_parts[i]);

    if (strncmp (part, measure_parts[i], len) == 0 && (part[len] == '/' || part[len] == '\0'))
      return ROLE_MEASURE;
  }
  return ROLE_COLUMN;
}

/* Where PATH goes on below BLOCK, if no further block lies between; else NULL. */
static const char *
below_block (const char *path,
             const char *block)
{
  gsize len = strlen (block);

  if (len > 0 && (strncmp (path, block, len) != 0 || path[len] != '/'))
    return NULL;
  path += len > 0 ? len + 1 : 0;
  return strstr (path, "[]") == NULL ? path : NULL;
}

static gboolean
has_column (const Table *table,
            const char  *name)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (strcmp (((const Column *) table->columns->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
add_column (Table       *table,
            const char  *path,
            const char  *suffix,
            const char  *type,
            ColumnSource source,
            const char  *japanese,
            const char  *japanese_suffix,
            const char  *english,
            const char  *english_suffix)
{
  Column *column = g_new0 (Column, 1);

  column->name     = g_strconcat (path, suffix, NULL);
  g_strdelimit (column->name, "/-", '_');
  column->type     = type;
  column->source   = source;
  column->path     = g_strdup (path);
  column->japanese = g_strconcat (japanese, japanese_suffix, NULL);
  column->english  = g_strconcat (english, english_suffix, NULL);
  g_ptr_array_add (table->columns, column);
}

/* The columns for ITEM of FORM, unless an earlier form has it, too. */
static void
add_item (Table        *table,
          guint         form,
          const HkItem *item)
{
  const char *path = below_block (hk_item_path (item), table->block);
  g_autofree char *name = g_strdelimit (g_strdup (path != NULL ? path : ""), "/-", '_');
  g_autofree char *label = hk_item_label (form, item);
  g_autofree char *english = hk_item_english (item, table->block);

  if (path == NULL || item_role (item) != ROLE_COLUMN || has_column (table, name))
    return;
  add_column (table, path, "", "TEXT", COLUMN_TEXT, label, "", english, "");
  switch (hk_item_kind (item)) {
  case HK_KIND_CHOICE:
    add_column (table, path, "-option", "INTEGER", COLUMN_OPTION, label, "（選択肢の番号）", english, " (number of the option)");
    break;
  case HK_KIND_COUNT:
    add_column (table, path, "-number", "INTEGER", COLUMN_NUMBER, label, "（数として）", english, " (as a number)");
    break;
  case HK_KIND_DATE:
    add_column (table, path, "-iso", "TEXT", COLUMN_DATE, label, "（ISO 8601）", english, " (ISO 8601)");
    break;
  case HK_KIND_TEXT:
  case HK_KIND_LIST:
  case HK_KIND_CHECKS:
  case HK_KIND_CHECK:
    break;
  }
}

/* --- Tables ------------------------------------------------------------------------- */

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column->japanese);
  g_free (column->english);
  g_free (column->path);
  g_free (column);
}

static void
table_free (gpointer data)
{
  Table *table = data;

  g_ptr_array_unref (table->columns);
  g_free (table->insert);
  g_free (table);
}

static char *
insert_statement (const Table *table)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s VALUES (?", table->name);
  for (guint i = 1; i < table->columns->len; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static Table *
make_table (const Made *model)
{
  Table *table = g_new0 (Table, 1);

  table->name     = model->name;
  table->block    = model->block;
  table->rule     = model->rule;
  table->japanese = model->japanese;
  table->english  = model->english;
  table->columns  = g_ptr_array_new_with_free_func (column_free);
  for (const Fixed *fixed = model->fixed; fixed->name != NULL; fixed++) {
    Column *column = g_new0 (Column, 1);

    column->name       = g_strdup (fixed->name);
    column->type       = fixed->type;
    column->rule       = fixed->rule;
    column->references = fixed->references;
    column->japanese   = g_strdup (fixed->japanese);
    column->english    = g_strdup (fixed->english);
    g_ptr_array_add (table->columns, column);
  }
  for (guint form = FORM_LAST; table->block != NULL && form >= FORM_FIRST; form--)
    for (const HkItem *item = hk_item_next (form, NULL); item != NULL; item = hk_item_next (form, item))
      add_item (table, form, item);
  table->insert = insert_statement (table);
  return table;
}

GPtrArray *
tables_new (void)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (table_free);

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    g_ptr_array_add (tables, make_table (&made[i]));
  return tables;
}

const Table *
tables_find (GPtrArray  *tables,
             const char *name)
{
  for (guint i = 0; i < tables->len; i++)
    if (strcmp (((const Table *) tables->pdata[i])->name, name) == 0)
      return tables->pdata[i];
  g_return_val_if_reached (NULL);
}

int
table_column (const Table *table,
              const char  *name)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (strcmp (((const Column *) table->columns->pdata[i])->name, name) == 0)
      return (int) i;
  g_return_val_if_reached (0);
}

/* --- SQL -------------------------------------------------------------------------------- */

static void
append_column (GString      *sql,
               const Column *column,
               gboolean      last)
{
  g_string_append_printf (sql, "  \"%s\" %s", column->name, column->type);
  if (column->rule != NULL)
    g_string_append_printf (sql, " %s", column->rule);
  if (column->references != NULL)
    g_string_append_printf (sql, " REFERENCES %s (id) ON DELETE CASCADE", column->references);
  g_string_append_printf (sql, "%s -- %s / %s\n", last ? "" : ",", column->japanese, column->english);
}

char *
tables_sql (GPtrArray *tables)
{
  GString *sql = g_string_new (NULL);

  for (guint i = 0; i < tables->len; i++) {
    const Table *table = tables->pdata[i];

    g_string_append_printf (sql, "CREATE TABLE %s ( -- %s / %s\n", table->name, table->japanese, table->english);
    for (guint k = 0; k < table->columns->len; k++)
      append_column (sql, table->columns->pdata[k], k + 1 == table->columns->len && table->rule == NULL);
    if (table->rule != NULL)
      g_string_append_printf (sql, "  %s\n", table->rule);
    g_string_append (sql, ");\n");
    for (guint k = 0; k < table->columns->len; k++) {
      const Column *column = table->columns->pdata[k];

      if (column->references != NULL)
        g_string_append_printf (sql, "CREATE INDEX %s_%s ON %s (%s);\n", table->name, column->name, table->name, column->name);
    }
  }
  return g_string_free (sql, FALSE);
}
