//! Whom TLS trusts: the operating system, files named by the user, Docker's `certs.d` per host and port.
//! With which certificate this client shows who it is.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ResolvesClientCert, WebPkiServerVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme};
use source::{Problem, ProblemKind};
use url::Url;

use crate::certificate;
use crate::certs_d::Folders;
use crate::options::{HostOptions, RegistryOptions, TrustPlaces};

/// The certificate of a host is from an authority that is not trusted. It travels inside rustls's
/// error, so that the classification of a failed request finds it.
#[derive(Debug)]
pub(crate) struct Untrusted {
    /// Common name of the authority.
    pub(crate) issuer: Option<String>,
}

impl std::fmt::Display for Untrusted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "certificate issued by an authority that is not trusted: {}",
            self.issuer.as_deref().unwrap_or("unnamed")
        )
    }
}

impl std::error::Error for Untrusted {}

/// What holds for one host and port beside what holds for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Own {
    pub(crate) options: HostOptions,
    pub(crate) folders: Folders,
}

impl Own {
    /// What the options and Docker's folders say of the host of `url`.
    pub(crate) fn of(options: &RegistryOptions, url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or_default();
        let folders = Folders::of(&options.trust.certs_d, host.trim_matches(['[', ']']), port);
        Self { options: options.of_host(url).cloned().unwrap_or_default(), folders }
    }

    /// What of it holds for a token server of this host's registry at `url`: whom to trust, and the
    /// rest only where it is the same host.
    pub(crate) fn lent(self, home: &Url, url: &Url) -> Self {
        if home.host_str() == url.host_str() {
            return self;
        }
        let mut extra_ca = self.options.extra_ca;
        extra_ca.extend(self.folders.authorities());
        Self { options: HostOptions { extra_ca, ..HostOptions::default() }, folders: Folders::default() }
    }

    /// Whether TLS is as it is for everybody.
    pub(crate) fn is_usual(&self) -> bool {
        let HostOptions { extra_ca, client_certificate, insecure, .. } = &self.options;
        extra_ca.is_empty() && client_certificate.is_none() && !insecure && self.folders.is_empty()
    }
}

impl HostOptions {
    /// Whether the files can be used, before anybody is asked with them.
    ///
    /// # Errors
    /// [`ProblemKind::SettingUnusable`] for the first that cannot: `ca`, `client-certificate`.
    pub fn check(&self) -> Result<(), Problem> {
        let trust = TrustPlaces::default();
        let own = Own { options: self.clone(), folders: Folders::default() };
        client_config(&RegistryOptions { trust, ..RegistryOptions::default() }, &own, &Arc::default()).map(|_| ())
    }
}

/// TLS as the options say, with HTTP/2 and HTTP/1.1 on offer. `asked` counts how often a server asked
/// for a certificate of this client's.
pub(crate) fn client_config(
    options: &RegistryOptions,
    own: &Own,
    asked: &Arc<AtomicU64>,
) -> Result<rustls::ClientConfig, Problem> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut extra = Vec::new();
    for path in options.extra_ca.iter().chain(&own.options.extra_ca) {
        extra.extend(read(path).ok_or_else(|| unusable("ca", path))?);
    }
    if let Some(path) = &options.trust.ssl_cert_file {
        // Elsewhere than on Linux the platform's verifier does not look at it. Unlike `--ca`, it may
        // name what this program cannot use without being in the way.
        extra.extend(read(path).unwrap_or_default());
    }
    let certificate = match &own.options.client_certificate {
        Some((certificate, key)) => {
            let read = client_certificate(certificate, key, &provider);
            Some(read.ok_or_else(|| unusable("client-certificate", certificate))?)
        }
        // Found by its place, not named: the server will say if it wants one that is usable.
        None => own.folders.client().and_then(|(certificate, key)| client_certificate(&certificate, &key, &provider)),
    };
    let verifier = Verifier {
        provider: Arc::clone(&provider),
        insecure: options.insecure || own.options.insecure,
        folders: own.folders.clone(),
        extra,
        platform: OnceLock::new(),
    };
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Problem::internal)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_client_cert_resolver(Arc::new(Shown { certificate, asked: Arc::clone(asked) }));
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn unusable(setting: &str, path: &Path) -> Problem {
    ProblemKind::SettingUnusable { setting: setting.to_owned(), value: path.display().to_string() }.into()
}

/// The certificate with what follows it in its file, and its key; `None` when they are unusable or do
/// not belong together.
fn client_certificate(certificate: &Path, key: &Path, provider: &CryptoProvider) -> Option<Arc<CertifiedKey>> {
    let chain =
        CertificateDer::pem_slice_iter(&std::fs::read(certificate).ok()?).collect::<Result<Vec<_>, _>>().ok()?;
    let key = PrivateKeyDer::from_pem_slice(&std::fs::read(key).ok()?).ok()?;
    (!chain.is_empty()).then(|| CertifiedKey::from_der(chain, key, provider).ok().map(Arc::new))?
}

/// Shows the certificate of this client to who asks for it, and takes note of being asked.
#[derive(Debug)]
struct Shown {
    certificate: Option<Arc<CertifiedKey>>,
    asked: Arc<AtomicU64>,
}

impl ResolvesClientCert for Shown {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.certificate.clone()
    }

    fn has_certs(&self) -> bool {
        self.certificate.is_some()
    }
}

/// The certificates of a file; `None` when it cannot be read or holds none that is usable.
fn read(path: &Path) -> Option<Vec<CertificateDer<'static>>> {
    let bytes = std::fs::read(path).ok()?;
    let mut certificates: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(&bytes).collect::<Result<_, _>>().unwrap_or_default();
    if certificates.is_empty() {
        certificates = vec![CertificateDer::from(bytes)];
    }
    let mut store = RootCertStore::empty();
    let (usable, _) = store.add_parsable_certificates(certificates.iter().cloned());
    (usable > 0).then_some(certificates)
}

/// Asks the platform first, then the folders of the host, and names the authority that nobody trusts.
struct Verifier {
    provider: Arc<CryptoProvider>,
    insecure: bool,
    /// Read at each handshake that needs them: a certificate that is put there counts at once.
    folders: Folders,
    extra: Vec<CertificateDer<'static>>,
    /// Made at the first handshake: reading the platform's store takes time that a registry over
    /// plain HTTP does not need.
    platform: OnceLock<Option<Arc<dyn ServerCertVerifier>>>,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier")
            .field("insecure", &self.insecure)
            .field("folders", &self.folders)
            .finish_non_exhaustive()
    }
}

impl Verifier {
    fn platform(&self) -> Option<&Arc<dyn ServerCertVerifier>> {
        let make = || -> Option<Arc<dyn ServerCertVerifier>> {
            let provider = Arc::clone(&self.provider);
            match rustls_platform_verifier::Verifier::new_with_extra_roots(self.extra.iter().cloned(), provider) {
                Ok(verifier) => Some(Arc::new(verifier)),
                // A machine without any authority, or an extra one that the platform does not take.
                Err(_) => self.webpki(self.extra.iter().cloned()),
            }
        };
        self.platform.get_or_init(make).as_ref()
    }

    fn webpki(&self, roots: impl Iterator<Item = CertificateDer<'static>>) -> Option<Arc<dyn ServerCertVerifier>> {
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(roots);
        if store.is_empty() {
            return None;
        }
        let built = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&self.provider)).build();
        built.ok().map(|verifier| verifier as Arc<dyn ServerCertVerifier>)
    }

    fn of_host(&self) -> Option<Arc<dyn ServerCertVerifier>> {
        let files = self.folders.authorities();
        self.webpki(files.iter().filter_map(|path| read(path)).flatten())
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.insecure {
            return Ok(ServerCertVerified::assertion());
        }
        let ask = |verifier: &Arc<dyn ServerCertVerifier>| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        let unknown = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let mut verdict = self.platform().map_or(Err(unknown), ask);
        if verdict.as_ref().is_err_and(is_untrusted)
            && let Some(verifier) = self.of_host()
        {
            verdict = ask(&verifier);
        }
        verdict.map_err(|error| {
            if !is_untrusted(&error) {
                return error;
            }
            let issuer = certificate::issuer(intermediates.last().unwrap_or(end_entity));
            Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(Untrusted { issuer }))))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A leaf that signed itself is reported by webpki as an authority in the place of a server.
fn is_untrusted(error: &Error) -> bool {
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => true,
        Error::InvalidCertificate(CertificateError::Other(other)) => other.to_string().contains("CaUsedAsEndEntity"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_server_elsewhere_is_trusted_and_not_shown_who_we_are() {
        let options = HostOptions {
            extra_ca: vec!["ca.pem".into()],
            client_certificate: Some(("c".into(), "k".into())),
            insecure: true,
            ..HostOptions::default()
        };
        let own = Own { options: options.clone(), folders: Folders::default() };
        let home: Url = "https://r.example:5000".parse().unwrap();
        let lent = |url: &str| own.clone().lent(&home, &url.parse().unwrap()).options;
        assert_eq!(lent("https://r.example:5001/token"), options);
        let elsewhere = lent("https://auth.example/token");
        assert_eq!(elsewhere, HostOptions { extra_ca: vec!["ca.pem".into()], ..HostOptions::default() });
    }
}
