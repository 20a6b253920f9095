//! What holds for one registry only: authorities, client certificates, `insecure`, plain HTTP, realms.

mod common;

use common::{One, Told, options, tag, with};
use registry::{HostOptions, RegistryOptions, TrustPlaces};
use source::{ContentSource, NoCredentials, Problem, ProblemKind, Silent};
use testkit::{Authority, Bearer, ImageBuilder, Registry, RegistryBuilder};

fn builder() -> RegistryBuilder {
    Registry::builder().image("demo/app", "1.0", &ImageBuilder::new("linux/amd64").build())
}

fn only(host: &str, of_host: HostOptions) -> RegistryOptions {
    RegistryOptions { hosts: [(host.to_owned(), of_host)].into(), ..options() }
}

async fn ask(registry: &Registry, options: &RegistryOptions) -> Result<(), Problem> {
    with(registry, "demo/app", options, NoCredentials).resolve(&tag("1.0"), &Silent).await.map(drop)
}

#[tokio::test]
async fn an_authority_of_one_registry_is_none_of_its_neighbour() {
    let authority = Authority::new("Example Corp Root");
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (builder().tls(authority.leaf()).start(), builder().tls(authority.leaf()).start());
    for of_host in [
        HostOptions { extra_ca: vec![authority.write_pem(folder.path())], ..HostOptions::default() },
        HostOptions { insecure: true, ..HostOptions::default() },
    ] {
        let options = only(&one.host(), of_host);
        ask(&one, &options).await.unwrap();
        let issuer = Some("Example Corp Root".to_owned());
        assert_eq!(
            ask(&other, &options).await.unwrap_err().what,
            ProblemKind::TlsUntrusted { host: other.host(), issuer }
        );
    }
}

#[tokio::test]
async fn an_authority_of_a_registry_is_one_of_its_token_server() {
    let authority = Authority::new("testkit");
    let folder = tempfile::tempdir().unwrap();
    let auth = Bearer::account("alice", "wonderland").on_other_host();
    let registry = builder().tls(authority.leaf()).auth(auth).start();
    let extra_ca = vec![authority.write_pem(folder.path())];
    let options = only(&registry.host(), HostOptions { extra_ca, ..HostOptions::default() });
    let source = with(&registry, "demo/app", &options, One::basic("alice", "wonderland"));
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert!(registry.seen()[1].other_host);
}

#[tokio::test]
async fn a_certificate_that_is_wanted_and_missing_is_named() {
    let (authority, clients) = (Authority::new("testkit"), Authority::new("clients"));
    let folder = tempfile::tempdir().unwrap();
    let trusting = RegistryOptions { extra_ca: vec![authority.write_pem(folder.path())], ..options() };
    let strange = Authority::new("strangers").client_leaf("mallory").write_pair(folder.path(), "mallory");
    for old in [false, true] {
        for http1 in [false, true] {
            let leaf = authority.leaf();
            let server = if http1 { builder().tls_http1(leaf) } else { builder().tls(leaf) }.clients(&clients);
            let registry = if old { server.tls12() } else { server }.start();
            let wanted = ProblemKind::ClientCertificateWanted { host: registry.host() };
            for tls_only in [false, true] {
                let options = RegistryOptions { tls_only, ..trusting.clone() };
                let problem = ask(&registry, &options).await.unwrap_err();
                assert_eq!(problem.what, wanted, "old {old} http1 {http1}: {problem:?}");
            }
            let of_host = HostOptions { client_certificate: Some(strange.clone()), ..HostOptions::default() };
            let options = RegistryOptions { extra_ca: trusting.extra_ca.clone(), ..only(&registry.host(), of_host) };
            let problem = ask(&registry, &options).await.unwrap_err();
            assert_eq!(problem.what, wanted, "old {old} http1 {http1}: {problem:?}");
            assert!(registry.seen().is_empty());
        }
    }
}

#[tokio::test]
async fn a_client_certificate_is_shown_to_its_registry() {
    let (authority, clients) = (Authority::new("testkit"), Authority::new("clients"));
    for old in [false, true] {
        let server = builder().tls(authority.leaf()).clients(&clients);
        let registry = if old { server.tls12() } else { server }.start();
        let folder = tempfile::tempdir().unwrap();
        let of_host = HostOptions {
            extra_ca: vec![authority.write_pem(folder.path())],
            client_certificate: Some(clients.client_leaf("alice").write_pair(folder.path(), "alice")),
            ..HostOptions::default()
        };
        ask(&registry, &only(&registry.host(), of_host)).await.unwrap();
    }
}

#[cfg(unix)]
#[tokio::test]
async fn dockers_folders_hold_client_certificates_too() {
    let (authority, clients) = (Authority::new("testkit"), Authority::new("clients"));
    let registry = builder().tls(authority.leaf()).clients(&clients).start();
    let certs_d = tempfile::tempdir().unwrap();
    let folder = certs_d.path().join(registry.host());
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("ca.crt"), authority.pem()).unwrap();
    let trust = TrustPlaces { certs_d: vec![certs_d.path().to_owned()], ..TrustPlaces::default() };
    let options = RegistryOptions { trust, ..options() };
    let source = with(&registry, "demo/app", &options, NoCredentials);
    let problem = source.resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::ClientCertificateWanted { host: registry.host() });
    // Put there while the program runs: the next question finds it.
    let _ = clients.client_leaf("alice").write_pair(&folder, "client");
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
}

#[tokio::test]
async fn what_is_named_and_unusable_is_said_before_anything_is_sent() {
    let registry = builder().tls(Authority::new("testkit").leaf()).start();
    let folder = tempfile::tempdir().unwrap();
    let one = Authority::new("a").client_leaf("a").write_pair(folder.path(), "a");
    let two = Authority::new("b").client_leaf("b").write_pair(folder.path(), "b");
    let missing = folder.path().join("missing.pem");
    for (of_host, setting, value) in [
        (HostOptions { extra_ca: vec![missing.clone()], ..HostOptions::default() }, "ca", &missing),
        (
            HostOptions { client_certificate: Some((one.0.clone(), two.1)), ..HostOptions::default() },
            "client-certificate",
            &one.0,
        ),
    ] {
        let options = RegistryOptions { tls_only: true, ..only(&registry.host(), of_host) };
        let expected = ProblemKind::SettingUnusable { setting: setting.into(), value: value.display().to_string() };
        assert_eq!(ask(&registry, &options).await.unwrap_err().what, expected);
    }
    assert!(registry.seen().is_empty());
}

#[tokio::test]
async fn plain_http_and_realms_are_allowed_for_one_registry() {
    let lure = Registry::builder().localhost().auth(Bearer::anonymous()).start();
    let registry = builder().auth(Bearer::anonymous().realm(&format!("{}/token", lure.url()))).start();
    let of_host = |realms: &[&str]| HostOptions {
        plain_http: true,
        allow_realms: realms.iter().map(|r| (*r).to_owned()).collect(),
        ..HostOptions::default()
    };
    let refused = ask(&registry, &only(&registry.host(), of_host(&[]))).await.unwrap_err().what;
    assert_eq!(refused, ProblemKind::RealmNotAllowed { registry: registry.host(), realm: lure.host() });
    let refused = ask(&registry, &only("elsewhere.example", of_host(&["localhost"]))).await.unwrap_err().what;
    assert!(matches!(refused, ProblemKind::RealmNotAllowed { .. }));
    assert!(lure.seen().is_empty());
    let sink = Told::default();
    let options = only(&registry.host(), of_host(&["localhost"]));
    let source = with(&registry, "demo/app", &options, NoCredentials);
    // The lure's tokens are worth nothing here; that it was asked is what counts.
    assert!(source.resolve(&tag("1.0"), &sink).await.is_err());
    assert_eq!(lure.seen().len(), 1);
}
