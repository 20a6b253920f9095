//! Everything that needs the AWS SDK: the principal, its sign-in, ECR's tokens and lists.

mod host;
mod profile;

use std::sync::Arc;

pub use host::is_ecr;
pub use profile::{AwsProfile, AwsProfileKind, AwsSignInEvent, AwsSignInSink};
use source::{Catalogue, CredentialProvider, NoCredentials, Problem};

/// Which profile the reader chose for a registry, if any.
pub type ChosenProfile = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// AWS as this machine and this user know it. Nothing is asked or read until something is wanted.
pub struct Aws {
    chosen: ChosenProfile,
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
        Arc::new(Self { chosen })
    }

    /// The link of the credential chain: a token for hosts of ECR, a skipped look for all others.
    #[must_use]
    pub fn credentials(self: &Arc<Self>) -> Arc<dyn CredentialProvider> {
        let _ = &self.chosen;
        Arc::new(NoCredentials)
    }

    /// The lists of an ECR registry, private or public; `None` for every other host.
    #[must_use]
    pub fn catalogue(self: &Arc<Self>, _registry: &str) -> Option<Arc<dyn Catalogue>> {
        None
    }

    /// The profiles of this user, without secrets, `default` first.
    pub async fn profiles(&self) -> Vec<AwsProfile> {
        std::future::ready(Vec::new()).await
    }

    /// Signs in in the browser (IAM Identity Center, device flow) for a profile.
    ///
    /// # Errors
    /// Denied, expired, no such profile, AWS out of reach.
    pub async fn sign_in(&self, _profile: &str, _sink: &dyn AwsSignInSink) -> Result<AwsProfile, Problem> {
        std::future::ready(Err(Problem::internal("to be written"))).await
    }
}
