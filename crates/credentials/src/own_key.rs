use std::fmt;

use anatomy::Reference;
use source::Whose;

use crate::key;

/// For what one of Kaibo's own accounts is: `host[:port]`, or a prefix of the names on it
/// (`host/namespace`, `host/namespace/repository`). The longest that fits wins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnKey {
    registry: String,
    namespace: String,
}

/// A text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey;

impl OwnKey {
    /// Reads `host[:port][/namespace…]`, with the grammar of references. All names of Docker Hub
    /// become `docker.io`; a host is lower case.
    ///
    /// # Errors
    /// When it is none: no host, a web address, a tag or digest, characters that no name has.
    pub fn parse(text: &str) -> Result<Self, NoKey> {
        let (host, path) = text.split_once('/').map_or((text, None), |(host, path)| (host, Some(path)));
        if path.is_some_and(|path| path.is_empty() || path.contains([':', '@'])) || host.contains('@') {
            return Err(NoKey);
        }
        // A repository below the key is a reference exactly when the key is one of a place.
        let Ok(Reference::Registry(named)) = Reference::parse(&format!("docker://{text}/x")) else {
            return Err(NoKey);
        };
        if named.defaulted.registry {
            return Err(NoKey);
        }
        Ok(Self { registry: key::same(&named.registry), namespace: path.unwrap_or_default().to_owned() })
    }

    /// `host[:port]`.
    #[must_use]
    pub fn registry(&self) -> &str {
        &self.registry
    }

    /// Empty when the registry as a whole is meant.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    fn fits(&self, whose: &Whose<'_>) -> bool {
        let rest = whose.repository.strip_prefix(self.namespace.as_str());
        self.registry == key::same(whose.registry)
            && (self.namespace.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }
}

impl fmt::Display for OwnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.registry)?;
        if self.namespace.is_empty() { Ok(()) } else { write!(f, "/{}", self.namespace) }
    }
}

/// The keys that are for somebody, the longest first.
pub(crate) fn fitting<'k>(keys: impl Iterator<Item = &'k OwnKey>, whose: &Whose<'_>) -> Vec<&'k OwnKey> {
    let mut fitting: Vec<&OwnKey> = keys.filter(|key| key.fits(whose)).collect();
    fitting.sort_by_key(|key| std::cmp::Reverse(key.namespace.len()));
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_hosts_and_prefixes() {
        for (text, expected) in [
            ("ghcr.io", Some("ghcr.io")),
            ("GHCR.io", Some("ghcr.io")),
            ("ghcr.io/team", Some("ghcr.io/team")),
            ("ghcr.io/team/app", Some("ghcr.io/team/app")),
            ("localhost", Some("localhost")),
            ("localhost:5000", Some("localhost:5000")),
            ("127.0.0.1:5000/a", Some("127.0.0.1:5000/a")),
            ("[::1]:5000", Some("[::1]:5000")),
            ("docker.io", Some("docker.io")),
            ("index.docker.io", Some("docker.io")),
            ("registry-1.docker.io/library", Some("docker.io/library")),
            ("docker.io/library", Some("docker.io/library")),
            ("", None),
            ("alpine", None),
            ("team/app", None),
            ("https://ghcr.io", None),
            ("docker://ghcr.io", None),
            ("oci:dir", None),
            ("ghcr.io/", None),
            ("ghcr.io/team/", None),
            ("ghcr.io//team", None),
            ("ghcr.io/Team", None),
            ("ghcr.io/team:1", None),
            ("ghcr.io/../x", None),
            ("ghcr.io:port", None),
            ("user@ghcr.io", None),
            ("ghcr.io/a b", None),
            ("ghcr.io\n", None),
            (" ghcr.io", None),
            ("-evil.example", None),
        ] {
            assert_eq!(OwnKey::parse(text).ok().map(|key| key.to_string()).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn keys_fit_by_whole_names() {
        let keys: Vec<OwnKey> =
            ["r.example", "r.example/a", "r.example/a/b", "docker.io"].map(|k| OwnKey::parse(k).unwrap()).to_vec();
        let fit = |registry: &str, repository: &str| -> Vec<String> {
            fitting(keys.iter(), &Whose::of(registry, repository)).iter().map(|key| key.to_string()).collect()
        };
        assert_eq!(fit("r.example", "a/b"), ["r.example/a/b", "r.example/a", "r.example"]);
        assert_eq!(fit("R.example", "a/bc"), ["r.example/a", "r.example"]);
        assert_eq!(fit("r.example", "ab"), ["r.example"]);
        assert_eq!(fit("r.example:443", "a"), [] as [&str; 0]);
        assert_eq!(fit("registry-1.docker.io", "library/x"), ["docker.io"]);
    }
}
