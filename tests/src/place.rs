//! Where the workspace, its fixtures and its programs lie.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The top folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate lies in a folder of the workspace").to_owned()
}

/// The folder of fixtures that are too big or not free to be part of the project. It is looked for
/// beside the workspace and need not be there: tests that want it [skip] without it.
#[must_use]
pub fn shared(inner: &str) -> Option<PathBuf> {
    let path = root().parent()?.join("shared").join(inner);
    path.exists().then_some(path)
}

/// The samples that the program carries, as the layouts that they are made from.
#[must_use]
pub fn samples() -> PathBuf {
    root().join("crates/local/samples")
}

/// The fixtures of this crate.
#[must_use]
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Every OCI layout there is to test with: this crate's, the samples, and the shared ones.
#[must_use]
pub fn layouts() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = [Some(fixtures()), Some(samples()), shared("fixtures")]
        .into_iter()
        .flatten()
        .flat_map(|folder| folders(&folder))
        .filter(|folder| folder.join("oci-layout").is_file())
        .collect();
    found.sort();
    found
}

fn folders(place: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// A program that cargo has built beside the tests, in the same profile: `KAIBO_BIN_DIR`, or the
/// folder above the test's own executable.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let beside = || {
        let own = std::env::current_exe().expect("a running test has an executable");
        let folder = own.parent().expect("an executable lies in a folder");
        if folder.ends_with("deps") {
            folder.parent().expect("deps lies in the profile's folder").to_owned()
        } else {
            folder.to_owned()
        }
    };
    let folder = std::env::var_os("KAIBO_BIN_DIR").map_or_else(beside, PathBuf::from);
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.is_file(), "{} is not built: run `cargo build --workspace` first, as `npm test` does", path.display());
    path
}

/// An example of a crate, built beside the tests.
#[must_use]
pub fn example(name: &str) -> PathBuf {
    let beside = program("kaibo").parent().expect("a program lies in a folder").join("examples");
    let path = beside.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.is_file(), "{} is not built: run `cargo build --workspace --all-targets` first", path.display());
    path
}

/// Whether a program of the system can be found.
#[must_use]
pub fn installed(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// Says that a test had nothing to work on. The line goes to standard error and, for the summary of
/// `npm test`, to the file that `KAIBO_SKIPS` names: a skipped test must not pass for a passed one.
pub fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
    if let Some(file) = std::env::var_os("KAIBO_SKIPS") {
        let appended = OpenOptions::new().create(true).append(true).open(file);
        // One write, so that lines of tests that run at the same time do not mix.
        let _ = appended.and_then(|mut file| file.write_all(format!("{why}\n").as_bytes()));
    }
}
