//! Lists of tags and repositories, and what refers to an image: events, requests, reports.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

use std::sync::Mutex;
use std::time::Duration;

use anatomy::tag::AttachedKind;
use anatomy::{Digest, Role};
use explorer::{
    BrowseSink, Explorer, InspectEvent, InspectRequest, InspectSink, Options, RepositoriesEvent, RepositoriesReport,
    RepositoriesRequest, TagsEvent, TagsReport, TagsRequest,
};
use source::{ProblemKind, Quota, Thing, Unlisted, Via};
use testkit::{Fault, Image, ImageBuilder, Link, Registry, RegistryBuilder, When, media};

/// Keeps what was told, and how many requests the registry had seen by then.
struct Events<'r, E> {
    registry: &'r Registry,
    told: Mutex<Vec<(E, usize)>>,
}

impl<'r, E> Events<'r, E> {
    fn of(registry: &'r Registry) -> Self {
        Self { registry, told: Mutex::default() }
    }

    fn told(self) -> Vec<(E, usize)> {
        self.told.into_inner().unwrap()
    }
}

impl<E: Send> BrowseSink<E> for Events<'_, E> {
    fn on(&self, event: E) {
        let seen = self.registry.seen().len();
        self.told.lock().unwrap().push((event, seen));
    }
}

struct Silent;

impl<E> BrowseSink<E> for Silent {
    fn on(&self, _event: E) {}
}

impl InspectSink for Silent {
    fn on(&self, _event: InspectEvent) {}
}

fn explorer() -> Explorer {
    // Accounts of this machine take no part.
    let nobody = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("nobody.json");
    std::fs::write(&nobody, r#"{"auths":{}}"#).unwrap();
    Explorer::new(Options { authfile: Some(nobody), ..Options::default() }).unwrap()
}

fn image(text: &str) -> Image {
    ImageBuilder::new("linux/amd64").file("text", text.as_bytes()).build()
}

/// Versions 0 to `count`, each image under ten tags in a row.
fn versions(count: usize) -> RegistryBuilder {
    let groups = count.div_ceil(10);
    (0..groups).fold(Registry::builder(), |builder, group| {
        let tags = (group * 10..count.min(group * 10 + 10)).map(|number| format!("1.{number}"));
        builder.tags("demo/app", &image(&group.to_string()), tags)
    })
}

fn ask(registry: &Registry, digests: bool) -> TagsRequest {
    TagsRequest { repository: format!("{}/demo/app", registry.host()), digests, ..TagsRequest::default() }
}

async fn tags(request: TagsRequest) -> TagsReport {
    explorer().tags(request, &Silent).await.unwrap()
}

fn names(report: &TagsReport) -> Vec<&str> {
    report.tags.iter().map(|row| row.entry.name.as_str()).collect()
}

fn heads(registry: &Registry) -> usize {
    registry.seen().iter().filter(|seen| seen.method == "HEAD").count()
}

#[tokio::test]
async fn the_first_rows_come_with_the_first_page() {
    let registry = versions(2_500).pages(1_000, Link::Path).start();
    let events = Events::of(&registry);
    let report = explorer().tags(ask(&registry, true), &events).await.unwrap();
    assert_eq!(report.tags.len(), 2_500);
    assert!(report.complete && report.problems.is_empty());
    assert_eq!((report.tags[0].entry.name.as_str(), report.tags[2_499].entry.name.as_str()), ("1.2499", "1.0"));
    let lists = registry.seen().iter().filter(|seen| seen.path.contains("/tags/list")).count();
    assert_eq!((lists, heads(&registry), registry.lines().len()), (3, 2_500, 2_503));
    assert_eq!(report.requests.count, 2_503);
    assert_eq!((report.groups.len(), report.without_digest), (250, 0));
    assert!(report.groups.iter().all(|group| group.tags.len() == 10));
    assert_eq!(report.groups[0].tags[..2], ["1.2499", "1.2498"]);

    let told = events.told();
    let pages: Vec<_> = told
        .iter()
        .filter_map(|(event, seen)| if let TagsEvent::Page { tags } = event { Some((tags.len(), *seen)) } else { None })
        .collect();
    assert_eq!(pages, [(1_000, 1), (1_000, 2), (500, 3)]);
    assert!(matches!(&told[0].0, TagsEvent::Named { via: Via::Registry, repository, .. } if repository == "demo/app"));
    let digests: usize = told
        .iter()
        .filter_map(|(event, _)| if let TagsEvent::Digests { digests } = event { Some(digests.len()) } else { None })
        .sum();
    assert_eq!(digests, 2_500);
    let progress = told.iter().filter_map(|(event, _)| match event {
        TagsEvent::Progress { wanted, asked, .. } => Some((*wanted, *asked)),
        _ => None,
    });
    assert_eq!(progress.collect::<Vec<_>>().last().copied(), Some((2_500, 2_500)));
}

#[tokio::test]
async fn a_list_alone_costs_its_pages_and_no_more() {
    let registry = versions(30).start();
    let report = tags(ask(&registry, false)).await;
    assert_eq!((report.tags.len(), report.requests.count, registry.lines().len()), (30, 1, 1));
    assert_eq!((report.without_digest, report.groups.len()), (30, 0));
    // A tag behind the name is no part of the question.
    let request = TagsRequest { repository: registry.reference("demo/app", "1.3"), ..TagsRequest::default() };
    assert_eq!(tags(request).await.tags.len(), 30);
}

#[tokio::test]
async fn a_metered_registry_is_asked_for_a_hundred_digests_and_for_no_manifest() {
    let registry = versions(300).metered(100, 76).start();
    // That it counts it says with its first answer, and then it is not asked for all.
    let explorer = explorer();
    let report = explorer.tags(ask(&registry, true), &Silent).await.unwrap();
    assert_eq!((heads(&registry), report.without_digest), (100, 200));
    assert!(report.tags[..100].iter().all(|row| row.entry.digest.is_some()), "the newest are asked for first");
    let quota =
        Quota { limit: Some(100), remaining: Some(76), window_s: Some(21_600), source: Some("192.0.2.7".into()) };
    assert_eq!(report.quota, Some(quota.clone()));
    registry.forget_seen();
    let report = explorer.tags(TagsRequest { budget: Some(250), ..ask(&registry, true) }, &Silent).await.unwrap();
    assert_eq!((heads(&registry), report.without_digest), (250, 50));
    registry.forget_seen();
    let report = explorer.tags(ask(&registry, false), &Silent).await.unwrap();
    assert_eq!((registry.lines().len(), heads(&registry), report.quota), (2, 1, Some(quota)));
    assert!(registry.seen().iter().all(|seen| seen.method == "HEAD" || seen.path.contains("/tags/list")));
}

#[tokio::test]
async fn tags_about_other_images_are_tied_to_them() {
    let app = image("app");
    let attached = ["", ".sig", ".att", ".sbom"].map(|ending| format!("sha256-{}{ending}", app.digest().encoded()));
    let registry = Registry::builder()
        .tags("demo/app", &app, ["1.0", "latest", "1.10", "1.9"])
        .tags("demo/app", &image("record"), &attached)
        .start();
    let report = tags(TagsRequest { budget: Some(4), ..ask(&registry, true) }).await;
    assert_eq!(names(&report)[..4], ["latest", "1.10", "1.9", "1.0"]);
    let kinds = report.tags.iter().filter_map(|row| row.attached.as_ref());
    let kinds: Vec<_> = kinds.map(|attached| (attached.subject.clone(), attached.kind)).collect();
    let expected = [AttachedKind::Signature, AttachedKind::Sbom, AttachedKind::Attestation, AttachedKind::Referrers];
    assert_eq!(kinds, expected.map(|kind| (app.digest().clone(), kind)));
    // Of four HEADs none is spent on them.
    assert_eq!((report.groups.len(), report.groups[0].tags.len(), report.without_digest), (1, 4, 4));
}

#[tokio::test]
async fn one_tag_that_is_not_there_is_told_and_the_rest_goes_on() {
    let registry = versions(60).start();
    registry.when(When::head().path("/manifests/1.7")).fault(Fault::status(404));
    registry.when(When::head().path("/manifests/1.9")).fault(Fault::status(404));
    let report = tags(ask(&registry, true)).await;
    // 1.7 and 1.9 alone: none of the others begins so.
    assert_eq!(report.without_digest, 2);
    let problems: Vec<_> = report.problems.iter().map(|problem| &problem.what).collect();
    assert!(matches!(problems[..], [ProblemKind::NotFound { thing: Thing::Tag, .. }]), "{problems:?}");
    assert!(report.complete);
}

#[tokio::test]
async fn what_concerns_all_tags_ends_the_asking() {
    let registry = versions(500).start();
    registry.when(When::head()).fault(Fault::status(403));
    let report = tags(ask(&registry, true)).await;
    assert!(heads(&registry) <= 24, "{}", heads(&registry));
    assert_eq!((report.tags.len(), report.without_digest, report.problems.len()), (500, 500, 1));
    assert!(matches!(report.problems[0].what, ProblemKind::AccessDenied { .. }));
}

#[tokio::test]
async fn a_registry_that_answers_a_head_without_a_digest_is_no_problem() {
    let registry = versions(10).start();
    registry.when(When::head()).fault(Fault::status(200));
    let report = tags(ask(&registry, true)).await;
    assert_eq!((report.without_digest, report.problems.len()), (10, 0));
}

#[tokio::test]
async fn what_was_read_stands_when_a_later_page_cannot_be_had() {
    let registry = versions(30).pages(10, Link::Path).start();
    registry.when(When::get().path("last=")).fault(Fault::status(403));
    let report = tags(ask(&registry, false)).await;
    assert_eq!((report.tags.len(), report.complete), (10, false));
    assert!(matches!(report.problems[0].what, ProblemKind::AccessDenied { .. }));
    let registry = versions(30).pages(10, Link::OtherHost).start();
    let report = tags(ask(&registry, false)).await;
    assert_eq!((report.tags.len(), report.complete), (10, false));
    assert!(matches!(report.problems[0].what, ProblemKind::RedirectRefused { .. }));
    let registry = versions(30).pages(10, Link::Circle).start();
    let report = tags(ask(&registry, false)).await;
    assert_eq!((report.tags.len(), report.complete, report.problems.len()), (10, false, 0));
}

#[tokio::test]
async fn what_cannot_be_listed_is_a_typed_problem() {
    let registry = versions(1).start();
    let explorer = explorer();
    let missing = format!("{}/demo/none", registry.host());
    for (repository, code) in [
        (missing.as_str(), "not-found"),
        ("sample:hello", "reference-invalid"),
        ("https://ghcr.io/a/b", "reference-invalid"),
        ("", "reference-invalid"),
        ("ghcr.io/A/b", "reference-invalid"),
        ("127.0.0.1:1/a/b", "unreachable"),
    ] {
        let request = TagsRequest { repository: repository.to_owned(), ..TagsRequest::default() };
        assert_eq!(explorer.tags(request, &Silent).await.unwrap_err().code(), code, "{repository}");
    }
    let offline = Explorer::new(Options { offline: true, ..Options::default() }).unwrap();
    assert_eq!(offline.tags(ask(&registry, false), &Silent).await.unwrap_err().code(), "offline");
}

async fn repositories(registry: &str, limit: Option<u32>) -> RepositoriesReport {
    let request = RepositoriesRequest { registry: registry.to_owned(), limit, ..RepositoriesRequest::default() };
    explorer().repositories(request, &Silent).await.unwrap()
}

fn repository_names(report: &RepositoriesReport) -> Vec<&str> {
    report.repositories.iter().map(|entry| entry.name.as_str()).collect()
}

#[tokio::test]
async fn repositories_are_listed_and_where_they_are_not_that_is_a_fact() {
    let names = ["app", "team/a", "team/b", "team/c", "zoo"];
    let fill =
        |builder: RegistryBuilder| names.iter().fold(builder, |builder, name| builder.image(name, "1", &image("a")));
    let registry = fill(Registry::builder().catalog().pages(2, Link::Path)).start();
    let host = registry.host();
    let events = Events::of(&registry);
    let request = RepositoriesRequest { registry: host.clone(), ..RepositoriesRequest::default() };
    let report = explorer().repositories(request, &events).await.unwrap();
    assert_eq!((repository_names(&report), report.complete), (names.to_vec(), true));
    assert_eq!((report.requests.count, report.via, report.unlisted), (3, Via::Registry, None));
    let pages = events.told().into_iter().filter_map(|(event, seen)| match event {
        RepositoriesEvent::Page { repositories } => Some((repositories.len(), seen)),
        RepositoriesEvent::Source { .. } => None,
    });
    assert_eq!(pages.collect::<Vec<_>>(), [(2, 1), (2, 2), (1, 3)]);

    let report = repositories(&format!("{host}/team"), None).await;
    assert_eq!(
        (repository_names(&report), report.namespace.as_deref()),
        (vec!["team/a", "team/b", "team/c"], Some("team"))
    );
    let report = repositories(&host, Some(3)).await;
    assert_eq!((repository_names(&report), report.complete), (names[..3].to_vec(), false));

    registry.when(When::get().path("last=")).fault(Fault::status(500));
    let report = repositories(&host, None).await;
    assert_eq!((repository_names(&report), report.complete, report.problems.len()), (names[..2].to_vec(), false, 1));

    let silent = fill(Registry::builder()).start();
    let report = repositories(&silent.host(), None).await;
    assert_eq!((report.unlisted, report.repositories.len()), (Some(Unlisted::NotOffered), 0));
    assert_eq!(repositories("docker.io", None).await.unlisted, Some(Unlisted::NeedsNamespace));

    let request = RepositoriesRequest { registry: "https://ghcr.io".into(), ..RepositoriesRequest::default() };
    assert_eq!(explorer().repositories(request, &Silent).await.unwrap_err().code(), "reference-invalid");
}

#[tokio::test]
async fn a_list_that_is_dropped_asks_no_more() {
    let registry = versions(400).latency(Duration::from_millis(20)).start();
    let explorer = explorer();
    let asked = explorer.tags(ask(&registry, true), &Silent);
    assert!(tokio::time::timeout(Duration::from_millis(120), asked).await.is_err());
    let seen = registry.seen().len();
    assert!(seen > 1 && seen < 400, "{seen}");
    tokio::time::sleep(Duration::from_millis(100)).await;
    // Those on their way arrive.
    assert!(registry.seen().len() <= seen + 24);
}

/// A referrer of `subject`.
fn referrer(subject: &Digest, artifact_type: &str) -> Image {
    let manifest = serde_json::json!({
        "schemaVersion": 2, "mediaType": media::OCI_MANIFEST, "artifactType": artifact_type, "layers": [],
        "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": Digest::sha256(b"{}"), "size": 2},
        "subject": {"mediaType": media::OCI_MANIFEST, "digest": subject, "size": 2},
    });
    let mut image = Image::raw(media::OCI_MANIFEST, serde_json::to_vec(&manifest).unwrap());
    image.put(&b"{}"[..], "application/vnd.oci.empty.v1+json", false);
    image
}

/// An index that claims that all these refer to the image, without saying of which type they are.
fn claims(referrers: &[Image]) -> Image {
    let entries: Vec<_> = referrers
        .iter()
        .map(|image| serde_json::json!({"mediaType": media::OCI_MANIFEST, "digest": image.digest(), "size": image.bytes().len()}))
        .collect();
    let index = serde_json::json!({"schemaVersion": 2, "mediaType": media::OCI_INDEX, "manifests": entries});
    Image::raw(media::OCI_INDEX, serde_json::to_vec(&index).unwrap())
}

fn attached() -> (Image, RegistryBuilder) {
    let app = image("app");
    let listed = [
        referrer(app.digest(), "application/spdx+json"),
        referrer(app.digest(), "application/vnd.example.scan"),
        referrer(&Digest::sha256(b"another image"), "application/of.another"),
        image("no referrer at all"),
    ];
    let tag = format!("sha256-{}", app.digest().encoded());
    let mut builder = Registry::builder().image("demo/app", "1.0", &app).image("demo/app", &tag, &claims(&listed));
    for (number, image) in listed.iter().enumerate() {
        builder = builder.image("demo/app", &format!("listed-{number}"), image);
    }
    let signature = image("signature");
    (app, builder.image("demo/app", &format!("{tag}.sig"), &signature))
}

async fn inspected(registry: &Registry, referrers: bool) -> (explorer::Inspection, explorer::InspectReport) {
    let reference = registry.reference("demo/app", "1.0");
    let request = InspectRequest { reference, referrers, ..InspectRequest::default() };
    explorer().inspect(request, &Silent).await.unwrap()
}

#[tokio::test]
async fn only_what_says_so_itself_is_shown_as_a_referrer() {
    let (_, builder) = attached();
    let registry = builder.start();
    let (_, report) = inspected(&registry, true).await;
    let mut types: Vec<_> = report
        .nodes
        .iter()
        .filter(|node| node.role == Role::Referrer)
        .map(|node| (node.artifact_type.clone().unwrap_or_default(), node.by_tag.is_some()))
        .collect();
    types.sort();
    let expected =
        [("application/spdx+json", false), ("application/vnd.example.scan", false), (media::OCI_LAYER, true)];
    assert_eq!(types, expected.map(|(kind, by_tag)| (kind.to_owned(), by_tag)));
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    // The image and its config; the API, the fallback tag, four that it lists, three tags of cosign's,
    // and the configs of what was found: one empty, one of the signature.
    let lines = registry.lines();
    assert_eq!(lines.len(), 2 + 1 + 1 + 4 + 3 + 2, "{lines:#?}");
}

#[tokio::test]
async fn a_plain_look_asks_for_no_referrers_and_they_can_be_asked_for_later() {
    let (_, builder) = attached();
    let registry = builder.start();
    let (inspection, report) = inspected(&registry, false).await;
    assert_eq!(registry.lines().len(), 2, "{:#?}", registry.lines());
    assert!(report.nodes.iter().all(|node| node.role != Role::Referrer));
    assert_eq!(inspection.referrers(&Silent).await.unwrap(), 3);
    let later = inspection.report().unwrap();
    assert_eq!(later.requests.count, 13);
    let (_, at_once) = inspected(&registry, true).await;
    assert_eq!((later.nodes, later.edges), (at_once.nodes, at_once.edges));
}

#[tokio::test]
async fn where_reading_is_counted_referrers_are_drawn_and_not_read() {
    let (_, builder) = attached();
    let registry = builder.metered(100, 76).start();
    let (_, report) = inspected(&registry, true).await;
    let reads = registry.seen();
    let reads = reads.iter().filter(|seen| seen.method == "GET" && seen.path.contains("/manifests/"));
    // The image, and the list of what refers to it.
    assert_eq!(reads.count(), 2, "{:#?}", registry.lines());
    let referrers: Vec<_> = report.nodes.iter().filter(|node| node.role == Role::Referrer).collect();
    assert_eq!(referrers.len(), 5);
    assert!(referrers.iter().all(|node| node.verified.is_none()));
    assert_eq!(report.unread, 5);
}

#[tokio::test]
async fn without_a_list_of_referrers_the_image_is_shown_all_the_same() {
    let (_, builder) = attached();
    let registry = builder.start();
    registry.when(When::get().path("/referrers/")).fault(Fault::status(403));
    let (inspection, report) = inspected(&registry, true).await;
    assert_eq!(report.nodes.iter().filter(|node| node.role == Role::Referrer).count(), 1, "what hangs on a tag");
    assert!(matches!(report.problems[..], [ref problem] if problem.code() == "access-denied"), "{:?}", report.problems);
    registry.when(When::get().path(".sig")).fault(Fault::status(404));
    assert_eq!(inspection.referrers(&Silent).await.unwrap_err().code(), "access-denied", "nothing was found");
}
