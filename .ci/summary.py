#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Sums up what `meson test` wrote in the build folders given: "N passed, N failed, N skipped, N gaps".

A gap is a test of what is known not to work yet (TODO in TAP). A test program that speaks TAP counts with each of its tests, any other as one.
A program that was killed or timed out, or a folder without results, is a failure."""

import collections
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

GOOD = {"OK", "SKIP", "EXPECTEDFAIL"}

# What XML does not allow, but the output of a test can hold.
FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def case_result(case):
    kinds = {child.tag for child in case}
    if kinds & {"failure", "error"}:
        return "failed"
    if "skipped" in kinds:
        return "skipped"
    return "gaps" if "system-out" in kinds else "passed"  # the reason that TODO gives: meson has no element of its own for it


def count(folder):
    """Counts of one folder."""
    logs = pathlib.Path(folder, "meson-logs")
    counts = collections.Counter()
    try:
        report = FORBIDDEN.sub(b"", (logs / "testlog.junit.xml").read_bytes())
        cases = list(ElementTree.fromstring(report).iter("testcase"))
        with open(logs / "testlog.json", encoding="utf-8") as lines:
            programs = [json.loads(line) for line in lines]
    except (OSError, ValueError, ElementTree.ParseError) as error:
        print(f"{folder}: no test results: {error}")
        return collections.Counter(failed=1)
    counts.update(case_result(case) for case in cases)

    # A program can fail although each test it reported passed.
    bad = sum(program["result"] not in GOOD for program in programs)
    counts["failed"] = max(counts["failed"], bad)
    if not programs:
        print(f"{folder}: no tests were run")
        counts["failed"] += 1
    return counts


def main():
    total = collections.Counter()
    for folder in sys.argv[1:]:
        total += count(folder)
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped, {total['gaps']} gaps")
    return 1 if total["failed"] else 0


sys.exit(main())
