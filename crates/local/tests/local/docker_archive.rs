use anatomy::{ByteSize, Digest, Target, WantClass};
use serde_json::{Value, json};
use source::{ContentSource as _, Place, ProblemKind, Silent};

use crate::made::*;

const SCHEMA2: &str = "application/vnd.docker.distribution.manifest.v2+json";
const CONFIG: &str = "sha256:e74c8a4e70b833a8b78f29329ffe52a73f04ae41d1a5866dbb245cfc6f98bfa1";
const NAME: &str = "127.0.0.1:5100/demo/single:1";

fn saved(name: &str) -> std::path::PathBuf {
    here(&["tests", "data", name])
}

#[tokio::test]
async fn an_archive_without_a_manifest_gets_one_of_what_it_holds() {
    let plain = std::fs::read(saved("single-save-20.tar")).unwrap();
    let (_folder, packed) = on_disk(&gzip(&plain));
    for path in [saved("single-save-20.tar"), packed] {
        let source = opened(&docker_archive(&path));
        assert_eq!(source.place(), &Place::DockerArchive { path: text(&path) });
        assert!(!source.manifest_made_here());
        let answer = source.resolve(&Target::Only, &Silent).await.unwrap();
        assert!(source.manifest_made_here());
        assert_eq!(answer.content_type.as_deref(), Some(SCHEMA2));
        let manifest: Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(manifest["mediaType"], SCHEMA2);
        assert_eq!(manifest["config"]["digest"], CONFIG);
        assert_eq!(manifest["config"]["size"], 1878);
        let config = source.document(&want(CONFIG, WantClass::Config), &Silent).await.unwrap();
        assert_eq!(Digest::sha256(&config.bytes), digest(CONFIG));
        let config: Value = serde_json::from_slice(&config.bytes).unwrap();
        let layers = manifest["layers"].as_array().unwrap();
        assert_eq!(layers.len(), 2);
        for (layer, diff_id) in layers.iter().zip(config["rootfs"]["diff_ids"].as_array().unwrap()) {
            assert_eq!(&layer["digest"], diff_id);
            assert_eq!(layer["mediaType"], "application/vnd.docker.image.rootfs.diff.tar");
            assert_eq!(layer["size"], 29184);
            let of_it = digest(layer["digest"].as_str().unwrap());
            let presence = source.presence(&want(of_it.as_str(), WantClass::Layer), &Silent).await.unwrap();
            assert_eq!(presence.size, Some(ByteSize(29184)));
            // What was taken from the config holds of the bytes.
            let bytes = collected(source.blob(&of_it, &Silent).await).await.unwrap();
            assert_eq!(Digest::sha256(&bytes), of_it);
        }
        // The made manifest can be asked for by its own digest as well.
        let made = Target::Digest(Digest::sha256(&answer.bytes));
        assert_eq!(source.resolve(&made, &Silent).await.unwrap().bytes, answer.bytes);
        assert_eq!(source.head(&made, &Silent).await.unwrap().size, Some(ByteSize(answer.bytes.len() as u64)));
    }
}

#[tokio::test]
async fn repo_tags_choose() {
    for name in ["single-save-20.tar", "single-save-28.tar"] {
        let source = opened(&docker_archive(&saved(name)));
        assert_eq!(source.tags(&Silent).await.unwrap(), [NAME]);
        for asked in [NAME, "1"] {
            assert!(source.resolve(&tag(asked), &Silent).await.is_ok(), "{asked}");
        }
        let absent = ProblemKind::TagAbsent { tag: "2".to_owned(), tags: vec![NAME.to_owned()] };
        assert_eq!(source.resolve(&tag("2"), &Silent).await.unwrap_err().what, absent);
    }
}

#[tokio::test]
async fn the_newer_form_has_its_own_manifest() {
    let source = opened(&docker_archive(&saved("single-save-28.tar")));
    let answer = source.resolve(&Target::Only, &Silent).await.unwrap();
    assert!(!source.manifest_made_here());
    assert_eq!(answer.content_type.as_deref(), Some(SCHEMA2));
    let of_it = "sha256:791d6607105ef7c94f40e05fcb2d71dd2fd5a66dc0deaf1a5efba149519266d3";
    assert_eq!(Digest::sha256(&answer.bytes), digest(of_it));
    // The sample is the same image.
    assert_eq!(resolved(&sample("single"), &Target::Only).await.unwrap().bytes, answer.bytes);
}

#[tokio::test]
async fn a_saved_index_keeps_its_platforms() {
    let source = opened(&docker_archive(&saved("epoch0-save-28.tar")));
    let answer = source.resolve(&Target::Only, &Silent).await.unwrap();
    assert_eq!(answer.content_type.as_deref(), Some(INDEX));
    let index: Value = serde_json::from_slice(&answer.bytes).unwrap();
    for manifest in index["manifests"].as_array().unwrap() {
        let of_it = manifest["digest"].as_str().unwrap();
        let document = source.document(&want(of_it, WantClass::Manifest), &Silent).await.unwrap();
        assert_eq!(Digest::sha256(&document.bytes), digest(of_it));
    }
}

/// An archive of two images that share a layer, the second through a link, as Docker wrote it.
fn linked(kind: tar::EntryType, target: &str) -> Vec<u8> {
    let base = tar(&[file("base.txt", "base")]);
    let top = tar(&[file("top.txt", "top")]);
    let ids = json!({"rootfs": {"type": "layers", "diff_ids": [Digest::sha256(&base), Digest::sha256(&top)]}});
    let base_only = json!({"rootfs": {"type": "layers", "diff_ids": [Digest::sha256(&base)]}});
    let manifest = json!([
        {"Config": "one.json", "RepoTags": ["web:1", "web:latest"], "Layers": ["a/layer.tar"]},
        {"Config": "two.json", "RepoTags": null, "Layers": ["b/layer.tar", "c/layer.tar"]},
    ]);
    let mut builder = tar::Builder::new(Vec::new());
    append(&mut builder, "a/layer.tar", &base);
    link(&mut builder, kind, "b/layer.tar", target);
    append(&mut builder, "c/layer.tar", &top);
    append(&mut builder, "one.json", base_only.to_string().as_bytes());
    append(&mut builder, "two.json", ids.to_string().as_bytes());
    append(&mut builder, "manifest.json", manifest.to_string().as_bytes());
    builder.into_inner().unwrap()
}

#[tokio::test]
async fn links_are_resolved_within_the_archive() {
    let base = Digest::sha256(&tar(&[file("base.txt", "base")]));
    for (kind, target) in [(tar::EntryType::Symlink, "../a/layer.tar"), (tar::EntryType::Link, "a/layer.tar")] {
        for bytes in [linked(kind, target), gzip(&linked(kind, target))] {
            let (_folder, path) = on_disk(&bytes);
            let source = opened(&docker_archive(&path));
            assert_eq!(source.tags(&Silent).await.unwrap(), ["web:1", "web:latest"]);
            let answer = source.resolve(&tag("web:1"), &Silent).await.unwrap();
            assert_eq!(source.resolve(&tag("latest"), &Silent).await.unwrap().bytes, answer.bytes);
            assert_eq!(Digest::sha256(&collected(source.blob(&base, &Silent).await).await.unwrap()), base);
            let needed = ProblemKind::TagNeeded { place: text(&path), tags: vec!["web:1".into(), "web:latest".into()] };
            assert_eq!(source.resolve(&Target::Only, &Silent).await.unwrap_err().what, needed);
        }
    }
}

#[tokio::test]
async fn links_out_of_the_archive_lead_nowhere() {
    for target in ["../../../../etc/passwd", "/etc/passwd", "../b/layer.tar", "../absent/layer.tar"] {
        let config = json!({"rootfs": {"diff_ids": [EMPTY]}}).to_string();
        let mut builder = tar::Builder::new(Vec::new());
        link(&mut builder, tar::EntryType::Symlink, "b/layer.tar", target);
        append(&mut builder, "c.json", config.as_bytes());
        append(&mut builder, "manifest.json", br#"[{"Config":"c.json","Layers":["b/layer.tar"]}]"#);
        let (_folder, path) = on_disk(&builder.into_inner().unwrap());
        let source = opened(&docker_archive(&path));
        let answer = source.resolve(&Target::Only, &Silent).await.unwrap();
        let manifest: Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(
            manifest["layers"][0],
            json!({"mediaType": "application/vnd.docker.image.rootfs.diff.tar", "digest": EMPTY})
        );
        let problem = source.presence(&want(EMPTY, WantClass::Layer), &Silent).await.unwrap_err();
        assert!(matches!(problem.what, ProblemKind::NotFound { .. }), "{target}: {problem:?}");
    }
}

#[tokio::test]
async fn packed_layers_are_named_by_their_own_bytes() {
    let packed = gzip(&tar(&[file("base.txt", "base")]));
    let config = json!({"rootfs": {"diff_ids": [EMPTY]}}).to_string();
    let files = [
        file("base.tar.gz", &packed),
        file("sha256:config", &config),
        file("manifest.json", r#"[{"Config":"sha256:config","RepoTags":["a:1"],"Layers":["base.tar.gz"]}]"#),
    ];
    let (_folder, path) = on_disk(&tar(&files));
    let source = opened(&docker_archive(&path));
    let answer = source.resolve(&Target::Only, &Silent).await.unwrap();
    let manifest: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(manifest["layers"][0]["digest"], json!(Digest::sha256(&packed)));
    assert_eq!(manifest["layers"][0]["mediaType"], "application/vnd.docker.image.rootfs.diff.tar.gzip");
}

#[tokio::test]
async fn without_diff_ids_the_layers_are_hashed() {
    let base = tar(&[file("base.txt", "base")]);
    let files = [
        file("a/layer.tar", &base),
        file("c.json", "not JSON"),
        file("manifest.json", r#"[{"Config":"c.json","Layers":["a/layer.tar"]}]"#),
    ];
    let (_folder, path) = on_disk(&tar(&files));
    let answer = resolved(&docker_archive(&path), &Target::Only).await.unwrap();
    let manifest: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(manifest["layers"][0]["digest"], json!(Digest::sha256(&base)));
}

#[tokio::test]
async fn a_list_that_is_none_is_no_archive() {
    for list in ["{}", "null", "[{}]", "[1]", r#"[{"Config":"absent.json"}]"#] {
        let (_folder, path) = on_disk(&tar(&[file("manifest.json", list)]));
        assert_eq!(
            kind(&docker_archive(&path), &Target::Only).await,
            ProblemKind::NotAnArchive { path: text(&path) },
            "{list}"
        );
    }
}
