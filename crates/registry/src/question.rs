//! What is asked about what: a repository, or a registry as a whole.

use http::Method;
use source::{Problem, Thing};
use url::Url;

use crate::scheme::Scheme;

/// The name of Docker Hub in references, and the host that answers for it.
pub(crate) const HUB: (&str, &str) = ("docker.io", "registry-1.docker.io");

/// A repository of a registry, or the registry as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    /// As in the reference.
    pub(crate) registry: String,
    /// Who is really asked.
    pub(crate) host: String,
    /// Empty when the registry as a whole is meant.
    pub(crate) name: String,
    /// What a token must be good for, where the challenge does not say it
    /// (`repository:NAME:pull`, `registry:catalog:*`).
    pub(crate) scope: Option<String>,
}

impl Repository {
    /// A repository of `registry` (`host[:port]`).
    pub(crate) fn of(registry: &str, name: &str) -> Self {
        Self { scope: Some(format!("repository:{name}:pull")), name: name.to_owned(), ..Self::whole(registry, None) }
    }

    /// The registry as a whole.
    pub(crate) fn whole(registry: &str, scope: Option<&str>) -> Self {
        let host = if registry == HUB.0 { HUB.1 } else { registry };
        Self {
            registry: registry.to_owned(),
            host: host.to_owned(),
            name: String::new(),
            scope: scope.map(ToOwned::to_owned),
        }
    }

    /// What is asked with the same token.
    pub(crate) fn key(&self) -> (String, String) {
        (self.registry.clone(), self.scope.clone().unwrap_or_default())
    }

    /// `path` is below `/v2/NAME/`, or, with a slash at its beginning, the whole path with its query.
    pub(crate) fn url(&self, scheme: Scheme, path: &str) -> Result<Url, Problem> {
        let whole = if path.starts_with('/') { path.to_owned() } else { format!("/v2/{}/{path}", self.name) };
        let text = format!("{}://{}{whole}", scheme.text(), self.host);
        let url = Url::parse(&text).map_err(Problem::internal)?;
        // The grammar of references leaves nothing that a URL would read in another way, and what
        // `path_of_link` gives was read once already.
        if url[url::Position::BeforePath..] == whole && url.username().is_empty() && url.fragment().is_none() {
            Ok(url)
        } else {
            Err(Problem::internal(format!("{text} is not the address that it seems to be")))
        }
    }
}

/// Where a `Link` of an answer leads, as a [`Question::path`]: absolute or relative, to the host and
/// port that was asked and nowhere else. A scheme that a proxy in between got wrong does not matter:
/// the answer's own is used.
pub(crate) fn path_of_link(asked: &Url, link: &str) -> Option<String> {
    let url = asked.join(link).ok()?;
    let port = |url: &Url| url.port().or_else(|| asked.port_or_known_default());
    let same = url.host_str() == asked.host_str()
        && port(&url) == asked.port_or_known_default()
        && matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none();
    same.then(|| url[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
}

/// One question about a repository.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) method: Method,
    /// Below `/v2/NAME/`, or, with a slash at its beginning, the whole path with its query.
    pub(crate) path: String,
    pub(crate) accept: &'static str,
    /// `Range`, as sent.
    pub(crate) range: Option<String>,
    pub(crate) layer: bool,
    /// What a 404 means, and its name.
    pub(crate) thing: Thing,
    pub(crate) name: &'a str,
}

#[cfg(test)]
mod tests {
    use source::ProblemKind;

    use super::*;

    #[test]
    fn links_stay_with_the_host_that_was_asked() {
        let asked: Url = "https://r.example:5443/v2/a/tags/list?n=2".parse().unwrap();
        for (link, expected) in [
            ("/v2/a/tags/list?last=b&n=2", Some("/v2/a/tags/list?last=b&n=2")),
            ("?last=b", Some("/v2/a/tags/list?last=b")),
            ("https://r.example:5443/v2/a/tags/list?last=b#x", Some("/v2/a/tags/list?last=b")),
            ("http://r.example:5443/v2/a/tags/list?last=%2Fb", Some("/v2/a/tags/list?last=%2Fb")),
            ("https://r.example:5444/v2/a/tags/list", None),
            ("https://evil.example/v2/a/tags/list", None),
            ("//evil.example/v2/", None),
            ("https://me:word@r.example:5443/v2/", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(path_of_link(&asked, link).as_deref(), expected, "{link}");
        }
        let plain: Url = "https://r.example/v2/_catalog".parse().unwrap();
        assert_eq!(path_of_link(&plain, "http://r.example/v2/_catalog?last=b").as_deref(), Some("/v2/_catalog?last=b"));
    }

    #[test]
    fn an_address_is_what_it_seems_to_be() {
        let one = Repository::of("docker.io", "library/ubuntu");
        let url = |path: &str| one.url(Scheme::Https, path).map(String::from).map_err(|p| p.what);
        assert_eq!(url("tags/list?n=2").unwrap(), "https://registry-1.docker.io/v2/library/ubuntu/tags/list?n=2");
        assert_eq!(url("/v2/_catalog?n=2").unwrap(), "https://registry-1.docker.io/v2/_catalog?n=2");
        assert_eq!(url("/v2/../etc"), Err(ProblemKind::Internal));
        assert_eq!(url("manifests/a#b").unwrap_err(), ProblemKind::Internal);
    }
}
