//! Exit codes: the stable ones of the command line.

use source::{ProblemKind, Stage};

/// The answer was given.
pub(crate) const DONE: u8 = 0;
/// `verify` found a fault.
pub(crate) const FAULT: u8 = 1;
/// Unusable arguments or reference.
pub(crate) const USAGE: u8 = 2;
/// The source did not give it.
pub(crate) const NOT_GIVEN: u8 = 3;
/// Cancelled or timed out.
pub(crate) const STOPPED: u8 = 4;
/// Our fault (`EX_SOFTWARE` of sysexits.h).
pub(crate) const INTERNAL: u8 = 70;

/// The exit code of a problem. What other words on the command line would cure is 2; what only
/// another answer, another account or another day would cure is 3.
pub(crate) fn code(kind: &ProblemKind) -> u8 {
    match kind {
        ProblemKind::ReferenceInvalid { .. }
        | ProblemKind::TransportUnsupported { .. }
        | ProblemKind::TagNeeded { .. }
        | ProblemKind::CredentialsUnreadable { .. }
        | ProblemKind::SettingUnusable { .. } => USAGE,
        // The whole took longer than `--timeout`: the reader's own limit, so it was stopped.
        ProblemKind::TimedOut { stage: Stage::Whole, .. } | ProblemKind::Cancelled => STOPPED,
        ProblemKind::NameNotResolved { .. }
        | ProblemKind::Unreachable { .. }
        | ProblemKind::TimedOut { stage: Stage::Connect | Stage::FirstByte | Stage::Body, .. }
        | ProblemKind::TlsUntrusted { .. }
        | ProblemKind::TlsCertificate { .. }
        | ProblemKind::TlsNotSpoken { .. }
        | ProblemKind::AuthRequired { .. }
        | ProblemKind::AuthRejected { .. }
        | ProblemKind::AuthExpired { .. }
        | ProblemKind::AccessDenied { .. }
        | ProblemKind::ClientCertificateWanted { .. }
        | ProblemKind::AwsNobody { .. }
        | ProblemKind::AwsSignInNeeded { .. }
        | ProblemKind::AwsSignInDenied
        | ProblemKind::AwsSignInExpired
        | ProblemKind::AwsExpired { .. }
        | ProblemKind::AwsDenied { .. }
        | ProblemKind::AwsFailed { .. }
        | ProblemKind::StoreFailed { .. }
        | ProblemKind::AccountUnknown { .. }
        | ProblemKind::RealmNotAllowed { .. }
        | ProblemKind::TokenFailed { .. }
        | ProblemKind::NotFound { .. }
        | ProblemKind::RateLimited { .. }
        | ProblemKind::RegistryFailed { .. }
        | ProblemKind::AnswerMalformed { .. }
        | ProblemKind::RedirectRefused { .. }
        | ProblemKind::TooLarge { .. }
        | ProblemKind::DigestMismatch { .. }
        | ProblemKind::Offline { .. }
        | ProblemKind::BudgetExceeded { .. }
        | ProblemKind::PathNotFound { .. }
        | ProblemKind::PathUnreadable { .. }
        | ProblemKind::NotALayout { .. }
        | ProblemKind::NotAnArchive { .. }
        | ProblemKind::TagAbsent { .. }
        | ProblemKind::SampleUnknown { .. } => NOT_GIVEN,
        ProblemKind::Internal => INTERNAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_the_reader_is_told_from_a_slow_server() {
        let timed_out = |stage| ProblemKind::TimedOut { host: "h".to_owned(), stage, seconds: 1 };
        assert_eq!(code(&timed_out(Stage::Whole)), STOPPED);
        assert_eq!(code(&timed_out(Stage::FirstByte)), NOT_GIVEN);
        assert_eq!(code(&ProblemKind::Offline { reference: "a".to_owned() }), NOT_GIVEN);
        assert_eq!(code(&ProblemKind::Internal), INTERNAL);
    }
}
