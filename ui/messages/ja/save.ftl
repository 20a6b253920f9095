# 画面の内容の保存

save-menu = 保存
save-svg = 図をSVGで保存
save-png = 図をPNGで保存
save-report = レポート…
save-report-title = レポートの保存
save-report-detail = 画面の内容を文章と数値にします。すべての部品のダイジェスト・サイズ・気づいた点が入ります。
save-report-format = 形式
save-report-md = Markdown（読むため）
save-report-json = JSON（プログラム用）
save-report-environment = 環境変数の値も入れる
    .hint = 秘密が含まれることがあるため、チェックしない限り入れません。
save-report-do = レポートを保存
save-done = { $name } に保存しました
save-too-large = 図が大きすぎてPNGにできません。SVGなら全体を保存できます。
save-failed = PNGを描けませんでした。SVGなら保存できます。
