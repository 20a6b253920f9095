### 端末での一覧：repos、tags。

## コマンドと引数

cli-repos = レジストリにあるリポジトリの一覧を表示（レジストリが公開している場合）
cli-repos-registry = レジストリ、またはその中の名前空間：registry.example:5000、docker.io/library
cli-repos-limit = この件数で打ち切る

cli-tags = リポジトリのタグの一覧を表示
cli-tags-repository = リポジトリ：alpine、ghcr.io/owner/app
cli-tags-digests = 一覧にないダイジェストを、タグごとにHEAD1回で調べる（pullには数えられない）
cli-tags-budget = 調べるダイジェストの上限（省略時、リクエストを数えるレジストリでは100、ほかではすべて）
cli-tags-match = この形のタグだけ：「*」は任意の文字列、「?」は任意の1文字
cli-tags-sort = version：新しいバージョンから（既定）。date：新しい順。name：文字順
cli-tags-all = ほかのイメージに付くタグ（署名、ビルド記録、部品表）も表示

## 共通

cli-list-requests = 情報元：{ $via }。{ $requests }
cli-list-incomplete = 一覧には続きがあります。

## repos

cli-repos-count = { $count ->
        [0] リポジトリはありません。
       *[other] リポジトリ{ $count }件
    }
cli-repos-column-name = リポジトリ
cli-repos-column-date = 日付
cli-repos-column-about = 説明

## tags

cli-tags-count = { $count ->
        [0] タグはありません。
       *[other] タグ{ $count }個
    }
cli-tags-count-match = { $count ->
        [0] 「{ $pattern }」に合うタグはありません
       *[other] 「{ $pattern }」に合うタグは{ $count }個
    }（全{ $total }個中）
cli-tags-column-tag = タグ
cli-tags-column-digest = ダイジェスト
cli-tags-column-group = 同一
cli-tags-column-size = サイズ
cli-tags-column-date = 日付
cli-tags-column-platforms = 環境
cli-tags-column-scan = スキャン
cli-tags-column-for = 付く先
cli-tags-for = { DIGEST($digest) }の{ $kind }
cli-tags-groups = 複数のタグが指す同じイメージ
cli-tags-groups-more = ほか{ $count }組
cli-tags-hidden = ほかのイメージに付くタグ（署名やビルド記録など）{ $count }個は省略。「--all」で表示します。
cli-tags-no-digests = タグ{ $count }個は一覧にダイジェストがありません。「--digests」を付けると、HEAD1回ずつで調べます。
cli-tags-budget-spent = タグ{ $count }個のダイジェストは分かりません（上限を超えたか、応答になし）。「--budget N」で上限を上げられます。
cli-tags-quota = 残りのpullは{ $left }回{ $limit ->
        [none] です。
       *[other] です（上限{ $limit }回）。
    }

cli-progress-list = { $count }件
cli-progress-digests = ダイジェスト{ $wanted }個中{ $read }個 · { SIZE($bytes) }
