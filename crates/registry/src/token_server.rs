//! The exchange with a token server (distribution's token authentication; OAuth2 for refresh tokens).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Method};
use serde_json::Value;
use source::{Credential, CredentialOrigin, Event, Problem, ProblemKind, Secret, Sink};
use url::Url;

use crate::classify;
use crate::exchange::{Exchange, Request};
use crate::host;
use crate::retry;
use crate::token::Account;
use crate::wire::Opened;

/// Largest token answer that is read.
const TOKEN_BYTES: u64 = 1 << 20;
/// The life of a token whose server does not say (distribution: "defaults to 60 seconds").
const DEFAULT_LIFE: Duration = Duration::from_secs(60);

/// A token as a header.
pub(crate) struct Token {
    pub(crate) header: HeaderValue,
    pub(crate) account: Account,
    /// Absent for a token that was given ready.
    pub(crate) expires_in: Option<Duration>,
}

/// What is asked of whom.
pub(crate) struct Ask<'a> {
    pub(crate) exchange: &'a Exchange,
    pub(crate) registry: &'a str,
    pub(crate) realm: Url,
    pub(crate) service: Option<&'a str>,
    pub(crate) scope: String,
}

/// What a token server may answer.
enum Answer {
    Token(HeaderValue, Duration),
    /// It does not take the account (or nobody).
    Refused(Problem),
}

impl Ask<'_> {
    pub(crate) async fn token(&self, credential: &Credential, sink: &dyn Sink) -> Result<Token, Problem> {
        let (answer, name) = match credential {
            Credential::RegistryToken(token) => {
                let header = bearer(token.reveal()).ok_or_else(|| self.failed(None))?;
                return Ok(Token { header, account: Account::Known(None), expires_in: None });
            }
            Credential::Anonymous => {
                return match self.get(None, sink).await? {
                    Answer::Token(header, life) => {
                        Ok(Token { header, account: Account::Anonymous, expires_in: Some(life) })
                    }
                    Answer::Refused(problem) => Err(problem),
                };
            }
            Credential::Basic { username, password } => {
                (self.get(Some(&basic(username, password)), sink).await?, Some(username.clone()))
            }
            Credential::IdentityToken(token) => {
                let answer = match self.post(token, sink).await? {
                    Some(answer) => answer,
                    // Not every token server knows the OAuth2 way.
                    None => self.get(Some(&basic("<token>", token)), sink).await?,
                };
                (answer, None)
            }
        };
        match answer {
            Answer::Token(header, life) => Ok(Token { header, account: Account::Known(name), expires_in: Some(life) }),
            Answer::Refused(problem) => {
                // A stored account that is stale must not keep anybody from a public image.
                let Ok(Answer::Token(header, life)) = self.get(None, sink).await else {
                    let kind = ProblemKind::AuthRejected { registry: self.registry.to_owned(), account: name };
                    return Err(Problem { what: kind, ..problem });
                };
                sink.on(Event::Credential {
                    registry: self.registry.to_owned(),
                    account: None,
                    origin: CredentialOrigin::None,
                });
                Ok(Token { header, account: Account::TurnedDown(name), expires_in: Some(life) })
            }
        }
    }

    async fn get(&self, authorization: Option<&HeaderValue>, sink: &dyn Sink) -> Result<Answer, Problem> {
        let mut url = self.realm.clone();
        {
            let mut query = url.query_pairs_mut();
            if let Some(service) = self.service {
                query.append_pair("service", service);
            }
            query.append_pair("scope", &self.scope);
        }
        let request = Request { authorization: authorization.cloned(), ..Request::get(url) };
        let opened = self.exchange.send(&request, sink).await.map_err(|failure| failure.problem)?;
        self.take(opened, sink).await
    }

    /// `None` when the server does not take this way of asking.
    async fn post(&self, token: &Secret, sink: &dyn Sink) -> Result<Option<Answer>, Problem> {
        let request =
            Request { method: Method::POST, form: Some(self.form(token)), ..Request::get(self.realm.clone()) };
        let mut opened = self.exchange.send(&request, sink).await.map_err(|failure| failure.problem)?;
        opened.blank = std::mem::take(&mut opened.blank).and(token);
        if matches!(opened.status, 300..=399 | 400 | 401 | 403 | 404 | 405) {
            opened.said(sink).await;
            return Ok(None);
        }
        self.take(opened, sink).await.map(Some)
    }

    fn form(&self, token: &Secret) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "refresh_token")
            .append_pair("client_id", "kaibo")
            .append_pair("scope", &self.scope);
        form.append_pair("refresh_token", token.reveal());
        if let Some(service) = self.service {
            form.append_pair("service", service);
        }
        form.finish()
    }

    async fn take(&self, mut opened: Opened, sink: &dyn Sink) -> Result<Answer, Problem> {
        match opened.status {
            200 => {
                let malformed = opened.problem(self.failed(None).what);
                let body = opened.read(TOKEN_BYTES, sink).await?;
                let (header, life) = read(&body).ok_or(malformed)?;
                Ok(Answer::Token(header, life))
            }
            status => {
                let body = opened.said(sink).await;
                let said = opened.blank.said(&body);
                let evidence = classify::evidence(opened.attempted.clone(), Some(status), said);
                let kind = match status {
                    401 | 403 => ProblemKind::AuthRequired { registry: self.registry.to_owned() },
                    429 => ProblemKind::RateLimited {
                        registry: host::shown(&opened.url),
                        retry_after_s: retry::retry_after(&opened.headers)
                            .map(|d| u32::try_from(d.as_secs()).unwrap_or(u32::MAX)),
                    },
                    status => self.failed(Some(status)).what,
                };
                let problem = Problem::new(kind).with(evidence);
                if matches!(status, 401 | 403) { Ok(Answer::Refused(problem)) } else { Err(problem) }
            }
        }
    }

    fn failed(&self, status: Option<u16>) -> Problem {
        ProblemKind::TokenFailed { host: host::shown(&self.realm), status }.into()
    }
}

/// The token and its life out of the answer's body.
fn read(body: &[u8]) -> Option<(HeaderValue, Duration)> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let token = ["token", "access_token"].iter().find_map(|name| answer[*name].as_str().filter(|t| !t.is_empty()))?;
    let told = match &answer["expires_in"] {
        Value::Number(seconds) => seconds.as_u64(),
        Value::String(seconds) => seconds.parse().ok(),
        _ => None,
    };
    // Longer than a day is nobody's intention, and would overflow a clock.
    let life = told.filter(|s| *s > 0).map_or(DEFAULT_LIFE, |s| Duration::from_secs(s.min(86_400)));
    Some((bearer(token)?, life))
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
            assert_eq!(got.as_ref().map(|(h, d)| (h.to_str().unwrap(), d.as_secs())), expected, "{body}");
        }
    }

    #[test]
    fn headers_do_not_show_themselves() {
        assert_eq!(format!("{:?}", basic("me", &Secret::new("hunter2"))), "Sensitive");
    }
}
