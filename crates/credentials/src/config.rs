//! The format that Docker's config.json and Podman's auth.json share.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde::Deserialize;
use source::{Credential, Secret};

use crate::key::{self, Fit};

/// A file, as far as it is about accounts. No Debug: it is full of secrets.
#[derive(Deserialize)]
pub(crate) struct Config {
    #[serde(default)]
    auths: BTreeMap<String, Entry>,
    #[serde(default, rename = "credHelpers")]
    helpers: BTreeMap<String, String>,
    #[serde(default, rename = "credsStore")]
    store: Option<String>,
}

/// A helper, and what it is asked for, best first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// What follows `docker-credential-`; not checked yet.
    pub(crate) name: String,
    pub(crate) servers: Vec<String>,
}

/// An account that a file tells of, without its secret.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) key: String,
    pub(crate) account: Option<String>,
    /// The helper that has it, if it is not in the file itself.
    pub(crate) helper: Option<String>,
}

/// A helper is asked for the key as Docker writes it, and for others that the file has.
const SERVERS: usize = 3;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    auth: String,
    username: String,
    password: String,
    identitytoken: String,
    registrytoken: String,
}

/// The file or an entry of it is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

impl Config {
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Malformed> {
        serde_json::from_slice(text).map_err(|_| Malformed)
    }

    /// `.dockercfg`: a map of what became `auths` later.
    pub(crate) fn parse_dockercfg(text: &[u8]) -> Result<Self, Malformed> {
        let auths = serde_json::from_slice(text).map_err(|_| Malformed)?;
        Ok(Self { auths, helpers: BTreeMap::new(), store: None })
    }

    /// The accounts whose keys fit, best first, with those keys. Entries that hold nothing (a helper
    /// has it) count as absent.
    pub(crate) fn accounts(&self, registry: &str, repository: &str) -> Vec<(String, Result<Credential, Malformed>)> {
        let mut fitting: Vec<(Fit, &String, &Entry)> = self
            .auths
            .iter()
            .filter(|(_, entry)| !entry.is_empty())
            .filter_map(|(key, entry)| key::fit(key, registry, repository).map(|fit| (fit, key, entry)))
            .collect();
        fitting.sort_by_key(|(fit, ..)| std::cmp::Reverse(*fit));
        fitting.into_iter().map(|(_, key, entry)| (key.clone(), entry.credential())).collect()
    }

    /// The helper that Docker would ask: that of the registry before that of all. An empty name in
    /// `credHelpers` says that the file itself has the account.
    pub(crate) fn helper(&self, registry: &str) -> Option<Asked> {
        let name = self.own_helper(registry).or(self.store.as_deref()).filter(|name| !name.is_empty())?;
        let mut servers = vec![key::docker_server(registry).to_owned()];
        // An entry that holds nothing says under which key the helper has it.
        let empty = self.auths.iter().filter(|(_, entry)| entry.is_empty()).map(|(key, _)| key);
        for key in empty.chain(self.helpers.keys()) {
            let is_host = matches!(key::fit(key, registry, ""), Some(Fit::Host | Fit::Legacy));
            if is_host && !servers.contains(key) && servers.len() < SERVERS {
                servers.push(key.clone());
            }
        }
        Some(Asked { name: name.to_owned(), servers })
    }

    /// The helper of `credHelpers` alone, which containers' tools look at (containers-auth.json(5)).
    pub(crate) fn own_helper(&self, registry: &str) -> Option<&str> {
        let own = self.helpers.iter().find(|(key, _)| key::fit(key, registry, "").is_some());
        own.map(|(_, helper)| helper.as_str())
    }

    /// The accounts that the file tells of, by key. No helper is run for it.
    pub(crate) fn told(&self) -> Vec<Told> {
        let in_helpers = self.helpers.iter().filter(|(_, helper)| !helper.is_empty()).map(|(key, helper)| Told {
            key: key.clone(),
            account: None,
            helper: Some(helper.clone()),
        });
        let in_file = self.auths.iter().filter_map(|(key, entry)| {
            if !key::is_account(key) || self.helpers.get(key).is_some_and(|helper| !helper.is_empty()) {
                return None;
            }
            if !entry.is_empty() {
                let account = entry.credential().ok().and_then(|c| c.account().map(ToOwned::to_owned));
                return Some(Told { key: key.clone(), account, helper: None });
            }
            let store = self.store.clone().filter(|store| !store.is_empty())?;
            Some(Told { key: key.clone(), account: None, helper: Some(store) })
        });
        let mut told: Vec<Told> = in_helpers.chain(in_file).collect();
        told.sort_by(|a, b| a.key.cmp(&b.key));
        told
    }
}

impl Entry {
    fn is_empty(&self) -> bool {
        [&self.auth, &self.username, &self.identitytoken, &self.registrytoken].iter().all(|text| text.is_empty())
    }

    fn credential(&self) -> Result<Credential, Malformed> {
        if !self.registrytoken.is_empty() {
            return Ok(Credential::RegistryToken(Secret::new(&self.registrytoken)));
        }
        if !self.identitytoken.is_empty() {
            return Ok(Credential::IdentityToken(Secret::new(&self.identitytoken)));
        }
        let (username, password) =
            if self.auth.is_empty() { (self.username.clone(), self.password.clone()) } else { decoded(&self.auth)? };
        match username.as_str() {
            "" => Err(Malformed),
            // Helpers and Docker mark an identity token by this name.
            "<token>" => Ok(Credential::IdentityToken(Secret::new(password))),
            _ => Ok(Credential::Basic { username, password: Secret::new(password) }),
        }
    }
}

/// `base64(user:password)`, split at the first colon; NULs at the end are padding of old versions.
fn decoded(auth: &str) -> Result<(String, String), Malformed> {
    let auth = auth.trim();
    let bytes = STANDARD.decode(auth).or_else(|_| STANDARD_NO_PAD.decode(auth)).map_err(|_| Malformed)?;
    let text = String::from_utf8(bytes).map_err(|_| Malformed)?;
    let (username, password) = text.split_once(':').ok_or(Malformed)?;
    Ok((username.to_owned(), password.trim_end_matches('\0').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The account that fits best.
    fn best(config: &Config) -> Result<Option<(Credential, String)>, Malformed> {
        match config.accounts("r.example", "team/app").into_iter().next() {
            Some((key, credential)) => Ok(Some((credential?, key))),
            None => Ok(None),
        }
    }

    fn check(json: &str, expected: Result<Option<(&str, Credential)>, Malformed>) {
        let found = Config::parse(json.as_bytes()).and_then(|config| best(&config));
        let expected = expected.map(|e| e.map(|(key, credential)| (credential, key.to_owned())));
        assert_eq!(found, expected, "{json}");
    }

    fn basic(username: &str, password: &str) -> Credential {
        Credential::Basic { username: username.to_owned(), password: Secret::new(password) }
    }

    #[test]
    fn entries_are_read_as_docker_reads_them() {
        // alice:wonder:land, bob:pw\0\0, :nobody, nocolon, <token>:refresh
        check(
            r#"{"auths":{"r.example":{"auth":"YWxpY2U6d29uZGVyOmxhbmQ="}}}"#,
            Ok(Some(("r.example", basic("alice", "wonder:land")))),
        );
        check(
            r#"{"auths":{"r.example":{"auth":"YWxpY2U6d29uZGVyOmxhbmQ"}}}"#,
            Ok(Some(("r.example", basic("alice", "wonder:land")))),
        );
        check(r#"{"auths":{"r.example":{"auth":"Ym9iOnB3AAA="}}}"#, Ok(Some(("r.example", basic("bob", "pw")))));
        check(r#"{"auths":{"r.example":{"username":"me","password":"p"}}}"#, Ok(Some(("r.example", basic("me", "p")))));
        check(r#"{"auths":{"r.example":{"auth":"Om5vYm9keQ=="}}}"#, Err(Malformed));
        check(r#"{"auths":{"r.example":{"auth":"bm9jb2xvbg=="}}}"#, Err(Malformed));
        check(r#"{"auths":{"r.example":{"auth":"%%%"}}}"#, Err(Malformed));
        let identity = |text| Credential::IdentityToken(Secret::new(text));
        check(
            r#"{"auths":{"r.example":{"auth":"PHRva2VuPjpyZWZyZXNo"}}}"#,
            Ok(Some(("r.example", identity("refresh")))),
        );
        check(
            r#"{"auths":{"r.example":{"auth":"YTpi","identitytoken":"id"}}}"#,
            Ok(Some(("r.example", identity("id")))),
        );
        let registry = Credential::RegistryToken(Secret::new("rt"));
        check(r#"{"auths":{"r.example":{"registrytoken":"rt"}}}"#, Ok(Some(("r.example", registry))));
    }

    #[test]
    fn the_best_key_that_holds_something_wins() {
        let both = r#"{"auths":{"r.example":{"auth":"YTpi"},"r.example/team":{"auth":"Yzpk"}}}"#;
        check(both, Ok(Some(("r.example/team", basic("c", "d")))));
        check(
            r#"{"auths":{"r.example":{},"https://r.example/v1/":{"auth":"YTpi"}}}"#,
            Ok(Some(("https://r.example/v1/", basic("a", "b")))),
        );
        check(r#"{"auths":{"r.example":{}},"credsStore":"desktop"}"#, Ok(None));
        check(r#"{"auths":{"other.example":{"auth":"%%%"}}}"#, Ok(None));
        check("{}", Ok(None));
        check("7", Err(Malformed));
        check(r#"{"auths":[]}"#, Err(Malformed));
    }

    #[test]
    fn helpers_are_recognised() {
        let text = br#"{"credHelpers":{"r.example":"ecr-login","plain.example":""},"credsStore":"desktop",
            "auths":{"https://old.example/v1/":{},"other.example":{},"full.example":{"auth":"YTpi"}}}"#;
        let config = Config::parse(text).unwrap();
        let asked = |registry| config.helper(registry).map(|asked| (asked.name, asked.servers));
        let expect = |name: &str, servers: &[&str]| {
            Some((name.to_owned(), servers.iter().map(|server| (*server).to_owned()).collect::<Vec<_>>()))
        };
        assert_eq!(asked("r.example"), expect("ecr-login", &["r.example"]));
        assert_eq!(asked("plain.example"), None);
        assert_eq!(asked("other.example"), expect("desktop", &["other.example"]));
        assert_eq!(asked("old.example"), expect("desktop", &["old.example", "https://old.example/v1/"]));
        assert_eq!(asked("docker.io"), expect("desktop", &["https://index.docker.io/v1/"]));
        assert_eq!(Config::parse(b"{}").unwrap().helper("r.example"), None);
        assert_eq!(config.own_helper("other.example"), None);
    }

    #[test]
    fn a_file_tells_of_its_accounts_without_their_secrets() {
        let text = br#"{"credHelpers":{"r.example":"ecr-login"},"credsStore":"desktop","auths":{
            "ghcr.io":{"auth":"YWxpY2U6d29uZGVyOmxhbmQ="},"quay.io":{},"r.example":{},"id.example":{"identitytoken":"t"},
            "https://index.docker.io/v1/":{},"https://index.docker.io/v1/refresh-token":{"auth":"YTpi"}}}"#;
        let told = Config::parse(text).unwrap().told();
        let lines: Vec<String> =
            told.iter().map(|t| format!("{} {:?} {:?}", t.key, t.account.as_deref(), t.helper.as_deref())).collect();
        assert_eq!(
            lines,
            [
                r#"ghcr.io Some("alice") None"#,
                r#"https://index.docker.io/v1/ None Some("desktop")"#,
                "id.example None None",
                r#"quay.io None Some("desktop")"#,
                r#"r.example None Some("ecr-login")"#,
            ]
        );
        assert_eq!(Config::parse(br#"{"auths":{"r.example":{}}}"#).unwrap().told(), []);
    }

    #[test]
    fn the_old_form_has_no_auths_around_it() {
        let config = Config::parse_dockercfg(br#"{"https://r.example":{"auth":"YTpi","email":"a@b"}}"#).unwrap();
        assert_eq!(best(&config), Ok(Some((basic("a", "b"), "https://r.example".to_owned()))));
        assert!(Config::parse_dockercfg(b"[]").is_err());
    }
}
