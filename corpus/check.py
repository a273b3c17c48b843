#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks that the text of every typeset PDF, and every text in text/, holds every expected value: its characters, in
order, in pieces, which are no shorter than a printed line may be in a PDF (NFKC, no white space). Needs pdftotext (poppler).

usage: check.py [NAME ...]          exit status 1 when something is missing
"""
import pathlib, re, subprocess, sys, unicodedata

HERE = pathlib.Path(__file__).resolve().parent
DASH = str.maketrans("—―", "--")   # share a glyph in the fonts of LibreOffice's PDFs
squeeze = lambda s: re.sub(r"\s+", "", unicodedata.normalize("NFKC", s.translate(DASH)))
unescape = lambda s: re.sub(r"\\([nt\\])", lambda m: {"n": "\n", "t": "\t", "\\": "\\"}[m[1]], s)


def pieces(value, texts):
    """The value cut greedily into the longest pieces that one of the texts holds."""
    out = []
    while value:
        best = 0
        for t in texts:
            lo, hi = best, len(value)
            while lo < hi:   # a prefix of what is found is found
                mid = (lo + hi + 1) // 2
                if value[:mid] in t: lo = mid
                else: hi = mid - 1
            best = max(best, lo)
        if not best: return None
        out.append(value[:best]); value = value[best:]
    return out


def extracted(pdf): return [subprocess.run(["pdftotext", *o, "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True).stdout.decode() for o in ([], ["-raw"], ["-layout"])]
def decoded(text):
    encoding = {"sjis": "cp932", "eucjp": "euc_jis_2004", "utf16": "utf-16"}.get(text.stem.split("--")[-1], "utf-8")
    return [text.read_bytes().decode(encoding)]


def main():
    bad = 0
    for path in sorted((HERE / "pdf").glob("*.pdf")) + sorted((HERE / "text").glob("*.txt")):
        name = path.stem.split("--")[0]
        if sys.argv[1:] and name not in sys.argv[1:]: continue
        texts = [squeeze(t) for t in (extracted if path.suffix == ".pdf" else decoded)(path)]
        rows = [l.split("\t", 1) for l in (HERE / "expected" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]
        faults = 0
        for at, value in rows:
            if value in ("0", "1"): continue
            v = squeeze(unescape(value))
            p = pieces(v, texts)
            if p is None or path.suffix == ".pdf" and any(len(x) < 4 for x in p[:-1]) and len(p) > 1 + len(v) // 8:
                faults += 1; print(f"{path.name}: {at}: {p if p is None else ' | '.join(p)}")
        if any("\ufffd" in t for t in texts): faults += 1; print(f"{path.name}: characters without a code")
        print(f"{path.name}: {len(rows)} rows, {faults} not found, {path.stat().st_size} bytes")
        bad += faults
    return 1 if bad else 0


if __name__ == "__main__": sys.exit(main())
