use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tokio::sync::OnceCell;

use crate::helper::{environment, run};
use crate::surroundings::{Surroundings, Variables};

/// What stands before and after the shell's `PATH`, whatever a profile prints around it.
const MARK: &str = "--kaibo-path--";

/// Finds helpers in absolute folders; never in the current one.
#[derive(Debug)]
pub(crate) struct Finder {
    variables: Variables,
    folders: Vec<PathBuf>,
    home: Option<PathBuf>,
    shell: Option<PathBuf>,
    /// `PATH` as the login shell has it: asked for once, when a helper is nowhere else.
    login: OnceCell<Vec<PathBuf>>,
}

impl Finder {
    pub(crate) fn new(surroundings: &Surroundings) -> Self {
        Self {
            variables: surroundings.variables.clone(),
            folders: surroundings.helper_folders.clone(),
            home: surroundings.home.clone(),
            shell: surroundings.login_shell.clone(),
            login: OnceCell::new(),
        }
    }

    pub(crate) fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// Where the program lies.
    ///
    /// # Errors
    /// Every folder that was searched, in order.
    pub(crate) async fn find(&self, program: &str) -> Result<PathBuf, Vec<String>> {
        let mut searched = Vec::new();
        if let Some(place) = look(program, self.path().into_iter().chain(self.folders.clone()), &mut searched) {
            return Ok(place);
        }
        let login = self.login.get_or_init(|| self.login_path()).await;
        look(program, login.iter().cloned(), &mut searched)
            .ok_or_else(|| searched.iter().map(|folder| folder.display().to_string()).collect())
    }

    /// The environment of the helper `name` that lies in `folder`.
    pub(crate) fn environment(&self, name: &str, folder: &Path) -> Vec<(OsString, OsString)> {
        let login = self.login.get().cloned().unwrap_or_default();
        let path = environment::path(folder, self.path().into_iter().chain(login));
        environment::of_helper(&self.variables, name, path)
    }

    fn path(&self) -> Vec<PathBuf> {
        absolute(self.variables.get("PATH").unwrap_or_default())
    }

    async fn login_path(&self) -> Vec<PathBuf> {
        let Some(shell) = &self.shell else { return Vec::new() };
        let path = self.variables.get("PATH").unwrap_or_default().to_owned();
        let environment = environment::of_helper(&self.variables, "none", path);
        let script = format!("printf '%s%s%s' {MARK} \"$PATH\" {MARK}");
        let said = Box::pin(run::say(shell, &["-l", "-c", &script], self.home(), environment)).await;
        let said = said.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let path = said.split(MARK).nth(1).unwrap_or_default();
        absolute(path.as_ref())
    }
}

/// A relative folder, and an empty one, is the current folder or below it.
fn absolute(path: &std::ffi::OsStr) -> Vec<PathBuf> {
    std::env::split_paths(path).filter(|folder| folder.is_absolute()).collect()
}

fn look(program: &str, folders: impl Iterator<Item = PathBuf>, searched: &mut Vec<PathBuf>) -> Option<PathBuf> {
    // With its ending, so that no `.bat` or `.cmd` is taken: those are read by a shell.
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    for folder in folders {
        if searched.contains(&folder) {
            continue;
        }
        if let Ok(place) = which::which_in(&file, Some(&folder), &folder) {
            return Some(place);
        }
        searched.push(folder);
    }
    None
}
