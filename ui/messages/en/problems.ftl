### What did not work (source::ProblemKind). The sentence says what was attempted and found, the
### advice says the next step. A field that is not known arrives as the word "none".

problem-reference-invalid = “{ $text }” is no image reference: { $fault ->
        [empty] { reference-fault-empty }
        [uppercase-repository] { reference-fault-uppercase-repository }
        [digest] { reference-fault-digest }
        [tag] { reference-fault-tag }
        [too-long] { reference-fault-too-long }
        [web-address] { reference-fault-web-address }
        [path-absent] { reference-fault-path-absent }
       *[grammar] { reference-fault-grammar }
    }
    .advice = Forms that work: alpine:3.20, ghcr.io/owner/app@sha256:…, oci:FOLDER:TAG, docker-archive:FILE, sample:hello.

problem-transport-unsupported = “{ $transport }:” names a place that this version cannot read.
    .advice = Save the image to a file (docker save -o image.tar NAME) and open docker-archive:image.tar.

problem-name-not-resolved = The name { $host } leads to no address.
    .advice = Check the spelling, the network and the VPN. “--resolve HOST:PORT:ADDRESS” gives an address by hand.

problem-unreachable = Nobody answers at { $host }.
    .advice = Check that the registry runs, that the port is right, and that a proxy or firewall lets the connection through.

problem-timed-out = { $stage ->
        [whole] Reading { $host } was not done within { $seconds } s.
        [connect] No connection to { $host } within { $seconds } s.
        [body] { $host } began to answer and then sent nothing for { $seconds } s.
       *[first-byte] No answer from { $host } within { $seconds } s.
    }
    .advice = { $stage ->
        [whole] Give it more time with a higher “--timeout”, or try again: what was read is kept.
       *[other] Try again; if it stays like this, the registry or a proxy on the way is overloaded.
    }

problem-tls-untrusted = { $issuer ->
        [none] The certificate of { $host } is from an authority that this machine does not trust.
       *[other] The certificate of { $host } is from “{ $issuer }”, which this machine does not trust.
    }
    .advice = Name the authority’s certificate with “--ca FILE” or SSL_CERT_FILE. “--insecure” skips the check for this one call.

problem-tls-certificate = { $fault ->
        [expired] The certificate of { $host } has expired.
        [not-yet-valid] The certificate of { $host } is not valid yet.
        [wrong-name] The certificate that { $host } shows is for another name.
       *[other] The certificate of { $host } cannot be used.
    }
    .advice = { $fault ->
        [expired] The registry’s operator has to renew it. Check this machine’s clock first.
        [not-yet-valid] Check this machine’s clock.
       *[other] Use the name that the certificate is for, or ask the registry’s operator.
    }

problem-tls-not-spoken = { $host } answers, but does not speak TLS (https).
    .advice = If this registry is meant to be plain http, say so with “--plain-http”.

problem-auth-required = { $registry } wants an account, and none was found.
    .advice = Run “kaibo login { $registry }”, or name a credential file with “--authfile FILE”.

problem-auth-rejected = { $account ->
        [none] { $registry } does not take the account that was found.
       *[other] { $registry } does not take the account “{ $account }”.
    }
    .advice = The password or token may have expired: run “kaibo login { $registry }” again.

problem-access-denied = { $registry } does not let this account read { $repository }.
    .advice = Check the repository’s name first: many registries answer “denied” for a name that does not exist. Then ask its owner for read access.

problem-auth-expired = { $account ->
        [none] The sign-in at { $registry } has expired.
       *[other] The sign-in of “{ $account }” at { $registry } has expired.
    }
    .advice = Sign in again: “kaibo login { $registry }”. Tokens of AWS ECR hold for twelve hours.

problem-client-certificate-wanted = { $host } wants a certificate of its clients, and got none that it takes.
    .advice = Put the certificate and its key as “client.cert” and “client.key” into Docker’s “certs.d” folder for { $host }.

problem-aws-nobody = { $profile ->
        [none] AWS does not know who asks: no keys, no profile and no sign-in were found.
       *[other] The AWS profile “{ $profile }” gives no credentials.
    }
    .advice = Set AWS_PROFILE to a profile of “~/.aws/config”, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. “kaibo accounts” lists the profiles.

problem-aws-sign-in-needed = { $profile ->
        [none] The sign-in at AWS is over, or was never done.
       *[other] The sign-in at AWS for the profile “{ $profile }” is over, or was never done.
    }
    .advice = Sign in in the browser: “kaibo login REGISTRY --aws-profile NAME”.

problem-aws-sign-in-denied = The sign-in at AWS was denied in the browser.
    .advice = If that was not meant, sign in again and compare the code before confirming.

problem-aws-sign-in-expired = Nobody confirmed the code at AWS in time.
    .advice = Sign in again; a code holds for about ten minutes.

problem-aws-expired = { $profile ->
        [none] The AWS credentials have expired.
       *[other] The AWS credentials of the profile “{ $profile }” have expired.
    }
    .advice = Get new ones where these came from. Temporary keys hold for some hours.

problem-aws-denied = { $principal ->
        [none] AWS does not allow this account { $action }.
       *[other] AWS does not allow { $principal } { $action }.
    }
    .advice = Ask whoever manages the AWS account for the permission { $action }{ $resource ->
            [none] .
           *[other] { " " }on { $resource }.
        }

problem-aws-failed = { $code ->
        [none] AWS could not be asked for { $operation }.
       *[other] AWS did not answer { $operation }: { $code }.
    }
    .advice = Check the region, the network and the proxy, then try again.

problem-store-failed = { $store ->
        [keychain] The keychain of this system did not do what it was asked to.
        [credential-manager] The Windows Credential Manager did not do what it was asked to.
       *[other] The secret service of this system did not do what it was asked to.
    }
    .advice = Unlock it, then try again.

problem-account-unknown = Kaibo keeps no account for { $key }.
    .advice = { $keys ->
        [none] It keeps none at all.
       *[other] It keeps: { LIST($keys) }.
    }

problem-realm-not-allowed = { $registry } sends for tokens to { $realm }, a host that it does not obviously own. No account was sent there.
    .advice = If you know that { $realm } belongs to the registry, allow it with “--allow-realm { $realm }”.

problem-token-failed = { $status ->
        [none] The token server { $host } gave an answer that cannot be used.
       *[other] The token server { $host } gave no token (status { $status }).
    }
    .advice = Try again; if it stays like this, log in again or ask the registry’s operator.

problem-not-found = { $thing ->
        [repository] There is no repository { $name }, or it is private.
        [tag] There is no tag “{ $name }”.
        [manifest] There is no manifest { $name }.
       *[blob] There is no blob { $name }.
    }
    .advice = { $thing ->
        [repository] Check the spelling. Registries answer the same for a private repository: log in if it is one.
        [tag] Check the spelling; tags can be moved and deleted.
        [manifest] It may have been deleted by a clean-up rule. Open the tag to see what it names now.
       *[blob] It may have been deleted by a clean-up rule; push the image again.
    }

problem-rate-limited = { $registry } allows no more requests for now.
    .advice = { $retryAfterS ->
        [none] Wait a while, or log in: accounts have a higher limit.
       *[other] It asks to wait { $retryAfterS } s. Accounts have a higher limit than anonymous use.
    }

problem-registry-failed = { $registry } failed with status { $status }.
    .advice = This is the registry’s own trouble: try again later, and look at its status page.

problem-answer-malformed = The answer of { $registry } breaks the protocol ({ $what }).
    .advice = A proxy on the way may have changed it, or { $registry } is no registry. Open its address in a browser to see who answers.

problem-redirect-refused = { $fault ->
        [too-many] { $host } sends from one address to the next without end, last to { $target }.
        [downgrade] { $host } sends from https to plain http: { $target }.
        [private-address] { $host } sends to an address inside a private network: { $target }.
       *[other] { $host } sends to an address that cannot be used: { $target }.
    }
    .advice = Nothing was sent there. Ask the registry’s operator.

problem-too-large = { $size ->
        [none] The document is larger than { SIZE($limit) }, the limit for its kind.
       *[other] The document has { SIZE($size) }; the limit for its kind is { SIZE($limit) }.
    }
    .advice = Real documents are far smaller. Look at who pushed this image before you use it.

problem-digest-mismatch = The bytes have another digest than asked for: { DIGEST($expected) } was asked for, { DIGEST($actual) } came.
    .advice = Try again; if it stays like this, the source or a proxy gives damaged or replaced content. Do not run this image.

problem-offline = { $reference } is not at hand, and “--offline” was given.
    .advice = Run the same command once without “--offline”; what is read is kept.

problem-budget-exceeded = This would need { $needed ->
        [one] { $needed } request
       *[other] { $needed } requests
    } that the registry counts; { $allowed } are allowed.
    .advice = Allow more with “--budget { $needed }”, or ask for one platform with “--platform”.

problem-path-not-found = There is no file or folder { $path }.
    .advice = Check the path. After the transport, it is read as seen from the current folder.

problem-path-unreadable = { $path } cannot be read.
    .advice = Check who may read it, and whether another program holds it.

problem-not-a-layout = { $path } is no OCI layout: it has no usable “oci-layout” and “index.json”.
    .advice = Name the folder that holds “oci-layout”. A tar is opened with oci-archive: or docker-archive:.

problem-not-an-archive = { $path } is neither an OCI archive nor what “docker save” writes.
    .advice = Both are tar files, plain or gzip, that hold “index.json” or “manifest.json”.

problem-tag-needed = { $place } holds several images.
    .advice = Add a tag after a colon. It has: { LIST($tags) }

problem-tag-absent = There is no tag “{ $tag }” here.
    .advice = It has: { LIST($tags) }

problem-sample-unknown = There is no sample “{ $name }”.
    .advice = There are: { LIST($names) }

problem-credentials-unreadable = The credentials in { $place } cannot be read or understood.
    .advice = It has to be JSON with “auths”, as “kaibo login” writes it.

problem-setting-unusable = { $setting } cannot be “{ $value }”.
    .advice = “kaibo inspect --help” shows the form of every setting.

problem-cancelled = Stopped.
    .advice = What was read until then is kept.

problem-internal = Kaibo itself failed here.
    .advice = This is a fault in the program. Report it with the lines below.

## Why a text is no reference (anatomy::ReferenceFault)

reference-fault-empty = nothing was typed.
reference-fault-uppercase-repository = a repository name is lower case.
reference-fault-grammar = it has characters, or an order of characters, that names do not have.
reference-fault-digest = “@” has to be followed by a digest such as sha256:… with 64 hexadecimal digits.
reference-fault-tag = a tag has at most 128 letters, digits, “_”, “.” and “-”, and does not begin with “.” or “-”.
reference-fault-too-long = a name has at most 255 characters.
reference-fault-web-address = this is a web address. Leave out “https://” and keep host/repository:tag.
reference-fault-path-absent = a path or name has to follow the colon.
