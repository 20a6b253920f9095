//! The tree of `kaibo inspect`, for people.

use std::collections::BTreeSet;

use anatomy::{EdgeKind, MediaType, Node, NodeId, Role};
use anstyle::Style;
use words::{Arg, Words};

use crate::page::{Line, Page, shorten};
use crate::picture::{Lookup, Picture, Read};
use crate::rows::{Remark, Row, align};
use crate::{findings, styles};

/// Columns that a platform may take: `windows(10.0.20348.2227)/amd64` and twice as much.
const PLATFORM_COLUMNS: usize = 64;
/// Columns that the type of a referrer may take: the longest in use have 60.
const KIND_COLUMNS: usize = 80;

/// Draws the answer, the tree, what is odd, and what it took.
pub(crate) fn render(picture: &Picture<'_>, words: &Words, width: usize) -> Page {
    let lookup = Lookup::new(picture.nodes, picture.edges);
    let mut page = Page::new();
    let headline = words.tell("headline", &picture.summary.headline);
    page.paragraph(Line::new(), 0, styles::ANSWER, &headline, width);
    page.gap();
    let mut tree = Tree { lookup: &lookup, words, rows: Vec::new(), drawn: BTreeSet::new(), above: Vec::new() };
    tree.roots(picture.nodes);
    let rows = std::mem::take(&mut tree.rows);
    align(&mut page, &rows, width);
    findings::render(&mut page, picture.findings, &lookup, words, width);
    page.gap();
    closing(&mut page, picture, &rows, words, width);
    page
}

struct Tree<'a> {
    lookup: &'a Lookup<'a>,
    words: &'a Words,
    rows: Vec<Row>,
    /// Everything that has a row, so that what no edge reaches is drawn as well.
    drawn: BTreeSet<&'a NodeId>,
    /// The way down to where the pen is: an index that names itself ends the way.
    above: Vec<&'a NodeId>,
}

impl<'a> Tree<'a> {
    fn roots(&mut self, nodes: &'a [Node]) {
        for node in nodes.iter().filter(|node| node.role == Role::Tag) {
            self.node(node, "", "");
        }
        // A picture without a tag, or a part that nothing names: nothing is dropped silently.
        for node in nodes {
            if !self.drawn.contains(&node.id) && !self.hangs(node) {
                self.node(node, "", "");
            }
        }
    }

    /// Whether a node is a part of something else, and therefore drawn (or folded) there.
    fn hangs(&self, node: &Node) -> bool {
        [EdgeKind::Names, EdgeKind::Lists, EdgeKind::Config, EdgeKind::Layer]
            .into_iter()
            .any(|kind| self.lookup.parents(&node.id, kind).next().is_some())
    }

    /// Draws a node with `branch` before it and everything below it with `trunk` before that.
    fn node(&mut self, node: &'a Node, branch: &str, trunk: &str) {
        let folded = node.role == Role::Attestation && !branch.is_empty() && self.described(node).is_some();
        let ends = folded || self.above.contains(&&node.id);
        let below = if ends { Vec::new() } else { self.below(node) };
        let goes_on = if below.is_empty() { "" } else { "│" };
        let row = Row { trunk: format!("{trunk}{goes_on}"), ..self.row(node, branch, folded) };
        self.rows.push(row);
        self.drawn.insert(&node.id);
        if ends {
            return;
        }
        self.above.push(&node.id);
        for (at, child) in below.iter().enumerate() {
            let last = at + 1 == below.len();
            let (turn, pass) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let (branch, trunk) = (format!("{trunk}{turn}"), format!("{trunk}{pass}"));
            match child {
                Child::Node(child) => self.node(child, &branch, &trunk),
                Child::Layer { node, number, made_by } => {
                    let row = Row { trunk, ..self.layer(node, &branch, *number, *made_by) };
                    self.rows.push(row);
                    self.drawn.insert(&node.id);
                }
                Child::More(left) => self.rows.push(Row {
                    label: Line::new()
                        .styled(styles::FAINT, &branch)
                        .plain(&self.words.say("cli-tree-more", &[("count", Arg::from(*left))])),
                    ..Row::default()
                }),
            }
        }
        self.above.pop();
    }

    /// What hangs below a node, in the order of the picture: attestations go to the image that they
    /// describe, and only those that describe none stay where the index lists them.
    fn below(&self, node: &'a Node) -> Vec<Child<'a>> {
        let lookup = self.lookup;
        let mut below: Vec<Child<'a>> = Vec::new();
        below.extend(lookup.children(&node.id, EdgeKind::Names).map(Child::Node));
        for child in lookup.children(&node.id, EdgeKind::Lists) {
            let folds = child.role == Role::Attestation
                && self
                    .described(child)
                    .is_some_and(|image| lookup.parents(&image.id, EdgeKind::Lists).any(|index| index.id == node.id));
            if !folds {
                below.push(Child::Node(child));
            }
        }
        below.extend(lookup.children(&node.id, EdgeKind::Config).map(Child::Node));
        for (at, layer) in lookup.children(&node.id, EdgeKind::Layer).enumerate() {
            let made_by = node.layers.get(at).and_then(|line| line.created_by.as_deref());
            below.push(Child::Layer { node: layer, number: at + 1, made_by });
        }
        if node.role != Role::Tag {
            below.extend(lookup.records(&node.id).into_iter().map(Child::Node));
            below.extend(lookup.referrers(&node.id).into_iter().map(Child::Node));
        }
        below.extend(node.entries_left.filter(|left| *left > 0).map(Child::More));
        below
    }

    /// The image that an attestation describes.
    fn described(&self, record: &Node) -> Option<&'a Node> {
        let attested = self.lookup.children(&record.id, EdgeKind::Attests).next();
        attested.or_else(|| self.lookup.children(&record.id, EdgeKind::Subject).next())
    }

    fn row(&self, node: &Node, branch: &str, folded: bool) -> Row {
        let words = self.words;
        let style = styles::role(node.role);
        let label = Line::new().styled(styles::FAINT, branch);
        let label = match node.role {
            Role::Tag => label.styled(style, node.id.0.strip_prefix("tag:").unwrap_or(&node.id.0)),
            Role::Attestation if folded => {
                let image = self.described(node).and_then(|image| image.platform.as_ref());
                let text = match image {
                    Some(platform) => {
                        let platform = shorten(&anatomy::visible(&platform.to_string()), PLATFORM_COLUMNS);
                        words.say("cli-tree-record", &[("platform", platform.into())])
                    }
                    None => words.tell("role", &node.role),
                };
                label.styled(style, &text)
            }
            role => {
                let label = label.styled(style, &words.tell("role", &role));
                match &node.platform {
                    Some(platform) if role == Role::Manifest || role == Role::Missing || role == Role::Unknown => {
                        let platform = shorten(&anatomy::visible(&platform.to_string()), PLATFORM_COLUMNS);
                        label.plain(" ").styled(Style::new().bold(), &platform)
                    }
                    _ => label,
                }
            }
        };
        Row {
            label,
            digest: node.digest.as_ref().map(|digest| digest.short().to_owned()).unwrap_or_default(),
            verified: node.verified,
            size: node.size.map(|size| words::format::size(size.0)).unwrap_or_default(),
            remark: self.remark(node),
            trunk: String::new(),
        }
    }

    fn layer(&self, node: &Node, branch: &str, number: usize, made_by: Option<&str>) -> Row {
        let label = self.words.say("cli-tree-layer", &[("number", Arg::from(number))]);
        let made_by = made_by.map(one_line).filter(|line| !line.is_empty());
        Row {
            label: Line::new().styled(styles::FAINT, branch).styled(styles::role(node.role), &label),
            remark: match node.role {
                Role::Layer => Remark::Quote(made_by.unwrap_or_else(|| self.kind_of_layer(node))),
                _ => self.remark(node),
            },
            ..self.row(node, branch, false)
        }
    }

    fn remark(&self, node: &Node) -> Remark {
        let words = self.words;
        match node.role {
            Role::Tag => Remark::None,
            Role::Missing => Remark::Phrase(words.say("cli-tree-missing", &[])),
            _ if node.verified == Some(false) => Remark::Phrase(words.say("cli-tree-differs", &[])),
            Role::Manifest => match self.lookup.download(node) {
                Some(size) => Remark::Phrase(words.say("cli-tree-download", &[("bytes", Arg::from(size.0))])),
                None if node.verified.is_none() => Remark::Phrase(words.say("cli-tree-unread", &[])),
                None => Remark::None,
            },
            Role::Config => match &node.config {
                Some(facts) => Remark::Phrase(words.tell("date", &facts.created)),
                None => Remark::Quote(self.media(node)),
            },
            Role::Attestation => Remark::Quote(self.statements(node)),
            Role::Artifact => Remark::Quote(self.kind_of_artifact(node)),
            // That somebody signed the image is not yet that the signature is good.
            Role::Referrer => {
                let kind = self.kind_of_artifact(node);
                let kind = shorten(&anatomy::visible(&kind), KIND_COLUMNS);
                Remark::Phrase(words.say("cli-tree-referrer", &[("kind", kind.as_str().into())]))
            }
            Role::Index | Role::Layer | Role::Unknown => Remark::Quote(self.media(node)),
        }
    }

    fn kind_of_artifact(&self, node: &Node) -> String {
        match &node.artifact_type {
            Some(text) => self.named_type(&MediaType::new(text)),
            None => match self.lookup.children(&node.id, EdgeKind::Config).next() {
                Some(config) => self.media(config),
                None => self.media(node),
            },
        }
    }

    /// What the statements of an attestation are about, by the annotations of its layers.
    fn statements(&self, record: &Node) -> String {
        let kinds: Vec<String> = self
            .lookup
            .children(&record.id, EdgeKind::Layer)
            .map(|layer| match layer.annotations.get("in-toto.io/predicate-type") {
                Some(predicate) => predicate_name(predicate),
                None => self.media(layer),
            })
            .collect();
        if kinds.is_empty() {
            self.words.say("cli-tree-unread", &[])
        } else {
            self.words.say("cli-list", &[("items", Arg::List(kinds))])
        }
    }

    fn kind_of_layer(&self, layer: &Node) -> String {
        layer
            .annotations
            .get("in-toto.io/predicate-type")
            .map_or_else(|| self.media(layer), |predicate| predicate_name(predicate))
    }

    fn media(&self, node: &Node) -> String {
        match (&node.media_name, &node.media_type) {
            (Some(name), _) => self.words.tell("media", name),
            (None, Some(media_type)) => media_type.to_string(),
            (None, None) => String::new(),
        }
    }

    fn named_type(&self, media_type: &MediaType) -> String {
        media_type.name().map_or_else(|| media_type.to_string(), |name| self.words.tell("media", &name))
    }
}

enum Child<'a> {
    Node(&'a Node),
    Layer { node: &'a Node, number: usize, made_by: Option<&'a str> },
    More(u32),
}

/// A predicate type is an address; its end says what it is: `slsa.dev/provenance/v1`.
fn predicate_name(predicate: &str) -> String {
    predicate.trim_start_matches("https://").trim_start_matches("http://").to_owned()
}

/// A history line without the shell's and BuildKit's frame, spaces folded.
fn one_line(created_by: &str) -> String {
    let bare = created_by.trim();
    let bare = bare.strip_prefix("/bin/sh -c #(nop)").unwrap_or(bare);
    let bare = match bare.strip_prefix("/bin/sh -c ").or_else(|| bare.strip_prefix("RUN /bin/sh -c ")) {
        Some(command) => format!("RUN {command}"),
        None => bare.to_owned(),
    };
    let bare = bare.trim_end().strip_suffix("# buildkit").unwrap_or(&bare);
    bare.split([' ', '\t', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the sign means, what it took, and what a metered registry was not asked for.
fn closing(page: &mut Page, picture: &Picture<'_>, rows: &[Row], words: &Words, width: usize) {
    if rows.iter().any(|row| row.verified == Some(true)) {
        let text = words.say("cli-tree-verified", &[("count", Arg::from(picture.summary.verified))]);
        page.paragraph(Line::new().styled(styles::GOOD, "✓"), 2, styles::FAINT, &text, width);
    }
    let requests = picture.requests;
    let arguments = [
        ("count", Arg::from(requests.count)),
        ("bytes", Arg::from(requests.bytes)),
        ("time", words::format::seconds(requests.elapsed_ms).into()),
    ];
    let text = match picture.read {
        Read::Sample => words.say("cli-read-sample", &[]),
        Read::Here => words.say("cli-read-here", &[]),
        Read::Registry => words.say("cli-read-registry", &arguments),
        Read::Cache => words.say("cli-read-cache", &arguments),
    };
    page.paragraph(Line::new(), 0, styles::FAINT, &text, width);
    if picture.unread > 0 {
        let left = picture.quota.and_then(|quota| quota.remaining);
        let text = words.say("cli-metered", &[("unread", Arg::from(picture.unread)), ("left", Arg::from(left))]);
        page.paragraph(Line::new(), 0, styles::FAINT, &text, width);
    }
}

#[cfg(test)]
mod tests {
    use source::Quota;
    use words::Language;

    use super::*;
    use crate::fixtures::{self, Built};

    fn check(name: &str, built: &Built) {
        for language in Language::ALL {
            let text = render(&built.picture(), &Words::new(language), 100).text();
            insta::assert_snapshot!(format!("{name}_{}", language.code()), text);
        }
    }

    #[test]
    fn an_index_with_build_records() {
        check("multi_platform", &fixtures::multi_platform());
    }

    #[test]
    fn a_single_manifest_with_broken_parts() {
        check("single_and_broken", &fixtures::single_and_broken());
    }

    #[test]
    fn an_artifact_and_its_referrer() {
        check("artifact", &fixtures::artifact());
    }

    #[test]
    fn hostile_text_is_shown_and_not_obeyed() {
        let built = fixtures::hostile();
        for language in Language::ALL {
            let words = Words::new(language);
            let mut bytes = Vec::new();
            render(&built.picture(), &words, 400)
                .write(&mut anstream::StripStream::new(&mut bytes))
                .expect("a Vec takes everything");
            let text = String::from_utf8(bytes).expect("pieces are texts");
            let raw = text.chars().find(|c| (c.is_control() && *c != '\n') || "\u{202e}\u{200b}".contains(*c));
            assert_eq!(raw, None, "{text:?}");
            assert!(!text.lines().any(|line| line.starts_with("root#")), "{text}");
            assert!(text.contains("⟨U+202E⟩") && text.contains('␛'), "{text}");
            // With styles, an escape begins only what this program writes.
            let mut styled = Vec::new();
            render(&built.picture(), &words, 400).write(&mut styled).expect("a Vec takes everything");
            let styled = String::from_utf8(styled).expect("pieces are texts");
            assert!(!styled.contains("\u{1b}]") && !styled.contains("\u{1b}[2J"), "{styled:?}");
        }
    }

    #[test]
    fn a_metered_registry_says_what_was_left_out() {
        let built = fixtures::multi_platform();
        let quota = Quota { remaining: Some(87), ..Quota::default() };
        let picture = Picture { unread: 3, quota: Some(&quota), ..built.picture() };
        let english = render(&picture, &Words::new(Language::English), 100).text();
        assert!(english.contains("3 manifests not read") && english.contains("87 pulls left"), "{english}");
        let japanese = render(&Picture { quota: None, ..picture }, &Words::new(Language::Japanese), 100).text();
        assert!(japanese.contains("設計書3件は読んでいません。「--all」"), "{japanese}");
    }

    #[test]
    fn an_index_that_names_itself_ends() {
        let mut built = Built::default();
        let one = built.add(fixtures::node(Role::Index, "one", MediaType::OCI_INDEX, 1));
        let two = built.add(fixtures::node(Role::Index, "two", MediaType::OCI_INDEX, 1));
        built.join(&one, &two, EdgeKind::Lists);
        built.join(&two, &one, EdgeKind::Lists);
        let tag = built.add(fixtures::tag("r:1"));
        built.join(&tag, &one, EdgeKind::Names);
        let text = render(&built.picture(), &Words::new(Language::English), 100).text();
        assert_eq!(text.lines().filter(|line| line.contains("─ index")).count(), 3, "{text}");
    }

    #[test]
    fn a_narrow_terminal_loses_remarks_and_nothing_else() {
        let built = fixtures::multi_platform();
        let text = render(&built.picture(), &Words::new(Language::English), 76).text();
        assert!(text.lines().any(|line| line.ends_with('…')), "{text}");
        let node_lines = |text: &str| text.lines().filter(|line| line.contains("─ ")).count();
        assert_eq!(
            node_lines(&text),
            node_lines(&render(&built.picture(), &Words::new(Language::English), 200).text())
        );
    }

    #[test]
    fn history_lines_lose_their_frame() {
        assert_eq!(one_line("/bin/sh -c #(nop) ADD file:0123 in / "), "ADD file:0123 in /");
        assert_eq!(one_line("/bin/sh -c apt-get update  &&\\\n  true"), "RUN apt-get update &&\\ true");
        assert_eq!(one_line("RUN /bin/sh -c apk add curl # buildkit"), "RUN apk add curl");
        assert_eq!(one_line("COPY a /b # buildkit"), "COPY a /b");
        assert_eq!(one_line("  "), "");
    }
}
