use std::sync::Mutex;

use serde_json::json;
use source::{Cursor, Event, Listing, Problem, ProblemKind, RequestFacts, Silent, Sink, Thing, Via};

use super::{SESSION, Server, assert_clean, aws_at, nobody_there};

const HOST: &str = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

#[derive(Default)]
struct Kept(Mutex<Vec<RequestFacts>>);

impl Sink for Kept {
    fn on(&self, event: Event) {
        if let Event::Request(facts) = event {
            self.0.lock().unwrap().push(facts);
        }
    }
}

#[tokio::test]
async fn repositories_come_in_pages() {
    let server = Server::start();
    let first = json!({ "repositories": [
        { "repositoryName": "team/app", "createdAt": 1_795_511_012 }, { "repositoryName": "other" }],
        "nextToken": "second" });
    server.then(200, &first).then(200, &json!({ "repositories": [{ "repositoryName": "team/web" }] }));
    let aws = server.aws();
    let catalogue = aws.catalogue(HOST).unwrap();
    assert_eq!(catalogue.via(), Via::Ecr);
    let sink = Kept::default();
    let Listing::Page(page) = catalogue.repositories(None, None, &sink).await.unwrap() else { panic!("a page") };
    let names: Vec<_> = page.entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["team/app", "other"]);
    assert_eq!(page.entries[0].date.as_deref(), Some("2026-11-24T09:03:32Z"));
    assert_eq!(page.next, Some(Cursor("second".into())));
    let next = page.next.as_ref();
    let Listing::Page(page) = catalogue.repositories(None, next, &sink).await.unwrap() else { panic!("a page") };
    assert_eq!((page.entries.len(), page.next), (1, None));
    let seen = server.seen();
    assert_eq!(seen[0].what, "DescribeRepositories");
    assert_eq!(seen[0].body, json!({ "registryId": "123456789012", "maxResults": 1000 }));
    assert_eq!(seen[1].body["nextToken"], "second");
    let facts = sink.0.into_inner().unwrap();
    assert_eq!(facts.len(), 2, "every exchange is told");
    assert_eq!((facts[0].method.as_str(), facts[0].status), ("POST", Some(200)));
    assert_eq!(facts[0].url, format!("{}/", server.url()));
    assert_eq!(facts[0].bytes, first.to_string().len() as u64);
}

#[tokio::test]
async fn a_namespace_is_looked_for_through_the_pages() {
    let server = Server::start();
    let page =
        |name: &str, next: Option<&str>| json!({ "repositories": [{ "repositoryName": name }], "nextToken": next });
    server
        .then(200, &page("a/x", Some("2")))
        .then(200, &page("b/x", Some("3")))
        .then(200, &page("team/app", Some("4")));
    let catalogue = server.aws().catalogue(HOST).unwrap();
    let Listing::Page(page) = catalogue.repositories(Some("team"), None, &Silent).await.unwrap() else { panic!() };
    assert_eq!(page.entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["team/app"]);
    assert_eq!(page.next, Some(Cursor("4".into())));
}

#[tokio::test]
async fn tags_come_with_what_ecr_knows() {
    let server = Server::start();
    let digest = format!("sha256:{}", "b".repeat(64));
    let image = json!({ "imageDigest": digest, "imageTags": ["1", "latest"], "imageSizeInBytes": 5,
        "imagePushedAt": 1_795_511_012.5, "imageManifestMediaType": "application/vnd.oci.image.index.v1+json",
        "imageScanStatus": { "status": "FAILED" } });
    server.then(200, &json!({ "imageDetails": [image, { "imageDigest": digest }], "nextToken": "more" }));
    let catalogue = server.aws().catalogue(HOST).unwrap();
    let page = catalogue.tags("team/app", None, &Silent).await.unwrap();
    assert_eq!(page.entries.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["1", "latest"]);
    assert_eq!(page.entries[0].scan.as_deref(), Some("FAILED"));
    assert_eq!(page.entries[0].date.as_deref(), Some("2026-11-24T09:03:32.5Z"));
    assert_eq!(page.next, Some(Cursor("more".into())));
    let asked = &server.seen()[0];
    assert_eq!(asked.what, "DescribeImages");
    assert_eq!(asked.body["filter"], json!({ "tagStatus": "TAGGED" }));
    assert_eq!(asked.body["repositoryName"], "team/app");
}

async fn problem(status: u16, code: &str, message: &str) -> Problem {
    let server = Server::start();
    server.fails(status, code, message);
    let problem = server.aws().catalogue(HOST).unwrap().tags("team/app", None, &Silent).await.unwrap_err();
    assert_eq!(server.operations(), ["DescribeImages"], "{code} is not asked again");
    assert_clean(&format!("{problem:?} {problem} {}", serde_json::to_string(&problem).unwrap()));
    problem
}

#[tokio::test]
async fn each_problem_is_told_apart() {
    let expired = problem(400, "ExpiredTokenException", "The security token included in the request is expired").await;
    assert_eq!(expired.what, ProblemKind::AwsExpired { profile: Some("dev".into()) });
    let [evidence] = expired.evidence.as_slice() else { panic!("{expired:?}") };
    assert!(evidence.attempted.starts_with("POST http://127.0.0.1:"), "{evidence:?}");
    assert!(evidence.attempted.ends_with("/ (DescribeImages)"), "{evidence:?}");
    assert_eq!(evidence.status, Some(400));
    assert_eq!(
        evidence.said.as_deref(),
        Some("ExpiredTokenException: The security token included in the request is expired")
    );

    let absent =
        problem(400, "RepositoryNotFoundException", "The repository with name 'team/app' does not exist").await;
    assert_eq!(absent.what, ProblemKind::NotFound { thing: Thing::Repository, name: "team/app".into() });

    let who = "arn:aws:sts::123456789012:assumed-role/Reader/me@example.org";
    let on = "arn:aws:ecr:eu-west-1:123456789012:repository/team/app";
    let message = format!(
        "User: {who} is not authorized to perform: ecr:DescribeImages on resource: {on} because no resource-based policy"
    );
    let denied = problem(400, "AccessDeniedException", &message).await;
    let action = "ecr:DescribeImages".to_owned();
    let all = ProblemKind::AwsDenied { action: action.clone(), resource: Some(on.into()), principal: Some(who.into()) };
    assert_eq!(denied.what, all);
    // The action is known even when AWS says nothing of it.
    for message in ["", "Access denied.", "User: me is not authorized to perform: on resource: "] {
        let denied = problem(403, "AccessDeniedException", message).await;
        let bare = ProblemKind::AwsDenied { action: action.clone(), resource: None, principal: None };
        assert_eq!(denied.what, bare, "{message}");
    }

    let unknown = problem(400, "UnrecognizedClientException", "The security token is invalid.").await;
    let failed = |code: &str| ProblemKind::AwsFailed { operation: "DescribeImages".into(), code: Some(code.into()) };
    assert_eq!(unknown.what, failed("UnrecognizedClientException"));
    let signature = format!("It differs.\n\nPOST\n/\nx-amz-security-token:{SESSION}\n");
    assert_eq!(problem(403, "InvalidSignatureException", &signature).await.what, failed("InvalidSignatureException"));
}

#[tokio::test]
async fn nobody_and_nobody_there() {
    let problem = nobody_there().catalogue(HOST).unwrap().tags("team/app", None, &Silent).await.unwrap_err();
    assert!(matches!(&problem.what, ProblemKind::Unreachable { host } if host == "127.0.0.1:1"), "{problem:?}");
    assert!(!problem.evidence.is_empty());
}

#[tokio::test]
async fn certificates_are_checked_against_the_bundle() {
    let authority = testkit::Authority::new("A private authority");
    let folder = tempfile::tempdir().unwrap();
    let bundle = authority.write_pem(folder.path());
    let stranger = testkit::Authority::new("Another authority");
    let (good, expired) = (authority.leaf(), authority.expired_leaf());
    let key = || Some(aws_credential_types::Credentials::for_tests());
    for (leaf, expected) in [
        // A server without such an API, whose answer came all the same.
        (good, None),
        (expired, Some(ProblemKind::TlsCertificate { host: String::new(), fault: "expired".into() })),
        (stranger.leaf(), Some(ProblemKind::TlsUntrusted { host: String::new(), issuer: None })),
    ] {
        let server = testkit::Registry::builder().tls(leaf).localhost().start();
        let env = [("AWS_CA_BUNDLE", bundle.to_str().unwrap())];
        let aws = aws_at(&server.url(), &env, key());
        let problem = aws.catalogue(HOST).unwrap().tags("team/app", None, &Silent).await.unwrap_err();
        match (expected, problem.what) {
            (None, ProblemKind::AwsFailed { .. }) => assert!(!server.seen().is_empty()),
            (Some(ProblemKind::TlsUntrusted { .. }), ProblemKind::TlsUntrusted { host, .. }) => {
                assert_eq!(host, server.host());
            }
            (Some(ProblemKind::TlsCertificate { fault, .. }), ProblemKind::TlsCertificate { host, fault: got }) => {
                assert_eq!((host, got), (server.host(), fault));
            }
            (expected, got) => panic!("{expected:?} {got:?}"),
        }
    }
}

#[tokio::test]
async fn only_private_registries_have_lists_here() {
    let server = Server::start();
    let aws = server.aws();
    for other in ["public.ecr.aws", "ghcr.io", "123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.test"] {
        assert!(aws.catalogue(other).is_none(), "{other}");
    }
}
