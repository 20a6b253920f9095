//! What is drawn: the nodes and edges of one inspection, looked up by name.

use std::collections::{BTreeSet, HashMap};

use anatomy::{ByteSize, Edge, EdgeKind, Finding, Node, NodeId, Role, Summary};
use source::{Quota, Requests};

/// From where the picture was read, as far as the closing line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// Asked of a registry.
    Registry,
    /// A registry's image, documents from the cache.
    Cache,
    /// A folder or file on this machine.
    Here,
    /// Carried inside the program.
    Sample,
}

/// One inspection, as the renderers want it.
#[derive(Debug)]
pub(crate) struct Picture<'a> {
    pub(crate) nodes: &'a [Node],
    pub(crate) edges: &'a [Edge],
    pub(crate) findings: &'a [Finding],
    pub(crate) summary: &'a Summary,
    pub(crate) requests: Requests,
    pub(crate) quota: Option<&'a Quota>,
    /// Manifests that a metered registry was not asked for.
    pub(crate) unread: u32,
    pub(crate) read: Read,
}

/// Nodes and edges by name.
pub(crate) struct Lookup<'a> {
    nodes: HashMap<&'a NodeId, &'a Node>,
    out: HashMap<&'a NodeId, Vec<&'a Edge>>,
    into: HashMap<&'a NodeId, Vec<&'a Edge>>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(nodes: &'a [Node], edges: &'a [Edge]) -> Self {
        let mut out: HashMap<&NodeId, Vec<&Edge>> = HashMap::new();
        let mut into: HashMap<&NodeId, Vec<&Edge>> = HashMap::new();
        for edge in edges {
            out.entry(&edge.from).or_default().push(edge);
            into.entry(&edge.to).or_default().push(edge);
        }
        for edges in out.values_mut() {
            edges.sort_by_key(|edge| (edge.kind, edge.position));
        }
        Self { nodes: nodes.iter().map(|node| (&node.id, node)).collect(), out, into }
    }

    pub(crate) fn node(&self, id: &NodeId) -> Option<&'a Node> {
        self.nodes.get(id).copied()
    }

    /// What `id` names by `kind`, in the document's order.
    pub(crate) fn children(&self, id: &NodeId, kind: EdgeKind) -> impl Iterator<Item = &'a Node> {
        let edges = self.out.get(id).map(Vec::as_slice).unwrap_or_default();
        edges.iter().filter(move |edge| edge.kind == kind).filter_map(|edge| self.node(&edge.to))
    }

    /// What names `id` by `kind`.
    pub(crate) fn parents(&self, id: &NodeId, kind: EdgeKind) -> impl Iterator<Item = &'a Node> {
        let edges = self.into.get(id).map(Vec::as_slice).unwrap_or_default();
        edges.iter().filter(move |edge| edge.kind == kind).filter_map(|edge| self.node(&edge.from))
    }

    /// The attestations that describe `id`, by annotation or by subject, each once.
    pub(crate) fn records(&self, id: &NodeId) -> Vec<&'a Node> {
        let mut seen = BTreeSet::new();
        self.parents(id, EdgeKind::Attests)
            .chain(self.parents(id, EdgeKind::Subject).filter(|node| node.role == Role::Attestation))
            .filter(|node| seen.insert(&node.id))
            .collect()
    }

    /// What points at `id` by its subject and is no attestation.
    pub(crate) fn referrers(&self, id: &NodeId) -> Vec<&'a Node> {
        self.parents(id, EdgeKind::Subject).filter(|node| node.role != Role::Attestation).collect()
    }

    /// What one client downloads for a manifest: itself, its config, its layers, each digest once.
    /// Absent as long as one of the sizes is not known.
    pub(crate) fn download(&self, manifest: &Node) -> Option<ByteSize> {
        let mut seen = BTreeSet::new();
        let mut total = manifest.size?;
        let mut parts = 0;
        for part in self.children(&manifest.id, EdgeKind::Config).chain(self.children(&manifest.id, EdgeKind::Layer)) {
            parts += 1;
            if seen.insert(&part.digest) {
                total = ByteSize(total.0.saturating_add(part.size?.0));
            }
        }
        (parts > 0).then_some(total)
    }
}
