use std::collections::BTreeSet;

use anatomy::{Digest, Reference, Target, WantClass};
use serde_json::Value;
use source::{ContentSource, Place, ProblemKind, Silent, Thing};

use crate::made::*;

#[test]
fn an_unknown_sample_is_told_with_the_known_ones() {
    let problem = local::open(&sample("absent")).unwrap_err();
    let ProblemKind::SampleUnknown { name, names } = problem.what else { panic!("{problem:?}") };
    assert_eq!(name, "absent");
    assert_eq!(names.len(), local::samples().len());
    assert_eq!(problem.evidence[0].attempted, "open sample:absent");
}

#[test]
fn other_transports_are_refused() {
    let refused = |reference| local::open(&reference).unwrap_err().what;
    let unsupported = |transport: &str| ProblemKind::TransportUnsupported { transport: transport.to_owned() };
    assert_eq!(refused(Reference::DockerDaemon { name: "a".to_owned() }), unsupported("docker-daemon"));
    assert_eq!(refused(Reference::ContainersStorage { name: "a".to_owned() }), unsupported("containers-storage"));
}

/// Follows every digest of every sample, as a reader could.
#[tokio::test]
async fn every_tag_of_every_sample_is_whole() {
    for described in local::samples() {
        let source = local::open(&sample(described.name)).unwrap();
        assert_eq!(source.place(), &Place::Sample { name: described.name.to_owned() });
        let only = source.resolve(&Target::Only, &Silent).await.unwrap();
        let default = source.resolve(&tag(described.default_tag), &Silent).await.unwrap();
        assert_eq!(only.bytes, default.bytes);
        for name in described.tags {
            let answer = source.resolve(&tag(name), &Silent).await.unwrap();
            follow(&*source, &serde_json::from_slice(&answer.bytes).unwrap()).await;
        }
    }
}

async fn follow(source: &dyn ContentSource, document: &Value) {
    for descriptor in document["manifests"].as_array().into_iter().flatten() {
        let of_it = descriptor["digest"].as_str().unwrap();
        let child = source.document(&want(of_it, WantClass::Manifest), &Silent).await.unwrap();
        assert_eq!(Digest::sha256(&child.bytes), digest(of_it));
        Box::pin(follow(source, &serde_json::from_slice(&child.bytes).unwrap())).await;
    }
    for descriptor in document["layers"].as_array().into_iter().flatten().chain(document.get("config")) {
        let of_it = descriptor["digest"].as_str().unwrap();
        let presence = source.presence(&want(of_it, WantClass::Layer), &Silent).await.unwrap();
        assert_eq!(presence.size.map(|size| size.0), descriptor["size"].as_u64(), "{of_it}");
        let bytes = collected(source.blob(&digest(of_it), &Silent).await).await.unwrap();
        assert_eq!(Digest::sha256(&bytes), digest(of_it));
    }
}

#[tokio::test]
async fn one_image_is_compressed_in_five_ways() {
    let source = local::open(&sample("comp")).unwrap();
    let mut configs = BTreeSet::new();
    let mut layers = BTreeSet::new();
    let tags = source.tags(&Silent).await.unwrap();
    assert_eq!(tags, ["gzip", "gzip1", "zstd", "zstdL19", "zstdchunked"]);
    for name in &tags {
        let answer = source.resolve(&tag(name), &Silent).await.unwrap();
        let manifest: Value = serde_json::from_slice(&answer.bytes).unwrap();
        configs.insert(manifest["config"]["digest"].to_string());
        layers.extend(manifest["layers"].as_array().unwrap().iter().map(|layer| layer["digest"].to_string()));
    }
    assert_eq!((configs.len(), layers.len()), (1, 10));
}

/// Blobs that samples share are stored once and still belong only to the samples that have them.
#[tokio::test]
async fn a_sample_has_only_its_own_blobs() {
    let answer = resolved(&sample("single"), &Target::Digest(digest(HELLO))).await.unwrap_err();
    assert_eq!(answer.what, ProblemKind::NotFound { thing: Thing::Manifest, name: HELLO.to_owned() });
}
