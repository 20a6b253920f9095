use serde_json::{Map, Value, json};

use crate::image::{Image, ImageBuilder, media};

/// Builds an index (or Docker manifest list) over images, with BuildKit's attestations if wanted.
#[derive(Clone, Debug)]
pub struct IndexBuilder {
    content: Vec<Image>,
    entries: Vec<Value>,
    annotations: Map<String, Value>,
    members: Map<String, Value>,
    attested: bool,
    docker: bool,
}

impl Default for IndexBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl IndexBuilder {
    /// An index without entries.
    #[must_use]
    pub fn new() -> Self {
        Self {
            content: Vec::new(),
            entries: Vec::new(),
            annotations: Map::new(),
            members: Map::new(),
            attested: false,
            docker: false,
        }
    }

    /// An entry for an image, or for an index (nesting).
    #[must_use]
    pub fn entry(mut self, image: &Image) -> Self {
        self.entries.push(image.descriptor());
        self.content.push(image.clone());
        self
    }

    /// An entry whose descriptor has other members added or replaced (`annotations`, `platform`, `size` …).
    #[must_use]
    pub fn entry_with(mut self, image: &Image, members: Value) -> Self {
        let mut descriptor = image.descriptor();
        if let Value::Object(members) = members {
            descriptor.as_object_mut().unwrap().extend(members);
        }
        self.entries.push(descriptor);
        self.content.push(image.clone());
        self
    }

    /// An entry that names what nobody has.
    #[must_use]
    pub fn missing(mut self, descriptor: Value) -> Self {
        self.entries.push(descriptor);
        self
    }

    /// An annotation of the index.
    #[must_use]
    pub fn annotation(mut self, key: &str, value: &str) -> Self {
        self.annotations.insert(key.to_owned(), value.into());
        self
    }

    /// Any member of the index.
    #[must_use]
    pub fn member(mut self, key: &str, value: Value) -> Self {
        self.members.insert(key.to_owned(), value);
        self
    }

    /// Adds one attestation manifest after all entries for every entry so far and to come, as BuildKit does.
    #[must_use]
    pub fn attested(mut self) -> Self {
        self.attested = true;
        self
    }

    /// A Docker manifest list instead of an OCI index.
    #[must_use]
    pub fn docker(mut self) -> Self {
        self.docker = true;
        self
    }

    /// The index with all its content.
    #[must_use]
    pub fn build(mut self) -> Image {
        if self.attested {
            let subjects: Vec<String> = self.entries.iter().map(|e| e["digest"].as_str().unwrap().to_owned()).collect();
            for subject in subjects {
                let attestation = attestation(&subject);
                self = self.entry_with(
                    &attestation,
                    json!({
                        "platform": {"os": "unknown", "architecture": "unknown"},
                        "annotations": {
                            "vnd.docker.reference.type": "attestation-manifest",
                            "vnd.docker.reference.digest": subject,
                        },
                    }),
                );
            }
        }
        let media_type = if self.docker { media::DOCKER_LIST } else { media::OCI_INDEX };
        let mut index = json!({"schemaVersion": 2, "mediaType": media_type, "manifests": self.entries});
        if !self.annotations.is_empty() {
            index["annotations"] = self.annotations.into();
        }
        index.as_object_mut().unwrap().extend(self.members);
        let mut image = Image::raw(media_type, serde_json::to_vec_pretty(&index).unwrap());
        for part in &self.content {
            image.absorb(part);
        }
        image
    }
}

/// An attestation manifest with a provenance statement about `subject`.
fn attestation(subject: &str) -> Image {
    let (_, encoded) = subject.split_once(':').unwrap();
    let statement = serde_json::to_vec(&json!({
        "_type": "https://in-toto.io/Statement/v0.1",
        "predicateType": "https://slsa.dev/provenance/v0.2",
        "subject": [{"name": "pkg:docker/demo/app", "digest": {"sha256": encoded}}],
        "predicate": {"builder": {"id": "https://builder.example/1"}, "buildType": "https://mobyproject.org/buildkit@v1"},
    }))
    .unwrap();
    let config = serde_json::to_vec(&json!({
        "os": "unknown", "architecture": "unknown", "config": {},
        "rootfs": {"type": "layers", "diff_ids": [anatomy::Digest::sha256(&statement).as_str()]},
    }))
    .unwrap();
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": media::OCI_MANIFEST,
        "config": {"mediaType": media::OCI_CONFIG, "digest": anatomy::Digest::sha256(&config).as_str(), "size": config.len()},
        "layers": [{
            "mediaType": media::IN_TOTO, "digest": anatomy::Digest::sha256(&statement).as_str(), "size": statement.len(),
            "annotations": {"in-toto.io/predicate-type": "https://slsa.dev/provenance/v0.2"},
        }],
    });
    let mut image = Image::raw(media::OCI_MANIFEST, serde_json::to_vec_pretty(&manifest).unwrap());
    image.put(statement, media::IN_TOTO, false);
    image.put(config, media::OCI_CONFIG, false);
    image
}

/// An index of ten platforms that share a base layer: with attestations it is 20 children and 20
/// configs, 41 documents in all.
#[must_use]
pub fn ten_platforms(attested: bool) -> Image {
    let mut index = IndexBuilder::new();
    for platform in [
        "linux/amd64",
        "linux/arm64",
        "linux/arm/v7",
        "linux/arm/v6",
        "linux/386",
        "linux/ppc64le",
        "linux/s390x",
        "linux/riscv64",
        "linux/mips64le",
        "linux/loong64",
    ] {
        index = index.entry(
            &ImageBuilder::new(platform)
                .file("etc/base", b"the same everywhere")
                .file("bin/app", platform.as_bytes())
                .build(),
        );
    }
    if attested { index.attested().build() } else { index.build() }
}
