use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::host;
use crate::question::HUB;

/// How registries are asked.
#[derive(Clone, Debug)]
pub struct RegistryOptions {
    /// Plain HTTP, whatever the host (`--plain-http`).
    pub plain_http: bool,
    /// TLS, whatever the host (`--tls`): loopback is not asked in the clear first.
    pub tls_only: bool,
    /// Files with certificates (PEM, or one as DER) of authorities that are trusted as well (`--ca`).
    pub extra_ca: Vec<PathBuf>,
    /// Any certificate will do (`--insecure`).
    pub insecure: bool,
    /// Hosts that may be asked for tokens although they are not obviously the registry's (`--allow-realm`).
    pub allow_realms: Vec<String>,
    /// What holds for one registry only, by its name as in references: `host`, or `host:port`. The name
    /// without a port means the port of the scheme, and no other.
    pub hosts: HashMap<String, HostOptions>,
    /// Names that lead to a given address (`--resolve HOST:PORT:ADDR`). The address holds for the
    /// name on every port.
    pub resolve: Vec<(String, u16, IpAddr)>,
    /// The User-Agent header.
    pub user_agent: String,
    /// Where else trusted authorities are found on this machine.
    pub trust: TrustPlaces,
    /// How long is waited for what.
    pub timing: Timing,
}

impl Default for RegistryOptions {
    /// TLS except for loopback, and the trusted authorities of this machine.
    fn default() -> Self {
        Self {
            plain_http: false,
            tls_only: false,
            extra_ca: Vec::new(),
            insecure: false,
            allow_realms: Vec::new(),
            hosts: HashMap::new(),
            resolve: Vec::new(),
            user_agent: concat!("kaibo/", env!("CARGO_PKG_VERSION")).to_owned(),
            trust: TrustPlaces::of_this_machine(),
            timing: Timing::default(),
        }
    }
}

impl RegistryOptions {
    /// What holds for the host of `url` only: by its name and port; by its name alone where the port is the
    /// scheme's own. Docker Hub goes by its name in references.
    pub(crate) fn of_host(&self, url: &Url) -> Option<&HostOptions> {
        let (whole, shown) = (host::authority(url), host::shown(url));
        let hub = if shown == HUB.1 { HUB.0 } else { &shown };
        let same = |name: &str| [&whole, &shown, hub].iter().any(|n| name.eq_ignore_ascii_case(n));
        self.hosts.iter().find(|(name, _)| same(name)).map(|(_, options)| options)
    }
}

/// How one registry is asked; each adds to what holds for all. It holds for the token server of that
/// registry as well: authorities in any case, the rest where it is on the same host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostOptions {
    /// Files with certificates (PEM, or one as DER) of authorities that are trusted as well.
    pub extra_ca: Vec<PathBuf>,
    /// The certificate (PEM, its intermediates after it) and the key (PEM) with which this client shows
    /// who it is.
    pub client_certificate: Option<(PathBuf, PathBuf)>,
    /// Any certificate will do.
    pub insecure: bool,
    /// Plain HTTP.
    pub plain_http: bool,
    /// Hosts that may be asked for this registry's tokens.
    pub allow_realms: Vec<String>,
}

/// Places with trusted authorities beside those of the operating system.
#[derive(Clone, Debug, Default)]
pub struct TrustPlaces {
    /// `SSL_CERT_FILE`.
    pub ssl_cert_file: Option<PathBuf>,
    /// Docker's `certs.d`: a folder `HOST[:PORT]` in it holds, for that host and port only, `*.crt` (authorities)
    /// and pairs of `*.cert` and `*.key` (certificates of this client).
    pub certs_d: Vec<PathBuf>,
}

impl TrustPlaces {
    /// What the environment says, and where Docker looks.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let mut certs_d: Vec<PathBuf> =
            std::env::home_dir().map(|home| home.join(".docker").join("certs.d")).into_iter().collect();
        if cfg!(unix) {
            certs_d.push(PathBuf::from("/etc/docker/certs.d"));
        } else if let Some(data) = std::env::var_os("ProgramData") {
            certs_d.push(PathBuf::from(data).join("docker").join("certs.d"));
        }
        Self { ssl_cert_file: std::env::var_os("SSL_CERT_FILE").map(PathBuf::from), certs_d }
    }
}

/// How long is waited for what.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// For a connection, TLS included.
    pub connect: Duration,
    /// For the first byte of an answer, once connected.
    pub first_byte: Duration,
    /// For the next piece of a body.
    pub idle: Duration,
    /// Before the second try, when the server does not say how long; doubled before the third.
    pub pause: Duration,
    /// The longest that a server's Retry-After is obeyed; beyond it the problem is reported at once.
    pub longest_pause: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(20),
            idle: Duration::from_secs(30),
            pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_for_a_host_holds_for_its_port_only() {
        let one = HostOptions { insecure: true, ..HostOptions::default() };
        for (name, url, expected) in [
            ("localhost:5443", "https://localhost:5443/v2/", true),
            ("localhost:5443", "https://localhost:5444/v2/", false),
            ("localhost", "https://localhost:5443/v2/", false),
            ("R.example", "https://r.example/v2/", true),
            ("r.example:443", "https://r.example/v2/", true),
            ("r.example", "https://r.example:443/v2/", true),
            ("[::1]:5443", "https://[::1]:5443/v2/", true),
            ("example", "https://r.example/v2/", false),
            ("docker.io", "https://registry-1.docker.io/v2/", true),
        ] {
            let options =
                RegistryOptions { hosts: [(name.to_owned(), one.clone())].into(), ..RegistryOptions::default() };
            assert_eq!(options.of_host(&url.parse().unwrap()).is_some(), expected, "{name} {url}");
        }
    }
}
