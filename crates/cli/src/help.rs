//! Help in the reader's language: one walk over the command gives every part its text.
//!
//! Ids are mechanical. The command `inspect` has `cli-inspect`; its argument `platform` has
//! `cli-inspect-platform` or, where several commands share an argument, `cli-any-platform`.

use clap::{Arg, ArgAction, Command, CommandFactory};
use words::Words;

use crate::args::Cli;

/// The command with all its texts, laid out for so many columns.
pub(crate) fn command(words: &Words, columns: usize) -> Command {
    speak(Cli::command(), "cli", words).term_width(columns)
}

/// The help page of one command, or of the program.
pub(crate) fn page(words: &Words, name: Option<&str>, columns: usize) -> Option<clap::builder::StyledStr> {
    let mut command = command(words, columns);
    // Builds usage lines with the program's name in them.
    command.build();
    match name {
        None => Some(command.render_help()),
        Some(name) => command.find_subcommand_mut(name).map(Command::render_help),
    }
}

fn speak(command: Command, id: &str, words: &Words) -> Command {
    let options = words.say("cli-heading-options", &[]);
    let arguments = words.say("cli-heading-arguments", &[]);
    let is_program = id == "cli";
    let mut command = command
        .about(words.say(id, &[]))
        .disable_help_flag(true)
        .subcommand_help_heading(words.say("cli-heading-commands", &[]))
        .help_template(format!(
            "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
            words.say("cli-heading-usage", &[])
        ))
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help));
    if is_program {
        command = command.arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    }
    command
        .mut_args(|arg| {
            let heading = if arg.is_positional() { &arguments } else { &options };
            let text = words.say(&argument_id(words, id, &arg), &[]);
            let takes_value = arg.get_action().takes_values();
            // Values and defaults are told in the text itself, in the reader's language.
            arg.help(text)
                .help_heading(heading.clone())
                .hide_possible_values(takes_value)
                .hide_default_value(takes_value)
        })
        .mut_subcommands(|inner| {
            let id = format!("cli-{}", inner.get_name());
            speak(inner, &id, words)
        })
}

/// The command's own text for an argument, else the one that commands share. The program's own
/// arguments are all of the shared kind: `cli-help` is the text of the command `help`.
fn argument_id(words: &Words, command: &str, arg: &Arg) -> String {
    let name = arg.get_id().as_str().replace('_', "-");
    let own = format!("{command}-{name}");
    if command != "cli" && words.has(&own) { own } else { format!("cli-any-{name}") }
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    #[test]
    fn every_command_and_argument_has_a_text_in_both_languages() {
        fn check(command: &Command, path: &str) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_empty() && !about.starts_with('['), "{path}: {about}");
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty() && !help.starts_with('['), "{path} {}: {help}", arg.get_id());
            }
            for inner in command.get_subcommands() {
                check(inner, &format!("{path} {}", inner.get_name()));
            }
        }
        for language in Language::ALL {
            check(&command(&Words::new(language), 100), "kaibo");
        }
    }

    #[test]
    fn no_english_is_left_in_japanese_help() {
        let words = Words::new(Language::Japanese);
        let names = Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect::<Vec<_>>();
        for name in names.iter().map(String::as_str).chain(["help"]).map(Some).chain([None]) {
            let text = page(&words, name, 100).expect("the command exists").to_string();
            for phrase in ["Usage", "Options:", "Arguments:", "Commands:", "possible values", "default:", "Print "] {
                assert!(!text.contains(phrase), "{phrase} in {text}");
            }
        }
    }

    #[test]
    fn help_reads_well() {
        for language in Language::ALL {
            let words = Words::new(language);
            let program = page(&words, None, 100).expect("the program has help").to_string();
            let inspect = page(&words, Some("inspect"), 100).expect("the command exists").to_string();
            insta::assert_snapshot!(format!("help_{}", language.code()), format!("{program}\n----\n{inspect}"));
        }
    }
}
