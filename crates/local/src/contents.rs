use std::collections::HashMap;
use std::sync::Arc;

use anatomy::{Digest, MediaType, Target, limits};
use bytes::Bytes;
use serde_json::Value;
use source::ProblemKind;

use crate::apart::Stop;
use crate::fault::Fault;
use crate::names::{Names, familiar};
use crate::store::Store;

/// image-spec annotations.md: the name of an image in a layout.
const REF_NAME: &str = "org.opencontainers.image.ref.name";
/// containerd's annotation with the whole name, as `docker save` and `ctr export` write it.
const IMAGE_NAME: &str = "io.containerd.image.name";

/// An image of a layout or archive.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) names: Names,
    /// The text itself when it is no digest.
    pub(crate) digest: Result<Digest, String>,
    pub(crate) media_type: Option<String>,
}

/// Where the bytes of a digest are.
pub(crate) enum Held {
    /// Computed or already read.
    Here(Bytes),
    /// A file of the store.
    File(String),
}

/// What a place holds: its images, and where the bytes of a digest are.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) entries: Vec<Entry>,
    /// Documents that are no file of the store.
    pub(crate) documents: HashMap<Digest, Bytes>,
    /// Files whose name does not follow from their digest.
    pub(crate) files: HashMap<Digest, String>,
    /// index.json, when its entries have no names and it can only be shown as the index that it is.
    pub(crate) nameless: Option<Digest>,
    /// The manifests were made here, because the archive has none.
    pub(crate) manifest_made_here: bool,
    /// Used when nobody says which image.
    pub(crate) default_tag: Option<&'static str>,
}

impl Contents {
    /// Reads `oci-layout` and `index.json` (image-spec image-layout.md).
    pub(crate) fn of_layout(store: Arc<dyn Store>, whole_names: bool, stop: &Stop) -> Result<Self, Fault> {
        let marker = store.read("oci-layout", limits::MANIFEST_BYTES, stop)?;
        if object(&marker).is_none_or(|marker| marker.get("imageLayoutVersion").is_none()) {
            return Err(Fault::Format("oci-layout has no imageLayoutVersion".to_owned()));
        }
        let bytes = store.read("index.json", limits::MANIFEST_BYTES, stop)?;
        let index = object(&bytes).ok_or_else(|| Fault::Format("index.json is not a JSON object".to_owned()))?;
        let Some(manifests) = index.get("manifests").and_then(Value::as_array) else {
            return Err(Fault::Format("index.json has no list of manifests".to_owned()));
        };
        let mut entries: Vec<Entry> = manifests.iter().map(entry).collect();
        Names::choose_shown(&mut entries, whole_names);
        let mut contents = Self::empty(store);
        if entries.len() > 1 && entries.iter().all(|entry| entry.names.shown.is_none()) {
            let digest = Digest::sha256(&bytes);
            contents.documents.insert(digest.clone(), bytes);
            contents.nameless = Some(digest);
        }
        contents.entries = entries;
        Ok(contents)
    }

    pub(crate) fn empty(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            entries: Vec::new(),
            documents: HashMap::new(),
            files: HashMap::new(),
            nameless: None,
            manifest_made_here: false,
            default_tag: None,
        }
    }

    /// The names by which its images can be asked for, in their order.
    pub(crate) fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for tag in self.entries.iter().flat_map(|entry| &entry.names.shown) {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    }

    /// Which image is meant: its digest and the media type of the descriptor that names it.
    pub(crate) fn choose(
        &self,
        target: &Target,
        place: &str,
    ) -> Result<(Result<Digest, String>, Option<String>), ProblemKind> {
        let entry = match target {
            Target::Digest(digest) => return Ok((Ok(digest.clone()), self.media_type(digest))),
            Target::Tag(tag) => {
                self.named(tag).ok_or_else(|| ProblemKind::TagAbsent { tag: tag.clone(), tags: self.tags() })?
            }
            Target::Only => match (self.default_tag.and_then(|tag| self.named(tag)), self.entries.as_slice()) {
                (Some(entry), _) => entry,
                (None, [first, others @ ..]) if others.iter().all(|other| other.digest == first.digest) => first,
                (None, _) => match &self.nameless {
                    Some(index) => return Ok((Ok(index.clone()), Some(MediaType::OCI_INDEX.to_owned()))),
                    None => return Err(ProblemKind::TagNeeded { place: place.to_owned(), tags: self.tags() }),
                },
            },
        };
        Ok((entry.digest.clone(), entry.media_type.clone()))
    }

    /// Where the bytes of `digest` are. Whether they are there at all the store knows.
    pub(crate) fn held(&self, digest: &Digest) -> Held {
        if let Some(bytes) = self.documents.get(digest) {
            return Held::Here(bytes.clone());
        }
        Held::File(match self.files.get(digest) {
            Some(name) => name.clone(),
            None => format!("blobs/{}/{}", digest.algorithm().name(), digest.encoded()),
        })
    }

    /// What the descriptors of index.json say of `digest`.
    pub(crate) fn media_type(&self, digest: &Digest) -> Option<String> {
        if self.nameless.as_ref() == Some(digest) {
            return Some(MediaType::OCI_INDEX.to_owned());
        }
        let of_it = |entry: &&Entry| entry.digest.as_ref() == Ok(digest);
        self.entries.iter().find(of_it).and_then(|entry| entry.media_type.clone())
    }

    /// The first entry of the strongest kind of match.
    fn named(&self, tag: &str) -> Option<&Entry> {
        let strength = |entry: &Entry| entry.names.strength(tag);
        let strongest = self.entries.iter().filter_map(strength).min()?;
        self.entries.iter().find(|entry| strength(entry) == Some(strongest))
    }
}

/// A descriptor of index.json, read tolerantly: what is odd in it must not hide its neighbours.
fn entry(descriptor: &Value) -> Entry {
    let text = |key: &str| descriptor.get(key).and_then(Value::as_str);
    let annotation = |key: &str| {
        let value = descriptor.get("annotations").and_then(|annotations| annotations.get(key)).and_then(Value::as_str);
        value.filter(|value| !value.is_empty()).map(str::to_owned)
    };
    let digest = text("digest").unwrap_or_default();
    Entry {
        names: Names {
            ref_name: annotation(REF_NAME),
            whole: annotation(IMAGE_NAME).as_deref().map(familiar),
            shown: None,
        },
        digest: digest.parse().map_err(|_| digest.to_owned()),
        media_type: text("mediaType").map(str::to_owned),
    }
}

fn object(bytes: &[u8]) -> Option<serde_json::Map<String, Value>> {
    serde_json::from_slice(bytes).ok()
}
