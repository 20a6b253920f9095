//! Words on the command line that are not understood, in the reader's language.

use std::io::{self, Write as _};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use words::{Arg, Words};

use crate::args::Speech;
use crate::page::{Line, Page};
use crate::{exit, json, problem, styles};

/// Words that were understood and are not taken: no source was asked.
#[derive(Debug)]
pub(crate) struct Refusal {
    sentence: String,
    advice: String,
}

impl Refusal {
    /// The message `id` and its advice.
    pub(crate) fn new(words: &Words, id: &str, args: &[(&str, Arg<'_>)]) -> Self {
        Self { sentence: words.say(id, args), advice: words.attr(id, "advice", args) }
    }

    /// Tells it, as every other problem is told.
    pub(crate) fn tell(self, speech: Option<&Speech>, words: &Words) -> io::Result<u8> {
        let page = render(&self.sentence, &self.advice, words, crate::run::columns());
        let as_json = speech.is_some_and(|speech| speech.json);
        if as_json {
            let mut out = anstream::stdout().lock();
            json::write(&mut out, &problem::Report::usage(self.sentence, self.advice, words))?;
            out.flush()?;
        }
        if !(as_json && speech.is_some_and(|speech| speech.quiet)) {
            page.write(&mut anstream::stderr().lock())?;
        }
        Ok(exit::USAGE)
    }
}

/// A line that holds a secret where none belongs: nothing of it is repeated.
pub(crate) fn indiscreet(error: &clap::Error, said: &[&str], command: Option<&str>, words: &Words) -> Option<Refusal> {
    if command != Some("login") {
        return None;
    }
    let password = |word: &&str| *word == "--password" || word.starts_with("--password=") || is_short_password(word);
    if said.iter().any(password) {
        return Some(Refusal::new(words, "cli-usage-login-password", &[]));
    }
    let extra = error.kind() == ErrorKind::UnknownArgument && !text(error, ContextKind::InvalidArg).starts_with('-');
    extra.then(|| Refusal::new(words, "cli-usage-login-extra", &[]))
}

/// `-p`, `-pSECRET`.
fn is_short_password(word: &str) -> bool {
    word.starts_with("-p") && !word.starts_with("--")
}

/// The sentence for a usage error.
pub(crate) fn sentence(error: &clap::Error, words: &Words) -> String {
    let arg = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let values = list(error, ContextKind::ValidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => words.say("cli-usage-value-absent", &[("argument", arg.into())]),
        ErrorKind::InvalidValue => words.say(
            "cli-usage-invalid-value",
            &[("argument", arg.into()), ("value", value.into()), ("values", Arg::List(values))],
        ),
        ErrorKind::ValueValidation => {
            words.say("cli-usage-value-validation", &[("argument", arg.into()), ("value", value.into())])
        }
        ErrorKind::UnknownArgument => words.say("cli-usage-unknown-argument", &[("argument", arg.into())]),
        ErrorKind::InvalidSubcommand => {
            let command = text(error, ContextKind::InvalidSubcommand);
            words.say("cli-usage-invalid-subcommand", &[("command", command.into())])
        }
        ErrorKind::ArgumentConflict => {
            let other = list(error, ContextKind::PriorArg);
            if other.is_empty() || other == [arg.clone()] {
                words.say("cli-usage-twice", &[("argument", arg.into())])
            } else {
                words.say("cli-usage-conflict", &[("argument", arg.into()), ("other", Arg::List(other))])
            }
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = list(error, ContextKind::InvalidArg);
            words.say("cli-usage-missing", &[("arguments", Arg::List(missing))])
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            words.say("cli-usage-missing-command", &[])
        }
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            words.say("cli-usage-number-of-values", &[("argument", arg.into())])
        }
        ErrorKind::InvalidUtf8 => words.say("cli-usage-utf8", &[]),
        _ => words.say("cli-usage-other", &[]),
    }
}

/// What to try instead.
pub(crate) fn advice(error: &clap::Error, words: &Words, command: Option<&str>) -> String {
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand]
        .into_iter()
        .find_map(|kind| list(error, kind).into_iter().next());
    if let Some(suggested) = suggested {
        return words.say("cli-usage-suggested", &[("suggested", suggested.into())]);
    }
    match command {
        Some(command) => words.say("cli-usage-help-command", &[("command", command.into())]),
        None => words.say("cli-usage-help", &[]),
    }
}

/// Sentence and advice, for people.
pub(crate) fn render(sentence: &str, advice: &str, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    let first = Line::new().styled(styles::BAD, &words.say("cli-problem", &[])).plain(" ");
    let indent = first.width();
    page.paragraph(first, indent, anstyle::Style::new(), sentence, width);
    page.paragraph(Line::new(), indent, anstyle::Style::new(), advice, width);
    page
}

fn list(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    list(error, kind).into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    fn check(line: &str, english: &str, japanese: &str) {
        for (language, expected) in [(Language::English, english), (Language::Japanese, japanese)] {
            let words = Words::new(language);
            let error = crate::help::command(&words, 100)
                .try_get_matches_from(line.split_whitespace())
                .expect_err("the line is not understood");
            let told = format!("{} | {}", sentence(&error, &words), advice(&error, &words, None));
            assert!(told.contains(expected), "{line}: {told}");
            assert!(!told.contains('['), "{line}: {told}");
        }
    }

    #[test]
    fn usage_errors_are_told_in_both_languages() {
        check("kaibo", "which command", "コマンド");
        check("kaibo inspekt x", "inspekt", "inspekt");
        check("kaibo inspect", "<REF>", "<REF>");
        check("kaibo inspect a b", "“b”", "「b」");
        check("kaibo inspect a --jason", "--json", "--json");
        check("kaibo inspect a --lang de", "en, ja", "en、ja");
        check("kaibo inspect a --timeout soon", "soon", "soon");
        check("kaibo inspect a --timeout", "needs a value", "値が必要");
        check("kaibo inspect a --tls --plain-http", "--tls", "--tls");
        check("kaibo inspect a --json --json", "more than once", "2回以上");
        check("kaibo inspect a --json=yes", "--json", "--json");
        check("kaibo inspect a --json --format imagetools", "exclude each other", "同時に");
    }
}
