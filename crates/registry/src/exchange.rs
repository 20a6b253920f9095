//! A request with its redirects and its retries.

use http::{HeaderMap, HeaderValue, Method, header};
use source::{Event, Problem, ProblemKind, Sink, Stage};
use url::Url;

use crate::classify::{self, Failure};
use crate::host;
use crate::redact;
use crate::redirect::{self, Neighbourhood};
use crate::retry;
use crate::wire::{Call, Opened, Wire};

/// A request towards one origin. Whatever happens, `authorization` goes to that origin only.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) form: Option<String>,
    pub(crate) layer: bool,
    /// Whether a broken connection is worth another try. Not while it is being found out whether the
    /// other side speaks plain HTTP at all.
    pub(crate) persistent: bool,
    /// The registry for which a token server is asked.
    pub(crate) behalf: Option<Url>,
}

impl Request {
    pub(crate) fn get(url: Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            authorization: None,
            form: None,
            layer: false,
            persistent: true,
            behalf: None,
        }
    }
}

/// Follows and retries.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) wire: Wire,
    pub(crate) near: Neighbourhood,
}

impl Exchange {
    /// The answer, whatever its status; statuses that may pass were tried again before.
    pub(crate) async fn send(&self, request: &Request, sink: &dyn Sink) -> Result<Opened, Failure> {
        // A POST here is a token request: sending it twice does no harm.
        let mut tried = 1;
        loop {
            match self.follow(request, sink).await {
                Ok(opened) if retry::may_pass(opened.status) => {
                    let gate = self.wire.gates.host(&host::authority(&opened.url));
                    let asked = retry::retry_after(&opened.headers);
                    if retry::too_much(opened.status) {
                        gate.halve();
                    }
                    tried += 1;
                    let Some(pause) = retry::pause(tried, asked, &self.wire.timing).filter(|_| tried <= retry::TRIES)
                    else {
                        return Ok(opened);
                    };
                    let mut opened = opened;
                    opened.said(sink).await;
                    if retry::too_much(opened.status) {
                        gate.quiet_for(pause);
                    }
                    let seconds = u32::try_from(pause.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
                    sink.on(Event::Waiting { host: host::shown(&opened.url), status: opened.status, seconds });
                    drop(opened);
                    tokio::time::sleep(pause).await;
                }
                Err(failure) if failure.broken && request.persistent => {
                    tried += 1;
                    let Some(pause) = retry::pause(tried, None, &self.wire.timing).filter(|_| tried <= retry::TRIES)
                    else {
                        return Err(failure);
                    };
                    tokio::time::sleep(pause).await;
                }
                other => return other,
            }
        }
    }

    async fn follow(&self, request: &Request, sink: &dyn Sink) -> Result<Opened, Failure> {
        let mut url = request.url.clone();
        let mut followed = 0;
        loop {
            let at_home = redirect::same_origin(&request.url, &url);
            let mut headers = request.headers.clone();
            if let Some(authorization) = request.authorization.as_ref().filter(|_| at_home) {
                headers.insert(header::AUTHORIZATION, authorization.clone());
            }
            let call = Call {
                method: request.method.clone(),
                url,
                headers,
                // A form holds a secret; redirected, it goes nowhere.
                form: request.form.clone().filter(|_| followed == 0),
                layer: request.layer,
                show_query: followed == 0,
                behalf: request.behalf.clone(),
            };
            let mut opened = self.wire.open(call, sink).await?;
            if !redirect::is_redirect(opened.status) || request.form.is_some() {
                return Ok(opened);
            }
            opened.said(sink).await;
            let next = redirect::next(&opened.url, opened.header(&header::LOCATION));
            let refused = |target: Option<&Url>, fault: &str| {
                let target = target.map_or_else(|| shown_location(&opened), |url| redact::url(url, false));
                let kind =
                    ProblemKind::RedirectRefused { host: host::shown(&opened.url), target, fault: fault.to_owned() };
                Failure { problem: opened.problem(kind), broken: false, not_http: false }
            };
            let next = next.map_err(|fault| refused(None, fault))?;
            followed += 1;
            if followed > redirect::MOST {
                return Err(refused(Some(&next), "too-many"));
            }
            let elsewhere = next.host_str() != request.url.host_str();
            if elsewhere && self.is_private(&next).await? && !self.is_private(&request.url).await? {
                return Err(refused(Some(&next), "private-address"));
            }
            url = next;
        }
    }

    /// A look-up that hangs must not hang the request.
    async fn is_private(&self, url: &Url) -> Result<bool, Failure> {
        let patience = self.wire.timing.connect;
        tokio::time::timeout(patience, self.near.is_private(url)).await.map_err(|_| Failure {
            problem: classify::timed_out(&host::shown(url), Stage::Connect, patience),
            broken: false,
            not_http: false,
        })
    }
}

/// A location that could not be made an address of, as far as it is safe to show.
fn shown_location(opened: &Opened) -> String {
    let location = opened.header(&header::LOCATION).unwrap_or_default();
    match opened.url.join(location) {
        Ok(url) if !location.is_empty() => redact::url(&url, false),
        _ => anatomy::visible(location.split('?').next().unwrap_or_default()).into_owned(),
    }
}

/// An answer that is no success, as a problem with the server's words.
pub(crate) async fn refusal(mut opened: Opened, asked: &classify::Asked<'_>, sink: &dyn Sink) -> Problem {
    let body = opened.said(sink).await;
    let kind = classify::status(opened.status, retry::retry_after(&opened.headers), &body, asked);
    let said = opened.blank.said(&body);
    Problem::new(kind).with(classify::evidence(opened.attempted.clone(), Some(opened.status), said))
}

#[cfg(test)]
mod tests {
    use source::Silent;
    use testkit::{Fault, ImageBuilder, Registry, When};

    use super::*;
    use crate::options::{RegistryOptions, TrustPlaces};

    /// An exchange that believes `registry.example` to be at `believed`, and finds it on this machine.
    fn exchange(believed: &str) -> Exchange {
        let loopback = "127.0.0.1".parse().unwrap();
        let options = RegistryOptions {
            resolve: vec![("registry.example".into(), 80, loopback), ("inside.example".into(), 80, loopback)],
            trust: TrustPlaces::default(),
            ..RegistryOptions::default()
        };
        let pinned = vec![
            ("registry.example".to_owned(), believed.parse().unwrap()),
            ("inside.example".to_owned(), "10.0.0.7".parse().unwrap()),
        ];
        Exchange { wire: Wire::new(&options).unwrap(), near: Neighbourhood { pinned } }
    }

    #[tokio::test]
    async fn a_public_registry_may_not_send_us_into_a_private_network() {
        let registry = Registry::builder().image("a", "1", &ImageBuilder::new("linux/amd64").build()).start();
        let port = registry.host().rsplit(':').next().unwrap().to_owned();
        let url: Url = format!("http://registry.example:{port}/v2/a/manifests/1").parse().unwrap();
        let inside = format!("http://inside.example:{port}/v2/a/manifests/1");
        let redirected = When::get().on_registry();
        for (target, shown) in
            [(inside.as_str(), inside.as_str()), ("http://169.254.169.254/x?y", "http://169.254.169.254/x")]
        {
            registry.behave();
            registry.when(redirected.clone()).times(1).fault(Fault::redirect(target));
            let failure = exchange("8.8.8.8").send(&Request::get(url.clone()), &Silent).await.unwrap_err();
            let expected = ProblemKind::RedirectRefused {
                host: format!("registry.example:{port}"),
                target: shown.to_owned(),
                fault: "private-address".to_owned(),
            };
            assert_eq!(failure.problem.what, expected);
        }
        registry.behave();
        registry.when(redirected).times(1).fault(Fault::redirect(inside));
        assert_eq!(exchange("10.0.0.1").send(&Request::get(url), &Silent).await.unwrap().status, 200);
    }
}
