//! What can be typed. Help texts are not here: they come from the catalogue (see [`crate::help`]),
//! so fields bear plain comments, which clap does not take for help.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

#[derive(Debug, Parser)]
#[command(
    name = "kaibo",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Task,
    #[arg(long, global = true, value_name = "LANG", value_parser = ["en", "ja"])]
    // Looked for before parsing, since help and errors are in it too; here it is only checked.
    lang: Option<String>,
}

// A command whose work is not there yet is absent, not a stub.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    Inspect(Inspect),
    Verify(Verify),
    Probe(Probe),
    Repos(Repos),
    Tags(Tags),
    Login(Login),
    Logout(Logout),
    Accounts(Accounts),
    Samples(Samples),
    Completions(Completions),
    Help(Help),
}

impl Task {
    /// Whether a word is a command.
    pub(crate) fn known(word: &str) -> bool {
        <Self as Subcommand>::has_subcommand(word)
    }
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    #[arg(value_name = "REF")]
    pub(crate) reference: String,
    #[arg(long, value_name = "PLATFORM")]
    pub(crate) platform: Option<String>,
    #[arg(long, conflicts_with = "platform")]
    pub(crate) all: bool,
    #[arg(long)]
    pub(crate) referrers: bool,
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Tree, conflicts_with = "json")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) reach: Reach,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Tree,
    Imagetools,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[arg(value_name = "REF")]
    pub(crate) reference: String,
    #[arg(long)]
    pub(crate) blobs: bool,
    #[command(flatten)]
    pub(crate) reach: Reach,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Debug, Args)]
pub(crate) struct Probe {
    #[arg(value_name = "REF")]
    pub(crate) reference: String,
    #[arg(long)]
    pub(crate) headers: bool,
    #[command(flatten)]
    pub(crate) ask: Ask,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Debug, Args)]
pub(crate) struct Repos {
    #[arg(value_name = "REGISTRY")]
    pub(crate) registry: String,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: Option<u32>,
    #[command(flatten)]
    pub(crate) ask: Ask,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Debug, Args)]
pub(crate) struct Tags {
    #[arg(value_name = "REPOSITORY")]
    pub(crate) repository: String,
    #[arg(long)]
    pub(crate) digests: bool,
    #[arg(long, value_name = "N", requires = "digests")]
    pub(crate) budget: Option<u32>,
    #[arg(long = "match", id = "match", value_name = "PATTERN")]
    pub(crate) pattern: Option<String>,
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = Sort::Version)]
    pub(crate) sort: Sort,
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) ask: Ask,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    Version,
    Date,
    Name,
}

#[derive(Debug, Args)]
pub(crate) struct Login {
    #[arg(value_name = "REGISTRY")]
    pub(crate) registry: String,
    #[arg(long, short, value_name = "USER")]
    pub(crate) username: Option<String>,
    #[arg(long)]
    pub(crate) password_stdin: bool,
    #[arg(long, conflicts_with_all = ["password_stdin", "username"])]
    pub(crate) token_stdin: bool,
    #[arg(long, value_name = "NAME")]
    pub(crate) repository: Option<String>,
    #[arg(long)]
    pub(crate) no_keep: bool,
    #[arg(long, value_name = "PROFILE", conflicts_with_all = ["username", "password_stdin", "token_stdin", "repository"])]
    pub(crate) aws_profile: Option<String>,
    // Other programs take it, so it is typed by habit: taken here to say why it is not taken, and
    // so that no message repeats what stands behind it.
    #[arg(long, short = 'p', hide = true, value_name = "PASSWORD", num_args = 0..=1)]
    pub(crate) password: Option<Option<String>>,
    // One file is remembered; it may hold several certificates.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) wire: Wire,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Debug, Args)]
pub(crate) struct Logout {
    #[arg(value_name = "REGISTRY")]
    pub(crate) registry: String,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Debug, Args)]
pub(crate) struct Accounts {
    #[arg(long, value_name = "PLACE")]
    pub(crate) why: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) authfile: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Debug, Args)]
pub(crate) struct Samples {
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Help {
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

/// How the answer is given.
#[derive(Debug, Args)]
pub(crate) struct Speech {
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// How a source is reached.
#[derive(Debug, Args)]
pub(crate) struct Reach {
    #[arg(long)]
    pub(crate) offline: bool,
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    #[arg(long)]
    pub(crate) no_cache: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) authfile: Option<PathBuf>,
    #[arg(long, conflicts_with = "tls")]
    pub(crate) plain_http: bool,
    #[arg(long)]
    pub(crate) tls: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) insecure: bool,
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_realm: Vec<String>,
    #[arg(long, value_name = "HOST:PORT:ADDRESS")]
    pub(crate) resolve: Vec<String>,
    #[arg(long, value_name = "N")]
    pub(crate) budget: Option<u32>,
}

/// How a registry is asked for what it holds: as [`Reach`], without what is about documents.
#[derive(Debug, Args)]
pub(crate) struct Ask {
    #[arg(long, value_name = "FILE")]
    pub(crate) authfile: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) wire: Wire,
}

/// How a server is reached.
#[derive(Debug, Args)]
pub(crate) struct Wire {
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    #[arg(long, conflicts_with = "tls")]
    pub(crate) plain_http: bool,
    #[arg(long)]
    pub(crate) tls: bool,
    #[arg(long)]
    pub(crate) insecure: bool,
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_realm: Vec<String>,
    #[arg(long, value_name = "HOST:PORT:ADDRESS")]
    pub(crate) resolve: Vec<String>,
}

/// `30`, `30s`, `500ms`, `2m`; never zero, which would be a way to ask for nothing.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    let milliseconds: u64 = match unit {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" => 60_000,
        _ => return Err(text.to_owned()),
    };
    match digits.parse::<u32>() {
        Ok(number @ 1..) => Ok(Duration::from_millis(u64::from(number) * milliseconds)),
        _ => Err(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        let check = |text: &str, milliseconds: u64| {
            assert_eq!(duration(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        };
        check("30", 30_000);
        check("30s", 30_000);
        check("500ms", 500);
        check("2m", 120_000);
        for text in ["", "s", "0", "-1", "1h", "1.5", "5 s", "秒"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_command_is_sound() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }
}
