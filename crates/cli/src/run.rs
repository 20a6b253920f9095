//! The commands: each asks `explorer` one question and gives the answer a form.

use std::future::Future;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use anatomy::{Content, Document, EdgeKind};
use explorer::{Explorer, InspectReport, InspectRequest, Inspection, Options, VerifyOptions};
use source::{Origin, Place, Problem, ProblemKind, Requests, Stage};
use words::{Arg, Words};

use crate::args::{Ask, Format, Inspect, Reach, Samples, Speech, Verify, Wire};
use crate::page::{Line, Page};
use crate::picture::{Picture, Read};
use crate::progress::Progress;
use crate::usage::Refusal;
use crate::{exit, imagetools, json, problem, samples, tree, verify};

/// Columns of a page that goes into a pipe or a file.
const PIPE_COLUMNS: usize = 100;

/// Why a command did not end well: the problem is told, an output that is gone is not.
pub(crate) enum Failure {
    Problem(Problem),
    Usage(Refusal),
    Output(io::Error),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Usage(refusal)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Columns of the terminal behind standard output.
pub(crate) fn columns() -> usize {
    terminal_size::terminal_size_of(io::stdout()).map_or(PIPE_COLUMNS, |(width, _)| usize::from(width.0).max(40))
}

pub(crate) async fn inspect(args: &Inspect, words: &Words) -> Result<u8, Failure> {
    let explorer = Explorer::new(options(&args.reach))?;
    let request = InspectRequest {
        reference: args.reference.clone(),
        platform: args.platform.clone(),
        all: args.all,
        // The imagetools form tells of one document only.
        shallow: args.format == Format::Imagetools,
        referrers: args.referrers,
        ..InspectRequest::default()
    };
    let progress = Progress::new(words, args.speech.quiet, "cli-progress");
    let answer = limited(&args.reference, args.reach.timeout, explorer.inspect(request, &progress)).await;
    progress.finish();
    let (inspection, report) = answer?;
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &report)?;
    } else {
        match args.format {
            Format::Tree => tree::render(&picture(&report), words, columns()).write(&mut out)?,
            Format::Imagetools => imagetools(&inspection, &report)?.write(&mut out)?,
        }
    }
    out.flush()?;
    drop(out);
    if !report.problems.is_empty() && !args.speech.quiet && !args.speech.json {
        tell_parts(&report.problems, words)?;
    }
    Ok(exit::DONE)
}

pub(crate) async fn verify(args: &Verify, words: &Words) -> Result<u8, Failure> {
    let explorer = Explorer::new(options(&args.reach))?;
    let wanted = VerifyOptions { blobs: args.blobs, ..VerifyOptions::default() };
    let progress = Progress::new(words, args.speech.quiet, "cli-progress-verify");
    let answer =
        limited(&args.reference, args.reach.timeout, explorer.verify(&args.reference, &wanted, &progress)).await;
    progress.finish();
    let report = answer?;
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &report)?;
    } else {
        verify::render(&report, words, columns()).write(&mut out)?;
    }
    out.flush()?;
    Ok(if report.faults.is_empty() { exit::DONE } else { exit::FAULT })
}

pub(crate) fn samples(args: &Samples, words: &Words) -> Result<u8, Failure> {
    let samples = Explorer::new(Options::default())?.samples();
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &samples::Report::of(&samples))?;
    } else {
        samples::render(&samples, words, columns()).write(&mut out)?;
    }
    out.flush()?;
    Ok(exit::DONE)
}

/// Tells a problem: in words on standard error and, where JSON was asked for, as the one document
/// on standard output.
pub(crate) fn tell(found: &Problem, speech: Option<&Speech>, words: &Words) -> io::Result<u8> {
    let as_json = speech.is_some_and(|speech| speech.json);
    if as_json {
        let mut out = anstream::stdout().lock();
        json::write(&mut out, &problem::Report::of(found, words))?;
        out.flush()?;
    }
    if !(as_json && speech.is_some_and(|speech| speech.quiet)) {
        problem::render(found, words, columns()).write(&mut anstream::stderr().lock())?;
    }
    Ok(exit::code(&found.what))
}

/// Ends work that takes too long or that the reader stops; dropping it cancels it.
pub(crate) async fn limited<T>(
    reference: &str,
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    // The future is large, and it is moved about below.
    let work = Box::pin(work);
    let too_long = async {
        match limit {
            Some(limit) => tokio::time::sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    let stopped = async {
        // Where no such signal can be heard, nothing stops the work.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        biased;
        () = stopped => Err(ProblemKind::Cancelled.into()),
        answer = work => answer,
        () = too_long => Err(ProblemKind::TimedOut {
            host: reference.to_owned(),
            stage: Stage::Whole,
            seconds: limit.map_or(0, |limit| u32::try_from(limit.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX)),
        }
        .into()),
    }
}

/// What was asked, in words.
pub(crate) fn requests(requests: Requests, words: &Words) -> String {
    let args = [
        ("count", Arg::from(requests.count)),
        ("bytes", Arg::from(requests.bytes)),
        ("time", words::format::seconds(requests.elapsed_ms).into()),
    ];
    words.say("cli-read-registry", &args)
}

/// How lists and accounts are asked for.
pub(crate) fn wire_options(wire: &Wire, ca: &[PathBuf]) -> Options {
    Options {
        plain_http: wire.plain_http,
        tls: wire.tls,
        ca: ca.to_vec(),
        insecure: wire.insecure,
        allow_realm: wire.allow_realm.clone(),
        resolve: wire.resolve.clone(),
        ..Options::default()
    }
}

/// As [`wire_options`], with whose accounts.
pub(crate) fn ask_options(ask: &Ask) -> Options {
    Options { authfile: ask.authfile.clone(), ..wire_options(&ask.wire, &ask.ca) }
}

fn options(reach: &Reach) -> Options {
    Options {
        offline: reach.offline,
        no_cache: reach.no_cache,
        cache_dir: Options::usual_cache_dir(),
        authfile: reach.authfile.clone(),
        plain_http: reach.plain_http,
        tls: reach.tls,
        ca: reach.ca.clone(),
        insecure: reach.insecure,
        allow_realm: reach.allow_realm.clone(),
        resolve: reach.resolve.clone(),
        budget: reach.budget,
    }
}

fn picture(report: &InspectReport) -> Picture<'_> {
    Picture {
        nodes: &report.nodes,
        edges: &report.edges,
        findings: &report.findings,
        summary: &report.summary,
        requests: report.requests,
        quota: report.quota.as_ref(),
        unread: report.unread,
        read: match (&report.place, report.origin) {
            (Place::Sample { .. }, _) => Read::Sample,
            (Place::Registry { .. }, Origin::Cache) => Read::Cache,
            (Place::Registry { .. }, Origin::Source) => Read::Registry,
            (Place::Layout { .. } | Place::OciArchive { .. } | Place::DockerArchive { .. }, _) => Read::Here,
        },
    }
}

fn imagetools(inspection: &Inspection, report: &InspectReport) -> Result<Page, Problem> {
    let root = report
        .edges
        .iter()
        .find(|edge| edge.kind == EdgeKind::Names)
        .and_then(|edge| report.nodes.iter().find(|node| node.id == edge.to))
        .or_else(|| report.nodes.iter().find(|node| node.digest.is_some()));
    let Some((root, digest)) = root.and_then(|root| Some((root, root.digest.as_ref()?))) else {
        return Err(Problem::internal("the reference names nothing"));
    };
    let text = inspection.document(&root.id)?.text;
    let (document, _) = Document::manifest(text.into(), root.media_type.as_ref());
    let index: Option<&anatomy::ImageIndex> = match &document.content {
        Content::Index(index) => Some(index),
        _ => None,
    };
    let media_type = root.media_type.as_ref().map_or("", anatomy::MediaType::as_str);
    Ok(imagetools::render(&report.reference, media_type, digest, index))
}

/// The picture is there, and some parts of it are not: why, on standard error.
pub(crate) fn tell_parts(problems: &[Problem], words: &Words) -> io::Result<()> {
    let mut page = Page::new();
    page.gap();
    page.line(Line::new().plain(&words.say("cli-note-part", &[])));
    let mut out = anstream::stderr().lock();
    page.write(&mut out)?;
    for found in problems {
        problem::render(found, words, columns()).write(&mut out)?;
    }
    Ok(())
}
