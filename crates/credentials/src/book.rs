use std::fs::File;
use std::io::{Error, ErrorKind, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The folder of Kaibo's own settings that both programs share: `KAIBO_CONFIG_DIR`, or the usual
/// place of the system; `None` on a system that has no such place.
#[must_use]
pub fn config_folder() -> Option<PathBuf> {
    let named = std::env::var_os("KAIBO_CONFIG_DIR").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.or_else(|| directories::ProjectDirs::from("", "", "kaibo").map(|dirs| dirs.config_dir().to_owned()))
}

/// A small JSON file that both programs read and write. Only its user can read it; it is changed
/// as a whole or not at all; a damaged one is put aside.
#[derive(Clone, Debug)]
pub struct Book<T> {
    file: Option<PathBuf>,
    content: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned + Default> Book<T> {
    /// The file `name` in a folder; without a folder nothing can be kept.
    #[must_use]
    pub fn new(folder: Option<&Path>, name: &str) -> Self {
        Self { file: folder.map(|folder| folder.join(name)), content: PhantomData }
    }

    /// Where it is.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What it holds; nothing while it is not there or cannot be read.
    #[must_use]
    pub fn read(&self) -> T {
        self.file.as_deref().and_then(|file| content(file).ok().flatten()).unwrap_or_default()
    }

    /// Changes it, while no other program does.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> Result<R, Error> {
        let file = self.file.as_deref().ok_or(ErrorKind::NotFound)?;
        let folder = file.parent().ok_or(ErrorKind::NotFound)?;
        std::fs::create_dir_all(folder)?;
        let lock = File::options().create(true).truncate(false).write(true).open(file.with_extension("lock"))?;
        lock.lock()?;
        let mut content = content(file)?.unwrap_or_default();
        let result = change(&mut content);
        let mut text = serde_json::to_vec_pretty(&content)?;
        text.push(b'\n');
        // Temporary files are made for their user alone (0600).
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(&text)?;
        new.as_file().sync_all()?;
        new.persist(file).map_err(|error| error.error)?;
        Ok(result)
    }
}

/// `None` when there is none, or when it was damaged and is out of the way now.
fn content<T: DeserializeOwned>(file: &Path) -> Result<Option<T>, Error> {
    let text = match std::fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match serde_json::from_slice(&text) {
        Ok(content) => Ok(Some(content)),
        Err(_) => {
            std::fs::rename(file, file.with_extension("damaged.json"))?;
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type Numbers = BTreeMap<String, u32>;

    #[test]
    fn a_book_is_changed_as_a_whole_and_for_its_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a").join("b");
        let book = Book::<Numbers>::new(Some(&inner), "numbers.json");
        assert!(book.read().is_empty());
        assert_eq!(book.change(|numbers| numbers.insert("one".to_owned(), 1)).unwrap(), None);
        assert_eq!(book.read()["one"], 1);
        assert_eq!(book.change(|numbers| numbers.remove("one")).unwrap(), Some(1));
        let names = std::fs::read_dir(&inner).unwrap().flatten().map(|entry| entry.file_name());
        let mut names: Vec<_> = names.collect();
        names.sort();
        assert_eq!(names, ["numbers.json", "numbers.lock"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(book.file().unwrap()).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn programs_that_write_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let folder = folder.path();
                scope.spawn(move || {
                    let book = Book::<Numbers>::new(Some(folder), "numbers.json");
                    for number in 0..10 {
                        book.change(|numbers| numbers.insert(format!("{writer}-{number}"), number)).unwrap();
                    }
                });
            }
        });
        assert_eq!(Book::<Numbers>::new(Some(folder.path()), "numbers.json").read().len(), 80);
    }

    #[test]
    fn a_damaged_book_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::<Numbers>::new(Some(folder.path()), "numbers.json");
        std::fs::write(book.file().unwrap(), "{\"one\": ").unwrap();
        assert!(book.read().is_empty());
        let aside = folder.path().join("numbers.damaged.json");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{\"one\": ");
        book.change(|numbers| numbers.insert("two".to_owned(), 2)).unwrap();
        assert_eq!(book.read()["two"], 2);
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let book = Book::<Numbers>::new(None, "numbers.json");
        assert!(book.read().is_empty());
        assert!(book.change(|_| ()).is_err());
    }
}
