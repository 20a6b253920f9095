//! Which key of `auths` is for a repository.
//!
//! Docker keys by host, by `https://host/v1/` in old files, and Docker Hub by
//! `https://index.docker.io/v1/`. Podman keys by any prefix of `host/namespace/repository`; the longest
//! wins (containers-auth.json(5)).

/// How well a key fits: more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Of an old form, for the same host.
    Legacy,
    /// The host itself, as Docker writes it.
    Host,
    /// A namespace or repository, by the length of the key.
    Namespace(usize),
}

/// The key that Docker writes for Docker Hub.
const HUB_KEY: &str = "https://index.docker.io/v1/";

/// Under which key Docker asks a helper for a registry.
pub(crate) fn docker_server(registry: &str) -> &str {
    if same(registry) == HUB { HUB_KEY } else { registry }
}

/// Whether a key is for an account: Docker Desktop keeps its own tokens beside it.
pub(crate) fn is_account(key: &str) -> bool {
    let path = key.trim_end_matches('/');
    !path.ends_with("access-token") && !path.ends_with("refresh-token")
}

/// A key in the form of Kaibo's own: `host[:port][/namespace]`, whatever its file writes.
pub(crate) fn plain(key: &str) -> String {
    let stripped = key.strip_prefix("https://").or_else(|| key.strip_prefix("http://"));
    let (host, path) = stripped.unwrap_or(key).split_once('/').unwrap_or((stripped.unwrap_or(key), ""));
    let path = path.trim_end_matches('/');
    let host = same(host);
    if path.is_empty() || stripped.is_some() || matches!(path, "v1" | "v2") { host } else { format!("{host}/{path}") }
}

/// How `key` fits `repository` on `registry`, if at all.
pub(crate) fn fit(key: &str, registry: &str, repository: &str) -> Option<Fit> {
    let host = same(registry);
    if key == registry || (host == HUB && key == HUB_KEY) {
        return Some(Fit::Host);
    }
    let stripped = key.strip_prefix("https://").or_else(|| key.strip_prefix("http://"));
    let (of, path) = stripped.unwrap_or(key).split_once('/').unwrap_or((stripped.unwrap_or(key), ""));
    if same(of) != host {
        return None;
    }
    let path = path.trim_end_matches('/');
    if path.is_empty() && stripped.is_none() {
        return Some(Fit::Host);
    }
    // Docker Desktop's own tokens are for its API.
    if !is_account(key) {
        return None;
    }
    if stripped.is_some() || matches!(path, "v1" | "v2") {
        return Some(Fit::Legacy);
    }
    let inside = repository == path || repository.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    inside.then_some(Fit::Namespace(path.len()))
}

const HUB: &str = "docker.io";

/// One name for the names of Docker Hub; hosts without regard to case.
pub(crate) fn same(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    if matches!(host.as_str(), "index.docker.io" | "registry-1.docker.io") { HUB.to_owned() } else { host }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fit_as_their_writers_mean_them() {
        for (key, registry, repository, expected) in [
            ("ghcr.io", "ghcr.io", "a/b", Some(Fit::Host)),
            ("GHCR.io", "ghcr.io", "a/b", Some(Fit::Host)),
            ("ghcr.io:443", "ghcr.io", "a/b", None),
            ("localhost:5000", "localhost:5000", "a", Some(Fit::Host)),
            ("localhost", "localhost:5000", "a", None),
            ("https://localhost:5000", "localhost:5000", "a", Some(Fit::Legacy)),
            ("https://index.docker.io/v1/", "docker.io", "library/alpine", Some(Fit::Host)),
            ("docker.io", "docker.io", "library/alpine", Some(Fit::Host)),
            ("registry-1.docker.io", "docker.io", "library/alpine", Some(Fit::Host)),
            ("index.docker.io/v1/", "docker.io", "library/alpine", Some(Fit::Legacy)),
            ("https://index.docker.io/v1/access-token", "docker.io", "library/alpine", None),
            ("https://r.example/v1/", "r.example", "a/b", Some(Fit::Legacy)),
            ("http://r.example/v2", "r.example", "a/b", Some(Fit::Legacy)),
            ("r.example/a", "r.example", "a/b", Some(Fit::Namespace(1))),
            ("r.example/a/b", "r.example", "a/b", Some(Fit::Namespace(3))),
            ("r.example/a/b/", "r.example", "a/b", Some(Fit::Namespace(3))),
            ("r.example/aa", "r.example", "aab/b", None),
            ("r.example.evil.test", "r.example", "a", None),
            ("evil.test/r.example", "r.example", "a", None),
            ("", "r.example", "a", None),
        ] {
            assert_eq!(fit(key, registry, repository), expected, "{key} for {registry}/{repository}");
        }
    }

    #[test]
    fn keys_have_one_plain_form() {
        for (key, expected) in [
            ("https://index.docker.io/v1/", "docker.io"),
            ("registry-1.docker.io", "docker.io"),
            ("https://r.example/v2", "r.example"),
            ("r.example/v1/", "r.example"),
            ("r.example/team/app", "r.example/team/app"),
            ("Localhost:5000", "localhost:5000"),
        ] {
            assert_eq!(plain(key), expected, "{key}");
        }
        assert_eq!(docker_server("index.docker.io"), HUB_KEY);
        assert_eq!(docker_server("r.example:5000"), "r.example:5000");
    }

    #[test]
    fn the_longer_namespace_wins_over_the_host() {
        assert!(Fit::Namespace(3) > Fit::Namespace(1));
        assert!(Fit::Namespace(1) > Fit::Host);
        assert!(Fit::Host > Fit::Legacy);
    }
}
