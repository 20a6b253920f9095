use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use time::OffsetDateTime;

/// A private certificate authority.
#[derive(Debug)]
pub struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A server's certificate and key.
#[derive(Debug)]
pub struct Leaf {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
    /// The certificate as PEM.
    pub certificate_pem: String,
    /// The key as PEM (PKCS#8).
    pub key_pem: String,
}

impl Authority {
    /// A new authority with this common name.
    #[must_use]
    pub fn new(common_name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.remove(DnType::CommonName);
        params.distinguished_name.push(DnType::CommonName, common_name);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// The authority's own certificate.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Writes the authority's certificate to `ca.pem` in `folder` and gives its path.
    #[must_use]
    pub fn write_pem(&self, folder: &Path) -> PathBuf {
        let path = folder.join("ca.pem");
        std::fs::write(&path, &self.pem).unwrap();
        path
    }

    /// A good certificate for `localhost` and `127.0.0.1`.
    #[must_use]
    pub fn leaf(&self) -> Leaf {
        self.sign(&["localhost", "127.0.0.1"], 2020, 2120)
    }

    /// A good certificate for these names: `hub.docker.com`, `*.azurecr.io`.
    #[must_use]
    pub fn leaf_for(&self, names: &[&str]) -> Leaf {
        self.sign(names, 2020, 2120)
    }

    /// The same, expired.
    #[must_use]
    pub fn expired_leaf(&self) -> Leaf {
        self.sign(&["localhost", "127.0.0.1"], 2010, 2011)
    }

    /// The same, for another name.
    #[must_use]
    pub fn wrong_name_leaf(&self) -> Leaf {
        self.sign(&["elsewhere.example"], 2020, 2120)
    }

    /// The certificate of a client, for [`crate::RegistryBuilder::clients`].
    #[must_use]
    pub fn client_leaf(&self, name: &str) -> Leaf {
        self.sign_for(&[name], 2020, 2120, ExtendedKeyUsagePurpose::ClientAuth)
    }

    fn sign(&self, names: &[&str], from: i32, to: i32) -> Leaf {
        self.sign_for(names, from, to, ExtendedKeyUsagePurpose::ServerAuth)
    }

    fn sign_for(&self, names: &[&str], from: i32, to: i32, usage: ExtendedKeyUsagePurpose) -> Leaf {
        let mut params = CertificateParams::new(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).unwrap();
        params.distinguished_name.push(DnType::CommonName, names[0]);
        params.extended_key_usages = vec![usage];
        params.use_authority_key_identifier_extension = true;
        params.not_before = new_year(from);
        params.not_after = new_year(to);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Leaf {
            certificate: certificate.der().clone(),
            key: PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            certificate_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
        }
    }
}

fn new_year(year: i32) -> OffsetDateTime {
    time::Date::from_ordinal_date(year, 1).unwrap().midnight().assume_utc()
}

impl Leaf {
    /// Writes certificate and key to `NAME.cert` and `NAME.key` in `folder` and gives their paths.
    #[must_use]
    pub fn write_pair(&self, folder: &Path, name: &str) -> (PathBuf, PathBuf) {
        let (certificate, key) = (folder.join(format!("{name}.cert")), folder.join(format!("{name}.key")));
        std::fs::write(&certificate, &self.certificate_pem).unwrap();
        std::fs::write(&key, &self.key_pem).unwrap();
        (certificate, key)
    }

    /// The server side of TLS with this certificate.
    pub(crate) fn server_config(&self, speech: &Speech) -> Arc<rustls::ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider));
        let builder = if speech.old {
            builder.with_protocol_versions(&[&rustls::version::TLS12]).unwrap()
        } else {
            builder.with_safe_default_protocol_versions().unwrap()
        };
        let builder = match &speech.clients {
            None => builder.with_no_client_auth(),
            Some(pem) => {
                let mut roots = rustls::RootCertStore::empty();
                roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
                builder.with_client_cert_verifier(verifier)
            }
        };
        let mut config = builder.with_single_cert(vec![self.certificate.clone()], self.key.clone_key()).unwrap();
        config.alpn_protocols =
            if speech.http2 { vec![b"h2".to_vec(), b"http/1.1".to_vec()] } else { vec![b"http/1.1".to_vec()] };
        Arc::new(config)
    }
}

/// How a server speaks TLS.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    /// HTTP/2 and HTTP/1.1 by ALPN, or HTTP/1.1 only.
    pub(crate) http2: bool,
    /// TLS 1.2 only.
    pub(crate) old: bool,
    /// The authority (PEM) of the clients that are let in.
    pub(crate) clients: Option<String>,
}
