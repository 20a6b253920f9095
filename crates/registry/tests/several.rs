//! Several accounts for one registry: each is tried once, and nobody last.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{Chain, Told, basic, lines, named, options, origin, tag, with};
use futures::future::join_all;
use registry::RegistryClient;
use source::{ContentSource, Credential, CredentialOrigin, Event, ProblemKind, Secret, Silent};
use testkit::{Auth, Bearer, Fault, Image, ImageBuilder, Registry, RegistryBuilder, When};

fn image() -> Image {
    ImageBuilder::new("linux/amd64").file("a", b"1").build()
}

fn builder() -> RegistryBuilder {
    Registry::builder().image("demo/app", "1.0", &image()).image("demo/two", "1.0", &image())
}

/// What was told of accounts: `alice`, `not alice`, `nobody`.
fn told(sink: &Told) -> Vec<String> {
    let said = |event| match event {
        Event::Credential { account: Some(account), .. } => Some(account),
        Event::Credential { origin: CredentialOrigin::None, .. } => Some("nobody".to_owned()),
        Event::TurnedDown { account, origin: from, .. } => {
            let account = account.unwrap();
            assert_eq!(from, origin(&account));
            Some(format!("not {account}"))
        }
        _ => None,
    };
    sink.events().into_iter().filter_map(said).collect()
}

#[tokio::test]
async fn the_next_account_is_tried_where_the_registry_turns_one_down() {
    let registry = builder().auth(Auth::basic("bob", "builder")).start();
    let chain = Chain::basic(&[("alice", "stale-word"), ("bob", "builder"), ("carol", "never-sent")]);
    let source = with(&registry, "demo/app", &options(), chain.clone());
    let sink = Told::default();
    source.resolve(&tag("1.0"), &sink).await.unwrap();
    source.resolve(&tag("1.0"), &sink).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET 1.0 Basic", "GET 1.0 Basic", "GET 1.0 Basic"]);
    assert_eq!(told(&sink), ["alice", "bob", "not alice"]);
    let passwords: Vec<_> = registry.seen()[1..].iter().map(|s| s.authorization().unwrap().to_owned()).collect();
    assert!(passwords[0] != passwords[1] && passwords[1] == passwords[2]);
}

#[tokio::test]
async fn the_next_account_is_tried_where_the_token_server_turns_one_down() {
    let registry = builder().auth(Bearer::account("bob", "builder")).start();
    let chain = Chain::basic(&[("alice", "stale-word"), ("bob", "builder")]);
    let sink = Told::default();
    with(&registry, "demo/app", &options(), chain).resolve(&tag("1.0"), &sink).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token Basic", "GET token Basic", "GET 1.0 Bearer"]);
    assert_eq!(told(&sink), ["alice", "bob", "not alice"]);
}

#[tokio::test]
async fn a_token_that_the_registry_does_not_take_leads_to_nobody_at_last() {
    for status in [401, 403] {
        let auth = Bearer::anonymous().and_account("alice", "stale").and_account("bob", "builder");
        let auth = auth.denies("alice", "*", status).denies("bob", "demo/app", status);
        let registry = builder().auth(auth).start();
        let chain = Chain::basic(&[("alice", "stale"), ("bob", "builder")]);
        let source = with(&registry, "demo/app", &options(), chain);
        let sink = Told::default();
        source.resolve(&tag("1.0"), &sink).await.unwrap();
        let once =
            ["GET 1.0 -", "GET token Basic", "GET 1.0 Bearer", "GET token Basic", "GET 1.0 Bearer", "GET token -"];
        assert_eq!(lines(&registry), [&once[..], &["GET 1.0 Bearer"]].concat(), "{status}");
        assert_eq!(told(&sink), ["alice", "bob", "nobody", "not alice", "not bob"], "{status}");
        // It stays with nobody.
        source.resolve(&tag("1.0"), &sink).await.unwrap();
        assert_eq!(lines(&registry).len(), 8);
        assert_eq!(told(&sink).len(), 5);
    }
}

#[tokio::test]
async fn when_all_fail_the_first_is_reported_with_everything_that_was_tried() {
    let registry = builder().auth(Bearer::account("dave", "x").denies("dave", "demo/app", 403)).start();
    let chain = Chain::basic(&[("dave", "x"), ("alice", "wrong-word")]);
    let source = with(&registry, "demo/app", &options(), chain);
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    let denied = ProblemKind::AccessDenied { registry: registry.host(), repository: "demo/app".into() };
    assert_eq!(problem.what, denied);
    let tried: Vec<_> = problem.evidence.iter().map(|e| (e.attempted.contains("/token"), e.status.unwrap())).collect();
    assert_eq!(tried, [(false, 401), (false, 403), (true, 401), (true, 401)]);
    assert!(!format!("{problem:?}").contains("wrong-word"));

    let registry = builder().auth(Auth::basic("dave", "x")).start();
    let chain = Chain::basic(&[("alice", "wrong-word"), ("bob", "wrong-too")]);
    let problem = with(&registry, "demo/app", &options(), chain).resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRejected { registry: registry.host(), account: Some("alice".into()) });
    assert_eq!(problem.evidence.iter().map(|e| e.status.unwrap()).collect::<Vec<_>>(), [401, 401, 401]);
}

#[tokio::test]
async fn a_wrong_password_is_not_sent_by_every_question() {
    let registry = builder().auth(Auth::basic("bob", "builder")).start();
    let chain = Chain::basic(&[("alice", "wrong-word")]);
    let client = RegistryClient::new(&options(), Arc::new(chain.clone())).unwrap();
    let source = client.repository(&named(&registry.host(), "demo/app"));
    let rejected = ProblemKind::AuthRejected { registry: registry.host(), account: Some("alice".into()) };
    for _ in 0..3 {
        let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
        assert_eq!(problem.what, rejected);
        assert!(problem.evidence.iter().any(|e| e.status == Some(401)));
    }
    let other = client.repository(&named(&registry.host(), "demo/two"));
    assert_eq!(other.resolve(&tag("1.0"), &Silent).await.unwrap_err().what, rejected);
    let sent = || lines(&registry).iter().filter(|l| l.ends_with("Basic")).count();
    assert_eq!(sent(), 1);
    // Who tries again on purpose, and who has another password by now, is not kept waiting.
    client.forget(&registry.host());
    assert_eq!(source.resolve(&tag("1.0"), &Silent).await.unwrap_err().what, rejected);
    assert_eq!(sent(), 2);
    chain.accounts.lock().unwrap()[0].0 = basic("bob", "builder");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(sent(), 3);
}

#[tokio::test]
async fn many_questions_at_once_send_a_wrong_password_once() {
    let registry = builder().auth(Bearer::anonymous()).start();
    registry.when(When::tokens()).fault(Fault::Delay(Duration::from_millis(50)));
    let source = with(&registry, "demo/app", &options(), Chain::basic(&[("alice", "stale-word")]));
    let one = tag("1.0");
    for answer in join_all((0..10).map(|_| source.resolve(&one, &Silent))).await {
        answer.unwrap();
    }
    let tokens: Vec<_> = lines(&registry).into_iter().filter(|l| l.contains("token")).collect();
    assert_eq!(tokens, ["GET token Basic", "GET token -"]);
}

#[tokio::test]
async fn a_helper_that_gives_another_password_each_time_is_asked_once() {
    #[derive(Debug, Default)]
    struct Fickle(std::sync::Mutex<u32>);
    #[async_trait::async_trait]
    impl source::CredentialProvider for Fickle {
        async fn find(&self, _: &source::Whose<'_>) -> Result<source::Found, source::Problem> {
            let mut count = self.0.lock().unwrap();
            *count += 1;
            let place = source::LookPlace::Variable { variable: "TEST".into() };
            Ok(source::Found::at(place, basic("alice", &format!("word-{count}")), origin("TEST"), Vec::new()))
        }
    }
    for auth in [Auth::basic("bob", "x"), Bearer::account("bob", "x").into()] {
        let registry = builder().auth(auth).start();
        let source = with(&registry, "demo/app", &options(), Fickle::default());
        let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
        assert!(matches!(problem.what, ProblemKind::AuthRejected { .. }));
        assert_eq!(lines(&registry).iter().filter(|l| l.ends_with("Basic")).count(), 1);
    }
}

#[tokio::test]
async fn an_account_that_works_is_kept_when_one_answer_is_403() {
    let registry = builder().auth(Auth::accounts(&[("alice", "a"), ("bob", "b")])).start();
    let source = with(&registry, "demo/app", &options(), Chain::basic(&[("alice", "a"), ("bob", "b")]));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    registry.when(When::any()).times(1).fault(Fault::status(403));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::AccessDenied { .. }));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry).len(), 4);
    let seen = registry.seen();
    assert!(seen[1..].iter().all(|s| s.authorization() == seen[1].authorization()));
}

#[tokio::test]
async fn a_right_that_is_given_meanwhile_counts_at_once() {
    let registry = builder().auth(Auth::basic("alice", "a").denies("alice", "demo/app")).start();
    let source = with(&registry, "demo/app", &options(), Chain::basic(&[("alice", "a")]));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::AccessDenied { .. }));
    registry.set_auth(Auth::basic("alice", "a"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
}

const EXPIRED: &str =
    r#"{"errors":[{"code":"DENIED","message":"Your authorization token has expired. Reauthenticate and try again."}]}"#;

#[tokio::test]
async fn a_stored_password_of_ecr_that_is_too_old_gives_way_to_the_next() {
    let registry = builder().auth(Auth::basic("AWS", "of-today")).start();
    registry.when(When::get()).times(1).fault(Fault::status(401).header("www-authenticate", "Basic realm=\"ecr\""));
    registry.when(When::get()).times(1).fault(Fault::status(403).body(EXPIRED));
    let chain = Chain::default();
    chain.add(basic("AWS", "of-yesterday"), "FILE", None);
    chain.add(basic("AWS", "of-today"), "AWS", Some(Duration::from_secs(43_200)));
    let source = with(&registry, "demo/app", &options(), chain);
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET 1.0 Basic", "GET 1.0 Basic"]);

    // The only one that there is.
    registry.behave();
    registry.when(When::get()).fault(Fault::status(403).body(EXPIRED));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthExpired { registry: registry.host(), account: Some("AWS".into()) });
}

#[tokio::test]
async fn iams_denial_says_who_may_not_do_what() {
    let registry = builder().auth(Auth::basic("AWS", "x")).start();
    let source = with(&registry, "demo/app", &options(), Chain::basic(&[("AWS", "x")]));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    let said = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: ecr:BatchGetImage on resource: \
                arn:aws:ecr:eu-central-1:123456789012:repository/demo/app because no policy allows it";
    registry.when(When::get()).fault(Fault::status(403).body(said));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    let ProblemKind::AwsDenied { action, resource, principal } = problem.what else { panic!("{problem:?}") };
    assert_eq!(action, "ecr:BatchGetImage");
    assert!(resource.unwrap().ends_with("repository/demo/app") && principal.unwrap().ends_with("user/ann"));
}

#[tokio::test]
async fn a_password_with_a_life_is_looked_for_again_before_it_ends() {
    let registry = builder().auth(Auth::accounts(&[("AWS", "first"), ("AWS", "second")])).start();
    let chain = Chain::default();
    chain.add(basic("AWS", "first"), "AWS", Some(Duration::from_secs(1)));
    let source = with(&registry, "demo/app", &options(), chain.clone());
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(chain.looks.lock().unwrap().len(), 1);
    chain.accounts.lock().unwrap()[0] = (basic("AWS", "second"), origin("AWS"), Some(Duration::from_secs(43_200)));
    tokio::time::sleep(Duration::from_millis(850)).await;
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(chain.looks.lock().unwrap().len(), 2);
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET 1.0 Basic", "GET 1.0 Basic", "GET 1.0 Basic", "GET 1.0 Basic"]);
    let seen = registry.seen();
    assert_ne!(seen[2].authorization(), seen[3].authorization());
}

#[tokio::test]
async fn a_password_whose_time_is_over_on_arrival_is_used_and_never_loops() {
    for good in [true, false] {
        let registry = builder().auth(Auth::basic("AWS", if good { "late" } else { "other" })).start();
        let chain = Chain::default();
        chain.add(basic("AWS", "late"), "AWS", Some(Duration::ZERO));
        let source = with(&registry, "demo/app", &options(), chain.clone());
        for _ in 0..5 {
            assert_eq!(source.resolve(&tag("1.0"), &Silent).await.is_ok(), good);
        }
        let sent = lines(&registry).iter().filter(|l| l.ends_with("Basic")).count();
        assert_eq!(sent, if good { 5 } else { 1 });
        if good {
            assert_eq!(chain.looks.lock().unwrap().len(), 1);
        }
    }
}

#[tokio::test]
async fn what_cannot_be_sent_as_a_password_is_passed_over() {
    let registry = builder().auth(Auth::basic("bob", "builder")).start();
    let chain = Chain::default();
    chain.add(Credential::IdentityToken(Secret::new("refresh-me")), "TOKEN", None);
    chain.add(basic("bob", "builder"), "bob", None);
    let sink = Told::default();
    with(&registry, "demo/app", &options(), chain).resolve(&tag("1.0"), &sink).await.unwrap();
    assert_eq!(told(&sink), ["bob"]);
}

#[tokio::test]
async fn a_token_server_that_fails_is_no_reason_to_try_another_account() {
    let registry = builder().auth(Bearer::account("bob", "builder")).start();
    registry.when(When::tokens()).fault(Fault::status(429).header("retry-after", "600"));
    let chain = Chain::basic(&[("alice", "a"), ("bob", "builder")]);
    let problem = with(&registry, "demo/app", &options(), chain).resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::RateLimited { retry_after_s: Some(600), .. }), "{problem:?}");
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token Basic"]);
}
