//! One question: sent with what is at hand, and what is done about a 401 or 403.

use std::sync::{Arc, PoisonError};

use http::{HeaderMap, HeaderValue, header};
use source::{Event, Evidence, Problem, ProblemKind, Sink};
use url::Url;

use crate::account::{self, Down, Turned};
use crate::challenge::{self, Challenge};
use crate::classify::{self, Asked, evidence};
use crate::client::RegistryClient;
use crate::exchange::{self, Request};
use crate::question::{Question, Repository};
use crate::quota;
use crate::redact;
use crate::redirect;
use crate::scheme::{self, Plan, Scheme};
use crate::token::Grant;
use crate::way::Way;
use crate::wire::Opened;

/// Answers to 401 and 403 within one question: accounts that are tried, a renewal, a wider scope.
const MOST: usize = 8;

/// What one question has been through.
#[derive(Debug, Default)]
struct Course {
    /// The answer to being asked without an account.
    first: Option<Evidence>,
    turned: Turned,
    /// The grants that were made for this question.
    made: Vec<u64>,
    renewed: bool,
    widened: bool,
}

impl Course {
    /// The problem with what was tried before it.
    fn problem(&mut self, mut problem: Problem) -> Problem {
        if let Some(first) = self.first.take() {
            problem.evidence.insert(0, first);
        }
        problem
    }
}

impl RegistryClient {
    /// A successful answer, its body not read yet; everything else is a problem.
    pub(crate) async fn ask(
        &self,
        repository: &Repository,
        question: &Question<'_>,
        sink: &dyn Sink,
    ) -> Result<Opened, Problem> {
        let origin = match self.0.schemes.plan(&repository.host) {
            Plan::Only(scheme) => Some(repository.url(scheme, &question.path)?),
            Plan::TryPlain => None,
        };
        let broker = &self.0.broker;
        let mut course = Course::default();
        let mut grant = broker.ready(repository, origin.as_ref(), sink).await;
        let mut opened = self.send(repository, question, grant.as_ref().map(|g| &g.header), sink).await?;
        let home = repository.url(scheme_of(&opened.url), &question.path)?;
        let turned_away =
            |opened: &Opened| matches!(opened.status, 401 | 403) && redirect::same_origin(&home, &opened.url);
        while turned_away(&opened) && course.made.len() < MOST {
            let body = opened.said(sink).await;
            let next = self.next(repository, question, &home, &opened, &body, grant.as_deref(), &mut course);
            let Some(way) = next.map_err(|problem| course.problem(problem))? else { break };
            // Its place at the gates is needed for what comes now.
            drop(opened);
            let rejected = grant.as_ref().map(|g| g.id);
            let answered = match broker.answer(repository, way, rejected, &course.turned, sink).await {
                Ok(answered) => answered,
                Err(problem) => {
                    broker.forget(repository, rejected);
                    return Err(course.problem(problem));
                }
            };
            course.made.push(answered.id);
            opened = self.send(repository, question, Some(&answered.header), sink).await?;
            grant = Some(answered);
        }
        self.note(repository, &opened, sink);
        if matches!(opened.status, 200 | 206) {
            if let Some(grant) = &grant {
                broker.worked(repository, grant, sink);
            }
            return Ok(opened);
        }
        let turned_away = turned_away(&opened);
        let mut problem = exchange::refusal(opened, &asked(repository, question, grant.as_deref()), sink).await;
        if let Some(grant) = &grant {
            if turned_away && grant.whom.is_none() {
                // It asked for an account, and gives nothing to nobody.
                problem.what = ProblemKind::AuthRequired { registry: repository.registry.clone() };
            }
            if turned_away && !grant.is_proven() {
                broker.forget(repository, Some(grant.id));
            }
            for down in &grant.turned {
                course.turned.add(down);
            }
            problem = if turned_away {
                account::all_of(&course.turned.all, problem)
            } else {
                account::after(&course.turned.all, problem)
            };
        }
        Err(course.problem(problem))
    }

    /// How to ask again after a 401 or 403; `None` when there is no other way.
    #[expect(clippy::too_many_arguments, reason = "the state of one question, read in one place")]
    fn next(
        &self,
        repository: &Repository,
        question: &Question<'_>,
        home: &Url,
        opened: &Opened,
        body: &[u8],
        grant: Option<&Grant>,
        course: &mut Course,
    ) -> Result<Option<Way>, Problem> {
        let broker = &self.0.broker;
        let offered = challenge::offered(&opened.headers);
        let said = evidence(opened.attempted.clone(), Some(opened.status), opened.blank.said(body));
        let Some(grant) = grant else {
            if opened.status != 401 || offered.is_empty() {
                return Ok(None);
            }
            course.first = Some(said);
            return broker.way(repository, home, &offered).map(Some);
        };
        let kind = classify::status(opened.status, None, body, &asked(repository, question, Some(grant)));
        let expired = matches!(kind, ProblemKind::AuthExpired { .. });
        let narrow = offered.iter().any(is_about_scope);
        if opened.status == 403 && grant.is_proven() && !expired && !narrow {
            // The account is good here: it may not read this one thing.
            return Ok(None);
        }
        let way = if offered.is_empty() { grant.way.clone() } else { broker.way(repository, home, &offered)? };
        let wider = !grant.way.covers(&way);
        let way = way.and(&grant.way);
        if wider && !course.widened {
            course.widened = true;
            broker.drop_grant(repository, grant.id);
            return Ok(Some(way));
        }
        let is_token = !grant.is_account_itself;
        let worn = !course.made.contains(&grant.id) || grant.is_over();
        if is_token && opened.status == 401 && worn && !narrow && !course.renewed {
            course.renewed = true;
            broker.drop_grant(repository, grant.id);
            return Ok(Some(way));
        }
        let Some(whom) = &grant.whom else { return Ok(None) };
        for down in &grant.turned {
            course.turned.add(down);
        }
        let everywhere = grant.is_account_itself && (opened.status == 401 || expired);
        let down = Arc::new(Down::new(Arc::clone(whom), Problem::new(kind).with(said), repository, everywhere));
        broker.turn_down(repository, grant.id, &down);
        course.turned.add(&down);
        if course.made.contains(&grant.id) {
            course.turned.except.push(whom.origin.clone());
        }
        Ok(Some(way))
    }

    /// Sends with the scheme of the host, which this finds out where it is not known.
    pub(crate) async fn send(
        &self,
        repository: &Repository,
        question: &Question<'_>,
        authorization: Option<&HeaderValue>,
        sink: &dyn Sink,
    ) -> Result<Opened, Problem> {
        let request = |scheme: Scheme| -> Result<Request, Problem> {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(question.accept));
            if let Some(range) = question.range.as_ref().and_then(|r| HeaderValue::from_str(r).ok()) {
                headers.insert(header::RANGE, range);
            }
            Ok(Request {
                method: question.method.clone(),
                headers,
                authorization: authorization.cloned(),
                layer: question.layer,
                ..Request::get(repository.url(scheme, &question.path)?)
            })
        };
        let exchange = &self.0.exchange;
        let learn = |scheme| self.0.schemes.learn(&repository.host, scheme);
        if let Plan::Only(scheme) = self.0.schemes.plan(&repository.host) {
            return exchange.send(&request(scheme)?, sink).await.map_err(|failure| failure.problem);
        }
        let trial = Request { authorization: None, persistent: false, ..request(Scheme::Http)? };
        match exchange.send(&trial, sink).await {
            Ok(mut opened) if opened.status == 400 => {
                let body = opened.said(sink).await;
                // A server that closes at once with the rest of the request unread may lose its own words.
                if !body.is_empty() && !scheme::says_tls(400, &body) {
                    learn(Scheme::Http);
                    return Ok(opened);
                }
            }
            Ok(opened) => {
                learn(Scheme::Http);
                return Ok(opened);
            }
            Err(failure) if failure.not_http => {}
            Err(failure) => return Err(failure.problem),
        }
        match exchange.send(&Request { authorization: None, ..request(Scheme::Https)? }, sink).await {
            Ok(opened) => {
                learn(Scheme::Https);
                Ok(opened)
            }
            // It does not speak TLS either: the first answer was an accident of the connection.
            Err(failure) if failure.not_http || matches!(failure.problem.what, ProblemKind::TlsNotSpoken { .. }) => {
                let plain = Request { authorization: None, ..request(Scheme::Http)? };
                let opened = exchange.send(&plain, sink).await.map_err(|failure| failure.problem)?;
                learn(Scheme::Http);
                Ok(opened)
            }
            Err(failure) => {
                if classify::is_about_certificates(&failure.problem.what) {
                    learn(Scheme::Https);
                }
                Err(failure.problem)
            }
        }
    }

    /// Tells what the headers say beside the answer.
    fn note(&self, repository: &Repository, opened: &Opened, sink: &dyn Sink) {
        let headers = &opened.headers;
        if let Some(quota) = quota::quota(headers) {
            self.0.metered.lock().unwrap_or_else(PoisonError::into_inner).insert(repository.registry.clone());
            sink.on(Event::Quota(quota));
        }
        for text in quota::warnings(headers) {
            let text = redact::without_queries(&opened.blank.all_but_secrets(&text));
            sink.on(Event::Warning { host: repository.registry.clone(), text });
        }
    }
}

pub(crate) fn scheme_of(url: &Url) -> Scheme {
    if url.scheme() == "http" { Scheme::Http } else { Scheme::Https }
}

/// RFC 6750, 3.1: the token is good, and not for this.
fn is_about_scope(challenge: &Challenge) -> bool {
    matches!(challenge, Challenge::Bearer { error: Some(error), .. } if error == "insufficient_scope")
}

/// The nouns of an answer.
fn asked<'a>(repository: &'a Repository, question: &Question<'a>, grant: Option<&'a Grant>) -> Asked<'a> {
    let whom = grant.and_then(|grant| grant.whom.as_deref());
    Asked {
        registry: &repository.registry,
        repository: if repository.name.is_empty() { question.name } else { &repository.name },
        thing: question.thing,
        name: question.name,
        account: whom.map(|whom| whom.credential.account()),
        // A token that was fetched is already proof that the account is good.
        rejected: grant.is_some_and(|grant| grant.is_account_itself),
    }
}
