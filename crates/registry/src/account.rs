//! The accounts of a registry: which was found, which was turned down, and which is tried next.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use source::{Credential, CredentialOrigin, CredentialProvider, Event, Problem, ProblemKind, Secret, Sink, Whose};
use tokio::time::Instant;

use crate::question::Repository;

/// How long an account that was turned down is not sent again: a list of a hundred tags must not be a
/// hundred wrong passwords.
const DOWN: Duration = Duration::from_secs(60);
/// How long a credential is used whose time is over, or nearly, as soon as it is given.
const LEAST: Duration = Duration::from_secs(60);

pub(crate) type Key = (String, String);

/// An account and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whom {
    pub(crate) credential: Credential,
    pub(crate) origin: CredentialOrigin,
}

/// From when on something is renewed, and when it is over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    pub(crate) renew: Instant,
    pub(crate) end: Instant,
}

impl Life {
    /// Renewed when four fifths are over.
    pub(crate) fn of(whole: Duration) -> Self {
        let now = Instant::now();
        Self { renew: now + whole.mul_f64(0.8), end: now + whole }
    }

    /// Of a credential: what comes with its time over is used all the same, for a while, and never
    /// asked for again and again. (Clocks differ; moto's ECR tokens ended in 2015.)
    fn of_credential(good_for: Duration) -> Self {
        if good_for.is_zero() {
            Self { renew: Instant::now() + LEAST, end: Instant::now() + LEAST }
        } else {
            Self::of(good_for)
        }
    }
}

/// An account that was turned down.
#[derive(Debug)]
pub(crate) struct Down {
    pub(crate) whom: Arc<Whom>,
    /// What it was turned down with, and how.
    pub(crate) problem: Problem,
    /// Only there; everywhere on the registry if absent.
    only: Option<Key>,
    until: Instant,
}

impl Down {
    /// `everywhere`: it is no account of the registry at all.
    pub(crate) fn new(whom: Arc<Whom>, problem: Problem, repository: &Repository, everywhere: bool) -> Self {
        Self { whom, problem, only: (!everywhere).then(|| repository.key()), until: Instant::now() + DOWN }
    }

    /// Whether the account is good, and may not do this: asking again does no harm.
    fn is_harmless(&self) -> bool {
        !matches!(self.problem.what, ProblemKind::AuthRejected { .. } | ProblemKind::AuthExpired { .. })
    }
}

/// The accounts that were turned down in the course of a question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turned {
    /// In order.
    pub(crate) all: Vec<Arc<Down>>,
    /// The places of those that were looked up for this question: what is found there is not sent again,
    /// not even if it is another password by now. (Some helpers give a new one each time.)
    pub(crate) except: Vec<CredentialOrigin>,
}

impl Turned {
    /// One more, once.
    pub(crate) fn add(&mut self, down: &Arc<Down>) {
        if !self.all.iter().any(|d| d.whom == down.whom) {
            self.all.push(Arc::clone(down));
        }
    }
}

/// What came of trying one account after the other: the problem of the first, and what was tried.
pub(crate) fn all_of(turned: &[Arc<Down>], last: Problem) -> Problem {
    let problem = after(turned, last);
    match turned.first() {
        None => problem,
        Some(first) => Problem { what: first.problem.what.clone(), chain: first.problem.chain.clone(), ..problem },
    }
}

/// The problem that came after these, with what was tried before it.
pub(crate) fn after(turned: &[Arc<Down>], last: Problem) -> Problem {
    let before = turned.iter().flat_map(|down| down.problem.evidence.iter().cloned());
    Problem { evidence: before.chain(last.evidence.iter().cloned()).collect(), ..last }
}

/// The account that is used for something.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// `None` for nobody.
    pub(crate) whom: Option<Arc<Whom>>,
    /// Those that were turned down before.
    pub(crate) turned: Vec<Arc<Down>>,
    /// Of the credential, where somebody said.
    pub(crate) life: Option<Life>,
    /// What a token server gave for the next token.
    pub(crate) refresh: Option<Secret>,
}

/// What is remembered of accounts.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    held: HashMap<Key, Held>,
    /// By registry.
    down: HashMap<String, Vec<Arc<Down>>>,
    /// What was told of which account.
    used: HashSet<(Key, CredentialOrigin)>,
    passed_over: HashSet<(Key, CredentialOrigin)>,
}

impl Accounts {
    /// The account in use, unless it is time to look for it anew.
    pub(crate) fn held(&self, repository: &Repository) -> Option<Held> {
        let held = self.held.get(&repository.key())?;
        held.life.is_none_or(|life| Instant::now() < life.renew).then(|| held.clone())
    }

    pub(crate) fn hold(&mut self, repository: &Repository, held: Held) {
        self.held.insert(repository.key(), held);
    }

    /// The next look begins anew. A wrong password is remembered all the same.
    pub(crate) fn forget(&mut self, repository: &Repository) {
        let key = repository.key();
        self.held.remove(&key);
        self.used.retain(|(k, _)| *k != key);
        self.passed_over.retain(|(k, _)| *k != key);
        if let Some(down) = self.down.get_mut(&repository.registry) {
            down.retain(|down| !(down.is_harmless() && down.only.as_ref() == Some(&key)));
        }
    }

    /// The same for all of a registry, wrong passwords too.
    pub(crate) fn forget_registry(&mut self, registry: &str) {
        self.held.retain(|(r, _), _| r != registry);
        self.used.retain(|((r, _), _)| r != registry);
        self.passed_over.retain(|((r, _), _)| r != registry);
        self.down.remove(registry);
    }

    pub(crate) fn turn_down(&mut self, repository: &Repository, down: Arc<Down>) {
        self.held.remove(&repository.key());
        let all = self.down.entry(repository.registry.clone()).or_default();
        all.retain(|d| d.until > Instant::now() && !(d.only == down.only && d.whom == down.whom));
        all.push(down);
    }

    fn down(&self, repository: &Repository, whom: &Whom) -> Option<Arc<Down>> {
        let now = Instant::now();
        let all = self.down.get(&repository.registry)?;
        let here = |down: &Down| down.only.as_ref().is_none_or(|only| *only == repository.key());
        all.iter().find(|down| down.until > now && *down.whom == *whom && here(down)).cloned()
    }

    /// Whether this account is used for this for the first time.
    pub(crate) fn is_news(&mut self, repository: &Repository, origin: &CredentialOrigin) -> bool {
        self.used.insert((repository.key(), origin.clone()))
    }

    /// Tells which accounts were turned down before something else worked, each once.
    pub(crate) fn tell(&mut self, repository: &Repository, turned: &[Arc<Down>], sink: &dyn Sink) {
        for down in turned {
            if self.passed_over.insert((repository.key(), down.whom.origin.clone())) {
                sink.on(Event::TurnedDown {
                    registry: repository.registry.clone(),
                    account: down.whom.credential.account().map(ToOwned::to_owned),
                    origin: down.whom.origin.clone(),
                });
            }
        }
    }
}

/// A look for an account, one after the other.
pub(crate) struct Search<'s> {
    pub(crate) provider: &'s dyn CredentialProvider,
    pub(crate) repository: &'s Repository,
    /// Only passwords will do.
    pub(crate) passwords: bool,
    /// Not to be found again.
    pub(crate) except: Vec<CredentialOrigin>,
    /// Turned down so far, in order.
    pub(crate) turned: Vec<Arc<Down>>,
}

impl Search<'_> {
    /// The next account that was not turned down yet; nobody, when there is no other.
    ///
    /// # Errors
    /// What the provider reports of places that were named explicitly.
    pub(crate) async fn next(&mut self, accounts: &std::sync::Mutex<Accounts>) -> Result<Held, Problem> {
        loop {
            let whose =
                Whose { registry: &self.repository.registry, repository: &self.repository.name, except: &self.except };
            let found = match self.provider.find(&whose).await {
                Ok(found) => found,
                Err(problem) if self.turned.is_empty() => return Err(problem),
                // The problem of the account before is the one to report.
                Err(_) => return Ok(self.nobody()),
            };
            // A registry of AWS that lets nobody in without an account: what stood in the way of one is known.
            if self.passwords
                && self.turned.is_empty()
                && found.credential == Credential::Anonymous
                && let Some(problem) = found.looks.iter().rev().find_map(source::Look::problem)
            {
                return Err(problem);
            }
            // A provider that takes no notice of `except` has no other.
            if found.credential == Credential::Anonymous || self.except.contains(&found.origin) {
                return Ok(self.nobody());
            }
            let usable = !self.passwords || matches!(found.credential, Credential::Basic { .. });
            let whom = Arc::new(Whom { credential: found.credential, origin: found.origin });
            let known = crate::token::lock(accounts).down(self.repository, &whom);
            if let Some(down) = known {
                self.pass_over(down);
            } else if usable {
                let life = found.good_for.map(Life::of_credential);
                return Ok(Held { whom: Some(whom), turned: self.turned.clone(), life, refresh: None });
            } else {
                self.except.push(whom.origin.clone());
            }
        }
    }

    /// This one was turned down.
    pub(crate) fn pass_over(&mut self, down: Arc<Down>) {
        if !self.except.contains(&down.whom.origin) {
            self.except.push(down.whom.origin.clone());
        }
        if !self.turned.iter().any(|d| d.whom == down.whom) {
            self.turned.push(down);
        }
    }

    fn nobody(&self) -> Held {
        Held { whom: None, turned: self.turned.clone(), life: None, refresh: None }
    }
}
