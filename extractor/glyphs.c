/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glyphs.h"

#include <math.h>

/* How far two copies of one glyph may stand apart, as a part of its height …
   "ll" in a narrow face must stay two letters, so across also as a part of
   its width. */
#define COPY_APART       0.25
#define COPY_APART_WIDTH 0.5

/* Side of the squares in which copies are looked for, points; copies farther
   apart than half of it are not found, whatever the size of the glyph. */
#define SQUARE 6.0

/* Glyphs looked at per square: keeps a page that heaps thousands of glyphs
   on one spot linear. */
#define MAX_LOOKS 16

static gboolean
is_layout (gunichar ch)
{
  return ch == 0 || (ch != 0x3000 && g_unichar_isspace (ch));
}

static gboolean
is_on_page (const HkPage *page,
            const HkBox  *box)
{
  if (!isfinite (box->x0) || !isfinite (box->y0) || !isfinite (box->x1) || !isfinite (box->y1))
    return FALSE;
  return box->x1 >= 0 && box->y1 >= 0 && box->x0 <= page->width && box->y0 <= page->height;
}

void
hk_glyphs_add (HkPage      *page,
               gunichar     ch,
               const HkBox *box,
               guint        source)
{
  HkGlyph glyph = { .ch = ch, .source = source, .copies = 1 };

  if (is_layout (ch))
    return;
  glyph.box = (HkBox){ fmin (box->x0, box->x1), fmin (box->y0, box->y1),
                       fmax (box->x0, box->x1), fmax (box->y0, box->y1) };
  if (is_on_page (page, &glyph.box))
    g_array_append_val (page->glyphs, glyph);
}

static gboolean
are_copies (const HkGlyph *a,
            const HkGlyph *b)
{
  double apart = COPY_APART * hk_box_height (&a->box);

  return a->ch == b->ch && fabs (a->box.y0 - b->box.y0) <= apart
         && fabs (a->box.x0 - b->box.x0) <= fmin (apart, COPY_APART_WIDTH * hk_box_width (&a->box));
}

/* The key, for character CH, of the square that (X, Y) lies in: collisions
   only cost a look. */
static gpointer
square_key (gunichar ch,
            double   left,
            double   top)
{
  gint64 x = (gint64) floor (left / SQUARE), y = (gint64) floor (top / SQUARE);

  return GSIZE_TO_POINTER ((((gsize) ch * 8191 + (gsize) (x + 1)) * 8191 + (gsize) (y + 1)) | 1);
}

/* A kept glyph that GLYPH is a copy of, or NULL. HEADS maps a square to 1 +
   the index of its newest glyph, BEFORE chains the glyphs of a square. */
static HkGlyph *
find_original (HkPage        *page,
               GHashTable    *heads,
               const guint   *before,
               const HkGlyph *glyph)
{
  for (int i = 0; i < 4; i++) {
    double left = glyph->box.x0 + (i % 2 ? SQUARE : -SQUARE) / 2;
    double top  = glyph->box.y0 + (i / 2 ? SQUARE : -SQUARE) / 2;
    guint  at   = GPOINTER_TO_UINT (g_hash_table_lookup (heads, square_key (glyph->ch, left, top)));

    for (guint looks = 0; at != 0 && looks < MAX_LOOKS; looks++, at = before[at - 1])
      if (are_copies (hk_page_glyph (page, at - 1), glyph))
        return hk_page_glyph (page, at - 1);
  }
  return NULL;
}

void
hk_glyphs_merge_copies (HkPage *page)
{
  g_autoptr (GHashTable) heads = g_hash_table_new (NULL, NULL);
  g_autofree guint *before     = g_new (guint, page->glyphs->len + 1);
  guint kept                   = 0;

  for (guint i = 0; i < page->glyphs->len; i++) {
    HkGlyph  glyph    = *hk_page_glyph (page, i);
    HkGlyph *original = find_original (page, heads, before, &glyph);

    if (original != NULL) {
      original->copies = (guint8) MIN (original->copies + 1, G_MAXUINT8);
      continue;
    }
    gpointer key = square_key (glyph.ch, glyph.box.x0, glyph.box.y0);
    before[kept] = GPOINTER_TO_UINT (g_hash_table_lookup (heads, key));
    *hk_page_glyph (page, kept++) = glyph;
    g_hash_table_insert (heads, key, GUINT_TO_POINTER (kept));
  }
  g_array_set_size (page->glyphs, kept);
}
