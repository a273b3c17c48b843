/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <seccomp.h>
#include <sys/prctl.h>

/* Calls that nobody who reads needs. They fail as if forbidden; a library that
   tries one all the same (a font cache that would like to be written) goes on. */
static const int forbidden[] = {
  SCMP_SYS (socket), SCMP_SYS (connect), SCMP_SYS (bind), SCMP_SYS (listen), SCMP_SYS (accept), SCMP_SYS (accept4), SCMP_SYS (sendto), SCMP_SYS (sendmsg),
  SCMP_SYS (execve), SCMP_SYS (execveat), SCMP_SYS (fork), SCMP_SYS (vfork), SCMP_SYS (ptrace), SCMP_SYS (process_vm_writev),
  SCMP_SYS (unlink), SCMP_SYS (unlinkat), SCMP_SYS (rename), SCMP_SYS (renameat), SCMP_SYS (renameat2), SCMP_SYS (link), SCMP_SYS (linkat),
  SCMP_SYS (symlink), SCMP_SYS (symlinkat), SCMP_SYS (mkdir), SCMP_SYS (mkdirat), SCMP_SYS (rmdir), SCMP_SYS (mknod), SCMP_SYS (mknodat),
  SCMP_SYS (chmod), SCMP_SYS (fchmod), SCMP_SYS (fchmodat), SCMP_SYS (chown), SCMP_SYS (fchown), SCMP_SYS (lchown), SCMP_SYS (fchownat),
  SCMP_SYS (truncate), SCMP_SYS (ftruncate), SCMP_SYS (creat), SCMP_SYS (mount), SCMP_SYS (umount2), SCMP_SYS (chroot), SCMP_SYS (bpf),
  SCMP_SYS (setuid), SCMP_SYS (setgid), SCMP_SYS (kill), SCMP_SYS (tkill), SCMP_SYS (unshare), SCMP_SYS (setns),
};

/* Opening for anything but reading. */
static const int writing[] = { O_WRONLY, O_RDWR };

void
hk_confine (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);

  if (filter == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++) /* a call that this kernel lacks cannot be made either */
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), forbidden[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (writing); i++) {
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (open), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, O_ACCMODE, (scmp_datum_t) writing[i]));
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (openat), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, O_ACCMODE, (scmp_datum_t) writing[i]));
  }
  seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (openat2), 0); /* its flags are out of a filter's sight */
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  seccomp_load (filter);
  seccomp_release (filter);
}
