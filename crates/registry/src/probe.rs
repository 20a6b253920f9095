//! What happens between a name and the first byte of a blob, step by step, for people who look for
//! the step that fails.

use serde::{Deserialize, Serialize};
use source::Problem;

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

/// Something that a step found: a word for it (messages `probe-fact-NAME`) and its value as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProbeFact {
    /// `address`, `issuer`, `not-after`, `protocol`, `realm`, `scope`, `digest`…
    pub name: String,
    /// Safe to show.
    pub value: String,
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

/// Hears of steps as they end. Implementations return at once.
pub trait ProbeSink: Send + Sync {
    /// One step.
    fn on(&self, step: &ProbeStep);
}
