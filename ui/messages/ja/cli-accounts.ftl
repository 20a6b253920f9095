### 端末でのアカウント：login、logout、accounts。

## コマンドと引数

cli-login = レジストリにサインイン：アカウントを試し、システムの資格情報の保管場所に保存
cli-login-registry = レジストリ、またはその一部：ghcr.io、ghcr.io/team、123456789012.dkr.ecr.eu-west-1.amazonaws.com
cli-login-username = アカウント名。端末では入力を求める。省略時、AWS ECRのレジストリにはAWSを通してサインイン
cli-login-password-stdin = パスワードを標準入力から読む
cli-login-token-stdin = IDトークン（OAuth2のリフレッシュトークン）を標準入力から読む
cli-login-repository = このリポジトリを読んで試す。例：team/app
cli-login-no-keep = 試すだけ。アカウントもほかの設定も保存しない
cli-login-aws-profile = 今後このレジストリにはこのAWSプロファイルを使い、必要ならブラウザーでサインイン
cli-login-ca = 今後このレジストリにはこの認証局（PEM）を信頼
cli-login-allow-realm = 今後このホストからのトークン受け取りを許可。繰り返し可
cli-login-password = 使用不可：「-p」を付けると理由を表示

cli-logout = Kaiboが保存したレジストリのアカウントを消去
cli-logout-registry = レジストリ、またはその一部（「kaibo accounts」の表示どおり）

cli-accounts = このマシンにあるアカウントの一覧を表示（Kaibo自身とほかのツール）
cli-accounts-why = その場所に使うアカウントと、探す順番を説明：ghcr.io、ghcr.io/team/app

## アカウントの入力

cli-login-ask-username = { $registry }のユーザー名：
cli-login-ask-password = { $registry }での{ $account }のパスワード（表示されません）：

cli-usage-login-password = パスワードは引数に書けません。引数はこのマシンのどのプログラムからも読め、シェルの履歴にも残ります。
    .advice = 「-p」を外して入力を待つか、「--password-stdin」で渡してください。
cli-usage-login-extra = 「login」の引数はレジストリだけです。パスワードやトークンは引数に書けません。
    .advice = 入力を求められたときに打つか、「--password-stdin」で渡してください。
cli-usage-login-no-terminal = 標準入力が端末ではないため、入力を求められません。
    .advice = 「-u USER」でアカウント名を指定し、パスワードを「--password-stdin」で渡してください。
cli-usage-login-terminal = 標準入力が端末です。ここに打った文字は見えてしまいます。
    .advice = 「{ $argument }」を外すと、見えない形で入力できます。パイプやファイルから渡すこともできます。
cli-usage-login-username = 「--password-stdin」だけでは、だれのパスワードか分かりません。
    .advice = 「-u USER」でアカウント名を指定してください。名前のないIDトークンには「--token-stdin」を使います。
cli-usage-login-empty = 何も届きませんでした。パスワードが空です。
    .advice = パスワードまたはトークンを1行で標準入力から渡してください。
cli-usage-login-long = 届いた内容はパスワードとしては長すぎるか、文字として読めません。
    .advice = パスワードまたはトークンだけを1行で標準入力から渡してください。
cli-usage-login-not-ecr = 「--aws-profile」はAWS ECRのレジストリ用ですが、{ $registry }は違います。
    .advice = 外して、「-u USER」でアカウント名を指定してください。

## login、logout

cli-login-done = { $account ->
        [none] { $key }にトークンでサインインしました。
       *[other] { $key }に{ $account }としてサインインしました。
    }
cli-login-tested = { $account ->
        [none] { $key }のトークンは有効です。
       *[other] { $key }のアカウント{ $account }は有効です。
    }
cli-login-open = { $key }はアカウントを求めません。
cli-login-aws = { $profile ->
        [none] AWSから{ $key }のトークンを取得できます。
       *[other] AWSから{ $key }のトークンを取得できます（プロファイル：{ $profile }）。
    }

cli-login-found = { $account ->
        [none] AWSより先に見つかったトークンを{ $key }が受け付けました（{ $origin }）。
       *[other] AWSより先に見つかったアカウント{ $account }を{ $key }が受け付けました（{ $origin }）。
    }

cli-tested-taken = 確認済み：レジストリがアカウントを受け付けました。
cli-tested-not-asked = 未確認：だれでも読めるレジストリなので、アカウントが正しいかは分かりません。「--repository NAME」で非公開のリポジトリを指定すると試せます。
cli-tested-aws = 確認済み：AWSからトークンを取得し、レジストリが受け付けました。

cli-kept-store = { $store }に保存しました。「kaibo logout { $key }」で消去できます。
cli-kept-session = 指定どおり保存していません。次のコマンドには引き継がれません。
cli-kept-aws = 保存したのは選択だけです。AWSのトークンはメモリーにだけ置かれ、コマンドごとに取得します。
cli-kept-not-kept = 保存していません：{ $why ->
        [locked] { $store }がロックされています。
        [too-long] { $store }に入る長さを超えています。
        [failed] { $store }でエラーが起きました。
       *[no-store] このセッションには{ $store }がありません。
    }次のコマンドには引き継がれません。
    .advice = { $why ->
        [locked] ロックを解除してサインインし直すか、「docker login」か「podman login」を使ってください。Kaiboはそのファイルを読みます。
       *[other] 「docker login」か「podman login」を使ってください。Kaiboはそのファイルを読みます。「--authfile FILE」で指定することもできます。
    }
cli-remembered-ca = { $registry }の設定として記憶：認証局は{ $path }
cli-remembered-realm = { $registry }の設定として記憶：トークンの受け取り先は{ LIST($hosts) }
cli-remembered-aws-profile = { $registry }の設定として記憶：AWSプロファイルは{ $profile }

cli-logout-done = Kaiboが保存していた{ $key }のアカウントを消去しました。
cli-logout-rest = ほかのツールのアカウントはそのままです。「kaibo accounts」で一覧を見られます。

cli-aws-open = 次のアドレスをブラウザーで開いてください（どのマシンでも構いません）：
cli-aws-compare = 次のコードが表示された場合だけ承認してください：
cli-aws-waiting = ブラウザーでの承認を待っています（最長{ $minutes } 分）。Ctrl-Cで中止します。

## accounts

cli-accounts-none = このマシンにアカウントは見つかりませんでした。
cli-accounts-start = サインインの方法：kaibo login REGISTRY
cli-accounts-column-key = 対象
cli-accounts-column-account = アカウント
cli-accounts-column-where = 場所
cli-accounts-nameless = （名前なし）
cli-accounts-store = Kaibo自身のアカウントの保存先：{ $store }
cli-accounts-store-fault = ここではアカウントを保存できません：{ $fault }（{ $store }）
cli-accounts-store-none = ここでは「kaibo login」はアカウントを試すだけで、保存できません。「docker login」や「podman login」はファイルに保存し、Kaiboはそれを読みます。
cli-accounts-aws = AWSプロファイル
cli-accounts-aws-role = ロール{ $role }
cli-accounts-aws-until = サインインの期限：{ $until }

cli-why-account = { $account ->
        [none] { $place }にはトークンで問い合わせます。
       *[other] { $place }には{ $account }として問い合わせます。
    }
cli-why-nobody = { $place }にはアカウントなしで問い合わせます。
cli-why-where = 場所：{ $origin }
cli-why-looks = 探した場所（順番どおり）
cli-why-said = 相手の言葉：{ $said }
cli-why-searched = 探したフォルダー：{ LIST($places) }
cli-why-login = サインインの方法：kaibo login { $place }

cli-note-turned-down = { $account ->
        [none] { $registry }が見つかったトークンを拒否したため（{ $origin }）、アカウントなしで問い合わせました。
       *[other] { $registry }がアカウント{ $account }を拒否したため（{ $origin }）、アカウントなしで問い合わせました。
    }
