//! Registries that count pulls: what is read there, and what is left for later.

use kaibo_tests::kaibo::Home;
use testkit::{ImageBuilder, IndexBuilder, Registry, ten_platforms};

fn manifests(registry: &Registry) -> usize {
    registry.seen().iter().filter(|seen| seen.method == "GET" && seen.path.contains("/manifests/")).count()
}

fn serving() -> Registry {
    Registry::builder().image("demo/ten", "1", &ten_platforms(true)).metered(100, 76).start()
}

#[test]
fn only_the_index_and_the_wanted_platform_are_read() {
    let registry = serving();
    let report = Home::default().json(&["inspect", &registry.reference("demo/ten", "1"), "--platform", "linux/arm64"]);
    assert!(manifests(&registry) <= 3, "{:?}", registry.lines());
    assert!(report["unread"].as_u64().is_some_and(|unread| unread >= 17), "{}", report["unread"]);
    assert!(report["quota"].is_object(), "what the registry says of its quota is kept: {report:#}");
    let stubs = report["nodes"].as_array().into_iter().flatten().filter(|node| node["role"] == "manifest").count();
    assert_eq!(stubs, 10, "every platform is drawn");
}

#[test]
fn all_reads_the_rest() {
    let registry = serving();
    let report = Home::default().json(&["inspect", &registry.reference("demo/ten", "1"), "--all"]);
    assert_eq!(manifests(&registry), 21, "{:?}", registry.lines());
    assert_eq!(report["unread"], 0);
}

#[test]
fn verify_keeps_to_its_budget() {
    let registry = serving();
    let reference = registry.reference("demo/ten", "1");
    let run = Home::default().run(&["verify", &reference, "--json"]);
    assert_eq!(run.code, Some(3), "more than ten counted requests are not made unasked: {}{}", run.out, run.err);
    assert!(manifests(&registry) <= 10, "{:?}", registry.lines());
    let run = Home::default().run(&["verify", &reference, "--budget", "50", "--json"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
}

#[test]
fn the_text_says_what_was_not_read() {
    let registry = serving();
    let run = Home::default().run(&["inspect", &registry.reference("demo/ten", "1"), "--platform", "linux/amd64"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let said = format!("{}{}", run.out, run.err);
    assert!(said.contains("not read"), "{said}");
}

#[test]
fn what_was_read_before_is_drawn_again_for_nothing() {
    let registry = serving();
    let reference = registry.reference("demo/ten", "1");
    let home = Home::default();
    let whole = home.json(&["inspect", &reference, "--all"]);
    assert_eq!(whole["unread"], 0);
    registry.forget_seen();
    let report = home.json(&["inspect", &reference]);
    assert_eq!(manifests(&registry), 0, "{:?}", registry.lines());
    assert_eq!((report["unread"].as_u64(), report["summary"]["verified"].as_u64()), (Some(0), Some(41)));
    let offline = home.json(&["inspect", &reference, "--offline"]);
    assert_eq!(offline["summary"], report["summary"]);
}

#[test]
fn the_budget_holds_over_all_levels_of_an_index() {
    let image = |name: usize| ImageBuilder::new("linux/amd64").file("name", name.to_string().as_bytes()).build();
    let inner = (0..7).fold(IndexBuilder::new(), |index, name| index.entry(&image(name))).build();
    let outer = (7..12).fold(IndexBuilder::new().entry(&inner), |index, name| index.entry(&image(name))).build();
    let registry = Registry::builder().image("demo/nested", "1", &outer).metered(100, 76).start();
    // Six, then seven more: neither level alone is over ten.
    let run = Home::default().run(&["verify", &registry.reference("demo/nested", "1"), "--json"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert!(run.out.contains("budget-exceeded"), "{}", run.out);
    assert!(manifests(&registry) <= 10, "{:?}", registry.lines());
}
