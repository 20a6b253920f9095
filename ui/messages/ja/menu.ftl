# ウィンドウのメニューと、そこから開くダイアログ。ページではなくアプリが読む。

menu-file = ファイル
menu-open-file = ファイルを開く…
menu-open-folder = フォルダを開く…
menu-save = 保存…
menu-settings = 設定…
menu-close-window = ウィンドウを閉じる
menu-quit = Kaiboを終了

menu-edit = 編集
menu-undo = 取り消す
menu-redo = やり直す
menu-cut = 切り取り
menu-copy = コピー
menu-paste = 貼り付け
menu-select-all = すべて選択

menu-view = 表示
menu-go-to = イメージの指定欄へ移動
menu-first-screen = 最初の画面
menu-read-again = もう一度読む
menu-outline = 図と一覧の切り替え
menu-theme = 外観
menu-theme-auto = システムに合わせる
menu-theme-light = ライト
menu-theme-dark = ダーク
menu-theme-contrast = 高コントラスト
menu-zoom-in = 拡大
menu-zoom-out = 縮小
menu-zoom-reset = 実際のサイズ

menu-window = ウィンドウ
menu-minimize = しまう
menu-maximize = 拡大／縮小
menu-fullscreen = フルスクリーン
menu-services = サービス
menu-hide = Kaiboを隠す
menu-hide-others = ほかを隠す
menu-show-all = すべてを表示

menu-help = ヘルプ
menu-samples = サンプル
menu-about = Kaiboについて
menu-about-comment = コンテナイメージの中身を調べるアプリ。

menu-open-file-title = イメージのアーカイブを開く
menu-open-folder-title = イメージのレイアウトを開く
menu-save-title = 保存
menu-archives = イメージのアーカイブ
menu-all-files = すべてのファイル
