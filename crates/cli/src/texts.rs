//! Every typed text that the terminal shows has its words in both languages, or nothing is built.
//! The kinds themselves are required by `explorer`; here are the attributes and the rest.

use anatomy::{Irregularity, Role};
use source::ProblemKind;
use strum::VariantNames;

const _: () = words::require_attribute("problem", ProblemKind::VARIANTS, "advice");
const _: () = words::require_attribute("irregularity", Irregularity::VARIANTS, "detail");
const _: () = words::require("role", Role::VARIANTS);
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
