use source::{Credential, Look, ProblemKind, Secret};

use super::*;
use crate::chain::Chain;

const ALICE: &str = r#"{"auths":{"r.example":{"auth":"YWxpY2U6dw=="}}}"#;
const BOB: &str = r#"{"auths":{"r.example":{"auth":"Ym9iOnc="}}}"#;

fn chain(around: &Surroundings) -> Chain {
    let tools = Arc::new(Tools { around: around.clone(), helpers: Helpers::new(around) });
    Chain::new(vec![
        Arc::new(CommandLineFile(Arc::clone(&tools))),
        Arc::new(Inline(Arc::clone(&tools))),
        Arc::new(ToolFiles(tools)),
    ])
}

async fn account(around: &Surroundings) -> Result<(Option<String>, CredentialOrigin), ProblemKind> {
    let found = chain(around).find(&Whose::of("r.example", "a/b")).await.map_err(|problem| problem.what)?;
    Ok((found.credential.account().map(ToOwned::to_owned), found.origin))
}

fn of(path: &Path) -> CredentialOrigin {
    CredentialOrigin::File { path: path.display().to_string(), key: "r.example".to_owned() }
}

/// `PLACE OUTCOME` for each look, a file by the last parts of its path.
fn lines(looks: &[Look], home: &Path) -> Vec<String> {
    let line = |look: &Look| {
        let place = match &look.place {
            LookPlace::File { path } => {
                Path::new(path).strip_prefix(home).unwrap_or(Path::new(path)).display().to_string()
            }
            LookPlace::Variable { variable } => variable.clone(),
            LookPlace::Helper { program, server } => format!("{program} for {server}"),
            other => <&str>::from(other).to_owned(),
        };
        let outcome = match &look.outcome {
            LookOutcome::Skipped { why } => format!("skipped: {}", <&str>::from(why)),
            LookOutcome::Failed { fault, .. } => format!("failed: {}", <&str>::from(fault)),
            LookOutcome::Found { account } | LookOutcome::TurnedDown { account } => {
                format!("{}: {}", <&str>::from(&look.outcome), account.as_deref().unwrap_or("no name"))
            }
            other => <&str>::from(other).to_owned(),
        };
        format!("{place} {outcome}").replace('\\', "/")
    };
    looks.iter().map(line).collect()
}

/// A home with `.docker/config.json`, and containers' two files below it.
struct Home {
    folder: tempfile::TempDir,
    around: Surroundings,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in [".docker", "run", "config"] {
            std::fs::create_dir(path(name)).unwrap();
        }
        let around = Surroundings {
            home: Some(folder.path().to_owned()),
            containers_auth: vec![path("run").join("auth.json"), path("config").join("auth.json")],
            ..Surroundings::default()
        };
        Self { folder, around }
    }

    fn write(&self, parts: &[&str], text: &str) -> PathBuf {
        let path = parts.iter().fold(self.folder.path().to_owned(), |path, part| path.join(part));
        std::fs::write(&path, text).unwrap();
        path
    }

    async fn looks(&self, whose: &Whose<'_>) -> Vec<String> {
        lines(&chain(&self.around).find(whose).await.unwrap().looks, self.folder.path())
    }
}

#[tokio::test]
async fn places_are_looked_into_in_order() {
    let mut home = Home::new();
    let file = home.write(&[".docker", "config.json"], ALICE);
    let other = home.write(&["auth.json"], BOB);
    assert_eq!(account(&home.around).await, Ok((Some("alice".into()), of(&file))));

    home.around.registry_auth_file = Some(other.clone());
    assert_eq!(account(&home.around).await, Ok((Some("bob".into()), of(&other))));

    home.around.registry_auth_file = Some(home.folder.path().join("not-yet.json"));
    assert_eq!(account(&home.around).await, Ok((None, CredentialOrigin::None)));

    home.around.docker_auth_config = Some(Secret::new(BOB));
    let inline = CredentialOrigin::Environment { variable: INLINE.to_owned() };
    assert_eq!(account(&home.around).await, Ok((Some("bob".into()), inline.clone())));

    // What is on the command line comes first, and must be there.
    home.around.authfile = Some(file.clone());
    assert_eq!(account(&home.around).await, Ok((Some("alice".into()), of(&file))));
    home.around.authfile = Some(home.folder.path().join("typo.json"));
    let place = home.folder.path().join("typo.json").display().to_string();
    assert_eq!(account(&home.around).await, Err(ProblemKind::CredentialsUnreadable { place }));
}

#[tokio::test]
async fn every_look_is_told() {
    let mut home = Home::new();
    let whose = Whose::of("r.example", "team/app");
    let nothing = [
        "DOCKER_AUTH_CONFIG absent",
        ".docker/config.json absent",
        ".dockercfg absent",
        "run/auth.json absent",
        "config/auth.json absent",
    ];
    assert_eq!(home.looks(&whose).await, nothing);

    home.write(&[".docker", "config.json"], r#"{"auths":{"other.example":{"auth":"YTpi"}}}"#);
    home.write(&[".dockercfg"], "no json");
    home.write(&["run", "auth.json"], r#"{"auths":{"r.example":{"auth":"YTpi"},"r.example/team":{"auth":"Yzpk"}}}"#);
    let found = [
        "DOCKER_AUTH_CONFIG absent",
        ".docker/config.json nothing",
        ".dockercfg failed: unreadable",
        "run/auth.json found: c",
        "config/auth.json skipped: found-before",
    ];
    assert_eq!(home.looks(&whose).await, found);

    // The better key was turned down: the next of the same file.
    let path = home.folder.path().join("run").join("auth.json").display().to_string();
    let team = CredentialOrigin::File { path: path.clone(), key: "r.example/team".to_owned() };
    let except = [team, CredentialOrigin::File { path, key: "r.example".to_owned() }];
    let looks = home.looks(&Whose { except: &except[..1], ..whose }).await;
    assert_eq!(looks[3..5], ["run/auth.json turned-down: c", "run/auth.json found: a"]);
    let looks = home.looks(&Whose { except: &except, ..whose }).await;
    assert_eq!(looks[4..], ["run/auth.json turned-down: a", "config/auth.json absent"]);

    home.around.registry_auth_file = Some(home.folder.path().join("auth.json"));
    let replaced = [
        "DOCKER_AUTH_CONFIG absent",
        "auth.json absent",
        ".docker/config.json skipped: replaced",
        ".dockercfg skipped: replaced",
        "run/auth.json skipped: replaced",
        "config/auth.json skipped: replaced",
    ];
    assert_eq!(home.looks(&whose).await, replaced);
    home.around.authfile = Some(home.write(&["named.json"], BOB));
    let looks = home.looks(&whose).await;
    assert_eq!(looks[..2], ["named.json found: bob", "DOCKER_AUTH_CONFIG skipped: found-before"]);
}

#[tokio::test]
async fn helpers_come_before_the_file_and_fail_without_harm() {
    let home = Home::new();
    home.write(
        &[".docker", "config.json"],
        r#"{"credsStore":"nowhere-1","credHelpers":{"evil.example":"../evil"},
            "auths":{"r.example":{"auth":"YWxpY2U6dw=="},"evil.example":{}}}"#,
    );
    home.write(&["run", "auth.json"], r#"{"credHelpers":{"r.example":"nowhere-2","docker.io":"nowhere-3"}}"#);
    let looks = home.looks(&Whose::of("r.example", "a")).await;
    assert_eq!(
        looks[1..3],
        ["docker-credential-nowhere-1 for r.example failed: helper-missing", ".docker/config.json found: alice"]
    );
    let looks = home.looks(&Whose::of("evil.example", "a")).await;
    assert_eq!(
        looks[1..3],
        ["docker-credential-../evil for evil.example failed: helper-name", ".docker/config.json nothing"]
    );
    let looks = home.looks(&Whose::of("docker.io", "library/alpine")).await;
    assert_eq!(looks[1], "docker-credential-nowhere-1 for https://index.docker.io/v1/ failed: helper-missing");
    assert_eq!(
        looks[4..],
        [
            "docker-credential-nowhere-3 for docker.io failed: helper-missing",
            "run/auth.json nothing",
            "config/auth.json absent"
        ]
    );
}

#[tokio::test]
async fn what_was_named_must_be_understood_and_what_was_not_need_not() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.json");
    for broken in ["not json", r#"{"auths":{"r.example":{"auth":"%%%"}}}"#] {
        std::fs::write(&file, broken).unwrap();
        let docker = Surroundings { docker_config: Some(home.path().to_owned()), ..Surroundings::default() };
        assert_eq!(account(&docker).await, Ok((None, CredentialOrigin::None)));
        let looks = chain(&docker).find(&Whose::of("r.example", "a")).await.unwrap().looks;
        assert_eq!(lines(&looks, home.path())[1], "config.json failed: unreadable");
        let variable = Surroundings { registry_auth_file: Some(file.clone()), ..Surroundings::default() };
        assert!(account(&variable).await.is_err());
        let named = Surroundings { authfile: Some(file.clone()), ..Surroundings::default() };
        assert!(account(&named).await.is_err());
    }
    let inline = Surroundings { docker_auth_config: Some(Secret::new("{")), ..Surroundings::default() };
    assert_eq!(account(&inline).await, Err(ProblemKind::CredentialsUnreadable { place: INLINE.to_owned() }));
    assert_eq!(account(&Surroundings::default()).await, Ok((None, CredentialOrigin::None)));
}

#[tokio::test]
async fn accounts_are_listed_without_running_anything() {
    let mut home = Home::new();
    home.around.docker_auth_config = Some(Secret::new(BOB));
    let docker = home.write(
        &[".docker", "config.json"],
        r#"{"credsStore":"nowhere","auths":{"https://index.docker.io/v1/":{},"r.example":{"auth":"YWxpY2U6dw=="}}}"#,
    );
    home.write(&["config", "auth.json"], r#"{"auths":{"quay.io/team":{"auth":"YTpi"}}}"#);
    let tools = Tools { around: home.around.clone(), helpers: Helpers::new(&home.around) };
    let accounts = tool_accounts(&tools).await.unwrap();
    let lines: Vec<_> = accounts.iter().map(|a| format!("{} {:?}", a.key, a.account.as_deref())).collect();
    let expected =
        [r#"r.example Some("bob")"#, "docker.io None", r#"r.example Some("alice")"#, r#"quay.io/team Some("a")"#];
    assert_eq!(lines, expected);
    let program = "docker-credential-nowhere".to_owned();
    let server = "https://index.docker.io/v1/".to_owned();
    assert_eq!(accounts[1].origin, CredentialOrigin::Helper { program, server });
    assert_eq!(accounts[2].origin, of(&docker));

    home.around.authfile = Some(home.folder.path().join("typo.json"));
    let tools = Tools { around: home.around.clone(), helpers: Helpers::new(&home.around) };
    assert!(tool_accounts(&tools).await.is_err());
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let around = Surroundings { docker_auth_config: Some(Secret::new(ALICE)), ..Surroundings::default() };
    let chain = chain(&around);
    let credential = chain.find(&Whose::of("r.example", "a")).await.unwrap().credential;
    assert!(matches!(credential, Credential::Basic { .. }));
    assert!(!format!("{chain:?} {credential:?}").contains("YWxp"));
    assert!(!format!("{credential:?}").contains("\"w\""));
}
