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
//! - *token*: which Authorization a repository is asked with. Challenges are answered, never
//!   anticipated: a public registry sees no account, a token server sees one request at a time.
//! - *client*: the scheme of a host, the one answer to a 401, refusals as typed problems.
//!
//! Every question is exactly one request to the registry: no ping, no HEAD before a GET.
//!
//! The vocabulary of the protocol is oci-client's: its error codes here, and its reference grammar in
//! `anatomy`. The bytes are not: it would follow ten redirects to anywhere, read error bodies without
//! a cap, and know nothing of `--resolve`, of Docker's certificate folders and of the gates. Layers
//! are streamed over the same wire, and in the tests oci-client is the independent peer.

mod catalogue;
mod challenge;
mod classify;
mod client;
mod der;
mod exchange;
mod host;
mod limit;
mod options;
mod probe;
mod quota;
mod realm;
mod redact;
mod redirect;
mod repository;
mod retry;
mod scheme;
mod tls;
mod token;
mod token_server;
mod wire;

pub use client::RegistryClient;
pub use options::{RegistryOptions, Timing, TrustPlaces};
pub use probe::{ProbeFact, ProbeSink, ProbeStep, ProbeStepKind, ProbeVerdict};
pub use repository::{Part, RegistrySource};
