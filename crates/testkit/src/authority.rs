use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
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

    fn sign(&self, names: &[&str], from: i32, to: i32) -> Leaf {
        let mut params = CertificateParams::new(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).unwrap();
        params.distinguished_name.push(DnType::CommonName, names[0]);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
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
    /// The server side of TLS with this certificate, HTTP/2 and HTTP/1.1 by ALPN (or HTTP/1.1 only).
    pub(crate) fn server_config(&self, http2: bool) -> Arc<rustls::ServerConfig> {
        let mut config =
            rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![self.certificate.clone()], self.key.clone_key())
                .unwrap();
        config.alpn_protocols =
            if http2 { vec![b"h2".to_vec(), b"http/1.1".to_vec()] } else { vec![b"http/1.1".to_vec()] };
        Arc::new(config)
    }
}
