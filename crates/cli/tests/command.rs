//! The program as a script sees it: exit codes, streams, one JSON document. Only samples and
//! addresses at which nobody can answer are used, so no network is needed.

use std::io::Read;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn kaibo(line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaibo"));
    command.args(line.split_whitespace()).env("LC_ALL", "C").env("LANG", "C").env("HOME", env!("CARGO_TARGET_TMPDIR"));
    for variable in
        ["NO_COLOR", "CLICOLOR_FORCE", "DOCKER_AUTH_CONFIG", "DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_CACHE_HOME"]
    {
        command.env_remove(variable);
    }
    command
}

fn run(line: &str) -> Output {
    kaibo(line).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("output is UTF-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("one JSON document: {error}: {}", text(&output.stdout)))
}

#[test]
fn an_answer_goes_to_stdout_without_colour() {
    let output = run("inspect sample:hello");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("One tag, 3 platforms"), "{}", text(&output.stdout));
    assert!(!output.stdout.contains(&0x1b));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn the_language_is_asked_for_or_the_systems() {
    assert!(text(&run("inspect sample:hello --lang ja").stdout).starts_with("タグ1つ"));
    assert!(text(&run("--lang ja inspect sample:hello").stdout).starts_with("タグ1つ"));
    let system = kaibo("inspect sample:hello").env("LC_ALL", "ja_JP.UTF-8").env("LANG", "ja_JP.UTF-8").output();
    assert!(text(&system.expect("the program starts").stdout).starts_with("タグ1つ"));
    assert!(text(&run("inspect --help --lang ja").stdout).contains("使い方: kaibo inspect"));
}

#[test]
fn json_is_one_document_of_the_command() {
    let schema = |line: &str| json(&run(line))["schema"].clone();
    assert_eq!(schema("inspect sample:single --json"), "kaibo.inspect/1");
    assert_eq!(schema("verify sample:single --json --blobs"), "kaibo.verify/1");
    assert_eq!(schema("samples --json"), "kaibo.samples/1");
    let report = json(&run("inspect sample:hello --json"));
    let documents = report["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter(|node| node["role"] != "tag" && node["role"] != "layer");
    for node in documents {
        assert_eq!(node["verified"], true, "{node}");
    }
}

#[test]
fn a_failure_is_a_document_as_well() {
    let output = run("inspect sample:nowhere --json");
    assert_eq!(output.status.code(), Some(3));
    let problem = json(&output);
    assert_eq!(
        (&problem["schema"], &problem["kind"], &problem["exitCode"]),
        (&"kaibo.problem/1".into(), &"sample-unknown".into(), &3.into())
    );
    assert!(text(&output.stderr).contains("nowhere"), "a person reads it too");
    assert_eq!(text(&run("inspect sample:nowhere --json --quiet").stderr), "");
    let usage = run("inspect --json --no-such-option");
    assert_eq!((usage.status.code(), &json(&usage)["kind"]), (Some(2), &"usage".into()));
}

#[test]
fn exit_codes_are_those_of_the_contract() {
    let check = |line: &str, code: i32| {
        let output = run(line);
        assert_eq!(output.status.code(), Some(code), "kaibo {line}\n{}{}", text(&output.stdout), text(&output.stderr));
        assert_eq!(output.stdout.is_empty(), code != 0, "kaibo {line}");
    };
    check("verify sample:hello --blobs", 0);
    check("help inspect", 0);
    check("inspect --help", 0);
    check("completions powershell", 0);
    check("", 2);
    check("inspect", 2);
    check("inspect https://hub.docker.com/_/alpine", 2);
    check("inspect sample:hello --lang fr", 2);
    check("inspect docker-daemon:alpine", 2);
    check("tags", 2);
    check("tags a --sort size", 2);
    check("tags a --budget 3", 2);
    check("repos a --limit 0", 2);
    check("login", 2);
    check("login a --aws-profile p --username u", 2);
    check("login a --aws-profile p", 2);
    check("login a -u b", 2);
    check("login a -u b -p c", 2);
    check("help nothing", 2);
    check("inspect oci:no/such/folder", 3);
    // Port 1 of this machine: nobody answers.
    check("inspect 127.0.0.1:1/a:1 --no-cache", 3);
    check("inspect 127.0.0.1:1/a:1 --offline", 3);
    check("tags 127.0.0.1:1/a", 3);
    // Lists are not kept, so there is nothing that could be answered offline.
    check("tags 127.0.0.1:1/a --offline", 2);
    check("repos 127.0.0.1:1", 3);
}

#[test]
fn a_reader_who_has_enough_is_no_error() {
    let mut child = kaibo("inspect sample:fam --json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdout = child.stdout.take().expect("it is piped");
    let mut first = [0; 1];
    stdout.read_exact(&mut first).expect("something is written");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn the_imagetools_form_names_the_entries() {
    let output = run("inspect sample:hello --format imagetools");
    let text = text(&output.stdout);
    assert!(
        text.starts_with(
            "Name:      sample:hello:1.0.0\nMediaType: application/vnd.oci.image.index.v1+json\nDigest:    sha256:"
        ),
        "{text}"
    );
    assert_eq!(text.lines().filter(|line| line.starts_with("  Platform:    unknown/unknown")).count(), 3);
    assert_eq!(self::text(&run("inspect sample:single --format imagetools").stdout).lines().count(), 3);
}

#[test]
fn completions_speak_the_readers_language() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&format!("completions {shell} --lang ja"));
        assert_eq!(output.status.code(), Some(0), "{shell}");
        assert!(text(&output.stdout).contains("plain-http"), "{shell}");
    }
    assert!(text(&run("completions fish --lang ja").stdout).contains("レジストリと暗号化なしのhttpで通信"));
}
