//! Docker's folders of certificates per host: `certs.d/HOST[:PORT]/{*.crt,*.cert,*.key}`.

use std::path::{Path, PathBuf};

/// What the folders hold for one host and port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folders(Vec<PathBuf>);

impl Folders {
    /// The folders of `host` (without brackets) and `port`. A folder without a port is for TLS's own
    /// port, as Docker has it: there the name of a registry has none either.
    pub(crate) fn of(certs_d: &[PathBuf], host: &str, port: u16) -> Self {
        let names = names(host, port, cfg!(windows));
        let folders = certs_d.iter().flat_map(|place| names.iter().map(|name| place.join(name)));
        Self(folders.filter(|folder| folder.is_dir()).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Files with certificates of authorities.
    pub(crate) fn authorities(&self) -> Vec<PathBuf> {
        self.files("crt")
    }

    /// The first certificate of this client that has its key beside it, as certificate and key.
    pub(crate) fn client(&self) -> Option<(PathBuf, PathBuf)> {
        let pairs = self.files("cert").into_iter().map(|certificate| {
            let key = certificate.with_extension("key");
            (certificate, key)
        });
        pairs.into_iter().find(|(_, key)| key.is_file())
    }

    /// In the order of their names: which file counts shall not depend on the file system.
    fn files(&self, extension: &str) -> Vec<PathBuf> {
        let is_such = |path: &Path| path.extension().is_some_and(|e| e == extension);
        let folders = self.0.iter().filter_map(|folder| std::fs::read_dir(folder).ok());
        let mut files: Vec<_> = folders.flatten().flatten().map(|f| f.path()).filter(|p| is_such(p)).collect();
        files.sort();
        files
    }
}

/// How the folder of a host may be called. Windows has no colon in names: Docker leaves it out there.
fn names(host: &str, port: u16, windows: bool) -> Vec<String> {
    let host = host.to_ascii_lowercase();
    let six = host.contains(':');
    let bracketed = if six { format!("[{host}]") } else { host };
    let mut names = vec![format!("{bracketed}:{port}")];
    if port == 443 {
        names.push(bracketed);
    }
    if windows {
        for name in &mut names {
            *name = name.replace(':', "");
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_as_docker_names_them() {
        assert_eq!(names("R.example", 5000, false), ["r.example:5000"]);
        assert_eq!(names("r.example", 443, false), ["r.example:443", "r.example"]);
        assert_eq!(names("::1", 443, false), ["[::1]:443", "[::1]"]);
        assert_eq!(names("r.example", 5000, true), ["r.example5000"]);
    }

    #[test]
    fn a_certificate_without_its_key_is_none() {
        let place = tempfile::tempdir().unwrap();
        let name = &names("r.example", 5000, cfg!(windows))[0];
        let folder = place.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        for file in ["b.crt", "a.crt", "a.cert", "b.cert", "b.key", "c.txt"] {
            std::fs::write(folder.join(file), "").unwrap();
        }
        let found = Folders::of(&[place.path().to_owned()], "r.example", 5000);
        assert_eq!(found.authorities(), [folder.join("a.crt"), folder.join("b.crt")]);
        assert_eq!(found.client(), Some((folder.join("b.cert"), folder.join("b.key"))));
        assert!(Folders::of(&[place.path().to_owned()], "r.example", 5001).is_empty());
    }
}
