/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process that reads what anybody may have written gives up. */
#pragma once

/* From here on the calling process can open no socket, start no program and no
   other process, and change no file: who breaks Poppler has a process that can
   read what it could read before, and answer. Where the platform has no such
   filter, nothing changes. */
void hk_confine (void);
