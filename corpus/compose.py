#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes documents/NAME.json: the contents of the corpus's fictional reports; those of 様式２ and ４ are in fill.py.

Everything is drawn from the sentences below with a fixed seed a document, so that
the same script writes the same files; places, companies and persons do not exist.
usage: compose.py
"""
import json, pathlib, random

HERE = pathlib.Path(__file__).resolve().parent

S = """窓口で受け付けた届出書は、受付担当と入力担当の二人で個人番号の記載を照合した上で受理する。
個人番号の提示を受けるときは、番号法第１６条に基づく本人確認の措置を必ず講じる。
郵送で届いた申請書は、到着した日のうちに受付簿へ記録し、鍵のかかる書棚に移す。
端末の画面は通路から見えない向きに据え付け、のぞき見防止フィルターを取り付けている。
離席するときは画面を閉じ、五分間操作がない端末は自動でロックされる。
業務に使わない外部媒体は端末につないでも認識されないように設定している。
操作者の認証は、職員ごとのＩＤと静脈情報の二つの要素により行う。
人事異動の発令日に合わせて、前任者の権限を止め、後任者の権限を付与する。
退職した職員のＩＤは、退職日の翌開庁日までに情報政策課が失効させる。
権限の一覧は半年に一度出力し、所属長が不要な権限の有無を点検する。
操作ログは取得した日から７年間、改ざんができない記憶域に保存する。
操作ログの分析は月に一度行い、深夜や休日の照会があれば本人から理由を聴き取る。
紙の台帳は業務の終了後に保管庫へ戻し、鍵は係長が所持する。
保存期間を過ぎた書類は、職員の立会いの下で溶解処理を行い、証明書を受け取る。
記録媒体を廃棄するときは、データ消去ソフトで上書きした後に物理的に破砕する。
サーバは入退室を管理している区画に置き、ラックごとに施錠している。
データセンターは震度６強に耐える建物にあり、２４時間の有人監視を行っている。
入館に当たっては事前の申請、身分証の提示及び金属探知機による検査を受ける。
無停電電源装置と自家発電設備により、停電時にも７２時間の運転を続けられる。
バックアップは毎日深夜に取得し、遠隔地の保管拠点にも暗号化して送る。
バックアップから復元する訓練を年に一度実施し、結果を課内で共有している。
通信は閉域網に限り、かつ、ＴＬＳによって暗号化した経路だけを用いる。
住民情報系の端末からはインターネットへの通信を一切許可していない。
ウイルス対策ソフトの定義ファイルは一日に一回以上更新し、週に一度全域を検査する。
脆弱性情報を受け取ったときは、影響を調べた上で修正プログラムを検証環境から順に適用する。
中間サーバーへ登録する副本は、前日までの異動分を夜間の一括処理で送信する。
情報照会は、事務ごとに割り当てられた照会番号を指定しなければ実行できない。
情報提供の求めがあったときは、中間サーバーが許可証を検証してから自動で応答する。
不開示とすべき住民には自動応答を止める設定を行い、担当職員が個別に可否を判断する。
統合宛名番号の付番は、氏名、生年月日、性別及び住所の一致を確かめた上で行う。
同一人の宛名が重複して登録されたときは、名寄せの候補として一覧に出し、翌日までに解消する。
誤って登録した事項は、訂正の理由を記録して上書きし、訂正前の内容も履歴に残す。
委託先には、取り扱う従事者の名簿を提出させ、変更の都度差し替えを求める。
委託契約には、目的外の利用、複写、持ち出し及び第三者への提供の禁止を明記している。
委託先の作業場所には市の職員が年に一回以上立ち入り、契約の遵守状況を調べる。
委託先は四半期ごとに自己点検票を提出し、市はその結果を書面で確認する。
再委託は原則として認めず、やむを得ないときに限り、理由書の審査を経て書面で承諾する。
再委託先にも委託先と同じ水準の安全管理措置を求め、その旨を契約書に定める。
データの授受は記録簿に日時、件数及び担当者の氏名を記入し、双方が押印する。
委託の終了時には、貸与した媒体の返却とデータの消去を証する書面を提出させる。
職員には採用時と年に一回、個人情報の保護に関する研修を受講させている。
研修を受けていない職員には、受講を終えるまで業務システムの権限を付与しない。
研修では他の自治体で起きた事故の例を取り上げ、自分の職場での再発防止を話し合う。
会計年度任用職員についても、常勤の職員と同じ内容の研修を行っている。
内部監査は監査委員事務局が計画を定め、三年で全ての部署を一巡する。
監査で指摘を受けた事項は、一か月以内に改善計画を立て、次の監査で結果を報告する。
自己点検は毎年十月に実施し、点検票は情報政策課が取りまとめる。
漏えいが疑われるときは、一時間以内に保護責任者へ口頭で報告する手順を定めている。
重大な事案は、個人情報保護委員会へ速報を三日以内、確報を三十日以内に提出する。
事故の対応訓練は、年度の前半に机上で、後半に実機を用いて実施している。
届出の内容は、住民基本台帳との照合により、氏名のふりがなまで確かめる。
対象とならない者の情報が混じっていないか、入力後に照合表を出力して点検する。
必要のない項目は、様式の欄そのものを設けないことで入手しないようにしている。
申請の様式には、個人番号を記入する欄とその利用目的を分かりやすく記載する。
代理人による申請では、委任状、代理人の身元確認書類及び本人の番号確認書類の三点を確かめる。
電子申請では、署名用電子証明書により本人からの申請であることを検証する。
受け取った電子データは、専用の端末で復号し、取り込みの後は直ちに消去する。
オンラインで届いた申請は、申請管理システムを経由して業務システムへ連携する。
庁内連携では、事務ごとに定めた項目だけを参照できるよう、利用者の区分により制御する。
税務の情報は、税務システムの照会画面に限って参照し、写しを作らない。
他の部署から提供の依頼があったときは、根拠となる条項を依頼書で確かめてから応じる。
提供した記録は、提供先、日時、項目及び件数を台帳に残し、７年間保存する。
条例に根拠のない提供は行わない。
移転は庁内の連携基盤を通じて自動で行い、手作業による授受は行わない。
移転先の部署が参照できる期間は、当該年度の末日までに限っている。
紙により移転するときは、封かんした上で職員が直接届け、受領印を受ける。
督促状は、納期限から二十日を過ぎた翌月の十日に発送する。
還付の通知は、口座の登録の有無を確かめた上で、登録のない者に限り請求書を同封する。
減免の決定に当たっては、前年の所得及び世帯の構成を照会し、申請書の内容と突き合わせる。
資格の得喪に関する届出は、事由の生じた日から十四日以内に行うものとしている。
接種の記録は、医療機関から届く予診票を読み取り、翌月の末日までに台帳へ登録する。
被保険者証の再交付は、本人確認の後に旧証の回収を条件として行う。
支給の決定から振込みまでの期間は、おおむね三十日である。
学齢簿の編製に用いる情報は、住民記録システムから年に一回、前年の十月一日現在で取り込む。
転入した世帯については、前住所地の市区町村長に所得の状況を照会する。
世帯員に異動があったときは、翌日の夜間処理で関係する台帳に反映される。
証明書の交付は、自動交付サービスを含め、申請者本人の情報に限って行う。
統計に用いるときは、個人を識別できる項目を除いた上で集計する。
検証環境では実データを用いず、架空の氏名と番号からなる試験用データを用いる。
移行の作業は、二人一組で手順書を読み上げながら行い、作業後に件数を突き合わせる。
標準準拠システムへの移行後は、クラウド事業者がサーバの設置場所の安全管理を行う。
クラウド事業者は、利用者のデータにアクセスしない契約となっている。
論理削除した情報は、保存期間の満了後に夜間処理で物理的に消去される。
災害時には、手順書に沿って紙の台帳による受付に切り替え、復旧後に入力する。
問い合わせを受けたときは、内容を記録票に残し、回答までの経過を係内で共有する。
個人番号を含む帳票は、出力した部数を管理簿に記し、不要となったものは裁断する。
複合機に出力するときは、職員証をかざさなければ印刷されない設定としている。
標準の手順によらない作業は、事前に作業申請書を提出し、承認を得なければならない。
電子メールに個人番号を含むファイルを添付することは、要綱で禁じている。
可搬媒体を用いるときは、暗号化した上で、管理簿に持ち出しと返却の時刻を記す。
利用者の端末はシンクライアントとし、端末の側にデータが残らない構成としている。
システムの設定を変えるときは、変更管理票を起こし、二人の承認を経て反映する。
""".split("\n")[:-1]
assert len(S) >= 80

HEADS = ["＜窓口における措置＞", "＜本市の業務システムにおける措置＞", "＜中間サーバー・プラットフォームにおける措置＞",
         "＜ガバメントクラウドにおける措置＞", "【電子申請による場合】", "【郵送による場合】", "（技術的な対策）", "（物理的な対策）",
         "◆組織としての対策", "〇運用で行う対策", "■委託先における管理", "<宛名管理における措置>"]
SYSTEMS = ["住民記録システム", "個人住民税システム", "統合宛名管理システム", "中間サーバー", "収納・滞納管理システム", "申請管理システム（ぴったりサービス連携）",
           "庁内データ連携基盤", "証明書コンビニ交付システム", "住民基本台帳ネットワークシステム（市町村ＣＳ）", "健康管理システム（Ver.2.1）",
           "児童福祉総合システム", "国民健康保険システム", "介護保険システム", "学務管理システム", "ｅＬＴＡＸ審査システム", "国税連携システム", "後期高齢者医療広域連合電算処理システム（標準システム）"]
OTHERS = ["中間サーバー", "申請管理システム", "コンビニ交付システム、証明発行システム", "ＬＧＷＡＮ（ｅＬＴＡＸ）", "学校給食費管理システム", "国保連合会の各システム"]
COMPANIES = ["株式会社みなと情報計算センター", "北嶺ソリューションズ株式会社", "有限会社ことのは印刷", "雲母データサービス株式会社　東日本支社", "一般社団法人つばさ協会",
             "株式会社オーロラ・システムズ（ＩＳＭＳ認証番号 99-0123）", "公募型プロポーザルにより選定した事業者", "潮風事務代行協同組合"]
WORKS = ["システムの保守及び運用", "納税通知書等の印刷及び封入封かん", "申請書のデータ入力（パンチ）業務", "コールセンターの運営", "クラウド環境の監視業務", "医療機関からの予診票の読取り", "滞納者への電話による納付案内"]
SECTIONS = ["総務部情報政策課", "市民生活部　戸籍住民課、東出張所、西出張所", "税務部市民税課", "税務部収納課", "健康福祉部健康推進課", "教育委員会事務局学務課", "福祉部　障がい福祉課", "こども未来部子育て支援課"]
HEADCOUNT = ["10人未満", "10人以上50人未満", "50人以上100人未満", "100人以上500人未満", "500人以上1,000人未満", "1,000人以上"]
SUBJECTS = ["1万人未満", "1万人以上10万人未満", "10万人以上100万人未満", "100万人以上1,000万人未満", "1,000万人以上"]
SUFF = ["特に力を入れている", "十分である", "課題が残されている"]
PRACT = ["特に力を入れて行っている", "十分に行っている", "十分に行っていない"]
CONN = ["info-network", "intranet", "juki-net", "resident-registry", "addressee", "tax"]
MAIN = ["my-number-code", "other-id", "basic-four", "contact", "other-resident", "national-tax", "local-tax", "health", "medical-insurance",
        "child-welfare", "disability", "public-assistance", "elder-care", "employment", "pension", "education", "disaster"]
PMEANS = ["info-network", "leased-line", "email", "media", "flash", "paper"]
TMEANS = ["intranet", "leased-line", "email", "media", "flash", "paper"]

# Values that look like the form's own words, like marks, or like the start of another item.
TRAPS = [
    "①システムの名称の変更\n②システムの機能の追加（帳票の様式の見直し）\n③他のシステムとの接続先の追加",
    "Ⅰ．徴収事務\n　滞納者の財産を調査し、差押えの要否を判断する。\nⅡ．還付事務\n　過誤納金を充当し、残額を還付する。\nⅢ．証明事務\n　納税証明書を交付する。",
    "氏名を変えたときは、［変更届］と［申立書］の両方を提出しなければならない。",
    "確認欄に［　○　］が記入されていない申請書は受け付けない。",
    "点検票には次の欄がある。\n＜選択肢＞\n1） 十分である　2） 課題が残されている\n当課では前者を選んだ理由を余白に書き添えている。",
    "点検票の「リスクへの対策は十分か」の欄が空白のまま提出された場合は、差し戻して再提出を求める。",
    "２．⑥事務担当部署と同じ。ただし、Ⅱ．３．④使用の主体に掲げる出張所を含む。",
    "委託する場合の手順は「委託先における取扱者数」の確認から始める。\n委託しない場合は、この限りでない。",
    "その内容\n　別に定める要領のとおり。\n再発防止策の内容\n　同上",
    "提供先１　隣接する市町村\n提供先２　都道府県\n移転先１　庁内の関係課\nのそれぞれについて手順書を備えている。",
    "（別添２）に掲げる変更箇所のうち、項目「法令上の根拠」に係るものを除く。",
    "受付番号 No.1024 から No.2047 までの綴り、及び ISO/IEC 27001 の認証範囲（2023-10-01 更新）を対象とする。",
    "［　　］の欄には何も書かない。［ 委託する ］と書かれたものは無効とする。",
    "１．特定個人情報ファイル名の見直しに当たっては、「システム1」から「システム5」までの名称と合わせる。",
    "※印の欄は記入しない。\n※　令和７年３月末までの経過措置として、旧様式も使うことができる。",
    "（※１）照会許可用照合リスト　情報連携の可否を判断するための一覧\n（※２）情報提供許可証　照会を許したことを証する電子的な書類",
]


class Pen:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.traps = TRAPS[:]
        self.r.shuffle(self.traps)

    def one(self, xs): return self.r.choice(xs)
    def some(self, xs, lo, hi): return [x for x in self.r.sample(xs, min(len(xs), self.r.randint(lo, hi)))]
    def para(self, n=1): return "".join(self.r.sample(S, n))
    def trap(self):
        if not self.traps: return self.para(2)
        return self.traps.pop()

    def bullets(self, n, style=None):
        style = style or self.one(["・", "①", "(1)", "１．", "ア　", "・", "１）", "Ⅰ．", "-", "ａ", "○"])
        out = []
        for i in range(n):
            m = {"①": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"[i % 20], "(1)": f"({i + 1}) ", "１．": "１２３４５６７８９"[i % 9] + "．", "ア　": "アイウエオカキクケコサシスセソタチツテト"[i % 20] + "　",
                 "１）": f"{i + 1}）", "Ⅰ．": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"[i % 10] + "．", "ａ": "ａｂｃｄｅｆｇｈｉｊ"[i % 10] + "　", "-": "－ "}.get(style, style)
            out.append(m + self.para(self.one([1, 1, 1, 2])))
            if self.r.random() < .18: out.append("　" + self.para(1))
            if self.r.random() < .10: out += ["　　・" + self.para(1), "　　・" + self.para(1)]
        return "\n".join(out)

    def text(self, size=1):
        """size 0: a phrase, 1: a few lines, 2: a paragraph or a list, 3: half a page, 4: more than a page, 6: two pages."""
        if size == 0: return self.one(["随時", "月次", "別紙のとおり", "該当する者", "「２．③対象となる本人の範囲」と同じ。", "番号法第９条第１項　別表の各項"])
        if size == 1: return self.para(1)
        if size == 2:
            k = self.r.randint(0, 3)
            if k == 0: return "　" + self.para(3)
            if k == 1: return self.bullets(self.r.randint(2, 4))
            if k == 2: return self.one(HEADS) + "\n" + self.bullets(self.r.randint(2, 3))
            return self.para(2) + "\n" + self.para(1)
        parts = []
        for h in self.r.sample(HEADS, {3: 2, 4: 6, 6: 12}[size]):
            parts.append(h + "\n" + self.bullets(self.r.randint(3, 5) if size == 3 else self.r.randint(6, 9)))
        return self.one(["\n", "\n\n"]).join(parts)

    def size(self, big): return self.r.choices([0, 1, 2, 3], [2, 4, 4 + big, big])[0]
    def dash(self): return self.one(["－", "―", "なし", "—", "特になし"])
    def maybe(self, big, blank=.08, dash=.12, trap=.10):
        x = self.r.random()
        if x < blank: return ""
        if x < blank + dash: return self.dash()
        if x < blank + dash + trap: return self.trap()
        return self.text(max(1, self.size(big)))
    def marks(self, slugs, lo, hi, other=None, odds=.4):
        chosen = self.some(slugs, lo, hi)
        d = {s: 1 for s in slugs if s in chosen}
        if other and self.r.random() < odds: d["other"] = self.one(other)
        return d
    def date(self, n):
        y, m, d = self.r.randint(1, 7), self.r.randint(1, 12), self.r.randint(1, 28)
        z = str.maketrans("0123456789", "０１２３４５６７８９")
        forms = [f"令和{y}年{m}月{d}日", f"令和{y}年{m}月", f"平成{26 + y % 5}年{m}月{d}日", f"令和元年{m % 8 + 5}月{d}日".translate(z), f"平成３１年{m % 4 + 1}月１日",
                 f"20{17 + y}年{m}月{d}日", f"20{17 + y}/{m}/{d}", f"20{17 + y}-{m:02}-{d:02}", f"R{y}.{m}.{d}", f"令和{y}年 {m}月 {d}日"]
        return forms[n % len(forms)]

    def record_items(self, n):
        base = ["宛名番号", "個人番号", "世帯番号", "カナ氏名", "漢字氏名", "旧氏", "生年月日", "性別", "続柄", "郵便番号", "住所", "方書", "電話番号", "異動事由", "異動年月日",
                "届出年月日", "前住所", "本籍", "筆頭者", "在留資格", "在留期間の満了日", "賦課年度", "期別税額", "納期限", "収納額", "収納年月日", "督促状発送日", "減免額", "減免事由",
                "口座振替の区分", "金融機関コード", "支店コード", "預金種目", "口座名義", "資格取得日", "資格喪失日", "保険者番号", "記号番号", "所得区分", "負担割合", "接種年月日",
                "ワクチンの種類", "ロット番号", "医療機関コード", "学校コード", "学年", "保護者氏名", "認定年月日", "支給月額", "停止事由", "備考"]
        style = self.r.randint(0, 3)
        names = [base[i % len(base)] + (f"（{i // len(base) + 1}）" if i >= len(base) else "") for i in range(n)]
        if style == 0: return "、".join(f"{i + 1}. {x}" for i, x in enumerate(names))
        if style == 1: return "\n".join(f"{i + 1}．{x}" for i, x in enumerate(names))
        if style == 2 and n > 13: return "【識別情報】\n" + "，".join(names[:6]) + "\n【連絡先等情報】\n" + "，".join(names[6:13]) + "\n【業務関係情報】\n" + "，".join(names[13:])
        return "・" + "\n・".join("／".join(names[i:i + 5]) for i in range(0, n, 5))


def compose(name, seed, about, form, agency, place, task, law, files, systems, consign, prov, trans, changes, big=1, order="grouped",
            none=(), dashes=False, traps=.1, huge=(), layouts=(), sparse=False, special=None):
    p = Pen(seed)
    v = {}
    blank = .45 if sparse else .08
    def put(path, value):
        if path in huge: value = p.text(huge[path])
        if special and path in special: value = special[path]
        if value not in ("", None): v[path] = value
    def t(path, b=None, bl=None):
        if dashes and p.r.random() < .35: return put(path, p.dash())
        put(path, p.maybe(big if b is None else b, blank if bl is None else bl, trap=traps))
    put("cover/number", form["number"])
    put("cover/title", form["title"])
    put("cover/declaration", f"{place}は、{task}における特定個人情報ファイルの取扱いが住民の権利利益に及ぼす影響を理解し、漏えいその他の事態が起きるおそれを小さくするための措置を講じて、個人のプライバシー等の権利利益を守ることをここに宣言する。")
    put("cover/notes", form.get("notes", p.dash()))
    put("cover/agency", agency)
    put("cover/published", form["published"])
    put("cover/form", "様式３")
    put("cover/revision", "令和６年10月")
    put("task/name", task)
    put("task/description", p.text(3 if big else 2))
    put("task/scale", form["scale"])
    names = p.r.sample(SYSTEMS, systems)
    for i in range(1, systems + 1):
        q = f"system[{i}]/"
        put(q + "name", names[i - 1])
        t(q + "functions", bl=.05)
        v[q + "connections"] = p.marks(CONN, 0, 4, OTHERS)
    put("file-names", "\n".join(files))
    put("number-use/legal-basis", law)
    put("info-link/implemented", form["link"])
    put("info-link/legal-basis", p.one(["番号法第１９条第８号に基づく主務省令第２条の表　２７の項、２８の項及び３０の項", "・番号法第19条第8号（提供の制限の例外）\n・同号に基づく命令第２条の表\n（照会の根拠）　48の項\n（提供の根拠）　4、6、9、12、16、21、29、41の各項", "－"]))
    put("department/name", form["dept"])
    put("department/head", form["head"])
    put("other-agencies", p.dash() if not form.get("others") else form["others"])
    for n, fname in enumerate(files, 1):
        f = f"file[{n}]/"
        put(f + "name", fname)
        put(f + "kind", p.one(["システム用ファイル", "システム用ファイル", "その他の電子ファイル（表計算ファイル等）"]))
        put(f + "subjects/count", p.one(SUBJECTS))
        put(f + "subjects/scope", p.one(["本市に住所を有し、又は有していた者", "保険料の賦課の対象となる者及びその世帯員", "申請者、その配偶者及び同一の世帯に属する者", "１月１日現在において住所を有する者のうち\n（１）給与の支払を受けている者\n（２）公的年金の支払を受けている者\n（３）確定申告書を提出した者"]))
        t(f + "subjects/necessity", 0, .1)
        put(f + "items/count", p.one(["10項目未満", "10項目以上50項目未満", "50項目以上100項目未満", "100項目以上"]))
        v[f + "items/main"] = {"my-number": 1, **p.marks(MAIN, 2, 9, ["口座情報", "資産（土地・家屋）の情報、及び船舶の登録"])}
        t(f + "items/adequacy")
        put(f + "items/all", p.one(["別添１を参照。", "（別添１）特定個人情報ファイル記録項目のとおり"]))
        put(f + "held-since", p.date(seed + n))
        put(f + "department", p.one(SECTIONS))
        src = {s: p.one([1, *SECTIONS[:4]]) for s in p.some(["same-agency", "national", "local", "private"], 1, 4)}
        if p.r.random() < .9: src["self"] = 1
        src = {s: ({"national": "日本年金機構、国税庁", "local": "他の市区町村、都道府県", "private": "医療機関、特別徴収義務者"}.get(s, src[s]) if src[s] != 1 else 1) for s in
               ["self", "same-agency", "national", "local", "private"] if s in src}
        if p.r.random() < .4: src["other"] = p.one(OTHERS)
        v[f + "acquisition/source"] = src
        v[f + "acquisition/means"] = p.marks(["paper", "media", "flash", "email", "leased-line", "intranet", "info-network"], 1, 4, ["ＬＧＷＡＮ回線", "ぴったりサービス"])
        t(f + "use/purpose", 0)
        put(f + "use/department", p.one(SECTIONS))
        put(f + "use/users", p.one(HEADCOUNT))
        t(f + "use/method", bl=.03)
        t(f + "use/matching")
        put(f + "use/start", p.date(seed * 3 + n))
        c = consign[n - 1]
        put(f + "consigning/status", "委託する" if c else "委託しない")
        if c: put(f + "consigning/count", form.get("consigning", {}).get(n, str(c)))
        for i in range(1, c + 1):
            q = f + f"consignment[{i}]/"
            put(q + "title", WORKS[(i + n) % len(WORKS)])
            t(q + "content", 0, .02)
            put(q + "handlers", p.one(HEADCOUNT))
            put(q + "contractor", p.one(COMPANIES))
            sub = p.one(["再委託する", "再委託しない"])
            put(q + "subcontract", sub)
            if sub == "再委託する":
                t(q + "subcontract-approval", big, .02)
                put(q + "subcontract-content", p.one(["上記①の業務の一部", "機器の保守に係る業務（障害時の部品交換を含む。）", p.para(1)]))
            elif p.r.random() < .3: put(q + "subcontract-approval", p.dash())
        a, b = prov[n - 1], trans[n - 1]
        d = {}
        if a: d["provided"] = form.get("provided", {}).get(n, str(a))
        if b: d["transferred"] = form.get("transferred", {}).get(n, str(b))
        if not d: d["none"] = 1
        v[f + "disclosure"] = d
        for word, k, means, whom in (("provision", a, PMEANS, ["番号法第１９条第８号に基づく主務省令第２条の表に掲げる照会者（別紙１を参照）", "他の市区町村の教育委員会", "日本年金機構", "都道府県知事", "全国健康保険協会", "国税庁長官"]),
                                     ("transfer", b, TMEANS, ["健康福祉部　保険年金課", "税務部収納課", "福祉部生活支援課", "教育委員会　学務課", "都市整備部　住宅政策課", "こども未来部　保育課"])):
            for i in range(1, k + 1):
                q = f + f"{word}[{i}]/"
                put(q + "recipient", whom[(i + n) % len(whom)])
                put(q + "legal-basis", p.one(["番号法第９条第１項　別表", "番号法第19条第8号に基づく主務省令第２条の表 53の項", "番号法第９条第２項及び" + place + "個人番号の利用に関する条例第４条第１項", "－"]))
                t(q + "purpose", 0)
                put(q + "information", p.one(["住民票関係情報", "地方税関係情報（所得額、控除額、課税標準額及び税額）", "資格に関する情報\n給付に関する情報", p.para(1)]))
                put(q + "subjects-count", p.one(SUBJECTS))
                t(q + "subjects-scope", 0, .1)
                v[q + "means"] = p.marks(means, 0, 2, ["サーバ間の自動連携", "閲覧用の端末"], .3)
                put(q + "timing", p.one(["照会の都度", "日次（開庁日の２０時以降）", "年に一回（６月）", "異動の生じた日の翌日", "随時"]))
        t(f + "storage/place", big, .02)
        t(f + "remarks", 0)
        put(f + "record-items", p.record_items(form["items"][n - 1]))
        r = f + "risk/"
        def choice(path, opts): put(path, "" if sparse and p.r.random() < .3 else p.one(opts))
        t(r + "acquisition/purpose/measures"); choice(r + "acquisition/purpose/sufficiency", SUFF); t(r + "acquisition/other")
        t(r + "use/linkage/measures"); choice(r + "use/linkage/sufficiency", SUFF)
        choice(r + "use/unauthorized/authentication", ["行っている", "行っている", "行っていない"]); t(r + "use/unauthorized/authentication-method")
        t(r + "use/unauthorized/other-measures"); choice(r + "use/unauthorized/sufficiency", SUFF); t(r + "use/other")
        v[r + "consignment/none"] = 0 if c else 1
        if c:
            choice(r + "consignment/contract-terms", ["定めている", "定めていない"]); t(r + "consignment/contract-terms-content")
            choice(r + "consignment/subcontract-assurance", PRACT + ["再委託していない"]); t(r + "consignment/subcontract-assurance-method")
            t(r + "consignment/other-measures"); choice(r + "consignment/sufficiency", SUFF); t(r + "consignment/other")
        v[r + "disclosure/none"] = 0 if a or b else 1
        if a or b:
            choice(r + "disclosure/improper/rules", ["定めている", "定めていない"]); t(r + "disclosure/improper/rules-content")
            t(r + "disclosure/improper/other-measures"); choice(r + "disclosure/improper/sufficiency", SUFF); t(r + "disclosure/other")
        na, npv = none or (0, 0)
        v[r + "link/none-acquire"] = na
        v[r + "link/none-provide"] = npv
        if not na: t(r + "link/acquire-purpose/measures"); choice(r + "link/acquire-purpose/sufficiency", SUFF)
        if not npv: t(r + "link/improper-provision/measures"); choice(r + "link/improper-provision/sufficiency", SUFF)
        t(r + "link/other")
        choice(r + "storage/leak/incident-procedure", PRACT)
        occ = p.one(["発生あり", "発生なし"])
        put(r + "storage/leak/incident-occurred", occ)
        if occ == "発生あり": t(r + "storage/leak/incident-content"); t(r + "storage/leak/incident-prevention")
        elif p.r.random() < .5: put(r + "storage/leak/incident-content", p.dash())
        t(r + "storage/leak/other-measures", big); choice(r + "storage/leak/sufficiency", SUFF); t(r + "storage/other")
        audit = p.some(["self", "internal", "external"], 0 if sparse else 1, 3)
        v[f + "audit"] = {s: 1 for s in ["self", "internal", "external"] if s in audit}
        choice(f + "training/status", PRACT); t(f + "training/method"); t(f + "other-measures", big)
    put("request/place", f"〒000-{seed:04}　{place}中央一丁目２番３号\n{form['dept']}　電話 000-{1200 + seed}-0000（内線 21{seed % 10}）")
    put("request/method", "指定する様式の書面を窓口に提出し、又は郵送することにより、開示、訂正又は利用停止を請求する。")
    t("request/special-procedure", 0); t("request/register-omission", 0)
    put("contact/place", f"{form['dept']}　電話 000-{1200 + seed}-0001")
    t("contact/handling", 0)
    put("review/date", form["review"])
    put("review/threshold", form["threshold"])
    for x in ("public-comment/method", "public-comment/period", "public-comment/opinions", "third-party/date", "third-party/method", "third-party/result"): t(x, 0, .15)
    items = ["表紙　評価書名", "Ⅰ．１．②事務の内容", "Ⅰ－２－システム２　①システムの名称の変更", "Ⅰ 基本情報\n６．評価実施機関における担当部署\n②所属長の役職名", "Ⅱ．２．③対象となる本人の範囲　その必要性", "Ⅱ．３．①入手元",
             "Ⅱ．４　委託事項３　④再委託の有無", "Ⅱ．５．提供・移転の有無", "Ⅱ．６．保管場所", "（別添１）特定個人情報ファイル記録項目", "Ⅲ．２．リスクに対する措置の内容", "Ⅲ リスク対策\n７．特定個人情報の保管・消去\nその他の措置の内容", "Ⅳ．２．①連絡先", "Ⅴ．１．①実施日"]
    befores = ["（新設）", "－", "課長", "税務課長　山谷　太郎", "［　　］情報提供ネットワークシステム", "4情報（氏名、性別、生年月日、住所）", "10人以上50人未満", "（記載なし）"]
    afters = ["（削除）", "－", "所属長の役職名：課長", "市民税課長", "［　○　］情報提供ネットワークシステム", "5情報（氏名、氏名の振り仮名、性別、生年月日、住所）", "50人以上100人未満", "再委託しない"]
    day = p.date(p.r.randint(0, 9))
    for i in range(1, changes + 1):
        q = f"change[{i}]/"
        if p.r.random() < .6: day = p.date(p.r.randint(0, 9))
        put(q + "date", day)
        put(q + "item", p.one(items))
        k = p.r.randint(0, 9)
        if k < 4:
            j = p.r.randrange(len(befores)); b, a = befores[j], afters[j]
        elif k < 7: b, a = p.text(1), p.text(1)
        elif k < 9: b, a = p.one(["（記載なし）", p.text(2)]), p.text(2)
        else: b, a = p.trap(), p.text(3 if big else 2)
        put(q + "before", b); put(q + "after", a)
        put(q + "timing", p.one(["事前", "事後", "事後"]))
        put(q + "reason", p.one(["重要な変更に当たらない。", "法令の改正に伴う変更であり、事後に提出しても差し支えないため", "評価の再実施による見直し", "人事異動", "-", "重要な変更に該当するため、事前に提出するもの（令和６年10月の様式改正を含む。）"]))
    doc = {"name": name, "about": about, "order": order, "layouts": list(layouts), "values": v}
    (HERE / "documents" / f"{name}.json").write_text(json.dumps(doc, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(name, len(v), "values")


def main():
    compose("asanagi-vaccination", 11, "one file, one system, no consignment, no provision, no changes; many blank items",
            {"number": "7", "title": "予防接種に関する事務　重点項目評価書", "published": "令和７年３月３日", "scale": "1,000人未満", "link": "実施しない", "dept": "健康福祉課", "head": "健康福祉課長",
             "review": "令和7年2月1日", "threshold": "特定個人情報保護評価の実施が義務付けられない（任意に重点項目評価を実施）", "items": [18], "notes": ""},
            "朝凪町長", "朝凪町", "予防接種に関する事務", "番号法第９条第１項　別表の１４の項", ["予防接種台帳ファイル"], 1, [0], [0], [0], 0, big=0,
            none=(1, 1), sparse=True, layouts=["calc", "weasy", "norules", "cut", "mincho"])
    compose("shirakabahara-school", 23, "two files, Ⅱ and Ⅲ in turn; values that look like labels, marks and option lists; 12 changes",
            {"number": "１２", "title": "就学援助及び学齢簿の編製に関する事務\n重点項目評価書", "published": "令和元年12月１日", "scale": "1,000人以上1万人未満", "link": "実施する", "dept": "白樺原市教育委員会事務局　学務課", "head": "学務課長（兼）就学支援係長",
             "review": "2019年11月5日", "threshold": "基礎項目評価の実施が義務付けられる（任意に重点項目評価を実施）", "items": [24, 40], "others": "白樺原市長\n白樺原市病院事業管理者"},
            "白樺原市教育委員会", "白樺原市", "就学援助に関する事務及び学齢簿の編製に関する事務", "１　番号法第９条第１項　別表の３８の項\n２　同法第９条第２項に基づく白樺原市の条例第３条\n　（１）条例別表第一の５の項\n　（２）条例別表第二の１２の項", ["（１）就学援助認定ファイル", "（２）学齢簿ファイル"], 3, [2, 0], [1, 0], [2, 1], 12, big=0,
            order="interleaved", traps=.5, layouts=["calc", "weasy", "norules", "cutruns"],
            special={"file[1]/consignment[2]/subcontract": "再委託する（予定）"})
    compose("yukimidai-allowance", 37, "one file; dashes of all kinds, dates of all kinds, a count that is not a count of blocks; 25 changes",
            {"number": "003", "title": "児童手当の支給に関する事務", "published": "平成31年４月30日", "scale": "1万人以上10万人未満", "link": "未定", "dept": "こども未来部子育て支援課", "head": "－", "review": "令和元年５月１日",
             "threshold": "基礎項目評価及び重点項目評価の実施が義務付けられる", "items": [33], "notes": "―", "consigning": {1: "３"}, "transferred": {1: "60"}},
            "雪見台市長", "雪見台市", "児童手当の支給に関する事務", "・番号法第９条第１項　別表　81の項\n・番号法別表の主務省令で定める事務を定める命令第44条", ["児童手当受給者ファイル"], 4, [3], [0], [3], 25, big=1,
            dashes=True, layouts=["calc", "weasy", "cut", "mincho"])
    compose("hotarugaoka-residents", 41, "two files, ⅡⅡⅢⅢ; 35 changes, rows cut by the page end, a landscape change sheet",
            {"number": "1", "title": "住民基本台帳に関する事務　重点項目評価書", "published": "2025年1月20日", "scale": "10万人以上30万人未満", "link": "実施する", "dept": "区民部戸籍住民課", "head": "戸籍住民課長", "review": "令和6年12月27日",
             "threshold": "基礎項目評価及び重点項目評価の実施が義務付けられる", "items": [60, 26], "consigning": {1: "2"}},
            "蛍ヶ丘区長", "蛍ヶ丘区", "住民基本台帳に関する事務", "１．番号法（平成25年5月31日法律第27号）第７条、第16条、第17条\n２．住民基本台帳法（昭和42年7月25日法律第81号）\n・第５条（住民基本台帳の備付け）\n・第７条（住民票の記載事項）\n・第12条の４、第22条、第24条の２、第30条の６", ["住民基本台帳ファイル", "送付先管理ファイル"], 5, [2, 1], [2, 0], [3, 1], 35, big=1,
            layouts=["calc", "norules", "cut", "mincho"])
    compose("mitsuba-elderly", 53, "one file; values of more than a page and of two pages, many provisions; a wide area union",
            {"number": "２", "title": "後期高齢者医療制度に関する事務　重点項目評価書", "published": "令和7年6月30日", "scale": "10万人以上30万人未満", "link": "実施する", "dept": "総務課、業務課、会計室", "head": "業務課長、会計管理者", "review": "令和7年5月",
             "threshold": "基礎項目評価及び重点項目評価の実施が義務付けられる", "items": [120], "provided": {1: "60"}, "consigning": {1: "4"}},
            "三ツ葉県後期高齢者医療広域連合長", "三ツ葉県後期高齢者医療広域連合", "後期高齢者医療制度に関する事務", "番号法第９条第１項　別表の８５の項\n\n（資格管理業務及び給付業務）\n　高齢者の医療の確保に関する法律（昭和57年法律第80号）第50条から第138条まで", ["後期高齢者医療関連情報ファイル"], 5, [4], [6], [1], 18, big=2,
            huge={"system[2]/functions": 4, "file[1]/use/method": 6, "file[1]/consignment[1]/subcontract-approval": 4, "file[1]/storage/place": 4, "file[1]/risk/storage/leak/other-measures": 6, "file[1]/risk/link/acquire-purpose/measures": 4}, layouts=["weasy", "norules", "cut", "cutruns"])
    compose("kumoihama-tax", 67, "three files, 12 systems, 7 consignments, 6 provisions, 60 changes: volume",
            {"number": "10", "title": "個人住民税の賦課及び収納に関する事務　全体版\n（重点項目評価書）", "published": "令和6年11月29日", "scale": "10万人以上30万人未満", "link": "実施する", "dept": "税務部市民税課、収納課", "head": "市民税課長、収納課長", "review": "令和6年10月1日",
             "threshold": "基礎項目評価及び重点項目評価の実施が義務付けられる", "items": [70, 28, 45], "notes": "本評価書は、標準準拠システムへの移行（令和８年１月を予定）の前後の両方を対象とする。"},
            "雲居浜市長", "雲居浜市", "個人住民税の賦課及び収納に関する事務", "１．番号法第９条第１項　別表の２４の項\n２．番号法別表の主務省令で定める事務を定める命令第１６条\n３．地方税法（昭和２５年法律第２２６号）第２０条の１１ほか", ["（１）個人住民税賦課情報ファイル", "（２）国税連携ファイル", "（３）収納及び滞納に関する情報ファイル"], 12, [7, 1, 4], [6, 0, 2], [4, 1, 0], 60, big=1,
            layouts=["calc", "weasy", "norules", "cutruns"])
    from fill import fill_all
    fill_all()


if __name__ == "__main__": main()
