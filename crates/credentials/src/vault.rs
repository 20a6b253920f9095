use std::fmt;

use keyring::v1::{Entry, Error};
use source::LookFault;

/// The name under which the entries are in the store.
const SERVICE: &str = "kaibo";

/// A store for secrets of the operating system. Its calls may wait for the reader to unlock it.
pub(crate) trait Vault: Send + Sync + fmt::Debug + 'static {
    /// `secret-service`, `credential-manager`, `keychain`.
    fn name(&self) -> &'static str;
    /// The most bytes that one entry holds.
    fn limit(&self) -> Option<usize>;
    /// Whether there is one, without unlocking it.
    fn is_there(&self) -> bool;
    fn set(&self, key: &str, value: &[u8]) -> Result<(), VaultFault>;
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, VaultFault>;
    fn delete(&self, key: &str) -> Result<(), VaultFault>;
}

/// Why a store did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VaultFault {
    /// There is none in this session.
    NoStore,
    /// It is locked, and nobody unlocked it.
    Locked,
    /// It failed, in its own words.
    Failed(String),
}

impl VaultFault {
    pub(crate) fn look(&self) -> LookFault {
        match self {
            Self::NoStore => LookFault::NoStore,
            Self::Locked => LookFault::StoreLocked,
            Self::Failed(_) => LookFault::StoreFailed,
        }
    }
}

/// The store that this system has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemVault;

impl Vault for SystemVault {
    fn name(&self) -> &'static str {
        if cfg!(windows) {
            "credential-manager"
        } else if cfg!(target_os = "macos") {
            "keychain"
        } else {
            "secret-service"
        }
    }

    fn limit(&self) -> Option<usize> {
        // CRED_MAX_CREDENTIAL_BLOB_SIZE
        cfg!(windows).then_some(5 * 512)
    }

    fn is_there(&self) -> bool {
        Entry::store_status().is_ok()
    }

    fn set(&self, key: &str, value: &[u8]) -> Result<(), VaultFault> {
        Entry::new(SERVICE, key).and_then(|entry| entry.set_secret(value)).map_err(fault)
    }

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, VaultFault> {
        match Entry::new(SERVICE, key).and_then(|entry| entry.get_secret()) {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(error)),
        }
    }

    fn delete(&self, key: &str) -> Result<(), VaultFault> {
        match Entry::new(SERVICE, key).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(error)),
        }
    }
}

fn fault(error: Error) -> VaultFault {
    match error {
        Error::NoDefaultStore => VaultFault::NoStore,
        // Windows has no lock: what it says here is that a service or an SSH session has no store.
        Error::NoStorageAccess(_) if cfg!(windows) => VaultFault::NoStore,
        // The Secret Service is there and has no collection to put anything into.
        Error::NoStorageAccess(inner) if inner.to_string().contains("result not returned") => VaultFault::NoStore,
        Error::NoStorageAccess(_) => VaultFault::Locked,
        // Some errors carry what was read; their own words do not.
        other => VaultFault::Failed(other.to_string()),
    }
}
