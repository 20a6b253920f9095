//! Who made a certificate (RFC 5280, 4.1.2.4).

use x509_parser::prelude::{FromDer as _, X509Certificate};

/// The issuer's common name, or its organisation: some authorities have no common name. `None` for
/// anything that is no certificate.
pub(crate) fn issuer(der: &[u8]) -> Option<String> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let issuer = certificate.issuer();
    let common = issuer.iter_common_name().find_map(|attribute| attribute.as_str().ok());
    let text = common.or_else(|| issuer.iter_organization().find_map(|attribute| attribute.as_str().ok()))?;
    Some(anatomy::visible(text).into_owned())
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;

    use super::*;

    fn leaf(authority: &str) -> CertificateDer<'static> {
        let authority = testkit::Authority::new(authority);
        CertificateDer::from_pem_slice(authority.leaf().certificate_pem.as_bytes()).unwrap()
    }

    #[test]
    fn the_issuer_of_a_leaf_is_its_authority() {
        assert_eq!(issuer(&leaf("Example Corp Root")).as_deref(), Some("Example Corp Root"));
    }

    #[test]
    fn names_cannot_steer_a_terminal() {
        assert_eq!(issuer(&leaf("a\u{1b}[31mb\u{202e}c")).as_deref(), Some("a␛[31mb⟨U+202E⟩c"));
    }

    #[test]
    fn no_prefix_of_a_certificate_makes_it_panic() {
        let leaf = leaf("x");
        for end in 0..leaf.len() {
            assert_eq!(issuer(&leaf[..end]), None);
        }
    }
}
