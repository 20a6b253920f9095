//! Who may read: the registry's 401 and 403, and its token server.

use std::collections::HashMap;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

use crate::auth::{Auth, Bearer};
use crate::server::{Answer, Seen, World};

/// A token that was given.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Uses that are left.
    left: Option<u32>,
    until: Option<Instant>,
    /// Empty for nobody.
    user: String,
    scopes: Vec<String>,
}

impl World {
    /// What the registry answers to who may not read.
    pub(crate) fn refusal(&mut self, seen: &Seen, repository: &str) -> Option<Answer> {
        match self.auth.clone() {
            Auth::Open => None,
            Auth::Basic { accounts, denied } => basic_refusal(&accounts, &denied, seen, repository),
            Auth::Bearer(bearer) => self.bearer_refusal(&bearer, seen, repository),
        }
    }

    fn bearer_refusal(&mut self, bearer: &Bearer, seen: &Seen, repository: &str) -> Option<Answer> {
        let own = if seen.path.starts_with("/v2/_catalog") {
            Some("registry:catalog:*".to_owned())
        } else {
            (!repository.is_empty()).then(|| format!("repository:{repository}:pull"))
        };
        if bearer.and_basic
            && let Some((name, password)) = basic_of(seen)
            && bearer.accounts.contains(&(name, password))
        {
            return None;
        }
        let given = seen.authorization().and_then(|given| given.strip_prefix("Bearer "));
        let Some(given) = given else { return Some(self.challenge(bearer, own.as_deref(), None)) };
        if bearer.registry_token.as_deref() == Some(given) {
            return None;
        }
        let token = self
            .tokens
            .get_mut(given)
            .filter(|token| token.left != Some(0) && token.until.is_none_or(|until| Instant::now() < until));
        let Some(token) = token else { return Some(self.challenge(bearer, own.as_deref(), Some("invalid_token"))) };
        token.left = token.left.map(|left| left - 1);
        let denied = bearer.denied.iter().find(|(user, of, _)| *user == token.user && (of == "*" || of == repository));
        if let Some((_, _, status)) = denied {
            return Some(match status {
                401 => self.challenge(bearer, own.as_deref(), Some("insufficient_scope")),
                status => Answer::error(*status, "DENIED", "requested access to the resource is denied"),
            });
        }
        let wanted = own.iter().filter(|_| bearer.scoped).chain(&bearer.more);
        let missing: Vec<&str> = wanted.filter(|scope| !token.scopes.contains(scope)).map(String::as_str).collect();
        (!missing.is_empty()).then(|| self.challenge(bearer, Some(&missing.join(" ")), Some("insufficient_scope")))
    }

    fn challenge(&self, bearer: &Bearer, scope: Option<&str>, error: Option<&str>) -> Answer {
        let realm = bearer
            .realm
            .clone()
            .unwrap_or_else(|| format!("{}/token", if bearer.other_host { &self.other_base } else { &self.base }));
        let basic = if bearer.and_basic { r#"Basic realm="testkit, too", "# } else { "" };
        let mut header = format!(r#"{basic}Bearer realm="{realm}",service="testkit""#);
        for (name, value) in [("scope", scope), ("error", error)] {
            if let Some(value) = value {
                header.push_str(&format!(r#",{name}="{value}""#));
            }
        }
        Answer::error(401, "UNAUTHORIZED", "authentication required").with("www-authenticate", header)
    }

    pub(crate) fn token(&mut self, seen: &Seen) -> Answer {
        let Auth::Bearer(bearer) = self.auth.clone() else { return Answer::error(404, "NOT_FOUND", "no token server") };
        let post = seen.method == "POST";
        if post && bearer.no_post {
            return Answer::error(404, "NOT_FOUND", "POST is not known here");
        }
        if !post && bearer.post_only && seen.authorization().is_some() {
            return Answer::error(405, "UNSUPPORTED", "POST an OAuth2 form");
        }
        let asked =
            if post { form(&seen.body) } else { form(seen.path.split_once('?').map_or("", |(_, query)| query)) };
        let user = if post { self.by_form(&bearer, &asked) } else { by_basic(&bearer, seen) };
        let Some(user) = user.or_else(|| bearer.careless.then(String::new)) else {
            return if post {
                Answer::new(400, json!({"error": "invalid_grant"}).to_string())
            } else {
                Answer::new(401, json!({"details": "incorrect username or password"}).to_string())
            }
            .with("content-type", "application/json");
        };
        self.tokens_made += 1;
        let mut token = format!("token-{}", self.tokens_made);
        if bearer.careless {
            token = format!("e30.{}.{token}", URL_SAFE_NO_PAD.encode(json!({"sub": user}).to_string()));
        }
        let mut said = json!({"token": token});
        if let Some(seconds) = bearer.expires_in {
            said["expires_in"] = seconds.into();
        }
        if bearer.refreshing && !user.is_empty() {
            let refresh = format!("refresh-{}", self.tokens_made);
            said["refresh_token"] = refresh.clone().into();
            self.refresh.insert(refresh, user.clone());
        }
        let scopes = asked.into_iter().filter(|(name, _)| name == "scope");
        let scopes =
            scopes.flat_map(|(_, value)| value.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>()).collect();
        let until = bearer.ends_after.map(|life| Instant::now() + life);
        self.tokens.insert(token, Token { left: bearer.uses, until, user, scopes });
        Answer::new(200, said.to_string()).with("content-type", "application/json")
    }

    /// To whom a POST gives a token (RFC 6749): a refresh token that was given before is spent by it.
    fn by_form(&mut self, bearer: &Bearer, asked: &[(String, String)]) -> Option<String> {
        let asked: HashMap<&str, &str> = asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        match *asked.get("grant_type")? {
            "refresh_token" => {
                let given = *asked.get("refresh_token")?;
                if bearer.identity_token.as_deref() == Some(given) {
                    return Some("identity".to_owned());
                }
                self.refresh.remove(given)
            }
            "password" => {
                let account = (*asked.get("username")?, *asked.get("password")?);
                let known =
                    bearer.accounts.iter().any(|(name, password)| account == (name.as_str(), password.as_str()));
                known.then(|| account.0.to_owned())
            }
            _ => None,
        }
    }
}

fn basic_refusal(
    accounts: &[(String, String)],
    denied: &[(String, String)],
    seen: &Seen,
    repository: &str,
) -> Option<Answer> {
    match basic_of(seen).filter(|account| accounts.contains(account)) {
        None => Some(
            Answer::error(401, "UNAUTHORIZED", "authentication required")
                .with("www-authenticate", r#"Basic realm="testkit, a registry", charset="UTF-8""#),
        ),
        Some((name, _)) => denied
            .contains(&(name, repository.to_owned()))
            .then(|| Answer::error(403, "DENIED", "requested access to the resource is denied")),
    }
}

/// To whom a GET gives a token: an account, or nobody if everybody may have one.
fn by_basic(bearer: &Bearer, seen: &Seen) -> Option<String> {
    let Some((username, password)) = basic_of(seen) else { return bearer.anonymous.then(String::new) };
    if bearer.identity_token.as_deref() == Some(password.as_str()) {
        return Some("identity".to_owned());
    }
    bearer.accounts.contains(&(username.clone(), password)).then_some(username)
}

fn basic_of(seen: &Seen) -> Option<(String, String)> {
    let basic = seen.authorization()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(STANDARD.decode(basic).ok()?).ok()?;
    let (username, password) = decoded.split_once(':')?;
    Some((username.to_owned(), password.to_owned()))
}

/// `application/x-www-form-urlencoded`.
fn form(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap_or("0"), 16).unwrap_or(b'?')
            }
            byte => byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
