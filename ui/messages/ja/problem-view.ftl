# ウィンドウでの問題の見せ方（本文は problems.ftl）

problem-view-tried = 試したこと（順番どおり）
problem-view-no-answer = 応答なし
problem-view-status = 状態 { $status }
problem-view-status-200 = 応答あり
problem-view-status-401 = アカウントが必要（401）
problem-view-status-403 = 拒否（403）
problem-view-status-404 = 実物なし（404）
problem-view-status-429 = 要求が多すぎる（429）
problem-view-status-500 = 失敗（500）
problem-view-status-502 = 中継先で失敗（502）
problem-view-status-503 = 利用不可（503）
problem-view-home = ほかを開く
problem-view-details = 報告用の詳細
problem-view-choices = 選べるイメージ
problem-view-choices-left = ほかの{ $count }個は、上の欄に入力できます。
problem-view-allow-realm = 今回だけ { $realm } を許可
problem-view-allow-realm-kept = このレジストリについて { $realm } を許可
problem-view-sign-in = { $registry } にサインイン
problem-view-aws-sign-in = AWSにサインイン
problem-view-aws-profile = プロファイルを選択
problem-view-ca = 認証局の証明書を選択…
problem-view-client-certificate = 証明書を選択…
problem-view-probe = 経路を調べる
problem-view-why = 探した場所
problem-view-plain-http = { $host } に暗号化なしのHTTPで接続
problem-view-earlier = 前回の内容を表示
problem-view-still-picture = それまでに読んだ内容は表示されたままです。
problem-view-still-local = サンプルとこのマシンのファイルは、通信なしで開けます。
problem-view-still-public = サンプル、このマシンのファイル、公開イメージは、アカウントなしで開けます。

## Sentences in the window's own words, where the terminal's name its options

problem-view-sentence-offline = { $reference }の前回の内容は手元に残っていません。

## Advice in the window's own words, where the terminal's names its options

problem-view-advice-name-not-resolved = つづり、ネットワーク、VPNを確かめてください。
problem-view-advice-timed-out = もう一度試してください。続く場合は、レジストリか途中のプロキシが混み合っています。
problem-view-advice-tls-untrusted = 認証局の証明書をレジストリの運用者から入手し、ここで選んでください。Dockerの「certs.d」フォルダーにある証明書も使います。
problem-view-advice-tls-not-spoken = 暗号化なしのHTTPでは、途中の誰でも内容を読み、書き換えられます。このレジストリが暗号化なしで運用されていると分かっている場合だけ使ってください。
problem-view-advice-auth-required = ここでサインインしてください。DockerやPodmanが保存したアカウントがあれば、それを使います。
problem-view-advice-auth-rejected = パスワードかトークンが、期限切れか取り消し済みかもしれません。もう一度サインインしてください。
problem-view-advice-auth-expired = { $registry } にもう一度サインインしてください。
problem-view-advice-client-certificate-wanted = 証明書と鍵をここで選んでください。Dockerの「certs.d」フォルダーのファイルも使います。
problem-view-advice-aws-nobody = AWSのプロファイルを選ぶか、AWS_ACCESS_KEY_IDとAWS_SECRET_ACCESS_KEYを設定してKaiboを起動してください。
problem-view-advice-aws-sign-in-needed = ブラウザーでサインインすると、続きは自動で進みます。
problem-view-advice-aws-sign-in-denied = 意図と違う場合は、コードを見比べてから、もう一度サインインしてください。
problem-view-advice-aws-sign-in-expired = もう一度サインインしてください。コードの有効期間は約10分です。
problem-view-advice-aws-expired = 別のプロファイルを選ぶか、発行元で新しい認証情報を取得してください。一時的な鍵の有効期間は数時間です。
problem-view-advice-aws-failed = プロファイルのリージョン、ネットワーク、プロキシを確かめてから、再試行してください。
problem-view-advice-store-failed = ロックを解除してから、もう一度試してください。入力したアカウントは、Kaiboを閉じるまで使えます。
problem-view-advice-account-unknown = すでに削除されたのかもしれません。アカウントの画面で、保存中のものを確かめてください。
problem-view-advice-credentials-unreadable = 「auths」を持つJSONである必要があります。書き込んだツールでサインインし直すか、ここでサインインしてください。
problem-view-advice-setting-unusable = 別のファイルか値を選んでください。
problem-view-advice-realm-not-allowed = { $realm } が { $registry } のものだと分かっている場合は許可してください。アカウントがそこへ送られます。
problem-view-advice-offline = ネットワークに接続してから、再試行してください。読んだものは次回のために保存します。
problem-view-advice-budget-exceeded = 何も問い合わせていません。全部ではなく、一部を開いてください。
problem-view-advice-tag-needed = 1つ選んでください。
problem-view-advice-tag-absent = ここにあるタグは次のとおりです。
problem-view-advice-sample-unknown = サンプルは次のとおりです。
problem-view-advice-path-not-found = パスを確かめるか、ファイルを選び直してください。
