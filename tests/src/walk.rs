//! What is reachable from a tag, worked out from the image-spec and nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::layout;

/// A node as a name, `role:digest`, and the four kinds of edges that hold a tree together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// `index:sha256:…`, `manifest:sha256:…` (attestations and artifacts too), `config:…`, `layer:…`.
    pub nodes: BTreeSet<String>,
    /// `from kind position to`.
    pub edges: BTreeSet<String>,
    /// Digests of attestation manifests (BuildKit's annotation, or its artifactType).
    pub attestations: BTreeSet<String>,
}

/// The tree below a descriptor of a layout.
#[must_use]
pub fn reachable(layout: &Path, root: &Value) -> Tree {
    let mut tree = Tree::default();
    descend(layout, root, &mut tree);
    tree
}

fn descend(layout: &Path, descriptor: &Value, tree: &mut Tree) -> String {
    let digest = text(descriptor, "digest");
    let document: Value = serde_json::from_slice(&layout::bytes(layout, &digest)).expect("a document is JSON");
    if document["manifests"].is_array() {
        let id = format!("index:{digest}");
        if tree.nodes.insert(id.clone()) {
            for (position, entry) in list(&document, "manifests").enumerate() {
                let child = descend(layout, entry, tree);
                tree.edges.insert(format!("{id} lists {position} {child}"));
            }
        }
        return id;
    }
    let id = format!("manifest:{digest}");
    let annotated = descriptor["annotations"]["vnd.docker.reference.type"] == "attestation-manifest";
    if annotated || document["artifactType"] == "application/vnd.docker.attestation.manifest.v1+json" {
        tree.attestations.insert(digest);
    }
    if tree.nodes.insert(id.clone()) {
        let config = format!("config:{}", text(&document["config"], "digest"));
        tree.edges.insert(format!("{id} config 0 {config}"));
        tree.nodes.insert(config);
        for (position, layer) in list(&document, "layers").enumerate() {
            let layer = format!("layer:{}", text(layer, "digest"));
            tree.edges.insert(format!("{id} layer {position} {layer}"));
            tree.nodes.insert(layer);
        }
    }
    id
}

/// The same shape, from the report of `kaibo inspect --json`. Panics when a node is there twice.
#[must_use]
pub fn reported(report: &Value) -> Tree {
    let mut tree = Tree::default();
    for node in list(report, "nodes").filter(|node| node["role"] != "tag") {
        let id = text(node, "id");
        let role = text(node, "role");
        assert_eq!(id, format!("{role}:{}", text(node, "digest")), "a node's id is its role and digest");
        if role == "attestation" {
            tree.attestations.insert(text(node, "digest"));
        }
        assert!(tree.nodes.insert(plain(&id)), "{id} is there twice");
    }
    for edge in list(report, "edges") {
        let kind = text(edge, "kind");
        if ["lists", "config", "layer"].contains(&kind.as_str()) {
            let line =
                format!("{} {kind} {} {}", plain(&text(edge, "from")), edge["position"], plain(&text(edge, "to")));
            assert!(tree.edges.insert(line.clone()), "{line} is there twice");
        }
    }
    tree
}

/// Attestations and artifacts are manifests: which of them a manifest is, is checked apart.
fn plain(id: &str) -> String {
    ["attestation:", "artifact:"]
        .iter()
        .find_map(|role| id.strip_prefix(role))
        .map_or_else(|| id.to_owned(), |digest| format!("manifest:{digest}"))
}

/// A field that has to be a string.
#[must_use]
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("{field} is a string in {value}")).to_owned()
}

/// A field that may be a list.
pub fn list<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    value[field].as_array().into_iter().flatten()
}
