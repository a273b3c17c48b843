/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "page-maker.h"

#include <string.h>

#define PAGE_WIDTH 595.0
#define PAGE_HEIGHT 842.0
#define LEFT 40.0
#define RIGHT 555.0
#define TOP 80.0
#define PADDING 3.0 /* between text and rules */
#define RULE 0.5    /* how thick a rule is */

/* A page that was made, or the reason why it cannot be read. */
typedef struct {
  HkPage *page;
  char   *error;
} Made;

typedef struct {
  HkBox    box;
  guint    open;
  gboolean ruled;
  guint    first_column, end_column;
  gboolean of_last_row; /* it reaches down to the row drawn last */
  char    *text;
} Cell;

static void
cell_clear (Cell *cell)
{
  g_free (cell->text);
}

static void
made_free (Made *made)
{
  hk_page_free (made->page);
  g_free (made->error);
  g_free (made);
}

/* --- Text and rules ----------------------------------------------------------- */

static double
width_of (gunichar ch)
{
  return (ch >= 0x20 && ch < 0x7F) || (ch >= 0xFF61 && ch <= 0xFF9F) ? 0.5 : 1.0;
}

/* Adds CH and moves the pen; a space has no glyph. */
static void
put_glyph (HkPage         *page,
           double         *x,
           double          y,
           const PageFace *face,
           gunichar        ch)
{
  double  middle = y + face->em / 2, half = face->height * face->em / 2, width = width_of (ch) * face->em;
  HkGlyph glyph  = { .ch = ch, .box = { *x, middle - half, *x + width, middle + half }, .source = page->glyphs->len, .copies = 1 };

  if (ch != ' ' && !(ch == 0x3000 && face->bare))
    g_array_append_val (page->glyphs, glyph);
  *x += width;
}

void
page_maker_text (HkPage         *page,
                 double          x,
                 double          y,
                 const PageFace *face,
                 const char     *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    put_glyph (page, &x, y, face, g_utf8_get_char (c));
}

/* Sets TEXT in lines within BOX, from its top; returns how many. PAGE NULL:
   counts only. */
static guint
set_lines (HkPage         *page,
           const HkBox    *box,
           const PageFace *face,
           const char     *text)
{
  double x = box->x0 + PADDING, y = box->y0;
  guint  n = *text != '\0';

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar ch   = g_utf8_get_char (c);
    gboolean full = x + width_of (ch) * face->em > box->x1 - PADDING + 0.01 && x > box->x0 + PADDING;

    if (ch == 0x23CE || full) { /* ⏎ */
      x = box->x0 + PADDING;
      y += face->leading * face->em;
      n++;
    }
    if (ch == 0x23CE)
      continue;
    if (page != NULL)
      put_glyph (page, &x, y, face, ch);
    else
      x += width_of (ch) * face->em;
  }
  return n;
}

/* How high N lines are. */
static double
height_of (const PageFace *face,
           guint           n)
{
  return n > 0 ? ((n - 1) * face->leading + 1) * face->em : 0;
}

void
page_maker_block (HkPage         *page,
                  const HkBox    *box,
                  const PageFace *face,
                  const char     *text)
{
  double height = height_of (face, set_lines (NULL, box, face, text));
  HkBox  inner  = { box->x0, (box->y0 + box->y1 - height) / 2, box->x1, box->y1 };

  set_lines (page, &inner, face, text);
}

static void
put_rule (HkPage  *page,
          double   x0,
          double   y0,
          double   x1,
          double   y1,
          gboolean horizontal)
{
  HkRule rule = { { x0 - RULE / 2, y0 - RULE / 2, x1 + RULE / 2, y1 + RULE / 2 }, horizontal };

  g_array_append_val (page->rules, rule);
}

void
page_maker_cell (HkPage      *page,
                 const HkBox *box,
                 guint        open)
{
  HkCell cell = { *box, open, FALSE };

  g_array_append_val (page->cells, cell);
  if (!(open & HK_SIDE_TOP))
    put_rule (page, box->x0, box->y0, box->x1, box->y0, TRUE);
  if (!(open & HK_SIDE_BOTTOM))
    put_rule (page, box->x0, box->y1, box->x1, box->y1, TRUE);
  if (!(open & HK_SIDE_LEFT))
    put_rule (page, box->x0, box->y0, box->x0, box->y1, FALSE);
  if (!(open & HK_SIDE_RIGHT))
    put_rule (page, box->x1, box->y0, box->x1, box->y1, FALSE);
}

/* --- Pages ---------------------------------------------------------------------- */

PageMaker *
page_maker_new (void)
{
  PageMaker *maker = g_new0 (PageMaker, 1);

  maker->face  = PAGE_FACE;
  maker->y     = TOP;
  maker->edges = g_array_new (FALSE, FALSE, sizeof (double));
  maker->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  maker->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) made_free);
  g_array_set_clear_func (maker->cells, (GDestroyNotify) cell_clear);
  return maker;
}

void
page_maker_free (PageMaker *maker)
{
  g_array_unref (maker->edges);
  g_array_unref (maker->cells);
  g_ptr_array_unref (maker->pages);
  g_free (maker);
}

static HkPage *
current_page (PageMaker *maker)
{
  Made *last = maker->pages->len > 0 ? maker->pages->pdata[maker->pages->len - 1] : NULL;

  if (last == NULL || last->page == NULL) {
    last       = g_new0 (Made, 1);
    last->page = hk_page_new (maker->pages->len + 1, PAGE_WIDTH, PAGE_HEIGHT);
    g_ptr_array_add (maker->pages, last);
  }
  return last->page;
}

/* Draws the cells that were collected: only now is their height known. */
static void
draw_cells (PageMaker *maker)
{
  for (guint i = 0; i < maker->cells->len; i++) {
    const Cell *cell = &g_array_index (maker->cells, Cell, i);

    if (cell->ruled)
      page_maker_cell (current_page (maker), &cell->box, cell->open);
    page_maker_block (current_page (maker), &cell->box, &maker->face, cell->text);
  }
  g_array_set_size (maker->cells, 0);
}

static void
end_page (PageMaker *maker,
          gboolean   cut)
{
  for (guint i = 0; cut && i < maker->cells->len; i++) {
    Cell *cell = &g_array_index (maker->cells, Cell, i);
    if (cell->of_last_row)
      cell->open |= HK_SIDE_BOTTOM;
  }
  current_page (maker);
  draw_cells (maker);

  Made *next = g_new0 (Made, 1);
  next->page = hk_page_new (maker->pages->len + 1, PAGE_WIDTH, PAGE_HEIGHT);
  g_ptr_array_add (maker->pages, next);
  maker->y   = TOP;
  maker->cut = cut;
}

static void
fail_page (PageMaker  *maker,
           const char *message)
{
  draw_cells (maker);
  if (maker->pages->len > 0) { /* the empty page that "---" began is this one */
    const Made *last = maker->pages->pdata[maker->pages->len - 1];
    if (last->page != NULL && last->page->glyphs->len == 0)
      g_ptr_array_set_size (maker->pages, (int) maker->pages->len - 1);
  }
  Made *made  = g_new0 (Made, 1);
  made->error = g_strdup (message);
  g_ptr_array_add (maker->pages, made);
  maker->y = TOP;
}

/* --- Rows --------------------------------------------------------------------------- */

static void
set_columns (PageMaker  *maker,
             const char *widths)
{
  double x = LEFT;
  char  *end;

  g_array_set_size (maker->edges, 0);
  g_array_append_val (maker->edges, x);
  for (double width; (width = g_ascii_strtod (widths, &end)) > 0; widths = end) {
    x += width;
    g_array_append_val (maker->edges, x);
  }
}

static double
edge (const PageMaker *maker,
      guint            column)
{
  return g_array_index (maker->edges, double, column);
}

/* The cell that covers COLUMN in the row above; NULL: none. */
static Cell *
cell_above (PageMaker *maker,
            guint      column)
{
  for (guint i = 0; i < maker->cells->len; i++) {
    Cell *cell = &g_array_index (maker->cells, Cell, i);
    if (cell->of_last_row && cell->first_column <= column && column < cell->end_column)
      return cell;
  }
  return NULL;
}

/* LINE is "|a|b|c|", and whatever its first character is parts the cells. */
static void
add_row (PageMaker  *maker,
         const char *line)
{
  const char  separator[] = { line[0], '\0' };
  g_auto (GStrv) texts    = g_strsplit (line + 1, separator, -1);
  guint       n           = g_strv_length (texts) - 1; /* behind the last separator is nothing */
  guint       n_columns   = maker->edges->len - 1;
  guint       n_before    = maker->cells->len;
  guint       lines       = 1;
  g_autoptr (GArray) row  = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_autoptr (GHashTable) grown = g_hash_table_new (NULL, NULL);

  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, n_columns);
  for (guint i = 0; i < n; i++) {
    guint end = i + 1 == n ? n_columns : i + 1;

    if (strcmp (texts[i], "^") == 0) {
      g_hash_table_add (grown, cell_above (maker, i));
      continue;
    }
    if (strcmp (texts[i], "<") == 0) {
      Cell *left       = &g_array_index (row, Cell, row->len - 1);
      left->end_column = end;
      left->box.x1     = edge (maker, end);
      continue;
    }
    gboolean below = g_str_has_suffix (texts[i], "↓"), above = g_str_has_prefix (texts[i], "↑");
    Cell     cell  = { { edge (maker, i), maker->y, edge (maker, end), 0 }, 0, line[0] == '|', i, end, TRUE, g_strdup (texts[i]) };
    cell.open      = (above || maker->cut ? HK_SIDE_TOP : 0) | (below ? HK_SIDE_BOTTOM : 0);
    if (below)
      cell.text[strlen (cell.text) - strlen ("↓")] = '\0';
    if (above)
      memmove (cell.text, cell.text + strlen ("↑"), strlen (cell.text + strlen ("↑")) + 1);
    g_array_append_val (row, cell);
  }
  for (guint i = 0; i < row->len; i++) {
    const Cell *cell = &g_array_index (row, Cell, i);
    lines            = MAX (lines, set_lines (NULL, &cell->box, &maker->face, cell->text));
  }
  double bottom = maker->y + height_of (&maker->face, lines) + 2 * PADDING;

  for (guint i = 0; i < n_before; i++) {
    Cell *cell        = &g_array_index (maker->cells, Cell, i);
    cell->of_last_row = g_hash_table_contains (grown, cell);
    if (cell->of_last_row)
      cell->box.y1 = bottom;
  }
  for (guint i = 0; i < row->len; i++)
    g_array_index (row, Cell, i).box.y1 = bottom;
  g_array_append_vals (maker->cells, row->data, row->len);
  maker->y   = bottom;
  maker->cut = FALSE;
}

/* --- Sketches -------------------------------------------------------------------------- */

static void
add_line (PageMaker  *maker,
          const char *line,
          double      x)
{
  draw_cells (maker);
  maker->y += maker->face.em / 2;
  page_maker_text (current_page (maker), x, maker->y, &maker->face, line);
  maker->y += 1.5 * maker->face.em;
}

static void
add_text_at (PageMaker  *maker,
             const char *place)
{
  char  *end;
  double x = g_ascii_strtod (place, &end), y = g_ascii_strtod (end, &end);

  page_maker_text (current_page (maker), x, y, &maker->face, end + 1);
}

/* "12", or "12 1.3 1.0" */
static void
set_face (PageMaker  *maker,
          const char *numbers)
{
  char  *end;
  double height, leading;

  maker->face.em = g_ascii_strtod (numbers, &end);
  height         = g_ascii_strtod (end, &end);
  leading        = g_ascii_strtod (end, &end);
  if (height > 0)
    maker->face.height = height;
  if (leading > 0)
    maker->face.leading = leading;
}

static double
line_width (const PageMaker *maker,
            const char      *line)
{
  double width = 0;

  for (const char *c = line; *c != '\0'; c = g_utf8_next_char (c))
    width += width_of (g_utf8_get_char (c)) * maker->face.em;
  return width;
}

static void
add (PageMaker  *maker,
     const char *line)
{
  switch (line[0]) {
  case '|':
  case ':':
    add_row (maker, line);
    break;
  case '#':
    set_columns (maker, line + 1);
    break;
  case '=':
    add_line (maker, line + 2, LEFT);
    break;
  case '>':
    add_line (maker, line + 2, RIGHT - line_width (maker, line + 2));
    break;
  case '*':
    add_text_at (maker, line + 2);
    break;
  case '@':
    draw_cells (maker);
    maker->y = g_ascii_strtod (line + 1, NULL);
    break;
  case '$':
    draw_cells (maker);
    set_face (maker, line + 1);
    break;
  case '%':
    draw_cells (maker);
    maker->face.bare = TRUE;
    break;
  case '-':
    end_page (maker, FALSE);
    break;
  case '~':
    end_page (maker, TRUE);
    break;
  case '!':
    fail_page (maker, line + 2);
    break;
  case '\0':
    break;
  default:
    g_error ("sketch: %s", line);
  }
}

PageMaker *
page_maker_sketch (const char *sketch)
{
  PageMaker *maker     = page_maker_new ();
  g_auto (GStrv) lines = g_strsplit (sketch, "\n", -1);

  set_columns (maker, "130 385");
  for (guint i = 0; lines[i] != NULL; i++)
    add (maker, lines[i]);
  draw_cells (maker);
  return maker;
}

/* --- The source ---------------------------------------------------------------------------- */

static HkPage *
next_page (HkPageSource *source,
           GError      **error)
{
  MadePages *pages = (MadePages *) source;

  if (pages->at == pages->pages->len)
    return NULL;
  Made *made = pages->pages->pdata[pages->at++];
  if (made->page == NULL)
    g_set_error_literal (error, HK_ERROR, HK_ERROR_DAMAGED, made->error);
  return g_steal_pointer (&made->page);
}

MadePages
page_maker_source (PageMaker *maker)
{
  return (MadePages){ { .next = next_page, .n_pages = maker->pages->len }, maker->pages, 0 };
}

guint64
page_maker_count (const PageMaker *maker)
{
  guint64 count = 0;

  for (guint i = 0; i < maker->pages->len; i++) {
    const Made *made = maker->pages->pdata[i];

    for (guint g = 0; made->page != NULL && g < made->page->glyphs->len; g++)
      count += hk_page_glyph (made->page, g)->ch != 0x3000;
  }
  return count;
}
