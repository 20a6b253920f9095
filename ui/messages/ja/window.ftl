# ウィンドウの枠と構造ビュー。

app-name = Kaibo
close = 閉じる
cancel = 中止
copy = コピー
copied = コピー済み
copy-refused = コピー不可（クリップボードが拒否）
again = もう一度試す

## Top bar

top-home = Kaibo：最初の画面
top-back = 戻る
top-forward = 進む
top-reference = イメージ名
top-reference-hint = イメージ名、ダイジェスト、ファイルのパスを貼り付け
top-suggestions = 以前に開いた名前とサンプル
top-open = 開く
top-settings = 設定
top-sources = 取得元
top-inspector = 詳細
top-from-link = リンクから入力されました。Enterを押すまで何も取得しません。
top-from-link-host = リンクから入力されました：{ $host }。Enterを押すまで問い合わせません。

## Sources

sources-label = イメージの取得元
sources-open = 開く
sources-open-file = ファイル…
sources-open-folder = フォルダー…
sources-samples = サンプル（オフライン）
sources-registries = レジストリ
sources-files = ファイル
sources-tags = タグ{ $count }個

## Status bar

status-label = 状態
status-idle = オフラインで使えます。レジストリを指定するまで、このマシンの外とは通信しません。
status-reading = { $reference } を読み込み中
status-verified = { $verified }文書すべて照合済み
status-verified-unread = 照合済み{ $verified }、未読{ $unread }
status-broken = 欠落または読めない部品 { $broken }
status-cancelled = 中止しました
status-failed = 開けませんでした
status-sample = 内蔵サンプル、通信なし
status-file = このマシンから読み込み、通信なし
status-requests = 通信{ $count }回、{ SIZE($bytes) }、{ $time }
status-earlier = 前回の内容（{ DATE($at) }）。レジストリには接続していません
status-cache = 前回の文書を表示。タグだけ再確認済み
status-account = アカウント：{ $account }
status-anonymous = 匿名
status-waiting = { $host } の指示で{ $seconds }秒待機中（{ $status }）
status-quota = { $limit ->
        [0] pull残り{ $remaining }回
       *[other] pull残り{ $remaining }/{ $limit }回
    }
status-warning = { $host } からの警告：{ $text }
status-stored = 合計 { SIZE($bytes) }

## View

view-label = 表示
view-tree = 構造
view-outline = アウトライン
view-picture = 図
view-fit = 全体表示
view-zoom-in = 拡大
view-zoom-out = 縮小
view-zoom = { $percent } %

## Tree

tree-label = { $reference } の構造
tree-help = 矢印キーで移動、右で展開、左で折りたたみ。文字入力で検索。
tree-download = { $images ->
        [1] マシンが取得するのは { SIZE($bytes) } です。
       *[other] マシンは自分の行だけを取得します（約{ SIZE($bytes) }）。
    }
tree-download-range = マシンは自分の行だけを取得します（{ SIZE($least) }～{ SIZE($most) }）。
tree-single-detail = プロセッサーの種類によらず、どのマシンもこの1つを取得します（{ SIZE($bytes) }）。
tree-artifact-detail = 封筒はイメージと同じで、中身が違います（合計 { SIZE($bytes) }）。実行はできません。
tree-stored-detail = 合計 { SIZE($bytes) }。
tree-asking = { $place } に問い合わせ中
tree-opening = { $place } を開いています
tree-reading = { SIZE($read) } / { SIZE($known) } を読み込み済み
tree-reading-documents = 読んだ文書：{ $read } / { $wanted }
tree-stopped = 中止しました。届いた分を表示しています。
tree-stopped-empty = 何も届かないうちに中止しました。
tree-part-problem = この部品を読めませんでした。

tree-tag-note = 付け替えできる名札
tree-tag-file = ファイル
tree-tag-in-file = ファイル内の名前
tree-tag-digest = ダイジェスト指定
tree-index = 目次
tree-index-entries = 環境{ $images }
tree-index-entries-records = 環境{ $images }、ビルド記録{ $records }
tree-index-records = ビルド記録{ $records }
tree-index-empty = 中身なし
tree-manifest = 設計書
tree-no-platform = 環境の指定なし
tree-config = 設定
tree-config-note = 起動設定・ID
tree-layer = レイヤー{ $number }
tree-blob = 中身
tree-statement = 記録の本文
tree-record = ビルド記録
tree-record-note = 実行できない
tree-artifact = アーティファクト
tree-referrer = 関連文書
tree-referrer-note = このイメージを指す
tree-unknown = 不明な文書
tree-missing = 欠落
tree-missing-note = 名前だけで実体なし
tree-unread = 未読
tree-read-this = ここを読む
tree-reading-part = 読み込み中
tree-different = 名前と違うバイト列
tree-more = ほか{ $left }行
tree-more-note = 続きを表示
tree-users = ×{ $users }
tree-users-long = { $users ->
        [1] 1つのイメージで使用
       *[other] { $users }つのイメージで共有
    }
tree-folded = { $layers ->
        [0] 設定
       *[other] 設定、レイヤー{ $layers }
    }
tree-folded-records = { $layers ->
        [0] 設定、ビルド記録
       *[other] 設定、レイヤー{ $layers }、ビルド記録
    }
tree-folded-long = 折りたたみ
tree-unfold = 展開
tree-fold = 折りたたむ

outline-part = 部品
outline-what = 内容
outline-size = サイズ
outline-digest = ダイジェスト
outline-state = 状態

findings-label = 知っておくとよいこと
findings-records = 「unknown/unknown」の{ $records }行はビルド記録です。
    .detail = { $records ->
        [1] 対象の環境の下に置いています。
       *[other] それぞれ、対象の環境の下に置いています。
    }
findings-unread = このレジストリは読み取り回数を数えるため、設計書{ $unread }件は読んでいません。
    .detail = { $left ->
        [none] 環境を展開すると読み込みます。
       *[other] pull残り{ $left }回。環境を展開すると読み込みます。
    }
findings-read-all = すべて読む
findings-times = { $times }か所
findings-show = 見る
findings-all = ほか{ $count }件を表示
findings-fewer = 少なく表示

## Artifacts by the type of their settings (anatomy::MediaName), where the settings' own name would mislead

artifact-docker-plugin-config = Dockerプラグイン
artifact-helm-config = Helmチャート
artifact-flux-config = Fluxのマニフェスト一式
artifact-opa-config = OPAポリシー
artifact-wasm-config = WebAssemblyコンポーネント
artifact-wasm-config-early = WebAssemblyモジュール
artifact-singularity-config = Singularityイメージ
artifact-modelpack-config = AIモデル（ModelPack）
