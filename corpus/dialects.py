#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes text/: what text extractors make of the corpus's PDFs, and those texts damaged.

usage: dialects.py [NAME ...]          needs pdftotext (poppler) and mutool

plain, layout, raw and mutool are the outputs of those programs. islands and together are made here, from what
mutool says is painted and from the plain text: they stand for programs that write the text as it is painted, a
paragraph an island, and for those that run a page together.
"""
import collections, itertools, pathlib, random, re, subprocess, sys, xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests"))

import fields  # pylint: disable=wrong-import-position

TEXT = HERE / "text"
MODELS = HERE.parent / "models"

# Which PDF of a document stands for a dialect: each layout in each dialect, no document twice in one. The longest have some only.
PLAN = {
    "plain":    "asanagi-vaccination--calc shirakabahara-school--norules yukimidai-allowance--weasy hotarugaoka-residents--mincho kumoihama-tax--calc hoshimigaoka-housing--weasy "
                "kazehaya-clinic--mincho tsukishiro-pension--cutruns tokiwamori-residents--calc aomine-employment--mincho",
    "layout":   "asanagi-vaccination--weasy shirakabahara-school--calc yukimidai-allowance--cut hotarugaoka-residents--norules mitsuba-elderly--cut hoshimigaoka-housing--cut "
                "kazehaya-clinic--cutruns tsukishiro-pension--mincho tokiwamori-residents--cut aomine-employment--norules",
    "raw":      "asanagi-vaccination--cut shirakabahara-school--cutruns yukimidai-allowance--calc hotarugaoka-residents--calc hoshimigaoka-housing--calc "
                "kazehaya-clinic--norules tsukishiro-pension--calc tokiwamori-residents--weasy aomine-employment--cutruns",
    "mutool":   "asanagi-vaccination--norules shirakabahara-school--calc yukimidai-allowance--cut hoshimigaoka-housing--cut "
                "kazehaya-clinic--mincho tsukishiro-pension--cutruns aomine-employment--mincho",
    "islands":  "asanagi-vaccination--calc shirakabahara-school--cutruns yukimidai-allowance--mincho hotarugaoka-residents--cut kumoihama-tax--calc hoshimigaoka-housing--calc "
                "kazehaya-clinic--cutruns tsukishiro-pension--calc tokiwamori-residents--cut aomine-employment--cutruns",
    "together": "asanagi-vaccination--calc shirakabahara-school--weasy yukimidai-allowance--mincho hotarugaoka-residents--calc mitsuba-elderly--weasy hoshimigaoka-housing--weasy "
                "kazehaya-clinic--norules tsukishiro-pension--mincho tokiwamori-residents--calc aomine-employment--cutruns",
}
# Other encodings of a text: the name → (the text, how it is encoded)
ENCODED = {
    "kazehaya-clinic--mincho--sjis": ("kazehaya-clinic--mincho--plain", lambda text: text.encode("cp932")),
    "asanagi-vaccination--calc--eucjp": ("asanagi-vaccination--calc--islands", lambda text: text.encode("euc_jis_2004")),
    "tsukishiro-pension--mincho--utf16": ("tsukishiro-pension--mincho--layout", lambda text: b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")),
}
BACKWARDS = {"cutruns"}   # layouts whose pages are written from their end: so do some writers
PAGE = {"islands": "\n\n\n\n", "together": "\n\n"}   # what stands between pages; a form feed ends them elsewhere


# ---------------------------------------------------------------- what is painted
Run = collections.namedtuple("Run", "text x y size end")


def painted(pdf):
    """The pages of a PDF, each its runs of text in the order in which they are painted."""
    trace = subprocess.run(["mutool", "trace", str(pdf)], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf-8", "replace")
    pages = []
    for part in re.split(r"<page ", trace)[1:]:
        runs = []
        for a, text in re.findall(r'<fill_text [^>]*transform="([^"]*)">(.*?)</fill_text>', part, re.S):
            m = [float(v) for v in a.split()]
            for trm, span in re.findall(r'<span [^>]*trm="([^"]*)">(.*?)</span>', text, re.S):
                size = abs(float(trm.split()[0]) * m[0])
                glyphs = [(c, float(x) * m[0] + float(y) * m[2] + m[4], float(x) * m[1] + float(y) * m[3] + m[5], float(adv) * size)
                          for c, x, y, adv in re.findall(r'<g unicode="([^"]*)"[^>]* x="([^"]*)" y="([^"]*)" adv="([^"]*)"', span)]
                if glyphs:
                    s = "".join(ElementTree.fromstring(f"<g>{c}</g>").text or "" for c, *_ in glyphs)
                    runs.append(Run(s, glyphs[0][1], glyphs[0][2], size, glyphs[-1][1] + glyphs[-1][3]))
        pages.append(once(runs))
    return pages


def once(runs):
    """RUNS without those that are painted a second time, for boldness."""
    seen, kept = [], []
    for run in runs:
        if any(run.text == other.text and abs(run.x - other.x) < 1 and abs(run.y - other.y) < 1 for other in seen[-80:]): continue
        seen.append(run); kept.append(run)
    return kept


def cells(runs):
    """RUNS as paragraphs: runs that go on where the one before ended, and lines below it that begin where it begins."""
    out = []
    for run in runs:
        if out:
            lines = out[-1]
            last, first = lines[-1][-1], lines[0][0]
            if abs(run.y - last.y) < .3 * run.size and abs(run.x - last.end) < .3 * run.size: lines[-1].append(run); continue
            if abs(run.y - last.y) < .1 and len(run.text) == 1 and 0 < run.x - last.end < 1.2 * run.size: lines[-1].append(run._replace(text=" " + run.text)); continue   # a blank that is not painted
            if 0 < run.y - last.y < 1.6 * run.size and abs(run.x - first.x) < .3 * run.size and abs(run.size - last.size) < .1: lines.append([run]); continue
            if 0 < run.y - last.y < 1.6 * run.size and abs(run.size - last.size) < .1 and len(run.text) == 1 and first.x < run.x <= first.x + 3.2 * run.size: lines.append([run]); continue   # an indent that is not painted
        out.append([[run]])
    return out


def printed_words():
    """What the forms print at the left or above: labels and headings, without their numbers."""
    words = set()
    for table in sorted(MODELS.glob("form[0-9].c")):
        text = re.sub(r'"\n +"', "", table.read_text("utf-8"))
        words |= {word for row in re.findall(r'(?:HEADING|RIGHT|BELOW|GROUP|COLUMN) *\(\d, (?:"[^"]*", )?"([^"]*)"', text) for word in row.split("|")}
    return {fields.bare(word) for word in words if word}


def is_printed(text, words):
    text = re.sub(r"^([①-⑳]|[０-９\d]{1,2}[．.]?)?", "", fields.bare(text)).rstrip("※")
    return text in words or bool(re.fullmatch(r"(システム|委託事項|提供先|移転先)\d+(～\d+)?", text))


def islands(pdf):
    """Text as it is painted: a paragraph an island; what is painted on the height of the line before stands on it, parted by a
    blank when it is further to the right, by nothing when it is further to the left. Labels begin with a blank, as in the workbook."""
    words = printed_words()
    backwards = pdf.stem.split("--")[1] in BACKWARDS
    pages = []
    for runs in painted(pdf):
        out, last = "", None
        for lines in reversed(cells(runs)) if backwards else cells(runs):
            texts = ["".join(run.text for run in line) for line in lines]
            if not "".join(texts).strip(): continue
            first = lines[0][0]
            if is_printed("".join(texts), words): texts[0] = " " + texts[0]
            if last is None: pass
            elif abs(first.y - last.y) < .5 * max(first.size, last.size): out += " " if first.x > last.end + .3 * first.size and texts[0][0] not in " 　" else ""
            elif len(lines) > 1 and abs(lines[-1][0].y - last.y) < .5 * last.size: out += "\n"
            else: out += "\n\n"
            out += "\n".join(texts)
            last = lines[-1][-1]
        pages.append(out.strip("\n"))
    return "\n" + PAGE["islands"].join(pages) + "\n"


# ---------------------------------------------------------------- a page run together
def together(plain):
    """Each page on one line behind its number: circled digits become plain ones, full-width brackets narrow ones with room around them."""
    pages = []
    for number, page in enumerate(plain.rstrip("\f").split("\f"), 1):
        page = re.sub("[①-⑳]", lambda m: f" {ord(m[0]) - 0x245f} ", page)
        for wide, narrow in zip("（）［］", "()[]"): page = page.replace(wide, f" {narrow} ")
        pages.append(f"{number} " + " ".join(page.split()))
    return PAGE["together"].join(pages) + "\n"


def extract(pdf, dialect):
    if dialect == "islands": return islands(pdf)
    if dialect == "together": return together(extract(pdf, "plain"))
    command = ["mutool", "draw", "-q", "-F", "txt", str(pdf)] if dialect == "mutool" else ["pdftotext", *({"plain": [], "layout": ["-layout"], "raw": ["-raw"]}[dialect]), "-enc", "UTF-8", str(pdf), "-"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf-8")


# ---------------------------------------------------------------- damage
def parted(text, dialect): return text.strip("\n").split(PAGE[dialect]) if dialect in PAGE else text.rstrip("\f").split("\f")
def joined(pages, dialect): return PAGE[dialect].join(pages) + "\n" if dialect in PAGE else "".join(page + "\f" for page in pages)
def lower(page): lines = page.split("\n"); return "\n".join(lines[len(lines) // 2:])
def upper(page): lines = page.split("\n"); return "\n".join(lines[:len(lines) // 2])


def thinned(page):
    """PAGE without every second ideograph: a font without a character map does that."""
    turn = itertools.cycle((True, False))
    return re.sub("[一-鿿]", lambda m: m[0] if next(turn) else "", page)


def shuffled(pages):
    order = list(range(len(pages)))
    random.Random(5).shuffle(order)
    return [pages[k] for k in order]


# What is damaged, and how: (text, damage, what is done to its pages, pages lost, pages cut; from 1)
DAMAGES = [
    ("asanagi-vaccination--calc--plain", "page-missing", lambda p: p[:8] + p[9:], {9}, set()),
    ("asanagi-vaccination--calc--islands", "page-missing", lambda p: p[:3] + p[4:], {4}, set()),
    ("hoshimigaoka-housing--cut--layout", "page-missing", lambda p: p[:4] + p[5:], {5}, set()),
    ("aomine-employment--cutruns--islands", "begins-in-the-middle", lambda p: [lower(p[9]), *p[10:]], set(range(1, 10)), {10}),
    ("aomine-employment--mincho--plain", "begins-in-the-middle", lambda p: [lower(p[8]), *p[9:]], set(range(1, 9)), {9}),
    ("yukimidai-allowance--weasy--plain", "ends-in-the-middle", lambda p: p[:9] + [upper(p[9])], set(range(11, 99)), {10}),
    ("asanagi-vaccination--weasy--layout", "pages-out-of-order", shuffled, set(), set()),
    ("asanagi-vaccination--calc--islands", "pages-out-of-order", shuffled, set(), set()),
    ("asanagi-vaccination--calc--plain", "characters-lost", lambda p: p[:2] + [thinned(p[2])] + p[3:], set(), {3}),
    ("hoshimigaoka-housing--calc--islands", "characters-lost", lambda p: p[:4] + [thinned(p[4])] + p[5:], set(), {5}),
]


def pages_of(document):
    """On which pages the values of a PDF stand: path → pages. Their places, not the values, are taken from what was read of it."""
    import reading
    model = reading.xml_model((HERE / "expected" / f"{document}.xml").read_bytes())
    return {path: {node["page"], *(place["page"] for place in node.get("more-places", []))} for path, node in model.items() if "page" in node and "value" in node}


def damage():
    for text, name, how, lost, cut in DAMAGES:
        document, dialect = text.rsplit("--", 1)
        pages = parted((TEXT / f"{text}.txt").read_text("utf-8"), dialect)
        out = TEXT / "damaged" / f"{text}--{name}.txt"
        out.write_text(joined(how(pages), dialect), "utf-8")
        places, rows = pages_of(document), []
        for line in (HERE / "expected" / f"{document.split('--')[0]}.tsv").read_text("utf-8").splitlines():
            path = line.split("\t")[0]
            on = places.get(path, set())
            gone = bool(on) and on <= lost and not re.fullmatch(r"file\[\d+\]/name", path)   # the name of a file stands in Ⅲ too
            rows.append(f"!missing\t{path}" if gone else f"!cut\t{path}" if not on or on & (lost | cut) else line)
        out.with_suffix(".tsv").write_text("".join(row + "\n" for row in rows), "utf-8")
        print(f"{out.relative_to(HERE)} {out.stat().st_size}")


def main():
    (TEXT / "damaged").mkdir(parents=True, exist_ok=True)
    for dialect, documents in PLAN.items():
        for document in documents.split():
            if sys.argv[1:] and document.split("--")[0] not in sys.argv[1:]: continue
            out = TEXT / f"{document}--{dialect}.txt"
            out.write_text(extract(HERE / "pdf" / f"{document}.pdf", dialect), "utf-8", newline="")
            print(f"{out.relative_to(HERE)} {out.stat().st_size}")
    for name, (text, encoded) in ENCODED.items():
        (TEXT / f"{name}.txt").write_bytes(encoded((TEXT / f"{text}.txt").read_text("utf-8")))
    damage()


if __name__ == "__main__": main()
