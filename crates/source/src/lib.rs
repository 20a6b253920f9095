//! The seams between what Kaibo knows of images and where images come from.
//!
//! A [`ContentSource`] gives documents and blobs of one place: a repository of a registry, a folder
//! with an OCI layout, an archive, a sample. A [`CredentialProvider`] says with which account a
//! registry is asked. Everything that happens on the way is told to a [`Sink`]; everything that
//! goes wrong is a [`Problem`], typed and without prose. The [`Cache`] keeps documents by digest.
//!
//! Cancelling is dropping the future; reading more than the limits of [`anatomy::limits`] ends in
//! [`ProblemKind::TooLarge`] without having kept more than the limit in memory.

mod cache;
mod content;
mod credential;
mod event;
mod problem;
mod secret;

pub use cache::{Cache, Cached, Identity};
pub use content::{
    Answer, BlobStream, ContentSource, Locality, Origin, Place, Presence, collect_capped, fallback_referrers,
};
pub use credential::{Credential, CredentialOrigin, CredentialProvider, NoCredentials};
pub use event::{Event, Meter, Quota, RequestFacts, Requests, Silent, Sink};
pub use problem::{Evidence, Problem, ProblemKind, Stage, Thing};
pub use secret::Secret;
