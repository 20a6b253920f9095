//! Signing in and reading with accounts, against real registries: Bearer over TLS with a private
//! authority, Basic over TLS, and plain. Each wrong case is told from the others.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use explorer::{BrowseSink, Explorer, Options, TagsEvent, TagsRequest};
use kaibo_tests::guarded::{AUTHORITY, BASIC, Doors};
use kaibo_tests::kaibo::{Home, Run};
use kaibo_tests::layout;
use kaibo_tests::place;
use kaibo_tests::tokens::{Life, REFRESH_TOKEN};
use serde_json::{Value, json};

/// The doors with an image in a public, a private and another private repository.
fn doors() -> Option<Doors> {
    let doors = Doors::open()?;
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    for repository in ["public/app", "team/app", "other/app"] {
        let _ = doors.plain.push(&hello, repository, &tag);
    }
    Some(doors)
}

const TAG: &str = "1.0.0";

fn home() -> Home {
    let home = Home::default();
    let config = home.path().join("kaibo-config");
    home.with("KAIBO_CONFIG_DIR", config.to_str().expect("temporary folders have names of UTF-8"))
}

/// A file with accounts, as `docker login` writes it.
fn authfile(home: &Home, host: &str, account: &str, password: &str) -> PathBuf {
    let path = home.path().join(format!("auth-{account}.json"));
    let auth = STANDARD.encode(format!("{account}:{password}"));
    std::fs::write(&path, json!({"auths": {host: {"auth": auth}}}).to_string()).expect("a file can be written");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have names of UTF-8")
}

/// The run ended as a problem of the source: exit code 3 and one document that says which.
fn problem(run: &Run, kind: &str) -> Value {
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    let value = run.value();
    assert_eq!((&value["schema"], &value["kind"]), (&json!("kaibo.problem/1"), &json!(kind)), "{value:#}");
    assert!(!value["message"].as_str().unwrap_or_default().is_empty());
    value
}

fn done(run: &Run) -> Value {
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    run.value()
}

#[test]
fn a_right_password_is_taken_and_the_authority_remembered() {
    let Some(doors) = doors() else { return };
    let host = doors.bearer.host();
    let home = home();
    let login = ["login", &host, "-u", "alice", "--password-stdin", "--ca", doors.ca(), "--json"];
    let report = done(&home.send("wonderland\n", &login));
    assert_eq!(report["schema"], "kaibo.login/1");
    assert_eq!(
        (&report["key"], &report["account"], &report["tested"]),
        (&json!(host), &json!("alice"), &json!("taken"))
    );
    // There is no desktop here: the account is good, and nothing keeps it.
    #[cfg(target_os = "linux")]
    assert_eq!(report["kept"], json!({"kind": "not-kept", "store": "secret-service", "why": "no-store"}));
    assert_eq!(report["remembered"]["ca"], doors.ca());
    // The next command finds the authority by itself, in the lists and in the tree.
    let reference = format!("{host}/public/app:{TAG}");
    let tree = home.json(&["inspect", &reference]);
    assert_eq!(tree["place"]["registry"], host);
    let tags = home.json(&["tags", &format!("{host}/public/app")]);
    assert_eq!(tags["tags"][0]["name"], TAG);
}

#[test]
fn people_read_what_was_tested_and_what_not_kept_means() {
    let Some(doors) = doors() else { return };
    let host = doors.bearer.host();
    let run = home().send("wonderland", &["login", &host, "-u", "alice", "--password-stdin", "--ca", doors.ca()]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("Tested: the registry took the account."), "{}", run.out);
    #[cfg(target_os = "linux")]
    assert!(run.out.contains("Not kept: this session has no Secret Service."), "{}", run.out);
    assert!(run.out.contains("its certificate authority is"), "{}", run.out);
    let japanese = ["login", &host, "-u", "alice", "--password-stdin", "--ca", doors.ca(), "--lang", "ja"];
    let run = home().send("wonderland", &japanese);
    assert!(run.out.contains("確認済み"), "{}{}", run.out, run.err);
}

#[test]
fn a_wrong_password_is_told_from_everything_else_and_keeps_nothing() {
    let Some(doors) = doors() else { return };
    let home = home();
    for (host, account) in
        [(doors.bearer.host(), "alice"), (doors.bearer.host(), "nobody"), (doors.basic.host(), BASIC.0)]
    {
        let login = ["login", &host, "-u", account, "--password-stdin", "--ca", doors.ca(), "--json"];
        let said = problem(&home.send("not-the-password\n", &login), "auth-rejected");
        assert_eq!(said["account"], account);
        assert_eq!(said["registry"], host);
    }
    let kept: Vec<_> = home.files().into_iter().filter(|file| holds(file, "localhost:")).collect();
    assert!(kept.is_empty(), "a failed login leaves nothing: {kept:?}");
}

fn holds(file: &Path, words: &str) -> bool {
    std::fs::read(file).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(words))
}

#[test]
fn basic_is_taken_as_well() {
    let Some(doors) = doors() else { return };
    let (host, home) = (doors.basic.host(), home());
    let login = ["login", &host, "-u", BASIC.0, "--password-stdin", "--no-keep", "--ca", doors.ca(), "--json"];
    let report = done(&home.send(BASIC.1, &login));
    assert_eq!((&report["tested"], &report["kept"]), (&json!("taken"), &json!({"kind": "session"})));
    assert!(report.get("remembered").is_none(), "nothing was to be kept: {report}");
    let file = authfile(&home, &host, BASIC.0, BASIC.1);
    let reference = format!("{host}/team/app:{TAG}");
    let tree = home.json(&["inspect", &reference, "--ca", doors.ca(), "--authfile", text(&file)]);
    assert_eq!(tree["place"]["repository"], "team/app");
    let nobody = home.run(&["inspect", &reference, "--ca", doors.ca(), "--json", "--no-cache"]);
    assert_eq!(problem(&nobody, "auth-required")["registry"], host);
}

#[test]
fn a_registry_that_asks_nobody_says_so() {
    let Some(doors) = doors() else { return };
    let host = doors.plain.host();
    let report = done(&home().send("x", &["login", &host, "-u", "me", "--password-stdin", "--no-keep", "--json"]));
    assert_eq!(report["tested"], "not-asked");
}

#[test]
fn an_identity_token_is_taken_without_a_name() {
    let Some(doors) = doors() else { return };
    let (host, home) = (doors.bearer.host(), home());
    let login = ["login", &host, "--token-stdin", "--no-keep", "--ca", doors.ca(), "--json"];
    let report = done(&home.send(REFRESH_TOKEN, &login));
    assert_eq!(report["tested"], "taken");
    assert!(report.get("account").is_none(), "{report}");
    assert_eq!(problem(&home.send("stale", &login), "auth-rejected")["account"], Value::Null);
}

#[test]
fn everybody_reads_what_they_may_and_hears_which_door_is_closed() {
    let Some(doors) = doors() else { return };
    let (host, home) = (doors.bearer.host(), home());
    let ask = |account: Option<(&str, &str)>, repository: &str| {
        let reference = format!("{host}/{repository}");
        let mut arguments = vec!["inspect", &reference, "--ca", doors.ca(), "--json", "--no-cache"];
        let file = account.map(|(name, password)| authfile(&home, &host, name, password));
        if let Some(file) = &file {
            arguments.extend(["--authfile", text(file)]);
        }
        home.run(&arguments)
    };
    let (alice, bob, eve) = (("alice", "wonderland"), ("bob", "builder"), ("eve", "apple"));
    let private = format!("team/app:{TAG}");
    let public = format!("public/app:{TAG}");
    // Nobody reads what is public, and is asked who they are elsewhere.
    done(&ask(None, &public));
    assert_eq!(problem(&ask(None, &private), "auth-required")["registry"], host);
    // Who may do everything, and who may read only, read; who may nothing is told that it is not the password.
    done(&ask(Some(alice), &private));
    done(&ask(Some(bob), &private));
    done(&ask(Some(eve), &public));
    let denied = problem(&ask(Some(eve), &private), "access-denied");
    assert_eq!((&denied["registry"], &denied["repository"]), (&json!(host), &json!("team/app")));
    // The password is the matter.
    let rejected = problem(&ask(Some(("alice", "wonderwall")), &private), "auth-rejected");
    assert_eq!(rejected["account"], "alice");
    // What is not there.
    assert_eq!(problem(&ask(Some(alice), "team/app:9.9"), "not-found")["thing"], "tag");
    // Of a manifest in a repository that is none, this registry says the same as of any other tag; its
    // list of tags tells them apart.
    problem(&ask(Some(alice), "team/nothing:1"), "not-found");
    let file = authfile(&home, &host, "alice", "wonderland");
    let nothing = format!("{host}/team/nothing");
    let run = home.run(&["tags", &nothing, "--ca", doors.ca(), "--authfile", text(&file), "--json"]);
    let absent = problem(&run, "not-found");
    assert_eq!((&absent["thing"], &absent["name"]), (&json!("repository"), &json!("team/nothing")));
}

#[test]
fn a_stale_account_does_not_close_what_is_public() {
    let Some(doors) = doors() else { return };
    let (host, home) = (doors.bearer.host(), home());
    let file = authfile(&home, &host, "alice", "of-last-year");
    let public = format!("{host}/public/app:{TAG}");
    let run = home.run(&["inspect", &public, "--ca", doors.ca(), "--authfile", text(&file)]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.err.contains("turned down the account alice"), "it is said: {}", run.err);
    assert_eq!(run.err.matches("turned down").count(), 1, "once: {}", run.err);
    let tags = home.run(&["tags", &format!("{host}/public/app"), "--ca", doors.ca(), "--authfile", text(&file)]);
    assert_eq!(tags.code, Some(0), "{}{}", tags.out, tags.err);
    assert!(tags.err.contains("turned down the account alice"), "{}", tags.err);
}

#[test]
fn a_missing_authority_is_named_everywhere() {
    let Some(doors) = doors() else { return };
    for host in [doors.bearer.host(), doors.basic.host()] {
        let (reference, repository) = (format!("{host}/public/app:{TAG}"), format!("{host}/public/app"));
        for arguments in [
            vec!["inspect", &reference],
            vec!["verify", &reference],
            vec!["tags", &repository],
            vec!["repos", &host],
            vec!["login", &host, "-u", "alice", "--password-stdin"],
        ] {
            let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
            let said = problem(&home().send("wonderland", &with_json), "tls-untrusted");
            assert_eq!((&said["host"], &said["issuer"]), (&json!(host), &json!(AUTHORITY)), "{arguments:?}");
        }
    }
}

#[test]
fn repositories_are_listed_to_those_who_may() {
    let Some(doors) = doors() else { return };
    let (host, home) = (doors.bearer.host(), home());
    let list = |account: Option<(&str, &str)>| {
        let mut arguments = vec!["repos", &host, "--ca", doors.ca(), "--json"];
        let file = account.map(|(name, password)| authfile(&home, &host, name, password));
        if let Some(file) = &file {
            arguments.extend(["--authfile", text(file)]);
        }
        done(&home.run(&arguments))
    };
    let report = list(Some(("alice", "wonderland")));
    let names: Vec<&str> =
        report["repositories"].as_array().expect("a list").iter().filter_map(|entry| entry["name"].as_str()).collect();
    assert_eq!(names, ["other/app", "public/app", "team/app"]);
    assert_eq!((&report["schema"], &report["complete"]), (&json!("kaibo.repos/1"), &json!(true)));
    // That there is no list for them is a fact, and no failure.
    for account in [Some(("bob", "builder")), None] {
        let report = list(account);
        assert_eq!((&report["unlisted"], &report["repositories"]), (&json!("not-allowed"), &json!([])), "{account:?}");
    }
    // A wrong password is no answer of that kind.
    let file = authfile(&home, &host, "alice", "wonderwall");
    let wrong = home.run(&["repos", &host, "--ca", doors.ca(), "--authfile", text(&file), "--json"]);
    problem(&wrong, "auth-rejected");
}

#[test]
fn why_names_the_account_of_a_place() {
    let Some(doors) = doors() else { return };
    let (host, home) = (doors.bearer.host(), home());
    let file = authfile(&home, &host, "bob", "builder");
    let place = format!("{host}/team/app");
    let report = done(&home.run(&["accounts", "--why", &place, "--authfile", text(&file), "--json"]));
    assert_eq!(report["schema"], "kaibo.accounts-why/1");
    assert_eq!((&report["account"], &report["origin"]["kind"]), (&json!("bob"), &json!("file")));
    let looks = report["looks"].as_array().expect("a list");
    let found: Vec<_> = looks.iter().filter(|look| look["outcome"]["kind"] == "found").collect();
    assert_eq!(found.len(), 1, "{report:#}");
    assert_eq!(found[0]["place"]["path"], text(&file));
    let listed = done(&home.run(&["accounts", "--authfile", text(&file), "--json"]));
    let keys: Vec<&Value> = listed["accounts"].as_array().expect("a list").iter().map(|card| &card["key"]).collect();
    assert_eq!(keys, [&json!(host)]);
}

#[test]
fn arguments_that_would_give_a_password_away_are_refused() {
    let home = home();
    for line in [
        vec!["login", "localhost:1", "-u", "alice", "-p", "wonderland"],
        vec!["login", "-p", "wonderland", "localhost:1"],
        vec!["login", "localhost:1", "--password=wonderland"],
        vec!["login", "localhost:1", "-pwonderland"],
        vec!["login", "localhost:1", "alice", "wonderland"],
        vec!["login", "localhost:1", "-u", "alice", "-p", "wonderland", "--no-such-option"],
    ] {
        for json in [false, true] {
            let arguments: Vec<&str> = line.iter().copied().chain(json.then_some("--json")).collect();
            let run = home.run(&arguments);
            assert_eq!(run.code, Some(2), "{arguments:?}: {}{}", run.out, run.err);
            assert!(!format!("{}{}", run.out, run.err).contains("wonderland"), "{arguments:?}: {}{}", run.out, run.err);
            assert!(run.err.contains("never an argument"), "{arguments:?}: {}", run.err);
            assert!(!json || run.value()["kind"] == "usage");
        }
    }
    let unasked = home.run(&["login", "localhost:1"]);
    assert_eq!(unasked.code, Some(2));
    assert!(unasked.err.contains("--password-stdin"), "{}", unasked.err);
    assert_eq!(home.send("x", &["login", "localhost:1", "--password-stdin"]).code, Some(2), "whose?");
    assert_eq!(home.send("", &["login", "localhost:1", "-u", "a", "--password-stdin"]).code, Some(2), "empty");
}

struct Quiet;

impl BrowseSink<TagsEvent> for Quiet {
    fn on(&self, _event: TagsEvent) {}
}

/// Lists the tags twice through one explorer, with a pause between.
fn list_twice(doors: &Doors, home: &Home, pause: Duration) {
    let host = doors.bearer.host();
    let options = Options {
        ca: vec![doors.ca.clone()],
        authfile: Some(authfile(home, &host, "alice", "wonderland")),
        ..Options::default()
    };
    let explorer = Explorer::new(options).expect("the options can be used");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        for _ in 0..2 {
            let request =
                TagsRequest { repository: format!("{host}/team/app"), digests: true, ..TagsRequest::default() };
            let report = Box::pin(explorer.tags(request, &Quiet)).await.expect("the tags are listed");
            assert_eq!(report.tags.len(), 1);
            assert!(report.tags[0].entry.digest.is_some(), "the HEAD was answered");
            assert!(report.problems.is_empty(), "nobody sees the renewal: {:?}", report.problems);
            tokio::time::sleep(pause).await;
        }
    });
}

#[test]
fn a_token_that_expires_while_browsing_is_renewed_unseen() {
    let Some(doors) = doors() else { return };
    let home = home();
    // Its time is said: a new one is asked for before the old one is turned down.
    doors.tokens.set_life(Life { said: 2, signed: 2 });
    list_twice(&doors, &home, Duration::from_secs(3));
    let renewed = doors.tokens.given();
    // Its time is not what was said: the registry allows a minute more than the token, so this one
    // is refused from the second second on, and the answer is a new token, not a problem.
    doors.tokens.set_life(Life { said: 300, signed: -58 });
    list_twice(&doors, &home, Duration::from_secs(3));
    let refused = doors.tokens.given() - renewed;
    assert!(renewed >= 2, "{renewed} tokens were asked for, one would have been too old");
    assert!(refused >= 2, "{refused} tokens were asked for, one would have been refused");
}

#[test]
fn a_token_is_used_for_as_long_as_it_is_good() {
    let Some(doors) = doors() else { return };
    list_twice(&doors, &home(), Duration::from_millis(10));
    assert_eq!(doors.tokens.given(), 1, "{:?}", doors.tokens.asked());
}
