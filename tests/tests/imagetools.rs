//! `kaibo inspect --format imagetools` prints what `docker buildx imagetools inspect` prints.

use kaibo_tests::kaibo::Home;
use kaibo_tests::registry::DockerRegistry;
use kaibo_tests::{layout, place};

/// Captured from buildx for an image that is also a sample.
fn equals_buildx(sample: &str, tag: &str, capture: &str, captured_name: &str) {
    let expected =
        std::fs::read_to_string(place::fixtures().join("captures").join(capture)).expect("the capture is here");
    let layout = place::samples().join(sample);
    let home = Home::default();
    let reference = format!("oci:{}:{tag}", layout.display());
    let run = home.run(&["inspect", &reference, "--format", "imagetools"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let shown = run
        .out
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("Name:"))
        .expect("the first line names it")
        .trim()
        .to_owned();
    assert_eq!(bare(&run.out, &shown), bare(&expected, captured_name), "from the layout");

    let Some(registry) = DockerRegistry::start() else { return };
    let tag = layout::tags(&layout).into_iter().find(|entry| entry.name == tag).expect("the sample has the tag");
    let reference = registry.push(&layout, "demo/captured", &tag);
    let run = home.run(&["inspect", &reference, "--format", "imagetools"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(bare(&run.out, &reference), bare(&expected, captured_name), "from the registry");
}

/// Without the reference's own name and spaces at the ends of lines.
fn bare(text: &str, name: &str) -> String {
    let lines: Vec<String> = text.replace(name, "NAME").lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n").trim_end().to_owned()
}

#[test]
fn an_index_with_attestations() {
    equals_buildx("multi", "1.0.0", "imagetools-multi.txt", "127.0.0.1:5100/demo/multi:1.0.0");
}

#[test]
fn a_single_manifest() {
    equals_buildx("single", "1", "imagetools-single-v2.txt", "127.0.0.1:5100/demo/single:1");
}
