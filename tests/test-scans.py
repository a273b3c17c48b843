#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What models make of scans of the corpus's documents: read exactly as before, and nothing wrong that is not marked.

Usage: test-scans.py [--update] PROGRAM SOURCE-ROOT. Speaks TAP.

corpus/scans/NAME--HABIT.md (.html) is read, and must be
  as corpus/scans/NAME--HABIT.xml has it, which somebody looked at; --update writes it anew
  as corpus/expected/NAME.tsv has it: what is not is marked uncertain, or missing; of the habits that lose nothing, little is"""

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
import scans

UPDATE = "--update" in sys.argv
PROGRAM, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:] if word != "--update")
FOLDER = ROOT / "corpus" / "scans"

# The share of values that are read, and read right, at least; from tabs and worn scans marks are lost.
LEAST = {"pipes": 99, "tags": 99, "lists": 99, "tabs": 93, "worn": 85}


def golden(one):
    return one.pdf.with_suffix(".xml")


def check_golden(one):
    assert one.xml == golden(one).read_bytes(), f"{golden(one).name} is another: read the difference before you keep it (--update)"


def check_values(one):
    outcomes = fields.compare(accuracy.expected_values(ROOT, one), one.rows)
    wrong = [f"{path}: {what}" for path, what in outcomes.items() if what == "wrong"]
    assert not wrong, "\n".join(wrong)


def check_share(one):
    counter = accuracy.tally_text(ROOT, one)
    share = 100 * counter["match"] / counter["values"]
    assert share >= LEAST[accuracy.kind_of(one.document)], f"{share:.1f} % of the values are right"


def check_source(one):
    """The file is what the habit makes of the document."""
    stem, habit = one.document.split("--")
    doc = scans.document(stem)
    assert scans.HABITS[habit](doc).write() == one.pdf.read_text("utf-8"), "run corpus/scans.py"


def check_conservation(one):
    wrong = reading.conservation(one.model, one.form, drawn=True)
    assert not wrong, "\n".join(wrong)


def check_valid(one):
    process = harness.run([PROGRAM, "validate", "-"], stdin=one.xml)
    assert process.returncode == harness.READ and not process.stderr, process.stderr


def check_json(one):
    assert reading.json_model(one.convert("json").stdout) == one.model, "JSON and XML differ"


def check_status(one):
    assert one.process.returncode == reading.expected_status(one.model), f"exit status {one.process.returncode}"


def check_name(one):
    """Its name says nothing: the same bytes as NAME.txt are read the same."""
    process = harness.run([PROGRAM, "convert", "-q", "--format", "tsv", "-"], stdin=one.pdf.read_bytes())
    assert fields.read_table(process.stdout.decode("utf-8")) == one.rows, "another table"


CHECKS = {"golden XML": check_golden, "values": check_values, "share": check_share, "source": check_source, "conservation": check_conservation,
          "schema": check_valid, "JSON": check_json, "exit status": check_status, "name": check_name}


def main():
    paths = sorted([*FOLDER.glob("*.md"), *FOLDER.glob("*.html")])
    readings = accuracy.read_files(PROGRAM, ROOT, paths)
    if UPDATE:
        for one in readings:
            golden(one).write_bytes(one.xml)
        return 0
    groups = [[(f"{one.document}: {name}", functools.partial(check, one)) for name, check in CHECKS.items()] for one in readings]

    def check_whole():
        assert {path.stem for path in paths} == set(scans.KEPT), "run corpus/scans.py"
        assert {path.stem for path in FOLDER.glob("*.xml")} == set(scans.KEPT), "there is an XML without a scan, or none"
    groups.append([("every scan of the list is there, with its XML", check_whole)])
    return harness.run_tests(groups, os.cpu_count() or 1)


sys.exit(main())
