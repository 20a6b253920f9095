//! The seams between what Kaibo knows of images and where images come from.
//!
//! A [`ContentSource`] gives documents and blobs of one place: a repository of a registry, a folder
//! with an OCI layout, an archive, a sample. A [`Catalogue`] tells which repositories and tags there
//! are. A [`CredentialProvider`] says with which account a registry is asked, and every [`Look`] that
//! it took for it. Everything that happens on the way is told to a [`Sink`]; everything that
//! goes wrong is a [`Problem`], typed and without prose. The [`Cache`] keeps documents by digest.
//!
//! Cancelling is dropping the future; reading more than the limits of [`anatomy::limits`] ends in
//! [`ProblemKind::TooLarge`] without having kept more than the limit in memory.

mod cache;
mod catalogue;
mod content;
mod credential;
mod event;
mod look;
mod problem;
mod secret;

pub use cache::{Cache, Cached, Identity};
pub use catalogue::{Catalogue, Cursor, Endless, Listing, Page, PageTurner, RepositoryEntry, TagEntry, Unlisted, Via};
pub use content::{
    Answer, BlobStream, ContentSource, Locality, Origin, Place, Presence, collect_capped, fallback_referrers,
};
pub use credential::{Credential, CredentialOrigin, CredentialProvider, Found, NoCredentials, Whose};
pub use event::{Event, Meter, Quota, RequestFacts, Requests, Silent, Sink};
pub use look::{Look, LookFault, LookOutcome, LookPlace, LookSkip};
pub use problem::{Evidence, Problem, ProblemKind, Stage, Thing};
pub use secret::Secret;
