//! Every typed text that the terminal shows has its words in both languages, or nothing is built.
//! The kinds themselves are required by `explorer`; here are the attributes and the rest.

use anatomy::tag::AttachedKind;
use anatomy::{Irregularity, Role};
use explorer::Tested;
use source::{CredentialOrigin, LookFault, LookOutcome, LookPlace, LookSkip, ProblemKind, Unlisted, Via};
use strum::VariantNames;

const _: () = words::require_attribute("problem", ProblemKind::VARIANTS, "advice");
const _: () = words::require_attribute("irregularity", Irregularity::VARIANTS, "detail");
const _: () = words::require("role", Role::VARIANTS);
const _: () = words::require("origin", CredentialOrigin::VARIANTS);
const _: () = words::require("look-place", LookPlace::VARIANTS);
const _: () = words::require("look-outcome", LookOutcome::VARIANTS);
const _: () = words::require("look-skip", LookSkip::VARIANTS);
const _: () = words::require("look-fault", LookFault::VARIANTS);
const _: () = words::require_attribute("look-fault", LookFault::VARIANTS, "advice");
const _: () = words::require("via", Via::VARIANTS);
const _: () = words::require("unlisted", Unlisted::VARIANTS);
const _: () = words::require_attribute("unlisted", Unlisted::VARIANTS, "advice");
const _: () = words::require("attached", AttachedKind::VARIANTS);
const _: () = words::require("cli-tested", Tested::VARIANTS);
const _: () = words::require("store", &["secret-service", "credential-manager", "keychain"]);
const _: () = words::require("severity", &["info", "warning", "error"]);

#[cfg(test)]
mod tests {
    use anatomy::{ReferenceFault, Severity};
    use words::{Language, Words};

    use super::*;

    #[test]
    fn every_severity_has_its_word() {
        for severity in [Severity::Info, Severity::Warning, Severity::Error] {
            assert!(!Words::new(Language::Japanese).tell("severity", &severity).starts_with('['));
        }
    }

    /// The sentence chooses the text of its fault by name, which the build cannot check.
    #[test]
    fn every_reference_fault_is_told_in_its_problem() {
        for language in Language::ALL {
            let words = Words::new(language);
            for fault in ReferenceFault::VARIANTS {
                let fault: ReferenceFault =
                    serde_json::from_value((*fault).into()).expect("variants are spelled as in JSON");
                let told = words.tell("problem", &ProblemKind::ReferenceInvalid { text: "x".to_owned(), fault });
                assert!(told.contains(&words.tell("reference-fault", &fault)), "{told}");
            }
        }
    }
}
