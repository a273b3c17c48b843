/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agencies.h"

#include "csv.h"
#include "names.h"

#include <string.h>

#define ALIKE 0.5 /* share of pairs of characters that two titles of one report have in common */

typedef struct {
  char *folder; /* NULL: any */
  char *name;   /* folded; NULL: any */
  char *code, *prefecture;
  guint record;    /* of the file */
  gboolean fits;   /* a document so far */
} Entry;

struct _Agencies {
  GPtrArray *entries;
};

/* --- The file ------------------------------------------------------------------------ */

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->folder);
  g_free (entry->name);
  g_free (entry->code);
  g_free (entry->prefecture);
  g_free (entry);
}

char *
agencies_fold (const char *text)
{
  g_autofree char *plain  = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (plain != NULL ? plain : text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* A 全国地方公共団体コード of five digits, or of six, whose last is a check
   digit; as six. NULL: it is none. */
static char *
parse_code (const char *text)
{
  gsize len = strspn (text, "0123456789");
  guint sum = 0, check;

  if (text[len] != '\0' || (len != 5 && len != 6))
    return NULL;
  for (guint i = 0; i < 5; i++)
    sum += (guint) (text[i] - '0') * (6 - i);
  check = (11 - sum % 11) % 10;
  if (len == 6 && (guint) (text[5] - '0') != check)
    return NULL;
  return g_strdup_printf ("%.5s%u", text, check);
}

static const char *
field (char **fields,
       int    column)
{
  return column < 0 || *fields[column] == '\0' ? NULL : fields[column];
}

/* NULL with *DEFECT set: FIELDS say nothing that can be used. */
static Entry *
make_entry (char      **fields,
            char      **header,
            const char **defect)
{
  const char *folder, *name, *code;
  g_autofree char *parsed = NULL;
  Entry *entry;

  if (g_strv_length (fields) != g_strv_length (header)) {
    *defect = "has another number of fields than the header";
    return NULL;
  }
  folder = field (fields, csv_find (header, "folder"));
  name   = field (fields, csv_find (header, "agency"));
  code   = field (fields, csv_find (header, "code"));
  parsed = code == NULL ? NULL : parse_code (code);
  if (folder == NULL && name == NULL)
    *defect = "names neither a folder nor an agency";
  else if (parsed == NULL)
    *defect = "its code is no 全国地方公共団体コード (six digits, the last a check digit)";
  if (*defect != NULL)
    return NULL;

  entry = g_new0 (Entry, 1);
  entry->folder     = folder == NULL ? NULL : names_clean (folder);
  entry->name       = name == NULL ? NULL : agencies_fold (name);
  entry->code       = g_steal_pointer (&parsed);
  entry->prefecture = g_strdup (field (fields, csv_find (header, "prefecture")));
  return entry;
}

/* What ENTRY is about. Free with g_free(). */
static char *
entry_key (const Entry *entry)
{
  return g_strdup_printf ("%s\n%s", entry->folder != NULL ? entry->folder : "", entry->name != NULL ? entry->name : "");
}

/* Reads the records at CURSOR. FALSE: *DEFECT says what is wrong with *RECORD. */
static gboolean
read_entries (Agencies    *agencies,
              const char  *cursor,
              char       **header,
              guint       *record,
              const char **defect)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char **fields;

  while (*defect == NULL && (fields = csv_next (&cursor)) != NULL) {
    gboolean is_blank = fields[1] == NULL && *fields[0] == '\0';
    Entry *entry = is_blank ? NULL : make_entry (fields, header, defect);

    ++*record;
    g_strfreev (fields);
    if (entry == NULL)
      continue;
    entry->record = *record;
    g_ptr_array_add (agencies->entries, entry);
    g_autofree char *key = entry_key (entry);
    const Entry *same = g_hash_table_lookup (entries, key);
    if (same != NULL && strcmp (same->code, entry->code) != 0)
      *defect = "an earlier record gives the same folder and agency another code";
    else
      g_hash_table_insert (entries, g_steal_pointer (&key), entry);
  }
  return *defect == NULL;
}

Agencies *
agencies_read (const char *path,
               GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *text = NULL;
  g_auto (GStrv) header = NULL;
  Agencies *agencies;
  const char *cursor, *defect = NULL;
  guint record = 1;

  if (!g_file_get_contents (path, &text, NULL, error)) {
    g_prefix_error (error, "%s: the agencies cannot be read: ", shown);
    return NULL;
  }
  cursor = csv_skip_mark (text);
  header = csv_next (&cursor);
  if (!g_utf8_validate (text, -1, NULL) || header == NULL || csv_find (header, "code") < 0 ||
      (csv_find (header, "folder") < 0 && csv_find (header, "agency") < 0)) {
    g_set_error (error, HK_ERROR, HK_ERROR_INVALID,
                 "%s: is no list of agencies: give CSV in UTF-8 with the columns code, prefecture, and folder or agency", shown);
    return NULL;
  }
  agencies = g_new0 (Agencies, 1);
  agencies->entries = g_ptr_array_new_with_free_func (entry_free);
  if (!csv_check (csv_skip_mark (text), &record))
    defect = "has a quote that is not closed";
  else if (record = 1, read_entries (agencies, cursor, header, &record, &defect))
    return agencies;
  g_set_error (error, HK_ERROR, HK_ERROR_INVALID, "%s: record %u: %s", shown, record, defect);
  agencies_free (agencies);
  return NULL;
}

void
agencies_free (Agencies *agencies)
{
  if (agencies == NULL)
    return;
  g_ptr_array_unref (agencies->entries);
  g_free (agencies);
}

/* --- Agencies -------------------------------------------------------------------------- */

/* How well ENTRY fits; 0: not at all. A folder says more than a name, a longer one more than a shorter. */
static gsize
fit (const Entry *entry,
     const char  *folded,
     const char  *input)
{
  gsize len = entry->folder == NULL ? 0 : strlen (entry->folder);

  if (entry->name != NULL && strcmp (entry->name, folded) != 0)
    return 0;
  if (entry->folder != NULL && (strncmp (input, entry->folder, len) != 0 || input[len] != '/'))
    return 0;
  return 1 + 2 * len + (entry->name != NULL);
}

static const Entry *
find_entry (const Agencies *agencies,
            const char     *folded,
            const char     *input)
{
  const Entry *best = NULL;
  gsize best_fit = 0;

  for (guint i = 0; agencies != NULL && i < agencies->entries->len; i++) {
    Entry *entry = agencies->entries->pdata[i];
    gsize  fits  = fit (entry, folded, input);

    entry->fits |= fits > 0;
    if (fits > best_fit) {
      best     = entry;
      best_fit = fits;
    }
  }
  return best;
}

gint64
agencies_find (const Agencies *agencies,
               Sql            *sql,
               const char     *name,
               const char     *input)
{
  const char *printed = name != NULL ? name : "";
  g_autofree char *folded = agencies_fold (printed);
  g_autofree char *folder = g_path_get_dirname (input);
  const Entry *entry = find_entry (agencies, folded, input);
  /* One code can be that of several agencies: the mayor's, the board of education's. */
  g_autofree char *key = g_strconcat (entry != NULL ? entry->code : folder, "\n", folded, NULL);
  gint64 id;

  id = sql_number (sql, "SELECT id FROM agencies WHERE key = ?", "s", key);
  if (id != 0)
    return id;
  sql_run (sql, "INSERT INTO agencies (name, code, prefecture, folder, key) VALUES (?, ?, ?, ?, ?)", "sssss", *printed != '\0' ? printed : NULL,
           entry != NULL ? entry->code : NULL, entry != NULL ? entry->prefecture : NULL, entry != NULL ? NULL : folder, key);
  return sqlite3_last_insert_rowid (sql->handle);
}

guint
agencies_count_idle (const Agencies *agencies,
                     guint          *first)
{
  guint n = 0;

  *first = 0;
  for (guint i = 0; agencies != NULL && i < agencies->entries->len; i++) {
    const Entry *entry = agencies->entries->pdata[i];

    if (!entry->fits && n++ == 0)
      *first = entry->record;
  }
  return n;
}

/* --- Reports ------------------------------------------------------------------------------ */

/* The pairs of characters in TEXT, with how often each is there. */
static GHashTable *
count_pairs (const char *text,
             guint      *n)
{
  GHashTable *pairs = g_hash_table_new (NULL, NULL);
  gunichar before = 0;

  *n = 0;
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar ch = g_utf8_get_char (text);
    gpointer pair = GSIZE_TO_POINTER (((gsize) before << 21) | ch);

    g_hash_table_insert (pairs, pair, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (pairs, pair)) + 1));
    before = ch;
    ++*n;
  }
  return pairs;
}

/* Whether two folded titles may be those of one report: the wording of a title changes now and then. */
static gboolean
are_alike (const char *one,
           const char *other)
{
  guint n_one, n_other, common = 0;
  g_autoptr (GHashTable) pairs = count_pairs (one, &n_one);
  g_autoptr (GHashTable) others = count_pairs (other, &n_other);
  GHashTableIter iter;
  gpointer pair, count;

  if (n_one == 0 || n_other == 0 || strstr (one, other) != NULL || strstr (other, one) != NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, pairs);
  while (g_hash_table_iter_next (&iter, &pair, &count))
    common += MIN (GPOINTER_TO_UINT (count), GPOINTER_TO_UINT (g_hash_table_lookup (others, pair)));
  return 2. * common / (n_one + n_other) >= ALIKE;
}

/* NUMBER as it is compared: "００３" is "3". NULL: there is none. */
static char *
fold_number (const char *number)
{
  g_autofree char *folded = number == NULL ? NULL : agencies_fold (number);
  const char *start = folded;

  if (folded == NULL || *folded == '\0')
    return NULL;
  while (*start == '0' && g_ascii_isdigit (start[1]))
    start++;
  return g_strdup (start);
}

gint64
agencies_find_report (Sql        *sql,
                      gint64      agency,
                      guint       form,
                      const char *number,
                      const char *title,
                      gboolean   *other)
{
  g_autofree char *key    = fold_number (number);
  g_autofree char *folded = agencies_fold (title != NULL ? title : "");
  sqlite3_stmt *found = sql_query (sql, "SELECT id, title_key FROM reports WHERE agency_id = ? AND form = ? AND number IS ?"
                                   " ORDER BY id", "ius", agency, form, key);
  gint64 id = 0;

  *other = FALSE;
  while (id == 0 && sql_next (sql, found)) {
    const char *theirs = sql_text (found, 1);

    /* Without a number, the title has to do. */
    if (key != NULL ? are_alike (folded, theirs) : strcmp (folded, theirs) == 0)
      id = sqlite3_column_int64 (found, 0);
    else
      *other = key != NULL;
  }
  sqlite3_reset (found);
  if (id != 0) {
    *other = FALSE;
    return id;
  }
  sql_run (sql, "INSERT INTO reports (agency_id, form, number, title, title_key) VALUES (?, ?, ?, ?, ?)", "iusss",
           agency, form, key, title, *folded != '\0' ? folded : NULL);
  return sqlite3_last_insert_rowid (sql->handle);
}
