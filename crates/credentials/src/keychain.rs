use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use source::{
    Credential, CredentialOrigin, CredentialProvider, Found, LookFault, LookOutcome, LookPlace, Problem, Secret, Whose,
};
use tokio::time::Instant;

use crate::book::Book;
use crate::helper::line_of;
use crate::own_key::{self, OwnKey};
use crate::search::Search;
use crate::vault::{SystemVault, Vault, VaultFault};

/// How long the reader has for unlocking the store.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a store that failed is not asked again: one look at an image is many requests, and each
/// might open a dialog.
const REST: Duration = Duration::from_secs(30);

/// Kaibo's own accounts, in the store for secrets of the operating system.
///
/// Which there are is in `accounts.json`, without their secrets: so the store is asked for nothing
/// that it does not have, and no dialog asks the reader to unlock it for nothing.
#[derive(Clone, Debug)]
pub struct Keychain(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    vault: Arc<dyn Vault>,
    ledger: Book<Ledger>,
    patience: Duration,
    /// What was read or kept by this program, by the number of its change.
    known: Mutex<HashMap<OwnKey, (u64, Credential)>>,
    failed: Mutex<Option<(Instant, VaultFault)>>,
    /// One at a time; a call that waits for the reader is not joined by a second dialog.
    turn: tokio::sync::Mutex<()>,
    waiting: Arc<AtomicBool>,
}

/// `accounts.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Ledger {
    accounts: BTreeMap<String, Line>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Line {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    /// Another number after each change, so that the other program reads it anew.
    #[serde(default)]
    changed: u64,
}

/// An entry of the store. No Debug: it is a secret.
#[derive(Serialize, Deserialize)]
struct Value {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    secret: String,
    kind: Kind,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Password,
    IdentityToken,
    RegistryToken,
}

/// Why an account was not kept, or not deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// There is no store in this session.
    NoStore,
    /// It is locked, and nobody unlocked it.
    Locked,
    /// The secret is longer than the store can hold.
    TooLong,
    /// It failed, in its own words.
    Failed(String),
}

impl From<VaultFault> for Unkept {
    fn from(fault: VaultFault) -> Self {
        match fault {
            VaultFault::NoStore => Self::NoStore,
            VaultFault::Locked => Self::Locked,
            VaultFault::Failed(said) => Self::Failed(said),
        }
    }
}

impl Keychain {
    /// The store of this system, and the list of what is in it in `folder`. Nothing is asked yet.
    #[must_use]
    pub fn new(folder: Option<&Path>) -> Self {
        Self::with(Arc::new(SystemVault), folder, PATIENCE)
    }

    fn with(vault: Arc<dyn Vault>, folder: Option<&Path>, patience: Duration) -> Self {
        Self(Arc::new(Shared {
            vault,
            ledger: Book::new(folder, "accounts.json"),
            patience,
            known: Mutex::default(),
            failed: Mutex::default(),
            turn: tokio::sync::Mutex::new(()),
            waiting: Arc::default(),
        }))
    }

    /// `secret-service`, `credential-manager`, `keychain`.
    #[must_use]
    pub fn store(&self) -> &'static str {
        self.0.vault.name()
    }

    /// Why the store can keep nothing, as far as that is known without unlocking it.
    pub async fn fault(&self) -> Option<LookFault> {
        match self.call(|vault| if vault.is_there() { Ok(()) } else { Err(VaultFault::NoStore) }).await {
            Ok(()) => None,
            Err(VaultFault::Locked) => Some(LookFault::StoreLocked),
            Err(fault) => Some(fault.look()),
        }
    }

    /// The keys, and the accounts' names where they have one. The store is not asked.
    #[must_use]
    pub fn accounts(&self) -> Vec<(OwnKey, Option<String>)> {
        self.lines().into_iter().map(|(key, line)| (key, line.account)).collect()
    }

    /// Keeps an account, in the place of the one that was there.
    ///
    /// # Errors
    /// Why it could not be kept.
    pub async fn keep(&self, key: &OwnKey, credential: &Credential) -> Result<(), Unkept> {
        let Some(value) = value(credential) else { return Err(Unkept::Failed("nothing to keep".to_owned())) };
        if self.0.vault.limit().is_some_and(|limit| value.len() > limit) {
            return Err(Unkept::TooLong);
        }
        let text = key.to_string();
        self.call({
            let text = text.clone();
            move |vault| vault.set(&text, &value)
        })
        .await?;
        let changed = now();
        let line = Line { account: credential.account().map(ToOwned::to_owned), changed };
        if let Err(error) = self.0.ledger.change(|ledger| ledger.accounts.insert(text.clone(), line)) {
            // What is not in the list would never be found, nor be removed.
            let _ = self.call(move |vault| vault.delete(&text)).await;
            return Err(Unkept::Failed(error.to_string()));
        }
        self.known().insert(key.clone(), (changed, credential.clone()));
        Ok(())
    }

    /// Forgets an account; whether there was one.
    ///
    /// # Errors
    /// When the store did not delete it: it is still in the list then.
    pub async fn forget(&self, key: &OwnKey) -> Result<bool, Unkept> {
        if !self.lines().contains_key(key) {
            return Ok(false);
        }
        let text = key.to_string();
        self.call({
            let text = text.clone();
            move |vault| vault.delete(&text)
        })
        .await?;
        self.known().remove(key);
        let removed = self.0.ledger.change(|ledger| ledger.accounts.remove(&text).is_some());
        removed.map_err(|error| Unkept::Failed(error.to_string()))
    }

    /// Asks the store again, however lately it failed: the reader may have unlocked it.
    pub fn retry(&self) {
        *self.failed() = None;
    }

    /// What `accounts.json` says, without what is no key.
    fn lines(&self) -> BTreeMap<OwnKey, Line> {
        let lines = self.0.ledger.read().accounts.into_iter();
        lines.filter_map(|(key, line)| Some((OwnKey::parse(&key).ok()?, line))).collect()
    }

    async fn get(&self, key: &OwnKey, changed: u64) -> Result<Option<Credential>, VaultFault> {
        if let Some((_, credential)) = self.known().get(key).filter(|(number, _)| *number == changed) {
            return Ok(Some(credential.clone()));
        }
        let text = key.to_string();
        let Some(value) = self.call(move |vault| vault.get(&text)).await? else { return Ok(None) };
        let credential = credential(&value).ok_or_else(|| VaultFault::Failed("not an entry of Kaibo's".to_owned()))?;
        self.known().insert(key.clone(), (changed, credential.clone()));
        Ok(Some(credential))
    }

    /// Asks the store on a thread of its own, and waits for the reader as long as is bearable.
    async fn call<R: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn Vault) -> Result<R, VaultFault> + Send + 'static,
    ) -> Result<R, VaultFault> {
        let _turn = self.0.turn.lock().await;
        if self.0.waiting.load(Ordering::Acquire) {
            return Err(VaultFault::Locked);
        }
        self.0.waiting.store(true, Ordering::Release);
        let (vault, waiting) = (Arc::clone(&self.0.vault), Arc::clone(&self.0.waiting));
        let asking = tokio::task::spawn_blocking(move || {
            let answer = ask(vault.as_ref());
            waiting.store(false, Ordering::Release);
            answer
        });
        match tokio::time::timeout(self.0.patience, asking).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(panic)) => {
                self.0.waiting.store(false, Ordering::Release);
                Err(VaultFault::Failed(panic.to_string()))
            }
            Err(_) => Err(VaultFault::Locked),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<OwnKey, (u64, Credential)>> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self) -> MutexGuard<'_, Option<(Instant, VaultFault)>> {
        self.0.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self) -> LookPlace {
        LookPlace::Keychain { store: self.store().to_owned() }
    }
}

#[async_trait]
impl CredentialProvider for Keychain {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let mut search = Search::new(whose);
        let lines = self.lines();
        let fitting = own_key::fitting(lines.keys(), whose);
        if fitting.is_empty() {
            search.note(self.place(), LookOutcome::Nothing);
        }
        for key in fitting {
            let resting =
                self.failed().as_ref().filter(|(when, _)| when.elapsed() < REST).map(|(_, fault)| fault.clone());
            let answer = match resting {
                Some(fault) => Err(fault),
                None => self.get(key, lines[key].changed).await,
            };
            match answer {
                Ok(Some(credential)) => {
                    let origin = CredentialOrigin::Keychain { store: self.store().to_owned(), key: key.to_string() };
                    search.offer(self.place(), credential, origin);
                }
                // Deleted with the system's own program.
                Ok(None) => search.note(self.place(), LookOutcome::Nothing),
                Err(fault) => {
                    let said = if let VaultFault::Failed(said) = &fault { Some(line_of(said)) } else { None };
                    search.fail(self.place(), fault.look(), said);
                    self.failed().get_or_insert((Instant::now(), fault));
                    break;
                }
            }
            if search.has_found() {
                break;
            }
        }
        Ok(search.end())
    }

    fn places(&self, _whose: &Whose<'_>) -> Vec<LookPlace> {
        vec![self.place()]
    }
}

fn value(credential: &Credential) -> Option<Vec<u8>> {
    let (username, secret, kind) = match credential {
        Credential::Anonymous => return None,
        Credential::Basic { username, password } => (Some(username.clone()), password, Kind::Password),
        Credential::IdentityToken(token) => (None, token, Kind::IdentityToken),
        Credential::RegistryToken(token) => (None, token, Kind::RegistryToken),
    };
    serde_json::to_vec(&Value { username, secret: secret.reveal().to_owned(), kind }).ok()
}

fn credential(value: &[u8]) -> Option<Credential> {
    let Value { username, secret, kind } = serde_json::from_slice(value).ok()?;
    let secret = Secret::new(secret);
    Some(match kind {
        Kind::Password => Credential::Basic { username: username?, password: secret },
        Kind::IdentityToken => Credential::IdentityToken(secret),
        Kind::RegistryToken => Credential::RegistryToken(secret),
    })
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
