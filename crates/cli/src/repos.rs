//! `kaibo repos`.

use std::io::Write as _;

use explorer::{Explorer, RepositoriesReport, RepositoriesRequest};
use words::{Arg, Words};

use crate::args::Repos;
use crate::columns::{Cell, Columns, Last};
use crate::page::{Line, Page};
use crate::progress::Progress;
use crate::run::{self, Failure, limited};
use crate::{exit, json, styles};

pub(crate) async fn run(args: &Repos, words: &Words) -> Result<u8, Failure> {
    let explorer = Explorer::new(run::ask_options(&args.ask))?;
    let request =
        RepositoriesRequest { registry: args.registry.clone(), limit: args.limit, ..RepositoriesRequest::default() };
    let progress = Progress::new(words, args.speech.quiet, "cli-progress-list");
    let answer = limited(&args.registry, args.ask.wire.timeout, explorer.repositories(request, &progress)).await;
    progress.finish();
    let report = answer?;
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &report)?;
    } else {
        render(&report, words, run::columns()).write(&mut out)?;
    }
    out.flush()?;
    drop(out);
    if !report.problems.is_empty() && !args.speech.quiet && !args.speech.json {
        run::tell_parts(&report.problems, words)?;
    }
    Ok(exit::DONE)
}

fn render(report: &RepositoriesReport, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    if let Some(unlisted) = &report.unlisted {
        page.paragraph(Line::new(), 0, styles::ANSWER, &words.tell("unlisted", unlisted), width);
        page.paragraph(Line::new(), 0, anstyle::Style::new(), &words.tell_attr("unlisted", "advice", unlisted), width);
    }
    let head = |id: &str| words.say(id, &[]);
    let mut table = Columns::new(Last::Cut)
        .left(head("cli-repos-column-name"))
        .left(head("cli-repos-column-date"))
        .left(head("cli-repos-column-about"));
    for entry in &report.repositories {
        let date = entry.date.as_deref().map(crate::tags::day).unwrap_or_default();
        let about = Cell::styled(styles::FAINT, entry.description.as_deref().unwrap_or_default());
        table.row(vec![Cell::styled(styles::ANSWER, &entry.name), date.into(), about]);
    }
    table.render(&mut page, width);
    page.gap();
    if report.unlisted.is_none() {
        let count = words.say("cli-repos-count", &[("count", Arg::from(report.repositories.len()))]);
        page.paragraph(Line::new(), 0, styles::FAINT, &count, width);
    }
    crate::tags::told(
        &mut page,
        report.via,
        report.complete || report.unlisted.is_some(),
        report.requests,
        words,
        width,
    );
    page
}

#[cfg(test)]
mod tests {
    use source::{RepositoryEntry, Requests, Unlisted, Via};
    use words::Language;

    use super::*;

    fn report() -> RepositoriesReport {
        let entry = |name: &str, date: Option<&str>, description: Option<&str>| RepositoryEntry {
            name: name.to_owned(),
            date: date.map(str::to_owned),
            description: description.map(str::to_owned),
        };
        RepositoriesReport {
            schema: "kaibo.repos/1".to_owned(),
            registry: "docker.io".to_owned(),
            namespace: Some("library".to_owned()),
            via: Via::DockerHub,
            unlisted: None,
            repositories: vec![
                entry(
                    "library/alpine",
                    Some("2026-11-20T01:02:03Z"),
                    Some("A minimal Docker image based on Alpine Linux with a complete package index"),
                ),
                entry("library/hello-world", None, Some("Hello\u{1b}[31m World!")),
            ],
            complete: false,
            requests: Requests { count: 2, bytes: 20_480, elapsed_ms: 420 },
            problems: Vec::new(),
        }
    }

    #[test]
    fn lists_and_the_lack_of_one_read_well() {
        for language in Language::ALL {
            let words = Words::new(language);
            let some = render(&report(), &words, 80).text();
            let names = RepositoriesReport {
                repositories: report()
                    .repositories
                    .into_iter()
                    .map(|entry| RepositoryEntry { name: entry.name, ..RepositoryEntry::default() })
                    .collect(),
                complete: true,
                via: Via::Registry,
                ..report()
            };
            let names = render(&names, &words, 80).text();
            let none = RepositoriesReport {
                unlisted: Some(Unlisted::NeedsNamespace),
                repositories: Vec::new(),
                namespace: None,
                ..report()
            };
            let none = render(&none, &words, 80).text();
            assert!(!some.contains('\u{1b}'));
            insta::assert_snapshot!(format!("repos_{}", language.code()), format!("{some}----\n{names}----\n{none}"));
        }
    }
}
