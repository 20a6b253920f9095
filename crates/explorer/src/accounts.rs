//! Accounts: which there are, why one is used, signing in and out.

mod place;

use std::time::Instant;

pub use aws::{AwsProfile, AwsSignInEvent, AwsSignInSink};
use credentials::{OwnKey, Unkept};
use registry::Taken;
use serde::{Deserialize, Serialize};
use source::{
    Credential, CredentialOrigin, Evidence, Look, LookFault, Meter, Problem, ProblemKind, Requests, Secret, Silent,
    Whose,
};

use crate::Explorer;
use crate::explorer::{Reading, Way};
use place::Place;

/// Whether secrets can be kept on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct StoreState {
    /// `secret-service`, `credential-manager`, `keychain` (messages `store-NAME`).
    pub name: String,
    /// Why it cannot keep anything; absent when it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<LookFault>,
}

/// An account that this machine has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct AccountCard {
    /// For which registry or prefix: `ghcr.io`, `ghcr.io/team`.
    pub key: String,
    /// The account's name; a token, or what only a helper knows, has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Where it is.
    pub origin: CredentialOrigin,
    /// Whether it is Kaibo's own, so that it can be removed here.
    pub own: bool,
}

/// The whole answer (`docs/json.md`, `kaibo.accounts/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AccountsReport {
    /// `kaibo.accounts/1`.
    pub schema: String,
    /// Whether secrets can be kept.
    pub store: StoreState,
    /// Kaibo's own first, then those of other tools, by key.
    pub accounts: Vec<AccountCard>,
    /// Profiles of AWS.
    pub aws_profiles: Vec<AwsProfile>,
}

/// With which account a registry would be asked, and every place that was looked at
/// (`docs/json.md`, `kaibo.accounts-why/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct WhyReport {
    /// `kaibo.accounts-why/1`.
    pub schema: String,
    /// `host[:port]`.
    pub registry: String,
    /// Empty when the registry as a whole was meant.
    pub repository: String,
    /// The account's name; absent for tokens without a name and when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Where it is; `none` when there is none.
    pub origin: CredentialOrigin,
    /// Every place, in order.
    pub looks: Vec<Look>,
}

/// An account to be tested and kept. No Serialize, no Debug of the secret.
#[derive(Clone, Debug)]
pub struct LoginRequest {
    /// For which registry or prefix: `ghcr.io`, `ghcr.io/team`.
    pub key: String,
    /// The account; `None` when the secret is a refresh token (`<token>` of credential helpers).
    pub username: Option<String>,
    /// Never shown.
    pub secret: Secret,
    /// A repository to test with, where the registry tells nothing by itself.
    pub repository: Option<String>,
    /// Keep it in the store; otherwise it is known until the program ends.
    pub keep: bool,
    /// Speak plain HTTP, for this question only.
    pub plain_http: bool,
    /// Hosts that may serve tokens, for this question only.
    pub allow_realm: Vec<String>,
}

/// How far an account was tested (messages `tested-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Tested {
    /// The registry or its token server took it.
    Taken,
    /// The registry asks nobody for an account: it took it as it would take any.
    NotAsked,
}

/// Whether an account was kept (messages `kept-KIND`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Kept {
    /// In the store of the operating system.
    Store {
        /// Its name.
        store: String,
    },
    /// Until the program ends, as was asked.
    Session,
    /// Until the program ends: the store cannot keep it.
    NotKept {
        /// The store's name.
        store: String,
        /// Why (messages `not-kept-KIND`).
        why: NotKept,
    },
}

/// Why a store did not keep a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum NotKept {
    /// There is no store in this session.
    NoStore,
    /// It is locked, and nobody unlocked it.
    Locked,
    /// The secret is longer than the store can hold (Credential Manager: 2,560 bytes).
    TooLong,
    /// It failed.
    Failed,
}

/// The whole answer (`docs/json.md`, `kaibo.login/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct LoginReport {
    /// `kaibo.login/1`.
    pub schema: String,
    /// For which registry or prefix.
    pub key: String,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// How far it was tested.
    pub tested: Tested,
    /// Whether it was kept; of an account that was there before and only tested, whether it is
    /// Kaibo's own in the store.
    pub kept: Kept,
    /// What was asked.
    pub requests: Requests,
}

impl Explorer {
    /// The accounts of this machine. No helper is run: some ask the reader.
    ///
    /// # Errors
    /// When a file that was named explicitly cannot be read.
    pub async fn accounts(&self) -> Result<AccountsReport, Problem> {
        let store = StoreState { name: self.own.keychain.store().to_owned(), fault: self.own.keychain.fault().await };
        let typed = self.own.session.accounts().into_iter().map(|(key, account)| {
            let key = key.to_string();
            AccountCard { origin: CredentialOrigin::Session { key: key.clone() }, key, account, own: true }
        });
        let kept = self.own.keychain.accounts().into_iter().map(|(key, account)| {
            let (store, key) = (store.name.clone(), key.to_string());
            AccountCard { origin: CredentialOrigin::Keychain { store, key: key.clone() }, key, account, own: true }
        });
        let mut accounts: Vec<AccountCard> = typed.chain(kept).collect();
        let of_tools = self.own.of_tools().await?.into_iter();
        let mut others: Vec<AccountCard> = of_tools
            .map(|tool| AccountCard { key: tool.key, account: tool.account, origin: tool.origin, own: false })
            .collect();
        accounts.sort_by(|a, b| a.key.cmp(&b.key));
        others.sort_by(|a, b| a.key.cmp(&b.key));
        accounts.append(&mut others);
        let aws_profiles = self.aws.profiles().await;
        Ok(AccountsReport { schema: "kaibo.accounts/1".to_owned(), store, accounts, aws_profiles })
    }

    /// With which account `place` (`host` or `host/name`) would be asked, and why. Helpers and the
    /// store are asked anew.
    ///
    /// # Errors
    /// As [`Explorer::accounts`]; [`ProblemKind::SettingUnusable`] for a place that is none.
    pub async fn why(&self, place: &str) -> Result<WhyReport, Problem> {
        let Place { registry, repository } = Place::parse(place)?;
        self.own.look_anew();
        let found = self.accounts.find(&Whose::of(&registry, &repository)).await?;
        Ok(WhyReport {
            schema: "kaibo.accounts-why/1".to_owned(),
            registry,
            repository,
            account: found.credential.account().map(ToOwned::to_owned),
            origin: found.origin,
            looks: found.looks,
        })
    }

    /// Tests an account, and keeps it when the registry takes it.
    ///
    /// # Errors
    /// When the registry does not take it, or cannot be asked: nothing is kept then.
    /// [`ProblemKind::SettingUnusable`] for a key, a repository or a name of an account that is none.
    pub async fn login(&self, request: LoginRequest) -> Result<LoginReport, Problem> {
        let key = place::own_key(&request.key)?;
        let repository = request.repository.as_deref().map(|name| place::repository(&key, name)).transpose()?;
        let credential = credential(&request)?;
        let way = Way {
            reading: Reading::Fresh,
            offline: false,
            plain_http: request.plain_http,
            realms: &request.allow_realm,
        };
        let (tested, requests) = self.try_out(&way, key.registry(), repository.as_deref(), &credential).await?;
        let account = credential.account().map(ToOwned::to_owned);
        let kept = self.keep(&key, credential, request.keep).await;
        self.renew();
        Ok(LoginReport { schema: "kaibo.login/1".to_owned(), key: key.to_string(), account, tested, kept, requests })
    }

    /// Tests the account that is there for `place`, as [`Explorer::login`] would, and keeps nothing.
    ///
    /// # Errors
    /// As [`Explorer::login`]; [`ProblemKind::AuthRequired`] when there is none.
    pub async fn test_account(&self, place: &str) -> Result<LoginReport, Problem> {
        let Place { registry, repository } = Place::parse(place)?;
        self.own.look_anew();
        let found = self.accounts.find(&Whose::of(&registry, &repository)).await?;
        if found.credential == Credential::Anonymous {
            // That there is no account says little where a look ended with what to put right.
            let known = found.looks.iter().find_map(Look::problem);
            return Err(known.unwrap_or_else(|| ProblemKind::AuthRequired { registry }.into()));
        }
        let way = Way { reading: Reading::Fresh, offline: false, plain_http: false, realms: &[] };
        let name = Some(repository.as_str()).filter(|name| !name.is_empty());
        let (tested, requests) = self.try_out(&way, &registry, name, &found.credential).await?;
        let (key, kept) = match found.origin {
            CredentialOrigin::Keychain { store, key } => (key, Kept::Store { store }),
            CredentialOrigin::Session { key } => (key, Kept::Session),
            _ => (registry, Kept::Session),
        };
        let account = found.credential.account().map(ToOwned::to_owned);
        Ok(LoginReport { schema: "kaibo.login/1".to_owned(), key, account, tested, kept, requests })
    }

    /// Forgets Kaibo's own account for a key.
    ///
    /// # Errors
    /// [`ProblemKind::AccountUnknown`]; [`ProblemKind::StoreFailed`]; [`ProblemKind::SettingUnusable`]
    /// for a key that is none.
    pub async fn logout(&self, key: &str) -> Result<(), Problem> {
        let key = place::own_key(key)?;
        let typed = self.own.session.forget(&key);
        let kept = self.own.keychain.forget(&key).await;
        self.renew();
        match kept {
            Ok(kept) if kept || typed => Ok(()),
            Ok(_) => {
                let keys = self.own.keychain.accounts().into_iter().chain(self.own.session.accounts());
                let mut keys: Vec<String> = keys.map(|(key, _)| key.to_string()).collect();
                keys.sort();
                keys.dedup();
                Err(ProblemKind::AccountUnknown { key: key.to_string(), keys }.into())
            }
            Err(unkept) => {
                let said = match unkept {
                    Unkept::Failed(said) => Some(said),
                    Unkept::Locked => Some("locked".to_owned()),
                    Unkept::NoStore | Unkept::TooLong => None,
                };
                let store = self.own.keychain.store().to_owned();
                let evidence = Evidence { attempted: format!("delete {key}"), status: None, said };
                Err(Problem::new(ProblemKind::StoreFailed { store }).with(evidence))
            }
        }
    }

    /// Signs in to AWS in the browser (IAM Identity Center, device flow) for a profile.
    ///
    /// # Errors
    /// Denied, expired, not such a profile, AWS out of reach.
    pub async fn aws_sign_in(&self, profile: &str, sink: &dyn AwsSignInSink) -> Result<AwsProfile, Problem> {
        let signed_in = self.aws.sign_in(profile, sink).await?;
        self.aws.forget();
        self.renew();
        Ok(signed_in)
    }

    /// Asks the registry whether it takes an account, with nothing that it knows of another.
    async fn try_out(
        &self,
        way: &Way<'_>,
        registry: &str,
        repository: Option<&str>,
        credential: &Credential,
    ) -> Result<(Tested, Requests), Problem> {
        let started = Instant::now();
        let meter = Meter::new(&Silent);
        let client = self.client(way)?;
        let taken = Box::pin(client.try_account(registry, repository, credential.clone(), &meter)).await?;
        let tested = match taken {
            Taken::Taken => Tested::Taken,
            Taken::NotAsked => Tested::NotAsked,
        };
        Ok((tested, meter.requests(started.elapsed())))
    }

    /// Where the store cannot keep it, it is known until the program ends.
    async fn keep(&self, key: &OwnKey, credential: Credential, keep: bool) -> Kept {
        let kept = if keep { self.own.keychain.keep(key, &credential).await.map(Some) } else { Ok(None) };
        let store = self.own.keychain.store().to_owned();
        match kept {
            Ok(Some(())) => {
                // What was typed before would come before it.
                let _ = self.own.session.forget(key);
                Kept::Store { store }
            }
            Ok(None) => {
                self.own.session.remember(key.clone(), credential);
                Kept::Session
            }
            Err(unkept) => {
                self.own.session.remember(key.clone(), credential);
                let why = match unkept {
                    Unkept::NoStore => NotKept::NoStore,
                    Unkept::Locked => NotKept::Locked,
                    Unkept::TooLong => NotKept::TooLong,
                    Unkept::Failed(_) => NotKept::Failed,
                };
                Kept::NotKept { store, why }
            }
        }
    }
}

fn credential(request: &LoginRequest) -> Result<Credential, Problem> {
    let unusable = |setting: &str, value: &str| {
        Problem::from(ProblemKind::SettingUnusable { setting: setting.to_owned(), value: value.to_owned() })
    };
    if request.secret.is_empty() {
        return Err(unusable("password", ""));
    }
    match request.username.as_deref() {
        None | Some("<token>") => Ok(Credential::IdentityToken(request.secret.clone())),
        // In Basic a colon ends the name (RFC 7617, section 2).
        Some(name) if name.is_empty() || name.contains(':') || name.chars().any(char::is_control) => {
            Err(unusable("username", name))
        }
        Some(name) => Ok(Credential::Basic { username: name.to_owned(), password: request.secret.clone() }),
    }
}
