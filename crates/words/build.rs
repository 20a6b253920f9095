//! Reads the catalogue, refuses one whose languages do not say the same things, and embeds it.
//!
//! The files are those of the window (`ui/messages/LANGUAGE/*.ftl`), so a text that is missing in
//! one language stops the build of both programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};

/// Functions that the bundles of both sides offer.
const FUNCTIONS: [&str; 6] = ["SIZE", "BYTES", "DIGEST", "LIST", "DATE", "NUMBER"];

/// What one pattern (the value of a message, or one attribute) mentions.
#[derive(Default, PartialEq, Eq)]
struct Mentions {
    variables: BTreeSet<String>,
    messages: BTreeSet<String>,
    functions: BTreeSet<String>,
}

/// `id` or `id.attribute` -> what its pattern mentions.
type Catalogue = BTreeMap<String, Mentions>;

fn main() {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let messages = here.ancestors().nth(2).expect("the crate lies in crates/words").join("ui/messages");
    println!("cargo::rerun-if-changed={}", messages.display());

    let mut faults = Vec::new();
    let (english_files, english) = read(&messages.join("en"), &mut faults);
    let (japanese_files, japanese) = read(&messages.join("ja"), &mut faults);
    // What a broken file would have held is missing as well; one fault is enough to tell.
    if faults.is_empty() {
        compare(&english, &japanese, &mut faults);
    }
    if !faults.is_empty() {
        for fault in &faults {
            println!("cargo::error={fault}");
        }
        std::process::exit(1);
    }

    let mut code = String::new();
    embed(&mut code, "ENGLISH", &english_files);
    embed(&mut code, "JAPANESE", &japanese_files);
    let ids: Vec<&String> = english.keys().collect();
    writeln!(code, "pub(crate) const IDS: &[&str] = &{ids:?};").expect("a String takes everything");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("catalogue.rs");
    fs::write(&out, code).unwrap_or_else(|error| panic!("write {}: {error}", out.display()));
}

fn embed(code: &mut String, name: &str, files: &[PathBuf]) {
    writeln!(code, "pub(crate) const {name}: &[&str] = &[").expect("a String takes everything");
    for file in files {
        writeln!(code, "    include_str!({:?}),", file.display().to_string()).expect("a String takes everything");
    }
    code.push_str("];\n");
}

/// Parses the files of one language.
fn read(folder: &Path, faults: &mut Vec<String>) -> (Vec<PathBuf>, Catalogue) {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("read {}: {error}", folder.display()))
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .collect();
    files.sort();
    let mut catalogue = Catalogue::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("read {}: {error}", file.display()));
        match fluent_syntax::parser::parse(text.as_str()) {
            Ok(resource) => collect(file, &resource, &mut catalogue, faults),
            Err((_, errors)) => {
                for error in errors {
                    let line = text.as_bytes()[..error.pos.start.min(text.len())]
                        .iter()
                        .filter(|byte| **byte == b'\n')
                        .count()
                        + 1;
                    faults.push(format!("{}:{line}: {}", file.display(), error.kind));
                }
            }
        }
    }
    for (id, mentions) in &catalogue {
        for message in &mentions.messages {
            if !catalogue.contains_key(message) {
                faults.push(format!("{}: {id} mentions {message}, which does not exist", folder.display()));
            }
        }
        for function in &mentions.functions {
            if !FUNCTIONS.contains(&function.as_str()) {
                faults.push(format!("{}: {id} calls {function}, which is no function", folder.display()));
            }
        }
    }
    (files, catalogue)
}

fn collect(file: &Path, resource: &Resource<&str>, catalogue: &mut Catalogue, faults: &mut Vec<String>) {
    let mut note = |id: String, pattern: Option<&Pattern<&str>>| {
        let mut mentions = Mentions::default();
        if let Some(pattern) = pattern {
            visit_pattern(pattern, &mut mentions);
        }
        if catalogue.insert(id.clone(), mentions).is_some() {
            faults.push(format!("{}: {id} is written twice", file.display()));
        }
    };
    for entry in &resource.body {
        let (id, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            _ => continue,
        };
        if value.is_some() {
            note(id.clone(), value);
        }
        for attribute in attributes {
            note(format!("{id}.{}", attribute.id.name), Some(&attribute.value));
        }
    }
}

fn visit_pattern(pattern: &Pattern<&str>, mentions: &mut Mentions) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            visit(expression, mentions);
        }
    }
}

fn visit(expression: &Expression<&str>, mentions: &mut Mentions) {
    match expression {
        Expression::Inline(inline) => visit_inline(inline, mentions),
        Expression::Select { selector, variants } => {
            visit_inline(selector, mentions);
            for variant in variants {
                visit_pattern(&variant.value, mentions);
            }
        }
    }
}

fn visit_inline(inline: &InlineExpression<&str>, mentions: &mut Mentions) {
    match inline {
        InlineExpression::VariableReference { id } => {
            mentions.variables.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, attribute } => {
            mentions.messages.insert(match attribute {
                Some(attribute) => format!("{}.{}", id.name, attribute.name),
                None => id.name.to_owned(),
            });
        }
        InlineExpression::TermReference { id, arguments, .. } => {
            mentions.messages.insert(format!("-{}", id.name));
            if let Some(arguments) = arguments {
                visit_arguments(arguments, mentions);
            }
        }
        InlineExpression::FunctionReference { id, arguments } => {
            mentions.functions.insert(id.name.to_owned());
            visit_arguments(arguments, mentions);
        }
        InlineExpression::Placeable { expression } => visit(expression, mentions),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

fn visit_arguments(arguments: &CallArguments<&str>, mentions: &mut Mentions) {
    for argument in &arguments.positional {
        visit_inline(argument, mentions);
    }
    for argument in &arguments.named {
        visit_inline(&argument.value, mentions);
    }
}

/// Terms are each language's own; everything that programs can ask for has to exist in both.
fn compare(english: &Catalogue, japanese: &Catalogue, faults: &mut Vec<String>) {
    let asked = |catalogue: &Catalogue| -> BTreeSet<String> {
        catalogue.keys().filter(|id| !id.starts_with('-')).cloned().collect()
    };
    let (english_ids, japanese_ids) = (asked(english), asked(japanese));
    for id in english_ids.difference(&japanese_ids) {
        faults.push(format!("{id} has no Japanese text"));
    }
    for id in japanese_ids.difference(&english_ids) {
        faults.push(format!("{id} has no English text"));
    }
    for id in english_ids.intersection(&japanese_ids) {
        let (english, japanese) = (&english[id].variables, &japanese[id].variables);
        if english != japanese {
            faults.push(format!("{id} uses {english:?} in English and {japanese:?} in Japanese"));
        }
    }
}
