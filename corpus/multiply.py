#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes many documents out of the few of the corpus: each is one of them with another agency and number on its cover.

usage: multiply.py [--xml] N FOLDER

PDFs are those of our own writer (cut, cutruns), whose page streams can be changed: the new cover is appended, as an
editor of PDFs does (incremental update), in characters that the embedded font has. With --xml it is the expected XML
of all layouts that is changed. The same N gives the same bytes; any two documents differ. A thousand take a few seconds.
"""
import argparse
import pathlib
import re
import zlib

HERE = pathlib.Path(__file__).resolve().parent
FOLDERS = 97  # documents go round them
KANJI = "山川田海空花月星雪風雲青白森林石岩松竹梅東西南北春夏秋冬朝夕大小高新古上下千百金木水火土日中前後内外本元光明安平和正"
DIGITS = ("0123456789", "０１２３４５６７８９")


def agency(number, kanji):
    """Two characters that stand for the agency's name, another pair for each NUMBER as long as there are any."""
    return kanji[number % len(kanji)] + kanji[number // len(kanji) % len(kanji)]


def digits(number, old, known):
    """A number as long as OLD and of its width, in characters of KNOWN; OLD if there are not enough."""
    row = next((row for row in DIGITS if old[:1] and old[0] in row), "")
    row = "".join(c for c in row if c in known)
    out = ""
    for _ in old:
        out = (row[number % len(row)] if row else "?") + out
        number //= max(len(row), 1)
    return out if row else old


# ---------------------------------------------------------------- PDF
class Template:
    """A PDF of our own writer, with the place of its cover."""
    def __init__(self, path):
        self.name, self.data = path.stem, path.read_bytes()
        objects = {int(m[1]): m[2] for m in re.finditer(rb"(\d+) 0 obj\n(.*?)\nendobj", self.data, re.S)}
        page = next(body for body in objects.values() if b"/Type /Page " in body)
        self.number = int(re.search(rb"/Contents \[\d+ 0 R (\d+) 0 R\]", page)[1])
        self.stream = self.inflate(objects[self.number]).decode("latin-1")
        font = re.search(rb"/F1 (\d+) 0 R", page)[1]
        unicode = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(font)])[1]
        pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", self.inflate(objects[int(unicode)]))
        self.chars = {code.decode(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
        self.codes = {char: code for code, char in self.chars.items()}
        self.kanji = "".join(char for char in KANJI if char in self.codes)
        self.find_cover()

    @staticmethod
    def inflate(body):
        return zlib.decompress(body[body.index(b"stream\n") + 7:body.rindex(b"\nendstream")])

    def find_cover(self):
        """Where in the stream the codes of number and agency stand."""
        places = [m.start() + 1 + at for m in re.finditer(r"<([0-9a-f]+)>", self.stream) for at in range(0, len(m[1]), 4)]
        text = "".join(self.chars[self.stream[at:at + 4]] for at in places)
        number = re.search("評価書番号評価書名([0-9０-９]+)", text)
        name = re.search("評価実施機関名(.{2})", text)
        self.spots = [(number[1], places[number.start(1):number.end(1)]), (name[1], places[name.start(1):name.end(1)])]

    def make(self, count):
        stream = self.stream
        (old, at), (_, name_at) = self.spots
        new = digits(count // len(self.kanji) ** 2, old, self.codes) + agency(count, self.kanji)
        for char, place in zip(new, at + name_at):
            stream = stream[:place] + self.codes[char] + stream[place + 4:]
        packed = zlib.compress(stream.encode("latin-1"))
        root, size = re.search(rb"/Root (\d+ 0 R)", self.data)[1], re.search(rb"/Size (\d+)", self.data)[1]
        before = re.search(rb"startxref\n(\d+)\n", self.data)[1]
        at = len(self.data)
        body = b"%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % (self.number, len(packed)) + packed + b"\nendstream\nendobj\n"
        tail = (b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %s /Root %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
                % (self.number, at, size, root, before, at + len(body)))
        return self.data + body + tail + b"%% %d\n" % count


# ---------------------------------------------------------------- XML
class Xml:
    """An expected XML."""
    def __init__(self, path):
        self.name, self.text = path.stem, path.read_text("utf-8")

    def make(self, count):
        text = re.sub("(<agency [^>]*>)..", lambda m: m[1] + agency(count, KANJI), self.text, count=1)
        text = re.sub("(<number [^>]*>)([^<]+)", lambda m: m[1] + digits(count // len(KANJI) ** 2, m[2], m[2] + "".join(DIGITS)), text, count=1)
        return re.sub('(<source name=")([^"]*)', lambda m: f"{m[1]}{count}-{m[2]}", text, count=1).encode("utf-8")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--xml", action="store_true", help="XML, as the program writes it")
    ap.add_argument("n", type=int)
    ap.add_argument("folder", type=pathlib.Path)
    a = ap.parse_args()
    if a.xml: templates = [Xml(path) for path in sorted((HERE / "expected").glob("*--*.xml"))]
    else: templates = [Template(path) for path in sorted((HERE / "pdf").glob("*--cut*.pdf"))]
    for count in range(a.n):
        template = templates[count % len(templates)]
        path = a.folder / f"{count % FOLDERS:02}" / f"{count:05}-{template.name}{'.pdf.xml' if a.xml else '.pdf'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template.make(count // len(templates)))


if __name__ == "__main__": main()
