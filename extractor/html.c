/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTML into cells, read by libxml2's parser for it.
 *
 * Its events are taken as they come, without a tree: nothing grows with the depth of
 * the tags but its own stack of names, which is begun anew where it gets too deep.
 *
 * libxml2 says of no text where it stood. But it gives the text in order, and the feed
 * holds, besides markup, nothing but that text: so each character that comes is the
 * next one of the feed. Where libxml2 leaves some out, the next one that is alike is
 * meant, and those passed over are kept as they stand; at each tag xmlByteConsumed()
 * says how far it has come.
 */
#include "markup.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Cells beyond this column stand in it: no form's table has so many. Of a million
   rows that one cell claims to span, so many are believed. */
#define MAX_COLUMNS 40
#define MAX_ROWS 2000

/* Tags within tags. */
#define MAX_DEPTH 250

/* Pages beyond these are one: no assessment has so many. */
#define MAX_PAGES 10000

/* Spaces that stand for a line break. */
#define SPACES_BREAK 2

/* Spaces of this width are the writer's. */
#define WIDE_SPACE 0x3000

/* Characters of the feed among which one that libxml2 gives is looked for: it leaves out
   white space between tags, little else. */
#define LOOK_AHEAD 400

/* The longest character of the feed. */
#define PIECE_SLACK 8

#define NO_CELL G_MAXUINT

typedef struct {
  const HkFeed  *feed;
  gsize          at;       /* in the feed: behind the text that has come, … */
  guint32        source;   /* … the last of which is this character of the source */
  HkMarkupCells *out;
  htmlParserCtxtPtr parser; /* while it runs, … */
  gsize          begin;    /* … from this byte of the feed on */

  guint    cell;           /* the open one, or NO_CELL */
  guint    line;           /* its last line */
  gboolean line_break;     /* what comes next begins a new line */
  guint    spaces;         /* since the last character, … */
  gboolean space_lines;    /* … with a line's end among them */
  guint32  space_source;   /* … and where they begin */

  guint    tables;         /* how many are open: within the first, others are text */
  guint    row, column;    /* the open row, and where its next cell stands */
  gboolean in_row;
  guint    first;          /* the first cell of the table */
  guint    spanned[MAX_COLUMNS]; /* for each column how many rows below still belong to a cell above */
  guint    pages, parts;   /* ended so far by what says so, and by rules across the page */
  guint    unseen;         /* elements that are open whose text nobody sees */
  gboolean heading;        /* one is open */
  guint    running;        /* likewise, whose text is a page's number, header or footer */
  gsize    restart;        /* too deep: where to go on; 0: not */
} Reader;

/* --- Cells ------------------------------------------------------------------------ */

static HkMarkupCell *
open_cell (Reader *reader)
{
  return &g_array_index (reader->out->cells, HkMarkupCell, reader->cell);
}

static void
close_cell (Reader *reader)
{
  if (reader->cell != NO_CELL && !open_cell (reader)->in_table) {
    if (open_cell (reader)->n == 0)
      g_array_set_size (reader->out->cells, reader->cell); /* nothing was written */
    else
      reader->row++;
  }
  reader->cell       = NO_CELL;
  reader->line_break = FALSE;
  reader->spaces     = 0;
  reader->space_lines = FALSE;
}

static void
begin_cell (Reader  *reader,
            gboolean in_table,
            guint    columns,
            guint    rows)
{
  HkMarkupCell cell = { .first = reader->out->glyphs->len, .row = reader->row, .column = in_table ? reader->column : 0, .columns = columns, .rows = rows,
                        .page = reader->pages, .part = reader->parts, .in_table = in_table, .heading = !in_table && reader->heading, .running = reader->running > 0 };

  close_cell (reader);
  cell.row     = reader->row;
  reader->cell = reader->out->cells->len;
  reader->line = 0;
  g_array_append_val (reader->out->cells, cell);
}

static void
end_row (Reader *reader)
{
  close_cell (reader);
  if (!reader->in_row)
    return;
  for (guint c = 0; c < MAX_COLUMNS; c++)
    reader->spanned[c] -= reader->spanned[c] > 0;
  reader->in_row = FALSE;
  reader->row++;
}

static void
begin_row (Reader *reader)
{
  end_row (reader);
  reader->in_row = TRUE;
  reader->column = 0;
}

/* The value of attribute NAME among ATTRIBUTES, "" for one without value; NULL: there is none. */
static const char *
attribute (const xmlChar **attributes,
           const char     *name)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[i], name) == 0)
      return attributes[i + 1] != NULL ? (const char *) attributes[i + 1] : "";
  return NULL;
}

static guint
span_of (const xmlChar **attributes,
         const char     *name,
         guint           max)
{
  const char *text = attribute (attributes, name);
  guint64     span = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 1;

  return (guint) CLAMP (span, 1, max);
}

static void
begin_table_cell (Reader         *reader,
                  const xmlChar **attributes)
{
  guint rows = span_of (attributes, "rowspan", MAX_ROWS);

  if (!reader->in_row)
    begin_row (reader);
  close_cell (reader);
  while (reader->column + 1 < MAX_COLUMNS && reader->spanned[reader->column] > 0)
    reader->column++;
  guint columns = span_of (attributes, "colspan", MAX_COLUMNS - reader->column);
  begin_cell (reader, TRUE, columns, rows);
  for (guint c = reader->column; c < reader->column + columns; c++)
    reader->spanned[c] = MAX (reader->spanned[c], rows);
  reader->column = MIN (reader->column + columns, MAX_COLUMNS - 1);
}

/* --- Text ---------------------------------------------------------------------------- */

static gboolean
is_open (gunichar ch)
{
  return ch == '[' || ch == '(' || ch == 0xFF3B || ch == 0xFF08 || ch == 0x3014 || ch == 0x300C;
}

static gboolean
is_close (gunichar ch)
{
  return ch == ']' || ch == ')' || ch == 0xFF3D || ch == 0xFF09 || ch == 0x3015 || ch == 0x300D;
}

static void
append_glyph (Reader   *reader,
              gunichar  ch,
              guint32   source,
              HkControl control)
{
  HkMarkupGlyph glyph = { ch, source, reader->line, (guint8) control };

  g_array_append_val (reader->out->glyphs, glyph);
  open_cell (reader)->n++;
}

/* Adds CH, with the white space before it: several spaces, or a line's end, stand for a
   line break, but not in the brackets of a mark. */
static void
add_ink (Reader   *reader,
         gunichar  ch,
         guint32   source,
         HkControl control)
{
  if (reader->cell == NO_CELL)
    begin_cell (reader, FALSE, 1, 1);

  const HkMarkupCell *cell = open_cell (reader);
  if (cell->n > 0) {
    gunichar before  = g_array_index (reader->out->glyphs, HkMarkupGlyph, reader->out->glyphs->len - 1).ch;
    gboolean inside  = is_open (before) || is_close (ch);
    gboolean breaks  = reader->line_break || ((reader->spaces >= SPACES_BREAK || reader->space_lines) && !inside);

    if (breaks)
      reader->line++;
    else if (reader->spaces > 0)
      append_glyph (reader, ' ', reader->space_source, HK_CONTROL_NONE);
  }
  append_glyph (reader, ch, source, control);
  reader->line_break  = FALSE;
  reader->spaces      = 0;
  reader->space_lines = FALSE;
}

static void
add_character (Reader  *reader,
               gunichar ch,
               guint32  source)
{
  if (ch != ' ' && ch != '\t' && ch != '\n' && ch != '\r' && ch != '\f' && ch != 0xA0) {
    add_ink (reader, ch, source, HK_CONTROL_NONE);
    return;
  }
  if (reader->spaces++ == 0)
    reader->space_source = source;
  reader->space_lines |= ch == '\n' || ch == '\r';
}

static gsize
skip_markup (const Reader *reader,
             gsize         at)
{
  while (at < reader->feed->source->len && g_array_index (reader->feed->source, guint32, at) == HK_FEED_MARKUP)
    at++;
  return at;
}

/* Takes the next character of the feed; it says CH, and *SOURCE is which of the
   source's it is. Returns what is behind it. */
static gsize
feed_next (const Reader *reader,
           gsize         at,
           gunichar     *ch,
           guint32      *source)
{
  const char *text = reader->feed->html->str + at;
  gsize       n    = (gsize) (g_utf8_next_char (text) - text);

  *source = g_array_index (reader->feed->source, guint32, at);
  *ch     = g_utf8_get_char (text);
  if (*ch == '&') {
    *ch = g_str_has_prefix (text, "&lt;") ? '<' : g_str_has_prefix (text, "&gt;") ? '>' : '&';
    n   = *ch == '&' ? strlen ("&amp;") : strlen ("&lt;");
  }
  return at + n;
}

/* How far libxml2 has come in the feed. Of text that it gives in pieces it has not yet
   passed the last character. */
static gsize
parsed (const Reader *reader)
{
  glong consumed = reader->parser != NULL ? xmlByteConsumed (reader->parser) : -1;

  return consumed < 0 ? reader->feed->html->len : MIN (reader->begin + (gsize) consumed, reader->feed->html->len);
}

static void
take_next (Reader   *reader,
           gunichar *ch)
{
  reader->at = feed_next (reader, reader->at, ch, &reader->source);
  if (reader->unseen == 0)
    add_character (reader, *ch, reader->source);
}

/* Takes the text of the feed that stands before what libxml2 has come to, and was left out by it. */
static void
take_passed (Reader *reader)
{
  gsize    end = parsed (reader);
  gunichar ch;

  while ((reader->at = skip_markup (reader, reader->at)) < end)
    take_next (reader, &ch);
}

/* Takes the text up to the next CH, and that with it, if there is one before END. */
static void
take_until (Reader  *reader,
            gunichar ch,
            gsize    end)
{
  gsize    at = skip_markup (reader, reader->at);
  guint32  source;
  gunichar next = 0;

  while (at < end && next != ch)
    at = skip_markup (reader, feed_next (reader, at, &next, &source));
  if (next != ch)
    return;
  do {
    reader->at = skip_markup (reader, reader->at);
    take_next (reader, &next);
  } while (next != ch);
}

static void
on_characters (void          *data,
               const xmlChar *text,
               int            n)
{
  Reader     *reader = data;
  const char *end    = (const char *) text + n;
  gsize       limit  = MIN (parsed (reader) + PIECE_SLACK, reader->feed->html->len);

  if (reader->restart > 0)
    return;
  for (const char *at = (const char *) text; at < end; at = g_utf8_next_char (at))
    take_until (reader, g_utf8_get_char (at), MIN (limit, reader->at + LOOK_AHEAD));
}

/* --- Elements ------------------------------------------------------------------------ */

static gboolean
is_one_of (const char        *name,
           const char *const *names)
{
  for (; *names != NULL; names++)
    if (strcmp (*names, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_heading (const char *name)
{
  return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

/* Elements that stand on lines of their own. */
static const char *const blocks[] = { "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "section", "article", "header",
                                      "footer", "main", "nav", "aside", "center", "figure", "figcaption", "caption", "address", "form", "fieldset", "legend", "details", "summary", NULL };

/* Elements whose text nobody sees. */
static const char *const unseen[] = { "script", "style", "title", "template", NULL };

/* Elements by which models mark what stands outside of a page's body. */
static const char *const furniture[] = { "footer", "page_number", "page-number", "pagenumber", "page_header", "page_footer", "page-header", "page-footer", NULL };

/* A block begins or ends: of a cell a line, else a cell of its own. */
static void
break_block (Reader *reader)
{
  if (reader->cell != NO_CELL && open_cell (reader)->in_table)
    reader->line_break = TRUE;
  else
    close_cell (reader);
}

/* A control stands where the character before it does: its tag says none. */
static void
add_control (Reader         *reader,
             const xmlChar **attributes)
{
  const char *type = attribute (attributes, "type");
  gboolean    box  = type != NULL && (g_ascii_strcasecmp (type, "checkbox") == 0 || g_ascii_strcasecmp (type, "radio") == 0);
  gboolean    checked = attribute (attributes, "checked") != NULL;

  if (box && reader->unseen == 0)
    add_ink (reader, checked ? 0x2611 : 0x2610, reader->source, checked ? HK_CONTROL_CHECKED : HK_CONTROL_EMPTY);
}

static void
begin_table (Reader *reader)
{
  if (reader->tables++ > 0) {
    reader->line_break = TRUE;
    return;
  }
  close_cell (reader);
  memset (reader->spanned, 0, sizeof reader->spanned);
  reader->in_row = FALSE;
  reader->first  = reader->out->cells->len;
}

/* Cells that claim more rows than their table has end with it. */
static void
end_table (Reader *reader)
{
  end_row (reader);
  for (guint c = reader->first; c < reader->out->cells->len; c++) {
    HkMarkupCell *cell = &g_array_index (reader->out->cells, HkMarkupCell, c);
    if (cell->in_table)
      cell->rows = MAX (MIN (cell->rows, reader->row - cell->row), 1);
  }
  reader->first  = reader->out->cells->len;
  reader->tables = 0;
}

/* TR, TD or TH in a table within a cell: its rows are lines. */
static void
begin_inner (Reader     *reader,
             const char *name)
{
  if (strcmp (name, "tr") == 0)
    reader->line_break = TRUE;
  else if (reader->spaces == 0)
    reader->spaces = 1;
}

static void
on_start (void           *data,
          const xmlChar  *element,
          const xmlChar **attributes)
{
  Reader     *reader = data;
  const char *name   = (const char *) element;

  if (reader->restart > 0)
    return;
  if (reader->parser->nameNr > MAX_DEPTH) {
    reader->restart = (gsize) MAX (xmlByteConsumed (reader->parser), 1);
    xmlStopParser (reader->parser);
    return;
  }
  take_passed (reader);
  reader->unseen += is_one_of (name, unseen);
  if (is_one_of (name, blocks))
    break_block (reader);
  reader->running += is_one_of (name, furniture);
  if (is_heading (name))
    reader->heading = TRUE;
  if (strcmp (name, "br") == 0)
    reader->line_break = TRUE;
  else if (strcmp (name, "input") == 0)
    add_control (reader, attributes);
  else if (strcmp (name, "table") == 0)
    begin_table (reader);
  else if (strcmp (name, "hr") == 0) {
    break_block (reader);
    reader->parts += reader->tables == 0 && reader->out->cells->len > 0 && reader->parts + 1 < MAX_PAGES;
  }
  else if (strcmp (name, "tr") == 0 || strcmp (name, "td") == 0 || strcmp (name, "th") == 0) {
    if (reader->tables > 1)
      begin_inner (reader, name);
    else if (*name == 't' && name[1] == 'r')
      begin_row (reader);
    else
      begin_table_cell (reader, attributes);
  }
}

static void
on_end (void          *data,
        const xmlChar *element)
{
  Reader     *reader = data;
  const char *name   = (const char *) element;

  if (reader->restart > 0)
    return;
  take_passed (reader);
  reader->unseen -= reader->unseen > 0 && is_one_of (name, unseen);
  reader->running -= reader->running > 0 && is_one_of (name, furniture);
  if (is_one_of (name, blocks))
    break_block (reader);
  if (is_heading (name))
    reader->heading = FALSE;
  if (strcmp (name, "table") == 0 && reader->tables > 0) {
    if (reader->tables == 1)
      end_table (reader);
    else {
      reader->tables--;
      reader->line_break = TRUE;
    }
  }
  else if (reader->tables <= 1 && strcmp (name, "tr") == 0)
    end_row (reader);
  else if (reader->tables <= 1 && (strcmp (name, "td") == 0 || strcmp (name, "th") == 0))
    close_cell (reader);
}

/* <!-- page 3 -->: pages as some models tell them. Not <!-- PageHeader="…" -->. */
static void
on_comment (void          *data,
            const xmlChar *text)
{
  Reader *reader = data;
  g_autofree char *lower = g_ascii_strdown ((const char *) text, -1);

  if (reader->restart > 0 || strstr (lower, "page") == NULL || strchr (lower, '=') != NULL)
    return;
  if (reader->cell != NO_CELL && !open_cell (reader)->in_table)
    close_cell (reader);
  reader->pages += reader->out->cells->len > 0 && reader->pages + 1 < MAX_PAGES; /* the first page's may stand before it */
}

/* --- The parser ------------------------------------------------------------------------ */

/* Prepares to go on behind the tag that was too deep, as if nothing were open. */
static void
begin_again (Reader *reader,
             gsize   begin)
{
  const GString *html = reader->feed->html;

  reader->restart += begin;
  while (reader->restart < html->len && g_array_index (reader->feed->source, guint32, reader->restart) == HK_FEED_MARKUP && html->str[reader->restart] != '<')
    reader->restart++;
  end_table (reader);
  reader->unseen = reader->running = 0;
}

/* Reads the feed from byte BEGIN on. */
static void
parse_from (Reader *reader,
            gsize   begin)
{
  const GString *html = reader->feed->html;

  reader->restart = 0;
  reader->begin   = begin;
  reader->parser  = htmlCreateMemoryParserCtxt (html->str + begin, (int) (html->len - begin));
  if (reader->parser == NULL)
    return;
  *reader->parser->sax = (htmlSAXHandler){ .startElement = on_start, .endElement = on_end, .characters = on_characters, .ignorableWhitespace = on_characters,
                                           .cdataBlock = on_characters, .comment = on_comment };
  reader->parser->userData = reader;
  htmlCtxtUseOptions (reader->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding (reader->parser, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument (reader->parser);
  if (reader->restart > 0)
    begin_again (reader, begin);
  htmlFreeParserCtxt (reader->parser);
  reader->parser = NULL;
}

HkMarkupCells *
hk_html_read (const HkFeed *feed)
{
  HkMarkupCells *out    = g_new0 (HkMarkupCells, 1);
  Reader         reader = { .feed = feed, .out = out, .cell = NO_CELL };

  out->glyphs = g_array_new (FALSE, TRUE, sizeof (HkMarkupGlyph));
  out->cells  = g_array_new (FALSE, TRUE, sizeof (HkMarkupCell));
  for (gsize begin = 0; begin < feed->html->len; begin = reader.restart) {
    reader.restart = 0;
    parse_from (&reader, begin);
    if (reader.restart <= begin)
      break;
    out->damaged = TRUE;
  }
  take_passed (&reader); /* what libxml2 has left */
  end_table (&reader);
  if (feed->open && out->cells->len > 0)
    g_array_index (out->cells, HkMarkupCell, out->cells->len - 1).torn = TRUE;
  out->pages   = reader.pages > 0 ? reader.pages + 1 : 0;
  for (guint c = 0; out->pages == 0 && c < out->cells->len; c++) { /* nothing better is known */
    HkMarkupCell *cell = &g_array_index (out->cells, HkMarkupCell, c);
    cell->page = cell->part;
  }
  out->damaged |= feed->torn;
  return out;
}

void
hk_markup_cells_free (HkMarkupCells *cells)
{
  if (cells == NULL)
    return;
  g_array_unref (cells->glyphs);
  g_array_unref (cells->cells);
  g_free (cells);
}
