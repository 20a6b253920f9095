//! The invariants of ARCHITECTURE.md, as far as a program can check them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use kaibo_tests::place;
use serde_json::Value;

fn metadata() -> Value {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(place::root())
        .output()
        .expect("cargo is there, as it runs this test");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

/// Workspace crate -> the crates that it names itself, tests and build scripts left out.
fn named(metadata: &Value, with_tests: bool) -> BTreeMap<String, BTreeSet<String>> {
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let packages = metadata["packages"].as_array().expect("metadata has packages");
    packages
        .iter()
        .filter(|package| members.contains(package["id"].as_str().unwrap_or_default()))
        .map(|package| {
            let wanted = |dependency: &&Value| with_tests || dependency["kind"] != "dev";
            let names = package["dependencies"].as_array().into_iter().flatten().filter(wanted);
            (name(package), names.map(name).collect())
        })
        .collect()
}

fn name(value: &Value) -> String {
    value["name"].as_str().expect("a package has a name").to_owned()
}

/// Source files that git knows or would add, relative to the workspace, `/` between folders.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(place::root())
        .output()
        .expect("git is there: this is a clone");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let mut files: Vec<String> = listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    files.sort();
    files.dedup();
    files.retain(|path| place::root().join(path).is_file());
    files
}

fn text(path: &str) -> Option<String> {
    std::fs::read_to_string(place::root().join(path)).ok()
}

fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let wanted = |path: &String| path.starts_with(folder) && endings.iter().any(|ending| path.ends_with(ending));
    let found: Vec<_> =
        files().into_iter().filter(wanted).filter_map(|path| text(&path).map(|text| (path, text))).collect();
    assert!(!found.is_empty(), "there are files below {folder}");
    found
}

/// Fails with every line that holds one of the words, comments left out.
fn nowhere(sources: &[(String, String)], words: &[&str]) {
    let mut found = Vec::new();
    for (path, text) in sources {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "none of {words:?} belongs here:\n{}", found.join("\n"));
}

#[test]
fn only_the_app_depends_on_tauri() {
    for (package, dependencies) in named(&metadata(), true) {
        let tauri: Vec<_> = dependencies.iter().filter(|name| name.starts_with("tauri") || *name == "wry").collect();
        assert!(package == "kaibo-app" || tauri.is_empty(), "{package} depends on {tauri:?}");
    }
}

#[test]
fn anatomy_is_pure() {
    let metadata = metadata();
    let named = named(&metadata, false);
    for banned in ["tokio", "reqwest", "hyper", "http", "oci-client", "async-trait", "futures"] {
        assert!(!named["kaibo-anatomy"].contains(banned), "anatomy names {banned}");
    }
    // `time` is there to parse and format dates; its clock is behind a feature and is not asked.
    nowhere(
        &sources("crates/anatomy/src/", &[".rs"]),
        &[
            "std::fs",
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "ToSocketAddrs",
            "std::process",
            "std::env",
            "std::io::",
            "SystemTime",
            "Instant",
            "now_utc",
            "now_local",
            "async fn",
            ".await",
            "println!",
        ],
    );
}

#[test]
fn dependencies_point_one_way() {
    let named = named(&metadata(), false);
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("kaibo-anatomy", &[] as &[&str]),
        ("kaibo-words", &[]),
        ("kaibo-source", &["kaibo-anatomy"]),
        ("kaibo-registry", &["kaibo-anatomy", "kaibo-source"]),
        ("kaibo-credentials", &["kaibo-anatomy", "kaibo-source"]),
        ("kaibo-local", &["kaibo-anatomy", "kaibo-source"]),
        ("kaibo-aws", &["kaibo-anatomy", "kaibo-source"]),
        (
            "kaibo-explorer",
            &[
                "kaibo-anatomy",
                "kaibo-source",
                "kaibo-registry",
                "kaibo-credentials",
                "kaibo-local",
                "kaibo-aws",
                "kaibo-words",
            ],
        ),
        ("kaibo-cli", &["kaibo-anatomy", "kaibo-source", "kaibo-explorer", "kaibo-words"]),
        ("kaibo-app", &["kaibo-anatomy", "kaibo-source", "kaibo-explorer", "kaibo-words"]),
        ("kaibo-testkit", &["kaibo-anatomy"]),
        ("kaibo-tests", &["kaibo-anatomy", "kaibo-source", "kaibo-explorer", "kaibo-testkit"]),
    ]);
    for (package, dependencies) in named {
        let may = allowed
            .get(package.as_str())
            .unwrap_or_else(|| panic!("{package} is new: give it its place in this table and in ARCHITECTURE.md"));
        for dependency in dependencies.iter().filter(|name| name.starts_with("kaibo-")) {
            assert!(
                may.contains(&dependency.as_str()),
                "{package} depends on {dependency}: that arrow points the wrong way"
            );
        }
    }
}

#[test]
fn the_testkit_is_for_tests_only() {
    for (package, dependencies) in named(&metadata(), false) {
        assert!(package == "kaibo-tests" || !dependencies.contains("kaibo-testkit"), "{package} ships the testkit");
    }
}

#[test]
fn no_aws_lc_no_openssl_in_the_tree() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().expect("metadata has packages") {
        let name = name(package);
        assert!(
            !["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls"].contains(&name.as_str()),
            "{name} is in the tree"
        );
    }
}

#[test]
fn one_file_of_the_ui_touches_tauri() {
    let mut touching: Vec<String> = sources("ui/src/", &[".ts", ".svelte", ".js"])
        .into_iter()
        .filter(|(path, text)| {
            // Which host to talk to is decided by a look at the window, in the folder of the seam.
            text.contains("@tauri-apps/") || (text.contains("__TAURI") && !path.starts_with("ui/src/api/"))
        })
        .map(|(path, _)| path)
        .collect();
    touching.retain(|path| path != "ui/src/api/tauri.ts");
    assert!(touching.is_empty(), "only ui/src/api/tauri.ts may touch Tauri, but these do: {touching:?}");
}

#[test]
fn data_is_never_drawn_as_markup() {
    nowhere(
        &sources("ui/src/", &[".ts", ".svelte"]),
        &["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"],
    );
}

#[test]
fn secrets_are_neither_serialised_nor_shown() {
    let secret = text("crates/source/src/secret.rs").expect("secrets have their file");
    let derives: Vec<&str> = secret.lines().filter(|line| line.contains("derive(")).collect();
    for derive in &derives {
        assert!(!derive.contains("Serialize") && !derive.contains("Debug"), "{derive}");
    }
    assert!(!secret.contains("Serialize for"), "Secret implements Serialize");
    assert!(!secret.contains("Display for"), "Secret implements Display");
    // Whoever opens a secret stands out: it happens where a request is written, and nowhere above.
    let openers: Vec<String> = sources("crates/", &[".rs"])
        .into_iter()
        .chain(sources("src-tauri/", &[".rs"]))
        .filter(|(path, text)| {
            text.contains("expose_secret")
                && !path.starts_with("crates/source/")
                && !path.starts_with("crates/registry/")
        })
        .filter(|(path, _)| !path.starts_with("crates/credentials/") && !path.starts_with("crates/testkit/"))
        .map(|(path, _)| path)
        .collect();
    assert!(openers.is_empty(), "secrets are opened in {openers:?}");
}

#[test]
fn registries_and_engines_are_only_read() {
    nowhere(
        &sources("crates/registry/src/", &[".rs"]),
        &[
            "Method::PUT",
            "Method::DELETE",
            "Method::PATCH",
            ".put(",
            ".delete(",
            ".patch(",
            "push_blob",
            "push_manifest",
        ],
    );
}

#[test]
fn libraries_do_not_print() {
    for crate_name in ["anatomy", "source", "registry", "credentials", "local", "aws", "words", "explorer"] {
        nowhere(
            &sources(&format!("crates/{crate_name}/src/"), &[".rs"]),
            &["println!(", "eprintln!(", "print!(", "eprint!(", "dbg!("],
        );
    }
}

#[test]
fn lock_files_name_public_registries_only() {
    let rust = text("Cargo.lock").expect("Cargo.lock is committed");
    for line in rust.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, "source = \"registry+https://github.com/rust-lang/crates.io-index\"");
    }
    let npm: Value =
        serde_json::from_str(&text("package-lock.json").expect("package-lock.json is committed")).expect("it is JSON");
    for (path, package) in npm["packages"].as_object().expect("it has packages") {
        let from = package["resolved"].as_str().unwrap_or_default();
        let fine = from.is_empty() || package["link"] == true || from.starts_with("https://registry.npmjs.org/");
        assert!(fine, "{path} comes from {from}");
    }
    for settings in [".npmrc", ".cargo/config.toml", ".cargo/config"] {
        assert!(
            !files().contains(&settings.to_owned()),
            "{settings} is committed: it may send others to a registry of one's own"
        );
    }
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    // Split, so that this file does not find itself.
    let homes = [
        concat!("/home", "/"),
        concat!("/Use", "rs/"),
        concat!("C:\\Us", "ers\\"),
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
    ];
    // Documents of other people's images and messages made up for tests name places of no machine here.
    let free = [
        "crates/local/samples/",
        "tests/fixtures/",
        "tests/vectors/",
        "ui/recorded/",
        "Cargo.lock",
        "package-lock.json",
    ];
    let mut found = Vec::new();
    for path in files().into_iter().filter(|path| !free.iter().any(|free| path.starts_with(free))) {
        for (number, line) in text(&path).unwrap_or_default().lines().enumerate() {
            // Made up for a test or an example.
            let invented = path.contains(".test.")
                || ["/home/ann", "/home/user", "/Users/ann", "Users\\ann", "/home/alice"]
                    .iter()
                    .any(|name| line.contains(name));
            let homes = if invented { &homes[3..] } else { &homes[..] };
            if homes.iter().any(|home| line.contains(home)) {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn files_can_be_read_in_one_go() {
    const LINES: usize = 600;
    // Tables and what machines write may be long; so may a file that is one list by nature.
    let long: [(&str, &str); 6] = [
        ("Cargo.lock", "written by cargo"),
        ("package-lock.json", "written by npm"),
        ("ui/src/api/bindings.ts", "generated from Rust"),
        ("ui/messages/", "the catalogue, one list a topic"),
        ("ui/recorded/", "recorded from Rust"),
        ("LICENSE", "somebody else's words"),
    ];
    let endings = [".rs", ".ts", ".svelte", ".mjs", ".js", ".css", ".md", ".toml", ".html"];
    let mut found = Vec::new();
    for path in files().into_iter().filter(|path| endings.iter().any(|ending| path.ends_with(ending))) {
        let lines = text(&path).map_or(0, |text| text.lines().count());
        if lines > LINES && !long.iter().any(|(place, _)| path.starts_with(place)) {
            found.push(format!("{path}: {lines} lines"));
        }
    }
    assert!(found.is_empty(), "over {LINES} lines, split them:\n{}", found.join("\n"));
}

#[test]
fn the_window_may_do_little() {
    let folder = place::root().join("src-tauri/capabilities");
    let capabilities: Vec<PathBuf> =
        std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    assert!(!capabilities.is_empty(), "src-tauri/capabilities holds what the window may do");
    for file in capabilities {
        let capability: Value =
            serde_json::from_slice(&std::fs::read(&file).expect("it was listed")).expect("a capability is JSON");
        for permission in capability["permissions"].as_array().expect("it has permissions") {
            let id = permission.as_str().or(permission["identifier"].as_str()).expect("a permission has a name");
            let fine = id.starts_with("allow-")
                || (id.starts_with("core:") && !id.starts_with("core:webview"))
                || id.starts_with("dialog:allow-")
                || ["window-state:default"].contains(&id);
            assert!(fine, "{} gives the window {id}", file.display());
            assert!(
                !id.contains("shell") && !id.contains("fs:") && !id.contains("http:"),
                "{} gives the window {id}",
                file.display()
            );
        }
        assert!(capability.get("remote").is_none(), "{}: a page from elsewhere may do nothing", file.display());
    }
    let config: Value =
        serde_json::from_str(&text("src-tauri/tauri.conf.json").expect("the app has its settings")).expect("JSON");
    let csp = config["app"]["security"]["csp"].to_string();
    assert!(
        csp.contains("default-src") && csp.contains("'none'"),
        "the content security policy starts from nothing: {csp}"
    );
    assert!(
        !csp.contains("unsafe-eval") && !csp.contains("script-src * "),
        "scripts come from the program only: {csp}"
    );
    assert_ne!(config["app"]["withGlobalTauri"], true, "window.__TAURI__ would bypass the seam");
}

#[test]
fn both_languages_have_the_same_topics() {
    let topics = |language: &str| -> BTreeSet<String> {
        let folder = format!("ui/messages/{language}/");
        files().into_iter().filter_map(|path| path.strip_prefix(&folder).map(str::to_owned)).collect()
    };
    assert!(!topics("en").is_empty(), "there is a catalogue");
    assert_eq!(topics("en"), topics("ja"));
}
