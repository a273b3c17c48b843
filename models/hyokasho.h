/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libhyokasho: reads a published 特定個人情報保護評価書 (an assessment under
 * the My Number Act) and gives its contents as a tree of typed values.
 *
 *   HkDocument *document = hk_read_file ("report.pdf", &error);
 *   HkNode     *node     = hk_document_root (document);
 *   while ((node = hk_node_walk (node)) != NULL)
 *     if (hk_node_value (node) != NULL) ...
 *   hk_document_write (document, HK_FORMAT_XML, stdout, &error);
 *   hk_document_free (document);
 *
 * Two kinds of trouble are kept apart. A GError says that a call could not do
 * its work. A diagnostic says that the document is questionable; it is part
 * of the document and never stops a call.
 *
 * Every string is UTF-8. Unless a function says otherwise, what it returns
 * belongs to the document and lives as long as it does. A document may be
 * used by one thread at a time.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

#define HK_XML_NAMESPACE "urn:hyokasho:assessment:1"

typedef struct _HkDocument HkDocument; /* one assessment, and the report on reading it */
typedef struct _HkNode     HkNode;     /* a place in its tree: a block, a group or an item */
typedef struct _HkValue    HkValue;    /* what was read there */

/* How sure the reader is of a value. */
typedef enum {
  HK_STATUS_CERTAIN,  /* label and value are tied by the document itself */
  HK_STATUS_INFERRED, /* tied by knowledge of the form, or by other text of the document */
  HK_STATUS_UNCERTAIN /* a best guess, or known to be unreadable: somebody must look */
} HkStatus;

/* What an item of the form holds. */
typedef enum {
  HK_KIND_TEXT,   /* characters as printed */
  HK_KIND_LIST,   /* one entry a line */
  HK_KIND_CHOICE, /* the printed words of one option */
  HK_KIND_CHECKS, /* a group of marks; its children are HK_KIND_CHECK */
  HK_KIND_CHECK,  /* "1" marked, "0" not marked, "?" cannot be told */
  HK_KIND_DATE,   /* as printed; hk_value_iso_date() has it converted */
  HK_KIND_COUNT   /* as printed; hk_value_bounds() has it as a number */
} HkKind;

typedef enum { HK_FORMAT_XML, HK_FORMAT_JSON, HK_FORMAT_TSV, HK_FORMAT_SUMMARY } HkFormat;

/* What a diagnostic means for the reader of the result. */
typedef enum {
  HK_SEVERITY_NOTE,    /* worth knowing; nothing is in doubt */
  HK_SEVERITY_WARNING, /* a value may differ from what its writer meant */
  HK_SEVERITY_ERROR    /* something of the document could not be read */
} HkSeverity;

/* A rectangle in points (1/72 inch): origin top left of the page as shown, y down. */
typedef struct {
  double x0, y0, x1, y1;
} HkBox;

/* Where a piece of text stands. A value that runs over pages has one per page.
   What a PDF says has a box and a span; what a text file says has lines. */
typedef struct {
  guint page;        /* from 1; 0 where the input has no pages */
  HkBox box;         /* all zero where the input has no geometry */
  guint begin, end;  /* span [begin, end) in characters of the page's text in source order; 0 where there are lines */
  guint line, column;           /* of the first character in a text file, both from 1; 0 where the input is none … */
  guint last_line, last_column; /* … and of the last. Columns are counted in characters */
} HkPlace;

/* Characters of the source by what became of them; white space is not counted. */
typedef struct {
  guint64 source;   /* all; always the sum of the others */
  guint64 values;   /* in a value */
  guint64 form;     /* printed words of the form: labels, options, headings, brackets */
  guint64 running;  /* running headers, footers and page numbers */
  guint64 unplaced; /* no place was found; listed one by one */
} HkCounts;

typedef struct {
  const char *code;     /* kebab-case, stable; docs/diagnostics.md lists them */
  HkSeverity  severity;
  HkPlace     place;    /* page 0: the whole document */
  const char *message;  /* the defect, and what was done about it */
} HkDiagnostic;

typedef struct {
  HkPlace     place;
  const char *text;
} HkUnplaced;

/* --- Reading --------------------------------------------------------- */

#define HK_ERROR (hk_error_quark ())
GQuark hk_error_quark (void);

typedef enum {
  HK_ERROR_IO,          /* the file cannot be opened, read or written */
  HK_ERROR_NOT_A_FORM,  /* readable, but not in a format that is known */
  HK_ERROR_DAMAGED,     /* the right format, but it cannot be read */
  HK_ERROR_ENCRYPTED,   /* a password is needed */
  HK_ERROR_EMPTY,       /* no bytes, or no pages */
  HK_ERROR_INVALID,     /* XML that is not an assessment */
  HK_ERROR_PAGES        /* more pages than the caller allows */
} HkError;

/* Reads the document in PATH, a PDF or the text of one. Returns a new document,
   or NULL with ERROR set. A document that is only partly understood is no error: see
   hk_document_diagnostics(). Free it with hk_document_free().

   A damaged PDF can bring Poppler down or keep it busy forever; each PDF is
   therefore opened in a child process, made by fork() and waited for by its
   number. A host that waits for any child (waitpid (-1, …)) or ignores SIGCHLD
   may take that wait away, and one whose other threads hold locks at the time
   had better read in a program of its own: `hyokasho convert`. */
HkDocument *hk_read_file (const char *path, GError **error);

/* The same, from memory. NAME is what messages and the output call it. */
HkDocument *hk_read_bytes (GBytes *bytes, const char *name, GError **error);

/* When the pages of a PDF are read from their pictures, by OCR. */
typedef enum {
  HK_OCR_AUTO,  /* where their text is missing or cannot be trusted */
  HK_OCR_NEVER,
  HK_OCR_ALWAYS
} HkOcrUse;

/* How to read; all zero is how hk_read_file() does. */
typedef struct {
  HkOcrUse    ocr;
  const char *password;  /* of an encrypted PDF, or NULL */
  guint       max_pages; /* a document of more is not read: NULL with HK_ERROR_PAGES; 0: any number */
} HkReading;

HkDocument *hk_read_file_how (const char *path, const HkReading *how, GError **error);
HkDocument *hk_read_bytes_how (GBytes *bytes, const char *name, const HkReading *how, GError **error);

/* Reads back what hk_document_write() wrote as XML; the values, places,
   statuses, counts and diagnostics are those of the document written. */
HkDocument *hk_read_xml (GBytes *bytes, const char *name, GError **error);

void hk_document_free (HkDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkDocument, hk_document_free)

/* What this installation lacks for reading (poppler-data, …), as a sentence
   for people, or NULL when nothing is missing. Static. */
const char *hk_missing_data (void);

/* --- The document ----------------------------------------------------- */

const char *hk_document_name (const HkDocument *document);    /* of the input */
void        hk_document_set_name (HkDocument *document, const char *name); /* of another input of the same bytes; copied */
guint       hk_document_pages (const HkDocument *document);
guint       hk_document_form (const HkDocument *document);    /* 2, 3, 4 (様式２…); 0: not recognised */
const char *hk_document_edition (const HkDocument *document); /* 令和６年10月; NULL: not recognised */
const char *hk_document_recognised_by (const HkDocument *document); /* why form and edition are believed */

HkCounts            hk_document_counts (const HkDocument *document);
const HkDiagnostic *hk_document_diagnostics (const HkDocument *document, guint *n);
const HkUnplaced   *hk_document_unplaced (const HkDocument *document, guint *n);
guint               hk_document_count_values (const HkDocument *document, HkStatus status);

/* --- Walking the tree -------------------------------------------------- */

HkNode *hk_document_root (const HkDocument *document);

/* The next node in form order, children before siblings; NULL after the last.
   Begin with the root; the root itself is not returned. */
HkNode *hk_node_walk (const HkNode *node);

/* The node at PATH (catalogue syntax, "file[1]/consignment[2]/contractor"),
   or NULL. */
HkNode *hk_document_find (const HkDocument *document, const char *path);

HkNode        *hk_node_parent (const HkNode *node);
HkNode        *hk_node_first_child (const HkNode *node);
HkNode        *hk_node_next (const HkNode *node);
const char    *hk_node_name (const HkNode *node);   /* the last segment of its path */
guint          hk_node_number (const HkNode *node); /* of a repeated block, from 1; else 0 */
const char    *hk_node_title (const HkNode *node);  /* heading printed over a block or risk, or NULL */
char          *hk_node_path (const HkNode *node);   /* free with g_free() */
const HkValue *hk_node_value (const HkNode *node);  /* NULL: the node only groups others */

HkKind         hk_value_kind (const HkValue *value);
HkStatus       hk_value_status (const HkValue *value);
const char    *hk_value_text (const HkValue *value);
const char    *hk_value_label (const HkValue *value);  /* as printed, or NULL */
const char    *hk_value_reason (const HkValue *value); /* why not certain, or NULL */
const HkPlace *hk_value_places (const HkValue *value, guint *n);
guint          hk_value_ocr (const HkValue *value);      /* how sure OCR is of its least sure character, percent; 0: not read by OCR */
guint          hk_value_option (const HkValue *value);   /* printed number of the choice; 0: none */
const char    *hk_value_iso_date (const HkValue *value); /* 2025-04-01, 2015-09; NULL: not a date */

/* The range that a choice names, or the number that a count is (then both are
   equal). FALSE: neither. A missing bound is -1. */
gboolean hk_value_bounds (const HkValue *value, gint64 *min, gint64 *max);

/* --- The forms as data ---------------------------------------------------- */

typedef struct _HkFormRow HkItem; /* a row of a form that has a value: an item; static */

/* The item behind ITEM in the order of FORM (2, 3, 4); the first behind NULL. NULL after the last. */
const HkItem *hk_item_next (guint form, const HkItem *item);

const char *hk_item_path (const HkItem *item); /* in the catalogue, "file[]/consignment[]/contractor" */
HkKind      hk_item_kind (const HkItem *item);

/* Number and label as the current edition prints them, "③委託先名"; of an item
   without a label, those of the heading it stands below. Free with g_free(). */
char *hk_item_label (guint form, const HkItem *item);

/* The headings above it, the outermost first, parted by " ＞ ". Free with g_free(). */
char *hk_item_section (guint form, const HkItem *item);

/* What it is, in English, from the outermost group of its path to the item,
   parted by ": "; without what BLOCK, the beginning of that path, is called
   ("": nothing is left out). Free with g_free(). */
char *hk_item_english (const HkItem *item, const char *block);

/* What ITEM's NUMBER-th option is called, from 1: of a choice WORDS, of checks
   the SLUG of the path, too (else NULL). Free both with g_free(). FALSE: there is none. */
gboolean hk_item_option (const HkItem *item, guint number, char **slug, char **words);

/* --- Writing ------------------------------------------------------------ */

/* Writes DOCUMENT to FILE, which stays open. The bytes depend on the document
   and this library's version alone. FALSE with ERROR set when FILE refuses. */
gboolean hk_document_write (const HkDocument *document, HkFormat format, FILE *file, GError **error);

/* Whether BYTES is XML that the published schema (models/assessment.rng)
   accepts. FALSE with ERROR set, naming the line, when it is not. */
gboolean hk_validate_xml (GBytes *bytes, const char *name, GError **error);

const char *hk_version (void);

G_END_DECLS
