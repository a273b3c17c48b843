# SPDX-License-Identifier: GPL-2.0-or-later
"""The form as a grid of ruled cells; layouts calc and mincho: a flat sheet through LibreOffice."""

import hashlib, html, os, pathlib, re, subprocess, tempfile, time
from form import EPOCH, FONTS, width, wrap, wrapped
from forms import form_of

# ---------------------------------------------------------------- grid: cells with rules, for calc, mincho, cut, cutruns
N = 54  # narrow columns right of the label


class Grid:
    def __init__(self, sheet, st, doc):
        self.st, self.doc = st, doc
        self.landscape = sheet["landscape"]
        total = 760 if self.landscape else 519
        self.size, self.small = st["size"], st["small"]
        self.lh = self.size * 1.25
        self.cells, self.heights = [], []   # cell: row, col, rowspan, colspan, text, opts
        self.inside = False
        self.left = 3       # the column where contents begin
        self.starts = [0]   # rows before which a page may end
        if sheet["rows"][0]["t"] in ("cover", "toc"):
            self.cols = [total / 36] * 36
            (self.cover if sheet["rows"][0]["t"] == "cover" else self.toc)(sheet["rows"][0])
            return
        if any(r["t"] == "changes" for r in sheet["rows"]):
            ws = [.115, .165, .265, .265, .06, .13] if not self.landscape else [.09, .17, .29, .29, .05, .11]
            self.cols = [total * w for w in ws]
            self.row(22, [(0, 6, sheet["rows"][0]["text"], {"bold": 1, "size": self.size + 3})])
            self.row(20, [(i, 1, h, {"border": "LTRB", "fill": st["fill"], "h": "c"}) for i, h in enumerate(["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"])])
            s = self.size - .5
            for r in sheet["rows"][1]["rows"] or [[""] * 6] * 3:
                n = max(len(wrap(t, self.cols[i] - 5, s)) for i, t in enumerate(r))
                self.row(n * s * 1.25 + 6, [(i, 1, t, {"border": "LTRB", "size": s, "h": "c" if i == 4 else "l"}) for i, t in enumerate(r)])
            return
        lab = st["label"]
        self.cols = [13, lab / 2 - 13, lab / 2] + [(total - lab) / N] * N
        rows = sheet["rows"]; i = 0
        while i < len(rows):
            r = rows[i]
            g = r.get("group")
            if g:
                j = i
                while j < len(rows) and rows[j].get("group") == g: j += 1
                top = len(self.heights)
                for k in range(i, j): self.item(rows[k], grouped=g)
                vert = g == "再委託"
                self.cells.append((top, 0, len(self.heights) - top, 1 if vert else 2, "\n".join(g) if vert else g, {"border": "LTRB"}))
                i = j
            else:
                getattr(self, r["t"])(r); i += 1

    def row(self, h, cells, extra=()):
        r = len(self.heights); self.heights.append(round(h, 1))
        if not self.inside: self.starts.append(r)
        for c, n, t, o in cells: self.cells.append((r, c, 1, n, t, o))
        return r
    def span(self, a, b): return sum(self.cols[a:b])
    def lines(self, text, a, b, size=None): return len(wrap(text, self.span(a, b) - 5, size or self.size))

    def title(self, r):
        if self.heights: self.row(12, [])
        text = r["text"] + ("　" + r["note"] if r["note"] else "")
        size = min(self.size + 4, (self.span(0, 57) - 6) // sum(map(width, text)))   # a title has one line
        self.row(24, [(0, 57, text, {"bold": 1, "size": size})])
    def head(self, r):
        marks, text = r["marks"], r["text"] + ("　" + r["sub"] if r["sub"] else "")
        f = {"fill": self.st["fill"]}
        each = max([19] + [6 + int(sum(map(width, label)) * self.size / self.cols[3] + 1) for _, label in marks])   # columns for a mark
        n = self.lines(text, 0, 57 - each * len(marks), self.size)
        h = max(18, n * self.lh + 6)
        if not marks: self.row(h, [(0, 57, text, {"bold": 1, "border": "LTRB", **f})]); return
        a = 57 - each * len(marks)
        row = self.row(h, [(0, a, text, {"bold": 1, "border": "LTB", **f})])
        for k, (on, label) in enumerate(marks):
            c = a + each * k
            for q, n, t, hh in ((c, 2, self.st["lb"], "r"), (c + 2, 2, self.st["on"] if on else "", "c"), (c + 4, 1, self.st["rb"], "l"), (c + 5, each - 5, label, "l")):
                self.cells.append((row, q, 1, n, t, {"border": "TB" + ("R" if q + n == 57 else ""), "h": hh, **f}))
    def band(self, r):
        if r["value"] is None: self.row(16, [(0, 57, r["text"], {"border": "LTRB"})]); return
        n = self.lines(r["value"], 3, 57)
        self.row(max(16, n * self.lh + 5), [(0, 3, r["text"], {"border": "LTRB"}), (3, 54, r["value"], {"border": "LTRB"})])
    def full(self, r):
        n = max(self.lines(r["text"], 0, 57), r["min"])
        self.row(n * self.lh + 8, [(0, 57, r["text"], {"border": "LTRB"})])
    def question(self, r):
        self.row(self.lines(r["text"], 0, 57) * self.lh + 4, [(0, 57, r["text"], {"border": "LTRB"})])

    def item(self, r, grouped=None):
        label = r["label"]
        if label is None: self.bare(*r["c"][1:]); return
        a = 1 if grouped == "再委託" else 2 if grouped else 1 if r["level"] else 0
        top = len(self.heights)
        self.starts.append(top); self.inside = True
        ln = self.lines(label, a, 3)
        kind, *arg = r["c"]
        if kind == "text":
            n = max(self.lines(arg[0], 3, 57), ln)
            pad = 8 if n > 1 else 6
            self.row(n * self.lh + pad, [(3, 54, arg[0], {"border": "LTRB"})])
        elif kind == "choice": self.choice(*arg)
        elif kind == "dated": self.dated(*arg)
        else: self.checks(arg[0])
        self.inside = False
        n = len(self.heights) - top
        short = ln * self.lh + 5 - sum(self.heights[top:])
        if short > 0: self.heights[-1] = round(self.heights[-1] + short, 1)
        self.cells.append((top, a, n, 3 - a, label, {"border": "LTRB", "v": "c" if self.st["center"] else "t"}))
        if r["level"] and not grouped: self.cells.append((top, 0, n, 1, "", {"border": "L"}))

    def bare(self, *content):
        """A bracket and its options without a label."""
        self.starts.append(len(self.heights)); self.inside = True
        self.left = 0
        self.choice(*content)
        self.left = 3
        self.inside = False

    def dated(self, value):
        row = self.row(self.lh + 6, [])
        self.outer(row, [(row, 5, 23, value, {"h": "c"}), (row, 30, 8, "時点", {})])

    def diagram(self, r):
        """Boxes in rows, with words between them, and the remarks, all in one frame."""
        top, s = len(self.heights), self.size
        self.starts.append(top); self.inside = True
        boxes = []
        for line in r["rows"]:
            self.row(14, [])
            h = max(self.lines(t, 0, 15 if k % 2 == 0 else 6) for k, t in enumerate(line)) * self.lh + 10
            row = self.row(h, [])
            c = 2
            for k, t in enumerate(line):
                w = 14 if k % 2 == 0 else 5
                boxes.append((row, c, w, t, {"rules": "LTRB" if k % 2 == 0 else "", "h": "l" if k % 2 == 0 else "c", "size": s})); c += w + (k % 2 == 0 and 1 or 0)
        self.row(20, [])
        self.left = 0
        self.outer(top, boxes, False)
        self.left = 3
        self.inside = False
        self.row(self.lines(r["remarks"], 0, 57) * self.lh + 8, [(0, 57, r["remarks"], {"border": "LRB"})])

    def outer(self, top, parts, bottom=True):
        """Adds parts (row, col, span, text, opts) of a content area and fills up its blanks, so that it is framed."""
        end = len(self.heights)
        used = {}
        for r, c, n, t, o in parts:
            for k in range(c, c + n): used[r, k] = 1
        def edge(r, c, n): return ("L" if c == self.left else "") + ("R" if c + n == 57 else "") + ("T" if r == top else "") + ("B" if bottom and r == end - 1 else "")
        for r, c, n, t, o in parts:
            o = dict(o); rules = o.pop("rules", "")
            self.cells.append((r, c, 1, n, t, {**o, "border": rules + edge(r, c, n)}))
        for r in range(top, end):
            c = self.left
            while c < 57:
                if (r, c) in used: c += 1; continue
                e = c
                while e < 57 and (r, e) not in used and e - c < (1 if c == self.left else 60): e += 1
                if e == 57 and e - c > 1: e -= 1   # the last column has its own rule
                self.cells.append((r, c, 1, e - c, "", {"border": edge(r, c, e - c)})); c = e

    def choice(self, value, options, cols, count, fee=None):
        st, top, s = self.st, len(self.heights), self.small
        lh = s * 1.3
        parts = []
        if cols == 0:  # the long options of the threshold: below the bracket
            lines = [st["opt"].format(i + 1) + x for i, x in enumerate(options)]
            s = min(s, (self.span(8, 53) - 4) / max(sum(map(width, o)) for o in lines) - .5)
            size = min(self.size - .5, (self.span(4, 56) - 20) / (sum(map(width, value)) or 1))
            self.row(self.lh + 3, [])
            parts += [(top, 3, 1, st["lb"], {}), (top, 4, 52, value, {"h": "c", "size": round(size, 2)}), (top, 56, 1, st["rb"], {"h": "r"})]
            for k, o in enumerate(["＜選択肢＞"] + lines):
                r = self.row(lh + 1, []); parts.append((r, 8, 45, o, {"size": s + .5, "over": 1}))
            self.outer(top, parts); return
        opts = [st["opt"].format(i + 1) + x for i, x in enumerate(options)]
        widest = max(sum(map(width, o)) for o in opts)
        if cols == 2 and widest > 14.2: s = s * 14 / widest
        per = [opts[i:i + cols] for i in range(0, len(opts), cols)]
        h = max(lh + .6, (self.lh + 4) / (1 + len(per)))
        for k in range(1 + len(per)):
            r = self.row(h, [])
            for j, o in enumerate(["＜選択肢＞"] if k == 0 else per[k - 1]):
                at, w = ((31, 9), (40, 10), (50, 7))[j] if cols == 3 and k else (31 + 13 * j, 26 if cols == 1 else 13)
                parts.append((r, at, w, o, {"size": s - .6 if cols == 3 else s, "over": 1}))
        n = 1 + len(per)
        mid = top + (n - 1) // 2
        if n % 2 == 0: self.heights[mid] = max(self.heights[mid], self.lh)
        size = self.size if sum(map(width, value)) * self.size < self.span(5, 28) else self.size - 2
        r = top if count is not None else mid
        for q in (r,): self.heights[q] = max(self.heights[q], self.lh + 1)
        parts += [(r, 3, 2, st["lb"], {"h": "r"}), (r, 5, 23, value, {"h": "c", "size": size}), (r, 28, 1, st["rb"], {})]
        if count is not None:
            self.heights[r + 1] = max(self.heights[r + 1], self.lh + 1)
            parts += [(r + 1, 10, 2, "（", {"h": "r"}), (r + 1, 12, 8, count, {"h": "c"}), (r + 1, 20, 5, "） 件", {})]
        if fee is not None:   # 手数料等: words in brackets under the bracket
            row = self.row(max(1, self.lines(fee, 22, 54)) * self.lh + 4, [])
            parts += [(row, 4, 18, "（手数料額、納付方法：", {}), (row, 22, 32, fee, {}), (row, 54, 3, "）", {})]
        self.outer(top, parts)

    def checks(self, lines):
        st, top, s = self.st, len(self.heights), self.size - 1.3
        parts = []
        for l in lines:
            if isinstance(l, str): r = self.row(s * 1.6, []); parts.append((r, 4, 30, l, {"size": s})); continue
            n = len(l)
            at = {1: [0], 2: [0, 29], 3: [0, 17, 35]}[n]
            if n == 3 and "電子記録" in l[1][1]: at = [0, 11, 38]
            if n == 3 and "電子記録" in l[2][1]: at = [0, 11, 24]
            if n == 2 and "情報（" in l[0][1]: at = [0, 37]
            if n == 2 and l[0][2] == "#": at = [0, 27]
            if n == 2 and "電子記録" in l[1][1]: at = [0, 24]
            h = s * 1.75
            r = self.row(h, [])
            for k, (on, label, kind, text) in enumerate(l):
                c = 3 + at[k]; end = 57 if k + 1 == n else 3 + at[k + 1]
                parts += [(r, c, 1, st["lb"], {"h": "r", "size": s}), (r, c + 1, 2, st["on"] if on else "", {"h": "c", "size": s}), (r, c + 3, 1, st["rb"], {"size": s})]
                if kind == "#":
                    parts += [(r, c + 4, 11, label, {"size": s}), (r, c + 15, 1, "（", {"size": s, "h": "r"}), (r, c + 16, 6, text, {"h": "c", "size": s}), (r, c + 22, 4, "）件", {"size": s})]
                elif kind == "+":
                    at_text = c + (21 if len(label) > 3 or n == 1 and len(lines) == 6 else 9)
                    w = 56 - at_text - 1
                    parts += [(r, c + 4, at_text - c - 4, label, {"size": s, "over": 1}), (r, at_text, 1, "（", {"h": "r", "size": s}), (r, at_text + 1, w, text, {"size": s}), (r, 56, 1, "）", {"size": s})]
                    m = self.lines(text, at_text + 1, 56, s)
                    if m > 1: self.heights[r] = round(m * s * 1.25 + 4, 1)
                else: parts.append((r, c + 4, end - c - 4, label, {"size": s, "over": 1}))
        self.outer(top, parts)

    def cover(self, r):
        get, st, s = self.doc["values"].get, self.st, self.size + 2
        f = {"fill": st["fill"], "border": "LTRB", "h": "c", "size": s}
        b = {"border": "LTRB", "size": s}
        gap = lambda h: self.row(h, [])
        gap(30); self.row(40, [(0, 36, r["title"], {"bold": 1, "h": "c", "size": s + 6})]); gap(30)
        self.row(26, [(3, 6, "評価書番号", f), (9, 24, "評価書名", f)])
        self.row(36, [(3, 6, get("cover/number", ""), {**b, "h": "c"}), (9, 24, get("cover/title", ""), b)]); gap(30)
        self.row(26, [(3, 30, "個人のプライバシー等の権利利益の保護の宣言", f)])
        t = get("cover/declaration", "")
        self.row(self.lines(t, 4, 32, s) * s * 1.25 + 30, [(3, 1, "", {"border": "LT"}), (4, 28, t, {"border": "T", "size": s}), (32, 1, "", {"border": "TR"})])
        t = get("cover/notes", "")
        self.row(max(60, self.lines(t, 9, 31, s) * s * 1.3 + 20), [(3, 1, "", {"border": "L"}), (4, 5, "特記事項", {**b, "h": "c"}), (9, 22, t, b), (31, 1, "", {}), (32, 1, "", {"border": "R"})])
        self.row(12, [(3, 30, "", {"border": "LRB"})]); gap(40)
        self.row(24, [(10, 16, "評価実施機関名", f)]); self.row(30, [(10, 16, get("cover/agency", ""), {**b, "h": "c"})]); gap(24)
        if r["approved"]:
            self.row(24, [(8, 20, r["approved"], f)]); self.row(30, [(8, 20, get("cover/approved", ""), {**b, "h": "c"})]); gap(24)
        self.row(24, [(10, 16, "公表日", f)]); self.row(30, [(10, 16, get("cover/published", ""), {**b, "h": "c"})]); gap(40)
        self.row(20, [(20, 14, f"[{get('cover/revision')}　{get('cover/form')}]", {"h": "r", "size": s})])
    def toc(self, r):
        self.row(30, []); self.row(50, [(0, 36, "項目一覧", {"bold": 1, "h": "c", "size": self.size + 7})]); self.row(40, [])
        for t in r["lines"]:
            self.row(46, [(6, 28, t.replace("@", " "), {"size": self.size + 3})])


def grids(doc, st): return [(s["name"], Grid(s, st, doc)) for s in form_of(doc, st).build()]


# ---------------------------------------------------------------- calc: a flat sheet through LibreOffice
def fods(doc, st):
    styles, auto = {}, []
    def style(family, key, body):
        if (family, key) not in styles:
            name = f"{family[:2]}{len(styles)}"
            styles[family, key] = name
            auto.append(body(name))
        return styles[family, key]
    def cell_style(o):
        key = tuple(sorted(o.items()))
        def body(name):
            rule = lambda side, on: f' fo:border-{side}="{"0.5pt solid #000000" if on else "none"}"'
            b = o.get("border", "")
            fill = f' fo:background-color="{o["fill"]}"' if o.get("fill") else ""
            return (f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties{rule("left", "L" in b)}{rule("top", "T" in b)}{rule("right", "R" in b)}{rule("bottom", "B" in b)}'
                    f'{fill} fo:wrap-option="{"no-wrap" if o.get("over") else "wrap"}" fo:padding-left="1.5pt" fo:padding-right="1.5pt" fo:padding-top="0pt" fo:padding-bottom="0pt" style:vertical-align="{"top" if o.get("v") == "t" else "middle"}" style:text-align-source="fix"/>'
                    f'<style:paragraph-properties fo:text-align="{ {"c": "center", "r": "end"}.get(o.get("h"), "start") }"/>'
                    f'<style:text-properties fo:font-size="{o.get("size", st["size"])}pt" style:font-size-asian="{o.get("size", st["size"])}pt"' + (' fo:font-weight="bold" style:font-weight-asian="bold"' if o.get("bold") else "") + '/></style:style>')
        return style("table-cell", key, body)
    col_style = lambda w: style("column", w, lambda n: f'<style:style style:name="{n}" style:family="table-column"><style:table-column-properties style:column-width="{w:.3f}pt"/></style:style>')
    row_style = lambda h, br: style("row", (h, br), lambda n: f'<style:style style:name="{n}" style:family="table-row"><style:table-row-properties style:row-height="{h:.1f}pt"{" fo:break-before=" + chr(34) + "page" + chr(34) if br else ""} style:use-optimal-row-height="false"/></style:style>')
    tables = []
    for name, g in grids(doc, st):
        paginate(g, 595.3 - 66 if g.landscape else 841.9 - 66, st["share"])
        at, covered = {}, set()
        for r, c, rs, cs, t, o in g.cells:
            at[r, c] = (rs, cs, t, o)
            covered |= {(y, x) for y in range(r, r + rs) for x in range(c, c + cs)} - {(r, c)}
        x = [f'<table:table table:name="{html.escape(name)}" table:style-name="{"taL" if g.landscape else "taP"}">']
        x += [f'<table:table-column table:style-name="{col_style(w)}"/>' for w in g.cols]
        for r, h in enumerate(g.heights):
            x.append(f'<table:table-row table:style-name="{row_style(h, r in g.breaks)}">')
            for c in range(len(g.cols)):
                if (r, c) in at:
                    rs, cs, t, o = at[r, c]
                    sp = (f' table:number-columns-spanned="{cs}" table:number-rows-spanned="{rs}"' if (rs, cs) != (1, 1) else "")
                    val = ' office:value-type="string"' if t else ""
                    ps = "".join(f"<text:p>{spaces(p)}</text:p>" for p in t.split("\n")) if t else ""
                    x.append(f'<table:table-cell table:style-name="{cell_style(o)}"{sp}{val}>{ps}</table:table-cell>')
                elif (r, c) in covered: x.append("<table:covered-table-cell/>")
                else: x.append("<table:table-cell/>")
            x.append("</table:table-row>")
        x.append("</table:table>")
        tables.append("".join(x))
    ns = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in {"office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta"}.items())
    page = lambda n, w, h, o: (f'<style:page-layout style:name="{n}"><style:page-layout-properties fo:page-width="{w}pt" fo:page-height="{h}pt" style:print-orientation="{o}" fo:margin-left="30pt" fo:margin-right="30pt" fo:margin-top="28pt" fo:margin-bottom="28pt" '
                               f'style:table-centering="horizontal" style:print="objects charts drawings zero-values"/><style:header-style/><style:footer-style/></style:page-layout>')
    master = lambda n, p: f'<style:master-page style:name="{n}" style:page-layout-name="{p}"><style:header style:display="false"/><style:footer style:display="false"/></style:master-page>'
    tab = lambda n, m: f'<style:style style:name="{n}" style:family="table" style:master-page-name="{m}"><style:table-properties table:display="true"/></style:style>'
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {ns} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
            f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="{st["font"]}"/></office:font-face-decls>'
            f'<office:styles><style:style style:name="Default" style:family="table-cell"><style:text-properties style:font-name="F" style:font-name-asian="F" style:font-name-complex="F" fo:language="ja" fo:country="JP" style:language-asian="ja" style:country-asian="JP"/></style:style></office:styles>'
            f'<office:automatic-styles>{page("plP", 595.3, 841.9, "portrait")}{page("plL", 841.9, 595.3, "landscape")}{tab("taP", "P")}{tab("taL", "L")}{"".join(auto)}</office:automatic-styles>'
            f'<office:master-styles>{master("P", "plP")}{master("L", "plL")}</office:master-styles><office:body><office:spreadsheet>{"".join(tables)}</office:spreadsheet></office:body></office:document>')


def spaces(s): return re.sub(r"  +", lambda m: " " + f'<text:s text:c="{len(m[0]) - 1}"/>', html.escape(s))


def paginate(g, room, share):
    """Parts the rows of a grid at page ends as people do by hand: before a row, or, where a text is
    taller than share of the page, inside it: one cell above and one below, without a rule between."""
    starts = sorted(set(g.starts) | {len(g.heights)})
    breaks, y, k = set(), 0.0, 0
    while k < len(starts) - 1:
        r, e = starts[k], starts[k + 1]
        h = sum(g.heights[r:e])
        if y + h <= room: y += h; k += 1; continue
        texts = [c for c in g.cells if c[0] == r and c[2] == 1]
        size = max([c[5].get("size", g.size) for c in texts] or [g.size])
        lines = int((room - y - 6) / (size * 1.25))
        if e - r == 1 and h > share * room and lines >= 4:
            low = []
            for c in texts:
                o, ln = c[5], wrapped(c[4], g.span(c[1], c[1] + c[3]) - 5, c[5].get("size", g.size))
                join = lambda x: "".join(a + ("\n" if b else "") for a, b in x)
                g.cells.remove(c)
                up, down = (ln, []) if len(ln) <= 3 else (ln[:lines], ln[lines:])
                a = join(up); a = a[:-1] if a.endswith("\n") else a
                b = join(down)[:-1]
                bd = o.get("border", "")
                g.cells.append((r, c[1], 1, c[3], a, {**o, "border": bd.replace("B", ""), **({"v": "t"} if down else {})}))
                low.append((c[1], c[3], b, {**o, "border": bd.replace("T", ""), "v": "t"}))
            g.cells = [(q + (q > r), c, n + (q <= r < q + n and n > 1), m, t, o) for q, c, n, m, t, o in g.cells]
            g.cells += [(r + 1, c, 1, m, t, o) for c, m, t, o in low]
            used = lines * size * 1.25 + 6
            rest = max(len(wrap(t, g.span(c, c + m) - 5, o.get("size", g.size))) for c, m, t, o in low) * size * 1.25 + 8
            g.heights[r:r + 1] = [used, round(rest, 1)]
            starts = starts[:k + 1] + [q + 1 for q in starts[k:]]
            starts[k + 1] = r + 1
            breaks.add(r + 1); y = 0.0; k += 1
        elif y > 0: breaks.add(r); y = 0.0
        else: y = h % room; k += 1
    out = []
    for q, c, n, m, t, o in g.cells:   # a label beside rows on two pages stands on one of them
        cuts = [b for b in sorted(breaks) if q < b < q + n]
        if not cuts: out.append((q, c, n, m, t, o)); continue
        ends = [q] + cuts + [q + n]
        spans = list(zip(ends, ends[1:]))
        best = max(spans, key=lambda x: sum(g.heights[x[0]:x[1]]))
        for a, b in spans:
            bd = o.get("border", "")
            if a != q: bd = bd.replace("T", "")
            if b != q + n: bd = bd.replace("B", "")
            out.append((a, c, b - a, m, t if (a, b) == best else "", {**o, "border": bd}))
    g.cells, g.breaks = out, breaks
    return g


def calc(doc, st, out):
    with tempfile.TemporaryDirectory() as d:
        src, env = pathlib.Path(d) / "form.fods", {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "HOME": d, "TZ": "UTC"}
        src.write_text(fods(doc, st), encoding="utf-8")
        # LibreOffice embeds hints: give it the font without them, and no other font
        (pathlib.Path(d) / "fonts").mkdir()
        subprocess.run(["/usr/bin/python3", "-m", "fontTools.subset", FONTS[st["font"]], "--unicodes=*", "--layout-features=", "--no-hinting", "--name-IDs=*", "--name-languages=*", "--name-legacy", "--notdef-outline", f"--output-file={d}/fonts/font.ttf"], check=True, env=env)
        (pathlib.Path(d) / "fonts.conf").write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{d}/fonts</dir><cachedir>{d}/cache</cachedir></fontconfig>', encoding="utf-8")
        env["FONTCONFIG_FILE"] = d + "/fonts.conf"
        subprocess.run(["soffice", f"-env:UserInstallation=file://{d}/profile", "--headless", "--convert-to", "pdf", "--outdir", d, str(src)], check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        data = (pathlib.Path(d) / "form.pdf").read_bytes()
    stamp = time.strftime("D:%Y%m%d%H%M%SZ'", time.gmtime(int(EPOCH))).encode()
    mark = hashlib.md5(doc["name"].encode()).hexdigest().upper().encode()   # what differs from run to run, in the same length
    data = re.sub(rb"/CreationDate\(D:[^)]*\)", b"/CreationDate(" + stamp + b")", data)
    data = re.sub(rb"/ID \[ <[0-9A-F]{32}>\n<[0-9A-F]{32}> \]", b"/ID [ <" + mark + b">\n<" + mark + b"> ]", data)
    out.write_bytes(re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + mark, data))
