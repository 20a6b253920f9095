//! `kaibo verify`, for people.

use explorer::{VerifyFault, VerifyReport};
use words::{Arg, Words};

use crate::page::{Line, Page};
use crate::styles;

/// How many namings of one fault are told.
const NAMED: usize = 4;

pub(crate) fn render(report: &VerifyReport, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    page.line(Line::new().styled(styles::ANSWER, &report.reference));
    page.gap();
    if report.faults.is_empty() {
        let first = Line::new().styled(styles::GOOD, "✓").plain(" ");
        page.paragraph(first, 2, styles::ANSWER, &words.say("cli-verify-whole", &[]), width);
    } else {
        let first = Line::new().styled(styles::BAD, "✗").plain(" ");
        let text = words.say("cli-verify-broken", &[("count", Arg::from(report.faults.len()))]);
        page.paragraph(first, 2, styles::ANSWER, &text, width);
        for fault in &report.faults {
            tell(&mut page, fault, words, width);
        }
    }
    page.gap();
    let counts = words.say(
        "cli-verify-counts",
        &[
            ("documents", Arg::from(report.documents)),
            ("blobs", Arg::from(report.blobs)),
            ("depth", if report.blobs_read { "read" } else { "present" }.into()),
        ],
    );
    page.paragraph(Line::new(), 0, styles::FAINT, &counts, width);
    if report.requests.count > 0 {
        page.paragraph(Line::new(), 0, styles::FAINT, &crate::run::requests(report.requests, words), width);
    }
    page
}

/// A fault names its part by the whole digest: it is meant to be looked for elsewhere.
fn tell(page: &mut Page, fault: &VerifyFault, words: &Words, width: usize) {
    page.gap();
    page.line(Line::new().plain("  ").styled(styles::BAD, &part(&fault.node.0, words)));
    page.paragraph(Line::new(), 4, anstyle::Style::new(), &words.tell("irregularity", &fault.irregularity), width);
    page.paragraph(
        Line::new(),
        4,
        styles::FAINT,
        &words.tell_attr("irregularity", "detail", &fault.irregularity),
        width,
    );
    for edge in fault.edges.iter().take(NAMED) {
        let text = words.say("cli-verify-named-by", &[("place", part(&edge.from.0, words).into())]);
        page.paragraph(Line::new(), 4, styles::FAINT, &text, width);
    }
    if let Some(more @ 1..) = fault.edges.len().checked_sub(NAMED) {
        page.paragraph(
            Line::new(),
            4,
            styles::FAINT,
            &words.say("cli-findings-more", &[("count", Arg::from(more))]),
            width,
        );
    }
}

/// A node's id as words: `layer:sha256:…` is “layer sha256:…”.
fn part(id: &str, words: &Words) -> String {
    match id.split_once(':') {
        Some((role, rest)) if words.has(&format!("role-{role}")) => format!("{} {rest}", words.tell("role", &role)),
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use anatomy::{Edge, EdgeKind, Irregularity, NodeId};
    use source::Requests;
    use words::Language;

    use super::*;

    fn report(faults: Vec<VerifyFault>) -> VerifyReport {
        VerifyReport {
            schema: "kaibo.verify/1".to_owned(),
            reference: "oci:images:1.0.0".to_owned(),
            edges: 12,
            documents: 7,
            blobs: 3,
            blobs_read: true,
            faults,
            requests: Requests::default(),
        }
    }

    #[test]
    fn whole_and_broken_read_well() {
        let layer = NodeId(format!("layer:sha256:{}", "ab".repeat(32)));
        let fault = VerifyFault {
            node: layer.clone(),
            edges: vec![Edge {
                from: NodeId(format!("manifest:sha256:{}", "cd".repeat(32))),
                to: layer,
                kind: EdgeKind::Layer,
                position: 0,
            }],
            irregularity: Irregularity::ChildMissing,
        };
        for language in Language::ALL {
            let words = Words::new(language);
            let whole = render(&report(Vec::new()), &words, 100).text();
            let broken = render(&report(vec![fault.clone()]), &words, 100).text();
            insta::assert_snapshot!(format!("verify_{}", language.code()), format!("{whole}\n----\n{broken}"));
        }
    }
}
