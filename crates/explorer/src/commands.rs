use anatomy::{EdgeKind, Named, NodeId, Reference, Role};
use serde::{Deserialize, Serialize};
use source::{Problem, ProblemKind, Thing};

use crate::Inspection;

/// A command line of another program that fetches the same bytes, quoted for this system's shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Command {
    /// `crane`, `curl`, `skopeo`, `docker`, `kaibo`, …
    pub tool: String,
    /// The line.
    pub line: String,
}

/// Every manifest type in one header: without the list types, registries of old convert.
const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, \
                      application/vnd.docker.distribution.manifest.list.v2+json, \
                      application/vnd.docker.distribution.manifest.v2+json";

impl Inspection {
    /// The commands that fetch the document or blob of a node.
    ///
    /// # Errors
    /// `NotFound` for a node that is not in the picture.
    pub fn commands(&self, node: &NodeId) -> Result<Vec<Command>, Problem> {
        let (role, digest, by_blob) = self
            .with_dissection(|dissection| {
                let graph = dissection.graph();
                let known = graph.node(node)?;
                let as_blob =
                    |edge: &&anatomy::Edge| matches!(edge.kind, EdgeKind::Layer | EdgeKind::Config) && edge.to == *node;
                let by_blob = graph.edges.iter().any(|edge| as_blob(&edge));
                Some((known.role, known.digest.as_ref().map(ToString::to_string), by_blob))
            })?
            .ok_or_else(|| Problem::from(ProblemKind::NotFound { thing: Thing::Manifest, name: node.to_string() }))?;
        let blob = by_blob || matches!(role, Role::Layer | Role::Config);
        Ok(match &self.reference {
            Reference::Registry(named) => in_registry(named, digest.as_deref(), blob, role == Role::Index),
            Reference::Oci { path, .. } => in_layout(path, digest.as_deref()),
            Reference::OciArchive { path, .. } | Reference::DockerArchive { path, .. } => {
                in_archive(path, digest.as_deref())
            }
            other => vec![line("kaibo", &["inspect", &other.to_string(), "--json"])],
        })
    }
}

fn in_registry(named: &Named, digest: Option<&str>, blob: bool, index: bool) -> Vec<Command> {
    let repository = format!("{}/{}", named.registry, named.repository);
    let (whole, reference) = match digest {
        Some(digest) => (format!("{repository}@{digest}"), digest.to_owned()),
        None => (
            named.to_string(),
            named.digest.as_ref().map_or_else(|| named.tag.clone().unwrap_or_default(), ToString::to_string),
        ),
    };
    let host = if named.registry == "docker.io" { "registry-1.docker.io" } else { &named.registry };
    let scheme = if is_loopback(&named.registry) { "http" } else { "https" };
    let url = |endpoint: &str| format!("{scheme}://{host}/v2/{}/{endpoint}/{reference}", named.repository);
    if blob {
        return vec![
            line("crane", &["blob", &whole]),
            line("oras", &["blob", "fetch", "--output", "-", &whole]),
            line("curl", &["-fsSL", &url("blobs")]),
        ];
    }
    let docker = format!("docker://{whole}");
    let mut lines = vec![
        line("crane", &["manifest", &whole]),
        line("skopeo", &["inspect", "--raw", &docker]),
        line("docker", &["buildx", "imagetools", "inspect", "--raw", &whole]),
        line("curl", &["-fsSL", "-H", &format!("Accept: {ACCEPT}"), &url("manifests")]),
    ];
    if !index {
        lines.push(line("oras", &["manifest", "fetch", &whole]));
    }
    lines
}

fn in_layout(path: &str, digest: Option<&str>) -> Vec<Command> {
    let file = match digest.and_then(|digest| digest.split_once(':')) {
        Some((algorithm, encoded)) => format!("{path}/blobs/{algorithm}/{encoded}"),
        None => format!("{path}/index.json"),
    };
    vec![if cfg!(windows) { line("Get-Content", &["-Raw", &file]) } else { line("cat", &[&file]) }]
}

fn in_archive(path: &str, digest: Option<&str>) -> Vec<Command> {
    match digest.and_then(|digest| digest.split_once(':')) {
        Some((algorithm, encoded)) => vec![line("tar", &["-xOf", path, &format!("blobs/{algorithm}/{encoded}")])],
        None => vec![line("tar", &["-tf", path])],
    }
}

fn is_loopback(registry: &str) -> bool {
    let host = registry.rsplit_once(':').map_or(registry, |(host, _)| host);
    host == "localhost" || host.starts_with("127.") || host == "[::1]"
}

fn line(tool: &str, arguments: &[&str]) -> Command {
    let quote = if cfg!(windows) { for_powershell } else { for_posix_shell };
    let words: Vec<String> = arguments.iter().map(|argument| quote(argument)).collect();
    Command { tool: tool.to_owned(), line: format!("{tool} {}", words.join(" ")) }
}

/// Whether a word means itself in every shell. `@` begins a splat in PowerShell only as a first letter.
fn is_plain(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':' | '@' | '+' | '=' | ',');
    !word.is_empty() && !word.starts_with('@') && word.chars().all(plain)
}

fn for_posix_shell(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

fn for_powershell(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_their_shell() {
        for (word, posix, powershell) in [
            ("ghcr.io/a/b@sha256:aa", "ghcr.io/a/b@sha256:aa", "ghcr.io/a/b@sha256:aa"),
            ("it's; rm -rf $HOME", r"'it'\''s; rm -rf $HOME'", "'it''s; rm -rf $HOME'"),
            ("a`b", "'a`b'", "'a`b'"),
            ("", "''", "''"),
        ] {
            assert_eq!(for_posix_shell(word), posix);
            assert_eq!(for_powershell(word), powershell);
        }
    }

    #[test]
    fn loopback_registries_are_shown_in_the_clear() {
        assert!(is_loopback("localhost:5000") && is_loopback("127.0.0.1:5100") && is_loopback("[::1]:5000"));
        assert!(!is_loopback("localhost.example:5000"));
    }
}
