//! The manifest and the first byte of a blob, as a pull would fetch them.

use anatomy::{Content, Digest, Document, ImageIndex, ImageManifest, MediaType, Named, Target, Verification};
use bytes::Bytes;
use futures::StreamExt as _;
use source::{ContentSource as _, Problem, ProblemKind, Sink};

use super::recorder::{Answer, Entry, Heard, Recorder};
use super::{ProbeFactName, ProbeReason, ProbeStep, ProbeStepKind, ProbeVerdict, auth};
use crate::repository::{Part, RegistrySource};

/// Exchanges of a question, those that fetched a token on the way left out.
pub(super) fn exchanges(entries: &[Entry]) -> Vec<&Heard> {
    entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Exchange(heard) => Some(&**heard),
            Entry::Look(_) => None,
        })
        .collect()
}

/// The last answer of a question.
pub(super) fn answered<'e>(exchanges: &[&'e Heard]) -> Option<&'e Answer> {
    exchanges.last()?.answer.as_ref().ok()
}

/// `GET` of the manifest, and its bytes.
pub(super) async fn get(
    source: &RegistrySource,
    named: &Named,
    recorder: &Recorder,
    sink: &dyn Sink,
) -> (ProbeStep, Option<Bytes>) {
    let (from, at_ms) = (recorder.count(), recorder.now_ms());
    let got = source.resolve(&named.target(), sink).await;
    let entries = recorder.since(from);
    let exchanges = exchanges(&entries);
    let mut step = auth::question(ProbeStepKind::Get, &exchanges, at_ms);
    let got = match got {
        Ok(got) => got,
        Err(problem) => return (step.failed(problem), None),
    };
    let computed = Digest::sha256(&got.bytes);
    if let Some(answer) = answered(&exchanges) {
        auth::manifest(&mut step, answer);
    }
    step.facts.retain(|fact| !matches!(fact.name, ProbeFactName::Digest | ProbeFactName::Size));
    step.facts.insert(0, super::ProbeFact::new(ProbeFactName::Digest, &computed));
    step.fact(ProbeFactName::Size, got.bytes.len());
    if let Target::Digest(expected) = named.target()
        && let Verification::Different { actual } = expected.verify(&got.bytes)
    {
        let kind = ProblemKind::DigestMismatch { expected, actual };
        return (step.failed(Problem::new(kind)), None);
    }
    let promised = got.header_digest.as_deref().and_then(|text| text.parse::<Digest>().ok());
    if let Some(promised) = promised
        && matches!(promised.verify(&got.bytes), Verification::Different { .. })
    {
        step.note(ProbeFactName::Promised, promised);
    }
    (step, Some(got.bytes))
}

/// The first byte of what a pull would fetch first.
pub(super) async fn blob(
    source: &RegistrySource,
    named: &Named,
    manifest: Bytes,
    recorder: &Recorder,
    sink: &dyn Sink,
) -> ProbeStep {
    let (mut from, at_ms) = (recorder.count(), recorder.now_ms());
    let mut through = None;
    let mut bytes = manifest;
    if let Content::Index(index) = read(bytes.clone()).content {
        let Some(child) = image_of(&index) else {
            return ProbeStep::skipped(ProbeStepKind::Blob, at_ms, ProbeReason::NoBlob);
        };
        let one = Named { tag: None, digest: Some(child.clone()), ..named.clone() };
        match source.resolve(&one.target(), sink).await {
            Ok(answer) => bytes = answer.bytes,
            Err(problem) => {
                let entries = recorder.since(from);
                let mut step = auth::question(ProbeStepKind::Blob, &exchanges(&entries), at_ms);
                step.fact(ProbeFactName::Through, child);
                return step.failed(problem);
            }
        }
        through = Some(child);
        from = recorder.count();
    }
    let wanted = match read(bytes).content {
        Content::Manifest(manifest) => blob_of(&manifest),
        _ => None,
    };
    let Some((part, digest)) = wanted else {
        return ProbeStep::skipped(ProbeStepKind::Blob, at_ms, ProbeReason::NoBlob);
    };
    let given = source.range(&digest, 0, 1, sink).await;
    let (range, mut stream) = match given {
        Ok(Part::Partial(stream)) => ("partial", Ok(stream)),
        Ok(Part::Whole(stream)) => ("whole", Ok(stream)),
        Err(problem) => ("none", Err(problem)),
    };
    let first = match &mut stream {
        Ok(stream) => stream.next().await.transpose(),
        Err(problem) => Err(problem.clone()),
    };
    let entries = recorder.since(from);
    let mut step = auth::question(ProbeStepKind::Blob, &exchanges(&entries), at_ms);
    // The first byte is what is waited for, not the head of its answer.
    step.elapsed_ms = step.elapsed_ms.max(recorder.now_ms().saturating_sub(step.started_ms));
    if let Some(child) = through {
        step.fact(ProbeFactName::Through, child);
    }
    step.fact(ProbeFactName::Blob, &digest);
    step.fact(ProbeFactName::Part, part);
    match first {
        Ok(_) => {
            step.fact(ProbeFactName::Range, range);
            step
        }
        Err(problem) => step.failed(problem),
    }
}

fn read(bytes: Bytes) -> Document {
    Document::manifest(bytes, None::<&MediaType>).0
}

/// The first entry that is an image: attestations have the platform `unknown`.
fn image_of(index: &ImageIndex) -> Option<Digest> {
    let is_image = |platform: &anatomy::Platform| !platform.is_unknown();
    let images = index.manifests.iter().filter(|entry| entry.platform.as_ref().is_none_or(is_image));
    images.chain(&index.manifests).find_map(|entry| entry.digest.clone())
}

/// The first layer that the registry has itself, else the config.
fn blob_of(manifest: &ImageManifest) -> Option<(&'static str, Digest)> {
    let layer = manifest.layers.iter().filter(|layer| layer.urls.is_empty()).find_map(|layer| layer.digest.clone());
    let config = || manifest.config.as_ref().and_then(|config| config.digest.clone());
    layer.map(|digest| ("layer", digest)).or_else(|| config().map(|digest| ("config", digest)))
}

/// HEAD did not work: what the server says in its words, which HEAD leaves out. A GET that works
/// where HEAD did not makes it a note.
pub(super) async fn words(step: &mut ProbeStep, source: &RegistrySource, named: &Named, sink: &dyn Sink) {
    let Some(status) = step.status else { return };
    let worth = step.problem.as_ref().is_some_and(|problem| {
        matches!(
            problem.what,
            ProblemKind::NotFound { .. } | ProblemKind::AccessDenied { .. } | ProblemKind::RegistryFailed { .. }
        )
    });
    if !worth {
        return;
    }
    match source.resolve(&named.target(), sink).await {
        Ok(_) => {
            step.verdict = ProbeVerdict::Passed;
            step.problem = None;
            step.note(ProbeFactName::HeadStatus, status);
        }
        Err(mut problem) => {
            step.said = problem.evidence.iter().rev().find_map(|evidence| evidence.said.clone());
            if let Some(first) = step.problem.take() {
                problem.evidence.splice(0..0, first.evidence);
            }
            step.problem = Some(problem);
        }
    }
}
