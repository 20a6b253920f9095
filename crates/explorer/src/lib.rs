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
mod probe;
mod reading;
mod report;
mod text;
mod verify;

pub use accounts::{
    AccountCard, AccountsReport, AwsProfile, AwsSignInEvent, AwsSignInSink, Kept, LoginReport, LoginRequest, NotKept,
    RegistrySettings, StoreState, Tested, WhyReport,
};
pub use browse::{
    AttachedTag, BrowseSink, DigestGroup, RepositoriesEvent, RepositoriesReport, RepositoriesRequest, TagDigest,
    TagRow, TagsEvent, TagsReport, TagsRequest,
};
pub use commands::Command;
pub use explorer::{Explorer, Options, SampleCard};
pub use inspect::{InspectEvent, InspectReport, InspectRequest, InspectSink, Inspection};
pub use probe::{Mirror, ProbeReport, ProbeRequest};
pub use registry::{ProbeFact, ProbeSink, ProbeStep, ProbeStepKind, ProbeVerdict};
pub use report::{ReportFormat, ReportOptions};
pub use text::{DocumentText, LinkedSpan};
pub use verify::{VerifyFault, VerifyOptions, VerifyReport};

/// Every typed text that a reader can meet has its words in both languages, or nothing is built.
mod texts {
    use anatomy::{DateKind, Headline, Irregularity, MediaName, ReferenceFault, Role};
    use source::{ProblemKind, Stage, Thing};
    use strum::VariantNames;

    const _: () = words::require("problem", ProblemKind::VARIANTS);
    const _: () = words::require("stage", Stage::VARIANTS);
    const _: () = words::require("thing", Thing::VARIANTS);
    const _: () = words::require("irregularity", Irregularity::VARIANTS);
    const _: () = words::require("headline", Headline::VARIANTS);
    const _: () = words::require("date", DateKind::VARIANTS);
    const _: () = words::require("media", MediaName::VARIANTS);
    const _: () = words::require("role", Role::VARIANTS);
    const _: () = words::require("reference-fault", ReferenceFault::VARIANTS);
}
