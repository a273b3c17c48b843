#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes a text file as a C array with a NUL at its end: embed.py TEXT HEADER NAME. (A string literal may not be long enough.)"""

import pathlib
import sys

source, target, name = sys.argv[1:]
lines = pathlib.Path(source).read_bytes().splitlines(keepends=True)
body = "".join(f"  {', '.join(str(byte - 256 * (byte > 127)) for byte in line)},\n" for line in lines)
pathlib.Path(target).write_text(f"/* Made from {pathlib.Path(source).name}. */\nstatic const char {name}[] = {{\n{body}  0\n}};\n", "utf-8")
