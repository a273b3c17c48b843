/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of changes where cells follow each other, as they were painted or
 * read: parts of lines become pieces, each piece is told by what it says, and
 * the search (history-search.c) gives it a row and a column.
 */
#include "history-cost.h"
#include "fold.h"

#include <string.h>

#define DOUBT_ORDER "another cell of the table may be meant"
#define DOUBT_ROW "which row it is of is not clear"

/* How far behind a date the rest of it may stand (pieces). */
#define DATE_REST 6

/* Widths of columns where the document does not tell (half-width columns). */
#define ITEM_WIDTH 26
#define REASON_WIDTH 24
#define TEXT_WIDTH 36
#define TEXT_LEAST 28
#define TEXT_WIDEST 90

/* So many lines tell how wide their column is; one of so many may be wider. */
#define WIDTHS_MIN 4
#define WIDTHS_WIDER 12

/* So many rows have a reason that is known by that alone. */
#define OFTEN 4

/* One date of so many is written in another way: they all are as they come. */
#define MIXED 8

/* What a sentence cannot end with. */
#define OPEN_ENDS "をはがのにとでやへ、"

/* One island of so many begins in the middle of a sentence: blank lines part lines
   of a cell, too. */
#define TORN_SHARE 12

/* Reasons in the island of their 事前 or 事後, for one that is not. */
#define BOUND_SHARE 2

/* What follows 事前 and 事後 in a sentence. */
#define PARTICLES "にのでもをはがと、。，・（("

static int
by_number (gconstpointer a,
           gconstpointer b)
{
  return (int) *(const guint *) a - (int) *(const guint *) b;
}

static void
clear_piece (gpointer data)
{
  HkChangePiece *piece = data;

  g_free (piece->text);
  g_clear_pointer (&piece->rest, g_array_unref);
}

/* --- What a piece says -------------------------------------------------------- */

static gunichar
glyph_of (const HkRun *run,
          guint        i)
{
  return hk_page_glyph (run->page, run->first + i)->ch;
}

/* Whether RUN, from glyph AT on, begins as the name of an item does: 2 as the
   table of changes writes it (Ⅱ-４, Ⅲ リスク対策, （別添１）), 1 as a list may too (Ⅰ．). */
static guint
item_at (const HkRun *run,
         guint        at)
{
  if (at >= run->n)
    return 0;
  if (hk_roman_number (glyph_of (run, at)) != 0) {
    gunichar next = at + 1 < run->n ? glyph_of (run, at + 1) : 0;
    if (at + 2 < run->n && hk_digit (glyph_of (run, at + 2)) >= 0)
      return 2; /* Ⅱ．４ */
    return next == 0xFF0E || next == '.' ? 1 : 2;
  }
  guint i = at;
  if (hk_is_open_paren (glyph_of (run, i)))
    i++;
  while (i > at && i < run->n && hk_is_space (glyph_of (run, i))) /* ( 別添１ ) */
    i++;
  return i + 2 < run->n && glyph_of (run, i) == 0x5225 && glyph_of (run, i + 1) == 0x6DFB && hk_digit (glyph_of (run, i + 2)) >= 0 ? 2 : 0;
}

static gboolean
is_blank_word (const HkRun *run)
{
  static const char *const words[] = { "なし", "無し", "略", "削除", "新規", "追加", "新設", "記載" };
  gboolean dash = TRUE, found = FALSE;

  g_autofree char *text = hk_run_fold (run);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    found |= strstr (text, words[i]) != NULL;
  for (guint i = 0; i < run->n; i++)
    dash &= hk_is_dash (glyph_of (run, i)) || glyph_of (run, i) == 0x30FC;
  return dash || (found && run->n <= 8 && run->n >= 3 && hk_is_open_paren (glyph_of (run, 0)) && hk_is_close_paren (glyph_of (run, run->n - 1)) &&
                  hk_digit (glyph_of (run, 1)) < 0);
}

/* Whether a paragraph may begin with RUN. */
static gboolean
begins_paragraph (const HkRun *run)
{
  gunichar first = glyph_of (run, 0);
  guint    i     = 0;

  if (hk_circled_number (first) != 0 || hk_is_open_paren (first) || hk_roman_number (first) != 0 ||
      g_utf8_strchr ("・･●○◆◇■□◎※＜<【〇「", -1, first) != NULL)
    return TRUE;
  while (i < run->n && i < 2 && hk_digit (glyph_of (run, i)) >= 0)
    i++;
  return i > 0 && i < run->n &&
         (glyph_of (run, i) == 0xFF0E || glyph_of (run, i) == '.' || hk_is_close_paren (glyph_of (run, i)) || hk_is_space (glyph_of (run, i)));
}

/* The labels of FORM, folded (char *). */
static GPtrArray *
fold_labels (const HkForm *form)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < form->n_rows; i++)
    if (form->rows[i].shape != HK_ROW_WORDS && form->rows[i].label != NULL && *form->rows[i].label != '\0')
      g_ptr_array_add (labels, hk_fold_utf8 (form->rows[i].label, -1));
  return labels;
}

/* Whether one of LABELS has the words of TEXT, or TEXT those of a label. */
static gboolean
is_of_form (const GPtrArray *labels,
            const char      *text)
{
  while (*text != '\0' && (g_ascii_isalnum (*text) || strchr (".-()", *text) != NULL))
    text++;
  glong n = g_utf8_strlen (text, -1);
  if (n < 4 || n > 40)
    return FALSE;
  for (guint i = 0; i < labels->len; i++) {
    const char *label = labels->pdata[i];
    if (strstr (label, text) != NULL || (strlen (label) >= strlen ("提出時期") && strstr (text, label) != NULL))
      return TRUE;
  }
  return FALSE;
}

/* Whether RUN counts an entry, and says nothing else: ａ, ア, 1), (2), －. */
static gboolean
is_mark (const HkRun *run)
{
  guint i = 0;

  if (hk_is_open_paren (glyph_of (run, 0)))
    i++;
  if (i >= run->n || !(g_unichar_isalnum (glyph_of (run, i)) || g_utf8_strchr ("・○〇●◎◆◇■□※", -1, glyph_of (run, i)) != NULL))
    return FALSE;
  while (i < run->n && (hk_digit (glyph_of (run, i)) >= 0))
    i++;
  if (i == 0)
    i = 1;
  else if (i < run->n && hk_digit (glyph_of (run, i - 1)) < 0)
    i++;
  return i == run->n || (i + 1 == run->n && (hk_is_close_paren (glyph_of (run, i)) || glyph_of (run, i) == 0xFF0E || glyph_of (run, i) == '.'));
}

/* The last of LABELS that TEXT, the end of an item's name, is: 1, …; or 0. */
static guint
form_row_of (const GPtrArray *labels,
             const char      *text)
{
  for (guint i = labels->len; i > 0; i--)
    if (g_str_has_suffix (text, labels->pdata[i - 1]))
      return i;
  return 0;
}

static void
describe (HkChangePiece   *piece,
          const GPtrArray *labels)
{
  const HkRun *run  = &piece->run;
  gunichar     last = glyph_of (run, run->n - 1);
  gboolean     whole;
  gsize        date = hk_change_date (piece->text, &whole);

  piece->date       = date > 0 && date == strlen (piece->text);
  piece->date_whole = piece->date && whole;
  piece->timing     = hk_change_timing (piece->text) > 0 && hk_change_timing (piece->text) == strlen (piece->text);
  piece->item       = g_str_has_prefix (piece->text, "表紙") && run->n <= 12 ? 2 : item_at (run, 0);
  piece->blank      = is_blank_word (run);
  piece->form_row   = form_row_of (labels, piece->text);
  piece->label      = piece->form_row > 0 && strcmp (piece->text, labels->pdata[piece->form_row - 1]) == 0;
  piece->of_form    = piece->item > 0 || is_of_form (labels, piece->text);
  piece->begins     = begins_paragraph (run);
  piece->ends       = g_utf8_strchr ("。．」』】＞>）)", -1, last) != NULL;
  piece->open       = g_utf8_strchr (OPEN_ENDS, -1, last) != NULL && run->n > 2;
  piece->mark       = run->n <= 3 && !piece->bound && is_mark (run);
  piece->stops      = last == 0x3002;
  piece->bound      = hk_is_line_start_forbidden (glyph_of (run, 0)) || g_utf8_strchr ("、。，．」』】", -1, glyph_of (run, 0)) != NULL;
  piece->number     = run->n <= 3 && strspn (piece->text, "0123456789") == strlen (piece->text) && piece->first && piece->last;
  piece->numbered   = run->n <= 5 && run->n >= 2 && (hk_circled_number (last) != 0 || (run->n >= 4 && hk_digit (last) >= 0 && hk_is_space (glyph_of (run, run->n - 2))));
}

/* --- Pieces ---------------------------------------------------------------------- */

static void
add_piece (GArray          *pieces,
           const HkBit     *bit,
           guint            from,
           guint            end,
           const GPtrArray *labels)
{
  HkChangePiece piece = { .run = { bit->run.page, bit->run.first + from, end - from }, .line = bit->line, .island = bit->island, .page = bit->page };

  piece.gap   = from > 0 ? 0 : bit->gap;
  piece.glued = from > 0;
  piece.first = from == 0 && bit->gap == 0;
  piece.wide  = from == 0 && bit->wide;
  piece.last  = bit->last && end == bit->run.n;
  for (guint i = 0; i < piece.run.n; i++)
    piece.width += (guint) (hk_box_width (&hk_page_glyph (piece.run.page, piece.run.first + i)->box) / HK_TEXT_COLUMN + 0.5);
  piece.text = hk_run_fold (&piece.run);
  describe (&piece, labels);
  g_array_append_val (pieces, piece);
}

/* Whether glyphs [AT, end) of RUN say a date and nothing else, or begin with one
   of an era where AT is not their begin. */
static guint
date_at (const HkRun *run,
         guint        at)
{
  gunichar a = glyph_of (run, at), b = at + 1 < run->n ? glyph_of (run, at + 1) : 0;

  if (!((a == 0x4EE4 && b == 0x548C) || (a == 0x5E73 && b == 0x6210)))
    return 0;
  HkRun rest = { run->page, run->first + at, run->n - at };
  g_autofree char *text = hk_run_fold (&rest);
  gboolean whole;
  gsize    n = hk_change_date (text, &whole);
  return n > 0 && n == strlen (text) ? run->n - at : 0;
}

static gboolean
timing_at (const HkRun *run,
           guint        at)
{
  return at + 2 <= run->n && glyph_of (run, at) == 0x4E8B && (glyph_of (run, at + 1) == 0x524D || glyph_of (run, at + 1) == 0x5F8C);
}

/* Whether (記載なし) stands at AT, and nothing but the name of an item behind it. */
static gboolean
blank_word_at (const HkRun *run,
               guint        at)
{
  guint end = at;

  if (!hk_is_open_paren (glyph_of (run, at)))
    return FALSE;
  while (end < run->n && !hk_is_close_paren (glyph_of (run, end)))
    end++;
  HkRun word = { run->page, run->first + at, end + 1 - at };
  return end < run->n && is_blank_word (&word) && end + 1 < run->n && item_at (run, end + 1) == 2;
}

/* Cuts BIT where cells are glued together: before a date at its end, before the
   name of an item, behind or before 事前 and 事後 at its ends. */
static void
cut_bit (GArray          *pieces,
         const HkBit     *bit,
         const GPtrArray *labels)
{
  guint from = 0;

  for (guint i = 1; i < bit->run.n; i++) {
    gunichar before = glyph_of (&bit->run, i - 1);
    gboolean cut = FALSE;

    cut |= date_at (&bit->run, i) > 0 && !hk_is_open_paren (before) && g_utf8_strchr ("「｢、､・,～~－", -1, before) == NULL;
    cut |= item_at (&bit->run, i) == 2 && hk_roman_number (glyph_of (&bit->run, i)) != 0 && i + 1 < bit->run.n && hk_is_dash (glyph_of (&bit->run, i + 1)) &&
           !hk_is_open_paren (before) && g_utf8_strchr ("「｢、､・,", -1, before) == NULL;
    cut |= i >= 2 && timing_at (&bit->run, i - 2) && g_utf8_strchr (PARTICLES, -1, glyph_of (&bit->run, i)) == NULL;
    cut |= timing_at (&bit->run, i) && (i + 2 == bit->run.n || g_utf8_strchr (PARTICLES, -1, glyph_of (&bit->run, i + 2)) == NULL);
    cut |= blank_word_at (&bit->run, i);
    if (cut) {
      add_piece (pieces, bit, from, i, labels);
      from = i;
    }
  }
  add_piece (pieces, bit, from, bit->run.n, labels);
}

/* Joins a date that is broken over two lines: the rest may stand behind a cell
   that was read in between. */
static void
join_dates (GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);

    if (!piece->date || piece->date_whole)
      continue;
    g_autoptr (GString) all = g_string_new (piece->text);
    gboolean sure = !g_ascii_isdigit (piece->text[strlen (piece->text) - 1]); /* may stand without its day */
    for (guint k = i + 1, far = i + DATE_REST; k < pieces->len && k <= far && !piece->date_whole; k++) {
      HkChangePiece *rest = hk_change_piece (pieces, k);
      gboolean whole;

      if (rest->page != piece->page || rest->taken || !hk_change_date_goes_on (all->str, rest->text, &whole) || (!whole && k > i + 1))
        continue;
      if (!whole && (sure ? k > i + 1 || !g_str_has_suffix (rest->text, "月") : FALSE))
        continue;
      if (piece->rest == NULL)
        piece->rest = g_array_new (FALSE, FALSE, sizeof (HkRun));
      g_array_append_val (piece->rest, rest->run);
      g_string_append (all, rest->text);
      piece->date_whole = whole;
      rest->taken = TRUE;
      far = k + DATE_REST;
    }
    if (g_str_has_suffix (all->str, "年"))
      piece->date = FALSE; /* a year alone is none */
  }
  for (guint i = pieces->len; i > 0; i--)
    if (hk_change_piece (pieces, i - 1)->taken)
      g_array_remove_index (pieces, i - 1);
}

/* The widths of the pieces that TAKE says count, between LEAST and MOST (guint), sorted. */
static GArray *
widths_of (const GArray *pieces,
           gboolean      (*take) (const GArray *pieces, guint i),
           guint         least,
           guint         most)
{
  GArray *widths = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < pieces->len; i++) {
    guint width = hk_change_piece (pieces, i)->width;
    if (width >= least && width <= most && take (pieces, i))
      g_array_append_val (widths, width);
  }
  g_array_sort (widths, by_number);
  return widths;
}

/* The one most common, the wider of two, if there are two alike at all. */
static guint
common_width (const GArray *pieces,
              gboolean      (*take) (const GArray *pieces, guint i),
              guint         least,
              guint         most,
              guint         otherwise)
{
  g_autoptr (GArray) widths = widths_of (pieces, take, least, most);
  guint n = 1;

  for (guint i = 0, end; i < widths->len; i = end) {
    guint width = g_array_index (widths, guint, i);
    for (end = i; end < widths->len && g_array_index (widths, guint, end) == width; end++)
      ;
    if (end - i > 1 && end - i >= n) {
      n         = end - i;
      otherwise = width;
    }
  }
  return otherwise;
}

/* The one that few are wider than, if there are enough to tell. */
static guint
wide_width (const GArray *pieces,
            gboolean      (*take) (const GArray *pieces, guint i),
            guint         least,
            guint         most,
            guint         otherwise)
{
  g_autoptr (GArray) widths = widths_of (pieces, take, least, most);

  return widths->len < WIDTHS_MIN ? otherwise : g_array_index (widths, guint, widths->len - 1 - widths->len / WIDTHS_WIDER);
}

static gboolean
is_text_line (const GArray *pieces,
              guint         i)
{
  return hk_change_piece (pieces, i)->last;
}

/* The first line of a reason that goes on. */
static gboolean
is_reason_line (const GArray *pieces,
                guint         i)
{
  const HkChangePiece *piece = hk_change_piece (pieces, i), *next = i + 1 < pieces->len ? piece + 1 : NULL;

  return i > 0 && hk_change_piece (pieces, i - 1)->timing && piece->last && !piece->date && !piece->blank && piece->item == 0 && next != NULL && next->page == piece->page &&
         !next->date && !next->item && !next->timing && !next->blank && !piece->stops;
}

/* A line of a reason that other rows have too, and that goes on. */
static gboolean
is_repeated_line (const GArray *pieces,
                  guint         i)
{
  const HkChangePiece *piece = hk_change_piece (pieces, i), *next = i + 1 < pieces->len ? piece + 1 : NULL;

  return next != NULL && piece->often >= 2 && next->often >= 2 && next->page == piece->page && piece->first && piece->last && next->first && next->last && !piece->date &&
         !piece->timing && !piece->blank && !piece->of_form && !piece->ends && !next->date && !next->timing && !next->of_form && !next->blank;
}

static gboolean
is_item_line (const GArray *pieces,
              guint         i)
{
  return hk_change_piece (pieces, i)->item == 2;
}

static void
measure (HkChangeOrder *order)
{
  guint western = 0, dates = 0;
  g_autoptr (GHashTable) count = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *pieces = order->pieces;

  for (guint i = 0; i < pieces->len; i++) {
    const char *text = hk_change_piece (pieces, i)->text;
    g_hash_table_insert (count, (gpointer) text, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (count, text)) + 1));
  }
  for (guint i = 0; i < pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (pieces, i);
    piece->often = GPOINTER_TO_UINT (g_hash_table_lookup (count, piece->text));
    order->islands |= i > 0 && piece->island != hk_change_piece (pieces, i - 1)->island && piece->page == hk_change_piece (pieces, i - 1)->page;
  }
  for (guint i = 0; i < pieces->len; i++) {
    dates += hk_change_piece (pieces, i)->date;
    western += hk_change_piece (pieces, i)->date && g_ascii_isdigit (*hk_change_piece (pieces, i)->text);
  }
  order->western      = 2 * western > dates;
  order->mixed        = MIXED * MIN (western, dates - western) > dates;
  order->text_width   = common_width (pieces, is_text_line, TEXT_LEAST, TEXT_WIDEST, TEXT_WIDTH);
  order->item_width   = wide_width (pieces, is_item_line, 6, order->text_width * 17 / 20, MIN (ITEM_WIDTH, order->text_width));
  order->reason_width = MIN (REASON_WIDTH, order->text_width);
  order->reason_width = common_width (pieces, is_repeated_line, 10, order->text_width * 3 / 4, order->reason_width);
  order->reason_width = common_width (pieces, is_reason_line, 10, order->text_width * 3 / 4, order->reason_width);
}

/* Finds the islands of several lines that say nothing but text. */
static void
find_cells (HkChangeOrder *order)
{
  for (guint i = 0, end; i < order->pieces->len; i = end) {
    const HkChangePiece *first = hk_change_piece (order->pieces, i);
    gboolean text = TRUE;

    for (end = i; end < order->pieces->len && hk_change_piece (order->pieces, end)->island == first->island; end++) {
      const HkChangePiece *piece = hk_change_piece (order->pieces, end);
      text &= !piece->timing && !piece->date && !piece->blank && piece->item != 2;
    }
    for (guint k = i; k < end; k++)
      hk_change_piece (order->pieces, k)->cell = text && order->islands && first->line != hk_change_piece (order->pieces, end - 1)->line;
  }
}

/* Finds which lines open a paragraph, and whether blank lines stand within cells. */
static void
find_openings (HkChangeOrder *order)
{
  guint islands = 0, torn = 0;

  for (guint i = 0; i < order->pieces->len; i++) {
    HkChangePiece       *piece = hk_change_piece (order->pieces, i);
    const HkChangePiece *prev  = i > 0 ? hk_change_piece (order->pieces, i - 1) : NULL;
    gboolean typed = piece->date || piece->timing || piece->item == 2 || piece->blank;

    piece->reach = piece->width;
    if (prev != NULL && prev->line == piece->line && !piece->glued && !typed && !prev->date && !prev->timing && !prev->blank && prev->page == piece->page)
      piece->reach += prev->reach + piece->gap * (piece->wide ? 2 : 1);
    piece->opens = prev == NULL || prev->page != piece->page || prev->ends || prev->line == piece->line || prev->mark || prev->date || prev->timing || prev->blank ||
                   piece->begins || (order->islands && prev->island != piece->island);
    if (prev == NULL || prev->page != piece->page || prev->island == piece->island || prev->date || prev->timing || prev->item > 0)
      continue;
    islands++;
    torn += !typed && !piece->begins && (prev->open || piece->bound);
  }
  order->torn = islands > 0 && TORN_SHARE * torn > islands;
}

/* Whether piece I is the first line of a reason by how often it stands there, with the
   same line behind it each time, and how narrow it is. */
static gboolean
is_often_reason (const HkChangeOrder *order,
                 guint                i)
{
  const HkChangePiece *piece = hk_change_piece (order->pieces, i), *next = i + 1 < order->pieces->len ? piece + 1 : NULL;

  return next != NULL && piece->often >= OFTEN && next->often >= OFTEN && next->page == piece->page && piece->width <= order->reason_width + 2 && 3 * piece->width < 2 * order->text_width &&
         piece->item == 0 && !piece->of_form && !piece->date && !piece->timing && !piece->blank && !piece->ends && !next->date && !next->timing && !next->of_form && !next->blank && !next->begins;
}

/* Finds the first lines of reasons: what stands behind 事前 or 事後 more than once, or
   is repeated as only reasons are. */
static void
find_reasons (HkChangeOrder *order)
{
  g_autoptr (GHashTable) count = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 1; i < order->pieces->len; i++) {
    const HkChangePiece *prev = hk_change_piece (order->pieces, i - 1), *piece = hk_change_piece (order->pieces, i);

    if (prev->timing && prev->page == piece->page && !piece->date && !piece->timing && !piece->blank && piece->item == 0)
      g_hash_table_insert (count, piece->text, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (count, piece->text)) + 1));
  }
  for (guint i = 0; i < order->pieces->len; i++) {
    HkChangePiece *piece = hk_change_piece (order->pieces, i);
    piece->reason = GPOINTER_TO_UINT (g_hash_table_lookup (count, piece->text)) >= 2 || (!order->side && is_often_reason (order, i));
  }
}

/* Whether reasons stand in the island of their 事前 or 事後: behind most of these
   that anything may be the reason of. */
static gboolean
has_bound_reasons (const HkChangeOrder *order)
{
  guint bound = 0, free = 0;

  for (guint i = 1; i < order->pieces->len; i++) {
    const HkChangePiece *prev = hk_change_piece (order->pieces, i - 1), *piece = hk_change_piece (order->pieces, i);

    if (!prev->timing || piece->page != prev->page || piece->date || piece->timing || piece->item == 2 || piece->blank)
      continue;
    bound += piece->island == prev->island;
    free += piece->island != prev->island;
  }
  return order->islands && bound > BOUND_SHARE * free;
}

/* Finds the lines that go on with the line before: one of full width, in a column
   of texts, that ends in the middle of a sentence. */
static void
join_lines (HkChangeOrder *order)
{
  for (guint i = 1; i < order->pieces->len; i++) {
    const HkChangePiece *prev  = hk_change_piece (order->pieces, i - 1);
    HkChangePiece       *piece = hk_change_piece (order->pieces, i);
    gboolean typed = piece->date || piece->timing || piece->item == 2 || piece->blank;

    if (prev->item == 2 && prev->run.n <= 2 && prev->line == piece->line && !typed)
      piece->goes_on = TRUE; /* Ⅲ　リスク対策 */
    else if (order->parted && prev->item == 2 && !typed && piece->of_form && g_ascii_isdigit (*piece->text) && !g_ascii_isdigit (prev->text[strlen (prev->text) - 1]))
      piece->goes_on = TRUE; /* Ⅲ リスク対策 ７．特定個人情報の保管・消去 */
    else
      piece->goes_on = prev->last && prev->first && piece->first && prev->page == piece->page && prev->width + 2 >= order->text_width &&
                     prev->width > order->item_width + 3 && !prev->stops && !piece->begins && !typed &&
                     (!order->islands || prev->island == piece->island) && piece->last && piece->width <= order->text_width + 6 && prev->width <= order->text_width + 6;
  }
}

/* --- The rows ------------------------------------------------------------------------ */

static void
add_to_row (GPtrArray           *rows,
            const HkChangePiece *piece,
            gboolean             apart)
{
  while (rows->len <= piece->row)
    g_ptr_array_add (rows, hk_change_new ());
  HkChange *change = rows->pdata[piece->row];

  hk_change_add (change, piece->column, &piece->run, apart);
  for (guint i = 0; piece->rest != NULL && i < piece->rest->len; i++)
    hk_change_add (change, piece->column, &g_array_index (piece->rest, HkRun, i), FALSE);
  if (piece->row_doubtful)
    for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
      change->doubt[c] = DOUBT_ROW;
  else if (piece->doubtful && change->doubt[piece->column] == NULL)
    change->doubt[piece->column] = DOUBT_ORDER;
}

/* Whether there is a date or a 事前 or 事後 at all. */
static gboolean
says_anything (const HkChangeOrder *order)
{
  for (guint i = 0; i < order->pieces->len; i++)
    if (hk_change_piece (order->pieces, i)->date || hk_change_piece (order->pieces, i)->timing)
      return TRUE;
  return FALSE;
}

GPtrArray *
hk_changes_in_order (const GArray *bits,
                     const HkForm *form,
                     gboolean      parted,
                     GArray       *loose)
{
  GPtrArray    *rows  = g_ptr_array_new_with_free_func (hk_change_free);
  HkChangeOrder order = { .pieces = g_array_new (FALSE, TRUE, sizeof (HkChangePiece)), .parted = parted };

  g_autoptr (GPtrArray) labels = fold_labels (form);

  g_array_set_clear_func (order.pieces, clear_piece);
  for (guint i = 0; i < bits->len; i++)
    cut_bit (order.pieces, hk_bit (bits, i), labels);
  join_dates (order.pieces);
  measure (&order);
  hk_change_part_sides (&order);
  find_openings (&order);
  find_cells (&order);
  order.bound = has_bound_reasons (&order);
  order.apart = hk_change_has_dates_apart (&order);
  if (!parted && !order.apart) /* where what stands behind 事前 is likely to be of its row */
    find_reasons (&order);
  join_lines (&order);
  if (says_anything (&order))
    hk_change_search (&order);
  hk_change_find_doubts (&order);
  hk_change_settle (&order);
  for (guint i = 0; i < order.pieces->len; i++) {
    const HkChangePiece *piece = hk_change_piece (order.pieces, i);

    if (!piece->placed) {
      HkSheetRun run = { piece->run, FALSE };
      g_array_append_val (loose, run);
      for (guint k = 0; piece->rest != NULL && k < piece->rest->len; k++) {
        run.run = g_array_index (piece->rest, HkRun, k);
        g_array_append_val (loose, run);
      }
    }
    else
      add_to_row (rows, piece, FALSE);
  }
  for (guint i = rows->len; i > 0; i--) {
    const HkChange *change = rows->pdata[i - 1];
    gboolean blank = TRUE;
    for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
      blank &= change->runs[c] == NULL;
    if (blank)
      g_ptr_array_remove_index (rows, i - 1);
  }
  g_array_unref (order.pieces);
  return rows;
}
