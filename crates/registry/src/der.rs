//! Reads one thing out of an X.509 certificate (RFC 5280, 4.1): the common name of its issuer.

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const OBJECT_IDENTIFIER: u8 = 0x06;
const UTF8_STRING: u8 = 0x0c;
const PRINTABLE_STRING: u8 = 0x13;
const TELETEX_STRING: u8 = 0x14;
/// id-at-commonName, 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// id-at-organizationName, 2.5.4.10: some authorities have no common name.
const ORGANIZATION: &[u8] = &[0x55, 0x04, 0x0a];

/// The issuer's common name, or its organisation. `None` for anything that is no certificate.
pub(crate) fn issuer(certificate: &[u8]) -> Option<String> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut rest, _) = element(certificate)?;
    // version (optional), serialNumber, signature, issuer
    let (tag, _, after) = element(rest)?;
    if tag == VERSION {
        rest = after;
    }
    let (_, _, rest) = element(rest)?;
    let (_, _, rest) = element(rest)?;
    let (tag, name, _) = element(rest)?;
    if tag != SEQUENCE {
        return None;
    }
    attribute(name, COMMON_NAME).or_else(|| attribute(name, ORGANIZATION))
}

/// Looks through the sets of `AttributeTypeAndValue`.
fn attribute(mut name: &[u8], wanted: &[u8]) -> Option<String> {
    while let Some((_, set, rest)) = element(name) {
        name = rest;
        let (_, pair, _) = element(set)?;
        let (tag, kind, value) = element(pair)?;
        if tag == OBJECT_IDENTIFIER && kind == wanted {
            let (tag, text, _) = element(value)?;
            if matches!(tag, UTF8_STRING | PRINTABLE_STRING | TELETEX_STRING) {
                return Some(anatomy::visible(&String::from_utf8_lossy(text)).into_owned());
            }
        }
    }
    None
}

/// Tag, content and what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first & 0x80 != 0 {
        let count = usize::from(first & 0x7f);
        if count == 0 || count > 4 {
            return None;
        }
        length = rest.get(..count)?.iter().fold(0, |length, byte| (length << 8) | usize::from(*byte));
        rest = rest.get(count..)?;
    }
    Some((tag, rest.get(..length)?, rest.get(length..)?))
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;

    use super::*;

    #[test]
    fn the_issuer_of_a_leaf_is_its_authority() {
        let authority = testkit::Authority::new("Example Corp Root");
        let leaf = CertificateDer::from_pem_slice(authority.leaf().certificate_pem.as_bytes()).unwrap();
        assert_eq!(issuer(&leaf).as_deref(), Some("Example Corp Root"));
    }

    #[test]
    fn no_prefix_of_a_certificate_makes_it_panic() {
        let leaf =
            CertificateDer::from_pem_slice(testkit::Authority::new("x").leaf().certificate_pem.as_bytes()).unwrap();
        for end in 0..leaf.len() {
            let _ = issuer(&leaf[..end]);
        }
    }
}
