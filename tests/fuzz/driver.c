/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a fuzz target without libFuzzer, so that any compiler can.
 *
 *   TARGET [-r RUNS] FILE|FOLDER…
 *
 * First each file as it stands: seeds, and inputs that once made the target fail.
 * Then RUNS inputs made of them, by a generator that always makes the same.
 * A failure is a crash; before it, the input is written to crash-TARGET here.
 * Speaks TAP.
 */
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

#define LENGTH_MAX  16000 /* bytes of an input that is made */
#define CHANGES_MAX 8
#define PIECE_MAX   200

/* What was given to the target last: for the handler of a crash, which can get at nothing else. */
static struct {
  const guint8 *data;
  gsize         size;
  char          path[256];
} current;

static void
keep_input (int number)
{
  int fd = open (current.path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

  if (fd >= 0) {
    if (write (fd, current.data, current.size) < 0)
      _exit (1);
    close (fd);
  }
  signal (number, SIG_DFL);
  raise (number);
}

static void
run_input (const guint8 *data,
           gsize         size)
{
  static const guint8 none[1];

  current.data = data != NULL ? data : none;
  current.size = size;
  LLVMFuzzerTestOneInput (current.data, size);
}

static void
add_files (GPtrArray  *seeds,
           const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const char *name;
  char *data;
  gsize size;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, (GCompareFunc) (void (*) (void)) g_strcmp0);
  for (guint i = 0; i < names->len; i++)
    add_files (seeds, names->pdata[i]);
  if (folder != NULL)
    return;
  if (!g_file_get_contents (path, &data, &size, &error)) {
    g_printerr ("%s\n", error->message);
    exit (2);
  }
  g_ptr_array_add (seeds, g_bytes_new_take (data, size));
}

/* A piece of one of SEEDS, no longer than MOST bytes. */
static GByteArray *
take_piece (GRand           *random,
            const GPtrArray *seeds,
            gsize            most)
{
  GByteArray   *piece = g_byte_array_new ();
  gsize         size;
  const guint8 *data  = g_bytes_get_data (seeds->pdata[g_rand_int_range (random, 0, (gint32) seeds->len)], &size);

  if (size == 0)
    return piece;
  gsize length = 1 + g_rand_int (random) % MIN (size, most);
  gsize first  = g_rand_int (random) % (size - length + 1);
  g_byte_array_append (piece, data + first, (guint) length);
  return piece;
}

/* One of SEEDS, or a piece of it if it is long. */
static GByteArray *
take_whole (GRand           *random,
            const GPtrArray *seeds)
{
  GBytes       *seed = seeds->pdata[g_rand_int_range (random, 0, (gint32) seeds->len)];
  gsize         size;
  const guint8 *data = g_bytes_get_data (seed, &size);

  if (size == 0 || size > LENGTH_MAX)
    return take_piece (random, seeds, LENGTH_MAX);
  return g_byte_array_append (g_byte_array_new (), data, (guint) size);
}

static void
change (GRand           *random,
        const GPtrArray *seeds,
        GByteArray      *input)
{
  guint at = input->len == 0 ? 0 : g_rand_int (random) % input->len;
  guint n  = input->len == at ? 0 : 1 + g_rand_int (random) % MIN (PIECE_MAX, input->len - at);

  switch (g_rand_int_range (random, 0, 5)) {
  case 0: /* a bit */
    if (input->len > 0)
      input->data[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
    break;
  case 1: /* a byte */
    if (input->len > 0)
      input->data[at] = (guint8) g_rand_int (random);
    break;
  case 2: /* less */
    if (n > 0)
      g_byte_array_remove_range (input, at, n);
    break;
  default: { /* more, from elsewhere */
    g_autoptr (GByteArray) piece = take_piece (random, seeds, PIECE_MAX);
    g_autofree guint8 *rest = g_memdup2 (input->data + at, input->len - at);
    guint n_rest = input->len - at;
    g_byte_array_set_size (input, at);
    g_byte_array_append (input, piece->data, piece->len);
    if (n_rest > 0)
      g_byte_array_append (input, rest, n_rest);
  }
  }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *name = g_path_get_basename (argv[0]);
  GRand *random = g_rand_new_with_seed (1);
  int    runs = 0;

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "-r") == 0 && i + 1 < argc)
      runs = atoi (argv[++i]);
    else
      add_files (seeds, argv[i]);
  if (seeds->len == 0) {
    g_printerr ("usage: %s [-r RUNS] FILE|FOLDER...\n", name);
    return 2;
  }
  g_snprintf (current.path, sizeof current.path, "crash-%s", name);
  signal (SIGABRT, keep_input);
  signal (SIGSEGV, keep_input);
  g_print ("1..2\n");
  for (guint i = 0; i < seeds->len; i++) {
    gsize         size;
    const guint8 *data = g_bytes_get_data (seeds->pdata[i], &size);
    run_input (data, size);
  }
  g_print ("ok 1 - %u seeds\n", seeds->len);
  for (int i = 0; i < runs; i++) {
    g_autoptr (GByteArray) input = g_rand_boolean (random) ? take_whole (random, seeds) : take_piece (random, seeds, LENGTH_MAX);
    for (int k = g_rand_int_range (random, 1, CHANGES_MAX + 1); k > 0; k--)
      change (random, seeds, input);
    run_input (input->data, input->len);
  }
  g_print ("ok 2 - %d inputs made of them\n", runs);
  g_rand_free (random);
  return 0;
}
