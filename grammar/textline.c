/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "textline.h"
#include "fold.h"

/* A number at the edge of so many pages, as a part of all, is the pages'. */
#define NUMBERED_PAGES 0.5

/* Where pages are missing, those behind are numbered otherwise: so many alike, and in
   so many ways. */
#define NUMBERED_ALIKE 3
#define AHEADS_MAX 6

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

/* How many lines the page has that begins at line I. */
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

/* How a page's number may stand: as a line near the page's edge, or before the
   words of its first line. */
typedef enum { ALONE, BEFORE_ALL, N_NUMBERINGS } Numbering;

/* So many lines from a page's edge its number may stand. */
#define NUMBER_LINES 3

/* The number in LINE, *N its glyphs; 0: none. ALONE, it is all of the line but for
   dashes. */
static guint
number_in (const HkTextLine *line,
           Numbering         numbering,
           guint            *n)
{
  guint    number = 0, i = 0;
  gboolean of_all = FALSE;

  for (; i < line->run.n; i++) {
    gunichar ch = hk_page_glyph (line->run.page, line->run.first + i)->ch;

    if (hk_digit (ch) >= 0 && number < 10000)
      number = of_all ? number : 10 * number + (guint) hk_digit (ch);
    else if (numbering == ALONE && number > 0 && (ch == '/' || ch == 0xFF0F))
      of_all = TRUE; /* 3 / 12 */
    else if (numbering == BEFORE_ALL || !(hk_is_dash (ch) || hk_is_space (ch)))
      break;
  }
  *n = i;
  if (numbering == BEFORE_ALL)
    return i < line->run.n && is_space_at (line->run.page, line->run.first + i) ? number : 0;
  return i == line->run.n ? number : 0;
}

/* The line among [FIRST, FIRST + N), those of a page, that has the number WANTED
   (0: any), and where it may be; N: none has. */
static guint
find_number (const GArray *lines,
             guint         first,
             guint         n,
             Numbering     numbering,
             guint         wanted)
{
  for (guint d = 0; d < MIN (n, numbering == ALONE ? NUMBER_LINES : 1); d++)
    for (guint edge = 0; edge < 2; edge++) {
      guint l = edge == 0 && numbering == ALONE ? n - 1 - d : d, glyphs;
      guint number = number_in (&g_array_index (lines, HkTextLine, first + l), numbering, &glyphs);
      if (number > 0 && (wanted == 0 || number == wanted))
        return l;
    }
  return n;
}

/* How pages are numbered. */
typedef struct {
  Numbering   numbering;
  GArray     *aheads; /* int: how much numbers are ahead of the pages' count, the most frequent first */
  GHashTable *known;  /* set of the numbers of pages that are so */
} Numbers;

static int
compare_counts (gconstpointer a,
                gconstpointer b,
                gpointer      counts)
{
  guint x = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER (*(const int *) a)));
  guint y = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER (*(const int *) b)));

  return x != y ? (x > y ? -1 : 1) : *(const int *) a - *(const int *) b;
}

/* The line among the N from FIRST on, those of a page, that has its number, as those
   of other pages are; N: none has. */
static guint
find_known (const GArray  *lines,
            guint          first,
            guint          n,
            const Numbers *numbers)
{
  int page = (int) g_array_index (lines, HkTextLine, first).run.page->number;

  for (guint a = 0; a < numbers->aheads->len; a++) {
    int   wanted = page + g_array_index (numbers->aheads, int, a);
    guint at     = wanted > 0 ? find_number (lines, first, n, numbers->numbering, (guint) wanted) : n;
    if (at < n)
      return at;
  }
  return n;
}

/* Looks how the pages of LINES are numbered: most by the same count, or, where pages
   are missing, by a few. FALSE: they are not. */
static gboolean
find_numbers (const GArray *lines,
              Numbers      *numbers)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint pages = 0, believed = 0, glyphs;

  for (guint i = 0, n; i < lines->len; i += n, pages++) {
    n = lines_of_page (lines, i);
    guint l = find_number (lines, i, n, numbers->numbering, 0);
    if (l == n)
      continue;
    const HkTextLine *line  = &g_array_index (lines, HkTextLine, i + l);
    int               ahead = (int) number_in (line, numbers->numbering, &glyphs) - (int) line->run.page->number;
    guint             count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER (ahead))) + 1;
    g_hash_table_insert (counts, GINT_TO_POINTER (ahead), GUINT_TO_POINTER (count));
    if (count == 1)
      g_array_append_val (numbers->aheads, ahead);
  }
  g_array_sort_with_data (numbers->aheads, compare_counts, counts);
  for (guint a = 0; a < numbers->aheads->len; a++) {
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER (g_array_index (numbers->aheads, int, a))));
    if (a > 0 && (count < NUMBERED_ALIKE || a == AHEADS_MAX)) {
      g_array_set_size (numbers->aheads, a);
      break;
    }
    believed += count;
  }
  if (pages < 2 || believed <= NUMBERED_PAGES * pages)
    return FALSE;
  for (guint i = 0, n; i < lines->len; i += n) {
    n = lines_of_page (lines, i);
    guint at = find_known (lines, i, n, numbers);
    if (at < n)
      g_hash_table_add (numbers->known, GUINT_TO_POINTER (number_in (&g_array_index (lines, HkTextLine, i + at), numbers->numbering, &glyphs)));
  }
  return TRUE;
}

/* The line of the page's number where pages stand out of order: the last one, with a
   number that no other page has. */
static guint
find_displaced (const GArray  *lines,
                guint          first,
                guint          n,
                const Numbers *numbers)
{
  guint glyphs, number = number_in (&g_array_index (lines, HkTextLine, first + n - 1), numbers->numbering, &glyphs);
  guint known  = g_hash_table_size (numbers->known);

  if (numbers->numbering != ALONE || number == 0 || number > 2 * known + NUMBERED_ALIKE || g_hash_table_contains (numbers->known, GUINT_TO_POINTER (number)))
    return n;
  return n - 1;
}

/* Takes the pages' numbers out of LINES. */
static void
take_numbers (GArray        *lines,
              const Numbers *numbers)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (HkTextLine));

  for (guint i = 0, n; i < lines->len; i += n) {
    n = lines_of_page (lines, i);
    guint at = find_known (lines, i, n, numbers), glyphs;

    if (at == n)
      at = find_displaced (lines, i, n, numbers);
    for (guint l = 0; l < n; l++) {
      HkTextLine line = g_array_index (lines, HkTextLine, i + l);

      if (l == at && number_in (&line, numbers->numbering, &glyphs) > 0) {
        for (guint g = 0; g < glyphs; g++)
          hk_page_glyph (((HkPage *) line.run.page), line.run.first + g)->use = HK_USE_RUNNING;
        while (glyphs < line.run.n && is_space_at (line.run.page, line.run.first + glyphs))
          glyphs++;
        line.run.first += glyphs;
        line.run.n     -= glyphs;
      }
      if (line.run.n > 0)
        g_array_append_val (kept, line);
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
#define RUNNING_WORDS 0.6 /* that are not at its edges */

static gboolean
is_enclosing (gunichar ch)
{
  return hk_is_open_bracket (ch) || hk_is_close_bracket (ch) || hk_is_open_paren (ch) || hk_is_close_paren (ch);
}

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

static void
take_line (const HkTextLine *line)
{
  for (guint g = 0; g < line->run.n; g++)
    hk_page_glyph (((HkPage *) line->run.page), line->run.first + g)->use = HK_USE_RUNNING;
}

static gboolean
is_at_edge (guint l,
            guint first,
            guint n)
{
  return l < first + RUNNING_LINES || l + RUNNING_LINES >= first + n;
}

/* The words of lines at the edges of the pages of LINES, each with how often it
   stands there. */
static GHashTable *
count_at_edges (const GArray *lines,
                guint        *pages)
{
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *pages = 0;
  for (guint i = 0, n; i < lines->len; i += n, (*pages)++) {
    n = lines_of_page (lines, i);
    for (guint l = i; l < i + n; l++)
      if (is_at_edge (l, i, n)) {
        char *text = text_of (&g_array_index (lines, HkTextLine, l));
        guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (seen, text));
        g_hash_table_insert (seen, text, GUINT_TO_POINTER (so_far + 1));
      }
  }
  return seen;
}

/* How often each line stands among the N from FIRST on. */
static GHashTable *
count_on_page (const GArray *lines,
               guint         first,
               guint         n)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint l = first; l < first + n; l++) {
    char *text = text_of (&g_array_index (lines, HkTextLine, l));
    g_hash_table_insert (counts, text, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, text)) + 1));
  }
  return counts;
}

/* Where pages were run together a running line may have come between any words of its
   page. Takes out of LINES, on pages where it stands once, what does so on most. */
static void
take_running_words (GArray *lines)
{
  g_autoptr (GPtrArray)  here  = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref); /* for each page count_on_page() */
  g_autoptr (GHashTable) pages = g_hash_table_new (g_str_hash, g_str_equal); /* for each line the pages on which it stands once */
  g_autoptr (GArray)     kept  = g_array_new (FALSE, FALSE, sizeof (HkTextLine));

  for (guint i = 0, n; i < lines->len; i += n) {
    n = lines_of_page (lines, i);
    g_ptr_array_add (here, count_on_page (lines, i, n));
    GHashTableIter each;
    gpointer text, count;
    g_hash_table_iter_init (&each, here->pdata[here->len - 1]);
    while (g_hash_table_iter_next (&each, &text, &count))
      if (GPOINTER_TO_UINT (count) == 1)
        g_hash_table_insert (pages, text, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (pages, text)) + 1));
  }
  for (guint i = 0, n, p = 0; i < lines->len; i += n, p++) {
    n = lines_of_page (lines, i);
    for (guint l = i; l < i + n; l++) {
      const HkTextLine *line  = &g_array_index (lines, HkTextLine, l);
      g_autofree char  *text  = text_of (line);
      guint             count = GPOINTER_TO_UINT (g_hash_table_lookup (pages, text));

      if (count > RUNNING_MIN && count > RUNNING_WORDS * here->len && GPOINTER_TO_UINT (g_hash_table_lookup (here->pdata[p], text)) == 1 &&
          !is_enclosing (hk_page_glyph (line->run.page, line->run.first)->ch))
        take_line (line);
      else
        g_array_append_vals (kept, line, 1);
    }
  }
  g_array_set_size (lines, 0);
  g_array_append_vals (lines, kept->data, kept->len);
}

/* Takes lines that stand at the edge of most pages out of LINES. Where a page has
   such a line further in only, what stands before it was set before it. */
static void
take_running (GArray *lines)
{
  guint pages;
  g_autoptr (GHashTable) seen = count_at_edges (lines, &pages);
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (HkTextLine));

  for (guint i = 0, n; i < lines->len; i += n) {
    g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    n = lines_of_page (lines, i);
    for (guint l = i; l < i + n; l++)
      if (is_at_edge (l, i, n))
        g_hash_table_add (found, text_of (&g_array_index (lines, HkTextLine, l)));
    for (guint l = i; l < i + n; l++) {
      const HkTextLine *line  = &g_array_index (lines, HkTextLine, l);
      g_autofree char  *text  = text_of (line);
      guint             count = GPOINTER_TO_UINT (g_hash_table_lookup (seen, text));
      gboolean          runs  = count >= RUNNING_MIN && count > RUNNING_PAGES * pages;

      if (runs && (is_at_edge (l, i, n) || g_hash_table_add (found, g_strdup (text))))
        take_line (line);
      else
        g_array_append_vals (kept, line, 1);
    }
  }
  g_array_set_size (lines, 0);
  g_array_append_vals (lines, kept->data, kept->len);
}

/* --- What kind of text it is ------------------------------------------------------ */

/* Lines with wide spaces inside, as a part of all, from which on columns are
   held by spaces. */
#define WIDE_LINES 0.1
#define WIDE_SPACE 3

/* Lines are this long (characters), all in all, where they are run together. */
#define TOGETHER_LENGTH 150

/* Whether LINE has a wide space between other characters. */
static gboolean
has_wide_space (const HkTextLine *line)
{
  guint spaces = 0;

  for (guint i = 0; i < line->run.n; i++) {
    spaces = hk_page_glyph (line->run.page, line->run.first + i)->ch == ' ' ? spaces + 1 : 0;
    if (spaces >= WIDE_SPACE)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_wide (const GArray *lines)
{
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += has_wide_space (&g_array_index (lines, HkTextLine, i));
  return n > WIDE_LINES * lines->len;
}

static gboolean
is_together (const GArray *lines)
{
  guint64 all = 0;

  for (guint i = 0; i < lines->len; i++)
    all += g_array_index (lines, HkTextLine, i).run.n;
  return all > (guint64) TOGETHER_LENGTH * lines->len;
}

/* --- Lines that were run together ---------------------------------------------------- */

/* An item's number, as 1. or (2), is no longer than this. */
#define MARKER_MAX 3

/* Whether glyphs [FIRST, END) of PAGE are an item's number: 1 (2) 3. */
static gboolean
is_marker (const HkPage *page,
           guint         first,
           guint         end)
{
  gboolean digit = FALSE;

  for (guint i = first; i < end && end - first <= MARKER_MAX; i++) {
    gunichar ch = hk_page_glyph (page, i)->ch;
    digit |= hk_digit (ch) >= 0 || (ch >= 0x30A2 && ch <= 0x30B3) || ch == 0x30FB; /* ア to コ, ・ */
    if (!digit && !is_enclosing (ch))
      return FALSE;
    if (hk_digit (ch) < 0 && ch != '.' && ch != 0xFF0E && !is_enclosing (ch) && !(ch >= 0x30A2 && ch <= 0x30B3) && ch != 0x30FB)
      return FALSE;
  }
  return digit && end - first <= MARKER_MAX;
}

/* Whether glyph I of PAGE, within [FIRST, END), is a bracket with room around it:
   that is how lines are run together, and no end of one. */
static gboolean
is_roomy_bracket (const HkPage *page,
                  guint         i,
                  guint         first,
                  guint         end)
{
  return is_enclosing (hk_page_glyph (page, i)->ch) && (i == first || is_space_at (page, i - 1)) && (i + 1 == end || is_space_at (page, i + 1));
}

/* So many glyphs from the end of a page that was run together a number alone may be
   the page's. */
#define NUMBER_REACH 16

/* Glyphs [FIRST, END) of a page. */
typedef struct {
  guint first, end;
} Span;

/* The word of LINE that ends before glyph I, or before the space before it; empty:
   there is none. */
static Span
word_before (const HkTextLine *line,
             guint             i)
{
  Span word;

  while (i > line->run.first && is_space_at (line->run.page, i - 1))
    i--;
  word = (Span){ i, i };
  while (word.first > line->run.first && !is_space_at (line->run.page, word.first - 1))
    word.first--;
  return word;
}

/* Likewise, that begins behind glyph I. */
static Span
word_behind (const HkTextLine *line,
             guint             i)
{
  guint end = line->run.first + line->run.n;
  Span  word;

  while (i < end && is_space_at (line->run.page, i))
    i++;
  word = (Span){ i, i };
  while (word.end < end && !is_space_at (line->run.page, word.end))
    word.end++;
  return word;
}

/* The number that WORD of PAGE is, or 0. */
static guint
number_of (const HkPage *page,
           Span          word)
{
  guint number = 0;

  for (guint i = word.first; i < word.end; i++) {
    if (hk_digit (hk_page_glyph (page, i)->ch) < 0 || number > 10000)
      return 0;
    number = 10 * number + (guint) hk_digit (hk_page_glyph (page, i)->ch);
  }
  return number;
}

static gboolean
is_dash_word (const HkPage *page,
              Span          word)
{
  return word.end == word.first + 1 && hk_is_dash (hk_page_glyph (page, word.first)->ch);
}

/* The number of the page that LINE is, with all that is printed around it: 3 / 12,
   - 3 / 12 - or, near its end, 3 and - 3 -; empty: there is none. */
static Span
find_page_number (const HkTextLine *line)
{
  const HkPage *page = line->run.page;
  guint         end  = line->run.first + line->run.n;

  for (Span word = word_before (line, end); word.end > word.first; word = word_before (line, word.first)) {
    Span slash, dash;

    if (number_of (page, word) != page->number)
      continue;
    slash = word_behind (line, word.end);
    if (slash.end == slash.first + 1 && hk_page_glyph (page, slash.first)->ch == '/' && number_of (page, word_behind (line, slash.end)) >= page->number)
      word.end = word_behind (line, slash.end).end;
    else if (end - word.end >= NUMBER_REACH)
      continue;
    dash = word_before (line, word.first);
    if (is_dash_word (page, dash) && is_dash_word (page, word_behind (line, word.end)))
      word = (Span){ dash.first, word_behind (line, word.end).end };
    return word;
  }
  return (Span){ end, end };
}

/* Whether glyphs [FIRST, END) of PAGE are リスク１： */
static gboolean
is_risk (const HkPage *page,
         guint         first,
         guint         end)
{
  gunichar last = hk_page_glyph (page, end - 1)->ch;

  return end - first >= 4 && end - first <= 6 && hk_page_glyph (page, first)->ch == 0x30EA && hk_page_glyph (page, first + 1)->ch == 0x30B9 &&
         (last == ':' || last == 0xFF1A);
}

/* Whether most of LINES, each a page run together, end with the page's number. */
static gboolean
ends_numbered (const GArray *lines)
{
  guint n = 0;

  for (guint l = 0; l < lines->len; l++) {
    const HkTextLine *line   = &g_array_index (lines, HkTextLine, l);
    Span              number = find_page_number (line);
    n += number.first < number.end && number.end == line->run.first + line->run.n;
  }
  return n > NUMBERED_PAGES * lines->len;
}

/* Whether words that were run together go on behind the space from glyph I to
   BEHIND; the word before it begins with WORD. NUMBER: the page's, if it has one. */
static gboolean
goes_on (const HkTextLine *line,
         Span              number,
         guint             word,
         guint             i,
         guint             behind)
{
  const HkPage *page = line->run.page;
  guint         end  = line->run.first + line->run.n, next = word_behind (line, behind).end;

  if (behind == number.first || i == number.end)
    return FALSE;
  if (i >= number.first && i < number.end)
    return TRUE;
  if (is_risk (page, word, i))
    return !is_roomy_bracket (page, behind, line->run.first, end);
  return is_roomy_bracket (page, i - 1, line->run.first, end) || is_roomy_bracket (page, behind, line->run.first, end) ||
         (is_marker (page, word, i) && hk_roman_number (hk_page_glyph (page, behind)->ch) == 0) ||
         (next == behind + 1 && hk_page_glyph (page, behind)->ch == 0x203B); /* ※ */
}

/* Parts LINES, each of them many lines run together, at every space but those
   around brackets and behind an item's number. */
static void
part_lines (GArray *lines)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (HkTextLine));
  gboolean numbered = ends_numbered (lines);

  for (guint l = 0; l < lines->len; l++) {
    HkTextLine    line = g_array_index (lines, HkTextLine, l), part = line;
    const HkPage *page = line.run.page;
    guint         end  = line.run.first + line.run.n, word = line.run.first;
    Span          number = numbered ? find_page_number (&line) : (Span){ end, end };

    for (guint i = line.run.first, behind; i < end; i = MAX (behind, i + 1)) {
      for (behind = i; behind < end && is_space_at (page, behind); behind++)
        ;
      if (behind == i)
        continue;
      if (!goes_on (&line, number, word, i, behind)) {
        part.run.n = i - part.run.first;
        g_array_append_val (parts, part);
        part.run.first = behind;
      }
      word = behind;
    }
    part.run.n = end - part.run.first;
    g_array_append_val (parts, part);
  }
  g_array_set_size (lines, 0);
  g_array_append_vals (lines, parts->data, parts->len);
}

static void
take_all_numbers (GArray *lines)
{
  for (Numbering numbering = ALONE; numbering < N_NUMBERINGS; numbering++) {
    g_autoptr (GArray)     aheads = g_array_new (FALSE, FALSE, sizeof (int));
    g_autoptr (GHashTable) known  = g_hash_table_new (NULL, NULL);
    Numbers numbers = { numbering, aheads, known };
    if (find_numbers (lines, &numbers))
      take_numbers (lines, &numbers);
  }
}

GArray *
hk_text_lines (const GPtrArray *pages,
               guint           *spaces)
{
  GArray  *lines    = all_lines (pages);
  gboolean together = is_together (lines);

  if (together) {
    take_all_numbers (lines);
    part_lines (lines);
  }
  take_running (lines);
  if (together)
    take_running_words (lines);
  take_all_numbers (lines);
  *spaces = together ? 1 : is_wide (lines) ? 2 : 0;
  return lines;
}
