//! What registries hold, asked over HTTP (OCI distribution-spec, Docker Registry API v2).
//!
//! A [`RegistryClient`] holds what all questions share: connections, tokens, what was learned of each
//! host. [`RegistryClient::repository`] gives a [`RegistrySource`], which is a
//! [`source::ContentSource`] and as cheap to make as to drop. From the inside out:
//!
//! - *wire*: one request, one answer. Gates, timeouts, caps on every body, the record of the exchange.
//!   Nothing is ever decoded in transit: digests and ranges are those of the bytes sent.
//! - *exchange*: redirects by our own rules (the Authorization stays at its origin, never down to
//!   http, not into a private network) and retries (idempotent only, Retry-After obeyed).
//! - *account*: which account was found, which was turned down (and is not sent again for a minute),
//!   which is tried next.
//! - *token*: which Authorization a repository is asked with. Challenges are answered, never
//!   anticipated: a public registry sees no account, a token server sees one request at a time.
//! - *ask*: one question: the scheme of a host, what is done about a 401 or 403 (a renewal, a wider scope,
//!   the next account, nobody), refusals as typed problems.
//!
//! Every question is exactly one request to the registry: no ping, no HEAD before a GET.
//!
//! The vocabulary of the protocol is oci-client's: its error codes here, and its reference grammar in
//! `anatomy`. The bytes are not: it would follow ten redirects to anywhere, read error bodies without
//! a cap, and know nothing of `--resolve`, of Docker's certificate folders and of the gates. Layers
//! are streamed over the same wire, and in the tests oci-client is the independent peer.

mod account;
mod ask;
mod catalogue;
mod certificate;
mod certs_d;
mod challenge;
mod classify;
mod client;
mod exchange;
mod host;
mod limit;
mod options;
mod probe;
mod question;
mod quota;
mod realm;
mod redact;
mod redirect;
mod repository;
mod retry;
mod scheme;
mod scope;
mod tls;
mod token;
mod token_server;
mod try_account;
mod way;
mod wire;
mod words;

pub use client::RegistryClient;
pub use options::{HostOptions, RegistryOptions, Timing, TrustPlaces};
pub use probe::{
    ProbeDirect, ProbeFact, ProbeFactName, ProbeReason, ProbeSink, ProbeStep, ProbeStepKind, ProbeVerdict, Probed,
};
pub use repository::{Part, RegistrySource};
pub use try_account::Taken;
