//! A registry's own lists: `_catalog` of Docker's API, `tags/list` of the distribution-spec, and what
//! Google's registries add to it.

use std::collections::{HashMap, HashSet};

use anatomy::{is_repository, is_tag};
use async_trait::async_trait;
use serde_json::Value;
use source::{Catalogue, Cursor, Listing, Page, Problem, ProblemKind, RepositoryEntry, Sink, TagEntry, Unlisted, Via};

use super::date;
use super::pager::{self, Onward, PAGE, Sheet};
use crate::{RegistryClient, client::Repository};

/// What a token must be good for that opens the list of repositories.
pub(crate) const CATALOG_SCOPE: &str = "registry:catalog:*";

/// The registry's own lists.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) client: RegistryClient,
    pub(crate) registry: String,
}

#[async_trait]
impl Catalogue for Own {
    fn via(&self) -> Via {
        Via::Registry
    }

    async fn repositories(
        &self,
        namespace: Option<&str>,
        after: Option<&Cursor>,
        sink: &dyn Sink,
    ) -> Result<Listing, Problem> {
        if after.is_none()
            && let Some(namespace) = namespace.filter(|_| is_google(&self.registry))
            && let Some(children) = self.children(namespace, sink).await
        {
            return Ok(Listing::Page(Page { entries: children, next: None }));
        }
        let registry = Repository::whole(&self.registry, Some(CATALOG_SCOPE));
        let (first, last) = (format!("/v2/_catalog?n={PAGE}"), "/v2/_catalog");
        let sheet = match self.page(&registry, &first, last, after, sink).await {
            Ok(sheet) => sheet,
            Err(problem) => return self.unlisted(problem, sink).await.map(Listing::Unlisted),
        };
        let listed = sheet.list("repositories")?;
        let inside = |name: &str| {
            namespace.is_none_or(|namespace| name.strip_prefix(namespace).is_some_and(|rest| rest.starts_with('/')))
        };
        let names = names(listed, is_repository);
        let next = next(&sheet, listed.len(), names.last().copied(), after);
        if is_repeated(&names, after) {
            return Ok(Listing::Page(Page { entries: Vec::new(), next: None }));
        }
        let entries = names.into_iter().filter(|name| inside(name)).map(named).collect();
        Ok(Listing::Page(Page { entries, next }))
    }

    async fn tags(&self, repository: &str, after: Option<&Cursor>, sink: &dyn Sink) -> Result<Page<TagEntry>, Problem> {
        let repository = Repository::of(&self.registry, repository);
        tags(&self.client, &repository, after, sink).await
    }
}

/// A page of `tags/list`.
pub(crate) async fn tags(
    client: &RegistryClient,
    repository: &Repository,
    after: Option<&Cursor>,
    sink: &dyn Sink,
) -> Result<Page<TagEntry>, Problem> {
    let own = Own { client: client.clone(), registry: repository.registry.clone() };
    let sheet = own.page(repository, &format!("tags/list?n={PAGE}"), "tags/list", after, sink).await?;
    let listed = sheet.list("tags")?;
    let names = names(listed, is_tag);
    if is_repeated(&names, after) {
        return Ok(Page { entries: Vec::new(), next: None });
    }
    let next = next(&sheet, listed.len(), names.last().copied(), after);
    let mut entries: Vec<TagEntry> =
        names.into_iter().map(|name| TagEntry { name: name.to_owned(), ..TagEntry::default() }).collect();
    if let Some(Value::Object(manifests)) = sheet.json.get("manifest") {
        add_manifests(&mut entries, manifests);
    }
    Ok(Page { entries, next })
}

impl Own {
    /// The page at a cursor; without one the first, at `first`, or at `plain` where the registry does
    /// not take the number of entries that is asked for.
    async fn page(
        &self,
        repository: &Repository,
        first: &str,
        plain: &str,
        after: Option<&Cursor>,
        sink: &dyn Sink,
    ) -> Result<Sheet, Problem> {
        let Some(Cursor(cursor)) = after else {
            return match pager::ask(&self.client, repository, first, sink).await {
                Err(Problem { what: ProblemKind::RegistryFailed { status: 400, .. }, .. }) => {
                    pager::ask(&self.client, repository, plain, sink).await
                }
                sheet => sheet,
            };
        };
        if let Some(last) = cursor.strip_prefix("last:") {
            // Names and tags consist of characters that mean themselves in a query, but for the slash.
            let path = format!("{first}&last={}", last.replace('/', "%2F"));
            return pager::ask(&self.client, repository, &path, sink).await;
        }
        pager::ask(&self.client, repository, pager::path_of(cursor, &self.registry)?, sink).await
    }

    /// What a refusal of the list means: for most registries a fact, for some a problem.
    async fn unlisted(&self, problem: Problem, sink: &dyn Sink) -> Result<Unlisted, Problem> {
        match &problem.what {
            ProblemKind::NotFound { .. } | ProblemKind::RegistryFailed { status: 400 | 405 | 501, .. } => {
                Ok(Unlisted::NotOffered)
            }
            // Some other program's page, at an address that it does not know.
            ProblemKind::AnswerMalformed { what, .. } if what == "html" => Ok(Unlisted::NotOffered),
            ProblemKind::AuthRequired { .. }
            | ProblemKind::AccessDenied { .. }
            | ProblemKind::TokenFailed { status: Some(400 | 401 | 403), .. }
                if never_lists(&self.registry) =>
            {
                Ok(Unlisted::NotOffered)
            }
            ProblemKind::AccessDenied { .. } | ProblemKind::TokenFailed { status: Some(400 | 401 | 403), .. } => {
                Ok(Unlisted::NotAllowed)
            }
            // Nobody signed in. Whether this would help is seen by whether anything is given to nobody.
            ProblemKind::AuthRequired { .. } => {
                let open = self.client.ask_registry(&self.registry, "/v2/", None, "*/*", sink).await;
                match open {
                    Ok(mut opened) => {
                        opened.said(sink).await;
                        Ok(Unlisted::NotAllowed)
                    }
                    Err(_) => Err(problem),
                }
            }
            _ => Err(problem),
        }
    }

    /// The repositories directly below a namespace, which Google's registries tell as if the namespace
    /// were a repository.
    async fn children(&self, namespace: &str, sink: &dyn Sink) -> Option<Vec<RepositoryEntry>> {
        let repository = Repository::of(&self.registry, namespace);
        let sheet = pager::ask(&self.client, &repository, "tags/list", sink).await.ok()?;
        let children = sheet.list("child").ok()?;
        let whole = |child: &str| format!("{namespace}/{child}");
        Some(names(children, is_repository).into_iter().map(|child| named(whole(child))).collect())
    }
}

/// `gcr.io`, `eu.gcr.io`, `us-docker.pkg.dev`.
fn is_google(registry: &str) -> bool {
    registry == "gcr.io" || registry.ends_with(".gcr.io") || registry.ends_with("-docker.pkg.dev")
}

/// Registries that turn down everybody who asks for the list, administrators too: they have none.
fn never_lists(registry: &str) -> bool {
    matches!(registry, "ghcr.io" | "lscr.io" | "public.ecr.aws" | "registry.gitlab.com" | "registry.k8s.io")
}

fn named(name: impl AsRef<str>) -> RepositoryEntry {
    RepositoryEntry { name: name.as_ref().to_owned(), ..RepositoryEntry::default() }
}

/// The names of a list, each once. What is no name leads nowhere and is left out.
fn names(listed: &[Value], is_name: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut seen = HashSet::new();
    listed.iter().filter_map(Value::as_str).filter(|name| is_name(name) && seen.insert(*name)).collect()
}

/// Where the list goes on: where its `Link` says. A page without one that is exactly as long as was
/// asked for may be all, or may have lost its `Link` on the way through a proxy: only then is asked for
/// what comes after the last name.
fn next(sheet: &Sheet, listed: usize, last: Option<&str>, after: Option<&Cursor>) -> Option<Cursor> {
    match (&sheet.link, last) {
        (Onward::Nowhere, Some(last)) if listed == PAGE && after.is_none_or(|after| after.0.starts_with("last:")) => {
            Some(Cursor(format!("last:{last}")))
        }
        (link, _) => link.clone().cursor(),
    }
}

/// Whether a registry that was asked for what comes after a name gave that name again: it does not know
/// how to go on, and everything was in its first page.
fn is_repeated(names: &[&str], after: Option<&Cursor>) -> bool {
    after.and_then(|after| after.0.strip_prefix("last:")).is_some_and(|last| names.contains(&last))
}

/// What Google's registries tell beside: `{"sha256:…": {"tag": ["1"], "imageSizeBytes": "123", …}}`.
fn add_manifests(entries: &mut [TagEntry], manifests: &serde_json::Map<String, Value>) {
    let mut places: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        places.insert(entry.name.clone(), place);
    }
    for (digest, facts) in manifests {
        let Ok(digest) = digest.parse::<anatomy::Digest>() else { continue };
        let tags = facts.get("tag").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for tag in tags {
            let Some(entry) = places.get(tag).and_then(|place| entries.get_mut(*place)) else { continue };
            entry.digest = Some(digest.clone());
            entry.size = pager::size(&facts["imageSizeBytes"]);
            entry.media_type = pager::text(&facts["mediaType"], 255);
            entry.date = date::milliseconds(&facts["timeUploadedMs"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_taken_once_and_only_if_they_are_names() {
        let listed = json!(["b", null, 7, "a", "b", "-x", "", ["c"], {"d": 1}, "é", "a\u{1b}[31m"]);
        assert_eq!(names(listed.as_array().unwrap(), is_tag), ["b", "a"]);
        let listed = json!(["team/app", "Team/App", "../etc", "a//b", "app"]);
        assert_eq!(names(listed.as_array().unwrap(), is_repository), ["team/app", "app"]);
    }

    #[test]
    fn what_google_tells_beside_is_taken() {
        let digest = anatomy::Digest::sha256(b"x");
        let mut entries = ["1", "latest", "other"].map(|name| TagEntry { name: name.into(), ..TagEntry::default() });
        let manifests = json!({
            digest.as_str(): {
                "imageSizeBytes": "1234", "mediaType": "application/vnd.oci.image.index.v1+json",
                "tag": ["1", "latest", "unlisted", 7], "timeCreatedMs": "0", "timeUploadedMs": "1769862605999",
            },
            "no digest": {"tag": ["other"], "imageSizeBytes": "1"},
            "sha256:0000000000000000000000000000000000000000000000000000000000000000": "no facts",
        });
        add_manifests(&mut entries, manifests.as_object().unwrap());
        for entry in &entries[..2] {
            assert_eq!(entry.digest.as_ref(), Some(&digest));
            assert_eq!(entry.size.unwrap().0, 1234);
            assert_eq!(entry.date.as_deref(), Some("2026-01-31T12:30:05Z"));
            assert_eq!(entry.media_type.as_deref(), Some("application/vnd.oci.image.index.v1+json"));
        }
        assert_eq!(entries[2], TagEntry { name: "other".into(), ..TagEntry::default() });
        assert!(is_google("gcr.io") && is_google("eu.gcr.io") && is_google("us-docker.pkg.dev"));
        assert!(!is_google("evilgcr.io") && !is_google("gcr.io.example"));
    }
}
