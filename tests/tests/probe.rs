//! `kaibo probe`: every step is told, the one that fails is the red one, and nothing of a secret is
//! told. Against real registries where they can show it, scripted ones where they cannot.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kaibo_tests::guarded::{AUTHORITY, BASIC, Doors};
use kaibo_tests::kaibo::{Home, Run};
use kaibo_tests::registry::DockerRegistry;
use kaibo_tests::{layout, place};
use serde_json::{Value, json};
use testkit::{Auth, Authority, Bearer, Fault, ImageBuilder, Registry, When};

const KINDS: [&str; 12] =
    ["name", "route", "dns", "tcp", "tls", "ping", "challenge", "account", "token", "head", "get", "blob"];

fn home() -> Home {
    let home = Home::default();
    let config = home.path().join("kaibo-config");
    home.with("KAIBO_CONFIG_DIR", text(&config))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have names of UTF-8")
}

fn authfile(home: &Home, host: &str, account: &str, password: &str) -> PathBuf {
    let path = home.path().join(format!("auth-{account}.json"));
    let auth = STANDARD.encode(format!("{account}:{password}"));
    std::fs::write(&path, json!({"auths": {host: {"auth": auth}}}).to_string()).expect("a file can be written");
    path
}

fn probe(home: &Home, arguments: &[&str]) -> (Run, Value) {
    let all: Vec<&str> = ["probe", "--json"].into_iter().chain(arguments.iter().copied()).collect();
    let run = home.run(&all);
    let report = run.value();
    assert_eq!(report["schema"], "kaibo.probe/1", "{report:#}");
    let kinds: Vec<&str> = steps(&report).iter().filter_map(|step| step["kind"].as_str()).collect();
    assert_eq!(kinds, KINDS, "one of each, in order: {report:#}");
    (run, report)
}

fn steps(report: &Value) -> &[Value] {
    report["steps"].as_array().expect("a probe has steps")
}

fn step<'r>(report: &'r Value, kind: &str) -> &'r Value {
    steps(report).iter().find(|step| step["kind"] == kind).expect("every step is told")
}

/// The values of a fact, in order.
fn facts<'r>(report: &'r Value, kind: &str, name: &str) -> Vec<&'r str> {
    let facts = step(report, kind)["facts"].as_array().expect("a step has facts");
    facts.iter().filter(|fact| fact["name"] == name).filter_map(|fact| fact["value"].as_str()).collect()
}

fn fact<'r>(report: &'r Value, kind: &str, name: &str) -> &'r str {
    facts(report, kind, name).first().copied().unwrap_or_else(|| panic!("{kind} has no {name}: {report:#}"))
}

/// This step failed with this problem, those before it did not, and those after it were not tried.
fn red(run: &Run, report: &Value, kind: &str, problem: &str) {
    let at = KINDS.iter().position(|one| *one == kind).expect("it is a step");
    for (place, step) in steps(report).iter().enumerate() {
        let verdict = step["verdict"].as_str().expect("a step has a verdict");
        match place.cmp(&at) {
            std::cmp::Ordering::Less => assert_ne!(verdict, "failed", "{step:#}"),
            std::cmp::Ordering::Equal => assert_eq!(verdict, "failed", "{report:#}"),
            std::cmp::Ordering::Greater => {
                assert_eq!(verdict, "skipped", "{step:#}");
                assert_eq!(step["facts"][0], json!({"name": "reason", "value": "earlier-step"}));
            }
        }
    }
    assert_eq!(step(report, kind)["problem"]["kind"], problem, "{report:#}");
    assert_eq!(run.code, Some(3), "{}", run.err);
}

fn green(run: &Run, report: &Value) {
    assert_eq!(run.code, Some(0), "{report:#} {}", run.err);
    assert!(steps(report).iter().all(|step| step["verdict"] != "failed"), "{report:#}");
}

fn image() -> testkit::Image {
    ImageBuilder::new("linux/amd64").file("bin/app", b"app").build()
}

#[test]
fn a_real_registry_over_plain_http_passes() {
    let Some(registry) = DockerRegistry::start() else { return };
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let reference = registry.push(&hello, "demo/hello", &tag);
    let (run, report) = probe(&home(), &[&reference]);
    green(&run, &report);
    assert_eq!(fact(&report, "tls", "reason"), "loopback-plain");
    assert_eq!(fact(&report, "challenge", "reason"), "not-asked");
    assert_eq!(fact(&report, "head", "digest"), fact(&report, "get", "digest"), "computed and promised are one");
    assert!(fact(&report, "get", "media-type").ends_with("index.v1+json"));
    assert_eq!(fact(&report, "blob", "part"), "layer", "the first image of the index has one");
    assert_eq!(fact(&report, "blob", "range"), "partial");
    assert_eq!(fact(&report, "ping", "api-version"), "registry/2.0");
    let headers = step(&report, "head")["headers"].as_array().expect("headers are a list");
    assert!(headers.iter().any(|header| header[0] == "docker-content-digest"), "{headers:?}");
    // Every request is a GET or HEAD, and none is for a whole layer.
    let asked = registry.requests("demo/hello");
    assert!(asked.iter().filter(|line| line.starts_with("GET")).count() >= 3, "{asked:?}");
    // In words.
    let words = home().run(&["probe", &reference]);
    assert!(words.out.contains("All steps passed in") && words.err.is_empty(), "{}{}", words.out, words.err);
    let words = home().run(&["probe", &reference, "--lang", "ja", "--headers"]);
    assert!(
        words.out.contains("すべての手順が") && words.out.contains("docker-content-digest: sha256:"),
        "{}",
        words.out
    );
}

#[test]
fn an_authority_that_is_not_trusted_is_red_at_tls_and_named() {
    let Some(doors) = Doors::open() else { return };
    let reference = format!("{}/public/app:1.0.0", doors.bearer.host());
    let (run, report) = probe(&home(), &[&reference]);
    red(&run, &report, "tls", "tls-untrusted");
    assert_eq!(step(&report, "tls")["problem"]["issuer"], AUTHORITY);
    assert_eq!(fact(&report, "tls", "issuer"), AUTHORITY);
    assert!(fact(&report, "tls", "names").contains("localhost"));
    assert!(fact(&report, "tls", "not-after").ends_with(" UTC"));
    assert_eq!(fact(&report, "tls", "protocol"), "TLSv1.3");
    assert_eq!(fact(&report, "tls", "alpn"), "h2");
    // Trusted, it goes on from there; the repository is empty.
    let (_, report) = probe(&home(), &[&reference, "--ca", doors.ca()]);
    assert_eq!(step(&report, "tls")["verdict"], "passed", "{report:#}");
    let (_, report) = probe(&home(), &[&reference, "--insecure"]);
    assert_eq!(step(&report, "tls")["verdict"], "noted");
    assert_eq!(fact(&report, "tls", "unchecked"), "any");
}

#[test]
fn tokens_of_a_real_registry_are_told_by_what_they_allow() {
    let Some(doors) = Doors::open() else { return };
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    for repository in ["public/app", "team/app"] {
        let _ = doors.plain.push(&hello, repository, &tag);
    }
    let host = doors.bearer.host();
    let name = |repository: &str| format!("{host}/{repository}:{}", tag.name);

    let (run, report) = probe(&home(), &[&name("public/app"), "--ca", doors.ca()]);
    green(&run, &report);
    assert_eq!(fact(&report, "challenge", "scheme"), "Bearer");
    assert!(fact(&report, "challenge", "scope").starts_with("repository:public/app:pull"));
    assert_eq!(fact(&report, "account", "anonymous"), "none");
    assert_eq!(facts(&report, "token", "grants"), ["repository:public/app:pull"]);
    assert_eq!(report["origin"]["kind"], "none");

    let home = home();
    let good = authfile(&home, &host, "alice", "wonderland");
    let (run, report) = probe(&home, &[&name("team/app"), "--ca", doors.ca(), "--authfile", text(&good)]);
    green(&run, &report);
    assert_eq!((fact(&report, "account", "account"), &report["account"]), ("alice", &json!("alice")));
    assert!(fact(&report, "account", "found-in").contains("auth-alice.json"));
    assert!(fact(&report, "token", "grants").starts_with("repository:team/app:pull"));
    for token in doors.tokens.issued() {
        assert!(!run.out.contains(&token), "a token is told");
    }
    assert!(!run.out.contains("wonderland") && !run.out.contains(&STANDARD.encode("alice:wonderland")));

    let wrong = authfile(&home, &host, "mallory", "planted-hunter2");
    let (run, report) = probe(&home, &[&name("team/app"), "--ca", doors.ca(), "--authfile", text(&wrong)]);
    red(&run, &report, "token", "auth-rejected");
    assert_eq!(step(&report, "token")["status"], 401);
    assert!(!run.out.contains("planted-hunter2"), "{}", run.out);
}

#[test]
fn basic_sends_the_account_itself() {
    let Some(doors) = Doors::open() else { return };
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let _ = doors.plain.push(&hello, "team/app", &tag);
    let host = doors.basic.host();
    let reference = format!("{host}/team/app:{}", tag.name);

    let (run, report) = probe(&home(), &[&reference, "--ca", doors.ca()]);
    red(&run, &report, "account", "auth-required");
    assert_eq!(fact(&report, "challenge", "scheme"), "Basic");

    let home = home();
    let good = authfile(&home, &host, BASIC.0, BASIC.1);
    let (run, report) = probe(&home, &[&reference, "--ca", doors.ca(), "--authfile", text(&good)]);
    green(&run, &report);
    assert_eq!(fact(&report, "token", "reason"), "basic");
    assert!(!run.out.contains(BASIC.1));

    let wrong = authfile(&home, &host, "mallory", "planted-hunter2");
    let (run, report) = probe(&home, &[&reference, "--ca", doors.ca(), "--authfile", text(&wrong)]);
    red(&run, &report, "account", "auth-rejected");
    assert!(fact(&report, "account", "turned-down").contains("auth-mallory.json"));
    assert!(!run.out.contains("planted-hunter2"));
}

#[test]
fn a_tag_that_is_not_there_is_red_at_head_with_the_servers_words() {
    let Some(registry) = DockerRegistry::start() else { return };
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let _ = registry.push(&hello, "demo/hello", &tag);
    let (run, report) = probe(&home(), &[&format!("{}/demo/hello:nowhere", registry.host())]);
    red(&run, &report, "head", "not-found");
    assert_eq!(step(&report, "head")["problem"]["thing"], "tag");
    let said = step(&report, "head")["said"].as_str().expect("HEAD says nothing, the GET after it does");
    assert!(said.contains("MANIFEST_UNKNOWN"), "{said}");
    let (run, report) = probe(&home(), &[&format!("{}/nobody/here:1", registry.host())]);
    red(&run, &report, "head", "not-found");
}

/// What the window and the terminal draw in their own tests was said by real registries: with
/// `KAIBO_RECORDED=write` it is written anew, and otherwise it must be what is said today.
#[test]
fn recorded_probes_are_what_is_said_today() {
    let Some(doors) = Doors::open() else { return };
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    for repository in ["public/hello", "team/hello"] {
        let _ = doors.plain.push(&hello, repository, &tag);
    }
    let host = doors.bearer.host();
    let home = home();
    let account = authfile(&home, &host, "alice", "wonderland");
    let name = |repository: &str| format!("{host}/{repository}:{}", tag.name);
    let passed = ["--ca", doors.ca(), "--authfile", text(&account)];
    let private = name("team/hello");
    let public = name("public/hello");
    let recordings = [("passed", [&[private.as_str()][..], &passed].concat()), ("untrusted", vec![public.as_str()])];
    for (file, arguments) in recordings {
        let (run, _) = probe(&home, &arguments);
        // The ports and folders of this run are nobody's business.
        let places = [
            (host.as_str(), "localhost:5443"),
            (&doors.tokens.host(), "localhost:5201"),
            (text(home.path()), "/srv/me"),
            (&host.replace("localhost", "127.0.0.1"), "127.0.0.1:5443"),
            (&host.replace("localhost", "[::1]"), "[::1]:5443"),
        ];
        let said = places.iter().fold(run.out, |said, (from, to)| said.replace(from, to));
        let folder = place::root().join("ui").join("recorded").join("probe");
        let path = folder.join(format!("{file}.json"));
        if std::env::var("KAIBO_RECORDED").is_ok_and(|mode| mode == "write") {
            std::fs::create_dir_all(&folder).expect("a folder can be made");
            std::fs::write(&path, &said).expect("a file can be written");
        }
        let shape = |text: &str| -> Vec<(Value, Value, Vec<Value>)> {
            let report: Value = serde_json::from_str(text).expect("it is JSON");
            let names = |step: &Value| {
                let names = step["facts"].as_array().into_iter().flatten().map(|fact| fact["name"].clone());
                // How many addresses a name has differs from machine to machine.
                names.filter(|name| !matches!(name.as_str(), Some("address" | "connected" | "not-connected"))).collect()
            };
            let verdict = |step: &Value| if step["kind"] == "tcp" { json!("any") } else { step["verdict"].clone() };
            steps(&report).iter().map(|step| (step["kind"].clone(), verdict(step), names(step))).collect()
        };
        let known = std::fs::read_to_string(&path).expect("it was recorded");
        assert_eq!(shape(&known), shape(&said), "{file} (KAIBO_RECORDED=write writes it anew)");
    }
}

#[test]
fn nobody_listens() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port is free");
    let (run, report) = probe(&home(), &[&format!("{free}/a:1")]);
    red(&run, &report, "tcp", "unreachable");
    assert_eq!(fact(&report, "tcp", "not-connected"), format!("{free}: connection refused"));
    assert_eq!(report["requests"]["count"], 0);
}

#[test]
fn a_name_that_leads_nowhere() {
    let (run, report) = probe(&home(), &["nowhere.invalid/a:1"]);
    red(&run, &report, "dns", "name-not-resolved");
    let words = home().run(&["probe", "nowhere.invalid/a:1", "--lang", "ja"]);
    assert!(words.out.contains("手順3/12「DNS」で失敗"), "{}", words.out);
}

#[test]
fn a_page_for_people_is_no_registry() {
    let portal = Registry::builder().start();
    portal.when(When::any()).fault(Fault::html(200));
    let (run, report) = probe(&home(), &[&portal.reference("a", "1")]);
    red(&run, &report, "ping", "answer-malformed");
    assert_eq!(fact(&report, "ping", "not-a-registry"), "text/html");
    assert!(step(&report, "ping")["said"].as_str().is_some_and(|said| said.contains("gateway")));
}

#[test]
fn redirects_of_blobs_are_told_without_their_signature() {
    let registry = Registry::builder().image("demo/app", "1", &image()).redirect_blobs().start();
    registry.when(When::blobs().on_registry()).fault(Fault::redirect(format!(
        "{}/v2/demo/app/blobs/{}?X-Sig=planted-signature",
        registry.other_url(),
        image().layer_digests()[0]
    )));
    let (run, report) = probe(&home(), &[&registry.reference("demo/app", "1")]);
    green(&run, &report);
    assert_eq!(facts(&report, "blob", "redirected-to"), [registry.other_host()]);
    assert!(!run.out.contains("planted-signature"), "{}", run.out);
}

#[test]
fn headers_with_secrets_are_blanked_and_a_wrong_clock_is_noted() {
    let registry = Registry::builder().image("demo/app", "1", &image()).start();
    registry.when(When::get().path("/v2/").on_registry()).times(9).fault(
        Fault::status(200)
            .header("set-cookie", "session=planted-cookie")
            .header("x-auth-token", "planted-token")
            .header("date", "Tue, 01 Jan 2030 00:00:00 GMT")
            .body("{}"),
    );
    let (run, report) = probe(&home(), &[&registry.reference("demo/app", "1")]);
    assert_eq!(step(&report, "ping")["verdict"], "noted", "{report:#}");
    assert!(fact(&report, "ping", "clock-skew").ends_with(" s"));
    assert!(!run.out.contains("planted-"), "{}", run.out);
    let headers = step(&report, "ping")["headers"].as_array().expect("headers are a list");
    assert!(headers.contains(&json!(["set-cookie", "…"])), "{headers:?}");
}

#[test]
fn a_token_server_elsewhere_is_red_at_the_challenge() {
    let registry = Registry::builder()
        .image("demo/app", "1", &image())
        .auth(Bearer::anonymous().realm("https://tokens.elsewhere.example/token"))
        .start();
    let (run, report) = probe(&home(), &[&registry.reference("demo/app", "1")]);
    red(&run, &report, "challenge", "realm-not-allowed");
    assert_eq!(fact(&report, "challenge", "realm"), "https://tokens.elsewhere.example/token");
}

#[test]
fn a_stale_account_on_a_public_image_is_told() {
    let auth = Bearer::anonymous().and_account("alice", "wonderland");
    let registry = Registry::builder().image("demo/app", "1", &image()).auth(auth).start();
    let home = home();
    let stale = authfile(&home, &registry.host(), "alice", "planted-old");
    let (run, report) = probe(&home, &[&registry.reference("demo/app", "1"), "--authfile", text(&stale)]);
    green(&run, &report);
    assert_eq!(step(&report, "token")["verdict"], "noted", "{report:#}");
    assert_eq!(fact(&report, "token", "token-status"), "401");
    assert!(!run.out.contains("planted-old"));
}

#[test]
fn what_leads_to_no_registry_is_refused() {
    for typed in ["sample:hello", "oci:folder", "Not A Name"] {
        let run = home().run(&["probe", typed, "--json"]);
        assert_eq!(run.code, Some(2), "{typed}: {}", run.out);
        assert_eq!(run.value()["schema"], "kaibo.problem/1");
    }
    assert_eq!(
        home().run(&["probe", "r.example/a", "--offline", "--json"]).value()["kind"],
        "usage",
        "a probe is questions"
    );
}

#[test]
fn mirrors_of_engines_are_read_and_not_used() {
    let home = home();
    let folder = home.path().join("containers");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let conf = "[[registry]]\nprefix = \"nowhere.invalid\"\n[[registry.mirror]]\nlocation = \"mirror.invalid/all\"\n";
    std::fs::write(folder.join("registries.conf"), conf).expect("a file can be written");
    let (run, report) = probe(&home, &["nowhere.invalid/a:1"]);
    red(&run, &report, "dns", "name-not-resolved");
    let mirror = &report["mirrors"][0];
    assert_eq!((&mirror["location"], &mirror["rule"]), (&json!("mirror.invalid/all"), &json!("mirror")), "{report:#}");
    let words = home.run(&["probe", "nowhere.invalid/a:1"]);
    assert!(words.out.contains("Podman, Buildah, Skopeo asks mirror.invalid/all first"), "{}", words.out);
}

/// A proxy that leads every name to one server, and remembers what it was asked for.
struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Its thread ends with the test's process; it serves nobody but this test.
    fn start(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("it has an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let heard = Arc::clone(&heard);
                std::thread::spawn(move || serve(stream, to, &heard));
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no thread panics with it").clone()
    }
}

/// One connection: a head, then a tunnel (CONNECT) or a request that is passed on.
fn serve(mut client: TcpStream, to: SocketAddr, heard: &Mutex<Vec<String>>) {
    let _ = client.set_read_timeout(Some(Duration::from_secs(20)));
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match client.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    heard.lock().expect("no thread panics with it").push(text.clone());
    let Ok(mut server) = TcpStream::connect(to) else { return };
    if text.starts_with("CONNECT ") {
        let _ = client.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
    } else {
        // From `GET http://host/path` to `GET /path`, one request a connection.
        let (line, rest) = text.split_once("\r\n").unwrap_or_default();
        let path = line.split("://").nth(1).and_then(|rest| rest.split_once('/')).map(|(_, path)| path);
        let method = line.split(' ').next().unwrap_or_default();
        let request = format!("{method} /{}\r\nConnection: close\r\n{rest}", path.unwrap_or_default());
        let _ = server.write_all(request.as_bytes());
    }
    let (mut up, mut down) = (client.try_clone().expect("a socket"), server.try_clone().expect("a socket"));
    let upward = std::thread::spawn(move || {
        let _ = std::io::copy(&mut up, &mut down);
        let _ = down.shutdown(Shutdown::Write);
    });
    let _ = std::io::copy(&mut server, &mut client);
    let _ = client.shutdown(Shutdown::Both);
    let _ = upward.join();
}

fn address(host: &str) -> SocketAddr {
    host.replace("localhost", "127.0.0.1").parse().expect("it is an address")
}

#[test]
fn through_a_proxy_the_steps_are_those_of_the_proxy_and_tls_is_seen_inside() {
    let authority = Authority::new("Corporate Root");
    let registry =
        Registry::builder().image("demo/app", "1", &image()).tls(authority.leaf_for(&["registry.example"])).start();
    let proxy = Proxy::start(address(&registry.host()));
    let through = format!("http://me:planted-proxy@{}", proxy.address);
    let home = home().with("HTTPS_PROXY", &through).with("NO_PROXY", "other.example");

    let (run, report) = probe(&home, &["registry.example/demo/app:1"]);
    red(&run, &report, "tls", "tls-untrusted");
    assert_eq!(fact(&report, "route", "proxy"), format!("http://{}", proxy.address));
    assert_eq!(fact(&report, "route", "proxy-from"), "HTTPS_PROXY");
    assert_eq!(fact(&report, "route", "proxy-account"), "me");
    assert!(fact(&report, "tcp", "connected").starts_with(&proxy.address.to_string()));
    assert_eq!(fact(&report, "tls", "issuer"), "Corporate Root", "who looks into the connection is seen");
    assert!(!run.out.contains("planted-proxy"));

    let ca = authority.write_pem(home.path());
    let (run, report) = probe(&home, &["registry.example/demo/app:1", "--ca", text(&ca)]);
    green(&run, &report);
    assert!(proxy.asked().iter().all(|head| head.starts_with("CONNECT registry.example:443 ")), "{:?}", proxy.asked());

    let home = home.with("NO_PROXY", "registry.example");
    let (_, report) = probe(&home, &["registry.example/demo/app:1", "--timeout", "20s"]);
    assert_eq!(fact(&report, "route", "direct"), "excepted");
    assert_eq!(fact(&report, "route", "no-proxy"), "NO_PROXY");
}

#[test]
fn plain_http_goes_through_its_own_proxy() {
    let registry = Registry::builder().image("demo/app", "1", &image()).start();
    let proxy = Proxy::start(address(&registry.host()));
    let home = home().with("HTTP_PROXY", &format!("http://{}", proxy.address));
    let (run, report) = probe(&home, &["registry.example:5000/demo/app:1", "--plain-http"]);
    green(&run, &report);
    assert_eq!(fact(&report, "route", "proxy-from"), "HTTP_PROXY");
    assert_eq!(fact(&report, "tls", "reason"), "plain-http");
    assert!(proxy.asked().iter().any(|head| head.starts_with("GET http://registry.example:5000/v2/ ")));
}

#[test]
fn a_name_can_be_led_by_hand() {
    let authority = Authority::new("Example Root");
    let registry =
        Registry::builder().image("demo/app", "1", &image()).tls(authority.leaf_for(&["registry.example"])).start();
    let host = registry.host();
    let port = host.rsplit(':').next().expect("a port");
    let home = home();
    let ca = authority.write_pem(home.path());
    let pinned = format!("registry.example:{port}:127.0.0.1");
    let reference = format!("registry.example:{port}/demo/app:1");
    let (run, report) = probe(&home, &[&reference, "--resolve", &pinned, "--ca", text(&ca)]);
    green(&run, &report);
    assert_eq!(fact(&report, "dns", "reason"), "address-given");
    assert_eq!(fact(&report, "dns", "pinned"), "127.0.0.1");
    assert_eq!(fact(&report, "ping", "http"), "HTTP/2.0");
}

#[test]
fn rate_limits_are_told() {
    let registry = Registry::builder().image("demo/app", "1", &image()).auth(Auth::Open).metered(100, 42).start();
    let (run, report) = probe(&home(), &[&registry.reference("demo/app", "1")]);
    green(&run, &report);
    assert!(fact(&report, "head", "rate-limit").starts_with("42/100"), "{report:#}");
}
