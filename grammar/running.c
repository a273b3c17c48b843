/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "running.h"
#include "fold.h"
#include "label.h"

#include <math.h>
#include <string.h>

/* The part of the page's height that is margin, above and below. */
#define MARGIN 0.09

/* Running lines stand at the same height on each page, within (points). */
#define SAME_HEIGHT 6.0

struct _HkRunning {
  GHashTable *seen; /* words with digits masked → height as double*, of the last page that had them */
};

HkRunning *
hk_running_new (void)
{
  HkRunning *running = g_new0 (HkRunning, 1);

  running->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return running;
}

void
hk_running_free (HkRunning *running)
{
  g_hash_table_unref (running->seen);
  g_free (running);
}

/* The words of CELL with every number as '#'. */
static char *
masked (const HkTextCell *cell)
{
  g_autofree char *folded = hk_text_cell_fold (cell);
  GString         *out    = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c++)
    if (!g_ascii_isdigit (*c))
      g_string_append_c (out, *c);
    else if (out->len == 0 || out->str[out->len - 1] != '#')
      g_string_append_c (out, '#');
  return g_string_free (out, FALSE);
}

/* 12, - 12 -, 3/15, P.4, 5ページ */
static gboolean
is_page_number (const char *words)
{
  static const char *const forms[] = { "#", "-#-", "―#―", "−#−", "#/#", "#-#", "p.#", "P.#", "p#", "P#", "#ページ", "#頁", "(#)", "Page#", "Page#of#", "-#/#-" };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (words, forms[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Headings of parts stand at the same height on many pages, too. */
static gboolean
is_part_heading (const HkTextCell *cell)
{
  g_auto (HkLabel) label = hk_label_read (cell);

  return label.class == HK_TOKEN_PART_NUMBER || label.class == HK_TOKEN_APPENDIX;
}

static void
mark_running (HkTextCell *cell)
{
  hk_text_cell_use (cell, 0, cell->glyphs->len, HK_USE_RUNNING);
}

static gboolean
is_running (const HkTextCell *cell)
{
  return cell->glyphs->len > 0 && hk_cell_glyph (cell, 0)->use == HK_USE_RUNNING;
}

/* The loose line among BEFORE with the same WORDS at the same height, or NULL. */
static HkTextCell *
same_line (GPtrArray  *before,
           const char *words,
           double      height)
{
  for (guint i = 0; i < before->len; i++) {
    HkTextCell *cell = before->pdata[i];

    if (!cell->loose || fabs (hk_box_mid_y (&cell->box) - height) > SAME_HEIGHT)
      continue;
    g_autofree char *other = masked (cell);
    if (strcmp (other, words) == 0)
      return cell;
  }
  return NULL;
}

void
hk_running_page (HkRunning    *running,
                 const HkPage *page,
                 GPtrArray    *before,
                 GPtrArray    *cells)
{
  for (guint i = 0; i < cells->len; i++) {
    HkTextCell *cell = cells->pdata[i];

    if (!cell->loose || is_part_heading (cell))
      continue;

    g_autofree char *words  = masked (cell);
    double           height = hk_box_mid_y (&cell->box);
    double          *seen   = g_hash_table_lookup (running->seen, words);
    HkTextCell      *twin   = same_line (before, words, height);
    gboolean         margin = height < MARGIN * page->height || height > (1 - MARGIN) * page->height;

    if (twin != NULL || (seen != NULL && fabs (*seen - height) < SAME_HEIGHT) || (margin && is_page_number (words)))
      mark_running (cell);
    if (twin != NULL && !is_running (twin))
      mark_running (twin);
    if (seen == NULL) {
      seen = g_new (double, 1);
      g_hash_table_insert (running->seen, g_steal_pointer (&words), seen);
    }
    *seen = height;
  }
}
