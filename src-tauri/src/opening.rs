//! What comes from outside the window to be opened: picked, dropped, given at the start or by a
//! second start. All of it ends as the text of a reference.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use explorer::Explorer;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter as _, Manager as _};
use tauri_plugin_dialog::DialogExt as _;
use words::Words;

use crate::window;

/// The event that fills the reference box.
const OPEN: &str = "open";

/// A reference for the box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub(crate) struct Opened {
    /// As it stands in the box.
    pub(crate) reference: String,
    /// Whether the reader's own act named it, so that it is opened at once. What a link names waits
    /// for the reader.
    pub(crate) begin: bool,
}

/// A file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PickKind {
    /// An archive.
    File,
    /// An image layout.
    Folder,
}

/// What was to be opened before the window listened.
#[derive(Debug)]
pub(crate) struct Waiting(Mutex<Option<Vec<Opened>>>);

impl Default for Waiting {
    fn default() -> Self {
        Self(Mutex::new(Some(Vec::new())))
    }
}

impl Waiting {
    /// The window listens from now on; what waited for it.
    pub(crate) fn listening(&self) -> Vec<Opened> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }

    /// Gives it back when the window listens already.
    fn keep(&self, opened: Opened) -> Option<Opened> {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(waiting) => {
                waiting.push(opened);
                None
            }
            None => Some(opened),
        }
    }
}

/// Hands a reference to the window, now or when it listens.
pub(crate) fn tell(app: &AppHandle, opened: Opened) {
    if let Some(opened) = app.state::<Waiting>().keep(opened) {
        // No window, nobody to tell.
        let _told = app.emit_to(window::LABEL, OPEN, opened);
    }
}

/// A file or folder was dropped or picked from the menu.
pub(crate) fn path(app: &AppHandle, path: PathBuf) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        let reference = reference_of(&app.state::<Arc<Explorer>>(), &path);
        tell(&app, Opened { reference, begin: true });
    });
}

/// The arguments of a start, the program's name first: the first one that is no option names what
/// is opened.
pub(crate) fn arguments(app: &AppHandle, arguments: impl IntoIterator<Item = OsString>, folder: &Path) {
    let is_option = |argument: &OsString| argument.as_encoded_bytes().starts_with(b"-");
    let Some(argument) = arguments.into_iter().skip(1).find(|argument| !is_option(argument)) else { return };
    let (app, folder) = (app.clone(), folder.to_owned());
    tauri::async_runtime::spawn_blocking(move || {
        let reference = named(&app.state::<Arc<Explorer>>(), &argument, &folder);
        tell(&app, Opened { reference, begin: true });
    });
}

/// A path where there is one, else a reference.
fn named(explorer: &Explorer, argument: &OsString, folder: &Path) -> String {
    let path = folder.join(argument);
    // A folder that happens to be called `alpine` does not hide the image.
    let is_path = path.exists() && (Path::new(argument).is_absolute() || explorer.detect(&path).is_ok());
    if is_path { reference_of(explorer, &path) } else { argument.to_string_lossy().into_owned() }
}

/// The reference of a path. What is no image gets one all the same: opening it says what is wrong.
fn reference_of(explorer: &Explorer, path: &Path) -> String {
    match explorer.detect(path) {
        Ok(reference) => reference.to_string(),
        Err(_) if path.is_dir() => format!("oci:{}", path.display()),
        Err(_) => format!("docker-archive:{}", path.display()),
    }
}

/// Asks the reader for a file or folder; `None` when they think better of it.
pub(crate) async fn pick(app: &AppHandle, kind: PickKind) -> Option<String> {
    let words = window::words(app);
    let app = app.clone();
    // The dialogs wait on a thread of their own.
    let picked = tauri::async_runtime::spawn_blocking(move || {
        let path = ask(&app, kind, &words)?;
        Some(reference_of(&app.state::<Arc<Explorer>>(), &path))
    });
    picked.await.ok().flatten()
}

fn ask(app: &AppHandle, kind: PickKind, words: &Words) -> Option<PathBuf> {
    let mut dialog = app.dialog().file();
    if let Some(window) = app.get_webview_window(window::LABEL) {
        dialog = dialog.set_parent(&window);
    }
    let picked = match kind {
        PickKind::File => dialog
            .set_title(words.say("menu-open-file-title", &[]))
            .add_filter(words.say("menu-archives", &[]), &["tar", "gz", "tgz"])
            .add_filter(words.say("menu-all-files", &[]), &["*"])
            .blocking_pick_file(),
        PickKind::Folder => dialog.set_title(words.say("menu-open-folder-title", &[])).blocking_pick_folder(),
    };
    picked?.into_path().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explorer() -> Explorer {
        Explorer::new(explorer::Options::default()).unwrap()
    }

    fn opened(reference: &str) -> Opened {
        Opened { reference: reference.to_owned(), begin: true }
    }

    #[test]
    fn what_comes_early_waits_for_the_window() {
        let waiting = Waiting::default();
        assert_eq!(waiting.keep(opened("a")), None);
        assert_eq!(waiting.listening(), [opened("a")]);
        assert_eq!(waiting.keep(opened("b")), Some(opened("b")));
        assert_eq!(waiting.listening(), []);
    }

    #[test]
    fn an_argument_is_a_path_where_there_is_an_image_and_else_a_reference() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("alpine")).unwrap();
        let name = |argument: &str| named(&explorer(), &argument.into(), folder.path());
        assert_eq!(name("alpine"), "alpine");
        assert_eq!(name("alpine:3.20"), "alpine:3.20");
        assert_eq!(name("sample:hello"), "sample:hello");

        let layout = folder.path().join("layout");
        std::fs::create_dir(&layout).unwrap();
        std::fs::write(layout.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#).unwrap();
        std::fs::write(layout.join("index.json"), r#"{"schemaVersion":2,"manifests":[]}"#).unwrap();
        assert_eq!(name("layout"), format!("oci:{}", layout.display()));
    }

    #[test]
    fn a_path_without_an_image_still_opens_so_that_it_is_explained() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.txt");
        std::fs::write(&file, "no archive").unwrap();
        assert_eq!(reference_of(&explorer(), &file), format!("docker-archive:{}", file.display()));
        assert_eq!(reference_of(&explorer(), folder.path()), format!("oci:{}", folder.path().display()));
    }
}
