#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Documents of the corpus made hard: turned, repacked, cut, damaged; and inputs that never end or are not there.

Usage: test-variants.py PROGRAM SOURCE-ROOT. Speaks TAP.

What only packs or turns a document otherwise must not change a value. What damages it may cost values, but never
the program, the accounts, or the truth of what it says about itself."""

import functools
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True

import fields  # pylint: disable=wrong-import-position
import harness
import reading

PROGRAM, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:])
FORM = fields.items(ROOT)

# A small document from each kind of producer.
DOCUMENTS = [f"asanagi-vaccination--{layout}" for layout in ("calc", "cut", "weasy", "norules")]

# Written by corpus/typeset.py: their objects are plain, and can be changed here. The second has a table of changes.
PLAIN = "asanagi-vaccination--cut"
RECORDS = "shirakabahara-school--cutruns"

CUTS = 12           # a document, evenly spread
FLIPS = 8           # damaged copies of a document
BITS = (1, 4, 30)   # flipped in a copy, in turn

REMAPPED = "課"     # stands in some values, and in no label

STREAM = re.compile(rb"\n(\d+) 0 obj\n<< [^>]*/FlateDecode[^>]* >>\nstream\n(.*?)\nendstream", re.S)
PAGE = re.compile(rb"\n(\d+) 0 obj\n<< /Type /Page (.*?) >>\nendobj", re.S)
TRAILER = re.compile(rb"trailer\n<< /Size (\d+) /Root (\d+ 0 R).*?startxref\n(\d+)", re.S)


def content_of(document):
    return (ROOT / "corpus" / "pdf" / f"{document}.pdf").read_bytes()


@functools.lru_cache
def whole(document):
    """What is read of the document as it stands in the corpus."""
    return values(reading.Reading(PROGRAM, ROOT / "corpus" / "pdf" / f"{document}.pdf", FORM))


def values(one):
    return {path: (row.value, row.status) for path, row in one.rows.items()}


def read(content):
    """A Reading of CONTENT, already made."""
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        path = pathlib.Path(folder) / "variant.pdf"
        path.write_bytes(content)
        one = reading.Reading(PROGRAM, path, FORM)
        assert one.process
    return one


def same(document, content, what=lambda row: row):
    """CONTENT must read as DOCUMENT does."""
    before, now = whole(document), values(read(content))
    wrong = [f"{path}: {before.get(path)}, {now.get(path)}"[:300] for path in {**before, **now}
             if path not in before or path not in now or what(before[path]) != what(now[path])]
    assert not wrong, "\n".join(wrong[:20])


def same_values(document, content):
    """The same, whatever the status: lines get thinner, and blanks narrower."""
    same(document, content, what=lambda row: fields.bare(row[0]))


def nothing_wrong(document, content):
    """Less may be read, but nothing else."""
    before, one = whole(document), read(content)
    wrong = [f"{path}: {before.get(path)}, {row.value!r} {row.status}"[:300] for path, row in one.rows.items() if row.status != "uncertain"
             and (path not in before or fields.bare(row.value) != fields.bare(before[path][0]))]
    assert not wrong, "\n".join(wrong[:20])


# --- The same document ------------------------------------------------------------------------


def updated(content, objects):
    """CONTENT with OBJECTS, number → bytes, in an incremental update."""
    size, root, start = TRAILER.search(content).groups()
    out, places = bytearray(content), {}
    for number, body in objects.items():
        places[number] = len(out) + 1
        out += b"\n%d 0 obj\n%s\nendobj" % (number, body)
    table = len(out) + 1
    out += b"\nxref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % place for place in sorted(places.items()))
    out += b"trailer\n<< /Size %d /Root %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (max([int(size) - 1, *places]) + 1, root, start, table)
    return bytes(out)


def pages_changed(content, change, others=None):
    """CONTENT with the entries of its pages as CHANGE makes them, and OTHERS."""
    pages = {int(number): b"<< /Type /Page %s >>" % change(entries) for number, entries in PAGE.findall(content)}
    assert pages, "no pages found"
    return updated(content, pages | (others or {}))


def stream(content):
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def turned(content, degrees):
    return pages_changed(content, lambda entries: entries + b" /Rotate %d" % degrees)


def moved(content, factor, x=0.0, y=0.0):
    """The pages FACTOR times as large, with their lower left corner at X, Y."""
    first = int(TRAILER.search(content)[1])

    def change(entries):
        entries = re.sub(rb"/MediaBox \[0 0 (\S+) (\S+)\]", lambda box: b"/MediaBox [%f %f %f %f]" % (
            x, y, x + factor * float(box[1]), y + factor * float(box[2])), entries)
        return re.sub(rb"/Contents \[(.*?)\]", rb"/Contents [%d 0 R \1 %d 0 R]" % (first, first + 1), entries)

    return pages_changed(content, change, {first: stream(b"q %f 0 0 %f %f %f cm" % (factor, factor, x, y)), first + 1: stream(b"Q")})


def larger_media(content):
    """A sheet with a margin that the crop box takes away again."""
    media = b"/MediaBox [-90 -70 700 950] /CropBox [0 0 595.3 841.9]"
    return pages_changed(content, lambda entries: re.sub(rb"/MediaBox \[.*?\]", media, entries))


VARIANTS = {
    "an incremental update": (same, lambda content: pages_changed(content, lambda entries: entries)),
    "turned to the right": (same_values, lambda content: turned(content, 90)),
    "turned upside down": (same_values, lambda content: turned(content, 180)),
    "turned to the left": (same_values, lambda content: turned(content, 270)),
    "a crop box in a larger media box": (same, larger_media),
    "the origin elsewhere": (same, lambda content: moved(content, 1, 300, -500)),
    "a user unit": (same_values, lambda content: pages_changed(content, lambda entries: entries + b" /UserUnit 2")),
    "A3": (same_values, lambda content: moved(content, 2 ** 0.5)),
    "A5": (same_values, lambda content: moved(content, 0.5 ** 0.5)),
    "A6": (nothing_wrong, lambda content: moved(content, 0.5)),
    "a byte order mark and a line before the header": (same, lambda content: b"\xef\xbb\xbf\r\n" + content),
    "binary junk before the header": (same, lambda content: bytes(range(256)) * 3 + content),
    "junk behind the end": (same, lambda content: content + bytes(range(256)) * 20),
    "a wrong startxref": (same, lambda content: re.sub(rb"startxref\n\d+", b"startxref\n7", content)),
}


def check_variant(document, name):
    check, make = VARIANTS[name]
    check(document, make(content_of(document)))


# --- Damaged -----------------------------------------------------------------------------------


def check_honest(one, document):
    """Whatever happened to the document: the exit status is one of ours, the output is valid, its accounts add up,
    and no value with a character that is not known is called good."""
    process = one.process
    if not process.stdout:
        assert process.returncode == harness.FAILED and process.stderr, process.returncode
        return
    valid = harness.run([PROGRAM, "validate", "-"], stdin=one.xml)
    assert valid.returncode == harness.READ, valid.stderr[:1000]
    counts = one.model["report"]["characters"]
    assert counts["source"] == sum(counts.values()) - counts["source"], counts
    for path, row in one.rows.items():
        assert "\ufffd" not in row.value or row.status == "uncertain", f"{path} is {row.status}: {row.value!r}"[:500]
    assert process.returncode == reading.expected_status(one.model), process.returncode
    if process.returncode == harness.READ:
        assert values(one) == whole(document), "values are lost or changed, but nothing is said"


def check_cut(document, part):
    content = content_of(document)
    check_honest(read(content[: len(content) * part // (CUTS + 1)]), document)


def check_flipped(document, seed):
    content, chance = bytearray(content_of(document)), random.Random(f"{document} {seed}")
    for _ in range(BITS[seed % len(BITS)]):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    one = read(bytes(content))
    if one.process.returncode == harness.READ:
        return  # nobody can tell a flipped bit in a picture, a font, or one letter for another
    check_honest(one, document)


def remapped(content, character, code):
    """CONTENT whose fonts say that CHARACTER is CODE."""
    maps = {}
    for number, packed in STREAM.findall(content):
        plain = zlib.decompress(packed)
        if b"begincmap" in plain:
            plain = plain.replace(b"<%04x>" % ord(character), b"<%04x>" % code)
            maps[int(number)] = stream(plain)
    return updated(content, maps)


def check_unknown_character(code):
    """A value with a character that nobody knows is uncertain; the others are as before."""
    before, one = whole(PLAIN), read(remapped(content_of(PLAIN), REMAPPED, code))
    hit = {path for path, (value, _) in before.items() if REMAPPED in value}
    assert hit, f"no value has {REMAPPED}"
    for path, (value, status) in before.items():
        now = one.rows.get(path)
        assert now is not None, f"{path}: missing"
        if path in hit:
            assert now.status == "uncertain" and REMAPPED not in now.value, f"{path} is {now.status}: {now.value!r}"
        else:
            assert (now.value, now.status) == (value, status), f"{path}: {now.value!r} ({now.status})"


def check_picture(document, number):
    """A page is a picture. What the others say is said of the same items; a value that ran on to the lost page,
    or stood under its headings, may be uncertain, but not cut off or put elsewhere. Blocks may be numbered anew."""
    content = content_of(document)
    page, entries = PAGE.findall(content)[number - 1]
    drawing = int(TRAILER.search(content)[1])
    entries = re.sub(rb"/Contents \[.*?\]", b"/Contents %d 0 R" % drawing, entries)
    one = read(updated(content, {int(page): b"<< /Type /Page %s >>" % entries, drawing: stream(b"50 50 400 700 re S")}))
    check_honest(one, document)
    assert f"page {number}: error: " in one.process.stderr, one.process.stderr[:1000]
    said = {(fields.NUMBER.sub("[]", path), fields.bare(value)) for path, (value, _) in whole(document).items()}
    wrong = [f"{path} is {row.status}: {row.value!r}"[:300] for path, row in one.rows.items() if row.status != "uncertain"
             and not fields.is_mark(path, FORM) and (fields.NUMBER.sub("[]", path), fields.bare(row.value)) not in said]
    assert not wrong, "\n".join(wrong[:20])


# --- No documents ---------------------------------------------------------------------------------


def check_unread(command, message, **more):
    process = harness.run([PROGRAM, *command], timeout=60, **more)
    assert process.returncode == harness.FAILED, f"exit status {process.returncode}: {process.stderr}"
    assert re.search(message, process.stderr), process.stderr
    assert process.stdout == b""


def check_endless_input():
    check_unread(["convert", "/dev/zero"], "/dev/zero: is larger than 512 MiB")


def check_closed_standard_input():
    check_unread(["convert", "-"], "stdin: cannot be read", preexec_fn=lambda: os.close(0))


def check_pipe_as_input():
    """A pipe has no size and cannot be read twice."""
    with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
        pipe = pathlib.Path(folder) / "variant.pdf"
        os.mkfifo(pipe)
        source = ROOT / "corpus" / "pdf" / f"{PLAIN}.pdf"
        with subprocess.Popen(["sh", "-c", 'exec cat "$1" >"$2"', "sh", source, pipe]):
            assert values(reading.Reading(PROGRAM, pipe, FORM)) == whole(PLAIN)


def check_reader_that_leaves():
    """head(1) has read enough: no message, no core, no hang."""
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        process = harness.run([PROGRAM, "convert", "-q", ROOT / "corpus" / "pdf" / f"{PLAIN}.pdf"], stdout=theirs, timeout=60)
    finally:
        os.close(theirs)
    assert process.returncode in (-signal.SIGPIPE, harness.FAILED), f"exit status {process.returncode}: {process.stderr}"


def check_hostile_xml(content):
    """validate neither fetches nor unfolds what a file tells it to."""
    check_unread(["validate", "-"], "^hyokasho: stdin:", stdin=content.encode("utf-8"))


DOCTYPE = '<!DOCTYPE assessment [{}]><assessment xmlns="urn:hyokasho:assessment:1" version="{}"/>'
BILLION = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij"))

OTHER = {
    "a character that XML forbids": lambda: check_unknown_character(0x0004),
    "a private character": lambda: check_unknown_character(0xE001),
    "a character without a code": lambda: check_unknown_character(0xFFFD),
    "input without end": check_endless_input,
    "standard input is closed": check_closed_standard_input,
    "a pipe as input": check_pipe_as_input,
    "a reader that leaves": check_reader_that_leaves,
    "XML: a file as entity": lambda: check_hostile_xml(DOCTYPE.format('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")),
    "XML: a thousand million laughs": lambda: check_hostile_xml(DOCTYPE.format(BILLION, "&j;")),
    "XML: elements without end": lambda: check_hostile_xml("<a>" * 200000),
}


def main():
    groups = [[(f"{document}, {name}", functools.partial(check_variant, document, name)) for name in VARIANTS] for document in (PLAIN, RECORDS)]
    for document in DOCUMENTS:
        groups += [[(f"{document} cut at {part}/{CUTS + 1}", functools.partial(check_cut, document, part))] for part in range(1, CUTS + 1)]
        groups += [[(f"{document} with flipped bits, {seed}", functools.partial(check_flipped, document, seed))] for seed in range(FLIPS)]
    for document in (PLAIN, RECORDS):
        n_pages = len(PAGE.findall(content_of(document)))
        groups += [[(f"{document}, page {page} is a picture", functools.partial(check_picture, document, page))] for page in range(1, n_pages + 1)]
    groups += [[(name, check)] for name, check in OTHER.items()]
    return harness.run_tests(groups, os.cpu_count() or 1)


sys.exit(main())
