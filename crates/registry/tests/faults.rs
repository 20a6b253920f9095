//! Every scripted fault ends in its typed problem, within the limits.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod common;

use std::time::Duration;

use anatomy::{ByteSize, WantClass, limits};
use common::{Told, impatient, named, open, options, tag, want, with};
use registry::{RegistryClient, RegistryOptions};
use source::{ContentSource, Event, NoCredentials, Problem, ProblemKind, Silent, Stage, collect_capped};
use std::sync::Arc;
use testkit::{Fault, Image, ImageBuilder, Registry, When};

fn image() -> Image {
    ImageBuilder::new("linux/amd64").file("a", &[7; 20_000]).build()
}

fn start(image: &Image) -> Registry {
    Registry::builder().image("demo/app", "1.0", image).start()
}

/// The problem that `fault` makes of reading a tag.
async fn problem(fault: Fault) -> (Problem, Registry) {
    let registry = start(&image());
    registry.when(When::any()).fault(fault);
    let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
    (problem, registry)
}

#[tokio::test]
async fn endless_and_huge_bodies_stop_at_the_limit_of_their_kind() {
    let image = image();
    for (fault, size) in [(Fault::Endless, None), (Fault::Huge(1 << 30), Some(ByteSize(1 << 30)))] {
        let registry = start(&image);
        registry.when(When::any()).fault(fault);
        let source = open(&registry, "demo/app");
        let sink = Told::default();
        let problem = source.resolve(&tag("1.0"), &sink).await.unwrap_err();
        assert_eq!(problem.what, ProblemKind::TooLarge { limit: ByteSize(limits::MANIFEST_BYTES), size });
        let Some(Event::Request(facts)) = sink.events().into_iter().next() else { panic!("one exchange") };
        assert!(facts.bytes < limits::MANIFEST_BYTES + (1 << 20), "{}", facts.bytes);

        let config = source.document(&want(WantClass::Config, &image.config_digest()), &Silent).await.unwrap_err();
        assert_eq!(config.what, ProblemKind::TooLarge { limit: ByteSize(limits::CONFIG_BYTES), size });
    }
}

#[tokio::test]
async fn an_endless_body_over_http2_stops_at_the_limit_too() {
    let authority = testkit::Authority::new("testkit");
    let registry = Registry::builder().image("demo/app", "1.0", &image()).tls(authority.leaf()).start();
    registry.when(When::any()).fault(Fault::Endless);
    let careless = RegistryOptions { tls_only: true, insecure: true, ..options() };
    let sink = Told::default();
    let problem = with(&registry, "demo/app", &careless, NoCredentials).resolve(&tag("1.0"), &sink).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::TooLarge { limit: ByteSize(limits::MANIFEST_BYTES), size: None });
    assert!(registry.seen()[0].http2);
}

#[tokio::test]
async fn an_endless_error_page_is_read_to_64_kib() {
    let registry = start(&image());
    registry.when(When::any()).fault(Fault::status(404));
    registry.when(When::any()).fault(Fault::Endless);
    let sink = Told::default();
    let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &sink).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::NotFound { .. }));
    let Some(Event::Request(facts)) = sink.events().into_iter().next() else { panic!("one exchange") };
    assert!(facts.bytes <= 256 << 10, "{}", facts.bytes);
    assert!(problem.evidence[0].said.as_ref().is_none_or(|s| s.len() <= 4096));
}

#[tokio::test]
async fn silence_ends_in_a_timeout_that_says_where() {
    for (fault, stage) in [(Fault::NeverAnswers, Stage::FirstByte), (Fault::StallsAfter(10), Stage::Body)] {
        let registry = start(&image());
        registry.when(When::any()).fault(fault);
        let source = with(&registry, "demo/app", &impatient(), NoCredentials);
        let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
        assert_eq!(problem.what, ProblemKind::TimedOut { host: registry.host(), stage, seconds: 1 });
        assert_eq!(registry.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_layer_that_stalls_ends_in_a_timeout() {
    let image = image();
    let registry = start(&image);
    registry.when(When::any()).fault(Fault::StallsAfter(10));
    let source = with(&registry, "demo/app", &impatient(), NoCredentials);
    let layer = source.blob(&image.layer_digests()[0], &Silent).await.unwrap();
    let problem = collect_capped(layer, 1 << 20).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::TimedOut { stage: Stage::Body, .. }), "{problem:?}");
}

#[tokio::test]
async fn a_body_cut_short_is_no_document() {
    let image = image();
    let (problem, registry) = problem(Fault::CutAfter(20)).await;
    assert_eq!(problem.what, ProblemKind::AnswerMalformed { registry: registry.host(), what: "body-short".into() });
    assert_eq!(registry.seen().len(), 1);
    let registry = start(&image);
    registry.when(When::blobs()).fault(Fault::CutAfter(20));
    let layer = open(&registry, "demo/app").blob(&image.layer_digests()[0], &Silent).await.unwrap();
    let problem = collect_capped(layer, 1 << 20).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AnswerMalformed { registry: registry.host(), what: "body-short".into() });
}

#[tokio::test]
async fn a_length_that_promises_too_much_is_a_short_body() {
    let (problem, registry) = problem(Fault::PromisesLength(99_999)).await;
    assert_eq!(problem.what, ProblemKind::AnswerMalformed { registry: registry.host(), what: "body-short".into() });
}

#[tokio::test]
async fn who_hangs_up_is_tried_three_times() {
    let registry = start(&image());
    let source = open(&registry, "demo/app");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    registry.forget_seen();
    registry.when(When::any()).fault(Fault::HangsUp);
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::Unreachable { host: registry.host() });
    assert_eq!(registry.seen().len(), 3);
    registry.behave();
    registry.when(When::any()).times(2).fault(Fault::HangsUp);
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
}

#[tokio::test]
async fn a_first_answer_that_breaks_off_is_no_reason_to_give_up() {
    let registry = start(&image());
    registry.when(When::any()).times(1).fault(Fault::HangsUp);
    open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap();
}

#[tokio::test]
async fn passing_failures_are_tried_again_and_lasting_ones_reported() {
    for status in [408, 429, 500, 502, 503, 504] {
        let registry = start(&image());
        registry.when(When::any()).times(2).fault(Fault::html(status));
        let sink = Told::default();
        open(&registry, "demo/app").resolve(&tag("1.0"), &sink).await.unwrap();
        assert_eq!(registry.seen().len(), 3);
        assert_eq!(sink.events().iter().filter(|e| matches!(e, Event::Waiting { .. })).count(), 2);

        registry.forget_seen();
        registry.behave();
        registry.when(When::any()).fault(Fault::html(status));
        let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
        let expected = if status == 429 {
            ProblemKind::RateLimited { registry: registry.host(), retry_after_s: None }
        } else {
            ProblemKind::RegistryFailed { registry: registry.host(), status }
        };
        assert_eq!(problem.what, expected);
        assert_eq!(registry.seen().len(), 3);
        assert!(problem.evidence[0].said.as_deref().unwrap().contains("<html>"));
    }
    for status in [400, 405, 418, 501] {
        let (problem, registry) = problem(Fault::html(status)).await;
        assert_eq!(problem.what, ProblemKind::RegistryFailed { registry: registry.host(), status });
        assert_eq!(registry.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_says_how_long_is_obeyed() {
    let registry = start(&image());
    registry.when(When::any()).times(1).fault(Fault::too_many(1));
    let sink = Told::default();
    open(&registry, "demo/app").resolve(&tag("1.0"), &sink).await.unwrap();
    assert!(sink.events().contains(&Event::Waiting { host: registry.host(), status: 429, seconds: 1 }));
    assert_eq!(registry.seen().len(), 2);
}

#[tokio::test]
async fn a_server_that_wants_more_than_we_have_is_not_asked_again() {
    let (problem, registry) = problem(Fault::too_many(3600)).await;
    assert_eq!(problem.what, ProblemKind::RateLimited { registry: registry.host(), retry_after_s: Some(3600) });
    assert_eq!(registry.seen().len(), 1);
    assert!(problem.evidence[0].said.as_deref().unwrap().contains("slow down"));
}

#[tokio::test]
async fn redirects_are_followed_five_times_and_lose_their_query_in_what_is_told() {
    let image = image();
    let registry = Registry::builder().image("demo/app", "1.0", &image).redirect_blobs().start();
    let sink = Told::default();
    let config =
        open(&registry, "demo/app").document(&want(WantClass::Config, &image.config_digest()), &sink).await.unwrap();
    assert_eq!(config.bytes, image.content()[image.config_digest().as_str()].bytes);
    assert_eq!(registry.seen().len(), 2);
    assert!(registry.seen()[1].other_host && registry.seen()[1].path.contains("presigned"));
    assert!(!format!("{:?}", sink.events()).contains("presigned"));

    let (problem, registry) = problem(Fault::redirect("/v2/again?X-Sig=presigned")).await;
    let target = format!("{}/v2/again", registry.url());
    assert_eq!(problem.what, ProblemKind::RedirectRefused { host: registry.host(), target, fault: "too-many".into() });
    assert_eq!(registry.seen().len(), 6);
    assert!(!format!("{problem:?}").contains("presigned"));
}

#[tokio::test]
async fn redirects_to_no_place_are_refused() {
    for location in ["ftp://x.example/", "http://", "http://user:word@127.0.0.1/"] {
        let (problem, registry) = problem(Fault::redirect(location)).await;
        let ProblemKind::RedirectRefused { fault, .. } = &problem.what else { panic!("{problem:?}") };
        assert_eq!(fault, "malformed", "{location}");
        assert_eq!(registry.seen().len(), 1);
        assert!(!format!("{problem:?}").contains("word"));
    }
    let (problem, _) = problem(Fault::status(302)).await;
    assert!(matches!(&problem.what, ProblemKind::RedirectRefused { fault, .. } if fault == "malformed"), "{problem:?}");
}

#[tokio::test]
async fn a_pinned_name_is_asked_at_its_address_and_a_private_registry_may_send_on() {
    let image = image();
    let registry = Registry::builder().image("demo/app", "1.0", &image).redirect_blobs().start();
    let port: u16 = registry.host().rsplit(':').next().unwrap().parse().unwrap();
    let near = RegistryOptions {
        plain_http: true,
        resolve: vec![("registry.example".into(), port, "127.0.0.1".parse().unwrap())],
        ..options()
    };
    let client = RegistryClient::new(&near, Arc::new(NoCredentials)).unwrap();
    let source = client.repository(&named(&format!("registry.example:{port}"), "demo/app"));
    source.document(&want(WantClass::Config, &image.config_digest()), &Silent).await.unwrap();
    assert_eq!(registry.seen()[0].headers["host"], format!("registry.example:{port}").as_str());
    assert!(registry.seen()[1].other_host);
}

#[tokio::test]
async fn dropping_the_question_ends_it() {
    let registry = start(&image());
    registry.when(When::any()).fault(Fault::NeverAnswers);
    let source = open(&registry, "demo/app");
    assert!(tokio::time::timeout(Duration::from_millis(50), source.resolve(&tag("1.0"), &Silent)).await.is_err());
    registry.behave();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
}

#[tokio::test]
async fn nobody_there_is_told_from_no_such_name() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let client = RegistryClient::new(&options(), Arc::new(NoCredentials)).unwrap();
    let host = format!("127.0.0.1:{port}");
    let problem = client.repository(&named(&host, "a")).resolve(&tag("1"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::Unreachable { host });
    let problem = client.repository(&named("nowhere.invalid", "a")).resolve(&tag("1"), &Silent).await.unwrap_err();
    // A machine whose resolver is dead says nothing at all in time.
    let unresolved = ProblemKind::NameNotResolved { host: "nowhere.invalid".into() };
    assert!(
        problem.what == unresolved || matches!(problem.what, ProblemKind::TimedOut { stage: Stage::Connect, .. }),
        "{problem:?}"
    );
    assert_eq!(problem.evidence[0].attempted, "GET https://nowhere.invalid/v2/a/manifests/1");
}
