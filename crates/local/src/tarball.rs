use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use anatomy::ByteSize;
use bytes::Bytes;
use flate2::bufread::MultiGzDecoder;

use crate::apart::{CHUNK, Stop, Stoppable};
use crate::fault::Fault;
use crate::members::{Members, Passing, Seeking, is_header};
use crate::store::{Store, give};

/// More than any archive of images unpacks to; a small file can claim to unpack to anything.
const MAX_UNPACKED: u64 = 256 << 30;
const BUFFER: usize = 64 << 10;

/// How an archive is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrapping {
    Plain,
    Gzip,
}

impl Wrapping {
    /// Looks at the first bytes of a file; `None` when it is no tar that is read here.
    pub(crate) fn of(path: &Path) -> io::Result<Option<Self>> {
        let mut first = Vec::with_capacity(512);
        File::open(path)?.take(512).read_to_end(&mut first)?;
        if first.starts_with(&[0x1f, 0x8b]) {
            return Ok(Some(Self::Gzip));
        }
        let header: Option<&[u8; 512]> = first.as_slice().try_into().ok();
        Ok(header.filter(|header| is_header(header)).map(|_| Self::Plain))
    }
}

/// A tar that stays where it lies. A plain one is read by seeking; one in gzip is unpacked in
/// passing, from its beginning, for each blob, and only its documents stay in memory.
#[derive(Debug)]
pub(crate) struct Tarball {
    path: PathBuf,
    wrapping: Wrapping,
    members: Members,
}

impl Tarball {
    /// Finds what the archive holds: headers only for a plain tar, one pass for one in gzip.
    pub(crate) fn open(path: &Path, wrapping: Wrapping, stop: &Stop) -> Result<Self, Fault> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let members = match wrapping {
            Wrapping::Plain => {
                let inner = BufReader::with_capacity(BUFFER, file);
                Members::of(&mut Seeking { inner, position: 0, length }, false)?
            }
            Wrapping::Gzip => {
                let mut passing = Passing(unpacking(file, stop));
                let members = Members::of(&mut passing, true)?;
                if passing.0.limit() == 0 {
                    return Err(Fault::TooLarge { limit: ByteSize(MAX_UNPACKED), size: None });
                }
                members
            }
        };
        stop.check()?;
        Ok(Self { path: path.to_owned(), wrapping, members })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.has(name)
    }
}

/// The archive in `file`, unpacked up to a limit.
fn unpacking(file: File, stop: &Stop) -> io::Take<impl Read> {
    let packed = Stoppable { inner: BufReader::with_capacity(BUFFER, file), stop: stop.clone() };
    // Between the two a buffer, since the decompressor wants to look ahead.
    let unpacked = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, packed));
    Stoppable { inner: unpacked, stop: stop.clone() }.take(MAX_UNPACKED)
}

impl Store for Tarball {
    fn size(&self, name: &str) -> Result<u64, Fault> {
        self.members.find(name).map(|member| member.size)
    }

    fn stream(&self, name: &str, stop: &Stop, take: &mut dyn FnMut(Bytes) -> bool) -> Result<(), Fault> {
        let member = self.members.find(name)?;
        if let Some(mut kept) = member.kept.clone() {
            while !kept.is_empty() {
                if !take(kept.split_to(kept.len().min(CHUNK))) {
                    break;
                }
            }
            return Ok(());
        }
        let mut file = File::open(&self.path)?;
        let mut asked = true;
        let mut take = |chunk| {
            asked = take(chunk);
            asked
        };
        let given = match self.wrapping {
            Wrapping::Plain => {
                file.seek(SeekFrom::Start(member.offset))?;
                give(Stoppable { inner: file, stop: stop.clone() }.take(member.size), &mut take)?
            }
            Wrapping::Gzip => {
                let mut unpacked = unpacking(file, stop);
                io::copy(&mut unpacked.by_ref().take(member.offset), &mut io::sink())?;
                give(unpacked.take(member.size), &mut take)?
            }
        };
        // Only somebody who wrote to the archive since can have shortened it.
        if asked && given < member.size { Err(Fault::Damaged("it ends inside this file")) } else { Ok(()) }
    }

    fn shown(&self, name: &str) -> String {
        format!("{} ({name})", self.path.display())
    }
}
