//! What a server's certificate says of itself (RFC 5280), for people.

use std::net::IpAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use rustls::pki_types::CertificateDer;
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate, X509Name};
use x509_parser::time::ASN1Time;

use super::{ProbeFactName, ProbeStep};

/// As many names are told.
const NAMES: usize = 20;
/// A certificate that is good for fewer days is worth knowing of.
const DAYS: i64 = 14;
const DAY: i64 = 86_400;

/// Adds what the chain says: the server's own certificate comes first.
pub(super) fn tell(step: &mut ProbeStep, chain: &[CertificateDer<'_>], now: SystemTime) {
    let Some(leaf) = chain.first() else { return };
    let Ok((_, certificate)) = X509Certificate::from_der(leaf) else { return };
    step.fact(ProbeFactName::Subject, name(certificate.subject()));
    step.fact(ProbeFactName::Issuer, name(certificate.issuer()));
    let names = names(&certificate);
    if !names.is_empty() {
        step.fact(ProbeFactName::Names, names.join(", "));
    }
    let validity = certificate.validity();
    step.fact(ProbeFactName::NotBefore, date(validity.not_before));
    step.fact(ProbeFactName::NotAfter, date(validity.not_after));
    let now = now.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
    let left = (validity.not_after.timestamp() - now).div_euclid(DAY);
    if (0..=DAYS).contains(&left) {
        step.note(ProbeFactName::DaysLeft, left);
    }
    if let Some(last) = chain.last().filter(|_| chain.len() > 1)
        && let Ok((_, last)) = X509Certificate::from_der(last)
    {
        step.fact(ProbeFactName::Authority, name(last.issuer()));
    }
}

/// `Common Name`, with the organisation where there is one; some authorities have no common name.
fn name(name: &X509Name<'_>) -> String {
    let common = name.iter_common_name().next().and_then(|part| part.as_str().ok());
    let organisation = name.iter_organization().next().and_then(|part| part.as_str().ok());
    match (common, organisation) {
        (Some(common), Some(organisation)) if common != organisation => format!("{common} ({organisation})"),
        (Some(one), _) | (None, Some(one)) => one.to_owned(),
        (None, None) => name.to_string(),
    }
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    let text = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => address(bytes),
        _ => None,
    };
    let all: Vec<String> = extension.value.general_names.iter().filter_map(text).collect();
    let more = all.len().saturating_sub(NAMES);
    let mut named: Vec<String> = all.into_iter().take(NAMES).collect();
    if more > 0 {
        named.push(format!("… (+{more})"));
    }
    named
}

fn address(bytes: &[u8]) -> Option<String> {
    let ip: IpAddr = match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok()?.into(),
        16 => <[u8; 16]>::try_from(bytes).ok()?.into(),
        _ => return None,
    };
    Some(ip.to_string())
}

/// `2026-11-24 08:18:20 UTC`.
fn date(time: ASN1Time) -> String {
    let at = time.to_datetime();
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC", at.hour(), at.minute(), at.second())
}

/// The same for seconds since 1970; `None` for what is no date.
pub(super) fn moment(unix: i64) -> Option<String> {
    ASN1Time::from_timestamp(unix).ok().map(date)
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::pem::PemObject as _;

    use super::*;
    use crate::probe::ProbeStepKind;

    fn facts(pem: &str) -> Vec<(ProbeFactName, String)> {
        let chain = [CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()];
        let mut step = ProbeStep::new(ProbeStepKind::Tls, 0);
        tell(&mut step, &chain, SystemTime::now());
        step.facts.into_iter().map(|fact| (fact.name, fact.value)).collect()
    }

    #[test]
    fn a_certificate_says_by_whom_for_whom_and_until_when() {
        let facts = facts(&testkit::Authority::new("Example Corp Root").leaf().certificate_pem);
        for expected in [
            (ProbeFactName::Subject, "localhost"),
            (ProbeFactName::Issuer, "Example Corp Root"),
            (ProbeFactName::Names, "localhost, 127.0.0.1"),
            (ProbeFactName::NotBefore, "2020-01-01 00:00:00 UTC"),
            (ProbeFactName::NotAfter, "2120-01-01 00:00:00 UTC"),
        ] {
            let expected = (expected.0, expected.1.to_owned());
            assert!(
                facts.iter().any(|(name, value)| *name == expected.0 && value.starts_with(&expected.1)),
                "{facts:?}"
            );
        }
    }

    #[test]
    fn no_cut_of_a_certificate_makes_it_panic() {
        let pem = testkit::Authority::new("x").leaf().certificate_pem;
        let whole = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
        for end in 0..whole.len() {
            let mut step = ProbeStep::new(ProbeStepKind::Tls, 0);
            tell(&mut step, &[CertificateDer::from(whole[..end].to_vec())], SystemTime::now());
        }
    }
}
