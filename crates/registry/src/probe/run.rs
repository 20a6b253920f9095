//! The steps in their order.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::SystemTime;

use anatomy::Named;
use bytes::Bytes;
use http::header;
use source::{ContentSource as _, CredentialOrigin, Meter, Problem, ProblemKind, Silent};
use tokio::net::TcpStream;
use tokio::time::Instant;
use url::Url;

use super::handshake::{self, Greeting};
use super::reach::Place;
use super::recorder::{Entry, Recorder, Watched};
use super::route::{self, Route};
use super::{ProbeFactName, ProbeReason, ProbeSink, ProbeStep, ProbeStepKind, ProbeVerdict, Probed, auth, pull, shown};
use crate::classify::Failure;
use crate::exchange::Request;
use crate::options::RegistryOptions;
use crate::question::Repository;
use crate::repository::RegistrySource;
use crate::scheme::{self, Plan, Scheme};
use crate::{RegistryClient, host, retry, tls};

/// As many steps as there are kinds.
const KINDS: [ProbeStepKind; 12] = [
    ProbeStepKind::Name,
    ProbeStepKind::Route,
    ProbeStepKind::Dns,
    ProbeStepKind::Tcp,
    ProbeStepKind::Tls,
    ProbeStepKind::Ping,
    ProbeStepKind::Challenge,
    ProbeStepKind::Account,
    ProbeStepKind::Token,
    ProbeStepKind::Head,
    ProbeStepKind::Get,
    ProbeStepKind::Blob,
];

/// A probe on its way.
struct Probe<'p> {
    client: RegistryClient,
    options: &'p RegistryOptions,
    named: &'p Named,
    repository: Repository,
    recorder: Arc<Recorder>,
    sink: &'p dyn ProbeSink,
    meter: Meter<'p>,
    steps: Vec<ProbeStep>,
    /// With which the certificate and the server's clock are compared.
    now: SystemTime,
}

/// A step failed: the rest is skipped.
struct Stopped;

pub(super) async fn probe(client: &RegistryClient, named: &Named, sink: &dyn ProbeSink) -> Result<Probed, Problem> {
    let began = Instant::now();
    let recorder = Recorder::new(began);
    let tap = Arc::<Recorder>::clone(&recorder);
    let watching = Arc::clone(&recorder);
    let anew = client.anew(tap, |provider| Arc::new(Watched { provider, recorder: watching }))?;
    let mut probe = Probe {
        client: anew,
        options: client.options(),
        named,
        repository: Repository::of(&named.registry, &named.repository),
        recorder,
        sink,
        meter: Meter::new(&Silent),
        steps: Vec::new(),
        now: SystemTime::now(),
    };
    // Large, and awaited in one place.
    let _stopped = Box::pin(probe.run()).await;
    probe.skip_rest();
    let (account, origin) = probe.whom();
    let requests = probe.meter.requests(began.elapsed());
    Ok(Probed { steps: probe.steps, account, origin, requests })
}

impl Probe<'_> {
    async fn run(&mut self) -> Result<(), Stopped> {
        self.name();
        // Until it is known better: what decides about a proxy is the host, and TLS where in doubt.
        let plan = self.client.schemes().plan(&self.repository.host);
        let guess = if plan == Plan::Only(Scheme::Http) { Scheme::Http } else { Scheme::Https };
        let url = self.url(guess)?;
        let mut step = self.begin(ProbeStepKind::Route);
        let way = route::find(&mut step, &url);
        self.end(step)?;
        let stream = self.connect(&url, &way).await?;
        let scheme = self.tls(&url, plan, &way, stream).await?;
        self.client.schemes().learn(&self.repository.host, scheme);
        let url = self.url(scheme)?;
        self.ping(&url).await?;
        let source = self.client.repository(self.named);
        self.ask(&source, scheme).await?;
        let manifest = self.get(&source).await?;
        self.blob(&source, manifest).await
    }

    fn name(&mut self) {
        let mut step = self.begin(ProbeStepKind::Name);
        step.fact(ProbeFactName::Registry, &self.named.registry);
        if self.repository.host != self.named.registry {
            step.fact(ProbeFactName::Host, &self.repository.host);
        }
        step.fact(ProbeFactName::Repository, &self.named.repository);
        if let Some(tag) = &self.named.tag {
            step.fact(ProbeFactName::Tag, tag);
        }
        if let Some(digest) = &self.named.digest {
            step.fact(ProbeFactName::Digest, digest);
        }
        // A name that was read cannot fail any more.
        let _never = self.end(step);
    }

    /// DNS and TCP, of the registry or of the proxy before it.
    async fn connect(&mut self, url: &Url, way: &Route) -> Result<TcpStream, Stopped> {
        let (host, port, shown) = match way {
            Route::Direct => (bare(url), url.port_or_known_default().unwrap_or(443), host::shown(url)),
            Route::Proxy(proxy) => {
                let (host, port) = route::address(proxy).unwrap_or_default();
                let shown = format!("{host}:{port}");
                (host.trim_matches(['[', ']']).to_owned(), port, shown)
            }
        };
        // The client finds pinned names in the same list, whatever the port.
        let pinned = self.options.resolve.iter().find(|(name, _, _)| name.eq_ignore_ascii_case(&host));
        let place = Place {
            host: &host,
            port,
            shown: &shown,
            pinned: pinned.map(|(_, _, ip)| *ip),
            patience: self.options.timing.connect,
        };
        let mut step = self.begin(ProbeStepKind::Dns);
        let looked_up = place.look_up(&mut step).await;
        let addresses = self.finish(step, looked_up)?;
        let mut step = self.begin(ProbeStepKind::Tcp);
        let connected = place.connect(&mut step, &addresses).await;
        self.finish(step, connected)
    }

    /// TLS, where it is spoken; gives the scheme.
    async fn tls(&mut self, url: &Url, plan: Plan, way: &Route, mut stream: TcpStream) -> Result<Scheme, Stopped> {
        let reason = match plan {
            Plan::Only(Scheme::Http) => Some(ProbeReason::PlainHttp),
            Plan::TryPlain => match self.speaks_plain().await {
                Ok(plain) => plain.then_some(ProbeReason::LoopbackPlain),
                Err(problem) => {
                    let step = self.begin(ProbeStepKind::Tls);
                    return self.finish(step, Err(problem));
                }
            },
            Plan::Only(Scheme::Https) => None,
        };
        if let Some(reason) = reason {
            self.skip(ProbeStepKind::Tls, reason);
            return Ok(Scheme::Http);
        }
        let mut step = self.begin(ProbeStepKind::Tls);
        let (host, port) = (bare(url), url.port_or_known_default().unwrap_or(443));
        let patience = self.options.timing.connect;
        if let Route::Proxy(proxy) = way {
            if proxy.uri().scheme_str() != Some("http") {
                self.skip(ProbeStepKind::Tls, ProbeReason::InsideProxy);
                return Ok(Scheme::Https);
            }
            if let Err(problem) = handshake::tunnel(&mut stream, proxy, &host, port, patience).await {
                return self.finish(step, Err(problem));
            }
        }
        let own = tls::Own::of(self.options, url);
        let asked = Arc::new(AtomicU64::new(0));
        let config = match tls::client_config(self.options, &own, &asked) {
            Ok(config) => config,
            Err(problem) => return self.finish(step, Err(problem)),
        };
        if self.options.insecure || own.options.insecure {
            step.note(ProbeFactName::Unchecked, "any");
        }
        let shown = host::shown(url);
        let greeting = Greeting {
            shown: &shown,
            host: &host,
            port,
            config,
            asked,
            own_certificate: own.options.client_certificate.is_some() || own.folders.client().is_some(),
            patience,
            now: self.now,
        };
        let peer = stream.peer_addr();
        let again = || async {
            let mut stream = TcpStream::connect(peer.ok()?).await.ok()?;
            if let Route::Proxy(proxy) = way {
                handshake::tunnel(&mut stream, proxy, &host, port, patience).await.ok()?;
            }
            Some(stream)
        };
        let greeted = greeting.greet(&mut step, stream, again).await;
        self.finish(step, greeted.map(|()| Scheme::Https))
    }

    /// The rule of loopback: asked in the clear first, without an account.
    async fn speaks_plain(&self) -> Result<bool, Problem> {
        let url = self.repository.url(Scheme::Http, "/v2/")?;
        let trial = Request { persistent: false, ..Request::get(url) };
        match self.client.exchange().send(&trial, &self.meter).await {
            Ok(mut opened) if opened.status == 400 => {
                let body = opened.said(&self.meter).await;
                Ok(!body.is_empty() && !scheme::says_tls(400, &body))
            }
            Ok(mut opened) => {
                opened.said(&self.meter).await;
                Ok(true)
            }
            Err(Failure { not_http: true, .. }) => Ok(false),
            Err(failure) => Err(failure.problem),
        }
    }

    /// `GET /v2/`, without an account.
    async fn ping(&mut self, url: &Url) -> Result<(), Stopped> {
        let (from, at_ms) = (self.recorder.count(), self.recorder.now_ms());
        let sent = self.client.exchange().send(&Request::get(url.clone()), &self.meter).await;
        let body = match sent {
            Ok(mut opened) => {
                let body = opened.said(&self.meter).await;
                Ok((opened.status, opened.blank.said(&body), opened.problem(ProblemKind::Internal).evidence))
            }
            Err(failure) => Err(failure.problem),
        };
        let entries = self.recorder.since(from);
        let exchanges = pull::exchanges(&entries);
        let mut step = auth::question(ProbeStepKind::Ping, &exchanges, at_ms);
        let (status, said, evidence) = match body {
            Ok(answered) => answered,
            Err(problem) => return self.finish(step, Err(problem)),
        };
        let Some(answer) = pull::answered(&exchanges) else { return self.end(step) };
        shown::common(&mut step, &answer.headers, &answer.protocol, self.now);
        for (name, header) in
            [(ProbeFactName::ApiVersion, "docker-distribution-api-version"), (ProbeFactName::Server, "server")]
        {
            if let Some(value) = shown::text(&answer.headers, header) {
                step.fact(name, value);
            }
        }
        let registry = || self.named.registry.clone();
        let problem = |kind| Problem { evidence: evidence.clone(), ..Problem::new(kind) };
        let outcome = match status {
            200..300 if is_page(answer) => {
                step.fact(ProbeFactName::NotARegistry, shown::text(&answer.headers, "content-type").unwrap_or("?"));
                Err(problem(ProblemKind::AnswerMalformed { registry: registry(), what: "html".to_owned() }))
            }
            200 | 401 => Ok(()),
            429 => {
                let retry_after_s =
                    retry::retry_after(&answer.headers).map(|after| u32::try_from(after.as_secs()).unwrap_or(u32::MAX));
                Err(problem(ProblemKind::RateLimited { registry: registry(), retry_after_s }))
            }
            500.. => Err(problem(ProblemKind::RegistryFailed { registry: registry(), status })),
            // Some places that hold images answer nothing useful here, and the manifest all the same.
            _ => {
                step.note(ProbeFactName::OddStatus, status);
                Ok(())
            }
        };
        if outcome.is_err() || step.verdict == ProbeVerdict::Noted {
            step.said = said;
        }
        self.finish(step, outcome)
    }

    /// One question for the manifest: challenge, account, token, HEAD.
    async fn ask(&mut self, source: &RegistrySource, scheme: Scheme) -> Result<(), Stopped> {
        let target = self.named.target();
        let name = match &target {
            anatomy::Target::Tag(tag) => tag.clone(),
            anatomy::Target::Digest(digest) => digest.to_string(),
            anatomy::Target::Only => String::new(),
        };
        let Ok(home) = self.repository.url(scheme, &format!("manifests/{name}")) else { return Err(Stopped) };
        let (from, at_ms) = (self.recorder.count(), self.recorder.now_ms());
        let recorder = Arc::clone(&self.recorder);
        let mut told: Vec<ProbeStep> = Vec::new();
        let end = {
            let asking = source.head(&target, &self.meter);
            let mut asking = std::pin::pin!(asking);
            loop {
                tokio::select! {
                    biased;
                    end = &mut asking => break end,
                    () = recorder.heard() => {
                        let steps = auth::steps(&recorder.since(from), &home, at_ms, None);
                        for step in steps.iter().filter(|step| !told.contains(step)) {
                            self.sink.on(step);
                        }
                        told = steps;
                    }
                }
            }
        };
        let entries = recorder.since(from);
        let undigested = end.as_ref().is_ok_and(|presence| presence.digest.is_none());
        let mut steps = auth::steps(&entries, &home, at_ms, Some(end.map(|_| ())));
        let mut head = steps.pop();
        if let Some(step) = head.as_mut().filter(|step| step.kind == ProbeStepKind::Head) {
            let exchanges = pull::exchanges(&entries);
            if let Some(answer) = pull::answered(&exchanges).filter(|_| step.verdict != ProbeVerdict::Skipped) {
                shown::common(step, &answer.headers, &answer.protocol, self.now);
                auth::manifest(step, answer);
            }
            if step.verdict == ProbeVerdict::Failed {
                pull::words(step, source, self.named, &self.meter).await;
            } else if undigested && page(&exchanges) {
                let registry = self.named.registry.clone();
                let problem = Problem::new(ProblemKind::AnswerMalformed { registry, what: "html".to_owned() });
                let failed = std::mem::replace(step, ProbeStep::new(ProbeStepKind::Head, at_ms)).failed(problem);
                *step = failed;
            }
        }
        steps.extend(head);
        let failed = steps.iter().any(|step| step.verdict == ProbeVerdict::Failed);
        for step in steps {
            if !told.contains(&step) {
                self.sink.on(&step);
            }
            self.steps.push(step);
        }
        if failed { Err(Stopped) } else { Ok(()) }
    }

    async fn get(&mut self, source: &RegistrySource) -> Result<Bytes, Stopped> {
        let (step, bytes) = pull::get(source, self.named, &self.recorder, &self.meter).await;
        self.end(step)?;
        bytes.ok_or(Stopped)
    }

    async fn blob(&mut self, source: &RegistrySource, manifest: Bytes) -> Result<(), Stopped> {
        let step = pull::blob(source, self.named, manifest, &self.recorder, &self.meter).await;
        self.end(step)
    }

    /// As whom the last account was.
    fn whom(&self) -> (Option<String>, CredentialOrigin) {
        let found = self.recorder.since(0).into_iter().rev().find_map(|entry| match entry {
            Entry::Look(looked) => looked.found.ok(),
            Entry::Exchange(_) => None,
        });
        found.map_or((None, CredentialOrigin::None), |found| {
            (found.credential.account().map(ToOwned::to_owned), found.origin)
        })
    }

    fn url(&mut self, scheme: Scheme) -> Result<Url, Stopped> {
        match self.repository.url(scheme, "/v2/") {
            Ok(url) => Ok(url),
            Err(problem) => {
                let step = self.begin(ProbeStepKind::Route);
                self.finish(step, Err(problem))
            }
        }
    }

    fn begin(&self, kind: ProbeStepKind) -> ProbeStep {
        ProbeStep::new(kind, self.recorder.now_ms())
    }

    /// Ends a step that was measured here.
    fn finish<T>(&mut self, mut step: ProbeStep, outcome: Result<T, Problem>) -> Result<T, Stopped> {
        if step.elapsed_ms == 0 && step.request.is_none() {
            step.elapsed_ms = self.recorder.now_ms().saturating_sub(step.started_ms);
        }
        match outcome {
            Ok(value) => {
                self.end(step)?;
                Ok(value)
            }
            Err(problem) => {
                let _stopped = self.end(step.failed(problem));
                Err(Stopped)
            }
        }
    }

    fn end(&mut self, step: ProbeStep) -> Result<(), Stopped> {
        self.sink.on(&step);
        let failed = step.verdict == ProbeVerdict::Failed;
        self.steps.push(step);
        if failed { Err(Stopped) } else { Ok(()) }
    }

    fn skip(&mut self, kind: ProbeStepKind, reason: ProbeReason) {
        let step = ProbeStep::skipped(kind, self.recorder.now_ms(), reason);
        // A skipped step stops nothing.
        let _goes_on = self.end(step);
    }

    fn skip_rest(&mut self) {
        for kind in KINDS {
            if self.steps.iter().all(|step| step.kind != kind) {
                self.skip(kind, ProbeReason::EarlierStep);
            }
        }
    }
}

/// The host without the brackets of an IPv6 address.
fn bare(url: &Url) -> String {
    url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned()
}

/// Whether an answer is a page for a browser, and nothing in it says registry.
fn is_page(answer: &super::recorder::Answer) -> bool {
    let html = shown::text(&answer.headers, header::CONTENT_TYPE.as_str())
        .is_some_and(|text| text.to_ascii_lowercase().starts_with("text/html"));
    html && !answer.headers.contains_key("docker-distribution-api-version")
}

fn page(exchanges: &[&super::recorder::Heard]) -> bool {
    pull::answered(exchanges).is_some_and(is_page)
}
