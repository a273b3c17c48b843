#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads every PDF of the corpus and writes into corpus/README.md how well each item is read.

usage: accuracy.py [PROGRAM]          default: build/cli/hyokasho
"""

import collections
import concurrent.futures
import os
import pathlib
import re
import sys

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))

import fields  # pylint: disable=wrong-import-position
import reading

FORMS = {"2": "様式２ 基礎項目評価書", "3": "様式３ 重点項目評価書", "4": "様式４ 全項目評価書"}

BEGIN, END = "<!-- accuracy:begin -->", "<!-- accuracy:end -->"

ABOUT = """\
Made by `corpus/accuracy.py` (after a build); a test holds it to what the program reads now. A value is right when it has
the expected characters, white space aside; `certain` and `inferred` count right values only. `uncertain`: marked for
review, right or not. `wrong`: not right, or not in the document, and not marked. `missing`: not read. A group of boxes
has a value for each box.
"""

COLUMNS = ("certain", "inferred", "uncertain", "wrong", "missing")
COLUMN_OF = {"characters": "wrong", "flagged": "uncertain"}


def readme(root):
    return root / "corpus" / "README.md"


def read_files(program, root, paths):
    """A Reading of each of PATHS; each is read when it is asked for."""
    forms = {number: fields.items(root, number) for number in FORMS}
    return [reading.Reading(program, path, forms[fields.form_number(expected_of(root, path.stem))]) for path in paths]


def read_corpus(program, root):
    """A Reading of every PDF, by name."""
    return read_files(program, root, sorted((root / "corpus" / "pdf").glob("*.pdf")))


def expected_of(root, document):
    return fields.read_expected(root / "corpus" / "expected" / f"{document.split('--')[0]}.tsv")


def expected_values(root, one):
    return expected_of(root, one.document)


# --- Counting ----------------------------------------------------------------------------------


def tally(root, readings):
    """Counters of outcomes by item and by document. "values" counts the expected ones."""
    by_item, by_document = collections.defaultdict(collections.Counter), {}
    for one in readings:
        expected, rows = expected_values(root, one), one.rows
        number = fields.form_number(expected)
        counter = by_document[one.document] = collections.Counter()
        for path, outcome in fields.compare(expected, rows).items():
            column = COLUMN_OF.get(outcome, outcome)
            for count in (counter, by_item[number, fields.item_of(path, one.form).path]):
                count[column] += 1
                count["values"] += path in expected
        counter["line breaks"], counter["blanks"] = fields.spacing(expected, rows)
        counter["unplaced"] = one.model["report"]["characters"]["unplaced"]
    return by_item, by_document


def total(counters):
    return sum(counters, collections.Counter())


# --- Writing -----------------------------------------------------------------------------------


def row(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def numbers(counter, columns):
    return [f"{counter[column]:,}" for column in columns]


def document_table(by_document):
    columns = ("values", *COLUMNS, "line breaks", "blanks", "unplaced")
    yield row(["document", "layout", *columns])
    yield row(["---", "---"] + ["---:"] * len(columns))
    for document, counter in by_document.items():
        yield row([*(f"`{part}`" for part in document.split("--")), *numbers(counter, columns)])
    yield row(["all", "", *numbers(total(by_document.values()), columns)])


def item_table(by_item, number, form):
    columns = ("values", *COLUMNS)
    yield row(["item", "path", *columns])
    yield row(["---", "---"] + ["---:"] * len(columns))
    for item in form.values():
        if (number, item.path) in by_item:
            label = f"{item.section} {item.number}{item.label}"
            yield row([label, f"`{item.path}`", *numbers(by_item[number, item.path], columns)])
    yield row(["all", "", *numbers(total(count for key, count in by_item.items() if key[0] == number), columns)])


def updated(root, readings):
    """The text of corpus/README.md with the figures of now."""
    by_item, by_document = tally(root, readings)
    text = readme(root).read_text("utf-8")
    assert text.count(BEGIN) == 1 and text.count(END) == 1, f"{readme(root)}: no place for the tables"
    lines = [BEGIN, ABOUT,
             "Values by document. `line breaks`, `blanks`: right values whose line breaks or blanks are not those expected. "
             "`unplaced`: characters without a place.\n",
             *document_table(by_document), "\nValues by item of the form, over all documents and layouts."]
    for number, name in FORMS.items():
        lines += [f"\n### {name}\n", *item_table(by_item, number, fields.items(root, number))]
    lines.append(END)
    return re.sub(f"{BEGIN}.*{END}", lambda _: "\n".join(lines), text, flags=re.S)


def update(root, readings):
    readme(root).write_text(updated(root, readings), "utf-8")


def main():
    program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "cli" / "hyokasho").resolve()
    if not program.exists():
        sys.exit(f"{program} is not built: name the program")
    readings = read_corpus(program, ROOT)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda one: one.model, readings))
    update(ROOT, readings)
    counter = total(tally(ROOT, readings)[1].values())
    print(f"{readme(ROOT).relative_to(ROOT)}: {len(readings)} documents, "
          + ", ".join(f"{counter[column]:,} {column}" for column in ("values", *COLUMNS)))


if __name__ == "__main__":
    main()
