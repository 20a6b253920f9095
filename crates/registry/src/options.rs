use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

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
            resolve: Vec::new(),
            user_agent: concat!("kaibo/", env!("CARGO_PKG_VERSION")).to_owned(),
            trust: TrustPlaces::of_this_machine(),
            timing: Timing::default(),
        }
    }
}

/// Places with trusted authorities beside those of the operating system.
#[derive(Clone, Debug, Default)]
pub struct TrustPlaces {
    /// `SSL_CERT_FILE`.
    pub ssl_cert_file: Option<PathBuf>,
    /// Docker's `certs.d`: a folder `HOST[:PORT]` in it holds `*.crt` for that host only.
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
