use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{Look, LookOutcome, LookPlace, Problem, Secret};

/// With what a registry is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// No account.
    Anonymous,
    /// A user name and its password, for Basic or for a token server.
    Basic {
        /// The account, shown to the reader.
        username: String,
        /// Never shown.
        password: Secret,
    },
    /// An OAuth2 refresh token (`identitytoken` of Docker's config.json).
    IdentityToken(Secret),
    /// A ready Bearer token (`registrytoken` of Docker's config.json).
    RegistryToken(Secret),
}

impl Credential {
    /// The account's name, where it has one.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Basic { username, .. } => Some(username),
            Self::Anonymous | Self::IdentityToken(_) | Self::RegistryToken(_) => None,
        }
    }
}

/// Where a credential was found; shown to the reader, never the secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum CredentialOrigin {
    /// Nothing was found.
    None,
    /// Typed since this program was started, and kept in its memory only.
    Session {
        /// For which registry or prefix (`host[/namespace]`).
        key: String,
    },
    /// Kaibo's own entry in the store of the operating system.
    Keychain {
        /// `secret-service`, `credential-manager`, `keychain`.
        store: String,
        /// For which registry or prefix (`host[/namespace]`).
        key: String,
    },
    /// The environment variable of this name.
    Environment {
        /// Its name.
        variable: String,
    },
    /// A file with `auths`.
    File {
        /// Its path.
        path: String,
        /// The key that matched.
        key: String,
    },
    /// A credential helper that such a file names.
    Helper {
        /// `docker-credential-NAME`.
        program: String,
        /// What it was asked for: a host, or Docker Hub's old address.
        server: String,
    },
    /// ECR's GetAuthorizationToken, for a principal of AWS.
    Aws {
        /// The profile, where one was chosen or named by the environment.
        profile: Option<String>,
        /// How AWS knew the principal: `environment`, `profile`, `sso`, `assume-role`, `process`, `instance`…
        mechanism: String,
    },
}

/// For whom a credential is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    /// `host` or `host:port`; Docker Hub is `docker.io`.
    pub registry: &'a str,
    /// Empty when the registry as a whole is meant.
    pub repository: &'a str,
    /// What was found before and then turned down by the registry: it is passed over.
    pub except: &'a [CredentialOrigin],
}

impl<'a> Whose<'a> {
    /// Somebody who was not turned down yet.
    #[must_use]
    pub fn of(registry: &'a str, repository: &'a str) -> Self {
        Self { registry, repository, except: &[] }
    }
}

/// What a look for an account ended with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// [`Credential::Anonymous`] when there is none.
    pub credential: Credential,
    /// Where.
    pub origin: CredentialOrigin,
    /// How long from now it is good; `None` when nobody said.
    pub good_for: Option<Duration>,
    /// Every place that was looked at, in order.
    pub looks: Vec<Look>,
}

impl Found {
    /// Nothing, after these looks.
    #[must_use]
    pub fn nothing(looks: Vec<Look>) -> Self {
        Self { credential: Credential::Anonymous, origin: CredentialOrigin::None, good_for: None, looks }
    }

    /// An account at a place, after the looks before it.
    #[must_use]
    pub fn at(place: LookPlace, credential: Credential, origin: CredentialOrigin, mut looks: Vec<Look>) -> Self {
        let account = credential.account().map(ToOwned::to_owned);
        looks.push(Look { place, outcome: LookOutcome::Found { account } });
        Self { credential, origin, good_for: None, looks }
    }
}

/// Finds the account for a registry.
#[async_trait]
pub trait CredentialProvider: Send + Sync + std::fmt::Debug {
    /// The credential for `whose.repository` on `whose.registry`.
    ///
    /// # Errors
    /// A [`Problem`] when a place that was named explicitly (`--authfile`, an environment variable)
    /// cannot be read or understood. A place that does not exist, a helper that fails: these are
    /// looks, and no problem.
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem>;

    /// Where [`CredentialProvider::find`] would look, without looking: for the account of what was
    /// not needed any more.
    fn places(&self, _whose: &Whose<'_>) -> Vec<LookPlace> {
        Vec::new()
    }
}

/// Asks without an account.
#[derive(Clone, Copy, Debug)]
pub struct NoCredentials;

#[async_trait]
impl CredentialProvider for NoCredentials {
    async fn find(&self, _whose: &Whose<'_>) -> Result<Found, Problem> {
        Ok(Found::nothing(Vec::new()))
    }
}
