//! Reading a list to its end, page by page.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use anatomy::{Named, Reference, ReferenceFault, RegistryName};
use registry::RegistryClient;
use source::{
    Catalogue, Cursor, Event, Listing, Meter, Page, PageTurner, Problem, ProblemKind, RepositoryEntry, Sink, TagEntry,
    Unlisted,
};

use super::digests;
use super::{
    AttachedTag, BrowseSink, DigestGroup, RepositoriesEvent, RepositoriesReport, RepositoriesRequest, TagRow,
    TagsEvent, TagsReport, TagsRequest,
};
use crate::Explorer;
use crate::explorer::{Reading, Way};

/// Hands what a source tells to whoever watches the list.
struct FromSource<'s, E> {
    sink: &'s dyn BrowseSink<E>,
    told: fn(Event) -> E,
}

impl<E> Sink for FromSource<'_, E> {
    fn on(&self, event: Event) {
        self.sink.on((self.told)(event));
    }
}

impl Explorer {
    pub(super) async fn list_repositories(
        &self,
        request: &RepositoriesRequest,
        sink: &dyn BrowseSink<RepositoriesEvent>,
    ) -> Result<RepositoriesReport, Problem> {
        let started = Instant::now();
        let name = RegistryName::parse(&request.registry).map_err(|fault| invalid(&request.registry, fault))?;
        let from_source = FromSource { sink, told: |event| RepositoriesEvent::Source { event } };
        let meter = Meter::new(&from_source);
        let client = self.browser(&name.registry, request.plain_http, &request.allow_realm)?;
        let most = request.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));

        let namespace = name.namespace.as_deref();
        let mut teller = self.teller(&name.registry, &client);
        let mut first = teller.repositories(namespace, None, &meter).await;
        if let Err(Problem { what: ProblemKind::AwsNobody { .. }, .. }) = &first {
            teller = client.catalogue(&name.registry);
            first = teller.repositories(namespace, None, &meter).await;
        }
        let mut list = List::<RepositoryEntry>::new(most);
        let mut unlisted = None;
        let mut next = list.take(
            page_of(first?, &mut unlisted),
            |entry| &entry.name,
            |entries| {
                sink.on(RepositoriesEvent::Page { repositories: entries.to_vec() });
            },
        );
        while let Some(cursor) = next {
            next = match teller.repositories(namespace, Some(&cursor), &meter).await {
                Ok(listing) => list.take(
                    page_of(listing, &mut unlisted),
                    |entry| &entry.name,
                    |entries| {
                        sink.on(RepositoriesEvent::Page { repositories: entries.to_vec() });
                    },
                ),
                Err(problem) => list.stop(problem),
            };
        }
        // A refusal in the middle says that the rest is not given, not that there is no list.
        let cut = unlisted.is_some() && !list.entries.is_empty();
        list.entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(RepositoriesReport {
            schema: "kaibo.repos/1".to_owned(),
            registry: name.registry,
            namespace: name.namespace,
            via: teller.via(),
            unlisted: unlisted.filter(|_| !cut),
            repositories: list.entries,
            complete: list.complete && unlisted.is_none(),
            requests: meter.requests(started.elapsed()),
            problems: list.problems,
        })
    }

    pub(super) async fn list_tags(
        &self,
        request: &TagsRequest,
        sink: &dyn BrowseSink<TagsEvent>,
    ) -> Result<TagsReport, Problem> {
        let started = Instant::now();
        let named = self.repository_of(&request.repository)?;
        let from_source = FromSource { sink, told: |event| TagsEvent::Source { event } };
        let meter = Meter::new(&from_source);
        let client = self.browser(&named.registry, request.plain_http, &request.allow_realm)?;

        let mut teller = self.teller(&named.registry, &client);
        let told = |teller: &dyn Catalogue| {
            let (registry, repository) = (named.registry.clone(), named.repository.clone());
            sink.on(TagsEvent::Named { registry, repository, via: teller.via() });
        };
        told(&*teller);
        let mut first = teller.tags(&named.repository, None, &meter).await;
        if let Err(Problem { what: ProblemKind::AwsNobody { .. }, .. }) = &first {
            teller = client.catalogue(&named.registry);
            told(&*teller);
            first = teller.tags(&named.repository, None, &meter).await;
        }
        let show = |rows: &[TagRow]| sink.on(TagsEvent::Page { tags: rows.to_vec() });
        let mut list = List::<TagRow>::new(usize::MAX);
        let mut listed = 0;
        let pattern = request.matching.as_deref();
        let mut wanted = |page: Page<TagEntry>| {
            listed += page.entries.len();
            rows(like(page, pattern))
        };
        let mut next = list.take(wanted(first?), |row| &row.entry.name, show);
        while let Some(cursor) = next {
            next = match teller.tags(&named.repository, Some(&cursor), &meter).await {
                Ok(page) => list.take(wanted(page), |row| &row.entry.name, show),
                Err(problem) => list.stop(problem),
            };
        }
        list.entries.sort_by(|one, other| other.order.cmp(&one.order));

        let source = client.repository(&named);
        let heads = digests::Heads { source: &source, meter: &meter, sink, started };
        heads.ask(request, &mut list.entries, &mut list.problems).await;
        let rows = list.entries;
        Ok(TagsReport {
            schema: "kaibo.tags/1".to_owned(),
            registry: named.registry.clone(),
            repository: named.repository.clone(),
            via: teller.via(),
            groups: groups(&rows),
            without_digest: count(rows.iter().filter(|row| row.entry.digest.is_none()).count()),
            tags: rows,
            listed: pattern.map(|_| count(listed)),
            complete: list.complete,
            requests: meter.requests(started.elapsed()),
            quota: meter.quota(),
            problems: list.problems,
        })
    }

    /// Who tells most of a registry.
    fn teller(&self, registry: &str, client: &RegistryClient) -> Arc<dyn Catalogue> {
        self.aws.catalogue(registry).unwrap_or_else(|| client.catalogue(registry))
    }

    /// Lists are not kept: what a registry holds is asked of the registry.
    fn browser(&self, registry: &str, plain_http: bool, realms: &[String]) -> Result<RegistryClient, Problem> {
        if self.options.offline {
            return Err(ProblemKind::Offline { reference: registry.to_owned() }.into());
        }
        self.client(&Way { reading: Reading::Verbatim, offline: false, plain_http, realms })
    }

    fn repository_of(&self, typed: &str) -> Result<Named, Problem> {
        match self.parse(typed)? {
            Reference::Registry(named) => Ok(named),
            _ => Err(invalid(typed, ReferenceFault::Grammar)),
        }
    }
}

fn invalid(typed: &str, fault: ReferenceFault) -> Problem {
    ProblemKind::ReferenceInvalid { text: typed.trim().chars().take(300).collect(), fault }.into()
}

/// A list as far as it was read.
struct List<T> {
    entries: Vec<T>,
    seen: HashSet<String>,
    turner: PageTurner,
    most: usize,
    complete: bool,
    problems: Vec<Problem>,
}

impl<T> List<T> {
    fn new(most: usize) -> Self {
        let (entries, seen, turner, problems) = (Vec::new(), HashSet::new(), PageTurner::default(), Vec::new());
        Self { entries, seen, turner, most, complete: false, problems }
    }

    /// Takes a page: shows what is new in it, and says where to go on.
    fn take(&mut self, page: Page<T>, name: impl Fn(&T) -> &String, show: impl FnOnce(&[T])) -> Option<Cursor> {
        let (listed, before) = (page.entries.len(), self.entries.len());
        let seen = &mut self.seen;
        self.entries.extend(page.entries.into_iter().filter(|entry| seen.insert(name(entry).clone())));
        let cut = self.entries.len() > self.most;
        self.entries.truncate(self.most);
        let new = &self.entries[before..];
        if !new.is_empty() {
            show(new);
        }
        // A page of which everything was listed before is the circle of a registry that knows no cursors.
        let idle = listed > 0 && self.entries.len() == before;
        let more = page.next.is_some();
        match self.turner.turn(listed, page.next) {
            Ok(Some(next)) if !idle && self.entries.len() < self.most => Some(next),
            Ok(_) => {
                self.complete = !cut && !more;
                None
            }
            Err(_) => None,
        }
    }

    /// The rest cannot be had; what was read stands.
    fn stop(&mut self, problem: Problem) -> Option<Cursor> {
        self.problems.push(problem);
        None
    }
}

fn page_of(listing: Listing, unlisted: &mut Option<Unlisted>) -> Page<RepositoryEntry> {
    match listing {
        Listing::Page(page) => page,
        Listing::Unlisted(why) => {
            *unlisted = Some(why);
            Page { entries: Vec::new(), next: None }
        }
    }
}

/// A page with what is like `pattern` of it.
fn like(mut page: Page<TagEntry>, pattern: Option<&str>) -> Page<TagEntry> {
    if let Some(pattern) = pattern {
        page.entries.retain(|entry| anatomy::is_like(&entry.name, pattern));
    }
    page
}

fn rows(page: Page<TagEntry>) -> Page<TagRow> {
    let row = |entry: TagEntry| {
        let attached = anatomy::tag::attached(&entry.name).map(|(subject, kind)| AttachedTag { subject, kind });
        TagRow { order: anatomy::tag::order(&entry.name), attached, entry }
    };
    Page { entries: page.entries.into_iter().map(row).collect(), next: page.next }
}

/// Tags of one digest, the largest group first; of equally large ones that with the newest tag.
fn groups(rows: &[TagRow]) -> Vec<DigestGroup> {
    let mut places = std::collections::HashMap::new();
    let mut groups: Vec<DigestGroup> = Vec::new();
    for row in rows {
        let Some(digest) = &row.entry.digest else { continue };
        let place = *places.entry(digest).or_insert_with(|| {
            groups.push(DigestGroup { digest: digest.clone(), tags: Vec::new() });
            groups.len() - 1
        });
        groups[place].tags.push(row.entry.name.clone());
    }
    groups.retain(|group| group.tags.len() > 1);
    // Stable: the rows are sorted, and so is the first of each group.
    groups.sort_by_key(|group| std::cmp::Reverse(group.tags.len()));
    groups
}

pub(super) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(names: &[&str], next: Option<&str>) -> Page<String> {
        Page {
            entries: names.iter().map(|name| (*name).to_owned()).collect(),
            next: next.map(|next| Cursor(next.to_owned())),
        }
    }

    #[test]
    fn a_list_is_complete_only_when_it_came_to_its_end() {
        let silent = |_: &[String]| {};
        let mut list = List::new(usize::MAX);
        assert!(list.take(page(&["a", "b", "a"], Some("1")), |name| name, silent).is_some());
        // An empty page leads on; one that repeats does not.
        assert!(list.take(page(&[], Some("2")), |name| name, silent).is_some());
        assert!(list.take(page(&["b"], Some("3")), |name| name, silent).is_none());
        assert_eq!((list.complete, list.entries.len()), (false, 2));

        let mut list = List::new(usize::MAX);
        list.take(page(&["a"], Some("1")), |name| name, silent);
        assert!(list.take(page(&["b"], None), |name| name, silent).is_none());
        assert!(list.complete);

        let mut list = List::new(2);
        assert!(list.take(page(&["a", "b", "c"], None), |name| name, silent).is_none());
        assert_eq!((list.complete, list.entries.len()), (false, 2));
        let mut list = List::new(2);
        assert!(list.take(page(&["a", "b"], None), |name| name, silent).is_none());
        assert!(list.complete);
        let mut list = List::new(2);
        assert!(list.take(page(&["a", "b"], Some("1")), |name| name, silent).is_none());
        assert!(!list.complete);
    }

    #[test]
    fn groups_are_of_two_at_least_and_the_largest_is_first() {
        let digest = |text: &str| Some(anatomy::Digest::sha256(text.as_bytes()));
        let entries = [("9", "x"), ("8", "y"), ("7", "z"), ("6", "y"), ("5", "z"), ("4", "y"), ("3", "w"), ("2", "w")];
        let entries =
            entries.map(|(name, text)| TagEntry { name: name.into(), digest: digest(text), ..TagEntry::default() });
        let found = groups(&rows(Page { entries: entries.to_vec(), next: None }).entries);
        let tags: Vec<_> = found.iter().map(|group| group.tags.join(" ")).collect();
        assert_eq!(tags, ["8 6 4", "7 5", "3 2"]);
        assert_eq!(found[0].digest, digest("y").unwrap());
    }
}
