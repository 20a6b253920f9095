//! Files of the reader's own. Nothing is read or written here but what a dialog named.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use source::{Evidence, Problem, ProblemKind};
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use crate::opening::{self, PickKind};
use crate::window;

/// What is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SaveKind {
    /// The picture.
    Svg,
    /// The picture, in pixels.
    Png,
    /// The report.
    Md,
    /// The answer.
    Json,
}

impl SaveKind {
    const fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Md => "md",
            Self::Json => "json",
        }
    }
}

/// Asks for a file or folder and gives the reference that opens it.
#[tauri::command]
pub(crate) async fn pick_file(kind: PickKind, app: AppHandle) -> Result<Option<String>, Problem> {
    Ok(opening::pick(&app, kind).await)
}

/// Asks where to, and writes; gives the path, or nothing when the reader thinks better of it.
#[tauri::command]
pub(crate) async fn save_file(
    suggested_name: String,
    bytes: Vec<u8>,
    what: SaveKind,
    app: AppHandle,
    window: WebviewWindow,
) -> Result<Option<String>, Problem> {
    let title = window::words(&app).say("menu-save-title", &[]);
    let saved = tauri::async_runtime::spawn_blocking(move || {
        let extension = what.extension();
        let dialog = app
            .dialog()
            .file()
            .set_parent(&window)
            .set_title(title)
            .set_file_name(file_name(&suggested_name, extension))
            .add_filter(extension.to_uppercase(), &[extension]);
        let Some(path) = dialog.blocking_save_file().and_then(|picked| picked.into_path().ok()) else {
            return Ok(None);
        };
        write(&path, &bytes).map(|()| Some(path.display().to_string())).map_err(|error| unwritten(&path, &error))
    });
    saved.await.map_err(Problem::internal)?
}

/// A name that is one on every system, whatever the image is called.
fn file_name(suggested: &str, extension: &str) -> String {
    let suggested = suggested.strip_suffix(&format!(".{extension}")).unwrap_or(suggested);
    let tame = |c: char| if c.is_alphanumeric() || "-_.+@".contains(c) { c } else { '-' };
    let stem: String = suggested.chars().map(tame).take(120).collect();
    let stem = stem.trim_matches(['-', '.']);
    format!("{}.{extension}", if stem.is_empty() { "kaibo" } else { stem })
}

/// Writes beside the target and puts it in its place: what stood there is whole, old or new.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kaibo-");
    // The reader's own file, as any editor would write it; the umask takes its part.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn unwritten(path: &Path, error: &io::Error) -> Problem {
    let shown = path.display().to_string();
    Problem::new(ProblemKind::PathUnreadable { path: shown.clone() }).with(Evidence {
        attempted: format!("write {shown}"),
        status: None,
        said: Some(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_name_never_leaves_its_folder() {
        for (suggested, name) in [
            ("alpine-3.20", "alpine-3.20.svg"),
            ("alpine-3.20.svg", "alpine-3.20.svg"),
            ("../../etc/passwd", "etc-passwd.svg"),
            ("C:\\a\\b", "C--a-b.svg"),
            ("127.0.0.1:5000/demo/app:1@sha256:ab", "127.0.0.1-5000-demo-app-1@sha256-ab.svg"),
            ("a\u{202e}gpj\n", "a-gpj.svg"),
            ("", "kaibo.svg"),
            ("...", "kaibo.svg"),
        ] {
            assert_eq!(file_name(suggested, "svg"), name);
        }
        assert!(file_name(&"x".repeat(5000), "svg").len() < 200);
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("picture.svg");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let nowhere = folder.path().join("not there").join("picture.svg");
        let problem = unwritten(&nowhere, &write(&nowhere, b"x").unwrap_err());
        assert_eq!(problem.code(), "path-unreadable");
    }
}
