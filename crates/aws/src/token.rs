//! Tokens of ECR, kept in memory until shortly before they end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use source::Secret;

use crate::client::{self, Surroundings, has_endpoint};
use crate::exchange::heard;
use crate::fault::{Cause, Failure};
use crate::host::EcrHost;
use crate::permissions::Operation;
use crate::principal::{Principal, Principals, Who};

/// So long before its end a token is renewed at the latest.
const MARGIN: Duration = Duration::from_secs(30 * 60);

/// How long a token is used whose end was over when it came (a clock that is wrong, a server that
/// says nonsense), and no other is asked for.
const GRACE: Duration = Duration::from_secs(60);

/// How long a token without an end is used.
const UNDATED: Duration = Duration::from_secs(60 * 60);

/// How long a failure is the answer, so that parallel questions do not all ask again.
const FAILED: Duration = Duration::from_secs(3);

/// As long as this a token was given just now.
const NEW: Duration = Duration::from_secs(60);

/// A token of ECR. Debug does not show the password.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// `AWS`.
    pub(crate) username: String,
    pub(crate) password: Secret,
    /// The profile that the principal came from, if it came from one that was named.
    pub(crate) profile: Option<String>,
    /// As in [`Principal::mechanism`].
    pub(crate) mechanism: &'static str,
    fetched: SystemTime,
    renew: SystemTime,
}

impl Token {
    /// How long it is used from now on; `None` when another has to be asked for.
    pub(crate) fn good_for(&self, now: SystemTime) -> Option<Duration> {
        // A clock that was set back says nothing any more.
        let left = self.renew.duration_since(now).ok().filter(|left| !left.is_zero())?;
        (now >= self.fetched).then_some(left)
    }
}

/// When a token is renewed: at four fifths of its life or half an hour before its end, whichever is
/// later.
fn renewal(now: SystemTime, end: Option<SystemTime>) -> SystemTime {
    let Some(end) = end else { return now + UNDATED };
    match end.duration_since(now) {
        Ok(life) if !life.is_zero() => now + (life.mul_f64(0.8)).max(life.saturating_sub(MARGIN)),
        _ => now + GRACE,
    }
}

/// For whom and where a token is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    who: Who,
    public: bool,
    fips: bool,
}

impl Key {
    fn of(host: &EcrHost, who: &Who) -> Self {
        let (public, fips) = match host {
            EcrHost::Public => (true, false),
            EcrHost::Private { fips, .. } => (false, *fips),
        };
        Self { who: who.clone(), public, fips }
    }
}

#[derive(Debug)]
enum Held {
    Token(Token),
    Failed(Box<Failure>, SystemTime),
}

type Slot = Arc<tokio::sync::Mutex<Option<Held>>>;

/// Keeps tokens, and asks for one at a time.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<HashMap<Key, Slot>>);

impl Tokens {
    /// The token for a host.
    ///
    /// # Errors
    /// When nobody is known, or AWS gives none.
    pub(crate) async fn get(
        &self,
        host: &EcrHost,
        who: &Who,
        principals: &Principals,
        surroundings: &Surroundings,
    ) -> Result<Token, Box<Failure>> {
        let key = Key::of(host, who);
        let slot = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        // Whoever needs the same token waits here for the one who asks for it.
        let mut held = slot.lock().await;
        let now = SystemTime::now();
        match &*held {
            Some(Held::Token(token)) if token.good_for(now).is_some() => return Ok(token.clone()),
            Some(Held::Failed(failure, at)) if now.duration_since(*at).is_ok_and(|since| since < FAILED) => {
                return Err(failure.clone());
            }
            _ => {}
        }
        let asked = ask(host, who, principals, surroundings).await;
        *held = Some(match &asked {
            Ok(token) => Held::Token(token.clone()),
            Err(failure) => Held::Failed(failure.clone(), SystemTime::now()),
        });
        asked
    }

    /// A registry turned this token down. If it has been at hand for a while it is not given again:
    /// it may have been withdrawn. A new one that is turned down says something about the account.
    pub(crate) async fn doubt(&self, host: &EcrHost, who: &Who) {
        let key = Key::of(host, who);
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let Some(slot) = slot else { return };
        let mut held = slot.lock().await;
        let is_old = |token: &Token| SystemTime::now().duration_since(token.fetched).is_ok_and(|age| age > NEW);
        if matches!(&*held, Some(Held::Token(token)) if is_old(token)) {
            *held = None;
        }
    }

    /// Asks anew from now on.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

async fn ask(
    host: &EcrHost,
    who: &Who,
    principals: &Principals,
    surroundings: &Surroundings,
) -> Result<Token, Box<Failure>> {
    let (principal, _) = principals.find(who, surroundings).await?;
    let http = principals.http(surroundings).await?;
    let credentials = Some(principal.credentials.clone());
    let profile = who.profile.as_deref();
    let config = client::config(surroundings, http, host.region(), profile, credentials).await;
    let (operation, said) = match host {
        EcrHost::Public => {
            let operation = Operation::GetPublicAuthorizationToken;
            let client = aws_sdk_ecrpublic::Client::new(&config);
            let (answer, exchanges) = heard(client.get_authorization_token().send()).await;
            let answer = answer.map_err(|error| Failure::of_operation(operation, profile, &error).after(exchanges))?;
            let said = answer.authorization_data.map(|data| (data.authorization_token, data.expires_at));
            (operation, said)
        }
        EcrHost::Private { fips, dual_stack, .. } => {
            let operation = Operation::GetAuthorizationToken;
            let client = ecr(&config, *fips, *dual_stack);
            let (answer, exchanges) = heard(client.get_authorization_token().send()).await;
            let answer = answer.map_err(|error| Failure::of_operation(operation, profile, &error).after(exchanges))?;
            let said = answer.authorization_data.unwrap_or_default().into_iter().next();
            (operation, said.map(|data| (data.authorization_token, data.expires_at)))
        }
    };
    let unusable = || Failure::new(operation, profile, Cause::Other).saying("an answer without a token");
    let (text, end) = said.ok_or_else(unusable)?;
    let (username, password) = text.as_deref().and_then(account).ok_or_else(unusable)?;
    let now = SystemTime::now();
    let end = end.and_then(|end| SystemTime::try_from(end).ok());
    let Principal { mechanism, .. } = principal;
    let named = !matches!(mechanism, "environment" | "container" | "instance");
    let profile = who.profile.clone().filter(|_| named);
    Ok(Token { username, password, profile, mechanism, fetched: now, renew: renewal(now, end) })
}

/// A client for ECR. Where somebody says where the API is, it is neither of the special ones.
pub(crate) fn ecr(config: &aws_config::SdkConfig, fips: bool, dual_stack: bool) -> aws_sdk_ecr::Client {
    let special = !has_endpoint(config, "ECR");
    let mut builder = aws_sdk_ecr::config::Builder::from(config);
    if special && fips {
        builder = builder.use_fips(true);
    }
    if special && dual_stack {
        builder = builder.use_dual_stack(true);
    }
    aws_sdk_ecr::Client::from_conf(builder.build())
}

/// `AWS:PASSWORD` in base64.
fn account(text: &str) -> Option<(String, Secret)> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (username, password) = text.split_once(':')?;
    let usable = !username.is_empty() && !password.is_empty() && !text.contains(|c: char| c.is_control());
    usable.then(|| (username.to_owned(), Secret::new(password)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_renewed_before_they_end() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let after =
            |life: u64| renewal(now, Some(now + Duration::from_secs(life))).duration_since(now).unwrap().as_secs();
        assert_eq!(after(12 * 3600), 12 * 3600 - 1800, "ECR's twelve hours: half an hour before the end");
        assert_eq!(after(3600), 2880, "an hour: four fifths");
        assert_eq!(after(10), 8);
        assert_eq!(after(0), 60, "over on arrival: used for a moment, asked for no more often");
        let over = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_420_070_400));
        assert_eq!(renewal(now, over).duration_since(now).unwrap(), GRACE);
        assert_eq!(renewal(now, None).duration_since(now).unwrap(), UNDATED);
    }

    #[test]
    fn a_clock_that_is_set_asks_anew() {
        let fetched = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let token = Token {
            username: "AWS".into(),
            password: Secret::new("x"),
            profile: None,
            mechanism: "profile",
            fetched,
            renew: fetched + Duration::from_secs(100),
        };
        assert_eq!(token.good_for(fetched), Some(Duration::from_secs(100)));
        assert_eq!(token.good_for(fetched + Duration::from_secs(99)), Some(Duration::from_secs(1)));
        assert_eq!(token.good_for(fetched + Duration::from_secs(100)), None);
        assert_eq!(token.good_for(fetched - Duration::from_secs(3600)), None);
        assert!(!format!("{token:?}").contains('x'), "{token:?}");
    }

    #[tokio::test]
    async fn a_token_that_was_turned_down_is_given_no_more_unless_it_is_new() {
        let host = EcrHost::parse("123456789012.dkr.ecr.eu-west-1.amazonaws.com").unwrap();
        let who = Who { profile: None, chosen: false, region: "eu-west-1".into(), metadata: true };
        let tokens = Tokens::default();
        for (age, kept) in [(5, true), (600, false)] {
            let fetched = SystemTime::now() - Duration::from_secs(age);
            let renew = fetched + Duration::from_secs(3600);
            let (username, password) = ("AWS".to_owned(), Secret::new("x"));
            let token = Token { username, password, profile: None, mechanism: "profile", fetched, renew };
            let slot = Arc::new(tokio::sync::Mutex::new(Some(Held::Token(token))));
            tokens.0.lock().unwrap().insert(Key::of(&host, &who), Arc::clone(&slot));
            tokens.doubt(&host, &who).await;
            assert_eq!(slot.lock().await.is_some(), kept, "{age} s old");
        }
    }

    #[test]
    fn what_a_token_holds() {
        let read = |text: &str| account(text).map(|(name, secret)| (name, secret.reveal().to_owned()));
        let moto = "QVdTOjEyMzQ1Njc4OTAxMi1hdXRoLXRva2Vu";
        assert_eq!(read(moto), Some(("AWS".into(), "123456789012-auth-token".into())));
        for bad in ["", "QVdT", "QVdTOg==", "OnB3", "QVdTOmEKYg==", "%%%"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
