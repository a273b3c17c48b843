/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blocks of Markdown, rewritten as HTML.
 *
 *   | a | b |      rows of pipes, and the line of dashes under the first
 *   a⇥b            rows of tabs, which Markdown does not have
 *   ## a           headings
 *   <table> …      HTML, up to its end
 *   - a            items of lists, without what marks them
 *   a              paragraphs, whose lines are kept
 *
 * This is no full Markdown, and on purpose: to a parser of that, “1. 基本情報” and
 * “1) 十分である” are lists, whose numbers it counts anew; here they are the form's own
 * numbers. So are rows of tabs, and four spaces before a word make no program.
 */
#include "markup.h"

#include <string.h>

/* A front matter of metadata has no more lines. */
#define FRONT_MATTER_MAX 40

/* So many of these, and a text is Markdown or HTML. */
#define HEADINGS_ENOUGH 3
#define HEADINGS_WITH_ROWS 2
#define TAGS_ENOUGH 10
#define TAGS_OF_CELLS 4

/* --- Lines -------------------------------------------------------------------------- */

/* The characters [begin, end) of a line, without white space at either end. */
typedef struct {
  gsize begin, end;
  gsize start, next; /* of the line with its white space; of the line behind */
} Line;

static gboolean
is_blank (gunichar ch)
{
  return ch == ' ' || ch == '\t' || ch == 0xA0 || ch == 0x200B || ch == 0xFEFF;
}

static gboolean
next_line (const HkDecoded *text,
           gsize            at,
           Line            *line)
{
  gsize end = at;

  if (at >= text->n)
    return FALSE;
  while (end < text->n && text->chars[end] != '\n' && text->chars[end] != '\r' && text->chars[end] != '\f')
    end++;
  *line = (Line){ at, end, at, end };
  if (end < text->n && text->chars[end] != '\f') {
    line->next = end + 1;
    if (text->chars[end] == '\r' && line->next < text->n && text->chars[line->next] == '\n')
      line->next++;
  }
  else
    line->next = MIN (end + 1, text->n);
  while (line->begin < line->end && is_blank (text->chars[line->begin]))
    line->begin++;
  while (line->end > line->begin && is_blank (text->chars[line->end - 1]))
    line->end--;
  return TRUE;
}

static gunichar
char_at (const HkDecoded *text,
         gsize            at,
         gsize            end)
{
  return at < end ? text->chars[at] : 0;
}

/* How many of CH stand at AT. */
static gsize
run_of (const HkDecoded *text,
        gsize            at,
        gsize            end,
        gunichar         ch)
{
  gsize n = 0;

  while (char_at (text, at + n, end) == ch)
    n++;
  return n;
}

/* --- What a line is -------------------------------------------------------------------- */

/* The level of the heading LINE; 0: it is none. *BEGIN and *END are its words'. */
static gsize
heading_level (const HkDecoded *text,
               const Line      *line,
               gsize           *begin,
               gsize           *end)
{
  gsize level = run_of (text, line->begin, line->end, '#');

  if (level == 0 || level > 6 || (line->begin + level < line->end && !is_blank (text->chars[line->begin + level]) && text->chars[line->begin + level] != 0x3000))
    return 0;
  *begin = line->begin + level;
  *end   = line->end;
  while (*begin < *end && g_unichar_isspace (text->chars[*begin]))
    (*begin)++;
  while (*end > *begin && text->chars[*end - 1] == '#')
    (*end)--;
  return level;
}

/* Three dashes or more, or stars, or underscores, and nothing else. */
static gboolean
is_rule (const HkDecoded *text,
         const Line      *line)
{
  gunichar ch = char_at (text, line->begin, line->end);
  gsize    n  = 0;

  if (ch != '-' && ch != '*' && ch != '_' && ch != '=')
    return FALSE;
  for (gsize i = line->begin; i < line->end; i++)
    if (text->chars[i] == ch)
      n++;
    else if (text->chars[i] != ' ')
      return FALSE;
  return n >= 3;
}

/* ``` or ~~~ around it all. */
static gboolean
is_fence (const HkDecoded *text,
          const Line      *line)
{
  return run_of (text, line->begin, line->end, '`') >= 3 || run_of (text, line->begin, line->end, '~') >= 3;
}

/* Where the words of a list's item begin (- a); line->begin: it is none. */
static gsize
item_begin (const HkDecoded *text,
            const Line      *line)
{
  gunichar ch = char_at (text, line->begin, line->end);
  gsize    at = line->begin + 1;

  if ((ch != '-' && ch != '*' && ch != '+') || !is_blank (char_at (text, at, line->end)))
    return line->begin;
  while (at < line->end && is_blank (text->chars[at]))
    at++;
  return at;
}

/* Whether LINE is a key and its value, or more of one. */
static gboolean
holds_key (const HkDecoded *text,
           const Line      *line)
{
  gsize at = line->begin;

  while (at < line->end && text->chars[at] < 0x80 && (g_ascii_isalnum ((char) text->chars[at]) || text->chars[at] == '_' || text->chars[at] == '-'))
    at++;
  return at > line->begin && char_at (text, at, line->end) == ':';
}

/* Whether the text ends with [BEGIN, END), and that is no end of anything. */
static gboolean
breaks_off (const HkDecoded *text,
            gsize            begin,
            gsize            end)
{
  return end == text->n && end > begin && g_utf8_strchr ("|>\t。)）]］-—－", -1, text->chars[end - 1]) == NULL;
}

/* --- Rows of cells ------------------------------------------------------------------------ */

typedef struct {
  gsize begin, end;
} Span;

/* What a row of cells is parted by. */
typedef enum { PARTED_BY_NOTHING, PARTED_BY_PIPES, PARTED_BY_TABS } Parted;

static void
add_span (const HkDecoded *text,
          GArray          *cells,
          gsize            begin,
          gsize            end)
{
  Span span = { begin, end };

  while (span.begin < span.end && (is_blank (text->chars[span.begin]) || text->chars[span.begin] == '\n' || text->chars[span.begin] == '\r'))
    span.begin++;
  while (span.end > span.begin && (is_blank (text->chars[span.end - 1]) || text->chars[span.end - 1] == '\n' || text->chars[span.end - 1] == '\r'))
    span.end--;
  g_array_append_val (cells, span);
}

/* The cells of [BEGIN, END), parted by SIGN outside of tags (Span). */
static GArray *
split_cells (const HkDecoded  *text,
             const HkTagNames *names,
             gsize             begin,
             gsize             end,
             gunichar          sign)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Span));
  gsize   first = begin;

  if (sign == '|') { /* those at the ends part nothing */
    if (char_at (text, begin, end) == '|')
      first = ++begin;
    if (end > begin && text->chars[end - 1] == '|' && (end < begin + 2 || text->chars[end - 2] != '\\'))
      end--;
  }
  for (gsize at = begin; at < end;) {
    HkTag tag = hk_tag_at (text, names, at, end);

    if (tag.kind != HK_TAG_NONE)
      at = tag.end;
    else if (sign == '|' && text->chars[at] == '\\')
      at += 2;
    else if (text->chars[at] == sign) {
      add_span (text, cells, first, at);
      first = ++at;
    }
    else
      at++;
  }
  add_span (text, cells, first, end);
  return cells;
}

/* Whether CELLS are the line under a table's heading: :---: | --- . */
static gboolean
is_delimiter (const HkDecoded *text,
              const GArray    *cells)
{
  gsize dashes = 0;

  for (guint c = 0; c < cells->len; c++) {
    const Span *cell = &g_array_index (cells, Span, c);
    gsize begin = cell->begin + (char_at (text, cell->begin, cell->end) == ':');
    gsize end   = cell->end - (cell->end > begin && text->chars[cell->end - 1] == ':');
    gsize n     = run_of (text, begin, end, '-');
    if (n == 0 || n != end - begin)
      return FALSE;
    dashes += n;
  }
  return dashes >= 2 * cells->len;
}

/* Whether SIGN stands in [BEGIN, END) outside of tags. */
static gboolean
holds_sign (const HkDecoded  *text,
            const HkTagNames *names,
            gsize             begin,
            gsize             end,
            gunichar          sign)
{
  for (gsize at = begin; at < end;) {
    HkTag tag = hk_tag_at (text, names, at, end);
    if (tag.kind == HK_TAG_NONE && text->chars[at] == sign)
      return TRUE;
    at = tag.kind != HK_TAG_NONE ? tag.end : at + 1;
  }
  return FALSE;
}

/* --- Blocks ------------------------------------------------------------------------------------ */

typedef struct {
  const HkDecoded *text;
  HkTagNames       names;
  HkFeed          *feed;
  Parted           table;     /* the table that is open */
  guint            columns;   /* cells of its last row */
  gboolean         paragraph; /* one is open */
  gboolean         tabs;      /* the line before was a row of tabs */
  gboolean         page;      /* <html> or <body> is open, … */
  gboolean         block;     /* … or a block, of a kind that the text closes elsewhere, … */
  guint            lists;     /* … or so many lists, … */
  gboolean         behind;    /* … and the last tag closed a block, with nothing written since */
} Writer;

static gboolean
is_one_of (const char        *name,
           const char *const *names)
{
  for (; *names != NULL; names++)
    if (strcmp (*names, name) == 0)
      return TRUE;
  return FALSE;
}

/* Forgets the elements that are open: something begins that none of them holds. */
static void
leave_elements (Writer *writer)
{
  writer->block  = FALSE;
  writer->lists  = 0;
  writer->behind = TRUE;
}

static void
follow_tag (Writer      *writer,
            const HkTag *tag)
{
  static const char *const pages[]  = { "html", "body", NULL };
  static const char *const lists[]  = { "ul", "ol", "dl", NULL };
  static const char *const blocks[] = { "li", "dd", "dt", "p", NULL };
  static const char *const others[] = { "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", NULL };
  gboolean opens = tag->kind == HK_TAG_OPEN, closed = g_hash_table_contains (writer->names.closed, tag->name);

  if (is_one_of (tag->name, pages)) {
    leave_elements (writer);
    writer->page = opens;
  }
  else if (is_one_of (tag->name, others)) {
    leave_elements (writer);
    writer->behind = !opens;
  }
  else if (is_one_of (tag->name, lists)) {
    writer->lists += opens && closed;
    writer->lists -= !opens && writer->lists > 0;
    writer->block  = FALSE;
    writer->behind = !opens;
  }
  else if (is_one_of (tag->name, blocks)) {
    writer->block  = opens && closed;
    writer->behind = !opens;
  }
}

/* Follows which elements of [BEGIN, END) stay open. Many write <li> or <p> and never close
   one, which is good HTML: only where the text does so elsewhere has it broken off. */
static void
follow_elements (Writer *writer,
                 gsize   begin,
                 gsize   end)
{
  for (gsize at = begin; at < end;) {
    HkTag tag = hk_tag_at (writer->text, &writer->names, at, end);

    if (tag.kind == HK_TAG_OPEN || tag.kind == HK_TAG_CLOSE)
      follow_tag (writer, &tag);
    else if (tag.kind == HK_TAG_NONE)
      writer->behind &= g_unichar_isspace (writer->text->chars[at]);
    at = tag.kind != HK_TAG_NONE ? hk_tag_raw_end (writer->text, &tag, end) : at + 1;
  }
}

/* Says of the text as a whole what of it does not end. */
static void
end_elements (Writer *writer)
{
  gboolean inner = writer->block || writer->lists > 0;

  writer->feed->torn |= inner || writer->page;
  writer->feed->open |= inner || (writer->page && !writer->behind);
}

static void
close_blocks (Writer *writer)
{
  if (writer->table != PARTED_BY_NOTHING)
    hk_feed_tag (writer->feed, "</table>");
  if (writer->paragraph)
    hk_feed_tag (writer->feed, "</p>");
  writer->table     = PARTED_BY_NOTHING;
  writer->paragraph = FALSE;
}

static void
write_row (Writer       *writer,
           Parted        parted,
           const GArray *cells)
{
  if (writer->table != parted) {
    close_blocks (writer);
    hk_feed_tag (writer->feed, "<table>");
    writer->table = parted;
  }
  writer->columns = cells->len;
  leave_elements (writer);
  hk_feed_tag (writer->feed, "<tr>");
  for (guint c = 0; c < cells->len; c++) {
    const Span *cell = &g_array_index (cells, Span, c);
    hk_feed_tag (writer->feed, "<td>");
    hk_inline_feed (writer->feed, writer->text, &writer->names, cell->begin, cell->end, TRUE);
    hk_feed_tag (writer->feed, "</td>");
  }
  hk_feed_tag (writer->feed, "</tr>");
}

/* A block of one line, TAG around it. */
static void
write_block (Writer     *writer,
             const char *open,
             const char *close,
             gsize       begin,
             gsize       end)
{
  close_blocks (writer);
  if (open[1] == 'h')
    leave_elements (writer);
  follow_elements (writer, begin, end);
  hk_feed_tag (writer->feed, open);
  hk_inline_feed (writer->feed, writer->text, &writer->names, begin, end, FALSE);
  hk_feed_tag (writer->feed, close);
}

static void
write_paragraph_line (Writer     *writer,
                      const Line *line)
{
  if (writer->table != PARTED_BY_NOTHING || !writer->paragraph) {
    close_blocks (writer);
    hk_feed_tag (writer->feed, "<p>");
  }
  else
    hk_feed_tag (writer->feed, "<br>");
  writer->paragraph = TRUE;
  follow_elements (writer, line->begin, line->end);
  hk_inline_feed (writer->feed, writer->text, &writer->names, line->begin, line->end, FALSE);
  writer->feed->open |= breaks_off (writer->text, line->begin, line->end);
}

/* Where HTML that must be taken whole begins in LINE: a table, or a page with its
   head; line->end: nowhere. */
static gsize
find_html (const Writer *writer,
           const Line   *line)
{
  for (gsize at = line->begin; at < line->end;) {
    HkTag tag = hk_tag_at (writer->text, &writer->names, at, line->end);

    if (tag.kind == HK_TAG_OPEN && (strcmp (tag.name, "table") == 0 || strcmp (tag.name, "html") == 0 || strcmp (tag.name, "head") == 0 ||
                                    strcmp (tag.name, "body") == 0 || strcmp (tag.name, "tr") == 0))
      return at;
    at = tag.kind != HK_TAG_NONE ? tag.end : at + 1;
  }
  return line->end;
}

/* Whether a table that was never closed has ended all the same before AT: a blank line,
   and then a heading or another table. */
static gboolean
begins_anew (const Writer *writer,
             gsize         at)
{
  const HkDecoded *text = writer->text;
  gsize breaks = 0, before = at;

  while (before > 0 && g_unichar_isspace (text->chars[before - 1]))
    breaks += text->chars[--before] == '\n';
  if (breaks < 2)
    return FALSE;
  HkTag tag = hk_tag_at (text, &writer->names, at, text->n);
  return text->chars[at] == '#' || (tag.kind == HK_TAG_OPEN && strcmp (tag.name, "table") == 0);
}

static gboolean
ends_cell (const HkTag *tag)
{
  return tag->kind == HK_TAG_CLOSE && (strcmp (tag->name, "td") == 0 || strcmp (tag->name, "th") == 0 || strcmp (tag->name, "tr") == 0);
}

/* Passes on the HTML at AT up to the end of its element. Returns what is behind it. */
static gsize
write_html (Writer *writer,
            gsize   at)
{
  const HkDecoded *text  = writer->text;
  HkTag            first = hk_tag_at (text, &writer->names, at, text->n);
  gboolean         table = strcmp (first.name, "table") == 0;
  gsize            end   = at;
  int              depth = 0, tables = 0;
  HkTag            last  = first;

  close_blocks (writer);
  while (end < text->n) {
    gunichar ch = text->chars[end];

    if (table && depth > 0 && (ch == '#' || ch == '<') && begins_anew (writer, end))
      break;
    HkTag tag = hk_tag_at (text, &writer->names, end, text->n);
    if (tag.kind == HK_TAG_NONE) {
      end++;
      continue;
    }
    end  = hk_tag_raw_end (text, &tag, text->n);
    last = tag;
    if (strcmp (tag.name, "table") == 0)
      tables += tag.kind == HK_TAG_OPEN ? 1 : -1;
    if (strcmp (tag.name, first.name) == 0) {
      depth += tag.kind == HK_TAG_OPEN ? 1 : -1;
      if (depth == 0)
        break;
    }
  }
  follow_elements (writer, at, end);
  hk_inline_feed (writer->feed, text, &writer->names, at, end, FALSE);
  if (tables > 0) {
    writer->feed->torn = TRUE;
    writer->feed->open = end == text->n && !ends_cell (&last);
  }
  for (; tables > 0; tables--)
    hk_feed_tag (writer->feed, "</table>");
  return end;
}

/* --- The lines, one by one ---------------------------------------------------------------------- */

/* How many cells the row of pipes [BEGIN, END) has. *DELIMITER: it is the line of dashes. */
static guint
count_cells (const Writer *writer,
             gsize         begin,
             gsize         end,
             gboolean     *delimiter)
{
  g_autoptr (GArray) cells = split_cells (writer->text, &writer->names, begin, end, '|');

  *delimiter = is_delimiter (writer->text, cells);
  return cells->len;
}

/* Whether [BEGIN, END), with blank lines in it, is a row: it has as many cells as the row
   above, or as the line of dashes below, which is at NEXT. */
static gboolean
is_whole_row (const Writer *writer,
              gsize         begin,
              gsize         end,
              gsize         next)
{
  gboolean delimiter;
  guint    cells = count_cells (writer, begin, end, &delimiter);
  Line     below;

  if (writer->table == PARTED_BY_PIPES)
    return cells == writer->columns;
  return next_line (writer->text, next, &below) && count_cells (writer, below.begin, below.end, &delimiter) == cells && delimiter;
}

/* Where the row of pipes that begins with LINE ends: a cell may hold line breaks, where
   the line begins with a pipe, does not end with one, and one below does. */
static gsize
row_end (const Writer *writer,
         Line         *line)
{
  const HkDecoded *text = writer->text;
  Line     below = *line;
  gboolean blank = FALSE, delimiter;
  gsize    begin, end;

  if (text->chars[line->end - 1] == '|' || text->chars[line->begin] != '|')
    return line->end;
  count_cells (writer, line->begin, line->end, &delimiter);
  if (delimiter)
    return line->end;
  while (next_line (text, below.next, &below) && char_at (text, below.begin, below.end) != '|' && heading_level (text, &below, &begin, &end) == 0 && !is_rule (text, &below)) {
    if (below.begin == below.end)
      blank = TRUE;
    else if (text->chars[below.end - 1] == '|') {
      if (blank && !is_whole_row (writer, line->begin, below.end, below.next))
        break;
      line->next = below.next;
      return below.end;
    }
  }
  return line->end;
}

/* Whether the line behind LINE is that of dashes under the heading of a table. */
static gboolean
is_over_delimiter (const Writer *writer,
                   const Line   *line)
{
  Line below;

  if (!next_line (writer->text, line->next, &below) || below.begin == below.end || !holds_sign (writer->text, &writer->names, below.begin, below.end, '|'))
    return FALSE;
  g_autoptr (GArray) cells = split_cells (writer->text, &writer->names, below.begin, below.end, '|');
  return is_delimiter (writer->text, cells);
}

static Parted
parted_by (const Writer *writer,
           const Line   *line)
{
  const HkDecoded  *text  = writer->text;
  const HkTagNames *names = &writer->names;

  if (text->chars[line->begin] == '|' && line->end > line->begin + 1)
    return PARTED_BY_PIPES;
  if ((writer->table == PARTED_BY_PIPES || is_over_delimiter (writer, line)) && holds_sign (text, names, line->begin, line->end, '|'))
    return PARTED_BY_PIPES;
  gsize behind = MIN (line->next, text->n);
  if (holds_sign (text, names, line->begin, behind, '\t'))
    return PARTED_BY_TABS;
  gboolean indented = holds_sign (text, names, line->start, line->begin, '\t');
  return indented && writer->tabs && item_begin (text, line) == line->begin ? PARTED_BY_TABS : PARTED_BY_NOTHING;
}

static void
take_row (Writer *writer,
          Line   *line,
          Parted  parted)
{
  const HkDecoded *text = writer->text;
  gsize begin = parted == PARTED_BY_TABS ? line->start : line->begin;
  gsize end   = parted == PARTED_BY_TABS ? line->next : row_end (writer, line);

  while (end > begin && (text->chars[end - 1] == '\n' || text->chars[end - 1] == '\r' || text->chars[end - 1] == '\f'))
    end--;
  g_autoptr (GArray) cells = split_cells (text, &writer->names, begin, end, parted == PARTED_BY_TABS ? '\t' : '|');
  if (!is_delimiter (text, cells))
    write_row (writer, parted, cells);
  writer->feed->open |= breaks_off (text, begin, end);
}

/* Takes LINE, which is not blank; it may take more lines, and moves line->next then. */
static void
take_line (Writer *writer,
           Line   *line)
{
  const HkDecoded *text = writer->text;
  gsize begin, end;

  while (text->chars[line->begin] == '>' && line->begin + 1 < line->end && is_blank (text->chars[line->begin + 1]))
    line->begin += 2;

  Parted parted = parted_by (writer, line);
  HkTag  tag    = hk_tag_at (text, &writer->names, line->begin, text->n);
  if (tag.kind == HK_TAG_OTHER) {
    close_blocks (writer);
    hk_inline_feed (writer->feed, text, &writer->names, line->begin, tag.end, FALSE);
    line->next = tag.end;
    return;
  }
  writer->tabs = parted == PARTED_BY_TABS;
  if (parted != PARTED_BY_NOTHING) {
    take_row (writer, line, parted);
    return;
  }
  gsize html = find_html (writer, line);
  if (html < line->end) {
    if (html > line->begin)
      write_block (writer, "<p>", "</p>", line->begin, html);
    line->next = write_html (writer, html);
    return;
  }
  gsize item = item_begin (text, line);
  if (heading_level (text, line, &begin, &end) > 0)
    write_block (writer, "<h2>", "</h2>", begin, end);
  else if (is_fence (text, line))
    close_blocks (writer);
  else if (is_rule (text, line)) {
    gboolean underline = text->chars[line->begin] == '=' && writer->paragraph;
    close_blocks (writer);
    if (!underline)
      hk_feed_tag (writer->feed, "<hr>");
  }
  else if (item > line->begin)
    write_block (writer, "<p>", "</p>", item, line->end);
  else
    write_paragraph_line (writer, line);
}

/* Behind the metadata that some write before all (--- … ---); 0: there is none. */
static gsize
skip_front_matter (const HkDecoded *text)
{
  Line  line;
  gsize at = 0;

  for (guint n = 0; n < FRONT_MATTER_MAX && next_line (text, at, &line); n++, at = line.next) {
    gboolean rule = is_rule (text, &line) && text->chars[line.begin] == '-' && line.end - line.begin == 3;

    if (n == 0 ? !rule : rule)
      return n == 0 ? 0 : line.next;
    if (n > 0 && (line.begin == line.end || !holds_key (text, &line)))
      return 0;
  }
  return 0;
}

HkFeed *
hk_markdown_rewrite (const HkDecoded *text)
{
  Writer writer = { .text = text, .feed = hk_feed_new () };
  Line   line;

  hk_tag_names_init (&writer.names, text);
  for (gsize at = skip_front_matter (text); next_line (text, at, &line); at = line.next) {
    if (line.begin < line.end)
      take_line (&writer, &line);
    else
      close_blocks (&writer);
    if (line.next > at && text->chars[line.next - 1] == '\f') {
      close_blocks (&writer);
      hk_feed_tag (writer.feed, "<!--page-->");
    }
  }
  close_blocks (&writer);
  end_elements (&writer);
  hk_tag_names_clear (&writer.names);
  return writer.feed;
}

/* --- Whether it is markup at all -------------------------------------------------------------------- */

typedef struct {
  guint headings, rows, tables; /* lines: rows of tabs; tables of pipes, by their line of dashes */
  guint tags, cells;            /* elements that begin, and end: all, and those of tables */
  gboolean page;                /* <html> */
} Habits;

static void
count_tags (const HkDecoded  *text,
            const HkTagNames *names,
            Habits           *habits)
{
  for (gsize at = 0; at < text->n;) {
    HkTag tag = hk_tag_at (text, names, at, text->n);

    if (tag.kind == HK_TAG_OPEN || tag.kind == HK_TAG_CLOSE) {
      habits->tags++;
      habits->cells += strcmp (tag.name, "td") == 0 || strcmp (tag.name, "th") == 0 || strcmp (tag.name, "tr") == 0;
      habits->page |= strcmp (tag.name, "html") == 0 || strcmp (tag.name, "body") == 0;
    }
    at = tag.kind != HK_TAG_NONE ? tag.end : at + 1;
  }
}

static void
count_lines (const HkDecoded  *text,
             const HkTagNames *names,
             Habits           *habits)
{
  gboolean row = FALSE; /* the line before may be the heading of a table */
  gsize    begin, end;
  Line     line;

  for (gsize at = 0; next_line (text, at, &line); at = line.next) {
    gboolean pipes = holds_sign (text, names, line.begin, line.end, '|');

    if (pipes && row) {
      g_autoptr (GArray) cells = split_cells (text, names, line.begin, line.end, '|');
      habits->tables += cells->len > 1 && is_delimiter (text, cells);
    }
    row = pipes;
    habits->headings += heading_level (text, &line, &begin, &end) > 0 && begin < end;
    habits->rows += line.begin < line.end && holds_sign (text, names, line.begin, line.next, '\t');
  }
}

gboolean
hk_markdown_is_markup (const HkDecoded *text)
{
  Habits habits = { 0 };
  g_auto (HkTagNames) names = { 0 };

  hk_tag_names_init (&names, text);
  count_tags (text, &names, &habits);
  count_lines (text, &names, &habits);
  return habits.page || habits.cells >= TAGS_OF_CELLS || habits.tables > 0 || habits.tags >= TAGS_ENOUGH || habits.headings >= HEADINGS_ENOUGH ||
         (habits.headings >= HEADINGS_WITH_ROWS && habits.rows + habits.tags >= HEADINGS_WITH_ROWS);
}
