//! Challenge, account, token and HEAD, told from what was heard while one question was asked.

use http::header;
use source::{Credential, CredentialOrigin, LookOutcome, LookPlace, Problem, ProblemKind};
use url::Url;

use super::recorder::{Answer, Entry, Heard, Looked};
use super::{ProbeFact, ProbeFactName, ProbeReason, ProbeStep, ProbeStepKind, ProbeVerdict, certificate, shown};
use crate::challenge::{self, Challenge};
use crate::redirect;

/// What was heard, put in order.
struct Order<'e> {
    /// Exchanges with the registry until the challenge, redirects included.
    first: Vec<&'e Heard>,
    /// Looks for an account, and what token servers said.
    looks: Vec<&'e Looked>,
    tokens: Vec<&'e Heard>,
    /// Exchanges with the registry after that.
    then: Vec<&'e Heard>,
    /// What came last.
    last: Last,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    First,
    Look,
    Token,
    Then,
}

impl<'e> Order<'e> {
    fn sort(entries: &'e [Entry], home: &Url) -> Self {
        let mut heard =
            Self { first: Vec::new(), looks: Vec::new(), tokens: Vec::new(), then: Vec::new(), last: Last::Nothing };
        let mut redirected = false;
        for entry in entries {
            match entry {
                Entry::Look(looked) => {
                    heard.looks.push(looked);
                    heard.last = Last::Look;
                }
                Entry::Exchange(exchange) => {
                    let at_home = redirect::same_origin(home, &exchange.url) && home.path() == exchange.url.path();
                    if !at_home && !redirected {
                        heard.tokens.push(exchange);
                        heard.last = Last::Token;
                    } else if heard.looks.is_empty() && heard.tokens.is_empty() {
                        heard.first.push(exchange);
                        heard.last = Last::First;
                    } else {
                        heard.then.push(exchange);
                        heard.last = Last::Then;
                    }
                    // Where an answer sends on, the next exchange is still the same question.
                    redirected = (at_home || redirected) && exchange.status().is_some_and(redirect::is_redirect);
                }
            }
        }
        heard
    }

    /// The exchange that asked for an account.
    fn asked(&self) -> Option<(&'e Heard, &'e Answer)> {
        let heard = self.first.last()?;
        let answer = heard.answer.as_ref().ok()?;
        (answer.status == 401).then_some((*heard, answer))
    }
}

/// The steps of one question for the manifest. `end` is how it ended; without it, what can be told
/// meanwhile.
pub(super) fn steps(entries: &[Entry], home: &Url, at_ms: u32, end: Option<Result<(), Problem>>) -> Vec<ProbeStep> {
    let mut heard = Order::sort(entries, home);
    let Some((asked, answer)) = heard.asked() else {
        return match end {
            None => Vec::new(),
            Some(end) => not_asked(&heard, at_ms, end),
        };
    };
    let mut failure = end.as_ref().and_then(|end| end.as_ref().err()).cloned();
    let challenge = challenge::offered(&answer.headers).into_iter().next();
    let mut steps = vec![challenged(asked, answer, challenge.as_ref())];
    if heard.last == Last::First {
        // It was challenged, and nothing came of it: the challenge itself is the matter.
        if let (Some(problem), Some(step)) = (failure.take(), steps.pop()) {
            steps.push(step.failed(problem));
            return skip_rest(steps, at_ms);
        }
        return steps;
    }
    let nobody = |looked: &&Looked| matches!(&looked.found, Ok(found) if found.credential == Credential::Anonymous);
    if let Some(last) = heard.looks.last() {
        let mut step = account(&heard.looks);
        let basic_without = challenge == Some(Challenge::Basic) && nobody(last);
        if heard.last == Last::Look && (last.found.is_err() || basic_without) {
            if let Some(problem) = failure.take() {
                step = step.failed(problem);
            }
            steps.push(step);
            return if end.is_some() { skip_rest(steps, at_ms) } else { steps };
        }
        steps.push(step);
    }
    // An account that the token server turned down is what failed, although the registry was then
    // asked without one.
    let turned_down = failure.as_ref().is_some_and(|problem| is_about_the_account(&problem.what))
        && heard.tokens.iter().any(|exchange| matches!(exchange.status(), Some(401 | 403)));
    if turned_down {
        heard.tokens.retain(|exchange| exchange.status() != Some(200));
    }
    let token_end = if turned_down || matches!(heard.last, Last::Look | Last::Token) { failure.take() } else { None };
    match token(&heard, challenge.as_ref(), at_ms, end.is_some(), token_end) {
        Some(step) => steps.push(step),
        None => return steps,
    }
    if steps.iter().any(|step| step.verdict == ProbeVerdict::Failed) {
        return skip_rest(steps, at_ms);
    }
    if let Some(end) = end {
        steps.push(head(&heard.then, at_ms, end));
    }
    steps
}

fn is_about_the_account(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::AuthRejected { .. } | ProblemKind::AuthExpired { .. })
}

/// The registry gave or refused what was asked without wanting to know by whom.
fn not_asked(heard: &Order<'_>, at_ms: u32, end: Result<(), Problem>) -> Vec<ProbeStep> {
    let started = heard.first.first().map_or(at_ms, |exchange| exchange.started_ms);
    let kinds = [ProbeStepKind::Challenge, ProbeStepKind::Account, ProbeStepKind::Token];
    let mut steps: Vec<ProbeStep> =
        kinds.into_iter().map(|kind| ProbeStep::skipped(kind, started, ProbeReason::NotAsked)).collect();
    // An account may be known to be wanted without a challenge: then it was looked for all the same.
    steps.push(head(&heard.first, at_ms, end));
    steps
}

fn skip_rest(mut steps: Vec<ProbeStep>, at_ms: u32) -> Vec<ProbeStep> {
    for kind in [ProbeStepKind::Challenge, ProbeStepKind::Account, ProbeStepKind::Token, ProbeStepKind::Head] {
        if steps.iter().all(|step| step.kind != kind) {
            steps.push(ProbeStep::skipped(kind, at_ms, ProbeReason::EarlierStep));
        }
    }
    steps
}

fn challenged(heard: &Heard, answer: &Answer, challenge: Option<&Challenge>) -> ProbeStep {
    let mut step = exchange(ProbeStepKind::Challenge, heard);
    match challenge {
        Some(Challenge::Bearer { realm, service, scope, .. }) => {
            step.fact(ProbeFactName::Scheme, "Bearer");
            step.fact(ProbeFactName::Realm, realm);
            for (name, value) in [(ProbeFactName::Service, service), (ProbeFactName::Scope, scope)] {
                if let Some(value) = value {
                    step.fact(name, value);
                }
            }
        }
        Some(Challenge::Basic) => step.fact(ProbeFactName::Scheme, "Basic"),
        None => {
            // What cannot be answered is told by its name.
            for value in answer.headers.get_all(header::WWW_AUTHENTICATE) {
                let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
                step.fact(ProbeFactName::Scheme, text.split(' ').next().unwrap_or_default());
            }
        }
    }
    step
}

fn account(looks: &[&Looked]) -> ProbeStep {
    let (Some(first), Some(last)) = (looks.first(), looks.last()) else {
        return ProbeStep::new(ProbeStepKind::Account, 0);
    };
    let mut step = ProbeStep::new(ProbeStepKind::Account, first.started_ms);
    step.elapsed_ms = looks.iter().fold(0, |sum, looked| sum.saturating_add(looked.elapsed_ms));
    for (at, looked) in looks.iter().enumerate() {
        let Ok(found) = &looked.found else { continue };
        if at + 1 < looks.len() && found.origin != CredentialOrigin::None {
            step.note(ProbeFactName::TurnedDown, origin(&found.origin));
        }
    }
    if let Ok(found) = &last.found {
        if let Some(account) = found.credential.account() {
            step.fact(ProbeFactName::Account, account);
        }
        if found.origin == CredentialOrigin::None {
            step.fact(ProbeFactName::Anonymous, "none");
        } else {
            step.fact(ProbeFactName::FoundIn, origin(&found.origin));
        }
        for look in &found.looks {
            match look.outcome {
                LookOutcome::Nothing => step.fact(ProbeFactName::NothingIn, place(&look.place)),
                LookOutcome::Failed { .. } => step.note(ProbeFactName::FailedIn, place(&look.place)),
                _ => {}
            }
        }
    }
    step
}

/// A place as data: its path, its program, its variable.
fn origin(origin: &CredentialOrigin) -> String {
    match origin {
        CredentialOrigin::None => "none".to_owned(),
        CredentialOrigin::Session { .. } => "session".to_owned(),
        CredentialOrigin::Keychain { store, key } => format!("{store}: {key}"),
        CredentialOrigin::Environment { variable } => variable.clone(),
        CredentialOrigin::File { path, key } => format!("{path}: {key}"),
        CredentialOrigin::Helper { program, server } => format!("{program}: {server}"),
        CredentialOrigin::Aws { profile, mechanism } => match profile {
            Some(profile) => format!("AWS: {mechanism}, {profile}"),
            None => format!("AWS: {mechanism}"),
        },
    }
}

fn place(place: &LookPlace) -> String {
    match place {
        LookPlace::Session => "session".to_owned(),
        LookPlace::Keychain { store } => store.clone(),
        LookPlace::Variable { variable } => variable.clone(),
        LookPlace::File { path } => path.clone(),
        LookPlace::Helper { program, .. } => program.clone(),
        LookPlace::Aws { profile } => profile.as_ref().map_or_else(|| "AWS".to_owned(), |p| format!("AWS: {p}")),
    }
}

/// `None` as long as it is not known how the token came.
fn token(
    heard: &Order<'_>,
    challenge: Option<&Challenge>,
    at_ms: u32,
    over: bool,
    problem: Option<Problem>,
) -> Option<ProbeStep> {
    let Some(last) = heard.tokens.last() else {
        if let Some(problem) = problem {
            return Some(ProbeStep::new(ProbeStepKind::Token, at_ms).failed(problem));
        }
        let reason = if challenge == Some(&Challenge::Basic) { ProbeReason::Basic } else { ProbeReason::ReadyToken };
        let started = heard.then.first().map_or(at_ms, |exchange| exchange.started_ms);
        let known = over || heard.last == Last::Then;
        return known.then(|| ProbeStep::skipped(ProbeStepKind::Token, started, reason));
    };
    let given = last.status() == Some(200);
    if !over && !given {
        return None;
    }
    let mut step = exchange(ProbeStepKind::Token, last);
    let first = heard.tokens.first().unwrap_or(last);
    step.started_ms = first.started_ms;
    step.elapsed_ms = last.end_ms().saturating_sub(first.started_ms);
    if let Some(host) = last.url.host_str() {
        step.fact(ProbeFactName::Realm, host);
    }
    for (name, value) in last.url.query_pairs() {
        match &*name {
            "service" => step.fact(ProbeFactName::Service, value),
            "scope" => step.fact(ProbeFactName::Scope, value),
            _ => {}
        }
    }
    for before in &heard.tokens[..heard.tokens.len() - 1] {
        if let Some(status @ (401 | 403)) = before.status() {
            step.note(ProbeFactName::TokenStatus, status);
        }
    }
    if let Some(answer) = last.answer.as_ref().ok().filter(|_| given) {
        if let Some(seconds) = answer.claims.expires_in {
            step.fact(ProbeFactName::ExpiresIn, format!("{seconds} s"));
        }
        match answer.claims.access.as_deref() {
            Some([]) => step.note(ProbeFactName::Grants, "nothing"),
            Some(access) => access.iter().for_each(|access| step.fact(ProbeFactName::Grants, access)),
            None => {}
        }
        if let Some(at) = answer.claims.expires.and_then(certificate::moment) {
            step.fact(ProbeFactName::Expires, at);
        }
    }
    Some(match problem {
        Some(problem) => step.failed(problem),
        None => step,
    })
}

fn head(exchanges: &[&Heard], at_ms: u32, end: Result<(), Problem>) -> ProbeStep {
    let step = question(ProbeStepKind::Head, exchanges, at_ms);
    match end {
        Ok(()) => step,
        Err(problem) => step.failed(problem),
    }
}

/// A question with its retries and redirects as one step.
pub(super) fn question(kind: ProbeStepKind, exchanges: &[&Heard], at_ms: u32) -> ProbeStep {
    let (Some(first), Some(last)) = (exchanges.first(), exchanges.last()) else {
        return ProbeStep::new(kind, at_ms);
    };
    let mut step = exchange(kind, last);
    step.request = Some(first.attempted.clone());
    step.started_ms = first.started_ms;
    step.elapsed_ms = last.end_ms().saturating_sub(first.started_ms);
    for (before, after) in exchanges.iter().zip(exchanges.iter().skip(1)) {
        if before.status().is_some_and(redirect::is_redirect) {
            step.fact(ProbeFactName::RedirectedTo, crate::host::shown(&after.url));
        }
    }
    step
}

/// One exchange as a step.
pub(super) fn exchange(kind: ProbeStepKind, heard: &Heard) -> ProbeStep {
    let mut step = ProbeStep::new(kind, heard.started_ms);
    step.elapsed_ms = heard.elapsed_ms;
    step.request = Some(heard.attempted.clone());
    if let Ok(answer) = &heard.answer {
        step.status = Some(answer.status);
        step.headers.clone_from(&answer.shown);
    }
    step
}

/// What the headers of a manifest say.
pub(super) fn manifest(step: &mut ProbeStep, answer: &Answer) {
    for (name, header) in [
        (ProbeFactName::Digest, "docker-content-digest"),
        (ProbeFactName::MediaType, "content-type"),
        (ProbeFactName::Size, "content-length"),
    ] {
        if let Some(value) = shown::text(&answer.headers, header) {
            step.facts.push(ProbeFact::new(name, value));
        }
    }
    shown::rate_limit(step, &answer.headers);
}
