use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::reading::Reading;
use crate::{ConfigFacts, Descriptor, Irregularity, MediaClass, MediaType, json};

/// The exact bytes that a digest names, and what was read out of them.
///
/// The bytes are the document; `content` is a reading of it. Nothing is ever written back from it.
#[derive(Clone, Debug)]
pub struct Document {
    /// As the source gave them.
    pub bytes: Bytes,
    /// What was read.
    pub content: Content,
    /// `mediaType` in the document itself; images of before 2019 and configs have none.
    pub media_type: Option<MediaType>,
}

/// What a document turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// An OCI image index or a Docker manifest list.
    Index(Box<ImageIndex>),
    /// An OCI manifest, a Docker schema 2 manifest or the withdrawn OCI artifact manifest.
    Manifest(Box<ImageManifest>),
    /// Docker schema 1.
    SchemaOne,
    /// An image config.
    Config(Box<ConfigFacts>),
    /// A config of something else: never interpreted (image-spec manifest.md: "MUST NOT parse").
    Opaque,
    /// Nothing that is known.
    Unknown,
}

/// image-spec image-index.md.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageIndex {
    /// `manifests`, in order; entries that are no objects are left out and told.
    pub manifests: Vec<Descriptor>,
    /// `artifactType`.
    pub artifact_type: Option<String>,
    /// `subject`.
    pub subject: Option<Descriptor>,
    /// `annotations`.
    pub annotations: BTreeMap<String, String>,
}

/// image-spec manifest.md.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageManifest {
    /// `config`; the withdrawn artifact manifest has none.
    pub config: Option<Descriptor>,
    /// `layers` (`blobs` in the withdrawn artifact manifest), base first.
    pub layers: Vec<Descriptor>,
    /// `artifactType`.
    pub artifact_type: Option<String>,
    /// `subject`.
    pub subject: Option<Descriptor>,
    /// `annotations`.
    pub annotations: BTreeMap<String, String>,
}

impl ImageManifest {
    /// What the manifest is a manifest of: `artifactType`, else a config type that is no image
    /// config's (image-spec manifest.md, "Guidelines for Artifact Usage"). `None` for an image.
    #[must_use]
    pub fn artifact_kind(&self) -> Option<String> {
        if let Some(kind) = self.artifact_type.as_ref().filter(|kind| !kind.is_empty()) {
            return Some(kind.clone());
        }
        let config = self.config.as_ref()?;
        match config.media_type.class() {
            MediaClass::ImageConfig => None,
            // moby#52411: images of 2016 and before bear the type of a plain file.
            _ if config.media_type.as_str() == "application/octet-stream" && self.has_file_system() => None,
            _ => Some(config.media_type.as_str().to_owned()),
        }
    }

    /// Whether it is an attestation: by `artifactType`, or an image in form whose layers are all
    /// statements (BuildKit before 0.32).
    #[must_use]
    pub fn is_attestation(&self) -> bool {
        self.artifact_type.as_deref() == Some(MediaType::BUILDKIT_ATTESTATION)
            || (!self.layers.is_empty()
                && self.layers.iter().all(|layer| layer.media_type.class() == MediaClass::Statement))
    }

    fn has_file_system(&self) -> bool {
        self.layers.iter().any(|layer| layer.media_type.class() == MediaClass::Layer)
    }
}

impl Document {
    /// Reads an index or a manifest, whatever it says it is: what the document holds decides,
    /// its `mediaType` and then `content_type` where it holds nothing that tells.
    #[must_use]
    pub fn manifest(bytes: Bytes, content_type: Option<&MediaType>) -> (Self, Vec<Irregularity>) {
        let mut reading = Reading::default();
        let Some(fields) = object_of(&bytes, &mut reading) else {
            return (Self { bytes, content: Content::Unknown, media_type: None }, reading.told);
        };
        let media_type = reading.text(&fields, "mediaType", "").map(|text| MediaType::new(&text));
        if let (Some(document), Some(header)) = (&media_type, content_type)
            && document != header
            // A server without a type for JSON says nothing about the document.
            && !matches!(header.as_str(), "" | "application/json" | "text/plain" | "application/octet-stream")
        {
            reading.tell(Irregularity::ContentTypeDiffers {
                document: document.as_str().to_owned(),
                header: header.as_str().to_owned(),
            });
        }
        let class = media_type.as_ref().or(content_type).map(MediaType::class);
        let content = shape(&fields, class, &mut reading);
        (Self { bytes, content, media_type }, reading.told)
    }

    /// Reads a config of the type that its manifest gives it.
    #[must_use]
    pub fn config(bytes: Bytes, media_type: &MediaType) -> (Self, Vec<Irregularity>) {
        let mut reading = Reading::default();
        let is_image =
            media_type.class() == MediaClass::ImageConfig || media_type.as_str() == "application/octet-stream";
        let content = if !is_image {
            Content::Opaque
        } else if let Some(fields) = object_of(&bytes, &mut reading) {
            Content::Config(Box::new(ConfigFacts::read(&fields, &mut reading)))
        } else {
            Content::Unknown
        };
        (Self { bytes, content, media_type: Some(media_type.clone()) }, reading.told)
    }

    /// The exact text of the descriptor at a place of `layers` (or `blobs`), cut out of the bytes.
    #[must_use]
    pub fn layer_text(&self, position: usize) -> Option<&str> {
        #[derive(serde::Deserialize)]
        struct Layers<'t> {
            #[serde(borrow, alias = "blobs")]
            layers: Vec<&'t serde_json::value::RawValue>,
        }
        let layers: Layers<'_> = serde_json::from_slice(&self.bytes).ok()?;
        layers.layers.get(position).map(|layer| layer.get())
    }
}

fn object_of(bytes: &[u8], reading: &mut Reading) -> Option<Map<String, Value>> {
    match json::read(bytes) {
        Err(reason) => {
            reading.tell(Irregularity::NotJson { reason });
            None
        }
        Ok((value, repeated)) => {
            for pointer in repeated {
                reading.tell(Irregularity::DuplicateKeys { pointer });
            }
            if let Value::Object(fields) = value {
                Some(fields)
            } else {
                reading.tell(Irregularity::NotAnObject);
                None
            }
        }
    }
}

fn shape(fields: &Map<String, Value>, class: Option<MediaClass>, reading: &mut Reading) -> Content {
    let has = |key: &str| fields.get(key).is_some_and(|value| !value.is_null());
    if fields.get("schemaVersion").and_then(Value::as_u64) == Some(1) || class == Some(MediaClass::SchemaOne) {
        reading.tell(Irregularity::SchemaOne);
        return Content::SchemaOne;
    }
    let (index_shape, manifest_shape) = (has("manifests"), has("layers") || has("config"));
    if index_shape && manifest_shape {
        // CVE-2021-41190: what it is depends on the reader. Its own type decides here; engines refuse it.
        reading.tell(Irregularity::IndexAndManifest);
    }
    let is_index = match class {
        Some(MediaClass::Index) => index_shape || !manifest_shape,
        Some(MediaClass::Manifest) => index_shape && !manifest_shape,
        _ if index_shape => true,
        _ if manifest_shape => false,
        _ => return Content::Unknown,
    };
    // The withdrawn artifact manifest has neither `schemaVersion` nor `layers`.
    let withdrawn = has("blobs") && !has("layers");
    match fields.get("schemaVersion") {
        Some(version) if version.as_u64() == Some(2) => {}
        None if withdrawn => {}
        version => {
            reading.tell(Irregularity::SchemaVersion { found: version.map(Value::to_string).unwrap_or_default() });
        }
    }
    let artifact_type = reading.text(fields, "artifactType", "");
    let annotations = reading.text_map(fields, "annotations", "");
    let subject = descriptor(fields, "subject", reading);
    if is_index {
        let manifests = descriptors(fields, "manifests", reading);
        if manifests.is_empty() {
            reading.tell(Irregularity::IndexEmpty);
        }
        Content::Index(Box::new(ImageIndex { manifests, artifact_type, subject, annotations }))
    } else {
        let config = descriptor(fields, "config", reading);
        let layers = descriptors(fields, if withdrawn { "blobs" } else { "layers" }, reading);
        Content::Manifest(Box::new(ImageManifest { config, layers, artifact_type, subject, annotations }))
    }
}

fn descriptors(fields: &Map<String, Value>, key: &str, reading: &mut Reading) -> Vec<Descriptor> {
    let Some(values) = reading.array(fields, key, "") else { return Vec::new() };
    let read = |(at, value): (usize, &Value)| Descriptor::read(value, &format!("/{key}/{at}"), reading);
    values.iter().enumerate().filter_map(read).collect()
}

fn descriptor(fields: &Map<String, Value>, key: &str, reading: &mut Reading) -> Option<Descriptor> {
    match fields.get(key) {
        None | Some(Value::Null) => None,
        Some(value) => Descriptor::read(value, &format!("/{key}"), reading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Digest;

    fn manifest(text: &str) -> (Content, Vec<Irregularity>) {
        let (document, told) = Document::manifest(Bytes::copy_from_slice(text.as_bytes()), None);
        (document.content, told)
    }

    #[test]
    fn an_index_is_known_by_what_it_holds() {
        let (content, told) = manifest(r#"{"schemaVersion":2,"manifests":[]}"#);
        assert!(matches!(content, Content::Index(_)));
        assert_eq!(told, [Irregularity::IndexEmpty]);
    }

    #[test]
    fn both_shapes_are_told_and_the_type_decides() {
        let text = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","manifests":[],"layers":[]}"#;
        let (content, told) = manifest(text);
        assert!(matches!(content, Content::Manifest(_)));
        assert!(told.contains(&Irregularity::IndexAndManifest));
    }

    #[test]
    fn fields_of_a_wrong_type_are_passed_over_and_told() {
        let (content, told) =
            manifest(r#"{"schemaVersion":"2","layers":[7,{"digest":"sha256:x","size":-1}],"annotations":{"a":1}}"#);
        let Content::Manifest(manifest) = content else { panic!("a manifest") };
        assert_eq!(manifest.layers.len(), 1);
        assert_eq!(manifest.layers[0].digest, None);
        assert!(told.contains(&Irregularity::SchemaVersion { found: "\"2\"".into() }));
        assert!(told.contains(&Irregularity::FieldMalformed { pointer: "/layers/0".into() }));
        assert!(told.contains(&Irregularity::FieldMalformed { pointer: "/annotations".into() }));
        assert!(told.contains(&Irregularity::SizeMalformed { pointer: "/layers/1/size".into() }));
    }

    #[test]
    fn the_header_is_held_against_the_document() {
        let text = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"#;
        let header = MediaType::new(MediaType::OCI_MANIFEST);
        let (document, told) = Document::manifest(Bytes::from_static(text.as_bytes()), Some(&header));
        assert!(matches!(document.content, Content::Index(_)));
        assert!(told.iter().any(|told| matches!(told, Irregularity::ContentTypeDiffers { .. })));
    }

    #[test]
    fn empty_history_lines_are_kept_and_the_others_find_their_layer() {
        let a = Digest::sha256(b"a");
        let text = format!(
            r#"{{"history":[{{"created_by":"ADD"}},{{"created_by":"ENV","empty_layer":true}}],"rootfs":{{"diff_ids":["{a}"]}}}}"#
        );
        let (document, _) =
            Document::config(Bytes::from(text), &MediaType::new("application/vnd.oci.image.config.v1+json"));
        let Content::Config(config) = document.content else { panic!("a config") };
        assert_eq!(config.history.iter().map(|line| line.layer).collect::<Vec<_>>(), [Some(0), None]);
        assert_eq!(config.diff_ids, [a]);
    }

    #[test]
    fn configs_of_other_things_are_not_interpreted() {
        let helm = MediaType::new("application/vnd.cncf.helm.config.v1+json");
        let (document, told) = Document::config(Bytes::from_static(b"not even json"), &helm);
        assert_eq!((document.content, told), (Content::Opaque, Vec::new()));
    }

    #[test]
    fn schema_one_is_recognised() {
        let (content, told) = manifest(r#"{"schemaVersion":1,"fsLayers":[]}"#);
        assert_eq!((content, told), (Content::SchemaOne, vec![Irregularity::SchemaOne]));
    }
}
