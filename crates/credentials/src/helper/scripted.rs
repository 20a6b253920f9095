//! Helpers that are shell scripts of the test's own: good ones, and every kind of bad one.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use source::CredentialOrigin;

use super::*;
use crate::surroundings::Variables;

struct Bench {
    folder: tempfile::TempDir,
    around: Surroundings,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bin = folder.path().join("bin");
        std::fs::create_dir(&bin).unwrap();
        // The scripts' own programs are in the system's folders.
        let path = std::env::join_paths([bin, PathBuf::from("/usr/bin"), PathBuf::from("/bin")]).unwrap();
        let variables = Variables(vec![("PATH".into(), path), ("MARK".into(), "not for helpers".into())]);
        let home = Some(folder.path().to_owned());
        Self { around: Surroundings { home, variables, ..Surroundings::default() }, folder }
    }

    fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    fn helper(&self, name: &str, script: &str) {
        write(&self.path("bin").join(format!("docker-credential-{name}")), script);
    }

    fn helpers(&self) -> Helpers {
        Helpers::within(&self.around, Limits { time: Duration::from_secs(2), ..Limits::default() })
    }

    async fn ask(&self, name: &str) -> Answer {
        self.helpers().ask(name, "https://index.docker.io/v1/").await
    }
}

fn write(path: &Path, script: &str) {
    std::fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn fault(answer: &Answer) -> LookFault {
    match answer {
        Answer::Failed { fault, .. } => *fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_helper_is_asked_by_the_protocol_and_with_a_small_environment() {
    let bench = Bench::new();
    bench.helper(
        "good",
        r#"echo "$@" > "$HOME/argv"; cat > "$HOME/stdin"; env > "$HOME/env"; pwd > "$HOME/cwd"
        echo '{"ServerURL":"x","Username":"alice","Secret":"wonderland"}'"#,
    );
    let mut bench = bench;
    bench.around.variables.0.push(("HOME".into(), bench.folder.path().into()));
    let alice = Credential::Basic { username: "alice".to_owned(), password: Secret::new("wonderland") };
    assert_eq!(bench.ask("good").await, Answer::Account(alice));
    let read = |name: &str| std::fs::read_to_string(bench.path(name)).unwrap();
    assert_eq!(read("argv"), "get\n");
    assert_eq!(read("stdin"), "https://index.docker.io/v1/");
    let home = bench.folder.path().canonicalize().unwrap();
    assert_eq!(read("cwd").trim_end(), home.display().to_string());
    assert!(read("env").contains("PATH=") && !read("env").contains("MARK"), "{}", read("env"));
}

#[tokio::test]
async fn one_run_answers_all_who_ask_within_a_minute() {
    let bench = Bench::new();
    bench.helper("slow", r#"cat >/dev/null; echo run >> "$0.runs"; sleep 0.3; echo '{"Username":"a","Secret":"b"}'"#);
    let helpers = bench.helpers();
    let runs = || {
        let runs = std::fs::read_to_string(bench.path("bin").join("docker-credential-slow.runs"));
        runs.unwrap_or_default().lines().count()
    };
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let helpers = helpers.clone();
        asking.spawn(async move { helpers.ask("slow", "r.example").await });
    }
    while let Some(answer) = asking.join_next().await {
        assert!(matches!(answer.unwrap(), Answer::Account(_)));
    }
    assert_eq!(runs(), 1);
    assert!(matches!(helpers.ask("slow", "other.example").await, Answer::Account(_)));
    assert_eq!(runs(), 2);
    helpers.forget();
    assert!(matches!(helpers.ask("slow", "r.example").await, Answer::Account(_)));
    assert_eq!(runs(), 3);
}

#[tokio::test]
async fn tokens_and_nothing_are_answers() {
    let bench = Bench::new();
    bench.helper("token", r#"echo '{"Username":"<token>","Secret":"refresh"}'"#);
    let token = Credential::IdentityToken(Secret::new("refresh"));
    assert_eq!(bench.ask("token").await, Answer::Account(token));
    bench.helper("empty", "echo 'credentials not found in native keychain'; exit 1");
    assert_eq!(bench.ask("empty").await, Answer::Nothing);
}

#[tokio::test]
async fn failing_helpers_are_told_apart() {
    let bench = Bench::new();
    bench.helper("failing", "echo 'gpg: decryption failed: No secret key'; exit 2");
    let Answer::Failed { fault: LookFault::HelperFailed, said, .. } = bench.ask("failing").await else { panic!() };
    assert_eq!(said.as_deref(), Some("gpg: decryption failed: No secret key"));
    bench.helper("garbage", "echo 'hunter2 is the password'");
    assert_eq!(bench.ask("garbage").await, failed(LookFault::HelperFailed, None));
    std::fs::write(bench.path("bin").join("docker-credential-text"), "no program").unwrap();
    std::fs::set_permissions(bench.path("bin").join("docker-credential-text"), std::fs::Permissions::from_mode(0o755))
        .unwrap();
    assert_eq!(fault(&bench.ask("text").await), LookFault::HelperFailed);
}

#[tokio::test]
async fn a_chattering_helper_is_ended() {
    let bench = Bench::new();
    bench.helper("chatter", r#"head -c 10000000 /dev/zero | tr '\0' x; echo done > "$0.done""#);
    assert_eq!(fault(&bench.ask("chatter").await), LookFault::HelperChattered);
    bench.helper("errors", "head -c 10000000 /dev/zero | tr '\\0' x >&2");
    assert_eq!(fault(&bench.ask("errors").await), LookFault::HelperChattered);
    assert!(!bench.path("bin").join("docker-credential-chatter.done").exists());
}

#[tokio::test]
async fn a_hanging_helper_is_ended_with_what_it_started() {
    let bench = Bench::new();
    bench.helper("hang", r#"sleep 600 & echo $! > "$0.child"; echo $$ > "$0.own"; wait"#);
    let began = std::time::Instant::now();
    assert_eq!(fault(&bench.ask("hang").await), LookFault::HelperHung);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    for file in ["own", "child"] {
        let id = std::fs::read_to_string(bench.path("bin").join(format!("docker-credential-hang.{file}"))).unwrap();
        wait_until_gone(id.trim()).await;
    }
}

#[tokio::test]
async fn a_helper_ends_when_nobody_waits_any_more() {
    let bench = Bench::new();
    bench.helper("hang", r#"echo $$ > "$0.own"; sleep 600"#);
    let own = bench.path("bin").join("docker-credential-hang.own");
    let helpers = bench.helpers();
    let asking = tokio::spawn(async move { helpers.ask("hang", "r.example").await });
    while !std::fs::read_to_string(&own).is_ok_and(|id| id.ends_with('\n')) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    asking.abort();
    wait_until_gone(std::fs::read_to_string(&own).unwrap().trim()).await;
}

/// A process that was killed may be a zombie for a moment, until somebody has waited for it.
async fn wait_until_gone(id: &str) {
    for _ in 0..300 {
        if is_gone(id) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("process {id} is still there");
}

fn is_gone(id: &str) -> bool {
    if cfg!(target_os = "linux") {
        // A zombie has no command line any more.
        return std::fs::read(Path::new("/proc").join(id).join("cmdline")).is_ok_and(|line| line.is_empty())
            || !Path::new("/proc").join(id).exists();
    }
    let status = std::process::Command::new("ps").args(["-o", "stat=", "-p", id]).output().unwrap();
    let state = String::from_utf8_lossy(&status.stdout).trim().to_owned();
    state.is_empty() || state.starts_with('Z')
}

#[tokio::test]
async fn a_program_that_a_helper_leaves_behind_holds_nobody_up() {
    let bench = Bench::new();
    bench.helper("agent", r#"sleep 20 & echo $! > "$0.child"; echo '{"Username":"a","Secret":"b"}'"#);
    let began = std::time::Instant::now();
    assert!(matches!(bench.ask("agent").await, Answer::Account(_)));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let child = std::fs::read_to_string(bench.path("bin").join("docker-credential-agent.child")).unwrap();
    assert!(!is_gone(child.trim()), "an agent that a helper started goes on");
    std::process::Command::new("sh").args(["-c", &format!("kill {}", child.trim())]).status().unwrap();
}

#[tokio::test]
async fn malicious_names_run_nothing() {
    let bench = Bench::new();
    let evil = bench.path("evil");
    write(&evil, r#"touch "$0.ran"; echo '{"Username":"a","Secret":"b"}'"#);
    std::fs::create_dir(bench.path("bin").join("docker-credential-x")).unwrap();
    for name in ["../evil", "x/../../evil", "a;b", "$(evil)", "", "a b"] {
        assert_eq!(fault(&bench.ask(name).await), LookFault::HelperName, "{name:?}");
    }
    assert!(!bench.path("evil.ran").exists());
}

#[tokio::test]
async fn a_missing_helper_lists_where_it_was_looked_for() {
    let mut bench = Bench::new();
    let own = bench.path("own");
    std::fs::create_dir(&own).unwrap();
    bench.around.helper_folders = vec![own.clone(), bench.path("bin")];
    // The current folder and what is relative to it are left out.
    let path = std::env::join_paths([PathBuf::new(), ".".into(), "bin".into(), bench.path("bin")]).unwrap();
    bench.around.variables = Variables(vec![("PATH".into(), path)]);
    let Answer::Failed { fault, searched, .. } = bench.ask("desktop").await else { panic!() };
    assert_eq!(fault, LookFault::HelperMissing);
    assert_eq!(searched, [bench.path("bin"), own.clone()].map(|folder| folder.display().to_string()));

    write(&own.join("docker-credential-desktop"), r#"echo '{"Username":"a","Secret":"b"}'"#);
    assert!(matches!(bench.ask("desktop").await, Answer::Account(_)));
}

#[tokio::test]
async fn the_login_shell_knows_more_folders() {
    let mut bench = Bench::new();
    let brew = bench.path("brew");
    std::fs::create_dir(&brew).unwrap();
    write(&brew.join("docker-credential-brewed"), r#"echo "{\"Username\":\"$(tool)\",\"Secret\":\"b\"}""#);
    write(&brew.join("tool"), "echo alice");
    let shell = bench.path("shell");
    // A profile that is talkative, and counted.
    let script = format!(
        "echo run >> '{0}.runs'; echo Welcome; PATH='{1}':$PATH; shift; eval \"$2\"",
        shell.display(),
        brew.display()
    );
    write(&shell, &script);
    bench.around.login_shell = Some(shell.clone());
    let helpers = bench.helpers();
    let answer = helpers.ask("brewed", "r.example").await;
    let Answer::Account(Credential::Basic { username, .. }) = answer else { panic!("{answer:?}") };
    assert_eq!(username, "alice");
    let Answer::Failed { searched, .. } = helpers.ask("nowhere", "r.example").await else { panic!() };
    assert!(searched.contains(&brew.display().to_string()), "{searched:?}");
    assert_eq!(std::fs::read_to_string(bench.path("shell.runs")).unwrap().lines().count(), 1);
}

#[tokio::test]
async fn a_login_shell_that_hangs_is_not_waited_for() {
    let mut bench = Bench::new();
    write(&bench.path("shell"), "sleep 600");
    bench.around.login_shell = Some(bench.path("shell"));
    let began = std::time::Instant::now();
    assert_eq!(fault(&bench.ask("nowhere").await), LookFault::HelperMissing);
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_search_asks_the_next_server_only_after_nothing() {
    let bench = Bench::new();
    bench.helper(
        "desktop",
        r#"read server; case "$server" in *v1*) echo '{"Username":"a","Secret":"b"}';;
        *) echo 'credentials not found in native keychain'; exit 1;; esac"#,
    );
    bench.helper("broken", "exit 1");
    let servers = ["r.example".to_owned(), "https://r.example/v1/".to_owned()];
    let whose = source::Whose::of("r.example", "x");
    let mut search = Search::new(&whose);
    bench.helpers().consult("broken", &servers, &mut search).await;
    bench.helpers().consult("desktop", &servers, &mut search).await;
    let found = search.end();
    let program = "docker-credential-desktop".to_owned();
    assert_eq!(found.origin, CredentialOrigin::Helper { program, server: servers[1].clone() });
    let outcomes: Vec<&str> = found.looks.iter().map(|look| (&look.outcome).into()).collect();
    assert_eq!(outcomes, ["failed", "nothing", "found"]);
}
