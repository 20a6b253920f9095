use std::fmt::Write as _;

use anatomy::{EdgeKind, Graph, Node, NodeId, Role, visible};
use serde::{Deserialize, Serialize};
use source::Problem;
use words::{Arg, Words};

use crate::{InspectReport, Inspection};

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ReportFormat {
    /// Markdown, for people.
    Md,
    /// The shape of `kaibo.inspect/1`, for programs.
    Json,
}

/// What may leave this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReportOptions {
    /// Values of environment variables and paths under the reader's home.
    pub environment: bool,
}

impl Inspection {
    /// A report of what is on the screen.
    ///
    /// # Errors
    /// When the root was not read.
    pub fn export(&self, format: ReportFormat, options: ReportOptions, words: &Words) -> Result<String, Problem> {
        let mut report = self.report()?;
        if !options.environment {
            leave_out(&mut report);
        }
        let text = match format {
            ReportFormat::Json => serde_json::to_string_pretty(&report).map_err(Problem::internal)?,
            ReportFormat::Md => markdown(&report, words),
        };
        Ok(if options.environment { text } else { without_home(&text) })
    }
}

/// Keeps the names of environment variables and drops their values.
fn leave_out(report: &mut InspectReport) {
    for config in report.nodes.iter_mut().filter_map(|node| node.config.as_mut()) {
        for entry in &mut config.env {
            if let Some((name, _)) = entry.split_once('=') {
                *entry = format!("{name}=…");
            }
        }
    }
}

fn without_home(text: &str) -> String {
    let home = std::env::home_dir().map(|home| home.to_string_lossy().into_owned()).filter(|home| home.len() > 1);
    match home {
        // In JSON a path of Windows stands with doubled backslashes.
        Some(home) => text.replace(&home, "~").replace(&home.replace('\\', "\\\\"), "~"),
        None => text.to_owned(),
    }
}

fn markdown(report: &InspectReport, words: &Words) -> String {
    let graph = Graph { nodes: report.nodes.clone(), edges: report.edges.clone() };
    let mut page = Page { text: String::new(), words, graph: &graph };
    page.line(&format!("# {}", escaped(&report.reference)));
    page.line("");
    page.line(&escaped(&words.tell("headline", &report.summary.headline)));
    page.overview(report);
    for image in graph.nodes.iter().filter(|node| node.role == Role::Manifest) {
        page.image(image);
    }
    page.findings(report);
    page.text
}

struct Page<'p> {
    text: String,
    words: &'p Words,
    graph: &'p Graph,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        // A String takes whatever is written.
        let _written = writeln!(self.text, "{line}");
    }

    fn row(&mut self, cells: &[String]) {
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    fn head(&mut self, ids: &[&str]) {
        let cells: Vec<String> = ids.iter().map(|id| self.words.say(id, &[])).collect();
        self.line("");
        self.row(&cells);
        self.row(&vec!["---".to_owned(); cells.len()]);
    }

    fn overview(&mut self, report: &InspectReport) {
        self.head(&["report-part", "report-platform", "report-digest", "report-size", "report-type"]);
        let shown = [
            Role::Index,
            Role::Manifest,
            Role::Attestation,
            Role::Artifact,
            Role::Referrer,
            Role::Unknown,
            Role::Missing,
        ];
        for node in self.graph.nodes.iter().filter(|node| shown.contains(&node.role)) {
            let role = self.words.say(&format!("role-{}", <&'static str>::from(node.role)), &[]);
            let platform = node.platform.as_ref().filter(|platform| !platform.is_unknown());
            let described =
                self.graph.edges_from(&node.id, EdgeKind::Attests).next().and_then(|edge| self.platform_of(&edge.to));
            let platform = platform.map(ToString::to_string).or(described).unwrap_or_default();
            let media_type = node.media_type.as_ref().map(ToString::to_string).unwrap_or_default();
            self.row(&[role, escaped(&platform), code(node), self.size(node), escaped(&media_type)]);
        }
        let requests = self.words.say(
            "report-requests",
            &[("count", Arg::from(report.requests.count)), ("bytes", Arg::from(report.requests.bytes))],
        );
        self.line("");
        self.line(&requests);
    }

    fn image(&mut self, image: &Node) {
        let platform = image.platform.as_ref().map(ToString::to_string).unwrap_or_default();
        self.line("");
        self.line(&format!("## {} {}", escaped(&platform), code(image)));
        let config =
            self.graph.edges_from(&image.id, EdgeKind::Config).next().and_then(|edge| self.graph.node(&edge.to));
        if let Some(facts) = config.and_then(|node| node.config.as_ref()) {
            let created = if facts.created.is_recorded() {
                facts.created.text.clone().unwrap_or_default()
            } else {
                self.words.tell("date", &facts.created)
            };
            self.line("");
            self.line(&format!("- {}: {}", self.words.say("report-created", &[]), escaped(&created)));
            for (id, values) in
                [("report-env", &facts.env), ("report-entrypoint", &facts.entrypoint), ("report-cmd", &facts.cmd)]
            {
                if !values.is_empty() {
                    let values: Vec<String> = values.iter().map(|value| escaped(value)).collect();
                    self.line(&format!("- {}: {}", self.words.say(id, &[]), values.join(" · ")));
                }
            }
        }
        self.head(&["report-layer", "report-digest", "report-size", "report-diff-id", "report-made-by"]);
        for (line, place) in image.layers.iter().zip(1..) {
            let Some(layer) = self.graph.node(&line.node) else { continue };
            let diff_id = line.diff_id.as_ref().map(|digest| format!("`{}`", digest.short())).unwrap_or_default();
            let made_by = line.created_by.as_deref().map(escaped).unwrap_or_default();
            self.row(&[place.to_string(), code(layer), self.size(layer), diff_id, made_by]);
        }
    }

    fn findings(&mut self, report: &InspectReport) {
        if report.findings.is_empty() {
            return;
        }
        self.line("");
        self.line(&format!("## {}", self.words.say("report-findings", &[])));
        self.line("");
        for finding in &report.findings {
            let severity = self.words.say(&format!("severity-{}", severity(finding.severity)), &[]);
            let said = escaped(&self.words.tell("irregularity", &finding.irregularity));
            let node = self.graph.node(&finding.node).map(code).unwrap_or_default();
            self.line(&format!("- {severity}: {said} {node}"));
        }
    }

    fn platform_of(&self, id: &NodeId) -> Option<String> {
        self.graph.node(id)?.platform.as_ref().map(ToString::to_string)
    }

    fn size(&self, node: &Node) -> String {
        node.size.map(|size| self.words.say("report-bytes", &[("bytes", Arg::from(size.0))])).unwrap_or_default()
    }
}

fn severity(severity: anatomy::Severity) -> &'static str {
    match severity {
        anatomy::Severity::Info => "info",
        anatomy::Severity::Warning => "warning",
        anatomy::Severity::Error => "error",
    }
}

fn code(node: &Node) -> String {
    node.digest.as_ref().map(|digest| format!("`{}`", digest.short())).unwrap_or_default()
}

/// Makes a text mean itself in Markdown: hidden characters visible, everything that marks up escaped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '#' | '!' | '~' | '&') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_marks_up_survives() {
        assert_eq!(escaped("<img src=x>|`a`\n"), "\\<img src=x\\>\\|\\`a\\`␊");
    }
}
