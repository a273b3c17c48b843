/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands within a line of Markdown: which angle brackets are tags, and what
 * emphasis, escapes and formulas say.
 *
 * Whether a bracket is a tag is told by its name alone, which libxml2 knows; what a
 * tag says is libxml2's affair. The question has to be asked before, because these
 * texts are full of brackets that are none (<選択肢>), and an HTML parser drops those.
 */
#include "markup.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/* A tag with all its attributes (characters). What is longer is none. */
#define TAG_MAX 4096

/* A formula is a sign or two. */
#define FORMULA_MAX 60

#define ADDRESS_MAX 500

/* Spaces between a bracket and the mark in it. */
#define MARK_SPACES 8

/* --- Tags -------------------------------------------------------------------------- */

/* Elements of HTML 5, which libxml2 does not list. */
static const char *const html5[] = { "article", "aside", "details", "figcaption", "figure", "footer", "header", "main", "mark", "nav", "section", "summary", "time", "wbr" };

static gboolean
is_element (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (html5); i++)
    if (strcmp (name, html5[i]) == 0)
      return TRUE;
  return htmlTagLookup ((const xmlChar *) name) != NULL;
}

static gboolean
is_ascii_letter (gunichar ch)
{
  return ch < 0x80 && g_ascii_isalpha ((char) ch);
}

static gboolean
is_name_char (gunichar ch)
{
  return ch < 0x80 && (g_ascii_isalnum ((char) ch) || ch == '_' || ch == '-');
}

/* Reads the name at AT into NAME, in lower case. Returns what is behind it; AT: there is none. */
static gsize
read_name (const HkDecoded *text,
           gsize            at,
           gsize            end,
           char             name[HK_TAG_NAME_MAX])
{
  gsize n = 0;

  if (at >= end || !is_ascii_letter (text->chars[at]))
    return at;
  while (at + n < end && is_name_char (text->chars[at + n])) {
    if (n + 1 == HK_TAG_NAME_MAX)
      return at;
    name[n] = g_ascii_tolower ((char) text->chars[at + n]);
    n++;
  }
  name[n] = '\0';
  return at + n;
}

/* Whether WORDS (ASCII) stand at AT, in either case. */
static gboolean
spells (const HkDecoded *text,
        gsize            at,
        gsize            end,
        const char      *words)
{
  for (; *words != '\0'; words++, at++)
    if (at >= end || text->chars[at] >= 0x80 || g_ascii_tolower ((char) text->chars[at]) != *words)
      return FALSE;
  return TRUE;
}

void
hk_tag_names_init (HkTagNames      *names,
                   const HkDecoded *text)
{
  char name[HK_TAG_NAME_MAX];

  names->closed   = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->comments = 0;
  for (gsize at = 0; at + 2 < text->n; at++) {
    if (text->chars[at] == '-' && text->chars[at + 1] == '-' && text->chars[at + 2] == '>')
      names->comments = at + 3;
    if (text->chars[at] != '<' || text->chars[at + 1] != '/')
      continue;
    gsize behind = read_name (text, at + 2, text->n, name);
    if (behind > at + 2 && behind < text->n && text->chars[behind] == '>' && !g_hash_table_contains (names->closed, name))
      g_hash_table_add (names->closed, g_strdup (name));
  }
}

void
hk_tag_names_clear (HkTagNames *names)
{
  g_clear_pointer (&names->closed, g_hash_table_unref);
}

/* Where the tag ends whose name ends at AT: behind the next > outside of quotes. 0: it
   does not within TAG_MAX; a quote that is not closed there is none. */
static gsize
tag_end (const HkDecoded *text,
         gsize            at,
         gsize            end)
{
  gsize    limit = MIN (end, at + TAG_MAX), first = 0;
  gunichar quote = 0, before = 0;

  for (; at < limit; at++) {
    gunichar ch = text->chars[at];

    if (ch == '>' && first == 0)
      first = at + 1;
    if (quote != 0)
      quote = ch == quote ? 0 : quote;
    else if (ch == '>')
      return at + 1;
    else if (ch == '<')
      return first;
    else if ((ch == '"' || ch == '\'') && before == '=')
      quote = ch;
    if (!g_unichar_isspace (ch))
      before = ch;
  }
  return first;
}

/* A comment or a declaration at AT. One that does not end is text. */
static HkTag
declaration_at (const HkDecoded  *text,
                const HkTagNames *names,
                gsize             at,
                gsize             end)
{
  HkTag       tag     = { .kind = HK_TAG_OTHER };
  gboolean    comment = spells (text, at, end, "<!--");
  const char *closes  = comment ? "-->" : ">";
  gsize       limit   = comment ? MIN (end, names->comments) : MIN (end, at + TAG_MAX);

  if (!comment && !spells (text, at, end, "<!doctype") && !spells (text, at, end, "<?xml"))
    return (HkTag){ .kind = HK_TAG_NONE };
  for (gsize i = at + 2; i < limit; i++)
    if (spells (text, i, end, closes)) {
      tag.end = i + strlen (closes);
      return tag;
    }
  return (HkTag){ .kind = HK_TAG_NONE };
}

HkTag
hk_tag_at (const HkDecoded *text,
           const HkTagNames *names,
           gsize            at,
           gsize            end)
{
  HkTag tag = { .kind = HK_TAG_NONE };

  if (at + 1 >= end || text->chars[at] != '<')
    return tag;
  if (text->chars[at + 1] == '!' || text->chars[at + 1] == '?')
    return declaration_at (text, names, at, end);

  gboolean closes = text->chars[at + 1] == '/';
  gsize    begin  = at + 1 + closes, behind = read_name (text, begin, end, tag.name);
  gboolean known  = behind > begin && (is_element (tag.name) || g_hash_table_contains (names->closed, tag.name));

  if (!known)
    return tag;
  if (behind == end) {
    tag.torn = end == text->n;
    tag.end  = end;
  }
  else if (text->chars[behind] == '>' || text->chars[behind] == '/' || g_unichar_isspace (text->chars[behind])) {
    tag.end  = tag_end (text, behind, end);
    tag.torn = tag.end == 0 && end == text->n && end - behind < TAG_MAX;
    if (tag.torn)
      tag.end = end;
  }
  if (tag.end > 0)
    tag.kind = closes ? HK_TAG_CLOSE : HK_TAG_OPEN;
  return tag;
}

gsize
hk_tag_raw_end (const HkDecoded *text,
                const HkTag     *tag,
                gsize            end)
{
  const char *closes = strcmp (tag->name, "style") == 0 ? "</style" : strcmp (tag->name, "script") == 0 ? "</script" : NULL;

  if (closes == NULL || tag->kind != HK_TAG_OPEN)
    return tag->end;
  for (gsize at = tag->end; at < end; at++)
    if (text->chars[at] == '<' && spells (text, at, end, closes))
      return at;
  return end; /* as a browser has it */
}

/* --- The feed ------------------------------------------------------------------------- */

HkFeed *
hk_feed_new (void)
{
  HkFeed *feed = g_new0 (HkFeed, 1);

  feed->html   = g_string_new (NULL);
  feed->source = g_array_new (FALSE, FALSE, sizeof (guint32));
  return feed;
}

void
hk_feed_free (HkFeed *feed)
{
  if (feed == NULL)
    return;
  g_string_free (feed->html, TRUE);
  g_array_unref (feed->source);
  g_free (feed);
}

static void
mark_source (HkFeed *feed,
             guint32 source)
{
  while (feed->source->len < feed->html->len)
    g_array_append_val (feed->source, source);
}

/* A character that no XML holds; libxml2 would drop it. */
static gboolean
is_forbidden (gunichar ch)
{
  return (ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r') || (ch >= 0xD800 && ch < 0xE000) || ch == 0xFFFE || ch == 0xFFFF || ch > 0x10FFFF;
}

void
hk_feed_char (HkFeed  *feed,
              gunichar ch,
              gsize    at)
{
  if (ch == '<' || ch == '>' || ch == '&')
    g_string_append (feed->html, ch == '<' ? "&lt;" : ch == '>' ? "&gt;" : "&amp;");
  else
    g_string_append_unichar (feed->html, is_forbidden (ch) ? 0xFFFD : ch);
  mark_source (feed, (guint32) at);
}

void
hk_feed_tag (HkFeed     *feed,
             const char *tag)
{
  g_string_append (feed->html, tag);
  mark_source (feed, HK_FEED_MARKUP);
}

/* Passes TAG at AT on. */
static void
feed_tag_of (HkFeed          *feed,
             const HkDecoded *text,
             const HkTag     *tag,
             gsize            at)
{
  for (gsize i = at; i < tag->end; i++)
    g_string_append_unichar (feed->html, is_forbidden (text->chars[i]) ? ' ' : text->chars[i]);
  if (tag->torn)
    g_string_append_c (feed->html, '>');
  mark_source (feed, HK_FEED_MARKUP);
  feed->torn |= tag->torn;
  feed->open |= tag->torn;
}

/* --- Emphasis, escapes, formulas ------------------------------------------------------------- */

static const struct {
  const char *command;
  gunichar    ch;
} formulas[] = {
  { "\\bigcirc", 0x25CB }, { "\\circ", 0x25CB },     { "\\bullet", 0x25CF },  { "\\odot", 0x25CE },      { "\\checkmark", 0x2713 },
  { "\\square", 0x2610 },  { "\\box", 0x2610 },      { "\\boxtimes", 0x2612 }, { "\\blacksquare", 0x25A0 }, { "\\rightarrow", 0x2192 },
  { "\\to", 0x2192 },      { "\\leftarrow", 0x2190 }, { "\\times", 0xD7 },     { "\\sim", 0xFF5E },      { "\\cdot", 0x30FB },
};

/* What says how signs look, not which they are: the braces around them last. */
static const char *const looks[] = { "\\scriptsize", "\\footnotesize", "\\small", "\\tiny", "\\normalsize", "\\large", "\\mathrm{", "\\text{", "\\rm", "\\quad", "\\left", "\\right", "{", "}" };

/* Takes LOOK out of INSIDE, where it is no beginning of a longer command. */
static void
drop_look (char       *inside,
           const char *look)
{
  gsize    n    = strlen (look);
  gboolean word = g_ascii_isalpha (look[n - 1]);

  for (char *at = inside; (at = strstr (at, look)) != NULL;)
    if (word && g_ascii_isalpha (at[n]))
      at += n;
    else
      memmove (at, at + n, strlen (at + n) + 1);
}

/* The sign that INSIDE says, which stands between the dollars; 0: it is none of those known. */
static gunichar
sign_of (const char *inside)
{
  static const char circled[] = "\\textcircled";

  for (gsize f = 0; f < G_N_ELEMENTS (formulas); f++)
    if (strcmp (inside, formulas[f].command) == 0)
      return formulas[f].ch;
  if (!g_str_has_prefix (inside, circled))
    return 0;
  char   *rest;
  guint64 number = g_ascii_strtoull (inside + strlen (circled), &rest, 10);
  return *rest == '\0' && number >= 1 && number <= 20 ? 0x2460 + (gunichar) number - 1 : 0;
}

typedef struct {
  gunichar sign;
  gboolean brackets; /* around the sign */
  gsize    end;      /* behind it; 0: it is no formula that is known */
} Formula;

/* The formula at AT: $\bigcirc$, \(\checkmark\), ${\textcircled{\scriptsize 3}}$, $[\bigcirc]$. */
static Formula
formula_at (const HkDecoded *text,
            gsize            at,
            gsize            end)
{
  gboolean dollar = text->chars[at] == '$';
  Formula  none   = { 0 }, formula = { 0 };
  char     inside[FORMULA_MAX];
  gsize    n = 0, i = at + (dollar ? 1 : 2);

  for (; i < end && n + 1 < FORMULA_MAX; i++) {
    gunichar ch = text->chars[i];
    if (dollar ? ch == '$' : ch == '\\' && i + 1 < end && text->chars[i + 1] == ')')
      break;
    if (ch == 0 || ch >= 0x80 || ch == '\n')
      return none;
    if (ch != ' ')
      inside[n++] = g_ascii_tolower ((char) ch);
  }
  if (i >= end || n + 1 == FORMULA_MAX)
    return none;
  inside[n] = '\0';
  for (gsize l = 0; l < G_N_ELEMENTS (looks); l++)
    drop_look (inside, looks[l]);
  n = strlen (inside);
  formula.end      = i + (dollar ? 1 : 2);
  formula.brackets = n > 2 && inside[0] == '[' && inside[n - 1] == ']';
  if (formula.brackets)
    inside[n - 1] = '\0';
  formula.sign = sign_of (inside + formula.brackets);
  return formula.sign != 0 ? formula : none;
}

static void
feed_formula (HkFeed        *feed,
              const Formula *formula,
              gsize          at)
{
  if (formula->brackets)
    hk_feed_char (feed, '[', at);
  hk_feed_char (feed, formula->sign, at);
  if (formula->brackets)
    hk_feed_char (feed, ']', at);
}

/* Where the image or link at AT ends, ![…](…) or […](address); 0: it is none. *CLOSE is the
   bracket before the address. */
static gsize
link_end (const HkDecoded *text,
          gsize            at,
          gsize            end,
          gsize           *close)
{
  gboolean image = text->chars[at] == '!', address = FALSE;
  gsize    i = at + 1 + image;

  while (i < end && i < at + ADDRESS_MAX && text->chars[i] != ']' && text->chars[i] != '[' && text->chars[i] != '\n')
    i++;
  if (i + 1 >= end || text->chars[i] != ']' || text->chars[i + 1] != '(')
    return 0;
  *close = i;
  for (i += 2; i < end && i < *close + ADDRESS_MAX && text->chars[i] != ')'; i++) {
    gunichar ch = text->chars[i];
    if (!image && (ch >= 0x80 || g_unichar_isspace (ch)))
      return 0;
    address |= ch == '/' || ch == '.' || ch == '#' || ch == ':';
  }
  return i < end && text->chars[i] == ')' && (address || image) ? i + 1 : 0;
}

/* Whether a run of N characters like the one at AT can close emphasis, or open it. */
static gboolean
may_close (const HkDecoded *text,
           gsize            at,
           gsize            begin)
{
  return at > begin && !g_unichar_isspace (text->chars[at - 1]);
}

static gboolean
may_open (const HkDecoded *text,
          gsize            at,
          gsize            n,
          gsize            end)
{
  return at + n < end && !g_unichar_isspace (text->chars[at + n]);
}

static gboolean
is_word_char (const HkDecoded *text,
              gsize            at,
              gsize            begin,
              gsize            end)
{
  return at >= begin && at < end && text->chars[at] < 0x80 && g_ascii_isalnum ((char) text->chars[at]);
}

static const char emphases[] = "*_~`";

#define N_EMPHASIS (sizeof emphases - 1)

/* How many characters of emphasis stand at AT: **, __, ~~, ` or a single * or _; 0: none. */
static gsize
emphasis_at (const HkDecoded *text,
             gsize            at,
             gsize            end)
{
  gunichar ch = text->chars[at];
  gsize    n  = 1;

  if (ch == 0 || ch >= 0x80 || strchr (emphases, (int) ch) == NULL)
    return 0;
  while (at + n < end && text->chars[at + n] == ch)
    n++;
  if (ch == '~')
    return n == 2 ? 2 : 0;
  if (ch == '`')
    return n == 1 ? 1 : 0;
  return n <= 3 ? n : 0;
}

static gboolean
is_bracket (gunichar ch,
            gboolean opens)
{
  static const gunichar brackets[] = { '[', ']', '(', ')', 0xFF3B, 0xFF3D, 0xFF08, 0xFF09, 0x3014, 0x3015 };

  for (gsize b = opens ? 0 : 1; b < G_N_ELEMENTS (brackets); b += 2)
    if (ch == brackets[b])
      return TRUE;
  return FALSE;
}

/* Whether the single star at AT is a mark: it stands alone between brackets, [*] or [ * ]. */
static gboolean
is_mark (const HkDecoded *text,
         gsize            at,
         gsize            begin,
         gsize            end)
{
  gsize left = at, right = at + 1;

  while (left > begin && text->chars[left - 1] == ' ' && at - left < MARK_SPACES)
    left--;
  while (right < end && text->chars[right] == ' ' && right - at <= MARK_SPACES)
    right++;
  return text->chars[at] == '*' && left > begin && right < end && is_bracket (text->chars[left - 1], TRUE) && is_bracket (text->chars[right], FALSE);
}

/* Whether emphasis may go on behind a tag of that NAME. */
static gboolean
is_phrase (const char *name)
{
  static const char *const names[] = { "b", "i", "strong", "em", "u", "span", "small", "sub", "sup", "font", "input", "code", "a" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The characters of [BEGIN, END) that only emphasise: those of a run that another one
   of the same kind closes. Each kind has one open run at the most, so this is linear. */
static GHashTable *
find_emphasis (const HkDecoded *text,
               const HkTagNames *names,
               gsize            begin,
               gsize            end)
{
  GHashTable *found = g_hash_table_new (NULL, NULL);
  gsize       open[N_EMPHASIS][4] = { { 0 } }; /* by character and length: where, and one more */

  for (gsize at = begin, n; at < end; at += MAX (n, 1)) {
    HkTag tag = hk_tag_at (text, names, at, end);

    n = tag.kind != HK_TAG_NONE ? tag.end - at : text->chars[at] == '\\' ? 2 : 0;
    if (tag.kind != HK_TAG_NONE && !is_phrase (tag.name))
      memset (open, 0, sizeof open);
    if (n > 0)
      continue;
    n = emphasis_at (text, at, end);
    if (n == 0)
      continue;
    gunichar ch    = text->chars[at];
    gsize   *slot  = &open[strchr (emphases, (int) ch) - emphases][n];
    gboolean words = n == 1 && is_word_char (text, at - 1, begin, end) && is_word_char (text, at + n, begin, end);

    if (words || (n == 1 && is_mark (text, at, begin, end)))
      continue;
    if (*slot > 0 && may_close (text, at, begin)) {
      for (gsize i = 0; i < n; i++) {
        g_hash_table_add (found, GSIZE_TO_POINTER (*slot - 1 + i));
        g_hash_table_add (found, GSIZE_TO_POINTER (at + i));
      }
      *slot = 0;
    }
    else if (may_open (text, at, n, end))
      *slot = at + 1;
  }
  return found;
}

/* Tags that make or part cells, or pages: none of a cell's own. */
static gboolean
parts_cells (const char *name)
{
  static const char *const names[] = { "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "html", "body", "head", "title", "hr" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Appends the entity at AT. Returns what is behind it; AT: there is none. */
static gsize
feed_entity (HkFeed          *feed,
             const HkDecoded *text,
             gsize            at,
             gsize            end)
{
  char  entity[16];
  gsize n = 0;

  while (n + 1 < sizeof entity && at + n < end && text->chars[at + n] < 0x80 && (n == 0 || text->chars[at + n] == '#' || is_name_char (text->chars[at + n]))) {
    entity[n] = (char) text->chars[at + n];
    n++;
  }
  entity[n] = '\0';
  if (n < 3 || at + n >= end || text->chars[at + n] != ';')
    return at;
  if (entity[1] == '#') {
    gboolean hex = entity[2] == 'x' || entity[2] == 'X';
    char    *rest;
    guint64  code = g_ascii_strtoull (entity + 2 + hex, &rest, hex ? 16 : 10);
    if (*rest != '\0' || rest == entity + 2 + hex || code < 0x20 || code > 0x10FFFF)
      return at;
    hk_feed_char (feed, (gunichar) code, at);
    return at + n + 1;
  }
  const htmlEntityDesc *known = htmlEntityLookup ((const xmlChar *) entity + 1);
  if (known == NULL)
    return at;
  hk_feed_char (feed, known->value, at);
  return at + n + 1;
}

static gboolean
is_doctype (const HkTag     *tag,
            const HkDecoded *text,
            gsize            at)
{
  return tag->kind == HK_TAG_OTHER && !spells (text, at, tag->end, "<!--");
}

/* Tags around a page as a whole. libxml2 would take what follows </html> for no part of
   the text, and believe what <meta> says of the encoding. */
static gboolean
is_of_page (const char *name)
{
  static const char *const names[] = { "html", "head", "body", "meta", "link", "base" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_dropped (gunichar ch)
{
  return ch == 0xFEFF || ch == 0x200B || ch == 0x2060;
}

static gboolean
is_escaped (const HkDecoded *text,
            gsize            at,
            gsize            end)
{
  return text->chars[at] == '\\' && at + 1 < end && text->chars[at + 1] < 0x80 && g_ascii_ispunct ((char) text->chars[at + 1]);
}

/* What is known of CDATA sections so far. */
typedef struct {
  gsize    close; /* where the last one that began ends: at its ]]> */
  gboolean none;  /* there is no other ]]> */
} Sections;

/* How long what begins a CDATA section is at AT, or what ends one; 0: neither stands there.
   HTML has no such sections, and reads one up to its first > as a comment; who writes
   one means what it holds. */
static gsize
section_mark (const HkDecoded *text,
              gsize            at,
              gsize            end,
              Sections        *sections)
{
  static const char opens[] = "<![cdata[", closes[] = "]]>";

  if (sections->close > 0 && at == sections->close)
    return strlen (closes);
  if (sections->none || text->chars[at] != '<' || !spells (text, at, end, opens))
    return 0;
  if (sections->close > at)
    return strlen (opens);
  for (gsize i = at + strlen (opens); i < end; i++)
    if (spells (text, i, end, closes)) {
      sections->close = i;
      return strlen (opens);
    }
  sections->none = TRUE;
  return 0;
}

void
hk_inline_feed (HkFeed          *feed,
                const HkDecoded *text,
                const HkTagNames *names,
                gsize            begin,
                gsize            end,
                gboolean         in_cell)
{
  g_autoptr (GHashTable) emphasis = find_emphasis (text, names, begin, end);
  gsize skip_from = 0, skip_to = 0; /* the address of an open link */
  Sections sections = { 0 };

  for (gsize at = begin, behind, close; at < end; at = behind) {
    gunichar ch  = text->chars[at];
    HkTag    tag = hk_tag_at (text, names, at, end);

    behind = at + 1;
    if (at == skip_from && skip_to > at)
      behind = skip_to;
    else if (section_mark (text, at, end, &sections) > 0)
      behind = at + section_mark (text, at, end, &sections);
    else if (tag.kind != HK_TAG_NONE) {
      if ((in_cell && parts_cells (tag.name)) || (tag.kind == HK_TAG_CLOSE && strcmp (tag.name, "br") == 0)) /* </br>, as a browser has it */
        hk_feed_tag (feed, "<br>");
      else if (!is_of_page (tag.name) && !is_doctype (&tag, text, at))
        feed_tag_of (feed, text, &tag, at);
      behind = hk_tag_raw_end (text, &tag, end);
    }
    else if (g_hash_table_contains (emphasis, GSIZE_TO_POINTER (at)) || is_dropped (ch))
      ;
    else if ((ch == '$' || (ch == '\\' && at + 1 < end && text->chars[at + 1] == '(')) && formula_at (text, at, end).end > 0) {
      Formula formula = formula_at (text, at, end);
      feed_formula (feed, &formula, at);
      behind = formula.end;
    }
    else if (is_escaped (text, at, end)) {
      hk_feed_char (feed, text->chars[at + 1], at + 1);
      behind = at + 2;
    }
    else if (ch == '&' && feed_entity (feed, text, at, end) > at) {
      while (text->chars[behind - 1] != ';')
        behind++;
    }
    else if (ch == '!' && at + 1 < end && text->chars[at + 1] == '[' && link_end (text, at, end, &close) > 0)
      behind = link_end (text, at, end, &close);
    else if (ch == '[' && link_end (text, at, end, &close) > 0) {
      skip_from = close;
      skip_to   = link_end (text, at, end, &close);
    }
    else if (ch == '\f')
      hk_feed_tag (feed, "<!--page-->");
    else
      hk_feed_char (feed, ch, at);
  }
}
