//! What is read, with how many requests.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod common;

use anatomy::{Digest, Target, WantClass, limits};
use common::{Told, named, open, options, tag, want, with};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use registry::{Part, RegistryClient, RegistryOptions};
use source::{ContentSource, Event, NoCredentials, ProblemKind, Silent, Thing, collect_capped};
use std::sync::Arc;
use testkit::{Authority, Fault, ImageBuilder, Registry, When, media, ten_platforms};

/// Reads index, children and configs as a dissection would, all at once per level.
async fn whole_tree(source: &dyn ContentSource, sink: &Told) {
    let root = source.resolve(&tag("1.0"), sink).await.unwrap();
    let index: serde_json::Value = serde_json::from_slice(&root.bytes).unwrap();
    let digests: Vec<Digest> =
        index["manifests"].as_array().unwrap().iter().map(|m| m["digest"].as_str().unwrap().parse().unwrap()).collect();
    let children = digests.iter().map(|d| want(WantClass::Manifest, d)).collect::<Vec<_>>();
    let children: Vec<_> =
        stream::iter(&children).map(|w| source.document(w, sink)).buffer_unordered(64).try_collect().await.unwrap();
    let configs: Vec<_> = children
        .iter()
        .map(|child| {
            let child: serde_json::Value = serde_json::from_slice(&child.bytes).unwrap();
            want(WantClass::Config, &child["config"]["digest"].as_str().unwrap().parse().unwrap())
        })
        .collect();
    for config in
        stream::iter(&configs).map(|w| source.document(w, sink)).buffer_unordered(64).collect::<Vec<_>>().await
    {
        config.unwrap();
    }
}

#[tokio::test]
async fn a_cold_tree_of_ten_platforms_with_attestations_is_41_requests() {
    let registry = Registry::builder().image("demo/ten", "1.0", &ten_platforms(true)).start();
    let sink = Told::default();
    whole_tree(&open(&registry, "demo/ten"), &sink).await;
    let lines = registry.lines();
    assert_eq!(lines.len(), 41, "{lines:#?}");
    assert_eq!(sink.requests(), 41);
    assert!(lines.iter().all(|l| l.starts_with("GET /v2/demo/ten/")), "{lines:#?}");
    let unique: std::collections::HashSet<_> = lines.iter().collect();
    assert_eq!(unique.len(), 41);
    assert!(registry.connections() <= 24);
}

#[tokio::test]
async fn over_tls_a_cold_tree_goes_through_http2() {
    let authority = Authority::new("testkit");
    let folder = tempfile::tempdir().unwrap();
    let registry = Registry::builder().image("demo/ten", "1.0", &ten_platforms(true)).tls(authority.leaf()).start();
    let options = RegistryOptions { tls_only: true, extra_ca: vec![authority.write_pem(folder.path())], ..options() };
    whole_tree(&with(&registry, "demo/ten", &options, NoCredentials), &Told::default()).await;
    assert_eq!(registry.seen().len(), 41);
    assert!(registry.seen().iter().all(|s| s.http2));
    assert_eq!(registry.connections(), 1);
}

#[tokio::test]
async fn an_answer_is_the_exact_bytes_and_what_the_headers_say() {
    let image = ImageBuilder::new("linux/amd64").file("a", b"1").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    let source = open(&registry, "demo/app");
    let answer = source.resolve(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(answer.bytes, image.bytes());
    assert_eq!(answer.content_type.as_deref(), Some(media::OCI_MANIFEST));
    assert_eq!(answer.header_digest.as_deref(), Some(image.digest().as_str()));
    let accept = registry.seen()[0].headers["accept"].to_str().unwrap().to_owned();
    assert!(accept.contains(media::OCI_INDEX) && accept.contains(media::DOCKER_LIST) && accept.ends_with("*/*"));
    assert!(!registry.seen()[0].headers.contains_key("accept-encoding"));

    let again = source.resolve(&Target::Digest(image.digest().clone()), &Silent).await.unwrap();
    assert_eq!(again.bytes, image.bytes());
}

#[tokio::test]
async fn a_head_says_what_is_there_without_reading() {
    let image = ImageBuilder::new("linux/amd64").file("a", b"1").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    let source = open(&registry, "demo/app");
    let head = source.head(&tag("1.0"), &Silent).await.unwrap();
    assert_eq!(head.digest.as_ref(), Some(image.digest()));
    assert_eq!(head.size.map(|s| s.0), Some(image.bytes().len() as u64));
    let layer = &image.layer_digests()[0];
    let presence = source.presence(&want(WantClass::Layer, layer), &Silent).await.unwrap();
    assert_eq!(presence.size.map(|s| s.0), Some(image.content()[layer.as_str()].bytes.len() as u64));
    assert!(registry.lines().iter().all(|l| l.starts_with("HEAD ")));
    let absent = source.head(&tag("2.0"), &Silent).await.unwrap_err();
    assert_eq!(absent.what, ProblemKind::NotFound { thing: Thing::Tag, name: "2.0".into() });
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let image = ImageBuilder::new("linux/amd64").file("a", b"1").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    let nobody = Digest::sha256(b"nobody has this");
    let source = open(&registry, "demo/app");
    let thing = |thing, name: &str| ProblemKind::NotFound { thing, name: name.to_owned() };
    let problem = source.resolve(&tag("2.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, thing(Thing::Tag, "2.0"));
    assert_eq!(problem.evidence[0].status, Some(404));
    assert!(problem.evidence[0].said.as_deref().unwrap().contains("MANIFEST_UNKNOWN"));
    let problem = source.document(&want(WantClass::Manifest, &nobody), &Silent).await.unwrap_err();
    assert_eq!(problem.what, thing(Thing::Manifest, nobody.as_str()));
    let problem = source.document(&want(WantClass::Config, &nobody), &Silent).await.unwrap_err();
    assert_eq!(problem.what, thing(Thing::Blob, nobody.as_str()));
    let problem = open(&registry, "demo/other").resolve(&tag("1.0"), &Silent).await.unwrap_err();
    assert_eq!(problem.what, thing(Thing::Repository, "demo/other"));
}

#[tokio::test]
async fn layers_are_streamed_and_read_in_parts() {
    let image = ImageBuilder::new("linux/amd64").file("a", &[7; 5000]).build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    let source = open(&registry, "demo/app");
    let layer = &image.layer_digests()[0];
    let whole = collect_capped(source.blob(layer, &Silent).await.unwrap(), 1 << 20).await.unwrap();
    assert_eq!(Digest::sha256(&whole), *layer);
    let Part::Partial(part) = source.range(layer, 3, 10, &Silent).await.unwrap() else { panic!("asked for a part") };
    assert_eq!(collect_capped(part, 100).await.unwrap(), whole.slice(3..13));

    registry.when(When::blobs()).times(1).fault(Fault::status(200).body(whole.clone()));
    let Part::Whole(all) = source.range(layer, 3, 10, &Silent).await.unwrap() else {
        panic!("only the whole was given")
    };
    assert_eq!(collect_capped(all, 1 << 20).await.unwrap(), whole);

    registry.when(When::blobs()).fault(Fault::status(206).header("content-range", "bytes 0-9/100").body("0123456789"));
    let Err(problem) = source.range(layer, 3, 10, &Silent).await else { panic!("another part") };
    assert_eq!(problem.what, ProblemKind::AnswerMalformed { registry: registry.host(), what: "range".into() });
}

#[tokio::test]
async fn no_more_than_four_layers_are_in_flight() {
    let image = ImageBuilder::new("linux/amd64").file("a", &[7; 5000]).build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    let source = open(&registry, "demo/app");
    let layer = &image.layer_digests()[0];
    let mut streams = Vec::new();
    for _ in 0..4 {
        streams.push(source.blob(layer, &Silent).await.unwrap());
    }
    assert!(tokio::time::timeout(std::time::Duration::from_millis(50), source.blob(layer, &Silent)).await.is_err());
    assert_eq!(registry.seen().len(), 4);
    source.resolve(&tag("1.0"), &Silent).await.unwrap();
    streams.pop();
    streams.push(source.blob(layer, &Silent).await.unwrap());
}

#[tokio::test]
async fn rate_limit_headers_make_a_registry_metered() {
    let image = ImageBuilder::new("linux/amd64").file("a", b"1").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).metered(100, 43).start();
    let source = open(&registry, "demo/app");
    let sink = Told::default();
    assert!(!source.metered());
    source.head(&tag("1.0"), &sink).await.unwrap();
    source.resolve(&tag("1.0"), &sink).await.unwrap();
    assert!(source.metered());
    let left: Vec<_> =
        sink.events().into_iter().filter_map(|e| if let Event::Quota(q) = e { q.remaining } else { None }).collect();
    assert_eq!(left, [43, 42]);
    let client = RegistryClient::new(&options(), Arc::new(NoCredentials)).unwrap();
    assert!(client.repository(&named("docker.io", "library/alpine")).metered());
}

#[tokio::test]
async fn a_warning_is_told_as_text() {
    let image = ImageBuilder::new("linux/amd64").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    registry.when(When::any()).fault(Fault::Header("warning".into(), "299 - \"this repository moves\"".into()));
    let sink = Told::default();
    open(&registry, "demo/app").resolve(&tag("1.0"), &sink).await.unwrap();
    let expected = Event::Warning { host: registry.host(), text: "this repository moves".into() };
    assert!(sink.events().contains(&expected));
}

#[tokio::test]
async fn tags_are_listed() {
    let image = ImageBuilder::new("linux/amd64").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).image("demo/app", "2.0", &image).start();
    assert_eq!(open(&registry, "demo/app").tags(&Silent).await.unwrap(), ["1.0", "2.0"]);
}

#[tokio::test]
async fn wrong_bytes_and_headers_are_given_as_they_are() {
    let image = ImageBuilder::new("linux/amd64").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    registry.when(When::any()).times(1).fault(Fault::Bytes("not what it says".into()));
    registry.when(When::any()).times(1).fault(Fault::DigestHeader("sha256:lie".into()));
    registry.when(When::any()).times(1).fault(Fault::ContentType(None));
    let answer =
        open(&registry, "demo/app").document(&want(WantClass::Manifest, image.digest()), &Silent).await.unwrap();
    assert_eq!(answer.bytes, "not what it says");
    assert_eq!(answer.header_digest.as_deref(), Some("sha256:lie"));
    assert_eq!(answer.content_type, None);
    assert!(answer.bytes.len() as u64 <= limits::MANIFEST_BYTES);
}

#[tokio::test]
async fn an_independent_client_sees_the_same() {
    use oci_client::client::{ClientConfig, ClientProtocol};
    use oci_client::secrets::RegistryAuth;

    let _ = rustls::crypto::ring::default_provider().install_default();
    let image = ImageBuilder::new("linux/amd64").file("a", b"1").build();
    let registry = Registry::builder().image("demo/app", "1.0", &image).start();
    let ours = open(&registry, "demo/app").resolve(&tag("1.0"), &Silent).await.unwrap();
    let config = ClientConfig { protocol: ClientProtocol::Http, ..ClientConfig::default() };
    let peer = oci_client::Client::try_from(config).unwrap();
    let reference: oci_client::Reference = registry.reference("demo/app", "1.0").parse().unwrap();
    let (theirs, digest) =
        peer.pull_manifest_raw(&reference, &RegistryAuth::Anonymous, &[media::OCI_MANIFEST]).await.unwrap();
    assert_eq!(theirs, ours.bytes);
    assert_eq!(digest, image.digest().as_str());
}

#[tokio::test]
async fn referrers_come_from_the_api_where_there_is_one_and_from_the_tag_else() {
    let image = ImageBuilder::new("linux/amd64").file("a", b"1").build();
    let fallback = format!("sha256-{}", image.digest().encoded());
    let registry = Registry::builder().image("demo/app", "1.0", &image).image("demo/app", &fallback, &image).start();
    let source = open(&registry, "demo/app");
    let api = When::get().path("/referrers/");
    registry.when(api.clone()).times(1).fault(Fault::status(200).body("from the api"));
    let answers = source.referrers(image.digest(), &Silent).await.unwrap();
    assert_eq!((answers.len(), &answers[0].bytes[..]), (1, &b"from the api"[..]));
    for status in [404, 400, 405] {
        registry.when(api.clone()).times(1).fault(Fault::status(status));
        let answers = source.referrers(image.digest(), &Silent).await.unwrap();
        assert_eq!((answers.len(), answers[0].bytes.clone()), (1, image.bytes()), "{status}");
    }
    let other = anatomy::Digest::sha256(b"nobody refers to this");
    registry.when(api).times(1).fault(Fault::status(404));
    assert!(source.referrers(&other, &Silent).await.unwrap().is_empty());
}
