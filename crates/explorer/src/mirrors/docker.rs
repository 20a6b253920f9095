//! Docker's `daemon.json`: `registry-mirrors` (Docker Hub only) and `insecure-registries`.

use std::net::IpAddr;
use std::path::PathBuf;

use anatomy::Named;
use serde_json::Value;

use super::{Machine, Mirror, MirrorRule};

const ENGINE: &str = "docker";

/// The system's, the rootless engine's, Docker Desktop's, and those of Windows.
fn files(machine: &Machine) -> Vec<PathBuf> {
    let below = |folder: &Option<PathBuf>, parts: &[&str]| {
        folder.as_ref().map(|folder| parts.iter().fold(folder.clone(), |path, part| path.join(part)))
    };
    [
        below(&machine.etc, &["docker", "daemon.json"]),
        below(&machine.config, &["docker", "daemon.json"]),
        below(&machine.home, &[".docker", "daemon.json"]),
        below(&machine.program_data, &["docker", "config", "daemon.json"]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn of(named: &Named, machine: &Machine) -> Vec<Mirror> {
    let mut found = Vec::new();
    for file in files(machine) {
        let Some(settings) = super::read(&file).and_then(|text| serde_json::from_str::<Value>(&text).ok()) else {
            continue;
        };
        let texts = |name: &str| -> Vec<String> {
            settings[name].as_array().into_iter().flatten().filter_map(|v| v.as_str()).map(ToOwned::to_owned).collect()
        };
        if named.registry == "docker.io" {
            found.extend(
                texts("registry-mirrors").iter().map(|place| Mirror::new(MirrorRule::Mirror, place, ENGINE, &file)),
            );
        }
        let insecure = texts("insecure-registries").into_iter().find(|entry| covers(entry, &named.registry));
        if let Some(entry) = insecure {
            found.push(Mirror::new(MirrorRule::Insecure, &entry, ENGINE, &file));
        }
    }
    found
}

/// `host[:port]` literally, or a network that holds the address as which the host is written.
fn covers(entry: &str, registry: &str) -> bool {
    if entry.eq_ignore_ascii_case(registry) {
        return true;
    }
    let Some((network, bits)) = entry.split_once('/') else { return false };
    let host = match registry.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => registry,
    };
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    match (network.parse::<IpAddr>(), address, bits.parse::<u32>()) {
        (Ok(IpAddr::V4(network)), Ok(IpAddr::V4(address)), Ok(bits @ 0..=32)) => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            u32::from(network) & mask == u32::from(address) & mask
        }
        (Ok(IpAddr::V6(network)), Ok(IpAddr::V6(address)), Ok(bits @ 0..=128)) => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            u128::from(network) & mask == u128::from(address) & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{brief, machine, named, write};
    use super::*;

    #[test]
    fn mirrors_are_for_docker_hub_and_insecure_ones_for_their_host() {
        let root = tempfile::tempdir().unwrap();
        let text = r#"{"registry-mirrors": ["https://me:word@mirror.example/"],
            "insecure-registries": ["10.0.0.0/8", "r.example:5000"]}"#;
        write(root.path(), "etc/docker/daemon.json", text);
        write(root.path(), "home/.docker/daemon.json", "{ not json");
        let check = |typed: &str, expected: &[&str]| {
            assert_eq!(brief(&of(&named(typed), &machine(root.path()))), expected, "{typed}");
        };
        check("alpine", &["mirror https://mirror.example daemon.json"]);
        check("r.example:5000/a", &["insecure r.example:5000 daemon.json"]);
        check("10.1.2.3:5000/a", &["insecure 10.0.0.0/8 daemon.json"]);
        check("11.1.2.3:5000/a", &[]);
        check("r.example/a", &[]);
    }
}
