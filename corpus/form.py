# SPDX-License-Identifier: GPL-2.0-or-later
"""様式３ as rows for typesetting (２ and ４ are in forms.py), the layouts' styles, and how text breaks into lines."""

import os, pathlib, re, unicodedata

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
CONSIGN = ["leased-line=専用線|email=電子メール|media=電子記録媒体（フラッシュメモリを除く。）", "flash=フラッシュメモリ|paper=紙", "other+=その他"]
AUDIT = ["self=自己点検|internal=内部監査|external=外部監査"]
RULE = ["applied=適用した"]
BOXES = {"connections": CONNECTIONS, "items/main": MAIN, "acquisition/source": SOURCE, "acquisition/means": MEANS, "disclosure": DISCLOSURE, "audit": AUDIT, "rule9-2/applied": RULE}


def boxes_of(path):
    if path.endswith("/means") and "provision[" in path: return PROVIDE
    if path.endswith("/means") and "transfer[" in path: return TRANSFER
    if path.endswith("/means") and "consignment[" in path: return CONSIGN
    return next(b for end, b in BOXES.items() if f"/{path}".endswith("/" + end))


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
        self.cover("重点項目評価書")
        z = "１２" if self.st["fold"] else "12"
        self.toc(["Ⅰ　基本情報", "Ⅱ　特定個人情報ファイルの概要", f"　　（別添{z[0]}）@特定個人情報ファイル記録項目", "Ⅲ　リスク対策", "Ⅳ　開示請求、問合せ", "Ⅴ　評価実施手続", f"　　（別添{z[1]}）@変更箇所"])
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
        self.changes("（別添２）変更箇所" if self.st["fold"] else "（別添2）変更箇所")
        return self.sheets

    def cover(self, title, approved=None):
        self.sheet("表紙"); self.add("cover", title=f"特定個人情報保護評価書（{title}）", approved=approved)
    def toc(self, lines): self.sheet("項目一覧"); self.add("toc", lines=lines)
    def changes(self, title):
        self.sheet("変更箇所", self.st.get("landscape", False))
        self.add("title", text=title, note="")
        self.add("changes", rows=[[self.get(f"change[{i}]/{c}") for c in ("date", "item", "before", "after", "timing", "reason")] for i in range(1, self.count("change") + 1)])

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
        self.described(p)
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
        self.passed_on(p)
        head(6, "特定個人情報の保管・消去"); item("", "保管場所", text(p + "storage/place"), star=True)
        head(7, "備考"); self.add("full", text=get(p + "remarks"), min=2)

    def described(self, p):
        """Ⅱ.1 and 2: the name of a file and what it is."""
        get, text, choice, checks, item, head = self.get, self.text, self.choice, self.checks, self.item, self.head
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

    def passed_on(self, p):
        """Ⅱ.5: to whom a file is provided, and where it is transferred."""
        text, choice, checks, item = self.text, self.choice, self.checks, self.item
        for kind, w, v, means in (("provision", "提供", "提供先", PROVIDE), ("transfer", "移転", "移転先", TRANSFER)):
            n = self.count(p + kind)
            for i in range(1, max(n, 1) + 1):
                q = p + f"{kind}[{i}]/"
                self.band(f"{v}{i}", self.get(q + "recipient"))
                item("①", "法令上の根拠", text(q + "legal-basis")); item("②", v + "における用途", text(q + "purpose")); item("③", w + "する情報", text(q + "information"))
                item("④", w + "する情報の対象となる本人の数", choice(q + "subjects-count", SUBJECTS, 1)); item("⑤", w + "する情報の対象となる本人の範囲", text(q + "subjects-scope"))
                item("⑥", w + "方法", checks(q + "means", means)); item("⑦", "時期・頻度", text(q + "timing"))
            self.rest(v, n)

    def annex(self, files, number=1):
        self.sheet(f"別添{wide(number)}" + "-".join(map(str, files)))
        self.add("title", text=f"（別添{wide(number) if self.st['fold'] else number}）特定個人情報ファイル記録項目", note="")
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
