use serde::{Deserialize, Serialize};

use crate::{ByteSize, Digest, NodeId};

/// How much an irregularity matters to somebody who wants to use the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Unusual; some program will stumble over it.
    Warning,
    /// The image, or a part of it, cannot be what it says.
    Error,
}

/// Something odd about one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Finding {
    /// The node that it is about.
    pub node: NodeId,
    /// How much it matters.
    pub severity: Severity,
    /// What it is (message `irregularity-KIND`, its fields are the arguments).
    pub irregularity: Irregularity,
}

/// What can be odd about a document. Nothing of this is an error: the document is shown all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Irregularity {
    /// Not JSON. `reason` names line and column.
    NotJson {
        /// What the parser met.
        reason: String,
    },
    /// JSON, but not an object.
    NotAnObject,
    /// An object names a key twice; programs differ in which they believe (CVE-2021-41190 class).
    DuplicateKeys {
        /// JSON pointer of the second occurrence.
        pointer: String,
    },
    /// Both `manifests` and `layers` or `config`: programs differ in what they see; engines refuse it.
    IndexAndManifest,
    /// `mediaType` in the document is not what the registry's Content-Type header says.
    ContentTypeDiffers {
        /// By the document.
        document: String,
        /// By the header.
        header: String,
    },
    /// `mediaType` in the document is not what the descriptor that names it says.
    DescriptorTypeDiffers {
        /// By the document.
        document: String,
        /// By the descriptor.
        descriptor: String,
    },
    /// More or fewer bytes than the descriptor says.
    SizeDiffers {
        /// By the descriptor.
        expected: ByteSize,
        /// As counted.
        actual: ByteSize,
    },
    /// The bytes have another digest than the one they were asked for by.
    DigestDiffers {
        /// Asked for.
        expected: Digest,
        /// Computed here.
        actual: Digest,
    },
    /// The registry's Docker-Content-Digest header is not the digest of the body.
    HeaderDigestDiffers {
        /// As written in the header.
        header: String,
        /// Computed here.
        actual: Digest,
    },
    /// The digest uses an algorithm that is not computed here, so nothing was verified.
    DigestNotComputed {
        /// Its registered name or as written.
        algorithm: String,
    },
    /// A descriptor's `digest` is not a digest.
    DigestMalformed {
        /// JSON pointer of the field.
        pointer: String,
        /// As written.
        text: String,
    },
    /// A descriptor's `size` is absent or no number from 0 to 2^63-1.
    SizeMalformed {
        /// JSON pointer of the field.
        pointer: String,
    },
    /// A field has another JSON type than the specification gives it; it was passed over.
    FieldMalformed {
        /// JSON pointer of the field.
        pointer: String,
    },
    /// Named by a document but not in the source (404).
    ChildMissing,
    /// In the source, but its answer could not be read; the problem is reported beside.
    ChildUnreadable {
        /// Kind of the problem (message `problem-KIND`).
        problem: String,
    },
    /// Over the limit for its kind and therefore not read.
    OverLimit {
        /// The limit.
        limit: ByteSize,
        /// What the descriptor says, where it says anything.
        size: Option<ByteSize>,
    },
    /// The config has not as many diffIDs as the manifest has layers.
    DiffIdCount {
        /// In the config.
        diff_ids: u32,
        /// In the manifest.
        layers: u32,
    },
    /// The history has not as many non-empty lines as there are layers.
    HistoryCount {
        /// Non-empty lines.
        lines: u32,
        /// In the manifest.
        layers: u32,
    },
    /// A layer is offered at URLs outside the registry; engines may fetch it there.
    ForeignUrls {
        /// How many.
        count: u32,
    },
    /// An entry that is not an attestation names no platform.
    PlatformAbsent,
    /// `unknown/unknown` without the annotations of an attestation.
    PlatformUnknown,
    /// The platform of the index entry is not that of the config.
    PlatformDiffers {
        /// By the index.
        index: String,
        /// By the config.
        config: String,
    },
    /// Two entries of an index are for the same platform; engines take the first.
    PlatformDuplicate {
        /// Which.
        platform: String,
    },
    /// A windows entry without `os.version`: every Windows build takes it, few can run it.
    OsVersionAbsent,
    /// The config records no usable build date.
    DateNotRecorded {
        /// Which way (message `date-KIND`).
        date: crate::DateKind,
    },
    /// Docker image manifest schema 1: removed from today's engines.
    SchemaOne,
    /// An index has no entries.
    IndexEmpty,
    /// An index lists attestations and nothing that can run.
    NothingRunnable,
    /// An index names itself through its children, or nests deeper than is followed.
    IndexTooDeep,
    /// An index has more entries than are drawn at once.
    ShownInPart {
        /// Drawn.
        shown: u32,
        /// In the document.
        total: u32,
    },
    /// A tag points straight at an attestation.
    TagNamesAttestation,
    /// An attestation describes a digest that the index does not list.
    AttestedAbsent {
        /// `vnd.docker.reference.digest`, as written.
        digest: String,
    },
    /// A referrer was listed for one image and says that it belongs to another, or to none.
    SubjectDiffers {
        /// For which it was listed.
        listed: crate::Digest,
        /// Its own `subject`.
        said: Option<crate::Digest>,
    },
    /// `artifactType` is absent although the config is the empty descriptor (image-spec manifest.md).
    ArtifactTypeAbsent,
    /// An image manifest's config is of a type that is no image config.
    ConfigTypeUnknown {
        /// As written.
        media_type: String,
    },
    /// A media type that the dictionary does not have.
    MediaTypeUnknown {
        /// As written.
        media_type: String,
    },
    /// `schemaVersion` is not 2.
    SchemaVersion {
        /// As written.
        found: String,
    },
    /// A descriptor carries its content in `data`, and it is not what its digest says.
    EmbeddedDataDiffers,
    /// The archive has no manifest (`docker save` before version 25); Kaibo listed what it holds.
    ManifestMadeHere,
}

impl Irregularity {
    /// How much it matters to somebody who wants to use the image.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NotJson { .. }
            | Self::NotAnObject
            | Self::IndexAndManifest
            | Self::ContentTypeDiffers { .. }
            | Self::SizeDiffers { .. }
            | Self::DigestDiffers { .. }
            | Self::HeaderDigestDiffers { .. }
            | Self::DigestMalformed { .. }
            | Self::ChildMissing
            | Self::ChildUnreadable { .. }
            | Self::OverLimit { .. }
            | Self::DiffIdCount { .. }
            | Self::SchemaOne
            | Self::EmbeddedDataDiffers => Severity::Error,
            Self::DuplicateKeys { .. }
            | Self::DescriptorTypeDiffers { .. }
            | Self::SizeMalformed { .. }
            | Self::FieldMalformed { .. }
            | Self::HistoryCount { .. }
            | Self::PlatformDiffers { .. }
            | Self::PlatformDuplicate { .. }
            | Self::OsVersionAbsent
            | Self::IndexEmpty
            | Self::NothingRunnable
            | Self::IndexTooDeep
            | Self::TagNamesAttestation
            | Self::AttestedAbsent { .. }
            | Self::SubjectDiffers { .. }
            | Self::ArtifactTypeAbsent
            | Self::ConfigTypeUnknown { .. }
            | Self::SchemaVersion { .. } => Severity::Warning,
            Self::DigestNotComputed { .. }
            | Self::ForeignUrls { .. }
            | Self::PlatformAbsent
            | Self::PlatformUnknown
            | Self::DateNotRecorded { .. }
            | Self::ShownInPart { .. }
            | Self::ManifestMadeHere
            | Self::MediaTypeUnknown { .. } => Severity::Info,
        }
    }
}
