use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use source::{Credential, CredentialOrigin, CredentialProvider, Found, LookOutcome, LookPlace, Problem, Whose};

use crate::own_key::{self, OwnKey};
use crate::search::Search;

/// What was typed since the program was started. It is in memory and nowhere else.
#[derive(Clone, Debug, Default)]
pub struct Session(Arc<Mutex<BTreeMap<OwnKey, Credential>>>);

impl Session {
    /// Nothing was typed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Remembers an account until the program ends.
    pub fn remember(&self, key: OwnKey, credential: Credential) {
        self.lock().insert(key, credential);
    }

    /// Forgets an account; whether there was one.
    #[must_use]
    pub fn forget(&self, key: &OwnKey) -> bool {
        self.lock().remove(key).is_some()
    }

    /// The keys, and the accounts' names where they have one.
    #[must_use]
    pub fn accounts(&self) -> Vec<(OwnKey, Option<String>)> {
        let named =
            |(key, credential): (&OwnKey, &Credential)| (key.clone(), credential.account().map(ToOwned::to_owned));
        self.lock().iter().map(named).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<OwnKey, Credential>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl CredentialProvider for Session {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let mut search = Search::new(whose);
        let accounts = self.lock().clone();
        let fitting = own_key::fitting(accounts.keys(), whose);
        if fitting.is_empty() {
            search.note(LookPlace::Session, LookOutcome::Nothing);
        }
        for key in fitting {
            if search.is_over(&LookPlace::Session) {
                break;
            }
            let origin = CredentialOrigin::Session { key: key.to_string() };
            search.offer(LookPlace::Session, accounts[key].clone(), origin);
        }
        Ok(search.end())
    }

    fn places(&self, _whose: &Whose<'_>) -> Vec<LookPlace> {
        vec![LookPlace::Session]
    }
}

#[cfg(test)]
mod tests {
    use source::Secret;

    use super::*;

    #[tokio::test]
    async fn the_longest_prefix_that_was_not_turned_down_wins() {
        let session = Session::new();
        for (key, name) in [("r.example", "host"), ("r.example/team", "team"), ("r.example/team/app", "app")] {
            let credential = Credential::Basic { username: name.to_owned(), password: Secret::new("p") };
            session.remember(OwnKey::parse(key).unwrap(), credential);
        }
        let account = async |repository: &str, except: &[CredentialOrigin]| {
            let found = session.find(&Whose { registry: "r.example", repository, except }).await.unwrap();
            found.credential.account().map(ToOwned::to_owned)
        };
        assert_eq!(account("team/app", &[]).await.as_deref(), Some("app"));
        assert_eq!(account("team/apple", &[]).await.as_deref(), Some("team"));
        assert_eq!(account("other", &[]).await.as_deref(), Some("host"));
        assert_eq!(account("", &[]).await.as_deref(), Some("host"));
        let app = CredentialOrigin::Session { key: "r.example/team/app".to_owned() };
        assert_eq!(account("team/app", &[app]).await.as_deref(), Some("team"));
        assert!(session.forget(&OwnKey::parse("r.example").unwrap()));
        assert!(!session.forget(&OwnKey::parse("r.example").unwrap()));
        assert_eq!(account("other", &[]).await, None);
        assert!(!format!("{session:?}").contains("\"p\""));
    }
}
