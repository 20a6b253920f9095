//! Lists that come in pages: `tags/list`, `_catalog`, referrers.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::server::{Answer, Repository, Seen, World};

/// How lists come. Unless said, `tags/list` gives everything at once and knows no `n`, as the
/// registries of the distribution project before 3.0 do; `_catalog` and `referrers` are not there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    /// At most so many in a page, whatever is asked for.
    pub(crate) page: Option<usize>,
    pub(crate) link: Link,
    /// A larger `n` is refused.
    pub(crate) largest_n: Option<usize>,
    pub(crate) catalog: bool,
    pub(crate) referrers: bool,
}

/// What the `Link` of a page says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// A path.
    #[default]
    Path,
    /// A whole address.
    Address,
    /// Nothing, as if a proxy had taken it out.
    Absent,
    /// A path to the page that it comes with.
    Circle,
    /// The same path on the other host.
    OtherHost,
}

/// What is asked of a list.
struct Query {
    n: Option<usize>,
    last: Option<String>,
}

impl Query {
    fn of(path: &str) -> Self {
        let value = |name: &str| {
            let (_, query) = path.split_once('?')?;
            let pair = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
            Some(pair.replace("%2F", "/"))
        };
        Self { n: value("n").and_then(|n| n.parse().ok()), last: value("last") }
    }
}

impl World {
    /// `/v2/_catalog`.
    pub(crate) fn catalog(&self, seen: &Seen) -> Answer {
        if !self.lists.catalog {
            return Answer::error(404, "NOT_FOUND", "no such page");
        }
        let mut names: Vec<String> = self.repositories.keys().cloned().collect();
        names.sort();
        self.page(seen, &names, |names| json!({"repositories": names}))
    }

    /// `/v2/NAME/tags/list`.
    pub(crate) fn tags(&self, seen: &Seen, name: &str, repository: &Repository) -> Answer {
        let tags: Vec<String> = repository.tags.keys().cloned().collect();
        self.page(seen, &tags, |tags| json!({"name": name, "tags": tags}))
    }

    /// `/v2/NAME/referrers/DIGEST`: what says of itself that it belongs to the digest.
    pub(crate) fn referrers(&self, seen: &Seen, repository: &Repository, digest: &str) -> Answer {
        if !self.lists.referrers {
            return Answer::error(404, "NOT_FOUND", "no such page");
        }
        let mut found: Vec<(String, Value)> = Vec::new();
        for (own, content) in repository.content.iter().filter(|(_, content)| content.manifest) {
            let document: Value = serde_json::from_slice(&content.bytes).unwrap_or_default();
            if document["subject"]["digest"] == digest {
                let mut entry = json!({"mediaType": content.media_type, "digest": own, "size": content.bytes.len()});
                entry["artifactType"] = document["artifactType"].clone();
                found.push((own.clone(), entry));
            }
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
        let answer = self.page(seen, &names, |names| {
            let entries = found.iter().filter(|(name, _)| names.contains(name));
            let entries: Vec<&Value> = entries.map(|(_, entry)| entry).collect();
            json!({"schemaVersion": 2, "mediaType": crate::media::OCI_INDEX, "manifests": entries})
        });
        Answer { headers: answer.headers.into_iter().filter(|(name, _)| name != "content-type").collect(), ..answer }
            .with("content-type", crate::media::OCI_INDEX)
    }

    fn page(&self, seen: &Seen, sorted: &[String], body: impl FnOnce(&[String]) -> Value) -> Answer {
        let json =
            |value: &Value| Answer::new(200, Bytes::from(value.to_string())).with("content-type", "application/json");
        let query = Query::of(&seen.path);
        if query.n.zip(self.lists.largest_n).is_some_and(|(n, largest)| n > largest) {
            return Answer::error(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
        }
        let Some(page) = self.lists.page else { return json(&body(sorted)) };
        let size = query.n.unwrap_or(page).min(page);
        let after = query.last.map_or(0, |last| sorted.partition_point(|name| *name <= last));
        let end = sorted.len().min(after + size);
        let answer = json(&body(&sorted[after..end]));
        if end == sorted.len() && self.lists.link != Link::Circle {
            return answer;
        }
        let path = seen.path.split('?').next().unwrap_or_default();
        let last = sorted[..end].last().map(|last| last.replace('/', "%2F")).unwrap_or_default();
        let next = format!("{path}?last={last}&n={size}");
        let target = match self.lists.link {
            Link::Absent => return answer,
            Link::Path => next,
            Link::Address => format!("{}{next}", self.base),
            Link::Circle => format!("{path}?n={size}"),
            Link::OtherHost => format!("{}{next}", self.other_base),
        };
        answer.with("link", format!("<{target}>; rel=\"next\""))
    }
}
