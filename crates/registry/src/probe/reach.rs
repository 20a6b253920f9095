//! Names to addresses, addresses to connections: every address is tried, so that a family that leads
//! nowhere (IPv6 without a route, mostly) is seen although the other one works.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use source::{Problem, ProblemKind, Stage};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::{ProbeFactName, ProbeReason, ProbeStep, ProbeVerdict};
use crate::classify;

/// As many addresses of one name are tried.
const ADDRESSES: usize = 16;
/// So long the others are waited for once one is connected.
const GRACE: Duration = Duration::from_millis(500);

/// A host that is to be reached.
pub(super) struct Place<'p> {
    /// A name or an address, without brackets.
    pub(super) host: &'p str,
    pub(super) port: u16,
    /// As it is shown: `host[:port]`.
    pub(super) shown: &'p str,
    /// Given by hand.
    pub(super) pinned: Option<IpAddr>,
    pub(super) patience: Duration,
}

impl Place<'_> {
    /// Looks the name up.
    pub(super) async fn look_up(&self, step: &mut ProbeStep) -> Result<Vec<SocketAddr>, Problem> {
        if let Some(ip) = self.pinned {
            step.verdict = ProbeVerdict::Skipped;
            step.facts.push(super::ProbeFact::reason(ProbeReason::AddressGiven));
            step.fact(ProbeFactName::Pinned, ip);
            return Ok(vec![SocketAddr::new(ip, self.port)]);
        }
        if let Ok(ip) = self.host.parse::<IpAddr>() {
            step.verdict = ProbeVerdict::Skipped;
            step.facts.push(super::ProbeFact::reason(ProbeReason::AddressTyped));
            return Ok(vec![SocketAddr::new(ip, self.port)]);
        }
        step.fact(ProbeFactName::LookedUp, self.host);
        let unresolved = || Problem::new(ProblemKind::NameNotResolved { host: self.shown.to_owned() });
        let looked_up = timeout(self.patience, tokio::net::lookup_host((self.host, self.port))).await;
        let mut addresses: Vec<SocketAddr> = match looked_up {
            Ok(Ok(addresses)) => addresses.take(ADDRESSES).collect(),
            Ok(Err(error)) => return Err(unresolved().because(&error)),
            Err(_) => return Err(classify::timed_out(self.shown, Stage::Connect, self.patience)),
        };
        addresses.dedup();
        if addresses.is_empty() {
            return Err(unresolved());
        }
        for address in &addresses {
            step.fact(ProbeFactName::Address, address.ip());
        }
        Ok(addresses)
    }

    /// Connects to every address at once, and gives the connection that was there first.
    pub(super) async fn connect(&self, step: &mut ProbeStep, addresses: &[SocketAddr]) -> Result<TcpStream, Problem> {
        let began = Instant::now();
        let mut tries: FuturesUnordered<_> = addresses
            .iter()
            .map(|address| async move {
                let connected = timeout(self.patience, TcpStream::connect(address)).await;
                (*address, connected, began.elapsed())
            })
            .collect();
        let mut first = None;
        let mut failures = Vec::new();
        let mut left: Vec<SocketAddr> = addresses.to_vec();
        let mut until = None;
        loop {
            let next = match until {
                None => tries.next().await,
                Some(until) => match tokio::time::timeout_at(until, tries.next()).await {
                    Ok(next) => next,
                    Err(_) => break,
                },
            };
            let Some((address, connected, after)) = next else { break };
            left.retain(|other| *other != address);
            match connected {
                Ok(Ok(stream)) => {
                    step.fact(ProbeFactName::Connected, format!("{address} ({} ms)", after.as_millis()));
                    if first.is_none() {
                        first = Some((stream, after));
                        until = Some(Instant::now() + GRACE);
                    }
                }
                Ok(Err(error)) => failures.push((address, Some(error))),
                Err(_) => failures.push((address, None)),
            }
        }
        let Some((stream, after)) = first else { return Err(self.failure(step, failures)) };
        for (address, error) in failures {
            step.note(ProbeFactName::NotConnected, why(address, error.as_ref()));
        }
        for address in left {
            step.note(ProbeFactName::NotConnected, why(address, None));
        }
        // What came later is told, and is no part of how long it takes to be connected.
        step.elapsed_ms = u32::try_from(after.as_millis()).unwrap_or(u32::MAX);
        Ok(stream)
    }

    fn failure(&self, step: &mut ProbeStep, failures: Vec<(SocketAddr, Option<std::io::Error>)>) -> Problem {
        let hangs = failures.iter().any(|(_, error)| error.is_none());
        let mut problem = if hangs {
            classify::timed_out(self.shown, Stage::Connect, self.patience)
        } else {
            ProblemKind::Unreachable { host: self.shown.to_owned() }.into()
        };
        for (address, error) in failures {
            step.fact(ProbeFactName::NotConnected, why(address, error.as_ref()));
            problem = problem.with(classify::evidence(format!("connect {address}"), None, None));
            if let Some(error) = error {
                problem = problem.because(&error);
            }
        }
        problem
    }
}

fn why(address: SocketAddr, error: Option<&std::io::Error>) -> String {
    match error {
        Some(error) => format!("{address}: {}", error.kind()),
        None => format!("{address}: timed out"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::ProbeStepKind;

    fn place(patience: Duration) -> Place<'static> {
        Place { host: "r.example", port: 5000, shown: "r.example:5000", pinned: None, patience }
    }

    #[tokio::test]
    async fn an_address_that_leads_nowhere_is_told_beside_the_one_that_works() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let good = listener.local_addr().unwrap();
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let bad = gone.local_addr().unwrap();
        drop(gone);
        let mut step = ProbeStep::new(ProbeStepKind::Tcp, 0);
        let stream = place(Duration::from_secs(5)).connect(&mut step, &[bad, good]).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), good);
        assert_eq!(step.verdict, ProbeVerdict::Noted);
        let told = |name| step.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.clone());
        assert_eq!(told(ProbeFactName::NotConnected).unwrap(), format!("{bad}: connection refused"));
        assert!(told(ProbeFactName::Connected).unwrap().starts_with(&good.to_string()));
    }

    #[tokio::test]
    async fn nobody_there_is_unreachable() {
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let bad = gone.local_addr().unwrap();
        drop(gone);
        let mut step = ProbeStep::new(ProbeStepKind::Tcp, 0);
        let problem = place(Duration::from_secs(5)).connect(&mut step, &[bad]).await.unwrap_err();
        assert_eq!(problem.what, ProblemKind::Unreachable { host: "r.example:5000".into() });
        assert_eq!(problem.evidence[0].attempted, format!("connect {bad}"));
    }
}
