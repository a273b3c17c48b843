/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "names.h"

#include <string.h>

#define PART_BYTES   255 /* that file systems allow in a name */
#define SUFFIX_BYTES 32  /* kept free for "~12345678", "~2" and the extension */

char *
names_clean (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  GString *clean = g_string_new (*path == '/' ? "/" : NULL);

  for (guint i = 0; parts[i] != NULL; i++) {
    if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0)
      continue;
    if (clean->len > 0 && clean->str[clean->len - 1] != '/')
      g_string_append_c (clean, '/');
    g_string_append (clean, parts[i]);
  }
  if (clean->len == 0)
    g_string_append_c (clean, '.');
  return g_string_free (clean, FALSE);
}

/* TEXT with each byte that is no part of a character in UTF-8, each control
   character and each ESCAPED as PREFIX and two digits. */
static char *
escape (const char *text,
        const char *prefix,
        char        escaped)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0') {
    gunichar ch = g_utf8_get_char_validated (text, -1);

    if (ch == (gunichar) -1 || ch == (gunichar) -2 || g_unichar_iscntrl (ch) || (escaped != '\0' && *text == escaped)) {
      g_string_append_printf (out, "%s%02x", prefix, (guint8) *text);
      text++;
    } else {
      g_string_append_unichar (out, ch);
      text = g_utf8_next_char (text);
    }
  }
  return g_string_free (out, FALSE);
}

char *
names_show (const char *path)
{
  return escape (path, "\\x", '\\');
}

char *
names_unshow (const char *text)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0') {
    if (text[0] == '\\' && text[1] == 'x' && g_ascii_isxdigit (text[2]) && g_ascii_isxdigit (text[3])) {
      g_string_append_c (out, (char) (g_ascii_xdigit_value (text[2]) * 16 + g_ascii_xdigit_value (text[3])));
      text += 4;
    } else {
      g_string_append_c (out, *text++);
    }
  }
  return g_string_free (out, FALSE);
}

char *
names_fold (const char *name)
{
  g_autofree char *text   = g_filename_display_name (name);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

/* Cuts PART where it is too long, and says by a checksum of all of it which it was. */
static char *
shorten (char *part)
{
  const gsize most = PART_BYTES - SUFFIX_BYTES;
  g_autofree char *whole = part;

  if (strlen (part) <= most)
    return g_steal_pointer (&whole);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, part, -1);
  const char *end = part + most;
  while (((guint8) *end & 0xc0) == 0x80) /* not within a character */
    end--;
  return g_strdup_printf ("%.*s~%.8s", (int) (end - part), part, sum);
}

/* Whether a folder called PART could be in the way of an output, a manifest or the run's own folder. */
static gboolean
is_reserved (const char *part,
             const char *extension)
{
  g_autofree char *folded = names_fold (part);

  return g_str_has_suffix (folded, extension) || g_str_has_suffix (folded, ".csv") || g_str_has_prefix (folded, ".hyokasho");
}

char *
names_output (const char *path,
              const char *extension,
              guint       n)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  GString *name = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++) {
    if (strcmp (parts[i], "..") == 0) {
      if (kept->len > 0)
        g_ptr_array_remove_index (kept, kept->len - 1);
    } else if (*parts[i] != '\0' && strcmp (parts[i], ".") != 0) {
      g_ptr_array_add (kept, shorten (escape (parts[i], "%", '\0')));
    }
  }
  for (guint i = 0; i < kept->len; i++) {
    const char *part   = kept->pdata[i];
    gboolean    folder = i + 1 < kept->len;

    g_string_append_printf (name, "%s%s%s", i > 0 ? "/" : "", part, folder && is_reserved (part, extension) ? "~" : "");
  }
  if (n > 1)
    g_string_append_printf (name, "~%u", n);
  g_string_append (name, extension);
  return g_string_free (name, FALSE);
}
