# 設定ダイアログ

settings-title = 設定
settings-language = 言語
settings-language-auto = システムに合わせる
settings-theme = 外観
settings-theme-auto = システムに合わせる
settings-theme-light = ライト
settings-theme-dark = ダーク
settings-theme-contrast = ハイコントラスト
settings-about = このアプリについて
settings-about-kaibo = Kaiboはコンテナイメージの中身を見せます。レジストリ・エンジン・ファイルは読むだけで、変更しません。
settings-version = バージョン { $version }（{ $platform }）
settings-done = 完了
