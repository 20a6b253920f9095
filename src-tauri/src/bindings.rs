//! The TypeScript of everything that crosses to the window: `ui/src/api/bindings.ts`, one file.
//!
//!     KAIBO_BINDINGS=write cargo test -p kaibo-app --features bindings bindings   # writes it
//!     cargo test -p kaibo-app --features bindings bindings                        # fails when it is out of date

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str = "// Written by src-tauri/src/bindings.rs from the types of the backend. Not edited by hand.\n";

/// Every type that a command takes or gives, and what those are made of.
struct Collected {
    config: Config,
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
}

impl Collected {
    fn new() -> Self {
        let config = Config::new().with_large_int("number");
        Self { config, seen: HashSet::new(), declared: BTreeMap::new() }
    }

    fn declare<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.insert(TypeId::of::<T>()) {
            // Primitives, lists and options have no file, and no declaration.
            if T::output_path().is_some() {
                let declared = format!("{}export {}\n", docs(T::docs()), one_line(&T::decl(&self.config)));
                let known = self.declared.insert(T::ident(&self.config), declared.clone());
                assert!(known.is_none_or(|known| known == declared), "two types are called {}", T::ident(&self.config));
            }
            T::visit_dependencies(self);
            T::visit_generics(self);
        }
    }

    fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for declared in self.declared.values() {
            text.push('\n');
            text.push_str(declared);
        }
        text
    }
}

impl TypeVisitor for Collected {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.declare::<T>();
    }
}

/// A declaration without the documents of its fields: they are the same as in the Rust source, and
/// four lines each.
fn one_line(declaration: &str) -> String {
    let mut line = String::new();
    let mut rest = declaration;
    while let Some(start) = rest.find("/**") {
        line.push_str(&rest[..start]);
        rest = rest[start..].split_once("*/").map_or("", |(_, after)| after);
    }
    line.push_str(rest);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace(", }", " }").replace("{ }", "{}")
}

/// The first sentence is enough beside a type; the rest stands in the Rust source.
fn docs(docs: Option<String>) -> String {
    let docs = docs.unwrap_or_default();
    let words = docs.lines().map(|line| line.trim().trim_start_matches(['/', '*']).trim());
    let paragraph = words.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    let paragraph = paragraph.collect::<Vec<_>>().join(" ");
    let sentence = paragraph.split_inclusive(". ").next().unwrap_or_default().trim();
    if sentence.is_empty() { String::new() } else { format!("/** {sentence} */\n") }
}

fn collect() -> String {
    let mut all = Collected::new();
    all.declare::<explorer::InspectRequest>();
    all.declare::<explorer::InspectEvent>();
    all.declare::<explorer::InspectReport>();
    all.declare::<explorer::DocumentText>();
    all.declare::<explorer::Command>();
    all.declare::<explorer::SampleCard>();
    all.declare::<explorer::ReportFormat>();
    all.declare::<explorer::ReportOptions>();
    all.declare::<explorer::RepositoriesRequest>();
    all.declare::<explorer::RepositoriesEvent>();
    all.declare::<explorer::RepositoriesReport>();
    all.declare::<explorer::TagsRequest>();
    all.declare::<explorer::TagsEvent>();
    all.declare::<explorer::TagsReport>();
    all.declare::<explorer::AccountsReport>();
    all.declare::<explorer::WhyReport>();
    all.declare::<explorer::LoginReport>();
    all.declare::<explorer::RegistrySettings>();
    all.declare::<explorer::AwsSignInEvent>();
    all.declare::<explorer::ProbeRequest>();
    all.declare::<explorer::ProbeStep>();
    all.declare::<explorer::ProbeReport>();
    all.declare::<anatomy::Statement>();
    all.declare::<source::Problem>();
    all.declare::<source::ProblemKind>();
    all.declare::<crate::settings::Settings>();
    all.declare::<crate::opening::Opened>();
    all.declare::<crate::commands::About>();
    all.text()
}

#[test]
fn bindings_are_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/api/bindings.ts");
    let text = collect();
    if std::env::var("KAIBO_BINDINGS").as_deref() == Ok("write") {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let on_disk = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if let Some(line) = (0..).zip(text.lines()).find(|(n, line)| on_disk.lines().nth(*n) != Some(line)) {
        panic!(
            "ui/src/api/bindings.ts is out of date from line {}: `npm run bindings`\n  wanted: {}",
            line.0 + 1,
            line.1
        );
    }
    assert_eq!(text.len(), on_disk.len(), "ui/src/api/bindings.ts is longer than it should be: `npm run bindings`");
}
