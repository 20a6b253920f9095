//! The HTTP client under the SDK: rustls on ring, proxies of the environment, a cap on every answer,
//! and an account of every exchange.

use std::collections::HashMap;
use std::future::Future;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{self, TlsContext};
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use source::RequestFacts;

/// More than the longest page that any of these APIs gives (a thousand images).
const ANSWER_LIMIT: usize = 16 << 20;

/// Paths of the APIs that are asked here. What else is asked (a container's or an instance's
/// credentials) may have a path that is as good as a key, and is not shown.
const SHOWN_PATHS: [&str; 5] = ["/", "/token", "/client/register", "/device_authorization", "/federation/credentials"];

tokio::task_local! {
    static HEARD: Arc<Mutex<Vec<RequestFacts>>>;
}

/// Runs a job of the SDK and gives every exchange that it took, in order.
pub(crate) async fn heard<T>(job: impl Future<Output = T>) -> (T, Vec<RequestFacts>) {
    let list = Arc::<Mutex<Vec<RequestFacts>>>::default();
    let result = HEARD.scope(Arc::clone(&list), job).await;
    let facts = std::mem::take(&mut *list.lock().unwrap_or_else(PoisonError::into_inner));
    (result, facts)
}

/// The client. `bundle`, certificates in PEM, takes the place of the system's authorities.
pub(crate) fn client(bundle: Option<String>) -> SharedHttpClient {
    let trust = match bundle {
        Some(pem) => tls::TrustStore::empty().with_pem_certificate(pem),
        None => tls::TrustStore::default(),
    };
    let tls = TlsContext::builder().with_trust_store(trust).build().unwrap_or_default();
    SharedHttpClient::new(Client { tls, connectors: Arc::default() })
}

/// What a connector is made for: connect and read timeouts, and whether proxies are used.
type Key = (Option<Duration>, Option<Duration>, bool);

#[derive(Debug)]
struct Client {
    tls: TlsContext,
    connectors: Arc<Mutex<HashMap<Key, SharedHttpConnector>>>,
}

impl HttpClient for Client {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Listening {
            tls: self.tls.clone(),
            settings: settings.clone(),
            connectors: Arc::clone(&self.connectors),
        })
    }
}

#[derive(Debug)]
struct Listening {
    tls: TlsContext,
    settings: HttpConnectorSettings,
    connectors: Arc<Mutex<HashMap<Key, SharedHttpConnector>>>,
}

impl Listening {
    fn connector(&self, direct: bool) -> SharedHttpConnector {
        let key = (self.settings.connect_timeout(), self.settings.read_timeout(), direct);
        let mut connectors = self.connectors.lock().unwrap_or_else(PoisonError::into_inner);
        connectors.entry(key).or_insert_with(|| self.connect(direct)).clone()
    }

    fn connect(&self, direct: bool) -> SharedHttpConnector {
        let builder: ConnectorBuilder<_> = Connector::builder().tls_provider(tls::Provider::Rustls(CryptoMode::Ring));
        let proxies = if direct { ProxyConfig::disabled() } else { ProxyConfig::from_env() };
        let builder = builder.tls_context(self.tls.clone()).connector_settings(self.settings.clone());
        SharedHttpConnector::new(builder.proxy_config(proxies).build())
    }
}

impl HttpConnector for Listening {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let list = HEARD.try_with(Arc::clone).ok();
        let (url, direct) = shown(request.uri());
        let method = request.method().to_owned();
        let began = Instant::now();
        let answer = self.connector(direct).call(request);
        HttpConnectorFuture::new(async move {
            let result = match answer.await {
                Ok(response) => whole(response).await,
                Err(error) => Err(error),
            };
            if let Some(list) = list {
                let (status, bytes) = match &result {
                    Ok((response, bytes)) => (Some(response.status().as_u16()), *bytes),
                    Err(_) => (None, 0),
                };
                let elapsed_ms = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
                let facts = RequestFacts { method, url, status, bytes, elapsed_ms, protocol: None };
                list.lock().unwrap_or_else(PoisonError::into_inner).push(facts);
            }
            result.map(|(response, _)| response)
        })
    }
}

/// Reads the answer to its end: all of these are short documents.
async fn whole(mut response: HttpResponse) -> Result<(HttpResponse, u64), ConnectorError> {
    let mut body = ByteStream::new(response.take_body());
    let mut bytes = Vec::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|error| ConnectorError::io(error.into()))?;
        if bytes.len() + part.len() > ANSWER_LIMIT {
            return Err(ConnectorError::other("the answer is longer than any should be".into(), None));
        }
        bytes.extend_from_slice(&part);
    }
    let length = bytes.len() as u64;
    *response.body_mut() = SdkBody::from(bytes);
    Ok((response, length))
}

/// An address that may be shown, and whether it is of this machine or its link, where no proxy
/// leads: an instance's or a container's metadata, a test's server.
fn shown(uri: &str) -> (String, bool) {
    let (scheme, rest) = uri.split_once("://").unwrap_or(("https", uri));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let path = match path {
        "" => "/",
        path if SHOWN_PATHS.contains(&path) => path,
        _ => "/…",
    };
    (format!("{scheme}://{authority}{path}"), is_near(host_of(authority)))
}

/// The host of `host[:port]`, brackets of an IPv6 address taken away.
pub(crate) fn host_of(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => authority.split(':').next().unwrap_or(authority),
    }
}

/// Whether a host is this machine or on its own link.
pub(crate) fn is_near(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        // fd00:ec2::/32 is where AWS has its metadata on IPv6.
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.segments()[..2] == [0xfd00, 0x0ec2],
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_an_address() {
        for (uri, expected, near) in [
            ("https://api.ecr.eu-west-1.amazonaws.com/", "https://api.ecr.eu-west-1.amazonaws.com/", false),
            ("https://api.ecr.eu-west-1.amazonaws.com", "https://api.ecr.eu-west-1.amazonaws.com/", false),
            (
                "https://portal.sso.us-east-1.amazonaws.com/federation/credentials?role_name=a&account_id=1",
                "https://portal.sso.us-east-1.amazonaws.com/federation/credentials",
                false,
            ),
            ("http://169.254.170.2/v2/credentials/0b4a-secret", "http://169.254.170.2/…", true),
            ("http://169.254.169.254/latest/api/token", "http://169.254.169.254/…", true),
            ("http://[fd00:ec2::254]/latest/api/token", "http://[fd00:ec2::254]/…", true),
            ("http://me:word@127.0.0.1:5300/", "http://127.0.0.1:5300/", true),
            ("http://localhost:1/x?y", "http://localhost:1/…", true),
            ("http://127.0.0.1.evil.test/", "http://127.0.0.1.evil.test/", false),
        ] {
            assert_eq!(shown(uri), (expected.to_owned(), near), "{uri}");
        }
    }
}
