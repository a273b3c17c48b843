/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gap.h"

#include <string.h>

#define DOUBT_FILE "the heading that names its file is missing"
#define DOUBT_HEADING "a heading before it is missing"
#define DOUBT_BEFORE "headings are missing behind it"

/* Editions lack a heading here and there: so many that are passed over make a gap
   before another heading. */
#define HEADINGS_PASSED 3

typedef struct {
  const HkForm   *form;
  const GArray   *pieces;
  const GArray   *outline;
  const gboolean *stands;   /* for each row of the form whether it is in the outline */
  gboolean        lost_file;  /* which file it is has not been said */
  const HkPage   *named;      /* where it was said last */
  gboolean        lost_heading, lost_block;
  const HkFormRow *block;   /* the last one, … */
  guint           number;     /* … and its printed number */
} Gaps;

static const HkFormRow *
row_of (const Gaps *gaps,
        guint       entry)
{
  return &gaps->form->rows[g_array_index (gaps->outline, HkOutlined, entry).row];
}

static const HkPiece *
label_of (const Gaps *gaps,
          guint       entry)
{
  return hk_piece (gaps->pieces, g_array_index (gaps->outline, HkOutlined, entry).piece);
}

static const HkFormRow *
part_of (const Gaps      *gaps,
         const HkFormRow *row)
{
  while (row->depth > 0)
    row = hk_form_parent (gaps->form, row);
  return row;
}

static gboolean
is_of_file (const HkFormRow *row)
{
  return row->path != NULL && g_str_has_prefix (row->path, "file[]");
}

/* Whether ROW is a heading under which a file is named. */
static gboolean
names_file (const Gaps      *gaps,
            const HkFormRow *row)
{
  const HkFormRow *next = row + 1;

  return row->shape == HK_ROW_HEADING && next < gaps->form->rows + gaps->form->n_rows && *next->label == '\0' && is_of_file (next) &&
         g_str_has_suffix (next->path, "/name");
}

/* Whether the form has a row between FROM and TO that a gap has swallowed: one of
   those that are always printed. */
static gboolean
is_passed (const Gaps      *gaps,
           const HkFormRow *from,
           const HkFormRow *to,
           gboolean (*what) (const Gaps *gaps, const HkFormRow *row))
{
  for (const HkFormRow *row = from; row < to; row++)
    if (what (gaps, row))
      return TRUE;
  return FALSE;
}

static gboolean
is_heading (const Gaps      *gaps,
            const HkFormRow *row)
{
  return row->shape == HK_ROW_HEADING || row->shape == HK_ROW_PART;
}

/* The row of SHAPE that ROW is, or stands under; NULL: none. */
static const HkFormRow *
above (const Gaps      *gaps,
       const HkFormRow *row,
       HkRowShape       shape)
{
  while (row != NULL && row->shape != shape)
    row = hk_form_parent (gaps->form, row);
  return row;
}

/* Whether entry E, which begins block ROW, is another file's: it is the first again. */
static gboolean
begins_again (const Gaps      *gaps,
              guint            e,
              const HkFormRow *row)
{
  return gaps->block == row && is_of_file (row) && label_of (gaps, e)->number == 1 && gaps->number >= 1 && !label_of (gaps, e)->range;
}

/* What entry E, ROW, says of the file, heading and block that the values behind
   it are of; BEFORE is the row of the entry before it, or NULL. */
static void
pass (Gaps            *gaps,
      guint            e,
      const HkFormRow *row,
      const HkFormRow *before)
{
  const HkFormRow *part = part_of (gaps, row), *heading = above (gaps, row, HK_ROW_HEADING), *block = above (gaps, row, HK_ROW_BLOCK);
  gboolean inside = before != NULL && part_of (gaps, before) == part;
  gboolean leaves = !inside || above (gaps, before, HK_ROW_HEADING) != heading; /* the heading before */

  if (names_file (gaps, row))
    gaps->named = label_of (gaps, e)->run.page;
  if (row->shape == HK_ROW_PART || gaps->named == label_of (gaps, e)->run.page || (e > 0 && gaps->named == label_of (gaps, e - 1)->run.page))
    gaps->lost_file = FALSE;
  else if (leaves && (inside && before > row ? is_of_file (part) : is_passed (gaps, inside ? before + 1 : part, row, names_file)))
    gaps->lost_file = TRUE;
  if (row->shape == HK_ROW_PART || row == heading) {
    gaps->lost_heading = gaps->lost_block = FALSE;
    gaps->block = NULL;
  }
  else if (leaves && heading != NULL)
    gaps->lost_heading = TRUE;
  if (row == block) {
    if (begins_again (gaps, e, row))
      gaps->lost_file = TRUE;
    gaps->lost_block = FALSE;
    gaps->block      = row;
    gaps->number     = label_of (gaps, e)->range ? 0 : label_of (gaps, e)->number;
  }
  else if (block != NULL && block != gaps->block)
    gaps->lost_block = TRUE;
  else if (block == NULL)
    gaps->lost_block = FALSE;
}

/* Whether heading ROW was passed over: it is none that stands elsewhere, or that some
   editions have behind all that is said of files, before the table of changes. */
static gboolean
is_missing (const Gaps      *gaps,
            const HkFormRow *row,
            const HkFormRow *next)
{
  if (!is_heading (gaps, row))
    return FALSE;
  if (is_of_file (part_of (gaps, row)))
    return TRUE;
  if (gaps->stands[row - gaps->form->rows])
    return FALSE;
  return part_of (gaps, next) != part_of (gaps, gaps->form->rows + gaps->form->n_rows - 1);
}

/* Whether pages are missing, or in another order, between entry E and the one before. */
static gboolean
is_gap (const Gaps      *gaps,
        guint            e,
        const HkFormRow *row,
        const HkFormRow *before)
{
  guint passed = 0;

  if (label_of (gaps, e)->run.page == label_of (gaps, e - 1)->run.page || row->shape == HK_ROW_BLOCK || row->shape == HK_ROW_WORDS || names_file (gaps, row))
    return FALSE;
  if (row < before)
    return row->shape != HK_ROW_PART;
  for (const HkFormRow *between = before + 1; between < row; between++)
    passed += is_missing (gaps, between, row);
  return passed >= (row->shape == HK_ROW_HEADING || row->shape == HK_ROW_PART ? HEADINGS_PASSED : 1);
}

static void
report (const Gaps *gaps,
        guint       entry,
        HkDocument *document)
{
  const HkPiece   *label = label_of (gaps, entry);
  HkPlace          place = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < label->run.n; i++) {
    const HkGlyph *glyph = hk_page_glyph (label->run.page, label->run.first + i);
    hk_place_add_glyph (&place, label->run.page->number, glyph);
    g_string_append_unichar (words, glyph->ch);
  }
  g_autofree char *quoted = g_strdup_printf ("“%s”", words->str);
  hk_report (document, HK_DIAG_ROWS_MISSING, &place, quoted);
}

/* Whether files are still to be spoken of behind the last entry. What comes then
   differs from edition to edition, and says nothing. */
static gboolean
ends_early (const Gaps *gaps)
{
  const HkFormRow *row = row_of (gaps, gaps->outline->len - 1) + 1, *end = gaps->form->rows + gaps->form->n_rows;
  guint passed = 0;

  for (; row < end; row++)
    passed += is_heading (gaps, row) && is_of_file (part_of (gaps, row));
  return passed >= HEADINGS_PASSED;
}

static void
report_end (const Gaps *gaps,
            HkDocument *document)
{
  const HkPiece *last  = hk_piece (gaps->pieces, gaps->pieces->len - 1);
  HkPlace        place = { 0 };

  hk_place_add_glyph (&place, last->run.page->number, hk_page_glyph (last->run.page, last->run.first + last->run.n - 1));
  hk_report (document, HK_DIAG_ROWS_MISSING, &place, "the end of the text");
}

static void
doubt (HkField    *field,
       const char *why)
{
  if (field->doubt == NULL)
    field->doubt = why;
}

void
hk_doubt_gaps (const HkForm *form,
               const GArray *pieces,
               const GArray *outline,
               GArray       *fields,
               HkDocument   *document)
{
  g_autofree gboolean *stands = g_new0 (gboolean, form->n_rows);
  Gaps  gaps = { .form = form, .pieces = pieces, .outline = outline, .stands = stands };
  guint f    = 0;

  for (guint e = 0; e < outline->len; e++)
    stands[g_array_index (outline, HkOutlined, e).row] = TRUE;
  for (guint e = 0; e < outline->len; e++) {
    const HkFormRow *row = row_of (&gaps, e), *before = e > 0 ? row_of (&gaps, e - 1) : NULL;
    gboolean gap = e > 0 && is_gap (&gaps, e, row, before), lost = gaps.lost_file || gaps.lost_heading;

    if (gap && f > 0)
      doubt (hk_field (fields, f - 1), DOUBT_BEFORE);
    if (row->shape != HK_ROW_WORDS)
      pass (&gaps, e, row, before);
    if (gap || (!lost && (gaps.lost_file || gaps.lost_heading)))
      report (&gaps, e, document);
    for (; f < fields->len && hk_field (fields, f)->entry == e; f++) {
      HkField *field = hk_field (fields, f);
      if (gaps.lost_file && is_of_file (&form->rows[field->row]))
        doubt (field, DOUBT_FILE);
      if (gaps.lost_heading || gaps.lost_block)
        doubt (field, DOUBT_HEADING);
    }
  }
  if (outline->len > 0 && pieces->len > 0 && ends_early (&gaps))
    report_end (&gaps, document);
}
