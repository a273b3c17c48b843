# SPDX-License-Identifier: GPL-2.0-or-later
"""様式２ and 様式４ as rows for typesetting, in the editions that the corpus has."""

from form import (AUDIT, CONNECTIONS, CONSIGN, DISCLOSURE, FOUR, Form, HEADCOUNT, MEANS, PRACTICE, RULE,
                  SOURCE, SUBJECTS, SUFFICIENCY, wide)

ALL_SCALE = ["1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満", "30万人以上"]
KINDS = ["基礎項目評価書", "基礎項目評価書及び重点項目評価書", "基礎項目評価書及び全項目評価書"]
PRIORITIES = ["目的外の入手が行われるリスクへの対策", "目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスクへの対策", "権限のない者によって不正に使用されるリスクへの対策",
              "委託先における不正な使用等のリスクへの対策", "不正な提供・移転が行われるリスクへの対策（委託や情報提供ネットワークシステムを通じた提供を除く。）",
              "情報提供ネットワークシステムを通じて目的外の入手が行われるリスクへの対策", "情報提供ネットワークシステムを通じて不正な提供が行われるリスクへの対策",
              "特定個人情報の漏えい・滅失・毀損リスクへの対策", "従業者に対する教育・啓発"]
PERIODS = "1年未満|1年|2年|3年|4年|5年|6年以上10年未満|10年以上20年未満|20年以上|定められていない".split("|")
THRESHOLD = ("基礎項目評価及び全項目評価の実施が義務付けられる|基礎項目評価及び重点項目評価の実施が義務付けられる（任意に全項目評価を実施）|"
             "基礎項目評価の実施が義務付けられる（任意に全項目評価を実施）|特定個人情報保護評価の実施が義務付けられない（任意に全項目評価を実施）").split("|")
USED, LOGGED, RULED = ["行っている", "行っていない"], ["記録を残している", "記録を残していない"], ["定めている", "定めていない"]
KEPT = ["特に力を入れて整備している", "十分に整備している", "十分に整備していない"]
OTHER = "におけるその他のリスク及びそのリスクに対する措置"


class Edition(Form):
    """A form that was printed otherwise before."""
    def __init__(self, doc, st):
        self.first, self.second = (doc["values"].get("cover/revision", "").startswith(y) for y in ("平成26年", "平成31年"))
        super().__init__(doc, {**st, "four": FOUR, "assure": "担保"} if self.first else st)

    def none(self, path, label): return (bool(self.v.get(path, 0)), label)
    def head_of_department(self): self.item("②", "所属長" if self.first else "所属長の役職名", self.text("department/head"))
    def link(self):
        self.item("①", "実施の有無", self.choice("info-link/implemented", ["実施する", "実施しない", "未定"], 1)); self.item("②", "法令上の根拠", self.text("info-link/legal-basis"))
    def enough(self, label, path): self.item("", label, self.choice(path + "/sufficiency", SUFFICIENCY))


class Form2(Edition):
    def build(self):
        text, choice, item, head, get, none, enough = self.text, self.choice, self.item, self.head, self.get, self.none, self.enough
        title = lambda s: self.add("title", text=s, note="")
        self.cover("基礎項目評価書")
        self.sheet("Ⅰ関連情報"); title("Ⅰ　関連情報")
        head(1, "特定個人情報ファイルを取り扱う事務")
        item("①", "事務の名称", text("task/name")); item("②", "事務の概要", text("task/description")); item("③", "システムの名称", text("task/systems"))
        head(2, "特定個人情報ファイル名"); self.add("full", text=get("file-names"), min=1)
        head(3, "個人番号の利用"); item("", "法令上の根拠", text("number-use/legal-basis"))
        head(4, "情報提供ネットワークシステムによる情報連携"); self.link()
        head(5, "評価実施機関における担当部署"); item("①", "部署", text("department/name")); self.head_of_department()
        head(6, "他の評価実施機関"); self.add("full", text=get("other-agencies"), min=1)
        head(7, "特定個人情報の開示・訂正・利用停止請求"); item("", "請求先", text("request/place"))
        head(8, "特定個人情報ファイルの取扱いに関する問合せ"); item("", "連絡先", text("contact/place"))
        if not self.first and not self.second:
            applied = self.checks("rule9-2/applied", RULE)[1][0][0]
            head(9, "規則第9条第2項の適用", marks=[applied[:2]]); item("", "適用した理由", text("rule9-2/reason"))
        self.sheet("Ⅱ・Ⅲ"); title("Ⅱ　しきい値判断項目")
        head(1, "対象人数"); self.counted("評価対象の事務の対象人数は何人か", "threshold/scale", ["1,000人未満（任意実施）"] + ALL_SCALE[1:])
        head(2, "取扱者数"); self.counted("特定個人情報ファイル取扱者数は500人以上か", "threshold/handlers", ["500人以上", "500人未満"])
        head(3, "重大事故")
        item("", "過去１年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか", choice("threshold/incident", ["発生あり", "発生なし"], 1))
        title("Ⅲ　しきい値判断結果"); self.add("head", text="しきい値判断結果", sub="", marks=[]); self.add("full", text=get("review/threshold"), min=2)
        if not self.first: self.four()
        self.changes("変更箇所")
        return self.sheets

    def counted(self, label, path, options):
        self.item("", label, self.choice(path, options, 1)); self.item("", "いつ時点の計数か", ("dated", self.get(path + "-date")), 1)

    def four(self):
        item, head, none, enough = self.item, self.head, self.none, self.enough
        self.sheet("Ⅳ"); self.add("title", text="Ⅳ　リスク対策", note="")
        head(1, "提出する特定個人情報保護評価書の種類"); self.add("item", label=None, c=self.choice("risk/form", KINDS, 1), level=0, group=None)
        self.add("question", text="２）又は３）を選択した評価実施機関については、それぞれ重点項目評価書又は全項目評価書において、リスク対策の詳細が記載されている。")
        head(2, "特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）"); enough("目的外の入手が行われるリスクへの対策は十分か", "risk/acquisition/purpose")
        head(3, "特定個人情報の使用")
        enough("目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスクへの対策は十分か", "risk/use/linkage")
        enough("権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスクへの対策は十分か", "risk/use/unauthorized")
        head(4, "特定個人情報ファイルの取扱いの委託", marks=[none("risk/consignment/none", "委託しない")])
        enough("委託先における不正な使用等のリスクへの対策は十分か", "risk/consignment")
        head(5, "特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）", marks=[none("risk/disclosure/none", "提供・移転しない")])
        enough("不正な提供・移転が行われるリスクへの対策は十分か", "risk/disclosure/improper")
        head(6, "情報提供ネットワークシステムとの接続", marks=[none("risk/link/none-acquire", "接続しない（入手）"), none("risk/link/none-provide", "接続しない（提供）")])
        enough("目的外の入手が行われるリスクへの対策は十分か", "risk/link/acquire-purpose"); enough("不正な提供が行われるリスクへの対策は十分か", "risk/link/improper-provision")
        head(7, "特定個人情報の保管・消去"); enough("特定個人情報の漏えい・滅失・毀損リスクへの対策は十分か", "risk/storage/leak")
        n = 8
        if not self.second:
            head(8, "人手を介在させる作業", marks=[none("risk/manual/none", "人手を介在させる作業はない")])
            enough("人為的ミスが発生するリスクへの対策は十分か", "risk/manual"); item("", "判断の根拠", self.text("risk/manual/grounds"), 1); n = 9
        head(n, "監査"); item("", "実施の有無", self.checks("audit", AUDIT))
        head(n + 1, "従業者に対する教育・啓発"); item("", "従業者に対する教育・啓発", self.choice("training/status", PRACTICE))
        if not self.second:
            head(11, "最も優先度が高いと考えられる対策", marks=[none("risk/priority/full-assessment", "全項目評価又は重点項目評価を実施する")])
            kind, value, *rest = self.choice("risk/priority/measure", PRIORITIES, 0)
            if value and self.doc.get("numbered"): value = self.st["opt"].format(PRIORITIES.index(value) + 1) + value
            item("", "最も優先度が高いと考えられる対策", (kind, value, *rest))
            item("", "当該対策は十分か【再掲】", self.choice("risk/priority/sufficiency", SUFFICIENCY)); item("", "判断の根拠", self.text("risk/priority/grounds"), 1)


class Form4(Edition):
    def build(self):
        get, text, choice, checks, item, head = self.get, self.text, self.choice, self.checks, self.item, self.head
        board = "特定個人情報保護委員会" if self.first else "個人情報保護委員会"
        annex = lambda n, s, gap="": f"（別添{wide(n) if self.st['fold'] else n}）{gap}{s}"
        self.cover("全項目評価書", board + "　承認日　【行政機関等のみ】")
        self.toc(["Ⅰ　基本情報", "　　" + annex(1, "事務の内容", "@"), "Ⅱ　特定個人情報ファイルの概要", "　　" + annex(2, "特定個人情報ファイル記録項目", "@"),
                  "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策", "Ⅳ　その他のリスク対策", "Ⅴ　開示請求、問合せ", "Ⅵ　評価実施手続", "　　" + annex(3, "変更箇所", "@")])
        self.sheet("Ⅰ基本情報")
        self.add("title", text="Ⅰ　基本情報", note="")
        head(1, "特定個人情報ファイルを取り扱う事務")
        item("①", "事務の名称", text("task/name")); item("②", "事務の内容", text("task/description"), star=True); item("③", "対象人数", choice("task/scale", ALL_SCALE))
        head(2, "特定個人情報ファイルを取り扱う事務において使用するシステム")
        n = self.count("system")
        for i in range(1, n + 1):
            q = f"system[{i}]/"
            self.band("システム" + str(i))
            item("①", "システムの名称", text(q + "name")); item("②", "システムの機能", text(q + "functions")); item("③", "他のシステムとの接続", checks(q + "connections", CONNECTIONS))
        self.rest("システム", n)
        head(3, "特定個人情報ファイル名"); self.add("full", text=get("file-names"), min=1)
        head(4, "特定個人情報ファイルを取り扱う理由"); item("①", "事務実施上の必要性", text("purpose/necessity")); item("②", "実現が期待されるメリット", text("purpose/benefit"))
        head(5, "個人番号の利用", star=True); item("", "法令上の根拠", text("number-use/legal-basis"))
        head(6, "情報提供ネットワークシステムによる情報連携", star=True); self.link()
        head(7, "評価実施機関における担当部署"); item("①", "部署", text("department/name")); self.head_of_department()
        head(8, "他の評価実施機関"); self.add("full", text=get("other-agencies"), min=1)
        self.sheet("別添１"); self.add("title", text=annex(1, "事務の内容", "　"), note="")
        get("task/diagram")
        self.add("diagram", rows=self.doc.get("diagram", []), remarks="（備考）\n" + get("task/diagram-remarks"))
        files = self.count("file")
        if self.doc["order"] == "interleaved":
            for f in range(1, files + 1): self.two(f); self.annex([f], 2); self.three(f)
        else:
            for f in range(1, files + 1): self.two(f)
            self.annex(list(range(1, files + 1)), 2)
            for f in range(1, files + 1): self.three(f)
        self.sheet("Ⅳ・Ⅴ・Ⅵ")
        self.add("title", text="Ⅳ　その他のリスク対策" + ("　※" if self.st["star"] else ""), note="")
        head(1, "監査")
        item("①", "自己点検", choice("audit/self-check", PRACTICE)); item("", "具体的なチェック方法", text("audit/self-check-method"), 1)
        item("②", "監査", choice("audit/audit", PRACTICE)); item("", "具体的な内容", text("audit/audit-content"), 1)
        head(2, "従業者に対する教育・啓発"); item("", "従業者に対する教育・啓発", choice("training/status", PRACTICE)); item("", "具体的な方法", text("training/method"), 1)
        head(3, "その他のリスク対策"); self.add("full", text=get("other-measures"), min=2)
        self.add("title", text="Ⅴ　開示請求、問合せ", note="")
        head(1, "特定個人情報の開示・訂正・利用停止請求")
        item("①", "請求先", text("request/place")); item("②", "請求方法", text("request/method")); item("", "特記事項", text("request/special-notes"), 1)
        item("③", "手数料等", choice("request/fee", ["有料", "無料"], 2) + (get("request/fee-text"),))
        item("④", "個人情報ファイル簿の公表", choice("request/register-published", USED))
        item("", "個人情報ファイル名", text("request/register-name"), 1); item("", "公表場所", text("request/register-place"), 1)
        item("⑤", "法令による特別の手続", text("request/special-procedure")); item("⑥", "個人情報ファイル簿への不記載等", text("request/register-omission"))
        head(2, "特定個人情報ファイルの取扱いに関する問合せ"); item("①", "連絡先", text("contact/place")); item("②", "対応方法", text("contact/handling"))
        self.add("title", text="Ⅵ　評価実施手続", note="")
        head(1, "基礎項目評価"); item("①", "実施日", text("review/date")); item("②", "しきい値判断結果", choice("review/threshold", THRESHOLD, 0))
        head(2, "国民・住民等からの意見の聴取")
        for circ, s, p in (("①", "方法", "method"), ("②", "実施日・期間", "period"), ("③", "期間を短縮する特段の理由", "short-reason"), ("④", "主な意見の内容", "opinions"), ("⑤", "評価書への反映", "reflected")):
            item(circ, s, text("public-comment/" + p))
        head(3, "第三者点検"); item("①", "実施日", text("third-party/date")); item("②", "方法", text("third-party/method")); item("③", "結果", text("third-party/result"))
        head(4, board + "の承認　【行政機関等のみ】"); item("①", "提出日", text("approval/submitted")); item("②", board + "による審査", text("approval/review"))
        self.changes(annex(3, "変更箇所"))
        return self.sheets

    def two(self, f):
        get, text, choice, checks, item, head = self.get, self.text, self.choice, self.checks, self.item, self.head
        p = f"file[{f}]/"
        self.sheet(f"Ⅱ({f})")
        self.add("title", text="Ⅱ　特定個人情報ファイルの概要", note="")
        self.described(p)
        head(3, "特定個人情報の入手・使用")
        item("①", "入手元", checks(p + "acquisition/source", SOURCE), star=True); item("②", "入手方法", checks(p + "acquisition/means", MEANS))
        item("③", "入手の時期・頻度", text(p + "acquisition/timing")); item("④", "入手に係る妥当性", text(p + "acquisition/validity")); item("⑤", "本人への明示", text(p + "acquisition/notice"))
        item("⑥", "使用目的", text(p + "use/purpose"), star=True); item("", "変更の妥当性", text(p + "use/purpose-change"), 1)
        g = self.lab("⑦", "使用の主体")
        item("", "使用部署", text(p + "use/department"), group=g, star=True); item("", "使用者数", choice(p + "use/users", HEADCOUNT), group=g)
        item("⑧", "使用方法", text(p + "use/method"), star=True); item("", "情報の突合", text(p + "use/matching"), 1, star=True)
        item("", "情報の統計分析", text(p + "use/statistics"), 1, star=True); item("", "権利利益に影響を与え得る決定", text(p + "use/decisions"), 1, star=True)
        item("⑨", "使用開始日", text(p + "use/start"))
        head(4, "特定個人情報ファイルの取扱いの委託")
        item("", "委託の有無", choice(p + "consigning/status", ["委託する", "委託しない"], 2, get(p + "consigning/count")), star=True)
        n = self.count(p + "consignment")
        for i in range(1, max(n, 1) + 1):
            q = p + f"consignment[{i}]/"
            self.band(f"委託事項{i}", get(q + "title"))
            item("①", "委託内容", text(q + "content"))
            item("②", "取扱いを委託する特定個人情報ファイルの範囲", choice(q + "scope", ["特定個人情報ファイルの全体", "特定個人情報ファイルの一部"], 1))
            item("", "対象となる本人の数", choice(q + "subjects-count", SUBJECTS, 1), 1); item("", "対象となる本人の範囲", text(q + "subjects-scope"), 1, star=True); item("", "その妥当性", text(q + "adequacy"), 1)
            item("③", "委託先における取扱者数", choice(q + "handlers", HEADCOUNT)); item("④", "委託先への特定個人情報ファイルの提供方法", checks(q + "means", CONSIGN))
            item("⑤", "委託先名の確認方法", text(q + "contractor-disclosure")); item("⑥", "委託先名", text(q + "contractor"))
            item("⑦", "再委託の有無", choice(q + "subcontract", ["再委託する", "再委託しない"]), group="再委託", star=True)
            item("⑧", "再委託の許諾方法", text(q + "subcontract-approval"), group="再委託"); item("⑨", "再委託事項", text(q + "subcontract-content"), group="再委託")
        self.rest("委託事項", n)
        head(5, "特定個人情報の提供・移転（委託に伴うものを除く。）")
        item("", "提供・移転の有無", checks(p + "disclosure", DISCLOSURE))
        self.passed_on(p)
        head(6, "特定個人情報の保管・消去"); item("①", "保管場所", text(p + "storage/place"), star=True)
        g = self.lab("②", "保管期間")
        item("", "期間", choice(p + "storage/period", PERIODS, 3), group=g); item("", "その妥当性", text(p + "storage/period-adequacy"), group=g)
        item("③", "消去方法", text(p + "storage/erasure"))
        head(7, "備考"); self.add("full", text=get(p + "remarks"), min=2)

    def three(self, f):
        text, choice, item, head, get, none = self.text, self.choice, self.item, self.head, self.get, self.none
        p = f"file[{f}]/"; r = p + "risk/"
        self.sheet(f"Ⅲ({f})")
        self.add("title", text="Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策", note="※（７．リスク１⑨を除く。）")
        head(1, "特定個人情報ファイル名"); self.add("full", text=get(p + "name"), min=1)
        d = self.st["digit"]
        def risk(n, title, path, *rows, plain=False):
            self.band(f"リスク{wide(n)}：　{title}")
            q = r + path
            if plain: item("", "リスクに対する措置の内容", text(q + "/measures"))
            for row in rows: row(q)
            if not plain: item("", "その他の措置の内容", text(q + "/other-measures"))
            self.enough("リスクへの対策は十分か", q)
        words = lambda label, end, level=0, circ="": lambda q: item(circ, label, text(f"{q}/{end}"), level)
        pick = lambda label, end, options, circ="": lambda q: item(circ, label, choice(f"{q}/{end}", options))
        plain = lambda n, title, path: risk(n, title, path, plain=True)
        others = lambda s, path: self.question(s + OTHER, r + path)
        head(2, "特定個人情報の入手", "（情報提供ネットワークシステムを通じた入手を除く。）")
        risk(1, "目的外の入手が行われるリスク", "acquisition/purpose", words("対象者以外の情報の入手を防止するための措置の内容", "others-prevention"), words("必要な情報以外を入手することを防止するための措置の内容", "excess-prevention"))
        plain(2, "不適切な方法で入手が行われるリスク", "acquisition/improper-method")
        risk(3, "入手した特定個人情報が不正確であるリスク", "acquisition/inaccurate", words("入手の際の本人確認の措置の内容", "identity-check"), words("個人番号の真正性確認の措置の内容", "number-check"),
             words("特定個人情報の正確性確保の措置の内容", "accuracy"))
        plain(4, "入手の際に特定個人情報が漏えい・紛失するリスク", "acquisition/leak")
        others("特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）", "acquisition/other")
        head(3, "特定個人情報の使用")
        risk(1, "目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク", "use/linkage", words("宛名システム等における措置の内容", "addressee-measures"), words("事務で使用するその他のシステムにおける措置の内容", "system-measures"))
        risk(2, "権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク", "use/unauthorized",
             pick("ユーザ認証の管理", "authentication", USED), words("具体的な管理方法", "authentication-method", 1), pick("アクセス権限の発効・失効の管理", "grant", USED), words("具体的な管理方法", "grant-method", 1),
             pick("アクセス権限の管理", "access", USED), words("具体的な管理方法", "access-method", 1), pick("特定個人情報の使用の記録", "log", LOGGED), words("具体的な方法", "log-method", 1))
        plain(3, "従業者が事務外で使用するリスク", "use/off-duty"); plain(4, "特定個人情報ファイルが不正に複製されるリスク", "use/copying")
        others("特定個人情報の使用", "use/other")
        q = r + "consignment"
        head(4, "特定個人情報ファイルの取扱いの委託", marks=[none(q + "/none", "委託しない")])
        self.add("question", text="委託先による特定個人情報の不正入手・不正な使用に関するリスク\n委託先による特定個人情報の不正な提供に関するリスク\n委託先による特定個人情報の保管・消去に関するリスク\n委託契約終了後の不正な使用等のリスク\n再委託に関するリスク")
        for row in (words("情報保護管理体制の確認", "management-check"), pick("特定個人情報ファイルの閲覧者・更新者の制限", "viewers", ["制限している", "制限していない"]), words("具体的な制限方法", "viewers-method", 1),
                    pick("特定個人情報ファイルの取扱いの記録", "log", LOGGED), words("具体的な方法", "log-method", 1), pick("特定個人情報の提供ルール", "provision-rules", RULED),
                    words("委託先から他者への提供に関するルールの内容及びルール遵守の確認方法", "provision-rules-others", 1), words("委託元と委託先間の提供に関するルールの内容及びルール遵守の確認方法", "provision-rules-mutual", 1),
                    pick("特定個人情報の消去ルール", "erasure-rules", RULED), words("ルールの内容及びルール遵守の確認方法", "erasure-rules-content", 1),
                    pick("委託契約書中の特定個人情報ファイルの取扱いに関する規定", "contract-terms", RULED), words("規定の内容", "contract-terms-content", 1),
                    pick("再委託先による特定個人情報ファイルの適切な取扱いの" + self.st["assure"], "subcontract-assurance", PRACTICE + ["再委託していない"]), words("具体的な方法", "subcontract-assurance-method", 1),
                    words("その他の措置の内容", "other-measures")): row(q)
        self.enough("リスクへの対策は十分か", q)
        others("特定個人情報ファイルの取扱いの委託", "consignment/other")
        head(5, "特定個人情報の提供・移転", "（委託や情報提供ネットワークシステムを通じた提供を除く。）", [none(r + "disclosure/none", "提供・移転しない")])
        risk(1, "不正な提供・移転が行われるリスク", "disclosure/improper", pick("特定個人情報の提供・移転の記録", "log", LOGGED), words("具体的な方法", "log-method", 1),
             pick("特定個人情報の提供・移転に関するルール", "rules", RULED), words("ルールの内容及びルール遵守の確認方法", "rules-content", 1))
        plain(2, "不適切な方法で提供・移転が行われるリスク", "disclosure/improper-method"); plain(3, "誤った情報を提供・移転してしまうリスク、誤った相手に提供・移転してしまうリスク", "disclosure/wrong")
        others("特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）", "disclosure/other")
        head(6, "情報提供ネットワークシステムとの接続", marks=[none(r + "link/none-acquire", "接続しない（入手）"), none(r + "link/none-provide", "接続しない（提供）")])
        for n, (title, end) in enumerate((("目的外の入手が行われるリスク", "acquire-purpose"), ("安全が保たれない方法によって入手が行われるリスク", "acquire-unsafe"), ("入手した特定個人情報が不正確であるリスク", "acquire-inaccurate"),
                                          ("入手の際に特定個人情報が漏えい・紛失するリスク", "acquire-leak"), ("不正な提供が行われるリスク", "improper-provision"), ("不適切な方法で提供されるリスク", "improper-method"),
                                          ("誤った情報を提供してしまうリスク、誤った相手に提供してしまうリスク", "wrong-provision")), 1): plain(n, title, "link/" + end)
        self.question("情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置", r + "link/other")
        head(7, "特定個人情報の保管・消去")
        risk(1, "特定個人情報の漏えい・滅失・毀損リスク", "storage/leak",
             pick("NISC政府機関統一基準群", "nisc", ["特に力を入れて遵守している", "十分に遵守している", "十分に遵守していない", "政府機関ではない"], "①"), pick("安全管理体制", "organization", KEPT, "②"),
             pick("安全管理規程", "regulations", KEPT, "③"), pick("安全管理体制・規程の職員への周知", "staff-notice", ["特に力を入れて周知している", "十分に周知している", "十分に周知していない"], "④"),
             pick("物理的対策", "physical", PRACTICE, "⑤"), words("具体的な対策の内容", "physical-method", 1), pick("技術的対策", "technical", PRACTICE, "⑥"), words("具体的な対策の内容", "technical-method", 1),
             pick("バックアップ", "backup", PRACTICE, "⑦"), pick("事故発生時手順の策定・周知", "incident-procedure", PRACTICE, "⑧"),
             pick("過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか", "incident-occurred", ["発生あり", "発生なし"], "⑨"), words("その内容", "incident-content", 1), words("再発防止策の内容", "incident-prevention", 1),
             pick("死者の個人番号", "deceased", ["保管している", "保管していない"], "⑩"), words("具体的な保管方法", "deceased-method", 1))
        plain(2, "特定個人情報が古い情報のまま保管され続けるリスク", "storage/stale")
        risk(3, "特定個人情報が消去されずいつまでも存在するリスク", "storage/endless", pick("消去手順", "erasure", RULED), words("手順の内容", "erasure-procedure", 1))
        others("特定個人情報の保管・消去", "storage/other")


FORMS = {"様式２": Form2, "様式３": Form, "様式４": Form4}


def form_class(doc): return FORMS[doc["values"]["cover/form"]]
def form_of(doc, st): return form_class(doc)(doc, st)
