#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads every PDF and every text of the corpus and writes into corpus/README.md how well they are read.

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


TEXT_BEGIN, TEXT_END = "<!-- texts:begin -->", "<!-- texts:end -->"

ABOUT_TEXTS = """\
Made by `corpus/accuracy.py` too. `match`: values that have the expected characters after NFKC, white space aside, flagged or
not; `flagged right`: those of them that are marked for review; `flagged`: wrong or invented, and marked; `silent`: wrong or
invented, and not marked; `missing`: not read.
"""

DIALECTS = ("plain", "layout", "raw", "mutool", "islands", "together", "sjis", "eucjp", "utf16")
TEXT_COLUMNS = ("match", "flagged right", "flagged", "silent", "missing")
TEXT_COLUMNS_OF = {"certain": ["match"], "inferred": ["match"], "characters": ["match"], "uncertain": ["match", "flagged right"], "wrong": ["silent"]}


def readme(root):
    return root / "corpus" / "README.md"


def read_files(program, root, paths):
    """A Reading of each of PATHS; each is read when it is asked for."""
    forms = {number: fields.items(root, number) for number in FORMS}
    return [reading.Reading(program, path, forms[fields.form_number(expected_of(root, path.stem))]) for path in paths]


def read_corpus(program, root):
    """A Reading of every PDF, by name."""
    return read_files(program, root, sorted((root / "corpus" / "pdf").glob("*.pdf")))


def read_texts(program, root, folder="."):
    """A Reading of every text, by dialect and name; or of the damaged ones."""
    paths = sorted((root / "corpus" / "text" / folder).glob("*.txt"))
    return read_files(program, root, sorted(paths, key=lambda path: place_of(path.stem)))


def place_of(document):
    """A key to sort texts by: how the extractor writes, or what was damaged, then the document."""
    last = kind_of(document)
    return DIALECTS.index(last) if last in DIALECTS else len(DIALECTS), last, document


def kind_of(document):
    """The dialect of a text, or its damage."""
    return document.split("--")[-1]


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


# --- Texts ---------------------------------------------------------------------------------------


def damaged_outcomes(path, rows):
    """path → outcome of a damaged text. Its expected values say what was lost (!missing) and what was cut (!cut): of a value that
    was cut what is right or marked will do, and so will nothing."""
    table = [line.split("\t") for line in path.with_suffix(".tsv").read_text("utf-8").splitlines()]
    cut = {row[1] for row in table if row[0] == "!cut"}
    expected = {row[0]: fields.unescape(row[1]) for row in table if not row[0].startswith("!")}
    whole = fields.compare(expected_of(path.parent.parent.parent.parent, path.stem), rows)
    outcomes = fields.compare(expected, {name: row for name, row in rows.items() if name not in cut})
    return expected, outcomes | {name: "wrong" for name in cut & rows.keys() if whole[name] == "wrong"}


def tally_text(root, one):
    """A Counter of one text. "values" counts the expected ones."""
    damaged = one.pdf.with_suffix(".tsv").exists()
    if damaged:
        expected, outcomes = damaged_outcomes(one.pdf, one.rows)
    else:
        expected = expected_values(root, one)
        outcomes = fields.compare(expected, one.rows)
    counter = collections.Counter(values=len(expected), reported=int(one.process.returncode != 0))
    for outcome in outcomes.values():
        for column in TEXT_COLUMNS_OF.get(outcome, [outcome]):
            counter[column] += 1
    return counter


def tally_texts(root, readings):
    return {one.document: tally_text(root, one) for one in readings}


def by_kind(tallies):
    """The sums of TALLIES by dialect or damage."""
    sums = collections.defaultdict(collections.Counter)
    for document, counter in tallies.items():
        sums[kind_of(document)] += counter
        sums[kind_of(document)]["texts"] += 1
    return sums


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


def share(counter, column):
    return f"{100 * counter[column] / (counter['values'] or 1):.1f} %"


def text_cells(counter):
    return [f"{counter['values']:,}", *(share(counter, column) if column != "silent" else f"{counter[column]:,}" for column in TEXT_COLUMNS)]


def dialect_table(sums):
    yield row(["dialect", "texts", "values", *TEXT_COLUMNS])
    yield row(["---"] + ["---:"] * (len(TEXT_COLUMNS) + 2))
    for kind, counter in sums.items():
        yield row([f"`{kind}`", counter["texts"], *text_cells(counter)])


def text_table(tallies):
    yield row(["dialect", "document", "layout", "values", *TEXT_COLUMNS])
    yield row(["---"] * 3 + ["---:"] * (len(TEXT_COLUMNS) + 1))
    for document, counter in tallies.items():
        name, layout, dialect = document.split("--")[:3]
        yield row([f"`{dialect}`", f"`{name}`", f"`{layout}`", *text_cells(counter)])


def damage_table(tallies):
    yield row(["damage", "document", "layout", "dialect", "values left", *TEXT_COLUMNS, "reported"])
    yield row(["---"] * 4 + ["---:"] * (len(TEXT_COLUMNS) + 2))
    for document, counter in tallies.items():
        name, layout, dialect, damage = document.split("--")
        yield row([f"`{part}`" for part in (damage, name, layout, dialect)] + [*text_cells(counter), "yes" if counter["reported"] else "no"])


def filled(text, begin, end, lines):
    assert text.count(begin) == 1 and text.count(end) == 1, f"no place for the tables: {begin}"
    return re.sub(f"{begin}.*{end}", lambda _: "\n".join([begin, *lines, end]), text, flags=re.S)


def updated_texts(root, texts, damaged):
    """The text of corpus/README.md with the figures of now for the texts."""
    tallies, losses = tally_texts(root, texts), tally_texts(root, damaged)
    return filled(readme(root).read_text("utf-8"), TEXT_BEGIN, TEXT_END, [
        ABOUT_TEXTS, *dialect_table(by_kind(tallies)), "", *text_table(tallies),
        "\nDamaged: `values left` are those that were not lost or cut; `reported`: the exit status says that something is to be looked at.\n", *damage_table(losses)])


def update_texts(root, texts, damaged):
    readme(root).write_text(updated_texts(root, texts, damaged), "utf-8")


def updated(root, readings):
    """The text of corpus/README.md with the figures of now for the PDFs."""
    by_item, by_document = tally(root, readings)
    lines = [ABOUT,
             "Values by document. `line breaks`, `blanks`: right values whose line breaks or blanks are not those expected. "
             "`unplaced`: characters without a place.\n",
             *document_table(by_document), "\nValues by item of the form, over all documents and layouts."]
    for number, name in FORMS.items():
        lines += [f"\n### {name}\n", *item_table(by_item, number, fields.items(root, number))]
    return filled(readme(root).read_text("utf-8"), BEGIN, END, lines)


def update(root, readings):
    readme(root).write_text(updated(root, readings), "utf-8")


def main():
    program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "cli" / "hyokasho").resolve()
    if not program.exists():
        sys.exit(f"{program} is not built: name the program")
    readings, texts, damaged = read_corpus(program, ROOT), read_texts(program, ROOT), read_texts(program, ROOT, "damaged")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda one: one.model, readings + texts + damaged))
    update(ROOT, readings)
    update_texts(ROOT, texts, damaged)
    counter = total(tally(ROOT, readings)[1].values())
    print(f"{readme(ROOT).relative_to(ROOT)}: {len(readings)} documents, "
          + ", ".join(f"{counter[column]:,} {column}" for column in ("values", *COLUMNS)))
    for name, group in (("texts", texts), ("damaged texts", damaged)):
        counter = total(tally_texts(ROOT, group).values())
        print(f"{len(group)} {name}: {counter['values']:,} values, " + ", ".join(f"{counter[column]:,} {column}" for column in TEXT_COLUMNS))


if __name__ == "__main__":
    main()
