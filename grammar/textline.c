/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "textline.h"
#include "fold.h"

/* A number at the edge of so many pages, as a part of all, is the pages'. */
#define NUMBERED_PAGES 0.6

static gboolean
is_space_at (const HkPage *page,
             guint         i)
{
  return hk_is_space (hk_page_glyph (page, i)->ch);
}

static GArray *
all_lines (const GPtrArray *pages)
{
  GArray *lines  = g_array_new (FALSE, TRUE, sizeof (HkTextLine));
  guint   island = 0;

  for (guint p = 0; p < pages->len; p++) {
    const HkPage *page  = pages->pdata[p];
    guint         above = 0; /* source line of the line before */

    for (guint i = 0, end; i < page->glyphs->len; i = end) {
      const HkGlyph *glyph = hk_page_glyph (page, i);
      guint          first = i, last;

      for (end = i; end < page->glyphs->len && hk_page_glyph (page, end)->line == glyph->line; end++)
        ;
      for (last = end; last > first && is_space_at (page, last - 1); last--)
        ;
      while (first < last && is_space_at (page, first))
        first++;
      if (first == last)
        continue;
      if (lines->len > 0 && (above == 0 || glyph->line > above + 1))
        island++;
      above = glyph->line;
      HkTextLine line = { { page, first, last - first }, island, (guint) (glyph->box.y0 / HK_TEXT_LINE) };
      g_array_append_val (lines, line);
    }
  }
  return lines;
}

/* --- Page numbers -------------------------------------------------------------- */

/* Where a page's number may stand. */
typedef enum { FIRST_LINE, LAST_LINE, BEFORE_ALL, N_EDGES } Edge;

/* The line of the page that begins with line FIRST, of N, at EDGE. */
static guint
edge_line (Edge  edge,
           guint first,
           guint n)
{
  return edge == LAST_LINE ? first + n - 1 : first;
}

/* The number that LINE has at EDGE, *N its glyphs; 0: none. It is all of the
   line (dashes aside), or stands before its words. */
static guint
number_at (const HkTextLine *line,
           Edge              edge,
           guint            *n)
{
  guint number = 0, i = 0;

  for (; i < line->run.n; i++) {
    gunichar ch = hk_page_glyph (line->run.page, line->run.first + i)->ch;

    if (hk_digit (ch) >= 0 && number < 10000)
      number = 10 * number + (guint) hk_digit (ch);
    else if (edge == BEFORE_ALL || !(hk_is_dash (ch) || hk_is_space (ch)))
      break;
  }
  *n = i;
  if (edge == BEFORE_ALL)
    return i < line->run.n && hk_is_space (hk_page_glyph (line->run.page, line->run.first + i)->ch) ? number : 0;
  return i == line->run.n ? number : 0;
}

/* Calls each page's lines: the page that begins at line I has as many. */
static guint
lines_of_page (const GArray *lines,
               guint         i)
{
  const HkPage *page = g_array_index (lines, HkTextLine, i).run.page;
  guint         n    = 1;

  while (i + n < lines->len && g_array_index (lines, HkTextLine, i + n).run.page == page)
    n++;
  return n;
}

/* Whether most pages have a number at EDGE that counts up with them. */
static gboolean
is_numbered (const GArray *lines,
             Edge          edge)
{
  guint pages = 0, numbered = 0, before = 0, glyphs;

  for (guint i = 0, n; i < lines->len; i += n) {
    n = lines_of_page (lines, i);
    guint number = number_at (&g_array_index (lines, HkTextLine, edge_line (edge, i, n)), edge, &glyphs);
    numbered += number > before;
    if (number > 0)
      before = number;
    pages++;
  }
  return pages > 1 && numbered > NUMBERED_PAGES * pages;
}

/* Takes the pages' numbers at EDGE out of LINES. */
static void
take_numbers (GArray *lines,
              Edge    edge)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (HkTextLine));
  guint before = 0;

  for (guint i = 0, n; i < lines->len; i += n) {
    n = lines_of_page (lines, i);
    for (guint l = i; l < i + n; l++) {
      HkTextLine *line = &g_array_index (lines, HkTextLine, l);
      guint       glyphs = 0, number = l == edge_line (edge, i, n) ? number_at (line, edge, &glyphs) : 0;

      if (number > before && number <= before + 3) {
        before = number;
        for (guint g = 0; g < glyphs; g++)
          hk_page_glyph (((HkPage *) line->run.page), line->run.first + g)->use = HK_USE_RUNNING;
        while (glyphs < line->run.n && is_space_at (line->run.page, line->run.first + glyphs))
          glyphs++;
        line->run.first += glyphs;
        line->run.n     -= glyphs;
      }
      if (line->run.n > 0)
        g_array_append_vals (kept, line, 1);
    }
  }
  g_array_set_size (lines, 0);
  g_array_append_vals (lines, kept->data, kept->len);
}

/* --- Running lines ---------------------------------------------------------------- */

/* So many lines from a page's edge may be running ones. */
#define RUNNING_LINES 2

/* They stand on so many pages at least, and on such a part of all. */
#define RUNNING_MIN 3
#define RUNNING_PAGES 0.5

/* The characters of LINE, but for white space, which differs from page to page. */
static char *
text_of (const HkTextLine *line)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < line->run.n; i++)
    if (!is_space_at (line->run.page, line->run.first + i))
      g_string_append_unichar (text, hk_page_glyph (line->run.page, line->run.first + i)->ch);
  return g_string_free (text, FALSE);
}

static gboolean
is_at_edge (guint l,
            guint first,
            guint n)
{
  return l < first + RUNNING_LINES || l + RUNNING_LINES >= first + n;
}

/* Takes lines that stand at the edge of most pages out of LINES. */
static void
take_running (GArray *lines)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (HkTextLine));
  guint pages = 0;

  for (guint i = 0, n; i < lines->len; i += n, pages++) {
    n = lines_of_page (lines, i);
    for (guint l = i; l < i + n; l++)
      if (is_at_edge (l, i, n)) {
        char *text = text_of (&g_array_index (lines, HkTextLine, l));
        guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (seen, text));
        g_hash_table_insert (seen, text, GUINT_TO_POINTER (so_far + 1));
      }
  }
  for (guint i = 0, n; i < lines->len; i += n) {
    n = lines_of_page (lines, i);
    for (guint l = i; l < i + n; l++) {
      const HkTextLine *line = &g_array_index (lines, HkTextLine, l);
      g_autofree char  *text = text_of (line);
      guint count = is_at_edge (l, i, n) ? GPOINTER_TO_UINT (g_hash_table_lookup (seen, text)) : 0;

      if (count >= RUNNING_MIN && count > RUNNING_PAGES * pages)
        for (guint g = 0; g < line->run.n; g++)
          hk_page_glyph (((HkPage *) line->run.page), line->run.first + g)->use = HK_USE_RUNNING;
      else
        g_array_append_vals (kept, line, 1);
    }
  }
  g_array_set_size (lines, 0);
  g_array_append_vals (lines, kept->data, kept->len);
}

GArray *
hk_text_lines (const GPtrArray *pages)
{
  GArray *lines = all_lines (pages);

  take_running (lines);

  for (Edge edge = FIRST_LINE; edge < N_EDGES; edge++)
    if (is_numbered (lines, edge)) {
      take_numbers (lines, edge);
      break;
    }
  return lines;
}
