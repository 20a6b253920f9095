//! What is odd about an image, worst first, equal sentences told once.

use anatomy::{EdgeKind, Finding, NodeId, Role, Severity};
use words::{Arg, Words};

use crate::page::{Line, Page};
use crate::picture::Lookup;
use crate::styles;

/// How many places of one finding are named.
const NAMED: usize = 3;

struct Told<'a> {
    severity: Severity,
    sentence: String,
    detail: String,
    nodes: Vec<&'a NodeId>,
}

pub(crate) fn render(page: &mut Page, findings: &[Finding], lookup: &Lookup<'_>, words: &Words, width: usize) {
    let mut told: Vec<Told<'_>> = Vec::new();
    for finding in findings {
        let sentence = words.tell("irregularity", &finding.irregularity);
        match told.iter_mut().find(|told| told.severity == finding.severity && told.sentence == sentence) {
            Some(told) => told.nodes.push(&finding.node),
            None => told.push(Told {
                severity: finding.severity,
                detail: words.tell_attr("irregularity", "detail", &finding.irregularity),
                sentence,
                nodes: vec![&finding.node],
            }),
        }
    }
    if told.is_empty() {
        return;
    }
    told.sort_by_key(|told| std::cmp::Reverse(told.severity));
    page.gap();
    page.line(Line::new().styled(styles::HEADING, &words.say("cli-findings", &[])));
    for told in &told {
        let style = styles::severity(told.severity);
        let first = Line::new()
            .styled(style, sign(told.severity))
            .plain(" ")
            .styled(style, &words.tell("severity", &told.severity));
        let indent = first.width() + 2;
        page.paragraph(first, indent, anstyle::Style::new(), &told.sentence, width);
        page.paragraph(Line::new(), indent, styles::FAINT, &told.detail, width);
        page.paragraph(Line::new(), indent, styles::FAINT, &places(told, lookup, words), width);
    }
}

fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "·",
        Severity::Warning => "!",
        Severity::Error => "✗",
    }
}

fn places(told: &Told<'_>, lookup: &Lookup<'_>, words: &Words) -> String {
    let mut named: Vec<String> = told.nodes.iter().take(NAMED).map(|id| place(id, lookup, words)).collect();
    if let Some(more @ 1..) = told.nodes.len().checked_sub(NAMED) {
        named.push(words.say("cli-findings-more", &[("count", Arg::from(more))]));
    }
    words.say("cli-findings-at", &[("places", Arg::List(named))])
}

/// A node in few words: its role, its platform or that of the image that holds it, its digest.
pub(crate) fn place(id: &NodeId, lookup: &Lookup<'_>, words: &Words) -> String {
    let Some(node) = lookup.node(id) else { return id.0.clone() };
    if node.role == Role::Tag {
        return words.tell("role", &node.role);
    }
    let holder = || {
        [EdgeKind::Config, EdgeKind::Layer].into_iter().find_map(|kind| {
            let mut holders = lookup.parents(id, kind);
            let platform = holders.next()?.platform.as_ref();
            // A part of several images has no platform of its own.
            if holders.next().is_some() { None } else { platform }
        })
    };
    let platform = node.platform.as_ref().filter(|platform| !platform.is_unknown()).or_else(holder);
    let mut text = words.tell("role", &node.role);
    if let Some(platform) = platform {
        text.push_str(&format!(" {platform}"));
    }
    if let Some(digest) = &node.digest {
        text.push_str(&format!(" {}", digest.short()));
    }
    text
}
