#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages that have no text that can be trusted, read by OCR: scans made of documents of the corpus, straight and askew, and
one whose font has lost its character map.

Usage: test-ocr.py PROGRAM SCAN-MAKER SOURCE-ROOT. Speaks TAP."""

import functools
import math
import pathlib
import re
import sys
import tempfile

sys.dont_write_bytecode = True

import fields  # pylint: disable=wrong-import-position
import harness
import reading

PROGRAM, SCAN_MAKER, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:])
FORM = fields.items(ROOT)
PDF = ROOT / "corpus" / "pdf"

NEAR = 8             # points, from where a value stands to where the scan has it

# What is scanned: document, pages, dots per inch, degrees clockwise.
SCANS = [("tsukishiro-pension--calc", 2, 200, 0), ("hoshimigaoka-housing--weasy", 6, 200, -1.3),
         ("tsukishiro-pension--calc", 1, 200, 90), ("tsukishiro-pension--calc", 1, 200, 181)]

UNMAPPED = "kazehaya-clinic--mincho"

A4 = 595.28, 841.89


def pages_of(document, last):
    """What is read of a document that has its text, up to page LAST."""
    rows = reading.Reading(PROGRAM, PDF / f"{document}.pdf", FORM).rows
    return {path: row for path, row in rows.items() if int(row.page) <= last}


def turned(box, degrees):
    """The middle of BOX, on a sheet turned clockwise about its own middle, and shown as it lies."""
    x, y = (box[0] + box[2] - A4[0]) / 2, (box[1] + box[3] - A4[1]) / 2
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    width, height = reversed(A4) if round(degrees / 90) % 2 else A4
    return width / 2 + x * cosine - y * sine, height / 2 + x * sine + y * cosine


def check_scan(document, last, dpi, degrees):
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        scan = pathlib.Path(folder) / "scan.pdf"
        harness.run([SCAN_MAKER, str(dpi), str(degrees), "1", str(last), PDF / f"{document}.pdf", scan]).check_returncode()
        one = reading.Reading(PROGRAM, scan, FORM)
        whole = pages_of(document, last)
        reading.check_by_ocr({path: row.value for path, row in whole.items()}, one.rows, FORM)
        assert one.process.returncode == harness.REVIEW and one.process.stderr.count("[page-ocr]") == last, one.process.stderr[:1000]
        for path, row in whole.items():
            if path in one.rows and one.rows[path].page == row.page and one.rows[path].value == row.value:
                x, y = turned([float(side) for side in row.bbox.split()], degrees)
                left, top, right, bottom = (float(side) for side in one.rows[path].bbox.split())
                assert left - NEAR <= x <= right + NEAR and top - NEAR <= y <= bottom + NEAR, (path, row, one.rows[path])
        wrong = reading.conservation(one.model, one.form)
        assert not wrong, wrong
        sure = [int(percent) for percent in re.findall(rb' ocr="(\d+)"', one.xml)]
        assert len(sure) == len(one.rows) and all(1 <= percent <= 100 for percent in sure), (len(sure), len(one.rows))


def check_unmapped():
    """Fonts without a character map: the text that comes out is other text, or none."""
    content = (PDF / f"{UNMAPPED}.pdf").read_bytes()
    without, n = re.subn(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), content)
    assert n > 0
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        pdf = pathlib.Path(folder) / "unmapped.pdf"
        pdf.write_bytes(without)
        one = reading.Reading(PROGRAM, pdf, FORM)
        expected = fields.read_expected(ROOT / "corpus" / "expected" / f"{UNMAPPED.split('--', maxsplit=1)[0]}.tsv")
        reading.check_by_ocr(expected, one.rows, FORM)
        assert "[page-ocr]" in one.process.stderr


def scan_of_one_page(folder):
    scan = pathlib.Path(folder) / "one.pdf"
    harness.run([SCAN_MAKER, "150", "0", "1", "1", PDF / f"{SCANS[0][0]}.pdf", scan]).check_returncode()
    return scan


def check_text_under_image():
    """Somebody else's OCR: what the image shows counts, and nothing is certain."""
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        scan = pathlib.Path(folder) / "scan.pdf"
        harness.run([SCAN_MAKER, "200", "0", "1", "1", PDF / f"{SCANS[0][0]}.pdf", scan, "text"]).check_returncode()
        one = reading.Reading(PROGRAM, scan, FORM)
        assert "read from that by somebody else" in one.process.stderr, one.process.stderr[:1000]
        reading.check_by_ocr({path: row.value for path, row in pages_of(SCANS[0][0], 1).items()}, one.rows, FORM)


def check_never():
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        process = harness.run([PROGRAM, "convert", "--ocr", "never", "--format", "tsv", scan_of_one_page(folder)])
        assert process.returncode == harness.FAILED, process.returncode
        assert "not to be read by OCR" in process.stderr and "[page-untrusted]" in process.stderr, process.stderr
        assert not fields.read_table(process.stdout.decode("utf-8"))


def check_without_data():
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        process = harness.run([PROGRAM, "convert", "--format", "tsv", scan_of_one_page(folder)], env={"TESSDATA_PREFIX": folder})
        assert process.returncode == harness.FAILED, process.returncode
        assert "tesseract-ocr-jpn" in process.stderr and "[page-untrusted]" in process.stderr, process.stderr
        process = harness.run([PROGRAM, "convert", "--format", "tsv", PDF / f"{SCANS[0][0]}.pdf"], env={"TESSDATA_PREFIX": folder})
        assert process.returncode == harness.READ, process.stderr


def check_always():
    """Text that can be trusted is read otherwise only where that is asked for."""
    plain = ROOT / "tests" / "data" / "plain.pdf"
    process = harness.run([PROGRAM, "convert", "--ocr", "always", plain])
    assert "[page-ocr]" in process.stderr, process.stderr
    process = harness.run([PROGRAM, "convert", plain])
    assert "[page-ocr]" not in process.stderr, process.stderr
    process = harness.run([PROGRAM, "convert", "--ocr", "sometimes", plain])
    assert process.returncode == harness.USAGE and "auto, never or always" in process.stderr, process.stderr


def check_password():
    locked = ROOT / "tests" / "data" / "password.pdf"
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        password = pathlib.Path(folder) / "password"
        password.write_text("wrong\n", "utf-8")
        process = harness.run([PROGRAM, "convert", "--password-file", password, locked])
        assert process.returncode == harness.FAILED and "needs another password" in process.stderr, process.stderr
        process = harness.run([PROGRAM, "convert", "--password-file", password.with_name("none"), locked])
        assert process.returncode == harness.USAGE and "password" in process.stderr, process.stderr


def main():
    groups = [[(f"scan of {document}, {dpi} dpi, {degrees}°", functools.partial(check_scan, document, last, dpi, degrees))]
              for document, last, dpi, degrees in SCANS]
    groups += [[("without a character map", check_unmapped)], [("text under an image", check_text_under_image)], [("--ocr never", check_never)], [("without the data", check_without_data)],
               [("--ocr always", check_always)], [("--password-file", check_password)]]
    return harness.run_tests(groups, 2)


sys.exit(main())
