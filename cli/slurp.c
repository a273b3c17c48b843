/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (64 * 1024)

static GBytes *
read_all (int         fd,
          const char *name,
          GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[READ_BYTES];

  for (;;) {
    ssize_t n = read (fd, buffer, sizeof buffer);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      g_set_error (error, HK_ERROR, HK_ERROR_IO,
                   "%s: cannot be read (%s): check the file and the disk it is on", name, g_strerror (errno));
      return NULL;
    }
    if (n == 0)
      break;
    if ((gsize) n > SLURP_MAX_BYTES - bytes->len) {
      g_set_error (error, HK_ERROR, HK_ERROR_IO,
                   "%s: is larger than %d MiB, which no assessment is: it was not read",
                   name, SLURP_MAX_BYTES / (1024 * 1024));
      return NULL;
    }
    g_byte_array_append (bytes, buffer, (guint) n);
  }
  if (bytes->len == 0) {
    g_set_error (error, HK_ERROR, HK_ERROR_EMPTY, "%s: is empty: fetch or copy the document again", name);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
set_open_error (GError    **error,
                const char *name,
                int         number)
{
  const char *remedy;

  switch (number) {
  case ENOENT:
  case ENOTDIR:
    remedy = "check its name";
    break;
  case EACCES:
    remedy = "allow reading, or copy it to where you may read";
    break;
  default:
    remedy = "check the file and the disk it is on";
  }
  g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: cannot be opened (%s): %s", name, g_strerror (number), remedy);
}

GBytes *
slurp_file (const char *path,
            GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat status;
  GBytes *bytes = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

  if (fd < 0) {
    set_open_error (error, name, errno);
    return NULL;
  }
  if (fstat (fd, &status) == 0 && S_ISDIR (status.st_mode))
    g_set_error (error, HK_ERROR, HK_ERROR_IO, "%s: is a directory: name the documents in it", name);
  else
    bytes = read_all (fd, name, error);
  close (fd);
  return bytes;
}

GBytes *
slurp_stdin (const char *name,
             GError    **error)
{
  return read_all (STDIN_FILENO, name, error);
}
