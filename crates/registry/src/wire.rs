//! One request, one answer: limits, timeouts and the record of what happened. No redirects, no
//! retries, no credentials of its own.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anatomy::ByteSize;
use bytes::{Bytes, BytesMut};
use futures::stream;
use http::{HeaderMap, HeaderValue, Method, header};
use source::{BlobStream, Event, Problem, ProblemKind, RequestFacts, Sink, Stage};
use tokio::time::{Instant, timeout};
use url::Url;

use crate::classify::{self, Failure};
use crate::host;
use crate::limit::{Gates, Place};
use crate::options::{RegistryOptions, Timing};
use crate::redact::{self, Blank};
use crate::tls::{self, Own};

/// The most of an answer that is no success that is read.
const ERROR_BYTES: u64 = 64 << 10;

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    /// The form of a POST.
    pub(crate) form: Option<String>,
    /// A layer goes through the narrow gate.
    pub(crate) layer: bool,
    /// Whether the URL's query may be shown.
    pub(crate) show_query: bool,
    /// The registry for which a token server is asked: what holds for that one's TLS holds for it.
    pub(crate) behalf: Option<Url>,
}

/// The connections to all hosts.
#[derive(Debug)]
pub(crate) struct Wire {
    options: RegistryOptions,
    general: Arc<Lines>,
    /// By `host:port`, the lines to hosts that were asked over TLS so far: those in general, or their own.
    lines: Mutex<HashMap<String, Arc<Lines>>>,
    pub(crate) gates: Gates,
    pub(crate) timing: Timing,
    /// Who listens to every exchange: a probe, and nobody otherwise.
    pub(crate) tap: Option<Arc<dyn Tap>>,
}

/// Connections that share one idea of TLS.
#[derive(Debug)]
struct Lines {
    /// Through the proxy of the system or the environment, where there is one.
    client: reqwest::Client,
    /// For this machine itself: no proxy could reach it (Go's and curl's rule too).
    direct: reqwest::Client,
    /// How often a server asked for a certificate of this client's.
    asked: Arc<AtomicU64>,
}

/// Hears every exchange while it happens, with what must not be shown: whoever implements it blanks.
pub(crate) trait Tap: Send + Sync + std::fmt::Debug {
    /// The headers of an answer came, or it is clear that none will. Gives a number to it.
    fn exchanged(&self, exchange: &Exchanged<'_>) -> usize;
    /// The body of that exchange was read, as far as anybody wanted it.
    fn read(&self, number: usize, body: &[u8]);
}

/// One exchange.
#[derive(Debug)]
pub(crate) struct Exchanged<'x> {
    pub(crate) started: Instant,
    pub(crate) url: &'x Url,
    /// `GET https://…`, safe to show.
    pub(crate) attempted: &'x str,
    /// What must not come back out of the answer.
    pub(crate) blank: &'x Blank,
    /// Status, headers and protocol, or why there is none of them.
    pub(crate) answer: Result<(u16, &'x HeaderMap, &'x str), &'x Problem>,
}

/// An answer whose body is not read yet. It keeps its place at the gates.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) url: Url,
    /// `GET https://…`, safe to show.
    pub(crate) attempted: String,
    pub(crate) blank: Blank,
    host: String,
    response: reqwest::Response,
    facts: RequestFacts,
    started: Instant,
    idle: Duration,
    place: Place,
    /// What `said` has read.
    kept: Option<Bytes>,
    /// Who listens, and the number of this exchange there.
    tapped: Option<(Arc<dyn Tap>, usize)>,
}

impl Wire {
    pub(crate) fn new(options: &RegistryOptions) -> Result<Self, Problem> {
        let general = Arc::new(Lines::new(options, &Own::default())?);
        let (options, timing) = (options.clone(), options.timing);
        Ok(Self { options, general, lines: Mutex::default(), gates: Gates::new(), timing, tap: None })
    }

    /// The lines to the host of `url`, made at the first question to it.
    fn lines(&self, url: &Url, behalf: Option<&Url>) -> Result<Arc<Lines>, Problem> {
        if url.scheme() != "https" {
            return Ok(Arc::clone(&self.general));
        }
        let key = line(url, behalf);
        if let Some(lines) = self.lines.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(lines));
        }
        let mut own = Own::of(&self.options, url);
        if let Some(home) = behalf.filter(|_| own.is_usual()) {
            own = Own::of(&self.options, home).lent(home, url);
        }
        let lines = if own.is_usual() { Arc::clone(&self.general) } else { Arc::new(Lines::new(&self.options, &own)?) };
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&lines));
        Ok(lines)
    }

    /// TLS with this host failed for want of a certificate: the next question looks again at what there is.
    fn look_again(&self, url: &Url, behalf: Option<&Url>) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).remove(&line(url, behalf));
    }
}

/// The key of lines.
fn line(url: &Url, behalf: Option<&Url>) -> String {
    let home = behalf.map(host::authority).unwrap_or_default();
    format!("{} {home}", host::authority(url))
}

impl Lines {
    fn new(options: &RegistryOptions, own: &Own) -> Result<Self, Problem> {
        let asked = Arc::new(AtomicU64::new(0));
        let tls = tls::client_config(options, own, &asked)?;
        let build = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| Problem::new(ProblemKind::Internal).because(&error))
        };
        let client = build(Self::builder(options, tls.clone()))?;
        let direct = build(Self::builder(options, tls).no_proxy())?;
        Ok(Self { client, direct, asked })
    }

    fn builder(options: &RegistryOptions, tls: rustls::ClientConfig) -> reqwest::ClientBuilder {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(options.timing.connect)
            .tcp_nodelay(true)
            .tcp_keepalive(Duration::from_secs(30))
            // What a server can send before somebody reads it, over all answers of a connection.
            .http2_initial_stream_window_size(1 << 20)
            .http2_initial_connection_window_size(4 << 20)
            .user_agent(&options.user_agent);
        options
            .resolve
            .iter()
            .fold(builder, |builder, (name, port, address)| builder.resolve(name, SocketAddr::new(*address, *port)))
    }
}

impl Wire {
    /// Sends and waits for the headers of the answer, whatever its status.
    pub(crate) async fn open(&self, call: Call, sink: &dyn Sink) -> Result<Opened, Failure> {
        let gate = self.gates.host(&host::authority(&call.url));
        let place = self.gates.enter(&gate, call.layer).await;
        let shown = redact::url(&call.url, call.show_query);
        let attempted = format!("{} {shown}", call.method);
        let host = host::shown(&call.url);
        let mut blank = Blank::authorization(call.headers.get(header::AUTHORIZATION));
        if !call.show_query {
            blank = blank.and_query(&call.url);
        }
        if !host::is_loopback(&call.url) {
            blank = blank.and_proxy(&call.url);
        }
        let mut facts = RequestFacts {
            method: call.method.to_string(),
            url: shown,
            status: None,
            bytes: 0,
            elapsed_ms: 0,
            protocol: None,
        };
        let lines = self.lines(&call.url, call.behalf.as_ref()).map_err(Failure::of)?;
        let asked = lines.asked.load(Ordering::Relaxed);
        let client = if host::is_loopback(&call.url) { &lines.direct } else { &lines.client };
        let mut request = client.request(call.method, call.url.clone()).headers(call.headers);
        if let Some(form) = call.form {
            request = request
                .header(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"))
                .body(form);
        }
        let started = Instant::now();
        let patience = self.timing.connect + self.timing.first_byte;
        let failure = match timeout(patience, request.send()).await {
            Ok(Ok(response)) => {
                let protocol = format!("{:?}", response.version());
                facts.status = Some(response.status().as_u16());
                let tapped = self.tap.as_ref().map(|tap| {
                    let answer = Ok((response.status().as_u16(), response.headers(), protocol.as_str()));
                    let exchange = Exchanged { started, url: &call.url, attempted: &attempted, blank: &blank, answer };
                    (Arc::clone(tap), tap.exchanged(&exchange))
                });
                facts.protocol = Some(protocol);
                return Ok(Opened {
                    status: response.status().as_u16(),
                    headers: response.headers().clone(),
                    url: call.url,
                    attempted,
                    blank,
                    host,
                    response,
                    facts,
                    started,
                    idle: self.timing.idle,
                    place,
                    kept: None,
                    tapped,
                });
            }
            Ok(Err(error)) => {
                let asked = lines.asked.load(Ordering::Relaxed) != asked;
                classify::transport(&host, &error, self.timing.connect, asked)
            }
            Err(_) => Failure {
                problem: classify::timed_out(&host, Stage::FirstByte, self.timing.first_byte),
                broken: false,
                not_http: false,
            },
        };
        if classify::is_about_certificates(&failure.problem.what) {
            self.look_again(&call.url, call.behalf.as_ref());
        }
        facts.elapsed_ms = millis(started);
        sink.on(Event::Request(facts));
        let problem = failure.problem.with(classify::evidence(attempted.clone(), None, None));
        if let Some(tap) = &self.tap {
            tap.exchanged(&Exchanged {
                started,
                url: &call.url,
                attempted: &attempted,
                blank: &blank,
                answer: Err(&problem),
            });
        }
        Err(Failure { problem, ..failure })
    }
}

impl Opened {
    /// Reads the body of a success, at most `limit` bytes.
    pub(crate) async fn read(mut self, limit: u64, sink: &dyn Sink) -> Result<Bytes, Problem> {
        let read = self.read_some(limit).await;
        if let (Some((tap, number)), Ok((bytes, _))) = (&self.tapped, &read) {
            tap.read(*number, bytes);
        }
        self.record(sink);
        match read {
            Ok((_, true)) => {
                let size = self.length().map(ByteSize);
                Err(self.problem(ProblemKind::TooLarge { limit: ByteSize(limit), size }))
            }
            Ok((bytes, false)) => Ok(bytes),
            Err(problem) => Err(problem.with(classify::evidence(self.attempted, Some(self.status), None))),
        }
    }

    /// Reads what the server says of an answer that is no success; what is too long or broken off is
    /// not worth a problem of its own.
    pub(crate) async fn said(&mut self, sink: &dyn Sink) -> Bytes {
        if let Some(kept) = &self.kept {
            return kept.clone();
        }
        let said = self.read_some(ERROR_BYTES).await.map(|(bytes, _)| bytes).unwrap_or_default();
        self.record(sink);
        self.kept.insert(said).clone()
    }

    /// The body as it arrives. It is recorded now, with the length that is promised: nobody is there
    /// to be told when the last byte comes.
    pub(crate) fn stream(mut self, sink: &dyn Sink) -> BlobStream {
        self.facts.bytes = self.length().unwrap_or_default();
        self.record(sink);
        let Self { response, host, attempted, status, idle, place, .. } = self;
        let problem = move |problem: Problem| problem.with(classify::evidence(attempted.clone(), Some(status), None));
        Box::pin(stream::unfold(Some((response, place)), move |state| {
            let (host, problem) = (host.clone(), problem.clone());
            async move {
                let (mut response, place) = state?;
                match timeout(idle, response.chunk()).await {
                    Ok(Ok(Some(chunk))) => Some((Ok(chunk), Some((response, place)))),
                    Ok(Ok(None)) => None,
                    Ok(Err(error)) => Some((Err(problem(classify::body(&host, &error))), None)),
                    Err(_) => Some((Err(problem(classify::timed_out(&host, Stage::Body, idle))), None)),
                }
            }
        }))
    }

    /// The Content-Length header, also of a HEAD.
    pub(crate) fn length(&self) -> Option<u64> {
        self.header(&header::CONTENT_LENGTH)?.parse().ok()
    }

    pub(crate) fn header(&self, name: &header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }

    /// A problem with this exchange as its evidence.
    pub(crate) fn problem(&self, kind: ProblemKind) -> Problem {
        Problem::new(kind).with(classify::evidence(self.attempted.clone(), Some(self.status), None))
    }

    /// Bytes up to `limit`, and whether there are more.
    async fn read_some(&mut self, limit: u64) -> Result<(Bytes, bool), Problem> {
        let mut read = BytesMut::new();
        loop {
            let chunk = match timeout(self.idle, self.response.chunk()).await {
                Ok(Ok(Some(chunk))) => chunk,
                Ok(Ok(None)) => return Ok((read.freeze(), false)),
                Ok(Err(error)) => return Err(classify::body(&self.host, &error)),
                Err(_) => return Err(classify::timed_out(&self.host, Stage::Body, self.idle)),
            };
            self.facts.bytes += chunk.len() as u64;
            let room = usize::try_from(limit).unwrap_or(usize::MAX) - read.len();
            if chunk.len() > room {
                read.extend_from_slice(&chunk[..room]);
                return Ok((read.freeze(), true));
            }
            read.extend_from_slice(&chunk);
        }
    }

    fn record(&mut self, sink: &dyn Sink) {
        self.facts.elapsed_ms = millis(self.started);
        sink.on(Event::Request(self.facts.clone()));
    }
}

fn millis(since: Instant) -> u32 {
    u32::try_from(since.elapsed().as_millis()).unwrap_or(u32::MAX)
}
