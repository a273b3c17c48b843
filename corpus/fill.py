# SPDX-License-Identifier: GPL-2.0-or-later
"""Contents for 様式２ and 様式４: the form is walked as for typesetting, and each item is given a value when it comes."""

import json

from compose import (COMPANIES, CONN, HEADCOUNT, HEADS, HERE, MAIN, OTHERS, Pen, PMEANS, SECTIONS, SYSTEMS, TMEANS, WORKS)
from form import BASE
from forms import form_class

GROUPS = {"connections": (CONN, 0, 4, OTHERS), "acquisition/means": (["paper", "media", "flash", "email", "leased-line", "intranet", "info-network"], 1, 4, ["ＬＧＷＡＮ回線"]),
          "audit": (["self", "internal", "external"], 1, 3, None)}
RECIPIENTS = ["番号法第１９条第８号に基づく主務省令第２条の表に掲げる照会者", "他の市区町村の教育委員会", "日本年金機構", "都道府県知事"]
RECEIVERS = ["健康福祉部　保険年金課", "税務部収納課", "福祉部生活支援課", "都市整備部　住宅政策課"]
CHANGED = ["表紙　公表日", "Ⅰ．１．②事務の内容", "Ⅰ　５．②所属長の役職名", "Ⅱ．２．③対象となる本人の範囲", "Ⅱ．１．対象人数\nいつ時点の計数か", "Ⅲ．３．リスク２　具体的な管理方法", "Ⅳ．１．①自己点検", "Ⅳ　リスク対策\n８．監査"]
# What an item says before another is asked: (end of the path asked, end of the other, what the other must be not)
AFTER = [("incident-content", "incident-occurred", "発生なし"), ("incident-prevention", "incident-occurred", "発生なし"), ("deceased-method", "deceased", "保管していない"),
         ("subcontract-approval", "subcontract", "再委託しない"), ("subcontract-content", "subcontract", "再委託しない"), ("subcontract-assurance-method", "subcontract-assurance", "再委託していない"),
         ("request/fee-text", "request/fee", "無料"), ("register-name", "register-published", "行っていない"), ("register-place", "register-published", "行っていない")]


def filler(form):
    class Filler(form):
        """Walks the form and draws, in its order, what has not been given."""
        def __init__(self, doc, pen, counts, blank, traps):
            self.pen, self.counts, self.blank, self.traps, self.asked = pen, counts, blank, traps, set()
            self.given, doc["values"] = doc["values"], {"cover/revision": doc["values"]["cover/revision"]}
            super().__init__(doc, BASE)
            self.v = doc["values"] = {}

        def count(self, prefix): return self.counts.get(prefix, 0)

        def absent(self, path):
            """Whether the item belongs to a block that nobody filled, or to what is not done."""
            for part in ("consignment", "provision", "transfer"):
                head, mark, tail = path.partition(part + "[")
                if mark and int(tail.split("]")[0]) > self.count(head + part): return True
            for end, other, no in AFTER:
                if path.endswith(end) and self.v.get(path[:-len(end)] + other) == no: return True
            for group in ("risk/consignment/", "risk/disclosure/", "risk/manual/"):
                head, mark, tail = path.partition(group)
                if mark and tail != "none" and self.v.get(head + group + "none"): return True
            head, mark, tail = path.partition("risk/link/")
            if mark and tail.startswith("acquire") and self.v.get(head + mark + "none-acquire"): return True
            return bool(mark and tail.startswith(("improper", "wrong")) and self.v.get(head + mark + "none-provide"))

        def put(self, path, draw):
            if path in self.asked: return
            self.asked.add(path)
            value = self.given[path] if path in self.given else None if self.absent(path) else draw()
            if value not in ("", None): self.v[path] = value

        def get(self, path):
            self.put(path, lambda: self.words(path))
            return self.v.get(path, "")

        def choice(self, path, options, cols=2, count=None):
            self.put(path, lambda: "" if self.pen.r.random() < self.blank / 2 else self.pen.one(options))
            return super().choice(path, options, cols, count)

        def checks(self, path, lines):
            self.put(path, lambda: self.boxes(path))
            return super().checks(path, lines)

        def none(self, path, label):
            self.put(path, lambda: 0)
            return (bool(self.v.get(path)), label)

        def boxes(self, path):
            p = self.pen
            if path.endswith("disclosure"):
                n, m = (self.count(path[:-len("disclosure")] + k) for k in ("provision", "transfer"))
                return {**({"provided": str(n)} if n else {}), **({"transferred": str(m)} if m else {}), **({} if n or m else {"none": 1})}
            if path.endswith("items/main"): return {"my-number": 1, **p.marks(MAIN, 2, 8, ["口座に関する情報"])}
            if path.endswith("acquisition/source"): return {"self": 1, **{s: p.one([1, t]) for s, t in (("same-agency", "税務部市民税課"), ("national", "日本年金機構"), ("local", "他の市区町村"), ("private", "医療機関")) if p.r.random() < .5}}
            if path.endswith("/means") and "acquisition" not in path: return p.marks(TMEANS[1:] if "consignment" in path else TMEANS if "transfer" in path else PMEANS, 0, 2, ["閲覧用の端末", "サーバ間の自動連携"], .3)
            slugs, lo, hi, other = next(g for end, g in GROUPS.items() if path.endswith(end))
            return p.marks(slugs, lo, hi, other)

        def words(self, path):
            p, end = self.pen, path.split("/")[-1]
            if path.startswith("change["): return self.changed(path, end)
            if end in ("held-since", "start", "published", "scale-date", "handlers-date") or path.endswith(("review/date", "submitted")): return p.date(p.r.randint(0, 9))
            if path.startswith("system[") and end == "name": return SYSTEMS[int(path[7:].split("]")[0]) * 3 % len(SYSTEMS)]
            if end == "title": return p.one(WORKS)
            if end == "contractor": return p.one(COMPANIES)
            if end == "recipient": return p.one(RECIPIENTS if "provision" in path else RECEIVERS)
            if end == "department" or path == "department/name": return p.one(SECTIONS)
            if end == "record-items": return p.record_items(p.r.randint(15, 45))
            if end == "information": return p.one(["住民票関係情報", "地方税関係情報（所得額、控除額及び税額）", "資格に関する情報\n給付に関する情報"])
            if end in ("timing", "all"): return p.one(["照会の都度", "日次（開庁日の２０時以降）", "年に一回（６月）", "随時"]) if end == "timing" else p.one(["別添２を参照。", "（別添２）特定個人情報ファイル記録項目のとおり"])
            if end in ("description", "functions"): return p.text(p.one([1, 2, 3]))
            if end == "diagram-remarks": return p.bullets(3, "①")
            return p.maybe(0 if self.blank > .2 else 1, self.blank, trap=self.traps)

        def changed(self, path, end):
            p = self.pen
            if end == "date": return p.date(p.r.randint(0, 9))
            if end == "item": return p.one(CHANGED)
            if end == "timing": return p.one(["事前", "事後"])
            if end == "reason": return p.one(["重要な変更に当たらない。", "法令の改正に伴う変更であり、事後に提出しても差し支えないため", "人事異動", "－"])
            return p.one(["－", "（記載なし）", p.text(1), p.text(2), p.trap()])
    return Filler


def fill(name, seed, about, values, counts, layouts, order="grouped", blank=.1, traps=.1, diagram=(), numbered=False):
    pen = Pen(seed)
    doc = {"name": name, "about": about, "order": order, "layouts": layouts, "values": dict(values)}
    if diagram: doc["diagram"] = [list(line) for line in diagram]
    if numbered: doc["numbered"] = True
    given = dict(values)
    if diagram: given["task/diagram"] = "\n".join(word for line in diagram for word in line)
    form = form_class(doc)
    doc["values"] = given
    walk = filler(form)(doc, pen, counts, blank, traps)
    for path in ("number", "title", "declaration", "notes", "agency", "approved", "published", "form", "revision"): walk.put(f"cover/{path}", lambda: None)
    walk.build()
    for f in range(1, counts.get("file", 0) + 1): assert walk.v[f"file[{f}]/name"] == given[f"file[{f}]/name"]
    left = [path for path in given if path not in walk.v and given[path] not in ("", None)]
    assert not left, left
    doc["values"] = walk.v
    (HERE / "documents" / f"{name}.json").write_text(json.dumps(doc, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(name, len(walk.v), "values")


def declaration(place, task): return f"{place}は、{task}において特定個人情報ファイルを取り扱うに当たり、その取扱いが個人の権利利益に及ぼす影響を認め、漏えいその他の事態を防ぐ措置を講じて、住民のプライバシーを守ることを宣言する。"


def cover(number, title, place, agency, task, published, form, revision, notes="", **more):
    return {"cover/number": number, "cover/title": title, "cover/declaration": declaration(place, task), "cover/notes": notes, "cover/agency": agency, **{f"cover/{k}": v for k, v in more.items()},
            "cover/published": published, "cover/form": form, "cover/revision": revision, "task/name": task}


def fill_all():
    fill("hoshimigaoka-housing", 71, "様式２: current edition, all marks that are marked, an option named with its number, 14 changes",
         {**cover("8", "市営住宅の管理に関する事務　基礎項目評価書", "星見ヶ丘市", "星見ヶ丘市長", "市営住宅の管理に関する事務", "令和７年４月１日", "様式２", "令和６年10月", "制度の改正に伴い、記載を見直した。"),
          "task/systems": "１．市営住宅管理システム\n２．統合宛名管理システム\n３．中間サーバー", "file-names": "（１）市営住宅入居者ファイル\n（２）市営住宅申込者ファイル", "rule9-2/applied": {"applied": 1},
          "rule9-2/reason": "改正の施行日が迫り、公表の前に評価を終えることができなかったため。", "threshold/scale": "1万人以上10万人未満", "threshold/scale-date": "令和７年１月１日", "threshold/handlers": "500人未満",
          "threshold/handlers-date": "令和７年１月１日", "review/threshold": "基礎項目評価の実施が義務付けられる", "risk/form": "基礎項目評価書",
          "risk/priority/full-assessment": 0, "risk/priority/measure": "不正な提供・移転が行われるリスクへの対策（委託や情報提供ネットワークシステムを通じた提供を除く。）"},
         {"change": 14}, ["calc", "weasy", "cut"], traps=.3, numbered=True)
    fill("kazehaya-clinic", 73, "様式２: edition 平成31年1月, Ⅳ without 人手を介在させる作業 and 最も優先度が高い…, consigned and provided nothing, many blank items, no changes",
         {**cover("０５", "子どもの医療費の助成に関する事務\n基礎項目評価書", "風早町", "風早町長", "子どもの医療費の助成に関する事務", "令和元年５月７日", "様式２", "平成31年1月"),
          "task/systems": "福祉医療システム", "file-names": "医療費助成受給者ファイル", "threshold/scale": "1,000人未満（任意実施）", "threshold/handlers": "500人未満", "threshold/incident": "発生なし",
          "review/threshold": "特定個人情報保護評価の実施が義務付けられない", "risk/form": "基礎項目評価書", "risk/consignment/none": 1, "risk/disclosure/none": 1, "risk/link/none-provide": 1},
         {}, ["mincho", "cutruns", "norules"], blank=.35)
    fill("tsukishiro-pension", 79, "様式２: edition 平成26年4月, no Ⅳ, ②所属長 with a name, 9 changes",
         {**cover("16", "国民年金に関する事務　基礎項目評価書", "月城市", "月城市長", "国民年金に関する事務", "平成27年３月31日", "様式２", "平成26年4月", "―"),
          "task/systems": "国民年金システム、宛名システム", "file-names": "国民年金被保険者ファイル", "department/head": "保険年金課長　月山　花子", "threshold/scale": "30万人以上", "threshold/handlers": "500人以上",
          "threshold/incident": "発生あり", "review/threshold": "基礎項目評価及び重点項目評価の実施が義務付けられる"},
         {"change": 9}, ["calc", "cutruns", "mincho"], traps=.25)
    fill("tokiwamori-residents", 83, "様式４: current edition, two files, ⅡⅡⅢⅢ, a diagram of six boxes, 16 changes",
         {**cover("1", "住民基本台帳に関する事務　全項目評価書", "常盤森市", "常盤森市長", "住民基本台帳に関する事務", "令和７年９月１２日", "様式４", "令和６年10月", "－"),
          "task/scale": "30万人以上", "file-names": "（１）住民基本台帳ファイル\n（２）本人確認情報ファイル", "file[1]/name": "（１）住民基本台帳ファイル", "file[2]/name": "（２）本人確認情報ファイル",
          "file[1]/consigning/status": "委託する", "file[1]/consigning/count": "2", "file[2]/consigning/status": "委託しない", "file[2]/consigning/count": "", "file[2]/risk/consignment/none": 1,
          "file[1]/storage/period": "6年以上10年未満", "file[2]/storage/period": "20年以上", "request/fee": "有料", "request/fee-text": "写しの交付に要する費用を、現金又は郵便小為替で納める。", "file[2]/risk/link/none-acquire": 1,
          "request/register-published": "行っている", "department/head": "市民窓口課長"},
         {"system": 4, "file": 2, "file[1]/consignment": 2, "file[1]/provision": 2, "file[1]/transfer": 1, "file[2]/provision": 1, "file[2]/transfer": 0, "change": 16}, ["calc", "weasy", "cut"],
         diagram=[("住民（届出をする者）", "①届出", "市民窓口課\n（届出の受付と審査）", "②入力", "住民記録システム"), ("都道府県サーバ", "③通知", "市町村ＣＳ"), ("転出先の市区町村",)])
    fill("aomine-employment", 89, "様式４: edition 平成26年4月, approved by the board, ②所属長, 担保, one file, Ⅱ and Ⅲ in turn, nothing provided, a diagram without lines, 5 changes",
         {**cover("３", "職業訓練の給付に関する事務　全項目評価書", "青嶺県", "青嶺県知事", "職業訓練の給付に関する事務", "平成27年10月５日", "様式４", "平成26年4月", "", approved="平成27年９月18日"),
          "task/scale": "10万人以上30万人未満", "file-names": "職業訓練受講者ファイル", "file[1]/name": "職業訓練受講者ファイル", "file[1]/consigning/status": "委託する", "file[1]/consigning/count": "１",
          "file[1]/risk/disclosure/none": 1, "file[1]/storage/period": "定められていない", "request/fee": "無料", "department/head": "雇用対策課長　峰　一郎", "info-link/implemented": "実施しない",
          "file[1]/risk/link/none-acquire": 1, "file[1]/risk/link/none-provide": 1},
         {"system": 2, "file": 1, "file[1]/consignment": 1, "change": 5}, ["mincho", "cutruns", "norules"], order="interleaved", blank=.2,
         diagram=[("受講者", "申請 →", "公共職業訓練所"), ("給付の決定", "← 回答", "県の給付システム")])
