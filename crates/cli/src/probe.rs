//! `kaibo probe`.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use anatomy::Reference;
use explorer::{
    Explorer, Mirror, ProbeFact, ProbeFactName, ProbeReport, ProbeRequest, ProbeSink, ProbeStep, ProbeVerdict,
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use source::Problem;
use words::{Arg, Words};

use crate::args::Probe;
use crate::page::{Line, Page, shorten};
use crate::run::{self, Failure};
use crate::usage::Refusal;
use crate::{exit, json, styles};

/// Columns before a fact.
const INDENT: usize = 6;
/// The most of a server's words that is shown here; `--json` has them whole.
const SAID: usize = 400;
/// As many steps as there are kinds.
const STEPS: usize = 12;

pub(crate) async fn run(args: &Probe, words: &Words) -> Result<u8, Failure> {
    if matches!(Reference::parse(&args.reference), Ok(reference) if !matches!(reference, Reference::Registry(_))) {
        let reference = [("reference", args.reference.as_str().into())];
        return Err(Refusal::new(words, "cli-usage-probe-no-registry", &reference).into());
    }
    let explorer = Explorer::new(run::ask_options(&args.ask))?;
    let request = ProbeRequest { reference: args.reference.clone(), ..ProbeRequest::default() };
    let telling = Telling::new(words, args.speech.quiet);
    let answer = run::limited(&args.reference, args.ask.wire.timeout, explorer.probe(request, &telling)).await;
    telling.bar.finish_and_clear();
    let report = answer?;
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &report)?;
    } else {
        render(&report, args.headers, words, run::columns()).write(&mut out)?;
    }
    out.flush()?;
    Ok(failed(&report).and_then(|step| step.problem.as_ref()).map_or(exit::DONE, |problem| exit::code(&problem.what)))
}

/// Names the step that is being taken, where there is a terminal to show it.
struct Telling<'w> {
    words: &'w Words,
    bar: ProgressBar,
    done: Mutex<usize>,
}

impl<'w> Telling<'w> {
    fn new(words: &'w Words, quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg}") {
            bar.set_style(style);
        }
        Self { words, bar, done: Mutex::new(0) }
    }
}

impl ProbeSink for Telling<'_> {
    fn on(&self, step: &ProbeStep) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done = (*done).max(step.kind as usize + 1);
        let args = [
            ("position", Arg::from(*done)),
            ("count", Arg::from(STEPS)),
            ("step", self.words.tell("probe-step", &step.kind).into()),
        ];
        self.bar.set_message(self.words.say("probe-answer-running", &args));
    }
}

fn failed(report: &ProbeReport) -> Option<&ProbeStep> {
    report.steps.iter().find(|step| step.verdict == ProbeVerdict::Failed)
}

fn render(report: &ProbeReport, with_headers: bool, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    page.line(Line::new().styled(styles::ANSWER, &report.reference));
    page.gap();
    let (style, sign) = if failed(report).is_some() { (styles::BAD, "✗") } else { (styles::GOOD, "✓") };
    page.paragraph(Line::new().styled(style, sign).plain(" "), 2, styles::ANSWER, &answer(report, words), width);
    page.gap();
    let names: Vec<Line> = report.steps.iter().map(|step| head(step, words)).collect();
    let verdicts = names.iter().map(Line::width).max().unwrap_or_default() + 2;
    let word = |step: &ProbeStep| words.tell("probe-verdict", &step.verdict);
    let widest = report.steps.iter().map(|step| Line::new().plain(&word(step)).width()).max().unwrap_or_default();
    let times = verdicts + widest + 2;
    for (step, line) in report.steps.iter().zip(names) {
        let line = line.pad_to(verdicts).styled(style_of(step.verdict), &word(step));
        let time = time(step);
        page.line(line.pad_to(times + 8_usize.saturating_sub(time.chars().count())).plain(&time));
        details(&mut page, step, with_headers, words, width);
    }
    mirrors(&mut page, &report.mirrors, words, width);
    page.gap();
    let asked = [("count", Arg::from(report.requests.count)), ("bytes", Arg::from(report.requests.bytes))];
    page.paragraph(Line::new(), 0, styles::FAINT, &words.say("probe-asked", &asked), width);
    page
}

/// The answer in one sentence.
fn answer(report: &ProbeReport, words: &Words) -> String {
    if let Some((at, step)) = report.steps.iter().enumerate().find(|(_, step)| step.verdict == ProbeVerdict::Failed) {
        let sentence = step.problem.as_ref().map(|problem| words.tell("problem", &problem.what)).unwrap_or_default();
        let args = [
            ("position", Arg::from(at + 1)),
            ("count", Arg::from(report.steps.len())),
            ("step", words.tell("probe-step", &step.kind).into()),
            ("sentence", sentence.into()),
        ];
        return words.say("probe-answer-failed", &args);
    }
    let notes = report.steps.iter().filter(|step| step.verdict == ProbeVerdict::Noted).count();
    let args = [("notes", Arg::from(notes)), ("time", words::format::seconds(report.requests.elapsed_ms).into())];
    words.say("probe-answer-passed", &args)
}

fn head(step: &ProbeStep, words: &Words) -> Line {
    let sign = match step.verdict {
        ProbeVerdict::Passed => "✓",
        ProbeVerdict::Noted => "!",
        ProbeVerdict::Failed => "✗",
        ProbeVerdict::Skipped => "–",
    };
    let name = words.tell("probe-step", &step.kind);
    let style = if step.verdict == ProbeVerdict::Failed { styles::HEADING } else { anstyle::Style::new() };
    Line::new().plain("  ").styled(style_of(step.verdict), sign).plain(" ").styled(style, &name)
}

fn style_of(verdict: ProbeVerdict) -> anstyle::Style {
    match verdict {
        ProbeVerdict::Passed => styles::GOOD,
        ProbeVerdict::Noted => styles::CAREFUL,
        ProbeVerdict::Failed => styles::BAD,
        ProbeVerdict::Skipped => styles::FAINT,
    }
}

/// What was not done took no time.
fn time(step: &ProbeStep) -> String {
    if step.verdict == ProbeVerdict::Skipped {
        return String::new();
    }
    if step.elapsed_ms < 1_000 {
        format!("{} ms", step.elapsed_ms)
    } else {
        format!("{:.1} s", f64::from(step.elapsed_ms) / 1_000.0)
    }
}

fn details(page: &mut Page, step: &ProbeStep, with_headers: bool, words: &Words, width: usize) {
    let mut faint = |text: &str| page.paragraph(Line::new(), INDENT, styles::FAINT, text, width);
    if let Some(request) = &step.request {
        faint(&match step.status {
            Some(status) => format!("{request} → {status}"),
            None => request.clone(),
        });
    }
    // That an earlier step failed is seen; every other reason is told.
    let earlier = |fact: &&ProbeFact| fact.name == ProbeFactName::Reason && fact.value == "earlier-step";
    for fact in step.facts.iter().filter(|fact| !earlier(fact)) {
        faint(&told(fact, words));
    }
    if with_headers {
        for (name, value) in &step.headers {
            faint(&format!("{name}: {value}"));
        }
    }
    if let Some(said) = &step.said {
        faint(&words.say("cli-problem-said", &[("said", shorten(said, SAID).into())]));
    }
    if let Some(problem) = &step.problem {
        trouble(page, step, problem, words, width);
    }
}

/// The sentence stands at the top; here is what was tried and what to do.
fn trouble(page: &mut Page, step: &ProbeStep, problem: &Problem, words: &Words, width: usize) {
    for evidence in problem.evidence.iter().filter(|evidence| Some(&evidence.attempted) != step.request.as_ref()) {
        let attempted = ("attempted", Arg::from(evidence.attempted.as_str()));
        let tried = match evidence.status {
            Some(status) => words.say("cli-problem-tried-status", &[attempted, ("status", status.to_string().into())]),
            None => words.say("cli-problem-tried", &[attempted]),
        };
        page.paragraph(Line::new(), INDENT, styles::FAINT, &tried, width);
    }
    let advice = words.tell_attr("problem", "advice", &problem.what);
    page.paragraph(Line::new(), INDENT, anstyle::Style::new(), &advice, width);
}

/// A label and its value; a value that is a word has its own text.
fn told(fact: &ProbeFact, words: &Words) -> String {
    let id = format!("probe-fact-{}", <&'static str>::from(fact.name));
    let word = format!("{id}-{}", fact.value);
    let value = if words.has(&word) { words.say(&word, &[]) } else { fact.value.clone() };
    format!("{}: {value}", words.say(&id, &[]))
}

fn mirrors(page: &mut Page, mirrors: &[Mirror], words: &Words, width: usize) {
    if mirrors.is_empty() {
        return;
    }
    page.gap();
    page.line(Line::new().styled(styles::HEADING, &words.say("probe-mirrors", &[])));
    for mirror in mirrors {
        let args = [
            ("engine", words.say(&format!("probe-engine-{}", mirror.engine), &[]).into()),
            ("location", mirror.location.as_str().into()),
        ];
        let text = words.say(&format!("probe-mirror-{}", <&'static str>::from(mirror.rule)), &args);
        let text = words.say("cli-probe-mirror", &[("text", text.into()), ("file", mirror.file.as_str().into())]);
        page.paragraph(Line::new().plain("  "), 2, anstyle::Style::new(), &text, width);
    }
    page.paragraph(Line::new().plain("  "), 2, styles::FAINT, &words.say("probe-mirrors-note", &[]), width);
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    /// A probe that was recorded.
    fn recorded(name: &str) -> ProbeReport {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/recorded/probe");
        let text = std::fs::read_to_string(format!("{folder}/{name}.json")).expect("it is there");
        serde_json::from_str(&text).expect("it is a probe")
    }

    #[test]
    fn probes_read_well() {
        for language in Language::ALL {
            let words = Words::new(language);
            for name in ["passed", "untrusted"] {
                let text = render(&recorded(name), name == "untrusted", &words, 100).text();
                assert!(!text.contains("[probe"), "{text}");
                insta::assert_snapshot!(format!("probe_{name}_{}", language.code()), text);
            }
        }
    }
}
