#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The documents of ../shared, which are no part of the project: skipped where they are not.

Usage: test-shared.py PROGRAM SOURCE-ROOT SECONDS. Speaks TAP. SECONDS: the patience with a hostile file.

The PDFs of 様式２, ３ and ４ are graded against their gold files, the blocks by their numbers; texts by the grader that
lies beside them; hostile files must cost neither the program nor the reader's patience."""

import collections
import functools
import os
import pathlib
import re
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True

import fields  # pylint: disable=wrong-import-position
import harness
import reading

PROGRAM, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
PATIENCE_S = int(sys.argv[3])
DOCUMENTS = ROOT.parent / "shared" / "documents"

MATCH_LEAST = 0.995    # of the gold values
FLAGGED_MOST = 0.005   # right, but marked uncertain

# What these have lost cannot be read: only that nothing is claimed, and that the loss is reported.
LOSSY = re.compile(r"-truncated\b")

# These can only be read by OCR.
PICTURES = re.compile(r"-(scan|notounicode)\b")

# Neither PDF nor text, or without pages: there is nothing to write.
NOTHING = re.compile(r"((empty|noise|only-header|no-pages|user-password)\.pdf|empty\.txt)$")

# Text, whatever its name, but no assessment.
NO_FORM = re.compile(r"text-named\.pdf$")


# --- The forms ---------------------------------------------------------------------------------


def gold_of(pdf):
    return pdf.with_name(pdf.stem.split("--")[0] + ".gold.tsv")


def check_read(one):
    """Nearly all is read, and nothing wrong without a warning."""
    expected = fields.read_expected(gold_of(one.pdf))
    outcomes = fields.compare(expected, one.rows)
    counts = collections.Counter(outcomes.values())
    right = sum(counts[what] for what in ("certain", "inferred", "uncertain", "characters"))
    bad = [f"{what}: {path}: expected {expected.get(path)!r}, got {one.rows[path].value if path in one.rows else None!r}"[:300]
           for path, what in outcomes.items() if what in ("wrong", "flagged", "missing")]
    verdict = f"{right} of {len(expected)} match, {dict(counts)}\n" + "\n".join(bad[:20])
    assert counts["wrong"] == 0 and right >= MATCH_LEAST * len(expected), verdict
    assert counts["uncertain"] <= FLAGGED_MOST * len(expected), verdict


def check_accounts(one):
    wrong = reading.conservation(one.model, one.form)
    unplaced = [f"unplaced on page {piece['page']}: {piece['text']!r}"[:300] for piece in one.model["report"]["unplaced"]]
    assert not wrong + unplaced, "\n".join((wrong + unplaced)[:20])


def check_lossy(one):
    """Nothing is claimed that the document does not say, and its loss is reported."""
    assert one.process.returncode in (harness.REVIEW, harness.FAILED) and one.process.stderr, one.process.returncode
    if not one.xml:
        return
    expected = fields.read_expected(gold_of(one.pdf))
    wrong = [path for path, what in fields.compare(expected, one.rows).items() if what == "wrong"]
    assert not wrong, wrong[:20]


def check_picture(one):
    reading.check_by_ocr(fields.read_expected(gold_of(one.pdf)), one.rows, fields.items(ROOT, one.pdf.name[len("form")]))
    assert "[page-ocr]" in one.process.stderr, one.process.stderr[:1000]


# --- Texts --------------------------------------------------------------------------------------


# Of the values of all texts of a kind: read right at least; of one text: wrong and not marked at most.
TEXTS = {
    "real": ("*.txt", 0.90, 3),
    "islands": ("from-pdf/*--islands.txt", 0.95, 7),
    "together": ("from-pdf/*--together.txt", 0.87, 8),
}


GRADED = re.compile(r"rows (\d+)  match ([\d.]+) .* silent (\d+) ")


def grade(gold, output):
    """Rows, the share of them that match, silent errors: what the grader beside the documents says. It pairs repeated
    blocks, so that one lost block does not fail all after it."""
    process = harness.run([sys.executable, DOCUMENTS.parent / "grade.py", gold, output], timeout=PATIENCE_S)
    printed = process.stdout.decode("utf-8")
    found = GRADED.search(printed)
    assert found, printed + process.stderr
    return int(found[1]), float(found[2]), int(found[3])


def gold_of_text(text):
    beside = text.with_suffix(".gold.tsv")
    return beside if beside.exists() else DOCUMENTS / "pdf" / (text.stem.split("--")[0] + ".gold.tsv")


def check_texts(kind):
    """Most is read, and hardly anything wrong without a warning."""
    pattern, least, silent_most = TEXTS[kind]
    right, all_rows, verdict = 0, 0, []
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        for text in sorted((DOCUMENTS / "text").glob(pattern)):
            if not gold_of_text(text).exists():
                continue
            output = pathlib.Path(folder) / "out.tsv"
            harness.run([PROGRAM, "convert", "--format", "tsv", "-o", output, text], timeout=PATIENCE_S)
            rows, match, silent = grade(gold_of_text(text), output)
            right += rows * match
            all_rows += rows
            verdict.append(f"{text.name}: {match} of {rows} match, {silent} are wrong and not marked")
            assert silent <= silent_most, verdict[-1]
    assert right >= least * all_rows, "\n".join(verdict)


# --- Hostile files ---------------------------------------------------------------------------------


def check_hostile(path):
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        if path.suffix == ".z":
            plain = pathlib.Path(folder) / path.stem
            plain.write_bytes(zlib.decompress(path.read_bytes()))
            path = plain
        output = pathlib.Path(folder) / "out.xml"
        process = harness.run([PROGRAM, "convert", "-o", output, path], timeout=PATIENCE_S)
        assert process.returncode in (harness.READ, harness.REVIEW, harness.FAILED), f"exit status {process.returncode}: {process.stderr[:1000]}"
        assert process.stdout == b""
        if process.returncode != harness.READ:
            assert f"hyokasho: {path}: " in process.stderr, process.stderr[:1000]
        if NO_FORM.search(path.name):
            assert process.returncode == harness.FAILED and "[form-unknown]" in process.stderr, process.stderr[:1000]
        if NOTHING.search(path.name):
            assert process.returncode == harness.FAILED and not output.exists(), process.stderr[:1000]
            assert process.stderr.count("\n") == 1, process.stderr[:1000]
        if output.exists():
            valid = harness.run([PROGRAM, "validate", output], timeout=PATIENCE_S)
            assert valid.returncode == harness.READ, valid.stderr[:1000]


# --- All ---------------------------------------------------------------------------------------------


def skip():
    raise harness.Skip(f"there is no {DOCUMENTS}")


def main():
    groups = []
    for pdf in sorted((DOCUMENTS / "pdf").glob("form[0-9]*.pdf")):
        one = reading.Reading(PROGRAM, pdf, fields.items(ROOT, pdf.name[len("form")]))
        if LOSSY.search(pdf.stem):
            checks = {"claims nothing": check_lossy}
        elif PICTURES.search(pdf.stem):
            checks = {"is read by OCR": check_picture}
        else:
            checks = {"is read": check_read, "accounts": check_accounts}
        groups.append([(f"{pdf.stem}: {name}", functools.partial(check, one)) for name, check in checks.items()])
    for kind in TEXTS if (DOCUMENTS / "text").exists() else []:
        groups.append([(f"texts: {kind}", functools.partial(check_texts, kind))])
    for path in sorted((DOCUMENTS / "hostile").glob("*")):
        groups.append([(f"hostile: {path.name}", functools.partial(check_hostile, path))])
    return harness.run_tests(groups or [[("documents of ../shared", skip)]], os.cpu_count() or 1)


sys.exit(main())
