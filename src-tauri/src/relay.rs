//! From an inspection to the window that watches it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use explorer::{InspectEvent, InspectSink};
use serde::Serialize;
use source::Event;
use tauri::ipc::Channel;
use tokio_util::sync::CancellationToken;

/// Progress is told at most this often: faster than an eye reads, slower than the window draws.
const BEAT: Duration = Duration::from_millis(50);

/// Sends events as they come; of progress, which only the newest matters of, one a beat.
///
/// Single requests stay here: progress carries their count, and one message for each would keep the
/// window's only thread busier than the picture does. A send that fails means that the window is
/// gone, and cancels the work.
pub(crate) struct Relay {
    channel: Channel<InspectEvent>,
    token: CancellationToken,
    progress: Mutex<Option<InspectEvent>>,
    sent: AtomicU32,
}

/// An answer that overtakes its events: large ones take another way to the window. The page waits
/// until it heard as many as were sent.
#[derive(Debug, Serialize)]
pub(crate) struct Watched<T> {
    answer: T,
    events: u32,
}

impl Relay {
    pub(crate) fn new(channel: Channel<InspectEvent>, token: CancellationToken) -> Self {
        Self { channel, token, progress: Mutex::default(), sent: AtomicU32::new(0) }
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
        Watched { answer, events: self.sent.load(Ordering::Acquire) }
    }

    fn flush(&self) {
        let progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(progress) = progress {
            self.send(progress);
        }
    }

    fn send(&self, event: InspectEvent) {
        if self.channel.send(event).is_ok() {
            self.sent.fetch_add(1, Ordering::AcqRel);
        } else {
            self.token.cancel();
        }
    }
}

impl InspectSink for Relay {
    fn on(&self, event: InspectEvent) {
        match event {
            InspectEvent::Progress { .. } => {
                *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(event);
            }
            InspectEvent::Source { event: Event::Request(_) } => {}
            InspectEvent::Named { .. } | InspectEvent::Patch { .. } | InspectEvent::Source { .. } => self.send(event),
        }
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

    fn listen() -> (Relay, Arc<Mutex<Vec<serde_json::Value>>>) {
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
                relay.on(progress(read));
            }
            relay.on(warning());
            relay.on(request());
        }));
        let heard = heard.lock().unwrap();
        assert_eq!(heard.len(), 2);
        assert_eq!(relay.watched(()).events, 2);
        assert_eq!(heard[0]["event"]["kind"], "warning");
        assert_eq!(heard[1]["read"], 4);
    }

    #[test]
    fn a_window_that_is_gone_cancels() {
        let token = CancellationToken::new();
        let relay = Relay::new(Channel::new(|_| Err(tauri::Error::WebviewNotFound)), token.clone());
        relay.on(warning());
        assert!(token.is_cancelled());
    }
}
