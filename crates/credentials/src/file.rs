//! Reading a file with accounts, as strictly as it was named.

use std::io::ErrorKind;
use std::path::Path;

use source::{Evidence, LookFault, LookOutcome, Problem, ProblemKind};
use tokio::io::AsyncReadExt as _;

use crate::config::{Config, Malformed};
use crate::search::{Search, file};

/// More than this is no file with accounts.
const FILE_BYTES: u64 = 4 << 20;

/// How much a file matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// On the command line: it must be there and be understood.
    OnCommandLine,
    /// In a variable: if it is there, it must be understood.
    InVariable,
    /// By nobody: whatever is wrong with it is told, and is in nobody's way.
    ByNobody,
}

/// Which form a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Of config.json and auth.json.
    Config,
    /// Of `.dockercfg`: the accounts without `auths` around them.
    Dockercfg,
}

/// What is not there, or not what it should be.
pub(crate) enum Unread {
    Absent,
    Broken(Option<std::io::Error>),
}

/// The file's content.
pub(crate) async fn read(path: &Path, form: Form) -> Result<Config, Unread> {
    let text = text(path).await.map_err(|error| match error.kind() {
        // `~/.docker` may be a file, for all we know.
        ErrorKind::NotFound | ErrorKind::NotADirectory => Unread::Absent,
        _ => Unread::Broken(Some(error)),
    })?;
    let parsed = match form {
        Form::Config => Config::parse(&text),
        Form::Dockercfg => Config::parse_dockercfg(&text),
    };
    parsed.map_err(|Malformed| Unread::Broken(None))
}

/// The file's content; without it, what is missing is noted in the search.
///
/// # Errors
/// When the file was named and cannot be used.
pub(crate) async fn open(
    path: &Path,
    form: Form,
    named: Named,
    search: &mut Search<'_>,
) -> Result<Option<Config>, Problem> {
    match read(path, form).await {
        Ok(config) => Ok(Some(config)),
        Err(Unread::Absent) if named == Named::OnCommandLine => {
            let error = std::io::Error::from(ErrorKind::NotFound);
            Err(unreadable(path.display().to_string(), "open", Some(&error)))
        }
        Err(Unread::Absent) => {
            search.note(file(path), LookOutcome::Absent);
            Ok(None)
        }
        Err(Unread::Broken(error)) if named == Named::ByNobody => {
            search.fail(file(path), LookFault::Unreadable, error.map(|error| error.to_string()));
            Ok(None)
        }
        Err(Unread::Broken(error)) => {
            let attempted = if error.is_some() { "open" } else { "read" };
            Err(unreadable(path.display().to_string(), attempted, error.as_ref()))
        }
    }
}

async fn text(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    tokio::fs::File::open(path).await?.take(FILE_BYTES).read_to_end(&mut text).await?;
    Ok(text)
}

pub(crate) fn unreadable(place: String, attempted: &str, error: Option<&std::io::Error>) -> Problem {
    let evidence = Evidence { attempted: format!("{attempted} {place}"), status: None, said: None };
    let problem = Problem::new(ProblemKind::CredentialsUnreadable { place }).with(evidence);
    match error {
        Some(error) => problem.because(error),
        None => problem,
    }
}
