//! What tags name: one HEAD each, which counts as no pull.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use anatomy::Target;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use registry::RegistrySource;
use source::{ContentSource, Meter, Presence, Problem, ProblemKind};

use super::listing::count;
use super::{BrowseSink, TagDigest, TagRow, TagsEvent, TagsRequest};
use crate::reading::concerns_the_whole_place;

/// HEADs of a metered registry without a word of the reader's: it counts none, and is not glad of many.
const METERED: usize = 100;
/// HEADs of other registries.
const UNMETERED: usize = 5_000;
/// In flight at once; the registry client has its own limits per host below it.
const IN_FLIGHT: usize = 24;
/// What came is shown at most this often.
const BEAT: Duration = Duration::from_millis(50);

/// Asks what tags name.
pub(super) struct Heads<'h> {
    pub(super) source: &'h RegistrySource,
    pub(super) meter: &'h Meter<'h>,
    pub(super) sink: &'h dyn BrowseSink<TagsEvent>,
    pub(super) started: Instant,
}

impl Heads<'_> {
    /// Asks for the digests that no list told, of the newest tags first, of tags about other images
    /// last. On a metered registry one tag is asked for in any case, when nothing was asked of the
    /// registry itself before: the answer tells of the pulls that are left.
    ///
    /// `rows` are in order. What stands in the way of one tag is a problem beside; what stands in the
    /// way of all of them ends the asking.
    pub(super) async fn ask(&self, request: &TagsRequest, rows: &mut [TagRow], problems: &mut Vec<Problem>) {
        // A registry may say only with its first answer that it counts.
        let budget = || match request.budget {
            Some(budget) => usize::try_from(budget).unwrap_or(usize::MAX),
            None if self.source.metered() => METERED,
            None => UNMETERED,
        };
        let places: HashMap<String, usize> =
            rows.iter().zip(0..).map(|(row, place)| (row.entry.name.clone(), place)).collect();
        let wanted = |attached: bool| {
            let unknown =
                rows.iter().filter(move |row| row.entry.digest.is_none() && row.attached.is_some() == attached);
            unknown.map(|row| row.entry.name.clone())
        };
        let mut queue: VecDeque<String> = VecDeque::new();
        if request.digests {
            queue.extend(wanted(false).chain(wanted(true)).take(budget()));
        }
        if queue.is_empty() {
            self.ask_for_quota(rows, problems).await;
            return;
        }
        let mut wanted = queue.len();
        let (mut sent, mut asked) = (0, 0);
        let mut shown = Instant::now();
        let mut fresh: Vec<TagDigest> = Vec::new();
        let mut running = FuturesUnordered::new();
        let mut given_up = false;
        loop {
            while running.len() < IN_FLIGHT
                && !given_up
                && sent < budget()
                && let Some(name) = queue.pop_front()
            {
                running.push(self.head(name));
                sent += 1;
            }
            wanted = wanted.min(budget().max(sent));
            let next = tokio::select! {
                next = running.next() => next,
                () = tokio::time::sleep(BEAT.saturating_sub(shown.elapsed())), if !fresh.is_empty() => {
                    self.show(&mut fresh, wanted, asked);
                    shown = Instant::now();
                    continue;
                }
            };
            let Some((name, answer)) = next else { break };
            asked += 1;
            match answer {
                Ok(presence) => {
                    if let Some(found) = told(name, presence) {
                        if let Some(row) = places.get(&found.name).and_then(|place| rows.get_mut(*place)) {
                            learn(row, &found);
                        }
                        fresh.push(found);
                    }
                }
                Err(problem) => {
                    given_up |= concerns_the_whole_place(&problem.what);
                    note(problems, problem);
                }
            }
            if shown.elapsed() >= BEAT {
                self.show(&mut fresh, wanted, asked);
                shown = Instant::now();
            }
        }
        self.show(&mut fresh, wanted, asked);
    }

    async fn ask_for_quota(&self, rows: &mut [TagRow], problems: &mut Vec<Problem>) {
        let Some(row) = rows.first_mut().filter(|_| self.source.metered() && self.meter.quota().is_none()) else {
            return;
        };
        match self.head(row.entry.name.clone()).await {
            (name, Ok(presence)) => {
                if let Some(found) = told(name, presence).filter(|_| row.entry.digest.is_none()) {
                    learn(row, &found);
                    self.show(&mut vec![found], 1, 1);
                }
            }
            // That there are no pulls left is what was asked.
            (_, Err(problem)) if matches!(problem.what, ProblemKind::RateLimited { .. }) => note(problems, problem),
            (_, Err(_)) => {}
        }
    }

    async fn head(&self, name: String) -> (String, Result<Presence, Problem>) {
        let answer = self.source.head(&Target::Tag(name.clone()), self.meter).await;
        (name, answer)
    }

    fn show(&self, fresh: &mut Vec<TagDigest>, wanted: usize, asked: usize) {
        if !fresh.is_empty() {
            self.sink.on(TagsEvent::Digests { digests: std::mem::take(fresh) });
        }
        let requests = self.meter.requests(self.started.elapsed());
        self.sink.on(TagsEvent::Progress { requests, wanted: count(wanted), asked: count(asked) });
    }
}

/// A registry that answers a HEAD without the digest tells nothing of the tag.
fn told(name: String, presence: Presence) -> Option<TagDigest> {
    let media_type = presence.content_type.map(|text| anatomy::visible(&text).into_owned());
    Some(TagDigest { name, digest: presence.digest?, media_type, document_size: presence.size })
}

fn learn(row: &mut TagRow, found: &TagDigest) {
    row.entry.digest = Some(found.digest.clone());
    if row.entry.media_type.is_none() {
        row.entry.media_type.clone_from(&found.media_type);
    }
}

/// The first of each kind.
fn note(problems: &mut Vec<Problem>, problem: Problem) {
    if problems.iter().all(|known| known.code() != problem.code()) {
        problems.push(problem);
    }
}
