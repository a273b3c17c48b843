/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process cannot do once it is confined. Each try is made by a child of its own. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine.h"

typedef gboolean (*Try) (void);

static gboolean
open_socket (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) >= 0;
}

static gboolean
start_program (void)
{
  return execl ("/bin/true", "true", (char *) NULL) == 0; /* comes back only if it fails */
}

static gboolean
write_file (void)
{
  return open ("/tmp/hyokasho-confined", O_WRONLY | O_CREAT, 0600) >= 0;
}

static gboolean
change_file (void)
{
  return open ("/dev/null", O_RDWR) >= 0;
}

static gboolean
make_folder (void)
{
  return mkdir ("/tmp/hyokasho-confined", 0700) == 0;
}

static gboolean
read_file (void)
{
  return open ("/dev/null", O_RDONLY) >= 0;
}

static const struct {
  const char *what;
  Try         try;
  gboolean    possible;
} tries[] = {
  { "a socket", open_socket, FALSE },   { "a program", start_program, FALSE }, { "a new file", write_file, FALSE },
  { "a change", change_file, FALSE },   { "a folder", make_folder, FALSE },    { "reading", read_file, TRUE },
};

/* The exit status of a child that tries number I. */
static int
status_of (guint i)
{
  int   status = 0;
  pid_t child  = fork ();

  if (child == 0) {
    hk_confine ();
    gboolean done = tries[i].try ();
    _exit (done ? 1 : errno == EPERM ? 2 : 3);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_confine (void)
{
  if (status_of (0) == 1) {
    g_test_skip ("this kernel takes no filter");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++) {
    g_test_message ("%s", tries[i].what);
    g_assert_cmpint (status_of (i), ==, tries[i].possible ? 1 : 2);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/confine", test_confine);
  return g_test_run ();
}
