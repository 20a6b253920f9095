//! What a container image is made of, as pure values: no files, no network, no clock.
//!
//! The way through the crate follows the way through an image:
//!
//! 1. [`Reference`] is what a person typed, and which parts of it were filled in.
//! 2. A [`Document`] is the exact bytes that a [`Digest`] names, hashed here and parsed tolerantly:
//!    what is odd about it comes back beside it as [`Irregularity`] values and never as an error.
//! 3. A [`Dissection`] turns one document after the other into a [`Graph`] in which a node is a
//!    digest in a [`Role`]; it says which documents it [wants](Want) next and reports every change
//!    as a [`Patch`].
//! 4. [`Summary`] counts what the graph shows; [`BuildDate`] and [`Statement`] say what a date and
//!    an attestation really tell.
//!
//! Names are those of the OCI image-spec, the distribution-spec and Docker.

mod attestation;
mod config;
mod date;
mod descriptor;
mod digest;
mod dissection;
mod document;
mod finding;
mod glob;
mod graph;
mod json;
mod media_type;
mod platform;
mod reading;
mod reference;
mod registry_name;
mod size;
mod summary;
pub mod tag;
mod visible;
mod want;

pub use attestation::{Envelope, Material, Statement, StatementFault, StatementSubject};
pub use config::{ConfigFacts, HistoryLine};
pub use date::{BuildDate, DateKind};
pub use descriptor::Descriptor;
pub use digest::{Digest, DigestAlgorithm, DigestFault, Hasher, Verification};
pub use dissection::Dissection;
pub use document::{Content, Document, ImageIndex, ImageManifest};
pub use finding::{Finding, Irregularity, Severity};
pub use glob::is_like;
pub use graph::{Edge, EdgeKind, Graph, LayerLine, Node, NodeId, Role};
pub use json::{DigestSpan, digest_spans};
pub use media_type::{MediaClass, MediaName, MediaType, Packing};
pub use platform::{Platform, PlatformFault};
pub use reference::{Defaulted, Named, Reference, ReferenceFault, Target, is_repository, is_tag};
pub use registry_name::RegistryName;
pub use size::ByteSize;
pub use summary::{Headline, Summary};
pub use visible::visible;
pub use want::{Fault, Patch, Retyped, Root, Want, WantClass};

/// The limits that hold for documents from registries nobody vouches for.
///
/// Sources enforce them on bytes read, never on what a header or a descriptor promises.
pub mod limits {
    /// Largest index or manifest that is read, in bytes (distribution-spec: registries accept at least 4 MiB).
    pub const MANIFEST_BYTES: u64 = 4 << 20;
    /// Largest config that is read, in bytes.
    pub const CONFIG_BYTES: u64 = 8 << 20;
    /// Largest attestation blob that is read, in bytes.
    pub const STATEMENT_BYTES: u64 = 40 << 20;
    /// Largest attestation blob that is parsed, in bytes.
    pub const STATEMENT_PARSED_BYTES: u64 = 8 << 20;
    /// How deep indexes may nest.
    pub const INDEX_DEPTH: u8 = 4;
    /// How many entries of one index are drawn before the reader asks for more.
    pub const INDEX_PAGE: usize = 2_000;
    /// How many tags, or repositories, of one list are read.
    pub const LIST_ENTRIES: usize = 100_000;
    /// How many pages of one list are read.
    pub const LIST_PAGES: usize = 1_000;
}
