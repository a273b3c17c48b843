/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser over pages of cells. An input is what page-dump -v prints of a PDF:
 *
 *   page 1: 595x842, …                 a page, by OCR if an o stands for the first p
 *     x0 y0 x1 y1 TRBL text/text       a cell, its open sides, its lines
 *
 * Whatever else a line says is text outside of every cell. Numbers may be any.
 */
#include "check.h"
#include "fuzz.h"
#include "parse.h"

#include <math.h>
#include <string.h>

#define EM         9.0
#define PAGES_MAX  40
#define CELLS_MAX  400 /* of a page: as many rules as there are on any */

typedef struct {
  HkPageSource base;
  GPtrArray   *pages; /* HkPage; NULL once it is given away */
  guint        at;
} Pages;

static HkPage *
next_page (HkPageSource *source,
           GError      **error)
{
  Pages *pages = (Pages *) source;

  return pages->at < pages->pages->len ? g_steal_pointer (&pages->pages->pdata[pages->at++]) : NULL;
}

/* Sets TEXT from X, Y on; / begins a line. */
static void
set_text (HkPage     *page,
          double      x,
          double      y,
          const char *text)
{
  double left = x;

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    HkGlyph glyph = { .ch = g_utf8_get_char (text), .box = { x, y, x + EM, y + EM }, .source = page->glyphs->len, .copies = 1,
                      .ocr = page->ocr != NULL ? 90 : 0 };
    if (glyph.ch == '/') {
      x = left;
      y += 1.3 * EM;
      continue;
    }
    x += EM;
    if (glyph.ch > ' ')
      g_array_append_val (page->glyphs, glyph);
  }
}

/* LINE of PAGE: a cell, or words. */
static void
add_line (HkPage     *page,
          const char *line,
          guint       number)
{
  double      side[4];
  char       *at   = (char *) line;
  HkCell      cell = { 0 };
  int         n    = 0;

  while (n < 4) {
    char *end;
    side[n] = g_ascii_strtod (at, &end);
    if (end == at || !isfinite (side[n]))
      break;
    side[n] = CLAMP (side[n], -2000, 2000);
    at      = end;
    n++;
  }
  if (n < 4 || side[2] <= side[0] || side[3] <= side[1] || page->cells->len >= CELLS_MAX) {
    set_text (page, 40, 14.0 * (number % 58), line);
    return;
  }
  cell.box = (HkBox){ side[0], side[1], side[2], side[3] };
  while (*at == ' ')
    at++;
  for (n = 0; n < 4 && strchr ("TRBL-", *at) != NULL && *at != '\0'; n++, at++)
    if (*at != '-')
      cell.open |= 1u << n;
  for (guint i = 0; i < page->cells->len; i++) { /* they do not overlap */
    const HkBox *other = &hk_page_cell (page, i)->box;
    if (cell.box.x0 < other->x1 && cell.box.x1 > other->x0 && cell.box.y0 < other->y1 && cell.box.y1 > other->y0)
      return;
  }
  g_array_append_val (page->cells, cell);
  set_text (page, cell.box.x0 + 2, cell.box.y0 + 2, at);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_auto (GStrv) lines  = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_page_free);
  Pages pages = { .base = { .next = next_page }, .pages = all };

  for (guint i = 0; lines[i] != NULL && all->len < PAGES_MAX; i++) {
    gboolean opens = g_str_has_prefix (lines[i], "page ") || g_str_has_prefix (lines[i], "oage ");
    if (opens || all->len == 0) {
      HkPage *page = hk_page_new (all->len + 1, 595, 842);
      if (*lines[i] == 'o')
        page->ocr = g_strdup ("an input says so");
      g_ptr_array_add (all, page);
    }
    if (!opens)
      add_line (all->pdata[all->len - 1], lines[i], i);
  }
  pages.base.n_pages   = all->len;
  HkDocument *document = hk_document_new ("input");
  hk_parse (&pages.base, document);
  check_document (document);
  hk_document_free (document);
  return 0;
}
