//! Quay: its API tells digests, dates and sizes to everybody, of what is public.

use serde_json::Value;
use source::{Cursor, Listing, Page, Problem, RepositoryEntry, Sink, TagEntry, Unlisted};

use super::api::Api;
use super::date;
use super::pager;
use crate::RegistryClient;

/// The most that it gives at once.
const PAGE: usize = 100;

/// quay.io as its API tells of it, to nobody in particular.
#[derive(Debug)]
pub(crate) struct Quay;

impl Api for Quay {
    const VIA: source::Via = source::Via::Quay;
    const REGISTRY_LISTS: bool = true;

    async fn repositories(
        client: &RegistryClient,
        registry: &str,
        namespace: Option<&str>,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> Result<Listing, Problem> {
        let Some(namespace) = namespace else { return Ok(Listing::Unlisted(Unlisted::NeedsNamespace)) };
        let mut path = format!("/api/v1/repository?namespace={namespace}&public=true&last_modified=true");
        if let Some(token) = after {
            path = format!("{path}&next_page={token}");
        }
        let sheet = pager::ask_api(client, registry, &path, namespace, sink).await?;
        let entries = sheet.list("repositories")?.iter().filter_map(repository).collect();
        // A token of its own (Fernet, base64); anything else would be another question.
        let token = sheet.json["next_page"].as_str().filter(|token| !token.is_empty() && is_token(token));
        Ok(Listing::Page(Page { entries, next: token.map(|token| Cursor(token.to_owned())) }))
    }

    async fn tags(
        client: &RegistryClient,
        registry: &str,
        repository: &str,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> Result<Page<TagEntry>, Problem> {
        let page: u32 =
            after.map_or(Some(1), |after| after.parse().ok()).ok_or_else(|| Problem::internal("a cursor"))?;
        let path = format!("/api/v1/repository/{repository}/tag/?onlyActiveTags=true&limit={PAGE}&page={page}");
        let sheet = pager::ask_api(client, registry, &path, repository, sink).await?;
        let entries = sheet.list("tags")?.iter().filter_map(tag).collect();
        let more = sheet.json["has_additional"].as_bool().unwrap_or_default();
        Ok(Page { entries, next: more.then(|| Cursor((page.saturating_add(1)).to_string())) })
    }
}

fn is_token(text: &str) -> bool {
    text.len() <= 1024 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='))
}

fn repository(found: &Value) -> Option<RepositoryEntry> {
    let name = format!("{}/{}", found["namespace"].as_str()?, found["name"].as_str()?);
    anatomy::is_repository(&name).then(|| RepositoryEntry {
        name,
        date: date::seconds(&found["last_modified"]),
        description: pager::text(&found["description"], 400),
    })
}

fn tag(found: &Value) -> Option<TagEntry> {
    let name = found["name"].as_str().filter(|name| anatomy::is_tag(name))?;
    Some(TagEntry {
        name: name.to_owned(),
        digest: pager::digest(&found["manifest_digest"]),
        size: pager::size(&found["size"]),
        date: date::seconds(&found["start_ts"]).or_else(|| date::rfc2822(&found["last_modified"])),
        ..TagEntry::default()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn entries_are_read() {
        let digest = anatomy::Digest::sha256(b"x");
        let found = json!({
            "name": "v3", "manifest_digest": digest.as_str(), "size": 1234, "is_manifest_list": false,
            "last_modified": "Sat, 31 Jan 2026 12:30:05 -0000",
        });
        let entry = tag(&found).unwrap();
        assert_eq!((entry.digest.unwrap(), entry.size.unwrap().0), (digest, 1234));
        assert_eq!(entry.date.as_deref(), Some("2026-01-31T12:30:05Z"));
        // Of a list of manifests Quay knows no size.
        assert_eq!(tag(&json!({"name": "v3", "size": null})).unwrap().size, None);
        let found = json!({"namespace": "team", "name": "app", "description": null, "last_modified": 1_769_862_605});
        let entry = repository(&found).unwrap();
        assert_eq!((entry.name.as_str(), entry.date.as_deref()), ("team/app", Some("2026-01-31T12:30:05Z")));
        assert!(is_token("gAAAAABl-_=") && !is_token("a&b=c") && !is_token("a#b"));
    }
}
