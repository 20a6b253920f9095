//! containerd's `certs.d/HOST/hosts.toml`: who is asked before the server, in the order of the file.

use std::path::PathBuf;

use anatomy::Named;
use toml::{Table, Value};

use super::{Machine, Mirror, MirrorRule};

const ENGINE: &str = "containerd";

pub(super) fn of(named: &Named, machine: &Machine) -> Vec<Mirror> {
    let Some(file) = file(&named.registry, machine) else { return Vec::new() };
    let Some(text) = super::read(&file) else { return Vec::new() };
    let Ok(settings) = text.parse::<Table>() else { return Vec::new() };
    let mut found = Vec::new();
    let server = settings.get("server").and_then(Value::as_str).map(bare);
    if let Some(server) = server.as_deref().filter(|server| !is_itself(server, &named.registry)) {
        found.push(Mirror::new(MirrorRule::Instead, server, ENGINE, &file));
    }
    let mut hosts: Vec<(&String, &Table)> = settings
        .get("host")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
        .filter_map(|(host, table)| Some((host, table.as_table()?)))
        .collect();
    // The order of the file is the order in which they are asked.
    hosts.sort_by_key(|(host, _)| text.find(host.as_str()));
    for (host, table) in hosts.into_iter().filter(|(_, table)| pulls(table)) {
        let location = bare(host);
        if !is_itself(&location, &named.registry) {
            found.push(Mirror::new(MirrorRule::Mirror, &location, ENGINE, &file));
        }
        if table.get("skip_verify").and_then(Value::as_bool).unwrap_or_default() || host.starts_with("http://") {
            found.push(Mirror::new(MirrorRule::Insecure, &location, ENGINE, &file));
        }
    }
    found
}

/// The folder of the host (its colon may be written in other ways), or the one for all hosts.
fn file(registry: &str, machine: &Machine) -> Option<PathBuf> {
    let places = machine.etc.as_ref()?.join("containerd").join("certs.d");
    let mut names = Vec::new();
    if let Some((host, port)) = registry.rsplit_once(':') {
        if !cfg!(windows) {
            names.push(registry.to_owned());
        }
        names.extend([format!("{host}_{port}_"), format!("{host}{port}")]);
    } else {
        names.push(registry.to_owned());
    }
    names.push("_default".to_owned());
    names.into_iter().map(|name| places.join(name).join("hosts.toml")).find(|file| file.is_file())
}

/// Without capabilities a host does everything; else it has to pull or resolve.
fn pulls(table: &Table) -> bool {
    let Some(list) = table.get("capabilities").and_then(Value::as_array) else { return true };
    list.iter().filter_map(Value::as_str).any(|capability| matches!(capability, "pull" | "resolve"))
}

fn bare(address: &str) -> String {
    super::without_account(address.split_once("://").map_or(address, |(_, rest)| rest))
}

/// Docker Hub has several names.
fn is_itself(location: &str, registry: &str) -> bool {
    let hub = |name: &str| matches!(name, "docker.io" | "registry-1.docker.io" | "index.docker.io");
    let host = location.split('/').next().unwrap_or_default();
    host.eq_ignore_ascii_case(registry) || (hub(host) && hub(registry))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{brief, machine, named, write};
    use super::*;

    #[test]
    fn hosts_are_told_in_the_order_of_the_file() {
        let root = tempfile::tempdir().unwrap();
        let hub = r#"
            server = "https://registry-1.docker.io"
            [host."https://z.example"]
              capabilities = ["pull", "resolve"]
            [host."http://a.example:5000/v2/hub"]
              capabilities = ["pull"]
              skip_verify = true
            [host."https://push.example"]
              capabilities = ["push"]
        "#;
        write(root.path(), "etc/containerd/certs.d/docker.io/hosts.toml", hub);
        let default = "server = \"https://cache.example\"";
        write(root.path(), "etc/containerd/certs.d/_default/hosts.toml", default);
        let check = |typed: &str, expected: &[&str]| {
            assert_eq!(brief(&of(&named(typed), &machine(root.path()))), expected, "{typed}");
        };
        check(
            "alpine",
            &[
                "mirror z.example hosts.toml",
                "mirror a.example:5000/v2/hub hosts.toml",
                "insecure a.example:5000/v2/hub hosts.toml",
            ],
        );
        check("quay.io/x", &["instead cache.example hosts.toml"]);
    }
}
