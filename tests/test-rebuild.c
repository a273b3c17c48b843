/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that has lost its layout, a few lines at a time: what is read from it,
 * and that nothing of it is lost. A case says what its values are:
 *
 *   PATH = TEXT    certain; ~ inferred, ? uncertain
 *   ! CODE         a diagnostic
 *   - TEXT         unplaced
 *
 * '|' in a text begins a line, '/' a page.
 */
#include <hyokasho.h>

#include <locale.h>
#include <string.h>

#define MARK "［令和６年10月　様式３］|"
#define TASK "Ⅰ　基本情報|１．特定個人情報ファイルを取り扱う事務|"
#define FILES "Ⅱ　特定個人情報ファイルの概要|１．特定個人情報ファイル名|住民台帳ファイル|２．基本情報|"
#define SYSTEM TASK "２．特定個人情報ファイルを取り扱う事務において使用するシステム|システム１|①システムの名称||台帳システム||"
#define CONNECTIONS(network, intranet) \
  "system[1]/connections/info-network " network "\nsystem[1]/connections/intranet " intranet "\nsystem[1]/connections/juki-net = 0\n" \
  "system[1]/connections/resident-registry = 0\nsystem[1]/connections/addressee = 0\nsystem[1]/connections/tax = 0\n"
#define CHANGES "（別添２）　変更箇所|変更日||項目||変更前の記載||変更後の記載||提出時期||提出時期に係る説明||"

typedef struct {
  const char *name;
  const char *text;
  const char *expected;
} Case;

static const Case cases[] = {
  { "label-before-value",
    MARK TASK "①事務の名称||転入届の受付に関する事務||②事務の内容||転入した者の届出を受け、台帳に記載する。||③対象人数||＜選択肢＞||[||1万人以上10万人未満||]||"
    "1）1,000人未満|2）1,000人以上1万人未満|3）1万人以上10万人未満|",
    "task/name ~ 転入届の受付に関する事務\ntask/description ~ 転入した者の届出を受け、台帳に記載する。\ntask/scale ~ 1万人以上10万人未満\n" },
  { "label-in-the-middle", /* the label is centred beside its value */
    MARK FILES "⑥事務担当部署||住民課|３．特定個人情報の入手・使用|③使用目的||届出の内容を台帳に記載するため。|④使用の主体|使用部署||住民課|使用者数||[ 10人未満 ]|⑤使用方法||届出を受け、|"
    "台帳に記載する。|",
    "file[1]/name ~ 住民台帳ファイル\nfile[1]/department ~ 住民課\nfile[1]/use/purpose ~ 届出の内容を台帳に記載するため。\nfile[1]/use/department ~ 住民課\n"
    "file[1]/use/users ~ 10人未満\nfile[1]/use/method ~ 届出を受け、台帳に記載する。\n" },
  { "label-wraps",
    MARK TASK "①事務の名称||転入届の受付||２．特定個人情報ファイルを取り扱う事務において使|用するシステム|システム１|①システムの名称||台帳システム|",
    "task/name ~ 転入届の受付\nsystem[1]/name ~ 台帳システム\n" },
  { "label-downwards",
    MARK FILES "⑥事務担当部署||住民課|４．特定個人情報ファイルの取扱いの委託|委託の有無　※||[||委託する||]|委託事項１||台帳の保守|①委託内容||機器の保守||③委託先名||北の会社|"
    "再||委||託||④再委託の有無　※||[||再委託しない||]|",
    "file[1]/name ~ 住民台帳ファイル\nfile[1]/department ~ 住民課\nfile[1]/consigning/status ~ 委託する\nfile[1]/consignment[1]/title ~ 台帳の保守\n"
    "file[1]/consignment[1]/content ~ 機器の保守\nfile[1]/consignment[1]/contractor ~ 北の会社\nfile[1]/consignment[1]/subcontract ~ 再委託しない\n" },
  { "marks-far-apart", /* brackets on lines of their own */
    MARK SYSTEM "②システムの機能||台帳に記載する||③他のシステムとの接続||[||] 情報提供ネットワークシステム||[ ○||] 庁内連携システム||[||] 住民基本台帳ネットワークシステム||"
    "[||] 既存住民基本台帳システム||[||] 宛名システム等||[||] 税務システム||[ ○ ] その他 （ 証明の発行機||）|",
    "system[1]/name ~ 台帳システム\nsystem[1]/functions ~ 台帳に記載する\n" CONNECTIONS ("= 0", "= 1") "system[1]/connections/other = 1\n"
    "system[1]/connections/other/text = 証明の発行機\n" },
  { "mark-unknown",
    MARK SYSTEM "③他のシステムとの接続||[ ○ ] 情報提供ネットワークシステム||[ × ] 庁内連携システム||[ ] 住民基本台帳ネットワークシステム||[ ] 既存住民基本台帳システム||"
    "[ ] 宛名システム等||[ ] 税務システム||[ ] その他 （ ）|",
    "system[1]/name ~ 台帳システム\n" CONNECTIONS ("= 1", "? ?") "system[1]/connections/other = 0\n! mark-unknown\n" },
  { "mark-unknown-alone", /* on a line of its own */
    MARK SYSTEM "③他のシステムとの接続||[ ○ ] 情報提供ネットワークシステム||[||×||] 庁内連携システム||[ ] 住民基本台帳ネットワークシステム||[ ] 既存住民基本台帳システム||"
    "[ ] 宛名システム等||[ ] 税務システム||[ ] その他 （ ）|",
    "system[1]/name ~ 台帳システム\n" CONNECTIONS ("= 1", "? ?") "system[1]/connections/other = 0\n! mark-unknown\n" },
  { "option-missing",
    MARK SYSTEM "③他のシステムとの接続||[ ○ ] 情報提供ネットワークシステム||[ ] 庁内連携システム||[ ] 住民基本台帳ネットワークシステム|",
    "system[1]/name ~ 台帳システム\nsystem[1]/connections/info-network = 1\nsystem[1]/connections/intranet = 0\nsystem[1]/connections/juki-net = 0\n"
    "! option-missing\n! option-missing\n! option-missing\n! option-missing\n" },
  { "page-numbers",
    MARK TASK "①事務の名称||転入届の受付||1/②事務の内容||台帳に記載する||2/③対象人数||[ 1,000人未満 ]||3|",
    "task/name ~ 転入届の受付\ntask/description ~ 台帳に記載する\ntask/scale ~ 1,000人未満\n" },
  { "running-line-further-in", /* a label was set before it on the last page */
    "受付事務評価書|" MARK TASK "①事務の名称||転入届の受付||/受付事務評価書|②事務の内容||台帳に記載する||/受付事務評価書|③対象人数||[ 1,000人未満 ]||"
    "/２．特定個人情報ファイルを取り扱う事務において使用するシステム|システム１|①システムの名称|受付事務評価書|台帳システム|②システムの機能||届出の記載|",
    "task/name ~ 転入届の受付\ntask/description ~ 台帳に記載する\ntask/scale ~ 1,000人未満\nsystem[1]/name ~ 台帳システム\nsystem[1]/functions ~ 届出の記載\n" },
  { "bracket-torn", /* a part of it is missing, or another's */
    MARK TASK "①事務の名称||転入届の受付||②事務の内容||台帳に記載する（届出による||③対象人数||[ 1,000人未満 ]|",
    "task/name ~ 転入届の受付\ntask/description ? 台帳に記載する（届出による\ntask/scale ~ 1,000人未満\n" },
  { "value-over-pages", /* it begins on the page before its label */
    MARK TASK "①事務の名称||転入届の受付||届出を受け付けて、その内容を台帳に記載し、届けた者に知らせるとともに、控えを|1/保存する。届出は郵便でも受け付ける。||②事務の内容||③対象人数||[ 1,000人未満 ]||2|",
    "task/name ? 転入届の受付\n届出を受け付けて、その内容を台帳に記載し、届けた者に知らせるとともに、控えを\n"
    "task/description ? 保存する。届出は郵便でも受け付ける。\ntask/scale ~ 1,000人未満\n" },
  { "below-its-heading", /* the dash is the remarks', though another label waits for its value */
    MARK FILES "⑥事務担当部署||住民課|６．特定個人情報の保管・消去||保管場所　※||７．備考|―||届出書は施錠できる書庫に保管する。|",
    "file[1]/name ~ 住民台帳ファイル\nfile[1]/department ? 住民課\nfile[1]/remarks ? ―\n届出書は施錠できる書庫に保管する。\n" },
  { "changes",
    MARK TASK "①事務の名称||転入届の受付||" CHANGES "令和2年4月1日||Ⅰ　１．②事務の内容||窓口で受け付ける。||窓口と郵便で受け付ける。||事後||軽い変更||"
    "令和3年6月7日||Ⅱ　２．⑥事務担当部署||住民課||市民課||事後||名の変更|",
    "task/name ~ 転入届の受付\n"
    "change[1]/date = 令和2年4月1日\nchange[1]/item = Ⅰ　１．②事務の内容\nchange[1]/before = 窓口で受け付ける。\nchange[1]/after = 窓口と郵便で受け付ける。\n"
    "change[1]/timing = 事後\nchange[1]/reason = 軽い変更\n"
    "change[2]/date = 令和3年6月7日\nchange[2]/item = Ⅱ　２．⑥事務担当部署\nchange[2]/before = 住民課\nchange[2]/after = 市民課\n"
    "change[2]/timing = 事後\nchange[2]/reason = 名の変更\n" },
  { "label-twice", /* where it fits nowhere its words are the writer's, but nobody can tell whose */
    MARK TASK "①事務の名称||転入届の受付||②事務の内容||台帳に記載する||①事務の名称||転出届の受付|",
    "task/name ~ 転入届の受付\ntask/description ? 台帳に記載する①事務の名称転出届の受付\n" },
  { "page-missing", /* the heading that names the file was on it */
    MARK TASK "①事務の名称||転入届の受付||/④記録される項目||[ 10項目未満 ]||全ての記録項目||別添１を参照。||⑥事務担当部署||住民課|３．特定個人情報の入手・使用|③使用目的||台帳を作るため。|",
    "task/name ? 転入届の受付\n④記録される項目全ての記録項目別添１を参照。\n⑥事務担当部署住民課\nfile[1]/use/purpose ? 台帳を作るため。\n"
    "! rows-missing\n! label-unexpected\n- 10項目未満\n" },
  { "loose-brackets", /* nothing is lost */
    MARK TASK "①事務の名称||転入届の受付||]||[||②事務の内容||台帳に記載する||○|",
    "task/name ~ 転入届の受付\ntask/description ~ 台帳に記載する\n- ○\n" },
};

/* TEXT with its lines and pages. */
static char *
lines_of (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    g_string_append_c (out, *text == '|' ? '\n' : *text == '/' ? '\f' : *text);
  return g_string_free (out, FALSE);
}

static guint64
count_ink (const char *text)
{
  guint64 n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += !g_unichar_isspace (g_utf8_get_char (text));
  return n;
}

static char *
dump (const HkDocument *document)
{
  GString            *out = g_string_new (NULL);
  guint               n_diagnostics, n_unplaced;
  const HkDiagnostic *diagnostics = hk_document_diagnostics (document, &n_diagnostics);
  const HkUnplaced   *unplaced    = hk_document_unplaced (document, &n_unplaced);

  for (HkNode *node = hk_document_root (document); node != NULL; node = hk_node_walk (node)) {
    const HkValue   *value = hk_node_value (node);
    g_autofree char *path  = hk_node_path (node);
    if (value != NULL && !g_str_has_prefix (path, "cover/"))
      g_string_append_printf (out, "%s %c %s\n", path, "=~?"[hk_value_status (value)], hk_value_text (value));
  }
  for (guint i = 0; i < n_diagnostics; i++)
    if (strstr (diagnostics[i].message, "the end of the text") == NULL) /* all of them end early */
      g_string_append_printf (out, "! %s\n", diagnostics[i].code);
  for (guint i = 0; i < n_unplaced; i++)
    g_string_append_printf (out, "- %s\n", unplaced[i].text);
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError)     error    = NULL;
  g_autofree char       *text     = lines_of (one->text);
  g_autoptr (GBytes)     bytes    = g_bytes_new (text, strlen (text));
  g_autoptr (HkDocument) document = hk_read_bytes (bytes, "text", &error);

  g_assert_no_error (error);
  if (document == NULL)
    return;
  HkCounts         counts = hk_document_counts (document);
  g_autofree char *read   = dump (document);
  if (strcmp (read, one->expected) != 0) {
    g_test_message ("read:\n%s", read);
    g_test_fail ();
  }
  g_assert_cmpuint (counts.values + counts.form + counts.running + counts.unplaced, ==, counts.source);
  g_assert_cmpuint (counts.source, ==, count_ink (text));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("/rebuild/%s", cases[i].name);
    g_test_add_data_func (name, &cases[i], test_case);
  }
  return g_test_run ();
}
