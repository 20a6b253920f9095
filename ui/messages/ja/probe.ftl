### プローブ：名前からblobの最初のバイトまでの手順（registry::ProbeStepKindと各項目）。

## The steps

probe-step-name = 名前
probe-step-route = 経路
probe-step-dns = DNS
probe-step-tcp = 接続
probe-step-tls = TLS
probe-step-ping = レジストリ（/v2/）
probe-step-challenge = 認証の要求
probe-step-account = アカウント
probe-step-token = トークン
probe-step-head = マニフェスト（HEAD）
probe-step-get = マニフェスト（GET）
probe-step-blob = blobの最初のバイト

## How a step ended

probe-verdict-passed = 成功
probe-verdict-noted = 成功（注記あり）
probe-verdict-failed = 失敗
probe-verdict-skipped = 省略
probe-running = 実行中
probe-waiting = 未実行

## What a step found

probe-fact-reason = 理由
probe-fact-registry = レジストリ
probe-fact-host = 問い合わせ先のホスト
probe-fact-repository = リポジトリ
probe-fact-tag = タグ
probe-fact-direct = プロキシなし
probe-fact-proxy = プロキシ
probe-fact-proxy-from = 設定元
probe-fact-proxy-account = プロキシのアカウント
probe-fact-no-proxy = 除外の設定元
probe-fact-looked-up = 検索した名前
probe-fact-address = アドレス
probe-fact-pinned = 指定されたアドレス
probe-fact-connected = 接続済み
probe-fact-not-connected = 接続できず
probe-fact-protocol = TLSのバージョン
probe-fact-cipher = 暗号スイート
probe-fact-alpn = 合意したプロトコル（ALPN）
probe-fact-subject = 証明書の対象
probe-fact-issuer = 発行者
probe-fact-names = 有効な名前
probe-fact-not-before = 有効期間の開始
probe-fact-not-after = 有効期間の終了
probe-fact-days-left = 残り日数
probe-fact-authority = 証明書チェーンの終端
probe-fact-unchecked = 証明書の検査
probe-fact-client-certificate = クライアント証明書
probe-fact-http = プロトコル
probe-fact-api-version = APIのバージョン
probe-fact-server = サーバーソフトウェア
probe-fact-clock-skew = このマシンの時計との差
probe-fact-not-a-registry = レジストリではない応答
probe-fact-odd-status = 通常と異なるステータス
probe-fact-redirected-to = 転送先
probe-fact-scheme = 求める方式
probe-fact-realm = トークンサーバー
probe-fact-service = サービス
probe-fact-scope = スコープ
probe-fact-account = アカウント
probe-fact-found-in = 見つかった場所
probe-fact-nothing-in = 該当なし
probe-fact-failed-in = 読めない場所
probe-fact-turned-down = レジストリが拒否
probe-fact-anonymous = アカウント
probe-fact-token-status = 先のトークンサーバーの応答
probe-fact-expires-in = 有効時間
probe-fact-expires = 終了時刻
probe-fact-grants = 許可内容
probe-fact-digest = ダイジェスト
probe-fact-promised = ヘッダーが示したダイジェスト
probe-fact-media-type = メディアタイプ
probe-fact-size = バイト数
probe-fact-rate-limit = 残りのpull回数
probe-fact-warning = レジストリの警告
probe-fact-head-status = GETは成功、HEADは失敗
probe-fact-through = 経由したイメージ
probe-fact-blob = blob
probe-fact-part = 種類
probe-fact-range = blobの部分取得

## Facts whose value is a word

probe-fact-reason-earlier-step = 前の手順が失敗
probe-fact-reason-address-typed = アドレスでの指定
probe-fact-reason-address-given = 「--resolve」による指定
probe-fact-reason-plain-http = 平文HTTPの指定
probe-fact-reason-loopback-plain = このマシン自身で、平文HTTPの応答あり
probe-fact-reason-inside-proxy = 内側を測定できない種類のプロキシ
probe-fact-reason-not-asked = アカウントの要求なし
probe-fact-reason-basic = アカウントをそのまま送信（Basic）
probe-fact-reason-ready-token = トークンの取得は不要
probe-fact-reason-no-blob = レジストリにあるblobの記載なし
probe-fact-direct-this-machine = このマシン自身
probe-fact-direct-none-set = 設定なし
probe-fact-direct-excepted = 除外対象のホスト
probe-fact-proxy-from-system = システムの設定
probe-fact-no-proxy-system = システムの設定
probe-fact-unchecked-any = オフ（どの証明書も受け入れ）
probe-fact-client-certificate-sent = 要求あり、送信済み
probe-fact-client-certificate-none = 要求あり、証明書なし
probe-fact-anonymous-none = なし
probe-fact-grants-nothing = なし
probe-fact-part-layer = レイヤー
probe-fact-part-config = コンフィグ
probe-fact-range-partial = 要求どおり応答
probe-fact-range-whole = 非対応（blob全体を送信）
probe-fact-found-in-session = Kaiboの起動後に入力
probe-fact-nothing-in-session = Kaiboの起動後の入力
probe-fact-failed-in-session = Kaiboの起動後の入力

## The answer

probe-answer-passed = { $notes ->
        [0] すべての手順が{ $time }で成功しました。
       *[other] すべての手順が{ $time }で成功しました。{ $notes }件に注記があります。
    }
probe-answer-failed = 手順{ $position }/{ $count }「{ $step }」で失敗：{ $sentence }
probe-answer-running = 手順{ $position }/{ $count }：{ $step } …
probe-answer-stopped = 手順{ $position }/{ $count }「{ $step }」で停止しました。
probe-of = { $reference } への到達手順
probe-asked = HTTPの要求{ $count }回、{ SIZE($bytes) }。書き込みはしていません。

## Engines on this machine whose own files say something else about this registry

probe-mirrors = このマシンのエンジンの設定
probe-mirrors-note = Kaiboは表示のために読むだけで、レジストリに直接問い合わせます。
probe-mirror-mirror = { $engine } は先に { $location } に問い合わせる
probe-mirror-instead = { $engine } は代わりに { $location } に問い合わせる
probe-mirror-insecure = { $engine } は { $location } の証明書を検査せず、平文HTTPも使う
probe-mirror-blocked = { $engine } は { $location } を拒否する
probe-engine-docker = Docker
probe-engine-containers = Podman・Buildah・Skopeo
probe-engine-containerd = containerd

## The window

probe-again = 再実行
probe-cancel = 停止
probe-copy = Markdownをコピー
probe-save = 保存
probe-save-md = Markdown（読む人向け）
probe-save-json = JSON（プログラム向け）
probe-saved = 保存済み：{ $name }
probe-left-out = アカウント名とホームフォルダーは除かれます。
probe-steps = 手順
probe-details = 応答のヘッダー（{ $count }件）
probe-said = サーバーの返答
probe-status = ステータス{ $status }
probe-report-step = 手順
probe-report-verdict = 結果
probe-report-time = 時間

## The terminal

cli-probe = イメージまでの手順を1つずつ確認：名前、ネットワーク、TLS、アカウント、マニフェスト、最初のバイト
cli-probe-reference = レジストリ上のイメージ（例：ghcr.io/owner/app:1.0）
cli-probe-headers = 応答のヘッダーも表示（機密の値は伏せ字）
cli-probe-mirror = { $text }（{ $file }）
cli-usage-probe-no-registry = 「{ $reference }」はレジストリを指していないため、確認する手順がありません。
    .advice = ghcr.io/owner/app:1.0 のように、レジストリ上のイメージを指定してください。
