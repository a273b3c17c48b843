#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Typesets documents/NAME.json as its form into pdf/NAME--LAYOUT.pdf, or writes its expected values.

usage: typeset.py [--gold] [--layout LAYOUT]... [NAME ...]

Layouts calc and mincho need LibreOffice, weasy and norules need WeasyPrint; cut and
cutruns are written by this script alone. --gold writes expected/NAME.tsv from the JSON.
"""
import argparse, concurrent.futures, html, json, os, pathlib, re, subprocess, tempfile
from form import EPOCH, HERE, STYLES, gold
from forms import form_of
from paint import cut
from sheet import calc

# ---------------------------------------------------------------- weasy, norules: a web page through WeasyPrint
WEB = {"IPAexGothic": [("normal", "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf")],
       "Noto Sans CJK JP": [("normal", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), ("bold", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")]}
CSS = {
    "weasy": """@page { size: A4; margin: 20mm 15mm 18mm; @top-right { content: "@TITLE@"; font-size: 7pt } @bottom-center { content: "- " counter(page) " / " counter(pages) " -"; font-size: 8pt } }
@page wide { size: A4 } body { font-size: 8.5pt; line-height: 1.35 }
table.f { border: 2.5pt double #000 } table.f > tbody > tr > * { border: .6pt solid #000 } th { border-right: .6pt dashed #000 !important }
tr.h td { border: 1.2pt double #000 !important; background: @FILL@; font-weight: bold; font-size: 9.5pt } tr.b td { background: #f7f7f7 } td.o { font-size: 7pt }
table.c { table-layout: fixed } table.c th { background: @FILL@; font-weight: normal; text-align: center; border: .6pt solid #000 !important } table.c td { border: .6pt solid #000 !important; font-size: 7.5pt }""",
    "norules": """@page { size: A4; margin: 22mm 18mm 16mm } @page wide { size: A4 landscape; margin: 15mm }
body { font-size: 9pt; line-height: 1.5 } table.f { border: 0 } h2 { font-size: 14pt } tr.h td { font-weight: bold; font-size: 10pt; padding-top: 9pt } tr.b td { padding-top: 5pt } td.o { font-size: 7.5pt }
table.c { table-layout: fixed; border-collapse: collapse } table.c th, table.c td { border: 1.5pt solid #fff; background: #eee; font-size: 8pt } table.c th { background: #ccc; text-align: center }""",
}


def page(doc, st, layout):
    e = lambda t: html.escape(t).replace("\n", "<br>")
    lb, rb = st["lb"], st["rb"]
    boxes = st.get("boxes")
    def mark(on): return (st["on"] if on else st["off"]) if boxes else f"{lb} {st['on']} {rb}" if on else f"{lb}　{rb}"
    def choice(value, options, cols, count, fee=None):
        v = f"{lb}　{e(value)}　{rb}" if value else f"{lb}　　　　{rb}"
        if count is not None: v += f"<br>（　{e(count)}　）件"
        if fee is not None: return choice(value, options, cols, None) + f"<div>（手数料額、納付方法：　{e(fee)}　）</div>"
        o = [e(st["opt"].format(i + 1) + x) for i, x in enumerate(options)]
        if layout == "norules": return f"{v}<br><span class=s>＜選択肢＞ {'　 '.join(o)}</span>"
        if cols == 0: return f"{v}<div class=s>＜選択肢＞<br>{'<br>'.join(o)}</div>"
        rows = "".join("<tr>" + "".join(f"<td>{x}</td>" for x in o[k:k + cols]) + "</tr>" for k in range(0, len(o), cols))
        return f"<table class=n><tr><td class=v>{v}</td><td class=s>＜選択肢＞<table class=n>{rows}</table></td></tr></table>"
    def checks(lines):
        out = []
        for l in lines:
            if isinstance(l, str): out.append(f"<div>{e(l)}</div>"); continue
            w = 100 / len(l)
            s = ""
            for on, label, kind, text in l:
                t = mark(on) + ("" if not boxes else " ") + e(label)
                if kind == "#": t += f"（　{e(text)}　）件"
                elif kind == "+": t += f"　（　{e(text)}　）"
                s += f'<span class=k style="width:{w:.1f}%">{t}</span>' if len(l) > 1 and not (len(l) == 2 and "情報（" in label) else f"<span class=k>{t}　</span>"
            out.append(f"<div>{s}</div>")
        return "".join(out)
    def drawn(line): return "".join(f"<td>{e(t)}</td>" if k % 2 == 0 else f"<td class=a>{e(t)}</td>" for k, t in enumerate(line))
    def content(c):
        if c[0] == "dated": return f'<span class=k style="width:60%">{e(c[1])}　</span><span class=k>時点</span>'
        return e(c[1]) if c[0] == "text" else choice(*c[1:]) if c[0] == "choice" else checks(c[1])
    get = doc["values"].get
    body = []
    for sh in form_of(doc, st).build():
        rows = sh["rows"]
        body.append(f'<section class="{"wide" if sh["landscape"] else ""}">')
        table = False
        def close():
            nonlocal table
            if table: body.append("</tbody></table>"); table = False
        def opened():
            nonlocal table
            if not table: body.append(f'<table class=f><colgroup><col style="width:{st["label"] // 2}pt"><col style="width:{st["label"] - st["label"] // 2}pt"><col></colgroup><tbody>'); table = True
        i = 0
        while i < len(rows):
            r = rows[i]; t = r["t"]; i += 1
            if t == "cover":
                approved = f'<table class="f w m y"><tr class=h><td>{e(r["approved"])}</td></tr><tr><td>{e(get("cover/approved", "")) or "&nbsp;"}</td></tr></table>' if r["approved"] else ""
                body.append(f'<h1>{e(r["title"])}</h1><table class="f w"><tr class=h><td style="width:20%">評価書番号</td><td>評価書名</td></tr><tr><td>{e(get("cover/number", ""))}</td><td>{e(get("cover/title", ""))}</td></tr></table>'
                            f'<table class="f w"><tr class=h><td colspan=2>個人のプライバシー等の権利利益の保護の宣言</td></tr><tr><td colspan=2>{e(get("cover/declaration", ""))}</td></tr><tr><th style="width:20%">特記事項</th><td>{e(get("cover/notes", ""))}</td></tr></table>'
                            f'<table class="f w m"><tr class=h><td>評価実施機関名</td></tr><tr><td>{e(get("cover/agency", ""))}</td></tr></table>{approved}<table class="f w m"><tr class=h><td>公表日</td></tr><tr><td>{e(get("cover/published", ""))}</td></tr></table>'
                            f'<p class=r>[{e(get("cover/revision"))}　{e(get("cover/form"))}]</p>')
            elif t == "toc":
                body.append("<h1>項目一覧</h1>" + "".join(f"<p class=t>{x.replace('@', '')}</p>" for x in r["lines"]))
            elif t == "title": close(); body.append(f'<h2{" class=y" if len(r["text"] + r["note"]) > 40 else ""}>{e(r["text"])}{"　<small>" + e(r["note"]) + "</small>" if r["note"] else ""}</h2>')
            elif t == "diagram":
                body.append('<table class=f><tbody><tr class=d><td>' + "".join(f"<table class=x><tr>{drawn(line)}</tr></table>" for line in r["rows"]) + f'<div>{e(r["remarks"])}</div></td></tr></tbody></table>')
            elif t == "changes":
                ws = [11, 17, 26, 26, 7, 13]
                body.append('<table class="f c"><colgroup>' + "".join(f'<col style="width:{w}%">' for w in ws) + "</colgroup><thead><tr>" + "".join(f"<th>{x}</th>" for x in ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")) + "</tr></thead><tbody>"
                            + "".join("<tr>" + "".join(f"<td>{e(x)}</td>" for x in row) + "</tr>" for row in r["rows"] or [[""] * 6] * 2) + "</tbody></table>")
            else:
                opened()
                if t == "head":
                    m = "".join(f'<span class=m>{mark(on)}{" " if boxes else ""}{e(x)}</span>' for on, x in r["marks"])
                    body.append(f'<tr class=h><td colspan=3>{e(r["text"])}{" " + e(r["sub"]) if r["sub"] else ""}{m}</td></tr>')
                elif t == "band":
                    if r["value"] is None: body.append(f'<tr class=b><td colspan=3>{e(r["text"])}</td></tr>')
                    else: body.append(f'<tr class=b><td colspan=2>{e(r["text"])}</td><td>{e(r["value"])}</td></tr>')
                elif t in ("full", "question"): body.append(f'<tr class={"q" if t == "question" else "u"}><td colspan=3>{e(r["text"]) or "&nbsp;"}</td></tr>')
                else:
                    g = r.get("group")
                    if r["label"] is None: body.append(f"<tr class=k><td colspan=3>{content(r['c'])}</td></tr>")
                    elif g:
                        rest = [r]
                        while i < len(rows) and rows[i].get("group") == g: rest.append(rows[i]); i += 1
                        for k, x in enumerate(rest):
                            first = f'<th rowspan={len(rest)}>{e(g)}</th>' if k == 0 else ""
                            body.append(f'<tr>{first}<th>{e(x["label"])}</th><td>{content(x["c"])}</td></tr>')
                    else: body.append(f'<tr{"" if r["c"][0] == "text" else " class=k"}><th colspan=2 class=l{r["level"]}>{e(r["label"])}</th><td>{content(r["c"])}</td></tr>')
        close(); body.append("</section>")
    css = CSS[layout].replace("@TITLE@", re.sub(r"\s", "　", get("cover/title", ""))).replace("@FILL@", st["fill"])
    base = """section { break-after: page } section:last-child { break-after: auto } section.wide { page: wide } table { border-collapse: collapse; width: 100% } td, th { vertical-align: top; text-align: left; font-weight: normal; padding: 2pt 3pt; white-space: pre-wrap; overflow-wrap: anywhere }
h1 { text-align: center; font-size: 15pt; margin: 40pt 0 30pt } h2 { font-size: 13pt; margin: 8pt 0 6pt } h2.y { font-size: 10.5pt } h2.y small { font-size: 8pt } h2 small { font-weight: normal; font-size: 9pt } th.l1 { padding-left: 22pt } .s { font-size: 7pt } table.n td { padding: 0 3pt 0 0 } table.n td.v { width: 47% } table.x { width: auto; margin: 8pt } table.x td { width: 110pt; border: .6pt solid #000 !important } table.x td.a { width: 40pt; border: 0 !important }
span.k { display: inline-block; vertical-align: top } .m { float: right; font-weight: normal; margin-left: 14pt } .w { margin: 0 auto 26pt; width: 82% } .w.m { float: none; width: 50%; margin: 0 auto 26pt } .w.m td { text-align: center } .w.m.y { width: 70% } .r { text-align: right } .t { margin: 22pt 0 0 90pt; font-size: 11pt; white-space: pre-wrap } tr.h, tr.b { break-after: avoid } tr.k { break-inside: avoid }"""
    return f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{e(get("cover/title", "")).replace("<br>", " ")}</title><style>html, body {{ font-family: CorpusFont }} {base} {css}</style></head><body>{"".join(body)}</body></html>'


def weasy(doc, st, out):
    layout = next(k for k, v in STYLES.items() if v is st)
    text = page(doc, st, layout)
    env = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC"}
    with tempfile.TemporaryDirectory() as d:
        d = pathlib.Path(d)
        (d / "chars.txt").write_text("".join(sorted(set(text) - set("\n"))) + "0123456789-/\u00a0", encoding="utf-8")
        faces = ""
        for weight, path in WEB[st["font"]]:   # WeasyPrint's own subset keeps thousands of alternates: take them out before
            subprocess.run(["/usr/bin/python3", "-m", "fontTools.subset", path, "--font-number=0", f"--text-file={d / 'chars.txt'}", "--layout-features=", "--no-hinting", "--desubroutinize", f"--output-file={d / weight}.otf"], check=True, env=env)
            faces += f'@font-face {{ font-family: "CorpusFont"; font-weight: {weight}; src: url({weight}.otf) }} '
        (d / "form.html").write_text(text.replace("<style>", "<style>" + faces), encoding="utf-8")
        subprocess.run(["/usr/bin/weasyprint", "-O", "fonts", "--pdf-identifier", doc["name"], str(d / "form.html"), str(out)], check=True, env=env)


# ---------------------------------------------------------------- main
def make(job):
    f, layout = job
    doc = json.loads(f.read_text(encoding="utf-8"))
    out = HERE / "pdf" / f"{f.stem}--{layout}.pdf"
    MAKERS[layout](doc, STYLES[layout], out)
    return f"{out.name} {out.stat().st_size}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", action="store_true", help="write expected/NAME.tsv and typeset nothing")
    ap.add_argument("--layout", action="append", choices=sorted(STYLES)); ap.add_argument("names", nargs="*")
    a = ap.parse_args()
    jobs = []
    for f in sorted((HERE / "documents").glob("*.json")):
        if a.names and f.stem not in a.names: continue
        doc = json.loads(f.read_text(encoding="utf-8"))
        if a.gold:
            (HERE / "expected").mkdir(exist_ok=True)
            (HERE / "expected" / f"{f.stem}.tsv").write_text(gold(doc), encoding="utf-8")
        else: jobs += [(f, l) for l in doc["layouts"] if not a.layout or l in a.layout]
    (HERE / "pdf").mkdir(exist_ok=True)
    if jobs:
        with concurrent.futures.ProcessPoolExecutor() as pool:
            for line in pool.map(make, jobs): print(line)


MAKERS = {"calc": calc, "mincho": calc, "cut": cut, "cutruns": cut, "weasy": weasy, "norules": weasy}
if __name__ == "__main__": main()
