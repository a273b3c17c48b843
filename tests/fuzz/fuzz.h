/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a fuzz target is to libFuzzer and to driver.c. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Gives SIZE bytes at DATA to what is tested. Returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
