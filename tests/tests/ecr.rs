//! AWS ECR, end to end: `kaibo` as a person runs it, moto for the API, and a registry with ECR's
//! Basic accounts and a certificate of ECR's name for the data.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has to stop")]

use std::path::PathBuf;

use kaibo_tests::aws::{ACCOUNT, MOTO_PASSWORD, Moto, ScriptedAws};
use kaibo_tests::kaibo::{Home, Run};
use serde_json::{Value, json};
use testkit::{Auth, Authority, Image, ImageBuilder, Registry};

const REGION: &str = "us-east-1";
const NAME: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
const KEY_ID: &str = "AKIAIOSFODNN7PLANTED";
const SECRET: &str = "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";
const SESSION: &str = "FwoGZXIvYXdzEBYaDPLANTED1234abcd";

fn image() -> Image {
    ImageBuilder::new("linux/amd64").file("bin/app", b"app").build()
}

/// The data side of ECR: a registry on loopback with a certificate of ECR's name.
struct Data {
    registry: Registry,
    _folder: tempfile::TempDir,
    ca: PathBuf,
    /// `NAME:PORT`.
    host: String,
    resolve: String,
}

impl Data {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new("A private authority");
        let ca = authority.write_pem(folder.path());
        let registry = Registry::builder()
            .image("team/app", "1", &image())
            .auth(Auth::basic("AWS", MOTO_PASSWORD))
            .tls(authority.leaf_for(&[NAME]))
            .start();
        let port = registry.host().rsplit(':').next().unwrap().to_owned();
        let (host, resolve) = (format!("{NAME}:{port}"), format!("{NAME}:{port}:127.0.0.1"));
        Self { registry, _folder: folder, ca, host, resolve }
    }

    fn run(&self, home: &Home, task: &[&str], what: &str) -> Run {
        let place = format!("{}{what}", self.host);
        let ca = self.ca.to_str().unwrap();
        let mut arguments = vec![task[0], &place];
        arguments.extend(&task[1..]);
        arguments.extend(["--ca", ca, "--resolve", &self.resolve, "--json"]);
        let run = home.run(&arguments);
        for secret in [KEY_ID, SECRET, SESSION, MOTO_PASSWORD, "planted"] {
            assert!(!run.out.contains(secret) && !run.err.contains(secret), "{secret} in {}{}", run.out, run.err);
        }
        run
    }

    fn inspect(&self, home: &Home) -> Run {
        self.run(home, &["inspect"], "/team/app:1")
    }

    fn why(&self, home: &Home) -> Value {
        let run = home.run(&["accounts", "--why", &self.host, "--json"]);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        run.value()
    }
}

/// A home without anybody, that asks this API.
fn home(api: &str) -> Home {
    Home::default().with("AWS_ENDPOINT_URL", api).with("AWS_EC2_METADATA_DISABLED", "true")
}

fn keys(home: Home) -> Home {
    home.with("AWS_ACCESS_KEY_ID", KEY_ID).with("AWS_SECRET_ACCESS_KEY", SECRET).with("AWS_SESSION_TOKEN", SESSION)
}

fn write_config(home: &Home) {
    let folder = home.path().join(".aws");
    std::fs::create_dir(&folder).unwrap();
    let config = format!(
        "[profile dev]\nregion = eu-west-1\n\n\
         [profile reader]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/Reader\nsource_profile = dev\n\n\
         [profile corp]\nsso_session = corp\nsso_account_id = {ACCOUNT}\nsso_role_name = Reader\n\n\
         [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = {REGION}\n"
    );
    std::fs::write(folder.join("config"), config).unwrap();
    let stored = format!("[dev]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n");
    std::fs::write(folder.join("credentials"), stored).unwrap();
}

/// What `--json` says of a problem; exit 3.
fn problem(run: &Run) -> Value {
    let from = |text: &str| text.find('{').and_then(|at| serde_json::from_str(&text[at..]).ok());
    let problem: Value = from(&run.err).or_else(|| from(&run.out)).unwrap_or_else(|| {
        panic!("no problem in JSON: {:?} {}{}", run.code, run.out, run.err);
    });
    assert_eq!(run.code, Some(3), "{problem:#}");
    assert_ne!(problem["message"].as_str().unwrap_or_default(), "", "it has a sentence: {problem:#}");
    problem
}

#[test]
fn every_way_to_sign_in_leads_to_the_image() {
    let Some(moto) = Moto::start() else { return };
    moto.ecr(REGION, "CreateRepository", &json!({ "repositoryName": "team/app" }));
    let data = Data::start();
    let plain = home(&moto.url());
    let profile = |name: &str| {
        let home = home(&moto.url()).with("AWS_PROFILE", name);
        write_config(&home);
        home
    };
    // The service's own variables come before the one for all.
    let apart = keys(home("http://127.0.0.1:1")).with("AWS_ENDPOINT_URL_ECR", &moto.url());
    let apart_role = home("http://127.0.0.1:1").with("AWS_PROFILE", "reader");
    let apart_role = apart_role.with("AWS_ENDPOINT_URL_ECR", &moto.url()).with("AWS_ENDPOINT_URL_STS", &moto.url());
    write_config(&apart_role);
    for (home, mechanism, named) in [
        (keys(home(&moto.url())), "environment", None),
        (profile("dev"), "profile", Some("dev")),
        (profile("reader"), "assume-role", Some("reader")),
        (apart, "environment", None),
        (apart_role, "assume-role", Some("reader")),
    ] {
        data.registry.forget_seen();
        let run = data.inspect(&home);
        assert_eq!(run.code, Some(0), "{mechanism}: {}{}", run.out, run.err);
        let report = run.value();
        assert!(report.to_string().contains(image().digest().as_str()), "{mechanism}: {report:#}");
        assert!(!data.registry.seen().is_empty());
        let why = data.why(&home);
        assert_eq!(why["origin"]["kind"], "aws", "{why:#}");
        assert_eq!(why["origin"]["mechanism"], mechanism, "{why:#}");
        assert_eq!(why["origin"]["profile"].as_str(), named, "{why:#}");
    }
    // Nobody: the registry gives nothing, and what is missing is said.
    let problem = problem(&data.inspect(&plain));
    assert_eq!(problem["kind"], "aws-nobody", "{problem:#}");
}

#[test]
fn repositories_and_tags_are_listed() {
    let Some(moto) = Moto::start() else { return };
    for name in ["team/app", "team/web", "other"] {
        moto.ecr(REGION, "CreateRepository", &json!({ "repositoryName": name }));
    }
    let manifest = json!({
        "schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "config": { "mediaType": "application/vnd.docker.container.image.v1+json", "size": 7,
            "digest": format!("sha256:{}", "c".repeat(64)) },
        "layers": [],
    });
    for tag in ["1", "2"] {
        let put = json!({ "repositoryName": "team/app", "imageTag": tag, "imageManifest": manifest.to_string() });
        moto.ecr(REGION, "PutImage", &put);
    }
    let home = keys(home(&moto.url()));
    let repos = home.json(&["repos", NAME]);
    assert_eq!(repos["via"], "ecr", "{repos:#}");
    let names = |list: &Value, field: &str| -> Vec<String> {
        list[field].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&repos, "repositories"), ["other", "team/app", "team/web"], "{repos:#}");
    assert!(repos["repositories"][0]["date"].as_str().unwrap().ends_with('Z'), "{repos:#}");
    assert_eq!(repos["requests"]["count"], 1, "{repos:#}");
    let team = home.json(&["repos", &format!("{NAME}/team")]);
    assert_eq!(names(&team, "repositories"), ["team/app", "team/web"], "{team:#}");
    let tags = home.json(&["tags", &format!("{NAME}/team/app")]);
    assert_eq!(tags["via"], "ecr", "{tags:#}");
    let mut listed = names(&tags, "tags");
    listed.sort();
    assert_eq!(listed, ["1", "2"], "{tags:#}");
    let first = &tags["tags"][0];
    assert!(first["digest"].as_str().unwrap().starts_with("sha256:"), "{tags:#}");
    assert_eq!(first["mediaType"], "application/vnd.docker.distribution.manifest.v2+json");
    assert!(first["date"].is_string(), "{tags:#}");
    // One that is not there, as moto says it.
    let absent = problem(&home.run(&["tags", &format!("{NAME}/team/none"), "--json"]));
    assert_eq!((&absent["kind"], &absent["thing"]), (&json!("not-found"), &json!("repository")), "{absent:#}");
}

#[test]
fn each_failure_of_aws_is_told_apart() {
    let user = "arn:aws:iam::123456789012:user/dev";
    let repository = "arn:aws:ecr:us-east-1:123456789012:repository/team/app";
    let data = Data::start();
    for (code, message, kind) in [
        ("ExpiredTokenException", "The security token included in the request is expired".to_owned(), "aws-expired"),
        (
            "AccessDeniedException",
            format!("User: {user} is not authorized to perform: ecr:GetAuthorizationToken on resource: *"),
            "aws-denied",
        ),
        ("UnrecognizedClientException", "The security token is invalid.".to_owned(), "aws-failed"),
        ("InvalidSignatureException", format!("It differs.\nx-amz-security-token:{SESSION}"), "aws-failed"),
    ] {
        let text = message.clone();
        let api = ScriptedAws::start(move |_| ScriptedAws::error(code, &text));
        let run = data.inspect(&keys(home(&api.url())));
        let problem = problem(&run);
        assert_eq!(problem["kind"], kind, "{problem:#}");
        match kind {
            "aws-denied" => {
                assert_eq!(problem["action"], "ecr:GetAuthorizationToken", "{problem:#}");
                assert_eq!(problem["principal"], user, "{problem:#}");
            }
            "aws-failed" => assert_eq!(problem["code"], code, "{problem:#}"),
            _ => {}
        }
    }
    // The same of a list, where another action is missing.
    let message = format!("User: {user} is not authorized to perform: ecr:DescribeImages on resource: {repository}");
    let api = ScriptedAws::start(move |_| ScriptedAws::error("AccessDeniedException", &message));
    let denied = problem(&data.run(&keys(home(&api.url())), &["tags"], "/team/app"));
    assert_eq!((&denied["kind"], &denied["action"]), (&json!("aws-denied"), &json!("ecr:DescribeImages")));
    assert_eq!(denied["resource"], repository, "{denied:#}");
    let api = ScriptedAws::start(|_| ScriptedAws::error("ExpiredTokenException", "It is expired"));
    let expired = problem(&data.run(&keys(home(&api.url())), &["repos"], ""));
    assert_eq!(expired["kind"], "aws-expired", "{expired:#}");
    // A sign-in in the browser that was never done.
    let signs_in = home(&api.url()).with("AWS_PROFILE", "corp");
    write_config(&signs_in);
    let wanted = problem(&data.inspect(&signs_in));
    assert_eq!((&wanted["kind"], &wanted["profile"]), (&json!("aws-sign-in-needed"), &json!("corp")), "{wanted:#}");
}

#[test]
fn a_sign_in_in_the_browser_opens_the_registry() {
    use std::sync::atomic::{AtomicU32, Ordering};

    let asked = AtomicU32::new(0);
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let api = ScriptedAws::start(move |operation| match operation {
        "/client/register" => {
            let until = now + 90 * 86_400;
            let answer = json!({ "clientId": "kaibo", "clientSecret": "planted-1", "clientSecretExpiresAt": until });
            (200, answer)
        }
        "/device_authorization" => {
            let page = "https://device.sso.us-east-1.amazonaws.com/";
            let answer = json!({
                "deviceCode": "planted-2", "userCode": "ABCD-EFGH", "verificationUri": page,
                "verificationUriComplete": format!("{page}?user_code=ABCD-EFGH"), "expiresIn": 60, "interval": 1,
            });
            (200, answer)
        }
        "/token" if asked.fetch_add(1, Ordering::SeqCst) == 0 => {
            ScriptedAws::error("AuthorizationPendingException", "")
        }
        "/token" => (200, json!({ "accessToken": "planted-3", "expiresIn": 3600, "refreshToken": "planted-4" })),
        "GetAuthorizationToken" => {
            let token = "QVdTOjEyMzQ1Njc4OTAxMi1hdXRoLXRva2Vu";
            (200, json!({ "authorizationData": [{ "authorizationToken": token, "expiresAt": now + 43_200 }] }))
        }
        role if role.starts_with("/federation/credentials?") => {
            let expiration = (now + 3600) * 1000;
            (
                200,
                json!({ "roleCredentials": {
                "accessKeyId": KEY_ID, "secretAccessKey": SECRET, "sessionToken": SESSION, "expiration": expiration,
            } }),
            )
        }
        _ => (404, json!({})),
    });
    let data = Data::start();
    let home = home(&api.url());
    write_config(&home);
    let run = data.run(&home, &["login", "--aws-profile", "corp"], "");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.err.contains("ABCD-EFGH") && run.err.contains("https://device.sso."), "{}", run.err);
    let asked = api.seen();
    let begin = ["/client/register", "/device_authorization", "/token", "/token"];
    assert_eq!(asked[..4], begin, "{asked:?}");
    assert!(asked[4].starts_with("/federation/credentials?"), "{asked:?}");
    assert_eq!(asked[5], "GetAuthorizationToken", "{asked:?}");
    // Whoever asks next is signed in, as far as the AWS CLI's file tells the SDK.
    let signed_in = home.with("AWS_PROFILE", "corp");
    let run = data.inspect(&signed_in);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert_eq!(data.why(&signed_in)["origin"]["mechanism"], "sso");
    let profiles = signed_in.json(&["accounts"]);
    let corp = profiles["awsProfiles"].as_array().unwrap().iter().find(|profile| profile["name"] == "corp").unwrap();
    assert!(corp["signedInUntil"].as_str().unwrap().ends_with('Z'), "{corp:#}");
}

#[test]
fn a_token_that_is_over_on_arrival_is_used_once_and_asked_for_once() {
    let token = "QVdTOjEyMzQ1Njc4OTAxMi1hdXRoLXRva2Vu";
    let answer = json!({ "authorizationData": [{ "authorizationToken": token, "expiresAt": 1_420_070_400 }] });
    let api = ScriptedAws::start(move |_| (200, answer.clone()));
    let data = Data::start();
    let run = data.inspect(&keys(home(&api.url())));
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert_eq!(api.seen(), ["GetAuthorizationToken"]);
    assert!(!data.registry.seen().is_empty());
}

#[test]
fn a_token_that_the_registry_does_not_take_is_not_asked_for_without_end() {
    let answer =
        json!({ "authorizationData": [{ "authorizationToken": "QVdTOnBsYW50ZWQ=", "expiresAt": 1_420_070_400 }] });
    let api = ScriptedAws::start(move |_| (200, answer.clone()));
    let data = Data::start();
    let rejected = problem(&data.inspect(&keys(home(&api.url()))));
    assert_eq!(rejected["kind"], "auth-rejected", "{rejected:#}");
    assert_eq!(api.seen(), ["GetAuthorizationToken"]);
    assert!(data.registry.seen().len() <= 4, "{:?}", data.registry.lines());
}

#[test]
fn other_hosts_hear_nothing_of_aws() {
    let api = ScriptedAws::start(|_| ScriptedAws::error("AccessDeniedException", "no"));
    let registry = Registry::builder().image("team/app", "1", &image()).auth(Auth::basic("a", "b")).start();
    let home = keys(home(&api.url()));
    let refused = problem(&home.run(&["inspect", &registry.reference("team/app", "1"), "--json"]));
    assert_eq!(refused["kind"], "auth-required", "{refused:#}");
    assert!(api.seen().is_empty(), "{:?}", api.seen());
    assert!(registry.seen().iter().all(|seen| !format!("{seen:?}").contains("QVdT")));
}
