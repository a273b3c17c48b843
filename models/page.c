/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "page.h"

HkPage *
hk_page_new (guint  number,
             double width,
             double height)
{
  HkPage *page = g_new0 (HkPage, 1);

  page->number = number;
  page->width  = width;
  page->height = height;
  page->glyphs = g_array_new (FALSE, TRUE, sizeof (HkGlyph));
  page->rules  = g_array_new (FALSE, TRUE, sizeof (HkRule));
  page->cells  = g_array_new (FALSE, TRUE, sizeof (HkCell));
  return page;
}

void
hk_page_free (HkPage *page)
{
  if (page == NULL)
    return;
  g_array_unref (page->glyphs);
  g_array_unref (page->rules);
  g_array_unref (page->cells);
  g_free (page->damage);
  g_free (page->ocr);
  g_free (page->distrust);
  g_free (page);
}
