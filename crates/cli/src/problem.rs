//! What did not work, for people and for programs.

use serde::Serialize;
use source::{Problem, ProblemKind};
use words::{Arg, Words};

use crate::page::{Line, Page};
use crate::{exit, styles};

/// The sentence, what was tried, and the next step.
pub(crate) fn render(problem: &Problem, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    let first = Line::new().styled(styles::BAD, &words.say("cli-problem", &[])).plain(" ");
    let indent = first.width();
    page.paragraph(first, indent, anstyle::Style::new(), &words.tell("problem", &problem.what), width);
    for evidence in &problem.evidence {
        let tried = match evidence.status {
            Some(status) => words.say(
                "cli-problem-tried-status",
                &[("attempted", evidence.attempted.as_str().into()), ("status", status.to_string().into())],
            ),
            None => words.say("cli-problem-tried", &[("attempted", evidence.attempted.as_str().into())]),
        };
        page.paragraph(Line::new(), indent, styles::FAINT, &tried, width);
        if let Some(said) = &evidence.said {
            let said = words.say("cli-problem-said", &[("said", crate::page::shorten(said, 400).into())]);
            page.paragraph(Line::new(), indent, styles::FAINT, &said, width);
        }
    }
    // The chain is English and meant for reports; our own fault is the case where it is the evidence.
    if problem.what == ProblemKind::Internal {
        for cause in &problem.chain {
            page.paragraph(
                Line::new(),
                indent,
                styles::FAINT,
                &words.say("cli-problem-cause", &[("cause", cause.as_str().into())]),
                width,
            );
        }
    }
    page.paragraph(
        Line::new(),
        indent,
        anstyle::Style::new(),
        &words.tell_attr("problem", "advice", &problem.what),
        width,
    );
    page
}

/// `kaibo.problem/1`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report<'a> {
    schema: &'static str,
    exit_code: u8,
    language: &'static str,
    message: String,
    advice: String,
    #[serde(flatten)]
    problem: Told<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Problem(&'a Problem),
    Usage { kind: &'static str, evidence: [(); 0], chain: [(); 0] },
}

impl<'a> Report<'a> {
    pub(crate) fn of(problem: &'a Problem, words: &Words) -> Self {
        Self {
            schema: "kaibo.problem/1",
            exit_code: exit::code(&problem.what),
            language: words.language().code(),
            message: words.tell("problem", &problem.what),
            advice: words.tell_attr("problem", "advice", &problem.what),
            problem: Told::Problem(problem),
        }
    }
}

impl Report<'static> {
    /// Words on the command line that are not understood: no source was asked, so there is no [`Problem`].
    pub(crate) fn usage(message: String, advice: String, words: &Words) -> Self {
        Self {
            schema: "kaibo.problem/1",
            exit_code: exit::USAGE,
            language: words.language().code(),
            message,
            advice,
            problem: Told::Usage { kind: "usage", evidence: [], chain: [] },
        }
    }
}

/// A note that is no problem: the registry asks to wait, or warns.
pub(crate) fn note(words: &Words, id: &str, args: &[(&str, Arg<'_>)]) -> String {
    anatomy::visible(&words.say(id, args)).into_owned()
}

#[cfg(test)]
mod tests {
    use source::Evidence;
    use words::Language;

    use super::*;

    fn rate_limited() -> Problem {
        Problem::new(ProblemKind::RateLimited { registry: "docker.io".to_owned(), retry_after_s: Some(60) }).with(
            Evidence {
                attempted: "GET https://registry-1.docker.io/v2/library/alpine/manifests/3.20".to_owned(),
                status: Some(429),
                said: Some("toomanyrequests: \u{1b}[31mYou have reached your limit".to_owned()),
            },
        )
    }

    #[test]
    fn a_problem_says_what_was_tried_and_what_to_do() {
        for language in Language::ALL {
            let text = render(&rate_limited(), &Words::new(language), 100).text();
            assert!(!text.contains('\u{1b}'));
            insta::assert_snapshot!(format!("problem_{}", language.code()), text);
        }
    }

    #[test]
    fn the_json_form_is_flat() {
        let words = Words::new(Language::English);
        insta::assert_json_snapshot!("problem_json", Report::of(&rate_limited(), &words));
        let usage = Report::usage("a".to_owned(), "b".to_owned(), &words);
        let usage = serde_json::to_value(usage).expect("it serialises");
        assert_eq!(usage["kind"], "usage");
        assert_eq!(usage["exitCode"], 2);
    }
}
