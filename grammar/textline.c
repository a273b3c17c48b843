/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "textline.h"
#include "fold.h"

static gboolean
is_space_at (const HkPage *page,
             guint         i)
{
  return hk_is_space (hk_page_glyph (page, i)->ch);
}

GArray *
hk_text_lines (const GPtrArray *pages)
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
