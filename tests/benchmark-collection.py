#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a collection costs: on one core and on two, the run's own share, its memory, after kills; and a large dataset.

Usage: benchmark-collection.py [--documents N] [--dataset N] [--update] PROGRAM SOURCE-ROOT

The documents are made by corpus/multiply.py; 0 leaves a part out. --update writes the table between the markers of README.md and README.ja.md. There is no
threshold: a figure is for people, and a test that is timed fails on a slow day."""

import argparse
import hashlib
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

BEGIN, END = "<!-- collection:begin -->", "<!-- collection:end -->"
KILLS = 10
SAMPLE_S = 0.01

QUESTIONS = {
    "which systems connect to the network": "SELECT agency, title, system FROM network_systems WHERE mark = '1' AND is_latest",
    "contractors by how many they serve": "SELECT * FROM contractors ORDER BY agencies DESC",
    "sufficiency by process and form": "SELECT * FROM risk_sufficiency",
    "incidents": "SELECT agency, content, prevention FROM incidents WHERE occurred = '発生あり' AND is_latest",
    "legal bases": "SELECT agency, item, recipient, legal_basis FROM legal_bases WHERE is_latest",
    "search for シンクライアント": "SELECT agency, path FROM item_search JOIN item_values ON item_values.id = item_search.rowid"
                            " JOIN publications USING (document_id) WHERE item_search MATCH 'シンクライアント'",
}


def multiply(root, n, folder, *options):
    subprocess.run([sys.executable, root / "corpus" / "multiply.py", *options, str(n), folder], check=True)


def cpu_of(usage):
    return usage.ru_utime + usage.ru_stime


# --- Collections ----------------------------------------------------------------------


class Run:
    """One run over FOLDER, on CORES, measured."""
    def __init__(self, program, folder, jobs, cores, work):
        self.output = pathlib.Path(tempfile.mkdtemp(dir=work))
        log = self.output.with_suffix(".log")
        began, self.memory = time.monotonic(), 0
        process = subprocess.Popen([program, "convert", "-q", "-j", str(jobs), "-o", self.output, "--log", log, folder],
                                   stderr=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, cores))
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            self.memory = max(self.memory, self.peak(process.pid))
            time.sleep(SAMPLE_S)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode in (0, 1), process.returncode
        self.seconds, self.cpu = time.monotonic() - began, cpu_of(usage)
        events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        self.documents = sum(event["seconds"] for event in events if event["event"] == "document")
        self.documents_cpu = sum(event["cpu_seconds"] for event in events if event["event"] == "document")
        self.jobs = jobs

    @staticmethod
    def peak(pid):
        """KiB that the process itself, without its children, has taken at most so far."""
        try:
            found = re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text("ascii"))
        except OSError:
            return 0
        return int(found[1]) if found else 0

    def overhead(self):
        """CPU time that is not the documents', to that which is."""
        return (self.cpu - self.documents_cpu) / self.documents_cpu

    def idle(self):
        """Time in which no document is read though one could, to that in which they are."""
        return (self.seconds * self.jobs - self.documents) / self.documents


def digest(folder):
    """A checksum of all that is in FOLDER."""
    sum_ = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            sum_.update(os.fsencode(path.relative_to(folder)) + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sum_.hexdigest()


def killed(program, folder, seconds, work):
    """The output of a run that is killed KILLS times within about its time, and then left alone; how often it was alive."""
    output, dice, hits = pathlib.Path(tempfile.mkdtemp(dir=work)), random.Random(0), 0
    command = [program, "convert", "-q", "-j", "2", "-o", output, folder]
    for _ in range(KILLS):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            time.sleep(dice.uniform(0, 2 * seconds / KILLS))
            hits += process.poll() is None
            process.send_signal(signal.SIGKILL)
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    return output, hits


def collection_rows(program, root, n, work):
    cores = sorted(os.sched_getaffinity(0))[:2]
    many, few = work / "many", work / "few"
    multiply(root, n, many)
    multiply(root, n // 10, few)
    one = Run(program, many, 1, cores[:1], work)
    alone = Run(program, many, 1, cores, work)
    two = Run(program, many, 2, cores, work)
    small = Run(program, few, 2, cores, work)
    expected = digest(two.output)
    assert digest(one.output) == expected and digest(alone.output) == expected, "runs differ"
    output, hits = killed(program, many, two.seconds, work)
    yield f"{n} documents, `-j 1` on one core", f"{one.seconds:.1f} s"
    yield f"{n} documents, `-j 1` on two cores (a document's reader and parser overlap)", f"{alone.seconds:.1f} s"
    yield f"{n} documents, `-j 2` on two cores", f"{two.seconds:.1f} s"
    yield "two cores ÷ one", f"{one.seconds / two.seconds:.2f} times as fast"
    yield "`-j 2` ÷ `-j 1`, both on two cores", f"{alone.seconds / two.seconds:.2f} times as fast"
    yield "CPU time of the run itself ÷ that of the documents, `-j 1`, `-j 2`", f"{one.overhead():.1%}, {two.overhead():.1%}"
    yield "time without a document under way ÷ with, `-j 1` on one core, `-j 2` on two", f"{one.idle():.1%}, {two.idle():.1%}"
    yield f"peak memory of the parent, {n // 10} and {n} documents", f"{small.memory / 1024:.1f} MiB, {two.memory / 1024:.1f} MiB"
    yield f"killed {KILLS} times ({hits} while alive), then left alone", "the same bytes" if digest(output) == expected else "**other bytes**"


# --- Datasets ----------------------------------------------------------------------------


def build(program, folder, path):
    began = time.monotonic()
    process = subprocess.Popen([program, "dataset", "-q", path, folder], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), process.returncode
    return cpu_of(usage), time.monotonic() - began


def dataset_rows(program, root, n, work):
    seconds = {}
    for count in (n // 4, n // 2, n):
        folder, path = work / f"xml-{count}", work / f"{count}.sqlite"
        multiply(root, count, folder, "--xml")
        seconds[count] = build(program, folder, path)
    for count, (cpu, wall) in seconds.items():
        yield f"dataset of {count} documents", f"{wall:.0f} s, of CPU time {cpu:.0f} s: {cpu / count * 1000:.1f} ms a document"
    with sqlite3.connect(work / f"{n}.sqlite") as connection:
        for question, sql in QUESTIONS.items():
            began = time.monotonic()
            rows = len(connection.execute(sql).fetchall())
            yield f"{question} ({rows} rows, {n} documents)", f"{time.monotonic() - began:.3f} s"


# --- Showing -------------------------------------------------------------------------------


def report(arguments):
    with tempfile.TemporaryDirectory(prefix="hyokasho-benchmark-") as folder:
        work = pathlib.Path(folder)
        rows = []
        if arguments.documents:
            rows += collection_rows(arguments.program, arguments.root, arguments.documents, work)
        if arguments.dataset:
            rows += dataset_rows(arguments.program, arguments.root, arguments.dataset, work)
    table = "\n".join(f"| {what} | {figure} |" for what, figure in rows)
    return f"{BEGIN}\n| collections and datasets | |\n| --- | --- |\n{table}\n{END}\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--dataset", type=int, default=5000)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("program", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("root", type=lambda text: pathlib.Path(text).resolve())
    arguments = parser.parse_args()

    text = report(arguments)
    print(text)
    if arguments.update:
        for path in (arguments.root / "README.md", arguments.root / "README.ja.md"):
            before = path.read_text("utf-8")
            path.write_text(re.sub(f"{BEGIN}.*{END}\n", lambda _: text, before, flags=re.S), "utf-8")


main()
