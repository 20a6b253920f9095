//! What a tar holds, found by one walk over its headers. Nothing is extracted.

use std::collections::HashMap;
use std::io::{self, BufReader, Read};

use bytes::Bytes;

use crate::fault::Fault;

const BLOCK: u64 = 512;
/// More members than any image has; each costs memory.
const MAX_MEMBERS: usize = 1_000_000;
/// Longest name that is kept; Linux allows no longer path.
const MAX_NAME: usize = 4096;
/// All names together.
const MAX_NAMES: usize = 64 << 20;
/// Largest extended header (PAX records, GNU long names) that is read.
const MAX_EXTENDED: u64 = 1 << 20;
/// Largest document that is kept while an archive is unpacked, and all of them together.
const MAX_KEPT: u64 = 8 << 20;
const MAX_KEPT_ALL: u64 = 64 << 20;
/// How often a link may lead to a link.
const MAX_LINKS: usize = 8;

/// A reader that can leave bytes out: a file seeks, a decompressor has to read them.
pub(crate) trait Forward: Read {
    /// Leaves out `count` bytes; `UnexpectedEof` when there are fewer.
    fn skip(&mut self, count: u64) -> io::Result<()>;
}

/// A file of known length.
pub(crate) struct Seeking<R> {
    pub(crate) inner: BufReader<R>,
    pub(crate) position: u64,
    pub(crate) length: u64,
}

impl<R: Read> Read for Seeking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Read + io::Seek> Forward for Seeking<R> {
    fn skip(&mut self, count: u64) -> io::Result<()> {
        // A seek past the end succeeds, so that a cut archive would look whole.
        let after = self.position.checked_add(count).filter(|after| *after <= self.length);
        let after = after.ok_or(io::ErrorKind::UnexpectedEof)?;
        let distance = i64::try_from(count).map_err(|_| io::ErrorKind::UnexpectedEof)?;
        self.inner.seek_relative(distance)?;
        self.position = after;
        Ok(())
    }
}

/// A stream that cannot seek.
pub(crate) struct Passing<R>(pub(crate) R);

impl<R: Read> Read for Passing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> Forward for Passing<R> {
    fn skip(&mut self, count: u64) -> io::Result<()> {
        let passed = io::copy(&mut (&mut self.0).take(count), &mut io::sink())?;
        if passed == count { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

/// A file of an archive.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Where its bytes begin in the (unpacked) archive.
    pub(crate) offset: u64,
    pub(crate) size: u64,
    /// Its bytes, where reading them again would be dear.
    pub(crate) kept: Option<Bytes>,
    /// The archive ends inside it.
    pub(crate) cut: bool,
}

#[derive(Debug)]
enum Found {
    File(Member),
    /// The name that it stands for, from the root of the archive.
    Link(String),
}

/// The files of an archive by name.
#[derive(Debug, Default)]
pub(crate) struct Members {
    by_name: HashMap<String, Found>,
    names_length: usize,
    kept: u64,
    /// Why the walk ended before the end mark.
    damage: Option<&'static str>,
}

impl Members {
    /// Walks over a tar. With `keep`, documents of JSON stay in memory.
    ///
    /// A damaged archive gives what was found before the damage; later entries of a name replace
    /// earlier ones, as they do when an archive is extracted.
    pub(crate) fn of(reader: &mut dyn Forward, keep: bool) -> Result<Self, Fault> {
        let mut members = Self::default();
        match members.walk(reader, keep) {
            Ok(()) => Ok(members),
            Err(Fault::Damaged(how)) => {
                members.damage = Some(how);
                Ok(members)
            }
            // A broken gzip stream is damage as well; what the stop flag says is not.
            Err(Fault::Io(error)) if is_damage(&error) => {
                members.damage = Some("it ends early or its compression is broken");
                Ok(members)
            }
            Err(fault) => Err(fault),
        }
    }

    /// The file of this name, through the links of the archive and never out of it.
    pub(crate) fn find(&self, name: &str) -> Result<&Member, Fault> {
        let mut name = plain(name, "").ok_or(Fault::Absent)?;
        for _ in 0..=MAX_LINKS {
            match self.by_name.get(&name) {
                Some(Found::File(member)) if member.cut => return Err(Fault::Damaged("it ends inside this file")),
                Some(Found::File(member)) => return Ok(member),
                Some(Found::Link(target)) => name.clone_from(target),
                None => return Err(self.damage.map_or(Fault::Absent, Fault::Damaged)),
            }
        }
        Err(Fault::Absent)
    }

    /// Whether there is such a name at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    fn walk(&mut self, reader: &mut dyn Forward, keep: bool) -> Result<(), Fault> {
        let mut at = 0u64;
        let mut said = Extended::default();
        for _ in 0..MAX_MEMBERS {
            let mut block = [0; BLOCK as usize];
            match fill(reader, &mut block)? {
                0 => return Ok(()), // Some writers leave out the end mark.
                512 => {}
                _ if at == 0 => return Err(Fault::Format("not a tar".to_owned())),
                _ => return Err(Fault::Damaged("it ends inside a header")),
            }
            at += BLOCK;
            if block.iter().all(|byte| *byte == 0) {
                return Ok(());
            }
            let header = tar::Header::from_byte_slice(&block);
            if !checksum_fits(&block, header) {
                if at == BLOCK {
                    return Err(Fault::Format("not a tar".to_owned()));
                }
                return Err(Fault::Damaged("a header's checksum is wrong"));
            }
            let size = match header.entry_type() {
                tar::EntryType::Link
                | tar::EntryType::Symlink
                | tar::EntryType::Char
                | tar::EntryType::Block
                | tar::EntryType::Directory
                | tar::EntryType::Fifo => 0,
                _ => match said.size {
                    Some(size) => size,
                    None => header.entry_size().map_err(|_| Fault::Damaged("a header's size is wrong"))?,
                },
            };
            let next = size
                .checked_next_multiple_of(BLOCK)
                .and_then(|padded| at.checked_add(padded))
                .ok_or(Fault::Damaged("a header's size is wrong"))?;
            let read = match header.entry_type() {
                tar::EntryType::XHeader => said.pax(&extended(reader, size)?)?,
                tar::EntryType::GNULongName => said.name(extended(reader, size)?),
                tar::EntryType::GNULongLink => said.link(extended(reader, size)?),
                tar::EntryType::XGlobalHeader => 0,
                _ => self.note(
                    reader,
                    header,
                    std::mem::take(&mut said),
                    Member { offset: at, size, kept: None, cut: false },
                    keep,
                )?,
            };
            reader.skip(next - at - read)?;
            at = next;
        }
        Err(Fault::Damaged("it has more than 1,000,000 entries"))
    }

    /// Notes an entry; says how many of its bytes were read.
    fn note(
        &mut self,
        reader: &mut dyn Forward,
        header: &tar::Header,
        said: Extended,
        mut member: Member,
        keep: bool,
    ) -> Result<u64, Fault> {
        let name = said.name.unwrap_or_else(|| header.path_bytes().into_owned());
        let Some(name) = text(name).and_then(|name| plain(&name, "")) else {
            return Ok(0); // No name that an image's own files have.
        };
        self.names_length += name.len();
        if self.names_length > MAX_NAMES {
            return Err(Fault::Damaged("its names are too long"));
        }
        let link = || said.link.or_else(|| header.link_name_bytes().map(std::borrow::Cow::into_owned)).and_then(text);
        match header.entry_type() {
            // In old tars a folder is a regular entry whose name ends in a slash.
            tar::EntryType::Regular if header.path_bytes().ends_with(b"/") => Ok(0),
            tar::EntryType::Regular | tar::EntryType::Continuous => {
                let mut read = 0;
                if keep && (1..=MAX_KEPT).contains(&member.size) && self.kept + member.size <= MAX_KEPT_ALL {
                    let mut first = [0];
                    read = fill(reader, &mut first)? as u64;
                    if matches!(first[0], b'{' | b'[') {
                        let mut bytes = vec![first[0]];
                        read += Read::take(&mut *reader, member.size - 1).read_to_end(&mut bytes)? as u64;
                        self.kept += read;
                        member.kept = Some(bytes.into());
                    }
                }
                let left = member.size - read;
                let whole = reader.skip(left);
                member.cut = whole.is_err();
                read += left;
                self.by_name.insert(name, Found::File(member));
                whole?;
                Ok(read)
            }
            tar::EntryType::Symlink => {
                let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
                if let Some(target) = link().filter(|link| !link.starts_with('/')).and_then(|link| plain(&link, folder))
                {
                    self.by_name.insert(name, Found::Link(target));
                }
                Ok(0)
            }
            tar::EntryType::Link => {
                if let Some(target) = link().and_then(|link| plain(&link, "")) {
                    self.by_name.insert(name, Found::Link(target));
                }
                Ok(0)
            }
            _ => Ok(0),
        }
    }
}

/// What extended headers say of the entry after them.
#[derive(Default)]
struct Extended {
    name: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Extended {
    fn pax(&mut self, records: &[u8]) -> Result<u64, Fault> {
        for record in tar::PaxExtensions::new(records) {
            let record = record.map_err(|_| Fault::Damaged("a PAX record is malformed"))?;
            match record.key_bytes() {
                b"path" => self.name = Some(record.value_bytes().to_owned()),
                b"linkpath" => self.link = Some(record.value_bytes().to_owned()),
                b"size" => {
                    let size = record.value().ok().and_then(|size| size.parse().ok());
                    self.size = Some(size.ok_or(Fault::Damaged("a PAX record is malformed"))?);
                }
                _ => {}
            }
        }
        Ok(records.len() as u64)
    }

    fn name(&mut self, bytes: Vec<u8>) -> u64 {
        let read = bytes.len() as u64;
        self.name = Some(until_nul(bytes));
        read
    }

    fn link(&mut self, bytes: Vec<u8>) -> u64 {
        let read = bytes.len() as u64;
        self.link = Some(until_nul(bytes));
        read
    }
}

/// The content of an extended header.
fn extended(reader: &mut dyn Forward, size: u64) -> Result<Vec<u8>, Fault> {
    if size > MAX_EXTENDED {
        return Err(Fault::Damaged("an extended header is too large"));
    }
    let mut bytes = Vec::new();
    Read::take(&mut *reader, size).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(Fault::Damaged("it ends inside a header")) }
}

/// Whether `block` can be a tar's header at all: the test for "is this a tar".
pub(crate) fn is_header(block: &[u8; 512]) -> bool {
    checksum_fits(block, tar::Header::from_byte_slice(block))
}

fn checksum_fits(block: &[u8], header: &tar::Header) -> bool {
    // The field of the checksum itself counts as spaces.
    let sum: u32 =
        block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) }).sum();
    header.cksum().is_ok_and(|said| said == sum)
}

/// Reads until `buffer` is full or the end is reached; says how much.
fn fill(reader: &mut dyn Forward, buffer: &mut [u8]) -> Result<usize, Fault> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(filled)
}

fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData)
}

fn until_nul(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some(end) = bytes.iter().position(|byte| *byte == 0) {
        bytes.truncate(end);
    }
    bytes
}

fn text(bytes: Vec<u8>) -> Option<String> {
    if bytes.len() > MAX_NAME { None } else { String::from_utf8(bytes).ok() }
}

/// `name`, seen from `folder`, from the root of the archive and without `.` and `..`; `None` when
/// it is the root or leads out of the archive.
fn plain(name: &str, folder: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() { None } else { Some(parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_stay_in_the_archive() {
        let check =
            |name, folder, expected: Option<&str>| assert_eq!(plain(name, folder).as_deref(), expected, "{name}");
        check("./blobs//sha256/ab", "", Some("blobs/sha256/ab"));
        check("/index.json", "", Some("index.json"));
        check("../other/layer.tar", "id", Some("other/layer.tar"));
        check("../../layer.tar", "id", None);
        check("..", "id", None);
        check("./", "", None);
    }
}
