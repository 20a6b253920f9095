//! Kaibo's own accounts in a real store for secrets, and without one.

use std::path::Path;
use std::process::{Command, Stdio};

use kaibo_tests::kaibo::{Home, Run};
use kaibo_tests::keyring::Keyring;
use kaibo_tests::place;
use serde_json::{Value, json};
use testkit::{Auth, ImageBuilder, Registry};

const SECRET: &str = "wonderland-of-the-tests";

/// A registry that lets alice in and nobody else.
fn registry() -> Registry {
    let image = ImageBuilder::new("linux/amd64").file("bin/app", b"app").build();
    Registry::builder().image("team/app", "1", &image).auth(Auth::basic("alice", SECRET)).start()
}

fn with_config(home: Home) -> Home {
    let config = home.path().join("kaibo");
    home.with("KAIBO_CONFIG_DIR", config.to_str().expect("temporary folders have names of UTF-8"))
}

fn login(home: &Home, key: &str) -> Run {
    home.send(SECRET, &["login", key, "-u", "alice", "--password-stdin", "--json"])
}

/// What `accounts --why` says of each look: `place outcome`.
fn looks(home: &Home, place: &str) -> (Value, Vec<String>) {
    let why = home.json(&["accounts", "--why", place]);
    let looks = why["looks"].as_array().into_iter().flatten();
    let said = |look: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        format!("{} {}", text(&look["place"]["kind"]), text(&look["outcome"]["kind"]))
    };
    (why["origin"].clone(), looks.map(said).collect())
}

fn inspect(home: &Home, registry: &Registry) -> Run {
    home.run(&["inspect", &registry.reference("team/app", "1"), "--json"])
}

fn holds(file: &Path, secret: &str) -> bool {
    std::fs::read(file).is_ok_and(|bytes| bytes.windows(secret.len()).any(|part| part == secret.as_bytes()))
}

#[test]
fn an_account_is_kept_found_by_the_next_command_and_removed() {
    let Some(keyring) = Keyring::unlocked() else { return };
    let (home, registry) = (with_config(keyring.home()), registry());
    let host = registry.host();
    assert_eq!(inspect(&home, &registry).code, Some(3), "nobody is signed in yet");

    let report = login(&home, &host);
    assert_eq!(report.code, Some(0), "{}{}", report.out, report.err);
    assert_eq!(report.value()["kept"], json!({"kind": "store", "store": "secret-service"}));

    let run = inspect(&home, &registry);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let (origin, said) = looks(&home, &format!("{host}/team/app"));
    assert_eq!(origin, json!({"kind": "keychain", "store": "secret-service", "key": host}));
    assert_eq!(said[..2], ["session nothing", "keychain found"]);
    let accounts = home.json(&["accounts"]);
    assert_eq!(accounts["accounts"][0]["account"], "alice");
    assert_eq!(accounts["store"], json!({"name": "secret-service"}));

    let kept: Vec<_> = home.files().into_iter().filter(|file| holds(file, SECRET)).collect();
    assert!(kept.is_empty(), "the secret is in the store and nowhere else: {kept:?}");
    let kept = keyring.data().join("keyrings").join("login.keyring");
    assert!(kept.is_file() && !holds(&kept, SECRET), "the store keeps it encrypted");

    let out = home.run(&["logout", &host, "--json"]);
    assert_eq!(out.code, Some(0), "{}{}", out.out, out.err);
    assert_eq!(inspect(&home, &registry).code, Some(3), "nobody is signed in any more");
    let again = home.run(&["logout", &host, "--json"]);
    assert_eq!((again.code == Some(0), &again.value()["kind"]), (false, &json!("account-unknown")), "{}", again.out);
}

#[test]
fn the_longest_prefix_is_used() {
    let Some(keyring) = Keyring::unlocked() else { return };
    let (home, registry) = (with_config(keyring.home()), registry());
    let key = format!("{}/team", registry.host());
    assert_eq!(login(&home, &key).code, Some(0));
    assert_eq!(inspect(&home, &registry).code, Some(0));
    let (origin, _) = looks(&home, &format!("{}/other/app", registry.host()));
    assert_eq!(origin, json!({"kind": "none"}), "it is for the team only");
}

#[test]
fn a_locked_store_is_said_and_holds_nobody_up() {
    let Some(mut keyring) = Keyring::unlocked() else { return };
    let registry = registry();
    let home = with_config(keyring.home());
    assert_eq!(login(&home, &registry.host()).code, Some(0));
    keyring.lock();
    let (origin, _) = looks(&home, &registry.host());
    assert_eq!(origin, json!({"kind": "none"}));
    let why = home.json(&["accounts", "--why", &registry.host()]);
    assert_eq!(why["looks"][1]["outcome"]["fault"], "store-locked", "{why:#}");
    let report = login(&home, &registry.host());
    assert_eq!(report.code, Some(0), "the account is good all the same: {}{}", report.out, report.err);
    let kept = json!({"kind": "not-kept", "store": "secret-service", "why": "locked"});
    assert_eq!(report.value()["kept"], kept);
    let out = home.run(&["logout", &registry.host(), "--json"]);
    assert_eq!(out.value()["kind"], "store-failed", "{}", out.out);
    // What another tool has is found behind it.
    std::fs::create_dir(home.path().join(".docker")).expect("a folder can be made");
    let config = r#"{"auths":{"HOST":{"username":"alice","password":"SECRET"}}}"#;
    let config = config.replace("HOST", &registry.host()).replace("SECRET", SECRET);
    std::fs::write(home.path().join(".docker").join("config.json"), config).expect("a file can be written");
    assert_eq!(inspect(&home, &registry).code, Some(0));
}

#[test]
fn without_a_store_an_account_is_tested_and_not_kept() {
    let mut homes = vec![Home::default()];
    let bus = Keyring::bus_alone();
    homes.extend(bus.as_ref().map(Keyring::home));
    if !cfg!(target_os = "linux") {
        return place::skip("this system always has a store");
    }
    for home in homes {
        let (home, registry) = (with_config(home), registry());
        let report = login(&home, &registry.host());
        assert_eq!(report.code, Some(0), "{}{}", report.out, report.err);
        let kept = json!({"kind": "not-kept", "store": "secret-service", "why": "no-store"});
        assert_eq!(report.value()["kept"], kept);
        assert_eq!(home.json(&["accounts"])["store"], json!({"name": "secret-service", "fault": "no-store"}));
        assert!(!home.path().join("kaibo").join("accounts.json").exists());
        let (origin, said) = looks(&home, &registry.host());
        assert_eq!(origin, json!({"kind": "none"}));
        assert_eq!(said[..2], ["session nothing", "keychain nothing"], "it has nothing, so it was not asked");
        // A wrong password is no less wrong.
        let wrong = home.send("another", &["login", &registry.host(), "-u", "alice", "--password-stdin", "--json"]);
        assert_eq!((wrong.code, &wrong.value()["kind"]), (Some(3), &json!("auth-rejected")));
    }
}

/// The calls themselves, each by a program of its own.
#[test]
fn set_get_and_delete() {
    let Some(keyring) = Keyring::unlocked() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let run = |arguments: &[&str], sent: &str| {
        let mut child = Command::new(place::example("store"))
            .args(arguments)
            .env_clear()
            .env("KAIBO_CONFIG_DIR", folder.path())
            .envs(keyring.variables())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let _ = std::io::Write::write_all(&mut child.stdin.take().expect("it was piped"), sent.as_bytes());
        let output = child.wait_with_output().expect("the example ends");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let long = "x".repeat(100_000);
    assert_eq!(run(&["state"], ""), "secret-service None");
    assert_eq!(run(&["keep", "r.example", "alice"], "a \"secret\" 鍵"), "kept");
    assert_eq!(run(&["find", "r.example"], "a \"secret\" 鍵"), "same alice");
    assert_eq!(run(&["find", "r.example/team/app"], "another"), "different");
    assert_eq!(run(&["keep", "r.example", "bob"], &long), "kept");
    assert_eq!(run(&["find", "r.example"], &long), "same bob");
    assert_eq!(run(&["forget", "r.example"], ""), "Ok(true)");
    assert_eq!(run(&["find", "r.example"], ""), "Some(Nothing)");
    assert_eq!(run(&["forget", "r.example"], ""), "Ok(false)");
}
