### 文書の変わった点（anatomy::Irregularity）。本文は一文、detail はなぜ大切か、どうすればよいか。
### 分からない値は none という語で届く。

irregularity-not-json = この文書はJSONではありません：{ $reason }
    .detail = どのエンジンも読めません。バイト列をそのまま表示します。

irregularity-not-an-object = この文書はJSONですが、オブジェクトではありません。
    .detail = 目次、設計書、設定は「{"{"}」で始まります。エンジンはこの文書を拒否します。

irregularity-duplicate-keys = 同じ項目が2回書かれています（{ $pointer }）。
    .detail = どちらを信じるかはプログラム次第で、同じものが別のイメージに見えることがあります（CVE-2021-41190）。

irregularity-index-and-manifest = この文書は、目次と設計書を兼ねています。
    .detail = 何に見えるかはプログラム次第で、エンジンは拒否します。このイメージは使わないでください。

irregularity-content-type-differs = レジストリは{ $header }として送りましたが、文書自身は{ $document }と名乗っています。
    .detail = 厳密なクライアントは拒否します。多くはプロキシやアップロードツールが付けた型の誤りです。

irregularity-descriptor-type-differs = 親の文書は{ $descriptor }としていますが、文書自身は{ $document }と名乗っています。
    .detail = 厳密なクライアントは拒否します。親の文書を作ったツールが型を推測したものです。

irregularity-size-differs = 親の文書では{ BYTES($expected) }バイトですが、実際は{ BYTES($actual) }バイトです。
    .detail = サイズを確かめるエンジンは拒否します。中身が壊れているか、親の文書が誤っています。

irregularity-digest-differs = バイト列がダイジェストと一致しません。求めたのは{ DIGEST($expected) }、計算結果は{ DIGEST($actual) }です。
    .detail = 中身が壊れているか、差し替えられています。どのエンジンも拒否します。

irregularity-header-digest-differs = レジストリが示したダイジェストは{ DIGEST($header) }ですが、本文は{ DIGEST($actual) }です。
    .detail = ここで計算した値が正しい値です。途中のプロキシが本文を書き換えた可能性があります。

irregularity-digest-not-computed = ダイジェストの方式が{ $algorithm }で、ここでは計算できません。
    .detail = 問題ではありませんが、Kaiboはこの部分を照合できません。

irregularity-digest-malformed = ダイジェストの欄がダイジェストになっていません（{ $pointer }）：{ $text }
    .detail = これでは何も取得できません。文書を作ったツールの不具合です。

irregularity-size-malformed = サイズがないか、整数ではありません（{ $pointer }）。
    .detail = エンジンは、取得が完了したかどうかをサイズで判断します。

irregularity-field-malformed = 型の誤った項目を読み飛ばしました（{ $pointer }）。
    .detail = エンジンによっては文書全体を拒否します。

irregularity-child-missing = この部分は参照だけがあり、取得元に実物がありません。
    .detail = 自動削除か、途中で終わったpushが原因です。これを必要とするpullは失敗します。イメージをもう一度pushしてください。

irregularity-child-unreadable = この部分は取得元にありますが、読めませんでした。
    .detail = 種類：{ $problem }。ほかの部分はすべて表示しています。

irregularity-over-limit = この部分は{ SIZE($limit) }を超えるため、読みませんでした。
    .detail = { $size ->
        [none] この種類の文書は、ふつうずっと小さいものです。
       *[other] 親の文書では{ SIZE($size) }です。この種類の文書は、ふつうずっと小さいものです。
    }

irregularity-diff-id-count = 設定のdiffIDは{ $diffIds }個、設計書のレイヤーは{ $layers }枚で、数が合いません。
    .detail = エンジンは「layers from manifest don’t match image configuration」として拒否します。

irregularity-history-count = 履歴ではレイヤー{ $lines }枚、設計書では{ $layers }枚で、数が合いません。
    .detail = イメージは動きます。どのコマンドがどのレイヤーを作ったかは分かりません。

irregularity-foreign-urls = レジストリの外の{ $count }か所でもレイヤーが配布されています。
    .detail = Windowsのベースレイヤーで使われた方式です。エンジンはそこから取得することがありますが、Kaiboは取得しません。

irregularity-platform-absent = この項目には対象環境が書かれていません。
    .detail = エンジンは設定を見て判断するか、読み飛ばします。目次を作るときに環境を指定してください。

irregularity-platform-unknown = 環境がunknown/unknownですが、ビルド記録とも書かれていません。
    .detail = エンジンは選びません。実行するためのものなら、ビルドの途中で環境の情報が失われています。

irregularity-platform-differs = 目次では{ $index }、設定では{ $config }になっています。
    .detail = エンジンは目次で選び、設定のとおりに実行します。「exec format error」になりがちです。

irregularity-platform-duplicate = { $platform }の項目が2つあります。
    .detail = エンジンは先の項目を選びます。後の項目が環境で選ばれることはありません。

irregularity-os-version-absent = このWindows用の項目には、対象のビルド（os.version）が書かれていません。
    .detail = どのWindowsでも選ばれますが、実行できるのは一部だけです。

irregularity-date-not-recorded = { $date ->
        [epoch] ビルド日時の記録なし（再現可能ビルド：1970年）
        [epoch-plus-one] ビルド日時の記録なし（Nixは1970年と書く）
        [buildpacks] ビルド日時の記録なし（Buildpacksは1980年と書く）
        [go-zero] ビルド日時の記録なし（西暦1年はGoのゼロ値）
        [unreadable] ビルド日時を読めません。
       *[absent] ビルド日時の記録なし
    }
    .detail = イメージに問題はありません。Dockerは書かれた日時から数えるため、一覧で「56 years ago」と出ることがあります。

irregularity-schema-one = Dockerのschema 1形式で、すでに廃止されています。
    .detail = 今のDockerとcontainerd（2.1以降）はpullできません。ビルドし直すか、変換できるツールでコピーしてください。

irregularity-index-empty = この目次には何も載っていません。
    .detail = pullは必ず失敗します。イメージより先に書かれたか、中身が取り除かれています。

irregularity-nothing-runnable = この目次にはビルド記録だけがあり、実行できるものがありません。
    .detail = pullは必ず「no matching manifest」で失敗します。イメージをもう一度pushしてください。

irregularity-index-too-deep = 目次が循環しているか、4段より深く入れ子になっています。
    .detail = Kaiboはここで止まります。エンジンでも問題になることがあります。

irregularity-shown-in-part = 一部だけを表示：{ $total }件中{ $shown }件
    .detail = 残りは描いていません。文書そのものは全体があります。

irregularity-tag-names-attestation = タグが、イメージではなくビルド記録を指しています。
    .detail = 古いツールのpushが最後の段階で失敗すると、タグがここに残ります。Docker 28.2以降か、buildx --push でpushし直してください。

irregularity-attested-absent = このビルド記録が説明する{ DIGEST($digest) }は、この目次に載っていません。
    .detail = イメージが作り直されるか消され、記録だけが残っています。ここにあるイメージの説明ではありません。

irregularity-subject-differs = { DIGEST($listed) }を指すものとして載っていますが、{ $said ->
        [none] 文書自身はどのイメージも指していません
       *[other] 文書自身が指すのは{ DIGEST($said) }です
    }。
    .detail = 何を指すかは、文書自身のsubjectで決まります。ここにあるイメージの説明ではありません。

irregularity-artifact-type-absent = アーティファクトの種類（artifactType）が書かれていません。
    .detail = 設定が空のときはartifactTypeが必須です（image-spec manifest.md）。ツールが種類を判断できません。

irregularity-config-type-unknown = 設定の型が{ $mediaType }で、イメージの設定ではありません。
    .detail = エンジンはこれをイメージとして実行できません。

irregularity-media-type-unknown = { $mediaType }はKaiboの知らない型です。
    .detail = 型は誰でも作れるため、問題ではありません。そのまま表示します。

irregularity-schema-version = schemaVersionが2ではなく{ $found }です。
    .detail = 厳密なクライアントは拒否します。

irregularity-embedded-data-differs = 親の文書に中身が埋め込まれていますが、ダイジェストと一致しません。
    .detail = 埋め込みを信じるプログラムと、取得するプログラムとで、見えるものが変わります。

irregularity-manifest-made-here = このアーカイブには設計書（マニフェスト）がありません。中身の一覧を設計書の形で示しています。
    .detail = バージョン25より前の「docker save」は、設定とレイヤーだけを書き出します。設定とレイヤーのダイジェストは本物ですが、設計書のダイジェストはどのレジストリのものでもありません。