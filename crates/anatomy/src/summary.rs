use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{ByteSize, EdgeKind, Finding, Graph, Irregularity, Node, NodeId, Role};

/// The answer in one sentence, as data (message `headline-KIND`, its fields are the arguments).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Headline {
    /// Nothing was read yet.
    #[default]
    Nothing,
    /// An index whose images all have the same number of layers.
    Platforms {
        /// How many images it lists.
        platforms: u32,
        /// Layers of each.
        layers: u32,
    },
    /// An index whose images differ in layers, or are not all read yet.
    PlatformsMixed {
        /// How many images it lists.
        platforms: u32,
    },
    /// An index with attestations and nothing that runs.
    NothingRunnable {
        /// How many attestations.
        records: u32,
    },
    /// An index of things that are no images (a referrers index, for instance).
    IndexOfArtifacts {
        /// How many entries.
        artifacts: u32,
    },
    /// An index without entries.
    IndexEmpty,
    /// A tag that names a manifest: there is no list.
    SingleManifest {
        /// Layers.
        layers: u32,
    },
    /// A tag that names an attestation itself.
    TagNamesAttestation,
    /// A tag that names an artifact.
    TagNamesArtifact {
        /// `artifactType`, or the config's media type.
        artifact_type: String,
    },
    /// A document that is not understood.
    Unreadable,
}

/// What the picture shows, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Summary {
    /// The answer in one sentence.
    pub headline: Headline,
    /// What the tag points at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points_at: Option<Role>,
    /// Images: manifests that can run.
    pub images: u32,
    /// Attestations.
    pub records: u32,
    /// Distinct layers of images.
    pub layers: u32,
    /// Smallest and largest download of one image: manifest, config and layers, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub download: Option<(ByteSize, ByteSize)>,
    /// Bytes of every distinct node, stored once.
    pub stored: ByteSize,
    /// Documents whose digest was computed here and is equal.
    pub verified: u32,
    /// Documents named and not read.
    pub unread: u32,
    /// Documents that are missing or unreadable.
    pub broken: u32,
}

impl Summary {
    /// Counts what a graph shows.
    pub(crate) fn of(graph: &Graph, findings: &[Finding]) -> Self {
        let nodes: HashMap<&NodeId, &Node> = graph.nodes.iter().map(|node| (&node.id, node)).collect();
        let of_role = |role: Role| graph.nodes.iter().filter(move |node| node.role == role);
        let root = graph.edges.iter().find(|edge| edge.kind == EdgeKind::Names).and_then(|edge| nodes.get(&edge.to));
        let configs: HashMap<&NodeId, &NodeId> = graph
            .edges
            .iter()
            .filter(|edge| edge.kind == EdgeKind::Config)
            .map(|edge| (&edge.from, &edge.to))
            .collect();

        let images: Vec<&Node> = of_role(Role::Manifest).collect();
        let layers: HashSet<&NodeId> = images.iter().flat_map(|image| &image.layers).map(|line| &line.node).collect();
        let size_of = |id: &NodeId| nodes.get(id).and_then(|node| node.size).unwrap_or_default();
        let downloads = images.iter().filter(|image| image.verified.is_some()).map(|image| {
            let parts: HashSet<&NodeId> =
                image.layers.iter().map(|line| &line.node).chain(configs.get(&image.id).copied()).collect();
            std::iter::once(image.size.unwrap_or_default()).chain(parts.into_iter().map(size_of)).sum::<ByteSize>()
        });
        let download = downloads.fold(None, |range: Option<(ByteSize, ByteSize)>, size| {
            Some(range.map_or((size, size), |(least, most)| (least.min(size), most.max(size))))
        });
        let unreadable: HashSet<&NodeId> = findings
            .iter()
            .filter(|finding| {
                matches!(finding.irregularity, Irregularity::ChildUnreadable { .. } | Irregularity::OverLimit { .. })
            })
            .map(|finding| &finding.node)
            .collect();
        let not_computed: HashSet<&NodeId> = findings
            .iter()
            .filter(|finding| matches!(finding.irregularity, Irregularity::DigestNotComputed { .. }))
            .map(|finding| &finding.node)
            .collect();
        let is_document = |node: &&Node| !matches!(node.role, Role::Tag | Role::Layer | Role::Missing | Role::Unknown);
        let is_unread = |node: &&Node| {
            node.verified.is_none() && !unreadable.contains(&node.id) && !not_computed.contains(&node.id)
        };
        let is_broken =
            |node: &&Node| node.role == Role::Missing || node.verified == Some(false) || unreadable.contains(&node.id);
        let mut stored = HashSet::new();
        Self {
            headline: root.map(|root| headline(root, &images, graph)).unwrap_or_default(),
            points_at: root.map(|root| root.role),
            images: count(images.len()),
            records: count(of_role(Role::Attestation).count()),
            layers: count(layers.len()),
            download,
            stored: graph
                .nodes
                .iter()
                .filter(|node| {
                    node.role != Role::Missing && node.digest.as_ref().is_some_and(|digest| stored.insert(digest))
                })
                .filter_map(|node| node.size)
                .sum(),
            verified: count(graph.nodes.iter().filter(|node| node.verified == Some(true)).count()),
            unread: count(graph.nodes.iter().filter(is_document).filter(is_unread).count()),
            broken: count(graph.nodes.iter().filter(is_broken).count()),
        }
    }
}

fn headline(root: &Node, images: &[&Node], graph: &Graph) -> Headline {
    match root.role {
        Role::Index => {
            let entries = graph.edges.iter().filter(|edge| edge.kind == EdgeKind::Lists).count();
            let records = graph.nodes.iter().filter(|node| node.role == Role::Attestation).count();
            let artifacts = graph.nodes.iter().filter(|node| node.role == Role::Artifact).count();
            match images {
                [] if entries == 0 => Headline::IndexEmpty,
                [] if artifacts > 0 => Headline::IndexOfArtifacts { artifacts: count(artifacts) },
                [] if records > 0 => Headline::NothingRunnable { records: count(records) },
                [] => Headline::Unreadable,
                [first, ..] => {
                    let same = |image: &&Node| image.verified.is_some() && image.layers.len() == first.layers.len();
                    // What the index lists is counted, there or not.
                    let missing =
                        graph.nodes.iter().filter(|node| node.role == Role::Missing && node.platform.is_some()).count();
                    let platforms = count(images.len() + missing);
                    if missing == 0 && images.iter().all(same) {
                        Headline::Platforms { platforms, layers: count(first.layers.len()) }
                    } else {
                        Headline::PlatformsMixed { platforms }
                    }
                }
            }
        }
        Role::Manifest => Headline::SingleManifest { layers: count(root.layers.len()) },
        Role::Attestation => Headline::TagNamesAttestation,
        Role::Artifact | Role::Referrer => {
            Headline::TagNamesArtifact { artifact_type: root.artifact_type.clone().unwrap_or_default() }
        }
        _ => Headline::Unreadable,
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
