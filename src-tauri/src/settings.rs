//! What is remembered between starts: one JSON file in the app's config folder.
//!
//! A damaged file is no reason not to start: every field that can be read is used, and a file that
//! cannot be read at all is put aside, not overwritten.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use words::Language;

/// Opened images that are remembered.
const RECENT: usize = 50;

/// Names that a reader keeps, and registries that were looked into: each far fewer in practice.
const KEPT: usize = 500;

/// A settings file that is larger was not written here.
const FILE_BYTES: u64 = 1 << 20;

/// Which language the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub(crate) enum LanguageChoice {
    /// The system's.
    #[default]
    Auto,
    /// English.
    En,
    /// Japanese.
    Ja,
}

impl LanguageChoice {
    /// The language that is meant.
    pub(crate) fn language(self) -> Language {
        match self {
            Self::Auto => Language::detect(None),
            Self::En => Language::English,
            Self::Ja => Language::Japanese,
        }
    }
}

/// How the window looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub(crate) enum ThemeChoice {
    /// As the system.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Dark, with high contrast.
    Contrast,
}

/// Something that was opened before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub(crate) struct Recent {
    /// As typed.
    pub(crate) reference: String,
    /// Seconds since 1970.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub(crate) at: i64,
    /// What it named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) digest: Option<String>,
    /// In which role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<String>,
    /// How many images it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) images: Option<u32>,
}

/// All that is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub(crate) struct Settings {
    /// Which language.
    pub(crate) language: LanguageChoice,
    /// Which look.
    pub(crate) theme: ThemeChoice,
    /// The newest first.
    pub(crate) recent: Vec<Recent>,
    /// What the reader keeps at hand: `host/name` is a repository, `host/` or `host/namespace/` a registry.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>", optional))]
    pub(crate) favourites: Vec<String>,
    /// Registries that were looked into, as `host[:port]`, the newest first.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>", optional))]
    pub(crate) registries: Vec<String>,
}

impl Settings {
    /// What can be read of a text; the rest is as on the first start.
    fn read(text: &str) -> Option<Self> {
        let Ok(Value::Object(mut fields)) = serde_json::from_str(text) else { return None };
        let mut settings = Self {
            language: or_default(fields.remove("language")),
            theme: or_default(fields.remove("theme")),
            recent: readable(fields.remove("recent")),
            favourites: readable(fields.remove("favourites")),
            registries: readable(fields.remove("registries")),
        };
        settings.trim();
        Some(settings)
    }

    fn trim(&mut self) {
        self.recent.truncate(RECENT);
        self.favourites.truncate(KEPT);
        self.registries.truncate(KEPT);
    }
}

/// The entries of a list that can be read.
fn readable<T: DeserializeOwned>(value: Option<Value>) -> Vec<T> {
    let Some(Value::Array(entries)) = value else { return Vec::new() };
    entries.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect()
}

fn or_default<T: DeserializeOwned + Default>(value: Option<Value>) -> T {
    value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
}

/// The file that remembers.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
    /// Two saves at once would be a race for the last word.
    writing: Mutex<()>,
}

impl SettingsFile {
    /// `settings.json` in `folder`, which need not be there yet.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("settings.json"), writing: Mutex::default() }
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What is remembered.
    pub(crate) fn load(&self) -> Settings {
        let known = fs::metadata(&self.path).is_ok_and(|facts| facts.len() <= FILE_BYTES);
        let text = if known { fs::read(&self.path).ok() } else { None };
        let Some(text) = text else { return Settings::default() };
        Settings::read(&String::from_utf8_lossy(&text)).unwrap_or_else(|| {
            // Somebody may have written it by hand: what it says is theirs.
            let _kept = fs::rename(&self.path, self.path.with_extension("json.damaged"));
            Settings::default()
        })
    }

    /// Remembers.
    ///
    /// # Errors
    /// When the file cannot be written; the old one is whole then.
    pub(crate) fn save(&self, mut settings: Settings) -> io::Result<()> {
        settings.trim();
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = serde_json::to_vec_pretty(&settings)?;
        text.push(b'\n');
        let folder = self.path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
        fs::create_dir_all(folder)?;
        // The list of recent images is nobody else's business: the file stays 0600.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&text)?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recent(reference: &str) -> Recent {
        Recent { reference: reference.to_owned(), at: 1_795_000_000, digest: None, role: None, images: Some(3) }
    }

    #[test]
    fn what_was_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::in_folder(&folder.path().join("not yet there"));
        assert_eq!(file.load(), Settings::default());
        let settings = Settings {
            language: LanguageChoice::Ja,
            theme: ThemeChoice::Contrast,
            recent: vec![recent("alpine:3.20")],
            favourites: vec!["docker.io/library/alpine".to_owned(), "ghcr.io/".to_owned()],
            registries: vec!["ghcr.io".to_owned()],
        };
        file.save(settings.clone()).unwrap();
        assert_eq!(file.load(), settings);
    }

    #[test]
    fn a_file_of_an_earlier_version_is_read() {
        let settings = Settings::read(r#"{"language": "ja", "theme": "dark", "recent": []}"#).unwrap();
        assert_eq!((settings.theme, settings.favourites), (ThemeChoice::Dark, Vec::new()));
    }

    #[test]
    fn what_can_be_read_of_a_damaged_file_is_used() {
        let text = r#"{"language": "ja", "theme": 7, "recent": [{"reference": "a", "at": 1}, {"reference": 5}, "b"], "favourites": ["ghcr.io/", 7], "new": 1}"#;
        let settings = Settings::read(text).unwrap();
        assert_eq!(settings.language, LanguageChoice::Ja);
        assert_eq!(settings.theme, ThemeChoice::Auto);
        assert_eq!(settings.recent.len(), 1);
        assert_eq!(settings.favourites, ["ghcr.io/"]);
        assert_eq!(Settings::read(r#"{"recent": "none"}"#), Some(Settings::default()));
    }

    #[test]
    fn a_file_that_says_nothing_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::in_folder(folder.path());
        for damaged in [&b"{\"language\": \"ja"[..], b"", b"[]", b"\xff\xfe\0"] {
            fs::write(folder.path().join("settings.json"), damaged).unwrap();
            assert_eq!(file.load(), Settings::default());
            assert_eq!(fs::read(folder.path().join("settings.json.damaged")).unwrap(), damaged);
        }
        file.save(Settings::default()).unwrap();
    }

    #[test]
    fn the_lists_are_capped() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::in_folder(folder.path());
        let recent = (0..200).map(|number| recent(&number.to_string())).collect();
        let favourites = (0..2 * KEPT).map(|number| format!("r.test/{number}")).collect();
        file.save(Settings { recent, favourites, ..Settings::default() }).unwrap();
        let Settings { recent, favourites, .. } = file.load();
        assert_eq!((recent.len(), favourites.len()), (RECENT, KEPT));
        assert_eq!(recent[0].reference, "0");
    }

    #[test]
    fn nothing_half_written_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::in_folder(folder.path());
        for _ in 0..3 {
            file.save(Settings::default()).unwrap();
        }
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["settings.json"]);
    }
}
