//! The registry itself, asked by hand over a plain socket.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use testkit::{Auth, Bearer, Fault, ImageBuilder, IndexBuilder, Registry, When, ten_platforms};

fn ask(registry: &Registry, head: &str) -> String {
    let mut socket = TcpStream::connect(registry.host()).unwrap();
    write!(socket, "{head}\r\nhost: {}\r\nconnection: close\r\n\r\n", registry.host()).unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn documents_are_served_under_their_tag_and_digest() {
    let image = ImageBuilder::new("linux/amd64").file("a", b"1").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    for name in ["1.0", image.digest().as_str()] {
        let answer = ask(&registry, &format!("GET /v2/demo/app/manifests/{name} HTTP/1.1"));
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(image.digest().as_str()), "{answer}");
    }
    let head = ask(&registry, "HEAD /v2/demo/app/manifests/1.0 HTTP/1.1");
    assert!(head.contains(&format!("content-length: {}", image.bytes().len())) && head.ends_with("\r\n\r\n"));
    assert_eq!(registry.seen().len(), 3);
    assert_eq!(registry.connections(), 3);
}

#[test]
fn a_layout_written_and_served_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let index = ten_platforms(true);
    index.write_layout(folder.path(), "1.0").unwrap();
    let registry = Registry::builder().layout("demo/ten", folder.path()).start();
    let answer = ask(&registry, "GET /v2/demo/ten/manifests/1.0 HTTP/1.1");
    assert!(answer.contains(index.digest().as_str()));
    for child in index.child_digests() {
        assert!(ask(&registry, &format!("HEAD /v2/demo/ten/manifests/{child} HTTP/1.1")).starts_with("HTTP/1.1 200"));
    }
    registry.forget("demo/ten", &index.child_digests()[0]);
    let missing = ask(&registry, &format!("GET /v2/demo/ten/manifests/{} HTTP/1.1", index.child_digests()[0]));
    assert!(missing.contains("404") && missing.contains("MANIFEST_UNKNOWN"));
}

#[test]
fn ten_platforms_with_attestations_are_41_documents() {
    let index = ten_platforms(true);
    assert_eq!(index.child_digests().len(), 20);
    let manifests = index.content().values().filter(|c| c.manifest).count();
    let configs = index.content().values().filter(|c| c.media_type == testkit::media::OCI_CONFIG).count();
    assert_eq!((manifests, configs), (21, 20));
}

#[test]
fn an_attestation_names_its_subject() {
    let image = ImageBuilder::new("linux/amd64").build();
    let index = IndexBuilder::new().entry(&image).attested().build();
    let annotations = &index.json()["manifests"][1]["annotations"];
    assert_eq!(annotations["vnd.docker.reference.digest"], image.digest().as_str());
}

#[test]
fn accounts_are_asked_for() {
    let image = ImageBuilder::new("linux/amd64").build();
    let registry = Registry::builder().image("a", "1", &image).auth(Auth::basic("u", "p")).start();
    assert!(ask(&registry, "GET /v2/a/manifests/1 HTTP/1.1").contains("www-authenticate: Basic"));
    assert!(ask(&registry, "GET /v2/a/manifests/1 HTTP/1.1\r\nauthorization: Basic dTpw").starts_with("HTTP/1.1 200"));
    registry.set_auth(Bearer::anonymous().expires_in(300));
    assert!(
        ask(&registry, "GET /v2/a/manifests/1 HTTP/1.1").contains("www-authenticate: Bearer realm=\"http://127.0.0.1")
    );
    assert!(ask(&registry, "GET /token?scope=x HTTP/1.1").contains(r#"{"expires_in":300,"token":"token-1"}"#));
    assert!(
        ask(&registry, "GET /v2/a/manifests/1 HTTP/1.1\r\nauthorization: Bearer token-1").starts_with("HTTP/1.1 200")
    );
}

#[test]
fn scripts_hold_as_often_as_they_say() {
    let registry = Registry::builder().image("a", "1", &ImageBuilder::new("linux/amd64").build()).start();
    registry.when(When::manifests()).times(1).fault(Fault::too_many(3));
    let get = "GET /v2/a/manifests/1 HTTP/1.1";
    let first = ask(&registry, get);
    assert!(first.starts_with("HTTP/1.1 429") && first.contains("retry-after: 3"), "{first}");
    assert!(ask(&registry, get).starts_with("HTTP/1.1 200"));
    registry.when(When::manifests()).times(1).fault(Fault::HangsUp);
    assert_eq!(ask(&registry, get), "");
    registry.when(When::manifests()).times(1).fault(Fault::CutAfter(10));
    let cut = ask(&registry, get);
    assert_eq!(cut.split("\r\n\r\n").nth(1).unwrap().len(), 10);
    registry.when(When::head()).fault(Fault::DigestHeader("sha256:lie".into()));
    assert!(ask(&registry, "HEAD /v2/a/manifests/1 HTTP/1.1").contains("docker-content-digest: sha256:lie"));
}
