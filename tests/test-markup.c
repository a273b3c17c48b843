/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of Markdown and HTML: what is markup at all, its cells, where their
   characters stand in the source, and files made to be dear. */
#include "reader.h"

#include <string.h>

static HkPageSource *
open_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  HkPageSource *source = hk_reader_open (bytes, NULL, &error);

  g_assert_no_error (error);
  return source;
}

/* --- Cells --------------------------------------------------------------------------- */

/* The cells of PAGE: a row a line, cells parted by |, where one spans more columns by as
   many < as it takes, and lines of a cell by /. ^3 before a cell that has three rows. A
   box of markup is ◻, checked ◼. */
static void
dump_page (const HkPage *page,
           GString      *out)
{
  guint  glyph  = 0;
  double column = page->width, y = -1;

  for (guint i = 0; i < page->cells->len; i++)
    column = MIN (column, hk_box_width (&hk_page_cell (page, i)->box));
  for (guint i = 0; i < page->cells->len; i++) {
    const HkCell *cell = hk_page_cell (page, i);
    double        line = cell->box.y0;
    guint         columns = (guint) (hk_box_width (&cell->box) / column + .5);

    g_string_append (out, i == 0 ? "" : cell->box.y0 > y ? "\n" : "|");
    y = cell->box.y0;
    for (double x = 0; x + column / 2 < cell->box.x0 && (i == 0 || hk_page_cell (page, i - 1)->box.y0 < y); x += column)
      g_string_append_c (out, '|'); /* columns that a cell above reaches into */
    for (; glyph < page->glyphs->len && hk_box_mid_y (&hk_page_glyph (page, glyph)->box) < cell->box.y1 && hk_box_mid_x (&hk_page_glyph (page, glyph)->box) < cell->box.x1 &&
           hk_box_mid_x (&hk_page_glyph (page, glyph)->box) > cell->box.x0 && hk_box_mid_y (&hk_page_glyph (page, glyph)->box) > cell->box.y0; glyph++) {
      const HkGlyph *at = hk_page_glyph (page, glyph);

      if (at->box.y0 > line)
        g_string_append_c (out, '/');
      line = at->box.y0;
      g_assert_true (at->line > 0 && at->column > 0);
      if (at->control != HK_CONTROL_NONE)
        g_string_append (out, at->control == HK_CONTROL_CHECKED ? "◼" : "◻");
      else
        g_string_append_unichar (out, at->ch);
    }
    for (; columns > 1 && (cell->box.x0 > 0 || cell->box.x1 < page->width); columns--)
      g_string_append_c (out, '<');
    g_string_append (out, cell->open & HK_SIDE_BOTTOM ? "↓" : "");
  }
  g_assert_cmpuint (glyph, ==, page->glyphs->len);
}

static char *
dump (const char *text)
{
  g_autoptr (GError) error = NULL;
  HkPageSource *source = open_text (text);
  GString      *out    = g_string_new (NULL);

  for (guint n = 0;; n++) {
    g_autoptr (HkPage) page = source->next (source, &error);

    g_assert_no_error (error);
    if (page == NULL)
      break;
    g_assert_true (page->markup && !page->text);
    g_string_append (out, n > 0 ? "\n\f" : "");
    dump_page (page, out);
  }
  if (source->damage != NULL)
    g_string_append_printf (out, "\n! %s", source->damage);
  hk_reader_close (source);
  return g_string_free (out, FALSE);
}

typedef struct {
  const char *name;
  const char *text;
  const char *cells;
} Case;

#define MD "# a\n\n## b\n\n### c\n\n" /* so much is Markdown without doubt, … */
#define MD_CELLS "a\nb\nc\n"          /* … and a row each */

static const Case cases[] = {
  /* blocks */
  { "headings", "# 一\n## 二 ##\n\n###　三\n#四\n", "一\n二\n三\n#四" },
  { "paragraph-lines", MD "一\n二  \n\n三\n", MD_CELLS "一/二\n三" },
  { "numbers-stay", MD "1. 基本情報\n\n2) 十分である\n", MD_CELLS "1. 基本情報\n2) 十分である" },
  { "items", MD "- 一\n* 二\n+ 三\n-四\n", MD_CELLS "一\n二\n三\n-四" },
  { "tasks", MD "- [x] 紙\n- [ ] 専用線\n", MD_CELLS "[x] 紙\n[ ] 専用線" },
  { "quote", MD "> 一\n", MD_CELLS "一" },
  { "fence", "```markdown\n" MD "一\n```\n", MD_CELLS "一" },
  { "front-matter", "---\nlanguage: ja\nrotation: 0\n---\n" MD, "a\nb\nc" },
  { "rules-part-pages", MD "---\n\n一\n\n***\n\n二\n", "a\nb\nc\n\f一\n\f二" },
  { "form-feed", MD "一\f二\n", "a\nb\nc\n一\n\f二" },
  { "no-indented-code", MD "    一\n", MD_CELLS "一" },
  /* within a line */
  { "emphasis", MD "**①事務**の *名称* と `CS` 、~~旧~~\n", MD_CELLS "①事務の 名称 と CS 、旧" },
  { "no-emphasis", MD "*1 注、**2 a_b_c 3*4\n", MD_CELLS "*1 注、**2 a_b_c 3*4" },
  { "stars-for-marks", MD "[*] 紙 [ ] 線 [ *] 他 （*） *[a]* [*b*]\n", MD_CELLS "[*] 紙 [ ] 線 [ *] 他 （*） [a] [b]" },
  { "escapes", MD "\\*注 \\| \\# 1\\2\n", MD_CELLS "*注 | # 1\\2" },
  { "links", MD "[様式](https://example.jp/a) ![絵](a.png)[ ○ ](60)件\n", MD_CELLS "様式 [ ○ ](60)件" },
  { "formulas", MD "[ $\\bigcirc$ ] \\(\\checkmark\\) $\\textcircled{3}$ $x$ 100$\n", MD_CELLS "[ ○ ] ✓ ③ $x$ 100$" },
  { "formulas-dressed", MD "${\\textcircled{1}}$ $\\textcircled{\\scriptsize 2}$ $\\text{\\textcircled{\\scriptsize{13}}}$ \\({\\small\\bigcirc}\\)\n\n$[\\bigcirc]$ $\\left[\\bigcirc\\right]$ $\\textcircled{3x}$ $[x]$\n",
    MD_CELLS "① ② ⑬ ○\n[○] [○] $\\textcircled{3x}$ $[x]$" },
  { "entities", MD "&lt;選択肢&gt; A&amp;B R&D &#9312; &nosuch; &#0;\n", MD_CELLS "<選択肢> A&B R&D ① &nosuch; &#0;" },
  { "brackets-that-are-no-tags", MD "<選択肢> ＜措置＞ <小樽市における措置> a<b <VPN> <>\n", MD_CELLS "<選択肢> ＜措置＞ <小樽市における措置> a<b <VPN> <>" },
  { "tags-of-others", MD "<page_number>3</page_number>\n\n<VPN>b</VPN>\n", MD_CELLS "3\nb" },
  { "comments", MD "一<!-- 二 -->三\n\n<!-- 四\n五 -->\n六 <!-- 七\n", MD_CELLS "一三\n六 <!-- 七" },
  { "sections", MD "<![CDATA[一]]> a]]> <![CDATA[<b>二</b>]]> <![CDATA[三\n", MD_CELLS "一 a]]> 二 <![CDATA[三" },
  { "breaks-closed", MD "一</br>二<br></br>三\n", MD_CELLS "一/二/三" },
  { "spaces", MD "一 二  三   四\n\n[    ] ( 60  ) [  10人 ]\n", MD_CELLS "一 二/三/四\n[ ] ( 60 ) [ 10人 ]" },
  { "boxes", MD "[ <input type=\"checkbox\"/> ] 紙 <input checked type='radio'> 線<input>\n", MD_CELLS "[ ◻ ] 紙 ◼ 線" },
  /* rows */
  { "tabs", MD "①\t一\n\t②\t二\n③\t\n", MD_CELLS "①|一\n|②|二\n③|" },
  { "tabs-go-on", MD "①\t一\n\n\t二\n", MD_CELLS "①|一\n|二" },
  { "tabs-rule", MD "①\t一\n---\t----\n②\t-\n", MD_CELLS "①|一\n②|-" },
  { "pipes", MD "| ① | 一 |\n|---|:-:|\n| ② | - |\n| ③ |\n", MD_CELLS "①|一\n②|-\n③" },
  { "pipes-without-edges", MD "① | 一\n--- | ---\n② | 二\n\n三 | 四\n", MD_CELLS "①|一\n②|二\n三 | 四" },
  { "pipes-escaped", MD "| a \\| b | <b title=\"|\">c</b> |\n", MD_CELLS "a | b|c" },
  { "pipes-over-lines", MD "| ② | 一\n二 |\n| ③ | 三 |\n", MD_CELLS "②|一/二\n③|三" },
  { "pipes-over-blank-lines", MD "| ② | 一\n\n二 |\n|---|---|\n| ③ | 三\n\n四\n五 |\n", MD_CELLS "②|一/二\n③|三/四/五" },
  { "pipes-over-no-blank-lines", MD "| ② | 一 |\n|---|---|\n| ③ | 三\n\n四\n\nc | d | e |\n", MD_CELLS "②|一\n③|三\n四\nc | d | e |" },
  { "pipes-over-no-page", MD "| ② | 一 |\n|---|---|\n| ③ | 三\n\n---\n\n四 |\n", MD_CELLS "②|一\n③|三\n\f四 |" },
  { "pipes-without-edges-empty", MD "① | 一\n--- | ---\n② |\n③ | 三\n④ |\n", MD_CELLS "①|一\n②\n③|三\n④" },
  { "cells-of-html", MD "<p>①</p>\t<ul> <li>一</li> <li>二<br>三</li> </ul> <div>四</div>\n", MD_CELLS "①|一/二/三/四" },
  { "cells-that-do-not-end", MD "①\t<div><b>一\n②\t</td></table>二\n", MD_CELLS "①|一\n②|二" },
  /* tables of tags */
  { "spans", "<table><tr><td rowspan=2>再</td><td colspan=\"2\">④</td></tr><tr><td>⑤</td><td>一</td></tr></table><p>終</p>", "再|④<\n|⑤|一\n終" },
  { "no-end-tags", "<table><tr><td>①<td>一<tr><td>②<td>二</table>終\n", "①|一\n②|二\n終" },
  { "inner-tables", "<table><tr><td>①</td><td>一<table><tr><td>二</td><td>三</td></tr><tr><td>四</td></tr></table></td></tr></table>", "①|一/二 三/四" },
  { "page", "<!DOCTYPE html><html><head><title>題</title><style>a > b { content: \"&amp; x\" }</style><script>if (a < b) c ();</script></head><body>\n<h1>一</h1>\n<table>\n <tr>\n  <th>①</th>\n  <td>\n   二\n   三</td>\n </tr>\n</table></body></html>",
    "一\n①|二/三" },
  { "pages", "<html><!-- page 1 --><p>一</p></html><html><!-- PageHeader=\"a page\" --><!-- page break --><p>二</p></html>", "一\n\f二" },
  { "table-within-markdown", MD "一\n<table><tr><td>①</td><td>二\n\n三</td></tr></table>\n四\n", MD_CELLS "一\n①|二/三\n四" },
  { "unicode-tags", MD "<td>①</td>\n", MD_CELLS "①" },
  /* broken off */
  { "breaks-off", MD "①\t住民\n②", MD_CELLS "①|住民\n②↓" },
  { "ends-without-a-line-end", MD "①\t<p>住民</p>", MD_CELLS "①|住民" },
  { "torn-cell", "<table><tr><td>①</td><td>住民", "①|住民↓\n! it ends within a table or a tag" },
  { "torn-tag", "<table><tr><td>①</td><td>住民<br clas", "①|住民↓\n! it ends within a table or a tag" },
  { "torn-table", "<table><tr><td>①</td><td>住民</td></tr>", "①|住民\n! it ends within a table or a tag" },
  { "torn-item", MD "<dl><dt>①</dt><dd>住民</dd>\n<dt>②</dt><dd>事務の。\n", MD_CELLS "①\n住民\n②\n事務の。↓\n! it ends within a table or a tag" },
  { "torn-list", MD "<ul><li>一</li></ul>\n<ul><li>二</li>\n", MD_CELLS "一\n二↓\n! it ends within a table or a tag" },
  { "torn-paragraph", "<html><p>一</p>\n<p>二\n", "一\n二↓\n! it ends within a table or a tag" },
  { "torn-page", "<html><body><p>一</p><table><tr><td>①</td></tr></table>\n", "一\n①\n! it ends within a table or a tag" },
  { "torn-page-in-text", "<html><body><h1>一</h1>二。\n", "一\n二。↓\n! it ends within a table or a tag" },
  { "items-without-end-tags", "<html><ul><li>一<li>二</ul><p>三</html>\n", "一\n二\n三" },
  { "items-torn-before-the-end", MD "<ul><li>一</li><li>二\n\n## d\n\n三\n", MD_CELLS "一\n二\nd\n三" },
  { "script-with-tags", "<html><head><script>a = \"<table><p>\";</script></head><p>一</p></html>\n", "一" },
  { "tables-that-do-not-end", MD "<table><tr><td>①</td></tr>\n\n## d\n\n<table><tr><td>②</td></tr></table>\n", MD_CELLS "①\nd\n②\n! it ends within a table or a tag" },
};

static void
test_cells (gconstpointer data)
{
  const Case      *one  = data;
  g_autofree char *read = dump (one->text);

  g_assert_cmpstr (read, ==, one->cells);
}

/* --- What is markup ---------------------------------------------------------------------- */

static void
assert_markup (const char *text,
               gboolean    markup)
{
  g_autoptr (GError) error = NULL;
  HkPageSource *source = open_text (text);
  g_autoptr (HkPage) page = source->next (source, &error);

  g_assert_no_error (error);
  g_assert_cmpint (page->markup, ==, markup);
  g_assert_cmpint (page->text, ==, !markup);
  hk_reader_close (source);
}

static void
test_plain_text (void)
{
  assert_markup ("①事務の名称\t住民票\n②事務の内容\t写し\n③対象人数\t[ ]\n", FALSE);
  assert_markup ("[ 十分である ]\n<選択肢>\n1) 特に力を入れている\n<小樽市における措置>\n", FALSE);
  assert_markup ("a | b\nc | d\n| e |\n", FALSE);
  assert_markup ("# 1\n①\n＃２\n#3\n", FALSE);
  assert_markup ("a < b > c <VPN> <p\n-----\n*1 注\n", FALSE);
  assert_markup ("①\n---\n②\n---\n", FALSE);
}

static void
test_markup (void)
{
  assert_markup ("| a | b |\n|---|---|\n", TRUE);
  assert_markup ("<table><tr><td>a</td></tr></table>", TRUE);
  assert_markup ("<html>a", TRUE);
  assert_markup ("## a\n\n## b\n\nc\td\ne\tf\n", TRUE);
  assert_markup ("# a\n# b\n# c\n", TRUE);
  assert_markup ("<p>a</p><p>b</p><p>c</p><p>d</p><p>e</p>", TRUE);
}

/* --- Places ---------------------------------------------------------------------------------- */

static void
assert_at (const HkPage *page,
           gunichar      ch,
           guint         line,
           guint         column)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const HkGlyph *glyph = hk_page_glyph (page, i);
    if (glyph->ch == ch) {
      g_assert_cmpuint (glyph->line, ==, line);
      g_assert_cmpuint (glyph->column, ==, column);
      return;
    }
  }
  g_assert_not_reached ();
}

/* Each glyph is at the line and column at which the source has it, tags, entities and
   lost spaces notwithstanding. */
static void
test_places (void)
{
  g_autoptr (GError) error = NULL;
  HkPageSource *source = open_text ("# い\r\n\r\n\r\n|<b>ろ</b>|&lt;は&#x306B;|\r\n|---|---|\r\n<table>\r\n  <tr><td class='a > b'>\r\n\tほ   へ</td><td>と</td></tr></table>\\*ち");
  g_autoptr (HkPage) page = source->next (source, &error);

  g_assert_no_error (error);
  assert_at (page, 0x3044, 1, 3);  /* い */
  assert_at (page, 0x308D, 4, 5);  /* ろ */
  assert_at (page, '<', 4, 11);
  assert_at (page, 0x306F, 4, 15); /* は */
  assert_at (page, 0x306B, 4, 16); /* に */
  assert_at (page, 0x307B, 8, 2);  /* ほ */
  assert_at (page, 0x3078, 8, 6);  /* へ */
  assert_at (page, 0x3068, 8, 16); /* と */
  assert_at (page, '*', 8, 36);
  assert_at (page, 0x3061, 8, 37); /* ち */
  hk_reader_close (source);
}

/* Markup in another encoding, and what says otherwise within it. */
static void
test_encoding (void)
{
  static const char sjis[] = "<html><head><meta charset=\"UTF-8\"></head><table><tr><td>\x8f\x5a\x96\xaf\x82\xcc\x8e\x91\x97\xbf\x82\xf0\x8b\x4c\x8d\xda\x82\xb7\x82\xe9</td></tr></table></html>";
  g_autofree char *read = dump (sjis);

  g_assert_cmpstr (read, ==, "住民の資料を記載する");
}

/* --- Dear files ------------------------------------------------------------------------------- */

static char *
repeated (const char *head,
          const char *unit,
          gsize       n)
{
  GString *text = g_string_new (head);

  while (text->len < n)
    g_string_append (text, unit);
  return g_string_free (text, FALSE);
}

/* HEAD, and then UNIT until there are N bytes, is read within seconds. */
static void
assert_cheap (const char *head,
              const char *unit,
              gsize       n)
{
  g_autofree char   *text   = repeated (head, unit, n);
  g_autoptr (GError) error  = NULL;
  gint64             begin  = g_get_monotonic_time ();
  HkPageSource      *source = open_text (text);
  guint              pages  = 0;

  for (HkPage *page; (page = source->next (source, &error)) != NULL; hk_page_free (page))
    pages++;
  g_assert_no_error (error);
  g_assert_cmpuint (pages, ==, source->n_pages);
  g_assert_cmpuint (pages, <=, 10000);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_TIME_SPAN_SECOND);
  hk_reader_close (source);
}

static void
test_hostile (void)
{
  static const struct {
    const char *head, *unit;
  } files[] = {
    { "<table>a", "<tr><td>" },
    { "<html>a", "<div>" },
    { "<html>a", "<b><i>" },
    { "<html>a", "<table><tr><td>" },
    { "<html>a<table>", "<tr><td colspan=1000000000 rowspan=1000000000>x</td>" },
    { MD, "&lt;&#x3042;" },
    { "<!DOCTYPE html [<!ENTITY a \"&a;&a;\">]><html>", "&a;" },
    { MD, "*a **b " },
    { MD, "<a " },
    { MD, "<p =\"" },
    { MD, "<!--" },
    { MD, "[a](" },
    { MD, "![a" },
    { MD, "$a" },
    { MD, "|" },
    { MD "|a|\n|---|\n", "|a" },
    { MD, "a\t" },
    { MD, "| a\n" },
    { MD, "---\n" },
    { MD "a\n", "---\n\na\n\n" },
    { "<html>a", "<!-- page -->a" },
    { MD, "\\" },
    { MD, "<![CDATA[" },
    { MD, "<![CDATA[a]]>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    assert_cheap (files[i].head, files[i].unit, 1000000);
  assert_cheap ("<p>", "<input type=checkbox>", 4000000);
}

static void
test_blank (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<html><table><tr><td> </td></tr></table></html>", 47);

  g_assert_null (hk_reader_open (bytes, NULL, &error));
  g_assert_error (error, HK_ERROR, HK_ERROR_EMPTY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("/cells/%s", cases[i].name);
    g_test_add_data_func (name, &cases[i], test_cells);
  }
  g_test_add_func ("/detect/plain-text", test_plain_text);
  g_test_add_func ("/detect/markup", test_markup);
  g_test_add_func ("/places", test_places);
  g_test_add_func ("/encoding", test_encoding);
  g_test_add_func ("/hostile", test_hostile);
  g_test_add_func ("/blank", test_blank);
  return g_test_run ();
}
