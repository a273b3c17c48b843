/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks: which of the options or checks of a row each mark in a cell belongs to. */
#include "fold.h"
#include "marks.h"
#include "parser.h"

#include <string.h>

/* Words as long as that, in the parentheses of an option, are the name of the other one that they say (characters). */
#define NAME_LONG 6

#define DOUBT_OTHER_NAME "another option's name stands in it"

/* One thing that may stand beside a slot: an option of a group, or a check. */
typedef struct {
  char       *folded;
  char       *path;
  gboolean    has_text;
  gboolean    taken;
} Name;

static void
name_clear (Name *name)
{
  g_free (name->folded);
  g_free (name->path);
}

static GArray *
names_new (void)
{
  GArray *names = g_array_new (FALSE, TRUE, sizeof (Name));

  g_array_set_clear_func (names, (GDestroyNotify) name_clear);
  return names;
}

/* Whether REST may stand behind an option's name: words in brackets, or nothing.
   Other words make it another option (その他識別情報 is not その他). */
static gboolean
may_follow_name (const char *rest)
{
  return *rest == '\0' || *rest == '(';
}

/* The longest name that TEXT is, or begins with before a bracket; or NULL. */
static Name *
longest_name (GArray     *names,
              const char *text)
{
  Name *best = NULL;

  for (guint i = 0; i < names->len; i++) {
    Name *name = &g_array_index (names, Name, i);

    if (g_str_has_prefix (text, name->folded) && may_follow_name (text + strlen (name->folded)) && (best == NULL || strlen (name->folded) > strlen (best->folded)))
      best = name;
  }
  return best;
}

/* The glyphs of one slot, by what they are. */
typedef struct {
  const int  *slot_of;
  int         slot;
  const char *role;  /* a glyph's role, by index: 'n'ame, 'f'orm, 't'ext */
  char        want;
} SlotGlyphs;

static gboolean
take_role (const HkTextCell *cell,
           guint             glyph,
           void             *data)
{
  const SlotGlyphs *glyphs = data;

  return glyphs->slot_of[glyph] == glyphs->slot && glyphs->role[glyph] == glyphs->want;
}

/* The glyphs that SLOT owns behind its own brackets: those of its line first
   (ONLY_LINE: these alone), in reading order. */
static GArray *
slot_text (const HkTextCell *cell,
           const HkSlot     *slot,
           const int        *of,
           int               which,
           gboolean          only_line)
{
  GArray *glyphs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < cell->glyphs->len; i++) {
    const HkLine *line = hk_cell_line (cell, slot->line);
    gboolean on_line = i >= line->first && i < line->first + line->n;

    if (of[i] == which && !(i >= slot->first && i < slot->first + slot->n) && (on_line || !only_line) &&
        hk_cell_glyph (cell, i)->use == HK_USE_NONE)
      g_array_append_val (glyphs, i);
  }
  return glyphs;
}

/* Gives each glyph of LIST its role: the first ones spell NAME, then text in
   brackets. Returns whether there are such brackets. */
static gboolean
assign_roles (const HkTextCell *cell,
              const GArray     *list,
              const Name       *name,
              char             *role)
{
  guint at = 0, open = G_MAXUINT, close = G_MAXUINT;

  while (at < list->len) {
    g_autofree char *folded = hk_shape_fold_list (cell, list, ++at);
    if (strlen (folded) >= strlen (name->folded))
      break;
  }
  for (guint i = 0; i < at; i++)
    role[g_array_index (list, guint, i)] = 'n';
  for (guint i = at; i < list->len; i++) {
    gunichar ch = hk_cell_glyph (cell, g_array_index (list, guint, i))->ch;

    if (open == G_MAXUINT && hk_is_open_paren (ch))
      open = i;
    else if (hk_is_close_paren (ch))
      close = i;
  }
  if (open == G_MAXUINT)
    return FALSE;
  for (guint i = at; i < list->len; i++) {
    guint    glyph = g_array_index (list, guint, i);
    gunichar ch    = hk_cell_glyph (cell, glyph)->ch;

    if (i == open || i == close || (close != G_MAXUINT && i > close && (ch == 0x4EF6 || hk_is_space (ch)))) /* 件 */
      role[glyph] = 'f';
    else
      role[glyph] = 't';
  }
  return TRUE;
}

/* Whether the words in SLOT's parentheses may be another's. */
static gboolean
is_text_untold (const HkTextCell *cell,
                const GArray     *list,
                const char       *role)
{
  for (guint i = 0; i < list->len; i++) {
    guint glyph = g_array_index (list, guint, i);
    if (role[glyph] == 'f' && hk_cell_glyph (cell, glyph)->untold)
      return TRUE;
  }
  return FALSE;
}

/* Words in brackets that wrap: the bracket which closes them ends the last line. */
static void
close_below (const HkTextCell *cell,
             const GArray     *near,
             const GArray     *all,
             char             *role)
{
  int depth = 0;

  for (guint i = 0; i < near->len; i++) {
    guint    glyph = g_array_index (near, guint, i);
    gunichar ch    = hk_cell_glyph (cell, glyph)->ch;
    if (role[glyph] != 'n')
      depth += hk_is_open_paren (ch) - hk_is_close_paren (ch);
  }
  for (guint i = all->len; depth > 0 && i > 0; i--) {
    guint    glyph = g_array_index (all, guint, i - 1);
    gunichar ch    = hk_cell_glyph (cell, glyph)->ch;

    if (glyph <= g_array_index (near, guint, near->len - 1) || !(hk_is_close_paren (ch) || ch == 0x4EF6 || hk_is_space (ch))) /* 件 */
      return;
    if (hk_is_close_paren (ch)) {
      role[glyph] = 'f';
      return;
    }
  }
}

static const char *const slot_texts[] = { [HK_SLOT_EMPTY] = "0", [HK_SLOT_MARKED] = "1", [HK_SLOT_UNKNOWN] = "?" };

/* Where SLOT stands; of a text file, where its bracket begins. */
static HkPlace
slot_place (const HkTextCell *cell,
            const HkSlot     *slot)
{
  HkPlace place = { .page = slot->page };

  for (guint i = slot->first; i < slot->first + slot->n; i++)
    if (place.line == 0 || hk_place_reaches (&place, slot->page, hk_cell_glyph (cell, i)))
      hk_place_add_glyph (&place, slot->page, hk_cell_glyph (cell, i));
  if (place.line == 0)
    place.box = slot->box;
  return place;
}

/* Puts the places of SLOT on VALUE: of a text file, bracket and mark may stand
   far apart. */
static void
add_slot_places (HkDocument       *document,
                 HkValue          *value,
                 const HkTextCell *cell,
                 const HkSlot     *slot)
{
  HkPlace place = { 0 };

  for (guint i = slot->first; i < slot->first + slot->n; i++) {
    if (place.line > 0 && !hk_place_reaches (&place, slot->page, hk_cell_glyph (cell, i))) {
      hk_value_add_place (document, value, &place);
      place = (HkPlace){ 0 };
    }
    hk_place_add_glyph (&place, slot->page, hk_cell_glyph (cell, i));
    value->ocr = MAX (value->ocr, hk_cell_glyph (cell, i)->ocr);
  }
  if (place.line == 0)
    place = slot_place (cell, slot);
  hk_value_add_place (document, value, &place);
}

/* An option that is printed twice keeps its first mark, in doubt if they differ. */
static void
put_check_again (HkParser         *parser,
                 const Name       *name,
                 const HkSlot     *slot,
                 const HkTextCell *cell)
{
  HkNode *node  = hk_parser_node (parser, name->path);
  HkPlace place = slot_place (cell, slot);

  hk_report (parser->document, HK_DIAG_ITEM_TWICE, &place, name->path);
  if (node->value != NULL && strcmp (node->value->text, slot_texts[slot->state]) != 0)
    hk_value_doubt (parser->document, node->value, HK_STATUS_UNCERTAIN, "the option stands twice, marked and not marked");
}

static void
put_check (HkParser    *parser,
           const Name  *name,
           HkSlot      *slot,
           HkTextCell  *cell,
           const HkTie *tie)
{
  HkDocument *document = parser->document;
  HkNode     *node     = hk_parser_node (parser, name->path);
  HkPlace     place    = slot_place (cell, slot);

  if (node->value != NULL) {
    hk_report (document, HK_DIAG_ITEM_TWICE, &place, name->path);
    return;
  }
  HkValue *value = hk_shape_new_value (parser, name->path, node, HK_KIND_CHECK, slot_texts[slot->state], tie);

  add_slot_places (document, value, cell, slot);
  hk_shape_doubt_pages (parser, value);
  hk_shape_doubt_ocr (parser, value, slot->state != HK_SLOT_UNKNOWN);
  if (slot->doubt != NULL) {
    hk_value_doubt (document, value, HK_STATUS_UNCERTAIN, slot->doubt);
    if (slot->state == HK_SLOT_UNKNOWN)
      hk_report (document, HK_DIAG_MARK_LOST, &place, name->folded, slot->doubt);
  }
  else if (slot->state == HK_SLOT_UNKNOWN) {
    g_autofree char *mark = hk_text_cell_fold_span (cell, slot->first + 1, slot->n - 2);
    hk_value_doubt (document, value, HK_STATUS_UNCERTAIN, "no known mark");
    hk_report (document, HK_DIAG_MARK_UNKNOWN, &place, mark, name->folded);
  }
  for (guint i = slot->first; i < slot->first + slot->n; i++) {
    gunichar ch = hk_cell_glyph (cell, i)->ch;
    gboolean printed = hk_is_open_bracket (ch) || hk_is_close_bracket (ch) || hk_is_open_paren (ch) || hk_is_close_paren (ch) || slot->state == HK_SLOT_EMPTY; /* □ */
    hk_text_cell_use (cell, i, 1, printed ? HK_USE_FORM : HK_USE_VALUE);
  }
}

/* Lines between the marks that only head them (・識別情報). */
static void
use_words (HkParser        *parser,
           const HkFormRow *row,
           HkTextCell      *cell)
{
  const HkFormRow *end = parser->form->rows + parser->form->n_rows;

  for (const HkFormRow *words = row + 1; words < end && words->depth > row->depth; words++) {
    if (words->shape != HK_ROW_WORDS)
      continue;
    g_autofree char *folded = hk_fold_utf8 (words->label, -1);
    for (guint l = 0; l < cell->lines->len; l++) {
      const HkLine    *line = hk_cell_line (cell, l);
      g_autofree char *text = hk_text_cell_fold_span (cell, line->first, line->n);

      if (strcmp (text, folded) == 0 || (*text != '\0' && strcmp (text, g_utf8_next_char (folded)) == 0))
        hk_text_cell_use (cell, line->first, line->n, HK_USE_FORM);
      else if (cell->scanned && g_str_has_prefix (text, folded) && hk_is_open_bracket (g_utf8_get_char (text + strlen (folded))))
        hk_text_cell_use (cell, line->first, (guint) g_utf8_strlen (folded, -1), HK_USE_FORM); /* on one line with the first mark */
    }
  }
}

/* A slot at the end of its line whose name begins on the next: the text that
   no slot owns there is given to it. */
static void
wrap_inline (const HkTextCell *cell,
             const GArray     *slots,
             int              *of)
{
  for (guint s = 0; s < slots->len; s++) {
    const HkSlot *slot = &g_array_index (slots, HkSlot, s);
    const HkLine *line = hk_cell_line (cell, slot->line);

    if (slot->first + slot->n < line->first + line->n || slot->line + 1 == cell->lines->len)
      continue;
    const HkLine *next = hk_cell_line (cell, slot->line + 1);
    for (guint i = next->first; i < next->first + next->n && (of[i] < 0 || of[i] == (int) s); i++)
      of[i] = (int) s;
  }
}

/* Whether somebody wrote in the parentheses of an option. */
static gboolean
has_words (const HkTextCell *cell,
           const GArray     *list,
           const char       *role)
{
  for (guint i = 0; i < list->len; i++) {
    guint glyph = g_array_index (list, guint, i);
    if (role[glyph] == 't' && hk_is_ink (hk_cell_glyph (cell, glyph)) && !hk_is_dash (hk_cell_glyph (cell, glyph)->ch))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_word_at (const HkTextCell *cell,
            const GArray     *list,
            guint             i)
{
  return i < list->len && g_unichar_isalnum (hk_cell_glyph (cell, g_array_index (list, guint, i))->ch);
}

/* Whether what is written in NAME's parentheses holds another of NAMES as a word of its
   own: then its mark was not known for one, and it is that option's. */
static gboolean
holds_other_name (const HkTextCell *cell,
                  const GArray     *list,
                  const char       *role,
                  const GArray     *names,
                  const Name       *name)
{
  for (guint i = 0; i < list->len; i++) {
    guint glyph = g_array_index (list, guint, i);

    if (role[glyph] != 't' || !hk_is_ink (hk_cell_glyph (cell, glyph)))
      continue;
    g_autofree char *folded = hk_text_cell_fold_span (cell, glyph, cell->glyphs->len - glyph);
    for (guint n = 0; n < names->len; n++) {
      const Name *other = &g_array_index (names, Name, n);
      glong       width = g_utf8_strlen (other->folded, -1);

      if (other == name || !g_str_has_prefix (folded, other->folded))
        continue;
      gboolean begins = i == 0 || role[g_array_index (list, guint, i - 1)] != 't' || !is_word_at (cell, list, i - 1);
      gboolean ends   = !g_unichar_isalnum (g_utf8_get_char (folded + strlen (other->folded)));
      if ((begins && ends) || width >= NAME_LONG)
        return TRUE;
    }
  }
  return FALSE;
}

static void
read_slots (HkParser    *parser,
            GArray      *names,
            HkTextCell  *cell,
            const HkTie *tie)
{
  g_autoptr (GArray) slots = hk_slots_find (cell);
  g_autofree int  *of      = hk_slots_assign (cell, slots);
  g_autofree char *role    = g_malloc0 (cell->glyphs->len + 1);

  wrap_inline (cell, slots, of);
  for (guint s = 0; s < slots->len; s++) {
    HkSlot *slot = &g_array_index (slots, HkSlot, s);
    g_autoptr (GArray) near = slot_text (cell, slot, of, (int) s, TRUE);
    g_autoptr (GArray) all  = slot_text (cell, slot, of, (int) s, FALSE);
    g_autofree char *near_text = hk_shape_fold_list (cell, near, near->len);
    g_autofree char *all_text  = hk_shape_fold_list (cell, all, all->len);
    Name   *wrapped = longest_name (names, all_text);
    Name   *name    = longest_name (names, near_text);
    GArray *list    = all;

    if (name != NULL && (wrapped == NULL || strlen (wrapped->folded) <= strlen (name->folded))) {
      /* the name stands on the slot's line; words in brackets may reach over more */
      list = near;
      for (guint i = 0, j = 0; i < all->len; i++) { /* both in order, NEAR a part of ALL */
        guint glyph = g_array_index (all, guint, i);
        if (j < near->len && g_array_index (near, guint, j) == glyph)
          j++;
        else
          role[glyph] = 't';
      }
    }
    else
      name = wrapped;
    if (name == NULL)
      continue;
    if (name->taken) {
      put_check_again (parser, name, slot, cell);
      continue;
    }
    name->taken = TRUE;

    gboolean bracketed = assign_roles (cell, list, name, role);
    HkTie    own = *tie;
    if (list == near && bracketed)
      close_below (cell, near, all, role);
    gboolean mixed = cell->told && bracketed && holds_other_name (cell, all, role, names, name);
    if (slot->state == HK_SLOT_UNKNOWN && slot->doubt != NULL && bracketed && !mixed && has_words (cell, all, role)) {
      slot->state = HK_SLOT_MARKED;
      slot->doubt = NULL;
      if (own.status == HK_STATUS_CERTAIN)
        own = (HkTie){ HK_STATUS_INFERRED, "words stand in its brackets: marked", tie->label };
    }
    if (slot->inferred != NULL && own.status == HK_STATUS_CERTAIN)
      own = (HkTie){ HK_STATUS_INFERRED, slot->inferred, tie->label };
    put_check (parser, name, slot, cell, &own);

    SlotGlyphs glyphs = { of, (int) s, role, 't' };
    for (guint i = 0; i < all->len; i++) {
      guint glyph = g_array_index (all, guint, i);
      if (role[glyph] == 'n' || role[glyph] == 'f')
        hk_text_cell_use (cell, glyph, 1, HK_USE_FORM);
    }
    if (name->has_text && bracketed) {
      g_autofree char *path = g_strconcat (name->path, "/text", NULL);
      HkTie text_tie = { tie->status, tie->reason, name->folded };

      if (is_text_untold (cell, list, role))
        text_tie = (HkTie){ HK_STATUS_UNCERTAIN, "it may be another option's", name->folded };
      else if (mixed)
        text_tie = (HkTie){ HK_STATUS_UNCERTAIN, DOUBT_OTHER_NAME, name->folded };
      hk_shape_put_text (parser, path, HK_KIND_TEXT, cell, take_role, &glyphs, &text_tie);
    }
  }
}

static void
add_option_names (GArray          *names,
                  const HkFormRow *row)
{
  const char *cursor = NULL;
  HkOption    option;

  while (hk_form_next_option (row, &cursor, &option)) {
    Name name = { hk_fold_utf8 (option.words, (gssize) option.words_len),
                  g_strdup_printf ("%s/%.*s", row->path, (int) option.slug_len, option.slug), option.has_text, FALSE };
    g_array_append_val (names, name);
  }
}

void
hk_shape_checks (HkParser        *parser,
                 const HkFormRow *row,
                 HkTextCell      *cell,
                 const HkTie     *tie)
{
  g_autoptr (GArray) names = names_new ();

  use_words (parser, row, cell);
  add_option_names (names, row);
  read_slots (parser, names, cell, tie);
}

void
hk_shape_inside_checks (HkParser               *parser,
                        const HkFormRow *const *rows,
                        guint                   n_rows,
                        HkTextCell             *cell,
                        const HkTie            *tie)
{
  g_autoptr (GArray) names = names_new ();

  for (guint i = 0; i < n_rows; i++) {
    const char *cursor = NULL, *text;
    gsize       len;

    add_option_names (names, rows[i]);
    while (rows[i]->kind == HK_KIND_CHECK && hk_form_next_label (rows[i], &cursor, &text, &len)) {
      Name name = { hk_fold_utf8 (text, (gssize) len), g_strdup (rows[i]->path), FALSE, FALSE };
      g_array_append_val (names, name);
    }
  }
  read_slots (parser, names, cell, tie);
}
