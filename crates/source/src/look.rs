use serde::{Deserialize, Serialize};

/// One look for an account: where, and what came of it. Never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Look {
    /// Where.
    pub place: LookPlace,
    /// What came of it.
    pub outcome: LookOutcome,
}

/// Where an account may be (messages `look-place-KIND`, the fields are the arguments).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum LookPlace {
    /// What was typed since this program was started.
    Session,
    /// Kaibo's own entries in the store of the operating system.
    Keychain {
        /// `secret-service`, `credential-manager`, `keychain`.
        store: String,
    },
    /// An environment variable.
    Variable {
        /// Its name.
        variable: String,
    },
    /// A file with `auths`.
    File {
        /// Its path.
        path: String,
    },
    /// A credential helper that a file names.
    Helper {
        /// `docker-credential-NAME`.
        program: String,
        /// What it is asked for.
        server: String,
    },
    /// The AWS credential chain, for an ECR host.
    Aws {
        /// The profile, where one was chosen or named by the environment.
        profile: Option<String>,
    },
}

/// What came of a look (messages `look-outcome-KIND`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum LookOutcome {
    /// The account.
    Found {
        /// Its name; a token has none.
        account: Option<String>,
    },
    /// There is no such place on this machine.
    Absent,
    /// The place is there and holds nothing for this registry.
    Nothing,
    /// An account was found here, and the registry turned it down before.
    TurnedDown {
        /// Its name.
        account: Option<String>,
    },
    /// Not looked at.
    Skipped {
        /// Why.
        why: LookSkip,
    },
    /// Looked at, and it did not work.
    Failed {
        /// In which way.
        fault: LookFault,
        /// What was said, at most a line; never a secret.
        said: Option<String>,
        /// Where a program was looked for, in order (for [`LookFault::HelperMissing`]).
        searched: Vec<String>,
    },
}

/// Why a place was not looked at (messages `look-skip-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum LookSkip {
    /// An account was found before it.
    FoundBefore,
    /// `--authfile` or `REGISTRY_AUTH_FILE` takes its place.
    Replaced,
    /// It is for hosts of AWS ECR only.
    NotEcr,
}

/// How a look did not work (messages `look-fault-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum LookFault {
    /// There is no store for secrets in this session (a service, SSH, no desktop).
    NoStore,
    /// The store is there and locked, and nobody unlocked it.
    StoreLocked,
    /// The store did not answer, or failed.
    StoreFailed,
    /// The file or variable is not what it should be.
    Unreadable,
    /// The program of that name is nowhere.
    HelperMissing,
    /// The name of the helper is none that would be run.
    HelperName,
    /// The helper did not answer in time and was ended.
    HelperHung,
    /// The helper said more than any account is long, and was ended.
    HelperChattered,
    /// The helper ended badly, or its answer is none.
    HelperFailed,
    /// AWS knows nobody here: no keys, no profile, no sign-in.
    AwsNobody,
    /// The sign-in at AWS (SSO) is over and has to be done again.
    AwsSignInOver,
    /// AWS knows the principal, and its credentials have expired.
    AwsExpired,
    /// AWS knows the principal, and it may not get a token (`ecr:GetAuthorizationToken`).
    AwsDenied,
    /// AWS could not be asked, or failed.
    AwsFailed,
}
