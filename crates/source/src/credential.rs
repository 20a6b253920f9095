use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{Problem, Secret};

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

/// Where a credential was found; shown to the reader, never the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum CredentialOrigin {
    /// Nothing was found.
    None,
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
}

/// Finds the account for a registry.
#[async_trait]
pub trait CredentialProvider: Send + Sync + std::fmt::Debug {
    /// The credential for `repository` on `registry` (`host` or `host:port`; Docker Hub is `docker.io`).
    ///
    /// # Errors
    /// A [`Problem`] when a place that was named explicitly (`--authfile`, an environment variable)
    /// cannot be read or understood. A place that does not exist is no problem.
    async fn find(&self, registry: &str, repository: &str) -> Result<(Credential, CredentialOrigin), Problem>;
}

/// Asks without an account.
#[derive(Clone, Copy, Debug)]
pub struct NoCredentials;

#[async_trait]
impl CredentialProvider for NoCredentials {
    async fn find(&self, _registry: &str, _repository: &str) -> Result<(Credential, CredentialOrigin), Problem> {
        Ok((Credential::Anonymous, CredentialOrigin::None))
    }
}
