#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The worked example of README.md and README.ja.md prints what stands there.

Usage: test-example.py [--update] PROGRAM SOURCE-ROOT. Speaks TAP. --update writes what is printed into both."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

UPDATE = sys.argv[1] == "--update"
PROGRAM, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[-2:])
EXAMPLE = re.compile(r"(<!-- example:begin -->\n```console\n)(.*?)(```\n<!-- example:end -->)", re.S)


def commands(block):
    """The commands of a console, with the lines as they stand there; what is printed is left out."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append([line])
        elif line.startswith("> ") and found:
            found[-1].append(line)
    return found


def played(block):
    """BLOCK with what its commands print in a folder that has the corpus."""
    out = []
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        pathlib.Path(folder, "corpus").symlink_to(ROOT / "corpus")
        env = dict(os.environ) | {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "HOME": folder}
        for lines in commands(block):
            process = subprocess.run(["bash", "-c", "\n".join(line[2:] for line in lines)], cwd=folder, env=env, check=False,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            out += [*lines, *process.stdout.decode("utf-8").splitlines()]
    return "\n".join(out) + "\n"


def main():
    failed = False
    texts = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.ja.md")}
    printed = played(EXAMPLE.search(texts["README.md"])[2])
    for number, (name, text) in enumerate(texts.items(), 1):
        shown = EXAMPLE.search(text)[2]
        if UPDATE:
            (ROOT / name).write_text(EXAMPLE.sub(lambda m: m[1] + printed + m[3], text), "utf-8")
        elif shown != printed:
            failed = True
            print(f"{name} shows\n{shown}\nbut it is\n{printed}", file=sys.stderr)
        print(f"{'not ok' if not UPDATE and shown != printed else 'ok'} {number} - the example of {name}")
    print(f"1..{len(texts)}")
    return failed


sys.exit(main())
