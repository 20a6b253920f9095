//! One request, one answer: limits, timeouts and the record of what happened. No redirects, no
//! retries, no credentials of its own.

use std::net::SocketAddr;
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
use crate::tls;

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
}

/// The connections to all hosts.
#[derive(Debug)]
pub(crate) struct Wire {
    /// Through the proxy of the system or the environment, where there is one.
    client: reqwest::Client,
    /// For this machine itself: no proxy could reach it (Go's and curl's rule too).
    direct: reqwest::Client,
    pub(crate) gates: Gates,
    pub(crate) timing: Timing,
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
}

impl Wire {
    pub(crate) fn new(options: &RegistryOptions) -> Result<Self, Problem> {
        let tls = tls::client_config(options)?;
        let build = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| Problem::new(ProblemKind::Internal).because(&error))
        };
        let client = build(Self::builder(options, tls.clone()))?;
        let direct = build(Self::builder(options, tls).no_proxy())?;
        Ok(Self { client, direct, gates: Gates::new(), timing: options.timing })
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

    /// Sends and waits for the headers of the answer, whatever its status.
    pub(crate) async fn open(&self, call: Call, sink: &dyn Sink) -> Result<Opened, Failure> {
        let gate = self.gates.host(&host::authority(&call.url));
        let place = self.gates.enter(&gate, call.layer).await;
        let shown = redact::url(&call.url, call.show_query);
        let attempted = format!("{} {shown}", call.method);
        let host = host::shown(&call.url);
        let blank = Blank::authorization(call.headers.get(header::AUTHORIZATION));
        let mut facts = RequestFacts {
            method: call.method.to_string(),
            url: shown,
            status: None,
            bytes: 0,
            elapsed_ms: 0,
            protocol: None,
        };
        let client = if host::is_loopback(&call.url) { &self.direct } else { &self.client };
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
                facts.status = Some(response.status().as_u16());
                facts.protocol = Some(format!("{:?}", response.version()));
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
                });
            }
            Ok(Err(error)) => classify::transport(&host, &error, self.timing.connect),
            Err(_) => Failure {
                problem: classify::timed_out(&host, Stage::FirstByte, self.timing.first_byte),
                broken: false,
                not_http: false,
            },
        };
        facts.elapsed_ms = millis(started);
        sink.on(Event::Request(facts));
        let problem = failure.problem.with(classify::evidence(attempted, None, None));
        Err(Failure { problem, ..failure })
    }
}

impl Opened {
    /// Reads the body of a success, at most `limit` bytes.
    pub(crate) async fn read(mut self, limit: u64, sink: &dyn Sink) -> Result<Bytes, Problem> {
        let read = self.read_some(limit).await;
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
