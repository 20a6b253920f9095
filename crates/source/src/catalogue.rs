use std::collections::HashSet;

use anatomy::{ByteSize, Digest, limits};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{Problem, Sink};

/// Where to go on in a list that comes in pages. Whoever made it reads it; to all others it is opaque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// In the order of the registry.
    pub entries: Vec<T>,
    /// Absent on the last page.
    pub next: Option<Cursor>,
}

/// Keeps a list that comes in pages from going on for ever (threat F11): no page is asked for twice,
/// and not more than [`limits::LIST_PAGES`] or [`limits::LIST_ENTRIES`] are read.
#[derive(Debug, Default)]
pub struct PageTurner {
    asked: HashSet<String>,
    entries: usize,
}

impl PageTurner {
    /// Takes note of a page of so many entries. Gives the next page to ask for, if there is one.
    ///
    /// # Errors
    /// [`Endless`]: there would be one, and it is not asked for.
    pub fn turn(&mut self, entries: usize, next: Option<Cursor>) -> Result<Option<Cursor>, Endless> {
        self.entries = self.entries.saturating_add(entries);
        let Some(next) = next else { return Ok(None) };
        // The first page has no cursor.
        if self.entries >= limits::LIST_ENTRIES || self.asked.len() + 1 >= limits::LIST_PAGES {
            return Err(Endless::Limit);
        }
        if self.asked.insert(next.0.clone()) { Ok(Some(next)) } else { Err(Endless::Circle) }
    }
}

/// Why a list is not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endless {
    /// It has more than is read of any list.
    Limit,
    /// A page leads back to one that was read.
    Circle,
}

/// A repository as a list tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct RepositoryEntry {
    /// Without the registry: `team/app`.
    pub name: String,
    /// When it was made or last changed, whichever the registry tells (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// In the words of its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A tag as a list tells of it. Only what the list itself says: nothing is asked for each tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct TagEntry {
    /// The tag.
    pub name: String,
    /// What it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// As the registry counts it: of an index mostly that of all platforms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<ByteSize>,
    /// When it was pushed or last changed, whichever the registry tells (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Of the document that it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Of an artifact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// `linux/amd64`, `linux/arm64/v8`.
    #[serde(default)]
    pub platforms: Vec<String>,
    /// What a scan of the registry's own says: `COMPLETE`, `FAILED`, with counts where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan: Option<String>,
}

/// Who tells of repositories and tags (messages `via-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Via {
    /// The registry's own lists (distribution-spec, "Content Discovery"; `_catalog` of Docker's API).
    Registry,
    /// The API of hub.docker.com.
    DockerHub,
    /// The API of AWS ECR.
    Ecr,
    /// The API of quay.io.
    Quay,
    /// The API of Azure's registries.
    Acr,
}

/// Why a registry tells no list of its repositories: a fact, and no error (messages `unlisted-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Unlisted {
    /// It has no such list.
    NotOffered,
    /// It has one and does not give it to this account.
    NotAllowed,
    /// It has too many: a namespace has to say whose.
    NeedsNamespace,
}

/// Repositories, or why there is no list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// A part of the list.
    Page(Page<RepositoryEntry>),
    /// There is none.
    Unlisted(Unlisted),
}

/// Tells what a registry holds. All methods only read.
#[async_trait]
pub trait Catalogue: Send + Sync + std::fmt::Debug {
    /// Who tells it.
    fn via(&self) -> Via;

    /// Repositories, of a namespace (a user, a team) where the registry has such.
    ///
    /// # Errors
    /// A [`Problem`]. That there is no list is none: [`Listing::Unlisted`].
    async fn repositories(
        &self,
        namespace: Option<&str>,
        after: Option<&Cursor>,
        sink: &dyn Sink,
    ) -> Result<Listing, Problem>;

    /// The tags of a repository.
    ///
    /// # Errors
    /// A [`Problem`]; [`crate::ProblemKind::NotFound`] when there is no such repository.
    async fn tags(&self, repository: &str, after: Option<&Cursor>, sink: &dyn Sink) -> Result<Page<TagEntry>, Problem>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(place: usize) -> Option<Cursor> {
        Some(Cursor(format!("page {place}")))
    }

    #[test]
    fn a_list_ends_where_it_ends_where_it_turns_in_a_circle_and_at_the_limits() {
        let mut turner = PageTurner::default();
        assert_eq!(turner.turn(10, at(1)), Ok(at(1)));
        assert_eq!(turner.turn(10, at(2)), Ok(at(2)));
        assert_eq!(turner.turn(10, at(1)), Err(Endless::Circle));
        assert_eq!(turner.turn(0, None), Ok(None));
        let mut turner = PageTurner::default();
        assert_eq!(turner.turn(limits::LIST_ENTRIES - 1, at(1)), Ok(at(1)));
        assert_eq!(turner.turn(1, at(2)), Err(Endless::Limit));
        assert_eq!(turner.turn(usize::MAX, None), Ok(None));
        let mut turner = PageTurner::default();
        let pages = (1..).take_while(|place| turner.turn(0, at(*place)).is_ok()).count();
        assert_eq!(pages + 1, limits::LIST_PAGES);
    }
}
