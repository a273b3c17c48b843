# SPDX-License-Identifier: GPL-2.0-or-later
"""Layouts cut and cutruns: a PDF writer of our own that paints cells and cuts them at the page's end."""

import pathlib, re, struct, zlib
from form import FONTS, width, wrap
from sheet import grids

# ---------------------------------------------------------------- cut, cutruns: a PDF writer of our own
class Font:
    """A TrueType font, of which only the characters used are embedded, one glyph a character, without hints."""
    def __init__(self, path):
        self.b = pathlib.Path(path).read_bytes()
        n = struct.unpack(">H", self.b[4:6])[0]
        self.t = {}
        for i in range(n):
            tag, _, off, length = struct.unpack(">4sIII", self.b[12 + 16 * i:28 + 16 * i])
            self.t[tag.decode()] = self.b[off:off + length]
        self.em = struct.unpack(">H", self.t["head"][18:20])[0]
        long_loca = struct.unpack(">h", self.t["head"][50:52])[0]
        count = struct.unpack(">H", self.t["maxp"][4:6])[0]
        self.loca = struct.unpack(f">{count + 1}I", self.t["loca"][:4 * count + 4]) if long_loca else [2 * x for x in struct.unpack(f">{count + 1}H", self.t["loca"][:2 * count + 2])]
        self.nh = struct.unpack(">H", self.t["hhea"][34:36])[0]
        self.cmap = self.read_cmap()
        self.chars = {}   # character -> glyph number in the subset

    def read_cmap(self):
        t, out = self.t["cmap"], {}
        for i in range(struct.unpack(">H", t[2:4])[0]):
            so = struct.unpack(">I", t[8 + 8 * i:12 + 8 * i])[0]
            f = struct.unpack(">H", t[so:so + 2])[0]
            if f == 12:
                for g in range(struct.unpack(">I", t[so + 12:so + 16])[0]):
                    a, z, gid = struct.unpack(">III", t[so + 16 + 12 * g:so + 28 + 12 * g])
                    for c in range(a, z + 1): out[c] = gid + c - a
            elif f == 4:
                k = struct.unpack(">H", t[so + 6:so + 8])[0] // 2
                u = lambda at, fmt: struct.unpack(f">{k}{fmt}", t[at:at + 2 * k])
                end, start, delta, rng = u(so + 14, "H"), u(so + 16 + 2 * k, "H"), u(so + 16 + 4 * k, "h"), u(so + 16 + 6 * k, "H")
                for j in range(k):
                    for c in range(start[j], min(end[j], 0xFFFE) + 1):
                        if rng[j] == 0: g = (c + delta[j]) & 0xFFFF
                        else:
                            at = so + 16 + 6 * k + 2 * j + rng[j] + 2 * (c - start[j])
                            g = struct.unpack(">H", t[at:at + 2])[0]
                            if g: g = (g + delta[j]) & 0xFFFF
                        if g: out.setdefault(c, g)
        return out

    def gid(self, c):
        if c not in self.chars:
            if ord(c) not in self.cmap: raise SystemExit(f"no glyph for {c!r} U+{ord(c):04X}")
            self.chars[c] = len(self.chars) + 1
        return self.chars[c]
    def advance(self, g): return struct.unpack(">H", self.t["hmtx"][4 * min(g, self.nh - 1):4 * min(g, self.nh - 1) + 2])[0]

    def glyph(self, g): return self.t["glyf"][self.loca[g]:self.loca[g + 1]]
    def subset(self):
        order = [0] + [self.cmap[ord(c)] for c in self.chars]
        extra = {}
        glyf, k = [], 0
        while k < len(order):
            d = self.glyph(order[k])
            if d:
                n = struct.unpack(">h", d[:2])[0]
                if n >= 0:
                    at = 10 + 2 * n
                    ins = struct.unpack(">H", d[at:at + 2])[0]
                    d = d[:at] + b"\0\0" + d[at + 2 + ins:]
                else:
                    out, at = d[:10], 10
                    while True:
                        fl, sub = struct.unpack(">HH", d[at:at + 4])
                        size = 4 + (4 if fl & 1 else 2) + (2 if fl & 8 else 4 if fl & 0x40 else 8 if fl & 0x80 else 0)
                        if sub not in extra: extra[sub] = len(order); order.append(sub)
                        out += struct.pack(">HH", fl & ~0x100, extra[sub]) + d[at + 4:at + size]
                        at += size
                        if not fl & 0x20: break
                    d = out
            glyf.append(d + b"\0" * (-len(d) % 4)); k += 1
        loca, at = [], 0
        for d in glyf: loca.append(at); at += len(d)
        loca.append(at)
        hm = b"".join(struct.pack(">Hh", self.advance(g), struct.unpack(">h", self.glyph(g)[2:4])[0] if self.glyph(g) else 0) for g in order)
        head = bytearray(self.t["head"]); head[8:12] = b"\0\0\0\0"; head[50:52] = b"\0\1"
        hhea = bytearray(self.t["hhea"]); hhea[34:36] = struct.pack(">H", len(order))
        maxp = bytearray(self.t["maxp"]); maxp[4:6] = struct.pack(">H", len(order))
        tables = {"glyf": b"".join(glyf), "head": bytes(head), "hhea": bytes(hhea), "hmtx": hm, "loca": struct.pack(f">{len(loca)}I", *loca), "maxp": bytes(maxp)}
        n = len(tables); p = 1
        while p * 2 <= n: p *= 2
        out = struct.pack(">IHHHH", 0x10000, n, p * 16, p.bit_length() - 1, (n - p) * 16)
        off, body = 12 + 16 * n, b""
        for tag in sorted(tables):
            d = tables[tag]; pad = d + b"\0" * (-len(d) % 4)
            out += struct.pack(">4sIII", tag.encode(), sum(struct.unpack(f">{len(pad) // 4}I", pad)) & 0xFFFFFFFF, off + len(body), len(d))
            body += pad
        return out + body


def strip(g):
    """The sheet painted on one endless strip: texts (x, baseline, size, text, bold), fills, rules."""
    xs, ys = [0], [0]
    for w in g.cols: xs.append(xs[-1] + w)
    for h in g.heights: ys.append(ys[-1] + h)
    texts, fills, hr, vr = [], [], {}, {}
    for r, c, rs, cs, t, o in g.cells:
        x0, x1, y0, y1 = xs[c], xs[c + cs], ys[r], ys[r + rs]
        if o.get("fill"): fills.append((x0, y0, x1, y1, o["fill"]))
        b = o.get("border", "")
        if "T" in b: hr.setdefault(y0, []).append((x0, x1))
        if "B" in b: hr.setdefault(y1, []).append((x0, x1))
        if "L" in b: vr.setdefault(x0, []).append((y0, y1))
        if "R" in b: vr.setdefault(x1, []).append((y0, y1))
        if not t: continue
        s = o.get("size", g.size)
        ls = [t] if o.get("over") else wrap(t, x1 - x0 - 4.5, s)
        lh = s * 1.25
        y = y0 + 2 if o.get("v") == "t" else (y0 + y1 - lh * len(ls)) / 2
        for k, l in enumerate(ls):
            w = sum(map(width, l)) * s
            x = {"c": (x0 + x1 - w) / 2, "r": x1 - 2 - w}.get(o.get("h"), x0 + 2)
            if l.strip(" 　"): texts.append((x, y + lh * k + s * .98, s, l, o.get("bold", 0)))
    def merged(d):
        out = []
        for k, v in d.items():
            v.sort(); a, z = v[0]
            for p, q in v[1:]:
                if p <= z + .05: z = max(z, q)
                else: out.append((k, a, z)); a, z = p, q
            out.append((k, a, z))
        return sorted(out)
    return texts, fills, merged(hr), merged(vr), ys


def cut(doc, st, out):
    font = Font(FONTS[st["font"]])
    perchar = st.get("perchar")
    pages = []
    f = lambda v: f"{v:.2f}".rstrip("0").rstrip(".")
    for name, g in grids(doc, st):
        pw, ph = (841.9, 595.3) if g.landscape else (595.3, 841.9)
        texts, fills, hr, vr, ys = strip(g)
        ox, oy, room = (pw - sum(g.cols)) / 2, 40, ph - 76
        starts = sorted(set(g.starts) | {len(g.heights)})
        edges = [ys[k] for k in starts]
        changes = len(g.cols) == 6
        y, bounds = 0, []
        while y < ys[-1] - .5:
            end = y + room
            if end >= ys[-1]: bounds.append((y, ys[-1])); break
            top = max(e for e in edges if e <= end)
            bottom = min(e for e in edges if e > end)
            single = starts[edges.index(bottom)] - starts[edges.index(top)] == 1
            if top <= y or (single and bottom - top > (36 if changes else 70) and end - top > 24):
                best = end
                for k in range(48):   # between two lines of text, if there is such a place
                    at = end - k * .5
                    if at > top + 10 and not any(ty - ts * .85 < at < ty + ts * .12 for _, ty, ts, _, _ in texts if abs(ty - at) < 20): best = at; break
                end = best
            else: end = top
            bounds.append((y, end)); y = end
        for k, (a, z) in enumerate(bounds):
            head = ys[2] - ys[1] if changes and k and st.get("repeat") else 0
            P = []
            def paint(a, z, down):
                Y = lambda v: ph - oy - down - (v - a)
                for x0, y0, x1, y1, c in fills:
                    if y1 > a and y0 < z: P.append(("f", f"{int(c[1:3], 16) / 255:.3g} {int(c[3:5], 16) / 255:.3g} {int(c[5:7], 16) / 255:.3g} rg {f(ox + x0)} {f(Y(min(y1, z)))} {f(x1 - x0)} {f(min(y1, z) - max(y0, a))} re f"))
                for v, p, q in hr:
                    if a - .01 <= v <= z + .01: P.append(("r", (ox + p, Y(v), ox + q, Y(v))))
                for v, p, q in vr:
                    p, q = max(p, a), min(q, z)
                    if q > p: P.append(("r", (ox + v, Y(q), ox + v, Y(p))))
                for x, ty, s, l, bold in texts:
                    mid = ty - s * .4
                    if not a <= mid < z: continue
                    P.append(("t", (ox + x, Y(ty), s, l, bold)))
            if head: paint(ys[1], ys[2], 0)
            paint(a, z, head)
            first, second = ["q"], ["q"]
            first += [v for k2, v in P if k2 == "f"] + ["0 g 0 G .5 w"]
            def show(x, y, s, t):
                hexa = lambda u: "".join(f"{font.gid(c):04x}" for c in u)
                if perchar:
                    for c in t:
                        if c not in " 　": second.append(f"BT /F1 {f(s)} Tf {f(x)} {f(y)} Td <{hexa(c)}> Tj ET")
                        x += width(c) * s
                else:
                    runs = re.findall(r"[!-~｡-ﾟ]+|[^!-~｡-ﾟ]{1,24}", t)
                    second.append(f"BT /F1 {f(s)} Tf 1 0 0 1 {f(x)} {f(y)} Tm " + " ".join(f"<{hexa(u)}> Tj" for u in runs) + " ET")
            second.append("0 g")
            for k2, v in P:
                if k2 == "t":
                    show(*v[:4])
                    if v[4]: show(v[0] + .3, *v[1:4])
                elif k2 == "r":
                    x0, y0, x1, y1 = v
                    if perchar: second.append(f"{f(x0 - .25)} {f(y0 - .25)} {f(x1 - x0 + .5)} {f(y1 - y0 + .5)} re f")
                    else: first.append(f"{f(x0)} {f(y0)} m {f(x1)} {f(y1)} l S")
            pages.append((pw, ph, "\n".join(first + ["Q"]), "\n".join(second + ["Q"])))
    objs = []
    def obj(body): objs.append(body); return len(objs)
    def stream(data, extra=""):
        z = zlib.compress(data if isinstance(data, bytes) else data.encode("latin-1"), 9)
        return obj(f"<< /Length {len(z)} /Filter /FlateDecode{extra} >>\nstream\n".encode() + z + b"\nendstream")
    sub = font.subset()
    ff = stream(sub, f" /Length1 {len(sub)}")
    name = "/CORPUS+" + st["font"]
    fd = obj(f"<< /Type /FontDescriptor /FontName {name} /Flags 4 /FontBBox [-100 -200 1100 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 {ff} 0 R >>".encode())
    W = " ".join(f"{i} [{round(font.advance(font.cmap[ord(c)]) * 1000 / font.em)}]" for c, i in font.chars.items() if font.advance(font.cmap[ord(c)]) != font.em)
    cid = obj(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {fd} 0 R /DW 1000 /W [{W}] /CIDToGIDMap /Identity >>".encode())
    chars = list(font.chars.items())
    tu = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /H def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    for k in range(0, len(chars), 100):
        part = chars[k:k + 100]
        tu += f"{len(part)} beginbfchar\n" + "".join(f"<{i:04x}> <{c.encode('utf-16-be').hex()}>\n" for c, i in part) + "endbfchar\n"
    tu = stream(tu + "endcmap\nend\nend\n")
    fo = obj(f"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H /DescendantFonts [{cid} 0 R] /ToUnicode {tu} 0 R >>".encode())
    kids, parent = [], len(objs) + 3 * len(pages) + 1
    for pw, ph, a, b in pages:
        ca, cb = stream(a), stream(b)
        kids.append(obj(f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {pw} {ph}] /Resources << /Font << /F1 {fo} 0 R >> /ProcSet [/PDF /Text] >> /Contents [{ca} 0 R {cb} 0 R] >>".encode()))
    assert obj(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()) == parent
    root = obj(f"<< /Type /Catalog /Pages {parent} 0 R /Lang (ja-JP) >>".encode())
    info = obj(b"<< /Producer (hyokasho corpus/typeset.py) >>")
    data, at = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for i, o in enumerate(objs, 1): at.append(len(data)); data += f"{i} 0 obj\n".encode() + o + b"\nendobj\n"
    x = len(data)
    data += f"xref\n0 {len(objs) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{p:010} 00000 n \n".encode() for p in at)
    data += f"trailer\n<< /Size {len(objs) + 1} /Root {root} 0 R /Info {info} 0 R >>\nstartxref\n{x}\n%%EOF\n".encode()
    out.write_bytes(data)
