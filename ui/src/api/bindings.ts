// Written by src-tauri/src/bindings.rs from the types of the backend. Not edited by hand.

/** Which program this is. */
export type About = { version: string, platform: string, startMs?: number };

/** An account that this machine has. */
export type AccountCard = { key: string, account?: string, origin: CredentialOrigin, own: boolean };

/** The whole answer (`docs/json.md`, `kaibo.accounts/1`). */
export type AccountsReport = { schema: string, store: StoreState, accounts: Array<AccountCard>, awsProfiles: Array<AwsProfile> };

/** What a tag that is about another image holds (messages `attached-KIND`). */
export type AttachedKind = "referrers" | "signature" | "attestation" | "sbom";

/** What a tag like `sha256-….sig` is about. */
export type AttachedTag = { subject: Digest, kind: AttachedKind };

/** A profile of `~/.aws/config` or `~/.aws/credentials`, without its secrets. */
export type AwsProfile = { name: string, kind: AwsProfileKind, region?: string, accountId?: string, role?: string, signedInUntil?: string };

/** How a profile gets its credentials (messages `aws-profile-KIND`). */
export type AwsProfileKind = "keys" | "sso" | "assume-role" | "process" | "web-identity" | "other";

/** What a sign-in in the browser asks the reader to do. */
export type AwsSignInEvent = { "kind": "code", userCode: string, verificationUri: string, verificationUriComplete: string, expiresInS: number } | { "kind": "waiting" };

/** The `created` of a config or of a history line. */
export type BuildDate = { kind: DateKind, text?: string, unix?: number };

/** A number of bytes, as written in a descriptor or as counted here. */
export type ByteSize = number;

/** A command line of another program that fetches the same bytes, quoted for this system's shell. */
export type Command = { tool: string, line: string };

/** What an image config says (image-spec config.md); unknown fields stay in the bytes. */
export type ConfigFacts = { created: BuildDate, platform?: Platform, author?: string, env?: Array<string>, entrypoint?: Array<string>, cmd?: Array<string>, workingDir?: string, user?: string, exposedPorts?: Array<string>, volumes?: Array<string>, labels?: { [key in string]: string }, stopSignal?: string, diffIds?: Array<Digest>, history?: Array<HistoryLine> };

/** Where a credential was found; shown to the reader, never the secret. */
export type CredentialOrigin = { "kind": "none" } | { "kind": "session", key: string } | { "kind": "keychain", store: string, key: string } | { "kind": "environment", variable: string } | { "kind": "file", path: string, key: string } | { "kind": "helper", program: string, server: string } | { "kind": "aws", profile: string | null, mechanism: string };

/** Why a build date says what it says. */
export type DateKind = "recorded" | "absent" | "epoch" | "epoch-plus-one" | "buildpacks" | "go-zero" | "unreadable";

/** Which parts of a registry reference were filled in because they were not typed. */
export type Defaulted = { registry: boolean, namespace: boolean, tag: boolean };

/** `algorithm:encoded`, checked against the grammar, so that it is safe in a URL and in a path. */
export type Digest = string;

/** Tags that name one digest. */
export type DigestGroup = { digest: Digest, tags: Array<string> };

/** The exact text of a document, and where in it other parts are named. */
export type DocumentText = { text: string, exact: boolean, size: number, digest: Digest, partOf?: NodeId, spans: Array<LinkedSpan> };

/** One naming of a node by another; `position` counts from 0 within (`from`, `kind`). */
export type Edge = { from: NodeId, to: NodeId, kind: EdgeKind, position: number };

/** How one node names another. */
export type EdgeKind = "names" | "lists" | "config" | "layer" | "attests" | "subject";

/** How a statement came. */
export type Envelope = { "kind": "unsigned" } | { "kind": "dsse", signatures: number };

/** What happens while a source works. */
export type Event = { "kind": "request" } & RequestFacts | { "kind": "credential", registry: string, account: string | null, origin: CredentialOrigin } | { "kind": "turned-down", registry: string, account: string | null, origin: CredentialOrigin } | { "kind": "waiting", host: string, status: number, seconds: number } | { "kind": "quota" } & Quota | { "kind": "warning", host: string, text: string };

/** One line of evidence: what was sent and what came back, secrets blanked. */
export type Evidence = { attempted: string, status?: number, said?: string };

/** Something odd about one node. */
export type Finding = { node: NodeId, severity: Severity, irregularity: Irregularity };

/** The answer in one sentence, as data (message `headline-KIND`, its fields are the arguments). */
export type Headline = { "kind": "nothing" } | { "kind": "platforms", platforms: number, layers: number } | { "kind": "platforms-mixed", platforms: number } | { "kind": "nothing-runnable", records: number } | { "kind": "index-of-artifacts", artifacts: number } | { "kind": "index-empty" } | { "kind": "single-manifest", layers: number } | { "kind": "tag-names-attestation" } | { "kind": "tag-names-artifact", artifactType: string } | { "kind": "unreadable" };

/** One line of a config's `history`. */
export type HistoryLine = { created: BuildDate, createdBy?: string, comment?: string, author?: string, emptyLayer: boolean, layer: number | null };

/** What happens on the way to the whole picture. */
export type InspectEvent = { "kind": "named", reference: Reference, shown: string, place: Place } | { "kind": "patch", patch: Patch } | { "kind": "progress", requests: Requests, wanted: number, read: number } | { "kind": "source", event: Event };

/** The whole answer (`docs/json.md`, `kaibo.inspect/1`). */
export type InspectReport = { schema: string, reference: string, place: Place, nodes: Array<Node>, edges: Array<Edge>, findings: Array<Finding>, summary: Summary, requests: Requests, quota?: Quota, unread: number, origin: Origin, problems: Array<Problem> };

/** What to look at. */
export type InspectRequest = { reference: string, platform?: string | null, all: boolean, shallow: boolean, referrers: boolean, fresh: boolean, offline: boolean, plainHttp: boolean, allowRealm: Array<string> };

/** What can be odd about a document. */
export type Irregularity = { "kind": "not-json", reason: string } | { "kind": "not-an-object" } | { "kind": "duplicate-keys", pointer: string } | { "kind": "index-and-manifest" } | { "kind": "content-type-differs", document: string, header: string } | { "kind": "descriptor-type-differs", document: string, descriptor: string } | { "kind": "size-differs", expected: ByteSize, actual: ByteSize } | { "kind": "digest-differs", expected: Digest, actual: Digest } | { "kind": "header-digest-differs", header: string, actual: Digest } | { "kind": "digest-not-computed", algorithm: string } | { "kind": "digest-malformed", pointer: string, text: string } | { "kind": "size-malformed", pointer: string } | { "kind": "field-malformed", pointer: string } | { "kind": "child-missing" } | { "kind": "child-unreadable", problem: string } | { "kind": "over-limit", limit: ByteSize, size: ByteSize | null } | { "kind": "diff-id-count", diffIds: number, layers: number } | { "kind": "history-count", lines: number, layers: number } | { "kind": "foreign-urls", count: number } | { "kind": "platform-absent" } | { "kind": "platform-unknown" } | { "kind": "platform-differs", index: string, config: string } | { "kind": "platform-duplicate", platform: string } | { "kind": "os-version-absent" } | { "kind": "date-not-recorded", date: DateKind } | { "kind": "schema-one" } | { "kind": "index-empty" } | { "kind": "nothing-runnable" } | { "kind": "index-too-deep" } | { "kind": "shown-in-part", shown: number, total: number } | { "kind": "tag-names-attestation" } | { "kind": "attested-absent", digest: string } | { "kind": "subject-differs", listed: Digest, said: Digest | null } | { "kind": "artifact-type-absent" } | { "kind": "config-type-unknown", mediaType: string } | { "kind": "media-type-unknown", mediaType: string } | { "kind": "schema-version", found: string } | { "kind": "embedded-data-differs" } | { "kind": "manifest-made-here" };

/** Whether an account was kept (messages `kept-KIND`). */
export type Kept = { "kind": "store", store: string } | { "kind": "session" } | { "kind": "not-kept", store: string, why: NotKept };

/** Which language the window speaks. */
export type LanguageChoice = "auto" | "en" | "ja";

/** One layer of a manifest at its place in the stack. */
export type LayerLine = { node: NodeId, diffId?: Digest, chainId?: Digest, history?: number, createdBy?: string };

/** A digest in a text that leads to a node, in UTF-16 code units. */
export type LinkedSpan = { start: number, end: number, node: NodeId };

/** The whole answer (`docs/json.md`, `kaibo.login/1`). */
export type LoginReport = { schema: string, key: string, account?: string, tested: Tested, kept: Kept, requests: Requests };

/** One look for an account: where, and what came of it. */
export type Look = { place: LookPlace, outcome: LookOutcome };

/** How a look did not work (messages `look-fault-KIND`). */
export type LookFault = "no-store" | "store-locked" | "store-failed" | "unreadable" | "helper-missing" | "helper-name" | "helper-hung" | "helper-chattered" | "helper-failed" | "aws-nobody" | "aws-sign-in-over" | "aws-expired" | "aws-denied" | "aws-failed";

/** What came of a look (messages `look-outcome-KIND`). */
export type LookOutcome = { "kind": "found", account: string | null } | { "kind": "absent" } | { "kind": "nothing" } | { "kind": "turned-down", account: string | null } | { "kind": "skipped", why: LookSkip } | { "kind": "failed", fault: LookFault, said: string | null, searched: Array<string> };

/** Where an account may be (messages `look-place-KIND`, the fields are the arguments). */
export type LookPlace = { "kind": "session" } | { "kind": "keychain", store: string } | { "kind": "variable", variable: string } | { "kind": "file", path: string } | { "kind": "helper", program: string, server: string } | { "kind": "aws", profile: string | null };

/** Why a place was not looked at (messages `look-skip-KIND`). */
export type LookSkip = "found-before" | "replaced" | "not-ecr";

/** Something that went into a build. */
export type Material = { uri: string, digest: { [key in string]: string } };

/** The media types that have a name of their own (message `media-NAME`). */
export type MediaName = "oci-index" | "docker-manifest-list" | "oci-manifest" | "docker-manifest" | "docker-schema1-signed" | "docker-schema1" | "oci-artifact-manifest" | "oci-config" | "docker-config" | "docker-plugin-config" | "oci-empty" | "oci-descriptor" | "oci-layout-header" | "oci-layer-tar" | "oci-layer-gzip" | "oci-layer-zstd" | "docker-layer-gzip" | "docker-layer-tar" | "docker-layer-zstd" | "docker-foreign-gzip" | "docker-foreign-tar" | "oci-nondistributable-tar" | "oci-nondistributable-gzip" | "oci-nondistributable-zstd" | "oci-layer-encrypted" | "oci-layer-gzip-encrypted" | "nydus-blob" | "erofs-layer" | "oci-early-layer" | "in-toto" | "buildkit-attestation" | "dsse-envelope" | "cosign-payload" | "cosign-signature" | "cosign-sbom" | "sigstore-bundle" | "notation-signature" | "signature-jws" | "signature-cose" | "spdx" | "spdx-cosign" | "spdx-text" | "cyclonedx" | "cyclonedx-xml" | "syft" | "openvex" | "sarif" | "helm-config" | "helm-chart" | "helm-provenance" | "flux-config" | "flux-content" | "kyverno-policy" | "opa-config" | "opa-policy" | "falco-rules" | "artifacthub" | "wasm-config" | "wasm" | "wasm-config-early" | "wasm-early" | "wasm-filter" | "singularity" | "singularity-config" | "tekton" | "ollama-model" | "ollama-template" | "ollama-system" | "ollama-params" | "ollama-license" | "ollama-projector" | "ollama-adapter" | "modelpack" | "modelpack-config" | "devcontainers" | "devcontainers-layer" | "buildkit-cache" | "checkpoint" | "oras-unknown-config" | "oras-unknown-artifact" | "octet-stream" | "cnab" | "docker-ai" | "modelpack-weight" | "estargz" | "zstd-chunked";

/** A media type, as written. */
export type MediaType = string;

/** What an engine on this machine would do otherwise. */
export type Mirror = { location: string, file: string, engine: string, rule: MirrorRule };

/** What such a file says (messages `probe-mirror-KIND`). */
export type MirrorRule = "mirror" | "instead" | "insecure" | "blocked";

/** An image in a registry, with every part spelled out. */
export type Named = { registry: string, repository: string, tag?: string, digest?: Digest, defaulted: Defaulted };

/** A digest in a role, with what is known of it so far. */
export type Node = { id: NodeId, role: Role, digest?: Digest, mediaType?: MediaType, mediaName?: MediaName, size?: ByteSize, verified: boolean | null, platform?: Platform, annotations?: { [key in string]: string }, artifactType?: string, subject?: Digest, byTag?: string, config?: ConfigFacts, layers?: Array<LayerLine>, urls?: Array<string>, entriesLeft?: number };

/** The name of a node: `role:digest`, or `tag:` and the reference. */
export type NodeId = string;

/** Why a store did not keep a secret. */
export type NotKept = "no-store" | "locked" | "too-long" | "failed";

/** A reference for the box. */
export type Opened = { reference: string, begin: boolean };

/** From where the bytes of an answer came. */
export type Origin = "source" | "cache";

/** How the graph changed. */
export type Patch = { revision: number, retyped: Array<Retyped>, nodes: Array<Node>, edges: Array<Edge>, findings: Array<Finding>, summary: Summary };

/** Where images come from. */
export type Place = { "kind": "registry", registry: string, repository: string } | { "kind": "layout", path: string } | { "kind": "oci-archive", path: string } | { "kind": "docker-archive", path: string } | { "kind": "sample", name: string };

/** The platform of an index entry or a config, as written (image-spec image-index.md). */
export type Platform = { os: string, architecture: string, variant?: string, osVersion?: string, osFeatures?: Array<string> };

/** Something that a step found. */
export type ProbeFact = { name: ProbeFactName, value: string };

/** What a fact is about (messages `probe-fact-NAME`). */
export type ProbeFactName = "reason" | "registry" | "host" | "repository" | "tag" | "direct" | "proxy" | "proxy-from" | "proxy-account" | "no-proxy" | "looked-up" | "address" | "pinned" | "connected" | "not-connected" | "protocol" | "cipher" | "alpn" | "subject" | "issuer" | "names" | "not-before" | "not-after" | "days-left" | "authority" | "unchecked" | "client-certificate" | "http" | "api-version" | "server" | "clock-skew" | "not-a-registry" | "odd-status" | "redirected-to" | "scheme" | "realm" | "service" | "scope" | "account" | "found-in" | "nothing-in" | "failed-in" | "turned-down" | "anonymous" | "token-status" | "expires-in" | "expires" | "grants" | "digest" | "promised" | "media-type" | "size" | "rate-limit" | "warning" | "head-status" | "through" | "blob" | "part" | "range";

/** The whole answer (`docs/json.md`, `kaibo.probe/1`). */
export type ProbeReport = { schema: string, reference: string, registry: string, steps: Array<ProbeStep>, account?: string, origin: CredentialOrigin, mirrors: Array<Mirror>, requests: Requests };

/** What to probe. */
export type ProbeRequest = { reference: string, plainHttp: boolean, allowRealm: Array<string> };

/** One step of a probe. */
export type ProbeStep = { kind: ProbeStepKind, verdict: ProbeVerdict, startedMs: number, elapsedMs: number, request?: string, status?: number, headers: Array<[string, string]>, facts: Array<ProbeFact>, said?: string, problem?: Problem };

/** A step (messages `probe-step-KIND`), in the order in which they are taken. */
export type ProbeStepKind = "name" | "route" | "dns" | "tcp" | "tls" | "ping" | "challenge" | "account" | "token" | "head" | "get" | "blob";

/** How a step ended (messages `probe-verdict-KIND`). */
export type ProbeVerdict = "passed" | "noted" | "failed" | "skipped";

/** Something that was attempted and did not work: the kind for programs, what was tried for the reader, the chain of causes (English) for reports. */
export type Problem = { evidence: Array<Evidence>, chain: Array<string> } & ({ "kind": "reference-invalid", text: string, fault: ReferenceFault } | { "kind": "transport-unsupported", transport: string } | { "kind": "name-not-resolved", host: string } | { "kind": "unreachable", host: string } | { "kind": "timed-out", host: string, stage: Stage, seconds: number } | { "kind": "tls-untrusted", host: string, issuer: string | null } | { "kind": "tls-certificate", host: string, fault: string } | { "kind": "tls-not-spoken", host: string } | { "kind": "auth-required", registry: string } | { "kind": "auth-rejected", registry: string, account: string | null } | { "kind": "access-denied", registry: string, repository: string } | { "kind": "realm-not-allowed", registry: string, realm: string } | { "kind": "token-failed", host: string, status: number | null } | { "kind": "not-found", thing: Thing, name: string } | { "kind": "rate-limited", registry: string, retryAfterS: number | null } | { "kind": "registry-failed", registry: string, status: number } | { "kind": "answer-malformed", registry: string, what: string } | { "kind": "redirect-refused", host: string, target: string, fault: string } | { "kind": "too-large", limit: ByteSize, size: ByteSize | null } | { "kind": "digest-mismatch", expected: Digest, actual: Digest } | { "kind": "offline", reference: string } | { "kind": "budget-exceeded", needed: number, allowed: number } | { "kind": "path-not-found", path: string } | { "kind": "path-unreadable", path: string } | { "kind": "not-a-layout", path: string } | { "kind": "not-an-archive", path: string } | { "kind": "tag-needed", place: string, tags: Array<string> } | { "kind": "tag-absent", tag: string, tags: Array<string> } | { "kind": "sample-unknown", name: string, names: Array<string> } | { "kind": "credentials-unreadable", place: string } | { "kind": "auth-expired", registry: string, account: string | null } | { "kind": "client-certificate-wanted", host: string } | { "kind": "aws-nobody", profile: string | null } | { "kind": "aws-sign-in-needed", profile: string | null } | { "kind": "aws-sign-in-denied" } | { "kind": "aws-sign-in-expired" } | { "kind": "aws-expired", profile: string | null } | { "kind": "aws-denied", action: string, resource: string | null, principal: string | null } | { "kind": "aws-failed", operation: string, code: string | null } | { "kind": "store-failed", store: string } | { "kind": "account-unknown", key: string, keys: Array<string> } | { "kind": "setting-unusable", setting: string, value: string } | { "kind": "cancelled" } | { "kind": "internal" });

/** What went wrong, for programs. */
export type ProblemKind = { "kind": "reference-invalid", text: string, fault: ReferenceFault } | { "kind": "transport-unsupported", transport: string } | { "kind": "name-not-resolved", host: string } | { "kind": "unreachable", host: string } | { "kind": "timed-out", host: string, stage: Stage, seconds: number } | { "kind": "tls-untrusted", host: string, issuer: string | null } | { "kind": "tls-certificate", host: string, fault: string } | { "kind": "tls-not-spoken", host: string } | { "kind": "auth-required", registry: string } | { "kind": "auth-rejected", registry: string, account: string | null } | { "kind": "access-denied", registry: string, repository: string } | { "kind": "realm-not-allowed", registry: string, realm: string } | { "kind": "token-failed", host: string, status: number | null } | { "kind": "not-found", thing: Thing, name: string } | { "kind": "rate-limited", registry: string, retryAfterS: number | null } | { "kind": "registry-failed", registry: string, status: number } | { "kind": "answer-malformed", registry: string, what: string } | { "kind": "redirect-refused", host: string, target: string, fault: string } | { "kind": "too-large", limit: ByteSize, size: ByteSize | null } | { "kind": "digest-mismatch", expected: Digest, actual: Digest } | { "kind": "offline", reference: string } | { "kind": "budget-exceeded", needed: number, allowed: number } | { "kind": "path-not-found", path: string } | { "kind": "path-unreadable", path: string } | { "kind": "not-a-layout", path: string } | { "kind": "not-an-archive", path: string } | { "kind": "tag-needed", place: string, tags: Array<string> } | { "kind": "tag-absent", tag: string, tags: Array<string> } | { "kind": "sample-unknown", name: string, names: Array<string> } | { "kind": "credentials-unreadable", place: string } | { "kind": "auth-expired", registry: string, account: string | null } | { "kind": "client-certificate-wanted", host: string } | { "kind": "aws-nobody", profile: string | null } | { "kind": "aws-sign-in-needed", profile: string | null } | { "kind": "aws-sign-in-denied" } | { "kind": "aws-sign-in-expired" } | { "kind": "aws-expired", profile: string | null } | { "kind": "aws-denied", action: string, resource: string | null, principal: string | null } | { "kind": "aws-failed", operation: string, code: string | null } | { "kind": "store-failed", store: string } | { "kind": "account-unknown", key: string, keys: Array<string> } | { "kind": "setting-unusable", setting: string, value: string } | { "kind": "cancelled" } | { "kind": "internal" };

/** What a metered registry says of the pulls that are left, as its headers say it. */
export type Quota = { limit?: number, remaining?: number, windowS?: number, source?: string };

/** Something that was opened before. */
export type Recent = { reference: string, at: number, digest?: string, role?: string, images?: number };

/** What a person typed into the box or gave to the command line. */
export type Reference = { "transport": "registry" } & Named | { "transport": "oci", path: string, tag?: string } | { "transport": "oci-archive", path: string, tag?: string } | { "transport": "docker-archive", path: string, tag?: string } | { "transport": "sample", name: string, tag?: string } | { "transport": "docker-daemon", name: string } | { "transport": "containers-storage", name: string };

/** Why a text is no reference. */
export type ReferenceFault = "empty" | "uppercase-repository" | "grammar" | "digest" | "tag" | "too-long" | "web-address" | "path-absent";

/** What a registry needs beside an account; kept for both programs in `registries.json` of Kaibo's config folder. */
export type RegistrySettings = { ca?: string, clientCertificate?: string, clientKey?: string, insecure: boolean, plainHttp: boolean, allowRealm: Array<string>, awsProfile?: string };

/** In which form. */
export type ReportFormat = "md" | "json";

/** What may leave this machine. */
export type ReportOptions = { environment: boolean };

/** What happens on the way to the whole list. */
export type RepositoriesEvent = { "kind": "page", repositories: Array<RepositoryEntry> } | { "kind": "source", event: Event };

/** The whole answer (`docs/json.md`, `kaibo.repos/1`). */
export type RepositoriesReport = { schema: string, registry: string, namespace?: string, via: Via, unlisted?: Unlisted, repositories: Array<RepositoryEntry>, complete: boolean, requests: Requests, problems?: Array<Problem> };

/** Which repositories to list. */
export type RepositoriesRequest = { registry: string, limit?: number | null, plainHttp: boolean, allowRealm: Array<string> };

/** A repository as a list tells of it. */
export type RepositoryEntry = { name: string, date?: string, description?: string };

/** One exchange with a server, safe to show: no header with a secret, no query of a signed URL. */
export type RequestFacts = { method: string, url: string, status?: number, bytes: number, elapsedMs: number, protocol?: string };

/** How much was asked of servers. */
export type Requests = { count: number, bytes: number, elapsedMs: number };

/** A node that got another role when it was read. */
export type Retyped = { from: NodeId, to: NodeId };

/** What a digest is to the image that names it. */
export type Role = "tag" | "index" | "manifest" | "config" | "layer" | "attestation" | "artifact" | "referrer" | "unknown" | "missing";

/** A sample image that the program carries. */
export type SampleCard = { name: string, tags: Array<string>, reference: string };

/** All that is remembered. */
export type Settings = { language: LanguageChoice, theme: ThemeChoice, recent: Array<Recent>, favourites?: Array<string>, registries?: Array<string> };

/** How much an irregularity matters to somebody who wants to use the image. */
export type Severity = "info" | "warning" | "error";

/** A step of an exchange. */
export type Stage = "connect" | "first-byte" | "body" | "whole";

/** What an in-toto statement says, made readable. */
export type Statement = { envelope: Envelope, statementType: string, predicateType: string, subjects: Array<StatementSubject>, builder?: string, buildType?: string, source?: string, commit?: string, started?: string, finished?: string, materials: Array<Material>, materialsTotal: number, packages?: number };

/** One `subject` of a statement. */
export type StatementSubject = { name: string, digest: { [key in string]: string } };

/** Whether secrets can be kept on this machine. */
export type StoreState = { name: string, fault?: LookFault };

/** What the picture shows, in numbers. */
export type Summary = { headline: Headline, pointsAt?: Role, images: number, records: number, layers: number, download?: [ByteSize, ByteSize], stored: ByteSize, verified: number, unread: number, broken: number };

/** The digest of a tag, as a HEAD gave it. */
export type TagDigest = { name: string, digest: Digest, mediaType?: string, documentSize?: ByteSize };

/** A tag with what follows from its name. */
export type TagRow = { order: string, attached?: AttachedTag, name: string, digest?: Digest, size?: ByteSize, date?: string, mediaType?: string, artifactType?: string, platforms: Array<string>, scan?: string };

/** What happens on the way to the whole list. */
export type TagsEvent = { "kind": "named", registry: string, repository: string, via: Via } | { "kind": "page", tags: Array<TagRow> } | { "kind": "digests", digests: Array<TagDigest> } | { "kind": "progress", requests: Requests, wanted: number, asked: number } | { "kind": "source", event: Event };

/** The whole answer (`docs/json.md`, `kaibo.tags/1`). */
export type TagsReport = { schema: string, registry: string, repository: string, via: Via, tags: Array<TagRow>, groups: Array<DigestGroup>, withoutDigest: number, listed?: number, complete: boolean, requests: Requests, quota?: Quota, problems: Array<Problem> };

/** Which tags to list, and what to find out of them. */
export type TagsRequest = { repository: string, matching?: string | null, digests: boolean, budget?: number | null, plainHttp: boolean, allowRealm: Array<string> };

/** How far an account was tested (messages `tested-KIND`). */
export type Tested = "taken" | "not-asked";

/** How the window looks. */
export type ThemeChoice = "auto" | "light" | "dark" | "contrast";

/** What was looked for and not found. */
export type Thing = "repository" | "tag" | "manifest" | "blob";

/** Why a registry tells no list of its repositories: a fact, and no error (messages `unlisted-KIND`). */
export type Unlisted = "not-offered" | "not-allowed" | "needs-namespace";

/** Who tells of repositories and tags (messages `via-KIND`). */
export type Via = "registry" | "docker-hub" | "ecr" | "quay" | "acr";

/** With which account a registry would be asked, and every place that was looked at (`docs/json.md`, `kaibo.accounts-why/1`). */
export type WhyReport = { schema: string, registry: string, repository: string, account?: string, origin: CredentialOrigin, looks: Array<Look> };
