use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use anatomy::Digest;
use bytes::Bytes;
use serde_json::{Map, Value, json};

/// The media types that the builders write.
pub mod media {
    /// OCI image index.
    pub const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
    /// OCI image manifest.
    pub const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
    /// OCI image config.
    pub const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
    /// OCI layer, gzip.
    pub const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
    /// Docker manifest list.
    pub const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
    /// Docker schema 2 manifest.
    pub const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
    /// Docker image config.
    pub const DOCKER_CONFIG: &str = "application/vnd.docker.container.image.v1+json";
    /// Docker layer, gzip.
    pub const DOCKER_LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    /// in-toto statement.
    pub const IN_TOTO: &str = "application/vnd.in-toto+json";
}

/// Bytes under their digest.
#[derive(Clone, Debug)]
pub struct Content {
    /// What the digest was computed from.
    pub bytes: Bytes,
    /// What a descriptor says of it.
    pub media_type: String,
    /// Whether a registry serves it as a manifest (else as a blob).
    pub manifest: bool,
}

/// A root document and all that it names, by true digests.
#[derive(Clone, Debug)]
pub struct Image {
    root: Digest,
    platform: Option<Value>,
    content: BTreeMap<String, Content>,
}

impl Image {
    /// Any bytes as a manifest: hostile, malformed or of another kind.
    #[must_use]
    pub fn raw(media_type: &str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let root = Digest::sha256(&bytes);
        let mut image = Self { root: root.clone(), platform: None, content: BTreeMap::new() };
        image.put(bytes, media_type, true);
        image
    }

    pub(crate) fn with_platform(mut self, platform: Option<Value>) -> Self {
        self.platform = platform;
        self
    }

    /// Adds content that the root does not need to name, and gives its digest.
    pub fn put(&mut self, bytes: impl Into<Bytes>, media_type: &str, manifest: bool) -> Digest {
        let bytes = bytes.into();
        let digest = Digest::sha256(&bytes);
        self.content.insert(digest.to_string(), Content { bytes, media_type: media_type.to_owned(), manifest });
        digest
    }

    /// Takes all content of `other` as well.
    pub fn absorb(&mut self, other: &Image) {
        self.content.extend(other.content.iter().map(|(digest, content)| (digest.clone(), content.clone())));
    }

    /// The digest of the root document.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.root
    }

    /// The media type of the root document.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.content[self.root.as_str()].media_type
    }

    /// The bytes of the root document.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.content[self.root.as_str()].bytes.clone()
    }

    /// All content by digest.
    #[must_use]
    pub fn content(&self) -> &BTreeMap<String, Content> {
        &self.content
    }

    /// The root document, parsed.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes()).unwrap()
    }

    /// The digest of the config of a single manifest.
    #[must_use]
    pub fn config_digest(&self) -> Digest {
        self.json()["config"]["digest"].as_str().unwrap().parse().unwrap()
    }

    /// The digests of the layers of a single manifest, in order.
    #[must_use]
    pub fn layer_digests(&self) -> Vec<Digest> {
        self.json()["layers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| l["digest"].as_str().unwrap().parse().unwrap())
            .collect()
    }

    /// The digests that the root index lists, in order.
    #[must_use]
    pub fn child_digests(&self) -> Vec<Digest> {
        self.json()["manifests"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["digest"].as_str().unwrap().parse().unwrap())
            .collect()
    }

    /// The descriptor of the root document.
    #[must_use]
    pub fn descriptor(&self) -> Value {
        let content = &self.content[self.root.as_str()];
        let mut descriptor = json!({
            "mediaType": content.media_type, "digest": self.root.as_str(), "size": content.bytes.len(),
        });
        if let Some(platform) = &self.platform {
            descriptor["platform"] = platform.clone();
        }
        descriptor
    }

    /// Writes an OCI layout, or adds to the one that is there, under `tag`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write_layout(&self, folder: &Path, tag: &str) -> std::io::Result<()> {
        for (digest, content) in &self.content {
            let (algorithm, encoded) = digest.split_once(':').unwrap();
            let parent = folder.join("blobs").join(algorithm);
            std::fs::create_dir_all(&parent)?;
            std::fs::write(parent.join(encoded), &content.bytes)?;
        }
        std::fs::write(folder.join("oci-layout"), br#"{"imageLayoutVersion":"1.0.0"}"#)?;
        let path = folder.join("index.json");
        let mut index: Value = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(_) => json!({"schemaVersion": 2, "mediaType": media::OCI_INDEX, "manifests": []}),
        };
        let mut descriptor = self.descriptor();
        descriptor["annotations"] = json!({"org.opencontainers.image.ref.name": tag});
        index["manifests"].as_array_mut().unwrap().push(descriptor);
        std::fs::write(path, serde_json::to_vec_pretty(&index)?)
    }
}

/// `os/architecture[/variant]` as the object that descriptors and configs have.
pub(crate) fn platform(text: &str) -> Map<String, Value> {
    let mut parts = text.split('/');
    let mut platform = Map::new();
    for key in ["os", "architecture", "variant"] {
        if let Some(part) = parts.next() {
            platform.insert(key.to_owned(), part.into());
        }
    }
    platform
}

/// Path and content.
type File = (String, Vec<u8>);

/// Builds a single-platform image: a manifest, a config, gzip layers.
#[derive(Clone, Debug)]
pub struct ImageBuilder {
    platform: Map<String, Value>,
    layers: Vec<Vec<File>>,
    history: Vec<Value>,
    labels: Map<String, Value>,
    config: Map<String, Value>,
    annotations: Map<String, Value>,
    manifest: Map<String, Value>,
    created: Option<String>,
    docker: bool,
}

impl ImageBuilder {
    /// An image for `os/architecture[/variant]`, without layers yet.
    #[must_use]
    pub fn new(platform_text: &str) -> Self {
        Self {
            platform: platform(platform_text),
            layers: Vec::new(),
            history: Vec::new(),
            labels: Map::new(),
            config: Map::new(),
            annotations: Map::new(),
            manifest: Map::new(),
            created: Some("2026-01-02T03:04:05Z".to_owned()),
            docker: false,
        }
    }

    /// A layer with one file, and its history line `COPY path`.
    #[must_use]
    pub fn file(self, path: &str, bytes: &[u8]) -> Self {
        self.layer(&[(path, bytes)], &format!("COPY {path} / # buildkit"))
    }

    /// A layer with files, and the `created_by` of its history line (any text, hostile ones too).
    #[must_use]
    pub fn layer(mut self, files: &[(&str, &[u8])], created_by: &str) -> Self {
        self.layers.push(files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect());
        self.history.push(json!({"created": self.created, "created_by": created_by}));
        self
    }

    /// A history line without a layer.
    #[must_use]
    pub fn empty_history(mut self, created_by: &str) -> Self {
        self.history.push(json!({"created": self.created, "created_by": created_by, "empty_layer": true}));
        self
    }

    /// A label of the config.
    #[must_use]
    pub fn label(mut self, key: &str, value: &str) -> Self {
        self.labels.insert(key.to_owned(), value.into());
        self
    }

    /// A member of the config's `config` object: `Env`, `Cmd`, `User` …
    #[must_use]
    pub fn runtime(mut self, key: &str, value: Value) -> Self {
        self.config.insert(key.to_owned(), value);
        self
    }

    /// An annotation of the manifest.
    #[must_use]
    pub fn annotation(mut self, key: &str, value: &str) -> Self {
        self.annotations.insert(key.to_owned(), value.into());
        self
    }

    /// Any member of the manifest: `artifactType`, `subject`, a wrong `mediaType` …
    #[must_use]
    pub fn member(mut self, key: &str, value: Value) -> Self {
        self.manifest.insert(key.to_owned(), value);
        self
    }

    /// `created` of the config as written, or none. Set it before layers: their history takes it.
    #[must_use]
    pub fn created(mut self, text: Option<&str>) -> Self {
        self.created = text.map(ToOwned::to_owned);
        self
    }

    /// `os.version` of the platform.
    #[must_use]
    pub fn os_version(mut self, version: &str) -> Self {
        self.platform.insert("os.version".to_owned(), version.into());
        self
    }

    /// Docker schema 2 media types instead of OCI ones.
    #[must_use]
    pub fn docker(mut self) -> Self {
        self.docker = true;
        self
    }

    /// The image.
    #[must_use]
    pub fn build(self) -> Image {
        let (manifest_type, config_type, layer_type) = if self.docker {
            (media::DOCKER_MANIFEST, media::DOCKER_CONFIG, media::DOCKER_LAYER)
        } else {
            (media::OCI_MANIFEST, media::OCI_CONFIG, media::OCI_LAYER)
        };
        let mut content = BTreeMap::new();
        let mut put = |bytes: Vec<u8>, media_type: &str| {
            let digest = Digest::sha256(&bytes);
            let descriptor = json!({"mediaType": media_type, "digest": digest.as_str(), "size": bytes.len()});
            content.insert(
                digest.to_string(),
                Content { bytes: bytes.into(), media_type: media_type.to_owned(), manifest: false },
            );
            descriptor
        };
        let mut diff_ids = Vec::new();
        let mut layers = Vec::new();
        for files in &self.layers {
            let tar = tar_of(files);
            diff_ids.push(Value::from(Digest::sha256(&tar).as_str()));
            layers.push(put(gzip(&tar), layer_type));
        }
        let mut runtime = self.config;
        if !self.labels.is_empty() {
            runtime.insert("Labels".to_owned(), self.labels.into());
        }
        let mut config = self.platform.clone();
        if let Some(created) = &self.created {
            config.insert("created".to_owned(), created.as_str().into());
        }
        config.insert("config".to_owned(), runtime.into());
        config.insert("rootfs".to_owned(), json!({"type": "layers", "diff_ids": diff_ids}));
        config.insert("history".to_owned(), self.history.into());
        let config = put(serde_json::to_vec(&Value::from(config)).unwrap(), config_type);
        let mut manifest = json!({
            "schemaVersion": 2, "mediaType": manifest_type, "config": config, "layers": layers,
        });
        if !self.annotations.is_empty() {
            manifest["annotations"] = self.annotations.into();
        }
        manifest.as_object_mut().unwrap().extend(self.manifest);
        let bytes = Bytes::from(serde_json::to_vec_pretty(&manifest).unwrap());
        let mut image = Image::raw(manifest_type, bytes).with_platform(Some(self.platform.into()));
        image.content.extend(content);
        image
    }
}

fn tar_of(files: &[File]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_cksum();
        tar.append_data(&mut header, path, bytes.as_slice()).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
