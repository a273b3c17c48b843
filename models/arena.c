/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "arena.h"

#include <stddef.h>
#include <string.h>

#define BLOCK_SIZE (32 * 1024)

typedef struct Block Block;
struct Block {
  Block *before;
  gsize  used, size;
  max_align_t data[];
};

struct _HkArena {
  Block *block; /* the newest; the only one with room */
};

HkArena *
hk_arena_new (void)
{
  return g_new0 (HkArena, 1);
}

void
hk_arena_free (HkArena *arena)
{
  if (arena == NULL)
    return;
  for (Block *block = arena->block; block != NULL;) {
    Block *before = block->before;
    g_free (block);
    block = before;
  }
  g_free (arena);
}

void *
hk_arena_alloc (HkArena *arena,
                gsize    size)
{
  size = (size + sizeof (max_align_t) - 1) / sizeof (max_align_t) * sizeof (max_align_t);
  if (arena->block == NULL || arena->block->size - arena->block->used < size) {
    gsize  room  = MAX (size, BLOCK_SIZE);
    Block *block = g_malloc0 (sizeof (Block) + room);

    block->before = arena->block;
    block->size   = room;
    arena->block  = block;
  }
  void *memory = (char *) arena->block->data + arena->block->used;
  arena->block->used += size;
  return memory;
}

void *
hk_arena_copy (HkArena    *arena,
               const void *data,
               gsize       size)
{
  return memcpy (hk_arena_alloc (arena, size), data, size);
}

char *
hk_arena_strndup (HkArena    *arena,
                  const char *text,
                  gsize       n_bytes)
{
  char *copy = hk_arena_alloc (arena, n_bytes + 1);

  memcpy (copy, text, n_bytes);
  return copy;
}

char *
hk_arena_strdup (HkArena    *arena,
                 const char *text)
{
  return text == NULL ? NULL : hk_arena_strndup (arena, text, strlen (text));
}
