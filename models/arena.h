/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that is freed as a whole. A document has one; nothing in it is ever
   freed singly. */
#pragma once

#include <glib.h>

typedef struct _HkArena HkArena;

HkArena *hk_arena_new (void);
void     hk_arena_free (HkArena *arena);

/* SIZE zeroed bytes, aligned for any type. Never NULL. */
void *hk_arena_alloc (HkArena *arena, gsize size);
char *hk_arena_strdup (HkArena *arena, const char *text); /* NULL for NULL */
char *hk_arena_strndup (HkArena *arena, const char *text, gsize n_bytes);
void *hk_arena_copy (HkArena *arena, const void *data, gsize size);

#define hk_arena_new0(arena, Type, n) ((Type *) hk_arena_alloc ((arena), sizeof (Type) * (n)))
