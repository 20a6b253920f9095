mod bookkeeping;
mod referring;
mod taking;

use std::collections::{BTreeSet, HashMap, HashSet};

use bytes::Bytes;

use crate::{
    ByteSize, Content, Digest, Document, Edge, EdgeKind, Fault, Finding, Graph, Irregularity, MediaClass, MediaType,
    Node, NodeId, Patch, Retyped, Role, Root, Summary, Verification, Want, WantClass,
};

/// Takes an image apart, one document at a time.
///
/// The caller owns the reading: it takes [`Dissection::wants`], asks a source for them in any order
/// and in parallel, hands the bytes to [`Dissection::accept`] (or the fault to
/// [`Dissection::reject`]) and passes on what [`Dissection::patch`] gives, as often as it likes.
#[derive(Debug)]
pub struct Dissection {
    pub(crate) graph: Graph,
    places: HashMap<NodeId, usize>,
    named: HashSet<Edge>,
    findings: Vec<Finding>,
    documents: HashMap<Digest, Document>,
    wants: Vec<Want>,
    asked: HashSet<NodeId>,
    depths: HashMap<NodeId, u8>,
    /// Digests that an index entry calls an attestation.
    annotated: HashSet<Digest>,
    /// Edges to a digest that no node stands for yet: a subject, an attested manifest.
    waiting: HashMap<Digest, Vec<(NodeId, EdgeKind)>>,
    revision: u32,
    retyped: Vec<Retyped>,
    changed: BTreeSet<usize>,
    sent_edges: usize,
    sent_findings: usize,
}

impl Dissection {
    /// Begins with the document that a reference names. `reference` is shown as the tag's name;
    /// `asked` is the digest, where the reference had one.
    #[must_use]
    pub fn new(reference: &str, asked: Option<&Digest>, root: Root) -> Self {
        let mut dissection = Self {
            graph: Graph::default(),
            places: HashMap::new(),
            named: HashSet::new(),
            findings: Vec::new(),
            documents: HashMap::new(),
            wants: Vec::new(),
            asked: HashSet::new(),
            depths: HashMap::new(),
            annotated: HashSet::new(),
            waiting: HashMap::new(),
            revision: 0,
            retyped: Vec::new(),
            changed: BTreeSet::new(),
            sent_edges: 0,
            sent_findings: 0,
        };
        dissection.plant(reference, asked, root);
        dissection
    }

    fn plant(&mut self, reference: &str, asked: Option<&Digest>, root: Root) {
        let digest = asked.cloned().unwrap_or_else(|| Digest::sha256(&root.bytes));
        let tag = NodeId::tag(reference);
        self.add(Node::new(tag.clone(), Role::Tag));
        let media_type = root.content_type.as_deref().map(MediaType::new);
        let role = match media_type.as_ref().map(MediaType::class) {
            Some(MediaClass::Index) => Role::Index,
            _ => Role::Manifest,
        };
        let mut node = Node::new(NodeId::of(role, &digest), role);
        node.size = Some(ByteSize(root.bytes.len() as u64));
        node.digest = Some(digest.clone());
        let id = node.id.clone();
        self.add(node);
        self.depths.insert(id.clone(), 1);
        self.connect(tag, id.clone(), EdgeKind::Names, 0);
        let want = Want { node: id, digest, class: WantClass::Manifest, media_type: None, size: None };
        let header = root.header_digest;
        let actual = Digest::sha256(&root.bytes);
        let root = self.accept(&want, root.bytes, media_type.as_ref());
        // A header in another algorithm than sha256 cannot be held against what was computed.
        if let Some(header) = header.filter(|header| header.starts_with("sha256:") && *header != actual.as_str()) {
            self.tell(&root, Irregularity::HeaderDigestDiffers { header, actual });
        }
        match self.node(&root).role {
            Role::Attestation => self.tell(&root, Irregularity::TagNamesAttestation),
            Role::Index if self.lists_records_only(&root) => self.tell(&root, Irregularity::NothingRunnable),
            _ => {}
        }
    }

    /// The documents that would complete the picture, in the order in which they are drawn; each is
    /// given once.
    pub fn wants(&mut self) -> Vec<Want> {
        std::mem::take(&mut self.wants)
    }

    /// What changed since the last call, or `None` when nothing did.
    pub fn patch(&mut self) -> Option<Patch> {
        let unchanged = self.retyped.is_empty()
            && self.changed.is_empty()
            && self.sent_edges == self.graph.edges.len()
            && self.sent_findings == self.findings.len();
        if unchanged {
            return None;
        }
        self.revision += 1;
        let patch = Patch {
            revision: self.revision,
            retyped: std::mem::take(&mut self.retyped),
            nodes: std::mem::take(&mut self.changed).into_iter().map(|at| self.graph.nodes[at].clone()).collect(),
            edges: self.graph.edges[self.sent_edges..].to_vec(),
            findings: self.findings[self.sent_findings..].to_vec(),
            summary: self.summary(),
        };
        self.sent_edges = self.graph.edges.len();
        self.sent_findings = self.findings.len();
        Some(patch)
    }

    /// Everything that is known.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Everything that is odd.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The document of a digest, if it was read.
    #[must_use]
    pub fn document(&self, digest: &Digest) -> Option<&Document> {
        self.documents.get(digest)
    }

    /// What the picture shows, in numbers.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of(&self.graph, &self.findings)
    }

    /// Takes a document that was wanted. Gives the name that its node has from now on.
    pub fn accept(&mut self, want: &Want, bytes: Bytes, content_type: Option<&MediaType>) -> NodeId {
        if let Some(size) = want.size.filter(|size| size.0 != bytes.len() as u64) {
            let actual = ByteSize(bytes.len() as u64);
            self.tell(&want.node, Irregularity::SizeDiffers { expected: size, actual });
        }
        let verification = want.digest.verify(&bytes);
        let verified = match &verification {
            Verification::Equal => Some(true),
            Verification::Different { actual } => {
                let (expected, actual) = (want.digest.clone(), actual.clone());
                self.tell(&want.node, Irregularity::DigestDiffers { expected, actual });
                Some(false)
            }
            Verification::NotComputed => {
                let algorithm = want.digest.algorithm().name().to_owned();
                self.tell(&want.node, Irregularity::DigestNotComputed { algorithm });
                None
            }
        };
        self.change(&want.node, |node| node.verified = verified);
        let (document, told) = match want.class {
            WantClass::Manifest => Document::manifest(bytes, content_type),
            _ => Document::config(bytes, want.media_type.as_ref().unwrap_or(&MediaType::new(""))),
        };
        let told_type = document.media_type.clone().filter(|_| want.class == WantClass::Manifest);
        if let (Some(document), Some(descriptor)) = (&told_type, &want.media_type)
            && document != descriptor
            && !descriptor.as_str().is_empty()
        {
            let (document, descriptor) = (document.as_str().to_owned(), descriptor.as_str().to_owned());
            self.tell(&want.node, Irregularity::DescriptorTypeDiffers { document, descriptor });
        }
        for irregularity in told {
            self.tell(&want.node, irregularity);
        }
        let content = document.content.clone();
        self.documents.insert(want.digest.clone(), document);
        // What is not what it was asked for is shown, and leads nowhere.
        if verified == Some(false) {
            return want.node.clone();
        }
        match content {
            Content::Index(index) => self.take_index(want, &index, told_type.or(content_type.cloned())),
            Content::Manifest(manifest) => self.take_manifest(want, &manifest, told_type.or(content_type.cloned())),
            Content::Config(config) => self.take_config(want, *config),
            Content::SchemaOne | Content::Unknown if want.class == WantClass::Manifest => {
                let media_type = told_type.or(content_type.cloned());
                let id = self.retype(&want.node, Role::Unknown);
                self.change(&id, |node| node.set_media_type(media_type));
                id
            }
            Content::Opaque | Content::SchemaOne | Content::Unknown => want.node.clone(),
        }
    }

    /// Takes note that a wanted document could not be read. Gives the name that its node has from now on.
    pub fn reject(&mut self, want: &Want, fault: Fault) -> NodeId {
        match fault {
            Fault::Missing => {
                let id = self.retype(&want.node, Role::Missing);
                self.tell(&id, Irregularity::ChildMissing);
                id
            }
            Fault::OverLimit { limit } => {
                self.tell(&want.node, Irregularity::OverLimit { limit, size: want.size });
                want.node.clone()
            }
            Fault::Unreadable { problem } => {
                self.tell(&want.node, Irregularity::ChildUnreadable { problem });
                want.node.clone()
            }
        }
    }

    /// Takes note of the size that a source says a layer has: of a file that lies beside.
    pub fn weigh(&mut self, layer: &NodeId, actual: ByteSize) {
        if let Some(expected) = self.graph.node(layer).and_then(|node| node.size).filter(|size| *size != actual) {
            self.tell(layer, Irregularity::SizeDiffers { expected, actual });
        }
    }

    /// Takes note that the source has no manifest and its root was made of what it holds.
    pub fn made_here(&mut self) {
        if let Some(root) =
            self.graph.edges.iter().find(|edge| edge.kind == EdgeKind::Names).map(|edge| edge.to.clone())
        {
            self.tell(&root, Irregularity::ManifestMadeHere);
        }
    }

    /// Takes note that a blob was read and has another digest than the one it was asked for by.
    pub fn differ(&mut self, blob: &NodeId, expected: &Digest, actual: Digest) {
        self.change(blob, |node| node.verified = Some(false));
        self.tell(blob, Irregularity::DigestDiffers { expected: expected.clone(), actual });
    }

    /// Draws the next entries of an index that is shown in part. Nothing happens when it is shown whole.
    pub fn more(&mut self, index: &NodeId) {
        let Some(digest) = self.graph.node(index).and_then(|node| node.digest.clone()) else { return };
        let Some(Content::Index(content)) = self.documents.get(&digest).map(|document| document.content.clone()) else {
            return;
        };
        let drawn =
            self.graph.edges_from(index, EdgeKind::Lists).map(|edge| edge.position as usize + 1).max().unwrap_or(0);
        self.list(index, &content.manifests, drawn);
    }
}
