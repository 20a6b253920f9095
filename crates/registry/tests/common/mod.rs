#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses a part; tests may stop")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anatomy::{Digest, Named, NodeId, Target, Want, WantClass};
use async_trait::async_trait;
use registry::{RegistryClient, RegistryOptions, RegistrySource, Timing, TrustPlaces};
use source::{
    Credential, CredentialOrigin, CredentialProvider, Event, Found, LookPlace, NoCredentials, Problem, Secret, Sink,
    Whose,
};

/// Short waits, and no trust of this machine's own.
pub(crate) fn options() -> RegistryOptions {
    let timing = Timing {
        connect: Duration::from_secs(5),
        first_byte: Duration::from_secs(5),
        idle: Duration::from_secs(5),
        pause: Duration::from_millis(2),
        longest_pause: Duration::from_secs(2),
    };
    RegistryOptions { timing, trust: TrustPlaces::default(), ..RegistryOptions::default() }
}

pub(crate) fn impatient() -> RegistryOptions {
    let timing = Timing {
        connect: Duration::from_secs(1),
        first_byte: Duration::from_secs(1),
        idle: Duration::from_millis(300),
        ..options().timing
    };
    RegistryOptions { timing, ..options() }
}

pub(crate) fn named(registry: &str, repository: &str) -> Named {
    Named {
        registry: registry.to_owned(),
        repository: repository.to_owned(),
        tag: None,
        digest: None,
        defaulted: Default::default(),
    }
}

pub(crate) fn open(registry: &testkit::Registry, repository: &str) -> RegistrySource {
    with(registry, repository, &options(), NoCredentials)
}

pub(crate) fn with(
    registry: &testkit::Registry,
    repository: &str,
    options: &RegistryOptions,
    credentials: impl CredentialProvider + 'static,
) -> RegistrySource {
    RegistryClient::new(options, Arc::new(credentials)).unwrap().repository(&named(&registry.host(), repository))
}

pub(crate) fn tag(text: &str) -> Target {
    Target::Tag(text.to_owned())
}

pub(crate) fn want(class: WantClass, digest: &Digest) -> Want {
    Want { node: NodeId(digest.to_string()), digest: digest.clone(), class, media_type: None, size: None }
}

/// Remembers what was told.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<Vec<Event>>);

impl Told {
    pub(crate) fn events(&self) -> Vec<Event> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn requests(&self) -> usize {
        self.events().iter().filter(|e| matches!(e, Event::Request(_))).count()
    }
}

impl Sink for Told {
    fn on(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }
}

/// One account for everything, and how often it was asked for.
#[derive(Debug, Clone)]
pub(crate) struct One(pub(crate) Credential, pub(crate) Arc<Mutex<u32>>);

impl One {
    pub(crate) fn basic(username: &str, password: &str) -> Self {
        Self(Credential::Basic { username: username.to_owned(), password: Secret::new(password) }, Arc::default())
    }

    pub(crate) fn of(credential: Credential) -> Self {
        Self(credential, Arc::default())
    }
}

#[async_trait]
impl CredentialProvider for One {
    async fn find(&self, _whose: &Whose<'_>) -> Result<Found, Problem> {
        *self.1.lock().unwrap() += 1;
        let variable = "TEST".to_owned();
        let (place, origin) =
            (LookPlace::Variable { variable: variable.clone() }, CredentialOrigin::Environment { variable });
        Ok(Found::at(place, self.0.clone(), origin, Vec::new()))
    }
}

/// An account, where it is from, and how long it is good.
type Account = (Credential, CredentialOrigin, Option<Duration>);

/// Several accounts in their order; those that are excepted are passed over.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chain {
    pub(crate) accounts: Arc<Mutex<Vec<Account>>>,
    /// How many were excepted at each look.
    pub(crate) looks: Arc<Mutex<Vec<usize>>>,
}

impl Chain {
    /// Passwords; each is from the variable of its account's name.
    pub(crate) fn basic(accounts: &[(&str, &str)]) -> Self {
        let chain = Self::default();
        for (username, password) in accounts {
            chain.add(basic(username, password), username, None);
        }
        chain
    }

    pub(crate) fn add(&self, credential: Credential, variable: &str, good_for: Option<Duration>) {
        self.accounts.lock().unwrap().push((credential, origin(variable), good_for));
    }
}

pub(crate) fn basic(username: &str, password: &str) -> Credential {
    Credential::Basic { username: username.to_owned(), password: Secret::new(password) }
}

pub(crate) fn origin(variable: &str) -> CredentialOrigin {
    CredentialOrigin::Environment { variable: variable.to_owned() }
}

#[async_trait]
impl CredentialProvider for Chain {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        self.looks.lock().unwrap().push(whose.except.len());
        let found = self.accounts.lock().unwrap().iter().find(|(_, o, _)| !whose.except.contains(o)).cloned();
        Ok(match found {
            None => Found::nothing(Vec::new()),
            Some((credential, origin, good_for)) => {
                let place = LookPlace::Variable { variable: "TEST".to_owned() };
                Found { good_for, ..Found::at(place, credential, origin, Vec::new()) }
            }
        })
    }
}

/// `GET 1.0 Basic` for each request: method, last part of the path, kind of Authorization.
pub(crate) fn lines(registry: &testkit::Registry) -> Vec<String> {
    let line = |seen: &testkit::Seen| {
        let path = seen.path.split('?').next().unwrap().trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
        let scheme = seen.authorization().and_then(|a| a.split(' ').next()).unwrap_or("-").to_owned();
        format!("{} {path} {scheme}", seen.method)
    };
    registry.seen().iter().map(line).collect()
}
