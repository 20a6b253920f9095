//! `kaibo`, the command line. It parses words, asks `explorer` and gives the answer a form: text
//! for people, `--json` for programs. Text goes to standard output, progress and problems to
//! standard error; every word of them comes from the catalogue.

mod accounts;
mod args;
mod ask;
mod columns;
mod exit;
mod findings;
#[cfg(test)]
mod fixtures;
mod help;
mod imagetools;
mod json;
mod login;
mod login_aws;
mod page;
mod picture;
mod probe;
mod problem;
mod progress;
mod repos;
mod rows;
mod run;
mod samples;
mod styles;
mod tags;
mod texts;
mod tree;
mod usage;
mod verify;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;
use source::Problem;
use words::{Language, Words};

use crate::args::{Cli, Speech, Task};
use crate::run::Failure;

fn main() -> ExitCode {
    let raw: Vec<OsString> = std::env::args_os().collect();
    let words = Words::new(Language::detect(asked_language(&raw).as_deref()));
    confess(words.language());
    match start(&raw, &words) {
        Ok(code) => ExitCode::from(code),
        // Whoever reads has read enough (`kaibo inspect … | head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(exit::DONE),
        Err(error) => match run::tell(&Problem::internal(format!("write the answer: {error}")), None, &words) {
            Ok(code) => ExitCode::from(code),
            Err(_) => ExitCode::from(exit::INTERNAL),
        },
    }
}

fn start(raw: &[OsString], words: &Words) -> io::Result<u8> {
    let parsed = help::command(words, run::columns())
        .try_get_matches_from(raw)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(Cli { command, .. }) => finish(perform(&command, words), speech(&command), words),
        Err(error) => refuse(&error, raw, words),
    }
}

fn perform(command: &Task, words: &Words) -> Result<u8, Failure> {
    match command {
        Task::Inspect(args) => block_on(run::inspect(args, words)),
        Task::Verify(args) => block_on(run::verify(args, words)),
        Task::Probe(args) => block_on(probe::run(args, words)),
        Task::Repos(args) => block_on(repos::run(args, words)),
        Task::Tags(args) => block_on(tags::run(args, words)),
        Task::Login(args) => block_on(login::run(args, words)),
        Task::Logout(args) => block_on(login::forget(args, words)),
        Task::Accounts(args) => block_on(accounts::run(args, words)),
        Task::Samples(args) => run::samples(args, words),
        Task::Completions(args) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut help::command(words, run::columns()), "kaibo", &mut script);
            io::stdout().lock().write_all(&script)?;
            Ok(exit::DONE)
        }
        Task::Help(args) => match help::page(words, args.command.as_deref(), run::columns()) {
            Some(page) => {
                write!(anstream::stdout().lock(), "{}", page.ansi())?;
                Ok(exit::DONE)
            }
            None => {
                let command = args.command.as_deref().unwrap_or_default();
                let sentence = words.say("cli-usage-invalid-subcommand", &[("command", command.into())]);
                let advice = words.say("cli-usage-help", &[]);
                usage::render(&sentence, &advice, words, run::columns()).write(&mut anstream::stderr().lock())?;
                Ok(exit::USAGE)
            }
        },
    }
}

fn speech(command: &Task) -> Option<&Speech> {
    match command {
        Task::Inspect(args) => Some(&args.speech),
        Task::Verify(args) => Some(&args.speech),
        Task::Probe(args) => Some(&args.speech),
        Task::Repos(args) => Some(&args.speech),
        Task::Tags(args) => Some(&args.speech),
        Task::Login(args) => Some(&args.speech),
        Task::Logout(args) => Some(&args.speech),
        Task::Accounts(args) => Some(&args.speech),
        Task::Samples(args) => Some(&args.speech),
        Task::Completions(_) | Task::Help(_) => None,
    }
}

fn finish(done: Result<u8, Failure>, speech: Option<&Speech>, words: &Words) -> io::Result<u8> {
    match done {
        Ok(code) => Ok(code),
        Err(Failure::Problem(problem)) => run::tell(&problem, speech, words),
        Err(Failure::Usage(usage)) => usage.tell(speech, words),
        Err(Failure::Output(error)) => Err(error),
    }
}

fn block_on(work: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Problem::internal)?;
    let done = runtime.block_on(work);
    // A file that is still being read in the background must not hold up the end.
    runtime.shutdown_background();
    done
}

/// Help and version are answers; everything else that clap stumbles over is exit code 2.
fn refuse(error: &clap::Error, raw: &[OsString], words: &Words) -> io::Result<u8> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(anstream::stdout().lock(), "{}", error.render().ansi())?;
            Ok(exit::DONE)
        }
        kind => {
            let said: Vec<&str> = raw.iter().skip(1).filter_map(|word| word.to_str()).collect();
            let command = said.iter().find(|word| Task::known(word)).copied();
            if let Some(refusal) = usage::indiscreet(error, &said, command, words) {
                let speech = Speech { json: said.contains(&"--json"), quiet: said.contains(&"--quiet") };
                return refusal.tell(Some(&speech), words);
            }
            let (sentence, advice) = (usage::sentence(error, words), usage::advice(error, words, command));
            if said.contains(&"--json") {
                let mut out = anstream::stdout().lock();
                json::write(&mut out, &problem::Report::usage(sentence.clone(), advice.clone(), words))?;
            }
            let mut err = anstream::stderr().lock();
            if kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
                write!(err, "{}", error.render().ansi())?;
            } else {
                usage::render(&sentence, &advice, words, run::columns()).write(&mut err)?;
            }
            Ok(exit::USAGE)
        }
    }
}

/// The language has to be known before the command line is parsed: help and errors are in it too.
fn asked_language(raw: &[OsString]) -> Option<String> {
    let words: Vec<&str> = raw.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--").collect();
    words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(at + 1).map(|language| (*language).to_owned()),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    })
}

/// A panic is our fault and says so, with the exit code that scripts know it by.
fn confess(language: Language) {
    std::panic::set_hook(Box::new(move |panic| {
        let words = Words::new(language);
        // Nothing more can be done when telling fails as well.
        let _told = run::tell(&Problem::internal(panic), None, &words);
        std::process::exit(exit::INTERNAL.into());
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_before_parsing() {
        let check = |line: &str, expected: Option<&str>| {
            let raw: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
            assert_eq!(asked_language(&raw).as_deref(), expected, "{line}");
        };
        check("kaibo inspect a --lang ja", Some("ja"));
        check("kaibo --lang=ja inspect a", Some("ja"));
        check("kaibo inspect a", None);
        check("kaibo inspect a --language=ja", None);
        check("kaibo inspect -- --lang ja", None);
    }
}
