//! Whom TLS trusts: the operating system, files named by the user, Docker's `certs.d` per host.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme};
use source::{Problem, ProblemKind};

use crate::der;
use crate::options::{RegistryOptions, TrustPlaces};

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

/// TLS as the options say, with HTTP/2 and HTTP/1.1 on offer.
pub(crate) fn client_config(options: &RegistryOptions) -> Result<rustls::ClientConfig, Problem> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut extra = Vec::new();
    for path in &options.extra_ca {
        extra.extend(read(path).ok_or_else(|| ProblemKind::SettingUnusable {
            setting: "ca".to_owned(),
            value: path.display().to_string(),
        })?);
    }
    if let Some(path) = &options.trust.ssl_cert_file {
        // Elsewhere than on Linux the platform's verifier does not look at it. Unlike `--ca`, it may
        // name what this program cannot use without being in the way.
        extra.extend(read(path).unwrap_or_default());
    }
    let verifier = Verifier {
        provider: Arc::clone(&provider),
        insecure: options.insecure,
        hosts: hosts(&options.trust),
        extra,
        platform: OnceLock::new(),
    };
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Problem::internal)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
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

/// Per host name, the folders of `certs.d`. A server is known by name only once TLS begins, so that
/// folders with several ports of one name count together.
fn hosts(places: &TrustPlaces) -> HashMap<String, Vec<PathBuf>> {
    let mut hosts: HashMap<String, Vec<PathBuf>> = HashMap::new();
    let folders = places.certs_d.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    for folder in folders {
        let name = folder.file_name().to_string_lossy().to_ascii_lowercase();
        let host = name.rsplit_once(':').map_or(name.as_str(), |(host, _)| host);
        hosts.entry(host.trim_matches(['[', ']']).to_owned()).or_default().push(folder.path());
    }
    hosts
}

/// Asks the platform first, then the folders of the host, and names the authority that nobody trusts.
struct Verifier {
    provider: Arc<CryptoProvider>,
    insecure: bool,
    hosts: HashMap<String, Vec<PathBuf>>,
    extra: Vec<CertificateDer<'static>>,
    /// Made at the first handshake: reading the platform's store takes time that a registry over
    /// plain HTTP does not need.
    platform: OnceLock<Option<Arc<dyn ServerCertVerifier>>>,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier").field("insecure", &self.insecure).field("hosts", &self.hosts).finish_non_exhaustive()
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

    fn of_host(&self, name: &ServerName<'_>) -> Option<Arc<dyn ServerCertVerifier>> {
        let folders = self.hosts.get(&name.to_str().to_ascii_lowercase())?;
        let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
        let certificates = files
            .map(|file| file.path())
            .filter(|path| path.extension().is_some_and(|e| e == "crt"))
            .filter_map(|path| read(&path))
            .flatten();
        self.webpki(certificates)
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
            && let Some(verifier) = self.of_host(server_name)
        {
            verdict = ask(&verifier);
        }
        verdict.map_err(|error| {
            if !is_untrusted(&error) {
                return error;
            }
            let issuer = der::issuer(intermediates.last().unwrap_or(end_entity));
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
