use std::pin::Pin;

use anatomy::{ByteSize, Digest, Target, Want};
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};

use crate::{Problem, ProblemKind, Sink};

/// Where images come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Place {
    /// A repository of a registry.
    Registry {
        /// `host[:port]`; Docker Hub is `docker.io`.
        registry: String,
        /// `library/alpine`.
        repository: String,
    },
    /// A folder with an OCI image layout.
    Layout {
        /// As typed.
        path: String,
    },
    /// A tar with an OCI image layout.
    OciArchive {
        /// As typed.
        path: String,
    },
    /// What `docker save` writes.
    DockerArchive {
        /// As typed.
        path: String,
    },
    /// Carried inside the program.
    Sample {
        /// Its name.
        name: String,
    },
}

/// Whether asking costs anything, and whether an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locality {
    /// Over a network: documents are cached.
    Remote,
    /// On this machine or in this program: read where it lies, never cached.
    Here,
}

/// From where the bytes of an answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Origin {
    /// Asked of the source now.
    Source,
    /// Kept from an earlier look.
    Cache,
}

/// A document as a source gave it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The exact bytes.
    pub bytes: Bytes,
    /// Content-Type header, or the media type of the descriptor in a layout.
    pub content_type: Option<String>,
    /// Docker-Content-Digest header, as sent.
    pub header_digest: Option<String>,
    /// From where.
    pub origin: Origin,
}

/// What a source says of something without giving it (HEAD, or a file's size).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Docker-Content-Digest, or the digest in a layout's index.
    pub digest: Option<Digest>,
    /// Bytes.
    pub size: Option<ByteSize>,
    /// Media type.
    pub content_type: Option<String>,
}

/// A blob's bytes as they arrive.
pub type BlobStream = Pin<Box<dyn Stream<Item = Result<Bytes, Problem>> + Send>>;

/// Gives what one place holds. All methods only read.
#[async_trait]
pub trait ContentSource: Send + Sync + std::fmt::Debug {
    /// Which place.
    fn place(&self) -> &Place;

    /// Whether answers may be kept.
    fn locality(&self) -> Locality;

    /// Whether the registry counts manifest reads (Docker Hub, or rate-limit headers were seen).
    fn metered(&self) -> bool {
        false
    }

    /// Whether a document can be given without asking anybody.
    fn at_hand(&self, _want: &Want) -> bool {
        false
    }

    /// Whether the place has no manifest, so that the root it gave was made of what it holds (old
    /// `docker save` archives). Known once [`ContentSource::resolve`] has answered.
    fn manifest_made_here(&self) -> bool {
        false
    }

    /// The document that a tag or a digest names: one request.
    ///
    /// # Errors
    /// A [`Problem`]; [`ProblemKind::NotFound`] when the place answers and has no such thing.
    async fn resolve(&self, target: &Target, sink: &dyn Sink) -> Result<Answer, Problem>;

    /// What `target` names, without reading it: one HEAD. Never counted as a pull.
    ///
    /// # Errors
    /// As [`ContentSource::resolve`].
    async fn head(&self, target: &Target, sink: &dyn Sink) -> Result<Presence, Problem>;

    /// A document by digest: a manifest, a config or a statement, capped by its class.
    ///
    /// # Errors
    /// As [`ContentSource::resolve`]; [`ProblemKind::TooLarge`] over the cap of its class. Bytes
    /// that do not match the digest are returned: `anatomy` tells of it.
    async fn document(&self, want: &Want, sink: &dyn Sink) -> Result<Answer, Problem>;

    /// Whether a blob or manifest is there, and its size: one HEAD.
    ///
    /// # Errors
    /// As [`ContentSource::resolve`].
    async fn presence(&self, want: &Want, sink: &dyn Sink) -> Result<Presence, Problem>;

    /// The bytes of a blob as they arrive, unverified: whoever reads them hashes them.
    ///
    /// # Errors
    /// As [`ContentSource::resolve`].
    async fn blob(&self, digest: &Digest, sink: &dyn Sink) -> Result<BlobStream, Problem>;

    /// The tags of a place that has few enough to carry with it (layouts, archives, samples).
    ///
    /// # Errors
    /// As [`ContentSource::resolve`].
    async fn tags(&self, sink: &dyn Sink) -> Result<Vec<String>, Problem>;

    /// The indexes of what refers to `digest` by its `subject`: one for each page of the answer, none
    /// where nothing is said of it. They list what is claimed to refer; whether it does, only its own
    /// `subject` tells.
    ///
    /// Unless a source knows better, this is [`fallback_referrers`].
    ///
    /// # Errors
    /// As [`ContentSource::resolve`].
    async fn referrers(&self, digest: &Digest, sink: &dyn Sink) -> Result<Vec<Answer>, Problem> {
        Ok(fallback_referrers(self, digest, sink).await?.into_iter().collect())
    }
}

/// What the fallback tag of a digest names (distribution-spec, "Referrers Tag Schema"): `sha256-` and
/// the encoded digest.
///
/// # Errors
/// As [`ContentSource::resolve`]; a tag that is not there is `None`.
pub async fn fallback_referrers<S: ContentSource + ?Sized>(
    source: &S,
    digest: &Digest,
    sink: &dyn Sink,
) -> Result<Option<Answer>, Problem> {
    let tag = format!("{:.32}-{:.64}", digest.algorithm().name(), digest.encoded());
    match source.resolve(&Target::Tag(tag), sink).await {
        Ok(answer) => Ok(Some(answer)),
        Err(Problem { what: ProblemKind::NotFound { .. } | ProblemKind::TagAbsent { .. }, .. }) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Reads a stream to its end, or to [`ProblemKind::TooLarge`] as soon as it exceeds `limit` bytes.
///
/// # Errors
/// What the stream gives, and `TooLarge`.
pub async fn collect_capped(mut stream: BlobStream, limit: u64) -> Result<Bytes, Problem> {
    let mut read = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        if read.len() as u64 + chunk.len() as u64 > limit {
            return Err(ProblemKind::TooLarge { limit: ByteSize(limit), size: None }.into());
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.freeze())
}
