/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What runs over the pages of a text in markup: their headers and footers, and what the
 * writer puts between two of them.
 *
 *   { 4 }-----   Page 4 of 45   第4頁   （4）   \newpage   特定個人情報保護評価書（重点項目評価書）
 *
 * Such a line tells itself by coming back. One that has a number comes back with a
 * higher one each time; it must say that it is a page's, or stand among the labels of the
 * form, where a list's numbers do not.
 */
#include "grid.h"
#include "fold.h"

#include <string.h>

/* A line that comes back so often runs over the pages … */
#define PAGES_ALIKE 3
#define PAGES_ALIKE_WORDS 4 /* … though other words than a page's stand beside its number. */

/* It is no longer (glyphs). */
#define HEADER_MAX 80
#define NUMBER_LINE_MAX 60
#define TITLE_MAX 40

#define TITLE "特定個人情報保護評価書("

/* What stands beside a number. */
typedef enum { BESIDE_PAGE, BESIDE_SIGNS, BESIDE_WORDS } Beside;

/* Lines that are alike but for one number, so far. */
typedef struct {
  Beside   beside;
  gboolean rising, by_one;
  guint    n, last;
  guint    labels;      /* read before the last of them */
  guint    among;       /* how many have labels since the one before, … */
  guint    behind;      /* … and stand where a label's value would */
} Series;

static const HkPage *
page_of (const HkGrid *grid,
         guint         r)
{
  return hk_grid_cell (grid, hk_grid_row (grid, r)->first)->run.page;
}

static gboolean
is_labelled (const HkGrid *grid,
             guint         r,
             guint        *l)
{
  while (*l < grid->labels->len && hk_grid_label (grid, *l)->row < r)
    (*l)++;
  return *l < grid->labels->len && hk_grid_label (grid, *l)->row == r;
}

/* --- Lines alike ---------------------------------------------------------------------- */

/* Whether the folded TEXT is markup that the reader does not know: \newpage, <pagebreak/>. */
static gboolean
is_markup (const char *text)
{
  return (*text == '\\' && g_ascii_isalpha (text[1])) ||
         (*text == '<' && (g_ascii_isalpha (text[1]) || text[1] == '/' || text[1] == '|') && g_str_has_suffix (text, ">"));
}

static void
find_alike (HkGrid *grid)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint again = 0; again < 2; again++)
    for (guint r = 0, l = 0; r < grid->rows->len; r++) {
      HkGridRow *row = hk_grid_row (grid, r);
      gboolean   edge = r == 0 || r + 1 == grid->rows->len || page_of (grid, r - 1) != page_of (grid, r) || page_of (grid, r + 1) != page_of (grid, r);

      if (row->table || is_labelled (grid, r, &l) || hk_grid_cell (grid, row->first)->run.n > HEADER_MAX)
        continue;
      g_autofree char *text = hk_grid_fold (hk_grid_cell (grid, row->first));
      if (!edge && !is_markup (text))
        continue;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, text));
      if (again > 0)
        row->running |= n >= PAGES_ALIKE && g_utf8_strlen (text, -1) > 1;
      else
        g_hash_table_insert (counts, g_steal_pointer (&text), GUINT_TO_POINTER (n + 1));
    }
}

/* The title of the form behind the cover: the same as there, or with other words, and often. */
static void
find_titles (HkGrid *grid)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cover = NULL;

  for (guint again = 0; again < 2; again++)
    for (guint r = 0; r < grid->rows->len; r++) {
      HkGridRow *row = hk_grid_row (grid, r);

      if (row->table || hk_grid_cell (grid, row->first)->run.n > TITLE_MAX)
        continue;
      g_autofree char *text = hk_grid_fold (hk_grid_cell (grid, row->first));
      if (!g_str_has_prefix (text, TITLE))
        continue;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, text));
      if (again > 0)
        row->running |= n >= PAGES_ALIKE;
      else if (cover == NULL)
        cover = g_steal_pointer (&text);
      else if (strcmp (text, cover) == 0)
        row->running = TRUE;
      else
        g_hash_table_insert (counts, g_steal_pointer (&text), GUINT_TO_POINTER (n + 1));
    }
}

/* --- Numbers that rise ----------------------------------------------------------------- */

/* What stands beside the number of KEY, there #. */
static Beside
beside_number (const char *key)
{
  static const char *const pages[] = { "page#", "ページ#", "頁#", "#ページ", "#頁", "#page" };
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean letters = FALSE;

  for (const char *c = key; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar ch = g_unichar_tolower (g_utf8_get_char (c));
    letters |= g_unichar_isalpha (ch) && !hk_is_dash (ch);
    if (ch == '#' || g_unichar_isalnum (ch))
      g_string_append_unichar (words, ch);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (strstr (words->str, pages[i]) != NULL)
      return BESIDE_PAGE;
  return letters ? BESIDE_WORDS : BESIDE_SIGNS;
}

static gboolean
is_letter (const HkRun *run,
           guint        i)
{
  gunichar ch = hk_page_glyph (run->page, run->first + i)->ch;

  return i < run->n && g_unichar_isalpha (ch) && !hk_is_dash (ch);
}

/* CELL without the digits of *NUMBER, there #, the next number from glyph *FROM on; NULL:
   there is none. Free with g_free(). */
static char *
next_key (const HkGridCell *cell,
          guint            *from,
          guint            *number,
          gboolean         *apart)
{
  const HkRun *run = &cell->run;
  guint        i   = *from, first;

  while (i < run->n && hk_digit (hk_page_glyph (run->page, run->first + i)->ch) < 0)
    i++;
  if (i == run->n)
    return NULL;
  *number = 0;
  for (first = i; i < run->n && hk_digit (hk_page_glyph (run->page, run->first + i)->ch) >= 0; i++)
    *number = MIN (10 * *number + (guint) hk_digit (hk_page_glyph (run->page, run->first + i)->ch), G_MAXUINT / 20);
  *from  = i;
  *apart = (first == 0 || !is_letter (run, first - 1)) && (i == run->n || !is_letter (run, i));
  HkGridCell before = *cell, behind = *cell;
  before.run.n = first;
  behind.run.first += i;
  behind.run.n -= i;
  g_autofree char *a = hk_grid_fold (&before), *b = hk_grid_fold (&behind);
  return g_strconcat (a, "#", b, NULL);
}

/* Whether row R is one that may be a page's number, or have one. */
static gboolean
may_be_number (const HkGrid *grid,
               guint         r)
{
  const HkGridRow *row = hk_grid_row (grid, r);

  return row->n == 1 && !row->running && hk_grid_cell (grid, row->first)->run.n <= NUMBER_LINE_MAX;
}

/* Whether what follows LABEL, alone in its row, may be its value. */
static gboolean
may_stand_over_value (const HkGrid      *grid,
                      const HkGridLabel *label)
{
  for (guint m = label->first; m < label->first + label->n_matches; m++) {
    const HkFormRow *row = &grid->form->rows[hk_grid_match (grid, m)->row];
    if (row->shape == HK_ROW_ITEM || row->shape == HK_ROW_BLOCK ||
        (row + 1 < grid->form->rows + grid->form->n_rows && row[1].depth > row->depth && *row[1].label == '\0'))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_of_pages (const Series *series)
{
  if (series == NULL || !series->rising)
    return FALSE;
  switch (series->beside) {
  case BESIDE_PAGE: return series->n >= PAGES_ALIKE;
  case BESIDE_SIGNS: return series->n >= PAGES_ALIKE && 2 * series->among >= series->n && 4 * series->behind <= series->n;
  default: return series->n >= PAGES_ALIKE_WORDS && series->by_one && 2 * series->among >= series->n && 4 * series->behind <= series->n;
  }
}

static void
count_number (GHashTable *all,
              char       *key,
              guint       number,
              guint       labels,
              gboolean    behind)
{
  Series *series = g_hash_table_lookup (all, key);

  if (series == NULL) {
    series  = g_new0 (Series, 1);
    *series = (Series){ .beside = beside_number (key), .rising = TRUE, .by_one = TRUE };
    g_hash_table_insert (all, key, series);
  }
  else {
    series->rising &= number > series->last;
    series->by_one &= number == series->last + 1;
    series->among  += labels > series->labels;
    g_free (key);
  }
  series->labels  = labels;
  series->last    = number;
  series->behind += behind;
  series->n++;
}

/* Rows up to HEAD have labels; behind it stands the table of changes, whose rows are as good. */
static void
find_numbers (HkGrid *grid,
              guint   head)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint again = 0; again < 2; again++) {
    guint    labels = 0, number;
    gboolean behind = FALSE;

    for (guint r = 0, l = 0; r < grid->rows->len; r++) {
      HkGridRow *row = hk_grid_row (grid, r);

      if (is_labelled (grid, r, &l) || (r >= head && row->table && row->n > 1)) {
        labels++;
        behind = r < head && row->n == 1 && may_stand_over_value (grid, hk_grid_label (grid, l));
        continue;
      }
      gboolean apart;
      char    *key;
      for (guint from = 0; may_be_number (grid, r) && (key = next_key (hk_grid_cell (grid, row->first), &from, &number, &apart)) != NULL;) {
        Beside beside = beside_number (key);
        if ((beside == BESIDE_WORDS && !apart) || (row->table && beside == BESIDE_WORDS)) {
          g_free (key);
          continue;
        }
        if (again > 0) {
          row->running |= is_of_pages (g_hash_table_lookup (all, key));
          g_free (key);
        }
        else
          count_number (all, key, number, labels, behind);
      }
      behind = FALSE;
    }
  }
}

/* --- All of it --------------------------------------------------------------------------- */

void
hk_grid_find_headers (HkGrid *grid,
                      guint   head)
{
  find_titles (grid);
  find_alike (grid);
  find_numbers (grid, head);
  for (guint l = grid->labels->len; l > 0; l--)
    if (hk_grid_row (grid, hk_grid_label (grid, l - 1)->row)->running)
      g_array_remove_index (grid->labels, l - 1);
}
