//! Tokens: refresh tokens, scopes that grow, expiry, several challenges.

mod common;

use std::time::Duration;

use common::{Chain, One, Told, lines, open, options, tag, with};
use source::{ContentSource, Credential, ProblemKind, Secret, Silent};
use testkit::{Bearer, Fault, ImageBuilder, Registry, RegistryBuilder, When};

fn builder() -> RegistryBuilder {
    Registry::builder().image("demo/app", "1.0", &ImageBuilder::new("linux/amd64").file("a", b"1").build())
}

fn identity(token: &str) -> One {
    One::of(Credential::IdentityToken(Secret::new(token)))
}

#[tokio::test]
async fn an_identity_token_is_sent_as_oauth2_wants_it() {
    let registry = builder().auth(Bearer::default().identity_token("refresh-me")).start();
    with(&registry, "demo/app", &options(), identity("refresh-me")).resolve(&tag("1.0"), &Silent).await.unwrap();
    let post = registry.seen()[1].clone();
    assert_eq!(post.path, "/token");
    assert_eq!(post.headers["content-type"], "application/x-www-form-urlencoded");
    let form: Vec<_> = post.body.split('&').collect();
    assert_eq!(
        form,
        [
            "grant_type=refresh_token",
            "refresh_token=refresh-me",
            "access_type=offline",
            "client_id=kaibo",
            "service=testkit",
            "scope=repository%3Ademo%2Fapp%3Apull",
        ]
    );
}

#[tokio::test]
async fn an_identity_token_that_is_no_longer_good_is_turned_down() {
    let registry = builder().auth(Bearer::default().identity_token("refresh-me")).start();
    let source = with(&registry, "demo/app", &options(), identity("old-token"));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRejected { registry: registry.host(), account: None });
    assert!(problem.evidence[1].said.as_deref().unwrap().contains("invalid_grant"));
    assert_eq!(lines(&registry), ["GET 1.0 -", "POST token -", "GET token -"]);
    let public = builder().auth(Bearer::anonymous()).start();
    with(&public, "demo/app", &options(), identity("old-token")).resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&public), ["GET 1.0 -", "POST token -", "GET token -", "GET 1.0 Bearer"]);
}

#[tokio::test]
async fn post_that_is_not_understood_is_followed_by_get() {
    for status in [400, 401, 404, 405] {
        let registry = builder().auth(Bearer::default().identity_token("refresh-me")).start();
        registry.when(When::tokens()).times(1).fault(Fault::status(status));
        with(&registry, "demo/app", &options(), identity("refresh-me")).resolve(&tag("1.0"), &Silent).await.unwrap();
        assert_eq!(lines(&registry), ["GET 1.0 -", "POST token -", "GET token Basic", "GET 1.0 Bearer"], "{status}");
    }
}

#[tokio::test]
async fn a_server_of_oauth2_only_gets_the_password_by_post() {
    let registry = builder().auth(Bearer::account("alice", "wonder land&").post_only()).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonder land&"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token Basic", "POST token -", "GET 1.0 Bearer"]);
    let body = registry.seen()[2].body.clone();
    assert!(body.starts_with("grant_type=password&username=alice&password=wonder+land%26&client_id=kaibo"), "{body}");
    assert!(!body.contains("offline"));
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wrong-word"));
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::AuthRejected { .. }), "{problem:?}");
    assert!(!format!("{problem:?}").contains("wrong-word"));
}

#[tokio::test]
async fn a_refresh_token_that_was_given_is_used_for_the_next_token() {
    let auth = Bearer::account("alice", "wonderland").refreshing().expires_in(1);
    let registry = builder().auth(auth).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
    let sink = Told::default();
    for _ in 0..3 {
        source.resolve(&tag("1.0"), &sink).await.unwrap();
        tokio::time::sleep(Duration::from_millis(850)).await;
    }
    let tokens: Vec<_> = registry.seen().into_iter().filter(|s| s.path.starts_with("/token")).collect();
    let ways: Vec<_> = tokens.iter().map(|s| s.method.as_str()).collect();
    assert_eq!(ways, ["GET", "POST", "POST"]);
    // It is not asked for, and each one is spent by its use.
    assert!(!tokens[0].path.contains("offline"));
    assert!(tokens[1].body.contains("refresh_token=refresh-1") && tokens[2].body.contains("refresh_token=refresh-2"));
    assert!(!format!("{:?}", sink.events()).contains("refresh-"));
    // One that is not taken any more is no reason to fail.
    registry.set_auth(Bearer::account("alice", "wonderland").refreshing().expires_in(1));
    registry.when(When::tokens()).times(1).fault(Fault::status(400).body(r#"{"error":"invalid_grant"}"#));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
}

#[tokio::test]
async fn a_scope_that_is_missing_is_asked_for_once() {
    let auth = Bearer::anonymous().scoped().wants_more("repository:demo/base:pull");
    let registry = builder().auth(auth).start();
    let source = open(&registry, "demo/app");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(
        lines(&registry),
        ["GET 1.0 -", "GET token -", "GET 1.0 Bearer", "GET token -", "GET 1.0 Bearer", "GET 1.0 Bearer"]
    );
    let query = registry.seen()[3].path.clone();
    let both = "scope=repository%3Ademo%2Fapp%3Apull&scope=repository%3Ademo%2Fbase%3Apull";
    assert!(query.ends_with(both), "{query}");
}

#[tokio::test]
async fn the_union_of_scopes_outlives_the_token() {
    let auth = Bearer::anonymous().scoped().wants_more("repository:demo/base:pull").expires_in(1);
    let registry = builder().auth(auth).start();
    let source = open(&registry, "demo/app");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    tokio::time::sleep(Duration::from_millis(850)).await;
    registry.forget_seen();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET token -", "GET 1.0 Bearer"]);
    assert!(registry.seen()[0].path.contains("demo%2Fbase"));
}

#[tokio::test]
async fn a_registry_that_wants_ever_more_does_not_loop() {
    let registry = builder().auth(Bearer::anonymous()).start();
    for n in 0..20 {
        let challenge = format!(
            r#"Bearer realm="{}/token",error="insufficient_scope",scope="repository:r{n}:pull""#,
            registry.url()
        );
        registry.when(When::manifests()).times(1).fault(Fault::status(401).header("www-authenticate", &challenge));
    }
    let problem = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AuthRequired { registry: registry.host() });
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token -", "GET 1.0 Bearer", "GET token -", "GET 1.0 Bearer"]);
}

#[tokio::test]
async fn a_token_that_ends_while_somebody_reads_is_renewed_unseen() {
    // It ends much earlier than it said.
    let auth = Bearer::account("alice", "wonderland").expires_in(3600).ends_after(Duration::from_millis(300));
    let registry = builder().auth(auth).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
    for _ in 0..3 {
        source.resolve(&tag("1.0"), &Silent).await.unwrap();
        tokio::time::sleep(Duration::from_millis(350)).await;
    }
    let again = ["GET 1.0 Bearer", "GET token Basic", "GET 1.0 Bearer"];
    assert_eq!(lines(&registry), [&["GET 1.0 -", "GET token Basic", "GET 1.0 Bearer"][..], &again, &again].concat());
}

#[tokio::test]
async fn a_token_server_that_fails_for_a_moment_does_not_end_a_good_token() {
    let registry = builder().auth(Bearer::anonymous().expires_in(2)).start();
    let source = open(&registry, "demo/app");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1650)).await;
    registry.when(When::tokens()).fault(Fault::status(418));
    registry.forget_seen();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET token -", "GET 1.0 Bearer", "GET 1.0 Bearer"]);
}

#[tokio::test]
async fn where_basic_is_offered_beside_a_stranger_the_registry_itself_is_asked() {
    let auth = Bearer::account("alice", "wonderland").and_basic().realm("https://tokens.stranger.example/token");
    let registry = builder().auth(auth).start();
    let source = with(&registry, "demo/app", &options(), One::basic("alice", "wonderland"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET 1.0 Basic"]);
    let registry = builder().auth(Bearer::account("alice", "wonderland").and_basic()).start();
    let chain = Chain::basic(&[("alice", "wonderland")]);
    with(&registry, "demo/app", &options(), chain).resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(lines(&registry), ["GET 1.0 -", "GET token Basic", "GET 1.0 Bearer"]);
}
