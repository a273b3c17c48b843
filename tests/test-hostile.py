#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""PDFs that somebody might write to bring a reader down, made here: one clear outcome each, within the limits.

Usage: test-hostile.py PROGRAM SOURCE-ROOT SECONDS. Speaks TAP. SECONDS: the patience with a file."""

import functools
import pathlib
import re
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True

import harness  # pylint: disable=wrong-import-position

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
PATIENCE_S = int(sys.argv[3])

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data, extra=b"", packed=False):
    if packed:
        data, extra = zlib.compress(data, 9), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def pdf(objects, before=b""):
    """A file with OBJECTS, numbered from 1; the first is the catalogue."""
    out, offsets = before + b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out) - len(before))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out) - len(before))


def one_page(content, page=b"/MediaBox [0 0 595 842]", catalogue=b"", more=(), resources=b"", **packing):
    """Objects 1 to 5 are catalogue, pages, page, contents and font; MORE begin with 6."""
    return [b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> %s >>" % (resources, page),
            stream(content, **packing), FONT, *more]


WORDS = b"BT /F 12 Tf 40 700 Td (What is read) Tj ET"


def calling(depth):
    """Forms of which each calls the next ten times."""
    last = 6 + depth
    forms = [stream(b"/X Do " * 10 if number < last else b"0 0 m 9 9 l S",
                    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (number + 1)) for number in range(6, last + 1)]
    return pdf(one_page(WORDS + b" /X Do", resources=b"/XObject << /X 6 0 R >>", more=forms))


def many_pages(n):
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(n))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 3 0 R >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, n), stream(b""), *[page] * n])


FIELD = (b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Filled in) /DA (/F 12 Tf 0 g) /Rect [40 600 200 620] /P 3 0 R >>")
SELF = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>")
ATTACHED = (b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>", stream(b"MZ", b"/Type /EmbeddedFile"))
LIMIT = r"takes longer than|needed more than|crashed"

# What is made, and what is said of it: of the words on the page, or why there are none.
FILES = {
    "words": (lambda: pdf(one_page(WORDS)), "Whatisread"),
    "junk before the header": (lambda: pdf(one_page(WORDS), before=b"HTTP/1.1 200 OK\r\n\r\n"), "Whatisread"),
    "a wrong startxref": (lambda: re.sub(rb"startxref\n\d+", b"startxref\n7", pdf(one_page(WORDS))), "Whatisread"),
    "a field filled in": (lambda: pdf(one_page(WORDS, page=b"/MediaBox [0 0 595 842] /Annots [6 0 R]", more=[FIELD],
                                               catalogue=b"/AcroForm << /Fields [6 0 R] /NeedAppearances true /DR << /Font << /F 5 0 R >> >> >>")), "Filledin"),
    "an attachment": (lambda: pdf(one_page(WORDS, catalogue=b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>", more=ATTACHED)), "Whatisread"),
    "a script": (lambda: pdf(one_page(WORDS, catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")), "Whatisread"),
    "forms that call forms": (lambda: calling(30), LIMIT),
    "a form that calls itself": (lambda: pdf(one_page(WORDS + b" /X Do", resources=b"/XObject << /X 6 0 R >>", more=[SELF])), "Whatisread"),
    "contents without end": (lambda: pdf(one_page(b"0 0 595 842 re f\n" * 4000000, packed=True)), LIMIT + "|page-without-text"),
    "words without end": (lambda: pdf(one_page(b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (aaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 200000 + b"ET", packed=True)), LIMIT + "|unplaced"),
    "pages that are their own parents": (lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]), "page-failed|no pages"),
    "no pages": (lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]), "has no pages"),
    "more pages than there are": (lambda: pdf(one_page(WORDS)).replace(b"/Count 1", b"/Count 9"), "Whatisread|page-failed|has no pages"),
    "6000 pages": (lambda: many_pages(6000), "no assessment has more than"),
    "a page 200 inches wide": (lambda: pdf(one_page(WORDS, page=b"/MediaBox [0 0 14400 14400]")), "Whatisread"),
    "a page without extent": (lambda: pdf(one_page(WORDS, page=b"/MediaBox [0 0 0 0]")), "page-failed|Whatisread"),
    "a box turned around": (lambda: pdf(one_page(WORDS, page=b"/MediaBox [595 842 0 0]")), "Whatisread"),
    "numbers that are none": (lambda: pdf(one_page(b"1e999 0 0 nan 0 0 cm " + WORDS)), "Whatisread|page-damaged|page-without-text"),
    "an array too deep": (lambda: pdf(one_page(b"[" * 200000 + b" TJ " + WORDS)), "Whatisread|page-damaged|page-without-text|" + LIMIT),
    "an object that is a cycle": (lambda: pdf(one_page(WORDS, resources=b"/ExtGState 6 0 R", more=[b"6 0 R"])), "Whatisread|page-damaged"),
    "a header alone": (lambda: b"%PDF-1.7\n", "not a PDF, or one damaged"),
    "no PDF at all": (lambda: bytes(range(256)) * 40, "not in|no text|not a PDF|neither|cannot"),
}


def check(make, said):
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        path, output = pathlib.Path(folder) / "hostile.pdf", pathlib.Path(folder) / "out.xml"
        path.write_bytes(make())
        process = harness.run([PROGRAM, "convert", "-o", output, path], timeout=PATIENCE_S)
        written = output.read_text("utf-8") if output.exists() else ""
        assert process.returncode == harness.FAILED, f"exit status {process.returncode}: {process.stderr[:1000]}"
        assert process.stdout == b"" and process.stderr.startswith("hyokasho: "), process.stderr[:1000]
        assert all(line.startswith("hyokasho: ") for line in process.stderr.splitlines()), process.stderr[:1000]
        kept = re.sub(r"\s", "", written)
        assert re.search(said, process.stderr) or re.search(said, kept), f"no {said!r} in {process.stderr[:1000]}"
        if written:
            assert harness.run([PROGRAM, "validate", output], timeout=PATIENCE_S).returncode == harness.READ


def main():
    return harness.run_tests([[(name, functools.partial(check, *what))] for name, what in FILES.items()], 2)


sys.exit(main())
