# ウィンドウがMarkdownで保存するレポート。
report-part = 部品
report-platform = 環境
report-digest = ダイジェスト
report-size = サイズ
report-type = メディアタイプ
report-layer = レイヤー
report-diff-id = diffID
report-made-by = 作成した行
report-created = ビルド日時
report-env = 環境変数
report-entrypoint = エントリーポイント
report-cmd = コマンド
report-findings = 気づいたこと
report-bytes = { BYTES($bytes) }バイト
report-requests = { $count ->
    [0] 通信なしで読み取りました。
   *[other] { $count }回の通信（{ SIZE($bytes) }）で読み取りました。
}
