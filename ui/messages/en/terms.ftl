### The words for the parts of an image, the same in the window, the terminal and reports.

## Roles (anatomy::Role): the word, and what it is in one sentence

role-tag = tag
role-tag-what = A movable label in a registry that points at one digest.
role-index = index
role-index-what = A table of contents: its entries point at manifests, and clients choose one by platform.
role-manifest = manifest
role-manifest-what = The parts list of one platform: one config and the layers in order, base first.
role-config = config
role-config-what = The settings: how to run it, for which platform, when it was built, and the fingerprints of the unpacked layers.
role-layer = layer
role-layer-what = A compressed archive of files that is stacked on the layers below it.
role-attestation = build record
role-attestation-what = A statement about how an image was built, stored beside it. It cannot run.
role-artifact = artifact
role-artifact-what = Something other than an image in the same envelope, such as a Helm chart, a parts list or a signature. It cannot run.
role-referrer = referrer
role-referrer-what = A manifest that points at this image as its subject, such as a signature or a scan report.
role-unknown = unknown
role-unknown-what = A document of a kind that Kaibo does not know. Its bytes are shown as they are.
role-missing = missing
role-missing-what = A part that is named by its digest, but that the source does not have.

## The answer in one sentence (anatomy::Headline)

headline-nothing = Nothing was read yet.
headline-platforms = One tag, { $platforms ->
        [one] one platform with { $layers ->
            [one] one layer
           *[other] { $layers } layers
        }
       *[other] { $platforms } platforms, each with { $layers ->
            [one] one layer
           *[other] { $layers } layers
        }
    }.
headline-platforms-mixed = One tag, { $platforms ->
        [one] one platform
       *[other] { $platforms } platforms
    }.
headline-nothing-runnable = This index holds { $records ->
        [one] one build record
       *[other] { $records } build records
    } and nothing that can run.
headline-index-of-artifacts = This index lists { $artifacts ->
        [one] one artifact
       *[other] { $artifacts } artifacts
    } and no image.
headline-index-empty = This index lists nothing.
headline-single-manifest = The tag names one manifest directly, with { $layers ->
        [one] one layer
       *[other] { $layers } layers
    }. There is no list of platforms.
headline-tag-names-attestation = The tag names a build record, not an image. It cannot run.
headline-tag-names-artifact = The tag names an artifact, not an image: { $artifactType }
headline-unreadable = Kaibo does not understand the document that the tag names.

## Build dates (anatomy::BuildDate)

date-recorded = built { DATE($unix) }
date-absent = no build date recorded
date-epoch = no build date recorded (reproducible build: 1970)
date-epoch-plus-one = no build date recorded (Nix writes 1970)
date-buildpacks = no build date recorded (buildpacks write 1980)
date-go-zero = no build date recorded (year 1 is Go’s zero time)
date-unreadable = the build date cannot be read: { $text }

## Steps of an exchange (source::Stage)

stage-connect = opening the connection
stage-first-byte = waiting for the answer
stage-body = waiting for the rest of the answer
stage-whole = the whole

## What is looked for (source::Thing)

thing-repository = repository
thing-tag = tag
thing-manifest = manifest
thing-blob = blob

## How much a finding matters (anatomy::Severity)

severity-info = note
severity-warning = warning
severity-error = fault

## Media types (anatomy::MediaName)

media-oci-index = OCI image index (table of contents)
media-docker-manifest-list = Docker manifest list (older table of contents)
media-oci-manifest = OCI manifest (blueprint)
media-docker-manifest = Docker manifest, schema 2 (blueprint)
media-docker-schema1-signed = Docker manifest, schema 1, signed (given up)
media-docker-schema1 = Docker manifest, schema 1 (given up)
media-oci-artifact-manifest = OCI artifact manifest (draft, withdrawn)
media-oci-config = OCI image settings
media-docker-config = Docker image settings
media-docker-plugin-config = Docker plugin settings
media-oci-empty = Empty placeholder
media-oci-descriptor = Content descriptor
media-oci-layout-header = OCI layout marker file
media-oci-layer-tar = Layer, uncompressed
media-oci-layer-gzip = Layer, gzip
media-oci-layer-zstd = Layer, zstd
media-docker-layer-gzip = Docker layer, gzip
media-docker-layer-tar = Docker layer, uncompressed
media-docker-layer-zstd = Docker layer, zstd (non-standard)
media-docker-foreign-gzip = Foreign Windows base layer, gzip
media-docker-foreign-tar = Foreign Windows base layer, uncompressed
media-oci-nondistributable-tar = Non-distributable layer, uncompressed (deprecated)
media-oci-nondistributable-gzip = Non-distributable layer, gzip (deprecated)
media-oci-nondistributable-zstd = Non-distributable layer, zstd (deprecated)
media-oci-layer-encrypted = Encrypted layer
media-oci-layer-gzip-encrypted = Encrypted layer, gzip
media-nydus-blob = Nydus lazy-pull layer
media-erofs-layer = EROFS file system layer
media-oci-early-layer = Layer, gzip (before OCI 1.0)
media-in-toto = Build statement (in-toto)
media-buildkit-attestation = BuildKit build record
media-dsse-envelope = Signed envelope (DSSE)
media-cosign-payload = Cosign signature payload
media-cosign-signature = Cosign signature
media-cosign-sbom = Cosign parts list (SBOM)
media-sigstore-bundle = Sigstore bundle
media-notation-signature = Notation signature
media-signature-jws = Signature (JWS)
media-signature-cose = Signature (COSE)
media-spdx = Parts list (SPDX SBOM)
media-spdx-cosign = Parts list (SPDX SBOM, cosign)
media-spdx-text = Parts list (SPDX SBOM, text)
media-cyclonedx = Parts list (CycloneDX SBOM)
media-cyclonedx-xml = Parts list (CycloneDX SBOM, XML)
media-syft = Parts list (Syft SBOM)
media-openvex = Vulnerability statement (OpenVEX)
media-sarif = Scan report (SARIF)
media-helm-config = Helm chart metadata
media-helm-chart = Helm chart archive
media-helm-provenance = Helm provenance file
media-flux-config = Flux source metadata
media-flux-content = Flux manifests bundle
media-kyverno-policy = Kyverno policy
media-opa-config = OPA policy metadata
media-opa-policy = OPA policy
media-falco-rules = Falco rules
media-artifacthub = Artifact Hub metadata
media-wasm-config = WebAssembly component settings
media-wasm = WebAssembly module
media-wasm-config-early = WebAssembly settings (older form)
media-wasm-early = WebAssembly module (older form)
media-wasm-filter = WebAssembly filter (Envoy, Istio)
media-singularity = Singularity image
media-singularity-config = Singularity image settings
media-tekton = Tekton bundle
media-ollama-model = Ollama model weights
media-ollama-template = Ollama prompt template
media-ollama-system = Ollama system prompt
media-ollama-params = Ollama parameters
media-ollama-license = Ollama licence
media-ollama-projector = Ollama projector
media-ollama-adapter = Ollama adapter
media-modelpack = AI model (ModelPack)
media-modelpack-config = AI model settings (ModelPack)
media-devcontainers = Dev Container metadata
media-devcontainers-layer = Dev Container feature or template
media-buildkit-cache = BuildKit build cache
media-checkpoint = Container checkpoint
media-oras-unknown-config = Settings of unspecified type (ORAS)
media-oras-unknown-artifact = Artifact of unspecified type (ORAS)
media-octet-stream = Bytes of unspecified type
media-cnab = CNAB bundle
media-docker-ai = Docker AI model
media-modelpack-weight = AI model weights (ModelPack)
media-estargz = Lazy-pull layer (eStargz)
media-zstd-chunked = Partial-pull layer (zstd:chunked)
