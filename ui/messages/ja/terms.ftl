### イメージの部品を表す言葉。ウィンドウ、端末、レポートで共通。

## 役割（anatomy::Role）：言葉と、一文の説明

role-tag = タグ
role-tag-what = レジストリ上の付け替え可能な名札です。ダイジェスト1つを指します。
role-index = 目次
role-index-what = 設計書を束ねる目次（インデックス）です。クライアントは環境に合う1行を選びます。
role-manifest = 設計書
role-manifest-what = 1つの環境向けの部品表（マニフェスト）です。設定1つと、下から順に重ねるレイヤーの一覧です。
role-config = 設定
role-config-what = 起動方法、対象の環境、ビルド日時、展開後のレイヤーの指紋を持つ文書（config）です。
role-layer = レイヤー
role-layer-what = 下のレイヤーに重ねるファイル一式の圧縮アーカイブです。
role-attestation = ビルド記録
role-attestation-what = どう作られたかの記録です。イメージの隣に置かれ、実行はできません。
role-artifact = アーティファクト
role-artifact-what = 同じ封筒に入った、イメージ以外のものです。Helmチャート、部品表、署名など。実行はできません。
role-referrer = 関連文書
role-referrer-what = このイメージをsubjectとして指す設計書（referrer）です。署名やスキャン結果など。
role-unknown = 不明
role-unknown-what = Kaiboの知らない種類の文書です。バイト列をそのまま表示します。
role-missing = 欠落
role-missing-what = ダイジェストで参照されていますが、取得元にない部品です。

## 一文の答え（anatomy::Headline）

headline-nothing = まだ何も読んでいません。
headline-platforms = { $platforms ->
        [1] タグ1つに1つの環境。レイヤーは{ $layers }枚です。
       *[other] タグ1つに{ $platforms }つの環境。どれもレイヤーは{ $layers }枚です。
    }
headline-platforms-mixed = タグ1つに{ $platforms }つの環境があります。
headline-nothing-runnable = この目次にはビルド記録が{ $records }件あるだけで、実行できるものがありません。
headline-index-of-artifacts = この目次にはアーティファクトが{ $artifacts }件載っています。イメージはありません。
headline-index-empty = この目次には何も載っていません。
headline-single-manifest = タグが設計書1つを直接指しています。レイヤーは{ $layers }枚です。環境の一覧（目次）はありません。
headline-tag-names-attestation = タグが、イメージではなくビルド記録を指しています。実行できません。
headline-tag-names-artifact = タグが、イメージではなくアーティファクトを指しています：{ $artifactType }
headline-unreadable = タグの指す文書を、Kaiboは解釈できません。

## ビルド日時（anatomy::BuildDate）

date-recorded = ビルド { DATE($unix) }
date-absent = ビルド日時の記録なし
date-epoch = ビルド日時の記録なし（再現可能ビルド：1970年）
date-epoch-plus-one = ビルド日時の記録なし（Nixは1970年と書く）
date-buildpacks = ビルド日時の記録なし（Buildpacksは1980年と書く）
date-go-zero = ビルド日時の記録なし（西暦1年はGoのゼロ値）
date-unreadable = ビルド日時を読めない：{ $text }

## やりとりの段階（source::Stage）

stage-connect = 接続
stage-first-byte = 応答待ち
stage-body = 応答の続き待ち
stage-whole = 全体

## 探すもの（source::Thing）

thing-repository = リポジトリ
thing-tag = タグ
thing-manifest = 設計書
thing-blob = 部品（blob）

## 重要さ（anatomy::Severity）

severity-info = 参考
severity-warning = 注意
severity-error = 不良

## メディアタイプ（anatomy::MediaName）

media-oci-index = OCI目次（イメージインデックス）
media-docker-manifest-list = Docker形式の目次（マニフェストリスト）
media-oci-manifest = OCI設計書（マニフェスト）
media-docker-manifest = Docker形式の設計書（schema 2）
media-docker-schema1-signed = Docker旧形式の設計書（schema 1、署名付き、廃止）
media-docker-schema1 = Docker旧形式の設計書（schema 1、廃止）
media-oci-artifact-manifest = OCIアーティファクト設計書（撤回された草案）
media-oci-config = OCIイメージ設定
media-docker-config = Dockerイメージ設定
media-docker-plugin-config = Dockerプラグイン設定
media-oci-empty = 空の代用品
media-oci-descriptor = 記述子
media-oci-layout-header = OCIレイアウトの印
media-oci-layer-tar = レイヤー（無圧縮）
media-oci-layer-gzip = レイヤー（gzip）
media-oci-layer-zstd = レイヤー（zstd）
media-docker-layer-gzip = Docker形式のレイヤー（gzip）
media-docker-layer-tar = Docker形式のレイヤー（無圧縮）
media-docker-layer-zstd = Docker形式のレイヤー（zstd、規格外）
media-docker-foreign-gzip = 外部配布のWindowsベースレイヤー（gzip）
media-docker-foreign-tar = 外部配布のWindowsベースレイヤー（無圧縮）
media-oci-nondistributable-tar = 再配布禁止レイヤー（無圧縮、非推奨）
media-oci-nondistributable-gzip = 再配布禁止レイヤー（gzip、非推奨）
media-oci-nondistributable-zstd = 再配布禁止レイヤー（zstd、非推奨）
media-oci-layer-encrypted = 暗号化レイヤー
media-oci-layer-gzip-encrypted = 暗号化レイヤー（gzip）
media-nydus-blob = Nydusの遅延取得レイヤー
media-erofs-layer = EROFSレイヤー
media-oci-early-layer = レイヤー（gzip、OCI 1.0より前）
media-in-toto = ビルド証明書（in-toto）
media-buildkit-attestation = BuildKitのビルド記録
media-dsse-envelope = 署名付き封筒（DSSE）
media-cosign-payload = cosign署名の本文
media-cosign-signature = cosign署名
media-cosign-sbom = cosign部品表（SBOM）
media-sigstore-bundle = Sigstore証明一式
media-notation-signature = Notation署名
media-signature-jws = 署名（JWS）
media-signature-cose = 署名（COSE）
media-spdx = 部品表（SPDX）
media-spdx-cosign = 部品表（SPDX、cosign）
media-spdx-text = 部品表（SPDX、テキスト）
media-cyclonedx = 部品表（CycloneDX）
media-cyclonedx-xml = 部品表（CycloneDX、XML）
media-syft = 部品表（Syft）
media-openvex = 脆弱性の見解書（OpenVEX）
media-sarif = スキャン結果（SARIF）
media-helm-config = Helmチャート情報
media-helm-chart = Helmチャート本体
media-helm-provenance = Helm署名ファイル
media-flux-config = Flux情報
media-flux-content = Flux構成一式
media-kyverno-policy = Kyvernoポリシー
media-opa-config = OPAポリシー情報
media-opa-policy = OPAポリシー
media-falco-rules = Falcoルール
media-artifacthub = Artifact Hub情報
media-wasm-config = Wasmコンポーネント設定
media-wasm = Wasmモジュール
media-wasm-config-early = Wasm設定（旧形式）
media-wasm-early = Wasmモジュール（旧形式）
media-wasm-filter = Envoy用Wasmフィルター
media-singularity = Singularityイメージ
media-singularity-config = Singularityイメージ設定
media-tekton = Tekton部品一式
media-ollama-model = Ollamaモデル
media-ollama-template = Ollamaプロンプトのひな型
media-ollama-system = Ollamaシステムプロンプト
media-ollama-params = Ollamaパラメーター
media-ollama-license = Ollamaライセンス
media-ollama-projector = Ollamaプロジェクター
media-ollama-adapter = Ollamaアダプター
media-modelpack = AIモデル（ModelPack）
media-modelpack-config = AIモデル設定（ModelPack）
media-devcontainers = Dev Container情報
media-devcontainers-layer = Dev Container部品
media-buildkit-cache = BuildKitのビルドキャッシュ
media-checkpoint = コンテナの保存点
media-oras-unknown-config = 種類未指定の設定（ORAS）
media-oras-unknown-artifact = 種類未指定のアーティファクト（ORAS）
media-octet-stream = 種類未指定のバイト列
media-cnab = CNABバンドル
media-docker-ai = Docker AIモデル
media-modelpack-weight = AIモデルの重み（ModelPack）
media-estargz = 遅延取得レイヤー（eStargz）
media-zstd-chunked = 部分取得レイヤー（zstd:chunked）
