//! What containers' tools (Podman, Skopeo, Buildah) have beside auth.json: the helpers of
//! registries.conf (containers-registries.conf(5), `credential-helpers`).

use std::path::{Path, PathBuf};

use serde::Deserialize;
use source::LookFault;

use crate::helper::line_of;
use crate::key;
use crate::search::{Search, file};
use crate::surroundings::Surroundings;

/// The name that stands for auth.json in the list of helpers.
const FILES: &str = "containers-auth.json";

/// Where containers' tools look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Helper {
    /// auth.json.
    Files,
    /// `docker-credential-NAME`, the name not checked yet.
    Program(String),
}

#[derive(Deserialize)]
struct Conf {
    #[serde(default, rename = "credential-helpers")]
    helpers: Vec<String>,
}

/// What a helper is asked for: containers' tools write the host, Docker has an address for its Hub.
pub(crate) fn servers(registry: &str) -> Vec<String> {
    let mut servers = vec![registry.to_owned()];
    let docker = key::docker_server(registry);
    if docker != registry {
        servers.push(docker.to_owned());
    }
    servers
}

/// The helpers in their order; auth.json alone where no file says otherwise. A file that cannot be
/// used is noted and passed over.
pub(crate) async fn helpers(around: &Surroundings, search: &mut Search<'_>) -> Vec<Helper> {
    let mut names = Vec::new();
    for path in files(around).await {
        match read(&path).await {
            Ok(conf) if !conf.helpers.is_empty() => names = conf.helpers,
            Ok(_) => {}
            Err(said) => search.fail(file(&path), LookFault::Unreadable, Some(line_of(&said))),
        }
    }
    if names.is_empty() {
        return vec![Helper::Files];
    }
    names.into_iter().map(|name| if name == FILES { Helper::Files } else { Helper::Program(name) }).collect()
}

/// The one registries.conf that counts, and what changes it, by name.
async fn files(around: &Surroundings) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        around.registries_conf.iter().find(|path| path.is_file()).cloned().into_iter().collect();
    for folder in &around.registries_conf_d {
        let Ok(mut entries) = tokio::fs::read_dir(folder).await else { continue };
        let mut own = Vec::new();
        while let Ok(Some(entry)) = entries.next_entry().await {
            own.push(entry.path());
        }
        own.retain(|path| path.extension().is_some_and(|extension| extension == "conf"));
        own.sort();
        files.extend(own);
    }
    files
}

async fn read(path: &Path) -> Result<Conf, String> {
    let text = tokio::fs::read_to_string(path).await.map_err(|error| error.to_string())?;
    toml::from_str(&text).map_err(|error| error.message().to_owned())
}

#[cfg(test)]
mod tests {
    use source::{LookOutcome, Whose};

    use super::*;

    #[tokio::test]
    async fn the_last_file_that_names_helpers_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let (own, system, drop_ins) = (path("own.conf"), path("system.conf"), path("d"));
        std::fs::create_dir(&drop_ins).unwrap();
        std::fs::write(&system, "credential-helpers = [\"system\"]").unwrap();
        let around = Surroundings {
            registries_conf: vec![own.clone(), system],
            registries_conf_d: vec![drop_ins.clone(), path("nowhere")],
            ..Surroundings::default()
        };
        let whose = Whose::of("r.example", "");
        let listed = async || {
            let mut search = Search::new(&whose);
            let helpers = helpers(&around, &mut search).await;
            (helpers, search.end().looks)
        };
        let program = |name: &str| Helper::Program(name.to_owned());
        assert_eq!(listed().await, (vec![program("system")], Vec::new()));
        std::fs::write(&own, "unqualified-search-registries = [\"docker.io\"]\n[[registry]]\nlocation = \"x\"")
            .unwrap();
        assert_eq!(listed().await.0, [Helper::Files]);
        std::fs::write(drop_ins.join("1.conf"), "credential-helpers = [\"secretservice\", \"containers-auth.json\"]")
            .unwrap();
        std::fs::write(drop_ins.join("2.conf"), "credential-helpers = 7").unwrap();
        std::fs::write(drop_ins.join("readme"), "credential-helpers = [\"x\"]").unwrap();
        let (helpers, looks) = listed().await;
        assert_eq!(helpers, [program("secretservice"), Helper::Files]);
        assert!(matches!(looks[0].outcome, LookOutcome::Failed { fault: LookFault::Unreadable, .. }), "{looks:?}");
        assert_eq!(looks.len(), 1);
    }

    #[test]
    fn the_hub_has_two_names() {
        assert_eq!(servers("r.example"), ["r.example"]);
        assert_eq!(servers("docker.io"), ["docker.io", "https://index.docker.io/v1/"]);
    }
}
