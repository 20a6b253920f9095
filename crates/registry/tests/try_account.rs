//! An account is tried before anybody keeps it.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod common;

use std::sync::Arc;

use common::{One, basic, lines, named, options, tag};
use registry::{RegistryClient, Taken};
use source::{ContentSource, Credential, NoCredentials, Problem, ProblemKind, Secret, Silent};
use testkit::{Auth, Bearer, Fault, ImageBuilder, Registry, RegistryBuilder, When};

fn builder() -> RegistryBuilder {
    Registry::builder().image("demo/app", "1.0", &ImageBuilder::new("linux/amd64").build())
}

async fn tried(registry: &Registry, repository: Option<&str>, credential: Credential) -> Result<Taken, Problem> {
    let client = RegistryClient::new(&options(), Arc::new(NoCredentials)).unwrap();
    client.try_account(&registry.host(), repository, credential, &Silent).await
}

fn rejected(registry: &Registry, account: Option<&str>) -> ProblemKind {
    ProblemKind::AuthRejected { registry: registry.host(), account: account.map(Into::into) }
}

#[tokio::test]
async fn right_and_wrong_passwords_are_told_apart() {
    for auth in [
        Auth::basic("alice", "wonderland"),
        Bearer::account("alice", "wonderland").into(),
        Bearer::anonymous().and_account("alice", "wonderland").into(),
        // It gives a token for nobody to a wrong password, and lets nobody in to look around.
        Bearer::anonymous().and_account("alice", "wonderland").careless().into(),
        Bearer::account("alice", "wonderland").post_only().into(),
    ] {
        let registry = builder().auth(auth.clone()).start();
        for repository in [None, Some("demo/app"), Some("not/there")] {
            let good = tried(&registry, repository, basic("alice", "wonderland")).await;
            assert_eq!(good.unwrap(), Taken::Taken, "{auth:?} {repository:?}");
            let problem = tried(&registry, repository, basic("alice", "wrong-word")).await.unwrap_err();
            assert_eq!(problem.what, rejected(&registry, Some("alice")), "{auth:?} {repository:?}");
            assert!(!format!("{problem:?}").contains("wrong-word"));
        }
    }
}

#[tokio::test]
async fn a_registry_that_asks_nobody_says_nothing_of_an_account() {
    let registry = builder().start();
    for repository in [None, Some("demo/app"), Some("not/there")] {
        assert_eq!(tried(&registry, repository, basic("alice", "x")).await.unwrap(), Taken::NotAsked);
    }
    assert!(registry.seen().iter().all(|s| s.authorization().is_none()));
}

#[tokio::test]
async fn who_may_not_read_the_repository_is_told_so() {
    for auth in [
        Auth::basic("alice", "a").denies("alice", "demo/app"),
        Bearer::account("alice", "a").denies("alice", "demo/app", 403).into(),
        Bearer::account("alice", "a").denies("alice", "demo/app", 401).into(),
    ] {
        let registry = builder().auth(auth).start();
        let denied = ProblemKind::AccessDenied { registry: registry.host(), repository: "demo/app".into() };
        assert_eq!(tried(&registry, Some("demo/app"), basic("alice", "a")).await.unwrap_err().what, denied);
        assert_eq!(tried(&registry, None, basic("alice", "a")).await.unwrap(), Taken::Taken);
        assert_eq!(tried(&registry, Some("demo/other"), basic("alice", "a")).await.unwrap(), Taken::Taken);
    }
}

#[tokio::test]
async fn tokens_are_tried_too() {
    let registry = builder().auth(Bearer::default().identity_token("refresh-me").registry_token("ready")).start();
    let identity = |text: &str| Credential::IdentityToken(Secret::new(text));
    let ready = |text: &str| Credential::RegistryToken(Secret::new(text));
    assert_eq!(tried(&registry, None, identity("refresh-me")).await.unwrap(), Taken::Taken);
    assert_eq!(tried(&registry, None, identity("old")).await.unwrap_err().what, rejected(&registry, None));
    assert_eq!(tried(&registry, Some("demo/app"), ready("ready")).await.unwrap(), Taken::Taken);
    assert_eq!(tried(&registry, None, ready("yesterdays")).await.unwrap_err().what, rejected(&registry, None));
    let registry = builder().auth(Auth::basic("alice", "a")).start();
    assert_eq!(tried(&registry, None, identity("refresh-me")).await.unwrap_err().what, rejected(&registry, None));
}

#[tokio::test]
async fn what_is_no_answer_about_the_account_is_told_as_it_is() {
    let registry = builder().auth(Auth::basic("alice", "a")).start();
    registry.when(When::get()).fault(Fault::status(429).header("retry-after", "600"));
    let problem = tried(&registry, None, basic("alice", "a")).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::RateLimited { .. }), "{problem:?}");
    registry.behave();
    let expired = "Your authorization token has expired. Reauthenticate and try again.";
    registry.when(When::get()).times(1).fault(Fault::status(401).header("www-authenticate", "Basic realm=\"x\""));
    registry.when(When::get()).fault(Fault::status(403).body(expired));
    let problem = tried(&registry, None, basic("alice", "a")).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthExpired { registry: registry.host(), account: Some("alice".into()) });
    registry.behave();
    registry.when(When::get()).fault(Fault::status(404).body("<html>"));
    let problem = tried(&registry, None, basic("alice", "a")).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::NotFound { .. }), "{problem:?}");
}

#[tokio::test]
async fn what_was_tried_is_not_remembered() {
    let registry = builder().auth(Auth::basic("alice", "wonderland")).start();
    let stored = One::basic("alice", "wonderland");
    let client = RegistryClient::new(&options(), Arc::new(stored.clone())).unwrap();
    let problem = client.try_account(&registry.host(), None, basic("alice", "wrong-word"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, rejected(&registry, Some("alice")));
    assert_eq!(*stored.1.lock().unwrap(), 0);
    registry.forget_seen();
    client.repository(&named(&registry.host(), "demo/app")).resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET 1.0 Basic"]);
}
