//! APIs of makers of registries that tell more than the registry's own lists, and the way back to those.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use source::{Catalogue, Cursor, Listing, Page, Problem, Sink, TagEntry, Via};

use super::own::Own;
use crate::RegistryClient;

/// One API. `after` is what its own last page gave as [`Page::next`].
pub(crate) trait Api: std::fmt::Debug + Send + Sync + 'static {
    /// Its name.
    const VIA: Via;
    /// Whether the registry itself may list its repositories as well.
    const REGISTRY_LISTS: bool;

    fn repositories(
        client: &RegistryClient,
        registry: &str,
        namespace: Option<&str>,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> impl Future<Output = Result<Listing, Problem>> + Send;

    fn tags(
        client: &RegistryClient,
        registry: &str,
        repository: &str,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> impl Future<Output = Result<Page<TagEntry>, Problem>> + Send;
}

/// Asks the API; when its first page cannot be had, for whatever reason, the registry itself. What the
/// registry answers counts: it knows the account, and the API may be out of reach or know nobody.
#[derive(Debug)]
pub(crate) struct Richer<A> {
    own: Own,
    /// Whether the registry itself was asked in the end.
    fell_back: AtomicBool,
    api: PhantomData<A>,
}

impl<A> Richer<A> {
    pub(crate) fn new(own: Own) -> Self {
        Self { own, fell_back: AtomicBool::new(false), api: PhantomData }
    }

    /// The cursor of the API, or of the registry itself after falling back.
    fn part<'c>(after: Option<&'c Cursor>) -> Part<'c> {
        match after.map(|after| after.0.as_str()) {
            None => Part::First,
            Some(cursor) => match cursor.split_once('|') {
                Some(("own", rest)) => Part::Own(Cursor(rest.to_owned())),
                Some((_, rest)) => Part::Api(rest),
                None => Part::Api(cursor),
            },
        }
    }
}

enum Part<'c> {
    First,
    Api(&'c str),
    Own(Cursor),
}

fn marked(mark: &str, next: Option<Cursor>) -> Option<Cursor> {
    next.map(|next| Cursor(format!("{mark}|{}", next.0)))
}

fn listing(mark: &str, listing: Listing) -> Listing {
    match listing {
        Listing::Page(page) => Listing::Page(Page { next: marked(mark, page.next), ..page }),
        unlisted @ Listing::Unlisted(_) => unlisted,
    }
}

/// What was tried first is part of what is told when nothing works.
fn after_trying(first: Problem, mut second: Problem) -> Problem {
    second.evidence.splice(0..0, first.evidence);
    second
}

#[async_trait]
impl<A: Api> Catalogue for Richer<A> {
    fn via(&self) -> Via {
        if self.fell_back.load(Ordering::Acquire) { Via::Registry } else { A::VIA }
    }

    async fn repositories(
        &self,
        namespace: Option<&str>,
        after: Option<&Cursor>,
        sink: &dyn Sink,
    ) -> Result<Listing, Problem> {
        let Own { client, registry } = &self.own;
        let first = match Self::part(after) {
            Part::Api(after) => {
                return A::repositories(client, registry, namespace, Some(after), sink)
                    .await
                    .map(|l| listing("api", l));
            }
            Part::Own(after) => {
                return self.own.repositories(namespace, Some(&after), sink).await.map(|l| listing("own", l));
            }
            Part::First => A::repositories(client, registry, namespace, None, sink).await,
        };
        match first {
            Err(first) if A::REGISTRY_LISTS => {
                self.fell_back.store(true, Ordering::Release);
                let second = self.own.repositories(namespace, None, sink).await;
                second.map(|l| listing("own", l)).map_err(|second| after_trying(first, second))
            }
            first => first.map(|l| listing("api", l)),
        }
    }

    async fn tags(&self, repository: &str, after: Option<&Cursor>, sink: &dyn Sink) -> Result<Page<TagEntry>, Problem> {
        let Own { client, registry } = &self.own;
        let (mark, page) = match Self::part(after) {
            Part::Api(after) => ("api", A::tags(client, registry, repository, Some(after), sink).await),
            Part::Own(after) => ("own", self.own.tags(repository, Some(&after), sink).await),
            Part::First => match A::tags(client, registry, repository, None, sink).await {
                Ok(page) => ("api", Ok(page)),
                Err(first) => {
                    self.fell_back.store(true, Ordering::Release);
                    let second = self.own.tags(repository, None, sink).await;
                    ("own", second.map_err(|second| after_trying(first, second)))
                }
            },
        };
        page.map(|page| Page { next: marked(mark, page.next), ..page })
    }
}
