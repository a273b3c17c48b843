/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The document and its tree.
 *
 * What an item of the tree is called, where it stands and what it holds comes
 * from the form alone. A document whose form is not recognised has therefore
 * an empty tree, and all its text is unplaced.
 */
#include "model.h"

#include <stddef.h>
#include <math.h>
#include <string.h>

#ifndef HK_VERSION
#define HK_VERSION "unknown" /* only where somebody compiles without meson */
#endif

G_DEFINE_QUARK (hk-error-quark, hk_error)

const char *
hk_version (void)
{
  return HK_VERSION;
}

HkDocument *
hk_document_new (const char *name)
{
  HkDocument *document = g_new0 (HkDocument, 1);

  document->arena = hk_arena_new ();
  document->name = hk_arena_strdup (document->arena, name == NULL ? "" : name);
  document->root = hk_arena_new0 (document->arena, HkNode, 1);
  document->root->name = "";
  document->diagnostics = g_array_new (FALSE, TRUE, sizeof (HkDiagnostic));
  document->unplaced = g_array_new (FALSE, TRUE, sizeof (HkUnplaced));
  document->turns = g_array_new (FALSE, TRUE, sizeof (HkTurn));
  return document;
}

void
hk_document_free (HkDocument *document)
{
  if (document == NULL)
    return;
  g_array_unref (document->diagnostics);
  g_array_unref (document->unplaced);
  g_array_unref (document->turns);
  hk_arena_free (document->arena);
  g_free (document);
}

/* --- Making nodes ------------------------------------------------------------ */

static gboolean
is_called (const HkNode *node,
           const char   *name,
           gsize         len,
           guint         number)
{
  return node->number == number && strncmp (node->name, name, len) == 0 && node->name[len] == '\0';
}

static HkNode *
get_child (const HkNode *parent,
           const char   *name,
           gsize         len,
           guint         number)
{
  for (HkNode *child = parent->first; child != NULL; child = child->next)
    if (is_called (child, name, len, number))
      return child;
  return NULL;
}

HkNode *
hk_node_get (const HkNode *parent,
             const char   *name,
             guint         number)
{
  return get_child (parent, name, strlen (name), number);
}

guint
hk_node_count (const HkNode *parent,
               const char   *name)
{
  guint n = 0;

  for (const HkNode *child = parent->first; child != NULL; child = child->next)
    n += strcmp (child->name, name) == 0;
  return n;
}

guint
hk_node_next_number (const HkNode *parent,
                     const char   *name)
{
  const HkNode *last = parent->last;

  /* Without this shortcut a table of n changes would take n² steps. */
  if (last != NULL && last->number > 0 && strcmp (last->name, name) == 0)
    return last->number + 1;
  return hk_node_count (parent, name) + 1;
}

static gboolean
stands_before (const HkNode *a,
               guint         order,
               guint         number)
{
  return a->order != order ? a->order < order : a->number <= number;
}

/* Equal places keep the order of making. */
static void
insert_child (HkNode *parent,
              HkNode *node)
{
  HkNode *before = NULL;

  if (parent->last != NULL && stands_before (parent->last, node->order, node->number))
    before = parent->last;
  else
    for (HkNode *child = parent->first; child != NULL && stands_before (child, node->order, node->number);
         child = child->next)
      before = child;

  node->parent = parent;
  if (before == NULL) {
    node->next = parent->first;
    parent->first = node;
  } else {
    node->next = before->next;
    before->next = node;
  }
  if (node->next == NULL)
    parent->last = node;
}

/* As hk_node_child(), for a name that is a view. */
static HkNode *
make_child (HkDocument *document,
            HkNode     *parent,
            const char *name,
            gsize       len,
            guint       number,
            guint       order)
{
  HkNode *last = parent->last;
  HkNode *node = NULL;

  /* The next of a repeated block cannot be there yet. Without this shortcut
     a table of n changes would take n² steps. */
  if (last == NULL || number <= last->number || !is_called (last, name, len, last->number))
    node = get_child (parent, name, len, number);
  if (node != NULL)
    return node;

  node = hk_arena_new0 (document->arena, HkNode, 1);
  node->name = hk_arena_strndup (document->arena, name, len);
  node->number = number;
  node->order = order;
  insert_child (parent, node);
  return node;
}

HkNode *
hk_node_child (HkDocument *document,
               HkNode     *parent,
               const char *name,
               guint       number,
               guint       order)
{
  return make_child (document, parent, name, strlen (name), number, order);
}

static const struct {
  const char *name;
  gsize       offset;
} blocks_by_name[] = {
  { "file[]", offsetof (HkBlocks, file) },
  { "system[]", offsetof (HkBlocks, system) },
  { "consignment[]", offsetof (HkBlocks, consignment) },
  { "provision[]", offsetof (HkBlocks, provision) },
  { "transfer[]", offsetof (HkBlocks, transfer) },
  { "change[]", offsetof (HkBlocks, change) },
};

static HkNode *
open_block (const HkBlocks *blocks,
            const char     *segment,
            gsize           len)
{
  for (gsize i = 0; blocks != NULL && i < G_N_ELEMENTS (blocks_by_name); i++)
    if (strncmp (blocks_by_name[i].name, segment, len) == 0 && blocks_by_name[i].name[len] == '\0')
      return G_STRUCT_MEMBER (HkNode *, blocks, blocks_by_name[i].offset);
  return NULL;
}

HkNode *
hk_document_node (HkDocument     *document,
                  const HkBlocks *blocks,
                  const char     *path)
{
  g_autofree char *prefix = g_strdup (path); /* cut after each segment in turn */
  HkNode          *node = document->root;

  g_return_val_if_fail (document->form != NULL, NULL);

  for (const char *segment = path; *segment != '\0';) {
    gsize len = strcspn (segment, "/");
    gsize end = segment + len - path;

    if (len > 2 && segment[len - 1] == ']') {
      node = open_block (blocks, segment, len);
      if (node == NULL) {
        g_critical ("no block is open for %s", path);
        return NULL;
      }
    } else {
      HkFormSpot spot;

      prefix[end] = '\0';
      /* What the form does not have stands last, where it can be seen. */
      if (!hk_form_locate (document->form, prefix, &spot))
        spot.order = G_MAXUINT;
      prefix[end] = path[end];
      node = make_child (document, node, segment, len, 0, spot.order);
    }
    segment += len;
    segment += *segment == '/';
  }
  return node;
}

/* --- Values -------------------------------------------------------------------- */

HkValue *
hk_node_set (HkDocument *document,
             HkNode     *node,
             HkKind      kind,
             HkStatus    status,
             const char *text)
{
  HkValue *value = hk_arena_new0 (document->arena, HkValue, 1);

  value->kind = kind;
  value->status = status;
  value->text = hk_arena_strdup (document->arena, text == NULL ? "" : text);
  value->min = value->max = -1;
  node->value = value;
  return value;
}

/* BOX turned clockwise by DEGREES about the middle of a page WIDTH × HEIGHT: the
   box around what it becomes. */
static HkBox
turn_askew (const HkBox *box,
            double       degrees,
            double       width,
            double       height)
{
  double cosine = cos (degrees * G_PI / 180), sine = sin (degrees * G_PI / 180);
  double x = hk_box_mid_x (box) - width / 2, y = hk_box_mid_y (box) - height / 2;
  double across = hk_box_width (box) / 2, down = hk_box_height (box) / 2;
  double mid_x = width / 2 + x * cosine - y * sine, mid_y = height / 2 + x * sine + y * cosine;
  double half_width = across * cosine + down * fabs (sine), half_height = across * fabs (sine) + down * cosine;

  return (HkBox){ MAX (mid_x - half_width, 0), MAX (mid_y - half_height, 0), MIN (mid_x + half_width, width), MIN (mid_y + half_height, height) };
}

HkPlace
hk_document_place_shown (const HkDocument *document,
                         const HkPlace    *place)
{
  HkPlace shown = *place;

  if (document->unpaged)
    shown.page = 0;

  for (guint i = 0; i < document->turns->len; i++) {
    const HkTurn *turn   = &g_array_index (document->turns, HkTurn, i);
    const HkBox   before = shown.box, *box = &before;

    if (turn->page != place->page || hk_box_is_empty (box))
      continue;
    if (turn->quarters == 0)
      shown.box = turn_askew (box, turn->skew, turn->width, turn->height);
    else if (turn->quarters == 1)
      shown.box = (HkBox){ turn->height - box->y1, box->x0, turn->height - box->y0, box->x1 };
    else if (turn->quarters == 2)
      shown.box = (HkBox){ turn->width - box->x1, turn->height - box->y1, turn->width - box->x0, turn->height - box->y0 };
    else
      shown.box = (HkBox){ box->y0, turn->width - box->x1, box->y1, turn->width - box->x0 };
  }
  return shown;
}

void
hk_value_add_place (HkDocument    *document,
                    HkValue       *value,
                    const HkPlace *place)
{
  guint n = value->n_places;

  /* There is room for the next power of two: one page more must not copy all
     the pages before it, and leave the copy in the arena. */
  if ((n & (n - 1)) == 0) {
    HkPlace *places = hk_arena_new0 (document->arena, HkPlace, MAX (2 * n, 1));

    if (n > 0)
      memcpy (places, value->places, sizeof (HkPlace) * n);
    value->places = places;
  }
  value->places[value->n_places++] = hk_document_place_shown (document, place);
}

void
hk_value_doubt (HkDocument *document,
                HkValue    *value,
                HkStatus    status,
                const char *reason)
{
  if (status <= value->status)
    return;
  value->status = status;
  value->reason = hk_arena_strdup (document->arena, reason);
}

/* --- Reading the document -------------------------------------------------------- */

const char *
hk_document_name (const HkDocument *document)
{
  return document->name;
}

void
hk_document_set_name (HkDocument *document,
                      const char *name)
{
  document->name = hk_arena_strdup (document->arena, name);
}

guint
hk_document_pages (const HkDocument *document)
{
  return document->pages;
}

guint
hk_document_form (const HkDocument *document)
{
  return document->form == NULL ? 0 : document->form->number;
}

const char *
hk_document_edition (const HkDocument *document)
{
  return document->edition;
}

const char *
hk_document_recognised_by (const HkDocument *document)
{
  return document->recognised_by;
}

HkCounts
hk_document_counts (const HkDocument *document)
{
  return document->counts;
}

const HkDiagnostic *
hk_document_diagnostics (const HkDocument *document,
                         guint            *n)
{
  *n = document->diagnostics->len;
  return (const HkDiagnostic *) (void *) document->diagnostics->data;
}

const HkUnplaced *
hk_document_unplaced (const HkDocument *document,
                      guint            *n)
{
  *n = document->unplaced->len;
  return (const HkUnplaced *) (void *) document->unplaced->data;
}

guint
hk_document_count_values (const HkDocument *document,
                          HkStatus          status)
{
  guint n = 0;

  /* A group of checks is no value of its own: its options are. */
  for (const HkNode *node = document->root; node != NULL; node = hk_node_walk (node))
    n += node->value != NULL && node->value->kind != HK_KIND_CHECKS && node->value->status == status;
  return n;
}

/* --- Walking ------------------------------------------------------------------------ */

HkNode *
hk_document_root (const HkDocument *document)
{
  return document->root;
}

HkNode *
hk_node_walk (const HkNode *node)
{
  if (node->first != NULL)
    return node->first;
  while (node != NULL && node->next == NULL)
    node = node->parent;
  return node == NULL ? NULL : node->next;
}

/* The "[12]" at TEXT, LEN bytes long; 0: it is none. */
static guint
parse_number (const char *text,
              gsize       len)
{
  guint64 number = 0;

  if (len < 3 || text[0] != '[' || text[len - 1] != ']' || text[1] == '0')
    return 0;
  for (gsize i = 1; i < len - 1; i++) {
    if (!g_ascii_isdigit (text[i]))
      return 0;
    number = number * 10 + g_ascii_digit_value (text[i]);
    if (number > G_MAXUINT)
      return 0;
  }
  return number;
}

HkNode *
hk_document_find (const HkDocument *document,
                  const char       *path)
{
  HkNode *node = document->root;

  while (*path != '\0' && node != NULL) {
    gsize len = strcspn (path, "/");
    gsize name = MIN (strcspn (path, "["), len);
    guint number = parse_number (path + name, len - name);

    if (name < len && number == 0)
      return NULL;
    node = get_child (node, path, name, number);
    path += len;
    path += *path == '/';
  }
  return node == document->root ? NULL : node;
}

HkNode *
hk_node_parent (const HkNode *node)
{
  return node->parent;
}

HkNode *
hk_node_first_child (const HkNode *node)
{
  return node->first;
}

HkNode *
hk_node_next (const HkNode *node)
{
  return node->next;
}

const char *
hk_node_name (const HkNode *node)
{
  return node->name;
}

guint
hk_node_number (const HkNode *node)
{
  return node->number;
}

const char *
hk_node_title (const HkNode *node)
{
  return node->title;
}

/* NODE's path; with CATALOGUE, "[]" stands for every number. */
static char *
node_path (const HkNode *node,
           gboolean      catalogue)
{
  GString *path = g_string_new (NULL);

  for (; node->parent != NULL; node = node->parent) {
    char number[16] = "";

    if (node->number > 0 && catalogue)
      g_strlcpy (number, "[]", sizeof number);
    else if (node->number > 0)
      g_snprintf (number, sizeof number, "[%u]", node->number);
    g_string_prepend (path, number);
    g_string_prepend (path, node->name);
    if (node->parent->parent != NULL)
      g_string_prepend_c (path, '/');
  }
  return g_string_free (path, FALSE);
}

char *
hk_node_path (const HkNode *node)
{
  return node_path (node, FALSE);
}

gboolean
hk_node_locate (const HkDocument *document,
                const HkNode     *node,
                HkFormSpot       *spot)
{
  g_autofree char *path = node_path (node, TRUE);

  return document->form != NULL && hk_form_locate (document->form, path, spot);
}

const HkValue *
hk_node_value (const HkNode *node)
{
  return node->value;
}

HkKind
hk_value_kind (const HkValue *value)
{
  return value->kind;
}

HkStatus
hk_value_status (const HkValue *value)
{
  return value->status;
}

const char *
hk_value_text (const HkValue *value)
{
  return value->text;
}

const char *
hk_value_label (const HkValue *value)
{
  return value->label;
}

const char *
hk_value_reason (const HkValue *value)
{
  return value->reason;
}

const HkPlace *
hk_value_places (const HkValue *value,
                 guint         *n)
{
  *n = value->n_places;
  return value->places;
}

guint
hk_value_ocr (const HkValue *value)
{
  return value->ocr;
}

guint
hk_value_option (const HkValue *value)
{
  return value->option;
}

const char *
hk_value_iso_date (const HkValue *value)
{
  return value->iso_date;
}

gboolean
hk_value_bounds (const HkValue *value,
                 gint64        *min,
                 gint64        *max)
{
  *min = value->min;
  *max = value->max;
  return value->has_bounds;
}

void
hk_node_unlink (HkNode *node)
{
  HkNode  *parent = node->parent;
  HkNode **link   = &parent->first;
  HkNode  *before = NULL;

  while (*link != node) {
    before = *link;
    link   = &(*link)->next;
  }
  *link = node->next;
  if (parent->last == node)
    parent->last = before;
}
