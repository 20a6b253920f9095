### Everything that only the terminal says.

## Commands (cli-COMMAND) and their arguments (cli-COMMAND-ARGUMENT, shared ones cli-any-ARGUMENT)

cli = Shows what a container image is made of.
cli-any-version = Print the version

cli-inspect = Show the tree of an image: index, manifests, configs, layers
cli-inspect-reference = The image: alpine:3.20, ghcr.io/owner/app@sha256:…, oci:FOLDER[:TAG], oci-archive:FILE, docker-archive:FILE[:TAG], sample:NAME
cli-inspect-platform = On a registry that counts requests, read this platform, such as linux/arm64 (otherwise this machine’s)
cli-inspect-all = On a registry that counts requests, read every platform
cli-inspect-referrers = Ask also for what points at the image: signatures, parts lists, scan reports
cli-inspect-format = tree: for people (the default). imagetools: the lines of “docker buildx imagetools inspect”

cli-verify = Check an image: read every document again and compute every digest
cli-verify-reference = The image, written as for “inspect”
cli-verify-blobs = Read the layers too and compute their digests (otherwise their presence and size are checked)
cli-verify-no-cache = No difference: “verify” always reads from the source
cli-verify-offline = Never ask a registry; folders, files and samples can be checked

cli-samples = List the sample images that Kaibo carries

cli-completions = Print the completions for a shell
cli-completions-shell = bash, zsh, fish, powershell or elvish

cli-help = Show the help of a command
cli-help-command = The command

cli-any-help = Show this help
cli-any-json = Print JSON (see docs/json.md); a failure prints JSON as well
cli-any-quiet = No progress and no notes; problems are still told
cli-any-lang = Language of the texts: en or ja (otherwise the system’s)
cli-any-offline = Ask nobody: answer from what was kept
cli-any-timeout = Give up after this time: 30, 30s, 500ms, 2m
cli-any-no-cache = Neither read nor keep documents
cli-any-authfile = File with accounts, as “docker login” or Podman write it
cli-any-plain-http = Speak plain http to the registry
cli-any-tls = Speak https, also to this machine
cli-any-ca = Trust this certificate authority too (PEM); can be repeated
cli-any-insecure = Do not check certificates
cli-any-allow-realm = Let this host give tokens for the registry; can be repeated
cli-any-resolve = Reach HOST:PORT at this address; can be repeated
cli-any-budget = Allow so many requests that the registry counts

cli-heading-usage = Usage
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options

## Words that are not understood

cli-usage-invalid-value = { $argument } cannot be “{ $value }”. It takes: { LIST($values) }
cli-usage-value-absent = { $argument } needs a value.
cli-usage-value-validation = { $argument } cannot be “{ $value }”.
cli-usage-unknown-argument = “{ $argument }” is not understood here.
cli-usage-invalid-subcommand = There is no command “{ $command }”.
cli-usage-conflict = { $argument } and { LIST($other) } exclude each other.
cli-usage-twice = { $argument } is given more than once.
cli-usage-missing = This is missing: { LIST($arguments) }
cli-usage-missing-command = Say which command to run.
cli-usage-number-of-values = { $argument } has the wrong number of values.
cli-usage-utf8 = An argument is not valid UTF-8 text.
cli-usage-other = The command line is not understood.
cli-usage-suggested = Did you mean “{ $suggested }”?
cli-usage-help = “kaibo --help” lists the commands.
cli-usage-help-command = “kaibo { $command } --help” shows how it is used.

## The tree

cli-list = { LIST($items) }
cli-tree-layer = layer { $number }
cli-tree-record = build record for { $platform }
cli-tree-download = { SIZE($bytes) } to pull
cli-tree-unread = not read
cli-tree-missing = named, but not in the source
cli-tree-differs = the bytes are not what the digest says
cli-tree-referrer = { $kind }: present, not verified
cli-tree-more = { $count ->
        [one] one more entry, not drawn
       *[other] { $count } more entries, not drawn
    }
cli-tree-verified = { $count ->
        [one] One document was read here, and its digest is equal.
       *[other] { $count } documents were read here, and their digests are equal.
    }

cli-findings = Noticed
cli-findings-at = at: { LIST($places) }
cli-findings-more = { $count } more

cli-read-sample = Bundled sample, no requests.
cli-read-here = Read on this machine, no requests.
cli-read-registry = { $count ->
        [one] 1 request
       *[other] { $count } requests
    }, { SIZE($bytes) }, { $time }
cli-read-cache = { $count ->
        [0] No requests: everything is from an earlier look.
        [one] 1 request, { SIZE($bytes) }, { $time }. The rest is from an earlier look.
       *[other] { $count } requests, { SIZE($bytes) }, { $time }. The rest is from an earlier look.
    }
cli-metered = { $unread ->
        [one] 1 manifest not read
       *[other] { $unread } manifests not read
    }, because this registry counts requests{ $left ->
        [none] .
        [one] ; 1 pull left.
       *[other] ; { $left } pulls left.
    } “--all” reads them.

## Problems and notes

cli-problem = ✗
cli-problem-tried = tried: { $attempted }
cli-problem-tried-status = tried: { $attempted } (status { $status })
cli-problem-said = it said: { $said }
cli-problem-cause = cause: { $cause }
cli-note-waiting = { $host } asks to wait { $seconds } s (status { $status }).
cli-note-warning = { $host } warns: { $text }
cli-note-part = Not every part could be read:
cli-progress = { $read } of { $wanted } documents · { SIZE($bytes) }
cli-progress-verify = { $read } of { $wanted } parts · { SIZE($bytes) }

## verify

cli-verify-whole = Whole: every part is there, and every digest that was computed is equal.
cli-verify-broken = Broken: { $count ->
        [one] one part is not as it should be.
       *[other] { $count } parts are not as they should be.
    }
cli-verify-counts = { $documents ->
        [one] 1 document
       *[other] { $documents } documents
    } read and computed, { $blobs ->
        [one] 1 blob
       *[other] { $blobs } blobs
    } { $depth ->
        [read] read and computed
       *[present] checked for presence and size
    }.
cli-verify-named-by = named by { $place }

## samples

cli-samples-title = Samples, inside the program: no network, no account
cli-samples-tags = tags: { LIST($tags) }
cli-samples-open = Open one with: kaibo inspect { $reference }
cli-sample-hello = { first-sample-hello }
cli-sample-single = { first-sample-single }
cli-sample-multi = { first-sample-multi }
cli-sample-list = { first-sample-list }
cli-sample-fam = { first-sample-fam }
cli-sample-comp = { first-sample-comp }
cli-sample-artifacts = { first-sample-artifacts }
cli-sample-epoch0 = { first-sample-epoch0 }
cli-sample-referrers = { first-sample-referrers }
