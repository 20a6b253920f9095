//! What is seen while it works: a bar on a terminal, notes on standard error, nothing in a pipe.

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use explorer::{BrowseSink, InspectEvent, InspectSink, RepositoriesEvent, TagsEvent};
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
    listed: AtomicUsize,
}

impl<'w> Progress<'w> {
    /// `message` is the id of the line beside the bar.
    pub(crate) fn new(words: &'w Words, quiet: bool, message: &'static str) -> Self {
        Self { words, quiet, message, started: Instant::now(), bar: Mutex::new(None), listed: AtomicUsize::new(0) }
    }

    /// Takes the bar away, so that the answer begins on a clean line.
    pub(crate) fn finish(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }

    /// What a source has to tell that the reader wants to know at once.
    pub(crate) fn source(&self, event: Event) {
        if self.quiet {
            return;
        }
        let (id, args) = match event {
            Event::Waiting { host, status, seconds } => (
                "cli-note-waiting",
                vec![("host", host.into()), ("status", status.to_string().into()), ("seconds", Arg::from(seconds))],
            ),
            Event::Warning { host, text } => ("cli-note-warning", vec![("host", host.into()), ("text", text.into())]),
            Event::TurnedDown { registry, account, origin } => (
                "cli-note-turned-down",
                vec![
                    ("registry", registry.into()),
                    ("account", account.into()),
                    ("origin", self.words.tell("origin", &origin).into()),
                ],
            ),
            Event::Request(_) | Event::Credential { .. } | Event::Quota(_) => return,
        };
        self.note(&problem::note(self.words, id, &args));
    }

    /// More entries of a list, whose length nobody knows before its end.
    fn listed(&self, more: usize) {
        let listed = self.listed.fetch_add(more, Ordering::Relaxed) + more;
        if self.quiet || self.message != "cli-progress-list" || self.started.elapsed() < PATIENCE {
            return;
        }
        let mut bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bar.get_or_insert_with(|| {
            let style =
                ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style)
        });
        bar.set_message(self.words.say(self.message, &[("count", Arg::from(listed))]));
        bar.tick();
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
            InspectEvent::Source { event } => self.source(event),
            InspectEvent::Named { .. } | InspectEvent::Patch { .. } => {}
        }
    }
}

impl BrowseSink<RepositoriesEvent> for Progress<'_> {
    fn on(&self, event: RepositoriesEvent) {
        match event {
            RepositoriesEvent::Page { repositories } => self.listed(repositories.len()),
            RepositoriesEvent::Source { event } => self.source(event),
        }
    }
}

impl BrowseSink<TagsEvent> for Progress<'_> {
    fn on(&self, event: TagsEvent) {
        match event {
            TagsEvent::Page { tags } => self.listed(tags.len()),
            TagsEvent::Progress { requests, wanted, asked } if wanted > 0 => {
                if !self.quiet {
                    self.advance(wanted, asked, requests.bytes);
                }
            }
            TagsEvent::Source { event } => self.source(event),
            TagsEvent::Named { .. } | TagsEvent::Digests { .. } | TagsEvent::Progress { .. } => {}
        }
    }
}
