//! Who asks AWS: the credentials of the environment, of a profile, of a container or an instance.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use source::RequestFacts;

use crate::client::{self, CREDENTIALS_TIMEOUT, Surroundings, Transport};
use crate::exchange::heard;
use crate::fault::{Cause, Failure};
use crate::permissions::Operation;
use crate::profile::AwsProfileKind;
use crate::profiles::Profiles;

/// Metadata of an instance answers at once or not at all; elsewhere nobody is at its address.
const METADATA_TIMEOUT: Duration = Duration::from_secs(1);

/// Credentials that do not say when they end are looked for again after this: files are edited.
const UNDATED: Duration = Duration::from_secs(60);

/// Credentials are renewed when so little is left of them.
const MARGIN: Duration = Duration::from_secs(300);

/// Whose credentials are looked for, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Who {
    /// The profile that was chosen, or that `AWS_PROFILE` names.
    pub(crate) profile: Option<String>,
    /// Whether the reader chose it: then keys of the environment do not come before it.
    pub(crate) chosen: bool,
    /// The region of the registry.
    pub(crate) region: String,
    /// Whether to ask the metadata of an instance. For what nobody has to sign in for, nobody waits.
    pub(crate) metadata: bool,
}

/// Credentials and how they were come by.
#[derive(Clone, Debug)]
pub(crate) struct Principal {
    /// Debug does not show them.
    pub(crate) credentials: Credentials,
    /// `environment`, `profile`, `sso`, `assume-role`, `process`, `web-identity`, `container`, `instance`.
    pub(crate) mechanism: &'static str,
    until: SystemTime,
}

type Slot = Arc<tokio::sync::Mutex<Option<Principal>>>;

/// Finds principals, one look at a time for each.
#[derive(Debug, Default)]
pub(crate) struct Principals {
    transport: Transport,
    slots: Mutex<HashMap<Who, Slot>>,
}

impl Principals {
    /// The HTTP client that all share.
    ///
    /// # Errors
    /// When `AWS_CA_BUNDLE` cannot be used.
    pub(crate) async fn http(&self, surroundings: &Surroundings) -> Result<SharedHttpClient, Box<Failure>> {
        self.transport.client(&surroundings.env).await
    }

    /// The credentials, and what was asked for them: nothing when they are at hand.
    ///
    /// # Errors
    /// When nobody is known, or whoever is known cannot be used.
    pub(crate) async fn find(
        &self,
        who: &Who,
        surroundings: &Surroundings,
    ) -> Result<(Principal, Vec<RequestFacts>), Box<Failure>> {
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry(who.clone()).or_default())
        };
        let mut held = slot.lock().await;
        if let Some(principal) = held.as_ref().filter(|principal| SystemTime::now() < principal.until) {
            return Ok((principal.clone(), Vec::new()));
        }
        *held = None;
        let http = self.http(surroundings).await?;
        let (found, exchanges) = heard(look(who, surroundings, http)).await;
        let profile = who.profile.as_deref();
        let (credentials, mechanism) = match found {
            Ok(found) => found,
            Err(Missed { error, signs_in }) => {
                let failure = Failure::of_credentials(profile, signs_in, &error, &exchanges);
                return Err(failure.after(exchanges));
            }
        };
        let now = SystemTime::now();
        let until = match credentials.expiry() {
            Some(end) if end <= now => {
                return Err(Failure::new(Operation::LoadCredentials, profile, Cause::Expired).after(exchanges));
            }
            Some(end) => end.checked_sub(MARGIN).unwrap_or(end),
            None => now + UNDATED,
        };
        let principal = Principal { credentials, mechanism, until };
        *held = Some(principal.clone());
        Ok((principal, exchanges))
    }

    /// Looks anew from now on.
    pub(crate) fn forget(&self) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

struct Missed {
    error: CredentialsError,
    signs_in: bool,
}

async fn look(
    who: &Who,
    surroundings: &Surroundings,
    http: SharedHttpClient,
) -> Result<(Credentials, &'static str), Missed> {
    let missed = |error| Missed { error, signs_in: false };
    if let Some(provider) = &surroundings.credentials {
        return provider.provide_credentials().await.map(|found| (found, "environment")).map_err(missed);
    }
    let config = ProviderConfig::without_region()
        .with_region(Some(Region::new(who.region.clone())))
        .with_http_client(http)
        .with_retry_config(client::retries())
        .with_timeout_config(client::timeouts())
        .with_behavior_version(Some(BehaviorVersion::latest()));
    if !who.chosen {
        match limited(EnvironmentVariableCredentialsProvider::new()).await {
            Err(CredentialsError::CredentialsNotLoaded(_)) => {}
            found => return found.map(|found| (found, "environment")).map_err(missed),
        }
    }
    let mut profile = ProfileFileCredentialsProvider::builder().configure(&config);
    if let Some(name) = &who.profile {
        profile = profile.profile_name(name);
    }
    match limited(profile.build()).await {
        Err(CredentialsError::CredentialsNotLoaded(details)) if who.chosen => {
            return Err(missed(CredentialsError::CredentialsNotLoaded(details)));
        }
        Err(CredentialsError::CredentialsNotLoaded(_)) => {}
        found => {
            let profiles = Profiles::load(&surroundings.env).await;
            let name = who.profile.as_deref().unwrap_or("default");
            let mechanism = mechanism(profiles.kind(name));
            let signs_in = profiles.sso(name).is_some();
            return found.map(|found| (found, mechanism)).map_err(|error| Missed { error, signs_in });
        }
    }
    match limited(WebIdentityTokenCredentialsProvider::builder().configure(&config).build()).await {
        Err(CredentialsError::CredentialsNotLoaded(_)) => {}
        found => return found.map(|found| (found, "web-identity")).map_err(missed),
    }
    match limited(EcsCredentialsProvider::builder().configure(&config).build()).await {
        Err(CredentialsError::CredentialsNotLoaded(_)) => {}
        found => return found.map(|found| (found, "container")).map_err(missed),
    }
    if !who.metadata {
        return Err(missed(CredentialsError::not_loaded_no_source()));
    }
    let instance = imds::Client::builder()
        .configure(&config)
        .connect_timeout(METADATA_TIMEOUT)
        .read_timeout(METADATA_TIMEOUT)
        .operation_attempt_timeout(METADATA_TIMEOUT)
        .operation_timeout(METADATA_TIMEOUT * 3)
        .max_attempts(1)
        .build();
    let instance = ImdsCredentialsProvider::builder().configure(&config).imds_client(instance).build();
    match limited(instance).await {
        Ok(found) => Ok((found, "instance")),
        // Whatever is at that address where there is no AWS, it knows nobody.
        Err(CredentialsError::InvalidConfiguration(details)) => {
            Err(missed(CredentialsError::InvalidConfiguration(details)))
        }
        Err(_) => Err(missed(CredentialsError::not_loaded_no_source())),
    }
}

async fn limited(provider: impl ProvideCredentials) -> Result<Credentials, CredentialsError> {
    tokio::time::timeout(CREDENTIALS_TIMEOUT, provider.provide_credentials())
        .await
        .unwrap_or_else(|_| Err(CredentialsError::provider_timed_out(CREDENTIALS_TIMEOUT)))
}

fn mechanism(kind: Option<AwsProfileKind>) -> &'static str {
    match kind {
        Some(AwsProfileKind::Sso) => "sso",
        Some(AwsProfileKind::AssumeRole) => "assume-role",
        Some(AwsProfileKind::Process) => "process",
        Some(AwsProfileKind::WebIdentity) => "web-identity",
        Some(AwsProfileKind::Keys | AwsProfileKind::Other) | None => "profile",
    }
}
