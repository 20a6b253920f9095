//! From a job to the window that watches it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use explorer::{BrowseSink, InspectEvent, InspectSink, RepositoriesEvent, TagsEvent};
use serde::Serialize;
use source::Event;
use tauri::ipc::{Channel, IpcResponse};
use tokio_util::sync::CancellationToken;

/// Progress is told at most this often: faster than an eye reads, slower than the window draws.
const BEAT: Duration = Duration::from_millis(50);

/// Sends events to the window and counts them. A send that fails means that the window is gone, and
/// cancels the work.
pub(crate) struct Line<E> {
    channel: Channel<E>,
    token: CancellationToken,
    sent: AtomicU32,
}

impl<E: IpcResponse> Line<E> {
    pub(crate) fn new(channel: Channel<E>, token: CancellationToken) -> Self {
        Self { channel, token, sent: AtomicU32::new(0) }
    }

    pub(crate) fn send(&self, event: E) {
        if self.channel.send(event).is_ok() {
            self.sent.fetch_add(1, Ordering::AcqRel);
        } else {
            self.token.cancel();
        }
    }

    /// An answer, with what was told on the way.
    pub(crate) fn watched<T>(&self, answer: T) -> Watched<T> {
        Watched { answer, events: self.sent.load(Ordering::Acquire) }
    }
}

/// Sends events as they come; of progress, which only the newest matters of, one a beat.
///
/// Single requests stay here: progress carries their count, and one message for each would keep the
/// window's only thread busier than the picture does.
pub(crate) struct Relay<E> {
    line: Line<E>,
    progress: Mutex<Option<E>>,
}

/// How soon the window has to hear of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// As soon as it happens.
    Now,
    /// On the next beat, and only the newest.
    Beat,
    /// Not at all.
    Never,
}

/// What a [`Relay`] carries.
pub(crate) trait Told: IpcResponse + Send + Sync {
    /// How soon it has to be heard of.
    fn urgency(&self) -> Urgency;
}

fn urgency_of(event: &Event) -> Urgency {
    if matches!(event, Event::Request(_)) { Urgency::Never } else { Urgency::Now }
}

impl Told for InspectEvent {
    fn urgency(&self) -> Urgency {
        match self {
            Self::Progress { .. } => Urgency::Beat,
            Self::Source { event } => urgency_of(event),
            Self::Named { .. } | Self::Patch { .. } => Urgency::Now,
        }
    }
}

impl Told for RepositoriesEvent {
    fn urgency(&self) -> Urgency {
        match self {
            Self::Source { event } => urgency_of(event),
            Self::Page { .. } => Urgency::Now,
        }
    }
}

impl Told for TagsEvent {
    fn urgency(&self) -> Urgency {
        match self {
            Self::Progress { .. } => Urgency::Beat,
            Self::Source { event } => urgency_of(event),
            Self::Named { .. } | Self::Page { .. } | Self::Digests { .. } => Urgency::Now,
        }
    }
}

/// An answer that overtakes its events: large ones take another way to the window. The page waits
/// until it heard as many as were sent.
#[derive(Debug, Serialize)]
pub(crate) struct Watched<T> {
    answer: T,
    events: u32,
}

impl<E: Told> Relay<E> {
    pub(crate) fn new(channel: Channel<E>, token: CancellationToken) -> Self {
        Self { line: Line::new(channel, token), progress: Mutex::default() }
    }

    /// Tells the progress of `work` while it lasts, and what is left to tell after it.
    pub(crate) async fn during<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        let done = loop {
            tokio::select! {
                done = &mut work => break done,
                () = tokio::time::sleep(BEAT) => self.flush(),
            }
        };
        self.flush();
        done
    }

    /// An answer, with what was told on the way.
    pub(crate) fn watched<T>(&self, answer: T) -> Watched<T> {
        self.line.watched(answer)
    }

    fn flush(&self) {
        let progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(progress) = progress {
            self.line.send(progress);
        }
    }

    fn tell(&self, event: E) {
        match event.urgency() {
            Urgency::Now => self.line.send(event),
            Urgency::Beat => *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(event),
            Urgency::Never => {}
        }
    }
}

impl InspectSink for Relay<InspectEvent> {
    fn on(&self, event: InspectEvent) {
        self.tell(event);
    }
}

impl<E: Told + Sync> BrowseSink<E> for Relay<E> {
    fn on(&self, event: E) {
        self.tell(event);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use source::{RequestFacts, Requests};
    use tauri::ipc::InvokeResponseBody;

    use super::*;

    fn progress(read: u32) -> InspectEvent {
        InspectEvent::Progress { requests: Requests::default(), wanted: 9, read }
    }

    fn warning() -> InspectEvent {
        InspectEvent::Source { event: Event::Warning { host: "h".into(), text: "t".into() } }
    }

    fn request() -> InspectEvent {
        let facts = RequestFacts {
            method: "GET".into(),
            url: "https://h/v2/".into(),
            status: None,
            bytes: 0,
            elapsed_ms: 1,
            protocol: None,
        };
        InspectEvent::Source { event: Event::Request(facts) }
    }

    fn listen() -> (Relay<InspectEvent>, Arc<Mutex<Vec<serde_json::Value>>>) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let channel = Channel::new(move |body| {
            let InvokeResponseBody::Json(json) = body else { panic!("events are JSON") };
            ear.lock().unwrap().push(serde_json::from_str(&json).unwrap());
            Ok(())
        });
        (Relay::new(channel, CancellationToken::new()), heard)
    }

    #[test]
    fn of_progress_only_the_newest_is_told() {
        let (relay, heard) = listen();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(relay.during(async {
            for read in 0..5 {
                relay.tell(progress(read));
            }
            relay.tell(warning());
            relay.tell(request());
        }));
        let heard = heard.lock().unwrap();
        assert_eq!(heard.len(), 2);
        assert_eq!(relay.watched(()).events, 2);
        assert_eq!(heard[0]["event"]["kind"], "warning");
        assert_eq!(heard[1]["read"], 4);
    }

    #[test]
    fn pages_are_told_at_once_and_single_requests_never() {
        let page = TagsEvent::Page { tags: Vec::new() };
        let progress = TagsEvent::Progress { requests: Requests::default(), wanted: 9, asked: 1 };
        let InspectEvent::Source { event } = request() else { panic!("made so") };
        assert_eq!(page.urgency(), Urgency::Now);
        assert_eq!(progress.urgency(), Urgency::Beat);
        assert_eq!(TagsEvent::Source { event: event.clone() }.urgency(), Urgency::Never);
        assert_eq!(RepositoriesEvent::Source { event }.urgency(), Urgency::Never);
        assert_eq!(RepositoriesEvent::Page { repositories: Vec::new() }.urgency(), Urgency::Now);
    }

    #[test]
    fn a_window_that_is_gone_cancels() {
        let token = CancellationToken::new();
        let relay = Relay::new(Channel::new(|_| Err(tauri::Error::WebviewNotFound)), token.clone());
        relay.tell(warning());
        assert!(token.is_cancelled());
    }
}
