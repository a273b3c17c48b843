#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Typesets documents/NAME.json as 様式３ into pdf/NAME--LAYOUT.pdf, or writes its expected values.

usage: typeset.py [--gold] [--layout LAYOUT]... [NAME ...]

Layouts calc and mincho need LibreOffice, weasy and norules need WeasyPrint; cut and
cutruns are written by this script alone. --gold writes expected/NAME.tsv from the JSON.
"""
import argparse, concurrent.futures, hashlib, html, json, os, pathlib, re, shutil, struct, subprocess, sys, tempfile, time, unicodedata, zlib

HERE = pathlib.Path(__file__).resolve().parent
EPOCH = os.environ.get("SOURCE_DATE_EPOCH", "1735689600")
FONTS = {"IPAGothic": "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf", "IPAMincho": "/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf"}

# ---------------------------------------------------------------- the form
SUBJECTS = "1万人未満|1万人以上10万人未満|10万人以上100万人未満|100万人以上1,000万人未満|1,000万人以上".split("|")
HEADCOUNT = "10人未満|10人以上50人未満|50人以上100人未満|100人以上500人未満|500人以上1,000人未満|1,000人以上".split("|")
SUFFICIENCY = "特に力を入れている|十分である|課題が残されている".split("|")
PRACTICE = "特に力を入れて行っている|十分に行っている|十分に行っていない".split("|")
SCALE = "1,000人未満|1,000人以上1万人未満|1万人以上10万人未満|10万人以上30万人未満".split("|")
ITEMS = "10項目未満|10項目以上50項目未満|50項目以上100項目未満|100項目以上".split("|")
THRESHOLD = ("基礎項目評価及び重点項目評価の実施が義務付けられる|基礎項目評価の実施が義務付けられる（任意に重点項目評価を実施）|"
             "特定個人情報保護評価の実施が義務付けられない（任意に重点項目評価を実施）").split("|")
# lines of boxes: slug=label, a "+" for a bracket; a line "・…" is a caption
CONNECTIONS = ["info-network=情報提供ネットワークシステム|intranet=庁内連携システム", "juki-net=住民基本台帳ネットワークシステム|resident-registry=既存住民基本台帳システム",
               "addressee=宛名システム等|tax=税務システム", "other+=その他"]
MAIN = ["・識別情報", "my-number=個人番号|my-number-code=個人番号対応符号|other-id=その他識別情報（内部番号）", "・連絡先等情報",
        "basic-four=@FOUR@|contact=連絡先（電話番号等）", "other-resident=その他住民票関係情報", "・業務関係情報",
        "national-tax=国税関係情報|local-tax=地方税関係情報|health=健康・医療関係情報", "medical-insurance=医療保険関係情報|child-welfare=児童福祉・子育て関係情報|disability=障害者福祉関係情報",
        "public-assistance=生活保護・社会福祉関係情報|elder-care=介護・高齢者福祉関係情報", "employment=雇用・労働関係情報|pension=年金関係情報|education=学校・教育関係情報",
        "disaster=災害関係情報", "other+=その他"]
SOURCE = ["self=本人又は本人の代理人", "same-agency+=評価実施機関内の他部署", "national+=行政機関・独立行政法人等", "local+=地方公共団体・地方独立行政法人", "private+=民間事業者", "other+=その他"]
MEANS = ["paper=紙|media=電子記録媒体（フラッシュメモリを除く。）|flash=フラッシュメモリ", "email=電子メール|leased-line=専用線|intranet=庁内連携システム", "info-network=情報提供ネットワークシステム", "other+=その他"]
DISCLOSURE = ["provided#=提供を行っている|transferred#=移転を行っている", "none=行っていない"]
PROVIDE = ["info-network=情報提供ネットワークシステム|leased-line=専用線", "email=電子メール|media=電子記録媒体（フラッシュメモリを除く。）", "flash=フラッシュメモリ|paper=紙", "other+=その他"]
TRANSFER = ["intranet=庁内連携システム|leased-line=専用線", "email=電子メール|media=電子記録媒体（フラッシュメモリを除く。）", "flash=フラッシュメモリ|paper=紙", "other+=その他"]
AUDIT = ["self=自己点検|internal=内部監査|external=外部監査"]
BOXES = {"connections": CONNECTIONS, "items/main": MAIN, "acquisition/source": SOURCE, "acquisition/means": MEANS, "disclosure": DISCLOSURE, "audit": AUDIT}


def boxes_of(path):
    if path.endswith("/means") and "provision[" in path: return PROVIDE
    if path.endswith("/means") and "transfer[" in path: return TRANSFER
    return next(b for end, b in BOXES.items() if path.endswith("/" + end))


def slugs(lines): return [b.split("=")[0].rstrip("+#") for l in lines if not l.startswith("・") for b in l.split("|")]


def gold(doc):
    out = []
    esc = lambda s: re.sub(r"\n+", "\n", s).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    for path, value in doc["values"].items():
        if isinstance(value, dict):
            for s in slugs(boxes_of(path)):
                mark = value.get(s, 0)
                out.append((f"{path}/{s}", "1" if mark else "0"))
                if isinstance(mark, str): out.append((f"{path}/{s}/text", esc(mark)))
        else:
            out.append((path, esc(str(value))))
    return "".join(f"{p}\t{v}\n" for p, v in out)


# ------------------------------------------------- the form as rows, for all layouts
class Form:
    """Rows of the form: dicts with "t" title, head, band, item, full, question, changes; grouped in sheets."""
    def __init__(self, doc, st):
        self.v, self.st, self.doc, self.sheets = doc["values"], st, doc, []

    def get(self, p): return self.v.get(p, "")
    def count(self, prefix):
        n = 0
        for p in self.v:
            m = re.match(re.escape(prefix) + r"\[(\d+)\]", p)
            if m: n = max(n, int(m[1]))
        return n
    def sheet(self, name, landscape=False): self.rows = []; self.sheets.append({"name": name, "rows": self.rows, "landscape": landscape})
    def add(self, t, **k): self.rows.append({"t": t, **k})
    def no(self, n, s): return self.st["digit"](n) + self.st["dot"] + s
    def head(self, n, s, sub="", marks=(), star=False):
        self.add("head", text=self.no(n, s) + ("　※" if star and self.st["star"] else ""), sub=sub, marks=list(marks))
    def lab(self, circ, s, star=False): return (circ + self.st["circ"] if circ else "") + s + (" ※" if star and self.st["star"] else "")
    def item(self, circ, s, content, level=0, group=None, star=False): self.add("item", label=self.lab(circ, s, star), c=content, level=level, group=group)
    def text(self, p): return ("text", self.get(p))
    def choice(self, p, options, cols=2, count=None): return ("choice", self.get(p), options, cols, count)
    def checks(self, p, lines):
        v = self.v.get(p, {})
        out = []
        for l in lines:
            if l.startswith("・"): out.append(l); continue
            row = []
            for b in l.split("|"):
                slug, label = b.split("=")
                s = slug.rstrip("+#")
                m = v.get(s, 0)
                row.append((bool(m), label.replace("@FOUR@", self.st["four"]), slug[len(s):], m if isinstance(m, str) else ""))
            out.append(row)
        return ("checks", out)
    def question(self, s, p): self.add("question", text=s); self.add("full", text=self.get(p), min=2)
    def band(self, s, value=None): self.add("band", text=s, value=value)

    def build(self):
        get, text, choice, checks, item, head = self.get, self.text, self.choice, self.checks, self.item, self.head
        d = self.st["digit"]
        self.sheet("表紙"); self.add("cover")
        self.sheet("項目一覧"); self.add("toc")
        self.sheet("Ⅰ基本情報")
        self.add("title", text="Ⅰ　基本情報", note="")
        head(1, "特定個人情報ファイルを取り扱う事務")
        item("①", "事務の名称", text("task/name")); item("②", "事務の内容", text("task/description")); item("③", "対象人数", choice("task/scale", SCALE))
        head(2, "特定個人情報ファイルを取り扱う事務において使用するシステム")
        n = self.count("system")
        for i in range(1, n + 1):
            q = f"system[{i}]/"
            self.band("システム" + str(i))
            item("①", "システムの名称", text(q + "name")); item("②", "システムの機能", text(q + "functions"))
            item("③", "他のシステムとの接続", checks(q + "connections", CONNECTIONS))
        self.rest("システム", n)
        head(3, "特定個人情報ファイル名"); self.add("full", text=get("file-names"), min=1)
        head(4, "個人番号の利用", star=True); item("", "法令上の根拠", text("number-use/legal-basis"))
        head(5, "情報提供ネットワークシステムによる情報連携", star=True)
        item("①", "実施の有無", choice("info-link/implemented", ["実施する", "実施しない", "未定"], 1)); item("②", "法令上の根拠", text("info-link/legal-basis"))
        head(6, "評価実施機関における担当部署"); item("①", "部署", text("department/name")); item("②", "所属長の役職名", text("department/head"))
        head(7, "他の評価実施機関"); self.add("full", text=get("other-agencies"), min=1)
        files = self.count("file")
        if self.doc["order"] == "interleaved":
            for f in range(1, files + 1): self.two(f); self.annex([f]); self.three(f)
        else:
            for f in range(1, files + 1): self.two(f)
            self.annex(list(range(1, files + 1)))
            for f in range(1, files + 1): self.three(f)
        self.sheet("Ⅳ・Ⅴ")
        self.add("title", text="Ⅳ　開示請求、問合せ", note="")
        head(1, "特定個人情報の開示・訂正・利用停止請求")
        item("①", "請求先", text("request/place")); item("②", "請求方法", text("request/method")); item("③", "法令による特別の手続", text("request/special-procedure")); item("④", "個人情報ファイル簿への不記載等", text("request/register-omission"))
        head(2, "特定個人情報ファイルの取扱いに関する問合せ"); item("①", "連絡先", text("contact/place")); item("②", "対応方法", text("contact/handling"))
        self.add("title", text="Ⅴ　評価実施手続", note="")
        head(1, "基礎項目評価"); item("①", "実施日", text("review/date")); item("②", "しきい値判断結果", choice("review/threshold", THRESHOLD, 0))
        head(2, "国民・住民等からの意見の聴取　【任意】"); item("①", "方法", text("public-comment/method")); item("②", "実施日・期間", text("public-comment/period")); item("③", "主な意見の内容", text("public-comment/opinions"))
        head(3, "第三者点検　【任意】"); item("①", "実施日", text("third-party/date")); item("②", "方法", text("third-party/method")); item("③", "結果", text("third-party/result"))
        self.sheet("変更箇所", self.st.get("landscape", False))
        self.add("title", text="（別添２）変更箇所" if self.st["fold"] else "（別添2）変更箇所", note="")
        self.add("changes", rows=[[get(f"change[{i}]/{c}") for c in ("date", "item", "before", "after", "timing", "reason")] for i in range(1, self.count("change") + 1)])
        return self.sheets

    def rest(self, word, n):
        """The empty rows that the form prints for blocks nobody filled: システム6～10."""
        lo = max(n, 1) + 1
        for hi in (5, 10, 15, 20):
            if lo <= hi and self.st["rest"]: self.band(f"{word}{lo}～{hi}" if lo < hi else f"{word}{lo}")
            lo = max(lo, hi + 1)

    def two(self, f):
        get, text, choice, checks, item, head = self.get, self.text, self.choice, self.checks, self.item, self.head
        p = f"file[{f}]/"
        self.sheet(f"Ⅱ({f})")
        self.add("title", text="Ⅱ　特定個人情報ファイルの概要", note="")
        head(1, "特定個人情報ファイル名"); self.add("full", text=get(p + "name"), min=1)
        head(2, "基本情報")
        item("①", "ファイルの種類", choice(p + "kind", ["システム用ファイル", "その他の電子ファイル（表計算ファイル等）"], 1), star=True)
        item("②", "対象となる本人の数", choice(p + "subjects/count", SUBJECTS, 1))
        item("③", "対象となる本人の範囲", text(p + "subjects/scope"), star=True)
        item("", "その必要性", text(p + "subjects/necessity"), 1)
        item("④", "記録される項目", choice(p + "items/count", ITEMS))
        item("", "主な記録項目", checks(p + "items/main", MAIN), 1, star=True)
        item("", "その妥当性", text(p + "items/adequacy"), 1); item("", "全ての記録項目", text(p + "items/all"), 1)
        item("⑤", "保有開始日", text(p + "held-since")); item("⑥", "事務担当部署", text(p + "department"))
        head(3, "特定個人情報の入手・使用")
        item("①", "入手元", checks(p + "acquisition/source", SOURCE), star=True); item("②", "入手方法", checks(p + "acquisition/means", MEANS))
        item("③", "使用目的", text(p + "use/purpose"), star=True)
        g = self.lab("④", "使用の主体")
        item("", "使用部署", text(p + "use/department"), group=g); item("", "使用者数", choice(p + "use/users", HEADCOUNT), group=g)
        item("⑤", "使用方法", text(p + "use/method")); item("", "情報の突合", text(p + "use/matching"), 1); item("⑥", "使用開始日", text(p + "use/start"))
        head(4, "特定個人情報ファイルの取扱いの委託")
        item("", "委託の有無", choice(p + "consigning/status", ["委託する", "委託しない"], 2, get(p + "consigning/count")), star=True)
        n = self.count(p + "consignment")
        for i in range(1, max(n, 1) + 1):
            q = p + f"consignment[{i}]/"
            self.band(f"委託事項{i}", get(q + "title"))
            item("①", "委託内容", text(q + "content")); item("②", "委託先における取扱者数", choice(q + "handlers", HEADCOUNT)); item("③", "委託先名", text(q + "contractor"))
            item("④", "再委託の有無", choice(q + "subcontract", ["再委託する", "再委託しない"]), group="再委託", star=True)
            item("⑤", "再委託の許諾方法", text(q + "subcontract-approval"), group="再委託"); item("⑥", "再委託事項", text(q + "subcontract-content"), group="再委託")
        self.rest("委託事項", n)
        head(5, "特定個人情報の提供・移転（委託に伴うものを除く。）")
        item("", "提供・移転の有無", checks(p + "disclosure", DISCLOSURE))
        for kind, w, v, means in (("provision", "提供", "提供先", PROVIDE), ("transfer", "移転", "移転先", TRANSFER)):
            n = self.count(p + kind)
            for i in range(1, max(n, 1) + 1):
                q = p + f"{kind}[{i}]/"
                self.band(f"{v}{i}", get(q + "recipient"))
                item("①", "法令上の根拠", text(q + "legal-basis")); item("②", v + "における用途", text(q + "purpose")); item("③", w + "する情報", text(q + "information"))
                item("④", w + "する情報の対象となる本人の数", choice(q + "subjects-count", SUBJECTS, 1)); item("⑤", w + "する情報の対象となる本人の範囲", text(q + "subjects-scope"))
                item("⑥", w + "方法", checks(q + "means", means)); item("⑦", "時期・頻度", text(q + "timing"))
            self.rest(v, n)
        head(6, "特定個人情報の保管・消去"); item("", "保管場所", text(p + "storage/place"), star=True)
        head(7, "備考"); self.add("full", text=get(p + "remarks"), min=2)

    def annex(self, files):
        self.sheet("別添１" + "-".join(map(str, files)))
        self.add("title", text="（別添１）特定個人情報ファイル記録項目" if self.st["fold"] else "（別添1）特定個人情報ファイル記録項目", note="")
        s = "\n".join((self.get(f"file[{f}]/name") + "\n" if len(files) > 1 else "") + self.get(f"file[{f}]/record-items") for f in files)
        self.add("full", text=s, min=20)

    def three(self, f):
        get, text, choice, item, head, question = self.get, self.text, self.choice, self.item, self.head, self.question
        p = f"file[{f}]/"; r = p + "risk/"
        mark = lambda s: bool(self.v.get(r + s, 0))
        z = "１２" if self.st["fold"] else "12"
        self.sheet(f"Ⅲ({f})")
        self.add("title", text="Ⅲ　リスク対策", note="※（７．②を除く。）")
        head(1, "特定個人情報ファイル名"); self.add("full", text=get(p + "name"), min=1)
        def rows(*spec):
            for label, path, kind, level in spec: item("", label, text(path) if kind is None else choice(path, kind), level)
        suff = lambda path: ("リスクへの対策は十分か", path + "/sufficiency", SUFFICIENCY, 0)
        meas = lambda path: ("リスクに対する措置の内容", path + "/measures", None, 0)
        more = lambda path: ("その他の措置の内容", path + "/other-measures", None, 0)
        tail = "におけるその他のリスク及びそのリスクに対する措置"
        head(2, "特定個人情報の入手", "（情報提供ネットワークシステムを通じた入手を除く。）")
        self.band("リスク：　目的外の入手が行われるリスク")
        q = r + "acquisition/purpose"; rows(meas(q), suff(q))
        question("特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）" + tail, r + "acquisition/other")
        head(3, "特定個人情報の使用")
        self.band(f"リスク{z[0]}：　目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク")
        q = r + "use/linkage"; rows(meas(q), suff(q))
        self.band(f"リスク{z[1]}：　権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク")
        q = r + "use/unauthorized"
        rows(("ユーザ認証の管理", q + "/authentication", ["行っている", "行っていない"], 0), ("具体的な管理方法", q + "/authentication-method", None, 1), more(q), suff(q))
        question("特定個人情報の使用" + tail, r + "use/other")
        head(4, "特定個人情報ファイルの取扱いの委託", marks=[(mark("consignment/none"), "委託しない")])
        self.band("リスク：　委託先における不正な使用等のリスク")
        q = r + "consignment"
        rows(("委託契約書中の特定個人情報ファイルの取扱いに関する規定", q + "/contract-terms", ["定めている", "定めていない"], 0), ("規定の内容", q + "/contract-terms-content", None, 1),
             ("再委託先による特定個人情報ファイルの適切な取扱いの" + self.st["assure"], q + "/subcontract-assurance", PRACTICE + ["再委託していない"], 0), ("具体的な方法", q + "/subcontract-assurance-method", None, 1), more(q), suff(q))
        question("特定個人情報ファイルの取扱いの委託" + tail, q + "/other")
        head(5, "特定個人情報の提供・移転", "（委託や情報提供ネットワークシステムを通じた提供を除く。）", [(mark("disclosure/none"), "提供・移転しない")])
        self.band("リスク：　不正な提供・移転が行われるリスク")
        q = r + "disclosure/improper"
        rows(("特定個人情報の提供・移転に関するルール", q + "/rules", ["定めている", "定めていない"], 0), ("ルールの内容及びルール遵守の確認方法", q + "/rules-content", None, 1), more(q), suff(q))
        question("特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）" + tail, r + "disclosure/other")
        head(6, "情報提供ネットワークシステムとの接続", marks=[(mark("link/none-acquire"), "接続しない（入手）"), (mark("link/none-provide"), "接続しない（提供）")])
        self.band(f"リスク{z[0]}：　目的外の入手が行われるリスク"); q = r + "link/acquire-purpose"; rows(meas(q), suff(q))
        self.band(f"リスク{z[1]}：　不正な提供が行われるリスク"); q = r + "link/improper-provision"; rows(meas(q), suff(q))
        question("情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置", r + "link/other")
        head(7, "特定個人情報の保管・消去")
        self.band("リスク：　特定個人情報の漏えい・滅失・毀損リスク"); q = r + "storage/leak"
        item("①", "事故発生時手順の策定・周知", choice(q + "/incident-procedure", PRACTICE))
        item("②", "過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか", choice(q + "/incident-occurred", ["発生あり", "発生なし"]))
        rows(("その内容", q + "/incident-content", None, 1), ("再発防止策の内容", q + "/incident-prevention", None, 1), more(q), suff(q))
        question("特定個人情報の保管・消去" + tail, r + "storage/other")
        head(8, "監査"); item("", "実施の有無", self.checks(p + "audit", AUDIT))
        head(9, "従業者に対する教育・啓発"); item("", "従業者に対する教育・啓発", choice(p + "training/status", PRACTICE)); item("", "具体的な方法", text(p + "training/method"), 1)
        head(10, "その他のリスク対策"); self.add("full", text=get(p + "other-measures"), min=2)


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
wide = lambda n: str(n).translate(WIDE)
FOUR, FIVE = "4情報（氏名、性別、生年月日、住所）", "5情報（氏名、氏名の振り仮名、性別、生年月日、住所）"
BASE = {"digit": wide, "dot": "．", "circ": "", "star": True, "four": FOUR, "rest": True, "fold": True, "assure": "担保", "on": "○", "off": "　", "opt": "{}） ", "lb": "［", "rb": "］",
        "size": 9, "small": 7, "label": 130, "fill": "#ccffff", "font": "IPAGothic", "center": True, "share": .6}
STYLES = {
    "calc": {**BASE},
    "mincho": {**BASE, "font": "IPAMincho", "digit": str, "dot": ". ", "fill": "#ffff99", "on": "●", "opt": "{}) ", "star": False, "four": FIVE, "label": 112, "size": 8.5, "center": False, "landscape": True, "share": .1, "assure": "確保", "lb": "[", "rb": "]"},
    "cut": {**BASE, "on": "✓", "label": 140, "lb": "[", "rb": "]", "fill": "#ccffcc", "perchar": True, "opt": "{}) ", "size": 9},
    "cutruns": {**BASE, "font": "IPAMincho", "on": "◯", "label": 118, "fill": "#dddddd", "repeat": True, "rest": False, "size": 8, "small": 6.5, "four": FIVE, "assure": "確保", "center": False, "circ": " "},
    "weasy": {**BASE, "font": "IPAexGothic", "on": "〇", "digit": str, "dot": "．", "label": 150, "fill": "#e6eef8", "circ": "　", "opt": "{}）", "fold": False, "rest": False, "four": FIVE},
    "norules": {**BASE, "landscape": True, "font": "Noto Sans CJK JP", "on": "■", "off": "□", "boxes": True, "digit": str, "dot": " ", "star": False, "label": 145, "opt": "{}. ", "fold": False, "assure": "確保"},
}

# ---------------------------------------------------------------- text metrics and wrapping (fonts of fixed half and full width)
def width(c): return .5 if unicodedata.east_asian_width(c) in ("Na", "H") else 1
NOSTART = set("、。，．）」』】］〕｝〉》・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.)]}％")


def wrap(text, w, size): return [line for line, _ in wrapped(text, w, size)]


def wrapped(text, w, size):
    """Lines of text in a cell w points wide, each with whether its paragraph ends there."""
    out, room = [], max(w / size, 1)
    for para in text.split("\n"):
        line, n = "", 0.0
        for c in para:
            cw = width(c)
            if n + cw > room + 1e-6:
                carry = ""
                if c in NOSTART and len(line) > 1: line, carry = line[:-1], line[-1]
                out.append((line, False)); line = carry; n = sum(map(width, line))
            line += c; n += cw
        out.append((line, True))
    return out


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
        self.starts = [0]   # rows before which a page may end
        if sheet["rows"][0]["t"] in ("cover", "toc"):
            self.cols = [total / 36] * 36
            (self.cover if sheet["rows"][0]["t"] == "cover" else self.toc)()
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
        self.row(24, [(0, 57, r["text"] + ("　" + r["note"] if r["note"] else ""), {"bold": 1, "size": self.size + 4})])
    def head(self, r):
        marks, text = r["marks"], r["text"] + ("　" + r["sub"] if r["sub"] else "")
        f = {"fill": self.st["fill"]}
        n = self.lines(text, 0, 57 - 19 * len(marks), self.size)
        h = max(18, n * self.lh + 6)
        if not marks: self.row(h, [(0, 57, text, {"bold": 1, "border": "LTRB", **f})]); return
        a = 57 - 19 * len(marks)
        row = self.row(h, [(0, a, text, {"bold": 1, "border": "LTB", **f})])
        for k, (on, label) in enumerate(marks):
            c = a + 19 * k
            for q, n, t, hh in ((c, 2, self.st["lb"], "r"), (c + 2, 2, self.st["on"] if on else "", "c"), (c + 4, 1, self.st["rb"], "l"), (c + 5, 14, label, "l")):
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
        else: self.checks(arg[0])
        self.inside = False
        n = len(self.heights) - top
        short = ln * self.lh + 5 - sum(self.heights[top:])
        if short > 0: self.heights[-1] = round(self.heights[-1] + short, 1)
        self.cells.append((top, a, n, 3 - a, label, {"border": "LTRB", "v": "c" if self.st["center"] else "t"}))
        if r["level"] and not grouped: self.cells.append((top, 0, n, 1, "", {"border": "L"}))

    def outer(self, top, parts):
        """Adds parts (row, col, span, text, opts) of a content area and fills up its blanks, so that it is framed."""
        end = len(self.heights)
        used = {}
        for r, c, n, t, o in parts:
            for k in range(c, c + n): used[r, k] = 1
        def edge(r, c, n): return ("L" if c == 3 else "") + ("R" if c + n == 57 else "") + ("T" if r == top else "") + ("B" if r == end - 1 else "")
        for r, c, n, t, o in parts: self.cells.append((r, c, 1, n, t, {**o, "border": edge(r, c, n)}))
        for r in range(top, end):
            c = 3
            while c < 57:
                if (r, c) in used: c += 1; continue
                e = c
                while e < 57 and (r, e) not in used and e - c < (1 if c == 3 else 60): e += 1
                if e == 57 and e - c > 1: e -= 1   # the last column has its own rule
                self.cells.append((r, c, 1, e - c, "", {"border": edge(r, c, e - c)})); c = e

    def choice(self, value, options, cols, count):
        st, top, s = self.st, len(self.heights), self.small
        lh = s * 1.3
        parts = []
        if cols == 0:  # the long options of the threshold: below the bracket
            self.row(self.lh + 3, [])
            parts += [(top, 3, 1, st["lb"], {}), (top, 4, 52, value, {"h": "c", "size": self.size - .5}), (top, 56, 1, st["rb"], {"h": "r"})]
            for k, o in enumerate(["＜選択肢＞"] + [st["opt"].format(i + 1) + x for i, x in enumerate(options)]):
                r = self.row(lh + 1, []); parts.append((r, 8, 45, o, {"size": s + .5, "over": 1}))
            self.outer(top, parts); return
        opts = [st["opt"].format(i + 1) + x for i, x in enumerate(options)]
        per = [opts[i:i + cols] for i in range(0, len(opts), cols)]
        h = max(lh + .6, (self.lh + 4) / (1 + len(per)))
        for k in range(1 + len(per)):
            r = self.row(h, [])
            for j, o in enumerate(["＜選択肢＞"] if k == 0 else per[k - 1]):
                parts.append((r, 31 + 13 * j, 26 if cols == 1 else 13, o, {"size": s, "over": 1}))
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
        self.outer(top, parts)

    def checks(self, lines):
        st, top, s = self.st, len(self.heights), self.size - 1.3
        parts = []
        for l in lines:
            if isinstance(l, str): r = self.row(s * 1.6, []); parts.append((r, 4, 30, l, {"size": s})); continue
            n = len(l)
            at = {1: [0], 2: [0, 29], 3: [0, 17, 35]}[n]
            if n == 3 and "電子記録" in l[1][1]: at = [0, 11, 38]
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

    def cover(self):
        get, st, s = self.doc["values"].get, self.st, self.size + 2
        f = {"fill": st["fill"], "border": "LTRB", "h": "c", "size": s}
        b = {"border": "LTRB", "size": s}
        gap = lambda h: self.row(h, [])
        gap(30); self.row(40, [(0, 36, "特定個人情報保護評価書（重点項目評価書）", {"bold": 1, "h": "c", "size": s + 6})]); gap(30)
        self.row(26, [(3, 6, "評価書番号", f), (9, 24, "評価書名", f)])
        self.row(36, [(3, 6, get("cover/number", ""), {**b, "h": "c"}), (9, 24, get("cover/title", ""), b)]); gap(30)
        self.row(26, [(3, 30, "個人のプライバシー等の権利利益の保護の宣言", f)])
        t = get("cover/declaration", "")
        self.row(self.lines(t, 4, 32, s) * s * 1.25 + 30, [(3, 1, "", {"border": "LT"}), (4, 28, t, {"border": "T", "size": s}), (32, 1, "", {"border": "TR"})])
        t = get("cover/notes", "")
        self.row(max(60, self.lines(t, 9, 31, s) * s * 1.3 + 20), [(3, 1, "", {"border": "L"}), (4, 5, "特記事項", {**b, "h": "c"}), (9, 22, t, b), (31, 1, "", {}), (32, 1, "", {"border": "R"})])
        self.row(12, [(3, 30, "", {"border": "LRB"})]); gap(40)
        self.row(24, [(10, 16, "評価実施機関名", f)]); self.row(30, [(10, 16, get("cover/agency", ""), {**b, "h": "c"})]); gap(24)
        self.row(24, [(10, 16, "公表日", f)]); self.row(30, [(10, 16, get("cover/published", ""), {**b, "h": "c"})]); gap(40)
        self.row(20, [(20, 14, f"[{get('cover/revision')}　{get('cover/form')}]", {"h": "r", "size": s})])
    def toc(self):
        self.row(30, []); self.row(50, [(0, 36, "項目一覧", {"bold": 1, "h": "c", "size": self.size + 7})]); self.row(40, [])
        z = "１２" if self.st["fold"] else "12"
        for t in ("Ⅰ　基本情報", "Ⅱ　特定個人情報ファイルの概要", f"　　（別添{z[0]}） 特定個人情報ファイル記録項目", "Ⅲ　リスク対策", "Ⅳ　開示請求、問合せ", "Ⅴ　評価実施手続", f"　　（別添{z[1]}） 変更箇所"):
            self.row(46, [(6, 28, t, {"size": self.size + 3})])


def grids(doc, st): return [(s["name"], Grid(s, st, doc)) for s in Form(doc, st).build()]


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
    def choice(value, options, cols, count):
        v = f"{lb}　{e(value)}　{rb}" if value else f"{lb}　　　　{rb}"
        if count is not None: v += f"<br>（　{e(count)}　）件"
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
    def content(c): return e(c[1]) if c[0] == "text" else choice(*c[1:]) if c[0] == "choice" else checks(c[1])
    get = doc["values"].get
    body = []
    for sh in Form(doc, st).build():
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
                body.append(f'<h1>特定個人情報保護評価書（重点項目評価書）</h1><table class="f w"><tr class=h><td style="width:20%">評価書番号</td><td>評価書名</td></tr><tr><td>{e(get("cover/number", ""))}</td><td>{e(get("cover/title", ""))}</td></tr></table>'
                            f'<table class="f w"><tr class=h><td colspan=2>個人のプライバシー等の権利利益の保護の宣言</td></tr><tr><td colspan=2>{e(get("cover/declaration", ""))}</td></tr><tr><th style="width:20%">特記事項</th><td>{e(get("cover/notes", ""))}</td></tr></table>'
                            f'<table class="f w m"><tr class=h><td>評価実施機関名</td></tr><tr><td>{e(get("cover/agency", ""))}</td></tr></table><table class="f w m"><tr class=h><td>公表日</td></tr><tr><td>{e(get("cover/published", ""))}</td></tr></table>'
                            f'<p class=r>[{e(get("cover/revision"))}　{e(get("cover/form"))}]</p>')
            elif t == "toc":
                z = "１２" if st["fold"] else "12"
                body.append("<h1>項目一覧</h1>" + "".join(f"<p class=t>{x}</p>" for x in ("Ⅰ　基本情報", "Ⅱ　特定個人情報ファイルの概要", f"　　（別添{z[0]}）特定個人情報ファイル記録項目", "Ⅲ　リスク対策", "Ⅳ　開示請求、問合せ", "Ⅴ　評価実施手続", f"　　（別添{z[1]}）変更箇所")))
            elif t == "title": close(); body.append(f'<h2>{e(r["text"])}{"　<small>" + e(r["note"]) + "</small>" if r["note"] else ""}</h2>')
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
                    if g:
                        rest = [r]
                        while i < len(rows) and rows[i].get("group") == g: rest.append(rows[i]); i += 1
                        for k, x in enumerate(rest):
                            first = f'<th rowspan={len(rest)}>{e(g)}</th>' if k == 0 else ""
                            body.append(f'<tr>{first}<th>{e(x["label"])}</th><td>{content(x["c"])}</td></tr>')
                    else: body.append(f'<tr{"" if r["c"][0] == "text" else " class=k"}><th colspan=2 class=l{r["level"]}>{e(r["label"])}</th><td>{content(r["c"])}</td></tr>')
        close(); body.append("</section>")
    css = CSS[layout].replace("@TITLE@", re.sub(r"\s", "　", get("cover/title", ""))).replace("@FILL@", st["fill"])
    base = """section { break-after: page } section:last-child { break-after: auto } section.wide { page: wide } table { border-collapse: collapse; width: 100% } td, th { vertical-align: top; text-align: left; font-weight: normal; padding: 2pt 3pt; white-space: pre-wrap; overflow-wrap: anywhere }
h1 { text-align: center; font-size: 15pt; margin: 40pt 0 30pt } h2 { font-size: 13pt; margin: 8pt 0 6pt } h2 small { font-weight: normal; font-size: 9pt } th.l1 { padding-left: 22pt } .s { font-size: 7pt } table.n td { padding: 0 3pt 0 0 } table.n td.v { width: 47% }
span.k { display: inline-block; vertical-align: top } .m { float: right; font-weight: normal; margin-left: 14pt } .w { margin: 0 auto 26pt; width: 82% } .w.m { float: none; width: 50%; margin: 0 auto 26pt } .w.m td { text-align: center } .r { text-align: right } .t { margin: 22pt 0 0 90pt; font-size: 11pt; white-space: pre-wrap } tr.h, tr.b { break-after: avoid } tr.k { break-inside: avoid }"""
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
