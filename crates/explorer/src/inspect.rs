use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anatomy::{
    Digest, Dissection, Edge, Finding, Node, NodeId, Patch, Platform, Reference, Root, Summary, Target, Want,
};
use serde::{Deserialize, Serialize};
use source::{ContentSource, Event, Locality, Meter, Origin, Place, Problem, ProblemKind, Quota, Requests, Sink};

use crate::Explorer;
use crate::explorer::{Reading, Way};
use crate::reading::{Picked, Reader};

/// What to look at.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
pub struct InspectRequest {
    /// As typed.
    pub reference: String,
    /// On a metered registry: the platform whose manifest is read (this machine's when absent).
    pub platform: Option<String>,
    /// On a metered registry: read every manifest.
    pub all: bool,
    /// Only the document that the reference names.
    pub shallow: bool,
    /// Also what refers to the image by its `subject`.
    pub referrers: bool,
    /// Read anew what is kept.
    pub fresh: bool,
    /// Answer from what was kept, for this question only.
    pub offline: bool,
    /// Speak plain HTTP, for this question only: the reader said so for this host.
    pub plain_http: bool,
    /// Hosts that may serve tokens, for this question only.
    pub allow_realm: Vec<String>,
}

/// What happens on the way to the whole picture.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum InspectEvent {
    /// The reference was understood, and its place is being asked.
    Named {
        /// In parts.
        reference: Reference,
        /// In full, as text.
        shown: String,
        /// Where it leads.
        place: Place,
    },
    /// The picture grew.
    Patch {
        /// How.
        patch: Patch,
    },
    /// Work went on.
    Progress {
        /// So far.
        requests: Requests,
        /// Documents that are to be read, in all.
        wanted: u32,
        /// Of which were read.
        read: u32,
    },
    /// A source had something to tell.
    Source {
        /// What.
        event: Event,
    },
}

/// Takes note of what happens. Implementations return at once.
pub trait InspectSink: Send + Sync {
    /// One event.
    fn on(&self, event: InspectEvent);
}

/// Hands what a source tells to whoever watches the inspection.
pub(crate) struct FromSource<'s>(pub(crate) &'s dyn InspectSink);

impl Sink for FromSource<'_> {
    fn on(&self, event: Event) {
        self.0.on(InspectEvent::Source { event });
    }
}

/// The whole answer (`docs/json.md`, `kaibo.inspect/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct InspectReport {
    /// `kaibo.inspect/1`.
    pub schema: String,
    /// In full.
    pub reference: String,
    /// Where it leads.
    pub place: Place,
    /// Every part, once a role.
    pub nodes: Vec<Node>,
    /// Every naming.
    pub edges: Vec<Edge>,
    /// Everything odd.
    pub findings: Vec<Finding>,
    /// In numbers.
    pub summary: Summary,
    /// What was asked.
    pub requests: Requests,
    /// What a metered registry said of the pulls left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
    /// Manifests that were left unread because the registry counts them.
    pub unread: u32,
    /// Whether the root was read now or kept from an earlier look.
    pub origin: Origin,
    /// What stood in the way of parts, the first of each kind.
    pub problems: Vec<Problem>,
}

/// One image on a screen. All methods take `&self`: bytes can be asked for while parts are still read.
#[derive(Debug)]
pub struct Inspection {
    pub(crate) reference: Reference,
    pub(crate) source: Arc<dyn ContentSource>,
    pub(crate) request: InspectRequest,
    wanted_platform: Platform,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    dissection: Option<Dissection>,
    /// Wants that were left out, to be read on demand.
    deferred: Vec<Want>,
    requests: Requests,
    quota: Option<Quota>,
    origin: Option<Origin>,
    problems: Vec<Problem>,
}

/// The digest that the root has to have: typed, or named by the index of a layout. A registry names
/// none for a tag before it was asked.
pub(crate) async fn promised(source: &dyn ContentSource, target: &Target, sink: &dyn Sink) -> Option<Digest> {
    match target {
        Target::Digest(digest) => Some(digest.clone()),
        _ if source.locality() == Locality::Here => source.head(target, sink).await.ok()?.digest,
        _ => None,
    }
}

impl Explorer {
    /// Understands a request and opens its place; nothing is read yet.
    ///
    /// # Errors
    /// A reference that is none, a place that cannot be opened, an option that cannot be used.
    pub async fn begin(&self, request: InspectRequest) -> Result<Inspection, Problem> {
        let reference = self.parse(&request.reference)?;
        let wanted_platform = match &request.platform {
            Some(text) => text
                .parse()
                .map_err(|_| ProblemKind::SettingUnusable { setting: "--platform".to_owned(), value: text.clone() })?,
            None => this_machine(),
        };
        let way = Way {
            reading: if request.fresh { Reading::Fresh } else { Reading::Kept },
            offline: request.offline,
            plain_http: request.plain_http,
            realms: &request.allow_realm,
        };
        let source = self.open(&reference, &way).await?;
        Ok(Inspection { reference, source, request, wanted_platform, state: Mutex::default() })
    }

    /// Reads an image as far as the request and the registry's meter allow.
    ///
    /// # Errors
    /// When the root cannot be read. Parts that cannot are findings.
    pub async fn inspect(
        &self,
        request: InspectRequest,
        sink: &dyn InspectSink,
    ) -> Result<(Inspection, InspectReport), Problem> {
        let inspection = self.begin(request).await?;
        let report = inspection.run(sink).await?;
        self.settle().await;
        Ok((inspection, report))
    }
}

impl Inspection {
    /// Reads the root, says at once what it names, and reads on.
    ///
    /// # Errors
    /// When the root cannot be read.
    pub async fn run(&self, sink: &dyn InspectSink) -> Result<InspectReport, Problem> {
        let started = Instant::now();
        let shown = self.reference.to_string();
        sink.on(InspectEvent::Named {
            reference: self.reference.clone(),
            shown: shown.clone(),
            place: self.source.place().clone(),
        });
        let from_source = FromSource(sink);
        let meter = Meter::new(&from_source);
        let target = self.reference.target();
        let answer = self.source.resolve(&target, &meter).await?;
        let origin = answer.origin;
        let asked = promised(&*self.source, &target, &meter).await;
        let root = Root { bytes: answer.bytes, content_type: answer.content_type, header_digest: answer.header_digest };
        {
            let mut state = self.state();
            let mut dissection = Dissection::new(&shown, asked.as_ref(), root);
            if self.source.manifest_made_here() {
                dissection.made_here();
            }
            state.dissection = Some(dissection);
            state.origin = Some(origin);
        }
        self.send_patch(sink);
        if !self.request.shallow {
            let picked = if self.source.metered() && !self.request.all {
                Picked::Platform(self.wanted_platform.clone())
            } else {
                Picked::Everything
            };
            if self.request.referrers {
                // The image is worth showing without what others say of it.
                if let Err(problem) = self.read_referrers(&meter).await {
                    self.note_problem(problem);
                }
                self.send_patch(sink);
            }
            Reader { inspection: self, sink, meter: &meter, started }.read(&picked).await;
        }
        {
            let mut state = self.state();
            state.requests = meter.requests(started.elapsed());
            state.quota = meter.quota();
        }
        self.report()
    }

    /// Reads a part that was left unread, or the next entries of an index that is shown in part.
    ///
    /// # Errors
    /// When there is nothing to expand because the root was not read.
    pub async fn expand(&self, node: &NodeId, sink: &dyn InspectSink) -> Result<(), Problem> {
        let started = Instant::now();
        let from_source = FromSource(sink);
        let meter = Meter::new(&from_source);
        self.with_dissection(|dissection| dissection.more(node))?;
        Reader { inspection: self, sink, meter: &meter, started }.read(&Picked::Node(node.clone())).await;
        self.add_requests(&meter, started);
        Ok(())
    }

    /// Counts what was asked after the picture was first drawn.
    pub(crate) fn add_requests(&self, meter: &Meter<'_>, started: Instant) {
        let mut state = self.state();
        let now = meter.requests(started.elapsed());
        state.requests.count += now.count;
        state.requests.bytes += now.bytes;
        state.quota = meter.quota().or(state.quota.take());
    }

    /// The answer as it stands.
    ///
    /// # Errors
    /// When the root was not read.
    pub fn report(&self) -> Result<InspectReport, Problem> {
        let state = self.state();
        let dissection = state.dissection.as_ref().ok_or_else(not_read)?;
        let graph = dissection.graph().in_order();
        let places: HashMap<&NodeId, usize> =
            graph.nodes.iter().zip(0..).map(|(node, place)| (&node.id, place)).collect();
        let mut findings = dissection.findings().to_vec();
        findings.sort_by_key(|finding| places.get(&finding.node).copied());
        Ok(InspectReport {
            schema: "kaibo.inspect/1".to_owned(),
            reference: self.reference.to_string(),
            place: self.source.place().clone(),
            nodes: graph.nodes,
            edges: graph.edges,
            findings,
            summary: dissection.summary(),
            requests: state.requests,
            quota: state.quota.clone(),
            unread: u32::try_from(
                state.deferred.iter().filter(|want| want.class == anatomy::WantClass::Manifest).count(),
            )
            .unwrap_or(u32::MAX),
            origin: state.origin.unwrap_or(Origin::Source),
            problems: state.problems.clone(),
        })
    }

    /// Works on the dissection; nobody waits while it is held.
    pub(crate) fn with_dissection<T>(&self, work: impl FnOnce(&mut Dissection) -> T) -> Result<T, Problem> {
        self.state().dissection.as_mut().map(work).ok_or_else(not_read)
    }

    /// Takes the wants that are to be read now, those left out before included; the rest waits.
    pub(crate) fn take_wants(&self, picked: &Picked) -> Vec<Want> {
        let mut state = self.state();
        let State { dissection: Some(dissection), deferred, .. } = &mut *state else { return Vec::new() };
        let mut wants = dissection.wants();
        let graph = dissection.graph();
        let (now, later) = match picked {
            Picked::Everything => {
                wants.splice(0..0, std::mem::take(deferred));
                (wants, Vec::new())
            }
            // What is kept costs nobody a pull.
            Picked::Platform(platform) => wants
                .into_iter()
                .partition(|want| picked_by_platform(graph, want, platform) || self.source.at_hand(want)),
            Picked::Node(node) => {
                let asked = std::mem::take(deferred);
                let (mut now, later): (Vec<_>, Vec<_>) = asked
                    .into_iter()
                    .chain(wants)
                    .partition(|want| want.node == *node || want.class != anatomy::WantClass::Manifest);
                // A page of entries was asked for: all that it brought is wanted.
                let brought = |want: &Want| graph.edges.iter().any(|edge| edge.from == *node && edge.to == want.node);
                let (paged, later): (Vec<_>, Vec<_>) = later.into_iter().partition(brought);
                now.extend(paged);
                (now, later)
            }
        };
        deferred.extend(later);
        now
    }

    pub(crate) fn note_problem(&self, problem: Problem) {
        let mut state = self.state();
        if state.problems.iter().all(|known| known.code() != problem.code()) {
            state.problems.push(problem);
        }
    }

    pub(crate) fn send_patch(&self, sink: &dyn InspectSink) {
        let patch = self.with_dissection(Dissection::patch).ok().flatten();
        if let Some(patch) = patch {
            sink.on(InspectEvent::Patch { patch });
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// On a metered registry configs follow for free; manifests are read for one platform.
fn picked_by_platform(graph: &anatomy::Graph, want: &Want, wanted: &Platform) -> bool {
    if want.class != anatomy::WantClass::Manifest {
        return true;
    }
    let node = graph.node(&want.node);
    let attestation = node.is_some_and(|node| node.role == anatomy::Role::Attestation);
    !attestation && node.and_then(|node| node.platform.as_ref()).is_some_and(|platform| platform.is_same(wanted))
}

pub(crate) fn not_read() -> Problem {
    Problem::internal("the image was not read")
}

/// The platform that an engine on this machine asks for: Linux in a virtual machine where the
/// system is no Linux (diagnostics B1.8).
fn this_machine() -> Platform {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "powerpc64" => "ppc64le",
        other => other,
    };
    Platform { os: "linux".to_owned(), architecture: architecture.to_owned(), ..Platform::default() }
}
