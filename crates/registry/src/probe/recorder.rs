//! Listens to the client while a question is asked: every exchange, every look for an account.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use http::HeaderMap;
use source::{CredentialProvider, Found, LookPlace, Problem, Whose};
use tokio::sync::Notify;
use tokio::time::Instant;
use url::Url;

use super::claims::{self, Claims};
use super::shown;
use crate::wire::{Exchanged, Tap};

/// What was heard, in the order in which it ended. It is never printed: an answer's headers may hold
/// what nobody may see.
#[derive(Clone)]
pub(super) enum Entry {
    /// An exchange with a server.
    Exchange(Box<Heard>),
    /// A look for an account.
    Look(Box<Looked>),
}

/// An exchange.
#[derive(Clone)]
pub(super) struct Heard {
    pub(super) started_ms: u32,
    pub(super) elapsed_ms: u32,
    /// `GET https://…`, safe to show.
    pub(super) attempted: String,
    pub(super) url: Url,
    pub(super) answer: Result<Answer, Problem>,
}

/// The head of an answer.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) protocol: String,
    pub(super) headers: HeaderMap,
    /// Safe to show.
    pub(super) shown: Vec<(String, String)>,
    /// What the body says, where it gives a token.
    pub(super) claims: Claims,
}

impl Heard {
    pub(super) fn end_ms(&self) -> u32 {
        self.started_ms.saturating_add(self.elapsed_ms)
    }

    pub(super) fn status(&self) -> Option<u16> {
        self.answer.as_ref().ok().map(|answer| answer.status)
    }
}

/// A look for an account.
#[derive(Clone)]
pub(super) struct Looked {
    pub(super) started_ms: u32,
    pub(super) elapsed_ms: u32,
    pub(super) found: Result<Found, Problem>,
}

/// Keeps what it hears until the probe is over.
pub(super) struct Recorder {
    began: Instant,
    entries: Mutex<Vec<Entry>>,
    heard: Notify,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

impl Recorder {
    pub(super) fn new(began: Instant) -> Arc<Self> {
        Arc::new(Self { began, entries: Mutex::default(), heard: Notify::new() })
    }

    /// Milliseconds from the beginning of the probe.
    pub(super) fn now_ms(&self) -> u32 {
        self.ms(Instant::now())
    }

    /// Waits until something was added since it was waited for last.
    pub(super) async fn heard(&self) {
        self.heard.notified().await;
    }

    pub(super) fn count(&self) -> usize {
        self.entries().len()
    }

    /// What was heard from entry number `from` on.
    pub(super) fn since(&self, from: usize) -> Vec<Entry> {
        self.entries().get(from..).map(<[Entry]>::to_vec).unwrap_or_default()
    }

    fn ms(&self, at: Instant) -> u32 {
        u32::try_from(at.saturating_duration_since(self.began).as_millis()).unwrap_or(u32::MAX)
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, entry: Entry) -> usize {
        let mut entries = self.entries();
        entries.push(entry);
        self.heard.notify_one();
        entries.len() - 1
    }
}

impl Tap for Recorder {
    fn exchanged(&self, exchange: &Exchanged<'_>) -> usize {
        let started_ms = self.ms(exchange.started);
        let answer = exchange.answer.map_err(Problem::clone).map(|(status, headers, protocol)| Answer {
            status,
            protocol: protocol.to_owned(),
            headers: shown::without_sent(headers, exchange.blank),
            shown: shown::headers(headers, exchange.blank),
            claims: Claims::default(),
        });
        self.add(Entry::Exchange(Box::new(Heard {
            started_ms,
            elapsed_ms: self.now_ms().saturating_sub(started_ms),
            attempted: exchange.attempted.to_owned(),
            url: exchange.url.clone(),
            answer,
        })))
    }

    fn read(&self, number: usize, body: &[u8]) {
        let now = self.now_ms();
        if let Some(Entry::Exchange(heard)) = self.entries().get_mut(number) {
            heard.elapsed_ms = now.saturating_sub(heard.started_ms);
            // A manifest has none of a token's members, and costs a millisecond to be sure of it.
            if let Ok(answer) = &mut heard.answer {
                answer.claims = claims::read(body);
            }
            self.heard.notify_one();
        }
    }
}

/// Looks for accounts as another provider does, and is heard.
#[derive(Debug)]
pub(super) struct Watched {
    pub(super) provider: Arc<dyn CredentialProvider>,
    pub(super) recorder: Arc<Recorder>,
}

#[async_trait]
impl CredentialProvider for Watched {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let started_ms = self.recorder.now_ms();
        let found = self.provider.find(whose).await;
        let elapsed_ms = self.recorder.now_ms().saturating_sub(started_ms);
        self.recorder.add(Entry::Look(Box::new(Looked { started_ms, elapsed_ms, found: found.clone() })));
        found
    }

    fn places(&self, whose: &Whose<'_>) -> Vec<LookPlace> {
        self.provider.places(whose)
    }
}
