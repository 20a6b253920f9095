use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::{ByteSize, ConfigFacts, Digest, MediaName, MediaType, Platform};

/// What a digest is to the image that names it. Every role has one colour, one icon and one word.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::VariantNames,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Role {
    /// A name that can move: `registry/repository:tag`, or the name of an image in a file.
    Tag,
    /// An OCI image index or a Docker manifest list.
    Index,
    /// The parts list of one platform.
    Manifest,
    /// The document that a manifest's `config` names, whatever its type.
    Config,
    /// A blob that a manifest's `layers` names: file system layers, in-toto statements, chart archives.
    Layer,
    /// A manifest that describes how another was built (BuildKit attestation, both forms).
    Attestation,
    /// A manifest of something other than an image (Helm chart, SBOM, signature).
    Artifact,
    /// A manifest that points at the image by its `subject`, found through the referrers API.
    Referrer,
    /// A document of a kind that is not known here.
    Unknown,
    /// Named by a document, but the source does not have it.
    Missing,
}

/// The name of a node: `role:digest`, or `tag:` and the reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NodeId(pub String);

impl NodeId {
    /// The node of `digest` in `role`.
    #[must_use]
    pub fn of(role: Role, digest: &Digest) -> Self {
        Self(format!("{}:{digest}", <&'static str>::from(role)))
    }

    /// The node of a name.
    #[must_use]
    pub fn tag(reference: &str) -> Self {
        Self(format!("tag:{reference}"))
    }
}

impl std::fmt::Display for NodeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A digest in a role, with what is known of it so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Node {
    /// Unique in the graph.
    pub id: NodeId,
    /// What the digest is here.
    pub role: Role,
    /// Absent for tags only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The media type of the descriptor that named it or, once read, of the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
    /// The well-known name of the media type (message `media-NAME`), when the dictionary has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_name: Option<MediaName>,
    /// Bytes, by the descriptor that named it or, for a document named by none, as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<ByteSize>,
    /// `true`: read here, and the digest of what was read is equal. `false`: read and different.
    /// `null`: not read.
    #[cfg_attr(feature = "bindings", ts(type = "boolean | null"))]
    pub verified: Option<bool>,
    /// The platform of the index entry or, once the config is read, of the config.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Annotations of the document; before it is read, those of the descriptor that named it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<BTreeMap<String, String>>"))]
    pub annotations: BTreeMap<String, String>,
    /// `artifactType`, as written (image-spec manifest.md); of what hangs on a tag of cosign's and has
    /// none, the media type of its first layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// `subject`: the digest that the manifest says it belongs to, in the image or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Digest>,
    /// The tag on which a referrer hangs that is about the image by that name alone
    /// (cosign's `sha256-….sig`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_tag: Option<String>,
    /// What is read out of an image config. Only configs have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<ConfigFacts>,
    /// The layers in order, base first, each with its diffID, chainID and history line as far as
    /// the config is read. Only manifests, attestations and artifacts have them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<LayerLine>>"))]
    pub layers: Vec<LayerLine>,
    /// URLs outside the registry at which a foreign layer is offered; never followed here.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>"))]
    pub urls: Vec<String>,
    /// For an index shown in part: how many entries it has beyond those drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries_left: Option<u32>,
}

impl Node {
    /// A node about which only its name and role are known.
    #[must_use]
    pub fn new(id: NodeId, role: Role) -> Self {
        Self {
            id,
            role,
            digest: None,
            media_type: None,
            media_name: None,
            size: None,
            verified: None,
            platform: None,
            annotations: BTreeMap::new(),
            artifact_type: None,
            subject: None,
            by_tag: None,
            config: None,
            layers: Vec::new(),
            urls: Vec::new(),
            entries_left: None,
        }
    }

    /// Sets the media type and, where the dictionary has it, its name. `None` changes nothing.
    pub(crate) fn set_media_type(&mut self, media_type: Option<MediaType>) {
        if let Some(media_type) = media_type {
            self.media_name = media_type.name();
            self.media_type = Some(media_type);
        }
    }
}

/// One layer of a manifest at its place in the stack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct LayerLine {
    /// The layer's node.
    pub node: NodeId,
    /// Digest of the uncompressed tar (image-spec config.md, "Layer DiffID").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff_id: Option<Digest>,
    /// Digest of the stack up to and with this layer (image-spec config.md, "Layer ChainID").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain_id: Option<Digest>,
    /// Index of the history line (in the config's `history`) that made this layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<u32>,
    /// The `createdBy` of that history line, so that a row needs no second look-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
}

/// How one node names another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum EdgeKind {
    /// A tag names what it points at.
    Names,
    /// An index lists a manifest, an attestation, an artifact or a nested index.
    Lists,
    /// A manifest names its config.
    Config,
    /// A manifest names a layer; the same layer may be named more than once.
    Layer,
    /// An attestation describes a manifest of the same index.
    Attests,
    /// A manifest's `subject`.
    Subject,
}

/// One naming of a node by another; `position` counts from 0 within (`from`, `kind`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Edge {
    /// The node whose document holds the name.
    pub from: NodeId,
    /// The node that is named.
    pub to: NodeId,
    /// In which field.
    pub kind: EdgeKind,
    /// At which place of that field, in the document's own order.
    pub position: u32,
}

impl Graph {
    /// The node of that name.
    #[must_use]
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == *id)
    }

    /// The same graph in the order in which it is drawn, whatever the order in which its documents
    /// arrived: each node behind what first names it, the parts of a document in its own order.
    #[must_use]
    pub fn in_order(&self) -> Self {
        let nodes: HashMap<&NodeId, &Node> = self.nodes.iter().map(|node| (&node.id, node)).collect();
        let mut parts: HashMap<&NodeId, Vec<&Edge>> = HashMap::new();
        let mut named = HashSet::new();
        for edge in &self.edges {
            parts.entry(&edge.from).or_default().push(edge);
            // What attests or refers points back; it names nothing new.
            if !matches!(edge.kind, EdgeKind::Attests | EdgeKind::Subject) {
                named.insert(&edge.to);
            }
        }
        for parts in parts.values_mut() {
            parts.sort_by_key(|edge| (edge.kind, edge.position));
        }
        let mut drawn = Self::default();
        let mut seen = HashSet::new();
        // Referrers are named by nothing: they come last, by their digest.
        let mut roots: Vec<&Node> = self.nodes.iter().filter(|node| !named.contains(&node.id)).collect();
        roots.sort_by_key(|node| (node.role, &node.id));
        for root in roots {
            let mut waiting = VecDeque::from([&root.id]);
            while let Some(id) = waiting.pop_front() {
                if !seen.insert(id) {
                    continue;
                }
                drawn.nodes.extend(nodes.get(id).map(|node| (*node).clone()));
                for edge in parts.get(id).into_iter().flatten() {
                    drawn.edges.push((*edge).clone());
                    waiting.push_back(&edge.to);
                }
            }
        }
        drawn
    }

    /// The edges that start at a node, of one kind, in the document's order.
    pub fn edges_from<'g>(&'g self, from: &'g NodeId, kind: EdgeKind) -> impl Iterator<Item = &'g Edge> {
        self.edges.iter().filter(move |edge| edge.kind == kind && edge.from == *from)
    }
}

/// Nodes and edges of one or more images. A layer that two manifests name is one node with two edges.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// In the order in which they were first named.
    pub nodes: Vec<Node>,
    /// In the order in which they were read.
    pub edges: Vec<Edge>,
}
