### うまくいかなかったこと（source::ProblemKind）。本文は何を試して何が分かったか、advice は次の一手。
### 分からない値は none という語で届く。

problem-reference-invalid = 「{ $text }」はイメージの参照として読めません。{ $fault ->
        [empty] { reference-fault-empty }
        [uppercase-repository] { reference-fault-uppercase-repository }
        [digest] { reference-fault-digest }
        [tag] { reference-fault-tag }
        [too-long] { reference-fault-too-long }
        [web-address] { reference-fault-web-address }
        [path-absent] { reference-fault-path-absent }
       *[grammar] { reference-fault-grammar }
    }
    .advice = 使える形：alpine:3.20、ghcr.io/owner/app@sha256:…、oci:フォルダー:タグ、docker-archive:ファイル、sample:hello

problem-transport-unsupported = 「{ $transport }:」が指す場所は、このバージョンでは読めません。
    .advice = docker save -o image.tar NAME でファイルに保存し、docker-archive:image.tar を開いてください。

problem-name-not-resolved = { $host }という名前のアドレスが見つかりません。
    .advice = つづり、ネットワーク、VPNを確かめてください。「--resolve HOST:PORT:ADDRESS」でアドレスを直接指定できます。

problem-unreachable = { $host }に接続できません。
    .advice = レジストリが動いているか、ポート番号が正しいか、プロキシやファイアウォールが通信を止めていないかを確かめてください。

problem-timed-out = { $stage ->
        [whole] { $host }を{ $seconds }秒以内に読み終えられませんでした。
        [connect] { $host }に{ $seconds }秒以内に接続できませんでした。
        [body] { $host }からの応答が途中で止まり、{ $seconds }秒間何も届きませんでした。
       *[first-byte] { $host }から{ $seconds }秒間応答がありません。
    }
    .advice = { $stage ->
        [whole] 「--timeout」を長くするか、もう一度実行してください。読めた分は保存されています。
       *[other] もう一度試してください。続く場合は、レジストリか途中のプロキシが混み合っています。
    }

problem-tls-untrusted = { $issuer ->
        [none] { $host }の証明書は、このマシンが信頼していない認証局のものです。
       *[other] { $host }の証明書は「{ $issuer }」が発行したもので、このマシンは信頼していません。
    }
    .advice = 認証局の証明書を「--ca FILE」かSSL_CERT_FILEで指定してください。「--insecure」は今回だけ検査を省きます。

problem-tls-certificate = { $fault ->
        [expired] { $host }の証明書は期限が切れています。
        [not-yet-valid] { $host }の証明書はまだ有効になっていません。
        [wrong-name] { $host }が示した証明書は別の名前のものです。
       *[other] { $host }の証明書は使えません。
    }
    .advice = { $fault ->
        [expired] まずこのマシンの時計を確かめてください。合っていれば、レジストリの管理者による更新が必要です。
        [not-yet-valid] このマシンの時計を確かめてください。
       *[other] 証明書に書かれた名前で開くか、レジストリの管理者に問い合わせてください。
    }

problem-tls-not-spoken = { $host }は応答しますが、TLS（https）では話しません。
    .advice = 暗号化なしのhttpで使うレジストリなら、「--plain-http」を付けてください。

problem-auth-required = { $registry }はアカウントを求めていますが、見つかりませんでした。
    .advice = 「kaibo login { $registry }」を実行するか、「--authfile FILE」で認証ファイルを指定してください。

problem-auth-rejected = { $account ->
        [none] { $registry }は、見つかったアカウントを受け付けません。
       *[other] { $registry }は、アカウント「{ $account }」を受け付けません。
    }
    .advice = パスワードやトークンの期限が切れているかもしれません。「kaibo login { $registry }」をやり直してください。

problem-access-denied = { $registry }では、このアカウントで{ $repository }を読めません。
    .advice = まずリポジトリ名を確かめてください。存在しない名前にも「拒否」と答えるレジストリが多くあります。合っていれば、持ち主に読み取り権限を頼んでください。

problem-auth-expired = { $account ->
        [none] { $registry }へのサインインの期限が切れています。
       *[other] { $registry }への「{ $account }」のサインインの期限が切れています。
    }
    .advice = 「kaibo login { $registry }」でサインインし直してください。AWS ECRのトークンの有効期間は12時間です。

problem-client-certificate-wanted = { $host }はクライアント証明書を求めていますが、受け付けられる証明書がありませんでした。
    .advice = 証明書を「client.cert」、鍵を「client.key」という名前で、Dockerの「certs.d」にある{ $host }用のフォルダーに置いてください。

problem-aws-nobody = { $profile ->
        [none] AWSの認証情報（キー、プロファイル、サインイン）が見つかりません。
       *[other] AWSプロファイル「{ $profile }」から認証情報を得られません。
    }
    .advice = AWS_PROFILEに「~/.aws/config」のプロファイル名を設定するか、AWS_ACCESS_KEY_IDとAWS_SECRET_ACCESS_KEYを設定してください。プロファイルの一覧は「kaibo accounts」で見られます。

problem-aws-sign-in-needed = { $profile ->
        [none] AWSにサインインしていないか、サインインの期限が切れています。
       *[other] プロファイル「{ $profile }」でAWSにサインインしていないか、サインインの期限が切れています。
    }
    .advice = ブラウザーでサインインしてください：「kaibo login REGISTRY --aws-profile NAME」

problem-aws-sign-in-denied = ブラウザーでAWSへのサインインが拒否されました。
    .advice = 意図したものでなければ、もう一度サインインし、コードを見比べてから承認してください。

problem-aws-sign-in-expired = 時間内にAWSでコードが承認されませんでした。
    .advice = もう一度サインインしてください。コードの有効期間は約10分です。

problem-aws-expired = { $profile ->
        [none] AWSの認証情報の期限が切れています。
       *[other] プロファイル「{ $profile }」のAWS認証情報の期限が切れています。
    }
    .advice = 取得元で新しいものを取得してください。一時的なキーの有効期間は数時間です。

problem-aws-denied = { $principal ->
        [none] このAWSアカウントには{ $action }の権限がありません。
       *[other] { $principal }には{ $action }の権限がありません。
    }
    .advice = AWSアカウントの管理者に{ $action }の権限を頼んでください{ $resource ->
            [none] 。
           *[other] （対象：{ $resource }）。
        }

problem-aws-failed = { $code ->
        [none] AWSに{ $operation }を要求できませんでした。
       *[other] AWSが{ $operation }に応じません：{ $code }
    }
    .advice = リージョン、ネットワーク、プロキシを確かめてから、再試行してください。

problem-store-failed = { $store ->
        [keychain] システムのキーチェーンを使えませんでした。
        [credential-manager] Windowsの資格情報マネージャーを使えませんでした。
       *[other] システムのシークレットサービスを使えませんでした。
    }
    .advice = ロックを解除してから、再試行してください。

problem-account-unknown = Kaiboは{ $key }のアカウントを保存していません。
    .advice = { $keys ->
        [none] 保存しているアカウントはありません。
       *[other] 保存しているのは次のとおりです：{ LIST($keys) }
    }

problem-realm-not-allowed = { $registry }はトークンの受け取り先に{ $realm }を指定しましたが、同じ持ち主のホストと確認できません。アカウント情報は送っていません。
    .advice = { $realm }がこのレジストリのものと分かっている場合は、「--allow-realm { $realm }」で許可できます。

problem-token-failed = { $status ->
        [none] トークンサーバー{ $host }の応答を使えません。
       *[other] トークンサーバー{ $host }がトークンを返しません（ステータス{ $status }）。
    }
    .advice = もう一度試してください。続く場合は、ログインし直すか、レジストリの管理者に問い合わせてください。

problem-not-found = { $thing ->
        [repository] リポジトリ{ $name }は存在しないか、非公開です。
        [tag] タグ「{ $name }」はありません。
        [manifest] 設計書（マニフェスト）{ $name }はありません。
       *[blob] 部品（blob）{ $name }はありません。
    }
    .advice = { $thing ->
        [repository] つづりを確かめてください。非公開でも同じ答えが返るため、その場合はログインしてください。
        [tag] つづりを確かめてください。タグは付け替えも削除もできます。
        [manifest] 自動削除の規則で消えたのかもしれません。タグを開くと、今どれを指しているかが分かります。
       *[blob] 自動削除の規則で消えたのかもしれません。イメージをもう一度pushしてください。
    }

problem-rate-limited = { $registry }のリクエスト回数が上限に達しています。
    .advice = { $retryAfterS ->
        [none] しばらく待つか、ログインしてください。アカウントがあると上限が上がります。
       *[other] { $retryAfterS }秒待つよう求められています。アカウントがあると上限が上がります。
    }

problem-registry-failed = { $registry }がステータス{ $status }で失敗しました。
    .advice = レジストリ側の不調です。時間をおいて試し、稼働状況のページも見てください。

problem-answer-malformed = { $registry }の応答が規約どおりではありません（{ $what }）。
    .advice = 途中のプロキシが書き換えたか、{ $registry }がレジストリではないかもしれません。ブラウザーで開くと、何が応答しているかが分かります。

problem-redirect-refused = { $fault ->
        [too-many] { $host }の転送が終わりません。最後の転送先は{ $target }です。
        [downgrade] { $host }がhttpsから暗号化なしのhttpへ転送しています：{ $target }
        [private-address] { $host }が内部ネットワークのアドレスへ転送しています：{ $target }
       *[other] { $host }の転送先は使えません：{ $target }
    }
    .advice = 転送先には何も送っていません。レジストリの管理者に問い合わせてください。

problem-too-large = { $size ->
        [none] 文書が、この種類の上限{ SIZE($limit) }を超えています。
       *[other] 文書は{ SIZE($size) }あり、この種類の上限{ SIZE($limit) }を超えています。
    }
    .advice = 実際の文書はずっと小さいものです。使う前に、誰がpushしたイメージかを確かめてください。

problem-digest-mismatch = 届いたバイト列のダイジェストが違います。求めたのは{ DIGEST($expected) }、届いたのは{ DIGEST($actual) }です。
    .advice = もう一度試してください。続く場合は、取得元か途中のプロキシの内容が壊れているか、差し替えられています。このイメージは実行しないでください。

problem-offline = { $reference }は手元になく、「--offline」が指定されています。
    .advice = 一度「--offline」なしで実行してください。読んだものは保存されます。

problem-budget-exceeded = レジストリが数えるリクエストが{ $needed }件必要ですが、許可は{ $allowed }件までです。
    .advice = 「--budget { $needed }」で増やすか、「--platform」で1つの環境に絞ってください。

problem-path-not-found = { $path }というファイルもフォルダーもありません。
    .advice = パスを確かめてください。相対パスは現在のフォルダーから数えます。

problem-path-unreadable = { $path }を読めません。
    .advice = 読み取り権限と、ほかのプログラムが使用中でないかを確かめてください。

problem-not-a-layout = { $path }はOCIレイアウトではありません。使える「oci-layout」と「index.json」がありません。
    .advice = 「oci-layout」が入っているフォルダーを指定してください。tarファイルは oci-archive: か docker-archive: で開きます。

problem-not-an-archive = { $path }は、OCIアーカイブでも「docker save」の出力でもありません。
    .advice = どちらも「index.json」か「manifest.json」を含むtarファイル（無圧縮かgzip）です。

problem-tag-needed = { $place }には複数のイメージが入っています。
    .advice = コロンの後にタグを付けてください。あるタグ：{ LIST($tags) }

problem-tag-absent = ここにタグ「{ $tag }」はありません。
    .advice = あるタグ：{ LIST($tags) }

problem-sample-unknown = サンプル「{ $name }」はありません。
    .advice = あるサンプル：{ LIST($names) }

problem-credentials-unreadable = { $place }の認証情報を読めないか、解釈できません。
    .advice = 「kaibo login」が書くような、「auths」を持つJSONである必要があります。

problem-setting-unusable = { $setting }に「{ $value }」は使えません。
    .advice = 各設定の書き方は「kaibo inspect --help」で確かめられます。

problem-cancelled = 中止しました。
    .advice = それまでに読めた分は保存されています。

problem-internal = Kaibo自体に問題が起きました。
    .advice = プログラムの不具合です。下の行を添えて報告してください。

## 参照として読めない理由（anatomy::ReferenceFault）

reference-fault-empty = 何も入力されていません。
reference-fault-uppercase-repository = リポジトリ名は小文字です。
reference-fault-grammar = 名前に使えない文字か並びがあります。
reference-fault-digest = 「@」の後には、sha256:…（16進数64桁）のようなダイジェストが必要です。
reference-fault-tag = タグは英数字と「_」「.」「-」で128文字以内です。先頭に「.」と「-」は使えません。
reference-fault-too-long = 名前は255文字までです。
reference-fault-web-address = Webのアドレスです。「https://」を除き、ホスト/リポジトリ:タグの形にしてください。
reference-fault-path-absent = コロンの後にパスか名前が必要です。
