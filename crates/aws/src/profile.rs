use serde::{Deserialize, Serialize};

/// A profile of `~/.aws/config` or `~/.aws/credentials`, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct AwsProfile {
    /// Its name; `default` is the one without a choice.
    pub name: String,
    /// How it gets its credentials.
    pub kind: AwsProfileKind,
    /// Its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The account that it is for, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The role that it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Until when a sign-in (SSO) holds (RFC 3339); absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_in_until: Option<String>,
}

/// How a profile gets its credentials (messages `aws-profile-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum AwsProfileKind {
    /// Keys in the file.
    Keys,
    /// A sign-in in the browser (IAM Identity Center).
    Sso,
    /// Another profile's, to take a role with.
    AssumeRole,
    /// A program says them.
    Process,
    /// A token of a web identity.
    WebIdentity,
    /// It says nothing of credentials.
    Other,
}

/// What a sign-in in the browser asks the reader to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum AwsSignInEvent {
    /// Open the address and compare the code.
    Code {
        /// To be compared: `ABCD-EFGH`.
        user_code: String,
        /// Where it is typed.
        verification_uri: String,
        /// With the code in it; this one is opened.
        verification_uri_complete: String,
        /// For how long it holds.
        expires_in_s: u32,
    },
    /// Not confirmed yet; asked again after a while.
    Waiting,
}

/// Hears of a sign-in's progress. Implementations return at once.
pub trait AwsSignInSink: Send + Sync {
    /// One event.
    fn on(&self, event: AwsSignInEvent);
}
