//! The graph under construction: each node once, each edge once, each change told once.

use super::Dissection;
use crate::{
    Descriptor, Digest, Edge, EdgeKind, Finding, Irregularity, MediaName, Node, NodeId, Retyped, Role, Want, WantClass,
};

impl Dissection {
    /// The node for what a descriptor names, new or known; `None` where it has no usable digest
    /// (which was told when the descriptor was read).
    pub(super) fn name_part(&mut self, descriptor: &Descriptor, role: Role) -> Option<NodeId> {
        let digest = descriptor.digest.as_ref()?;
        let documents = [Role::Index, Role::Manifest, Role::Attestation, Role::Artifact, Role::Unknown, Role::Referrer];
        // A document is one thing however many entries name it; what was read of it decides its role.
        if documents.contains(&role)
            && let Some(known) =
                documents.iter().map(|role| NodeId::of(*role, digest)).find(|id| self.places.contains_key(id))
        {
            return Some(known);
        }
        let id = NodeId::of(role, digest);
        if !self.places.contains_key(&id) {
            let mut node = Node::new(id.clone(), role);
            node.digest = Some(digest.clone());
            node.set_media_type(
                Some(descriptor.media_type.clone()).filter(|media_type| !media_type.as_str().is_empty()),
            );
            let annotated = |key: &str| descriptor.annotations.contains_key(key);
            if annotated("containerd.io/snapshot/stargz/toc.digest") {
                node.media_name = Some(MediaName::Estargz);
            } else if annotated("io.github.containers.zstd-chunked.manifest-checksum") {
                node.media_name = Some(MediaName::ZstdChunked);
            }
            node.size = descriptor.size;
            node.platform.clone_from(&descriptor.platform);
            node.annotations.clone_from(&descriptor.annotations);
            node.artifact_type.clone_from(&descriptor.artifact_type);
            node.urls.clone_from(&descriptor.urls);
            self.add(node);
        }
        Some(id)
    }

    pub(super) fn want(&mut self, node: &NodeId, descriptor: &Descriptor, class: WantClass) {
        let Some(digest) = &descriptor.digest else { return };
        if self.documents.contains_key(digest) && class == WantClass::Manifest || !self.asked.insert(node.clone()) {
            return;
        }
        let media_type = Some(descriptor.media_type.clone());
        self.wants.push(Want { node: node.clone(), digest: digest.clone(), class, media_type, size: descriptor.size });
    }

    pub(super) fn node(&self, id: &NodeId) -> &Node {
        &self.graph.nodes[self.places[id]]
    }

    pub(super) fn add(&mut self, node: Node) {
        let at = self.graph.nodes.len();
        self.changed.insert(at);
        self.places.insert(node.id.clone(), at);
        let digest = node.digest.clone();
        let id = node.id.clone();
        self.graph.nodes.push(node);
        if let Some(waiting) = digest.and_then(|digest| self.waiting.remove(&digest)) {
            for (from, kind) in waiting {
                self.connect(from, id.clone(), kind, 0);
            }
        }
    }

    pub(super) fn change(&mut self, id: &NodeId, change: impl FnOnce(&mut Node)) {
        let Some(&at) = self.places.get(id) else { return };
        change(&mut self.graph.nodes[at]);
        self.changed.insert(at);
    }

    pub(super) fn connect(&mut self, from: NodeId, to: NodeId, kind: EdgeKind, position: u32) {
        let edge = Edge { from, to, kind, position };
        if self.named.insert(edge.clone()) {
            self.graph.edges.push(edge);
        }
    }

    /// Connects to the document of a digest, now or when it is named.
    pub(super) fn connect_to_digest(&mut self, from: &NodeId, digest: &Digest, kind: EdgeKind) {
        let roles = [Role::Manifest, Role::Index, Role::Artifact, Role::Attestation, Role::Unknown, Role::Missing];
        match roles.iter().map(|role| NodeId::of(*role, digest)).find(|id| self.places.contains_key(id)) {
            Some(to) => self.connect(from.clone(), to, kind, 0),
            None => self.waiting.entry(digest.clone()).or_default().push((from.clone(), kind)),
        }
    }

    pub(super) fn tell(&mut self, node: &NodeId, irregularity: Irregularity) {
        let finding = Finding { node: node.clone(), severity: irregularity.severity(), irregularity };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Gives a node another role, and with it another name, everywhere.
    pub(super) fn retype(&mut self, id: &NodeId, role: Role) -> NodeId {
        let Some(&at) = self.places.get(id) else { return id.clone() };
        let node = &self.graph.nodes[at];
        let Some(digest) = node.digest.clone().filter(|_| node.role != role) else { return id.clone() };
        let to = NodeId::of(role, &digest);
        if self.places.contains_key(&to) {
            // A part that is missing in two roles: the second keeps its role and is told of all the same.
            return id.clone();
        }
        self.places.remove(id);
        self.places.insert(to.clone(), at);
        let node = &mut self.graph.nodes[at];
        node.id = to.clone();
        node.role = role;
        self.changed.insert(at);
        let renamed = |name: &mut NodeId| {
            if name == id {
                *name = to.clone();
            }
        };
        for edge in self.graph.edges.iter_mut().filter(|edge| edge.from == *id || edge.to == *id) {
            self.named.remove(edge);
            renamed(&mut edge.from);
            renamed(&mut edge.to);
            self.named.insert(edge.clone());
        }
        for finding in &mut self.findings {
            renamed(&mut finding.node);
        }
        for (from, _) in self.waiting.values_mut().flatten() {
            renamed(from);
        }
        for (at, node) in self.graph.nodes.iter_mut().enumerate() {
            for line in node.layers.iter_mut().filter(|line| line.node == *id) {
                line.node = to.clone();
                self.changed.insert(at);
            }
        }
        if let Some(depth) = self.depths.remove(id) {
            self.depths.insert(to.clone(), depth);
        }
        self.retyped.push(Retyped { from: id.clone(), to: to.clone() });
        to
    }
}
