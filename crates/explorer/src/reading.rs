use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anatomy::{Fault, MediaType, NodeId, Platform, Role, Want, WantClass};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use source::{Answer, Locality, Meter, Problem, ProblemKind};

use crate::{InspectEvent, InspectSink, Inspection};

/// Which of the wanted documents are read.
#[derive(Clone, Debug)]
pub(crate) enum Picked {
    /// All.
    Everything,
    /// The manifest of one platform and its config.
    Platform(Platform),
    /// What one node stands for, and what it leads to.
    Node(NodeId),
}

/// Documents in flight at once; the registry client has its own limits per host below it.
const IN_FLIGHT: usize = 64;

/// The picture is sent at most this often while it grows: one frame of a display.
const FRAME: Duration = Duration::from_millis(16);

/// Reads what a dissection wants, in parallel, until it wants nothing more.
pub(crate) struct Reader<'r> {
    pub(crate) inspection: &'r Inspection,
    pub(crate) sink: &'r dyn InspectSink,
    pub(crate) meter: &'r Meter<'r>,
    pub(crate) started: Instant,
}

impl Reader<'_> {
    pub(crate) async fn read(&self, picked: &Picked) {
        let mut queue: VecDeque<Want> = self.inspection.take_wants(picked).into();
        let mut wanted = queue.len();
        let mut read = 0_usize;
        let mut running = FuturesUnordered::new();
        let mut shown = Instant::now();
        let mut changed = false;
        let mut given_up: Option<Problem> = None;
        loop {
            while running.len() < IN_FLIGHT
                && let Some(want) = queue.pop_front()
            {
                // Nobody asks forty times at a door that is locked.
                if let Some(problem) = &given_up {
                    self.refuse(&want, problem);
                    continue;
                }
                running.push(async move {
                    let answer = self.inspection.source.document(&want, self.meter).await;
                    (want, answer)
                });
            }
            let next = tokio::select! {
                next = running.next() => next,
                // Nothing came for a frame: what there is must not wait for the slowest.
                () = tokio::time::sleep(FRAME.saturating_sub(shown.elapsed())), if changed => {
                    self.show(wanted, read);
                    (shown, changed) = (Instant::now(), false);
                    continue;
                }
            };
            let Some((want, answer)) = next else { break };
            read += 1;
            match answer {
                Ok(answer) => self.take(&want, answer),
                Err(problem) => {
                    self.refuse(&want, &problem);
                    if concerns_the_whole_place(&problem.what) {
                        given_up.get_or_insert_with(|| problem.clone());
                    }
                    self.inspection.note_problem(problem);
                }
            }
            let more = self.inspection.take_wants(picked);
            wanted += more.len();
            queue.extend(more);
            changed = true;
            if shown.elapsed() >= FRAME {
                self.show(wanted, read);
                (shown, changed) = (Instant::now(), false);
            }
        }
        if self.inspection.source.locality() == Locality::Here {
            self.weigh_layers().await;
        }
        self.show(wanted, read);
    }

    fn take(&self, want: &Want, answer: Answer) {
        let content_type = answer.content_type.as_deref().map(MediaType::new);
        // The dissection is there: the wants came out of it.
        let _taken =
            self.inspection.with_dissection(|dissection| dissection.accept(want, answer.bytes, content_type.as_ref()));
    }

    fn refuse(&self, want: &Want, problem: &Problem) {
        let fault = fault_of(problem);
        let _taken = self.inspection.with_dissection(|dissection| dissection.reject(want, fault));
    }

    /// Where the parts lie on this machine, looking at the size of a layer's file costs nothing.
    async fn weigh_layers(&self) {
        let layers = self.inspection.with_dissection(|dissection| {
            let layers = dissection.graph().nodes.iter().filter(|node| node.role == Role::Layer);
            let want = |node: &anatomy::Node| {
                let digest = node.digest.clone()?;
                let (media_type, size) = (node.media_type.clone(), node.size);
                Some(Want { node: node.id.clone(), digest, class: WantClass::Layer, media_type, size })
            };
            layers.filter_map(want).collect::<Vec<_>>()
        });
        for want in layers.unwrap_or_default() {
            match self.inspection.source.presence(&want, self.meter).await {
                Ok(presence) => {
                    if let Some(size) = presence.size {
                        let _told = self.inspection.with_dissection(|dissection| dissection.weigh(&want.node, size));
                    }
                }
                Err(problem) => self.refuse(&want, &problem),
            }
        }
    }

    fn show(&self, wanted: usize, read: usize) {
        self.inspection.send_patch(self.sink);
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let requests = self.meter.requests(self.started.elapsed());
        self.sink.on(InspectEvent::Progress { requests, wanted: count(wanted), read: count(read) });
    }
}

/// What a problem with one document says of it.
pub(crate) fn fault_of(problem: &Problem) -> Fault {
    match &problem.what {
        ProblemKind::NotFound { .. } => Fault::Missing,
        ProblemKind::TooLarge { limit, .. } => Fault::OverLimit { limit: *limit },
        _ => Fault::Unreadable { problem: problem.code().to_owned() },
    }
}

/// Problems that every other document of the place would meet as well.
pub(crate) fn concerns_the_whole_place(what: &ProblemKind) -> bool {
    matches!(
        what,
        ProblemKind::NameNotResolved { .. }
            | ProblemKind::Unreachable { .. }
            | ProblemKind::TlsUntrusted { .. }
            | ProblemKind::TlsCertificate { .. }
            | ProblemKind::TlsNotSpoken { .. }
            | ProblemKind::AuthRequired { .. }
            | ProblemKind::AuthRejected { .. }
            | ProblemKind::AccessDenied { .. }
            | ProblemKind::RealmNotAllowed { .. }
            | ProblemKind::TokenFailed { .. }
            | ProblemKind::RateLimited { .. }
            | ProblemKind::BudgetExceeded { .. }
    )
}
