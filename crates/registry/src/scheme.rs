//! Which scheme a host is asked with, and what was learned about it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use url::Url;

use crate::host;
use crate::options::RegistryOptions;

/// The two ways to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// In the clear.
    Http,
    /// With TLS.
    Https,
}

impl Scheme {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// How to ask now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// This way.
    Only(Scheme),
    /// In the clear and without credentials; if the host turns out to speak TLS, with TLS.
    TryPlain,
}

/// What is known per registry (`host[:port]` as in the reference).
#[derive(Debug)]
pub(crate) struct Schemes {
    plain_http: bool,
    tls_only: bool,
    /// Registries that the user wants asked in the clear.
    plain: HashSet<String>,
    learned: Mutex<HashMap<String, Scheme>>,
}

impl Schemes {
    pub(crate) fn new(options: &RegistryOptions) -> Self {
        let plain = options.hosts.iter().filter(|(_, host)| host.plain_http);
        let plain = plain.map(|(name, _)| name.to_ascii_lowercase()).collect();
        Self { plain_http: options.plain_http, tls_only: options.tls_only, plain, learned: Mutex::default() }
    }

    pub(crate) fn plan(&self, registry: &str) -> Plan {
        if self.tls_only {
            return Plan::Only(Scheme::Https);
        }
        if self.plain_http || self.plain.contains(&registry.to_ascii_lowercase()) {
            return Plan::Only(Scheme::Http);
        }
        if let Some(scheme) = self.learned.lock().unwrap_or_else(PoisonError::into_inner).get(registry) {
            return Plan::Only(*scheme);
        }
        let here = Url::parse(&format!("http://{registry}")).is_ok_and(|url| host::is_loopback(&url));
        if here { Plan::TryPlain } else { Plan::Only(Scheme::Https) }
    }

    pub(crate) fn learn(&self, registry: &str, scheme: Scheme) {
        self.learned.lock().unwrap_or_else(PoisonError::into_inner).insert(registry.to_owned(), scheme);
    }
}

/// Whether an answer to a plain request says that TLS is spoken here: Go's net/http, nginx and Apache
/// each have their words.
pub(crate) fn says_tls(status: u16, body: &[u8]) -> bool {
    let said = String::from_utf8_lossy(&body[..body.len().min(2048)]).to_ascii_lowercase();
    status == 400
        && [
            "http request to an https server",
            "plain http request was sent to https port",
            "speaking plain http to an ssl-enabled",
        ]
        .iter()
        .any(|words| said.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::HostOptions;

    #[test]
    fn only_loopback_is_tried_in_the_clear() {
        let schemes = Schemes::new(&RegistryOptions::default());
        for (registry, expected) in [
            ("localhost:5000", Plan::TryPlain),
            ("127.0.0.1", Plan::TryPlain),
            ("[::1]:5000", Plan::TryPlain),
            ("10.0.0.1:5000", Plan::Only(Scheme::Https)),
            ("ghcr.io", Plan::Only(Scheme::Https)),
            ("localhost.example.com", Plan::Only(Scheme::Https)),
        ] {
            assert_eq!(schemes.plan(registry), expected, "{registry}");
        }
        schemes.learn("localhost:5000", Scheme::Https);
        assert_eq!(schemes.plan("localhost:5000"), Plan::Only(Scheme::Https));
        assert_eq!(schemes.plan("localhost:5001"), Plan::TryPlain);
    }

    #[test]
    fn the_user_decides_over_the_rule() {
        let plain = Schemes::new(&RegistryOptions { plain_http: true, ..RegistryOptions::default() });
        assert_eq!(plain.plan("ghcr.io"), Plan::Only(Scheme::Http));
        let host = HostOptions { plain_http: true, ..HostOptions::default() };
        let hosts = [("r.example:5000".to_owned(), host)].into();
        let one = Schemes::new(&RegistryOptions { hosts, ..RegistryOptions::default() });
        assert_eq!(one.plan("r.example:5000"), Plan::Only(Scheme::Http));
        assert_eq!(one.plan("r.example:5001"), Plan::Only(Scheme::Https));
        let tls = Schemes::new(&RegistryOptions { tls_only: true, ..RegistryOptions::default() });
        assert_eq!(tls.plan("localhost:5000"), Plan::Only(Scheme::Https));
    }
}
