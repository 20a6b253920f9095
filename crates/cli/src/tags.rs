//! `kaibo tags`.

use std::collections::BTreeMap;
use std::io::Write as _;

use anatomy::Digest;
use explorer::{Explorer, TagRow, TagsReport, TagsRequest};
use source::{Requests, Via};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use words::{Arg, Words};

use crate::args::{Sort, Tags};
use crate::columns::{Cell, Columns, Last};
use crate::page::{Line, Page};
use crate::progress::Progress;
use crate::run::{self, Failure, limited};
use crate::{exit, json, styles};

/// Groups of equal digests that are told one by one.
const GROUPS: usize = 20;

pub(crate) async fn run(args: &Tags, words: &Words) -> Result<u8, Failure> {
    let explorer = Explorer::new(run::ask_options(&args.ask))?;
    let request = TagsRequest {
        repository: args.repository.clone(),
        digests: args.digests,
        budget: args.budget,
        matching: args.pattern.clone(),
        ..TagsRequest::default()
    };
    let message = if args.digests { "cli-progress-digests" } else { "cli-progress-list" };
    let progress = Progress::new(words, args.speech.quiet, message);
    let answer = limited(&args.repository, args.ask.wire.timeout, explorer.tags(request, &progress)).await;
    progress.finish();
    let mut report = answer?;
    order(&mut report.tags, args.sort);
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &report)?;
    } else {
        let view = View { pattern: args.pattern.as_deref(), all: args.all, asked: args.digests };
        render(&report, &view, words, run::columns()).write(&mut out)?;
    }
    out.flush()?;
    drop(out);
    if !report.problems.is_empty() && !args.speech.quiet && !args.speech.json {
        run::tell_parts(&report.problems, words)?;
    }
    Ok(exit::DONE)
}

fn order(tags: &mut [TagRow], sort: Sort) {
    match sort {
        // That is the order of the report.
        Sort::Version => {}
        Sort::Name => tags.sort_by(|a, b| a.entry.name.cmp(&b.entry.name)),
        // Stable: tags of one day, and those without a date, stay in the order of versions.
        Sort::Date => tags.sort_by_key(|row| std::cmp::Reverse(row.entry.date.as_deref().and_then(moment))),
    }
}

fn moment(date: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(date, &Rfc3339).ok()
}

/// The day and minute of an RFC 3339 date, in UTC; what is none stays as it is.
pub(crate) fn day(date: &str) -> String {
    match moment(date) {
        // `2026-11-24 08:18:20 UTC`, without the seconds and the zone that all rows share.
        Some(moment) => words::format::date(moment.unix_timestamp()).chars().take(16).collect(),
        None => date.to_owned(),
    }
}

/// What of the report is shown.
struct View<'a> {
    pattern: Option<&'a str>,
    /// With what belongs to other images.
    all: bool,
    /// Digests were asked for.
    asked: bool,
}

fn render(report: &TagsReport, view: &View<'_>, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    let letters: BTreeMap<&Digest, String> =
        report.groups.iter().enumerate().map(|(at, group)| (&group.digest, letter(at))).collect();
    let shown: Vec<&TagRow> = report.tags.iter().filter(|row| view.all || row.attached.is_none()).collect();
    table(&shown, &letters, words).render(&mut page, width);
    groups(&mut page, report, view, &letters, words, width);
    page.gap();
    let mut say = |style, text: &str| page.paragraph(Line::new(), 0, style, text, width);
    let count = Arg::from(shown.len());
    match view.pattern {
        Some(pattern) => {
            let args = [
                ("count", count),
                ("total", Arg::from(report.listed.unwrap_or_default())),
                ("pattern", pattern.into()),
            ];
            say(styles::FAINT, &words.say("cli-tags-count-match", &args));
        }
        None => say(styles::FAINT, &words.say("cli-tags-count", &[("count", count)])),
    }
    let hidden = report.tags.len() - shown.len();
    if hidden > 0 {
        say(styles::FAINT, &words.say("cli-tags-hidden", &[("count", Arg::from(hidden))]));
    }
    let unknown = shown.iter().filter(|row| row.entry.digest.is_none()).count();
    if unknown > 0 {
        let id = if view.asked { "cli-tags-budget-spent" } else { "cli-tags-no-digests" };
        say(styles::FAINT, &words.say(id, &[("count", Arg::from(unknown))]));
    }
    told(&mut page, report.via, report.complete, report.requests, words, width);
    if let Some(quota) = &report.quota
        && let Some(left) = quota.remaining
    {
        let args = [("left", Arg::from(left)), ("limit", quota.limit.into())];
        page.paragraph(Line::new(), 0, styles::FAINT, &words.say("cli-tags-quota", &args), width);
    }
    page
}

fn table(shown: &[&TagRow], letters: &BTreeMap<&Digest, String>, words: &Words) -> Columns {
    let head = |id: &str| words.say(id, &[]);
    let mut table = Columns::new(Last::Cut)
        .left(head("cli-tags-column-tag"))
        .left(head("cli-tags-column-digest"))
        .left(head("cli-tags-column-group"))
        .right(head("cli-tags-column-size"))
        .left(head("cli-tags-column-date"))
        .left(head("cli-tags-column-for"))
        .left(head("cli-tags-column-scan"))
        .left(head("cli-tags-column-platforms"));
    for row in shown {
        let entry = &row.entry;
        let group = entry.digest.as_ref().and_then(|digest| letters.get(digest));
        let attached = row.attached.as_ref().map(|attached| {
            let kind = words.tell("attached", &attached.kind);
            words.say("cli-tags-for", &[("kind", kind.into()), ("digest", attached.subject.to_string().into())])
        });
        table.row(vec![
            Cell::styled(styles::ANSWER, &entry.name),
            entry.digest.as_ref().map(|digest| digest.short()).unwrap_or_default().into(),
            group.map(|letter| format!("={letter}")).unwrap_or_default().into(),
            entry.size.map(|size| words::format::size(size.0)).unwrap_or_default().into(),
            Cell::styled(styles::FAINT, entry.date.as_deref().map(day).unwrap_or_default()),
            attached.unwrap_or_default().into(),
            entry.scan.clone().unwrap_or_default().into(),
            Cell::styled(styles::FAINT, entry.platforms.join(" ")),
        ]);
    }
    table
}

/// Which tags are one image, each group under the sign that its rows bear.
fn groups(
    page: &mut Page,
    report: &TagsReport,
    view: &View<'_>,
    letters: &BTreeMap<&Digest, String>,
    words: &Words,
    width: usize,
) {
    // Tags that are not shown need no explanation.
    let attached =
        |name: &String| !view.all && report.tags.iter().any(|row| row.attached.is_some() && row.entry.name == *name);
    let groups: Vec<_> = report.groups.iter().filter(|group| !group.tags.iter().all(attached)).collect();
    if groups.is_empty() {
        return;
    }
    page.gap();
    page.line(Line::new().styled(styles::HEADING, &words.say("cli-tags-groups", &[])));
    for group in groups.iter().take(GROUPS) {
        let sign = letters.get(&group.digest).map(|letter| format!("={letter}")).unwrap_or_default();
        let first = Line::new().plain("  ").plain(&sign).pad_to(6).styled(styles::FAINT, group.digest.short());
        let tags = words.say("cli-list", &[("items", Arg::List(group.tags.clone()))]);
        page.paragraph(first, 20, anstyle::Style::new(), &tags, width);
    }
    if let Some(more @ 1..) = groups.len().checked_sub(GROUPS) {
        let text = words.say("cli-tags-groups-more", &[("count", Arg::from(more))]);
        page.paragraph(Line::new(), 2, styles::FAINT, &text, width);
    }
}

/// A, B, … Z, AA, AB, …
fn letter(at: usize) -> String {
    let mut letters = Vec::new();
    let mut left = at + 1;
    while left > 0 {
        let place = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + place));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Who told a list, whether it is whole, and what it took.
pub(crate) fn told(page: &mut Page, via: Via, complete: bool, requests: Requests, words: &Words, width: usize) {
    if !complete {
        page.paragraph(Line::new(), 0, styles::CAREFUL, &words.say("cli-list-incomplete", &[]), width);
    }
    let args = [("via", words.tell("via", &via).into()), ("requests", run::requests(requests, words).into())];
    page.paragraph(Line::new(), 0, styles::FAINT, &words.say("cli-list-requests", &args), width);
}

#[cfg(test)]
mod tests {
    use anatomy::ByteSize;
    use anatomy::tag::AttachedKind;
    use explorer::{AttachedTag, DigestGroup};
    use source::{Quota, TagEntry};
    use words::Language;

    use super::*;

    fn digest(hex: &str) -> Digest {
        format!("sha256:{}", hex.repeat(32)).parse().expect("it is a digest")
    }

    fn row(name: &str, of: Option<&str>) -> TagRow {
        let entry = TagEntry { name: name.to_owned(), digest: of.map(digest), ..TagEntry::default() };
        TagRow { entry, order: name.to_owned(), attached: None }
    }

    /// As a registry of its own lists tells it: names, with digests where they were asked for.
    fn plain(with_digests: bool) -> TagsReport {
        let of = |hex| with_digests.then_some(hex);
        let signature = TagRow {
            attached: Some(AttachedTag { subject: digest("ab"), kind: AttachedKind::Signature }),
            ..row(&format!("sha256-{}.sig", "ab".repeat(32)), of("cd"))
        };
        TagsReport {
            schema: "kaibo.tags/1".to_owned(),
            registry: "registry.example".to_owned(),
            repository: "team/app".to_owned(),
            via: Via::Registry,
            tags: vec![row("1.10", of("ab")), row("1.9", of("ef")), row("latest", of("ab")), signature],
            groups: if with_digests {
                vec![DigestGroup { digest: digest("ab"), tags: vec!["1.10".to_owned(), "latest".to_owned()] }]
            } else {
                Vec::new()
            },
            without_digest: if with_digests { 0 } else { 4 },
            listed: None,
            complete: true,
            requests: Requests { count: 2, bytes: 321, elapsed_ms: 20 },
            quota: None,
            problems: Vec::new(),
        }
    }

    /// As an API tells it.
    fn rich() -> TagsReport {
        let full = |name: &str, hex: &str, date: &str, platforms: &[&str]| TagRow {
            entry: TagEntry {
                name: name.to_owned(),
                digest: Some(digest(hex)),
                size: Some(ByteSize(3_401_613)),
                date: Some(date.to_owned()),
                platforms: platforms.iter().map(|platform| (*platform).to_owned()).collect(),
                ..TagEntry::default()
            },
            order: name.to_owned(),
            attached: None,
        };
        TagsReport {
            via: Via::DockerHub,
            tags: vec![
                full(
                    "3.20",
                    "ab",
                    "2026-11-20T23:30:00.123456+02:00",
                    &["linux/386", "linux/amd64", "linux/arm64/v8", "linux/ppc64le"],
                ),
                full("3.19", "ef", "2026-11-21T01:02:03Z", &["linux/amd64"]),
                full("edge", "ab", "2020-01-01T00:00:00Z", &[]),
            ],
            groups: vec![DigestGroup { digest: digest("ab"), tags: vec!["3.20".to_owned(), "edge".to_owned()] }],
            without_digest: 0,
            complete: false,
            quota: Some(Quota { limit: Some(100), remaining: Some(76), ..Quota::default() }),
            ..plain(true)
        }
    }

    fn view(all: bool, asked: bool) -> View<'static> {
        View { pattern: None, all, asked }
    }

    #[test]
    fn tags_read_well() {
        for language in Language::ALL {
            let words = Words::new(language);
            let shown = [
                render(&plain(false), &view(false, false), &words, 80).text(),
                render(&plain(true), &view(true, true), &words, 80).text(),
                render(&rich(), &view(false, false), &words, 80).text(),
            ];
            insta::assert_snapshot!(format!("tags_{}", language.code()), shown.join("----\n"));
        }
    }

    #[test]
    fn a_pattern_is_told_with_what_it_left() {
        let mut report = TagsReport { listed: Some(4), ..plain(false) };
        report.tags.truncate(2);
        let words = Words::new(Language::English);
        let view = View { pattern: Some("1.*"), ..view(false, false) };
        let text = render(&report, &view, &words, 80).text();
        assert!(text.contains("2 tags are like “1.*”; 4 were listed."), "{text}");
    }

    #[test]
    fn dates_are_compared_as_moments() {
        let mut tags = rich().tags;
        tags.push(row("no-date", None));
        order(&mut tags, Sort::Date);
        assert_eq!(names(&tags), ["3.19", "3.20", "edge", "no-date"]);
        order(&mut tags, Sort::Name);
        assert_eq!(names(&tags), ["3.19", "3.20", "edge", "no-date"]);
        assert_eq!(day("2026-11-20T23:30:00.123456+02:00"), "2026-11-20 21:30");
        assert_eq!(day("yesterday"), "yesterday");
    }

    #[test]
    fn groups_have_letters() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(letter), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    fn names(tags: &[TagRow]) -> Vec<&str> {
        tags.iter().map(|row| row.entry.name.as_str()).collect()
    }
}
