//! How many requests are in flight, over all and per host; what is remembered of each host.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Requests in flight over all hosts.
const OVERALL: usize = 64;
/// Requests in flight to one host.
const PER_HOST: usize = 24;
/// Layers in flight from one host.
const LAYERS_PER_HOST: usize = 4;

/// The gates of all hosts.
#[derive(Debug)]
pub(crate) struct Gates {
    overall: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Arc<HostGate>>>,
}

/// The gate of one `host:port`.
#[derive(Debug)]
pub(crate) struct HostGate {
    free: Semaphore,
    allowed: AtomicUsize,
    /// Places that were taken away while they were in use: the next to come back are not given out again.
    owed: AtomicUsize,
    layers: Arc<Semaphore>,
    quiet_until: Mutex<Option<Instant>>,
}

/// A place for one request, given back when dropped.
#[derive(Debug)]
pub(crate) struct Place {
    _host: HostPlace,
    _overall: OwnedSemaphorePermit,
    _layer: Option<OwnedSemaphorePermit>,
}

impl Gates {
    pub(crate) fn new() -> Self {
        Self { overall: Arc::new(Semaphore::new(OVERALL)), hosts: Mutex::default() }
    }

    pub(crate) fn host(&self, authority: &str) -> Arc<HostGate> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(authority.to_owned()).or_insert_with(|| {
            Arc::new(HostGate {
                free: Semaphore::new(PER_HOST),
                allowed: AtomicUsize::new(PER_HOST),
                owed: AtomicUsize::new(0),
                layers: Arc::new(Semaphore::new(LAYERS_PER_HOST)),
                quiet_until: Mutex::default(),
            })
        }))
    }

    /// Waits for a place, and until the host may be asked again.
    pub(crate) async fn enter(&self, host: &Arc<HostGate>, layer: bool) -> Place {
        // From the narrow gate to the wide one: who waits for a host does not keep others waiting.
        let layer = if layer { Some(own(&host.layers).await) } else { None };
        let permit = host.free.acquire().await.expect("the semaphore is never closed");
        permit.forget();
        let place = HostPlace(Arc::clone(host));
        loop {
            let until = *host.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
            match until {
                Some(until) if until > Instant::now() => tokio::time::sleep_until(until).await,
                _ => break,
            }
        }
        let overall = own(&self.overall).await;
        Place { _host: place, _overall: overall, _layer: layer }
    }
}

async fn own(semaphore: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    Arc::clone(semaphore).acquire_owned().await.expect("the semaphore is never closed")
}

/// One of the host's places, given back also when the caller is cancelled between the gates.
#[derive(Debug)]
struct HostPlace(Arc<HostGate>);

impl Drop for HostPlace {
    fn drop(&mut self) {
        self.0.leave();
    }
}

impl HostGate {
    fn leave(&self) {
        let owed = self.owed.fetch_update(Ordering::AcqRel, Ordering::Acquire, |owed| owed.checked_sub(1));
        if owed.is_err() {
            self.free.add_permits(1);
        }
    }

    /// The host says that it is too much: half as many from now on, at least one.
    pub(crate) fn halve(&self) {
        let halved = self
            .allowed
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |allowed| (allowed > 1).then_some(allowed / 2));
        if let Ok(before) = halved {
            let less = before - before / 2;
            let taken = self.free.forget_permits(less);
            self.owed.fetch_add(less - taken, Ordering::AcqRel);
        }
    }

    /// Nobody asks the host for this long.
    pub(crate) fn quiet_for(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut quiet = self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
        *quiet = Some(quiet.map_or(until, |q| q.max(until)));
    }

    #[cfg(test)]
    fn free(&self) -> usize {
        self.free.available_permits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn half_as_many_are_let_in_after_a_complaint_also_when_all_are_in_use() {
        let gates = Gates::new();
        let host = gates.host("a:443");
        let mut places = Vec::new();
        for _ in 0..PER_HOST {
            places.push(gates.enter(&host, false).await);
        }
        host.halve();
        drop(places);
        assert_eq!(host.free(), PER_HOST / 2);
        for _ in 0..10 {
            host.halve();
        }
        assert_eq!(host.free(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_quiet_host_is_left_alone_and_others_are_not() {
        let gates = Gates::new();
        let host = gates.host("a:443");
        host.quiet_for(Duration::from_secs(30));
        let start = Instant::now();
        drop(gates.enter(&gates.host("b:443"), false).await);
        assert_eq!(start.elapsed(), Duration::ZERO);
        drop(gates.enter(&host, false).await);
        assert_eq!(start.elapsed(), Duration::from_secs(30));
    }

    #[tokio::test]
    async fn who_is_cancelled_at_the_gate_gives_the_place_back() {
        let gates = Gates::new();
        let host = gates.host("a:443");
        host.quiet_for(Duration::from_secs(600));
        let waiting = tokio::time::timeout(Duration::from_millis(5), gates.enter(&host, true)).await;
        assert!(waiting.is_err());
        assert_eq!(host.free(), PER_HOST);
    }
}
