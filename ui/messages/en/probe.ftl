### A probe: the steps from a name to the first byte of a blob (registry::ProbeStepKind and its facts).
### A fact is a label and a value; a value that is a word itself has a message of its own, NAME-VALUE.

## The steps

probe-step-name = Name
probe-step-route = Route
probe-step-dns = DNS
probe-step-tcp = Connection
probe-step-tls = TLS
probe-step-ping = Registry (/v2/)
probe-step-challenge = Challenge
probe-step-account = Account
probe-step-token = Token
probe-step-head = Manifest (HEAD)
probe-step-get = Manifest (GET)
probe-step-blob = First blob byte

## How a step ended

probe-verdict-passed = passed
probe-verdict-noted = passed, with a note
probe-verdict-failed = failed
probe-verdict-skipped = skipped
probe-running = running
probe-waiting = not yet

## What a step found

probe-fact-reason = why
probe-fact-registry = registry
probe-fact-host = host that is asked
probe-fact-repository = repository
probe-fact-tag = tag
probe-fact-direct = no proxy
probe-fact-proxy = proxy
probe-fact-proxy-from = set by
probe-fact-proxy-account = account at the proxy
probe-fact-no-proxy = excepted by
probe-fact-looked-up = looked up
probe-fact-address = address
probe-fact-pinned = given address
probe-fact-connected = connected
probe-fact-not-connected = not connected
probe-fact-protocol = TLS version
probe-fact-cipher = cipher suite
probe-fact-alpn = agreed protocol (ALPN)
probe-fact-subject = certificate for
probe-fact-issuer = issued by
probe-fact-names = good for the names
probe-fact-not-before = good from
probe-fact-not-after = good until
probe-fact-days-left = days left
probe-fact-authority = chain ends at
probe-fact-unchecked = certificate check
probe-fact-client-certificate = client certificate
probe-fact-http = protocol
probe-fact-api-version = API version
probe-fact-server = server software
probe-fact-clock-skew = server’s clock compared with this machine’s
probe-fact-not-a-registry = no registry: the answer is
probe-fact-odd-status = unusual status
probe-fact-redirected-to = sent on to
probe-fact-scheme = wants
probe-fact-realm = token server
probe-fact-service = service
probe-fact-scope = scope
probe-fact-account = account
probe-fact-found-in = found in
probe-fact-nothing-in = nothing in
probe-fact-failed-in = not readable
probe-fact-turned-down = turned down by the registry
probe-fact-anonymous = account
probe-fact-token-status = token server answered before
probe-fact-expires-in = good for
probe-fact-expires = ends at
probe-fact-grants = allows
probe-fact-digest = digest
probe-fact-promised = digest that the header promised
probe-fact-media-type = media type
probe-fact-size = bytes
probe-fact-rate-limit = pulls left
probe-fact-warning = the registry warns
probe-fact-head-status = HEAD failed although GET works
probe-fact-through = through the image
probe-fact-blob = blob
probe-fact-part = which is a
probe-fact-range = part of a blob

## Facts whose value is a word

probe-fact-reason-earlier-step = an earlier step failed
probe-fact-reason-address-typed = the registry is written as an address
probe-fact-reason-address-given = “--resolve” gives the address
probe-fact-reason-plain-http = plain HTTP was asked for
probe-fact-reason-loopback-plain = this machine itself, and it answers plain HTTP
probe-fact-reason-inside-proxy = the proxy is of a kind whose inside cannot be measured
probe-fact-reason-not-asked = the registry did not ask for an account
probe-fact-reason-basic = the account itself is sent (Basic)
probe-fact-reason-ready-token = no token had to be fetched
probe-fact-reason-no-blob = the manifest names no blob that the registry has
probe-fact-direct-this-machine = this machine itself
probe-fact-direct-none-set = none is set
probe-fact-direct-excepted = the host is excepted
probe-fact-proxy-from-system = the system’s settings
probe-fact-no-proxy-system = the system’s settings
probe-fact-unchecked-any = off: any certificate is taken
probe-fact-client-certificate-sent = asked for and sent
probe-fact-client-certificate-none = asked for, and there is none
probe-fact-anonymous-none = none
probe-fact-grants-nothing = nothing
probe-fact-part-layer = layer
probe-fact-part-config = config
probe-fact-range-partial = given as asked
probe-fact-range-whole = not offered: the whole blob came
probe-fact-found-in-session = typed since Kaibo was started
probe-fact-nothing-in-session = what was typed since Kaibo was started
probe-fact-failed-in-session = what was typed since Kaibo was started

## The answer

probe-answer-passed = { $notes ->
        [0] All steps passed in { $time }.
        [one] All steps passed in { $time }; one has a note.
       *[other] All steps passed in { $time }; { $notes } have a note.
    }
probe-answer-failed = Step { $position } of { $count }, { $step }, failed: { $sentence }
probe-answer-running = Step { $position } of { $count }: { $step } …
probe-answer-stopped = Stopped at step { $position } of { $count }: { $step }.
probe-of = How { $reference } is reached
probe-asked = { $count ->
        [one] One request over HTTP
       *[other] { $count } requests over HTTP
    }, { SIZE($bytes) }. Nothing was written.

## Engines on this machine whose own files say something else about this registry

probe-mirrors = Settings of engines on this machine
probe-mirrors-note = Kaibo reads them to show them, and asks the registry itself.
probe-mirror-mirror = { $engine } asks { $location } first
probe-mirror-instead = { $engine } asks { $location } instead
probe-mirror-insecure = { $engine } does not check certificates of { $location }, and takes plain HTTP
probe-mirror-blocked = { $engine } refuses { $location }
probe-engine-docker = Docker
probe-engine-containers = Podman, Buildah, Skopeo
probe-engine-containerd = containerd

## The window

probe-again = Run again
probe-cancel = Stop
probe-copy = Copy as Markdown
probe-save = Save
probe-save-md = Markdown, for people
probe-save-json = JSON, for programs
probe-saved = Saved: { $name }
probe-left-out = Account names and home folders are left out.
probe-steps = Steps
probe-details = Headers of the answer ({ $count })
probe-said = The server’s words
probe-status = status { $status }
probe-report-step = Step
probe-report-verdict = Result
probe-report-time = Time

## The terminal

cli-probe = Take the steps to an image one by one: name, network, TLS, account, manifest, first byte
cli-probe-reference = The image in a registry, such as ghcr.io/owner/app:1.0
cli-probe-headers = Show the headers of the answers too, secrets blanked
cli-probe-mirror = { $text } ({ $file })
cli-usage-probe-no-registry = “{ $reference }” leads to no registry: there is nothing to probe.
    .advice = Name an image in a registry, such as ghcr.io/owner/app:1.0.
