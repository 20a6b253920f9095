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

    /// The account whose key fits best, and that key. Entries that hold nothing (a helper has it)
    /// count as absent.
    pub(crate) fn find(&self, registry: &str, repository: &str) -> Result<Option<(Credential, String)>, Malformed> {
        let mut fitting: Vec<(Fit, &String, &Entry)> = self
            .auths
            .iter()
            .filter(|(_, entry)| !entry.is_empty())
            .filter_map(|(key, entry)| key::fit(key, registry, repository).map(|fit| (fit, key, entry)))
            .collect();
        fitting.sort_by_key(|(fit, ..)| std::cmp::Reverse(*fit));
        let Some((_, key, entry)) = fitting.first() else { return Ok(None) };
        Ok(Some((entry.credential()?, (*key).clone())))
    }

    /// The helper that Docker would ask.
    pub(crate) fn helper(&self, registry: &str) -> Option<&str> {
        let own = self.helpers.iter().find(|(key, _)| key::fit(key, registry, "").is_some());
        own.map(|(_, helper)| helper.as_str()).or(self.store.as_deref()).filter(|h| !h.is_empty())
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

    fn check(json: &str, expected: Result<Option<(&str, Credential)>, Malformed>) {
        let found = Config::parse(json.as_bytes()).and_then(|config| config.find("r.example", "team/app"));
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
        let config = Config::parse(br#"{"credHelpers":{"r.example":"ecr-login"},"credsStore":"desktop"}"#).unwrap();
        assert_eq!(config.helper("r.example"), Some("ecr-login"));
        assert_eq!(config.helper("other.example"), Some("desktop"));
        assert_eq!(Config::parse(b"{}").unwrap().helper("r.example"), None);
    }
}
