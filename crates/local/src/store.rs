use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anatomy::ByteSize;
use bytes::{Bytes, BytesMut};

use crate::apart::{CHUNK, Stop, Stoppable};
use crate::fault::Fault;

/// Named files that can be read: a folder, a tar, a table in the program. Names are written as in
/// a tar, parts joined by `/`, and come only from this crate, from a checked digest, or from an
/// archive's own manifest (and then lead nowhere but into the archive).
pub(crate) trait Store: fmt::Debug + Send + Sync {
    /// Its size.
    fn size(&self, name: &str) -> Result<u64, Fault>;

    /// Gives its bytes in order until `take` answers `false`.
    fn stream(&self, name: &str, stop: &Stop, take: &mut dyn FnMut(Bytes) -> bool) -> Result<(), Fault>;

    /// How evidence names it.
    fn shown(&self, name: &str) -> String;

    /// All its bytes when they are at most `limit`: counted as they are read, whatever was promised.
    fn read(&self, name: &str, limit: u64, stop: &Stop) -> Result<Bytes, Fault> {
        let size = self.size(name)?;
        if size > limit {
            return Err(Fault::TooLarge { limit: ByteSize(limit), size: Some(ByteSize(size)) });
        }
        let mut read = BytesMut::new();
        let mut over = false;
        self.stream(name, stop, &mut |chunk| {
            over = read.len() as u64 + chunk.len() as u64 > limit;
            if !over {
                read.extend_from_slice(&chunk);
            }
            !over
        })?;
        if over {
            return Err(Fault::TooLarge { limit: ByteSize(limit), size: None });
        }
        Ok(read.freeze())
    }

    /// The first `count` bytes, or fewer when there are no more.
    fn beginning(&self, name: &str, count: usize, stop: &Stop) -> Result<Bytes, Fault> {
        let mut read = Bytes::new();
        self.stream(name, stop, &mut |mut chunk| {
            chunk.truncate(count);
            read = chunk;
            false
        })?;
        Ok(read)
    }
}

/// Gives everything that `reader` has, in chunks.
pub(crate) fn give(mut reader: impl Read, take: &mut dyn FnMut(Bytes) -> bool) -> Result<u64, Fault> {
    let mut given = 0;
    loop {
        let mut chunk = BytesMut::zeroed(CHUNK);
        let mut filled = 0;
        while filled < chunk.len() {
            match reader.read(&mut chunk[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        if filled == 0 {
            return Ok(given);
        }
        chunk.truncate(filled);
        given += filled as u64;
        if !take(chunk.freeze()) {
            return Ok(given);
        }
    }
}

/// A folder. Nothing outside of it is read: a layout comes from anywhere, and a link in it to
/// `/etc/shadow` would show that file as a "config".
#[derive(Debug)]
pub(crate) struct Folder {
    /// As typed, for evidence.
    typed: PathBuf,
    /// Without links and `..`.
    root: PathBuf,
}

impl Folder {
    pub(crate) fn new(typed: &Path) -> std::io::Result<Self> {
        Ok(Self { typed: typed.to_owned(), root: fs::canonicalize(typed)? })
    }

    /// The file without links on its way, and its size.
    fn find(&self, name: &str) -> Result<(PathBuf, u64), Fault> {
        let path = joined(&self.root, name);
        let real = fs::canonicalize(path).map_err(absent)?;
        if !real.starts_with(&self.root) {
            return Err(Fault::LeadsOut);
        }
        let facts = fs::metadata(&real).map_err(absent)?;
        if !facts.is_file() {
            return Err(Fault::NotAFile);
        }
        Ok((real, facts.len()))
    }
}

impl Store for Folder {
    fn size(&self, name: &str) -> Result<u64, Fault> {
        self.find(name).map(|(_, size)| size)
    }

    fn stream(&self, name: &str, stop: &Stop, take: &mut dyn FnMut(Bytes) -> bool) -> Result<(), Fault> {
        let (path, _) = self.find(name)?;
        let file = File::open(path).map_err(absent)?;
        give(Stoppable { inner: file, stop: stop.clone() }, take)?;
        Ok(())
    }

    fn shown(&self, name: &str) -> String {
        joined(&self.typed, name).display().to_string()
    }
}

fn joined(root: &Path, name: &str) -> PathBuf {
    name.split('/').fold(root.to_owned(), |path, part| path.join(part))
}

fn absent(error: std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Fault::Absent,
        _ => Fault::Io(error),
    }
}
