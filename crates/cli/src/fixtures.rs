//! Graphs built by hand for the tests of the renderers.

use std::collections::BTreeMap;

use anatomy::{
    BuildDate, ByteSize, ConfigFacts, DateKind, Digest, Edge, EdgeKind, Finding, Headline, Irregularity, LayerLine,
    MediaType, Node, NodeId, Role, Severity, Summary,
};
use source::Requests;

use crate::picture::{Picture, Read};

/// What a picture is made of; [`Built::picture`] lends it out.
#[derive(Default)]
pub(crate) struct Built {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) summary: Summary,
}

impl Built {
    pub(crate) fn picture(&self) -> Picture<'_> {
        Picture {
            nodes: &self.nodes,
            edges: &self.edges,
            findings: &self.findings,
            summary: &self.summary,
            requests: Requests { count: 41, bytes: 84_103, elapsed_ms: 312 },
            quota: None,
            unread: 0,
            read: Read::Registry,
        }
    }

    pub(crate) fn add(&mut self, node: Node) -> NodeId {
        let id = node.id.clone();
        if self.nodes.iter().all(|known| known.id != id) {
            self.nodes.push(node);
        }
        id
    }

    pub(crate) fn join(&mut self, from: &NodeId, to: &NodeId, kind: EdgeKind) {
        let position = self.edges.iter().filter(|edge| edge.from == *from && edge.kind == kind).count();
        let position = u32::try_from(position).expect("a test draws few edges");
        self.edges.push(Edge { from: from.clone(), to: to.clone(), kind, position });
    }

    pub(crate) fn find(&mut self, node: &NodeId, severity: Severity, irregularity: Irregularity) {
        self.findings.push(Finding { node: node.clone(), severity, irregularity });
    }

    pub(crate) fn node_mut(&mut self, id: &NodeId) -> &mut Node {
        self.nodes.iter_mut().find(|node| node.id == *id).expect("the test added it")
    }
}

/// The digest of a word: stable, and different for different words.
pub(crate) fn digest(of: &str) -> Digest {
    Digest::sha256(of.as_bytes())
}

pub(crate) fn tag(reference: &str) -> Node {
    Node::new(NodeId::tag(reference), Role::Tag)
}

pub(crate) fn node(role: Role, word: &str, media_type: &str, size: u64) -> Node {
    let digest = digest(word);
    let media_type = MediaType::new(media_type);
    Node {
        digest: Some(digest.clone()),
        media_name: media_type.name(),
        media_type: Some(media_type),
        size: Some(ByteSize(size)),
        verified: (role != Role::Layer).then_some(true),
        ..Node::new(NodeId::of(role, &digest), role)
    }
}

pub(crate) fn config(created: Option<&str>) -> ConfigFacts {
    ConfigFacts {
        created: BuildDate::read(created),
        platform: None,
        author: None,
        env: Vec::new(),
        entrypoint: Vec::new(),
        cmd: Vec::new(),
        working_dir: None,
        user: None,
        exposed_ports: Vec::new(),
        volumes: Vec::new(),
        labels: BTreeMap::new(),
        stop_signal: None,
        diff_ids: Vec::new(),
        history: Vec::new(),
    }
}

/// An image of one platform under `parent`: config, layers with the commands that made them.
pub(crate) fn image(
    built: &mut Built,
    parent: &NodeId,
    kind: EdgeKind,
    platform: &str,
    created: Option<&str>,
    layers: &[(&str, &str, u64)],
) -> NodeId {
    let mut manifest = node(Role::Manifest, platform, MediaType::OCI_MANIFEST, 480);
    manifest.platform = platform.parse().ok();
    let manifest = built.add(manifest);
    built.join(parent, &manifest, kind);
    let mut settings =
        node(Role::Config, &format!("config {platform}"), "application/vnd.oci.image.config.v1+json", 1_020);
    settings.config = Some(config(created));
    let settings = built.add(settings);
    built.join(&manifest, &settings, EdgeKind::Config);
    for (word, made_by, size) in layers {
        let layer = built.add(node(Role::Layer, word, "application/vnd.oci.image.layer.v1.tar+gzip", *size));
        built.join(&manifest, &layer, EdgeKind::Layer);
        let created_by = (!made_by.is_empty()).then(|| (*made_by).to_owned());
        let line = LayerLine { node: layer, diff_id: None, chain_id: None, history: None, created_by };
        built.node_mut(&manifest).layers.push(line);
    }
    manifest
}

/// A build record for `image`, listed by `index`.
pub(crate) fn record(built: &mut Built, index: &NodeId, image: &NodeId) {
    let mut record = node(Role::Attestation, &format!("record {image}"), MediaType::OCI_MANIFEST, 840);
    record.platform = "unknown/unknown".parse().ok();
    let record = built.add(record);
    built.join(index, &record, EdgeKind::Lists);
    built.join(&record, image, EdgeKind::Attests);
    let mut statement = node(Role::Layer, &format!("statement {image}"), "application/vnd.in-toto+json", 2_310);
    statement.annotations.insert("in-toto.io/predicate-type".to_owned(), "https://slsa.dev/provenance/v0.2".to_owned());
    let statement = built.add(statement);
    built.join(&record, &statement, EdgeKind::Layer);
}

/// Two platforms with build records, one of them without a date; a layer that both share.
pub(crate) fn multi_platform() -> Built {
    let mut built = Built::default();
    let tag = built.add(tag("127.0.0.1:5100/demo/multi:1.0.0"));
    let index = built.add(node(Role::Index, "index", MediaType::OCI_INDEX, 1_840));
    built.join(&tag, &index, EdgeKind::Names);
    let layers = [
        ("base", "/bin/sh -c #(nop) ADD file:0123 in / ", 1_290_000),
        ("app", "COPY app.txt /srv/app.txt # buildkit", 214),
    ];
    let amd64 = image(&mut built, &index, EdgeKind::Lists, "linux/amd64", Some("2026-11-24T08:18:20Z"), &layers);
    let arm = image(&mut built, &index, EdgeKind::Lists, "linux/arm/v7", Some("1970-01-01T00:00:00Z"), &layers);
    record(&mut built, &index, &amd64);
    record(&mut built, &index, &arm);
    let dateless = NodeId::of(Role::Config, &digest("config linux/arm/v7"));
    built.find(&dateless, Severity::Info, Irregularity::DateNotRecorded { date: DateKind::Epoch });
    built.summary =
        Summary { headline: Headline::Platforms { platforms: 2, layers: 2 }, verified: 7, ..Summary::default() };
    built
}

/// One manifest without an index, with a part that is gone and one that is not what it says.
pub(crate) fn single_and_broken() -> Built {
    let mut built = Built::default();
    let tag = built.add(tag("oci:images:1"));
    let manifest = image(
        &mut built,
        &tag,
        EdgeKind::Names,
        "linux/amd64",
        None,
        &[("base", "RUN /bin/sh -c apk add --no-cache curl # buildkit", 9_996)],
    );
    let gone = built.add(Node {
        verified: None,
        ..node(Role::Missing, "gone", "application/vnd.oci.image.layer.v1.tar+zstd", 52_300)
    });
    built.join(&manifest, &gone, EdgeKind::Layer);
    let config = NodeId::of(Role::Config, &digest("config linux/amd64"));
    built.node_mut(&config).verified = Some(false);
    built.find(&gone, Severity::Error, Irregularity::ChildMissing);
    let (expected, actual) = (digest("config linux/amd64"), digest("something else"));
    built.find(&config, Severity::Error, Irregularity::DigestDiffers { expected, actual });
    built.find(&manifest, Severity::Warning, Irregularity::DiffIdCount { diff_ids: 1, layers: 2 });
    built.summary = Summary { headline: Headline::SingleManifest { layers: 2 }, verified: 1, ..Summary::default() };
    built
}

/// A Helm chart, and what refers to it.
pub(crate) fn artifact() -> Built {
    let mut built = Built::default();
    let tag = built.add(tag("sample:artifacts:chart"));
    let chart = built.add(node(Role::Artifact, "chart", MediaType::OCI_MANIFEST, 560));
    built.join(&tag, &chart, EdgeKind::Names);
    let config = built.add(node(Role::Config, "chart config", "application/vnd.cncf.helm.config.v1+json", 120));
    built.join(&chart, &config, EdgeKind::Config);
    let archive =
        built.add(node(Role::Layer, "chart archive", "application/vnd.cncf.helm.chart.content.v1.tar+gzip", 1_010));
    built.join(&chart, &archive, EdgeKind::Layer);
    let mut signature = node(Role::Referrer, "signature", MediaType::OCI_MANIFEST, 700);
    signature.artifact_type = Some("application/vnd.dev.sigstore.bundle.v0.3+json".to_owned());
    let signature = built.add(signature);
    built.join(&signature, &chart, EdgeKind::Subject);
    let kind = "application/vnd.cncf.helm.config.v1+json".to_owned();
    built.summary =
        Summary { headline: Headline::TagNamesArtifact { artifact_type: kind }, verified: 3, ..Summary::default() };
    built
}

/// Everything that an image can say is used to attack the terminal.
pub(crate) fn hostile() -> Built {
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}gnp\u{200b}\r\nroot# ";
    let mut built = Built::default();
    let tag = built.add(tag(&format!("host/{evil}:1")));
    let index = built.add(node(Role::Index, "index", &format!("application/{evil}"), 10));
    built.join(&tag, &index, EdgeKind::Names);
    let image = image(&mut built, &index, EdgeKind::Lists, "linux/amd64", Some(evil), &[("base", evil, 10)]);
    built.node_mut(&image).platform =
        Some(anatomy::Platform { os: evil.to_owned(), architecture: evil.to_owned(), ..anatomy::Platform::default() });
    let mut artifact = node(Role::Artifact, "artifact", MediaType::OCI_MANIFEST, 10);
    artifact.artifact_type = Some(evil.to_owned());
    let artifact = built.add(artifact);
    built.join(&index, &artifact, EdgeKind::Lists);
    record(&mut built, &index, &image);
    let statement = NodeId::of(Role::Layer, &digest(&format!("statement {image}")));
    built.node_mut(&statement).annotations.insert("in-toto.io/predicate-type".to_owned(), evil.to_owned());
    built.find(&image, Severity::Warning, Irregularity::MediaTypeUnknown { media_type: evil.to_owned() });
    built.find(&NodeId(format!("nowhere:{evil}")), Severity::Error, Irregularity::NotJson { reason: evil.to_owned() });
    built.summary.headline = Headline::TagNamesArtifact { artifact_type: evil.to_owned() };
    built
}
