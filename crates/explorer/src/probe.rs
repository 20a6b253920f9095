//! The steps from a name to the first byte of a blob: the evidence that a diagnosis stands on.

use registry::{ProbeSink, ProbeStep};
use serde::{Deserialize, Serialize};
use source::{CredentialOrigin, Problem, Requests};

use crate::Explorer;

/// What to probe.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
pub struct ProbeRequest {
    /// As typed.
    pub reference: String,
    /// Speak plain HTTP, for this question only.
    pub plain_http: bool,
    /// Hosts that may serve tokens, for this question only.
    pub allow_realm: Vec<String>,
}

/// A place that an engine on this machine would ask before the registry itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Mirror {
    /// `host[:port][/prefix]`, as configured.
    pub location: String,
    /// The file that says so.
    pub file: String,
    /// Who reads that file: `docker`, `containers`.
    pub engine: String,
}

/// The whole answer (`docs/json.md`, `kaibo.probe/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct ProbeReport {
    /// `kaibo.probe/1`.
    pub schema: String,
    /// In full.
    pub reference: String,
    /// `host[:port]` of the registry.
    pub registry: String,
    /// Every step, in order.
    pub steps: Vec<ProbeStep>,
    /// The account with which it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Where it is; `none` when there is none.
    pub origin: CredentialOrigin,
    /// Engines on this machine that would ask somewhere else first. Kaibo asks the registry itself.
    pub mirrors: Vec<Mirror>,
    /// What was asked.
    pub requests: Requests,
}

impl Explorer {
    /// Takes the steps one by one. A step that fails is part of the answer.
    ///
    /// # Errors
    /// A reference that is none, or that leads to no registry.
    pub async fn probe(&self, _request: ProbeRequest, _sink: &dyn ProbeSink) -> Result<ProbeReport, Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }
}
