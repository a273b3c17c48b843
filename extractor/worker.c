/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PDF pages, read by a child process.
 *
 * Anybody can publish a file that makes Poppler crash (double frees on
 * flipped bits), run for ever (forms that call forms) or eat all memory, and
 * Poppler has no call to stop it. So a child reads, and the parent watches:
 *
 *     parent                           child
 *     fork ───────────────────────────▶ open the PDF
 *     read answer ◀──────── n_pages, or an error
 *     next: read page ◀──── page 1, or an error
 *     next: read page ◀──── page 2 …
 *
 * The child runs ahead as far as the pipe holds. If it dies or is silent for
 * too long, the page it was at is an error that says so, and a new child
 * begins behind that page; after a few such deaths the document ends there.
 *
 * The answers are plain structs: both ends are the same program.
 */
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine.h"
#include "pdf.h"

#define PAGE_SECONDS   8 /* that the child may be silent; a page takes 5 ms */
#define OCR_SECONDS    90 /* that it may, while it reads a picture; most take one or two, and pdf.c gives up after 20 of its own */
#define MEMORY_BYTES   (G_GINT64_CONSTANT (1) << 30) /* of data that the child may have */
#define DEATHS_MAX     3 /* of children, before the rest of the document is given up */

/* Pages missing in a row after which the count of pages is taken for a lie. */
#define MISSING_MAX    50

/* Pages read of a document; the longest assessments have some hundreds. */
#define PAGES_MAX      5000

/* What goes before each answer. */
typedef struct {
  guint  n_pages;                     /* in answer to the opening */
  int    wait;                        /* the page itself follows, and may take so many seconds; 0: this is it */
  int    error;                       /* HkError + 1; 0: none */
  guint  n_glyphs, n_rules, n_cells;  /* that follow */
  double width, height;
  double skew;                        /* of the page */
  guint  quarters;
  char   message[256];                /* of the error, or of what is wrong with the page */
  char   distrust[256];               /* why its text cannot be trusted; empty: it can */
  char   ocr[128];                    /* why the page was read from its picture; empty: it was not */
} Answer;

typedef struct {
  HkPageSource source; /* first: what callers see */
  GBytes      *bytes;  /* transfer full */
  HkReading    how;
  char        *password; /* that HOW points at */
  pid_t        child;  /* 0: none */
  int          pipe;   /* to read from; -1: none */
  guint        page;   /* asked for next, from 1 */
  guint        deaths;
  guint        missing; /* pages in a row */
  int          patience; /* seconds that the child may be silent now */
} Worker;

/* --- The child ------------------------------------------------------------- */

static void
send_bytes (int         fd,
            const void *data,
            gsize       size)
{
  const char *p = data;

  while (size > 0) {
    gssize n = write (fd, p, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      _exit (0); /* the parent has gone */
    p += n;
    size -= (gsize) n;
  }
}

static void
send_error (int           fd,
            const GError *error)
{
  Answer answer = { .error = error->code + 1 };

  g_strlcpy (answer.message, error->message, sizeof answer.message);
  send_bytes (fd, &answer, sizeof answer);
}

static void
send_array (int           fd,
            const GArray *array,
            gsize         size)
{
  send_bytes (fd, array->data, array->len * size);
}

static void
send_page (int           fd,
           const HkPage *page)
{
  Answer answer = { .n_glyphs = page->glyphs->len, .n_rules = page->rules->len,
                    .n_cells = page->cells->len, .width = page->width, .height = page->height, .skew = page->skew, .quarters = page->quarters };

  if (page->damage != NULL)
    g_strlcpy (answer.message, page->damage, sizeof answer.message);
  if (page->distrust != NULL)
    g_strlcpy (answer.distrust, page->distrust, sizeof answer.distrust);
  if (page->ocr != NULL)
    g_strlcpy (answer.ocr, page->ocr, sizeof answer.ocr);
  send_bytes (fd, &answer, sizeof answer);
  send_array (fd, page->glyphs, sizeof (HkGlyph));
  send_array (fd, page->rules, sizeof (HkRule));
  send_array (fd, page->cells, sizeof (HkCell));
}

/* The child's own limits: no life after its parent, no core files, no messages of a dying Poppler on
   the user's terminal, no more than its share of memory. */
static void
limit_child (pid_t parent)
{
  int null = open ("/dev/null", O_RDWR | O_CLOEXEC);

  prctl (PR_SET_PDEATHSIG, SIGKILL); /* one that runs for ever would not see that its pipe is closed … */
  if (getppid () != parent)
    _exit (1); /* … also if the parent is gone by now */
  if (null >= 0) {
    dup2 (null, STDOUT_FILENO);
    dup2 (null, STDERR_FILENO);
  }
  setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });
  setrlimit (RLIMIT_FSIZE, &(struct rlimit){ 0, 0 });
#if !defined(__SANITIZE_ADDRESS__) /* it reserves terabytes */
  struct rlimit memory;
  if (getrlimit (RLIMIT_DATA, &memory) == 0) {
    memory.rlim_cur = MIN (memory.rlim_max, (rlim_t) MEMORY_BYTES);
    setrlimit (RLIMIT_DATA, &memory);
  }
#endif
}

/* What Poppler has to say of a page: the first of it is kept in *SAID. */
static void
hear_poppler (const char    *domain,
              GLogLevelFlags level,
              const char    *message,
              gpointer       data)
{
  char **said = data;

  if (*said == NULL)
    *said = g_utf8_make_valid (message, -1);
}

/* Reads PAGE from its picture if its text is not to be trusted, and says before
   that this takes its time. */
static void
read_picture (int     fd,
              HkPdf  *pdf,
              HkPage *page)
{
  const char *reason = NULL;
  HkTrust     trust  = hk_pdf_trust (pdf, page, &reason);

  if (trust == HK_TRUST_FULL)
    return;
  send_bytes (fd, &(Answer){ .wait = OCR_SECONDS }, sizeof (Answer));
  hk_pdf_read_picture (pdf, page, trust, reason);
}

/* Reads the document from page FIRST on into FD, for PARENT. Never returns. */
static void
run_child (GBytes          *bytes,
           const HkReading *how,
           guint            first,
           int              fd,
           pid_t            parent)
{
  GError *error = NULL;
  char   *said  = NULL;

  limit_child (parent);
  hk_confine ();
  g_log_set_handler ("Poppler", G_LOG_LEVEL_MASK, hear_poppler, &said);
  HkPdf *pdf = hk_pdf_open (bytes, how, &error);
  if (pdf == NULL) {
    send_error (fd, error);
    _exit (0);
  }
  send_bytes (fd, &(Answer){ .n_pages = hk_pdf_n_pages (pdf) }, sizeof (Answer));
  g_clear_pointer (&said, g_free); /* of the file as a whole: its pages tell whether it matters */
  for (guint number = first; number <= hk_pdf_n_pages (pdf); number++) {
    HkPage *page = hk_pdf_read_page (pdf, number, &error);

    if (page != NULL)
      read_picture (fd, pdf, page);
    if (page != NULL && said != NULL && page->damage == NULL)
      page->damage = g_steal_pointer (&said);
    g_clear_pointer (&said, g_free);
    if (page != NULL)
      send_page (fd, page);
    else
      send_error (fd, error);
    g_clear_error (&error);
    hk_page_free (page);
  }
  _exit (0);
}

/* --- The parent ------------------------------------------------------------ */

static void
stop_child (Worker *worker)
{
  if (worker->child > 0) {
    kill (worker->child, SIGKILL);
    while (waitpid (worker->child, NULL, 0) < 0 && errno == EINTR)
      ;
  }
  worker->child = 0;
  if (worker->pipe >= 0)
    close (worker->pipe);
  worker->pipe = -1;
}

static gboolean
start_child (Worker  *worker,
             GError **error)
{
  int ends[2];

  if (pipe2 (ends, O_CLOEXEC) != 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "no pipe to a reader: %s", g_strerror (errno));
    return FALSE;
  }
  pid_t parent  = getpid ();
  worker->child = fork ();
  if (worker->child == 0) {
    close (ends[0]);
    signal (SIGPIPE, SIG_DFL);
    run_child (worker->bytes, &worker->how, worker->page, ends[1], parent);
  }
  close (ends[1]);
  worker->pipe = ends[0];
  if (worker->child < 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "no process for a reader: %s", g_strerror (errno));
    worker->child = 0;
    stop_child (worker);
    return FALSE;
  }
  return TRUE;
}

/* What became of a try to receive from the child. */
typedef enum { RECEIVED, DIED, SILENT } Receipt;

/* Fills DATA with SIZE bytes from the child. */
static Receipt
receive_bytes (Worker *worker,
               void   *data,
               gsize   size)
{
  char *p      = data;
  gint64 until = g_get_monotonic_time () + worker->patience * G_TIME_SPAN_SECOND;

  while (size > 0) {
    struct pollfd wait = { .fd = worker->pipe, .events = POLLIN };
    gint64        left = until - g_get_monotonic_time ();

    if (left <= 0)
      return SILENT;
    int ready = poll (&wait, 1, (int) (left / 1000) + 1);
    if (ready <= 0)
      continue; /* the clock decides */
    gssize n = read (worker->pipe, p, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return DIED;
    p += n;
    size -= (gsize) n;
  }
  return RECEIVED;
}

static Receipt
receive_array (Worker *worker,
               GArray *array,
               guint   n,
               gsize   size)
{
  g_array_set_size (array, n);
  return receive_bytes (worker, array->data, n * size);
}

static Receipt
receive_page (Worker       *worker,
              const Answer *answer,
              HkPage       *page)
{
  Receipt receipt = receive_array (worker, page->glyphs, answer->n_glyphs, sizeof (HkGlyph));

  if (receipt == RECEIVED)
    receipt = receive_array (worker, page->rules, answer->n_rules, sizeof (HkRule));
  if (receipt == RECEIVED)
    receipt = receive_array (worker, page->cells, answer->n_cells, sizeof (HkCell));
  return receipt;
}

/* Sets ERROR to what happened to the child, and buries it. WHAT: "page 3". */
static void
report_death (Worker     *worker,
              Receipt     receipt,
              const char *what,
              GError    **error)
{
  stop_child (worker);
  worker->deaths++;
  if (receipt == SILENT)
    g_set_error (error, HK_ERROR, HK_ERROR_DAMAGED, "reading %s takes longer than %d seconds", what,
                 worker->patience);
  else
    g_set_error (error, HK_ERROR, HK_ERROR_DAMAGED,
                 "the PDF library failed on %s (it crashed, or needed more than %d MiB)", what,
                 (int) (MEMORY_BYTES >> 20));
}

/* Starts a child and takes its answer to the opening. */
static gboolean
open_child (Worker  *worker,
            GError **error)
{
  Answer answer;

  if (!start_child (worker, error))
    return FALSE;
  worker->patience = PAGE_SECONDS;
  Receipt receipt = receive_bytes (worker, &answer, sizeof answer);
  if (receipt != RECEIVED) {
    report_death (worker, receipt, "the document's catalogue", error);
    return FALSE;
  }
  if (answer.error != 0) {
    g_set_error_literal (error, HK_ERROR, answer.error - 1, answer.message);
    stop_child (worker);
    return FALSE;
  }
  worker->source.n_pages = answer.n_pages;
  return TRUE;
}

/* The next answer as a page, from a child that lives. */
static HkPage *
take_page (Worker  *worker,
           guint    number,
           GError **error)
{
  g_autofree char *what    = g_strdup_printf ("page %u", number);
  g_autoptr (HkPage) page = NULL;
  Answer  answer;

  worker->patience = PAGE_SECONDS;
  Receipt receipt = receive_bytes (worker, &answer, sizeof answer);

  if (receipt == RECEIVED && answer.wait != 0) {
    worker->patience = answer.wait;
    receipt = receive_bytes (worker, &answer, sizeof answer);
  }
  if (receipt == RECEIVED && answer.error != 0) {
    worker->missing++;
    g_set_error_literal (error, HK_ERROR, answer.error - 1, answer.message);
    return NULL;
  }
  if (receipt == RECEIVED) {
    page    = hk_page_new (number, answer.width, answer.height);
    if (answer.message[0] != '\0')
      page->damage = g_utf8_make_valid (answer.message, -1);
    if (answer.distrust[0] != '\0')
      page->distrust = g_utf8_make_valid (answer.distrust, -1);
    if (answer.ocr[0] != '\0')
      page->ocr = g_utf8_make_valid (answer.ocr, -1);
    page->skew     = answer.skew;
    page->quarters = answer.quarters;
    receipt = receive_page (worker, &answer, page);
  }
  if (receipt != RECEIVED) {
    report_death (worker, receipt, what, error);
    return NULL;
  }
  worker->missing  = 0;
  return g_steal_pointer (&page);
}

static HkPage *
next_page (HkPageSource *source,
           GError      **error)
{
  Worker *worker = (Worker *) source;

  if (worker->page > source->n_pages)
    return NULL;
  if (worker->deaths >= DEATHS_MAX || worker->missing >= MISSING_MAX) {
    g_set_error (error, HK_ERROR, HK_ERROR_DAMAGED, "pages %u to %u are given up, for too many failed before them",
                 worker->page, source->n_pages);
    worker->page = source->n_pages + 1;
    return NULL;
  }
  if (worker->page > PAGES_MAX) {
    g_set_error (error, HK_ERROR, HK_ERROR_DAMAGED, "pages %u to %u are not read: no assessment has more than %d", worker->page, source->n_pages,
                 PAGES_MAX);
    worker->page = source->n_pages + 1;
    return NULL;
  }
  if (worker->child == 0 && !open_child (worker, error)) {
    worker->page++;
    return NULL;
  }
  return take_page (worker, worker->page++, error);
}

HkPageSource *
hk_worker_open (GBytes          *bytes,
                const HkReading *how,
                GError         **error)
{
  Worker *worker = g_new0 (Worker, 1);

  worker->source.next  = next_page;
  worker->source.close = hk_worker_close;
  worker->bytes        = g_bytes_ref (bytes);
  if (how != NULL)
    worker->how = *how;
  worker->how.password = worker->password = g_strdup (worker->how.password);
  worker->pipe         = -1;
  worker->page         = 1;
  if (!open_child (worker, error)) {
    hk_worker_close (&worker->source);
    return NULL;
  }
  return &worker->source;
}

void
hk_worker_close (HkPageSource *source)
{
  Worker *worker = (Worker *) source;

  if (worker == NULL)
    return;
  stop_child (worker);
  g_bytes_unref (worker->bytes);
  g_free (worker->password);
  g_free (worker);
}
