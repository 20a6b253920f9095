# 最初の画面

first-title = コンテナイメージの中身を、目で見る。
first-detail = 上に名前を入力するか、tarやフォルダーをここへドロップ。サンプルは通信もアカウントも不要です。
first-open-file = ファイルを開く
    .hint = docker saveまたはOCIのアーカイブ
first-open-folder = フォルダーを開く
    .hint = OCIイメージレイアウト
first-samples = 内蔵サンプル
first-samples-reading = サンプルの一覧を読み込み中
first-recent = 最近開いたもの
first-recent-none = 開いたイメージがここに並びます。
first-recent-forget = すべて消去
first-recent-images = { $images }環境
first-sample-open = サンプル { $name } を開く

first-sample-hello = タグ1つで3つの環境
    .lesson = 目次と「unknown」の正体
first-sample-multi = Windowsも入った目次
    .lesson = どのマシンがどの行を選ぶか
first-sample-single = 目次のないタグ
    .lesson = 設計書は1つ、選択なし
first-sample-list = Dockerの古い目次
    .lesson = 言葉は違っても同じ木
first-sample-fam = タグ10個、土台は1つ
    .lesson = リリースで増えるのはわずか
first-sample-comp = 中身は同じ、圧縮は5通り
    .lesson = ダイジェストが違う理由
first-sample-artifacts = イメージではないもの
    .lesson = 同じ封筒のHelmチャート
first-sample-epoch0 = 「56 years ago」
    .lesson = ビルド日時がない理由
first-sample-referrers = 外から指す文書
    .lesson = 署名と部品表（SBOM）

first-picture-no-date = ビルド日時の
first-picture-no-date-2 = 記録なし
first-picture-chart = チャート
first-picture-signature = 署名

first-words = 8つの言葉
first-words-detail = これだけ分かれば、どのイメージも読めます。記号と色はどの画面でも同じです。
first-word-tag = 付け替えできる名札
first-word-index = 環境ごとに1行
first-word-manifest = 1つの環境の部品表
first-word-config = 起動方法とビルド日時
first-word-layer = ファイルの束
first-word-attestation = どう作られたか（実行不可）
first-word-artifact = イメージ以外のもの
first-word-missing = 名前だけあり、実物がない
first-marks = 小さな図形について
    .detail = ダイジェストは印でも表します。同じダイジェストは必ず同じ印になります。
first-marks-same = 同じバイト列
first-marks-other = 別のバイト列
