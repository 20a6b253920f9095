//! Everything that needs the AWS SDK: the principal, its sign-in, ECR's tokens and lists.
//!
//! The SDK's own chain says who asks: keys of the environment, a profile of `~/.aws/config` (keys, a
//! role that is taken, a program, a sign-in in the browser), a web identity, a container, an
//! instance. A profile that the reader chose comes before all of these. The region is that of the
//! registry's host. `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_ECR` and the like, the proxies of the
//! environment, `AWS_CA_BUNDLE` and `SSL_CERT_FILE` are respected.
//!
//! Tokens and credentials stay in memory. The one file that is written is the AWS CLI's own: the
//! token of a sign-in, in `~/.aws/sso/cache`.
//!
//! # What IAM has to allow
//!
//! | for | actions | on |
//! |---|---|---|
//! | signing in | `ecr:GetAuthorizationToken` | `*` |
//! | listing repositories | `ecr:DescribeRepositories` | the repositories |
//! | listing tags | `ecr:DescribeImages` | the repository |
//! | reading images and referrers | `ecr:BatchGetImage`, `ecr:GetDownloadUrlForLayer`, `ecr:BatchCheckLayerAvailability` | the repository |
//! | ECR Public with an account | `ecr-public:GetAuthorizationToken`, `sts:GetServiceBearerToken` | `*` |
//!
//! The same as values: [`PERMISSIONS`]. Principals of another account need them from the
//! repository's policy too.

mod blank;
mod catalogue;
mod client;
mod exchange;
mod fault;
mod host;
mod permissions;
mod principal;
mod profile;
mod profiles;
mod provider;
mod sign_in;
mod sso_cache;
mod token;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use host::is_ecr;
pub use permissions::{PERMISSIONS, Permission, Purpose};
pub use profile::{AwsProfile, AwsProfileKind, AwsSignInEvent, AwsSignInSink};
use source::{Catalogue, CredentialProvider, Problem};

use client::Surroundings;
use fault::Failure;
use host::EcrHost;
use principal::{Principals, Who};
use profiles::{Profiles, home};
use sso_cache::SsoCache;
use token::{Token, Tokens};

/// Which profile the reader chose for a registry, if any.
pub type ChosenProfile = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// AWS as this machine and this user know it. Nothing is asked or read until something is wanted.
pub struct Aws {
    chosen: ChosenProfile,
    surroundings: Surroundings,
    principals: Principals,
    tokens: Tokens,
}

impl std::fmt::Debug for Aws {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Aws").finish_non_exhaustive()
    }
}

impl Aws {
    /// With the profile that was chosen for each registry.
    #[must_use]
    pub fn new(chosen: ChosenProfile) -> Arc<Self> {
        Self::within(chosen, Surroundings::real())
    }

    fn within(chosen: ChosenProfile, surroundings: Surroundings) -> Arc<Self> {
        Arc::new(Self { chosen, surroundings, principals: Principals::default(), tokens: Tokens::default() })
    }

    /// The link of the credential chain: a token for hosts of ECR, a skipped look for all others.
    #[must_use]
    pub fn credentials(self: &Arc<Self>) -> Arc<dyn CredentialProvider> {
        Arc::new(provider::AwsCredentials(Arc::clone(self)))
    }

    /// The lists of a private ECR registry; `None` for every other host, ECR Public too: that one
    /// describes only one's own registry, and lists the tags of others itself.
    #[must_use]
    pub fn catalogue(self: &Arc<Self>, registry: &str) -> Option<Arc<dyn Catalogue>> {
        Some(Arc::new(catalogue::EcrCatalogue::new(self, registry)?))
    }

    /// The profiles of this user, without secrets, `default` first.
    pub async fn profiles(&self) -> Vec<AwsProfile> {
        let env = &self.surroundings.env;
        let cache = home(env).map(|home| SsoCache::below(&home));
        Profiles::load(env).await.cards(cache.as_ref()).await
    }

    /// Signs in in the browser (IAM Identity Center, device flow) for a profile, or for the one that
    /// it takes its role from. Dropping the future ends it; nothing is kept then.
    ///
    /// # Errors
    /// Denied, expired, no such profile, AWS out of reach.
    pub async fn sign_in(&self, profile: &str, sink: &dyn AwsSignInSink) -> Result<AwsProfile, Problem> {
        Box::pin(sign_in::sign_in(self, profile, sink)).await
    }

    /// Forgets tokens and credentials: the next question looks for them anew, as after a file was
    /// changed or another profile chosen.
    pub fn forget(&self) {
        self.tokens.forget();
        self.principals.forget();
    }

    /// Who asks for a registry.
    fn who(&self, registry: &str, host: &EcrHost) -> Who {
        let chosen = (self.chosen)(registry).filter(|profile| !profile.is_empty());
        let named = || self.surroundings.env.get("AWS_PROFILE").ok().filter(|profile| !profile.is_empty());
        Who {
            chosen: chosen.is_some(),
            profile: chosen.or_else(named),
            region: host.region().to_owned(),
            metadata: *host != EcrHost::Public,
        }
    }

    async fn token(&self, host: &EcrHost, who: &Who) -> Result<Token, Box<Failure>> {
        Box::pin(self.tokens.get(host, who, &self.principals, &self.surroundings)).await
    }
}
