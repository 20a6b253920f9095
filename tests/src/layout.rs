//! OCI image layouts (image-spec image-layout.md), read and damaged.

use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// A tag of a layout and the descriptor that it names.
#[derive(Clone, Debug)]
pub struct Tag {
    /// `org.opencontainers.image.ref.name`.
    pub name: String,
    /// The entry of `index.json`.
    pub descriptor: Value,
}

/// The tags of `index.json`, in its order.
#[must_use]
pub fn tags(layout: &Path) -> Vec<Tag> {
    let index: Value = serde_json::from_slice(&read(&layout.join("index.json"))).expect("index.json is JSON");
    let entries = index["manifests"].as_array().expect("index.json has manifests");
    entries
        .iter()
        .filter_map(|entry| {
            let name = entry["annotations"]["org.opencontainers.image.ref.name"].as_str()?;
            Some(Tag { name: name.to_owned(), descriptor: entry.clone() })
        })
        .collect()
}

/// The file of a digest.
#[must_use]
pub fn blob(layout: &Path, digest: &str) -> PathBuf {
    let (algorithm, encoded) = digest.split_once(':').expect("a digest has an algorithm");
    layout.join("blobs").join(algorithm).join(encoded)
}

/// The bytes of a digest.
#[must_use]
pub fn bytes(layout: &Path, digest: &str) -> Vec<u8> {
    read(&blob(layout, digest))
}

/// `sha256:…` of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold("sha256:".to_owned(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}

/// A copy of a layout that a test may damage.
#[must_use]
pub fn copy(layout: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    copy_into(layout, folder.path());
    folder
}

fn copy_into(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("a layout can be listed").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            // Read and written, not copied: fixtures may be read-only, and the copy must not be.
            std::fs::write(&target, read(&entry.path())).expect("a file can be written");
        }
    }
}

/// A layout made of documents given as JSON or bytes.
#[derive(Debug)]
pub struct Maker {
    folder: tempfile::TempDir,
    tags: Vec<Value>,
}

impl Default for Maker {
    fn default() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        std::fs::create_dir_all(folder.path().join("blobs/sha256")).expect("a folder can be made");
        std::fs::write(folder.path().join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#)
            .expect("a file can be written");
        Self { folder, tags: Vec::new() }
    }
}

impl Maker {
    /// Writes a blob and gives its descriptor.
    pub fn add(&mut self, media_type: &str, bytes: &[u8]) -> Value {
        let digest = sha256(bytes);
        std::fs::write(blob(self.folder.path(), &digest), bytes).expect("a file can be written");
        serde_json::json!({ "mediaType": media_type, "digest": digest, "size": bytes.len() })
    }

    /// Writes a document and gives its descriptor.
    pub fn document(&mut self, media_type: &str, document: &Value) -> Value {
        self.add(media_type, &serde_json::to_vec(document).expect("JSON can be written"))
    }

    /// Gives a descriptor a tag.
    pub fn tag(&mut self, name: &str, descriptor: &Value) {
        let mut entry = descriptor.clone();
        entry["annotations"]["org.opencontainers.image.ref.name"] = name.into();
        self.tags.push(entry);
    }

    /// Writes `index.json`. The folder lives as long as the result.
    #[must_use]
    pub fn finish(self) -> tempfile::TempDir {
        let index = serde_json::json!({ "schemaVersion": 2, "manifests": self.tags });
        std::fs::write(self.folder.path().join("index.json"), index.to_string()).expect("a file can be written");
        self.folder
    }
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
