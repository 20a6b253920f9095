//! How AWS is asked: one HTTP client, timeouts on everything, endpoints and proxies of the environment.

use std::sync::OnceLock;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::os_shim_internal::Env;
use aws_types::service_config::ServiceConfigKey;
use base64::Engine as _;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::exchange;
use crate::fault::{Cause, Failure};
use crate::permissions::Operation;

/// Until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// From the request to the first byte.
const READ_TIMEOUT: Duration = Duration::from_secs(20);
/// One attempt with its body.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
/// An operation with its repetitions.
pub(crate) const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);
/// Looking for credentials. A program that gives them may ask the reader to touch a key.
pub(crate) const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(60);

/// What is beside the network: the environment and, in tests, what stands in for AWS.
#[derive(Debug)]
pub(crate) struct Surroundings {
    /// Where files are said to be.
    pub(crate) env: Env,
    /// Takes the place of the SDK's chain.
    pub(crate) credentials: Option<SharedCredentialsProvider>,
    /// Takes the place of every endpoint.
    pub(crate) endpoint: Option<String>,
    /// How long a second of a sign-in is.
    pub(crate) second: Duration,
}

impl Surroundings {
    /// This process.
    pub(crate) fn real() -> Self {
        Self { env: Env::real(), credentials: None, endpoint: None, second: Duration::from_secs(1) }
    }
}

/// The one HTTP client, made when it is needed: it reads the system's authorities.
#[derive(Debug, Default)]
pub(crate) struct Transport(OnceLock<Result<SharedHttpClient, Box<Failure>>>);

impl Transport {
    /// The client.
    ///
    /// # Errors
    /// When `AWS_CA_BUNDLE` cannot be used.
    pub(crate) async fn client(&self, env: &Env) -> Result<SharedHttpClient, Box<Failure>> {
        if self.0.get().is_none() {
            let path = env.get("AWS_CA_BUNDLE").ok().filter(|path| !path.is_empty());
            let made = tokio::task::spawn_blocking(move || match path {
                Some(path) => bundle(&path).map(|pem| exchange::client(Some(pem))),
                None => Ok(exchange::client(None)),
            });
            let made = made.await.unwrap_or_else(|error| {
                Err(Failure::new(Operation::LoadCredentials, None, Cause::Other).saying(&error.to_string()))
            });
            return self.0.get_or_init(|| made).clone();
        }
        self.0.get_or_init(|| Ok(exchange::client(None))).clone()
    }
}

/// The certificates of a file in PEM, those that can be used: the HTTP client takes no others.
fn bundle(path: &str) -> Result<String, Box<Failure>> {
    let unusable = |said: &str| {
        let cause = Cause::Setting { name: "AWS_CA_BUNDLE".to_owned(), value: path.to_owned() };
        Failure::new(Operation::LoadCredentials, None, cause).saying(said)
    };
    let text = std::fs::read(path).map_err(|error| unusable(&error.to_string()))?;
    let mut store = rustls::RootCertStore::empty();
    let mut pem = String::new();
    for certificate in CertificateDer::pem_slice_iter(&text).flatten() {
        if store.add(certificate.clone()).is_ok() {
            let body = base64::engine::general_purpose::STANDARD.encode(&certificate);
            pem.push_str(&format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"));
        }
    }
    if pem.is_empty() { Err(unusable("no certificate in it")) } else { Ok(pem) }
}

pub(crate) fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(250))
}

pub(crate) fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .operation_timeout(OPERATION_TIMEOUT)
        .build()
}

/// The configuration of a client: `credentials` sign, `None` for what is asked unsigned.
pub(crate) async fn config(
    surroundings: &Surroundings,
    http: SharedHttpClient,
    region: &str,
    profile: Option<&str>,
    credentials: Option<Credentials>,
) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .http_client(http)
        .retry_config(retries())
        .timeout_config(timeouts());
    if let Ok(name) = AppName::new("kaibo") {
        loader = loader.app_name(name);
    }
    // The profile may name endpoints of its own.
    if let Some(profile) = profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = &surroundings.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    loader = match credentials {
        Some(credentials) => loader.credentials_provider(credentials),
        None => loader.no_credentials(),
    };
    loader.load().await
}

/// Whether the environment or the profile says where a service is.
pub(crate) fn has_endpoint(config: &SdkConfig, service: &str) -> bool {
    let key = ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    let named = |key| config.service_config().and_then(|services| services.load_config(key));
    config.endpoint_url().is_some() || key.is_ok_and(|key| named(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_bundle_is_read_or_named() {
        let folder = tempfile::tempdir().unwrap();
        let authority = testkit::Authority::new("A private authority");
        let good = authority.write_pem(folder.path());
        assert!(bundle(good.to_str().unwrap()).unwrap().starts_with("-----BEGIN CERTIFICATE-----\n"));
        let bad = folder.path().join("bad.pem");
        std::fs::write(&bad, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").unwrap();
        for path in [bad, folder.path().join("absent.pem")] {
            let env = Env::from_slice(&[("AWS_CA_BUNDLE", path.to_str().unwrap())]);
            let failure = Transport::default().client(&env).await.unwrap_err();
            let problem = failure.problem("r.example", "");
            let value = path.to_str().unwrap().to_owned();
            let setting = "AWS_CA_BUNDLE".to_owned();
            assert_eq!(problem.what, source::ProblemKind::SettingUnusable { setting, value });
        }
    }
}
