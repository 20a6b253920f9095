//! `registries.conf` of Podman, Buildah and Skopeo (containers-registries.conf(5), version 2): the
//! main file, and the files of its drop-in folders over it.

use std::path::PathBuf;

use anatomy::Named;
use toml::{Table, Value};

use super::{Machine, Mirror, MirrorRule};

const ENGINE: &str = "containers";

/// One `[[registry]]`, and the file that it stands in.
struct Entry {
    prefix: String,
    table: Table,
    file: PathBuf,
}

pub(super) fn of(named: &Named, machine: &Machine) -> Vec<Mirror> {
    let mut entries: Vec<Entry> = Vec::new();
    for file in files(machine) {
        let Some(settings) = super::read(&file).and_then(|text| text.parse::<Table>().ok()) else { continue };
        let tables = settings.get("registry").and_then(Value::as_array).into_iter().flatten();
        for table in tables.filter_map(Value::as_table) {
            let Some(prefix) = text(table, "prefix").or_else(|| text(table, "location")) else { continue };
            let (prefix, table) = (prefix.to_owned(), table.clone());
            // What is read later takes the place of what says the same prefix.
            entries.retain(|entry| entry.prefix != prefix);
            entries.push(Entry { prefix, table, file: file.clone() });
        }
    }
    let name = format!("{}/{}", named.registry, named.repository);
    let best = entries.iter().filter_map(|entry| Some((matched(&entry.prefix, &name)?, entry)));
    match best.max_by_key(|(length, _)| *length) {
        Some((_, entry)) => told(entry, named),
        None => Vec::new(),
    }
}

fn files(machine: &Machine) -> Vec<PathBuf> {
    let own = machine.config.as_ref().map(|config| config.join("containers"));
    let system = machine.etc.as_ref().map(|etc| etc.join("containers"));
    let main = machine.registries_conf.clone().or_else(|| {
        let places = [&own, &system].into_iter().flatten().map(|folder| folder.join("registries.conf"));
        places.into_iter().find(|file| file.is_file())
    });
    let mut files: Vec<PathBuf> = main.into_iter().collect();
    for folder in [system, own].into_iter().flatten() {
        let listed = std::fs::read_dir(folder.join("registries.conf.d")).into_iter().flatten().flatten();
        let mut dropped: Vec<PathBuf> =
            listed.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "conf")).collect();
        dropped.sort();
        files.extend(dropped);
    }
    files
}

/// How much of the name a prefix covers: all of it, or up to a separator. `*.example.com` covers hosts
/// below that name.
fn matched(prefix: &str, name: &str) -> Option<usize> {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(['/', ':', '@']);
    if let Some(domain) = prefix.strip_prefix('*') {
        let host = name.split('/').next().unwrap_or_default();
        // A longer domain is the better match, and any plain prefix of a name is longer.
        return (domain.starts_with('.') && host.len() > domain.len() && host.ends_with(domain))
            .then_some(domain.len());
    }
    name.strip_prefix(prefix).filter(|rest| ends(rest)).map(|_| prefix.len() + 1)
}

fn told(entry: &Entry, named: &Named) -> Vec<Mirror> {
    let mirror = |rule, location: &str| Mirror::new(rule, location, ENGINE, &entry.file);
    let is = |table: &Table, name: &str| table.get(name).and_then(Value::as_bool).unwrap_or_default();
    let mut found = Vec::new();
    if is(&entry.table, "blocked") {
        found.push(mirror(MirrorRule::Blocked, &entry.prefix));
        return found;
    }
    let mirrors = entry.table.get("mirror").and_then(Value::as_array).into_iter().flatten();
    for table in mirrors.filter_map(Value::as_table).filter(|table| is_for(table, &entry.table, named)) {
        if let Some(location) = text(table, "location") {
            found.push(mirror(MirrorRule::Mirror, location));
            if is(table, "insecure") {
                found.push(mirror(MirrorRule::Insecure, location));
            }
        }
    }
    let location = text(&entry.table, "location").filter(|location| *location != entry.prefix);
    if let Some(location) = location {
        found.push(mirror(MirrorRule::Instead, location));
    }
    if is(&entry.table, "insecure") {
        found.push(mirror(MirrorRule::Insecure, location.unwrap_or(&entry.prefix)));
    }
    found
}

/// Whether a mirror is for what was named: some are for digests only, some for tags only.
fn is_for(mirror: &Table, registry: &Table, named: &Named) -> bool {
    let by_digest_only = registry.get("mirror-by-digest-only").and_then(Value::as_bool).unwrap_or_default();
    match text(mirror, "pull-from-mirror").unwrap_or(if by_digest_only { "digest-only" } else { "all" }) {
        "digest-only" => named.digest.is_some(),
        "tag-only" => named.digest.is_none(),
        _ => true,
    }
}

fn text<'t>(table: &'t Table, name: &str) -> Option<&'t str> {
    table.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{brief, machine, named, write};
    use super::*;

    #[test]
    fn the_longest_prefix_of_all_files_counts() {
        let root = tempfile::tempdir().unwrap();
        let main = r#"
            unqualified-search-registries = ["docker.io"]
            [[registry]]
            prefix = "docker.io/library"
            location = "hub.example/library"
            [[registry.mirror]]
            location = "mirror.example/hub"
            insecure = true
            [[registry.mirror]]
            location = "digests.example"
            pull-from-mirror = "digest-only"
            [[registry]]
            location = "docker.io"
            [[registry.mirror]]
            location = "all.example"
            [[registry]]
            prefix = "*.corp.example"
            blocked = true
            [[registry]]
            location = "plain.example:5000"
            insecure = true
        "#;
        write(root.path(), "home/.config/containers/registries.conf", main);
        write(root.path(), "etc/containers/registries.conf", "[[registry]]\nlocation = \"quay.io\"\nblocked = true");
        let dropped = "[[registry]]\nlocation = \"plain.example:5000\"\nblocked = true";
        write(root.path(), "etc/containers/registries.conf.d/10-own.conf", dropped);
        write(root.path(), "etc/containers/registries.conf.d/20-broken.conf", "= =");
        let check = |typed: &str, expected: &[&str]| {
            assert_eq!(brief(&of(&named(typed), &machine(root.path()))), expected, "{typed}");
        };
        let hub = [
            "mirror mirror.example/hub registries.conf",
            "insecure mirror.example/hub registries.conf",
            "instead hub.example/library registries.conf",
        ];
        check("alpine", &hub);
        check("me/app", &["mirror all.example registries.conf"]);
        check("docker.io/libraryx/app", &["mirror all.example registries.conf"]);
        check("a.corp.example/x", &["blocked *.corp.example registries.conf"]);
        check("corp.example/x", &[]);
        check("plain.example:5000/x", &["blocked plain.example:5000 10-own.conf"]);
        // The user's own main file takes the place of the system's.
        check("quay.io/x", &[]);
        let digest = format!("alpine@sha256:{}", "a".repeat(64));
        assert!(brief(&of(&named(&digest), &machine(root.path()))).iter().any(|line| line.contains("digests.example")));
    }
}
