//! The use cases of Kaibo, one file each: what the window and the command line both call.
//!
//! [`Explorer`] holds what outlives one question: connections, accounts, the cache. From a reference
//! it makes an [`Inspection`], which stays alive as long as its picture is on a screen: parts can be
//! read later, exact bytes asked for, a report written. [`Explorer::verify`] walks everything and
//! trusts nothing that was kept.
//!
//! This crate alone knows all sources; they do not know each other.

mod accounts;
mod browse;
mod commands;
mod explorer;
mod inspect;
mod mirrors;
mod probe;
mod reading;
mod referrers;
mod registries;
mod report;
mod text;
mod verify;

pub use accounts::{
    AccountCard, AccountsReport, AwsProfile, AwsSignInEvent, AwsSignInSink, Kept, LoginReport, LoginRequest, NotKept,
    StoreState, Tested, WhyReport,
};
pub use aws::{AwsProfileKind, is_ecr};
pub use browse::{
    AttachedTag, BrowseSink, DigestGroup, RepositoriesEvent, RepositoriesReport, RepositoriesRequest, TagDigest,
    TagRow, TagsEvent, TagsReport, TagsRequest,
};
pub use commands::Command;
pub use explorer::{Explorer, Options, SampleCard};
pub use inspect::{InspectEvent, InspectReport, InspectRequest, InspectSink, Inspection};
pub use mirrors::{Mirror, MirrorRule};
pub use probe::{ProbeReport, ProbeRequest};
pub use registries::RegistrySettings;
pub use registry::{ProbeFact, ProbeFactName, ProbeSink, ProbeStep, ProbeStepKind, ProbeVerdict};
pub use report::{ReportFormat, ReportOptions};
pub use text::{DocumentText, LinkedSpan};
pub use verify::{VerifyFault, VerifyOptions, VerifyReport};

/// Every typed text that a reader can meet has its words in both languages, or nothing is built.
mod texts {
    use anatomy::{DateKind, Headline, Irregularity, MediaName, ReferenceFault, Role};
    use registry::{ProbeDirect, ProbeFactName, ProbeReason, ProbeStepKind, ProbeVerdict};
    use source::{CredentialOrigin, LookFault, LookOutcome, LookPlace, LookSkip, ProblemKind, Stage, Thing};
    use strum::VariantNames;

    use crate::{AwsProfileKind, MirrorRule, NotKept, Tested};

    const _: () = words::require("problem", ProblemKind::VARIANTS);
    const _: () = words::require("stage", Stage::VARIANTS);
    const _: () = words::require("thing", Thing::VARIANTS);
    const _: () = words::require("irregularity", Irregularity::VARIANTS);
    const _: () = words::require("headline", Headline::VARIANTS);
    const _: () = words::require("date", DateKind::VARIANTS);
    const _: () = words::require("media", MediaName::VARIANTS);
    const _: () = words::require("role", Role::VARIANTS);
    const _: () = words::require("reference-fault", ReferenceFault::VARIANTS);
    const _: () = words::require("origin", CredentialOrigin::VARIANTS);
    const _: () = words::require("look-place", LookPlace::VARIANTS);
    const _: () = words::require("look-outcome", LookOutcome::VARIANTS);
    const _: () = words::require("look-skip", LookSkip::VARIANTS);
    const _: () = words::require("look-fault", LookFault::VARIANTS);
    const _: () = words::require("tested", Tested::VARIANTS);
    const _: () = words::require("not-kept", NotKept::VARIANTS);
    const _: () = words::require("aws-profile", AwsProfileKind::VARIANTS);
    const _: () = words::require("probe-step", ProbeStepKind::VARIANTS);
    const _: () = words::require("probe-verdict", ProbeVerdict::VARIANTS);
    const _: () = words::require("probe-fact", ProbeFactName::VARIANTS);
    const _: () = words::require("probe-fact-reason", ProbeReason::VARIANTS);
    const _: () = words::require("probe-fact-direct", ProbeDirect::VARIANTS);
    const _: () = words::require("probe-mirror", MirrorRule::VARIANTS);
}
