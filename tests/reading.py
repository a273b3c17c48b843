# SPDX-License-Identifier: GPL-2.0-or-later
"""One document as the program reads it: the outputs, and the model in them."""

import collections
import json
import xml.etree.ElementTree as ElementTree

import fields
import harness

NAMESPACE = "{urn:hyokasho:assessment:1}"

INTEGERS = {"page", "ocr", "option", "min", "max", "value"}


# --- The model, the same from XML and JSON ------------------------------------------------


def _numbers(text, kind, separator):
    return [kind(number) for number in text.split(separator)]


def _span(text):
    """Of characters, or of a text file's lines and columns."""
    if ":" in text:
        return [_numbers(end, int, ":") for end in text.split("-")]
    return _numbers(text, int, "-")


def _place(text):
    page, box, span = text.split(":", 2)
    place = {"span": _span(span)}
    if page != "0":
        place["page"] = int(page)
    if box:
        place["box"] = _numbers(box, float, " ")
    return place


def _properties(attributes):
    """The attributes of an XML element as JSON has them."""
    found = {}
    for name, text in attributes.items():
        if name == "box":
            found[name] = _numbers(text, float, " ")
        elif name == "span":
            found[name] = _span(text)
        elif name == "more-places":
            found[name] = [_place(place) for place in text.split("; ")]
        else:
            found[{"title": "heading", "value": "number"}.get(name, name)] = int(text) if name in INTEGERS else text
    return found


def xml_model(content):
    """Path → properties, for each node; "" is the document, "report" the report."""
    root = ElementTree.fromstring(content)
    model = {"": dict(root.attrib)}

    def add(element, path):
        attributes = dict(element.attrib)
        name = element.tag.removeprefix(NAMESPACE)
        if name == "option":  # a box of a group
            path = f"{path}/{attributes.pop('name')}"
        elif name == "text":  # the words in its brackets
            path = f"{path}/{attributes.pop('option')}/text"
        else:
            path = f"{path}/{name}" if path else name
            path += f"[{attributes.pop('number')}]" if "number" in attributes else ""
        properties = _properties(attributes)
        if "status" in properties and len(element) == 0:
            properties["value"] = element.text or ""
        assert path not in model, f"{path}: twice"
        if properties:
            model[path] = properties
        for child in element:
            add(child, path)

    for element in root:
        name = element.tag.removeprefix(NAMESPACE)
        if name == "source":
            model[""]["source"] = {"name": element.get("name"), "pages": int(element.get("pages"))}
        elif name == "report":
            model["report"] = _xml_report(element)
        else:
            add(element, "")
    model[""]["form"] = int(model[""]["form"]) if "form" in model[""] else None
    return model


def _xml_report(element):
    report = {"unplaced": [], "diagnostics": []}
    for child in element:
        name = child.tag.removeprefix(NAMESPACE)
        if name == "characters":
            report[name] = {key: int(number) for key, number in child.attrib.items()}
        elif name == "unplaced":
            report[name].append(_properties(child.attrib) | {"text": child.text})
        else:
            report["diagnostics"].append(_properties(child.attrib) | {"message": child.text})
    return report


def _unique(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"a key stands twice: {keys}"
    return dict(pairs)


def json_model(content):
    root = json.loads(content, object_pairs_hook=_unique)
    model = {"": {"version": root.pop("hyokasho")}, "report": root.pop("report")}
    for name in ("form", "edition", "recognised-by", "source"):
        if name in root:
            model[""][name] = root.pop(name)

    def add(node, path):
        properties = {}
        for key, member in node.items():
            inside = f"{path}/{key}" if path else key
            if key == "options":
                add(member, path)
            elif isinstance(member, dict):
                add(member, inside)
            elif isinstance(member, list) and member and isinstance(member[0], dict) and key != "more-places":
                for block in member:
                    add({name: value for name, value in block.items() if name != "number"}, f"{inside}[{block['number']}]")
            else:
                properties[key] = member
        if properties:
            assert path not in model, f"{path}: twice"
            model[path] = properties

    add(root, "")
    return model


def table_rows(model, form):
    """The rows of the field table that MODEL stands for, in its order."""
    rows = []
    for path, node in model.items():
        if "value" in node and fields.item_of(path, form) is not None:
            box = " ".join(f"{side:.2f}" for side in node.get("box", []))
            rows.append(fields.Row(path, node.get("label", ""), node["value"], node["status"], str(node.get("page", "")), box))
    return rows


# --- What must be so of any document ------------------------------------------------------------


def conservation(model, form, drawn=False):
    """What is wrong with the accounts of MODEL, in words. DRAWN: marks may be boxes of markup, which are no characters."""
    counts = model["report"]["characters"]
    wrong = []
    total = sum(counts[name] for name in ("values", "form", "running", "unplaced"))
    if counts["source"] != total:
        wrong.append(f"source is {counts['source']}, but the sum of the others {total}")
    unplaced = sum(len(fields.bare(piece["text"])) for piece in model["report"]["unplaced"])
    if unplaced != counts["unplaced"]:
        wrong.append(f"unplaced is {counts['unplaced']}, but <unplaced> holds {unplaced}")
    texts = marks = boxes = unknown = 0
    names = set()
    for path, node in model.items():
        if "value" in node and fields.is_mark(path, form):
            marks += node["value"] == "1"
            unknown += node["value"] == "?"
            boxes += 1
        elif "value" in node:
            place = str((node.get("page"), node["span"])) if path.endswith("/name") and "span" in node else path
            texts += len(fields.bare(node["value"])) if place not in names else 0  # Ⅲ.1 may stand for a Ⅱ.1 that is missing
            names.add(place)
    # [ ○ ] has a character of its value when it is marked, ■ and □ always; [ ～ ] has one that says nothing.
    if counts["values"] != texts + boxes and not texts + (0 if drawn else marks) <= counts["values"] <= texts + marks + unknown:
        wrong.append(f"values is {counts['values']}, but the values hold {texts} characters, {marks} marks, {unknown} that nobody knows, and {boxes} boxes")
    return wrong


def expected_status(model):
    """The exit status that the output calls for."""
    report = model["report"]
    if model[""]["form"] is None or any(entry["code"].startswith("form-un") for entry in report["diagnostics"]):
        return harness.FAILED
    doubt = (report["unplaced"] or any(entry["severity"] != "note" for entry in report["diagnostics"])
             or any(node.get("status") == "uncertain" for node in model.values()))
    return harness.REVIEW if doubt else harness.READ


# --- The outputs ------------------------------------------------------------------------------------


class Reading:
    """A document and what is read from it, when it is first asked for."""

    def __init__(self, program, pdf, form):
        self.program, self.pdf, self.form = program, pdf, form
        self.document = pdf.stem
        self._process = self._model = None

    def convert(self, output, **more):
        """A further conversion."""
        process = harness.run([self.program, "convert", "--format", output, self.pdf], **more)
        assert process.returncode in (harness.READ, harness.REVIEW, harness.FAILED), f"exit status {process.returncode}: {process.stderr}"
        return process

    @property
    def process(self):
        if self._process is None:
            self._process = self.convert("xml")
        return self._process

    @property
    def xml(self):
        return self.process.stdout

    @property
    def model(self):
        if self._model is None:
            assert self.xml, f"nothing was read: {self.process.stderr}"
            self._model = xml_model(self.xml)
        return self._model

    @property
    def rows(self):
        """The field table: path → Row. Made from the XML; a test holds it equal to --format tsv."""
        return {row.path: row for row in table_rows(self.model, self.form)}


# --- OCR ---------------------------------------------------------------------------------


MARKED_LEAST = 0.97  # of choices and marks
ERRORS_MOST = 0.05   # of the characters of texts
SILENT_MOST = 0.01   # of the values: wrong, and not marked as uncertain


def _edits(a, b):
    before = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (left != right)))
        before = row
    return before[-1]


def check_by_ocr(expected, rows, form):
    """What is asked of values read by OCR: marks and choices, texts, and that hardly anything wrong is claimed. Nothing is certain."""
    outcomes = fields.compare(expected, rows)
    kinds = {path: (item.kind if item else "TEXT") for path, item in ((path, fields.item_of(path, form)) for path in expected)}
    marked = [path for path in expected if kinds[path] == "CHOICE" or fields.is_mark(path, form)]
    right = [path for path in marked if outcomes[path] in ("inferred", "uncertain", "characters")]
    texts = [path for path in expected if path not in marked]
    all_letters = sum(len(fields.folded(expected[path])) for path in texts)
    wrong_letters = sum(_edits(fields.folded(expected[path]), fields.folded(rows[path].value) if path in rows else "") for path in texts)
    silent = [path for path, what in outcomes.items() if what == "wrong"]
    verdict = f"marks {len(right)}/{len(marked)}, letters wrong {wrong_letters}/{all_letters}, {collections.Counter(outcomes.values())}\n" + \
        "\n".join(f"{path}: {outcomes[path]}: {expected[path]!r} {rows[path].value if path in rows else None!r}"[:200] for path in marked if path not in right)
    print(f"# {verdict.splitlines()[0]}")
    assert len(right) >= MARKED_LEAST * len(marked), verdict
    assert wrong_letters <= ERRORS_MOST * all_letters, verdict
    assert len(silent) <= SILENT_MOST * len(expected), f"{silent}\n{verdict}"
    assert not any(row.status == "certain" for row in rows.values())
