### What can be odd about a document (anatomy::Irregularity). The value is one sentence, the detail
### says why it matters or what to do. A field that is not known arrives as the word "none".

irregularity-not-json = This document is not JSON: { $reason }
    .detail = No engine can read it. The bytes are shown as they are.

irregularity-not-an-object = This document is JSON, but not an object.
    .detail = An index, manifest or config begins with “{"{"}”. Engines refuse this one.

irregularity-duplicate-keys = A field is written twice ({ $pointer }).
    .detail = Programs differ in which one they believe, so two programs can see two different images (CVE-2021-41190).

irregularity-index-and-manifest = This document is an index and a manifest at once.
    .detail = Programs differ in what they see in it; engines refuse it. Do not use this image.

irregularity-content-type-differs = The registry sends this document as { $header }, but it calls itself { $document }.
    .detail = Strict clients refuse it. Usually a proxy or an upload tool set the wrong type.

irregularity-descriptor-type-differs = The descriptor announces { $descriptor }, but the document calls itself { $document }.
    .detail = Strict clients refuse it. The parent was written by a tool that guessed the type.

irregularity-size-differs = The descriptor says { BYTES($expected) } bytes, but there are { BYTES($actual) }.
    .detail = Engines that check the size refuse it; the content is damaged, or its parent is wrong.

irregularity-digest-differs = The bytes are not what their digest says: { DIGEST($expected) } was asked for, { DIGEST($actual) } was computed here.
    .detail = The content is damaged or was replaced. Every engine refuses it.

irregularity-header-digest-differs = The registry announces the digest { DIGEST($header) }, but the body has { DIGEST($actual) }.
    .detail = The digest computed here counts. A proxy may have changed the body.

irregularity-digest-not-computed = The digest uses { $algorithm }, which is not computed here.
    .detail = Nothing is wrong with that, but Kaibo cannot verify this part.

irregularity-digest-malformed = What stands as digest is none ({ $pointer }): { $text }
    .detail = Nothing can be fetched by it. The document was written by a faulty tool.

irregularity-size-malformed = A size is missing or is no whole number ({ $pointer }).
    .detail = Engines need the size to know when a download is complete.

irregularity-field-malformed = A field has the wrong type and was passed over ({ $pointer }).
    .detail = Engines may refuse the whole document because of it.

irregularity-child-missing = This part is named, but the source does not have it.
    .detail = A clean-up rule or an incomplete push removed it. Pulls that need it fail; push the image again.

irregularity-child-unreadable = This part is in the source, but could not be read.
    .detail = The kind of trouble: { $problem }. The rest of the picture is complete.

irregularity-over-limit = This part is larger than { SIZE($limit) } and was not read.
    .detail = { $size ->
        [none] Documents of its kind are far smaller.
       *[other] Its descriptor says { SIZE($size) }; documents of its kind are far smaller.
    }

irregularity-diff-id-count = The config lists { $diffIds ->
        [one] 1 diffID
       *[other] { $diffIds } diffIDs
    }, but the manifest has { $layers ->
        [one] { $layers } layer
       *[other] { $layers } layers
    }.
    .detail = Engines refuse it: “layers from manifest don’t match image configuration”.

irregularity-history-count = The history tells of { $lines ->
        [one] { $lines } layer
       *[other] { $lines } layers
    }, but the manifest has { $layers }.
    .detail = The image works. Kaibo cannot say which command made which layer.

irregularity-foreign-urls = { $count ->
        [one] A layer is offered at an address outside the registry.
       *[other] A layer is offered at { $count } addresses outside the registry.
    }
    .detail = This is how Windows base layers were distributed. Engines may fetch it there; Kaibo does not.

irregularity-platform-absent = This entry names no platform.
    .detail = Engines fall back on the config, or skip it. Set the platform when the index is made.

irregularity-platform-unknown = The platform is unknown/unknown, but nothing says that this is a build record.
    .detail = Engines never choose it. If it is meant to run, its build lost the platform.

irregularity-platform-differs = The index says { $index }, but the config says { $config }.
    .detail = Engines choose by the index and run what the config says: “exec format error” is likely.

irregularity-platform-duplicate = Two entries are for { $platform }.
    .detail = Engines take the first; the second one is never pulled by platform.

irregularity-os-version-absent = This Windows entry does not say for which build (os.version).
    .detail = Every Windows machine takes it, and few can run it.

irregularity-date-not-recorded = { $date ->
        [epoch] No build date recorded (reproducible build: 1970).
        [epoch-plus-one] No build date recorded (Nix writes 1970).
        [buildpacks] No build date recorded (buildpacks write 1980).
        [go-zero] No build date recorded (year 1 is Go’s zero time).
        [unreadable] The build date cannot be read.
       *[absent] No build date recorded.
    }
    .detail = The image is fine. Docker counts from the date as it stands, so it may list the image as “56 years ago”.

irregularity-schema-one = This is a Docker manifest of schema 1, a format that was given up.
    .detail = Docker and containerd (2.1 and later) do not pull it any more. Build the image again, or copy it with a tool that converts it.

irregularity-index-empty = This index lists nothing.
    .detail = Every pull of it fails. It was written before its images, or they were removed from it.

irregularity-nothing-runnable = This index lists build records, but nothing that can run.
    .detail = Every pull of it fails with “no matching manifest”. Push the image again.

irregularity-index-too-deep = Indexes name each other in a circle, or nest deeper than four levels.
    .detail = Kaibo stops here. Engines may run into trouble with it.

irregularity-shown-in-part = Shown in part: { $shown } of { $total } entries.
    .detail = The rest is not drawn. The document itself is whole.

irregularity-tag-names-attestation = The tag names a build record, not an image.
    .detail = Old push tools left the tag on it when the last step failed. Push again with Docker 28.2 or later, or with buildx --push.

irregularity-attested-absent = The build record describes { DIGEST($digest) }, which this index does not list.
    .detail = The image was rebuilt or removed and its record stayed. It says nothing about the images here.

irregularity-subject-differs = This was listed for { DIGEST($listed) }, and says that it belongs to { $said ->
        [none] no image
       *[other] { DIGEST($said) }
    }.
    .detail = A referrer belongs to what its own subject says. It says nothing about the image here.

irregularity-artifact-type-absent = The artifact does not say what it is (artifactType is missing).
    .detail = With an empty config, artifactType is required (image-spec manifest.md). Tools cannot tell its kind.

irregularity-config-type-unknown = The config is of type { $mediaType }, which is no image config.
    .detail = Engines cannot run this as an image.

irregularity-media-type-unknown = Kaibo does not know the type { $mediaType }.
    .detail = That is allowed: anybody may invent types. It is shown as it is.

irregularity-schema-version = schemaVersion is { $found }, not 2.
    .detail = Strict clients refuse it.

irregularity-embedded-data-differs = The descriptor carries its content with it, and that is not what its digest says.
    .detail = Programs that trust the embedded content and programs that fetch it see different things.

irregularity-manifest-made-here = This archive has no manifest. Kaibo lists what it holds in the form of one.
    .detail = “docker save” before version 25 writes the config and the layers alone. Config and layer digests are the image’s own; the manifest’s digest is not that of any registry.