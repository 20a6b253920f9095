use crate::ReferenceFault;
use crate::reference::{DOCKER_HUB, DOCKER_HUB_OF_OLD, is_host, is_registry, is_repository};

/// A registry, or a part of it: what repositories are listed of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryName {
    /// `host` or `host:port`; Docker Hub is `docker.io`.
    pub registry: String,
    /// The repositories below this only: a user, a team, a project.
    pub namespace: Option<String>,
}

impl RegistryName {
    /// Reads `host[:port][/namespace]`. As in references, what is no host is a namespace of Docker Hub.
    ///
    /// # Errors
    /// The way in which it is no name.
    pub fn parse(typed: &str) -> Result<Self, ReferenceFault> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(ReferenceFault::Empty);
        }
        if typed.starts_with("http://") || typed.starts_with("https://") {
            return Err(ReferenceFault::WebAddress);
        }
        let name = typed.strip_prefix("docker://").unwrap_or(typed);
        let name = name.strip_suffix('/').unwrap_or(name);
        let (first, path) = name.split_once('/').map_or((name, None), |(first, path)| (first, Some(path)));
        let (registry, namespace) = if is_registry(first) { (first, path) } else { (DOCKER_HUB, Some(name)) };
        if !is_host(registry) {
            return Err(ReferenceFault::Grammar);
        }
        if let Some(namespace) = namespace {
            if namespace.chars().any(char::is_uppercase) {
                return Err(ReferenceFault::UppercaseRepository);
            }
            if namespace.len() > 255 {
                return Err(ReferenceFault::TooLong);
            }
            if !is_repository(namespace) {
                return Err(ReferenceFault::Grammar);
            }
        }
        let registry = if registry == DOCKER_HUB_OF_OLD { DOCKER_HUB } else { registry };
        Ok(Self { registry: registry.to_owned(), namespace: namespace.map(str::to_owned) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_are_named_with_or_without_a_part_of_them() {
        let name = |registry: &str, namespace: Option<&str>| {
            Ok(RegistryName { registry: registry.to_owned(), namespace: namespace.map(str::to_owned) })
        };
        for (typed, expected) in [
            ("ghcr.io", name("ghcr.io", None)),
            (" localhost:5000/ ", name("localhost:5000", None)),
            ("localhost", name("localhost", None)),
            ("[::1]:5000/a/b", name("[::1]:5000", Some("a/b"))),
            ("docker.io", name("docker.io", None)),
            ("index.docker.io/library", name("docker.io", Some("library"))),
            ("bitnami", name("docker.io", Some("bitnami"))),
            ("docker://quay.io/team", name("quay.io", Some("team"))),
            ("", Err(ReferenceFault::Empty)),
            ("https://ghcr.io", Err(ReferenceFault::WebAddress)),
            ("ghcr.io/Team", Err(ReferenceFault::UppercaseRepository)),
            ("ghcr.io/team:1", Err(ReferenceFault::Grammar)),
            ("ghcr.io//team", Err(ReferenceFault::Grammar)),
            ("ghcr.io/../team", Err(ReferenceFault::Grammar)),
            ("gh_cr.io", Err(ReferenceFault::Grammar)),
            ("ghcr.io?x=y", Err(ReferenceFault::Grammar)),
            ("me@ghcr.io", Err(ReferenceFault::Grammar)),
            ("ghcr.io/a b", Err(ReferenceFault::Grammar)),
        ] {
            assert_eq!(RegistryName::parse(typed), expected, "{typed:?}");
        }
        assert_eq!(RegistryName::parse(&format!("r.io/{}", "a".repeat(256))), Err(ReferenceFault::TooLong));
        assert!(is_repository("a/b-c/d__e") && !is_repository("") && !is_repository("a//b"));
    }
}
