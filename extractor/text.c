/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages of a text.
 *
 * Where one ends is told from the text itself, as its writer has it:
 *
 *   form feeds         pdftotext and mutool write one behind each page
 *   blank lines        PDFBox and Tika part paragraphs by one, pages by more
 *   numbered lines     everything of a page run together on one line, its number first
 *
 * Blank lines say nothing where columns are held by spaces: there they are the
 * page's own white. A text with nothing of the kind is one page, without number.
 */
#include "text.h"

#include "encoding.h"

/* A gap of so many blank lines parts pages. */
#define PAGE_BLANK_LINES 2

/* Of the lines: gaps so many are the text's own; columns so many are its layout. */
#define GAPS_PART 3
#define COLUMNS_PART 20

/* Spaces in the middle of a line that hold a column. */
#define COLUMN_SPACES 3

/* Characters a line, on the average, where pages are run together. */
#define LONG_LINE 150

#define TAB_COLUMNS 8

/* Numbers that follow one another, before they are believed to be those of pages. */
#define COUNTED_MIN 3
#define PAGE_NUMBER_MAX 9999

/* Of form feeds alone a file may have millions. */
#define MAX_PAGES 10000

typedef enum { BREAK_NONE, BREAK_FORM_FEED, BREAK_GAP, BREAK_PARAGRAPH, BREAK_COUNTED } Break;

/* A line of the file, or a part of one that a form feed cuts. */
typedef struct {
  gsize    begin, end; /* its characters, without what ends it */
  guint    number;     /* of the line in the file, from 1 */
  guint    column;     /* of its first character, from 1 */
  gboolean blank;
  gboolean form_feed;  /* that ends it */
} Line;

/* Where the next line begins. */
typedef struct {
  gsize at;
  guint number, column;
} Cursor;

typedef struct {
  HkPageSource base;
  HkDecoded    text;
  Break        rule;
  Cursor       cursor;
  guint        pages;    /* so far */
  guint        expected; /* the number the next page begins with, under BREAK_COUNTED */
} Text;

static const Cursor beginning = { 0, 1, 1 };

/* --- Lines ------------------------------------------------------------------ */

/* Characters that nobody sees and nothing rests on: byte order marks and the like. */
static gboolean
is_dropped (gunichar ch)
{
  return ch == 0xFEFF || ch == 0x200B || ch == 0x2060;
}

/* Takes the line at CURSOR. A line ends at LF, CR, or any number of CR before
   a LF, as careless programs write them. FALSE: there is none. */
static gboolean
next_line (const HkDecoded *text,
           Cursor          *cursor,
           Line            *line)
{
  gsize at = cursor->at;

  if (at >= text->n)
    return FALSE;
  *line = (Line){ .begin = at, .number = cursor->number, .column = cursor->column, .blank = TRUE };
  for (; at < text->n; at++) {
    gunichar ch = text->chars[at];

    if (ch == '\n' || ch == '\r' || ch == '\f')
      break;
    line->blank &= g_unichar_isspace (ch) || is_dropped (ch);
  }
  line->end = at;
  if (at < text->n && text->chars[at] == '\f') {
    line->form_feed = TRUE;
    cursor->column += (guint) (at + 1 - line->begin);
    cursor->at = at + 1;
    return TRUE;
  }
  gsize behind = at;
  while (behind < text->n && text->chars[behind] == '\r')
    behind++;
  if (behind < text->n && text->chars[behind] == '\n')
    at = behind;
  *cursor = (Cursor){ MIN (at + 1, text->n), cursor->number + 1, 1 };
  return TRUE;
}

/* The number that LINE begins with, if a space or nothing is behind it; 0: none. */
static guint
leading_number (const HkDecoded *text,
                const Line      *line)
{
  gsize at = line->begin;
  guint number = 0;

  while (at < line->end && (g_unichar_isspace (text->chars[at]) || is_dropped (text->chars[at])))
    at++;
  for (; at < line->end && g_unichar_isdigit (text->chars[at]); at++) {
    number = number * 10 + (guint) g_unichar_digit_value (text->chars[at]);
    if (number > PAGE_NUMBER_MAX)
      return 0;
  }
  return at == line->end || g_unichar_isspace (text->chars[at]) ? number : 0;
}

/* Whether spaces hold columns apart on LINE. */
static gboolean
has_columns (const HkDecoded *text,
             const Line      *line)
{
  gboolean ink = FALSE;
  guint    spaces = 0;

  for (gsize at = line->begin; at < line->end; at++) {
    if (g_unichar_isspace (text->chars[at])) {
      spaces += text->chars[at] == '\t' ? COLUMN_SPACES : 1;
      continue;
    }
    if (ink && spaces >= COLUMN_SPACES)
      return TRUE;
    ink    = TRUE;
    spaces = 0;
  }
  return FALSE;
}

/* --- Where pages end ----------------------------------------------------------- */

/* What the lines of a text are like. */
typedef struct {
  guint lines;            /* that are not blank */
  guint columns;          /* of them with columns */
  gsize characters;       /* in them */
  guint gaps[3];          /* between them, by blank lines: none, one, PAGE_BLANK_LINES or more */
  guint paragraphs;       /* runs of them … */
  guint numbered;         /* … that begin with a number */
  guint counted;          /* lines that begin with the number behind that of the last such */
  guint form_feeds;
} Habits;

static Habits
study (const HkDecoded *text)
{
  Habits habits = { 0 };
  Cursor cursor = beginning;
  guint  blank = 0, expected = 0;
  Line   line;

  while (next_line (text, &cursor, &line)) {
    habits.form_feeds += line.form_feed;
    if (line.blank) {
      blank++;
      continue;
    }
    guint number = leading_number (text, &line);
    if (habits.lines > 0)
      habits.gaps[MIN (blank, PAGE_BLANK_LINES)]++;
    if (habits.lines == 0 || blank > 0) {
      habits.paragraphs++;
      habits.numbered += number > 0;
    }
    if (number > 0 && (number == expected || expected == 0)) {
      habits.counted++;
      expected = number + 1;
    }
    habits.lines++;
    habits.characters += line.end - line.begin;
    habits.columns += has_columns (text, &line);
    blank = 0;
  }
  return habits;
}

static Break
choose_rule (const HkDecoded *text)
{
  Habits   habits = study (text);
  guint    gaps   = habits.gaps[PAGE_BLANK_LINES];
  gboolean columns = habits.columns > habits.lines / COLUMNS_PART;

  if (habits.form_feeds > 0)
    return BREAK_FORM_FEED;
  if (habits.characters >= (gsize) LONG_LINE * habits.lines) {
    if (gaps > 0)
      return BREAK_GAP;
    if (habits.paragraphs > 1 && 2 * habits.numbered >= habits.paragraphs)
      return BREAK_PARAGRAPH;
    if (habits.counted >= COUNTED_MIN && 2 * habits.counted >= habits.lines)
      return BREAK_COUNTED;
    return BREAK_NONE;
  }
  return gaps > 0 && !columns && GAPS_PART * gaps <= habits.lines ? BREAK_GAP : BREAK_NONE;
}

/* Whether a page ends between its last line and LINE, BLANK lines behind it. */
static gboolean
breaks_before (const Text *text,
               const Line *line,
               guint       blank)
{
  switch (text->rule) {
  case BREAK_NONE:
  case BREAK_FORM_FEED: return FALSE;
  case BREAK_GAP: return blank >= PAGE_BLANK_LINES;
  case BREAK_PARAGRAPH: return blank > 0;
  case BREAK_COUNTED: return leading_number (&text->text, line) == text->expected && text->expected > 0;
  }
  return FALSE;
}

/* --- Pages ------------------------------------------------------------------------ */

/* Puts LINE on PAGE. */
static void
add_line (const HkDecoded *text,
          const Line      *line,
          HkPage          *page,
          guint            row)
{
  guint place = 0;

  for (gsize at = line->begin; at < line->end; at++) {
    gunichar ch    = text->chars[at];
    guint    width = ch == '\t'                                           ? TAB_COLUMNS - place % TAB_COLUMNS
                     : g_unichar_iswide (ch) || g_unichar_iswide_cjk (ch) ? 2
                                                                          : 1;

    if (is_dropped (ch))
      continue;
    HkGlyph glyph = { .ch = ch == '\t' ? ' ' : ch, .source = page->glyphs->len, .line = line->number,
                      .column = line->column + (guint) (at - line->begin), .copies = 1 };
    glyph.box = (HkBox){ place * HK_TEXT_COLUMN, row * HK_TEXT_LINE, (place + width) * HK_TEXT_COLUMN, (row + 1) * HK_TEXT_LINE };
    g_array_append_val (page->glyphs, glyph);
    page->width = MAX (page->width, glyph.box.x1);
    place += width;
  }
}

/* Takes the lines of the next page, and puts them on PAGE unless that is NULL.
   FALSE: there is no page. */
static gboolean
take_page (Text   *text,
           HkPage *page)
{
  gboolean any = FALSE;
  guint    row = 0, blank = 0;
  Cursor   cursor = text->cursor;
  Line     line;

  for (; next_line (&text->text, &cursor, &line); text->cursor = cursor, row++) {
    if (!line.blank) {
      if (any && breaks_before (text, &line, blank))
        return TRUE;
      guint number = text->rule == BREAK_COUNTED ? leading_number (&text->text, &line) : 0;
      if (number > 0 && (!any || text->expected == 0))
        text->expected = number + 1;
      if (page != NULL) {
        add_line (&text->text, &line, page, row);
        page->height = (row + 1) * HK_TEXT_LINE;
      }
      any   = TRUE;
      blank = 0;
    }
    else
      blank++;
    if (line.form_feed) {
      text->cursor = cursor;
      return TRUE;
    }
  }
  return any;
}

static HkPage *
next_page (HkPageSource *source,
           GError      **error)
{
  Text              *text = (Text *) source;
  g_autoptr (HkPage) page = hk_page_new (text->pages + 1, 0, 0);

  page->text    = TRUE;
  page->unpaged = text->rule == BREAK_NONE;
  if (!take_page (text, page))
    return NULL;
  text->pages++;
  return g_steal_pointer (&page);
}

/* FALSE with ERROR set: there are none, or too many. */
static gboolean
count_pages (Text    *text,
             GError **error)
{
  while (text->base.n_pages <= MAX_PAGES && take_page (text, NULL))
    text->base.n_pages++;
  text->cursor   = beginning;
  text->expected = 0;
  if (text->base.n_pages > MAX_PAGES)
    g_set_error (error, HK_ERROR, HK_ERROR_NOT_A_FORM, "the text has more than %d pages, which no assessment has", MAX_PAGES);
  else if (study (&text->text).lines == 0)
    g_set_error_literal (error, HK_ERROR, HK_ERROR_EMPTY, "the text is blank");
  else
    return TRUE;
  return FALSE;
}

static void
close_text (HkPageSource *source)
{
  Text *text = (Text *) source;

  g_free (text->text.chars);
  g_free (text);
}

HkPageSource *
hk_text_open (HkDecoded *decoded,
              GError   **error)
{
  Text *text = g_new0 (Text, 1);

  text->base.next  = next_page;
  text->base.close = close_text;
  text->cursor     = beginning;
  text->text       = *decoded;
  *decoded         = (HkDecoded){ 0 };
  text->rule       = choose_rule (&text->text);
  if (count_pages (text, error))
    return &text->base;
  close_text (&text->base);
  return NULL;
}
