//! `kaibo verify`: whole images are whole, and every damage is named.

use std::path::Path;

use kaibo_tests::kaibo::{Home, Run};
use kaibo_tests::registry::DockerRegistry;
use kaibo_tests::{layout, place, walk};
use serde_json::json;

fn verify(home: &Home, layout: &Path, tag: &str, blobs: bool) -> Run {
    let reference = format!("oci:{}:{tag}", layout.display());
    let mut arguments = vec!["verify", reference.as_str()];
    arguments.extend(blobs.then_some("--blobs"));
    home.run(&arguments)
}

/// Everything a run said: text and problems.
fn said(run: &Run) -> String {
    format!("{}{}", run.out, run.err)
}

#[test]
fn every_layout_is_whole() {
    let home = Home::default();
    for layout in place::layouts() {
        for tag in layout::tags(&layout) {
            for blobs in [true, false] {
                let run = verify(&home, &layout, &tag.name, blobs);
                assert_eq!(run.code, Some(0), "{} {} --blobs {blobs}: {}", layout.display(), tag.name, said(&run));
            }
        }
    }
}

/// Damages every blob that a tag reaches, one after the other, and looks whether it is named.
fn every_blob(sample: &str, tag: &str, damage: impl Fn(&Path), seen_without_blobs: impl Fn(&str) -> bool) {
    let home = Home::default();
    let original = place::samples().join(sample);
    let copy = layout::copy(&original);
    let tag = layout::tags(&original).into_iter().find(|entry| entry.name == tag).expect("the sample has the tag");
    // The unchanged layout is looked at first: nothing remembered of it may hide the damage.
    let reference = format!("oci:{}:{}", copy.path().display(), tag.name);
    assert_eq!(home.run(&["inspect", &reference]).code, Some(0));
    assert_eq!(verify(&home, copy.path(), &tag.name, true).code, Some(0));
    for id in walk::reachable(&original, &tag.descriptor).nodes {
        let (role, digest) = id.split_once(':').expect("a node's id has a role");
        let file = layout::blob(copy.path(), digest);
        let bytes = std::fs::read(&file).expect("the copy is whole");
        damage(&file);
        let run = verify(&home, copy.path(), &tag.name, true);
        assert_eq!(run.code, Some(1), "{id}: {}", said(&run));
        let short = &digest[..19];
        assert!(said(&run).contains(short) || said(&run).contains(&digest[7..19]), "{id} is named: {}", said(&run));
        if seen_without_blobs(role) {
            let run = verify(&home, copy.path(), &tag.name, false);
            assert_eq!(run.code, Some(1), "without --blobs, {id}: {}", said(&run));
        }
        std::fs::write(&file, bytes).expect("the copy can be mended");
    }
    assert_eq!(verify(&home, copy.path(), &tag.name, true).code, Some(0), "mended");
}

fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).expect("a blob can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).expect("a blob can be written");
}

fn remove(file: &Path) {
    std::fs::remove_file(file).expect("a blob can be removed");
}

fn truncate(file: &Path) {
    let bytes = std::fs::read(file).expect("a blob can be read");
    std::fs::write(file, &bytes[..bytes.len() - 1]).expect("a blob can be written");
}

#[test]
fn one_changed_byte_of_an_attested_image_is_found() {
    every_blob("hello", "1.0.0", flip, |role| role != "layer");
}

#[test]
fn a_removed_blob_of_an_attested_image_is_found() {
    every_blob("hello", "1.0.0", remove, |_| true);
}

#[test]
fn a_short_blob_of_a_single_manifest_is_found() {
    every_blob("single", "1", truncate, |_| true);
}

#[test]
fn one_changed_byte_of_an_artifact_is_found() {
    every_blob("artifacts", "chart", flip, |role| role != "layer");
}

#[test]
fn a_missing_child_is_found() {
    let mut maker = layout::Maker::default();
    let config = maker.add(
        "application/vnd.oci.image.config.v1+json",
        br#"{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}"#,
    );
    let whole = maker.document(
        "application/vnd.oci.image.manifest.v1+json",
        &json!({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":config,"layers":[]}),
    );
    let absent = layout::sha256(b"nobody has this");
    let gone = json!({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":absent,"size":15,"platform":{"os":"linux","architecture":"arm64"}});
    let index = maker.document(
        "application/vnd.oci.image.index.v1+json",
        &json!({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[whole,gone]}),
    );
    maker.tag("1", &index);
    let folder = maker.finish();
    let home = Home::default();
    for blobs in [true, false] {
        let run = verify(&home, folder.path(), "1", blobs);
        assert_eq!(run.code, Some(1), "{}", said(&run));
        assert!(said(&run).contains(&absent[7..19]), "the child is named: {}", said(&run));
    }
    let run = home.run(&["verify", &format!("oci:{}:1", folder.path().display()), "--json"]);
    assert_eq!(run.code, Some(1));
    assert!(run.value().to_string().contains(&absent), "{}", run.out);
    // `inspect` draws what there is and says what is not.
    let report = home.json(&["inspect", &format!("oci:{}:1", folder.path().display())]);
    let roles: Vec<&str> = walk::list(&report, "nodes").filter_map(|node| node["role"].as_str()).collect();
    assert!(roles.contains(&"missing"), "{roles:?}");
}

#[test]
fn a_registry_is_asked_again_for_everything() {
    let Some(registry) = DockerRegistry::start() else { return };
    let home = Home::default();
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let reference = registry.push(&hello, "whole/hello", &tag);
    assert_eq!(home.run(&["inspect", &reference]).code, Some(0), "now the documents are in the cache");
    for extra in [&[][..], &["--blobs"]] {
        let before = registry.requests("whole/hello").len();
        let run = home.run(&[&["verify", reference.as_str()][..], extra].concat());
        assert_eq!(run.code, Some(0), "{}", said(&run));
        std::thread::sleep(std::time::Duration::from_millis(300));
        let asked = registry.requests("whole/hello").len() - before;
        let nodes = walk::reachable(&hello, &tag.descriptor).nodes.len();
        assert!(asked >= nodes, "{asked} requests cannot have looked at {nodes} things: the cache was believed");
    }
}
