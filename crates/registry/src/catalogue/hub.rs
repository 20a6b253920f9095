//! Docker Hub: the API of hub.docker.com tells digests, dates, sizes and platforms, and counts as no pull.

use std::collections::HashSet;

use serde_json::Value;
use source::{Listing, Page, Problem, ProblemKind, RepositoryEntry, Sink, TagEntry, Unlisted};

use super::api::Api;
use super::date;
use super::pager::{self, Sheet};
use crate::RegistryClient;

/// Who answers.
const HOST: &str = "hub.docker.com";
/// The most that it gives at once.
const PAGE: usize = 100;

/// docker.io as its API tells of it.
#[derive(Debug)]
pub(crate) struct Hub;

impl Api for Hub {
    const VIA: source::Via = source::Via::DockerHub;
    /// registry-1.docker.io gives nobody its list of repositories.
    const REGISTRY_LISTS: bool = false;

    async fn repositories(
        client: &RegistryClient,
        _: &str,
        namespace: Option<&str>,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> Result<Listing, Problem> {
        let Some(namespace) = namespace else { return Ok(Listing::Unlisted(Unlisted::NeedsNamespace)) };
        let ask = async |path: &str| pager::ask_api(client, HOST, path, namespace, sink).await;
        let sheet = match after {
            Some(after) => ask(pager::path_of(after, HOST)?).await?,
            None => match ask(&format!("/v2/namespaces/{namespace}/repositories?page_size={PAGE}")).await {
                Ok(sheet) => sheet,
                // The address of before.
                Err(Problem { what: ProblemKind::NotFound { .. } | ProblemKind::RegistryFailed { .. }, .. }) => {
                    ask(&format!("/v2/repositories/{namespace}/?page_size={PAGE}")).await?
                }
                Err(problem) => return Err(problem),
            },
        };
        let entries = sheet.list("results")?.iter().filter_map(|found| repository(namespace, found)).collect();
        Ok(Listing::Page(Page { entries, next: next(&sheet) }))
    }

    async fn tags(
        client: &RegistryClient,
        _: &str,
        repository: &str,
        after: Option<&str>,
        sink: &dyn Sink,
    ) -> Result<Page<TagEntry>, Problem> {
        let first = format!("/v2/repositories/{repository}/tags?page_size={PAGE}");
        let path = after.map_or(Ok(first.as_str()), |after| pager::path_of(after, HOST))?;
        let sheet = pager::ask_api(client, HOST, path, repository, sink).await?;
        let entries = sheet.list("results")?.iter().filter_map(tag).collect();
        Ok(Page { entries, next: next(&sheet) })
    }
}

fn next(sheet: &Sheet) -> Option<source::Cursor> {
    sheet.onward(sheet.json["next"].as_str()).cursor()
}

fn repository(namespace: &str, found: &Value) -> Option<RepositoryEntry> {
    let name = format!("{namespace}/{}", found["name"].as_str()?);
    anatomy::is_repository(&name).then(|| RepositoryEntry {
        name,
        date: date::rfc3339(&found["last_updated"]),
        description: pager::text(&found["description"], 400),
    })
}

fn tag(found: &Value) -> Option<TagEntry> {
    let name = found["name"].as_str().filter(|name| anatomy::is_tag(name))?;
    let images = found["images"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut seen = HashSet::new();
    let platforms = images.iter().filter_map(platform).filter(|platform| seen.insert(platform.clone())).collect();
    // Old tags have the digest of their one image only, and for those it is the same.
    let only = if let [image] = images { pager::digest(&image["digest"]) } else { None };
    Some(TagEntry {
        name: name.to_owned(),
        digest: pager::digest(&found["digest"]).or(only),
        size: pager::size(&found["full_size"]),
        date: date::rfc3339(&found["tag_last_pushed"]).or_else(|| date::rfc3339(&found["last_updated"])),
        media_type: pager::text(&found["media_type"], 255),
        platforms,
        ..TagEntry::default()
    })
}

/// `linux/arm64/v8`; nothing for the records that stand among the images as unknown/unknown.
fn platform(image: &Value) -> Option<String> {
    let field = |name: &str| image[name].as_str().filter(|text| !text.is_empty());
    let (os, architecture) = (field("os")?, field("architecture")?);
    let known = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if os == "unknown" || architecture == "unknown" || !known(os) || !known(architecture) {
        return None;
    }
    Some(match field("variant").filter(|variant| known(variant)) {
        Some(variant) => format!("{os}/{architecture}/{variant}"),
        None => format!("{os}/{architecture}"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tag_is_read_with_all_that_is_told_of_it() {
        let digest = anatomy::Digest::sha256(b"index");
        let image = |os: &str, architecture: &str, variant: Value| json!({"os": os, "architecture": architecture, "variant": variant, "size": 1});
        let found = json!({
            "name": "1.27", "full_size": 67_000_000, "digest": digest.as_str(), "media_type": "application/vnd.oci.image.index.v1+json",
            "last_updated": "2026-01-31T12:30:05.123456Z", "tag_last_pushed": "2026-01-30T12:30:05.123456Z",
            "images": [
                image("linux", "amd64", Value::Null), image("linux", "arm64", "v8".into()), image("linux", "amd64", "".into()),
                image("unknown", "unknown", Value::Null), image("linux\u{1b}", "x", Value::Null), Value::Null,
            ],
        });
        let entry = tag(&found).unwrap();
        assert_eq!(entry.platforms, ["linux/amd64", "linux/arm64/v8"]);
        assert_eq!((entry.digest.unwrap(), entry.size.unwrap().0), (digest.clone(), 67_000_000));
        assert_eq!(entry.date.as_deref(), Some("2026-01-30T12:30:05Z"));
        let old = json!({"name": "1", "images": [{"os": "linux", "architecture": "amd64", "digest": digest.as_str()}]});
        assert_eq!(tag(&old).unwrap().digest, Some(digest));
        for none in [json!({}), json!({"name": null}), json!({"name": "-x"}), json!("x"), Value::Null] {
            assert_eq!(tag(&none), None);
        }
    }

    #[test]
    fn a_repository_is_named_with_its_namespace() {
        let found = json!({"name": "nginx", "description": "A\nserver ", "last_updated": "2026-01-31T12:30:05Z"});
        let entry = repository("library", &found).unwrap();
        assert_eq!((entry.name.as_str(), entry.description.as_deref()), ("library/nginx", Some("A␊server")));
        assert_eq!(repository("library", &json!({"name": "../x"})), None);
    }
}
