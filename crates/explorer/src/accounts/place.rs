use anatomy::Reference;
use credentials::OwnKey;
use source::{Problem, ProblemKind};

/// A registry, or a repository of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) registry: String,
    /// Empty when the registry as a whole is meant.
    pub(super) repository: String,
}

impl Place {
    /// Reads `host[:port]`, `host[:port]/name`, or any reference of a registry; of that, the tag and
    /// digest do not matter.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if let Ok(key) = OwnKey::parse(text) {
            let (registry, repository) = (key.registry().to_owned(), key.namespace().to_owned());
            return Ok(Self { registry, repository });
        }
        match Reference::parse(text) {
            Ok(Reference::Registry(named)) => Ok(Self { registry: named.registry, repository: named.repository }),
            _ => Err(unusable("registry", text)),
        }
    }
}

/// Reads a key of Kaibo's own accounts.
pub(super) fn own_key(text: &str) -> Result<OwnKey, Problem> {
    OwnKey::parse(text.trim()).map_err(|_| unusable("registry", text))
}

/// Reads the name of a repository on a key's registry, with or without the registry before it.
pub(super) fn repository(key: &OwnKey, name: &str) -> Result<String, Problem> {
    let registry = key.registry();
    let inner = name.strip_prefix(registry).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
    match Reference::parse(&format!("docker://{registry}/{inner}")) {
        Ok(Reference::Registry(named)) => Ok(named.repository),
        _ => Err(unusable("repository", name)),
    }
}

fn unusable(setting: &str, value: &str) -> Problem {
    ProblemKind::SettingUnusable { setting: setting.to_owned(), value: value.chars().take(300).collect() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_registries_and_repositories() {
        for (text, expected) in [
            ("ghcr.io", Some(("ghcr.io", ""))),
            (" ghcr.io/team/app ", Some(("ghcr.io", "team/app"))),
            ("ghcr.io/team/app:1", Some(("ghcr.io", "team/app"))),
            ("localhost:5000", Some(("localhost:5000", ""))),
            ("index.docker.io", Some(("docker.io", ""))),
            ("alpine", Some(("docker.io", "library/alpine"))),
            ("docker.io/library/alpine", Some(("docker.io", "library/alpine"))),
            ("https://ghcr.io", None),
            ("oci:folder", None),
            ("", None),
            ("a b", None),
        ] {
            let expected = expected.map(|(registry, repository)| Place {
                registry: registry.to_owned(),
                repository: repository.to_owned(),
            });
            assert_eq!(Place::parse(text).ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_repository_may_repeat_its_registry() {
        let key = own_key("ghcr.io/team").unwrap();
        assert_eq!(repository(&key, "team/app").unwrap(), "team/app");
        assert_eq!(repository(&key, "ghcr.io/team/app:2").unwrap(), "team/app");
        assert!(repository(&key, "Team").is_err());
        let hub = own_key("docker.io").unwrap();
        assert_eq!(repository(&hub, "alpine").unwrap(), "library/alpine");
        assert!(own_key("https://ghcr.io").is_err());
    }
}
