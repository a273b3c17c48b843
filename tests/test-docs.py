#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the documents say about the code is so.

Usage: test-docs.py SOURCE-ROOT. Speaks TAP."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
MAX_LINES = 800
BINARY = {".pdf", ".png", ".gz", ".ods", ".odt", ".seed"}
NO_SPDX = {"LICENSE", ".gitignore"}


def text(*parts):
    return ROOT.joinpath(*parts).read_text("utf-8")


def diagnostics():
    """docs/diagnostics.md has each code once, under its severity."""
    defined = {code: severity.lower() for code, severity in
               re.findall(r'^HK_DIAG \(\w+,\s*"([a-z-]+)",\s*([A-Z]+),', text("models", "diagnostics.def"), re.M)}
    listed = {}
    for line in text("docs", "diagnostics.md").splitlines():
        row = re.match(r"\| `([a-z-]+)` \| (\w+) \|", line)
        if row and row[1] in listed:
            yield f"{row[1]}: twice"
        elif row:
            listed[row[1]] = row[2]
    if not defined:
        yield "diagnostics.def: no codes found"
    for code in sorted(defined.keys() | listed.keys()):
        if listed.get(code) != defined.get(code):
            yield f"{code}: {defined.get(code)} in diagnostics.def, {listed.get(code)} in diagnostics.md"


def links():
    """Relative links of the documents lead somewhere."""
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            if not (path.parent / target).exists():
                yield f"{path.name}: {target}"


def exit_statuses():
    """cli.h, the man page and both READMEs have the same exit statuses."""
    numbers = sorted(re.findall(r"^  EXIT_\w+\s*= (\d+)", text("cli", "cli.h"), re.M), key=int)
    found = {
        "docs/hyokasho.1": re.findall(r"^\.It (\d+)$", text("docs", "hyokasho.1"), re.M),
        "README.md": re.findall(r"^\| `(\d+)` \|", text("README.md"), re.M),
        "README.ja.md": re.findall(r"^\| `(\d+)` \|", text("README.ja.md"), re.M),
    }
    for name, listed in found.items():
        if listed != numbers:
            yield f"{name}: {listed}, not {numbers}"


def source_files():
    """The files git knows, or all outside build folders where git is missing."""
    try:
        listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], check=True, capture_output=True).stdout
        paths = [ROOT / name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = []
    paths = paths or [path for path in ROOT.rglob("*") if not path.relative_to(ROOT).parts[0].startswith((".git", "build"))]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY and path.name not in NO_SPDX and path.parent.name != "scans"]


def licences():
    """Every text file of ours names its licence; tables of test data need not."""
    for path in source_files():
        if path.suffix in {".tsv", ".json", ".txt", ".xml", ".html"}:
            continue
        head = path.read_bytes()[:600]
        if b"SPDX-License-Identifier: GPL-2.0-or-later" not in head:
            yield str(path.relative_to(ROOT))


def lengths():
    """No source file is longer than can be read at a sitting."""
    for path in source_files():
        if path.suffix in {".c", ".h", ".py", ".sh", ".def", ".md", ".build"}:
            n = path.read_bytes().count(b"\n")
            if n >= MAX_LINES:
                yield f"{path.relative_to(ROOT)}: {n} lines"


def main():
    checks = [diagnostics, links, exit_statuses, licences, lengths]
    failed = False
    for number, check in enumerate(checks, 1):
        wrong = list(check())
        failed |= bool(wrong)
        for item in wrong:
            print(item, file=sys.stderr)
        print(f"{'not ok' if wrong else 'ok'} {number} - {check.__doc__.splitlines()[0]}")
    print(f"1..{len(checks)}")
    return failed


sys.exit(main())
