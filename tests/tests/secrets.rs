//! No secret in any output, file, argument of a child, or crash: secrets are planted in every place
//! where one can be, every command is run, well and badly, and everything that came of it is searched.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use explorer::{Explorer, InspectEvent, InspectRequest, InspectSink, Options};
use kaibo_tests::guarded::Doors;
use kaibo_tests::kaibo::{Home, Run};
use kaibo_tests::planted::{Canned, found_in};
use kaibo_tests::tokens::REFRESH_TOKEN;
use kaibo_tests::{layout, place};
use serde_json::json;
use testkit::{Auth, Bearer, Fault, ImageBuilder, Registry, When};

// Each is found nowhere else, and looks different in base64 and in a URL.
const FILE: &str = "S3cret+file/one=ä";
const INLINE: &str = "S3cret+inline/two=ö";
const HELPER: &str = "S3cret+helper/three=ü";
const FAILING_HELPER: &str = "S3cret+failing-helper/four=é";
const IDENTITY: &str = "S3cret-identity.token/five+=";
const REGISTRY_TOKEN: &str = "S3cret-registry.token.six";
const CONTAINERS: &str = "S3cret+containers/seven=å";
const TYPED: &str = "S3cret+typed/eight=ø";
const TYPED_TOKEN: &str = "S3cret-typed.token/nine";
const ARGUMENT: &str = "S3cret+argument/ten";
const PRESIGNED: &str = "S3cret-signature-eleven";
const COOKIE: &str = "S3cret-cookie-twelve";
const PROXY: &str = "S3cret-proxy-thirteen";
const AWS_KEY: &str = "S3cret/aws/key+fourteen";
const AWS_SESSION: &str = "S3cret/aws/session+fifteen==";
const AWS_PROCESS: &str = "S3cret/aws/process+sixteen";
const ECR: &str = "S3cret-ecr-password-seventeen";
const SSO: &str = "S3cret-sso-access-eighteen";
const SSO_REFRESH: &str = "S3cret-sso-refresh-nineteen";

const PLANTED: [&str; 19] = [
    FILE,
    INLINE,
    HELPER,
    FAILING_HELPER,
    IDENTITY,
    REGISTRY_TOKEN,
    CONTAINERS,
    TYPED,
    TYPED_TOKEN,
    ARGUMENT,
    PRESIGNED,
    COOKIE,
    PROXY,
    AWS_KEY,
    AWS_SESSION,
    AWS_PROCESS,
    ECR,
    SSO,
    SSO_REFRESH,
];

#[test]
fn the_search_finds_what_it_is_to_find() {
    for secret in PLANTED {
        let quoted = json!({"a": secret}).to_string();
        assert_eq!(found_in(&quoted, &PLANTED), [secret]);
        for account in ["", "a", "al", "ali", "alice"] {
            let header = format!("Authorization: Basic {}", STANDARD.encode(format!("{account}:{secret}")));
            assert_eq!(found_in(&header, &PLANTED), [secret], "{header}");
        }
        let query: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
        assert_ne!(query, secret);
    }
    assert!(found_in("S3cret is no secret", &PLANTED).is_empty());
}

/// A program of the reader's that keeps a record of how it was called.
fn script(folder: &Path, name: &str, record: &Path, body: &str) {
    let path = folder.join(name);
    let text = format!("#!/bin/sh\n{{ echo \"argv: $0 $*\"; env; echo '--'; }} >> '{}'\n{body}\n", record.display());
    fs::write(&path, text).expect("a file can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
}

/// A home with secrets in every place, and what was written there before anything was run.
struct Stage {
    home: Home,
    given: BTreeSet<PathBuf>,
    record: PathBuf,
    programs: PathBuf,
    secrets: Vec<String>,
}

impl Stage {
    /// `accounts` are the `auths` of Docker's file, `helpers` its `credHelpers`, `containers` the
    /// `auths` of Podman's file, `inline` those of the variable.
    fn set(
        accounts: &serde_json::Value,
        helpers: &serde_json::Value,
        containers: &serde_json::Value,
        inline: &serde_json::Value,
    ) -> Self {
        let home = Home::default().within(Duration::from_secs(90));
        let at = |parts: &[&str]| {
            let path = parts.iter().fold(home.path().to_owned(), |path, part| path.join(part));
            fs::create_dir_all(path.parent().expect("it is below the home")).expect("a folder can be made");
            path
        };
        let programs = home.path().join("programs");
        fs::create_dir_all(&programs).expect("a folder can be made");
        let record = home.path().join("programs").join("record");
        let said = json!({"ServerURL": "x", "Username": "helped", "Secret": HELPER});
        script(
            &programs,
            "docker-credential-planted",
            &record,
            &format!("cat >> '{}'\necho '{said}'", record.display()),
        );
        let said = json!({"ServerURL": "x", "Username": "failed", "Secret": FAILING_HELPER});
        script(&programs, "docker-credential-failing", &record, &format!("echo '{said}'\nexit 1"));
        let keys = json!({"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": AWS_PROCESS});
        script(&programs, "aws-process", &record, &format!("echo '{keys}'"));
        let docker = json!({"auths": accounts, "credHelpers": helpers, "HttpHeaders": {"X-Meta-Secret": COOKIE}});
        fs::write(at(&[".docker", "config.json"]), docker.to_string()).expect("a file can be written");
        let podman = json!({"auths": containers}).to_string();
        // HOME stands for every folder of the XDG specification here.
        fs::write(at(&["containers", "auth.json"]), podman).expect("a file can be written");
        let process = programs.join("aws-process");
        let aws = format!(
            "[default]\nregion = eu-west-1\n[profile process]\nregion = eu-west-1\ncredential_process = {}\n\
             [profile sso]\nregion = eu-west-1\nsso_session = planted\nsso_account_id = 123456789012\nsso_role_name = Reader\n\
             [sso-session planted]\nsso_region = eu-west-1\nsso_start_url = https://planted.awsapps.com/start\n\
             sso_registration_scopes = sso:account:access\n",
            process.display()
        );
        fs::write(at(&[".aws", "config"]), aws).expect("a file can be written");
        // The name is the SHA-1 of the session's name, as the AWS CLI writes it.
        let cached = json!({
            "startUrl": "https://planted.awsapps.com/start", "region": "eu-west-1", "accessToken": SSO,
            "expiresAt": "2020-01-01T00:00:00Z", "refreshToken": SSO_REFRESH, "clientId": "x",
            "clientSecret": SSO_REFRESH, "registrationExpiresAt": "2020-01-01T00:00:00Z",
        });
        let name = "54fe521f35031bf714bd3823a756839fcf71cad4.json";
        fs::write(at(&[".aws", "sso", "cache", name]), cached.to_string()).expect("a file can be written");
        let path = std::env::join_paths(
            std::iter::once(programs.clone())
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
        );
        let path = path.expect("folders of PATH").into_string().expect("PATH is UTF-8");
        let temporary = home.path().join("temporary");
        fs::create_dir_all(&temporary).expect("a folder can be made");
        let settings = home.path().join("settings");
        let text = |path: &Path| path.to_str().expect("temporary folders have names of UTF-8").to_owned();
        let (temporary, settings) = (text(&temporary), text(&settings));
        let inline = json!({"auths": inline}).to_string();
        let home = home
            .with("PATH", &path)
            .with("TMPDIR", &temporary)
            .with("KAIBO_CONFIG_DIR", &settings)
            .with("DOCKER_AUTH_CONFIG", &inline)
            .with("AWS_EC2_METADATA_DISABLED", "true")
            .with("RUST_LOG", "trace")
            .with("RUST_BACKTRACE", "full");
        let given = home.files().into_iter().collect();
        let secrets = PLANTED.iter().map(|secret| (*secret).to_owned()).collect();
        Self { home, given, record, programs, secrets }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.home = self.home.with(name, value);
        self
    }

    fn secrets(&self) -> Vec<&str> {
        self.secrets.iter().map(String::as_str).collect()
    }

    /// Runs a command for people and for programs, and searches what it said.
    fn run(&self, sent: &str, arguments: &[&str]) -> Run {
        let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        self.once(sent, &with_json);
        self.once(sent, arguments)
    }

    fn once(&self, sent: &str, arguments: &[&str]) -> Run {
        let run = self.home.send(sent, arguments);
        let said = format!("{}\n{}", run.out, run.err);
        let found = found_in(&said, &self.secrets());
        assert!(found.is_empty(), "kaibo {} says {found:?}:\n{said}", arguments.join(" "));
        assert!(matches!(run.code, Some(0..=4)), "kaibo {}: {:?}\n{said}", arguments.join(" "), run.code);
        run
    }

    /// Searches every file that is there now and was not given, and what programs were called with.
    fn search_files(&self) {
        for file in self.home.files() {
            if self.given.contains(&file) || file == self.record {
                continue;
            }
            let text = String::from_utf8_lossy(&fs::read(&file).unwrap_or_default()).into_owned();
            let found = found_in(&text, &self.secrets());
            assert!(found.is_empty(), "{} holds {found:?}", file.display());
        }
        let record = fs::read_to_string(&self.record).unwrap_or_default();
        let found = found_in(&record, &self.secrets());
        assert!(found.is_empty(), "a program was called with {found:?}:\n{record}");
    }
}

fn basic(account: &str, password: &str) -> String {
    STANDARD.encode(format!("{account}:{password}"))
}

/// A registry that lets one account in, with a cookie on its answers, redirects to signed addresses,
/// and repositories that repeat what they were sent.
fn registry(auth: impl Into<Auth>, sent: &[String]) -> Registry {
    let image = ImageBuilder::new("linux/amd64").file("bin/app", b"app").build();
    let registry = Registry::builder()
        .image("team/app", "1", &image)
        .image("team/app", "latest", &image)
        .image("team/signed", "1", &image)
        .auth(auth)
        .catalog()
        .start();
    registry.when(When::any()).fault(Fault::Header("set-cookie".to_owned(), format!("session={COOKIE}")));
    let signed = format!("{}/elsewhere?X-Amz-Signature={PRESIGNED}&X-Amz-Expires=60", registry.other_url());
    registry.when(When::blobs().path("/team/signed/")).fault(Fault::redirect(&signed));
    let refused = format!("<Error>the signature {PRESIGNED} of {signed} has expired</Error>");
    registry.when(When::any().path("/elsewhere")).fault(Fault::status(403).body(refused));
    for status in [400, 401, 403, 404, 429, 500] {
        let message = format!("you sent {}", sent.join(" and "));
        let body = json!({"errors": [{"code": "DENIED", "message": message, "detail": message}]}).to_string();
        let mut fault = Fault::status(status).header("warning", &format!("299 - \"{message}\"")).body(body);
        if status == 401 {
            let realm = format!("Bearer realm=\"{}/token\",service=\"x\",error=\"{}\"", registry.url(), sent[0]);
            fault = fault.header("www-authenticate", &realm);
        }
        // Who was sent nothing has nothing to repeat.
        registry.when(When::any().path(format!("/team/repeats-{status}/")).with_account()).fault(fault);
    }
    registry
}

/// Every command about one registry.
fn everything(stage: &Stage, registry: &Registry) {
    let host = registry.host();
    let (reference, repository) = (format!("{host}/team/app:1"), format!("{host}/team/app"));
    for arguments in [
        vec!["inspect", &reference],
        vec!["inspect", &reference, "--referrers", "--no-cache"],
        vec!["verify", &reference, "--blobs"],
        vec!["tags", &repository, "--digests"],
        vec!["repos", &host],
        vec!["accounts", "--why", &repository],
        vec!["probe", &reference],
    ] {
        let run = stage.run("", &arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}{}", run.out, run.err);
    }
    let signed = format!("{host}/team/signed:1");
    assert_ne!(stage.run("", &["verify", &signed, "--blobs"]).code, Some(0), "its blobs are refused");
    stage.run("", &["inspect", &signed]);
    stage.run("", &["probe", &signed]);
    for status in [400, 401, 403, 404, 429, 500] {
        let (reference, repository) =
            (format!("{host}/team/repeats-{status}:1"), format!("{host}/team/repeats-{status}"));
        for arguments in [
            vec!["inspect", &reference, "--timeout", "5"],
            vec!["tags", &repository, "--timeout", "5"],
            vec!["probe", &reference],
        ] {
            let run = stage.run("", &arguments);
            assert!(run.code != Some(0) || arguments[0] == "probe", "{arguments:?}: {}", run.out);
        }
    }
}

/// Whether the registry was asked with this account, so that there was something to leak.
fn was_sent(registry: &Registry, header: &str) -> bool {
    registry.seen().iter().any(|seen| seen.authorization() == Some(header))
}

#[test]
fn accounts_of_files_variables_and_helpers_stay_where_they_are() {
    let repeated = |account: &str, password: &str| {
        vec![password.to_owned(), format!("Authorization: Basic {}", basic(account, password))]
    };
    let file = registry(Auth::basic("filed", FILE), &repeated("filed", FILE));
    let inline = registry(Auth::basic("inlined", INLINE), &repeated("inlined", INLINE));
    let helped = registry(Auth::basic("helped", HELPER), &repeated("helped", HELPER));
    let contained = registry(Auth::basic("contained", CONTAINERS), &repeated("contained", CONTAINERS));
    let stage = Stage::set(
        &json!({file.host(): {"auth": basic("filed", FILE)}}),
        &json!({helped.host(): "planted", "localhost:1": "failing"}),
        &json!({contained.host(): {"auth": basic("contained", CONTAINERS)}}),
        &json!({inline.host(): {"auth": basic("inlined", INLINE)}}),
    );
    for (registry, account, password) in [
        (&file, "filed", FILE),
        (&inline, "inlined", INLINE),
        (&helped, "helped", HELPER),
        (&contained, "contained", CONTAINERS),
    ] {
        everything(&stage, registry);
        assert!(was_sent(registry, &format!("Basic {}", basic(account, password))), "{account} was used");
    }
    stage.run("", &["accounts"]);
    let failing = stage.run("", &["accounts", "--why", "localhost:1/team/app"]);
    assert!(failing.out.contains("docker-credential-failing"), "{}", failing.out);
    assert!(fs::read_to_string(&stage.record).is_ok_and(|record| record.contains("argv: ")), "helpers were run");
    stage.search_files();
}

#[test]
fn tokens_stay_in_memory() {
    // The registry itself never sees the identity token: only its token server does, see below.
    let identity = registry(Bearer::default().identity_token(IDENTITY), &["a token".to_owned()]);
    let repeated = [REGISTRY_TOKEN.to_owned(), format!("Authorization: Bearer {REGISTRY_TOKEN}")];
    let ready = registry(Bearer::default().registry_token(REGISTRY_TOKEN), &repeated);
    let stage = Stage::set(
        &json!({
            identity.host(): {"identitytoken": IDENTITY},
            ready.host(): {"registrytoken": REGISTRY_TOKEN},
        }),
        &json!({}),
        &json!({}),
        &json!({}),
    );
    everything(&stage, &identity);
    everything(&stage, &ready);
    assert!(identity.seen().iter().any(|seen| seen.body.contains("refresh_token")), "the identity token was used");
    assert!(was_sent(&ready, &format!("Bearer {REGISTRY_TOKEN}")), "the token was used");
    // A token server that repeats what it was sent.
    let refusal = format!("grant_type=refresh_token&refresh_token={IDENTITY} is no good, {IDENTITY}");
    identity.when(When::tokens()).fault(Fault::status(400).body(json!({"error": refusal}).to_string()));
    let reference = identity.reference("team/app", "1");
    for arguments in
        [vec!["inspect", &reference, "--no-cache"], vec!["probe", &reference], vec!["repos", &identity.host()]]
    {
        stage.run("", &arguments);
    }
    stage.search_files();
}

#[test]
fn real_tokens_are_kept_nowhere() {
    let Some(doors) = Doors::open() else { return };
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let _ = doors.plain.push(&hello, "team/app", &tag);
    let host = doors.bearer.host();
    let mut stage =
        Stage::set(&json!({host.clone(): {"auth": basic("alice", "wonderland")}}), &json!({}), &json!({}), &json!({}));
    let (reference, repository) = (format!("{host}/team/app:{}", tag.name), format!("{host}/team/app"));
    let login = ["login", &host, "-u", "alice", "--password-stdin", "--ca", doors.ca()];
    let sent: [(&str, Vec<&str>); 7] = [
        ("wonderland", login.to_vec()),
        (TYPED, login.to_vec()),
        (REFRESH_TOKEN, vec!["login", &host, "--token-stdin", "--ca", doors.ca()]),
        ("", vec!["inspect", &reference, "--ca", doors.ca()]),
        ("", vec!["verify", &reference, "--blobs", "--ca", doors.ca()]),
        ("", vec!["tags", &repository, "--digests", "--ca", doors.ca()]),
        ("", vec!["probe", &reference, "--ca", doors.ca()]),
    ];
    let runs: Vec<Run> = sent
        .iter()
        .flat_map(|(sent, arguments)| {
            let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
            [stage.once(sent, arguments), stage.once(sent, &with_json)]
        })
        .collect();
    // Which tokens there were is known afterwards.
    let issued = doors.tokens.issued();
    assert!(issued.len() > 3, "tokens were given");
    stage.secrets.extend(issued);
    stage.secrets.extend(["wonderland".to_owned(), REFRESH_TOKEN.to_owned()]);
    for run in &runs {
        let found = found_in(&format!("{}\n{}", run.out, run.err), &stage.secrets());
        assert!(found.is_empty(), "{found:?} in {}{}", run.out, run.err);
    }
    stage.search_files();
}

#[test]
fn what_is_typed_goes_to_the_registry_and_nowhere_else() {
    let registry = registry(Auth::basic("typist", TYPED), &[TYPED.to_owned(), basic("typist", TYPED)]);
    let host = registry.host();
    let stage = Stage::set(&json!({}), &json!({}), &json!({}), &json!({}));
    let right = stage.run(TYPED, &["login", &host, "-u", "typist", "--password-stdin"]);
    assert_eq!(right.code, Some(0), "{}{}", right.out, right.err);
    assert!(was_sent(&registry, &format!("Basic {}", basic("typist", TYPED))));
    let wrong = ARGUMENT;
    assert_eq!(stage.run(wrong, &["login", &host, "-u", "typist", "--password-stdin"]).code, Some(3));
    assert_eq!(stage.run(TYPED_TOKEN, &["login", &host, "--token-stdin"]).code, Some(3));
    for status in [400, 401, 403, 404, 429, 500] {
        let name = format!("team/repeats-{status}");
        stage.run(TYPED, &["login", &host, "-u", "typist", "--password-stdin", "--repository", &name]);
    }
    stage.run("", &["logout", &host]);
    // Nobody is there, the name leads nowhere, the words are wrong: with a secret in the pipe all the same.
    stage.run(TYPED, &["login", "localhost:1", "-u", "typist", "--password-stdin"]);
    stage.run(TYPED, &["login", "registry.invalid", "-u", "typist", "--password-stdin", "--timeout", "5"]);
    stage.run(TYPED, &["login", &host, "--password-stdin"]);
    for line in [
        vec!["login", &host, "-p", ARGUMENT],
        vec!["login", &host, "typist", ARGUMENT],
        vec!["login", &host, "--passwort", ARGUMENT],
    ] {
        assert_eq!(stage.run("", &line).code, Some(2), "{line:?}");
    }
    let glued = format!("--password={ARGUMENT}");
    assert_eq!(stage.run("", &["login", &host, &glued]).code, Some(2));
    let misspelt = format!("--pasword={ARGUMENT}");
    assert_eq!(stage.run("", &["login", &host, &misspelt]).code, Some(2));
    stage.search_files();
}

#[test]
fn keys_of_aws_and_passwords_of_ecr_are_not_told() {
    let ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    let registry = registry(Auth::basic("AWS", ECR), &[ECR.to_owned(), basic("AWS", ECR)]);
    let port = registry.host().rsplit(':').next().expect("a port").to_owned();
    let host = format!("{ecr}:{port}");
    let (reference, resolve) = (format!("{host}/team/app:1"), format!("{host}:127.0.0.1"));
    let token = json!({"authorizationData": [{
        "authorizationToken": basic("AWS", ECR), "expiresAt": 4_102_444_800_u64, "proxyEndpoint": format!("https://{ecr}"),
    }]});
    let type_ = "Content-Type: application/x-amz-json-1.1\r\n".to_owned();
    let gives = Canned::start("200 OK", type_.clone(), token.to_string());
    let repeats = format!("{AWS_KEY} {AWS_SESSION} {AWS_PROCESS} {}", basic("AWS", ECR));
    let denial = json!({"__type": "AccessDeniedException", "message": repeats});
    let denies = Canned::start("400 Bad Request", type_.clone(), denial.to_string());
    let expiry = json!({"__type": "ExpiredTokenException", "message": repeats});
    let expires = Canned::start("400 Bad Request", type_, expiry.to_string());
    for api in [&gives, &denies, &expires] {
        let address = format!("http://{}", api.address);
        let stage = Stage::set(&json!({}), &json!({}), &json!({}), &json!({}))
            .with("AWS_ENDPOINT_URL", &address)
            .with("AWS_REGION", "eu-west-1");
        let keys = Stage::set(&json!({}), &json!({}), &json!({}), &json!({}))
            .with("AWS_ENDPOINT_URL", &address)
            .with("AWS_REGION", "eu-west-1")
            .with("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT")
            .with("AWS_SECRET_ACCESS_KEY", AWS_KEY)
            .with("AWS_SESSION_TOKEN", AWS_SESSION);
        let process = stage.with("AWS_PROFILE", "process");
        let sso = Stage::set(&json!({}), &json!({}), &json!({}), &json!({}))
            .with("AWS_ENDPOINT_URL", &address)
            .with("AWS_PROFILE", "sso");
        for stage in [&keys, &process, &sso] {
            for arguments in [
                vec!["inspect", &reference, "--plain-http", "--resolve", &resolve, "--no-cache"],
                vec!["repos", &host, "--plain-http", "--resolve", &resolve],
                vec!["login", &host, "--plain-http", "--resolve", &resolve, "--timeout", "20"],
                vec!["accounts", "--why", &host],
                vec!["accounts"],
                vec!["probe", &reference, "--plain-http", "--resolve", &resolve],
            ] {
                stage.run("", &arguments);
            }
            stage.search_files();
        }
        assert!(process.record.is_file() && process.programs.is_dir(), "the program was asked for keys");
    }
    assert!(gives.asked().contains("GetAuthorizationToken"), "AWS was asked: {}", gives.asked());
    assert!(was_sent(&registry, &format!("Basic {}", basic("AWS", ECR))), "and its password was used");
}

#[test]
fn the_password_of_a_proxy_is_not_told() {
    let user = "proxied";
    let body = format!("you sent {PROXY}, Proxy-Authorization: Basic {}", basic(user, PROXY));
    let proxy = Canned::start(
        "407 Proxy Authentication Required",
        "Proxy-Authenticate: Basic realm=\"p\"\r\n".to_owned(),
        body,
    );
    let address = format!("http://{user}:{PROXY}@{}", proxy.address);
    let nowhere = format!("http://{user}:{PROXY}@127.0.0.1:1");
    for address in [&address, &nowhere] {
        let mut stage = Stage::set(&json!({}), &json!({}), &json!({}), &json!({}));
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
            stage = stage.with(name, address);
        }
        for arguments in [
            vec!["inspect", "registry.example/team/app:1", "--timeout", "10"],
            vec!["inspect", "registry.example/team/app:1", "--plain-http", "--timeout", "10"],
            vec!["tags", "registry.example/team/app", "--timeout", "10"],
            vec!["repos", "registry.example", "--timeout", "10"],
            vec!["probe", "registry.example/team/app:1"],
            vec!["login", "registry.example", "-u", "typist", "--password-stdin", "--timeout", "10"],
        ] {
            stage.run(TYPED, &arguments);
        }
        stage.search_files();
    }
    assert!(proxy.asked().contains(&basic(user, PROXY)), "the proxy was asked with its password: {}", proxy.asked());
}

/// The real program, made to panic by its runtime, with secrets all around it.
#[test]
fn a_crash_tells_no_secret() {
    let stage = Stage::set(
        &json!({"localhost:1": {"auth": basic("filed", FILE)}}),
        &json!({}),
        &json!({}),
        &json!({"localhost:2": {"auth": basic("inlined", INLINE)}}),
    )
    .with("AWS_SECRET_ACCESS_KEY", AWS_KEY)
    .with("TOKIO_WORKER_THREADS", "0");
    for arguments in [
        vec!["login", "localhost:1", "-u", "typist", "--password-stdin"],
        vec!["inspect", "localhost:1/a:1"],
        vec!["accounts"],
    ] {
        let run = stage.home.send(TYPED, &arguments);
        assert_eq!(run.code, Some(70), "{}{}", run.out, run.err);
        assert!(run.err.contains("Kaibo itself failed"), "it says whose fault it is: {}", run.err);
        let found = found_in(&format!("{}{}", run.out, run.err), &stage.secrets());
        assert!(found.is_empty(), "{found:?} in {}", run.err);
    }
    stage.search_files();
}

/// Fails as soon as an account is used.
struct Fragile;

impl InspectSink for Fragile {
    fn on(&self, event: InspectEvent) {
        if let InspectEvent::Source { event: event @ source::Event::Credential { .. } } = event {
            panic!("told of {event:?}");
        }
    }
}

/// A panic in the middle of a question, while the account is in hand: neither its message nor its
/// backtrace, nor what can be printed of the explorer, holds a secret.
#[test]
fn a_panic_with_an_account_in_hand_tells_no_secret() {
    let registry = registry(Auth::basic("filed", FILE), &[FILE.to_owned()]);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let authfile = folder.path().join("auth.json");
    let auths = json!({"auths": {registry.host(): {"auth": basic("filed", FILE)}}}).to_string();
    fs::write(&authfile, auths).expect("a file can be written");
    let explorer = Explorer::new(Options { authfile: Some(authfile), no_cache: true, ..Options::default() });
    let explorer = explorer.expect("the options can be used");
    let told = Arc::new(Mutex::new(String::new()));
    let taken = Arc::clone(&told);
    std::panic::set_hook(Box::new(move |panic| {
        let backtrace = std::backtrace::Backtrace::force_capture();
        *taken.lock().unwrap_or_else(PoisonError::into_inner) += &format!("{panic}\n{backtrace}\n{panic:?}");
    }));
    let reference = registry.reference("team/app", "1");
    let outcome = std::thread::scope(|scope| {
        let asked = scope.spawn(|| {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
            let request = InspectRequest { reference, ..InspectRequest::default() };
            runtime.block_on(Box::pin(explorer.inspect(request, &Fragile))).map(|_| ())
        });
        asked.join()
    });
    let _usual = std::panic::take_hook();
    assert!(outcome.is_err(), "it panicked: {outcome:?}");
    let told = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(told.contains("filed"), "the account was in hand: {told}");
    for text in [told, format!("{explorer:?}")] {
        let found = found_in(&text, &PLANTED);
        assert!(found.is_empty(), "{found:?} in {text}");
    }
}
