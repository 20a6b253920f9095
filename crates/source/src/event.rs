use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::CredentialOrigin;

/// One exchange with a server, safe to show: no header with a secret, no query of a signed URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct RequestFacts {
    /// `GET`, `HEAD`, `POST`.
    pub method: String,
    /// Scheme, host and path; the query only of registry and token URLs.
    pub url: String,
    /// Absent when no answer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Bytes of the body that were read.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// From sending to the last byte.
    pub elapsed_ms: u32,
    /// `HTTP/1.1`, `HTTP/2.0`; absent when no answer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
}

/// What a metered registry says of the pulls that are left, as its headers say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Quota {
    /// `ratelimit-limit`, the number before `;w=`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `ratelimit-remaining`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u32>,
    /// The window in seconds (`;w=`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_s: Option<u32>,
    /// `docker-ratelimit-source`: the address or account that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What happens while a source works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Event {
    /// An exchange ended, well or badly.
    Request(RequestFacts),
    /// The account with which a registry is asked.
    Credential {
        /// `host[:port]`.
        registry: String,
        /// Absent for anonymous and for tokens without a name.
        account: Option<String>,
        /// Where it was found.
        origin: CredentialOrigin,
    },
    /// The registry turned down an account that was found, and gave what was asked without it.
    TurnedDown {
        /// `host[:port]`.
        registry: String,
        /// Absent for tokens without a name.
        account: Option<String>,
        /// Where it was found.
        origin: CredentialOrigin,
    },
    /// The registry asks to wait (429, 503) and is obeyed.
    Waiting {
        /// `host[:port]`.
        host: String,
        /// Its status.
        status: u16,
        /// How long.
        seconds: u32,
    },
    /// A metered registry's headers.
    Quota(Quota),
    /// A `Warning: 299` header, control characters made visible.
    Warning {
        /// `host[:port]`.
        host: String,
        /// As sent.
        text: String,
    },
}

/// Takes note of events. Implementations return at once and never fail.
pub trait Sink: Send + Sync {
    /// One event.
    fn on(&self, event: Event);
}

/// Takes note of nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Sink for Silent {
    fn on(&self, _event: Event) {}
}

/// How much was asked of servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Requests {
    /// Exchanges, token requests included.
    pub count: u32,
    /// Bytes of bodies read.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// Wall-clock time of the whole answer.
    pub elapsed_ms: u32,
}

/// Counts requests on their way to another sink.
pub struct Meter<'s> {
    next: &'s dyn Sink,
    counted: Mutex<(Requests, Option<Quota>)>,
}

impl<'s> Meter<'s> {
    /// Counts what goes to `next`.
    #[must_use]
    pub fn new(next: &'s dyn Sink) -> Self {
        Self { next, counted: Mutex::default() }
    }

    /// What was counted so far; the caller, who has the clock, gives the time.
    #[must_use]
    pub fn requests(&self, elapsed: Duration) -> Requests {
        let (requests, _) = &*self.counted.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Requests { elapsed_ms: u32::try_from(elapsed.as_millis()).unwrap_or(u32::MAX), ..*requests }
    }

    /// The newest quota that a registry told.
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        self.counted.lock().unwrap_or_else(std::sync::PoisonError::into_inner).1.clone()
    }
}

impl Sink for Meter<'_> {
    fn on(&self, event: Event) {
        {
            let mut counted = self.counted.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            match &event {
                Event::Request(facts) => {
                    counted.0.count += 1;
                    counted.0.bytes += facts.bytes;
                }
                Event::Quota(quota) => counted.1 = Some(quota.clone()),
                _ => {}
            }
        }
        self.next.on(event);
    }
}
