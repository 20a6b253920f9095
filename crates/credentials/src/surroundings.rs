use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

use source::Secret;

/// The variable with a config.json as text.
pub(crate) const INLINE: &str = "DOCKER_AUTH_CONFIG";

/// What the environment says of where accounts are, and with what credential helpers are run.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `DOCKER_AUTH_CONFIG`.
    pub docker_auth_config: Option<Secret>,
    /// `--authfile`: it must be there.
    pub authfile: Option<PathBuf>,
    /// `REGISTRY_AUTH_FILE`: it need not be there yet.
    pub registry_auth_file: Option<PathBuf>,
    /// `DOCKER_CONFIG`, a folder.
    pub docker_config: Option<PathBuf>,
    /// The home folder.
    pub home: Option<PathBuf>,
    /// Where containers' auth.json may be, in their order.
    pub containers_auth: Vec<PathBuf>,
    /// Where their registries.conf may be: the first that is there counts.
    pub registries_conf: Vec<PathBuf>,
    /// Folders with files that change it, the later ones more.
    pub registries_conf_d: Vec<PathBuf>,
    /// Where credential helpers are looked for after `PATH`.
    pub helper_folders: Vec<PathBuf>,
    /// `SHELL`: it knows a longer `PATH` than a program that was started by a double-click.
    pub login_shell: Option<PathBuf>,
    /// The environment, of which helpers get what they need.
    pub variables: Variables,
}

/// Environment variables. Their values are not shown: some are secrets.
#[derive(Clone, Default)]
pub struct Variables(pub Vec<(OsString, OsString)>);

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Variables {
    pub(crate) fn get(&self, name: &str) -> Option<&OsStr> {
        let is = |own: &OsStr| if cfg!(windows) { own.eq_ignore_ascii_case(name) } else { own == name };
        self.0.iter().find(|(own, _)| is(own)).map(|(_, value)| value.as_os_str())
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.get(name).filter(|value| !value.is_empty()).map(PathBuf::from)
    }
}

impl Surroundings {
    /// The environment and home folder of this process, and the file of `--authfile`.
    #[must_use]
    pub fn of_this_process(authfile: Option<PathBuf>) -> Self {
        let variables = Variables(std::env::vars_os().collect());
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        let config = variables.path("XDG_CONFIG_HOME").or_else(|| home.as_ref().map(|home| home.join(".config")));
        let containers = config.map(|config| config.join("containers"));
        let system = cfg!(unix).then(|| Path::new("/etc").join("containers"));
        let conf = |folder: &PathBuf| folder.join("registries.conf");
        let conf_d = |folder: &PathBuf| folder.join("registries.conf.d");
        Self {
            docker_auth_config: std::env::var(INLINE).ok().filter(|v| !v.trim().is_empty()).map(Secret::new),
            authfile,
            registry_auth_file: variables.path("REGISTRY_AUTH_FILE"),
            docker_config: variables.path("DOCKER_CONFIG"),
            containers_auth: containers_auth(&variables, containers.as_deref()),
            registries_conf: match variables.path("CONTAINERS_REGISTRIES_CONF") {
                Some(named) => vec![named],
                None => containers.iter().chain(&system).map(conf).collect(),
            },
            registries_conf_d: system.iter().chain(&containers).map(conf_d).collect(),
            helper_folders: helper_folders(&variables, home.as_deref()),
            login_shell: variables.path("SHELL").filter(|shell| cfg!(unix) && shell.is_absolute()),
            home,
            variables,
        }
    }

    /// Docker's config.json.
    pub(crate) fn docker_file(&self) -> Option<PathBuf> {
        let folder = self.docker_config.clone().or_else(|| self.home.as_ref().map(|home| home.join(".docker")));
        folder.map(|folder| folder.join("config.json"))
    }

    /// What Docker had before config.json.
    pub(crate) fn dockercfg(&self) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join(".dockercfg"))
    }
}

/// containers-auth.json(5): the runtime folder on Linux, which does not outlive the session, then the
/// folder of settings.
fn containers_auth(variables: &Variables, config: Option<&Path>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    if cfg!(target_os = "linux") {
        let runtime = variables.path("XDG_RUNTIME_DIR").map(|folder| folder.join("containers"));
        let usual = || own_id().map(|id| Path::new("/run").join("containers").join(id.to_string()));
        files.extend(runtime.or_else(usual).map(|folder| folder.join("auth.json")));
    }
    files.extend(config.map(|folder| folder.join("auth.json")));
    files
}

#[cfg(unix)]
fn own_id() -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").ok().map(|own| own.uid())
}

#[cfg(not(unix))]
fn own_id() -> Option<u32> {
    None
}

/// Where the usual installers put helpers. A program that was started by a double-click has a `PATH`
/// that knows none of them.
fn helper_folders(variables: &Variables, home: Option<&Path>) -> Vec<PathBuf> {
    let below = |base: Option<&Path>, parts: &[&str]| {
        base.map(|base| parts.iter().fold(base.to_owned(), |path, part| path.join(part)))
    };
    if cfg!(windows) {
        let programs = variables.path("ProgramFiles");
        let local = variables.path("LOCALAPPDATA");
        let rancher = ["Rancher Desktop", "resources", "resources", "win32", "bin"];
        let own_rancher = ["Programs", "Rancher Desktop", "resources", "resources", "win32", "bin"];
        let found = [
            below(programs.as_deref(), &["Docker", "Docker", "resources", "bin"]),
            below(local.as_deref(), &["Programs", "DockerDesktop", "resources", "bin"]),
            below(local.as_deref(), &own_rancher),
            below(programs.as_deref(), &rancher),
            below(home, &[".rd", "bin"]),
        ];
        return found.into_iter().flatten().collect();
    }
    let root = Some(Path::new("/"));
    let mut found = Vec::new();
    if cfg!(target_os = "macos") {
        found.push(below(root, &["Applications", "Docker.app", "Contents", "Resources", "bin"]));
    }
    found.extend([
        below(home, &[".docker", "bin"]),
        below(root, &["usr", "local", "bin"]),
        below(root, &["opt", "homebrew", "bin"]),
        below(home, &[".rd", "bin"]),
        below(home, &[".orbstack", "bin"]),
        below(home, &[".local", "bin"]),
        below(root, &["usr", "bin"]),
    ]);
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_variables_are_not_shown() {
        let variables = Variables(vec![("AWS_SECRET_ACCESS_KEY".into(), "hunter2".into())]);
        let shown = format!("{:?}", Surroundings { variables, ..Surroundings::default() });
        assert!(shown.contains("AWS_SECRET_ACCESS_KEY") && !shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn containers_files_are_those_of_the_manual() {
        let variables = Variables(vec![("XDG_RUNTIME_DIR".into(), "run".into())]);
        let files = containers_auth(&variables, Some(Path::new("config")));
        let config = Path::new("config").join("auth.json");
        if cfg!(target_os = "linux") {
            assert_eq!(files, [Path::new("run").join("containers").join("auth.json"), config]);
            let usual = containers_auth(&Variables::default(), None);
            assert!(usual.iter().all(|file| file.starts_with("/run/containers")), "{usual:?}");
            assert_eq!(usual.len(), 1);
        } else {
            assert_eq!(files, [config]);
        }
    }

    #[test]
    fn every_helper_folder_is_absolute() {
        let home = std::env::temp_dir();
        let folders = helper_folders(&Variables(std::env::vars_os().collect()), Some(&home));
        assert!(!folders.is_empty() && folders.iter().all(|folder| folder.is_absolute()), "{folders:?}");
        assert!(folders.contains(&home.join(".rd").join("bin")));
    }
}
