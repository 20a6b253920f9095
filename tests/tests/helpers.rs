//! Credential helpers: real ones that `docker login` filled, and every kind of bad one.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use kaibo_tests::guarded::{BASIC, Doors};
use kaibo_tests::kaibo::Home;
use kaibo_tests::keyring::{Keyring, private};
use kaibo_tests::{layout, place};
use serde_json::{Value, json};
use testkit::{ImageBuilder, Registry};

fn doors() -> Option<Doors> {
    let doors = Doors::open()?;
    let hello = place::samples().join("hello");
    let _ = doors.plain.push(&hello, "team/app", &layout::tags(&hello).remove(0));
    Some(doors)
}

/// Whether what `docker login` needs is there.
fn installed(programs: &[&str]) -> bool {
    let missing = programs.iter().find(|program| !place::installed(program));
    if let Some(missing) = missing {
        place::skip(&format!("{missing} is not installed: it was not tested whether Kaibo finds what it keeps"));
    }
    missing.is_none()
}

/// A program of the system in the same home and session as `kaibo`.
fn system(home: &Home, variables: &[(&str, &str)], program: &str, arguments: &[&str], sent: &str) {
    let mut child = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let _ = std::io::Write::write_all(&mut child.stdin.take().expect("it was piped"), sent.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {}{}", said(&output.stdout), said(&output.stderr));
}

fn docker_config(home: &Home, config: &Value) {
    let folder = home.path().join(".docker");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join("config.json"), config.to_string()).expect("a file can be written");
}

/// `docker login`, then what Kaibo finds.
fn docker_keeps_and_kaibo_finds(helper: &str, home: Home, variables: &[(&str, &str)], doors: &Doors) {
    docker_config(&home, &json!({"credsStore": helper}));
    let host = doors.basic.host();
    let reference = format!("{host}/team/app:1.0.0");
    let before = home.run(&["inspect", &reference, "--ca", doors.ca(), "--json"]);
    assert_eq!((before.code, &before.value()["kind"]), (Some(3), &json!("auth-required")), "{}", before.err);

    system(&home, variables, "docker", &["login", "-u", BASIC.0, "--password-stdin", &host], BASIC.1);
    let written = std::fs::read_to_string(home.path().join(".docker").join("config.json")).expect("docker wrote it");
    assert!(written.contains(&host) && !written.contains("\"auth\""), "the helper has it, not the file: {written}");

    let run = home.run(&["inspect", &reference, "--ca", doors.ca(), "--json"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let origin = json!({"kind": "helper", "program": format!("docker-credential-{helper}"), "server": host});
    let why = home.json(&["accounts", "--why", &format!("{host}/team/app")]);
    assert_eq!((&why["account"], &why["origin"]), (&json!(BASIC.0), &origin), "{why:#}");
    let accounts = home.json(&["accounts"]);
    assert_eq!(accounts["accounts"], json!([{"key": host, "origin": origin, "own": false}]), "{accounts:#}");

    // Started by a double-click: a PATH that leads nowhere.
    let home = home.with("PATH", "/nowhere");
    let run = home.run(&["inspect", &reference, "--ca", doors.ca(), "--json", "--no-cache"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
}

#[test]
fn what_docker_login_gave_to_the_secret_service_is_found() {
    if !installed(&["docker", "docker-credential-secretservice"]) {
        return;
    }
    let (Some(keyring), Some(doors)) = (Keyring::unlocked(), doors()) else { return };
    docker_keeps_and_kaibo_finds("secretservice", keyring.home(), &keyring.variables(), &doors);
}

#[test]
fn what_docker_login_gave_to_pass_is_found() {
    if !installed(&["docker", "docker-credential-pass", "pass", "gpg", "gpgconf"]) {
        return;
    }
    let Some(doors) = doors() else { return };
    let home = Home::default();
    // The usual places in the home: nothing but HOME leads there.
    let _ = private(&home.path().join(".gnupg"));
    let agent = Agent(home.path().to_owned());
    let key = ["--batch", "--passphrase", "", "--quick-gen-key", "tests@kaibo.example", "default", "default", "never"];
    system(&home, &[], "gpg", &key, "");
    system(&home, &[], "pass", &["init", "tests@kaibo.example"], "");
    docker_keeps_and_kaibo_finds("pass", home, &[], &doors);
    drop(agent);
}

/// gpg leaves a program behind that has its keys.
struct Agent(std::path::PathBuf);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = Command::new("gpgconf").args(["--kill", "all"]).env("HOME", &self.0).status();
    }
}

fn helper(home: &Home, name: &str, script: &str) {
    let bin = home.path().join("bin");
    std::fs::create_dir_all(&bin).expect("a folder can be made");
    write(&bin.join(format!("docker-credential-{name}")), script);
}

fn write(path: &Path, script: &str) {
    std::fs::write(path, format!("#!/bin/sh\n{script}\n")).expect("a file can be written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a mode can be set");
}

/// Bad helpers: each is told in its own way, and the public image is read all the same.
#[test]
fn a_bad_helper_is_told_and_in_nobodys_way() {
    let image = ImageBuilder::new("linux/amd64").file("bin/app", b"app").build();
    let registry = Registry::builder().image("demo/app", "1", &image).start();
    let host = registry.host();
    for (name, script, fault) in [
        ("hanging", "echo $$ >> \"$HOME/helpers.pid\"; exec sleep 300", "helper-hung"),
        ("chattering", "head -c 10000000 /dev/zero | tr '\\0' x", "helper-chattered"),
        ("failing", "echo 'no agent is running'; exit 3", "helper-failed"),
        ("garbage", "echo 'hunter2'", "helper-failed"),
        ("missing", "", "helper-missing"),
        ("../evil", "", "helper-name"),
        ("a;touch ran", "", "helper-name"),
    ] {
        let home = Home::default().within(Duration::from_secs(25));
        if !script.is_empty() {
            helper(&home, name, script);
        }
        write(&home.path().join("evil"), "touch ran");
        let bin = home.path().join("bin");
        let path = std::env::join_paths([bin.as_path(), Path::new("/usr/bin"), Path::new("/bin")]);
        let path = path.expect("temporary folders have no separator in their names");
        let home = home.with("PATH", path.to_str().expect("temporary folders have names of UTF-8"));
        docker_config(&home, &json!({"credHelpers": {&host: name}, "auths": {&host: {}}}));

        let run = home.run(&["inspect", &registry.reference("demo/app", "1"), "--json"]);
        assert_eq!(run.code, Some(0), "{name}: {}{}", run.out, run.err);
        assert!(run.elapsed < Duration::from_secs(10), "{name}: the public image took {:?}", run.elapsed);

        let why = home.json(&["accounts", "--why", &host]);
        let looks = why["looks"].as_array().expect("there are looks");
        let look = looks.iter().find(|look| look["place"]["kind"] == "helper").expect("the helper was looked at");
        assert_eq!(look["outcome"]["fault"], fault, "{name}: {look:#}");
        assert_eq!(why["origin"], json!({"kind": "none"}));
        assert!(!why.to_string().contains("hunter2"), "what is no account may be a secret: {why:#}");
        if fault == "helper-missing" {
            let searched = look["outcome"]["searched"].to_string();
            for folder in [bin.to_str().unwrap_or_default(), "/usr/local/bin", "/.rd/bin", "/opt/homebrew/bin"] {
                assert!(searched.contains(folder), "{folder} is not in {searched}");
            }
        }
        if name == "failing" {
            assert_eq!(look["outcome"]["said"], "no agent is running");
        }
        assert!(!home.files().iter().any(|file| file.ends_with("ran")), "{name} ran something");
        let started = std::fs::read_to_string(home.path().join("helpers.pid")).unwrap_or_default();
        assert_eq!(started.lines().count(), if name == "hanging" { 2 } else { 0 }, "one run for each command");
        for id in started.lines() {
            let ended = (0..200).any(|_| {
                std::thread::sleep(Duration::from_millis(10));
                !Path::new("/proc").join(id).join("cmdline").exists()
                    || std::fs::read(Path::new("/proc").join(id).join("cmdline")).is_ok_and(|line| line.is_empty())
            });
            assert!(ended, "the helper {id} was left behind");
        }
    }
}
