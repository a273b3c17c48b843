#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Documents into a database, and out of it as CSV.

Usage: test-dataset.py PROGRAM SOURCE-ROOT. Speaks TAP."""

import collections
import csv
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True

import harness  # pylint: disable=wrong-import-position
from harness import FAILED, READ, REVIEW, USAGE

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
EXPECTED = sorted((ROOT / "corpus" / "expected").glob("*--*.xml"))
SHORT = ROOT / "corpus" / "expected" / "asanagi-vaccination--calc.xml"
PDF = ROOT / "corpus" / "pdf" / "kazehaya-clinic--cutruns.pdf"
TEXT = next((ROOT / "corpus" / "text").glob("kazehaya-clinic--*--layout.txt"))
PLAIN = ROOT / "tests" / "data" / "plain.pdf"
SPACE = "{urn:hyokasho:assessment:1}"

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def dataset(folder, *arguments, status=READ):
    process = harness.run([PROGRAM, "dataset", *arguments], cwd=folder)
    assert process.returncode == status, f"exit status {process.returncode}, not {status}: {process.stderr}"
    return process


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def query(path, sql, *parameters):
    with sqlite3.connect(path) as connection:
        return connection.execute(sql, parameters).fetchall()


def whole(folder):
    """A dataset of all expected XML, with its name."""
    dataset(folder, "d.sqlite", ROOT / "corpus" / "expected")
    return folder / "d.sqlite"


def variant(path, source=SHORT, **values):
    """Writes PATH: SOURCE with other values on its cover, by element."""
    text = source.read_text("utf-8")
    for name, value in values.items():
        text = re.sub(rf"(<{name} [^>]*>)[^<]*", rf"\g<1>{value}", text, count=1)
    if "published" in values:
        text = re.sub('(<published [^>]*)iso="[^"]*"', rf'\1iso="{values["iso"]}"', text, count=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def dictionary():
    """Table, column and the item that stands in it, from the data dictionary."""
    table = None
    for line in (ROOT / "docs" / "data-dictionary.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            table = line[3:]
        row = re.match(r"\| `(\w+)` \| (\w+).* \| `([^`]+)` \|$", line)
        if row and row[1] == re.sub(r".*\[\]/", "", row[3]).replace("/", "_").replace("-", "_"):  # as printed
            yield table, row[1], row[3]


# --- What is in it --------------------------------------------------------------------


def values_of(element, path=""):
    """Path → text of every value below ELEMENT of an XML."""
    for child in element:
        name = child.tag.removeprefix(SPACE)
        if not path and name in ("source", "report"):
            continue
        if name == "option":
            name = child.get("name")
        elif name == "text" and child.get("option"):
            name = child.get("option") + "/text"
        elif child.get("number"):
            name += f"[{child.get('number')}]"
        place = f"{path}/{name}" if path else name
        if child.get("status") and not len(child):
            yield place, child.text or ""
        yield from values_of(child, place)


@test
def every_value_is_there_with_its_place(folder):
    path = whole(folder)
    assert names(folder) == ["d.sqlite"] and path.read_bytes()[18:20] == b"\1\1", "it is not one file at rest"
    assert query(path, "SELECT count(*) FROM documents") == [(len(EXPECTED),)]
    for source in EXPECTED:
        rows = dict(query(path, "SELECT path, value FROM item_values JOIN documents ON documents.id = document_id"
                          " WHERE input = ?", str(source)))
        expected = dict(values_of(ElementTree.parse(source).getroot()))
        assert rows == expected, (source, rows.items() ^ expected.items())
    line = query(path, "SELECT page, x0, y0, x1, y1, status, label, iso_date, places FROM item_values JOIN documents"
                 " ON documents.id = document_id WHERE input = ? AND path = 'cover/published'", str(SHORT))
    element = ElementTree.parse(SHORT).find(f"{SPACE}cover/{SPACE}published")
    assert line == [(int(element.get("page")), *map(float, element.get("box").split()), element.get("status"),
                     element.get("label"), element.get("iso"), 1)], line


@test
def every_value_stands_in_its_own_table_too(folder):
    path = whole(folder)
    seen = collections.Counter()
    with sqlite3.connect(path) as connection:
        for table, column, item in dictionary():
            block = re.match(r"(.*\[\])/(.*)", item)
            place = f"rows.path || '/{block[2]}'" if block else f"'{item}'"
            owner = "rows.document_id" if block else "rows.id"
            wrong = connection.execute(
                f'SELECT count(*) FROM {table} AS rows LEFT JOIN item_values ON item_values.document_id = {owner}'
                f' AND item_values.path = {place} WHERE rows."{column}" IS NOT item_values.value').fetchall()
            assert wrong == [(0,)], (table, column, item)
            seen[item] = connection.execute(f'SELECT count("{column}") FROM {table}').fetchone()[0]
        for table in ("measures", "marks"):
            seen.update(dict(connection.execute(f"SELECT item, count(*) FROM {table} GROUP BY item")))
        seen["text"] = connection.execute("SELECT count(text) FROM marks").fetchone()[0]
        seen["sufficiency"] = connection.execute("SELECT count(sufficiency) FROM risks").fetchone()[0]
        # A part on risks repeats the name of its file.
        repeated = connection.execute("SELECT count(*) FROM item_values WHERE item = 'file[]/risk/name'").fetchone()[0]
        total = connection.execute("SELECT count(*) FROM item_values").fetchone()[0]
    assert sum(seen.values()) + repeated == total, (sum(seen.values()), repeated, total)


@test
def the_keys_hold(folder):
    path = whole(folder)
    assert query(path, "PRAGMA foreign_key_check") == [] and query(path, "PRAGMA integrity_check") == [("ok",)]
    for table, column, block in (("systems", "system_id", "system"), ("consignments", "consignment_id", "file[]/consignment")):
        wrong = query(path, f"SELECT count(*) FROM marks JOIN {table} ON {table}.id = marks.{column}"
                      f" WHERE marks.document_id <> {table}.document_id OR substr(marks.path, 1, length({table}.path) + 1) <> {table}.path || '/'")
        assert wrong == [(0,)], table
        assert query(path, f"SELECT count(*) FROM marks WHERE {column} IS NULL AND item LIKE ?", block + "%") == [(0,)]
    assert query(path, "SELECT count(*) FROM measures JOIN risks ON risks.id = risk_id WHERE measures.document_id <> risks.document_id"
                 " OR substr(measures.path, 1, length(risks.path) + 1) <> risks.path || '/'") == [(0,)]
    assert query(path, "SELECT count(*) > 0 FROM measures WHERE risk_id IS NOT NULL") == [(1,)]
    assert query(path, "SELECT count(*) FROM risks JOIN item_values ON item_values.document_id = risks.document_id"
                 " AND item_values.path = risks.path || '/sufficiency' WHERE sufficiency IS NOT value OR risks.status IS NOT item_values.status") == [(0,)]
    schema = "".join(sql for sql, in query(path, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    assert '"contractor" TEXT, -- ⑥委託先名 / ' in schema


@test
def views_use_items_that_there_are(folder):
    path = whole(folder)
    text = (ROOT / "cli" / "dataset.sql").read_text("utf-8")
    items = {item for item, in query(path, "SELECT item FROM items")}
    named = set(re.findall(r"'([a-z\[\]-]+/[a-z\[\]/-]+)'", text)) - {"/legal-basis"}
    assert named and named <= items, named - items
    assert query(path, "SELECT words FROM options WHERE item = 'system[]/connections' AND option = 'info-network' AND form = 3") == \
        [("情報提供ネットワークシステム",)]
    for view, in query(path, "SELECT name FROM sqlite_master WHERE type = 'view'"):
        assert query(path, f"SELECT count(*) > 0 FROM {view}") == [(1,)], view


@test
def every_item_has_its_english(folder):
    path = whole(folder)
    words = dict(re.findall(r'^HK_ENGLISH \("([^"]+)", "([^"]+)"\)$', (ROOT / "models" / "english.def").read_text("utf-8"), re.M))
    used = set()
    for item, english in query(path, "SELECT item, english FROM items"):
        segments, parts = item.replace("[]", "").split("/"), []
        for end in range(1, len(segments) + 1):
            key = next(("/".join(segments[begin:end]) for begin in range(end) if "/".join(segments[begin:end]) in words), None)
            assert key, f"models/english.def: nothing for {'/'.join(segments[:end])}"
            used.add(key)
            parts.append(words[key])
        assert english == ": ".join(parts)[0].upper() + ": ".join(parts)[1:], item
    assert used == set(words), words.keys() - used


@test
def questions_are_answered(folder):
    variant(folder / "in" / "a" / "x.xml")
    variant(folder / "in" / "b" / "y.xml", source=ROOT / "corpus" / "expected" / "kumoihama-tax--calc.xml")
    dataset(folder, "d.sqlite", "in")
    document = ElementTree.parse(folder / "in" / "b" / "y.xml").getroot()
    systems = [system.find(f"{SPACE}name").text for system in document.findall(f"{SPACE}system")
               if system.find(f"{SPACE}connections/{SPACE}option[@name='info-network']").text == "1"]
    found = query(folder / "d.sqlite", "SELECT system FROM network_systems WHERE agency = '雲居浜市長' AND mark = '1' ORDER BY system_number")
    assert systems and [name for name, in found] == systems, (found, systems)
    tally = collections.Counter(element.text for element in document.iter(f"{SPACE}sufficiency"))
    assert dict(query(folder / "d.sqlite", "SELECT sufficiency, sum(risks) FROM risk_sufficiency WHERE form = 3 AND sufficiency IS NOT NULL"
                      " GROUP BY sufficiency")) == tally + collections.Counter(
                          element.text for element in ElementTree.parse(SHORT).iter(f"{SPACE}sufficiency"))
    contractors = {element.text for element in document.iter(f"{SPACE}contractor")}
    found = query(folder / "d.sqlite", "SELECT contractor, agencies, consignments FROM contractors")
    assert {name for name, _, _ in found} == contractors and sum(n for _, _, n in found) == len(list(document.iter(f"{SPACE}contractor")))
    assert query(folder / "d.sqlite", "SELECT agency, occurred FROM incidents WHERE agency = '朝凪町長'") == [("朝凪町長", "発生あり")]
    bases = sum(1 for _ in document.iter(f"{SPACE}legal-basis"))
    assert query(folder / "d.sqlite", "SELECT count(*) FROM legal_bases WHERE agency = '雲居浜市長'") == [(bases,)]


@test
def questions_are_about_the_newest_versions(folder):
    source = ROOT / "corpus" / "expected" / "kumoihama-tax--calc.xml"
    variant(folder / "new.xml", source=source, published="令和８年１月５日", iso="2026-01-05")
    variant(folder / "form2.xml")
    views = (("system", "network_systems"), ("*", "contractors"), ("*", "risk_sufficiency"), ("path", "incidents"), ("path", "legal_bases"))
    answers = lambda: [sorted(map(repr, query(folder / "d.sqlite", f"SELECT {what} FROM {view}"))) for what, view in views]
    dataset(folder, "d.sqlite", "new.xml", "form2.xml")
    before = answers()
    variant(folder / "old.xml", source=source, published="令和２年１月５日", iso="2020-01-05")
    dataset(folder, "d.sqlite", "old.xml")
    assert query(folder / "d.sqlite", "SELECT max(version) FROM documents") == [(2,)]
    assert answers() == before and all(before), before


@test
def incidents_are_those_that_occurred(folder):
    for name, value, status in (("a", "発生あり", "certain"), ("b", "発生なし", "certain"), ("c", "発生なし", "uncertain")):
        variant(folder / f"{name}.xml", number=name, **{"incident-occurred": value})
        text = (folder / f"{name}.xml").read_text("utf-8")
        (folder / f"{name}.xml").write_text(re.sub('(<incident-occurred [^>]*status=")[a-z]*"', rf'\1{status}"', text), "utf-8")
    dataset(folder, "d.sqlite", "a.xml", "b.xml", "c.xml")
    assert query(folder / "d.sqlite", "SELECT input, occurred, status FROM incidents ORDER BY input") == [
        ("a.xml", "発生あり", "certain"), ("c.xml", "発生なし", "uncertain")]


@test
def japanese_is_searched(folder):
    path = whole(folder)
    for words in ("シンクライアント", "庁内連携", "情報政策課"):
        found = query(path, "SELECT count(*) FROM item_search WHERE item_search MATCH ?", f'"{words}"')
        assert found == query(path, "SELECT count(*) FROM item_values WHERE instr(value, ?)", words) and found[0][0] > 0, (words, found)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM documents WHERE id % 2")
        connection.execute("INSERT INTO item_search (item_search) VALUES ('integrity-check')")


# --- Adding again ------------------------------------------------------------------------


@test
def a_document_that_is_added_again_is_replaced(folder):
    path = whole(folder)
    counts = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in
                                   ("agencies", "reports", "documents", "files", "marks", "item_values", "item_search"))
    before = query(path, counts)
    dataset(folder, "d.sqlite", ROOT / "corpus" / "expected")
    assert query(path, counts) == before
    # The same file, read anew by a version that reads it otherwise.
    variant(folder / "x.xml")
    dataset(folder, "e.sqlite", "x.xml")
    variant(folder / "x.xml", title="予防接種事務　重点項目評価書")
    process = dataset(folder, "e.sqlite", "./x.xml")
    assert query(folder / "e.sqlite", "SELECT input, cover_title FROM documents") == [("x.xml", "予防接種事務　重点項目評価書")]
    assert "x.xml: replaces another reading of this input" in process.stderr, process.stderr
    assert process.stderr.endswith("hyokasho: 0 documents added, 1 replaced, 0 not\n"), process.stderr


@test
def documents_of_one_name_do_not_replace_each_other(folder):
    for out, agency, number in (("a", "甲町長", "1"), ("b", "乙町長", "1"), ("c", "甲町長", "2")):
        variant(folder / out / "1.xml", agency=agency, number=number)
        process = harness.run([PROGRAM, "dataset", "../d.sqlite", "1.xml"], cwd=folder / out)
        assert process.stderr == "hyokasho: 1 document added, 0 replaced, 0 not\n", process.stderr
    found = query(folder / "d.sqlite", "SELECT agency, number, is_latest FROM publications ORDER BY document_id")
    assert found == [("甲町長", "1", 1), ("乙町長", "1", 1), ("甲町長", "2", 1)], found
    # Nor where no date says whether they are two readings of one file.
    for out, title in (("x", "予防接種事務　重点項目評価書"), ("y", "予防接種事務")):
        variant(folder / out / "2.xml", title=title, number="3")
        text = (folder / out / "2.xml").read_text("utf-8")
        (folder / out / "2.xml").write_text(re.sub(r"\s*<published .*?</published>", "", text, count=1, flags=re.S), "utf-8")
        process = harness.run([PROGRAM, "dataset", "../d.sqlite", "2.xml"], cwd=folder / out)
    assert process.returncode == REVIEW and "2.xml: an input of this name is there already" in process.stderr, process.stderr
    assert query(folder / "d.sqlite", "SELECT count(*), count(DISTINCT report_id) FROM documents WHERE input = '2.xml'") == [(2, 1)]


@test
def the_same_bytes_are_one_document_and_this_is_said(folder):
    for name in ("a", "b"):
        variant(folder / name / "x.xml")
    process = dataset(folder, "d.sqlite", "a", "b")
    assert "hyokasho: b/x.xml: has the same bytes as a/x.xml, which it replaces\n" in process.stderr, process.stderr
    assert process.stderr.endswith("hyokasho: 1 document added, 1 replaced, 0 not\n"), process.stderr
    assert query(folder / "d.sqlite", "SELECT folder FROM agencies") == [("b",)]


@test
def what_was_added_before_a_run_is_killed_is_settled(folder):
    for n in range(100):
        variant(folder / "in" / f"{n:02}.xml", published="令和", iso=f"2026-01-{n // 2 % 28 + 1:02}", number=str(n // 56), declaration=str(n))
    os.mkfifo(folder / "last.xml")  # which nobody writes
    with subprocess.Popen([PROGRAM, "dataset", "-q", "d.sqlite", "in", "last.xml"], cwd=folder) as process:
        deadline = time.monotonic() + 60
        while not (folder / "d.sqlite").exists() or query(folder / "d.sqlite", "SELECT count(*) FROM sqlite_master WHERE name = 'documents'") == [(0,)] \
                or query(folder / "d.sqlite", "SELECT count(*) FROM documents") == [(0,)]:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.1)
        process.kill()
    assert query(folder / "d.sqlite", "SELECT count(*), min(version), sum(is_latest) FROM documents") == [(100, 1, 2)]


@test
def a_newer_publication_is_a_version(folder):
    variant(folder / "2.xml")
    variant(folder / "3.xml", published="令和８年１月５日", iso="2026-01-05", number="007")
    variant(folder / "1.xml", published="令和２年１月５日", iso="2020-01-05", title="予防接種事務　重点項目評価書")
    variant(folder / "4.xml", number="8")
    dataset(folder, "d.sqlite", "2.xml", "3.xml")
    dataset(folder, "d.sqlite", "4.xml", "1.xml")
    versions = query(folder / "d.sqlite", "SELECT input, version, is_latest FROM documents ORDER BY input")
    assert versions == [("1.xml", 1, 0), ("2.xml", 2, 0), ("3.xml", 3, 1), ("4.xml", 1, 1)], versions
    assert query(folder / "d.sqlite", "SELECT count(*) FROM reports") == [(2,)]
    # The number is the same, but the title says that it is another report.
    variant(folder / "5.xml", published="令和８年２月５日", iso="2026-02-05", title="犬の登録")
    process = dataset(folder, "d.sqlite", "5.xml", status=REVIEW)
    assert "5.xml: “犬の登録”: a report of the same agency and number has quite another title" in process.stderr
    assert query(folder / "d.sqlite", "SELECT version, is_latest FROM documents WHERE input = '5.xml'") == [(1, 1)]


@test
def agencies_of_one_name_stay_apart_unless_somebody_knows(folder):
    variant(folder / "tokyo" / "府中市" / "a.xml", agency="府中市長", declaration="東京")
    variant(folder / "hiroshima" / "府中市" / "b.xml", agency="府中市長")
    variant(folder / "hiroshima" / "府中市" / "2020" / "c.xml", agency="府中市長", published="令和２年１月５日", iso="2020-01-05")
    variant(folder / "else" / "d.xml", agency="朝凪町長", number="9")
    variant(folder / "other" / "e.xml", agency="朝凪町長", published="令和２年１月５日", iso="2020-01-05", number="9")
    process = dataset(folder, "apart.sqlite", "tokyo", "hiroshima", status=REVIEW)
    assert "agency “府中市長” is in several folders and kept apart: hiroshima/府中市, hiroshima/府中市/2020, tokyo/府中市: --agencies" in process.stderr, process.stderr
    assert query(folder / "apart.sqlite", "SELECT count(*) FROM agencies") == [(3,)]
    (folder / "agencies.csv").write_bytes("\ufefffolder,agency,code,prefecture\r\ntokyo/府中市,,132063,東京都\r\n"
                                          "./hiroshima/府中市/,府中市長,34208,広島県\r\n,朝凪町長,13103,\"東京都\"\r\n".encode())
    dataset(folder, "d.sqlite", "--agencies", "agencies.csv", "tokyo", "hiroshima", "else", "other")
    assert query(folder / "d.sqlite", "SELECT name, code, prefecture FROM agencies ORDER BY code") == [
        ("朝凪町長", "131032", "東京都"), ("府中市長", "132063", "東京都"), ("府中市長", "342084", "広島県")]
    assert query(folder / "d.sqlite", "SELECT input, version FROM documents ORDER BY input") == [
        ("else/d.xml", 2), ("hiroshima/府中市/2020/c.xml", 1), ("hiroshima/府中市/b.xml", 2), ("other/e.xml", 1), ("tokyo/府中市/a.xml", 1)]


@test
def lists_of_agencies_that_say_nothing(folder):
    variant(folder / "x.xml")
    for text, message in (("code\n131032\n", "is no list of agencies"), ("agency,code\nx,131031\n", "record 2: its code is no"),
                          ("agency,folder,code\n,,131032\n", "record 2: names neither"), ("agency,code\nx\n", "another number of fields"),
                          ('agency,code\nw,131032\n"x,131032\ny,131032\n', "record 3: has a quote that is not closed"),
                          ('agency,code\n"x,131032\n"y",131032\n', "record 2: has a quote that is not closed"),
                          ("folder,agency,code\na,,131032\na,x,132063\n./a/,,132063\n", "record 4: an earlier record gives the same")):
        (folder / "a.csv").write_text(text, "utf-8")
        assert message in dataset(folder, "d.sqlite", "--agencies", "a.csv", "x.xml", status=FAILED).stderr
    assert not (folder / "d.sqlite").exists()
    dataset(folder, "d.sqlite", "--agencies", "none.csv", "x.xml", status=FAILED)


@test
def entries_of_agencies_that_fit_nothing_are_told(folder):
    variant(folder / "a" / "x.xml")
    (folder / "a.csv").write_text("folder,code\na,131032\na,131032\n\n", "utf-8")
    process = dataset(folder, "d.sqlite", "--agencies", "a.csv", "a")
    assert process.stderr == "hyokasho: 1 document added, 0 replaced, 0 not\n", process.stderr
    (folder / "a.csv").write_text("folder,code\nb,132063\na,131032\n", "utf-8")
    process = dataset(folder, "d.sqlite", "--agencies", "a.csv", "a")
    assert "hyokasho: --agencies: record 2 fits no document of these inputs\n" in process.stderr, process.stderr
    (folder / "a.csv").write_text("folder,code\na,131032\nb,132063\nc,131032\n", "utf-8")
    process = dataset(folder, "d.sqlite", "--agencies", "a.csv", "a")
    assert "--agencies: 2 records fit no document of these inputs, the first of them record 3\n" in process.stderr, process.stderr


# --- Inputs ------------------------------------------------------------------------------


@test
def whatever_convert_reads_or_writes(folder):
    (folder / "in" / "town").mkdir(parents=True)
    shutil.copy(PDF, folder / "in" / "town" / "x.pdf")
    shutil.copy(TEXT, folder / "in" / "town" / "y.txt")
    dataset(folder, "direct.sqlite", "in")
    harness.run([PROGRAM, "convert", "-j", "2", "-o", "out", "in"], cwd=folder)
    dataset(folder, "run.sqlite", "out")
    for name in ("direct.sqlite", "run.sqlite"):
        assert query(folder / name, "SELECT input, form FROM documents ORDER BY input") == [("in/town/x.pdf", 2), ("in/town/y.txt", 2)]
    rows = "SELECT sha256, item_values.* FROM item_values JOIN documents ON documents.id = document_id ORDER BY input, item_values.id"
    cut = lambda name: [(row[0], *row[3:]) for row in query(folder / name, rows)]
    assert cut("direct.sqlite") == cut("run.sqlite")
    assert query(folder / "run.sqlite", "SELECT count(*) FROM item_values WHERE line IS NOT NULL AND page IS NULL OR x0 IS NOT NULL") != [(0,)]
    dataset(folder, "run.sqlite", "in")
    assert query(folder / "run.sqlite", "SELECT count(*) FROM documents") == [(2,)]


@test
def a_run_that_has_not_ended_is_not_taken_in(folder):
    variant(folder / "out" / "in" / "x.pdf.xml")
    variant(folder / "y.xml", number="9")
    (folder / "out" / ".hyokasho" / "all").mkdir(parents=True)
    for inputs in (["out"], ["."]):
        process = dataset(folder, "-q", "d.sqlite", "y.xml", *inputs, status=FAILED)
        assert re.search("out: the run of “convert” into it has not ended: .*: not added", process.stderr), process.stderr
        assert query(folder / "d.sqlite", "SELECT input FROM documents") == [("y.xml",)]


@test
def the_manifests_of_shares_come_before_an_older_one_of_all(folder):
    (folder / "in").mkdir()
    shutil.copy(TEXT, folder / "in" / "x.txt")
    convert = lambda *options: harness.run([PROGRAM, "convert", "-j", "1", *options, "-o", "out", "in"], cwd=folder)
    convert()
    with (folder / "in" / "x.txt").open("ab") as file:
        file.write(b"\n")
    for share in ("1/2", "2/2"):
        convert("--shard", share)
    assert (folder / "out" / "manifest.csv").exists()
    process = dataset(folder, "d.sqlite", "out")
    assert process.stderr == "hyokasho: 1 document added, 0 replaced, 0 not\n", process.stderr
    digest = hashlib.sha256((folder / "in" / "x.txt").read_bytes()).hexdigest()
    assert query(folder / "d.sqlite", "SELECT sha256 FROM documents") == [(digest,)]


@test
def outputs_that_are_no_xml_are_counted(folder):
    (folder / "in").mkdir()
    shutil.copy(TEXT, folder / "in" / "x.txt")
    harness.run([PROGRAM, "convert", "-j", "1", "-f", "tsv", "-o", "out", "in"], cwd=folder)
    assert "hyokasho: out: 1 output is no XML: " in dataset(folder, "d.sqlite", "out", status=FAILED).stderr


@test
def what_cannot_be_added_is_named_and_the_rest_is_added(folder):
    (folder / "bad.xml").write_text('<assessment xmlns="urn:hyokasho:assessment:1"/>', "utf-8")
    (folder / "empty.xml").touch()
    shutil.copy(PLAIN, folder / "plain.pdf")
    variant(folder / "x.xml")
    process = dataset(folder, "d.sqlite", "bad.xml", "no.xml", "empty.xml", "plain.pdf", "x.xml", status=FAILED)
    for name in ("bad.xml", "no.xml", "empty.xml", "plain.pdf"):
        assert re.search(rf"^hyokasho: {re.escape(name)}:?.*not added$", process.stderr, re.M), process.stderr
    assert process.stderr.endswith("hyokasho: 1 document added, 0 replaced, 4 not\n"), process.stderr
    assert query(folder / "d.sqlite", "SELECT count(*) FROM documents") == [(1,)]
    quiet = dataset(folder, "-q", "d.sqlite", "x.xml")
    assert quiet.stderr == "", quiet.stderr


@test
def no_dataset_is_made_of_nothing(folder):
    process = dataset(folder, "--csv", "tables", "absent.sqlite", status=FAILED)
    assert "absent.sqlite: there is no such dataset" in process.stderr and names(folder) == []
    process = dataset(folder, "--csv", "tables", "new.sqlite", "nofile.xml", status=FAILED)
    assert process.stderr.endswith("hyokasho: 0 documents added, 0 replaced, 1 not\n") and names(folder) == [], names(folder)


@test
def other_files_are_left_alone(folder):
    variant(folder / "x.xml")
    (folder / "text.sqlite").write_text("This is no database, but it is long enough to be looked at." * 20, "utf-8")
    with sqlite3.connect(folder / "other.sqlite") as connection:
        connection.execute("CREATE TABLE documents (x)")
    for name, message in (("text.sqlite", "not a database"), ("other.sqlite", "is no dataset")):
        before = (folder / name).read_bytes()
        assert message in dataset(folder, name, "x.xml", status=FAILED).stderr
        assert (folder / name).read_bytes() == before
    dataset(folder, "no/d.sqlite", "x.xml", status=FAILED)
    for arguments, message in (([], "no database"), (["d.sqlite"], "no input"), (["--bom", "d.sqlite", "x.xml"], "--bom is about"),
                               (["--nonsense"], "nonsense")):
        assert message in dataset(folder, *arguments, status=USAGE).stderr
    assert "Exit status:" in dataset(folder, "--help").stdout.decode()


# --- CSV -----------------------------------------------------------------------------------


def rows_of(path, encoding):
    csv.field_size_limit(1 << 24)
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@test
def the_tables_as_csv(folder):
    dataset(folder, "d.sqlite", "--csv", "tables", ROOT / "corpus" / "expected")
    package = json.loads((folder / "tables" / "datapackage.json").read_text("utf-8"))
    assert len(package["resources"]) == 15 and package["profile"] == "tabular-data-package"
    for resource in package["resources"]:
        name, fields = resource["name"], resource["schema"]["fields"]
        header, *rows = rows_of(folder / "tables" / resource["path"], resource["encoding"])
        assert header == [field["name"] for field in fields], name
        stored = query(folder / "d.sqlite", f"SELECT * FROM {name} ORDER BY rowid")
        assert len(rows) == len(stored), name
        kinds = {"string": str, "integer": int, "number": float}
        for line, row in zip(rows, stored):
            assert [kinds[field["type"]](cell) if cell or value == "" else None for field, cell, value in zip(fields, line, row)] == list(row), name
        for at, field in enumerate(fields):
            assert not field.get("constraints", {}).get("required") or all(line[at] for line in rows), (name, field["name"])
        assert all(re.search(" / ", field["description"]) for field in fields), name
        for key in resource["schema"]["foreignKeys"]:
            target = next(other for other in package["resources"] if other["name"] == key["reference"]["resource"])
            assert key["fields"] in header and target["schema"]["primaryKey"] == "id", key
    # Out of a dataset that is there, for Excel.
    dataset(folder, "--bom", "--csv", "excel", "d.sqlite")
    content = (folder / "excel" / "systems.csv").read_bytes()
    assert content == b"\xef\xbb\xbf" + (folder / "tables" / "systems.csv").read_bytes()


@test
def the_data_dictionary_is_current(folder):
    printed = dataset(folder, "--dictionary").stdout
    assert printed == (ROOT / "docs" / "data-dictionary.md").read_bytes(), \
        "run: build/cli/hyokasho dataset --dictionary >docs/data-dictionary.md"
    assert len(list(dictionary())) > 100


def in_folder(function):
    """The test with a folder of its own."""
    def call():
        with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
            function(pathlib.Path(folder))
    return call


sys.exit(harness.run_tests([[(function.__name__.replace("_", " "), in_folder(function)) for function in TESTS]]))
