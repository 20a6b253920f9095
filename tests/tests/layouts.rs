//! `kaibo inspect` names exactly what a tag reaches: in a layout, and the same through a registry.

use std::path::Path;

use kaibo_tests::kaibo::Home;
use kaibo_tests::layout::{self, Tag};
use kaibo_tests::place;
use kaibo_tests::registry::DockerRegistry;
use kaibo_tests::walk::{self, Tree};
use serde_json::Value;

fn every_tag(mut look: impl FnMut(&Path, &Tag)) {
    let layouts = place::layouts();
    if place::shared("fixtures").is_none() {
        place::skip("the shared fixtures are not here: only the layouts inside the project were looked at");
    }
    let mut looked = 0;
    for layout in &layouts {
        for tag in layout::tags(layout) {
            look(layout, &tag);
            looked += 1;
        }
    }
    assert!(looked >= 15, "the project itself holds more tags than {looked}");
}

/// A report's tree against the one that the documents describe, and what was verified.
fn check(report: &Value, layout: &Path, tag: &Tag, place: &str) {
    let expected = walk::reachable(layout, &tag.descriptor);
    let found = walk::reported(report);
    let missing: Vec<_> = expected.nodes.difference(&found.nodes).collect();
    let extra: Vec<_> = found.nodes.difference(&expected.nodes).collect();
    assert!(missing.is_empty() && extra.is_empty(), "{place}: missing {missing:#?}, too many {extra:#?}");
    assert_eq!(found.edges, expected.edges, "{place}: edges");
    assert_eq!(found.attestations, expected.attestations, "{place}: attestations");
    for node in walk::list(report, "nodes") {
        let role = walk::text(node, "role");
        match role.as_str() {
            "index" | "manifest" | "attestation" | "artifact" | "config" => {
                assert_eq!(node["verified"], true, "{place}: {}", node["id"]);
            }
            "layer" => assert!(node["verified"].is_null(), "{place}: inspect does not read layers, {}", node["id"]),
            "tag" => {}
            other => panic!("{place}: a whole image has no {other} node, {}", node["id"]),
        }
    }
    let tags: Vec<&Value> = walk::list(report, "nodes").filter(|node| node["role"] == "tag").collect();
    assert_eq!(tags.len(), 1, "{place}: one tag was asked for");
    let top = walk::text(&tag.descriptor, "digest");
    let names: Vec<&Value> = walk::list(report, "edges").filter(|edge| edge["kind"] == "names").collect();
    assert_eq!(names.len(), 1, "{place}: a tag names one thing");
    assert_eq!(names[0]["from"], tags[0]["id"], "{place}");
    assert!(walk::text(names[0], "to").ends_with(&top), "{place}: the tag names {top}");
}

#[test]
fn every_layout_is_named_whole_and_verified() {
    let home = Home::default();
    every_tag(|layout, tag| {
        let reference = format!("oci:{}:{}", layout.display(), tag.name);
        let report = home.json(&["inspect", &reference]);
        assert_eq!(report["schema"], "kaibo.inspect/1");
        check(&report, layout, tag, &reference);
    });
    let cached: Vec<_> = home.files().into_iter().filter(|path| path.to_string_lossy().contains("sha256")).collect();
    assert!(cached.is_empty(), "layouts are read where they lie, not cached: {cached:?}");
}

#[test]
fn a_registry_gives_the_same_tree_as_the_layout_it_was_loaded_from() {
    let Some(registry) = DockerRegistry::start() else { return };
    let home = Home::default();
    every_tag(|layout, tag| {
        let name = layout.file_name().expect("a layout has a name").to_string_lossy().to_lowercase();
        let repository = format!("demo/{name}");
        let reference = registry.push(layout, &repository, tag);
        let report = home.json(&["inspect", &reference, "--no-cache"]);
        check(&report, layout, tag, &reference);
        let local = home.json(&["inspect", &format!("oci:{}:{}", layout.display(), tag.name)]);
        assert_eq!(all(&report), all(&local), "{reference}: all nodes and edges but the tag's");
    });
}

/// Roles and every kind of edge, the tag left out.
fn all(report: &Value) -> Tree {
    let mut tree = Tree::default();
    for node in walk::list(report, "nodes").filter(|node| node["role"] != "tag") {
        tree.nodes.insert(walk::text(node, "id"));
    }
    for edge in walk::list(report, "edges").filter(|edge| edge["kind"] != "names") {
        tree.edges.insert(format!("{} {} {} {}", edge["from"], edge["kind"], edge["position"], edge["to"]));
    }
    tree
}

#[test]
fn samples_are_the_layouts_they_are_made_from() {
    let home = Home::default();
    for layout in std::fs::read_dir(place::samples()).expect("there are samples").flatten() {
        let name = layout.file_name().to_string_lossy().into_owned();
        if !layout.path().join("oci-layout").is_file() {
            continue;
        }
        for tag in layout::tags(&layout.path()) {
            let reference = format!("sample:{name}:{}", tag.name);
            let report = home.json(&["inspect", &reference, "--offline"]);
            check(&report, &layout.path(), &tag, &reference);
        }
    }
}

#[test]
fn exactly_the_requests_that_the_tree_needs_are_made() {
    let Some(registry) = DockerRegistry::start() else { return };
    let ten = place::fixtures().join("ten");
    for tag in layout::tags(&ten) {
        let reference = registry.push(&ten, "count/ten", &tag);
        let before = registry.requests("count/ten").len();
        let report = Home::default().json(&["inspect", &reference]);
        // The log is written when an answer is done, which may be a moment after it was read.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let requests = registry.requests("count/ten").split_off(before);
        let tree = walk::reachable(&ten, &tag.descriptor);
        let documents = tree.nodes.iter().filter(|id| !id.starts_with("layer:")).count();
        assert_eq!(requests.len(), documents, "{reference}: {requests:#?}");
        assert!(requests.iter().all(|request| request.starts_with("GET ")), "{requests:#?}");
        assert_eq!(report["requests"]["count"], documents, "{reference}: the report counts the same");
    }
}
