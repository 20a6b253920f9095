# インスペクター：選んだ部品の説明・事実・JSON・取得コマンド

inspector-nothing = 選択なし
inspector-nothing-advice = 部品を選ぶと、説明・事実・JSON・取得コマンドが表示されます。

## Title of the selected part

inspector-title-tag = タグ { $name }
inspector-title-index = 目次（インデックス）
inspector-title-manifest = 設計書（マニフェスト）
inspector-title-manifest-for = { $platform } の設計書
inspector-title-config = 設定
inspector-title-config-of = { $platform } の設定
inspector-title-config-artifact = アーティファクトの説明書
inspector-title-layer = レイヤー
inspector-title-layer-at = レイヤー{ $place }
inspector-title-layer-of = { $platform } のレイヤー{ $place }
inspector-title-layer-artifact = アーティファクトの中身
inspector-title-statement = ビルド記録の本文
inspector-title-attestation = ビルド記録
inspector-title-attestation-for = { $platform } のビルド記録
inspector-title-artifact = アーティファクト
inspector-title-referrer = 関連文書
inspector-title-unknown = 未知の文書
inspector-title-missing = 欠けている部品
inspector-title-missing-for = 欠落：{ $platform }

## Verified sign

inspector-verified = 照合済み
    .detail = ここで読み込み、計算したダイジェストが一致しました。
inspector-reading = 読み込み中
    .detail = 文書を読み込んでいます。
inspector-unread = 未読
    .detail = ほかの文書に名前がありますが、本体はまだ読んでいません。
inspector-different = 不一致
    .detail = ここで読み込みましたが、計算したダイジェストが異なります。

## Sections

inspector-section-what = これは何？
inspector-section-facts = 事実
inspector-section-layers = レイヤー（土台から順）
inspector-section-statements = 記録の一覧
inspector-section-content = 中身
inspector-section-history = 履歴（古い順）
inspector-section-environment = 環境変数
inspector-section-labels = ラベル
inspector-section-annotations = 注釈（アノテーション）
inspector-section-noticed = 気づいたこと
inspector-section-statement = 記録の本文
inspector-section-json = JSON
inspector-section-command = コマンド

## What is this

inspector-what-tag = 付け替えできる名札です。指す先は、明日には別のものかもしれません。変わらないのはダイジェストだけです。
inspector-what-tag-index = 目次を指しているので、各マシンは自分に合う行を選べます。
inspector-what-tag-manifest = 設計書を直接指しています。目次がないので、CPUの種類に関係なく、どのマシンも同じイメージを受け取ります。1つの環境向けのビルドでは普通のことです。
inspector-what-tag-attestation = イメージではなくビルド記録を指しています。実行できるものはありません。多くは、目次が届く前にpushが止まったためです。
inspector-what-tag-artifact = イメージ以外のもの（アーティファクト）を指しています。レジストリはどちらも同じ封筒で保管します。
inspector-what-tag-missing = 指す先の実物がありません。
inspector-what-tag-unknown = 指す先は、ここでは知られていない種類の文書です。
inspector-what-tag-open = 指す先はまだ読んでいません。

inspector-what-index = 目次（イメージインデックス）です。マシンは自分のOSとCPUに合う1行を選び、残りは読みません。
inspector-what-index-one = 環境は1つだけです。目次があっても、複数の環境に対応しているとは限りません。
inspector-what-index-records = 「unknown/unknown」の{ $records }行はビルド記録です。実行されることはありません。
inspector-what-index-docker = Dockerの古い形式（マニフェストリスト）ですが、意味は同じです。
inspector-what-index-nested = 別の目次の中の1行でもあります。規格では許されていますが、たどらないエンジンもあります。

inspector-what-manifest = 1つの環境向けの部品表です。部品はすべてダイジェストで指定されているため、この短い文書のダイジェストがイメージ全体を表します。
inspector-what-manifest-parts = { $layers ->
        [0] 設定が1つあり、レイヤーはありません。
       *[other] 設定1つと、土台から順にレイヤー{ $layers }枚を指しています。
    }
inspector-what-manifest-unread = まだ読んでいません。ここにあるのは、これを指す文書に書かれている内容です。
inspector-what-manifest-alone = タグが直接ここを指すため、環境による選択は行われません。どのマシンもこのイメージを受け取り、CPUが違えば起動時に初めて失敗します。
inspector-what-manifest-docker = Docker独自の形式（schema 2）です。エンジンはOCI形式と同じように読みます。

inspector-what-config = イメージの設定です。何を起動するか、どの環境向けか、いつビルドされたか、展開後のレイヤーの指紋が書かれています。この文書のダイジェストが、従来のDockerが「IMAGE ID」と表示する値です。
inspector-what-config-empty = { "{}" } の2バイトだけの、空の置き石です。設計書には設定の欄が必要ですが、アーティファクトに設定はありません。
inspector-what-config-record = 形だけの設定です。ビルド記録には起動するものがないので、設定もビルド日時もありません。イメージと取り違えたプログラムは「56 years ago」と表示します。
inspector-what-config-artifact = アーティファクトに起動するものはありません。中身の説明が独自の形式で書かれています。
inspector-what-config-other = イメージの設定ではない種類なので、エンジンは起動しません。

inspector-what-date-absent = ビルド日時が記録されていません。「docker images」は1970年から数えて「56 years ago」と表示しますが、新しいイメージかもしれません。
inspector-what-date-epoch = ビルド日時の記録がありません。同じ材料から同じバイト列を作るため、日時ゼロ（1970年）が書かれています（再現可能ビルド）。「docker images」は「56 years ago」と表示しますが、新しいイメージかもしれません。
inspector-what-date-epoch-plus-one = ビルド日時の記録がありません。同じ材料から同じバイト列を作るため、1970年の1秒後が書かれています（Nixなど）。「docker images」は「56 years ago」と表示しますが、新しいイメージかもしれません。
inspector-what-date-buildpacks = ビルド日時の記録がありません。Cloud Native Buildpacksは、同じ材料から同じバイト列を作るため、どのイメージにも1980年と書きます。新しいイメージかもしれません。
inspector-what-date-go-zero = ビルド日時の記録がありません。日時を持たないプログラムが、ゼロに当たる西暦1年を書きました。新しいイメージかもしれません。
inspector-what-date-unreadable = ビルド日時を日時として読めません。書かれたままの値がJSONにあります。

inspector-what-layer = 圧縮されたファイルの束です。土台から順に重ね、上のレイヤーのファイルが下の同名ファイルを隠します。
inspector-what-layer-other = 設計書がレイヤーとして挙げている部品ですが、エンジンがファイルに展開する種類ではありません。
inspector-what-layer-base = これが土台です。ほかはすべてこの上に重なります。
inspector-what-layer-only = このイメージのレイヤーはこの1枚だけです。
inspector-what-layer-empty = ファイルは入っていません。設定だけを変える行のために、古いビルダーがこのようなレイヤーを書きました。
inspector-what-layer-shared = ここにある{ $count }つのイメージが使っています。保管も取得も1回だけです。
inspector-what-layer-exists = 同じバイト列をすでに持っているマシンは「Already exists」と表示し、取得を省きます。
inspector-what-layer-zstd = zstdで圧縮されています。古いエンジンでは展開できません。
inspector-what-layer-encrypted = 暗号化されています。鍵を持つエンジンだけが展開できます。
inspector-what-layer-foreign = レジストリに実物がないことがあり、エンジンは「事実」のアドレスから取得します。Kaiboがこのアドレスへ通信することはありません。
inspector-what-layer-artifact = アーティファクトの中身です。レイヤーと同じ形で保管されますが、イメージのファイルとして展開されることはありません。

inspector-what-statement = ビルドについての記録（in-toto）です。何を、誰が、どのソースから作ったかが書かれています。数kBの文章で、実行されることはありません。

inspector-what-attestation = イメージがどう作られたかの控えです。イメージではないので、実行されることはありません。
inspector-what-attestation-of = { $platform } のイメージがどう作られたか（ソースとビルダー）の控えです。イメージではないので、実行されることはありません。
inspector-what-attestation-listed = 対象の環境がないため、目次では「unknown/unknown」になります。エンジンはこれを見て読み飛ばします。壊れてはいません。
inspector-what-attestation-alone = ふつうは目次の中でイメージと並びますが、ここでは名前がこの記録だけを指しています。
inspector-what-attestation-artifact-form = 新しい形式です。対象のイメージを「subject」で指すアーティファクトになっています（BuildKit 0.32以降）。

inspector-what-artifact = イメージ以外のものが、同じ封筒に入っています。チャート、署名、部品表（SBOM）などで、エンジンでは実行できません。
inspector-what-artifact-alone = タグが直接これを指すため、この名前を「docker pull」しても失敗するか、実行できないものが届きます。
inspector-what-referrer = 署名や部品表（SBOM）のように、外からイメージを指す文書です。イメージ側には書かれていないので、後から追加できます。存在を示すだけで、内容の検証はしていません。
inspector-what-unknown = ここでは知られていない種類の文書です。下に元のバイト列があります。
inspector-what-missing = 名前だけがあり、実物がありません。削除されたか、pushされていません。
inspector-what-missing-platform = { $platform } のpullは失敗します。ほかの環境に影響はありません。
inspector-what-missing-names = タグの指す先がないので、どのpullも失敗します。
inspector-what-missing-lists = 目次のこの行を選んだマシンは失敗します。ほかの行に影響はありません。
inspector-what-missing-config = 設定のないイメージは起動できず、pullも失敗します。
inspector-what-missing-layer = レイヤーが欠けたイメージは展開できず、pullも失敗します。
inspector-what-missing-attests = 影響があるのはビルドの記録だけです。イメージ自体はpullできます。
inspector-what-missing-subject = この文書が指すイメージがありません。

## Facts

inspector-fact-name = 名前
inspector-fact-points-at = 指す先
inspector-fact-size = サイズ
inspector-fact-download = 取得サイズ
inspector-fact-type = 種類
inspector-fact-by-tag = 見つけたタグ
inspector-fact-artifact-type = 内容の種類
inspector-fact-platform = 環境
inspector-fact-in = 使用元
inspector-fact-places = 位置
inspector-fact-diff-id = diffID
    .detail = 展開後のレイヤーのダイジェスト
inspector-fact-chain-id = chainID
    .detail = ここまで積んだ山のダイジェスト
inspector-fact-made-by = 作成した行
inspector-fact-made = 作成日時
inspector-fact-also-in = 他の使用先
inspector-fact-urls = 配布元
inspector-fact-built = ビルド日時
inspector-fact-author = 作者
inspector-fact-entrypoint = Entrypoint
inspector-fact-cmd = Cmd
inspector-fact-working-dir = 作業場所
inspector-fact-user = ユーザー
inspector-fact-ports = ポート
inspector-fact-volumes = ボリューム
inspector-fact-stop-signal = 停止シグナル
inspector-fact-describes = 対象
inspector-fact-named-by = 参照元
inspector-fact-described-by = 記録
inspector-fact-entries = 行
inspector-fact-entries-left = 未表示
inspector-bytes = { BYTES($bytes) }バイト
inspector-no-date = ビルド日時の記録なし
inspector-value-user-root = root（指定なし）
inspector-value-entries = 環境{ BYTES($images) }、ビルド記録{ BYTES($records) }
inspector-value-entries-left = ほか{ BYTES($count) }行
inspector-more = ほか{ BYTES($count) }件
inspector-history-empty = 設定のみ
inspector-history-layer = レイヤー{ $place }

## Masked values

inspector-mask = 伏せた値（{ $length }文字）
inspector-mask-show = 表示
inspector-mask-note = 秘密らしい値は、クリックするまで伏せています。判定は推測です。

## JSON

inspector-json-part = { $name } の一部
inspector-json-shown = { BYTES($total) }文字中{ BYTES($shown) }文字を表示
inspector-json-more = 続きを表示
inspector-json-all = すべて表示
inspector-json-label = 元のJSON
inspector-json-go = { $digest } へ移動
inspector-json-reading = 文書を読み込み中
inspector-json-inexact = 文字として読めないバイトがあります。「�」で示しています。
inspector-json-none = タグは名前であって文書ではないので、JSONはありません。指す先にあります。
inspector-json-not-read = まだ読んでいません。
inspector-json-read = 今読み込む
inspector-json-broken = 読みやすいように改行を加えています。元のバイト列にはなく、コピーにも入りません。
inspector-json-break = 改行
inspector-json-hidden = 見えない文字は、次のように書き表します：

## Statement

inspector-statement-read = 記録を読む
inspector-statement-reading = 記録を読み込み中
inspector-statement-predicate = 種類
inspector-statement-subject = 対象
inspector-statement-builder = ビルダー
inspector-statement-source = ソース
inspector-statement-commit = コミット
inspector-statement-materials = 材料
inspector-statement-finished = 完了日時
inspector-statement-packages = パッケージ数
inspector-statement-more = ほか{ BYTES($count) }件
inspector-statement-unsigned = 署名はありません。書いた人の主張であり、ここで証明されたものではありません。
inspector-statement-signed = 署名付きです。署名はここでは検証していません。
inspector-statement-empty = ビルダーもソースも書かれていません。
inspector-predicate-slsa-v0-2 = 来歴（SLSA 0.2）
inspector-predicate-slsa-v1 = 来歴（SLSA 1）
inspector-predicate-spdx = 部品表（SPDX SBOM）
inspector-predicate-cyclonedx = 部品表（CycloneDX SBOM）
inspector-predicate-vex = 脆弱性の見解（OpenVEX）
inspector-predicate-vulns = 脆弱性スキャンの結果
inspector-predicate-test-result = テストの結果
inspector-predicate-vsa = 検証の要約（SLSA）
inspector-predicate-cosign = cosignによる記録

## Command

inspector-command-none = これだけを取得するコマンドはありません。
inspector-copy-json = JSONをコピー
inspector-copy-command = コマンドをコピー
inspector-copy-digest = ダイジェストをコピー
