//! Accounts: which there are, why one is used, signing in and out.

use std::path::PathBuf;

pub use aws::{AwsProfile, AwsSignInEvent, AwsSignInSink};
use serde::{Deserialize, Serialize};
use source::{CredentialOrigin, Look, LookFault, Problem, Requests, Secret};

use crate::Explorer;

/// Whether secrets can be kept on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct StoreState {
    /// `secret-service`, `credential-manager`, `keychain` (messages `store-NAME`).
    pub name: String,
    /// Why it cannot keep anything; absent when it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<LookFault>,
}

/// An account that this machine has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct AccountCard {
    /// For which registry or prefix: `ghcr.io`, `ghcr.io/team`.
    pub key: String,
    /// The account's name; a token, or what only a helper knows, has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Where it is.
    pub origin: CredentialOrigin,
    /// Whether it is Kaibo's own, so that it can be removed here.
    pub own: bool,
}

/// The whole answer (`docs/json.md`, `kaibo.accounts/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AccountsReport {
    /// `kaibo.accounts/1`.
    pub schema: String,
    /// Whether secrets can be kept.
    pub store: StoreState,
    /// Kaibo's own first, then those of other tools, by key.
    pub accounts: Vec<AccountCard>,
    /// Profiles of AWS.
    pub aws_profiles: Vec<AwsProfile>,
}

/// With which account a registry would be asked, and every place that was looked at
/// (`docs/json.md`, `kaibo.accounts-why/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct WhyReport {
    /// `kaibo.accounts-why/1`.
    pub schema: String,
    /// `host[:port]`.
    pub registry: String,
    /// Empty when the registry as a whole was meant.
    pub repository: String,
    /// The account's name; absent for tokens without a name and when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Where it is; `none` when there is none.
    pub origin: CredentialOrigin,
    /// Every place, in order.
    pub looks: Vec<Look>,
}

/// An account to be tested and kept. No Serialize, no Debug of the secret.
#[derive(Clone, Debug)]
pub struct LoginRequest {
    /// For which registry or prefix: `ghcr.io`, `ghcr.io/team`.
    pub key: String,
    /// The account; `None` when the secret is a refresh token (`<token>` of credential helpers).
    pub username: Option<String>,
    /// Never shown.
    pub secret: Secret,
    /// A repository to test with, where the registry tells nothing by itself.
    pub repository: Option<String>,
    /// Keep it in the store; otherwise it is known until the program ends.
    pub keep: bool,
    /// Speak plain HTTP, for this question only.
    pub plain_http: bool,
    /// Hosts that may serve tokens, for this question only.
    pub allow_realm: Vec<String>,
}

/// How far an account was tested (messages `tested-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Tested {
    /// The registry or its token server took it.
    Taken,
    /// The registry asks nobody for an account: it took it as it would take any.
    NotAsked,
}

/// Whether an account was kept (messages `kept-KIND`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Kept {
    /// In the store of the operating system.
    Store {
        /// Its name.
        store: String,
    },
    /// Until the program ends, as was asked.
    Session,
    /// Until the program ends: the store cannot keep it.
    NotKept {
        /// The store's name.
        store: String,
        /// Why (messages `not-kept-KIND`).
        why: NotKept,
    },
}

/// Why a store did not keep a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum NotKept {
    /// There is no store in this session.
    NoStore,
    /// It is locked, and nobody unlocked it.
    Locked,
    /// The secret is longer than the store can hold (Credential Manager: 2,560 bytes).
    TooLong,
    /// It failed.
    Failed,
}

/// The whole answer (`docs/json.md`, `kaibo.login/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct LoginReport {
    /// `kaibo.login/1`.
    pub schema: String,
    /// For which registry or prefix.
    pub key: String,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// How far it was tested.
    pub tested: Tested,
    /// Whether it was kept.
    pub kept: Kept,
    /// What was asked.
    pub requests: Requests,
}

/// What a registry needs beside an account; kept for both programs in `registries.json` of Kaibo's
/// config folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct RegistrySettings {
    /// A file with certificates of authorities that are trusted for this registry (PEM or DER).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
    /// Our own certificate (PEM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<PathBuf>,
    /// Its key (PEM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_key: Option<PathBuf>,
    /// Any certificate will do: the reader's explicit choice for this registry.
    pub insecure: bool,
    /// Plain HTTP: the reader's explicit choice for this registry.
    pub plain_http: bool,
    /// Hosts that may serve tokens for it.
    pub allow_realm: Vec<String>,
    /// The AWS profile to use for it (ECR).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_profile: Option<String>,
}

impl Explorer {
    /// The accounts of this machine. No helper is run: some ask the reader.
    ///
    /// # Errors
    /// When a file that was named explicitly cannot be read.
    pub async fn accounts(&self) -> Result<AccountsReport, Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }

    /// With which account `place` (`host` or `host/name`) would be asked, and why.
    ///
    /// # Errors
    /// As [`Explorer::accounts`]; a place that is none.
    pub async fn why(&self, _place: &str) -> Result<WhyReport, Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }

    /// Tests an account, and keeps it when the registry takes it.
    ///
    /// # Errors
    /// When the registry does not take it, or cannot be asked: nothing is kept then.
    pub async fn login(&self, _request: LoginRequest) -> Result<LoginReport, Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }

    /// Tests the account that is there for `place`, as [`Explorer::login`] would, and keeps nothing.
    ///
    /// # Errors
    /// As [`Explorer::login`]; [`source::ProblemKind::AuthRequired`] when there is none.
    pub async fn test_account(&self, _place: &str) -> Result<LoginReport, Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }

    /// Forgets Kaibo's own account for a key.
    ///
    /// # Errors
    /// [`source::ProblemKind::AccountUnknown`]; [`source::ProblemKind::StoreFailed`].
    pub async fn logout(&self, _key: &str) -> Result<(), Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }

    /// Signs in to AWS in the browser (IAM Identity Center, device flow) for a profile.
    ///
    /// # Errors
    /// Denied, expired, not such a profile, AWS out of reach.
    pub async fn aws_sign_in(&self, _profile: &str, _sink: &dyn AwsSignInSink) -> Result<AwsProfile, Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }

    /// What a registry needs beside an account.
    #[must_use]
    pub fn registry_settings(&self, _registry: &str) -> RegistrySettings {
        RegistrySettings::default()
    }

    /// Keeps what a registry needs, and uses it from the next question on.
    ///
    /// # Errors
    /// [`source::ProblemKind::SettingUnusable`] for a file that cannot be used;
    /// [`source::ProblemKind::PathUnreadable`] when it cannot be kept.
    pub fn set_registry_settings(&self, _registry: &str, _settings: RegistrySettings) -> Result<(), Problem> {
        Err(Problem::internal("to be written"))
    }
}
