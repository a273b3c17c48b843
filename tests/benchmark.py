#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What reading costs: CPU time beside that of pdftotext and mutool, and memory on a long document.

Usage: benchmark.py [--rounds N] [--update] PROGRAM SOURCE-ROOT

Every program reads every PDF of the corpus once a round, one after the other, so that whatever else the machine does
falls on all of them. A ratio is taken within a round; the median over the rounds is given. CPU time is user and system
time of the program and its children. The programs that hyokasho is measured against come with `.ci/setup benchmark`.

--update writes the tables between the markers of README.md and README.ja.md, where they stand. There is no threshold: a figure is
for people, and a test that is timed fails on a slow day."""

import argparse
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SKIPPED = 77  # what meson takes for it

BEGIN, END = "<!-- benchmark:begin -->", "<!-- benchmark:end -->"

LONG = "kumoihama-tax--calc"   # what the long documents are made of: its pages, and then those of its changes again
LENGTHS = (250, 500)           # pages
RECORDS = "（別添２）"          # heads the first page of the changes, and is quoted before
SAMPLE_S = 0.005               # between two looks at the memory of a process


def commands(program):
    """What is measured: name → command line for a PDF. The first is ours."""
    return {
        "hyokasho": lambda pdf: [program, "convert", "-o", "/dev/null", pdf],
        "pdftotext": lambda pdf: ["pdftotext", "-bbox-layout", pdf, "/dev/null"],
        "mutool": lambda pdf: ["mutool", "draw", "-q", "-F", "stext", "-o", "/dev/null", pdf],
    }


# --- Running -----------------------------------------------------------------------------


def start(command):
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finish(process):
    """Waits for PROCESS; what it and its children have used."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"{process.args}: exit status {process.returncode}"
    return usage


def cpu_seconds(command):
    usage = finish(start(command))
    return usage.ru_utime + usage.ru_stime


def process_tree(pid):
    """PID and its descendants that live."""
    found = [pid]
    for parent in found:
        try:
            children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
        except OSError:
            continue
        found += map(int, children.split())
    return found


def memory_now(pid):
    """KiB that the processes of PID take together; what they share counts once, whoever else shares it."""
    private, shared = 0, 0
    for member in process_tree(pid):
        try:
            rollup = pathlib.Path(f"/proc/{member}/smaps_rollup").read_text("ascii")
        except OSError:
            continue
        private += sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+)", rollup, re.M))
        shared = max(shared, sum(int(size) for size in re.findall(r"^Shared_\w+:\s+(\d+)", rollup, re.M)))
    return private + shared


def peak_memory(command):
    """KiB that all processes took together at most, as sampled, and that one of them took at most; CPU seconds."""
    process, together = start(command), 0
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        together = max(together, memory_now(process.pid))
        time.sleep(SAMPLE_S)
    usage = finish(process)
    return together, usage.ru_maxrss, usage.ru_utime + usage.ru_stime


# --- Documents ------------------------------------------------------------------------------


def page_texts(pdf):
    return subprocess.run(["pdftotext", pdf, "-"], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8").split("\f")[:-1]


def make_long(pdf, n_pages, path):
    """Writes a document of N_PAGES to PATH: PDF, and the pages of its changes as often as it takes."""
    texts = page_texts(pdf)
    first = max(number for number, text in enumerate(texts, 1) if RECORDS in text)
    pages, ranges = len(texts), [f"1-{len(texts)}"]
    while pages < n_pages:
        last = min(len(texts), first + n_pages - pages - 1)
        ranges.append(f"{first}-{last}")
        pages += last - first + 1
    subprocess.run(["mutool", "merge", "-o", path, *(word for part in ranges for word in (pdf, part))],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert len(page_texts(path)) == n_pages, f"{path} has {len(page_texts(path))} pages"


# --- Measuring ---------------------------------------------------------------------------------


def measure_time(what, pdfs, rounds):
    """PDF → name → CPU seconds in each round."""
    seconds = {pdf: {name: [] for name in what} for pdf in pdfs}
    for number in range(rounds + 1):
        for pdf in pdfs:
            for name, command in what.items():
                used = cpu_seconds(command(pdf))
                if number > 0:  # the first round only warms the caches
                    seconds[pdf][name].append(used)
    return seconds


def ratio(ours, theirs):
    return statistics.median(a / b for a, b in zip(ours, theirs))


def time_row(label, pages, seconds):
    (_, ours), *others = seconds.items()
    return [label, pages, f"{statistics.median(ours):.3f} s", *(f"{ratio(ours, theirs):.2f}" for _, theirs in others)]


def time_table(what, seconds):
    names = list(what)
    yield ["document", "pages", names[0], *(f"÷ {name}" for name in names[1:])]
    yield ["---", "---:", "---:"] + ["---:"] * (len(names) - 1)
    pages = {pdf: len(page_texts(pdf)) for pdf in seconds}
    for pdf, of_pdf in seconds.items():
        yield time_row(f"`{pdf.stem}`", pages[pdf], of_pdf)
    together = {name: [sum(parts) for parts in zip(*(of_pdf[name] for of_pdf in seconds.values()))] for name in names}
    yield time_row("all", sum(pages.values()), together)


def memory_table(what, root, rounds):
    peaks = {}
    with tempfile.TemporaryDirectory(prefix="hyokasho-benchmark-") as folder:
        for n_pages in LENGTHS:
            path = pathlib.Path(folder) / f"{n_pages}.pdf"
            make_long(root / "corpus" / "pdf" / f"{LONG}.pdf", n_pages, path)
            # A sample can miss the peak: the most of several runs is nearest.
            peaks[n_pages] = {name: list(map(max, *(peak_memory(command(path)) for _ in range(rounds)))) for name, command in what.items()}
    few, many = LENGTHS
    yield ["program", *(f"{n_pages} pages" for n_pages in LENGTHS), "each page more", f"largest process, {many} pages",
           *(f"CPU time, {n_pages} pages" for n_pages in LENGTHS)]
    yield ["---"] + ["---:"] * (2 * len(LENGTHS) + 2)
    for name in what:
        together = [peaks[n_pages][name][0] for n_pages in LENGTHS]
        yield [name, *(f"{peak / 1024:.1f} MiB" for peak in together), f"{(together[1] - together[0]) / (many - few):.1f} KiB",
               f"{peaks[many][name][1] / 1024:.1f} MiB", *(f"{peaks[n_pages][name][2]:.2f} s" for n_pages in LENGTHS)]


# --- Showing --------------------------------------------------------------------------------------


def markdown(rows):
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)


def version(command):
    process = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return re.search(r"\d+(\.\d+)+", process.stdout.decode("utf-8"))[0]


def report(program, root, rounds):
    what = commands(program)
    pdfs = sorted((root / "corpus" / "pdf").glob("*.pdf"))
    times = markdown(time_table(what, measure_time(what, pdfs, rounds)))
    memory = markdown(memory_table(what, root, max(rounds, 2)))
    return f"""{BEGIN}
CPU time of `hyokasho convert`, and its ratio to that of `pdftotext -bbox-layout` {version(["pdftotext", "-v"])} and \
`mutool draw -F stext` {version(["mutool", "-v"])} on the same file; the median of {rounds} rounds ({platform.machine()}).

{times}

Peak memory on a long document (`{LONG}`, and the pages of its changes again and again), all processes together; the most of \
{max(rounds, 2)} runs:

{memory}
{END}
"""


def update(root, text):
    for path in (root / "README.md", root / "README.ja.md"):
        before = path.read_text("utf-8")
        path.write_text(re.sub(f"{BEGIN}.*{END}\n", lambda _: text, before, flags=re.S), "utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("program", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("root", type=lambda text: pathlib.Path(text).resolve())
    arguments = parser.parse_args()

    missing = [name for name in ("pdftotext", "mutool") if shutil.which(name) is None]
    if missing:
        print(f"no {' and no '.join(missing)}: run .ci/setup benchmark")
        return SKIPPED
    text = report(arguments.program, arguments.root, arguments.rounds)
    print(text)
    if arguments.update:
        update(arguments.root, text)
    return 0


sys.exit(main())
