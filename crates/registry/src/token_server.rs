//! The exchange with a token server (distribution's token authentication; OAuth2 for refresh tokens).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Method};
use serde_json::Value;
use source::{Credential, Problem, ProblemKind, Secret, Sink};
use url::Url;

use crate::classify;
use crate::exchange::{Exchange, Request};
use crate::host;
use crate::retry;
use crate::way::Bearer;
use crate::wire::Opened;
use crate::words;

/// Largest token answer that is read.
const TOKEN_BYTES: u64 = 1 << 20;
/// The life of a token whose server does not say (distribution: "defaults to 60 seconds").
const DEFAULT_LIFE: Duration = Duration::from_secs(60);
/// Who we are to an OAuth2 server.
const CLIENT: &str = "kaibo";

/// A token as a header.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) header: HeaderValue,
    /// Absent for a token that was given ready.
    pub(crate) expires_in: Option<Duration>,
    /// What the server gave for the next time, unasked or in exchange for another.
    pub(crate) refresh: Option<Secret>,
}

/// Why there is no token.
#[derive(Debug)]
pub(crate) enum NoToken {
    /// The server does not take the account (or nobody).
    TurnedDown(Problem),
    /// It could not be asked, or its answer could not be used.
    Failed(Problem),
}

/// What is asked of whom.
pub(crate) struct Ask<'a> {
    pub(crate) exchange: &'a Exchange,
    pub(crate) registry: &'a str,
    pub(crate) bearer: &'a Bearer,
}

/// What a token server may answer.
enum Answer {
    Token(Token),
    /// It does not take the account (or nobody).
    Refused(Problem),
    /// It does not know this way of asking.
    Unknown(Problem),
}

/// What is sent by POST (RFC 6749, 4.3 and 6).
#[derive(Clone, Copy)]
enum Given<'g> {
    Refresh(&'g Secret),
    Password(&'g str, &'g Secret),
}

impl Ask<'_> {
    /// A token for `credential`, or for the `refresh` token that a server gave for it before.
    pub(crate) async fn token(
        &self,
        credential: &Credential,
        refresh: Option<&Secret>,
        sink: &dyn Sink,
    ) -> Result<Token, NoToken> {
        if let Some(refresh) = refresh
            && let Ok(Answer::Token(token)) = self.post(Given::Refresh(refresh), sink).await
        {
            return Ok(token);
        }
        let answer = match credential {
            Credential::RegistryToken(token) => {
                let header = bearer(token.reveal()).ok_or_else(|| NoToken::Failed(self.failed(None)))?;
                return Ok(Token { header, expires_in: None, refresh: None });
            }
            Credential::Anonymous => self.get(None, sink).await?,
            Credential::Basic { username, password } => {
                match self.get(Some(&basic(username, password)), sink).await? {
                    // A server of OAuth2 only.
                    Answer::Unknown(problem) => match self.post(Given::Password(username, password), sink).await? {
                        Answer::Unknown(_) => Answer::Unknown(problem),
                        answer => answer,
                    },
                    answer => answer,
                }
            }
            Credential::IdentityToken(token) => match self.post(Given::Refresh(token), sink).await? {
                // Not every token server knows the OAuth2 way.
                Answer::Unknown(_) => self.get(Some(&basic("<token>", token)), sink).await?,
                answer => answer,
            },
        };
        match answer {
            Answer::Token(token) => Ok(token),
            Answer::Refused(problem) => Err(NoToken::TurnedDown(self.turned_down(problem, credential))),
            Answer::Unknown(problem) => Err(NoToken::Failed(problem)),
        }
    }

    /// Says of whom the server did not take.
    fn turned_down(&self, problem: Problem, credential: &Credential) -> Problem {
        if *credential == Credential::Anonymous {
            return problem;
        }
        let said = problem.evidence.last().and_then(|evidence| evidence.said.as_deref()).unwrap_or_default();
        let (registry, account) = (self.registry.to_owned(), credential.account().map(ToOwned::to_owned));
        let what = if words::says_expired(said.as_bytes()) {
            ProblemKind::AuthExpired { registry, account }
        } else {
            ProblemKind::AuthRejected { registry, account }
        };
        Problem { what, ..problem }
    }

    async fn get(&self, authorization: Option<&HeaderValue>, sink: &dyn Sink) -> Result<Answer, NoToken> {
        let mut url = self.bearer.realm.clone();
        {
            let mut query = url.query_pairs_mut();
            if let Some(service) = &self.bearer.service {
                query.append_pair("service", service);
            }
            for scope in self.bearer.scopes.texts() {
                query.append_pair("scope", &scope);
            }
        }
        if url.query() == Some("") {
            url.set_query(None);
        }
        let request = Request { authorization: authorization.cloned(), ..self.request(url) };
        let opened = self.send(&request, sink).await?;
        self.take(opened, |status, _| matches!(status, 404 | 405) && authorization.is_some(), sink).await
    }

    async fn post(&self, given: Given<'_>, sink: &dyn Sink) -> Result<Answer, NoToken> {
        let form = Some(self.form(given));
        let mut opened =
            self.send(&Request { method: Method::POST, form, ..self.request(self.bearer.realm.clone()) }, sink).await?;
        let (Given::Refresh(secret) | Given::Password(_, secret)) = given;
        opened.blank = std::mem::take(&mut opened.blank).and(secret);
        // Container registries say 400 and 401 here as well when they know the GET only, but then not in OAuth2's
        // own words for an account that is not taken.
        let unknown = |status, body: &[u8]| match status {
            300..=399 | 404 | 405 => true,
            400 | 401 => matches!(given, Given::Refresh(_)) && !says_invalid_grant(body),
            _ => false,
        };
        self.take(opened, unknown, sink).await
    }

    fn request(&self, url: Url) -> Request {
        Request { behalf: Some(self.bearer.home.clone()), ..Request::get(url) }
    }

    async fn send(&self, request: &Request, sink: &dyn Sink) -> Result<Opened, NoToken> {
        self.exchange.send(request, sink).await.map_err(|failure| NoToken::Failed(failure.problem))
    }

    fn form(&self, given: Given<'_>) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        match given {
            Given::Refresh(token) => {
                form.append_pair("grant_type", "refresh_token");
                form.append_pair("refresh_token", token.reveal());
                form.append_pair("access_type", "offline");
            }
            // Without `offline`: it would leave a token behind that lives long and that nobody needs.
            Given::Password(username, password) => {
                form.append_pair("grant_type", "password");
                form.append_pair("username", username);
                form.append_pair("password", password.reveal());
            }
        }
        form.append_pair("client_id", CLIENT);
        if let Some(service) = &self.bearer.service {
            form.append_pair("service", service);
        }
        let scopes: Vec<_> = self.bearer.scopes.texts().collect();
        if !scopes.is_empty() {
            form.append_pair("scope", &scopes.join(" "));
        }
        form.finish()
    }

    async fn take(
        &self,
        mut opened: Opened,
        unknown: impl Fn(u16, &[u8]) -> bool,
        sink: &dyn Sink,
    ) -> Result<Answer, NoToken> {
        let status = opened.status;
        if status == 200 {
            let malformed = opened.problem(self.failed(None).what);
            let body = opened.read(TOKEN_BYTES, sink).await.map_err(NoToken::Failed)?;
            return read(&body).map(Answer::Token).ok_or(NoToken::Failed(malformed));
        }
        let body = opened.said(sink).await;
        let said = opened.blank.said(&body);
        let evidence = classify::evidence(opened.attempted.clone(), Some(status), said);
        let refused = matches!(status, 401 | 403) || (status == 400 && says_invalid_grant(&body));
        let kind = match status {
            _ if refused => ProblemKind::AuthRequired { registry: self.registry.to_owned() },
            429 => ProblemKind::RateLimited {
                registry: host::shown(&opened.url),
                retry_after_s: retry::retry_after(&opened.headers)
                    .map(|d| u32::try_from(d.as_secs()).unwrap_or(u32::MAX)),
            },
            status => self.failed(Some(status)).what,
        };
        let problem = Problem::new(kind).with(evidence);
        if unknown(status, &body) {
            Ok(Answer::Unknown(problem))
        } else if refused {
            Ok(Answer::Refused(problem))
        } else {
            Err(NoToken::Failed(problem))
        }
    }

    fn failed(&self, status: Option<u16>) -> Problem {
        ProblemKind::TokenFailed { host: host::shown(&self.bearer.realm), status }.into()
    }
}

/// RFC 6749, 5.2.
fn says_invalid_grant(body: &[u8]) -> bool {
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    answer.is_some_and(|answer| answer["error"] == "invalid_grant")
}

/// The token and its life out of the answer's body.
fn read(body: &[u8]) -> Option<Token> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let token = ["token", "access_token"].iter().find_map(|name| answer[*name].as_str().filter(|t| !t.is_empty()))?;
    let told = match &answer["expires_in"] {
        Value::Number(seconds) => seconds.as_u64(),
        Value::String(seconds) => seconds.parse().ok(),
        _ => None,
    };
    // Longer than a day is nobody's intention, and would overflow a clock.
    let life = told.filter(|s| *s > 0).map_or(DEFAULT_LIFE, |s| Duration::from_secs(s.min(86_400)));
    let refresh = answer["refresh_token"].as_str().filter(|t| !t.is_empty()).map(Secret::new);
    Some(Token { header: bearer(token)?, expires_in: Some(life), refresh })
}

fn bearer(token: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
    header.set_sensitive(true);
    Some(header)
}

/// The header of HTTP Basic.
pub(crate) fn basic(username: &str, password: &Secret) -> HeaderValue {
    let encoded = STANDARD.encode(format!("{username}:{}", password.reveal()));
    let mut header = HeaderValue::from_str(&format!("Basic {encoded}")).expect("base64 has only visible characters");
    header.set_sensitive(true);
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_answers_are_read_tolerantly() {
        for (body, expected) in [
            (r#"{"token":"a"}"#, Some(("Bearer a", 60))),
            (r#"{"access_token":"b","expires_in":300}"#, Some(("Bearer b", 300))),
            (r#"{"token":"","access_token":"b","expires_in":"900"}"#, Some(("Bearer b", 900))),
            (r#"{"token":"a","expires_in":0}"#, Some(("Bearer a", 60))),
            (r#"{"token":"a","expires_in":99999999999}"#, Some(("Bearer a", 86_400))),
            (r#"{"token":"a\nb"}"#, None),
            (r#"{"token":7}"#, None),
            ("<html>", None),
            ("", None),
        ] {
            let got = read(body.as_bytes());
            let got = got.as_ref().map(|t| (t.header.to_str().unwrap(), t.expires_in.unwrap_or_default().as_secs()));
            assert_eq!(got, expected, "{body}");
        }
    }

    #[test]
    fn headers_do_not_show_themselves() {
        assert_eq!(format!("{:?}", basic("me", &Secret::new("hunter2"))), "Sensitive");
    }
}
