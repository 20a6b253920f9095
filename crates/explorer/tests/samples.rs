//! Whole questions on the images that the program carries.

#![expect(clippy::unwrap_used, reason = "the samples are known")]

use std::sync::Mutex;

use anatomy::{Headline, Irregularity, NodeId, Role};
use explorer::{
    Explorer, InspectEvent, InspectReport, InspectRequest, InspectSink, Inspection, Options, ReportFormat,
    ReportOptions, VerifyOptions,
};
use words::{Language, Words};

#[derive(Default)]
struct Events(Mutex<Vec<InspectEvent>>);

impl InspectSink for Events {
    fn on(&self, event: InspectEvent) {
        self.0.lock().unwrap().push(event);
    }
}

async fn look(reference: &str) -> (Inspection, InspectReport, Vec<InspectEvent>) {
    let explorer = Explorer::new(Options::default()).unwrap();
    let request = InspectRequest { reference: reference.to_owned(), ..InspectRequest::default() };
    let events = Events::default();
    let (inspection, report) = explorer.inspect(request, &events).await.unwrap();
    (inspection, report, events.0.into_inner().unwrap())
}

fn of_role(report: &InspectReport, role: Role) -> Vec<NodeId> {
    report.nodes.iter().filter(|node| node.role == role).map(|node| node.id.clone()).collect()
}

#[tokio::test]
async fn every_sample_is_whole() {
    let explorer = Explorer::new(Options::default()).unwrap();
    let options = VerifyOptions { blobs: true, ..VerifyOptions::default() };
    let samples = explorer.samples();
    assert!(samples.len() >= 8);
    for sample in samples {
        for tag in &sample.tags {
            let reference = format!("sample:{}:{tag}", sample.name);
            let report = explorer.verify(&reference, &options, &Events::default()).await.unwrap();
            assert!(report.faults.is_empty(), "{reference}: {:?}", report.faults);
            assert!(report.documents > 0 && report.blobs > 0, "{reference}");
            assert_eq!(report.requests.count, 0);
        }
    }
}

#[tokio::test]
async fn the_shape_is_there_before_the_parts() {
    let (_, report, events) = look("sample:hello").await;
    let patches: Vec<_> = events
        .iter()
        .filter_map(|event| if let InspectEvent::Patch { patch } = event { Some(patch) } else { None })
        .collect();
    let stubs = patches[0].nodes.iter().filter(|node| node.role == Role::Manifest && node.verified.is_none()).count();
    assert_eq!(stubs, 3);
    assert_eq!(report.summary.headline, Headline::Platforms { platforms: 3, layers: 1 });
    assert_eq!((report.summary.records, report.summary.unread, report.summary.broken), (3, 0, 0));
}

#[tokio::test]
async fn exact_bytes_have_their_digest_and_lead_on() {
    let (inspection, report, _) = look("sample:hello").await;
    for role in [Role::Index, Role::Manifest, Role::Config, Role::Attestation] {
        for id in of_role(&report, role) {
            let document = inspection.document(&id).unwrap();
            assert!(document.exact);
            assert_eq!(anatomy::Digest::sha256(document.text.as_bytes()), document.digest, "{id}");
        }
    }
    let index = inspection.document(&of_role(&report, Role::Index)[0]).unwrap();
    // Six entries, and each of the three attestations names the manifest that it describes.
    assert_eq!(index.spans.len(), 9);
    let layer = &of_role(&report, Role::Layer)[0];
    let descriptor = inspection.document(layer).unwrap();
    assert!(descriptor.text.contains(layer.0.trim_start_matches("layer:")));
    assert!(descriptor.part_of.is_some());
    assert!(inspection.document(&NodeId::tag("sample:hello")).is_err());
}

#[tokio::test]
async fn an_attestation_can_be_read() {
    let (inspection, report, _) = look("sample:hello").await;
    let in_toto = report.nodes.iter().find(|node| {
        node.media_type.as_ref().is_some_and(|media_type| media_type.as_str() == "application/vnd.in-toto+json")
    });
    let statement = inspection.statement(&in_toto.unwrap().id).await.unwrap();
    assert!(statement.predicate_type.starts_with("https://slsa.dev/provenance/"));
    assert!(!statement.subjects.is_empty());
}

#[tokio::test]
async fn a_single_manifest_says_that_there_is_no_list() {
    let (_, report, _) = look("sample:single").await;
    assert!(matches!(report.summary.headline, Headline::SingleManifest { .. }));
    assert_eq!(report.summary.points_at, Some(Role::Manifest));
}

#[tokio::test]
async fn an_artifact_is_no_image() {
    let (_, report, _) = look("sample:artifacts:chart").await;
    let Headline::TagNamesArtifact { artifact_type } = report.summary.headline else { panic!("an artifact") };
    assert_eq!(artifact_type, "application/vnd.cncf.helm.config.v1+json");
    assert_eq!(report.summary.images, 0);
}

#[tokio::test]
async fn referrers_point_at_the_image_once_each() {
    let explorer = Explorer::new(Options::default()).unwrap();
    let request =
        InspectRequest { reference: "sample:referrers".to_owned(), referrers: true, ..InspectRequest::default() };
    let (inspection, report) = explorer.inspect(request, &Events::default()).await.unwrap();
    let types = |report: &InspectReport| {
        let referrers = report.nodes.iter().filter(|node| node.role == Role::Referrer);
        let mut types: Vec<_> = referrers.map(|node| node.artifact_type.clone().unwrap()).collect();
        types.sort();
        types
    };
    let expected = [
        "application/spdx+json",
        "application/vnd.dev.cosign.simplesigning.v1+json",
        "application/vnd.example.scan.v1+json",
    ];
    assert_eq!(types(&report), expected);
    let hung: Vec<_> = report.nodes.iter().filter_map(|node| node.by_tag.as_deref()).collect();
    assert_eq!(hung.len(), 1);
    assert!(hung[0].starts_with("sha256-d7be6e1e") && hung[0].ends_with(".sig"), "{hung:?}");
    let subjects = report.edges.iter().filter(|edge| edge.kind == anatomy::EdgeKind::Subject);
    assert_eq!(subjects.count(), 3);
    assert_eq!(report.summary.unread, 0);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    // Asked again, nothing is drawn twice.
    assert_eq!(inspection.referrers(&Events::default()).await.unwrap(), 3);
    assert_eq!(inspection.report().unwrap().edges, report.edges);
}

#[tokio::test]
async fn referrers_come_to_an_open_picture_as_patches() {
    let (inspection, report, _) = look("sample:referrers").await;
    assert_eq!(of_role(&report, Role::Referrer).len(), 0);
    let events = Events::default();
    assert_eq!(inspection.referrers(&events).await.unwrap(), 3);
    let events = events.0.into_inner().unwrap();
    let patched = events.iter().filter_map(|event| match event {
        InspectEvent::Patch { patch } => Some(patch.nodes.iter().filter(|node| node.role == Role::Referrer).count()),
        _ => None,
    });
    assert!(patched.sum::<usize>() >= 3);
    assert_eq!(inspection.report().unwrap().summary.unread, 0);
    let (inspection, _, _) = look("sample:single").await;
    assert_eq!(inspection.referrers(&Events::default()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_date_of_zero_is_told() {
    let (_, report, _) = look("sample:epoch0:1").await;
    let told = report.findings.iter().filter(|told| matches!(told.irregularity, Irregularity::DateNotRecorded { .. }));
    assert_eq!(told.count(), 2);
}

#[tokio::test]
async fn a_report_leaves_out_what_is_private_unless_asked() {
    let (inspection, _, _) = look("sample:hello").await;
    let words = Words::new(Language::English);
    let text = inspection.export(ReportFormat::Json, ReportOptions { environment: false }, &words).unwrap();
    assert!(text.contains("PATH=…") && !text.contains("PATH=/"), "{text}");
    let text = inspection.export(ReportFormat::Json, ReportOptions { environment: true }, &words).unwrap();
    assert!(text.contains("PATH=/"));
    let text = inspection.export(ReportFormat::Md, ReportOptions::default(), &Words::new(Language::Japanese)).unwrap();
    assert!(text.contains("linux/amd64") && text.contains("| 部品 |") && !text.contains("[report-"), "{text}");
}

#[tokio::test]
async fn what_cannot_be_asked_is_a_typed_problem() {
    let explorer = Explorer::new(Options::default()).unwrap();
    for (reference, code) in [
        ("Alpine", "reference-invalid"),
        ("docker-daemon:x", "transport-unsupported"),
        ("sample:nothing", "sample-unknown"),
        ("sample:hello:9", "tag-absent"),
        ("oci:nowhere", "path-not-found"),
    ] {
        let request = InspectRequest { reference: reference.to_owned(), ..InspectRequest::default() };
        let problem = explorer.inspect(request, &Events::default()).await.unwrap_err();
        assert_eq!(problem.code(), code, "{reference}");
    }
}
