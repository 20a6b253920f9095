use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use anatomy::Named;
use http::{HeaderMap, HeaderValue, Method, header};
use source::{CredentialProvider, Event, Place, Problem, ProblemKind, Sink, Thing};
use url::Url;

use crate::challenge;
use crate::classify::{Asked, evidence};
use crate::exchange::{self, Exchange, Request};
use crate::options::RegistryOptions;
use crate::quota;
use crate::redirect::{self, Neighbourhood};
use crate::repository::RegistrySource;
use crate::scheme::{self, Plan, Scheme, Schemes};
use crate::token::{Account, Grant, TokenBroker};
use crate::wire::{Opened, Wire};

/// The name of Docker Hub in references, and the host that answers for it.
const HUB: (&str, &str) = ("docker.io", "registry-1.docker.io");

/// Connections, tokens and what is known of hosts, shared by all repositories.
#[derive(Clone, Debug)]
pub struct RegistryClient(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    exchange: Arc<Exchange>,
    broker: Arc<TokenBroker>,
    schemes: Schemes,
    /// Registries whose answers carried rate-limit headers.
    metered: Mutex<HashSet<String>>,
}

/// A repository of a registry.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    /// As in the reference.
    pub(crate) registry: String,
    /// Who is really asked.
    pub(crate) host: String,
    pub(crate) name: String,
}

impl Repository {
    pub(crate) fn key(&self) -> (String, String) {
        (self.registry.clone(), self.name.clone())
    }

    fn url(&self, scheme: Scheme, path: &str) -> Result<Url, Problem> {
        let text = format!("{}://{}/v2/{}/{path}", scheme.text(), self.host, self.name);
        let url = Url::parse(&text).map_err(Problem::internal)?;
        // The grammar of references leaves nothing that a URL would read in another way.
        if url.path() == format!("/v2/{}/{path}", self.name) && url.username().is_empty() {
            Ok(url)
        } else {
            Err(Problem::internal(format!("{text} is not the address that it seems to be")))
        }
    }
}

/// One question about a repository.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) method: Method,
    /// Below `/v2/NAME/`.
    pub(crate) path: String,
    pub(crate) accept: &'static str,
    /// `Range`, as sent.
    pub(crate) range: Option<String>,
    pub(crate) layer: bool,
    /// What a 404 means, and its name.
    pub(crate) thing: Thing,
    pub(crate) name: &'a str,
}

impl RegistryClient {
    /// A client; nothing is asked yet.
    ///
    /// # Errors
    /// [`ProblemKind::SettingUnusable`] when a `--ca` file is unusable.
    pub fn new(options: &RegistryOptions, credentials: Arc<dyn CredentialProvider>) -> Result<Self, Problem> {
        let near = Neighbourhood { pinned: options.resolve.iter().map(|(name, _, ip)| (name.clone(), *ip)).collect() };
        let exchange = Arc::new(Exchange { wire: Wire::new(options)?, near });
        let broker = TokenBroker::new(Arc::clone(&exchange), credentials, options.allow_realms.clone());
        Ok(Self(Arc::new(Shared {
            exchange,
            broker: Arc::new(broker),
            schemes: Schemes::new(options),
            metered: Mutex::default(),
        })))
    }

    /// The repository of a reference. Nothing is asked yet.
    #[must_use]
    pub fn repository(&self, named: &Named) -> RegistrySource {
        let host = if named.registry == HUB.0 { HUB.1 } else { &named.registry };
        let repository =
            Repository { registry: named.registry.clone(), host: host.to_owned(), name: named.repository.clone() };
        let place = Place::Registry { registry: named.registry.clone(), repository: named.repository.clone() };
        RegistrySource { client: self.clone(), repository, place }
    }

    pub(crate) fn metered(&self, registry: &str) -> bool {
        registry == HUB.0 || self.0.metered.lock().unwrap_or_else(PoisonError::into_inner).contains(registry)
    }

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
        let mut grant = self.0.broker.ready(repository, origin.as_ref(), sink).await;
        let mut opened = self.send(repository, question, grant.as_deref(), sink).await?;
        let home = repository.url(scheme_of(&opened.url), &question.path)?;
        if opened.status == 401
            && redirect::same_origin(&home, &opened.url)
            && let Some(challenge) = challenge::best(&opened.headers)
        {
            let body = opened.said(sink).await;
            let first = evidence(opened.attempted.clone(), Some(401), opened.blank.said(&body));
            drop(opened);
            let rejected = grant.as_ref().map(|g| g.id);
            if let Some(id) = rejected {
                self.0.broker.forget(repository, id);
            }
            let answered = self.0.broker.answer(repository, &home, challenge, rejected, sink).await;
            let answered = match answered {
                Ok(answered) => answered,
                Err(mut problem) => {
                    problem.evidence.insert(0, first);
                    return Err(problem);
                }
            };
            if answered.is_account_itself() && grant.as_ref().is_some_and(|g| g.header == answered.header) {
                // The same password again would only count towards somebody's lock-out.
                self.0.broker.forget(repository, answered.id);
                let account = answered.account.name().map(ToOwned::to_owned);
                let kind = ProblemKind::AuthRejected { registry: repository.registry.clone(), account };
                return Err(Problem::new(kind).with(first));
            }
            opened = self.send(repository, question, Some(&answered), sink).await?;
            if opened.status == 401 {
                self.0.broker.forget(repository, answered.id);
            }
            grant = Some(answered);
        }
        self.note(repository, &opened.headers, sink);
        if matches!(opened.status, 200 | 206) {
            return Ok(opened);
        }
        let (account, rejected) = match grant.as_ref().map(|g| &g.account) {
            None | Some(Account::Anonymous) => (None, false),
            // A token that was fetched is already proof that the account is good.
            Some(Account::Known(name)) => {
                (Some(name.as_deref()), grant.as_deref().is_some_and(Grant::is_account_itself))
            }
            Some(Account::TurnedDown(name)) => (Some(name.as_deref()), true),
        };
        let asked = Asked {
            registry: &repository.registry,
            repository: &repository.name,
            thing: question.thing,
            name: question.name,
            account,
            rejected,
        };
        Err(exchange::refusal(opened, &asked, sink).await)
    }

    /// Sends with the scheme of the host, which this finds out where it is not known.
    async fn send(
        &self,
        repository: &Repository,
        question: &Question<'_>,
        grant: Option<&Grant>,
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
                authorization: grant.map(|g| g.header.clone()),
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
                if is_about_certificates(&failure.problem.what) {
                    learn(Scheme::Https);
                }
                Err(failure.problem)
            }
        }
    }

    /// Tells what the headers say beside the answer.
    fn note(&self, repository: &Repository, headers: &HeaderMap, sink: &dyn Sink) {
        if let Some(quota) = quota::quota(headers) {
            self.0.metered.lock().unwrap_or_else(PoisonError::into_inner).insert(repository.registry.clone());
            sink.on(Event::Quota(quota));
        }
        for text in quota::warnings(headers) {
            sink.on(Event::Warning { host: repository.registry.clone(), text });
        }
    }
}

fn scheme_of(url: &Url) -> Scheme {
    if url.scheme() == "http" { Scheme::Http } else { Scheme::Https }
}

fn is_about_certificates(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::TlsUntrusted { .. } | ProblemKind::TlsCertificate { .. })
}
