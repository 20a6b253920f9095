//! Signing in in the browser (IAM Identity Center): the device flow of RFC 8628, as the AWS CLI does
//! it with `aws sso login --use-device-code`, into the same files.

use std::time::{Duration, Instant};

use aws_sdk_ssooidc::Client;
use aws_sdk_ssooidc::operation::start_device_authorization::{
    StartDeviceAuthorizationError, StartDeviceAuthorizationOutput,
};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;
use source::{Evidence, Problem, ProblemKind};
use time::OffsetDateTime;

use crate::Aws;
use crate::client;
use crate::exchange::{heard, host_of, is_near};
use crate::fault::Failure;
use crate::permissions::Operation;
use crate::profile::{AwsProfile, AwsSignInEvent, AwsSignInSink};
use crate::profiles::{Profiles, SsoPlace, home};
use crate::sso_cache::{CachedToken, SsoCache, stamp};

/// RFC 8628, 3.5: between two questions, where the server does not say.
const INTERVAL: u32 = 5;
/// RFC 8628, 3.5: what `slow_down` adds.
const SLOWER: u32 = 5;
/// A server that gives a code no time at all means a default.
const LIFE: u32 = 600;
/// Questions that fail in a row before the network is taken for broken.
const FAILURES: u32 = 3;

/// Signs in for a profile.
///
/// # Errors
/// Denied, expired, no such profile, AWS out of reach, the file cannot be written.
pub(crate) async fn sign_in(aws: &Aws, profile: &str, sink: &dyn AwsSignInSink) -> Result<AwsProfile, Problem> {
    let env = &aws.surroundings.env;
    let profiles = Profiles::load(env).await;
    if profiles.kind(profile).is_none() {
        return Err(ProblemKind::AwsNobody { profile: Some(profile.to_owned()) }.into());
    }
    let unusable = |why: &str| {
        let what = ProblemKind::SettingUnusable { setting: "--aws-profile".to_owned(), value: profile.to_owned() };
        Problem { chain: vec![why.to_owned()], ..Problem::new(what) }
    };
    let place = profiles.sso(profile).ok_or_else(|| unusable("the profile has no sso_session or sso_start_url"))?;
    let home = home(env).ok_or_else(|| unusable("there is no home folder to keep the sign-in in"))?;
    let cache = SsoCache::below(&home);
    Flow::new(aws, profile, &place).await?.run(&cache, sink).await?;
    aws.forget();
    let card = profiles.card(profile, Some(&cache)).await;
    card.ok_or_else(|| Problem::internal("a profile that was there is gone"))
}

/// The program as IAM Identity Center knows it.
struct Registration {
    id: String,
    secret: String,
    until: String,
    /// Whether it was found in the cache: it may be one that another program uses in another way.
    cached: bool,
}

struct Flow<'a> {
    client: Client,
    profile: &'a str,
    place: &'a SsoPlace,
    /// How long a second is.
    second: Duration,
}

impl<'a> Flow<'a> {
    async fn new(aws: &Aws, profile: &'a str, place: &'a SsoPlace) -> Result<Self, Problem> {
        let surroundings = &aws.surroundings;
        let http = aws.principals.http(surroundings).await.map_err(|failure| failure.problem("", ""))?;
        let config = client::config(surroundings, http, &place.region, Some(profile), None).await;
        Ok(Self { client: Client::new(&config), profile, place, second: surroundings.second })
    }

    async fn run(&self, cache: &SsoCache, sink: &dyn AwsSignInSink) -> Result<(), Problem> {
        let mut registration = self.registration(cache).await?;
        let mut begun = self.begin(&registration).await;
        // One of the CLI's own, which signs in without a code: it may not be used like this.
        if registration.cached && matches!(&begun, Err(Begun::TurnedDown(_))) {
            registration = self.register().await?;
            begun = self.begin(&registration).await;
        }
        let (device, wait) = begun.map_err(|(Begun::TurnedDown(problem) | Begun::Failed(problem))| *problem)?;
        let AwsSignInEvent::Code { expires_in_s, .. } = wait.code else {
            return Err(Problem::internal("a code without its time"));
        };
        sink.on(wait.code);
        let token = self.wait(&registration, &device, wait.interval, expires_in_s, sink).await?;
        let written = cache.write(self.place.cache_name(), token).await;
        written.map_err(|error| {
            let path = cache.file(self.place.cache_name()).display().to_string();
            let evidence = Evidence { attempted: format!("write {path}"), status: None, said: Some(error.to_string()) };
            Problem::new(ProblemKind::PathUnreadable { path }).with(evidence)
        })
    }

    async fn registration(&self, cache: &SsoCache) -> Result<Registration, Problem> {
        let held = cache.read(self.place.cache_name()).await;
        match held.and_then(|held| held.registration(OffsetDateTime::now_utc())) {
            Some((id, secret, until)) => Ok(Registration { id, secret, until, cached: true }),
            None => self.register().await,
        }
    }

    async fn register(&self) -> Result<Registration, Problem> {
        let scopes = Some(self.place.scopes.clone()).filter(|scopes| !scopes.is_empty());
        let request = self.client.register_client().client_name("kaibo").client_type("public").set_scopes(scopes);
        let (answer, exchanges) = heard(request.send()).await;
        let operation = Operation::RegisterClient;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let failure = Failure::of_operation(operation, Some(self.profile), &error);
                return Err(failure.after(exchanges).problem(&self.host(), ""));
            }
        };
        let until = OffsetDateTime::from_unix_timestamp(answer.client_secret_expires_at).ok();
        match (answer.client_id, answer.client_secret, until) {
            (Some(id), Some(secret), Some(until)) => {
                Ok(Registration { id, secret, until: stamp(until), cached: false })
            }
            _ => Err(self.malformed("registration")),
        }
    }

    async fn begin(&self, registration: &Registration) -> Result<(String, Wait), Begun> {
        let request = self
            .client
            .start_device_authorization()
            .client_id(&registration.id)
            .client_secret(&registration.secret)
            .start_url(&self.place.start_url);
        let (answer, exchanges) = heard(request.send()).await;
        match answer {
            Ok(answer) => {
                let plain_allowed = exchanges.last().is_some_and(|facts| is_plain_and_near(&facts.url));
                self.code(answer, plain_allowed).map_err(|problem| Begun::Failed(Box::new(problem)))
            }
            Err(error) => {
                let turned_down = matches!(
                    error.as_service_error(),
                    Some(
                        StartDeviceAuthorizationError::InvalidClientException(_)
                            | StartDeviceAuthorizationError::UnauthorizedClientException(_)
                            | StartDeviceAuthorizationError::InvalidRequestException(_)
                    )
                );
                let failure = Failure::of_operation(Operation::StartDeviceAuthorization, Some(self.profile), &error);
                let problem = Box::new(failure.after(exchanges).problem(&self.host(), ""));
                Err(if turned_down { Begun::TurnedDown(problem) } else { Begun::Failed(problem) })
            }
        }
    }

    /// The code that the reader compares. What is opened in a browser has to be a page of the web,
    /// whatever the server says; `plain_allowed` where the server itself is of this machine.
    fn code(&self, answer: StartDeviceAuthorizationOutput, plain_allowed: bool) -> Result<(String, Wait), Problem> {
        let page = |uri: Option<String>| {
            let uri = uri.filter(|uri| is_page(uri) || (plain_allowed && is_plain_and_near(uri)));
            uri.ok_or_else(|| self.malformed("verification-uri"))
        };
        let verification_uri = page(answer.verification_uri)?;
        let verification_uri_complete = match answer.verification_uri_complete {
            None => verification_uri.clone(),
            complete => page(complete)?,
        };
        let is_code = |code: &String| {
            (1..=32).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let user_code = answer.user_code.filter(is_code).ok_or_else(|| self.malformed("user-code"))?;
        let device = answer.device_code.ok_or_else(|| self.malformed("device-code"))?;
        let or = |said: i32, usual| u32::try_from(said).ok().filter(|said| *said > 0).unwrap_or(usual);
        let expires_in_s = or(answer.expires_in, LIFE);
        let code = AwsSignInEvent::Code { user_code, verification_uri, verification_uri_complete, expires_in_s };
        Ok((device, Wait { code, interval: or(answer.interval, INTERVAL) }))
    }

    /// Asks until somebody at the browser has decided, or the code's time is over.
    async fn wait(
        &self,
        registration: &Registration,
        device: &str,
        mut interval: u32,
        life: u32,
        sink: &dyn AwsSignInSink,
    ) -> Result<CachedToken, Problem> {
        let end = Instant::now() + self.second * life;
        let mut failures = 0;
        loop {
            let pause = self.second * interval;
            if Instant::now() + pause > end {
                return Err(ProblemKind::AwsSignInExpired.into());
            }
            tokio::time::sleep(pause).await;
            let request = self
                .client
                .create_token()
                .client_id(&registration.id)
                .client_secret(&registration.secret)
                .grant_type("urn:ietf:params:oauth:grant-type:device_code")
                .device_code(device);
            let (answer, exchanges) = heard(request.send()).await;
            let error = match answer {
                Ok(answer) => {
                    let access_token = answer.access_token.ok_or_else(|| self.malformed("access-token"))?;
                    let life = time::Duration::seconds(i64::from(answer.expires_in.max(0)));
                    return Ok(CachedToken {
                        start_url: Some(self.place.start_url.clone()),
                        region: Some(self.place.region.clone()),
                        access_token: Some(access_token),
                        expires_at: Some(stamp(OffsetDateTime::now_utc() + life)),
                        client_id: Some(registration.id.clone()),
                        client_secret: Some(registration.secret.clone()),
                        registration_expires_at: Some(registration.until.clone()),
                        refresh_token: answer.refresh_token,
                    });
                }
                Err(error) => error,
            };
            let no_answer = !matches!(error, SdkError::ServiceError(_));
            match error.code().unwrap_or_default() {
                "AuthorizationPendingException" => failures = 0,
                "SlowDownException" => {
                    interval += SLOWER;
                    failures = 0;
                }
                "ExpiredTokenException" => return Err(ProblemKind::AwsSignInExpired.into()),
                "AccessDeniedException" => return Err(ProblemKind::AwsSignInDenied.into()),
                code => {
                    failures += 1;
                    // A laptop that slept or a server that stumbled is no reason to give up.
                    let passing = no_answer || code == "InternalServerException";
                    if !passing || failures >= FAILURES {
                        let failure = Failure::of_operation(Operation::CreateToken, Some(self.profile), &error);
                        return Err(failure.after(exchanges).problem(&self.host(), ""));
                    }
                }
            }
            sink.on(AwsSignInEvent::Waiting);
        }
    }

    fn malformed(&self, what: &str) -> Problem {
        ProblemKind::AnswerMalformed { registry: self.host(), what: what.to_owned() }.into()
    }

    fn host(&self) -> String {
        format!("oidc.{}.amazonaws.com", self.place.region)
    }
}

/// What the reader is told, and how long is waited between two questions.
struct Wait {
    code: AwsSignInEvent,
    interval: u32,
}

enum Begun {
    /// This registration may not do that.
    TurnedDown(Box<Problem>),
    Failed(Box<Problem>),
}

/// `https://HOST/…` without anything that a browser or a shell could read in another way.
fn is_page(uri: &str) -> bool {
    uri.strip_prefix("https://").is_some_and(is_rest)
}

/// `http://` to this machine.
fn is_plain_and_near(uri: &str) -> bool {
    let rest = uri.strip_prefix("http://").filter(|rest| is_rest(rest));
    rest.is_some_and(|rest| is_near(host_of(rest.split('/').next().unwrap_or(rest))))
}

fn is_rest(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !authority.is_empty()
        && rest.len() <= 2048
        && authority.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b))
        && rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_opened() {
        for (uri, page, near) in [
            ("https://device.sso.eu-north-1.amazonaws.com/?user_code=ABCD-EFGH", true, false),
            ("https://corp.awsapps.com/start/#/device", true, false),
            ("http://127.0.0.1:8080/device", false, true),
            ("http://localhost/device", false, true),
            ("http://device.sso.amazonaws.com/", false, false),
            ("http://127.0.0.1.evil.test/", false, false),
            ("https://user@evil.test/", false, false),
            ("https:///x", false, false),
            ("https://a b/", false, false),
            ("https://a/\"&calc.exe", false, false),
            ("https://a/`id`", false, false),
            ("javascript:alert(1)", false, false),
            ("file:///etc/passwd", false, false),
            ("HTTPS://a/", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_page(uri), is_plain_and_near(uri)), (page, near), "{uri}");
        }
    }
}
