use std::collections::BTreeMap;

use base64::Engine as _;
use serde_json::{Map, Value};

use crate::reading::Reading;
use crate::{ByteSize, Digest, Irregularity, MediaType, Platform, Verification};

/// A descriptor: what one document says of another part (image-spec descriptor.md).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// `mediaType`; empty when absent.
    pub media_type: MediaType,
    /// `digest`; `None` when absent or malformed, which is told as an irregularity.
    pub digest: Option<Digest>,
    /// `size`; `None` when absent or malformed.
    pub size: Option<ByteSize>,
    /// `platform`; `None` when absent, or an object without any of its fields.
    pub platform: Option<Platform>,
    /// `annotations`.
    pub annotations: BTreeMap<String, String>,
    /// `artifactType`.
    pub artifact_type: Option<String>,
    /// `urls`.
    pub urls: Vec<String>,
}

impl Descriptor {
    /// Reads a descriptor out of a document, telling what is odd about it to `reading`.
    pub(crate) fn read(value: &Value, pointer: &str, reading: &mut Reading) -> Option<Self> {
        let Value::Object(fields) = value else {
            reading.tell(Irregularity::FieldMalformed { pointer: pointer.to_owned() });
            return None;
        };
        let digest_text = reading.text(fields, "digest", pointer);
        let digest = match digest_text.as_deref().map(str::parse::<Digest>) {
            Some(Ok(digest)) => Some(digest),
            _ => {
                let text = digest_text.unwrap_or_default();
                reading.tell(Irregularity::DigestMalformed { pointer: format!("{pointer}/digest"), text });
                None
            }
        };
        let size = fields.get("size").and_then(Value::as_u64).filter(|size| i64::try_from(*size).is_ok()).map(ByteSize);
        if size.is_none() {
            reading.tell(Irregularity::SizeMalformed { pointer: format!("{pointer}/size") });
        }
        let descriptor = Self {
            media_type: MediaType::new(&reading.text(fields, "mediaType", pointer).unwrap_or_default()),
            digest,
            size,
            platform: fields.get("platform").and_then(|value| platform(value, pointer, reading)),
            annotations: reading.text_map(fields, "annotations", pointer),
            artifact_type: reading.text(fields, "artifactType", pointer),
            urls: reading.texts(fields, "urls", pointer),
        };
        descriptor.check_embedded(fields, reading);
        Some(descriptor)
    }

    /// `data` holds the content itself, base64; a reader who trusts it must verify it.
    fn check_embedded(&self, fields: &Map<String, Value>, reading: &mut Reading) {
        let (Some(Value::String(data)), Some(digest)) = (fields.get("data"), &self.digest) else { return };
        let embedded = base64::engine::general_purpose::STANDARD.decode(data);
        if !embedded.is_ok_and(|bytes| !matches!(digest.verify(&bytes), Verification::Different { .. })) {
            reading.tell(Irregularity::EmbeddedDataDiffers);
        }
    }

    /// Whether an index entry is an attestation, by BuildKit's annotation or by its artifact type.
    #[must_use]
    pub fn is_attestation(&self) -> bool {
        self.annotations.get("vnd.docker.reference.type").map(String::as_str) == Some("attestation-manifest")
            || self.artifact_type.as_deref() == Some(MediaType::BUILDKIT_ATTESTATION)
    }

    /// The digest that an attestation describes, as written.
    #[must_use]
    pub fn attested(&self) -> Option<&str> {
        self.annotations.get("vnd.docker.reference.digest").map(String::as_str)
    }
}

/// Reads a `platform` object; one whose fields are all empty counts as absent, as engines see it.
fn platform(value: &Value, pointer: &str, reading: &mut Reading) -> Option<Platform> {
    let Value::Object(fields) = value else {
        if !value.is_null() {
            reading.tell(Irregularity::FieldMalformed { pointer: format!("{pointer}/platform") });
        }
        return None;
    };
    platform_fields(fields, &format!("{pointer}/platform"), reading)
}

/// Reads the five fields that an index entry and a config have in common; `None` when all are empty.
pub(crate) fn platform_fields(fields: &Map<String, Value>, pointer: &str, reading: &mut Reading) -> Option<Platform> {
    let platform = Platform {
        os: reading.text(fields, "os", pointer).unwrap_or_default(),
        architecture: reading.text(fields, "architecture", pointer).unwrap_or_default(),
        variant: reading.text(fields, "variant", pointer).filter(|variant| !variant.is_empty()),
        os_version: reading.text(fields, "os.version", pointer).filter(|version| !version.is_empty()),
        os_features: reading.texts(fields, "os.features", pointer),
    };
    (platform != Platform::default()).then_some(platform)
}
