//! What a failure is: transport errors by their chain of causes, statuses by the registry's own code.

use std::error::Error;
use std::io::ErrorKind;
use std::time::Duration;

use oci_client::errors::{OciEnvelope, OciErrorCode};
use rustls::{AlertDescription, CertificateError};
use source::{Evidence, Problem, ProblemKind, Stage, Thing};

use crate::tls::Untrusted;
use crate::words;

/// A request that got no answer.
#[derive(Debug)]
pub(crate) struct Failure {
    /// For the reader.
    pub(crate) problem: Problem,
    /// The connection broke: worth another try.
    pub(crate) broken: bool,
    /// What came back is no HTTP, or the other side hung up on it: a server that speaks TLS does that.
    pub(crate) not_http: bool,
}

impl Failure {
    /// One that no second try changes.
    pub(crate) fn of(problem: Problem) -> Self {
        Self { problem, broken: false, not_http: false }
    }
}

/// Waited too long.
pub(crate) fn timed_out(host: &str, stage: Stage, after: Duration) -> Problem {
    let seconds = u32::try_from(after.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
    ProblemKind::TimedOut { host: host.to_owned(), stage, seconds }.into()
}

/// Whether the failure is one of certificates, theirs or ours.
pub(crate) fn is_about_certificates(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::TlsUntrusted { .. }
            | ProblemKind::TlsCertificate { .. }
            | ProblemKind::ClientCertificateWanted { .. }
    )
}

/// The answer never came, or stopped coming. `asked`: meanwhile a server asked for a certificate of ours.
pub(crate) fn transport(host: &str, error: &reqwest::Error, connect: Duration, asked: bool) -> Failure {
    let facts = Facts::gather(error);
    let unreachable = || ProblemKind::Unreachable { host: host.to_owned() };
    let kind = if let Some(kind) = facts.tls.map(|error| tls_of(host, error, asked)) {
        kind
    } else if facts.alert.is_some_and(|alert| is_about_ours(alert, asked)) {
        ProblemKind::ClientCertificateWanted { host: host.to_owned() }
    } else if facts.broken && asked {
        // With TLS 1.3 the alert may be lost: the server hangs up while the question is on its way. Another
        // try tells it from an accident.
        let kind = ProblemKind::ClientCertificateWanted { host: host.to_owned() };
        return Failure { broken: !error.is_connect(), ..Failure::of(chained(kind, error)) };
    } else if error.is_dns() || facts.dns {
        ProblemKind::NameNotResolved { host: host.to_owned() }
    } else if error.is_timeout() {
        let stage = if error.is_connect() { Stage::Connect } else { Stage::FirstByte };
        return Failure::of(timed_out(host, stage, connect).because(error));
    } else if facts.malformed && !error.is_connect() {
        ProblemKind::AnswerMalformed { registry: host.to_owned(), what: "header".to_owned() }
    } else {
        unreachable()
    };
    // TLS that ended over a certificate is TLS all the same, also where the connection broke with it.
    let certain = is_about_certificates(&kind);
    Failure {
        problem: chained(kind, error),
        broken: facts.broken && !certain && !error.is_connect(),
        not_http: (facts.malformed || facts.broken) && !certain,
    }
}

/// A body that had begun ended badly.
pub(crate) fn body(host: &str, error: &reqwest::Error) -> Problem {
    chained(ProblemKind::AnswerMalformed { registry: host.to_owned(), what: "body-short".to_owned() }, error)
}

/// reqwest puts the URL into its own message, query and all: the causes say enough.
fn chained(kind: ProblemKind, error: &reqwest::Error) -> Problem {
    let problem = Problem::new(kind);
    match error.source() {
        Some(cause) => problem.because(cause),
        None => problem,
    }
}

/// What the chain of causes holds.
#[derive(Default)]
struct Facts<'e> {
    tls: Option<&'e rustls::Error>,
    /// HTTP/2 keeps only the words of what ended its connection.
    alert: Option<AlertDescription>,
    dns: bool,
    broken: bool,
    malformed: bool,
}

impl<'e> Facts<'e> {
    fn gather(error: &'e reqwest::Error) -> Self {
        let mut facts = Self::default();
        let mut next: Option<&'e (dyn Error + 'static)> = error.source();
        while let Some(cause) = next {
            next = cause.source();
            facts.note(cause);
            // An io::Error skips the error that it wraps when it is asked for its source.
            if let Some(inner) = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
                next = Some(inner);
            }
        }
        facts
    }

    fn note(&mut self, cause: &'e (dyn Error + 'static)) {
        if let Some(error) = cause.downcast_ref::<rustls::Error>() {
            self.tls = Some(error);
        } else if let Some(error) = cause.downcast_ref::<std::io::Error>() {
            self.broken |= matches!(
                error.kind(),
                ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::BrokenPipe
                    | ErrorKind::UnexpectedEof
            );
        } else if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            self.broken |= error.is_incomplete_message() || error.is_closed() || error.is_canceled();
            self.malformed |= error.is_parse();
        } else {
            let text = cause.to_string();
            self.dns |= text == "dns error";
            let named = |alert: &&AlertDescription| text == rustls::Error::AlertReceived(**alert).to_string();
            self.alert = self.alert.or_else(|| OURS.iter().find(named).copied());
        }
    }
}

pub(crate) fn tls(host: &str, error: &rustls::Error) -> ProblemKind {
    tls_of(host, error, false)
}

/// The same, knowing whether the server asked for a certificate of ours.
fn tls_of(host: &str, error: &rustls::Error, asked: bool) -> ProblemKind {
    let host = host.to_owned();
    let fault = |fault: &str, host| ProblemKind::TlsCertificate { host, fault: fault.to_owned() };
    match error {
        rustls::Error::InvalidMessage(_) => ProblemKind::TlsNotSpoken { host },
        rustls::Error::AlertReceived(alert) if is_about_ours(*alert, asked) => {
            ProblemKind::ClientCertificateWanted { host }
        }
        rustls::Error::InvalidCertificate(invalid) => match invalid {
            CertificateError::UnknownIssuer => ProblemKind::TlsUntrusted { host, issuer: None },
            CertificateError::Other(other) => match other.0.downcast_ref::<Untrusted>() {
                Some(untrusted) => ProblemKind::TlsUntrusted { host, issuer: untrusted.issuer.clone() },
                None => fault("other", host),
            },
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => fault("expired", host),
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => fault("not-yet-valid", host),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                fault("wrong-name", host)
            }
            _ => fault("other", host),
        },
        _ => ProblemKind::Unreachable { host },
    }
}

/// Alerts of a server about the certificate of its client: none, or one that it does not take (RFC 8446,
/// 6.2). TLS 1.2 has none for none at all: there it is a failed handshake, or a bad certificate.
const OURS: &[AlertDescription] = &[
    AlertDescription::CertificateRequired,
    AlertDescription::NoCertificate,
    AlertDescription::HandshakeFailure,
    AlertDescription::BadCertificate,
    AlertDescription::UnsupportedCertificate,
    AlertDescription::CertificateRevoked,
    AlertDescription::CertificateExpired,
    AlertDescription::CertificateUnknown,
    AlertDescription::UnknownCA,
    AlertDescription::AccessDenied,
];

/// Most of them mean other things as well, where no certificate was asked for.
fn is_about_ours(alert: AlertDescription, asked: bool) -> bool {
    let surely = matches!(alert, AlertDescription::CertificateRequired | AlertDescription::NoCertificate);
    surely || (asked && OURS.contains(&alert))
}

/// Who asked for what: the nouns of a status.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) registry: &'a str,
    pub(crate) repository: &'a str,
    /// What a 404 without a code means.
    pub(crate) thing: Thing,
    /// Tag or digest.
    pub(crate) name: &'a str,
    /// The account with which it was asked; the outer `None` for none.
    pub(crate) account: Option<Option<&'a str>>,
    /// Whether the account itself was turned down, rather than its right to read this.
    pub(crate) rejected: bool,
}

/// An answer that is no success. `headers` for Retry-After.
pub(crate) fn status(status: u16, retry_after: Option<Duration>, body: &[u8], asked: &Asked<'_>) -> ProblemKind {
    let registry = asked.registry.to_owned();
    match status {
        401 | 403 => refusal(status, body, asked),
        404 => {
            let thing = match code(body) {
                Some(OciErrorCode::NameUnknown | OciErrorCode::NameInvalid) => Thing::Repository,
                Some(OciErrorCode::Other(code)) if code == "REPOSITORY_NOT_FOUND" => Thing::Repository,
                Some(OciErrorCode::BlobUnknown) => Thing::Blob,
                _ if words::says_no_repository(body) => Thing::Repository,
                _ => asked.thing,
            };
            let name = if thing == Thing::Repository { asked.repository } else { asked.name };
            ProblemKind::NotFound { thing, name: name.to_owned() }
        }
        429 => {
            let retry_after_s = retry_after.map(|d| u32::try_from(d.as_secs()).unwrap_or(u32::MAX));
            ProblemKind::RateLimited { registry, retry_after_s }
        }
        400 if words::wants_certificate(body) => ProblemKind::ClientCertificateWanted { host: registry },
        status => ProblemKind::RegistryFailed { registry, status },
    }
}

/// Whether the account is unknown, too old, or not allowed to.
fn refusal(status: u16, body: &[u8], asked: &Asked<'_>) -> ProblemKind {
    let registry = asked.registry.to_owned();
    if let Some(denied) = words::denied_by_aws(body) {
        return denied;
    }
    match asked.account {
        Some(account) if words::says_expired(body) => {
            ProblemKind::AuthExpired { registry, account: account.map(ToOwned::to_owned) }
        }
        None if status == 401 => ProblemKind::AuthRequired { registry },
        Some(account) if status == 401 && asked.rejected => {
            ProblemKind::AuthRejected { registry, account: account.map(ToOwned::to_owned) }
        }
        _ => ProblemKind::AccessDenied { registry, repository: asked.repository.to_owned() },
    }
}

/// The first code of the registry's own error document (distribution-spec, "Error Codes"), which
/// some registries write in lower case and some leave out.
fn code(body: &[u8]) -> Option<OciErrorCode> {
    let envelope: OciEnvelope = serde_json::from_slice(body).ok()?;
    match envelope.errors.into_iter().next()?.code {
        OciErrorCode::Other(code) => serde_json::from_value(code.to_ascii_uppercase().into()).ok(),
        known => Some(known),
    }
}

/// One line of evidence.
pub(crate) fn evidence(attempted: String, status: Option<u16>, said: Option<String>) -> Evidence {
    Evidence { attempted, status, said }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: u16, body: &str, account: Option<Option<&str>>, rejected: bool, expected: &ProblemKind) {
        let asked = Asked { registry: "r", repository: "a/b", thing: Thing::Tag, name: "1.0", account, rejected };
        assert_eq!(&status(code, Some(Duration::from_secs(7)), body.as_bytes(), &asked), expected, "{code} {body}");
    }

    #[test]
    fn statuses_become_kinds() {
        let registry = || "r".to_owned();
        let missing = |thing, name: &str| ProblemKind::NotFound { thing, name: name.to_owned() };
        check(401, "", None, false, &ProblemKind::AuthRequired { registry: registry() });
        check(
            401,
            "",
            Some(Some("me")),
            true,
            &ProblemKind::AuthRejected { registry: registry(), account: Some("me".into()) },
        );
        check(
            401,
            "",
            Some(Some("me")),
            false,
            &ProblemKind::AccessDenied { registry: registry(), repository: "a/b".into() },
        );
        check(
            403,
            "<html>",
            None,
            false,
            &ProblemKind::AccessDenied { registry: registry(), repository: "a/b".into() },
        );
        let expired = r#"{"errors":[{"code":"DENIED","message":"Your authorization token has expired. Reauthenticate and try again."}]}"#;
        let too_old = ProblemKind::AuthExpired { registry: registry(), account: Some("AWS".into()) };
        check(403, expired, Some(Some("AWS")), false, &too_old);
        check(401, "Your Authorization Token has expired.", Some(Some("AWS")), true, &too_old);
        check(401, expired, None, false, &ProblemKind::AuthRequired { registry: registry() });
        let unknown = "The repository with name 'a/b' does not exist in the registry with id '123456789012'";
        check(404, unknown, Some(Some("AWS")), false, &missing(Thing::Repository, "a/b"));
        let wanted = ProblemKind::ClientCertificateWanted { host: registry() };
        check(400, "<html><h1>400 No required SSL certificate was sent</h1>", None, false, &wanted);
        check(404, "", None, false, &missing(Thing::Tag, "1.0"));
        check(404, "<html>", None, false, &missing(Thing::Tag, "1.0"));
        check(404, r#"{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"#, None, false, &missing(Thing::Tag, "1.0"));
        check(
            404,
            r#"{"errors":[{"code":"NAME_UNKNOWN","message":"x"}]}"#,
            None,
            false,
            &missing(Thing::Repository, "a/b"),
        );
        check(404, r#"{"errors":[{"code":"blob_unknown"}]}"#, None, false, &missing(Thing::Blob, "1.0"));
        check(429, "", None, false, &ProblemKind::RateLimited { registry: registry(), retry_after_s: Some(7) });
        check(502, "", None, false, &ProblemKind::RegistryFailed { registry: registry(), status: 502 });
        check(418, "", None, false, &ProblemKind::RegistryFailed { registry: registry(), status: 418 });
    }
}
