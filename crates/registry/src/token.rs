//! Which Authorization a repository is asked with. One look-up of the account and one token request
//! at a time for each repository; whoever else needs the same waits for it.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use http::HeaderValue;
use source::{Credential, CredentialOrigin, CredentialProvider, Event, Problem, ProblemKind, Sink};
use tokio::time::Instant;
use url::Url;

use crate::account::{self, Accounts, Down, Held, Key, Life, Search, Turned, Whom};
use crate::challenge::Challenge;
use crate::exchange::Exchange;
use crate::host;
use crate::options::RegistryOptions;
use crate::question::Repository;
use crate::realm::{self, Refusal};
use crate::scope::Scopes;
use crate::token_server::{self, NoToken};
use crate::way::{Bearer, Way};

/// An Authorization header and what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// Counts grants, so that the one that was turned down is told from its successor.
    pub(crate) id: u64,
    /// Marked sensitive: Debug does not show it.
    pub(crate) header: HeaderValue,
    /// As whom; `None` for anonymous.
    pub(crate) whom: Option<Arc<Whom>>,
    /// The accounts that were turned down before this.
    pub(crate) turned: Vec<Arc<Down>>,
    /// Whether it is the account itself that is sent (Basic, or a token given ready), not a token
    /// that a token server gave for it.
    pub(crate) is_account_itself: bool,
    pub(crate) way: Way,
    /// Whether the registry has taken it at least once.
    proven: Arc<AtomicBool>,
    /// Absent for what does not expire.
    life: Option<Life>,
}

impl Grant {
    /// Whether the registry has taken it at least once.
    pub(crate) fn is_proven(&self) -> bool {
        self.proven.load(Ordering::Relaxed)
    }

    /// The registry took it.
    pub(crate) fn prove(&self) {
        self.proven.store(true, Ordering::Relaxed);
    }

    /// Whether its time is over.
    pub(crate) fn is_over(&self) -> bool {
        self.life.is_some_and(|life| life.end <= Instant::now())
    }

    /// This grant for a while longer, as it could not be renewed; `None` when its time is over.
    fn put_off(&self) -> Option<Self> {
        let (life, now) = (self.life?, Instant::now());
        let left = life.end.checked_duration_since(now).filter(|left| !left.is_zero())?;
        Some(Self { life: Some(Life { renew: now + left / 2, ..life }), ..self.clone() })
    }

    fn is_fresh(&self) -> bool {
        self.life.is_none_or(|life| Instant::now() < life.renew)
    }
}

/// Gives grants.
#[derive(Debug)]
pub(crate) struct TokenBroker {
    exchange: Arc<Exchange>,
    provider: Arc<dyn CredentialProvider>,
    options: RegistryOptions,
    known: Mutex<Known>,
    accounts: Mutex<Accounts>,
}

type Flight = Shared<BoxFuture<'static, Arc<Landed>>>;

#[derive(Debug, Default)]
struct Known {
    grants: HashMap<Key, Arc<Grant>>,
    flights: HashMap<Key, Flight>,
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
        lock(&self.0).push(event);
    }
}

impl Kept {
    fn hand_over(&self, sink: &dyn Sink) {
        let events = std::mem::take(&mut *lock(&self.0));
        for event in events {
            sink.on(event);
        }
    }
}

/// What was remembered stays as it was when somebody panicked over it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TokenBroker {
    pub(crate) fn new(
        exchange: Arc<Exchange>,
        provider: Arc<dyn CredentialProvider>,
        options: RegistryOptions,
    ) -> Self {
        Self { exchange, provider, options, known: Mutex::default(), accounts: Mutex::default() }
    }

    /// The grant to begin with: one at hand, renewed when four fifths of its life are over. `None`
    /// as long as the registry has not asked for any.
    pub(crate) async fn ready(
        self: &Arc<Self>,
        repository: &Repository,
        origin: Option<&Url>,
        sink: &dyn Sink,
    ) -> Option<Arc<Grant>> {
        // An account is not sent before it is known that TLS is spoken, or that it is not.
        origin?;
        let (held, basic) = {
            let known = lock(&self.known);
            (known.grants.get(&repository.key()).cloned(), known.basic.contains(&repository.registry))
        };
        match held {
            Some(grant) if grant.is_fresh() => Some(grant),
            Some(grant) => {
                let renewed = self.fly(repository, grant.way.clone(), &Turned::default(), sink).await;
                // If that fails, the old one is good for what is left of it; then the registry's own
                // 401 will say what is wrong.
                renewed.ok().or_else(|| Some(grant).filter(|g| !g.is_over()))
            }
            None if basic => self.fly(repository, Way::Basic, &Turned::default(), sink).await.ok(),
            None => None,
        }
    }

    /// The way that the challenges ask for: the first whose token server may be asked.
    ///
    /// # Errors
    /// [`ProblemKind::RealmNotAllowed`] or [`ProblemKind::AnswerMalformed`] when there is none.
    pub(crate) fn way(&self, repository: &Repository, home: &Url, offered: &[Challenge]) -> Result<Way, Problem> {
        let mut first = None;
        for challenge in offered {
            match challenge {
                Challenge::Basic => return Ok(Way::Basic),
                Challenge::Bearer { realm, service, scope, .. } => match self.realm(repository, home, realm) {
                    Ok(realm) => {
                        let wanted = scope.as_deref().or(repository.scope.as_deref()).unwrap_or_default();
                        let (home, service, scopes) = (home.clone(), service.clone(), Scopes::parse(wanted));
                        return Ok(Way::Bearer(Arc::new(Bearer { home, realm, service, scopes })));
                    }
                    Err(problem) => {
                        first.get_or_insert(problem);
                    }
                },
            }
        }
        Err(first.unwrap_or_else(|| ProblemKind::AuthRequired { registry: repository.registry.clone() }.into()))
    }

    /// The grant for a way. `rejected` is the one that the registry does not take; `turned` are the
    /// accounts that it turned down during this question.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        repository: &Repository,
        way: Way,
        rejected: Option<u64>,
        turned: &Turned,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, Problem> {
        let held = lock(&self.known).grants.get(&repository.key()).cloned();
        match held {
            // Somebody else has answered the same challenge meanwhile.
            Some(grant) if Some(grant.id) != rejected && grant.is_fresh() && grant.way.covers(&way) => Ok(grant),
            _ => self.fly(repository, way, turned, sink).await,
        }
    }

    /// The registry does not take this grant any more; its account is as good as before.
    pub(crate) fn drop_grant(&self, repository: &Repository, rejected: u64) {
        let mut known = lock(&self.known);
        if known.grants.get(&repository.key()).is_some_and(|grant| grant.id == rejected) {
            known.grants.remove(&repository.key());
        }
    }

    /// Nothing works: the next question begins anew, with the accounts that are stored by then.
    pub(crate) fn forget(&self, repository: &Repository, rejected: Option<u64>) {
        let mut known = lock(&self.known);
        let held = known.grants.get(&repository.key()).map(|grant| grant.id);
        if held.is_none() || held == rejected {
            known.grants.remove(&repository.key());
            known.basic.remove(&repository.registry);
            lock(&self.accounts).forget(repository);
        }
    }

    /// Accounts of a registry were changed: nothing that was found before counts any more.
    pub(crate) fn forget_registry(&self, registry: &str) {
        let mut known = lock(&self.known);
        known.grants.retain(|(r, _), _| r != registry);
        known.flights.retain(|(r, _), _| r != registry);
        known.basic.remove(registry);
        lock(&self.accounts).forget_registry(registry);
    }

    /// The registry turned down the account of a grant.
    pub(crate) fn turn_down(&self, repository: &Repository, rejected: u64, down: &Arc<Down>) {
        self.drop_grant(repository, rejected);
        lock(&self.accounts).turn_down(repository, Arc::clone(down));
    }

    /// The registry gave what was asked: tells which accounts it turned down before.
    pub(crate) fn worked(&self, repository: &Repository, grant: &Grant, sink: &dyn Sink) {
        grant.prove();
        if !grant.turned.is_empty() {
            lock(&self.accounts).tell(repository, &grant.turned, sink);
        }
    }

    async fn fly(
        self: &Arc<Self>,
        repository: &Repository,
        way: Way,
        turned: &Turned,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, Problem> {
        loop {
            let (flight, joined) = {
                let mut known = lock(&self.known);
                if let Some(flight) = known.flights.get(&repository.key()) {
                    (flight.clone(), true)
                } else {
                    let (broker, repository_) = (Arc::clone(self), repository.clone());
                    let (way, turned) = (way.clone(), turned.clone());
                    let flight = async move { broker.land(&repository_, way, turned).await }.boxed().shared();
                    known.flights.insert(repository.key(), flight.clone());
                    (flight, false)
                }
            };
            let landed = flight.await;
            landed.events.hand_over(sink);
            match &landed.grant {
                // Somebody else's token is good for less.
                Ok(grant) if joined && !grant.way.covers(&way) => {}
                grant => return grant.clone(),
            }
        }
    }

    async fn land(&self, repository: &Repository, way: Way, turned: Turned) -> Arc<Landed> {
        let events = Kept::default();
        let grant = self.grant(repository, way, turned, &events).await;
        let mut known = lock(&self.known);
        known.flights.remove(&repository.key());
        match &grant {
            Ok(grant) => {
                known.grants.insert(repository.key(), Arc::clone(grant));
                if grant.way == Way::Basic {
                    known.basic.insert(repository.registry.clone());
                }
            }
            Err(_) => {
                let held = known.grants.get(&repository.key()).and_then(|grant| grant.put_off());
                match held {
                    Some(grant) => known.grants.insert(repository.key(), Arc::new(grant)),
                    None => known.grants.remove(&repository.key()),
                };
            }
        }
        Arc::new(Landed { grant, events })
    }

    /// Tries one account after the other, and nobody last.
    async fn grant(
        &self,
        repository: &Repository,
        way: Way,
        turned: Turned,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, Problem> {
        let mut search = Search {
            provider: &*self.provider,
            repository,
            passwords: way == Way::Basic,
            except: turned.except,
            turned: turned.all,
        };
        let mut at_hand = lock(&self.accounts).held(repository);
        loop {
            let held = match at_hand.take() {
                Some(held) => held,
                None => search.next(&self.accounts).await?,
            };
            let Some(whom) = held.whom.clone() else { return self.as_nobody(repository, way, held, sink).await };
            if lock(&self.accounts).is_news(repository, &whom.origin) {
                sink.on(used(repository, Some(&whom)));
            }
            match self.as_account(repository, &way, &whom, &held, sink).await {
                Ok(grant) => return Ok(grant),
                Err(NoToken::Failed(problem)) => return Err(account::after(&held.turned, problem)),
                Err(NoToken::TurnedDown(problem)) => {
                    let everywhere = problem.evidence.last().is_some_and(|e| e.status != Some(403));
                    let down = Arc::new(Down::new(whom, problem, repository, everywhere));
                    lock(&self.accounts).turn_down(repository, Arc::clone(&down));
                    for before in &held.turned {
                        search.pass_over(Arc::clone(before));
                    }
                    search.pass_over(down);
                }
            }
        }
    }

    async fn as_account(
        &self,
        repository: &Repository,
        way: &Way,
        whom: &Arc<Whom>,
        held: &Held,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, NoToken> {
        let (header, life, refresh, is_account_itself) = match way {
            Way::Basic => {
                let Credential::Basic { username, password } = &whom.credential else {
                    return Err(NoToken::Failed(auth_required(repository)));
                };
                (token_server::basic(username, password), held.life, None, true)
            }
            Way::Bearer(bearer) => {
                let token = self.ask(repository, bearer).token(&whom.credential, held.refresh.as_ref(), sink).await?;
                let ready = matches!(whom.credential, Credential::RegistryToken(_));
                (token.header, token.expires_in.map(Life::of), token.refresh.or_else(|| held.refresh.clone()), ready)
            }
        };
        lock(&self.accounts).hold(repository, Held { refresh, ..held.clone() });
        Ok(self.made(way, header, Some(Arc::clone(whom)), held, is_account_itself, life))
    }

    async fn as_nobody(
        &self,
        repository: &Repository,
        way: Way,
        held: Held,
        sink: &dyn Sink,
    ) -> Result<Arc<Grant>, Problem> {
        let Way::Bearer(bearer) = &way else {
            return Err(account::all_of(&held.turned, auth_required(repository)));
        };
        if lock(&self.accounts).is_news(repository, &CredentialOrigin::None) {
            sink.on(used(repository, None));
        }
        match self.ask(repository, bearer).token(&Credential::Anonymous, None, sink).await {
            Ok(token) => {
                lock(&self.accounts).hold(repository, held.clone());
                Ok(self.made(&way, token.header, None, &held, false, token.expires_in.map(Life::of)))
            }
            Err(NoToken::TurnedDown(problem) | NoToken::Failed(problem)) => Err(account::all_of(&held.turned, problem)),
        }
    }

    fn made(
        &self,
        way: &Way,
        header: HeaderValue,
        whom: Option<Arc<Whom>>,
        held: &Held,
        is_account_itself: bool,
        life: Option<Life>,
    ) -> Arc<Grant> {
        let id = {
            let mut known = lock(&self.known);
            known.count += 1;
            known.count
        };
        let (way, turned, proven) = (way.clone(), held.turned.clone(), Arc::default());
        Arc::new(Grant { id, header, whom, turned, is_account_itself, way, proven, life })
    }

    fn ask<'a>(&'a self, repository: &'a Repository, bearer: &'a Bearer) -> token_server::Ask<'a> {
        token_server::Ask { exchange: &self.exchange, registry: &repository.registry, bearer }
    }

    /// A realm that may be asked.
    fn realm(&self, repository: &Repository, home: &Url, realm: &str) -> Result<Url, Problem> {
        let own = self.options.of_host(home).map(|host| host.allow_realms.as_slice()).unwrap_or_default();
        let allowed: Vec<String> = self.options.allow_realms.iter().chain(own).cloned().collect();
        realm::check(home, realm, &allowed).map_err(|refusal| {
            let named = home.join(realm).ok();
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
}

fn auth_required(repository: &Repository) -> Problem {
    ProblemKind::AuthRequired { registry: repository.registry.clone() }.into()
}

/// The account with which a registry is asked from now on.
fn used(repository: &Repository, whom: Option<&Whom>) -> Event {
    Event::Credential {
        registry: repository.registry.clone(),
        account: whom.and_then(|w| w.credential.account()).map(ToOwned::to_owned),
        origin: whom.map_or(CredentialOrigin::None, |w| w.origin.clone()),
    }
}
