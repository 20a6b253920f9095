//! The steps from a name to the first byte of a blob: the evidence that a diagnosis stands on.

use anatomy::Reference;
use registry::{ProbeSink, ProbeStep};
use serde::{Deserialize, Serialize};
use source::{CredentialOrigin, Problem, ProblemKind, Requests};

use crate::explorer::{Reading, Way};
use crate::mirrors::{self, Machine};
use crate::{Explorer, Mirror};

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
    /// What engines on this machine would do otherwise. Kaibo asks the registry itself.
    pub mirrors: Vec<Mirror>,
    /// What was asked over HTTP.
    pub requests: Requests,
}

impl Explorer {
    /// Takes the steps one by one. A step that fails is part of the answer.
    ///
    /// # Errors
    /// A reference that is none, or that leads to no registry; [`ProblemKind::Offline`].
    pub async fn probe(&self, request: ProbeRequest, sink: &dyn ProbeSink) -> Result<ProbeReport, Problem> {
        let reference = self.parse(&request.reference)?;
        let shown = reference.to_string();
        let Reference::Registry(named) = reference else {
            let value = request.reference.trim().chars().take(300).collect();
            return Err(ProblemKind::SettingUnusable { setting: "REF".to_owned(), value }.into());
        };
        if self.options.offline {
            return Err(ProblemKind::Offline { reference: shown }.into());
        }
        let way = Way {
            reading: Reading::Verbatim,
            offline: false,
            plain_http: request.plain_http,
            realms: &request.allow_realm,
        };
        let client = self.client(&way)?;
        let asked = named.clone();
        // Files of engines may lie on a slow disk.
        let mirrors = tokio::task::spawn_blocking(move || mirrors::of(&asked, &Machine::this()));
        let probed = client.probe(&named, sink).await?;
        Ok(ProbeReport {
            schema: "kaibo.probe/1".to_owned(),
            reference: shown,
            registry: named.registry,
            steps: probed.steps,
            account: probed.account,
            origin: probed.origin,
            mirrors: mirrors.await.map_err(Problem::internal)?,
            requests: probed.requests,
        })
    }
}
