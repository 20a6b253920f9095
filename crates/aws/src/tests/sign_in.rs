use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::{Value, json};
use source::{Problem, ProblemKind};

use super::{Server, assert_clean};
use crate::{AwsProfile, AwsSignInEvent, AwsSignInSink};

const CONFIG: &str = "
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-north-1

[profile dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer

[profile admin]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = dev

[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-west-2
sso_account_id = 123456789012
sso_role_name = Reader

[profile keys]
region = eu-west-1
";

#[derive(Default)]
struct Told(Mutex<Vec<AwsSignInEvent>>);

impl AwsSignInSink for Told {
    fn on(&self, event: AwsSignInEvent) {
        self.0.lock().unwrap().push(event);
    }
}

impl Told {
    fn waited(&self) -> usize {
        self.0.lock().unwrap().iter().filter(|event| **event == AwsSignInEvent::Waiting).count()
    }
}

struct Stage {
    server: Server,
    home: tempfile::TempDir,
    told: Told,
}

impl Stage {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        std::fs::write(home.path().join(".aws").join("config"), CONFIG).unwrap();
        Self { server: Server::start(), home, told: Told::default() }
    }

    fn registers(self) -> Self {
        let until = time::OffsetDateTime::now_utc().unix_timestamp() + 90 * 86_400;
        let answer =
            json!({ "clientId": "program", "clientSecret": "hush-registration", "clientSecretExpiresAt": until });
        self.server.then(200, &answer);
        self
    }

    fn begins(self) -> Self {
        self.begins_at(&json!({
            "deviceCode": "hush-device",
            "userCode": "ABCD-EFGH",
            "verificationUri": "https://device.sso.eu-north-1.amazonaws.com/",
            "verificationUriComplete": "https://device.sso.eu-north-1.amazonaws.com/?user_code=ABCD-EFGH",
            "expiresIn": 300,
            "interval": 1,
        }))
    }

    fn begins_at(self, answer: &Value) -> Self {
        self.server.then(200, answer);
        self
    }

    fn says(self, code: &str) -> Self {
        self.server.fails(400, code, "");
        self
    }

    fn grants(self) -> Self {
        let answer = json!({
            "accessToken": "hush-access", "tokenType": "Bearer", "expiresIn": 28_800, "refreshToken": "hush-refresh",
        });
        self.server.then(200, &answer);
        self
    }

    async fn sign_in(&self, profile: &str) -> Result<AwsProfile, Problem> {
        let home = self.home.path().to_str().unwrap();
        let config = self.home.path().join(".aws").join("config");
        let env = [("HOME", home), ("USERPROFILE", home), ("AWS_CONFIG_FILE", config.to_str().unwrap())];
        let aws = self.server.aws_with(&env, None);
        let result = aws.sign_in(profile, &self.told).await;
        assert_clean(&format!("{result:?} {:?}", self.told.0.lock().unwrap()));
        result
    }

    fn cache(&self) -> PathBuf {
        self.home.path().join(".aws").join("sso").join("cache")
    }

    /// `sha1sum` of `corp`.
    fn file(&self) -> PathBuf {
        self.cache().join("ee0bfd2552fbd840c02cc48b6e823320543c450f.json")
    }

    fn files(&self) -> Vec<PathBuf> {
        std::fs::read_dir(self.cache()).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    }
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[tokio::test]
async fn granted() {
    let stage = Stage::new().registers().begins().says("AuthorizationPendingException");
    let stage = stage.says("AuthorizationPendingException").grants();
    let profile = stage.sign_in("dev").await.unwrap();
    let until = profile.signed_in_until.clone().unwrap();
    assert_eq!((profile.name.as_str(), profile.role.as_deref()), ("dev", Some("Developer")));

    let events = stage.told.0.lock().unwrap().clone();
    let code = AwsSignInEvent::Code {
        user_code: "ABCD-EFGH".into(),
        verification_uri: "https://device.sso.eu-north-1.amazonaws.com/".into(),
        verification_uri_complete: "https://device.sso.eu-north-1.amazonaws.com/?user_code=ABCD-EFGH".into(),
        expires_in_s: 300,
    };
    assert_eq!(events, [code, AwsSignInEvent::Waiting, AwsSignInEvent::Waiting]);

    let seen = stage.server.seen();
    let paths: Vec<_> = seen.iter().map(|seen| seen.what.as_str()).collect();
    assert_eq!(paths, ["/client/register", "/device_authorization", "/token", "/token", "/token"]);
    assert_eq!(
        seen[0].body,
        json!({ "clientName": "kaibo", "clientType": "public", "scopes": ["sso:account:access"] })
    );
    assert_eq!(
        seen[1].body,
        json!({ "clientId": "program", "clientSecret": "hush-registration", "startUrl": "https://corp.awsapps.com/start" })
    );
    assert_eq!(seen[2].body["grantType"], "urn:ietf:params:oauth:grant-type:device_code");
    assert_eq!(seen[2].body["deviceCode"], "hush-device");

    // Exactly what `aws sso login` leaves behind, and nothing beside it.
    assert_eq!(stage.files(), [stage.file()]);
    let text = std::fs::read_to_string(stage.file()).unwrap();
    let token = read(&stage.file());
    let keys = "startUrl region accessToken expiresAt clientId clientSecret registrationExpiresAt refreshToken";
    let positions: Vec<_> = keys.split(' ').map(|key| text.find(&format!("\"{key}\":")).expect(key)).collect();
    assert!(positions.is_sorted() && token.as_object().unwrap().len() == 8, "{text}");
    assert_eq!(token["startUrl"], "https://corp.awsapps.com/start");
    assert_eq!(token["region"], "eu-north-1");
    assert_eq!(token["accessToken"], "hush-access");
    assert_eq!(token["refreshToken"], "hush-refresh");
    assert_eq!(token["expiresAt"], until);
    assert!(until.ends_with('Z') && until.len() == "2026-11-24T09:03:32Z".len(), "{until}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(stage.file()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn the_registration_is_used_again_and_renewed_where_it_does_not_fit() {
    let stage = Stage::new().registers().begins().grants();
    stage.sign_in("dev").await.unwrap();
    // Through a role that is taken from that profile, with the registration of before.
    let stage = stage.begins().grants();
    stage.sign_in("admin").await.unwrap();
    let paths: Vec<_> = stage.server.operations().split_off(3);
    assert_eq!(paths, ["/device_authorization", "/token"]);
    // A registration of another program's, for another way of signing in.
    let stage = stage.says("UnauthorizedClientException").registers().begins().grants();
    stage.sign_in("dev").await.unwrap();
    let paths: Vec<_> = stage.server.operations().split_off(5);
    assert_eq!(paths, ["/device_authorization", "/client/register", "/device_authorization", "/token"]);
    // One that was just made and is turned down is a problem, not a loop.
    std::fs::remove_file(stage.file()).unwrap();
    let stage = stage.registers().says("UnauthorizedClientException");
    let problem = stage.sign_in("dev").await.unwrap_err();
    let code = Some("UnauthorizedClientException".to_owned());
    assert_eq!(problem.what, ProblemKind::AwsFailed { operation: "StartDeviceAuthorization".into(), code });
}

#[tokio::test]
async fn an_old_profile_is_known_by_its_address() {
    let stage = Stage::new().registers().begins().grants();
    stage.sign_in("old").await.unwrap();
    assert!(stage.server.seen()[0].body.get("scopes").is_none(), "as the AWS CLI asks for such a profile");
    // `sha1sum` of the start URL.
    let file = stage.cache().join("33d5ca4bf3b1a62edb96b47f7c203034a43ac435.json");
    assert_eq!(stage.files(), [file]);
}

#[tokio::test]
async fn slow_down() {
    let stage = Stage::new().registers().begins().says("SlowDownException").says("SlowDownException").grants();
    let began = std::time::Instant::now();
    stage.sign_in("dev").await.unwrap();
    // One second, then six, then eleven; a second is ten milliseconds here.
    let waited = began.elapsed();
    assert!(waited >= std::time::Duration::from_millis(180), "{waited:?}");
    assert_eq!(stage.told.waited(), 2);
}

#[tokio::test]
async fn expired_by_the_server_and_by_the_clock() {
    let stage = Stage::new().registers().begins().says("AuthorizationPendingException").says("ExpiredTokenException");
    assert_eq!(stage.sign_in("dev").await.unwrap_err().what, ProblemKind::AwsSignInExpired);
    assert!(stage.files().is_empty());
    let mut stage = Stage::new().registers().begins_at(&json!({
        "deviceCode": "hush-device", "userCode": "ABCD", "verificationUri": "https://a.example/", "expiresIn": 3, "interval": 1,
    }));
    for _ in 0..10 {
        stage = stage.says("AuthorizationPendingException");
    }
    assert_eq!(stage.sign_in("dev").await.unwrap_err().what, ProblemKind::AwsSignInExpired);
    assert!(stage.server.operations().len() <= 5, "not asked beyond the end: {:?}", stage.server.operations());
}

#[tokio::test]
async fn denied() {
    let stage = Stage::new().registers().begins().says("AccessDeniedException");
    assert_eq!(stage.sign_in("dev").await.unwrap_err().what, ProblemKind::AwsSignInDenied);
    assert!(stage.files().is_empty());
}

#[tokio::test]
async fn dropped() {
    let stage = Stage::new().registers().begins();
    let mut stage = stage;
    for _ in 0..100 {
        stage = stage.says("AuthorizationPendingException");
    }
    let limit = std::time::Duration::from_millis(300);
    assert!(tokio::time::timeout(limit, stage.sign_in("dev")).await.is_err());
    assert!(stage.told.waited() > 0);
    let asked = stage.server.operations().len();
    tokio::time::sleep(limit).await;
    assert!(stage.server.operations().len() <= asked + 1, "whoever is gone asks no more");
    assert!(stage.files().is_empty());
}

#[tokio::test]
async fn a_page_that_is_none_is_not_opened() {
    for (uri, complete) in [
        ("http://device.example/", "https://device.example/"),
        ("https://device.example/", "http://device.example/"),
        ("https://device.example/", "file:///etc/passwd"),
        ("javascript:alert(1)", "https://device.example/"),
    ] {
        let answer = json!({
            "deviceCode": "hush-device", "userCode": "ABCD", "expiresIn": 300, "interval": 1,
            "verificationUri": uri, "verificationUriComplete": complete,
        });
        let stage = Stage::new().registers().begins_at(&answer).grants();
        let problem = stage.sign_in("dev").await.unwrap_err();
        assert!(
            matches!(&problem.what, ProblemKind::AnswerMalformed { what, .. } if what == "verification-uri"),
            "{uri} {complete}: {problem:?}"
        );
        assert!(stage.told.0.lock().unwrap().is_empty(), "{uri}");
    }
    let answer = json!({
        "deviceCode": "hush-device", "userCode": "AB\u{1b}[31m", "expiresIn": 300,
        "verificationUri": "https://device.example/",
    });
    let stage = Stage::new().registers().begins_at(&answer);
    let problem = stage.sign_in("dev").await.unwrap_err();
    assert!(matches!(&problem.what, ProblemKind::AnswerMalformed { what, .. } if what == "user-code"), "{problem:?}");
}

#[tokio::test]
async fn profiles_that_sign_in_nowhere() {
    let stage = Stage::new();
    let absent = stage.sign_in("absent").await.unwrap_err();
    assert_eq!(absent.what, ProblemKind::AwsNobody { profile: Some("absent".into()) });
    let keys = stage.sign_in("keys").await.unwrap_err();
    let unusable = ProblemKind::SettingUnusable { setting: "--aws-profile".into(), value: "keys".into() };
    assert_eq!(keys.what, unusable);
    assert!(stage.server.operations().is_empty());
}

#[tokio::test]
async fn a_server_that_stumbles_is_asked_again_and_one_that_falls_is_not() {
    let stage = Stage::new().registers().begins();
    // The SDK itself tries three times.
    for _ in 0..3 {
        stage.server.fails(500, "InternalServerException", "");
    }
    let stage = stage.grants();
    stage.sign_in("dev").await.unwrap();
    assert_eq!(stage.told.waited(), 1);
    let stage = Stage::new().registers().begins().says("InvalidClientException");
    let problem = stage.sign_in("dev").await.unwrap_err();
    let code = Some("InvalidClientException".to_owned());
    assert_eq!(problem.what, ProblemKind::AwsFailed { operation: "CreateToken".into(), code });
}
