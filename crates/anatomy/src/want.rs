use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::{ByteSize, Digest, Edge, Finding, MediaType, Node, NodeId, Summary, limits};

/// What kind of document is wanted: it decides the endpoint (manifests or blobs) and the cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WantClass {
    /// An index or a manifest: the manifests endpoint, [`crate::limits::MANIFEST_BYTES`].
    Manifest,
    /// A config: the blobs endpoint, [`crate::limits::CONFIG_BYTES`].
    Config,
    /// An in-toto statement or another small blob that is read on demand: the blobs endpoint,
    /// [`crate::limits::STATEMENT_BYTES`].
    Statement,
    /// A layer: never read whole into memory.
    Layer,
}

impl WantClass {
    /// The most bytes that are read of it; for a layer, no limit: its bytes are streamed.
    #[must_use]
    pub fn limit(self) -> u64 {
        match self {
            Self::Manifest => limits::MANIFEST_BYTES,
            Self::Config => limits::CONFIG_BYTES,
            Self::Statement => limits::STATEMENT_BYTES,
            Self::Layer => u64::MAX,
        }
    }
}

/// A document that would complete the picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Want {
    /// The node that stands for it as long as it is not read.
    pub node: NodeId,
    /// Its digest.
    pub digest: Digest,
    /// What kind of document.
    pub class: WantClass,
    /// The media type of the descriptor that names it.
    pub media_type: Option<MediaType>,
    /// The size of the descriptor that names it.
    pub size: Option<ByteSize>,
}

/// How the graph changed. Applying patches in order gives the graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Patch {
    /// Counts patches of one dissection, from 1.
    pub revision: u32,
    /// Nodes that turned out to be something else: apply first, to nodes, edges and selection.
    pub retyped: Vec<Retyped>,
    /// New and changed nodes, whole.
    pub nodes: Vec<Node>,
    /// New edges.
    pub edges: Vec<Edge>,
    /// New findings.
    pub findings: Vec<Finding>,
    /// What the picture shows now.
    pub summary: Summary,
}

/// A node that got another role when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Retyped {
    /// Its name so far.
    pub from: NodeId,
    /// Its name from now on.
    pub to: NodeId,
}

/// The document at the root, as a source gave it.
#[derive(Clone, Debug)]
pub struct Root {
    /// The exact bytes.
    pub bytes: Bytes,
    /// Content-Type header, or the media type of the descriptor in a layout.
    pub content_type: Option<String>,
    /// Docker-Content-Digest header, as sent.
    pub header_digest: Option<String>,
}

/// Why a wanted document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The source answers, and has no such thing.
    Missing,
    /// Over the limit.
    OverLimit {
        /// The limit.
        limit: ByteSize,
    },
    /// Anything else, by the kind of the problem.
    Unreadable {
        /// `problem-KIND`.
        problem: String,
    },
}
