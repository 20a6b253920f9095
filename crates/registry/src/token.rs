//! Which Authorization a repository is asked with. One look-up of the account and one token request
//! at a time for each repository; whoever else needs the same waits for it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use http::HeaderValue;
use source::{Credential, CredentialOrigin, CredentialProvider, Event, Problem, ProblemKind, Sink, Whose};
use tokio::time::Instant;
use url::Url;

use crate::challenge::Challenge;
use crate::client::Repository;
use crate::exchange::Exchange;
use crate::host;
use crate::realm::{self, Refusal};
use crate::token_server::{self, Token};

/// An Authorization header and what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// Counts grants, so that the one that was turned down is told from its successor.
    pub(crate) id: u64,
    /// Marked sensitive: Debug does not show it.
    pub(crate) header: HeaderValue,
    pub(crate) account: Account,
    challenge: Challenge,
    /// Absent for what does not expire.
    life: Option<Life>,
}

impl Grant {
    /// Whether it is the account itself that is sent (Basic, or a token given ready), not a token
    /// that a token server gave for it.
    pub(crate) fn is_account_itself(&self) -> bool {
        self.life.is_none()
    }
}

/// As whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// Nobody: no account was found.
    Anonymous,
    /// The account was found and, as far as is known, taken.
    Known(Option<String>),
    /// The account was found and turned down; this is anonymous.
    TurnedDown(Option<String>),
}

impl Account {
    /// Its name, where it has one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Anonymous => None,
            Self::Known(name) | Self::TurnedDown(name) => name.as_deref(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Life {
    renew: Instant,
    end: Instant,
}

/// Gives grants.
#[derive(Debug)]
pub(crate) struct TokenBroker {
    exchange: Arc<Exchange>,
    provider: Arc<dyn CredentialProvider>,
    allowed: Vec<String>,
    known: Mutex<Known>,
}

type Key = (String, String);
type Flight = Shared<BoxFuture<'static, Arc<Landed>>>;

#[derive(Debug, Default)]
struct Known {
    grants: HashMap<Key, Arc<Grant>>,
    flights: HashMap<Key, Flight>,
    credentials: HashMap<Key, (Credential, CredentialOrigin)>,
    /// Registries that want the account itself: it is sent without waiting for their 401.
    basic: HashSet<String>,
    count: u64,
}

/// The end of a flight. The events go to the first who takes them.
#[derive(Debug)]
struct Landed {
    grant: Result<Arc<Grant>, Problem>,
    events: Kept,
}

/// Keeps events: a flight outlives the sink of whoever began it.
#[derive(Debug, Default)]
struct Kept(Mutex<Vec<Event>>);

impl Sink for Kept {
    fn on(&self, event: Event) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }
}

impl Kept {
    fn hand_over(&self, sink: &dyn Sink) {
        let events = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for event in events {
            sink.on(event);
        }
    }
}

impl TokenBroker {
    pub(crate) fn new(exchange: Arc<Exchange>, provider: Arc<dyn CredentialProvider>, allowed: Vec<String>) -> Self {
        Self { exchange, provider, allowed, known: Mutex::default() }
    }

    /// The grant to begin with: one at hand, renewed when four fifths of its life are over. `None`
    /// as long as the registry has not asked for any.
    pub(crate) async fn ready(
        self: &Arc<Self>,
        repository: &Repository,
        origin: Option<&Url>,
        sink: &dyn Sink,
    ) -> Option<Arc<Grant>> {
        let origin = origin?;
        let (held, basic) = {
            let known = self.lock();
            (known.grants.get(&repository.key()).cloned(), known.basic.contains(&repository.registry))
        };
        let now = Instant::now();
        match held {
            Some(grant) if grant.life.is_none_or(|life| now < life.renew) => Some(grant),
            Some(grant) => {
                let renewed = self.fly(repository, origin, grant.challenge.clone(), sink).await;
                // If that fails, the old one is good for what is left of it; then the registry's own
                // 401 will say what is wrong.
                renewed.ok().or_else(|| Some(grant).filter(|g| g.life.is_none_or(|life| now < life.end)))
            }
            None if basic => self.fly(repository, origin, Challenge::Basic, sink).await.ok(),
            None => None,
        }
    }

    /// The grant that answers a challenge. `rejected` is the one that the challenge turned down.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        repository: &Repository,
        origin: &Url,
        challenge: Challenge,
        rejected: Option<u64>,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, Problem> {
        let held = self.lock().grants.get(&repository.key()).cloned();
        match held {
            // Somebody else has answered the same challenge meanwhile.
            Some(grant) if Some(grant.id) != rejected && grant.life.is_none_or(|life| Instant::now() < life.renew) => {
                Ok(grant)
            }
            _ => self.fly(repository, origin, challenge, sink).await,
        }
    }

    /// The registry does not take this grant: the next question begins anew, with the account that
    /// is stored by then.
    pub(crate) fn forget(&self, repository: &Repository, rejected: u64) {
        let mut known = self.lock();
        if known.grants.get(&repository.key()).is_some_and(|grant| grant.id == rejected) {
            known.grants.remove(&repository.key());
            known.credentials.remove(&repository.key());
            known.basic.remove(&repository.registry);
        }
    }

    async fn fly(
        self: &Arc<Self>,
        repository: &Repository,
        origin: &Url,
        challenge: Challenge,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, Problem> {
        let flight = {
            let mut known = self.lock();
            if let Some(flight) = known.flights.get(&repository.key()) {
                flight.clone()
            } else {
                let (broker, repository_, origin) = (Arc::clone(self), repository.clone(), origin.clone());
                let flight = async move { broker.land(&repository_, &origin, challenge).await }.boxed().shared();
                known.flights.insert(repository.key(), flight.clone());
                flight
            }
        };
        let landed = flight.await;
        landed.events.hand_over(sink);
        landed.grant.clone()
    }

    async fn land(&self, repository: &Repository, origin: &Url, challenge: Challenge) -> Arc<Landed> {
        let events = Kept::default();
        let grant = self.grant(repository, origin, challenge, &events).await;
        let mut known = self.lock();
        known.flights.remove(&repository.key());
        match &grant {
            Ok(grant) => {
                known.grants.insert(repository.key(), Arc::clone(grant));
                if grant.challenge == Challenge::Basic {
                    known.basic.insert(repository.registry.clone());
                }
            }
            Err(_) => {
                known.grants.remove(&repository.key());
            }
        }
        Arc::new(Landed { grant, events })
    }

    async fn grant(
        &self,
        repository: &Repository,
        origin: &Url,
        challenge: Challenge,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, Problem> {
        // Before the account is looked up: a helper need not run for a realm that is not used.
        let realm = match &challenge {
            Challenge::Basic => None,
            Challenge::Bearer { realm, .. } => Some(self.realm(repository, origin, realm)?),
        };
        let credential = self.credential(repository, sink).await?;
        let (header, account, life) = match (&challenge, realm) {
            (Challenge::Bearer { service, scope, .. }, Some(realm)) => {
                let scope = scope.clone().unwrap_or_else(|| format!("repository:{}:pull", repository.name));
                let ask = token_server::Ask {
                    exchange: &self.exchange,
                    registry: &repository.registry,
                    realm,
                    service: service.as_deref(),
                    scope,
                };
                let Token { header, account, expires_in } = ask.token(&credential, sink).await?;
                let life = expires_in.map(|whole| {
                    let now = Instant::now();
                    Life { renew: now + whole.mul_f64(0.8), end: now + whole }
                });
                (header, account, life)
            }
            _ => {
                let Credential::Basic { username, password } = &credential else {
                    return Err(ProblemKind::AuthRequired { registry: repository.registry.clone() }.into());
                };
                (token_server::basic(username, password), Account::Known(Some(username.clone())), None)
            }
        };
        let id = {
            let mut known = self.lock();
            known.count += 1;
            known.count
        };
        Ok(Arc::new(Grant { id, header, account, challenge, life }))
    }

    fn realm(&self, repository: &Repository, origin: &Url, realm: &str) -> Result<Url, Problem> {
        realm::check(origin, realm, &self.allowed).map_err(|refusal| {
            let named = origin.join(realm).ok();
            let host = named.as_ref().map(host::shown).filter(|h| !h.is_empty());
            match (refusal, host) {
                (Refusal::Stranger, Some(realm)) => {
                    ProblemKind::RealmNotAllowed { registry: repository.registry.clone(), realm }
                }
                _ => ProblemKind::AnswerMalformed { registry: repository.registry.clone(), what: "realm".to_owned() },
            }
            .into()
        })
    }

    async fn credential(&self, repository: &Repository, sink: &dyn Sink) -> Result<Credential, Problem> {
        let known = self.lock().credentials.get(&repository.key()).cloned();
        if let Some((credential, _)) = known {
            return Ok(credential);
        }
        let found = self.provider.find(&Whose::of(&repository.registry, &repository.name)).await?;
        let (credential, origin) = (found.credential, found.origin);
        let account = match &credential {
            Credential::Basic { username, .. } => Some(username.clone()),
            _ => None,
        };
        sink.on(Event::Credential { registry: repository.registry.clone(), account, origin: origin.clone() });
        self.lock().credentials.insert(repository.key(), (credential.clone(), origin));
        Ok(credential)
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
