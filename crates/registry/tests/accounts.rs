//! Who is told which secret, and what becomes of being turned away.

mod common;

use std::sync::Arc;
use std::time::Duration;

use anatomy::{Digest, WantClass};
use common::{One, Told, lines, named, open, options, tag, want, with};
use futures::future::join_all;
use registry::{RegistryClient, RegistryOptions};
use source::{ContentSource, Credential, CredentialOrigin, Event, NoCredentials, ProblemKind, Secret, Silent};
use testkit::{Auth, Bearer, Fault, Image, ImageBuilder, Registry, RegistryBuilder, When, ten_platforms};

fn image() -> Image {
    ImageBuilder::new("linux/amd64").file("a", b"1").build()
}

fn builder() -> RegistryBuilder {
    Registry::builder().image("demo/app", "1.0", &image())
}

#[tokio::test]
async fn a_public_registry_is_shown_no_account() {
    let registry = builder().start();
    let one = One::basic("alice", "wonderland");
    let source = with(&registry, "demo/app", &options(), one.clone());
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -"]);
    assert_eq!(*one.1.lock().unwrap(), 0);
}

#[tokio::test]
async fn basic_is_sent_when_asked_for_and_then_at_once() {
    let registry = builder().image("demo/two", "1.0", &image()).auth(Auth::basic("alice", "wonderland")).start();
    let client = RegistryClient::new(&options(), Arc::new(One::basic("alice", "wonderland"))).unwrap();
    let sink = Told::default();
    let source = client.repository(&named(&registry.host(), "demo/app"));
    source.resolve(&tag("1.0"), &sink).await.unwrap();
    source.resolve(&tag("1.0"), &sink).await.unwrap();
    client.repository(&named(&registry.host(), "demo/two")).resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET 1.0 Basic", "GET 1.0 Basic", "GET 1.0 Basic"]);
    let origin = CredentialOrigin::Environment { variable: "TEST".into() };
    let told: Vec<_> = sink.events().into_iter().filter(|e| matches!(e, Event::Credential { .. })).collect();
    assert_eq!(told, [Event::Credential { registry: registry.host(), account: Some("alice".into()), origin }]);
}

#[tokio::test]
async fn a_wrong_password_is_told_from_none() {
    let registry = builder().auth(Auth::basic("alice", "wonderland")).start();
    let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRequired { registry: registry.host() });
    assert_eq!(problem.evidence[0].status, Some(401));
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wrong-word"));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRejected { registry: registry.host(), account: Some("alice".into()) });
    assert!(!format!("{problem:?}").contains("wrong-word"));
}

#[tokio::test]
async fn a_password_that_is_no_longer_good_is_sent_once_and_a_new_one_is_found() {
    #[derive(Debug)]
    struct Changing(std::sync::Mutex<&'static str>);
    #[async_trait::async_trait]
    impl source::CredentialProvider for Changing {
        async fn find(&self, _: &source::Whose<'_>) -> Result<source::Found, source::Problem> {
            let password = Secret::new(*self.0.lock().unwrap());
            let credential = Credential::Basic { username: "alice".into(), password };
            Ok(source::Found::at(source::LookPlace::Session, credential, CredentialOrigin::None, Vec::new()))
        }
    }
    let registry = builder().auth(Auth::basic("alice", "first")).start();
    let stored = Arc::new(Changing(std::sync::Mutex::new("first")));
    let source =
        RegistryClient::new(&options(), stored.clone()).unwrap().repository(&named(&registry.host(), "demo/app"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    registry.set_auth(Auth::basic("alice", "second"));
    registry.forget_seen();
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRejected { registry: registry.host(), account: Some("alice".into()) });
    assert_eq!(lines(&registry), ["GET 1.0 Basic"]);
    *stored.0.lock().unwrap() = "second";
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 Basic", "GET 1.0 -", "GET 1.0 Basic"]);
}

#[tokio::test]
async fn a_token_is_fetched_once_and_used_for_the_whole_tree() {
    let ten = ten_platforms(false);
    let registry = Registry::builder().image("demo/ten", "1.0", &ten).auth(Bearer::anonymous()).start();
    let source = open(&registry, "demo/ten");
    let sink = Told::default();
    source.resolve(&tag("1.0"), &sink).await.unwrap();
    let wants: Vec<_> = ten.child_digests().iter().map(|d| want(WantClass::Manifest, d)).collect();
    for child in join_all(wants.iter().map(|w| source.document(w, &sink))).await {
        child.unwrap();
    }
    let seen = lines(&registry);
    assert_eq!(seen[..3], ["GET 1.0 -", "GET token -", "GET 1.0 Bearer"]);
    assert_eq!(seen.len(), 13);
    assert_eq!(sink.requests(), 13);
    let query = &registry.seen()[1].path;
    assert_eq!(query, "/token?service=testkit&scope=repository%3Ademo%2Ften%3Apull");
}

#[tokio::test]
async fn many_who_need_a_token_at_once_cause_one_request_for_it() {
    let ten = ten_platforms(false);
    let registry =
        Registry::builder().image("demo/ten", "1.0", &ten).auth(Bearer::account("alice", "wonderland")).start();
    registry.when(When::tokens()).fault(Fault::Delay(Duration::from_millis(100)));
    let one = One::basic("alice", "wonderland");
    let source = with(&registry, "demo/ten", &options(), one.clone());
    let wants: Vec<_> = ten.child_digests().iter().map(|d| want(WantClass::Manifest, d)).collect();
    for child in join_all(wants.iter().map(|w| source.document(w, &Silent))).await {
        child.unwrap();
    }
    let tokens: Vec<_> = registry.seen().into_iter().filter(|s| s.path.starts_with("/token")).collect();
    assert_eq!(tokens.len(), 1);
    assert!(tokens[0].authorization().unwrap().starts_with("Basic "));
    assert_eq!(*one.1.lock().unwrap(), 1);
}

#[tokio::test]
async fn a_question_that_is_dropped_leaves_its_token_to_the_others() {
    let registry = builder().auth(Bearer::anonymous()).start();
    registry.when(When::tokens()).fault(Fault::Delay(Duration::from_millis(150)));
    let source = open(&registry, "demo/app");
    let early = tokio::time::timeout(Duration::from_millis(75), source.resolve(&tag("1.0"), &Silent)).await;
    assert!(early.is_err());
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(registry.seen().iter().filter(|s| s.path.starts_with("/token")).count(), 1);
}

#[tokio::test]
async fn a_token_that_the_registry_no_longer_takes_is_replaced_once() {
    let registry = builder().auth(Bearer::anonymous().uses(1)).start();
    let source = open(&registry, "demo/app");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(
        lines(&registry),
        ["GET 1.0 -", "GET token -", "GET 1.0 Bearer", "GET 1.0 Bearer", "GET token -", "GET 1.0 Bearer"]
    );
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let registry = builder().auth(Bearer::anonymous().expires_in(1)).start();
    let source = open(&registry, "demo/app");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    // Four fifths of a second are over, the token itself is still good.
    tokio::time::sleep(Duration::from_millis(850)).await;
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token -", "GET 1.0 Bearer", "GET token -", "GET 1.0 Bearer"]);
}

#[tokio::test]
async fn a_stale_account_does_not_keep_from_a_public_image() {
    let registry = builder().auth(Bearer::anonymous()).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "stale-word"));
    let sink = Told::default();
    source.resolve(&tag("1.0"), &sink).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token Basic", "GET token -", "GET 1.0 Bearer"]);
    let anonymous = Event::Credential { registry: registry.host(), account: None, origin: CredentialOrigin::None };
    assert!(sink.events().contains(&anonymous));
}

#[tokio::test]
async fn a_token_server_that_refuses_is_quoted() {
    let registry = builder().auth(Bearer::account("alice", "wonderland")).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wrong-word"));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRejected { registry: registry.host(), account: Some("alice".into()) });
    assert_eq!(problem.evidence.len(), 3);
    assert!(problem.evidence[1].said.as_deref().unwrap().contains("incorrect username or password"));
    assert!(!format!("{problem:?}").contains("wrong-word"));
    let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRequired { registry: registry.host() });
}

#[tokio::test]
async fn an_account_that_may_not_read_this_is_told_so() {
    let registry = builder().auth(Bearer::account("alice", "wonderland").uses(0)).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    let denied = ProblemKind::AccessDenied { registry: registry.host(), repository: "demo/app".into() };
    assert_eq!(problem.what, denied);
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token Basic", "GET 1.0 Bearer", "GET token -"]);
    let registry = builder().start();
    registry.when(When::any()).fault(Fault::html(403));
    let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::AccessDenied { .. }));
}

#[tokio::test]
async fn an_identity_token_goes_by_post_or_else_by_get() {
    let identity = || One::of(Credential::IdentityToken(Secret::new("refresh-me")));
    let registry = builder().auth(Bearer::default().identity_token("refresh-me")).start();
    with(&registry, "demo/app", &options(), identity()).resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "POST token -", "GET 1.0 Bearer"]);
    let registry = builder().auth(Bearer::default().identity_token("refresh-me").no_post()).start();
    let sink = Told::default();
    with(&registry, "demo/app", &options(), identity()).resolve(&tag("1.0"), &sink).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "POST token -", "GET token Basic", "GET 1.0 Bearer"]);
    assert!(!format!("{:?}", sink.events()).contains("refresh-me"));
}

#[tokio::test]
async fn a_ready_token_is_used_as_it_is() {
    let registry = builder().auth(Bearer::default().registry_token("ready-made")).start();
    let ready = One::of(Credential::RegistryToken(Secret::new("ready-made")));
    with(&registry, "demo/app", &options(), ready).resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET 1.0 Bearer"]);
    let stale = One::of(Credential::RegistryToken(Secret::new("yesterdays")));
    let problem = with(&registry, "demo/app", &options(), stale).resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRejected { registry: registry.host(), account: None });
}

#[tokio::test]
async fn a_realm_on_another_host_gets_nothing_unless_allowed() {
    let lure = Registry::builder().localhost().auth(Bearer::anonymous()).start();
    let realm = format!("{}/token", lure.url());
    let registry = builder().auth(Bearer::account("alice", "wonderland").realm(&realm)).start();
    let one = One::basic("alice", "wonderland");
    let problem = with(&registry, "demo/app", &options(), one.clone()).resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::RealmNotAllowed { registry: registry.host(), realm: lure.host() });
    assert!(lure.seen().is_empty());
    assert_eq!(*one.1.lock().unwrap(), 0);

    let allowed = RegistryOptions { allow_realms: vec!["localhost".into()], ..options() };
    let problem = with(&registry, "demo/app", &allowed, NoCredentials).resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRequired { registry: registry.host() });
    assert_eq!(lure.seen().len(), 1);
}

#[tokio::test]
async fn a_token_server_on_another_port_is_the_registrys_own() {
    let registry = builder().auth(Bearer::account("alice", "wonderland").on_other_host()).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert!(registry.seen()[1].other_host);
}

#[tokio::test]
async fn a_redirect_takes_no_authorization_along() {
    for auth in [Auth::basic("alice", "wonderland"), Bearer::account("alice", "wonderland").into()] {
        let image = image();
        let registry = builder().auth(auth).redirect_blobs().start();
        let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
        source.document(&want(WantClass::Config, &image.config_digest()), &Silent).await.unwrap();
        let layer = source.blob(&image.layer_digests()[0], &Silent).await.unwrap();
        let bytes = source::collect_capped(layer, 1 << 20).await.unwrap();
        assert_eq!(Digest::sha256(&bytes), image.layer_digests()[0]);
        let elsewhere: Vec<_> = registry.seen().into_iter().filter(|s| s.other_host).collect();
        assert_eq!(elsewhere.len(), 2);
        assert!(elsewhere.iter().all(|s| s.authorization().is_none()));
    }
}

#[tokio::test]
async fn a_token_request_that_is_redirected_takes_no_account_along() {
    let registry = builder().auth(Bearer::account("alice", "wonderland")).start();
    registry.when(When::tokens().on_registry()).fault(Fault::redirect(format!("{}/token", registry.other_url())));
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
    assert!(source.resolve(&tag("1.0"), &Silent).await.is_err());
    let elsewhere: Vec<_> = registry.seen().into_iter().filter(|s| s.other_host).collect();
    assert!(!elsewhere.is_empty() && elsewhere.iter().all(|s| s.authorization().is_none()));
}

#[tokio::test]
async fn a_challenge_of_somebody_else_is_not_answered() {
    let registry = builder().redirect_blobs().start();
    let lure = Fault::status(401).header("www-authenticate", "Basic realm=\"come in\"");
    registry.when(When::any().on_other_host()).fault(lure);
    let one = One::basic("alice", "wonderland");
    let source = with(&registry, "demo/app", &options(), one.clone());
    let problem = source.document(&want(WantClass::Config, &image().config_digest()), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRequired { registry: registry.host() });
    assert_eq!(*one.1.lock().unwrap(), 0);
}

#[tokio::test]
async fn token_answers_that_are_none_are_reported() {
    for (fault, status) in [
        (Fault::status(200).body("<html>"), None),
        (Fault::status(200).body(r#"{"token":""}"#), None),
        (Fault::status(418), Some(418)),
        (Fault::html(500), Some(500)),
    ] {
        let registry = builder().auth(Bearer::anonymous()).start();
        registry.when(When::tokens()).fault(fault);
        let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
        assert_eq!(problem.what, ProblemKind::TokenFailed { host: registry.host(), status });
    }
    let registry = builder().auth(Bearer::anonymous()).start();
    registry.when(When::tokens()).fault(Fault::Huge(1 << 30));
    let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::TooLarge { limit: anatomy::ByteSize(1_048_576), .. }), "{problem:?}");
}

#[tokio::test]
async fn what_a_server_echoes_of_our_secrets_is_blanked() {
    let registry = builder().auth(Auth::basic("alice", "wonderland")).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    registry.when(When::any()).fault(Fault::status(403).body("alice:wonderland (YWxpY2U6d29uZGVybGFuZA==) may not"));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.evidence[0].said.as_deref(), Some("alice:… (…) may not"));
}
