/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text.h"

#include <string.h>

/* Blank lines that part pages where there is no form feed. */
#define PAGE_BLANK_LINES 2

typedef struct {
  HkPageSource base;
  char        *text; /* UTF-8 */
  const char  *at;   /* where the next page begins */
  guint        line; /* its number in the file, from 1 */
  guint        pages;
  gboolean     form_feeds;
} Text;

/* Puts the line [AT, END) on PAGE. */
static void
add_line (HkPage     *page,
          const char *at,
          const char *end,
          guint       line,
          guint       row)
{
  guint column = 0, place = 0;

  for (; at < end; at = g_utf8_next_char (at)) {
    gunichar ch = g_utf8_get_char (at);
    guint    width = g_unichar_iswide (ch) || g_unichar_iswide_cjk (ch) ? 2 : 1;

    column++;
    if (ch != '\r') {
      HkGlyph glyph = { .ch = ch, .source = page->glyphs->len, .line = line, .column = column, .copies = 1 };
      glyph.box = (HkBox){ place * HK_TEXT_COLUMN, row * HK_TEXT_LINE, (place + width) * HK_TEXT_COLUMN, (row + 1) * HK_TEXT_LINE };
      g_array_append_val (page->glyphs, glyph);
      page->width = MAX (page->width, glyph.box.x1);
    }
    place += width;
  }
}

static gboolean
is_blank (const char *at,
          const char *end)
{
  for (; at < end; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static HkPage *
next_page (HkPageSource *source,
           GError      **error)
{
  Text  *text = (Text *) source;
  guint  row = 0, blank = 0;

  if (*text->at == '\0')
    return NULL;
  HkPage *page = hk_page_new (++text->pages, 0, 0);
  page->text = TRUE;
  while (*text->at != '\0' && *text->at != '\f') {
    const char *end = text->at + strcspn (text->at, "\n\f");

    if (!is_blank (text->at, end)) {
      if (!text->form_feeds && blank >= PAGE_BLANK_LINES && page->glyphs->len > 0)
        break;
      blank = 0;
      add_line (page, text->at, end, text->line, row);
    }
    else
      blank++;
    row++;
    text->at = end;
    if (*end == '\n') {
      text->at++;
      text->line++;
    }
  }
  if (*text->at == '\f')
    text->at++;
  page->height = row * HK_TEXT_LINE;
  return page;
}

static void
close_text (HkPageSource *source)
{
  Text *text = (Text *) source;

  g_free (text->text);
  g_free (text);
}

HkPageSource *
hk_text_open (GBytes  *bytes,
              GError **error)
{
  Text *text = g_new0 (Text, 1);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  text->base.next  = next_page;
  text->base.close = close_text;
  text->text       = g_utf8_make_valid (data, (gssize) size);
  text->at         = text->text;
  text->line       = 1;
  text->form_feeds = strchr (text->text, '\f') != NULL;
  return &text->base;
}
