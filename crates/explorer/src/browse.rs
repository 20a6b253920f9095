//! What registries hold: repositories and tags.

mod digests;
mod listing;

use anatomy::{ByteSize, Digest};
use serde::{Deserialize, Serialize};
use source::{Event, Problem, Quota, RepositoryEntry, Requests, TagEntry, Unlisted, Via};

use crate::Explorer;

/// Which repositories to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
pub struct RepositoriesRequest {
    /// `host[:port]`, with or without a namespace after it (`docker.io/library`).
    pub registry: String,
    /// Stop after so many; all when absent (never more than `anatomy::limits` allows).
    pub limit: Option<u32>,
    /// Speak plain HTTP, for this question only.
    pub plain_http: bool,
    /// Hosts that may serve tokens, for this question only.
    pub allow_realm: Vec<String>,
}

/// What happens on the way to the whole list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum RepositoriesEvent {
    /// More repositories, in the registry's order.
    Page {
        /// Those.
        repositories: Vec<RepositoryEntry>,
    },
    /// A source had something to tell.
    Source {
        /// What.
        event: Event,
    },
}

/// The whole answer (`docs/json.md`, `kaibo.repos/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct RepositoriesReport {
    /// `kaibo.repos/1`.
    pub schema: String,
    /// `host[:port]`.
    pub registry: String,
    /// The part of the registry that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Who told it.
    pub via: Via,
    /// Why there is no list; the repositories are none then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<Unlisted>,
    /// By name.
    pub repositories: Vec<RepositoryEntry>,
    /// Whether there are no more.
    pub complete: bool,
    /// What was asked.
    pub requests: Requests,
    /// What stood in the way of later pages.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<Problem>>"))]
    pub problems: Vec<Problem>,
}

/// Which tags to list, and what to find out of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
pub struct TagsRequest {
    /// `host/name`, as in a reference; a tag after it is ignored.
    pub repository: String,
    /// Only tags like this (`1.*`; [`anatomy::is_like`]): the others are neither told nor asked for.
    pub matching: Option<String>,
    /// Ask for the digest of each tag whose list did not say it: one HEAD each, within the budget.
    pub digests: bool,
    /// The most HEADs; without it 100 on a metered registry, all elsewhere.
    pub budget: Option<u32>,
    /// Speak plain HTTP, for this question only.
    pub plain_http: bool,
    /// Hosts that may serve tokens, for this question only.
    pub allow_realm: Vec<String>,
}

/// A tag with what follows from its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct TagRow {
    /// What the list said, and the digest where it was asked for.
    #[serde(flatten)]
    pub entry: TagEntry,
    /// Compared byte by byte these give the natural order of versions (`anatomy::tag::order`).
    pub order: String,
    /// The image that this tag is about, when it is no image itself (`sha256-….sig`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached: Option<AttachedTag>,
}

/// What a tag like `sha256-….sig` is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AttachedTag {
    /// The image.
    pub subject: Digest,
    /// What is there (messages `attached-KIND`).
    pub kind: anatomy::tag::AttachedKind,
}

/// The digest of a tag, as a HEAD gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct TagDigest {
    /// The tag.
    pub name: String,
    /// What it names.
    pub digest: Digest,
    /// Of the document that it names, not of the image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Bytes of that document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_size: Option<ByteSize>,
}

/// What happens on the way to the whole list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum TagsEvent {
    /// The repository was understood, and is being asked.
    Named {
        /// `host[:port]`.
        registry: String,
        /// `library/alpine`.
        repository: String,
        /// Who tells it.
        via: Via,
    },
    /// More tags, in the registry's order.
    Page {
        /// Those.
        tags: Vec<TagRow>,
    },
    /// Digests of tags that were listed before.
    Digests {
        /// Those.
        digests: Vec<TagDigest>,
    },
    /// Work went on.
    Progress {
        /// So far.
        requests: Requests,
        /// Digests that are to be asked for, in all.
        wanted: u32,
        /// Of which were answered.
        asked: u32,
    },
    /// A source had something to tell.
    Source {
        /// What.
        event: Event,
    },
}

/// Tags that name one digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DigestGroup {
    /// The digest.
    pub digest: Digest,
    /// Its tags, in natural order, the newest version first.
    pub tags: Vec<String>,
}

/// The whole answer (`docs/json.md`, `kaibo.tags/1`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct TagsReport {
    /// `kaibo.tags/1`.
    pub schema: String,
    /// `host[:port]`.
    pub registry: String,
    /// `library/alpine`.
    pub repository: String,
    /// Who told it.
    pub via: Via,
    /// In natural order, the newest version first.
    pub tags: Vec<TagRow>,
    /// Digests with more than one tag, as far as digests are known; the largest group first.
    pub groups: Vec<DigestGroup>,
    /// Tags whose digest is not known.
    pub without_digest: u32,
    /// How many tags the registry listed, those included that are not like what was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<u32>,
    /// Whether there are no more tags.
    pub complete: bool,
    /// What was asked.
    pub requests: Requests,
    /// What a metered registry said of the pulls left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
    /// What stood in the way of later pages and of digests, the first of each kind.
    pub problems: Vec<Problem>,
}

/// Takes note of what happens. Implementations return at once.
pub trait BrowseSink<E>: Send + Sync {
    /// One event.
    fn on(&self, event: E);
}

impl Explorer {
    /// The repositories of a registry, where it tells them.
    ///
    /// # Errors
    /// When the registry cannot be asked. That it tells no list is part of the answer, and so is what
    /// stands in the way of later pages.
    pub async fn repositories(
        &self,
        request: RepositoriesRequest,
        sink: &dyn BrowseSink<RepositoriesEvent>,
    ) -> Result<RepositoriesReport, Problem> {
        self.list_repositories(&request, sink).await
    }

    /// The tags of a repository. The digests of all tags are asked for only when the request says so.
    ///
    /// # Errors
    /// When the first page cannot be had. What stands in the way of later pages and of digests is
    /// part of the answer.
    pub async fn tags(&self, request: TagsRequest, sink: &dyn BrowseSink<TagsEvent>) -> Result<TagsReport, Problem> {
        self.list_tags(&request, sink).await
    }
}
