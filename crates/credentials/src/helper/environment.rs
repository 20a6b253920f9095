use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::surroundings::Variables;

/// What any program needs, what leads to the session's stores for secrets, and what leads out of it.
const KEPT: &[&str] = &[
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "LANGUAGE",
    "TMPDIR",
    "TMP",
    "TEMP",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "GNOME_KEYRING_CONTROL",
    "GNUPGHOME",
    "GPG_TTY",
    "SSH_AUTH_SOCK",
    "DOCKER_CONFIG",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// The same on Windows.
const KEPT_ON_WINDOWS: &[&str] = &[
    "SystemRoot",
    "SystemDrive",
    "windir",
    "PATHEXT",
    "USERPROFILE",
    "USERNAME",
    "USERDOMAIN",
    "HOMEDRIVE",
    "HOMEPATH",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
    "ProgramFiles",
    "ALLUSERSPROFILE",
    "PUBLIC",
];

/// Families of names that every helper gets.
const FAMILIES: &[&str] = &["LC_", "XDG_", "PASSWORD_STORE_"];

/// Families that hold keys of a cloud, and the parts of a helper's name that say that it is for it.
const CLOUDS: &[(&str, &[&str])] = &[
    ("AWS_", &["ecr", "aws"]),
    ("GOOGLE_", &["gcr", "gcloud", "google", "gar"]),
    ("CLOUDSDK_", &["gcr", "gcloud", "google", "gar"]),
    ("AZURE_", &["acr", "azure"]),
];

/// Helpers that have their accounts in a store of this machine: no key of a cloud is of use to them.
const STORES: &[&str] = &["desktop", "osxkeychain", "wincred", "pass", "secretservice", "none"];

/// The environment of a helper. Docker hands on all of its own; here keys of a cloud go to the
/// helpers of that cloud, and to those of a name that says nothing of what they are for.
pub(crate) fn of_helper(variables: &Variables, name: &str, path: OsString) -> Vec<(OsString, OsString)> {
    let is_kept = |variable: &OsStr| {
        let Some(variable) = variable.to_str() else { return false };
        let same = |kept: &str| kept.eq_ignore_ascii_case(variable);
        let family = |prefix: &str| variable.to_ascii_uppercase().starts_with(prefix);
        KEPT.iter().any(|kept| same(kept))
            || (cfg!(windows) && KEPT_ON_WINDOWS.iter().any(|kept| same(kept)))
            || FAMILIES.iter().any(|prefix| family(prefix))
            || CLOUDS.iter().any(|(prefix, parts)| family(prefix) && is_for(name, parts))
    };
    let mut kept: Vec<_> = variables.0.iter().filter(|(variable, _)| is_kept(variable)).cloned().collect();
    kept.push(("PATH".into(), path));
    kept
}

fn is_for(name: &str, parts: &[&str]) -> bool {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let is_known = STORES.contains(&name) || CLOUDS.iter().any(|(_, parts)| has(parts));
    has(parts) || !is_known
}

/// `PATH` for a helper: its own folder first, for the programs that it starts in its turn.
pub(crate) fn path(folder: &Path, others: impl IntoIterator<Item = PathBuf>) -> OsString {
    let mut folders = vec![folder.to_owned()];
    for other in others {
        if !folders.contains(&other) {
            folders.push(other);
        }
    }
    // A folder with a separator in its name is none that could be in a PATH.
    folders.retain(|folder| std::env::join_paths([folder]).is_ok());
    std::env::join_paths(folders).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_helper_gets_what_it_needs() {
        let names = [
            "HOME",
            "PATH",
            "https_proxy",
            "LC_ALL",
            "XDG_RUNTIME_DIR",
            "AWS_SECRET_ACCESS_KEY",
            "AZURE_CLIENT_SECRET",
            "DOCKER_AUTH_CONFIG",
            "GITHUB_TOKEN",
            "LD_PRELOAD",
        ];
        let variables = Variables(names.map(|name| (OsString::from(name), OsString::from("x"))).to_vec());
        let kept = |name: &str| -> Vec<String> {
            let kept = of_helper(&variables, name, "p".into());
            kept.iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect()
        };
        let always = ["HOME", "https_proxy", "LC_ALL", "XDG_RUNTIME_DIR"];
        assert_eq!(kept("desktop"), [&always[..], &["PATH"]].concat());
        assert_eq!(kept("ecr-login"), [&always[..], &["AWS_SECRET_ACCESS_KEY", "PATH"]].concat());
        let both = ["AWS_SECRET_ACCESS_KEY", "AZURE_CLIENT_SECRET", "PATH"];
        assert_eq!(kept("of-our-company"), [&always[..], &both].concat());
    }

    #[test]
    fn its_own_folder_comes_first() {
        let folder = std::env::temp_dir().join("a");
        let other = std::env::temp_dir().join("b");
        let path = path(&folder, [other.clone(), folder.clone(), other.clone()]);
        assert_eq!(std::env::split_paths(&path).collect::<Vec<_>>(), [folder, other]);
    }
}
