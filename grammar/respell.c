/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * OCR takes ネットワーク for ネットリーク, ＜選択肢＞ for く選択肢>, and sees an い too many.
 * What stands on a form is known beforehand, so a piece of a page that nearly
 * says what the form prints, and nothing else that it prints, says that.
 *
 *   piece     a whole cell; else a line of it; else what stands between its
 *             brackets, parentheses and wide gaps
 *   nearly    by the edits that make one of the other, of which a long piece may
 *             have more; characters that look alike cost none
 *   nothing else    the next best words are two edits further, or one where one edit does
 *
 * Some edits turn the sense around, and are never made: a digit for another, and
 * the characters by which 実施していない differs from 実施している.
 */
#include "respell.h"
#include "fold.h"

#include <string.h>

#define PIECE_MAX  160 /* characters; the longest label has 100 */
#define EDIT_FIRST 3   /* a piece so long may have one edit … */
#define EDIT_EVERY 5   /* … and one more for so many characters */
#define EDITS_MAX  8
#define OPTION_EDITS 3 /* one edit for so many characters, where only the options of a choice may stand */
#define MARGIN     2   /* edits, to the next best words, where more than one is made */
#define WIDE_GAP   1.1 /* em */
#define LABEL_LONG 12  /* characters */
#define LABEL_ALONE 6  /* characters: a shorter label is one only where it has its cell for itself */
#define GARBLED_MAX 2  /* characters before a label, that its number was taken for */
#define FORBIDDEN  1000u
#define PRINTED_SURE 90 /* percent: of a character that the form prints there */

/* Characters that an engine takes for one another, parted by spaces; each stands for the first of its group. */
static const char alike[] =
  "<く〈《＜ >〉》＞ -ー一－―—‐−~〜 ,.，．、 ・·･ カ力 ロ口 ニ二 ハ八 エ工 入人 タ夕 ト卜 ヘへ リり ○〇◯OＯ "
  "ァア ィイ ゥウ ェエ ォオ ッツ ャヤ ュユ ョヨ ぁあ ぃい ぅう ぇえ ぉお っつ ゃや ゅゆ ょよ "
  "パバ ピビ プブ ペベ ポボ ぱば ぴび ぷぶ ぺべ ぽぼ [【 ]】 「｢ 」｣』 :： ;； /／";

/* Whoever puts one of these in, or takes it out, says something else. */
static const char turning[] = "なぬ不無非未否外内有上下以前後新旧万億";

typedef struct {
  gunichar *key;     /* folded character by character, like ones made the same */
  gunichar *printed; /* as the form prints them */
  guint     n;
  guint     family;  /* the same for a label with its number and without */
  gboolean  numbered;
  gboolean  label;   /* no option: its digits are part of a question */
} Words;

struct _HkSpeller {
  GArray     *words;  /* Words */
  GHashTable *alike;  /* character → the one it stands for */
  GHashTable *exact;  /* key as UTF-8 → there are such words */
};

/* --- Keys ----------------------------------------------------------------------- */

static GHashTable *
alike_table (void)
{
  GHashTable *table = g_hash_table_new (NULL, NULL);
  gunichar    first = 0;

  for (const char *c = alike; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar ch = g_utf8_get_char (c);
    if (ch == ' ')
      first = 0;
    else if (first == 0)
      first = ch;
    else
      g_hash_table_insert (table, GUINT_TO_POINTER (ch), GUINT_TO_POINTER (first));
  }
  return table;
}

/* CH folded, but for numbers with a circle or in Roman; 0: it folds to nothing. */
static gunichar
folded_character (gunichar ch)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  if (hk_circled_number (ch) != 0 || hk_roman_number (ch) != 0)
    return ch;
  hk_fold (folded, &ch, 1);
  return folded->len == 0 ? 0 : g_utf8_get_char (folded->str);
}

/* What CH is compared as; 0: not at all. */
static gunichar
key_of (GHashTable *table,
        gunichar    ch)
{
  gunichar folded = folded_character (ch);
  gpointer same   = g_hash_table_lookup (table, GUINT_TO_POINTER (folded));

  return same != NULL ? GPOINTER_TO_UINT (same) : folded;
}

static gboolean
is_number (gunichar ch)
{
  return hk_digit (ch) >= 0 || hk_circled_number (ch) != 0 || hk_roman_number (ch) != 0;
}

static gboolean
is_turning (gunichar ch)
{
  return ch != 0 && (is_number (ch) || hk_is_open_bracket (ch) || hk_is_close_bracket (ch) || g_utf8_strchr (turning, -1, ch) != NULL);
}

/* Whether the engine saw something, and could not tell what: ① or ○. */
static gboolean
is_blot (gunichar ch)
{
  return ch == 0xFFFD || ch == 0x25CB;
}

/* What the edit costs that makes PRINTED of READ; 0 for either: puts it in, takes it out.
   Where it turns the sense around, no less than TURN. */
static guint
cost_of_edit (gunichar read,
              gunichar printed,
              guint    turn)
{
  if (read == printed)
    return 0;
  if (is_blot (read) && hk_circled_number (printed) != 0)
    return 1;
  if (read != 0 && hk_roman_number (printed) != 0 && hk_digit (read) < 0 && hk_circled_number (read) == 0)
    return 1; /* a part is known by its words */
  return is_turning (read) || is_turning (printed) ? turn : 1;
}

/* --- The form's words -------------------------------------------------------------- */

static void
add_words (HkSpeller  *speller,
           gboolean    label,
           const char *prefix,
           const char *text,
           gsize       len)
{
  g_autoptr (GString) whole = g_string_new (prefix);
  g_autoptr (GString) key   = g_string_new (NULL);
  Words words = { 0 };

  g_string_append_len (whole, text, (gssize) len);
  words.family   = g_str_hash (whole->str + strlen (prefix));
  words.numbered = *prefix != '\0';
  words.label    = label;
  guint n       = (guint) g_utf8_strlen (whole->str, -1);
  words.key     = g_new (gunichar, n + 1);
  words.printed = g_new (gunichar, n + 1);
  for (const char *c = whole->str; *c != '\0'; c = g_utf8_next_char (c)) {
    words.printed[words.n] = g_utf8_get_char (c);
    words.key[words.n]     = key_of (speller->alike, words.printed[words.n]);
    if (words.key[words.n] != 0)
      g_string_append_unichar (key, words.key[words.n++]);
  }
  if (words.n < 2 || !g_hash_table_add (speller->exact, g_strdup (key->str))) {
    g_free (words.key);
    g_free (words.printed);
    return;
  }
  g_array_append_val (speller->words, words);
}

static void
words_clear (Words *words)
{
  g_free (words->key);
  g_free (words->printed);
}

/* The number of ROW as it is printed before its label. Free with g_free(). */
static char *
printed_number (const HkFormRow *row)
{
  gunichar first = g_utf8_get_char (row->number);

  if (*row->number == '\0')
    return g_strdup ("");
  if (row->shape == HK_ROW_RISK)
    return g_strdup_printf ("リスク%s：", row->number);
  if (hk_roman_number (first) != 0 || hk_circled_number (first) != 0)
    return g_strdup (row->number);
  if (g_str_has_prefix (row->number, "別添"))
    return g_strdup_printf ("（%s）", row->number);
  return g_strdup_printf ("%s．", row->number);
}

static void
add_row (HkSpeller       *speller,
         const HkFormRow *row)
{
  g_autofree char *number = printed_number (row);
  const char *cursor = NULL, *text;
  HkOption    option;
  gsize       len;

  while (hk_form_next_label (row, &cursor, &text, &len)) {
    if (len == 0)
      continue;
    add_words (speller, TRUE, number, text, len);
    if (*number != '\0')
      add_words (speller, TRUE, "", text, len);
  }
  cursor = NULL;
  while (row->shape == HK_ROW_ITEM && hk_form_next_option (row, &cursor, &option)) {
    g_autofree char *before = g_strdup_printf ("%u）", option.number);
    add_words (speller, FALSE, "", option.words, option.words_len);
    if (row->kind == HK_KIND_CHOICE)
      add_words (speller, FALSE, before, option.words, option.words_len);
  }
}

HkSpeller *
hk_speller_new (const HkForm *form)
{
  static const char *const others[] = { "＜選択肢＞", "特定個人情報保護評価書" };
  HkSpeller *speller = g_new0 (HkSpeller, 1);

  speller->words = g_array_new (FALSE, FALSE, sizeof (Words));
  speller->alike = alike_table ();
  speller->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_set_clear_func (speller->words, (GDestroyNotify) words_clear);
  for (guint number = 2; number <= 4; number++) {
    const HkForm *known = hk_form (number);

    if (form != NULL && known != form)
      continue;
    g_autofree char *title = g_strdup_printf ("特定個人情報保護評価書（%s）", known->title);
    add_words (speller, TRUE, "", title, strlen (title));
    for (guint i = 0; i < known->n_rows; i++)
      add_row (speller, &known->rows[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    add_words (speller, FALSE, "", others[i], strlen (others[i]));
  return speller;
}

void
hk_speller_free (HkSpeller *speller)
{
  if (speller == NULL)
    return;
  g_array_unref (speller->words);
  g_hash_table_unref (speller->alike);
  g_hash_table_unref (speller->exact);
  g_free (speller);
}

/* --- Distance ------------------------------------------------------------------------ */

static guint
edits_allowed (guint n)
{
  return n < EDIT_FIRST ? 0 : MIN (1 + (n - EDIT_FIRST) / EDIT_EVERY, EDITS_MAX);
}

/* What an edit that turns the sense costs to make WORDS. A long label says the same
   whatever a digit in it is read as: nobody filled it in. */
static guint
turn_of (const Words *words)
{
  return words->label && words->n >= LABEL_LONG ? 1 : FORBIDDEN;
}

/* The cost of making WORDS of the N characters READ, where an edit that turns the sense
   costs TURN; more than LIMIT: it does not matter how much. ROWS holds (N + 1) ×
   (words->n + 1) costs, for who wants to go back. */
static guint
distance (const gunichar *read,
          guint           n,
          const Words    *words,
          guint           turn,
          guint           limit,
          guint16        *rows)
{
  guint w = words->n + 1;

  rows[0] = 0;
  for (guint j = 1; j < w; j++)
    rows[j] = (guint16) MIN (rows[j - 1] + cost_of_edit (0, words->key[j - 1], turn), FORBIDDEN);
  for (guint i = 1; i <= n; i++) {
    guint least = FORBIDDEN, drop = cost_of_edit (read[i - 1], 0, turn);

    rows[i * w] = (guint16) MIN (rows[(i - 1) * w] + drop, FORBIDDEN);
    for (guint j = 1; j < w; j++) {
      guint put  = cost_of_edit (0, words->key[j - 1], turn);
      guint cost = rows[(i - 1) * w + j - 1] + cost_of_edit (read[i - 1], words->key[j - 1], turn);

      cost = MIN (cost, MIN (rows[(i - 1) * w + j] + drop, rows[i * w + j - 1] + put));
      rows[i * w + j] = (guint16) MIN (cost, FORBIDDEN);
      least = MIN (least, cost);
    }
    if (least > limit)
      return FORBIDDEN;
  }
  return rows[n * w + w - 1];
}

/* The cost of making WORDS of READ, as they are compared. A part's number may be
   read as two letters. */
static guint
cost_of (const gunichar *read,
         guint           n,
         const Words    *words,
         guint           turn,
         guint           limit,
         guint16        *rows)
{
  guint apart = MAX (words->n, n) - MIN (words->n, n);

  if (apart > limit || words->n > PIECE_MAX)
    return FORBIDDEN;
  guint cost = distance (read, n, words, turn, limit, rows);
  return cost > 1 && hk_roman_number (words->printed[0]) != 0 ? cost - 1 : cost;
}

/* Of the FAMILY, a label with its numbers and without, the words whose cost is EDITS: those
   with a number, or if several numbers are as near, those without; NULL: there are none. */
static const Words *
choose_number (const HkSpeller *speller,
               const guint     *costs,
               guint            family,
               guint            edits)
{
  const Words *numbered = NULL, *plain = NULL;
  guint        n = 0;

  for (guint i = 0; i < speller->words->len; i++) {
    const Words *words = &g_array_index (speller->words, Words, i);
    if (words->family != family || costs[i] != edits)
      continue;
    if (words->numbered) {
      numbered = words;
      n++;
    }
    else
      plain = words;
  }
  return n == 1 ? numbered : plain;
}

/* The words that the N characters READ can only mean, or NULL. They are no more than
   LIMIT edits from it, none of which turns the sense, and all others, whatever the edits,
   farther off. Where its number alone is in doubt, they have none. */
static const Words *
nearest (const HkSpeller *speller,
         const gunichar  *read,
         guint            n,
         guint            limit,
         guint16         *rows)
{
  g_autofree guint *costs = g_new (guint, speller->words->len + 1);
  guint edits = FORBIDDEN, second = FORBIDDEN, family = 0;

  for (guint i = 0; i < speller->words->len; i++) {
    const Words *words = &g_array_index (speller->words, Words, i);
    costs[i] = cost_of (read, n, words, 1, limit + MARGIN, rows);
    if (costs[i] < edits) {
      edits  = costs[i];
      family = words->family;
    }
  }
  for (guint i = 0; i < speller->words->len; i++)
    if (g_array_index (speller->words, Words, i).family != family)
      second = MIN (second, costs[i]);
  if (edits > limit || (edits > 0 && second < edits + (edits > 1 ? MARGIN : 1)))
    return NULL;
  const Words *best = choose_number (speller, costs, family, edits);
  return best != NULL && cost_of (read, n, best, turn_of (best), FORBIDDEN, rows) <= edits ? best : NULL;
}

/* --- Putting right ---------------------------------------------------------------------- */

/* A glyph that the engine missed, between BEFORE and AFTER, either of which may be NULL. */
static HkGlyph
missed_glyph (const HkGlyph *before,
              const HkGlyph *after)
{
  HkGlyph glyph = before != NULL ? *before : *after;

  glyph.box.x0 = before != NULL ? before->box.x1 - 0.3 * hk_box_width (&before->box) : after->box.x0;
  glyph.box.x1 = before != NULL ? before->box.x1 : after->box.x0 + 0.3 * hk_box_width (&after->box);
  if (before != NULL && after != NULL && after->box.x0 > before->box.x1 && after->box.y0 < before->box.y1)
    glyph.box.x1 = after->box.x0;
  return glyph;
}

static void
set_printed (HkGlyph *glyph,
             gunichar ch)
{
  glyph->ch  = ch;
  glyph->ocr = MAX (glyph->ocr, PRINTED_SURE);
}

/* Appends to OUT the N glyphs GLYPHS, whose keys are READ, as WORDS. ROWS is filled anew. */
static void
put_right (const HkGlyph  *glyphs,
           const gunichar *read,
           guint           n,
           const Words    *words,
           guint16        *rows,
           GArray         *out)
{
  guint i = n, j = words->n, w = words->n + 1;
  g_autoptr (GArray) reversed = g_array_new (FALSE, TRUE, sizeof (HkGlyph));

  distance (read, n, words, turn_of (words), FORBIDDEN, rows);
  while (i > 0 || j > 0) {
    guint   here  = rows[i * w + j];
    HkGlyph glyph = glyphs[i > 0 ? i - 1 : 0];

    if (i > 0 && j > 0 && here == rows[(i - 1) * w + j - 1] + cost_of_edit (read[i - 1], words->key[j - 1], turn_of (words))) {
      if (folded_character (glyph.ch) != folded_character (words->printed[j - 1]))
        set_printed (&glyph, words->printed[j - 1]);
      g_array_append_val (reversed, glyph);
      i--;
      j--;
    }
    else if (i > 0 && (j == 0 || here == MIN (rows[(i - 1) * w + j] + cost_of_edit (read[i - 1], 0, turn_of (words)), FORBIDDEN)))
      i--; /* the engine saw what is not there */
    else {
      glyph = missed_glyph (i > 0 ? &glyphs[i - 1] : NULL, i < n ? &glyphs[i] : NULL);
      set_printed (&glyph, words->printed[j - 1]);
      g_array_append_val (reversed, glyph);
      j--;
    }
  }
  for (guint k = reversed->len; k > 0; k--)
    g_array_append_vals (out, &g_array_index (reversed, HkGlyph, k - 1), 1);
}

/* What a cell is looked at as, and becomes. */
typedef struct {
  const HkSpeller *speller;
  guint16         *rows;
  GArray          *out;     /* HkGlyph */
} Respelling;

/* Whether CH may be what the engine makes of a number in a circle: @, Q, (, U+FFFD … */
static gboolean
is_garbled (gunichar ch)
{
  return is_blot (ch) || g_ascii_isalpha ((char) (ch < 128 ? ch : 0)) || (ch < 128 && g_ascii_ispunct ((char) ch) && !is_turning (ch));
}

/* Puts the glyphs [FIRST, FIRST + N) of CELL right, if they are words of the form. FALSE: they are not. */
static gboolean
respell_piece (Respelling       *respelling,
               const HkTextCell *cell,
               guint             first,
               guint             n)
{
  g_autofree gunichar *read   = g_new (gunichar, n + 1);
  g_autofree HkGlyph  *glyphs = g_new (HkGlyph, n + 1);
  guint kept = 0;

  for (guint i = first; i < first + n; i++) {
    glyphs[kept] = *hk_cell_glyph (cell, i);
    read[kept]   = key_of (respelling->speller->alike, glyphs[kept].ch);
    kept += read[kept] != 0;
  }
  for (guint skip = 0; skip <= GARBLED_MAX && kept >= skip + 2 && kept <= PIECE_MAX; skip++) {
    if (skip > 0 && !is_garbled (read[skip - 1]))
      return FALSE;
    const Words *words = nearest (respelling->speller, read + skip, kept - skip, edits_allowed (kept - skip), respelling->rows);
    gboolean whole = n == cell->glyphs->len;
    if (words != NULL && (skip == 0 || words->label) && (whole || !words->label || words->n >= LABEL_ALONE)) {
      put_right (glyphs + skip, read + skip, kept - skip, words, respelling->rows, respelling->out);
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_bracket (gunichar ch)
{
  return hk_is_open_bracket (ch) || hk_is_close_bracket (ch);
}

/* Whether there is a bracket, or (GAPS) a wide gap, between glyph I of CELL, which is
   not its line's first, and the one before. */
static gboolean
is_parted (const HkTextCell *cell,
           guint             i,
           gboolean          gaps)
{
  const HkGlyph *before = hk_cell_glyph (cell, i - 1), *glyph = hk_cell_glyph (cell, i);

  if (gaps)
    return glyph->box.x0 - before->box.x1 > WIDE_GAP * hk_glyph_em (glyph);
  return is_bracket (glyph->ch) || is_bracket (before->ch);
}

/* A piece, or else what stands before its parentheses: その他　（…）. */
static void
respell_words (Respelling       *respelling,
               const HkTextCell *cell,
               guint             first,
               guint             n)
{
  guint head = 0;

  if (respell_piece (respelling, cell, first, n))
    return;
  while (head < n && !hk_is_open_paren (hk_cell_glyph (cell, first + head)->ch))
    head++;
  if (head < 2 || head == n || !respell_piece (respelling, cell, first, head))
    head = 0;
  g_array_append_vals (respelling->out, hk_cell_glyph (cell, first + head), n - head);
}

/* The N glyphs from FIRST on as a whole; else what brackets part in them; else (GAPS)
   what wide gaps do: a gap may be a character that was missed. */
static void
respell_parts (Respelling       *respelling,
               const HkTextCell *cell,
               guint             first,
               guint             n,
               gboolean          gaps)
{
  guint begin = first;

  if (respell_piece (respelling, cell, first, n))
    return;
  for (guint i = first + 1; i <= first + n; i++) {
    if (i < first + n && !is_parted (cell, i, gaps))
      continue;
    if (gaps)
      respell_words (respelling, cell, begin, i - begin);
    else
      respell_parts (respelling, cell, begin, i - begin, TRUE);
    begin = i;
  }
}

void
hk_respell (const HkSpeller *speller,
            HkTextCell      *cell)
{
  g_autofree guint16 *rows = g_new (guint16, (PIECE_MAX + 1) * (PIECE_MAX + 1));
  g_autoptr (GArray) out   = g_array_new (FALSE, TRUE, sizeof (HkGlyph));
  Respelling respelling    = { .speller = speller, .rows = rows, .out = out };

  if (cell->glyphs->len == 0 || cell->page != cell->last_page)
    return;
  if (!respell_piece (&respelling, cell, 0, cell->glyphs->len))
    for (guint l = 0; l < cell->lines->len; l++)
      respell_parts (&respelling, cell, hk_cell_line (cell, l)->first, hk_cell_line (cell, l)->n, FALSE);
  g_array_set_size (cell->glyphs, 0);
  g_array_set_size (cell->lines, 0);
  hk_text_cell_fill (cell, cell->page, cell->box, (const HkGlyph *) (const void *) out->data, out->len);
}

guint
hk_respell_option (const HkFormRow *row,
                   const char      *folded)
{
  g_autoptr (HkSpeller) speller = g_new0 (HkSpeller, 1);
  g_autofree guint16  *rows = g_new (guint16, (PIECE_MAX + 1) * (PIECE_MAX + 1));
  g_autofree gunichar *read = g_new (gunichar, strlen (folded) + 1);
  const char *cursor = NULL;
  HkOption    option;
  guint       n = 0;

  speller->words = g_array_new (FALSE, FALSE, sizeof (Words));
  speller->alike = alike_table ();
  speller->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_set_clear_func (speller->words, (GDestroyNotify) words_clear);
  g_autoptr (GArray) of = g_array_new (FALSE, FALSE, sizeof (guint));
  while (hk_form_next_option (row, &cursor, &option)) {
    add_words (speller, FALSE, "", option.words, option.words_len);
    while (of->len < speller->words->len)
      g_array_append_val (of, option.number);
  }
  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c)) {
    read[n] = key_of (speller->alike, g_utf8_get_char (c));
    n += read[n] != 0;
  }
  if (n == 0 || n > PIECE_MAX)
    return 0;
  const Words *words = nearest (speller, read, n, n / OPTION_EDITS, rows);
  return words == NULL ? 0 : g_array_index (of, guint, words - (const Words *) (const void *) speller->words->data);
}
