# アカウント：どこにあるか、なぜ使うか、サインイン。前半は両方のプログラムが使います。

## Stores for secrets (explorer::StoreState)

store-keychain = キーチェーン
store-credential-manager = 資格情報マネージャー
store-secret-service = Secret Service

## Where an account is (source::CredentialOrigin)

origin-none = アカウントなし
origin-session = 起動後に入力（保存なし）
origin-keychain = { $store ->
        [keychain] Kaiboがキーチェーンに保存
        [credential-manager] Kaiboが資格情報マネージャーに保存
       *[other] KaiboがSecret Serviceに保存
    }
origin-environment = 環境変数 { $variable }
origin-file = ファイル { $path }
origin-helper = ヘルパー { $program }
origin-aws = { $profile ->
        [none] AWS（{ $mechanism }）
       *[other] AWSのプロファイル「{ $profile }」（{ $mechanism }）
    }

## Where an account may be (source::LookPlace)

look-place-session = 起動後に入力したもの
look-place-keychain = { $store ->
        [keychain] キーチェーン内のKaiboの項目
        [credential-manager] 資格情報マネージャー内のKaiboの項目
       *[other] Secret Service内のKaiboの項目
    }
look-place-variable = 環境変数 { $variable }
look-place-file = ファイル { $path }
look-place-helper = ヘルパー { $program }（問い合わせ先：{ $server }）
look-place-aws = { $profile ->
        [none] AWS
       *[other] AWSのプロファイル「{ $profile }」
    }

## What came of a look (source::LookOutcome)

look-outcome-found = { $account ->
        [none] 発見（名前のないトークン）
       *[other] 発見：{ $account }
    }
look-outcome-absent = この場所なし
look-outcome-nothing = このレジストリ用はなし
look-outcome-turned-down = { $account ->
        [none] 発見、ただしレジストリが拒否
       *[other] 発見：{ $account }、ただしレジストリが拒否
    }
look-outcome-skipped = { $why ->
        [replaced] { look-skip-replaced }
        [not-ecr] { look-skip-not-ecr }
       *[found-before] { look-skip-found-before }
    }
look-outcome-failed = { $fault ->
        [no-store] { look-fault-no-store }
        [store-locked] { look-fault-store-locked }
        [store-failed] { look-fault-store-failed }
        [helper-missing] { look-fault-helper-missing }
        [helper-name] { look-fault-helper-name }
        [helper-hung] { look-fault-helper-hung }
        [helper-chattered] { look-fault-helper-chattered }
        [helper-failed] { look-fault-helper-failed }
        [aws-nobody] { look-fault-aws-nobody }
        [aws-sign-in-over] { look-fault-aws-sign-in-over }
        [aws-expired] { look-fault-aws-expired }
        [aws-denied] { look-fault-aws-denied }
        [aws-failed] { look-fault-aws-failed }
       *[unreadable] { look-fault-unreadable }
    }

## Why a place was not looked at (source::LookSkip)

look-skip-found-before = 確認不要（先に発見済み）
look-skip-replaced = 対象外（代わりのファイルを指定済み）
look-skip-not-ecr = 対象外（AWS ECR専用）

## How a look did not work (source::LookFault)

look-fault-no-store = このセッションに資格情報の保管場所なし
    .advice = 入力したアカウントは、Kaiboを閉じるまで使えます。デスクトップでは、GNOME KeyringやKWalletなどが保管します。
look-fault-store-locked = 保管場所がロック中
    .advice = ロックを解除してから、もう一度試してください。
look-fault-store-failed = 保管場所が要求に応えず
    .advice = もう一度試してください。続く場合は、システムの道具で保管場所を確かめてください。
look-fault-unreadable = 読み取りまたは解釈が不可
    .advice = 「auths」を持つJSONである必要があります。書き込んだツールでサインインし直すと直ります。
look-fault-helper-missing = このマシンにプログラムなし
    .advice = プログラムをインストールするか、設定ファイルからその行を取り除いてください。
look-fault-helper-name = 実行せず（ヘルパーの名前として不正）
    .advice = 設定ファイルの名前を直してください。使えるのは英数字と「-」「_」「.」だけで、パスは書けません。
look-fault-helper-hung = 時間内に応答がなく終了
    .advice = パスワードの入力を待っているのかもしれません。ターミナルで一度実行するか、資格情報の保管場所のロックを解除してください。
look-fault-helper-chattered = 長すぎる応答のため終了
    .advice = 正しい認証ヘルパーではありません。設定ファイルが何を指しているか確かめてください。
look-fault-helper-failed = 異常終了
    .advice = ヘルパーの言葉はここにあります。ターミナルで一度実行すると、詳しく分かります。
look-fault-aws-nobody = AWSの身元なし（鍵、プロファイル、サインインのどれもなし）
    .advice = プロファイルを選ぶか、AWS_ACCESS_KEY_IDとAWS_SECRET_ACCESS_KEYを設定してください。
look-fault-aws-sign-in-over = AWSのサインインが期限切れ
    .advice = AWSにもう一度サインインしてください。
look-fault-aws-expired = AWSの認証情報が期限切れ
    .advice = 発行元で新しいものを取得してください。
look-fault-aws-denied = AWSがトークンの取得を許可せず
    .advice = 権限 ecr:GetAuthorizationToken を管理者に依頼してください。
look-fault-aws-failed = AWSへの問い合わせに失敗
    .advice = リージョン、ネットワーク、プロキシを確かめてください。

## How far an account was tested (explorer::Tested), and whether it was kept (explorer::Kept)

tested-taken = レジストリはこのアカウントを受け入れました。
tested-not-asked = このレジストリは誰にもアカウントを求めないため、確かめられませんでした。

kept-store = { $store ->
        [keychain] キーチェーンに保存しました。
        [credential-manager] 資格情報マネージャーに保存しました。
       *[other] Secret Serviceに保存しました。
    }
kept-session = Kaiboを閉じるまで使えます。
kept-not-kept = { $why ->
        [locked] { not-kept-locked }
        [too-long] { not-kept-too-long }
        [failed] { not-kept-failed }
       *[no-store] { not-kept-no-store }
    }

not-kept-no-store = 保存していません：このセッションには資格情報の保管場所がありません。Kaiboを閉じるまで使えます。
not-kept-locked = 保存していません：資格情報の保管場所がロックされています。Kaiboを閉じるまで使えます。
not-kept-too-long = 保存していません：パスワードまたはトークンが保管場所の上限より長いためです。Kaiboを閉じるまで使えます。
not-kept-failed = 保存していません：資格情報の保管場所が失敗しました。Kaiboを閉じるまで使えます。

## How a profile of AWS gets its credentials (aws::AwsProfileKind)

aws-profile-keys = ファイル内の鍵
aws-profile-sso = ブラウザーでサインイン
aws-profile-assume-role = ロールを引き受け
aws-profile-process = プログラムに問い合わせ
aws-profile-web-identity = Web IDのトークン
aws-profile-other = 自身の認証情報なし

### The window

## Accounts page

accounts-title = アカウント
accounts-reading = アカウントを探しています
accounts-sentence = { $own ->
        [0] { $found ->
            [0] このマシンには、レジストリのアカウントがありません。
           *[other] ほかのツールのアカウントが{ $found }つ見つかりました。
        }
       *[other] { $found ->
            [0] Kaiboのアカウントは{ $own }つです。
           *[other] Kaiboのアカウントは{ $own }つ、ほかのツールのものは{ $found }つです。
        }
    }
accounts-detail = 公開イメージには不要です。複数が当てはまるときは長い名前のもの、同じならKaiboのものを優先します。
accounts-add = アカウントを追加
accounts-store = パスワードとトークンは、このシステムの{ $store }だけに保存します。
accounts-store-not = { $store }：{ $fault }。
accounts-own = Kaiboのアカウント
accounts-own-none = まだありません。アカウントは、確かめてから保存します。
accounts-found = ほかのツールのもの
accounts-found-none = ありません。このマシンでは、DockerもPodmanもサインインしていません。
accounts-found-note = Kaiboは読むだけです。変更は、書き込んだツールで行います。
accounts-aws = AWSのプロファイル
accounts-nameless = 名前のないトークン
accounts-of-helper = アカウントはヘルパーが保持
accounts-test = 確認
accounts-change = 変更
accounts-remove = 削除
accounts-remove-sure = { $key } のアカウントをKaiboから削除しますか。
accounts-remove-yes = 削除する
accounts-remove-no = 残す
accounts-why = 理由
accounts-pick-title = 証明書または鍵
accounts-pick-files = 証明書と鍵
accounts-advice-auth-rejected = パスワードかトークンが、期限切れか取り消し済みかもしれません。サインインし直すか、書き込んだツールで更新してください。
accounts-advice-auth-required = この名前のアカウントは、今は見つかりませんでした。「理由」で、探した場所を確かめられます。

## Where Kaibo looked

why-title = 探した場所
why-looking = 探しています
why-none = { $place } にはアカウントなしで問い合わせます。見つかりませんでした。
why-account = { $place } には { $account } として問い合わせます（{ $where }）。
why-token = { $place } にはトークンで問い合わせます（{ $where }）。
why-searched = プログラムを探した場所：{ $count }か所

turned-down = { $used ->
        [none] { $account ->
            [none] 見つかったアカウントは受け入れられませんでした。アカウントなしで読んでいます。
           *[other] アカウント「{ $account }」は受け入れられませんでした。アカウントなしで読んでいます。
        }
       *[other] { $account ->
            [none] 最初のアカウントは受け入れられませんでした。{ $used } として読んでいます。
           *[other] アカウント「{ $account }」は受け入れられませんでした。{ $used } として読んでいます。
        }
    }

## Signing in

sign-in-title = { $registry } にサインイン
sign-in-title-new = アカウントを追加
sign-in-registry = レジストリ
    .hint = ghcr.ioのようなホスト名です。ghcr.io/teamのように名前を続けると、その名前の下だけで使います。
sign-in-username = ユーザー名
sign-in-kind = お持ちのもの
sign-in-kind-password = パスワード
sign-in-kind-token = アクセストークン
sign-in-kind-identity = IDトークン
sign-in-secret-password = パスワード
sign-in-secret-token = アクセストークン
sign-in-secret-identity = IDトークン
sign-in-hint-other = 多くのレジストリは、パスワードの代わりにアクセストークンを受け入れます。読み取りだけに限定でき、取り消しもできます。
sign-in-hint-docker-hub = hub.docker.comのAccount settings、Personal access tokensで「Read-only」のトークンを作ってください。2要素認証では、トークンだけが使えます。
sign-in-hint-github = GitHubではパスワードを使えません。github.comのSettings、Developer settingsで「read:packages」を持つpersonal access token（classic）を作ってください。
sign-in-hint-gitlab = GitLabのSettings、Access tokensで「read_registry」を持つトークン（個人、プロジェクト、デプロイ）を作ってください。
sign-in-hint-quay = リポジトリか組織のRobot accountsでロボットアカウントを作ってください。名前はteam+robotの形です。
sign-in-hint-azure = レジストリのトークン（portal.azure.comのRepository permissions、Tokens）かサービスプリンシパルを使います。「az acr login --expose-token」が出すのはIDトークンです。
sign-in-hint-google = 名前「oauth2accesstoken」と「gcloud auth print-access-token」の出力、または「_json_key」と鍵ファイル全体を使います。
sign-in-hint-identity = OAuth2のリフレッシュトークンです。ブラウザーでサインインするレジストリについて「docker login」が保存します。ユーザー名は不要です。
sign-in-show = 表示
sign-in-hide = 隠す
sign-in-keep = { $store }に保存
sign-in-keep-asking = このマシンで保存できるか確認中です
sign-in-keep-not = Kaiboを閉じるまで使えます。
sign-in-keep-no-store = このセッションには{ $store }がないため、保存できません。アカウントはKaiboを閉じるまで使えます。
sign-in-keep-store-locked = { $store }がロックされています。解除されるまでは、Kaiboを閉じると忘れます。
sign-in-keep-store-failed = { $store }が応答しません。アカウントはKaiboを閉じるまで使えます。
sign-in-missing-registry = レジストリを入力してください。
sign-in-missing-username = ユーザー名を入力してください。
sign-in-missing-secret = パスワードまたはトークンを入力してください。
sign-in-close = 今はしない
sign-in-submit = 確かめてサインイン
sign-in-testing = { $registry } に問い合わせ中
sign-in-done = { $account ->
        [none] { $registry } にサインインしました。
       *[other] { $registry } に { $account } としてサインインしました。
    }
sign-in-finish = 完了
sign-in-advice-auth-rejected = ユーザー名と、パスワードの代わりにトークンが必要かどうかを確かめてください。何も保存していません。
sign-in-advice-auth-required = 入力されたものは、アカウントとして受け入れられませんでした。何も保存していません。
sign-in-advice-access-denied = アカウントは正しいですが、これを読む権限がありません。所有者に読み取り権限を依頼するか、別のアカウントを使ってください。何も保存していません。
sign-in-advice-tls-untrusted = 下の「接続」で、認証局の証明書を指定してください。何も送っていません。
sign-in-advice-client-certificate-wanted = 下の「接続」で、証明書と鍵を指定してください。
sign-in-advice-realm-not-allowed = { $realm } が { $registry } のものだと分かっている場合は許可してください。アカウントがそこへ送られます。
sign-in-advice-setting-unusable = 下の「接続」で、別のファイルを選んでください。
sign-in-advice-unreachable = レジストリの名前とポートを確かめてください。何も保存していません。

## What a registry needs beside an account

connection = 接続
connection-special = 個別の設定あり
connection-title = { $registry } への接続
connection-about-ca = { $registry } の証明書を、このマシンは信頼していません。発行した認証局の証明書（運用者が配るファイル）を選んでください。
connection-about-client = { $registry } は、証明書を示した相手にだけ応答します。お手持ちの証明書と鍵を選んでください。
connection-ca = 認証局の証明書（CA）
    .hint = PEMまたはDER。このレジストリだけで信頼します。
connection-client-certificate = こちらの証明書
connection-client-key = その鍵
    .hint = レジストリがクライアントの証明書を求める場合だけ必要です。
connection-choose = ファイルを選択：{ $what }
connection-choose-file = 選択…
connection-insecure = このレジストリのどの証明書も信頼
    .warning = 途中にいる誰かが、このレジストリになりすましてアカウントを得られます。認証局の証明書を選ぶ方が安全です。
connection-plain-http = TLSなしのHTTP
    .warning = 途中の誰でも、パスワードを含むすべてを読み、書き換えられます。
connection-kept = { $registry } の設定として保存し、次の問い合わせから使います。
connection-save = 保存して再試行
connection-advice-setting-unusable = 別のファイルを選んでください。何も変更していません。

## AWS

aws-title = AWSにサインイン
aws-about = Amazon ECRは、パスワードの代わりにAWSの認証情報を使います。Kaiboはそれで12時間有効なトークンを取得し、メモリーだけに置きます。
aws-profile = AWSのプロファイル
aws-profile-none = このマシンのAWS設定のまま
    .detail = 環境変数、「default」、マシンのロール
aws-no-profiles = ~/.aws/config と ~/.aws/credentials にプロファイルがありません。
aws-environment = AWS_ACCESS_KEY_IDとAWS_SECRET_ACCESS_KEYは、設定した状態でKaiboを起動した場合に使われます。ダブルクリックでは、ターミナルの変数は渡りません。
aws-browser-next = 次はブラウザーで進めます。AWSが示すコードを、ここのコードと見比べてください。
aws-browser-done = サインインは有効です。
aws-signed-in-until = { DATE($at) } まで有効
aws-signed-out = 未サインイン
aws-sign-in = ブラウザーでサインイン
aws-sign-in-profile = { $profile } としてブラウザーでサインイン
aws-test = 確かめて使う
aws-starting = AWSからコードを取得中
aws-done = { $profile ->
        [none] AWSにサインインしました。
       *[other] プロファイル { $profile } でAWSにサインインしました。
    }
aws-password = ユーザー名とパスワードを使う
aws-code-about = このコードを、AWSがブラウザーに示すコードと見比べてください。同じ場合だけ、ブラウザーで許可してください。
aws-code = コード
aws-code-open = ページを開く
aws-code-copy-address = アドレスをコピー
aws-code-waiting = ブラウザーでの許可を待っています
aws-code-left = 残り { $minutes }:{ $seconds }
aws-page-advice-internal = ブラウザーを開けませんでした。アドレスをコピーして、ご自分で開いてください。
aws-advice-aws-nobody = プロファイルを選ぶか、AWS_ACCESS_KEY_IDとAWS_SECRET_ACCESS_KEYを設定してKaiboを起動してください。
aws-advice-aws-sign-in-needed = ブラウザーでサインインすると、続きは自動で進みます。
aws-advice-aws-sign-in-denied = 意図と違う場合は、コードを見比べてから、もう一度サインインしてください。
aws-advice-aws-sign-in-expired = もう一度サインインしてください。コードの有効期間は約10分です。
aws-advice-aws-expired = 別のプロファイルを選ぶか、発行元で新しい認証情報を取得してください。
