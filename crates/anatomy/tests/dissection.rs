//! Whole images, taken apart document by document from memory.

#![expect(clippy::unwrap_used, reason = "the documents are made here")]

use std::collections::HashMap;

use anatomy::{
    ByteSize, DateKind, Digest, Dissection, EdgeKind, Fault, Headline, Irregularity, MediaType, NodeId, Role, Root,
    Severity, limits,
};
use bytes::Bytes;
use serde_json::{Value, json};

const MANIFEST: &str = MediaType::OCI_MANIFEST;
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
const IN_TOTO: &str = "application/vnd.in-toto+json";

/// Documents by digest, as a registry would hold them.
#[derive(Default)]
struct Store(HashMap<Digest, Bytes>);

impl Store {
    fn put(&mut self, document: &Value) -> Value {
        let bytes = Bytes::from(serde_json::to_vec(document).unwrap());
        let descriptor =
            json!({"digest": Digest::sha256(&bytes), "size": bytes.len(), "mediaType": document["mediaType"]});
        self.0.insert(Digest::sha256(&bytes), bytes);
        descriptor
    }

    fn config(&mut self, os: &str, architecture: &str, layers: &[&str], more: &Value) -> Value {
        let diff_ids: Vec<_> = layers.iter().map(|layer| diff_id(layer)).collect();
        let mut config = json!({"os": os, "architecture": architecture, "created": "2026-01-01T00:00:00Z",
            "rootfs": {"type": "layers", "diff_ids": diff_ids}});
        config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut descriptor = self.put(&config);
        descriptor["mediaType"] = CONFIG.into();
        descriptor
    }

    fn image(&mut self, os: &str, architecture: &str, layers: &[&str]) -> Value {
        let config = self.config(os, architecture, layers, &json!({}));
        let mut descriptor = self.manifest(&config, layers, &json!({}));
        descriptor["platform"] = json!({"os": os, "architecture": architecture});
        descriptor
    }

    fn manifest(&mut self, config: &Value, layers: &[&str], more: &Value) -> Value {
        let layers: Vec<_> = layers.iter().map(|layer| blob(layer, LAYER)).collect();
        let mut manifest = json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers});
        manifest.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.put(&manifest)
    }

    fn attestation(&mut self, of: &Value) -> Value {
        let config = self.config("unknown", "unknown", &["statement"], &json!({}));
        let statement = format!("statement about {}", of["digest"]);
        let mut descriptor = self.manifest(&config, &[], &json!({"layers": [blob(&statement, IN_TOTO)]}));
        descriptor["platform"] = json!({"os": "unknown", "architecture": "unknown"});
        descriptor["annotations"] =
            json!({"vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": of["digest"]});
        descriptor
    }

    fn index(&mut self, entries: &[Value]) -> Value {
        self.put(&json!({"schemaVersion": 2, "mediaType": MediaType::OCI_INDEX, "manifests": entries}))
    }

    fn root(&self, descriptor: &Value) -> Root {
        let content_type = descriptor["mediaType"].as_str().map(str::to_owned);
        Root { bytes: self.0[&digest(descriptor)].clone(), content_type, header_digest: None }
    }

    /// Reads everything that is wanted.
    fn read(&self, descriptor: &Value) -> Dissection {
        let mut dissection = Dissection::new("example.com/app:1", None, self.root(descriptor));
        loop {
            let wants = dissection.wants();
            if wants.is_empty() {
                return dissection;
            }
            for want in wants {
                match self.0.get(&want.digest) {
                    Some(bytes) => dissection.accept(&want, bytes.clone(), want.media_type.as_ref()),
                    None => dissection.reject(&want, Fault::Missing),
                };
            }
        }
    }
}

fn blob(content: &str, media_type: &str) -> Value {
    json!({"mediaType": media_type, "digest": Digest::sha256(content.as_bytes()), "size": content.len()})
}

fn diff_id(layer: &str) -> Digest {
    Digest::sha256(format!("diff {layer}").as_bytes())
}

fn digest(descriptor: &Value) -> Digest {
    descriptor["digest"].as_str().unwrap().parse().unwrap()
}

fn roles(dissection: &Dissection) -> Vec<(Role, usize)> {
    let mut counts: Vec<(Role, usize)> = Vec::new();
    for node in &dissection.graph().nodes {
        match counts.iter_mut().find(|(role, _)| *role == node.role) {
            Some((_, count)) => *count += 1,
            None => counts.push((node.role, 1)),
        }
    }
    counts.sort();
    counts
}

fn told(dissection: &Dissection) -> Vec<&Irregularity> {
    dissection.findings().iter().map(|finding| &finding.irregularity).collect()
}

#[test]
fn an_index_with_attestations_becomes_a_tree() {
    let mut store = Store::default();
    let amd64 = store.image("linux", "amd64", &["base", "app"]);
    let arm64 = store.image("linux", "arm64", &["base", "app arm"]);
    let (of_amd64, of_arm64) = (store.attestation(&amd64), store.attestation(&arm64));
    let index = store.index(&[amd64.clone(), arm64, of_amd64.clone(), of_arm64]);
    let dissection = store.read(&index);

    // Both attestations have the same config: equal bytes, one node.
    let expected = [
        (Role::Tag, 1),
        (Role::Index, 1),
        (Role::Manifest, 2),
        (Role::Config, 3),
        (Role::Layer, 5),
        (Role::Attestation, 2),
    ];
    assert_eq!(roles(&dissection), expected);
    for node in &dissection.graph().nodes {
        let is_document = !matches!(node.role, Role::Tag | Role::Layer);
        assert_eq!(node.verified, is_document.then_some(true), "{}", node.id);
    }
    let attests: Vec<_> = dissection.graph().edges.iter().filter(|edge| edge.kind == EdgeKind::Attests).collect();
    assert_eq!(attests.len(), 2);
    assert_eq!(attests[0].from, NodeId::of(Role::Attestation, &digest(&of_amd64)));
    assert_eq!(attests[0].to, NodeId::of(Role::Manifest, &digest(&amd64)));
    assert!(told(&dissection).is_empty(), "{:?}", told(&dissection));
    let summary = dissection.summary();
    assert_eq!(summary.headline, Headline::Platforms { platforms: 2, layers: 2 });
    assert_eq!((summary.images, summary.records, summary.layers, summary.unread, summary.broken), (2, 2, 3, 0, 0));
}

#[test]
fn the_order_of_arrival_does_not_show() {
    let mut store = Store::default();
    let entries: Vec<_> = ["amd64", "arm64", "s390x"].map(|arch| store.image("linux", arch, &["base", arch])).into();
    let attestation = store.attestation(&entries[0]);
    let index = store.index(&[entries, vec![attestation]].concat());
    let forth = store.read(&index);
    let mut back = Dissection::new("example.com/app:1", None, store.root(&index));
    loop {
        let wants = back.wants();
        if wants.is_empty() {
            break;
        }
        for want in wants.iter().rev() {
            back.accept(want, store.0[&want.digest].clone(), want.media_type.as_ref());
        }
    }
    assert_ne!(forth.graph(), back.graph());
    assert_eq!(forth.graph().in_order(), back.graph().in_order());
    assert_eq!(forth.graph().in_order().nodes.len(), forth.graph().nodes.len());
    assert_eq!(forth.graph().in_order().edges.len(), forth.graph().edges.len());
}

#[test]
fn a_shared_layer_is_one_node_with_many_namings() {
    let mut store = Store::default();
    let entries = [store.image("linux", "amd64", &["base", "a"]), store.image("linux", "arm64", &["base", "b"])];
    let index = store.index(&entries);
    let dissection = store.read(&index);
    let base = NodeId::of(Role::Layer, &Digest::sha256(b"base"));
    assert_eq!(dissection.graph().edges.iter().filter(|edge| edge.to == base).count(), 2);
    assert_eq!(dissection.graph().nodes.iter().filter(|node| node.id == base).count(), 1);
}

#[test]
fn patches_in_order_give_the_graph() {
    let mut store = Store::default();
    let mut chart_config = store.put(&json!({"name": "chart"}));
    chart_config["mediaType"] = "application/vnd.cncf.helm.config.v1+json".into();
    let chart = store.manifest(&chart_config, &["chart"], &json!({}));
    let image = store.image("linux", "amd64", &["base"]);
    let index = store.index(&[image, chart]);
    let mut dissection = Dissection::new("r", None, store.root(&index));
    let mut nodes: Vec<anatomy::Node> = Vec::new();
    let mut edges: Vec<anatomy::Edge> = Vec::new();
    let mut revision = 0;
    loop {
        if let Some(patch) = dissection.patch() {
            assert_eq!(patch.revision, revision + 1);
            revision = patch.revision;
            for retyped in &patch.retyped {
                let ids = nodes.iter_mut().map(|node| &mut node.id);
                for id in ids.chain(edges.iter_mut().flat_map(|edge| [&mut edge.from, &mut edge.to])) {
                    if *id == retyped.from {
                        *id = retyped.to.clone();
                    }
                }
            }
            for node in patch.nodes {
                match nodes.iter_mut().find(|known| known.id == node.id) {
                    Some(known) => *known = node,
                    None => nodes.push(node),
                }
            }
            edges.extend(patch.edges);
        }
        let wants = dissection.wants();
        if wants.is_empty() {
            break;
        }
        for want in wants {
            dissection.accept(&want, store.0[&want.digest].clone(), None);
        }
    }
    assert_eq!(nodes, dissection.graph().nodes);
    assert_eq!(edges, dissection.graph().edges);
    assert!(nodes.iter().any(|node| node.role == Role::Artifact));
    assert!(dissection.patch().is_none());
}

#[test]
fn chain_ids_follow_the_rule_of_the_specification() {
    let mut store = Store::default();
    let image = store.image("linux", "amd64", &["a", "b"]);
    let dissection = store.read(&image);
    let manifest = dissection.graph().nodes.iter().find(|node| node.role == Role::Manifest).unwrap();
    assert_eq!(manifest.layers[0].chain_id, Some(diff_id("a")));
    let both = format!("{} {}", diff_id("a"), diff_id("b"));
    assert_eq!(manifest.layers[1].chain_id, Some(Digest::sha256(both.as_bytes())));
    assert_eq!(dissection.summary().headline, Headline::SingleManifest { layers: 2 });
}

#[test]
fn a_missing_child_keeps_its_place() {
    let mut store = Store::default();
    let image = store.image("linux", "amd64", &["a"]);
    let gone = store.image("linux", "arm64", &["b"]);
    store.0.remove(&digest(&gone));
    let index = store.index(&[image, gone.clone()]);
    let dissection = store.read(&index);
    let missing = dissection.graph().node(&NodeId::of(Role::Missing, &digest(&gone))).unwrap();
    assert_eq!(missing.platform.as_ref().unwrap().to_string(), "linux/arm64");
    let finding =
        dissection.findings().iter().find(|finding| finding.irregularity == Irregularity::ChildMissing).unwrap();
    assert_eq!((&finding.node, finding.severity), (&missing.id, Severity::Error));
    assert_eq!(dissection.summary().broken, 1);
}

#[test]
fn wrong_bytes_are_shown_and_lead_nowhere() {
    let mut store = Store::default();
    let image = store.image("linux", "amd64", &["a"]);
    let index = store.index(std::slice::from_ref(&image));
    let other = store.image("linux", "amd64", &["b"]);
    let bytes = store.0[&digest(&other)].clone();
    store.0.insert(digest(&image), bytes);
    let dissection = store.read(&index);
    let node = dissection.graph().node(&NodeId::of(Role::Manifest, &digest(&image))).unwrap();
    assert_eq!(node.verified, Some(false));
    assert_eq!(roles(&dissection), [(Role::Tag, 1), (Role::Index, 1), (Role::Manifest, 1)]);
    assert!(dissection.document(&digest(&image)).is_some());
}

#[test]
fn a_tag_may_point_straight_at_an_attestation() {
    let mut store = Store::default();
    let image = store.image("linux", "amd64", &["a"]);
    let attestation = store.attestation(&image);
    let dissection = store.read(&attestation);
    assert_eq!(dissection.summary().headline, Headline::TagNamesAttestation);
    assert_eq!(dissection.summary().points_at, Some(Role::Attestation));
    assert!(told(&dissection).contains(&&Irregularity::TagNamesAttestation));
}

#[test]
fn the_artifact_form_of_an_attestation_is_known_by_its_type() {
    let mut store = Store::default();
    let image = store.image("linux", "amd64", &["a"]);
    let empty = json!({"mediaType": MediaType::OCI_EMPTY, "digest": Digest::sha256(b"{}"), "size": 2, "data": "e30="});
    store.0.insert(Digest::sha256(b"{}"), Bytes::from_static(b"{}"));
    let more =
        json!({"artifactType": MediaType::BUILDKIT_ATTESTATION, "subject": image, "layers": [blob("s", IN_TOTO)]});
    let attestation = store.manifest(&empty, &[], &more);
    let index = store.index(&[image.clone(), attestation.clone()]);
    let dissection = store.read(&index);
    let id = NodeId::of(Role::Attestation, &digest(&attestation));
    assert_eq!(dissection.graph().node(&id).unwrap().subject, Some(digest(&image)));
    assert!(dissection.graph().edges.iter().any(|edge| edge.from == id && edge.kind == EdgeKind::Subject));
    assert!(!told(&dissection).contains(&&Irregularity::ArtifactTypeAbsent));
}

#[test]
fn oddities_are_told_beside() {
    let mut store = Store::default();
    let more = json!({"created": "1970-01-01T00:00:00Z", "history": [{"created_by": "x"}]});
    let config = store.config("linux", "arm64", &["a", "b"], &more);
    let mut image = store.manifest(&config, &["a"], &json!({}));
    image["platform"] = json!({"os": "linux", "architecture": "amd64"});
    let mut again = store.image("linux", "x86_64", &["c"]);
    again["size"] = 7.into();
    let windows = store.image("windows", "amd64", &["w"]);
    let index = store.index(&[image, again, windows, json!({"mediaType": MANIFEST, "digest": "nonsense", "size": 1})]);
    let dissection = store.read(&index);
    let told = told(&dissection);
    for expected in [
        Irregularity::DiffIdCount { diff_ids: 2, layers: 1 },
        Irregularity::DateNotRecorded { date: DateKind::Epoch },
        Irregularity::PlatformDiffers { index: "linux/amd64".into(), config: "linux/arm64".into() },
        Irregularity::PlatformDuplicate { platform: "linux/x86_64".into() },
        Irregularity::OsVersionAbsent,
        Irregularity::DigestMalformed { pointer: "/manifests/3/digest".into(), text: "nonsense".into() },
    ] {
        assert!(told.contains(&&expected), "{expected:?} in {told:?}");
    }
    assert!(told.iter().any(|told| matches!(told, Irregularity::SizeDiffers { expected: ByteSize(7), .. })));
}

#[test]
fn nested_indexes_end() {
    let mut store = Store::default();
    let mut inner = store.image("linux", "amd64", &["a"]);
    for _ in 0..6 {
        inner = store.index(&[inner]);
    }
    let dissection = store.read(&inner);
    assert!(told(&dissection).contains(&&Irregularity::IndexTooDeep));
    let read = dissection.graph().nodes.iter().filter(|node| node.verified == Some(true)).count();
    assert_eq!(read, usize::from(limits::INDEX_DEPTH));
}

#[test]
fn a_huge_index_is_drawn_page_by_page() {
    let mut store = Store::default();
    let entries: Vec<_> = (0..limits::INDEX_PAGE + 500).map(|n| blob(&n.to_string(), MANIFEST)).collect();
    let index = store.index(&entries);
    let mut dissection = Dissection::new("r", None, store.root(&index));
    let root = NodeId::of(Role::Index, &digest(&index));
    assert_eq!(dissection.wants().len(), limits::INDEX_PAGE);
    assert_eq!(dissection.graph().node(&root).unwrap().entries_left, Some(500));
    dissection.more(&root);
    assert_eq!(dissection.wants().len(), 500);
    assert_eq!(dissection.graph().node(&root).unwrap().entries_left, None);
    dissection.more(&root);
    assert!(dissection.wants().is_empty());
}

#[test]
fn an_index_of_attestations_only_cannot_run() {
    let mut store = Store::default();
    let image = store.image("linux", "amd64", &["a"]);
    let attestation = store.attestation(&image);
    let index = store.index(&[attestation]);
    let dissection = store.read(&index);
    assert_eq!(dissection.summary().headline, Headline::NothingRunnable { records: 1 });
    assert!(told(&dissection).contains(&&Irregularity::NothingRunnable));
}

#[test]
fn the_registry_header_is_held_against_the_body() {
    let mut store = Store::default();
    let image = store.image("linux", "amd64", &["a"]);
    let mut root = store.root(&image);
    root.header_digest = Some(Digest::sha256(b"other").to_string());
    let dissection = Dissection::new("r", None, root);
    assert!(matches!(told(&dissection)[..], [Irregularity::HeaderDigestDiffers { .. }, ..]));
}

#[test]
fn layers_are_cut_out_of_the_exact_bytes() {
    let text = r#"{"schemaVersion":2, "layers":[ {"size": 1,  "digest":"x"} ,{"a":"é"}]}"#;
    let (document, _) = anatomy::Document::manifest(Bytes::from_static(text.as_bytes()), None);
    assert_eq!(document.layer_text(0), Some(r#"{"size": 1,  "digest":"x"}"#));
    assert_eq!(document.layer_text(1), Some(r#"{"a":"é"}"#));
    assert_eq!(document.layer_text(2), None);
}
