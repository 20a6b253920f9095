use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use anatomy::{
    ByteSize, Digest, Dissection, Edge, EdgeKind, Fault, Hasher, Irregularity, MediaType, NodeId, Role, Root, Target,
    Verification, Want, WantClass,
};
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use source::{ContentSource, Locality, Meter, Problem, ProblemKind, Requests, Thing};

use crate::explorer::{Reading, Way};
use crate::inspect::{FromSource, promised};
use crate::{Explorer, InspectEvent, InspectSink};

/// How far to walk.
#[derive(Clone, Debug, Default)]
pub struct VerifyOptions {
    /// Read and hash every blob, not only the documents.
    pub blobs: bool,
    /// Hosts that may serve tokens, for this question only.
    pub allow_realm: Vec<String>,
}

/// An edge that does not hold, or a document that cannot be what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifyFault {
    /// What is faulty.
    pub node: NodeId,
    /// Every naming of it: what a pull through that edge would meet.
    pub edges: Vec<Edge>,
    /// In which way (message `irregularity-KIND`).
    pub irregularity: Irregularity,
}

/// What was walked, and what did not hold (`docs/json.md`, `kaibo.verify/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifyReport {
    /// `kaibo.verify/1`.
    pub schema: String,
    /// In full.
    pub reference: String,
    /// Edges that were followed.
    pub edges: u32,
    /// Documents that were read and hashed.
    pub documents: u32,
    /// Blobs that were looked for (and, with `--blobs`, read and hashed).
    pub blobs: u32,
    /// Whether blobs were read.
    pub blobs_read: bool,
    /// What did not hold.
    pub faults: Vec<VerifyFault>,
    /// What was asked.
    pub requests: Requests,
}

/// Counted requests that a metered registry is asked without a question.
const BUDGET: u32 = 10;

/// Documents in flight at once.
const DOCUMENTS_IN_FLIGHT: usize = 24;

/// Blobs in flight at once: each is a long stream.
const BLOBS_IN_FLIGHT: usize = 4;

impl Explorer {
    /// Walks everything that a reference leads to and reads it again from the source: nothing that
    /// was kept is trusted, presence least of all.
    ///
    /// # Errors
    /// When the root cannot be read, when the walk would cost more counted requests than allowed, or
    /// when the source fails on the way. A part that is missing or different is a fault of the image
    /// and stands in the report.
    pub async fn verify(
        &self,
        typed: &str,
        options: &VerifyOptions,
        sink: &dyn InspectSink,
    ) -> Result<VerifyReport, Problem> {
        let started = Instant::now();
        let reference = self.parse(typed)?;
        let way = Way { reading: Reading::Verbatim, offline: false, plain_http: false, realms: &options.allow_realm };
        let source = self.open(&reference, &way).await?;
        let shown = reference.to_string();
        sink.on(InspectEvent::Named {
            reference: reference.clone(),
            shown: shown.clone(),
            place: source.place().clone(),
        });
        let from_source = FromSource(sink);
        let meter = Meter::new(&from_source);
        let target = reference.target();
        let answer = match source.resolve(&target, &meter).await {
            Ok(answer) => answer,
            // A layout that names what it does not hold is broken; a registry without a tag is not.
            Err(problem) if source.locality() == Locality::Here && !matches!(target, Target::Digest(_)) => {
                return rootless(&shown, problem, options, meter.requests(started.elapsed()));
            }
            Err(problem) => return Err(problem),
        };
        let asked = promised(&*source, &target, &meter).await;
        let root = Root { bytes: answer.bytes, content_type: answer.content_type, header_digest: answer.header_digest };
        let mut dissection = Dissection::new(&shown, asked.as_ref(), root);
        let walk = Walk { source: &*source, meter: &meter, sink, started };
        let allowed = self.options.budget.unwrap_or(BUDGET);
        walk.read_documents(&mut dissection, source.metered().then_some(allowed)).await?;
        let blobs = walk.check_blobs(&mut dissection, options.blobs).await?;
        let graph = dissection.graph();
        let documents = graph.nodes.iter().filter(|node| node.role != Role::Layer && node.verified.is_some()).count();
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        Ok(VerifyReport {
            schema: "kaibo.verify/1".to_owned(),
            reference: shown,
            edges: count(graph.edges.len()),
            documents: count(documents),
            blobs: count(blobs),
            blobs_read: options.blobs,
            faults: faults(&dissection),
            requests: meter.requests(started.elapsed()),
        })
    }
}

/// The report of a tag whose own document is missing; any other problem stays one.
fn rootless(
    shown: &str,
    problem: Problem,
    options: &VerifyOptions,
    requests: Requests,
) -> Result<VerifyReport, Problem> {
    let ProblemKind::NotFound { thing: Thing::Manifest, name } = &problem.what else { return Err(problem) };
    let Ok(digest) = name.parse::<Digest>() else { return Err(problem) };
    let (tag, node) = (NodeId::tag(shown), NodeId::of(Role::Missing, &digest));
    let edge = Edge { from: tag, to: node.clone(), kind: EdgeKind::Names, position: 0 };
    Ok(VerifyReport {
        schema: "kaibo.verify/1".to_owned(),
        reference: shown.to_owned(),
        edges: 1,
        documents: 0,
        blobs: 0,
        blobs_read: options.blobs,
        faults: vec![VerifyFault { node, edges: vec![edge], irregularity: Irregularity::ChildMissing }],
        requests,
    })
}

struct Walk<'w> {
    source: &'w dyn ContentSource,
    meter: &'w Meter<'w>,
    sink: &'w dyn InspectSink,
    started: Instant,
}

impl Walk<'_> {
    async fn read_documents(&self, dissection: &mut Dissection, allowed: Option<u32>) -> Result<(), Problem> {
        let (mut wanted, mut read) = (0_u32, 0_u32);
        let mut counted = 0;
        loop {
            while let Some(index) =
                dissection.graph().nodes.iter().find(|node| node.entries_left.is_some()).map(|node| node.id.clone())
            {
                dissection.more(&index);
            }
            let wants = dissection.wants();
            if wants.is_empty() {
                return Ok(());
            }
            wanted += u32::try_from(wants.len()).unwrap_or(u32::MAX);
            counted += wants.iter().filter(|want| want.class == WantClass::Manifest).count();
            if let Some(allowed) = allowed
                && counted > allowed as usize
            {
                let needed = u32::try_from(counted).unwrap_or(u32::MAX);
                return Err(ProblemKind::BudgetExceeded { needed, allowed }.into());
            }
            let answers = futures::stream::iter(wants).map(|want| async move {
                let answer = self.source.document(&want, self.meter).await;
                (want, answer)
            });
            let mut answers = answers.buffer_unordered(DOCUMENTS_IN_FLIGHT);
            while let Some((want, answer)) = answers.next().await {
                read += 1;
                match answer {
                    Ok(answer) => {
                        let content_type = answer.content_type.as_deref().map(MediaType::new);
                        dissection.accept(&want, answer.bytes, content_type.as_ref());
                    }
                    Err(problem) => reject(dissection, &want, problem)?,
                }
                self.sink.on(InspectEvent::Progress {
                    requests: self.meter.requests(self.started.elapsed()),
                    wanted,
                    read,
                });
            }
        }
    }

    /// Looks for every layer, or reads and hashes it. Gives how many there are.
    async fn check_blobs(&self, dissection: &mut Dissection, read: bool) -> Result<usize, Problem> {
        let layers: Vec<Want> = dissection
            .graph()
            .nodes
            .iter()
            .filter(|node| node.role == Role::Layer)
            .filter_map(|node| {
                let (digest, media_type, size) = (node.digest.clone()?, node.media_type.clone(), node.size);
                Some(Want { node: node.id.clone(), digest, class: WantClass::Layer, media_type, size })
            })
            .collect();
        let wanted = u32::try_from(layers.len()).unwrap_or(u32::MAX);
        let mut done = 0;
        let in_flight = if read { BLOBS_IN_FLIGHT } else { DOCUMENTS_IN_FLIGHT };
        let total = layers.len();
        let answers = futures::stream::iter(layers).map(|want| async move {
            let answer = if read { self.hash_blob(&want).await } else { self.look_for(&want).await };
            (want, answer)
        });
        let mut answers = answers.buffer_unordered(in_flight);
        while let Some((want, answer)) = answers.next().await {
            done += 1;
            match answer {
                Ok(Blob { size, actual }) => {
                    if let Some(size) = size {
                        dissection.weigh(&want.node, size);
                    }
                    if let Some(actual) = actual {
                        dissection.differ(&want.node, &want.digest, actual);
                    }
                }
                Err(problem) => reject(dissection, &want, problem)?,
            }
            self.sink.on(InspectEvent::Progress {
                requests: self.meter.requests(self.started.elapsed()),
                wanted,
                read: done,
            });
        }
        Ok(total)
    }

    async fn look_for(&self, want: &Want) -> Result<Blob, Problem> {
        let presence = self.source.presence(want, self.meter).await?;
        Ok(Blob { size: presence.size, actual: None })
    }

    async fn hash_blob(&self, want: &Want) -> Result<Blob, Problem> {
        let mut stream = self.source.blob(&want.digest, self.meter).await?;
        let mut hasher = Hasher::of(&want.digest.algorithm());
        let mut size = 0_u64;
        while let Some(chunk) = stream.next().await {
            let chunk = chunk?;
            size += chunk.len() as u64;
            // A blob that goes on beyond what its descriptor says is different already.
            if want.size.is_some_and(|expected| size > expected.0) {
                return Ok(Blob { size: Some(ByteSize(size)), actual: None });
            }
            if let Some(hasher) = &mut hasher {
                hasher.update(&chunk);
            }
        }
        let actual = match hasher.map(|hasher| hasher.verify(&want.digest)) {
            Some(Verification::Different { actual }) => Some(actual),
            _ => None,
        };
        Ok(Blob { size: Some(ByteSize(size)), actual })
    }
}

/// What was found of a blob.
struct Blob {
    size: Option<ByteSize>,
    /// Its digest, when it is not the one that was asked for.
    actual: Option<Digest>,
}

/// A part that is missing or too large is a fault of the image; anything else ends the walk.
fn reject(dissection: &mut Dissection, want: &Want, problem: Problem) -> Result<(), Problem> {
    let fault = match &problem.what {
        ProblemKind::NotFound { .. } => Fault::Missing,
        ProblemKind::TooLarge { limit, .. } => Fault::OverLimit { limit: *limit },
        ProblemKind::AnswerMalformed { .. } | ProblemKind::DigestMismatch { .. } => {
            Fault::Unreadable { problem: problem.code().to_owned() }
        }
        _ => return Err(problem),
    };
    dissection.reject(want, fault);
    Ok(())
}

/// The findings that mean a pull would fail or fetch something else.
fn faults(dissection: &Dissection) -> Vec<VerifyFault> {
    let graph = dissection.graph();
    let mut named_by: HashMap<&NodeId, BTreeSet<&Edge>> = HashMap::new();
    for edge in graph.edges.iter().filter(|edge| edge.kind != EdgeKind::Subject && edge.kind != EdgeKind::Attests) {
        named_by.entry(&edge.to).or_default().insert(edge);
    }
    let breaks = |irregularity: &Irregularity| {
        matches!(
            irregularity,
            Irregularity::NotJson { .. }
                | Irregularity::NotAnObject
                | Irregularity::IndexAndManifest
                | Irregularity::ContentTypeDiffers { .. }
                | Irregularity::DescriptorTypeDiffers { .. }
                | Irregularity::SizeDiffers { .. }
                | Irregularity::DigestDiffers { .. }
                | Irregularity::HeaderDigestDiffers { .. }
                | Irregularity::DigestMalformed { .. }
                | Irregularity::SizeMalformed { .. }
                | Irregularity::ChildMissing
                | Irregularity::ChildUnreadable { .. }
                | Irregularity::OverLimit { .. }
                | Irregularity::DiffIdCount { .. }
                | Irregularity::IndexTooDeep
                | Irregularity::EmbeddedDataDiffers
        )
    };
    let faulty = dissection.findings().iter().filter(|finding| breaks(&finding.irregularity));
    let fault = |finding: &anatomy::Finding| VerifyFault {
        node: finding.node.clone(),
        edges: named_by.get(&finding.node).into_iter().flatten().map(|edge| (*edge).clone()).collect(),
        irregularity: finding.irregularity.clone(),
    };
    faulty.map(fault).collect()
}
