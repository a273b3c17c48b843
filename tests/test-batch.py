#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A collection converted into a folder: processes, limits, names, and runs that are stopped and taken up again.

Usage: test-batch.py PROGRAM SOURCE-ROOT SANITIZER. Speaks TAP."""

import collections
import contextlib
import csv
import hashlib
import json
import os
import pathlib
import pty
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import harness  # pylint: disable=wrong-import-position
from harness import FAILED, READ, STOPPED, USAGE, Skip

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
SANITIZED = sys.argv[3] != "none"
CORPUS = ROOT / "corpus" / "pdf"
SHORT = [CORPUS / f"{name}.pdf" for name in ("kazehaya-clinic--cutruns", "tsukishiro-pension--calc", "tsukishiro-pension--mincho")]
LONG = CORPUS / "kumoihama-tax--calc.pdf"
PLAIN = ROOT / "tests" / "data" / "plain.pdf"
PASSWORD = ROOT / "tests" / "data" / "password.pdf"

KILLS = 10  # of one run

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def run(*arguments, **more):
    return harness.run([PROGRAM, *arguments], **more)


def convert(folder, *arguments, status=None, **more):
    process = run("convert", *arguments, cwd=folder, **more)
    if status is not None:
        assert process.returncode == status, f"exit status {process.returncode}, not {status}: {process.stderr}"
    return process


def hear_signals():
    """Whoever started the tests (nohup, a shell's &) may have had signals ignored, and a run ignores them then, too."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def start(folder, *arguments):
    return subprocess.Popen([PROGRAM, "convert", *arguments], cwd=folder, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=hear_signals)


def tree(folder):
    """All files below FOLDER with what they contain."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def manifest(folder, name="manifest.csv"):
    """The rows of the manifest by input."""
    with open(folder / name, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["input"] for row in rows] == sorted((row["input"] for row in rows), key=os.fsencode), "not sorted"
    return {row["input"]: row for row in rows}


def outcomes(folder):
    return {name: row["outcome"] for name, row in manifest(folder).items()}


def events(path, kind="document"):
    return [event for event in map(json.loads, path.read_text("utf-8").splitlines()) if event["event"] == kind]


def collection(folder, n=9):
    """N documents in folders, no two the same: a short one of the corpus, and a number behind its end."""
    for number in range(n):
        source = SHORT[number % len(SHORT)]
        path = folder / "in" / f"town {number % 3}" / f"{number}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes() + b"%% %d\n" % number)
    return folder / "in"


def children(pid):
    try:
        return [int(word) for word in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def is_limited(pid):
    """Whether the reader PID may write no file: it has then said what is to end it, too."""
    try:
        limits = pathlib.Path(f"/proc/{pid}/limits").read_text("ascii")
    except OSError:
        return False
    return re.search(r"^Max file size\s+0\s", limits, re.MULTILINE) is not None


def is_alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


# --- What comes out -----------------------------------------------------------------


@test
def each_output_is_what_the_document_alone_gives(folder):
    collection(folder)
    shutil.copy(PLAIN, folder / "in" / "plain.pdf")
    (folder / "in" / "letter.txt").write_text("拝啓\n", "utf-8")
    (folder / "in" / "notes.doc").write_bytes(b"x")
    (folder / "in" / ".hidden.pdf").write_bytes(b"x")
    process = convert(folder, "-j", "2", "-o", "out", "in", status=FAILED)
    assert re.search(r"not called .*: 1: passed over", process.stderr), process.stderr
    documents = [path for path in (folder / "in").rglob("*") if path.is_file() and path.suffix != ".doc" and path.name[0] != "."]
    assert len(documents) == 11
    for path in documents:
        alone = run("convert", path.relative_to(folder), cwd=folder).stdout
        assert (folder / "out" / f"{path.relative_to(folder)}.xml").read_bytes() == alone, path
    assert len(tree(folder / "out")) == len(documents) + 1


@test
def the_manifest_says_what_there_is(folder):
    (folder / "in").mkdir()
    shutil.copy(CORPUS / "shirakabahara-school--calc.pdf", folder / "in" / "a, \"b\".pdf")
    shutil.copy(SHORT[0], folder / "in" / "short.pdf")
    shutil.copy(PASSWORD, folder / "in" / "password.pdf")
    (folder / "in" / "empty.pdf").touch()
    convert(folder, "-j", "2", "-o", "out", "in", "in/no.pdf", status=FAILED)
    rows = manifest(folder / "out")
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "in/a, \"b\".pdf": "review", "in/empty.pdf": "empty", "in/no.pdf": "unread", "in/password.pdf": "encrypted",
        "in/short.pdf": "read"}, rows
    row = rows["in/a, \"b\".pdf"]
    content = (folder / "in" / "a, \"b\".pdf").read_bytes()
    assert row["sha256"] == hashlib.sha256(content).hexdigest() and row["bytes"] == str(len(content))
    assert (folder / "out" / row["output"]).read_bytes() == (folder / "out" / "in" / "a, \"b\".pdf.xml").read_bytes()
    assert (row["form"], row["edition"], row["agency"], row["pages"]) == ("3", "令和６年10月", "白樺原市教育委員会", "22"), row
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) and int(row["certain"]) > 300 and row["uncertain"] == "1", row
    assert row["converter"] == run("--version").stdout.decode().strip() + " xml"
    assert not rows["in/password.pdf"]["output"] and "needs a password" in rows["in/password.pdf"]["message"]
    assert "No such file" in rows["in/no.pdf"]["message"]
    assert rows["in/empty.pdf"]["message"].startswith("is empty"), rows["in/empty.pdf"]


@test
def each_format(folder):
    shutil.copy(SHORT[0], folder / "x.pdf")
    for name, extension in (("xml", "xml"), ("json", "json"), ("tsv", "tsv"), ("summary", "txt")):
        convert(folder, "-j", "1", "-f", name, "-o", "out", "x.pdf", status=READ)
        assert (folder / "out" / f"x.pdf.{extension}").read_bytes() == run("convert", "-f", name, "x.pdf", cwd=folder).stdout
        assert manifest(folder / "out")["x.pdf"]["output"] == f"x.pdf.{extension}"


@test
def lists_and_folders_and_files_name_each_document_once(folder):
    collection(folder)
    (folder / "list").write_text("\ufeffin/town 0/0.pdf\r\n\n./in//town 1\n", "utf-8")
    convert(folder, "-j", "2", "-o", "out", "@list", "in/town 0/0.pdf", "in/town 1/1.pdf", status=READ)
    assert len(outcomes(folder / "out")) == 4, outcomes(folder / "out")
    convert(folder, "-j", "2", "-o", "two", "@-", stdin=b"in/town 2/2.pdf\n", status=READ)
    assert list(outcomes(folder / "two")) == ["in/town 2/2.pdf"]
    shutil.copy(SHORT[0], folder / "-j3.pdf")
    convert(folder, "-j2", "-o", "five", "--", "-j3.pdf", status=READ)
    assert list(outcomes(folder / "five")) == ["-j3.pdf"]
    convert(folder, "-o", "three", "in", status=READ)  # a folder alone says that it is a collection
    assert len(outcomes(folder / "three")) == 9
    assert "none: the list cannot be read" in convert(folder, "-j", "2", "-o", "four", "@none", status=FAILED).stderr
    (folder / "empty").mkdir()
    assert "no document was found" in convert(folder, "-j", "2", "-o", "four", "empty", status=FAILED).stderr


@test
def the_same_content_is_read_once(folder):
    collection(folder, 1)
    shutil.copy(folder / "in" / "town 0" / "0.pdf", folder / "in" / "again.pdf")
    convert(folder, "-j", "2", "-o", "out", "--log", "log", "in", status=READ)
    assert [event["inputs"] for event in events(folder / "log")] == [["in/again.pdf", "in/town 0/0.pdf"]]
    # Found later, it is written from what was read before: the time would not do for more.
    shutil.copy(folder / "in" / "again.pdf", folder / "in" / "later.pdf")
    os.truncate(folder / "log", 0)
    convert(folder, "-j", "2", "-o", "out", "--log", "log", "in", status=READ)
    assert [event["inputs"] for event in events(folder / "log")] == [["in/later.pdf"]]
    for name in ("again.pdf", "later.pdf", "town 0/0.pdf"):
        assert (folder / "out" / "in" / f"{name}.xml").read_bytes() == run("convert", f"in/{name}", cwd=folder).stdout, name


# --- Names ---------------------------------------------------------------------------


@test
def names_keep_folders_and_do_not_collide(folder):
    base = folder / "base"
    long = "あ" * 83 + ".pdf"  # 253 bytes
    inputs = ["a/x.pdf", "b/x.pdf", "A/X.PDF", "../x.pdf", "x.pdf", "x.pdf.xml/y.pdf", "manifest.csv/z.pdf",
              f"{long}", b"bad\xff.pdf", ".hyokasho/all.pdf"]
    for number, name in enumerate(inputs):
        path = os.path.join(os.fsencode(base), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(PLAIN.read_bytes() + b"%% %d\n" % number)
    absolute = str(base / "b" / "x.pdf")
    process = convert(base, "-j", "2", "-o", "out", *inputs, absolute)
    assert process.returncode == FAILED, process.stderr
    rows = manifest(base / "out")
    places = {name: row["output"] for name, row in rows.items()}
    assert len({place.casefold() for place in places.values()}) == len(inputs) + 1, places
    assert places["a/x.pdf"] == "a/x.pdf~2.xml" and places["A/X.PDF"] == "A/X.PDF.xml", places
    assert places["../x.pdf"] == "x.pdf.xml" and places["x.pdf"] == "x.pdf~2.xml", places
    assert places["x.pdf.xml/y.pdf"] == "x.pdf.xml~/y.pdf.xml" and places["manifest.csv/z.pdf"] == "manifest.csv~/z.pdf.xml"
    assert places[absolute] == absolute[1:] + ".xml"
    assert places["bad\\xff.pdf"] == "bad%ff.pdf.xml", places
    for name, place in places.items():
        assert (base / "out" / place).is_file(), (name, place)
        assert hashlib.sha256((base / "out" / place).read_bytes()).hexdigest() != rows[name]["sha256"]
    assert not (folder / "x.pdf.xml").exists()
    before = tree(base / "out")
    assert "done before" in convert(base, "-j", "2", "-o", "out", *inputs, absolute).stderr
    assert tree(base / "out") == before


@test
def the_outputs_are_no_inputs(folder):
    collection(folder, 3)
    convert(folder, "-j", "2", "-o", "in/out", "in", status=READ)
    before = tree(folder / "in" / "out")
    convert(folder, "-j", "2", "-o", "in/out", "in", status=READ)
    assert tree(folder / "in" / "out") == before and len(before) == 4
    convert(folder, "-j", "2", "-o", "in", "in/out/manifest.csv", status=FAILED)
    assert outcomes(folder / "in") == {"in/out/manifest.csv": "unread"}


# --- Going on ------------------------------------------------------------------------


def undisturbed(folder, *arguments):
    """What a run that is left alone makes of the collection."""
    convert(folder, "-j", "2", "-o", "whole", *arguments, "in")
    return tree(folder / "whole")


@test
def a_run_that_is_killed_again_and_again_ends_the_same(folder):
    collection(folder, 24)
    shutil.copy(PASSWORD, folder / "in" / "password.pdf")
    shutil.copy(folder / "in" / "town 0" / "0.pdf", folder / "in" / "again.pdf")
    began = time.monotonic()
    expected = undisturbed(folder)
    seconds = time.monotonic() - began
    dice = random.Random(6)
    kills = 0
    for number in range(KILLS):
        with start(folder, "-j", "2", "-o", "out", "in") as process:
            time.sleep(dice.uniform(0, seconds / 2))
            kills += process.poll() is None
            process.send_signal([signal.SIGKILL, signal.SIGINT, signal.SIGTERM][number % 3])
    assert kills > 0
    convert(folder, "-j", "2", "-o", "out", "in", status=FAILED)
    assert tree(folder / "out") == expected


@test
def what_is_done_is_not_done_again(folder):
    collection(folder)
    expected = undisturbed(folder)
    convert(folder, "-j", "2", "-o", "whole", "--log", "log", "in", status=READ)
    assert not events(folder / "log") and tree(folder / "whole") == expected
    # An output that is gone, an input that is another, and one that is new.
    (folder / "whole" / "in" / "town 0" / "0.pdf.xml").unlink()
    shutil.copy(folder / "in" / "town 1" / "4.pdf", folder / "in" / "town 1" / "1.pdf")
    shutil.copy(LONG, folder / "in" / "new.pdf")
    convert(folder, "-j", "2", "-o", "whole", "--log", "log", "in", status=READ)
    assert sorted(event["inputs"][0] for event in events(folder / "log")) == ["in/new.pdf", "in/town 0/0.pdf", "in/town 1/1.pdf"]
    shutil.rmtree(folder / "out", ignore_errors=True)
    assert convert(folder, "-j", "2", "-o", "out", "in").returncode == READ
    assert tree(folder / "whole") == tree(folder / "out")


@test
def an_output_that_was_changed_is_written_anew(folder):
    collection(folder, 6)
    expected = undisturbed(folder)
    whole = folder / "whole" / "in"
    os.truncate(whole / "town 0" / "0.pdf.xml", 0)
    text = (whole / "town 1" / "1.pdf.xml").read_bytes()
    (whole / "town 1" / "1.pdf.xml").write_bytes(text.replace("年".encode(), "歳".encode(), 1))  # of the same size
    # It is nothing to write another file with the same content from, either.
    shutil.copy(folder / "in" / "town 1" / "1.pdf", folder / "copy.pdf")
    convert(folder, "-j", "2", "-o", "whole", "copy.pdf", status=READ)
    assert (folder / "whole" / "copy.pdf.xml").read_bytes() == run("convert", "copy.pdf", cwd=folder).stdout
    convert(folder, "-j", "2", "-o", "whole", "--log", "log", "in", status=READ)
    assert sorted(event["inputs"][0] for event in events(folder / "log")) == ["in/town 0/0.pdf", "in/town 1/1.pdf"]
    found = tree(folder / "whole")
    assert all(found[name] == content for name, content in expected.items() if name != "manifest.csv")


@test
def a_manifest_without_checksums_of_outputs_is_understood(folder):
    collection(folder, 3)
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    lines = (folder / "out" / "manifest.csv").read_text("utf-8").splitlines()
    assert all(line.count(",") == lines[0].count(",") for line in lines) and lines[0].endswith(",output_sha256")
    (folder / "out" / "manifest.csv").write_text("".join(f"{line.rpartition(',')[0]}\n" for line in lines), "utf-8")
    os.truncate(folder / "out" / "in" / "town 1" / "1.pdf.xml", 0)
    convert(folder, "-j", "2", "-o", "out", "--log", "log", "in", status=READ)
    assert [event["inputs"] for event in events(folder / "log")] == [["in/town 1/1.pdf"]]


@test
def what_another_converter_has_done_stays_in_the_manifest(folder):
    collection(folder, 6)
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    before = manifest(folder / "out")
    (folder / "out" / "in" / "town 1" / "4.pdf.xml").unlink()
    convert(folder, "-j", "2", "-o", "out", "-f", "json", "in/town 0", status=READ)
    rows = manifest(folder / "out")
    assert {name: row["output"][-4:] for name, row in rows.items()} == {
        "in/town 0/0.pdf": "json", "in/town 0/3.pdf": "json", "in/town 1/1.pdf": ".xml", "in/town 2/2.pdf": ".xml",
        "in/town 2/5.pdf": ".xml"}, rows
    assert all(rows[name] == before[name] for name in rows if "town 0" not in name)
    # A run that is stopped and taken up by another converter loses its place, not its work.
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    assert manifest(folder / "out") == before


@test
def an_output_of_former_content_does_not_stay(folder):
    collection(folder, 2)
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    shutil.copy(PASSWORD, folder / "in" / "town 0" / "0.pdf")
    convert(folder, "-j", "2", "-o", "out", "in", status=FAILED)
    assert sorted(tree(folder / "out")) == ["in/town 1/1.pdf.xml", "manifest.csv"]


@test
def failures_are_tried_again_on_request_alone(folder):
    collection(folder, 3)
    convert(folder, "-j", "2", "-o", "out", "--max-pages", "4", "in", status=FAILED)
    assert collections.Counter(outcomes(folder / "out").values()) == {"pages": 1, "read": 2}
    assert "has 5 pages" in manifest(folder / "out")["in/town 0/0.pdf"]["message"]
    convert(folder, "-j", "2", "-o", "out", "in", status=FAILED)
    assert collections.Counter(outcomes(folder / "out").values()) == {"pages": 1, "read": 2}
    convert(folder, "-j", "2", "-o", "out", "--retry-failed", "--log", "log", "in", status=READ)
    assert [event["inputs"] for event in events(folder / "log")] == [["in/town 0/0.pdf"]]
    assert tree(folder / "out") == undisturbed(folder)


@test
def signals_stop_a_run_and_all_its_processes(folder):
    collection(folder, 40)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with start(folder, "-j", "2", "-o", "out", "in") as process:
            while not (members := children(process.pid)):
                time.sleep(.001)
            process.send_signal(number)
            assert process.wait() == STOPPED
        assert not any(os.path.exists(f"/proc/{pid}") for pid in members), members
        assert not (folder / "out" / "manifest.csv").exists()
        shutil.rmtree(folder / "out")


@test
def a_run_that_is_killed_takes_its_processes_along(folder):
    (folder / "in").mkdir()
    shutil.copy(LONG, folder / "in" / "long.pdf")
    with start(folder, "-j", "1", "-o", "out", "in") as process:
        # A document's process, and the reader of its PDF below it, stopped so that neither ends by itself.
        while not (readers := [pid for member in children(process.pid) for pid in children(member) if is_limited(pid)]):
            assert process.poll() is None, "the document was read too fast"
        members = children(process.pid) + readers
        for pid in members:
            os.kill(pid, signal.SIGSTOP)
        process.kill()
    until = time.monotonic() + 20
    while alive := [pid for pid in members if is_alive(pid)]:
        assert time.monotonic() < until, alive
        time.sleep(.01)


@test
def what_stands_in_the_way_of_an_output_is_that_documents_trouble(folder):
    collection(folder, 6)
    town = folder / "out" / "in" / "town 0"
    (town / "0.pdf.xml").mkdir(parents=True)
    (folder / "out" / "in" / "town 1").touch()
    shutil.copy(folder / "in" / "town 0" / "0.pdf", folder / "in" / "again.pdf")
    process = convert(folder, "-q", "-j", "2", "-o", "out", "--log", "log", "in", status=FAILED)
    names = ["in/town 0/0.pdf", "in/town 1/1.pdf", "in/town 1/4.pdf"]
    assert sorted(line.split(": ")[1] for line in process.stderr.splitlines()) == names, process.stderr
    assert sorted(event["input"] for event in events(folder / "log", "failure")) == names
    assert "unwritten: out/in/town 1: the folder cannot be made" in process.stderr, process.stderr
    assert [name for name, outcome in outcomes(folder / "out").items() if outcome == "unwritten"] == names
    assert collections.Counter(outcomes(folder / "out").values()) == {"read": 4, "unwritten": 3}
    (town / "0.pdf.xml").rmdir()
    (folder / "out" / "in" / "town 1").unlink()
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    assert tree(folder / "out") == undisturbed(folder)


@test
def a_full_disk_stops_the_run(folder):
    collection(folder, 6)
    shutil.copy(LONG, folder / "in" / "long.pdf")  # its output has more than 200 KB
    process = convert(folder, "-j", "2", "-o", "out", "in", status=STOPPED, restore_signals=False,
                      preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200000, resource.RLIM_INFINITY)))
    assert "the same command goes on" in process.stderr, process.stderr
    assert not list((folder / "out").rglob("long.pdf.xml"))
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    assert tree(folder / "out") == undisturbed(folder)


@test
def what_a_stopped_run_has_done_is_not_lost_by_a_mistake(folder):
    collection(folder, 30)
    with start(folder, "-j", "1", "-o", "out", "in") as process:
        while len(list((folder / "out").rglob("*.xml"))) < 3:
            time.sleep(.001)
        process.send_signal(signal.SIGTERM)
    for arguments in (["@none"], ["--log", "no/log", "in"], ["empty"]):
        (folder / "empty").mkdir(exist_ok=True)
        convert(folder, "-j", "1", "-o", "out", *arguments, status=FAILED)
    done = convert(folder, "-j", "2", "-o", "out", "in", status=READ).stderr
    assert int(re.search(r"(\d+) of them done before", done)[1]) >= 2, done  # the third may not have been noted
    assert tree(folder / "out") == undisturbed(folder)


def leave_journal(out, share="all"):
    """The journal of a run over OUT that was killed when it knew no more than what wrote the manifest."""
    folder = out / ".hyokasho" / share
    folder.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(folder / "journal.sqlite")) as journal:
        journal.execute("CREATE TABLE converter (name TEXT)")
        journal.execute("INSERT INTO converter VALUES (?)", [run("--version").stdout.decode().strip() + " xml"])
        journal.execute("PRAGMA user_version = 1")
        journal.commit()


@test
def a_run_that_dies_before_it_knows_anything_leaves_the_manifest(folder):
    collection(folder, 6)
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    expected = tree(folder / "out")
    leave_journal(folder / "out")
    convert(folder, "-j", "2", "-o", "out", "--log", "log", "in/town 0", status=READ)
    assert not events(folder / "log") and tree(folder / "out") == expected, manifest(folder / "out")


@test
def a_journal_that_was_left_does_not_hide_what_shares_have_done(folder):
    collection(folder, 6)
    expected = undisturbed(folder)
    leave_journal(folder / "out")
    for share in ("1/2", "2/2"):
        convert(folder, "-j", "2", "-o", "out", "--shard", share, "in", status=READ)
    convert(folder, "-j", "2", "-o", "out", "--log", "log", "in", status=READ)
    assert not events(folder / "log") and tree(folder / "out") == expected


@test
def a_run_that_converts_nothing_leaves_no_journal(folder):
    (folder / "empty").mkdir()
    for arguments in (["@none"], ["--log", "no/log", "empty"], ["empty"]):
        convert(folder, "-j", "1", "-o", "out", *arguments, status=FAILED)
        assert not list((folder / "out").iterdir()), arguments


@test
def signals_that_the_caller_ignores_stay_ignored(folder):
    collection(folder, 12)
    ignore = lambda: [signal.signal(number, signal.SIG_IGN) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGCHLD)]
    with subprocess.Popen([PROGRAM, "convert", "-j", "2", "-o", "out", "in"], cwd=folder, preexec_fn=ignore, stderr=subprocess.DEVNULL) as process:
        while not children(process.pid):
            time.sleep(.001)
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGINT)
        assert process.wait() == READ
    assert tree(folder / "out") == undisturbed(folder)


@test
def another_collection_into_the_same_folder_adds_to_it(folder):
    collection(folder, 6)
    convert(folder, "-j", "2", "-o", "out", "in/town 0", status=READ)
    convert(folder, "-j", "2", "-o", "out", "in/town 1", "in/town 2", status=READ)
    assert tree(folder / "out") == undisturbed(folder)
    assert "2 documents: 2 read, 2 of them done before" in convert(folder, "-j", "2", "-o", "out", "in/town 0").stderr
    assert tree(folder / "out") == undisturbed(folder)


@test
def two_runs_at_a_time_are_one_too_many(folder):
    collection(folder, 30)
    with start(folder, "-j", "1", "-o", "out", "in") as process:
        while not children(process.pid):
            time.sleep(.001)
        second = convert(folder, "-j", "1", "-o", "out", "in")
        assert process.poll() is not None or second.returncode == FAILED and "let the other run" in second.stderr, second.stderr
        assert process.wait() == READ
    assert tree(folder / "out") == undisturbed(folder)


@test
def shares_make_the_whole(folder):
    collection(folder, 12)
    expected = undisturbed(folder)
    with start(folder, "-j", "1", "-o", "out", "--shard", "1/3", "in") as first:
        convert(folder, "-j", "1", "-o", "out", "--shard", "2/3", "in", status=READ)
        assert first.wait() == READ
    convert(folder, "-j", "1", "-o", "out", "--shard", "3/3", "in", status=READ)
    shares = [manifest(folder / "out", f"manifest-{number}-of-3.csv") for number in (1, 2, 3)]
    assert sorted(name for share in shares for name in share) == sorted(manifest(folder / "whole")), shares
    assert all(0 < len(share) < 12 for share in shares)
    convert(folder, "-j", "2", "-o", "out", "--log", "log", "in", status=READ)
    assert not events(folder / "log")
    assert tree(folder / "out") == expected


# --- Limits ----------------------------------------------------------------------------


@test
def time_is_limited(folder):
    collection(folder, 2)
    shutil.copy(LONG, folder / "in" / "long.pdf")
    convert(folder, "-j", "2", "-o", "out", "--timeout", "0.001", "in", status=FAILED)
    assert set(outcomes(folder / "out").values()) == {"timeout"}
    assert manifest(folder / "out")["in/long.pdf"]["message"] == "took longer than 0.001 s"
    assert list(tree(folder / "out")) == ["manifest.csv"]


@test
def memory_is_limited(folder):
    if SANITIZED:
        raise Skip("AddressSanitizer reserves terabytes")
    collection(folder, 1)
    (folder / "in" / "large.txt").write_bytes("特定個人情報保護評価書\n".encode() * 100000)
    convert(folder, "-j", "2", "-o", "out", "--memory", "16", "in", status=FAILED)
    assert outcomes(folder / "out") == {"in/large.txt": "memory", "in/town 0/0.pdf": "read"}, manifest(folder / "out")
    assert manifest(folder / "out")["in/large.txt"]["message"] == "needed more than 16 MiB"


@test
def a_crash_is_the_documents_own(folder):
    collection(folder, 4)
    shutil.copy(LONG, folder / "in" / "a.pdf")  # the first in order
    with start(folder, "-j", "1", "-o", "out", "--log", "log", "in") as process:
        while not (members := children(process.pid)):
            time.sleep(.001)
        os.kill(members[0], signal.SIGABRT)  # which AddressSanitizer leaves alone
        assert process.wait() == FAILED
    assert collections.Counter(outcomes(folder / "out").values()) == {"crashed": 1, "read": 4}
    assert re.search("died of signal 6", manifest(folder / "out")["in/a.pdf"]["message"])
    assert events(folder / "log", "end")[0]["crashed"] == 1


@test
def odd_files_are_no_trouble(folder):
    (folder / "in").mkdir()
    os.mkfifo(folder / "in" / "pipe.pdf")
    (folder / "in" / "circle").symlink_to(".")
    (folder / "in" / "nowhere.pdf").symlink_to("none")
    shutil.copy(SHORT[0], folder / "in" / "x.pdf")
    convert(folder, "-j", "2", "-o", "out", "in", status=READ)
    assert list(outcomes(folder / "out")) == ["in/x.pdf"]
    convert(folder, "-j", "2", "-o", "out", "in", "in/pipe.pdf", "/dev/zero", status=FAILED)
    assert manifest(folder / "out")["in/pipe.pdf"]["message"] == "is no regular file"


# --- What is shown ------------------------------------------------------------------------


@test
def usage_errors(folder):
    collection(folder, 1)
    (folder / "file").touch()
    for arguments, message in [
            (["-j", "2", "in"], "name it with -o DIR"),
            (["-j", "2", "-o", "file", "in"], "is no folder"),
            (["-j", "-2", "-o", "out", "in"], "--jobs is a number"),
            (["-j", "0", "-o", "out", "in"], "--jobs is a number"),
            (["--max-pages", "0", "-o", "out", "in"], "above 0"),
            (["-j", "2", "-o", "out", "-"], "@- is a list"),
            (["-j", "2", "-o", "out", "--shard", "3/2", "in"], "--shard is I/N"),
            (["-j", "2", "-o", "out", "--shard", "2", "in"], "--shard is I/N"),
            (["-j", "2", "-o", "out", "--timeout", "1e30", "in"], "seconds at most"),
            (["-j", "2", "-o", "out", "--timeout", "inf", "in"], "seconds at most"),
            (["-j0", "-o", "out", "in"], "--jobs is a number"),
            (["-j", "2", "-o", "out", "--timeout", "-1", "in"], "above 0")]:
        process = convert(folder, *arguments, status=USAGE)
        assert message in process.stderr, process.stderr
    assert not (folder / "out").exists()


@test
def every_failure_has_its_name(folder):
    (folder / "in").mkdir()
    shutil.copy(PASSWORD, folder / "in" / "password.pdf")
    shutil.copy(SHORT[0], folder / "in" / "short.pdf")
    convert(folder, "-j", "1", "-o", "out", "in", status=FAILED)
    seen = convert(folder, "-q", "-j", "1", "-o", "out", "--log", "log", "in", "none.pdf", status=FAILED).stderr.splitlines()
    assert len(seen) == 2 and re.fullmatch(r"hyokasho: in/password.pdf: encrypted: .* \(in an earlier run\)", seen[0]), seen
    assert seen[1] == "hyokasho: none.pdf: unread: cannot be opened (No such file or directory)", seen
    assert [(event["input"], event["outcome"]) for event in events(folder / "log", "failure")] == [
        ("in/password.pdf", "encrypted"), ("none.pdf", "unread")]


@test
def a_log_that_cannot_be_written_is_no_secret(folder):
    collection(folder, 2)
    process = convert(folder, "-q", "-j", "1", "-o", "out", "--log", "/dev/full", "in", status=FAILED)
    assert "the log cannot be written (No space left on device)" in process.stderr, process.stderr
    assert tree(folder / "out") == undisturbed(folder)


@test
def a_line_a_document(folder):
    collection(folder, 3)
    shutil.copy(PASSWORD, folder / "in" / "password.pdf")
    lines = convert(folder, "-j", "1", "-o", "out", "in", status=FAILED).stderr.splitlines()
    assert lines[0].startswith("hyokasho: 1/4: in/password.pdf: encrypted: this PDF needs a password"), lines
    assert lines[1:] == [*(f"hyokasho: {n + 2}/4: in/town {n}/{n}.pdf: read" for n in range(3)),
                         "hyokasho: 4 documents: 3 read, 1 encrypted, 0 of them done before"], lines
    quiet = convert(folder, "-q", "-j", "1", "-o", "two", "in", status=FAILED).stderr.splitlines()
    assert quiet == [lines[0]], quiet


def on_terminal(folder, env, *arguments):
    """What a terminal gets to see."""
    controller, terminal = pty.openpty()
    with subprocess.Popen([PROGRAM, "convert", *arguments], cwd=folder, stdin=terminal, stdout=terminal, stderr=terminal,
                          env=dict(os.environ) | {"TERM": "xterm"} | env) as process:
        os.close(terminal)
        seen = b""
        while True:
            try:
                data = os.read(controller, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not data:
                break
            seen += data
        process.wait()
    os.close(controller)
    return seen.decode("utf-8")


@test
def a_terminal_has_one_line_that_is_rewritten(folder):
    collection(folder, 30)
    shutil.copy(PASSWORD, folder / "in" / "0.pdf")
    for env, colour in (({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
        seen = on_terminal(folder, env, "-j", "2", "-o", "out", "in")
        shutil.rmtree(folder / "out")
        assert re.search(r"\r\d+/31 done, (\x1b\[31m)?1 failed(\x1b\[0m)?, 0 to review", seen), seen
        assert "\x1b[K" in seen and ("\x1b[31m" in seen) == colour, seen
        assert "hyokasho: in/0.pdf: encrypted: " in seen and ": read\r\n" not in seen, seen
        assert seen.rstrip().endswith("hyokasho: 31 documents: 30 read, 1 encrypted, 0 of them done before"), seen
    plain = on_terminal(folder, {"TERM": "dumb"}, "-j", "2", "-o", "out", "in")
    assert "\x1b" not in plain and "31/31: " in plain, plain


def in_folder(function):
    """The test with a folder of its own."""
    def call():
        with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
            function(pathlib.Path(folder))
    return call


sys.exit(harness.run_tests([[(function.__name__.replace("_", " "), in_folder(function)) for function in TESTS]]))
