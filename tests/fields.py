# SPDX-License-Identifier: GPL-2.0-or-later
"""The items of the form, the field table, and how what was read compares with what should have been.

The expected values of a document (corpus/expected/NAME.tsv) were not read out of a PDF; the comparison is
therefore a judgement of the program and not of a former output."""

import collections
import re
import unicodedata

Item = collections.namedtuple("Item", "path section number label kind")
Row = collections.namedtuple("Row", "path label value status page bbox")

HEADER = "\t".join(Row._fields)
STATUSES = ("certain", "inferred", "uncertain")

# What can become of a value. The first two are right, "uncertain" is right but somebody has to look.
OUTCOMES = ("certain", "inferred", "uncertain", "characters", "wrong", "flagged", "missing")

DRAWING = "task/diagram"

ESCAPE = re.compile(r"\\([nt\\])")
NUMBER = re.compile(r"\[\d+\]")
SPACE = re.compile(r"\s+")

# Dashes and wave dashes that share a glyph in many fonts.
DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−－"} | {ord(wave): "~" for wave in "〜～"}

FORM_ROW = re.compile(
    r'\b(?:(?P<part>PART)|(?P<heading>HEADING)|(?:RIGHT|BELOW|INSIDE)|(?P<column>COLUMN|SCATTER))\s*\(\d+, "(?P<number>[^"]*)"'
    r'(?:,\s*"(?P<label>[^"]*)"(?:,\s*"(?P<path>[^"]+)", (?P<kind>[A-Z]+))?)?')


BROKEN_STRING = re.compile(r'"\n +"')  # a string that goes on in the next line

# What form4.c writes short, and what it stands for: rows that follow a risk.
PLAIN_RISK = re.compile(r'^  PLAIN_RISK \("[^"]*", "(?P<label>[^"]*)", "(?P<path>[^"]*)"\)', re.M)
PLAIN_RISK_ROWS = (r'RIGHT (3, "", "リスクに対する措置の内容", "\g<path>/measures", TEXT)'
                   r' RIGHT (3, "", "リスクへの対策は十分か", "\g<path>/sufficiency", CHOICE)')

# --- The form -------------------------------------------------------------------------


def items(root, form="[0-9]"):
    """The items of a form's table (models/formN.c), or of all of them, in their order: path → Item."""
    found = {}
    for table in sorted(root.glob(f"models/form{form}.c")):
        part = heading = over = ""
        text = BROKEN_STRING.sub("", table.read_text("utf-8"))
        for row in FORM_ROW.finditer(PLAIN_RISK.sub(PLAIN_RISK_ROWS, text)):
            if row["part"]:
                part, heading, over = row["number"] or "表紙", "", row["label"]
            elif row["heading"]:
                heading, over = row["number"], row["label"]
            elif row["column"]:  # COLUMN (depth, label, path), and SCATTER
                found.setdefault(row["label"], Item(row["label"], part, "", row["number"], "TEXT"))
            elif row["path"]:
                section = f"{part}．{heading}" if heading else part
                label = (row["label"] or over).split("|")[0]  # an item without a label is all that its heading is over
                found.setdefault(row["path"], Item(row["path"], section, row["number"], label, row["kind"]))
    assert found, "no items in models/form*.c"
    return found


def form_number(expected):
    """The number of the form, 2 to 4, that a document's expected values are of."""
    return unicodedata.normalize("NFKC", expected["cover/form"])[-1]


def item_of(path, form):
    """The item that PATH belongs to, a box and the words in its brackets to their group; None if none."""
    path = NUMBER.sub("[]", path)
    for candidate in (path, path.rsplit("/", 1)[0], path.rsplit("/", 2)[0]):
        if candidate in form and (candidate == path or form[candidate].kind == "CHECKS"):
            return form[candidate]
    return None


def is_mark(path, form):
    """Whether the value at PATH is a mark (1, 0, ?) and no text."""
    item = item_of(path, form)
    return item is not None and (item.kind == "CHECK" or item.kind == "CHECKS" and not path.endswith("/text"))


# --- The field table ----------------------------------------------------------------------


def unescape(value):
    return ESCAPE.sub(lambda match: {"n": "\n", "t": "\t", "\\": "\\"}[match[1]], value)


def read_expected(path):
    """A file of expected values: path → value."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("!")]
    assert all(len(row) == 2 for row in rows), f"{path}: a row is not path and value"
    expected = {row[0]: unescape(row[1]) for row in rows}
    assert len(expected) == len(rows), f"{path}: a path stands twice"
    return expected


def read_table(text):
    """What --format tsv writes: path → Row, in its order."""
    lines = text.split("\n")
    assert lines[0] == HEADER, f"header: {lines[0]!r}"
    assert lines[-1] == "", "no line break at the end"
    rows = {}
    for number, line in enumerate(lines[1:-1], 2):
        columns = line.split("\t")
        assert len(columns) == len(Row._fields), f"line {number}: {len(columns)} columns"
        row = Row(*columns)._replace(label=unescape(columns[1]), value=unescape(columns[2]))
        assert row.path not in rows, f"line {number}: {row.path} a second time"
        assert row.status in STATUSES, f"line {number}: status {row.status}"
        rows[row.path] = row
    return rows


# --- Comparing -------------------------------------------------------------------------------


def bare(value):
    """VALUE without white space."""
    return SPACE.sub("", value)


def folded(value):
    """VALUE with what shares a glyph made equal, and without white space."""
    return bare(unicodedata.normalize("NFKC", value.translate(DASHES)).translate(DASHES))


def in_any_order(value):
    """VALUE for what has no order on the page: the words in the boxes of a drawing."""
    return "".join(sorted(bare(value)))


def outcome(value, row):
    """What became of VALUE, None if nothing should be there, in ROW, None if nothing was read."""
    if row is None or row.value in ("", "?") and value is not None:
        return "missing"
    if value is None or folded(row.value) != folded(value):
        return "flagged" if row.status == "uncertain" else "wrong"
    if row.status == "uncertain":
        return "uncertain"
    return row.status if bare(row.value) == bare(value) else "characters"


def compare(expected, rows):
    """path → outcome, for every value that should be or was read; "?" is expected where nobody can tell."""
    outcomes = {}
    for path, value in expected.items():
        row = rows.get(path)
        if path == DRAWING and row is not None:
            outcomes[path] = outcome(in_any_order(value), row._replace(value=in_any_order(row.value)))
        elif value != "?":
            outcomes[path] = outcome(value, row)
        elif path in rows and rows[path].value != "?" and rows[path].status != "uncertain":
            outcomes[path] = "wrong"
    for path, row in rows.items():
        if path not in expected:
            outcomes[path] = outcome(None, row)
    return outcomes


def is_right(what):
    return what in ("certain", "inferred")


def spacing(expected, rows):
    """How many values have the right characters, but not the right line breaks, and how many not the right blanks."""
    lines = blanks = 0
    for path, value in expected.items():
        got = rows[path].value if path in rows else value
        if got != value and bare(got) == bare(value):
            if [bare(line) for line in got.split("\n")] != [bare(line) for line in value.split("\n")]:
                lines += 1
            else:
                blanks += 1
    return lines, blanks
