#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The texts of the corpus, in every dialect and damaged: how much of them is read, and that nothing is lost or invented.

Usage: test-texts.py [--update] PROGRAM SOURCE-ROOT. Speaks TAP.

corpus/expected/text-limits.tsv holds, for each dialect and each damage, what must be right at least and what may be wrong at
most; --update writes it, and the tables of corpus/README.md, from what is read now.
"""

import functools
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "corpus"))

import accuracy  # pylint: disable=wrong-import-position
import harness
import reading

UPDATE = "--update" in sys.argv
PROGRAM, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:] if word != "--update")
LIMITS = ROOT / "corpus" / "expected" / "text-limits.tsv"
HEADER = ["texts", "match", "silent", "reported"]

# --- Limits ---------------------------------------------------------------------------------------


def sums(texts, damaged):
    """The counters of each dialect and each damage."""
    return accuracy.by_kind(accuracy.tally_texts(ROOT, texts)) | accuracy.by_kind(accuracy.tally_texts(ROOT, damaged))


def percent(counter):
    """The share of values that are right, in percent, rounded down."""
    return int(1000 * counter["match"] / counter["values"]) / 10


def limits():
    """Dialect or damage → (percent right at least, wrong and not marked at most, texts that must be reported)."""
    lines = [line.split("\t") for line in LIMITS.read_text("utf-8").splitlines()]
    assert lines[0] == HEADER, f"{LIMITS.name}: the header is not {HEADER}"
    return {name: (float(match), int(silent), int(reported)) for name, match, silent, reported in lines[1:]}


def update_limits(texts, damaged):
    lines = ["\t".join(HEADER)]
    for name, counter in sums(texts, damaged).items():
        reported = counter["reported"] if name not in accuracy.DIALECTS else 0
        lines.append(f"{name}\t{percent(counter)}\t{counter['silent']}\t{reported}")
    LIMITS.write_text("\n".join(lines) + "\n", "utf-8")


def check_limits(name, counted):
    counter = counted()[name]
    match, silent, reported = limits()[name]
    assert percent(counter) >= match, f"{percent(counter)} % are right, not {match} %"
    assert counter["silent"] <= silent, f"{counter['silent']} are wrong and not marked, not {silent} at most"
    assert counter["reported"] >= reported, f"{counter['reported']} texts are reported, not {reported}"


def check_limits_name_texts(texts, damaged):
    names = {accuracy.kind_of(one.document) for one in texts + damaged}
    assert limits().keys() == names, f"{LIMITS.name}: {sorted(limits().keys() ^ names)}"


# --- Each text ------------------------------------------------------------------------------------


def check_conservation(one):
    wrong = reading.conservation(one.model, one.form)
    assert not wrong, "\n".join(wrong)


def check_valid(one):
    process = harness.run([PROGRAM, "validate", "-"], stdin=one.xml)
    assert process.returncode == harness.READ and not process.stderr, process.stderr


def check_status(one):
    """The exit status says what the output says."""
    assert one.process.returncode == reading.expected_status(one.model), f"exit status {one.process.returncode}: {one.process.stderr}"


def check_tables(texts, damaged):
    now = accuracy.updated_texts(ROOT, texts, damaged)
    assert now == accuracy.readme(ROOT).read_text("utf-8"), "corpus/README.md has other figures: run corpus/accuracy.py"


CHECKS = {"conservation": check_conservation, "schema": check_valid, "exit status": check_status}


def main():
    texts, damaged = accuracy.read_texts(PROGRAM, ROOT), accuracy.read_texts(PROGRAM, ROOT, "damaged")
    if UPDATE:
        update_limits(texts, damaged)
        accuracy.update_texts(ROOT, texts, damaged)
        return 0
    groups = [[(f"{one.document}: {name}", functools.partial(check, one)) for name, check in CHECKS.items()] for one in texts + damaged]
    counted = functools.cache(lambda: sums(texts, damaged))
    last = [(f"within the limits: {name}", functools.partial(check_limits, name, counted)) for name in limits()]
    last.append(("the limits name what there is", lambda: check_limits_name_texts(texts, damaged)))
    last.append(("the tables of corpus/README.md are of now", lambda: check_tables(texts, damaged)))
    return harness.run_tests([*groups, last], os.cpu_count() or 1)


sys.exit(main())
