### レジストリ、リポジトリ、タグ。前半は両方のプログラムが source、anatomy、explorer の型について使う文。

## リポジトリとタグの情報元（source::Via）

via-registry = レジストリ自身
via-docker-hub = Docker HubのAPI
via-ecr = AWS ECRのAPI
via-quay = QuayのAPI
via-acr = Azure Container RegistryのAPI

## 一覧がない理由（source::Unlisted）と代わりの方法

unlisted-not-offered = このレジストリは、リポジトリの一覧を公開していません。
    .advice = リポジトリの名前を指定すれば、タグの一覧は見られます。
unlisted-not-allowed = このレジストリには一覧がありますが、このアカウントには見せません。
    .advice = リポジトリの名前を指定すれば、タグの一覧は見られます。管理者のアカウントなら一覧も見られるかもしれません。
unlisted-needs-namespace = このレジストリはリポジトリが多すぎるため、全体の一覧がありません。
    .advice = 持ち主を指定してください。レジストリの後にユーザーかチームの名前を続けます。例：docker.io/library

## ほかのイメージに付くタグの種類（anatomy::tag::AttachedKind）

attached-referrers = 参照元の一覧
attached-signature = 署名
attached-attestation = ビルド記録
attached-sbom = 部品表

## The window: what all lists have in common

browse-path = 現在の場所
browse-filter = 絞り込み
browse-filter-none = 名前に「{ $filter }」を含むものはありません。
browse-filter-clear = 絞り込みを解除
browse-stopped = 中止しました。届いた分を表示しています。
browse-list-all = すべて取得
browse-help = 矢印キーで移動、Enterで開く、文字入力で検索。
browse-as = アカウント：{ $account }（{ $from }）
browse-as-nobody = アカウントなしで取得
browse-change = アカウントを変更
browse-sign-in = サインイン
browse-favourite = お気に入り
browse-favourite-of = お気に入り：{ $name }
browse-copy = 名前をコピー
browse-name = 名前
browse-date = 日付
browse-description = 説明

## The window: repositories of a registry

registry-list = { $registry } のリポジトリ
registry-reading = { $count ->
        [0] { $registry } にリポジトリの一覧を問い合わせています。
       *[other] { $registry } のリポジトリが、これまでに{ $count }件届きました。
    }
registry-count = { $count ->
        [0] { $registry } には、見えるリポジトリがありません。
       *[other] { $registry } のリポジトリは{ $count }件です。
    }
registry-count-part = { $registry } には、表示中の{ $count }件のほかにもリポジトリがあります。
registry-via = 情報元：{ $via }
registry-matching = 該当{ $count }件
registry-empty = 空のレジストリか、このアカウントには何も見せないレジストリです。名前を指定すれば開けます。
registry-namespace = { $registry } では、名前空間を入力すると一覧が出ます。
    .detail = 名前空間は、ユーザー、チーム、組織のどれかです。公式イメージは「library」にあります。
registry-unlisted = { $registry } は、リポジトリの一覧を公開していません。
    .detail = そういう作りで、故障ではありません。リポジトリの名前を指定すれば、タグの一覧は見られます。
registry-denied = { $registry } は、このアカウントには一覧を見せません。
    .detail = リポジトリの名前を指定すれば、タグの一覧は見られます。管理者のアカウントなら一覧も見られるかもしれません。
registry-none-yet = お気に入りと、{ $registry } で開いたものがここに並びます。
registry-favourites = お気に入り
registry-recent = 以前に開いたもの
registry-all = すべて
registry-namespace-box = 名前空間
registry-namespace-go = 一覧を表示
registry-repository-box = リポジトリ
registry-repository-go = タグを表示

## The window: tags of a repository

repository-list = { $repository } のタグ
repository-reading = { $count ->
        [0] { $registry } に { $name } のタグを問い合わせています。
       *[other] { $name } のタグが、これまでに{ $count }個届きました。
    }
repository-count = { $newest ->
        [none] { $count ->
            [0] { $name } にはタグがありません。
           *[other] { $name } のタグは{ $count }個です。
        }
       *[other] { $count ->
            [1] { $name } のタグは { $newest } だけです。
           *[other] { $name } のタグは{ $count }個、最新版は { $newest } です。
        }
    }
repository-count-part = { $name } には、表示中の{ $count }個のほかにもタグがあります。
repository-groups = 複数のタグが付いたイメージは{ $groups }個です。
repository-all-different = どのタグも別のイメージを指しています。
repository-names-only = この一覧にあるのは名前だけで、どのイメージを指すかは書かれていません。
repository-digests-unknown = { $count }個のタグは、どのイメージを指すか不明です。
repository-empty = タグのないリポジトリにも、ダイジェストだけで呼ばれるイメージがあるかもしれません。
repository-order = 並び順
repository-order-version = 版の順
repository-order-date = 日付順
repository-group = 同じタグをまとめる
repository-group-cost = 同じタグをまとめる：通信{ $count }回
repository-group-ask = ダイジェスト{ $count }個を問い合わせますか。
repository-group-free = 1個につきHEADリクエスト1回です。イメージは転送せず、pullにも数えません。
repository-group-metered = { $remaining ->
        [none] 1個につきHEADリクエスト1回です。{ $registry } はpullに数えませんが、一度に受ける回数を制限しています。
       *[other] 1個につきHEADリクエスト1回です。{ $registry } はpullに数えません（pull残り{ $remaining }/{ $limit }回）が、一度に受ける回数を制限しています。
    }
repository-group-all = { $count }個すべて問い合わせる
repository-group-some = 最初の{ $count }個を問い合わせる
repository-group-not-now = 今はしない
repository-group-progress = ダイジェスト{ $asked }/{ $wanted }個を確認済み
repository-attached = 署名と添付を表示（{ $count }個）
repository-attached-of = { $kind ->
        [signature] { $image } の署名
        [attestation] { $image } のビルド記録
        [sbom] { $image } の部品表
       *[referrers] { $image } を参照する文書
    }
repository-same = 同じイメージ
repository-same-as = { $tag } と同じ
repository-tag = タグ
repository-digest = ダイジェスト
repository-size = サイズ
repository-platforms = 環境
repository-scan = 検査
repository-part-failed = 一覧は途中までです。
repository-digests-failed = 一部のダイジェストを取得できませんでした。

## The window: ways to a list

sources-favourites = お気に入り
sources-browse = ほかのレジストリ…
sources-accounts = アカウント
first-browse = レジストリの中を見る
first-browse-go = 中を見る
first-browse-hint = ghcr.io、docker.io/library など
suggest-tags = { $name } のタグ
suggest-repositories = { $registry } のリポジトリ
status-list = { $kind ->
        [registry] リポジトリ{ $count }件
       *[repository] タグ{ $count }個
    }
status-list-asked = 通信{ $count }回、{ $time }
tree-tags = タグ
    .hint = { $repository } のほかのタグ
tree-attachments = 添付
    .hint = レジストリで署名と添付を探す
tree-attachments-looking = 添付を探しています
tree-attachments-found = { $count ->
        [0] 署名や添付は見つかりませんでした。
       *[other] 署名と添付が{ $count }個見つかりました。
    }
    .detail = { $count ->
        [0] このダイジェストを参照する文書は、レジストリにありません。
       *[other] あることだけを確認しました。署名の検証はしていません。
    }
findings-read-all-ask = 設計書{ $unread }件を読みますか。
findings-read-all-cost = { $left ->
        [none] { $registry } は1件をpull1回と数えます。合計{ $unread }回です。
       *[other] { $registry } は1件をpull1回と数えます。合計{ $unread }回、残りは{ $left }回です。
    }
findings-read-all-short = pullの残りより設計書が多くあります。使い切ると、ほかのプログラムもしばらくpullできません。
findings-read-all-yes = pullを{ $unread }回使う
findings-read-all-no = 今はしない
