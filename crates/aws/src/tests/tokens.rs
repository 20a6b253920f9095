use serde_json::json;
use source::{Credential, CredentialOrigin, Found, LookFault, LookOutcome, LookPlace, LookSkip, Whose};

use super::{SESSION, Server, assert_clean, nobody_there};

const HOST: &str = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
/// `AWS:hush-eu` in base64.
const TOKEN: &str = "QVdTOmh1c2gtZXU=";

fn token(expires_at: i64) -> serde_json::Value {
    json!({ "authorizationData": [{ "authorizationToken": TOKEN, "expiresAt": expires_at, "proxyEndpoint": HOST }] })
}

fn in_twelve_hours() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp() + 12 * 3600
}

fn failed(found: &Found) -> (LookFault, String) {
    assert_eq!(found.credential, Credential::Anonymous);
    assert_eq!(found.origin, CredentialOrigin::None);
    let [look] = found.looks.as_slice() else { panic!("one look: {:?}", found.looks) };
    assert_eq!(look.place, LookPlace::Aws { profile: Some("dev".into()) });
    let LookOutcome::Failed { fault, said, .. } = &look.outcome else { panic!("{look:?}") };
    assert_clean(&format!("{found:?}"));
    (*fault, said.clone().unwrap_or_default())
}

#[tokio::test]
async fn one_token_is_asked_for_and_kept() {
    let server = Server::start();
    server.then(200, &token(in_twelve_hours()));
    let aws = server.aws();
    let provider = aws.credentials();
    let other_account = HOST.replace("1234", "9999");
    let (first, second, other) =
        (Whose::of(HOST, "team/app"), Whose::of(HOST, "team/other"), Whose::of(&other_account, "x"));
    let (a, b, c) = tokio::join!(provider.find(&first), provider.find(&second), provider.find(&other));
    for found in [a, b, c] {
        let found = found.unwrap();
        let Credential::Basic { username, password } = &found.credential else { panic!("{found:?}") };
        assert_eq!((username.as_str(), password.reveal()), ("AWS", "hush-eu"));
        assert!(matches!(&found.looks[0].outcome, LookOutcome::Found { account: Some(name) } if name == "AWS"));
        let left = found.good_for.unwrap().as_secs();
        assert!((11 * 3600..12 * 3600 - 1790).contains(&left), "{left}");
        assert_clean(&format!("{found:?} {aws:?} {provider:?}"));
    }
    assert_eq!(server.operations(), ["GetAuthorizationToken"], "three questions at once, one token");
    // Another region has a token of its own.
    server.then(200, &token(in_twelve_hours()));
    provider.find(&Whose::of(&HOST.replace("eu-west-1", "us-east-1"), "x")).await.unwrap();
    assert_eq!(server.operations().len(), 2);
}

#[tokio::test]
async fn a_token_that_is_over_on_arrival_is_used_and_not_asked_for_again() {
    let server = Server::start();
    // 2015, as moto says it.
    server.then(200, &token(1_420_070_400));
    let provider = server.aws().credentials();
    for _ in 0..20 {
        let found = provider.find(&Whose::of(HOST, "team/app")).await.unwrap();
        assert_eq!(found.credential.account(), Some("AWS"));
        let left = found.good_for.unwrap().as_secs();
        assert!((50..=60).contains(&left), "{left}");
    }
    assert_eq!(server.operations(), ["GetAuthorizationToken"]);
}

#[tokio::test]
async fn each_failure_is_told_apart() {
    let denied = "User: arn:aws:iam::123456789012:user/dev is not authorized to perform: \
                  ecr:GetAuthorizationToken on resource: * because no identity-based policy allows it";
    for (status, code, message, fault, said) in [
        (
            400,
            "ExpiredTokenException",
            "The security token included in the request is expired",
            LookFault::AwsExpired,
            "ExpiredTokenException: The security token included in the request is expired",
        ),
        (400, "AccessDeniedException", denied, LookFault::AwsDenied, "is not authorized to perform"),
        (
            400,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            LookFault::AwsFailed,
            "UnrecognizedClientException",
        ),
        (
            403,
            "InvalidSignatureException",
            &format!("The request signature differs.\nx-amz-security-token:{SESSION}"),
            LookFault::AwsFailed,
            "InvalidSignatureException: The request signature differs.",
        ),
    ] {
        let server = Server::start();
        server.fails(status, code, message);
        let provider = server.aws().credentials();
        for _ in 0..2 {
            let found = provider.find(&Whose::of(HOST, "team/app")).await.unwrap();
            let (got, line) = failed(&found);
            assert_eq!(got, fault, "{code}");
            assert!(line.contains(said), "{line}");
        }
        assert_eq!(server.operations().len(), 1, "{code} is not asked for twice in a moment");
    }
}

#[tokio::test]
async fn nonsense_is_no_token() {
    for answer in [
        json!({}),
        json!({ "authorizationData": [] }),
        json!({ "authorizationData": [{ "authorizationToken": "%%%" }] }),
    ] {
        let server = Server::start();
        server.then(200, &answer);
        let found = server.aws().credentials().find(&Whose::of(HOST, "")).await.unwrap();
        assert_eq!(failed(&found), (LookFault::AwsFailed, "an answer without a token".into()), "{answer}");
    }
}

#[tokio::test]
async fn nobody_answers() {
    let found = nobody_there().credentials().find(&Whose::of(HOST, "")).await.unwrap();
    assert_eq!(failed(&found).0, LookFault::AwsFailed);
}

#[tokio::test]
async fn hosts_of_others_are_left_alone() {
    let server = Server::start();
    let provider = server.aws().credentials();
    let found = provider.find(&Whose::of(&format!("{HOST}.evil.test"), "x")).await.unwrap();
    assert_eq!(found.looks[0].outcome, LookOutcome::Skipped { why: LookSkip::NotEcr });
    assert!(provider.places(&Whose::of("ghcr.io", "x")).is_empty());
    assert_eq!(provider.places(&Whose::of(HOST, "x")), [LookPlace::Aws { profile: Some("dev".into()) }]);
    assert!(server.operations().is_empty());
}

#[tokio::test]
async fn what_was_turned_down_is_passed_over() {
    let server = Server::start();
    server.then(200, &token(in_twelve_hours())).then(200, &token(in_twelve_hours()));
    let aws = server.aws();
    let provider = aws.credentials();
    let found = provider.find(&Whose::of(HOST, "x")).await.unwrap();
    let except = [found.origin];
    let again = provider.find(&Whose { except: &except, ..Whose::of(HOST, "x") }).await.unwrap();
    assert_eq!(again.looks[0].outcome, LookOutcome::TurnedDown { account: Some("AWS".into()) });
    assert_eq!(again.credential, Credential::Anonymous);
    // Another repository may be open to the same token.
    provider.find(&Whose::of(HOST, "y")).await.unwrap();
    assert_eq!(server.operations().len(), 1);
    aws.forget();
    provider.find(&Whose::of(HOST, "x")).await.unwrap();
    assert_eq!(server.operations().len(), 2, "another profile was chosen: another token");
}

#[tokio::test]
async fn ecr_public_has_tokens_of_its_own() {
    let server = Server::start();
    server.then(200, &json!({ "authorizationData": { "authorizationToken": TOKEN, "expiresAt": in_twelve_hours() } }));
    let provider = server.aws().credentials();
    let found = provider.find(&Whose::of("public.ecr.aws", "docker/library/alpine")).await.unwrap();
    assert_eq!(found.credential.account(), Some("AWS"));
    let server = Server::start();
    server.fails(400, "AccessDeniedException", "User is not authorized");
    let found = server.aws().credentials().find(&Whose::of("public.ecr.aws", "x")).await.unwrap();
    assert_eq!(failed(&found).0, LookFault::AwsDenied, "and anonymous goes on");
}
