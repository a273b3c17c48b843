#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The corpus, document by document, exact in both directions.

Usage: test-corpus.py [--update] PROGRAM SOURCE-ROOT. Speaks TAP.

corpus/expected/
  NAME.tsv              what a careful reader reads, made without reading a PDF: every value must be read with its
                        characters, and nothing beside it
  known-deviations.tsv  where the program does not (yet), with the reason; a row that is no longer so fails, too
  known-spacing.tsv     values whose characters are right and whose line breaks or blanks are not: how many
  NAME--LAYOUT.xml      what the program wrote when somebody last looked, diagnostics and places included

--update writes the last two, and the tables of corpus/README.md, anew; read the difference before you keep it."""

import difflib
import functools
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "corpus"))

import accuracy  # pylint: disable=wrong-import-position
import fields
import harness
import reading

UPDATE = "--update" in sys.argv
PROGRAM, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:] if word != "--update")
EXPECTED = ROOT / "corpus" / "expected"
DEVIATIONS = EXPECTED / "known-deviations.tsv"
SPACING = EXPECTED / "known-spacing.tsv"
UNPLACED = "report/unplaced"  # stands for a path where text without a place is known

MAX_SHOWN = 20


def expected_of(reading_):
    return fields.read_expected(EXPECTED / f"{reading_.document.split('--')[0]}.tsv")


def shown(lines):
    """LINES, or as many as anybody reads."""
    lines = list(lines)
    more = [f"… and {len(lines) - MAX_SHOWN} more"] if len(lines) > MAX_SHOWN else []
    return "\n".join(lines[:MAX_SHOWN] + more)


def table(path, header):
    """The rows of a table of ours, each as a list."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else ["\t".join(header)]
    assert lines[0].split("\t") == header, f"{path.name}: the header is not {header}"
    rows = [line.split("\t") for line in lines[1:]]
    for row in rows:
        assert len(row) == len(header) and all(row), f"{path.name}: not {len(header)} columns: {row}"
    return rows


# --- Known deviations -------------------------------------------------------------------------


def known_deviations(document):
    """(path, outcome) of the rows for DOCUMENT; a row may name all layouts of a document at once."""
    rows = table(DEVIATIONS, ["document", "path", "outcome", "reason"])
    return {(path, outcome) for name, path, outcome, _ in rows if name in (document, document.split("--")[0])}


def deviations(one):
    """(path, outcome) → what there is to see, for all that is not as expected."""
    expected, rows = expected_of(one), one.rows
    found = {}
    for path, outcome in fields.compare(expected, rows).items():
        if not fields.is_right(outcome):
            got = f"{rows[path].value!r} ({rows[path].status})" if path in rows else "nothing"
            found[path, outcome] = f"expected {expected.get(path)!r}, got {got}"
    unplaced = one.model["report"]["unplaced"]
    if unplaced:
        found[UNPLACED, "unplaced"] = "; ".join(f"page {piece['page']}: {piece['text']!r}" for piece in unplaced[:3])
    return found


def check_values(one):
    found, known = deviations(one), known_deviations(one.document)
    new = [f"{outcome}: {path}: {found[path, outcome]}" for path, outcome in found if (path, outcome) not in known]
    gone = [f"no longer so, take it out of {DEVIATIONS.name}: {outcome}: {path}" for path, outcome in sorted(known - found.keys())]
    assert not new + gone, shown(new + gone)


def check_deviations_name_documents(readings):
    documents = {one.document for one in readings}
    names = documents | {document.split("--")[0] for document in documents}
    for row in table(DEVIATIONS, ["document", "path", "outcome", "reason"]):
        assert row[0] in names, f"{DEVIATIONS.name}: no document {row[0]}"


# --- Known line breaks and blanks --------------------------------------------------------------


def check_spacing(one):
    known = {row[0]: (int(row[1]), int(row[2])) for row in table(SPACING, ["document", "line breaks", "blanks"])}
    found = fields.spacing(expected_of(one), one.rows)
    assert found == known.get(one.document, (0, 0)), (
        f"values with other line breaks and values with other blanks: {found}, but {SPACING.name} has {known.get(one.document, (0, 0))}")


def update_spacing(readings):
    lines = ["document\tline breaks\tblanks"]
    for one in readings:
        counts = fields.spacing(expected_of(one), one.rows)
        if any(counts):
            lines.append(f"{one.document}\t{counts[0]}\t{counts[1]}")
    SPACING.write_text("\n".join(lines) + "\n", "utf-8")


# --- Golden XML, and the other outputs -----------------------------------------------------------


def golden(one):
    return EXPECTED / f"{one.document}.xml"


def check_golden(one):
    assert golden(one).exists(), f"{golden(one).relative_to(ROOT)} is missing: look at the output, then make it with --update"
    before, now = golden(one).read_bytes(), one.xml
    if before != now:
        lines = [text.decode("utf-8").splitlines() for text in (before, now)]
        raise AssertionError(shown(difflib.unified_diff(*lines, golden(one).name, "now", n=0, lineterm="")))


def check_valid(one):
    process = harness.run([PROGRAM, "validate", "-"], stdin=one.xml)
    assert process.returncode == harness.READ and not process.stderr, process.stderr


def check_conservation(one):
    wrong = reading.conservation(one.model, one.form)
    assert not wrong, "\n".join(wrong)


def check_formats(one):
    """JSON has what XML has, and TSV the same values in the same order."""
    assert reading.json_model(one.convert("json").stdout) == one.model, "JSON and XML differ"
    rows = fields.read_table(one.convert("tsv").stdout.decode("utf-8"))
    for row, from_xml in zip(rows.values(), one.rows.values()):
        assert row == from_xml, f"TSV and XML differ: {row}, {from_xml}"
    assert len(rows) == len(one.rows), f"{len(rows)} rows in TSV, {len(one.rows)} in XML"


def check_again(one):
    """A second run in another place, with other memory, gives the same bytes."""
    other = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "MALLOC_PERTURB_": "85", "HOME": "/nowhere"}
    again = one.convert("xml", env=other, cwd="/")
    assert again.stdout == one.xml, "another output"
    assert (again.returncode, again.stderr) == (one.process.returncode, one.process.stderr), f"other messages: {again.stderr}"


def check_messages(one):
    """Exit status and standard error say what the output says."""
    process = one.process
    assert process.returncode == reading.expected_status(one.model), f"exit status {process.returncode}: {process.stderr}"
    assert bool(process.stderr) == (process.returncode != harness.READ), process.stderr
    lines = process.stderr.splitlines()
    for entry in one.model["report"]["diagnostics"]:
        place = f"page {entry['page']}: " if "page" in entry else ""
        if "box" in entry:
            place += "box " + " ".join(f"{side:.2f}" for side in entry["box"]) + ": "
        line = f"hyokasho: {one.pdf}: {place}{entry['severity']}: {entry['message']} [{entry['code']}]"
        assert (line in lines) == (entry["severity"] != "note"), f"{'said' if line in lines else 'not said'}: {line}"


CHECKS = {
    "values": check_values,
    "line breaks and blanks": check_spacing,
    "golden XML": check_golden,
    "schema": check_valid,
    "conservation": check_conservation,
    "JSON and TSV": check_formats,
    "a second run": check_again,
    "messages": check_messages,
}


# --- All ---------------------------------------------------------------------------------------------


def check_tables(readings):
    now = accuracy.updated(ROOT, readings)
    assert now == accuracy.readme(ROOT).read_text("utf-8"), "corpus/README.md has other figures: run corpus/accuracy.py"


def check_corpus_is_whole(readings):
    names = {one.document.split("--")[0] for one in readings}
    assert names == {path.stem for path in (ROOT / "corpus" / "documents").glob("*.json")}, names
    for path in EXPECTED.glob("*--*.xml"):
        assert path.stem in {one.document for one in readings}, f"{path.name}: no such PDF"


def main():
    readings = accuracy.read_corpus(PROGRAM, ROOT)
    if UPDATE:
        for one in readings:
            golden(one).write_bytes(one.xml)
        update_spacing(readings)
        accuracy.update(ROOT, readings)
        return 0
    groups = [[(f"{one.document}: {name}", functools.partial(check, one)) for name, check in CHECKS.items()] for one in readings]
    groups.append([("every document has PDFs, and every golden XML", lambda: check_corpus_is_whole(readings)),
                   ("known deviations name documents", lambda: check_deviations_name_documents(readings)),
                   ("the tables of corpus/README.md are of now", lambda: check_tables(readings))])
    return harness.run_tests(groups, os.cpu_count() or 1)


sys.exit(main())
