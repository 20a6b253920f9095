//! What runs, and what is on a screen.
//!
//! The window makes the [`JobId`], so a cancel can never miss a start: one that comes first is kept
//! until the job begins. Cancelling drops the future of the work; nothing else has to co-operate.

use std::collections::{HashMap, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use explorer::Inspection;
use futures::FutureExt as _;
use serde::Deserialize;
use source::{Problem, ProblemKind};
use tokio_util::sync::CancellationToken;

/// Images that are kept for the window; the least recently used one gives way. Each may hold some
/// megabytes of documents.
const SESSIONS: usize = 16;

/// Cancels that are remembered for jobs which have not begun yet.
const EARLY_CANCELS: usize = 64;

/// A job of the window: one image that is looked at, with everything that is read for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub(crate) struct JobId(pub(crate) String);

/// All jobs of the app.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    running: HashMap<JobId, Running>,
    early: VecDeque<JobId>,
    /// The most recently used one last.
    sessions: Vec<Session>,
}

#[derive(Debug)]
struct Running {
    token: CancellationToken,
    window: String,
    /// An image can be read on in several places at once.
    guards: usize,
}

#[derive(Debug)]
struct Session {
    job: JobId,
    window: String,
    inspection: Arc<Inspection>,
}

impl Jobs {
    /// A piece of work begins for `window`; it is over when the guard is dropped.
    pub(crate) fn begin(self: &Arc<Self>, job: JobId, window: &str) -> JobGuard {
        let mut table = self.table();
        let cancelled_early = table.early.iter().position(|early| *early == job);
        let running = table.running.entry(job.clone()).or_insert_with(|| Running {
            token: CancellationToken::new(),
            window: window.to_owned(),
            guards: 0,
        });
        running.guards += 1;
        let token = running.token.clone();
        if let Some(place) = cancelled_early {
            table.early.remove(place);
            token.cancel();
        }
        JobGuard { jobs: Arc::clone(self), job, token }
    }

    /// Stops everything that runs for a job, also when it has not begun yet. What was read stays.
    pub(crate) fn cancel(&self, job: JobId) {
        let mut table = self.table();
        if let Some(running) = table.running.get(&job) {
            running.token.cancel();
        } else if table.sessions.iter().all(|session| session.job != job) {
            if table.early.len() == EARLY_CANCELS {
                table.early.pop_front();
            }
            table.early.push_back(job);
        }
    }

    /// Stops a job and forgets what was read for it.
    pub(crate) fn close(&self, job: &JobId) {
        let mut table = self.table();
        if let Some(running) = table.running.get(job) {
            running.token.cancel();
        }
        table.sessions.retain(|session| session.job != *job);
    }

    /// Stops and forgets everything that a window asked for.
    pub(crate) fn close_window(&self, window: &str) {
        let mut table = self.table();
        for running in table.running.values().filter(|running| running.window == window) {
            running.token.cancel();
        }
        table.sessions.retain(|session| session.window != window);
    }

    /// Keeps an image for the questions that follow.
    pub(crate) fn keep(&self, job: JobId, window: &str, inspection: Arc<Inspection>) {
        let mut table = self.table();
        table.sessions.retain(|session| session.job != job);
        if table.sessions.len() == SESSIONS {
            table.sessions.remove(0);
        }
        table.sessions.push(Session { job, window: window.to_owned(), inspection });
    }

    /// The image of a job.
    ///
    /// # Errors
    /// When it was closed, or had to give way to many others.
    pub(crate) fn session(&self, job: &JobId) -> Result<Arc<Inspection>, Problem> {
        let mut table = self.table();
        let place = table.sessions.iter().position(|session| session.job == *job);
        let place = place.ok_or_else(|| Problem::internal("the image is no longer open"))?;
        let session = table.sessions.remove(place);
        let inspection = Arc::clone(&session.inspection);
        table.sessions.push(session);
        Ok(inspection)
    }

    fn end(&self, job: &JobId) {
        let mut table = self.table();
        if let Some(running) = table.running.get_mut(job) {
            running.guards -= 1;
            if running.guards == 0 {
                table.running.remove(job);
            }
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Registers a piece of work as long as it lives.
#[derive(Debug)]
pub(crate) struct JobGuard {
    jobs: Arc<Jobs>,
    job: JobId,
    token: CancellationToken,
}

impl JobGuard {
    /// Cancelled when the reader says so, or when nobody listens any more.
    pub(crate) fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Does the work, unless it is cancelled first; a panic is a problem like any other.
    pub(crate) async fn run<T>(&self, work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
        tokio::select! {
            biased;
            () = self.token.cancelled() => Err(ProblemKind::Cancelled.into()),
            done = AssertUnwindSafe(work).catch_unwind() => done.unwrap_or_else(|panic| Err(panicked(panic.as_ref()))),
        }
    }
}

impl Drop for JobGuard {
    fn drop(&mut self) {
        self.jobs.end(&self.job);
    }
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> Problem {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Problem::internal(format!("panicked: {}", said.unwrap_or("no message")))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn job(name: &str) -> JobId {
        JobId(name.to_owned())
    }

    fn now<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(work)
    }

    fn forever() -> impl Future<Output = Result<(), Problem>> {
        futures::future::pending()
    }

    #[test]
    fn work_that_is_done_gives_its_value() {
        let jobs = Arc::new(Jobs::default());
        let guard = jobs.begin(job("a"), "main");
        assert_eq!(now(guard.run(async { Ok(7) })), Ok(7));
        drop(guard);
        assert!(jobs.table().running.is_empty());
    }

    #[test]
    fn cancel_drops_the_work() {
        let jobs = Arc::new(Jobs::default());
        let guard = jobs.begin(job("a"), "main");
        let stopped = now(async {
            let stop = async {
                tokio::time::sleep(Duration::from_millis(5)).await;
                jobs.cancel(job("a"));
            };
            tokio::join!(guard.run(forever()), stop).0
        });
        assert_eq!(stopped, Err(ProblemKind::Cancelled.into()));
    }

    #[test]
    fn a_cancel_that_comes_first_is_kept() {
        let jobs = Arc::new(Jobs::default());
        jobs.cancel(job("a"));
        assert_eq!(now(jobs.begin(job("a"), "main").run(forever())), Err(ProblemKind::Cancelled.into()));
        // And is used up.
        assert_eq!(now(jobs.begin(job("a"), "main").run(async { Ok(1) })), Ok(1));
    }

    #[test]
    fn early_cancels_are_bounded() {
        let jobs = Arc::new(Jobs::default());
        for number in 0..10 * EARLY_CANCELS {
            jobs.cancel(job(&number.to_string()));
        }
        assert_eq!(jobs.table().early.len(), EARLY_CANCELS);
    }

    #[test]
    fn a_window_that_closes_takes_its_jobs_along() {
        let jobs = Arc::new(Jobs::default());
        let (mine, other) = (jobs.begin(job("a"), "main"), jobs.begin(job("b"), "second"));
        jobs.close_window("main");
        assert!(mine.token().is_cancelled());
        assert!(!other.token().is_cancelled());
    }

    #[test]
    fn a_job_runs_until_its_last_guard_is_gone() {
        let jobs = Arc::new(Jobs::default());
        let (first, second) = (jobs.begin(job("a"), "main"), jobs.begin(job("a"), "main"));
        drop(first);
        jobs.cancel(job("a"));
        assert!(second.token().is_cancelled());
        drop(second);
        assert!(jobs.table().running.is_empty());
        assert!(jobs.table().early.is_empty());
    }

    #[test]
    fn a_panic_is_our_fault_and_no_crash() {
        let jobs = Arc::new(Jobs::default());
        let problem = now(jobs.begin(job("a"), "main").run(async { Err::<(), _>(fault()) })).unwrap_err();
        assert_eq!(problem.code(), "internal");
        assert_eq!(problem.chain, ["panicked: never"]);
    }

    fn fault() -> Problem {
        panic!("never")
    }

    #[test]
    fn an_image_that_is_not_open_is_a_problem() {
        let jobs = Jobs::default();
        assert_eq!(jobs.session(&job("a")).unwrap_err().code(), "internal");
    }
}
