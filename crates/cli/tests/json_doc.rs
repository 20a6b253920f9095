//! `docs/json*.md` show what the program prints: their examples name the command that made them.
//! `KAIBO_DOCS=write cargo test -p kaibo-cli --test json_doc` writes them anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has to stop")]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use testkit::{Auth, ImageBuilder, Registry};

/// Stands in examples for the registry that the test starts.
const HOST: &str = "registry.example";
/// An answer that only a machine with a store for secrets can give, or that differs each time.
const WITHOUT_EXAMPLE: [&str; 2] = ["kaibo.logout/1", "kaibo.probe/1"];
/// The password of the examples' account, on the standard input of every command.
const PASSWORD: &str = "wonderland";

/// The first has the table of all schemas.
const DOCS: [&str; 2] = ["json.md", "json-registries.md"];

fn doc(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("docs").join(name)
}

/// A registry with two images, three tags of theirs and one of a signature.
fn registry() -> Registry {
    let image = |text: &str| ImageBuilder::new("linux/amd64").file("bin/app", text.as_bytes()).build();
    let (old, new) = (image("old"), image("new"));
    let signature = format!("sha256-{}.sig", new.digest().encoded());
    Registry::builder()
        .image("team/app", "1.9", &old)
        .image("team/app", "1.10", &new)
        .image("team/app", "latest", &new)
        .image("team/app", &signature, &old)
        .image("team/tool", "1", &old)
        .auth(Auth::basic("alice", PASSWORD))
        .catalog()
        .start()
}

/// What differs from run to run, or from one system to the next, is put in its usual form.
fn usual(mut document: Value) -> Value {
    if let Some(elapsed) = document.pointer_mut("/requests/elapsedMs") {
        *elapsed = 0.into();
    }
    if document.get("store").is_some() {
        document["store"] = json!({"name": "secret-service"});
    }
    for look in document.get_mut("looks").and_then(Value::as_array_mut).into_iter().flatten() {
        if look["place"]["kind"] == "keychain" {
            look["place"]["store"] = "secret-service".into();
            look["outcome"] = json!({"kind": "nothing"});
        }
    }
    document
}

/// What the program prints in a folder that holds nothing but a file with an account.
fn print(line: &str, home: &Path, host: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaibo"));
    command
        .args(line.split_whitespace().map(|word| word.replace(HOST, host)))
        .args(["--lang", "en"])
        .env_clear()
        .current_dir(home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    for kept in ["SystemRoot", "TEMP", "TMP"] {
        command.envs(std::env::var_os(kept).map(|value| (kept, value)));
    }
    for own in ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR", "KAIBO_CONFIG_DIR"] {
        command.env(own, home);
    }
    let mut child = command.spawn().expect("the program starts");
    // Who does not read it has ended already.
    let _sent = child.stdin.take().unwrap().write_all(PASSWORD.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8(output.stdout).expect("JSON is UTF-8").replace(host, HOST)
}

/// The text as it is printed, in its order, with no time taken.
fn timeless(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once("\"elapsedMs\": ") {
        Some((before, _)) => format!("{before}\"elapsedMs\": 0"),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_examples_are_what_the_program_prints() {
    let registry = registry();
    let home = tempfile::tempdir().unwrap();
    // `alice:wonderland`.
    let auth = json!({"auths": {registry.host(): {"auth": "YWxpY2U6d29uZGVybGFuZA=="}}});
    std::fs::write(home.path().join("auth.json"), auth.to_string()).unwrap();
    let mut shown = BTreeSet::new();
    for name in DOCS {
        let text = std::fs::read_to_string(doc(name)).unwrap();
        let written = compare(&text, &mut shown, |line| print(line, home.path(), &registry.host()));
        if let Some(written) = written {
            std::fs::write(doc(name), written).unwrap();
        }
    }
    let text = std::fs::read_to_string(doc(DOCS[0])).unwrap();
    let named: BTreeSet<String> =
        text.lines().filter_map(|line| line.strip_prefix("| [`")?.split('`').next()).map(str::to_owned).collect();
    let without: BTreeSet<_> = named.difference(&shown).map(String::as_str).collect();
    assert!(without.iter().all(|schema| WITHOUT_EXAMPLE.contains(schema)), "no example for {without:?}");
    assert!(shown.is_subset(&named), "every schema stands in the table: {shown:?}");
}

/// Holds the examples of a page against what is printed; with `KAIBO_DOCS=write` gives the page anew.
fn compare(page: &str, shown: &mut BTreeSet<String>, print: impl Fn(&str) -> String) -> Option<String> {
    let anew = std::env::var("KAIBO_DOCS").as_deref() == Ok("write");
    let mut parts = page.split("<!-- made by: kaibo ");
    let mut written = parts.next().unwrap().to_owned();
    for part in parts {
        let (line, rest) = part.split_once(" -->").expect("the comment ends");
        let (between, rest) = rest.split_once("```json\n").expect("an example follows");
        let (example, rest) = rest.split_once("```").expect("the example ends");
        let text = print(line);
        let printed = serde_json::from_str(&text).unwrap_or_else(|error| panic!("kaibo {line}: {error}: {text}"));
        let printed = usual(printed);
        shown.insert(printed["schema"].as_str().unwrap().to_owned());
        if anew {
            written += &format!("<!-- made by: kaibo {line} -->{between}```json\n{}\n```{rest}", timeless(&text));
        } else {
            let example: Value = serde_json::from_str(example).expect("an example is JSON");
            assert_eq!(printed, usual(example), "kaibo {line}");
        }
    }
    anew.then_some(written)
}
