#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The library's face: one header, exactly its functions exported, and a program that uses nothing else.

Usage: test-exports.py LIBRARY SOURCE-ROOT. Speaks TAP."""

import pathlib
import re
import subprocess
import sys

LIBRARY = sys.argv[1]
ROOT = pathlib.Path(sys.argv[2])
HEADER = ROOT / "models" / "hyokasho.h"
MAP = ROOT / "cli" / "libhyokasho.map"
LIBRARY_SOURCES = {"read.c"}
PROGRAM = sorted(path.name for path in (ROOT / "cli").glob("*.[ch]") if path.name not in LIBRARY_SOURCES)
ALLOWED = re.compile(r'"(hyokasho|dataset-sql|%s)\.h"|<(glib(/gstdio)?|json-glib/json-glib|sqlite3)\.h>'
                     r'|<(errno|fcntl|math|poll|signal|stdarg|stdio|stdlib|string|unistd|sys/[a-z]+)\.h>'
                     % "|".join(name[:-2] for name in PROGRAM if name.endswith(".h")))


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def declared():
    return set(re.findall(r"^[A-Za-z][^#\n(]*?[ *](hk_[a-z0-9_]+) \(", without_comments(HEADER.read_text("utf-8")), re.M))


def exported():
    lines = subprocess.run(["nm", "--dynamic", "--defined-only", "--format=posix", LIBRARY],
                           check=True, capture_output=True, text=True).stdout.splitlines()
    symbols = [line.split() for line in lines]
    return {name.split("@")[0] for name, kind, *_ in symbols if kind in "TDBRVW"}


def includes():
    for name in PROGRAM:
        for included in re.findall(r"^#\s*include\s+(\S+)", (ROOT / "cli" / name).read_text("utf-8"), re.M):
            if not ALLOWED.fullmatch(included):
                yield f"{name}: {included}"


def difference(one, other):
    return sorted(one ^ other)


def main():
    mapped = set(re.findall(r"^\s+(hk_[a-z0-9_]+);", without_comments(MAP.read_text("utf-8")), re.M))
    results = [
        ("the version script lists the functions of hyokasho.h", difference(mapped, declared())),
        ("the library exports them and nothing else", difference(exported(), declared())),
        ("the program includes hyokasho.h, GLib, SQLite, json-glib and the C library alone", list(includes())),
    ]
    for number, (name, wrong) in enumerate(results, 1):
        for item in wrong:
            print(item, file=sys.stderr)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
    print(f"1..{len(results)}")
    return any(wrong for _, wrong in results)


sys.exit(main())
