#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What models that read scans make of a document: Markdown and HTML, each with habits of its own.

usage: scans.py [--to FOLDER] [--all | NAME--HABIT ...]    writes scans/NAME--HABIT.md, or .html

pipes   rows of pipes, <br> in cells, [ ○ ] kept, brackets and digits half-width, pages parted by ---
tabs    rows of tabs, <p> and <li> in cells, an <input> for a mark and nothing for none, II for Ⅱ
tags    tables in HTML with spans, ☑ and ☐, pages in comments
lists   no tables: labels in bold type, values in paragraphs, - [x] and - [ ]
worn    as tabs, from a bad scan: pages lost, characters of labels misread, groups whose boxes all look alike, broken off at the end
"""

import argparse
import html
import json
import pathlib
import re
import unicodedata

from form import HERE, STYLES
from forms import form_of

CHANGES = ["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"]

# Habits by document: what is in the repository. --all writes every habit of every document.
KEPT = ["kazehaya-clinic--pipes", "asanagi-vaccination--tabs", "asanagi-vaccination--lists", "hoshimigaoka-housing--tags", "hotarugaoka-residents--worn",
        "yukimidai-allowance--tags", "aomine-employment--pipes"]


def folded(text):
    """Half-width where NFKC has it so, but ① stays ①."""
    return "".join(c if 0x2460 <= ord(c) <= 0x2473 or c in "○●＜＞～" else unicodedata.normalize("NFKC", c) for c in text)


class Habit:
    """Writes the rows of a form; what it makes of each is the habit's."""
    suffix = "md"
    on, off, beside = "[ ○ ]", "[ ]", " "
    line = "<br>"

    def __init__(self, doc):
        self.values, self.out, self.pages = doc["values"].get, [], 0
        self.sheets = form_of(doc, STYLES["calc"]).build()

    # --- characters
    def words(self, text): return text
    def cell(self, text): return self.line.join(self.words(line) for line in text.split("\n"))

    # --- what stands in a value's cell, as lines
    def mark(self, on): return self.on if on else self.off
    def option(self, i, words): return f"{i + 1}) {words}"
    def content(self, c):
        kind, *arg = c
        return {"text": self.text, "choice": self.choice, "checks": self.checks, "dated": self.dated}[kind](*arg)
    def text(self, text): return [self.words(line) for line in text.split("\n")]
    def dated(self, text): return [self.words(f"{text}　時点")]
    def choice(self, value, options, cols, count, fee=None):
        lines = [f"[ {self.words(value)} ]" if value else "[ ]"]
        if count is not None: lines.append(f"( {self.words(count)} ) 件")
        lines += [self.words("＜選択肢＞")] + [self.words(self.option(i, o)) for i, o in enumerate(options)]
        return lines + ([f"(手数料額、納付方法： {self.words(fee)} )"] if fee is not None else [])
    def checks(self, lines):
        out = []
        for line in lines:
            if isinstance(line, str): out.append(self.words(line)); continue
            out.append("  ".join(self.box(*box) for box in line) if self.beside else "")
            if not self.beside: out[-1:] = [self.box(*box) for box in line]
        return out
    def box(self, on, label, kind, text):
        behind = f" ( {self.words(text)} )" + (" 件" if kind == "#" else "") if kind else ""
        return f"{self.mark(on)} {self.words(label)}{behind}"
    def marks(self, marks): return "".join(f" {self.mark(on)} {self.words(label)}" for on, label in marks)

    # --- rows
    def write(self):
        for sheet in self.sheets:
            self.page()
            for row, group in self.grouped(sheet["rows"]): getattr(self, row["t"])(row, group)
            self.close()
        return "\n".join(self.out) + "\n"
    def grouped(self, rows):
        """Each row with its group's label: of the first of the group with how many it has, of the others with 0."""
        before = None
        for i, row in enumerate(rows):
            group = row.get("group")
            n = next((k for k, r in enumerate(rows[i:]) if r.get("group") != group), len(rows) - i) if group and group != before else 0
            yield row, (group, n)
            before = group
    def page(self): self.pages += 1
    def close(self): pass

    def title(self, row, _): self.heading(1, row["text"] + (" " + row["note"] if row["note"] else ""))
    def head(self, row, _): self.under(row["text"] + row["sub"], row["marks"])
    def band(self, row, _): self.single(row["text"]) if row["value"] is None else self.pair(self.words(row["text"]), self.text(row["value"]))
    def full(self, row, _): self.single(row["text"])
    def question(self, row, _): self.single(row["text"])
    def item(self, row, group):
        if row["label"] is None: self.single("\n".join(self.content(row["c"])), raw=True)
        elif group[0]: self.triple(group, self.words(row["label"]), self.content(row["c"]))
        else: self.pair(self.words(row["label"]), self.content(row["c"]))
    def diagram(self, row, _):
        for line in row["rows"]: self.paragraph(" ".join(line))
        self.paragraph(row["remarks"])
    def toc(self, row, _):
        self.heading(2, "項目一覧"); self.paragraph("\n".join(x.replace("@", "").strip() for x in row["lines"]))
    def cover(self, row, _):
        get = self.values
        self.heading(1, row["title"])
        self.columns(["評価書番号", "評価書名"], [[get("cover/number", ""), get("cover/title", "")]])
        self.heading(2, "個人のプライバシー等の権利利益の保護の宣言"); self.paragraph(get("cover/declaration", ""))
        self.pair(self.words("特記事項"), self.text(get("cover/notes", "")))
        self.close()
        for label, path in (("評価実施機関名", "cover/agency"), (row["approved"], "cover/approved"), ("公表日", "cover/published")):
            if label: self.heading(2, label); self.paragraph(get(path, ""))
        self.paragraph(f"[{get('cover/revision')} {get('cover/form')}]")
    def changes(self, row, _): self.columns(CHANGES, row["rows"])

    # --- to be had from each habit: heading, paragraph, single, under, pair, triple, columns


class Pipes(Habit):
    def words(self, text): return folded(text).replace("|", "\\|")
    def page(self):
        if self.pages: self.out += ["---", "", f"- {self.pages} -", ""]
        self.pages += 1
        self.open = False
    def close(self):
        if self.open: self.out.append("")
        self.open = False
    def row(self, *cells):
        self.out.append("| " + " | ".join(cells) + " |")
        if not self.open: self.out.append("|" + " --- |" * len(cells))
        self.open = True
    def heading(self, level, text): self.close(); self.out += ["#" * level + " " + self.words(text), ""]
    def paragraph(self, text): self.close(); self.out += [*([self.words(line) for line in text.split("\n")] if text else []), ""]
    def single(self, text, raw=False): self.row((text.replace("\n", self.line) if raw else self.cell(text)), "", "")
    def under(self, text, marks): self.close(); self.heading(2, text) if not marks else self.row("**" + self.words(text) + "**" + self.marks(marks), "", "")
    def pair(self, label, value): self.row(label, self.line.join(value), "")
    def triple(self, group, label, value): self.row(self.cell("".join(group[0])) if group[1] else "", label, self.line.join(value))
    def columns(self, heads, rows):
        self.close()
        for cells in [heads, *rows]: self.row(*(self.cell(c) for c in cells))
        self.close()


class Tabs(Habit):
    on, off = '[ <input type="checkbox"/> ]', "[ ]"
    def words(self, text):
        text = folded(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return re.sub(r"^(Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|Ⅵ)", lambda m: ["I", "II", "III", "IV", "V", "VI"]["ⅠⅡⅢⅣⅤⅥ".index(m[1])], text)
    def row(self, *cells): self.out.append("\t".join(cells))
    def heading(self, level, text): self.out += ["", "#" * level + " " + self.words(unicodedata.normalize("NFKC", text) if level == 1 else text), ""]
    def paragraph(self, text): self.out += ["", self.words(text.replace("\n", "\n")), ""] if text else []
    def single(self, text, raw=False): self.row(" ".join(f"<p>{x}</p>" for x in (text.split("\n") if raw else map(self.words, text.split("\n")))), "")
    def under(self, text, marks): self.row("<b>" + self.words(text) + "</b>" + self.marks(marks), "")
    def close(self): self.out += ["", "", ""]
    def pair(self, label, value): self.row(label, value[0] if len(value) < 2 else " ".join(f"<p>{x}</p>" for x in value) if len(value) < 6 else "          ".join(value))
    def triple(self, group, label, value): self.row(self.words("".join(group[0])) if group[1] else "", label, '<ul style="list-style-type: none"> ' + " ".join(f"<li>{x}</li>" for x in value) + " </ul>")
    def columns(self, heads, rows):
        self.out.append("")
        for cells in [heads, *rows]: self.row(*(" ".join(map(self.words, c.split("\n"))) for c in cells))
        self.out.append("")


class Tags(Habit):
    suffix = "html"
    on, off, line = "☑", "☐", "<br>"
    def __init__(self, doc): super().__init__(doc); self.out = ["<!DOCTYPE html>", '<html lang="ja">', "<body>"]; self.open = False
    def words(self, text): return html.escape(text, quote=False)
    def write(self): return super().write() + "</body>\n</html>\n"
    def page(self): self.pages += 1; self.out.append(f"<!-- page {self.pages} -->")
    def close(self):
        if self.open: self.out.append("</table>")
        self.open = False
    def row(self, *cells):
        if not self.open: self.out.append("<table>")
        self.open = True
        self.out.append("<tr>" + "".join(f"<td{' ' + span if span else ''}>{text}</td>" for span, text in cells) + "</tr>")
    def heading(self, level, text): self.close(); self.out.append(f"<h{level}>{self.words(text)}</h{level}>")
    def paragraph(self, text): self.close(); self.out += [f"<p>{self.cell(text)}</p>"] if text else []
    def single(self, text, raw=False): self.row(("colspan=3", text.replace("\n", self.line) if raw else self.cell(text)))
    def under(self, text, marks): self.row(("colspan=3", f"<b>{self.words(text)}</b>{self.marks(marks)}"))
    def pair(self, label, value): self.row(("colspan=2", label), ("", self.line.join(value)))
    def triple(self, group, label, value):
        first = [(f'rowspan="{group[1]}"', self.cell("".join(group[0])))] if group[1] else []
        self.row(*first, ("", label), ("", self.line.join(value)))
    def columns(self, heads, rows):
        self.close()
        for cells in [heads, *rows]: self.row(*(("", self.cell(c)) for c in cells))
        self.close()


class Lists(Habit):
    on, off, beside, line = "- [x]", "- [ ]", "", "\n"
    def words(self, text): return re.sub(r"([*\\])", r"\\\1", text)
    def heading(self, level, text): self.out += ["#" * level + " " + self.words(text), ""]
    def paragraph(self, text): self.out += [*(self.text(text) if text else []), ""]
    def single(self, text, raw=False): self.out += [text if raw else self.cell(text), ""]
    def under(self, text, marks): self.heading(3, text); self.out += [f"{self.mark(on)} {self.words(label)}" for on, label in marks] + [""]
    def choice(self, value, options, cols, count, fee=None): return [" ".join(super().choice(value, options, cols, count, fee))]
    def pair(self, label, value): self.out += [f"**{label}**", "", *value, ""]
    def triple(self, group, label, value):
        if group[1]: self.out += ["**" + self.words("".join(group[0])) + "**", ""]
        self.pair(label, value)
    def columns(self, heads, rows):
        for cells in [heads, ["---"] * len(heads), *rows]: self.out.append("| " + " | ".join(c.replace("\n", "<br>") for c in cells) + " |")
        self.out.append("")


class Worn(Tabs):
    """The pages that hold Ⅲ.4 to Ⅲ.6 of each file but the first are lost; every third group of the others has a box for each option."""
    MISREAD = (("従業者に対する", "従業員に対する"), ("必要のない情報", "必要なない情報"), ("使用目的", "使用日的"))
    def __init__(self, doc): super().__init__(doc); self.groups = 0
    def checks(self, lines):
        self.groups += 1
        if self.groups % 3: return super().checks(lines)
        return [re.sub(r"\[ (<[^>]*>)? ?\]", '<input type="checkbox"/>', line) for line in super().checks(lines)]
    def write(self):
        lines, risks, lost = super().write().split("\n"), 0, False
        kept = []
        for line in lines:
            risks += line.startswith("# III ")
            if risks > 1 and line.startswith("<b>4."): lost = True
            if line.startswith("<b>7."): lost = False
            if not lost: kept.append(line)
        text = "\n".join(kept)
        for right, wrong in self.MISREAD: text = text.replace(right, wrong)
        return text.rstrip()[:-40]


HABITS = {"pipes": Pipes, "tabs": Tabs, "tags": Tags, "lists": Lists, "worn": Worn}


def document(stem): return json.loads((HERE / "documents" / f"{stem}.json").read_text(encoding="utf-8"))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--to", type=pathlib.Path, default=HERE / "scans"); ap.add_argument("--all", action="store_true"); ap.add_argument("names", nargs="*")
    a = ap.parse_args()
    names = a.names or ([f"{f.stem}--{h}" for f in sorted((HERE / "documents").glob("*.json")) for h in HABITS] if a.all else KEPT)
    a.to.mkdir(exist_ok=True)
    for name in names:
        stem, habit = name.split("--")
        doc = document(stem)
        (a.to / f"{name}.{HABITS[habit].suffix}").write_text(HABITS[habit](doc).write(), encoding="utf-8")


if __name__ == "__main__": main()
