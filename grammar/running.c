/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "running.h"
#include "fold.h"
#include "label.h"

#include <math.h>
#include <string.h>

/* The part of the page's height in which running lines stand, above and below. */
#define MARGIN 0.12

/* The room between a running line and the text next to it (of the line's height).
   Text that only happens to be equal on two pages stands closer to its next line. */
#define CLEARANCE 0.6

/* So many gaps make a row of a table of a line. */
#define ROW_GAPS 3

/* Running lines stand at the same height on each page, within (points). */
#define SAME_HEIGHT 6.0

typedef struct {
  guint  page;
  double height;
} Seen;

struct _HkRunning {
  GHashTable *seen; /* words with digits masked → Seen, on the last page that had them */
  GHashTable *reported; /* those that were said to run; owned */
};

HkRunning *
hk_running_new (void)
{
  HkRunning *running = g_new0 (HkRunning, 1);

  running->seen     = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  running->reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return running;
}

void
hk_running_free (HkRunning *running)
{
  g_hash_table_unref (running->seen);
  g_hash_table_unref (running->reported);
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

/* Whether CELL is a row of a table rather than a line: it begins with a date and
   goes on, or has several wide gaps. */
static gboolean
is_row (const HkTextCell *cell)
{
  g_autoptr (HkTokens) tokens = hk_tokenize (cell);
  guint gaps = 0;

  for (guint i = 1; i < tokens->tokens->len; i++)
    gaps += hk_token (tokens, i)->class == HK_TOKEN_SPACE;
  return gaps >= ROW_GAPS || (gaps > 0 && hk_token (tokens, 0)->class == HK_TOKEN_DATE);
}

/* Whether OTHER is text so close above or below CELL that both are one text. */
static gboolean
is_next_line (const HkTextCell *cell,
              const HkTextCell *other)
{
  double room = MAX (other->box.y0 - cell->box.y1, cell->box.y0 - other->box.y1);

  return other->loose && room < CLEARANCE * hk_box_height (&cell->box) && !is_part_heading (other);
}

/* Whether CELL is an outermost line of the page, in its margin and apart from
   the text: all lines further out are running, too. */
static gboolean
is_in_margin (const HkTextCell *cell,
              GPtrArray        *cells,
              double            height)
{
  gboolean above = cell->box.y0 < MARGIN * height, below = cell->box.y1 > (1 - MARGIN) * height;

  for (guint i = 0; i < cells->len; i++) {
    const HkTextCell *other = cells->pdata[i];

    if (other == cell || other->glyphs->len == 0 || hk_text_cell_is_running (other))
      continue;
    above &= hk_box_mid_y (&other->box) > cell->box.y0;
    below &= hk_box_mid_y (&other->box) < cell->box.y1;
    if (is_next_line (cell, other))
      return FALSE;
  }
  return above || below;
}

/* The loose line among BEFORE with the same WORDS at the same height, or NULL. */
static HkTextCell *
same_line (GPtrArray  *before,
           const char *words,
           double      height)
{
  for (guint i = 0; before != NULL && i < before->len; i++) {
    HkTextCell *cell = before->pdata[i];

    if (!cell->loose || fabs (hk_box_mid_y (&cell->box) - height) > SAME_HEIGHT)
      continue;
    g_autofree char *other = masked (cell);
    if (strcmp (other, words) == 0)
      return cell;
  }
  return NULL;
}

/* Says once of each running line that it is taken for one. */
static void
report_running (HkRunning        *running,
                const HkTextCell *cell,
                const char       *words,
                HkDocument       *document)
{
  HkPlace          place = hk_text_cell_place (cell);
  g_autofree char *text  = hk_text_cell_fold (cell);

  hk_report (document, HK_DIAG_RUNNING_TEXT, &place, text);
  g_hash_table_add (running->reported, g_strdup (words));
}

static void
look_at (HkRunning    *running,
         const HkPage *page,
         GPtrArray    *before,
         GPtrArray    *cells,
         HkTextCell   *cell,
         HkDocument   *document)
{
  if (!cell->loose || hk_text_cell_is_running (cell) || !is_in_margin (cell, cells, page->height) || is_part_heading (cell) || is_row (cell))
    return;

  g_autofree char *words  = masked (cell);
  double           height = hk_box_mid_y (&cell->box);
  const Seen      *seen   = g_hash_table_lookup (running->seen, words);
  HkTextCell      *twin   = same_line (before, words, height);
  Seen             now    = { page->number, height };

  if (twin != NULL || (seen != NULL && seen->page < page->number && fabs (seen->height - height) < SAME_HEIGHT) || is_page_number (words))
    mark_running (cell);
  if (hk_text_cell_is_running (cell) && !g_hash_table_contains (running->reported, words))
    report_running (running, cell, words, document);
  if (twin != NULL && !hk_text_cell_is_running (twin))
    mark_running (twin);
  g_hash_table_insert (running->seen, g_steal_pointer (&words), g_memdup2 (&now, sizeof now));
}

void
hk_running_page (HkRunning    *running,
                 const HkPage *page,
                 GPtrArray    *before,
                 GPtrArray    *cells,
                 HkDocument   *document)
{
  for (guint i = 0; i < cells->len; i++) /* headers from the top … */
    look_at (running, page, before, cells, cells->pdata[i], document);
  for (guint i = cells->len; i-- > 0;) /* … footers from the bottom, each bares the next */
    look_at (running, page, before, cells, cells->pdata[i], document);
}
