//! What happens between a name and the first byte of a blob, step by step, for people who look for
//! the step that fails.
//!
//! The name is looked up, the connection opened and TLS agreed on by measurements of their own; they
//! send nothing but a TLS greeting. From `GET /v2/` on it is the very client that everything else is
//! asked with, made anew so that nothing is known of the registry yet, and listened to: one question
//! for the manifest is challenge, account, token and HEAD.

mod auth;
mod certificate;
mod claims;
mod handshake;
mod pull;
mod reach;
mod recorder;
mod route;
mod run;
mod shown;

use anatomy::Named;
use serde::{Deserialize, Serialize};
use source::{CredentialOrigin, Problem, Requests};

use crate::RegistryClient;

/// A step (messages `probe-step-KIND`), in the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ProbeStepKind {
    /// The reference is read.
    Name,
    /// The way: direct, or through which proxy.
    Route,
    /// The name of the host is looked up.
    Dns,
    /// A connection is opened.
    Tcp,
    /// TLS is agreed on.
    Tls,
    /// `GET /v2/`.
    Ping,
    /// The challenge is read.
    Challenge,
    /// An account is looked for.
    Account,
    /// A token is fetched.
    Token,
    /// `HEAD` of the manifest.
    Head,
    /// `GET` of the manifest.
    Get,
    /// The first byte of a blob.
    Blob,
}

/// How a step ended (messages `probe-verdict-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ProbeVerdict {
    /// It worked.
    Passed,
    /// It worked, and something about it is worth knowing.
    Noted,
    /// It failed: what comes after it could not be tried.
    Failed,
    /// There was nothing to do, or an earlier step failed.
    Skipped,
}

/// What a fact is about (messages `probe-fact-NAME`). A value that is a word itself is told by
/// `probe-fact-NAME-VALUE`, where there is such a message; every other value is data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ProbeFactName {
    /// Why there was nothing to do: a [`ProbeReason`].
    Reason,
    /// `host[:port]` as in the reference.
    Registry,
    /// Who is really asked, where that is another name.
    Host,
    /// In full.
    Repository,
    /// As typed, or `latest`.
    Tag,
    /// Why no proxy is used: a [`ProbeDirect`].
    Direct,
    /// Which proxy, without its account.
    Proxy,
    /// The environment variable that names the proxy, or `system`.
    ProxyFrom,
    /// The account at the proxy.
    ProxyAccount,
    /// The variable that keeps the host from the proxy, or `system`.
    NoProxy,
    /// `host:port` that was looked up.
    LookedUp,
    /// What a name leads to.
    Address,
    /// The address that was given by hand (`--resolve`).
    Pinned,
    /// An address that was connected to, and how long that took.
    Connected,
    /// An address that was not, and why.
    NotConnected,
    /// `TLSv1.3`.
    Protocol,
    /// The cipher suite.
    Cipher,
    /// What was agreed on to speak inside TLS (ALPN): `h2`, `http/1.1`.
    Alpn,
    /// Subject of the server's certificate.
    Subject,
    /// Its issuer.
    Issuer,
    /// The names and addresses that it is good for.
    Names,
    /// From when it is good.
    NotBefore,
    /// Until when.
    NotAfter,
    /// It is good for that many days only.
    DaysLeft,
    /// Issuer of the last certificate that the server sent.
    Authority,
    /// Nobody checked it (`--insecure`).
    Unchecked,
    /// The server asked for a certificate of the client's.
    ClientCertificate,
    /// `HTTP/2.0`, `HTTP/1.1`.
    Http,
    /// `Docker-Distribution-Api-Version`.
    ApiVersion,
    /// `Server`.
    Server,
    /// How far the server's clock is from ours, in seconds; more is ahead.
    ClockSkew,
    /// What answers is no registry, by the media type that it gave.
    NotARegistry,
    /// A status that `/v2/` does not have.
    OddStatus,
    /// To whom the answer sent on.
    RedirectedTo,
    /// How the registry wants to know who asks: `Bearer`, `Basic`.
    Scheme,
    /// Where tokens are given.
    Realm,
    /// For whom.
    Service,
    /// For what.
    Scope,
    /// The account's name.
    Account,
    /// Where the account was found.
    FoundIn,
    /// A place without an account for this registry.
    NothingIn,
    /// A place that could not be looked at.
    FailedIn,
    /// The registry turned down the account that was found here.
    TurnedDown,
    /// There was no account: it was asked without one.
    Anonymous,
    /// The token server's status, where it was none that gives a token.
    TokenStatus,
    /// How long the token is good, in seconds.
    ExpiresIn,
    /// When it ends, as the token itself says.
    Expires,
    /// What the token is good for, as it says: `type:name:actions`, or `nothing`.
    Grants,
    /// Digest of the manifest.
    Digest,
    /// The digest that the server promised, where the bytes have another.
    Promised,
    /// As the server says.
    MediaType,
    /// Bytes.
    Size,
    /// Pulls that are left: `98/100`, and the window.
    RateLimit,
    /// Text of a `Warning` header.
    Warning,
    /// Why HEAD did not work although GET did.
    HeadStatus,
    /// The manifest of the index's first image, on the way to a blob.
    Through,
    /// Digest of the blob.
    Blob,
    /// What it is: `layer`, `config`.
    Part,
    /// Whether the server gives parts: `partial`, `whole`.
    Range,
}

/// Why a step had nothing to do (messages `probe-fact-reason-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ProbeReason {
    /// An earlier step failed.
    EarlierStep,
    /// The registry is written as an address.
    AddressTyped,
    /// The address was given by hand (`--resolve`).
    AddressGiven,
    /// Plain HTTP was asked for.
    PlainHttp,
    /// This machine itself, and it answers plain HTTP.
    LoopbackPlain,
    /// TLS goes through a proxy of a kind whose inside this cannot measure.
    InsideProxy,
    /// The registry asked for nothing.
    NotAsked,
    /// The account itself is sent (Basic).
    Basic,
    /// A token was found ready.
    ReadyToken,
    /// The manifest names no blob that the registry has.
    NoBlob,
}

/// Why there is no proxy in between (messages `probe-fact-direct-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ProbeDirect {
    /// It is this machine itself.
    ThisMachine,
    /// None is set.
    NoneSet,
    /// The host is excepted.
    Excepted,
}

/// Something that a step found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProbeFact {
    /// What it is about.
    pub name: ProbeFactName,
    /// Safe to show.
    pub value: String,
}

impl ProbeFact {
    pub(crate) fn new(name: ProbeFactName, value: impl std::fmt::Display) -> Self {
        let value: String = value.to_string().chars().take(1024).collect();
        Self { name, value: anatomy::visible(&value).into_owned() }
    }

    pub(crate) fn reason(reason: ProbeReason) -> Self {
        Self::new(ProbeFactName::Reason, <&'static str>::from(reason))
    }
}

/// One step of a probe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct ProbeStep {
    /// Which.
    pub kind: ProbeStepKind,
    /// How it ended.
    pub verdict: ProbeVerdict,
    /// From the beginning of the probe.
    pub started_ms: u32,
    /// Of this step alone.
    pub elapsed_ms: u32,
    /// `GET https://host/v2/`, where something was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// Of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Headers of the answer in their order, those with secrets blanked.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// What it found.
    #[serde(default)]
    pub facts: Vec<ProbeFact>,
    /// The server's own words, where it failed; at most 4 KiB, secrets blanked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

impl ProbeStep {
    pub(crate) fn new(kind: ProbeStepKind, started_ms: u32) -> Self {
        Self {
            kind,
            verdict: ProbeVerdict::Passed,
            started_ms,
            elapsed_ms: 0,
            request: None,
            status: None,
            headers: Vec::new(),
            facts: Vec::new(),
            said: None,
            problem: None,
        }
    }

    pub(crate) fn skipped(kind: ProbeStepKind, started_ms: u32, reason: ProbeReason) -> Self {
        let facts = vec![ProbeFact::reason(reason)];
        Self { verdict: ProbeVerdict::Skipped, facts, ..Self::new(kind, started_ms) }
    }

    pub(crate) fn failed(mut self, problem: Problem) -> Self {
        self.verdict = ProbeVerdict::Failed;
        self.said = self.said.or_else(|| problem.evidence.iter().rev().find_map(|evidence| evidence.said.clone()));
        self.problem = Some(problem);
        self
    }

    pub(crate) fn fact(&mut self, name: ProbeFactName, value: impl std::fmt::Display) {
        self.facts.push(ProbeFact::new(name, value));
    }

    /// It worked, and this is worth knowing.
    pub(crate) fn note(&mut self, name: ProbeFactName, value: impl std::fmt::Display) {
        self.fact(name, value);
        if self.verdict == ProbeVerdict::Passed {
            self.verdict = ProbeVerdict::Noted;
        }
    }
}

/// Hears of steps as they end. A step that went on after it was told (a second account) is told
/// again, whole. Implementations return at once.
pub trait ProbeSink: Send + Sync {
    /// One step.
    fn on(&self, step: &ProbeStep);
}

/// What a probe found.
#[derive(Clone, Debug)]
pub struct Probed {
    /// One of each kind, in order.
    pub steps: Vec<ProbeStep>,
    /// The account with which it was asked in the end.
    pub account: Option<String>,
    /// Where that was found.
    pub origin: CredentialOrigin,
    /// What was asked over HTTP.
    pub requests: Requests,
}

impl RegistryClient {
    /// Takes the steps one by one, with connections and tokens of its own. A step that fails is part
    /// of the answer, and those after it are skipped. It costs a HEAD, a GET (two for an index) and
    /// one byte of a blob.
    ///
    /// # Errors
    /// When there is no client to be made; nothing that a registry does.
    pub async fn probe(&self, named: &Named, sink: &dyn ProbeSink) -> Result<Probed, Problem> {
        run::probe(self, named, sink).await
    }
}
