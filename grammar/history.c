/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "history.h"
#include "fold.h"

#include <string.h>

/* Where the columns of the printed table stand on the sheet. */
static const double edges[HK_CHANGE_COLUMNS + 1] = { 40, 100, 190, 320, 450, 490, 560 };

/* White space within a date (characters). */
#define DATE_GAP 2

/* Parts that the heading 変更箇所 may be cut into, its number and all. */
#define TITLE_BITS 5

/* --- Parts of lines --------------------------------------------------------- */

HkChange *
hk_change_new (void)
{
  return g_new0 (HkChange, 1);
}

void
hk_change_free (gpointer data)
{
  HkChange *change = data;

  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    g_clear_pointer (&change->runs[c], g_array_unref);
  g_free (change);
}

void
hk_change_add (HkChange    *change,
               guint        column,
               const HkRun *run,
               gboolean     apart)
{
  if (change->runs[column] == NULL)
    change->runs[column] = g_array_new (FALSE, TRUE, sizeof (HkSheetRun));
  GArray *runs = change->runs[column];

  if (runs->len > 0 && !apart) {
    HkSheetRun *last = &g_array_index (runs, HkSheetRun, runs->len - 1);
    guint end = last->run.first + last->run.n;

    if (last->run.page == run->page && end <= run->first &&
        hk_page_glyph (run->page, end - 1)->line == hk_page_glyph (run->page, run->first)->line) {
      gboolean between = FALSE;
      for (guint i = end; i < run->first; i++)
        between |= !hk_is_space (hk_page_glyph (run->page, i)->ch);
      if (!between) {
        last->run.n = run->first + run->n - last->run.first;
        return;
      }
    }
  }
  HkSheetRun one = { *run, FALSE };
  g_array_append_val (runs, one);
}

char *
hk_run_fold (const HkRun *run)
{
  g_autofree gunichar *ch  = g_new (gunichar, run->n + 1);
  GString             *out = g_string_sized_new (3 * run->n);

  for (guint i = 0; i < run->n; i++)
    ch[i] = hk_page_glyph (run->page, run->first + i)->ch;
  hk_fold (out, ch, run->n);
  return g_string_free (out, FALSE);
}

static gsize
digits_of (const char *text)
{
  return strspn (text, "0123456789");
}

/* How a text goes through the writings of a date: 令和6年10月1日, 2015/1/15,
   R3.5.17, 2020-08-04. */
typedef struct {
  gsize    taken;  /* bytes, up to the last part that is complete */
  gboolean whole;  /* the day is among them */
  gboolean open;   /* the text ends where a date goes on, or could */
  gboolean era;    /* it begins with an era's name or letter */
} DateScan;

static DateScan
scan_date (const char *text)
{
  static const char *const eras[] = { "令和", "平成", "昭和" };
  static const char *const units[] = { "年", "月", "日" };
  DateScan    scan = { 0 };
  const char *at   = text;
  char        sign = '\0'; /* between the numbers, where they have no unit */

  for (guint i = 0; i < G_N_ELEMENTS (eras); i++)
    if (g_str_has_prefix (at, eras[i]))
      at += strlen (eras[i]);
  if (at == text && strchr ("RHS", *at) != NULL && *at != '\0')
    at++;
  scan.era = at > text;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    gsize n = digits_of (at);

    if (n == 0 && i == 0 && scan.era && g_str_has_prefix (at, "元"))
      n = strlen ("元");
    if (n == 0 || (i == 0 && n > (scan.era ? strlen ("元") : 4)) || (i > 0 && n > 2)) {
      scan.open = *at == '\0';
      return scan;
    }
    at += n;
    if (i == 0 && !scan.era && n != 4)
      return scan;
    if (i == 2 && sign != '\0') {
      scan.taken = (gsize) (at - text);
      scan.whole = TRUE;
      return scan;
    }
    if (*at == '\0') {
      scan.open = TRUE;
      return scan;
    }
    if (i == 0 && strchr ("/.-", *at) != NULL)
      sign = *at;
    if (sign != '\0') {
      if (*at++ != sign)
        return scan;
    }
    else {
      if (!g_str_has_prefix (at, units[i]))
        return scan;
      at += strlen (units[i]);
      scan.taken = (gsize) (at - text);
    }
  }
  scan.whole = TRUE;
  return scan;
}

gsize
hk_change_date (const char *text,
                gboolean   *whole)
{
  DateScan scan = scan_date (text);

  *whole = scan.whole;
  return scan.open && scan.taken > 0 ? strlen (text) : scan.taken;
}

gboolean
hk_change_date_goes_on (const char *head,
                        const char *rest,
                        gboolean   *whole)
{
  DateScan first = scan_date (head);
  g_autofree char *all = g_strconcat (head, rest, NULL);
  DateScan both = scan_date (all);

  *whole = both.whole;
  if (!(first.open || (!first.whole && first.taken == strlen (head))) || strlen (head) < 3 || *rest == '\0')
    return FALSE;
  return both.whole ? both.taken == strlen (all) : both.open || both.taken == strlen (all);
}

gsize
hk_change_timing (const char *text)
{
  return g_str_has_prefix (text, "事前") || g_str_has_prefix (text, "事後") ? strlen ("事前") : 0;
}

gboolean
hk_change_is_item (const char *text)
{
  const char *at = text;
  gboolean paren = *at == '(';

  at += paren;
  if (!paren && g_str_has_prefix (at, "表紙"))
    return TRUE;
  if (g_str_has_prefix (at, "別添"))
    return digits_of (at + strlen ("別添")) > 0;
  if (paren)
    return FALSE;
  at += strspn (at, "IVX");
  return at > text && !g_ascii_isalpha (*at) && !g_str_has_prefix (at, "/");
}

static void
clear_bit (gpointer data)
{
  g_free (((HkBit *) data)->text);
}

/* Cuts glyphs [from, end) of LINE off as a bit. */
static void
add_bit (GArray           *bits,
         const HkTextLine *line,
         guint             index,
         guint             from,
         guint             end,
         guint             gap)
{
  HkBit bit = { .run = { line->run.page, from, end - from }, .line = index, .island = line->island, .page = line->run.page->number, .gap = gap };

  for (guint i = from; i < end; i++)
    bit.width += (guint) (hk_box_width (&hk_page_glyph (line->run.page, i)->box) / HK_TEXT_COLUMN + 0.5);
  for (guint i = from; i > line->run.first && gap > 0 && hk_is_space (hk_page_glyph (line->run.page, i - 1)->ch); i--)
    bit.wide |= hk_page_glyph (line->run.page, i - 1)->ch == 0x3000;
  bit.last = end == line->run.first + line->run.n;
  bit.text = hk_run_fold (&bit.run);
  g_array_append_val (bits, bit);
}

static void
cut_line (GArray           *bits,
          const HkTextLine *line,
          guint             index,
          gboolean          parted)
{
  const HkPage *page = line->run.page;
  guint         end  = line->run.first + line->run.n;

  if (parted) {
    add_bit (bits, line, index, line->run.first, end, 0);
    return;
  }
  for (guint i = line->run.first, gap = 0, from; i < end; gap = i - from) {
    for (from = i; i < end && !hk_is_space (hk_page_glyph (page, i)->ch); i++)
      ;
    if (i > from)
      add_bit (bits, line, index, from, i, gap);
    for (from = i; i < end && hk_is_space (hk_page_glyph (page, i)->ch); i++)
      ;
  }
}

/* Joins a date's parts that white space stands between: 令和1年 4月 3日. */
static void
join_dates (GArray *bits)
{
  for (guint i = 0; i + 1 < bits->len; i++) {
    HkBit   *bit = hk_bit (bits, i);
    gboolean whole;

    while (i + 1 < bits->len && hk_bit (bits, i + 1)->line == bit->line && hk_bit (bits, i + 1)->gap > 0 && hk_bit (bits, i + 1)->gap <= DATE_GAP &&
           hk_change_date_goes_on (bit->text, hk_bit (bits, i + 1)->text, &whole)) {
      const HkBit *next = hk_bit (bits, i + 1);

      bit->width += next->gap * (next->wide ? 2 : 1) + next->width;
      bit->run.n = next->run.first + next->run.n - bit->run.first;
      bit->last  = next->last;
      g_free (bit->text);
      bit->text = hk_run_fold (&bit->run);
      g_array_remove_index (bits, i + 1);
    }
  }
}

/* Puts glyphs [FIRST, END) of BIT's page into it, in place of its own. */
static void
set_bit (HkBit *bit,
         guint  first,
         guint  end)
{
  bit->run.first = first;
  bit->run.n     = end - first;
  bit->width     = 0;
  for (guint i = first; i < end; i++)
    bit->width += (guint) (hk_box_width (&hk_page_glyph (bit->run.page, i)->box) / HK_TEXT_COLUMN + 0.5);
  g_free (bit->text);
  bit->text = hk_run_fold (&bit->run);
}

/* How many glyphs at the beginning of BIT are a number with a space behind it, as ①
   becomes where lines are run together; 0: there is none. */
static guint
plain_number (const HkBit *bit)
{
  guint n = 0;

  while (n < bit->run.n && n < 3 && hk_digit (hk_page_glyph (bit->run.page, bit->run.first + n)->ch) >= 0)
    n++;
  return n == 0 || n > 2 || n == bit->run.n || !hk_is_space (hk_page_glyph (bit->run.page, bit->run.first + n)->ch) ? 0 : n;
}

/* A number in the name of an item, where lines are run together: Ⅱ-４委託事項２ 3 委託先,
   修正 1, Ⅲ リスク対策. */
static void
join_numbers (GArray *bits)
{
  for (guint i = bits->len; i-- > 1;) {
    HkBit *prev = hk_bit (bits, i - 1), *bit = hk_bit (bits, i);
    guint  n    = plain_number (bit), end = bit->run.first + bit->run.n;

    if (prev->run.page == bit->run.page && prev->run.n == 1 && hk_roman_number (hk_page_glyph (prev->run.page, prev->run.first)->ch) != 0) {
      set_bit (prev, prev->run.first, end);
      g_array_remove_index (bits, i);
      continue;
    }
    if (prev->run.page != bit->run.page || (n == 0 && !(bit->run.n <= 2 && digits_of (bit->text) == strlen (bit->text))))
      continue;
    gboolean amends = strcmp (prev->text, "修正") == 0 || strcmp (prev->text, "追加") == 0 || strcmp (prev->text, "削除") == 0;
    if (!amends && !hk_change_is_item (prev->text))
      continue;
    if (amends && n > 0) {
      set_bit (prev, prev->run.first, bit->run.first + n);
      set_bit (bit, bit->run.first + n + 1, end);
      continue;
    }
    set_bit (prev, prev->run.first, end);
    g_array_remove_index (bits, i);
  }
}

/* --- The headings ------------------------------------------------------------- */

/* Lines that a column's heading may wrap to, and bits among which they are
   looked for. */
#define HEADING_PARTS 4
#define HEADING_NEAR 14
#define HEADING_LINES 4 /* the same, far from all other headings */

typedef struct {
  guint       page;
  HkSheetRun  run[HK_CHANGE_COLUMNS][HEADING_PARTS];
  guint       parts[HK_CHANGE_COLUMNS];
  guint       n;
} Headings;

/* Cuts BIT into the column headings it is made of; FALSE: it is not. */
static gboolean
take_headings (const HkBit     *bit,
               const HkForm    *form,
               const HkFormRow *record,
               Headings        *headings)
{
  Headings    found = *headings;
  const char *at    = bit->text;
  guint       glyph = bit->run.first;

  while (*at != '\0') {
    gsize longest = 0;
    guint which = 0, column = 0;

    for (const HkFormRow *row = record + 1; row < form->rows + form->n_rows && row->depth > record->depth && column < HK_CHANGE_COLUMNS; row++, column++) {
      const char *label = row->label; /* column headings fold to themselves */
      if (strlen (label) > longest && g_str_has_prefix (at, label)) {
        longest = strlen (label);
        which   = column;
      }
    }
    if (longest == 0 || found.parts[which] > 0)
      return FALSE;
    guint n = (guint) g_utf8_strlen (at, (gssize) longest);
    found.parts[which]  = 1;
    found.run[which][0] = (HkSheetRun){ { bit->run.page, glyph, n }, FALSE };
    found.n++;
    glyph += n;
    at += longest;
  }
  if (glyph != bit->run.first + bit->run.n)
    return FALSE; /* folding has changed their number */
  *headings = found;
  return TRUE;
}

static gboolean
is_among (const GArray *taken,
          guint         i)
{
  for (guint k = 0; k < taken->len; k++)
    if (g_array_index (taken, guint, k) == i)
      return TRUE;
  return FALSE;
}

static gboolean
is_near (const GArray *taken,
         guint         i)
{
  for (guint k = 0; k < taken->len; k++)
    if (ABS ((int) g_array_index (taken, guint, k) - (int) i) <= HEADING_NEAR)
      return TRUE;
  return FALSE;
}

/* Looks among bits [FROM, END) for parts that REST of a heading wraps to (guint,
   appended to PARTS). */
static gboolean
find_parts (const GArray *bits,
            guint         from,
            guint         end,
            const char   *rest,
            const GArray *taken,
            GArray       *parts)
{
  if (*rest == '\0')
    return TRUE;
  if (parts->len == HEADING_PARTS)
    return FALSE;
  for (gsize n = strlen (rest) - (parts->len == 0); n > 0; n--) /* the longest first */
    for (guint i = from; i < end; i++) {
      const char *text = hk_bit (bits, i)->text;
      if (strlen (text) != n || !g_str_has_prefix (rest, text) || is_among (taken, i))
        continue;
      g_array_append_val (parts, i);
      if (find_parts (bits, i + 1, MIN (end, i + (is_near (taken, i) ? HEADING_NEAR : HEADING_LINES)), rest + n, taken, parts))
        return TRUE;
      g_array_set_size (parts, parts->len - 1);
    }
  return FALSE;
}

/* Finds headings that wrap near those found among bits [first, end), the longer
   labels first: their beginnings are alike. */
static void
find_wrapped (const GArray    *bits,
              guint            first,
              guint            end,
              const HkForm    *form,
              const HkFormRow *record,
              Headings        *headings,
              GArray          *taken)
{
  for (gsize longest = 100; longest > 0;) {
    gsize  next   = 0;
    guint  column = 0;

    for (const HkFormRow *row = record + 1; row < form->rows + form->n_rows && row->depth > record->depth && column < HK_CHANGE_COLUMNS; row++, column++) {
      gsize n = strlen (row->label);
      g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));

      if (n < longest)
        next = MAX (next, n);
      if (n != longest || headings->parts[column] > 0 || !find_parts (bits, first, end, row->label, taken, parts))
        continue;
      for (guint k = 0; k < parts->len; k++) {
        headings->run[column][k] = (HkSheetRun){ hk_bit (bits, g_array_index (parts, guint, k))->run, FALSE };
        g_array_append_vals (taken, &g_array_index (parts, guint, k), 1);
      }
      headings->parts[column] = parts->len;
      headings->n++;
    }
    longest = next;
  }
}

static int
by_number (gconstpointer a,
           gconstpointer b)
{
  return (int) *(const guint *) a - (int) *(const guint *) b;
}

/* Takes the headings out of BITS, page by page (Headings). */
static GArray *
find_headings (GArray          *bits,
               const HkForm    *form,
               const HkFormRow *record)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Headings));

  for (guint i = 0, end; i < bits->len; i = end) {
    Headings headings = { .page = hk_bit (bits, i)->page };
    g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (guint));

    for (end = i; end < bits->len && hk_bit (bits, end)->page == headings.page; end++)
      if (take_headings (hk_bit (bits, end), form, record, &headings))
        g_array_append_val (taken, end);
    if (headings.n < 2)
      continue; /* one of their words may stand in any text */
    find_wrapped (bits, i, end, form, record, &headings, taken);
    g_array_sort (taken, by_number);
    for (guint k = taken->len; k > 0; k--)
      g_array_remove_index (bits, g_array_index (taken, guint, k - 1));
    end -= taken->len;
    g_array_append_val (all, headings);
  }
  return all;
}

static void
write_headings (HkSheet        *sheet,
                const Headings *headings)
{
  HkSheetCell cells[HK_CHANGE_COLUMNS] = { { 0 } };

  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++) {
    cells[c] = (HkSheetCell){ .x0 = edges[c], .x1 = edges[c + 1] };
    if (headings->parts[c] > 0) {
      cells[c].runs = g_array_new (FALSE, TRUE, sizeof (HkSheetRun));
      g_array_append_vals (cells[c].runs, headings->run[c], headings->parts[c]);
    }
  }
  hk_sheet_row (sheet, headings->page, cells, HK_CHANGE_COLUMNS);
  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    g_clear_pointer (&cells[c].runs, g_array_unref);
}

/* --- What is no part of the table ------------------------------------------------ */

/* If the part's heading TITLE, with its number or without, stands from bit I on:
   puts it on ABOVE, and returns where it ends; else I. */
static guint
take_title (const GArray *bits,
            guint         i,
            const char   *title,
            GArray       *above)
{
  g_autoptr (GString) all = g_string_new (NULL);
  const HkRun *first = &hk_bit (bits, i)->run;

  for (guint end = i; end < bits->len && end < i + TITLE_BITS && hk_bit (bits, end)->run.page == first->page; end++) {
    const char *at;

    g_string_append (all, hk_bit (bits, end)->text);
    at = all->str;
    if (hk_change_is_item (at) && strchr (at, ')') != NULL) /* （別添２） */
      at = strchr (at, ')') + 1;
    if (*title != '\0' && strcmp (at, title) == 0) {
      for (guint k = i; k <= end; k++) {
        HkSheetRun part = { hk_bit (bits, k)->run, k > i };
        g_array_append_val (above, part);
      }
      return end + 1;
    }
  }
  return i;
}

/* Whether TEXT is a page's number among all: -14/17-. */
static gboolean
is_page_of_pages (const char *text)
{
  gsize n;

  text += strspn (text, "-(");
  n = digits_of (text);
  if (n == 0 || n > 3 || text[n] != '/')
    return FALSE;
  text += n + 1;
  n = digits_of (text);
  return n > 0 && n <= 3 && strspn (text + n, "-)") == strlen (text + n);
}

/* Takes what stands over and under the table on each page out of BITS: the
   part's own heading, page numbers, the form's name. */
static void
take_running (GArray       *bits,
              const HkForm *form,
              const HkFormRow *record,
              GArray       *above,
              GArray       *loose)
{
  const HkFormRow *part  = hk_form_parent (form, record);
  g_autofree char *title = part != NULL ? hk_fold_utf8 (part->label, -1) : g_strdup ("");

  for (guint i = 0, end; i < bits->len; i = end) {
    guint line = hk_bit (bits, i)->line, page = hk_bit (bits, i)->page;
    gboolean top = i == 0 || hk_bit (bits, i - 1)->page != page, named = FALSE;
    g_autoptr (GString) all = g_string_new (NULL);

    end = take_title (bits, i, title, above);
    if (end > i) {
      g_array_remove_range (bits, i, end - i);
      end = i;
      continue;
    }
    for (end = i; end < bits->len && hk_bit (bits, end)->line == line; end++) {
      g_string_append (all, hk_bit (bits, end)->text);
      named |= g_str_has_suffix (hk_bit (bits, end)->text, form->title);
    }
    gboolean bottom = end == bits->len || hk_bit (bits, end)->page != page;
    if (!is_page_of_pages (all->str) && !((top || bottom) && (named || (all->len <= 3 && digits_of (all->str) == all->len))))
      continue;
    for (guint k = i; k < end; k++) {
      HkSheetRun run = { hk_bit (bits, k)->run, FALSE };
      g_array_append_val (loose, run);
    }
    g_array_remove_range (bits, i, end - i);
    end = i;
  }
}

/* --- The table --------------------------------------------------------------------- */

static guint
page_of (const HkChange *change)
{
  guint page = 0;

  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    if (change->runs[c] != NULL) {
      guint here = g_array_index (change->runs[c], HkSheetRun, 0).run.page->number;
      page = page == 0 ? here : MIN (page, here);
    }
  return page;
}

static void
write_change (HkSheet        *sheet,
              const HkChange *change,
              guint           page)
{
  HkSheetCell cells[HK_CHANGE_COLUMNS];

  for (guint c = 0; c < HK_CHANGE_COLUMNS; c++)
    cells[c] = (HkSheetCell){ .x0 = edges[c], .x1 = edges[c + 1], .runs = change->runs[c], .doubt = change->doubt[c] };
  hk_sheet_row (sheet, page, cells, HK_CHANGE_COLUMNS);
}

void
hk_rebuild_changes (HkSheet         *sheet,
                    const GArray    *lines,
                    gboolean         parted,
                    const HkForm    *form,
                    const HkFormRow *record,
                    HkDocument      *document)
{
  g_autoptr (GArray) bits  = g_array_new (FALSE, TRUE, sizeof (HkBit));
  g_autoptr (GArray) above = g_array_new (FALSE, TRUE, sizeof (HkSheetRun));
  g_autoptr (GArray) loose = g_array_new (FALSE, TRUE, sizeof (HkSheetRun));
  guint page = 0, next = 0;

  g_array_set_clear_func (bits, clear_bit);
  for (guint i = 0; i < lines->len; i++)
    cut_line (bits, &g_array_index (lines, HkTextLine, i), i, parted);
  if (bits->len == 0)
    return;
  join_dates (bits);
  if (parted)
    join_numbers (bits);
  page = hk_bit (bits, 0)->page;
  take_running (bits, form, record, above, loose);
  g_autoptr (GArray) headings = find_headings (bits, form, record);
  g_autoptr (GPtrArray) changes = parted ? NULL : hk_changes_in_grid (bits, loose);
  if (changes == NULL)
    changes = hk_changes_in_order (bits, form, parted, loose);

  if (above->len > 0) {
    HkSheetCell cell = { .x0 = edges[0], .x1 = edges[HK_CHANGE_COLUMNS], .runs = above };
    hk_sheet_row (sheet, g_array_index (above, HkSheetRun, 0).run.page->number, &cell, 1);
  }
  for (guint i = 0; i < changes->len; i++) {
    const HkChange *change = changes->pdata[i];

    page = MAX (page, page_of (change));
    while (next < headings->len && (next == 0 || g_array_index (headings, Headings, next).page <= page))
      write_headings (sheet, &g_array_index (headings, Headings, next++));
    write_change (sheet, change, page);
  }
  for (; next < headings->len; next++)
    write_headings (sheet, &g_array_index (headings, Headings, next));
  if (loose->len > 0)
    hk_sheet_loose (sheet, page, loose);
}
