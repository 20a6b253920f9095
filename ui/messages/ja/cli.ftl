### 端末だけで使う文。

## コマンド（cli-COMMAND）と引数（cli-COMMAND-ARGUMENT、共通のものは cli-any-ARGUMENT）

cli = コンテナイメージが何でできているかを見せます。
cli-any-version = バージョンを表示

cli-inspect = イメージの構造（目次、設計書、設定、レイヤー）を木で表示
cli-inspect-reference = イメージ：alpine:3.20、ghcr.io/owner/app@sha256:…、oci:フォルダー[:タグ]、oci-archive:ファイル、docker-archive:ファイル[:タグ]、sample:名前
cli-inspect-platform = リクエストを数えるレジストリで読む環境。例：linux/arm64（省略時はこのマシンの環境）
cli-inspect-all = リクエストを数えるレジストリでも、すべての環境を読む
cli-inspect-referrers = イメージを指す文書（署名、部品表、スキャン結果）も調べる
cli-inspect-format = tree：人が読む木（既定）。imagetools：「docker buildx imagetools inspect」と同じ行

cli-verify = イメージを検査：全文書を読み直し、全ダイジェストを計算
cli-verify-reference = イメージ（書き方は「inspect」と同じ）
cli-verify-blobs = レイヤーも読んでダイジェストを計算（省略時は有無とサイズを確認）
cli-verify-no-cache = 指定しても同じ：「verify」は常に取得元から読む
cli-verify-offline = レジストリには接続しない。フォルダー、ファイル、サンプルは検査できる

cli-samples = Kaiboに入っているサンプルの一覧を表示

cli-completions = シェルの補完スクリプトを出力
cli-completions-shell = bash、zsh、fish、powershell、elvishのどれか

cli-help = コマンドの使い方を表示
cli-help-command = コマンド名

cli-any-help = この使い方を表示
cli-any-json = JSONで出力（docs/json.mdを参照）。失敗したときもJSONで出力
cli-any-quiet = 進み具合と注記を出さない。問題は表示
cli-any-lang = 表示の言語：enかja（省略時はシステムの言語）
cli-any-offline = どこにも接続せず、保存済みの内容で答える
cli-any-timeout = あきらめるまでの時間：30、30s、500ms、2m
cli-any-no-cache = 保存済みの文書を使わず、保存もしない
cli-any-authfile = アカウントのファイル（「docker login」やPodmanが書く形式）
cli-any-plain-http = レジストリと暗号化なしのhttpで通信
cli-any-tls = このマシンとの間でもhttpsで通信
cli-any-ca = この認証局（PEM）も信頼。繰り返し可
cli-any-insecure = 証明書を検査しない
cli-any-allow-realm = このホストからのトークン受け取りを許可。繰り返し可
cli-any-resolve = HOST:PORTにこのアドレスで接続。繰り返し可
cli-any-budget = レジストリが数えるリクエストを、この件数まで許可

cli-heading-usage = 使い方
cli-heading-commands = コマンド
cli-heading-arguments = 引数
cli-heading-options = オプション

## 解釈できない入力

cli-usage-invalid-value = { $argument }に「{ $value }」は使えません。使える値：{ LIST($values) }
cli-usage-value-absent = { $argument }には値が必要です。
cli-usage-value-validation = { $argument }に「{ $value }」は使えません。
cli-usage-unknown-argument = ここに「{ $argument }」は書けません。
cli-usage-invalid-subcommand = 「{ $command }」というコマンドはありません。
cli-usage-conflict = { $argument }と{ LIST($other) }は同時に使えません。
cli-usage-twice = { $argument }が2回以上指定されています。
cli-usage-missing = 次の指定が必要です：{ LIST($arguments) }
cli-usage-missing-command = 実行するコマンドを指定してください。
cli-usage-number-of-values = { $argument }の値の数が合いません。
cli-usage-utf8 = UTF-8として読めない引数があります。
cli-usage-other = コマンドラインを解釈できません。
cli-usage-suggested = もしかして「{ $suggested }」ですか。
cli-usage-help = コマンドの一覧は「kaibo --help」で見られます。
cli-usage-help-command = 使い方は「kaibo { $command } --help」で見られます。

## 木

cli-list = { LIST($items) }
cli-tree-layer = レイヤー{ $number }
cli-tree-record = { $platform }のビルド記録
cli-tree-download = 取得量{ SIZE($bytes) }
cli-tree-unread = 未読
cli-tree-missing = 参照だけで、取得元にない
cli-tree-differs = バイト列がダイジェストと一致しない
cli-tree-referrer = { $kind }：存在のみ、未検証
cli-tree-more = ほかに{ $count }件（省略）
cli-tree-verified = ここで{ $count }件の文書を読み、ダイジェストの一致を確かめました。

cli-findings = 気づいたこと
cli-findings-at = 場所：{ LIST($places) }
cli-findings-more = ほか{ $count }件

cli-read-sample = 内蔵サンプルのため、通信はしていません。
cli-read-here = このマシンで読んだため、通信はしていません。
cli-read-registry = リクエスト{ $count }件、{ SIZE($bytes) }、{ $time }
cli-read-cache = { $count ->
        [0] リクエストなし。すべて以前に読んだ内容です。
       *[other] リクエスト{ $count }件、{ SIZE($bytes) }、{ $time }。残りは以前に読んだ内容です。
    }
cli-metered = リクエストを数えるレジストリのため、設計書{ $unread }件は読んでいません。{ $left ->
        [none] {""}
       *[other] 残りのpullは{ $left }回です。
    }「--all」ですべて読みます。

## 問題と注記

cli-problem = ✗
cli-problem-tried = 試したこと：{ $attempted }
cli-problem-tried-status = 試したこと：{ $attempted }（ステータス{ $status }）
cli-problem-said = 相手の言葉：{ $said }
cli-problem-cause = 原因：{ $cause }
cli-note-waiting = { $host }が{ $seconds }秒待つよう求めています（ステータス{ $status }）。
cli-note-warning = { $host }からの注意：{ $text }
cli-note-part = 読めなかった部分があります：
cli-progress = 文書{ $wanted }件中{ $read }件 · { SIZE($bytes) }
cli-progress-verify = 部品{ $wanted }個中{ $read }個 · { SIZE($bytes) }

## verify

cli-verify-whole = 完全です。すべての部品があり、計算したダイジェストはどれも一致しました。
cli-verify-broken = 壊れています。{ $count }か所に問題があります。
cli-verify-counts = 文書{ $documents }件を読んで計算、部品{ $blobs }個は{ $depth ->
        [read] 読んで計算
       *[present] 有無とサイズを確認
    }
cli-verify-named-by = 参照元：{ $place }

## samples

cli-samples-title = 内蔵サンプル：ネットワークもアカウントも不要
cli-samples-tags = タグ：{ LIST($tags) }
cli-samples-open = 開き方：kaibo inspect { $reference }
cli-sample-hello = { first-sample-hello }
cli-sample-single = { first-sample-single }
cli-sample-multi = { first-sample-multi }
cli-sample-list = { first-sample-list }
cli-sample-fam = { first-sample-fam }
cli-sample-comp = { first-sample-comp }
cli-sample-artifacts = { first-sample-artifacts }
cli-sample-epoch0 = { first-sample-epoch0 }
cli-sample-referrers = { first-sample-referrers }
