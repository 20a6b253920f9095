use std::io;
use std::path::Path;

use anatomy::ByteSize;
use source::{Evidence, Problem, ProblemKind};

/// Why something of a layout or archive was not given. Becomes a [`Problem`] where the place and
/// what was wanted are known.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The place can be read and does not have it.
    #[error("no such file in it")]
    Absent,
    /// Over the limit of its kind.
    #[error("larger than {} bytes", limit.0)]
    TooLarge { limit: ByteSize, size: Option<ByteSize> },
    /// It is there, and does not open or does not read to its end.
    #[error("cannot be read")]
    Io(#[from] io::Error),
    /// A symbolic link leads out of the layout; it is not followed.
    #[error("a symbolic link leads out of the layout")]
    LeadsOut,
    /// A folder, a pipe or a device where a file should be: opening a pipe would wait for ever.
    #[error("not a regular file")]
    NotAFile,
    /// The archive ends early or breaks the format, so that what is missing may have been there.
    #[error("the archive is damaged: {0}")]
    Damaged(&'static str),
    /// The bytes are there and are not what the format wants there.
    #[error("not the expected format: {0}")]
    Format(String),
    /// Our fault.
    #[error("the read failed")]
    Internal(#[source] tokio::task::JoinError),
    /// Nobody waits for it any more.
    #[error("stopped")]
    Stopped,
}

impl Fault {
    /// The problem, when `absent` says what a missing file means and `unfit` what a wrong format means.
    pub(crate) fn problem(&self, attempted: String, shown: &str, absent: ProblemKind, unfit: ProblemKind) -> Problem {
        let kind = match self {
            Self::Absent => absent,
            Self::TooLarge { limit, size } => ProblemKind::TooLarge { limit: *limit, size: *size },
            Self::Format(_) => unfit,
            Self::Stopped => ProblemKind::Cancelled,
            Self::Internal(_) => ProblemKind::Internal,
            Self::Io(_) | Self::LeadsOut | Self::NotAFile | Self::Damaged(_) => {
                ProblemKind::PathUnreadable { path: shown.to_owned() }
            }
        };
        Problem::new(kind).with(tried(attempted)).because(self)
    }
}

/// The problem of a path that the reader gave and that does not open.
pub(crate) fn unopened(path: &Path, error: &io::Error) -> Problem {
    let shown = path.display().to_string();
    let kind = match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ProblemKind::PathNotFound { path: shown },
        _ => ProblemKind::PathUnreadable { path: shown },
    };
    Problem::new(kind).with(opened(path)).because(error)
}

/// Evidence: `open PATH`.
pub(crate) fn opened(path: &Path) -> Evidence {
    tried(format!("open {}", path.display()))
}

/// Evidence of an attempt that has no status.
pub(crate) fn tried(attempted: String) -> Evidence {
    Evidence { attempted, status: None, said: None }
}
