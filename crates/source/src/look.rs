use serde::{Deserialize, Serialize};

use crate::{Evidence, Problem, ProblemKind};

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

impl Look {
    /// What has to be put right before this place can give an account, where that is known. It is a
    /// problem only for a registry that lets nobody in without one.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        let LookPlace::Aws { profile } = &self.place else { return None };
        let LookOutcome::Failed { fault, said, .. } = &self.outcome else { return None };
        let operation = "GetAuthorizationToken";
        let profile = profile.clone();
        let what = match fault {
            LookFault::AwsNobody => ProblemKind::AwsNobody { profile },
            LookFault::AwsSignInOver => ProblemKind::AwsSignInNeeded { profile },
            LookFault::AwsExpired => ProblemKind::AwsExpired { profile },
            LookFault::AwsDenied => {
                let words = said.iter().flat_map(|said| said.split_whitespace());
                let principal = words.skip_while(|word| *word != "User:").nth(1).filter(|who| who.starts_with("arn:"));
                let (action, principal) = (format!("ecr:{operation}"), principal.map(ToOwned::to_owned));
                ProblemKind::AwsDenied { action, resource: None, principal }
            }
            LookFault::AwsFailed => {
                let first = said.as_deref().map(|said| said.split_once(':').map_or(said, |(code, _)| code));
                let is_code = |code: &&str| !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric());
                let code = first.filter(is_code).map(ToOwned::to_owned);
                ProblemKind::AwsFailed { operation: operation.to_owned(), code }
            }
            _ => return None,
        };
        Some(Problem::new(what).with(Evidence { attempted: operation.to_owned(), status: None, said: said.clone() }))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_at_aws_say_what_to_put_right() {
        let look = |fault, said: Option<&str>| Look {
            place: LookPlace::Aws { profile: Some("dev".into()) },
            outcome: LookOutcome::Failed { fault, said: said.map(Into::into), searched: Vec::new() },
        };
        let what = |fault, said| look(fault, said).problem().map(|problem| problem.what);
        let profile = Some("dev".to_owned());
        assert_eq!(what(LookFault::AwsNobody, None), Some(ProblemKind::AwsNobody { profile: profile.clone() }));
        assert_eq!(what(LookFault::AwsExpired, None), Some(ProblemKind::AwsExpired { profile: profile.clone() }));
        assert_eq!(what(LookFault::AwsSignInOver, None), Some(ProblemKind::AwsSignInNeeded { profile }));
        let denied = |principal: Option<&str>| ProblemKind::AwsDenied {
            action: "ecr:GetAuthorizationToken".into(),
            resource: None,
            principal: principal.map(Into::into),
        };
        let said = "AccessDeniedException: User: arn:aws:iam::123456789012:user/dev is not authorized to perform: x";
        assert_eq!(what(LookFault::AwsDenied, Some(said)), Some(denied(Some("arn:aws:iam::123456789012:user/dev"))));
        assert_eq!(what(LookFault::AwsDenied, None), Some(denied(None)));
        let failed = |code: Option<&str>| ProblemKind::AwsFailed {
            operation: "GetAuthorizationToken".into(),
            code: code.map(Into::into),
        };
        assert_eq!(
            what(LookFault::AwsFailed, Some("UnrecognizedClientException: The token is invalid")),
            Some(failed(Some("UnrecognizedClientException")))
        );
        assert_eq!(what(LookFault::AwsFailed, Some("api.example: no such host")), Some(failed(None)));
        assert_eq!(what(LookFault::AwsFailed, None), Some(failed(None)));
        assert_eq!(what(LookFault::NoStore, None), None);
        let elsewhere = Look { place: LookPlace::Session, ..look(LookFault::AwsNobody, None) };
        assert_eq!(elsewhere.problem(), None);
    }
}
