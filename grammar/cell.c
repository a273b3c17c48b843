/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cell.h"
#include "fold.h"

#include <math.h>
#include <string.h>

/* Two glyphs stand on one line if their middles differ by less than this part
   of the smaller one's height. Lines of one column are a height apart, so
   they can never fall together. */
#define LINE_TOLERANCE 0.4

/* Space that a line must have left, beyond the next line's first word, before
   its end is believed to be the writer's (in em). */
#define FULL_LINE_SLACK 1.6
#define FULL_LINE_TIGHT 0.6

/* A gap between two glyphs is read as a space, or as an ideographic one, from
   these on (in em). Readers drop spaces or invent them; the gap is what counts. */
#define GAP_SPACE 0.18
#define GAP_IDEOGRAPHIC 0.75

/* The indent of a paragraph, in ideographic spaces; more is layout. */
#define PARAGRAPH_INDENT 0.8
#define INDENT_MAX 8
#define INDENT_ROUND 0.35

/* Text of a file stands together as long as no more than a blank line is between,
   and in one line (which may be a whole page) no more than so many characters. */
#define LINES_APART 2
#define COLUMNS_APART 80

HkTextCell *
hk_text_cell_new (guint    page,
                  HkBox    box,
                  guint    open,
                  gboolean ruled)
{
  HkTextCell *cell = g_new0 (HkTextCell, 1);

  cell->page = cell->last_page = page;
  cell->box = cell->last_box = box;
  cell->open                 = open;
  cell->ruled                = ruled;
  cell->glyphs               = g_array_new (FALSE, TRUE, sizeof (HkGlyph));
  cell->lines                = g_array_new (FALSE, TRUE, sizeof (HkLine));
  return cell;
}

void
hk_text_cell_free (HkTextCell *cell)
{
  if (cell == NULL)
    return;
  g_array_unref (cell->glyphs);
  g_array_unref (cell->lines);
  g_free (cell);
}

gboolean
hk_is_ink (const HkGlyph *glyph)
{
  return glyph->control == HK_CONTROL_NONE && !hk_is_space (glyph->ch);
}

double
hk_glyph_em (const HkGlyph *glyph)
{
  return MAX (hk_box_height (&glyph->box) * 0.85, hk_box_width (&glyph->box));
}

/* --- Lines ------------------------------------------------------------- */

static int
by_middle (gconstpointer a,
           gconstpointer b)
{
  double ya = hk_box_mid_y (&((const HkGlyph *) a)->box), yb = hk_box_mid_y (&((const HkGlyph *) b)->box);

  return ya < yb ? -1 : ya > yb ? 1 : 0;
}

static int
by_left (gconstpointer a,
         gconstpointer b)
{
  const HkGlyph *ga = a, *gb = b;

  if (ga->box.x0 != gb->box.x0)
    return ga->box.x0 < gb->box.x0 ? -1 : 1;
  return ga->source < gb->source ? -1 : ga->source > gb->source ? 1 : 0;
}

/* Ends the line [first, glyphs->len) of CELL: puts it in x order. */
static void
close_line (HkTextCell *cell,
            guint       page,
            guint       first,
            double      right)
{
  HkLine line = { .page = page, .first = first, .n = cell->glyphs->len - first, .right = right };

  if (line.n == 0)
    return;
  qsort (hk_cell_glyph (cell, first), line.n, sizeof (HkGlyph), by_left);
  for (guint i = 0; i < line.n; i++)
    line.box = hk_box_union (line.box, hk_cell_glyph (cell, first + i)->box);
  g_array_append_val (cell->lines, line);
}

void
hk_text_cell_fill (HkTextCell    *cell,
                   guint          page,
                   HkBox          box,
                   const HkGlyph *glyphs,
                   guint          n)
{
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (HkGlyph), n);
  guint  first  = cell->glyphs->len;
  double middle = 0, height = 0;

  g_array_append_vals (sorted, glyphs, n);
  g_array_sort (sorted, by_middle);
  for (guint i = 0; i < n; i++) {
    const HkGlyph *glyph = &g_array_index (sorted, HkGlyph, i);
    double         y = hk_box_mid_y (&glyph->box), h = hk_box_height (&glyph->box);
    guint          count = cell->glyphs->len - first;

    if (count > 0 && fabs (y - middle) > LINE_TOLERANCE * MIN (h, height)) {
      close_line (cell, page, first, box.x1);
      first = cell->glyphs->len;
      count = 0;
    }
    middle = (middle * count + y) / (count + 1);
    height = (height * count + h) / (count + 1);
    g_array_append_vals (cell->glyphs, glyph, 1);
  }
  close_line (cell, page, first, box.x1);
}

void
hk_text_cell_append (HkTextCell *cell,
                     HkTextCell *other)
{
  guint offset = cell->glyphs->len;

  g_array_append_vals (cell->glyphs, other->glyphs->data, other->glyphs->len);
  for (guint i = 0; i < other->lines->len; i++) {
    HkLine line = *hk_cell_line (other, i);
    line.first += offset;
    g_array_append_val (cell->lines, line);
  }
  cell->last_page = other->last_page;
  cell->last_box  = other->last_box;
  cell->open      = (cell->open & ~HK_SIDE_BOTTOM) | (other->open & HK_SIDE_BOTTOM);
  cell->guessed |= other->guessed;
  if (cell->inferred == NULL)
    cell->inferred = other->inferred;
  cell->doubt = cell->doubt != NULL ? cell->doubt : other->doubt;
  hk_text_cell_free (other);
}

/* Widens [*FIRST, *LAST] to the pages that LINES (HkLine) stand on: rows that were
   rebuilt from text may have some on other pages than their own. */
static void
widen_pages (const GArray *lines,
             guint        *first,
             guint        *last)
{
  for (guint i = 0; i < lines->len; i++) {
    guint page = g_array_index (lines, HkLine, i).page;
    *first = MIN (*first, page);
    *last  = MAX (*last, page);
  }
}

void
hk_text_cell_merge (HkTextCell *cell,
                    HkTextCell *other)
{
  g_autoptr (GArray) glyphs = g_steal_pointer (&cell->glyphs);
  g_autoptr (GArray) lines  = g_steal_pointer (&cell->lines);
  HkBox box   = hk_box_union (cell->box, other->box);
  guint first = cell->page, last = MAX (cell->last_page, other->last_page);

  widen_pages (lines, &first, &last);
  widen_pages (other->lines, &first, &last);
  cell->glyphs = g_array_new (FALSE, TRUE, sizeof (HkGlyph));
  cell->lines  = g_array_new (FALSE, TRUE, sizeof (HkLine));
  for (guint page = first; page <= last; page++) {
    g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (HkGlyph));

    for (guint i = 0; i < lines->len; i++) {
      const HkLine *line = &g_array_index (lines, HkLine, i);
      if (line->page == page)
        g_array_append_vals (here, &g_array_index (glyphs, HkGlyph, line->first), line->n);
    }
    for (guint i = 0; i < other->lines->len; i++) {
      const HkLine *line = hk_cell_line (other, i);
      if (line->page == page)
        g_array_append_vals (here, hk_cell_glyph (other, line->first), line->n);
    }
    hk_text_cell_fill (cell, page, box, (const HkGlyph *) here->data, here->len);
  }
  cell->box = box;
  if (other->last_page == cell->last_page)
    cell->last_box = hk_box_union (cell->last_box, other->last_box);
  else if (other->last_page > cell->last_page)
    cell->last_page = other->last_page, cell->last_box = other->last_box;
  cell->ruled &= other->ruled;
  cell->guessed |= other->guessed;
  if (cell->inferred == NULL)
    cell->inferred = other->inferred;
  cell->doubt = cell->doubt != NULL ? cell->doubt : other->doubt;
  hk_text_cell_free (other);
}

gboolean
hk_text_cell_is_blank (const HkTextCell *cell)
{
  for (guint i = 0; i < cell->glyphs->len; i++)
    if (!hk_is_space (hk_cell_glyph (cell, i)->ch))
      return FALSE;
  return TRUE;
}

gboolean
hk_text_cell_is_running (const HkTextCell *cell)
{
  return cell->glyphs->len > 0 && hk_cell_glyph (cell, 0)->use == HK_USE_RUNNING;
}

/* --- Folded text --------------------------------------------------------- */

char *
hk_text_cell_fold_span (const HkTextCell *cell,
                        guint             first,
                        guint             n)
{
  g_autofree gunichar *ch  = g_new (gunichar, n + 1);
  GString             *out = g_string_sized_new (3 * n);
  guint                kept = 0;

  for (guint i = 0; i < n; i++)
    if (hk_cell_glyph (cell, first + i)->control == HK_CONTROL_NONE)
      ch[kept++] = hk_cell_glyph (cell, first + i)->ch;
  hk_fold (out, ch, kept);
  return g_string_free (out, FALSE);
}

char *
hk_text_cell_fold (const HkTextCell *cell)
{
  return hk_text_cell_fold_span (cell, 0, cell->glyphs->len);
}

/* --- The text of a value --------------------------------------------------- */

static gboolean
is_latin (gunichar ch)
{
  return ch < 0x250 && (g_unichar_isalnum (ch) || strchr (",.-/:@_%&+", (int) ch) != NULL);
}

/* Whether the glyphs of a line begin an item of a list: ・, ①, (1), 1), １． */
static gboolean
begins_item (const HkTextCell *cell,
             const GArray     *glyphs)
{
  gunichar first = hk_cell_glyph (cell, g_array_index (glyphs, guint, 0))->ch;
  guint    i     = hk_is_open_paren (first) ? 1 : 0, digits = 0;

  if (hk_is_space (first) || hk_circled_number (first) != 0 || hk_parenthesised_number (first) != 0 ||
      g_utf8_strchr ("・･●○◆◇■□◎▼▽★☆※＜<【〇", -1, first) != NULL)
    return TRUE;
  while (i < glyphs->len && digits < 2 && hk_digit (hk_cell_glyph (cell, g_array_index (glyphs, guint, i))->ch) >= 0)
    i++, digits++;
  if (digits == 0 || i >= glyphs->len)
    return FALSE;
  gunichar after = hk_cell_glyph (cell, g_array_index (glyphs, guint, i))->ch;
  return hk_is_close_paren (after) || (!hk_is_open_paren (first) && (after == 0xFF0E || after == '.'));
}

/* A character that a sentence or a heading ends with. */
static gboolean
ends_sentence (gunichar ch)
{
  return g_utf8_strchr ("。．」』】＞>：:", -1, ch) != NULL || hk_is_close_paren (ch);
}

/* The side of the square that ideographs of LINE are set in. */
static double
line_em (const HkTextCell *cell,
         const HkLine     *line)
{
  double em = 0;

  for (guint i = line->first; i < line->first + line->n; i++)
    if (hk_cell_glyph (cell, i)->ch >= 0x2E80)
      em = MAX (em, hk_box_width (&hk_cell_glyph (cell, i)->box));
  return em > 0 ? em : hk_box_height (&line->box) * 0.8;
}

/* How wide the first piece of a line is that cannot be broken. */
static double
first_word_width (const HkTextCell *cell,
                  const GArray     *glyphs)
{
  const HkGlyph *first = hk_cell_glyph (cell, g_array_index (glyphs, guint, 0));
  double         end   = first->box.x1;

  for (guint i = 1; i < glyphs->len; i++) {
    const HkGlyph *before = hk_cell_glyph (cell, g_array_index (glyphs, guint, i - 1));
    const HkGlyph *glyph  = hk_cell_glyph (cell, g_array_index (glyphs, guint, i));

    if (!(is_latin (before->ch) && is_latin (glyph->ch)) && !hk_is_line_start_forbidden (glyph->ch) &&
        !hk_is_open_paren (before->ch) && before->ch != 0x300C && before->ch != 0xFF1C)
      break;
    end = glyph->box.x1;
  }
  return end - first->box.x0;
}

/* Whether the line UPPER ended because it was full, so that LOWER goes on with
   it. A line that ends a sentence, or stands before an item, must be fuller to
   be believed full. */
static gboolean
runs_on (const HkTextCell *cell,
         const HkLine     *line,
         const GArray     *upper,
         const GArray     *lower)
{
  double indent = hk_cell_glyph (cell, g_array_index (lower, guint, 0))->box.x0 - hk_cell_glyph (cell, g_array_index (upper, guint, 0))->box.x0;

  const HkGlyph *last = hk_cell_glyph (cell, g_array_index (upper, guint, upper->len - 1));
  double         room = line->right - last->box.x1 - first_word_width (cell, lower);
  double         em   = line_em (cell, line);

  if (indent > PARAGRAPH_INDENT * em && ends_sentence (last->ch))
    return FALSE;
  if (begins_item (cell, lower))
    return !ends_sentence (last->ch) && room < FULL_LINE_TIGHT * em;
  return room < (ends_sentence (last->ch) ? FULL_LINE_TIGHT : FULL_LINE_SLACK) * em;
}

static void
report_glyph (HkDocument    *document,
              HkDiagId       id,
              guint          page,
              const HkGlyph *glyph,
              gunichar       becomes)
{
  HkPlace place = { 0 };
  g_autofree char *code = g_strdup_printf ("U+%04X", glyph->ch);
  char    target[7] = "";

  hk_place_add_glyph (&place, page, glyph);
  target[g_unichar_to_utf8 (becomes, target)] = '\0';
  hk_report (document, id, &place, code, target);
}

/* Appends the character that GLYPH stands for, and reports what was done to it. */
static void
append_character (GString       *out,
                  const HkGlyph *glyph,
                  guint          page,
                  HkDocument    *document)
{
  gunichar ch        = glyph->ch;
  gunichar ideograph = hk_radical_ideograph (ch);

  if (ideograph != 0) {
    report_glyph (document, HK_DIAG_CHAR_RADICAL, page, glyph, ideograph);
    ch = ideograph;
  }
  else if (ch >= 0x2E80 && ch <= 0x2FD5)
    report_glyph (document, HK_DIAG_CHAR_RADICAL_KEPT, page, glyph, ch);
  else if (ch == 0xFFFD)
    report_glyph (document, HK_DIAG_CHAR_UNKNOWN, page, glyph, ch);
  else if ((ch >= 0xE000 && ch <= 0xF8FF) || ch >= 0xF0000)
    report_glyph (document, HK_DIAG_CHAR_PRIVATE, page, glyph, ch);
  else if ((ch < 0x20 && ch != '\t' && ch != '\n') || ch == 0xFFFE || ch == 0xFFFF) {
    report_glyph (document, HK_DIAG_CHAR_FORBIDDEN, page, glyph, 0xFFFD);
    ch = 0xFFFD;
  }
  g_string_append_unichar (out, ch);
}

/* The space that the gap between two glyphs stands for, or nothing. */
static void
append_gap (GString       *out,
            const HkGlyph *before,
            const HkGlyph *glyph,
            double         em)
{
  double gap = glyph->box.x0 - before->box.x1;

  if (hk_is_space (glyph->ch) || hk_is_space (before->ch) || gap < GAP_SPACE * em)
    return;
  if (gap < GAP_IDEOGRAPHIC * em || (is_latin (glyph->ch) && is_latin (before->ch)))
    g_string_append_c (out, ' ');
  else
    g_string_append_unichar (out, 0x3000);
}

/* Where the text that TAKE selects begins on PAGE. */
static double
text_left (const HkTextCell *cell,
           guint             page,
           HkTake            take,
           void             *data)
{
  double left = G_MAXDOUBLE;

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    guint         i    = line->first;

    if (line->page != page)
      continue;
    while (i < line->first + line->n && (hk_is_space (hk_cell_glyph (cell, i)->ch) || (take != NULL && !take (cell, i, data))))
      i++;
    if (i < line->first + line->n)
      left = MIN (left, hk_cell_glyph (cell, i)->box.x0);
  }
  return left;
}

/* Whether glyph FIRST is the first of LINE: nothing else is written before it. */
static gboolean
begins_line (const HkTextCell *cell,
             const HkLine     *line,
             guint             first)
{
  for (guint i = line->first; i < first; i++)
    if (!hk_is_space (hk_cell_glyph (cell, i)->ch))
      return FALSE;
  return TRUE;
}

/* The indent of a paragraph that begins with FIRST, as the writer had it. */
static void
append_indent (GString          *out,
               const HkTextCell *cell,
               const HkLine     *line,
               const HkGlyph    *first,
               double            left)
{
  double indent = (first->box.x0 - left) / line_em (cell, line);

  if (hk_is_space (first->ch))
    return;
  for (int n = (int) MIN (indent + INDENT_ROUND, INDENT_MAX); n > 0; n--)
    g_string_append_unichar (out, 0x3000);
}

static void
append_line (GString          *out,
             HkTextCell       *cell,
             const HkLine     *line,
             const GArray     *glyphs,
             HkUse             use,
             HkDocument       *document)
{
  const HkGlyph *before = NULL;
  double         em     = line_em (cell, line);

  for (guint i = 0; i < glyphs->len; i++) {
    HkGlyph *glyph = hk_cell_glyph (cell, g_array_index (glyphs, guint, i));

    if (glyph->control != HK_CONTROL_NONE) {
      before = NULL;
      continue;
    }
    if (before != NULL)
      append_gap (out, before, glyph, em);
    append_character (out, glyph, line->page, document);
    glyph->use = use;
    before     = glyph;
  }
}

/* Leaves no space at the end of the last line of OUT. */
static void
trim_end (GString *out)
{
  while (out->len > 0) {
    const char *last = g_utf8_prev_char (out->str + out->len);
    if (*last == '\n' || !hk_is_space (g_utf8_get_char (last)))
      return;
    g_string_truncate (out, (gsize) (last - out->str));
  }
}

char *
hk_text_cell_text (HkTextCell *cell,
                   HkTake      take,
                   void       *data,
                   HkUse       use,
                   HkDocument *document)
{
  GString      *out   = g_string_new (NULL);
  const HkLine *above = NULL;
  double        left      = 0;
  guint         left_page = 0;
  g_autoptr (GArray) upper = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) lower = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    gboolean      ink  = FALSE;

    g_array_set_size (lower, 0);
    for (guint i = line->first; i < line->first + line->n; i++)
      if (take == NULL || take (cell, i, data)) {
        g_array_append_val (lower, i);
        ink |= hk_is_ink (hk_cell_glyph (cell, i));
      }
    if (!ink)
      continue;
    while (above == NULL && !begins_line (cell, line, g_array_index (lower, guint, 0)) &&
           hk_is_space (hk_cell_glyph (cell, g_array_index (lower, guint, 0))->ch))
      g_array_remove_index (lower, 0); /* what parts the text from a label before it is no indent */
    if (line->page != left_page) {
      left_page = line->page;
      left      = text_left (cell, line->page, take, data);
    }
    trim_end (out);
    if (above == NULL || !runs_on (cell, above, upper, lower)) {
      if (above != NULL)
        g_string_append_c (out, '\n');
      if (begins_line (cell, line, g_array_index (lower, guint, 0)))
        append_indent (out, cell, line, hk_cell_glyph (cell, g_array_index (lower, guint, 0)), left);
    }
    append_line (out, cell, line, lower, use, document);
    above = line;

    GArray *swap = upper;
    upper = lower;
    lower = swap;
  }
  trim_end (out);
  return g_string_free (out, FALSE);
}

static gboolean
is_before (guint line_a,
           guint column_a,
           guint line_b,
           guint column_b)
{
  return line_a != line_b ? line_a < line_b : column_a < column_b;
}

void
hk_place_add_glyph (HkPlace       *place,
                    guint          page,
                    const HkGlyph *glyph)
{
  gboolean fresh = place->end == 0 && place->line == 0;

  place->page = page;
  if (glyph->line != 0) {
    if (fresh || is_before (glyph->line, glyph->column, place->line, place->column)) {
      place->line   = glyph->line;
      place->column = glyph->column;
    }
    if (fresh || is_before (place->last_line, place->last_column, glyph->line, glyph->column)) {
      place->last_line   = glyph->line;
      place->last_column = glyph->column;
    }
    return;
  }
  place->box   = hk_box_union (place->box, glyph->box);
  place->begin = fresh ? glyph->source : MIN (place->begin, glyph->source);
  place->end   = MAX (place->end, glyph->source + 1);
}

gboolean
hk_place_reaches (const HkPlace *place,
                  guint          page,
                  const HkGlyph *glyph)
{
  if (page != place->page)
    return FALSE;
  if (glyph->line == place->line && glyph->line == place->last_line)
    return glyph->line == 0 || (glyph->column + COLUMNS_APART >= place->column && glyph->column <= place->last_column + COLUMNS_APART);
  return glyph->line == 0 || (glyph->line + LINES_APART >= place->line && glyph->line <= place->last_line + LINES_APART);
}

void
hk_text_cell_places (const HkTextCell *cell,
                     HkTake            take,
                     void             *data,
                     HkDocument       *document,
                     HkValue          *value)
{
  HkPlace place = { 0 };

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);

    for (guint i = line->first; i < line->first + line->n; i++) {
      const HkGlyph *glyph = hk_cell_glyph (cell, i);

      if (!hk_is_ink (glyph) || (take != NULL && !take (cell, i, data)))
        continue;
      if (place.page != 0 && !hk_place_reaches (&place, line->page, glyph)) {
        hk_value_add_place (document, value, &place);
        place = (HkPlace){ 0 };
      }
      hk_place_add_glyph (&place, line->page, glyph);
      if (glyph->ocr != 0)
        value->ocr = value->ocr == 0 ? glyph->ocr : MIN (value->ocr, glyph->ocr);
    }
  }
  if (place.page != 0)
    hk_value_add_place (document, value, &place);
}

void
hk_text_cell_use (HkTextCell *cell,
                  guint       first,
                  guint       n,
                  HkUse       use)
{
  for (guint i = first; i < first + n && i < cell->glyphs->len; i++)
    if (hk_cell_glyph (cell, i)->use == HK_USE_NONE)
      hk_cell_glyph (cell, i)->use = use;
}

HkPlace
hk_text_cell_place (const HkTextCell *cell)
{
  gboolean text  = cell->glyphs->len > 0 && cell->lines->len > 0 && hk_cell_glyph (cell, 0)->line > 0;
  HkPlace  place = { .page = text ? hk_cell_line (cell, 0)->page : cell->page };

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);

    if (line->page != place.page)
      break;
    for (guint i = line->first; i < line->first + line->n; i++)
      if (place.line == 0 || hk_place_reaches (&place, line->page, hk_cell_glyph (cell, i)))
        hk_place_add_glyph (&place, line->page, hk_cell_glyph (cell, i));
    if (place.line == 0)
      place.box = hk_box_union (place.box, line->box);
  }
  if (place.line == 0 && hk_box_is_empty (&place.box))
    place.box = cell->box;
  return place;
}

/* --- Conservation ----------------------------------------------------------- */

static gboolean
take_unused (const HkTextCell *cell,
             guint             glyph,
             void             *data)
{
  return hk_cell_glyph (cell, glyph)->use == HK_USE_NONE;
}

/* Where the unused glyphs of CELL stand, on the first page that has some. */
static HkPlace
place_of_unused (const HkTextCell *cell)
{
  HkPlace place = { 0 };

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);

    for (guint i = line->first; i < line->first + line->n; i++) {
      const HkGlyph *glyph = hk_cell_glyph (cell, i);

      if (!hk_is_ink (glyph) || glyph->use != HK_USE_NONE)
        continue;
      if (place.page == 0 || hk_place_reaches (&place, line->page, glyph))
        hk_place_add_glyph (&place, line->page, glyph);
    }
  }
  return place;
}

void
hk_text_cell_account (HkTextCell *cell,
                      HkDocument *document)
{
  HkCounts *counts = &document->counts;
  gboolean  unused = FALSE;

  for (guint i = 0; i < cell->glyphs->len; i++) {
    const HkGlyph *glyph = hk_cell_glyph (cell, i);

    if (!hk_is_ink (glyph))
      continue;
    counts->source++;
    switch ((HkUse) glyph->use) {
    case HK_USE_VALUE: counts->values++; break;
    case HK_USE_FORM: counts->form++; break;
    case HK_USE_RUNNING: counts->running++; break;
    case HK_USE_NONE:
      counts->unplaced++;
      unused = TRUE;
      break;
    }
  }
  if (unused) {
    HkPlace          place = place_of_unused (cell);
    g_autofree char *text  = hk_text_cell_text (cell, take_unused, NULL, HK_USE_NONE, document);

    hk_document_add_unplaced (document, &place, text);
  }
}
