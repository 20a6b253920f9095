//! Credential helpers: programs `docker-credential-NAME` that have accounts, mostly in a store of the
//! operating system (docker-credential-helpers, README "Usage").
//!
//! A file names them, so a file could name anything: a name is checked, looked for in absolute
//! folders, and run without a shell, with the environment that it needs, against a clock and a cap.
//! Whatever goes wrong is a look and in nobody's way.

mod environment;
mod finder;
mod run;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use source::{Credential, CredentialOrigin, LookFault, LookOutcome, LookPlace, Secret};
use tokio::time::Instant;

use crate::helper::finder::Finder;
use crate::helper::run::{Ended, Limits};
use crate::search::Search;
use crate::surroundings::Surroundings;

/// How long an answer is kept: one look at an image is many requests.
const KEPT: Duration = Duration::from_secs(60);
/// What a helper says when it has no account, and it is no failure (credentials.ErrCredentialsNotFound).
const NOT_FOUND: &str = "credentials not found in native keychain";

/// What a helper gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Account(Credential),
    Nothing,
    Failed { fault: LookFault, said: Option<String>, searched: Vec<String> },
}

/// The helpers of this machine. Each is asked once at a time for one server, and what it said is
/// kept in memory for a minute.
#[derive(Clone, Debug)]
pub struct Helpers(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    finder: Finder,
    limits: Limits,
    answers: Mutex<HashMap<(String, String), Arc<Slot>>>,
}

/// One helper and server. Who holds the lock asks; the others wait for what it hears.
type Slot = tokio::sync::Mutex<Option<(Instant, Answer)>>;

/// What a helper prints. No Debug: it holds a secret.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Printed {
    #[serde(default)]
    username: String,
    #[serde(default)]
    secret: String,
}

impl Helpers {
    /// Nothing is looked for or run yet.
    #[must_use]
    pub fn new(surroundings: &Surroundings) -> Self {
        Self::within(surroundings, Limits::default())
    }

    fn within(surroundings: &Surroundings, limits: Limits) -> Self {
        let finder = Finder::new(surroundings);
        Self(Arc::new(Shared { finder, limits, answers: Mutex::default() }))
    }

    /// Forgets what was said: the next question is asked anew.
    pub fn forget(&self) {
        self.0.answers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The program of a helper's name.
    pub(crate) fn program(name: &str) -> String {
        format!("docker-credential-{name}")
    }

    /// Asks a helper for each of the servers until it has one, and notes what came of it.
    pub(crate) async fn consult(&self, name: &str, servers: &[String], search: &mut Search<'_>) {
        for server in servers {
            let program = Self::program(name);
            let place = LookPlace::Helper { program: program.clone(), server: server.clone() };
            if search.is_over(&place) {
                return;
            }
            match self.ask(name, server).await {
                Answer::Account(credential) => {
                    search.offer(place, credential, CredentialOrigin::Helper { program, server: server.clone() });
                }
                Answer::Nothing => search.note(place, LookOutcome::Nothing),
                Answer::Failed { fault, said, searched } => {
                    search.note(place, LookOutcome::Failed { fault, said, searched });
                    // It would fail for the next server as well, and perhaps as slowly.
                    return;
                }
            }
        }
    }

    pub(crate) async fn ask(&self, name: &str, server: &str) -> Answer {
        let slot = {
            let mut answers = self.0.answers.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(answers.entry((name.to_owned(), server.to_owned())).or_default())
        };
        let mut slot = slot.lock().await;
        if let Some((when, answer)) = slot.as_ref()
            && when.elapsed() < KEPT
        {
            return answer.clone();
        }
        let answer = self.get(name, server).await;
        *slot = Some((Instant::now(), answer.clone()));
        answer
    }

    async fn get(&self, name: &str, server: &str) -> Answer {
        if !is_name(name) {
            return failed(LookFault::HelperName, None);
        }
        let program = Self::program(name);
        let place = match self.0.finder.find(&program).await {
            Ok(place) => place,
            Err(searched) => {
                return Answer::Failed { fault: LookFault::HelperMissing, said: None, searched };
            }
        };
        let folder = place.parent().unwrap_or(Path::new("")).to_owned();
        let environment = self.0.finder.environment(name, &folder);
        let run = run::get(&place, self.0.finder.home(), server, environment, self.0.limits);
        match Box::pin(run).await {
            Ended::Well(out) => account(&out),
            Ended::Badly { out, err } => refusal(&out, &err),
            Ended::Hung => failed(LookFault::HelperHung, None),
            Ended::Chattered => failed(LookFault::HelperChattered, None),
            Ended::NotStarted(error) => failed(LookFault::HelperFailed, Some(error.to_string())),
        }
    }
}

fn failed(fault: LookFault, said: Option<String>) -> Answer {
    Answer::Failed { fault, said, searched: Vec::new() }
}

/// `[A-Za-z0-9_.-]{1,64}`: nothing that leads to another folder or that a shell would read.
fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

/// An object; serde would read a list as one too.
fn printed(out: &[u8]) -> Option<Printed> {
    serde_json::from_slice(out).ok().filter(|_| out.trim_ascii_start().starts_with(b"{"))
}

fn account(out: &[u8]) -> Answer {
    // What it printed instead may hold a secret: it is not shown.
    let Some(printed) = printed(out) else { return failed(LookFault::HelperFailed, None) };
    match (printed.username.as_str(), printed.secret.as_str()) {
        ("", "") => Answer::Nothing,
        (_, "") | ("", _) => failed(LookFault::HelperFailed, None),
        ("<token>", token) => Answer::Account(Credential::IdentityToken(Secret::new(token))),
        (username, password) => {
            let password = Secret::new(password);
            Answer::Account(Credential::Basic { username: username.to_owned(), password })
        }
    }
}

/// A helper that ends badly says why on standard output; its library's traces go to standard error.
fn refusal(out: &[u8], err: &[u8]) -> Answer {
    let out = String::from_utf8_lossy(out);
    if out.trim() == NOT_FOUND {
        return Answer::Nothing;
    }
    let err = String::from_utf8_lossy(err);
    let secret = serde_json::from_str::<Printed>(&out).map(|printed| printed.secret).unwrap_or_default();
    // An account that was printed all the same is no message.
    let lines = [&out, &err].into_iter().filter(|text| !text.trim_start().starts_with('{'));
    let line = lines.flat_map(|text| text.lines()).map(str::trim).find(|line| !line.is_empty());
    let said = line.map(|line| if secret.is_empty() { line.to_owned() } else { line.replace(&secret, "…") });
    failed(LookFault::HelperFailed, said.map(|line| line_of(&line)))
}

/// At most a line, safe to show.
pub(crate) fn line_of(text: &str) -> String {
    let line: String = text.lines().next().unwrap_or_default().chars().take(200).collect();
    anatomy::visible(&line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_none() {
        for good in ["desktop", "ecr-login", "acr_env", "gcloud.v2", "osxkeychain"] {
            assert!(is_name(good), "{good}");
        }
        let long = "a".repeat(65);
        for bad in ["", "../evil", "a/b", "a\\b", "a;b", "a b", "$(x)", "a\0b", "ä", "C:x", long.as_str()] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }

    #[test]
    fn what_a_helper_prints_is_an_account_or_none() {
        let basic = Credential::Basic { username: "alice".to_owned(), password: Secret::new("pw") };
        let given = br#"{"ServerURL":"https://r.example","Username":"alice","Secret":"pw"}"#;
        assert_eq!(account(given), Answer::Account(basic));
        let token = Answer::Account(Credential::IdentityToken(Secret::new("t")));
        assert_eq!(account(br#"{"Username":"<token>","Secret":"t"}"#), token);
        assert_eq!(account(br#"{"ServerURL":"","Username":"","Secret":""}"#), Answer::Nothing);
        for garbage in ["", "hello", r#"{"Username":"a"}"#, r#"{"Secret":"s"}"#, "[]", r#"{"Username":1}"#] {
            assert_eq!(account(garbage.as_bytes()), failed(LookFault::HelperFailed, None), "{garbage}");
        }
    }

    #[test]
    fn a_refusal_tells_a_line_and_no_secret() {
        assert_eq!(refusal(b"credentials not found in native keychain\n", b""), Answer::Nothing);
        let said = |out: &str, err: &str| match refusal(out.as_bytes(), err.as_bytes()) {
            Answer::Failed { fault: LookFault::HelperFailed, said, .. } => said,
            other => panic!("{other:?}"),
        };
        assert_eq!(said("error getting credentials\nmore", "trace").as_deref(), Some("error getting credentials"));
        assert_eq!(said("", "\n  trace\u{1b}[31m").as_deref(), Some("trace␛[31m"));
        assert_eq!(said("", ""), None);
        let account = r#"{"Username":"a","Secret":"hunter2"}"#;
        assert_eq!(said(account, ""), None);
        assert_eq!(said(account, "no store for hunter2").as_deref(), Some("no store for …"));
        assert_eq!(said(&"x".repeat(900), "").map(|line| line.len()), Some(200));
    }
}

#[cfg(test)]
#[cfg(unix)]
mod scripted;
