//! Azure's registries: their API tells digests and dates, with a token for metadata.

use serde_json::Value;
use source::{Listing, Page, Problem, RepositoryEntry, Sink, TagEntry};

use super::api::Api;
use super::date;
use super::own::CATALOG_SCOPE;
use super::pager::{self, PAGE};
use crate::RegistryClient;
use crate::client::Repository;

/// `*.azurecr.io` as its API tells of it.
#[derive(Debug)]
pub(crate) struct Acr;

impl Api for Acr {
    const VIA: source::Via = source::Via::Acr;
    const REGISTRY_LISTS: bool = true;

    async fn repositories(
        client: &RegistryClient,
        registry: &str,
        namespace: Option<&str>,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> Result<Listing, Problem> {
        let first = format!("/acr/v1/_catalog?n={PAGE}");
        let path = after.map_or(Ok(first.as_str()), |after| pager::path_of(after, registry))?;
        let whole = Repository::whole(registry, Some(CATALOG_SCOPE));
        let sheet = pager::ask(client, &whole, path, sink).await?;
        let inside = |name: &str| {
            namespace.is_none_or(|namespace| name.strip_prefix(namespace).is_some_and(|rest| rest.starts_with('/')))
        };
        let names = sheet.list("repositories")?.iter().filter_map(Value::as_str);
        let entries = names
            .filter(|name| anatomy::is_repository(name) && inside(name))
            .map(|name| RepositoryEntry { name: name.to_owned(), ..RepositoryEntry::default() })
            .collect();
        Ok(Listing::Page(Page { entries, next: sheet.link.cursor() }))
    }

    async fn tags(
        client: &RegistryClient,
        registry: &str,
        repository: &str,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> Result<Page<TagEntry>, Problem> {
        let first = format!("/acr/v1/{repository}/_tags?n={PAGE}");
        let path = after.map_or(Ok(first.as_str()), |after| pager::path_of(after, registry))?;
        let scope = Some(format!("repository:{repository}:metadata_read"));
        let asked = Repository { scope, ..Repository::of(registry, repository) };
        let sheet = pager::ask(client, &asked, path, sink).await?;
        let entries = sheet.list("tags")?.iter().filter_map(tag).collect();
        Ok(Page { entries, next: sheet.link.cursor() })
    }
}

fn tag(found: &Value) -> Option<TagEntry> {
    let name = found["name"].as_str().filter(|name| anatomy::is_tag(name))?;
    Some(TagEntry {
        name: name.to_owned(),
        digest: pager::digest(&found["digest"]),
        date: date::rfc3339(&found["lastUpdateTime"]).or_else(|| date::rfc3339(&found["createdTime"])),
        ..TagEntry::default()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tag_is_read() {
        let digest = anatomy::Digest::sha256(b"x");
        let found = json!({
            "name": "v1", "digest": digest.as_str(), "createdTime": "2026-01-30T01:00:00.1234567Z",
            "lastUpdateTime": "2026-01-31T12:30:05.1234567Z", "signed": false,
        });
        let entry = tag(&found).unwrap();
        assert_eq!((entry.digest, entry.date.as_deref()), (Some(digest), Some("2026-01-31T12:30:05Z")));
        assert_eq!(tag(&json!({"name": "a b"})), None);
    }
}
