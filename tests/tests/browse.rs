//! `kaibo tags`, `kaibo repos` and referrers, against a real registry: what is told, and what it costs.

use std::collections::BTreeSet;

use kaibo_tests::kaibo::Home;
use kaibo_tests::layout;
use kaibo_tests::place;
use kaibo_tests::registry::DockerRegistry;
use kaibo_tests::walk;
use serde_json::Value;

const MANY: usize = 2_000;

/// Puts two images of the family under 2,000 tags: each version twice, and in turns.
fn crowded(registry: &DockerRegistry) {
    let family = place::samples().join("fam");
    let images: Vec<_> = layout::tags(&family).into_iter().filter(|tag| tag.name.starts_with("web-2")).collect();
    let worker = layout::tags(&family).into_iter().find(|tag| tag.name == "worker-1.0").expect("the sample has it");
    let images: Vec<_> = images.into_iter().chain([worker]).collect();
    assert_eq!(images.len(), 2, "web-2.0 and worker-1.0");
    for image in &images {
        registry.push(&family, "demo/many", image);
    }
    let (family, images) = (&family, &images);
    std::thread::scope(|scope| {
        for first in 2..6 {
            scope.spawn(move || {
                for number in (first..MANY).step_by(4) {
                    registry.tag(family, "demo/many", &images[number / 2 % 2], &format!("1.{number}"));
                }
            });
        }
    });
}

fn count(lines: &[String], part: &str) -> usize {
    lines.iter().filter(|line| line.contains(part)).count()
}

#[test]
fn two_thousand_tags_are_listed_in_one_request_and_grouped_by_a_head_each() {
    let Some(registry) = DockerRegistry::start() else { return };
    crowded(&registry);
    let repository = format!("{}/demo/many", registry.host());
    let before = registry.requests("demo/many").len();
    let home = Home::default();

    let report = home.json(&["tags", &repository]);
    assert_eq!((walk::list(&report, "tags").count(), report["complete"].as_bool()), (MANY, Some(true)));
    let lines = registry.requests("demo/many").split_off(before);
    let pages = count(&lines, "GET /v2/demo/many/tags/list");
    assert_eq!((lines.len(), pages), (pages, pages), "a list alone asks for nothing else: {lines:?}");
    // Debian's registry gives all at once; newer ones give a thousand.
    assert!(pages <= 3, "{lines:?}");
    let names: Vec<String> = walk::list(&report, "tags").map(|tag| walk::text(tag, "name")).collect();
    assert_eq!(names[..2], ["worker-1.0", "web-2.0"], "names are after versions");
    assert_eq!((names[2].as_str(), names[3].as_str()), ("1.1999", "1.1998"), "the newest version is first");
    assert_eq!(names[MANY - 1], "1.2");

    let before = before + lines.len();
    let report = home.json(&["tags", &repository, "--digests"]);
    let lines = registry.requests("demo/many").split_off(before);
    assert_eq!(count(&lines, "HEAD /v2/demo/many/manifests/"), MANY);
    assert_eq!(count(&lines, "GET /v2/demo/many/manifests/"), 0);
    assert_eq!(lines.len(), MANY + pages);
    assert_eq!(report["requests"]["count"], MANY + pages, "what is told is what was asked");
    assert_eq!(report["withoutDigest"], 0);
    let groups: Vec<usize> =
        walk::list(&report, "groups").map(|group| group["tags"].as_array().map_or(0, Vec::len)).collect();
    // 999 pairs of tags in turns, and the tag of its own that each image was pushed with.
    assert_eq!(groups, [1_001, 999]);
    assert_eq!(report["problems"], serde_json::json!([]));

    let before = before + lines.len();
    let report = home.json(&["tags", &repository, "--digests", "--match", "1.19?"]);
    let lines = registry.requests("demo/many").split_off(before);
    assert_eq!(count(&lines, "HEAD /v2/demo/many/manifests/"), 10, "what was not asked for is not asked about");
    assert_eq!((walk::list(&report, "tags").count(), report["listed"].as_u64()), (10, Some(MANY as u64)));

    let report = home.json(&["tags", &repository, "--digests", "--budget", "50"]);
    assert_eq!(report["withoutDigest"], MANY - 50);
}

#[test]
fn repositories_are_listed_by_a_real_registry() {
    let Some(registry) = DockerRegistry::start() else { return };
    let layout = place::samples().join("single");
    let tag = layout::tags(&layout).remove(0);
    for repository in ["app", "team/one", "team/two"] {
        registry.push(&layout, repository, &tag);
    }
    let names = |report: &Value| -> Vec<String> {
        walk::list(report, "repositories").map(|entry| walk::text(entry, "name")).collect()
    };
    let report = Home::default().json(&["repos", &registry.host()]);
    assert_eq!(names(&report), ["app", "team/one", "team/two"]);
    assert_eq!((report["complete"].as_bool(), report["requests"]["count"].as_u64()), (Some(true), Some(1)));
    let report = Home::default().json(&["repos", &format!("{}/team", registry.host())]);
    assert_eq!(names(&report), ["team/one", "team/two"]);
}

#[test]
fn attachments_and_signature_are_shown_when_asked_for_and_cost_nothing_otherwise() {
    let Some(registry) = DockerRegistry::start() else { return };
    let layout = place::samples().join("referrers");
    let tags = layout::tags(&layout);
    for tag in &tags {
        registry.push(&layout, "demo/hello", tag);
    }
    let reference = format!("{}/demo/hello:1.0.0", registry.host());
    let pushed = registry.requests("demo/hello").len();
    let plain = Home::default().json(&["inspect", &reference]);
    let lines = registry.requests("demo/hello").split_off(pushed);
    let image = tags.iter().find(|tag| tag.name == "1.0.0").expect("the sample has it");
    let documents = walk::list(&plain, "nodes").filter(|node| node["verified"] == true).count();
    assert_eq!(lines.len(), documents, "one request a document: {lines:#?}");
    assert_eq!(count(&lines, "/referrers/") + count(&lines, "/manifests/sha256-"), 0, "{lines:#?}");
    assert_eq!(walk::list(&plain, "nodes").filter(|node| node["role"] == "referrer").count(), 0);

    let before = pushed + lines.len();
    let report = Home::default().json(&["inspect", &reference, "--referrers"]);
    let referrers: Vec<&Value> = walk::list(&report, "nodes").filter(|node| node["role"] == "referrer").collect();
    let types: BTreeSet<String> = referrers.iter().map(|node| walk::text(node, "artifactType")).collect();
    let expected = [
        "application/spdx+json",
        "application/vnd.dev.cosign.simplesigning.v1+json",
        "application/vnd.example.scan.v1+json",
    ];
    assert_eq!(types.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let root = format!("index:{}", walk::text(&image.descriptor, "digest"));
    for referrer in &referrers {
        let mut edges = walk::list(&report, "edges");
        assert!(
            edges
                .any(|edge| edge["from"] == referrer["id"] && edge["to"] == root.as_str() && edge["kind"] == "subject"),
            "{referrer} is drawn at the image"
        );
        assert_eq!(referrer["verified"], true, "its own bytes have its digest");
    }
    let by_tag: Vec<_> = referrers.iter().filter_map(|node| node["byTag"].as_str()).collect();
    assert!(matches!(by_tag[..], [tag] if tag.ends_with(".sig")), "{by_tag:?}");
    let lines = registry.requests("demo/hello").split_off(before);
    // The API, the fallback tag, three tags of cosign's, two manifests that the fallback tag lists, and
    // the configs of what was found: the empty one, and the signature's.
    assert_eq!(lines.len(), documents + 1 + 1 + 3 + 2 + 2, "{lines:#?}");
    let said = Home::default().run(&["inspect", &reference, "--referrers"]);
    assert_eq!(said.out.matches("present, not verified").count(), 3, "{}", said.out);
}
