//! Which scheme a host is asked with, and whom TLS trusts.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod common;

use std::time::Duration;

use common::{One, Told, impatient, open, options, tag, with};
use registry::{RegistryClient, RegistryOptions, TrustPlaces};
use source::{ContentSource, NoCredentials, ProblemKind, Silent};
use std::sync::Arc;
use testkit::{Auth, Authority, Fault, ImageBuilder, Leaf, Registry, RegistryBuilder, When};

fn builder() -> RegistryBuilder {
    Registry::builder().image("demo/app", "1.0", &ImageBuilder::new("linux/amd64").build())
}

fn secure(leaf: Leaf) -> RegistryBuilder {
    builder().tls(leaf)
}

async fn problem(registry: &Registry, options: &RegistryOptions) -> ProblemKind {
    with(registry, "demo/app", options, NoCredentials).resolve(&tag("1.0"), &Silent).await.unwrap_err().what
}

fn trusting(authority: &Authority, folder: &tempfile::TempDir) -> RegistryOptions {
    RegistryOptions { extra_ca: vec![authority.write_pem(folder.path())], ..options() }
}

#[tokio::test]
async fn loopback_that_speaks_tls_is_found_out_and_remembered() {
    let authority = Authority::new("testkit");
    let folder = tempfile::tempdir().unwrap();
    for registry in [
        secure(authority.leaf()).start(),
        secure(authority.leaf()).tells_plain_clients().start(),
        builder().tls_http1(authority.leaf()).localhost().start(),
    ] {
        let source = with(&registry, "demo/app", &trusting(&authority, &folder), NoCredentials);
        let sink = Told::default();
        source.resolve(&tag("1.0"), &sink).await.unwrap();
        assert_eq!(sink.requests(), 2);
        source.resolve(&tag("1.0"), &sink).await.unwrap();
        assert_eq!(sink.requests(), 3);
        assert_eq!(registry.seen().len(), 2);
    }
}

#[tokio::test]
async fn no_account_is_sent_in_the_clear_to_what_turns_out_to_speak_tls() {
    let authority = Authority::new("testkit");
    let folder = tempfile::tempdir().unwrap();
    let registry = secure(authority.leaf()).auth(Auth::basic("alice", "wonderland")).start();
    let source = with(&registry, "demo/app", &trusting(&authority, &folder), One::basic("alice", "wonderland"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(registry.seen().len(), 2);
}

#[tokio::test]
async fn loopback_that_speaks_plain_http_is_one_request() {
    let registry = builder().start();
    open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!((registry.seen().len(), registry.connections()), (1, 1));
}

#[tokio::test]
async fn with_tls_wanted_plain_http_is_named_as_the_trouble() {
    let registry = builder().start();
    let wanted = RegistryOptions { tls_only: true, ..options() };
    assert_eq!(problem(&registry, &wanted).await, ProblemKind::TlsNotSpoken { host: registry.host() });
    assert!(registry.seen().is_empty());
}

#[tokio::test]
async fn an_unknown_authority_is_named() {
    let registry = secure(Authority::new("Example Corp Root").leaf()).start();
    let expected = ProblemKind::TlsUntrusted { host: registry.host(), issuer: Some("Example Corp Root".into()) };
    assert_eq!(problem(&registry, &options()).await, expected);
    let wanted = RegistryOptions { tls_only: true, ..options() };
    assert_eq!(problem(&registry, &wanted).await, expected);
}

#[tokio::test]
async fn certificates_that_do_not_fit_are_told_apart() {
    let authority = Authority::new("testkit");
    let folder = tempfile::tempdir().unwrap();
    for (leaf, fault) in [(authority.expired_leaf(), "expired"), (authority.wrong_name_leaf(), "wrong-name")] {
        let registry = secure(leaf).start();
        let expected = ProblemKind::TlsCertificate { host: registry.host(), fault: fault.into() };
        assert_eq!(problem(&registry, &trusting(&authority, &folder)).await, expected);
    }
}

#[tokio::test]
async fn insecure_takes_any_certificate() {
    let registry = secure(Authority::new("nobody's").expired_leaf()).start();
    let careless = RegistryOptions { insecure: true, ..options() };
    with(&registry, "demo/app", &careless, NoCredentials).resolve(&tag("1.0"), &Silent).await.unwrap();
}

#[tokio::test]
async fn dockers_certificate_folders_hold_for_their_host_and_port_only() {
    let authority = Authority::new("testkit");
    let registry = secure(authority.leaf()).start();
    let other_port = registry.other_host();
    for (folder, good) in [
        (registry.host(), true),
        (other_port, false),
        // Without a port it is for port 443, as Docker has it.
        ("127.0.0.1".into(), false),
        ("elsewhere.example".into(), false),
    ] {
        let certs_d = tempfile::tempdir().unwrap();
        std::fs::create_dir(certs_d.path().join(&folder)).unwrap();
        std::fs::write(certs_d.path().join(&folder).join("ca.crt"), authority.pem()).unwrap();
        let trust = TrustPlaces { certs_d: vec![certs_d.path().to_owned()], ..TrustPlaces::default() };
        let options = RegistryOptions { trust, ..options() };
        let answer = with(&registry, "demo/app", &options, NoCredentials).resolve(&tag("1.0"), &Silent).await;
        assert_eq!(answer.is_ok(), good, "{folder}: {answer:?}");
    }
}

#[tokio::test]
async fn ssl_cert_file_is_trusted_too() {
    let authority = Authority::new("testkit");
    let folder = tempfile::tempdir().unwrap();
    let registry = secure(authority.leaf()).start();
    let trust = TrustPlaces { ssl_cert_file: Some(authority.write_pem(folder.path())), ..TrustPlaces::default() };
    let options = RegistryOptions { trust, ..options() };
    with(&registry, "demo/app", &options, NoCredentials).resolve(&tag("1.0"), &Silent).await.unwrap();
}

#[tokio::test]
async fn a_ca_file_that_is_none_is_refused_before_anything_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    let refused = |path: &std::path::Path| {
        let options = RegistryOptions { extra_ca: vec![path.to_owned()], ..options() };
        RegistryClient::new(&options, Arc::new(NoCredentials)).unwrap_err().what
    };
    let expected = ProblemKind::SettingUnusable { setting: "ca".into(), value: path.display().to_string() };
    assert_eq!(refused(&path), expected);
    std::fs::write(&path, "no certificate").unwrap();
    assert_eq!(refused(&path), expected);
}

#[tokio::test]
async fn https_is_never_left_for_http() {
    let authority = Authority::new("testkit");
    let folder = tempfile::tempdir().unwrap();
    let plain = builder().start();
    let registry = secure(authority.leaf()).start();
    registry.when(When::any()).fault(Fault::redirect(format!("{}/v2/demo/app/manifests/1.0?sig=1", plain.url())));
    let target = format!("{}/v2/demo/app/manifests/1.0", plain.url());
    let expected = ProblemKind::RedirectRefused { host: registry.host(), target, fault: "downgrade".into() };
    assert_eq!(problem(&registry, &trusting(&authority, &folder)).await, expected);
    assert!(plain.seen().is_empty());
}

#[tokio::test]
async fn a_host_that_accepts_and_says_nothing_is_a_timeout() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let host = silent.local_addr().unwrap().to_string();
    for tls_only in [false, true] {
        let client =
            RegistryClient::new(&RegistryOptions { tls_only, ..impatient() }, Arc::new(NoCredentials)).unwrap();
        let source = client.repository(&common::named(&host, "a"));
        let answer = tokio::time::timeout(Duration::from_secs(20), source.resolve(&tag("1"), &Silent)).await.unwrap();
        assert!(matches!(answer.unwrap_err().what, ProblemKind::TimedOut { .. }));
    }
}

#[tokio::test]
async fn what_is_no_http_is_no_answer() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            let mut socket = socket;
            let _ = socket.read(&mut [0; 1024]);
            let _ = socket.write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
        }
    });
    let client = RegistryClient::new(&options(), Arc::new(NoCredentials)).unwrap();
    let problem = client.repository(&common::named(&host, "a")).resolve(&tag("1"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::AnswerMalformed { registry: host, what: "header".into() });
}
