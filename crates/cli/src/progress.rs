//! What is seen while it works: a bar on a terminal, notes on standard error, nothing in a pipe.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use explorer::{InspectEvent, InspectSink};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use source::Event;
use words::{Arg, Words};

use crate::problem;

/// Shorter work shows no bar: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(400);

pub(crate) struct Progress<'w> {
    words: &'w Words,
    quiet: bool,
    message: &'static str,
    started: Instant,
    bar: Mutex<Option<ProgressBar>>,
}

impl<'w> Progress<'w> {
    /// `message` is the id of the line beside the bar.
    pub(crate) fn new(words: &'w Words, quiet: bool, message: &'static str) -> Self {
        Self { words, quiet, message, started: Instant::now(), bar: Mutex::new(None) }
    }

    /// Takes the bar away, so that the answer begins on a clean line.
    pub(crate) fn finish(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }

    fn note(&self, text: &str) {
        let write = || {
            // A closed standard error is no reason to stop.
            let _written = writeln!(anstream::stderr(), "{text}");
        };
        match &*self.bar.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    fn advance(&self, wanted: u32, read: u32, bytes: u64) {
        if self.started.elapsed() < PATIENCE {
            return;
        }
        let mut bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:24} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
            // Hidden by itself where standard error is no terminal.
            ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr()).with_style(style.progress_chars("━━╌"))
        });
        let args = [("read", Arg::from(read)), ("wanted", Arg::from(wanted)), ("bytes", Arg::from(bytes))];
        bar.set_message(self.words.say(self.message, &args));
        bar.set_length(wanted.into());
        bar.set_position(read.into());
    }
}

impl InspectSink for Progress<'_> {
    fn on(&self, event: InspectEvent) {
        if self.quiet {
            return;
        }
        match event {
            InspectEvent::Progress { requests, wanted, read } => self.advance(wanted, read, requests.bytes),
            InspectEvent::Source { event: Event::Waiting { host, status, seconds } } => {
                let args =
                    [("host", host.into()), ("status", status.to_string().into()), ("seconds", Arg::from(seconds))];
                self.note(&problem::note(self.words, "cli-note-waiting", &args));
            }
            InspectEvent::Source { event: Event::Warning { host, text } } => {
                self.note(&problem::note(
                    self.words,
                    "cli-note-warning",
                    &[("host", host.into()), ("text", text.into())],
                ));
            }
            InspectEvent::Named { .. } | InspectEvent::Patch { .. } | InspectEvent::Source { .. } => {}
        }
    }
}
