//! Registries that misbehave: `kaibo` ends in time, within its memory, with a problem that has a
//! name, and gives no secret away.

use std::time::Duration;

use kaibo_tests::kaibo::{Home, Run};
use serde_json::Value;
use testkit::{Auth, Authority, Bearer, Fault, ImageBuilder, IndexBuilder, Registry, When, ten_platforms};

fn image() -> testkit::Image {
    ImageBuilder::new("linux/amd64").file("bin/app", b"app").build()
}

fn serving() -> Registry {
    Registry::builder().image("demo/app", "1", &image()).start()
}

/// What `--json` says of a problem, on whichever stream.
fn problem(run: &Run) -> Value {
    let from = |text: &str| text.find('{').and_then(|at| serde_json::from_str(&text[at..]).ok());
    from(&run.err)
        .or_else(|| from(&run.out))
        .unwrap_or_else(|| panic!("no problem in JSON: {:?} {}{}", run.code, run.out, run.err))
}

/// Inspects `demo/app:1` of a registry that behaves like this, and expects one of these problems.
fn ends_with(registry: &Registry, kinds: &[&str]) -> Run {
    let home = Home::default().within(Duration::from_secs(40));
    let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--json", "--timeout", "25s"]);
    let problem = problem(&run);
    let kind = problem["kind"].as_str().expect("a problem has a kind").to_owned();
    assert!(kinds.contains(&kind.as_str()), "{kind} is not one of {kinds:?}: {problem:#}");
    assert!(matches!(run.code, Some(3 | 4)), "{:?}: {problem:#}", run.code);
    assert_ne!(problem["message"].as_str().unwrap_or_default(), "", "it has a sentence");
    // The same in words: a sentence, and no trace of a program falling over.
    let text = home.run(&["inspect", &registry.reference("demo/app", "1"), "--timeout", "25s"]);
    assert!(!text.err.trim().is_empty() && !text.err.contains("panicked"), "{}", text.err);
    run
}

#[test]
fn a_body_that_is_cut_off() {
    let registry = serving();
    registry.when(When::get().path("/manifests/")).fault(Fault::CutAfter(40));
    ends_with(&registry, &["answer-malformed", "unreachable"]);
}

#[test]
fn a_body_that_is_not_what_was_asked_for() {
    let image = image();
    let registry = serving();
    let by_digest = format!("{}/demo/app@{}", registry.host(), image.digest());
    registry.when(When::get().path("/manifests/")).fault(Fault::Bytes(r#"{"schemaVersion":2}"#.into()));
    let run = Home::default().run(&["inspect", &by_digest, "--json"]);
    let said = if run.code == Some(0) { run.value() } else { problem(&run) };
    assert!(said.to_string().contains("digest-mismatch") || said.to_string().contains("digest-differs"), "{said:#}");
}

#[test]
fn a_child_that_is_not_what_the_index_names() {
    let index = IndexBuilder::new().entry(&image()).build();
    let registry = Registry::builder().image("demo/app", "1", &index).start();
    registry
        .when(When::get().path(format!("/manifests/{}", image().digest())))
        .fault(Fault::Bytes(r#"{"schemaVersion":2,"layers":[]}"#.into()));
    let run = Home::default().run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(0), "a tree could be drawn: {}", run.err);
    let report = run.value();
    let child = report["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|node| node["digest"] == image().digest().to_string())
        .expect("the child is drawn");
    assert_ne!(child["verified"], true, "{child:#}");
    assert!(
        report["findings"].to_string().contains("differs") || report["findings"].to_string().contains("unreadable"),
        "{report:#}"
    );
}

#[test]
fn a_length_that_lies() {
    // More promised than comes is the cut body; less promised than an object needs is bad JSON.
    let registry = serving();
    registry.when(When::get().path("/manifests/")).fault(Fault::StallsAfter(40));
    let home = Home::default().within(Duration::from_secs(45));
    let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert_eq!(problem(&run)["kind"], "timed-out", "what was promised is not waited for without end");
}

#[test]
fn too_many_requests() {
    let registry = serving();
    registry.when(When::manifests()).fault(Fault::too_many(3600));
    let run = ends_with(&registry, &["rate-limited"]);
    assert!(run.elapsed < Duration::from_secs(10), "an hour is not waited for: {:?}", run.elapsed);
    assert_eq!(problem(&run)["retryAfterS"], 3600);
}

#[test]
fn too_many_requests_for_a_moment() {
    let registry = serving();
    registry.when(When::manifests()).times(1).fault(Fault::too_many(1));
    let run = Home::default().run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.elapsed >= Duration::from_secs(1), "Retry-After is kept");
}

#[test]
fn a_registry_that_fails() {
    let registry = serving();
    registry.when(When::manifests()).fault(Fault::html(500));
    ends_with(&registry, &["registry-failed"]);
    let registry = serving();
    registry.when(When::manifests()).times(1).fault(Fault::status(503));
    assert_eq!(
        Home::default().run(&["inspect", &registry.reference("demo/app", "1")]).code,
        Some(0),
        "once is tried again"
    );
}

#[test]
fn nothing_that_hangs_hangs_kaibo() {
    for fault in [Fault::NeverAnswers, Fault::StallsAfter(0)] {
        let registry = serving();
        registry.when(When::manifests()).fault(fault);
        let home = Home::default().within(Duration::from_secs(15));
        let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--timeout", "2s", "--json"]);
        assert_eq!(run.code, Some(4), "{}", run.err);
        assert_eq!(problem(&run)["kind"], "timed-out");
        assert!(run.elapsed < Duration::from_secs(5), "{:?}", run.elapsed);
    }
}

#[test]
fn a_registry_that_never_answers_is_given_up_without_being_told_to() {
    let registry = serving();
    registry.when(When::manifests()).fault(Fault::NeverAnswers);
    let home = Home::default().within(Duration::from_secs(100));
    let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert_eq!(problem(&run)["kind"], "timed-out");
}

#[test]
fn a_registry_that_hangs_up() {
    let registry = serving();
    registry.when(When::any()).fault(Fault::HangsUp);
    ends_with(&registry, &["unreachable", "tls-not-spoken", "answer-malformed"]);
}

#[test]
fn a_redirect_without_an_end() {
    let registry = serving();
    registry.when(When::manifests()).fault(Fault::redirect("/v2/demo/app/manifests/1"));
    ends_with(&registry, &["redirect-refused"]);
    assert!(registry.seen().len() < 40, "{} requests", registry.seen().len());
}

#[test]
fn a_redirect_from_https_to_http() {
    let authority = Authority::new("tests");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let ca = authority.write_pem(folder.path());
    let target = serving();
    let registry = Registry::builder().image("demo/app", "1", &image()).tls(authority.leaf()).localhost().start();
    registry.when(When::manifests()).fault(Fault::redirect(format!("{}/v2/demo/app/manifests/1", target.url())));
    let run = Home::default().run(&[
        "inspect",
        &registry.reference("demo/app", "1"),
        "--ca",
        &ca.to_string_lossy(),
        "--json",
    ]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert_eq!(problem(&run)["kind"], "redirect-refused", "{}{}", run.out, run.err);
    assert_eq!(target.seen().len(), 0, "nobody was asked in the clear");
}

#[test]
fn a_token_server_on_a_host_that_is_not_the_registrys() {
    let registry = Registry::builder()
        .image("demo/app", "1", &image())
        .auth(Bearer::account("alice", "wonderland").realm("https://token.elsewhere.example/token"))
        .start();
    let home = Home::default().with("DOCKER_AUTH_CONFIG", &account(&registry.host()));
    let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    let problem = problem(&run);
    assert_eq!(problem["kind"], "realm-not-allowed", "{problem:#}");
    assert!(problem.to_string().contains("token.elsewhere.example"), "{problem:#}");
}

/// `auths` with alice's account for a host.
fn account(host: &str) -> String {
    // base64 of alice:wonderland
    format!(r#"{{"auths":{{"{host}":{{"auth":"YWxpY2U6d29uZGVybGFuZA=="}}}}}}"#)
}

#[test]
fn no_credential_reaches_another_host() {
    let registry = Registry::builder()
        .image("demo/app", "1", &ten_platforms(true))
        .auth(Auth::basic("alice", "wonderland"))
        .redirect_blobs()
        .start();
    let home = Home::default().with("DOCKER_AUTH_CONFIG", &account(&registry.host()));
    let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let seen = registry.seen();
    let elsewhere: Vec<_> = seen.iter().filter(|seen| seen.other_host).collect();
    assert!(!elsewhere.is_empty(), "configs were redirected");
    for seen in elsewhere {
        assert_eq!(seen.authorization(), None, "{} {}", seen.method, seen.path);
    }
    assert!(seen.iter().any(|seen| seen.authorization().is_some()), "the registry itself got the account");
    for text in [&run.out, &run.err] {
        assert!(!text.contains("wonderland") && !text.contains("YWxpY2U6d29uZGVybGFuZA"), "a secret was printed");
    }
    for file in home.files() {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("wonderland") && !text.contains("YWxpY2U6d29uZGVybGFuZA"),
            "a secret is in {}",
            file.display()
        );
    }
}

#[test]
fn a_wrong_account_is_said_and_not_shown() {
    let registry = Registry::builder().image("demo/app", "1", &image()).auth(Auth::basic("alice", "other")).start();
    let home = Home::default().with("DOCKER_AUTH_CONFIG", &account(&registry.host()));
    let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert_eq!(problem(&run)["kind"], "auth-rejected");
    assert!(!run.err.contains("wonderland") && !run.out.contains("wonderland"));
}

#[test]
fn a_manifest_of_a_gigabyte_is_not_held() {
    // The limit is far below the difference that is looked for: whatever is read beyond it shows.
    const ROOM: u64 = 32 << 20;
    let small = Home::default().run(&["inspect", &serving().reference("demo/app", "1")]);
    assert_eq!(small.code, Some(0), "{}", small.err);
    for fault in [Fault::Huge(1 << 30), Fault::Endless] {
        let registry = serving();
        registry.when(When::get().path("/manifests/")).fault(fault);
        let run = ends_with(&registry, &["too-large"]);
        if let (Some(base), Some(peak)) = (small.peak, run.peak) {
            assert!(peak < base + ROOM, "{} MiB over the {} MiB of a small image", (peak - base) >> 20, base >> 20);
        }
    }
}

#[test]
fn a_config_of_a_gigabyte_is_not_held_either() {
    let registry = serving();
    registry.when(When::get().path("/blobs/")).fault(Fault::Huge(1 << 30));
    let small = Home::default().run(&["inspect", &serving().reference("demo/app", "1")]);
    let run = Home::default().run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(0), "the tree can be drawn without it: {}", run.err);
    assert!(run.value()["findings"].to_string().contains("over-limit"), "{:#}", run.value()["findings"]);
    if let (Some(base), Some(peak)) = (small.peak, run.peak) {
        assert!(peak < base + (32 << 20), "{} MiB over", (peak - base) >> 20);
    }
}

#[test]
fn an_index_that_is_deeper_than_anybody_needs() {
    let mut inner = IndexBuilder::new().entry(&image()).build();
    for _ in 0..12 {
        inner = IndexBuilder::new().entry(&inner).build();
    }
    let registry = Registry::builder().image("demo/app", "1", &inner).start();
    let run = Home::default().run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.value()["findings"].to_string().contains("index-too-deep"), "{:#}", run.value()["findings"]);
    assert!(registry.seen().len() < 12, "{:?}", registry.lines());
}

#[test]
fn an_index_that_names_itself() {
    // A digest cannot be in its own document; what is served under it can be.
    let inner = IndexBuilder::new().entry(&image()).build();
    let outer = IndexBuilder::new().entry(&inner).build();
    let registry = Registry::builder().image("demo/app", "1", &outer).start();
    registry.when(When::get().path(format!("/manifests/{}", inner.digest()))).fault(Fault::Bytes(outer.bytes()));
    let run = Home::default().within(Duration::from_secs(20)).run(&[
        "inspect",
        &registry.reference("demo/app", "1"),
        "--json",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(registry.seen().len() < 12, "{:?}", registry.lines());
}

#[test]
fn an_index_of_a_hundred_thousand() {
    let image = image();
    let mut index = IndexBuilder::new();
    for position in 0..20_000 {
        let digest = kaibo_tests::layout::sha256(format!("{position}").as_bytes());
        let mut entry = image.descriptor();
        entry["digest"] = digest.into();
        index = index.missing(entry);
    }
    // 4 MiB is the limit of a manifest: this many entries fill it.
    let registry = Registry::builder().image("demo/app", "1", &index.build()).start();
    let run = Home::default().within(Duration::from_secs(50)).run(&[
        "inspect",
        &registry.reference("demo/app", "1"),
        "--json",
    ]);
    match run.code {
        Some(0) => {
            assert!(run.value()["findings"].to_string().contains("shown-in-part"), "not everything is drawn at once");
        }
        _ => assert_eq!(problem(&run)["kind"], "too-large"),
    }
}

#[test]
fn the_registry_is_not_there() {
    let run = Home::default().run(&["inspect", "127.0.0.1:1/demo/app:1", "--json"]);
    assert_eq!(run.code, Some(3));
    assert_eq!(problem(&run)["kind"], "unreachable");
}

#[test]
fn a_certificate_nobody_vouches_for() {
    let authority = Authority::new("tests");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let ca = authority.write_pem(folder.path());
    let registry = Registry::builder().image("demo/app", "1", &image()).tls(authority.leaf()).localhost().start();
    let reference = registry.reference("demo/app", "1");
    let run = Home::default().run(&["inspect", &reference, "--tls", "--json"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert_eq!(problem(&run)["kind"], "tls-untrusted");
    assert_eq!(
        Home::default().run(&["inspect", &reference, "--ca", &ca.to_string_lossy()]).code,
        Some(0),
        "with its authority it is fine"
    );
    let expired =
        Registry::builder().image("demo/app", "1", &image()).tls(authority.expired_leaf()).localhost().start();
    let run = Home::default().run(&[
        "inspect",
        &expired.reference("demo/app", "1"),
        "--tls",
        "--ca",
        &ca.to_string_lossy(),
        "--json",
    ]);
    assert_eq!(problem(&run)["kind"], "tls-certificate");
}
