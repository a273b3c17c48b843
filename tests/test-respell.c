/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words of the form where OCR misread them: what is put right, and above all what is not. */
#include "respell.h"

/* A cell that holds TEXT as OCR read it, a glyph a square; a space leaves a gap, ⏎ ends a line. */
static HkTextCell *
read_cell (const char *text)
{
  HkBox       box  = { 0, 0, 600, 100 };
  HkTextCell *cell = hk_text_cell_new (1, box, 0, TRUE);
  g_autoptr (GArray) glyphs = g_array_new (FALSE, TRUE, sizeof (HkGlyph));
  double x = 0, y = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    HkGlyph glyph = { .ch = g_utf8_get_char (c), .box = { x, y, x + 10, y + 10 }, .source = glyphs->len, .copies = 1, .ocr = 50 };
    x += 10;
    if (glyph.ch == 0x23CE) { /* ⏎ */
      x = 0;
      y += 14;
    }
    else if (glyph.ch == ' ')
      x += 20;
    else
      g_array_append_val (glyphs, glyph);
  }
  hk_text_cell_fill (cell, 1, box, (const HkGlyph *) (const void *) glyphs->data, glyphs->len);
  return cell;
}

static char *
text_of (const HkTextCell *cell)
{
  GString *text = g_string_new (NULL);

  for (guint l = 0; l < cell->lines->len; l++) {
    const HkLine *line = hk_cell_line (cell, l);
    for (guint i = line->first; i < line->first + line->n; i++)
      g_string_append_unichar (text, hk_cell_glyph (cell, i)->ch);
    if (l + 1 < cell->lines->len)
      g_string_append (text, "⏎");
  }
  return g_string_free (text, FALSE);
}

/* What is read, and what becomes of it; NULL: it stays. */
static const struct {
  const char *read, *right;
} cases[] = {
  /* labels */
  { "②事務の慨要", "②事務の概要" },
  { "�事務の概要", "②事務の概要" },
  { "Q,事務の概要", "事務の概要" },
  { "③ジステムの名称", "③システムの名称" },
  { "4.情報提供ネットリークシステムによる情報連携", "4.情報提供ネットワークシステムによる情報連携" },
  { "特定個人情報ファイル取扱者数は509人⏎以上か", "特定個人情報ファイル取扱者数は500人⏎以上か" },
  { "MVリスク対策", "Ⅳリスク対策" },
  { "当該対策は十分か[再掲]", "当該対策は十分か【再掲】" },

  /* options, in brackets and in their list */
  { "く選択肢>⏎1)実施する⏎2)実施しなし", "＜選択肢>⏎1)実施する⏎2)実施しない" },
  { "[特に力を人れている]", "[特に力を入れている]" },
  { "[ ]内部監査[○]外部監杳", "[]内部監査[○]外部監査" },

  /* what turns the sense is not guessed */
  { "[定めていい]", NULL },
  { "[実施してい]", NULL },
  { "[発生なり]", NULL },
  { "[16万人以上30万人未満]", NULL },
  { "[39万人以上]", NULL },
  { "[500人以下]", NULL },

  /* nor is what somebody wrote */
  { "[変更届]により速やかに届け出る。", NULL },
  { "住民記録システムの名称を定める。", NULL },
  { "介護保険課", NULL },
  { "事務", NULL },
  { "", NULL },
};

static void
test_respell (void)
{
  g_autoptr (HkSpeller) speller = hk_speller_new (hk_form (2));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HkTextCell) cell = read_cell (cases[i].read);
    g_autofree char *before = text_of (cell);

    hk_respell (speller, cell);
    g_autofree char *after = text_of (cell);
    g_assert_cmpstr (after, ==, cases[i].right != NULL ? cases[i].right : before);
    hk_respell (speller, cell);
    g_autofree char *again = text_of (cell);
    g_assert_cmpstr (again, ==, after);
  }
}

/* Glyphs that were put in stand within the line, and are as sure as print. */
static void
test_places (void)
{
  g_autoptr (HkSpeller)  speller = hk_speller_new (hk_form (2));
  g_autoptr (HkTextCell) cell    = read_cell ("特定個人情報ファルを取り扱う事務");
  guint sure = 0;

  hk_respell (speller, cell);
  g_assert_cmpuint (cell->glyphs->len, ==, 17);
  g_assert_cmpuint (cell->lines->len, ==, 1);
  for (guint i = 0; i < cell->glyphs->len; i++) {
    const HkGlyph *glyph = hk_cell_glyph (cell, i);
    g_assert_cmpfloat (glyph->box.x0, <=, glyph->box.x1);
    g_assert_cmpfloat (glyph->box.x1, <=, 160.01);
    g_assert_cmpfloat (glyph->box.y1, ==, 10);
    sure += glyph->ocr >= 90;
  }
  g_assert_cmpuint (sure, ==, 1);
}

static void
test_option (void)
{
  const HkFormRow *row = hk_form_find (hk_form (2), "risk/use/unauthorized/sufficiency");

  g_assert_nonnull (row);
  g_assert_cmpuint (hk_respell_option (row, "特にカカを人人れている"), ==, 1);
  g_assert_cmpuint (hk_respell_option (row, "|-分である"), ==, 2);
  g_assert_cmpuint (hk_respell_option (row, "課題が残されている"), ==, 3);
  g_assert_cmpuint (hk_respell_option (row, "分ない"), ==, 0);
  g_assert_cmpuint (hk_respell_option (row, ""), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/respell/cases", test_respell);
  g_test_add_func ("/respell/places", test_places);
  g_test_add_func ("/respell/option", test_option);
  return g_test_run ();
}
