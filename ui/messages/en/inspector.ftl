# The inspector: what is selected, in plain words, facts, exact JSON and the command that fetches it.

inspector-nothing = Nothing selected
inspector-nothing-advice = Select a part to see what it is, its facts, its exact JSON and the command that fetches it.

## Title of the selected part

inspector-title-tag = Tag { $name }
inspector-title-index = Index
inspector-title-manifest = Manifest
inspector-title-manifest-for = Manifest for { $platform }
inspector-title-config = Config
inspector-title-config-of = Config of { $platform }
inspector-title-config-artifact = Description of the artifact
inspector-title-layer = Layer
inspector-title-layer-at = Layer { $place }
inspector-title-layer-of = Layer { $place } of { $platform }
inspector-title-layer-artifact = Content of the artifact
inspector-title-statement = Statement of a build record
inspector-title-attestation = Build record
inspector-title-attestation-for = Build record for { $platform }
inspector-title-artifact = Artifact
inspector-title-referrer = Referrer
inspector-title-unknown = Unknown document
inspector-title-missing = Missing part
inspector-title-missing-for = Missing: { $platform }

## Verified sign

inspector-verified = Verified
    .detail = Read here, and the digest of what was read is equal.
inspector-reading = Reading
    .detail = The document is on its way.
inspector-unread = Not read
    .detail = Named by a document that was read; its own bytes were not.
inspector-different = Different bytes
    .detail = Read here, and the digest of what was read is another one.

## Sections

inspector-section-what = What is this
inspector-section-facts = Facts
inspector-section-layers = Layers, base first
inspector-section-statements = Statements
inspector-section-content = Content
inspector-section-history = History, oldest first
inspector-section-environment = Environment
inspector-section-labels = Labels
inspector-section-annotations = Annotations
inspector-section-noticed = Noticed
inspector-section-statement = Statement
inspector-section-json = JSON
inspector-section-command = Command

## What is this

inspector-what-tag = A name that somebody can move. Today it leads to the part below, tomorrow perhaps to another. Only a digest stays.
inspector-what-tag-index = It leads to an index, so each machine takes the entry that fits it.
inspector-what-tag-manifest = It leads straight to one manifest. There is no list, so every machine gets this image, whatever its processor. That is ordinary for a build for one platform.
inspector-what-tag-attestation = It leads to a build record, not to an image. There is nothing to run. Most often a push stopped before its index arrived.
inspector-what-tag-artifact = It leads to an artifact, something other than an image. A registry keeps both in the same envelope.
inspector-what-tag-missing = What it should lead to is not there.
inspector-what-tag-unknown = It leads to a document of a kind that is not known here.
inspector-what-tag-open = What it leads to was not read yet.

inspector-what-index = A table of contents (an image index). A machine reads it, takes the one entry that fits its system and processor, and ignores the rest.
inspector-what-index-one = It lists one platform only: having a list is no promise of several.
inspector-what-index-records = { $records ->
        [one] One entry says “unknown/unknown”. It is a build record, and no machine runs it.
       *[other] { $records } entries say “unknown/unknown”. They are build records, and no machine runs them.
    }
inspector-what-index-docker = This is Docker’s older form of it, the manifest list. It means the same.
inspector-what-index-nested = It is itself an entry of another index. That is allowed, and not every engine follows it.

inspector-what-manifest = The parts list for one platform. Every part is named by its digest, so the digest of this short document stands for the whole image.
inspector-what-manifest-parts = { $layers ->
        [0] It names one config and no layers.
        [one] It names one config and one layer.
       *[other] It names one config and { $layers } layers, base first.
    }
inspector-what-manifest-unread = It was not read yet. What is shown here stands in the document that names it.
inspector-what-manifest-alone = The tag leads straight here, so no machine chooses: each gets this image, and one with another processor fails only when it starts it.
inspector-what-manifest-docker = This is Docker’s own form of it (schema 2). Engines read it like the OCI form.

inspector-what-config = The settings of the image: what it starts, for which platform, when it was built, and the digests of the unpacked layers. The digest of this document is the classic image ID, which older Docker prints as IMAGE ID.
inspector-what-config-empty = Two bytes, { "{}" }: an empty placeholder. A manifest must name a config, and an artifact needs none.
inspector-what-config-record = A placeholder. A build record has nothing to start, so this holds no settings and no build date. Programs that take it for an image show “56 years ago”.
inspector-what-config-artifact = An artifact has nothing to start. This document describes its content in a form of its own.
inspector-what-config-other = A config of a kind that is no image config, so engines do not start it.

inspector-what-date-absent = No build date is recorded. “docker images” then counts from 1970 and prints “56 years ago”. The image may be new.
inspector-what-date-epoch = No build date is recorded: the builder wrote the date zero, 1970, so that equal input gives equal bytes (a reproducible build). “docker images” prints “56 years ago”. The image may be new.
inspector-what-date-epoch-plus-one = No build date is recorded: the builder (Nix does so) wrote one second after 1970, so that equal input gives equal bytes. “docker images” prints “56 years ago”. The image may be new.
inspector-what-date-buildpacks = No build date is recorded: Cloud Native Buildpacks write 1980 in every image, so that equal input gives equal bytes. The image may be new.
inspector-what-date-go-zero = No build date is recorded: a program without a date wrote year 1, its zero. The image may be new.
inspector-what-date-unreadable = The build date is no date that can be read. It stands in the JSON as it was written.

inspector-what-layer = A packed archive of files. Layers are laid over each other from the base up, and a file in a higher one hides the same file below.
inspector-what-layer-other = A part that the manifest lists as a layer. Its type is none that an engine unpacks into files.
inspector-what-layer-base = This is the base: everything else lies on it.
inspector-what-layer-only = It is the only layer of this image.
inspector-what-layer-empty = It holds no files. Older builders wrote such a layer for a line that only changes settings.
inspector-what-layer-shared = Here { $count } images name it; it is stored once and fetched once.
inspector-what-layer-exists = A machine that already has these exact bytes prints “Already exists” and skips the download.
inspector-what-layer-zstd = It is packed with zstd, which older engines cannot unpack.
inspector-what-layer-encrypted = It is encrypted. Only an engine that holds the key can unpack it.
inspector-what-layer-foreign = The registry may not hold it: engines fetch it from the address in Facts. Kaibo never follows such an address.
inspector-what-layer-artifact = The content of the artifact. It is kept like a layer and is not unpacked as files of an image.

inspector-what-statement = A statement about a build (in-toto): what was built, by whom, from which source. It is text, a few kilobytes, and is never run.

inspector-what-attestation = Notes on how an image was built. It is not an image, and no machine runs it.
inspector-what-attestation-of = Notes on how { $platform } was built: from which source, by which builder. It is not an image, and no machine runs it.
inspector-what-attestation-listed = The index calls it “unknown/unknown”, because it is made for no platform. That is how engines know to pass it over. Nothing is broken.
inspector-what-attestation-alone = A record like this usually stands in an index beside its image. Here the name leads to it alone.
inspector-what-attestation-artifact-form = It has the newer form, an artifact that names its image as “subject” (BuildKit 0.32 and later).

inspector-what-artifact = Something other than an image, kept in the same envelope: a chart, a signature, a software parts list (SBOM). An engine cannot run it.
inspector-what-artifact-alone = The tag leads straight to it, so “docker pull” of this name fails or brings nothing to run.
inspector-what-referrer = A document that points at the image from outside, as a signature or a software parts list (SBOM) does. The image does not know of it, so it can be added later. That it is there is all that is known: nothing about it was verified.
inspector-what-unknown = A document of a kind that is not known here. Its exact bytes are below.
inspector-what-missing = It is named, but the source does not have it. Somebody removed it, or it was never pushed.
inspector-what-missing-platform = Pulls for { $platform } will fail. The other platforms are not concerned.
inspector-what-missing-names = The tag leads to nothing: every pull fails.
inspector-what-missing-lists = A machine that takes this entry of the index fails. The other entries are not concerned.
inspector-what-missing-config = An image without its config cannot be started, and a pull of it fails.
inspector-what-missing-layer = An image without one of its layers cannot be unpacked, and a pull of it fails.
inspector-what-missing-attests = Only the record of the build is concerned. The image itself can be pulled.
inspector-what-missing-subject = The document points at an image that is not there.

## Facts

inspector-fact-name = Name
inspector-fact-points-at = Leads to
inspector-fact-size = Size
inspector-fact-download = Download
inspector-fact-type = Type
inspector-fact-by-tag = Found by its tag
inspector-fact-artifact-type = Artifact type
inspector-fact-platform = Platform
inspector-fact-in = Part of
inspector-fact-places = Places
inspector-fact-diff-id = diffID
    .detail = Digest of the unpacked layer
inspector-fact-chain-id = chainID
    .detail = Digest of the stack up to here
inspector-fact-made-by = Made by
inspector-fact-made = Made
inspector-fact-also-in = Also in
inspector-fact-urls = Offered at
inspector-fact-built = Built
inspector-fact-author = Author
inspector-fact-entrypoint = Entrypoint
inspector-fact-cmd = Command
inspector-fact-working-dir = Folder
inspector-fact-user = User
inspector-fact-ports = Ports
inspector-fact-volumes = Volumes
inspector-fact-stop-signal = Stop signal
inspector-fact-describes = Describes
inspector-fact-named-by = Named by
inspector-fact-described-by = Described by
inspector-fact-entries = Entries
inspector-fact-entries-left = Not shown
inspector-bytes = { BYTES($bytes) } bytes
inspector-no-date = No build date recorded
inspector-value-user-root = root (none is set)
inspector-value-entries = { $images ->
        [one] 1 platform
       *[other] { BYTES($images) } platforms
    }, { $records ->
        [0] no build records
        [one] 1 build record
       *[other] { BYTES($records) } build records
    }
inspector-value-entries-left = { $count ->
        [one] one more entry
       *[other] { BYTES($count) } more entries
    }
inspector-more = { $count ->
        [one] 1 more
       *[other] { BYTES($count) } more
    }
inspector-history-empty = settings only
inspector-history-layer = Layer { $place }

## Masked values

inspector-mask = Hidden value, { $length } characters
inspector-mask-show = Show
inspector-mask-note = Values that look like secrets are hidden until you click them. The check is a guess.

## JSON

inspector-json-part = part of { $name }
inspector-json-shown = { BYTES($shown) } of { BYTES($total) } characters shown
inspector-json-more = Show more
inspector-json-all = Show all
inspector-json-label = Exact JSON
inspector-json-go = Go to { $digest }
inspector-json-reading = Reading the document
inspector-json-inexact = Some of these bytes are no text. Each stands here as “�”.
inspector-json-none = A tag is a name, not a document: it has no JSON. What it leads to has.
inspector-json-not-read = It was not read yet.
inspector-json-read = Read it now
inspector-json-broken = Line breaks were added for reading. They are not in the bytes, and Copy leaves them out.
inspector-json-break = Line breaks
inspector-json-hidden = Characters that cannot be seen are written out, like this:

## Statement

inspector-statement-read = Read the statement
inspector-statement-reading = Reading the statement
inspector-statement-predicate = Kind
inspector-statement-subject = About
inspector-statement-builder = Builder
inspector-statement-source = Source
inspector-statement-commit = Commit
inspector-statement-materials = Made from
inspector-statement-finished = Finished
inspector-statement-packages = Packages
inspector-statement-more = { $count ->
        [one] and one more
       *[other] and { BYTES($count) } more
    }
inspector-statement-unsigned = Unsigned. It says what its author wants it to say, and nothing here proves it.
inspector-statement-signed = Signed. The signature was not checked here.
inspector-statement-empty = The statement names neither builder nor source.
inspector-predicate-slsa-v0-2 = Provenance (SLSA 0.2)
inspector-predicate-slsa-v1 = Provenance (SLSA 1)
inspector-predicate-spdx = Parts list (SPDX SBOM)
inspector-predicate-cyclonedx = Parts list (CycloneDX SBOM)
inspector-predicate-vex = Known weaknesses, judged (OpenVEX)
inspector-predicate-vulns = Result of a vulnerability scan
inspector-predicate-test-result = Result of a test
inspector-predicate-vsa = Summary of a verification (SLSA)
inspector-predicate-cosign = Statement made with cosign

## Command

inspector-command-none = No command fetches this alone.
inspector-copy-json = Copy JSON
inspector-copy-command = Copy command
inspector-copy-digest = Copy digest
