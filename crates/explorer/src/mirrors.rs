//! What the engines' own files on this machine say about a registry: they would ask elsewhere first,
//! take plain HTTP, or refuse. Read and shown, never used: Kaibo asks the registry itself.

mod containerd;
mod containers;
mod docker;

use std::path::{Path, PathBuf};

use anatomy::Named;
use serde::{Deserialize, Serialize};

/// The most of one such file that is read, in bytes.
const FILE_BYTES: u64 = 1 << 20;

/// What an engine on this machine would do otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Mirror {
    /// `host[:port][/prefix]`, as configured.
    pub location: String,
    /// The file that says so.
    pub file: String,
    /// Who reads that file: `docker`, `containers`, `containerd` (messages `probe-engine-NAME`).
    pub engine: String,
    /// What it says.
    pub rule: MirrorRule,
}

/// What such a file says (messages `probe-mirror-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum MirrorRule {
    /// This place is asked first.
    Mirror,
    /// This place is asked, and not the one that was named.
    Instead,
    /// Certificates are not checked, and plain HTTP will do.
    Insecure,
    /// Nothing is fetched from there.
    Blocked,
}

impl Mirror {
    fn new(rule: MirrorRule, location: &str, engine: &str, file: &Path) -> Self {
        let location = anatomy::visible(&without_account(location)).chars().take(300).collect();
        Self { location, file: file.display().to_string(), engine: engine.to_owned(), rule }
    }
}

/// A mirror may be written as an address with an account in it.
fn without_account(location: &str) -> String {
    let (scheme, rest) = location.split_once("://").map_or(("", location), |(scheme, rest)| (scheme, rest));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').map_or((rest, None), |(host, path)| (host, Some(path)));
    let host = host.rsplit('@').next().unwrap_or_default();
    let scheme = if scheme.is_empty() { String::new() } else { format!("{scheme}://") };
    match path.map(|path| path.trim_end_matches('/')).filter(|path| !path.is_empty()) {
        Some(path) => format!("{scheme}{host}/{path}"),
        None => format!("{scheme}{host}"),
    }
}

/// Where the files are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Machine {
    /// The user's home.
    home: Option<PathBuf>,
    /// `~/.config`, or `XDG_CONFIG_HOME`.
    config: Option<PathBuf>,
    /// `/etc`; nowhere on Windows.
    etc: Option<PathBuf>,
    /// `%ProgramData%`.
    program_data: Option<PathBuf>,
    /// `CONTAINERS_REGISTRIES_CONF`.
    registries_conf: Option<PathBuf>,
}

impl Machine {
    /// This one.
    pub(crate) fn this() -> Self {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        Self {
            config: variable("XDG_CONFIG_HOME").or_else(|| home.as_ref().map(|home| home.join(".config"))),
            home,
            etc: cfg!(unix).then(|| PathBuf::from("/etc")),
            program_data: variable("ProgramData").filter(|_| cfg!(windows)),
            registries_conf: variable("CONTAINERS_REGISTRIES_CONF"),
        }
    }
}

/// What every engine's files say about an image. A file that cannot be read or understood says
/// nothing: its engine would complain by itself.
pub(crate) fn of(named: &Named, machine: &Machine) -> Vec<Mirror> {
    let mut found = docker::of(named, machine);
    found.extend(containers::of(named, machine));
    found.extend(containerd::of(named, machine));
    found
}

/// The text of a file of a sensible size.
fn read(path: &Path) -> Option<String> {
    use std::io::Read as _;
    let file = std::fs::File::open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    file.take(FILE_BYTES + 1).read_to_string(&mut text).ok()?;
    (text.len() as u64 <= FILE_BYTES).then_some(text)
}

#[cfg(test)]
mod testing {
    use std::path::Path;

    use anatomy::{Named, Reference};

    use super::Machine;

    pub(super) fn named(typed: &str) -> Named {
        let Ok(Reference::Registry(named)) = Reference::parse(typed) else { panic!("{typed} is no image") };
        named
    }

    pub(super) fn machine(root: &Path) -> Machine {
        Machine {
            home: Some(root.join("home")),
            config: Some(root.join("home").join(".config")),
            etc: Some(root.join("etc")),
            program_data: None,
            registries_conf: None,
        }
    }

    pub(super) fn write(root: &Path, path: &str, text: &str) {
        let path = path.split('/').fold(root.to_owned(), |folder, part| folder.join(part));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Rule, place and the file's name of everything that was found.
    pub(super) fn brief(found: &[super::Mirror]) -> Vec<String> {
        let name = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        found.iter().map(|m| format!("{} {} {}", <&str>::from(m.rule), m.location, name(&m.file))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_in_an_address_is_not_shown() {
        assert_eq!(without_account("https://me:word@mirror.example/a/?x=1"), "https://mirror.example/a");
        assert_eq!(without_account("me:word@mirror.example"), "mirror.example");
        assert_eq!(without_account("mirror.example:5000/a/b"), "mirror.example:5000/a/b");
    }
}
