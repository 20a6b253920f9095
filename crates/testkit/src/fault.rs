use std::time::Duration;

use bytes::Bytes;

use crate::server::Seen;

/// Which requests a scripted fault meets. All that is said must hold.
#[derive(Clone, Debug, Default)]
pub struct When {
    method: Option<&'static str>,
    path: Option<String>,
    other: Option<bool>,
    account: bool,
}

impl When {
    /// Every request, on both listeners.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// GET only.
    #[must_use]
    pub fn get() -> Self {
        Self { method: Some("GET"), ..Self::default() }
    }

    /// HEAD only.
    #[must_use]
    pub fn head() -> Self {
        Self { method: Some("HEAD"), ..Self::default() }
    }

    /// Requests of the manifests endpoint.
    #[must_use]
    pub fn manifests() -> Self {
        Self::any().path("/manifests/")
    }

    /// Requests of the blobs endpoint.
    #[must_use]
    pub fn blobs() -> Self {
        Self::any().path("/blobs/")
    }

    /// Requests of the token server (GET and POST).
    #[must_use]
    pub fn tokens() -> Self {
        Self::any().path("/token")
    }

    /// Paths (with their query) that contain this.
    #[must_use]
    pub fn path(mut self, part: impl Into<String>) -> Self {
        self.path = Some(part.into());
        self
    }

    /// With an Authorization header only.
    #[must_use]
    pub fn with_account(mut self) -> Self {
        self.account = true;
        self
    }

    /// On [`crate::Registry::host`] only.
    #[must_use]
    pub fn on_registry(mut self) -> Self {
        self.other = Some(false);
        self
    }

    /// On [`crate::Registry::other_host`] only.
    #[must_use]
    pub fn on_other_host(mut self) -> Self {
        self.other = Some(true);
        self
    }

    pub(crate) fn meets(&self, seen: &Seen) -> bool {
        self.method.is_none_or(|m| m == seen.method)
            && self.path.as_ref().is_none_or(|p| seen.path.contains(p.as_str()))
            && self.other.is_none_or(|o| o == seen.other_host)
            && (!self.account || seen.authorization().is_some())
    }
}

/// What happens instead of, or with, the usual answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Fault {
    /// The usual answer, later.
    Delay(Duration),
    /// This answer. Made by [`Fault::status`].
    Status {
        /// The status.
        status: u16,
        /// Headers.
        headers: Vec<(String, String)>,
        /// The body; empty for HEAD.
        body: Bytes,
    },
    /// The usual headers without a length, and a body of zeros that never ends.
    Endless,
    /// A body of this many zeros, generated, with its true Content-Length.
    Huge(u64),
    /// The headers never come.
    NeverAnswers,
    /// The usual answer; after so many bytes of the body nothing more comes, and the connection stays open.
    StallsAfter(usize),
    /// The usual headers; after so many bytes of the body the connection is closed.
    CutAfter(usize),
    /// The connection is closed without an answer.
    HangsUp,
    /// The usual answer with this Docker-Content-Digest.
    DigestHeader(String),
    /// The usual answer with this Content-Type, or none.
    ContentType(Option<String>),
    /// The usual answer with a header added.
    Header(String, String),
    /// The usual answer with this Content-Length, longer than the body; then the connection is closed.
    PromisesLength(u64),
    /// The usual headers with these bytes for a body.
    Bytes(Bytes),
}

impl Fault {
    /// An answer with this status, no headers and no body yet.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Status { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// A redirect (307) to a URL or path.
    #[must_use]
    pub fn redirect(location: impl Into<String>) -> Self {
        Self::status(307).header("location", &location.into())
    }

    /// Too many requests, with Retry-After.
    #[must_use]
    pub fn too_many(retry_after_s: u32) -> Self {
        Self::status(429)
            .header("retry-after", &retry_after_s.to_string())
            .body(r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}"#)
    }

    /// A page for people, as proxies and captive portals send it.
    #[must_use]
    pub fn html(status: u16) -> Self {
        Self::status(status).header("content-type", "text/html").body("<html><h1>Bad <b>gateway</b></h1></html>")
    }

    /// Adds a header to [`Fault::Status`].
    ///
    /// # Panics
    /// On another fault.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let Self::Status { status, mut headers, body } = self else { panic!("only Fault::Status has headers") };
        headers.push((name.to_owned(), value.to_owned()));
        Self::Status { status, headers, body }
    }

    /// Sets the body of [`Fault::Status`].
    ///
    /// # Panics
    /// On another fault.
    #[must_use]
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        let Self::Status { status, headers, .. } = self else { panic!("only Fault::Status has a body of its own") };
        Self::Status { status, headers, body: body.into() }
    }
}

/// A fault waiting for its requests; earlier ones win.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) when: When,
    pub(crate) left: Option<u32>,
    pub(crate) fault: Fault,
}

/// Says how often and what: `registry.when(When::blobs()).times(1).fault(Fault::HangsUp)`.
#[derive(Debug)]
#[must_use = "nothing happens without `.fault(…)`"]
pub struct Scripted<'r> {
    pub(crate) registry: &'r crate::Registry,
    pub(crate) when: When,
    pub(crate) left: Option<u32>,
}

impl Scripted<'_> {
    /// Only the first so many requests; the rest get the usual answer.
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// What happens. Of several scripts with the same kind of fault, the first that still holds counts, so that
    /// `times(1)` twice is a sequence; different kinds add up (a late answer with a wrong digest header).
    pub fn fault(self, fault: Fault) {
        self.registry.add(Script { when: self.when, left: self.left, fault });
    }
}
