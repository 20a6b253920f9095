//! The answers: distribution-spec reads, the token server, and the scripted faults.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::json;

use crate::auth::Auth;
use crate::fault::{Fault, Script};
use crate::gate::Token;
use crate::image::Content;
use crate::lists::Lists;

pub(crate) type Body = BoxBody<Bytes, std::io::Error>;

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `GET`, `HEAD`, `POST`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// All headers.
    pub headers: HeaderMap,
    /// The body of a POST.
    pub body: String,
    /// Which connection, counted from 1 over both listeners.
    pub connection: u64,
    /// Whether it came to [`crate::Registry::other_host`].
    pub other_host: bool,
    /// Whether it came as HTTP/2.
    pub http2: bool,
}

impl Seen {
    /// The Authorization header.
    #[must_use]
    pub fn authorization(&self) -> Option<&str> {
        self.headers.get("authorization").and_then(|v| v.to_str().ok())
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Repository {
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) content: HashMap<String, Content>,
}

/// All that the server knows.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) repositories: HashMap<String, Repository>,
    pub(crate) auth: Auth,
    pub(crate) scripts: Vec<Script>,
    pub(crate) seen: Vec<Seen>,
    pub(crate) connections: u64,
    pub(crate) tokens: HashMap<String, Token>,
    /// Refresh tokens that were given, and to whom.
    pub(crate) refresh: HashMap<String, String>,
    pub(crate) tokens_made: u32,
    pub(crate) metered: Option<(u32, u32)>,
    pub(crate) redirect_blobs: bool,
    pub(crate) lists: Lists,
    pub(crate) latency: Duration,
    /// `scheme://host:port` of both listeners.
    pub(crate) base: String,
    pub(crate) other_base: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn error(status: u16, code: &str, message: &str) -> Self {
        Self::new(status, json!({"errors": [{"code": code, "message": message}]}).to_string())
            .with("content-type", "application/json")
    }
}

/// Answers one request. An error makes hyper drop the connection without an answer.
pub(crate) async fn answer(
    world: &Mutex<World>,
    request: Request<Incoming>,
    connection: u64,
    other_host: bool,
) -> Result<Response<Body>, std::io::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|b| b.to_bytes()).unwrap_or_default();
    let seen = Seen {
        method: head.method.to_string(),
        path: head.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: head.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
        connection,
        other_host,
        http2: head.version == hyper::Version::HTTP_2,
    };
    let (usual, faults, latency) = {
        let mut world = world.lock().unwrap();
        world.seen.push(seen.clone());
        let faults = world.due(&seen);
        let replaced = faults.iter().any(|f| matches!(f, Fault::Status { .. } | Fault::HangsUp | Fault::NeverAnswers));
        // A replaced answer spends no token use and no quota.
        let usual = if replaced { Answer::new(200, "") } else { world.usual(&seen) };
        (usual, faults, world.latency)
    };
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let mut answer = usual;
    let mut shape = Shape::Whole;
    for fault in faults {
        match fault {
            Fault::Delay(delay) => tokio::time::sleep(delay).await,
            Fault::Status { status, headers, body } => answer = Answer { status, headers, body },
            Fault::Endless => shape = Shape::Zeros(None),
            Fault::Huge(size) => shape = Shape::Zeros(Some(size)),
            Fault::NeverAnswers => std::future::pending().await,
            Fault::StallsAfter(bytes) => shape = Shape::Part(bytes, false),
            Fault::CutAfter(bytes) => shape = Shape::Part(bytes, true),
            Fault::HangsUp => return Err(std::io::Error::other("scripted")),
            Fault::DigestHeader(digest) => answer.replace("docker-content-digest", Some(digest)),
            Fault::ContentType(text) => answer.replace("content-type", text),
            Fault::Header(name, value) => answer.headers.push((name, value)),
            Fault::PromisesLength(length) => answer.headers.push(("content-length".to_owned(), length.to_string())),
            Fault::Bytes(bytes) => answer.body = bytes,
        }
    }
    Ok(answer.into_response(&shape, head.method == Method::HEAD))
}

enum Shape {
    Whole,
    Zeros(Option<u64>),
    Part(usize, bool),
}

impl Answer {
    fn replace(&mut self, name: &str, value: Option<String>) {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self.headers.extend(value.map(|v| (name.to_owned(), v)));
    }

    fn into_response(self, shape: &Shape, head: bool) -> Response<Body> {
        let mut response = Response::builder().status(StatusCode::from_u16(self.status).unwrap());
        let length = match shape {
            Shape::Whole | Shape::Part(..) => Some(self.body.len() as u64),
            Shape::Zeros(length) => *length,
        };
        let headers = response.headers_mut().unwrap();
        for (name, value) in &self.headers {
            headers.append(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_bytes(value.as_bytes()).unwrap(),
            );
        }
        let lies = headers.contains_key("content-length");
        if let Some(length) = length
            && !lies
        {
            headers.insert("content-length", length.into());
        }
        let body = match shape {
            _ if head => full(Bytes::new()),
            // hyper does not let a body of known size contradict its header.
            Shape::Whole if lies => part(&self.body, usize::MAX, true),
            Shape::Whole => full(self.body),
            Shape::Zeros(length) => zeros(*length),
            Shape::Part(bytes, cut) => part(&self.body, *bytes, *cut),
        };
        response.body(body).unwrap()
    }
}

fn full(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed()
}

fn zeros(length: Option<u64>) -> Body {
    const CHUNK: u64 = 64 << 10;
    let chunk = Bytes::from(vec![0; 64 << 10]);
    let chunks = stream::unfold(length, move |left| {
        let now = left.map_or(CHUNK, |left| left.min(CHUNK));
        let piece = chunk.slice(..usize::try_from(now).unwrap());
        std::future::ready((now > 0).then(|| (Ok(Frame::data(piece)), left.map(|left| left - now))))
    });
    StreamBody::new(chunks).boxed()
}

fn part(body: &Bytes, bytes: usize, cut: bool) -> Body {
    let piece = body.slice(..bytes.min(body.len()));
    let chunks = stream::unfold(0, move |step| {
        let piece = piece.clone();
        async move {
            match step {
                0 => Some((Ok(Frame::data(piece)), 1)),
                _ if cut => {
                    // Without a moment's rest, hyper closes before it has sent what it has.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    Some((Err(std::io::Error::other("scripted")), 2))
                }
                _ => std::future::pending().await,
            }
        }
    });
    StreamBody::new(chunks).boxed()
}

impl World {
    /// The faults for this request: the first script of each kind that meets it.
    fn due(&mut self, seen: &Seen) -> Vec<Fault> {
        let mut due: Vec<Fault> = Vec::new();
        for script in &mut self.scripts {
            if script.left == Some(0) || !script.when.meets(seen) {
                continue;
            }
            if due.iter().any(|f| std::mem::discriminant(f) == std::mem::discriminant(&script.fault)) {
                continue;
            }
            script.left = script.left.map(|left| left - 1);
            due.push(script.fault.clone());
        }
        due
    }

    fn usual(&mut self, seen: &Seen) -> Answer {
        let path = seen.path.split('?').next().unwrap_or_default();
        if path == "/token" {
            return self.token(seen);
        }
        let Some(rest) = path.strip_prefix("/v2/") else { return Answer::error(404, "NOT_FOUND", "no such page") };
        let (repository, kind, reference) = split(rest);
        if !seen.other_host
            && let Some(refusal) = self.refusal(seen, repository)
        {
            return refusal;
        }
        if rest.is_empty() {
            return Answer::new(200, "{}").with("content-type", "application/json");
        }
        if rest == "_catalog" {
            return self.catalog(seen);
        }
        let Some(found) = self.repositories.get(repository) else {
            return Answer::error(404, "NAME_UNKNOWN", "repository name not known to registry");
        };
        match kind {
            "tags" => self.tags(seen, repository, found),
            "referrers" => self.referrers(seen, found, reference),
            "manifests" => {
                let digest = found.tags.get(reference).map_or(reference, String::as_str);
                let content = found.content.get(digest).filter(|c| c.manifest);
                let Some(content) = content else { return Answer::error(404, "MANIFEST_UNKNOWN", "manifest unknown") };
                let mut answer = Answer::new(200, content.bytes.clone())
                    .with("content-type", content.media_type.clone())
                    .with("docker-content-digest", digest);
                if let Some((limit, remaining)) = &mut self.metered {
                    if seen.method == "GET" {
                        *remaining = remaining.saturating_sub(1);
                    }
                    answer = answer
                        .with("ratelimit-limit", format!("{limit};w=21600"))
                        .with("ratelimit-remaining", format!("{remaining};w=21600"))
                        .with("docker-ratelimit-source", "192.0.2.7");
                }
                answer
            }
            "blobs" => {
                let Some(content) = found.content.get(reference) else {
                    return Answer::error(404, "BLOB_UNKNOWN", "blob unknown to registry");
                };
                if self.redirect_blobs && !seen.other_host {
                    return Answer::new(307, "").with("location", format!("{}{path}?X-Sig=presigned", self.other_base));
                }
                let answer = Answer::new(200, content.bytes.clone())
                    .with("content-type", "application/octet-stream")
                    .with("docker-content-digest", reference);
                ranged(answer, &content.bytes, seen)
            }
            _ => Answer::error(404, "NOT_FOUND", "no such page"),
        }
    }
}

/// `demo/app/manifests/1.0` → (`demo/app`, `manifests`, `1.0`).
fn split(rest: &str) -> (&str, &str, &str) {
    for kind in ["manifests", "blobs", "tags", "referrers"] {
        if let Some(at) = rest.rfind(&format!("/{kind}/")) {
            return (&rest[..at], &rest[at + 1..at + 1 + kind.len()], &rest[at + kind.len() + 2..]);
        }
    }
    ("", "", "")
}

fn ranged(answer: Answer, bytes: &Bytes, seen: &Seen) -> Answer {
    let range = seen.headers.get("range").and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|r| r.split_once('-')) else { return answer };
    let Ok(first) = first.parse::<usize>() else { return answer };
    let last = last.parse::<usize>().unwrap_or(usize::MAX).min(bytes.len().saturating_sub(1));
    if first > last {
        return Answer::error(416, "RANGE_INVALID", "invalid range");
    }
    let part = Answer { status: 206, body: bytes.slice(first..=last), ..answer };
    part.with("content-range", format!("bytes {first}-{last}/{}", bytes.len()))
}
